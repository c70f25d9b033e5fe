/**
 * set and frozenset: the table, making, adding, looking up, merging. Mirrors the core of Objects/setobject.c; methods
 * are in setmethods.ts, the iterator in setiter.ts.
 *
 *   PySetObject  +16 fill (active + dummies)  +24 used  +32 mask  +40 table  +48 hash (frozenset; -1: not yet)  +56 finger
 *                +64 smalltable: 8 entries  +192 weakreflist
 *   setentry     +0 key  +8 hash; never used: 0, 0; dummy: _PySet_Dummy, -1
 */
import { PyDictObject, PySetObject, PyTypeObject } from '@moult/abi';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { bytes, HASH_HI, i32, mem, setI32, setI64, setPtr, TRASH_POSTPONED } from '../memory/linear.ts';
import { memzero } from '../memory/raw.ts';
import { PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyIter_Next, PyObject_GetIter } from './abstract.ts';
import { hashSlot, keyHash, PyDict_Next } from './dictobject.ts';
import { PyErr_BadInternalCall, PyErr_NoMemory } from './errors.ts';
import { releaseForwards } from './listslice.ts';
import { drop, hold, Py_DECREF, Py_INCREF, Py_NewRef, PyType_IsSubtype, type Ref, release } from './object.ts';
import { PyObject_RichCompareBool } from './objectattr.ts';
import { _PySet_Dummy, PyDict_Type, PyFrozenSet_Type, PySet_Type, PyUnicode_Type } from './static.ts';
import { unicode_eq } from './unicodeobject.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';
import { waiting } from './trashcan.ts';

const LINEAR_PROBES = 9;
const PySet_MINSIZE = 8;
const FILL = PySetObject.fill;
const USED = PySetObject.used;
const MASK = PySetObject.mask;
const TABLE = PySetObject.table;
const HASH = PySetObject.hash;
const FINGER = PySetObject.finger;
const SMALL = PySetObject.smalltable;

export function PyAnySet_CheckExact(op: Ref): boolean {
  const t = i32(op + 8);
  return t === PySet_Type || t === PyFrozenSet_Type;
}
export function PyAnySet_Check(op: Ref): boolean {
  const t = i32(op + 8);
  return (
    t === PySet_Type ||
    t === PyFrozenSet_Type ||
    PyType_IsSubtype(t, PySet_Type) ||
    PyType_IsSubtype(t, PyFrozenSet_Type)
  );
}
export function PySet_Check(op: Ref): boolean {
  return PyType_IsSubtype(i32(op + 8), PySet_Type);
}
export function PyFrozenSet_CheckExact(op: Ref): boolean {
  return i32(op + 8) === PyFrozenSet_Type;
}
export function PySet_GET_SIZE(op: Ref): number {
  return i32(op + USED);
}

