/** The codecs unicode_escape and raw_unicode_escape. Mirrors _PyUnicode_DecodeUnicodeEscapeInternal and its like. */
import { bytes, i32 } from '../memory/linear.ts';
import { lookupName } from '../numeric/unicode/names.ts';
import { backslashed, handleDecodeError, type Input } from './codecerrors.ts';
import type { Ref } from './object.ts';
import { PyExc_DeprecationWarning } from './static.ts';
import { PyErr_WarnText } from './warnings.ts';
import { pushText } from './unicodemake.ts';
import { PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ } from './unicodeobject.ts';

export function encodeEscapes(op: Ref): number[] {
  const out: number[] = [];
  const n = i32(op + 16);
  for (let i = 0; i < n; i++) {
    const c = PyUnicode_READ(PyUnicode_KIND(op), PyUnicode_DATA(op), i);
    if (c === 92) out.push(92, 92);
    else if (c === 9) out.push(92, 116);
    else if (c === 10) out.push(92, 110);
    else if (c === 13) out.push(92, 114);
    else if (c >= 32 && c < 127) out.push(c);
    else pushText(out, backslashed(c));
  }
  return out;
}
export function encodeRawEscapes(op: Ref): number[] {
  const out: number[] = [];
  const n = i32(op + 16);
  for (let i = 0; i < n; i++) {
    const c = PyUnicode_READ(PyUnicode_KIND(op), PyUnicode_DATA(op), i);
    if (c < 256) out.push(c);
    else pushText(out, backslashed(c));
  }
  return out;
}

const SIMPLE: { readonly [c: number]: number } = {
  92: 92,
  39: 39,
  34: 34,
  98: 8,
  102: 12,
  116: 9,
  110: 10,
  114: 13,
  118: 11,
  97: 7,
};
/** The value of a hexadecimal digit, or -1. */
export function hexDigit(c: number | undefined): number {
  if (c === undefined) return -1;
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 97 && c <= 102) return c - 87;
  if (c >= 65 && c <= 70) return c - 55;
  return -1;
}
function hexEscape(
  input: Input,
  start: number,
  from: number,
  digits: number,
  what: string,
  encoding: string,
  errors: string | null,
  out: number[],
): number {
  const { p, n } = input;
  let v = 0;
  let i = from;
  for (; i < from + digits; i++) {
    const d = i < n ? hexDigit(bytes[p + i]) : -1;
    if (d < 0) return handleDecodeError(errors, encoding, input, start, i, `truncated ${what} escape`, out);
    v = v * 16 + d;
  }
  if (v > 0x10ffff) return handleDecodeError(errors, encoding, input, start, i, 'illegal Unicode character', out);
  out.push(v);
  return i;
}
export function decodeEscapes(input: Input, errors: string | null, out: number[]): void {
  const { p, n } = input;
  const name = 'unicodeescape';
  let warned = false;
  for (let i = 0; i < n; ) {
    const c = bytes[p + i] as number;
    if (c !== 92) {
      out.push(c);
      i++;
      continue;
    }
    if (i + 1 >= n) {
      i = handleDecodeError(errors, name, input, i, n, '\\ at end of string', out);
      continue;
    }
    const e = bytes[p + i + 1] as number;
    const simple = SIMPLE[e];
    if (simple !== undefined) {
      out.push(simple);
      i += 2;
    } else if (e === 10) i += 2;
    else if (e >= 48 && e <= 55) {
      let v = 0;
      let k = i + 1;
      for (; k < n && k < i + 4; k++) {
        const d = (bytes[p + k] as number) - 48;
        if (d < 0 || d > 7) break;
        v = v * 8 + d;
      }
      out.push(v);
      i = k;
    } else if (e === 120) i = hexEscape(input, i, i + 2, 2, '\\xXX', name, errors, out);
    else if (e === 117) i = hexEscape(input, i, i + 2, 4, '\\uXXXX', name, errors, out);
    else if (e === 85) i = hexEscape(input, i, i + 2, 8, '\\UXXXXXXXX', name, errors, out);
    else if (e === 78) i = namedEscape(input, i, name, errors, out);
    else {
      if (!warned) {
        warned = true;
        PyErr_WarnText(PyExc_DeprecationWarning, `invalid escape sequence '\\${String.fromCharCode(e)}'`, 1);
      }
      out.push(92, e);
      i += 2;
    }
  }
}
function namedEscape(input: Input, i: number, encoding: string, errors: string | null, out: number[]): number {
  const { p, n } = input;
  if (i + 2 >= n || bytes[p + i + 2] !== 123)
    return handleDecodeError(errors, encoding, input, i, Math.min(i + 2, n), 'malformed \\N character escape', out);
  let k = i + 3;
  let text = '';
  while (k < n && bytes[p + k] !== 125) text += String.fromCharCode(bytes[p + k++] as number);
  if (k >= n) return handleDecodeError(errors, encoding, input, i, n, 'malformed \\N character escape', out);
  if (text === '') return handleDecodeError(errors, encoding, input, i, k, 'malformed \\N character escape', out);
  const c = lookupName(text);
  if (c < 0) return handleDecodeError(errors, encoding, input, i, k + 1, 'unknown Unicode character name', out);
  out.push(c);
  return k + 1;
}
export function decodeRawEscapes(input: Input, errors: string | null, out: number[]): void {
  const { p, n } = input;
  for (let i = 0; i < n; ) {
    const c = bytes[p + i] as number;
    const e = i + 1 < n ? (bytes[p + i + 1] as number) : 0;
    if (c === 92 && e === 117) i = hexEscape(input, i, i + 2, 4, '\\uXXXX', 'rawunicodeescape', errors, out);
    else if (c === 92 && e === 85) i = hexEscape(input, i, i + 2, 8, '\\UXXXXXXXX', 'rawunicodeescape', errors, out);
    else if (c === 92 && i + 1 < n) {
      out.push(c, e);
      i += 2;
    } else {
      out.push(c);
      i++;
    }
  }
}
