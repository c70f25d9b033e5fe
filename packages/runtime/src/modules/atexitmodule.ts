/** The module `atexit`. Mirrors Modules/atexitmodule.c; the callbacks lie in a list of the interpreter's dict. */
import { METH_KEYWORDS, METH_NOARGS, METH_O, METH_VARARGS, Py_EQ } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { PyObject_Call } from '../objects/call.ts';
import { PyDict_GetItemString, PyDict_SetItemString } from '../objects/dictobject.ts';
import {
  catchPending,
  PyErr_Clear,
  PyErr_GetRaisedException,
  PyErr_SetRaisedException,
  raise,
} from '../objects/errors.ts';
import { PyList_Append, PyList_New, PyList_SetItem } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { drop, hold, nativeMark, Py_DECREF, Py_NewRef, type Ref, release } from '../objects/object.ts';
import { PyCallable_Check, PyObject_Repr, PyObject_RichCompareBool } from '../objects/objectattr.ts';
import { PyExc_TypeError, Py_None } from '../objects/static.ts';
import { PyTuple_GetSlice } from '../objects/tuplemethods.ts';
import { asText } from '../objects/unicodeobject.ts';
import { _PyErr_WriteUnraisableMsg } from '../objects/unraisable.ts';
import { none } from './builtinfuncs.ts';
import type { ModuleSpec } from './spec.ts';
import { interpreterDict } from './sysstate.ts';

const KEY = 'atexit.callbacks';
/** The list of func, args, kwargs or None for each callback, borrowed, or 0. Unregistered ones are three times None. */
function callbacks(): Ref {
  return PyDict_GetItemString(interpreterDict(), KEY);
}
const at = (list: Ref, i: number): Ref => i32(i32(list + 24) + (i << 3));
function newList(): void {
  const m = hold(PyList_New(0));
  PyDict_SetItemString(interpreterDict(), KEY, i32(m));
  release(m);
}
function atexit_register(_m: Ref, args: Ref, kwargs: Ref): Ref {
  const n = i32(args + 16);
  if (n === 0) raise(PyExc_TypeError, 'register() takes at least 1 argument (0 given)');
  const func = i32(args + 24);
  if (!PyCallable_Check(func)) raise(PyExc_TypeError, 'the first argument must be callable');
  if (callbacks() === 0) newList();
  const list = callbacks();
  const m = hold(PyTuple_GetSlice(args, 1, n));
  PyList_Append(list, func);
  PyList_Append(list, i32(m));
  PyList_Append(list, kwargs === 0 ? Py_None : kwargs);
  release(m);
  return Py_NewRef(func);
}
/** Runs the callbacks that are there now, last registered first; what one raises is reported and the others still run. */
export function runAtexitCallbacks(): void {
  const first = callbacks();
  for (let n = first === 0 ? 0 : i32(first + 16); n > 0; n -= 3) {
    const list = callbacks();
    if (list === 0 || i32(list + 16) < n) continue;
    const [func, args, kw] = [at(list, n - 3), at(list, n - 2), at(list, n - 1)] as const;
    const m = hold(Py_NewRef(func));
    hold(Py_NewRef(args));
    hold(Py_NewRef(kw));
    for (let k = 3; k > 0; k--) PyList_SetItem(list, n - k, none());
    if (args !== Py_None) {
      const mark = nativeMark();
      try {
        Py_DECREF(PyObject_Call(func, args, kw === Py_None ? 0 : kw));
      } catch (e) {
        catchPending(e, mark);
        const exc = hold(PyErr_GetRaisedException());
        const shown = reprOf(func);
        drop(exc);
        PyErr_SetRaisedException(i32(exc));
        _PyErr_WriteUnraisableMsg(`in atexit callback ${shown}`, 0);
      }
    }
    release(m);
  }
  // what was registered meanwhile goes without being called
  if (first !== 0) newList();
}
function reprOf(func: Ref): string {
  const mark = nativeMark();
  try {
    const text = asText(i32(hold(PyObject_Repr(func))));
    release(mark);
    return text;
  } catch (e) {
    catchPending(e, mark);
    PyErr_Clear();
    return '';
  }
}
function atexit_run_exitfuncs(): Ref {
  runAtexitCallbacks();
  return none();
}
function atexit_clear(): Ref {
  newList();
  return none();
}
/** Counts those that were unregistered, too. */
function atexit_ncallbacks(): Ref {
  const list = callbacks();
  return PyLong_FromLong(list === 0 ? 0 : i32(list + 16) / 3);
}
function atexit_unregister(_m: Ref, func: Ref): Ref {
  const list = callbacks();
  if (list === 0) return none();
  for (let i = 0; i < i32(list + 16); i += 3) {
    if (at(list, i + 1) === Py_None) continue;
    const m = hold(Py_NewRef(at(list, i)));
    const same = PyObject_RichCompareBool(i32(m), func, Py_EQ);
    if (same && i + 2 < i32(list + 16)) for (let k = 0; k < 3; k++) PyList_SetItem(list, i + k, none());
    release(m);
  }
  return none();
}
export const atexitSpec: ModuleSpec = {
  name: 'atexit',
  doc: 'allow programmer to define multiple exit functions to be executed\nupon normal program termination.\n\nTwo public functions, register and unregister, are defined.\n',
  methods: [
    {
      name: 'register',
      flags: METH_VARARGS | METH_KEYWORDS,
      fn: atexit_register,
      doc: 'register($module, func, /, *args, **kwargs)\n--\n\nRegister a function to be executed upon normal program termination',
    },
    { name: '_clear', flags: METH_NOARGS, fn: atexit_clear },
    { name: 'unregister', flags: METH_O, fn: atexit_unregister },
    { name: '_run_exitfuncs', flags: METH_NOARGS, fn: atexit_run_exitfuncs },
    { name: '_ncallbacks', flags: METH_NOARGS, fn: atexit_ncallbacks },
  ],
};