/** Address of the entry with this key, or of the unused entry where the search ended. */
export function set_lookkey(so: Ref, key: Ref, lo: number, hi: number): number {
  return search(so, key, lo, hi, false);
}
/** As set_lookkey; with `adding`, a missing key's place may be the last dummy that was met. */
function search(so: Ref, key: Ref, lo: number, hi: number, adding: boolean): number {
  const unicode = i32(key + 8) === PyUnicode_Type;
  for (;;) {
    const table = i32(so + TABLE);
    const mask = i32(so + MASK);
    let pl = lo;
    let ph = hi;
    let i = lo & mask;
    let restart = false;
    let free = 0;
    while (!restart) {
      let e = table + (i << 4);
      let probes = i + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
      do {
        const el = mem.getInt32(e + 8, true);
        const eh = mem.getInt32(e + 12, true);
        const k = mem.getInt32(e, true);
        if (k === 0 && el === 0 && eh === 0) return free !== 0 ? free : e;
        if (el === lo && eh === hi) {
          if (k === key) return e;
          if (unicode && i32(k + 8) === PyUnicode_Type) {
            if (unicode_eq(k, key)) return e;
          } else if (k !== _PySet_Dummy) {
            const m = hold(Py_NewRef(k));
            const same = PyObject_RichCompareBool(k, key, 2);
            const unchanged = i32(so + TABLE) === table && i32(e) === k;
            release(m);
            if (!unchanged) {
              restart = true;
              break;
            }
            if (same) return e;
          }
        } else if (adding && k === _PySet_Dummy) free = e;
        e += 16;
      } while (probes-- > 0);
      pl = (pl >>> 5) | (ph << 27);
      ph >>>= 5;
      i = (Math.imul(i, 5) + 1 + pl) & mask;
    }
  }
}
/** Adds a borrowed key with its hash unless an equal one is there. */
export function set_add_entry(so: Ref, key: Ref, lo: number, hi: number): void {
  const m = hold(Py_NewRef(key));
  const e = search(so, key, lo, hi, true);
  const found = i32(e);
  if (found !== 0 && found !== _PySet_Dummy) {
    release(m);
    return;
  }
  drop(m);
  if (found !== 0) {
    setI32(so + USED, i32(so + USED) + 1);
    setPtr(e, key);
    setI64(e + 8, lo, hi);
    return;
  }
  const fill = i32(so + FILL) + 1;
  const used = i32(so + USED) + 1;
  setI32(so + FILL, fill);
  setI32(so + USED, used);
  setPtr(e, key);
  setI64(e + 8, lo, hi);
  if (fill * 5 >= i32(so + MASK) * 3) set_table_resize(so, used > 50000 ? used * 2 : used * 4);
}
/** Puts an owned key into a table that has no equal key and no dummies. */
function set_insert_clean(table: number, mask: number, key: Ref, lo: number, hi: number): void {
  let pl = lo;
  let ph = hi;
  let i = lo & mask;
  for (;;) {
    let e = table + (i << 4);
    let probes = i + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
    do {
      if (i32(e) === 0) {
        setPtr(e, key);
        setI64(e + 8, lo, hi);
        return;
      }
      e += 16;
    } while (probes-- > 0);
    pl = (pl >>> 5) | (ph << 27);
    ph >>>= 5;
    i = (Math.imul(i, 5) + 1 + pl) & mask;
  }
}
/** Moves the entries to a table of more than `minused` slots, without the dummies. */
export function set_table_resize(so: Ref, minused: number): void {
  let size = PySet_MINSIZE;
  while (size <= minused) size *= 2;
  const old = i32(so + TABLE);
  const malloced = old !== so + SMALL;
  const oldMask = i32(so + MASK);
  let copy: Uint8Array | null = null;
  let table: number;
  if (size === PySet_MINSIZE) {
    table = so + SMALL;
    if (table === old) {
      if (i32(so + FILL) === i32(so + USED)) return;
      copy = bytes.slice(old, old + 128);
    }
  } else {
    table = size < 0x7ffffff ? PyMem_Malloc(size << 4) : 0;
    if (table === 0) PyErr_NoMemory();
  }
  if (copy !== null) {
    // re-insertion in place: the copy is read through a view of the same layout
    const view = new DataView(copy.buffer);
    bytes.fill(0, table, table + (size << 4));
    for (let p = 0; p < 128; p += 16)
      reinsert(table, size - 1, view.getInt32(p, true), view.getInt32(p + 8, true), view.getInt32(p + 12, true));
  } else {
    bytes.fill(0, table, table + (size << 4));
    const end = old + ((oldMask + 1) << 4);
    for (let e = old; e < end; e += 16) reinsert(table, size - 1, i32(e), i32(e + 8), i32(e + 12));
  }
  setPtr(so + MASK, size - 1);
  setPtr(so + TABLE, table);
  setI32(so + FILL, i32(so + USED));
  if (malloced) PyMem_Free(old);
}
function reinsert(table: number, mask: number, key: Ref, lo: number, hi: number): void {
  if (key !== 0 && key !== _PySet_Dummy) set_insert_clean(table, mask, key, lo, hi);
}
export function set_contains_entry(so: Ref, key: Ref, lo: number, hi: number): boolean {
  return i32(set_lookkey(so, key, lo, hi)) !== 0;
}
/** Removes an equal key; true if there was one. */
export function set_discard_entry(so: Ref, key: Ref, lo: number, hi: number): boolean {
  const e = set_lookkey(so, key, lo, hi);
  const old = i32(e);
  if (old === 0) return false;
  setPtr(e, _PySet_Dummy);
  setI64(e + 8, -1, -1);
  setI32(so + USED, i32(so + USED) - 1);
  Py_DECREF(old);
  return true;
}
export function set_add_key(so: Ref, key: Ref): void {
  const lo = keyHash(key);
  set_add_entry(so, key, lo, i32(HASH_HI));
}
export function set_contains_key(so: Ref, key: Ref): boolean {
  const lo = keyHash(key);
  return set_contains_entry(so, key, lo, i32(HASH_HI));
}
export function set_discard_key(so: Ref, key: Ref): boolean {
  const lo = keyHash(key);
  return set_discard_entry(so, key, lo, i32(HASH_HI));
}
/** The next active entry from index `pos` on: its index, or -1. Read the entry at setEntry(so, index). */
export function set_next(so: Ref, pos: number): number {
  const mask = i32(so + MASK);
  const table = i32(so + TABLE);
  for (let i = pos; i <= mask; i++) {
    const k = i32(table + (i << 4));
    if (k !== 0 && k !== _PySet_Dummy) return i;
  }
  return -1;
}
export function setEntry(so: Ref, index: number): number {
  return i32(so + TABLE) + (index << 4);
}

