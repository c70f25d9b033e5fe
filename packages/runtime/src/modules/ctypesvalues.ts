/** Values in memory by format code: how a C type is read and written. Mirrors Modules/_ctypes/cfield.c. */
import { bytes, i32, mem, setF64, setI32, setPtr, setU8, u8 } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyBytes_FromStringAndSize } from '../objects/bytesobject.ts';
import { PyCapsule_New } from '../objects/capsule.ts';
import { PyErr_NoMemory, raise } from '../objects/errors.ts';
import { PyFloat_AsDouble, PyFloat_FromDouble } from '../objects/floatobject.ts';
import { longAsBigInt, longAsNumber, PyLong_FromBigInt, PyLong_FromLong } from '../objects/longobject.ts';
import {
  hold,
  PyBytes_Check,
  PyLong_Check,
  PyObject_TypeCheck,
  PyUnicode_Check,
  Py_NewRef,
  type Ref,
  release,
  typeNameOf,
} from '../objects/object.ts';
import { PyNumber_Index } from '../objects/abstractnumber.ts';
import { PyObject_IsTrue } from '../objects/objectattr.ts';
import { PyByteArray_Type, PyExc_TypeError, PyExc_ValueError, Py_None } from '../objects/static.ts';
import { PyUnicode_FromKindAndData } from '../objects/unicodemake.ts';
import { PyUnicode_READ_CHAR } from '../objects/unicodeobject.ts';
import { fnptr, type NativeFunction } from '../memory/text.ts';
import { none } from './builtinfuncs.ts';

/** Writes `value` at `p`; what must stay alive as long as the memory does, None for nothing; a new reference. */
export type SetFunc = (p: number, value: Ref, size: number) => Ref;
export type GetFunc = (p: number, size: number) => Ref;
export interface FieldDesc {
  readonly size: number;
  readonly align: number;
  readonly set: SetFunc;
  readonly get: GetFunc;
  readonly setSwapped?: SetFunc;
  readonly getSwapped?: GetFunc;
  /** The code in a buffer's format. */
  readonly pep: string;
}

// ---- integers; `size` of a bit field is (bits << 16) + low bit ----------------------------------------------------------

function intValue(value: Ref): bigint {
  const m = hold(PyNumber_Index(value));
  const n = longAsBigInt(i32(m));
  release(m);
  return n;
}
function read(p: number, width: number, swapped: boolean): bigint {
  let v = 0n;
  for (let i = 0; i < width; i++) v |= BigInt(u8(swapped ? p + width - 1 - i : p + i)) << BigInt(8 * i);
  return v;
}
function write(p: number, width: number, v: bigint, swapped: boolean): void {
  for (let i = 0; i < width; i++) setU8(swapped ? p + width - 1 - i : p + i, Number((v >> BigInt(8 * i)) & 255n));
}
function integerFuncs(width: number, signed: boolean, swapped: boolean): { get: GetFunc; set: SetFunc } {
  return {
    get(p, size) {
      let v = read(p, width, swapped);
      const bits = size >> 16;
      if (bits !== 0) {
        v = (v >> BigInt(size & 0xffff)) & ((1n << BigInt(bits)) - 1n);
        return PyLong_FromBigInt(signed ? BigInt.asIntN(bits, v) : v);
      }
      if (width <= 4) return PyLong_FromLong(Number(signed ? BigInt.asIntN(8 * width, v) : v));
      return PyLong_FromBigInt(signed ? BigInt.asIntN(8 * width, v) : v);
    },
    set(p, value, size) {
      const v = intValue(value);
      const bits = size >> 16;
      if (bits === 0) write(p, width, v, swapped);
      else {
        const low = BigInt(size & 0xffff);
        const mask = ((1n << BigInt(bits)) - 1n) << low;
        write(p, width, (read(p, width, swapped) & ~mask) | ((v << low) & mask), swapped);
      }
      return none();
    },
  };
}
function integer(width: number, signed: boolean, pep: string): FieldDesc {
  const plain = integerFuncs(width, signed, false);
  const swapped = integerFuncs(width, signed, true);
  const base = { size: width, align: width, pep, get: plain.get, set: plain.set };
  return width === 1 ? base : { ...base, getSwapped: swapped.get, setSwapped: swapped.set };
}

// ---- the others ---------------------------------------------------------------------------------------------------------

