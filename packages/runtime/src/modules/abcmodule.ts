/**
 * The module `_abc`: what ABCMeta does. Mirrors Modules/_abc.c. An ABC's data lies in its class's `_abc_impl`:
 * registry, cache, negative cache (sets of weak references, made when needed) and the cache's version.
 */
import { METH_FASTCALL, METH_NOARGS, METH_O, Py_ID, PyTypeObject } from '@moult/abi';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import {
  PyIter_Next,
  PyMapping_Items,
  PyObject_GetIter,
  PyObject_IsSubclass,
  PySequence_Fast,
  PySequence_Fast_GET_SIZE,
  PySequence_Fast_ITEMS,
  PySequence_List,
} from '../objects/abstract.ts';
import { _PyArg_CheckPositional } from '../objects/args.ts';
import { callMethod } from '../objects/call.ts';
import { PyDict_GetItemString, PyDict_GetItemWithError, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyDict_DelItem } from '../objects/dictdelete.ts';
import { raise } from '../objects/errors.ts';
import { PyLong_AsLong, PyLong_FromLong } from '../objects/longobject.ts';
import { PyCFunction_NewEx } from '../objects/methodobject.ts';
import {
  hold,
  PyType_Check,
  PyType_IsSubtype,
  Py_CLEAR,
  Py_NewRef,
  type Ref,
  release,
  Py_XNewRef,
  drop,
  Py_DECREF,
} from '../objects/object.ts';
import {
  PyObject_GetAttr,
  PyObject_GetOptionalAttr,
  PyObject_IsTrue,
  PyObject_SetAttr,
} from '../objects/objectattr.ts';
import {
  PyFrozenSet_New,
  PySet_Add,
  PySet_Contains,
  PySet_Discard,
  PySet_New,
  PySet_Size,
} from '../objects/setobject.ts';
import {
  PyExc_AssertionError,
  PyExc_RuntimeError,
  PyExc_TypeError,
  Py_False,
  Py_None,
  Py_NotImplemented,
  Py_True,
} from '../objects/static.ts';
import { typeAlloc } from '../objects/typealloc.ts';
import { liveSubclasses, lookup_tp_dict } from '../objects/typelookup.ts';
import { PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { _PyType_SUPPORTS_WEAKREFS, PyWeakref_NewRef, weakrefTarget } from '../objects/weakrefobject.ts';
import { none } from './builtinfuncs.ts';
import { record, REF } from './records.ts';
import { ABC_STATE, type ModuleSpec } from './spec.ts';
import { interpreterDict } from './sysstate.ts';
import { AbcData_Type } from './types.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';

const REGISTRY = REF(0);
const CACHE = REF(1);
const NEGATIVE = REF(2);
const VERSION = REF(3);
const COLLECTION_FLAGS = (1 << 5) | (1 << 6);

export const abcDataSpec = record({
  address: AbcData_Type,
  name: '_abc._abc_data',
  refs: 3,
  words: 1,
  base: false,
  doc: 'Internal state held by ABC machinery.',
  slots: {},
});

/** The invalidation counter: how many registrations there have been. */
function counter(): number {
  const v = PyDict_GetItemString(interpreterDict(), 'abc.counter');
  return v === 0 ? 0 : PyLong_AsLong(v);
}
function bumpCounter(): void {
  const m = hold(PyLong_FromLong(counter() + 1));
  PyDict_SetItemString(interpreterDict(), 'abc.counter', i32(m));
  release(m);
}
/** The class's data, a new reference. */
function dataOf(self: Ref): Ref {
  const data = PyObject_GetAttr(self, Py_ID._abc_impl);
  if (i32(data + 8) !== AbcData_Type) {
    hold(data);
    raise(PyExc_TypeError, '_abc_impl is set to a wrong type');
  }
  return data;
}
/** The callback of the sets' weak references: takes the dead one out of its set, which the function's self refers to weakly. */
function destroy(setReference: Ref, reference: Ref): Ref {
  const set = weakrefTarget(setReference);
  if (set === 0 || set === Py_None) return none();
  const m = hold(Py_NewRef(set));
  PySet_Discard(set, reference);
  release(m);
  return none();
}
function addToSet(data: Ref, slot: number, op: Ref): void {
  if (i32(data + slot) === 0) setPtr(data + slot, PySet_New(0));
  const set = i32(data + slot);
  const m = hold(PyWeakref_NewRef(set, 0));
  const callback = hold(PyCFunction_NewEx(i32(ABC_STATE), i32(m), 0));
  const reference = PyWeakref_NewRef(op, i32(callback));
  release(callback);
  hold(reference);
  PySet_Add(set, reference);
  release(m);
}
function inSet(set: Ref, op: Ref): boolean {
  if (set === 0 || PySet_Size(set) === 0) return false;
  if (!_PyType_SUPPORTS_WEAKREFS(i32(op + 8))) return false;
  const m = hold(PyWeakref_NewRef(op, 0));
  const found = PySet_Contains(set, i32(m));
  release(m);
  return found;
}

const isAbstract = (value: Ref): boolean => {
  const v = PyObject_GetOptionalAttr(value, Py_ID.__isabstractmethod__);
  if (v === 0) return false;
  const m = hold(v);
  const t = PyObject_IsTrue(v);
  release(m);
  return t;
};
/** Sets __abstractmethods__ to the names still without an implementation. */
function computeAbstractMethods(self: Ref): void {
  const names = PyFrozenSet_New(0);
  const m = hold(names);
  const items = PyMapping_Items(hold2(PyObject_GetAttr(self, Py_ID.__dict__)));
  hold(items);
  for (let i = 0; i < i32(items + 16); i++) {
    const k = hold(Py_NewRef(i32(i32(items + 24) + (i << 3))));
    const pair = hold(PySequence_Fast(i32(k), 'items() returned non-iterable'));
    if (PySequence_Fast_GET_SIZE(i32(pair)) !== 2) raise(PyExc_TypeError, 'items() returned item which size is not 2');
    const at = PySequence_Fast_ITEMS(i32(pair));
    const key = hold(Py_NewRef(i32(at)));
    if (isAbstract(i32(at + 8))) PySet_Add(names, i32(key));
    release(k);
  }
  const bases = PyObject_GetAttr(self, Py_ID.__bases__);
  hold(bases);
  for (let i = 0; i < i32(bases + 16); i++) {
    const inherited = PyObject_GetOptionalAttr(i32(bases + 24 + (i << 3)), Py_ID.__abstractmethods__);
    if (inherited === 0) continue;
    const k = hold(inherited);
    const it = PyObject_GetIter(inherited);
    release(k);
    hold(it);
    for (;;) {
      const key = PyIter_Next(it);
      if (key === 0) break;
      const h = hold(key);
      const value = PyObject_GetOptionalAttr(self, key);
      if (value !== 0) {
        hold(value);
        const abstract = isAbstract(value);
        release(h + 8);
        if (abstract) PySet_Add(names, key);
      }
      release(h);
    }
    release(k);
  }
  PyObject_SetAttr(self, Py_ID.__abstractmethods__, names);
  release(m);
}
function hold2(op: Ref): Ref {
  hold(op);
  return op;
}
function abc__abc_init(_m: Ref, self: Ref): Ref {
  computeAbstractMethods(self);
  const data = typeAlloc(AbcData_Type, 0);
  const m = hold(data);
  setI32(data + VERSION, counter());
  PyObject_SetAttr(self, Py_ID._abc_impl, data);
  release(m);
  if (PyType_Check(self)) {
    const flags = PyDict_GetItemWithError(lookup_tp_dict(self), Py_ID.__abc_tpflags__);
    if (flags !== 0) {
      const v = PyLong_AsLong(flags);
      if ((v & COLLECTION_FLAGS) === COLLECTION_FLAGS)
        raise(PyExc_TypeError, '__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING');
      const f = self + PyTypeObject.tp_flags;
      setI32(f, (i32(f) & ~COLLECTION_FLAGS) | (v & COLLECTION_FLAGS));
      PyDict_DelItem(lookup_tp_dict(self), Py_ID.__abc_tpflags__);
    }
  }
  return none();
}

function setCollectionFlags(child: Ref, flags: number): void {
  const f = child + PyTypeObject.tp_flags;
  if ((i32(f) & (1 << 8)) !== 0) return;
  setI32(f, (i32(f) & ~COLLECTION_FLAGS) | flags);
  for (const sub of liveSubclasses(child)) if (PyType_IsSubtype(sub, child)) setCollectionFlags(sub, flags);
}
function abc__abc_register(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('_abc_register', nargs, 2, 2);
  const self = i32(args);
  const subclass = i32(args + 8);
  if (!PyType_Check(subclass)) raise(PyExc_TypeError, 'Can only register classes');
  if (PyObject_IsSubclass(subclass, self)) return Py_NewRef(subclass);
  if (PyObject_IsSubclass(self, subclass)) raise(PyExc_RuntimeError, 'Refusing to create an inheritance cycle');
  const data = dataOf(self);
  const m = hold(data);
  addToSet(data, REGISTRY, subclass);
  release(m);
  bumpCounter();
  if (PyType_Check(self)) {
    const flags = i32(self + PyTypeObject.tp_flags) & COLLECTION_FLAGS;
    if (flags !== 0) setCollectionFlags(subclass, flags);
  }
  return Py_NewRef(subclass);
}
function abc__abc_instancecheck(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('_abc_instancecheck', nargs, 2, 2);
  const self = i32(args);
  const instance = i32(args + 8);
  const data = dataOf(self);
  const m = hold(data);
  const subclass = PyObject_GetAttr(instance, Py_ID.__class__);
  hold(subclass);
  let result: Ref;
  if (inSet(i32(data + CACHE), subclass)) result = Py_NewRef(Py_True);
  else {
    const subtype = i32(instance + 8);
    const fresh = i32(data + VERSION) === counter();
    if (subtype === subclass && fresh && inSet(i32(data + NEGATIVE), subclass)) result = Py_NewRef(Py_False);
    else {
      result = callMethod(self, Py_ID.__subclasscheck__, subclass);
      if (subtype !== subclass) {
        const k = hold(result);
        const truth = PyObject_IsTrue(result);
        if (!truth) {
          const other = callMethod(self, Py_ID.__subclasscheck__, subtype);
          release(k);
          result = other;
        } else {
          setPtr(k, 0);
          release(k);
        }
      }
    }
  }
  release(m);
  return result;
}
/** isinstance(x, C) of ABCs: cache, __subclasshook__, the mro, the registry, the subclasses; in this order. */
function abc__abc_subclasscheck(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('_abc_subclasscheck', nargs, 2, 2);
  const self = i32(args);
  const subclass = i32(args + 8);
  if (!PyType_Check(subclass)) raise(PyExc_TypeError, 'issubclass() arg 1 must be a class');
  const data = dataOf(self);
  const m = hold(data);
  const answer = subclassCheck(self, data, subclass);
  release(m);
  return Py_NewRef(answer ? Py_True : Py_False);
}
function subclassCheck(self: Ref, data: Ref, subclass: Ref): boolean {
  if (inSet(i32(data + CACHE), subclass)) return true;
  if (i32(data + VERSION) < counter()) {
    Py_CLEAR(data + NEGATIVE);
    setI32(data + VERSION, counter());
  } else if (inSet(i32(data + NEGATIVE), subclass)) return false;
  const ok = callMethod(self, Py_ID.__subclasshook__, subclass);
  hold(ok);
  if (ok === Py_True) {
    addToSet(data, CACHE, subclass);
    return true;
  }
  if (ok === Py_False) {
    addToSet(data, NEGATIVE, subclass);
    return false;
  }
  if (ok !== Py_NotImplemented)
    raise(PyExc_AssertionError, '__subclasshook__ must return either False, True, or NotImplemented');
  if (PyType_IsSubtype(subclass, self)) {
    addToSet(data, CACHE, subclass);
    return true;
  }
  if (inSet(i32(data + REGISTRY), subclass)) return true;
  // the registry may change while it is asked: strong references first
  const targets = liveTargets(i32(data + REGISTRY));
  const m = hold(targets);
  let found = false;
  for (let i = 0; i < i32(targets + 16) && !found; i++)
    found = PyObject_IsSubclass(subclass, i32(targets + 24 + (i << 3)));
  if (!found) {
    const name = hold(PyUnicode_InternFromString('__subclasses__'));
    const subclasses = callMethod(self, i32(name));
    hold(subclasses);
    for (let i = 0; i < i32(subclasses + 16) && !found; i++) {
      const h = hold(Py_NewRef(i32(i32(subclasses + 24) + (i << 3))));
      found = PyObject_IsSubclass(subclass, i32(h));
      release(h);
    }
  }
  release(m);
  addToSet(data, found ? CACHE : NEGATIVE, subclass);
  return found;
}
/** A tuple of what the weak references in `set` still refer to. */
function liveTargets(set: Ref): Ref {
  if (set === 0) return PyTuple_New(0);
  const m = hold(PySequence_List(set));
  const list = i32(m);
  const out: Ref[] = [];
  for (let i = 0; i < i32(list + 16); i++) {
    const target = weakrefTarget(i32(i32(list + 24) + (i << 3)));
    if (target !== 0 && target !== Py_None) out.push(target);
  }
  const tuple = PyTuple_New(out.length);
  out.forEach((op, i) => {
    setPtr(tuple + 24 + (i << 3), Py_NewRef(op));
  });
  release(m);
  return tuple;
}
function abc_get_cache_token(): Ref {
  return PyLong_FromLong(counter());
}
function abc__reset_registry(_m: Ref, self: Ref): Ref {
  const m = hold(dataOf(self));
  Py_CLEAR(i32(m) + REGISTRY);
  release(m);
  return none();
}
function abc__reset_caches(_m: Ref, self: Ref): Ref {
  const m = hold(dataOf(self));
  Py_CLEAR(i32(m) + CACHE);
  Py_CLEAR(i32(m) + NEGATIVE);
  release(m);
  return none();
}
function abc__get_dump(_m: Ref, self: Ref): Ref {
  const m = hold(dataOf(self));
  const data = i32(m);
  const t = PyTuple_New(4);
  hold(t);
  [REGISTRY, CACHE, NEGATIVE].forEach((slot, i) => {
    setPtr(t + 24 + (i << 3), i32(data + slot) === 0 ? PySet_New(0) : Py_XNewRef(i32(data + slot)));
  });
  setPtr(t + 48, PyLong_FromLong(i32(data + VERSION)));
  drop(m);
  Py_DECREF(data);
  return t;
}

export const abcSpec: ModuleSpec = {
  name: '_abc',
  hidden: { at: ABC_STATE, methods: [{ name: '_destroy', flags: METH_O, fn: destroy }] },
  doc: 'Module contains faster C implementation of abc.ABCMeta',
  methods: [
    { name: 'get_cache_token', flags: METH_NOARGS, fn: abc_get_cache_token },
    { name: '_abc_init', flags: METH_O, fn: abc__abc_init },
    { name: '_reset_registry', flags: METH_O, fn: abc__reset_registry },
    { name: '_reset_caches', flags: METH_O, fn: abc__reset_caches },
    { name: '_get_dump', flags: METH_O, fn: abc__get_dump },
    { name: '_abc_register', flags: METH_FASTCALL, fn: abc__abc_register },
    { name: '_abc_instancecheck', flags: METH_FASTCALL, fn: abc__abc_instancecheck },
    { name: '_abc_subclasscheck', flags: METH_FASTCALL, fn: abc__abc_subclasscheck },
  ],
};
