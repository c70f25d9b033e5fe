// A dict's invariants: sizes, the index table against the entries, the probe sequence of each key, counts, split tables.
import {
  DICT_KEYS_GENERAL,
  DICT_KEYS_SPLIT,
  DKIX_DUMMY,
  DKIX_EMPTY,
  PERTURB_SHIFT,
  PyASCIIObject,
  PyDict_LOG_MINSIZE,
  PyDictKeyEntry,
  PyDictKeysObject,
  PyDictObject,
  PyDictUnicodeEntry,
  PyDictValues,
} from '@moult/abi';
import type { Reader } from '../reader.ts';
import { keysEntries } from '../references/containers.ts';
import type { Findings } from './findings.ts';

const K = PyDictKeysObject;

/** `keysSeen`: tables that were checked already (shared ones have several dicts). */
export function checkDict(reader: Reader, dict: number, keysSeen: Set<number>, found: Findings): void {
  const keys = reader.ptr(dict + PyDictObject.ma_keys);
  const used = reader.ssize(dict + PyDictObject.ma_used);
  if (keys === 0 || !reader.has(keys, K.SIZE)) {
    found.add(dict, 'a dict has no keys table');
    return;
  }
  if (!keysSeen.has(keys)) {
    keysSeen.add(keys);
    checkKeysTable(reader, keys, found);
  }
  const values = reader.ptr(dict + PyDictObject.ma_values);
  const split = reader.u8(keys + K.dk_kind) === DICT_KEYS_SPLIT;
  if ((values !== 0) !== split) {
    found.add(dict, values === 0 ? 'a dict with shared keys has no values' : 'a dict with values has no shared keys');
    return;
  }
  const live = split ? checkValues(reader, dict, keys, values, found) : liveEntries(reader, keys);
  if (live !== used) found.add(dict, `ma_used is ${used}, ${live} entries are live`);
}

function liveEntries(reader: Reader, keys: number): number {
  const layout = entryLayout(reader, keys);
  const count = reader.ssize(keys + K.dk_nentries);
  let live = 0;
  let entry = keysEntries(reader, keys);
  for (let i = 0; i < count; i++, entry += layout.SIZE) if (reader.ptr(entry + layout.me_value) !== 0) live++;
  return live;
}

function entryLayout(reader: Reader, keys: number): typeof PyDictKeyEntry | typeof PyDictUnicodeEntry {
  return reader.u8(keys + K.dk_kind) === DICT_KEYS_GENERAL ? PyDictKeyEntry : PyDictUnicodeEntry;
}

/** Returns how many values are there. */
export function checkValues(reader: Reader, dict: number, keys: number, values: number, found: Findings): number {
  const capacity = reader.u8(values + PyDictValues.capacity);
  const size = reader.u8(values + PyDictValues.size);
  const count = reader.ssize(keys + K.dk_nentries);
  if (size > capacity) found.add(values, `${size} values in a block for ${capacity}`);
  const order = new Set<number>();
  for (let i = 0; i < size; i++) {
    const index = reader.u8(values + PyDictValues.values + capacity * 8 + i);
    if (index >= count || order.has(index)) found.add(values, `the order of insertion names value ${index}`);
    order.add(index);
  }
  let live = 0;
  for (let i = 0; i < capacity; i++) {
    const value = reader.ptr(values + PyDictValues.values + i * 8);
    if (value === 0) continue;
    live++;
    if (!order.has(i)) found.add(values, `value ${i} is missing in the order of insertion`);
  }
  if (live !== size) found.add(dict, `a values block counts ${size}, ${live} are set`);
  return live;
}

export function checkKeysTable(reader: Reader, keys: number, found: Findings): void {
  const log2Size = reader.u8(keys + K.dk_log2_size);
  const log2Bytes = reader.u8(keys + K.dk_log2_index_bytes);
  if (log2Size === 0) return; // The static empty table.
  const width = log2Size < 8 ? 0 : log2Size < 16 ? 1 : log2Size < 32 ? 2 : 3;
  if (log2Size < PyDict_LOG_MINSIZE || log2Bytes !== log2Size + width) {
    found.add(keys, `an index table of 2**${log2Size} slots has 2**${log2Bytes} bytes`);
    return;
  }
  const size = 2 ** log2Size;
  const usable = reader.ssize(keys + K.dk_usable);
  const count = reader.ssize(keys + K.dk_nentries);
  const room = Math.floor((size * 2) / 3);
  if (usable < 0 || count < 0 || usable + count > room) {
    found.add(
      keys,
      `${count} entries and ${usable} usable ones in a table of ${size} slots, which has room for ${room}`,
    );
    return;
  }
  const indices = readIndices(reader, keys, size, width);
  const place = checkIndices(keys, indices, count, found);
  checkEntries(reader, keys, indices, place, count, found);
}

