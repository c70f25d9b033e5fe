/** map, filter and zip. Mirrors that part of Python/bltinmodule.c. */
import {
  filterobject,
  mapobject,
  METH_NOARGS,
  METH_O,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  PyTypeObject,
  zipobject,
} from '@moult/abi';
import { PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_IS_TRACKED, _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setI32, setPtr, setU8, u8 } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyObject_GetIter } from './abstract.ts';
import { _PyArg_CheckPositional, _PyArg_NoKeywords, _PyArg_NoKwnames } from './args.ts';
import { PyObject_CallOneArg, PyObject_Vectorcall } from './call.ts';
import { PyDict_GetItemString, PyDict_Next, PyDict_Size } from './dictobject.ts';
import { PENDING, PyErr_Clear, PyErr_ExceptionMatches, PyErr_Occurred, raise, swallow } from './errors.ts';
import {
  borrowArguments,
  drop,
  dropArguments,
  hold,
  nativeMark,
  Py_CLEAR,
  Py_DECREF,
  Py_NewRef,
  type Ref,
  release,
} from './object.ts';
import { PyObject_GenericGetAttr, PyObject_IsTrue, PyObject_SelfIter } from './objectattr.ts';
import type { TypeSpec } from './spec.ts';
import {
  Py_None,
  Py_True,
  PyBool_Type,
  PyExc_StopIteration,
  PyExc_TypeError,
  PyExc_ValueError,
  PyFilter_Type,
  PyMap_Type,
  PyZip_Type,
} from './static.ts';
import { PyTuple_New, tupleSteal, buildTuple } from './tupleobject.ts';
import { PyType_GenericAlloc, typeAlloc } from './typealloc.ts';
import { asText } from './unicodeobject.ts';

type Visit = (x: Ref, arg: number) => void;

function iternext(it: Ref): Ref {
  return (text[i32(i32(it + 8) + PyTypeObject.tp_iternext)] as NativeFunction)(it) as Ref;
}
function freeObject(op: Ref): void {
  text[i32(i32(op + 8) + PyTypeObject.tp_free)]?.(op);
}
function usesOwnInit(type: Ref, base: Ref): boolean {
  return type === base || i32(type + PyTypeObject.tp_init) === i32(base + PyTypeObject.tp_init);
}
function dealloc2(op: Ref): void {
  PyObject_GC_UnTrack(op);
  Py_CLEAR(op + 16);
  Py_CLEAR(op + 24);
  freeObject(op);
}
function traverse2(op: Ref, visit: Visit, arg: number): void {
  if (i32(op + 16) !== 0) visit(i32(op + 16), arg);
  if (i32(op + 24) !== 0) visit(i32(op + 24), arg);
}

// ---- filter ----

function filter_new_impl(type: Ref, func: Ref, seq: Ref): Ref {
  const it = PyObject_GetIter(seq);
  const m = hold(it);
  const lz = typeAlloc(type, 0);
  drop(m);
  setPtr(lz + 16, Py_NewRef(func));
  setPtr(lz + 24, it);
  return lz;
}
function filter_new(type: Ref, args: Ref, kwds: Ref): Ref {
  if (usesOwnInit(type, PyFilter_Type)) _PyArg_NoKeywords('filter', kwds);
  _PyArg_CheckPositional('filter', i32(args + 16), 2, 2);
  return filter_new_impl(type, i32(args + 24), i32(args + 32));
}
function filter_vectorcall(type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  _PyArg_NoKwnames('filter', kwnames);
  _PyArg_CheckPositional('filter', nargs, 2, 2);
  return filter_new_impl(type, i32(args), i32(args + 8));
}
export function filter_next(lz: Ref): Ref {
  const it = i32(lz + 24);
  const func = i32(lz + 16);
  const plain = func === Py_None || func === PyBool_Type;
  for (;;) {
    const item = iternext(it);
    if (item === 0) return 0;
    const m = hold(item);
    let ok: boolean;
    if (plain) ok = PyObject_IsTrue(item);
    else {
      const good = hold(PyObject_CallOneArg(func, item));
      ok = PyObject_IsTrue(i32(good));
      release(good);
    }
    if (ok) {
      drop(m);
      return item;
    }
    release(m);
  }
}
function filter_reduce(lz: Ref): Ref {
  return buildTuple(
    () => Py_NewRef(i32(lz + 8)),
    () => tupleSteal(Py_NewRef(i32(lz + 16)), Py_NewRef(i32(lz + 24))),
  );
}
export const filterSpec: TypeSpec = {
  address: PyFilter_Type,
  name: 'filter',
  basicsize: filterobject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  doc: 'filter(function, iterable, /)\n--\n\nAn iterator over the items of iterable for which function is true.',
  slots: {
    tp_dealloc: dealloc2,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: traverse2,
    tp_iter: PyObject_SelfIter,
    tp_iternext: filter_next,
    tp_alloc: PyType_GenericAlloc,
    tp_new: filter_new,
    tp_free: PyObject_GC_Del,
    tp_vectorcall: filter_vectorcall,
  },
  methods: [{ name: '__reduce__', flags: METH_NOARGS, fn: filter_reduce }],
};

