/** What a reader outside (packages/inspect) needs to know of this process's bytes: where things of the engine's own lie. */
import { PyThreadState, PyCodeObject, _PyInterpreterFrame, FRAME_OWNED_BY_CSTACK } from '@moult/abi';
import { LIST_COUNT, LISTS, WRCB_TO_CALL } from '../gc/lists.ts';
import { ARENA_SIZE_WORD, POOL_SIZE_WORD, RADIX_TREE_WORD } from '../memory/layout.ts';
import {
  BRK_BASE,
  bytes,
  i32,
  mem,
  memory,
  NATIVE_SP,
  NATIVE_STACK,
  OBMALLOC_STATE,
  u8,
  CURRENT_TSTATE,
} from '../memory/linear.ts';
import { usedRanges } from '../memory/snapshot.ts';
import { BODY, DICT } from '../modules/iobase.ts';
import { type RecordSpec, REF } from '../modules/records.ts';
import { moduleTypes } from '../modules/table.ts';
import { _Py_NoneStruct } from '../objects/static.ts';
import { isHeapSpec } from '../objects/spec.ts';
import { allTypeSpecs } from '../objects/types.ts';
import { CLEARING_FRAME, PREV_INSTR } from '../vm/state.ts';
import { isWhole } from './state.ts';

export { type CollectorWork, collectorWork } from '../gc/stats.ts';

export interface ProcessView {
  /** The whole block: a process's address is the offset. */
  readonly buffer: ArrayBufferLike;
  readonly nativeStack: { readonly base: number; readonly pointer: number };
  readonly clearingFrame: number;
  /** The heads of the lists that a running collection uses. */
  readonly collectorLists: readonly number[];
  /** Of these, the list whose members it owns: weak references whose callbacks wait. */
  readonly owningLists: readonly number[];
  readonly staticRanges: readonly (readonly [from: number, to: number])[];
  /** The static types of modules: not every one is in a module's dict. */
  readonly staticTypes: readonly number[];
  readonly obmalloc: number;
  readonly poolSize: number;
  readonly arenaSize: number;
  readonly radixTree: boolean;
  /** What the incremental collector adds to _gc_next of objects that it has visited: the high word's 1. */
  readonly visitedMark: number;
  /** What is added to a reference that a frame's slot only borrows: the high word's 1. */
  readonly borrowedMark: number;
  /** Types whose structs are not CPython's, by tp_name: the slots that own references. */
  readonly layouts: ReadonlyMap<string, readonly { readonly label: string; readonly offset: number }[]>;
}

const dict = { label: 'dict', offset: DICT };
const raw = { label: 'raw', offset: BODY };
const buffered = [raw, dict];
const textio = [
  { label: 'buffer', offset: BODY },
  { label: 'encoding', offset: BODY + 8 },
  { label: 'errors', offset: BODY + 16 },
  { label: 'pending_bytes', offset: BODY + 24 },
  dict,
];

/** Types of ours that are records of references (modules/records.ts). */
function recordLayouts(): [string, { label: string; offset: number }[]][] {
  const records = (moduleTypes() as Partial<RecordSpec>[]).filter((spec) => spec.refs !== undefined);
  return records.map(({ name, refs }) => [
    name as string,
    Array.from({ length: refs as number }, (_, i) => ({ label: `reference ${i}`, offset: REF(i) })),
  ]);
}

export function processView(): ProcessView {
  return {
    buffer: mem.buffer,
    nativeStack: { base: NATIVE_STACK, pointer: NATIVE_SP },
    clearingFrame: CLEARING_FRAME,
    collectorLists: Array.from({ length: LIST_COUNT }, (_, i) => LISTS + i * 16),
    owningLists: [WRCB_TO_CALL],
    staticRanges: [[_Py_NoneStruct, BRK_BASE]],
    staticTypes: [...allTypeSpecs().filter(isHeapSpec), ...moduleTypes()].map((spec) => spec.address),
    obmalloc: OBMALLOC_STATE,
    poolSize: i32(POOL_SIZE_WORD),
    arenaSize: i32(ARENA_SIZE_WORD),
    radixTree: i32(RADIX_TREE_WORD) !== 0,
    visitedMark: 2 ** 32,
    borrowedMark: 2 ** 32,
    layouts: new Map([
      ...recordLayouts(),
      ['_io.FileIO', [dict]],
      ['_io.BufferedReader', buffered],
      ['_io.BufferedWriter', buffered],
      ['_io.BufferedRandom', buffered],
      ['_io.TextIOWrapper', textio],
      ['_io.StringIO', [dict]],
      ['_io.BytesIO', [dict]],
    ]),
  };
}

/** The bytes themselves, for whoever keeps and puts back whole pages of them (packages/recorder). */
export interface ProcessMemory {
  /** The WebAssembly.Memory that holds them. */
  readonly memory: object;
  readonly bytes: Uint8Array;
  /** The words that hold the running thread, and the instruction that ran before in its frame (tracing build). */
  readonly thread: number;
  readonly previous: number;
  /** Every byte that may be other than zero, as disjoint ranges in address order. */
  usedRanges(): readonly (readonly [from: number, to: number])[];
  /** Is all of the process in its bytes, so that it can go on from them? Not while a native call is half done. */
  isWhole(): boolean;
}

export function processMemory(): ProcessMemory {
  return { memory, bytes, thread: CURRENT_TSTATE, previous: PREV_INSTR, usedRanges, isWhole };
}

/** The code object and the byte offset of what the thread runs; 0 where it runs no Python code. */
export function currentInstruction(): { code: number; offset: number } {
  for (
    let f = i32(i32(CURRENT_TSTATE) + PyThreadState.current_frame);
    f > 0;
    f = i32(f + _PyInterpreterFrame.previous)
  ) {
    if (u8(f + _PyInterpreterFrame.owner) === FRAME_OWNED_BY_CSTACK) continue;
    const code = i32(f + _PyInterpreterFrame.f_executable);
    return { code, offset: i32(f + _PyInterpreterFrame.instr_ptr) - code - PyCodeObject.co_code_adaptive };
  }
  return { code: 0, offset: 0 };
}
