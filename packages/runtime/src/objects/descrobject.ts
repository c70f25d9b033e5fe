/**
 * Descriptors of built-in types: methods, class methods, members, getsets, slot wrappers. Mirrors Objects/descrobject.c.
 *
 *   +16 d_type   +24 d_name   +32 d_qualname   +40 what it describes (PyMethodDef, PyMemberDef, …)   +48 vectorcall or wrapped
 */
import {
  METH_CLASS,
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_METHOD,
  METH_NOARGS,
  METH_O,
  METH_STATIC,
  METH_VARARGS,
  METH_COEXIST,
  PyDescrObject as D,
  PyGetSetDef,
  PyGetSetDescrObject,
  PyMemberDef,
  PyMemberDescrObject,
  PyMethodDef,
  PyMethodDescrObject,
  PyTypeObject as T,
  PyWrapperDescrObject,
  Py_ID,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_HAVE_VECTORCALL,
  Py_TPFLAGS_METHOD_DESCRIPTOR,
  Py_READONLY,
  wrapperbase,
  _Py_T_OBJECT,
} from '@moult/abi';
import { PyObject_GC_Del } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { cstring, i32, setPtr } from '../memory/linear.ts';
import { fnptr, type NativeFunction, text } from '../memory/text.ts';
import { PyVectorcall_Call } from './call.ts';
import {
  classmethoddescr_call,
  method_vectorcall_FASTCALL,
  method_vectorcall_FASTCALL_KEYWORDS,
  method_vectorcall_METHOD,
  method_vectorcall_NOARGS,
  method_vectorcall_O,
  method_vectorcall_VARARGS,
  method_vectorcall_VARARGS_KEYWORDS,
  wrapperdescr_call,
} from './descrcall.ts';
import { raise } from './errors.ts';
import { PyObject_GenericGetAttr, PyObject_GetAttr } from './objectattr.ts';
import { PyCFunction_NewEx, PyCMethod_New } from './methodobject.ts';
import { PyWrapper_New } from './methodwrapper.ts';
import {
  drop,
  hold,
  PyType_Check,
  PyType_IsSubtype,
  PyObject_TypeCheck,
  PyUnicode_Check,
  Py_CLEAR,
  Py_NewRef,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from './object.ts';
import { getBuiltinAttr } from './reducehelp.ts';
import type { GetSetSpec, MemberSpec, TypeSpec } from './spec.ts';
import {
  PyClassMethodDescr_Type,
  PyExc_AttributeError,
  PyExc_SystemError,
  PyExc_TypeError,
  PyGetSetDescr_Type,
  PyMemberDescr_Type,
  PyMethodDescr_Type,
  PyWrapperDescr_Type,
  Py_None,
} from './static.ts';
import { PyMember_GetOne, PyMember_SetOne } from './structmember.ts';
import { PyTuple_Pack } from './tupleobject.ts';
import { docWithoutSignature, textSignature } from './typedoc.ts';
import { PyType_GenericAlloc } from './typealloc.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from './unicodeobject.ts';

/** The descriptor's name as text. */
export function descrName(descr: Ref): string {
  return asText(i32(descr + D.d_name));
}
export function descrType(descr: Ref): Ref {
  return i32(descr + D.d_type);
}

// ---- making ---------------------------------------------------------------------------------------------------------

function descr_new(descrtype: Ref, type: Ref, name: string): Ref {
  const descr = PyType_GenericAlloc(descrtype, 0);
  const m = hold(descr);
  setPtr(descr + D.d_type, Py_NewRef(type));
  setPtr(descr + D.d_name, PyUnicode_InternFromString(name));
  drop(m);
  return descr;
}
const CALL_FLAGS = METH_VARARGS | METH_FASTCALL | METH_NOARGS | METH_O | METH_KEYWORDS | METH_METHOD;

function vectorcallOf(flags: number, name: string): number {
  switch (flags & CALL_FLAGS) {
    case METH_VARARGS:
      return fnptr(method_vectorcall_VARARGS);
    case METH_VARARGS | METH_KEYWORDS:
      return fnptr(method_vectorcall_VARARGS_KEYWORDS);
    case METH_FASTCALL:
      return fnptr(method_vectorcall_FASTCALL);
    case METH_FASTCALL | METH_KEYWORDS:
      return fnptr(method_vectorcall_FASTCALL_KEYWORDS);
    case METH_NOARGS:
      return fnptr(method_vectorcall_NOARGS);
    case METH_O:
      return fnptr(method_vectorcall_O);
    case METH_METHOD | METH_FASTCALL | METH_KEYWORDS:
      return fnptr(method_vectorcall_METHOD);
    default:
      return raise(PyExc_SystemError, `${name}() method: bad call flags`);
  }
}
export function PyDescr_NewMethod(type: Ref, method: number): Ref {
  const name = cstring(i32(method + PyMethodDef.ml_name));
  const flags = i32(method + PyMethodDef.ml_flags) & ~(METH_CLASS | METH_STATIC | METH_COEXIST);
  const vectorcall = vectorcallOf(flags, name);
  const descr = descr_new(PyMethodDescr_Type, type, name);
  setPtr(descr + PyMethodDescrObject.d_method, method);
  setPtr(descr + PyMethodDescrObject.vectorcall, vectorcall);
  return descr;
}
export function PyDescr_NewClassMethod(type: Ref, method: number): Ref {
  const descr = descr_new(PyClassMethodDescr_Type, type, cstring(i32(method + PyMethodDef.ml_name)));
  setPtr(descr + PyMethodDescrObject.d_method, method);
  return descr;
}
export function PyDescr_NewMember(type: Ref, member: number): Ref {
  const descr = descr_new(PyMemberDescr_Type, type, cstring(i32(member + PyMemberDef.name)));
  setPtr(descr + PyMemberDescrObject.d_member, member);
  return descr;
}
export function PyDescr_NewGetSet(type: Ref, getset: number): Ref {
  const descr = descr_new(PyGetSetDescr_Type, type, cstring(i32(getset + PyGetSetDef.name)));
  setPtr(descr + PyGetSetDescrObject.d_getset, getset);
  return descr;
}
/** `base` a row of slotdefs, `wrapped` the number of the slot's function. */
export function PyDescr_NewWrapper(type: Ref, base: number, wrapped: number): Ref {
  const descr = descr_new(PyWrapperDescr_Type, type, cstring(i32(base + wrapperbase.name)));
  setPtr(descr + PyWrapperDescrObject.d_base, base);
  setPtr(descr + PyWrapperDescrObject.d_wrapped, wrapped);
  return descr;
}
/** PyDescr_IsData: has tp_descr_set. */
export function PyDescr_IsData(descr: Ref): boolean {
  return i32(i32(descr + 8) + T.tp_descr_set) !== 0;
}
export function linkDescriptors(): void {
  for (const fn of [
    method_vectorcall_VARARGS,
    method_vectorcall_VARARGS_KEYWORDS,
    method_vectorcall_FASTCALL,
    method_vectorcall_FASTCALL_KEYWORDS,
    method_vectorcall_NOARGS,
    method_vectorcall_O,
    method_vectorcall_METHOD,
  ]) {
    fnptr(fn);
  }
}

// ---- what all have ----------------------------------------------------------------------------------------------------

function descr_dealloc(descr: Ref): void {
  PyObject_GC_UnTrack(descr);
  Py_CLEAR(descr + D.d_type);
  Py_CLEAR(descr + D.d_name);
  Py_CLEAR(descr + D.d_qualname);
  PyObject_GC_Del(descr);
}
function descr_traverse(descr: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  visit(i32(descr + D.d_type), arg);
}
function reprAs(kind: string): (descr: Ref) => Ref {
  return (descr) => PyUnicode_FromString(`<${kind} '${descrName(descr)}' of '${tpName(descrType(descr))}' objects>`);
}
function descr_check(descr: Ref, obj: Ref): void {
  if (!PyObject_TypeCheck(obj, descrType(descr))) {
    raise(
      PyExc_TypeError,
      `descriptor '${descrName(descr)}' for '${tpName(descrType(descr))}' objects doesn't apply to a '${typeNameOf(obj)}' object`,
    );
  }
}
function descr_get_qualname(descr: Ref): Ref {
  if (i32(descr + D.d_qualname) === 0) {
    const m = hold(PyObject_GetAttr(descrType(descr), Py_ID.__qualname__));
    if (!PyUnicode_Check(i32(m)))
      raise(PyExc_TypeError, '<descriptor>.__objclass__.__qualname__ is not a unicode object');
    setPtr(descr + D.d_qualname, PyUnicode_FromString(`${asText(i32(m))}.${descrName(descr)}`));
    release(m);
  }
  return Py_NewRef(i32(descr + D.d_qualname));
}
/** (getattr, (d_type, d_name)). */
function descr_reduce(descr: Ref): Ref {
  const m = hold(getBuiltinAttr('getattr'));
  hold(PyTuple_Pack(descrType(descr), i32(descr + D.d_name)));
  const res = PyTuple_Pack(i32(m), i32(m + 8));
  release(m);
  return res;
}
/** A doc string at `p` (0: none) without its signature, as str or None. */
export function internalDoc(name: string, p: number): Ref {
  if (p === 0) return Py_NewRef(Py_None);
  const doc = docWithoutSignature(name, cstring(p));
  return doc === '' ? Py_NewRef(Py_None) : PyUnicode_FromString(doc);
}
export function internalSignature(name: string, p: number): Ref {
  const sig = p === 0 ? null : textSignature(name, cstring(p));
  return sig === null ? Py_NewRef(Py_None) : PyUnicode_FromString(sig);
}
function methodDoc(descr: Ref): Ref {
  const def = i32(descr + PyMethodDescrObject.d_method);
  return internalDoc(cstring(i32(def + PyMethodDef.ml_name)), i32(def + PyMethodDef.ml_doc));
}
function methodSignature(descr: Ref): Ref {
  const def = i32(descr + PyMethodDescrObject.d_method);
  return internalSignature(cstring(i32(def + PyMethodDef.ml_name)), i32(def + PyMethodDef.ml_doc));
}
function wrapperDoc(descr: Ref): Ref {
  const base = i32(descr + PyWrapperDescrObject.d_base);
  return internalDoc(cstring(i32(base + wrapperbase.name)), i32(base + wrapperbase.doc));
}
function wrapperSignature(descr: Ref): Ref {
  const base = i32(descr + PyWrapperDescrObject.d_base);
  return internalSignature(cstring(i32(base + wrapperbase.name)), i32(base + wrapperbase.doc));
}
function plainDoc(p: number): Ref {
  return p === 0 ? Py_NewRef(Py_None) : PyUnicode_FromString(cstring(p));
}
function member_get_doc(descr: Ref): Ref {
  return plainDoc(i32(i32(descr + PyMemberDescrObject.d_member) + PyMemberDef.doc));
}
function getset_get_doc(descr: Ref): Ref {
  return plainDoc(i32(i32(descr + PyGetSetDescrObject.d_getset) + PyGetSetDef.doc));
}

// ---- __get__ and __set__ ----------------------------------------------------------------------------------------------

function method_get(descr: Ref, obj: Ref): Ref {
  if (obj === 0) return Py_NewRef(descr);
  descr_check(descr, obj);
  const def = i32(descr + PyMethodDescrObject.d_method);
  if ((i32(def + PyMethodDef.ml_flags) & METH_METHOD) !== 0) return PyCMethod_New(def, obj, 0, descrType(descr));
  return PyCFunction_NewEx(def, obj, 0);
}
/** Binds a class method of a built-in type. */
export function classmethod_get(descr: Ref, obj: Ref, type: Ref): Ref {
  const name = (): string => descrName(descr);
  if (type === 0) {
    if (obj === 0)
      raise(
        PyExc_TypeError,
        `descriptor '${name()}' for type '${tpName(descrType(descr))}' needs either an object or a type`,
      );
    type = i32(obj + 8);
  }
  if (!PyType_Check(type)) {
    raise(
      PyExc_TypeError,
      `descriptor '${name()}' for type '${tpName(descrType(descr))}' needs a type, not a '${typeNameOf(type)}' as arg 2`,
    );
  }
  if (!PyType_IsSubtype(type, descrType(descr))) {
    raise(
      PyExc_TypeError,
      `descriptor '${name()}' requires a subtype of '${tpName(descrType(descr))}' but received '${tpName(type)}'`,
    );
  }
  return PyCFunction_NewEx(i32(descr + PyMethodDescrObject.d_method), type, 0);
}
function member_get(descr: Ref, obj: Ref): Ref {
  if (obj === 0) return Py_NewRef(descr);
  descr_check(descr, obj);
  return PyMember_GetOne(obj, i32(descr + PyMemberDescrObject.d_member));
}
function member_set(descr: Ref, obj: Ref, value: Ref): void {
  descr_check(descr, obj);
  PyMember_SetOne(obj, i32(descr + PyMemberDescrObject.d_member), value);
}
function getset_get(descr: Ref, obj: Ref): Ref {
  if (obj === 0) return Py_NewRef(descr);
  descr_check(descr, obj);
  const def = i32(descr + PyGetSetDescrObject.d_getset);
  const get = i32(def + PyGetSetDef.get);
  if (get === 0)
    raise(
      PyExc_AttributeError,
      `attribute '${descrName(descr)}' of '${tpName(descrType(descr))}' objects is not readable`,
    );
  return (text[get] as NativeFunction)(obj, i32(def + PyGetSetDef.closure)) as Ref;
}
function getset_set(descr: Ref, obj: Ref, value: Ref): void {
  descr_check(descr, obj);
  const def = i32(descr + PyGetSetDescrObject.d_getset);
  const set = i32(def + PyGetSetDef.set);
  if (set === 0)
    raise(
      PyExc_AttributeError,
      `attribute '${descrName(descr)}' of '${tpName(descrType(descr))}' objects is not writable`,
    );
  (text[set] as NativeFunction)(obj, value, i32(def + PyGetSetDef.closure));
}
function wrapperdescr_get(descr: Ref, obj: Ref): Ref {
  if (obj === 0) return Py_NewRef(descr);
  descr_check(descr, obj);
  return PyWrapper_New(descr, obj);
}

// ---- the types --------------------------------------------------------------------------------------------------------

const members: readonly MemberSpec[] = [
  { name: '__objclass__', type: _Py_T_OBJECT, offset: D.d_type, flags: Py_READONLY },
  { name: '__name__', type: _Py_T_OBJECT, offset: D.d_name, flags: Py_READONLY },
];
const reduce = [{ name: '__reduce__', flags: METH_NOARGS, fn: descr_reduce }] as const;
function getset(doc: NativeFunction, signature?: NativeFunction): GetSetSpec[] {
  const list: GetSetSpec[] = [
    { name: '__doc__', get: doc },
    { name: '__qualname__', get: descr_get_qualname },
  ];
  if (signature !== undefined) list.push({ name: '__text_signature__', get: signature });
  return list;
}

export const methodDescrSpec: TypeSpec = {
  address: PyMethodDescr_Type,
  name: 'method_descriptor',
  basicsize: PyMethodDescrObject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_METHOD_DESCRIPTOR,
  vectorcallOffset: PyMethodDescrObject.vectorcall,
  slots: {
    tp_dealloc: descr_dealloc,
    tp_repr: reprAs('method'),
    tp_call: PyVectorcall_Call,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: descr_traverse,
    tp_descr_get: method_get,
  },
  methods: reduce,
  members,
  getset: getset(methodDoc, methodSignature),
};
export const classMethodDescrSpec: TypeSpec = {
  address: PyClassMethodDescr_Type,
  name: 'classmethod_descriptor',
  basicsize: PyMethodDescrObject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: descr_dealloc,
    tp_repr: reprAs('method'),
    tp_call: classmethoddescr_call,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: descr_traverse,
    tp_descr_get: classmethod_get,
  },
  members,
  getset: getset(methodDoc, methodSignature),
};
export const memberDescrSpec: TypeSpec = {
  address: PyMemberDescr_Type,
  name: 'member_descriptor',
  basicsize: PyMemberDescrObject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: descr_dealloc,
    tp_repr: reprAs('member'),
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: descr_traverse,
    tp_descr_get: member_get,
    tp_descr_set: member_set,
  },
  methods: reduce,
  members,
  getset: getset(member_get_doc),
};
export const getSetDescrSpec: TypeSpec = {
  address: PyGetSetDescr_Type,
  name: 'getset_descriptor',
  basicsize: PyGetSetDescrObject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: descr_dealloc,
    tp_repr: reprAs('attribute'),
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: descr_traverse,
    tp_descr_get: getset_get,
    tp_descr_set: getset_set,
  },
  members,
  getset: getset(getset_get_doc),
};
export const wrapperDescrSpec: TypeSpec = {
  address: PyWrapperDescr_Type,
  name: 'wrapper_descriptor',
  basicsize: PyWrapperDescrObject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_METHOD_DESCRIPTOR,
  slots: {
    tp_dealloc: descr_dealloc,
    tp_repr: reprAs('slot wrapper'),
    tp_call: wrapperdescr_call,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: descr_traverse,
    tp_descr_get: wrapperdescr_get,
  },
  methods: reduce,
  members,
  getset: getset(wrapperDoc, wrapperSignature),
};
