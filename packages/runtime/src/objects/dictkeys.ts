/**
 * Dictionary key tables. Mirrors the keys part of Objects/dictobject.c.
 *
 *   PyDictKeysObject   +0 dk_refcnt  +8 log2_size  +9 log2_index_bytes  +10 kind  +12 version  +16 usable  +24 nentries
 *   +32                dk_indices: 2**log2_size indices of 1, 2 or 4 bytes; -1 EMPTY, -2 DUMMY
 *   behind them        entries in insertion order: general {hash, key, value}, unicode and split {key, value}
 */
import { PyDictKeysObject as DK, PyInterpreterState } from '@moult/abi';
import { bytes, i32, mem, setI32, setPtr, setU8, u8 } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import { memzero } from '../memory/raw.ts';
import { PyErr_NoMemory } from './errors.ts';
import { drop, hold, Py_NewRef, Py_XDECREF, type Ref, release } from './object.ts';
import { PyObject_RichCompareBool } from './objectattr.ts';
import { INTERP } from './runtime.ts';
import { PyLong_Type, PyUnicode_Type } from './static.ts';
import { unicode_eq, unicode_hash } from './unicodeobject.ts';
import { clearOrWait } from './trashcan.ts';

export const DKIX_EMPTY = -1;
export const DKIX_DUMMY = -2;
export const DICT_KEYS_GENERAL = 0;
export const DICT_KEYS_UNICODE = 1;
export const DICT_KEYS_SPLIT = 2;
export const PyDict_LOG_MINSIZE = 3;
export const PyDict_MINSIZE = 8;
const PyDict_MAXFREELIST = 80;
const FREE_ITEMS = INTERP + PyInterpreterState.object_state_freelists_dictkeys_items;
const FREE_COUNT = INTERP + PyInterpreterState.object_state_freelists_dictkeys_numfree;

/** The keys of every empty dict: one static, immortal table of size 1. */
export const Py_EMPTY_KEYS = 0x4f0200;
export function initEmptyKeys(): void {
  setPtr(Py_EMPTY_KEYS, -1);
  setU8(Py_EMPTY_KEYS + DK.dk_kind, DICT_KEYS_UNICODE);
  setI32(Py_EMPTY_KEYS + DK.dk_version, 1);
  for (let i = 0; i < 8; i++) setU8(Py_EMPTY_KEYS + DK.dk_indices + i, 0xff);
}

export function DK_SIZE(dk: number): number {
  return 1 << u8(dk + 8);
}
export function DK_IS_UNICODE(dk: number): boolean {
  return u8(dk + 10) !== DICT_KEYS_GENERAL;
}
/** Address of the first entry. */
export function DK_ENTRIES(dk: number): number {
  return dk + 32 + (1 << u8(dk + 9));
}
/** Size of an entry: 24 general, 16 otherwise. */
export function entrySize(dk: number): number {
  return u8(dk + 10) === DICT_KEYS_GENERAL ? 24 : 16;
}
/** Address of entry ix's key slot; the value slot lies 8 behind it in both forms. */
export function entryKeySlot(dk: number, ix: number): number {
  const e = dk + 32 + (1 << u8(dk + 9));
  return u8(dk + 10) === DICT_KEYS_GENERAL ? e + ix * 24 + 8 : e + (ix << 4);
}
export function USABLE_FRACTION(n: number): number {
  return Math.floor((n * 2) / 3);
}
/** The log2 size of a table for `minsize` slots: as CPython computes it, 1..7 give 16 slots, not 8, and 16, 32 … twice as many. */
export function calculate_log2_keysize(minsize: number): number {
  return 32 - Math.clz32(((minsize | PyDict_MINSIZE) - 1) | (PyDict_MINSIZE - 1));
}
/** The log2 size of a table that takes n entries without growing. */
export function estimate_log2_keysize(n: number): number {
  return calculate_log2_keysize(Math.floor((n * 3 + 1) / 2));
}

