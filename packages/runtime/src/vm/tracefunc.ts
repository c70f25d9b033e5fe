/**
 * sys.settrace and sys.setprofile over monitoring. Mirrors Python/legacy_tracing.c and the trampolines of
 * Python/sysmodule.c: for each event an object is registered whose call passes the event on to the trace function.
 */
import {
  _PyLegacyEventHandler,
  PY_MONITORING_EVENT_C_RAISE,
  PY_MONITORING_EVENT_C_RETURN,
  PY_MONITORING_EVENT_CALL,
  PY_MONITORING_EVENT_INSTRUCTION,
  PY_MONITORING_EVENT_JUMP,
  PY_MONITORING_EVENT_LINE,
  PY_MONITORING_EVENT_PY_RESUME,
  PY_MONITORING_EVENT_PY_RETURN,
  PY_MONITORING_EVENT_PY_START,
  PY_MONITORING_EVENT_PY_THROW,
  PY_MONITORING_EVENT_PY_UNWIND,
  PY_MONITORING_EVENT_PY_YIELD,
  PY_MONITORING_EVENT_RAISE,
  PY_MONITORING_EVENT_STOP_ITERATION,
  PY_MONITORING_SYS_PROFILE_ID,
  PY_MONITORING_SYS_TRACE_ID,
  Py_ID,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  Py_TPFLAGS_HAVE_VECTORCALL,
  PyFrameObject,
  PyInterpreterState,
  PyMethodObject,
  PyThreadState,
  PyTrace_C_CALL,
  PyTrace_C_EXCEPTION,
  PyTrace_C_RETURN,
  PyTrace_CALL,
  PyTrace_EXCEPTION,
  PyTrace_LINE,
  PyTrace_OPCODE,
  PyTrace_RETURN,
  PyTypeObject,
} from '@moult/abi';
import { CURRENT_TSTATE, i32, setI32, setPtr, setU8, u8 } from '../memory/linear.ts';
import { PyObject_Malloc } from '../memory/obmalloc.ts';
import { fnptr, type NativeFunction, text } from '../memory/text.ts';
import { PyObject_Vectorcall, PyVectorcall_Call } from '../objects/call.ts';
import { _Py_Instrumentation_GetLine } from '../objects/codemonitoring.ts';
import {
  catchPending,
  PENDING,
  PyErr_GetRaisedException,
  PyErr_NoMemory,
  PyErr_SetRaisedException,
} from '../objects/errors.ts';
import { exceptionTraceback } from '../objects/exceptions.ts';
import { frameCode } from '../objects/frameobject.ts';
import { PyLong_AsInt } from '../objects/longobject.ts';
import {
  borrowArguments,
  dropArguments,
  hold,
  nativeMark,
  Py_CLEAR,
  Py_DECREF,
  Py_NewRef,
  Py_XSETREF,
  type Ref,
  release,
} from '../objects/object.ts';
import { INTERP } from '../objects/runtime.ts';
import type { TypeSpec } from '../objects/spec.ts';
import {
  _PyInstrumentation_DISABLE,
  _PyInstrumentation_MISSING,
  _PyLegacyEventHandler_Type,
  Py_None,
  PyCFunction_Type,
  PyCMethod_Type,
  PyMethod_Type,
  PyMethodDescr_Type,
} from '../objects/static.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';
import { _PyFrame_GetFrameObject, _PyThreadState_GetFrame, currentFrame } from './frame.ts';
import { _PyMonitoring_GetLocalEvents, _PyMonitoring_SetEvents, _PyMonitoring_SetLocalEvents } from './instrument.ts';
import { callableSlot } from './monitor.ts';

const T = PyThreadState;
const F = PyFrameObject;
const ts = (): number => i32(CURRENT_TSTATE);

const WHAT = [
  ...[Py_ID.call, Py_ID.exception, Py_ID.line, Py_ID.return, Py_ID.c_call, Py_ID.c_exception, Py_ID.c_return],
  Py_ID.opcode,
] as const;

