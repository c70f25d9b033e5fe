/** Arrays of C data. Mirrors the Array part of Modules/_ctypes/_ctypes.c. */
import { METH_CLASS, METH_O, PyTypeObject as T } from '@moult/abi';
import { bytes, cstring, i32, setI32, setPtr } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PySequence_GetItem, PySequence_SetItem, PySequence_Size } from '../objects/abstract.ts';
import { _PyIndex_Check, PyNumber_AsSsize_t } from '../objects/abstractnumber.ts';
import { bytesOfBufferObject } from '../objects/abstractbuffer.ts';
import { PyBytes_FromBytes, PyBytes_FromStringAndSize } from '../objects/bytesobject.ts';
import { PyErr_NoMemory, raise } from '../objects/errors.ts';
import { Py_GenericAlias } from '../objects/genericaliasobject.ts';
import { PyList_New } from '../objects/listobject.ts';
import { longAsBigInt } from '../objects/longobject.ts';
import {
  drop,
  hold,
  PyBytes_Check,
  PyLong_Check,
  PyUnicode_Check,
  Py_NewRef,
  type Ref,
  release,
  typeNameOf,
} from '../objects/object.ts';
import { PyObject_GetOptionalAttr } from '../objects/objectattr.ts';
import { PyDescr_NewGetSet } from '../objects/descrobject.ts';
import { PySlice_AdjustIndices, PySlice_Unpack } from '../objects/sliceobject.ts';
import { type GetSetSpec, writeGetSets, type TypeSpec } from '../objects/spec.ts';
import {
  PyExc_AttributeError,
  PyExc_IndexError,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
  PySlice_Type,
  PyType_Type,
} from '../objects/static.ts';
import { PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { CD, CTYPES_STATE, PyCArray_Type, PyCArrayType_Type, SI } from './ctypeslayout.ts';
import {
  DATA_FLAGS,
  dataSlots,
  dataSpec,
  getPart,
  hasInfo,
  initInfo,
  makeFinal,
  newCString,
  newData,
  setPart,
} from './ctypesdata.ts';
import { ctypeMethods, fromParamMethod, metaSpec, setOwn } from './ctypesmeta.ts';
import { codeOf } from './ctypessimple.ts';
import { byteLength, wideLength, wideText, writeWide } from './ctypesvalues.ts';

function need(type: Ref, name: string): Ref {
  const m = hold(PyUnicode_InternFromString(name));
  const value = PyObject_GetOptionalAttr(type, i32(m));
  release(m);
  if (value === 0) raise(PyExc_AttributeError, `class must define a '${name}' attribute`);
  return value;
}
function array_type_init(self: Ref, args: Ref, kwds: Ref): void {
  (text[i32(PyType_Type + T.tp_init)] as NativeFunction)(self, args, kwds);
  const m = hold(need(self, '_length_'));
  if (!PyLong_Check(i32(m))) raise(PyExc_TypeError, "The '_length_' attribute must be an integer");
  const big = longAsBigInt(i32(m));
  if (big < 0n) raise(PyExc_ValueError, "The '_length_' attribute must not be negative");
  if (big >= 1n << 63n) raise(PyExc_OverflowError, "The '_length_' attribute is too large");
  const item = need(self, '_type_');
  hold(item);
  if (!hasInfo(item)) raise(PyExc_TypeError, '_type_ must have storage info');
  const total = big * BigInt(i32(item + SI.size));
  if (total >= 1n << 63n) raise(PyExc_OverflowError, 'array too large');
  if (total >= 1n << 31n) PyErr_NoMemory();
  const length = Number(big);
  initInfo(self);
  setPtr(self + SI.format, newCString(cstring(i32(item + SI.format))));
  const ndim = i32(item + SI.ndim) + 1;
  setI32(self + SI.ndim, ndim);
  const shape = PyMem_Malloc(8 * ndim);
  if (shape === 0) PyErr_NoMemory();
  setPtr(shape, length);
  for (let i = 1; i < ndim; i++) setPtr(shape + 8 * i, i32(i32(item + SI.shape) + 8 * (i - 1)));
  setPtr(self + SI.shape, shape);
  setPtr(self + SI.size, Number(total));
  setPtr(self + SI.align, i32(item + SI.align));
  setPtr(self + SI.length, length);
  setPtr(self + SI.proto, Py_NewRef(item));
  setI32(self + SI.flags, (i32(item + SI.flags) & 0x300) !== 0 ? 0x200 : 0);
  makeFinal(item);
  const code = codeOf(item);
  if (code === 'c') addTextAttributes(self, 0, 2);
  else if (code === 'u') addTextAttributes(self, 2, 3);
  release(m);
}

// ---- character arrays ---------------------------------------------------------------------------------------------------

function chars_get_raw(self: Ref): Ref {
  return PyBytes_FromStringAndSize(i32(self + CD.b_ptr), i32(self + CD.b_size));
}
function chars_set_raw(self: Ref, value: Ref): void {
  if (value === 0) raise(PyExc_AttributeError, 'cannot delete attribute');
  const data = bytesOfBufferObject(value);
  if (data === null) raise(PyExc_TypeError, `a bytes-like object is required, not '${typeNameOf(value)}'`);
  if ((data as Uint8Array).length > i32(self + CD.b_size)) raise(PyExc_ValueError, 'byte string too long');
  bytes.set(data as Uint8Array, i32(self + CD.b_ptr));
}
function chars_get_value(self: Ref): Ref {
  const p = i32(self + CD.b_ptr);
  return PyBytes_FromStringAndSize(p, byteLength(p, i32(self + CD.b_size)));
}
function chars_set_value(self: Ref, value: Ref): void {
  if (value === 0) raise(PyExc_TypeError, "can't delete attribute");
  if (!PyBytes_Check(value)) raise(PyExc_TypeError, `bytes expected instead of ${typeNameOf(value)} instance`);
  const n = i32(value + 16);
  const size = i32(self + CD.b_size);
  if (n > size) raise(PyExc_ValueError, 'byte string too long');
  const p = i32(self + CD.b_ptr);
  bytes.copyWithin(p, value + 32, value + 32 + n);
  if (n < size) bytes[p + n] = 0;
}
function wide_get_value(self: Ref): Ref {
  const p = i32(self + CD.b_ptr);
  return wideText(p, wideLength(p, i32(self + CD.b_size) >> 2));
}
function wide_set_value(self: Ref, value: Ref): void {
  if (value === 0) raise(PyExc_TypeError, "can't delete attribute");
  if (!PyUnicode_Check(value))
    raise(PyExc_TypeError, `unicode string expected instead of ${typeNameOf(value)} instance`);
  const n = i32(value + 16);
  const room = i32(self + CD.b_size) >> 2;
  if (n > room) raise(PyExc_ValueError, 'string too long');
  const p = i32(self + CD.b_ptr);
  writeWide(p, value);
  if (n < room) setI32(p + 4 * n, 0);
}
export const textGetSets: readonly GetSetSpec[] = [
  { name: 'raw', get: chars_get_raw, set: chars_set_raw, doc: 'value' },
  { name: 'value', get: chars_get_value, set: chars_set_value, doc: 'string value' },
  { name: 'value', get: wide_get_value, set: wide_set_value, doc: 'string value' },
];
/** Cold boot. */
export function writeTextGetSets(): void {
  setPtr(CTYPES_STATE + 8, writeGetSets(textGetSets));
}
function addTextAttributes(type: Ref, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const m = hold(PyDescr_NewGetSet(type, i32(CTYPES_STATE + 8) + 40 * i));
    setOwn(type, (textGetSets[i] as GetSetSpec).name, i32(m));
    release(m);
  }
}

