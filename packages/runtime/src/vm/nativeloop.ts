/**
 * The loop's part of native frames (objects/nativeframe.ts, decision 17): starting one for an instruction, going on with one when
 * what it called is done, and ending the instruction where it is done itself.
 *
 * What `startNative`, `resumeNative` and `failInto` answer below 0 is for the loop's `failing`, negated: the thread's current
 * frame goes on (RUN), an exception is pending in it (FAIL), or it is to be left at once (LEAVE).
 */
import {
  METH_KEYWORDS,
  METH_STATIC,
  PyCFunctionObject,
  PyMethodDef,
  PyMethodDescrObject,
  PyMethodObject,
  PyThreadState,
  PyTypeObject,
} from '@moult/abi';
import { CURRENT_TSTATE, i32, LOOP_DEPTH, setI32, setPtr, u8 } from '../memory/linear.ts';
import { starters, tupleStarters } from '../memory/text.ts';
import { PyObject_Call, PyObject_Vectorcall } from '../objects/call.ts';
import { PyDict_Size } from '../objects/dictobject.ts';
import { catchPending, PyErr_ExceptionMatches, PyErr_Occurred } from '../objects/errors.ts';
import {
  aimNative,
  callTuple,
  CATCHES,
  FAILED,
  failNative,
  FRAME_FLAGS,
  FRAME_UNITS,
  isNative,
  type MachineSpec,
  machineOf,
  popNative,
  popTo,
  pushNative,
  slotOf,
  stateOf,
  tupleRoom,
  wordOf,
  STEPS,
} from '../objects/nativeframe.ts';
import { _PyGen_SetStopIterationValue } from '../objects/genthrow.ts';
import {
  borrowArguments,
  dropArguments,
  hold,
  nativeMark,
  Py_DECREF,
  PyObject_TypeCheck,
  type Ref,
  release,
} from '../objects/object.ts';
import { Py_EnterRecursiveCall, Py_LeaveRecursiveCall } from '../objects/recursion.ts';
import {
  PyCFunction_Type,
  PyFunction_Type,
  PyMethod_Type,
  PyMethodDescr_Type,
  Py_None,
  PyExc_StopIteration,
  PyType_Type,
} from '../objects/static.ts';
import { _PyEval_Vector, frameFor, frameForCall } from './calls.ts';
import { clearStopIteration, finishCall, finishCallKw, popn, truthOf } from './ops.ts';
import { handlePending, HostLimit } from './poll.ts';
import { PREV_INSTR } from './state.ts';
import { nativeOverflow, PY_EVAL_C_STACK_UNITS, recursionOverflow } from './unwind.ts';

export const RUN = -6;
export const FAIL = -7;
const LEAVE = -8;

/** How an instruction ends whose native frame is done; `oparg` says of how many operands and bytes. */
export const END_CALL = 1;
export const END_CALL_KW = 2;
/** The result replaces `oparg & 15` operands; the next instruction is `oparg >> 4` bytes on. */
export const END_REPLACE = 3;
/** The operands go, and the result. */
export const END_DROP = 4;

/** FOR_ITER: 0, or StopIteration, is the end of the loop. */
export const END_FOR = 5;

/** COMPARE_OP, whose oparg says whether a bool is wanted. */
export const END_COMPARE = 6;
/** The result goes on top of the stack. */
export const END_PUSH = 7;

const KIND = 32;
const OPARG = 36;

/** The native frame for a call, or 0. */
function start(callable: Ref, args: number, nargs: number, kwnames: Ref): number {
  const type = i32(callable + 8);
  if (type === PyCFunction_Type) {
    const def = i32(callable + PyCFunctionObject.m_ml);
    const begin = starters[i32(def + PyMethodDef.ml_meth)];
    if (!begin) return 0;
    const flags = i32(def + PyMethodDef.ml_flags);
    if (kwnames !== 0 && (flags & METH_KEYWORDS) === 0) return 0;
    return begin((flags & METH_STATIC) !== 0 ? 0 : i32(callable + PyCFunctionObject.m_self), args, nargs, kwnames);
  }
  if (type === PyMethodDescr_Type) {
    const def = i32(callable + PyMethodDescrObject.d_method);
    const begin = starters[i32(def + PyMethodDef.ml_meth)];
    if (!begin || nargs < 1) return 0;
    if (kwnames !== 0 && (i32(def + PyMethodDef.ml_flags) & METH_KEYWORDS) === 0) return 0;
    const self = i32(args);
    if (!PyObject_TypeCheck(self, i32(callable + PyMethodDescrObject.d_common_d_type))) return 0;
    return begin(self, args + 8, nargs - 1, kwnames);
  }
  if (type === PyType_Type && i32(callable + PyTypeObject.tp_vectorcall) !== 0) {
    const make = starters[i32(callable + PyTypeObject.tp_vectorcall)];
    return make ? make(callable, args, nargs, kwnames) : 0;
  }
  const begin = starters[i32(type + PyTypeObject.tp_call)];
  return begin ? begin(callable, args, nargs, kwnames) : 0;
}

