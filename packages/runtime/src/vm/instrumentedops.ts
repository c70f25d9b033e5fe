/**
 * The INSTRUMENTED instructions. Mirrors Python/bytecodes.c. Each tells its event; most then stand for the generic
 * instruction, which the loop runs next.
 */
import {
  OP,
  opcodeCaches,
  PY_MONITORING_EVENT_BRANCH,
  PY_MONITORING_EVENT_C_RAISE,
  PY_MONITORING_EVENT_C_RETURN,
  PY_MONITORING_EVENT_CALL,
  PY_MONITORING_EVENT_JUMP,
  PY_MONITORING_EVENT_PY_RETURN,
  PY_MONITORING_EVENT_PY_YIELD,
  PY_MONITORING_EVENT_RAISE,
  FRAME_EXECUTING,
  FRAME_SUSPENDED,
  PyCodeObject,
  PyGenObject,
  PyThreadState,
} from '@moult/abi';
import { i32, POLICY, setI32, setPtr, setU16, setU8, u16, u8 } from '../memory/linear.ts';
import { callFunction, PyObject_Call, PyObject_Vectorcall } from '../objects/call.ts';
import { catchPending, PENDING, PyErr_Clear, PyErr_ExceptionMatches, PyErr_Occurred } from '../objects/errors.ts';
import { drop, hold, nativeMark, Py_DECREF, Py_SIZE, type Ref } from '../objects/object.ts';
import { PyObject_GetAttr } from '../objects/objectattr.ts';
import {
  _PyInstrumentation_MISSING,
  Py_None,
  Py_True,
  PyCoro_Type,
  PyExc_StopIteration,
  PyFunction_Type,
  PyGen_Type,
  PyMethod_Type,
} from '../objects/static.ts';
import { iternextRaising } from '../objects/typeslots.ts';
import { callKw, plainArguments, pushFunction, unpackMethod } from './callops.ts';
import { _PyGen_GetGeneratorFromFrame } from './frame.ts';
import { _Py_Instrument } from './instrument.ts';
import {
  _Py_call_instrumentation,
  _Py_call_instrumentation_exc2,
  _Py_call_instrumentation_instruction,
  _Py_call_instrumentation_jump,
  _Py_call_instrumentation_line,
  monitorException,
  monitorStopIteration,
} from './monitor.ts';
import { codeName } from './names.ts';
import { finishCall } from './ops.ts';
import { handlePending } from './poll.ts';
import { FAILED_JUMP, PREV_INSTR, TICKS } from './state.ts';

/** Not an instruction: a call under a policy before 3.11 (countedcalls.ts). */
export const COUNTED_CALL = OP.ENTER_EXECUTOR;
const KEPT = 71;

/**
 * Runs the instrumented instruction at `ip`. Below 256: the opcode to run there instead; 0: go on at the frame's
 * instr_ptr and stacktop; above: a new frame to enter.
 */