/** The Python function is called with frame, event and argument; a new reference. */
function callTrampoline(callback: Ref, frame: Ref, what: number, arg: Ref): Ref {
  const args = borrowArguments(3);
  setPtr(args, frame);
  setPtr(args + 8, WHAT[what] as Ref);
  setPtr(args + 16, arg === 0 ? Py_None : arg);
  const result = PyObject_Vectorcall(callback, args, 3, 0);
  dropArguments(args);
  return result;
}
/** Runs `switchOff` with the pending exception set aside, then throws on. */
function failing(switchOff: () => void): never {
  const exc = PyErr_GetRaisedException();
  const m = hold(exc);
  switchOff();
  setPtr(m, 0);
  release(m);
  PyErr_SetRaisedException(exc);
  throw PENDING;
}

function profileTrampoline(callback: Ref, frame: Ref, what: number, arg: Ref): void {
  const mark = nativeMark();
  let result: Ref;
  try {
    result = callTrampoline(callback, frame, what, arg);
  } catch (e) {
    catchPending(e, mark);
    failing(() => _PyEval_SetProfile(0));
  }
  Py_DECREF(result);
}
/** A 'call' goes to the thread's function, what follows to what that returned for the frame. */
function traceTrampoline(self: Ref, frame: Ref, what: number, arg: Ref): void {
  const callback = what === PyTrace_CALL ? self : i32(frame + F.f_trace);
  if (callback === 0) return;
  const mark = nativeMark();
  let result: Ref;
  try {
    result = callTrampoline(callback, frame, what, arg);
  } catch (e) {
    catchPending(e, mark);
    failing(() => {
      _PyEval_SetTrace(0);
      Py_CLEAR(frame + F.f_trace);
    });
  }
  if (result !== Py_None) Py_XSETREF(frame + F.f_trace, result);
  else Py_DECREF(result);
}
type Trampoline = typeof traceTrampoline;

// ---- the handlers ----

const eventOf = (handler: Ref): number => i32(handler + _PyLegacyEventHandler.event);
const none = (): Ref => Py_NewRef(Py_None);
function currentFrameObject(): Ref {
  return _PyFrame_GetFrameObject(_PyThreadState_GetFrame(ts()));
}

function callProfile(handler: Ref, arg: Ref): Ref {
  const t = ts();
  const fn = i32(t + T.c_profilefunc);
  if (fn === 0) return none();
  const m = hold(Py_NewRef(currentFrameObject()));
  (text[fn] as Trampoline)(i32(t + T.c_profileobj), i32(m), eventOf(handler), arg);
  release(m);
  return none();
}
function callTrace(handler: Ref, arg: Ref): Ref {
  const t = ts();
  const fn = i32(t + T.c_tracefunc);
  if (fn === 0) return none();
  const frame = currentFrameObject();
  if (u8(frame + F.f_trace_opcodes) !== 0) _PyEval_SetOpcodeTrace(frame, true);
  const m = hold(Py_NewRef(frame));
  try {
    (text[fn] as Trampoline)(i32(t + T.c_traceobj), frame, eventOf(handler), arg);
  } finally {
    setI32(frame + F.f_lineno, 0);
  }
  release(m);
  return none();
}

const profileNone = (h: Ref): Ref => callProfile(h, Py_None);
const profileValue = (h: Ref, args: number): Ref => callProfile(h, i32(args + 16));
const profileNothing = (h: Ref): Ref => callProfile(h, 0);
const isBuiltin = (op: Ref): boolean => i32(op + 8) === PyCFunction_Type || i32(op + 8) === PyCMethod_Type;
/** Only built-in functions and methods are told of; a method's descriptor is bound first. */
function profileBuiltin(h: Ref, args: number): Ref {
  const callable = i32(args + 16);
  const type = i32(callable + 8);
  if (isBuiltin(callable)) return callProfile(h, callable);
  if (type === PyMethod_Type) {
    const func = i32(callable + PyMethodObject.im_func);
    return isBuiltin(func) ? callProfile(h, func) : none();
  }
  if (type !== PyMethodDescr_Type) return none();
  const self = i32(args + 24);
  if (self === _PyInstrumentation_MISSING) return none();
  const bind = text[i32(type + PyTypeObject.tp_descr_get)] as (d: Ref, o: Ref, t: Ref) => Ref;
  const m = hold(bind(callable, self, i32(self + 8)));
  const result = callProfile(h, i32(m));
  release(m);
  return result;
}