function readIndices(reader: Reader, keys: number, size: number, width: number): Int32Array {
  const indices = new Int32Array(size);
  const start = keys + K.dk_indices;
  for (let i = 0; i < size; i++) {
    if (width === 0) indices[i] = reader.i8(start + i);
    else if (width === 1) indices[i] = reader.i16(start + i * 2);
    else if (width === 2) indices[i] = reader.i32(start + i * 4);
    else indices[i] = reader.ssize(start + i * 8);
  }
  return indices;
}

/** The slot of the index table that names each entry, -1 for none. */
function checkIndices(keys: number, indices: Int32Array, count: number, found: Findings): Int32Array {
  const place = new Int32Array(count).fill(-1);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (index === DKIX_EMPTY || index === DKIX_DUMMY) continue;
    if (index < 0 || index >= count) found.add(keys, `index slot ${i} names entry ${index} of ${count}`);
    else if (place[index] !== -1) found.add(keys, `two index slots name entry ${index}`);
    else place[index] = i;
  }
  return place;
}

function checkEntries(
  reader: Reader,
  keys: number,
  indices: Int32Array,
  place: Int32Array,
  count: number,
  found: Findings,
): void {
  const kind = reader.u8(keys + K.dk_kind);
  const layout = entryLayout(reader, keys);
  let entry = keysEntries(reader, keys);
  for (let i = 0; i < count && !found.full; i++, entry += layout.SIZE) {
    const key = reader.ptr(entry + layout.me_key);
    const live = kind === DICT_KEYS_SPLIT ? key !== 0 : reader.ptr(entry + layout.me_value) !== 0;
    if (!live) {
      if (place[i] !== -1) found.add(keys, `index slot ${place[i]} names the deleted entry ${i}`);
      continue;
    }
    if (place[i] === -1) {
      found.add(keys, `no index slot names entry ${i}`);
      continue;
    }
    const isStr = reader.typeOrNull(key)?.name === 'str';
    // CPython itself puts another key into a table of str keys if the key's __eq__ empties the dict while it is inserted.
    const strange = kind === DICT_KEYS_SPLIT || reader.typeOrNull(key)?.heap !== true;
    if (kind !== DICT_KEYS_GENERAL && !isStr && strange) found.add(keys, `key ${i} of a table of str keys is no str`);
    const hash = hashOf(reader, key, entry, kind, isStr, keys, i, found);
    if (hash !== null && !reaches(indices, hash, place[i]!)) {
      found.add(keys, `the search for key ${i} ends before its index slot ${place[i]}`);
    }
  }
}

function hashOf(
  reader: Reader,
  key: number,
  entry: number,
  kind: number,
  isStr: boolean,
  keys: number,
  index: number,
  found: Findings,
): bigint | null {
  const own = isStr ? reader.memory.u64(key + PyASCIIObject.hash) : null;
  if (kind !== DICT_KEYS_GENERAL) return own;
  const stored = reader.memory.u64(entry + PyDictKeyEntry.me_hash);
  if (own !== null && own !== stored) found.add(keys, `the hash beside key ${index} is not the key's`);
  return stored;
}

/** Whether the probe sequence of a hash comes to a slot before it comes to an empty one. */
function reaches(indices: Int32Array, hash: bigint, slot: number): boolean {
  const mask = indices.length - 1;
  let i = Number(BigInt.asUintN(32, hash)) & mask;
  if (i === slot) return true;
  let perturb = hash;
  for (let probes = 0; probes < indices.length * 4 + 100; probes++) {
    if (indices[i] === DKIX_EMPTY) return false;
    perturb >>= BigInt(PERTURB_SHIFT);
    i = (Math.imul(i, 5) + Number(BigInt.asUintN(32, perturb)) + 1) & mask;
    if (i === slot) return true;
  }
  return false;
}
