/** Assigning to `__bases__` and `__class__`. Mirrors Objects/typeobject.c. */
import { PyTuple_Pack } from './tupleobject.ts';
import { PyList_Append, PyList_GET_ITEM, PyList_New } from './listobject.ts';
import {
  PyHeapTypeObject as H,
  PyTypeObject as T,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_IMMUTABLETYPE,
  Py_TPFLAGS_INLINE_VALUES,
  Py_TPFLAGS_PREHEADER,
} from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { catchPending, PENDING, raise } from './errors.ts';
import { hasInlineValues, _PyObject_MaterializeManagedDict, _PyDict_DetachFromObject } from './instancedict.ts';
import {
  hold,
  drop,
  nativeMark,
  PyTuple_Check,
  PyType_Check,
  PyType_IsSubtype,
  Py_DECREF,
  Py_INCREF,
  Py_NewRef,
  Py_XDECREF,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from './object.ts';
import { PyObject_RichCompareBool } from './objectattr.ts';
import { PyExc_TypeError, PyModule_Type } from './static.ts';
import { best_base } from './typebases.ts';
import { add_all_subclasses, liveSubclasses, PyType_Modified, remove_all_subclasses } from './typelookup.ts';
import { mro_internal } from './typemro.ts';
import { subtype_dealloc } from './typesubtype.ts';
import { update_all_slots } from './typeupdate.ts';

const item = (tuple: Ref, i: number): Ref => i32(tuple + 24 + (i << 3));

export function type_get_bases(type: Ref): Ref {
  return Py_NewRef(i32(type + T.tp_bases));
}
export function type_set_bases(type: Ref, value: Ref): void {
  if ((i32(type + T.tp_flags) & Py_TPFLAGS_IMMUTABLETYPE) !== 0)
    raise(PyExc_TypeError, `cannot set '__bases__' attribute of immutable type '${tpName(type)}'`);
  if (value === 0) raise(PyExc_TypeError, `cannot delete '__bases__' attribute of immutable type '${tpName(type)}'`);
  if (!PyTuple_Check(value))
    raise(PyExc_TypeError, `can only assign tuple to ${tpName(type)}.__bases__, not ${typeNameOf(value)}`);
  const n = i32(value + 16);
  if (n === 0) raise(PyExc_TypeError, `can only assign non-empty tuple to ${tpName(type)}.__bases__, not ()`);
  for (let i = 0; i < n; i++) {
    const base = item(value, i);
    if (!PyType_Check(base))
      raise(PyExc_TypeError, `${tpName(type)}.__bases__ must be tuple of classes, not '${typeNameOf(base)}'`);
    if (PyType_IsSubtype(base, type) || (i32(base + T.tp_mro) !== 0 && baseChainHas(base, type))) {
      raise(PyExc_TypeError, 'a __bases__ item causes an inheritance cycle');
    }
  }
  const newBase = best_base(value);
  compatible_for_assignment(i32(type + T.tp_base), newBase, '__bases__');
  const oldBases = i32(type + T.tp_bases);
  const oldBase = i32(type + T.tp_base);
  const m = hold(oldBases);
  hold(oldBase);
  setPtr(type + T.tp_bases, Py_NewRef(value));
  setPtr(type + T.tp_base, Py_NewRef(newBase));
  const undo = PyList_New(0);
  const u = hold(undo);
  const mark = nativeMark();
  try {
    mro_hierarchy(type, undo);
  } catch (e) {
    catchPending(e, mark);
    for (let i = i32(undo + 16) - 1; i >= 0; i--) {
      const row = PyList_GET_ITEM(undo, i);
      const [cls, fresh] = [i32(row + 24), i32(row + 32)];
      if (i32(cls + T.tp_mro) !== fresh) continue;
      setPtr(cls + T.tp_mro, i32(row + 16) > 2 ? Py_NewRef(i32(row + 40)) : 0);
      Py_DECREF(fresh);
    }
    release(u);
    if (i32(type + T.tp_bases) === value && i32(type + T.tp_base) === newBase) {
      setPtr(type + T.tp_bases, oldBases);
      setPtr(type + T.tp_base, oldBase);
      drop(m);
      Py_DECREF(value);
      Py_DECREF(newBase);
    }
    throw PENDING;
  }
  release(u);
  if (i32(type + T.tp_bases) === value) {
    remove_all_subclasses(type, oldBases);
    add_all_subclasses(type, value);
    PyType_Modified(type);
    update_all_slots(type);
  }
  release(m);
}
function baseChainHas(a: Ref, b: Ref): boolean {
  for (let t = a; t !== 0; t = i32(t + T.tp_base)) if (t === b) return true;
  return false;
}
/** New mros of the type and all its subclasses; (type, new, old) of each is appended to `undo`. */
function mro_hierarchy(type: Ref, undo: Ref): void {
  const { changed, old } = mro_internal(type);
  if (!changed) return;
  const row = hold(
    old === 0 ? PyTuple_Pack(type, i32(type + T.tp_mro)) : PyTuple_Pack(type, i32(type + T.tp_mro), old),
  );
  Py_XDECREF(old);
  PyList_Append(undo, i32(row));
  release(row);
  const subclasses = liveSubclasses(type);
  const m = nativeMark();
  for (const sub of subclasses) hold(sub);
  for (const sub of subclasses) mro_hierarchy(sub, undo);
  release(m);
}

// ---- layouts ----------------------------------------------------------------------------------------------------------

function equiv_structs(a: Ref, b: Ref): boolean {
  return (
    a === b ||
    (i32(a + T.tp_basicsize) === i32(b + T.tp_basicsize) &&
      i32(a + T.tp_itemsize) === i32(b + T.tp_itemsize) &&
      i32(a + T.tp_dictoffset) === i32(b + T.tp_dictoffset) &&
      i32(a + T.tp_weaklistoffset) === i32(b + T.tp_weaklistoffset) &&
      ((i32(a + T.tp_flags) ^ i32(b + T.tp_flags)) & (Py_TPFLAGS_PREHEADER | 0x4000)) === 0)
  );
}
function same_slots_added(a: Ref, b: Ref): boolean {
  const base = i32(a + T.tp_base);
  if (base !== i32(b + T.tp_base)) return false;
  let size = i32(base + T.tp_basicsize);
  const count = (i32(a + T.tp_basicsize) - size) >> 3;
  if (i32(a + T.tp_basicsize) !== i32(b + T.tp_basicsize)) return false;
  const sa = (i32(a + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0 ? i32(a + H.ht_slots) : 0;
  const sb = (i32(b + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0 ? i32(b + H.ht_slots) : 0;
  if (sa !== 0 && sb !== 0) {
    if (!PyObject_RichCompareBool(sa, sb, 2)) return false;
    size += 8 * i32(sa + 16);
  }
  const preheader = (i32(a + T.tp_flags) ^ i32(b + T.tp_flags)) & Py_TPFLAGS_PREHEADER;
  return preheader === 0 && (count === 0 || size === i32(a + T.tp_basicsize));
}
function compatible_with_tp_base(child: Ref): boolean {
  const parent = i32(child + T.tp_base);
  return (
    parent !== 0 &&
    i32(child + T.tp_basicsize) === i32(parent + T.tp_basicsize) &&
    i32(child + T.tp_itemsize) === i32(parent + T.tp_itemsize) &&
    i32(child + T.tp_dictoffset) === i32(parent + T.tp_dictoffset) &&
    i32(child + T.tp_weaklistoffset) === i32(parent + T.tp_weaklistoffset) &&
    (i32(child + T.tp_flags) & 0x4000) === (i32(parent + T.tp_flags) & 0x4000) &&
    (text[i32(child + T.tp_clear)] === text[i32(parent + T.tp_clear)] || (i32(parent + T.tp_flags) & 0x4000) === 0)
  );
}
/** TypeError unless objects of `old` can become objects of `fresh`. */
export function compatible_for_assignment(old: Ref, fresh: Ref, attr: string): void {
  if (i32(fresh + T.tp_free) !== i32(old + T.tp_free)) {
    raise(PyExc_TypeError, `${attr} assignment: '${tpName(fresh)}' deallocator differs from '${tpName(old)}'`);
  }
  let a = fresh;
  let b = old;
  while (compatible_with_tp_base(a)) a = i32(a + T.tp_base);
  while (compatible_with_tp_base(b)) b = i32(b + T.tp_base);
  const inline = (i32(fresh + T.tp_flags) ^ i32(old + T.tp_flags)) & Py_TPFLAGS_INLINE_VALUES;
  if ((a !== b && (i32(a + T.tp_base) !== i32(b + T.tp_base) || !equivOrSlots(a, b))) || inline !== 0) {
    raise(PyExc_TypeError, `${attr} assignment: '${tpName(fresh)}' object layout differs from '${tpName(old)}'`);
  }
}
function equivOrSlots(a: Ref, b: Ref): boolean {
  return same_slots_added(a, b) && equiv_structs(a, b);
}

export function object_set_class(self: Ref, value: Ref): void {
  if (value === 0) raise(PyExc_TypeError, "can't delete __class__ attribute");
  if (!PyType_Check(value))
    raise(PyExc_TypeError, `__class__ must be set to a class, not '${typeNameOf(value)}' object`);
  const old = i32(self + 8);
  const bothModules = PyType_IsSubtype(value, PyModule_Type) && PyType_IsSubtype(old, PyModule_Type);
  const immutable = ((i32(value + T.tp_flags) | i32(old + T.tp_flags)) & Py_TPFLAGS_IMMUTABLETYPE) !== 0;
  if (!bothModules && immutable)
    raise(PyExc_TypeError, '__class__ assignment only supported for mutable types or ModuleType subclasses');
  compatible_for_assignment(old, value, '__class__');
  // values kept inline belong to the old class's keys
  if ((i32(old + T.tp_flags) & Py_TPFLAGS_INLINE_VALUES) !== 0 && hasInlineValues(self)) {
    const dict = _PyObject_MaterializeManagedDict(self);
    _PyDict_DetachFromObject(dict, self);
  }
  if ((i32(value + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0) Py_INCREF(value);
  setPtr(self + 8, value);
  if ((i32(old + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0) Py_DECREF(old);
}
