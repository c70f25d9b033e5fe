/**
 * The sequence, mapping, iterator and class protocols. Mirrors those parts of Objects/abstract.c; numbers are in
 * abstractnumber.ts (exported from here too), buffers in abstractbuffer.ts.
 */
import { PyMappingMethods, PySequenceMethods, PyTypeObject, Py_ID } from '@moult/abi';
import { i32, POLICY, setI32 } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { PyNumber_AsSsize_t, _PyIndex_Check } from './abstractnumber.ts';
import { callFunction, callMethod, PyObject_CallOneArg } from './call.ts';
import { PyDict_Items, PyDict_Keys, PyDict_Values } from './dictmerge.ts';
import { PyDict_GetItemRef } from './dictobject.ts';
import { catchPending, PyErr_Clear, PyErr_ExceptionMatches, PyErr_Occurred, raise, swallow } from './errors.ts';
import { shortName } from './exceptions.ts';
import { PySeqIter_New } from './iterobject.ts';
import { _PyList_AppendTakeRef, PyList_GET_SIZE, PyList_New } from './listobject.ts';
import { list_extend } from './listmethods.ts';
import { PyLong_AsSsize_t } from './longobject.ts';
import {
  drop,
  hold,
  nativeMark,
  Py_DECREF,
  Py_NewRef,
  PyList_Check,
  PyLong_Check,
  PyTuple_Check,
  PyType_Check,
  PyType_IsSubtype,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import {
  _PyObject_LookupSpecial,
  PyObject_GetOptionalAttr,
  PyObject_IsTrue,
  PyObject_RichCompareBool,
} from './objectattr.ts';
import { Py_EnterRecursiveCall, Py_LeaveRecursiveCall } from './recursion.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import {
  PyDict_Type,
  PyExc_IndexError,
  PyExc_KeyError,
  PyExc_StopIteration,
  PyExc_TypeError,
  PyExc_ValueError,
  PyList_Type,
  Py_None,
  Py_NotImplemented,
  PyTuple_Type,
  PyType_Type,
} from './static.ts';
import { PyList_AsTuple } from './listmethods.ts';
import { _PyTuple_Resize, PyTuple_New } from './tupleobject.ts';
import { _Py_union_args, _PyUnion_Check } from './unionobject.ts';

export * from './abstractnumber.ts';

const Py_EQ = 2;

/** The number in slot `slot` of the table at type's `table` pointer, or 0. */
function seqSlot(op: Ref, slot: number): number {
  const t = i32(i32(op + 8) + PyTypeObject.tp_as_sequence);
  return t === 0 ? 0 : i32(t + slot);
}
function mapSlot(op: Ref, slot: number): number {
  const t = i32(i32(op + 8) + PyTypeObject.tp_as_mapping);
  return t === 0 ? 0 : i32(t + slot);
}

// ---- objects ----

export function PyObject_Type(op: Ref): Ref {
  return Py_NewRef(i32(op + 8));
}
/** len(op). */
export function PyObject_Size(op: Ref): number {
  const f = seqSlot(op, PySequenceMethods.sq_length);
  if (f !== 0) return text[f]?.(op) as number;
  return PyMapping_Size(op);
}
export const PyObject_Length = PyObject_Size;
export function PyMapping_Size(op: Ref): number {
  const f = mapSlot(op, PyMappingMethods.mp_length);
  if (f !== 0) return text[f]?.(op) as number;
  if (seqSlot(op, PySequenceMethods.sq_length) !== 0) raise(PyExc_TypeError, `${typeNameOf(op)} is not a mapping`);
  raise(PyExc_TypeError, `object of type '${typeNameOf(op)}' has no len()`);
}
export function _PyObject_HasLen(op: Ref): boolean {
  return seqSlot(op, PySequenceMethods.sq_length) !== 0 || mapSlot(op, PyMappingMethods.mp_length) !== 0;
}
/** An estimate of how many items an iterator will give: __len__, __length_hint__, else `fallback`. */
export function PyObject_LengthHint(op: Ref, fallback: number): number {
  if (_PyObject_HasLen(op)) {
    const m = nativeMark();
    try {
      return PyObject_Size(op);
    } catch (e) {
      swallow(e, PyExc_TypeError, m);
    }
  }
  const hint = _PyObject_LookupSpecial(op, Py_ID.__length_hint__);
  if (hint === 0) return fallback;
  const m = hold(hint);
  let result: Ref;
  try {
    result = callFunction(hint);
  } catch (e) {
    swallow(e, PyExc_TypeError, m);
    return fallback;
  }
  release(m);
  if (result === Py_NotImplemented) {
    Py_DECREF(result);
    return fallback;
  }
  hold(result);
  if (!PyLong_Check(result)) raise(PyExc_TypeError, `__length_hint__ must be an integer, not ${typeNameOf(result)}`);
  const n = PyLong_AsSsize_t(result);
  if (n < 0) raise(PyExc_ValueError, '__length_hint__() should return >= 0');
  release(m);
  return n;
}

