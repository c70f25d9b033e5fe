/**
 * pymalloc, as CPython 3.13's Objects/obmalloc.c does it, in the bytes of struct _obmalloc_state.
 *
 *   arena   1 MiB from the mmap region, 64 pools (up to 3.9: 256 KiB)
 *   pool    16 KiB (4 KiB) of blocks of one size class: a header of 48 bytes, then the blocks
 *   block   16, 32 … 512 bytes; a free one holds the address of the next free one
 *
 * A pool is *used* (some blocks taken, some not): in the ring of its class in usedpools; *full*: in no list, found again
 * through the address of the block freed; or *empty*: in its arena's freepools. usedpools[2i] is the head of class i,
 * addressed 16 bytes early, so that nextpool and prevpool fall on the two slots. Blocks are carved lazily: nextoffset is
 * the first never handed out. usable_arenas is sorted by nfreepools, fullest first; nfp2lasta[n] is its last with n.
 *
 * The fast paths are written for the 3.13 sizes. For policies without the radix tree no bit of ARENA_BYTES is ever set,
 * so every free goes through the outlined slow path, which asks the policy. So it is while tracemalloc is on, and no
 * request is small then (SMALL_LIMIT_WORD): it costs nothing while it is off.
 */

import { i32, mem, ptr, setI32, setPtr } from './linear.ts';
import {
  ALIGNMENT,
  ARENA_ADDRESS,
  ARENA_BYTES,
  ARENA_FREEPOOLS,
  ARENA_NEXT,
  ARENA_NFREEPOOLS,
  ARENA_NTOTALPOOLS,
  ARENA_OBJECT_SIZE,
  ARENA_POOL_ADDRESS,
  ARENA_PREV,
  ARENA_SIZE_WORD,
  ARENAS,
  DUMMY_SIZE_IDX,
  INITIAL_ARENA_OBJECTS,
  KEEP_EMPTY_WORD,
  MAXARENAS,
  NARENAS_CURRENTLY_ALLOCATED,
  NARENAS_HIGHWATER,
  NFP2LASTA,
  NTIMES_ARENA_ALLOCATED,
  POOL_ARENAINDEX,
  POOL_COUNT,
  POOL_FREEBLOCK,
  POOL_MAXNEXTOFFSET,
  POOL_NEXT,
  POOL_NEXTOFFSET,
  POOL_OVERHEAD,
  POOL_PREV,
  POOL_SIZE_WORD,
  POOL_SZIDX,
  RADIX_TREE_WORD,
  RAW_ALLOCATED_BLOCKS,
  SMALL_LIMIT_WORD,
  SMALL_REQUEST_THRESHOLD,
  TRACE_ADD_WORD,
  TRACE_REMOVE_WORD,
  TRACING_WORD,
  UNUSED_ARENA_OBJECTS,
  USABLE_ARENAS,
  USEDPOOLS,
} from './layout.ts';
import { mapPages, unmapPages } from './mmap.ts';
import { PyMem_RawCalloc, PyMem_RawFree, PyMem_RawMalloc, PyMem_RawRealloc, memcopy, memzero } from './raw.ts';
import { type NativeFunction, text } from './text.ts';
import { arena_map_is_used, arena_map_mark_used } from './usage.ts';

/** The header of the ring of used pools of a class, to be read at nextpool and prevpool only. */
export function usedpool(szidx: number): number {
  return USEDPOOLS - POOL_NEXT + (szidx << 4);
}

