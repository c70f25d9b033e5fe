// References of lists, tuples, sets, dicts and their kin (Objects/listobject.c, tupleobject.c, setobject.c, dictobject.c,
// odictobject.c, Modules/_collectionsmodule.c).
import {
  BLOCK,
  dequeobject,
  DICT_KEYS_GENERAL,
  DICT_KEYS_SPLIT,
  lru_cache_object,
  lru_list_elem,
  PyDictKeyEntry,
  PyDictKeysObject,
  PyDictObject,
  PyDictUnicodeEntry,
  PyDictValues,
  PyHamtNode_Array,
  PyHamtNode_Bitmap,
  PyHamtNode_Collision,
  PyListObject,
  PyODictObject,
  PySetObject,
  PyTupleObject,
  PyVarObject,
  setentry,
  TemplateObject,
} from '@moult/abi';
import { NotAnObject, type Reader } from '../reader.ts';
import {
  LABEL_ITEM,
  LABEL_KEY,
  LABEL_MEMBER,
  LABEL_SHARED_KEY,
  LABEL_VALUE,
  type ReferenceVisitor,
} from './visitor.ts';

function checkTable(reader: Reader, owner: number, start: number, bytes: number, what: string): void {
  if (bytes < 0 || (bytes > 0 && !reader.has(start, bytes)))
    throw new NotAnObject(owner, `its ${what} is outside memory`);
}

export function visitListItems(reader: Reader, list: number, visitor: ReferenceVisitor): void {
  const size = reader.ssize(list + PyVarObject.ob_size);
  const items = reader.ptr(list + PyListObject.ob_item);
  checkTable(reader, list, items, size * 8, 'list of items');
  for (let i = 0; i < size; i++) {
    const item = reader.ptr(items + i * 8);
    if (item !== 0) visitor.reference(item, items + i * 8, LABEL_ITEM, i);
  }
}

export function visitTupleItems(reader: Reader, tuple: number, hidden: number, visitor: ReferenceVisitor): void {
  const size = reader.ssize(tuple + PyVarObject.ob_size) + hidden;
  const items = tuple + PyTupleObject.ob_item;
  checkTable(reader, tuple, items, size * 8, 'row of items');
  for (let i = 0; i < size; i++) {
    const item = reader.ptr(items + i * 8);
    if (item !== 0) visitor.reference(item, items + i * 8, LABEL_ITEM, i);
  }
}

export function visitSetEntries(reader: Reader, set: number, visitor: ReferenceVisitor): void {
  const mask = reader.ssize(set + PySetObject.mask);
  const table = reader.ptr(set + PySetObject.table);
  checkTable(reader, set, table, (mask + 1) * setentry.SIZE, 'table');
  for (let i = 0, entry = table; i <= mask; i++, entry += setentry.SIZE) {
    const key = reader.ptr(entry);
    if (key === 0) continue;
    // A removed entry names the dummy and has the hash -1, which no object has.
    if (reader.i32(entry + setentry.hash) === -1 && reader.i32(entry + setentry.hash + 4) === -1) continue;
    visitor.reference(key, entry, LABEL_MEMBER, key);
  }
}

/** A keys table's parts: where its entries start and how long one is. */
export function keysEntries(reader: Reader, keys: number): number {
  const indexBytes = 2 ** reader.u8(keys + PyDictKeysObject.dk_log2_index_bytes);
  return keys + PyDictKeysObject.dk_indices + indexBytes;
}

/** The keys (and, in a combined table, the values) that a keys table owns. */
export function visitKeysTable(reader: Reader, keys: number, visitor: ReferenceVisitor): void {
  const kind = reader.u8(keys + PyDictKeysObject.dk_kind);
  const count = reader.ssize(keys + PyDictKeysObject.dk_nentries);
  let entry = keysEntries(reader, keys);
  if (kind === DICT_KEYS_GENERAL) {
    checkTable(reader, keys, entry, count * PyDictKeyEntry.SIZE, 'row of entries');
    for (let i = 0; i < count; i++, entry += PyDictKeyEntry.SIZE) {
      const value = reader.ptr(entry + PyDictKeyEntry.me_value);
      const key = reader.ptr(entry + PyDictKeyEntry.me_key);
      if (key !== 0) visitor.reference(key, entry + PyDictKeyEntry.me_key, LABEL_KEY, key);
      if (value !== 0) visitor.reference(value, entry + PyDictKeyEntry.me_value, LABEL_VALUE, key);
    }
    return;
  }
  checkTable(reader, keys, entry, count * PyDictUnicodeEntry.SIZE, 'row of entries');
  const keyLabel = kind === DICT_KEYS_SPLIT ? LABEL_SHARED_KEY : LABEL_KEY;
  for (let i = 0; i < count; i++, entry += PyDictUnicodeEntry.SIZE) {
    const key = reader.ptr(entry + PyDictUnicodeEntry.me_key);
    if (key !== 0) visitor.reference(key, entry + PyDictUnicodeEntry.me_key, keyLabel, key);
    const value = reader.ptr(entry + PyDictUnicodeEntry.me_value);
    if (value !== 0) visitor.reference(value, entry + PyDictUnicodeEntry.me_value, LABEL_VALUE, key);
  }
}

