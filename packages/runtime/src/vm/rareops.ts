/**
 * The instructions outside the hot loop. Each leaves the stack untouched when it throws; the dispatcher advances
 * instr_ptr past the instruction and its caches when it succeeds, and returns the new sp.
 */
import {
  CO_COROUTINE,
  CO_ITERABLE_COROUTINE,
  OP,
  PyCodeObject,
  PyFunctionObject,
  Py_ID,
  Py_STR,
  PyThreadState,
} from '@moult/abi';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import {
  PyNumber_Invert,
  PyNumber_Negative,
  PyObject_DelItem,
  PyObject_GetItem,
  PyObject_GetIter,
  PyObject_SetItem,
  PyObject_Size,
} from '../objects/abstract.ts';
import { callFunction } from '../objects/call.ts';
import { PyCell_New } from '../objects/cellobject.ts';
import { dict_new_presized, PyDict_Contains, PyDict_New, PyDict_SetItem } from '../objects/dictobject.ts';
import { PyErr_GivenExceptionMatches, raise } from '../objects/errors.ts';
import { PyFunction_New } from '../objects/funcobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import {
  drop,
  hold,
  Py_DECREF,
  Py_INCREF,
  Py_NewRef,
  type Ref,
  release,
  typeNameOf,
  Py_XSETREF,
} from '../objects/object.ts';
import {
  _PyObject_LookupSpecial,
  PyObject_ASCII,
  PyObject_Format,
  PyObject_GetAttr,
  PyObject_Repr,
  PyObject_Str,
} from '../objects/objectattr.ts';
import { _PySuper_Lookup } from '../objects/typeobject.ts';
import { PySet_Add, PySet_New } from '../objects/setobject.ts';
import { _PyBuildSlice_ConsumeRefs, PySlice_New } from '../objects/sliceobject.ts';
import {
  PyCoro_Type,
  PyDict_Type,
  PyExc_AssertionError,
  PyExc_NameError,
  PyExc_SystemError,
  PyExc_TypeError,
  PyGen_Type,
  PySuper_Type,
  PyType_Type,
  PyUnicode_Type,
  Py_False,
  Py_None,
  Py_True,
} from '../objects/static.ts';
import { _PyUnicode_JoinArray } from '../objects/unicodeobject.ts';
import * as coro from './coroops.ts';
import * as imp from './importops.ts';
import { importNameFrame } from './importcall.ts';
import { END_DROP, END_PUSH, END_REPLACE, startNative } from './nativeloop.ts';
import { callFrom, type MachineSpec, pushNative, stateOf, wordOf } from '../objects/nativeframe.ts';
import { listExtendFrame, setUpdateFrame } from '../objects/nativecollect.ts';
import { ownedCallFrame } from '../objects/nativeslots.ts';
import { callIntrinsic1, callIntrinsic2 } from './intrinsics.ts';
import * as match from './match.ts';
import { dictMerge, dictUpdate, listExtend, setUpdate } from './mergeops.ts';
import * as names from './names.ts';
import { finishCall, popn, unpackIterable } from './ops.ts';
import { checkEgMatch, checkExceptType } from './raise.ts';
import { PREV_INSTR } from './state.ts';

const MAPPING = 1 << 6;
const SEQUENCE = 1 << 5;

/** Replaces the operand on top. */
function unary(sp: number, res: Ref): number {
  const v = i32(sp - 8);
  setPtr(sp - 8, res);
  Py_DECREF(v);
  return sp;
}
/** `n` operands become one result. */
function reduce(sp: number, n: number, res: Ref): number {
  finishCall(sp, n, res);
  return sp - ((n - 1) << 3);
}
/** The same, of a native frame's result. */
function replaceBy(sp: number, n: number, frame: number): number {
  const value = startNative(frame, END_REPLACE, n | (2 << 4));
  return value < 0 ? value : reduce(sp, n, value);
}
/** The operands go, and a native frame's result. */
function dropBy(sp: number, n: number, frame: number): number {
  const value = startNative(frame, END_DROP, n | (2 << 4));
  if (value < 0) return value;
  Py_DECREF(value);
  popn(sp, n);
  return sp - (n << 3);
}
function push(sp: number, v: Ref): number {
  setPtr(sp, v);
  return sp + 8;
}

/** WITH_EXCEPT_START: __exit__ lies on the stack of the frame below; words its arguments. */
export const exitCall: MachineSpec = {
  name: '__exit__',
  run: (frame, value) => {
    if (stateOf(frame) === 1) return value;
    const fp = i32(frame + 8);
    const exit = i32(fp + 72 + (i32(fp + 64) << 3) - 32);
    return callFrom(frame, 1, exit, wordOf(frame, 1), 3, 0);
  },
};
function exitFrame(...args: Ref[]): number {
  const frame = pushNative(exitCall, 0, 4);
  args.forEach((v, i) => {
    setPtr(wordOf(frame, i + 1), v);
  });
  return frame;
}

