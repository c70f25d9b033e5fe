/** set and frozenset: methods and comparison. Mirrors Objects/setobject.c; the table is in setobject.ts, the algebra in setalgebra.ts. */
import {
  _Py_TPFLAGS_MATCH_SELF,
  METH_CLASS,
  METH_COEXIST,
  METH_FASTCALL,
  METH_NOARGS,
  METH_O,
  Py_EQ,
  Py_GE,
  Py_GT,
  Py_ID,
  Py_LE,
  Py_LT,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  PySetObject,
  PyTypeObject,
} from '@moult/abi';
import { PyObject_GC_Del } from '../gc/alloc.ts';
import { HASH_HI, i32, setI32, setI64, setPtr } from '../memory/linear.ts';
import { frozensetHashBegin, frozensetHashEnd, frozensetHashItem } from '../numeric/hashnum.ts';
import { PySequence_List } from './abstract.ts';
import { _PyArg_CheckPositional, _PyArg_NoKeywords, _PyArg_NoKwnames } from './args.ts';
import { callMethod } from './call.ts';
import { keyHash } from './dictobject.ts';
import { _PyErr_SetKeyError } from './dictdelete.ts';
import { raise, swallow } from './errors.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import { PyLong_FromLong } from './longobject.ts';
import { drop, hold, nativeMark, Py_NewRef, type Ref, release, typeNameOf } from './object.ts';
import { PyObject_GenericGetAttr, PyObject_HashNotImplemented, PyObject_Repr } from './objectattr.ts';
import { Py_ReprEnter, Py_ReprLeave } from './reprguard.ts';
import { set_iter } from './setiter.ts';
import {
  make_new_set,
  make_new_set_basetype,
  PyAnySet_Check,
  PySet_Check,
  set_add_key,
  set_clear_internal,
  set_contains_entry,
  set_contains_key,
  set_dealloc,
  set_discard_entry,
  set_next,
  set_update_internal,
  setEntry,
} from './setobject.ts';
import type { TypeSpec } from './spec.ts';
import {
  _PySet_Dummy,
  Py_False,
  Py_None,
  Py_NotImplemented,
  Py_True,
  PyExc_KeyError,
  PyExc_TypeError,
  PyFrozenSet_Type,
  PySet_Type,
} from './static.ts';
import { tupleSteal, _PyTuple_FromArray } from './tupleobject.ts';
import { PyType_GenericAlloc } from './typealloc.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';
import {
  eachEntry,
  eachItem,
  set_and,
  set_difference_multi,
  set_difference_update,
  set_iand,
  set_intersection,
  set_intersection_multi,
  set_intersection_update_multi,
  set_ior,
  set_isdisjoint,
  set_isub,
  set_ixor,
  set_or,
  set_sub,
  set_symmetric_difference,
  set_symmetric_difference_update,
  set_union,
  set_update,
  set_xor,
} from './setalgebra.ts';

type Visit = (x: Ref, arg: number) => void;
export const FILL = PySetObject.fill;
export const USED = PySetObject.used;
export const MASK = PySetObject.mask;
export const TABLE = PySetObject.table;
export const HASH = PySetObject.hash;
export const SMALL = PySetObject.smalltable;

// ---- basics ----

