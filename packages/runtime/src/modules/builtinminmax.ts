/** min() and max(). Mirrors min_max of Python/bltinmodule.c. */
import { Py_GT, Py_LT } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { PyIter_Next, PyObject_GetIter } from '../objects/abstract.ts';
import { unpackKeywords } from '../objects/args.ts';
import { PyObject_CallOneArg } from '../objects/call.ts';
import { raise } from '../objects/errors.ts';
import { drop, hold, Py_NewRef, type Ref, release } from '../objects/object.ts';
import { PyObject_RichCompareBool } from '../objects/objectattr.ts';
import { PyExc_TypeError, PyExc_ValueError, Py_None } from '../objects/static.ts';
import { arg } from './builtinfuncs.ts';

function minMax(args: number, nargs: number, kwnames: Ref, name: 'min' | 'max', op: number): Ref {
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
  const positional = nargs > 1;
  if (positional && fallback !== 0) {
    raise(PyExc_TypeError, `Cannot specify a default for ${name}() with multiple positional arguments`);
  }
  if (keyfunc === Py_None) keyfunc = 0;
  // held: the iterator, the best item, its key
  const m = hold(positional ? 0 : PyObject_GetIter(arg(args, 0)));
  let best = 0;
  let bestKey = 0;
  for (let i = 0; ; i++) {
    let item: Ref;
    if (positional) {
      if (i >= nargs) break;
      item = Py_NewRef(arg(args, i));
    } else {
      item = PyIter_Next(i32(m));
      if (item === 0) break;
    }
    const k = hold(item);
    const key = keyfunc === 0 ? Py_NewRef(item) : PyObject_CallOneArg(keyfunc, item);
    hold(key);
    if (best === 0) {
      best = item;
      bestKey = key;
      continue;
    }
    if (PyObject_RichCompareBool(key, bestKey, op)) {
      drop(m + 8);
      hold(item);
      hold(key);
      const old = hold(best);
      hold(bestKey);
      best = item;
      bestKey = key;
      release(old);
    } else release(k);
  }
  if (best === 0) {
    release(m);
    if (fallback !== 0) return Py_NewRef(fallback);
    raise(PyExc_ValueError, `${name}() iterable argument is empty`);
  }
  Py_NewRef(best);
  release(m);
  return best;
}
export function builtin_max(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  return minMax(args, nargs, kwnames, 'max', Py_GT);
}
export function builtin_min(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  return minMax(args, nargs, kwnames, 'min', Py_LT);
}
