/**
 * Iteration in native frames (decision 17): generators, `__next__` written in Python, map and filter as steps that run Python code
 * without a second loop, and the natives that take items one by one.
 */
import {
  enumobject,
  FRAME_CREATED,
  FRAME_EXECUTING,
  Py_ID,
  Py_TPFLAGS_HEAPTYPE,
  PyCFunctionObject,
  PyGenObject,
  PyMethodDef,
  PyThreadState,
  PyTypeObject,
} from '@moult/abi';
import { _PyObject_GC_IS_TRACKED, _PyObject_GC_TRACK } from '../gc/track.ts';
import { CURRENT_TSTATE, i32, mem, setI32, setPtr, setU8, u8 } from '../memory/linear.ts';
import { type NativeFunction, starters, text } from '../memory/text.ts';
import { PENDING, PyErr_Clear, PyErr_ExceptionMatches, PyErr_Occurred, raiseNone } from './errors.ts';
import { enum_next, numbered } from './enumobject.ts';
import { gen_iternext, gen_send } from './genobject.ts';
import { _PyGen_SetStopIterationValue } from './genthrow.ts';
import { filter_next, map_next, zip_next, zipEnded } from './itertoolsobjects.ts';
import {
  callFrom,
  callWith,
  dropSlot,
  enterFrom,
  FAILED,
  isNested,
  type MachineSpec,
  pushNative,
  runFrom,
  setState,
  slotOf,
  stateOf,
  stepFrom,
  takeSlot,
  wordOf,
} from './nativeframe.ts';
import { hold, Py_DECREF, Py_NewRef, type Ref, release } from './object.ts';
import { PyObject_IsTrue } from './objectattr.ts';
import {
  Py_None,
  PyBool_Type,
  PyCFunction_Type,
  PyExc_StopIteration,
  PyFunction_Type,
  PyGen_Type,
  PyMethod_Type,
  PyType_Type,
} from './static.ts';
import { PyTuple_New } from './tupleobject.ts';
import { lookup_method, slot_tp_iternext } from './typeslots.ts';

/** tp_iternext of `it`, as callFrom calls: an item, 0 at the end, or what StopIteration says where it is pending (FAILED). */
export function nextFrom(frame: number, state: number, it: Ref): number {
  const nested = isNested(frame);
  if (!nested && resumable(it)) {
    prepare(it, 0);
    return stepFrom(frame, state, it + PyGenObject.gi_iframe);
  }
  const fn = i32(i32(it + 8) + PyTypeObject.tp_iternext);
  setState(frame, state);
  const start = nested ? null : starters[fn];
  const make = start ? start : null;
  return runFrom(
    frame,
    state,
    () => (make === null ? 0 : make(it, 0, 0, 0)),
    () => (text[fn] as NativeFunction)(it),
  );
}
/** For a machine that catches, what nextFrom gave: the item; 0 at the end, also by StopIteration; throws what else is pending. */
export function itemOf(value: number): Ref {
  if (value === FAILED) {
    if (!PyErr_ExceptionMatches(PyExc_StopIteration)) throw PENDING;
    PyErr_Clear();
    return 0;
  }
  if (value === 0 && PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_StopIteration)) PyErr_Clear();
  return value;
}

// ---- generators, which the caller keeps alive: words what is sent (0: nothing, and the end is no StopIteration), the generator

function resumable(gen: Ref): boolean {
  return i32(gen + 8) === PyGen_Type && mem.getInt8(gen + PyGenObject.gi_frame_state) < FRAME_EXECUTING;
}
function genFrame(gen: Ref, arg: Ref): number {
  const frame = pushNative(generatorRun, 0, 2);
  setPtr(wordOf(frame, 0), arg);
  setPtr(wordOf(frame, 1), gen);
  prepare(gen, arg);
  return frame;
}
/** The generator's frame is about to run. */
function prepare(gen: Ref, arg: Ref): void {
  const tstate = i32(CURRENT_TSTATE);
  const fp = gen + PyGenObject.gi_iframe;
  const top = i32(fp + 64);
  setPtr(fp + 72 + (top << 3), Py_NewRef(arg === 0 ? Py_None : arg));
  setI32(fp + 64, top + 1);
  setPtr(gen + PyGenObject.gi_exc_state_previous_item, i32(tstate + PyThreadState.exc_info));
  setPtr(tstate + PyThreadState.exc_info, gen + PyGenObject.gi_exc_state);
  setU8(gen + PyGenObject.gi_frame_state, FRAME_EXECUTING);
}
export const generatorRun: MachineSpec = {
  name: 'generator',
  run: (frame, value) => {
    const gen = i32(wordOf(frame, 1));
    if (stateOf(frame) === 0) return enterFrom(frame, 1, gen + PyGenObject.gi_iframe);
    const sent = i32(wordOf(frame, 0));
    if (mem.getInt8(gen + PyGenObject.gi_frame_state) < FRAME_EXECUTING) return value;
    if (value === Py_None) {
      Py_DECREF(value);
      if (sent === 0) return 0;
      raiseNone(PyExc_StopIteration);
    }
    const m = hold(value);
    _PyGen_SetStopIterationValue(value);
    release(m);
    throw PENDING;
  },
  starts: [
    [gen_iternext, (gen) => (resumable(gen) ? genFrame(gen, 0) : 0)],
    [
      gen_send,
      (gen, args, nargs) => {
        if (nargs !== 1 || !resumable(gen)) return 0;
        const fresh = mem.getInt8(gen + PyGenObject.gi_frame_state) === FRAME_CREATED;
        return fresh && i32(args) !== Py_None ? 0 : genFrame(gen, i32(args));
      },
    ],
  ],
};

