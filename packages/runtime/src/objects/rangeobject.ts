/**
 * range and its iterators. Mirrors Objects/rangeobject.c.
 *
 *   rangeobject  +16 start  +24 stop  +32 step  +40 length (ints)     _PyRangeIterObject  +16 start  +24 step  +32 len (C longs)
 */
import {
  _PyRangeIterObject,
  longrangeiterobject,
  METH_NOARGS,
  METH_O,
  _Py_T_OBJECT,
  Py_EQ,
  Py_NE,
  Py_READONLY,
  Py_TPFLAGS_SEQUENCE,
  rangeobject,
} from '@moult/abi';
import { _PyObject_New, PyObject_Free } from '../gc/alloc.ts';
import { HASH_HI, i32, setI32, setPtr, setSsize, ssize } from '../memory/linear.ts';
import {
  _PyIndex_Check,
  _PySequence_IterSearch,
  PY_ITERSEARCH_COUNT,
  PY_ITERSEARCH_INDEX,
  PyNumber_Index,
} from './abstract.ts';
import { _PyArg_CheckPositional, _PyArg_NoKeywords, _PyArg_NoKwnames } from './args.ts';
import { raise, raiseObject } from './errors.ts';
import { longAsBigInt, longAsNumber, PyLong_FromBigInt, PyLong_FromLong } from './longobject.ts';
import { drop, hold, Py_CLEAR, Py_DECREF, Py_NewRef, type Ref, release, typeNameOf } from './object.ts';
import { PyObject_GenericGetAttr, PyObject_Repr, PyObject_SelfIter } from './objectattr.ts';
import { getBuiltinAttr } from './reducehelp.ts';
import { _PySlice_GetLongIndices } from './sliceobject.ts';
import type { TypeSpec } from './spec.ts';
import {
  Py_False,
  Py_None,
  Py_NotImplemented,
  Py_True,
  PyBool_Type,
  PyExc_IndexError,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyLong_Type,
  PyLongRangeIter_Type,
  PyRange_Type,
  PyRangeIter_Type,
  PySlice_Type,
} from './static.ts';
import { tuple_hash } from './tuplemethods.ts';
import { tupleSteal, buildTuple } from './tupleobject.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';

