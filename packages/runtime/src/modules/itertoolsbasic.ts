/** itertools that pass items on: count, repeat, cycle, chain, islice, starmap, takewhile … Mirrors Modules/itertoolsmodule.c. */
import { METH_CLASS, METH_NOARGS, METH_O } from '@moult/abi';
import { i32, setI32, setPtr, setSsize, ssize } from '../memory/linear.ts';
import {
  PyIter_Next,
  PyNumber_Add,
  PyNumber_Check,
  PyNumber_AsSsize_t,
  PyObject_GetIter,
  PySequence_Tuple,
} from '../objects/abstract.ts';
import { _PyArg_CheckPositional, _PyArg_NoKeywords, unpackTupleAndDict } from '../objects/args.ts';
import { callFunction, PyObject_Call, PyObject_CallOneArg } from '../objects/call.ts';
import { raise } from '../objects/errors.ts';
import { PyList_Append, PyList_New } from '../objects/listobject.ts';
import { longAsNumber, PyLong_FromLong } from '../objects/longobject.ts';
import { hold, Py_CLEAR, Py_DECREF, Py_NewRef, PyTuple_Check, type Ref, release, drop } from '../objects/object.ts';
import { PyObject_IsTrue, PyObject_Repr } from '../objects/objectattr.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { PyExc_TypeError, PyExc_ValueError, PyLong_Type, Py_None, PyBool_Type } from '../objects/static.ts';
import { _PyTuple_Resize, PyTuple_New } from '../objects/tupleobject.ts';
import { typeAlloc } from '../objects/typealloc.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { record, REF } from './records.ts';
import * as T from './types.ts';
import { Py_GenericAlias } from '../objects/genericaliasobject.ts';

const A = REF(0);
const B = REF(1);
const C = REF(2);
/** A new object of `type` whose first references are `refs` (stolen). */
export function make(type: Ref, ...refs: Ref[]): Ref {
  const marks = refs.map((r) => hold(r));
  const op = typeAlloc(type, 0);
  refs.forEach((r, i) => {
    setPtr(op + REF(i), r);
  });
  if (marks.length > 0) drop(marks[0] as number);
  return op;
}
const positional = (name: string, args: Ref, kwds: Ref, min: number, max: number): Ref[] => {
  _PyArg_NoKeywords(name, kwds);
  _PyArg_CheckPositional(name, i32(args + 16), min, max);
  return Array.from({ length: max }, (_, i) => (i < i32(args + 16) ? i32(args + 24 + (i << 3)) : 0));
};

// ---- count, repeat, cycle ---------------------------------------------------------------------------------------------------

