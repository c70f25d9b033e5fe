/**
 * Outlined parts of instructions: releasing operands, operators, unpacking. Mirrors Python/bytecodes.c.
 *
 * The `finish` functions put the result where the deepest operand was and release the operands from the deepest up; each
 * slot changes before its count falls, so that the stack is exact for any code a deallocation runs.
 */
import { PyTypeObject } from '@moult/abi';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import * as abstract from '../objects/abstract.ts';
import { PENDING, PyErr_Clear, PyErr_ExceptionMatches, PyErr_Occurred, raise } from '../objects/errors.ts';
import { PySequence_List } from '../objects/abstract.ts';
import { long_and, long_div, long_mod, long_rshift } from '../objects/longarith.ts';
import { drop, hold, Py_DECREF, Py_NewRef, Py_SIZE, type Ref, release, typeNameOf } from '../objects/object.ts';
import { PyObject_IsTrue, PyObject_RichCompare } from '../objects/objectattr.ts';
import {
  PyExc_StopIteration,
  PyExc_TypeError,
  PyExc_ValueError,
  PyList_Type,
  PyLong_Type,
  PyTuple_Type,
  Py_False,
  Py_None as PY_NONE,
  Py_True,
} from '../objects/static.ts';

/** Two operands become `res` (the caller's sp falls by one). */
export function finish2(sp: number, res: Ref): void {
  const l = i32(sp - 16);
  const r = i32(sp - 8);
  setPtr(sp - 16, res);
  Py_DECREF(l);
  setI32(sp - 8, 0);
  Py_DECREF(r);
}
/** `n` operands become `res`; NULL slots are skipped. */
export function finishCall(sp: number, n: number, res: Ref): void {
  const base = sp - (n << 3);
  const callable = i32(base);
  setPtr(base, res);
  Py_DECREF(callable);
  for (let p = base + 8; p < sp; p += 8) {
    const v = i32(p);
    if (v !== 0) {
      setI32(p, 0);
      Py_DECREF(v);
    }
  }
}
/** CALL_KW: the names go first, then the callable, then the arguments. */
export function finishCallKw(sp: number, n: number, res: Ref): void {
  const names = i32(sp - 8);
  setI32(sp - 8, 0);
  Py_DECREF(names);
  finishCall(sp, n, res);
}
/** Releases `n` operands. */
export function popn(sp: number, n: number): void {
  for (let p = sp - (n << 3); p < sp; p += 8) {
    const v = i32(p);
    setI32(p, 0);
    if (v !== 0) Py_DECREF(v);
  }
}

/** BINARY_OP by NB_*. */
export function binaryOp(op: number, l: Ref, r: Ref): Ref {
  if (i32(l + 8) === PyLong_Type && i32(r + 8) === PyLong_Type) {
    // the commonest that are not specialised, without asking for the type's slots
    if (op === 6 || op === 19) return long_mod(l, r);
    if (op === 2 || op === 15) return long_div(l, r);
    if (op === 1 || op === 14) return long_and(l, r);
    if (op === 9 || op === 22) return long_rshift(l, r);
  }
  switch (op) {
    case 0:
      return abstract.PyNumber_Add(l, r);
    case 1:
      return abstract.PyNumber_And(l, r);
    case 2:
      return abstract.PyNumber_FloorDivide(l, r);
    case 3:
      return abstract.PyNumber_Lshift(l, r);
    case 4:
      return abstract.PyNumber_MatrixMultiply(l, r);
    case 5:
      return abstract.PyNumber_Multiply(l, r);
    case 6:
      return abstract.PyNumber_Remainder(l, r);
    case 7:
      return abstract.PyNumber_Or(l, r);
    case 8:
      return abstract.PyNumber_Power(l, r, PY_NONE);
    case 9:
      return abstract.PyNumber_Rshift(l, r);
    case 10:
      return abstract.PyNumber_Subtract(l, r);
    case 11:
      return abstract.PyNumber_TrueDivide(l, r);
    case 12:
      return abstract.PyNumber_Xor(l, r);
    case 13:
      return abstract.PyNumber_InPlaceAdd(l, r);
    case 14:
      return abstract.PyNumber_InPlaceAnd(l, r);
    case 15:
      return abstract.PyNumber_InPlaceFloorDivide(l, r);
    case 16:
      return abstract.PyNumber_InPlaceLshift(l, r);
    case 17:
      return abstract.PyNumber_InPlaceMatrixMultiply(l, r);
    case 18:
      return abstract.PyNumber_InPlaceMultiply(l, r);
    case 19:
      return abstract.PyNumber_InPlaceRemainder(l, r);
    case 20:
      return abstract.PyNumber_InPlaceOr(l, r);
    case 21:
      return abstract.PyNumber_InPlacePower(l, r, PY_NONE);
    case 22:
      return abstract.PyNumber_InPlaceRshift(l, r);
    case 23:
      return abstract.PyNumber_InPlaceSubtract(l, r);
    case 24:
      return abstract.PyNumber_InPlaceTrueDivide(l, r);
    default:
      return abstract.PyNumber_InPlaceXor(l, r);
  }
}

