/** functools.reduce in a native frame (decision 17). Mirrors that part of Modules/_functoolsmodule.c. */
import { i32, setPtr } from '../memory/linear.ts';
import { PyObject_GetIter } from '../objects/abstract.ts';
import { _PyArg_CheckPositional } from '../objects/args.ts';
import { catchPending, PENDING, PyErr_ExceptionMatches, PyErr_SetString, raise } from '../objects/errors.ts';
import {
  callTuple,
  dropSlot,
  FAILED,
  type MachineSpec,
  pushNative,
  runNested,
  slotOf,
  stateOf,
  takeSlot,
  TP_SLOTS,
  TP_WORDS,
  tpFrame,
  wordOf,
} from '../objects/nativeframe.ts';
import { itemOf, nextFrom } from '../objects/nativeiter.ts';
import { drop, hold, nativeMark, Py_NewRef, Py_REFCNT, Py_XDECREF, type Ref } from '../objects/object.ts';
import { PyExc_TypeError } from '../objects/static.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';

// ---- reduce: slots behind those of a tp_call the iterator, the total, the two arguments, which wait in one tuple

const REDUCE_ITERATOR = TP_SLOTS;
const REDUCE_TOTAL = TP_SLOTS + 1;
const REDUCE_PAIR = TP_SLOTS + 2;

export function functools_reduce(_m: Ref, tuple: Ref): Ref {
  return runNested(() => {
    const frame = pushNative(reduce, TP_SLOTS + 3, TP_WORDS + 4);
    setPtr(wordOf(frame, 1), tuple);
    return frame;
  });
}
export const reduce: MachineSpec = {
  name: 'reduce,arguments,keywords,iterator,total,the two to combine',
  catches: true,
  run: (frame, result) => {
    const tuple = i32(wordOf(frame, 1));
    let value = result;
    let state = stateOf(frame);
    if (state === 0) beginReduce(frame, tuple);
    const total = slotOf(frame, REDUCE_TOTAL);
    const pair = slotOf(frame, REDUCE_PAIR);
    for (;;) {
      if (state === 0) {
        value = nextFrom(frame, 1, i32(slotOf(frame, REDUCE_ITERATOR)));
        if (value < FAILED) return value;
      }
      if (state !== 2) {
        const item = itemOf(value);
        state = 0;
        if (item === 0) break;
        if (i32(total) === 0) {
          setPtr(total, item);
          continue;
        }
        // made anew where the function has kept it
        if (Py_REFCNT(i32(pair)) > 1) {
          const k = hold(item);
          dropSlot(frame, REDUCE_PAIR);
          setPtr(pair, PyTuple_New(2));
          drop(k);
        }
        const two = i32(pair);
        const first = i32(total);
        setPtr(total, 0);
        const k = hold(item);
        setTwo(two, 24, first);
        drop(k);
        setTwo(two, 32, item);
        value = callTuple(frame, 2, i32(tuple + 24), 0, two, 0, 0, TP_WORDS);
        if (value < FAILED) return value;
      }
      if (value === FAILED) throw PENDING;
      setPtr(total, value);
      state = 0;
    }
    if (i32(total) === 0) raise(PyExc_TypeError, 'reduce() of empty iterable with no initial value');
    dropSlot(frame, REDUCE_PAIR);
    return takeSlot(frame, REDUCE_TOTAL);
  },
  starts: [
    [functools_reduce, (_m, args, nargs, kwnames) => (kwnames === 0 ? tpFrame(reduce, 3, 0, args, nargs, 0) : 0)],
  ],
};
function beginReduce(frame: number, tuple: Ref): void {
  const nargs = i32(tuple + 16);
  _PyArg_CheckPositional('reduce', nargs, 2, 3);
  const mark = nativeMark();
  try {
    setPtr(slotOf(frame, REDUCE_ITERATOR), PyObject_GetIter(i32(tuple + 32)));
  } catch (e) {
    catchPending(e, mark);
    if (PyErr_ExceptionMatches(PyExc_TypeError))
      PyErr_SetString(PyExc_TypeError, 'reduce() arg 2 must support iteration');
    throw PENDING;
  }
  if (nargs > 2) setPtr(slotOf(frame, REDUCE_TOTAL), Py_NewRef(i32(tuple + 40)));
  setPtr(slotOf(frame, REDUCE_PAIR), PyTuple_New(2));
}

function setTwo(pair: Ref, offset: number, value: Ref): void {
  const old = i32(pair + offset);
  setPtr(pair + offset, value);
  Py_XDECREF(old);
}
