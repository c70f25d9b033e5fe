/**
 * The mmap region: page ranges for arenas, the data stack and large raw blocks.
 *
 * Free ranges are an address-ordered singly linked list, kept in their own first 16 bytes:
 *     +0 size   +4 next
 * All other bytes of a free range, and everything from the region's end on, are 0, as fresh pages are. First fit.
 */

import { MMAP_BASE, MEMORY_SIZE, bytes, i32, mem, setI32 } from './linear.ts';
import {
  LIMIT_WORD,
  MMAP_BYTES_WORD,
  MMAP_FREE_WORD,
  MMAP_HIGH_WORD,
  MMAP_TOP_WORD,
  PEAK_BYTES_WORD,
  RAW_BYTES_WORD,
} from './layout.ts';

export const PAGE = 4096;

function setRange(at: number, size: number, next: number): void {
  setI32(at, size);
  setI32(at + 4, next);
}

/** Links `to` behind free range `prev` (0: makes it the head). */
function setNext(prev: number, to: number): void {
  setI32(prev === 0 ? MMAP_FREE_WORD : prev + 4, to);
}

export function overLimit(more: number): boolean {
  return i32(RAW_BYTES_WORD) + i32(MMAP_BYTES_WORD) + more > i32(LIMIT_WORD);
}

export function notePeak(): void {
  const total = mem.getInt32(RAW_BYTES_WORD, true) + mem.getInt32(MMAP_BYTES_WORD, true);
  if (total > mem.getInt32(PEAK_BYTES_WORD, true)) mem.setInt32(PEAK_BYTES_WORD, total, true);
}

/** `size` zero bytes (a multiple of the page) at a multiple of `align`; 0 if there are none. Not accounted. */
function takeRange(size: number, align: number): number {
  let prev = 0;
  for (let f = i32(MMAP_FREE_WORD); f !== 0; f = i32(f + 4)) {
    const end = f + i32(f);
    const start = (f + align - 1) & -align;
    if (start >= f && start + size <= end) {
      let next = i32(f + 4);
      setRange(f, 0, 0);
      if (start + size < end) {
        setRange(start + size, end - start - size, next);
        next = start + size;
      }
      if (start > f) {
        setRange(f, start - f, next);
        next = f;
      }
      setNext(prev, next);
      return start;
    }
    prev = f;
  }
  const top = i32(MMAP_TOP_WORD);
  const start = Math.ceil(top / align) * align;
  if (start + size > MEMORY_SIZE) return 0;
  if (start > top) {
    setRange(top, start - top, 0);
    setNext(prev, top);
  }
  setI32(MMAP_TOP_WORD, start + size);
  if (start + size > i32(MMAP_HIGH_WORD)) setI32(MMAP_HIGH_WORD, start + size);
  return start;
}

/** Gives [at, at + size) back; its bytes are 0 from `dirtyEnd` on. */
function giveRange(at: number, size: number, dirtyEnd: number): void {
  bytes.fill(0, at, dirtyEnd);
  let beforePrev = 0;
  let prev = 0;
  let next = i32(MMAP_FREE_WORD);
  while (next !== 0 && next < at) {
    beforePrev = prev;
    prev = next;
    next = i32(next + 4);
  }
  let start = at;
  let end = at + size;
  let link = prev;
  if (prev !== 0 && prev + i32(prev) === at) {
    start = prev;
    link = beforePrev;
  }
  if (end === next) {
    end = next + i32(next);
    const after = i32(next + 4);
    setRange(next, 0, 0);
    next = after;
  }
  if (end === i32(MMAP_TOP_WORD)) {
    setRange(start, 0, 0);
    setNext(link, 0);
    setI32(MMAP_TOP_WORD, start);
  } else {
    setRange(start, end - start, next);
    setNext(link, start);
  }
}

/** Maps `size` bytes, accounted and under the limit; 0 on failure. */
export function mapPages(size: number, align: number): number {
  if (overLimit(size)) return 0;
  const p = takeRange(size, align);
  if (p === 0) return 0;
  setI32(MMAP_BYTES_WORD, i32(MMAP_BYTES_WORD) + size);
  notePeak();
  return p;
}

export function unmapPages(at: number, size: number, dirtyEnd: number): void {
  setI32(MMAP_BYTES_WORD, i32(MMAP_BYTES_WORD) - size);
  giveRange(at, size, dirtyEnd);
}

/** Grows the mapping that ends at `end` by `more` bytes in place, if what follows is free. */
export function extendPages(end: number, more: number): boolean {
  if (overLimit(more)) return false;
  if (end === i32(MMAP_TOP_WORD)) {
    if (end + more > MEMORY_SIZE) return false;
    setI32(MMAP_TOP_WORD, end + more);
    if (end + more > i32(MMAP_HIGH_WORD)) setI32(MMAP_HIGH_WORD, end + more);
  } else {
    let prev = 0;
    let f = i32(MMAP_FREE_WORD);
    while (f !== 0 && f < end) {
      prev = f;
      f = i32(f + 4);
    }
    if (f !== end || i32(f) < more) return false;
    const rest = i32(f) - more;
    let next = i32(f + 4);
    setRange(f, 0, 0);
    if (rest > 0) {
      setRange(f + more, rest, next);
      next = f + more;
    }
    setNext(prev, next);
  }
  setI32(MMAP_BYTES_WORD, i32(MMAP_BYTES_WORD) + more);
  notePeak();
  return true;
}

/** The mapped ranges of the region, in address order. */
export function mappedRanges(): [number, number][] {
  const out: [number, number][] = [];
  let at = MMAP_BASE;
  for (let f = i32(MMAP_FREE_WORD); f !== 0; f = i32(f + 4)) {
    if (f > at) out.push([at, f]);
    at = f + i32(f);
  }
  if (i32(MMAP_TOP_WORD) > at) out.push([at, i32(MMAP_TOP_WORD)]);
  return out;
}

/** Pages as the arena allocator of PyObjectArenaAllocator gives them (CPython takes its data stack chunks from it). */
export function _PyObject_VirtualAlloc(size: number): number {
  if (!(size > 0 && size <= MEMORY_SIZE)) return 0;
  return mapPages((size + PAGE - 1) & -PAGE, PAGE);
}

export function _PyObject_VirtualFree(p: number, size: number): void {
  if (p === 0) return;
  const rounded = (size + PAGE - 1) & -PAGE;
  unmapPages(p, rounded, p + rounded);
}