const traceNone = (h: Ref): Ref => callTrace(h, Py_None);
const traceValue = (h: Ref, args: number): Ref => callTrace(h, i32(args + 16));
const traceNothing = (h: Ref): Ref => callTrace(h, 0);
function traceException(h: Ref, args: number): Ref {
  const exc = i32(args + 16);
  const tb = exceptionTraceback(exc);
  const triple = PyTuple_New(3);
  const m = hold(triple);
  setPtr(triple + 24, Py_NewRef(i32(exc + 8)));
  setPtr(triple + 32, Py_NewRef(exc));
  setPtr(triple + 40, Py_NewRef(tb === 0 ? Py_None : tb));
  const result = callTrace(h, triple);
  release(m);
  return result;
}
function lineOf(t: number, frame: Ref, what: number, line: number): void {
  if (u8(frame + F.f_trace_lines) === 0 || line < 0) return;
  const m = hold(Py_NewRef(frame));
  setI32(frame + F.f_lineno, line);
  try {
    (text[i32(t + T.c_tracefunc)] as Trampoline)(i32(t + T.c_traceobj), frame, what, Py_None);
  } finally {
    setI32(frame + F.f_lineno, 0);
  }
  release(m);
}
function traceLineEvent(h: Ref, args: number): Ref {
  const t = ts();
  if (i32(t + T.c_tracefunc) !== 0) lineOf(t, currentFrameObject(), eventOf(h), PyLong_AsInt(i32(args + 8)));
  return none();
}
/** A jump back within one line is told as a line, though no line begins. */
function traceJump(h: Ref, args: number): Ref {
  const t = ts();
  if (i32(t + T.c_tracefunc) === 0) return none();
  const from = PyLong_AsInt(i32(args + 8)) >> 1;
  const to = PyLong_AsInt(i32(args + 16)) >> 1;
  const code = i32(args);
  const line = to > from ? -1 : _Py_Instrumentation_GetLine(code, to);
  if (to > from || line !== _Py_Instrumentation_GetLine(code, from)) return _PyInstrumentation_DISABLE;
  lineOf(t, currentFrameObject(), eventOf(h), line);
  return none();
}
function traceInstruction(h: Ref): Ref {
  const t = ts();
  const frame = currentFrameObject();
  const fn = i32(t + T.c_tracefunc);
  if (fn === 0 || u8(frame + F.f_trace_opcodes) === 0) {
    _PyEval_SetOpcodeTrace(frame, false);
    return none();
  }
  const m = hold(Py_NewRef(frame));
  try {
    (text[fn] as Trampoline)(i32(t + T.c_traceobj), frame, eventOf(h), Py_None);
  } finally {
    setI32(frame + F.f_lineno, 0);
  }
  release(m);
  return none();
}

/** LINE of the trace function, without a number object (the special case of _Py_call_instrumentation_line). */
export function traceLine(tstate: number, fp: number, line: number): void {
  if (i32(tstate + T.c_tracefunc) === 0 || line < 0) return;
  const frame = _PyFrame_GetFrameObject(fp);
  if (u8(frame + F.f_trace_lines) === 0) return;
  const what = i32(tstate + T.what_event);
  setI32(tstate + T.what_event, PY_MONITORING_EVENT_LINE);
  setI32(tstate + T.tracing, i32(tstate + T.tracing) + 1);
  try {
    lineOf(tstate, frame, PyTrace_LINE, line);
  } finally {
    setI32(tstate + T.tracing, i32(tstate + T.tracing) - 1);
    setI32(tstate + T.what_event, what);
  }
}

