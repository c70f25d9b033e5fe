/** The iterators of list, forwards and backwards. Mirrors the end of Objects/listobject.c. */
import { _PyListIterObject, listreviterobject, METH_NOARGS, METH_O, Py_TPFLAGS_HAVE_GC } from '@moult/abi';
import { _PyObject_GC_New, PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setI32, setI64, setPtr } from '../memory/linear.ts';
import { PyList_New } from './listobject.ts';
import { PyLong_AsSsize_t, PyLong_FromLong } from './longobject.ts';
import { Py_CLEAR, Py_DECREF, Py_INCREF, Py_NewRef, type Ref } from './object.ts';
import { PyObject_GenericGetAttr, PyObject_SelfIter } from './objectattr.ts';
import { getBuiltinAttr } from './reducehelp.ts';
import type { TypeSpec } from './spec.ts';
import { Py_None, PyListIter_Type, PyListRevIter_Type } from './static.ts';
import { tupleSteal, buildTuple } from './tupleobject.ts';

type Visit = (x: Ref, arg: number) => void;

export function list_iter(seq: Ref): Ref {
  const it = _PyObject_GC_New(PyListIter_Type);
  setPtr(it + 16, 0);
  setPtr(it + 24, Py_NewRef(seq));
  _PyObject_GC_TRACK(it);
  return it;
}
function listiter_dealloc(it: Ref): void {
  PyObject_GC_UnTrack(it);
  Py_CLEAR(it + 24);
  PyObject_GC_Del(it);
}
function listiter_traverse(it: Ref, visit: Visit, arg: number): void {
  if (i32(it + 24) !== 0) visit(i32(it + 24), arg);
}
export function listiter_next(it: Ref): Ref {
  const seq = i32(it + 24);
  if (seq === 0) return 0;
  const i = i32(it + 16);
  if (i < i32(seq + 16)) {
    setI32(it + 16, i + 1);
    const item = i32(i32(seq + 24) + (i << 3));
    Py_INCREF(item);
    return item;
  }
  setI64(it + 16, -1, -1);
  setPtr(it + 24, 0);
  Py_DECREF(seq);
  return 0;
}
function listiter_len(it: Ref): Ref {
  const seq = i32(it + 24);
  if (seq === 0) return PyLong_FromLong(0);
  const n = i32(seq + 16) - i32(it + 16);
  return PyLong_FromLong(n >= 0 ? n : 0);
}
function exhausted(): Ref {
  return buildTuple(
    () => getBuiltinAttr('iter'),
    () => tupleSteal(PyList_New(0)),
  );
}
function listiter_reduce(it: Ref): Ref {
  const seq = i32(it + 24);
  if (seq === 0) return exhausted();
  return buildTuple(
    () => getBuiltinAttr('iter'),
    () => tupleSteal(Py_NewRef(seq)),
    () => PyLong_FromLong(i32(it + 16)),
  );
}
function listiter_setstate(it: Ref, state: Ref): Ref {
  const index = PyLong_AsSsize_t(state);
  const seq = i32(it + 24);
  if (seq !== 0) setPtr(it + 16, index < 0 ? 0 : Math.min(index, i32(seq + 16)));
  return Py_NewRef(Py_None);
}
export const listIterSpec: TypeSpec = {
  address: PyListIter_Type,
  name: 'list_iterator',
  basicsize: _PyListIterObject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: listiter_dealloc,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: listiter_traverse,
    tp_iter: PyObject_SelfIter,
    tp_iternext: listiter_next,
  },
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, fn: listiter_len },
    { name: '__reduce__', flags: METH_NOARGS, fn: listiter_reduce },
    { name: '__setstate__', flags: METH_O, fn: listiter_setstate },
  ],
};

/** list.__reversed__. */
export function list___reversed__(self: Ref): Ref {
  const it = _PyObject_GC_New(PyListRevIter_Type);
  setIndex(it, i32(self + 16) - 1);
  setPtr(it + 24, Py_NewRef(self));
  _PyObject_GC_TRACK(it);
  return it;
}
function setIndex(it: Ref, i: number): void {
  setI64(it + 16, i, i < 0 ? -1 : 0);
}
function listreviter_next(it: Ref): Ref {
  const i = i32(it + 16);
  if (i < 0) return 0;
  const seq = i32(it + 24);
  if (i < i32(seq + 16)) {
    setIndex(it, i - 1);
    return Py_NewRef(i32(i32(seq + 24) + (i << 3)));
  }
  setIndex(it, -1);
  setPtr(it + 24, 0);
  Py_DECREF(seq);
  return 0;
}
function listreviter_len(it: Ref): Ref {
  const seq = i32(it + 24);
  const n = i32(it + 16) + 1;
  return PyLong_FromLong(seq === 0 || i32(seq + 16) < n ? 0 : n);
}
function listreviter_reduce(it: Ref): Ref {
  const i = i32(it + 16);
  if (i < 0) return exhausted();
  return buildTuple(
    () => getBuiltinAttr('reversed'),
    () => tupleSteal(Py_NewRef(i32(it + 24))),
    () => PyLong_FromLong(i),
  );
}
function listreviter_setstate(it: Ref, state: Ref): Ref {
  const index = PyLong_AsSsize_t(state);
  const seq = i32(it + 24);
  if (seq !== 0) setIndex(it, index < -1 ? -1 : Math.min(index, i32(seq + 16) - 1));
  return Py_NewRef(Py_None);
}
export const listRevIterSpec: TypeSpec = {
  address: PyListRevIter_Type,
  name: 'list_reverseiterator',
  basicsize: listreviterobject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: listiter_dealloc,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: listiter_traverse,
    tp_iter: PyObject_SelfIter,
    tp_iternext: listreviter_next,
  },
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, fn: listreviter_len },
    { name: '__reduce__', flags: METH_NOARGS, fn: listreviter_reduce },
    { name: '__setstate__', flags: METH_O, fn: listreviter_setstate },
  ],
};