export function instrumented(
  tstate: number,
  opcode: number,
  oparg: number,
  fp: number,
  ip: number,
  sp: number,
): number {
  const known = i32(fp + 56);
  setI32(fp + 56, ip);
  setI32(fp + 64, (sp - fp - 72) >> 3);
  switch (opcode) {
    case OP.INSTRUMENTED_LINE: {
      const next = _Py_call_instrumentation_line(tstate, fp, ip, known);
      setPtr(PREV_INSTR, 0);
      return moved(fp, ip) ? 0 : paused(ip, next);
    }
    case OP.INSTRUMENTED_INSTRUCTION:
      return paused(ip, _Py_call_instrumentation_instruction(tstate, fp, ip));
    case OP.INSTRUMENTED_RESUME:
      return resume(tstate, oparg, fp, ip);
    case OP.INSTRUMENTED_RETURN_VALUE:
      _Py_call_instrumentation(tstate, PY_MONITORING_EVENT_PY_RETURN, fp, ip, i32(sp - 8));
      return OP.RETURN_VALUE;
    case OP.INSTRUMENTED_RETURN_CONST: {
      const value = i32(i32(i32(fp) + PyCodeObject.co_consts) + 24 + (oparg << 3));
      _Py_call_instrumentation(tstate, PY_MONITORING_EVENT_PY_RETURN, fp, ip, value);
      return OP.RETURN_CONST;
    }
    case OP.INSTRUMENTED_YIELD_VALUE:
      return yieldValue(tstate, oparg, fp, ip, sp);
    case OP.INSTRUMENTED_END_FOR:
      if (i32(i32(sp - 16) + 8) === PyGen_Type) monitorStopIteration(tstate, fp, ip, i32(sp - 8));
      return OP.END_FOR;
    case OP.INSTRUMENTED_END_SEND: {
      const type = i32(i32(sp - 16) + 8);
      if (type === PyGen_Type || type === PyCoro_Type) monitorStopIteration(tstate, fp, ip, i32(sp - 8));
      return OP.END_SEND;
    }
    case OP.INSTRUMENTED_CALL:
      return call(tstate, oparg, fp, ip, sp);
    case OP.INSTRUMENTED_CALL_KW:
      return callKeywords(tstate, oparg, fp, ip, sp);
    case OP.INSTRUMENTED_CALL_FUNCTION_EX:
      return callTuple(tstate, oparg, fp, ip, sp);
    case OP.INSTRUMENTED_LOAD_SUPER_ATTR:
      return loadSuperAttr(tstate, oparg, fp, ip, sp);
    case OP.INSTRUMENTED_FOR_ITER:
      return forIter(tstate, oparg, fp, ip, sp);
    case OP.INSTRUMENTED_JUMP_FORWARD:
      return jump(tstate, PY_MONITORING_EVENT_JUMP, fp, ip, ip + 2 + (oparg << 1));
    case OP.INSTRUMENTED_JUMP_BACKWARD: {
      const ticks = i32(TICKS) - 1;
      setI32(TICKS, ticks);
      if (ticks < 0 || u8(tstate + PyThreadState.eval_breaker) !== 0) handlePending(tstate);
      return jump(tstate, PY_MONITORING_EVENT_JUMP, fp, ip, ip + 4 - (oparg << 1));
    }
    default:
      return branch(tstate, opcode, oparg, fp, ip, sp);
  }
}

/** A tracer set f_lineno: the frame goes on elsewhere. */
function moved(fp: number, ip: number): boolean {
  const at = i32(fp + 56);
  if (at === ip) return false;
  setPtr(PREV_INSTR, at);
  return true;
}
/** Goes on at `to`, the instruction at `from` being the last that ran. */
function goOn(fp: number, from: number, to: number): number {
  setI32(fp + 56, to);
  setPtr(PREV_INSTR, from);
  return 0;
}
/** The generic instruction must not specialise itself over what stands there: its counter is put off by one. */
function paused(ip: number, opcode: number): number {
  if (opcodeCaches[opcode] !== 0) setU16(ip + 2, u16(ip + 2) | 16);
  return opcode;
}

function resume(tstate: number, oparg: number, fp: number, ip: number): number {
  const code = i32(fp);
  const breaker = i32(tstate + PyThreadState.eval_breaker);
  if ((breaker & ~255) !== i32(code + PyCodeObject._co_instrumentation_version)) {
    _Py_Instrument(code);
    return 0;
  }
  if ((oparg & 3) < 2 && (breaker & 255) !== 0) handlePending(tstate);
  _Py_call_instrumentation(tstate, oparg > 0 ? 1 : 0, fp, ip);
  return moved(fp, ip) ? 0 : OP.NOP;
}

/** The generator counts as suspended while it is told of. */
function yieldValue(tstate: number, oparg: number, fp: number, ip: number, sp: number): number {
  const state = _PyGen_GetGeneratorFromFrame(fp) + PyGenObject.gi_frame_state;
  const value = i32(sp - 8);
  const m = hold(value);
  setI32(sp - 8, 0);
  setI32(fp + 56, ip + 2);
  setI32(fp + 64, (sp - 8 - fp - 72) >> 3);
  setU8(state, (FRAME_SUSPENDED + oparg) & 0xff);
  _Py_call_instrumentation(tstate, PY_MONITORING_EVENT_PY_YIELD, fp, ip, value);
  setU8(state, FRAME_EXECUTING);
  drop(m);
  // a jump may have popped the stack and moved the instruction to resume at
  const top = i32(fp + 64);
  setPtr(fp + 72 + (top << 3), value);
  setI32(fp + 64, top + 1);
  setI32(fp + 56, i32(fp + 56) - 2);
  return OP.YIELD_VALUE;
}

