/** Iterators over sequences by index, and over calls until a sentinel. Mirrors Objects/iterobject.c. */
import { calliterobject, METH_NOARGS, METH_O, Py_TPFLAGS_HAVE_GC, seqiterobject } from '@moult/abi';
import { _PyObject_GC_New, PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import { _PyObject_HasLen, PySequence_GetItem, PySequence_Size } from './abstract.ts';
import { PyObject_CallNoArgs } from './call.ts';
import { catchPending, PyErr_Clear, PyErr_ExceptionMatches, swallow } from './errors.ts';
import { PyLong_AsSsize_t, PyLong_FromLong } from './longobject.ts';
import { drop, hold, nativeMark, Py_CLEAR, Py_DECREF, Py_NewRef, type Ref, release } from './object.ts';
import { PyObject_GenericGetAttr, PyObject_RichCompareBool, PyObject_SelfIter } from './objectattr.ts';
import { getBuiltinAttr } from './reducehelp.ts';
import type { TypeSpec } from './spec.ts';
import { Py_None, Py_NotImplemented, PyCallIter_Type, PyExc_IndexError, PyExc_StopIteration, PySeqIter_Type } from './static.ts';
import { tupleSteal } from './tupleobject.ts';
import { EMPTY_TUPLE } from './runtime.ts';

type Visit = (x: Ref, arg: number) => void;

/** iter(seq) for what has __getitem__ only. */
export function PySeqIter_New(seq: Ref): Ref {
  const it = _PyObject_GC_New(PySeqIter_Type);
  setPtr(it + 16, 0);
  setPtr(it + 24, Py_NewRef(seq));
  _PyObject_GC_TRACK(it);
  return it;
}
function iter_dealloc(it: Ref): void {
  PyObject_GC_UnTrack(it);
  Py_CLEAR(it + 24);
  PyObject_GC_Del(it);
}
function iter_traverse(it: Ref, visit: Visit, arg: number): void {
  if (i32(it + 24) !== 0) visit(i32(it + 24), arg);
}
function iter_iternext(it: Ref): Ref {
  const seq = i32(it + 24);
  if (seq === 0) return 0;
  const m = hold(Py_NewRef(seq));
  let result: Ref;
  try {
    result = PySequence_GetItem(seq, i32(it + 16));
  } catch (e) {
    catchPending(e, m + 8);
    if (!PyErr_ExceptionMatches(PyExc_IndexError) && !PyErr_ExceptionMatches(PyExc_StopIteration)) throw e;
    PyErr_Clear();
    Py_CLEAR(it + 24);
    release(m);
    return 0;
  }
  setI32(it + 16, i32(it + 16) + 1);
  return keepWhileReleasing(result, m);
}
/** Releases what is held from `m` on while `result` stays owned. */
function keepWhileReleasing(result: Ref, m: number): Ref {
  const first = i32(m);
  setI32(m, result);
  Py_DECREF(first);
  drop(m);
  return result;
}
function iter_len(it: Ref): Ref {
  const seq = i32(it + 24);
  if (seq === 0) return PyLong_FromLong(0);
  if (!_PyObject_HasLen(seq)) return Py_NotImplemented;
  const n = PySequence_Size(seq) - i32(it + 16);
  return PyLong_FromLong(n >= 0 ? n : 0);
}
function iter_reduce(it: Ref): Ref {
  const iter = getBuiltinAttr('iter');
  const seq = i32(it + 24);
  if (seq !== 0) return tupleSteal(iter, tupleSteal(Py_NewRef(seq)), PyLong_FromLong(i32(it + 16)));
  return tupleSteal(iter, tupleSteal(EMPTY_TUPLE));
}
function iter_setstate(it: Ref, state: Ref): Ref {
  const index = PyLong_AsSsize_t(state);
  if (i32(it + 24) !== 0) setPtr(it + 16, index < 0 ? 0 : index);
  return Py_None;
}
export const seqIterSpec: TypeSpec = {
  address: PySeqIter_Type,
  name: 'iterator',
  basicsize: seqiterobject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: iter_dealloc,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: iter_traverse,
    tp_iter: PyObject_SelfIter,
    tp_iternext: iter_iternext,
  },
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, fn: iter_len },
    { name: '__reduce__', flags: METH_NOARGS, fn: iter_reduce },
    { name: '__setstate__', flags: METH_O, fn: iter_setstate },
  ],
};

/** iter(callable, sentinel). */
export function PyCallIter_New(callable: Ref, sentinel: Ref): Ref {
  const it = _PyObject_GC_New(PyCallIter_Type);
  setPtr(it + 16, Py_NewRef(callable));
  setPtr(it + 24, Py_NewRef(sentinel));
  _PyObject_GC_TRACK(it);
  return it;
}
function calliter_dealloc(it: Ref): void {
  PyObject_GC_UnTrack(it);
  Py_CLEAR(it + 16);
  Py_CLEAR(it + 24);
  PyObject_GC_Del(it);
}
function calliter_traverse(it: Ref, visit: Visit, arg: number): void {
  if (i32(it + 16) !== 0) visit(i32(it + 16), arg);
  if (i32(it + 24) !== 0) visit(i32(it + 24), arg);
}
function calliter_iternext(it: Ref): Ref {
  const callable = i32(it + 16);
  if (callable === 0) return 0;
  const mark = nativeMark();
  hold(Py_NewRef(callable));
  let result: Ref;
  try {
    result = PyObject_CallNoArgs(callable);
  } catch (e) {
    swallow(e, PyExc_StopIteration, mark);
    Py_CLEAR(it + 16);
    Py_CLEAR(it + 24);
    return 0;
  }
  release(mark);
  const sentinel = i32(it + 24);
  if (sentinel === 0) {
    Py_DECREF(result);
    return 0;
  }
  const m = hold(result);
  hold(Py_NewRef(sentinel));
  const same = PyObject_RichCompareBool(sentinel, result, 2);
  release(m + 8);
  if (!same) {
    drop(m);
    return result;
  }
  release(m);
  Py_CLEAR(it + 16);
  Py_CLEAR(it + 24);
  return 0;
}
function calliter_reduce(it: Ref): Ref {
  const iter = getBuiltinAttr('iter');
  const c = i32(it + 16);
  const s = i32(it + 24);
  if (c !== 0 && s !== 0) return tupleSteal(iter, tupleSteal(Py_NewRef(c), Py_NewRef(s)));
  return tupleSteal(iter, tupleSteal(EMPTY_TUPLE));
}
export const callIterSpec: TypeSpec = {
  address: PyCallIter_Type,
  name: 'callable_iterator',
  basicsize: calliterobject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: calliter_dealloc,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: calliter_traverse,
    tp_iter: PyObject_SelfIter,
    tp_iternext: calliter_iternext,
  },
  methods: [{ name: '__reduce__', flags: METH_NOARGS, fn: calliter_reduce }],
};
