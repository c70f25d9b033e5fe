/**
 * The raw domain (PyMem_RawMalloc and its kin): what malloc(3) is to CPython. Shaped like glibc's heap, so that a
 * reader sees in ours what it would see there.
 *
 * A chunk, 16-aligned, of `size` bytes (a multiple of 16, at least 32):
 *     +0   prev_size    the size of the chunk before, valid only if that one is free
 *     +8   size | flags 1 = the chunk before is in use, 2 = a mapping of its own
 *     +16  user bytes … up to 8 bytes into the next chunk (its prev_size)
 * A free chunk holds fd and bk (list of its bin) at +16 and +24, and its size again in the next chunk's prev_size. Two
 * free chunks are never neighbours. The last chunk of the heap, `top`, is free and in no bin. Blocks of 128 KiB and
 * more are mappings of their own. If the break cannot grow, segments from the mmap region hold further chunks, each
 * closed by a fence: a header of size 16 without a body.
 * Bins: one for each size below 1024, then 8 for each power of two; last in, first out; a bit says "not empty".
 */

import { abortByLibc } from './fatal.ts';
import { BRK_LIMIT, bytes, i32, mem, setI32, setPtr } from './linear.ts';
import {
  BINS,
  BIN_BITS,
  BIN_WORDS,
  BRK_WORD,
  LIMIT_WORD,
  MMAP_BYTES_WORD,
  PEAK_BYTES_WORD,
  RAW_BLOCKS_WORD,
  RAW_BYTES_WORD,
  SEGMENTS_WORD,
  SEGMENT_BYTES_WORD,
  TOP_HIGH_WORD,
  TOP_WORD,
} from './layout.ts';
import { PAGE, extendPages, mapPages, overLimit, unmapPages } from './mmap.ts';

export const MMAP_THRESHOLD = 0x20000;
export const MIN_CHUNK = 32;
export const PREV_INUSE = 1;
export const IS_MMAPPED = 2;
const TOP_PAD = 0x20000;
const SEGMENT_SIZE = 0x400000;
/** How many chunks of its own bin a large request looks at before it takes one of a larger bin. */
const SCAN = 32;
const MAX_REQUEST = 0x7f000000;

/** The bin of chunks of `size` bytes. */
export function binIndex(size: number): number {
  if (size < 1024) return size >>> 4;
  const log = 31 - Math.clz32(size);
  return 64 + ((log - 10) << 3) + ((size >>> (log - 3)) & 7);
}

function binInsert(c: number, size: number): void {
  const index = binIndex(size);
  const head = BINS + (index << 3);
  const first = mem.getInt32(head, true);
  setPtr(c + 16, first);
  setPtr(c + 24, 0);
  if (first !== 0) {
    setPtr(first + 24, c);
  } else {
    const word = BIN_BITS + ((index >>> 5) << 2);
    mem.setInt32(word, mem.getInt32(word, true) | (1 << (index & 31)), true);
  }
  mem.setInt32(head, c, true);
}

function binRemove(c: number, size: number): void {
  const fd = mem.getInt32(c + 16, true);
  const bk = mem.getInt32(c + 24, true);
  if (fd !== 0) mem.setInt32(fd + 24, bk, true);
  if (bk !== 0) {
    mem.setInt32(bk + 16, fd, true);
    return;
  }
  const index = binIndex(size);
  mem.setInt32(BINS + (index << 3), fd, true);
  if (fd === 0) {
    const word = BIN_BITS + ((index >>> 5) << 2);
    mem.setInt32(word, mem.getInt32(word, true) & ~(1 << (index & 31)), true);
  }
}

/** A chunk of at least `nb` bytes out of the bins, still listed; 0 if there is none. */
function findChunk(nb: number): number {
  let index = binIndex(nb);
  if (nb >= 1024) {
    let c = mem.getInt32(BINS + (index << 3), true);
    for (let k = 0; c !== 0 && k < SCAN; k++) {
      if ((mem.getInt32(c + 8, true) & -16) >= nb) return c;
      c = mem.getInt32(c + 16, true);
    }
    index++;
  }
  let word = index >>> 5;
  if (word >= BIN_WORDS) return 0;
  let bits = mem.getInt32(BIN_BITS + (word << 2), true) & (-1 << (index & 31));
  while (bits === 0) {
    if (++word === BIN_WORDS) return 0;
    bits = mem.getInt32(BIN_BITS + (word << 2), true);
  }
  return mem.getInt32(BINS + (((word << 5) + 31 - Math.clz32(bits & -bits)) << 3), true);
}

