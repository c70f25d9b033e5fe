/**
 * float: memory, arithmetic, comparison. Mirrors Objects/floatobject.c; methods are in floatmethods.ts.
 *
 *   PyFloatObject  +16 ob_fval      free list: up to 100 objects linked through ob_type
 */
import { PyInterpreterState, PyTypeObject } from '@moult/abi';
import { _PyObject_New } from '../gc/alloc.ts';
import { hooks } from '../hooks.ts';
import { PyObject_Free } from '../memory/obmalloc.ts';
import { f64, HASH_HI, i32, setF64, setI32, setPtr } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { asIntegerRatio } from '../numeric/bigconv.ts';
import { floatRepr } from '../numeric/dtoa.ts';
import { hashDouble } from '../numeric/hashnum.ts';
import { pow } from '../numeric/libm/index.ts';
import { floatFromText } from '../numeric/strtod.ts';
import { decimalAndSpaceToAscii } from '../numeric/unicode/decimal.ts';
import { bytesOfBufferObject } from './abstractbuffer.ts';
import { raise } from './errors.ts';
import { raiseOverflowErrno } from './floatmethods.ts';
import { longAsBigInt, longAsNumber, PyLong_AsDouble } from './longobject.ts';
import { _PyNumber_Index, _PyIndex_Check } from './abstractnumber.ts';
import { complex_pow_of } from './complexobject.ts';
import {
  Py_NewRef,
  hold,
  PyLong_Check,
  PyObject_TypeCheck,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
  drop,
} from './object.ts';
import { PyObject_Repr } from './objectattr.ts';
import { INTERP } from './runtime.ts';
import {
  Py_False,
  Py_None,
  Py_NotImplemented,
  Py_True,
  PyExc_TypeError,
  PyExc_ValueError,
  PyExc_ZeroDivisionError,
  PyFloat_Type,
} from './static.ts';
import { PyTuple_New } from './tupleobject.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';
import { TRACING_WORD } from '../memory/layout.ts';
import { traceReused } from './tracemalloc.ts';

declare const __TRACE__: boolean;

const PyFloat_MAXFREELIST = 100;
const FREE_COUNT = INTERP + PyInterpreterState.object_state_freelists_floats_numfree;
const FREE_LIST = INTERP + PyInterpreterState.object_state_freelists_floats_items;

export function PyFloat_Check(op: Ref): boolean {
  return PyObject_TypeCheck(op, PyFloat_Type);
}
/** A new float; from the free list if there is one. */
export function PyFloat_FromDouble(v: number): Ref {
  let op = i32(FREE_LIST);
  if (op !== 0) {
    setI32(FREE_LIST, i32(op + 8));
    setI32(FREE_COUNT, i32(FREE_COUNT) - 1);
    setPtr(op, 1);
    setI32(op + 8, PyFloat_Type);
    if (__TRACE__) hooks.reused(op);
    if (i32(TRACING_WORD) !== 0) traceReused(op);
  } else op = _PyObject_New(PyFloat_Type);
  setF64(op + 16, v);
  return op;
}
/** The value of a float. */
export function floatValue(op: Ref): number {
  return f64(op + 16);
}
export const PyFloat_AS_DOUBLE = floatValue;

export function float_dealloc(op: Ref): void {
  if (i32(op + 8) === PyFloat_Type) _PyFloat_ExactDealloc(op);
  else text[i32(i32(op + 8) + PyTypeObject.tp_free)]?.(op);
}
export function _PyFloat_ExactDealloc(op: Ref): void {
  const n = i32(FREE_COUNT);
  if (n >= PyFloat_MAXFREELIST) {
    PyObject_Free(op);
    return;
  }
  // before its type's place names the next one
  if (__TRACE__) hooks.kept(op);
  setI32(FREE_COUNT, n + 1);
  setPtr(op + 8, i32(FREE_LIST));
  setPtr(FREE_LIST, op);
}
export function _PyFloat_ClearFreeList(): void {
  for (let op = i32(FREE_LIST); op !== 0; op = i32(FREE_LIST)) {
    setPtr(FREE_LIST, i32(op + 8));
    PyObject_Free(op);
  }
  setI32(FREE_COUNT, 0);
}

