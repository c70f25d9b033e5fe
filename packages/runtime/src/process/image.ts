/**
 * A process as a file: the prepared image that starts are made from, and snapshots. Only what is not zero is stored.
 *
 *   +0 "MOULTIMG"   +8 format   +12 natives and +16 their fingerprint (which number is which native function: must be the
 *   bundle's)   +20 runs   +24 allocators (memory/allocators.ts)
 *   then, for each run: u32 address, u32 length, the bytes (padded to 4)
 */
import { allocators } from '../memory/allocators.ts';
import { bytes, i32, POLICY } from '../memory/linear.ts';
import { clearMemory, usedRanges } from '../memory/snapshot.ts';
import { text } from '../memory/text.ts';

const MAGIC = 'MOULTIMG';
const FORMAT = 3;
const HEADER = 28;
/** Fewer zeros than these do not end a run. */
const GAP = 64;

interface Run {
  readonly start: number;
  readonly end: number;
}

function nonZeroRuns(): Run[] {
  const runs: Run[] = [];
  for (const [from, to] of usedRanges()) {
    let start = -1;
    let last = -1;
    for (let a = from; a < to; a++) {
      if (bytes[a] === 0) continue;
      if (start < 0) start = a;
      else if (a - last > GAP) {
        runs.push({ start, end: last + 1 });
        start = a;
      }
      last = a;
    }
    if (start >= 0) runs.push({ start, end: last + 1 });
  }
  return runs;
}

/** Of the names of the first `count` natives. */
function fingerprint(count: number): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < count; i++) {
    const { name } = text[i] as { name: string };
    for (let k = 0; k < name.length; k++) h = Math.imul(h ^ name.charCodeAt(k), 0x01000193);
    h = Math.imul(h ^ 0x2c, 0x01000193);
  }
  return h >>> 0;
}

/** The process as it is now. */
export function encodeProcess(): Uint8Array {
  const runs = nonZeroRuns();
  const size = runs.reduce((n, r) => n + 8 + ((r.end - r.start + 3) & -4), HEADER);
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  for (let i = 0; i < 8; i++) out[i] = MAGIC.charCodeAt(i);
  view.setUint32(8, FORMAT, true);
  view.setUint32(12, text.length, true);
  view.setUint32(16, fingerprint(text.length), true);
  view.setUint32(20, runs.length, true);
  view.setUint32(24, allocators(), true);
  let at = HEADER;
  for (const { start, end } of runs) {
    view.setUint32(at, start, true);
    view.setUint32(at + 4, end - start, true);
    out.set(bytes.subarray(start, end), at + 8);
    at += 8 + ((end - start + 3) & -4);
  }
  return out;
}

/** Which allocators the process of `image` uses. */
export function imageAllocators(image: Uint8Array): number {
  return new DataView(image.buffer, image.byteOffset, image.byteLength).getUint32(24, true);
}

/** Makes the realm's memory the process of `image`, whatever it was before. */
export function decodeProcess(image: Uint8Array): void {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const magic = String.fromCharCode(...image.subarray(0, 8));
  if (magic !== MAGIC) throw new RangeError('not an image of a process');
  if (view.getUint32(8, true) !== FORMAT)
    throw new RangeError(`an image of format ${view.getUint32(8, true)}, not ${FORMAT}`);
  const natives = view.getUint32(12, true);
  if (natives > text.length || fingerprint(natives) !== view.getUint32(16, true)) {
    throw new RangeError('an image made by another build: its native functions have other numbers');
  }
  if (i32(POLICY) !== 0) clearMemory();
  const runs = view.getUint32(20, true);
  let at = HEADER;
  for (let i = 0; i < runs; i++) {
    const start = view.getUint32(at, true);
    const length = view.getUint32(at + 4, true);
    bytes.set(image.subarray(at + 8, at + 8 + length), start);
    at += 8 + ((length + 3) & -4);
  }
}