/** op[key]. */
export function PyObject_GetItem(op: Ref, key: Ref): Ref {
  const sub = mapSlot(op, PyMappingMethods.mp_subscript);
  if (sub !== 0) return text[sub]?.(op, key) as Ref;
  if (seqSlot(op, PySequenceMethods.sq_item) !== 0) {
    if (_PyIndex_Check(key)) return PySequence_GetItem(op, PyNumber_AsSsize_t(key, PyExc_IndexError));
    raise(PyExc_TypeError, `sequence index must be integer, not '${typeNameOf(key)}'`);
  }
  if (PyType_Check(op)) {
    if (op === PyType_Type) return Py_GenericAlias(op, key);
    const meth = PyObject_GetOptionalAttr(op, Py_ID.__class_getitem__);
    if (meth !== 0 && meth !== Py_None) {
      const m = hold(meth);
      const r = PyObject_CallOneArg(meth, key);
      release(m);
      return r;
    }
    if (meth !== 0) Py_DECREF(meth);
    raise(PyExc_TypeError, `type '${shortName(op)}' is not subscriptable`);
  }
  raise(PyExc_TypeError, `'${typeNameOf(op)}' object is not subscriptable`);
}
/** op[key] as a new reference, or 0 on KeyError (PyMapping_GetOptionalItem). */
export function PyMapping_GetOptionalItem(op: Ref, key: Ref): Ref {
  if (i32(op + 8) === PyDict_Type) return PyDict_GetItemRef(op, key);
  const m = nativeMark();
  try {
    return PyObject_GetItem(op, key);
  } catch (e) {
    swallow(e, PyExc_KeyError, m);
    return 0;
  }
}

/** op[key] = value. */
export function PyObject_SetItem(op: Ref, key: Ref, value: Ref): void {
  const f = mapSlot(op, PyMappingMethods.mp_ass_subscript);
  if (f !== 0) {
    text[f]?.(op, key, value);
    return;
  }
  if (i32(i32(op + 8) + PyTypeObject.tp_as_sequence) !== 0) {
    if (_PyIndex_Check(key)) {
      PySequence_SetItem(op, PyNumber_AsSsize_t(key, PyExc_IndexError), value);
      return;
    }
    if (seqSlot(op, PySequenceMethods.sq_ass_item) !== 0) {
      raise(PyExc_TypeError, `sequence index must be integer, not '${typeNameOf(key)}'`);
    }
  }
  raise(PyExc_TypeError, `'${typeNameOf(op)}' object does not support item assignment`);
}
/** del op[key]. */
export function PyObject_DelItem(op: Ref, key: Ref): void {
  const f = mapSlot(op, PyMappingMethods.mp_ass_subscript);
  if (f !== 0) {
    text[f]?.(op, key, 0);
    return;
  }
  if (i32(i32(op + 8) + PyTypeObject.tp_as_sequence) !== 0) {
    if (_PyIndex_Check(key)) {
      PySequence_DelItem(op, PyNumber_AsSsize_t(key, PyExc_IndexError));
      return;
    }
    if (seqSlot(op, PySequenceMethods.sq_ass_item) !== 0) {
      raise(PyExc_TypeError, `sequence index must be integer, not '${typeNameOf(key)}'`);
    }
  }
  raise(PyExc_TypeError, `'${typeNameOf(op)}' object does not support item deletion`);
}