function count_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const [start, step] = unpackTupleAndDict(args, kwds, { fname: 'count', keywords: ['start', 'step'] }) as [Ref, Ref];
  if ((start !== 0 && !PyNumber_Check(start)) || (step !== 0 && !PyNumber_Check(step)))
    raise(PyExc_TypeError, 'a number is required');
  return make(
    type,
    start === 0 ? PyLong_FromLong(0) : Py_NewRef(start),
    step === 0 ? PyLong_FromLong(1) : Py_NewRef(step),
  );
}
function count_next(self: Ref): Ref {
  const value = i32(self + A);
  const next = PyNumber_Add(value, i32(self + B));
  setPtr(self + A, next);
  return value;
}
const reprText = (op: Ref): string => {
  const m = hold(PyObject_Repr(op));
  const s = asText(i32(m));
  release(m);
  return s;
};
function count_repr(self: Ref): Ref {
  const step = i32(self + B);
  if (i32(step + 8) === PyLong_Type && longAsNumber(step) === 1)
    return PyUnicode_FromString(`count(${reprText(i32(self + A))})`);
  return PyUnicode_FromString(`count(${reprText(i32(self + A))}, ${reprText(step)})`);
}
const REPEAT_LEFT = 24;
function repeat_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const [object, times] = unpackTupleAndDict(args, kwds, {
    fname: 'repeat',
    keywords: ['object', 'times'],
    required: 1,
  }) as [Ref, Ref];
  const n = times === 0 ? -1 : Math.max(0, PyNumber_AsSsize_t(times, 0));
  const op = make(type, Py_NewRef(object));
  setSsize(op + REPEAT_LEFT, n);
  return op;
}
function repeat_next(self: Ref): Ref {
  const left = ssize(self + REPEAT_LEFT);
  if (left === 0) return 0;
  if (left > 0) setSsize(self + REPEAT_LEFT, left - 1);
  return Py_NewRef(i32(self + A));
}
function repeat_repr(self: Ref): Ref {
  const left = ssize(self + REPEAT_LEFT);
  return PyUnicode_FromString(`repeat(${reprText(i32(self + A))}${left < 0 ? '' : `, ${left}`})`);
}
function repeat_length_hint(self: Ref): Ref {
  const left = ssize(self + REPEAT_LEFT);
  if (left < 0) raise(PyExc_TypeError, 'len() of unsized object');
  return PyLong_FromLong(left);
}
const CYCLE_INDEX = 32;
function cycle_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const [iterable] = positional('cycle', args, kwds, 1, 1) as [Ref];
  return make(type, PyObject_GetIter(iterable), PyList_New(0));
}
function cycle_next(self: Ref): Ref {
  const saved = i32(self + B);
  if (i32(self + A) !== 0) {
    const item = PyIter_Next(i32(self + A));
    if (item !== 0) {
      const m = hold(item);
      PyList_Append(saved, item);
      drop(m);
      return item;
    }
    Py_CLEAR(self + A);
  }
  const n = i32(saved + 16);
  if (n === 0) return 0;
  const i = i32(self + CYCLE_INDEX);
  setI32(self + CYCLE_INDEX, i + 1 >= n ? 0 : i + 1);
  return Py_NewRef(i32(i32(saved + 24) + (i << 3)));
}

// ---- chain, islice ------------------------------------------------------------------------------------------------------------

function chain_new(type: Ref, args: Ref, kwds: Ref): Ref {
  _PyArg_NoKeywords('chain', kwds);
  return make(type, PyObject_GetIter(args), 0);
}
function chain_from_iterable(type: Ref, iterable: Ref): Ref {
  return make(type, PyObject_GetIter(iterable), 0);
}
function chain_next(self: Ref): Ref {
  while (i32(self + A) !== 0) {
    if (i32(self + B) === 0) {
      const iterable = PyIter_Next(i32(self + A));
      if (iterable === 0) {
        Py_CLEAR(self + A);
        return 0;
      }
      const m = hold(iterable);
      setPtr(self + B, PyObject_GetIter(iterable));
      release(m);
    }
    const active = hold(Py_NewRef(i32(self + B)));
    const item = PyIter_Next(i32(active));
    release(active);
    if (item !== 0) return item;
    Py_CLEAR(self + B);
  }
  return 0;
}
const SLICE_NEXT = 24;
const SLICE_STOP = 32;
const SLICE_STEP = 40;
const SLICE_COUNT = 48;
function sliceNumber(op: Ref, message: string): number {
  if (op === Py_None) return -1;
  if (i32(op + 8) !== PyLong_Type && i32(op + 8) !== PyBool_Type && !hasIndex(op)) raise(PyExc_ValueError, message);
  const n = PyNumber_AsSsize_t(op, 0);
  if (n < 0) raise(PyExc_ValueError, message);
  return n;
}
import { PyIndex_Check as hasIndex } from '../objects/abstract.ts';
function islice_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const a = positional('islice', args, kwds, 2, 4);
  const n = i32(args + 16);
  let start = 0;
  let stop: number;
  let step = 1;
  if (n === 2)
    stop = sliceNumber(a[1] as Ref, 'Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.');
  else {
    const message = 'Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.';
    start = Math.max(0, sliceNumber(a[1] as Ref, message));
    stop = sliceNumber(a[2] as Ref, message);
    if (n === 4 && a[3] !== Py_None) {
      step = hasIndex(a[3] as Ref) ? PyNumber_AsSsize_t(a[3] as Ref, 0) : 0;
      if (step < 1) raise(PyExc_ValueError, 'Step for islice() must be a positive integer or None.');
    }
  }
  const op = make(type, PyObject_GetIter(a[0] as Ref));
  setSsize(op + SLICE_NEXT, start);
  setSsize(op + SLICE_STOP, stop);
  setSsize(op + SLICE_STEP, step);
  setSsize(op + SLICE_COUNT, 0);
  return op;
}
function islice_next(self: Ref): Ref {
  const it = i32(self + A);
  if (it === 0) return 0;
  const stop = ssize(self + SLICE_STOP);
  const next = ssize(self + SLICE_NEXT);
  let count = ssize(self + SLICE_COUNT);
  const m = hold(Py_NewRef(it));
  for (;;) {
    if (stop >= 0 && count >= stop) break;
    const item = PyIter_Next(it);
    if (item === 0) break;
    count++;
    setSsize(self + SLICE_COUNT, count);
    if (count > next) {
      const after = next + ssize(self + SLICE_STEP);
      setSsize(self + SLICE_NEXT, stop >= 0 && after > stop ? stop : after);
      release(m);
      return item;
    }
    Py_DECREF(item);
  }
  release(m);
  Py_CLEAR(self + A);
  return 0;
}

