/** enumerate and reversed. Mirrors Objects/enumobject.c. */
import {
  enumobject,
  METH_CLASS,
  METH_NOARGS,
  METH_O,
  Py_ID,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  PyTypeObject,
  reversedobject,
} from '@moult/abi';
import { PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_IS_TRACKED, _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setI32, setPtr, setSsize, ssize } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import {
  PyNumber_Add,
  PyNumber_Index,
  PyObject_GetIter,
  PySequence_Check,
  PySequence_GetItem,
  PySequence_Size,
} from './abstract.ts';
import { _PyArg_CheckPositional, _PyArg_NoKeywords, _PyArg_NoKwnames, strEqualsAscii } from './args.ts';
import { PyObject_CallNoArgs } from './call.ts';
import { PyDict_Next, PyDict_Size } from './dictobject.ts';
import { catchPending, PyErr_Clear, PyErr_ExceptionMatches, raise } from './errors.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import { longAsNumber, ONE, PyLong_AsSsize_t, PyLong_FromLong } from './longobject.ts';
import { drop, hold, Py_CLEAR, Py_DECREF, Py_NewRef, PyLong_Check, type Ref, release, typeNameOf } from './object.ts';
import { _PyObject_LookupSpecial, PyObject_GenericGetAttr, PyObject_SelfIter } from './objectattr.ts';
import type { TypeSpec } from './spec.ts';
import {
  Py_None,
  PyEnum_Type,
  PyExc_IndexError,
  PyExc_StopIteration,
  PyExc_TypeError,
  PyReversed_Type,
} from './static.ts';
import { PyTuple_Pack, pairSteal, tupleSteal, buildTuple } from './tupleobject.ts';
import { PyType_GenericAlloc, typeAlloc } from './typealloc.ts';
import { asText } from './unicodeobject.ts';

type Visit = (x: Ref, arg: number) => void;
const INDEX = 16;
const SIT = 24;
const RESULT = 32;
const LONGINDEX = 40;

/** From this index on the count is an int object (PY_SSIZE_T_MAX in C; here what a double counts exactly). */
const COUNT_MAX = 2 ** 52;

