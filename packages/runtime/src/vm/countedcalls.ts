/**
 * Calls under the policies up to Python 3.10, where a call copies its arguments: the caller's value stack goes on holding the
 * arguments until the callee has returned. (3.11 does so for f(*args, **kwargs) only.) Mirrors call_function of 3.8's Python/ceval.c. The callable's reference moves
 * into the new frame, and the operands above it down by one slot, so that the result fits into the caller's stack.
 *
 * The caller's frame is marked (its last byte, which is 0 in CPython) and the callee returns to the CALL itself, with the
 * result on top of the operands that are still there; the instruction then releases them. An exception clears the mark
 * together with return_offset, and unwinding pops the operands with the rest of the stack.
 */
import { CO_OPTIMIZED, OP, PyCodeObject, PyFunctionObject, PyMethodObject, PyThreadState } from '@moult/abi';
import { bytes, i32, setI32, setPtr, setU16, setU8, u8 } from '../memory/linear.ts';
import { PyObject_Call, PyObject_Vectorcall } from '../objects/call.ts';
import { _Py_GetBaseOpcode } from '../objects/codemonitoring.ts';
import { drop, hold, Py_DECREF, Py_NewRef, Py_SIZE, Py_XNewRef, type Ref } from '../objects/object.ts';
import { PyFunction_Type, PyMethod_Type } from '../objects/static.ts';
import { plainArguments } from './callops.ts';
import { _PyEvalFramePushAndInit, _PyEvalFramePushAndInit_Ex } from './calls.ts';
import { finishCall, finishCallKw } from './ops.ts';
import { handlePending } from './poll.ts';
import { PREV_INSTR } from './state.ts';

const KEPT = 71;

/**
 * CALL, CALL_KW or CALL_FUNCTION_EX at `ip`. A new frame, or 0 when the call is over: the frame's stacktop and instr_ptr
 * then say where it goes on.
 */
export function countedCall(tstate: number, fp: number, ip: number, sp: number, oparg: number): number {
  const code = i32(fp);
  const opcode = _Py_GetBaseOpcode(code, (ip - code - PyCodeObject.co_code_adaptive) >> 1);
  const operands = opcode === OP.CALL ? oparg + 2 : opcode === OP.CALL_KW ? oparg + 3 : 3 + (oparg & 1);
  const base = sp - (operands << 3);
  if (u8(fp + KEPT) !== 0) {
    setU8(fp + KEPT, 0);
    releaseKept(base, sp - 8);
  } else {
    const x =
      opcode === OP.CALL_FUNCTION_EX
        ? callTuple(tstate, sp, oparg, fp)
        : callStack(tstate, sp, oparg, opcode === OP.CALL_KW);
    if (x < 0) {
      bytes.copyWithin(base, base + 8, sp);
      setI32(fp + 64, (sp - 8 - fp - 72) >> 3);
      setU8(fp + KEPT, 1);
      setU16(fp + 68, 0);
      return -x;
    }
    if (opcode === OP.CALL_KW) finishCallKw(sp, operands, x);
    else finishCall(sp, operands, x);
  }
  setI32(fp + 64, (base + 8 - fp - 72) >> 3);
  if (u8(tstate + PyThreadState.eval_breaker) !== 0) handlePending(tstate);
  setI32(PREV_INSTR, ip);
  setI32(fp + 56, ip + (opcode === OP.CALL ? 8 : 2));
  return 0;
}

/** The operands from `base` on die; the result, at `top`, takes their place. */
function releaseKept(base: number, top: number): void {
  const first = i32(base);
  if (top === base) return;
  setPtr(base, i32(top));
  setPtr(top, first);
  for (let p = base + 8; p <= top; p += 8) {
    const v = i32(p);
    setI32(p, 0);
    if (v !== 0) Py_DECREF(v);
  }
}

/** [callable, selfOrNull, args…, names?]: a new frame as -address, or the result of a native call. */
function callStack(tstate: number, sp: number, oparg: number, named: boolean): number {
  const end = named ? sp - 8 : sp;
  const kwnames = named ? i32(end) : 0;
  let args = end - (oparg << 3);
  let total = oparg;
  let callable = i32(args - 16);
  if (i32(args - 8) !== 0) {
    args -= 8;
    total++;
  } else if (i32(callable + 8) === PyMethod_Type) {
    // as 3.8: the method's self takes its slot, without the method dying
    setPtr(args - 8, Py_NewRef(i32(callable + PyMethodObject.im_self)));
    const func = Py_NewRef(i32(callable + PyMethodObject.im_func));
    setPtr(args - 16, func);
    Py_DECREF(callable);
    callable = func;
    args -= 8;
    total++;
  }
  const positional = total - (named ? Py_SIZE(kwnames) : 0);
  if (i32(callable + 8) !== PyFunction_Type) return PyObject_Vectorcall(callable, args, positional, kwnames);
  const locals = localsOf(callable);
  const m = hold(locals);
  const frame = _PyEvalFramePushAndInit(tstate, callable, locals, args, positional, kwnames, false);
  drop(m);
  return -frame;
}

/** [callable, NULL, args, kwargs?]: the NULL's slot keeps the array of values while names are passed (_PyStack_UnpackDict). */
function callTuple(tstate: number, sp: number, oparg: number, fp: number): number {
  const base = sp - ((3 + (oparg & 1)) << 3);
  const callable = i32(base);
  plainArguments(sp, oparg);
  const args = i32(base + 16);
  const kwargs = (oparg & 1) !== 0 ? i32(sp - 8) : 0;
  if (i32(callable + 8) !== PyFunction_Type) return PyObject_Call(callable, args, kwargs);
  const locals = localsOf(callable);
  const m = hold(locals);
  const frame = _PyEvalFramePushAndInit_Ex(tstate, callable, locals, args, kwargs, base + 8);
  drop(m);
  setPtr(frame + 8, fp);
  return -frame;
}
function localsOf(func: Ref): Ref {
  const code = i32(func + PyFunctionObject.func_code);
  return (i32(code + PyCodeObject.co_flags) & CO_OPTIMIZED) !== 0
    ? 0
    : Py_XNewRef(i32(func + PyFunctionObject.func_globals));
}
