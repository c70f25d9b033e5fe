/** The buffer protocol. Mirrors the buffer part of Objects/abstract.c. A Py_buffer lies in memory, 80 bytes. */
import {
  Py_buffer as B,
  PyBufferProcs,
  PyBUF_FORMAT,
  PyBUF_ND,
  PyBUF_STRIDES,
  PyBUF_WRITABLE,
  PyTypeObject,
} from '@moult/abi';
import { bytes, i32, ROOM_STATE, setI32, setPtr, setSsize, ssize, staticString } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { catchPending, PENDING, PyErr_GetRaisedException, PyErr_SetRaisedException, raise } from './errors.ts';
import {
  borrowArguments,
  dropArguments,
  nativeMark,
  Py_DECREF,
  Py_NewRef,
  PyBytes_Check,
  PyObject_TypeCheck,
  type Ref,
  typeNameOf,
} from './object.ts';
import { PyByteArray_Type, PyExc_BufferError, PyExc_TypeError } from './static.ts';

/** A word of the text room: the address of the native formats' C strings, '@c' every 16 bytes ('c' is one byte further). */
const FORMATS = ROOM_STATE + 0x4000;
const NATIVE_FORMATS = 'cbBhHiIlLqQnNfde?P';

/** Lays down what buffers share; at boot. */
export function initBuffers(): void {
  let first = 0;
  for (const c of NATIVE_FORMATS) {
    const p = staticString(`@${c}`);
    if (first === 0) first = p;
  }
  setPtr(FORMATS, first);
}
/** The C string of a native format character, with '@' before it or without; 0 if it is none. */
export function nativeFormat(c: string, at: boolean): number {
  const k = c.length === 1 ? NATIVE_FORMATS.indexOf(c) : -1;
  // staticString aligns to 16 bytes
  return k < 0 ? 0 : i32(FORMATS) + 16 * k + (at ? 0 : 1);
}
export function formatB(): number {
  return nativeFormat('B', false);
}

function bufferSlot(op: Ref, slot: number): number {
  const procs = i32(i32(op + 8) + PyTypeObject.tp_as_buffer);
  return procs === 0 ? 0 : i32(procs + slot);
}
export function PyObject_CheckBuffer(op: Ref): boolean {
  return bufferSlot(op, PyBufferProcs.bf_getbuffer) !== 0;
}
/** Fills the Py_buffer at `view`; TypeError for objects without the protocol. */
export function PyObject_GetBuffer(op: Ref, view: number, flags: number): void {
  const f = bufferSlot(op, PyBufferProcs.bf_getbuffer);
  if (f === 0) raise(PyExc_TypeError, `a bytes-like object is required, not '${typeNameOf(op)}'`);
  text[f]?.(op, view, flags);
}
/** Gives the buffer back; what is pending stays pending. */
export function PyBuffer_Release(view: number): void {
  const obj = i32(view + B.obj);
  if (obj === 0) return;
  const f = bufferSlot(obj, PyBufferProcs.bf_releasebuffer);
  if (f !== 0) text[f]?.(obj, view);
  setPtr(view + B.obj, 0);
  Py_DECREF(obj);
}
/** A view of plain bytes. */
export function PyBuffer_FillInfo(
  view: number,
  obj: Ref,
  buf: number,
  len: number,
  readonly: boolean,
  flags: number,
): void {
  if ((flags & PyBUF_WRITABLE) === PyBUF_WRITABLE && readonly) raise(PyExc_BufferError, 'Object is not writable.');
  setPtr(view + B.obj, obj === 0 ? 0 : Py_NewRef(obj));
  setPtr(view + B.buf, buf);
  setPtr(view + B.len, len);
  setI32(view + B.readonly, readonly ? 1 : 0);
  setPtr(view + B.itemsize, 1);
  setPtr(view + B.format, (flags & PyBUF_FORMAT) === PyBUF_FORMAT ? formatB() : 0);
  setI32(view + B.ndim, 1);
  setPtr(view + B.shape, (flags & PyBUF_ND) === PyBUF_ND ? view + B.len : 0);
  setPtr(view + B.strides, (flags & PyBUF_STRIDES) === PyBUF_STRIDES ? view + B.itemsize : 0);
  setPtr(view + B.suboffsets, 0);
  setPtr(view + B.internal, 0);
}

/** Calls use(view) with the Py_buffer of an object, asked for with `flags`. */
export function withView<T>(op: Ref, flags: number, use: (view: number) => T): T {
  const view = borrowArguments(10);
  const m = nativeMark();
  PyObject_GetBuffer(op, view, flags);
  let r: T;
  try {
    r = use(view);
  } catch (e) {
    catchPending(e, m);
    const exc = PyErr_GetRaisedException();
    PyBuffer_Release(view);
    PyErr_SetRaisedException(exc);
    throw PENDING;
  }
  PyBuffer_Release(view);
  dropArguments(view);
  return r;
}
/**
 * Calls use(address, length) with the bytes of a bytes-like object; its buffer is exported meanwhile, so that `use` may
 * run Python code. TypeError ("a bytes-like object is required, not …") for others.
 */
export function withBytes<T>(op: Ref, use: (p: number, n: number) => T): T {
  if (PyBytes_Check(op)) return use(op + 32, i32(op + 16));
  return withView(op, 0, (view) => use(i32(view), i32(view + B.len)));
}
/** A copy of the bytes of a bytes-like object; null for objects without the buffer protocol. */
export function bytesOfBufferObject(op: Ref): Uint8Array | null {
  if (PyBytes_Check(op)) return bytes.slice(op + 32, op + 32 + i32(op + 16));
  if (PyObject_TypeCheck(op, PyByteArray_Type)) return bytes.slice(i32(op + 40), i32(op + 40) + i32(op + 16));
  if (!PyObject_CheckBuffer(op)) return null;
  return withBytes(op, (p, n) => bytes.slice(p, p + n));
}

// ---- shapes ----

/** Whether the view's items lie densely in C ('C'), Fortran ('F') or either order ('A'). */
export function PyBuffer_IsContiguous(view: number, order: string): boolean {
  if (i32(view + B.suboffsets) !== 0) return false;
  if (order === 'C') return isDense(view, true);
  if (order === 'F') return isDense(view, false);
  return order === 'A' && (isDense(view, true) || isDense(view, false));
}
function isDense(view: number, c: boolean): boolean {
  const ndim = i32(view + B.ndim);
  const strides = i32(view + B.strides);
  if (i32(view + B.len) === 0) return true;
  if (strides === 0) return c || ndim <= 1 || oneLong(view);
  let sd = i32(view + B.itemsize);
  for (let k = 0; k < ndim; k++) {
    const d = c ? ndim - 1 - k : k;
    const dim = i32(i32(view + B.shape) + (d << 3));
    if (dim > 1 && ssize(strides + (d << 3)) !== sd) return false;
    sd *= dim;
  }
  return true;
}
/** At most one dimension longer than 1. */
function oneLong(view: number): boolean {
  let long = 0;
  for (let d = 0; d < i32(view + B.ndim); d++) if (i32(i32(view + B.shape) + (d << 3)) > 1) long++;
  return long <= 1;
}
/** Strides of a dense C-ordered shape. */
export function PyBuffer_FillContiguousStrides(ndim: number, shape: number, strides: number, itemsize: number): void {
  let sd = itemsize;
  for (let d = ndim - 1; d >= 0; d--) {
    setSsize(strides + (d << 3), sd);
    sd *= i32(shape + (d << 3));
  }
}
