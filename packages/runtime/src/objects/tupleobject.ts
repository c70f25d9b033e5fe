/**
 * tuple: making, freeing, free lists. Mirrors Objects/tupleobject.c; methods and the iterator are in tuplemethods.ts.
 *
 *   PyTupleObject  +16 ob_size  +24 ob_item[ob_size]
 *
 * Free lists: for each size 1..20 up to 2,000 tuples, linked through ob_item[0]; _PyRuntime holds the one empty tuple.
 */
import { undoAndRethrow } from './errors.ts';
import { PyInterpreterState, PyTypeObject } from '@moult/abi';
import { _PyObject_GC_Resize, freeOfStaticType, newOfStaticType } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, _PyObject_GC_IS_TRACKED, _PyObject_IS_GC, PyObject_GC_UnTrack } from '../gc/track.ts';
import { hooks } from '../hooks.ts';
import { i32, POLICY, setI32, setPtr, TRASH_POSTPONED } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import {
  _Py_Dealloc,
  Py_DECREF,
  Py_XDECREF,
  Py_INCREF,
  type Ref,
  nativeMark,
  hold,
  drop,
  Py_NewRef,
} from './object.ts';
import { EMPTY_TUPLE, INTERP } from './runtime.ts';
import { initSetDummy } from './setiter.ts';
import { PyTuple_Type } from './static.ts';
import { TRACING_WORD } from '../memory/layout.ts';
import { traceReused } from './tracemalloc.ts';
import { waiting } from './trashcan.ts';

declare const __TRACE__: boolean;

export const PyTuple_MAXSAVESIZE = 20;
const PyTuple_MAXFREELIST = 2000;
const FREE_ITEMS = INTERP + PyInterpreterState.object_state_freelists_tuples_items;
const FREE_COUNT = INTERP + PyInterpreterState.object_state_freelists_tuples_numfree;

/** The containers' static objects: the empty tuple inside _PyRuntime and the dummy of sets. */
export function initEmptyTuple(): void {
  initSetDummy();
  setPtr(EMPTY_TUPLE, i32(POLICY) >= 312 ? -1 : 1);
  setPtr(EMPTY_TUPLE + 8, PyTuple_Type);
  setPtr(EMPTY_TUPLE + 16, 0);
}

/** Untracked memory for a tuple of n > 0 items; the items are not set (tuple_alloc). */
export function tuple_alloc(n: number): Ref {
  if (n <= PyTuple_MAXSAVESIZE) {
    const head = FREE_ITEMS + ((n - 1) << 3);
    const op = i32(head);
    if (op !== 0) {
      setI32(head, i32(op + 24));
      const count = FREE_COUNT + ((n - 1) << 2);
      setI32(count, i32(count) - 1);
      setPtr(op, 1);
      if (__TRACE__) hooks.reused(op);
      if (i32(TRACING_WORD) !== 0) traceReused(op);
      return op;
    }
  }
  const op = newOfStaticType(PyTuple_Type, 24 + n * 8);
  setPtr(op + 16, n);
  return op;
}
/** A new tracked tuple of n NULL items, to be filled with setPtr(PyTuple_ITEM(t, i), newReference) at once. */
export function PyTuple_New(n: number): Ref {
  if (n === 0) return Py_NewRef(EMPTY_TUPLE);
  const op = tuple_alloc(n);
  for (let i = 0; i < n; i++) setPtr(op + 24 + (i << 3), 0);
  _PyObject_GC_TRACK(op);
  return op;
}
/** Gives a tuple that only the caller has another size; takes its reference over, returns the tuple (_PyTuple_Resize). */
export function _PyTuple_Resize(op: Ref, n: number): Ref {
  const old = i32(op + 16);
  if (old === n) return op;
  if (old === 0 || n === 0) {
    Py_DECREF(op);
    return PyTuple_New(n);
  }
  if (_PyObject_GC_IS_TRACKED(op)) PyObject_GC_UnTrack(op);
  for (let i = n; i < old; i++) {
    const slot = op + 24 + (i << 3);
    const x = i32(slot);
    setPtr(slot, 0);
    Py_XDECREF(x);
  }
  const resized = _PyObject_GC_Resize(op, n);
  for (let i = old; i < n; i++) setPtr(resized + 24 + (i << 3), 0);
  _PyObject_GC_TRACK(resized);
  return resized;
}
/** Address of item i's slot. */
export function PyTuple_ITEM(op: Ref, i: number): number {
  return op + 24 + (i << 3);
}
/** Item i, borrowed. */
export function PyTuple_GET_ITEM(op: Ref, i: number): Ref {
  return i32(op + 24 + (i << 3));
}
export function PyTuple_GET_SIZE(op: Ref): number {
  return i32(op + 16);
}
/** A tuple of the given objects; takes new references. */
export function PyTuple_Pack(...items: Ref[]): Ref {
  const n = items.length;
  if (n === 0) return Py_NewRef(EMPTY_TUPLE);
  const op = tuple_alloc(n);
  for (let i = 0; i < n; i++) {
    const x = items[i] as Ref;
    Py_INCREF(x);
    setPtr(op + 24 + (i << 3), x);
  }
  trackFilled(op, n);
  return op;
}
/** A tuple of n references copied from the slots at `src` (_PyTuple_FromArray). */
export function _PyTuple_FromArray(src: number, n: number): Ref {
  if (n === 0) return Py_NewRef(EMPTY_TUPLE);
  const op = tuple_alloc(n);
  for (let i = 0; i < n; i++) {
    const x = i32(src + (i << 3));
    Py_INCREF(x);
    setPtr(op + 24 + (i << 3), x);
  }
  trackFilled(op, n);
  return op;
}
/** As _PyTuple_FromArray, but takes the references over (_PyTuple_FromArraySteal). */
export function _PyTuple_FromArraySteal(src: number, n: number): Ref {
  if (n === 0) return Py_NewRef(EMPTY_TUPLE);
  const op = tuple_alloc(n);
  for (let i = 0; i < n; i++) setPtr(op + 24 + (i << 3), i32(src + (i << 3)));
  trackFilled(op, n);
  return op;
}
/** From 3.14 on a tuple without collectable items is never tracked. */
export function trackFilled(op: Ref, n: number): void {
  if (i32(POLICY) >= 314) {
    let i = 0;
    while (i < n && !_PyObject_IS_GC(i32(op + 24 + (i << 3)))) i++;
    if (i === n) return;
  }
  _PyObject_GC_TRACK(op);
}

