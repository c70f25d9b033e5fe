/** classmethod and staticmethod. Mirrors the second half of Objects/funcobject.c. Both structs: +16 callable, +24 dict. */
import {
  classmethod as C,
  PyTypeObject as T,
  Py_ID,
  Py_READONLY,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  _Py_T_OBJECT,
} from '@moult/abi';
import { PyObject_GC_Del } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { _PyArg_CheckPositional, _PyArg_NoKeywords } from './args.ts';
import { PyObject_Call } from './call.ts';
import { PyMethod_New } from './classobject.ts';
import { raise } from './errors.ts';
import { PyObject_GenericGetDict, PyObject_GenericSetDict } from './instancedict.ts';
import { hold, Py_CLEAR, Py_NewRef, Py_XDECREF, type Ref, release } from './object.ts';
import { PyObject_GetOptionalAttr, PyObject_IsTrue, PyObject_Repr, PyObject_SetAttr } from './objectattr.ts';
import type { GetSetSpec, MemberSpec, TypeSpec } from './spec.ts';
import { PyClassMethod_Type, PyExc_RuntimeError, PyStaticMethod_Type, Py_False, Py_True } from './static.ts';
import { PyType_GenericAlloc, PyType_GenericNew } from './typealloc.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';

/** Copies __module__, __name__, __qualname__, __doc__ and __annotations__ (functools_wraps). */
function functools_wraps(wrapper: Ref, wrapped: Ref): void {
  for (const name of [Py_ID.__module__, Py_ID.__name__, Py_ID.__qualname__, Py_ID.__doc__, Py_ID.__annotations__]) {
    const value = PyObject_GetOptionalAttr(wrapped, name);
    if (value === 0) continue;
    const m = hold(value);
    PyObject_SetAttr(wrapper, name, value);
    release(m);
  }
}
function make(type: Ref, callable: Ref): Ref {
  const op = PyType_GenericAlloc(type, 0);
  setPtr(op + C.cm_callable, Py_NewRef(callable));
  return op;
}
export function PyClassMethod_New(callable: Ref): Ref {
  return make(PyClassMethod_Type, callable);
}
export function PyStaticMethod_New(callable: Ref): Ref {
  return make(PyStaticMethod_Type, callable);
}
function initNamed(name: string): (self: Ref, args: Ref, kwds: Ref) => void {
  return (self, args, kwds) => {
    _PyArg_NoKeywords(name, kwds);
    _PyArg_CheckPositional(name, i32(args + 16), 1, 1);
    const callable = i32(args + 24);
    const old = i32(self + C.cm_callable);
    setPtr(self + C.cm_callable, Py_NewRef(callable));
    Py_XDECREF(old);
    functools_wraps(self, callable);
  };
}
function cm_dealloc(self: Ref): void {
  PyObject_GC_UnTrack(self);
  Py_CLEAR(self + C.cm_callable);
  Py_CLEAR(self + C.cm_dict);
  (text[i32(i32(self + 8) + T.tp_free)] as NativeFunction)(self);
}
function cm_traverse(self: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  if (i32(self + C.cm_callable) !== 0) visit(i32(self + C.cm_callable), arg);
  if (i32(self + C.cm_dict) !== 0) visit(i32(self + C.cm_dict), arg);
}
function cm_clear(self: Ref): void {
  Py_CLEAR(self + C.cm_callable);
  Py_CLEAR(self + C.cm_dict);
}
function callableOf(self: Ref, what: string): Ref {
  const callable = i32(self + C.cm_callable);
  if (callable === 0) raise(PyExc_RuntimeError, `uninitialized ${what} object`);
  return callable;
}
function cm_descr_get(self: Ref, obj: Ref, type: Ref): Ref {
  return PyMethod_New(callableOf(self, 'classmethod'), type === 0 ? i32(obj + 8) : type);
}
function sm_descr_get(self: Ref): Ref {
  return Py_NewRef(callableOf(self, 'staticmethod'));
}
function sm_call(self: Ref, args: Ref, kwargs: Ref): Ref {
  return PyObject_Call(i32(self + C.cm_callable), args, kwargs);
}
function reprNamed(name: string): (self: Ref) => Ref {
  return (self) => {
    const m = hold(PyObject_Repr(i32(self + C.cm_callable)));
    const s = `<${name}(${asText(i32(m))})>`;

    release(m);
    return PyUnicode_FromString(s);
  };
}
function get___isabstractmethod__(self: Ref): Ref {
  const callable = i32(self + C.cm_callable);
  const flag = callable === 0 ? 0 : PyObject_GetOptionalAttr(callable, Py_ID.__isabstractmethod__);
  if (flag === 0) return Py_NewRef(Py_False);
  const m = hold(flag);
  const truth = PyObject_IsTrue(flag);
  release(m);
  return Py_NewRef(truth ? Py_True : Py_False);
}
const members: readonly MemberSpec[] = [
  { name: '__func__', type: _Py_T_OBJECT, offset: C.cm_callable, flags: Py_READONLY },
  { name: '__wrapped__', type: _Py_T_OBJECT, offset: C.cm_callable, flags: Py_READONLY },
];
const getset: readonly GetSetSpec[] = [
  { name: '__isabstractmethod__', get: get___isabstractmethod__ },
  { name: '__dict__', get: PyObject_GenericGetDict, set: PyObject_GenericSetDict },
];