function enum_new_impl(type: Ref, iterable: Ref, start: Ref): Ref {
  const en = typeAlloc(type, 0);
  const m = hold(en);
  if (start !== 0) {
    const index = PyNumber_Index(start);
    const n = longAsNumber(index);
    if (Number.isNaN(n) || Math.abs(n) >= COUNT_MAX) {
      setSsize(en + INDEX, COUNT_MAX);
      setPtr(en + LONGINDEX, index);
    } else {
      setSsize(en + INDEX, n);
      Py_DECREF(index);
    }
  }
  setPtr(en + SIT, PyObject_GetIter(iterable));
  setPtr(en + RESULT, PyTuple_Pack(Py_None, Py_None));
  setPtr(en + 48, ONE);
  drop(m);
  return en;
}
function badKeyword(name: string): never {
  raise(PyExc_TypeError, `'${name}' is an invalid keyword argument for enumerate()`);
}
function enum_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const n = i32(args + 16);
  const nk = kwds === 0 ? 0 : PyDict_Size(kwds);
  if (n + nk > 2) raise(PyExc_TypeError, `enumerate() takes at most 2 arguments (${n + nk} given)`);
  let iterable = n > 0 ? i32(args + 24) : 0;
  let start = n > 1 ? i32(args + 32) : 0;
  if (nk > 0) {
    const pos = { i: 0, key: 0, value: 0 };
    while (PyDict_Next(kwds, pos)) {
      const name = asText(pos.key);
      if (name === 'iterable' && iterable === 0) iterable = pos.value;
      else if (name === 'start' && start === 0) start = pos.value;
      else badKeyword(name);
    }
  }
  if (iterable === 0) raise(PyExc_TypeError, "enumerate() missing required argument 'iterable' (pos 1)");
  return enum_new_impl(type, iterable, start);
}
function enumerate_vectorcall(type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const nk = kwnames === 0 ? 0 : i32(kwnames + 16);
  if (nargs === 1 && nk === 1) {
    const kw = i32(kwnames + 24);
    if (!strEqualsAscii(kw, 'start')) badKeyword(asText(kw));
    return enum_new_impl(type, i32(args), i32(args + 8));
  }
  if (nargs === 2 && nk === 0) return enum_new_impl(type, i32(args), i32(args + 8));
  if (nargs === 1 && nk === 0) return enum_new_impl(type, i32(args), 0);
  if (nargs === 0 && nk >= 1 && nk <= 2) {
    let iterable = 0;
    let start = 0;
    for (let i = 0; i < nk; i++) {
      const kw = i32(kwnames + 24 + (i << 3));
      if (strEqualsAscii(kw, 'iterable')) iterable = i32(args + (i << 3));
      else if (strEqualsAscii(kw, 'start')) start = i32(args + (i << 3));
      else badKeyword(asText(kw));
    }
    if (iterable !== 0) return enum_new_impl(type, iterable, start);
  }
  if (nargs === 0) raise(PyExc_TypeError, "enumerate() missing required argument 'iterable'");
  raise(PyExc_TypeError, `enumerate() takes at most 2 arguments (${nargs + nk} given)`);
}
function enum_dealloc(en: Ref): void {
  PyObject_GC_UnTrack(en);
  Py_CLEAR(en + SIT);
  Py_CLEAR(en + RESULT);
  Py_CLEAR(en + LONGINDEX);
  freeObject(en);
}
/** tp_free of the object's type. */
function freeObject(op: Ref): void {
  text[i32(i32(op + 8) + PyTypeObject.tp_free)]?.(op);
}
function enum_traverse(en: Ref, visit: Visit, arg: number): void {
  for (const at of [SIT, RESULT, LONGINDEX]) if (i32(en + at) !== 0) visit(i32(en + at), arg);
}
/** The count as an int, and one further. */
function nextCount(en: Ref): Ref {
  const low = i32(en + INDEX);
  if (i32(en + INDEX + 4) === 0 && low >= 0 && low < 0x3fffffff) {
    setI32(en + INDEX, low + 1);
    return PyLong_FromLong(low);
  }
  const n = ssize(en + INDEX);
  if (n !== COUNT_MAX) {
    setSsize(en + INDEX, n + 1);
    return PyLong_FromLong(n);
  }
  if (i32(en + LONGINDEX) === 0) setPtr(en + LONGINDEX, PyLong_FromLong(COUNT_MAX));
  const count = i32(en + LONGINDEX);
  const stepped = PyNumber_Add(count, ONE);
  setPtr(en + LONGINDEX, stepped);
  return count;
}
export function enum_next(en: Ref): Ref {
  const it = i32(en + SIT);
  const item = (text[i32(i32(it + 8) + PyTypeObject.tp_iternext)] as NativeFunction)(it) as Ref;
  return item === 0 ? 0 : numbered(en, item);
}
/** The pair of the count and the item, which is taken over. */
export function numbered(en: Ref, item: Ref): Ref {
  const m = hold(item);
  const index = nextCount(en);
  drop(m);
  const result = i32(en + RESULT);
  if (i32(result) !== 1) return pairSteal(index, item);
  const oldIndex = i32(result + 24);
  const oldItem = i32(result + 32);
  setI32(result + 24, index);
  setI32(result + 32, item);
  setI32(result, 2);
  const h = hold(result);
  hold(oldItem);
  Py_DECREF(oldIndex);
  release(h + 8);
  drop(h);
  if (!_PyObject_GC_IS_TRACKED(result)) _PyObject_GC_TRACK(result);
  return result;
}
function enum_reduce(en: Ref): Ref {
  const count = i32(en + LONGINDEX) !== 0 ? Py_NewRef(i32(en + LONGINDEX)) : PyLong_FromLong(ssize(en + INDEX));
  return buildTuple(
    () => Py_NewRef(i32(en + 8)),
    () => tupleSteal(Py_NewRef(i32(en + SIT)), count),
  );
}
export const enumSpec: TypeSpec = {
  address: PyEnum_Type,
  name: 'enumerate',
  basicsize: enumobject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  doc: 'enumerate(iterable, start=0)\n--\n\nPairs of a count and an item of iterable.',
  slots: {
    tp_dealloc: enum_dealloc,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: enum_traverse,
    tp_iter: PyObject_SelfIter,
    tp_iternext: enum_next,
    tp_alloc: PyType_GenericAlloc,
    tp_new: enum_new,
    tp_free: PyObject_GC_Del,
    tp_vectorcall: enumerate_vectorcall,
  },
  methods: [
    { name: '__reduce__', flags: METH_NOARGS, fn: enum_reduce },
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, fn: Py_GenericAlias },
  ],
};