/** Takes over the three ints. */
function make_range_object(start: Ref, stop: Ref, step: Ref): Ref {
  const m = hold(start);
  hold(stop);
  hold(step);
  const length = compute_range_length(start, stop, step);
  hold(length);
  const op = _PyObject_New(PyRange_Type);
  drop(m);
  setPtr(op + 16, start);
  setPtr(op + 24, stop);
  setPtr(op + 32, step);
  setPtr(op + 40, length);
  return op;
}
/** The number of items of an arithmetic progression, a new int. */
function compute_range_length(start: Ref, stop: Ref, step: Ref): Ref {
  const a = longAsNumber(start);
  const b = longAsNumber(stop);
  const s = longAsNumber(step);
  if (Math.abs(a) < 2 ** 51 && Math.abs(b) < 2 ** 51 && Math.abs(s) < 2 ** 51)
    return PyLong_FromLong(lengthOf(a, b, s));
  const ba = longAsBigInt(start);
  const bb = longAsBigInt(stop);
  const bs = longAsBigInt(step);
  return PyLong_FromBigInt(bigLength(ba, bb, bs));
}
function lengthOf(a: number, b: number, s: number): number {
  if (s > 0) return a < b ? Math.floor((b - a - 1) / s) + 1 : 0;
  return a > b ? Math.floor((a - b - 1) / -s) + 1 : 0;
}
function bigLength(a: bigint, b: bigint, s: bigint): bigint {
  if (s > 0n) return a < b ? (b - a - 1n) / s + 1n : 0n;
  return a > b ? (a - b - 1n) / -s + 1n : 0n;
}
function range_from_array(args: number, n: number): Ref {
  _PyArg_CheckPositional('range', n, 1, 3);
  if (n === 1) {
    const stop = PyNumber_Index(i32(args));
    return make_range_object(PyLong_FromLong(0), stop, PyLong_FromLong(1));
  }
  const start = PyNumber_Index(i32(args));
  const m = hold(start);
  const stop = PyNumber_Index(i32(args + 8));
  hold(stop);
  let step: Ref;
  if (n === 3) {
    step = PyNumber_Index(i32(args + 16));
    hold(step);
    if (longAsNumber(step) === 0) raise(PyExc_ValueError, 'range() arg 3 must not be zero');
  } else step = PyLong_FromLong(1);
  drop(m);
  return make_range_object(start, stop, step);
}
function range_new(_type: Ref, args: Ref, kwds: Ref): Ref {
  _PyArg_NoKeywords('range', kwds);
  return range_from_array(args + 24, i32(args + 16));
}
function range_vectorcall(_type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  _PyArg_NoKwnames('range', kwnames);
  return range_from_array(args, nargs);
}
function range_dealloc(op: Ref): void {
  Py_CLEAR(op + 16);
  Py_CLEAR(op + 24);
  Py_CLEAR(op + 32);
  Py_CLEAR(op + 40);
  PyObject_Free(op);
}
function range_length(op: Ref): number {
  const n = longAsNumber(i32(op + 40));
  if (!Number.isNaN(n)) return n;
  const b = longAsBigInt(i32(op + 40));
  if (b > 9223372036854775807n) raise(PyExc_OverflowError, 'Python int too large to convert to C ssize_t');
  return Number(b);
}
function range_bool(op: Ref): boolean {
  return longAsNumber(i32(op + 40)) !== 0;
}
/** start + i * step, a new int. */
function compute_item(op: Ref, i: Ref): Ref {
  const a = longAsNumber(i32(op + 16));
  const s = longAsNumber(i32(op + 32));
  const k = longAsNumber(i);
  const v = a + k * s;
  if (Math.abs(k * s) < 2 ** 52 && Math.abs(v) < 2 ** 52) return PyLong_FromLong(v);
  return PyLong_FromBigInt(longAsBigInt(i32(op + 16)) + longAsBigInt(i) * longAsBigInt(i32(op + 32)));
}
function compute_range_item(op: Ref, index: Ref): Ref {
  let i = longAsBigInt(index);
  const n = longAsBigInt(i32(op + 40));
  if (i < 0n) i += n;
  if (i < 0n || i >= n) raise(PyExc_IndexError, 'range object index out of range');
  const m = hold(PyLong_FromBigInt(i));
  const r = compute_item(op, i32(m));
  release(m);
  return r;
}
function range_item(op: Ref, i: number): Ref {
  const m = hold(PyLong_FromLong(i));
  const r = compute_range_item(op, i32(m));
  release(m);
  return r;
}
function range_subscript(op: Ref, item: Ref): Ref {
  if (_PyIndex_Check(item)) {
    const m = hold(PyNumber_Index(item));
    const r = compute_range_item(op, i32(m));
    release(m);
    return r;
  }
  if (i32(item + 8) !== PySlice_Type)
    raise(PyExc_TypeError, `range indices must be integers or slices, not ${typeNameOf(item)}`);
  const { start, stop, step } = _PySlice_GetLongIndices(item, longAsBigInt(i32(op + 40)));
  const a = longAsBigInt(i32(op + 16));
  const s = longAsBigInt(i32(op + 32));
  const m = hold(PyLong_FromBigInt(a + start * s));
  hold(PyLong_FromBigInt(a + stop * s));
  const by = PyLong_FromBigInt(step * s);
  drop(m);
  return make_range_object(i32(m), i32(m + 8), by);
}
function isInt(op: Ref): boolean {
  return i32(op + 8) === PyLong_Type || i32(op + 8) === PyBool_Type;
}
function containsLong(op: Ref, x: Ref): boolean {
  const v = longAsBigInt(x);
  const a = longAsBigInt(i32(op + 16));
  const b = longAsBigInt(i32(op + 24));
  const s = longAsBigInt(i32(op + 32));
  if (s > 0n ? v < a || v >= b : v > a || v <= b) return false;
  return (v - a) % s === 0n;
}
function range_contains(op: Ref, x: Ref): boolean {
  return isInt(x) ? containsLong(op, x) : _PySequence_IterSearch(op, x, 3) === 1;
}
function range_count(op: Ref, x: Ref): Ref {
  if (isInt(x)) return PyLong_FromLong(containsLong(op, x) ? 1 : 0);
  return PyLong_FromLong(_PySequence_IterSearch(op, x, PY_ITERSEARCH_COUNT));
}
function range_index(op: Ref, x: Ref): Ref {
  if (!isInt(x)) return PyLong_FromLong(_PySequence_IterSearch(op, x, PY_ITERSEARCH_INDEX));
  if (containsLong(op, x))
    return PyLong_FromBigInt((longAsBigInt(x) - longAsBigInt(i32(op + 16))) / longAsBigInt(i32(op + 32)));
  const m = hold(PyObject_Repr(x));
  const message = hold(PyUnicode_FromString(`${asText(i32(m))} is not in range`));
  raiseObject(PyExc_ValueError, i32(message));
}
function sameInt(a: Ref, b: Ref): boolean {
  return a === b || longAsBigInt(a) === longAsBigInt(b);
}
function range_equals(a: Ref, b: Ref): boolean {
  if (a === b) return true;
  if (!sameInt(i32(a + 40), i32(b + 40))) return false;
  const n = longAsNumber(i32(a + 40));
  if (n === 0) return true;
  if (!sameInt(i32(a + 16), i32(b + 16))) return false;
  return n === 1 || sameInt(i32(a + 32), i32(b + 32));
}
function range_richcompare(v: Ref, w: Ref, op: number): Ref {
  if (i32(w + 8) !== PyRange_Type || (op !== Py_EQ && op !== Py_NE)) return Py_NewRef(Py_NotImplemented);
  return Py_NewRef(range_equals(v, w) === (op === Py_EQ) ? Py_True : Py_False);
}
/** As the tuple (length, start or None, step or None). */
function range_hash(op: Ref): number {
  const n = longAsNumber(i32(op + 40));
  const start = n === 0 ? Py_None : i32(op + 16);
  const step = n === 0 || n === 1 ? Py_None : i32(op + 32);
  const m = hold(tupleSteal(Py_NewRef(i32(op + 40)), Py_NewRef(start), Py_NewRef(step)));
  const lo = tuple_hash(i32(m));
  const hi = i32(HASH_HI);
  release(m);
  setI32(HASH_HI, hi);
  return lo;
}
function intText(op: Ref): string {
  const s = PyObject_Repr(op);
  const t = asText(s);
  Py_DECREF(s);
  return t;
}
function range_repr(op: Ref): Ref {
  const step = longAsNumber(i32(op + 32));
  const tail = step === 1 ? '' : `, ${intText(i32(op + 32))}`;
  return PyUnicode_FromString(`range(${intText(i32(op + 16))}, ${intText(i32(op + 24))}${tail})`);
}
function range_reduce(op: Ref): Ref {
  const args = tupleSteal(Py_NewRef(i32(op + 16)), Py_NewRef(i32(op + 24)), Py_NewRef(i32(op + 32)));
  return tupleSteal(Py_NewRef(i32(op + 8)), args);
}

