/** set and frozenset: intersection, difference, union, symmetric difference and their in-place forms. Mirrors Objects/setobject.c. */
import { PyDictObject } from '@moult/abi';
import { bytes, HASH_HI, i32, setI32, setI64, setPtr } from '../memory/linear.ts';
import { PyIter_Next, PyObject_GetIter } from './abstract.ts';
import { _PyDict_GetItem_KnownHash, hashSlot, keyHash, PyDict_Next } from './dictobject.ts';
import { drop, hold, Py_DECREF, Py_NewRef, type Ref, release } from './object.ts';
import {
  make_new_set_basetype,
  PyAnySet_Check,
  PyAnySet_CheckExact,
  set_add_entry,
  set_clear_internal,
  set_contains_entry,
  set_contains_key,
  set_discard_entry,
  set_discard_key,
  set_next,
  set_table_resize,
  set_update_internal,
  setEntry,
} from './setobject.ts';
import { Py_False, Py_None, Py_NotImplemented, Py_True, PyDict_Type } from './static.ts';
import { FILL, HASH, MASK, SMALL, TABLE, USED, set_copy } from './setmethods.ts';

// ---- walking another set while the comparison of keys may run Python ----

/** Calls `visit` for each entry of `so` as it is met; the key is held. Stops when it returns false. */
export function eachEntry(so: Ref, visit: (key: Ref, lo: number, hi: number) => boolean): boolean {
  for (let i = set_next(so, 0); i >= 0; i = set_next(so, i + 1)) {
    const e = setEntry(so, i);
    const m = hold(Py_NewRef(i32(e)));
    const go = visit(i32(e), i32(e + 8), i32(e + 12));
    release(m);
    if (!go) return false;
  }
  return true;
}
export function eachItem(iterable: Ref, visit: (item: Ref) => boolean): boolean {
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

export function set_intersection(so: Ref, other: Ref): Ref {
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
export function set_intersection_multi(so: Ref, args: number, nargs: number): Ref {
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
export function set_intersection_update_multi(so: Ref, args: number, nargs: number): Ref {
  const m = hold(set_intersection_multi(so, args, nargs));
  set_swap_bodies(so, i32(m));
  release(m);
  return Py_NewRef(Py_None);
}
export function set_and(so: Ref, other: Ref): Ref {
  if (!PyAnySet_Check(so) || !PyAnySet_Check(other)) return Py_NewRef(Py_NotImplemented);
  return set_intersection(so, other);
}
export function set_iand(so: Ref, other: Ref): Ref {
  if (!PyAnySet_Check(other)) return Py_NewRef(Py_NotImplemented);
  const m = hold(set_intersection(so, other));
  set_swap_bodies(so, i32(m));
  release(m);
  return Py_NewRef(so);
}
export function set_isdisjoint(so: Ref, other: Ref): Ref {
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
export function set_difference_multi(so: Ref, args: number, nargs: number): Ref {
  if (nargs === 0) return set_copy(so);
  const result = set_difference(so, i32(args));
  const m = hold(result);
  for (let i = 1; i < nargs; i++) set_difference_update_internal(result, i32(args + (i << 3)));
  drop(m);
  return result;
}
export function set_difference_update(so: Ref, args: number, nargs: number): Ref {
  for (let i = 0; i < nargs; i++) set_difference_update_internal(so, i32(args + (i << 3)));
  return Py_NewRef(Py_None);
}
export function set_sub(so: Ref, other: Ref): Ref {
  if (!PyAnySet_Check(so) || !PyAnySet_Check(other)) return Py_NewRef(Py_NotImplemented);
  return set_difference(so, other);
}
export function set_isub(so: Ref, other: Ref): Ref {
  if (!PyAnySet_Check(other)) return Py_NewRef(Py_NotImplemented);
  set_difference_update_internal(so, other);
  return Py_NewRef(so);
}
function toggle(so: Ref, key: Ref, lo: number, hi: number): void {
  if (!set_discard_entry(so, key, lo, hi)) set_add_entry(so, key, lo, hi);
}
export function set_symmetric_difference_update(so: Ref, other: Ref): Ref {
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
export function set_symmetric_difference(so: Ref, other: Ref): Ref {
  const result = make_new_set_basetype(i32(so + 8), other);
  const m = hold(result);
  Py_DECREF(set_symmetric_difference_update(result, so));
  drop(m);
  return result;
}
export function set_xor(so: Ref, other: Ref): Ref {
  if (!PyAnySet_Check(so) || !PyAnySet_Check(other)) return Py_NewRef(Py_NotImplemented);
  return set_symmetric_difference(so, other);
}
export function set_ixor(so: Ref, other: Ref): Ref {
  if (!PyAnySet_Check(other)) return Py_NewRef(Py_NotImplemented);
  Py_DECREF(set_symmetric_difference_update(so, other));
  return Py_NewRef(so);
}
export function set_union(so: Ref, args: number, nargs: number): Ref {
  const result = set_copy(so);
  const m = hold(result);
  for (let i = 0; i < nargs; i++) {
    const other = i32(args + (i << 3));
    if (other !== so) set_update_internal(result, other);
  }
  drop(m);
  return result;
}
export function set_update(so: Ref, args: number, nargs: number): Ref {
  for (let i = 0; i < nargs; i++) set_update_internal(so, i32(args + (i << 3)));
  return Py_NewRef(Py_None);
}
export function set_or(so: Ref, other: Ref): Ref {
  if (!PyAnySet_Check(so) || !PyAnySet_Check(other)) return Py_NewRef(Py_NotImplemented);
  const result = set_copy(so);
  if (so === other) return result;
  const m = hold(result);
  set_update_internal(result, other);
  drop(m);
  return result;
}
export function set_ior(so: Ref, other: Ref): Ref {
  if (!PyAnySet_Check(other)) return Py_NewRef(Py_NotImplemented);
  set_update_internal(so, other);
  return Py_NewRef(so);
}