/** An instruction calls what is no Python function: its result, or < 0. The frame's instr_ptr and stacktop are written. */
export function callObject(
  callable: Ref,
  args: number,
  nargs: number,
  kwnames: Ref,
  kind: number,
  oparg: number,
): number {
  const frame = start(callable, args, nargs, kwnames);
  if (frame === 0) return PyObject_Vectorcall(callable, args, nargs, kwnames);
  return startNative(frame, kind, oparg);
}
/** startNative of a frame that may be 0: the answer is 0 then. */
export function byFrame(frame: number, kind: number, oparg: number): number {
  return frame === 0 ? 0 : startNative(frame, kind, oparg);
}
/** CALL_BUILTIN_O, which counts on the C recursion limit. */
export function callBuiltinO(callable: Ref, args: number, oparg: number): number {
  Py_EnterRecursiveCall(' while calling a Python object');
  const below = i32(i32(CURRENT_TSTATE) + PyThreadState.current_frame);
  try {
    const frame = start(callable, args, 1, 0);
    if (frame !== 0) {
      setI32(frame + FRAME_UNITS, i32(frame + FRAME_UNITS) + 1);
      return startNative(frame, END_CALL, oparg);
    }
  } catch (e) {
    if (i32(i32(CURRENT_TSTATE) + PyThreadState.current_frame) === below) Py_LeaveRecursiveCall();
    throw e;
  }
  const result = PyObject_Vectorcall(callable, args, 1, 0);
  Py_LeaveRecursiveCall();
  return result;
}
/** CALL_FUNCTION_EX: of `n` operands. */
export function callTupleObject(callable: Ref, args: Ref, kwargs: Ref, n: number): number {
  const type = i32(callable + 8);
  const begin =
    type === PyMethod_Type || type === PyCFunction_Type ? applyFrame : tupleStarters[i32(type + PyTypeObject.tp_call)];
  const frame = begin && (type !== PyCFunction_Type || isStarted(callable)) ? begin(callable, args, kwargs) : 0;
  if (frame === 0) return PyObject_Call(callable, args, kwargs);
  return startNative(frame, END_CALL, n | (2 << 16));
}
function isStarted(func: Ref): boolean {
  return !!starters[i32(i32(func + PyCFunctionObject.m_ml) + PyMethodDef.ml_meth)];
}
/** What has a vectorcall, called with a tuple and a dict. */
function applyFrame(callable: Ref, args: Ref, kwargs: Ref): number {
  const { slots, words } = tupleRoom(i32(args + 16), kwargs === 0 ? 0 : PyDict_Size(kwargs));
  const frame = pushNative(apply, slots, 3 + words);
  setPtr(wordOf(frame, 0), callable);
  setPtr(wordOf(frame, 1), args);
  setPtr(wordOf(frame, 2), kwargs);
  return frame;
}
export const apply: MachineSpec = {
  name: 'call,names',
  run: (frame, value) => {
    if (stateOf(frame) === 1) return value;
    const [callable, args, kwargs] = [0, 1, 2].map((i) => i32(wordOf(frame, i))) as [Ref, Ref, Ref];
    return callTuple(frame, 1, callable, 0, args, kwargs, 0, 3);
  },
};

