/** set and frozenset: methods, operators, comparison. Mirrors Objects/setobject.c; the table is in setobject.ts. */
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
  PyDictObject,
  PySetObject,
  PyTypeObject,
} from '@moult/abi';
import { PyObject_GC_Del } from '../gc/alloc.ts';
import { bytes, HASH_HI, i32, setI32, setI64, setPtr } from '../memory/linear.ts';
import { frozensetHashBegin, frozensetHashEnd, frozensetHashItem } from '../numeric/hashnum.ts';
import { PyIter_Next, PyObject_GetIter, PySequence_List } from './abstract.ts';
import { _PyArg_CheckPositional, _PyArg_NoKeywords, _PyArg_NoKwnames } from './args.ts';
import { callMethod } from './call.ts';
import { _PyDict_GetItem_KnownHash, _PyErr_SetKeyError, hashSlot, keyHash, PyDict_Next } from './dictobject.ts';
import { raise, swallow } from './errors.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import { PyLong_FromLong } from './longobject.ts';
import { drop, hold, nativeMark, Py_DECREF, Py_NewRef, type Ref, release, typeNameOf } from './object.ts';
import { PyObject_GenericGetAttr, PyObject_HashNotImplemented, PyObject_Repr } from './objectattr.ts';
import { Py_ReprEnter, Py_ReprLeave } from './reprguard.ts';
import { set_iter } from './setiter.ts';
import {
  make_new_set,
  make_new_set_basetype,
  PyAnySet_Check,
  PyAnySet_CheckExact,
  PySet_Check,
  set_add_entry,
  set_add_key,
  set_clear_internal,
  set_contains_entry,
  set_contains_key,
  set_dealloc,
  set_discard_entry,
  set_discard_key,
  set_next,
  set_table_resize,
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
  PyDict_Type,
  PyExc_KeyError,
  PyExc_TypeError,
  PyFrozenSet_Type,
  PySet_Type,
} from './static.ts';
import { tupleSteal, _PyTuple_FromArray } from './tupleobject.ts';
import { PyType_GenericAlloc } from './typealloc.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';

type Visit = (x: Ref, arg: number) => void;
const FILL = PySetObject.fill;
const USED = PySetObject.used;
const MASK = PySetObject.mask;
const TABLE = PySetObject.table;
const HASH = PySetObject.hash;
const SMALL = PySetObject.smalltable;

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

