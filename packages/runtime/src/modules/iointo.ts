/** readinto: from a reader into a writable buffer. */
import { Py_buffer } from '@moult/abi';
import { bytes, i32 } from '../memory/linear.ts';
import { PyBuffer_Release, PyObject_GetBuffer } from '../objects/abstractbuffer.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { borrowArguments, dropArguments, type Ref } from '../objects/object.ts';

const PyBUF_WRITABLE = 1;

/** Fills `op` with what `read(size)` gives; how many bytes, as an int object. */
export function readInto(op: Ref, read: (n: number) => Uint8Array): Ref {
  const view = borrowArguments(10);
  PyObject_GetBuffer(op, view, PyBUF_WRITABLE);
  const size = i32(view + Py_buffer.len);
  const data = read(size);
  bytes.set(data.subarray(0, size), i32(view + Py_buffer.buf));
  PyBuffer_Release(view);
  dropArguments(view);
  return PyLong_FromLong(Math.min(size, data.length));
}
