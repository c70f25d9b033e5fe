/**
 * The process's memory: one block of bytes, reserved once and never grown (design D3).
 *
 *   0x00000000  never used: 0 is NULL
 *   0x00400000  NATIVE_STATE     words of ours that stand outside CPython's structs
 *   0x00408000  ALLOC_STATE      the raw allocator's own state
 *   0x00420000  OBMALLOC_STATE   struct _obmalloc_state of the main interpreter
 *   0x00500000  STATIC_TYPES     one KiB a static type: PyTypeObject and its slot tables
 *   0x00600000  STATIC_DATA      method definitions, C strings, laid down once at boot
 *   0x00700000  NATIVE_STACK     what native functions own across calls (see object.ts: hold), to 0x00950000
 *   0x009…      _PyRuntime       placed so that the small ints begin at 9784704
 *   0x00A00000  BRK_BASE         the raw heap grows upwards
 *   0x10000000  MMAP_BASE        arenas and blocks of 128 KiB and more
 *   0x7FFF0000  the end, or less
 */

/** Neither the DOM's nor Node's types are visible here; this much of WebAssembly every host has. */
declare const WebAssembly: {
  Memory: new (descriptor: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
};

/** In pages of 64 KiB: the address space that is asked for, and what is taken where a device gives no more; 320 MiB is the least. */
const SIZES = [32767, 16384, 8192, 5120] as const;

function reserve(): { readonly buffer: ArrayBuffer } {
  for (const pages of SIZES.slice(0, -1)) {
    try {
      return new WebAssembly.Memory({ initial: pages, maximum: pages });
    } catch {
      // a phone, or a browser with many pages open: less will do
    }
  }
  return new WebAssembly.Memory({ initial: SIZES[3], maximum: SIZES[3] });
}

/** The block as WebAssembly has it. */
export const memory = reserve();

/** Every byte of the process. Little-endian, as x86-64. */
export const mem: DataView = new DataView(memory.buffer);
export const bytes: Uint8Array = new Uint8Array(memory.buffer);
/** The same bytes as 32-bit words: digits of ints lie at words[address >> 2]. */
export const words: Uint32Array = new Uint32Array(memory.buffer);

export const MEMORY_SIZE = bytes.length;
export const NATIVE_STATE = 0x400000;
export const ALLOC_STATE = 0x408000;
export const OBMALLOC_STATE = 0x420000;
export const STATIC_TYPES = 0x500000;
export const STATIC_DATA = 0x600000;
export const NATIVE_STACK = 0x700000;
export const NATIVE_STACK_END = 0x950000;
export const BRK_BASE = 0xa00000;
export const BRK_LIMIT = 0x10000000;
export const MMAP_BASE = 0x10000000;

/** Words of NATIVE_STATE. */
export const NATIVE_SP = NATIVE_STATE + 0x10;
export const HASH_HI = NATIVE_STATE + 0x18;
export const CURRENT_TSTATE = NATIVE_STATE + 0x20;
export const STATIC_DATA_TOP = NATIVE_STATE + 0x28;
/** Nested runs of the evaluation loop; 0 at every moment that can be a checkpoint. */
export const LOOP_DEPTH = NATIVE_STATE + 0x30;
/** The policy's number (3.13 → 313, 3.8 → 308, 3.14.5 → 315). */
export const POLICY = NATIVE_STATE + 0x38;
/** Nested deallocations of collectable objects (object.ts: _Py_Dealloc). */
export const TRASH_NESTING = NATIVE_STATE + 0x40;
/** What trashcan.ts keeps: objects that wait for the present deallocation, whether it is to be called again, … */
export const TRASH_POSTPONED = NATIVE_STATE + 0x48;
export const TRASH_SUSPENDED = NATIVE_STATE + 0x50;
/** … from where on the native stack its levels are not counted yet, and how many finalizers count levels anew. */
export const TRASH_BASE = NATIVE_STATE + 0x58;
export const TRASH_CONTEXTS = NATIVE_STATE + 0x68;
/** 1 once the program has written where it pleased (moult.unsafe): what goes wrong then is its own doing. */
export const TAINTED = NATIVE_STATE + 0x60;
/** Rooms' own words: each room that needs some takes a row of 64 bytes here and names it. */
export const ROOM_STATE = NATIVE_STATE + 0x1000;

export function u8(a: number): number {
  return mem.getUint8(a);
}
export function setU8(a: number, v: number): void {
  mem.setUint8(a, v);
}
export function u16(a: number): number {
  return mem.getUint16(a, true);
}
export function setU16(a: number, v: number): void {
  mem.setUint16(a, v, true);
}
export function i32(a: number): number {
  return mem.getInt32(a, true);
}
export function setI32(a: number, v: number): void {
  mem.setInt32(a, v, true);
}
export function u32(a: number): number {
  return mem.getUint32(a, true);
}
export function f64(a: number): number {
  return mem.getFloat64(a, true);
}
export function setF64(a: number, v: number): void {
  mem.setFloat64(a, v, true);
}
/** A pointer: the low word of an 8-byte slot whose high word is 0. */
export function ptr(a: number): number {
  return mem.getInt32(a, true);
}
export function setPtr(a: number, v: number): void {
  mem.setInt32(a, v, true);
  mem.setInt32(a + 4, 0, true);
}
/** A 64-bit integer as two 32-bit words. */
export function setI64(a: number, lo: number, hi: number): void {
  mem.setInt32(a, lo, true);
  mem.setInt32(a + 4, hi, true);
}
/** A Py_ssize_t: exact for |n| < 2**53. */
export function ssize(a: number): number {
  return mem.getInt32(a + 4, true) * 4294967296 + mem.getUint32(a, true);
}
export function setSsize(a: number, n: number): void {
  mem.setInt32(a, n | 0, true);
  mem.setInt32(a + 4, Math.floor(n / 4294967296), true);
}
export function i64(a: number): bigint {
  return mem.getBigInt64(a, true);
}
export function setBig64(a: number, n: bigint): void {
  mem.setBigInt64(a, n, true);
}

/** Bytes on the static data segment, 16-aligned; only at boot, so that addresses never depend on a run. */
export function staticAlloc(n: number): number {
  const p = i32(STATIC_DATA_TOP);
  setPtr(STATIC_DATA_TOP, (p + n + 15) & -16);
  if (i32(STATIC_DATA_TOP) > NATIVE_STACK) throw new RangeError('the static data segment is full');
  return p;
}

/** A NUL-terminated UTF-8 C string on the static data segment. */
export function staticString(text: string): number {
  const p = staticAlloc(utf8Length(text) + 1);
  writeUtf8(p, text);
  return p;
}

export function utf8Length(text: string): number {
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x80) n += 1;
    else if (c < 0x800) n += 2;
    else if (c >= 0xd800 && c < 0xdc00 && i + 1 < text.length && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      n += 4;
      i++;
    } else n += 3;
  }
  return n;
}

