/** The module `sys.monitoring` (PEP 669). Mirrors the end of Python/instrumentation.c. */
import {
  _PY_MONITORING_EVENTS,
  _PY_MONITORING_LOCAL_EVENTS,
  _PY_MONITORING_UNGROUPED_EVENTS,
  METH_FASTCALL,
  METH_NOARGS,
  METH_O,
  monitoringEventNames,
  PY_MONITORING_COVERAGE_ID,
  PY_MONITORING_DEBUGGER_ID,
  PY_MONITORING_EVENT_C_RAISE,
  PY_MONITORING_EVENT_C_RETURN,
  PY_MONITORING_EVENT_CALL,
  PY_MONITORING_OPTIMIZER_ID,
  PY_MONITORING_PROFILER_ID,
  PyInterpreterState,
} from '@moult/abi';
import { i32, setPtr, u8 } from '../memory/linear.ts';
import { _PyArg_CheckPositional } from '../objects/args.ts';
import { PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import { raise } from '../objects/errors.ts';
import { PyLong_AsInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { _PyNamespace_New } from '../objects/namespaceobject.ts';
import { drop, hold, Py_CLEAR, Py_NewRef, PyUnicode_Check, type Ref, release } from '../objects/object.ts';
import { INTERP } from '../objects/runtime.ts';
import type { MethodSpec } from '../objects/spec.ts';
import { PySys_Audit } from '../objects/sysaudit.ts';
import {
  _PyInstrumentation_DISABLE,
  _PyInstrumentation_MISSING,
  Py_None,
  PyCode_Type,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../objects/static.ts';
import {
  _PyMonitoring_GetLocalEvents,
  _PyMonitoring_SetEvents,
  _PyMonitoring_SetLocalEvents,
  eventsOf,
  GLOBAL_MONITORS,
  restartEvents,
} from '../vm/instrument.ts';
import { callableSlot } from '../vm/monitor.ts';
import { none } from './builtinfuncs.ts';
import { type ModuleSpec, setStolen } from './spec.ts';

const C_RETURN_EVENTS = (1 << PY_MONITORING_EVENT_C_RETURN) | (1 << PY_MONITORING_EVENT_C_RAISE);
const C_CALL_EVENTS = C_RETURN_EVENTS | (1 << PY_MONITORING_EVENT_CALL);

function toolArgument(op: Ref): number {
  return checkTool(PyLong_AsInt(op));
}
function checkTool(tool: number): number {
  if (tool < 0 || tool >= 6) raise(PyExc_ValueError, `invalid tool ${tool} (must be between 0 and 5)`);
  return tool;
}
const nameSlot = (tool: number): number => INTERP + PyInterpreterState.monitoring_tool_names + tool * 8;

function use_tool_id(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('use_tool_id', nargs, 2, 2);
  const tool = toolArgument(i32(args));
  const name = i32(args + 8);
  if (!PyUnicode_Check(name)) raise(PyExc_ValueError, 'tool name must be a str');
  if (i32(nameSlot(tool)) !== 0) raise(PyExc_ValueError, `tool ${tool} is already in use`);
  setPtr(nameSlot(tool), Py_NewRef(name));
  return none();
}
function free_tool_id(_m: Ref, op: Ref): Ref {
  Py_CLEAR(nameSlot(toolArgument(op)));
  return none();
}
function get_tool(_m: Ref, op: Ref): Ref {
  const name = i32(nameSlot(toolArgument(op)));
  return name === 0 ? none() : Py_NewRef(name);
}
function register_callback(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('register_callback', nargs, 3, 3);
  const tool = PyLong_AsInt(i32(args));
  const event = PyLong_AsInt(i32(args + 8));
  checkTool(tool);
  if (event === 0 || (event & (event - 1)) !== 0) {
    raise(PyExc_ValueError, 'The callback can only be set for one event at a time');
  }
  const id = 31 - Math.clz32(event);
  if (id >= _PY_MONITORING_EVENTS) raise(PyExc_ValueError, `invalid event ${event}`);
  PySys_Audit('sys.monitoring.register_callback', i32(args + 16));
  const slot = callableSlot(tool, id);
  const old = i32(slot);
  const func = i32(args + 16);
  setPtr(slot, func === Py_None ? 0 : Py_NewRef(func));
  return old === 0 ? none() : old;
}
function get_events(_m: Ref, op: Ref): Ref {
  return PyLong_FromLong(eventsOf(GLOBAL_MONITORS, _PY_MONITORING_UNGROUPED_EVENTS, toolArgument(op)));
}
/** C_RETURN and C_RAISE come with CALL only, and are not kept. */
function withoutReturns(set: number): number {
  if ((set & C_RETURN_EVENTS) !== 0 && (set & C_CALL_EVENTS) !== C_CALL_EVENTS) {
    raise(PyExc_ValueError, 'cannot set C_RETURN or C_RAISE events independently');
  }
  return set & ~C_RETURN_EVENTS;
}
const hex = (n: number): string => (n >>> 0).toString(16);
function set_events(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('set_events', nargs, 2, 2);
  const tool = PyLong_AsInt(i32(args));
  const set = PyLong_AsInt(i32(args + 8));
  checkTool(tool);
  if (set < 0 || set >= 1 << _PY_MONITORING_EVENTS) raise(PyExc_ValueError, `invalid event set 0x${hex(set)}`);
  _PyMonitoring_SetEvents(tool, withoutReturns(set));
  return none();
}
function codeArgument(op: Ref): Ref {
  if (i32(op + 8) !== PyCode_Type) raise(PyExc_TypeError, 'code must be a code object');
  return op;
}
function get_local_events(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('get_local_events', nargs, 2, 2);
  const tool = PyLong_AsInt(i32(args));
  const code = codeArgument(i32(args + 8));
  return PyLong_FromLong(_PyMonitoring_GetLocalEvents(code, checkTool(tool)));
}
function set_local_events(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('set_local_events', nargs, 3, 3);
  const tool = PyLong_AsInt(i32(args));
  const set = PyLong_AsInt(i32(args + 16));
  const code = codeArgument(i32(args + 8));
  checkTool(tool);
  const events = withoutReturns(set);
  if (events < 0 || events >= 1 << _PY_MONITORING_LOCAL_EVENTS) {
    raise(PyExc_ValueError, `invalid local event set 0x${hex(events)}`);
  }
  _PyMonitoring_SetLocalEvents(code, tool, events);
  return none();
}
function restart_events(): Ref {
  restartEvents();
  return none();
}
function _all_events(): Ref {
  const dict = PyDict_New();
  const m = hold(dict);
  for (let e = 0; e < _PY_MONITORING_UNGROUPED_EVENTS; e++) {
    const tools = u8(GLOBAL_MONITORS + e);
    if (tools !== 0) setStolen(dict, monitoringEventNames[e] as string, PyLong_FromLong(tools));
  }
  drop(m);
  return dict;
}

function events(): Ref {
  const dict = PyDict_New();
  const m = hold(dict);
  for (const [e, name] of monitoringEventNames.entries()) setStolen(dict, name, PyLong_FromLong(2 ** e));
  setStolen(dict, 'NO_EVENTS', PyLong_FromLong(0));
  const ns = _PyNamespace_New(dict);
  release(m);
  return ns;
}

const method = (name: string, flags: number, fn: MethodSpec['fn'], parameters: string): MethodSpec => ({
  name,
  flags,
  fn,
  doc: `${name}($module, ${parameters}/)\n--\n\n`,
});

export const monitoringSpec: ModuleSpec = {
  name: 'sys.monitoring',
  methods: [
    method('use_tool_id', METH_FASTCALL, use_tool_id, 'tool_id, name, '),
    method('free_tool_id', METH_O, free_tool_id, 'tool_id, '),
    method('get_tool', METH_O, get_tool, 'tool_id, '),
    method('register_callback', METH_FASTCALL, register_callback, 'tool_id, event, func, '),
    method('get_events', METH_O, get_events, 'tool_id, '),
    method('set_events', METH_FASTCALL, set_events, 'tool_id, event_set, '),
    method('get_local_events', METH_FASTCALL, get_local_events, 'tool_id, code, '),
    method('set_local_events', METH_FASTCALL, set_local_events, 'tool_id, code, event_set, '),
    method('restart_events', METH_NOARGS, restart_events, ''),
    method('_all_events', METH_NOARGS, _all_events, ''),
  ],
  exec(module: Ref): void {
    const d = PyModule_GetDict(module);
    PyDict_SetItemString(d, 'DISABLE', _PyInstrumentation_DISABLE);
    PyDict_SetItemString(d, 'MISSING', _PyInstrumentation_MISSING);
    setStolen(d, 'events', events());
    setStolen(d, 'DEBUGGER_ID', PyLong_FromLong(PY_MONITORING_DEBUGGER_ID));
    setStolen(d, 'COVERAGE_ID', PyLong_FromLong(PY_MONITORING_COVERAGE_ID));
    setStolen(d, 'PROFILER_ID', PyLong_FromLong(PY_MONITORING_PROFILER_ID));
    setStolen(d, 'OPTIMIZER_ID', PyLong_FromLong(PY_MONITORING_OPTIMIZER_ID));
  },
};
