/**
 * The number protocol: binary and unary operators, indices, int(), float(). Mirrors the numeric part of
 * Objects/abstract.c. Slots are offsets in PyNumberMethods.
 */
import {
  PyCFunctionObject,
  PyMethodDef,
  PyNumberMethods as NB,
  PySequenceMethods,
  PyTypeObject,
  Py_ID,
} from '@moult/abi';
import { cstring, i32 } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { PyObject_CallNoArgs } from './call.ts';
import { PyErr_Clear, PyErr_ExceptionMatches, catchPending, raise } from './errors.ts';
import { PyFloat_FromDouble, PyFloat_FromString, floatValue } from './floatobject.ts';
import {
  _PyLong_Copy,
  _PyLong_Format,
  PyLong_FromTextBytes,
  PyLong_FromUnicodeObject,
  _PyLong_FromBytes,
} from './longtext.ts';
import { _PyLong_Sign, PyLong_AsDouble, PyLong_AsSsize_t } from './longobject.ts';
import {
  Py_DECREF,
  drop,
  hold,
  nativeMark,
  Py_NewRef,
  PyBytes_Check,
  PyLong_Check,
  PyObject_TypeCheck,
  PyType_IsSubtype,
  PyUnicode_Check,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from './object.ts';
import { _PyObject_LookupSpecial } from './objectattr.ts';
import {
  PyByteArray_Type,
  PyExc_DeprecationWarning,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyFloat_Type,
  PyLong_Type,
  Py_None,
  Py_NotImplemented,
  PyCFunction_Type,
} from './static.ts';
import { bytesOfBufferObject } from './abstractbuffer.ts';
import { PyErr_WarnText } from './warnings.ts';

function nbSlot(type: Ref, slot: number): number {
  const t = i32(type + PyTypeObject.tp_as_number);
  return t === 0 ? 0 : i32(t + slot);
}
function sqSlot(op: Ref, slot: number): number {
  const t = i32(i32(op + 8) + PyTypeObject.tp_as_sequence);
  return t === 0 ? 0 : i32(t + slot);
}

/** Tries v's slot, w's slot (first if w's type derives from v's); Py_NotImplemented if none answers. */
export function binary_op1(v: Ref, w: Ref, slot: number): Ref {
  const tv = i32(v + 8);
  const tw = i32(w + 8);
  const fv = nbSlot(tv, slot);
  let fw = 0;
  if (tv !== tw) {
    fw = nbSlot(tw, slot);
    if (fw === fv) fw = 0;
  }
  if (fv !== 0) {
    if (fw !== 0 && PyType_IsSubtype(tw, tv)) {
      const x = text[fw]?.(v, w) as Ref;
      if (x !== Py_NotImplemented) return x;
      Py_DECREF(x);
      fw = 0;
    }
    const x = text[fv]?.(v, w) as Ref;
    if (x !== Py_NotImplemented) return x;
    Py_DECREF(x);
  }
  return fw !== 0 ? (text[fw]?.(v, w) as Ref) : Py_NewRef(Py_NotImplemented);
}
function binop_type_error(v: Ref, w: Ref, symbol: string): never {
  raise(PyExc_TypeError, `unsupported operand type(s) for ${symbol}: '${typeNameOf(v)}' and '${typeNameOf(w)}'`);
}
function binary_op(v: Ref, w: Ref, slot: number, symbol: string, r = binary_op1(v, w, slot)): Ref {
  if (r !== Py_NotImplemented) return r;
  Py_DECREF(r);
  if (slot === NB.nb_rshift && i32(v + 8) === PyCFunction_Type && isPrint(v)) {
    raise(
      PyExc_TypeError,
      `unsupported operand type(s) for ${symbol}: '${typeNameOf(v)}' and '${typeNameOf(w)}'. Did you mean "print(<message>, file=<output_stream>)"?`,
    );
  }
  binop_type_error(v, w, symbol);
}
function isPrint(v: Ref): boolean {
  return cstring(i32(i32(v + PyCFunctionObject.m_ml) + PyMethodDef.ml_name)) === 'print';
}
function inplace(v: Ref, w: Ref, iop: number, op: number): Ref {
  const f = nbSlot(i32(v + 8), iop);
  if (f !== 0) {
    const x = text[f]?.(v, w) as Ref;
    if (x !== Py_NotImplemented) return x;
    Py_DECREF(x);
  }
  return binary_op1(v, w, op);
}
function binary_iop(v: Ref, w: Ref, iop: number, op: number, symbol: string, r = inplace(v, w, iop, op)): Ref {
  if (r === Py_NotImplemented) {
    Py_DECREF(r);
    binop_type_error(v, w, symbol);
  }
  return r;
}

export function PyNumber_Add(v: Ref, w: Ref, r = binary_op1(v, w, NB.nb_add)): Ref {
  if (r !== Py_NotImplemented) return r;
  Py_DECREF(r);
  const concat = sqSlot(v, PySequenceMethods.sq_concat);
  if (concat !== 0) return text[concat]?.(v, w) as Ref;
  binop_type_error(v, w, '+');
}
/** seq * n through sq_repeat; n must be an index. */
function sequence_repeat(fn: number, seq: Ref, n: Ref): Ref {
  if (!_PyIndex_Check(n)) raise(PyExc_TypeError, `can't multiply sequence by non-int of type '${typeNameOf(n)}'`);
  return text[fn]?.(seq, PyNumber_AsSsize_t(n, PyExc_OverflowError)) as Ref;
}
export function PyNumber_Multiply(v: Ref, w: Ref, r = binary_op1(v, w, NB.nb_multiply)): Ref {
  if (r !== Py_NotImplemented) return r;
  Py_DECREF(r);
  const fv = sqSlot(v, PySequenceMethods.sq_repeat);
  if (fv !== 0) return sequence_repeat(fv, v, w);
  const fw = sqSlot(w, PySequenceMethods.sq_repeat);
  if (fw !== 0) return sequence_repeat(fw, w, v);
  binop_type_error(v, w, '*');
}
export function PyNumber_Subtract(v: Ref, w: Ref): Ref {
  return binary_op(v, w, NB.nb_subtract, '-');
}
export function PyNumber_MatrixMultiply(v: Ref, w: Ref): Ref {
  return binary_op(v, w, NB.nb_matrix_multiply, '@');
}
export function PyNumber_FloorDivide(v: Ref, w: Ref): Ref {
  return binary_op(v, w, NB.nb_floor_divide, '//');
}
export function PyNumber_TrueDivide(v: Ref, w: Ref): Ref {
  return binary_op(v, w, NB.nb_true_divide, '/');
}
export function PyNumber_Remainder(v: Ref, w: Ref): Ref {
  return binary_op(v, w, NB.nb_remainder, '%');
}
export function PyNumber_Divmod(v: Ref, w: Ref): Ref {
  return binary_op(v, w, NB.nb_divmod, 'divmod()');
}
export function PyNumber_Lshift(v: Ref, w: Ref): Ref {
  return binary_op(v, w, NB.nb_lshift, '<<');
}
export function PyNumber_Rshift(v: Ref, w: Ref): Ref {
  return binary_op(v, w, NB.nb_rshift, '>>');
}
export function PyNumber_And(v: Ref, w: Ref): Ref {
  return binary_op(v, w, NB.nb_and, '&');
}
export function PyNumber_Or(v: Ref, w: Ref): Ref {
  return binary_op(v, w, NB.nb_or, '|');
}
export function PyNumber_Xor(v: Ref, w: Ref): Ref {
  return binary_op(v, w, NB.nb_xor, '^');
}
/** The end of operator `op` (NB_*) where the slots of both types have been asked: `r` is their answer (native frames). */
export function operatorAfter(op: number, v: Ref, w: Ref, r: Ref): Ref {
  if (op === 0) return PyNumber_Add(v, w, r);
  if (op === 5) return PyNumber_Multiply(v, w, r);
  if (op === 13) return PyNumber_InPlaceAdd(v, w, r);
  if (op === 18) return PyNumber_InPlaceMultiply(v, w, r);
  const symbol = SYMBOLS[op % 13] as string;
  return op < 13 ? binary_op(v, w, op === 9 ? NB.nb_rshift : 0, symbol, r) : binary_iop(v, w, 0, 0, `${symbol}=`, r);
}
const SYMBOLS = ['+', '&', '//', '<<', '@', '*', '%', '|', '**', '>>', '-', '/', '^'] as const;
/** pow(v, w, z): z is None for the operator. */
export function PyNumber_Power(v: Ref, w: Ref, z: Ref): Ref {
  return ternary_op(v, w, z, NB.nb_power, '** or pow()');
}
function ternary_op(v: Ref, w: Ref, z: Ref, slot: number, symbol: string): Ref {
  const tv = i32(v + 8);
  const tw = i32(w + 8);
  const fv = nbSlot(tv, slot);
  let fw = 0;
  if (tv !== tw) {
    fw = nbSlot(tw, slot);
    if (fw === fv) fw = 0;
  }
  if (fv !== 0) {
    if (fw !== 0 && PyType_IsSubtype(tw, tv)) {
      const x = text[fw]?.(v, w, z) as Ref;
      if (x !== Py_NotImplemented) return x;
      Py_DECREF(x);
      fw = 0;
    }
    const x = text[fv]?.(v, w, z) as Ref;
    if (x !== Py_NotImplemented) return x;
    Py_DECREF(x);
  }
  if (fw !== 0) {
    const x = text[fw]?.(v, w, z) as Ref;
    if (x !== Py_NotImplemented) return x;
    Py_DECREF(x);
  }
  const fz = nbSlot(i32(z + 8), slot);
  if (fz !== 0 && fz !== fv && fz !== fw) {
    const x = text[fz]?.(v, w, z) as Ref;
    if (x !== Py_NotImplemented) return x;
    Py_DECREF(x);
  }
  if (z === Py_None) binop_type_error(v, w, symbol);
  raise(
    PyExc_TypeError,
    `unsupported operand type(s) for ${symbol}: '${typeNameOf(v)}', '${typeNameOf(w)}', '${typeNameOf(z)}'`,
  );
}

export function PyNumber_InPlaceAdd(v: Ref, w: Ref, r = inplace(v, w, NB.nb_inplace_add, NB.nb_add)): Ref {
  if (r !== Py_NotImplemented) return r;
  Py_DECREF(r);
  const f = sqSlot(v, PySequenceMethods.sq_inplace_concat) || sqSlot(v, PySequenceMethods.sq_concat);
  if (f !== 0) return text[f]?.(v, w) as Ref;
  binop_type_error(v, w, '+=');
}
export function PyNumber_InPlaceMultiply(
  v: Ref,
  w: Ref,
  r = inplace(v, w, NB.nb_inplace_multiply, NB.nb_multiply),
): Ref {
  if (r !== Py_NotImplemented) return r;
  Py_DECREF(r);
  const fv = sqSlot(v, PySequenceMethods.sq_inplace_repeat) || sqSlot(v, PySequenceMethods.sq_repeat);
  if (fv !== 0) return sequence_repeat(fv, v, w);
  const fw = sqSlot(w, PySequenceMethods.sq_repeat);
  if (fw !== 0) return sequence_repeat(fw, w, v);
  binop_type_error(v, w, '*=');
}
export function PyNumber_InPlaceSubtract(v: Ref, w: Ref): Ref {
  return binary_iop(v, w, NB.nb_inplace_subtract, NB.nb_subtract, '-=');
}
export function PyNumber_InPlaceMatrixMultiply(v: Ref, w: Ref): Ref {
  return binary_iop(v, w, NB.nb_inplace_matrix_multiply, NB.nb_matrix_multiply, '@=');
}
export function PyNumber_InPlaceFloorDivide(v: Ref, w: Ref): Ref {
  return binary_iop(v, w, NB.nb_inplace_floor_divide, NB.nb_floor_divide, '//=');
}
export function PyNumber_InPlaceTrueDivide(v: Ref, w: Ref): Ref {
  return binary_iop(v, w, NB.nb_inplace_true_divide, NB.nb_true_divide, '/=');
}
export function PyNumber_InPlaceRemainder(v: Ref, w: Ref): Ref {
  return binary_iop(v, w, NB.nb_inplace_remainder, NB.nb_remainder, '%=');
}
export function PyNumber_InPlaceLshift(v: Ref, w: Ref): Ref {
  return binary_iop(v, w, NB.nb_inplace_lshift, NB.nb_lshift, '<<=');
}
export function PyNumber_InPlaceRshift(v: Ref, w: Ref): Ref {
  return binary_iop(v, w, NB.nb_inplace_rshift, NB.nb_rshift, '>>=');
}
export function PyNumber_InPlaceAnd(v: Ref, w: Ref): Ref {
  return binary_iop(v, w, NB.nb_inplace_and, NB.nb_and, '&=');
}
export function PyNumber_InPlaceOr(v: Ref, w: Ref): Ref {
  return binary_iop(v, w, NB.nb_inplace_or, NB.nb_or, '|=');
}
export function PyNumber_InPlaceXor(v: Ref, w: Ref): Ref {
  return binary_iop(v, w, NB.nb_inplace_xor, NB.nb_xor, '^=');
}
export function PyNumber_InPlacePower(v: Ref, w: Ref, z: Ref): Ref {
  const f = nbSlot(i32(v + 8), NB.nb_inplace_power);
  if (f !== 0) {
    const x = text[f]?.(v, w, z) as Ref;
    if (x !== Py_NotImplemented) return x;
    Py_DECREF(x);
  }
  return ternary_op(v, w, z, NB.nb_power, '**=');
}

function unary(op: Ref, slot: number, what: string): Ref {
  const f = nbSlot(i32(op + 8), slot);
  if (f !== 0) return text[f]?.(op) as Ref;
  raise(PyExc_TypeError, `bad operand type for ${what}: '${typeNameOf(op)}'`);
}
export function PyNumber_Negative(op: Ref): Ref {
  return unary(op, NB.nb_negative, 'unary -');
}
export function PyNumber_Positive(op: Ref): Ref {
  return unary(op, NB.nb_positive, 'unary +');
}
export function PyNumber_Invert(op: Ref): Ref {
  return unary(op, NB.nb_invert, 'unary ~');
}
export function PyNumber_Absolute(op: Ref): Ref {
  return unary(op, NB.nb_absolute, 'abs()');
}
export function PyNumber_Check(op: Ref): boolean {
  const t = i32(op + 8);
  return nbSlot(t, NB.nb_index) !== 0 || nbSlot(t, NB.nb_int) !== 0 || nbSlot(t, NB.nb_float) !== 0;
}

/** True if the type has __index__ (PyIndex_Check). */
export function _PyIndex_Check(op: Ref): boolean {
  return nbSlot(i32(op + 8), NB.nb_index) !== 0;
}
export const PyIndex_Check = _PyIndex_Check;
/** An int or an instance of a subclass: op itself, or what its __index__ gives (_PyNumber_Index). */
export function _PyNumber_Index(op: Ref): Ref {
  if (PyLong_Check(op)) return Py_NewRef(op);
  const f = nbSlot(i32(op + 8), NB.nb_index);
  if (f === 0) raise(PyExc_TypeError, `'${typeNameOf(op)}' object cannot be interpreted as an integer`);
  return checkIntResult(text[f]?.(op) as Ref, '__index__', 'returned non-int (type ');
}
/** Accepts an int; warns about a strict subclass; TypeError otherwise. */
function checkIntResult(r: Ref, name: string, words: string): Ref {
  if (i32(r + 8) === PyLong_Type) return r;
  const m = hold(r);
  if (!PyLong_Check(r)) raise(PyExc_TypeError, `${name} ${words}${typeNameOf(r)})`);
  PyErr_WarnText(
    PyExc_DeprecationWarning,
    `${name} returned non-int (type ${typeNameOf(r)}).  The ability to return an instance of a strict subclass of int is deprecated, and may not be supported in a future version of Python.`,
    1,
  );
  drop(m);
  return r;
}
/** An exact int of an object with __index__. */
export function PyNumber_Index(op: Ref): Ref {
  const r = _PyNumber_Index(op);
  if (i32(r + 8) === PyLong_Type) return r;
  const m = hold(r);
  const exact = _PyLong_Copy(r);
  release(m);
  return exact;
}
/**
 * The value of an index as a number. Out of range of Py_ssize_t: `err` raised ("cannot fit 'int' into an index-sized
 * integer"), or clipped to ±(2**63-1) where `err` is 0.
 */
export function PyNumber_AsSsize_t(op: Ref, err: Ref): number {
  const value = _PyNumber_Index(op);
  const m = hold(value);
  const mark = nativeMark();
  let n: number;
  try {
    n = PyLong_AsSsize_t(value);
  } catch (e) {
    catchPending(e, mark);
    if (!PyErr_ExceptionMatches(PyExc_OverflowError)) throw e;
    PyErr_Clear();
    if (err !== 0) raise(err, `cannot fit '${typeNameOf(op)}' into an index-sized integer`);
    n = _PyLong_Sign(value) < 0 ? -(2 ** 63) : 2 ** 63;
  }
  release(m);
  return n;
}

/** int(op). */
export function PyNumber_Long(op: Ref): Ref {
  const type = i32(op + 8);
  if (type === PyLong_Type) return Py_NewRef(op);
  const nbInt = nbSlot(type, NB.nb_int);
  if (nbInt !== 0) {
    const r = checkIntResult(text[nbInt]?.(op) as Ref, '__int__', 'returned non-int (type ');
    return exactInt(r);
  }
  if (nbSlot(type, NB.nb_index) !== 0) return PyNumber_Index(op);
  const trunc = _PyObject_LookupSpecial(op, Py_ID.__trunc__);
  if (trunc !== 0) {
    const m = hold(trunc);
    PyErr_WarnText(PyExc_DeprecationWarning, 'The delegation of int() to __trunc__ is deprecated.', 1);
    let r = PyObject_CallNoArgs(trunc);
    release(m);
    if (i32(r + 8) === PyLong_Type) return r;
    hold(r);
    if (PyLong_Check(r)) {
      const exact = _PyLong_Copy(r);
      release(m);
      return exact;
    }
    if (!_PyIndex_Check(r)) raise(PyExc_TypeError, `__trunc__ returned non-Integral (type ${typeNameOf(r)})`);
    const index = PyNumber_Index(r);
    release(m);
    r = index;
    return r;
  }
  if (PyUnicode_Check(op)) return PyLong_FromUnicodeObject(op, 10);
  if (PyBytes_Check(op)) return _PyLong_FromBytes(op + 32, i32(op + 16), 10, op);
  if (PyObject_TypeCheck(op, PyByteArray_Type)) return _PyLong_FromBytes(i32(op + 40), i32(op + 16), 10, op);
  const view = bytesOfBufferObject(op);
  if (view !== null) return PyLong_FromTextBytes(view, op);
  raise(
    PyExc_TypeError,
    `int() argument must be a string, a bytes-like object or a real number, not '${typeNameOf(op)}'`,
  );
}
function exactInt(r: Ref): Ref {
  if (i32(r + 8) === PyLong_Type) return r;
  const m = hold(r);
  const exact = _PyLong_Copy(r);
  release(m);
  return exact;
}
/** float(op). */
export function PyNumber_Float(op: Ref): Ref {
  const type = i32(op + 8);
  if (type === PyFloat_Type) return Py_NewRef(op);
  const f = nbSlot(type, NB.nb_float);
  if (f !== 0) {
    const r = text[f]?.(op) as Ref;
    if (i32(r + 8) === PyFloat_Type) return r;
    const m = hold(r);
    if (!PyObject_TypeCheck(r, PyFloat_Type))
      raise(PyExc_TypeError, `${tpName(type)}.__float__ returned non-float (type ${typeNameOf(r)})`);
    PyErr_WarnText(
      PyExc_DeprecationWarning,
      `${tpName(type)}.__float__ returned non-float (type ${typeNameOf(r)}).  The ability to return an instance of a strict subclass of float is deprecated, and may not be supported in a future version of Python.`,
      1,
    );
    const v = floatValue(r);
    release(m);
    return PyFloat_FromDouble(v);
  }
  if (nbSlot(type, NB.nb_index) !== 0) {
    const m = hold(_PyNumber_Index(op));
    const v = PyLong_AsDouble(i32(m));
    release(m);
    return PyFloat_FromDouble(v);
  }
  if (PyObject_TypeCheck(op, PyFloat_Type)) return PyFloat_FromDouble(floatValue(op));
  return PyFloat_FromString(op);
}
/** The number in base 2, 8, 10 or 16 with its prefix (bin, oct, hex). */
export function PyNumber_ToBase(n: Ref, base: number): Ref {
  const m = hold(_PyNumber_Index(n));
  const r = _PyLong_Format(i32(m), base);
  release(m);
  return r;
}
