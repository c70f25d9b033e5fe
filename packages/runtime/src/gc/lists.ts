/**
 * Doubly linked lists of GC heads. Mirrors the gc_list_* functions of Python/gc.c. `g` is the address of a PyGC_Head.
 * Links are the low words; the high word of _gc_next is the incremental collector's.
 */
import { i32, NATIVE_STATE, setI32, setPtr } from '../memory/linear.ts';

export const PREV_MASK_FINALIZED = 1;
export const PREV_MASK_COLLECTING = 2;
export const PREV_SHIFT = 2;
export const NEXT_MASK_UNREACHABLE = 1;

/** Heads of a running collection's temporary lists (on the C stack in CPython); empty or unset outside a collection. */
export const LISTS = NATIVE_STATE + 0x800;
export const UNREACHABLE = LISTS;
export const FINALIZERS = LISTS + 16;
export const FINAL_UNREACHABLE = LISTS + 32;
export const WRCB_TO_CALL = LISTS + 48;
export const SEEN = LISTS + 64;
export const LIST_COUNT = 8;

export function gc_list_init(list: number): void {
  setPtr(list, list);
  setPtr(list + 8, list);
}
export function gc_list_is_empty(list: number): boolean {
  return i32(list) === list;
}
export function gc_list_append(g: number, list: number): void {
  const last = i32(list + 8);
  setI32(last, g);
  setI32(g + 8, (i32(g + 8) & 3) | last);
  setI32(g, list);
  setI32(list + 8, g);
}
export function gc_list_move(g: number, list: number): void {
  const prev = i32(g + 8) & -4;
  const next = i32(g);
  setI32(prev, next);
  setI32(next + 8, (i32(next + 8) & 3) | prev);
  const last = i32(list + 8);
  setI32(last, g);
  setI32(g + 8, (i32(g + 8) & 3) | last);
  setI32(g, list);
  setI32(list + 8, g);
}
/** Appends all of `from` to `to`; `from` is empty afterwards. */
export function gc_list_merge(from: number, to: number): void {
  if (i32(from) !== from) {
    const tail = i32(to + 8);
    const first = i32(from);
    const last = i32(from + 8);
    setI32(tail, first);
    setI32(first + 8, (i32(first + 8) & 3) | tail);
    setI32(last, to);
    setI32(to + 8, last);
  }
  gc_list_init(from);
}
export function gc_list_size(list: number): number {
  let n = 0;
  for (let g = i32(list); g !== list; g = i32(g)) n++;
  return n;
}
