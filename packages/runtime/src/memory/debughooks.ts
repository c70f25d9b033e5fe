/**
 * The debug hooks over an allocator (PYTHONMALLOC=debug): a block of n bytes that a domain gives lies in one of n + 24.
 *
 *   p-16  n, big-endian        p-8  the domain: 'r', 'm' or 'o'       p-7 … p-1  FORBIDDENBYTE
 *   p     n bytes, CLEANBYTE   p+n  8 FORBIDDENBYTEs
 * What is freed is overwritten with DEADBYTE. Each free and realloc checks all that, and a mistake ends the process with
 * CPython's report.
 */
import { bytes, MEMORY_SIZE, mem, NATIVE_STATE } from './linear.ts';
import { fatalError, segmentationFault } from './fatal.ts';

export const CLEANBYTE = 0xcd;
export const DEADBYTE = 0xdd;
export const FORBIDDENBYTE = 0xfd;
const WORD = 8;
export const HEAD = 16;
export const EXTRA = 24;
/** How many bytes at either end of a block are marked dead while it is resized. */
const ERASED = 64;

export const DOMAIN_RAW = 0x72;
export const DOMAIN_MEM = 0x6d;
export const DOMAIN_OBJ = 0x6f;

/** Writes head and tail around the `n` bytes that follow the head at `head`; returns where they begin. */
function decorate(head: number, n: number, domain: number): number {
  mem.setUint32(head, 0, false);
  mem.setUint32(head + 4, n, false);
  bytes[head + WORD] = domain;
  bytes.fill(FORBIDDENBYTE, head + WORD + 1, head + HEAD);
  bytes.fill(FORBIDDENBYTE, head + HEAD + n, head + HEAD + n + WORD);
  return head + HEAD;
}

/** What _PyMem_DebugRawMalloc does with the n + 24 bytes at `head` (0: none could be had). */
export function debugBlock(head: number, n: number, domain: number, zeroed: boolean): number {
  if (head === 0) return 0;
  const p = decorate(head, n, domain);
  if (!zeroed) bytes.fill(CLEANBYTE, p, p + n);
  return p;
}

/** Checks the block at `p` and marks it dead; returns the block of the allocator below, to be freed. */
export function debugRelease(p: number, domain: number): number {
  checkAddress('_PyMem_DebugRawFree', p, domain);
  const n = mem.getUint32(p - HEAD + 4, false);
  bytes.fill(DEADBYTE, p - HEAD, p + n + WORD);
  return p - HEAD;
}

/** Resizes the block at `p` to `n` bytes; `resize` is the realloc of the allocator below. 0: it could not, all is as before. */
export function debugResize(
  p: number,
  n: number,
  domain: number,
  resize: (head: number, total: number) => number,
): number {
  checkAddress('_PyMem_DebugRawRealloc', p, domain);
  const before = mem.getUint32(p - HEAD + 4, false);
  const small = before <= 2 * ERASED;
  const first = bytes.slice(p, p + (small ? before : ERASED));
  const last = small ? null : bytes.slice(p + before - ERASED, p + before);
  if (small) bytes.fill(DEADBYTE, p - HEAD, p + before + WORD);
  else {
    bytes.fill(DEADBYTE, p - HEAD, p + ERASED);
    bytes.fill(DEADBYTE, p + before - ERASED, p + before + WORD);
  }
  const head = resize(p - HEAD, n + EXTRA);
  const now = head === 0 ? before : n;
  const q = decorate(head === 0 ? p - HEAD : head, now, domain);
  bytes.set(first.subarray(0, Math.min(now, first.length)), q);
  if (last !== null && now > before - ERASED) {
    bytes.set(last.subarray(0, Math.min(now - (before - ERASED), ERASED)), q + before - ERASED);
  }
  if (head === 0) return 0;
  if (n > before) bytes.fill(CLEANBYTE, q + before, q + n);
  return q;
}

/** Whether a read of `n` bytes at `p` would be one of mapped memory. */
function readable(p: number, n: number): boolean {
  return p >= NATIVE_STATE && p + n <= MEMORY_SIZE;
}

