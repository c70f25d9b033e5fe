/**
 * How rooms describe their types to the process. A spec is data; linking gives its natives their numbers (every
 * realm), writing lays the type down in memory (cold boot only; a prepared image already holds the bytes).
 */
import { PyGetSetDef, PyHeapTypeObject, PyMemberDef, PyMethodDef, PyTypeObject } from '@moult/abi';
import { i32, POLICY, setI32, setPtr, staticAlloc, staticString } from '../memory/linear.ts';
import { fnptr, type NativeFunction } from '../memory/text.ts';
import { PyType_Type } from './static.ts';

export interface MethodSpec {
  readonly name: string;
  /**
   * METH_* flags, which say what `fn` gets and must return a new reference:
   * NOARGS fn(self) · O fn(self, arg) · FASTCALL fn(self, args, nargs) · FASTCALL|KEYWORDS fn(self, args, nargs, kwnames)
   * VARARGS fn(self, tuple) · VARARGS|KEYWORDS fn(self, tuple, dictOr0). CLASS and STATIC as in C; self is the class or 0.
   */
  readonly flags: number;
  readonly fn: NativeFunction;
  /** As in C: may begin with the signature line `name($self, x, /)\n--\n\n`, which becomes __text_signature__. */
  readonly doc?: string;
}
export interface MemberSpec {
  readonly name: string;
  /** Py_T_*. */
  readonly type: number;
  readonly offset: number;
  /** Py_READONLY … */
  readonly flags: number;
  readonly doc?: string;
}
export interface GetSetSpec {
  readonly name: string;
  /** (self, closure) → new reference. */
  readonly get?: NativeFunction;
  /** (self, valueOr0, closure). */
  readonly set?: NativeFunction;
  readonly closure?: number;
  readonly doc?: string;
}

type NumberSlot = Exclude<keyof typeof import('@moult/abi').PyNumberMethods, 'SIZE' | 'nb_reserved'>;
type SequenceSlot = Exclude<
  keyof typeof import('@moult/abi').PySequenceMethods,
  'SIZE' | 'was_sq_slice' | 'was_sq_ass_slice'
>;
type MappingSlot = Exclude<keyof typeof import('@moult/abi').PyMappingMethods, 'SIZE'>;
type AsyncSlot = Exclude<keyof typeof import('@moult/abi').PyAsyncMethods, 'SIZE'>;
type BufferSlot = Exclude<keyof typeof import('@moult/abi').PyBufferProcs, 'SIZE'>;
type TypeSlot =
  | 'tp_dealloc'
  | 'tp_repr'
  | 'tp_hash'
  | 'tp_call'
  | 'tp_str'
  | 'tp_getattro'
  | 'tp_setattro'
  | 'tp_traverse'
  | 'tp_clear'
  | 'tp_richcompare'
  | 'tp_iter'
  | 'tp_iternext'
  | 'tp_descr_get'
  | 'tp_descr_set'
  | 'tp_init'
  | 'tp_alloc'
  | 'tp_new'
  | 'tp_free'
  | 'tp_is_gc'
  | 'tp_del'
  | 'tp_finalize'
  | 'tp_vectorcall';
export type SlotName = TypeSlot | NumberSlot | SequenceSlot | MappingSlot | AsyncSlot | BufferSlot;

export interface TypeSpec {
  /** Where the type lies (static.ts). */
  readonly address: number;
  /** tp_name: with the module for types outside builtins, such as `types.SimpleNamespace`. */
  readonly name: string;
  readonly basicsize: number;
  readonly itemsize?: number;
  /** tp_flags without READY and the inherited ones; Py_TPFLAGS_DEFAULT is added. */
  readonly flags: number;
  readonly base?: number;
  /** Its type, where that is not `type`: it must have room behind the slots for what the metatype adds. */
  readonly metatype?: number;
  readonly doc?: string;
  readonly slots: { readonly [name in SlotName]?: NativeFunction };
  readonly methods?: readonly MethodSpec[];
  readonly members?: readonly MemberSpec[];
  readonly getset?: readonly GetSetSpec[];
  readonly dictoffset?: number;
  readonly weaklistoffset?: number;
  readonly vectorcallOffset?: number;
}

