/**
 * Built-in functions and bound methods of built-in types. Mirrors Objects/methodobject.c.
 *
 *   +16 m_ml (PyMethodDef)   +24 m_self   +32 m_module   +40 m_weakreflist   +48 vectorcall
 */
import {
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_METHOD,
  METH_NOARGS,
  METH_O,
  METH_STATIC,
  METH_VARARGS,
  PyCFunctionObject as F,
  PyCMethodObject,
  PyMethodDef,
  Py_EQ,
  Py_ID,
  Py_NE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_HAVE_VECTORCALL,
  _Py_T_OBJECT,
} from '@moult/abi';
import { PyObject_GC_Del, _PyObject_GC_New } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack, _PyObject_GC_TRACK } from '../gc/track.ts';
import { cstring, HASH_HI, i32, setI32, setPtr } from '../memory/linear.ts';
import { fnptr, type NativeFunction, text } from '../memory/text.ts';
import { PyVectorcall_Call } from './call.ts';
import { internalDoc, internalSignature } from './descrobject.ts';
import { PyDict_Size } from './dictobject.ts';
import { raise } from './errors.ts';
import {
  hold,
  PyObject_TypeCheck,
  PyType_Check,
  PyUnicode_Check,
  Py_NewRef,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import {
  PyObject_GenericGetAttr,
  PyObject_GetAttr,
  PyObject_GetOptionalAttr,
  PyObject_Str,
  _Py_HashPointer,
} from './objectattr.ts';
import { getBuiltinAttr } from './reducehelp.ts';
import type { TypeSpec } from './spec.ts';
import {
  PyCFunction_Type,
  PyCMethod_Type,
  PyExc_SystemError,
  PyExc_TypeError,
  PyModule_Type,
  Py_False,
  Py_None,
  Py_NotImplemented,
  Py_True,
} from './static.ts';
import { PyTuple_Pack } from './tupleobject.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';
import { clearOrWait } from './trashcan.ts';

const CALL_FLAGS = METH_VARARGS | METH_FASTCALL | METH_NOARGS | METH_O | METH_KEYWORDS | METH_METHOD;

/** The name in call errors: `f()`, `module.f()`, `list.append()` (_PyObject_FunctionStr). */
export function functionText(func: Ref): string {
  const qualname = PyObject_GetOptionalAttr(func, Py_ID.__qualname__);
  if (qualname === 0) {
    const m = hold(PyObject_Str(func));
    const s = asText(i32(m));
    release(m);
    return s;
  }
  const m = hold(qualname);
  const module = PyObject_GetOptionalAttr(func, Py_ID.__module__);
  let prefix = '';
  if (module !== 0) {
    hold(module);
    if (module !== Py_None && PyUnicode_Check(module) && asText(module) !== 'builtins') prefix = `${asText(module)}.`;
  }
  const qual = hold(PyObject_Str(qualname));
  const s = `${prefix}${asText(i32(qual))}()`;
  release(m);
  return s;
}

/** The same as a str. */
export function _PyObject_FunctionStr(func: Ref): Ref {
  return PyUnicode_FromString(functionText(func));
}

// ---- calls ----------------------------------------------------------------------------------------------------------

function check_kwargs(func: Ref, kwnames: Ref): void {
  if (kwnames !== 0 && i32(kwnames + 16) > 0)
    raise(PyExc_TypeError, `${functionText(func)} takes no keyword arguments`);
}
function implementation(func: Ref): NativeFunction {
  return text[i32(i32(func + F.m_ml) + PyMethodDef.ml_meth)] as NativeFunction;
}
/** m_self, or 0 for a static method. */
export function PyCFunction_GET_SELF(func: Ref): Ref {
  return (i32(i32(func + F.m_ml) + PyMethodDef.ml_flags) & METH_STATIC) !== 0 ? 0 : i32(func + F.m_self);
}
export function PyCFunction_GET_FUNCTION(func: Ref): number {
  return i32(i32(func + F.m_ml) + PyMethodDef.ml_meth);
}
export function PyCFunction_GET_FLAGS(func: Ref): number {
  return i32(i32(func + F.m_ml) + PyMethodDef.ml_flags);
}
export function PyCFunction_CheckExact(op: Ref): boolean {
  return i32(op + 8) === PyCFunction_Type;
}
export function PyCFunction_Check(op: Ref): boolean {
  return PyObject_TypeCheck(op, PyCFunction_Type);
}
function cfunction_vectorcall_FASTCALL(func: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  if (kwnames !== 0) check_kwargs(func, kwnames);
  return implementation(func)(PyCFunction_GET_SELF(func), args, nargs) as Ref;
}
function cfunction_vectorcall_FASTCALL_KEYWORDS(func: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  return implementation(func)(PyCFunction_GET_SELF(func), args, nargs, kwnames) as Ref;
}
function cfunction_vectorcall_METHOD(func: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const cls = i32(func + PyCMethodObject.mm_class);
  return implementation(func)(PyCFunction_GET_SELF(func), cls, args, nargs, kwnames) as Ref;
}
function cfunction_vectorcall_NOARGS(func: Ref, _args: number, nargs: number, kwnames: Ref): Ref {
  if (kwnames !== 0) check_kwargs(func, kwnames);
  if (nargs !== 0) raise(PyExc_TypeError, `${functionText(func)} takes no arguments (${nargs} given)`);
  return implementation(func)(PyCFunction_GET_SELF(func)) as Ref;
}
function cfunction_vectorcall_O(func: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  if (kwnames !== 0) check_kwargs(func, kwnames);
  if (nargs !== 1) raise(PyExc_TypeError, `${functionText(func)} takes exactly one argument (${nargs} given)`);
  return implementation(func)(PyCFunction_GET_SELF(func), i32(args)) as Ref;
}
/** tp_call: METH_VARARGS functions have no vectorcall. */
function cfunction_call(func: Ref, args: Ref, kwargs: Ref): Ref {
  const flags = PyCFunction_GET_FLAGS(func);
  if ((flags & METH_VARARGS) === 0) return PyVectorcall_Call(func, args, kwargs);
  const self = PyCFunction_GET_SELF(func);
  if ((flags & METH_KEYWORDS) !== 0) return implementation(func)(self, args, kwargs) as Ref;
  if (kwargs !== 0 && PyDict_Size(kwargs) !== 0)
    raise(PyExc_TypeError, `${methodName(func)}() takes no keyword arguments`);
  return implementation(func)(self, args) as Ref;
}
export function linkCFunctions(): void {
  fnptr(cfunction_vectorcall_FASTCALL);
  fnptr(cfunction_vectorcall_FASTCALL_KEYWORDS);
  fnptr(cfunction_vectorcall_METHOD);
  fnptr(cfunction_vectorcall_NOARGS);
  fnptr(cfunction_vectorcall_O);
}

// ---- making -----------------------------------------------------------------------------------------------------------

/** A built-in function of the PyMethodDef at `ml`, bound to `self` (0: none), of module `module` (a str or 0). */
export function PyCFunction_NewEx(ml: number, self: Ref, module: Ref): Ref {
  return PyCMethod_New(ml, self, module, 0);
}
export function PyCFunction_New(ml: number, self: Ref): Ref {
  return PyCMethod_New(ml, self, 0, 0);
}
export function PyCMethod_New(ml: number, self: Ref, module: Ref, cls: Ref): Ref {
  const flags = i32(ml + PyMethodDef.ml_flags);
  let vectorcall = 0;
  switch (flags & CALL_FLAGS) {
    case METH_VARARGS:
    case METH_VARARGS | METH_KEYWORDS:
      break;
    case METH_FASTCALL:
      vectorcall = fnptr(cfunction_vectorcall_FASTCALL);
      break;
    case METH_FASTCALL | METH_KEYWORDS:
      vectorcall = fnptr(cfunction_vectorcall_FASTCALL_KEYWORDS);
      break;
    case METH_NOARGS:
      vectorcall = fnptr(cfunction_vectorcall_NOARGS);
      break;
    case METH_O:
      vectorcall = fnptr(cfunction_vectorcall_O);
      break;
    case METH_METHOD | METH_FASTCALL | METH_KEYWORDS:
      vectorcall = fnptr(cfunction_vectorcall_METHOD);
      break;
    default:
      raise(PyExc_SystemError, `${cstring(i32(ml + PyMethodDef.ml_name))}() method: bad call flags`);
  }
  let op: Ref;
  if ((flags & METH_METHOD) !== 0) {
    if (cls === 0) raise(PyExc_SystemError, 'attempting to create PyCMethod with a METH_METHOD flag but no class');
    op = _PyObject_GC_New(PyCMethod_Type);
    setPtr(op + PyCMethodObject.mm_class, Py_NewRef(cls));
  } else op = _PyObject_GC_New(PyCFunction_Type);
  setPtr(op + F.m_weakreflist, 0);
  setPtr(op + F.m_ml, ml);
  setPtr(op + F.m_self, self === 0 ? 0 : Py_NewRef(self));
  setPtr(op + F.m_module, module === 0 ? 0 : Py_NewRef(module));
  setPtr(op + F.vectorcall, vectorcall);
  _PyObject_GC_TRACK(op);
  return op;
}

// ---- the type ---------------------------------------------------------------------------------------------------------

function methodName(func: Ref): string {
  return cstring(i32(i32(func + F.m_ml) + PyMethodDef.ml_name));
}
export function meth_dealloc(func: Ref): void {
  PyObject_GC_UnTrack(func);
  if (i32(func + F.m_weakreflist) !== 0) PyObject_ClearWeakRefs(func);
  if (i32(func + 8) === PyCMethod_Type && clearOrWait(func + PyCMethodObject.mm_class)) return;
  if (clearOrWait(func + F.m_self) || clearOrWait(func + F.m_module)) return;
  PyObject_GC_Del(func);
}
function meth_traverse(func: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  if (i32(func + 8) === PyCMethod_Type && i32(func + PyCMethodObject.mm_class) !== 0)
    visit(i32(func + PyCMethodObject.mm_class), arg);
  if (i32(func + F.m_self) !== 0) visit(i32(func + F.m_self), arg);
  if (i32(func + F.m_module) !== 0) visit(i32(func + F.m_module), arg);
}
/** Is it a function of a module (or unbound), not a method of an object? */
function isPlain(func: Ref): boolean {
  const self = i32(func + F.m_self);
  return self === 0 || PyObject_TypeCheck(self, PyModule_Type);
}
function meth_repr(func: Ref): Ref {
  if (isPlain(func)) return PyUnicode_FromString(`<built-in function ${methodName(func)}>`);
  const self = i32(func + F.m_self);
  return PyUnicode_FromString(
    `<built-in method ${methodName(func)} of ${typeNameOf(self)} object at 0x${self.toString(16)}>`,
  );
}
function meth_richcompare(a: Ref, b: Ref, op: number): Ref {
  if ((op !== Py_EQ && op !== Py_NE) || !PyCFunction_Check(a) || !PyCFunction_Check(b))
    return Py_NewRef(Py_NotImplemented);
  const eq = i32(a + F.m_self) === i32(b + F.m_self) && PyCFunction_GET_FUNCTION(a) === PyCFunction_GET_FUNCTION(b);
  return Py_NewRef(eq === (op === Py_EQ) ? Py_True : Py_False);
}
function meth_hash(func: Ref): number {
  let lo = _Py_HashPointer(i32(func + F.m_self));
  const hi = i32(HASH_HI);
  lo ^= _Py_HashPointer(PyCFunction_GET_FUNCTION(func));
  setI32(HASH_HI, hi ^ i32(HASH_HI));
  return lo;
}
function meth_get__doc__(func: Ref): Ref {
  const ml = i32(func + F.m_ml);
  return internalDoc(methodName(func), i32(ml + PyMethodDef.ml_doc));
}
function meth_get__text_signature__(func: Ref): Ref {
  const ml = i32(func + F.m_ml);
  return internalSignature(methodName(func), i32(ml + PyMethodDef.ml_doc));
}
function meth_get__name__(func: Ref): Ref {
  return PyUnicode_FromString(methodName(func));
}
function meth_get__qualname__(func: Ref): Ref {
  if (isPlain(func)) return PyUnicode_FromString(methodName(func));
  const self = i32(func + F.m_self);
  const type = PyType_Check(self) ? self : i32(self + 8);
  const m = hold(PyObject_GetAttr(type, Py_ID.__qualname__));
  if (!PyUnicode_Check(i32(m))) raise(PyExc_TypeError, '<method>.__class__.__qualname__ is not a unicode object');
  const res = PyUnicode_FromString(`${asText(i32(m))}.${methodName(func)}`);
  release(m);
  return res;
}
function meth_get__self__(func: Ref): Ref {
  const self = PyCFunction_GET_SELF(func);
  return self === 0 ? Py_NewRef(Py_None) : Py_NewRef(self);
}
function meth_reduce(func: Ref): Ref {
  const name = PyUnicode_FromString(methodName(func));
  if (isPlain(func)) return name;
  const m = hold(name);
  hold(getBuiltinAttr('getattr'));
  hold(PyTuple_Pack(i32(func + F.m_self), name));
  const res = PyTuple_Pack(i32(m + 8), i32(m + 16));
  release(m);
  return res;
}

export const cFunctionSpec: TypeSpec = {
  address: PyCFunction_Type,
  name: 'builtin_function_or_method',
  basicsize: F.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
  vectorcallOffset: F.vectorcall,
  weaklistoffset: F.m_weakreflist,
  slots: {
    tp_dealloc: meth_dealloc,
    tp_repr: meth_repr,
    tp_hash: meth_hash,
    tp_call: cfunction_call,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: meth_traverse,
    tp_richcompare: meth_richcompare,
  },
  methods: [{ name: '__reduce__', flags: METH_NOARGS, fn: meth_reduce }],
  members: [{ name: '__module__', type: _Py_T_OBJECT, offset: F.m_module, flags: 0 }],
  getset: [
    { name: '__doc__', get: meth_get__doc__ },
    { name: '__name__', get: meth_get__name__ },
    { name: '__qualname__', get: meth_get__qualname__ },
    { name: '__self__', get: meth_get__self__ },
    { name: '__text_signature__', get: meth_get__text_signature__ },
  ],
};
export const cMethodSpec: TypeSpec = {
  address: PyCMethod_Type,
  name: 'builtin_method',
  basicsize: PyCMethodObject.SIZE,
  flags: 0,
  base: PyCFunction_Type,
  slots: {},
};
