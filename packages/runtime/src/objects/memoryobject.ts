/**
 * memoryview and the managed buffer behind it. Mirrors Objects/memoryobject.c; items are in memoryitems.ts, methods in
 * memorymethods.ts.
 *
 *   _PyManagedBufferObject  +16 flags  +24 exports  +32 master (Py_buffer)
 *   PyMemoryViewObject      +24 mbuf  +32 hash  +40 flags  +48 exports  +56 view (Py_buffer)  +136 weakrefs  +144 shape, strides, suboffsets
 */
import {
  _Py_MANAGED_BUFFER_FREE_FORMAT,
  _Py_MANAGED_BUFFER_RELEASED,
  _Py_MEMORYVIEW_C,
  _Py_MEMORYVIEW_FORTRAN,
  _Py_MEMORYVIEW_PIL,
  _Py_MEMORYVIEW_RELEASED,
  _Py_MEMORYVIEW_RESTRICTED,
  _Py_MEMORYVIEW_SCALAR,
  Py_buffer as B,
  Py_TPFLAGS_HAVE_GC,
  PyBUF_ANY_CONTIGUOUS,
  PyBUF_C_CONTIGUOUS,
  PyBUF_F_CONTIGUOUS,
  PyBUF_FORMAT,
  PyBUF_FULL_RO,
  PyBUF_INDIRECT,
  PyBUF_ND,
  PyBUF_STRIDES,
  PyBUF_WRITABLE,
} from '@moult/abi';
import { _PyObject_GC_New, _PyObject_GC_NewVar, PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { bytes, i32, setI32, setI64, setPtr, setSsize } from '../memory/linear.ts';
import { PyMem_Free } from '../memory/obmalloc.ts';
import { text } from '../memory/text.ts';
import {
  formatB,
  PyBuffer_IsContiguous,
  PyBuffer_Release,
  PyObject_CheckBuffer,
  PyObject_GetBuffer,
  withView,
} from './abstractbuffer.ts';
import { freshBytes } from './bytesobject.ts';
import { raise } from './errors.ts';
import { contiguousBytes, shapeOf, stridesOf } from './memoryitems.ts';
import { drop, hold, Py_CLEAR, Py_NewRef, type Ref, release, typeNameOf } from './object.ts';
import type { TypeSpec } from './spec.ts';
import {
  _PyManagedBuffer_Type,
  PyExc_BufferError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyMemoryView_Type,
} from './static.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

const MASTER = 32;
const MV_VIEW = 56;
type Visit = (op: Ref, arg: number) => void;

// ---- managed buffer ----

function mbuf_alloc(): Ref {
  const mbuf = _PyObject_GC_New(_PyManagedBuffer_Type);
  bytes.fill(0, mbuf + 16, mbuf + 112);
  _PyObject_GC_TRACK(mbuf);
  return mbuf;
}
function _PyManagedBuffer_FromObject(base: Ref, flags: number): Ref {
  const mbuf = mbuf_alloc();
  const m = hold(mbuf);
  PyObject_GetBuffer(base, mbuf + MASTER, flags);
  drop(m);
  return mbuf;
}
function mbuf_release(mbuf: Ref): void {
  if ((i32(mbuf + 16) & _Py_MANAGED_BUFFER_RELEASED) !== 0) return;
  setI32(mbuf + 16, i32(mbuf + 16) | _Py_MANAGED_BUFFER_RELEASED);
  PyObject_GC_UnTrack(mbuf);
  PyBuffer_Release(mbuf + MASTER);
}
function mbuf_dealloc(mbuf: Ref): void {
  mbuf_release(mbuf);
  if ((i32(mbuf + 16) & _Py_MANAGED_BUFFER_FREE_FORMAT) !== 0) PyMem_Free(i32(mbuf + MASTER + B.format));
  PyObject_GC_Del(mbuf);
}
function mbuf_traverse(mbuf: Ref, visit: Visit, arg: number): void {
  if (i32(mbuf + MASTER + B.obj) !== 0) visit(i32(mbuf + MASTER + B.obj), arg);
}
function mbuf_clear(mbuf: Ref): void {
  mbuf_release(mbuf);
}

// ---- views ----

function memory_alloc(ndim: number): Ref {
  const mv = _PyObject_GC_NewVar(PyMemoryView_Type, 3 * ndim);
  const array = mv + 144;
  bytes.fill(0, mv + 24, array);
  setI64(mv + 32, -1, -1);
  setI32(mv + MV_VIEW + B.ndim, ndim);
  setPtr(mv + MV_VIEW + B.shape, array);
  setPtr(mv + MV_VIEW + B.strides, array + 8 * ndim);
  setPtr(mv + MV_VIEW + B.suboffsets, array + 16 * ndim);
  _PyObject_GC_TRACK(mv);
  return mv;
}
/** The flags that a view's shape gives it (init_flags). */
export function init_flags(mv: Ref): void {
  const view = mv + MV_VIEW;
  let flags = 0;
  switch (i32(view + B.ndim)) {
    case 0:
      flags = _Py_MEMORYVIEW_SCALAR | _Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN;
      break;
    case 1:
      if (PyBuffer_IsContiguous(view, 'C')) flags = _Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN;
      break;
    default:
      if (PyBuffer_IsContiguous(view, 'C')) flags |= _Py_MEMORYVIEW_C;
      if (PyBuffer_IsContiguous(view, 'F')) flags |= _Py_MEMORYVIEW_FORTRAN;
  }
  if (i32(view + B.suboffsets) !== 0)
    flags = (flags | _Py_MEMORYVIEW_PIL) & ~(_Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN);
  setI32(mv + 40, flags);
}
/** A view of mbuf with the values of the Py_buffer at src, and room for ndim dimensions that are to be filled. */
export function mbuf_add_incomplete_view(mbuf: Ref, src: number, ndim: number): Ref {
  const mv = memory_alloc(ndim);
  const view = mv + MV_VIEW;
  setPtr(view + B.obj, i32(src + B.obj));
  setPtr(view + B.buf, i32(src + B.buf));
  setPtr(view + B.len, i32(src + B.len));
  setPtr(view + B.itemsize, i32(src + B.itemsize));
  setI32(view + B.readonly, i32(src + B.readonly));
  setPtr(view + B.format, i32(src + B.format) === 0 ? formatB() : i32(src + B.format));
  setPtr(view + B.internal, i32(src + B.internal));
  setPtr(mv + 24, Py_NewRef(mbuf));
  setPtr(mbuf + 24, i32(mbuf + 24) + 1);
  return mv;
}
export function mbuf_add_view(mbuf: Ref, src: number): Ref {
  const from = src === 0 ? mbuf + MASTER : src;
  const ndim = i32(from + B.ndim);
  const mv = mbuf_add_incomplete_view(mbuf, from, ndim);
  const view = mv + MV_VIEW;
  if (ndim === 0) {
    setPtr(view + B.shape, 0);
    setPtr(view + B.strides, 0);
  } else {
    const shape = shapeOf(from);
    const strides = stridesOf(from, shape);
    for (let d = 0; d < ndim; d++) {
      setPtr(i32(view + B.shape) + 8 * d, shape[d] as number);
      setSsize(i32(view + B.strides) + 8 * d, strides[d] as number);
    }
  }
  const sub = i32(from + B.suboffsets);
  if (sub === 0 || ndim === 0) setPtr(view + B.suboffsets, 0);
  else bytes.copyWithin(i32(view + B.suboffsets), sub, sub + 8 * ndim);
  init_flags(mv);
  return mv;
}
export function PyMemoryView_Check(op: Ref): boolean {
  return i32(op + 8) === PyMemoryView_Type;
}
export function checkReleased(mv: Ref): void {
  if ((i32(mv + 40) & _Py_MEMORYVIEW_RELEASED) !== 0 || (i32(i32(mv + 24) + 16) & _Py_MANAGED_BUFFER_RELEASED) !== 0) {
    raise(PyExc_ValueError, 'operation forbidden on released memoryview object');
  }
}
export function isReleased(mv: Ref): boolean {
  return (i32(mv + 40) & _Py_MEMORYVIEW_RELEASED) !== 0 || (i32(i32(mv + 24) + 16) & _Py_MANAGED_BUFFER_RELEASED) !== 0;
}
export function checkRestricted(mv: Ref): void {
  if ((i32(mv + 40) & _Py_MEMORYVIEW_RESTRICTED) !== 0)
    raise(PyExc_ValueError, 'cannot create new view on restricted memoryview');
}
function viewOfManaged(mbuf: Ref): Ref {
  const m = hold(mbuf);
  const mv = mbuf_add_view(mbuf, 0);
  release(m);
  return mv;
}
export function PyMemoryView_FromObjectAndFlags(op: Ref, flags: number): Ref {
  if (PyMemoryView_Check(op)) {
    checkReleased(op);
    checkRestricted(op);
    return mbuf_add_view(i32(op + 24), op + MV_VIEW);
  }
  if (!PyObject_CheckBuffer(op))
    raise(PyExc_TypeError, `memoryview: a bytes-like object is required, not '${typeNameOf(op)}'`);
  return viewOfManaged(_PyManagedBuffer_FromObject(op, flags));
}
export function PyMemoryView_FromObject(op: Ref): Ref {
  return PyMemoryView_FromObjectAndFlags(op, PyBUF_FULL_RO);
}
/** A view of `op` made by the given bf_getbuffer function instead of its type's. */
export function _PyMemoryView_FromBufferProc(op: Ref, flags: number, getbuffer: number): Ref {
  const mbuf = mbuf_alloc();
  const m = hold(mbuf);
  text[getbuffer]?.(op, mbuf + MASTER, flags);
  drop(m);
  return viewOfManaged(mbuf);
}
/** The view of a Py_buffer that belongs to no object (PyMemoryView_FromBuffer). */
export function PyMemoryView_FromBuffer(info: number): Ref {
  const mbuf = mbuf_alloc();
  bytes.copyWithin(mbuf + MASTER, info, info + 80);
  setPtr(mbuf + MASTER + B.obj, 0);
  return viewOfManaged(mbuf);
}

/** The view that __release_buffer__ gets: of the Py_buffer itself, and no further view can be made of it. */
export function restrictedView(info: number): Ref {
  const mv = PyMemoryView_FromBuffer(info);
  setI32(mv + 40, i32(mv + 40) | _Py_MEMORYVIEW_RESTRICTED);
  return mv;
}

/** Releases the view; BufferError while others use it. */
export function _memory_release(mv: Ref): void {
  if ((i32(mv + 40) & _Py_MEMORYVIEW_RELEASED) !== 0) return;
  const exports = i32(mv + 48);
  if (exports > 0) raise(PyExc_BufferError, `memoryview has ${exports} exported buffer${exports === 1 ? '' : 's'}`);
  setI32(mv + 40, i32(mv + 40) | _Py_MEMORYVIEW_RELEASED);
  const mbuf = i32(mv + 24);
  setPtr(mbuf + 24, i32(mbuf + 24) - 1);
  if (i32(mbuf + 24) === 0) mbuf_release(mbuf);
}
export function memory_dealloc(mv: Ref): void {
  PyObject_GC_UnTrack(mv);
  if (i32(mv + 24) !== 0) {
    _memory_release(mv);
    Py_CLEAR(mv + 24);
  }
  if (i32(mv + 136) !== 0) PyObject_ClearWeakRefs(mv);
  PyObject_GC_Del(mv);
}
export function memory_traverse(mv: Ref, visit: Visit, arg: number): void {
  if (i32(mv + 24) !== 0) visit(i32(mv + 24), arg);
}
export function memory_clear(mv: Ref): void {
  if (i32(mv + 48) !== 0) return;
  const mbuf = i32(mv + 24);
  if (mbuf === 0) return;
  _memory_release(mv);
  Py_CLEAR(mv + 24);
}
export function memory_getbuf(mv: Ref, view: number, flags: number): void {
  const has = (f: number): boolean => (flags & f) === f;
  const fail = (message: string): never => raise(PyExc_BufferError, message);
  checkReleased(mv);
  checkRestricted(mv);
  const mf = i32(mv + 40);
  bytes.copyWithin(view, mv + MV_VIEW, mv + MV_VIEW + 80);
  setPtr(view + B.obj, 0);
  if (has(PyBUF_WRITABLE) && i32(view + B.readonly) !== 0) fail('memoryview: underlying buffer is not writable');
  if (!has(PyBUF_FORMAT)) setPtr(view + B.format, 0);
  if (has(PyBUF_C_CONTIGUOUS) && (mf & _Py_MEMORYVIEW_C) === 0)
    fail('memoryview: underlying buffer is not C-contiguous');
  if (has(PyBUF_F_CONTIGUOUS) && (mf & _Py_MEMORYVIEW_FORTRAN) === 0)
    fail('memoryview: underlying buffer is not Fortran contiguous');
  if (has(PyBUF_ANY_CONTIGUOUS) && (mf & (_Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN)) === 0)
    fail('memoryview: underlying buffer is not contiguous');
  if (!has(PyBUF_INDIRECT) && (mf & _Py_MEMORYVIEW_PIL) !== 0)
    fail('memoryview: underlying buffer requires suboffsets');
  if (!has(PyBUF_STRIDES)) {
    if ((mf & _Py_MEMORYVIEW_C) === 0) fail('memoryview: underlying buffer is not C-contiguous');
    setPtr(view + B.strides, 0);
  }
  if (!has(PyBUF_ND)) {
    if (i32(view + B.format) !== 0) fail('memoryview: cannot cast to unsigned bytes if the format flag is present');
    setI32(view + B.ndim, 1);
    setPtr(view + B.shape, 0);
  }
  setPtr(view + B.obj, Py_NewRef(mv));
  setPtr(mv + 48, i32(mv + 48) + 1);
}
export function memory_releasebuf(mv: Ref, _view: number): void {
  setPtr(mv + 48, i32(mv + 48) - 1);
}

/** A bytes object of a buffer's items in C order. */
export function copyOfBuffer(op: Ref): Ref {
  return withView(op, PyBUF_FULL_RO, (view) => freshBytes(contiguousBytes(view, 'C')));
}

export const managedBufferSpec: TypeSpec = {
  address: _PyManagedBuffer_Type,
  name: 'managedbuffer',
  basicsize: 112,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: { tp_dealloc: mbuf_dealloc, tp_traverse: mbuf_traverse, tp_clear: mbuf_clear },
};
export { memoryIterSpec, memoryViewSpec } from './memorymethods.ts';
