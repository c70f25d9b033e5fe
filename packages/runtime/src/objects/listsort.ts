/**
 * list.sort: the list is emptied, keys are made, runs are found and merged (sortmerge.ts), the list is refilled.
 * Mirrors list_sort_impl of Objects/listobject.c: the sequence of comparisons is CPython's.
 *
 * While Python code runs, the items and the keys stay in memory as they were, held by the native frame (decision 17); what moves
 * is a copy of their addresses. A key function runs as the frame's callee; comparisons are called at once.
 */
import { Py_LT, PyTypeObject } from '@moult/abi';
import { f64, i32, mem, setI64, setPtr, u8 } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import {
  catchPending,
  PENDING,
  PyErr_GetRaisedException,
  PyErr_NoMemory,
  PyErr_SetRaisedException,
  raise,
} from './errors.ts';
import { quickEqual } from './fastcompare.ts';
import {
  callWith,
  dropSlot,
  dropSlotsFrom,
  FAILED,
  type MachineSpec,
  pushNative,
  runNested,
  setArray,
  slotOf,
  stateOf,
  wordOf,
} from './nativeframe.ts';
import {
  drop,
  hold,
  holdArray,
  nativeMark,
  Py_DECREF,
  Py_NewRef,
  Py_XDECREF,
  type Ref,
  release,
  shrinkArray,
} from './object.ts';
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
  const len = Math.min(n, k);
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
// ---- the machine: slots items and how many, a block of keys and how many, keys; words list, function, reverse, allocated, how many keys, call's

const ITEMS = 0;
const KEY_BLOCK = 2;
const KEYS = 4;
const CALL = 5;

/** Sorts in place by `key` (0 or None: by the items themselves); stable, also with `reverse`. */
export function sortFrame(self: Ref, key: Ref, reverse: boolean): number {
  const keyfunc = key === Py_None ? 0 : key;
  const size = i32(self + 16);
  const few = keyfunc !== 0 && size < MERGESTATE_TEMP_SIZE / 2;
  const frame = pushNative(listSort, KEYS + (few ? size : 0), CALL + 3);
  [self, keyfunc, reverse ? 1 : 0, i32(self + 32)].forEach((v, i) => {
    setPtr(wordOf(frame, i), v);
  });
  setArray(frame, ITEMS, i32(self + 24), size);
  setPtr(self + 16, 0);
  setPtr(self + 24, 0);
  setI64(self + 32, -1, -1);
  return frame;
}
export const listSort: MachineSpec = {
  name: 'list.sort,item,items,key,keys,key',
  catches: true,
  run: (frame, result) => {
    const keyfunc = i32(wordOf(frame, 1));
    const reverse = i32(wordOf(frame, 2)) !== 0;
    const items = i32(slotOf(frame, ITEMS)) & -4;
    const size = i32(slotOf(frame, ITEMS + 1));
    let values: Int32Array | null = null;
    let state: MergeState | null = null;
    let failed = result === FAILED;
    const mark = nativeMark();
    try {
      if (keyfunc !== 0 && !failed) {
        const value = makeKeys(frame, keyfunc, items, size, result);
        if (value < FAILED) return value;
        failed = value === FAILED;
      }
      if (size > 1 && !failed) {
        values = copyAddresses(items, size);
        const sortKeys = keyfunc === 0 ? values : copyAddresses(keysOf(frame), size);
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
      catchPending(e, mark);
      failed = true;
    }
    const exc = failed ? PyErr_GetRaisedException() : 0;
    if (failed) dropSlotsFrom(frame, KEYS);
    if (reverse && values !== null) values.reverse();
    if (state !== null && state.temp !== 0) PyMem_Free(state.temp);
    const modified = giveBack(frame, values, size);
    if (failed) {
      PyErr_SetRaisedException(exc);
      throw PENDING;
    }
    if (modified) raise(PyExc_ValueError, 'list modified during sort');
    return Py_NewRef(Py_None);
  },
};
/** The list gets its items again, in the order of `values`. True: it was changed meanwhile. */
function giveBack(frame: number, values: Int32Array | null, size: number): boolean {
  const self = i32(wordOf(frame, 0));
  const items = i32(slotOf(frame, ITEMS)) & -4;
  const modified = i32(self + 32) !== -1;
  if (values !== null) for (let i = 0; i < size; i++) setPtr(items + (i << 3), values[i] as number);
  freeKeys(frame);
  const lost = i32(self + 24);
  let n = i32(self + 16);
  setPtr(self + 16, size);
  setPtr(self + 24, items);
  setPtr(self + 32, i32(wordOf(frame, 3)));
  setArray(frame, ITEMS, 0, 0);
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
  return modified;
}
/** Few keys lie in the frame's slots, many in a block of their own. */
function keysOf(frame: number): number {
  const block = i32(slotOf(frame, KEY_BLOCK));
  return block === 0 ? slotOf(frame, KEYS) : block & -4;
}
/** `result` is the last key that was asked for. 0: all are made. */
function makeKeys(frame: number, keyfunc: Ref, items: number, n: number, result: number): number {
  let value = result;
  let done = i32(wordOf(frame, 4));
  if (stateOf(frame) === 0 && n >= MERGESTATE_TEMP_SIZE / 2) {
    const at = PyMem_Malloc(n << 3);
    if (at === 0) PyErr_NoMemory();
    setArray(frame, KEY_BLOCK, at, 0);
  }
  const many = i32(slotOf(frame, KEY_BLOCK)) !== 0;
  const keys = keysOf(frame);
  for (let asked = stateOf(frame) === 1; ; asked = true) {
    if (asked) {
      if (value < 0) return value;
      setPtr(keys + (done << 3), value);
      done++;
      setPtr(wordOf(frame, 4), done);
      if (many) setPtr(slotOf(frame, KEY_BLOCK + 1), done);
    }
    if (done === n) return 0;
    value = callWith(frame, 1, keyfunc, CALL, i32(items + (done << 3)));
  }
}
function freeKeys(frame: number): void {
  const block = i32(slotOf(frame, KEY_BLOCK));
  if (block === 0) {
    const end = i32(frame + 64);
    for (let i = KEYS; i < end; i++) dropSlot(frame, i);
    return;
  }
  const n = i32(slotOf(frame, KEY_BLOCK + 1));
  setArray(frame, KEY_BLOCK, 0, 0);
  releaseForwards(block & -4, n);
  PyMem_Free(block & -4);
}
export function list_sort_impl(self: Ref, key: Ref, reverse: boolean): void {
  Py_DECREF(runNested(() => sortFrame(self, key, reverse)));
}
/** list.sort() without arguments. */
export function PyList_Sort(v: Ref): void {
  list_sort_impl(v, 0, false);
}
