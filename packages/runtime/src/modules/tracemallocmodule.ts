/** The module `_tracemalloc`. Mirrors Modules/_tracemalloc.c and the functions it calls in Python/tracemalloc.c. */
import { METH_FASTCALL, METH_NOARGS, METH_O } from '@moult/abi';
import { _PyType_PreHeaderSize } from '../gc/alloc.ts';
import { i32, setPtr } from '../memory/linear.ts';
import { _PyArg_CheckPositional } from '../objects/args.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { raise } from '../objects/errors.ts';
import { PyList_Append, PyList_New } from '../objects/listobject.ts';
import { PyLong_AsInt, PyLong_FromLong } from '../objects/longobject.ts';
import { drop, hold, Py_NewRef, type Ref, release } from '../objects/object.ts';
import { PyExc_ValueError } from '../objects/static.ts';
import {
  clearTraces,
  eachTrace,
  isTracing,
  MAX_FRAMES,
  resetPeak,
  tracebackFrames,
  tracebackLimit,
  tracebackOf,
  tracebackTotal,
  tracedMemory,
  tracemallocMemory,
  tracemallocStart,
  tracemallocStop,
  untraced,
} from '../objects/tracemalloc.ts';
import { PyTuple_New, tupleSteal } from '../objects/tupleobject.ts';
import { none } from './builtinfuncs.ts';
import type { ModuleSpec } from './spec.ts';

function _tracemalloc_is_tracing(): Ref {
  return PyBool_FromLong(isTracing());
}
function _tracemalloc_clear_traces(): Ref {
  if (isTracing()) clearTraces();
  return none();
}

/** Tuples by the address of what they stand for: equal frames and tracebacks of one list are one object. */
interface Interned {
  readonly frames: Map<string, Ref>;
  readonly tracebacks: Map<number, Ref>;
}

/** A tuple of (file name, line) tuples, innermost frame first; a new reference. */
function traceback_to_pyobject(tb: number, interned: Interned): Ref {
  const known = interned.tracebacks.get(tb);
  if (known !== undefined) return Py_NewRef(known);
  const frames = tracebackFrames(tb);
  const tuple = PyTuple_New(frames.length);
  const m = hold(tuple);
  frames.forEach(({ filename, line }, i) => {
    const key = `${filename}:${line}`;
    const same = interned.frames.get(key);
    const frame = same ?? tupleSteal(Py_NewRef(filename), PyLong_FromLong(line));
    interned.frames.set(key, frame);
    setPtr(tuple + 24 + (i << 3), same === undefined ? frame : Py_NewRef(frame));
  });
  interned.tracebacks.set(tb, tuple);
  drop(m);
  return tuple;
}
const nothingInterned = (): Interned => ({ frames: new Map(), tracebacks: new Map() });

/** (domain, size, traceback, number of frames) of every block; what the list takes itself is not traced. */
function _tracemalloc__get_traces(): Ref {
  if (!isTracing()) return PyList_New(0);
  return untraced(() => {
    const rows: { size: number; traceback: number }[] = [];
    eachTrace((size, traceback) => rows.push({ size, traceback }));
    const interned = nothingInterned();
    const list = PyList_New(0);
    const m = hold(list);
    for (const { size, traceback } of rows) {
      const row = PyTuple_New(4);
      const k = hold(row);
      setPtr(row + 24, PyLong_FromLong(0));
      setPtr(row + 32, PyLong_FromLong(size));
      setPtr(row + 40, traceback_to_pyobject(traceback, interned));
      setPtr(row + 48, PyLong_FromLong(tracebackTotal(traceback)));
      PyList_Append(list, row);
      release(k);
    }
    drop(m);
    return list;
  });
}
function _tracemalloc__get_object_traceback(_m: Ref, op: Ref): Ref {
  const tb = tracebackOf(op - _PyType_PreHeaderSize(i32(op + 8)));
  return tb === 0 ? none() : traceback_to_pyobject(tb, nothingInterned());
}
function _tracemalloc_start(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('start', nargs, 0, 1);
  const nframe = nargs === 0 ? 1 : PyLong_AsInt(i32(args));
  if (nframe < 1 || nframe > MAX_FRAMES) {
    raise(PyExc_ValueError, `the number of frames must be in range [1; ${MAX_FRAMES}]`);
  }
  tracemallocStart(nframe);
  return none();
}
function _tracemalloc_stop(): Ref {
  tracemallocStop();
  return none();
}
function _tracemalloc_get_traceback_limit(): Ref {
  return PyLong_FromLong(tracebackLimit());
}
function _tracemalloc_get_tracemalloc_memory(): Ref {
  return PyLong_FromLong(tracemallocMemory());
}
function _tracemalloc_get_traced_memory(): Ref {
  const { size, peak } = tracedMemory();
  return tupleSteal(PyLong_FromLong(size), PyLong_FromLong(peak));
}
function _tracemalloc_reset_peak(): Ref {
  resetPeak();
  return none();
}

