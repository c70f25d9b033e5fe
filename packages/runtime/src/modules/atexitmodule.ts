/** The module `atexit`. Mirrors Modules/atexitmodule.c; the callbacks lie in a list of the interpreter's dict. */
import { METH_KEYWORDS, METH_NOARGS, METH_O, METH_VARARGS, Py_EQ } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { PyObject_Call } from '../objects/call.ts';
import { PyDict_Copy } from '../objects/dictmerge.ts';
import { PyDict_GetItemString, PyDict_SetItemString } from '../objects/dictobject.ts';
import { catchPending, raise } from '../objects/errors.ts';
import { PyList_Append, PyList_New, PyList_SetItem } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { hold, nativeMark, Py_DECREF, Py_NewRef, type Ref, release } from '../objects/object.ts';
import { PyCallable_Check, PyObject_RichCompareBool } from '../objects/objectattr.ts';
import { PyExc_TypeError, Py_None } from '../objects/static.ts';
import { PyTuple_GetSlice } from '../objects/tuplemethods.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';
import { _PyErr_WriteUnraisableMsg } from '../objects/unraisable.ts';
import { none } from './builtinfuncs.ts';
import type { ModuleSpec } from './spec.ts';
import { interpreterDict } from './sysstate.ts';

const KEY = 'atexit.callbacks';
/** The list of (func, args, kwargs or None), borrowed, or 0. Unregistered entries are None. */
function callbacks(): Ref {
  return PyDict_GetItemString(interpreterDict(), KEY);
}
function atexit_register(_m: Ref, args: Ref, kwargs: Ref): Ref {
  const n = i32(args + 16);
  if (n === 0) raise(PyExc_TypeError, 'register() takes at least 1 argument (0 given)');
  const func = i32(args + 24);
  if (!PyCallable_Check(func)) raise(PyExc_TypeError, 'the first argument must be callable');
  let list = callbacks();
  if (list === 0) {
    const m = hold(PyList_New(0));
    PyDict_SetItemString(interpreterDict(), KEY, i32(m));
    release(m);
    list = callbacks();
  }
  const row = PyTuple_New(3);
  const m = hold(row);
  setPtr(row + 24, Py_NewRef(func));
  setPtr(row + 32, PyTuple_GetSlice(args, 1, n));
  setPtr(row + 40, kwargs === 0 ? none() : PyDict_Copy(kwargs));
  PyList_Append(list, row);
  release(m);
  return Py_NewRef(func);
}
/** Runs the callbacks, last registered first; what one raises is reported and the others still run. */
export function runAtexitCallbacks(): void {
  for (;;) {
    const list = callbacks();
    if (list === 0 || i32(list + 16) === 0) return;
    const n = i32(list + 16) - 1;
    const row = i32(i32(list + 24) + (n << 3));
    const m = hold(Py_NewRef(row));
    setPtr(list + 16, n);
    Py_DECREF(row);
    if (row !== Py_None) {
      const mark = nativeMark();
      try {
        const kw = i32(row + 40);
        Py_DECREF(PyObject_Call(i32(row + 24), i32(row + 32), kw === Py_None ? 0 : kw));
      } catch (e) {
        catchPending(e, mark);
        _PyErr_WriteUnraisableMsg('in atexit callback', i32(row + 24));
      }
    }
    release(m);
  }
}
function atexit_run_exitfuncs(): Ref {
  runAtexitCallbacks();
  return none();
}
function atexit_clear(): Ref {
  const m = hold(PyList_New(0));
  PyDict_SetItemString(interpreterDict(), KEY, i32(m));
  release(m);
  return none();
}
function atexit_ncallbacks(): Ref {
  const list = callbacks();
  let n = 0;
  for (let i = 0; list !== 0 && i < i32(list + 16); i++) if (i32(i32(list + 24) + (i << 3)) !== Py_None) n++;
  return PyLong_FromLong(n);
}
function atexit_unregister(_m: Ref, func: Ref): Ref {
  const list = callbacks();
  if (list === 0) return none();
  for (let i = 0; i < i32(list + 16); i++) {
    const row = i32(i32(list + 24) + (i << 3));
    if (row === Py_None) continue;
    const m = hold(Py_NewRef(row));
    const same = PyObject_RichCompareBool(func, i32(row + 24), Py_EQ);
    if (same && i < i32(list + 16)) PyList_SetItem(list, i, none());
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
