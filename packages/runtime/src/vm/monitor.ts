/**
 * Telling tools of events (PEP 669). Mirrors the calling half of Python/instrumentation.c and the monitor functions of
 * Python/ceval.c. A callback runs with `tracing` raised, so that nothing it does is told.
 */
import {
  CO_NO_MONITORING_EVENTS,
  _PY_MONITORING_LOCAL_EVENTS,
  _PY_MONITORING_UNGROUPED_EVENTS,
  _PyCoMonitoringData,
  monitoringEventNames,
  OP,
  opcodeCaches,
  PY_MONITORING_EVENT_CALL,
  PY_MONITORING_EVENT_EXCEPTION_HANDLED,
  PY_MONITORING_EVENT_INSTRUCTION,
  PY_MONITORING_EVENT_LINE,
  PY_MONITORING_EVENT_PY_THROW,
  PY_MONITORING_EVENT_STOP_ITERATION,
  PY_MONITORING_SYS_TRACE_ID,
  PyCodeObject,
  PyInterpreterState,
  PyThreadState,
} from '@moult/abi';
import { i32, setI32, setPtr, u8 } from '../memory/linear.ts';
import { PyObject_Vectorcall } from '../objects/call.ts';
import { _Py_GetBaseOpcode, _Py_Instrumentation_GetLine } from '../objects/codemonitoring.ts';
import {
  catchPending,
  PyErr_Clear,
  PyErr_GetRaisedException,
  PyErr_SetObject,
  PyErr_SetRaisedException,
  raise,
  PENDING,
} from '../objects/errors.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import {
  borrowArguments,
  drop,
  dropArguments,
  hold,
  nativeMark,
  Py_CLEAR,
  Py_DECREF,
  type Ref,
  release,
} from '../objects/object.ts';
import { INTERP } from '../objects/runtime.ts';
import { _PyInstrumentation_DISABLE, PyExc_StopIteration, PyExc_ValueError } from '../objects/static.ts';
import {
  _Py_Instrument,
  dataOf,
  GLOBAL_MONITORS,
  jumpTarget,
  removeInstructionTools,
  removeLineTools,
  removeTools,
} from './instrument.ts';
import { traceLine } from './tracefunc.ts';
import { PREV_INSTR } from './state.ts';

const D = _PyCoMonitoringData;
const CODE = PyCodeObject.co_code_adaptive;
const CALLABLES = INTERP + PyInterpreterState.monitoring_callables;

export function callableSlot(tool: number, event: number): number {
  return CALLABLES + tool * PyInterpreterState.monitoring_callables_STRIDE + event * 8;
}

/** True: the callback asks not to be told of this place any more. */
function callOne(tstate: number, args: number, nargs: number, tool: number, event: number): boolean {
  const callback = i32(callableSlot(tool, event));
  if (callback === 0) return false;
  const what = i32(tstate + PyThreadState.what_event);
  setI32(tstate + PyThreadState.what_event, event);
  setI32(tstate + PyThreadState.tracing, i32(tstate + PyThreadState.tracing) + 1);
  let result: Ref;
  try {
    result = PyObject_Vectorcall(callback, args, nargs, 0);
  } finally {
    setI32(tstate + PyThreadState.tracing, i32(tstate + PyThreadState.tracing) - 1);
    setI32(tstate + PyThreadState.what_event, what);
  }
  Py_DECREF(result);
  return result === _PyInstrumentation_DISABLE;
}

function toolsFor(co: Ref, i: number, event: number): number {
  const local = event >= _PY_MONITORING_UNGROUPED_EVENTS ? PY_MONITORING_EVENT_CALL : event;
  if (local >= _PY_MONITORING_LOCAL_EVENTS) return u8(GLOBAL_MONITORS + local);
  const data = dataOf(co);
  const table = i32(data + D.tools);
  return table !== 0 ? u8(table + i) : u8(data + D.active_monitors + local);
}

