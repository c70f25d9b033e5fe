/** What a reader outside (packages/inspect) needs to know of this process's bytes: where things of the engine's own lie. */
import { ARENA_SIZE_WORD, POOL_SIZE_WORD, RADIX_TREE_WORD } from '../memory/layout.ts';
import { BRK_BASE, i32, mem, NATIVE_SP, NATIVE_STACK, OBMALLOC_STATE, STATIC_TYPES } from '../memory/linear.ts';
import { CLEARING_FRAME } from '../vm/state.ts';

export interface ProcessView {
  /** The whole block: a process's address is the offset. */
  readonly buffer: ArrayBufferLike;
  readonly nativeStack: { readonly base: number; readonly pointer: number };
  readonly clearingFrame: number;
  readonly staticRanges: readonly (readonly [from: number, to: number])[];
  readonly obmalloc: number;
  readonly poolSize: number;
  readonly arenaSize: number;
  readonly radixTree: boolean;
}

export function processView(): ProcessView {
  return {
    buffer: mem.buffer,
    nativeStack: { base: NATIVE_STACK, pointer: NATIVE_SP },
    clearingFrame: CLEARING_FRAME,
    staticRanges: [[STATIC_TYPES, BRK_BASE]],
    obmalloc: OBMALLOC_STATE,
    poolSize: i32(POOL_SIZE_WORD),
    arenaSize: i32(ARENA_SIZE_WORD),
    radixTree: i32(RADIX_TREE_WORD) !== 0,
  };
}
