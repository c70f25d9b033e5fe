// What a reader needs of a process: its bytes. An address is a double (a real process's has 47 bits), never touched by bitwise
// operators; 0 is NULL. Reading what is not mapped throws UnmappedError.

export interface Memory {
  /** True where all n bytes from address are readable. */
  has(address: number, n: number): boolean;
  u8(address: number): number;
  u16(address: number): number;
  i8(address: number): number;
  i16(address: number): number;
  i32(address: number): number;
  u32(address: number): number;
  f64(address: number): number;
  /** A pointer or size_t as a double: exact below 2**53, which every canonical user address is. */
  ptr(address: number): number;
  /** A Py_ssize_t as a double. */
  ssize(address: number): number;
  u64(address: number): bigint;
  i64(address: number): bigint;
  /** n bytes: a view where the memory is contiguous, else a copy. Read only. */
  bytes(address: number, n: number): Uint8Array;
  /** Where all of memory is one buffer that starts at address 0: readers may go straight to it. */
  readonly flat?: DataView;
}

export class UnmappedError extends Error {
  readonly address: number;
  constructor(address: number, n: number) {
    super(`no ${n} readable bytes at 0x${address.toString(16)}`);
    this.name = 'UnmappedError';
    this.address = address;
  }
}

/** A memory over one buffer whose first byte has the address `base` (0 for the engine's process). */
export function bufferMemory(buffer: ArrayBufferLike, base = 0): Memory {
  const view = new DataView(buffer);
  const length = view.byteLength;
  function at(address: number, n: number): number {
    const offset = address - base;
    if (!(offset >= 0 && offset + n <= length)) throw new UnmappedError(address, n);
    return offset;
  }
  const memory: Memory = {
    has: (address, n) => address >= base && address - base + n <= length,
    u8: (address) => view.getUint8(at(address, 1)),
    u16: (address) => view.getUint16(at(address, 2), true),
    i8: (address) => view.getInt8(at(address, 1)),
    i16: (address) => view.getInt16(at(address, 2), true),
    i32: (address) => view.getInt32(at(address, 4), true),
    u32: (address) => view.getUint32(at(address, 4), true),
    f64: (address) => view.getFloat64(at(address, 8), true),
    ptr: (address) => {
      const offset = at(address, 8);
      return view.getUint32(offset, true) + view.getUint32(offset + 4, true) * 0x100000000;
    },
    ssize: (address) => {
      const offset = at(address, 8);
      return view.getUint32(offset, true) + view.getInt32(offset + 4, true) * 0x100000000;
    },
    u64: (address) => view.getBigUint64(at(address, 8), true),
    i64: (address) => view.getBigInt64(at(address, 8), true),
    bytes: (address, n) => new Uint8Array(buffer, at(address, n), n),
  };
  return base === 0 ? { ...memory, flat: view } : memory;
}

/** Zero-terminated UTF-8 as text (of at most `limit` bytes), or null where it is not mapped; U+FFFD for what is no UTF-8. */
export function readCString(memory: Memory, address: number, limit = 512): string | null {
  if (address === 0) return null;
  const bytes: number[] = [];
  for (let i = 0; i < limit; i++) {
    if (!memory.has(address + i, 1)) return null;
    const byte = memory.u8(address + i);
    if (byte === 0) break;
    bytes.push(byte);
  }
  return decodeUtf8(bytes);
}

/** How many bytes follow a first byte, from 0xc0 on, and the least code point that needs so many. */
const FOLLOWING = [
  [0xe0, 1, 0x80],
  [0xf0, 2, 0x800],
  [0xf8, 3, 0x10000],
] as const;

function decodeUtf8(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i++] as number;
    if (first < 0x80) {
      text += String.fromCharCode(first);
      continue;
    }
    const row = first < 0xc0 ? undefined : FOLLOWING.find(([below]) => first < below);
    const [, count, least] = row ?? [0, 0, 0];
    let code = first & (0x3f >> count);
    let k = 0;
    for (; k < count && ((bytes[i + k] ?? 0) & 0xc0) === 0x80; k++)
      code = (code << 6) | ((bytes[i + k] as number) & 0x3f);
    const valid = row !== undefined && k === count && code >= least && code <= 0x10ffff && (code & 0x1ff800) !== 0xd800;
    text += valid ? String.fromCodePoint(code) : '\ufffd';
    if (valid) i += count;
  }
  return text;
}
