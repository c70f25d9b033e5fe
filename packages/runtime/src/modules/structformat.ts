/** The format strings of struct, and the values they name, to bytes and back. Mirrors Modules/_struct.c. */
import { bytes, i32, mem, setU8, u8 } from '../memory/linear.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyBytes_FromStringAndSize } from '../objects/bytesobject.ts';
import { catchPending, PyErr_Clear, PyErr_ExceptionMatches, PENDING, raise } from '../objects/errors.ts';
import { PyFloat_AsDouble, PyFloat_FromDouble } from '../objects/floatobject.ts';
import { longAsBigInt, PyLong_FromBigInt, PyLong_FromLong } from '../objects/longobject.ts';
import {
  hold,
  nativeMark,
  PyBytes_Check,
  PyLong_Check,
  PyObject_TypeCheck,
  type Ref,
  release,
} from '../objects/object.ts';
import { _PyIndex_Check, PyNumber_Index } from '../objects/abstractnumber.ts';
import { PyObject_IsTrue } from '../objects/objectattr.ts';
import { PyByteArray_Type, PyExc_OverflowError, PyExc_TypeError } from '../objects/static.ts';
import { structError } from './structstate.ts';

/** One code of a format: `repeat` values of `size` bytes each from `offset` on ('s' and 'p': one value of `size`). */
export interface Code {
  readonly code: string;
  readonly offset: number;
  readonly size: number;
  readonly repeat: number;
}
export interface Format {
  readonly size: number;
  /** How many values. */
  readonly length: number;
  readonly little: boolean;
  readonly native: boolean;
  readonly codes: readonly Code[];
}
const SIZES: Readonly<Record<string, number>> = {
  ...{ x: 1, b: 1, B: 1, c: 1, s: 1, p: 1, h: 2, H: 2, i: 4, I: 4, l: 8, L: 8 },
  ...{ q: 8, Q: 8, n: 8, N: 8, '?': 1, e: 2, f: 4, d: 8, P: 8 },
};
const TOO_LONG = 'total struct size too long';
const LIMIT = 2 ** 62;

export function parseFormat(text: string): Format {
  const first = text[0] ?? '';
  const order = '@=<>!'.includes(first) && first !== '' ? first : '@';
  const native = order === '@';
  const codes: Code[] = [];
  let size = 0;
  let length = 0;
  for (let i = order === first ? 1 : 0; i < text.length; i++) {
    let c = text[i] as string;
    if (c === ' ' || (c >= '\t' && c <= '\r')) continue;
    let repeat = 1;
    if (c >= '0' && c <= '9') {
      repeat = 0;
      for (; c >= '0' && c <= '9'; c = text[++i] ?? '') {
        repeat = repeat * 10 + Number(c);
        if (repeat > LIMIT) structError(TOO_LONG);
      }
      if (c === '') structError('repeat count given without format specifier');
    }
    const unit = native || !'nNP'.includes(c) ? SIZES[c] : undefined;
    if (unit === undefined) structError('bad char in struct format');
    const width = !native && (c === 'l' || c === 'L') ? 4 : (unit as number);
    if (native && 'xcbB?sp'.indexOf(c) < 0) size = Math.ceil(size / width) * width;
    if (c === 's' || c === 'p') {
      codes.push({ code: c, offset: size, size: repeat, repeat: 1 });
      length++;
      size += repeat;
    } else {
      if (c !== 'x' && repeat > 0) {
        codes.push({ code: c, offset: size, size: width, repeat });
        length += repeat;
      }
      size += width * repeat;
    }
    if (size >= LIMIT) structError(TOO_LONG);
  }
  return { size, length, little: order !== '>' && order !== '!', native, codes };
}

// ---- packing ------------------------------------------------------------------------------------------------------------

