/**
 * The radix tree that says which addresses lie in an arena (pycore_obmalloc.h, 3.10 and later): three levels of 15, 15
 * and 14 bits over the address without its lowest 20. Our addresses are below 2**31, so the top and middle indices are
 * always 0, and our arenas are aligned to their size, so a leaf is all or nothing (tail_hi -1 or 0, tail_lo 0).
 */

import { i32, ptr, setI32, setPtr, setU8 } from './linear.ts';
import {
  ARENA_BYTES,
  ARENA_MAP_BOT_COUNT,
  ARENA_MAP_MID_COUNT,
  ARENA_MAP_ROOT,
  MAP_BOT_SIZE,
  MAP_MID_SIZE,
  TRACING_WORD,
} from './layout.ts';
import { PyMem_RawCalloc } from './raw.ts';

/** The leaf node for addresses below 2**34, made if asked for; 0 if there is none. */
export function arena_map_get(create: boolean): number {
  let mid = ptr(ARENA_MAP_ROOT);
  if (mid === 0) {
    if (!create) return 0;
    mid = PyMem_RawCalloc(1, MAP_MID_SIZE);
    if (mid === 0) return 0;
    setPtr(ARENA_MAP_ROOT, mid);
    setI32(ARENA_MAP_MID_COUNT, i32(ARENA_MAP_MID_COUNT) + 1);
  }
  let bot = ptr(mid);
  if (bot === 0) {
    if (!create) return 0;
    bot = PyMem_RawCalloc(1, MAP_BOT_SIZE);
    if (bot === 0) return 0;
    setPtr(mid, bot);
    setI32(ARENA_MAP_BOT_COUNT, i32(ARENA_MAP_BOT_COUNT) + 1);
  }
  return bot;
}

/** Marks the MiB at `arena` as an arena or not; false if a node of the tree could not be made. */
export function arena_map_mark_used(arena: number, used: boolean): boolean {
  const bot = arena_map_get(used);
  if (bot === 0) return false;
  setI32(bot + ((arena >>> 20) << 3), used ? -1 : 0);
  setU8(ARENA_BYTES + (arena >>> 20), used && i32(TRACING_WORD) === 0 ? 1 : 0);
  return true;
}

export function arena_map_is_used(p: number): boolean {
  const bot = arena_map_get(false);
  if (bot === 0) return false;
  const hi = i32(bot + ((p >>> 20) << 3));
  const lo = i32(bot + ((p >>> 20) << 3) + 4);
  const tail = p & 0xfffff;
  return tail < lo || (tail >= hi && hi !== 0);
}