export function rareOp(tstate: number, opcode: number, oparg: number, fp: number, sp: number): number {
  const at = i32(fp + 56);
  const top = execute(tstate, opcode, oparg, fp, sp);
  if (top < 0) return top;
  setI32(PREV_INSTR, at);
  setI32(fp + 56, at + (opcode === OP.LOAD_SUPER_ATTR ? 4 : 2));
  return top;
}

function execute(tstate: number, opcode: number, oparg: number, fp: number, sp: number): number {
  switch (opcode) {
    // ---- exceptions and with ----
    case OP.PUSH_EXC_INFO: {
      const info = i32(tstate + PyThreadState.exc_info);
      const exc = i32(sp - 8);
      const previous = i32(info);
      setPtr(sp - 8, previous === 0 ? Py_NewRef(Py_None) : previous);
      setPtr(sp, exc);
      setPtr(info, exc);
      Py_INCREF(exc);
      return sp + 8;
    }
    case OP.POP_EXCEPT: {
      const info = i32(tstate + PyThreadState.exc_info);
      const exc = i32(sp - 8);
      setI32(fp + 64, (sp - 8 - fp - 72) >> 3);
      if (exc === Py_None) Py_DECREF(exc);
      Py_XSETREF(info, exc === Py_None ? 0 : exc);
      return sp - 8;
    }
    case OP.CHECK_EXC_MATCH: {
      checkExceptType(i32(sp - 8));
      return unary(
        sp,
        PyErr_GivenExceptionMatches(i32(sp - 16), i32(sp - 8)) ? Py_NewRef(Py_True) : Py_NewRef(Py_False),
      );
    }
    case OP.CHECK_EG_MATCH:
      checkEgMatch(fp, sp);
      return sp;
    case OP.BEFORE_WITH:
      return beforeWith(sp, Py_ID.__enter__, Py_ID.__exit__, 'context manager', '__exit__');
    case OP.BEFORE_ASYNC_WITH:
      return beforeWith(sp, Py_ID.__aenter__, Py_ID.__aexit__, 'asynchronous context manager', '__aexit__');
    case OP.WITH_EXCEPT_START: {
      const value = i32(sp - 8);
      const tb = i32(value + 40) === 0 ? Py_None : i32(value + 40);
      if (oparg === 0) {
        const x = startNative(exitFrame(i32(value + 8), value, tb), END_PUSH, 0);
        return x < 0 ? x : push(sp, x);
      }
      // 3.14's: __exit__, and its manager or NULL
      const self = i32(sp - 32);
      if (self === 0) return push(sp, callFunction(i32(sp - 40), i32(value + 8), value, tb));
      return push(sp, callFunction(i32(sp - 40), self, i32(value + 8), value, tb));
    }
    case OP.LOAD_ASSERTION_ERROR:
      return push(sp, Py_NewRef(PyExc_AssertionError));
    case OP.EXIT_INIT_CHECK:
      if (i32(sp - 8) !== Py_None) {
        raise(PyExc_TypeError, `__init__() should return None, not '${typeNameOf(i32(sp - 8))}'`);
      }
      Py_DECREF(Py_None);
      return sp - 8;

    // ---- names ----
    case OP.STORE_GLOBAL:
      PyDict_SetItem(i32(fp + 24), names.codeName(fp, oparg), i32(sp - 8));
      popn(sp, 1);
      return sp - 8;
    case OP.DELETE_NAME:
      names.deleteName(fp, oparg);
      return sp;
    case OP.DELETE_GLOBAL:
      names.deleteGlobal(fp, oparg);
      return sp;
    case OP.DELETE_ATTR:
      names.deleteAttr(fp, sp, oparg);
      popn(sp, 1);
      return sp - 8;
    case OP.DELETE_DEREF: {
      const slot = i32(fp + 72 + (oparg << 3)) + 16;
      const old = i32(slot);
      if (old === 0) names.unboundDeref(fp, oparg);
      setI32(slot, 0);
      Py_DECREF(old);
      return sp;
    }
    case OP.MAKE_CELL: {
      const slot = fp + 72 + (oparg << 3);
      const initial = i32(slot);
      const cell = PyCell_New(initial);
      setPtr(slot, cell);
      if (initial !== 0) Py_DECREF(initial);
      return sp;
    }
    case OP.COPY_FREE_VARS: {
      const closure = i32(i32(fp + 16) + PyFunctionObject.func_closure);
      const first = fp + 72 + ((i32(i32(fp) + PyCodeObject.co_nlocalsplus) - oparg) << 3);
      for (let i = 0; i < oparg; i++) setPtr(first + (i << 3), Py_NewRef(i32(closure + 24 + (i << 3))));
      return sp;
    }
    case OP.LOAD_LOCALS:
      if (i32(fp + 40) === 0) raise(PyExc_SystemError, 'no locals');
      return push(sp, Py_NewRef(i32(fp + 40)));
    case OP.LOAD_FROM_DICT_OR_GLOBALS:
      return unary(sp, names.fromDictOrGlobals(fp, i32(sp - 8), oparg));
    case OP.LOAD_FROM_DICT_OR_DEREF:
      return unary(sp, names.fromDictOrDeref(fp, i32(sp - 8), oparg));
    case OP.LOAD_BUILD_CLASS:
      return push(sp, loadBuildClass(fp));
    case OP.SETUP_ANNOTATIONS:
      setupAnnotations(fp);
      return sp;
    case OP.LOAD_SUPER_ATTR:
    case OP.LOAD_SUPER_ATTR_ATTR:
    case OP.LOAD_SUPER_ATTR_METHOD:
      return loadSuperAttr(fp, sp, oparg);
    case OP.MAKE_FUNCTION: {
      const code = i32(sp - 8);
      const func = PyFunction_New(code, i32(fp + 24));
      setI32(func + PyFunctionObject.func_version, i32(code + PyCodeObject.co_version));
      return unary(sp, func);
    }
    case OP.SET_FUNCTION_ATTRIBUTE: {
      const func = i32(sp - 8);
      const field =
        oparg === 8
          ? PyFunctionObject.func_closure
          : oparg === 4
            ? PyFunctionObject.func_annotations
            : oparg === 2
              ? PyFunctionObject.func_kwdefaults
              : PyFunctionObject.func_defaults;
      setPtr(func + field, i32(sp - 16));
      setPtr(sp - 16, func);
      return sp - 8;
    }

    // ---- operators ----
    case OP.UNARY_NEGATIVE:
      return unary(sp, PyNumber_Negative(i32(sp - 8)));
    case OP.UNARY_INVERT:
      return unary(sp, PyNumber_Invert(i32(sp - 8)));
    case OP.DELETE_SUBSCR:
      PyObject_DelItem(i32(sp - 16), i32(sp - 8));
      popn(sp, 2);
      return sp - 16;
    case OP.BINARY_SLICE: {
      // the slice takes the two ends over from the stack
      setPtr(sp - 16, _PyBuildSlice_ConsumeRefs(i32(sp - 16), i32(sp - 8)));
      setI32(sp - 8, 0);
      return reduce(sp, 3, PyObject_GetItem(i32(sp - 24), i32(sp - 16)));
    }
    case OP.STORE_SLICE: {
      setPtr(sp - 16, _PyBuildSlice_ConsumeRefs(i32(sp - 16), i32(sp - 8)));
      setI32(sp - 8, 0);
      PyObject_SetItem(i32(sp - 24), i32(sp - 16), i32(sp - 32));
      popn(sp, 4);
      return sp - 32;
    }
    case OP.CONVERT_VALUE: {
      const v = i32(sp - 8);
      return unary(sp, oparg === 1 ? PyObject_Str(v) : oparg === 2 ? PyObject_Repr(v) : PyObject_ASCII(v));
    }
    case OP.FORMAT_SIMPLE: {
      const v = i32(sp - 8);
      if (i32(v + 8) === PyUnicode_Type) return sp;
      return unary(sp, PyObject_Format(v, 0));
    }
    case OP.FORMAT_WITH_SPEC:
      return reduce(sp, 2, PyObject_Format(i32(sp - 16), i32(sp - 8)));

    // ---- containers ----
    case OP.BUILD_STRING:
      return oparg === 0
        ? push(sp, Py_NewRef(Py_STR.empty))
        : reduce(sp, oparg, _PyUnicode_JoinArray(Py_STR.empty, sp - (oparg << 3), oparg));
    case OP.BUILD_SET: {
      const set = PySet_New(0);
      const m = hold(set);
      for (let i = 0; i < oparg; i++) PySet_Add(set, i32(sp - ((oparg - i) << 3)));
      drop(m);
      return oparg === 0 ? push(sp, set) : reduce(sp, oparg, set);
    }
    case OP.BUILD_MAP: {
      if (oparg === 0) return push(sp, PyDict_New());
      const base = sp - (oparg << 4);
      let unicode = true;
      for (let i = 0; i < oparg; i++) unicode &&= i32(i32(base + (i << 4)) + 8) === PyUnicode_Type;
      const dict = dict_new_presized(oparg, unicode);
      const m = hold(dict);
      for (let i = 0; i < oparg; i++) PyDict_SetItem(dict, i32(base + (i << 4)), i32(base + (i << 4) + 8));
      drop(m);
      return reduce(sp, oparg * 2, dict);
    }
    case OP.BUILD_CONST_KEY_MAP: {
      const keys = i32(sp - 8);
      const base = sp - 8 - (oparg << 3);
      const dict = dict_new_presized(oparg, true);
      const m = hold(dict);
      for (let i = 0; i < oparg; i++) PyDict_SetItem(dict, i32(keys + 24 + (i << 3)), i32(base + (i << 3)));
      drop(m);
      return reduce(sp, oparg + 1, dict);
    }
    case OP.BUILD_SLICE:
      return oparg === 3
        ? reduce(sp, 3, PySlice_New(i32(sp - 24), i32(sp - 16), i32(sp - 8)))
        : reduce(sp, 2, PySlice_New(i32(sp - 16), i32(sp - 8), Py_None));
    case OP.MAP_ADD:
      PyDict_SetItem(i32(sp - ((oparg + 2) << 3)), i32(sp - 16), i32(sp - 8));
      popn(sp, 2);
      return sp - 16;
    case OP.SET_ADD:
      PySet_Add(i32(sp - ((oparg + 1) << 3)), i32(sp - 8));
      popn(sp, 1);
      return sp - 8;
    case OP.LIST_EXTEND: {
      const frame = listExtendFrame(i32(sp - ((oparg + 1) << 3)), i32(sp - 8));
      if (frame !== 0) return dropBy(sp, 1, frame);
      listExtend(i32(sp - ((oparg + 1) << 3)), i32(sp - 8));
      popn(sp, 1);
      return sp - 8;
    }
    case OP.SET_UPDATE: {
      const frame = setUpdateFrame(i32(sp - ((oparg + 1) << 3)), i32(sp - 8));
      if (frame !== 0) return dropBy(sp, 1, frame);
      setUpdate(i32(sp - ((oparg + 1) << 3)), i32(sp - 8));
      popn(sp, 1);
      return sp - 8;
    }
    case OP.DICT_UPDATE:
      dictUpdate(i32(sp - ((oparg + 1) << 3)), i32(sp - 8));
      popn(sp, 1);
      return sp - 8;
    case OP.DICT_MERGE:
      dictMerge(i32(sp - ((oparg + 4) << 3)), i32(sp - ((oparg + 1) << 3)), i32(sp - 8));
      popn(sp, 1);
      return sp - 8;
    case OP.UNPACK_EX:
      return unpackIterable(sp, oparg & 0xff, oparg >>> 8);

    // ---- match ----
    case OP.GET_LEN:
      return push(sp, PyLong_FromLong(PyObject_Size(i32(sp - 8))));
    case OP.MATCH_MAPPING:
      return push(sp, (i32(i32(i32(sp - 8) + 8) + 168) & MAPPING) !== 0 ? Py_NewRef(Py_True) : Py_NewRef(Py_False));
    case OP.MATCH_SEQUENCE:
      return push(sp, (i32(i32(i32(sp - 8) + 8) + 168) & SEQUENCE) !== 0 ? Py_NewRef(Py_True) : Py_NewRef(Py_False));
    case OP.MATCH_KEYS:
      return push(sp, match.matchKeys(i32(sp - 16), i32(sp - 8)));
    case OP.MATCH_CLASS: {
      const attrs = match.matchClass(i32(sp - 24), i32(sp - 16), oparg, i32(sp - 8));
      return reduce(sp, 3, attrs);
    }

    // ---- imports and intrinsics ----
    case OP.IMPORT_NAME:
      return replaceBy(sp, 2, importNameFrame(tstate, fp, names.codeName(fp, oparg), i32(sp - 8), i32(sp - 16)));
    case OP.IMPORT_FROM:
      return push(sp, imp.importFrom(i32(sp - 8), names.codeName(fp, oparg)));
    case OP.CALL_INTRINSIC_1:
      return unary(sp, callIntrinsic1(fp, oparg, i32(sp - 8)));
    case OP.CALL_INTRINSIC_2:
      return reduce(sp, 2, callIntrinsic2(oparg, i32(sp - 16), i32(sp - 8)));

    // ---- generators and coroutines ----
    case OP.GET_AITER:
      return unary(sp, coro.getAiter(i32(sp - 8)));
    case OP.GET_ANEXT:
      return push(sp, coro.getAnext(i32(sp - 8)));
    case OP.GET_AWAITABLE:
      return unary(sp, coro.getAwaitable(i32(sp - 8), oparg));
    case OP.GET_YIELD_FROM_ITER: {
      const it = i32(sp - 8);
      const type = i32(it + 8);
      if (type === PyCoro_Type) {
        const flags = i32(i32(fp) + PyCodeObject.co_flags);
        if ((flags & (CO_COROUTINE | CO_ITERABLE_COROUTINE)) === 0) {
          raise(PyExc_TypeError, "cannot 'yield from' a coroutine object in a non-coroutine generator");
        }
        return sp;
      }
      return type === PyGen_Type ? sp : unary(sp, PyObject_GetIter(it));
    }
    default:
      raise(PyExc_SystemError, `${i32(fp + 56)}: unknown opcode ${opcode}`);
  }
}

