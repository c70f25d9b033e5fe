/** The process as bytes: which ranges can be other than zero, copying them out, and putting them back. */

import { BRK_BASE, NATIVE_STATE, bytes, i32, ptr } from './linear.ts';
import * as L from './layout.ts';
import { arenaObjects } from './account.ts';
import { mappedRanges } from './mmap.ts';

/** [start, end) */
export type Range = readonly [number, number];

export interface MemoryImage {
  readonly ranges: readonly { readonly start: number; readonly bytes: Uint8Array }[];
}

/** Every byte that may be other than zero, as disjoint ranges in address order: static data, the raw heap, mappings. */
export function usedRanges(): Range[] {
  const out: Range[] = [[NATIVE_STATE, BRK_BASE]];
  const high = i32(L.TOP_HIGH_WORD);
  if (high > BRK_BASE) out.push([BRK_BASE, high]);
  // The pools of an arena that were never carved are zero.
  const virgin = arenaObjects()
    .map((ao): Range => [ptr(ao + L.ARENA_POOL_ADDRESS), ptr(ao + L.ARENA_ADDRESS) + i32(L.ARENA_SIZE_WORD)])
    .filter(([a, b]) => a < b)
    .sort((x, y) => x[0] - y[0]);
  let k = 0;
  for (const [start, end] of mappedRanges()) {
    let at = start;
    for (; k < virgin.length && (virgin[k] as Range)[0] < end; k++) {
      const [a, b] = virgin[k] as Range;
      if (a > at) out.push([at, a]);
      at = b;
    }
    if (end > at) out.push([at, end]);
  }
  for (let f = i32(L.MMAP_FREE_WORD); f !== 0; f = i32(f + 4)) out.push([f, f + 16]);
  return merge(out);
}

/** Sorts ranges and joins those that touch. */
function merge(ranges: Range[]): Range[] {
  const out: [number, number][] = [];
  for (const [a, b] of ranges.sort((x, y) => x[0] - y[0])) {
    const last = out[out.length - 1];
    if (last !== undefined && a <= last[1]) last[1] = Math.max(last[1], b);
    else out.push([a, b]);
  }
  return out;
}

export function copyOut(): MemoryImage {
  return { ranges: usedRanges().map(([start, end]) => ({ start, bytes: bytes.slice(start, end) })) };
}

/** Makes the memory equal to the image, byte for byte, whatever it held before. */
export function copyIn(image: MemoryImage): void {
  const before = usedRanges();
  for (const range of before) {
    let at = range[0];
    for (const { start, bytes: data } of image.ranges) {
      if (start + data.length <= at) continue;
      if (start >= range[1]) break;
      if (start > at) bytes.fill(0, at, start);
      at = start + data.length;
    }
    if (at < range[1]) bytes.fill(0, at, range[1]);
  }
  for (const { start, bytes: data } of image.ranges) bytes.set(data, start);
}

/** Zeroes the whole process: as new, before memoryInit. */
export function clearMemory(): void {
  for (const [start, end] of usedRanges()) bytes.fill(0, start, end);
}