export const tracemallocSpec: ModuleSpec = {
  name: '_tracemalloc',
  doc: 'Debug module to trace memory blocks allocated by Python.',
  methods: [
    {
      name: 'is_tracing',
      flags: METH_NOARGS,
      fn: _tracemalloc_is_tracing,
      doc: 'is_tracing($module, /)\n--\n\nReturn True if the tracemalloc module is tracing Python memory allocations.',
    },
    {
      name: 'clear_traces',
      flags: METH_NOARGS,
      fn: _tracemalloc_clear_traces,
      doc: 'clear_traces($module, /)\n--\n\nClear traces of memory blocks allocated by Python.',
    },
    {
      name: '_get_traces',
      flags: METH_NOARGS,
      fn: _tracemalloc__get_traces,
      doc: '_get_traces($module, /)\n--\n\nGet traces of all memory blocks allocated by Python.\n\nReturn a list of (size: int, traceback: tuple) tuples.\ntraceback is a tuple of (filename: str, lineno: int) tuples.\n\nReturn an empty list if the tracemalloc module is disabled.',
    },
    {
      name: '_get_object_traceback',
      flags: METH_O,
      fn: _tracemalloc__get_object_traceback,
      doc: '_get_object_traceback($module, obj, /)\n--\n\nGet the traceback where the Python object obj was allocated.\n\nReturn a tuple of (filename: str, lineno: int) tuples.\nReturn None if the tracemalloc module is disabled or did not\ntrace the allocation of the object.',
    },
    {
      name: 'start',
      flags: METH_FASTCALL,
      fn: _tracemalloc_start,
      doc: 'start($module, nframe=1, /)\n--\n\nStart tracing Python memory allocations.\n\nAlso set the maximum number of frames stored in the traceback of a\ntrace to nframe.',
    },
    {
      name: 'stop',
      flags: METH_NOARGS,
      fn: _tracemalloc_stop,
      doc: 'stop($module, /)\n--\n\nStop tracing Python memory allocations.\n\nAlso clear traces of memory blocks allocated by Python.',
    },
    {
      name: 'get_traceback_limit',
      flags: METH_NOARGS,
      fn: _tracemalloc_get_traceback_limit,
      doc: 'get_traceback_limit($module, /)\n--\n\nGet the maximum number of frames stored in the traceback of a trace.\n\nBy default, a trace of an allocated memory block only stores\nthe most recent frame: the limit is 1.',
    },
    {
      name: 'get_tracemalloc_memory',
      flags: METH_NOARGS,
      fn: _tracemalloc_get_tracemalloc_memory,
      doc: 'get_tracemalloc_memory($module, /)\n--\n\nGet the memory usage in bytes of the tracemalloc module.\n\nThis memory is used internally to trace memory allocations.',
    },
    {
      name: 'get_traced_memory',
      flags: METH_NOARGS,
      fn: _tracemalloc_get_traced_memory,
      doc: 'get_traced_memory($module, /)\n--\n\nGet the current size and peak size of memory blocks traced by tracemalloc.\n\nReturns a tuple: (current: int, peak: int).',
    },
    {
      name: 'reset_peak',
      flags: METH_NOARGS,
      fn: _tracemalloc_reset_peak,
      doc: 'reset_peak($module, /)\n--\n\nSet the peak size of memory blocks traced by tracemalloc to the current size.\n\nDo nothing if the tracemalloc module is not tracing memory allocations.',
    },
  ],
};
