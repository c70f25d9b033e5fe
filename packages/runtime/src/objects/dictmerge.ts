/**
 * Copying, merging and listing dicts, and the class keys of instances. Mirrors those parts of Objects/dictobject.c.
 */
import { PyDictObject, PyTypeObject, Py_ID } from '@moult/abi';
import { _PyObject_GC_IS_TRACKED, _PyObject_GC_TRACK, _PyObject_IS_GC, PyObject_GC_UnTrack } from '../gc/track.ts';
import { bytes, HASH_HI, i32, setPtr, setU8, u8 } from '../memory/linear.ts';
import { PyMem_Malloc, PyMem_Free } from '../memory/obmalloc.ts';
import {
  PyIter_Next,
  PyMapping_Keys,
  PyObject_GetIter,
  PyObject_GetItem,
  PySequence_Fast,
  PySequence_Fast_GET_ITEM,
  PySequence_Fast_GET_SIZE,
} from './abstract.ts';
import {
  _Py_dict_lookup,
  DICT_KEYS_GENERAL,
  DICT_KEYS_SPLIT,
  releaseKeys,
  DK_ENTRIES,
  DK_IS_UNICODE,
  DK_SIZE,
  entryKeySlot,
  estimate_log2_keysize,
  new_keys_object,
  Py_EMPTY_KEYS,
  PyDict_LOG_MINSIZE,
  USABLE_FRACTION,
} from './dictkeys.ts';
import {
  _PyDict_GetItem_KnownHash,
  _PyDict_SetItem_KnownHash,
  type DictPosition,
  dictresize,
  hashSlot,
  insert_combined_dict,
  insertion_resize,
  keyHash,
  maintainTracking,
  new_dict,
  newSplitCopy,
  nextVersion,
  PyDict_GetItemWithError,
  PyDict_New,
  PyDict_Next,
  PyDict_SetItem,
  valueAt,
} from './dictobject.ts';
import {
  PyErr_Clear,
  PyErr_ExceptionMatches,
  PyErr_NoMemory,
  raise,
  raiseObject,
  catchPending,
  undoAndRethrow,
} from './errors.ts';
import { PyList_New } from './listobject.ts';
import { drop, hold, Py_CLEAR, nativeMark, Py_INCREF, Py_NewRef, PyDict_Check, type Ref, release } from './object.ts';
import { PyObject_GetOptionalAttr } from './objectattr.ts';
import { dict_iter } from './dictiter.ts';
import { fnptr } from '../memory/text.ts';
import {
  PyDict_Type,
  PyExc_KeyError,
  PyExc_RuntimeError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyTuple_Type,
  PyUnicode_Type,
} from './static.ts';
import { PyTuple_Pack } from './tupleobject.ts';

const SHARED_KEYS_MAX_SIZE = 30;
const NEXT_LOG2_KEYS_MAX_SIZE = 6;

function position(): DictPosition {
  return { i: 0, key: 0, value: 0 };
}

/** A list of one part of each entry; makes another if the dict changed while the list was allocated. */
function listOf(mp: Ref, part: (pos: DictPosition) => Ref): Ref {
  const n = i32(mp + PyDictObject.ma_used);
  const list = PyList_New(n);
  const pos = position();
  const items = i32(list + 24);
  for (let i = 0; i < n && PyDict_Next(mp, pos); i++) setPtr(items + (i << 3), part(pos));
  return list;
}
export function PyDict_Keys(mp: Ref): Ref {
  return listOf(mp, (p) => Py_NewRef(p.key));
}
export function PyDict_Values(mp: Ref): Ref {
  return listOf(mp, (p) => Py_NewRef(p.value));
}
export function PyDict_Items(mp: Ref): Ref {
  return listOf(mp, (p) => PyTuple_Pack(p.key, p.value));
}