/** Runs a fresh native frame, the current one: its result, or < 0. The instruction below ends as `kind` says. */
export function startNative(frame: number, kind: number, oparg: number): number {
  setI32(frame + KIND, kind);
  setI32(frame + OPARG, oparg);
  let value: number;
  try {
    value = machineOf(frame)(frame, 0);
  } catch (e) {
    // the instruction is to be made again; an error's frames end in the loop
    if (e instanceof HostLimit) popTo(i32(frame + 8));
    throw e;
  }
  if (value < FAILED) return value;
  popNative(frame);
  return value;
}

/** callFrom of a frame that the loop runs. */
export function callFromFrame(frame: number, callable: Ref, args: number, nargs: number, kwnames: Ref): number {
  const type = i32(callable + 8);
  if (type === PyFunction_Type) return enter(frame, frameForCall(callable, args, nargs, kwnames));
  if (type === PyMethod_Type) return callMethodFrom(frame, callable, args, nargs, kwnames);
  const child = start(callable, args, nargs, kwnames);
  return child === 0 ? PyObject_Vectorcall(callable, args, nargs, kwnames) : runChild(child);
}
/** The same with a tuple and a dict or 0, for what has no vectorcall. */
export function callTupleFromFrame(_frame: number, callable: Ref, args: Ref, kwargs: Ref): number {
  const begin = tupleStarters[i32(i32(callable + 8) + PyTypeObject.tp_call)];
  const child = begin ? begin(callable, args, kwargs) : 0;
  return child === 0 ? PyObject_Call(callable, args, kwargs) : runChild(child);
}
/** runCodeFrom: runs a code object's function. */
export function runFunctionFrom(frame: number, func: Ref, locals: Ref, nested: boolean): number {
  const tstate = i32(CURRENT_TSTATE);
  if (nested) return _PyEval_Vector(tstate, func, locals, 0, 0, 0);
  return enter(frame, frameFor(tstate, func, locals, 0, 0, 0));
}
function runChild(child: number): number {
  const value = machineOf(child)(child, 0);
  if (value >= FAILED) popNative(child);
  return value;
}
/** A bound method: its function with self before the arguments, in the spare slot there or in a copy. */
function callMethodFrom(frame: number, method: Ref, args: number, nargs: number, kwnames: Ref): number {
  const func = i32(method + PyMethodObject.im_func);
  const self = i32(method + PyMethodObject.im_self);
  if (i32(func + 8) !== PyFunction_Type) return PyObject_Vectorcall(method, args, nargs, kwnames);
  const total = nargs + (kwnames === 0 ? 0 : i32(kwnames + 16));
  const a = borrowArguments(total + 1);
  setPtr(a, self);
  for (let i = 0; i < total; i++) setPtr(a + 8 + (i << 3), i32(args + (i << 3)));
  const fp = frameForCall(func, a, nargs + 1, kwnames);
  dropArguments(a);
  return enter(frame, fp);
}

/** A Python frame that `frame` has called begins; like a run of the loop it counts on both limits. */
export function enter(frame: number, fp: number): number {
  const tstate = i32(CURRENT_TSTATE);
  aimNative(frame);
  setPtr(fp + 8, frame);
  setPtr(tstate + PyThreadState.current_frame, fp);
  const native = i32(tstate + PyThreadState.c_recursion_remaining) - PY_EVAL_C_STACK_UNITS;
  setI32(tstate + PyThreadState.c_recursion_remaining, native);
  const left = i32(tstate + PyThreadState.py_recursion_remaining) - 1;
  setI32(tstate + PyThreadState.py_recursion_remaining, left);
  if (left < 0 && recursionOverflow(tstate)) return LEAVE;
  if (native <= 0 && nativeOverflow(tstate)) return LEAVE;
  return RUN;
}

