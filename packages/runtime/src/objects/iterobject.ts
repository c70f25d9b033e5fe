/** Iterators over sequences by index, and over calls until a sentinel. Mirrors Objects/iterobject.c. */
import {
  anextawaitableobject,
  calliterobject,
  METH_NOARGS,
  METH_O,
  METH_VARARGS,
  Py_ID,
  Py_TPFLAGS_HAVE_GC,
  PyAsyncMethods,
  PyTypeObject,
  seqiterobject,
} from '@moult/abi';
import { _PyObject_GC_New, PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import { _PyObject_HasLen, PySequence_GetItem, PySequence_Size } from './abstract.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyObject_Call, PyObject_CallNoArgs } from './call.ts';
import {
  catchPending,
  PENDING,
  PyErr_Clear,
  PyErr_ExceptionMatches,
  PyErr_Occurred,
  raise,
  swallow,
} from './errors.ts';
import { _PyCoro_GetAwaitableIter, _PyGen_SetStopIterationValue } from './genobject.ts';
import { PyLong_AsSsize_t, PyLong_FromLong } from './longobject.ts';
import { drop, hold, nativeMark, Py_CLEAR, Py_DECREF, Py_NewRef, type Ref, release, typeNameOf } from './object.ts';
import {
  PyObject_GenericGetAttr,
  PyObject_GetAttr,
  PyObject_RichCompareBool,
  PyObject_SelfIter,
} from './objectattr.ts';
import { getBuiltinAttr } from './reducehelp.ts';
import type { TypeSpec } from './spec.ts';
import {
  _PyAnextAwaitable_Type,
  Py_None,
  Py_NotImplemented,
  PyBaseObject_Type,
  PyCallIter_Type,
  PyExc_IndexError,
  PyExc_StopAsyncIteration,
  PyExc_StopIteration,
  PyExc_TypeError,
  PySeqIter_Type,
} from './static.ts';
import { tupleSteal, buildTuple } from './tupleobject.ts';
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
  if (!_PyObject_HasLen(seq)) return Py_NewRef(Py_NotImplemented);
  const n = PySequence_Size(seq) - i32(it + 16);
  return PyLong_FromLong(n >= 0 ? n : 0);
}
function iter_reduce(it: Ref): Ref {
  const iter = getBuiltinAttr('iter');
  const seq = i32(it + 24);
  if (seq !== 0)
    return buildTuple(
      () => iter,
      () => tupleSteal(Py_NewRef(seq)),
      () => PyLong_FromLong(i32(it + 16)),
    );
  return buildTuple(
    () => iter,
    () => tupleSteal(Py_NewRef(EMPTY_TUPLE)),
  );
}
function iter_setstate(it: Ref, state: Ref): Ref {
  const index = PyLong_AsSsize_t(state);
  if (i32(it + 24) !== 0) setPtr(it + 16, index < 0 ? 0 : index);
  return Py_NewRef(Py_None);
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
  // None equals nothing but itself, where the other has no comparison of its own
  const compares = i32(i32(result + 8) + PyTypeObject.tp_richcompare);
  if (sentinel === Py_None && result !== Py_None && compares === i32(PyBaseObject_Type + PyTypeObject.tp_richcompare)) {
    return result;
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
  if (c !== 0 && s !== 0)
    return buildTuple(
      () => iter,
      () => tupleSteal(Py_NewRef(c), Py_NewRef(s)),
    );
  return buildTuple(
    () => iter,
    () => tupleSteal(Py_NewRef(EMPTY_TUPLE)),
  );
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

// ---- anext(iterator, default) ----

export function PyAnextAwaitable_New(awaitable: Ref, otherwise: Ref): Ref {
  const op = _PyObject_GC_New(_PyAnextAwaitable_Type);
  setPtr(op + 16, Py_NewRef(awaitable));
  setPtr(op + 24, Py_NewRef(otherwise));
  _PyObject_GC_TRACK(op);
  return op;
}
/** The iterator that runs the wrapped awaitable, a new reference. */
function anextawaitable_getiter(op: Ref): Ref {
  const awaitable = _PyCoro_GetAwaitableIter(i32(op + 16));
  const type = i32(awaitable + 8);
  if (i32(type + PyTypeObject.tp_iternext) !== 0) return awaitable;
  const m = hold(awaitable);
  const table = i32(type + PyTypeObject.tp_as_async);
  const it = (text[i32(table + PyAsyncMethods.am_await)] as NativeFunction)(awaitable) as Ref;
  release(m);
  if (i32(i32(it + 8) + PyTypeObject.tp_iternext) === 0) {
    hold(it);
    raise(PyExc_TypeError, `'${typeNameOf(it)}' object can't be used in 'await' expression`);
  }
  return it;
}
/** Runs a step; the end of the asynchronous iterator becomes the default, as the awaitable's result. */
function withDefault(op: Ref, step: (it: Ref) => Ref): Ref {
  const it = anextawaitable_getiter(op);
  const m = hold(it);
  try {
    const res = step(it);
    if (res === 0 && PyErr_Occurred()) throw PENDING;
    hold(res);
    setI32(m, res);
    setI32(m + 8, it);
    release(m + 8);
    drop(m);
    return res;
  } catch (e) {
    swallow(e, PyExc_StopAsyncIteration, m);
    _PyGen_SetStopIterationValue(i32(op + 24));
    throw PENDING;
  }
}
function anextawaitable_iternext(op: Ref): Ref {
  return withDefault(op, (it) => (text[i32(i32(it + 8) + PyTypeObject.tp_iternext)] as NativeFunction)(it) as Ref);
}
function proxy(op: Ref, name: Ref, args: Ref): Ref {
  return withDefault(op, (it) => {
    const m = hold(PyObject_GetAttr(it, name));
    const res = PyObject_Call(i32(m), args, 0);
    release(m);
    return res;
  });
}
function anextawaitable_send(op: Ref, arg: Ref): Ref {
  const m = hold(tupleSteal(Py_NewRef(arg)));
  const res = proxy(op, Py_ID.send, i32(m));
  release(m);
  return res;
}
function anextawaitable_throw(op: Ref, args: Ref): Ref {
  return proxy(op, Py_ID.throw, args);
}
function anextawaitable_close(op: Ref, args: Ref): Ref {
  return proxy(op, Py_ID.close, args);
}
export const anextAwaitableSpec: TypeSpec = {
  address: _PyAnextAwaitable_Type,
  name: 'anext_awaitable',
  basicsize: anextawaitableobject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: calliter_dealloc,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: calliter_traverse,
    tp_iter: PyObject_SelfIter,
    tp_iternext: anextawaitable_iternext,
    am_await: PyObject_SelfIter,
  },
  methods: [
    { name: 'send', flags: METH_O, fn: anextawaitable_send },
    { name: 'throw', flags: METH_VARARGS, fn: anextawaitable_throw },
    { name: 'close', flags: METH_VARARGS, fn: anextawaitable_close },
  ],
};
