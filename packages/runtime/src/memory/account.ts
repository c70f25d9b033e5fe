/** Setting up the allocators from zeroed memory, the memory limit, and what they say about themselves. */

import { BRK_BASE, MMAP_BASE, i32, ptr, setI32, setPtr } from './linear.ts';
import * as L from './layout.ts';
import { usedpool } from './obmalloc.ts';

/** Sets up all allocator state. The memory must be zero from BRK_BASE on, and so must the two state blocks. */
export function memoryInit(policy: L.MemoryPolicy = L.MEMORY_POLICY_3_10): void {
  if (policy.arenaSize / policy.poolSize !== L.MAX_POOLS_IN_ARENA) {
    throw new RangeError(`an arena must have ${L.MAX_POOLS_IN_ARENA} pools`);
  }
  if (policy.radixTree && (policy.poolSize !== 0x4000 || policy.arenaSize !== 0x100000)) {
    throw new RangeError('with the radix tree, pools have 16 KiB and arenas 1 MiB');
  }
  setI32(L.POOL_SIZE_WORD, policy.poolSize);
  setI32(L.ARENA_SIZE_WORD, policy.arenaSize);
  setI32(L.RADIX_TREE_WORD, policy.radixTree ? 1 : 0);
  setI32(L.KEEP_EMPTY_WORD, policy.keepEmptyArena ? 1 : 0);
  setI32(L.SMALL_LIMIT_WORD, L.SMALL_REQUEST_THRESHOLD);
  setMemoryLimit(policy.memoryLimit);
  setI32(L.BRK_WORD, BRK_BASE);
  setI32(L.TOP_WORD, BRK_BASE);
  setI32(L.TOP_HIGH_WORD, BRK_BASE);
  setI32(L.MMAP_TOP_WORD, MMAP_BASE);
  setI32(L.MMAP_HIGH_WORD, MMAP_BASE);
  for (let i = 0; i < L.NB_SMALL_SIZE_CLASSES; i++) {
    setPtr(usedpool(i) + L.POOL_NEXT, usedpool(i));
    setPtr(usedpool(i) + L.POOL_PREV, usedpool(i));
  }
}

/** From now on an allocation fails that would bring the bytes of arenas and raw blocks above `limit`. */
export function setMemoryLimit(limit: number): void {
  setI32(L.LIMIT_WORD, Math.max(0, Math.min(limit, 0x7fff0000)));
}

export function memoryLimit(): number {
  return i32(L.LIMIT_WORD);
}

/** The arena_objects that stand for an allocated arena, in the order of `arenas`. */
export function arenaObjects(): number[] {
  const out: number[] = [];
  const arenas = ptr(L.ARENAS);
  for (let i = 0; i < i32(L.MAXARENAS); i++) {
    const ao = arenas + i * L.ARENA_OBJECT_SIZE;
    if (ptr(ao + L.ARENA_ADDRESS) !== 0) out.push(ao);
  }
  return out;
}

/** sys.getallocatedblocks(): blocks of pymalloc in use, and larger ones of the mem and object domains. */
export function _PyInterpreterState_GetAllocatedBlocks(): number {
  const poolSize = i32(L.POOL_SIZE_WORD);
  let n = i32(L.RAW_ALLOCATED_BLOCKS);
  for (const ao of arenaObjects()) {
    const end = ptr(ao + L.ARENA_POOL_ADDRESS);
    for (let pool = ptr(ao + L.ARENA_ADDRESS); pool < end; pool += poolSize) n += i32(pool + L.POOL_COUNT);
  }
  return n;
}

export { _PyInterpreterState_GetAllocatedBlocks as _Py_GetGlobalAllocatedBlocks };

export interface MemoryUse {
  /** Bytes that count against the limit: in-use chunks of the raw heap, and mappings (arenas, large blocks, stacks). */
  readonly bytes: number;
  readonly rawBytes: number;
  readonly mappedBytes: number;
  readonly peakBytes: number;
  readonly limit: number;
  /** Raw blocks, with those that CPython does not count (the arena vector, the tree's nodes, PyMem_RawMalloc). */
  readonly rawBlocks: number;
  readonly arenas: number;
  readonly arenasEver: number;
  readonly arenasHighwater: number;
  readonly brk: number;
  readonly mmapTop: number;
  readonly mmapHigh: number;
}

export function memoryUse(): MemoryUse {
  return {
    bytes: i32(L.RAW_BYTES_WORD) + i32(L.MMAP_BYTES_WORD),
    rawBytes: i32(L.RAW_BYTES_WORD),
    mappedBytes: i32(L.MMAP_BYTES_WORD),
    peakBytes: i32(L.PEAK_BYTES_WORD),
    limit: i32(L.LIMIT_WORD),
    rawBlocks: i32(L.RAW_BLOCKS_WORD),
    arenas: i32(L.NARENAS_CURRENTLY_ALLOCATED),
    arenasEver: i32(L.NTIMES_ARENA_ALLOCATED),
    arenasHighwater: i32(L.NARENAS_HIGHWATER),
    brk: i32(L.BRK_WORD),
    mmapTop: i32(L.MMAP_TOP_WORD),
    mmapHigh: i32(L.MMAP_HIGH_WORD),
  };
}
