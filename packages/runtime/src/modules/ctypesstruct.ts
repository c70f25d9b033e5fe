/** Structure and Union: their layout from `_fields_`, and their instances. Mirrors Modules/_ctypes/stgdict.c and _ctypes.c. */
import { PyTypeObject as T } from '@moult/abi';
import { cstring, i32, setI32, setPtr } from '../memory/linear.ts';
import { PyMem_Calloc, PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import { memcopy } from '../memory/raw.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PySequence_Fast, PySequence_GetItem, PySequence_Size } from '../objects/abstract.ts';
import { PyDict_GetItemWithError, PyDict_Next } from '../objects/dictobject.ts';
import { catchPending, PyErr_Clear, PyErr_ExceptionMatches, PENDING, raise } from '../objects/errors.ts';
import { PyLong_AsInt } from '../objects/longobject.ts';
import {
  hold,
  nativeMark,
  PyLong_Check,
  PyTuple_Check,
  PyUnicode_Check,
  Py_INCREF,
  Py_XNewRef,
  type Ref,
  release,
  tpName,
} from '../objects/object.ts';
import { PyObject_GetAttr, PyObject_GetOptionalAttr, PyObject_Repr, PyObject_SetAttr } from '../objects/objectattr.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { PyExc_AttributeError, PyExc_TypeError, PyExc_ValueError, PyType_Type } from '../objects/static.ts';
import { typeAlloc } from '../objects/typealloc.ts';
import { type_setattro } from '../objects/typeattrs.ts';
import { asText, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import {
  CD,
  CF,
  PyCField_Type,
  PyCStructType_Type,
  SI,
  Struct_Type,
  Union_Type,
  UnionType_Type,
} from './ctypeslayout.ts';
import {
  DATA_FLAGS,
  dataSlots,
  dataSpec,
  hasInfo,
  initInfo,
  isSimpleType,
  makeFinal,
  newCString,
  newData,
} from './ctypesdata.ts';
import { type Layout, newField } from './ctypesfield.ts';
import { ctypeMethods, fromParamMethod, metaSpec, ownAttribute } from './ctypesmeta.ts';
import { codeOf } from './ctypessimple.ts';

/** A class's attribute, borrowed from it, or 0. */
function attribute(type: Ref, name: string): Ref {
  const m = hold(PyUnicode_InternFromString(name));
  const value = PyObject_GetOptionalAttr(type, i32(m));
  hold(value);
  release(m);
  return value;
}
function setFormat(type: Ref, format: string): void {
  const old = i32(type + SI.format);
  if (old !== 0) PyMem_Free(old);
  setPtr(type + SI.format, newCString(format));
}

/** A derived class begins with what its base has (PyCStgInfo_clone). */
function cloneInfo(to: Ref, from: Ref): void {
  for (const at of [SI.size, SI.align, SI.length, SI.setfunc, SI.getfunc, SI.paramfunc, SI.ndim]) {
    setPtr(to + at, i32(from + at));
  }
  setI32(to + SI.flags, i32(from + SI.flags));
  for (const at of [SI.proto, SI.argtypes, SI.converters, SI.restype, SI.checker, SI.module]) {
    setPtr(to + at, Py_XNewRef(i32(from + at)));
  }
  if (i32(from + SI.format) !== 0) setFormat(to, cstring(i32(from + SI.format)));
  const ndim = i32(from + SI.ndim);
  if (i32(from + SI.shape) !== 0) {
    setPtr(to + SI.shape, PyMem_Malloc(8 * ndim));
    memcopy(i32(to + SI.shape), i32(from + SI.shape), 8 * ndim);
  }
  setI32(to + SI.dict_final, 0);
}

function struct_type_init(self: Ref, args: Ref, kwds: Ref): void {
  (text[i32(PyType_Type + T.tp_init)] as NativeFunction)(self, args, kwds);
  if (ownAttribute(self, '_abstract_') !== 0) return;
  initInfo(self);
  setFormat(self, 'B');
  const fields = ownAttribute(self, '_fields_');
  if (fields !== 0) {
    const m = hold(PyUnicode_InternFromString('_fields_'));
    Py_INCREF(fields);
    hold(fields);
    PyObject_SetAttr(self, i32(m), fields);
    release(m);
    return;
  }
  const base = i32(self + T.tp_base);
  if (hasInfo(base)) {
    cloneInfo(self, base);
    makeFinal(base);
  }
}
function struct_setattro(self: Ref, key: Ref, value: Ref): void {
  type_setattro(self, key, value);
  if (PyUnicode_Check(key) && asText(key) === '_fields_') {
    if (value === 0) raise(PyExc_AttributeError, '_fields_');
    layOut(self, value, PyUnionBase(self));
  }
}
const PyUnionBase = (type: Ref): boolean => i32(type + 8) === UnionType_Type || isUnion(type);
function isUnion(type: Ref): boolean {
  for (let t = type; t !== 0; t = i32(t + T.tp_base)) if (t === Union_Type) return true;
  return false;
}
function packOf(type: Ref): number {
  const pack = attribute(type, '_pack_');
  if (pack === 0) return 0;
  const n = PyLong_Check(pack) ? PyLong_AsInt(pack) : -1;
  if (n < 0) raise(PyExc_ValueError, '_pack_ must be a non-negative integer');
  return n;
}

interface FieldSpec {
  readonly name: Ref;
  readonly type: Ref;
  readonly bits: number;
}
/** A pair of `_fields_`, taken apart. */
function fieldSpec(pair: Ref, index: number): FieldSpec {
  const n = PyTuple_Check(pair) ? i32(pair + 16) : 0;
  const bad = (): never => raise(PyExc_TypeError, "'_fields_' must be a sequence of (name, C type) pairs");
  if (n < 2 || n > 3 || !PyUnicode_Check(i32(pair + 24))) bad();
  const type = i32(pair + 32);
  if (n === 3 && !PyLong_Check(i32(pair + 40))) bad();
  if (!hasInfo(type)) raise(PyExc_TypeError, `second item in _fields_ tuple (index ${index}) must be a C type`);
  if (n === 2) return { name: i32(pair + 24), type, bits: 0 };
  const bits = PyLong_AsInt(i32(pair + 40));
  if (!isSimpleType(type) || !'bBhHiIlLqQ?'.includes(codeOf(type))) {
    raise(PyExc_TypeError, `bit fields not allowed for type ${tpName(type)}`);
  }
  if (bits <= 0 || bits > i32(type + SI.size) * 8) raise(PyExc_ValueError, 'number of bits invalid for bit field');
  return { name: i32(pair + 24), type, bits };
}

/** Lays the fields out after each other (or over each other) and adds their descriptors (PyCStructUnionType_update_stginfo). */
function layOut(type: Ref, fields: Ref, union: boolean): void {
  const m = nativeMark();
  const swapped = attribute(type, '_swappedbytes_') !== 0;
  const pack = packOf(type);
  const n = sizeOf(fields);
  if (i32(type + SI.dict_final) !== 0) raise(PyExc_AttributeError, '_fields_ is final');
  const base = i32(type + T.tp_base);
  const inherits = hasInfo(base);
  const at: Layout = {
    size: inherits ? i32(base + SI.size) : 0,
    offset: inherits ? i32(base + SI.size) : 0,
    align: inherits ? i32(base + SI.align) : 0,
    fieldBits: 0,
    bitOffset: 0,
  };
  let totalAlign = inherits ? Math.max(1, i32(base + SI.align)) : 1;
  let unionSize = inherits ? i32(base + SI.size) : 0;
  const before = inherits ? i32(base + SI.length) : 0;
  if (inherits) {
    makeFinal(base);
    setI32(type + SI.flags, i32(type + SI.flags) | (i32(base + SI.flags) & 0x300));
  }
  let format = union || inherits ? 'B' : 'T{';
  let lastOffset = 0;
  for (let i = 0; i < n; i++) {
    const pair = hold(PySequence_GetItem(fields, i));
    const { name, type: fieldType, bits } = fieldSpec(i32(pair), i);
    setI32(type + SI.flags, i32(type + SI.flags) | ((i32(fieldType + SI.flags) & 0x300) !== 0 ? 0x200 : 0));
    makeFinal(fieldType);
    if (union) {
      at.size = 0;
      at.offset = 0;
      at.align = 0;
      at.fieldBits = 0;
    }
    const field = newField(fieldType, before + i, bits, at, pack, swapped);
    hold(field);
    if (union) unionSize = Math.max(unionSize, at.size);
    totalAlign = Math.max(totalAlign, at.align);
    if (format.startsWith('T{')) {
      const offset = i32(field + CF.offset);
      if (bits !== 0 && offset < lastOffset) format = 'B';
      else {
        format += padding(offset - lastOffset) + fieldFormat(fieldType) + `:${asText(name)}:`;
        lastOffset = offset + i32(fieldType + SI.size);
      }
    }
    type_setattro(type, name, field);
    release(pair);
  }
  const raw = union ? unionSize : at.size;
  const size = Math.ceil(raw / totalAlign) * totalAlign;
  if (format.startsWith('T{')) format += `${padding(size - lastOffset)}}`;
  setFormat(type, format);
  setPtr(type + SI.elements, PyMem_Calloc(before + n + 1, 8));
  setPtr(type + SI.align, totalAlign);
  setPtr(type + SI.length, before + n);
  setPtr(type + SI.size, size);
  makeFinal(type);
  addAnonymous(type);
  release(m);
}
function sizeOf(fields: Ref): number {
  const m = nativeMark();
  try {
    return PySequence_Size(fields);
  } catch (e) {
    catchPending(e, m);
    if (!PyErr_ExceptionMatches(PyExc_TypeError)) throw PENDING;
    PyErr_Clear();
    raise(PyExc_TypeError, "'_fields_' must be a sequence of pairs");
  }
}
const padding = (n: number): string => (n <= 0 ? '' : n === 1 ? 'x' : `${n}x`);
function fieldFormat(type: Ref): string {
  const dims: number[] = [];
  for (let i = 0; i < i32(type + SI.ndim); i++) dims.push(i32(i32(type + SI.shape) + 8 * i));
  return (dims.length > 0 ? `(${dims.join(',')})` : '') + cstring(i32(type + SI.format));
}

/** The fields of the fields named in `_anonymous_` become attributes of the class, too. */
function addAnonymous(type: Ref): void {
  const names = attribute(type, '_anonymous_');
  if (names === 0) return;
  const m = hold(PySequence_Fast(names, '_anonymous_ must be a sequence'));
  const n = PySequence_Size(i32(m));
  for (let i = 0; i < n; i++) {
    const k = hold(PySequence_GetItem(i32(m), i));
    const name = i32(k);
    const descr = hold(PyObject_GetAttr(type, name));
    if (i32(i32(descr) + 8) !== PyCField_Type) {
      hold(PyObject_Repr(name));
      raise(PyExc_AttributeError, `${asText(name)} is specified in _anonymous_ but not in _fields_`);
    }
    liftFields(type, i32(descr), i32(i32(descr) + CF.index), i32(i32(descr) + CF.offset));
    release(k);
  }
  release(m);
}
function liftFields(type: Ref, outer: Ref, index: number, offset: number): void {
  const proto = i32(outer + CF.proto);
  const fields = attribute(proto, '_fields_');
  if (fields === 0) return;
  const n = PySequence_Size(fields);
  for (let i = 0; i < n; i++) {
    const m = hold(PySequence_GetItem(fields, i));
    const name = i32(i32(m) + 24);
    const inner = hold(PyObject_GetAttr(proto, name));
    const from = i32(inner);
    const field = newFieldCopy(from, index, offset);
    hold(field);
    type_setattro(type, name, field);
    release(m);
  }
}
function newFieldCopy(from: Ref, index: number, offset: number): Ref {
  const field = typeAlloc(PyCField_Type, 0);
  setPtr(field + CF.size, i32(from + CF.size));
  setPtr(field + CF.offset, i32(from + CF.offset) + offset);
  setPtr(field + CF.index, i32(from + CF.index) + index);
  setPtr(field + CF.proto, Py_XNewRef(i32(from + CF.proto)));
  setPtr(field + CF.getfunc, i32(from + CF.getfunc));
  setPtr(field + CF.setfunc, i32(from + CF.setfunc));
  return field;
}

// ---- instances ----------------------------------------------------------------------------------------------------------

/** Sets the fields of `type`'s bases first, then its own; the index of the next argument. */
function initPositional(self: Ref, type: Ref, args: Ref, kwds: Ref, index: number): number {
  const base = i32(type + T.tp_base);
  let next = hasInfo(base) ? initPositional(self, base, args, kwds, index) : index;
  const start = next;
  const fields = ownAttribute(type, '_fields_');
  if (fields === 0) return next;
  const n = i32(type + SI.length);
  for (; next < n + start && next < i32(args + 16); next++) {
    const m = hold(PySequence_GetItem(fields, next - start));
    const name = hold(PySequence_GetItem(i32(m), 0));
    if (kwds !== 0 && PyDict_GetItemWithError(kwds, i32(name)) !== 0) {
      hold(PyObject_Repr(i32(name)));
      raise(PyExc_TypeError, `duplicate values for field ${asText(i32(name + 8))}`);
    }
    PyObject_SetAttr(self, i32(name), i32(args + 24 + (next << 3)));
    release(m);
  }
  return next;
}
function struct_init(self: Ref, args: Ref, kwds: Ref): void {
  const n = i32(args + 16);
  if (n > 0 && initPositional(self, i32(self + 8), args, kwds, 0) < n) raise(PyExc_TypeError, 'too many initializers');
  if (kwds === 0) return;
  const pos = { i: 0, key: 0, value: 0 };
  while (PyDict_Next(kwds, pos)) PyObject_SetAttr(self, pos.key, pos.value);
}

const metaSlots = { tp_init: struct_type_init, tp_setattro: struct_setattro } as const;
export const structTypeSpec = metaSpec(PyCStructType_Type, 'PyCStructType', metaSlots, [
  fromParamMethod,
  ...ctypeMethods,
]);
export const unionTypeSpec = metaSpec(UnionType_Type, 'UnionType', metaSlots, [fromParamMethod, ...ctypeMethods]);
const classOf = (address: number, name: string, doc: string, metatype: number): TypeSpec => ({
  address,
  name: `_ctypes.${name}`,
  basicsize: CD.SIZE,
  flags: DATA_FLAGS,
  base: dataSpec.address,
  metatype,
  doc,
  slots: { ...dataSlots, tp_new: newData, tp_init: struct_init },
});
export const structSpec = classOf(Struct_Type, 'Structure', 'Structure base class', PyCStructType_Type);
export const unionSpec = classOf(Union_Type, 'Union', 'Union base class', UnionType_Type);