/** Gives every native of the spec its number. Must run in the same order in every realm. */
export function linkType(spec: TypeSpec): void {
  for (const fn of Object.values(spec.slots)) fnptr(fn);
  for (const m of spec.methods ?? []) fnptr(m.fn);
  for (const g of spec.getset ?? []) {
    if (g.get !== undefined) fnptr(g.get);
    if (g.set !== undefined) fnptr(g.set);
  }
}

/** Writes a PyMethodDef[] ended by a zero row on the static segment; returns its address. */
export function writeMethods(methods: readonly MethodSpec[]): number {
  const table = staticAlloc((methods.length + 1) * PyMethodDef.SIZE);
  methods.forEach((m, i) => {
    const d = table + i * PyMethodDef.SIZE;
    setPtr(d + PyMethodDef.ml_name, staticString(m.name));
    setPtr(d + PyMethodDef.ml_meth, fnptr(m.fn));
    setI32(d + PyMethodDef.ml_flags, m.flags);
    setPtr(d + PyMethodDef.ml_doc, m.doc === undefined ? 0 : staticString(m.doc));
  });
  return table;
}

function writeMembers(members: readonly MemberSpec[]): number {
  const table = staticAlloc((members.length + 1) * PyMemberDef.SIZE);
  members.forEach((m, i) => {
    const d = table + i * PyMemberDef.SIZE;
    setPtr(d + PyMemberDef.name, staticString(m.name));
    setI32(d + PyMemberDef.type, m.type);
    setPtr(d + PyMemberDef.offset, m.offset);
    setI32(d + PyMemberDef.flags, m.flags);
    setPtr(d + PyMemberDef.doc, m.doc === undefined ? 0 : staticString(m.doc));
  });
  return table;
}

export function writeGetSets(getset: readonly GetSetSpec[]): number {
  const table = staticAlloc((getset.length + 1) * PyGetSetDef.SIZE);
  getset.forEach((g, i) => {
    const d = table + i * PyGetSetDef.SIZE;
    setPtr(d + PyGetSetDef.name, staticString(g.name));
    setPtr(d + PyGetSetDef.get, g.get === undefined ? 0 : fnptr(g.get));
    setPtr(d + PyGetSetDef.set, g.set === undefined ? 0 : fnptr(g.set));
    setPtr(d + PyGetSetDef.doc, g.doc === undefined ? 0 : staticString(g.doc));
    setPtr(d + PyGetSetDef.closure, g.closure ?? 0);
  });
  return table;
}

/** Slot name → the table it lies in and its offset there. */
export function slotPlace(name: SlotName): {
  table: 'type' | 'as_async' | 'as_number' | 'as_mapping' | 'as_sequence' | 'as_buffer';
  offset: number;
} {
  if (name.startsWith('nb_')) return { table: 'as_number', offset: NB[name as NumberSlot] };
  if (name.startsWith('sq_')) return { table: 'as_sequence', offset: SQ[name as SequenceSlot] };
  if (name.startsWith('mp_')) return { table: 'as_mapping', offset: MP[name as MappingSlot] };
  if (name.startsWith('am_')) return { table: 'as_async', offset: AM[name as AsyncSlot] };
  if (name.startsWith('bf_')) return { table: 'as_buffer', offset: BF[name as BufferSlot] };
  return { table: 'type', offset: PyTypeObject[name as TypeSlot] };
}
import {
  PyAsyncMethods as AM,
  PyBufferProcs as BF,
  PyMappingMethods as MP,
  PyNumberMethods as NB,
  PySequenceMethods as SQ,
} from '@moult/abi';

