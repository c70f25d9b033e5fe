/** Pointers to C data. Mirrors the Pointer part of Modules/_ctypes/_ctypes.c, and POINTER and pointer. */
import { PyTypeObject as T } from '@moult/abi';
import { cstring, i32, setI32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyObject_IsInstance, PyObject_IsSubclass } from '../objects/abstract.ts';
import { _PyIndex_Check, PyNumber_AsSsize_t } from '../objects/abstractnumber.ts';
import { callFunction, PyObject_CallOneArg } from '../objects/call.ts';
import { PyDict_GetItemWithError, PyDict_New, PyDict_SetItem, PyDict_SetItemString } from '../objects/dictobject.ts';
import { raise } from '../objects/errors.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import {
  drop,
  hold,
  PyType_Check,
  PyUnicode_Check,
  Py_NewRef,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from '../objects/object.ts';
import { PyObject_GetOptionalAttr } from '../objects/objectattr.ts';
import type { TypeSpec } from '../objects/spec.ts';
import {
  PyExc_IndexError,
  PyExc_TypeError,
  PyExc_ValueError,
  PySlice_Type,
  Py_None,
  PyType_Type,
} from '../objects/static.ts';
import { PySlice_Unpack } from '../objects/sliceobject.ts';
import { tupleSteal } from '../objects/tupleobject.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { characters, itemList } from './ctypesarray.ts';
import { CD, PyCPointer_Type, PyCPointerType_Type, SI } from './ctypeslayout.ts';
import {
  PLACEHOLDER_DOC,
  DATA_FLAGS,
  dataSlots,
  dataSpec,
  fromBase,
  getPart,
  hasInfo,
  initInfo,
  isArrayType,
  isData,
  isPointerType,
  keepRef,
  keptObjects,
  newCString,
  newData,
  setPart,
} from './ctypesdata.ts';
import { ctypeMethods, fromParamMethod, metaSpec } from './ctypesmeta.ts';
import { moduleDict } from './sysstate.ts';
import { codeOf } from './ctypessimple.ts';
import { checkAccess } from './ctypeswild.ts';
import { newArgument } from './ctypessimple.ts';

function setProto(type: Ref, proto: Ref): void {
  if (proto === 0 || !PyType_Check(proto)) raise(PyExc_TypeError, '_type_ must be a type');
  if (!hasInfo(proto)) raise(PyExc_TypeError, '_type_ must have storage info');
  const old = i32(type + SI.proto);
  setPtr(type + SI.proto, Py_NewRef(proto));
  if (old !== 0) {
    const m = hold(old);
    release(m);
  }
}
function pointer_type_init(self: Ref, args: Ref, kwds: Ref): void {
  (text[i32(PyType_Type + T.tp_init)] as NativeFunction)(self, args, kwds);
  initInfo(self);
  setPtr(self + SI.size, 8);
  setPtr(self + SI.align, 8);
  setPtr(self + SI.length, 1);
  setI32(self + SI.flags, 0x100);
  const m = hold(PyUnicode_InternFromString('_type_'));
  const proto = PyObject_GetOptionalAttr(self, i32(m));
  if (proto !== 0) {
    hold(proto);
    setProto(self, proto);
    const dims: number[] = [];
    for (let i = 0; i < i32(proto + SI.ndim); i++) dims.push(i32(i32(proto + SI.shape) + 8 * i));
    const format = i32(proto + SI.format) === 0 ? 'X{}' : cstring(i32(proto + SI.format));
    setPtr(self + SI.format, newCString(`&${dims.length > 0 ? `(${dims.join(',')})` : ''}${format}`));
  }
  release(m);
}
function set_type(self: Ref, type: Ref): Ref {
  setProto(self, type);
  const m = hold(PyUnicode_InternFromString('_type_'));
  PyDict_SetItem(i32(self + T.tp_dict), i32(m), type);
  release(m);
  return Py_NewRef(Py_None);
}
/** Arrays and pointers of the item type, instances and byref() of it, None. */
function pointer_from_param(type: Ref, value: Ref): Ref {
  if (value === Py_None) return Py_NewRef(Py_None);
  const proto = i32(type + SI.proto);
  if (proto === 0) raise(PyExc_TypeError, 'abstract class');
  if (PyObject_IsInstance(value, proto)) {
    const arg = newArgument('P', Py_NewRef(value));
    setPtr(arg + 32, i32(value + CD.b_ptr));
    return arg;
  }
  if (isData(value) && (isPointerType(i32(value + 8)) || isArrayType(i32(value + 8)))) {
    const item = i32(i32(value + 8) + SI.proto);
    if (item !== 0 && PyObject_IsSubclass(item, proto)) return Py_NewRef(value);
  }
  return fromParamMethod.fn(type, value) as Ref;
}

// ---- instances ----------------------------------------------------------------------------------------------------------

