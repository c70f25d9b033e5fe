/** bytearray: its own methods and its iterator. Mirrors Objects/bytearrayobject.c. */
import { Py_ID } from '@moult/abi';
import { _PyObject_GC_New } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK } from '../gc/track.ts';
import { bytes, i32, setPtr } from '../memory/linear.ts';
import { _PyIndex_Check, PyIter_Next, PyNumber_AsSsize_t, PyObject_GetIter, PyObject_LengthHint } from './abstract.ts';
import { PyObject_CheckBuffer, withBytes } from './abstractbuffer.ts';
import { _PyArg_CheckPositional } from './args.ts';
import {
  bytearray_setslice_linear,
  checkResizable,
  PyByteArray_FromStringAndSize,
  PyByteArray_Resize,
} from './bytearrayobject.ts';
import { PyBytes_FromStringAndSize } from './bytesobject.ts';
import { raise } from './errors.ts';
import { PyLong_AsInt, PyLong_FromLong, smallInt } from './longobject.ts';
import { drop, hold, Py_DECREF, Py_NewRef, PyUnicode_Check, type Ref, release, typeNameOf } from './object.ts';
import { PyObject_GetOptionalAttr } from './objectattr.ts';
import { EMPTY_TUPLE } from './runtime.ts';
import {
  Py_None,
  PyByteArrayIter_Type,
  PyExc_IndexError,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
} from './static.ts';
import { tupleSteal } from './tupleobject.ts';
import { findChar } from './unicodesearch.ts';
import { PyUnicode_FromKindAndData, PyUnicode_FromString } from './unicodeobject.ts';
import { canIterate, getByteValue } from './bytearraytype.ts';

// ---- methods ----

