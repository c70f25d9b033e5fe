/** The loop's part of generators: entering their frames without recursion, yielding, returning. Mirrors bytecodes.c. */
import {
  FRAME_EXECUTING,
  FRAME_OWNED_BY_GENERATOR,
  FRAME_SUSPENDED,
  OP,
  PY_MONITORING_EVENT_RAISE,
  PyGenObject,
  Py_ID,
  PyThreadState,
  PyTypeObject,
} from '@moult/abi';
import { starters, text } from '../memory/text.ts';
import { CURRENT_TSTATE, i32, mem, setI32, setPtr, setU8 } from '../memory/linear.ts';
import { PyIter_Check } from '../objects/abstract.ts';
import { callFunction } from '../objects/call.ts';
import {
  catchPending,
  PENDING,
  PyErr_ExceptionMatches,
  PyErr_GivenExceptionMatches,
  PyErr_Occurred,
  PyErr_SetRaisedException,
} from '../objects/errors.ts';
import { _Py_MakeCoro, _PyGen_FetchStopIterationValue } from '../objects/genobject.ts';
import { hold, nativeMark, Py_DECREF, Py_NewRef, type Ref, release } from '../objects/object.ts';
import { PyObject_GetAttr } from '../objects/objectattr.ts';
import { PyExc_StopAsyncIteration, PyExc_StopIteration, Py_None } from '../objects/static.ts';
import { iternextRaising } from '../objects/typeslots.ts';
import { monitorException } from './monitor.ts';
import { END_FOR, startNative } from './nativeloop.ts';
import { popn } from './ops.ts';
import { _PyFrame_Copy, _PyGen_GetGeneratorFromFrame, _PyThreadState_PopFrame } from './frame.ts';

/** The generator is suspended or fresh: its frame can be entered from the loop. */
export function canPush(gen: Ref): boolean {
  return mem.getInt8(gen + PyGenObject.gi_frame_state) < FRAME_EXECUTING;
}
/** Also while nothing is watched: a loop that is not specialised asks a watched generator like every iterator. */
export function canPushUnwatched(tstate: number, gen: Ref): boolean {
  return canPush(gen) && i32(tstate + PyThreadState.eval_breaker) >>> 8 === 0;
}
/** Makes the generator run with `value` (stolen) sent in; returns its frame. */
export function pushValue(tstate: number, gen: Ref, value: Ref): number {
  const fp = gen + PyGenObject.gi_iframe;
  const top = i32(fp + 64);
  setPtr(fp + 72 + (top << 3), value);
  setI32(fp + 64, top + 1);
  setU8(gen + PyGenObject.gi_frame_state, FRAME_EXECUTING);
  setPtr(gen + PyGenObject.gi_exc_state_previous_item, i32(tstate + PyThreadState.exc_info));
  setPtr(tstate + PyThreadState.exc_info, gen + PyGenObject.gi_exc_state);
  return fp;
}
export function pushNone(tstate: number, gen: Ref): number {
  return pushValue(tstate, gen, Py_NewRef(Py_None));
}

/** YIELD_VALUE: suspends the generator of frame `fp`; returns the frame that goes on. */
export function yieldFrom(tstate: number, fp: number, oparg: number): number {
  const gen = _PyGen_GetGeneratorFromFrame(fp);
  setU8(gen + PyGenObject.gi_frame_state, FRAME_SUSPENDED + oparg);
  setPtr(tstate + PyThreadState.exc_info, i32(gen + PyGenObject.gi_exc_state_previous_item));
  setPtr(gen + PyGenObject.gi_exc_state_previous_item, 0);
  const recursion = tstate + PyThreadState.py_recursion_remaining;
  setI32(recursion, i32(recursion) + 1);
  const previous = i32(fp + 8);
  setPtr(tstate + PyThreadState.current_frame, previous);
  setPtr(fp + 8, 0);
  return previous;
}

/** RETURN_GENERATOR: the frame moves into a fresh generator, which is returned; the caller becomes current. */
export function returnGenerator(tstate: number, fp: number): Ref {
  const gen = _Py_MakeCoro(i32(fp + 16));
  const own = gen + PyGenObject.gi_iframe;
  const previous = i32(fp + 8);
  _PyFrame_Copy(fp, own);
  const frameObject = i32(own + 48);
  if (frameObject !== 0) setPtr(frameObject + 24, own);
  setI32(own + 56, i32(fp + 56) + 2);
  setU8(own + 70, FRAME_OWNED_BY_GENERATOR);
  setU8(gen + PyGenObject.gi_frame_state, -3 & 0xff);
  setPtr(tstate + PyThreadState.current_frame, previous);
  _PyThreadState_PopFrame(tstate, fp);
  return gen;
}

/** SEND to what is no generator: [receiver, v] → [receiver, result]. True: it yielded; false: it ended. */
export function send(sp: number): boolean {
  const receiver = i32(sp - 16);
  const v = i32(sp - 8);
  let result = 0;
  const mark = nativeMark();
  try {
    if (v === Py_None && PyIter_Check(receiver)) {
      result = iternextRaising(receiver);
    } else {
      const m = hold(PyObject_GetAttr(receiver, Py_ID.send));
      result = callFunction(i32(m), v);
      release(m);
    }
  } catch (e) {
    catchPending(e, mark);
    if (!PyErr_ExceptionMatches(PyExc_StopIteration)) throw e;
  }
  if (result === 0 && PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_StopIteration)) {
    const tstate = i32(CURRENT_TSTATE);
    const fp = i32(tstate + PyThreadState.current_frame);
    monitorException(tstate, PY_MONITORING_EVENT_RAISE, fp, i32(fp + 56));
  }
  let yielded = true;
  if (result === 0) {
    if (PyErr_Occurred() && !PyErr_ExceptionMatches(PyExc_StopIteration)) throw PENDING;
    result = _PyGen_FetchStopIterationValue();
    yielded = false;
  }
  setPtr(sp - 8, result);
  Py_DECREF(v);
  return yielded;
}

/** END_ASYNC_FOR and CLEANUP_THROW: the expected exception ends the wait; any other is pending again on return. */
export function endByException(opcode: number, sp: number): number {
  const exc = i32(sp - 8);
  if (opcode === OP.END_ASYNC_FOR) {
    if (PyErr_GivenExceptionMatches(exc, PyExc_StopAsyncIteration)) {
      popn(sp, 2);
      return sp - 16;
    }
  } else if (PyErr_GivenExceptionMatches(exc, PyExc_StopIteration)) {
    const value = i32(exc + 72);
    const result = Py_NewRef(value === 0 ? Py_None : value);
    const a = i32(sp - 24);
    const b = i32(sp - 16);
    setPtr(sp - 24, Py_NewRef(Py_None));
    setPtr(sp - 16, result);
    setI32(sp - 8, 0);
    Py_DECREF(a);
    Py_DECREF(b);
    Py_DECREF(exc);
    return sp - 8;
  }
  PyErr_SetRaisedException(Py_NewRef(exc));
  return sp;
}

/** FOR_ITER over what may run Python: the item, 0 at the end, or < 0 as nativeloop.ts says. */
export function nextByFrame(it: Ref, oparg: number): number {
  const start = starters[i32(i32(it + 8) + PyTypeObject.tp_iternext)];
  const frame = start ? start(it, 0, 0, 0) : 0;
  if (frame !== 0) return startNative(frame, END_FOR, oparg);
  return (text[i32(i32(it + 8) + PyTypeObject.tp_iternext)] as (op: Ref) => Ref)(it);
}
