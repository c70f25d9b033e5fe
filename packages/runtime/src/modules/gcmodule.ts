/** The module `gc`. Mirrors Modules/gcmodule.c over the collector of gc/. */
import {
  _gc_runtime_state as gcs,
  gc_generation,
  gc_generation_stats,
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_O,
  METH_VARARGS,
  PyTypeObject,
} from '@moult/abi';
import { CALLBACKS, GARBAGE } from '../gc/callbacks.ts';
import { unfreezeIncremental, VISITED_SPACE } from '../gc/incremental.ts';
import { gc_list_merge, gc_list_size } from '../gc/lists.ts';
import { GEN_HEAD, NUM_GENERATIONS, PERMANENT, PyGC_Collect } from '../gc/gcmain.ts';
import { enable, freeze, setThresholds } from '../gc/settings.ts';
import { _PyGC_FINALIZED, _PyObject_GC_IS_TRACKED, _PyObject_IS_GC } from '../gc/track.ts';
import { i32, POLICY, setI32, setPtr, ssize } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { unpackKeywords } from '../objects/args.ts';
import { _PyIndex_Check, PyNumber_AsSsize_t, PyNumber_Index } from '../objects/abstractnumber.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import { raise } from '../objects/errors.ts';
import { PyList_Append, PyList_New } from '../objects/listobject.ts';
import { PyLong_AsInt, PyLong_AsLong, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { drop, hold, type Ref, release, typeNameOf } from '../objects/object.ts';
import { GC_STATE } from '../objects/runtime.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError, Py_None } from '../objects/static.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';
import { none } from './builtinfuncs.ts';
import { type ModuleSpec, setStolen } from './spec.ts';

const ENABLED = GC_STATE + gcs.enabled;
const DEBUG = GC_STATE + gcs.debug;

function gc_collect(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [g] = unpackKeywords(args, nargs, kwnames, { fname: 'collect', keywords: ['generation'] }) as [Ref];
  const generation = g === 0 ? NUM_GENERATIONS - 1 : PyLong_AsInt(g);
  if (generation < 0 || generation >= NUM_GENERATIONS) raise(PyExc_ValueError, 'invalid generation');
  return PyLong_FromLong(PyGC_Collect(generation));
}
function gc_enable(): Ref {
  enable(true);
  return none();
}
function gc_disable(): Ref {
  enable(false);
  return none();
}
function gc_isenabled(): Ref {
  return PyBool_FromLong(i32(ENABLED) !== 0);
}
function gc_set_debug(_m: Ref, flags: Ref): Ref {
  setI32(DEBUG, PyLong_AsInt(flags));
  return none();
}
function gc_get_debug(): Ref {
  return PyLong_FromLong(i32(DEBUG));
}
function thresholdOf(op: Ref): number {
  const m = hold(PyNumber_Index(op));
  const n = PyLong_AsLong(i32(m));
  release(m);
  if (n > 2147483647) raise(PyExc_OverflowError, 'signed integer is greater than maximum');
  if (n < -2147483648) raise(PyExc_OverflowError, 'signed integer is less than minimum');
  return n;
}
function gc_set_threshold(_m: Ref, args: Ref): Ref {
  const n = i32(args + 16);
  if (n < 1) raise(PyExc_TypeError, 'gc.set_threshold requires 1 to 3 arguments');
  if (n > 3) raise(PyExc_TypeError, 'gc.set_threshold requires 1 to 3 arguments');
  const values = Array.from({ length: n }, (_, i) => thresholdOf(i32(args + 24 + (i << 3))));
  setThresholds(values);
  return none();
}
function triple(field: (i: number) => number): Ref {
  // read before the tuple is made: it counts too
  const values = [field(0), field(1), field(2)];
  const t = PyTuple_New(3);
  const m = hold(t);
  values.forEach((v, i) => {
    setPtr(t + 24 + (i << 3), PyLong_FromLong(v));
  });
  drop(m);
  return t;
}
function gc_get_threshold(): Ref {
  // the third means nothing to the incremental collector
  return triple((i) => (i === 2 && i32(POLICY) === 314 ? 0 : i32(GEN_HEAD(i) + gc_generation.threshold)));
}
function gc_get_count(): Ref {
  // of the incremental collector: the young, the visited space, the other
  const turned = i32(POLICY) === 314 && i32(VISITED_SPACE) !== 0;
  return triple((i) => i32(GEN_HEAD(turned && i > 0 ? 3 - i : i) + gc_generation.count));
}
function gc_get_stats(): Ref {
  const list = PyList_New(0);
  const m = hold(list);
  for (let i = 0; i < NUM_GENERATIONS; i++) {
    const d = PyDict_New();
    const k = hold(d);
    const row = GC_STATE + gcs.generation_stats + i * gc_generation_stats.SIZE;
    for (const name of ['collections', 'collected', 'uncollectable'] as const)
      setStolen(d, name, PyLong_FromLong(ssize(row + gc_generation_stats[name])));
    PyList_Append(list, d);
    release(k);
  }
  drop(m);
  return list;
}
/** Appends the objects of a generation's list, but `list` itself. */
function appendObjects(list: Ref, head: number): void {
  for (let g = i32(head); g !== head; g = i32(g)) if (g + 16 !== list) PyList_Append(list, g + 16);
}
function gc_get_objects(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [g] = unpackKeywords(args, nargs, kwnames, { fname: 'get_objects', keywords: ['generation'] }) as [Ref];
  let generation = -1;
  if (g !== 0 && g !== Py_None) {
    if (!_PyIndex_Check(g)) raise(PyExc_TypeError, `argument should be integer or None, not '${typeNameOf(g)}'`);
    generation = PyNumber_AsSsize_t(g, PyExc_OverflowError);
    if (generation >= NUM_GENERATIONS)
      raise(
        PyExc_ValueError,
        `generation parameter must be less than the number of available generations (${NUM_GENERATIONS})`,
      );
    if (generation < -1) raise(PyExc_ValueError, 'generation parameter cannot be negative');
  }
  const list = PyList_New(0);
  const m = hold(list);
  if (generation >= 0) appendObjects(list, GEN_HEAD(generation));
  else for (let i = 0; i < NUM_GENERATIONS; i++) appendObjects(list, GEN_HEAD(i));
  drop(m);
  return list;
}
function traverse(op: Ref, visit: (ref: Ref) => void): void {
  const fn = i32(i32(op + 8) + PyTypeObject.tp_traverse);
  if (fn !== 0) (text[fn] as NativeFunction)(op, visit, 0);
}
function gc_get_referrers(_m: Ref, args: Ref): Ref {
  const n = i32(args + 16);
  const wanted = new Set<Ref>();
  for (let i = 0; i < n; i++) wanted.add(i32(args + 24 + (i << 3)));
  const list = PyList_New(0);
  const m = hold(list);
  for (let i = 0; i < NUM_GENERATIONS; i++) {
    const head = GEN_HEAD(i);
    for (let g = i32(head); g !== head; g = i32(g)) {
      const op = g + 16;
      if (op === args || op === list) continue;
      let found = false;
      traverse(op, (ref) => {
        if (wanted.has(ref)) found = true;
      });
      if (found) PyList_Append(list, op);
    }
  }
  drop(m);
  return list;
}
function gc_get_referents(_m: Ref, args: Ref): Ref {
  const n = i32(args + 16);
  const list = PyList_New(0);
  const m = hold(list);
  for (let i = 0; i < n; i++) {
    const op = i32(args + 24 + (i << 3));
    if (!_PyObject_IS_GC(op)) continue;
    const refs: Ref[] = [];
    traverse(op, (ref) => refs.push(ref));
    for (const ref of refs) PyList_Append(list, ref);
  }
  drop(m);
  return list;
}
function gc_is_tracked(_m: Ref, op: Ref): Ref {
  return PyBool_FromLong(_PyObject_IS_GC(op) && _PyObject_GC_IS_TRACKED(op));
}
function gc_is_finalized(_m: Ref, op: Ref): Ref {
  return PyBool_FromLong(_PyObject_IS_GC(op) && _PyGC_FINALIZED(op));
}
function gc_freeze(): Ref {
  freeze();
  return none();
}
function gc_unfreeze(): Ref {
  if (i32(POLICY) === 314) unfreezeIncremental();
  else gc_list_merge(PERMANENT, GEN_HEAD(NUM_GENERATIONS - 1));
  return none();
}
function gc_get_freeze_count(): Ref {
  return PyLong_FromLong(gc_list_size(PERMANENT));
}

export const gcSpec: ModuleSpec = {
  name: 'gc',
  doc: 'This module provides access to the garbage collector for reference cycles.\n\nenable() -- Enable automatic garbage collection.\ndisable() -- Disable automatic garbage collection.\nisenabled() -- Returns true if automatic collection is enabled.\ncollect() -- Do a full collection right now.\nget_count() -- Return the current collection counts.\nget_stats() -- Return list of dictionaries containing per-generation stats.\nset_debug() -- Set debugging flags.\nget_debug() -- Get debugging flags.\nset_threshold() -- Set the collection thresholds.\nget_threshold() -- Return the current collection thresholds.\nget_objects() -- Return a list of all objects tracked by the collector.\nis_tracked() -- Returns true if a given object is tracked.\nis_finalized() -- Returns true if a given object has been already finalized.\nget_referrers() -- Return the list of objects that refer to an object.\nget_referents() -- Return the list of objects that an object refers to.\nfreeze() -- Freeze all tracked objects and ignore them for future collections.\nunfreeze() -- Unfreeze all objects in the permanent generation.\nget_freeze_count() -- Return the number of objects in the permanent generation.\n',
  methods: [
    {
      name: 'enable',
      flags: METH_NOARGS,
      fn: gc_enable,
      doc: 'enable($module, /)\n--\n\nEnable automatic garbage collection.',
    },
    {
      name: 'disable',
      flags: METH_NOARGS,
      fn: gc_disable,
      doc: 'disable($module, /)\n--\n\nDisable automatic garbage collection.',
    },
    {
      name: 'isenabled',
      flags: METH_NOARGS,
      fn: gc_isenabled,
      doc: 'isenabled($module, /)\n--\n\nReturns true if automatic garbage collection is enabled.',
    },
    {
      name: 'set_debug',
      flags: METH_O,
      fn: gc_set_debug,
      doc: 'set_debug($module, flags, /)\n--\n\nSet the garbage collection debugging flags.',
    },
    {
      name: 'get_debug',
      flags: METH_NOARGS,
      fn: gc_get_debug,
      doc: 'get_debug($module, /)\n--\n\nGet the garbage collection debugging flags.',
    },
    {
      name: 'get_count',
      flags: METH_NOARGS,
      fn: gc_get_count,
      doc: 'get_count($module, /)\n--\n\nReturn a three-tuple of the current collection counts.',
    },
    {
      name: 'set_threshold',
      flags: METH_VARARGS,
      fn: gc_set_threshold,
      doc: 'set_threshold(threshold0, [threshold1, [threshold2]])\nSet the collection thresholds (the collection frequency).',
    },
    {
      name: 'get_threshold',
      flags: METH_NOARGS,
      fn: gc_get_threshold,
      doc: 'get_threshold($module, /)\n--\n\nReturn the current collection thresholds.',
    },
    {
      name: 'collect',
      flags: METH_FASTCALL | METH_KEYWORDS,
      fn: gc_collect,
      doc: 'collect($module, /, generation=2)\n--\n\nRun the garbage collector.',
    },
    {
      name: 'get_objects',
      flags: METH_FASTCALL | METH_KEYWORDS,
      fn: gc_get_objects,
      doc: 'get_objects($module, /, generation=None)\n--\n\nReturn a list of objects tracked by the collector (excluding the list returned).',
    },
    {
      name: 'get_stats',
      flags: METH_NOARGS,
      fn: gc_get_stats,
      doc: 'get_stats($module, /)\n--\n\nReturn a list of dictionaries containing per-generation statistics.',
    },
    {
      name: 'is_tracked',
      flags: METH_O,
      fn: gc_is_tracked,
      doc: 'is_tracked($module, obj, /)\n--\n\nReturns true if the object is tracked by the garbage collector.',
    },
    {
      name: 'get_referrers',
      flags: METH_VARARGS,
      fn: gc_get_referrers,
      doc: 'get_referrers(*objs)\nReturn the list of objects that directly refer to any of objs.',
    },
    {
      name: 'get_referents',
      flags: METH_VARARGS,
      fn: gc_get_referents,
      doc: 'get_referents(*objs)\nReturn the list of objects that are directly referred to by objs.',
    },
    {
      name: 'is_finalized',
      flags: METH_O,
      fn: gc_is_finalized,
      doc: 'is_finalized($module, obj, /)\n--\n\nReturns true if the object has been already finalized by the GC.',
    },
    {
      name: 'freeze',
      flags: METH_NOARGS,
      fn: gc_freeze,
      doc: 'freeze($module, /)\n--\n\nFreeze all current tracked objects and ignore them for future collections.',
    },
    {
      name: 'unfreeze',
      flags: METH_NOARGS,
      fn: gc_unfreeze,
      doc: 'unfreeze($module, /)\n--\n\nUnfreeze all objects in the permanent generation.',
    },
    {
      name: 'get_freeze_count',
      flags: METH_NOARGS,
      fn: gc_get_freeze_count,
      doc: 'get_freeze_count($module, /)\n--\n\nReturn the number of objects in the permanent generation.',
    },
  ],
  exec(module: Ref): void {
    const d = PyModule_GetDict(module);
    for (const slot of [GARBAGE, CALLBACKS]) if (i32(slot) === 0) setPtr(slot, PyList_New(0));
    PyDict_SetItemString(d, 'garbage', i32(GARBAGE));
    PyDict_SetItemString(d, 'callbacks', i32(CALLBACKS));
    const flags = { DEBUG_STATS: 1, DEBUG_COLLECTABLE: 2, DEBUG_UNCOLLECTABLE: 4, DEBUG_SAVEALL: 32, DEBUG_LEAK: 38 };
    for (const [name, n] of Object.entries(flags)) setStolen(d, name, PyLong_FromLong(n));
  },
};