function beforeWith(sp: number, enterName: Ref, exitName: Ref, protocol: string, missed: string): number {
  const mgr = i32(sp - 8);
  const enter = _PyObject_LookupSpecial(mgr, enterName);
  if (enter === 0) raise(PyExc_TypeError, `'${typeNameOf(mgr)}' object does not support the ${protocol} protocol`);
  const m = hold(enter);
  const exit = _PyObject_LookupSpecial(mgr, exitName);
  if (exit === 0) {
    raise(
      PyExc_TypeError,
      `'${typeNameOf(mgr)}' object does not support the ${protocol} protocol (missed ${missed} method)`,
    );
  }
  // the manager's reference is gone before __enter__ runs: only the two methods have it
  setPtr(sp - 8, exit);
  Py_DECREF(mgr);
  drop(m);
  const res = startNative(ownedCallFrame(enter), END_PUSH, 0);
  if (res < 0) return res;
  setPtr(sp, res);
  return sp + 8;
}

function loadBuildClass(fp: number): Ref {
  const builtins = i32(fp + 32);
  if (i32(builtins + 8) === PyDict_Type && !PyDict_Contains(builtins, Py_ID.__build_class__)) {
    raise(PyExc_NameError, '__build_class__ not found');
  }
  return PyObject_GetItem(builtins, Py_ID.__build_class__);
}