/** A copy of a combined table with its references (clone_combined_dict_keys). */
function clone_combined_dict_keys(mp: Ref): number {
  const from = i32(mp + PyDictObject.ma_keys);
  const general = u8(from + 10) === DICT_KEYS_GENERAL;
  const size = 32 + 2 ** u8(from + 9) + USABLE_FRACTION(DK_SIZE(from)) * (general ? 24 : 16);
  const keys = PyMem_Malloc(size);
  if (keys === 0) PyErr_NoMemory();
  bytes.copyWithin(keys, from, from + size);
  setPtr(keys, 1);
  let slot = DK_ENTRIES(keys) + (general ? 8 : 0);
  for (let n = i32(keys + 24); n > 0; n--, slot += general ? 24 : 16) {
    if (i32(slot + 8) !== 0) {
      Py_INCREF(i32(slot + 8));
      Py_INCREF(i32(slot));
    }
  }
  return keys;
}
/** dict(mp) for a dict: keeps the table's shape where nothing much was deleted. */
export function PyDict_Copy(mp: Ref): Ref {
  const used = i32(mp + PyDictObject.ma_used);
  if (used === 0) return PyDict_New();
  const keys = i32(mp + PyDictObject.ma_keys);
  const split = i32(mp + PyDictObject.ma_values);
  if (split !== 0) {
    const copy = copySplit(mp, keys, split, used);
    if (copy !== 0) return copy;
  }
  if (
    split === 0 &&
    i32(i32(mp + 8) + PyTypeObject.tp_iter) === fnptr(dict_iter) &&
    used >= Math.floor((i32(keys + 24) * 2) / 3)
  ) {
    const copy = new_dict(clone_combined_dict_keys(mp), 0, used);
    if (_PyObject_GC_IS_TRACKED(mp) && !_PyObject_GC_IS_TRACKED(copy)) _PyObject_GC_TRACK(copy);
    return copy;
  }
  const copy = PyDict_New();
  const m = hold(copy);
  PyDict_Merge(copy, mp, 1);
  drop(m);
  return copy;
}
/** A copy of a split dict shares the keys and has values of its own. */
function copySplit(mp: Ref, keys: number, values: number, used: number): Ref {
  const capacity = u8(values);
  const size = 8 + capacity * 8 + capacity;
  const n = PyMem_Malloc(size + ((8 - (size & 7)) & 7));
  if (n === 0) PyErr_NoMemory();
  bytes.copyWithin(n, values, values + size);
  bytes[n + 2] = 0;
  bytes[n + 3] = 1;
  for (let i = 0; i < i32(keys + 24); i++) {
    const v = i32(n + 8 + (i << 3));
    if (v !== 0) Py_INCREF(v);
  }
  for (let i = i32(keys + 24); i < capacity; i++) setPtr(n + 8 + (i << 3), 0);
  const rc = i32(keys);
  if (rc >= 0) setPtr(keys, rc + 1);
  const copy = newSplitDict(keys, n, used);
  if (_PyObject_GC_IS_TRACKED(mp) && !_PyObject_GC_IS_TRACKED(copy)) _PyObject_GC_TRACK(copy);
  return copy;
}
function newSplitDict(keys: number, values: number, used: number): Ref {
  try {
    return newSplitCopy(keys, values, used);
  } catch (e) {
    return undoAndRethrow(e, () => {
      for (let i = 0; i < u8(values); i++) Py_CLEAR(values + 8 + (i << 3));
      PyMem_Free(values);
    });
  }
}

