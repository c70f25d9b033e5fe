// An object's bytes, taken apart: every byte from what lies before the object to its end belongs to exactly one field.
import {
  _PyInterpreterFrame,
  MANAGED_DICT_OFFSET,
  MANAGED_WEAKREF_OFFSET,
  type Member,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_PREHEADER,
  PyASCIIObject,
  PyCompactUnicodeObject,
  PyFrameObject,
  PyGenObject,
  PyTypeObject,
  type Sort,
  UNICODE_ASCII,
  UNICODE_COMPACT,
} from '@moult/abi';
import { isCollectable } from '../object.ts';
import { NotAnObject, type Reader } from '../reader.ts';
import { labelText } from '../references/labels.ts';
import { visitReferences } from '../references/visit.ts';
import { bodySize } from '../size.ts';
import type { TypeInfo } from '../types.ts';
import { decodeField } from './decode.ts';
import { membersOf } from './structs.ts';

export interface Field {
  readonly name: string;
  /** From the object's address: what lies before it (the collector's links) is negative. */
  readonly offset: number;
  readonly address: number;
  readonly size: number;
  readonly sort: Sort;
  /** A copy; of a field above 4 KiB of its beginning. */
  readonly bytes: Uint8Array;
  /** The bytes as a person reads them. */
  readonly text: string;
  /** Where an object field or another pointer leads; 0 for the rest. */
  readonly target: number;
}

export interface FieldOptions {
  /** How many items of a row (a tuple's, an int's digits, a code object's locals) are told one by one (default 200). */
  readonly items?: number;
}

interface Row {
  name: string;
  offset: number;
  size: number;
  sort: Sort;
  bit?: number;
  width?: number;
}

/** The fields in the order of their offsets, without gaps. Throws NotAnObject or UnmappedError where the bytes are no object. */
export function fieldsOf(reader: Reader, object: number, options: FieldOptions = {}): Field[] {
  const info = reader.typeOf(object);
  const end = bodySize(reader, object, info);
  const start = -before(reader, object, info);
  if (!(end >= 16) || !reader.has(object + start, end - start)) throw new NotAnObject(object, 'its end is nowhere');
  const rows = [...headRows(reader, object, info), ...memberRows(reader, object, info, end)];
  const rest = referenceRows(reader, object, info, end, options.items ?? 200);
  rows.push(...digitRows(info, end, options.items ?? 200), ...frameRows(info));
  const taken = new Set(rows.map((row) => row.offset));
  for (const row of rest) if (!taken.has(row.offset)) rows.push(row);
  return filled(rows, start, end, info, structEnd(reader, object, info)).map((row) => decodeField(reader, object, row));
}

function before(reader: Reader, object: number, info: TypeInfo): number {
  if (isCollectable(reader, object, info)) return (info.flags & Py_TPFLAGS_PREHEADER) !== 0 ? 32 : 16;
  return !info.gc && (info.flags & Py_TPFLAGS_PREHEADER) !== 0 ? 16 : 0;
}

function headRows(reader: Reader, object: number, info: TypeInfo): Row[] {
  const rows: Row[] = [];
  if ((info.flags & Py_TPFLAGS_PREHEADER) !== 0) {
    rows.push({ name: '__weakrefs__', offset: MANAGED_WEAKREF_OFFSET, size: 8, sort: 'pointer' });
    rows.push({ name: '__dict__', offset: MANAGED_DICT_OFFSET, size: 8, sort: 'object' });
  }
  if (isCollectable(reader, object, info)) {
    rows.push({ name: '_gc_next', offset: -16, size: 8, sort: 'pointer' });
    rows.push({ name: '_gc_prev', offset: -8, size: 8, sort: 'pointer' });
  }
  return rows;
}

/** What the struct of the built-in part has, as far as this object has it: a short str ends before a long one's fields. */
function memberRows(reader: Reader, object: number, info: TypeInfo, end: number): Row[] {
  const own = reader.target.layouts?.has(info.layout) === true;
  const all: readonly Member[] = membersOf(own ? '' : info.layout);
  const limit = Math.min(end, structEnd(reader, object, info));
  const rows = all
    .filter(
      ([name, offset, size, sort]) =>
        !FRAMES.has(name) && offset + size <= limit && !(sort === 'bytes' && offset + size >= limit),
    )
    .map(([name, offset, size, sort, bit, width]) => ({
      name,
      offset,
      size,
      sort,
      ...(bit === undefined ? {} : { bit, width: width! }),
    }));
  for (const { label, offset } of [...info.fields, ...info.slots]) {
    if (offset + 8 <= end && !rows.some((row) => row.offset === offset)) {
      rows.push({ name: label, offset, size: 8, sort: 'object' });
    }
  }
  return rows;
}

/** Members that stand for a whole frame, whose parts are told. */
const FRAMES: ReadonlySet<string> = new Set(['gi_iframe', '_f_frame_data']);