/** The tools of the set, highest first. */
function highest(tools: number): number {
  return 31 - Math.clz32(tools);
}

/** Tells of `event` at the instruction at `ip`: the callbacks get the code, the offset and up to two arguments more. */
export function _Py_call_instrumentation(
  tstate: number,
  event: number,
  fp: number,
  ip: number,
  arg0: Ref = 0,
  arg1: Ref = 0,
): void {
  if (i32(tstate + PyThreadState.tracing) !== 0) return;
  const co = i32(fp);
  const i = (ip - co - CODE) >> 1;
  let tools = toolsFor(co, i, event);
  if (tools === 0) return;
  const m = hold(PyLong_FromLong(i * 2));
  const n = arg1 !== 0 ? 4 : arg0 !== 0 ? 3 : 2;
  const args = borrowArguments(n);
  while (tools !== 0) {
    const tool = highest(tools);
    tools ^= 1 << tool;
    setPtr(args, co);
    setPtr(args + 8, i32(m));
    if (arg0 !== 0) setPtr(args + 16, arg0);
    if (arg1 !== 0) setPtr(args + 24, arg1);
    if (!callOne(tstate, args, n, tool, event)) continue;
    if (event >= _PY_MONITORING_LOCAL_EVENTS) {
      Py_CLEAR(callableSlot(tool, event));
      raise(PyExc_ValueError, `Cannot disable ${monitoringEventNames[event] as string} events. Callback removed.`);
    }
    removeTools(co, i, event, 1 << tool);
  }
  dropArguments(args);
  release(m);
}

/** Tells of a jump; where it goes: a callback may have moved the frame elsewhere. */
export function _Py_call_instrumentation_jump(
  tstate: number,
  event: number,
  fp: number,
  ip: number,
  target: number,
): number {
  const m = hold(PyLong_FromLong(target - i32(fp) - CODE));
  _Py_call_instrumentation(tstate, event, fp, ip, i32(m));
  release(m);
  return i32(fp + 56) !== ip ? i32(fp + 56) : target;
}

/**
 * Tells of `event` while an exception is pending, with it as the argument (or `arg0` and `arg1`). False: a callback raised
 * another one, which is pending instead.
 */
function tellPending(tstate: number, event: number, fp: number, ip: number, arg0: Ref, arg1: Ref): boolean {
  const exc = PyErr_GetRaisedException();
  const m = hold(exc);
  const mark = nativeMark();
  try {
    _Py_call_instrumentation(tstate, event, fp, ip, arg0 === 0 ? exc : arg0, arg1);
  } catch (e) {
    catchPending(e, mark);
    const other = PyErr_GetRaisedException();
    release(m);
    PyErr_SetRaisedException(other);
    return false;
  }
  drop(m);
  PyErr_SetRaisedException(exc);
  return true;
}
/** Of C_RAISE, with the callable and its first argument. */
export function _Py_call_instrumentation_exc2(
  tstate: number,
  event: number,
  fp: number,
  ip: number,
  a: Ref,
  b: Ref,
): void {
  tellPending(tstate, event, fp, ip, a, b);
}
/** RAISE, RERAISE, PY_UNWIND and PY_THROW, with the pending exception. */
export function monitorException(tstate: number, event: number, fp: number, ip: number): void {
  if (u8(GLOBAL_MONITORS + event) === 0) return;
  if ((i32(i32(fp) + PyCodeObject.co_flags) & CO_NO_MONITORING_EVENTS) !== 0) return;
  tellPending(tstate, event, fp, ip, 0, 0);
}
/** A generator is resumed by throw(): that passes by RESUME. */
export function monitorThrow(tstate: number, fp: number): void {
  if (i32(tstate + PyThreadState.eval_breaker) >>> 8 === 0) return;
  const exc = PyErr_GetRaisedException();
  const m = hold(exc);
  _Py_Instrument(i32(fp));
  drop(m);
  PyErr_SetRaisedException(exc);
  monitorException(tstate, PY_MONITORING_EVENT_PY_THROW, fp, i32(fp + 56));
}
/** The handler at `ip` gets `exc`. False: a callback raised, which is pending. */
export function monitorHandled(tstate: number, fp: number, ip: number, exc: Ref): boolean {
  if (u8(GLOBAL_MONITORS + PY_MONITORING_EVENT_EXCEPTION_HANDLED) === 0) return true;
  const mark = nativeMark();
  try {
    _Py_call_instrumentation(tstate, PY_MONITORING_EVENT_EXCEPTION_HANDLED, fp, ip, exc);
    return true;
  } catch (e) {
    catchPending(e, mark);
    return false;
  }
}
/** A generator that a loop or an await drove has returned `value`: told as the StopIteration that it would have been. */
export function monitorStopIteration(tstate: number, fp: number, ip: number, value: Ref): void {
  const data = dataOf(i32(fp));
  if (data === 0 || u8(data + D.active_monitors + PY_MONITORING_EVENT_STOP_ITERATION) === 0) return;
  PyErr_SetObject(PyExc_StopIteration, value);
  if (!tellPending(tstate, PY_MONITORING_EVENT_STOP_ITERATION, fp, ip, 0, 0)) throw PENDING;
  PyErr_Clear();
}

