/** The iterator of sets. Mirrors the iterator part of Objects/setobject.c. */
import { METH_NOARGS, Py_TPFLAGS_HAVE_GC, PySetObject, setiterobject } from '@moult/abi';
import { _PyObject_GC_New, PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setI32, setI64, setPtr } from '../memory/linear.ts';
import { PySequence_List } from './abstract.ts';
import { raise } from './errors.ts';
import { PyLong_FromLong } from './longobject.ts';
import { hold, Py_CLEAR, Py_DECREF, Py_NewRef, type Ref, release } from './object.ts';
import { PyObject_GenericGetAttr, PyObject_SelfIter } from './objectattr.ts';
import { getBuiltinAttr } from './reducehelp.ts';
import { set_next, setEntry } from './setobject.ts';
import type { TypeSpec } from './spec.ts';
import { _PySet_Dummy, _PySetDummy_Type, PyExc_RuntimeError, PySetIter_Type } from './static.ts';
import { tupleSteal, buildTuple } from './tupleobject.ts';
import { PyUnicode_FromString } from './unicodeobject.ts';

type Visit = (x: Ref, arg: number) => void;

export function set_iter(so: Ref): Ref {
  const si = _PyObject_GC_New(PySetIter_Type);
  const used = i32(so + PySetObject.used);
  setPtr(si + 16, Py_NewRef(so));
  setPtr(si + 24, used);
  setPtr(si + 32, 0);
  setPtr(si + 40, used);
  _PyObject_GC_TRACK(si);
  return si;
}
function setiter_dealloc(si: Ref): void {
  PyObject_GC_UnTrack(si);
  Py_CLEAR(si + 16);
  PyObject_GC_Del(si);
}
function setiter_traverse(si: Ref, visit: Visit, arg: number): void {
  if (i32(si + 16) !== 0) visit(i32(si + 16), arg);
}
function setiter_next(si: Ref): Ref {
  const so = i32(si + 16);
  if (so === 0) return 0;
  if (i32(si + 24) !== i32(so + PySetObject.used)) {
    setI64(si + 24, -1, -1);
    raise(PyExc_RuntimeError, 'Set changed size during iteration');
  }
  const i = set_next(so, i32(si + 32));
  if (i < 0) {
    setPtr(si + 16, 0);
    Py_DECREF(so);
    return 0;
  }
  setI32(si + 32, i + 1);
  setI32(si + 40, i32(si + 40) - 1);
  return Py_NewRef(i32(setEntry(so, i)));
}
function setiter_len(si: Ref): Ref {
  const so = i32(si + 16);
  return PyLong_FromLong(so !== 0 && i32(si + 24) === i32(so + PySetObject.used) ? i32(si + 40) : 0);
}
function setiter_reduce(si: Ref): Ref {
  const copy = _PyObject_GC_New(PySetIter_Type);
  for (let at = 16; at <= 40; at += 8) setI64(copy + at, i32(si + at), i32(si + at + 4));
  if (i32(si + 16) !== 0) Py_NewRef(i32(si + 16));
  _PyObject_GC_TRACK(copy);
  const m = hold(copy);
  const list = PySequence_List(copy);
  release(m);
  return buildTuple(
    () => getBuiltinAttr('iter'),
    () => tupleSteal(list),
  );
}
export const setIterSpec: TypeSpec = {
  address: PySetIter_Type,
  name: 'set_iterator',
  basicsize: setiterobject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: setiter_dealloc,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: setiter_traverse,
    tp_iter: PyObject_SelfIter,
    tp_iternext: setiter_next,
  },
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, fn: setiter_len },
    { name: '__reduce__', flags: METH_NOARGS, fn: setiter_reduce },
  ],
};

// ---- the dummy that marks where a key was ----

/** Writes the one object of its type (cold boot). */
export function initSetDummy(): void {
  setPtr(_PySet_Dummy, -1);
  setPtr(_PySet_Dummy + 8, _PySetDummy_Type);
}
function dummy_repr(): Ref {
  return PyUnicode_FromString('<dummy key>');
}
function dummy_dealloc(): void {
  // immortal: a wrong decref must not free it
}
export const setDummySpec: TypeSpec = {
  address: _PySetDummy_Type,
  name: '<dummy key> type',
  basicsize: 0,
  flags: 0,
  slots: { tp_dealloc: dummy_dealloc, tp_repr: dummy_repr },
};
