/**
 * CPython's internal hash table (Python/hashtable.c): chained buckets in plain malloc memory, for what is no Python dict.
 * Keys and values are words; hashes have 32 bits here. Entries are 32 bytes, a new one is the first of its bucket.
 */
import { _Py_hashtable_entry_t as E, _Py_hashtable_t as T } from '@moult/abi';
import { i32, setPtr } from './linear.ts';
import { PyMem_RawCalloc, PyMem_RawFree, PyMem_RawMalloc } from './raw.ts';

const MIN_SIZE = 16;
const HIGH = 0.5;
const LOW = 0.1;
const REHASH_FACTOR = 2 / (LOW + HIGH);

/** Whether a key in the table is the one looked for; they have the same hash. */
export type SameKey = (a: number, b: number) => boolean;

/** The least power of two that is at least `n` and MIN_SIZE. */
function roundSize(n: number): number {
  let size = MIN_SIZE;
  while (size < n) size *= 2;
  return size;
}

/** An empty table; 0 if there is no memory. */
export function _Py_hashtable_new(): number {
  const table = PyMem_RawCalloc(1, T.SIZE);
  if (table === 0) return 0;
  const buckets = PyMem_RawCalloc(MIN_SIZE, 8);
  if (buckets === 0) {
    PyMem_RawFree(table);
    return 0;
  }
  setPtr(table + T.nbuckets, MIN_SIZE);
  setPtr(table + T.buckets, buckets);
  return table;
}

/** Bytes of the table with its entries. */
export function _Py_hashtable_size(table: number): number {
  return T.SIZE + i32(table + T.nbuckets) * 8 + i32(table + T.nentries) * E.SIZE;
}

function bucketOf(table: number, hash: number): number {
  return i32(table + T.buckets) + ((hash & (i32(table + T.nbuckets) - 1)) << 3);
}

/** The entry of `key`, or 0. */
export function _Py_hashtable_get_entry(table: number, key: number, hash: number, same: SameKey): number {
  for (let e = i32(bucketOf(table, hash)); e !== 0; e = i32(e)) {
    if (i32(e + E.key_hash) === hash && same(i32(e + E.key), key)) return e;
  }
  return 0;
}
export function entryKey(entry: number): number {
  return i32(entry + E.key);
}
export function entryValue(entry: number): number {
  return i32(entry + E.value);
}

/** False if there is no memory for another array of buckets: then the table stays as it is. */
function rehash(table: number): boolean {
  const size = roundSize(Math.trunc(i32(table + T.nentries) * REHASH_FACTOR));
  const old = i32(table + T.nbuckets);
  if (size === old) return true;
  const buckets = PyMem_RawCalloc(size, 8);
  if (buckets === 0) return false;
  const from = i32(table + T.buckets);
  for (let b = 0; b < old; b++) {
    for (let e = i32(from + (b << 3)); e !== 0; ) {
      const next = i32(e);
      const to = buckets + ((i32(e + E.key_hash) & (size - 1)) << 3);
      setPtr(e, i32(to));
      setPtr(to, e);
      e = next;
    }
  }
  PyMem_RawFree(from);
  setPtr(table + T.nbuckets, size);
  setPtr(table + T.buckets, buckets);
  return true;
}

/** Adds a key that is not there yet; false if there is no memory. */
export function _Py_hashtable_set(table: number, key: number, hash: number, value: number): boolean {
  const entry = PyMem_RawMalloc(E.SIZE);
  if (entry === 0) return false;
  setPtr(entry + E.key_hash, hash);
  setPtr(entry + E.key, key);
  setPtr(entry + E.value, value);
  const n = i32(table + T.nentries) + 1;
  setPtr(table + T.nentries, n);
  if (n / i32(table + T.nbuckets) > HIGH && !rehash(table)) {
    setPtr(table + T.nentries, n - 1);
    PyMem_RawFree(entry);
    return false;
  }
  const bucket = bucketOf(table, hash);
  setPtr(entry, i32(bucket));
  setPtr(bucket, entry);
  return true;
}

/** Takes the entry of `key` out; its value, or 0. */
export function _Py_hashtable_steal(table: number, key: number, hash: number, same: SameKey): number {
  let at = bucketOf(table, hash);
  for (let e = i32(at); e !== 0; at = e, e = i32(e)) {
    if (i32(e + E.key_hash) !== hash || !same(i32(e + E.key), key)) continue;
    setPtr(at, i32(e));
    const value = i32(e + E.value);
    PyMem_RawFree(e);
    const n = i32(table + T.nentries) - 1;
    setPtr(table + T.nentries, n);
    if (n / i32(table + T.nbuckets) < LOW) rehash(table);
    return value;
  }
  return 0;
}

/** Calls `each` with the key and the value of every entry. */
export function _Py_hashtable_foreach(table: number, each: (key: number, value: number) => void): void {
  const buckets = i32(table + T.buckets);
  const n = i32(table + T.nbuckets);
  for (let b = 0; b < n; b++) {
    for (let e = i32(buckets + (b << 3)); e !== 0; e = i32(e)) each(i32(e + E.key), i32(e + E.value));
  }
}

/** Empties the table; `free` gets each key and value. */
export function _Py_hashtable_clear(table: number, free: (key: number, value: number) => void): void {
  const buckets = i32(table + T.buckets);
  for (let b = 0; b < i32(table + T.nbuckets); b++) {
    for (let e = i32(buckets + (b << 3)); e !== 0; ) {
      const next = i32(e);
      free(i32(e + E.key), i32(e + E.value));
      PyMem_RawFree(e);
      e = next;
    }
    setPtr(buckets + (b << 3), 0);
  }
  setPtr(table + T.nentries, 0);
  rehash(table);
}

export function _Py_hashtable_destroy(table: number, free: (key: number, value: number) => void): void {
  _Py_hashtable_clear(table, free);
  PyMem_RawFree(i32(table + T.buckets));
  PyMem_RawFree(table);
}
