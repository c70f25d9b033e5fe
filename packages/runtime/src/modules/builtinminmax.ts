/** min() and max(). Mirrors min_max of Python/bltinmodule.c. */
import { Py_GT, Py_LT } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { PyObject_GetIter } from '../objects/abstract.ts';
import { unpackKeywords } from '../objects/args.ts';
import { PENDING, raise } from '../objects/errors.ts';
import {
  callWith,
  dropSlot,
  FAILED,
  type MachineSpec,
  pushNative,
  runNested,
  slotOf,
  stateOf,
  takeSlot,
  wordOf,
} from '../objects/nativeframe.ts';
import { itemOf, nextFrom } from '../objects/nativeiter.ts';
import { compareFrom } from '../objects/nativeslots.ts';
import { hold, Py_NewRef, type Ref, release } from '../objects/object.ts';
import { PyObject_IsTrue } from '../objects/objectattr.ts';
import { PyExc_TypeError, PyExc_ValueError, Py_None } from '../objects/static.ts';
import { arg } from './builtinfuncs.ts';

/** Slots the iterator, the item, its key, the best and its key; words args, nargs, key function, default, operator, how many, call's. */
const ITERATOR = 0;
const ITEM = 1;
const KEY = 2;
const BEST = 3;
const BEST_KEY = 4;
const CALL = 6;

function minMax(spec: MachineSpec, args: number, nargs: number, kwnames: Ref, op: number): number {
  const name = spec.name.slice(0, 3);
  if (nargs === 0) raise(PyExc_TypeError, `${name} expected at least 1 argument, got 0`);
  let keyfunc = 0;
  let fallback = 0;
  if (kwnames !== 0) {
    const kw = unpackKeywords(args + (nargs << 3), 0, kwnames, {
      fname: name,
      keywords: ['key', 'default'],
      kwonly: 2,
    });
    keyfunc = kw[0] as Ref;
    fallback = kw[1] as Ref;
  }
  if (nargs > 1 && fallback !== 0) {
    raise(PyExc_TypeError, `Cannot specify a default for ${name}() with multiple positional arguments`);
  }
  const frame = pushNative(spec, 5, CALL + 3);
  [args, nargs, keyfunc === Py_None ? 0 : keyfunc, fallback, op].forEach((v, i) => {
    setPtr(wordOf(frame, i), v);
  });
  return frame;
}
function run(frame: number, result: number): number {
  const [args, nargs, keyfunc, fallback, op] = [0, 1, 2, 3, 4].map((i) => i32(wordOf(frame, i))) as [
    number,
    number,
    Ref,
    Ref,
    number,
  ];
  const positional = nargs > 1;
  let value = result;
  let state = stateOf(frame);
  if (state === 0 && !positional) setPtr(slotOf(frame, ITERATOR), PyObject_GetIter(arg(args, 0)));
  for (;;) {
    if (state === 0) {
      const i = i32(wordOf(frame, 5));
      setPtr(wordOf(frame, 5), i + 1);
      if (positional) value = i < nargs ? Py_NewRef(arg(args, i)) : 0;
      else value = nextFrom(frame, 1, i32(slotOf(frame, ITERATOR)));
      if (value < FAILED) return value;
    }
    if (state < 2) {
      const item = itemOf(value);
      if (item === 0) break;
      setPtr(slotOf(frame, ITEM), item);
      value = keyfunc === 0 ? Py_NewRef(item) : callWith(frame, 2, keyfunc, CALL, item);
      if (value < FAILED) return value;
    }
    if (value === FAILED) throw PENDING;
    if (state !== 3) {
      setPtr(slotOf(frame, KEY), value);
      if (i32(slotOf(frame, BEST)) === 0) {
        keep(frame);
        state = 0;
        continue;
      }
      value = compareFrom(frame, 3, value, i32(slotOf(frame, BEST_KEY)), op);
      if (value < FAILED) return value;
      if (value === FAILED) throw PENDING;
    }
    const m = hold(value);
    const better = PyObject_IsTrue(value);
    release(m);
    if (better) {
      const best = takeSlot(frame, BEST);
      const bestKey = takeSlot(frame, BEST_KEY);
      keep(frame);
      const k = hold(best);
      hold(bestKey);
      release(k);
    } else {
      dropSlot(frame, KEY);
      dropSlot(frame, ITEM);
    }
    state = 0;
  }
  const best = takeSlot(frame, BEST);
  if (best !== 0) return best;
  if (fallback !== 0) return Py_NewRef(fallback);
  raise(PyExc_ValueError, `${op === Py_GT ? 'max' : 'min'}() iterable argument is empty`);
}
/** The item is the best. */
function keep(frame: number): void {
  setPtr(slotOf(frame, BEST), takeSlot(frame, ITEM));
  setPtr(slotOf(frame, BEST_KEY), takeSlot(frame, KEY));
}
const NAMES = 'iterator,item,key,best,key of the best';
export const max: MachineSpec = {
  name: `max,${NAMES}`,
  catches: true,
  run: (frame, value) => run(frame, value),
  starts: [[builtin_max, (_m, args, nargs, kwnames) => minMax(max, args, nargs, kwnames, Py_GT)]],
};
export const min: MachineSpec = {
  name: `min,${NAMES}`,
  catches: true,
  run: (frame, value) => run(frame, value),
  starts: [[builtin_min, (_m, args, nargs, kwnames) => minMax(min, args, nargs, kwnames, Py_LT)]],
};
export function builtin_max(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  return runNested(() => minMax(max, args, nargs, kwnames, Py_GT));
}
export function builtin_min(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  return runNested(() => minMax(min, args, nargs, kwnames, Py_LT));
}
