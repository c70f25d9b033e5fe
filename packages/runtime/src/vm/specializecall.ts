/** Specialising CALL (specialize.ts). Mirrors that part of Python/specialize.c. */
import {
  CO_OPTIMIZED,
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_METHOD,
  METH_NOARGS,
  METH_O,
  METH_VARARGS,
  OP,
  Py_ID,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_IMMUTABLETYPE,
  Py_TPFLAGS_INLINE_VALUES,
  PyCFunctionObject,
  PyCodeObject,
  PyFunctionObject,
  PyHeapTypeObject,
  PyMethodDef,
  PyMethodDescrObject,
  PyMethodObject,
  PyTypeObject,
} from '@moult/abi';
import { i32, setPtr, u8 } from '../memory/linear.ts';
import { PyType_Check, type Ref } from '../objects/object.ts';
import {
  PyBaseObject_Type,
  PyCFunction_Type,
  PyFunction_Type,
  PyMethod_Type,
  PyMethodDescr_Type,
  PyTuple_Type,
  PyType_Type,
  PyUnicode_Type,
} from '../objects/static.ts';
import { _PyType_Lookup } from '../objects/typelookup.ts';
import { argcount, done, failure, flagsOf, functionVersion, isSimple, setU32 } from './specialize.ts';
import { versionOf } from './specializeattr.ts';
import { CACHE_ISINSTANCE, CACHE_LEN, CACHE_LIST_APPEND } from './state.ts';

export function call(_fp: number, ip: number, sp: number, oparg: number): void {
  const args = sp - (oparg << 3);
  const callable = i32(args - 16);
  const nargs = oparg + (i32(args - 8) !== 0 ? 1 : 0);
  const type = i32(callable + 8);
  let ok: boolean;
  if (type === PyCFunction_Type) ok = nativeCall(callable, ip, nargs);
  else if (type === PyFunction_Type) ok = functionCall(callable, ip, nargs, false);
  else if (PyType_Check(callable)) ok = classCall(callable, ip, nargs, oparg);
  else if (type === PyMethodDescr_Type) ok = methodCall(callable, ip, nargs, oparg);
  else if (type === PyMethod_Type) {
    const func = i32(callable + PyMethodObject.im_func);
    ok = i32(func + 8) === PyFunction_Type && functionCall(func, ip, nargs, true);
  } else ok = done(ip, OP.CALL_NON_PY_GENERAL);
  if (!ok) failure(ip);
}

function functionCall(func: Ref, ip: number, nargs: number, bound: boolean): boolean {
  const flags = i32(i32(func + PyFunctionObject.func_code) + PyCodeObject.co_flags);
  if ((flags & CO_OPTIMIZED) === 0) return false;
  const version = functionVersion(func);
  if (version === 0) return false;
  setU32(ip + 4, version);
  const exact = isSimple(func) && argcount(func) === nargs + (bound ? 1 : 0);
  if (exact) return done(ip, bound ? OP.CALL_BOUND_METHOD_EXACT_ARGS : OP.CALL_PY_EXACT_ARGS);
  return done(ip, bound ? OP.CALL_BOUND_METHOD_GENERAL : OP.CALL_PY_GENERAL);
}

const METH_KINDS = METH_VARARGS | METH_FASTCALL | METH_NOARGS | METH_O | METH_KEYWORDS | METH_METHOD;

function nativeCall(callable: Ref, ip: number, nargs: number): boolean {
  const flags = i32(i32(callable + PyCFunctionObject.m_ml) + PyMethodDef.ml_flags) & METH_KINDS;
  if (flags === METH_O) {
    if (nargs !== 1) return false;
    return done(ip, callable === i32(CACHE_LEN) ? OP.CALL_LEN : OP.CALL_BUILTIN_O);
  }
  if (flags === METH_FASTCALL) {
    return done(ip, nargs === 2 && callable === i32(CACHE_ISINSTANCE) ? OP.CALL_ISINSTANCE : OP.CALL_BUILTIN_FAST);
  }
  if (flags === (METH_FASTCALL | METH_KEYWORDS)) return done(ip, OP.CALL_BUILTIN_FAST_WITH_KEYWORDS);
  return done(ip, OP.CALL_NON_PY_GENERAL);
}

function methodCall(descr: Ref, ip: number, nargs: number, oparg: number): boolean {
  const flags = i32(i32(descr + PyMethodDescrObject.d_method) + PyMethodDef.ml_flags) & METH_KINDS;
  if (flags === METH_NOARGS) return nargs === 1 && done(ip, OP.CALL_METHOD_DESCRIPTOR_NOARGS);
  if (flags === METH_O) {
    if (nargs !== 2) return false;
    const pops = u8(ip + 8) === OP.POP_TOP;
    return done(
      ip,
      descr === i32(CACHE_LIST_APPEND) && oparg === 1 && pops ? OP.CALL_LIST_APPEND : OP.CALL_METHOD_DESCRIPTOR_O,
    );
  }
  if (flags === METH_FASTCALL) return done(ip, OP.CALL_METHOD_DESCRIPTOR_FAST);
  if (flags === (METH_FASTCALL | METH_KEYWORDS)) return done(ip, OP.CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS);
  return done(ip, OP.CALL_NON_PY_GENERAL);
}

function classCall(type: Ref, ip: number, nargs: number, oparg: number): boolean {
  if ((flagsOf(type) & Py_TPFLAGS_IMMUTABLETYPE) !== 0) {
    if (nargs === 1 && oparg === 1) {
      if (type === PyUnicode_Type) return done(ip, OP.CALL_STR_1);
      if (type === PyType_Type) return done(ip, OP.CALL_TYPE_1);
      if (type === PyTuple_Type) return done(ip, OP.CALL_TUPLE_1);
    }
    return i32(type + PyTypeObject.tp_vectorcall) !== 0 && done(ip, OP.CALL_BUILTIN_CLASS);
  }
  if (
    i32(type + 8) === PyType_Type &&
    i32(type + PyTypeObject.tp_new) === i32(PyBaseObject_Type + PyTypeObject.tp_new)
  ) {
    const flags = flagsOf(type);
    const init = _PyType_Lookup(type, Py_ID.__init__);
    if (versionOf(type) === 0) return false;
    if (
      (flags & Py_TPFLAGS_INLINE_VALUES) !== 0 &&
      (flags & Py_TPFLAGS_HEAPTYPE) !== 0 &&
      init !== 0 &&
      i32(init + 8) === PyFunction_Type &&
      isSimple(init)
    ) {
      if (argcount(init) !== nargs + 1) return false;
      setPtr(type + PyHeapTypeObject._spec_cache_init, init);
      setU32(ip + 4, versionOf(type));
      return done(ip, OP.CALL_ALLOC_AND_ENTER_INIT);
    }
  }
  return done(ip, OP.CALL_NON_PY_GENERAL);
}
