/**
 * Native types that are records of references: one helper makes their deallocation, traversal and clearing. As static types
 * they leave a subclass's own type to subtype_dealloc and subtype_traverse.
 *
 *   +16 … the references, 8 bytes each, then words of ours
 */
import { PyTypeObject, Py_TPFLAGS_BASETYPE, Py_TPFLAGS_HAVE_GC, Py_TPFLAGS_HEAPTYPE } from '@moult/abi';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32 } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { Py_CLEAR, type Ref } from '../objects/object.ts';
import { PyObject_GenericGetAttr, PyObject_SelfIter } from '../objects/objectattr.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { PyObject_ClearWeakRefs } from '../objects/weakrefobject.ts';

type Visit = (op: Ref, arg: number) => void;

/** An instance holds its type where that is on the heap. */
export function visitType(self: Ref, visit: Visit, arg: number): void {
  const type = i32(self + 8);
  if ((i32(type + PyTypeObject.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0) visit(type, arg);
}
export interface RecordOptions {
  readonly address: number;
  readonly name: string;
  /** How many references from +16 on. */
  readonly refs: number;
  /** Words behind the references, 8 bytes each. */
  readonly words?: number;
  readonly base?: boolean;
  readonly dict?: boolean;
  readonly weak?: boolean;
  readonly doc?: string;
  readonly slots: TypeSpec['slots'];
  readonly methods?: TypeSpec['methods'];
  readonly members?: TypeSpec['members'];
  readonly getset?: TypeSpec['getset'];
  /** Before the references go. */
  readonly onClear?: (self: Ref) => void;
}
/** Offset of reference i. */
export const REF = (i: number): number => 16 + (i << 3);

/** A record's spec also says how many references it has, its dict's included. */
export interface RecordSpec extends TypeSpec {
  readonly refs: number;
}
export function record(o: RecordOptions): RecordSpec {
  const refs = o.refs + (o.dict ? 1 : 0);
  const dict = o.dict ? REF(o.refs) : 0;
  const weak = o.weak ? REF(refs) : 0;
  const basicsize = REF(refs) + (o.weak ? 8 : 0) + (o.words ?? 0) * 8;
  function record_dealloc(self: Ref): void {
    PyObject_GC_UnTrack(self);
    if (weak !== 0 && i32(self + weak) !== 0) PyObject_ClearWeakRefs(self);
    o.onClear?.(self);
    for (let i = 0; i < refs; i++) Py_CLEAR(self + REF(i));
    const type = i32(self + 8);
    (text[i32(type + PyTypeObject.tp_free)] as NativeFunction)(self);
  }
  function record_traverse(self: Ref, visit: Visit, arg: number): void {
    for (let i = 0; i < refs; i++) {
      const r = i32(self + REF(i));
      if (r !== 0) visit(r, arg);
    }
  }
  function record_clear(self: Ref): void {
    for (let i = 0; i < refs; i++) Py_CLEAR(self + REF(i));
  }
  return {
    refs,
    address: o.address,
    name: o.name,
    basicsize,
    flags: Py_TPFLAGS_HAVE_GC | (o.base === false ? 0 : Py_TPFLAGS_BASETYPE),
    ...(dict === 0 ? {} : { dictoffset: dict }),
    ...(weak === 0 ? {} : { weaklistoffset: weak }),
    ...(o.doc === undefined ? {} : { doc: o.doc }),
    ...(o.methods === undefined ? {} : { methods: o.methods }),
    ...(o.members === undefined ? {} : { members: o.members }),
    ...(o.getset === undefined ? {} : { getset: o.getset }),
    slots: {
      tp_dealloc: record_dealloc,
      tp_traverse: record_traverse,
      tp_clear: record_clear,
      tp_getattro: PyObject_GenericGetAttr,
      ...(o.slots.tp_iternext === undefined ? {} : { tp_iter: PyObject_SelfIter }),
      ...o.slots,
    },
  };
}
/** Where the words of such a record begin. */
export const wordsAt = (o: { refs: number; dict?: boolean; weak?: boolean }): number =>
  REF(o.refs + (o.dict ? 1 : 0)) + (o.weak ? 8 : 0);
