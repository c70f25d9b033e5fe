// How large objects are: the allocation's bytes, the buffers beside it, and what sys.getsizeof() says.
import {
  _PyInterpreterFrame,
  BLOCK,
  dequeobject,
  DICT_KEYS_GENERAL,
  FRAME_SPECIALS_SIZE,
  Py_TPFLAGS_HEAPTYPE,
  PyASCIIObject,
  PyByteArrayObject,
  PyCodeObject,
  PyCompactUnicodeObject,
  PyDictKeysObject,
  PyDictObject,
  PyDictValues,
  PyFrameObject,
  PyGenObject,
  PyHeapTypeObject,
  PyListObject,
  PyLongObject,
  PyMemberDef,
  PySetObject,
  PyTypeObject,
  PyUnicodeObject,
  PyVarObject,
  setentry,
  UNICODE_ASCII,
  UNICODE_COMPACT,
  UNICODE_KIND_SHIFT,
} from '@moult/abi';
import { isCollectable } from './object.ts';
import type { Reader } from './reader.ts';
import { keysEntries } from './references/containers.ts';
import { preheaderSize, type TypeInfo } from './types.ts';

function roundUp8(n: number): number {
  return Math.ceil(n / 8) * 8;
}

/** The slots that a frame of this code has for locals, cells and its stack, in bytes. */
function frameSlots(reader: Reader, frame: number): number {
  const code = reader.ptr(frame + _PyInterpreterFrame.f_executable);
  return (reader.i32(code + PyCodeObject.co_framesize) - FRAME_SPECIALS_SIZE) * 8;
}