function bool_set(p: number, value: Ref): Ref {
  setU8(p, PyObject_IsTrue(value) ? 1 : 0);
  return none();
}
function bool_get(p: number): Ref {
  return PyBool_FromLong(u8(p) !== 0);
}
function floatFuncs(width: 4 | 8, swapped: boolean): { get: GetFunc; set: SetFunc } {
  return {
    get: (p) => PyFloat_FromDouble(width === 8 ? mem.getFloat64(p, !swapped) : mem.getFloat32(p, !swapped)),
    set(p, value) {
      const v = PyFloat_AsDouble(value);
      if (width === 8) mem.setFloat64(p, v, !swapped);
      else mem.setFloat32(p, v, !swapped);
      return none();
    },
  };
}
function floating(width: 4 | 8, pep: string): FieldDesc {
  const plain = floatFuncs(width, false);
  const swapped = floatFuncs(width, true);
  return { size: width, align: width, pep, ...plain, getSwapped: swapped.get, setSwapped: swapped.set };
}
/** x87's 80 bits: sign and exponent of 15 bits, then 64 bits with the leading 1 written out. */
function longdouble_set(p: number, value: Ref): Ref {
  const v = PyFloat_AsDouble(value);
  setF64(p, v);
  const word = mem.getBigUint64(p, true);
  const exponent = Number((word >> 52n) & 0x7ffn);
  let fraction = word & 0xfffffffffffffn;
  let e = 0;
  let m = 0n;
  if (exponent === 0x7ff) {
    e = 0x7fff;
    m = (1n << 63n) | (fraction << 11n);
  } else if (exponent !== 0) {
    e = exponent - 1023 + 16383;
    m = (1n << 63n) | (fraction << 11n);
  } else if (fraction !== 0n) {
    e = 1 - 1023 + 16383;
    for (fraction <<= 11n; (fraction & (1n << 63n)) === 0n; fraction <<= 1n) e--;
    m = fraction;
  }
  mem.setBigUint64(p, m, true);
  setPtr(p + 8, e | (word >> 63n !== 0n ? 0x8000 : 0));
  return none();
}
function longdouble_get(p: number): Ref {
  const m = mem.getBigUint64(p, true);
  const top = mem.getUint16(p + 8, true);
  const e = top & 0x7fff;
  const size =
    e === 0x7fff ? (m << 1n === 1n << 64n ? Infinity : NaN) : Number(m) * 2 ** Math.max(e - 16383 - 63, -1074);
  return PyFloat_FromDouble((top & 0x8000) !== 0 ? -size : size);
}
function object_set(p: number, value: Ref): Ref {
  setPtr(p, value);
  return Py_NewRef(value);
}
function object_get(p: number): Ref {
  const op = i32(p);
  if (op === 0) raise(PyExc_ValueError, 'PyObject is NULL');
  return Py_NewRef(op);
}
function char_set(p: number, value: Ref): Ref {
  if (PyBytes_Check(value) && i32(value + 16) === 1) setU8(p, u8(value + 32));
  else if (PyObject_TypeCheck(value, PyByteArray_Type) && i32(value + 16) === 1) setU8(p, u8(i32(value + 40)));
  else {
    const n = PyLong_Check(value) ? longAsNumber(value) : -1;
    if (!(n >= 0 && n < 256)) raise(PyExc_TypeError, 'one character bytes, bytearray or integer expected');
    setU8(p, n);
  }
  return none();
}
function char_get(p: number): Ref {
  return PyBytes_FromStringAndSize(p, 1);
}
function wchar_set(p: number, value: Ref): Ref {
  if (!PyUnicode_Check(value))
    raise(PyExc_TypeError, `unicode string expected instead of ${typeNameOf(value)} instance`);
  if (i32(value + 16) !== 1) raise(PyExc_TypeError, 'one character unicode string expected');
  setI32(p, PyUnicode_READ_CHAR(value, 0));
  return none();
}
function wchar_get(p: number): Ref {
  return wideText(p, 1);
}
/** n wchar_t at `p` as a str. */
export function wideText(p: number, n: number): Ref {
  for (let i = 0; i < n; i++) {
    if (i32(p + 4 * i) >>> 0 > 0x10ffff)
      raise(PyExc_ValueError, `character U+${(i32(p + 4 * i) >>> 0).toString(16)} is not in range [U+0000; U+10ffff]`);
  }
  return PyUnicode_FromKindAndData(4, p, n);
}
export function wideLength(p: number, limit = Infinity): number {
  let n = 0;
  while (n < limit && i32(p + 4 * n) !== 0) n++;
  return n;
}
export function byteLength(p: number, limit = Infinity): number {
  let n = 0;
  while (n < limit && bytes[p + n] !== 0) n++;
  return n;
}
/** Writes the characters of a str as wchar_t. */
export function writeWide(p: number, value: Ref): void {
  for (let i = 0; i < i32(value + 16); i++) setI32(p + 4 * i, PyUnicode_READ_CHAR(value, i));
}
/** c_char arrays as fields: bytes up to the first NUL. */
function string_get(p: number, size: number): Ref {
  return PyBytes_FromStringAndSize(p, byteLength(p, size));
}
function string_set(p: number, value: Ref, length: number): Ref {
  if (!PyBytes_Check(value)) raise(PyExc_TypeError, `expected bytes, ${typeNameOf(value)} found`);
  const n = i32(value + 16);
  if (n > length) raise(PyExc_ValueError, `bytes too long (${n}, maximum length ${length})`);
  // as strlen has it, with the NUL behind it where there is room
  const text = byteLength(value + 32, n);
  bytes.copyWithin(p, value + 32, value + 32 + (text < length ? text + 1 : text));
  return none();
}
function wideString_get(p: number, size: number): Ref {
  return wideText(p, wideLength(p, size >> 2));
}
function wideString_set(p: number, value: Ref, size: number): Ref {
  const length = size >> 2;
  if (!PyUnicode_Check(value))
    raise(PyExc_TypeError, `unicode string expected instead of ${typeNameOf(value)} instance`);
  const n = i32(value + 16);
  if (n > length) raise(PyExc_ValueError, `string too long (${n}, maximum length ${length})`);
  writeWide(p, value);
  if (n < length) setI32(p + 4 * n, 0);
  return Py_NewRef(value);
}
/** An address: an int taken modulo 2**64. */
function addressOf(value: Ref): bigint {
  return BigInt.asUintN(64, longAsBigInt(value));
}
function charp_set(p: number, value: Ref): Ref {
  if (value === Py_None) setPtr(p, 0);
  else if (PyBytes_Check(value)) setPtr(p, value + 32);
  else if (PyLong_Check(value)) {
    mem.setBigUint64(p, addressOf(value), true);
    return none();
  } else raise(PyExc_TypeError, `bytes or integer address expected instead of ${typeNameOf(value)} instance`);
  return Py_NewRef(value);
}
function charp_get(p: number): Ref {
  const at = i32(p);
  return at === 0 && i32(p + 4) === 0 ? none() : PyBytes_FromStringAndSize(at, byteLength(at));
}
function freeWide(capsule: Ref): void {
  PyMem_Free(i32(capsule + 16));
}
function wcharp_set(p: number, value: Ref): Ref {
  if (value === Py_None) {
    setPtr(p, 0);
    return Py_NewRef(value);
  }
  if (PyLong_Check(value)) {
    mem.setBigUint64(p, addressOf(value), true);
    return none();
  }
  if (!PyUnicode_Check(value)) {
    raise(PyExc_TypeError, `unicode string or integer address expected instead of ${typeNameOf(value)} instance`);
  }
  const { buffer, keep } = wideCopy(value);
  setPtr(p, buffer);
  return keep;
}
/** The characters of a str as wchar_t with a NUL, and the capsule that owns them. */
export function wideCopy(value: Ref): { buffer: number; keep: Ref } {
  const n = i32(value + 16);
  const buffer = PyMem_Malloc(4 * (n + 1));
  if (buffer === 0) PyErr_NoMemory();
  writeWide(buffer, value);
  setI32(buffer + 4 * n, 0);
  return { buffer, keep: PyCapsule_New(buffer, 0, fnptr(freeWide)) };
}
function wcharp_get(p: number): Ref {
  const at = i32(p);
  return at === 0 ? none() : wideText(at, wideLength(at));
}
function pointer_set(p: number, value: Ref): Ref {
  if (value === Py_None) setPtr(p, 0);
  else {
    if (!PyLong_Check(value)) raise(PyExc_TypeError, 'cannot be converted to pointer');
    mem.setBigUint64(p, addressOf(value), true);
  }
  return none();
}
function pointer_get(p: number): Ref {
  if (i32(p) === 0 && i32(p + 4) === 0) return none();
  return i32(p + 4) === 0 ? PyLong_FromLong(i32(p) >>> 0) : PyLong_FromBigInt(mem.getBigUint64(p, true));
}
const pointerLike = (pep: string, set: SetFunc, get: GetFunc): FieldDesc => ({ size: 8, align: 8, pep, set, get });