function target(self: Ref): number {
  const p = i32(i32(self + CD.b_ptr));
  if (p === 0) raise(PyExc_ValueError, 'NULL pointer access');
  return p;
}
const itemType = (self: Ref): Ref => i32(i32(self + 8) + SI.proto);
function get_contents(self: Ref): Ref {
  return fromBase(itemType(self), self, 0, target(self));
}
function set_contents(self: Ref, value: Ref): void {
  if (value === 0) raise(PyExc_TypeError, 'Pointer does not support item deletion');
  const proto = itemType(self);
  if (!isData(value) && !PyObject_IsInstance(value, proto)) {
    raise(PyExc_TypeError, `expected ${tpName(proto)} instead of ${typeNameOf(value)}`);
  }
  setPtr(i32(self + CD.b_ptr), i32(value + CD.b_ptr));
  keepRef(self, 1, Py_NewRef(value));
  keepRef(self, 0, Py_NewRef(keptObjects(value)));
}
function pointer_item(self: Ref, index: number): Ref {
  const p = target(self);
  const proto = itemType(self);
  const size = i32(proto + SI.size);
  checkAccess(p + index * size, size);
  return getPart(proto, 0, self, index, size, p + index * size);
}
function pointer_ass_item(self: Ref, index: number, value: Ref): void {
  if (value === 0) raise(PyExc_TypeError, 'Pointer does not support item deletion');
  const p = target(self);
  const proto = itemType(self);
  const size = i32(proto + SI.size);
  checkAccess(p + index * size, size);
  setPart(self, proto, 0, value, index, size, p + index * size);
}
function pointer_subscript(self: Ref, key: Ref): Ref {
  if (_PyIndex_Check(key)) return pointer_item(self, PyNumber_AsSsize_t(key, PyExc_IndexError));
  if (i32(key + 8) !== PySlice_Type) raise(PyExc_TypeError, 'Pointer indices must be integer');
  const s = PySlice_Unpack(key);
  const [start, stop] = [i32(key + 16), i32(key + 24)];
  if (start === Py_None && s.step < 0) raise(PyExc_ValueError, 'slice start is required for step < 0');
  if (stop === Py_None) raise(PyExc_ValueError, 'slice stop is required');
  const from = start === Py_None ? 0 : s.start;
  const distance = s.step > 0 ? s.stop - from : from - s.stop;
  const n = distance <= 0 ? 0 : Math.floor((distance - 1) / Math.abs(s.step)) + 1;
  const code = codeOf(itemType(self));
  if (code === 'c' || code === 'u') return characters(code, n === 0 ? 0 : target(self), from, s.step, n);
  return itemList(self, from, s.step, n, pointer_item);
}
function pointer_new(type: Ref): Ref {
  if (!hasInfo(type) || i32(type + SI.proto) === 0) raise(PyExc_TypeError, 'Cannot create instance: has no _type_');
  return newData(type);
}
function pointer_init(self: Ref, args: Ref): void {
  const n = i32(args + 16);
  if (n > 1) raise(PyExc_TypeError, `POINTER expected at most 1 argument, got ${n}`);
  if (n === 1) set_contents(self, i32(args + 24));
}

// ---- POINTER and pointer ------------------------------------------------------------------------------------------------

export function pointerCache(): Ref {
  return moduleDict('_ctypes._pointer_type_cache');
}
/** The pointer class of a class, made once; of a name, an incomplete one. */
export function POINTER(_m: Ref, cls: Ref): Ref {
  const cache = pointerCache();
  const known = PyDict_GetItemWithError(cache, cls);
  if (known !== 0) return Py_NewRef(known);
  const named = PyUnicode_Check(cls);
  if (!named && !PyType_Check(cls)) raise(PyExc_TypeError, 'must be a ctypes type');
  const name = PyUnicode_FromString(`LP_${named ? asText(cls) : tpName(cls)}`);
  const m = hold(name);
  const dict = PyDict_New();
  hold(dict);
  if (!named) PyDict_SetItemString(dict, '_type_', cls);
  const bases = hold(tupleSteal(Py_NewRef(PyCPointer_Type)));
  const type = callFunction(PyCPointerType_Type, name, i32(bases), dict);
  hold(type);
  if (named) {
    const key = hold(PyLong_FromLong(type));
    PyDict_SetItem(cache, i32(key), type);
  } else PyDict_SetItem(cache, cls, type);
  Py_NewRef(type);
  release(m);
  return type;
}
export function pointer(m: Ref, arg: Ref): Ref {
  const type = hold(POINTER(m, i32(arg + 8)));
  const r = PyObject_CallOneArg(i32(type), arg);
  hold(r);
  drop(type + 8);
  release(type);
  return r;
}

export const pointerTypeSpec = metaSpec(PyCPointerType_Type, 'PyCPointerType', { tp_init: pointer_type_init }, [
  { ...fromParamMethod, fn: pointer_from_param },
  ...ctypeMethods,
  { name: 'set_type', flags: 8, fn: set_type },
]);
export const pointerSpec: TypeSpec = {
  address: PyCPointer_Type,
  name: '_ctypes._Pointer',
  basicsize: CD.SIZE,
  flags: DATA_FLAGS,
  base: dataSpec.address,
  metatype: PyCPointerType_Type,
  doc: PLACEHOLDER_DOC,
  slots: {
    ...dataSlots,
    tp_new: pointer_new,
    tp_init: pointer_init,
    sq_item: pointer_item,
    sq_ass_item: pointer_ass_item,
    mp_subscript: pointer_subscript,
    nb_bool: (self: Ref) => i32(i32(self + CD.b_ptr)) !== 0,
  },
  getset: [
    { name: 'contents', get: get_contents, set: set_contents, doc: 'the object this pointer points to (read-write)' },
  ],
};