// ---- sequences ----

export function PySequence_Check(op: Ref): boolean {
  if (PyType_IsSubtype(i32(op + 8), PyDict_Type)) return false;
  return seqSlot(op, PySequenceMethods.sq_item) !== 0;
}
export function PySequence_Size(op: Ref): number {
  const f = seqSlot(op, PySequenceMethods.sq_length);
  if (f !== 0) return text[f]?.(op) as number;
  if (mapSlot(op, PyMappingMethods.mp_length) !== 0) raise(PyExc_TypeError, `${typeNameOf(op)} is not a sequence`);
  raise(PyExc_TypeError, `object of type '${typeNameOf(op)}' has no len()`);
}
export const PySequence_Length = PySequence_Size;
export function PySequence_Concat(s: Ref, o: Ref): Ref {
  const f = seqSlot(s, PySequenceMethods.sq_concat);
  if (f !== 0) return text[f]?.(s, o) as Ref;
  raise(PyExc_TypeError, `'${typeNameOf(s)}' object can't be concatenated`);
}
export function PySequence_Repeat(s: Ref, n: number): Ref {
  const f = seqSlot(s, PySequenceMethods.sq_repeat);
  if (f !== 0) return text[f]?.(s, n) as Ref;
  raise(PyExc_TypeError, `'${typeNameOf(s)}' object can't be repeated`);
}
export function PySequence_GetItem(s: Ref, i: number): Ref {
  const f = seqSlot(s, PySequenceMethods.sq_item);
  if (f === 0) {
    if (mapSlot(s, PyMappingMethods.mp_subscript) !== 0) raise(PyExc_TypeError, `${typeNameOf(s)} is not a sequence`);
    raise(PyExc_TypeError, `'${typeNameOf(s)}' object does not support indexing`);
  }
  return text[f]?.(s, fromEnd(s, i)) as Ref;
}
/** A negative index counts from the end where the sequence knows its length. */
function fromEnd(s: Ref, i: number): number {
  if (i >= 0) return i;
  const f = seqSlot(s, PySequenceMethods.sq_length);
  return f === 0 ? i : i + (text[f]?.(s) as number);
}
export function PySequence_SetItem(s: Ref, i: number, value: Ref): void {
  const f = seqSlot(s, PySequenceMethods.sq_ass_item);
  if (f === 0) raise(PyExc_TypeError, `'${typeNameOf(s)}' object does not support item assignment`);
  text[f]?.(s, fromEnd(s, i), value);
}
export function PySequence_DelItem(s: Ref, i: number): void {
  const f = seqSlot(s, PySequenceMethods.sq_ass_item);
  if (f === 0) raise(PyExc_TypeError, `'${typeNameOf(s)}' object doesn't support item deletion`);
  text[f]?.(s, fromEnd(s, i), 0);
}
/** tuple(v), a new reference. */
export function PySequence_Tuple(v: Ref): Ref {
  if (i32(v + 8) === PyTuple_Type) return Py_NewRef(v);
  if (i32(v + 8) === PyList_Type) return PyList_AsTuple(v);
  if (i32(POLICY) < 314) return tupleOfIterable(v);
  const list = iterableToList(v);
  const m = hold(list);
  const t = PyList_AsTuple(list);
  release(m);
  return t;
}
/** Up to 3.13 the tuple grows while it is filled, and a collection sees it. */
function tupleOfIterable(v: Ref): Ref {
  const m = hold(PyObject_GetIter(v));
  let n = PyObject_LengthHint(v, 10);
  let tuple = PyTuple_New(n);
  const slot = hold(tuple);
  let count = 0;
  for (let x = PyIter_Next(i32(m)); x !== 0; x = PyIter_Next(i32(m))) {
    if (count >= n) {
      hold(x);
      n += 10;
      n += n >> 2;
      tuple = _PyTuple_Resize(tuple, n);
      setI32(slot, tuple);
      drop(slot + 8);
    }
    setI32(tuple + 24 + (count++ << 3), x);
  }
  if (count < n) tuple = _PyTuple_Resize(tuple, count);
  drop(slot);
  release(m);
  return tuple;
}
function iterableToList(v: Ref): Ref {
  const m = hold(PyObject_GetIter(v));
  PyObject_LengthHint(v, 10); // may raise
  const list = PyList_New(0);
  hold(list);
  for (let x = PyIter_Next(i32(m)); x !== 0; x = PyIter_Next(i32(m))) _PyList_AppendTakeRef(list, x);
  drop(m + 8);
  release(m);
  return list;
}
/** list(v). */
export function PySequence_List(v: Ref): Ref {
  const list = PyList_New(0);
  const m = hold(list);
  list_extend(list, v);
  drop(m);
  return list;
}
/** A list or tuple of v's items: v itself if it is one. */
export function PySequence_Fast(v: Ref, message: string): Ref {
  if (i32(v + 8) === PyList_Type || i32(v + 8) === PyTuple_Type) return Py_NewRef(v);
  const mark = nativeMark();
  let it: Ref;
  try {
    it = PyObject_GetIter(v);
  } catch (e) {
    catchPending(e, mark);
    if (PyErr_ExceptionMatches(PyExc_TypeError)) {
      PyErr_Clear();
      raise(PyExc_TypeError, message);
    }
    throw e;
  }
  const m = hold(it);
  const list = PySequence_List(it);
  hold(list);
  drop(m + 8);
  release(m);
  return list;
}
/** Item count and items of what PySequence_Fast gave. */
export function PySequence_Fast_GET_SIZE(op: Ref): number {
  return PyList_Check(op) ? PyList_GET_SIZE(op) : i32(op + 16);
}
export function PySequence_Fast_ITEMS(op: Ref): number {
  return PyList_Check(op) ? i32(op + 24) : op + 24;
}
export function PySequence_Fast_GET_ITEM(op: Ref, i: number): Ref {
  return i32(PySequence_Fast_ITEMS(op) + (i << 3));
}
export const PY_ITERSEARCH_COUNT = 1;
export const PY_ITERSEARCH_INDEX = 2;
export const PY_ITERSEARCH_CONTAINS = 3;
/** Counts, finds the index of, or finds `obj` by iterating. CONTAINS gives 1 or 0. */
export function _PySequence_IterSearch(seq: Ref, obj: Ref, operation: number): number {
  const mark = nativeMark();
  let it: Ref;
  try {
    it = PyObject_GetIter(seq);
  } catch (e) {
    catchPending(e, mark);
    if (PyErr_ExceptionMatches(PyExc_TypeError)) {
      PyErr_Clear();
      const what =
        operation === PY_ITERSEARCH_CONTAINS
          ? `argument of type '${typeNameOf(seq)}' is not iterable`
          : `'${typeNameOf(seq)}' object is not iterable`;
      raise(PyExc_TypeError, what);
    }
    throw e;
  }
  const m = hold(it);
  let n = 0;
  for (let index = 0; ; index++) {
    const x = PyIter_Next(it);
    if (x === 0) break;
    const k = hold(x);
    const same = PyObject_RichCompareBool(x, obj, Py_EQ);
    release(k);
    if (!same) continue;
    if (operation === PY_ITERSEARCH_COUNT) n++;
    else {
      release(m);
      return operation === PY_ITERSEARCH_INDEX ? index : 1;
    }
  }
  release(m);
  if (operation === PY_ITERSEARCH_INDEX) raise(PyExc_ValueError, 'sequence.index(x): x not in sequence');
  return n;
}
export function PySequence_Count(s: Ref, o: Ref): number {
  return _PySequence_IterSearch(s, o, PY_ITERSEARCH_COUNT);
}
export function PySequence_Index(s: Ref, o: Ref): number {
  return _PySequence_IterSearch(s, o, PY_ITERSEARCH_INDEX);
}
/** o in s. */
export function PySequence_Contains(s: Ref, o: Ref): boolean {
  const f = seqSlot(s, PySequenceMethods.sq_contains);
  if (f !== 0) return Boolean(text[f]?.(s, o));
  return _PySequence_IterSearch(s, o, PY_ITERSEARCH_CONTAINS) === 1;
}
export function PySequence_InPlaceConcat(s: Ref, o: Ref): Ref {
  const f = seqSlot(s, PySequenceMethods.sq_inplace_concat);
  return f !== 0 ? (text[f]?.(s, o) as Ref) : PySequence_Concat(s, o);
}