// ---- __next__ of a class written in Python: slot the method

export const pythonNext: MachineSpec = {
  name: '__next__,method',
  catches: true,
  run: (frame, result) => {
    let value = result;
    if (stateOf(frame) === 0) {
      const it = i32(wordOf(frame, 0));
      const found = lookup_method(it, Py_ID.__next__);
      setPtr(slotOf(frame, 0), found & -2);
      if ((found & 1) !== 0) setPtr(wordOf(frame, 2), it);
      value = callFrom(frame, 1, found & -2, wordOf(frame, 2), found & 1, 0);
      if (value < FAILED) return value;
    }
    if (value !== FAILED || i32(wordOf(frame, 3)) !== 0) {
      if (value === FAILED) throw PENDING;
      return value;
    }
    dropSlot(frame, 0);
    if (!PyErr_ExceptionMatches(PyExc_StopIteration)) throw PENDING;
    PyErr_Clear();
    return 0;
  },
  starts: [[slot_tp_iternext, (it) => nextFrame(it, false)]],
};
/** `raising`: StopIteration comes out as it is. */
export function nextFrame(it: Ref, raising: boolean): number {
  const frame = pushNative(pythonNext, 1, 4);
  setPtr(wordOf(frame, 0), it);
  setPtr(wordOf(frame, 3), raising ? 1 : 0);
  return frame;
}

