/** Checks every invariant of the allocators; each message names the broken one and its address. */

import { BRK_BASE, BRK_LIMIT, MEMORY_SIZE, MMAP_BASE, bytes, i32, ptr } from './linear.ts';
import * as L from './layout.ts';
import { mappedRanges } from './mmap.ts';
import { poolOf, usedpool } from './obmalloc.ts';
import { IS_MMAPPED, MIN_CHUNK, PREV_INUSE, binIndex } from './raw.ts';
import { arena_map_get, arena_map_is_used } from './usage.ts';

const hex = (p: number): string => '0x' + p.toString(16);

/** Collects messages; a corrupt heap must not fill memory with them. */
class Findings {
  readonly list: string[] = [];
  add(at: number, text: string): void {
    if (this.list.length < 100) this.list.push(`${hex(at)}: ${text}`);
  }
}

interface Arena {
  readonly ao: number;
  readonly index: number;
  readonly address: number;
  /** The end of its carved pools. */
  readonly carved: number;
}

export function checkAllocators(): string[] {
  const found = new Findings();
  const arenas = checkArenas(found);
  if (arenas !== null) {
    const state = checkPools(found, arenas);
    checkRings(found, state);
    checkUsable(found, arenas);
    checkUsage(found, arenas);
  }
  checkRaw(found);
  checkMmap(found, arenas ?? []);
  return found.list;
}

function checkArenas(found: Findings): Arena[] | null {
  const base = ptr(L.ARENAS);
  const count = i32(L.MAXARENAS);
  const size = i32(L.ARENA_SIZE_WORD);
  const poolSize = i32(L.POOL_SIZE_WORD);
  if (count < 0 || base < 0 || base + count * L.ARENA_OBJECT_SIZE > MEMORY_SIZE) {
    found.add(L.ARENAS, `the vector of ${count} arena_objects at ${hex(base)} is outside the memory`);
    return null;
  }
  const arenas: Arena[] = [];
  const unused = new Set<number>();
  for (let i = 0; i < count; i++) {
    const ao = base + i * L.ARENA_OBJECT_SIZE;
    const address = ptr(ao + L.ARENA_ADDRESS);
    if (address === 0) {
      unused.add(ao);
      continue;
    }
    const carved = ptr(ao + L.ARENA_POOL_ADDRESS);
    if (address % size !== 0 || address < MMAP_BASE || address + size > i32(L.MMAP_TOP_WORD)) {
      found.add(ao, `arena address ${hex(address)} is not an aligned mapping`);
      return null;
    }
    if (carved < address || carved > address + size || carved % poolSize !== 0) {
      found.add(ao, `pool_address ${hex(carved)} is outside arena ${hex(address)}`);
      return null;
    }
    arenas.push({ ao, index: i, address, carved });
    const free = i32(ao + L.ARENA_NFREEPOOLS);
    const total = i32(ao + L.ARENA_NTOTALPOOLS);
    if (total !== size / poolSize) found.add(ao, `ntotalpools is ${total}`);
    let listed = 0;
    for (let p = ptr(ao + L.ARENA_FREEPOOLS); p !== 0 && listed <= total; p = ptr(p + L.POOL_NEXT), listed++) {
      if (p < address || p >= carved || p % poolSize !== 0) {
        found.add(ao, `freepools holds ${hex(p)}, which is no carved pool of the arena`);
        break;
      }
      if (i32(p + L.POOL_COUNT) !== 0) found.add(p, `a free pool has ${i32(p + L.POOL_COUNT)} blocks in use`);
    }
    const virgin = (address + size - carved) / poolSize;
    if (listed + virgin !== free) {
      found.add(ao, `nfreepools is ${free}, but ${listed} pools are listed and ${virgin} never carved`);
    }
  }
  let n = 0;
  for (let ao = ptr(L.UNUSED_ARENA_OBJECTS); ao !== 0 && n <= count; ao = ptr(ao + L.ARENA_NEXT), n++) {
    if (!unused.delete(ao)) {
      found.add(ao, 'unused_arena_objects holds an arena_object twice, or one that is in use');
      break;
    }
  }
  for (const ao of unused) found.add(ao, 'an arena_object without an arena is not in unused_arena_objects');
  if (i32(L.NARENAS_CURRENTLY_ALLOCATED) !== arenas.length) {
    found.add(
      L.NARENAS_CURRENTLY_ALLOCATED,
      `says ${i32(L.NARENAS_CURRENTLY_ALLOCATED)} arenas, there are ${arenas.length}`,
    );
  }
  if (i32(L.NARENAS_HIGHWATER) < arenas.length) found.add(L.NARENAS_HIGHWATER, 'lower than the arenas there are');
  return arenas;
}