// ---- mappings ----

export function PyMapping_Check(op: Ref): boolean {
  return mapSlot(op, PyMappingMethods.mp_subscript) !== 0;
}
function methodList(op: Ref, name: Ref, what: string): Ref {
  const m = hold(callMethod(op, name));
  if (i32(i32(m) + 8) === PyList_Type) {
    drop(m);
    return i32(m);
  }
  const mark = nativeMark();
  let list: Ref;
  let it: Ref;
  try {
    it = PyObject_GetIter(i32(m));
  } catch (e) {
    catchPending(e, mark);
    if (!PyErr_ExceptionMatches(PyExc_TypeError)) throw e;
    PyErr_Clear();
    raise(PyExc_TypeError, `${typeNameOf(op)}.${what}() returned a non-iterable (type ${typeNameOf(i32(m))})`);
  }
  hold(it);
  list = PySequence_List(it);
  hold(list);
  drop(m + 16);
  release(m);
  return list;
}
export function PyMapping_Keys(op: Ref): Ref {
  return i32(op + 8) === PyDict_Type ? PyDict_Keys(op) : methodList(op, Py_ID.keys, 'keys');
}
export function PyMapping_Items(op: Ref): Ref {
  return i32(op + 8) === PyDict_Type ? PyDict_Items(op) : methodList(op, Py_ID.items, 'items');
}
export function PyMapping_Values(op: Ref): Ref {
  return i32(op + 8) === PyDict_Type ? PyDict_Values(op) : methodList(op, Py_ID.values, 'values');
}