export const legacyEventHandlerSpec: TypeSpec = {
  address: _PyLegacyEventHandler_Type,
  name: 'sys.legacy_event_handler',
  basicsize: _PyLegacyEventHandler.SIZE,
  flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_DISALLOW_INSTANTIATION,
  vectorcallOffset: _PyLegacyEventHandler.vectorcall,
  slots: { tp_call: PyVectorcall_Call },
};

type Row = readonly [handler: NativeFunction, legacy: number, events: readonly number[]];
const PROFILE_ROWS = (): readonly Row[] => [
  [profileNone, PyTrace_CALL, [PY_MONITORING_EVENT_PY_START, PY_MONITORING_EVENT_PY_RESUME]],
  [profileNone, PyTrace_CALL, [PY_MONITORING_EVENT_PY_THROW]],
  [profileValue, PyTrace_RETURN, [PY_MONITORING_EVENT_PY_RETURN, PY_MONITORING_EVENT_PY_YIELD]],
  [profileNothing, PyTrace_RETURN, [PY_MONITORING_EVENT_PY_UNWIND]],
  [profileBuiltin, PyTrace_C_CALL, [PY_MONITORING_EVENT_CALL]],
  [profileBuiltin, PyTrace_C_RETURN, [PY_MONITORING_EVENT_C_RETURN]],
  [profileBuiltin, PyTrace_C_EXCEPTION, [PY_MONITORING_EVENT_C_RAISE]],
];
const TRACE_ROWS = (): readonly Row[] => [
  [traceNone, PyTrace_CALL, [PY_MONITORING_EVENT_PY_START, PY_MONITORING_EVENT_PY_RESUME]],
  [traceNone, PyTrace_CALL, [PY_MONITORING_EVENT_PY_THROW]],
  [traceValue, PyTrace_RETURN, [PY_MONITORING_EVENT_PY_RETURN]],
  [traceValue, PyTrace_RETURN, [PY_MONITORING_EVENT_PY_YIELD]],
  [traceException, PyTrace_EXCEPTION, [PY_MONITORING_EVENT_RAISE, PY_MONITORING_EVENT_STOP_ITERATION]],
  [traceLineEvent, PyTrace_LINE, [PY_MONITORING_EVENT_LINE]],
  [traceNothing, PyTrace_RETURN, [PY_MONITORING_EVENT_PY_UNWIND]],
  [traceJump, PyTrace_LINE, [PY_MONITORING_EVENT_JUMP]],
  [traceInstruction, PyTrace_OPCODE, [PY_MONITORING_EVENT_INSTRUCTION]],
];
/** Every realm: numbers the natives of this room. */
export function linkTracing(): void {
  for (const [fn] of [...PROFILE_ROWS(), ...TRACE_ROWS()]) fnptr(fn);
  fnptr(profileTrampoline);
  fnptr(traceTrampoline);
}
function setCallbacks(tool: number, rows: readonly Row[]): void {
  for (const [fn, legacy, events] of rows) {
    const handler = PyObject_Malloc(_PyLegacyEventHandler.SIZE);
    if (handler === 0) PyErr_NoMemory();
    setPtr(handler, 1);
    setPtr(handler + 8, _PyLegacyEventHandler_Type);
    setPtr(handler + _PyLegacyEventHandler.vectorcall, fnptr(fn));
    setPtr(handler + _PyLegacyEventHandler.event, legacy);
    for (const event of events) Py_XSETREF(callableSlot(tool, event), Py_NewRef(handler));
    Py_DECREF(handler);
  }
}

// ---- switching on and off ----

