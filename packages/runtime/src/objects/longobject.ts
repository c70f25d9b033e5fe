/**
 * int: memory, making, conversion to and from numbers of ours. Mirrors the core of Objects/longobject.c; arithmetic is
 * in longarith.ts, methods and text in longmethods.ts.
 *
 *   PyLongObject  +16 lv_tag: ndigits << 3 | sign (0 positive, 1 zero, 2 negative)   +24 ob_digit: 30 bits each
 *   small ints -5..256 lie in _PyRuntime, 32 bytes apart
 */
import { PyObject_Malloc } from '../memory/obmalloc.ts';
import { i32, POLICY, setI32, setPtr, u32, words } from '../memory/linear.ts';
import { bigIntDigitCount, bigIntToDigits, digitsToBigInt, digitsToDouble } from '../numeric/bigconv.ts';
import { PyErr_NoMemory, raise } from './errors.ts';
import { PyNumber_Index } from './abstractnumber.ts';
import { hold, Py_INCREF, PyLong_Check, type Ref, release, typeNameOf } from './object.ts';
import { SMALL_INTS } from './runtime.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyLong_Type } from './static.ts';

export const PyLong_SHIFT = 30;
export const PyLong_MASK = 0x3fffffff;
export const NSMALLNEGINTS = 5;
export const NSMALLPOSINTS = 257;

/** The small ints inside _PyRuntime: immortal from 3.12 on, counted before. */
export function initSmallInts(): void {
  const count = i32(POLICY) >= 312 ? -1 : 1;
  for (let n = -5; n <= 256; n++) {
    const op = SMALL_INTS + ((n + 5) << 5);
    setPtr(op, count);
    setPtr(op + 8, PyLong_Type);
    setPtr(op + 16, n === 0 ? 1 : n < 0 ? 10 : 8);
    setI32(op + 24, Math.abs(n));
  }
}
/** The small int n; a new reference. */
export function smallInt(n: number): Ref {
  const op = SMALL_INTS + ((n + 5) << 5);
  Py_INCREF(op);
  return op;
}
export const ZERO = SMALL_INTS + (5 << 5);
export const ONE = SMALL_INTS + (6 << 5);

/** Memory of an int of n digits (at least 1), value and sign unset. */
export function _PyLong_New(n: number): Ref {
  const size = 24 + (n > 1 ? n : 1) * 4;
  const op = size < 0x7fffff00 ? PyObject_Malloc(size) : 0;
  if (op === 0) PyErr_NoMemory();
  setPtr(op, 1);
  setPtr(op + 8, PyLong_Type);
  return op;
}
/** An int of one digit or none: |n| < 2**30. */
export function _PyLong_FromMedium(n: number): Ref {
  if (n >= -5 && n <= 256) return smallInt(n);
  const op = PyObject_Malloc(32);
  if (op === 0) PyErr_NoMemory();
  setPtr(op, 1);
  setPtr(op + 8, PyLong_Type);
  if (n < 0) {
    setPtr(op + 16, 10);
    setI32(op + 24, -n);
  } else {
    setPtr(op + 16, 8);
    setI32(op + 24, n);
  }
  return op;
}
/** An int of any safe integer (|n| <= 2**53). */
export function PyLong_FromLong(n: number): Ref {
  if (n > -1073741824 && n < 1073741824) return _PyLong_FromMedium(n);
  let a = Math.abs(n);
  const two = a < 2 ** 60;
  const op = _PyLong_New(two ? 2 : 3);
  setPtr(op + 16, ((two ? 2 : 3) << 3) | (n < 0 ? 2 : 0));
  for (let i = 0; i < (two ? 2 : 3); i++) {
    const high = Math.floor(a / 1073741824);
    setI32(op + 24 + (i << 2), a - high * 1073741824);
    a = high;
  }
  return op;
}
export const PyLong_FromSsize_t = PyLong_FromLong;
/** An int of any BigInt. */
export function PyLong_FromBigInt(v: bigint): Ref {
  if (v > -1073741824n && v < 1073741824n) return _PyLong_FromMedium(Number(v));
  const n = bigIntDigitCount(v);
  const op = _PyLong_New(n);
  bigIntToDigits(v < 0n ? -v : v, words, (op + 24) >> 2);
  setPtr(op + 16, n * 8 + (v < 0n ? 2 : 0));
  return op;
}
/** An int of n digits in place at op + 24 with leading zero digits dropped; small values become the small int. */
export function long_normalize(op: Ref, n: number, negative: boolean): void {
  while (n > 0 && i32(op + 24 + ((n - 1) << 2)) === 0) n--;
  setPtr(op + 16, n === 0 ? 1 : n * 8 + (negative ? 2 : 0));
}