// ---- iterators ----

export function PyIter_Check(op: Ref): boolean {
  return i32(i32(op + 8) + PyTypeObject.tp_iternext) !== 0;
}
export function PyObject_GetIter(op: Ref): Ref {
  const f = i32(i32(op + 8) + PyTypeObject.tp_iter);
  if (f === 0) {
    if (PySequence_Check(op)) return PySeqIter_New(op);
    raise(PyExc_TypeError, `'${typeNameOf(op)}' object is not iterable`);
  }
  const it = text[f]?.(op) as Ref;
  if (!PyIter_Check(it)) {
    hold(it);
    raise(PyExc_TypeError, `iter() returned non-iterator of type '${typeNameOf(it)}'`);
  }
  return it;
}
/** The next item, or 0 at the end (StopIteration is cleared). */
export function PyIter_Next(it: Ref): Ref {
  const mark = nativeMark();
  try {
    const x = text[i32(i32(it + 8) + PyTypeObject.tp_iternext)]?.(it) as Ref;
    if (x === 0 && PyErr_Occurred()) {
      if (PyErr_ExceptionMatches(PyExc_StopIteration)) PyErr_Clear();
    }
    return x;
  } catch (e) {
    swallow(e, PyExc_StopIteration, mark);
    return 0;
  }
}
export function PyObject_GetAIter(op: Ref): Ref {
  const as = i32(i32(op + 8) + PyTypeObject.tp_as_async);
  const f = as === 0 ? 0 : i32(as + 8);
  if (f === 0) raise(PyExc_TypeError, `'${typeNameOf(op)}' object is not an async iterable`);
  const it = text[f]?.(op) as Ref;
  const asIt = i32(i32(it + 8) + PyTypeObject.tp_as_async);
  if (asIt === 0 || i32(asIt + 16) === 0) {
    hold(it);
    raise(PyExc_TypeError, `aiter() returned not an async iterator of type '${typeNameOf(it)}'`);
  }
  return it;
}

// ---- classes ----