interface PoolState {
  readonly used: Map<number, number>;
}

/** Each pool's header and free list; returns the used pools with their classes. */
function checkPools(found: Findings, arenas: Arena[]): PoolState {
  const poolSize = i32(L.POOL_SIZE_WORD);
  const used = new Map<number, number>();
  for (const arena of arenas) {
    const free = new Set<number>();
    for (let p = ptr(arena.ao + L.ARENA_FREEPOOLS); p !== 0 && free.size <= 64; p = ptr(p + L.POOL_NEXT)) free.add(p);
    for (let pool = arena.address; pool < arena.carved; pool += poolSize) {
      const szidx = i32(pool + L.POOL_SZIDX);
      if (i32(pool + L.POOL_ARENAINDEX) !== arena.index) {
        found.add(pool, `arenaindex is ${i32(pool + L.POOL_ARENAINDEX)}, the arena is number ${arena.index}`);
      }
      if (szidx < 0 || szidx >= L.NB_SMALL_SIZE_CLASSES) {
        found.add(pool, `szidx is ${szidx}`);
        continue;
      }
      const size = (szidx + 1) << 4;
      const count = i32(pool + L.POOL_COUNT);
      const next = i32(pool + L.POOL_NEXTOFFSET);
      const max = i32(pool + L.POOL_MAXNEXTOFFSET);
      if (max !== poolSize - size) found.add(pool, `maxnextoffset is ${max}, should be ${poolSize - size}`);
      if (next < L.POOL_OVERHEAD + 2 * size || next > max + size || (next - L.POOL_OVERHEAD) % size !== 0) {
        found.add(pool, `nextoffset ${next} is out of bounds for blocks of ${size}`);
        continue;
      }
      const carved = (next - L.POOL_OVERHEAD) / size;
      const freeBlocks = checkFreeBlocks(found, pool, size, next, carved);
      if (freeBlocks + count !== carved) {
        found.add(pool, `ref.count is ${count}, but ${carved} blocks are carved and ${freeBlocks} free`);
      }
      if (count === 0) {
        if (!free.has(pool)) found.add(pool, 'an empty pool is not in freepools of its arena');
      } else if (freeBlocks > 0) {
        used.set(pool, szidx);
      } else if (next <= max) {
        found.add(pool, 'the free list is empty, but blocks are left to carve');
      }
    }
  }
  return { used };
}

/** The length of the free list of `pool`. */
function checkFreeBlocks(found: Findings, pool: number, size: number, next: number, carved: number): number {
  const seen = new Set<number>();
  for (let b = ptr(pool + L.POOL_FREEBLOCK); b !== 0; b = ptr(b)) {
    const offset = b - pool;
    if (offset < L.POOL_OVERHEAD || offset >= next || (offset - L.POOL_OVERHEAD) % size !== 0) {
      found.add(pool, `the free list holds ${hex(b)}, which is no carved block of the pool`);
      break;
    }
    if (seen.has(b) || seen.size > carved) {
      found.add(b, 'a block is in the free list twice');
      break;
    }
    if (i32(b + 4) !== 0) found.add(b, 'the link of a free block has a high word');
    seen.add(b);
  }
  return seen.size;
}

function checkRings(found: Findings, { used }: PoolState): void {
  for (let szidx = 0; szidx < L.NB_SMALL_SIZE_CLASSES; szidx++) {
    const ring = usedpool(szidx);
    let prev = ring;
    for (let p = ptr(ring + L.POOL_NEXT); p !== ring; p = ptr(p + L.POOL_NEXT)) {
      if (used.get(p) !== szidx) {
        found.add(
          ring + 16,
          `the ring of class ${szidx} holds ${hex(p)}, which is no used pool of it, or holds it twice`,
        );
        return;
      }
      if (ptr(p + L.POOL_PREV) !== prev)
        found.add(p, `prevpool is ${hex(ptr(p + L.POOL_PREV))}, should be ${hex(prev)}`);
      used.delete(p);
      prev = p;
    }
    if (ptr(ring + L.POOL_PREV) !== prev) found.add(ring + 24, `the ring of class ${szidx} does not close`);
  }
  for (const [pool, szidx] of used) found.add(pool, `a used pool is not in the ring of its class ${szidx}`);
}

