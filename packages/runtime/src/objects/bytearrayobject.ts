/**
 * bytearray: its buffer, growing and shrinking. Mirrors the core of Objects/bytearrayobject.c; the type is in bytearraytype.ts.
 *
 *   PyByteArrayObject  +16 ob_size  +24 ob_alloc  +32 ob_bytes (block)  +40 ob_start (first byte, in it)  +48 ob_exports
 */
import { PyTypeObject } from '@moult/abi';
import { bytes, i32, setPtr } from '../memory/linear.ts';
import { PyObject_Free, PyObject_Malloc, PyObject_Realloc } from '../memory/obmalloc.ts';
import { text } from '../memory/text.ts';
import { _PyObject_New } from '../gc/alloc.ts';
import { PyErr_NoMemory, raise } from './errors.ts';
import type { Ref } from './object.ts';
import { PyByteArray_Type, PyExc_BufferError } from './static.ts';
import { copyBytes } from './unicodemake.ts';

/** A bytearray of n bytes copied from p (0: to be written). */
export function PyByteArray_FromStringAndSize(p: number, n: number): Ref {
  const op = _PyObject_New(PyByteArray_Type);
  setPtr(op + 16, n);
  setPtr(op + 24, 0);
  setPtr(op + 32, 0);
  setPtr(op + 40, 0);
  setPtr(op + 48, 0);
  if (n === 0) return op;
  const buf = n < 0x7fffff00 ? PyObject_Malloc(n + 1) : 0;
  if (buf === 0) {
    PyObject_Free(op);
    PyErr_NoMemory();
  }
  if (p !== 0) copyBytes(buf, p, n);
  bytes[buf + n] = 0;
  setPtr(op + 24, n + 1);
  setPtr(op + 32, buf);
  setPtr(op + 40, buf);
  return op;
}
export function PyByteArray_AS_STRING(op: Ref): number {
  return i32(op + 40);
}
/** BufferError while a view of the bytes exists. */
export function checkResizable(op: Ref): void {
  if (i32(op + 48) > 0) raise(PyExc_BufferError, 'Existing exports of data: object cannot be re-sized');
}
/** Sets the size to n; what is new has to be written. */
export function PyByteArray_Resize(op: Ref, n: number): void {
  const size = i32(op + 16);
  if (n === size) return;
  checkResizable(op);
  const block = i32(op + 32);
  const start = i32(op + 40);
  const offset = start - block;
  let alloc = i32(op + 24);
  if (n + offset + 1 <= alloc) {
    if (n >= Math.floor(alloc / 2)) {
      setPtr(op + 16, n);
      bytes[start + n] = 0;
      return;
    }
    alloc = n + 1;
  } else if (n <= alloc * 1.125) alloc = n + Math.floor(n / 8) + (n < 9 ? 3 : 6);
  else alloc = n + 1;
  let buf = 0;
  if (alloc < 0x7fffff00) {
    if (offset > 0) {
      buf = PyObject_Malloc(alloc);
      if (buf !== 0) {
        copyBytes(buf, start, Math.min(n, size));
        PyObject_Free(block);
      }
    } else buf = PyObject_Realloc(block, alloc);
  }
  if (buf === 0) PyErr_NoMemory();
  setPtr(op + 32, buf);
  setPtr(op + 40, buf);
  setPtr(op + 16, n);
  setPtr(op + 24, alloc);
  bytes[buf + n] = 0;
}
/** Replaces bytes lo … hi by the n at p, which lie outside this bytearray. */
export function bytearray_setslice_linear(op: Ref, lo: number, hi: number, p: number, n: number): void {
  const growth = n - (hi - lo);
  const size = i32(op + 16);
  if (growth < 0) {
    checkResizable(op);
    if (lo === 0) setPtr(op + 40, i32(op + 40) - growth);
    else {
      const buf = i32(op + 40);
      bytes.copyWithin(buf + lo + n, buf + hi, buf + size);
    }
    PyByteArray_Resize(op, size + growth);
  } else if (growth > 0) {
    PyByteArray_Resize(op, size + growth);
    const buf = i32(op + 40);
    bytes.copyWithin(buf + lo + n, buf + hi, buf + size);
  }
  if (n > 0) bytes.copyWithin(i32(op + 40) + lo, p, p + n);
}
export function bytearray_dealloc(op: Ref): void {
  if (i32(op + 48) > 0) throw new RangeError('deallocated bytearray object has exported buffers');
  const block = i32(op + 32);
  setPtr(op + 32, 0);
  if (block !== 0) PyObject_Free(block);
  text[i32(i32(op + 8) + PyTypeObject.tp_free)]?.(op);
}

export { byteArrayIterSpec, byteArraySpec } from './bytearraytype.ts';
