/**
 * Frames as objects that the collector counts: how Python up to 3.10 has them. Ours lie in the data stack under every policy;
 * here is only the account. A code object keeps the last frame that it ran in, 200 more wait in a free list until a
 * full collection; where neither has one, a frame is made, and the youngest generation's count rises.
 */
import { gc_generation, PyCodeObject } from '@moult/abi';
import { i32, ROOM_STATE, setI32, setPtr } from '../memory/linear.ts';
import { _PyObject_GC_Link } from './alloc.ts';
import { GENERATION0 } from './track.ts';

/** Frames in the free list. */
const FREE = ROOM_STATE + 0x3400;
const MAX_FREE = 200;
/** Whether a frame of this code object waits in it: a word that 3.13 has for its second tier. */
const KEPT = PyCodeObject.co_executors;

/** A call of `code` begins. May collect. */
export function frameMade(code: number): void {
  if (i32(code + KEPT) !== 0) setPtr(code + KEPT, 0);
  else if (i32(FREE) > 0) setI32(FREE, i32(FREE) - 1);
  else _PyObject_GC_Link(0);
}
export function frameFreed(code: number): void {
  if (i32(code + KEPT) === 0) setPtr(code + KEPT, 1);
  else if (i32(FREE) < MAX_FREE) setI32(FREE, i32(FREE) + 1);
  else uncount(1);
}
export function frameOfCodeFreed(code: number): void {
  if (i32(code + KEPT) !== 0) uncount(1);
}
/** A full collection empties the free list. */
export function clearFrameList(): void {
  uncount(i32(FREE));
  setI32(FREE, 0);
}
function uncount(n: number): void {
  const count = GENERATION0 + gc_generation.count;
  setI32(count, Math.max(0, i32(count) - n));
}
