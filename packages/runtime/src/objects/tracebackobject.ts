/**
 * Traceback objects. Mirrors the object part of Python/traceback.c.
 *
 *   PyTracebackObject  +16 tb_next  +24 tb_frame  +32 tb_lasti  +36 tb_lineno (-1: computed when asked)
 */
import {
  METH_NOARGS,
  Py_READONLY,
  Py_T_INT,
  _Py_T_OBJECT,
  Py_TPFLAGS_HAVE_GC,
  PyFrameObject,
  PyTracebackObject as TB,
} from '@moult/abi';
import { _PyObject_GC_New, PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import { unpackTupleAndDict } from './args.ts';
import { PyErr_GetRaisedException, PyErr_SetRaisedException, raise, catchPending } from './errors.ts';
import { exceptionTraceback, PyException_SetTraceback, PyException_SetContext } from './exceptions.ts';
import { PyFrame_GetLasti } from './frameobject.ts';
import { PyList_Append, PyList_New } from './listobject.ts';
import { PyLong_AsInt, PyLong_FromLong } from './longobject.ts';
import {
  drop,
  hold,
  Py_CLEAR,
  Py_NewRef,
  Py_XSETREF,
  PyLong_Check,
  type Ref,
  release,
  typeNameOf,
  Py_DECREF,
} from './object.ts';
import type { TypeSpec } from './spec.ts';
import {
  Py_None,
  PyBaseObject_Type,
  PyExc_TypeError,
  PyExc_ValueError,
  PyFrame_Type,
  PyTraceBack_Type,
} from './static.ts';
import { PyUnicode_FromString } from './unicodeobject.ts';
import { vm } from './vmlink.ts';
import { clearOrWait } from './trashcan.ts';

export function PyTraceBack_Check(op: Ref): boolean {
  return i32(op + 8) === PyTraceBack_Type;
}
/** A new traceback; `next` (0: none) and `frame` are borrowed. */
export function tb_create_raw(next: Ref, frame: Ref, lasti: number, lineno: number): Ref {
  const tb = _PyObject_GC_New(PyTraceBack_Type);
  setPtr(tb + TB.tb_next, next === 0 ? 0 : Py_NewRef(next));
  setPtr(tb + TB.tb_frame, Py_NewRef(frame));
  setI32(tb + TB.tb_lasti, lasti);
  setI32(tb + TB.tb_lineno, lineno);
  _PyObject_GC_TRACK(tb);
  return tb;
}
/** Puts `frame` in front of the pending exception's traceback; if it cannot, MemoryError takes the exception's place. */
export function PyTraceBack_Here(frame: Ref): void {
  const exc = PyErr_GetRaisedException();
  const m = hold(exc);
  try {
    const tb = tb_create_raw(exceptionTraceback(exc), frame, PyFrame_GetLasti(frame), -1);
    hold(tb);
    PyException_SetTraceback(exc, tb);
  } catch (e) {
    catchPending(e, m + 8);
    drop(m);
    // what happened goes on as the context of what has happened now
    const second = PyErr_GetRaisedException();
    if (second === exc) Py_DECREF(exc);
    else PyException_SetContext(second, exc);
    PyErr_SetRaisedException(second);
    return;
  }
  release(m + 8);
  drop(m);
  PyErr_SetRaisedException(exc);
}
/** The line, computed from the frame's code when it is not stored. */
export function tracebackLine(tb: Ref): number {
  const line = i32(tb + TB.tb_lineno);
  if (line !== -1) return line;
  return vm.codeLine(i32(i32(tb + TB.tb_frame) + PyFrameObject.f_frame), i32(tb + TB.tb_lasti));
}
export function tb_dealloc(tb: Ref): void {
  PyObject_GC_UnTrack(tb);
  if (clearOrWait(tb + TB.tb_next) || clearOrWait(tb + TB.tb_frame)) return;
  PyObject_GC_Del(tb);
}
function tb_traverse(tb: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  if (i32(tb + TB.tb_next) !== 0) visit(i32(tb + TB.tb_next), arg);
  if (i32(tb + TB.tb_frame) !== 0) visit(i32(tb + TB.tb_frame), arg);
}
function tb_clear(tb: Ref): void {
  Py_CLEAR(tb + TB.tb_next);
  Py_CLEAR(tb + TB.tb_frame);
}
const newArgs = {
  fname: 'TracebackType',
  keywords: ['tb_next', 'tb_frame', 'tb_lasti', 'tb_lineno'],
  posonly: 0,
  required: 4,
  kwonly: 0,
} as const;
function tb_new(_type: Ref, args: Ref, kwds: Ref): Ref {
  const [next, frame, lasti, lineno] = unpackTupleAndDict(args, kwds, newArgs) as [Ref, Ref, Ref, Ref];
  if (i32(frame + 8) !== PyFrame_Type)
    raise(PyExc_TypeError, `TracebackType() argument 'tb_frame' must be frame, not ${typeNameOf(frame)}`);
  if (next !== Py_None && !PyTraceBack_Check(next))
    raise(PyExc_TypeError, `expected traceback object or None, got '${typeNameOf(next)}'`);
  for (const n of [lasti, lineno])
    if (!PyLong_Check(n)) raise(PyExc_TypeError, `'${typeNameOf(n)}' object cannot be interpreted as an integer`);
  return tb_create_raw(next === Py_None ? 0 : next, frame, PyLong_AsInt(lasti), PyLong_AsInt(lineno));
}
function tb_next_get(tb: Ref): Ref {
  const next = i32(tb + TB.tb_next);
  return next === 0 ? Py_NewRef(Py_None) : Py_NewRef(next);
}
function tb_next_set(tb: Ref, value: Ref): void {
  if (value === 0) raise(PyExc_TypeError, "can't delete tb_next attribute");
  if (value === Py_None) {
    Py_XSETREF(tb + TB.tb_next, 0);
    return;
  }
  if (!PyTraceBack_Check(value)) raise(PyExc_TypeError, `expected traceback object, got '${typeNameOf(value)}'`);
  for (let c = value; c !== 0; c = i32(c + TB.tb_next))
    if (c === tb) raise(PyExc_ValueError, 'traceback loop detected');
  Py_XSETREF(tb + TB.tb_next, Py_NewRef(value));
}
function tb_lineno_get(tb: Ref): Ref {
  const line = tracebackLine(tb);
  return line === -1 ? Py_NewRef(Py_None) : PyLong_FromLong(line);
}
function tb_dir(_tb: Ref): Ref {
  const list = PyList_New(0);
  const m = hold(list);
  for (const name of ['tb_frame', 'tb_next', 'tb_lasti', 'tb_lineno']) {
    const k = hold(PyUnicode_FromString(name));
    PyList_Append(list, i32(k));
    release(k);
  }
  drop(m);
  return list;
}

export const traceBackSpec: TypeSpec = {
  address: PyTraceBack_Type,
  name: 'traceback',
  basicsize: TB.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  base: PyBaseObject_Type,
  doc: 'TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)\n--\n\nCreate a new traceback object.',
  slots: { tp_dealloc: tb_dealloc, tp_traverse: tb_traverse, tp_clear: tb_clear, tp_new: tb_new },
  methods: [{ name: '__dir__', flags: METH_NOARGS, fn: tb_dir }],
  members: [
    { name: 'tb_frame', type: _Py_T_OBJECT, offset: TB.tb_frame, flags: Py_READONLY },
    { name: 'tb_lasti', type: Py_T_INT, offset: TB.tb_lasti, flags: Py_READONLY },
  ],
  getset: [
    { name: 'tb_next', get: tb_next_get, set: tb_next_set },
    { name: 'tb_lineno', get: tb_lineno_get },
  ],
};
