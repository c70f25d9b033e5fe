/**
 * list.sort: the list is emptied, keys are made, runs are found and merged (sortmerge.ts), the list is refilled.
 * Mirrors list_sort_impl of Objects/listobject.c: the sequence of comparisons is CPython's.
 *
 * While Python code runs, the items and the keys stay in memory as they were, held on the native stack; what moves is
 * a copy of their addresses.
 */
import { Py_LT, PyTypeObject } from '@moult/abi';
import { f64, i32, mem, setI64, setPtr, u8 } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyObject_CallOneArg } from './call.ts';
import { catchPending, PyErr_GetRaisedException, PyErr_NoMemory, PyErr_SetRaisedException, raise } from './errors.ts';
import { quickEqual } from './fastcompare.ts';
import { drop, hold, holdArray, nativeMark, Py_DECREF, Py_XDECREF, type Ref, release, shrinkArray } from './object.ts';
import { PyObject_IsTrue, PyObject_RichCompareBool } from './objectattr.ts';
import {
  PyExc_ValueError,
  PyFloat_Type,
  PyLong_Type,
  PyTuple_Type,
  PyUnicode_Type,
  Py_False,
  Py_None,
  Py_NotImplemented,
  Py_True,
} from './static.ts';
import { releaseForwards } from './listslice.ts';
import { type LessThan, type MergeState, MERGESTATE_TEMP_SIZE, mergeSort } from './sortmerge.ts';
import { PyUnicode_DATA } from './unicodeobject.ts';

// ---- comparisons ----

function safe_object_compare(v: Ref, w: Ref): boolean {
  return PyObject_RichCompareBool(v, w, Py_LT);
}
function unsafe_latin_compare(v: Ref, w: Ref): boolean {
  const n = i32(v + 16);
  const k = i32(w + 16);
  const p = PyUnicode_DATA(v);
  const q = PyUnicode_DATA(w);
  const len = n < k ? n : k;
  for (let i = 0; i < len; i++) {
    const d = mem.getUint8(p + i) - mem.getUint8(q + i);
    if (d !== 0) return d < 0;
  }
  return n < k;
}
function unsafe_long_compare(v: Ref, w: Ref): boolean {
  const a = (1 - (mem.getInt32(v + 16, true) & 3)) * mem.getInt32(v + 24, true);
  const b = (1 - (mem.getInt32(w + 16, true) & 3)) * mem.getInt32(w + 24, true);
  return a < b;
}
function unsafe_float_compare(v: Ref, w: Ref): boolean {
  return f64(v + 16) < f64(w + 16);
}
function objectCompare(richcompare: number): LessThan {
  const fn = text[richcompare] as NativeFunction;
  return (v, w) => {
    if (i32(i32(v + 8) + PyTypeObject.tp_richcompare) !== richcompare) return PyObject_RichCompareBool(v, w, Py_LT);
    const res = fn(v, w, Py_LT) as Ref;
    if (res === Py_True || res === Py_False) {
      Py_DECREF(res);
      return res === Py_True;
    }
    if (res === Py_NotImplemented) Py_DECREF(res);
    if (res === Py_NotImplemented) return PyObject_RichCompareBool(v, w, Py_LT);
    const m = hold(res);
    const truth = PyObject_IsTrue(res);
    release(m);
    return truth;
  };
}
function tupleCompare(first: LessThan): LessThan {
  return (v, w) => {
    const vn = i32(v + 16);
    const wn = i32(w + 16);
    let i = 0;
    for (; i < vn && i < wn; i++) {
      const a = i32(v + 24 + (i << 3));
      const b = i32(w + 24 + (i << 3));
      const q = quickEqual(a, b);
      if (q === 0 || (q < 0 && !PyObject_RichCompareBool(a, b, 2))) break;
    }
    if (i >= vn || i >= wn) return vn < wn;
    const a = i32(v + 24 + (i << 3));
    const b = i32(w + 24 + (i << 3));
    return i === 0 ? first(a, b) : PyObject_RichCompareBool(a, b, Py_LT);
  };
}
/** The fastest comparison that all keys allow (the pre-sort check). */
function chooseCompare(keys: Int32Array): LessThan {
  const n = keys.length;
  const k0 = keys[0] as number;
  let inTuples = i32(k0 + 8) === PyTuple_Type && i32(k0 + 16) > 0;
  const type = i32((inTuples ? i32(k0 + 24) : k0) + 8);
  let same = true;
  let latin = true;
  let bounded = true;
  for (let i = 0; i < n; i++) {
    const k = keys[i] as number;
    if (inTuples && !(i32(k + 8) === PyTuple_Type && i32(k + 16) !== 0)) {
      inTuples = false;
      same = false;
      break;
    }
    const key = inTuples ? i32(k + 24) : k;
    if (i32(key + 8) !== type) {
      same = false;
      if (!inTuples) break;
    }
    if (same) {
      if (type === PyLong_Type) bounded = bounded && i32(key + 16) < 16;
      else if (type === PyUnicode_Type) latin = latin && ((u8(key + 32) >> 2) & 7) === 1;
    }
  }
  let lt: LessThan = safe_object_compare;
  if (same) {
    const rich = i32(type + PyTypeObject.tp_richcompare);
    if (type === PyUnicode_Type && latin) lt = unsafe_latin_compare;
    else if (type === PyLong_Type && bounded) lt = unsafe_long_compare;
    else if (type === PyFloat_Type) lt = unsafe_float_compare;
    else if (rich !== 0) lt = objectCompare(rich);
  }
  if (inTuples) return tupleCompare(type === PyTuple_Type ? safe_object_compare : lt);
  return lt;
}

