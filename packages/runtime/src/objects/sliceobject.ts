/**
 * slice: making, taking apart, adjusting to a length. Mirrors Objects/sliceobject.c (and _PyEval_SliceIndex).
 *
 *   PySliceObject  +16 start  +24 stop  +32 step     one freed slice is kept in the interpreter's slice_cache
 */
import {
  METH_NOARGS,
  METH_O,
  _Py_T_OBJECT,
  PyInterpreterState,
  Py_READONLY,
  Py_TPFLAGS_HAVE_GC,
  PySliceObject,
} from '@moult/abi';
import { _PyObject_GC_New, PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { hooks } from '../hooks.ts';
import { HASH_HI, i32, setI32, setPtr } from '../memory/linear.ts';
import { tupleHashBegin, tupleHashItem } from '../numeric/hashnum.ts';
import { _PyArg_CheckPositional, _PyArg_NoKeywords } from './args.ts';
import { _PyIndex_Check, PyNumber_AsSsize_t, PyNumber_Index } from './abstract.ts';
import { raise } from './errors.ts';
import { longAsBigInt, PyLong_FromBigInt, PyLong_FromLong } from './longobject.ts';
import { drop, hold, Py_CLEAR, Py_DECREF, Py_INCREF, Py_NewRef, type Ref, release } from './object.ts';
import { PyObject_Hash, PyObject_Repr, PyObject_RichCompare } from './objectattr.ts';
import { INTERP } from './runtime.ts';
import type { TypeSpec } from './spec.ts';
import {
  PyExc_TypeError,
  PyExc_ValueError,
  PySlice_Type,
  Py_False,
  Py_None,
  Py_NotImplemented,
  Py_True,
} from './static.ts';
import { PyTuple_Pack, tupleSteal, buildTuple } from './tupleobject.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';
import { TRACING_WORD } from '../memory/layout.ts';
import { traceReused } from './tracemalloc.ts';

declare const __TRACE__: boolean;

const SLICE_CACHE = INTERP + PyInterpreterState.object_state_freelists_slices_slice_cache;
/** PY_SSIZE_T_MAX and _MIN, as near as a double comes. */
const MAX = 2 ** 63;
const MIN = -(2 ** 63);

/** Takes over the three references (_PyBuildSlice_Consume2 and friends). */
function newSlice(start: Ref, stop: Ref, step: Ref): Ref {
  let op = i32(SLICE_CACHE);
  if (op !== 0) {
    setPtr(SLICE_CACHE, 0);
    setPtr(op, 1);
    if (__TRACE__) hooks.reused(op);
    if (i32(TRACING_WORD) !== 0) traceReused(op);
  } else {
    const m = hold(start);
    hold(stop);
    hold(step);
    op = _PyObject_GC_New(PySlice_Type);
    drop(m);
  }
  setPtr(op + 16, start);
  setPtr(op + 24, stop);
  setPtr(op + 32, step);
  _PyObject_GC_TRACK(op);
  return op;
}
/** A new slice; 0 stands for None. */
export function PySlice_New(start: Ref, stop: Ref, step: Ref): Ref {
  const a = start === 0 ? Py_None : start;
  const b = stop === 0 ? Py_None : stop;
  const c = step === 0 ? Py_None : step;
  Py_INCREF(a);
  Py_INCREF(b);
  Py_INCREF(c);
  return newSlice(a, b, c);
}
/** A slice of two references that are taken over. */
export function _PyBuildSlice_ConsumeRefs(start: Ref, stop: Ref): Ref {
  return newSlice(start, stop, Py_NewRef(Py_None));
}
export function _PySlice_FromIndices(start: number, stop: number): Ref {
  return newSlice(PyLong_FromLong(start), PyLong_FromLong(stop), Py_NewRef(Py_None));
}
export function PySlice_Check(op: Ref): boolean {
  return i32(op + 8) === PySlice_Type;
}

/** A slice's bound as a number, cut to Py_ssize_t; `op` is not None. */
export function _PyEval_SliceIndexNotNone(op: Ref): number {
  if (_PyIndex_Check(op)) return PyNumber_AsSsize_t(op, 0);
  raise(PyExc_TypeError, 'slice indices must be integers or have an __index__ method');
}
function sliceIndex(op: Ref): number {
  if (_PyIndex_Check(op)) return PyNumber_AsSsize_t(op, 0);
  raise(PyExc_TypeError, 'slice indices must be integers or None or have an __index__ method');
}
export interface SliceBounds {
  start: number;
  stop: number;
  step: number;
}
/** The three numbers of a slice, not yet fitted to a length. */
export function PySlice_Unpack(op: Ref): SliceBounds {
  let step = 1;
  if (i32(op + 32) !== Py_None) {
    step = sliceIndex(i32(op + 32));
    if (step === 0) raise(PyExc_ValueError, 'slice step cannot be zero');
    if (step < -MAX) step = -MAX;
  }
  const start = i32(op + 16) === Py_None ? (step < 0 ? MAX : 0) : sliceIndex(i32(op + 16));
  const stop = i32(op + 24) === Py_None ? (step < 0 ? MIN : MAX) : sliceIndex(i32(op + 24));
  return { start, stop, step };
}
/** Fits the bounds to a sequence of `length` items; returns how many items the slice has. */
export function PySlice_AdjustIndices(length: number, s: SliceBounds): number {
  const { step } = s;
  if (s.start < 0) {
    s.start += length;
    if (s.start < 0) s.start = step < 0 ? -1 : 0;
  } else if (s.start >= length) s.start = step < 0 ? length - 1 : length;
  if (s.stop < 0) {
    s.stop += length;
    if (s.stop < 0) s.stop = step < 0 ? -1 : 0;
  } else if (s.stop >= length) s.stop = step < 0 ? length - 1 : length;
  if (step < 0) {
    if (s.stop < s.start) return Math.floor((s.start - s.stop - 1) / -step) + 1;
  } else if (s.start < s.stop) return Math.floor((s.stop - s.start - 1) / step) + 1;
  return 0;
}

/** An int as a BigInt; for bounds of slices of any size. */
function evaluate(op: Ref): bigint {
  if (!_PyIndex_Check(op)) raise(PyExc_TypeError, 'slice indices must be integers or None or have an __index__ method');
  const m = hold(PyNumber_Index(op));
  const v = longAsBigInt(i32(m));
  release(m);
  return v;
}
/** start, stop and step fitted to a length, all of any size (_PySlice_GetLongIndices). */
export function _PySlice_GetLongIndices(self: Ref, length: bigint): { start: bigint; stop: bigint; step: bigint } {
  let step = 1n;
  if (i32(self + 32) !== Py_None) {
    step = evaluate(i32(self + 32));
    if (step === 0n) raise(PyExc_ValueError, 'slice step cannot be zero');
  }
  const lower = step < 0n ? -1n : 0n;
  const upper = step < 0n ? length - 1n : length;
  const fit = (op: Ref, otherwise: bigint): bigint => {
    if (op === Py_None) return otherwise;
    let v = evaluate(op);
    if (v < 0n) {
      v += length;
      return v < lower ? lower : v;
    }
    return v > upper ? upper : v;
  };
  const start = fit(i32(self + 16), step < 0n ? upper : lower);
  const stop = fit(i32(self + 24), step < 0n ? lower : upper);
  return { start, stop, step };
}

function slice_new(_type: Ref, args: Ref, kwds: Ref): Ref {
  _PyArg_NoKeywords('slice', kwds);
  const n = i32(args + 16);
  _PyArg_CheckPositional('slice', n, 1, 3);
  if (n === 1) return PySlice_New(0, i32(args + 24), 0);
  return PySlice_New(i32(args + 24), i32(args + 32), n === 3 ? i32(args + 40) : 0);
}
function slice_dealloc(op: Ref): void {
  PyObject_GC_UnTrack(op);
  Py_CLEAR(op + 32);
  Py_CLEAR(op + 16);
  Py_CLEAR(op + 24);
  if (i32(SLICE_CACHE) === 0) {
    setPtr(SLICE_CACHE, op);
    if (__TRACE__) hooks.kept(op);
  } else PyObject_GC_Del(op);
}
export function _PySlice_ClearCache(): void {
  const op = i32(SLICE_CACHE);
  if (op !== 0) {
    setPtr(SLICE_CACHE, 0);
    PyObject_GC_Del(op);
  }
}
function slice_repr(op: Ref): Ref {
  const parts: string[] = [];
  for (const at of [16, 24, 32]) {
    const s = PyObject_Repr(i32(op + at));
    parts.push(asText(s));
    Py_DECREF(s);
  }
  return PyUnicode_FromString(`slice(${parts.join(', ')})`);
}
function slice_richcompare(v: Ref, w: Ref, op: number): Ref {
  if (i32(v + 8) !== PySlice_Type || i32(w + 8) !== PySlice_Type) return Py_NewRef(Py_NotImplemented);
  if (v === w) return Py_NewRef(op === 2 || op === 1 || op === 5 ? Py_True : Py_False);
  const t1 = PyTuple_Pack(i32(v + 16), i32(v + 24), i32(v + 32));
  const m = hold(t1);
  const t2 = PyTuple_Pack(i32(w + 16), i32(w + 24), i32(w + 32));
  hold(t2);
  const res = PyObject_RichCompare(t1, t2, op);
  release(m);
  return res;
}
/** The same mixing as a tuple of three, without the length. */
function slice_hash(op: Ref): number {
  const acc = new Int32Array(2);
  tupleHashBegin(acc);
  for (const at of [16, 24, 32]) {
    const lo = PyObject_Hash(i32(op + at));
    tupleHashItem(acc, lo, i32(HASH_HI));
  }
  const lo = acc[0] as number;
  const hi = acc[1] as number;
  const bad = lo === -1 && hi === -1;
  setI32(HASH_HI, bad ? 0 : hi);
  return bad ? 1546275796 : lo;
}
function slice_traverse(op: Ref, visit: (x: Ref, arg: number) => void, arg: number): void {
  for (let at = 16; at <= 32; at += 8) if (i32(op + at) !== 0) visit(i32(op + at), arg);
}
function slice_indices(self: Ref, len: Ref): Ref {
  const m = hold(PyNumber_Index(len));
  const length = longAsBigInt(i32(m));
  release(m);
  if (length < 0n) raise(PyExc_ValueError, 'length should not be negative');
  const { start, stop, step } = _PySlice_GetLongIndices(self, length);
  return buildTuple(
    () => PyLong_FromBigInt(start),
    () => PyLong_FromBigInt(stop),
    () => PyLong_FromBigInt(step),
  );
}
function slice_reduce(self: Ref): Ref {
  const args = PyTuple_Pack(i32(self + 16), i32(self + 24), i32(self + 32));
  return tupleSteal(Py_NewRef(i32(self + 8)), args);
}

export const sliceSpec: TypeSpec = {
  address: PySlice_Type,
  name: 'slice',
  basicsize: PySliceObject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  doc: 'slice(stop)\nslice(start, stop[, step])\n\nCreate a slice object.',
  slots: {
    tp_dealloc: slice_dealloc,
    tp_repr: slice_repr,
    tp_hash: slice_hash,
    tp_traverse: slice_traverse,
    tp_richcompare: slice_richcompare,
    tp_new: slice_new,
  },
  methods: [
    { name: 'indices', flags: METH_O, fn: slice_indices },
    { name: '__reduce__', flags: METH_NOARGS, fn: slice_reduce },
  ],
  members: [
    { name: 'start', type: _Py_T_OBJECT, offset: 16, flags: Py_READONLY },
    { name: 'stop', type: _Py_T_OBJECT, offset: 24, flags: Py_READONLY },
    { name: 'step', type: _Py_T_OBJECT, offset: 32, flags: Py_READONLY },
  ],
};