/** Maps an arena and takes an arena_object for it; 0 on failure. Only while usable_arenas is empty, as `arenas` may move. */
function new_arena(): number {
  if (ptr(UNUSED_ARENA_OBJECTS) === 0) {
    const old = i32(MAXARENAS);
    const count = old === 0 ? INITIAL_ARENA_OBJECTS : old << 1;
    const arenas = PyMem_RawRealloc(ptr(ARENAS), count * ARENA_OBJECT_SIZE);
    if (arenas === 0) return 0;
    setPtr(ARENAS, arenas);
    for (let i = old; i < count; i++) {
      const ao = arenas + i * ARENA_OBJECT_SIZE;
      setPtr(ao + ARENA_ADDRESS, 0);
      setPtr(ao + ARENA_NEXT, i < count - 1 ? ao + ARENA_OBJECT_SIZE : 0);
    }
    setPtr(UNUSED_ARENA_OBJECTS, arenas + old * ARENA_OBJECT_SIZE);
    setI32(MAXARENAS, count);
  }
  const ao = ptr(UNUSED_ARENA_OBJECTS);
  const size = i32(ARENA_SIZE_WORD);
  const address = mapPages(size, size);
  if (address === 0) return 0;
  if (i32(RADIX_TREE_WORD) !== 0 && !arena_map_mark_used(address, true)) {
    unmapPages(address, size, address);
    return 0;
  }
  setPtr(UNUSED_ARENA_OBJECTS, ptr(ao + ARENA_NEXT));
  setPtr(ao + ARENA_ADDRESS, address);
  const count = i32(NARENAS_CURRENTLY_ALLOCATED) + 1;
  setI32(NARENAS_CURRENTLY_ALLOCATED, count);
  setI32(NTIMES_ARENA_ALLOCATED, i32(NTIMES_ARENA_ALLOCATED) + 1);
  if (count > i32(NARENAS_HIGHWATER)) setI32(NARENAS_HIGHWATER, count);
  const npools = size / i32(POOL_SIZE_WORD);
  setPtr(ao + ARENA_FREEPOOLS, 0);
  setPtr(ao + ARENA_POOL_ADDRESS, address);
  setI32(ao + ARENA_NFREEPOOLS, npools);
  setI32(ao + ARENA_NTOTALPOOLS, npools);
  return ao;
}

/** A block of class `szidx` from a pool that was empty or never carved; 0 if no arena can be had. */
function allocate_from_new_pool(szidx: number): number {
  let ao = ptr(USABLE_ARENAS);
  if (ao === 0) {
    ao = new_arena();
    if (ao === 0) return 0;
    setPtr(USABLE_ARENAS, ao);
    setPtr(ao + ARENA_NEXT, 0);
    setPtr(ao + ARENA_PREV, 0);
    setPtr(NFP2LASTA + (i32(ao + ARENA_NFREEPOOLS) << 3), ao);
  }
  // The head has the fewest free pools, so that it loses one does not change the order.
  const nfree = i32(ao + ARENA_NFREEPOOLS);
  const last = NFP2LASTA + (nfree << 3);
  if (ptr(last) === ao) setPtr(last, 0);
  if (nfree > 1) setPtr(last - 8, ao);
  let pool = ptr(ao + ARENA_FREEPOOLS);
  if (pool !== 0) {
    setPtr(ao + ARENA_FREEPOOLS, ptr(pool + POOL_NEXT));
  } else {
    pool = ptr(ao + ARENA_POOL_ADDRESS);
    setI32(pool + POOL_ARENAINDEX, (ao - ptr(ARENAS)) / ARENA_OBJECT_SIZE);
    setI32(pool + POOL_SZIDX, DUMMY_SIZE_IDX);
    setPtr(ao + ARENA_POOL_ADDRESS, pool + i32(POOL_SIZE_WORD));
  }
  setI32(ao + ARENA_NFREEPOOLS, nfree - 1);
  if (nfree === 1) {
    const next = ptr(ao + ARENA_NEXT);
    setPtr(USABLE_ARENAS, next);
    if (next !== 0) setPtr(next + ARENA_PREV, 0);
  }
  const ring = usedpool(szidx);
  setPtr(pool + POOL_NEXT, ring);
  setPtr(pool + POOL_PREV, ring);
  setPtr(ring + POOL_NEXT, pool);
  setPtr(ring + POOL_PREV, pool);
  setI32(pool + POOL_COUNT, 1);
  if (i32(pool + POOL_SZIDX) === szidx) {
    const block = ptr(pool + POOL_FREEBLOCK);
    setPtr(pool + POOL_FREEBLOCK, ptr(block));
    return block;
  }
  const size = (szidx + 1) << 4;
  const block = pool + POOL_OVERHEAD;
  setI32(pool + POOL_SZIDX, szidx);
  setI32(pool + POOL_NEXTOFFSET, POOL_OVERHEAD + (size << 1));
  setI32(pool + POOL_MAXNEXTOFFSET, i32(POOL_SIZE_WORD) - size);
  setPtr(pool + POOL_FREEBLOCK, block + size);
  setPtr(block + size, 0);
  return block;
}

