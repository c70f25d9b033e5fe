/** sum(): exact ints, floats and complex numbers first, then what is left by addition. Mirrors builtin_sum of Python/bltinmodule.c. */
import { f64, i32, setF64, setI32, setPtr } from '../memory/linear.ts';
import { PyIter_Next, PyObject_GetIter } from '../objects/abstract.ts';
import { unpackKeywords } from '../objects/args.ts';
import { PENDING, raise } from '../objects/errors.ts';
import { PyFloat_FromDouble, floatValue } from '../objects/floatobject.ts';
import { PyLong_FromLong, longAsBigInt, longAsNumber, PyLong_AsDouble } from '../objects/longobject.ts';
import { iteratesPython } from '../objects/nativecollect.ts';
import {
  dropSlot,
  FAILED,
  isNested,
  type MachineSpec,
  pushNative,
  runNested,
  slotOf,
  stateOf,
  takeSlot,
  wordOf,
} from '../objects/nativeframe.ts';
import { itemOf, nextFrom } from '../objects/nativeiter.ts';
import { addFrom, ofHeapType } from '../objects/nativeslots.ts';
import { PyLong_Check, PyUnicode_Check, Py_DECREF, Py_NewRef, type Ref } from '../objects/object.ts';
import {
  PyBool_Type,
  PyByteArray_Type,
  PyBytes_Type,
  PyExc_TypeError,
  PyFloat_Type,
  PyList_Type,
  PyLong_Type,
  PyTuple_Type,
} from '../objects/static.ts';

// ---- slots the iterator, the total if it is an object, the item; words the iterable, the start, the phase, the total as a number, what rounding lost

const ITERATOR = 0;
const TOTAL = 1;
const ITEM = 2;
const PHASE = 2;
const NUMBER = 3;
const LOST = 4;

/** Small ints are added without making an object for each partial sum, then floats, then everything. */
const INTS = 0;
const FLOATS = 1;
const OBJECTS = 2;

const isExactInt = (op: Ref): boolean => i32(op + 8) === PyLong_Type || i32(op + 8) === PyBool_Type;

