/**
 * Writing events into code objects (PEP 669). Mirrors Python/instrumentation.c.
 *
 * An instruction with an event becomes its INSTRUMENTED form while a tool watches; one where a line begins becomes
 * INSTRUMENTED_LINE, and while instructions are watched each is INSTRUMENTED_INSTRUCTION: the opcode behind these two is
 * kept with the code. A change of events raises the version in the eval breaker; RESUME compares it with the code's.
 */
import {
  _PY_MONITORING_LOCAL_EVENTS,
  _PyCoMonitoringData,
  CO_NO_MONITORING_EVENTS,
  COMPUTED_LINE,
  FRAME_OWNED_BY_CSTACK,
  MONITORING_VERSION_INCREMENT,
  NO_LINE,
  OP,
  opcodeCaches,
  opcodeDeinstrument,
  opcodeDeopt,
  opcodeEvent,
  opcodeInstrumented,
  PY_MONITORING_EVENT_INSTRUCTION,
  PY_MONITORING_EVENT_LINE,
  PyCodeObject,
  PyInterpreterState,
  PyThreadState,
} from '@moult/abi';
import { bytes, CURRENT_TSTATE, i32, mem, setI32, setPtr, setU16, setU8, u8 } from '../memory/linear.ts';
import { PyMem_Malloc } from '../memory/obmalloc.ts';
import { allLocations } from '../objects/codelines.ts';
import { _Py_GetBaseOpcode, _PyInstruction_GetLength, underlyingOpcode } from '../objects/codemonitoring.ts';
import { PyErr_NoMemory, raise } from '../objects/errors.ts';
import { Py_SIZE, type Ref } from '../objects/object.ts';
import { INTERP } from '../objects/runtime.ts';
import { PyExc_OverflowError, PyExc_SystemError, PyExc_ValueError } from '../objects/static.ts';
import { asText } from '../objects/unicodeobject.ts';
import { handlersOf } from './unwind.ts';

const D = _PyCoMonitoringData;
const CODE = PyCodeObject.co_code_adaptive;
/** Bytes of tools, one for each event, of the whole interpreter. */
export const GLOBAL_MONITORS = INTERP + PyInterpreterState.monitors_tools;
const VERSION = INTERP + PyInterpreterState.ceval_instrumentation_version;
/** A counter as before the first run. */
const WARMUP = 0x11;

export const dataOf = (co: Ref): number => i32(co + PyCodeObject._co_monitoring);
export const globalVersion = (): number => i32(VERSION);

function setGlobalVersion(version: number): void {
  const breaker = i32(CURRENT_TSTATE) + PyThreadState.eval_breaker;
  setI32(VERSION, version);
  setI32(breaker, (i32(breaker) & 255) | version);
}
function isVersionUpToDate(co: Ref): boolean {
  return i32(VERSION) === i32(co + PyCodeObject._co_instrumentation_version);
}
const single = (tools: number): boolean => (tools & (tools - 1)) === 0;

function allocate(n: number): number {
  const block = PyMem_Malloc(n);
  if (block === 0) PyErr_NoMemory();
  return block;
}

// ---- one instruction ----

/** Where the opcode lies that the instruction at `i` would run if lines and instructions were not told. */
function opcodeSlot(co: Ref, i: number): number {
  let slot = co + CODE + i * 2;
  if (u8(slot) === OP.INSTRUMENTED_LINE) slot = i32(dataOf(co) + D.lines) + i * 2;
  if (u8(slot) === OP.INSTRUMENTED_INSTRUCTION) slot = i32(dataOf(co) + D.per_instruction_opcodes) + i;
  return slot;
}
function resetCounter(co: Ref, i: number, opcode: number): void {
  if (opcodeCaches[opcode] !== 0) setU16(co + CODE + i * 2 + 2, WARMUP);
}