/** The free list of `pool` has run out: carves one more block, or takes the pool, full now, out of its ring. */
function pymalloc_pool_extend(pool: number, szidx: number): void {
  const offset = mem.getInt32(pool + POOL_NEXTOFFSET, true);
  if (offset <= mem.getInt32(pool + POOL_MAXNEXTOFFSET, true)) {
    const block = pool + offset;
    mem.setInt32(pool + POOL_FREEBLOCK, block, true);
    mem.setInt32(pool + POOL_NEXTOFFSET, offset + ((szidx + 1) << 4), true);
    mem.setInt32(block, 0, true);
    mem.setInt32(block + 4, 0, true);
    return;
  }
  const next = ptr(pool + POOL_NEXT);
  const prev = ptr(pool + POOL_PREV);
  setPtr(next + POOL_PREV, prev);
  setPtr(prev + POOL_NEXT, next);
}

/** A block for `nbytes`, which is 1 to 512; 0 if there is no memory. */
export function pymalloc_alloc(nbytes: number): number {
  const szidx = (nbytes - 1) >>> 4;
  const pool = mem.getInt32(USEDPOOLS + (szidx << 4), true);
  if (pool === mem.getInt32(pool + POOL_NEXT, true)) return allocate_from_new_pool(szidx);
  mem.setInt32(pool + POOL_COUNT, mem.getInt32(pool + POOL_COUNT, true) + 1, true);
  const block = mem.getInt32(pool + POOL_FREEBLOCK, true);
  const next = mem.getInt32(block, true);
  mem.setInt32(pool + POOL_FREEBLOCK, next, true);
  if (next === 0) pymalloc_pool_extend(pool, szidx);
  return block;
}

/** A full pool lost a block: to the front of its ring, so that the next allocation takes that block. */
function insert_to_usedpool(pool: number): void {
  const ring = usedpool(mem.getInt32(pool + POOL_SZIDX, true));
  const next = mem.getInt32(ring + POOL_NEXT, true);
  mem.setInt32(pool + POOL_NEXT, next, true);
  mem.setInt32(pool + POOL_PREV, ring, true);
  mem.setInt32(next + POOL_PREV, pool, true);
  mem.setInt32(ring + POOL_NEXT, pool, true);
}

function unlinkArena(ao: number): void {
  const next = ptr(ao + ARENA_NEXT);
  const prev = ptr(ao + ARENA_PREV);
  setPtr(prev === 0 ? USABLE_ARENAS : prev + ARENA_NEXT, next);
  if (next !== 0) setPtr(next + ARENA_PREV, prev);
}

/** The last block of `pool` was freed: from its ring to its arena's free pools. May free the arena. */
function insert_to_freepool(pool: number): void {
  const ringNext = ptr(pool + POOL_NEXT);
  const ringPrev = ptr(pool + POOL_PREV);
  setPtr(ringNext + POOL_PREV, ringPrev);
  setPtr(ringPrev + POOL_NEXT, ringNext);
  const ao = ptr(ARENAS) + i32(pool + POOL_ARENAINDEX) * ARENA_OBJECT_SIZE;
  setPtr(pool + POOL_NEXT, ptr(ao + ARENA_FREEPOOLS));
  setPtr(ao + ARENA_FREEPOOLS, pool);
  let nfree = i32(ao + ARENA_NFREEPOOLS);
  const lastnf = ptr(NFP2LASTA + (nfree << 3));
  if (lastnf === ao) {
    // It moves on; the finger goes to its left neighbour if that has as many.
    const prev = ptr(ao + ARENA_PREV);
    setPtr(NFP2LASTA + (nfree << 3), prev !== 0 && i32(prev + ARENA_NFREEPOOLS) === nfree ? prev : 0);
  }
  nfree++;
  setI32(ao + ARENA_NFREEPOOLS, nfree);

  // 1. All its pools are free, and it is not the last in the list: give the arena back. (3.8: the last one, too.)
  if (nfree === i32(ao + ARENA_NTOTALPOOLS) && (ptr(ao + ARENA_NEXT) !== 0 || i32(KEEP_EMPTY_WORD) === 0)) {
    unlinkArena(ao);
    setPtr(ao + ARENA_NEXT, ptr(UNUSED_ARENA_OBJECTS));
    setPtr(UNUSED_ARENA_OBJECTS, ao);
    const address = ptr(ao + ARENA_ADDRESS);
    if (i32(RADIX_TREE_WORD) !== 0) arena_map_mark_used(address, false);
    unmapPages(address, i32(ARENA_SIZE_WORD), ptr(ao + ARENA_POOL_ADDRESS));
    setPtr(ao + ARENA_ADDRESS, 0);
    setI32(NARENAS_CURRENTLY_ALLOCATED, i32(NARENAS_CURRENTLY_ALLOCATED) - 1);
    return;
  }
  // 2. It had no free pool and was in no list: it is the head now.
  if (nfree === 1) {
    const head = ptr(USABLE_ARENAS);
    setPtr(ao + ARENA_NEXT, head);
    setPtr(ao + ARENA_PREV, 0);
    if (head !== 0) setPtr(head + ARENA_PREV, ao);
    setPtr(USABLE_ARENAS, ao);
    if (ptr(NFP2LASTA + 8) === 0) setPtr(NFP2LASTA + 8, ao);
    return;
  }
  if (ptr(NFP2LASTA + (nfree << 3)) === 0) setPtr(NFP2LASTA + (nfree << 3), ao);
  // 3. It was the last with its old number: still in order.
  if (ao === lastnf) return;
  // 4. It moves right, behind the last with its old number.
  unlinkArena(ao);
  const next = ptr(lastnf + ARENA_NEXT);
  setPtr(ao + ARENA_PREV, lastnf);
  setPtr(ao + ARENA_NEXT, next);
  if (next !== 0) setPtr(next + ARENA_PREV, ao);
  setPtr(lastnf + ARENA_NEXT, ao);
}

