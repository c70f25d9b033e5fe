/**
 * str: memory, making, comparing, hashing, text of ours. Mirrors the core of Objects/unicodeobject.c (PEP 393).
 *
 *   ASCII    +16 length  +24 hash  +32 state  +40 characters, NUL
 *   compact  +16 length  +24 hash  +32 state  +40 utf8_length  +48 utf8  +56 characters of 1, 2 or 4 bytes, NUL
 *   state    bits 0-1 interned, 2-4 kind (1, 2, 4), 5 compact, 6 ascii, 7 statically allocated
 */
import { ASCII_ADDRESS, ASCII_STRIDE, LATIN1_ADDRESS, LATIN1_STRIDE, PyInterpreterState, Py_STR } from '@moult/abi';
import { PyObject_Malloc } from '../memory/obmalloc.ts';
import { bytes, HASH_HI, i32, mem, POLICY, setI32, setPtr, u16, u8 } from '../memory/linear.ts';
import { siphash13, siphash24 } from '../numeric/siphash.ts';
import { PyErr_NoMemory, raise } from './errors.ts';
import { internMortal } from './intern.ts';
import { PyUnicode_Check, type Ref, typeNameOf, Py_NewRef } from './object.ts';
import { INTERP } from './runtime.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyUnicode_Type } from './static.ts';

export const EMPTY_STRING = Py_STR.empty;

/** The immortal one-character string of code point c < 256. */
export function get_latin1_char(c: number): Ref {
  return c < 128 ? ASCII_ADDRESS + c * ASCII_STRIDE : LATIN1_ADDRESS + (c - 128) * LATIN1_STRIDE;
}
export function PyUnicode_GET_LENGTH(op: Ref): number {
  return i32(op + 16);
}
/** Bytes a character: 1, 2 or 4. */
export function PyUnicode_KIND(op: Ref): number {
  return (u8(op + 32) >> 2) & 7;
}
export function PyUnicode_IS_ASCII(op: Ref): boolean {
  return (u8(op + 32) & 64) !== 0;
}
/** Address of the first character. */
export function PyUnicode_DATA(op: Ref): number {
  const state = u8(op + 32);
  if ((state & 32) !== 0) return (state & 64) !== 0 ? op + 40 : op + 56;
  return i32(op + 56);
}
/** The code point at index i of characters of `kind` at `data`. */
export function PyUnicode_READ(kind: number, data: number, i: number): number {
  if (kind === 1) return mem.getUint8(data + i);
  if (kind === 2) return mem.getUint16(data + (i << 1), true);
  return mem.getInt32(data + (i << 2), true);
}
export function PyUnicode_READ_CHAR(op: Ref, i: number): number {
  return PyUnicode_READ(PyUnicode_KIND(op), PyUnicode_DATA(op), i);
}
export function PyUnicode_WRITE(kind: number, data: number, i: number, c: number): void {
  if (kind === 1) mem.setUint8(data + i, c);
  else if (kind === 2) mem.setUint16(data + (i << 1), c, true);
  else mem.setInt32(data + (i << 2), c, true);
}
/** An upper bound of the code points: 0x7f, 0xff, 0xffff or 0x10ffff. */
export function PyUnicode_MAX_CHAR_VALUE(op: Ref): number {
  const state = u8(op + 32);
  if ((state & 64) !== 0) return 0x7f;
  const kind = (state >> 2) & 7;
  return kind === 1 ? 0xff : kind === 2 ? 0xffff : 0x10ffff;
}

/** A new str of n characters up to `maxchar`, its characters unset but for the NUL. n = 0 gives the empty string. */
export function PyUnicode_New(n: number, maxchar: number): Ref {
  if (n === 0) return Py_NewRef(EMPTY_STRING);
  const ascii = maxchar < 128;
  const kind = maxchar < 256 ? 1 : maxchar < 65536 ? 2 : 4;
  const header = ascii ? 40 : 56;
  const size = header + (n + 1) * kind;
  const op = size < 0x7fffff00 ? PyObject_Malloc(size) : 0;
  if (op === 0) PyErr_NoMemory();
  setPtr(op, 1);
  setPtr(op + 8, PyUnicode_Type);
  setPtr(op + 16, n);
  setI32(op + 24, -1);
  setI32(op + 28, -1);
  setI32(op + 32, (kind << 2) | 32 | (ascii ? 64 : 0));
  setI32(op + 36, 0);
  if (!ascii) {
    setPtr(op + 40, 0);
    setPtr(op + 48, 0);
  }
  PyUnicode_WRITE(kind, op + header, n, 0);
  return op;
}