// ---- iterators ----

const FAST = 2 ** 52;
function fast_range_iter(start: number, step: number, len: number): Ref {
  const it = _PyObject_New(PyRangeIter_Type);
  setSsize(it + 16, start);
  setSsize(it + 24, step);
  setSsize(it + 32, len);
  return it;
}
/** Takes over three ints. */
function longRangeIter(start: Ref, step: Ref, len: Ref): Ref {
  const m = hold(start);
  hold(step);
  hold(len);
  const it = _PyObject_New(PyLongRangeIter_Type);
  drop(m);
  setPtr(it + 16, start);
  setPtr(it + 24, step);
  setPtr(it + 32, len);
  return it;
}
function range_iter(op: Ref): Ref {
  const a = longAsNumber(i32(op + 16));
  const b = longAsNumber(i32(op + 24));
  const s = longAsNumber(i32(op + 32));
  if (Math.abs(a) < FAST && Math.abs(b) < FAST && Math.abs(s) < FAST)
    return fast_range_iter(a, s, longAsNumber(i32(op + 40)));
  return longRangeIter(Py_NewRef(i32(op + 16)), Py_NewRef(i32(op + 32)), Py_NewRef(i32(op + 40)));
}
function range_reverse(op: Ref): Ref {
  const a = longAsNumber(i32(op + 16));
  const b = longAsNumber(i32(op + 24));
  const s = longAsNumber(i32(op + 32));
  const n = longAsNumber(i32(op + 40));
  if (Math.abs(a) < FAST && Math.abs(b) < FAST && Math.abs(s) < FAST) return fast_range_iter(a + (n - 1) * s, -s, n);
  const last = longAsBigInt(i32(op + 16)) + (longAsBigInt(i32(op + 40)) - 1n) * longAsBigInt(i32(op + 32));
  const m = hold(PyLong_FromBigInt(last));
  const step = PyLong_FromBigInt(-longAsBigInt(i32(op + 32)));
  drop(m);
  return longRangeIter(i32(m), step, Py_NewRef(i32(op + 40)));
}
function rangeiter_next(it: Ref): Ref {
  const len = i32(it + 32);
  if (i32(it + 36) === 0) {
    if (len === 0) return 0;
    const low = i32(it + 16);
    const step = i32(it + 24);
    if (len > 0 && low >> 31 === i32(it + 20) && step >> 31 === i32(it + 28) && ((low + step) | 0) === low + step) {
      // all in 32 bits: the usual case
      setI32(it + 16, low + step);
      setI32(it + 20, (low + step) >> 31);
      setI32(it + 32, len - 1);
      return PyLong_FromLong(low);
    }
  }
  const start = ssize(it + 16);
  setSsize(it + 16, start + ssize(it + 24));
  setSsize(it + 32, ssize(it + 32) - 1);
  return PyLong_FromLong(start);
}
function rangeiter_len(it: Ref): Ref {
  return PyLong_FromLong(ssize(it + 32));
}
/** What is to come. */
function rangeLeft(it: Ref): Ref {
  const start = ssize(it + 16);
  const step = ssize(it + 24);
  const m = hold(PyLong_FromLong(start));
  hold(PyLong_FromLong(start + ssize(it + 32) * step));
  hold(PyLong_FromLong(step));
  const range = make_range_object(Py_NewRef(i32(m)), Py_NewRef(i32(m + 8)), Py_NewRef(i32(m + 16)));
  release(m);
  return range;
}
function rangeiter_reduce(it: Ref): Ref {
  return buildTuple(
    () => getBuiltinAttr('iter'),
    () => tupleSteal(rangeLeft(it)),
    () => Py_NewRef(Py_None),
  );
}
function rangeiter_setstate(it: Ref, state: Ref): Ref {
  const len = ssize(it + 32);
  const index = Math.max(0, Math.min(longAsNumber(state), len));
  setSsize(it + 16, ssize(it + 16) + index * ssize(it + 24));
  setSsize(it + 32, len - index);
  return Py_NewRef(Py_None);
}
function rangeiter_dealloc(it: Ref): void {
  PyObject_Free(it);
}
function longrangeiter_dealloc(it: Ref): void {
  Py_CLEAR(it + 16);
  Py_CLEAR(it + 24);
  Py_CLEAR(it + 32);
  PyObject_Free(it);
}
function longrangeiter_next(it: Ref): Ref {
  const len = longAsBigInt(i32(it + 32));
  if (len === 0n) return 0;
  const start = i32(it + 16);
  const next = PyLong_FromBigInt(longAsBigInt(start) + longAsBigInt(i32(it + 24)));
  const m = hold(next);
  const left = PyLong_FromBigInt(len - 1n);
  drop(m);
  const oldLen = i32(it + 32);
  setPtr(it + 16, next);
  setPtr(it + 32, left);
  Py_DECREF(oldLen);
  return start;
}
function longrangeiter_len(it: Ref): Ref {
  return Py_NewRef(i32(it + 32));
}
function longrangeiter_reduce(it: Ref): Ref {
  const start = longAsBigInt(i32(it + 16));
  const stop = start + longAsBigInt(i32(it + 32)) * longAsBigInt(i32(it + 24));
  const range = make_range_object(Py_NewRef(i32(it + 16)), PyLong_FromBigInt(stop), Py_NewRef(i32(it + 24)));
  return buildTuple(
    () => getBuiltinAttr('iter'),
    () => tupleSteal(range),
    () => Py_NewRef(Py_None),
  );
}
function longrangeiter_setstate(it: Ref, state: Ref): Ref {
  if (i32(state + 8) !== PyLong_Type) raise(PyExc_TypeError, `state must be an int, not ${typeNameOf(state)}`);
  const len = longAsBigInt(i32(it + 32));
  let index = longAsBigInt(state);
  if (index < 0n) index = 0n;
  if (index > len) index = len;
  const start = PyLong_FromBigInt(longAsBigInt(i32(it + 16)) + index * longAsBigInt(i32(it + 24)));
  const old = i32(it + 16);
  const oldLen = i32(it + 32);
  setPtr(it + 16, start);
  setPtr(it + 32, PyLong_FromBigInt(len - index));
  Py_DECREF(old);
  Py_DECREF(oldLen);
  return Py_NewRef(Py_None);
}