/** A new table with count 1; raises MemoryError. */
export function new_keys_object(log2: number, unicode: boolean): number {
  // no powers: the host's are slow
  const usable = USABLE_FRACTION(log2 < 31 ? 1 << log2 : 2 ** log2);
  const log2bytes = log2 < 8 ? log2 : log2 < 16 ? log2 + 1 : log2 + 2;
  const n = unicode ? usable * 16 : usable * 24;
  const indexBytes = log2bytes < 31 ? 1 << log2bytes : 2 ** log2bytes;
  let dk: number;
  if (log2 === PyDict_LOG_MINSIZE && unicode && i32(FREE_COUNT) > 0) {
    const k = i32(FREE_COUNT) - 1;
    setI32(FREE_COUNT, k);
    dk = i32(FREE_ITEMS + (k << 3));
    setPtr(FREE_ITEMS + (k << 3), 0);
  } else {
    const size = 32 + indexBytes + n;
    dk = size < 0x7fffff00 ? PyMem_Malloc(size) : 0;
    if (dk === 0) PyErr_NoMemory();
  }
  setPtr(dk, 1);
  setI32(dk + 8, log2 | (log2bytes << 8) | ((unicode ? DICT_KEYS_UNICODE : DICT_KEYS_GENERAL) << 16));
  setI32(dk + 12, 0);
  setPtr(dk + 16, usable);
  setPtr(dk + 24, 0);
  if (log2 === PyDict_LOG_MINSIZE) {
    setI32(dk + 32, -1);
    setI32(dk + 36, -1);
  } else bytes.fill(0xff, dk + 32, dk + 32 + indexBytes);
  memzero(dk + 32 + indexBytes, n);
  return dk;
}

/** Frees a table whose references are gone or moved; small unicode tables go to the free list. */
export function freeKeysMemory(dk: number): void {
  const n = i32(FREE_COUNT);
  if (u8(dk + 8) === PyDict_LOG_MINSIZE && u8(dk + 10) === DICT_KEYS_UNICODE && n < PyDict_MAXFREELIST) {
    setPtr(FREE_ITEMS + (n << 3), dk);
    setI32(FREE_COUNT, n + 1);
  } else PyMem_Free(dk);
}
/** Releases the keys and values of a table, then frees it (free_keys_object with dictkeys_decref's loop). */
export function dictkeys_decref(dk: number): void {
  const rc = i32(dk);
  if (rc < 0) return;
  if (rc !== 1) {
    setI32(dk, rc - 1);
    return;
  }
  // the count falls at the end: what is not released yet is still the table's
  const general = u8(dk + 10) === DICT_KEYS_GENERAL;
  const step = general ? 24 : 16;
  let slot = DK_ENTRIES(dk) + (general ? 8 : 0);
  for (let i = i32(dk + 24); i > 0; i--, slot += step) {
    const key = i32(slot);
    setI32(slot, 0);
    Py_XDECREF(key);
    const value = i32(slot + 8);
    setI32(slot + 8, 0);
    Py_XDECREF(value);
  }
  setI32(dk, 0);
  freeKeysMemory(dk);
}
/** dictkeys_decref in dict_dealloc; false: not done yet, the deallocation is called again. */
export function releaseKeysOrWait(dk: number): boolean {
  if (i32(dk) === 1) {
    const general = u8(dk + 10) === DICT_KEYS_GENERAL;
    const step = general ? 24 : 16;
    let slot = DK_ENTRIES(dk) + (general ? 8 : 0);
    for (let i = i32(dk + 24); i > 0; i--, slot += step) {
      if (clearOrWait(slot) || clearOrWait(slot + 8)) return false;
    }
  }
  dictkeys_decref(dk);
  return true;
}
/** dictkeys_decref of a table that no dict shows any more: the native stack does while it is released. */
export function releaseKeys(dk: number): void {
  const m = hold(dk | 4);
  dictkeys_decref(dk);
  drop(m);
}
export function dictkeys_incref(dk: number): void {
  const rc = i32(dk);
  if (rc >= 0) setI32(dk, rc + 1);
}