/** usable_arenas: who is in it, its order, its links; nfp2lasta. */
function checkUsable(found: Findings, arenas: Arena[]): void {
  const expected = new Set(arenas.filter((a) => i32(a.ao + L.ARENA_NFREEPOOLS) > 0).map((a) => a.ao));
  const last = new Map<number, number>();
  let prev = 0;
  for (let ao = ptr(L.USABLE_ARENAS); ao !== 0; ao = ptr(ao + L.ARENA_NEXT)) {
    if (!expected.delete(ao)) {
      found.add(ao, 'usable_arenas holds an arena twice, or one without free pools');
      return;
    }
    const n = i32(ao + L.ARENA_NFREEPOOLS);
    if (ptr(ao + L.ARENA_PREV) !== prev) found.add(ao, `prevarena is not ${hex(prev)}`);
    if (prev !== 0 && i32(prev + L.ARENA_NFREEPOOLS) > n) found.add(ao, 'usable_arenas is not sorted by nfreepools');
    last.set(n, ao);
    prev = ao;
  }
  for (const ao of expected) found.add(ao, 'an arena with free pools is not in usable_arenas');
  for (let n = 0; n <= L.MAX_POOLS_IN_ARENA; n++) {
    const finger = ptr(L.NFP2LASTA + n * 8);
    const right = last.get(n) ?? 0;
    if (finger !== right) found.add(L.NFP2LASTA + n * 8, `nfp2lasta[${n}] is ${hex(finger)}, should be ${hex(right)}`);
  }
}

/** The radix tree and the byte table say the same as the arenas. */
function checkUsage(found: Findings, arenas: Arena[]): void {
  const radix = i32(L.RADIX_TREE_WORD) !== 0;
  const marked = new Set(radix ? arenas.map((a) => a.address >>> 20) : []);
  for (let mib = 0; mib < 2048; mib++) {
    // while tracemalloc is on the bytes are zero, so that every free is reported
    if ((bytes[L.ARENA_BYTES + mib] === 1) !== (marked.has(mib) && i32(L.TRACING_WORD) === 0)) {
      found.add(L.ARENA_BYTES + mib, `the byte of MiB ${mib} is ${bytes[L.ARENA_BYTES + mib]}`);
    }
    if (arena_map_is_used(mib * 0x100000) !== marked.has(mib)) {
      found.add(arena_map_get(false) + mib * 8, `the leaf of MiB ${mib} is wrong`);
    }
  }
}

/** Chunks from `start` on; ends at top, or at a fence. Adds free chunks to `free`; returns the bytes in use, or -1. */
function walkChunks(found: Findings, start: number, end: number, free: Set<number>): { bytes: number; blocks: number } {
  let inUse = 0;
  let blocks = 0;
  let prevFree = 0;
  for (let c = start; c !== end; ) {
    const head = i32(c + 8);
    const size = head & -16;
    if (size < MIN_CHUNK || c + size > end || (head & IS_MMAPPED) !== 0) {
      found.add(c, `the raw chunk's size field is ${hex(head)}`);
      return { bytes: inUse, blocks };
    }
    if (((head & PREV_INUSE) === 0) !== (prevFree !== 0)) found.add(c, 'PREV_INUSE contradicts the raw chunk before');
    const isFree = (i32(c + size + 8) & PREV_INUSE) === 0;
    if (isFree) {
      if (prevFree !== 0) found.add(c, 'two free raw chunks are neighbours');
      if (ptr(c + size) !== size) found.add(c, `prev_size behind the free raw chunk is ${ptr(c + size)}, not ${size}`);
      free.add(c);
      prevFree = c;
    } else {
      inUse += size;
      blocks++;
      prevFree = 0;
    }
    c += size;
  }
  if (((i32(end + 8) & PREV_INUSE) === 0) !== (prevFree !== 0))
    found.add(end, 'PREV_INUSE is wrong at the end of the heap');
  return { bytes: inUse, blocks };
}

