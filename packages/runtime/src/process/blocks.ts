/** Every block that is in use: what a finalized process should not have. */
import { arenaObjects } from '../memory/account.ts';
import * as L from '../memory/layout.ts';
import { BRK_BASE, i32, ptr } from '../memory/linear.ts';

export interface BlockInUse {
  readonly address: number;
  readonly size: number;
}

/** The blocks of pymalloc that are in use, pool by pool. */
export function pymallocBlocks(limit: number): BlockInUse[] {
  const out: BlockInUse[] = [];
  const poolSize = i32(L.POOL_SIZE_WORD);
  for (const ao of arenaObjects()) {
    const end = ptr(ao + L.ARENA_POOL_ADDRESS);
    for (let pool = ptr(ao + L.ARENA_ADDRESS); pool < end && out.length < limit; pool += poolSize) {
      if (i32(pool + L.POOL_COUNT) === 0) continue;
      const size = (i32(pool + L.POOL_SZIDX) + 1) * L.ALIGNMENT;
      const free = new Set<number>();
      for (let b = ptr(pool + L.POOL_FREEBLOCK); b !== 0; b = ptr(b)) free.add(b);
      const carved = i32(pool + L.POOL_NEXTOFFSET);
      for (let offset = L.POOL_OVERHEAD; offset < carved && out.length < limit; offset += size) {
        if (!free.has(pool + offset)) out.push({ address: pool + offset, size });
      }
    }
  }
  return out;
}

/** How many blocks are in use, without the allocator's own: the arena vector and the nodes of the address tree. */
export function countBlocks(): { readonly pymalloc: number; readonly raw: number } {
  const poolSize = i32(L.POOL_SIZE_WORD);
  let n = 0;
  for (const ao of arenaObjects()) {
    const end = ptr(ao + L.ARENA_POOL_ADDRESS);
    for (let pool = ptr(ao + L.ARENA_ADDRESS); pool < end; pool += poolSize) n += i32(pool + L.POOL_COUNT);
  }
  const own = (ptr(L.ARENAS) === 0 ? 0 : 1) + i32(L.ARENA_MAP_MID_COUNT) + i32(L.ARENA_MAP_BOT_COUNT);
  return { pymalloc: n, raw: i32(L.RAW_BLOCKS_WORD) - own };
}

/** Raw blocks of the heap that grows from BRK_BASE, without the arena vector; mappings of their own are not listed. */
export function rawBlocks(limit: number): BlockInUse[] {
  const out: BlockInUse[] = [];
  const top = i32(L.TOP_WORD);
  for (let c = BRK_BASE; c < top && out.length < limit; ) {
    const size = i32(c + 8) & -16;
    if (size <= 0) break;
    const used = (i32(c + size + 8) & 1) !== 0;
    const own = ptr(L.ARENAS) >= c + 16 && ptr(L.ARENAS) < c + size;
    if (used && !own) out.push({ address: c + 16, size: size - 8 });
    c += size;
  }
  return out;
}
