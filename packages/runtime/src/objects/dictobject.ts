/**
 * dict: making, looking up, inserting, resizing, freeing. Mirrors the core of Objects/dictobject.c; methods are in
 * dictmethods.ts, views in dictviews.ts, iterators in dictiter.ts, merging in dictmerge.ts.
 *
 *   PyDictObject  +16 ma_used  +24 ma_version_tag  +32 ma_keys  +40 ma_values (0: combined table)
 *   split table: ma_keys is shared between instances, ma_values holds this dict's values and their order
 */
import { PyDictObject, PyInterpreterState, PyTypeObject } from '@moult/abi';
import { freeOfStaticType, newOfStaticType, PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_IS_TRACKED, _PyObject_GC_TRACK, _PyObject_IS_GC, PyObject_GC_UnTrack } from '../gc/track.ts';
import { hooks } from '../hooks.ts';
import { bytes, HASH_HI, i32, POLICY, setI32, setPtr, setU8, u8 } from '../memory/linear.ts';
import { PyMem_Free } from '../memory/obmalloc.ts';
import { text } from '../memory/text.ts';
import {
  build_indices,
  calculate_log2_keysize,
  DICT_KEYS_GENERAL,
  dictkeys_decref,
  releaseKeysOrWait,
  dictkeys_set_index,
  DK_ENTRIES,
  DK_IS_UNICODE,
  DKIX_EMPTY,
  entryKeySlot,
  find_empty_slot,
  freeKeysMemory,
  insert_split_key,
  new_keys_object,
  Py_EMPTY_KEYS,
  PyDict_LOG_MINSIZE,
  unicodekeys_lookup_unicode,
  _Py_dict_lookup,
} from './dictkeys.ts';
import { PyErr_BadInternalCall, undoAndRethrow } from './errors.ts';
import {
  drop,
  hold,
  holdArray,
  Py_DECREF,
  Py_INCREF,
  Py_NewRef,
  Py_XDECREF,
  PyDict_Check,
  type Ref,
  release,
} from './object.ts';
import { PyObject_Hash } from './objectattr.ts';
import { INTERP } from './runtime.ts';
import { PyDict_Type, PyTuple_Type, PyUnicode_Type } from './static.ts';
import { PyUnicode_FromString, PyUnicode_InternFromString } from './unicodeobject.ts';
import { TRACING_WORD } from '../memory/layout.ts';
import { traceReused } from './tracemalloc.ts';
import { clearOrWait } from './trashcan.ts';

declare const __TRACE__: boolean;

const PyDict_MAXFREELIST = 80;
const FREE_ITEMS = INTERP + PyInterpreterState.object_state_freelists_dicts_items;
const FREE_COUNT = INTERP + PyInterpreterState.object_state_freelists_dicts_numfree;
const GLOBAL_VERSION = INTERP + PyInterpreterState.dict_state_global_version;

/** Gives the dict the next version: a multiple of 4096, the low bits are the watchers' (DICT_NEXT_VERSION). */
export function nextVersion(mp: Ref): void {
  const lo = (i32(GLOBAL_VERSION) + 4096) | 0;
  setI32(GLOBAL_VERSION, lo);
  if (lo >= 0 && lo < 4096) setI32(GLOBAL_VERSION + 4, i32(GLOBAL_VERSION + 4) + 1);
  setI32(mp + 24, lo | (i32(mp + 24) & 4095));
  setI32(mp + 28, i32(GLOBAL_VERSION + 4));
}

