/** list, tuple and list.extend of what runs Python code to give its items, in native frames (decision 17). */
import { PyTypeObject as T } from '@moult/abi';
import { i32, POLICY, setI32, setPtr } from '../memory/linear.ts';
import { starters, text } from '../memory/text.ts';
import { PyObject_GetIter, PyObject_LengthHint, PySequence_List, PySequence_Tuple } from './abstract.ts';
import { PyList_New } from './listobject.ts';
import { _PyList_Extend, extendBegin, extendEnd, extendWith, list_vectorcall, newList } from './listmethods.ts';
import { type MachineSpec, pushNative, runFrom, slotOf, stateOf, takeSlot, wordOf } from './nativeframe.ts';
import { itemOf, nextFrom, nextRunsPython } from './nativeiter.ts';
import { drop, hold, Py_NewRef, type Ref } from './object.ts';
import { Py_None, PyList_Type, PyTuple_Type } from './static.ts';
import { tuple_vectorcall } from './tuplemethods.ts';
import { _PyTuple_Resize, PyTuple_New } from './tupleobject.ts';
import { slot_tp_iter } from './typeslots.ts';

/** May iterating over it run Python code? */
export function iteratesPython(iterable: Ref): boolean {
  const type = i32(iterable + 8);
  if (starters[i32(type + T.tp_iternext)]) return nextRunsPython(iterable);
  return text[i32(type + T.tp_iter)] === slot_tp_iter;
}

// ---- lists: slots the list, the iterator; words the list if it is another's, the iterable, 1: an operation that gives None

function extendFrame(spec: MachineSpec, own: Ref, list: Ref, iterable: Ref): number {
  const frame = pushNative(spec, 2, 3);
  setPtr(slotOf(frame, 0), own);
  setPtr(wordOf(frame, 0), list);
  setPtr(wordOf(frame, 1), iterable);
  return frame;
}
function runExtend(frame: number, result: number): number {
  const own = i32(slotOf(frame, 0));
  const list = own === 0 ? i32(wordOf(frame, 0)) : own;
  let value = result;
  let asked = stateOf(frame) === 1;
  if (!asked) {
    const it = PyObject_GetIter(i32(wordOf(frame, 1)));
    setPtr(slotOf(frame, 1), it);
    extendBegin(list, i32(wordOf(frame, 1)));
  }
  for (;;) {
    if (asked) {
      const item = itemOf(value);
      if (item === 0) break;
      extendWith(list, item);
    }
    value = nextFrom(frame, 1, i32(slotOf(frame, 1)));
    if (value < -1) return value;
    asked = true;
  }
  extendEnd(list);
  return own === 0 ? Py_NewRef(Py_None) : takeSlot(frame, 0);
}
export const listOf: MachineSpec = {
  name: 'list,list,iterator',
  catches: true,
  run: runExtend,
  starts: [
    [
      list_vectorcall,
      (type, args, nargs, kwnames) =>
        type === PyList_Type && nargs === 1 && kwnames === 0 && iteratesPython(i32(args))
          ? extendFrame(listOf, newList(), 0, i32(args))
          : 0,
    ],
  ],
};
export const listExtend: MachineSpec = {
  name: 'list.extend,list,iterator',
  catches: true,
  run: runExtend,
  starts: [[_PyList_Extend, (list, args, nargs) => (nargs === 1 ? listExtendFrame(list, i32(args)) : 0)]],
};
/** The frame of list.extend, or 0 where no Python runs. */
export function listExtendFrame(list: Ref, iterable: Ref): number {
  return iteratesPython(iterable) ? extendFrame(listExtend, 0, list, iterable) : 0;
}
/** PySequence_List, as callFrom calls. */
export function listFrom(frame: number, state: number, iterable: Ref): number {
  return runFrom(
    frame,
    state,
    () => (iteratesPython(iterable) ? extendFrame(listOf, PyList_New(0), 0, iterable) : 0),
    () => PySequence_List(iterable),
  );
}

// ---- tuples: slots the tuple, the iterator; words the iterable, its size, how many items are there

export const tupleOf: MachineSpec = {
  name: 'tuple,tuple,iterator',
  catches: true,
  run: (frame, result) => {
    let value = result;
    let asked = stateOf(frame) === 1;
    if (!asked) {
      const iterable = i32(wordOf(frame, 0));
      setPtr(slotOf(frame, 1), PyObject_GetIter(iterable));
      const hint = PyObject_LengthHint(iterable, 10);
      setPtr(wordOf(frame, 1), hint);
      setPtr(slotOf(frame, 0), PyTuple_New(hint));
    }
    for (;;) {
      if (asked) {
        const item = itemOf(value);
        if (item === 0) break;
        add(frame, item);
      }
      value = nextFrom(frame, 1, i32(slotOf(frame, 1)));
      if (value < -1) return value;
      asked = true;
    }
    const count = i32(wordOf(frame, 2));
    const tuple = takeSlot(frame, 0);
    return count < i32(wordOf(frame, 1)) ? _PyTuple_Resize(tuple, count) : tuple;
  },
  starts: [
    [
      tuple_vectorcall,
      (type, args, nargs, kwnames) =>
        type === PyTuple_Type && nargs === 1 && kwnames === 0 ? tupleFrame(i32(args)) : 0,
    ],
  ],
};
function add(frame: number, item: Ref): void {
  const count = i32(wordOf(frame, 2));
  let size = i32(wordOf(frame, 1));
  let tuple = i32(slotOf(frame, 0));
  if (count >= size) {
    size += 10;
    size += size >> 2;
    const m = hold(item);
    tuple = _PyTuple_Resize(tuple, size);
    setI32(slotOf(frame, 0), tuple);
    drop(m);
    setPtr(wordOf(frame, 1), size);
  }
  setI32(tuple + 24 + (count << 3), item);
  setPtr(wordOf(frame, 2), count + 1);
}
/** The frame of PySequence_Tuple, or 0 where no Python runs. */
export function tupleFrame(iterable: Ref): number {
  if (i32(POLICY) >= 314 || !iteratesPython(iterable)) return 0;
  const frame = pushNative(tupleOf, 2, 3);
  setPtr(wordOf(frame, 0), iterable);
  return frame;
}
/** PySequence_Tuple, as callFrom calls. */
export function tupleFrom(frame: number, state: number, iterable: Ref): number {
  return runFrom(
    frame,
    state,
    () => tupleFrame(iterable),
    () => PySequence_Tuple(iterable),
  );
}