/** COMPARE_OP: bit 4 of the argument asks for a bool. */
export function compareOp(oparg: number, l: Ref, r: Ref): Ref {
  return truthOf(oparg, PyObject_RichCompare(l, r, oparg >> 5));
}
/** The answer of a comparison, which is taken over, as COMPARE_OP wants it. */
export function truthOf(oparg: number, res: Ref): Ref {
  if ((oparg & 16) === 0 || res === Py_True || res === Py_False) return res;
  const m = hold(res);
  const truth = Py_NewRef(PyObject_IsTrue(res) ? Py_True : Py_False);
  release(m);
  return truth;
}

/** CONTAINS_OP: `l in r`, inverted with oparg 1. */
export function containsOp(oparg: number, l: Ref, r: Ref): Ref {
  return Py_NewRef(abstract.PySequence_Contains(r, l) !== (oparg !== 0) ? Py_True : Py_False);
}

/** An iterator returned NULL with an exception set: StopIteration ends the loop quietly. */
export function clearStopIteration(): void {
  if (!PyErr_ExceptionMatches(PyExc_StopIteration)) throw PENDING;
  PyErr_Clear();
}

function iternext(it: Ref): Ref {
  const v = (text[i32(i32(it + 8) + PyTypeObject.tp_iternext)] as (op: Ref) => Ref)(it);
  if (v === 0 && PyErr_Occurred()) clearStopIteration();
  return v;
}

/** UNPACK_SEQUENCE: the sequence on top becomes its `n` items, the first on top. Returns the new sp. */
export function unpackSequence(sp: number, n: number): number {
  const seq = i32(sp - 8);
  const type = i32(seq + 8);
  if ((type === PyTuple_Type || type === PyList_Type) && Py_SIZE(seq) === n) {
    const items = type === PyTuple_Type ? seq + 24 : i32(seq + 24);
    const top = sp - 8 + (n << 3);
    for (let i = 0; i < n; i++) setPtr(top - 8 - (i << 3), Py_NewRef(i32(items + (i << 3))));
    Py_DECREF(seq);
    return top;
  }
  return unpackIterable(sp, n, -1);
}

/**
 * Unpacks the iterable on top into `before` items, and with `after` ≥ 0 a list and `after` more (UNPACK_EX). The items
 * gather above the iterable and its iterator, owned by the stack area, and move down at the end.
 */
export function unpackIterable(sp: number, before: number, after: number): number {
  const seq = i32(sp - 8);
  if (i32(i32(seq + 8) + PyTypeObject.tp_iter) === 0 && !abstract.PySequence_Check(seq)) {
    raise(PyExc_TypeError, `cannot unpack non-iterable ${typeNameOf(seq)} object`);
  }
  const it = abstract.PyObject_GetIter(seq);
  const m = hold(it);
  const items: Ref[] = [];
  const want = before;
  for (let i = 0; i < want; i++) {
    const v = iternext(it);
    if (v === 0) {
      if (after < 0) raise(PyExc_ValueError, `not enough values to unpack (expected ${want}, got ${i})`);
      raise(PyExc_ValueError, `not enough values to unpack (expected at least ${want + after}, got ${i})`);
    }
    hold(v);
    items.push(v);
  }
  if (after < 0) {
    const extra = iternext(it);
    if (extra !== 0) {
      hold(extra);
      raise(PyExc_ValueError, `too many values to unpack (expected ${want})`);
    }
  } else {
    const list = PySequence_List(it);
    hold(list);
    const size = Py_SIZE(list);
    if (size < after) {
      raise(PyExc_ValueError, `not enough values to unpack (expected at least ${want + after}, got ${want + size})`);
    }
    items.push(list);
    const data = i32(list + 24);
    for (let i = size - after; i < size; i++) items.push(i32(data + (i << 3)));
    // the last items move out of the list
    setPtr(list + 16, size - after);
  }
  drop(m);
  const top = sp - 8 + (items.length << 3);
  for (let i = 0; i < items.length; i++) setPtr(top - 8 - (i << 3), items[i] as Ref);
  Py_DECREF(it);
  Py_DECREF(seq);
  return top;
}
