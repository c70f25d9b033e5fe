/** Instances of C types: their memory, what they keep alive, reading and writing parts. Mirrors Modules/_ctypes/_ctypes.c. */
import { METH_NOARGS, METH_VARARGS, Py_buffer, Py_ID, Py_READONLY, Py_T_INT, PyTypeObject as T } from '@moult/abi';
import { _Py_T_OBJECT, Py_TPFLAGS_BASETYPE, Py_TPFLAGS_HAVE_GC } from '@moult/abi';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { bytes, i32, setI32, setPtr } from '../memory/linear.ts';
import { PyMem_Calloc, PyMem_Free } from '../memory/obmalloc.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyBytes_FromStringAndSize } from '../objects/bytesobject.ts';
import { PyObject_Call } from '../objects/call.ts';
import { PyDict_New, PyDict_SetItem, PyDict_Update } from '../objects/dictobject.ts';
import { catchPending, PyErr_GetRaisedException, PyErr_NoMemory, raise } from '../objects/errors.ts';
import {
  drop,
  hold,
  nativeMark,
  PyDict_Check,
  PyTuple_Check,
  PyType_Check,
  PyType_IsSubtype,
  Py_CLEAR,
  Py_DECREF,
  Py_NewRef,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from '../objects/object.ts';
import { PyObject_IsInstance } from '../objects/abstract.ts';
import { PyObject_GetAttr, PyObject_Str } from '../objects/objectattr.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { PyExc_RuntimeError, PyExc_TypeError, PyExc_ValueError, Py_None } from '../objects/static.ts';
import { PyTuple_Pack, tupleSteal } from '../objects/tupleobject.ts';
import { typeAlloc } from '../objects/typealloc.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { none } from './builtinfuncs.ts';
import {
  CD,
  CType_Type,
  PyCArrayType_Type,
  PyCData_Type,
  PyCPointerType_Type,
  SI,
  Simple_Type,
  PyCSimpleType_Type,
} from './ctypeslayout.ts';
import { checkAccess } from './ctypeswild.ts';
import { interpreterDict } from './sysstate.ts';
import { PyDict_GetItemString } from '../objects/dictobject.ts';

// ---- StgInfo ------------------------------------------------------------------------------------------------------------

/** Whether `type` is a class of C data that says how it is stored. Its fields are read at type + SI.x. */
export function hasInfo(type: Ref): boolean {
  return PyType_Check(type) && PyType_IsSubtype(i32(type + 8), CType_Type) && i32(type + SI.initialized) !== 0;
}
export function needInfo(type: Ref): void {
  if (!hasInfo(type)) raise(PyExc_TypeError, 'abstract class');
}
export function initInfo(type: Ref): void {
  if (i32(type + SI.initialized) !== 0) raise(PyExc_TypeError, `StgInfo of '${tpName(type)}' is already initialized.`);
  setI32(type + SI.initialized, 1);
}
/** Instances exist, or something was laid out with it: no more changes. */
export function makeFinal(type: Ref): void {
  setI32(type + SI.dict_final, 1);
}
export function isData(op: Ref): boolean {
  return PyType_IsSubtype(i32(op + 8), PyCData_Type);
}
export const isPointerType = (type: Ref): boolean => PyType_IsSubtype(i32(type + 8), PyCPointerType_Type);
export const isArrayType = (type: Ref): boolean => PyType_IsSubtype(i32(type + 8), PyCArrayType_Type);
export const isSimpleType = (type: Ref): boolean => PyType_IsSubtype(i32(type + 8), PyCSimpleType_Type);
/** A class derived from one of the simple types: its values stay instances. */
export function derivedSimple(type: Ref): boolean {
  return isSimpleType(type) && i32(type + T.tp_base) !== Simple_Type;
}
/** A C string of ours in plain memory: a format. */
export function newCString(s: string): number {
  const p = PyMem_Calloc(s.length + 1, 1);
  if (p === 0) PyErr_NoMemory();
  for (let i = 0; i < s.length; i++) bytes[p + i] = s.charCodeAt(i);
  return p;
}

// ---- instances ----------------------------------------------------------------------------------------------------------

/** Gives an instance zeroed memory: inside it, up to 16 bytes. */
function mallocBuffer(obj: Ref, size: number): void {
  if (size <= 16) setPtr(obj + CD.b_ptr, obj + CD.b_value);
  else {
    const p = PyMem_Calloc(1, size);
    if (p === 0) {
      hold(obj);
      PyErr_NoMemory();
    }
    setPtr(obj + CD.b_ptr, p);
  }
  setI32(obj + CD.b_needsfree, 1);
  setPtr(obj + CD.b_size, size);
}
/** tp_new of all: an instance of zeros. */
export function newData(type: Ref): Ref {
  needInfo(type);
  makeFinal(type);
  const obj = typeAlloc(type, 0);
  setPtr(obj + CD.b_length, i32(type + SI.length));
  mallocBuffer(obj, i32(type + SI.size));
  return obj;
}
/** An instance whose memory is at `at` inside `base`, or a copy of what is there if base is 0 (PyCData_FromBaseObj). */
export function fromBase(type: Ref, base: Ref, index: number, at: number): Ref {
  needInfo(type);
  makeFinal(type);
  const obj = typeAlloc(type, 0);
  const size = i32(type + SI.size);
  setPtr(obj + CD.b_length, i32(type + SI.length));
  setPtr(obj + CD.b_index, index);
  if (base !== 0) {
    setPtr(obj + CD.b_ptr, at);
    setPtr(obj + CD.b_base, Py_NewRef(base));
    setPtr(obj + CD.b_size, size);
  } else {
    mallocBuffer(obj, size);
    bytes.copyWithin(i32(obj + CD.b_ptr), at, at + size);
  }
  return obj;
}
/** An instance over any address of the process (PyCData_AtAddress). */
export function atAddress(type: Ref, at: number): Ref {
  needInfo(type);
  makeFinal(type);
  const obj = typeAlloc(type, 0);
  setPtr(obj + CD.b_ptr, at);
  setPtr(obj + CD.b_length, i32(type + SI.length));
  setPtr(obj + CD.b_size, i32(type + SI.size));
  return obj;
}
export function clearData(self: Ref): void {
  Py_CLEAR(self + CD.b_objects);
  const p = i32(self + CD.b_ptr);
  if (i32(self + CD.b_needsfree) !== 0 && p !== self + CD.b_value) PyMem_Free(p);
  setPtr(self + CD.b_ptr, 0);
  Py_CLEAR(self + CD.b_base);
}
function data_dealloc(self: Ref): void {
  PyObject_GC_UnTrack(self);
  clearData(self);
  (text[i32(i32(self + 8) + T.tp_free)] as NativeFunction)(self);
}
type Visit = (op: Ref, arg: number) => void;
export function data_traverse(self: Ref, visit: Visit, arg: number): void {
  for (const slot of [CD.b_objects, CD.b_base]) if (i32(self + slot) !== 0) visit(i32(self + slot), arg);
}

// ---- what an instance keeps alive ----------------------------------------------------------------------------------------

/** The instance that owns the memory, with a dict (or None) of what it keeps. */
export function containerOf(self: Ref): Ref {
  let op = self;
  while (i32(op + CD.b_base) !== 0) op = i32(op + CD.b_base);
  if (i32(op + CD.b_objects) === 0) setPtr(op + CD.b_objects, i32(op + CD.b_length) !== 0 ? PyDict_New() : none());
  return op;
}
/** What it keeps, borrowed. */
export function keptObjects(self: Ref): Ref {
  return i32(containerOf(self) + CD.b_objects);
}
function uniqueKey(target: Ref, index: number): Ref {
  const parts = [(index >>> 0).toString(16)];
  for (let op = target; i32(op + CD.b_base) !== 0; op = i32(op + CD.b_base)) {
    parts.push((i32(op + CD.b_index) >>> 0).toString(16));
  }
  return PyUnicode_FromString(parts.join(':'));
}
/** `target` keeps `keep` (stolen) for its part `index`. */
export function keepRef(target: Ref, index: number, keep: Ref): void {
  if (keep === Py_None) {
    Py_DECREF(keep);
    return;
  }
  const m = hold(keep);
  const op = containerOf(target);
  const kept = i32(op + CD.b_objects);
  if (kept === 0 || !PyDict_Check(kept)) {
    setPtr(op + CD.b_objects, keep);
    setPtr(m, kept);
    release(m);
    return;
  }
  hold(uniqueKey(target, index));
  PyDict_SetItem(kept, i32(m + 8), keep);
  release(m);
}

// ---- reading and writing ------------------------------------------------------------------------------------------------

/** Part `index` of `src`, of C type `type`, at `at`: a value, or an instance that shares the memory (PyCData_get). */
export function getPart(type: Ref, getfunc: number, src: Ref, index: number, size: number, at: number): Ref {
  if (i32(src + CD.b_needsfree) === 0) checkAccess(at, size & 0xffff);
  if (getfunc !== 0) return (text[getfunc] as NativeFunction)(at, size) as Ref;
  if (hasInfo(type) && i32(type + SI.getfunc) !== 0 && !derivedSimple(type)) {
    return (text[i32(type + SI.getfunc)] as NativeFunction)(at, size) as Ref;
  }
  return fromBase(type, src, index, at);
}
function incompatible(value: Ref, type: Ref): never {
  raise(PyExc_TypeError, `incompatible types, ${typeNameOf(value)} instance instead of ${tpName(type)} instance`);
}
/** Writes `value` at `at` as C type `type`; what is to be kept, a new reference (_PyCData_set). */
function setValue(type: Ref, setfunc: number, value: Ref, size: number, at: number): Ref {
  if (setfunc !== 0) return (text[setfunc] as NativeFunction)(at, value, size) as Ref;
  if (!isData(value)) {
    if (hasInfo(type) && i32(type + SI.setfunc) !== 0) {
      return (text[i32(type + SI.setfunc)] as NativeFunction)(at, value, size) as Ref;
    }
    if (PyTuple_Check(value)) {
      const m = hold(callExtended(type, value));
      const keep = setValue(type, setfunc, i32(m), size, at);
      const k = hold(keep);
      drop(k);
      release(m);
      return keep;
    }
    if (isPointerType(type) && value === Py_None) {
      setPtr(at, 0);
      return none();
    }
    raise(PyExc_TypeError, `expected ${tpName(type)} instance, got ${typeNameOf(value)}`);
  }
  if (PyObject_IsInstance(value, type)) {
    const from = i32(value + CD.b_ptr);
    bytes.copyWithin(at, from, from + size);
    return Py_NewRef(keptObjects(value));
  }
  if (isPointerType(type) && isArrayType(i32(value + 8))) {
    if (i32(i32(value + 8) + SI.proto) !== i32(type + SI.proto)) incompatible(value, type);
    setPtr(at, i32(value + CD.b_ptr));
    return PyTuple_Pack(keptObjects(value), value);
  }
  incompatible(value, type);
}
/** type(*args); an error says for which class. */
function callExtended(type: Ref, args: Ref): Ref {
  const m = nativeMark();
  try {
    return PyObject_Call(type, args, 0);
  } catch (e) {
    catchPending(e, m);
    const exc = PyErr_GetRaisedException();
    const k = hold(exc);
    hold(PyObject_Str(exc));
    hold(PyObject_GetAttr(i32(exc + 8), Py_ID.__name__));
    const message = `(${tpName(type)}) ${asText(i32(k + 16))}: ${asText(i32(k + 8))}`;
    release(k);
    raise(PyExc_RuntimeError, message);
  }
}
export function setPart(
  inst: Ref,
  type: Ref,
  setfunc: number,
  value: Ref,
  index: number,
  size: number,
  at: number,
): void {
  if (!isData(inst)) raise(PyExc_TypeError, 'not a ctype instance');
  if (i32(inst + CD.b_needsfree) === 0) checkAccess(at, size & 0xffff);
  keepRef(inst, index, setValue(type, setfunc, value, size, at));
}

// ---- the base type ------------------------------------------------------------------------------------------------------

/** bf_getbuffer: the format of the innermost item type, the shape of the arrays around it. */
function data_getbuffer(self: Ref, view: number, _flags: number): void {
  const type = i32(self + 8);
  let item = type;
  while (isArrayType(item)) item = i32(item + SI.proto);
  setPtr(view + Py_buffer.buf, i32(self + CD.b_ptr));
  setPtr(view + Py_buffer.obj, Py_NewRef(self));
  setPtr(view + Py_buffer.len, i32(self + CD.b_size));
  setI32(view + Py_buffer.readonly, 0);
  const format = i32(type + SI.format);
  setPtr(view + Py_buffer.format, format);
  setI32(view + Py_buffer.ndim, i32(type + SI.ndim));
  setPtr(view + Py_buffer.shape, i32(type + SI.shape));
  setPtr(view + Py_buffer.itemsize, i32(item + SI.size));
  setPtr(view + Py_buffer.strides, 0);
  setPtr(view + Py_buffer.suboffsets, 0);
  setPtr(view + Py_buffer.internal, 0);
}
function data_hash(): number {
  raise(PyExc_TypeError, 'unhashable type');
}
function data_reduce(self: Ref): Ref {
  const type = i32(self + 8);
  if ((i32(type + SI.flags) & 0x300) !== 0)
    raise(PyExc_ValueError, 'ctypes objects containing pointers cannot be pickled');
  const m = hold(PyObject_GetAttr(self, Py_ID.__dict__));
  const unpickle = PyDict_GetItemString(interpreterDict(), '_ctypes._unpickle');
  const data = PyBytes_FromStringAndSize(i32(self + CD.b_ptr), i32(self + CD.b_size));
  const r = tupleSteal(Py_NewRef(unpickle), tupleSteal(Py_NewRef(type), tupleSteal(Py_NewRef(i32(m)), data)));
  release(m);
  return r;
}
function data_setstate(self: Ref, args: Ref): Ref {
  const [dict, data] = [i32(args + 24), i32(args + 32)];
  const n = Math.min(i32(data + 16), i32(self + CD.b_size));
  bytes.copyWithin(i32(self + CD.b_ptr), data + 32, data + 32 + n);
  const m = hold(PyObject_GetAttr(self, Py_ID.__dict__));
  PyDict_Update(i32(m), dict);
  release(m);
  return none();
}
/** A foreign function's result as it is. */
function data_from_outparam(self: Ref): Ref {
  const type = i32(self + 8);
  if (isSimpleType(type) && !derivedSimple(type)) {
    return (text[i32(type + SI.getfunc)] as NativeFunction)(i32(self + CD.b_ptr), i32(self + CD.b_size)) as Ref;
  }
  return Py_NewRef(self);
}

/** What CPython's own types of C data say of themselves: it never got another text. */
export const PLACEHOLDER_DOC = 'XXX to be provided';

export const dataSlots = {
  tp_dealloc: data_dealloc,
  tp_traverse: data_traverse,
  tp_clear: clearData,
  bf_getbuffer: data_getbuffer,
} as const;
export const DATA_FLAGS = Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE;

export const dataSpec: TypeSpec = {
  address: PyCData_Type,
  name: '_ctypes._CData',
  basicsize: CD.SIZE,
  flags: DATA_FLAGS,
  doc: PLACEHOLDER_DOC,
  slots: { ...dataSlots, tp_hash: data_hash },
  methods: [
    { name: '__ctypes_from_outparam__', flags: METH_NOARGS, fn: data_from_outparam },
    { name: '__reduce__', flags: METH_NOARGS, fn: data_reduce },
    { name: '__setstate__', flags: METH_VARARGS, fn: data_setstate },
  ],
  members: [
    { name: '_b_base_', type: _Py_T_OBJECT, offset: CD.b_base, flags: Py_READONLY, doc: 'the base object' },
    {
      name: '_b_needsfree_',
      type: Py_T_INT,
      offset: CD.b_needsfree,
      flags: Py_READONLY,
      doc: 'whether the object owns the memory or not',
    },
    {
      name: '_objects',
      type: _Py_T_OBJECT,
      offset: CD.b_objects,
      flags: Py_READONLY,
      doc: 'internal objects tree (NEVER CHANGE THIS OBJECT!)',
    },
  ],
};
