/** itertools over pools of items: product, permutations, combinations …, zip_longest, groupby, tee. Mirrors Modules/itertoolsmodule.c. */
import { _PyObject_GC_IS_TRACKED, _PyObject_GC_TRACK } from '../gc/track.ts';
import { METH_NOARGS, Py_EQ } from '@moult/abi';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import { PyIter_Next, PyNumber_AsSsize_t, PyObject_GetIter, PySequence_Tuple } from '../objects/abstract.ts';
import { _PyArg_CheckPositional, unpackTupleAndDict } from '../objects/args.ts';
import { PyObject_CallOneArg } from '../objects/call.ts';
import { getItemStr, PyDict_Size } from '../objects/dictobject.ts';
import { PyErr_NoMemory, raise } from '../objects/errors.ts';
import { PyList_New, PyList_Append } from '../objects/listobject.ts';
import { drop, hold, Py_DECREF, Py_NewRef, type Ref, release, Py_REFCNT, Py_XDECREF } from '../objects/object.ts';
import { PyObject_RichCompareBool } from '../objects/objectattr.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { PyExc_TypeError, PyExc_ValueError, Py_None } from '../objects/static.ts';
import { PyTuple_New, _PyTuple_FromArray } from '../objects/tupleobject.ts';
import { PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { make } from './itertoolsbasic.ts';
import { record, REF } from './records.ts';
import * as T from './types.ts';

const A = REF(0);
const B = REF(1);
const C = REF(2);

/** The keyword `name` of a call whose positional arguments are all iterables; borrowed or 0. Others are refused. */
function onlyKeyword(who: string, name: string, kwds: Ref): Ref {
  if (kwds === 0 || PyDict_Size(kwds) === 0) return 0;
  const m = hold(PyUnicode_InternFromString(name));
  const v = getItemStr(kwds, i32(m));
  release(m);
  if (v === 0 || PyDict_Size(kwds) > 1) raise(PyExc_TypeError, `${who}() got an unexpected keyword argument`);
  return v;
}

// ---- zip_longest ----------------------------------------------------------------------------------------------------------------

/** A: tuple of iterators (None once ended), B: fill value; word: how many still run. */
const ACTIVE = 32;
function zip_longest_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const fill = onlyKeyword('zip_longest', 'fillvalue', kwds);
  const n = i32(args + 16);
  const its = PyTuple_New(n);
  const m = hold(its);
  for (let i = 0; i < n; i++) setPtr(its + 24 + (i << 3), PyObject_GetIter(i32(args + 24 + (i << 3))));
  drop(m);
  const op = make(type, its, Py_NewRef(fill === 0 ? Py_None : fill));
  setI32(op + ACTIVE, n);
  return op;
}
function zip_longest_next(self: Ref): Ref {
  const its = i32(self + A);
  const n = i32(its + 16);
  if (n === 0 || i32(self + ACTIVE) === 0) return 0;
  const result = PyTuple_New(n);
  const m = hold(result);
  for (let i = 0; i < n; i++) {
    const slot = its + 24 + (i << 3);
    const it = i32(slot);
    let item = 0;
    if (it !== Py_None) {
      item = PyIter_Next(it);
      if (item === 0) {
        setI32(self + ACTIVE, i32(self + ACTIVE) - 1);
        if (i32(self + ACTIVE) === 0) {
          release(m);
          return 0;
        }
        setPtr(slot, Py_NewRef(Py_None));
        Py_DECREF(it);
      }
    }
    setPtr(result + 24 + (i << 3), item === 0 ? Py_NewRef(i32(self + B)) : item);
  }
  drop(m);
  return result;
}

// ---- product, permutations, combinations --------------------------------------------------------------------------------------------