export const classMethodSpec: TypeSpec = {
  address: PyClassMethod_Type,
  name: 'classmethod',
  basicsize: C.SIZE,
  flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  dictoffset: C.cm_dict,
  doc:
    'classmethod(function, /)\n--\n\nConvert a function to be a class method.\n\nA class method receives the class as implicit first argument,\n' +
    'just like an instance method receives the instance.\nTo declare a class method, use this idiom:\n\n  class C:\n      @classmethod\n' +
    '      def f(cls, arg1, arg2, argN):\n          ...\n\nIt can be called either on the class (e.g. C.f()) or on an instance\n' +
    '(e.g. C().f()).  The instance is ignored except for its class.\nIf a class method is called for a derived class, the derived class\n' +
    'object is passed as the implied first argument.\n\nClass methods are different than C++ or Java static methods.\n' +
    'If you want those, see the staticmethod builtin.',
  slots: {
    tp_dealloc: cm_dealloc,
    tp_repr: reprNamed('classmethod'),
    tp_traverse: cm_traverse,
    tp_clear: cm_clear,
    tp_descr_get: cm_descr_get,
    tp_init: initNamed('classmethod'),
    tp_alloc: PyType_GenericAlloc,
    tp_new: PyType_GenericNew,
    tp_free: PyObject_GC_Del,
  },
  members,
  getset,
};
export const staticMethodSpec: TypeSpec = {
  address: PyStaticMethod_Type,
  name: 'staticmethod',
  basicsize: C.SIZE,
  flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  dictoffset: C.cm_dict,
  doc:
    'staticmethod(function, /)\n--\n\nConvert a function to be a static method.\n\nA static method does not receive an implicit first argument.\n' +
    'To declare a static method, use this idiom:\n\n     class C:\n         @staticmethod\n         def f(arg1, arg2, argN):\n             ...\n\n' +
    'It can be called either on the class (e.g. C.f()) or on an instance\n(e.g. C().f()). Both the class and the instance are ignored, and\n' +
    'neither is passed implicitly as the first argument to the method.\n\nStatic methods in Python are similar to those found in Java or C++.\n' +
    'For a more advanced concept, see the classmethod builtin.',
  slots: {
    tp_dealloc: cm_dealloc,
    tp_repr: reprNamed('staticmethod'),
    tp_call: sm_call,
    tp_traverse: cm_traverse,
    tp_clear: cm_clear,
    tp_descr_get: sm_descr_get,
    tp_init: initNamed('staticmethod'),
    tp_alloc: PyType_GenericAlloc,
    tp_new: PyType_GenericNew,
    tp_free: PyObject_GC_Del,
  },
  members,
  getset,
};
