/** Items of buffers: native formats, reading, writing, walking shapes. Mirrors those parts of Objects/memoryobject.c. */
import { Py_buffer as B } from '@moult/abi';
import { bytes, cstring, f64, i32, mem, setF64, setU16, setU8, ssize, u16, u8 } from '../memory/linear.ts';
import { PyNumber_Index } from './abstract.ts';
import { PyBuffer_IsContiguous } from './abstractbuffer.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { PyBytes_FromStringAndSize } from './bytesobject.ts';
import { catchPending, PyErr_Clear, PyErr_ExceptionMatches, raise } from './errors.ts';
import { PyFloat_AsDouble, PyFloat_FromDouble } from './floatobject.ts';
import { longAsBigInt, PyLong_FromBigInt, PyLong_FromLong } from './longobject.ts';
import { checkReleased } from './memoryobject.ts';
import { hold, nativeMark, PyBytes_Check, type Ref, release } from './object.ts';
import { PyObject_IsTrue } from './objectattr.ts';
import { PyExc_NotImplementedError, PyExc_TypeError, PyExc_ValueError } from './static.ts';

/** Bytes of an item of a native format, or 0. */
export function formatSize(c: string): number {
  switch (c) {
    case 'c':
    case 'b':
    case 'B':
    case '?':
      return 1;
    case 'h':
    case 'H':
    case 'e':
      return 2;
    case 'i':
    case 'I':
    case 'f':
      return 4;
    case 'l':
    case 'L':
    case 'q':
    case 'Q':
    case 'n':
    case 'N':
    case 'd':
    case 'P':
      return 8;
    default:
      return 0;
  }
}
/** The format of a view as text ('B' where it has none). */
export function formatOf(view: number): string {
  const f = i32(view + B.format);
  return f === 0 ? 'B' : cstring(f);
}
/** The character of a native single-character format, or ''. */
export function nativeChar(format: string): string {
  const f = format.startsWith('@') ? format.slice(1) : format;
  return f.length === 1 && formatSize(f) > 0 ? f : '';
}
export function isByteFormat(c: string): boolean {
  return c === 'b' || c === 'B' || c === 'c';
}
/** The native character of a view's format; NotImplementedError for others. */
export function adjust_fmt(view: number): string {
  const format = formatOf(view);
  const c = nativeChar(format);
  if (c === '') raise(PyExc_NotImplementedError, `memoryview: unsupported format ${format}`);
  return c;
}

export function halfToDouble(h: number): number {
  const e = (h >> 10) & 31;
  const f = h & 1023;
  const v = e === 0 ? f * 2 ** -24 : e === 31 ? (f === 0 ? Infinity : NaN) : (1 + f / 1024) * 2 ** (e - 15);
  return (h & 0x8000) !== 0 ? -v : v;
}
/** The nearest half-precision number (ties to even), or -1 on overflow. */
export function doubleToHalf(x: number): number {
  const sign = x < 0 || Object.is(x, -0) ? 0x8000 : 0;
  const a = Math.abs(x);
  if (Number.isNaN(x)) return sign | 0x7e00;
  if (a === Infinity) return sign | 0x7c00;
  if (a === 0) return sign;
  let e = Math.floor(Math.log2(a));
  if (2 ** e > a) e--;
  else if (2 ** (e + 1) <= a) e++;
  if (e < -14) e = -14;
  const scaled = a / 2 ** (e - 10);
  let f = Math.floor(scaled);
  const rest = scaled - f;
  if (rest > 0.5 || (rest === 0.5 && f % 2 === 1)) f++;
  const bits = f >= 1024 ? ((e + 15) << 10) + (f - 1024) : f;
  return bits >= 0x7c00 ? -1 : sign | bits;
}

