/**
 * str: copying characters between kinds, slices, resizing, concatenation, joining, repeating.
 * Mirrors those parts of Objects/unicodeobject.c. Results are always of the narrowest kind.
 */
import { bytes, i32, mem, setI32, setPtr, u8 } from '../memory/linear.ts';
import { PyMem_Free, PyObject_Realloc } from '../memory/obmalloc.ts';
import { PyErr_NoMemory, raise } from './errors.ts';
import { Py_DECREF, Py_NewRef, PyUnicode_Check, type Ref, typeNameOf } from './object.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyUnicode_Type } from './static.ts';
import {
  EMPTY_STRING,
  get_latin1_char,
  PyUnicode_DATA,
  PyUnicode_IS_ASCII,
  PyUnicode_KIND,
  PyUnicode_MAX_CHAR_VALUE,
  PyUnicode_New,
  PyUnicode_READ,
  PyUnicode_WRITE,
  unicode_char,
} from './unicodeobject.ts';

const MAX_SSIZE = 2 ** 63;

/** Copies n bytes: a loop where calling the host's copy would cost more. */
export function copyBytes(to: number, from: number, n: number): void {
  if (n < 24) for (let i = 0; i < n; i++) bytes[to + i] = bytes[from + i] as number;
  else bytes.copyWithin(to, from, from + n);
}
/** The bound (0x7f, 0xff, 0xffff, 0x10ffff) that the widest of n characters needs. */
export function findMaxChar(kind: number, data: number, n: number): number {
  if (kind === 1) {
    let i = 0;
    for (; i + 4 <= n; i += 4) if ((mem.getInt32(data + i, true) & 0x80808080) !== 0) return 0xff;
    for (; i < n; i++) if ((bytes[data + i] as number) > 127) return 0xff;
    return 0x7f;
  }
  let all = 0;
  if (kind === 2) {
    for (let i = 0; i < n; i++) {
      all |= mem.getUint16(data + (i << 1), true);
      if (all > 0xff) return 0xffff;
    }
  } else {
    for (let i = 0; i < n; i++) {
      all |= mem.getInt32(data + (i << 2), true);
      if (all > 0xffff) return 0x10ffff;
    }
  }
  return all < 128 ? 0x7f : all < 256 ? 0xff : 0xffff;
}
/** Copies n characters at `from` to `to`, widening or narrowing. */
export function copyCharacters(toKind: number, to: number, fromKind: number, from: number, n: number): void {
  if (toKind === fromKind) copyBytes(to, from, n * toKind);
  else if (toKind === 4)
    for (let i = 0; i < n; i++) mem.setInt32(to + (i << 2), PyUnicode_READ(fromKind, from, i), true);
  else if (toKind === 2)
    for (let i = 0; i < n; i++) mem.setUint16(to + (i << 1), PyUnicode_READ(fromKind, from, i), true);
  else for (let i = 0; i < n; i++) bytes[to + i] = PyUnicode_READ(fromKind, from, i);
}
/** Copies the whole of `from` into the str `to` from character `at` on (_PyUnicode_FastCopyCharacters). */
export function copyInto(to: Ref, at: number, from: Ref): void {
  const kind = PyUnicode_KIND(to);
  copyCharacters(kind, PyUnicode_DATA(to) + at * kind, PyUnicode_KIND(from), PyUnicode_DATA(from), i32(from + 16));
}
/** A str of n characters of `kind` at `data`. */
export function PyUnicode_FromKindAndData(kind: number, data: number, n: number): Ref {
  if (n === 0) return Py_NewRef(EMPTY_STRING);
  if (n === 1) return unicode_char(PyUnicode_READ(kind, data, 0));
  const max = findMaxChar(kind, data, n);
  const op = PyUnicode_New(n, max);
  copyCharacters(PyUnicode_KIND(op), PyUnicode_DATA(op), kind, data, n);
  return op;
}
/** A str of n ASCII characters at `data`. */
export function _PyUnicode_FromASCII(data: number, n: number): Ref {
  if (n === 0) return Py_NewRef(EMPTY_STRING);
  if (n === 1) return Py_NewRef(get_latin1_char(bytes[data] as number));
  const op = PyUnicode_New(n, 127);
  copyBytes(op + 40, data, n);
  return op;
}
/** A str of code points. */
export function fromCodePoints(codes: ArrayLike<number>): Ref {
  const n = codes.length;
  if (n === 0) return Py_NewRef(EMPTY_STRING);
  if (n === 1) return unicode_char(codes[0] as number);
  return freshFromCodePoints(codes);
}
/** A new str of at least one code point, even where a one-character singleton exists: PyUnicode_New filled by hand. */
export function freshFromCodePoints(codes: ArrayLike<number>, max = widest(codes)): Ref {
  const n = codes.length;
  if (n === 0) return Py_NewRef(EMPTY_STRING);
  const op = PyUnicode_New(n, max);
  const kind = PyUnicode_KIND(op);
  const data = PyUnicode_DATA(op);
  if (kind === 1) for (let i = 0; i < n; i++) bytes[data + i] = codes[i] as number;
  else for (let i = 0; i < n; i++) PyUnicode_WRITE(kind, data, i, codes[i] as number);
  return op;
}
function widest(codes: ArrayLike<number>): number {
  let all = 0;
  for (let i = 0; i < codes.length; i++) all |= codes[i] as number;
  return all > 0xffff ? 0x10ffff : all;
}
/** The code points of a str. */
export function codePointsOf(op: Ref): number[] {
  const n = i32(op + 16);
  const kind = PyUnicode_KIND(op);
  const data = PyUnicode_DATA(op);
  const out = new Array<number>(n);
  for (let i = 0; i < n; i++) out[i] = PyUnicode_READ(kind, data, i);
  return out;
}
/** Appends characters start … end of a str to `out`. */
export function pushCodePoints(out: number[], op: Ref, start = 0, end = i32(op + 16)): void {
  const kind = PyUnicode_KIND(op);
  const data = PyUnicode_DATA(op);
  for (let i = start; i < end; i++) out.push(PyUnicode_READ(kind, data, i));
}
/** Appends our text to `out`. */
export function pushText(out: number[], s: string): void {
  for (let i = 0; i < s.length; i++) {
    const c = s.codePointAt(i) as number;
    if (c > 0xffff) i++;
    out.push(c);
  }
}

