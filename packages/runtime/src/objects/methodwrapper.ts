/** Bound slot wrappers, such as `[].__len__`. Mirrors the wrapperobject part of Objects/descrobject.c. */
import {
  METH_NOARGS,
  PyWrapperDescrObject,
  Py_EQ,
  Py_ID,
  Py_NE,
  Py_READONLY,
  Py_TPFLAGS_HAVE_GC,
  wrapperbase,
  wrapperobject as W,
  _Py_T_OBJECT,
} from '@moult/abi';
import { PyObject_GC_Del, _PyObject_GC_New } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack, _PyObject_GC_TRACK } from '../gc/track.ts';
import { cstring, HASH_HI, i32, setI32, setPtr } from '../memory/linear.ts';
import { descrType, internalDoc, internalSignature } from './descrobject.ts';
import { wrapperdescr_raw_call } from './descrcall.ts';
import { hold, Py_NewRef, type Ref, release, typeNameOf } from './object.ts';
import { PyObject_GenericGetAttr, PyObject_GetAttr, PyObject_RichCompare, _Py_HashPointer } from './objectattr.ts';
import { getBuiltinAttr } from './reducehelp.ts';
import type { TypeSpec } from './spec.ts';
import { Py_NotImplemented, _PyMethodWrapper_Type, Py_False, Py_True } from './static.ts';
import { PyTuple_Pack } from './tupleobject.ts';
import { PyUnicode_FromString } from './unicodeobject.ts';
import { clearOrWait } from './trashcan.ts';

export function PyWrapper_New(descr: Ref, self: Ref): Ref {
  const op = _PyObject_GC_New(_PyMethodWrapper_Type);
  setPtr(op + W.descr, Py_NewRef(descr));
  setPtr(op + W.self, Py_NewRef(self));
  _PyObject_GC_TRACK(op);
  return op;
}
function base(op: Ref): number {
  return i32(i32(op + W.descr) + PyWrapperDescrObject.d_base);
}
function name(op: Ref): string {
  return cstring(i32(base(op) + wrapperbase.name));
}
export function wrapper_dealloc(op: Ref): void {
  PyObject_GC_UnTrack(op);
  if (clearOrWait(op + W.descr) || clearOrWait(op + W.self)) return;
  PyObject_GC_Del(op);
}
function wrapper_traverse(op: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  visit(i32(op + W.descr), arg);
  visit(i32(op + W.self), arg);
}
function wrapper_richcompare(a: Ref, b: Ref, op: number): Ref {
  if (i32(a + 8) !== _PyMethodWrapper_Type || i32(b + 8) !== _PyMethodWrapper_Type) return Py_NewRef(Py_NotImplemented);
  if (i32(a + W.descr) === i32(b + W.descr)) {
    if (op !== Py_EQ && op !== Py_NE) return Py_NewRef(Py_NotImplemented);
    const eq = i32(a + W.self) === i32(b + W.self);
    return Py_NewRef(eq === (op === Py_EQ) ? Py_True : Py_False);
  }
  return PyObject_RichCompare(i32(a + W.descr), i32(b + W.descr), op);
}
function wrapper_hash(op: Ref): number {
  let lo = _Py_HashPointer(i32(op + W.self));
  const hi = i32(HASH_HI);
  lo ^= _Py_HashPointer(i32(op + W.descr));
  setI32(HASH_HI, hi ^ i32(HASH_HI));
  return lo;
}
function wrapper_repr(op: Ref): Ref {
  const self = i32(op + W.self);
  return PyUnicode_FromString(`<method-wrapper '${name(op)}' of ${typeNameOf(self)} object at 0x${self.toString(16)}>`);
}
export function wrapper_call(op: Ref, args: Ref, kwds: Ref): Ref {
  return wrapperdescr_raw_call(i32(op + W.descr), i32(op + W.self), args, kwds);
}
function wrapper_objclass(op: Ref): Ref {
  return Py_NewRef(descrType(i32(op + W.descr)));
}
function wrapper_reduce(op: Ref): Ref {
  const m = hold(getBuiltinAttr('getattr'));
  hold(PyTuple_Pack(i32(op + W.self), i32(i32(op + W.descr) + PyWrapperDescrObject.d_common_d_name)));
  const res = PyTuple_Pack(i32(m), i32(m + 8));
  release(m);
  return res;
}

export const methodWrapperSpec: TypeSpec = {
  address: _PyMethodWrapper_Type,
  name: 'method-wrapper',
  basicsize: W.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: wrapper_dealloc,
    tp_repr: wrapper_repr,
    tp_hash: wrapper_hash,
    tp_call: wrapper_call,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: wrapper_traverse,
    tp_richcompare: wrapper_richcompare,
  },
  methods: [{ name: '__reduce__', flags: METH_NOARGS, fn: wrapper_reduce }],
  members: [{ name: '__self__', type: _Py_T_OBJECT, offset: W.self, flags: Py_READONLY }],
  getset: [
    { name: '__objclass__', get: wrapper_objclass },
    { name: '__name__', get: (op: Ref): Ref => PyUnicode_FromString(name(op)) },
    { name: '__qualname__', get: (op: Ref): Ref => PyObject_GetAttr(i32(op + W.descr), Py_ID.__qualname__) },
    { name: '__doc__', get: (op: Ref): Ref => internalDoc(name(op), i32(base(op) + wrapperbase.doc)) },
    { name: '__text_signature__', get: (op: Ref): Ref => internalSignature(name(op), i32(base(op) + wrapperbase.doc)) },
  ],
};