function set_len(so: Ref): number {
  return i32(so + USED);
}
function set_traverse(so: Ref, visit: Visit, arg: number): void {
  for (let i = set_next(so, 0); i >= 0; i = set_next(so, i + 1)) visit(i32(setEntry(so, i)), arg);
}
function set_tp_clear(so: Ref): void {
  set_clear_internal(so);
}
function set_repr(so: Ref): Ref {
  const name = typeNameOf(so);
  if (Py_ReprEnter(so)) return PyUnicode_FromString(`${name}(...)`);
  try {
    if (i32(so + USED) === 0) return PyUnicode_FromString(`${name}()`);
    const m = hold(PySequence_List(so));
    const s = hold(PyObject_Repr(i32(m)));
    const items = asText(i32(s)).slice(1, -1);
    release(m);
    return PyUnicode_FromString(i32(so + 8) === PySet_Type ? `{${items}}` : `${name}({${items}})`);
  } finally {
    Py_ReprLeave(so);
  }
}
/** The hash of the members, whatever their order. High word at HASH_HI. */
function frozenset_hash_impl(so: Ref): number {
  const acc = new Int32Array(2);
  const tmp = new Int32Array(2);
  frozensetHashBegin(acc);
  for (let i = set_next(so, 0); i >= 0; i = set_next(so, i + 1)) {
    const e = setEntry(so, i);
    frozensetHashItem(acc, i32(e + 8), i32(e + 12), tmp);
  }
  frozensetHashEnd(acc, i32(so + USED));
  setI32(HASH_HI, acc[1] as number);
  return acc[0] as number;
}
function frozenset_hash(so: Ref): number {
  const lo = i32(so + HASH);
  const hi = i32(so + HASH + 4);
  if (lo !== -1 || hi !== -1) {
    setI32(HASH_HI, hi);
    return lo;
  }
  const h = frozenset_hash_impl(so);
  setI64(so + HASH, h, i32(HASH_HI));
  return h;
}
/** The hash of a key; a set that cannot be hashed counts as the equal frozenset. */
function lookupHash(key: Ref): number {
  const m = nativeMark();
  try {
    return keyHash(key);
  } catch (e) {
    if (!PySet_Check(key)) throw e;
    swallow(e, PyExc_TypeError, m);
    return frozenset_hash_impl(key);
  }
}
function set_contains(so: Ref, key: Ref): boolean {
  const lo = lookupHash(key);
  return set_contains_entry(so, key, lo, i32(HASH_HI));
}
function set___contains__(so: Ref, key: Ref): Ref {
  return Py_NewRef(set_contains(so, key) ? Py_True : Py_False);
}
function set_add(so: Ref, key: Ref): Ref {
  set_add_key(so, key);
  return Py_NewRef(Py_None);
}
function set_remove(so: Ref, key: Ref): Ref {
  const lo = lookupHash(key);
  if (!set_discard_entry(so, key, lo, i32(HASH_HI))) _PyErr_SetKeyError(key);
  return Py_NewRef(Py_None);
}
function set_discard(so: Ref, key: Ref): Ref {
  const lo = lookupHash(key);
  set_discard_entry(so, key, lo, i32(HASH_HI));
  return Py_NewRef(Py_None);
}
function set_clear(so: Ref): Ref {
  set_clear_internal(so);
  return Py_NewRef(Py_None);
}
/** Takes some member out: a new reference. Starts where the last pop ended. */
export function set_pop_impl(so: Ref): Ref {
  if (i32(so + USED) === 0) raise(PyExc_KeyError, 'pop from an empty set');
  const mask = i32(so + MASK);
  const table = i32(so + TABLE);
  let i = i32(so + PySetObject.finger) & mask;
  for (;;) {
    const k = i32(table + (i << 4));
    if (k !== 0 && k !== _PySet_Dummy) break;
    i = i === mask ? 0 : i + 1;
  }
  const e = table + (i << 4);
  const key = i32(e);
  setPtr(e, _PySet_Dummy);
  setI64(e + 8, -1, -1);
  setI32(so + USED, i32(so + USED) - 1);
  setPtr(so + PySetObject.finger, i + 1);
  return key;
}
function set_sizeof(so: Ref): Ref {
  const own = i32(so + TABLE) === so + SMALL ? 0 : (i32(so + MASK) + 1) * 16;
  return PyLong_FromLong(i32(i32(so + 8) + PyTypeObject.tp_basicsize) + own);
}
function set_reduce(so: Ref): Ref {
  const keys = PySequence_List(so);
  const m = hold(tupleSteal(keys));
  const state = callMethod(so, Py_ID.__getstate__);
  const args = i32(m);
  drop(m);
  return tupleSteal(Py_NewRef(i32(so + 8)), args, state);
}

// ---- making ----