// ---- reversed ----

function reversed_new_impl(type: Ref, seq: Ref): Ref {
  const meth = _PyObject_LookupSpecial(seq, Py_ID.__reversed__);
  if (meth === Py_None) {
    Py_DECREF(meth);
    raise(PyExc_TypeError, `'${typeNameOf(seq)}' object is not reversible`);
  }
  if (meth !== 0) {
    const m = hold(meth);
    const res = PyObject_CallNoArgs(meth);
    release(m);
    return res;
  }
  if (!PySequence_Check(seq)) raise(PyExc_TypeError, `'${typeNameOf(seq)}' object is not reversible`);
  const n = PySequence_Size(seq);
  const ro = typeAlloc(type, 0);
  setSsize(ro + 16, n - 1);
  setPtr(ro + 24, Py_NewRef(seq));
  return ro;
}
function reversed_new(type: Ref, args: Ref, kwds: Ref): Ref {
  if (type === PyReversed_Type) _PyArg_NoKeywords('reversed', kwds);
  _PyArg_CheckPositional('reversed', i32(args + 16), 1, 1);
  return reversed_new_impl(type, i32(args + 24));
}
function reversed_vectorcall(type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  _PyArg_NoKwnames('reversed', kwnames);
  _PyArg_CheckPositional('reversed', nargs, 1, 1);
  return reversed_new_impl(type, i32(args));
}
function reversed_dealloc(ro: Ref): void {
  PyObject_GC_UnTrack(ro);
  Py_CLEAR(ro + 24);
  freeObject(ro);
}
function reversed_traverse(ro: Ref, visit: Visit, arg: number): void {
  if (i32(ro + 24) !== 0) visit(i32(ro + 24), arg);
}
function reversed_next(ro: Ref): Ref {
  const index = i32(ro + 16);
  if (index < 0) return 0;
  const m = hold(0);
  let item: Ref;
  try {
    item = PySequence_GetItem(i32(ro + 24), index);
  } catch (e) {
    catchPending(e, m);
    if (!PyErr_ExceptionMatches(PyExc_IndexError) && !PyErr_ExceptionMatches(PyExc_StopIteration)) throw e;
    PyErr_Clear();
    setSsize(ro + 16, -1);
    Py_CLEAR(ro + 24);
    return 0;
  }
  drop(m);
  setSsize(ro + 16, index - 1);
  return item;
}
function reversed_len(ro: Ref): Ref {
  if (i32(ro + 24) === 0) return PyLong_FromLong(0);
  const n = PySequence_Size(i32(ro + 24));
  const position = i32(ro + 16) + 1;
  return PyLong_FromLong(n < position ? 0 : position);
}
function reversed_reduce(ro: Ref): Ref {
  if (i32(ro + 24) !== 0)
    return buildTuple(
      () => Py_NewRef(i32(ro + 8)),
      () => tupleSteal(Py_NewRef(i32(ro + 24))),
      () => PyLong_FromLong(i32(ro + 16)),
    );
  return buildTuple(
    () => Py_NewRef(i32(ro + 8)),
    () => tupleSteal(tupleSteal()),
  );
}
function reversed_setstate(ro: Ref, state: Ref): Ref {
  if (!PyLong_Check(state)) raise(PyExc_TypeError, 'an integer is required');
  let index = PyLong_AsSsize_t(state);
  if (i32(ro + 24) !== 0) {
    const n = PySequence_Size(i32(ro + 24));
    if (index < -1) index = -1;
    else if (index > n - 1) index = n - 1;
    setSsize(ro + 16, index);
  }
  return Py_NewRef(Py_None);
}
export const reversedSpec: TypeSpec = {
  address: PyReversed_Type,
  name: 'reversed',
  basicsize: reversedobject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  doc: 'reversed(sequence, /)\n--\n\nAn iterator over a sequence from its end.',
  slots: {
    tp_dealloc: reversed_dealloc,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: reversed_traverse,
    tp_iter: PyObject_SelfIter,
    tp_iternext: reversed_next,
    tp_alloc: PyType_GenericAlloc,
    tp_new: reversed_new,
    tp_free: PyObject_GC_Del,
    tp_vectorcall: reversed_vectorcall,
  },
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, fn: reversed_len },
    { name: '__reduce__', flags: METH_NOARGS, fn: reversed_reduce },
    { name: '__setstate__', flags: METH_O, fn: reversed_setstate },
  ],
};