/** a.update(b): override 1 replaces, 0 keeps, 2 raises KeyError(key) on a duplicate. */
export function PyDict_Merge(a: Ref, b: Ref, override: number): void {
  if (PyDict_Check(b) && i32(i32(b + 8) + PyTypeObject.tp_iter) === fnptr(dict_iter)) mergeDict(a, b, override);
  else mergeMapping(a, b, override);
}
/** As PyDict_Merge; the name that the evaluation loop uses. */
export function _PyDict_MergeEx(a: Ref, b: Ref, override: number): void {
  PyDict_Merge(a, b, override);
}
export function PyDict_Update(a: Ref, b: Ref): void {
  PyDict_Merge(a, b, 1);
}
function mergeDict(a: Ref, b: Ref, overrideOption: number): void {
  let override = overrideOption;
  const used = i32(b + PyDictObject.ma_used);
  if (a === b || used === 0) return;
  const okeys = i32(b + PyDictObject.ma_keys);
  if (i32(a + PyDictObject.ma_used) === 0) {
    override = 1;
    const log2 = u8(okeys + 8);
    if (
      i32(a + PyDictObject.ma_values) === 0 &&
      i32(b + PyDictObject.ma_values) === 0 &&
      used === i32(okeys + 24) &&
      (log2 === PyDict_LOG_MINSIZE || USABLE_FRACTION(2 ** (log2 - 1)) < used)
    ) {
      const keys = clone_combined_dict_keys(b);
      const old = i32(a + PyDictObject.ma_keys);
      setPtr(a + PyDictObject.ma_keys, keys);
      releaseKeys(old);
      setPtr(a + PyDictObject.ma_used, used);
      nextVersion(a);
      if (_PyObject_GC_IS_TRACKED(b) && !_PyObject_GC_IS_TRACKED(a)) _PyObject_GC_TRACK(a);
      return;
    }
  }
  if (USABLE_FRACTION(DK_SIZE(i32(a + PyDictObject.ma_keys))) < used) {
    dictresize(a, estimate_log2_keysize(i32(a + PyDictObject.ma_used) + used), DK_IS_UNICODE(okeys));
  }
  const pos = position();
  while (PyDict_Next(b, pos)) {
    const { key, value } = pos;
    const at = hashSlot(b, pos);
    const lo = i32(at);
    const hi = i32(at + 4);
    const m = hold(Py_NewRef(key));
    hold(Py_NewRef(value));
    if (override === 1) _PyDict_SetItem_KnownHash(a, key, value, lo, hi);
    else if (_PyDict_GetItem_KnownHash(a, key, lo, hi) === 0) _PyDict_SetItem_KnownHash(a, key, value, lo, hi);
    else if (override === 2) raiseObject(PyExc_KeyError, key);
    release(m);
    if (i32(b + PyDictObject.ma_used) !== used) raise(PyExc_RuntimeError, 'dict mutated during update');
  }
}
/** Merges any mapping with keys(). */
function mergeMapping(a: Ref, b: Ref, override: number): void {
  const m = hold(PyMapping_Keys(b));
  const it = PyObject_GetIter(i32(m));
  release(m);
  hold(it);
  for (let key = PyIter_Next(it); key !== 0; key = PyIter_Next(it)) {
    const k = hold(key);
    if (override !== 1 && PyDict_GetItemWithError(a, key) !== 0) {
      if (override === 2) raiseObject(PyExc_KeyError, key);
      release(k);
      continue;
    }
    const value = PyObject_GetItem(b, key);
    hold(value);
    PyDict_SetItem(a, key, value);
    release(k);
  }
  release(m);
}
/** Merges an iterable of pairs (PyDict_MergeFromSeq2). */
export function PyDict_MergeFromSeq2(d: Ref, seq2: Ref, override: boolean): void {
  const it = PyObject_GetIter(seq2);
  const m = hold(it);
  for (let i = 0; ; i++) {
    const item = PyIter_Next(it);
    if (item === 0) break;
    const k = hold(item);
    mergePair(d, item, i, override);
    release(k);
  }
  release(m);
}
/** One item of them, the `index`-th. */
export function mergePair(d: Ref, item: Ref, index: number, override: boolean): void {
  let fast: Ref;
  const mark = nativeMark();
  try {
    fast = PySequence_Fast(item, '');
  } catch (e) {
    catchPending(e, mark);
    if (!PyErr_ExceptionMatches(PyExc_TypeError)) throw e;
    PyErr_Clear();
    raise(PyExc_TypeError, `cannot convert dictionary update sequence element #${index} to a sequence`);
  }
  const k = hold(fast);
  const n = PySequence_Fast_GET_SIZE(fast);
  if (n !== 2) raise(PyExc_ValueError, `dictionary update sequence element #${index} has length ${n}; 2 is required`);
  const key = Py_NewRef(PySequence_Fast_GET_ITEM(fast, 0));
  hold(key);
  const value = Py_NewRef(PySequence_Fast_GET_ITEM(fast, 1));
  hold(value);
  if (override || PyDict_GetItemWithError(d, key) === 0) PyDict_SetItem(d, key, value);
  release(k);
}
/** dict.update's one argument: a mapping with keys(), or pairs (dict_update_arg). */
export function dict_update_arg(self: Ref, arg: Ref): void {
  if (PyDict_Check(arg) && i32(i32(arg + 8) + PyTypeObject.tp_iter) === fnptr(dict_iter)) {
    PyDict_Merge(self, arg, 1);
    return;
  }
  const keys = PyObject_GetOptionalAttr(arg, Py_ID.keys);
  if (keys !== 0) {
    release(hold(keys));
    PyDict_Merge(self, arg, 1);
  } else PyDict_MergeFromSeq2(self, arg, true);
}