/** May a call of it be a native frame's, or a Python function's? */
function mayRunPython(callable: Ref): boolean {
  const type = i32(callable + 8);
  if (type === PyFunction_Type || type === PyMethod_Type) return true;
  if (type === PyCFunction_Type) return !!starters[i32(i32(callable + PyCFunctionObject.m_ml) + PyMethodDef.ml_meth)];
  if (type === PyType_Type) return (i32(callable + PyTypeObject.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0;
  return !!starters[i32(type + PyTypeObject.tp_call)];
}
/** May the next item of an iterator come out of a native frame? Of what map and its like go over: so many steps are looked through. */
export function nextRunsPython(it: Ref, depth = 8): boolean {
  const next = i32(i32(it + 8) + PyTypeObject.tp_iternext);
  if (!starters[next]) return false;
  if (depth === 0) return true;
  switch (text[next]) {
    case map_next:
      return mayRunPython(i32(it + 24)) || anyRunsPython(i32(it + 16) + 24, i32(i32(it + 16) + 16), depth);
    case filter_next:
      return mayRunPython(i32(it + 16)) || nextRunsPython(i32(it + 24), depth - 1);
    case enum_next:
      return nextRunsPython(i32(it + enumobject.en_sit), depth - 1);
    case zip_next:
      return anyRunsPython(i32(it + 24) + 24, i32(it + 16), depth);
    default:
      return true;
  }
}
function anyRunsPython(items: number, n: number, depth: number): boolean {
  for (let i = 0; i < n; i++) if (nextRunsPython(i32(items + (i << 3)), depth - 1)) return true;
  return false;
}

// ---- map and filter: slots the items; words the iterator, how many are there, the call's

const ITEMS = 3;
export const mapNext: MachineSpec = {
  name: 'map,item',
  run: (frame, result) => {
    const lz = i32(wordOf(frame, 0));
    const iters = i32(lz + 16);
    const n = i32(iters + 16);
    let value = result;
    if (stateOf(frame) !== 2) {
      let i = i32(wordOf(frame, 1));
      if (stateOf(frame) === 0) value = nextFrom(frame, 1, i32(iters + 24));
      for (;;) {
        if (value <= 0) return value;
        setPtr(slotOf(frame, i), value);
        setPtr(wordOf(frame, ITEMS + i), value);
        setPtr(wordOf(frame, 1), ++i);
        if (i === n) break;
        value = nextFrom(frame, 1, i32(iters + 24 + (i << 3)));
      }
      value = callFrom(frame, 2, i32(lz + 24), wordOf(frame, ITEMS), n, 0);
    }
    return value;
  },
  starts: [
    [
      map_next,
      (lz) => {
        const n = i32(i32(lz + 16) + 16);
        if (!nextRunsPython(lz)) return 0;
        const frame = pushNative(mapNext, n, ITEMS + n);
        setPtr(wordOf(frame, 0), lz);
        return frame;
      },
    ],
  ],
};
export const filterNext: MachineSpec = {
  name: 'filter,item,answer',
  run: (frame, result) => {
    const lz = i32(wordOf(frame, 0));
    const func = i32(lz + 16);
    const plain = func === Py_None || func === PyBool_Type;
    let value = result;
    let state = stateOf(frame);
    for (;;) {
      if (state === 0) value = nextFrom(frame, 1, i32(lz + 24));
      if (state !== 2) {
        if (value <= 0) return value;
        setPtr(slotOf(frame, 0), value);
        value = plain ? Py_NewRef(value) : callWith(frame, 2, func, 1, value);
        if (value < 0) return value;
      }
      setPtr(slotOf(frame, 1), value);
      const good = PyObject_IsTrue(value);
      dropSlot(frame, 1);
      if (good) return takeSlot(frame, 0);
      dropSlot(frame, 0);
      state = 0;
    }
  },
  starts: [
    [
      filter_next,
      (lz) => {
        if (!nextRunsPython(lz)) return 0;
        const frame = pushNative(filterNext, 2, 4);
        setPtr(wordOf(frame, 0), lz);
        return frame;
      },
    ],
  ],
};

// ---- enumerate: word the iterator; zip: slot the tuple; words the iterator, how many items are there, 1: the tuple is the last one again

export const enumNext: MachineSpec = {
  name: 'enumerate',
  run: (frame, result) => {
    const en = i32(wordOf(frame, 0));
    const value = stateOf(frame) === 0 ? nextFrom(frame, 1, i32(en + enumobject.en_sit)) : result;
    return value <= 0 ? value : numbered(en, value);
  },
  starts: [
    [
      enum_next,
      (en) => {
        if (!nextRunsPython(i32(en + enumobject.en_sit))) return 0;
        const frame = pushNative(enumNext, 0, 1);
        setPtr(wordOf(frame, 0), en);
        return frame;
      },
    ],
  ],
};
export const zipNext: MachineSpec = {
  name: 'zip,tuple',
  run: (frame, result) => {
    const lz = i32(wordOf(frame, 0));
    const n = i32(lz + 16);
    let value = result;
    let i = i32(wordOf(frame, 1));
    let asked = stateOf(frame) === 1;
    if (!asked) {
      const last = i32(lz + 32);
      const again = i32(last) === 1;
      setPtr(wordOf(frame, 2), again ? 1 : 0);
      setPtr(slotOf(frame, 0), again ? Py_NewRef(last) : PyTuple_New(n));
    }
    const tuple = i32(slotOf(frame, 0));
    for (;;) {
      if (asked) {
        if (value < 0) return value;
        if (value === 0) {
          dropSlot(frame, 0);
          return zipEnded(lz, i);
        }
        const slot = tuple + 24 + (i << 3);
        const old = i32(slot);
        setPtr(slot, value);
        if (old !== 0) Py_DECREF(old);
        setPtr(wordOf(frame, 1), ++i);
      }
      if (i === n) break;
      value = nextFrom(frame, 1, i32(i32(lz + 24) + 24 + (i << 3)));
      asked = true;
    }
    if (i32(wordOf(frame, 2)) === 1 && !_PyObject_GC_IS_TRACKED(tuple)) _PyObject_GC_TRACK(tuple);
    return takeSlot(frame, 0);
  },
  starts: [
    [
      zip_next,
      (lz) => {
        if (u8(lz + 40) !== 0 || !nextRunsPython(lz)) return 0;
        const frame = pushNative(zipNext, 1, 3);
        setPtr(wordOf(frame, 0), lz);
        return frame;
      },
    ],
  ],
};
