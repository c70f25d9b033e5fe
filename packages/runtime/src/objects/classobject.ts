/** Bound methods. Mirrors Objects/classobject.c. */
import {
  METH_NOARGS,
  PyInstanceMethodObject as I,
  PyMethodObject as M,
  PyTypeObject as T,
  Py_EQ,
  Py_ID,
  Py_NE,
  Py_READONLY,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_HAVE_VECTORCALL,
  _Py_T_OBJECT,
} from '@moult/abi';
import { PyObject_GC_Del, _PyObject_GC_New } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack, _PyObject_GC_TRACK } from '../gc/track.ts';
import { HASH_HI, i32, setI32, setPtr } from '../memory/linear.ts';
import { fnptr, type NativeFunction, text } from '../memory/text.ts';
import { _PyArg_CheckPositional, _PyArg_NoKeywords } from './args.ts';
import { PyObject_Call, PyObject_Vectorcall, PyVectorcall_Call } from './call.ts';
import { raise } from './errors.ts';
import {
  borrowArguments,
  dropArguments,
  hold,
  PyUnicode_Check,
  Py_CLEAR,
  Py_NewRef,
  type Ref,
  release,
} from './object.ts';
import {
  PyCallable_Check,
  PyObject_GenericGetAttr,
  PyObject_GenericSetAttr,
  PyObject_GetAttr,
  PyObject_GetOptionalAttr,
  PyObject_Hash,
  PyObject_Repr,
  PyObject_RichCompareBool,
  _Py_HashPointer,
} from './objectattr.ts';
import { getBuiltinAttr } from './reducehelp.ts';
import type { TypeSpec } from './spec.ts';
import {
  PyExc_TypeError,
  PyInstanceMethod_Type,
  PyMethod_Type,
  Py_False,
  Py_None,
  Py_NotImplemented,
  Py_True,
} from './static.ts';
import { PyTuple_Pack } from './tupleobject.ts';
import { _PyType_Lookup } from './typelookup.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

/** func bound to self. */
export function PyMethod_New(func: Ref, self: Ref): Ref {
  const op = _PyObject_GC_New(PyMethod_Type);
  setPtr(op + M.im_weakreflist, 0);
  setPtr(op + M.im_func, Py_NewRef(func));
  setPtr(op + M.im_self, Py_NewRef(self));
  setPtr(op + M.vectorcall, fnptr(method_vectorcall));
  _PyObject_GC_TRACK(op);
  return op;
}
export function linkMethods(): void {
  fnptr(method_vectorcall);
}
/** Puts self before the arguments: in the slot that every caller leaves there. */
function method_vectorcall(method: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const self = i32(method + M.im_self);
  const func = i32(method + M.im_func);
  const before = args - 8;
  const saved = i32(before);
  // a copy where the slot before is not the caller's spare one
  if (saved === 0) {
    setPtr(before, self);
    // also after an exception: the slot may lie on a frame's stack, whose unwinding releases what it finds
    try {
      return PyObject_Vectorcall(func, before, nargs + 1, kwnames);
    } finally {
      setPtr(before, 0);
    }
  }
  const total = nargs + (kwnames === 0 ? 0 : i32(kwnames + 16));
  const a = borrowArguments(total + 1);
  setPtr(a, self);
  for (let i = 0; i < total; i++) setPtr(a + 8 + (i << 3), i32(args + (i << 3)));
  const result = PyObject_Vectorcall(func, a, nargs + 1, kwnames);
  dropArguments(a);
  return result;
}
export function PyMethod_Function(op: Ref): Ref {
  return i32(op + M.im_func);
}
export function PyMethod_Self(op: Ref): Ref {
  return i32(op + M.im_self);
}
function method_reduce(method: Ref): Ref {
  const m = hold(PyObject_GetAttr(i32(method + M.im_func), Py_ID.__name__));
  hold(getBuiltinAttr('getattr'));
  hold(PyTuple_Pack(i32(method + M.im_self), i32(m)));
  const res = PyTuple_Pack(i32(m + 8), i32(m + 16));
  release(m);
  return res;
}
function method_get_doc(method: Ref): Ref {
  return PyObject_GetAttr(i32(method + M.im_func), Py_ID.__doc__);
}
/** The method's own attributes first, then the function's. */
function method_getattro(method: Ref, name: Ref): Ref {
  const type = i32(method + 8);
  const descr = _PyType_Lookup(type, name);
  if (descr === 0) return PyObject_GetAttr(i32(method + M.im_func), name);
  const m = hold(Py_NewRef(descr));
  const get = i32(i32(descr + 8) + T.tp_descr_get);
  const res = get !== 0 ? ((text[get] as NativeFunction)(descr, method, type) as Ref) : Py_NewRef(descr);
  release(m);
  return res;
}
function method_new(_type: Ref, args: Ref, kwargs: Ref): Ref {
  _PyArg_NoKeywords('method', kwargs);
  _PyArg_CheckPositional('method', i32(args + 16), 2, 2);
  const func = i32(args + 24);
  const self = i32(args + 32);
  if (!PyCallable_Check(func)) raise(PyExc_TypeError, 'first argument must be callable');
  if (self === Py_None) raise(PyExc_TypeError, 'instance must not be None');
  return PyMethod_New(func, self);
}
function method_dealloc(method: Ref): void {
  PyObject_GC_UnTrack(method);
  if (i32(method + M.im_weakreflist) !== 0) PyObject_ClearWeakRefs(method);
  Py_CLEAR(method + M.im_func);
  Py_CLEAR(method + M.im_self);
  PyObject_GC_Del(method);
}
function method_traverse(method: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  visit(i32(method + M.im_func), arg);
  visit(i32(method + M.im_self), arg);
}
function method_richcompare(a: Ref, b: Ref, op: number): Ref {
  if ((op !== Py_EQ && op !== Py_NE) || i32(a + 8) !== PyMethod_Type || i32(b + 8) !== PyMethod_Type)
    return Py_NewRef(Py_NotImplemented);
  const eq =
    PyObject_RichCompareBool(i32(a + M.im_func), i32(b + M.im_func), Py_EQ) &&
    i32(a + M.im_self) === i32(b + M.im_self);
  return Py_NewRef(eq === (op === Py_EQ) ? Py_True : Py_False);
}
function method_hash(method: Ref): number {
  const lo = _Py_HashPointer(i32(method + M.im_self));
  const hi = i32(HASH_HI);
  const flo = PyObject_Hash(i32(method + M.im_func));
  setI32(HASH_HI, hi ^ i32(HASH_HI));
  return lo ^ flo;
}
function method_repr(method: Ref): Ref {
  const func = i32(method + M.im_func);
  let name = PyObject_GetOptionalAttr(func, Py_ID.__qualname__);
  if (name === 0) name = PyObject_GetOptionalAttr(func, Py_ID.__name__);
  const m = hold(name);
  hold(PyObject_Repr(i32(method + M.im_self)));
  const s = `<bound method ${name !== 0 && PyUnicode_Check(name) ? asText(name) : '?'} of ${asText(i32(m + 8))}>`;
  release(m);
  return PyUnicode_FromString(s);
}