/** A: pool (a tuple; of product: a tuple of tuples), B: last result; words: indices (PyMem), n, r, state. */
const INDICES = 32;
const N = 40;
const R = 44;
const STATE = 48;
const FRESH = 0;
const RUNNING = 1;
const ENDED = 2;
const index = (self: Ref, i: number): number => i32(i32(self + INDICES) + (i << 2));
const setIndex = (self: Ref, i: number, v: number): void => setI32(i32(self + INDICES) + (i << 2), v);

function withIndices(type: Ref, pool: Ref, n: number, r: number, count: number, ended: boolean): Ref {
  const op = make(type, pool, 0);
  const m = hold(op);
  const block = PyMem_Malloc(Math.max(1, count) * 4);
  if (block === 0) PyErr_NoMemory();
  setPtr(op + INDICES, block);
  setI32(op + N, n);
  setI32(op + R, r);
  setI32(op + STATE, ended ? ENDED : FRESH);
  drop(m);
  return op;
}
function freeIndices(self: Ref): void {
  const p = i32(self + INDICES);
  setPtr(self + INDICES, 0);
  if (p !== 0) PyMem_Free(p);
}
/** The result is kept; where someone else has kept it too, the next one is a copy of it (made before it is known whether there is one). */
function renewResult(self: Ref): void {
  const old = i32(self + B);
  if (Py_REFCNT(old) === 1) return;
  setPtr(self + B, _PyTuple_FromArray(old + 24, i32(old + 16)));
  Py_DECREF(old);
}
/** The kept result, filled with r items, `item(i)` borrowed; a new reference. */
function result(self: Ref, r: number, item: (i: number) => Ref): Ref {
  if (i32(self + B) === 0) setPtr(self + B, PyTuple_New(r));
  const t = i32(self + B);
  if (r > 0 && !_PyObject_GC_IS_TRACKED(t)) _PyObject_GC_TRACK(t);
  for (let i = 0; i < r; i++) {
    const slot = t + 24 + (i << 3);
    const value = item(i);
    const old = i32(slot);
    if (old === value) continue;
    setPtr(slot, Py_NewRef(value));
    Py_XDECREF(old);
  }
  return Py_NewRef(t);
}
const poolItem = (pool: Ref, i: number): Ref => i32(pool + 24 + (i << 3));

