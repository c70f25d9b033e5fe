/**
 * Slots of a frame: local variables and stack. A slot whose high word is 1 holds a borrowed reference (vm/borrowed.ts); it is
 * 0 in all others, and in free ones. Only under the policies of 3.14 are there any.
 */
import { PyThreadState } from '@moult/abi';
import { CURRENT_TSTATE, i32, setI32, setPtr } from '../memory/linear.ts';
import { Py_DECREF, Py_INCREF, type Ref } from './object.ts';

export const TAG = 1;

export function isBorrowed(slot: number): boolean {
  return i32(slot + 4) !== 0;
}
/** Makes the slot own what it holds. */
export function own(slot: number): void {
  if (i32(slot + 4) === 0) return;
  setI32(slot + 4, 0);
  Py_INCREF(i32(slot));
}
/** Empties the slot. */
export function releaseSlot(slot: number): void {
  const v = i32(slot);
  const borrowed = i32(slot + 4) !== 0;
  setPtr(slot, 0);
  if (v !== 0 && !borrowed) Py_DECREF(v);
}
/** Before a frame's slots move to the heap: nothing there may be borrowed (PyStackRef_MakeHeapSafe). */
export function ownFrame(fp: number): void {
  const end = fp + 72 + (i32(fp + 64) << 3);
  for (let p = fp + 72; p < end; p += 8) own(p);
}
/** A local variable is about to be overwritten from outside: whoever borrowed its value owns it from now on. */
export function ownValue(value: Ref): void {
  for (let fp = i32(i32(CURRENT_TSTATE) + PyThreadState.current_frame); fp !== 0; fp = i32(fp + 8)) {
    const end = fp + 72 + (i32(fp + 64) << 3);
    for (let p = fp + 72; p < end; p += 8) if (i32(p) === value) own(p);
  }
}
