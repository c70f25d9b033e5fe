/** CALL, CALL_KW, CALL_FUNCTION_EX and their specialised forms. Mirrors Python/bytecodes.c. */
import {
  CO_OPTIMIZED,
  CO_VARARGS,
  CO_VARKEYWORDS,
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_O,
  OP,
  PyCFunctionObject,
  PyCodeObject,
  PyFunctionObject,
  PyHeapTypeObject,
  PyMethodDef,
  PyMethodDescrObject,
  PyMethodObject,
  PyThreadState,
  PyTypeObject,
  _PyInterpreterFrame,
} from '@moult/abi';
import { i32, setI32, setPtr, u32 } from '../memory/linear.ts';
import { starters, text } from '../memory/text.ts';
import { PyObject_IsInstance, PyObject_Size, PySequence_Tuple } from '../objects/abstract.ts';
import { PyDict_Merge } from '../objects/dictmerge.ts';
import { PyDict_New } from '../objects/dictobject.ts';
import { catchPending, PENDING } from '../objects/errors.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import {
  drop,
  hold,
  nativeMark,
  PyType_Check,
  PyObject_TypeCheck,
  Py_DECREF,
  Py_INCREF,
  Py_NewRef,
  Py_SIZE,
  type Ref,
} from '../objects/object.ts';
import { PyObject_Str } from '../objects/objectattr.ts';
import { Py_EnterRecursiveCall, Py_LeaveRecursiveCall } from '../objects/recursion.ts';
import {
  PyCFunction_Type,
  PyDict_Type,
  PyFunction_Type,
  PyMethod_Type,
  PyMethodDescr_Type,
  PyTuple_Type,
  PyType_Type,
  PyUnicode_Type,
  Py_False,
  Py_True,
} from '../objects/static.ts';
import { _PyEvalFramePushAndInit, _PyEvalFramePushAndInit_Ex } from './calls.ts';
import { _PyFrame_Initialize, _PyFrame_PushTrampoline } from './frame.ts';
import { checkArgsIterable, formatKwargsError } from './mergeops.ts';
import { callBuiltinO, callObject, callTupleObject, END_CALL, END_CALL_KW } from './nativeloop.ts';
import { CACHE_ISINSTANCE, CACHE_LEN, CACHE_LIST_APPEND, INIT_CLEANUP_CODE } from './state.ts';

type Vectorcall = (callable: Ref, args: number, nargs: number, kwnames: Ref) => Ref;

/** A bound method becomes its function and self, in the two slots before `args`. */
export function unpackMethod(args: number): void {
  const method = i32(args - 16);
  const self = i32(method + PyMethodObject.im_self);
  Py_INCREF(self);
  setPtr(args - 8, self);
  const func = i32(method + PyMethodObject.im_func);
  Py_INCREF(func);
  setPtr(args - 16, func);
  Py_DECREF(method);
}

function localsOf(func: Ref): Ref {
  const code = i32(func + PyFunctionObject.func_code);
  return (i32(code + PyCodeObject.co_flags) & CO_OPTIMIZED) !== 0
    ? 0
    : Py_NewRef(i32(func + PyFunctionObject.func_globals));
}

/** A frame for a Python function whose arguments lie on the caller's stack; takes them and the callable over. */
export function pushFunction(tstate: number, func: Ref, args: number, nargs: number): number {
  const locals = localsOf(func);
  if (locals === 0) return _PyEvalFramePushAndInit(tstate, func, 0, args, nargs, 0, true);
  const m = hold(locals);
  const fp = _PyEvalFramePushAndInit(tstate, func, locals, args, nargs, 0, true);
  drop(m);
  return fp;
}

/** CALL_PY_GENERAL, CALL_BOUND_METHOD_GENERAL, CALL_ALLOC_AND_ENTER_INIT: the new frame, or 0 when the guard fails. */
export function pushSpecialized(
  tstate: number,
  opcode: number,
  fp: number,
  ip: number,
  sp: number,
  oparg: number,
): number {
  const args = sp - (oparg << 3);
  const callable = i32(args - 16);
  const version = u32(ip + 4);
  if (opcode === OP.CALL_ALLOC_AND_ENTER_INIT) return enterInit(tstate, fp, args, oparg, callable, version);
  let base = args;
  let n = oparg;
  if (opcode === OP.CALL_BOUND_METHOD_GENERAL) {
    if (i32(callable + 8) !== PyMethod_Type || i32(args - 8) !== 0) return 0;
    const func = i32(callable + PyMethodObject.im_func);
    if (i32(func + 8) !== PyFunction_Type || u32(func + PyFunctionObject.func_version) !== version) return 0;
    unpackMethod(args);
    base -= 8;
    n++;
  } else {
    if (i32(callable + 8) !== PyFunction_Type || u32(callable + PyFunctionObject.func_version) !== version) return 0;
    if (i32(args - 8) !== 0) {
      base -= 8;
      n++;
    }
  }
  return pushFunction(tstate, i32(args - 16), base, n);
}