/** Writes the header of top. */
function setTop(top: number): void {
  mem.setInt32(TOP_WORD, top, true);
  setPtr(top + 8, (mem.getInt32(BRK_WORD, true) - top) | PREV_INUSE);
  if (top + 16 > mem.getInt32(TOP_HIGH_WORD, true)) mem.setInt32(TOP_HIGH_WORD, top + 16, true);
}

/** Moves the break so that top holds `nb` bytes and a header; false if it cannot. */
function growTop(nb: number): boolean {
  const top = i32(TOP_WORD);
  let end = (top + nb + TOP_PAD + MIN_CHUNK + PAGE - 1) & -PAGE;
  if (end > BRK_LIMIT) end = BRK_LIMIT;
  if (end - top < nb + 16) return false;
  setI32(BRK_WORD, end);
  setTop(top);
  return true;
}

/** A new segment in the mmap region, its body put into the bins; false if there is no room. */
function newSegment(): boolean {
  const peak = i32(PEAK_BYTES_WORD);
  const seg = mapPages(SEGMENT_SIZE, PAGE);
  if (seg === 0) return false;
  // Segments count as raw bytes when chunks of them are in use, not as mappings.
  setI32(PEAK_BYTES_WORD, peak);
  setI32(MMAP_BYTES_WORD, i32(MMAP_BYTES_WORD) - SEGMENT_SIZE);
  setI32(SEGMENT_BYTES_WORD, i32(SEGMENT_BYTES_WORD) + SEGMENT_SIZE);
  setPtr(seg, i32(SEGMENTS_WORD));
  setPtr(seg + 8, SEGMENT_SIZE);
  setI32(SEGMENTS_WORD, seg);
  const size = SEGMENT_SIZE - 32;
  setPtr(seg + 24, size | PREV_INUSE);
  setPtr(seg + SEGMENT_SIZE - 16, size);
  setPtr(seg + SEGMENT_SIZE - 8, 16);
  binInsert(seg + 16, size);
  return true;
}

/** Takes the first `nb` bytes of free chunk `c` of `size` bytes, which is in no bin; the rest becomes a free chunk. */
function carve(c: number, size: number, nb: number): void {
  const rest = size - nb;
  if (rest >= MIN_CHUNK) {
    const r = c + nb;
    setPtr(r + 8, rest | PREV_INUSE);
    setPtr(c + size, rest);
    binInsert(r, rest);
    setPtr(c + 8, nb | PREV_INUSE);
  } else {
    setPtr(c + 8, size | PREV_INUSE);
    mem.setInt32(c + size + 8, mem.getInt32(c + size + 8, true) | PREV_INUSE, true);
  }
}

/** Puts the bytes [c, c + size) back: joined with free neighbours, into top or a bin. */
function release(c: number, size: number): void {
  const flags = mem.getInt32(c + 8, true);
  const next = c + size;
  const top = mem.getInt32(TOP_WORD, true);
  if ((flags & PREV_INUSE) === 0) {
    const before = mem.getInt32(c, true);
    c -= before;
    size += before;
    binRemove(c, before);
  }
  if (next === top) {
    setTop(c);
    return;
  }
  const nextSize = mem.getInt32(next + 8, true) & -16;
  if (nextSize !== 16 && (mem.getInt32(next + nextSize + 8, true) & PREV_INUSE) === 0) {
    binRemove(next, nextSize);
    size += nextSize;
  } else {
    mem.setInt32(next + 8, mem.getInt32(next + 8, true) & ~PREV_INUSE, true);
  }
  setPtr(c + 8, size | PREV_INUSE);
  setPtr(c + size, size);
  binInsert(c, size);
}

/** The size of the chunk for a request of `n` bytes below the mmap threshold. */
function chunkSize(n: number): number {
  return n <= 24 ? MIN_CHUNK : (n + 23) & -16;
}