// ---- lines and instructions ----

/** The callbacks of LINE (`subject` a line) or INSTRUCTION (an offset), all with the code and one number. */
function tellPlain(tstate: number, co: Ref, i: number, given: number, event: number, subject: number): void {
  let tools = given;
  const m = hold(PyLong_FromLong(subject));
  const args = borrowArguments(2);
  while (tools !== 0) {
    const tool = highest(tools);
    tools ^= 1 << tool;
    setPtr(args, co);
    setPtr(args + 8, i32(m));
    if (!callOne(tstate, args, 2, tool, event)) continue;
    if (event === PY_MONITORING_EVENT_LINE) removeLineTools(co, i, 1 << tool);
    else removeInstructionTools(co, i, 1 << tool);
  }
  dropArguments(args);
  release(m);
}

/** A line begins at `ip`; `known` is the frame's last known instruction. The opcode to run there. */
export function _Py_call_instrumentation_line(tstate: number, fp: number, ip: number, known: number): number {
  const co = i32(fp);
  const i = (ip - co - CODE) >> 1;
  const data = dataOf(co);
  const entry = i32(data + D.lines) + i * 2;
  if (i32(tstate + PyThreadState.tracing) !== 0) return u8(entry);
  const line = _Py_Instrumentation_GetLine(co, i);
  const prev = previousInstruction(co, i, known, ip);
  if (_Py_Instrumentation_GetLine(co, prev) === line) {
    const opcode = u8(co + CODE + prev * 2);
    if (opcode !== OP.RESUME && opcode !== OP.RESUME_CHECK && opcode !== OP.INSTRUMENTED_RESUME) return u8(entry);
  }
  const table = i32(data + D.line_tools);
  let tools =
    table !== 0
      ? u8(table + i)
      : u8(GLOBAL_MONITORS + PY_MONITORING_EVENT_LINE) | u8(data + D.local_monitors + PY_MONITORING_EVENT_LINE);
  if ((tools & (1 << PY_MONITORING_SYS_TRACE_ID)) !== 0) {
    traceLine(tstate, fp, line);
    tools &= ~(1 << PY_MONITORING_SYS_TRACE_ID);
  }
  if (tools !== 0) tellPlain(tstate, co, i, tools, PY_MONITORING_EVENT_LINE, line);
  return u8(entry);
}

/**
 * The code unit of the instruction that ran before `i`. The frame's word knows the last one that stored itself there;
 * from it on, only instructions that do not have run, none of them at the start of a line.
 */