/** A class whose __init__ is a Python function: the instance, a shim frame that returns it, and __init__'s frame on top. */
function enterInit(tstate: number, fp: number, args: number, oparg: number, callable: Ref, version: number): number {
  if (i32(args - 8) !== 0 || !PyType_Check(callable)) return 0;
  if (u32(callable + PyTypeObject.tp_version_tag) !== version) return 0;
  const init = i32(callable + PyHeapTypeObject._spec_cache_init);
  if (init === 0 || i32(init + 8) !== PyFunction_Type) return 0;
  const code = i32(init + PyFunctionObject.func_code);
  if (i32(code + PyCodeObject.co_argcount) !== oparg + 1) return 0;
  const need = (i32(code + PyCodeObject.co_framesize) + i32(INIT_CLEANUP_CODE + PyCodeObject.co_framesize)) << 3;
  const top = i32(tstate + PyThreadState.datastack_top);
  if (top === 0 || top + need >= i32(tstate + PyThreadState.datastack_limit)) return 0;
  const self = (text[i32(callable + PyTypeObject.tp_alloc)] as (t: Ref, n: number) => Ref)(callable, 0);
  // [callable, NULL, args…] → the function and self take the two slots
  setPtr(args - 8, self);
  const shim = _PyFrame_PushTrampoline(tstate, INIT_CLEANUP_CODE, 1, fp);
  setPtr(shim + 72, self);
  Py_INCREF(self);
  setPtr(args - 16, init);
  Py_INCREF(init);
  Py_DECREF(callable);
  const simple =
    (i32(code + PyCodeObject.co_flags) & (CO_VARARGS | CO_VARKEYWORDS)) === 0 &&
    i32(code + PyCodeObject.co_kwonlyargcount) === 0;
  const frame = simple
    ? pushSimple(tstate, init, code, args - 8, oparg + 1)
    : _PyEvalFramePushAndInit(tstate, init, 0, args - 8, oparg + 1, 0, true);
  setPtr(frame + 8, shim);
  return frame;
}

/** A frame for a function that takes exactly `n` positional arguments, which move out of their slots. There is room. */
function pushSimple(tstate: number, func: Ref, code: Ref, args: number, n: number): number {
  const fp = i32(tstate + PyThreadState.datastack_top);
  setI32(tstate + PyThreadState.datastack_top, fp + (i32(code + PyCodeObject.co_framesize) << 3));
  _PyFrame_Initialize(fp, func, 0, code, n);
  const end = fp + _PyInterpreterFrame.localsplus + (n << 3);
  for (let to = fp + _PyInterpreterFrame.localsplus, p = args; to < end; to += 8, p += 8) setPtr(to, i32(p));
  return fp;
}

/** The list.append descriptor, which CALL_LIST_APPEND compares with. */
export function listAppend(): Ref {
  return i32(CACHE_LIST_APPEND);
}

