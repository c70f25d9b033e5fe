// What a reader must know of a type to take its instances apart: its kind (how the built-in part of an instance is laid out)
// and what heap types add (slots, a dict, inline values).
import {
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_INLINE_VALUES,
  Py_TPFLAGS_MANAGED_DICT,
  Py_TPFLAGS_PREHEADER,
  Py_TPFLAGS_READY,
  Py_T_OBJECT_EX,
  PyHeapTypeObject,
  PyMemberDef,
  PyTypeObject,
  PyVarObject,
} from '@moult/abi';
import { type FieldTable, type Layout, layoutOf } from './references/fields.ts';
import { Kind } from './references/kinds.ts';
import { typeDict } from './references/types.ts';
import { NotAnObject, type Reader } from './reader.ts';
import { dictGet } from './values/containers.ts';
import { decodeInt } from './values/number.ts';

export interface TypeInfo {
  readonly address: number;
  readonly name: string;
  readonly flags: number;
  readonly basicsize: number;
  readonly itemsize: number;
  readonly base: number;
  /** A type made at run time: its instances own a reference to it. */
  readonly heap: boolean;
  readonly gc: boolean;
  readonly kind: Kind;
  /** Owned references at fixed offsets of the built-in part. */
  readonly fields: FieldTable;
  /** Items of a struct sequence behind those that its length counts. */
  readonly hiddenItems: number;
  /** Owned references in __slots__ of all heap types in the line. */
  readonly slots: FieldTable;
  readonly managedDict: boolean;
  readonly inlineValues: boolean;
  /** An instance dict that a heap type added at an offset (negative: from the end); 0 for none. */
  readonly dictOffset: number;
  /** The name of the built-in type whose layout this is. */
  readonly layout: string;
}

/** Of a type, in bytes: what is longer is taken for something else. */
const LONGEST_NAME = 1 << 16;

export function resolveType(reader: Reader, address: number): TypeInfo {
  const flags = reader.u32(address + PyTypeObject.tp_flags);
  const basicsize = reader.ssize(address + PyTypeObject.tp_basicsize);
  const itemsize = reader.ssize(address + PyTypeObject.tp_itemsize);
  const name = reader.cstring(reader.ptr(address + PyTypeObject.tp_name), LONGEST_NAME);
  if (name === null || name === '' || name.length === LONGEST_NAME || name.includes('\ufffd'))
    throw new NotAnObject(address, 'its type has no name');
  if (basicsize < 0 || basicsize > 0x1000000 || itemsize < 0 || itemsize > 0x10000) {
    throw new NotAnObject(address, 'its type has no sensible size');
  }
  const line: number[] = [];
  for (let t = address; t !== 0 && line.length < 1000; t = reader.ptr(t + PyTypeObject.tp_base)) {
    if (!reader.has(t, PyTypeObject.SIZE)) throw new NotAnObject(address, 'its type has a broken base');
    line.push(t);
  }
  const { name: layoutName, layout } = findLayout(reader, line);
  const heap = (flags & Py_TPFLAGS_HEAPTYPE) !== 0;
  const managedDict = (flags & Py_TPFLAGS_MANAGED_DICT) !== 0;
  const dictOffset = reader.ssize(address + PyTypeObject.tp_dictoffset);
  return {
    address,
    name,
    flags,
    basicsize,
    itemsize,
    base: reader.ptr(address + PyTypeObject.tp_base),
    heap,
    gc: (flags & Py_TPFLAGS_HAVE_GC) !== 0,
    kind: layout.kind,
    fields: layout.fields,
    hiddenItems: layout.kind === Kind.tuple && line.length > 2 ? hiddenItems(reader, line[line.length - 3]!) : 0,
    slots: slotsOf(reader, line),
    managedDict,
    inlineValues: (flags & Py_TPFLAGS_INLINE_VALUES) !== 0,
    dictOffset: heap && !managedDict && dictOffset !== builtinDictOffset(reader, line) ? dictOffset : 0,
    layout: layoutName,
  };
}

const UNKNOWN: Layout = { kind: Kind.unknown, fields: [] };