/** _PyMem_DebugCheckAddress: ends the process with a report if the block at `p` is not one of `domain`'s, or is damaged. */
export function checkAddress(func: string, p: number, domain: number): void {
  if (p === 0) fatalError(func, "didn't expect a NULL pointer");
  if (!readable(p - HEAD, HEAD)) segmentationFault(`${func} read the head of a block at ${hex(p)}`, '', p);
  const id = bytes[p - WORD] as number;
  if (id !== domain) {
    const text = `bad ID: Allocated using API '${String.fromCharCode(id)}', verified using API '${String.fromCharCode(domain)}'`;
    fatalError(func, text, dumpAddress(p), p);
  }
  for (let i = WORD - 1; i >= 1; i--) {
    if (bytes[p - i] !== FORBIDDENBYTE) fatalError(func, 'bad leading pad byte', dumpAddress(p), p);
  }
  const tail = tailOf(p);
  if (!readable(Number(tail), WORD)) segmentationFault(`${func} read the tail of a block at ${hex(tail)}`, '', p);
  for (let i = 0; i < WORD; i++) {
    if (bytes[Number(tail) + i] !== FORBIDDENBYTE) fatalError(func, 'bad trailing pad byte', dumpAddress(p), p);
  }
}

function tailOf(p: number): bigint {
  return BigInt.asUintN(64, BigInt(p) + mem.getBigUint64(p - HEAD, false));
}
function hex(n: number | bigint): string {
  return `0x${n.toString(16)}`;
}
const byteText = (at: number): string => (bytes[at] as number).toString(16).padStart(2, '0');

/** `are FORBIDDENBYTE, as expected.`, or the bytes one by one. */
function padText(from: number, name: (i: number) => string, count: number): string {
  const pad = bytes.subarray(from, from + count);
  if (pad.every((b) => b === FORBIDDENBYTE)) return 'FORBIDDENBYTE, as expected.\n';
  let out = 'not all FORBIDDENBYTE (0xfd):\n';
  for (const [i, b] of pad.entries()) {
    out += `        at ${name(i)}: 0x${byteText(from + i)}${b === FORBIDDENBYTE ? '' : ' *** OUCH'}\n`;
  }
  return out;
}

/** What _PyObject_DebugDumpAddress prints about the block at `p`; a fault amid it ends the process with what it had. */
function dumpAddress(p: number): string {
  let out = `Debug memory block at address p=${hex(p)}: API '${String.fromCharCode(bytes[p - WORD] as number)}'\n`;
  const n = mem.getBigUint64(p - HEAD, false);
  out += `    ${n} bytes originally requested\n`;
  const lead = padText(p - WORD + 1, (i) => `p-${WORD - 1 - i}`, WORD - 1);
  out += `    The ${WORD - 1} pad bytes at p-${WORD - 1} are ${lead}`;
  if (lead.includes('OUCH')) {
    out +=
      '    Because memory is corrupted at the start, the count of bytes requested\n' +
      '       may be bogus, and checking the trailing pad bytes may segfault.\n';
  }
  const tail = tailOf(p);
  out += `    The ${WORD} pad bytes at tail=${hex(tail)} are `;
  if (!readable(Number(tail), WORD)) segmentationFault(`the report read the tail of the block at ${hex(tail)}`, out, p);
  out += padText(Number(tail), (i) => `tail+${i}`, WORD);
  if (n > 0n) out += `    Data at p:${dataText(p, Number(tail))}\n`;
  return `${out}\nEnable tracemalloc to get the memory block allocation traceback\n\n`;
}

/** The bytes from `p` to `end`, at most the first and the last eight. */
function dataText(p: number, end: number): string {
  let out = '';
  const few = end - p <= 16;
  for (let at = p; at < (few ? end : p + 8); at++) out += ` ${byteText(at)}`;
  if (few) return out;
  out += ' ...';
  for (let at = end - 8; at < end; at++) out += ` ${byteText(at)}`;
  return out;
}