/** After the callable has run: told, then the result takes the operands' place. */
function finish(
  tstate: number,
  fp: number,
  ip: number,
  sp: number,
  operands: number,
  result: Ref,
  size: number,
): number {
  finishCall(sp, operands, result);
  setI32(fp + 64, (sp - ((operands - 1) << 3) - fp - 72) >> 3);
  if (u8(tstate + PyThreadState.eval_breaker) !== 0) handlePending(tstate);
  return goOn(fp, ip, ip + size);
}
/** Runs a native callable and tells how it ended. */
function told(tstate: number, fp: number, ip: number, callable: Ref, first: () => Ref, run: () => Ref): Ref {
  const mark = nativeMark();
  let result: Ref;
  try {
    result = run();
  } catch (e) {
    catchPending(e, mark);
    _Py_call_instrumentation_exc2(tstate, PY_MONITORING_EVENT_C_RAISE, fp, ip, callable, first());
    throw PENDING;
  }
  const m = hold(result);
  _Py_call_instrumentation(tstate, PY_MONITORING_EVENT_C_RETURN, fp, ip, callable, first());
  drop(m);
  return result;
}

function call(tstate: number, oparg: number, fp: number, ip: number, sp: number): number {
  if (u8(fp + KEPT) !== 0) return COUNTED_CALL;
  let args = sp - (oparg << 3);
  const given = oparg + (i32(args - 8) !== 0 ? 1 : 0);
  const arg = given === 0 ? _PyInstrumentation_MISSING : i32(sp - (given << 3));
  _Py_call_instrumentation(tstate, PY_MONITORING_EVENT_CALL, fp, ip, i32(args - 16), arg);
  if (i32(POLICY) < 311) return COUNTED_CALL;
  setU16(ip + 2, (u16(ip + 2) | 16) - 16);
  let n = oparg;
  if (i32(args - 8) !== 0 || i32(i32(args - 16) + 8) === PyMethod_Type) {
    if (i32(args - 8) === 0) unpackMethod(args);
    args -= 8;
    n++;
  }
  const callable = i32(sp - ((oparg + 2) << 3));
  if (i32(callable + 8) === PyFunction_Type) {
    const frame = pushFunction(tstate, callable, args, n);
    setI32(fp + 64, (sp - ((oparg + 2) << 3) - fp - 72) >> 3);
    setU16(fp + 68, 4);
    return frame;
  }
  const result = told(
    tstate,
    fp,
    ip,
    callable,
    () => (n === 0 ? _PyInstrumentation_MISSING : i32(args)),
    () => PyObject_Vectorcall(callable, args, n, 0),
  );
  return finish(tstate, fp, ip, sp, oparg + 2, result, 8);
}

function callKeywords(tstate: number, oparg: number, fp: number, ip: number, sp: number): number {
  if (u8(fp + KEPT) !== 0) return COUNTED_CALL;
  const args = sp - 8 - (oparg << 3);
  const first = (): Ref => {
    if (i32(args - 8) !== 0) return i32(args - 8);
    return oparg === 0 ? _PyInstrumentation_MISSING : i32(args);
  };
  _Py_call_instrumentation(tstate, PY_MONITORING_EVENT_CALL, fp, ip, i32(args - 16), first());
  if (i32(POLICY) < 311) return COUNTED_CALL;
  if (i32(args - 8) === 0 && i32(i32(args - 16) + 8) === PyMethod_Type) unpackMethod(args);
  const callable = i32(args - 16);
  if (i32(callable + 8) === PyFunction_Type) {
    const frame = -callKw(tstate, sp, oparg);
    setI32(fp + 64, (sp - ((oparg + 3) << 3) - fp - 72) >> 3);
    setU16(fp + 68, 1);
    return frame;
  }
  const named = i32(sp - 8);
  const self = i32(args - 8) === 0 ? 0 : 1;
  const result = told(tstate, fp, ip, callable, first, () =>
    PyObject_Vectorcall(callable, args - (self << 3), oparg + self - Py_SIZE(named), named),
  );
  releaseNames(sp);
  return finish(tstate, fp, ip, sp, oparg + 3, result, 2);
}

function releaseNames(sp: number): void {
  const names = i32(sp - 8);
  setI32(sp - 8, 0);
  Py_DECREF(names);
}

/** Never enters the function's frame from here: it is called as from C. */
function callTuple(tstate: number, oparg: number, fp: number, ip: number, sp: number): number {
  const n = 3 + (oparg & 1);
  const base = sp - (n << 3);
  const callable = i32(base);
  plainArguments(sp, oparg);
  const args = i32(base + 16);
  const kwargs = n === 4 ? i32(sp - 8) : 0;
  const first = (): Ref => (Py_SIZE(args) > 0 ? i32(args + 24) : _PyInstrumentation_MISSING);
  _Py_call_instrumentation(tstate, PY_MONITORING_EVENT_CALL, fp, ip, callable, first());
  const type = i32(callable + 8);
  const run = (): Ref => PyObject_Call(callable, args, kwargs);
  const result =
    type === PyFunction_Type || type === PyMethod_Type ? run() : told(tstate, fp, ip, callable, first, run);
  return finish(tstate, fp, ip, sp, n, result, 2);
}