/** cls.__bases__ if it is a tuple (new reference), else 0. */
function abstract_get_bases(cls: Ref): Ref {
  const bases = PyObject_GetOptionalAttr(cls, Py_ID.__bases__);
  if (bases !== 0 && !PyTuple_Check(bases)) {
    Py_DECREF(bases);
    return 0;
  }
  return bases;
}
function abstract_issubclass(derived: Ref, cls: Ref): boolean {
  if (derived === cls) return true;
  const bases = abstract_get_bases(derived);
  if (bases === 0) return false;
  const m = hold(bases);
  Py_EnterRecursiveCall(' in __issubclass__');
  let r = false;
  try {
    for (let i = 0; i < i32(bases + 16) && !r; i++) r = abstract_issubclass(i32(bases + 24 + (i << 3)), cls);
  } finally {
    Py_LeaveRecursiveCall();
  }
  release(m);
  return r;
}
function check_class(cls: Ref, message: string): void {
  const bases = abstract_get_bases(cls);
  if (bases === 0) raise(PyExc_TypeError, message);
  Py_DECREF(bases);
}
function object_isinstance(inst: Ref, cls: Ref): boolean {
  if (PyType_Check(cls)) {
    if (PyType_IsSubtype(i32(inst + 8), cls)) return true;
    const icls = PyObject_GetOptionalAttr(inst, Py_ID.__class__);
    if (icls === 0) return false;
    const r = icls !== i32(inst + 8) && PyType_Check(icls) && PyType_IsSubtype(icls, cls);
    Py_DECREF(icls);
    return r;
  }
  check_class(cls, 'isinstance() arg 2 must be a type, a tuple of types, or a union');
  const icls = PyObject_GetOptionalAttr(inst, Py_ID.__class__);
  if (icls === 0) return false;
  const m = hold(icls);
  const r = abstract_issubclass(icls, cls);
  release(m);
  return r;
}
/** isinstance(inst, cls). */
export function PyObject_IsInstance(inst: Ref, cls: Ref): boolean {
  if (i32(inst + 8) === cls) return true;
  if (i32(cls + 8) === PyType_Type) return object_isinstance(inst, cls);
  return checkMany(inst, cls, Py_ID.__instancecheck__, ' in __instancecheck__', PyObject_IsInstance, object_isinstance);
}
function object_issubclass(derived: Ref, cls: Ref): boolean {
  if (PyType_Check(cls) && PyType_Check(derived)) return PyType_IsSubtype(derived, cls);
  check_class(derived, 'issubclass() arg 1 must be a class');
  if (!_PyUnion_Check(cls)) check_class(cls, 'issubclass() arg 2 must be a class, a tuple of classes, or a union');
  return abstract_issubclass(derived, cls);
}
/** issubclass(derived, cls). */
export function PyObject_IsSubclass(derived: Ref, cls: Ref): boolean {
  if (i32(cls + 8) === PyType_Type) return derived === cls || object_issubclass(derived, cls);
  return checkMany(
    derived,
    cls,
    Py_ID.__subclasscheck__,
    ' in __subclasscheck__',
    PyObject_IsSubclass,
    object_issubclass,
  );
}
type ClassTest = (op: Ref, cls: Ref) => boolean;
/** A union's or tuple's members one by one, else the class's own hook, else the plain test. */
function checkMany(op: Ref, cls: Ref, hook: Ref, where: string, each: ClassTest, plain: ClassTest): boolean {
  const all = _PyUnion_Check(cls) ? _Py_union_args(cls) : PyTuple_Check(cls) ? cls : 0;
  if (all !== 0) {
    Py_EnterRecursiveCall(where);
    try {
      for (let i = 0; i < i32(all + 16); i++) if (each(op, i32(all + 24 + (i << 3)))) return true;
      return false;
    } finally {
      Py_LeaveRecursiveCall();
    }
  }
  const checker = _PyObject_LookupSpecial(cls, hook);
  if (checker === 0) return plain(op, cls);
  const m = hold(checker);
  Py_EnterRecursiveCall(where);
  let res: Ref;
  try {
    res = PyObject_CallOneArg(checker, op);
  } finally {
    Py_LeaveRecursiveCall();
  }
  hold(res);
  const r = PyObject_IsTrue(res);
  release(m);
  return r;
}
export function _PyObject_RealIsInstance(inst: Ref, cls: Ref): boolean {
  return object_isinstance(inst, cls);
}
export function _PyObject_RealIsSubclass(derived: Ref, cls: Ref): boolean {
  return object_issubclass(derived, cls);
}