/** Number of digits. */
export function digitCount(op: Ref): number {
  return i32(op + 16) >>> 3;
}
export function _PyLong_IsNegative(op: Ref): boolean {
  return (i32(op + 16) & 3) === 2;
}
export function _PyLong_IsZero(op: Ref): boolean {
  return (i32(op + 16) & 3) === 1;
}
/** -1, 0 or 1. */
export function _PyLong_Sign(op: Ref): number {
  return 1 - (i32(op + 16) & 3);
}
/** At most one digit. */
export function _PyLong_IsCompact(op: Ref): boolean {
  return i32(op + 16) < 16;
}
export function _PyLong_CompactValue(op: Ref): number {
  return (1 - (i32(op + 16) & 3)) * i32(op + 24);
}
/** The value as a BigInt. */
export function longAsBigInt(op: Ref): bigint {
  const n = i32(op + 16) >>> 3;
  const v = digitsToBigInt(words, (op + 24) >> 2, n);
  return _PyLong_IsNegative(op) ? -v : v;
}
export function PyLong_AsBigInt(op: Ref): bigint {
  if (!PyLong_Check(op)) raise(PyExc_TypeError, `an integer is required (got type ${typeNameOf(op)})`);
  return longAsBigInt(op);
}
/** The value as a number if |value| < 2**53; NaN otherwise. */
export function longAsNumber(op: Ref): number {
  const tag = i32(op + 16);
  if (tag < 16) return (1 - (tag & 3)) * i32(op + 24);
  if (tag < 24) {
    const v = i32(op + 28) * 1073741824 + u32(op + 24);
    return v >= 9007199254740992 ? NaN : (tag & 3) === 2 ? -v : v;
  }
  return NaN;
}
/** The value as a double, correctly rounded; OverflowError beyond. */
export function PyLong_AsDouble(op: Ref): number {
  const exact = longAsNumber(op);
  if (!Number.isNaN(exact)) return exact;
  const v = digitsToDouble(words, (op + 24) >> 2, i32(op + 16) >>> 3);
  if (!Number.isFinite(v)) raise(PyExc_OverflowError, 'int too large to convert to float');
  return _PyLong_IsNegative(op) ? -v : v;
}
/** Py_ssize_t as a number: exact within 2**53, beyond that rounded; OverflowError from 2**63 on. */
export function PyLong_AsSsize_t(op: Ref): number {
  if (!PyLong_Check(op)) raise(PyExc_TypeError, 'an integer is required');
  const v = longAsNumber(op);
  if (!Number.isNaN(v)) return v;
  const b = longAsBigInt(op);
  if (b > 9223372036854775807n || b < -9223372036854775808n) {
    raise(PyExc_OverflowError, 'Python int too large to convert to C ssize_t');
  }
  return Number(b);
}
/** C long: as PyLong_AsSsize_t with the message of longs. `op` must be an int. */
export function PyLong_AsLong(op: Ref): number {
  const v = longAsNumber(op);
  if (!Number.isNaN(v)) return v;
  const b = longAsBigInt(op);
  if (b > 9223372036854775807n || b < -9223372036854775808n)
    raise(PyExc_OverflowError, 'Python int too large to convert to C long');
  return Number(b);
}
/** C int, with its message, of an int or what has __index__. */
export function PyLong_AsInt(op: Ref): number {
  if (!PyLong_Check(op)) {
    const m = hold(PyNumber_Index(op));
    const n = PyLong_AsInt(i32(m));
    release(m);
    return n;
  }
  const v = longAsNumber(op);
  if (!(v >= -2147483648 && v <= 2147483647)) raise(PyExc_OverflowError, 'Python int too large to convert to C int');
  return v;
}
/** An int of a whole double of any size; OverflowError and ValueError for inf and nan are the caller's. */
export function PyLong_FromDouble(v: number): Ref {
  const t = Math.trunc(v);
  if (Math.abs(t) <= 9007199254740992) return PyLong_FromLong(t === 0 ? 0 : t);
  return PyLong_FromBigInt(BigInt(t));
}
export { _PyLong_Add, _PyLong_Multiply, _PyLong_Subtract } from './longarith.ts';
export { longSpec } from './longmethods.ts';
