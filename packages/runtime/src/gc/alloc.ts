/**
 * Memory for objects. Mirrors Objects/object.c (_PyObject_New) and the allocation part of Python/gc.c.
 *
 *   a collectable object     [preheader: weakref list, dict pointer][_gc_next][_gc_prev] object …
 */
import {
  _gc_runtime_state as gcs,
  gc_generation,
  PyThreadState,
  PyTypeObject,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_PREHEADER,
  _PY_GC_SCHEDULED_BIT,
} from '@moult/abi';
import { CURRENT_TSTATE, i32, POLICY, setF64, setI32, setPtr } from '../memory/linear.ts';
import { PyObject_Free, PyObject_Malloc, PyObject_Realloc } from '../memory/obmalloc.ts';
import { PyErr_NoMemory } from '../objects/errors.ts';
import { _PyObject_Init, type Ref } from '../objects/object.ts';
import { GC_STATE } from '../objects/runtime.ts';
import { collectInAllocation } from './gcmain.ts';
import { PyObject_GC_UnTrack } from './track.ts';

/** Bytes before an object of this type (_PyType_PreHeaderSize): 16 for the GC head, 16 for managed dict and weakrefs. */
export function _PyType_PreHeaderSize(type: Ref): number {
  const flags = i32(type + PyTypeObject.tp_flags);
  return ((flags & Py_TPFLAGS_HAVE_GC) !== 0 ? 16 : 0) + ((flags & Py_TPFLAGS_PREHEADER) !== 0 ? 16 : 0);
}
/** Bytes of a var-sized object with n items, rounded up to 8 (_PyObject_VAR_SIZE). */
export function _PyObject_VAR_SIZE(type: Ref, n: number): number {
  return (i32(type + PyTypeObject.tp_basicsize) + n * i32(type + PyTypeObject.tp_itemsize) + 7) & -8;
}

/** PyObject_Malloc that raises MemoryError. */
export function objectMalloc(n: number): number {
  const p = n >= 0 && n < 0x7fffff00 ? PyObject_Malloc(n) : 0;
  if (p === 0) PyErr_NoMemory();
  return p;
}
/** A new object without GC head; only its header is set. */
export function _PyObject_New(type: Ref): Ref {
  return _PyObject_Init(objectMalloc(i32(type + PyTypeObject.tp_basicsize)), type);
}
/** A new var-sized object without GC head. */
export function _PyObject_NewVar(type: Ref, n: number): Ref {
  const op = objectMalloc(_PyObject_VAR_SIZE(type, n));
  setPtr(op + 16, n);
  return _PyObject_Init(op, type);
}

/** Counts a new collectable object and schedules a collection when one is due. (3.14.0 counts what is tracked: track.ts.) */
export function _PyObject_GC_Link(_op: Ref): void {
  if (i32(POLICY) === 314) return;
  const young = GC_STATE + gcs.generations;
  const count = i32(young + gc_generation.count) + 1;
  setI32(young + gc_generation.count, count);
  if (count > i32(young + gc_generation.threshold)) collectionDue(young);
}
export function collectionDue(young: number): void {
  const ts = i32(CURRENT_TSTATE);
  if ((i32(ts + PyThreadState.eval_breaker) & _PY_GC_SCHEDULED_BIT) !== 0) return;
  if (
    i32(GC_STATE + gcs.enabled) === 0 ||
    i32(young + gc_generation.threshold) === 0 ||
    i32(GC_STATE + gcs.collecting) !== 0
  )
    return;
  if (i32(ts + PyThreadState.current_exception) !== 0) return;
  if (i32(POLICY) < 312) collectInAllocation();
  else setI32(ts + PyThreadState.eval_breaker, i32(ts + PyThreadState.eval_breaker) | _PY_GC_SCHEDULED_BIT);
}

/** Memory for a collectable object of `n` bytes (without its heads): heads zeroed, counted, untracked (gc_alloc). */
export function gc_alloc(type: Ref, n: number): number {
  const pre = _PyType_PreHeaderSize(type);
  const p = objectMalloc(pre + n);
  setPtr(p, 0);
  setPtr(p + 8, 0);
  if (pre === 32) {
    setPtr(p + 16, 0);
    setPtr(p + 24, 0);
  }
  const op = p + pre;
  _PyObject_GC_Link(op);
  return op;
}
/** _PyObject_GC_New of a static type, whose count does not rise and which has no pre-header: `size` bytes. */
export function newOfStaticType(type: Ref, size: number): Ref {
  const p = objectMalloc(16 + size);
  setF64(p, 0);
  setF64(p + 8, 0);
  const op = p + 16;
  _PyObject_GC_Link(op);
  setPtr(op, 1);
  setPtr(op + 8, type);
  return op;
}
export function _PyObject_GC_New(type: Ref): Ref {
  return _PyObject_Init(gc_alloc(type, i32(type + PyTypeObject.tp_basicsize)), type);
}
export function _PyObject_GC_NewVar(type: Ref, n: number): Ref {
  const op = gc_alloc(type, _PyObject_VAR_SIZE(type, n));
  setPtr(op + 16, n);
  return _PyObject_Init(op, type);
}
/** Resizes an untracked var-sized collectable object; its address may change. */
export function _PyObject_GC_Resize(op: Ref, n: number): Ref {
  const type = i32(op + 8);
  const pre = _PyType_PreHeaderSize(type);
  const p = PyObject_Realloc(op - pre, pre + _PyObject_VAR_SIZE(type, n));
  if (p === 0) PyErr_NoMemory();
  setPtr(p + pre + 16, n);
  return p + pre;
}
/** tp_free of collectable types: uncounts and frees. */
export function PyObject_GC_Del(op: Ref): void {
  PyObject_GC_UnTrack(op);
  const young = GC_STATE + gcs.generations;
  const count = i32(young + gc_generation.count);
  if (count > 0 && i32(POLICY) !== 314) setI32(young + gc_generation.count, count - 1);
  PyObject_Free(op - _PyType_PreHeaderSize(i32(op + 8)));
}
/** PyObject_GC_Del of an untracked object of a static type without pre-header. */
export function freeOfStaticType(op: Ref): void {
  const young = GC_STATE + gcs.generations;
  const count = i32(young + gc_generation.count);
  if (count > 0 && i32(POLICY) !== 314) setI32(young + gc_generation.count, count - 1);
  PyObject_Free(op - 16);
}
/** tp_free of other types. */
export { PyObject_Free };