/** An exact str of the same characters. */
export function _PyUnicode_Copy(op: Ref): Ref {
  const n = i32(op + 16);
  const r = PyUnicode_New(n, PyUnicode_MAX_CHAR_VALUE(op));
  if (n > 0) copyBytes(PyUnicode_DATA(r), PyUnicode_DATA(op), n * PyUnicode_KIND(op));
  return r;
}
/** The str itself if it is exact, a copy of a subclass's. */
export function unicode_result_unchanged(op: Ref): Ref {
  return i32(op + 8) === PyUnicode_Type ? Py_NewRef(op) : _PyUnicode_Copy(op);
}
/** An exact str of a str; TypeError for anything else. */
export function PyUnicode_FromObject(op: Ref): Ref {
  if (PyUnicode_Check(op)) return unicode_result_unchanged(op);
  raise(PyExc_TypeError, `Can't convert '${typeNameOf(op)}' object to str implicitly`);
}
/** op[start:end], 0 <= start, both cut to the length. */
export function PyUnicode_Substring(op: Ref, start: number, end: number): Ref {
  const n = i32(op + 16);
  if (end > n) end = n;
  if (start === 0 && end === n) return unicode_result_unchanged(op);
  if (start >= end) return Py_NewRef(EMPTY_STRING);
  if (PyUnicode_IS_ASCII(op)) return _PyUnicode_FromASCII(PyUnicode_DATA(op) + start, end - start);
  const kind = PyUnicode_KIND(op);
  return PyUnicode_FromKindAndData(kind, PyUnicode_DATA(op) + start * kind, end - start);
}

/** Whether a str may change in place: one reference, no hash yet, not interned, exact. */
export function unicode_modifiable(op: Ref): boolean {
  return (
    i32(op) === 1 &&
    i32(op + 24) === -1 &&
    i32(op + 28) === -1 &&
    (u8(op + 32) & 3) === 0 &&
    i32(op + 8) === PyUnicode_Type
  );
}
/** Resizes a compact str in its memory; returns its address, which may be new. */
export function resize_compact(op: Ref, n: number): Ref {
  const state = u8(op + 32);
  const ascii = (state & 64) !== 0;
  const kind = (state >> 2) & 7;
  const header = ascii ? 40 : 56;
  const size = header + (n + 1) * kind;
  if (!ascii && i32(op + 48) !== 0) {
    PyMem_Free(i32(op + 48));
    setPtr(op + 48, 0);
    setPtr(op + 40, 0);
  }
  const q = size < 0x7fffff00 ? PyObject_Realloc(op, size) : 0;
  if (q === 0) PyErr_NoMemory();
  setPtr(q + 16, n);
  PyUnicode_WRITE(kind, q + header, n, 0);
  return q;
}