function set_copy(so: Ref): Ref {
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
function set_vectorcall(type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
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
function frozenset_vectorcall(type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  _PyArg_NoKwnames('frozenset', kwnames);
  _PyArg_CheckPositional('frozenset', nargs, 0, 1);
  return make_new_frozenset(type, nargs === 0 ? 0 : i32(args));
}

// ---- walking another set while the comparison of keys may run Python ----

/** Calls `visit` for each entry of `so` as it is met; the key is held. Stops when it returns false. */
function eachEntry(so: Ref, visit: (key: Ref, lo: number, hi: number) => boolean): boolean {
  for (let i = set_next(so, 0); i >= 0; i = set_next(so, i + 1)) {
    const e = setEntry(so, i);
    const m = hold(Py_NewRef(i32(e)));
    const go = visit(i32(e), i32(e + 8), i32(e + 12));
    release(m);
    if (!go) return false;
  }
  return true;
}
function eachItem(iterable: Ref, visit: (item: Ref) => boolean): boolean {
  const it = PyObject_GetIter(iterable);
  const m = hold(it);
  for (let x = PyIter_Next(it); x !== 0; x = PyIter_Next(it)) {
    const k = hold(x);
    const go = visit(x);
    release(k);
    if (!go) {
      release(m);
      return false;
    }
  }
  release(m);
  return true;
}

// ---- set algebra ----

function set_intersection(so: Ref, other: Ref): Ref {
  if (so === other) return set_copy(so);
  const result = make_new_set_basetype(i32(so + 8), 0);
  const m = hold(result);
  if (PyAnySet_Check(other)) {
    const swap = i32(other + USED) > i32(so + USED);
    const small = swap ? so : other;
    const large = swap ? other : so;
    eachEntry(small, (key, lo, hi) => {
      if (set_contains_entry(large, key, lo, hi)) set_add_entry(result, key, lo, hi);
      return true;
    });
  } else {
    eachItem(other, (key) => {
      const lo = keyHash(key);
      const hi = i32(HASH_HI);
      if (!set_contains_entry(so, key, lo, hi)) return true;
      set_add_entry(result, key, lo, hi);
      return i32(result + USED) < i32(so + USED); // more than the whole set it cannot become
    });
  }
  drop(m);
  return result;
}
function set_intersection_multi(so: Ref, args: number, nargs: number): Ref {
  if (nargs === 0) return set_copy(so);
  let result = Py_NewRef(so);
  for (let i = 0; i < nargs; i++) {
    const m = hold(result);
    const next = set_intersection(result, i32(args + (i << 3)));
    hold(next);
    setI32(m, next);
    setI32(m + 8, result);
    release(m + 8);
    drop(m);
    result = next;
  }
  return result;
}
/** Exchanges the tables of two sets. */
function set_swap_bodies(a: Ref, b: Ref): void {
  const ownA = i32(a + TABLE) === a + SMALL;
  const ownB = i32(b + TABLE) === b + SMALL;
  for (const at of [FILL, USED, MASK, TABLE]) {
    const t = i32(a + at);
    setPtr(a + at, i32(b + at));
    setPtr(b + at, t);
  }
  if (ownB) setPtr(a + TABLE, a + SMALL);
  if (ownA) setPtr(b + TABLE, b + SMALL);
  if (ownA || ownB) {
    const t = bytes.slice(a + SMALL, a + SMALL + 128);
    bytes.copyWithin(a + SMALL, b + SMALL, b + SMALL + 128);
    bytes.set(t, b + SMALL);
  }
  setI64(a + HASH, -1, -1);
  setI64(b + HASH, -1, -1);
}
function set_intersection_update_multi(so: Ref, args: number, nargs: number): Ref {
  const m = hold(set_intersection_multi(so, args, nargs));
  set_swap_bodies(so, i32(m));
  release(m);
  return Py_NewRef(Py_None);
}
function set_and(so: Ref, other: Ref): Ref {
  if (!PyAnySet_Check(so) || !PyAnySet_Check(other)) return Py_NewRef(Py_NotImplemented);
  return set_intersection(so, other);
}
function set_iand(so: Ref, other: Ref): Ref {
  if (!PyAnySet_Check(other)) return Py_NewRef(Py_NotImplemented);
  const m = hold(set_intersection(so, other));
  set_swap_bodies(so, i32(m));
  release(m);
  return Py_NewRef(so);
}
function set_isdisjoint(so: Ref, other: Ref): Ref {
  if (so === other) return Py_NewRef(i32(so + USED) === 0 ? Py_True : Py_False);
  if (PyAnySet_CheckExact(other)) {
    const swap = i32(other + USED) > i32(so + USED);
    const small = swap ? so : other;
    const large = swap ? other : so;
    return Py_NewRef(eachEntry(small, (key, lo, hi) => !set_contains_entry(large, key, lo, hi)) ? Py_True : Py_False);
  }
  return Py_NewRef(eachItem(other, (key) => !set_contains_key(so, key)) ? Py_True : Py_False);
}
function set_difference_update_internal(so: Ref, other: Ref): void {
  if (so === other) {
    set_clear_internal(so);
    return;
  }
  if (PyAnySet_Check(other)) {
    const m = hold(i32(other + USED) >> 3 > i32(so + USED) ? set_intersection(so, other) : Py_NewRef(other));
    eachEntry(i32(m), (key, lo, hi) => {
      set_discard_entry(so, key, lo, hi);
      return true;
    });
    release(m);
  } else {
    eachItem(other, (key) => {
      set_discard_key(so, key);
      return true;
    });
  }
  const used = i32(so + USED);
  if (i32(so + FILL) - used > Math.floor(i32(so + MASK) / 4)) set_table_resize(so, used > 50000 ? used * 2 : used * 4);
}
function set_copy_and_difference(so: Ref, other: Ref): Ref {
  const result = set_copy(so);
  const m = hold(result);
  set_difference_update_internal(result, other);
  drop(m);
  return result;
}
function set_difference(so: Ref, other: Ref): Ref {
  const dict = i32(other + 8) === PyDict_Type;
  let size: number;
  if (PyAnySet_Check(other)) size = i32(other + USED);
  else if (dict) size = i32(other + PyDictObject.ma_used);
  else return set_copy_and_difference(so, other);
  if (i32(so + USED) >> 2 > size) return set_copy_and_difference(so, other);
  const result = make_new_set_basetype(i32(so + 8), 0);
  const m = hold(result);
  eachEntry(so, (key, lo, hi) => {
    const there = dict ? _PyDict_GetItem_KnownHash(other, key, lo, hi) !== 0 : set_contains_entry(other, key, lo, hi);
    if (!there) set_add_entry(result, key, lo, hi);
    return true;
  });
  drop(m);
  return result;
}
function set_difference_multi(so: Ref, args: number, nargs: number): Ref {
  if (nargs === 0) return set_copy(so);
  const result = set_difference(so, i32(args));
  const m = hold(result);
  for (let i = 1; i < nargs; i++) set_difference_update_internal(result, i32(args + (i << 3)));
  drop(m);
  return result;
}
function set_difference_update(so: Ref, args: number, nargs: number): Ref {
  for (let i = 0; i < nargs; i++) set_difference_update_internal(so, i32(args + (i << 3)));
  return Py_NewRef(Py_None);
}
function set_sub(so: Ref, other: Ref): Ref {
  if (!PyAnySet_Check(so) || !PyAnySet_Check(other)) return Py_NewRef(Py_NotImplemented);
  return set_difference(so, other);
}
function set_isub(so: Ref, other: Ref): Ref {
  if (!PyAnySet_Check(other)) return Py_NewRef(Py_NotImplemented);
  set_difference_update_internal(so, other);
  return Py_NewRef(so);
}
function toggle(so: Ref, key: Ref, lo: number, hi: number): void {
  if (!set_discard_entry(so, key, lo, hi)) set_add_entry(so, key, lo, hi);
}
function set_symmetric_difference_update(so: Ref, other: Ref): Ref {
  if (so === other) {
    set_clear_internal(so);
    return Py_NewRef(Py_None);
  }
  if (i32(other + 8) === PyDict_Type) {
    const pos = { i: 0, key: 0, value: 0 };
    while (PyDict_Next(other, pos)) {
      const at = hashSlot(other, pos);
      const m = hold(Py_NewRef(pos.key));
      toggle(so, i32(m), i32(at), i32(at + 4));
      release(m);
    }
    return Py_NewRef(Py_None);
  }
  const m = hold(PyAnySet_Check(other) ? Py_NewRef(other) : make_new_set_basetype(i32(so + 8), other));
  eachEntry(i32(m), (key, lo, hi) => {
    toggle(so, key, lo, hi);
    return true;
  });
  release(m);
  return Py_NewRef(Py_None);
}
function set_symmetric_difference(so: Ref, other: Ref): Ref {
  const result = make_new_set_basetype(i32(so + 8), other);
  const m = hold(result);
  Py_DECREF(set_symmetric_difference_update(result, so));
  drop(m);
  return result;
}
function set_xor(so: Ref, other: Ref): Ref {
  if (!PyAnySet_Check(so) || !PyAnySet_Check(other)) return Py_NewRef(Py_NotImplemented);
  return set_symmetric_difference(so, other);
}
function set_ixor(so: Ref, other: Ref): Ref {
  if (!PyAnySet_Check(other)) return Py_NewRef(Py_NotImplemented);
  Py_DECREF(set_symmetric_difference_update(so, other));
  return Py_NewRef(so);
}
function set_union(so: Ref, args: number, nargs: number): Ref {
  const result = set_copy(so);
  const m = hold(result);
  for (let i = 0; i < nargs; i++) {
    const other = i32(args + (i << 3));
    if (other !== so) set_update_internal(result, other);
  }
  drop(m);
  return result;
}
function set_update(so: Ref, args: number, nargs: number): Ref {
  for (let i = 0; i < nargs; i++) set_update_internal(so, i32(args + (i << 3)));
  return Py_NewRef(Py_None);
}
function set_or(so: Ref, other: Ref): Ref {
  if (!PyAnySet_Check(so) || !PyAnySet_Check(other)) return Py_NewRef(Py_NotImplemented);
  const result = set_copy(so);
  if (so === other) return result;
  const m = hold(result);
  set_update_internal(result, other);
  drop(m);
  return result;
}
function set_ior(so: Ref, other: Ref): Ref {
  if (!PyAnySet_Check(other)) return Py_NewRef(Py_NotImplemented);
  set_update_internal(so, other);
  return Py_NewRef(so);
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