/** dk_indices[i]. */
export function dictkeys_get_index(dk: number, i: number): number {
  const log2 = u8(dk + 8);
  if (log2 < 8) return mem.getInt8(dk + 32 + i);
  if (log2 < 16) return mem.getInt16(dk + 32 + (i << 1), true);
  return i32(dk + 32 + (i << 2));
}
export function dictkeys_set_index(dk: number, i: number, ix: number): void {
  const log2 = u8(dk + 8);
  if (log2 < 8) mem.setInt8(dk + 32 + i, ix);
  else if (log2 < 16) mem.setInt16(dk + 32 + (i << 1), ix, true);
  else setI32(dk + 32 + (i << 2), ix);
}

/** Index of the exact str `key` in a unicode or split table, or DKIX_EMPTY. Never runs Python code. */
export function unicodekeys_lookup_unicode(dk: number, key: Ref, lo: number, hi: number): number {
  const log2 = mem.getUint8(dk + 8);
  const mask = (1 << log2) - 1;
  const entries = dk + 32 + (1 << mem.getUint8(dk + 9));
  let pl = lo;
  let ph = hi;
  let i = lo & mask;
  for (;;) {
    const ix =
      log2 < 8
        ? mem.getInt8(dk + 32 + i)
        : log2 < 16
          ? mem.getInt16(dk + 32 + (i << 1), true)
          : mem.getInt32(dk + 32 + (i << 2), true);
    if (ix >= 0) {
      const k = mem.getInt32(entries + (ix << 4), true);
      if (k === key) return ix;
      if (mem.getInt32(k + 24, true) === lo && mem.getInt32(k + 28, true) === hi && unicode_eq(k, key)) return ix;
    } else if (ix === DKIX_EMPTY) return DKIX_EMPTY;
    pl = (pl >>> 5) | (ph << 27);
    ph >>>= 5;
    i = (Math.imul(i, 5) + pl + 1) & mask;
  }
}

/**
 * Index of `key` in the dict's table by identity or equality, or DKIX_EMPTY (_Py_dict_lookup). A comparison that
 * changes the dict makes the search start again.
 */
export function _Py_dict_lookup(mp: Ref, key: Ref, lo: number, hi: number): number {
  for (;;) {
    const dk = i32(mp + 32);
    const kind = u8(dk + 10);
    if (kind !== DICT_KEYS_GENERAL && i32(key + 8) === PyUnicode_Type)
      return unicodekeys_lookup_unicode(dk, key, lo, hi);
    const general = kind === DICT_KEYS_GENERAL;
    const log2 = u8(dk + 8);
    const mask = (1 << log2) - 1;
    const entries = dk + 32 + (1 << u8(dk + 9));
    let pl = lo;
    let ph = hi;
    let i = lo & mask;
    let restart = false;
    while (!restart) {
      const ix =
        log2 < 8
          ? mem.getInt8(dk + 32 + i)
          : log2 < 16
            ? mem.getInt16(dk + 32 + (i << 1), true)
            : mem.getInt32(dk + 32 + (i << 2), true);
      if (ix >= 0) {
        const e = general ? entries + ix * 24 : entries + (ix << 4);
        const k = i32(general ? e + 8 : e);
        if (k === key) return ix;
        const same = general ? i32(e) === lo && i32(e + 4) === hi : i32(k + 24) === lo && i32(k + 28) === hi;
        if (same && i32(k + 8) === PyLong_Type && i32(key + 8) === PyLong_Type && i32(k + 16) < 16) {
          // ints of one digit or none; those that are equal look the same
          if (i32(k + 16) === i32(key + 16) && i32(k + 24) === i32(key + 24)) return ix;
        } else if (same) {
          const m = hold(Py_NewRef(k));
          const eq = PyObject_RichCompareBool(k, key, 2);
          const unchanged = dk === i32(mp + 32) && i32(general ? e + 8 : e) === k;
          release(m);
          if (unchanged) {
            if (eq) return ix;
          } else restart = true;
        }
      } else if (ix === DKIX_EMPTY) return DKIX_EMPTY;
      pl = (pl >>> 5) | (ph << 27);
      ph >>>= 5;
      i = (Math.imul(i, 5) + pl + 1) & mask;
    }
  }
}