/** A value of native format c at p, as a number, bigint or boolean of ours. */
export function readValue(c: string, p: number): number | bigint | boolean {
  switch (c) {
    case 'b':
      return mem.getInt8(p);
    case 'h':
      return mem.getInt16(p, true);
    case 'H':
      return u16(p);
    case 'i':
      return i32(p);
    case 'I':
      return mem.getUint32(p, true);
    case 'l':
    case 'q':
    case 'n':
      return mem.getBigInt64(p, true);
    case 'L':
    case 'Q':
    case 'N':
    case 'P':
      return mem.getBigUint64(p, true);
    case 'f':
      return mem.getFloat32(p, true);
    case 'd':
      return f64(p);
    case 'e':
      return halfToDouble(u16(p));
    case '?':
      return u8(p) !== 0;
    default:
      return u8(p);
  }
}
/** The Python object of the item at p (unpack_single). */
export function unpack_single(c: string, p: number): Ref {
  if (c === 'c') return PyBytes_FromStringAndSize(p, 1);
  const v = readValue(c, p);
  if (typeof v === 'boolean') return PyBool_FromLong(v);
  if (typeof v === 'bigint') return PyLong_FromBigInt(v);
  return c === 'f' || c === 'd' || c === 'e' ? PyFloat_FromDouble(v) : PyLong_FromLong(v);
}
/** Stores a Python object as an item of native format c; the conversion may run Python code, which must not release mv (pack_single). */
export function pack_single(c: string, p: number, item: Ref, mv: Ref): void {
  const wrongType = (): never => raise(PyExc_TypeError, `memoryview: invalid type for format '${c}'`);
  const wrongValue = (): never => raise(PyExc_ValueError, `memoryview: invalid value for format '${c}'`);
  /** Runs a conversion; its TypeError is shown as one of the format. */
  const convert = <T>(f: () => T): T => {
    const m = nativeMark();
    try {
      return f();
    } catch (e) {
      catchPending(e, m);
      if (!PyErr_ExceptionMatches(PyExc_TypeError)) throw e;
      PyErr_Clear();
      return wrongType();
    }
  };
  switch (c) {
    case 'f':
    case 'd':
    case 'e': {
      const x = convert(() => PyFloat_AsDouble(item));
      checkReleased(mv);
      if (c === 'f') mem.setFloat32(p, x, true);
      else if (c === 'd') setF64(p, x);
      else {
        const h = doubleToHalf(x);
        if (h < 0) raise(PyExc_ValueError, "memoryview: invalid value for format 'e'");
        setU16(p, h);
      }
      return;
    }
    case '?': {
      const truth = PyObject_IsTrue(item);
      checkReleased(mv);
      setU8(p, truth ? 1 : 0);
      return;
    }
    case 'c':
      if (!PyBytes_Check(item)) wrongType();
      if (i32(item + 16) !== 1) wrongValue();
      setU8(p, u8(item + 32));
      return;
  }
  const n = convert(() => {
    const m = hold(PyNumber_Index(item));
    const v = longAsBigInt(i32(m));
    release(m);
    return v;
  });
  const bits = BigInt(8 * formatSize(c));
  const signed = 'bhilqn'.includes(c);
  const low = signed ? -(1n << (bits - 1n)) : 0n;
  const high = signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  checkReleased(mv);
  if (n < low || n > high) wrongValue();
  switch (formatSize(c)) {
    case 1:
      mem.setInt8(p, Number(BigInt.asIntN(8, n)));
      break;
    case 2:
      mem.setInt16(p, Number(BigInt.asIntN(16, n)), true);
      break;
    case 4:
      mem.setInt32(p, Number(BigInt.asIntN(32, n)), true);
      break;
    default:
      mem.setBigUint64(p, BigInt.asUintN(64, n), true);
  }
}

// ---- shapes ----

export function shapeOf(view: number): number[] {
  const shape = i32(view + B.shape);
  const ndim = i32(view + B.ndim);
  if (shape === 0) return ndim === 0 ? [] : [Math.floor(i32(view + B.len) / i32(view + B.itemsize))];
  return Array.from({ length: ndim }, (_, d) => i32(shape + (d << 3)));
}
export function stridesOf(view: number, shape: readonly number[]): number[] {
  const strides = i32(view + B.strides);
  if (strides !== 0) return shape.map((_, d) => ssize(strides + (d << 3)));
  const out: number[] = new Array<number>(shape.length);
  let sd = i32(view + B.itemsize);
  for (let d = shape.length - 1; d >= 0; d--) {
    out[d] = sd;
    sd *= shape[d] as number;
  }
  return out;
}
/** The address behind `p` in dimension d: through a pointer where the dimension has a suboffset. */
export function adjustPointer(view: number, p: number, d: number): number {
  const sub = i32(view + B.suboffsets);
  if (sub === 0) return p;
  const off = ssize(sub + (d << 3));
  return off >= 0 ? i32(p) + off : p;
}
/** Calls visit with each item's address, the last dimension fastest (fortran: the first). */
export function walkItems(view: number, visit: (p: number) => void, fortran = false): void {
  const shape = shapeOf(view);
  const strides = stridesOf(view, shape);
  const n = shape.length;
  const total = shape.reduce((a, b) => a * b, 1);
  const index = new Array<number>(n).fill(0);
  for (let k = 0; k < total; k++) {
    let p = i32(view + B.buf);
    for (let d = 0; d < n; d++) p = adjustPointer(view, p + (index[d] as number) * (strides[d] as number), d);
    visit(p);
    for (let j = 0; j < n; j++) {
      const d = fortran ? j : n - 1 - j;
      index[d] = (index[d] as number) + 1;
      if ((index[d] as number) < (shape[d] as number)) break;
      index[d] = 0;
    }
  }
}
/** The view's bytes in C or Fortran order, copied. */
export function contiguousBytes(view: number, order: string): Uint8Array {
  const len = i32(view + B.len);
  const p = i32(view + B.buf);
  if (PyBuffer_IsContiguous(view, order) || (order === 'A' && PyBuffer_IsContiguous(view, 'C')))
    return bytes.slice(p, p + len);
  const out = new Uint8Array(len);
  const size = i32(view + B.itemsize);
  let at = 0;
  walkItems(
    view,
    (q) => {
      for (let k = 0; k < size; k++) out[at++] = u8(q + k);
    },
    order === 'F',
  );
  return out;
}