/** The double of any number: float, subclass, __float__, __index__ (PyFloat_AsDouble). */
export function PyFloat_AsDouble(op: Ref): number {
  const type = i32(op + 8);
  if (type === PyFloat_Type) return f64(op + 16);
  if (PyFloat_Check(op)) return f64(op + 16);
  if (PyLong_Check(op)) return PyLong_AsDouble(op);
  const nb = i32(type + PyTypeObject.tp_as_number);
  const conv = nb === 0 ? 0 : i32(nb + 144);
  if (conv !== 0) {
    const r = text[conv]?.(op) as Ref;
    const m = hold(r);
    if (!PyFloat_Check(r))
      raise(PyExc_TypeError, `${typeNameOf(op)}.__float__ returned non-float (type ${typeNameOf(r)})`);
    const v = f64(r + 16);
    release(m);
    return v;
  }
  if (_PyIndex_Check(op)) {
    const m = hold(_PyNumber_Index(op));
    const v = PyLong_AsDouble(i32(m));
    release(m);
    return v;
  }
  raise(PyExc_TypeError, `must be real number, not ${typeNameOf(op)}`);
}
/** float(op) of a str, bytes-like or other object. */
export function PyFloat_FromString(op: Ref): Ref {
  let s: string;
  if (PyUnicode_Check(op)) s = decimalAndSpaceToAscii(asText(op));
  else {
    const data = bytesOfBufferObject(op);
    if (data === null)
      raise(PyExc_TypeError, `float() argument must be a string or a real number, not '${typeNameOf(op)}'`);
    s = '';
    for (const c of data as Uint8Array) s += String.fromCharCode(c < 128 ? c : 0xfffd);
  }
  const v = floatFromText(s);
  if (v === null) {
    const m = hold(PyObject_Repr(op));
    const r = asText(i32(m));
    release(m);
    raise(PyExc_ValueError, `could not convert string to float: ${r}`);
  }
  return PyFloat_FromDouble(v as number);
}

export function float_repr(op: Ref): Ref {
  return PyUnicode_FromString(floatRepr(f64(op + 16)));
}
const HASH_OUT = new Int32Array(2);
/** hash of a double; nan hashes by the object's address. */
export function hashOfDouble(op: Ref, v: number): number {
  if (Number.isNaN(v)) {
    // _Py_HashPointer: the address rotated right by 4
    setI32(HASH_HI, (op & 15) << 28);
    return op >>> 4;
  }
  hashDouble(v, HASH_OUT);
  setI32(HASH_HI, HASH_OUT[1] as number);
  return HASH_OUT[0] as number;
}
export function float_hash(op: Ref): number {
  return hashOfDouble(op, f64(op + 16));
}