function setupAnnotations(fp: number): void {
  const locals = i32(fp + 40);
  if (locals === 0) raise(PyExc_SystemError, 'no locals found when setting up annotations');
  if (i32(locals + 8) === PyDict_Type) {
    if (PyDict_Contains(locals, Py_ID.__annotations__)) return;
    const m = hold(PyDict_New());
    PyDict_SetItem(locals, Py_ID.__annotations__, i32(m));
    release(m);
    return;
  }
  const found = names.mappingGet(locals, Py_ID.__annotations__);
  if (found !== 0) {
    Py_DECREF(found);
    return;
  }
  const m = hold(PyDict_New());
  PyObject_SetItem(locals, Py_ID.__annotations__, i32(m));
  release(m);
}

/** [super, class, self] → the attribute (and NULL, or self for an unbound method). */
function loadSuperAttr(fp: number, sp: number, oparg: number): number {
  const name = names.codeName(fp, oparg >>> 2);
  const globalSuper = i32(sp - 24);
  const cls = i32(sp - 16);
  const self = i32(sp - 8);
  let attr: Ref;
  let method = false;
  if (globalSuper === PySuper_Type && isType(cls)) {
    if ((oparg & 1) !== 0) {
      const slot = hold(0);
      attr = _PySuper_Lookup(cls, self, name, slot);
      method = i32(slot) !== 0;
      setI32(slot, 0);
      drop(slot);
    } else attr = _PySuper_Lookup(cls, self, name, 0);
  } else {
    const proxy = (oparg & 2) !== 0 ? callFunction(globalSuper, cls, self) : callFunction(globalSuper);
    const m = hold(proxy);
    attr = PyObject_GetAttr(proxy, name);
    release(m);
  }
  if (method) {
    setPtr(sp - 24, attr);
    setPtr(sp - 16, self);
    setPtr(sp - 8, 0);
    Py_DECREF(globalSuper);
    Py_DECREF(cls);
    return sp - 8;
  }
  reduce(sp, 3, attr);
  if ((oparg & 1) === 0) return sp - 16;
  setPtr(sp - 16, 0);
  return sp - 8;
}
function isType(op: Ref): boolean {
  return i32(op + 8) === PyType_Type || (i32(i32(op + 8) + 168) & (1 << 31)) !== 0;
}