function set_empty_to_minsize(so: Ref): void {
  memzero(so + SMALL, 128);
  setPtr(so + FILL, 0);
  setPtr(so + USED, 0);
  setPtr(so + MASK, PySet_MINSIZE - 1);
  setPtr(so + TABLE, so + SMALL);
  setI64(so + HASH, -1, -1);
}
/** Empties the set before the first key is released. */
export function set_clear_internal(so: Ref): void {
  const table = i32(so + TABLE);
  const mask = i32(so + MASK);
  if (table === so + SMALL) {
    if (i32(so + FILL) === 0) return;
    const m = hold(0);
    for (let i = mask; i >= 0; i--) {
      const k = i32(table + (i << 4));
      if (k !== 0 && k !== _PySet_Dummy) hold(k);
    }
    set_empty_to_minsize(so);
    release(m);
    return;
  }
  let n = 0;
  for (let i = 0; i <= mask; i++) {
    const k = i32(table + (i << 4));
    if (k !== 0 && k !== _PySet_Dummy) setPtr(table + (n++ << 3), k);
  }
  set_empty_to_minsize(so);
  releaseForwards(table, n);
  PyMem_Free(table);
}
export function set_dealloc(so: Ref): void {
  PyObject_GC_UnTrack(so);
  if (i32(so + PySetObject.weakreflist) !== 0) PyObject_ClearWeakRefs(so);
  const table = i32(so + TABLE);
  const end = table + ((i32(so + MASK) + 1) << 4);
  for (let e = table, used = i32(so + USED); used > 0 && e < end; e += 16) {
    const k = i32(e);
    if (k === 0 || k === _PySet_Dummy) continue;
    used--;
    setI32(e, 0);
    Py_DECREF(k);
    if (i32(TRASH_POSTPONED) !== 0 && waiting()) return;
  }
  if (table !== so + SMALL) PyMem_Free(table);
  text[i32(i32(so + 8) + PyTypeObject.tp_free)]?.(so);
}

