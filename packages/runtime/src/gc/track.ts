/**
 * The collector's lists: tracking and untracking. Mirrors pycore_object.h (_PyObject_GC_TRACK) and Python/gc.c.
 *
 *   PyGC_Head, 16 bytes before a collectable object
 *   +0 _gc_next   next in its generation; 0: untracked
 *   +8 _gc_prev   previous, with bit 0 FINALIZED and bit 1 COLLECTING
 */
import { _gc_runtime_state as gcs, gc_generation, PyTypeObject, Py_TPFLAGS_HAVE_GC } from '@moult/abi';
import { i32, POLICY, ROOM_STATE, setI32, setPtr } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { GC_STATE } from '../objects/runtime.ts';
import { collectionDue } from './alloc.ts';

/** The head of the youngest generation's list. */
export const GENERATION0 = GC_STATE + gcs.generations;
const YOUNG_COUNT = GENERATION0 + gc_generation.count;
/** 3.14.0: how many objects are tracked in all. */
export const HEAP_SIZE = ROOM_STATE + 0x344c;

/** True if the object has a GC head (its type's flag, and tp_is_gc where the type has one). */
export function _PyObject_IS_GC(op: number): boolean {
  const type = i32(op + 8);
  if ((i32(type + PyTypeObject.tp_flags) & Py_TPFLAGS_HAVE_GC) === 0) return false;
  const isGc = i32(type + PyTypeObject.tp_is_gc);
  return isGc === 0 || Boolean(text[isGc]?.(op));
}
export function _PyObject_GC_IS_TRACKED(op: number): boolean {
  return i32(op - 16) !== 0;
}
/** Appends an untracked object to the youngest generation. */
export function _PyObject_GC_TRACK(op: number): void {
  const g = op - 16;
  const last = i32(GENERATION0 + 8) & -4;
  setI32(last, g);
  setI32(g + 8, (i32(g + 8) & 3) | last);
  setPtr(g, GENERATION0);
  setI32(GENERATION0 + 8, g);
  if (i32(POLICY) === 314) countTracked();
}
export function PyObject_GC_Track(op: number): void {
  if (i32(op - 16) === 0) _PyObject_GC_TRACK(op);
}
/** Takes the object off its list; fine if it is on none. Keeps the FINALIZED bit. */
export function PyObject_GC_UnTrack(op: number): void {
  const g = op - 16;
  const next = i32(g);
  if (next === 0) return;
  const prev = i32(g + 8) & -4;
  setI32(prev, next);
  setI32(next + 8, (i32(next + 8) & 3) | prev);
  setPtr(g, 0);
  setI32(g + 8, i32(g + 8) & 1);
  if (i32(POLICY) === 314) {
    setI32(HEAP_SIZE, i32(HEAP_SIZE) - 1);
    if (i32(YOUNG_COUNT) > 0) setI32(YOUNG_COUNT, i32(YOUNG_COUNT) - 1);
  }
}
/** The incremental collector counts objects that are tracked, where the others count those that are allocated. */
function countTracked(): void {
  setI32(HEAP_SIZE, i32(HEAP_SIZE) + 1);
  setI32(YOUNG_COUNT, i32(YOUNG_COUNT) + 1);
  if (i32(YOUNG_COUNT) > i32(GENERATION0 + gc_generation.threshold)) collectionDue(GENERATION0);
}
/** _PyGC_FINALIZED: the object's finalizer has run. */
export function _PyGC_FINALIZED(op: number): boolean {
  return (i32(op - 8) & 1) !== 0;
}
export function _PyGC_SET_FINALIZED(op: number): void {
  setI32(op - 8, i32(op - 8) | 1);
}