function newDictObject(keys: number): Ref {
  try {
    return newOfStaticType(PyDict_Type, PyDictObject.SIZE);
  } catch (e) {
    return undoAndRethrow(e, () => dictkeys_decref(keys));
  }
}
/** A new dict (up to 3.13: untracked) over `keys` (stolen, also where it fails) and `values`. */
export function new_dict(keys: number, values: number, used: number): Ref {
  const n = i32(FREE_COUNT);
  let mp: Ref;
  if (n > 0) {
    setI32(FREE_COUNT, n - 1);
    mp = i32(FREE_ITEMS + ((n - 1) << 3));
    setPtr(FREE_ITEMS + ((n - 1) << 3), 0);
    setPtr(mp, 1);
    if (__TRACE__) hooks.reused(mp);
    if (i32(TRACING_WORD) !== 0) traceReused(mp);
  } else mp = allocateDict(keys, values);
  return fillDict(mp, keys, values, used);
}
/** The same, never from the free list: copies of split tables are made so. */
export function newSplitCopy(keys: number, values: number, used: number): Ref {
  return fillDict(allocateDict(keys, values), keys, values, used);
}
function allocateDict(keys: number, values: number): Ref {
  if (i32(POLICY) >= 312) return newDictObject(keys);
  // up to 3.11 the allocation may collect: what the dict is made of must be seen
  const m = hold(keys | 4);
  if (values !== 0 && u8(values + 2) === 0) holdArray(values + 8, u8(values));
  const mp = newDictObject(keys);
  drop(m);
  return mp;
}
function fillDict(mp: Ref, keys: number, values: number, used: number): Ref {
  setPtr(mp + PyDictObject.ma_keys, keys);
  setPtr(mp + PyDictObject.ma_values, values);
  setPtr(mp + PyDictObject.ma_used, used);
  setI32(mp + 24, 0);
  nextVersion(mp);
  // from 3.14 on every dict is tracked
  if (i32(POLICY) >= 314) _PyObject_GC_TRACK(mp);
  return mp;
}
export function PyDict_New(): Ref {
  return new_dict(Py_EMPTY_KEYS, 0, 0);
}
/** A dict with room for n entries (_PyDict_NewPresized). */
export function _PyDict_NewPresized(n: number): Ref {
  return dict_new_presized(n, false);
}
export function dict_new_presized(n: number, unicode: boolean): Ref {
  if (n <= 5) return PyDict_New();
  const max = 128 * 1024;
  const log2 = n > Math.floor((max * 2) / 3) ? 17 : calculate_log2_keysize(Math.floor((n * 3 + 1) / 2));
  return new_dict(new_keys_object(log2, unicode), 0, 0);
}

/** The hash of a key: cached for exact strings. High word at HASH_HI. */
export function keyHash(key: Ref): number {
  if (i32(key + 8) === PyUnicode_Type) {
    const lo = i32(key + 24);
    const hi = i32(key + 28);
    if (lo !== -1 || hi !== -1) {
      setI32(HASH_HI, hi);
      return lo;
    }
  }
  return PyObject_Hash(key);
}

function isMutableTracked(op: Ref): boolean {
  return _PyObject_IS_GC(op) && (i32(op + 8) !== PyTuple_Type || _PyObject_GC_IS_TRACKED(op));
}
/** A dict is tracked from the first key or value on that may take part in a cycle (MAINTAIN_TRACKING). */
export function maintainTracking(mp: Ref, key: Ref, value: Ref): void {
  if (
    !_PyObject_GC_IS_TRACKED(mp) &&
    (isMutableTracked(value) || (i32(key + 8) !== PyUnicode_Type && isMutableTracked(key)))
  ) {
    _PyObject_GC_TRACK(mp);
  }
}

/** Address of the value slot of entry ix, in a combined or split table. */
export function valueSlot(mp: Ref, ix: number): number {
  const values = i32(mp + PyDictObject.ma_values);
  return values !== 0 ? values + 8 + (ix << 3) : entryKeySlot(i32(mp + PyDictObject.ma_keys), ix) + 8;
}
/** The value of entry ix, borrowed, or 0. */
export function valueAt(mp: Ref, ix: number): Ref {
  return i32(valueSlot(mp, ix));
}
export function isSplit(mp: Ref): boolean {
  return i32(mp + PyDictObject.ma_values) !== 0;
}

// ---- looking up ----