function mallocMapped(n: number): number {
  const size = (n + 16 + PAGE - 1) & -PAGE;
  const c = mapPages(size, PAGE);
  if (c === 0) return 0;
  setPtr(c + 8, size | IS_MMAPPED);
  setI32(RAW_BLOCKS_WORD, i32(RAW_BLOCKS_WORD) + 1);
  return c + 16;
}

/** malloc(n): a 16-aligned block with the bytes that happen to be there; 0 if there is no memory. */
export function PyMem_RawMalloc(n: number): number {
  if (!(n >= 0 && n < MMAP_THRESHOLD)) return n >= 0 && n <= MAX_REQUEST ? mallocMapped(n) : 0;
  const nb = chunkSize(n);
  const total = mem.getInt32(RAW_BYTES_WORD, true) + mem.getInt32(MMAP_BYTES_WORD, true);
  if (total + nb > mem.getInt32(LIMIT_WORD, true)) return 0;
  let c = findChunk(nb);
  if (c === 0) {
    c = mem.getInt32(TOP_WORD, true);
    if (mem.getInt32(BRK_WORD, true) - c >= nb + 16 || growTop(nb)) {
      setTop(c + nb);
      setPtr(c + 8, nb | PREV_INUSE);
    } else {
      c = newSegment() ? findChunk(nb) : 0;
      if (c === 0) return 0;
      const size = mem.getInt32(c + 8, true) & -16;
      binRemove(c, size);
      carve(c, size, nb);
    }
  } else {
    const size = mem.getInt32(c + 8, true) & -16;
    binRemove(c, size);
    carve(c, size, nb);
  }
  const used = total + (mem.getInt32(c + 8, true) & -16);
  mem.setInt32(RAW_BYTES_WORD, used - mem.getInt32(MMAP_BYTES_WORD, true), true);
  if (used > mem.getInt32(PEAK_BYTES_WORD, true)) mem.setInt32(PEAK_BYTES_WORD, used, true);
  mem.setInt32(RAW_BLOCKS_WORD, mem.getInt32(RAW_BLOCKS_WORD, true) + 1, true);
  return c + 16;
}

/** The chunk of user block `p`; a pointer that malloc never gave, or a block freed before, is a fatal error. */
function chunkOf(p: number, who: 'free' | 'realloc'): number {
  const c = p - 16;
  const head = c > 0 && (p & 15) === 0 ? mem.getInt32(c + 8, true) : 0;
  const size = head & -16;
  if ((head & IS_MMAPPED) !== 0) {
    if ((c & (PAGE - 1)) !== 0 || (size & (PAGE - 1)) !== 0 || size <= 0) badPointer(p, who);
  } else if (size < MIN_CHUNK || c + size > 0x7fff0000 || (mem.getInt32(c + size + 8, true) & PREV_INUSE) === 0) {
    badPointer(p, who);
  }
  return c;
}

function badPointer(p: number, who: 'free' | 'realloc'): never {
  const head = p > 16 && (p & 15) === 0 ? i32(p - 8) : 0;
  const size = head & -16;
  const twice = size >= MIN_CHUNK && p + size < 0x7fff0000 && (head & IS_MMAPPED) === 0;
  if (who === 'realloc') abortByLibc('realloc(): invalid pointer', p);
  if (!twice) abortByLibc('free(): invalid pointer', p);
  abortByLibc(size <= 1040 ? 'free(): double free detected in tcache 2' : 'double free or corruption (!prev)', p);
}

export function PyMem_RawFree(p: number): void {
  if (p === 0) return;
  const c = chunkOf(p, 'free');
  const head = mem.getInt32(c + 8, true);
  const size = head & -16;
  mem.setInt32(RAW_BLOCKS_WORD, mem.getInt32(RAW_BLOCKS_WORD, true) - 1, true);
  if ((head & IS_MMAPPED) !== 0) {
    unmapPages(c, size, c + size);
    return;
  }
  mem.setInt32(RAW_BYTES_WORD, mem.getInt32(RAW_BYTES_WORD, true) - size, true);
  release(c, size);
}

