/**
 * int ↔ text and bytes, copying. Mirrors the conversion part of Objects/longobject.c, with its limit on decimal digits.
 */
import { PyInterpreterState } from '@moult/abi';
import { bytes, i32, setU8, words } from '../memory/linear.ts';
import { digitsToDecimal, digitsToText } from '../numeric/bigconv.ts';
import { intFromText, intTextParts } from '../numeric/bigmath.ts';
import { intWithPrefix } from '../numeric/intformat.ts';
import { decimalAndSpaceToAscii } from '../numeric/unicode/decimal.ts';
import { raise } from './errors.ts';
import {
  _PyLong_IsNegative,
  _PyLong_New,
  _PyLong_FromMedium,
  longAsBigInt,
  PyLong_FromBigInt,
  _PyLong_CompactValue,
} from './longobject.ts';
import { hold, type Ref, release } from './object.ts';
import { PyObject_Repr } from './objectattr.ts';
import { INTERP } from './runtime.ts';
import { PyExc_ValueError } from './static.ts';
import { asText, PyUnicode_FromString, PyUnicode_New } from './unicodeobject.ts';
import { setPtr } from '../memory/linear.ts';

/** sys.set_int_max_str_digits: 0 is no limit. */
export const MAX_STR_DIGITS = INTERP + PyInterpreterState.long_state_max_str_digits;
const DIGITS_THRESHOLD = 640;

/** An exact int of the same value. */
export function _PyLong_Copy(op: Ref): Ref {
  if (i32(op + 16) < 16) return _PyLong_FromMedium(_PyLong_CompactValue(op));
  const n = i32(op + 16) >>> 3;
  const z = _PyLong_New(n);
  setPtr(z + 16, i32(op + 16));
  words.copyWithin((z + 24) >> 2, (op + 24) >> 2, ((op + 24) >> 2) + n);
  return z;
}

function tooManyDigits(text: string): never {
  raise(PyExc_ValueError, text);
}
/** The decimal text of an int; ValueError beyond the digit limit. */
export function longDecimal(op: Ref): string {
  const n = i32(op + 16) >>> 3;
  const max = i32(MAX_STR_DIGITS);
  const message = `Exceeds the limit (${max} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit`;
  if (max > 0 && n >= Math.floor((10 * DIGITS_THRESHOLD) / (3 * 30)) + 2 && Math.floor((max / (3 * 30)) * 10) <= n - 2)
    tooManyDigits(message);
  const digits = digitsToDecimal(words, (op + 24) >> 2, n);
  if (max > 0 && digits.length > DIGITS_THRESHOLD && digits.length > max) tooManyDigits(message);
  return _PyLong_IsNegative(op) ? `-${digits}` : digits;
}
/** A str of its own of ASCII text, also for one character, as CPython's int conversions make it. */
function freshAscii(text: string): Ref {
  const n = text.length;
  const op = PyUnicode_New(n, 127);
  for (let i = 0; i < n; i++) bytes[op + 40 + i] = text.charCodeAt(i);
  return op;
}
export function long_to_decimal_string(op: Ref): Ref {
  return i32(op + 16) < 16 ? compactDecimal(_PyLong_CompactValue(op)) : freshAscii(longDecimal(op));
}
function compactDecimal(value: number): Ref {
  const minus = value < 0 ? 1 : 0;
  let left = minus === 1 ? -value | 0 : value | 0;
  let n = minus + 1;
  for (let limit = 10; limit <= left; limit *= 10) n++;
  const op = PyUnicode_New(n, 127);
  const first = op + 40;
  for (let p = first + n - 1; p >= first + minus; p--) {
    const rest = (left / 10) | 0;
    setU8(p, 48 + left - rest * 10);
    left = rest;
  }
  if (minus === 1) setU8(first, 45);
  return op;
}
/** bin(), oct(), hex(), or decimal. */
export function _PyLong_Format(op: Ref, base: number): Ref {
  if (base === 10) return long_to_decimal_string(op);
  return PyUnicode_FromString(intWithPrefix(longAsBigInt(op), base === 2 ? 'b' : base === 8 ? 'o' : 'x'));
}
export function longToText(op: Ref, base: number): string {
  const t = digitsToText(words, (op + 24) >> 2, i32(op + 16) >>> 3, base);
  return _PyLong_IsNegative(op) ? `-${t}` : t;
}

/** int(text, base) of text of ours; `source` is the object whose repr the error shows. */
function fromText(text: string, base: number, source: Ref): Ref {
  const ascii = decimalAndSpaceToAscii(text);
  const parts = intTextParts(ascii, base);
  if (parts === null) invalidLiteral(base, source);
  const { digits } = parts as { digits: string; base: number };
  const max = i32(MAX_STR_DIGITS);
  const b = (parts as { base: number }).base;
  if (max > 0 && (b & (b - 1)) !== 0 && digits.length > DIGITS_THRESHOLD && digits.length > max) {
    raise(
      PyExc_ValueError,
      `Exceeds the limit (${max} digits) for integer string conversion: value has ${digits.length} digits; use sys.set_int_max_str_digits() to increase the limit`,
    );
  }
  return PyLong_FromBigInt(intFromText(ascii, base) as bigint);
}
function invalidLiteral(base: number, source: Ref): never {
  const m = hold(PyObject_Repr(source));
  const r = [...asText(i32(m))].slice(0, 200).join('');
  release(m);
  raise(PyExc_ValueError, `invalid literal for int() with base ${base}: ${r}`);
}
export function PyLong_FromUnicodeObject(op: Ref, base: number): Ref {
  return fromText(asText(op), base, op);
}
/** ASCII without NUL: what the text of a number in bytes may be made of. */
function isPlainAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0 || c > 127) return false;
  }
  return true;
}
function latin1(p: number, n: number): string {
  let s = '';
  for (let i = 0; i < n; i++) s += String.fromCharCode(bytes[p + i] as number);
  return s;
}
/** int() of n bytes at p, which belong to `source`. */
export function _PyLong_FromBytes(p: number, n: number, base: number, source: Ref): Ref {
  const text = latin1(p, n);
  if (!isPlainAscii(text)) invalidLiteral(base, source);
  return fromText(text, base, source);
}
/** int() of a buffer's bytes. */
export function PyLong_FromTextBytes(data: Uint8Array, source: Ref): Ref {
  let text = '';
  for (const c of data) text += String.fromCharCode(c);
  if (!isPlainAscii(text)) invalidLiteral(10, source);
  return fromText(text, 10, source);
}