function deinstrument(co: Ref, i: number): void {
  const slot = opcodeSlot(co, i);
  const base = opcodeDeinstrument[u8(slot)] as number;
  if (base === 0) return;
  setU8(slot, base);
  resetCounter(co, i, base);
}
function deinstrumentLine(co: Ref, i: number): void {
  const at = co + CODE + i * 2;
  if (u8(at) !== OP.INSTRUMENTED_LINE) return;
  const slot = i32(dataOf(co) + D.lines) + i * 2;
  const original = u8(slot);
  if (original === OP.INSTRUMENTED_INSTRUCTION) {
    setU8(slot, u8(i32(dataOf(co) + D.per_instruction_opcodes) + i));
  }
  setU8(at, original);
  resetCounter(co, i, original);
}
function deinstrumentInstruction(co: Ref, i: number): void {
  let slot = co + CODE + i * 2;
  if (u8(slot) === OP.INSTRUMENTED_LINE) slot = i32(dataOf(co) + D.lines) + i * 2;
  if (u8(slot) !== OP.INSTRUMENTED_INSTRUCTION) return;
  const kept = i32(dataOf(co) + D.per_instruction_opcodes) + i;
  const original = u8(kept);
  setU8(slot, original);
  resetCounter(co, i, original);
  setU8(kept, 0);
}
function instrument(co: Ref, i: number): void {
  const slot = opcodeSlot(co, i);
  const base = opcodeDeopt[u8(slot)] as number;
  const instrumented = opcodeInstrumented[base] as number;
  if (instrumented === 0) return;
  setU8(slot, instrumented);
  resetCounter(co, i, base);
}
function instrumentLine(co: Ref, i: number): void {
  const at = co + CODE + i * 2;
  const op = u8(at);
  if (op === OP.INSTRUMENTED_LINE) return;
  setU8(i32(dataOf(co) + D.lines) + i * 2, opcodeDeopt[op] as number);
  setU8(at, OP.INSTRUMENTED_LINE);
}
function instrumentInstruction(co: Ref, i: number): void {
  let slot = co + CODE + i * 2;
  if (u8(slot) === OP.INSTRUMENTED_LINE) slot = i32(dataOf(co) + D.lines) + i * 2;
  const op = u8(slot);
  if (op === OP.INSTRUMENTED_INSTRUCTION) return;
  setU8(i32(dataOf(co) + D.per_instruction_opcodes) + i, opcodeDeopt[op] as number);
  setU8(slot, OP.INSTRUMENTED_INSTRUCTION);
}

// ---- tools of one instruction ----

/** With one tool for each event no table is kept: the tool is the code's. */
function removeFrom(co: Ref, field: number, i: number, event: number, tools: number, off: typeof deinstrument): void {
  const table = i32(dataOf(co) + field);
  if (table !== 0) {
    setU8(table + i, u8(table + i) & ~tools);
    if (u8(table + i) === 0) off(co, i);
    return;
  }
  const only = u8(dataOf(co) + D.active_monitors + event);
  if ((only & tools) === only) off(co, i);
}
function addTo(co: Ref, field: number, i: number, tools: number, on: typeof instrument): void {
  const table = i32(dataOf(co) + field);
  if (table !== 0) setU8(table + i, u8(table + i) | tools);
  on(co, i);
}
export function removeTools(co: Ref, i: number, event: number, tools: number): void {
  removeFrom(co, D.tools, i, event, tools, deinstrument);
}
export function removeLineTools(co: Ref, i: number, tools: number): void {
  removeFrom(co, D.line_tools, i, PY_MONITORING_EVENT_LINE, tools, deinstrumentLine);
}
export function removeInstructionTools(co: Ref, i: number, tools: number): void {
  removeFrom(co, D.per_instruction_tools, i, PY_MONITORING_EVENT_INSTRUCTION, tools, deinstrumentInstruction);
}

// ---- the tables ----

function eventAt(co: Ref, i: number, base: number): number {
  const event = opcodeEvent[base] as number;
  return event < 0 ? (u8(co + CODE + i * 2 + 1) > 0 ? 1 : 0) : event;
}