// ---- sorting a list ----

function copyAddresses(at: number, n: number): Int32Array {
  const a = new Int32Array(n);
  for (let i = 0; i < n; i++) a[i] = i32(at + (i << 3));
  return a;
}
/** Where the keys are kept: few on the native stack, many in an array of their own. */
interface Keys {
  at: number;
  malloced: boolean;
  mark: number;
}
function makeKeys(keyfunc: Ref, items: number, n: number, keys: Keys): void {
  if (n < MERGESTATE_TEMP_SIZE / 2) {
    keys.at = nativeMark();
    keys.mark = keys.at;
    for (let i = 0; i < n; i++) hold(PyObject_CallOneArg(keyfunc, i32(items + (i << 3))));
    return;
  }
  const at = PyMem_Malloc(n << 3);
  if (at === 0) PyErr_NoMemory();
  keys.at = at;
  keys.malloced = true;
  keys.mark = holdArray(at, 0);
  for (let i = 0; i < n; i++) {
    setPtr(at + (i << 3), PyObject_CallOneArg(keyfunc, i32(items + (i << 3))));
    shrinkArray(keys.mark, i + 1);
  }
}
function freeKeys(keys: Keys): void {
  if (!keys.malloced) {
    const end = nativeMark();
    for (let p = keys.mark; p < end; p += 8) {
      const key = i32(p);
      setPtr(p, 0);
      Py_XDECREF(key);
    }
    drop(keys.mark);
    return;
  }
  const n = i32(keys.mark + 8);
  drop(keys.mark);
  releaseForwards(keys.at, n);
  PyMem_Free(keys.at);
}

/** Sorts in place by `key` (0 or None: by the items themselves); stable, also with `reverse`. */
export function list_sort_impl(self: Ref, key: Ref, reverse: boolean): void {
  const keyfunc = key === Py_None ? 0 : key;
  const size = i32(self + 16);
  const items = i32(self + 24);
  const allocated = i32(self + 32);
  setPtr(self + 16, 0);
  setPtr(self + 24, 0);
  setI64(self + 32, -1, -1);
  const m = holdArray(items, size);
  const keys: Keys = { at: 0, malloced: false, mark: 0 };
  const values = copyAddresses(items, size);
  let state: MergeState | null = null;
  let failed: unknown = null;
  try {
    if (keyfunc !== 0) makeKeys(keyfunc, items, size, keys);
    if (size > 1) {
      const sortKeys = keyfunc === 0 ? values : copyAddresses(keys.at, size);
      if (reverse) {
        if (keyfunc !== 0) sortKeys.reverse();
        values.reverse();
      }
      state = {
        keys: sortKeys,
        values: keyfunc === 0 ? null : values,
        tmpKeys: sortKeys,
        tmpValues: values,
        lt: chooseCompare(keyfunc === 0 && reverse ? sortKeys.slice().reverse() : sortKeys),
        minGallop: 7,
        temp: 0,
        tempSize: keyfunc === 0 ? MERGESTATE_TEMP_SIZE : MERGESTATE_TEMP_SIZE / 2,
      };
      mergeSort(state);
    }
  } catch (e) {
    catchPending(e, keys.malloced ? keys.mark + 16 : m + 16);
    failed = e;
  }
  const exc = failed === null ? 0 : PyErr_GetRaisedException();
  const modified = i32(self + 32) !== -1;
  if (reverse && size > 1) values.reverse();
  if (state !== null && state.temp !== 0) PyMem_Free(state.temp);
  for (let i = 0; i < size; i++) setPtr(items + (i << 3), values[i] as number);
  if (keyfunc !== 0 && (failed === null || keys.malloced)) freeKeys(keys);
  const lost = i32(self + 24);
  let n = i32(self + 16);
  setPtr(self + 16, size);
  setPtr(self + 24, items);
  setPtr(self + 32, allocated);
  drop(m);
  if (lost !== 0) {
    const h = holdArray(lost, n);
    while (--n >= 0) {
      const x = i32(lost + (n << 3));
      shrinkArray(h, n);
      Py_XDECREF(x);
    }
    drop(h);
    PyMem_Free(lost);
  }
  if (failed !== null) {
    PyErr_SetRaisedException(exc);
    throw failed;
  }
  if (modified) raise(PyExc_ValueError, 'list modified during sort');
}
/** list.sort() without arguments. */
export function PyList_Sort(v: Ref): void {
  list_sort_impl(v, 0, false);
}