/** A native callable: the result, or 0 when the guard of the specialised form fails. Borrows the operands. */
export function callNative(opcode: number, sp: number, oparg: number): Ref {
  const args = sp - (oparg << 3);
  const callable = i32(args - 16);
  const self = i32(args - 8);
  const base = self !== 0 ? args - 8 : args;
  const n = self !== 0 ? oparg + 1 : oparg;
  const type = i32(callable + 8);
  switch (opcode) {
    case OP.CALL_BUILTIN_O: {
      if (n !== 1 || type !== PyCFunction_Type) return 0;
      const def = i32(callable + PyCFunctionObject.m_ml);
      if (i32(def + PyMethodDef.ml_flags) !== METH_O) return 0;
      if (starters[i32(def + PyMethodDef.ml_meth)]) return callBuiltinO(callable, base, (oparg + 2) | (8 << 16));
      Py_EnterRecursiveCall(' while calling a Python object');
      try {
        return (text[i32(def + PyMethodDef.ml_meth)] as (s: Ref, a: Ref) => Ref)(selfOf(callable, def), i32(base));
      } finally {
        Py_LeaveRecursiveCall();
      }
    }
    case OP.CALL_BUILTIN_FAST: {
      if (type !== PyCFunction_Type) return 0;
      const def = i32(callable + PyCFunctionObject.m_ml);
      if (i32(def + PyMethodDef.ml_flags) !== METH_FASTCALL) return 0;
      if (starters[i32(def + PyMethodDef.ml_meth)]) return callAny(callable, base, n, oparg);
      return (text[i32(def + PyMethodDef.ml_meth)] as (s: Ref, a: number, n: number) => Ref)(
        selfOf(callable, def),
        base,
        n,
      );
    }
    case OP.CALL_BUILTIN_FAST_WITH_KEYWORDS: {
      if (type !== PyCFunction_Type) return 0;
      const def = i32(callable + PyCFunctionObject.m_ml);
      if (i32(def + PyMethodDef.ml_flags) !== (METH_FASTCALL | METH_KEYWORDS)) return 0;
      if (starters[i32(def + PyMethodDef.ml_meth)]) return callAny(callable, base, n, oparg);
      return (text[i32(def + PyMethodDef.ml_meth)] as Vectorcall)(selfOf(callable, def), base, n, 0);
    }
    case OP.CALL_METHOD_DESCRIPTOR_O:
    case OP.CALL_METHOD_DESCRIPTOR_NOARGS:
    case OP.CALL_METHOD_DESCRIPTOR_FAST:
    case OP.CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS:
      return callMethodDescriptor(opcode, callable, base, n, oparg);
    case OP.CALL_LEN: {
      if (n !== 1 || callable !== i32(CACHE_LEN)) return 0;
      return PyLong_FromLong(PyObject_Size(i32(base)));
    }
    case OP.CALL_ISINSTANCE: {
      if (n !== 2 || callable !== i32(CACHE_ISINSTANCE)) return 0;
      return Py_NewRef(PyObject_IsInstance(i32(base), i32(base + 8)) ? Py_True : Py_False);
    }
    case OP.CALL_TYPE_1: {
      if (oparg !== 1 || self !== 0 || callable !== PyType_Type) return 0;
      return Py_NewRef(i32(i32(args) + 8));
    }
    case OP.CALL_STR_1:
      if (oparg !== 1 || self !== 0 || callable !== PyUnicode_Type) return 0;
      return PyObject_Str(i32(args));
    case OP.CALL_TUPLE_1:
      if (oparg !== 1 || self !== 0 || callable !== PyTuple_Type) return 0;
      return callAny(callable, base, n, oparg);
    case OP.CALL_BUILTIN_CLASS: {
      if (!PyType_Check(callable)) return 0;
      const vectorcall = i32(callable + PyTypeObject.tp_vectorcall);
      if (starters[vectorcall]) return callAny(callable, base, n, oparg);
      return vectorcall === 0 ? 0 : (text[vectorcall] as Vectorcall)(callable, base, n, 0);
    }
    default:
      if (type === PyFunction_Type || type === PyMethod_Type) return 0;
      return callObject(callable, base, n, 0, END_CALL, (oparg + 2) | (8 << 16));
  }
}
/** What may run Python from a native frame. */
function callAny(callable: Ref, args: number, n: number, oparg: number): number {
  return callObject(callable, args, n, 0, END_CALL, (oparg + 2) | (8 << 16));
}
const METH_STATIC = 0x20;
function selfOf(callable: Ref, def: number): Ref {
  return (i32(def + PyMethodDef.ml_flags) & METH_STATIC) !== 0 ? 0 : i32(callable + PyCFunctionObject.m_self);
}