/** setdefault: the value, a new reference; the default is inserted if the key was missing. One look-up only. */
export function PyDict_SetDefaultRef(mp: Ref, key: Ref, value: Ref): Ref {
  const lo = keyHash(key);
  const hi = i32(HASH_HI);
  if (i32(mp + PyDictObject.ma_keys) === Py_EMPTY_KEYS || i32(mp + PyDictObject.ma_values) !== 0) {
    const found = i32(mp + PyDictObject.ma_used) === 0 ? 0 : _PyDict_GetItem_KnownHash(mp, key, lo, hi);
    if (found !== 0) return Py_NewRef(found);
    _PyDict_SetItem_KnownHash(mp, key, value, lo, hi);
    return Py_NewRef(value);
  }
  if (i32(key + 8) !== PyUnicode_Type && DK_IS_UNICODE(i32(mp + PyDictObject.ma_keys))) insertion_resize(mp, false);
  const ix = _Py_dict_lookup(mp, key, lo, hi);
  if (ix >= 0) return Py_NewRef(valueAt(mp, ix));
  Py_INCREF(key);
  Py_INCREF(value);
  insert_combined_dict(mp, key, value, lo, hi);
  maintainTracking(mp, key, value);
  setPtr(mp + PyDictObject.ma_used, i32(mp + PyDictObject.ma_used) + 1);
  nextVersion(mp);
  return Py_NewRef(value);
}
/** The shared keys of a new class: room for 30 names. (From 3.14 on they begin with the names that its methods assign.) */
export function _PyDict_NewKeysForClass(): number {
  const keys = new_keys_object(NEXT_LOG2_KEYS_MAX_SIZE, true);
  setPtr(keys + 16, SHARED_KEYS_MAX_SIZE);
  setU8(keys + 10, DICT_KEYS_SPLIT);
  return keys;
}
/** As PyDict_SetDefaultRef, borrowed. */
export function PyDict_SetDefault(mp: Ref, key: Ref, value: Ref): Ref {
  const v = PyDict_SetDefaultRef(mp, key, value);
  release(hold(v));
  return v;
}

/** Untracks a dict whose keys and values can never be part of a cycle (the collector calls it). */
export function _PyDict_MaybeUntrack(mp: Ref): void {
  if (i32(mp + 8) !== PyDict_Type || !_PyObject_GC_IS_TRACKED(mp)) return;
  const keys = i32(mp + PyDictObject.ma_keys);
  const n = i32(keys + 24);
  const values = i32(mp + PyDictObject.ma_values);
  const may = (v: Ref): boolean => _PyObject_IS_GC(v) && (i32(v + 8) !== PyTuple_Type || _PyObject_GC_IS_TRACKED(v));
  if (values !== 0) {
    for (let i = 0; i < n; i++) {
      const v = i32(values + 8 + (i << 3));
      if (v !== 0 && may(v)) return;
    }
  } else {
    const general = u8(keys + 10) === DICT_KEYS_GENERAL;
    for (let i = 0; i < n; i++) {
      const slot = entryKeySlot(keys, i);
      const v = i32(slot + 8);
      if (v !== 0 && (may(v) || (general && may(i32(slot))))) return;
    }
  }
  PyObject_GC_UnTrack(mp);
}