function previousInstruction(co: Ref, i: number, known: number, ip: number): number {
  let from = known;
  if (known === ip) {
    // the word was set to this instruction before it ran: by an exception, a jump of a tracer, a rare instruction
    const noted = i32(PREV_INSTR);
    if (noted >= co + CODE && noted < co + CODE + i32(co + 16) * 2) return (noted - co - CODE) >> 1;
    from = ip;
  }
  const first = (from - co - CODE) >> 1;
  const found = straightOn(co, i, first);
  return found >= 0 ? found : anyWay(co, i, first);
}
const tells = (co: Ref, unit: number): boolean => u8(co + CODE + unit * 2) === OP.INSTRUMENTED_LINE;
/** Does a jump to `target` lead to unit `i`? Loops and awaits may end before or after it. */
function leadsTo(opcode: number, target: number, i: number): boolean {
  if (target === i) return true;
  if (opcode === OP.FOR_ITER) return target - 1 === i || target + 1 === i;
  return opcode === OP.SEND && target - 1 === i;
}
/** Follows the instructions as they stand: nearly always the way that was taken. */
function straightOn(co: Ref, i: number, first: number): number {
  const n = i32(co + 16);
  for (let at = first; at < n; ) {
    const opcode = _Py_GetBaseOpcode(co, at);
    const next = at + 1 + (opcodeCaches[opcode] as number);
    const target = jumpTarget(opcode, argumentAt(co, at), next);
    const falls = fallsThrough(opcode);
    if ((falls && next === i) || (target >= 0 && leadsTo(opcode, target, i))) return at;
    if (!falls || tells(co, next)) return -1;
    at = next;
  }
  return -1;
}
function anyWay(co: Ref, i: number, first: number): number {
  const n = i32(co + 16);
  const queue = [first];
  const seen = new Set(queue);
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const opcode = _Py_GetBaseOpcode(co, at);
    const next = at + 1 + (opcodeCaches[opcode] as number);
    const target = jumpTarget(opcode, argumentAt(co, at), next);
    if ((fallsThrough(opcode) && next === i) || (target >= 0 && leadsTo(opcode, target, i))) return at;
    const ways = fallsThrough(opcode) ? [next] : [];
    if (target >= 0) ways.push(target);
    if (opcode === OP.FOR_ITER || opcode === OP.SEND) ways.push(target - 1);
    for (const way of ways) {
      if (way >= n || seen.has(way) || tells(co, way)) continue;
      seen.add(way);
      queue.push(way);
    }
  }
  return first;
}
function argumentAt(co: Ref, at: number): number {
  let oparg = u8(co + CODE + at * 2 + 1);
  for (let k = at - 1, shift = 8; k >= 0 && _Py_GetBaseOpcode(co, k) === OP.EXTENDED_ARG; k--, shift += 8) {
    oparg |= u8(co + CODE + k * 2 + 1) << shift;
  }
  return oparg;
}
function fallsThrough(opcode: number): boolean {
  switch (opcode) {
    case OP.JUMP_FORWARD:
    case OP.JUMP_BACKWARD:
    case OP.JUMP_BACKWARD_NO_INTERRUPT:
    case OP.RETURN_VALUE:
    case OP.RETURN_CONST:
    case OP.RAISE_VARARGS:
    case OP.RERAISE:
      return false;
    default:
      return true;
  }
}

/** The instruction at `ip` is about to run; the opcode to run there. */
export function _Py_call_instrumentation_instruction(tstate: number, fp: number, ip: number): number {
  const co = i32(fp);
  const i = (ip - co - CODE) >> 1;
  const data = dataOf(co);
  const next = u8(i32(data + D.per_instruction_opcodes) + i);
  if (i32(tstate + PyThreadState.tracing) !== 0) return next;
  const table = i32(data + D.per_instruction_tools);
  const event = PY_MONITORING_EVENT_INSTRUCTION;
  const tools = table !== 0 ? u8(table + i) : u8(GLOBAL_MONITORS + event) | u8(data + D.local_monitors + event);
  if (tools !== 0) tellPlain(tstate, co, i, tools, event, i * 2);
  return next;
}