/** The slot in dk_indices that holds index ix, for a key with this hash (lookdict_index). */
export function lookdict_index(dk: number, lo: number, hi: number, index: number): number {
  const mask = DK_SIZE(dk) - 1;
  let pl = lo;
  let ph = hi;
  let i = lo & mask;
  for (;;) {
    const ix = dictkeys_get_index(dk, i);
    if (ix === index) return i;
    if (ix === DKIX_EMPTY) return DKIX_EMPTY;
    pl = (pl >>> 5) | (ph << 27);
    ph >>>= 5;
    i = (Math.imul(i, 5) + pl + 1) & mask;
  }
}
/** The first free slot in dk_indices for this hash. */
export function find_empty_slot(dk: number, lo: number, hi: number): number {
  const mask = DK_SIZE(dk) - 1;
  let pl = lo;
  let ph = hi;
  let i = lo & mask;
  while (dictkeys_get_index(dk, i) >= 0) {
    pl = (pl >>> 5) | (ph << 27);
    ph >>>= 5;
    i = (Math.imul(i, 5) + pl + 1) & mask;
  }
  return i;
}
/** Fills dk_indices for entries 0..n-1 of a fresh table (build_indices_generic, build_indices_unicode). */
export function build_indices(dk: number, n: number): void {
  const log2 = u8(dk + 8);
  const mask = (1 << log2) - 1;
  const general = u8(dk + 10) === DICT_KEYS_GENERAL;
  let e = DK_ENTRIES(dk);
  for (let ix = 0; ix < n; ix++, e += general ? 24 : 16) {
    const h = general ? e : i32(e) + 24;
    let pl = i32(h);
    let ph = i32(h + 4);
    let i = pl & mask;
    while (dictkeys_get_index(dk, i) !== DKIX_EMPTY) {
      pl = (pl >>> 5) | (ph << 27);
      ph >>>= 5;
      i = (Math.imul(i, 5) + pl + 1) & mask;
    }
    dictkeys_set_index(dk, i, ix);
  }
}
/** Adds `key` (a str, a new reference is taken) to a split table; its index, or DKIX_EMPTY if it is not there and there is no room. */
export function insert_split_key(dk: number, key: Ref, lo: number, hi: number): number {
  const found = unicodekeys_lookup_unicode(dk, key, lo, hi);
  if (found >= 0 || i32(dk + 16) <= 0) return found;
  setI32(dk + 12, 0);
  const slot = find_empty_slot(dk, lo, hi);
  const ix = i32(dk + 24);
  dictkeys_set_index(dk, slot, ix);
  setPtr(DK_ENTRIES(dk) + (ix << 4), Py_NewRef(key));
  setI32(dk + 16, i32(dk + 16) - 1);
  setI32(dk + 24, ix + 1);
  return ix;
}
/** The bytes of a table, as sys.getsizeof counts them (_PyDict_KeysSize). */
export function _PyDict_KeysSize(dk: number): number {
  return 32 + 2 ** u8(dk + 9) + USABLE_FRACTION(DK_SIZE(dk)) * entrySize(dk);
}
/** Index of the str `key` in a table of strs, or DKIX_EMPTY (also for general tables). */
export function _PyDictKeys_StringLookup(dk: number, key: Ref): number {
  if (u8(dk + 10) === DICT_KEYS_GENERAL) return DKIX_EMPTY;
  if (i32(key + 24) === -1 && i32(key + 28) === -1) unicode_hash(key);
  return unicodekeys_lookup_unicode(dk, key, i32(key + 24), i32(key + 28));
}
/** Empties the free list of tables. */
export function _PyDictKeys_ClearFreeList(): void {
  for (let n = i32(FREE_COUNT); n > 0; n = i32(FREE_COUNT)) {
    setI32(FREE_COUNT, n - 1);
    const dk = i32(FREE_ITEMS + ((n - 1) << 3));
    setPtr(FREE_ITEMS + ((n - 1) << 3), 0);
    PyMem_Free(dk);
  }
}