/** The value of `key`, borrowed, or 0 if there is none. */
export function _PyDict_GetItem_KnownHash(mp: Ref, key: Ref, lo: number, hi: number): Ref {
  const ix = _Py_dict_lookup(mp, key, lo, hi);
  return ix < 0 ? 0 : valueAt(mp, ix);
}
/** As PyDict_GetItemWithError: borrowed, 0 if missing; errors of hash and comparison are raised. */
export function PyDict_GetItemWithError(mp: Ref, key: Ref): Ref {
  const lo = keyHash(key);
  return _PyDict_GetItem_KnownHash(mp, key, lo, i32(HASH_HI));
}
/** The value as a new reference, or 0. */
export function PyDict_GetItemRef(mp: Ref, key: Ref): Ref {
  const v = PyDict_GetItemWithError(mp, key);
  if (v !== 0) Py_INCREF(v);
  return v;
}
/** Look-up of an exact str in a dict, borrowed, without running Python where the table is unicode. */
export function getItemStr(mp: Ref, key: Ref): Ref {
  let lo = i32(key + 24);
  let hi = i32(key + 28);
  if (lo === -1 && hi === -1) {
    lo = PyObject_Hash(key);
    hi = i32(HASH_HI);
  }
  const dk = i32(mp + PyDictObject.ma_keys);
  const ix =
    u8(dk + 10) !== DICT_KEYS_GENERAL ? unicodekeys_lookup_unicode(dk, key, lo, hi) : _Py_dict_lookup(mp, key, lo, hi);
  return ix < 0 ? 0 : valueAt(mp, ix);
}
/** d[text], borrowed, or 0 (PyDict_GetItemString). */
export function PyDict_GetItemString(mp: Ref, name: string): Ref {
  const m = hold(PyUnicode_FromString(name));
  const v = getItemStr(mp, i32(m));
  release(m);
  return v;
}
export function PyDict_Contains(mp: Ref, key: Ref): boolean {
  return PyDict_GetItemWithError(mp, key) !== 0;
}
export function PyDict_Size(mp: Ref): number {
  return i32(mp + PyDictObject.ma_used);
}

// ---- inserting ----

/** d[key] = value; takes new references. */
export function PyDict_SetItem(mp: Ref, key: Ref, value: Ref): void {
  // counted first: a __hash__ can see it
  Py_INCREF(key);
  Py_INCREF(value);
  _PyDict_SetItem_Take2(mp, key, value);
}
export function _PyDict_SetItem_KnownHash(mp: Ref, key: Ref, value: Ref, lo: number, hi: number): void {
  Py_INCREF(key);
  Py_INCREF(value);
  setitem_take2(mp, key, value, lo, hi);
}
/** As PyDict_SetItem but takes over both references (_PyDict_SetItem_Take2). */
export function _PyDict_SetItem_Take2(mp: Ref, key: Ref, value: Ref): void {
  let lo: number;
  if (i32(key + 8) === PyUnicode_Type && (i32(key + 24) !== -1 || i32(key + 28) !== -1)) {
    lo = i32(key + 24);
    setI32(HASH_HI, i32(key + 28));
  } else {
    const m = hold(key);
    hold(value);
    lo = PyObject_Hash(key);
    drop(m);
  }
  setitem_take2(mp, key, value, lo, i32(HASH_HI));
}
export function PyDict_SetItemString(mp: Ref, name: string, value: Ref): void {
  const m = hold(PyUnicode_InternFromString(name));
  PyDict_SetItem(mp, i32(m), value);
  release(m);
}

function setitem_take2(mp: Ref, key: Ref, value: Ref, lo: number, hi: number): void {
  if (i32(mp + PyDictObject.ma_keys) === Py_EMPTY_KEYS) insert_to_emptydict(mp, key, value, lo, hi);
  else insertdict(mp, key, value, lo, hi);
}

/** Inserts into an empty dict that still has the static keys; takes over both references. */
function insert_to_emptydict(mp: Ref, key: Ref, value: Ref, lo: number, hi: number): void {
  const unicode = i32(key + 8) === PyUnicode_Type;
  const m = hold(key);
  hold(value);
  const dk = new_keys_object(PyDict_LOG_MINSIZE, unicode);
  drop(m);
  maintainTracking(mp, key, value);
  setPtr(mp + PyDictObject.ma_keys, dk);
  setPtr(mp + PyDictObject.ma_values, 0);
  dictkeys_set_index(dk, lo & 7, 0);
  const e = DK_ENTRIES(dk);
  if (unicode) {
    setPtr(e, key);
    setPtr(e + 8, value);
  } else {
    setI32(e, lo);
    setI32(e + 4, hi);
    setPtr(e + 8, key);
    setPtr(e + 16, value);
  }
  setPtr(mp + PyDictObject.ma_used, i32(mp + PyDictObject.ma_used) + 1);
  nextVersion(mp);
  setPtr(dk + 16, i32(dk + 16) - 1);
  setPtr(dk + 24, i32(dk + 24) + 1);
}