function initializeTools(co: Ref): void {
  const tools = i32(dataOf(co) + D.tools);
  const n = Py_SIZE(co);
  for (let i = 0; i < n; i++) {
    const op = underlyingOpcode(co, i);
    const plain = opcodeDeinstrument[op] as number;
    const base = opcodeDeopt[plain !== 0 ? plain : op] as number;
    if (opcodeInstrumented[base] !== 0) {
      setU8(tools + i, plain !== 0 ? u8(dataOf(co) + D.active_monitors + eventAt(co, i, base)) : 0);
    }
    i += opcodeCaches[base] as number;
  }
}

/** Where an instruction may go on besides the next one, in code units; -1: nowhere. `next` follows its caches. */
export function jumpTarget(opcode: number, oparg: number, next: number): number {
  switch (opcode) {
    case OP.POP_JUMP_IF_FALSE:
    case OP.POP_JUMP_IF_TRUE:
    case OP.POP_JUMP_IF_NONE:
    case OP.POP_JUMP_IF_NOT_NONE:
    case OP.JUMP_FORWARD:
      return next + oparg;
    case OP.FOR_ITER:
    case OP.SEND:
      return next + oparg + 1;
    case OP.JUMP_BACKWARD:
    case OP.JUMP_BACKWARD_NO_INTERRUPT:
      return next - oparg;
    default:
      return -1;
  }
}

function lineDelta(co: Ref, i: number, line: number): number {
  if (line < 0) return NO_LINE;
  const delta = line - i32(co + PyCodeObject.co_firstlineno) - (i >> 4);
  return delta <= 127 && delta > COMPUTED_LINE ? delta : COMPUTED_LINE;
}

/** Two bytes for each unit: its opcode if a line may begin there, else 0; the line's distance. */
function initializeLines(co: Ref): void {
  const lines = i32(dataOf(co) + D.lines);
  const n = Py_SIZE(co);
  const first = i32(co + PyCodeObject._co_firsttraceable);
  const set = (i: number, opcode: number, delta: number): void => {
    setU8(lines + i * 2, opcode);
    mem.setInt8(lines + i * 2 + 1, delta);
  };
  for (let i = 0; i < first && i < n; i++) set(i, 0, COMPUTED_LINE);
  const locations = allLocations(co);
  let at = 0;
  let current = -1;
  for (let i = first; i < n; ) {
    while (at < locations.length - 1 && i * 2 >= (locations[at] as { end: number }).end) at++;
    const line = locations[at]?.line ?? -1;
    const opcode = _Py_GetBaseOpcode(co, i);
    const size = 1 + (opcodeCaches[opcode] as number);
    // these are skipped, or must stay as they are: no line begins with them
    if (opcode === OP.END_ASYNC_FOR || opcode === OP.END_FOR || opcode === OP.END_SEND || opcode === OP.RESUME) {
      set(i, 0, lineDelta(co, i, line));
    } else {
      set(i, line !== current && line >= 0 ? opcode : 0, lineDelta(co, i, line));
      current = line;
    }
    for (let j = 1; j < size; j++) set(i + j, 0, NO_LINE);
    i += size;
  }
  const mark = (i: number): void => {
    if (mem.getInt8(lines + i * 2 + 1) !== NO_LINE) setU8(lines + i * 2, _Py_GetBaseOpcode(co, i));
  };
  let oparg = 0;
  for (let i = first; i < n; ) {
    const opcode = _Py_GetBaseOpcode(co, i);
    oparg = (oparg << 8) | u8(co + CODE + i * 2 + 1);
    i += 1 + (opcodeCaches[opcode] as number);
    if (opcode === OP.EXTENDED_ARG) continue;
    const target = jumpTarget(opcode, oparg, i);
    if (target >= 0) mark(target);
    oparg = 0;
  }
  for (const handler of handlersOf(co)) if (_Py_GetBaseOpcode(co, handler) !== OP.END_ASYNC_FOR) mark(handler);
}

function allocateData(co: Ref): number {
  let data = dataOf(co);
  if (data !== 0) return data;
  data = allocate(D.SIZE);
  bytes.fill(0, data, data + D.SIZE);
  setPtr(co + PyCodeObject._co_monitoring, data);
  return data;
}