/** Frees a block of `pool`. */
function freeBlock(p: number, pool: number): void {
  const last = mem.getInt32(pool + POOL_FREEBLOCK, true);
  mem.setInt32(p, last, true);
  mem.setInt32(p + 4, 0, true);
  mem.setInt32(pool + POOL_FREEBLOCK, p, true);
  const count = mem.getInt32(pool + POOL_COUNT, true) - 1;
  mem.setInt32(pool + POOL_COUNT, count, true);
  if (last === 0) insert_to_usedpool(pool);
  else if (count === 0) insert_to_freepool(pool);
}

/** address_in_range without the tree: the pool's header, which may be anyone's bytes, names an arena that holds `p`. */
function inArenaByIndex(p: number): boolean {
  const index = mem.getUint32((p & -i32(POOL_SIZE_WORD)) + POOL_ARENAINDEX, true);
  if (index >= i32(MAXARENAS)) return false;
  const address = ptr(ptr(ARENAS) + index * ARENA_OBJECT_SIZE + ARENA_ADDRESS);
  return address !== 0 && p >= address && p - address < i32(ARENA_SIZE_WORD);
}

/** As address_in_range, where ARENA_BYTES does not say. */
function inArenaSlow(p: number): boolean {
  if (i32(RADIX_TREE_WORD) === 0) return inArenaByIndex(p);
  return i32(TRACING_WORD) !== 0 && arena_map_is_used(p);
}

/** Whether `p` is a block of pymalloc. */
export function address_in_range(p: number): boolean {
  return mem.getUint8(ARENA_BYTES + (p >>> 20)) !== 0 || inArenaSlow(p);
}

/** The pool of pymalloc block `p`. */
export function poolOf(p: number): number {
  return p & -i32(POOL_SIZE_WORD);
}

/** Frees `p` if pymalloc gave it; false otherwise. */
export function pymalloc_free(p: number): boolean {
  if (mem.getUint8(ARENA_BYTES + (p >>> 20)) !== 0) {
    freeBlock(p, p & -0x4000);
    return true;
  }
  if (!inArenaSlow(p)) return false;
  freeBlock(p, poolOf(p));
  return true;
}

// ---- tracemalloc's layer: while a request is served, requests are small again, so that nothing is reported twice ----

function tracedBlock(p: number, nbytes: number): number {
  const known = p === 0 || (text[i32(TRACE_ADD_WORD)] as NativeFunction)(p, nbytes);
  if (!known) _PyObject_Free(p);
  setI32(SMALL_LIMIT_WORD, -1);
  return known ? p : 0;
}
function tracedRealloc(p: number, nbytes: number): number {
  setI32(SMALL_LIMIT_WORD, SMALL_REQUEST_THRESHOLD);
  const q = _PyObject_Realloc(p, nbytes);
  if (q !== 0 && p !== 0 && q !== p) (text[i32(TRACE_REMOVE_WORD)] as NativeFunction)(p);
  return tracedBlock(q, nbytes);
}

function mallocLarge(nbytes: number): number {
  if (i32(SMALL_LIMIT_WORD) < 0) {
    setI32(SMALL_LIMIT_WORD, SMALL_REQUEST_THRESHOLD);
    return tracedBlock(_PyObject_Malloc(nbytes), nbytes);
  }
  const p = PyMem_RawMalloc(nbytes);
  if (p !== 0) mem.setInt32(RAW_ALLOCATED_BLOCKS, mem.getInt32(RAW_ALLOCATED_BLOCKS, true) + 1, true);
  return p;
}