// ---- instances ----------------------------------------------------------------------------------------------------------

function array_init(self: Ref, args: Ref): void {
  for (let i = 0; i < i32(args + 16); i++) PySequence_SetItem(self, i, i32(args + 24 + (i << 3)));
}
function array_item(self: Ref, index: number): Ref {
  if (index < 0 || index >= i32(self + CD.b_length)) raise(PyExc_IndexError, 'invalid index');
  const item = i32(i32(self + 8) + SI.proto);
  const size = i32(item + SI.size);
  return getPart(item, 0, self, index, size, i32(self + CD.b_ptr) + index * size);
}
function array_ass_item(self: Ref, index: number, value: Ref): void {
  if (value === 0) raise(PyExc_TypeError, 'Array does not support item deletion');
  if (index < 0 || index >= i32(self + CD.b_length)) raise(PyExc_IndexError, 'invalid index');
  const item = i32(i32(self + 8) + SI.proto);
  const size = i32(item + SI.size);
  setPart(self, item, 0, value, index, size, i32(self + CD.b_ptr) + index * size);
}
/** Characters at start, start + step … as bytes or str. */
export function characters(code: string, p: number, start: number, step: number, n: number): Ref {
  if (code === 'c') {
    const out = new Uint8Array(n);
    for (let i = 0, at = start; i < n; i++, at += step) out[i] = bytes[p + at] as number;
    return PyBytes_FromBytes(out);
  }
  if (step === 1 || n === 0) return wideText(p + 4 * start, n);
  const copy = PyMem_Malloc(4 * n);
  for (let i = 0, at = start; i < n; i++, at += step) setI32(copy + 4 * i, i32(p + 4 * at));
  const m = hold(wideText(copy, n));
  drop(m);
  PyMem_Free(copy);
  return i32(m);
}
/** The items at start, start + step … as a list. */
export function itemList(self: Ref, start: number, step: number, n: number, get: (self: Ref, i: number) => Ref): Ref {
  const list = PyList_New(n);
  const m = hold(list);
  for (let i = 0, at = start; i < n; i++, at += step) setPtr(i32(list + 24) + (i << 3), get(self, at));
  drop(m);
  return list;
}
function array_subscript(self: Ref, key: Ref): Ref {
  if (_PyIndex_Check(key)) {
    const i = PyNumber_AsSsize_t(key, PyExc_IndexError);
    return array_item(self, i < 0 ? i + i32(self + CD.b_length) : i);
  }
  if (i32(key + 8) !== PySlice_Type) raise(PyExc_TypeError, 'indices must be integers');
  const s = PySlice_Unpack(key);
  const n = PySlice_AdjustIndices(i32(self + CD.b_length), s);
  const code = codeOf(i32(i32(self + 8) + SI.proto));
  if (code === 'c' || code === 'u') return characters(code, i32(self + CD.b_ptr), s.start, s.step, Math.max(0, n));
  return itemList(self, s.start, s.step, Math.max(0, n), array_item);
}
function array_ass_subscript(self: Ref, key: Ref, value: Ref): void {
  if (value === 0) raise(PyExc_TypeError, 'Array does not support item deletion');
  if (_PyIndex_Check(key)) {
    const i = PyNumber_AsSsize_t(key, PyExc_IndexError);
    array_ass_item(self, i < 0 ? i + i32(self + CD.b_length) : i, value);
    return;
  }
  if (i32(key + 8) !== PySlice_Type) raise(PyExc_TypeError, 'indices must be integer');
  const s = PySlice_Unpack(key);
  const n = Math.max(0, PySlice_AdjustIndices(i32(self + CD.b_length), s));
  if (PySequence_Size(value) !== n) raise(PyExc_ValueError, 'Can only assign sequence of same size');
  for (let i = 0, at = s.start; i < n; i++, at += s.step) {
    const m = hold(PySequence_GetItem(value, i));
    array_ass_item(self, at, i32(m));
    release(m);
  }
}
const array_length = (self: Ref): number => i32(self + CD.b_length);

export const arrayTypeSpec = metaSpec(PyCArrayType_Type, 'PyCArrayType', { tp_init: array_type_init }, [
  fromParamMethod,
  ...ctypeMethods,
]);
export const arraySpec: TypeSpec = {
  address: PyCArray_Type,
  name: '_ctypes.Array',
  basicsize: CD.SIZE,
  flags: DATA_FLAGS,
  base: dataSpec.address,
  metatype: PyCArrayType_Type,
  doc: 'Abstract base class for arrays.\n\nThe recommended way to create concrete array types is by multiplying any\nctypes data type with a non-negative integer. Alternatively, you can subclass\nthis type and define _length_ and _type_ class variables. Array elements can\nbe read and written using standard subscript and slice accesses for slice\nreads, the resulting object is not itself an Array.',
  slots: {
    ...dataSlots,
    tp_new: newData,
    tp_init: array_init,
    sq_length: array_length,
    sq_item: array_item,
    sq_ass_item: array_ass_item,
    mp_length: array_length,
    mp_subscript: array_subscript,
    mp_ass_subscript: array_ass_subscript,
  },
  methods: [{ name: '__class_getitem__', flags: METH_O | METH_CLASS, fn: Py_GenericAlias, doc: 'See PEP 585' }],
};