/** The tools of local event `event`, of the interpreter and of this code. */
function wanted(data: number, event: number): number {
  return u8(GLOBAL_MONITORS + event) | u8(data + D.local_monitors + event);
}

function updateData(co: Ref): void {
  const n = Py_SIZE(co);
  const data = allocateData(co);
  let several = false;
  for (let e = 0; e < _PY_MONITORING_LOCAL_EVENTS; e++) several ||= !single(wanted(data, e));
  if (i32(data + D.tools) === 0 && several) {
    setPtr(data + D.tools, allocate(n));
    initializeTools(co);
  }
  const lineTools = wanted(data, PY_MONITORING_EVENT_LINE);
  if (lineTools !== 0) {
    if (i32(data + D.lines) === 0) {
      setPtr(data + D.lines, allocate(n * 2));
      initializeLines(co);
    }
    if (several && i32(data + D.line_tools) === 0) {
      const table = allocate(n);
      setPtr(data + D.line_tools, table);
      bytes.fill(lineTools, table, table + n);
    }
  }
  if (wanted(data, PY_MONITORING_EVENT_INSTRUCTION) !== 0) {
    if (i32(data + D.per_instruction_opcodes) === 0) {
      const table = allocate(n * 2);
      setPtr(data + D.per_instruction_opcodes, table);
      bytes.fill(0, table, table + n);
    }
    if (several && i32(data + D.per_instruction_tools) === 0) {
      const table = allocate(n);
      setPtr(data + D.per_instruction_tools, table);
      bytes.fill(0, table, table + n);
    }
  }
}

/** Brings the code object's instructions up to the events that are set now. */
export function _Py_Instrument(co: Ref): void {
  if (isVersionUpToDate(co) || (i32(co + PyCodeObject.co_flags) & CO_NO_MONITORING_EVENTS) !== 0) return;
  updateData(co);
  const data = dataOf(co);
  const restarted =
    i32(INTERP + PyInterpreterState.last_restart_version) >>> 0 >
    i32(co + PyCodeObject._co_instrumentation_version) >>> 0;
  const added: number[] = [];
  const removed: number[] = [];
  let changes = 0;
  for (let e = 0; e < _PY_MONITORING_LOCAL_EVENTS; e++) {
    const now = wanted(data, e);
    const before = u8(data + D.active_monitors + e);
    removed.push(restarted ? before : before & ~now);
    added.push(restarted ? now : now & ~before);
    changes |= (removed[e] as number) | (added[e] as number);
    setU8(data + D.active_monitors + e, now);
  }
  if (changes !== 0) rewrite(co, added, removed);
  setPtr(co + PyCodeObject._co_instrumentation_version, globalVersion());
}

function rewrite(co: Ref, added: readonly number[], removed: readonly number[]): void {
  const n = Py_SIZE(co);
  const first = i32(co + PyCodeObject._co_firsttraceable);
  for (let i = first; i < n; i += _PyInstruction_GetLength(co, i)) {
    const base = _Py_GetBaseOpcode(co, i);
    if (opcodeInstrumented[base] === 0) continue;
    const event = eventAt(co, i, base);
    const less = removed[event] as number;
    const more = added[event] as number;
    if (less !== 0) removeTools(co, i, event, less);
    if (more !== 0) addTo(co, D.tools, i, more, instrument);
  }
  // what is removed goes first, else it would take what is added with it
  const lines = i32(dataOf(co) + D.lines);
  const eachLine = (tools: number, visit: (i: number) => void): void => {
    if (tools === 0) return;
    for (let i = first; i < n; i += _PyInstruction_GetLength(co, i)) if (u8(lines + i * 2) !== 0) visit(i);
  };
  const eachInstruction = (tools: number, visit: (i: number) => void): void => {
    if (tools === 0) return;
    for (let i = first; i < n; i += _PyInstruction_GetLength(co, i)) {
      const base = _Py_GetBaseOpcode(co, i);
      if (base !== OP.RESUME && base !== OP.END_FOR) visit(i);
    }
  };
  const lessLines = removed[PY_MONITORING_EVENT_LINE] as number;
  const lessInstructions = removed[PY_MONITORING_EVENT_INSTRUCTION] as number;
  const moreLines = added[PY_MONITORING_EVENT_LINE] as number;
  const moreInstructions = added[PY_MONITORING_EVENT_INSTRUCTION] as number;
  eachLine(lessLines, (i) => removeLineTools(co, i, lessLines));
  eachInstruction(lessInstructions, (i) => removeInstructionTools(co, i, lessInstructions));
  eachLine(moreLines, (i) => addTo(co, D.line_tools, i, moreLines, instrumentLine));
  eachInstruction(moreInstructions, (i) =>
    addTo(co, D.per_instruction_tools, i, moreInstructions, instrumentInstruction),
  );
}