/** Inserts or replaces; takes over both references, also when it raises. */
function insertdict(mp: Ref, key: Ref, value: Ref, lo: number, hi: number): void {
  const unicodeKey = i32(key + 8) === PyUnicode_Type;
  let dk = i32(mp + PyDictObject.ma_keys);
  let ix: number;
  if (u8(dk + 10) !== DICT_KEYS_GENERAL && unicodeKey) {
    if (i32(mp + PyDictObject.ma_values) !== 0) {
      ix = insert_split_key(dk, key, lo, hi);
      if (ix !== DKIX_EMPTY) {
        const m = hold(key);
        insert_split_value(mp, key, value, ix);
        release(m);
        return;
      }
      holdingResize(mp, key, value, true);
      dk = i32(mp + PyDictObject.ma_keys);
    }
    ix = unicodekeys_lookup_unicode(dk, key, lo, hi);
  } else {
    const m = hold(key);
    hold(value);
    if (DK_IS_UNICODE(dk)) insertion_resize(mp, false);
    else if (i32(mp + PyDictObject.ma_values) !== 0) insertion_resize(mp, true);
    ix = _Py_dict_lookup(mp, key, lo, hi);
    drop(m);
  }
  maintainTracking(mp, key, value);
  if (ix === DKIX_EMPTY) {
    insert_combined_dict(mp, key, value, lo, hi);
    setPtr(mp + PyDictObject.ma_used, i32(mp + PyDictObject.ma_used) + 1);
    nextVersion(mp);
    return;
  }
  const slot = valueSlot(mp, ix);
  const old = i32(slot);
  if (old !== value) {
    setPtr(slot, value);
    nextVersion(mp);
  }
  if (old !== 0 && i32(old) === 1) {
    // what its end runs sees that the key is held here
    const m = hold(key);
    Py_DECREF(old);
    release(m);
    return;
  }
  Py_XDECREF(old);
  Py_DECREF(key);
}

function holdingResize(mp: Ref, key: Ref, value: Ref, unicode: boolean): void {
  const m = hold(key);
  hold(value);
  insertion_resize(mp, unicode);
  drop(m);
}

/** Appends an entry that is not there yet, growing if it must; takes over both references. */
export function insert_combined_dict(mp: Ref, key: Ref, value: Ref, lo: number, hi: number): void {
  let dk = i32(mp + PyDictObject.ma_keys);
  if (i32(dk + 16) <= 0) {
    holdingResize(mp, key, value, true);
    dk = i32(mp + PyDictObject.ma_keys);
  }
  setI32(dk + 12, 0);
  const slot = find_empty_slot(dk, lo, hi);
  const n = i32(dk + 24);
  dictkeys_set_index(dk, slot, n);
  if (u8(dk + 10) !== DICT_KEYS_GENERAL) {
    const e = DK_ENTRIES(dk) + (n << 4);
    setPtr(e, key);
    setPtr(e + 8, value);
  } else {
    const e = DK_ENTRIES(dk) + n * 24;
    setI32(e, lo);
    setI32(e + 4, hi);
    setPtr(e + 8, key);
    setPtr(e + 16, value);
  }
  setPtr(dk + 16, i32(dk + 16) - 1);
  setPtr(dk + 24, n + 1);
}