/** True and the value in `operand`, if `op` is a float or int (CONVERT_TO_DOUBLE). */
const NONE = Symbol('not a number');
function asOperand(op: Ref): number | typeof NONE {
  if (PyFloat_Check(op)) return f64(op + 16);
  if (PyLong_Check(op)) return PyLong_AsDouble(op);
  return NONE;
}
function arithmetic(v: Ref, w: Ref, f: (a: number, b: number) => number): Ref {
  const a = asOperand(v);
  if (a === NONE) return Py_NewRef(Py_NotImplemented);
  const b = asOperand(w);
  if (b === NONE) return Py_NewRef(Py_NotImplemented);
  return PyFloat_FromDouble(f(a, b));
}
export function float_add(v: Ref, w: Ref): Ref {
  return arithmetic(v, w, (a, b) => a + b);
}
export function float_sub(v: Ref, w: Ref): Ref {
  return arithmetic(v, w, (a, b) => a - b);
}
export function float_mul(v: Ref, w: Ref): Ref {
  return arithmetic(v, w, (a, b) => a * b);
}
function zeroDivision(message: string): never {
  raise(PyExc_ZeroDivisionError, message);
}
export function float_div(v: Ref, w: Ref): Ref {
  return arithmetic(v, w, (a, b) => (b === 0 ? zeroDivision('float division by zero') : a / b));
}
/** Python's float %: the result has the divisor's sign. */
export function floatMod(a: number, b: number): number {
  let mod = a % b;
  if (mod !== 0) {
    if (b < 0 !== mod < 0) mod += b;
  } else mod = b < 0 || Object.is(b, -0) ? -0 : 0;
  return mod;
}
export function floatFloorDiv(a: number, b: number): number {
  let mod = a % b;
  let div = (a - mod) / b;
  if (mod !== 0) {
    if (b < 0 !== mod < 0) {
      mod += b;
      div -= 1;
    }
  }
  if (div !== 0 && !Number.isNaN(div)) {
    let floor = Math.floor(div);
    if (div - floor > 0.5) floor += 1;
    return floor;
  }
  return Number.isNaN(div) ? div : copysignZero(a / b);
}
function copysignZero(x: number): number {
  return x < 0 || Object.is(x, -0) ? -0 : 0;
}
export function float_rem(v: Ref, w: Ref): Ref {
  return arithmetic(v, w, (a, b) => (b === 0 ? zeroDivision('float modulo by zero') : floatMod(a, b)));
}
export function float_floor_div(v: Ref, w: Ref): Ref {
  return arithmetic(v, w, (a, b) => (b === 0 ? zeroDivision('float floor division by zero') : floatFloorDiv(a, b)));
}
export function float_divmod(v: Ref, w: Ref): Ref {
  const a = asOperand(v);
  const b = a === NONE ? NONE : asOperand(w);
  if (a === NONE || b === NONE) return Py_NewRef(Py_NotImplemented);
  if (b === 0) zeroDivision('float divmod()');
  const t = PyTuple_New(2);
  const m = hold(t);
  setPtr(t + 24, PyFloat_FromDouble(floatFloorDiv(a, b)));
  setPtr(t + 32, PyFloat_FromDouble(floatMod(a, b)));
  drop(m);
  return t;
}
export function float_pow(v: Ref, w: Ref, z: Ref): Ref {
  if (z !== 0 && z !== Py_None)
    raise(PyExc_TypeError, 'pow() 3rd argument not allowed unless all arguments are integers');
  const a = asOperand(v);
  const b = a === NONE ? NONE : asOperand(w);
  if (a === NONE || b === NONE) return Py_NewRef(Py_NotImplemented);
  if (b === 0) return PyFloat_FromDouble(1);
  if (Number.isNaN(a)) return PyFloat_FromDouble(a);
  if (Number.isNaN(b)) return PyFloat_FromDouble(a === 1 ? 1 : b);
  if (!Number.isFinite(b)) {
    const m = Math.abs(a);
    return PyFloat_FromDouble(m === 1 ? 1 : b > 0 === m > 1 ? Math.abs(b) : 0);
  }
  const odd = Math.abs(b % 2) === 1;
  if (!Number.isFinite(a)) {
    if (b > 0) return PyFloat_FromDouble(odd ? a : Math.abs(a));
    return PyFloat_FromDouble(odd ? copysignZero(a) : 0);
  }
  if (a === 0) {
    if (b < 0) zeroDivision('0.0 cannot be raised to a negative power');
    return PyFloat_FromDouble(odd ? a : 0);
  }
  if (a < 0 && !Number.isInteger(b)) return complex_pow_of(a, b);
  const r = pow(a, b);
  if (!Number.isFinite(r)) raiseOverflowErrno();
  return PyFloat_FromDouble(r);
}
export function float_neg(v: Ref): Ref {
  return PyFloat_FromDouble(-f64(v + 16));
}
export function float_abs(v: Ref): Ref {
  return PyFloat_FromDouble(Math.abs(f64(v + 16)));
}
export function float_bool(v: Ref): boolean {
  return f64(v + 16) !== 0;
}

/** Exact comparison of a finite double with an int of any size: -1, 0, 1. */
export function compareDoubleInt(a: number, w: Ref): number {
  const n = longAsNumber(w);
  if (!Number.isNaN(n)) return a < n ? -1 : a > n ? 1 : 0;
  const b = longAsBigInt(w);
  const [num, den] = asIntegerRatio(a);
  const scaled = b * den;
  return num < scaled ? -1 : num > scaled ? 1 : 0;
}
export function float_richcompare(v: Ref, w: Ref, op: number): Ref {
  const a = f64(v + 16);
  if (PyFloat_Check(w)) return verdict(a, f64(w + 16), op);
  if (!PyLong_Check(w)) return Py_NewRef(Py_NotImplemented);
  if (!Number.isFinite(a)) return verdict(a, 0, op);
  return verdict(compareDoubleInt(a, w), 0, op);
}
function verdict(a: number, b: number, op: number): Ref {
  let r: boolean;
  switch (op) {
    case 0:
      r = a < b;
      break;
    case 1:
      r = a <= b;
      break;
    case 2:
      r = a === b;
      break;
    case 3:
      r = a !== b;
      break;
    case 4:
      r = a > b;
      break;
    default:
      r = a >= b;
  }
  return Py_NewRef(r ? Py_True : Py_False);
}
export { floatSpec } from './floatmethods.ts';