function integerOf(value: Ref): bigint {
  if (PyLong_Check(value)) return longAsBigInt(value);
  if (!_PyIndex_Check(value)) structError('required argument is not an integer');
  const m = nativeMark();
  try {
    hold(PyNumber_Index(value));
    const n = longAsBigInt(i32(m));
    release(m);
    return n;
  } catch (e) {
    catchPending(e, m);
    if (!PyErr_ExceptionMatches(PyExc_TypeError)) throw PENDING;
    PyErr_Clear();
    structError('required argument is not an integer');
  }
}
function packInteger(code: string, width: number, p: number, value: Ref, little: boolean): void {
  const v = integerOf(value);
  const signed = code >= 'a' && code !== 'P';
  const bits = BigInt(8 * width);
  const low = signed ? -(1n << (bits - 1n)) : 0n;
  const high = signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n;
  if (code === 'P') {
    // as an address: negative ones wrap
    if (v > high || v < -(1n << 63n)) structError('int too large to convert');
  } else if (v < low || v > high) structError(`'${code}' format requires ${low} <= number <= ${high}`);
  for (let i = 0; i < width; i++) setU8(little ? p + i : p + width - 1 - i, Number((v >> BigInt(8 * i)) & 255n));
}
function floatOf(value: Ref): number {
  const m = nativeMark();
  try {
    return PyFloat_AsDouble(value);
  } catch (e) {
    catchPending(e, m);
    PyErr_Clear();
    structError('required argument is not a float');
  }
}
/** The bits of a half float, rounded to even; -1: too large. */
function halfBits(v: number): number {
  const sign = v < 0 || Object.is(v, -0) ? 0x8000 : 0;
  const a = Math.abs(v);
  if (Number.isNaN(v)) return 0x7e00;
  if (a === Infinity) return sign | 0x7c00;
  if (a === 0) return sign;
  let e = Math.floor(Math.log2(a));
  if (a < 2 ** e) e--;
  if (a >= 2 ** (e + 1)) e++;
  e = Math.max(e, -14);
  const scaled = a / 2 ** (e - 10);
  let m = Math.floor(scaled);
  const rest = scaled - m;
  if (rest > 0.5 || (rest === 0.5 && (m & 1) === 1)) m++;
  if (m >= 2048) {
    m /= 2;
    e++;
  }
  if (e > 15) return -1;
  return sign | (m < 1024 ? m : ((e + 15) << 10) | (m - 1024));
}
function tooLarge(code: string, value: Ref): never {
  if (PyLong_Check(value)) structError('int too large to convert');
  raise(PyExc_OverflowError, `float too large to pack with ${code} format`);
}
function packFloat(code: string, p: number, value: Ref, little: boolean): void {
  const v = floatOf(value);
  if (code === 'd') mem.setFloat64(p, v, little);
  else if (code === 'f') {
    if (Number.isFinite(v) && !Number.isFinite(Math.fround(v))) {
      tooLarge(code, value);
    }
    mem.setFloat32(p, v, little);
  } else {
    const bits = halfBits(v);
    if (bits < 0) tooLarge(code, value);
    mem.setUint16(p, bits, little);
  }
}
function packText(code: Code, p: number, value: Ref): void {
  const plain = PyBytes_Check(value);
  if (!plain && !PyObject_TypeCheck(value, PyByteArray_Type)) {
    structError(`argument for '${code.code}' must be a bytes object`);
  }
  const from = plain ? value + 32 : i32(value + 40);
  const n = i32(value + 16);
  if (code.code === 's') bytes.copyWithin(p, from, from + Math.min(n, code.size));
  else if (code.size > 0) {
    const k = Math.min(n, code.size - 1);
    bytes.copyWithin(p + 1, from, from + k);
    setU8(p, Math.min(k, 255));
  }
}
/** Writes the values, `f.length` of them, to zeroed bytes at `p`. */
export function packValues(f: Format, p: number, values: (i: number) => Ref): void {
  let k = 0;
  for (const code of f.codes) {
    const { code: c, size } = code;
    for (let r = 0, at = p + code.offset; r < code.repeat; r++, at += size) {
      const value = values(k++);
      if (c === 's' || c === 'p') packText(code, at, value);
      else if (c === 'c') {
        if (!PyBytes_Check(value) || i32(value + 16) !== 1)
          structError('char format requires a bytes object of length 1');
        setU8(at, u8(value + 32));
      } else if (c === '?') setU8(at, PyObject_IsTrue(value) ? 1 : 0);
      else if (c === 'e' || c === 'f' || c === 'd') packFloat(c, at, value, f.little);
      else packInteger(c, size, at, value, f.little);
    }
  }
}

// ---- unpacking ----------------------------------------------------------------------------------------------------------

function unpackInteger(code: string, width: number, p: number, little: boolean): Ref {
  let v = 0n;
  for (let i = 0; i < width; i++) v |= BigInt(u8(little ? p + i : p + width - 1 - i)) << BigInt(8 * i);
  if (code >= 'a' && code !== 'P') v = BigInt.asIntN(8 * width, v);
  return width <= 4 ? PyLong_FromLong(Number(v)) : PyLong_FromBigInt(v);
}
function halfValue(bits: number): number {
  const sign = (bits & 0x8000) !== 0 ? -1 : 1;
  const e = (bits >> 10) & 31;
  const m = bits & 1023;
  if (e === 31) return m === 0 ? sign * Infinity : NaN;
  return sign * (e === 0 ? m * 2 ** -24 : (1024 + m) * 2 ** (e - 25));
}
function unpackOne(code: Code, p: number, little: boolean): Ref {
  switch (code.code) {
    case 's':
      return PyBytes_FromStringAndSize(p, code.size);
    case 'p':
      return PyBytes_FromStringAndSize(p + 1, code.size === 0 ? 0 : Math.min(u8(p), code.size - 1));
    case 'c':
      return PyBytes_FromStringAndSize(p, 1);
    case '?':
      return PyBool_FromLong(u8(p) !== 0);
    case 'd':
      return PyFloat_FromDouble(mem.getFloat64(p, little));
    case 'f':
      return PyFloat_FromDouble(mem.getFloat32(p, little));
    case 'e':
      return PyFloat_FromDouble(halfValue(mem.getUint16(p, little)));
    default:
      return unpackInteger(code.code, code.size, p, little);
  }
}
/** Calls `take` with each value, a new reference. */
export function unpackValues(f: Format, p: number, take: (i: number, value: Ref) => void): void {
  let k = 0;
  for (const code of f.codes) {
    for (let r = 0, at = p + code.offset; r < code.repeat; r++, at += code.size)
      take(k++, unpackOne(code, at, f.little));
  }
}