export function set_copy(so: Ref): Ref {
  return make_new_set_basetype(i32(so + 8), so);
}
function frozenset_copy(so: Ref): Ref {
  return i32(so + 8) === PyFrozenSet_Type ? Py_NewRef(so) : set_copy(so);
}
function set_new(type: Ref, _args: Ref, _kwds: Ref): Ref {
  return make_new_set(type, 0);
}
function set_init(self: Ref, args: Ref, kwds: Ref): void {
  _PyArg_NoKeywords('set', kwds);
  const n = i32(args + 16);
  _PyArg_CheckPositional(typeNameOf(self), n, 0, 1);
  if (i32(self + FILL) !== 0) set_clear_internal(self);
  setI64(self + HASH, -1, -1);
  if (n === 1) set_update_internal(self, i32(args + 24));
}
export function set_vectorcall(type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  _PyArg_NoKwnames('set', kwnames);
  _PyArg_CheckPositional('set', nargs, 0, 1);
  return make_new_set(type, nargs === 0 ? 0 : i32(args));
}
function make_new_frozenset(type: Ref, iterable: Ref): Ref {
  if (type === PyFrozenSet_Type && iterable !== 0 && i32(iterable + 8) === PyFrozenSet_Type) return Py_NewRef(iterable);
  return make_new_set(type, iterable);
}
function frozenset_new(type: Ref, args: Ref, kwds: Ref): Ref {
  if (type === PyFrozenSet_Type || i32(type + PyTypeObject.tp_init) === i32(PyFrozenSet_Type + PyTypeObject.tp_init)) {
    _PyArg_NoKeywords('frozenset', kwds);
  }
  const n = i32(args + 16);
  _PyArg_CheckPositional('frozenset', n, 0, 1);
  return make_new_frozenset(type, n === 0 ? 0 : i32(args + 24));
}
export function frozenset_vectorcall(type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  _PyArg_NoKwnames('frozenset', kwnames);
  _PyArg_CheckPositional('frozenset', nargs, 0, 1);
  return make_new_frozenset(type, nargs === 0 ? 0 : i32(args));
}

// ---- comparison ----

function isSubset(so: Ref, other: Ref): boolean {
  if (!PyAnySet_Check(other)) {
    const m = hold(set_intersection(so, other));
    const same = i32(i32(m) + USED) === i32(so + USED);
    release(m);
    return same;
  }
  if (i32(so + USED) > i32(other + USED)) return false;
  return eachEntry(so, (key, lo, hi) => set_contains_entry(other, key, lo, hi));
}
function set_issubset(so: Ref, other: Ref): Ref {
  return Py_NewRef(isSubset(so, other) ? Py_True : Py_False);
}
function set_issuperset(so: Ref, other: Ref): Ref {
  if (PyAnySet_Check(other)) return Py_NewRef(isSubset(other, so) ? Py_True : Py_False);
  return Py_NewRef(eachItem(other, (key) => set_contains_key(so, key)) ? Py_True : Py_False);
}
function setsEqual(v: Ref, w: Ref): boolean {
  if (i32(v + USED) !== i32(w + USED)) return false;
  const vl = i32(v + HASH);
  const vh = i32(v + HASH + 4);
  const wl = i32(w + HASH);
  const wh = i32(w + HASH + 4);
  if ((vl !== -1 || vh !== -1) && (wl !== -1 || wh !== -1) && (vl !== wl || vh !== wh)) return false;
  return isSubset(v, w);
}
function set_richcompare(v: Ref, w: Ref, op: number): Ref {
  if (!PyAnySet_Check(w)) return Py_NewRef(Py_NotImplemented);
  const vn = i32(v + USED);
  const wn = i32(w + USED);
  let r = false;
  if (op === Py_EQ) r = setsEqual(v, w);
  else if (op === Py_NE) r = !setsEqual(v, w);
  else if (op === Py_LE) r = isSubset(v, w);
  else if (op === Py_GE) r = isSubset(w, v);
  else if (op === Py_LT) r = vn < wn && isSubset(v, w);
  else if (op === Py_GT) r = vn > wn && isSubset(w, v);
  return Py_NewRef(r ? Py_True : Py_False);
}

/** With *others, whose items wait in a tuple of their own while the method runs. */
function throughTuple(
  fn: (so: Ref, args: number, nargs: number) => Ref,
): (so: Ref, args: number, nargs: number) => Ref {
  return (so, args, nargs) => {
    const tuple = _PyTuple_FromArray(args, nargs);
    const m = hold(tuple);
    const result = fn(so, tuple + 24, nargs);
    release(m);
    return result;
  };
}