/** By code; 's' and 'U' are what fields of char and wchar arrays use. */
export const FIELDS: Readonly<Record<string, FieldDesc>> = {
  b: integer(1, true, 'b'),
  B: integer(1, false, 'B'),
  h: integer(2, true, 'h'),
  H: integer(2, false, 'H'),
  i: integer(4, true, 'i'),
  I: integer(4, false, 'I'),
  l: integer(8, true, 'q'),
  L: integer(8, false, 'Q'),
  q: integer(8, true, 'q'),
  Q: integer(8, false, 'Q'),
  f: floating(4, 'f'),
  d: floating(8, 'd'),
  g: { size: 16, align: 16, pep: 'g', set: longdouble_set, get: longdouble_get },
  '?': { size: 1, align: 1, pep: '?', set: bool_set, get: bool_get },
  O: pointerLike('O', object_set, object_get),
  c: { size: 1, align: 1, pep: 'c', set: char_set, get: char_get },
  u: { size: 4, align: 4, pep: 'u', set: wchar_set, get: wchar_get },
  s: { size: 1, align: 1, pep: 's', set: string_set, get: string_get },
  U: { size: 4, align: 4, pep: 'U', set: wideString_set, get: wideString_get },
  z: pointerLike('z', charp_set, charp_get),
  Z: pointerLike('Z', wcharp_set, wcharp_get),
  P: pointerLike('P', pointer_set, pointer_get),
};
export const SIMPLE_TYPE_CHARS = 'cbBhHiIlLdfuzZqQPXOv?g';

/** What linking numbers, always in the same order. */
export function valueNatives(): NativeFunction[] {
  const out: NativeFunction[] = [freeWide];
  for (const d of Object.values(FIELDS)) {
    out.push(d.set, d.get);
    if (d.setSwapped !== undefined && d.getSwapped !== undefined) out.push(d.setSwapped, d.getSwapped);
  }
  return out;
}