/** A str of our text: surrogate pairs become one character, lone surrogates stay. */
export function PyUnicode_FromString(s: string): Ref {
  const units = s.length;
  if (units === 0) return Py_NewRef(EMPTY_STRING);
  let max = 0;
  let n = 0;
  for (let i = 0; i < units; i++, n++) {
    let c = s.charCodeAt(i);
    if (c >= 0xd800 && c < 0xdc00) {
      c = s.codePointAt(i) as number;
      if (c > 0xffff) i++;
    }
    max |= c > 0xffff ? 0x10000 : c;
  }
  if (n === 1 && max < 256) return Py_NewRef(get_latin1_char(s.charCodeAt(0)));
  const op = PyUnicode_New(n, max);
  const data = PyUnicode_DATA(op);
  if (max < 256) {
    for (let i = 0; i < n; i++) bytes[data + i] = s.charCodeAt(i);
  } else if (max < 65536) {
    for (let i = 0; i < n; i++) mem.setUint16(data + (i << 1), s.charCodeAt(i), true);
  } else {
    for (let i = 0, k = 0; k < n; k++) {
      const c = s.codePointAt(i) as number;
      mem.setInt32(data + (k << 2), c, true);
      i += c > 0xffff ? 2 : 1;
    }
  }
  return op;
}
/** The text of a str. */
export function asText(op: Ref): string {
  return textOf(PyUnicode_KIND(op), PyUnicode_DATA(op), i32(op + 16));
}
/** The text of n characters of `kind` at `data`. */
export function textOf(kind: number, data: number, n: number): string {
  let s = '';
  const CHUNK = 4096;
  for (let at = 0; at < n; at += CHUNK) {
    const end = Math.min(n, at + CHUNK);
    const codes = new Array<number>(end - at);
    if (kind === 1) for (let i = at; i < end; i++) codes[i - at] = u8(data + i);
    else if (kind === 2) for (let i = at; i < end; i++) codes[i - at] = u16(data + (i << 1));
    else for (let i = at; i < end; i++) codes[i - at] = i32(data + (i << 2));
    s += kind === 4 ? String.fromCodePoint(...codes) : String.fromCharCode(...codes);
  }
  return s;
}
/** The text of an object that must be a str; TypeError otherwise. */
export function PyUnicode_AsText(op: Ref): string {
  if (!PyUnicode_Check(op))
    raise(PyExc_TypeError, `bad argument type for built-in operation: expected str, got ${typeNameOf(op)}`);
  return asText(op);
}
/** The str of one code point. */
export function PyUnicode_FromOrdinal(c: number): Ref {
  return unicode_char(c);
}
export function unicode_char(c: number): Ref {
  if (c < 256) return Py_NewRef(get_latin1_char(c));
  const op = PyUnicode_New(1, c);
  PyUnicode_WRITE(c < 65536 ? 2 : 4, op + 56, 0, c);
  return op;
}

/** Equality of two strs by length, kind and characters. */
export function unicode_eq(a: Ref, b: Ref): boolean {
  const n = i32(a + 16);
  if (n !== i32(b + 16)) return false;
  if (n === 0) return true;
  const kind = PyUnicode_KIND(a);
  if (kind !== PyUnicode_KIND(b)) return false;
  const p = PyUnicode_DATA(a);
  const q = PyUnicode_DATA(b);
  const size = n * kind;
  let i = 0;
  for (; i + 4 <= size; i += 4) if (mem.getInt32(p + i, true) !== mem.getInt32(q + i, true)) return false;
  for (; i < size; i++) if (mem.getUint8(p + i) !== mem.getUint8(q + i)) return false;
  return true;
}
/** True if the str's text is exactly this ASCII text. */
export function _PyUnicode_EqualToASCIIString(op: Ref, s: string): boolean {
  const n = i32(op + 16);
  if (n !== s.length || !PyUnicode_IS_ASCII(op)) return false;
  const data = PyUnicode_DATA(op);
  for (let i = 0; i < n; i++) if (u8(data + i) !== s.charCodeAt(i)) return false;
  return true;
}

/** struct _Py_HashSecret's first two words: two 64-bit keys. */
export const HASH_SECRET = INTERP + PyInterpreterState.SIZE + 64;
/** The hash of n bytes at p: siphash13 (siphash24 before 3.11). High word at HASH_HI. */
export function _Py_HashBytes(p: number, n: number): number {
  if (n === 0) {
    setI32(HASH_HI, 0);
    return 0;
  }
  const k = HASH_SECRET;
  const hash = i32(POLICY) >= 311 ? siphash13 : siphash24;
  hash(bytes, p, n, i32(k), i32(k + 4), i32(k + 8), i32(k + 12), HASH_OUT);
  let lo = HASH_OUT[0] as number;
  const hi = HASH_OUT[1] as number;
  if (lo === -1 && hi === -1) lo = -2;
  setI32(HASH_HI, hi);
  return lo;
}
/** Scratch for a hash's two words; dead between calls. */
const HASH_OUT = new Int32Array(2);

/** tp_hash of str: computed once, kept in the object. High word at HASH_HI. */
export function unicode_hash(op: Ref): number {
  let lo = i32(op + 24);
  const hi = i32(op + 28);
  if (lo !== -1 || hi !== -1) {
    setI32(HASH_HI, hi);
    return lo;
  }
  lo = _Py_HashBytes(PyUnicode_DATA(op), i32(op + 16) * PyUnicode_KIND(op));
  setI32(op + 24, lo);
  setI32(op + 28, i32(HASH_HI));
  return lo;
}

/** The interned str of our text, a new reference (immortal, as names of code are). */
export function PyUnicode_InternFromString(s: string): Ref {
  return internMortal(PyUnicode_FromString(s));
}

export function checkStringSize(n: number): void {
  if (n > 0x7ffffff0) raise(PyExc_OverflowError, 'strings are too large to concat');
}

export * from './unicodemake.ts';
export * from './unicodecore.ts';
export { PyUnicode_IsIdentifier } from './unicodemethods.ts';
export { PyUnicode_Join, PyUnicode_Split, PyUnicode_Splitlines } from './unicodesplit.ts';
export { PyUnicode_Format } from './unicodepercent.ts';
export {
  PyUnicode_AsEncodedString,
  PyUnicode_AsUTF8String,
  PyUnicode_Decode,
  PyUnicode_DecodeUTF8,
  PyUnicode_EncodeFSDefault,
  PyUnicode_FromEncodedObject,
} from './codecs.ts';
export { unicodeSpec } from './unicodetype.ts';
export { unicodeASCIIIterSpec, unicodeIterSpec } from './unicodeiter.ts';