export function PyUnicode_Concat(left: Ref, right: Ref): Ref {
  if (!PyUnicode_Check(left)) raise(PyExc_TypeError, `must be str, not ${typeNameOf(left)}`);
  if (!PyUnicode_Check(right)) raise(PyExc_TypeError, `can only concatenate str (not "${typeNameOf(right)}") to str`);
  if (left === EMPTY_STRING) return unicode_result_unchanged(right);
  if (right === EMPTY_STRING) return unicode_result_unchanged(left);
  const a = i32(left + 16);
  const r = PyUnicode_New(a + i32(right + 16), PyUnicode_MAX_CHAR_VALUE(left) | PyUnicode_MAX_CHAR_VALUE(right));
  if (r === EMPTY_STRING) return r;
  copyInto(r, 0, left);
  copyInto(r, a, right);
  return r;
}
/** slot += right: in the str's own memory when nobody else has it. `slot` holds an owned reference. */
export function PyUnicode_Append(slot: number, right: Ref): void {
  const left = i32(slot);
  if (left === EMPTY_STRING) {
    setPtr(slot, Py_NewRef(right));
    return;
  }
  if (right === EMPTY_STRING) return;
  if (unicode_modifiable(left) && i32(right + 8) === PyUnicode_Type) {
    const ls = u8(left + 32);
    const rs = u8(right + 32);
    if (((rs >> 2) & 7) <= ((ls >> 2) & 7) && !((ls & 64) !== 0 && (rs & 64) === 0)) {
      const a = i32(left + 16);
      const q = resize_compact(left, a + i32(right + 16));
      setPtr(slot, q);
      copyInto(q, a, right);
      return;
    }
  }
  const r = PyUnicode_Concat(left, right);
  setPtr(slot, r);
  Py_DECREF(left);
}

/** sep.join of the n references at `items`; sep 0 is a space (_PyUnicode_JoinArray). */
export function _PyUnicode_JoinArray(separator: Ref, items: number, n: number): Ref {
  if (n === 0) return Py_NewRef(EMPTY_STRING);
  if (n === 1 && i32(i32(items) + 8) === PyUnicode_Type) return Py_NewRef(i32(items));
  const sep = separator === 0 ? get_latin1_char(32) : separator;
  let seplen = 0;
  let max = 0;
  if (n > 1) {
    if (!PyUnicode_Check(sep)) raise(PyExc_TypeError, `separator: expected str instance, ${typeNameOf(sep)} found`);
    seplen = i32(sep + 16);
    if (seplen > 0) max = PyUnicode_MAX_CHAR_VALUE(sep);
  }
  let total = seplen * (n - 1);
  for (let i = 0; i < n; i++) {
    const item = i32(items + (i << 3));
    if (!PyUnicode_Check(item))
      raise(PyExc_TypeError, `sequence item ${i}: expected str instance, ${typeNameOf(item)} found`);
    total += i32(item + 16);
    max |= PyUnicode_MAX_CHAR_VALUE(item);
  }
  const op = PyUnicode_New(total, max);
  if (total === 0) return op;
  const kind = PyUnicode_KIND(op);
  let to = PyUnicode_DATA(op);
  const sepKind = seplen > 0 ? PyUnicode_KIND(sep) : 0;
  const sepData = seplen > 0 ? PyUnicode_DATA(sep) : 0;
  for (let i = 0; i < n; i++) {
    if (i > 0 && seplen > 0) {
      copyCharacters(kind, to, sepKind, sepData, seplen);
      to += seplen * kind;
    }
    const item = i32(items + (i << 3));
    const len = i32(item + 16);
    copyCharacters(kind, to, PyUnicode_KIND(item), PyUnicode_DATA(item), len);
    to += len * kind;
  }
  return op;
}

/** Fills `count` copies of the `size` bytes at `from`, one behind the other, at `to`. */
export function repeatBytes(to: number, from: number, size: number, count: number): void {
  const total = size * count;
  if (size === 1) {
    bytes.fill(bytes[from] as number, to, to + total);
    return;
  }
  if (total === 0) return;
  bytes.copyWithin(to, from, from + size);
  for (let done = size; done < total; ) {
    const n = Math.min(done, total - done);
    bytes.copyWithin(to + done, to, to + n);
    done += n;
  }
}
export function unicode_repeat(op: Ref, n: number): Ref {
  if (n < 1) return Py_NewRef(EMPTY_STRING);
  if (n === 1) return unicode_result_unchanged(op);
  const len = i32(op + 16);
  if (len * n >= MAX_SSIZE) raise(PyExc_OverflowError, 'repeated string is too long');
  const r = PyUnicode_New(len * n, PyUnicode_MAX_CHAR_VALUE(op));
  if (r === EMPTY_STRING) return r;
  repeatBytes(PyUnicode_DATA(r), PyUnicode_DATA(op), len * PyUnicode_KIND(op), n);
  return r;
}
/** Sets n characters from `at` on to c. */
export function fillCharacters(op: Ref, at: number, n: number, c: number): void {
  const kind = PyUnicode_KIND(op);
  const data = PyUnicode_DATA(op);
  if (kind === 1) bytes.fill(c, data + at, data + at + n);
  else for (let i = at; i < at + n; i++) PyUnicode_WRITE(kind, data, i, c);
}
/** Forgets a str's cached hash; for a str under construction. */
export function forgetHash(op: Ref): void {
  setI32(op + 24, -1);
  setI32(op + 28, -1);
}
