/**
 * Which addresses a process could touch without a fault: what CPython's process would have mapped. The block of bytes is
 * mapped whole, so that a wild pointer into a hole of it reads zeros, and takes what lies at 0 for a type. Once a program
 * has written where it pleased, what lies there leads nowhere: the next step is an access that the host refuses.
 */
import { BRK_BASE, bytes, i32, MMAP_BASE, NATIVE_STATE, setI32, TAINTED } from './linear.ts';
import { BRK_WORD } from './layout.ts';
import { mappedRanges } from './mmap.ts';

/** No address, as a pointer and as a native function's number. */
const NOWHERE = 0x80;

/** The program writes where it pleases from now on; true the first time. */
export function taint(): boolean {
  if (i32(TAINTED) !== 0) return false;
  setI32(TAINTED, 1);
  guardHoles();
  return true;
}
/** After a restore, too: what lies below NATIVE_STATE is in no snapshot. */
export function guardHoles(): void {
  bytes.fill(i32(TAINTED) === 0 ? 0 : NOWHERE, 0, NATIVE_STATE);
}

export function isMapped(address: number, n: number): boolean {
  if (!(address >= NATIVE_STATE && n >= 0)) return false;
  const end = address + n;
  if (end <= BRK_BASE || (address >= BRK_BASE && end <= i32(BRK_WORD))) return true;
  return address >= MMAP_BASE && mappedRanges().some(([from, to]) => address >= from && end <= to);
}