/**
 * The built-in type in the line of bases whose layout an instance begins with. A type that has bytes of its own which nothing
 * explains (a C type that is not in our tables) ends the search: its instances' references cannot be told.
 */
function findLayout(reader: Reader, line: readonly number[]): { name: string; layout: Layout } {
  for (const [i, t] of line.entries()) {
    const name = reader.cstring(reader.ptr(t + PyTypeObject.tp_name)) ?? '';
    const isHeap = (reader.u32(t + PyTypeObject.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0;
    // A class of a program may be called `list` too; only C's heap types have a module in their name.
    const layout = isHeap && !name.includes('.') ? undefined : layoutIn(reader, name);
    if (layout) return { name, layout };
    const base = line[i + 1];
    if (base === undefined) break;
    const extra = reader.ssize(t + PyTypeObject.tp_basicsize) - reader.ssize(base + PyTypeObject.tp_basicsize);
    // A class statement adds its slots and at most a dict and a weak list.
    let explained = isHeap ? 8 * Math.max(0, reader.ssize(t + PyVarObject.ob_size)) + 16 : 0;
    if (extra > explained && i === line.length - 3) explained += 8 * hiddenItems(reader, t);
    if (extra > explained) return { name, layout: UNKNOWN };
  }
  return { name: '?', layout: UNKNOWN };
}

function hiddenItems(reader: Reader, type: number): number {
  const dict = typeDict(reader, type);
  if (dict === 0 || (reader.u32(type + PyTypeObject.tp_flags) & Py_TPFLAGS_READY) === 0) return 0;
  const all = dictGet(reader, dict, 'n_fields');
  const visible = dictGet(reader, dict, 'n_sequence_fields');
  return all === 0 || visible === 0 ? 0 : Number(decodeInt(reader, all) - decodeInt(reader, visible));
}

function layoutIn(reader: Reader, typeName: string): Layout | undefined {
  const own = reader.target.layouts?.get(typeName);
  return own ? { kind: Kind.fields, fields: own } : layoutOf(typeName);
}

function builtinDictOffset(reader: Reader, line: readonly number[]): number {
  for (const t of line) {
    const flags = reader.u32(t + PyTypeObject.tp_flags);
    const name = reader.cstring(reader.ptr(t + PyTypeObject.tp_name)) ?? '';
    if ((flags & Py_TPFLAGS_HEAPTYPE) === 0 || (name.includes('.') && layoutIn(reader, name))) {
      return reader.ssize(t + PyTypeObject.tp_dictoffset);
    }
  }
  return 0;
}

/** The object members that lie behind a heap type, one row of PyMemberDef for each of its __slots__. */
function slotsOf(reader: Reader, line: readonly number[]): FieldTable {
  const slots: { label: string; offset: number }[] = [];
  for (const t of line) {
    if ((reader.u32(t + PyTypeObject.tp_flags) & Py_TPFLAGS_HEAPTYPE) === 0) break;
    const count = reader.ssize(t + PyVarObject.ob_size);
    const metatype = reader.ptr(t + PyVarObject.ob_type);
    if (count <= 0 || count > 10_000 || !reader.has(metatype, PyTypeObject.SIZE)) continue;
    const size = reader.ssize(metatype + PyTypeObject.tp_basicsize);
    if (size < PyHeapTypeObject.SIZE || size > 0x10000) continue;
    for (let i = 0; i < count; i++) {
      const member = t + size + i * PyMemberDef.SIZE;
      if (!reader.has(member, PyMemberDef.SIZE)) break;
      if (reader.i32(member + PyMemberDef.type) !== Py_T_OBJECT_EX) continue;
      const label = reader.cstring(reader.ptr(member + PyMemberDef.name)) ?? '?';
      slots.push({ label: `.${label}`, offset: reader.ssize(member + PyMemberDef.offset) });
    }
  }
  return slots;
}

/** Bytes that lie before an object of the type: collector's head, managed dict and weakref pointers. */
export function preheaderSize(info: TypeInfo): number {
  return (info.gc ? 16 : 0) + ((info.flags & Py_TPFLAGS_PREHEADER) !== 0 ? 16 : 0);
}
