/**
 * list: making, growing, freeing. Mirrors the core of Objects/listobject.c; methods are in listmethods.ts, slices in
 * listslice.ts, sorting in listsort.ts, iterators in listiter.ts.
 *
 *   PyListObject  +16 ob_size  +24 ob_item (array of 8-byte slots, PyMem)  +32 allocated
 */
import { Py_STR, PyInterpreterState, PyListObject, PyTypeObject } from '@moult/abi';
import { freeOfStaticType, newOfStaticType } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { hooks } from '../hooks.ts';
import { bytes, i32, setI32, setPtr, TRASH_POSTPONED } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc, PyMem_Realloc } from '../memory/obmalloc.ts';
import { memzero } from '../memory/raw.ts';
import { text } from '../memory/text.ts';
import { PyErr_NoMemory, raise, raiseObject } from './errors.ts';
import {
  _Py_Dealloc,
  drop,
  hold,
  holdArray,
  Py_DECREF,
  Py_INCREF,
  Py_XDECREF,
  type Ref,
  shrinkArray,
} from './object.ts';
import { INTERP } from './runtime.ts';
import { long_dealloc } from './longmethods.ts';
import { PyExc_IndexError, PyList_Type, PyLong_Type } from './static.ts';
import { TRACING_WORD } from '../memory/layout.ts';
import { traceReused } from './tracemalloc.ts';
import { waiting } from './trashcan.ts';

declare const __TRACE__: boolean;

const PyList_MAXFREELIST = 80;
const FREE_ITEMS = INTERP + PyInterpreterState.object_state_freelists_lists_items;
const FREE_COUNT = INTERP + PyInterpreterState.object_state_freelists_lists_numfree;

export function PyList_GET_SIZE(op: Ref): number {
  return i32(op + 16);
}
/** Item i, borrowed. */
export function PyList_GET_ITEM(op: Ref, i: number): Ref {
  return i32(i32(op + 24) + (i << 3));
}
/** Address of item i's slot; valid until the list grows. */
export function PyList_ITEM(op: Ref, i: number): number {
  return i32(op + 24) + (i << 3);
}

/** A new tracked list of n NULL items, to be filled at once. */
export function PyList_New(n: number): Ref {
  const op = newUntracked();
  setPtr(op + 16, 0);
  setPtr(op + 24, 0);
  setPtr(op + 32, 0);
  if (n > 0) {
    const items = n < 0x8000000 ? PyMem_Malloc(n << 3) : 0;
    if (items === 0) {
      Py_DECREF(op);
      PyErr_NoMemory();
    }
    memzero(items, n << 3);
    setPtr(op + 24, items);
    setPtr(op + 16, n);
    setPtr(op + 32, n);
  }
  _PyObject_GC_TRACK(op);
  return op;
}
function newUntracked(): Ref {
  const free = i32(FREE_COUNT);
  if (free === 0) return newOfStaticType(PyList_Type, PyListObject.SIZE);
  setI32(FREE_COUNT, free - 1);
  const op = i32(FREE_ITEMS + ((free - 1) << 3));
  setPtr(FREE_ITEMS + ((free - 1) << 3), 0);
  setPtr(op, 1);
  if (__TRACE__) hooks.reused(op);
  if (i32(TRACING_WORD) !== 0) traceReused(op);
  return op;
}
/** A new list of n references copied from the slots at `src` (_PyList_FromArraySteal takes them over). */
export function _PyList_FromArraySteal(src: number, n: number): Ref {
  const op = newUntracked();
  setPtr(op + 16, 0);
  setPtr(op + 24, 0);
  setPtr(op + 32, 0);
  if (n > 0) {
    const items = n < 0x8000000 ? PyMem_Malloc(n << 3) : 0;
    if (items === 0) {
      Py_DECREF(op);
      PyErr_NoMemory();
    }
    for (let i = 0; i < n; i++) setPtr(items + (i << 3), i32(src + (i << 3)));
    setPtr(op + 24, items);
    setPtr(op + 16, n);
    setPtr(op + 32, n);
  }
  _PyObject_GC_TRACK(op);
  return op;
}
export function _PyList_FromArray(src: number, n: number): Ref {
  for (let i = 0; i < n; i++) Py_INCREF(i32(src + (i << 3)));
  return _PyList_FromArraySteal(src, n);
}

/** Makes room for n items and sets ob_size: over-allocates by an eighth (list_resize). */
export function list_resize(op: Ref, n: number): void {
  const allocated = i32(op + 32);
  if (allocated >= n && n >= allocated >> 1) {
    setPtr(op + 16, n);
    return;
  }
  let room = (n + (n >>> 3) + 6) & ~3;
  if (n - i32(op + 16) > room - n) room = (n + 3) & ~3;
  if (n === 0) room = 0;
  const old = i32(op + 24);
  // no room at all is still a block, as in C
  const items = room < 0x8000000 ? (old === 0 ? PyMem_Malloc(room << 3) : PyMem_Realloc(old, room << 3)) : 0;
  if (items === 0) PyErr_NoMemory();
  setPtr(op + 24, items);
  setPtr(op + 16, n);
  setPtr(op + 32, room);
}
/** Gives an empty list room for exactly n items (list_preallocate_exact). */
export function list_preallocate_exact(op: Ref, n: number): void {
  const room = (n + 1) & ~1;
  const items = room < 0x8000000 ? PyMem_Malloc(room << 3) : 0;
  if (items === 0) PyErr_NoMemory();
  setPtr(op + 24, items);
  setPtr(op + 32, room);
}

