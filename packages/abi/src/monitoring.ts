// Monitoring and tracing (PEP 669): events, tools, what a watched code object keeps, and which instruction stands for which
// while a tool watches (Include/cpython/monitoring.h, code.h, Include/internal/pycore_instruments.h, Python/instrumentation.c).
import { OP } from './generated/opcodes.ts';

export const PY_MONITORING_EVENT_PY_START = 0;
export const PY_MONITORING_EVENT_PY_RESUME = 1;
export const PY_MONITORING_EVENT_PY_RETURN = 2;
export const PY_MONITORING_EVENT_PY_YIELD = 3;
export const PY_MONITORING_EVENT_CALL = 4;
export const PY_MONITORING_EVENT_LINE = 5;
export const PY_MONITORING_EVENT_INSTRUCTION = 6;
export const PY_MONITORING_EVENT_JUMP = 7;
export const PY_MONITORING_EVENT_BRANCH = 8;
export const PY_MONITORING_EVENT_STOP_ITERATION = 9;
export const PY_MONITORING_EVENT_RAISE = 10;
export const PY_MONITORING_EVENT_EXCEPTION_HANDLED = 11;
export const PY_MONITORING_EVENT_PY_UNWIND = 12;
export const PY_MONITORING_EVENT_PY_THROW = 13;
export const PY_MONITORING_EVENT_RERAISE = 14;
export const PY_MONITORING_EVENT_C_RETURN = 15;
export const PY_MONITORING_EVENT_C_RAISE = 16;
/** The first ones are written into code; those from here on are asked for when they happen. */
export const _PY_MONITORING_LOCAL_EVENTS = 10;
/** The last two follow CALL. */
export const _PY_MONITORING_UNGROUPED_EVENTS = 15;
export const _PY_MONITORING_EVENTS = 17;
export const monitoringEventNames: readonly string[] = [
  ...['PY_START', 'PY_RESUME', 'PY_RETURN', 'PY_YIELD', 'CALL', 'LINE', 'INSTRUCTION', 'JUMP', 'BRANCH'],
  ...['STOP_ITERATION', 'RAISE', 'EXCEPTION_HANDLED', 'PY_UNWIND', 'PY_THROW', 'RERAISE', 'C_RETURN', 'C_RAISE'],
];

export const PY_MONITORING_TOOL_IDS = 8;
export const PY_MONITORING_DEBUGGER_ID = 0;
export const PY_MONITORING_COVERAGE_ID = 1;
export const PY_MONITORING_PROFILER_ID = 2;
export const PY_MONITORING_OPTIMIZER_ID = 5;
export const PY_MONITORING_SYS_PROFILE_ID = 6;
export const PY_MONITORING_SYS_TRACE_ID = 7;

/** The step of the version in the eval breaker. */
export const MONITORING_VERSION_INCREMENT = 256;

/** What a trace function is called with: the index of its second argument's text. */
export const PyTrace_CALL = 0;
export const PyTrace_EXCEPTION = 1;
export const PyTrace_LINE = 2;
export const PyTrace_RETURN = 3;
export const PyTrace_C_CALL = 4;
export const PyTrace_C_EXCEPTION = 5;
export const PyTrace_C_RETURN = 6;
export const PyTrace_OPCODE = 7;

/** The first two are a byte of tools for each local event; `lines` has two bytes for each code unit. */
export const _PyCoMonitoringData = {
  local_monitors: 0,
  active_monitors: 10,
  tools: 24,
  lines: 32,
  line_tools: 40,
  per_instruction_opcodes: 48,
  per_instruction_tools: 56,
  SIZE: 64,
} as const;
/** line_delta: no line, and one that the location table must be asked for. */
export const NO_LINE = -128;
export const COMPUTED_LINE = -127;

/** The object behind a callback of sys.settrace or sys.setprofile (Python/legacy_tracing.c). */
export const _PyLegacyEventHandler = { ob_refcnt: 0, ob_type: 8, vectorcall: 16, event: 24, SIZE: 32 } as const;

/** Instructions with an event: generic, instrumented, the event (-1: PY_START or PY_RESUME, by the argument). */
const rows: readonly (readonly [number, number, number])[] = [
  [OP.RESUME, OP.INSTRUMENTED_RESUME, -1],
  [OP.END_FOR, OP.INSTRUMENTED_END_FOR, PY_MONITORING_EVENT_STOP_ITERATION],
  [OP.END_SEND, OP.INSTRUMENTED_END_SEND, PY_MONITORING_EVENT_STOP_ITERATION],
  [OP.RETURN_VALUE, OP.INSTRUMENTED_RETURN_VALUE, PY_MONITORING_EVENT_PY_RETURN],
  [OP.RETURN_CONST, OP.INSTRUMENTED_RETURN_CONST, PY_MONITORING_EVENT_PY_RETURN],
  [OP.YIELD_VALUE, OP.INSTRUMENTED_YIELD_VALUE, PY_MONITORING_EVENT_PY_YIELD],
  [OP.LOAD_SUPER_ATTR, OP.INSTRUMENTED_LOAD_SUPER_ATTR, PY_MONITORING_EVENT_CALL],
  [OP.FOR_ITER, OP.INSTRUMENTED_FOR_ITER, PY_MONITORING_EVENT_BRANCH],
  [OP.CALL, OP.INSTRUMENTED_CALL, PY_MONITORING_EVENT_CALL],
  [OP.CALL_KW, OP.INSTRUMENTED_CALL_KW, PY_MONITORING_EVENT_CALL],
  [OP.CALL_FUNCTION_EX, OP.INSTRUMENTED_CALL_FUNCTION_EX, PY_MONITORING_EVENT_CALL],
  [OP.JUMP_FORWARD, OP.INSTRUMENTED_JUMP_FORWARD, PY_MONITORING_EVENT_JUMP],
  [OP.JUMP_BACKWARD, OP.INSTRUMENTED_JUMP_BACKWARD, PY_MONITORING_EVENT_JUMP],
  [OP.POP_JUMP_IF_TRUE, OP.INSTRUMENTED_POP_JUMP_IF_TRUE, PY_MONITORING_EVENT_BRANCH],
  [OP.POP_JUMP_IF_FALSE, OP.INSTRUMENTED_POP_JUMP_IF_FALSE, PY_MONITORING_EVENT_BRANCH],
  [OP.POP_JUMP_IF_NONE, OP.INSTRUMENTED_POP_JUMP_IF_NONE, PY_MONITORING_EVENT_BRANCH],
  [OP.POP_JUMP_IF_NOT_NONE, OP.INSTRUMENTED_POP_JUMP_IF_NOT_NONE, PY_MONITORING_EVENT_BRANCH],
];

/** The generic instruction behind an instrumented one, else 0. */
export const opcodeDeinstrument: Uint8Array = /* @__PURE__ */ (() => {
  const table = new Uint8Array(256);
  for (const [base, instrumented] of rows) table[instrumented] = base;
  return table;
})();
/** The instrumented form of a generic instruction that has an event, else 0. */
export const opcodeInstrumented: Uint8Array = /* @__PURE__ */ (() => {
  const table = new Uint8Array(256);
  for (const [base, instrumented] of rows) table[base] = instrumented;
  return table;
})();
/** The event of a generic instruction; -1 for RESUME. */
export const opcodeEvent: Int8Array = /* @__PURE__ */ (() => {
  const table = new Int8Array(256);
  for (const [base, , event] of rows) table[base] = event;
  return table;
})();