const bits = (...events: number[]): number => events.reduce((set, e) => set | (1 << e), 0);
const FRAME_EVENTS = bits(
  ...[PY_MONITORING_EVENT_PY_START, PY_MONITORING_EVENT_PY_RESUME, PY_MONITORING_EVENT_PY_RETURN],
  ...[PY_MONITORING_EVENT_PY_YIELD, PY_MONITORING_EVENT_PY_UNWIND, PY_MONITORING_EVENT_PY_THROW],
);
const TRACE_EVENTS = bits(
  ...[PY_MONITORING_EVENT_RAISE, PY_MONITORING_EVENT_LINE, PY_MONITORING_EVENT_JUMP],
  PY_MONITORING_EVENT_STOP_ITERATION,
);

/** The thread's function becomes `arg` (0: none); how many threads have one. */
function install(fnField: number, objField: number, countField: number, fn: number, arg: Ref): number {
  const t = ts();
  const count = INTERP + countField;
  setPtr(count, i32(count) + (fn !== 0 ? 1 : 0) - (i32(t + fnField) !== 0 ? 1 : 0));
  setPtr(t + fnField, fn);
  Py_XSETREF(t + objField, arg === 0 ? 0 : Py_NewRef(arg));
  return i32(count);
}

export function _PyEval_SetProfile(arg: Ref): void {
  const initialized = INTERP + PyInterpreterState.sys_profile_initialized;
  if (u8(initialized) === 0) {
    setU8(initialized, 1);
    setCallbacks(PY_MONITORING_SYS_PROFILE_ID, PROFILE_ROWS());
  }
  const fn = arg === 0 ? 0 : fnptr(profileTrampoline);
  const active = install(T.c_profilefunc, T.c_profileobj, PyInterpreterState.sys_profiling_threads, fn, arg);
  _PyMonitoring_SetEvents(
    PY_MONITORING_SYS_PROFILE_ID,
    active !== 0 ? FRAME_EVENTS | bits(PY_MONITORING_EVENT_CALL) : 0,
  );
}
export function _PyEval_SetTrace(arg: Ref): void {
  const initialized = INTERP + PyInterpreterState.sys_trace_initialized;
  if (u8(initialized) === 0) {
    setU8(initialized, 1);
    setCallbacks(PY_MONITORING_SYS_TRACE_ID, TRACE_ROWS());
  }
  const fn = arg === 0 ? 0 : fnptr(traceTrampoline);
  const active = install(T.c_tracefunc, T.c_traceobj, PyInterpreterState.sys_tracing_threads, fn, arg);
  if (active !== 0) {
    const fp = currentFrame();
    const frame = fp === 0 ? 0 : _PyFrame_GetFrameObject(fp);
    if (frame !== 0 && u8(frame + F.f_trace_opcodes) !== 0) _PyEval_SetOpcodeTrace(frame, true);
  }
  _PyMonitoring_SetEvents(PY_MONITORING_SYS_TRACE_ID, active !== 0 ? FRAME_EVENTS | TRACE_EVENTS : 0);
}
/** f_trace_opcodes: the frame's code tells the tracer of instructions. */
export function _PyEval_SetOpcodeTrace(frame: Ref, enable: boolean): void {
  const code = frameCode(frame);
  const events = _PyMonitoring_GetLocalEvents(code, PY_MONITORING_SYS_TRACE_ID);
  const bit = 1 << PY_MONITORING_EVENT_INSTRUCTION;
  if (((events & bit) !== 0) === enable) return;
  _PyMonitoring_SetLocalEvents(code, PY_MONITORING_SYS_TRACE_ID, enable ? events | bit : events & ~bit);
}
/** Calls `func` with tracing allowed again inside a trace function (_PyEval_CallTracing). */
export function _PyEval_CallTracing(call: () => Ref): Ref {
  const t = ts();
  const depth = i32(t + T.tracing);
  setI32(t + T.tracing, 0);
  try {
    return call();
  } finally {
    setI32(t + T.tracing, depth);
  }
}
