/** any, all and next in native frames (decision 17). Mirrors that part of Python/bltinmodule.c. */
import { i32, setPtr } from '../memory/linear.ts';
import { PyIter_Check, PyObject_GetIter } from '../objects/abstract.ts';
import { _PyArg_CheckPositional } from '../objects/args.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PENDING, PyErr_Occurred, raise, raiseNone } from '../objects/errors.ts';
import {
  FAILED,
  isNested,
  type MachineSpec,
  pushNative,
  runFrom,
  runNested,
  slotOf,
  stateOf,
  wordOf,
} from '../objects/nativeframe.ts';
import { itemOf, nextFrame, nextFrom } from '../objects/nativeiter.ts';
import { hold, Py_NewRef, type Ref, release, typeNameOf } from '../objects/object.ts';
import { PyObject_IsTrue } from '../objects/objectattr.ts';
import { PyExc_StopIteration, PyExc_TypeError } from '../objects/static.ts';
import { iternextRaising, slot_tp_iternext } from '../objects/typeslots.ts';
import { PyTypeObject } from '@moult/abi';
import { text } from '../memory/text.ts';

// ---- all() stops at the first false item, any() at the first true one: slot the iterator; words the iterable, where to stop

function truthFrame(spec: MachineSpec, iterable: Ref, stop: boolean): number {
  const frame = pushNative(spec, 1, 2);
  setPtr(wordOf(frame, 0), iterable);
  setPtr(wordOf(frame, 1), stop ? 1 : 0);
  return frame;
}
function untilTruth(frame: number, result: number): number {
  const stop = i32(wordOf(frame, 1)) === 1;
  let value = result;
  let asked = stateOf(frame) === 1;
  if (!asked) setPtr(slotOf(frame, 0), PyObject_GetIter(i32(wordOf(frame, 0))));
  for (;;) {
    if (asked) {
      const item = itemOf(value);
      if (item === 0) return PyBool_FromLong(!stop);
      const m = hold(item);
      const truth = PyObject_IsTrue(item);
      release(m);
      if (truth === stop) return PyBool_FromLong(stop);
    }
    value = nextFrom(frame, 1, i32(slotOf(frame, 0)));
    if (value < FAILED) return value;
    asked = true;
  }
}
export function builtin_all(_m: Ref, iterable: Ref): Ref {
  return runNested(() => truthFrame(all, iterable, false));
}
export function builtin_any(_m: Ref, iterable: Ref): Ref {
  return runNested(() => truthFrame(any, iterable, true));
}
export const all: MachineSpec = {
  name: 'all,iterator',
  catches: true,
  run: (frame, value) => untilTruth(frame, value),
  starts: [[builtin_all, (_m, args, nargs) => (nargs === 1 ? truthFrame(all, i32(args), false) : 0)]],
};
export const any: MachineSpec = {
  name: 'any,iterator',
  catches: true,
  run: (frame, value) => untilTruth(frame, value),
  starts: [[builtin_any, (_m, args, nargs) => (nargs === 1 ? truthFrame(any, i32(args), true) : 0)]],
};

// ---- next(): words the iterator, the default or 0

export const next: MachineSpec = {
  name: 'next',
  catches: true,
  run: (frame, result) => {
    const it = i32(wordOf(frame, 0));
    const fallback = i32(wordOf(frame, 1));
    let value = result;
    if (stateOf(frame) === 0) {
      // without a default a StopIteration of __next__ comes out as it is
      const python = text[i32(i32(it + 8) + PyTypeObject.tp_iternext)] === slot_tp_iternext;
      if (fallback === 0 && isNested(frame))
        value = runFrom(
          frame,
          1,
          () => 0,
          () => iternextRaising(it),
        );
      else if (fallback === 0 && python) value = runFrom(frame, 1, () => nextFrame(it, true));
      else value = nextFrom(frame, 1, it);
      if (value < FAILED) return value;
    }
    if (fallback !== 0) {
      const item = itemOf(value);
      return item === 0 ? Py_NewRef(fallback) : item;
    }
    if (value === FAILED || (value === 0 && PyErr_Occurred())) throw PENDING;
    return value === 0 ? raiseNone(PyExc_StopIteration) : value;
  },
  starts: [[builtin_next, builtinNextFrame]],
};
function builtinNextFrame(_m: Ref, args: number, nargs: number): number {
  _PyArg_CheckPositional('next', nargs, 1, 2);
  const it = i32(args);
  if (!PyIter_Check(it)) raise(PyExc_TypeError, `'${typeNameOf(it)}' object is not an iterator`);
  const frame = pushNative(next, 0, 2);
  setPtr(wordOf(frame, 0), it);
  setPtr(wordOf(frame, 1), nargs > 1 ? i32(args + 8) : 0);
  return frame;
}
export function builtin_next(m: Ref, args: number, nargs: number): Ref {
  return runNested(() => builtinNextFrame(m, args, nargs));
}