// ---- map ----

/** `slots` holds the function, then the iterables. */
function map_new_impl(type: Ref, slots: number, n: number): Ref {
  if (n < 2) raise(PyExc_TypeError, 'map() must have at least two arguments.');
  const iters = PyTuple_New(n - 1);
  const m = hold(iters);
  for (let i = 1; i < n; i++) setPtr(iters + 24 + ((i - 1) << 3), PyObject_GetIter(i32(slots + (i << 3))));
  const lz = typeAlloc(type, 0);
  drop(m);
  setPtr(lz + 16, iters);
  setPtr(lz + 24, Py_NewRef(i32(slots)));
  return lz;
}
function map_new(type: Ref, args: Ref, kwds: Ref): Ref {
  if (usesOwnInit(type, PyMap_Type)) _PyArg_NoKeywords('map', kwds);
  return map_new_impl(type, args + 24, i32(args + 16));
}
function map_vectorcall(type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  _PyArg_NoKwnames('map', kwnames);
  return map_new_impl(type, args, nargs);
}
export function map_next(lz: Ref): Ref {
  const iters = i32(lz + 16);
  const n = i32(iters + 16);
  const func = i32(lz + 24);
  if (n === 1) {
    const item = iternext(i32(iters + 24));
    if (item === 0) return 0;
    const m = hold(item);
    const res = PyObject_CallOneArg(func, item);
    release(m);
    return res;
  }
  const m = nativeMark();
  for (let i = 0; i < n; i++) {
    const item = iternext(i32(iters + 24 + (i << 3)));
    if (item === 0) {
      release(m);
      return 0;
    }
    hold(item);
  }
  const args = borrowArguments(n);
  for (let i = 0; i < n; i++) setPtr(args + (i << 3), i32(m + (i << 3)));
  const res = PyObject_Vectorcall(func, args, n, 0);
  dropArguments(args);
  release(m);
  return res;
}
function map_reduce(lz: Ref): Ref {
  const iters = i32(lz + 16);
  const n = i32(iters + 16);
  const args = PyTuple_New(n + 1);
  setPtr(args + 24, Py_NewRef(i32(lz + 24)));
  for (let i = 0; i < n; i++) setPtr(args + 32 + (i << 3), Py_NewRef(i32(iters + 24 + (i << 3))));
  return tupleSteal(Py_NewRef(i32(lz + 8)), args);
}
export const mapSpec: TypeSpec = {
  address: PyMap_Type,
  name: 'map',
  basicsize: mapobject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  doc: 'map(function, iterable, /, *iterables)\n--\n\nAn iterator over function of the items of the iterables.',
  slots: {
    tp_dealloc: dealloc2,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: traverse2,
    tp_iter: PyObject_SelfIter,
    tp_iternext: map_next,
    tp_alloc: PyType_GenericAlloc,
    tp_new: map_new,
    tp_free: PyObject_GC_Del,
    tp_vectorcall: map_vectorcall,
  },
  methods: [{ name: '__reduce__', flags: METH_NOARGS, fn: map_reduce }],
};

// ---- zip ----