/** Instruction 227 or 228: what the frame called has returned, or yielded, the value on its stack. */
export function resumeNative(frame: number, sp: number, yielded: boolean): number {
  const value = i32(sp - 8);
  setPtr(sp - 8, 0);
  setI32(frame + 64, (sp - 8 - slotOf(frame, 0)) >> 3);
  const flags = i32(frame + FRAME_FLAGS);
  if ((flags & STEPS) === 0) return drive(frame, value);
  setI32(frame + FRAME_FLAGS, flags & ~STEPS);
  if (yielded) return drive(frame, value);
  if (value === Py_None) {
    Py_DECREF(value);
    return drive(frame, 0);
  }
  const mark = hold(value);
  try {
    _PyGen_SetStopIterationValue(value);
    release(mark);
  } catch (e) {
    catchPending(e, mark);
  }
  return drive(frame, FAILED);
}
/** What the frame called has failed, or, not `called`, it itself; the exception is pending. */
export function failInto(frame: number, called: boolean): number {
  const flags = i32(frame + FRAME_FLAGS) & ~STEPS;
  setI32(frame + FRAME_FLAGS, called ? flags : flags & ~CATCHES);
  if (called) return drive(frame, FAILED);
  leavePython();
  return drive(frame, FAILED);
}
/** Takes the units that `drive` gives back. */
function leavePython(): void {
  const remaining = i32(CURRENT_TSTATE) + PyThreadState.c_recursion_remaining;
  setI32(remaining, i32(remaining) - PY_EVAL_C_STACK_UNITS);
}

function drive(first: number, result: number): number {
  const tstate = i32(CURRENT_TSTATE);
  const remaining = tstate + PyThreadState.c_recursion_remaining;
  setI32(remaining, i32(remaining) + PY_EVAL_C_STACK_UNITS);
  const mark = nativeMark();
  let frame = first;
  let value = result;
  for (;;) {
    if (value !== FAILED || (i32(frame + FRAME_FLAGS) & CATCHES) !== 0) {
      try {
        value = machineOf(frame)(frame, value);
        if (value < FAILED) return value;
      } catch (e) {
        // half done: no one can go on with it
        if (e instanceof HostLimit) setI32(LOOP_DEPTH, i32(LOOP_DEPTH) + 1);
        catchPending(e, mark);
        popTo(frame);
        value = FAILED;
      }
    }
    const below = i32(frame + 8);
    const kind = i32(frame + KIND);
    const oparg = i32(frame + OPARG);
    if (value === FAILED) failNative(frame);
    else popNative(frame);
    if (isNative(below)) {
      frame = below;
      continue;
    }
    if (value === FAILED) {
      if (kind !== END_FOR || !PyErr_ExceptionMatches(PyExc_StopIteration)) return FAIL;
      value = 0;
    }
    try {
      finish(tstate, below, kind, oparg, value);
      return RUN;
    } catch (e) {
      catchPending(e, mark);
      return FAIL;
    }
  }
}

/** Ends the instruction of the Python frame `fp` with the value of its native frame. */
function finish(tstate: number, fp: number, kind: number, oparg: number, value: number): void {
  const ip = i32(fp + 56);
  let sp = fp + 72 + (i32(fp + 64) << 3);
  let length = 2;
  switch (kind) {
    case END_CALL:
      finishCall(sp, oparg & 0xffff, value);
      sp -= ((oparg & 0xffff) - 1) << 3;
      length = oparg >>> 16;
      setI32(fp + 64, (sp - fp - 72) >> 3);
      if (u8(tstate + PyThreadState.eval_breaker) !== 0) handlePending(tstate);
      break;
    case END_CALL_KW:
      finishCallKw(sp, oparg, value);
      sp -= (oparg - 1) << 3;
      setI32(fp + 64, (sp - fp - 72) >> 3);
      if (u8(tstate + PyThreadState.eval_breaker) !== 0) handlePending(tstate);
      break;
    case END_FOR:
      if (value !== 0) {
        setPtr(sp, value);
        sp += 8;
        length = 4;
        break;
      }
      if (PyErr_Occurred()) clearStopIteration();
      sp -= 8;
      setI32(fp + 64, (sp - fp - 72) >> 3);
      Py_DECREF(i32(sp));
      length = 8 + (oparg << 1);
      break;
    case END_COMPARE:
      finishCall(sp, 2, truthOf(oparg, value));
      sp -= 8;
      length = 4;
      break;
    case END_PUSH:
      setPtr(sp, value);
      sp += 8;
      break;
    case END_DROP:
      Py_DECREF(value);
      popn(sp, oparg & 15);
      sp -= (oparg & 15) << 3;
      length = oparg >>> 4;
      break;
    default:
      finishCall(sp, oparg & 15, value);
      sp -= ((oparg & 15) - 1) << 3;
      length = oparg >>> 4;
  }
  setI32(fp + 64, (sp - fp - 72) >> 3);
  setI32(PREV_INSTR, ip);
  setI32(fp + 56, ip + length);
}