// ---- setting events ----

function instrumentExecuting(): void {
  let fp = i32(i32(CURRENT_TSTATE) + PyThreadState.current_frame);
  for (; fp !== 0; fp = i32(fp + 8)) if (u8(fp + 70) !== FRAME_OWNED_BY_CSTACK) _Py_Instrument(i32(fp));
}
function checkTool(tool: number): void {
  if (tool < 6 && i32(INTERP + PyInterpreterState.monitoring_tool_names + tool * 8) === 0) {
    raise(PyExc_ValueError, `tool ${tool} is not in use`);
  }
}
/** The events for which `tool` is set, of `count` bytes of tools. */
export function eventsOf(monitors: number, count: number, tool: number): number {
  let events = 0;
  for (let e = 0; e < count; e++) events |= ((u8(monitors + e) >> tool) & 1) << e;
  return events;
}
function setEventsOf(monitors: number, count: number, tool: number, events: number): void {
  for (let e = 0; e < count; e++) {
    setU8(monitors + e, (u8(monitors + e) & ~(1 << tool)) | (((events >> e) & 1) << tool));
  }
}

export function _PyMonitoring_SetEvents(tool: number, events: number): void {
  checkTool(tool);
  if (eventsOf(GLOBAL_MONITORS, 15, tool) === events) return;
  setEventsOf(GLOBAL_MONITORS, 15, tool, events);
  const version = (globalVersion() + MONITORING_VERSION_INCREMENT) | 0;
  if (version === 0) raise(PyExc_OverflowError, 'events set too many times');
  setGlobalVersion(version);
  instrumentExecuting();
}

export function _PyMonitoring_SetLocalEvents(co: Ref, tool: number, events: number): void {
  if (i32(co + PyCodeObject._co_firsttraceable) >= Py_SIZE(co)) {
    raise(PyExc_SystemError, `cannot instrument shim code object '${asText(i32(co + PyCodeObject.co_name))}'`);
  }
  checkTool(tool);
  const local = allocateData(co) + D.local_monitors;
  if (eventsOf(local, _PY_MONITORING_LOCAL_EVENTS, tool) === events) return;
  setEventsOf(local, _PY_MONITORING_LOCAL_EVENTS, tool, events);
  if (isVersionUpToDate(co)) {
    setI32(co + PyCodeObject._co_instrumentation_version, globalVersion() - MONITORING_VERSION_INCREMENT);
  }
  _Py_Instrument(co);
}
export function _PyMonitoring_GetLocalEvents(co: Ref, tool: number): number {
  const data = dataOf(co);
  return data === 0 ? 0 : eventsOf(data + D.local_monitors, _PY_MONITORING_LOCAL_EVENTS, tool);
}

/** What callbacks switched off by returning DISABLE is on again. */
export function restartEvents(): void {
  const restart = (globalVersion() + MONITORING_VERSION_INCREMENT) | 0;
  const version = (restart + MONITORING_VERSION_INCREMENT) | 0;
  if (version >>> 0 <= MONITORING_VERSION_INCREMENT) raise(PyExc_OverflowError, 'events set too many times');
  setI32(INTERP + PyInterpreterState.last_restart_version, restart);
  setGlobalVersion(version);
  instrumentExecuting();
}