function zip_new(type: Ref, args: Ref, kwds: Ref): Ref {
  let strict = false;
  if (kwds !== 0 && PyDict_Size(kwds) > 0) {
    const pos = { i: 0, key: 0, value: 0 };
    while (PyDict_Next(kwds, pos)) {
      const name = asText(pos.key);
      if (name !== 'strict') raise(PyExc_TypeError, `zip() got an unexpected keyword argument '${name}'`);
    }
    strict = PyObject_IsTrue(PyDict_GetItemString(kwds, 'strict'));
  }
  const n = i32(args + 16);
  const iters = PyTuple_New(n);
  const m = hold(iters);
  for (let i = 0; i < n; i++) setPtr(iters + 24 + (i << 3), PyObject_GetIter(i32(args + 24 + (i << 3))));
  const result = PyTuple_New(n);
  hold(result);
  for (let i = 0; i < n; i++) setPtr(result + 24 + (i << 3), Py_NewRef(Py_None));
  const lz = typeAlloc(type, 0);
  drop(m);
  setPtr(lz + 16, n);
  setPtr(lz + 24, iters);
  setPtr(lz + 32, result);
  setU8(lz + 40, strict ? 1 : 0);
  return lz;
}
function zip_dealloc(lz: Ref): void {
  PyObject_GC_UnTrack(lz);
  Py_CLEAR(lz + 24);
  Py_CLEAR(lz + 32);
  freeObject(lz);
}
function zip_traverse(lz: Ref, visit: Visit, arg: number): void {
  if (i32(lz + 24) !== 0) visit(i32(lz + 24), arg);
  if (i32(lz + 32) !== 0) visit(i32(lz + 32), arg);
}
function plural(i: number): string {
  return i === 1 ? ' ' : 's 1-';
}
/** The iterator number i (from 0) ended: with strict, all must end now. */
export function zipEnded(lz: Ref, i: number): Ref {
  if (u8(lz + 40) === 0) return 0;
  if (i > 0) raise(PyExc_ValueError, `zip() argument ${i + 1} is shorter than argument${plural(i)}${i}`);
  const n = i32(lz + 16);
  for (i = 1; i < n; i++) {
    const item = iternext(i32(i32(lz + 24) + 24 + (i << 3)));
    if (item !== 0) {
      Py_DECREF(item);
      raise(PyExc_ValueError, `zip() argument ${i + 1} is longer than argument${plural(i)}${i}`);
    }
  }
  return 0;
}
/** An iterator's next item, 0 at its end whether or not it raised StopIteration. */
function nextOrEnd(it: Ref): Ref {
  const m = nativeMark();
  try {
    const x = iternext(it);
    if (x === 0 && PyErr_Occurred()) {
      if (!PyErr_ExceptionMatches(PyExc_StopIteration)) throw PENDING;
      PyErr_Clear();
    }
    return x;
  } catch (e) {
    swallow(e, PyExc_StopIteration, m);
    return 0;
  }
}
export function zip_next(lz: Ref): Ref {
  const n = i32(lz + 16);
  if (n === 0) return 0;
  const iters = i32(lz + 24);
  const strict = u8(lz + 40) !== 0;
  let result = i32(lz + 32);
  if (i32(result) === 1) {
    setI32(result, 2);
    const m = hold(result);
    for (let i = 0; i < n; i++) {
      const it = i32(iters + 24 + (i << 3));
      const item = strict ? nextOrEnd(it) : iternext(it);
      if (item === 0) {
        release(m);
        return zipEnded(lz, i);
      }
      const slot = result + 24 + (i << 3);
      const old = i32(slot);
      setPtr(slot, item);
      Py_DECREF(old);
    }
    drop(m);
    if (!_PyObject_GC_IS_TRACKED(result)) _PyObject_GC_TRACK(result);
    return result;
  }
  result = PyTuple_New(n);
  const m = hold(result);
  for (let i = 0; i < n; i++) {
    const it = i32(iters + 24 + (i << 3));
    const item = strict ? nextOrEnd(it) : iternext(it);
    if (item === 0) {
      release(m);
      return zipEnded(lz, i);
    }
    setPtr(result + 24 + (i << 3), item);
  }
  drop(m);
  return result;
}
function zip_reduce(lz: Ref): Ref {
  if (u8(lz + 40) !== 0) return tupleSteal(Py_NewRef(i32(lz + 8)), Py_NewRef(i32(lz + 24)), Py_NewRef(Py_True));
  return tupleSteal(Py_NewRef(i32(lz + 8)), Py_NewRef(i32(lz + 24)));
}
function zip_setstate(lz: Ref, state: Ref): Ref {
  setU8(lz + 40, PyObject_IsTrue(state) ? 1 : 0);
  return Py_NewRef(Py_None);
}
export const zipSpec: TypeSpec = {
  address: PyZip_Type,
  name: 'zip',
  basicsize: zipobject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  doc: 'zip(*iterables, strict=False) --> tuples of the items of all iterables, until the shortest ends.',
  slots: {
    tp_dealloc: zip_dealloc,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: zip_traverse,
    tp_iter: PyObject_SelfIter,
    tp_iternext: zip_next,
    tp_alloc: PyType_GenericAlloc,
    tp_new: zip_new,
    tp_free: PyObject_GC_Del,
  },
  methods: [
    { name: '__reduce__', flags: METH_NOARGS, fn: zip_reduce },
    { name: '__setstate__', flags: METH_O, fn: zip_setstate },
  ],
};