/** Stores into a split table's values; takes over `value` (the key's reference stays the caller's). */
function insert_split_value(mp: Ref, key: Ref, value: Ref, ix: number): void {
  maintainTracking(mp, key, value);
  const values = i32(mp + PyDictObject.ma_values);
  const slot = values + 8 + (ix << 3);
  const old = i32(slot);
  if (old === 0) {
    setPtr(slot, value);
    _PyDictValues_AddToInsertionOrder(values, ix);
    setPtr(mp + PyDictObject.ma_used, i32(mp + PyDictObject.ma_used) + 1);
    nextVersion(mp);
  } else {
    setPtr(slot, value);
    nextVersion(mp);
    Py_DECREF(old);
  }
}
/** Address of the insertion-order bytes behind a PyDictValues' capacity slots. */
export function insertionOrder(values: number): number {
  return values + 8 + (u8(values) << 3);
}
export function _PyDictValues_AddToInsertionOrder(values: number, ix: number): void {
  const size = u8(values + 1);
  setU8(insertionOrder(values) + size, ix);
  setU8(values + 1, size + 1);
}
/** Index in the shared keys of the i-th value in insertion order. */
export function get_index_from_order(mp: Ref, i: number): number {
  return u8(insertionOrder(i32(mp + PyDictObject.ma_values)) + i);
}
export function delete_index_from_values(values: number, ix: number): void {
  const order = insertionOrder(values);
  const size = u8(values + 1);
  let i = 0;
  while (u8(order + i) !== ix) i++;
  for (i++; i < size; i++) setU8(order + i - 1, u8(order + i));
  setU8(values + 1, size - 1);
}

// ---- resizing ----

export function insertion_resize(mp: Ref, unicode: boolean): void {
  dictresize(mp, calculate_log2_keysize(i32(mp + PyDictObject.ma_used) * 3), unicode);
}
/** Moves the entries to a fresh combined table of 2**log2 slots, dropping dummies and splitting. */
export function dictresize(mp: Ref, log2: number, unicode: boolean): void {
  const oldkeys = i32(mp + PyDictObject.ma_keys);
  const oldvalues = i32(mp + PyDictObject.ma_values);
  const keepUnicode = unicode && DK_IS_UNICODE(oldkeys);
  const newkeys = new_keys_object(log2, keepUnicode);
  const n = i32(mp + PyDictObject.ma_used);
  const to = DK_ENTRIES(newkeys);
  if (oldvalues !== 0) {
    for (let i = 0; i < n; i++) {
      const ix = get_index_from_order(mp, i);
      const key = Py_NewRef(i32(DK_ENTRIES(oldkeys) + (ix << 4)));
      putEntry(to, i, keepUnicode, key, i32(oldvalues + 8 + (ix << 3)), key + 24);
    }
    setPtr(mp + PyDictObject.ma_keys, newkeys);
    setPtr(mp + PyDictObject.ma_values, 0);
    build_indices(newkeys, n);
    dictkeys_decref(oldkeys);
    if (u8(oldvalues + 2) !== 0) setU8(oldvalues + 3, 0);
    else PyMem_Free(oldvalues);
  } else {
    const oldGeneral = u8(oldkeys + 10) === DICT_KEYS_GENERAL;
    const from = DK_ENTRIES(oldkeys);
    const total = i32(oldkeys + 24);
    if (total === n && oldGeneral === !keepUnicode) bytes.copyWithin(to, from, from + n * (oldGeneral ? 24 : 16));
    else {
      for (let i = 0, k = 0; k < n; i++) {
        const e = oldGeneral ? from + i * 24 + 8 : from + (i << 4);
        const value = i32(e + 8);
        if (value === 0) continue;
        const key = i32(e);
        putEntry(to, k++, keepUnicode, key, value, oldGeneral ? e - 8 : key + 24);
      }
    }
    setPtr(mp + PyDictObject.ma_keys, newkeys);
    build_indices(newkeys, n);
    if (oldkeys !== Py_EMPTY_KEYS) freeKeysMemory(oldkeys);
  }
  setPtr(newkeys + 16, i32(newkeys + 16) - n);
  setPtr(newkeys + 24, n);
}
function putEntry(to: number, i: number, unicode: boolean, key: Ref, value: Ref, hash: number): void {
  if (unicode) {
    setPtr(to + (i << 4), key);
    setPtr(to + (i << 4) + 8, value);
  } else {
    const e = to + i * 24;
    setI32(e, i32(hash));
    setI32(e + 4, i32(hash + 4));
    setPtr(e + 8, key);
    setPtr(e + 16, value);
  }
}