export const rangeSpec: TypeSpec = {
  address: PyRange_Type,
  name: 'range',
  basicsize: rangeobject.SIZE,
  flags: Py_TPFLAGS_SEQUENCE,
  doc: 'range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\nThe ints from start on, before stop, by step.',
  slots: {
    tp_dealloc: range_dealloc,
    tp_repr: range_repr,
    tp_hash: range_hash,
    tp_getattro: PyObject_GenericGetAttr,
    tp_richcompare: range_richcompare,
    tp_iter: range_iter,
    tp_new: range_new,
    tp_vectorcall: range_vectorcall,
    nb_bool: range_bool,
    sq_length: range_length,
    sq_item: range_item,
    sq_contains: range_contains,
    mp_length: range_length,
    mp_subscript: range_subscript,
  },
  methods: [
    { name: '__reversed__', flags: METH_NOARGS, fn: range_reverse },
    { name: '__reduce__', flags: METH_NOARGS, fn: range_reduce },
    { name: 'count', flags: METH_O, fn: range_count },
    { name: 'index', flags: METH_O, fn: range_index },
  ],
  members: [
    { name: 'start', type: _Py_T_OBJECT, offset: 16, flags: Py_READONLY },
    { name: 'stop', type: _Py_T_OBJECT, offset: 24, flags: Py_READONLY },
    { name: 'step', type: _Py_T_OBJECT, offset: 32, flags: Py_READONLY },
  ],
};
export const rangeIterSpec: TypeSpec = {
  address: PyRangeIter_Type,
  name: 'range_iterator',
  basicsize: _PyRangeIterObject.SIZE,
  flags: 0,
  slots: {
    tp_dealloc: rangeiter_dealloc,
    tp_getattro: PyObject_GenericGetAttr,
    tp_iter: PyObject_SelfIter,
    tp_iternext: rangeiter_next,
  },
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, fn: rangeiter_len },
    { name: '__reduce__', flags: METH_NOARGS, fn: rangeiter_reduce },
    { name: '__setstate__', flags: METH_O, fn: rangeiter_setstate },
  ],
};
export const longRangeIterSpec: TypeSpec = {
  address: PyLongRangeIter_Type,
  name: 'longrange_iterator',
  basicsize: longrangeiterobject.SIZE,
  flags: 0,
  slots: {
    tp_dealloc: longrangeiter_dealloc,
    tp_getattro: PyObject_GenericGetAttr,
    tp_iter: PyObject_SelfIter,
    tp_iternext: longrangeiter_next,
  },
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, fn: longrangeiter_len },
    { name: '__reduce__', flags: METH_NOARGS, fn: longrangeiter_reduce },
    { name: '__setstate__', flags: METH_O, fn: longrangeiter_setstate },
  ],
};
