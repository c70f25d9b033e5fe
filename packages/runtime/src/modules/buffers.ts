/** Bytes of str and bytes-like objects, copied out of memory, and back. */
import { Py_buffer, PyTypeObject } from '@moult/abi';
import { bytes, i32 } from '../memory/linear.ts';
import { PyBuffer_Release, PyObject_GetBuffer } from '../objects/abstractbuffer.ts';
import { PyBytes_FromBytes } from '../objects/bytesobject.ts';
import { borrowArguments, dropArguments, PyBytes_Check, PyObject_TypeCheck, type Ref } from '../objects/object.ts';
import { PyByteArray_Type } from '../objects/static.ts';

const PyBUF_SIMPLE = 0;

/** A copy of the bytes of a bytes-like object, or null if it is none. */
export function bufferBytes(op: Ref): Uint8Array | null {
  if (PyBytes_Check(op)) return bytes.slice(op + 32, op + 32 + i32(op + 16));
  if (PyObject_TypeCheck(op, PyByteArray_Type)) {
    const start = i32(op + 40);
    return bytes.slice(start, start + i32(op + 16));
  }
  const procs = i32(i32(op + 8) + PyTypeObject.tp_as_buffer);
  if (procs === 0 || i32(procs) === 0) return null;
  // 80 bytes for a Py_buffer on the native stack
  const view = borrowArguments(10);
  PyObject_GetBuffer(op, view, PyBUF_SIMPLE);
  const start = i32(view + Py_buffer.buf);
  const data = bytes.slice(start, start + i32(view + Py_buffer.len));
  PyBuffer_Release(view);
  dropArguments(view);
  return data;
}
/** A new bytes object. */
export function newBytes(data: Uint8Array): Ref {
  return PyBytes_FromBytes(data);
}
/** UTF-8 to text of ours; what is no UTF-8 becomes lone surrogates (surrogateescape). */
export function decodeUtf8(data: Uint8Array): string {
  let out = '';
  for (let i = 0; i < data.length; ) {
    const n = sequenceLength(data, i);
    if (n === 0) {
      out += String.fromCharCode(0xdc00 + (data[i] as number));
      i++;
      continue;
    }
    let c = data[i] as number;
    if (n > 1) {
      c &= 0xff >> (n + 1);
      for (let k = 1; k < n; k++) c = (c << 6) | ((data[i + k] as number) & 63);
    }
    out += String.fromCodePoint(c);
    i += n;
  }
  return out;
}
/** Length of the valid UTF-8 sequence at `i`, or 0. */
export function sequenceLength(data: Uint8Array, i: number): number {
  const c = data[i] as number;
  if (c < 0x80) return 1;
  const next = (k: number): number => (i + k < data.length ? (data[i + k] as number) : 0);
  const cont = (k: number): boolean => (next(k) & 0xc0) === 0x80;
  if (c >= 0xc2 && c < 0xe0) return cont(1) ? 2 : 0;
  if (c >= 0xe0 && c < 0xf0) {
    const s = next(1);
    if (!cont(1) || !cont(2) || (c === 0xe0 && s < 0xa0) || (c === 0xed && s >= 0xa0)) return 0;
    return 3;
  }
  if (c >= 0xf0 && c < 0xf5) {
    const s = next(1);
    if (!cont(1) || !cont(2) || !cont(3) || (c === 0xf0 && s < 0x90) || (c === 0xf4 && s >= 0x90)) return 0;
    return 4;
  }
  return 0;
}