/** tp_dealloc. */
export function dict_dealloc(mp: Ref): void {
  PyObject_GC_UnTrack(mp);
  const values = i32(mp + PyDictObject.ma_values);
  const keys = i32(mp + PyDictObject.ma_keys);
  if (values !== 0) {
    if (u8(values + 2) === 0) {
      const n = u8(values);
      for (let i = 0; i < n; i++) if (clearOrWait(values + 8 + (i << 3))) return;
      PyMem_Free(values);
    }
    setPtr(mp + PyDictObject.ma_values, 0);
    setPtr(mp + PyDictObject.ma_keys, Py_EMPTY_KEYS);
    dictkeys_decref(keys);
  } else if (keys !== Py_EMPTY_KEYS) {
    if (!releaseKeysOrWait(keys)) return;
    setPtr(mp + PyDictObject.ma_keys, Py_EMPTY_KEYS);
  }
  const n = i32(FREE_COUNT);
  if (i32(mp + 8) !== PyDict_Type) freeObject(mp);
  else if (n < PyDict_MAXFREELIST) {
    setPtr(FREE_ITEMS + (n << 3), mp);
    setI32(FREE_COUNT, n + 1);
    if (__TRACE__) hooks.kept(mp);
  } else freeOfStaticType(mp);
}
function freeObject(mp: Ref): void {
  text[i32(i32(mp + 8) + PyTypeObject.tp_free)]?.(mp);
}

/** Empties the free list of dicts. */
export function _PyDict_ClearFreeList(): void {
  for (let n = i32(FREE_COUNT); n > 0; n = i32(FREE_COUNT)) {
    setI32(FREE_COUNT, n - 1);
    const mp = i32(FREE_ITEMS + ((n - 1) << 3));
    setPtr(FREE_ITEMS + ((n - 1) << 3), 0);
    PyObject_GC_Del(mp);
  }
}

/** A position for PyDict_Next: start with {i: 0, key: 0, value: 0}. */
export interface DictPosition {
  i: number;
  key: Ref;
  value: Ref;
}
/** Address of the stored hash of the entry at which PyDict_Next just stopped. */
export function hashSlot(mp: Ref, pos: DictPosition): number {
  const dk = i32(mp + PyDictObject.ma_keys);
  return u8(dk + 10) === DICT_KEYS_GENERAL ? DK_ENTRIES(dk) + (pos.i - 1) * 24 : pos.key + 24;
}
/** Steps to the next entry (borrowed key and value); false at the end. */
export function PyDict_Next(mp: Ref, pos: DictPosition): boolean {
  if (!PyDict_Check(mp)) PyErr_BadInternalCall('PyDict_Next');
  const dk = i32(mp + PyDictObject.ma_keys);
  const values = i32(mp + PyDictObject.ma_values);
  if (values !== 0) {
    if (pos.i >= i32(mp + PyDictObject.ma_used)) return false;
    const ix = get_index_from_order(mp, pos.i++);
    pos.key = i32(DK_ENTRIES(dk) + (ix << 4));
    pos.value = i32(values + 8 + (ix << 3));
    return true;
  }
  const n = i32(dk + 24);
  const general = u8(dk + 10) === DICT_KEYS_GENERAL;
  while (pos.i < n) {
    const e = general ? DK_ENTRIES(dk) + pos.i * 24 + 8 : DK_ENTRIES(dk) + (pos.i << 4);
    pos.i++;
    const v = i32(e + 8);
    if (v !== 0) {
      pos.key = i32(e);
      pos.value = v;
      return true;
    }
  }
  return false;
}

export { dictkeys_decref as _PyDictKeys_DecRef, dictkeys_incref, insert_split_key } from './dictkeys.ts';
export {
  _PyDict_MaybeUntrack,
  _PyDict_MergeEx,
  _PyDict_NewKeysForClass,
  PyDict_Copy,
  PyDict_Items,
  PyDict_Keys,
  PyDict_Merge,
  PyDict_MergeFromSeq2,
  PyDict_SetDefault,
  PyDict_SetDefaultRef,
  PyDict_Update,
  PyDict_Values,
} from './dictmerge.ts';
export { _PyDict_FromKeys, _PyDict_Pop, _PyDict_SizeOf } from './dictmethods.ts';