/** Writes `text` as UTF-8 at `p` (lone surrogates as three bytes); returns the address behind the last byte. */
export function writeUtf8(p: number, text: string): number {
  for (let i = 0; i < text.length; i++) {
    const c = text.codePointAt(i) as number;
    if (c < 0x80) bytes[p++] = c;
    else if (c < 0x800) {
      bytes[p++] = 0xc0 | (c >> 6);
      bytes[p++] = 0x80 | (c & 63);
    } else if (c < 0x10000) {
      bytes[p++] = 0xe0 | (c >> 12);
      bytes[p++] = 0x80 | ((c >> 6) & 63);
      bytes[p++] = 0x80 | (c & 63);
    } else {
      i++;
      bytes[p++] = 0xf0 | (c >> 18);
      bytes[p++] = 0x80 | ((c >> 12) & 63);
      bytes[p++] = 0x80 | ((c >> 6) & 63);
      bytes[p++] = 0x80 | (c & 63);
    }
  }
  return p;
}

/** The text of the NUL-terminated UTF-8 string at `p`. */
export function cstring(p: number): string {
  let s = '';
  for (;;) {
    const c = bytes[p++] as number;
    if (c === 0) return s;
    if (c < 0x80) s += String.fromCharCode(c);
    else if (c < 0xe0) s += String.fromCharCode(((c & 31) << 6) | ((bytes[p++] as number) & 63));
    else if (c < 0xf0) {
      s += String.fromCharCode(((c & 15) << 12) | (((bytes[p] as number) & 63) << 6) | ((bytes[p + 1] as number) & 63));
      p += 2;
    } else {
      const b = bytes;
      s += String.fromCodePoint(
        ((c & 7) << 18) |
          (((b[p] as number) & 63) << 12) |
          (((b[p + 1] as number) & 63) << 6) |
          ((b[p + 2] as number) & 63),
      );
      p += 3;
    }
  }
}