// ---- functions over items -------------------------------------------------------------------------------------------------------

const funcIter = (name: string) =>
  function func_iter_new(type: Ref, args: Ref, kwds: Ref): Ref {
    const [func, iterable] = positional(name, args, kwds, 2, 2) as [Ref, Ref];
    return make(type, Py_NewRef(func), PyObject_GetIter(iterable));
  };
function starmap_next(self: Ref): Ref {
  const args = PyIter_Next(i32(self + B));
  if (args === 0) return 0;
  const m = hold(args);
  let tuple = args;
  if (!PyTuple_Check(args)) {
    tuple = PySequence_Tuple(args);
    hold(tuple);
  }
  const res = PyObject_Call(i32(self + A), tuple, 0);
  release(m);
  return res;
}
/** func(item) as a truth value; None stands for bool. */
function good(func: Ref, item: Ref): boolean {
  const m = hold(item);
  let t: boolean;
  if (func === Py_None) t = PyObject_IsTrue(item);
  else {
    const r = hold(PyObject_CallOneArg(func, item));
    t = PyObject_IsTrue(i32(r));
    release(r);
  }
  drop(m);
  return t;
}
const FLAG = 32;
function takewhile_next(self: Ref): Ref {
  if (i32(self + FLAG) !== 0) return 0;
  const item = PyIter_Next(i32(self + B));
  if (item === 0) return 0;
  if (good(i32(self + A), item)) return item;
  Py_DECREF(item);
  setI32(self + FLAG, 1);
  return 0;
}
function dropwhile_next(self: Ref): Ref {
  for (;;) {
    const item = PyIter_Next(i32(self + B));
    if (item === 0) return 0;
    if (i32(self + FLAG) !== 0) return item;
    if (!good(i32(self + A), item)) {
      setI32(self + FLAG, 1);
      return item;
    }
    Py_DECREF(item);
  }
}
function filterfalse_next(self: Ref): Ref {
  for (;;) {
    const item = PyIter_Next(i32(self + B));
    if (item === 0) return 0;
    if (!good(i32(self + A), item)) return item;
    Py_DECREF(item);
  }
}
/** A: total (0 before the first), B: iterator, C: func or 0, D: initial or 0. */
const D = REF(3);
function accumulate_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const [iterable, func, initial] = unpackTupleAndDict(args, kwds, {
    fname: 'accumulate',
    keywords: ['iterable', 'func', 'initial'],
    required: 1,
    kwonly: 1,
  }) as [Ref, Ref, Ref];
  const it = PyObject_GetIter(iterable);
  return make(
    type,
    0,
    it,
    func === 0 || func === Py_None ? 0 : Py_NewRef(func),
    initial === 0 || initial === Py_None ? 0 : Py_NewRef(initial),
  );
}
function setTotal(self: Ref, value: Ref): Ref {
  const old = i32(self + A);
  setPtr(self + A, Py_NewRef(value));
  if (old !== 0) Py_DECREF(old);
  return value;
}
function accumulate_next(self: Ref): Ref {
  const initial = i32(self + D);
  if (initial !== 0) {
    setPtr(self + D, 0);
    return setTotal(self, initial);
  }
  const item = PyIter_Next(i32(self + B));
  if (item === 0) return 0;
  const total = i32(self + A);
  if (total === 0) return setTotal(self, item);
  const m = hold(item);
  const func = i32(self + C);
  const next = func === 0 ? PyNumber_Add(total, item) : callFunction(func, total, item);
  release(m);
  return setTotal(self, next);
}
function compress_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const [data, selectors] = unpackTupleAndDict(args, kwds, {
    fname: 'compress',
    keywords: ['data', 'selectors'],
    required: 2,
  }) as [Ref, Ref];
  const m = hold(PyObject_GetIter(data));
  const sel = PyObject_GetIter(selectors);
  drop(m);
  return make(type, i32(m), sel);
}
function compress_next(self: Ref): Ref {
  for (;;) {
    const item = PyIter_Next(i32(self + A));
    if (item === 0) return 0;
    const m = hold(item);
    const selector = PyIter_Next(i32(self + B));
    if (selector === 0) {
      release(m);
      return 0;
    }
    hold(selector);
    const take = PyObject_IsTrue(selector);
    release(m + 8);
    if (take) {
      drop(m);
      return item;
    }
    release(m);
  }
}
function pairwise_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const [iterable] = positional('pairwise', args, kwds, 1, 1) as [Ref];
  return make(type, PyObject_GetIter(iterable), 0);
}
function pairwise_next(self: Ref): Ref {
  const it = i32(self + A);
  if (it === 0) return 0;
  if (i32(self + B) === 0) {
    const first = PyIter_Next(it);
    if (first === 0) {
      Py_CLEAR(self + A);
      return 0;
    }
    setPtr(self + B, first);
  }
  const next = PyIter_Next(it);
  if (next === 0) {
    Py_CLEAR(self + A);
    Py_CLEAR(self + B);
    return 0;
  }
  const m = hold(next);
  const pair = PyTuple_New(2);
  setPtr(pair + 24, i32(self + B));
  setPtr(pair + 32, Py_NewRef(next));
  drop(m);
  setPtr(self + B, next);
  return pair;
}
const BATCH_SIZE = 24;
const BATCH_STRICT = 32;
function batched_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const [iterable, n, strict] = unpackTupleAndDict(args, kwds, {
    fname: 'batched',
    keywords: ['iterable', 'n', 'strict'],
    required: 2,
    kwonly: 1,
  }) as [Ref, Ref, Ref];
  const size = PyNumber_AsSsize_t(n, 0);
  if (size < 1) raise(PyExc_ValueError, 'n must be at least one');
  const op = make(type, PyObject_GetIter(iterable));
  setSsize(op + BATCH_SIZE, size);
  setI32(op + BATCH_STRICT, strict !== 0 && PyObject_IsTrue(strict) ? 1 : 0);
  return op;
}
function batched_next(self: Ref): Ref {
  const it = i32(self + A);
  if (it === 0) return 0;
  const size = ssize(self + BATCH_SIZE);
  let t = PyTuple_New(size);
  const m = hold(t);
  let n = 0;
  for (; n < size; n++) {
    const item = PyIter_Next(it);
    if (item === 0) break;
    setPtr(t + 24 + (n << 3), item);
  }
  if (n === size) {
    drop(m);
    return t;
  }
  // behind a short batch the iterator is asked once more
  if (n === 0) {
    Py_CLEAR(self + A);
    release(m);
    return 0;
  }
  if (i32(self + BATCH_STRICT) !== 0) {
    Py_CLEAR(self + A);
    raise(PyExc_ValueError, 'batched(): incomplete batch');
  }
  drop(m);
  t = _PyTuple_Resize(t, n);
  return t;
}