const POINTERS = {
  as_async: 'tp_as_async',
  as_number: 'tp_as_number',
  as_mapping: 'tp_as_mapping',
  as_sequence: 'tp_as_sequence',
  as_buffer: 'tp_as_buffer',
} as const;

const IMMORTAL = -1;
/** Py_TPFLAGS_DEFAULT | IMMUTABLETYPE | _Py_TPFLAGS_STATIC_BUILTIN. */
const STATIC_FLAGS = (1 << 18) | (1 << 8) | (1 << 1);

/** Calls of types make an argument tuple up to 3.8; 3.9 spared it for these. */
const VECTORCALL_39 = ['range', 'tuple', 'list', 'dict', 'set', 'frozenset', 'type'];

function hasVectorcall(type: string): boolean {
  return i32(POLICY) >= 310 || (i32(POLICY) === 309 && VECTORCALL_39.includes(type));
}

/** Py_TPFLAGS_HEAPTYPE | IMMUTABLETYPE. */
const HEAP_FLAGS = (1 << 9) | (1 << 8);

/**
 * Types that CPython makes on the heap (PyType_FromSpec). Here they lie where static types do, in a row that has room for a
 * PyHeapTypeObject and, before it, a collector's head; counted, tracked, held by their instances. Versions before made static types of most.
 */
export function isHeapSpec(spec: TypeSpec): boolean {
  return i32(POLICY) >= 312 && HEAP_TYPES.test(spec.name);
}
const HEAP_TYPES =
  /^((itertools|functools|operator|collections|_collections|_io|_abc|_thread|posix|re|_sre|_struct|_tokenize)\.|typing\.(TypeVar|TypeVarTuple|ParamSpec|ParamSpecArgs|ParamSpecKwargs)$)/;

/** Lays the type down as C's initialised data would have it; PyType_Ready does the rest. */
export function writeType(spec: TypeSpec): void {
  const t = spec.address;
  const heap = isHeapSpec(spec);
  setPtr(t, i32(POLICY) >= 312 && !heap ? IMMORTAL : 1);
  setPtr(t + 8, spec.metatype ?? PyType_Type);
  setPtr(t + PyTypeObject.tp_name, staticString(spec.name));
  setPtr(t + PyTypeObject.tp_basicsize, spec.basicsize);
  setPtr(t + PyTypeObject.tp_itemsize, spec.itemsize ?? 0);
  setPtr(t + PyTypeObject.tp_flags, spec.flags | (heap ? HEAP_FLAGS : STATIC_FLAGS));
  setPtr(t + PyTypeObject.tp_doc, spec.doc === undefined ? 0 : staticString(spec.doc));
  setPtr(t + PyTypeObject.tp_base, spec.base ?? 0);
  setPtr(t + PyTypeObject.tp_dictoffset, spec.dictoffset ?? 0);
  setPtr(t + PyTypeObject.tp_weaklistoffset, spec.weaklistoffset ?? 0);
  setPtr(t + PyTypeObject.tp_vectorcall_offset, spec.vectorcallOffset ?? 0);
  for (const [name, fn] of Object.entries(spec.slots)) {
    if (name === 'tp_vectorcall' && !hasVectorcall(spec.name)) continue;
    const { table, offset } = slotPlace(name as SlotName);
    if (table === 'type') setPtr(t + offset, fnptr(fn));
    else {
      setPtr(t + PyTypeObject[POINTERS[table]], t + PyHeapTypeObject[table]);
      setPtr(t + PyHeapTypeObject[table] + offset, fnptr(fn));
    }
  }
  if (spec.methods !== undefined) setPtr(t + PyTypeObject.tp_methods, writeMethods(spec.methods));
  if (spec.members !== undefined) setPtr(t + PyTypeObject.tp_members, writeMembers(spec.members));
  if (spec.getset !== undefined) setPtr(t + PyTypeObject.tp_getset, writeGetSets(spec.getset));
}