/** The key of a split table at an index, 0 where there is none. */
export function sharedKey(reader: Reader, keys: number, index: number): number {
  if (keys === 0 || index >= reader.ssize(keys + PyDictKeysObject.dk_nentries)) return 0;
  return reader.ptr(keysEntries(reader, keys) + index * PyDictUnicodeEntry.SIZE);
}

export function visitDict(reader: Reader, dict: number, visitor: ReferenceVisitor): void {
  const keys = reader.ptr(dict + PyDictObject.ma_keys);
  if (keys === 0) return;
  checkTable(reader, dict, keys, PyDictKeysObject.SIZE, 'keys table');
  visitor.keysTable(keys, dict + PyDictObject.ma_keys);
  const values = reader.ptr(dict + PyDictObject.ma_values);
  // Values that are embedded in an instance are that instance's.
  if (values === 0 || reader.u8(values + PyDictValues.embedded) !== 0) return;
  visitValues(reader, values, keys, LABEL_VALUE, visitor);
}

/** The values of a split dict or of an instance, named by the shared keys. */
export function visitValues(
  reader: Reader,
  values: number,
  keys: number,
  label: string,
  visitor: ReferenceVisitor,
): void {
  const capacity = reader.u8(values + PyDictValues.capacity);
  for (let i = 0; i < capacity; i++) {
    const slot = values + PyDictValues.values + i * 8;
    const value = reader.ptr(slot);
    if (value !== 0) visitor.reference(value, slot, label, sharedKey(reader, keys, i));
  }
}

const ODICT_NODE = { key: 0, hash: 8, next: 16, prev: 24 } as const;

export function visitOrderedDictNodes(reader: Reader, dict: number, visitor: ReferenceVisitor): void {
  let node = reader.ptr(dict + PyODictObject.od_first);
  for (let left = reader.ssize(dict + PyDictObject.ma_used); node !== 0 && left > 0; left--) {
    const key = reader.ptr(node + ODICT_NODE.key);
    if (key !== 0) visitor.reference(key, node, 'order of @', key);
    node = reader.ptr(node + ODICT_NODE.next);
  }
}

export function visitDeque(reader: Reader, deque: number, visitor: ReferenceVisitor): void {
  const size = reader.ssize(deque + PyVarObject.ob_size);
  let block = reader.ptr(deque + dequeobject.leftblock);
  let index = reader.ssize(deque + dequeobject.leftindex);
  for (let i = 0; i < size; i++) {
    if (index === BLOCK.data_COUNT) {
      block = reader.ptr(block + BLOCK.rightlink);
      index = 0;
    }
    const slot = block + BLOCK.data + index * 8;
    visitor.reference(reader.ptr(slot), slot, LABEL_ITEM, i);
    index++;
  }
}

/** A template of a replacement: each item has the number of a group and the literal behind it. */
export function visitTemplate(reader: Reader, template: number, visitor: ReferenceVisitor): void {
  const size = reader.ssize(template + PyVarObject.ob_size);
  for (let i = 0; i < size; i++) {
    const slot = template + TemplateObject.items + i * 16 + 8;
    const literal = reader.ptr(slot);
    if (literal !== 0) visitor.reference(literal, slot, LABEL_ITEM, i);
  }
}

function visitRow(reader: Reader, start: number, count: number, visitor: ReferenceVisitor): void {
  for (let i = 0; i < count; i++) {
    const item = reader.ptr(start + i * 8);
    if (item !== 0) visitor.reference(item, start + i * 8, LABEL_ITEM, i);
  }
}
export function visitHamtBitmap(reader: Reader, node: number, visitor: ReferenceVisitor): void {
  visitRow(reader, node + PyHamtNode_Bitmap.b_array, reader.ssize(node + PyHamtNode_Bitmap.ob_size), visitor);
}
export function visitHamtArray(reader: Reader, node: number, visitor: ReferenceVisitor): void {
  visitRow(reader, node + PyHamtNode_Array.a_array, PyHamtNode_Array.a_array_COUNT, visitor);
}
export function visitHamtCollision(reader: Reader, node: number, visitor: ReferenceVisitor): void {
  visitRow(reader, node + PyHamtNode_Collision.c_array, reader.ssize(node + PyHamtNode_Collision.ob_size), visitor);
}

/** A bounded cache's ring of links, each of which it owns. */
export function visitLruLinks(reader: Reader, cache: number, visitor: ReferenceVisitor): void {
  const root = cache + lru_cache_object.root;
  let link = reader.ptr(root + lru_list_elem.next);
  let slot = root + lru_list_elem.next;
  for (let i = 0; link !== root && link !== 0 && i < 1e7; i++) {
    visitor.reference(link, slot, 'link #', i);
    slot = link + lru_list_elem.next;
    link = reader.ptr(slot);
  }
}
