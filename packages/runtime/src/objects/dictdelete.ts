/** dict: deleting keys, taking them out, clearing; the KeyError that says which. Mirrors Objects/dictobject.c. */
import { PyDictObject } from '@moult/abi';
import { _PyObject_GC_TRACK } from '../gc/track.ts';
import { HASH_HI, i32, setI32, setPtr, setU8, u8 } from '../memory/linear.ts';
import { PyMem_Free } from '../memory/obmalloc.ts';
import {
  DICT_KEYS_GENERAL,
  dictkeys_decref,
  releaseKeys,
  dictkeys_set_index,
  DKIX_DUMMY,
  DKIX_EMPTY,
  lookdict_index,
  Py_EMPTY_KEYS,
  _Py_dict_lookup,
} from './dictkeys.ts';
import { PENDING, PyErr_SetObject } from './errors.ts';
import { drop, hold, holdArray, Py_DECREF, Py_INCREF, type Ref, release } from './object.ts';
import { PyExc_KeyError } from './static.ts';
import { tuple_alloc } from './tupleobject.ts';
import { delete_index_from_values, keyHash, nextVersion, valueAt, valueSlot } from './dictobject.ts';

// ---- deleting ----

/** Removes entry ix whose key has this hash; returns its value as a new reference. */
export function delitem_common(mp: Ref, lo: number, hi: number, ix: number): Ref {
  const dk = i32(mp + PyDictObject.ma_keys);
  const slotOf = lookdict_index(dk, lo, hi, ix);
  const slot = valueSlot(mp, ix);
  const value = i32(slot);
  setPtr(mp + PyDictObject.ma_used, i32(mp + PyDictObject.ma_used) - 1);
  nextVersion(mp);
  if (i32(mp + PyDictObject.ma_values) !== 0) {
    setI32(slot, 0);
    delete_index_from_values(i32(mp + PyDictObject.ma_values), ix);
  } else {
    setI32(dk + 12, 0);
    dictkeys_set_index(dk, slotOf, DKIX_DUMMY);
    const keySlot = slot - 8;
    const key = i32(keySlot);
    setI32(keySlot, 0);
    setI32(slot, 0);
    if (u8(dk + 10) === DICT_KEYS_GENERAL) {
      setI32(keySlot - 8, 0);
      setI32(keySlot - 4, 0);
    }
    const m = hold(value);
    Py_DECREF(key);
    drop(m);
  }
  return value;
}
/** del d[key]; raises KeyError(key). */
export function PyDict_DelItem(mp: Ref, key: Ref): void {
  const value = popKey(mp, key);
  if (value === 0) _PyErr_SetKeyError(key);
  Py_DECREF(value);
}
/** Removes `key` and returns its value as a new reference, or 0 if it was not there. */
export function popKey(mp: Ref, key: Ref): Ref {
  const lo = keyHash(key);
  const hi = i32(HASH_HI);
  const ix = _Py_dict_lookup(mp, key, lo, hi);
  if (ix === DKIX_EMPTY || valueAt(mp, ix) === 0) return 0;
  return delitem_common(mp, lo, hi, ix);
}
/** PyDict_Pop: true and the value discarded if it was there. */
export function discardKey(mp: Ref, key: Ref): boolean {
  const v = popKey(mp, key);
  if (v === 0) return false;
  Py_DECREF(v);
  return true;
}
/** Raises KeyError(key), also where key is a tuple. */
export function _PyErr_SetKeyError(key: Ref): never {
  setKeyError(key);
  throw PENDING;
}
/** Sets KeyError(key); does not throw: throwing costs more than all the rest. */
export function setKeyError(key: Ref): void {
  const args = tuple_alloc(1);
  Py_INCREF(key);
  setPtr(args + 24, key);
  _PyObject_GC_TRACK(args);
  const m = hold(args);
  PyErr_SetObject(PyExc_KeyError, args);
  release(m);
}

/** Empties the dict (PyDict_Clear). */
export function PyDict_Clear(mp: Ref): void {
  const oldkeys = i32(mp + PyDictObject.ma_keys);
  const oldvalues = i32(mp + PyDictObject.ma_values);
  if (oldkeys === Py_EMPTY_KEYS) return;
  nextVersion(mp);
  if (oldvalues === 0) {
    setPtr(mp + PyDictObject.ma_keys, Py_EMPTY_KEYS);
    setPtr(mp + PyDictObject.ma_used, 0);
    releaseKeys(oldkeys);
    return;
  }
  const embedded = u8(oldvalues + 2) !== 0;
  setPtr(mp + PyDictObject.ma_used, 0);
  const n = i32(oldkeys + 24);
  if (embedded) {
    setU8(oldvalues + 1, 0);
    for (let i = 0; i < n; i++) clearSlot(oldvalues + 8 + (i << 3));
    return;
  }
  setPtr(mp + PyDictObject.ma_values, 0);
  setPtr(mp + PyDictObject.ma_keys, Py_EMPTY_KEYS);
  const m = holdArray(oldvalues + 8, n);
  hold(oldkeys | 4);
  for (let i = 0; i < n; i++) clearSlot(oldvalues + 8 + (i << 3));
  drop(m);
  PyMem_Free(oldvalues);
  dictkeys_decref(oldkeys);
}
function clearSlot(slot: number): void {
  const v = i32(slot);
  if (v !== 0) {
    setI32(slot, 0);
    Py_DECREF(v);
  }
}
