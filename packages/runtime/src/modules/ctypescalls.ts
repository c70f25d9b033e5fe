/** What can be called through a function pointer: a few functions of the C library and of Python's C API, by name. */
import { _gc_runtime_state as gcs, PyTypeObject as T } from '@moult/abi';
import { PyGC_Collect } from '../gc/gcmain.ts';
import { GC_STATE } from '../objects/runtime.ts';
import { bytes, i32, setI32 } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc, PyMem_Realloc, PyObject_Free, PyObject_Malloc } from '../memory/obmalloc.ts';
import { PyBytes_FromStringAndSize } from '../objects/bytesobject.ts';
import { PyDict_GetItemWithError, PyDict_SetItem, PyDict_Size } from '../objects/dictobject.ts';
import { PyList_Append, PyList_New } from '../objects/listobject.ts';
import { PyLong_AsLong, PyLong_FromLong } from '../objects/longobject.ts';
import { Py_NewRef, Py_XDECREF, Py_XINCREF, Py_XNewRef, type Ref } from '../objects/object.ts';
import {
  PyObject_GetAttr,
  PyObject_IsTrue,
  PyObject_Repr,
  PyObject_SetAttr,
  PyObject_Str,
} from '../objects/objectattr.ts';
import { PyObject_Size } from '../objects/abstract.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';
import { PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { cstring } from '../memory/linear.ts';
import { checkAccess } from './ctypeswild.ts';
import { byteLength, wideLength, wideText } from './ctypesvalues.ts';

/** Arguments as C gets them, pointers and integers alike; what is returned is an int, a pointer, or a new reference. */
export type CFunction = (...args: number[]) => number;

export function memmove(to: number, from: number, n: number): number {
  if (n !== 0) {
    checkAccess(to, n);
    checkAccess(from, n);
    bytes.copyWithin(to, from, from + n);
  }
  return to;
}
export function memset(to: number, c: number, n: number): number {
  if (n !== 0) {
    checkAccess(to, n);
    bytes.fill(c & 255, to, to + n);
  }
  return to;
}
export function string_at(p: number, size: number): Ref {
  checkAccess(p, Math.max(1, size));
  return PyBytes_FromStringAndSize(p, size === -1 ? byteLength(p) : size);
}
export function wstring_at(p: number, size: number): Ref {
  checkAccess(p, 4 * Math.max(1, size));
  return wideText(p, size === -1 ? wideLength(p) : size);
}

// ---- Python's C API: what programs that look at memory call -------------------------------------------------------------

/** A function without a result. */
const done =
  (f: CFunction | ((...args: number[]) => void)): CFunction =>
  (...args) => {
    f(...args);
    return 0;
  };
/** What it was before. */
function switchCollector(on: number): number {
  const old = i32(GC_STATE + gcs.enabled);
  setI32(GC_STATE + gcs.enabled, on);
  return old;
}
/** By name, for ctypes.pythonapi and CDLL(None). */
export const SYMBOLS: Readonly<Record<string, CFunction>> = {
  Py_IncRef: done((op) => Py_XINCREF(op)),
  Py_DecRef: done((op) => Py_XDECREF(op)),
  Py_NewRef: (op) => Py_NewRef(op),
  Py_XNewRef: (op) => Py_XNewRef(op),
  PyObject_Repr: (op) => PyObject_Repr(op),
  PyObject_Str: (op) => PyObject_Str(op),
  PyObject_IsTrue: (op) => (PyObject_IsTrue(op) ? 1 : 0),
  PyObject_Size: (op) => PyObject_Size(op),
  PyObject_Type: (op) => Py_NewRef(i32(op + 8)),
  PyObject_GetAttr: (op, name) => PyObject_GetAttr(op, name),
  PyObject_SetAttr: done((op, name, value) => PyObject_SetAttr(op, name, value)),
  PyObject_Malloc: (n) => PyObject_Malloc(n),
  PyObject_Free: done((p) => PyObject_Free(p)),
  PyMem_Malloc: (n) => PyMem_Malloc(n),
  PyMem_Realloc: (p, n) => PyMem_Realloc(p, n),
  PyMem_Free: done((p) => PyMem_Free(p)),
  PyGC_Collect: () => PyGC_Collect(2),
  PyGC_Enable: () => switchCollector(1),
  PyGC_Disable: () => switchCollector(0),
  PyGC_IsEnabled: () => i32(GC_STATE + gcs.enabled),
  PyLong_FromLong: (n) => PyLong_FromLong(n),
  PyLong_AsLong: (op) => PyLong_AsLong(op),
  PyList_New: (n) => PyList_New(n),
  PyList_Size: (op) => i32(op + 16),
  PyList_GetItem: (op, i) => i32(i32(op + 24) + (i << 3)),
  PyList_Append: done((op, x) => PyList_Append(op, x)),
  PyTuple_New: (n) => PyTuple_New(n),
  PyTuple_Size: (op) => i32(op + 16),
  PyTuple_GetItem: (op, i) => i32(op + 24 + (i << 3)),
  PyTuple_SetItem: (op, i, x) => {
    const slot = op + 24 + (i << 3);
    const old = i32(slot);
    bytes.set([x & 255, (x >> 8) & 255, (x >> 16) & 255, (x >> 24) & 255, 0, 0, 0, 0], slot);
    Py_XDECREF(old);
    return 0;
  },
  PyDict_GetItem: (op, key) => PyDict_GetItemWithError(op, key),
  PyDict_SetItem: done((op, key, value) => PyDict_SetItem(op, key, value)),
  PyDict_Size: (op) => PyDict_Size(op),
  PyUnicode_InternFromString: (p) => PyUnicode_InternFromString(cstring(p)),
  PyType_IsSubtype: (a, b) => {
    for (let t = a; t !== 0; t = i32(t + T.tp_base)) if (t === b) return 1;
    return 0;
  },
  memmove,
  memcpy: memmove,
  memset,
  strlen: (p) => {
    checkAccess(p, 1);
    return byteLength(p);
  },
};
