/** Memory that a program reaches by an address of its own making: what CPython would fault on, ends the process as a fault does. */
import { segmentationFault } from '../memory/fatal.ts';
import { isMapped, taint } from '../memory/mapped.ts';
import { hostNotes } from './hostio.ts';

/** From now on the program may write where it pleases. */
export function wild(): void {
  if (taint()) hostNotes.tainted();
}
/** An access to n bytes at `p`. */
export function checkAccess(p: number, n: number): void {
  if (!isMapped(p, n)) segmentationFault(`an access at 0x${p.toString(16)}`);
}
