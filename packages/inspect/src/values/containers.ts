// Dicts, sets and lists as rows, for whoever shows them.
import {
  DICT_KEYS_GENERAL,
  PyDictKeyEntry,
  PyDictKeysObject,
  PyDictObject,
  PyDictUnicodeEntry,
  PyDictValues,
  PyListObject,
  PySetObject,
  PyTupleObject,
  PyVarObject,
  setentry,
} from '@moult/abi';
import type { Reader } from '../reader.ts';
import { keysEntries } from '../references/containers.ts';
import { decodeStr } from './text.ts';

export interface DictEntry {
  readonly key: number;
  readonly value: number;
  readonly keySlot: number;
  readonly valueSlot: number;
}

/** A dict's items in insertion order, at most `limit`, of the first `scan` entries. */
export function dictEntries(reader: Reader, dict: number, limit = 1e9, scan = 1e9): DictEntry[] {
  const keys = reader.ptr(dict + PyDictObject.ma_keys);
  if (keys === 0) return [];
  const values = reader.ptr(dict + PyDictObject.ma_values);
  return values === 0 ? combinedEntries(reader, keys, limit, scan) : splitEntries(reader, keys, values, limit);
}

function combinedEntries(reader: Reader, keys: number, limit: number, scan: number): DictEntry[] {
  const general = reader.u8(keys + PyDictKeysObject.dk_kind) === DICT_KEYS_GENERAL;
  const layout = general ? PyDictKeyEntry : PyDictUnicodeEntry;
  const count = Math.min(reader.ssize(keys + PyDictKeysObject.dk_nentries), scan);
  const entries: DictEntry[] = [];
  let entry = keysEntries(reader, keys);
  for (let i = 0; i < count && entries.length < limit; i++, entry += layout.SIZE) {
    const value = reader.ptr(entry + layout.me_value);
    if (value === 0) continue;
    const keySlot = entry + layout.me_key;
    entries.push({ key: reader.ptr(keySlot), value, keySlot, valueSlot: entry + layout.me_value });
  }
  return entries;
}

/** The items of a values block in the order of insertion, which its last bytes give. */
export function splitEntries(reader: Reader, keys: number, values: number, limit = 1e9): DictEntry[] {
  const capacity = reader.u8(values + PyDictValues.capacity);
  const size = reader.u8(values + PyDictValues.size);
  const order = values + PyDictValues.values + capacity * 8;
  const entries: DictEntry[] = [];
  const base = keysEntries(reader, keys);
  for (let i = 0; i < size && entries.length < limit; i++) {
    const index = reader.u8(order + i);
    const valueSlot = values + PyDictValues.values + index * 8;
    const value = reader.ptr(valueSlot);
    if (value === 0) continue;
    const keySlot = base + index * PyDictUnicodeEntry.SIZE;
    entries.push({ key: reader.ptr(keySlot), value, keySlot, valueSlot });
  }
  return entries;
}

/** The value under a str key, 0 where there is none. */
export function dictGet(reader: Reader, dict: number, name: string): number {
  for (const { key, value } of dictEntries(reader, dict)) {
    const info = reader.typeOrNull(key);
    if (info?.layout === 'str' && decodeStr(reader, key, name.length + 1) === name) return value;
  }
  return 0;
}

export function listItems(reader: Reader, list: number, limit = 1e9): number[] {
  const count = Math.min(reader.ssize(list + PyVarObject.ob_size), limit);
  const items = reader.ptr(list + PyListObject.ob_item);
  return Array.from({ length: count }, (_, i) => reader.ptr(items + i * 8));
}

export function tupleItems(reader: Reader, tuple: number, limit = 1e9): number[] {
  const count = Math.min(reader.ssize(tuple + PyVarObject.ob_size), limit);
  return Array.from({ length: count }, (_, i) => reader.ptr(tuple + PyTupleObject.ob_item + i * 8));
}

export function setItems(reader: Reader, set: number, limit = 1e9, scan = 1e9): number[] {
  const mask = Math.min(reader.ssize(set + PySetObject.mask), scan);
  const items: number[] = [];
  let entry = reader.ptr(set + PySetObject.table);
  for (let i = 0; i <= mask && items.length < limit; i++, entry += setentry.SIZE) {
    const key = reader.ptr(entry);
    const removed = reader.i32(entry + setentry.hash) === -1 && reader.i32(entry + setentry.hash + 4) === -1;
    if (key !== 0 && !removed) items.push(key);
  }
  return items;
}