/** Makes the super object that the plain instruction does without. */
function loadSuperAttr(tstate: number, oparg: number, fp: number, ip: number, sp: number): number {
  const callable = i32(sp - 24);
  const cls = i32(sp - 16);
  const self = i32(sp - 8);
  const first = (): Ref => ((oparg & 2) !== 0 ? cls : _PyInstrumentation_MISSING);
  setU16(ip + 2, (u16(ip + 2) | 16) - 16);
  _Py_call_instrumentation(tstate, PY_MONITORING_EVENT_CALL, fp, ip, callable, first());
  const proxy = told(tstate, fp, ip, callable, first, () =>
    (oparg & 2) !== 0 ? callFunction(callable, cls, self) : callFunction(callable),
  );
  const m = hold(proxy);
  const attr = PyObject_GetAttr(proxy, codeName(fp, oparg >>> 2));
  setPtr(m, attr);
  Py_DECREF(proxy);
  drop(m);
  finishCall(sp, 3, attr);
  let top = sp - 16;
  if ((oparg & 1) !== 0) {
    setPtr(top, 0);
    top += 8;
  }
  setI32(fp + 64, (top - fp - 72) >> 3);
  return goOn(fp, ip, ip + 4);
}

/** `handlerAt`: for which instruction a handler is looked up if a callback fails; 0: for none. */
function jump(tstate: number, event: number, fp: number, ip: number, target: number, handlerAt = 0): number {
  if (i32(tstate + PyThreadState.tracing) !== 0) return goOn(fp, ip, target);
  let to: number;
  try {
    to = _Py_call_instrumentation_jump(tstate, event, fp, ip, target);
  } catch (e) {
    setPtr(FAILED_JUMP, fp);
    setPtr(FAILED_JUMP + 8, handlerAt);
    throw e;
  }
  return moved(fp, ip) ? 0 : goOn(fp, ip, to);
}

function branch(tstate: number, opcode: number, oparg: number, fp: number, ip: number, sp: number): number {
  const v = i32(sp - 8);
  let taken: boolean;
  if (opcode === OP.INSTRUMENTED_POP_JUMP_IF_NONE) taken = v === Py_None;
  else if (opcode === OP.INSTRUMENTED_POP_JUMP_IF_NOT_NONE) taken = v !== Py_None;
  else taken = (v === Py_True) === (opcode === OP.INSTRUMENTED_POP_JUMP_IF_TRUE);
  setI32(sp - 8, 0);
  setI32(fp + 64, (sp - 8 - fp - 72) >> 3);
  Py_DECREF(v);
  return jump(tstate, PY_MONITORING_EVENT_BRANCH, fp, ip, ip + 4 + (taken ? oparg << 1 : 0));
}

function forIter(tstate: number, oparg: number, fp: number, ip: number, sp: number): number {
  const it = i32(sp - 8);
  const next = watchedNext(tstate, fp, ip, it);
  if (next !== 0) {
    const m = hold(next);
    if (i32(tstate + PyThreadState.tracing) === 0) {
      _Py_call_instrumentation_jump(tstate, PY_MONITORING_EVENT_BRANCH, fp, ip, ip + 4);
    }
    drop(m);
    const top = i32(fp + 64);
    setPtr(fp + 72 + (top << 3), next);
    setI32(fp + 64, top + 1);
    return moved(fp, ip) ? 0 : goOn(fp, ip, ip + 4);
  }
  setI32(sp - 8, 0);
  setI32(fp + 64, (sp - 8 - fp - 72) >> 3);
  Py_DECREF(it);
  const end = ip + 8 + (oparg << 1);
  return jump(tstate, PY_MONITORING_EVENT_BRANCH, fp, ip, end, end);
}
/** The next item, or 0 at the end: where that is a StopIteration, it is told before it is forgotten. */
export function watchedNext(tstate: number, fp: number, ip: number, it: Ref): Ref {
  const mark = nativeMark();
  try {
    const next = iternextRaising(it);
    if (next !== 0 || !PyErr_Occurred()) return next;
  } catch (e) {
    catchPending(e, mark);
  }
  if (!PyErr_ExceptionMatches(PyExc_StopIteration)) throw PENDING;
  monitorException(tstate, PY_MONITORING_EVENT_RAISE, fp, ip);
  PyErr_Clear();
  return 0;
}