/** Not a block of a 3.13 arena: NULL, a block of an older policy's arena, or a raw block. */
function freeSlow(p: number): void {
  if (p === 0) return;
  if (i32(TRACING_WORD) !== 0) (text[i32(TRACE_REMOVE_WORD)] as NativeFunction)(p);
  if (pymalloc_free(p)) return;
  PyMem_RawFree(p);
  mem.setInt32(RAW_ALLOCATED_BLOCKS, mem.getInt32(RAW_ALLOCATED_BLOCKS, true) - 1, true);
}

export function _PyObject_Malloc(nbytes: number): number {
  if (nbytes <= mem.getInt32(SMALL_LIMIT_WORD, true) && nbytes > 0) {
    const szidx = (nbytes - 1) >>> 4;
    const pool = mem.getInt32(USEDPOOLS + (szidx << 4), true);
    if (pool !== mem.getInt32(pool + POOL_NEXT, true)) {
      mem.setInt32(pool + POOL_COUNT, mem.getInt32(pool + POOL_COUNT, true) + 1, true);
      const block = mem.getInt32(pool + POOL_FREEBLOCK, true);
      const next = mem.getInt32(block, true);
      mem.setInt32(pool + POOL_FREEBLOCK, next, true);
      if (next === 0) pymalloc_pool_extend(pool, szidx);
      return block;
    }
    const block = allocate_from_new_pool(szidx);
    if (block !== 0) return block;
  }
  return mallocLarge(nbytes);
}

export function _PyObject_Calloc(nelem: number, elsize: number): number {
  const nbytes = nelem * elsize;
  if (i32(SMALL_LIMIT_WORD) < 0) {
    setI32(SMALL_LIMIT_WORD, SMALL_REQUEST_THRESHOLD);
    return tracedBlock(_PyObject_Calloc(nelem, elsize), nbytes);
  }
  if (nbytes <= SMALL_REQUEST_THRESHOLD && nbytes > 0) {
    const block = pymalloc_alloc(nbytes);
    if (block !== 0) {
      memzero(block, nbytes);
      return block;
    }
  }
  const p = PyMem_RawCalloc(nelem, elsize);
  if (p !== 0) mem.setInt32(RAW_ALLOCATED_BLOCKS, mem.getInt32(RAW_ALLOCATED_BLOCKS, true) + 1, true);
  return p;
}

export function _PyObject_Free(p: number): void {
  if (mem.getUint8(ARENA_BYTES + (p >>> 20)) === 0) {
    freeSlow(p);
    return;
  }
  const pool = p & -0x4000;
  const last = mem.getInt32(pool + POOL_FREEBLOCK, true);
  mem.setInt32(p, last, true);
  mem.setInt32(p + 4, 0, true);
  mem.setInt32(pool + POOL_FREEBLOCK, p, true);
  const count = mem.getInt32(pool + POOL_COUNT, true) - 1;
  mem.setInt32(pool + POOL_COUNT, count, true);
  if (last === 0) insert_to_usedpool(pool);
  else if (count === 0) insert_to_freepool(pool);
}

/** A block stays where it is unless it grows past its class or shrinks to three quarters of it or less. */
export function _PyObject_Realloc(p: number, nbytes: number): number {
  if (i32(SMALL_LIMIT_WORD) < 0) return tracedRealloc(p, nbytes);
  if (p === 0) return _PyObject_Malloc(nbytes);
  if (!address_in_range(p)) return PyMem_RawRealloc(p, nbytes);
  let size = (i32(poolOf(p) + POOL_SZIDX) + 1) * ALIGNMENT;
  if (nbytes <= size) {
    if (4 * nbytes > 3 * size) return p;
    size = nbytes;
  }
  const q = _PyObject_Malloc(nbytes);
  if (q === 0) return 0;
  memcopy(q, p, size);
  _PyObject_Free(p);
  return q;
}

export { PyMem_RawCalloc, PyMem_RawFree, PyMem_RawMalloc, PyMem_RawRealloc };
export {
  _PyObject_Malloc as PyMem_Malloc,
  _PyObject_Calloc as PyMem_Calloc,
  _PyObject_Realloc as PyMem_Realloc,
  _PyObject_Free as PyMem_Free,
  _PyObject_Malloc as PyObject_Malloc,
  _PyObject_Calloc as PyObject_Calloc,
  _PyObject_Realloc as PyObject_Realloc,
  _PyObject_Free as PyObject_Free,
};