/** Adds all of another set. */
function set_merge(so: Ref, other: Ref): void {
  const n = i32(other + USED);
  if (other === so || n === 0) return;
  if ((i32(so + FILL) + n) * 5 >= i32(so + MASK) * 3) set_table_resize(so, (i32(so + USED) + n) * 2);
  const mask = i32(so + MASK);
  const table = i32(so + TABLE);
  const omask = i32(other + MASK);
  let o = i32(other + TABLE);
  if (i32(so + FILL) === 0) {
    const same = mask === omask && i32(other + FILL) === n;
    for (let i = 0; i <= omask; i++, o += 16) {
      const k = i32(o);
      if (k === 0 || k === _PySet_Dummy) continue;
      Py_INCREF(k);
      if (same) {
        setPtr(table + (i << 4), k);
        setI64(table + (i << 4) + 8, i32(o + 8), i32(o + 12));
      } else set_insert_clean(table, mask, k, i32(o + 8), i32(o + 12));
    }
    setI32(so + FILL, n);
    setI32(so + USED, n);
    return;
  }
  for (let i = 0; i <= i32(other + MASK); i++) {
    o = i32(other + TABLE) + (i << 4);
    const k = i32(o);
    if (k !== 0 && k !== _PySet_Dummy) set_add_entry(so, k, i32(o + 8), i32(o + 12));
  }
}
/** Adds all items of any iterable (set_update_internal). */
export function set_update_internal(so: Ref, other: Ref): void {
  if (PyAnySet_Check(other)) {
    set_merge(so, other);
    return;
  }
  if (i32(other + 8) === PyDict_Type) {
    const n = i32(other + PyDictObject.ma_used);
    if ((i32(so + FILL) + n) * 5 >= i32(so + MASK) * 3) set_table_resize(so, (i32(so + USED) + n) * 2);
    const pos = { i: 0, key: 0, value: 0 };
    while (PyDict_Next(other, pos)) {
      const at = hashSlot(other, pos);
      set_add_entry(so, pos.key, i32(at), i32(at + 4));
    }
    return;
  }
  const it = PyObject_GetIter(other);
  const m = hold(it);
  for (let key = PyIter_Next(it); key !== 0; key = PyIter_Next(it)) {
    const k = hold(key);
    set_add_key(so, key);
    release(k);
  }
  release(m);
}

export function make_new_set(type: Ref, iterable: Ref): Ref {
  const so = (text[i32(type + PyTypeObject.tp_alloc)] as NativeFunction)(type, 0) as Ref;
  set_empty_to_minsize(so);
  setPtr(so + FINGER, 0);
  setPtr(so + PySetObject.weakreflist, 0);
  if (iterable !== 0) {
    const m = hold(so);
    set_update_internal(so, iterable);
    drop(m);
  }
  return so;
}
/** A set or frozenset, whatever subclass `type` is. */
export function make_new_set_basetype(type: Ref, iterable: Ref): Ref {
  if (type === PySet_Type || type === PyFrozenSet_Type) return make_new_set(type, iterable);
  return make_new_set(PyType_IsSubtype(type, PySet_Type) ? PySet_Type : PyFrozenSet_Type, iterable);
}
/** A new set of the items of `iterable` (0: empty). */
export function PySet_New(iterable: Ref): Ref {
  return make_new_set(PySet_Type, iterable);
}
export function PyFrozenSet_New(iterable: Ref): Ref {
  return make_new_set(PyFrozenSet_Type, iterable);
}
export function PySet_Size(so: Ref): number {
  if (!PyAnySet_Check(so)) PyErr_BadInternalCall('PySet_Size');
  return i32(so + USED);
}
export function PySet_Add(so: Ref, key: Ref): void {
  set_add_key(so, key);
}
export function PySet_Contains(so: Ref, key: Ref): boolean {
  return set_contains_key(so, key);
}
export function PySet_Discard(so: Ref, key: Ref): boolean {
  return set_discard_key(so, key);
}
export function PySet_Clear(so: Ref): void {
  set_clear_internal(so);
}
export function _PySet_Update(so: Ref, iterable: Ref): void {
  set_update_internal(so, iterable);
}
export { set_pop_impl as PySet_Pop } from './setmethods.ts';
