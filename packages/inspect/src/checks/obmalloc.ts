// The allocator's invariants: arena vector, pools, free lists, rings of used pools, the order of usable arenas, nfp2lasta, and the
// radix tree of arenas (Objects/obmalloc.c).
import {
  _obmalloc_state,
  arena_object,
  MAX_POOLS_IN_ARENA,
  NB_SMALL_SIZE_CLASSES,
  POOL_OVERHEAD,
  pool_header,
} from '@moult/abi';
import type { Reader } from '../reader.ts';
import { hex } from '../values/describe.ts';
import {
  allocatorState,
  type Arena,
  arenaSizeOf,
  arenas,
  freeBlocks,
  type Pool,
  poolSizeOf,
  poolsOf,
  sizeOfClass,
} from '../walk/pools.ts';
import type { Findings } from './findings.ts';

const S = _obmalloc_state;

export function checkObmalloc(reader: Reader, found: Findings): void {
  const state = allocatorState(reader);
  if (state === 0) return;
  const all = arenas(reader);
  const partial = new Map<number, Pool>();
  for (const arena of all) {
    for (const pool of poolsOf(reader, arena)) {
      checkPool(reader, pool, found);
      if (pool.state === 'used') partial.set(pool.address, pool);
    }
    checkFreePools(reader, arena, found);
  }
  checkUsedRings(reader, state, partial, found);
  checkUsableArenas(reader, state, all, found);
  checkUnusedArenaObjects(reader, state, found);
  const said = reader.ptr(state + S.mgmt_narenas_currently_allocated);
  if (said !== all.length)
    found.add(state, `narenas_currently_allocated is ${said}, ${all.length} arenas have an address`);
  if (reader.target.radixTree !== false) checkRadixTree(reader, state, all, found);
}

function checkPool(reader: Reader, pool: Pool, found: Findings): void {
  if (pool.state === 'empty') return;
  const { address, blockSize, capacity, count } = pool;
  if (capacity === 0) {
    found.add(address, `a pool with ${count} blocks has the size class ${pool.sizeClass}`);
    return;
  }
  const next = reader.u32(address + pool_header.nextoffset);
  const max = reader.u32(address + pool_header.maxnextoffset);
  if (count > capacity) found.add(address, `a pool of ${capacity} blocks counts ${count} in use`);
  if (max !== poolSizeOf(reader) - blockSize)
    found.add(address, `maxnextoffset is ${max} in a pool of ${blockSize}-byte blocks`);
  if (next < POOL_OVERHEAD || (next - POOL_OVERHEAD) % blockSize !== 0 || next > max + blockSize) {
    found.add(address, `nextoffset is ${next} in a pool of ${blockSize}-byte blocks`);
  }
  if (reader.u32(address + pool_header.arenaindex) !== pool.arena.index) {
    found.add(
      address,
      `a pool of arena ${pool.arena.index} names arena ${reader.u32(address + pool_header.arenaindex)}`,
    );
  }
  const free = freeBlocks(reader, pool);
  const distinct = new Set(free);
  if (distinct.size !== free.length) found.add(address, 'a free list runs in a circle');
  for (const block of distinct) {
    const offset = block - address - POOL_OVERHEAD;
    if (offset % blockSize !== 0 || block - address >= next) {
      found.add(block, `the free list of the pool at ${hex(address)} holds what is no block`);
    }
    const link = reader.ptr(block);
    if (link !== 0 && (link < address || link >= address + poolSizeOf(reader))) {
      found.add(block, `a free block points to ${hex(link)}, outside its pool (written after it was freed?)`);
    }
  }
  if (distinct.size + count !== pool.carved) {
    found.add(address, `${pool.carved} blocks were carved, but ${count} are in use and ${distinct.size} free`);
  }
}

function checkFreePools(reader: Reader, arena: Arena, found: Findings): void {
  const poolSize = poolSizeOf(reader);
  const expected = arena.firstPool === arena.address ? MAX_POOLS_IN_ARENA : MAX_POOLS_IN_ARENA - 1;
  if (arena.totalPools !== expected) found.add(arena.object, `an arena of ${expected} pools says ${arena.totalPools}`);
  const seen = new Set<number>();
  let pool = reader.ptr(arena.object + arena_object.freepools);
  while (pool !== 0 && !seen.has(pool)) {
    if (pool < arena.firstPool || pool >= arena.carved || (pool - arena.firstPool) % poolSize !== 0) {
      found.add(arena.object, `the list of free pools holds ${hex(pool)}, no pool of the arena`);
      return;
    }
    seen.add(pool);
    if (reader.u32(pool + pool_header.ref) !== 0) found.add(pool, 'a pool on the list of free pools has blocks in use');
    pool = reader.ptr(pool + pool_header.nextpool);
  }
  if (pool !== 0) found.add(arena.object, 'the list of free pools runs in a circle');
  const empty = poolsOf(reader, arena).filter((p) => p.state === 'empty').length;
  if (empty !== seen.size)
    found.add(arena.object, `${empty} pools are empty, ${seen.size} are on the list of free pools`);
  const uncarved = expected - Math.round((arena.carved - arena.firstPool) / poolSize);
  if (arena.freePools !== seen.size + uncarved) {
    found.add(arena.object, `nfreepools is ${arena.freePools}, ${seen.size} are listed and ${uncarved} not carved`);
  }
}

