// pymalloc from outside: arenas, their pools, the blocks of a pool, used and free (Objects/obmalloc.c).
import {
  _obmalloc_state,
  ARENA_SIZE,
  arena_object,
  DUMMY_SIZE_IDX,
  NB_SMALL_SIZE_CLASSES,
  POOL_OVERHEAD,
  POOL_SIZE,
  pool_header,
  PyInterpreterState,
} from '@moult/abi';
import type { Reader } from '../reader.ts';

export interface Arena {
  readonly object: number;
  readonly index: number;
  readonly address: number;
  /** Where the first whole pool lies. */
  readonly firstPool: number;
  /** The end of the pools that were ever handed out. */
  readonly carved: number;
  readonly freePools: number;
  readonly totalPools: number;
}

export type PoolState = 'empty' | 'used' | 'full';
export interface Pool {
  readonly address: number;
  readonly arena: Arena;
  readonly sizeClass: number;
  readonly blockSize: number;
  /** Blocks in use. */
  readonly count: number;
  readonly capacity: number;
  /** Blocks handed out at least once since the pool took its size. */
  readonly carved: number;
  readonly state: PoolState;
}

export function allocatorState(reader: Reader): number {
  return reader.target.obmalloc ?? reader.ptr(reader.target.interp + PyInterpreterState.obmalloc);
}
export function poolSizeOf(reader: Reader): number {
  return reader.target.poolSize ?? POOL_SIZE;
}
export function arenaSizeOf(reader: Reader): number {
  return reader.target.arenaSize ?? ARENA_SIZE;
}

export function sizeOfClass(sizeClass: number): number {
  return (sizeClass + 1) * 16;
}

export function arenas(reader: Reader): Arena[] {
  const state = allocatorState(reader);
  if (state === 0) return [];
  const vector = reader.ptr(state + _obmalloc_state.mgmt_arenas);
  const count = reader.u32(state + _obmalloc_state.mgmt_maxarenas);
  const poolSize = poolSizeOf(reader);
  const found: Arena[] = [];
  for (let index = 0; index < count; index++) {
    const object = vector + index * arena_object.SIZE;
    const address = reader.ptr(object + arena_object.address);
    if (address === 0) continue;
    found.push({
      object,
      index,
      address,
      firstPool: Math.ceil(address / poolSize) * poolSize,
      carved: reader.ptr(object + arena_object.pool_address),
      freePools: reader.u32(object + arena_object.nfreepools),
      totalPools: reader.u32(object + arena_object.ntotalpools),
    });
  }
  return found.sort((a, b) => a.address - b.address);
}

/** The pools of an arena that were ever handed out, in the order of their addresses. */
export function poolsOf(reader: Reader, arena: Arena): Pool[] {
  const poolSize = poolSizeOf(reader);
  const pools: Pool[] = [];
  for (let address = arena.firstPool; address < arena.carved; address += poolSize) {
    pools.push(readPool(reader, arena, address));
  }
  return pools;
}

function readPool(reader: Reader, arena: Arena, address: number): Pool {
  const poolSize = poolSizeOf(reader);
  const sizeClass = reader.u32(address + pool_header.szidx);
  const count = reader.u32(address + pool_header.ref);
  const unused = sizeClass === DUMMY_SIZE_IDX || sizeClass >= NB_SMALL_SIZE_CLASSES;
  const blockSize = unused ? 0 : sizeOfClass(sizeClass);
  const capacity = unused ? 0 : Math.floor((poolSize - POOL_OVERHEAD) / blockSize);
  const next = reader.u32(address + pool_header.nextoffset);
  const carved = unused ? 0 : Math.min(capacity, Math.floor((next - POOL_OVERHEAD) / blockSize));
  const state = count === 0 ? 'empty' : count === capacity ? 'full' : 'used';
  return { address, arena, sizeClass, blockSize, count, capacity, carved, state };
}

/** The addresses on a pool's free list. A list that is broken is cut where it breaks. */
export function freeBlocks(reader: Reader, pool: Pool): number[] {
  const free: number[] = [];
  const end = pool.address + poolSizeOf(reader);
  let block = reader.ptr(pool.address + pool_header.freeblock);
  while (block !== 0 && free.length <= pool.capacity) {
    if (block < pool.address + POOL_OVERHEAD || block >= end) break;
    free.push(block);
    block = reader.ptr(block);
  }
  return free;
}

/** The addresses of the blocks in use. */
export function usedBlocks(reader: Reader, pool: Pool): number[] {
  if (pool.state === 'empty') return [];
  const free = new Set(freeBlocks(reader, pool));
  const used: number[] = [];
  for (let i = 0; i < pool.carved; i++) {
    const block = pool.address + POOL_OVERHEAD + i * pool.blockSize;
    if (!free.has(block)) used.push(block);
  }
  return used;
}

/** The pool that an address lies in, or null outside all arenas. Who asks often gives the arenas. */
export function poolAt(reader: Reader, address: number, all: readonly Arena[] = arenas(reader)): Pool | null {
  let low = 0;
  for (let high = all.length; low < high; ) {
    const middle = Math.floor((low + high) / 2);
    if (all[middle]!.firstPool <= address) low = middle + 1;
    else high = middle;
  }
  const arena = all[low - 1];
  if (arena === undefined || address >= arena.carved) return null;
  const size = poolSizeOf(reader);
  return readPool(reader, arena, arena.firstPool + Math.floor((address - arena.firstPool) / size) * size);
}

export interface SizeClassUse {
  readonly sizeClass: number;
  readonly blockSize: number;
  readonly pools: number;
  readonly blocksUsed: number;
  readonly blocksFree: number;
}

/** What `sys._debugmallocstats()` tables: pools and blocks for each size class in use. */
export function sizeClasses(reader: Reader): SizeClassUse[] {
  const rows = Array.from({ length: NB_SMALL_SIZE_CLASSES }, () => ({ pools: 0, used: 0, free: 0 }));
  for (const arena of arenas(reader)) {
    for (const pool of poolsOf(reader, arena)) {
      const row = rows[pool.sizeClass];
      if (pool.state === 'empty' || row === undefined) continue;
      row.pools++;
      row.used += pool.count;
      row.free += pool.capacity - pool.count;
    }
  }
  return rows.flatMap((row, sizeClass) =>
    row.pools === 0
      ? []
      : [
          {
            sizeClass,
            blockSize: sizeOfClass(sizeClass),
            pools: row.pools,
            blocksUsed: row.used,
            blocksFree: row.free,
          },
        ],
  );
}