/** calloc(nelem, elsize) */
export function PyMem_RawCalloc(nelem: number, elsize: number): number {
  const n = nelem * elsize;
  const p = PyMem_RawMalloc(n);
  // A mapping is zero already.
  if (p !== 0 && n < MMAP_THRESHOLD) memzero(p, n);
  return p;
}

/** The bytes that the block at `p` can hold. */
export function mallocUsableSize(p: number): number {
  const head = i32(p - 8);
  return (head & -16) - ((head & IS_MMAPPED) !== 0 ? 16 : 8);
}

function reallocMapped(p: number, n: number): number {
  const c = p - 16;
  const size = i32(c + 8) & -16;
  const want = (n + 16 + PAGE - 1) & -PAGE;
  if (want === size) return p;
  if (want < size) {
    unmapPages(c + want, size - want, c + size);
  } else if (!extendPages(c + size, want - size)) {
    return reallocCopy(p, n, size - 16);
  }
  setPtr(c + 8, want | IS_MMAPPED);
  return p;
}

function reallocCopy(p: number, n: number, usable: number): number {
  const q = PyMem_RawMalloc(n);
  if (q === 0) return 0;
  memcopy(q, p, Math.min(usable, n));
  PyMem_RawFree(p);
  return q;
}

/** realloc(p, n): in place where the block, the free chunk behind it or top allows it. On failure the block stays. */
export function PyMem_RawRealloc(p: number, n: number): number {
  if (p === 0) return PyMem_RawMalloc(n);
  if (!(n >= 0 && n <= MAX_REQUEST)) return 0;
  const c = chunkOf(p, 'realloc');
  const head = i32(c + 8);
  if ((head & IS_MMAPPED) !== 0) return reallocMapped(p, n);
  const size = head & -16;
  if (n >= MMAP_THRESHOLD) return reallocCopy(p, n, size - 8);
  const nb = chunkSize(n);
  if (nb > size) {
    if (overLimit(nb - size)) return 0;
    const next = c + size;
    if (next === i32(TOP_WORD)) {
      if (i32(BRK_WORD) - c < nb + 16 && !growTop(nb - size)) return reallocCopy(p, n, size - 8);
      setTop(c + nb);
      resize(c, head, size, nb);
      return p;
    }
    const nextSize = i32(next + 8) & -16;
    if (nextSize === 16 || size + nextSize < nb || (i32(next + nextSize + 8) & PREV_INUSE) !== 0) {
      return reallocCopy(p, n, size - 8);
    }
    binRemove(next, nextSize);
    const joined = size + nextSize;
    carve(c, joined, nb);
    const got = i32(c + 8) & -16;
    resize(c, head, size, got);
    return p;
  }
  if (size - nb >= MIN_CHUNK) {
    const rest = c + nb;
    setPtr(rest + 8, (size - nb) | PREV_INUSE);
    resize(c, head, size, nb);
    release(rest, size - nb);
  }
  return p;
}

/** The header and the account of in-use chunk `c` when its size changes; keeps the flag about the chunk before. */
function resize(c: number, head: number, size: number, now: number): void {
  setPtr(c + 8, now | (head & PREV_INUSE));
  const used = i32(RAW_BYTES_WORD) + now - size;
  setI32(RAW_BYTES_WORD, used);
  if (used + i32(MMAP_BYTES_WORD) > i32(PEAK_BYTES_WORD)) setI32(PEAK_BYTES_WORD, used + i32(MMAP_BYTES_WORD));
}

/** memset(p, 0, n); the host's fill pays only for longer runs. */
export function memzero(p: number, n: number): void {
  if (n > 512) {
    bytes.fill(0, p, p + n);
    return;
  }
  const end = p + n;
  for (; p + 8 <= end; p += 8) mem.setFloat64(p, 0, true);
  for (; p + 4 <= end; p += 4) mem.setInt32(p, 0, true);
  for (; p < end; p++) mem.setUint8(p, 0);
}

/** memcpy(to, from, n) */
export function memcopy(to: number, from: number, n: number): void {
  if (n > 256) {
    bytes.copyWithin(to, from, from + n);
    return;
  }
  let i = 0;
  for (; i + 4 <= n; i += 4) mem.setInt32(to + i, mem.getInt32(from + i, true), true);
  for (; i < n; i++) mem.setUint8(to + i, mem.getUint8(from + i));
}