/** usedpools[2i] and [2i + 1] are the links of a pool header that would begin 16 bytes before. */
function checkUsedRings(reader: Reader, state: number, partial: ReadonlyMap<number, Pool>, found: Findings): void {
  const listed = new Set<number>();
  for (let sizeClass = 0; sizeClass < NB_SMALL_SIZE_CLASSES; sizeClass++) {
    const head = state + sizeClass * 16 - pool_header.nextpool;
    let previous = head;
    let pool = reader.ptr(head + pool_header.nextpool);
    while (pool !== head) {
      const info = partial.get(pool);
      if (!info || listed.has(pool)) {
        found.add(pool, `the ring of ${sizeOfClass(sizeClass)}-byte pools holds what is no partly used pool`);
        return;
      }
      listed.add(pool);
      if (info.sizeClass !== sizeClass)
        found.add(pool, `a pool of class ${info.sizeClass} is in the ring of ${sizeClass}`);
      if (reader.ptr(pool + pool_header.prevpool) !== previous) found.add(pool, 'prevpool is not the pool before it');
      previous = pool;
      pool = reader.ptr(pool + pool_header.nextpool);
    }
    if (reader.ptr(head + pool_header.prevpool) !== previous) {
      found.add(head, `the ring of ${sizeOfClass(sizeClass)}-byte pools is not closed`);
    }
  }
  for (const address of partial.keys()) {
    if (!listed.has(address)) found.add(address, 'a partly used pool is in no ring');
  }
}

function checkUsableArenas(reader: Reader, state: number, all: readonly Arena[], found: Findings): void {
  const byObject = new Map(all.map((a) => [a.object, a]));
  const last = new Map<number, number>();
  const seen = new Set<number>();
  let previous = 0;
  let fewest = 0;
  let object = reader.ptr(state + S.mgmt_usable_arenas);
  while (object !== 0) {
    const arena = byObject.get(object);
    if (!arena || seen.has(object)) {
      found.add(object, 'the list of usable arenas holds what is no arena');
      return;
    }
    seen.add(object);
    if (arena.freePools === 0) found.add(object, 'a usable arena has no free pool');
    if (arena.freePools < fewest) found.add(object, 'the usable arenas are not sorted by their free pools');
    if (reader.ptr(object + arena_object.prevarena) !== previous)
      found.add(object, 'prevarena is not the arena before it');
    fewest = arena.freePools;
    last.set(arena.freePools, object);
    previous = object;
    object = reader.ptr(object + arena_object.nextarena);
  }
  for (const arena of all) {
    if (arena.freePools > 0 && !seen.has(arena.object))
      found.add(arena.object, 'an arena with free pools is not usable');
  }
  for (let n = 1; n <= MAX_POOLS_IN_ARENA; n++) {
    const said = reader.ptr(state + S.mgmt_nfp2lasta + n * 8);
    if (said !== (last.get(n) ?? 0)) {
      found.add(
        state + S.mgmt_nfp2lasta + n * 8,
        `nfp2lasta[${n}] is ${hex(said)}, the last such arena ${hex(last.get(n) ?? 0)}`,
      );
    }
  }
}

function checkUnusedArenaObjects(reader: Reader, state: number, found: Findings): void {
  const vector = reader.ptr(state + S.mgmt_arenas);
  const count = reader.u32(state + S.mgmt_maxarenas);
  let free = 0;
  for (let i = 0; i < count; i++) if (reader.ptr(vector + i * arena_object.SIZE) === 0) free++;
  const seen = new Set<number>();
  let object = reader.ptr(state + S.mgmt_unused_arena_objects);
  while (object !== 0 && !seen.has(object)) {
    if (object < vector || object >= vector + count * arena_object.SIZE || reader.ptr(object) !== 0) {
      found.add(object, 'the list of unused arena objects holds one in use');
      return;
    }
    seen.add(object);
    object = reader.ptr(object + arena_object.nextarena);
  }
  if (seen.size !== free) found.add(state, `${free} arena objects are unused, ${seen.size} are on their list`);
}

function checkRadixTree(reader: Reader, state: number, all: readonly Arena[], found: Findings): void {
  const size = arenaSizeOf(reader);
  const coverage = (address: number): number => {
    const top = Math.floor(address / 2 ** 49);
    const middle = Math.floor(address / 2 ** 34) % 2 ** 15;
    const bottom = Math.floor(address / 2 ** 20) % 2 ** 14;
    const mid = reader.ptr(state + S.usage_arena_map_root_ptrs + top * 8);
    const bot = mid === 0 ? 0 : reader.ptr(mid + middle * 8);
    return bot === 0 ? 0 : bot + bottom * 8;
  };
  for (const arena of all) {
    const tail = arena.address % size;
    const high = coverage(arena.address);
    if (high === 0 || reader.i32(high) !== (tail === 0 ? -1 : tail)) {
      found.add(arena.address, 'the radix tree does not know the arena');
    }
    if (tail === 0) continue;
    const low = coverage(arena.address + size);
    if (low === 0 || reader.i32(low + 4) !== tail)
      found.add(arena.address, "the radix tree does not know the arena's tail");
  }
}
