/**
 * bytes: making, hashing, comparing, joining. Mirrors the core of Objects/bytesobject.c; methods shared with bytearray
 * are in bytesmethods.ts and bytessplit.ts, formatting in bytesformat.ts.
 *
 *   PyBytesObject  +16 ob_size  +24 ob_shash  +32 bytes, NUL      size 33 + n
 */
import { Py_EQ, Py_GE, Py_GT, Py_LE, Py_LT, Py_NE, Py_ID, PyTypeObject } from '@moult/abi';
import { bytes, HASH_HI, i32, mem, POLICY, setI32, setPtr } from '../memory/linear.ts';
import { PyObject_Realloc } from '../memory/obmalloc.ts';
import { objectMalloc } from '../gc/alloc.ts';
import {
  _PyIndex_Check,
  PyIter_Next,
  PyNumber_AsSsize_t,
  PyObject_GetIter,
  PyObject_LengthHint,
  PySequence_Check,
} from './abstract.ts';
import { initBuffers, PyObject_CheckBuffer, withBytes } from './abstractbuffer.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { PyObject_CallNoArgs } from './call.ts';
import { PyErr_NoMemory, raise, swallow } from './errors.ts';
import { PyLong_FromLong } from './longobject.ts';
import { copyOfBuffer } from './memoryobject.ts';
import {
  drop,
  hold,
  nativeMark,
  Py_DECREF,
  Py_NewRef,
  PyBytes_Check,
  PyList_Check,
  PyTuple_Check,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import { _PyObject_LookupSpecial } from './objectattr.ts';
import { BYTES_CHARACTERS, EMPTY_BYTES } from './runtime.ts';
import { PySlice_AdjustIndices, PySlice_Check, PySlice_Unpack } from './sliceobject.ts';
import {
  Py_NotImplemented,
  PyBytes_Type,
  PyExc_IndexError,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyUnicode_Type,
} from './static.ts';
import { copyBytes, repeatBytes } from './unicodemake.ts';
import { findChar, findIn } from './unicodesearch.ts';
import { _Py_HashBytes } from './unicodeobject.ts';

/** The immortal (up to 3.11: counted) empty bytes and the 256 of one byte. */
export function initBytesSingletons(): void {
  header(EMPTY_BYTES, 0);
  for (let c = 0; c < 256; c++) {
    header(BYTES_CHARACTERS + 48 * c, 1);
    bytes[BYTES_CHARACTERS + 48 * c + 32] = c;
  }
  initBuffers();
}
function header(op: Ref, n: number): void {
  setPtr(op, i32(POLICY) >= 312 ? -1 : 1);
  setPtr(op + 8, PyBytes_Type);
  setPtr(op + 16, n);
  setI32(op + 24, -1);
  setI32(op + 28, -1);
}
/** A bytes object of n bytes that are still to be written; n = 0 gives the singleton. */
export function newBytes(n: number): Ref {
  if (n === 0) return Py_NewRef(EMPTY_BYTES);
  if (n > 2 ** 63 - 1024) raise(PyExc_OverflowError, 'byte string is too large');
  const op = objectMalloc(33 + n);
  header(op, n);
  setPtr(op, 1);
  bytes[op + 32 + n] = 0;
  return op;
}
/** Bytes copied from an address or an array of ours; address 0 leaves them to be written. */
export function PyBytes_FromStringAndSize(src: number | Uint8Array, size?: number): Ref {
  const n = size ?? (src as Uint8Array).length;
  if (n === 0) return Py_NewRef(EMPTY_BYTES);
  if (typeof src !== 'number') {
    if (n === 1) return Py_NewRef(BYTES_CHARACTERS + 48 * (src[0] as number));
    const op = newBytes(n);
    bytes.set(n === src.length ? src : src.subarray(0, n), op + 32);
    return op;
  }
  if (src === 0) return newBytes(n);
  if (n === 1) return Py_NewRef(BYTES_CHARACTERS + 48 * (bytes[src] as number));
  const op = newBytes(n);
  copyBytes(op + 32, src, n);
  return op;
}
export function PyBytes_FromBytes(data: Uint8Array): Ref {
  return PyBytes_FromStringAndSize(data, data.length);
}
/** A bytes object of its own, as one that CPython allocates first and fills then: one byte is no shared character here. */
export function freshBytes(data: ArrayLike<number>): Ref {
  const op = newBytes(data.length);
  if (data.length > 0) bytes.set(data, op + 32);
  return op;
}
export function PyBytes_CheckExact(op: Ref): boolean {
  return i32(op + 8) === PyBytes_Type;
}
/** Resizes a bytes object that only the caller has; returns its address. */
export function _PyBytes_Resize(op: Ref, n: number): Ref {
  if (i32(op + 16) === n) return op;
  if (n === 0) {
    Py_DECREF(op);
    return Py_NewRef(EMPTY_BYTES);
  }
  const q = PyObject_Realloc(op, 33 + n);
  if (q === 0) PyErr_NoMemory();
  setPtr(q + 16, n);
  bytes[q + 32 + n] = 0;
  setI32(q + 24, -1);
  setI32(q + 28, -1);
  return q;
}

export function bytes_hash(op: Ref): number {
  let lo = i32(op + 24);
  const hi = i32(op + 28);
  if (lo !== -1 || hi !== -1) {
    setI32(HASH_HI, hi);
    return lo;
  }
  lo = _Py_HashBytes(op + 32, i32(op + 16));
  setI32(op + 24, lo);
  setI32(op + 28, i32(HASH_HI));
  return lo;
}
/** -1, 0 or 1. */
export function compareBytes(p: number, n: number, q: number, m: number): number {
  const k = Math.min(n, m);
  for (let i = 0; i < k; i++) {
    const d = mem.getUint8(p + i) - mem.getUint8(q + i);
    if (d !== 0) return d < 0 ? -1 : 1;
  }
  return n === m ? 0 : n < m ? -1 : 1;
}
export function orderResult(c: number, op: number): boolean {
  switch (op) {
    case Py_EQ:
      return c === 0;
    case Py_NE:
      return c !== 0;
    case Py_LT:
      return c < 0;
    case Py_LE:
      return c <= 0;
    case Py_GT:
      return c > 0;
    default:
      return op === Py_GE && c >= 0;
  }
}
export function bytes_richcompare(a: Ref, b: Ref, op: number): Ref {
  if (!PyBytes_Check(a) || !PyBytes_Check(b)) return Py_NewRef(Py_NotImplemented);
  const n = i32(a + 16);
  const m = i32(b + 16);
  if (a !== b && (op === Py_EQ || op === Py_NE) && n !== m) return PyBool_FromLong(op === Py_NE);
  return PyBool_FromLong(orderResult(a === b ? 0 : compareBytes(a + 32, n, b + 32, m), op));
}
export function bytes_length(op: Ref): number {
  return i32(op + 16);
}
export function bytes_item(op: Ref, i: number): Ref {
  if (i < 0 || i >= i32(op + 16)) raise(PyExc_IndexError, 'index out of range');
  return PyLong_FromLong(bytes[op + 32 + i] as number);
}
export function bytes_subscript(op: Ref, item: Ref): Ref {
  const size = i32(op + 16);
  if (_PyIndex_Check(item)) {
    let i = PyNumber_AsSsize_t(item, PyExc_IndexError);
    if (i < 0) i += size;
    return bytes_item(op, i);
  }
  if (!PySlice_Check(item)) raise(PyExc_TypeError, `byte indices must be integers or slices, not ${typeNameOf(item)}`);
  const s = PySlice_Unpack(item);
  const n = PySlice_AdjustIndices(size, s);
  if (n <= 0) return Py_NewRef(EMPTY_BYTES);
  if (s.start === 0 && s.step === 1 && n === size && i32(op + 8) === PyBytes_Type) return Py_NewRef(op);
  if (s.step === 1) return PyBytes_FromStringAndSize(op + 32 + s.start, n);
  const r = newBytes(n);
  for (let i = 0, at = s.start; i < n; i++, at += s.step) bytes[r + 32 + i] = bytes[op + 32 + at] as number;
  return r;
}
export function bytes_concat(a: Ref, b: Ref): Ref {
  if (!PyObject_CheckBuffer(a) || !PyObject_CheckBuffer(b)) {
    raise(PyExc_TypeError, `can't concat ${typeNameOf(b)} to ${typeNameOf(a)}`);
  }
  return withBytes(a, (p, n) =>
    withBytes(b, (q, m) => {
      if (n === 0 && i32(b + 8) === PyBytes_Type) return Py_NewRef(b);
      if (m === 0 && i32(a + 8) === PyBytes_Type) return Py_NewRef(a);
      const r = newBytes(n + m);
      if (n + m > 0) {
        copyBytes(r + 32, p, n);
        copyBytes(r + 32 + n, q, m);
      }
      return r;
    }),
  );
}
export function bytes_repeat(op: Ref, n: number): Ref {
  const size = i32(op + 16);
  const count = n < 0 ? 0 : n;
  if (size * count >= 2 ** 63) raise(PyExc_OverflowError, 'repeated bytes are too long');
  const total = size * count;
  if (total === size && i32(op + 8) === PyBytes_Type) return Py_NewRef(op);
  const r = newBytes(total);
  if (total > 0) repeatBytes(r + 32, op + 32, size, count);
  return r;
}
/** `sub in op`: a byte or bytes-like object (_Py_bytes_contains). */
export function bytesContains(p: number, n: number, arg: Ref): boolean {
  if (_PyIndex_Check(arg) && !PyObject_CheckBuffer(arg)) {
    const v = PyNumber_AsSsize_t(arg, PyExc_ValueError);
    if (v < 0 || v > 255) raise(PyExc_ValueError, 'byte must be in range(0, 256)');
    return findChar(1, p, n, v) >= 0;
  }
  return withBytes(arg, (q, m) => findIn(1, p, n, 1, q, m) >= 0);
}
export function bytes_contains(op: Ref, arg: Ref): boolean {
  return bytesContains(op + 32, i32(op + 16), arg);
}

// ---- from other objects ----

/** The byte of an int; `what` names it in the error: "bytes must be in range(0, 256)". */
export function byteOf(item: Ref, what: string): number {
  const v = PyNumber_AsSsize_t(item, 0);
  if (v < 0 || v > 255) raise(PyExc_ValueError, `${what} must be in range(0, 256)`);
  return v;
}
/** iter(x), with the message of bytes() where that is no iterator. */
function iteratorOf(x: Ref): Ref {
  const m = nativeMark();
  try {
    return PyObject_GetIter(x);
  } catch (e) {
    swallow(e, PyExc_TypeError, m);
    raise(PyExc_TypeError, `cannot convert '${typeNameOf(x)}' object to bytes`);
  }
}
/** bytes(x) for a bytes-like object, a list, a tuple or an iterable of ints. */
export function PyBytes_FromObject(x: Ref): Ref {
  if (i32(x + 8) === PyBytes_Type) return Py_NewRef(x);
  if (PyObject_CheckBuffer(x)) return copyOfBuffer(x);
  if (PyList_Check(x) || PyTuple_Check(x)) {
    const list = PyList_Check(x);
    const out: number[] = [];
    for (let i = 0; i < i32(x + 16); i++) {
      const m = hold(Py_NewRef(i32(list ? i32(x + 24) + (i << 3) : x + 24 + (i << 3))));
      out.push(byteOf(i32(m), 'bytes'));
      release(m);
    }
    return list ? PyBytes_FromBytes(Uint8Array.from(out)) : freshBytes(out);
  }
  if (!PyUnicode_Check(x)) {
    const iterable = i32(i32(x + 8) + PyTypeObject.tp_iter) !== 0 || PySequence_Check(x);
    if (iterable) {
      const m = hold(iteratorOf(x));
      PyObject_LengthHint(x, 64); // may raise
      const out: number[] = [];
      for (;;) {
        const item = PyIter_Next(i32(m));
        if (item === 0) break;
        const k = hold(item);
        out.push(byteOf(item, 'bytes'));
        release(k);
      }
      release(m);
      return PyBytes_FromBytes(Uint8Array.from(out));
    }
  }
  raise(PyExc_TypeError, `cannot convert '${typeNameOf(x)}' object to bytes`);
}
/** bytes(x) through __bytes__, or 0 where the type has none. */
export function bytesBySpecial(x: Ref): Ref {
  if (i32(x + 8) === PyUnicode_Type) return 0;
  const func = _PyObject_LookupSpecial(x, Py_ID.__bytes__);
  if (func === 0) return 0;
  const m = hold(func);
  const r = PyObject_CallNoArgs(func);
  hold(r);
  if (!PyBytes_Check(r)) raise(PyExc_TypeError, `__bytes__ returned non-bytes (type ${typeNameOf(r)})`);
  drop(m + 8);
  release(m);
  return r;
}

export { bytesSpec, bytesIterSpec } from './bytestype.ts';