function sumFrame(args: number, nargs: number, kwnames: Ref): number {
  const [iterable, start] = unpackKeywords(args, nargs, kwnames, {
    fname: 'sum',
    keywords: ['', 'start'],
    required: 1,
  }) as [Ref, Ref];
  const frame = pushNative(sum, 3, 5);
  setPtr(wordOf(frame, 0), iterable);
  setPtr(wordOf(frame, 1), start);
  return frame;
}
export const sum: MachineSpec = {
  name: 'sum,iterator,running total,item',
  catches: true,
  run: (frame, result) => {
    const nested = isNested(frame);
    let value = result;
    let state = stateOf(frame);
    if (state === 0) begin(frame);
    const it = i32(slotOf(frame, ITERATOR));
    for (;;) {
      if (state === 0) {
        value = nested ? PyIter_Next(it) : nextFrom(frame, 1, it);
        if (value < FAILED) return value;
      }
      if (state !== 2) {
        const item = nested ? value : itemOf(value);
        if (item === 0) return total(frame);
        state = 0;
        if (addNumber(frame, item)) continue;
        value = addFrom(frame, 2, i32(slotOf(frame, TOTAL)), item);
        if (value < FAILED) return value;
      }
      if (value === FAILED) throw PENDING;
      const before = i32(slotOf(frame, TOTAL));
      setPtr(slotOf(frame, TOTAL), value);
      Py_DECREF(before);
      dropSlot(frame, ITEM);
      goOn(frame, i32(wordOf(frame, PHASE)) + 1);
      state = 0;
    }
  },
  starts: [
    [
      builtin_sum,
      (_m, args, nargs, kwnames) => {
        if (nargs === 0) return 0;
        const start = nargs > 1 || kwnames !== 0 ? i32(args + 8) : 0;
        return iteratesPython(i32(args)) || (start !== 0 && ofHeapType(start)) ? sumFrame(args, nargs, kwnames) : 0;
      },
    ],
  ],
};
function begin(frame: number): void {
  setPtr(slotOf(frame, ITERATOR), PyObject_GetIter(i32(wordOf(frame, 0))));
  const start = i32(wordOf(frame, 1));
  if (start === 0) return;
  setPtr(slotOf(frame, TOTAL), Py_NewRef(start));
  if (PyUnicode_Check(start)) raise(PyExc_TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
  const type = i32(start + 8);
  if (type === PyBytes_Type) raise(PyExc_TypeError, "sum() can't sum bytes [use b''.join(seq) instead]");
  if (type === PyByteArray_Type) raise(PyExc_TypeError, "sum() can't sum bytearray [use b''.join(seq) instead]");
  goOn(frame, INTS);
}
/** In the first phase from `phase` on that the total is made for. */
function goOn(frame: number, phase: number): void {
  const value = i32(slotOf(frame, TOTAL));
  const type = i32(value + 8);
  let next = OBJECTS;
  if (phase === INTS && type === PyLong_Type && Number.isSafeInteger(longAsNumber(value))) {
    next = INTS;
    setF64(wordOf(frame, NUMBER), longAsNumber(value));
  } else if (phase <= FLOATS && type === PyFloat_Type) {
    next = FLOATS;
    setF64(wordOf(frame, NUMBER), floatValue(value));
  }
  setI32(wordOf(frame, PHASE), next);
  if (next !== OBJECTS) dropSlot(frame, TOTAL);
}
/** Adds an item, which is taken over, to the number; false: both are objects in their slots now, and are to be added. */
function addNumber(frame: number, item: Ref): boolean {
  const phase = i32(wordOf(frame, PHASE));
  const at = wordOf(frame, NUMBER);
  if (phase === INTS && isExactInt(item)) {
    const next = f64(at) + longAsNumber(item);
    if (Number.isSafeInteger(next)) {
      setF64(at, next);
      Py_DECREF(item);
      return true;
    }
  }
  if (phase === FLOATS) {
    const before = f64(at);
    if (i32(item + 8) === PyFloat_Type) {
      const x = floatValue(item);
      const after = before + x;
      const error = Math.abs(before) >= Math.abs(x) ? before - after + x : x - after + before;
      setF64(wordOf(frame, LOST), f64(wordOf(frame, LOST)) + error);
      setF64(at, after);
      Py_DECREF(item);
      return true;
    }
    if (PyLong_Check(item) && fitsLong(item)) {
      setF64(at, before + PyLong_AsDouble(item));
      Py_DECREF(item);
      return true;
    }
  }
  setPtr(slotOf(frame, ITEM), item);
  if (phase !== OBJECTS) setPtr(slotOf(frame, TOTAL), total(frame));
  return false;
}
/** The total as an object. */
function total(frame: number): Ref {
  const phase = i32(wordOf(frame, PHASE));
  if (phase === OBJECTS) return takeSlot(frame, TOTAL);
  const number = f64(wordOf(frame, NUMBER));
  if (phase === INTS) return PyLong_FromLong(number);
  const lost = f64(wordOf(frame, LOST));
  return PyFloat_FromDouble(lost !== 0 && Number.isFinite(lost) ? number + lost : number);
}
/** The sum of a list's or a tuple's small ints; below 0: it is not that easy. */
function sumOfInts(items: Ref): number {
  const type = i32(items + 8);
  if ((type !== PyList_Type && type !== PyTuple_Type) || i32(items + 16) > 1 << 20) return -1;
  const at = type === PyList_Type ? i32(items + 24) : items + 24;
  const end = at + (i32(items + 16) << 3);
  let total = 0;
  for (let p = at; p < end; p += 8) {
    const item = i32(p);
    // one digit, not negative
    if (i32(item + 8) !== PyLong_Type || i32(item + 16) > 9) return -1;
    total += i32(item + 24);
  }
  return total;
}
function fitsLong(op: Ref): boolean {
  return BigInt.asIntN(64, longAsBigInt(op)) === longAsBigInt(op);
}
export function builtin_sum(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const quick = nargs === 1 && kwnames === 0 ? sumOfInts(i32(args)) : -1;
  if (quick >= 0) {
    Py_DECREF(PyObject_GetIter(i32(args)));
    return PyLong_FromLong(quick);
  }
  return runNested(() => sumFrame(args, nargs, kwnames));
}
