/**
 * Instructions outlined from the loop. Mirrors Python/bytecodes.c.
 *
 * V8 compiles the loop as a whole each time it learns of a path that it had not seen: what lies here keeps that short,
 * and is compiled by itself. Each gets the stack's top and returns the new one, or 0 where the guard failed or the
 * instruction was specialised: it is dispatched again, with nothing changed. Where one throws the loop unwinds from the
 * old top: a slot whose reference was taken is NULL by then.
 */
import { _PyInterpreterFrame, OP, PyCodeObject, PyThreadState } from '@moult/abi';
import { i32, setI32, setPtr, setU16, setU8, u8 } from '../memory/linear.ts';
import { _PyList_AppendTakeRef } from '../objects/listobject.ts';
import { _Py_Dealloc, Py_DECREF, Py_DECREF as decref, Py_INCREF } from '../objects/object.ts';
import { PyFloat_Type, PyFunction_Type, PyList_Type, PyLong_Type, PyMethod_Type } from '../objects/static.ts';
import { _Py_Instrument } from './instrument.ts';
import { handlePending } from './poll.ts';
import { popFrame } from './unwind.ts';
import * as ops from './ops.ts';
import * as calls from './callops.ts';

export * from './itemcases.ts';
export * from './mathcases.ts';
export * from './namecases.ts';

/** Deallocates those of the two, v first, whose count has fallen to 0. */
export function deallocDead(v: number, w: number): void {
  if (i32(v) === 0) _Py_Dealloc(v);
  if (w !== v && i32(w) === 0) _Py_Dealloc(w);
}

/** RESUME: 0 where the code was brought up to the events that are watched now, to be run again. */
export function opResume(tstate: number, fp: number, ip: number, sp: number, oparg: number): number {
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  const code = i32(fp);
  if ((i32(tstate + PyThreadState.eval_breaker) & ~255) !== i32(code + PyCodeObject._co_instrumentation_version)) {
    _Py_Instrument(code);
    return 0;
  }
  if ((oparg & 3) < 2 && u8(tstate + PyThreadState.eval_breaker) !== 0) handlePending(tstate);
  setU8(ip, OP.RESUME_CHECK);
  return sp;
}

/** CALL_BUILTIN_O, CALL_BUILTIN_FAST, CALL_BUILTIN_FAST_WITH_KEYWORDS, CALL_METHOD_DESCRIPTOR_O, CALL_METHOD_DESCRIPTOR_NOARGS, CALL_METHOD_DESCRIPTOR_FAST, CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS, CALL_NON_PY_GENERAL, CALL_BUILTIN_CLASS, CALL_STR_1, CALL_TUPLE_1, CALL_TYPE_1, CALL_LEN, CALL_ISINSTANCE */
export function opCallBuiltinO(
  tstate: number,
  opcode: number,
  fp: number,
  ip: number,
  stack: number,
  oparg: number,
): number {
  let sp = stack;
  let x = 0;
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  x = calls.callNative(opcode, sp, oparg);
  if (x <= 0) {
    return x;
  }
  ops.finishCall(sp, oparg + 2, x);
  sp = sp - ((oparg + 1) << 3);
  if (u8(tstate + PyThreadState.eval_breaker) !== 0) {
    setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
    handlePending(tstate);
  }
  return sp;
}

/** CALL_LIST_APPEND */
export function opCallListAppend(fp: number, ip: number, stack: number, oparg: number): number {
  let sp = stack;
  let x = 0;
  const v = i32(sp - 16);
  if (oparg !== 1 || i32(sp - 24) !== calls.listAppend() || v === 0 || i32(v + 8) !== PyList_Type) {
    return 0;
  }
  sp = sp - 8;
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  x = i32(sp);
  setI32(sp, 0);
  _PyList_AppendTakeRef(v, x);
  sp = sp - 16;
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  Py_DECREF(v);
  decref(i32(sp));
  // the POP_TOP that follows is skipped
  return sp;
}

/** CALL_PY_EXACT_ARGS, CALL_BOUND_METHOD_EXACT_ARGS: the new frame, filled; 0 where the guard failed. */
export function pushExact(tstate: number, opcode: number, fp: number, ip: number, sp: number, oparg: number): number {
  let args = sp - (oparg << 3);
  let func = i32(args - 16);
  if (opcode === OP.CALL_BOUND_METHOD_EXACT_ARGS) {
    if (i32(args - 8) !== 0 || i32(func + 8) !== PyMethod_Type || i32(i32(func + 16) + 136) !== i32(ip + 4)) return 0;
    setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
    calls.unpackMethod(args);
    func = i32(args - 16);
  }
  let n = oparg;
  // the callable's slot is the caller's new top
  const top = args - 16;
  if (i32(args - 8) !== 0) {
    args = args - 8;
    n = n + 1;
  }
  const code = i32(func + 48);
  const x = i32(tstate + 240);
  const end = x + (i32(code + 76) << 3);
  if (
    i32(func + 8) !== PyFunction_Type ||
    i32(func + 136) !== i32(ip + 4) ||
    i32(code + 52) !== n ||
    end >= i32(tstate + 248) ||
    i32(tstate + PyThreadState.py_recursion_remaining) <= 1
  ) {
    return 0;
  }
  setI32(tstate + 240, end);
  setPtr(x, code);
  Py_INCREF(code);
  setPtr(x + 16, func);
  setPtr(x + 24, i32(func + 16));
  setPtr(x + 32, i32(func + 24));
  setPtr(x + 40, 0);
  setPtr(x + 48, 0);
  setPtr(x + _PyInterpreterFrame.instr_ptr, code + 200);
  const locals = i32(code + 72);
  setI32(x + _PyInterpreterFrame.stacktop, locals);
  setI32(x + _PyInterpreterFrame.return_offset, 0);
  let to = x + _PyInterpreterFrame.localsplus;
  const filled = to + (n << 3);
  for (; to < filled; to = to + 8, args = args + 8) setPtr(to, i32(args));
  for (const last = x + _PyInterpreterFrame.localsplus + (locals << 3); to < last; to = to + 8) setPtr(to, 0);
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (top - fp - _PyInterpreterFrame.localsplus) >> 3);
  setU16(fp + _PyInterpreterFrame.return_offset, 4);
  return x;
}

/** The frame `fp` has returned: plain values die here, all else (and all of other policies, 0x400038) in popFrame. */
export function endFrame(tstate: number, fp: number): void {
  if (
    i32(0x400038) === 313 &&
    u8(fp + 70) === 0 &&
    i32(fp + _PyInterpreterFrame.frame_obj) === 0 &&
    i32(fp + _PyInterpreterFrame.f_locals) === 0
  ) {
    let p = fp + _PyInterpreterFrame.localsplus;
    const end = p + (i32(fp + _PyInterpreterFrame.stacktop) << 3);
    for (; p < end; p = p + 8) {
      const v = i32(p);
      if (v === 0) continue;
      const rc = i32(v);
      if (rc === 1 && i32(v + 8) !== PyLong_Type && i32(v + 8) !== PyFloat_Type) break;
      setI32(p, 0);
      if (rc >= 0) {
        setI32(v, rc - 1);
        if (rc === 1) _Py_Dealloc(v);
      }
    }
    const func = i32(fp + _PyInterpreterFrame.f_funcobj);
    if (p === end && i32(func) !== 1 && fp !== i32(tstate + PyThreadState.datastack_chunk) + 24) {
      Py_DECREF(func);
      Py_DECREF(i32(fp));
      setI32(tstate + PyThreadState.datastack_top, fp);
      return;
    }
  }
  popFrame(tstate, fp);
}
