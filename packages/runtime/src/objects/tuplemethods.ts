/** tuple: methods, operators, the iterator. Mirrors Objects/tupleobject.c. */
import {
  METH_CLASS,
  METH_FASTCALL,
  METH_NOARGS,
  METH_O,
  _Py_TPFLAGS_MATCH_SELF,
  _PyTupleIterObject,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_SEQUENCE,
  Py_TPFLAGS_TUPLE_SUBCLASS,
  PyTypeObject,
} from '@moult/abi';
import { freeOfStaticType, newOfStaticType, PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { HASH_HI, i32, setI32, setPtr } from '../memory/linear.ts';
import { tupleHashBegin, tupleHashEnd, tupleHashItem } from '../numeric/hashnum.ts';
import { _PyIndex_Check, PyNumber_AsSsize_t, PySequence_Tuple } from './abstract.ts';
import { _PyArg_CheckPositional, _PyArg_NoKeywords, _PyArg_NoKwnames } from './args.ts';
import { PyErr_NoMemory, raise } from './errors.ts';
import { compareSizes, itemsEqual } from './fastcompare.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import { indexIterLen, indexIterReduce, indexIterSetstate, indexIterTraverse } from './indexiter.ts';
import { PyLong_FromLong } from './longobject.ts';
import {
  hold,
  Py_CLEAR,
  Py_DECREF,
  Py_INCREF,
  Py_NewRef,
  PyTuple_Check,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import {
  PyObject_GenericGetAttr,
  PyObject_Hash,
  PyObject_Repr,
  PyObject_RichCompare,
  PyObject_SelfIter,
} from './objectattr.ts';
import { Py_ReprEnter, Py_ReprLeave } from './reprguard.ts';
import { EMPTY_TUPLE } from './runtime.ts';
import { _PyEval_SliceIndexNotNone, PySlice_AdjustIndices, PySlice_Unpack } from './sliceobject.ts';
import type { TypeSpec } from './spec.ts';
import {
  Py_False,
  Py_NotImplemented,
  Py_True,
  PyExc_IndexError,
  PyExc_TypeError,
  PyExc_ValueError,
  PySlice_Type,
  PyTuple_Type,
  PyTupleIter_Type,
} from './static.ts';
import { _PyTuple_FromArray, trackFilled, tuple_alloc, tuple_dealloc, tupleSteal } from './tupleobject.ts';
import { typeAlloc } from './typealloc.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';

type Visit = (x: Ref, arg: number) => void;

export function tuple_repr(v: Ref): Ref {
  const n = i32(v + 16);
  if (n === 0) return PyUnicode_FromString('()');
  if (Py_ReprEnter(v)) return PyUnicode_FromString('(...)');
  let out = '(';
  try {
    for (let i = 0; i < n; i++) {
      const s = PyObject_Repr(i32(v + 24 + (i << 3)));
      out += i === 0 ? asText(s) : `, ${asText(s)}`;
      Py_DECREF(s);
    }
  } finally {
    Py_ReprLeave(v);
  }
  return PyUnicode_FromString(n === 1 ? `${out},)` : `${out})`);
}
export function tuple_hash(v: Ref): number {
  const n = i32(v + 16);
  const acc = new Int32Array(2);
  tupleHashBegin(acc);
  for (let i = 0; i < n; i++) {
    const lo = PyObject_Hash(i32(v + 24 + (i << 3)));
    tupleHashItem(acc, lo, i32(HASH_HI));
  }
  tupleHashEnd(acc, n);
  setI32(HASH_HI, acc[1] as number);
  return acc[0] as number;
}
function tuple_length(v: Ref): number {
  return i32(v + 16);
}
export function tuple_contains(v: Ref, el: Ref): boolean {
  const n = i32(v + 16);
  for (let i = 0; i < n; i++) if (itemsEqual(i32(v + 24 + (i << 3)), el)) return true;
  return false;
}
function tuple_item(v: Ref, i: number): Ref {
  if (i < 0 || i >= i32(v + 16)) raise(PyExc_IndexError, 'tuple index out of range');
  return Py_NewRef(i32(v + 24 + (i << 3)));
}
/** Item i, borrowed; IndexError outside. */
export function PyTuple_GetItem(v: Ref, i: number): Ref {
  if (i < 0 || i >= i32(v + 16)) raise(PyExc_IndexError, 'tuple index out of range');
  return i32(v + 24 + (i << 3));
}
/** v[low:high], bounds cut to the size. */
export function PyTuple_GetSlice(v: Ref, low: number, high: number): Ref {
  const n = i32(v + 16);
  const a = low < 0 ? 0 : low;
  let b = high > n ? n : high;
  if (b < a) b = a;
  if (a === 0 && b === n && i32(v + 8) === PyTuple_Type) return Py_NewRef(v);
  return _PyTuple_FromArray(v + 24 + (a << 3), b - a);
}
function tuple_concat(a: Ref, b: Ref): Ref {
  const n = i32(a + 16);
  if (n === 0 && i32(b + 8) === PyTuple_Type) return Py_NewRef(b);
  if (!PyTuple_Check(b)) raise(PyExc_TypeError, `can only concatenate tuple (not "${typeNameOf(b)}") to tuple`);
  const k = i32(b + 16);
  if (k === 0 && i32(a + 8) === PyTuple_Type) return Py_NewRef(a);
  if (n + k === 0) return Py_NewRef(EMPTY_TUPLE);
  const t = tuple_alloc(n + k);
  for (let i = 0; i < n; i++) setPtr(t + 24 + (i << 3), Py_NewRef(i32(a + 24 + (i << 3))));
  for (let i = 0; i < k; i++) setPtr(t + 24 + ((n + i) << 3), Py_NewRef(i32(b + 24 + (i << 3))));
  trackFilled(t, i32(t + 16));
  return t;
}
function tuple_repeat(a: Ref, n: number): Ref {
  const size = i32(a + 16);
  if ((size === 0 || n === 1) && i32(a + 8) === PyTuple_Type) return Py_NewRef(a);
  if (size === 0 || n <= 0) return Py_NewRef(EMPTY_TUPLE);
  if (n * size > 0xfffffff) PyErr_NoMemory();
  const t = tuple_alloc(n * size);
  for (let k = 0, p = t + 24; k < n; k++) {
    for (let i = 0; i < size; i++, p += 8) {
      const x = i32(a + 24 + (i << 3));
      Py_INCREF(x);
      setPtr(p, x);
    }
  }
  trackFilled(t, i32(t + 16));
  return t;
}
function tuple_subscript(self: Ref, item: Ref): Ref {
  if (_PyIndex_Check(item)) {
    const i = PyNumber_AsSsize_t(item, PyExc_IndexError);
    return tuple_item(self, i < 0 ? i + i32(self + 16) : i);
  }
  if (i32(item + 8) !== PySlice_Type) {
    raise(PyExc_TypeError, `tuple indices must be integers or slices, not ${typeNameOf(item)}`);
  }
  const s = PySlice_Unpack(item);
  const size = i32(self + 16);
  const n = PySlice_AdjustIndices(size, s);
  if (n <= 0) return Py_NewRef(EMPTY_TUPLE);
  if (s.start === 0 && s.step === 1 && n === size && i32(self + 8) === PyTuple_Type) return Py_NewRef(self);
  const t = tuple_alloc(n);
  for (let i = 0, cur = s.start; i < n; i++, cur += s.step)
    setPtr(t + 24 + (i << 3), Py_NewRef(i32(self + 24 + (cur << 3))));
  trackFilled(t, i32(t + 16));
  return t;
}
export function tuple_richcompare(v: Ref, w: Ref, op: number): Ref {
  if (!PyTuple_Check(v) || !PyTuple_Check(w)) return Py_NewRef(Py_NotImplemented);
  const vn = i32(v + 16);
  const wn = i32(w + 16);
  let i = 0;
  while (i < vn && i < wn && itemsEqual(i32(v + 24 + (i << 3)), i32(w + 24 + (i << 3)))) i++;
  if (i >= vn || i >= wn) return Py_NewRef(compareSizes(vn, wn, op) ? Py_True : Py_False);
  if (op === Py_EQ) return Py_NewRef(Py_False);
  if (op === Py_NE) return Py_NewRef(Py_True);
  return PyObject_RichCompare(i32(v + 24 + (i << 3)), i32(w + 24 + (i << 3)), op);
}
function tuple_traverse(op: Ref, visit: Visit, arg: number): void {
  for (let i = i32(op + 16) - 1; i >= 0; i--) {
    const x = i32(op + 24 + (i << 3));
    if (x !== 0) visit(x, arg);
  }
}

function tuple_new_impl(type: Ref, iterable: Ref): Ref {
  if (type !== PyTuple_Type) {
    const tmp = iterable === 0 ? Py_NewRef(EMPTY_TUPLE) : PySequence_Tuple(iterable);
    const m = hold(tmp);
    const n = i32(tmp + 16);
    const op = typeAlloc(type, n);
    for (let i = 0; i < n; i++) setPtr(op + 24 + (i << 3), Py_NewRef(i32(tmp + 24 + (i << 3))));
    release(m);
    return op;
  }
  return iterable === 0 ? Py_NewRef(EMPTY_TUPLE) : PySequence_Tuple(iterable);
}
function tuple_new(type: Ref, args: Ref, kwds: Ref): Ref {
  if (type === PyTuple_Type || i32(type + PyTypeObject.tp_init) === i32(PyTuple_Type + PyTypeObject.tp_init)) {
    _PyArg_NoKeywords('tuple', kwds);
  }
  _PyArg_CheckPositional('tuple', i32(args + 16), 0, 1);
  return tuple_new_impl(type, i32(args + 16) > 0 ? i32(args + 24) : 0);
}
export function tuple_vectorcall(type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  _PyArg_NoKwnames('tuple', kwnames);
  _PyArg_CheckPositional('tuple', nargs, 0, 1);
  return nargs === 0 ? Py_NewRef(EMPTY_TUPLE) : tuple_new_impl(type, i32(args));
}
function tuple_getnewargs(v: Ref): Ref {
  return tupleSteal(_PyTuple_FromArray(v + 24, i32(v + 16)));
}
function tuple_index(self: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('index', nargs, 1, 3);
  const size = i32(self + 16);
  let start = nargs > 1 ? _PyEval_SliceIndexNotNone(i32(args + 8)) : 0;
  let stop = nargs > 2 ? _PyEval_SliceIndexNotNone(i32(args + 16)) : size;
  if (start < 0) start = Math.max(0, start + size);
  if (stop < 0) stop += size;
  else if (stop > size) stop = size;
  for (let i = start; i < stop; i++) if (itemsEqual(i32(self + 24 + (i << 3)), i32(args))) return PyLong_FromLong(i);
  raise(PyExc_ValueError, 'tuple.index(x): x not in tuple');
}
function tuple_count(self: Ref, value: Ref): Ref {
  let count = 0;
  const n = i32(self + 16);
  for (let i = 0; i < n; i++) if (itemsEqual(i32(self + 24 + (i << 3)), value)) count++;
  return PyLong_FromLong(count);
}

export const tupleSpec: TypeSpec = {
  address: PyTuple_Type,
  name: 'tuple',
  basicsize: 24,
  itemsize: 8,
  flags:
    Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_TUPLE_SUBCLASS | _Py_TPFLAGS_MATCH_SELF | Py_TPFLAGS_SEQUENCE,
  doc: 'tuple(iterable=(), /)\n--\n\nAn immutable sequence of the items of an iterable.',
  slots: {
    tp_dealloc: tuple_dealloc,
    tp_repr: tuple_repr,
    tp_hash: tuple_hash,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: tuple_traverse,
    tp_richcompare: tuple_richcompare,
    tp_iter: tuple_iter,
    tp_new: tuple_new,
    tp_free: PyObject_GC_Del,
    tp_vectorcall: tuple_vectorcall,
    sq_length: tuple_length,
    sq_concat: tuple_concat,
    sq_repeat: tuple_repeat,
    sq_item: tuple_item,
    sq_contains: tuple_contains,
    mp_length: tuple_length,
    mp_subscript: tuple_subscript,
  },
  methods: [
    { name: '__getnewargs__', flags: METH_NOARGS, fn: tuple_getnewargs },
    {
      name: 'index',
      flags: METH_FASTCALL,
      fn: tuple_index,
      doc: 'index($self, value, start=0, stop=sys.maxsize, /)\n--\n\nThe first index of value.',
    },
    { name: 'count', flags: METH_O, fn: tuple_count, doc: 'count($self, value, /)\n--\n\nHow often value occurs.' },
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, fn: Py_GenericAlias },
  ],
};

// ---- the iterator ----

export function tuple_iter(seq: Ref): Ref {
  const it = newOfStaticType(PyTupleIter_Type, _PyTupleIterObject.SIZE);
  setPtr(it + 16, 0);
  setPtr(it + 24, Py_NewRef(seq));
  _PyObject_GC_TRACK(it);
  return it;
}
function tupleiter_dealloc(it: Ref): void {
  PyObject_GC_UnTrack(it);
  Py_CLEAR(it + 24);
  freeOfStaticType(it);
}
function tupleiter_next(it: Ref): Ref {
  const seq = i32(it + 24);
  if (seq === 0) return 0;
  const i = i32(it + 16);
  if (i < i32(seq + 16)) {
    setI32(it + 16, i + 1);
    return Py_NewRef(i32(seq + 24 + (i << 3)));
  }
  setPtr(it + 24, 0);
  Py_DECREF(seq);
  return 0;
}
export const tupleIterSpec: TypeSpec = {
  address: PyTupleIter_Type,
  name: 'tuple_iterator',
  basicsize: _PyTupleIterObject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: tupleiter_dealloc,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: indexIterTraverse,
    tp_iter: PyObject_SelfIter,
    tp_iternext: tupleiter_next,
  },
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, fn: indexIterLen },
    { name: '__reduce__', flags: METH_NOARGS, fn: indexIterReduce },
    { name: '__setstate__', flags: METH_O, fn: indexIterSetstate },
  ],
};
