/** The metatypes: what making a class of C data lays down, and the class methods that all of them have. Mirrors Modules/_ctypes/_ctypes.c. */
import {
  METH_NOARGS,
  METH_O,
  METH_FASTCALL,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_TYPE_SUBCLASS,
  Py_buffer,
  PyMemoryViewObject,
  PyTypeObject as T,
} from '@moult/abi';
import { bytes, i32, mem, setPtr } from '../memory/linear.ts';
import { PyMem_Free } from '../memory/obmalloc.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { bytesOfBufferObject, PyBuffer_IsContiguous } from '../objects/abstractbuffer.ts';
import { PyObject_IsInstance } from '../objects/abstract.ts';
import { callFunction } from '../objects/call.ts';
import { PyDict_GetItemWithError, PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import { raise } from '../objects/errors.ts';
import { longAsBigInt, PyLong_AsSsize_t, PyLong_FromLong } from '../objects/longobject.ts';
import { PyMemoryView_FromObject } from '../objects/memoryobject.ts';
import {
  drop,
  hold,
  PyLong_Check,
  Py_CLEAR,
  Py_DECREF,
  Py_NewRef,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from '../objects/object.ts';
import { PyObject_GetOptionalAttr } from '../objects/objectattr.ts';
import type { MethodSpec, TypeSpec } from '../objects/spec.ts';
import { PyExc_NotImplementedError, PyExc_TypeError, PyExc_ValueError, PyType_Type } from '../objects/static.ts';
import { tupleSteal } from '../objects/tupleobject.ts';
import { lookup_tp_dict } from '../objects/typelookup.ts';
import { PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import {
  CA,
  CD,
  CType_Type,
  METATYPE_SIZE,
  PyCArg_Type,
  PyCArray_Type,
  PyCArrayType_Type,
  SI,
} from './ctypeslayout.ts';
import { atAddress, keepRef, needInfo, newData } from './ctypesdata.ts';
import { getItemProxy, setItemProxy } from './ctypesremover.ts';
import { wild } from './ctypeswild.ts';
import { moduleDict } from './sysstate.ts';

type Visit = (op: Ref, arg: number) => void;
const INFO_REFS = [SI.proto, SI.argtypes, SI.converters, SI.restype, SI.checker, SI.module];
const typeSlot = (slot: 'tp_dealloc' | 'tp_traverse' | 'tp_clear' | 'tp_init'): NativeFunction =>
  text[i32(PyType_Type + T[slot])] as NativeFunction;

function freeInfo(type: Ref): void {
  for (const at of [SI.format, SI.shape, SI.elements]) {
    const p = i32(type + at);
    setPtr(type + at, 0);
    if (p !== 0) PyMem_Free(p);
  }
  for (const slot of INFO_REFS) Py_CLEAR(type + slot);
}
const isHeap = (type: Ref): boolean => (i32(type + T.tp_flags) & (1 << 9)) !== 0;
function ctype_dealloc(type: Ref): void {
  if (isHeap(type)) freeInfo(type);
  typeSlot('tp_dealloc')(type);
}
function ctype_traverse(type: Ref, visit: Visit, arg: number): void {
  if (isHeap(type)) for (const slot of INFO_REFS) if (i32(type + slot) !== 0) visit(i32(type + slot), arg);
  typeSlot('tp_traverse')(type, visit, arg);
}
function ctype_clear(type: Ref): void {
  for (const slot of INFO_REFS) Py_CLEAR(type + slot);
  typeSlot('tp_clear')(type);
}
/** The address that an int means; one that no process here has stays one that faults. */
export function pointerOf(value: Ref): number {
  wild();
  const u = BigInt.asUintN(64, longAsBigInt(value));
  return u >= BigInt(mem.byteLength) ? NOWHERE : Number(u);
}
const NOWHERE = 0x7ffffff0;

// ---- class methods ------------------------------------------------------------------------------------------------------

function from_address(type: Ref, value: Ref): Ref {
  if (!PyLong_Check(value)) raise(PyExc_TypeError, 'integer expected');
  needInfo(type);
  return atAddress(type, pointerOf(value));
}
function offsetArgument(args: number, n: number, name: string): number {
  if (n < 1 || n > 2) {
    raise(
      PyExc_TypeError,
      `${name}() takes ${n < 1 ? 'at least 1' : 'at most 2'} argument${n < 1 ? '' : 's'} (${n} given)`,
    );
  }
  const offset = n > 1 ? PyLong_AsSsize_t(i32(args + 8)) : 0;
  return offset;
}
function checkSize(length: number, offset: number, size: number): void {
  if (offset < 0) raise(PyExc_ValueError, 'offset cannot be negative');
  if (size > length - offset) {
    raise(PyExc_ValueError, `Buffer size too small (${length} instead of at least ${size + offset} bytes)`);
  }
}
/** Shares the memory of a writable buffer. */
function from_buffer(type: Ref, args: number, nargs: number): Ref {
  const offset = offsetArgument(args, nargs, 'from_buffer');
  needInfo(type);
  const view = PyMemoryView_FromObject(i32(args));
  const m = hold(view);
  const buffer = view + PyMemoryViewObject.view;
  if (i32(buffer + Py_buffer.readonly) !== 0) raise(PyExc_TypeError, 'underlying buffer is not writable');
  if (!PyBuffer_IsContiguous(buffer, 'C')) raise(PyExc_TypeError, 'underlying buffer is not C contiguous');
  checkSize(i32(buffer + Py_buffer.len), offset, i32(type + SI.size));
  const result = atAddress(type, i32(buffer + Py_buffer.buf) + offset);
  hold(result);
  keepRef(result, -1, Py_NewRef(view));
  drop(m);
  Py_DECREF(view);
  return result;
}
function from_buffer_copy(type: Ref, args: number, nargs: number): Ref {
  const offset = offsetArgument(args, nargs, 'from_buffer_copy');
  const source = i32(args);
  const data = bytesOfBufferObject(source);
  if (data === null) raise(PyExc_TypeError, `a bytes-like object is required, not '${typeNameOf(source)}'`);
  needInfo(type);
  const size = i32(type + SI.size);
  checkSize((data as Uint8Array).length, offset, size);
  const result = newData(type);
  bytes.set((data as Uint8Array).subarray(offset, offset + size), i32(result + CD.b_ptr));
  return result;
}
function in_dll(): Ref {
  raise(PyExc_NotImplementedError, 'in_dll: this process has no shared libraries');
}
/** What a value becomes as an argument of this type: an instance, or byref() of one. */
function from_param(type: Ref, value: Ref): Ref {
  if (PyObject_IsInstance(value, type)) return Py_NewRef(value);
  if (i32(value + 8) === PyCArg_Type) {
    const obj = i32(value + CA.obj);
    const proto = i32(type + SI.proto);
    if (obj !== 0 && proto !== 0 && PyObject_IsInstance(obj, proto)) return Py_NewRef(value);
    raise(
      PyExc_TypeError,
      `expected ${tpName(type)} instance instead of pointer to ${obj === 0 ? '???' : typeNameOf(obj)}`,
    );
  }
  const other = asParameter(value);
  if (other !== 0) {
    const m = hold(other);
    const r = from_param(type, other);
    release(m);
    return r;
  }
  raise(PyExc_TypeError, `expected ${tpName(type)} instance instead of ${typeNameOf(value)}`);
}
/** value._as_parameter_, a new reference, or 0. */
export function asParameter(value: Ref): Ref {
  const name = PyUnicode_InternFromString('_as_parameter_');
  const m = hold(name);
  const r = PyObject_GetOptionalAttr(value, name);
  drop(m);
  Py_DECREF(name);
  return r;
}
function ctype_sizeof(type: Ref): Ref {
  let size = i32(i32(type + 8) + T.tp_basicsize);
  const format = i32(type + SI.format);
  if (format !== 0) {
    let n = 0;
    while (bytes[format + n] !== 0) n++;
    size += n + 1;
  }
  size += i32(type + SI.ndim) * 8;
  if (i32(type + SI.elements) !== 0) size += (i32(type + SI.length) + 1) * 8;
  return PyLong_FromLong(size);
}
export const ctypeMethods: readonly MethodSpec[] = [
  {
    name: 'from_address',
    flags: METH_O,
    fn: from_address,
    doc: 'C.from_address(integer) -> C instance\naccess a C instance at the specified address',
  },
  {
    name: 'from_buffer',
    flags: METH_FASTCALL,
    fn: from_buffer,
    doc: 'C.from_buffer(object, offset=0, /) -> C instance\ncreate a C instance from a writeable buffer',
  },
  {
    name: 'from_buffer_copy',
    flags: METH_FASTCALL,
    fn: from_buffer_copy,
    doc: 'C.from_buffer_copy(object, offset=0, /) -> C instance\ncreate a C instance from a readable buffer',
  },
  {
    name: 'in_dll',
    flags: METH_FASTCALL,
    fn: in_dll,
    doc: 'C.in_dll(dll, name) -> C instance\naccess a C instance in a dll',
  },
];
export const fromParamMethod: MethodSpec = {
  name: 'from_param',
  flags: METH_O,
  fn: from_param,
  doc: 'Convert a Python object into a function call parameter.',
};

// ---- arrays of it -------------------------------------------------------------------------------------------------------

/** `type * length`: the array class, made once as long as it lives. */
function arrayTypeOf(item: Ref, length: number): Ref {
  if (length < 0) raise(PyExc_ValueError, `Array length must be >= 0, not ${length}`);
  const cache = moduleDict('_ctypes.arrays');
  const key = tupleSteal(Py_NewRef(item), PyLong_FromLong(length));
  const m = hold(key);
  const known = getItemProxy(cache, key);
  if (known !== 0) {
    release(m);
    return known;
  }
  const name = PyUnicode_FromString(`${tpName(item).slice(0, 200)}_Array_${length}`);
  hold(name);
  const dict = PyDict_New();
  hold(dict);
  const n = PyLong_FromLong(length);
  hold(n);
  PyDict_SetItemString(dict, '_length_', n);
  PyDict_SetItemString(dict, '_type_', item);
  const bases = tupleSteal(Py_NewRef(PyCArray_Type));
  hold(bases);
  const type = callFunction(PyCArrayType_Type, name, bases, dict);
  const k = hold(type);
  setItemProxy(cache, key, type);
  drop(k);
  release(m);
  return type;
}
function ctype_repeat(type: Ref, length: number): Ref {
  return arrayTypeOf(type, length);
}
/** The value of a class's own attribute, borrowed, or 0. */
export function ownAttribute(type: Ref, name: string): Ref {
  const key = PyUnicode_InternFromString(name);
  const m = hold(key);
  const value = PyDict_GetItemWithError(lookup_tp_dict(type), key);
  release(m);
  return value;
}
export function setOwn(type: Ref, name: string, value: Ref): void {
  PyDict_SetItemString(lookup_tp_dict(type), name, value);
}

const META_FLAGS = Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_TYPE_SUBCLASS;
export function metaSpec(
  address: number,
  name: string,
  slots: TypeSpec['slots'],
  methods: readonly MethodSpec[] = [],
): TypeSpec {
  return {
    address,
    name: `_ctypes.${name}`,
    basicsize: METATYPE_SIZE,
    flags: META_FLAGS,
    base: address === CType_Type ? PyType_Type : CType_Type,
    doc: 'metatype for C types',
    slots: { tp_dealloc: ctype_dealloc, tp_traverse: ctype_traverse, tp_clear: ctype_clear, ...slots },
    methods,
  };
}
export const ctypeSpec: TypeSpec = metaSpec(CType_Type, 'CType_Type', { sq_repeat: ctype_repeat }, [
  { name: '__sizeof__', flags: METH_NOARGS, fn: ctype_sizeof },
]);
