/** sum(): exact ints, floats and complex numbers first, then what is left by addition. Mirrors builtin_sum of Python/bltinmodule.c. */
import { i32 } from '../memory/linear.ts';
import { PyIter_Next, PyNumber_Add, PyObject_GetIter } from '../objects/abstract.ts';
import { unpackKeywords } from '../objects/args.ts';
import { raise } from '../objects/errors.ts';
import { PyFloat_FromDouble, floatValue } from '../objects/floatobject.ts';
import { PyLong_FromLong, longAsBigInt, longAsNumber, PyLong_AsDouble } from '../objects/longobject.ts';
import { hold, PyLong_Check, PyUnicode_Check, Py_DECREF, Py_NewRef, type Ref, release } from '../objects/object.ts';
import {
  PyBool_Type,
  PyByteArray_Type,
  PyBytes_Type,
  PyExc_TypeError,
  PyFloat_Type,
  PyLong_Type,
} from '../objects/static.ts';

// ---- sum --------------------------------------------------------------------------------------------------------------

const isExactInt = (op: Ref): boolean => i32(op + 8) === PyLong_Type || i32(op + 8) === PyBool_Type;

export function builtin_sum(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [iterable, start] = unpackKeywords(args, nargs, kwnames, {
    fname: 'sum',
    keywords: ['', 'start'],
    required: 1,
  }) as [Ref, Ref];
  const m = hold(PyObject_GetIter(iterable));
  const it = i32(m);
  let result: Ref;
  if (start === 0) result = PyLong_FromLong(0);
  else {
    result = Py_NewRef(start);
    if (PyUnicode_Check(start)) raiseHeld(result, "sum() can't sum strings [use ''.join(seq) instead]");
    if (i32(start + 8) === PyBytes_Type) raiseHeld(result, "sum() can't sum bytes [use b''.join(seq) instead]");
    if (i32(start + 8) === PyByteArray_Type) raiseHeld(result, "sum() can't sum bytearray [use b''.join(seq) instead]");
  }
  let item = 0;
  const slot = hold(result);
  // small ints are added without making an object for each partial sum
  if (i32(result + 8) === PyLong_Type) {
    let total = longAsNumber(result);
    if (Number.isSafeInteger(total)) {
      for (;;) {
        item = PyIter_Next(it);
        if (item === 0) return finish(m, PyLong_FromLong(total));
        if (isExactInt(item)) {
          const next = total + longAsNumber(item);
          if (Number.isSafeInteger(next)) {
            total = next;
            Py_DECREF(item);
            continue;
          }
        }
        break;
      }
      const k = hold(item);
      result = PyLong_FromLong(total);
      swap(slot, result);
      result = addTo(slot, item);
      release(k);
    }
  }
  if (i32(result + 8) === PyFloat_Type) {
    let f = floatValue(result);
    let c = 0;
    for (;;) {
      item = PyIter_Next(it);
      if (item === 0) {
        if (c !== 0 && Number.isFinite(c)) f += c;
        return finish(m, PyFloat_FromDouble(f));
      }
      if (i32(item + 8) === PyFloat_Type) {
        const x = floatValue(item);
        const t = f + x;
        if (Math.abs(f) >= Math.abs(x)) c += f - t + x;
        else c += x - t + f;
        f = t;
        Py_DECREF(item);
        continue;
      }
      if (PyLong_Check(item) && fitsLong(item)) {
        f += PyLong_AsDouble(item);
        Py_DECREF(item);
        continue;
      }
      break;
    }
    if (c !== 0 && Number.isFinite(c)) f += c;
    const k = hold(item);
    result = PyFloat_FromDouble(f);
    swap(slot, result);
    result = addTo(slot, item);
    release(k);
  }
  for (;;) {
    item = PyIter_Next(it);
    if (item === 0) break;
    const k = hold(item);
    result = addTo(slot, item);
    release(k);
  }
  Py_NewRef(result);
  release(m);
  return result;
}
function fitsLong(op: Ref): boolean {
  return BigInt.asIntN(64, longAsBigInt(op)) === longAsBigInt(op);
}
function raiseHeld(op: Ref, message: string): never {
  hold(op);
  raise(PyExc_TypeError, message);
}
function finish(mark: number, result: Ref): Ref {
  release(mark);
  return result;
}
/** The held slot owns `value` from now on. */
function swap(slot: number, value: Ref): void {
  const old = i32(slot);
  setSlot(slot, value);
  Py_DECREF(old);
}
function addTo(slot: number, item: Ref): Ref {
  const sum = PyNumber_Add(i32(slot), item);
  swap(slot, sum);
  return sum;
}
import { setPtr as setSlot } from '../memory/linear.ts';