function product_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const given = onlyKeyword('product', 'repeat', kwds);
  const repeat = given === 0 ? 1 : PyNumber_AsSsize_t(given, 0);
  if (repeat < 0) raise(PyExc_ValueError, 'repeat argument cannot be negative');
  const nargs = repeat === 0 ? 0 : i32(args + 16);
  const n = nargs * repeat;
  const pools = PyTuple_New(n);
  const m = hold(pools);
  let ended = false;
  for (let i = 0; i < nargs; i++) {
    setPtr(pools + 24 + (i << 3), PySequence_Tuple(i32(args + 24 + (i << 3))));
    if (i32(poolItem(pools, i) + 16) === 0) ended = true;
  }
  for (let i = nargs; i < n; i++) setPtr(pools + 24 + (i << 3), Py_NewRef(poolItem(pools, i - nargs)));
  drop(m);
  const op = withIndices(type, pools, n, n, n, ended);
  for (let i = 0; i < n; i++) setIndex(op, i, 0);
  return op;
}
function product_next(self: Ref): Ref {
  const pools = i32(self + A);
  const n = i32(self + N);
  if (i32(self + STATE) === ENDED) return 0;
  if (i32(self + STATE) === FRESH) setI32(self + STATE, RUNNING);
  else {
    renewResult(self);
    let i = n - 1;
    for (; i >= 0; i--) {
      const v = index(self, i) + 1;
      if (v < i32(poolItem(pools, i) + 16)) {
        setIndex(self, i, v);
        break;
      }
      setIndex(self, i, 0);
    }
    if (i < 0) {
      setI32(self + STATE, ENDED);
      return 0;
    }
  }
  return result(self, n, (i) => poolItem(poolItem(pools, i), index(self, i)));
}
function poolAndR(name: string, args: Ref, kwds: Ref, rRequired: boolean): { pool: Ref; n: number; r: number } {
  const [iterable, rr] = unpackTupleAndDict(args, kwds, {
    fname: name,
    keywords: ['iterable', 'r'],
    required: rRequired ? 2 : 1,
  }) as [Ref, Ref];
  const pool = PySequence_Tuple(iterable);
  const m = hold(pool);
  const n = i32(pool + 16);
  let r = n;
  if (rr !== 0 && !(rr === Py_None && !rRequired)) {
    if (!rRequired && (i32(i32(rr + 8) + 168) & (1 << 24)) === 0) raise(PyExc_TypeError, 'Expected int as r');
    r = PyNumber_AsSsize_t(rr, 0);
  }
  if (r < 0) raise(PyExc_ValueError, 'r must be non-negative');
  drop(m);
  return { pool, n, r };
}
function permutations_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const { pool, n, r } = poolAndR('permutations', args, kwds, false);
  const op = withIndices(type, pool, n, r, n + r, r > n);
  for (let i = 0; i < n; i++) setIndex(op, i, i);
  if (r <= n) for (let i = 0; i < r; i++) setIndex(op, n + i, n - i);
  return op;
}
function permutations_next(self: Ref): Ref {
  const n = i32(self + N);
  const r = i32(self + R);
  if (i32(self + STATE) === ENDED) return 0;
  if (i32(self + STATE) === FRESH) setI32(self + STATE, RUNNING);
  else {
    renewResult(self);
    let i = r - 1;
    for (; i >= 0; i--) {
      const c = index(self, n + i) - 1;
      setIndex(self, n + i, c);
      if (c === 0) {
        const first = index(self, i);
        for (let j = i; j < n - 1; j++) setIndex(self, j, index(self, j + 1));
        setIndex(self, n - 1, first);
        setIndex(self, n + i, n - i);
      } else {
        const t = index(self, i);
        setIndex(self, i, index(self, n - c));
        setIndex(self, n - c, t);
        break;
      }
    }
    if (i < 0) {
      setI32(self + STATE, ENDED);
      return 0;
    }
  }
  return result(self, r, (i) => poolItem(i32(self + A), index(self, i)));
}
function combinations_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const { pool, n, r } = poolAndR('combinations', args, kwds, true);
  const op = withIndices(type, pool, n, r, r, r > n);
  for (let i = 0; i < r; i++) setIndex(op, i, i);
  return op;
}
function combinations_next(self: Ref): Ref {
  const n = i32(self + N);
  const r = i32(self + R);
  if (i32(self + STATE) === ENDED) return 0;
  if (i32(self + STATE) === FRESH) setI32(self + STATE, RUNNING);
  else {
    renewResult(self);
    let i = r - 1;
    while (i >= 0 && index(self, i) === i + n - r) i--;
    if (i < 0) {
      setI32(self + STATE, ENDED);
      return 0;
    }
    setIndex(self, i, index(self, i) + 1);
    for (let j = i + 1; j < r; j++) setIndex(self, j, index(self, j - 1) + 1);
  }
  return result(self, r, (i) => poolItem(i32(self + A), index(self, i)));
}
function cwr_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const { pool, n, r } = poolAndR('combinations_with_replacement', args, kwds, true);
  const op = withIndices(type, pool, n, r, r, n === 0 && r > 0);
  for (let i = 0; i < r; i++) setIndex(op, i, 0);
  return op;
}
function cwr_next(self: Ref): Ref {
  const n = i32(self + N);
  const r = i32(self + R);
  if (i32(self + STATE) === ENDED) return 0;
  if (i32(self + STATE) === FRESH) setI32(self + STATE, RUNNING);
  else {
    renewResult(self);
    let i = r - 1;
    while (i >= 0 && index(self, i) === n - 1) i--;
    if (i < 0) {
      setI32(self + STATE, ENDED);
      return 0;
    }
    const v = index(self, i) + 1;
    for (let j = i; j < r; j++) setIndex(self, j, v);
  }
  return result(self, r, (i) => poolItem(i32(self + A), index(self, i)));
}