export function appendByte(self: Ref, b: number): void {
  const n = i32(self + 16);
  PyByteArray_Resize(self, n + 1);
  bytes[i32(self + 40) + n] = b;
}
function none(): Ref {
  return Py_NewRef(Py_None);
}
export function bytearray_append(self: Ref, item: Ref): Ref {
  appendByte(self, getByteValue(item));
  return none();
}
export function bytearray_extend(self: Ref, iterable: Ref): Ref {
  if (PyObject_CheckBuffer(iterable)) {
    if (iterable === self) {
      const copy = hold(PyByteArray_FromStringAndSize(i32(self + 40), i32(self + 16)));
      bytearray_extend(self, i32(copy));
      release(copy);
      return none();
    }
    withBytes(iterable, (p, n) => bytearray_setslice_linear(self, i32(self + 16), i32(self + 16), p, n));
    return none();
  }
  if (!canIterate(iterable)) raise(PyExc_TypeError, `can't extend bytearray with ${typeNameOf(iterable)}`);
  const m = hold(PyObject_GetIter(iterable));
  const hint = PyObject_LengthHint(iterable, 32);
  const array = PyByteArray_FromStringAndSize(0, hint);
  hold(array);
  let len = 0;
  let size = hint;
  for (;;) {
    const item = PyIter_Next(i32(m));
    if (item === 0) break;
    const k = hold(item);
    if (PyUnicode_Check(iterable) && !_PyIndex_Check(item)) {
      raise(PyExc_TypeError, "expected iterable of integers; got: 'str'");
    }
    const b = getByteValue(item);
    release(k);
    if (size === 0) {
      size = 1;
      PyByteArray_Resize(array, size);
    }
    bytes[i32(array + 40) + len++] = b;
    if (len >= size) {
      size = len + (len >> 1) + 1;
      PyByteArray_Resize(array, size);
    }
  }
  PyByteArray_Resize(array, len);
  bytearray_setslice_linear(self, i32(self + 16), i32(self + 16), i32(array + 40), len);
  release(m);
  return none();
}
export function bytearray_insert(self: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('insert', nargs, 2, 2);
  let index = PyNumber_AsSsize_t(i32(args), PyExc_OverflowError);
  const b = getByteValue(i32(args + 8));
  const n = i32(self + 16);
  PyByteArray_Resize(self, n + 1);
  const buf = i32(self + 40);
  if (index < 0) index = Math.max(0, index + n);
  if (index > n) index = n;
  bytes.copyWithin(buf + index + 1, buf + index, buf + n);
  bytes[buf + index] = b;
  return none();
}
export function bytearray_pop(self: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('pop', nargs, 0, 1);
  let index = nargs > 0 ? PyNumber_AsSsize_t(i32(args), PyExc_OverflowError) : -1;
  const n = i32(self + 16);
  if (n === 0) raise(PyExc_IndexError, 'pop from empty bytearray');
  if (index < 0) index += n;
  if (index < 0 || index >= n) raise(PyExc_IndexError, 'pop index out of range');
  checkResizable(self);
  const buf = i32(self + 40);
  const value = bytes[buf + index] as number;
  bytes.copyWithin(buf + index, buf + index + 1, buf + n + 1);
  PyByteArray_Resize(self, n - 1);
  return smallInt(value);
}
export function bytearray_remove(self: Ref, value: Ref): Ref {
  const b = getByteValue(value);
  const n = i32(self + 16);
  const buf = i32(self + 40);
  const at = findChar(1, buf, n, b);
  if (at < 0) raise(PyExc_ValueError, 'value not found in bytearray');
  checkResizable(self);
  bytes.copyWithin(buf + at, buf + at + 1, buf + n + 1);
  PyByteArray_Resize(self, n - 1);
  return none();
}
export function bytearray_reverse(self: Ref): Ref {
  const n = i32(self + 16);
  if (n > 1) bytes.subarray(i32(self + 40), i32(self + 40) + n).reverse();
  return none();
}
export function bytearray_clear(self: Ref): Ref {
  PyByteArray_Resize(self, 0);
  return none();
}
export function bytearray_copy(self: Ref): Ref {
  return PyByteArray_FromStringAndSize(i32(self + 40), i32(self + 16));
}
export function bytearray_alloc(self: Ref): Ref {
  return PyLong_FromLong(i32(self + 24));
}
export function bytearray_sizeof(self: Ref): Ref {
  return PyLong_FromLong(56 + i32(self + 24));
}
function reduceWith(self: Ref, proto: number): Ref {
  const dict = PyObject_GetOptionalAttr(self, Py_ID.__dict__);
  const m = hold(dict === 0 ? Py_NewRef(Py_None) : dict);
  const p = i32(self + 40);
  const n = i32(self + 16);
  let args: Ref;
  if (n === 0) args = Py_NewRef(EMPTY_TUPLE);
  else if (proto < 3) {
    hold(PyUnicode_FromKindAndData(1, p, n));
    const latin = PyUnicode_FromString('latin-1');
    const text = i32(m + 8);
    drop(m + 8);
    args = tupleSteal(text, latin);
  } else args = tupleSteal(PyBytes_FromStringAndSize(p, n));
  drop(m);
  return tupleSteal(Py_NewRef(i32(self + 8)), args, i32(m));
}
export function bytearray_reduce(self: Ref): Ref {
  return reduceWith(self, 2);
}
export function bytearray_reduce_ex(self: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('__reduce_ex__', nargs, 0, 1);
  return reduceWith(self, nargs > 0 ? PyLong_AsInt(i32(args)) : 0);
}

// ---- iterator ----

export function bytearray_iter(seq: Ref): Ref {
  const it = _PyObject_GC_New(PyByteArrayIter_Type);
  setPtr(it + 16, 0);
  setPtr(it + 24, Py_NewRef(seq));
  _PyObject_GC_TRACK(it);
  return it;
}
export function bytearrayiter_next(it: Ref): Ref {
  const seq = i32(it + 24);
  if (seq === 0) return 0;
  const i = i32(it + 16);
  if (i < i32(seq + 16)) {
    setPtr(it + 16, i + 1);
    return smallInt(bytes[i32(seq + 40) + i] as number);
  }
  setPtr(it + 24, 0);
  Py_DECREF(seq);
  return 0;
}