export const basicItertools: readonly (readonly [string, TypeSpec])[] = [
  [
    'count',
    record({
      address: T.ItertoolsCount_Type,
      name: 'itertools.count',
      refs: 2,
      slots: { tp_new: count_new, tp_iternext: count_next, tp_repr: count_repr },
    }),
  ],
  [
    'repeat',
    record({
      address: T.ItertoolsRepeat_Type,
      name: 'itertools.repeat',
      refs: 1,
      words: 1,
      slots: { tp_new: repeat_new, tp_iternext: repeat_next, tp_repr: repeat_repr },
      methods: [{ name: '__length_hint__', flags: METH_NOARGS, fn: repeat_length_hint }],
    }),
  ],
  [
    'cycle',
    record({
      address: T.ItertoolsCycle_Type,
      name: 'itertools.cycle',
      refs: 2,
      words: 1,
      slots: { tp_new: cycle_new, tp_iternext: cycle_next },
    }),
  ],
  [
    'chain',
    record({
      address: T.ItertoolsChain_Type,
      name: 'itertools.chain',
      refs: 2,
      slots: { tp_new: chain_new, tp_iternext: chain_next },
      methods: [
        { name: 'from_iterable', flags: METH_O | METH_CLASS, fn: chain_from_iterable },
        { name: '__class_getitem__', flags: METH_O | METH_CLASS, fn: Py_GenericAlias },
      ],
    }),
  ],
  [
    'islice',
    record({
      address: T.ItertoolsIslice_Type,
      name: 'itertools.islice',
      refs: 1,
      words: 4,
      slots: { tp_new: islice_new, tp_iternext: islice_next },
    }),
  ],
  [
    'starmap',
    record({
      address: T.ItertoolsStarmap_Type,
      name: 'itertools.starmap',
      refs: 2,
      slots: { tp_new: funcIter('starmap'), tp_iternext: starmap_next },
    }),
  ],
  [
    'takewhile',
    record({
      address: T.ItertoolsTakewhile_Type,
      name: 'itertools.takewhile',
      refs: 2,
      words: 1,
      slots: { tp_new: funcIter('takewhile'), tp_iternext: takewhile_next },
    }),
  ],
  [
    'dropwhile',
    record({
      address: T.ItertoolsDropwhile_Type,
      name: 'itertools.dropwhile',
      refs: 2,
      words: 1,
      slots: { tp_new: funcIter('dropwhile'), tp_iternext: dropwhile_next },
    }),
  ],
  [
    'filterfalse',
    record({
      address: T.ItertoolsFilterfalse_Type,
      name: 'itertools.filterfalse',
      refs: 2,
      slots: { tp_new: funcIter('filterfalse'), tp_iternext: filterfalse_next },
    }),
  ],
  [
    'accumulate',
    record({
      address: T.ItertoolsAccumulate_Type,
      name: 'itertools.accumulate',
      refs: 4,
      slots: { tp_new: accumulate_new, tp_iternext: accumulate_next },
    }),
  ],
  [
    'compress',
    record({
      address: T.ItertoolsCompress_Type,
      name: 'itertools.compress',
      refs: 2,
      slots: { tp_new: compress_new, tp_iternext: compress_next },
    }),
  ],
  [
    'pairwise',
    record({
      address: T.ItertoolsPairwise_Type,
      name: 'itertools.pairwise',
      refs: 2,
      slots: { tp_new: pairwise_new, tp_iternext: pairwise_next },
    }),
  ],
  [
    'batched',
    record({
      address: T.ItertoolsBatched_Type,
      name: 'itertools.batched',
      refs: 1,
      words: 2,
      slots: { tp_new: batched_new, tp_iternext: batched_next },
    }),
  ],
];
