/**
 * Where instances keep their attributes. Mirrors the second half of Objects/dictobject.c.
 *
 *   -24 managed dict   -16 GC head   0 object …   tp_basicsize: inline values, if the type has Py_TPFLAGS_INLINE_VALUES
 *
 *   PyDictValues       +0 capacity, size, embedded, valid (one byte each)   +8 values[capacity]   then the insertion order, a byte each
 *
 * The names lie in the type's shared keys (ht_cached_keys). A dict made on request shares the values until it outgrows them.
 */
import { PyErr_WriteUnraisable } from './unraisable.ts';
import {
  DKIX_EMPTY,
  MANAGED_DICT_OFFSET,
  PyDictKeysObject as K,
  PyDictObject as D,
  PyDictValues as V,
  PyHeapTypeObject,
  PyTypeObject as T,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_INLINE_VALUES,
  Py_TPFLAGS_MANAGED_DICT,
} from '@moult/abi';
import { _PyObject_GC_IS_TRACKED, _PyObject_GC_TRACK, _PyObject_IS_GC } from '../gc/track.ts';
import { bytes, HASH_HI, i32, setPtr, setU8, u8 } from '../memory/linear.ts';
import { PyMem_Malloc, PyMem_Free } from '../memory/obmalloc.ts';
import { memzero } from '../memory/raw.ts';
import {
  delete_index_from_values,
  keyHash,
  new_dict,
  nextVersion,
  PyDict_New,
  PyDict_SetItem,
  _PyDictValues_AddToInsertionOrder,
} from './dictobject.ts';
import { PyDict_DelItem } from './dictdelete.ts';
import {
  dictkeys_incref,
  insert_split_key,
  unicodekeys_lookup_unicode,
  Py_EMPTY_KEYS,
  dictkeys_decref,
} from './dictkeys.ts';
import {
  PyErr_NoMemory,
  raise,
  undoAndRethrow,
  catchPending,
  PyErr_SetRaisedException,
  PyErr_GetRaisedException,
} from './errors.ts';
import {
  drop,
  hold,
  holdArray,
  PyDict_Check,
  PyLong_Check,
  Py_CLEAR,
  Py_DECREF,
  Py_INCREF,
  Py_NewRef,
  Py_XDECREF,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import { digitCount } from './longobject.ts';
import { PyExc_AttributeError, PyExc_TypeError, PyTuple_Type, PyUnicode_Type } from './static.ts';
import { clearOrWait } from './trashcan.ts';
import { asText } from './unicodeobject.ts';

function cachedKeys(type: Ref): number {
  return i32(type + PyHeapTypeObject.ht_cached_keys);
}
/** How many values a dict with these shared keys must have room for. */
export function shared_keys_usable_size(keys: number): number {
  return i32(keys + K.dk_nentries) + i32(keys + K.dk_usable);
}
export function _PyInlineValuesSize(type: Ref): number {
  const n = shared_keys_usable_size(cachedKeys(type));
  return ((n + 7) & -8) + (n + 1) * 8;
}
/** The address of the inline values of an instance. */
export function _PyObject_InlineValues(obj: Ref): number {
  return obj + i32(i32(obj + 8) + T.tp_basicsize);
}
export function _PyObject_GetManagedDict(obj: Ref): Ref {
  return i32(obj + MANAGED_DICT_OFFSET);
}
/** Does the instance keep attributes inline, at this moment? */
export function hasInlineValues(obj: Ref): boolean {
  return (
    (i32(i32(obj + 8) + T.tp_flags) & Py_TPFLAGS_INLINE_VALUES) !== 0 && u8(_PyObject_InlineValues(obj) + V.valid) !== 0
  );
}

export function _PyObject_InitInlineValues(obj: Ref, type: Ref): void {
  const keys = cachedKeys(type);
  const usable = i32(keys + K.dk_usable);
  if (usable > 1) setPtr(keys + K.dk_usable, usable - 1);
  const n = shared_keys_usable_size(keys);
  const values = obj + i32(type + T.tp_basicsize);
  setU8(values + V.capacity, n);
  setU8(values + V.size, 0);
  setU8(values + V.embedded, 1);
  setU8(values + V.valid, 1);
  memzero(values + 8, n << 3);
  setPtr(obj + MANAGED_DICT_OFFSET, 0);
}
function new_values(n: number): number {
  const values = PyMem_Malloc(((n + 7) & -8) + (n + 1) * 8);
  if (values === 0) PyErr_NoMemory();
  setU8(values + V.capacity, n);
  setU8(values + V.size, 0);
  setU8(values + V.embedded, 0);
  setU8(values + V.valid, 0);
  return values;
}
function copy_values(values: number): number {
  const n = u8(values + V.capacity);
  const copy = new_values(n);
  bytes.copyWithin(copy + 8, values + 8, values + 8 + n * 8 + u8(values + V.size));
  setU8(copy + V.size, u8(values + V.size));
  return copy;
}
function new_dict_with_shared_keys(keys: number): Ref {
  const n = shared_keys_usable_size(keys);
  const values = new_values(n);
  memzero(values + 8, n << 3);
  dictkeys_incref(keys);
  try {
    return new_dict(keys, values, 0);
  } catch (e) {
    return undoAndRethrow(e, () => PyMem_Free(values));
  }
}
function mayBeTracked(op: Ref): boolean {
  return _PyObject_IS_GC(op) && (i32(op + 8) !== PyTuple_Type || _PyObject_GC_IS_TRACKED(op));
}
function make_dict_from_instance_attributes(keys: number, values: number): Ref {
  dictkeys_incref(keys);
  let used = 0;
  let track = false;
  const n = shared_keys_usable_size(keys);
  for (let i = 0; i < n; i++) {
    const v = i32(values + 8 + (i << 3));
    if (v === 0) continue;
    used++;
    track ||= mayBeTracked(v);
  }
  const dict = new_dict(keys, values, used);
  if (track && !_PyObject_GC_IS_TRACKED(dict)) _PyObject_GC_TRACK(dict);
  return dict;
}

/** The managed dict of an instance, made now if there is none: borrowed. */
export function _PyObject_MaterializeManagedDict(obj: Ref): Ref {
  let dict = i32(obj + MANAGED_DICT_OFFSET);
  if (dict !== 0) return dict;
  const type = i32(obj + 8);
  if ((i32(type + T.tp_flags) & Py_TPFLAGS_INLINE_VALUES) !== 0) {
    const values = _PyObject_InlineValues(obj);
    dict = u8(values + V.valid) !== 0 ? make_dict_from_instance_attributes(cachedKeys(type), values) : PyDict_New();
  } else dict = new_dict_with_shared_keys(cachedKeys(type));
  setPtr(obj + MANAGED_DICT_OFFSET, dict);
  return dict;
}

/** The inline value of the attribute (a new reference) or 0; only while the inline values are valid. `name` an exact str. */
export function _PyObject_TryGetInstanceAttribute(obj: Ref, name: Ref): Ref {
  const lo = keyHash(name);
  const ix = unicodekeys_lookup_unicode(cachedKeys(i32(obj + 8)), name, lo, i32(HASH_HI));
  if (ix < 0) return 0;
  const value = i32(_PyObject_InlineValues(obj) + 8 + (ix << 3));
  if (value !== 0) Py_INCREF(value);
  return value;
}

function setOrDelete(dict: Ref, name: Ref, value: Ref): void {
  if (value === 0) PyDict_DelItem(dict, name);
  else PyDict_SetItem(dict, name, value);
}
/** Sets (or, with 0, deletes) an attribute of an instance of a type with inline values; KeyError or AttributeError if it is missing. */
export function _PyObject_StoreInstanceAttribute(obj: Ref, name: Ref, value: Ref): void {
  const values = _PyObject_InlineValues(obj);
  let dict = i32(obj + MANAGED_DICT_OFFSET);
  if (u8(values + V.valid) === 0) {
    if (dict === 0) dict = _PyObject_MaterializeManagedDict(obj);
    const m = hold(Py_NewRef(dict));
    setOrDelete(dict, name, value);
    release(m);
    return;
  }
  const keys = cachedKeys(i32(obj + 8));
  let ix = DKIX_EMPTY;
  if (i32(name + 8) === PyUnicode_Type) {
    const lo = keyHash(name);
    ix = insert_split_key(keys, name, lo, i32(HASH_HI));
  }
  if (ix === DKIX_EMPTY) {
    if (dict === 0) {
      dict = make_dict_from_instance_attributes(keys, values);
      const m = hold(dict);
      setPtr(obj + MANAGED_DICT_OFFSET, Py_NewRef(dict));
      setOrDelete(dict, name, value);
      release(m);
      return;
    }
    setOrDelete(dict, name, value);
    return;
  }
  const slot = values + 8 + (ix << 3);
  const old = i32(slot);
  // without object and name in the exception, unlike everywhere else: so does 3.13.0
  if (old === 0 && value === 0) {
    raise(PyExc_AttributeError, `'${typeNameOf(obj)}' object has no attribute '${asText(name)}'`);
  }
  if (dict !== 0) nextVersion(dict);
  if (value !== 0) Py_INCREF(value);
  setPtr(slot, value);
  if (old === 0) {
    _PyDictValues_AddToInsertionOrder(values, ix);
    // the dict is not tracked here, whatever the value: so does 3.13.0
    if (dict !== 0) setPtr(dict + D.ma_used, i32(dict + D.ma_used) + 1);
  } else {
    if (value === 0) {
      delete_index_from_values(values, ix);
      if (dict !== 0) setPtr(dict + D.ma_used, i32(dict + D.ma_used) - 1);
    }
    Py_DECREF(old);
  }
}

/** Sets or deletes in the dict at `slot`, which is made if needed (with the type's shared keys). */
export function _PyObjectDict_SetItem(type: Ref, slot: number, name: Ref, value: Ref): void {
  let dict = i32(slot);
  if (dict === 0) {
    dict = newInstanceDict(type);
    setPtr(slot, dict);
  }
  const m = hold(Py_NewRef(dict));
  setOrDelete(dict, name, value);
  release(m);
}
function newInstanceDict(type: Ref): Ref {
  const keys = (i32(type + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0 ? cachedKeys(type) : 0;
  return keys !== 0 ? new_dict_with_shared_keys(keys) : PyDict_New();
}

/** The slot of the dict of an instance without managed dict, or 0 (_PyObject_ComputedDictPointer). */
export function _PyObject_ComputedDictPointer(obj: Ref): number {
  const type = i32(obj + 8);
  const offset = i32(type + T.tp_dictoffset);
  if (offset >= 0) return offset === 0 ? 0 : obj + offset;
  const n = PyLong_Check(obj) ? digitCount(obj) : Math.abs(i32(obj + 16));
  const size = (i32(type + T.tp_basicsize) + n * i32(type + T.tp_itemsize) + 7) & -8;
  return obj + size + offset;
}
/** The slot of the instance's dict, whether there is one yet or not; 0 if it can have none. */
export function instanceDictSlot(obj: Ref): number {
  const managed = (i32(i32(obj + 8) + T.tp_flags) & Py_TPFLAGS_MANAGED_DICT) !== 0;
  return managed ? obj + MANAGED_DICT_OFFSET : _PyObject_ComputedDictPointer(obj);
}
/** The slot of the instance's dict (a managed one is made), or 0 if it can have none. */
export function _PyObject_GetDictPtr(obj: Ref): number {
  const slot = instanceDictSlot(obj);
  if (slot === obj + MANAGED_DICT_OFFSET && i32(slot) === 0) _PyObject_MaterializeManagedDict(obj);
  return slot;
}
/** The instance's __dict__, a new reference. */
export function PyObject_GenericGetDict(obj: Ref): Ref {
  if ((i32(i32(obj + 8) + T.tp_flags) & Py_TPFLAGS_MANAGED_DICT) !== 0)
    return Py_NewRef(_PyObject_MaterializeManagedDict(obj));
  const slot = _PyObject_ComputedDictPointer(obj);
  if (slot === 0) raise(PyExc_AttributeError, 'This object has no __dict__');
  if (i32(slot) === 0) setPtr(slot, newInstanceDict(i32(obj + 8)));
  return Py_NewRef(i32(slot));
}
export function PyObject_GenericSetDict(obj: Ref, value: Ref): void {
  const slot = instanceDictSlot(obj);
  if (slot === 0) raise(PyExc_AttributeError, 'This object has no __dict__');
  if (value === 0) raise(PyExc_TypeError, 'cannot delete __dict__');
  if (!PyDict_Check(value))
    raise(PyExc_TypeError, `__dict__ must be set to a dictionary, not a '${typeNameOf(value)}'`);
  if ((i32(i32(obj + 8) + T.tp_flags) & Py_TPFLAGS_MANAGED_DICT) !== 0) _PyObject_SetManagedDict(obj, value);
  else {
    const old = i32(slot);
    setPtr(slot, Py_NewRef(value));
    Py_XDECREF(old);
  }
}
/** Does the instance have no attributes of its own? */
export function _PyObject_IsInstanceDictEmpty(obj: Ref): boolean {
  const type = i32(obj + 8);
  if (i32(type + T.tp_dictoffset) === 0) return true;
  let dict: Ref;
  if (hasInlineValues(obj)) {
    const values = _PyObject_InlineValues(obj);
    const n = u8(values + V.capacity);
    for (let i = 0; i < n; i++) if (i32(values + 8 + (i << 3)) !== 0) return false;
    return true;
  }
  if ((i32(type + T.tp_flags) & Py_TPFLAGS_MANAGED_DICT) !== 0) dict = i32(obj + MANAGED_DICT_OFFSET);
  else dict = i32(_PyObject_ComputedDictPointer(obj));
  return dict === 0 || i32(dict + D.ma_used) === 0;
}

// ---- clearing, replacing, walking -----------------------------------------------------------------------------------

/** The dict that shares the instance's values gets a copy of its own; the inline values are void. */
export function _PyDict_DetachFromObject(mp: Ref, obj: Ref): void {
  const values = _PyObject_InlineValues(obj);
  if (i32(mp + D.ma_values) !== values) return;
  setPtr(mp + D.ma_values, copy_values(values));
  setU8(values + V.valid, 0);
}
/** Puts `dict` (borrowed; 0: none) in the place of all the instance's attributes. */
export function _PyObject_SetManagedDict(obj: Ref, dict: Ref): void {
  const slot = obj + MANAGED_DICT_OFFSET;
  const old = i32(slot);
  if (dict !== 0) Py_INCREF(dict);
  if ((i32(i32(obj + 8) + T.tp_flags) & Py_TPFLAGS_INLINE_VALUES) === 0) {
    setPtr(slot, dict);
    Py_XDECREF(old);
    return;
  }
  const values = _PyObject_InlineValues(obj);
  if (old === 0) {
    setPtr(slot, dict);
    // a dict that has taken the values over leaves their bits here
    if (u8(values + V.valid) === 0) return;
    setU8(values + V.valid, 0);
    const n = u8(values + V.capacity);
    const m = holdArray(values + 8, n);
    for (let i = 0; i < n; i++) Py_CLEAR(values + 8 + (i << 3));
    drop(m);
    return;
  }
  if (i32(old + D.ma_values) === values) _PyDict_DetachFromObject(old, obj);
  setPtr(slot, dict);
  Py_DECREF(old);
}
export function PyObject_ClearManagedDict(obj: Ref): void {
  _PyObject_SetManagedDict(obj, 0);
}
/** Without memory for the copy the dict is emptied: a deallocation cannot fail. */
function detachOrEmpty(dict: Ref, obj: Ref): void {
  const m = hold(PyErr_GetRaisedException());
  try {
    _PyDict_DetachFromObject(dict, obj);
  } catch (e) {
    catchPending(e, m + 8);
    PyErr_WriteUnraisable(0);
    const keys = i32(dict + D.ma_keys);
    setPtr(dict + D.ma_keys, Py_EMPTY_KEYS);
    setPtr(dict + D.ma_values, 0);
    setPtr(dict + D.ma_used, 0);
    dictkeys_decref(keys);
  }
  const exc = i32(m);
  drop(m);
  PyErr_SetRaisedException(exc);
}
/** PyObject_ClearManagedDict in a deallocation; false: to be called again. The values are void when the last has gone. */
export function clearManagedDictOrWait(obj: Ref): boolean {
  const slot = obj + MANAGED_DICT_OFFSET;
  const dict = i32(slot);
  if ((i32(i32(obj + 8) + T.tp_flags) & Py_TPFLAGS_INLINE_VALUES) !== 0) {
    const values = _PyObject_InlineValues(obj);
    if (dict !== 0 && i32(dict + D.ma_values) === values) detachOrEmpty(dict, obj);
    if (u8(values + V.valid) !== 0) {
      const n = u8(values + V.capacity);
      const end = values + 8 + (n << 3);
      for (let p = values + 8; p < end; p += 8) if (i32(p) !== 0 && clearOrWait(p)) return false;
      setU8(values + V.valid, 0);
    }
    if (dict === 0) return true;
  }
  return !clearOrWait(slot);
}
export function PyObject_VisitManagedDict(obj: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  const flags = i32(i32(obj + 8) + T.tp_flags);
  if ((flags & Py_TPFLAGS_MANAGED_DICT) === 0) return;
  if ((flags & Py_TPFLAGS_INLINE_VALUES) !== 0) {
    const values = _PyObject_InlineValues(obj);
    if (u8(values + V.valid) !== 0) {
      const n = u8(values + V.capacity);
      for (let i = 0; i < n; i++) {
        const v = i32(values + 8 + (i << 3));
        if (v !== 0) visit(v, arg);
      }
      // a dict that shares the values is not visited, as in CPython
      return;
    }
  }
  const dict = i32(obj + MANAGED_DICT_OFFSET);
  if (dict !== 0) visit(dict, arg);
}