const SHARED = [
  { name: '__contains__', flags: METH_O | METH_COEXIST, fn: set___contains__ },
  { name: 'difference', flags: METH_FASTCALL, fn: throughTuple(set_difference_multi) },
  { name: 'intersection', flags: METH_FASTCALL, fn: throughTuple(set_intersection_multi) },
  { name: 'isdisjoint', flags: METH_O, fn: set_isdisjoint },
  { name: 'issubset', flags: METH_O, fn: set_issubset },
  { name: 'issuperset', flags: METH_O, fn: set_issuperset },
  { name: '__reduce__', flags: METH_NOARGS, fn: set_reduce },
  { name: '__sizeof__', flags: METH_NOARGS, fn: set_sizeof },
  { name: 'symmetric_difference', flags: METH_O, fn: set_symmetric_difference },
  { name: 'union', flags: METH_FASTCALL, fn: throughTuple(set_union) },
  { name: '__class_getitem__', flags: METH_O | METH_CLASS, fn: Py_GenericAlias },
] as const;

export const setSpec: TypeSpec = {
  address: PySet_Type,
  name: 'set',
  basicsize: PySetObject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
  doc: 'set() -> new empty set object\nset(iterable) -> new set object\n\nAn unordered collection of different items.',
  weaklistoffset: PySetObject.weakreflist,
  slots: {
    tp_dealloc: set_dealloc,
    tp_repr: set_repr,
    tp_hash: PyObject_HashNotImplemented,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: set_traverse,
    tp_clear: set_tp_clear,
    tp_richcompare: set_richcompare,
    tp_iter: set_iter,
    tp_init: set_init,
    tp_alloc: PyType_GenericAlloc,
    tp_new: set_new,
    tp_free: PyObject_GC_Del,
    tp_vectorcall: set_vectorcall,
    nb_subtract: set_sub,
    nb_and: set_and,
    nb_xor: set_xor,
    nb_or: set_or,
    nb_inplace_subtract: set_isub,
    nb_inplace_and: set_iand,
    nb_inplace_xor: set_ixor,
    nb_inplace_or: set_ior,
    sq_length: set_len,
    sq_contains: set_contains,
  },
  methods: [
    { name: 'add', flags: METH_O, fn: set_add },
    { name: 'clear', flags: METH_NOARGS, fn: set_clear },
    { name: 'copy', flags: METH_NOARGS, fn: set_copy },
    { name: 'discard', flags: METH_O, fn: set_discard },
    { name: 'difference_update', flags: METH_FASTCALL, fn: throughTuple(set_difference_update) },
    { name: 'intersection_update', flags: METH_FASTCALL, fn: throughTuple(set_intersection_update_multi) },
    { name: 'pop', flags: METH_NOARGS, fn: set_pop_impl },
    { name: 'remove', flags: METH_O, fn: set_remove },
    { name: 'symmetric_difference_update', flags: METH_O, fn: set_symmetric_difference_update },
    { name: 'update', flags: METH_FASTCALL, fn: throughTuple(set_update) },
    ...SHARED,
  ],
};
export const frozenSetSpec: TypeSpec = {
  address: PyFrozenSet_Type,
  name: 'frozenset',
  basicsize: PySetObject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
  doc: 'frozenset() -> empty frozenset object\nfrozenset(iterable) -> frozenset object\n\nAn immutable unordered collection of different items.',
  weaklistoffset: PySetObject.weakreflist,
  slots: {
    tp_dealloc: set_dealloc,
    tp_repr: set_repr,
    tp_hash: frozenset_hash,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: set_traverse,
    tp_clear: set_tp_clear,
    tp_richcompare: set_richcompare,
    tp_iter: set_iter,
    tp_alloc: PyType_GenericAlloc,
    tp_new: frozenset_new,
    tp_free: PyObject_GC_Del,
    tp_vectorcall: frozenset_vectorcall,
    nb_subtract: set_sub,
    nb_and: set_and,
    nb_xor: set_xor,
    nb_or: set_or,
    sq_length: set_len,
    sq_contains: set_contains,
  },
  methods: [{ name: 'copy', flags: METH_NOARGS, fn: frozenset_copy }, ...SHARED],
};