/** Untracks a tuple whose items can never be part of a cycle (the collector calls it). */
export function _PyTuple_MaybeUntrack(op: Ref): void {
  if (i32(op + 8) === PyTuple_Type && _PyObject_GC_IS_TRACKED(op) && onlyHoldsUntracked(op)) PyObject_GC_UnTrack(op);
}
/** Whether no item of a tuple can be part of a cycle. */
export function onlyHoldsUntracked(tuple: Ref): boolean {
  const end = tuple + 24 + (i32(tuple + 16) << 3);
  for (let p = tuple + 24; p < end; p += 8) {
    const x = i32(p);
    if (x === 0) return false;
    if (_PyObject_IS_GC(x) && (i32(x + 8) !== PyTuple_Type || _PyObject_GC_IS_TRACKED(x))) return false;
  }
  return true;
}

export function tuple_dealloc(op: Ref): void {
  const n = i32(op + 16);
  if (n === 0 && op === EMPTY_TUPLE) return;
  PyObject_GC_UnTrack(op);
  for (let i = n - 1; i >= 0; i--) {
    const slot = op + 24 + (i << 3);
    const x = i32(slot);
    if (x !== 0) {
      setI32(slot, 0);
      const rc = i32(x);
      if (rc !== 1) {
        if (rc > 1) setI32(x, rc - 1);
        continue;
      }
      setI32(x, 0);
      _Py_Dealloc(x);
      if (i32(TRASH_POSTPONED) !== 0 && waiting()) return;
    }
  }
  if (n > 0 && n <= PyTuple_MAXSAVESIZE && i32(op + 8) === PyTuple_Type) {
    const count = FREE_COUNT + ((n - 1) << 2);
    const numfree = i32(count);
    if (numfree < PyTuple_MAXFREELIST) {
      const head = FREE_ITEMS + ((n - 1) << 3);
      setPtr(op + 24, i32(head));
      setPtr(head, op);
      setI32(count, numfree + 1);
      if (__TRACE__) hooks.kept(op);
      return;
    }
    freeOfStaticType(op);
    return;
  }
  text[i32(i32(op + 8) + PyTypeObject.tp_free)]?.(op);
}
/** Empties the free lists (a full collection and finalization do). */
export function _PyTuple_ClearFreeList(): void {
  for (let i = 0; i < PyTuple_MAXSAVESIZE; i++) {
    const head = FREE_ITEMS + (i << 3);
    for (let op = i32(head); op !== 0; op = i32(head)) {
      setPtr(head, i32(op + 24));
      text[i32(PyTuple_Type + PyTypeObject.tp_free)]?.(op);
    }
    setI32(FREE_COUNT + (i << 2), 0);
  }
}
/** A tuple of what the given functions make, one after the other: new references, released should a later one fail. */
export function buildTuple(...makers: (() => Ref)[]): Ref {
  const m = nativeMark();
  for (const make of makers) hold(make());
  const n = makers.length;
  const op = tuple_alloc(n);
  for (let i = 0; i < n; i++) setPtr(op + 24 + (i << 3), i32(m + (i << 3)));
  drop(m);
  _PyObject_GC_TRACK(op);
  return op;
}
/** tupleSteal of two. */
export function pairSteal(a: Ref, b: Ref): Ref {
  const m = hold(a);
  hold(b);
  const op = tuple_alloc(2);
  drop(m);
  setPtr(op + 24, a);
  setPtr(op + 32, b);
  _PyObject_GC_TRACK(op);
  return op;
}
/** A tuple that takes the given references over, also where it cannot be made. */
export function tupleSteal(...items: Ref[]): Ref {
  const n = items.length;
  if (n === 0) return Py_NewRef(EMPTY_TUPLE);
  const m = nativeMark();
  for (let i = 0; i < n; i++) hold(items[i] as Ref);
  const op = tuple_alloc(n);
  drop(m);
  for (let i = 0; i < n; i++) setPtr(op + 24 + (i << 3), items[i] as Ref);
  _PyObject_GC_TRACK(op);
  return op;
}