function structEnd(reader: Reader, object: number, info: TypeInfo): number {
  if (info.layout === 'str') {
    const state = reader.u32(object + PyASCIIObject.state);
    if ((state & UNICODE_COMPACT) !== 0) {
      return (state & UNICODE_ASCII) !== 0 ? PyASCIIObject.SIZE : PyCompactUnicodeObject.SIZE;
    }
  }
  if (info.layout === 'int' || info.layout === 'bool') return 24;
  if (info.layout === 'type') return typeStructEnd(reader, object, info);
  // Of a tuple, of bytes, the items are told apart.
  return info.layout === 'tuple' || info.layout === 'bytes' ? Math.min(info.basicsize, 32) : Infinity;
}

function typeStructEnd(reader: Reader, type: number, info: TypeInfo): number {
  const heap = (reader.u32(type + PyTypeObject.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0;
  return heap ? info.basicsize : PyTypeObject.SIZE;
}

/** Owned references inside the object that no field of the struct names: items, locals, inline values, __slots__. */
function referenceRows(reader: Reader, object: number, info: TypeInfo, end: number, items: number): Row[] {
  const rows: Row[] = [];
  visitReferences(reader, object, info, {
    reference(_target, slot, label, index) {
      const offset = slot - object;
      if (offset < 0 || offset + 8 > end || rows.length >= items) return;
      rows.push({ name: labelText(reader, label, index), offset, size: 8, sort: 'object' });
    },
    keysTable() {},
  });
  return rows;
}

function digitRows(info: TypeInfo, end: number, items: number): Row[] {
  if (info.layout !== 'int' && info.layout !== 'bool') return [];
  const digits = Math.min(items, Math.floor((end - 24) / 4), 10_000);
  return Array.from({ length: digits }, (_, i) => ({
    name: `ob_digit[${i}]`,
    offset: 24 + i * 4,
    size: 4,
    sort: 'u32' as const,
  }));
}

const FRAME: readonly (readonly [name: string, offset: number, size: number, sort: Sort])[] = [
  ['f_executable', _PyInterpreterFrame.f_executable, 8, 'object'],
  ['previous', _PyInterpreterFrame.previous, 8, 'pointer'],
  ['f_funcobj', _PyInterpreterFrame.f_funcobj, 8, 'object'],
  ['f_globals', _PyInterpreterFrame.f_globals, 8, 'object'],
  ['f_builtins', _PyInterpreterFrame.f_builtins, 8, 'object'],
  ['f_locals', _PyInterpreterFrame.f_locals, 8, 'object'],
  ['frame_obj', _PyInterpreterFrame.frame_obj, 8, 'object'],
  ['instr_ptr', _PyInterpreterFrame.instr_ptr, 8, 'pointer'],
  ['stacktop', _PyInterpreterFrame.stacktop, 4, 'i32'],
  ['return_offset', _PyInterpreterFrame.return_offset, 2, 'u16'],
  ['owner', _PyInterpreterFrame.owner, 1, 'i8'],
];

/** The interpreter's frame inside a generator or a frame object. */
function frameRows(info: TypeInfo): Row[] {
  let base = 0;
  if (info.layout === 'frame') base = PyFrameObject._f_frame_data;
  else if (['generator', 'coroutine', 'async_generator'].includes(info.layout)) base = PyGenObject.gi_iframe;
  return base === 0 ? [] : FRAME.map(([name, offset, size, sort]) => ({ name, offset: base + offset, size, sort }));
}

const REST: Readonly<Record<string, string>> = {
  str: 'characters',
  bytes: 'ob_sval',
  tuple: 'more items',
  int: 'more digits',
  code: 'instructions',
  frame: 'free slots',
  generator: 'free slots',
  coroutine: 'free slots',
  async_generator: 'free slots',
};

/** The rows in order, with what lies between them as bytes. */
function filled(rows: readonly Row[], start: number, end: number, info: TypeInfo, fixed: number): Row[] {
  const out: Row[] = [];
  let at = start;
  const gap = (to: number): void => {
    if (to <= at) return;
    if (at < fixed && fixed < to) gap(fixed);
    const isPadding = to - at < 8 && at < Math.min(fixed, info.basicsize);
    const inline = info.inlineValues && at >= info.basicsize ? 'inline values' : undefined;
    out.push({
      name: isPadding ? 'padding' : (inline ?? (at >= 16 ? REST[info.layout] : undefined) ?? 'bytes'),
      offset: at,
      size: to - at,
      sort: 'bytes',
    });
    at = to;
  };
  const ordered = [...rows].sort((a, b) => a.offset - b.offset || (a.bit ?? 0) - (b.bit ?? 0));
  for (const row of ordered) {
    // The bits of one word share its bytes.
    const sameWord = row.bit !== undefined && row.offset + row.size === at && out.at(-1)?.offset === row.offset;
    if (row.offset < at && !sameWord) continue;
    gap(row.offset);
    out.push(row);
    at = Math.max(at, row.offset + row.size);
  }
  gap(end);
  return out;
}