// ---- groupby ----------------------------------------------------------------------------------------------------------------------

/** A: iterator, B: key function, C: target key, D: current key, E: current value, F (borrowed word): the current grouper. */
const D = REF(3);
const E = REF(4);
const CURRENT_GROUPER = REF(5);
function groupby_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const [iterable, key] = unpackTupleAndDict(args, kwds, {
    fname: 'groupby',
    keywords: ['iterable', 'key'],
    required: 1,
  }) as [Ref, Ref];
  return make(type, PyObject_GetIter(iterable), Py_NewRef(key === 0 ? Py_None : key), 0, 0, 0);
}
function replace(slot: number, value: Ref): void {
  const old = i32(slot);
  setPtr(slot, value);
  if (old !== 0) Py_DECREF(old);
}
function groupby_step(self: Ref): boolean {
  const value = PyIter_Next(i32(self + A));
  if (value === 0) return false;
  const m = hold(value);
  const key = i32(self + B) === Py_None ? Py_NewRef(value) : PyObject_CallOneArg(i32(self + B), value);
  drop(m);
  replace(self + E, value);
  replace(self + D, key);
  return true;
}
function groupby_next(self: Ref): Ref {
  setPtr(self + CURRENT_GROUPER, 0);
  for (;;) {
    if (i32(self + D) !== 0) {
      if (i32(self + C) === 0) break;
      const m = hold(Py_NewRef(i32(self + C)));
      hold(Py_NewRef(i32(self + D)));
      const same = PyObject_RichCompareBool(i32(m), i32(m + 8), Py_EQ);
      release(m);
      if (!same) break;
    }
    if (!groupby_step(self)) return 0;
  }
  replace(self + C, Py_NewRef(i32(self + D)));
  const grouper = make(T.ItertoolsGrouper_Type, Py_NewRef(self), Py_NewRef(i32(self + C)));
  setPtr(self + CURRENT_GROUPER, grouper);
  const m = hold(grouper);
  const t = PyTuple_New(2);
  setPtr(t + 24, Py_NewRef(i32(self + D)));
  setPtr(t + 32, grouper);
  drop(m);
  return t;
}
function grouper_next(self: Ref): Ref {
  const parent = i32(self + A);
  if (i32(parent + CURRENT_GROUPER) !== self) return 0;
  if (i32(parent + E) === 0 && !groupby_step(parent)) return 0;
  const m = hold(Py_NewRef(i32(self + B)));
  hold(Py_NewRef(i32(parent + D)));
  const same = PyObject_RichCompareBool(i32(m), i32(m + 8), Py_EQ);
  release(m);
  if (!same) return 0;
  const value = i32(parent + E);
  setPtr(parent + E, 0);
  return value;
}

// ---- tee --------------------------------------------------------------------------------------------------------------------------