/** Appends, taking the reference over (_PyList_AppendTakeRef). */
export function _PyList_AppendTakeRef(op: Ref, value: Ref): void {
  const n = i32(op + 16);
  if (n < i32(op + 32)) {
    setPtr(i32(op + 24) + (n << 3), value);
    setI32(op + 16, n + 1);
    return;
  }
  const m = hold(value);
  list_resize(op, n + 1);
  drop(m);
  setPtr(i32(op + 24) + (n << 3), value);
}
export function PyList_Append(op: Ref, value: Ref): void {
  Py_INCREF(value);
  _PyList_AppendTakeRef(op, value);
}
/** list.insert: `where` may be negative or too large. */
export function PyList_Insert(op: Ref, where: number, value: Ref): void {
  const n = i32(op + 16);
  list_resize(op, n + 1);
  let i = where < 0 ? where + n : where;
  if (i < 0) i = 0;
  if (i > n) i = n;
  const items = i32(op + 24);
  if (n - i > 32) bytes.copyWithin(items + ((i + 1) << 3), items + (i << 3), items + (n << 3));
  else for (let k = n; k > i; k--) setPtr(items + (k << 3), i32(items + (k << 3) - 8));
  Py_INCREF(value);
  setPtr(items + (i << 3), value);
}
/** Replaces item i, taking the reference over; IndexError outside. */
export function PyList_SetItem(op: Ref, i: number, value: Ref): void {
  if (i < 0 || i >= i32(op + 16)) {
    Py_XDECREF(value);
    raise(PyExc_IndexError, 'list assignment index out of range');
  }
  const slot = i32(op + 24) + (i << 3);
  const old = i32(slot);
  setPtr(slot, value);
  Py_XDECREF(old);
}
/** Item i, borrowed; IndexError outside. */
export function PyList_GetItem(op: Ref, i: number): Ref {
  if (i < 0 || i >= i32(op + 16)) raiseObject(PyExc_IndexError, Py_STR.list_err);
  return PyList_GET_ITEM(op, i);
}

/** Releases all items; the list is empty before the first is released (list_clear). */
export function list_clear(op: Ref): void {
  const items = i32(op + 24);
  if (items === 0) return;
  let i = i32(op + 16);
  setPtr(op + 24, 0);
  setPtr(op + 16, 0);
  setPtr(op + 32, 0);
  const m = holdArray(items, i);
  while (--i >= 0) {
    const x = i32(items + (i << 3));
    shrinkArray(m, i);
    Py_XDECREF(x);
  }
  drop(m);
  PyMem_Free(items);
}

export function list_dealloc(op: Ref): void {
  PyObject_GC_UnTrack(op);
  const items = i32(op + 24);
  if (items !== 0) {
    let i = i32(op + 16);
    while (--i >= 0) {
      const x = i32(items + (i << 3));
      if (x === 0) continue;
      const rc = i32(x);
      if (rc !== 1) {
        if (rc > 1) setI32(x, rc - 1);
        continue;
      }
      // what is left is the list's while something dies
      setI32(x, 0);
      if (i32(x + 8) === PyLong_Type) {
        long_dealloc(x);
        continue;
      }
      setI32(op + 16, i);
      _Py_Dealloc(x);
      if (i32(TRASH_POSTPONED) !== 0 && waiting()) return;
    }
    setI32(op + 16, 0);
    setI32(op + 24, 0);
    PyMem_Free(items);
  }
  const free = i32(FREE_COUNT);
  if (i32(op + 8) === PyList_Type) {
    if (free < PyList_MAXFREELIST) {
      setPtr(FREE_ITEMS + (free << 3), op);
      setI32(FREE_COUNT, free + 1);
      if (__TRACE__) hooks.kept(op);
    } else freeOfStaticType(op);
  } else text[i32(i32(op + 8) + PyTypeObject.tp_free)]?.(op);
}
/** Empties the free list. */
export function _PyList_ClearFreeList(): void {
  for (let n = i32(FREE_COUNT); n > 0; n = i32(FREE_COUNT)) {
    setI32(FREE_COUNT, n - 1);
    const op = i32(FREE_ITEMS + ((n - 1) << 3));
    setPtr(FREE_ITEMS + ((n - 1) << 3), 0);
    text[i32(PyList_Type + PyTypeObject.tp_free)]?.(op);
  }
}
export { _PyList_Extend, list_extend, list_pop_impl, PyList_AsTuple, PyList_Reverse } from './listmethods.ts';
export { PyList_GetSlice, PyList_SetSlice } from './listslice.ts';
export { list_sort_impl, PyList_Sort } from './listsort.ts';