function isHeapType(reader: Reader, type: number): boolean {
  return (reader.u32(type + PyTypeObject.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0;
}

/** The object's own bytes as its type's __sizeof__ counts them: without inline values and what lies before it. */
function plainSize(reader: Reader, object: number, info: TypeInfo): number {
  switch (info.layout) {
    case 'str':
      return stringBodySize(reader, object, info);
    case 'int':
    case 'bool': {
      const digits = Math.floor(reader.ptr(object + PyLongObject.lv_tag) / 8);
      return info.heap ? info.basicsize + digits * 4 : PyLongObject.ob_digit + Math.max(1, digits) * 4;
    }
    case 'type':
      if (!isHeapType(reader, object)) return PyTypeObject.SIZE;
      return info.basicsize + Math.abs(reader.ssize(object + PyVarObject.ob_size)) * PyMemberDef.SIZE;
    case 'code':
      return roundUp8(info.basicsize + reader.ssize(object + PyVarObject.ob_size) * 2);
    case 'frame': {
      const header = PyFrameObject._f_frame_data + _PyInterpreterFrame.localsplus;
      return header + frameSlots(reader, reader.ptr(object + PyFrameObject.f_frame));
    }
    case 'generator':
    case 'coroutine':
    case 'async_generator':
      return (
        PyGenObject.gi_iframe + _PyInterpreterFrame.localsplus + frameSlots(reader, object + PyGenObject.gi_iframe)
      );
  }
  if (info.itemsize === 0) return info.basicsize;
  return info.basicsize + Math.abs(reader.ssize(object + PyVarObject.ob_size)) * info.itemsize;
}

/** Bytes from the object's address to the end of its allocation, without buffers that it points to. */
export function bodySize(reader: Reader, object: number, info: TypeInfo): number {
  const size = plainSize(reader, object, info);
  if (!info.inlineValues) return size;
  return size + valuesSize(reader.u8(object + info.basicsize + PyDictValues.capacity));
}

/** A values block: a header, the pointers, and one byte a value for the order of insertion. */
export function valuesSize(capacity: number): number {
  return PyDictValues.values + capacity * 8 + roundUp8(capacity);
}

function stringBodySize(reader: Reader, object: number, info: TypeInfo): number {
  const state = reader.u32(object + PyASCIIObject.state);
  const length = reader.ssize(object + PyASCIIObject.length);
  const kind = (state >>> UNICODE_KIND_SHIFT) & 7;
  if ((state & UNICODE_COMPACT) === 0) return info.heap ? info.basicsize : PyUnicodeObject.SIZE;
  if ((state & UNICODE_ASCII) !== 0) return PyASCIIObject.SIZE + length + 1;
  return PyCompactUnicodeObject.SIZE + (length + 1) * kind;
}

/** A keys table's size in bytes. */
export function keysSize(reader: Reader, keys: number): number {
  const log2Size = reader.u8(keys + PyDictKeysObject.dk_log2_size);
  const general = reader.u8(keys + PyDictKeysObject.dk_kind) === DICT_KEYS_GENERAL;
  const usable = Math.floor((2 ** log2Size * 2) / 3);
  return keysEntries(reader, keys) - keys + usable * (general ? 24 : 16);
}

export interface Buffer {
  readonly address: number;
  readonly size: number;
  readonly label: string;
}

/** Memory that the object owns beside its own block. */
export function buffersOf(reader: Reader, object: number, info: TypeInfo): Buffer[] {
  const buffers: Buffer[] = [];
  const add = (address: number, size: number, label: string) => {
    if (address !== 0) buffers.push({ address, size, label });
  };
  switch (info.layout) {
    case 'list':
      add(reader.ptr(object + PyListObject.ob_item), reader.ssize(object + PyListObject.allocated) * 8, 'items');
      break;
    case 'dict':
    case 'collections.OrderedDict':
    case 'collections.defaultdict': {
      const keys = reader.ptr(object + PyDictObject.ma_keys);
      if (keys !== 0) add(keys, keysSize(reader, keys), 'keys');
      const values = reader.ptr(object + PyDictObject.ma_values);
      if (values !== 0 && reader.u8(values + PyDictValues.embedded) === 0) {
        add(values, valuesSize(reader.u8(values + PyDictValues.capacity)), 'values');
      }
      break;
    }
    case 'set':
    case 'frozenset': {
      const table = reader.ptr(object + PySetObject.table);
      if (table !== object + PySetObject.smalltable) {
        add(table, (reader.ssize(object + PySetObject.mask) + 1) * setentry.SIZE, 'table');
      }
      break;
    }
    case 'collections.deque': {
      const last = reader.ptr(object + dequeobject.rightblock);
      for (let block = reader.ptr(object + dequeobject.leftblock), left = 1e7; block !== 0 && left > 0; left--) {
        add(block, BLOCK.SIZE, 'block');
        if (block === last) break;
        block = reader.ptr(block + BLOCK.rightlink);
      }
      break;
    }
    case 'bytearray':
      add(reader.ptr(object + PyByteArrayObject.ob_bytes), reader.ssize(object + PyByteArrayObject.ob_alloc), 'bytes');
      break;
    case 'str':
      addStringBuffers(reader, object, add);
      break;
    case 'type':
      if ((reader.u32(object + PyTypeObject.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0) {
        const keys = reader.ptr(object + PyHeapTypeObject.ht_cached_keys);
        if (keys !== 0) add(keys, keysSize(reader, keys), 'shared keys');
        add(reader.ptr(object + PyHeapTypeObject._ht_tpname), 0, 'name');
        add(reader.ptr(object + PyTypeObject.tp_doc), 0, 'doc');
      }
      break;
    case 'code':
      add(reader.ptr(object + PyCodeObject._co_cached), 32, 'caches');
      break;
  }
  return buffers;
}

function addStringBuffers(
  reader: Reader,
  object: number,
  add: (address: number, size: number, label: string) => void,
): void {
  const state = reader.u32(object + PyASCIIObject.state);
  if ((state & UNICODE_ASCII) !== 0 && (state & UNICODE_COMPACT) !== 0) return;
  const utf8 = reader.ptr(object + PyCompactUnicodeObject.utf8);
  const compact = (state & UNICODE_COMPACT) !== 0;
  const data = compact ? 0 : reader.ptr(object + PyUnicodeObject.data_any);
  if (utf8 !== data) add(utf8, reader.ssize(object + PyCompactUnicodeObject.utf8_length) + 1, 'utf-8 copy');
  const kind = (state >>> UNICODE_KIND_SHIFT) & 7;
  add(data, (reader.ssize(object + PyASCIIObject.length) + 1) * kind, 'characters');
}

/** sys.getsizeof(object). */
export function sizeOf(reader: Reader, object: number, info: TypeInfo): number {
  let size = plainSize(reader, object, info);
  if (isCollectable(reader, object, info)) size += preheaderSize(info);
  switch (info.layout) {
    case 'dict':
    case 'collections.OrderedDict':
    case 'collections.defaultdict':
      return size + dictTablesSize(reader, object);
    case 'code':
      return size;
  }
  for (const buffer of buffersOf(reader, object, info)) {
    if (buffer.label !== 'name' && buffer.label !== 'doc') size += buffer.size;
  }
  return size;
}

/** A dict counts keys that it shares with no one, and its values wherever they lie, without their header. */
function dictTablesSize(reader: Reader, dict: number): number {
  const keys = reader.ptr(dict + PyDictObject.ma_keys);
  const sharers = reader.ssize(keys + PyDictKeysObject.dk_refcnt);
  let size = sharers === 1 ? keysSize(reader, keys) : 0;
  if (reader.ptr(dict + PyDictObject.ma_values) !== 0) {
    const usable = reader.ssize(keys + PyDictKeysObject.dk_usable) + reader.ssize(keys + PyDictKeysObject.dk_nentries);
    size += usable * 8;
  }
  return size;
}