/** Data blocks: A iterator, B list of up to 57 values, C next block or 0. Iterators: A block; word: index. */
const BLOCK = 57;
const TEE_INDEX = 32;
function newTeeData(it: Ref): Ref {
  return make(T.ItertoolsTeeData_Type, Py_NewRef(it), PyList_New(0), 0);
}
function tee_next(self: Ref): Ref {
  let data = i32(self + A);
  let i = i32(self + TEE_INDEX);
  if (i >= BLOCK) {
    if (i32(data + C) === 0) setPtr(data + C, newTeeData(i32(data + A)));
    const next = Py_NewRef(i32(data + C));
    replace(self + A, next);
    data = next;
    i = 0;
  }
  const values = i32(data + B);
  if (i >= i32(values + 16)) {
    const m = hold(Py_NewRef(data));
    const item = PyIter_Next(i32(data + A));
    if (item === 0) {
      release(m);
      return 0;
    }
    hold(item);
    PyList_Append(values, item);
    release(m);
  }
  setI32(self + TEE_INDEX, i + 1);
  return Py_NewRef(i32(i32(i32(data + B) + 24) + (i << 3)));
}
function tee_copy(self: Ref): Ref {
  const op = make(i32(self + 8), Py_NewRef(i32(self + A)));
  setI32(op + TEE_INDEX, i32(self + TEE_INDEX));
  return op;
}
function teeFrom(iterable: Ref): Ref {
  const it = PyObject_GetIter(iterable);
  const m = hold(it);
  if (i32(it + 8) === T.ItertoolsTee_Type) {
    const copy = tee_copy(it);
    release(m);
    return copy;
  }
  const op = make(T.ItertoolsTee_Type, newTeeData(it));
  setI32(op + TEE_INDEX, 0);
  release(m);
  return op;
}
function tee_new(_type: Ref, args: Ref): Ref {
  _PyArg_CheckPositional('_tee', i32(args + 16), 1, 1);
  return teeFrom(i32(args + 24));
}
export function itertools_tee(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('tee', nargs, 1, 2);
  const n = nargs > 1 ? PyNumber_AsSsize_t(i32(args + 8), 0) : 2;
  if (n < 0) raise(PyExc_ValueError, 'n must be >= 0');
  const t = PyTuple_New(n);
  if (n === 0) return t;
  const m = hold(t);
  setPtr(t + 24, teeFrom(i32(args)));
  for (let i = 1; i < n; i++) setPtr(t + 24 + (i << 3), tee_copy(i32(t + 24)));
  drop(m);
  return t;
}
const pooled = (
  address: number,
  name: string,
  tp_new: (t: Ref, a: Ref, k: Ref) => Ref,
  tp_iternext: (s: Ref) => Ref,
): TypeSpec =>
  record({
    address,
    name: `itertools.${name}`,
    refs: 2,
    words: 3,
    slots: { tp_new, tp_iternext },
    onClear: freeIndices,
  });

export const combiningItertools: readonly (readonly [string, TypeSpec])[] = [
  [
    'zip_longest',
    record({
      address: T.ItertoolsZipLongest_Type,
      name: 'itertools.zip_longest',
      refs: 2,
      words: 1,
      slots: { tp_new: zip_longest_new, tp_iternext: zip_longest_next },
    }),
  ],
  ['product', pooled(T.ItertoolsProduct_Type, 'product', product_new, product_next)],
  ['permutations', pooled(T.ItertoolsPermutations_Type, 'permutations', permutations_new, permutations_next)],
  ['combinations', pooled(T.ItertoolsCombinations_Type, 'combinations', combinations_new, combinations_next)],
  ['combinations_with_replacement', pooled(T.ItertoolsCwr_Type, 'combinations_with_replacement', cwr_new, cwr_next)],
  [
    'groupby',
    record({
      address: T.ItertoolsGroupby_Type,
      name: 'itertools.groupby',
      refs: 5,
      words: 1,
      slots: { tp_new: groupby_new, tp_iternext: groupby_next },
    }),
  ],
  [
    '_grouper',
    record({
      address: T.ItertoolsGrouper_Type,
      name: 'itertools._grouper',
      refs: 2,
      base: false,
      slots: { tp_iternext: grouper_next },
    }),
  ],
  [
    '_tee',
    record({
      address: T.ItertoolsTee_Type,
      name: 'itertools._tee',
      refs: 1,
      words: 2,
      base: false,
      slots: { tp_new: tee_new, tp_iternext: tee_next },
      methods: [{ name: '__copy__', flags: METH_NOARGS, fn: tee_copy }],
    }),
  ],
  [
    '_tee_dataobject',
    record({ address: T.ItertoolsTeeData_Type, name: 'itertools._tee_dataobject', refs: 3, base: false, slots: {} }),
  ],
];