export const methodSpec: TypeSpec = {
  address: PyMethod_Type,
  name: 'method',
  basicsize: M.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
  vectorcallOffset: M.vectorcall,
  weaklistoffset: M.im_weakreflist,
  doc: 'method(function, instance, /)\n--\n\nCreate a bound instance method object.',
  slots: {
    tp_dealloc: method_dealloc,
    tp_repr: method_repr,
    tp_hash: method_hash,
    tp_call: PyVectorcall_Call,
    tp_getattro: method_getattro,
    tp_setattro: PyObject_GenericSetAttr,
    tp_traverse: method_traverse,
    tp_richcompare: method_richcompare,
    tp_descr_get: (method: Ref): Ref => Py_NewRef(method),
    tp_new: method_new,
  },
  methods: [{ name: '__reduce__', flags: METH_NOARGS, fn: method_reduce, doc: '__reduce__($self, /)\n--\n\n' }],
  members: [
    {
      name: '__func__',
      type: _Py_T_OBJECT,
      offset: M.im_func,
      flags: Py_READONLY,
      doc: 'the function (or other callable) implementing a method',
    },
    {
      name: '__self__',
      type: _Py_T_OBJECT,
      offset: M.im_self,
      flags: Py_READONLY,
      doc: 'the instance to which a method is bound',
    },
  ],
  getset: [{ name: '__doc__', get: method_get_doc }],
};

// ---- instancemethod: a function of C that binds like one of Python ----------------------------------------------------------

function instancemethod_dealloc(op: Ref): void {
  PyObject_GC_UnTrack(op);
  Py_CLEAR(op + I.func);
  PyObject_GC_Del(op);
}
function instancemethod_traverse(op: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  if (i32(op + I.func) !== 0) visit(i32(op + I.func), arg);
}
function instancemethod_call(op: Ref, args: Ref, kwds: Ref): Ref {
  return PyObject_Call(i32(op + I.func), args, kwds);
}
function instancemethod_descr_get(op: Ref, obj: Ref): Ref {
  const func = i32(op + I.func);
  return obj === 0 ? Py_NewRef(func) : PyMethod_New(func, obj);
}
export const instanceMethodSpec: TypeSpec = {
  address: PyInstanceMethod_Type,
  name: 'instancemethod',
  basicsize: I.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  doc: 'instancemethod(function)\n\nBind a function to a class.',
  slots: {
    tp_dealloc: instancemethod_dealloc,
    tp_call: instancemethod_call,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: instancemethod_traverse,
    tp_descr_get: instancemethod_descr_get,
  },
  members: [
    {
      name: '__func__',
      type: _Py_T_OBJECT,
      offset: I.func,
      flags: Py_READONLY,
      doc: 'the function (or other callable) implementing a method',
    },
  ],
};