function callMethodDescriptor(opcode: number, callable: Ref, args: number, n: number, oparg: number): Ref {
  if (i32(callable + 8) !== PyMethodDescr_Type || n < 1) return 0;
  const def = i32(callable + PyMethodDescrObject.d_method);
  const self = i32(args);
  if (!PyObject_TypeCheck(self, i32(callable + PyMethodDescrObject.d_common_d_type))) return 0;
  const flags = i32(def + PyMethodDef.ml_flags);
  if (starters[i32(def + PyMethodDef.ml_meth)]) return callAny(callable, args, n, oparg);
  const fn = text[i32(def + PyMethodDef.ml_meth)] as (...a: number[]) => Ref;
  switch (opcode) {
    case OP.CALL_METHOD_DESCRIPTOR_O:
      return n !== 2 || flags !== METH_O ? 0 : fn(self, i32(args + 8));
    case OP.CALL_METHOD_DESCRIPTOR_NOARGS:
      return n !== 1 || flags !== METH_NOARGS ? 0 : fn(self, 0);
    case OP.CALL_METHOD_DESCRIPTOR_FAST:
      return flags !== METH_FASTCALL ? 0 : fn(self, args + 8, n - 1);
    default:
      return flags !== (METH_FASTCALL | METH_KEYWORDS) ? 0 : fn(self, args + 8, n - 1, 0);
  }
}

/** CALL_KW: [callable, selfOrNull, args…, names]. A new frame as -address, or the result of a native call. */
export function callKw(tstate: number, sp: number, oparg: number): number {
  const kwnames = i32(sp - 8);
  let args = sp - 8 - (oparg << 3);
  let total = oparg;
  let callable = i32(args - 16);
  if (i32(args - 8) !== 0) {
    args -= 8;
    total++;
  } else if (i32(callable + 8) === PyMethod_Type) {
    unpackMethod(args);
    callable = i32(args - 16);
    args -= 8;
    total++;
  }
  const positional = total - Py_SIZE(kwnames);
  if (i32(callable + 8) === PyFunction_Type) {
    const locals = localsOf(callable);
    const m = hold(locals);
    const fp = _PyEvalFramePushAndInit(tstate, callable, locals, args, positional, kwnames, true);
    drop(m);
    setI32(sp - 8, 0);
    Py_DECREF(kwnames);
    return -fp;
  }
  return callObject(callable, args, positional, kwnames, END_CALL_KW, oparg + 3);
}

/** CALL_FUNCTION_EX: its arguments become a tuple and a dict where they lie. */
export function plainArguments(sp: number, oparg: number): void {
  const kw = oparg & 1;
  const base = sp - ((3 + kw) << 3);
  const func = i32(base);
  const argsSlot = base + 16;
  if (kw !== 0) {
    const kwargs = i32(sp - 8);
    if (i32(kwargs + 8) !== PyDict_Type) {
      const dict = PyDict_New();
      const m = hold(dict);
      const mark = nativeMark();
      try {
        PyDict_Merge(dict, kwargs, 2);
      } catch (e) {
        catchPending(e, mark);
        formatKwargsError(func, kwargs);
        throw PENDING;
      }
      drop(m);
      setPtr(sp - 8, dict);
      Py_DECREF(kwargs);
    }
  }
  const given = i32(argsSlot);
  if (i32(given + 8) !== PyTuple_Type) {
    checkArgsIterable(func, given);
    const tuple = PySequence_Tuple(given);
    setPtr(argsSlot, tuple);
    Py_DECREF(given);
  }
}

/** CALL_FUNCTION_EX: [callable, NULL, args, kwargs?]. A new frame as -address, or the result of a native call. */
export function callFunctionEx(tstate: number, fp: number, sp: number, oparg: number): number {
  const kw = oparg & 1;
  const base = sp - ((3 + kw) << 3);
  const func = i32(base);
  const argsSlot = base + 16;
  plainArguments(sp, oparg);
  const args = i32(argsSlot);
  const kwargs = kw !== 0 ? i32(sp - 8) : 0;
  if (i32(func + 8) === PyFunction_Type) {
    const locals = localsOf(func);
    const m = hold(locals);
    const frame = _PyEvalFramePushAndInit_Ex(tstate, func, locals, args, kwargs);
    drop(m);
    // the frame has taken the callable; the rest is released here
    setI32(base, 0);
    setI32(argsSlot, 0);
    setI32(fp + 64, (base - fp - 72) >> 3);
    if (kw !== 0) setI32(sp - 8, 0);
    setPtr(frame + 8, fp);
    Py_DECREF(args);
    if (kwargs !== 0) Py_DECREF(kwargs);
    return -frame;
  }
  return callTupleObject(func, args, kwargs, 3 + kw);
}
