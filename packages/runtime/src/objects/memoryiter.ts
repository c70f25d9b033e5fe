/** The iterator of memoryview. Mirrors Objects/memoryobject.c. */
import { Py_buffer as B } from '@moult/abi';
import { _PyObject_GC_New, PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setPtr, u8 } from '../memory/linear.ts';
import { nativeFormat } from './abstractbuffer.ts';
import { raise } from './errors.ts';
import { adjust_fmt, shapeOf, unpack_single } from './memoryitems.ts';
import { checkReleased } from './memoryobject.ts';
import { Py_CLEAR, Py_DECREF, Py_NewRef, type Ref } from './object.ts';
import { _PyMemoryIter_Type, PyExc_NotImplementedError, PyExc_TypeError } from './static.ts';
import { V, lookupDimension, ndimOf } from './memorymethods.ts';

// ---- iterator: +16 it_index +24 it_seq +32 it_length +40 it_fmt ----

export function memory_iter(mv: Ref): Ref {
  checkReleased(mv);
  if (ndimOf(mv) === 0) raise(PyExc_TypeError, 'invalid indexing of 0-dim memory');
  if (ndimOf(mv) !== 1) raise(PyExc_NotImplementedError, 'multi-dimensional sub-views are not implemented');
  const c = adjust_fmt(mv + V);
  const it = _PyObject_GC_New(_PyMemoryIter_Type);
  setPtr(it + 16, 0);
  setPtr(it + 24, Py_NewRef(mv));
  setPtr(it + 32, shapeOf(mv + V)[0] as number);
  setPtr(it + 40, nativeFormat(c, false));
  _PyObject_GC_TRACK(it);
  return it;
}
export function memoryiter_dealloc(it: Ref): void {
  PyObject_GC_UnTrack(it);
  Py_CLEAR(it + 24);
  PyObject_GC_Del(it);
}
export function memoryiter_traverse(it: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  if (i32(it + 24) !== 0) visit(i32(it + 24), arg);
}
export function memoryiter_next(it: Ref): Ref {
  const mv = i32(it + 24);
  if (mv === 0) return 0;
  const i = i32(it + 16);
  if (i < i32(it + 32)) {
    setPtr(it + 16, i + 1);
    checkReleased(mv);
    return unpack_single(String.fromCharCode(u8(i32(it + 40))), lookupDimension(mv + V, i32(mv + V + B.buf), 0, i));
  }
  setPtr(it + 24, 0);
  Py_DECREF(mv);
  return 0;
}