function checkRaw(found: Findings): void {
  const free = new Set<number>();
  const top = i32(L.TOP_WORD);
  const brk = i32(L.BRK_WORD);
  let total = 0;
  if (top < BRK_BASE || brk > BRK_LIMIT || top > brk || i32(L.TOP_HIGH_WORD) < top) {
    found.add(L.TOP_WORD, `top ${hex(top)}, break ${hex(brk)}`);
    return;
  }
  if (brk > BRK_BASE) {
    if (i32(top + 8) !== ((brk - top) | PREV_INUSE)) found.add(top, `the header of top is ${hex(i32(top + 8))}`);
    total += walkChunks(found, BRK_BASE, top, free).bytes;
  }
  let segmentBytes = 0;
  for (let seg = i32(L.SEGMENTS_WORD); seg !== 0; seg = ptr(seg)) {
    const size = ptr(seg + 8);
    segmentBytes += size;
    if ((i32(seg + size - 8) & -16) !== 16) found.add(seg + size - 16, 'the fence of the segment is gone');
    total += walkChunks(found, seg + 16, seg + size - 16, free).bytes;
  }
  if (segmentBytes !== i32(L.SEGMENT_BYTES_WORD)) found.add(L.SEGMENT_BYTES_WORD, 'the bytes of segments are wrong');
  if (total !== i32(L.RAW_BYTES_WORD)) {
    found.add(L.RAW_BYTES_WORD, `says ${i32(L.RAW_BYTES_WORD)} raw bytes in use, there are ${total}`);
  }
  for (let bin = 0; bin < L.BIN_COUNT; bin++) {
    const head = i32(L.BINS + bin * 8);
    if (((i32(L.BIN_BITS + (bin >>> 5) * 4) >>> (bin & 31)) & 1) !== (head === 0 ? 0 : 1)) {
      found.add(L.BINS + bin * 8, `the bit of bin ${bin} is wrong`);
    }
    let prev = 0;
    for (let c = head; c !== 0; c = ptr(c + 16)) {
      if (!free.delete(c)) {
        found.add(L.BINS + bin * 8, `bin ${bin} holds ${hex(c)}, which is no free raw chunk, or holds it twice`);
        break;
      }
      if (binIndex(i32(c + 8) & -16) !== bin) found.add(c, `a raw chunk of ${i32(c + 8) & -16} bytes is in bin ${bin}`);
      if (ptr(c + 24) !== prev) found.add(c, 'bk of the free raw chunk is wrong');
      prev = c;
    }
  }
  for (const c of free) found.add(c, 'a free raw chunk is in no bin');
}

function checkMmap(found: Findings, arenas: Arena[]): void {
  let prevEnd = MMAP_BASE - 1;
  const words = new Int32Array(bytes.buffer);
  const top = i32(L.MMAP_TOP_WORD);
  for (let f = i32(L.MMAP_FREE_WORD); f !== 0; f = i32(f + 4)) {
    const size = i32(f);
    if (f <= prevEnd || size <= 0 || f + size >= top || (f & 4095) !== 0 || (size & 4095) !== 0) {
      found.add(f, `free mapping range of ${size} bytes: out of order, not joined, or behind the end ${hex(top)}`);
      return;
    }
    const end = (f + size) >>> 2;
    let w = (f + 8) >>> 2;
    while (w < end && words[w] === 0) w++;
    if (w < end) found.add(w << 2, 'a word of a free mapping range is not zero');
    prevEnd = f + size;
  }
  let mapped = 0;
  for (const [a, b] of mappedRanges()) mapped += b - a;
  if (mapped !== i32(L.MMAP_BYTES_WORD) + i32(L.SEGMENT_BYTES_WORD)) {
    found.add(L.MMAP_BYTES_WORD, `says ${i32(L.MMAP_BYTES_WORD)} mapped bytes, there are ${mapped}`);
  }
  const size = i32(L.ARENA_SIZE_WORD);
  for (const { ao, address } of arenas) {
    if (!mappedRanges().some(([a, b]) => a <= address && address + size <= b)) found.add(ao, 'the arena is not mapped');
    if (poolOf(address) !== address) found.add(ao, 'the arena does not begin with a pool');
  }
}
