/**
 * Searching characters: shared by str (kinds 1, 2, 4) and the bytes types (kind 1). Mirrors Objects/stringlib/fastsearch.h
 * and find.h in what they find. Positions are relative to the searched text.
 */
import { bytes, mem } from '../memory/linear.ts';
import { _PyIndex_Check, PyNumber_AsSsize_t } from './abstract.ts';
import { raise } from './errors.ts';
import type { Ref } from './object.ts';
import { Py_None, PyExc_OverflowError, PyExc_TypeError } from './static.ts';
import { PyUnicode_READ } from './unicodeobject.ts';

export const SSIZE_MAX = 2 ** 63;

/** A start or end argument: 0 or None gives `fallback`. */
export function sliceArgument(op: Ref, fallback: number): number {
  if (op === 0 || op === Py_None) return fallback;
  if (!_PyIndex_Check(op)) raise(PyExc_TypeError, 'slice indices must be integers or None or have an __index__ method');
  return PyNumber_AsSsize_t(op, 0);
}
/** A C int argument: any object with __index__. */
export function intArgument(op: Ref): number {
  const n = PyNumber_AsSsize_t(op, PyExc_OverflowError);
  if (n > 0x7fffffff || n < -0x80000000) raise(PyExc_OverflowError, 'Python int too large to convert to C int');
  return n;
}
/** start as ADJUST_INDICES leaves it. */
export function adjustStart(start: number, n: number): number {
  return start < 0 ? Math.max(0, start + n) : start;
}
export function adjustEnd(end: number, n: number): number {
  return end > n ? n : end < 0 ? Math.max(0, end + n) : end;
}

/** First c among n characters, or -1. */
export function findChar(kind: number, data: number, n: number, c: number): number {
  if (kind === 1) {
    if (c > 255) return -1;
    if (n < 48) {
      for (let i = 0; i < n; i++) if (bytes[data + i] === c) return i;
      return -1;
    }
    return bytes.subarray(data, data + n).indexOf(c);
  }
  if (kind === 2) {
    for (let i = 0; i < n; i++) if (mem.getUint16(data + (i << 1), true) === c) return i;
    return -1;
  }
  for (let i = 0; i < n; i++) if (mem.getInt32(data + (i << 2), true) === c) return i;
  return -1;
}
export function rfindChar(kind: number, data: number, n: number, c: number): number {
  for (let i = n - 1; i >= 0; i--) if (PyUnicode_READ(kind, data, i) === c) return i;
  return -1;
}
/** Whether the m characters at p stand at character i of s. */
export function matchAt(sk: number, s: number, i: number, pk: number, p: number, m: number): boolean {
  if (sk === pk) {
    const a = s + i * sk;
    const size = m * sk;
    for (let k = 0; k < size; k++) if (bytes[a + k] !== bytes[p + k]) return false;
    return true;
  }
  for (let k = 0; k < m; k++) if (PyUnicode_READ(sk, s, i + k) !== PyUnicode_READ(pk, p, k)) return false;
  return true;
}

/** First place of the m characters at p among the n at s, or -1. */
export function findIn(sk: number, s: number, n: number, pk: number, p: number, m: number): number {
  if (m > n) return -1;
  if (m === 0) return 0;
  if (m === 1) return findChar(sk, s, n, PyUnicode_READ(pk, p, 0));
  if (pk > sk) return -1;
  return sk === 1 ? findBytes(s, n, p, m) : findWide(sk, s, n, pk, p, m);
}
/** Boyer-Moore-Horspool with a Bloom filter of the pattern, as stringlib's default_find. */
function findBytes(s: number, n: number, p: number, m: number): number {
  const w = n - m;
  const mlast = m - 1;
  const last = bytes[p + mlast] as number;
  let gap = mlast;
  let mask = 0;
  for (let i = 0; i < mlast; i++) {
    const c = bytes[p + i] as number;
    mask |= 1 << (c & 31);
    if (c === last) gap = mlast - i - 1;
  }
  mask |= 1 << (last & 31);
  for (let i = 0; i <= w; i++) {
    if (bytes[s + i + mlast] === last) {
      let j = 0;
      while (j < mlast && bytes[s + i + j] === bytes[p + j]) j++;
      if (j === mlast) return i;
      if (i < w && (mask & (1 << ((bytes[s + i + m] as number) & 31))) === 0) i += m;
      else i += gap;
    } else if (i < w && (mask & (1 << ((bytes[s + i + m] as number) & 31))) === 0) i += m;
  }
  return -1;
}
function findWide(sk: number, s: number, n: number, pk: number, p: number, m: number): number {
  const w = n - m;
  const mlast = m - 1;
  const last = PyUnicode_READ(pk, p, mlast);
  let gap = mlast;
  let mask = 0;
  for (let i = 0; i < mlast; i++) {
    const c = PyUnicode_READ(pk, p, i);
    mask |= 1 << (c & 31);
    if (c === last) gap = mlast - i - 1;
  }
  mask |= 1 << (last & 31);
  for (let i = 0; i <= w; i++) {
    if (PyUnicode_READ(sk, s, i + mlast) === last) {
      if (matchAt(sk, s, i, pk, p, mlast)) return i;
      if (i < w && (mask & (1 << (PyUnicode_READ(sk, s, i + m) & 31))) === 0) i += m;
      else i += gap;
    } else if (i < w && (mask & (1 << (PyUnicode_READ(sk, s, i + m) & 31))) === 0) i += m;
  }
  return -1;
}
/** Last place, or -1. */
export function rfindIn(sk: number, s: number, n: number, pk: number, p: number, m: number): number {
  if (m > n) return -1;
  if (m === 0) return n;
  if (m === 1) return rfindChar(sk, s, n, PyUnicode_READ(pk, p, 0));
  if (pk > sk) return -1;
  const first = PyUnicode_READ(pk, p, 0);
  for (let i = n - m; i >= 0; i--) if (PyUnicode_READ(sk, s, i) === first && matchAt(sk, s, i, pk, p, m)) return i;
  return -1;
}
/** Places that do not overlap, at most `max`. */
export function countIn(sk: number, s: number, n: number, pk: number, p: number, m: number, max: number): number {
  if (m === 0) return Math.min(n + 1, max);
  let count = 0;
  if (m === 1) {
    const c = PyUnicode_READ(pk, p, 0);
    for (let i = 0; i < n && count < max; i++) if (PyUnicode_READ(sk, s, i) === c) count++;
    return count;
  }
  for (let at = 0; count < max; count++) {
    const i = findIn(sk, s + at * sk, n - at, pk, p, m);
    if (i < 0) break;
    at += i + m;
  }
  return count;
}
