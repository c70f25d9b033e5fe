/**
 * Calling objects. Mirrors Objects/call.c and the call part of pycore_call.h.
 *
 * A vectorcall function has the C signature (callable, args, nargsf, kwnames): `args` is the address of 8-byte slots
 * that hold borrowed references, positional ones first, then the values of the names in the tuple `kwnames` (0: none).
 * Here nargsf is the plain count: the slot before args[0] may always be used by the callee, provided it restores it
 * (every caller of ours leaves one, as with PY_VECTORCALL_ARGUMENTS_OFFSET).
 */
import { PyTypeObject, Py_TPFLAGS_HAVE_VECTORCALL } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { PyDict_New, PyDict_Next, PyDict_SetItem, PyDict_Size } from './dictobject.ts';
import { raise } from './errors.ts';
import { borrowArguments, drop, dropArguments, hold, Py_NewRef, type Ref, release, typeNameOf } from './object.ts';
import { PyObject_GetAttr } from './objectattr.ts';
import { PyExc_TypeError } from './static.ts';
import { PyTuple_New } from './tupleobject.ts';
import { Py_EnterRecursiveCall, Py_LeaveRecursiveCall } from './recursion.ts';

/** The number of the callable's vectorcall function, or 0. */
export function PyVectorcall_Function(callable: Ref): number {
  const type = i32(callable + 8);
  if ((i32(type + PyTypeObject.tp_flags) & Py_TPFLAGS_HAVE_VECTORCALL) === 0) return 0;
  return i32(callable + i32(type + PyTypeObject.tp_vectorcall_offset));
}

/** Calls with arguments at `args`; returns a new reference. */
export function PyObject_Vectorcall(callable: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const fn = PyVectorcall_Function(callable);
  if (fn === 0) return _PyObject_MakeTpCall(callable, args, nargs, kwnames);
  return (text[fn] as (c: Ref, a: number, n: number, k: Ref) => Ref)(callable, args, nargs, kwnames);
}

/** Calls through tp_call with a fresh tuple and dict. */
export function _PyObject_MakeTpCall(callable: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const call = i32(i32(callable + 8) + PyTypeObject.tp_call);
  if (call === 0) raise(PyExc_TypeError, `'${typeNameOf(callable)}' object is not callable`);
  const tuple = tupleFromArray(args, nargs);
  const m = hold(tuple);
  let kwargs = 0;
  if (kwnames !== 0 && i32(kwnames + 16) > 0) {
    kwargs = _PyStack_AsDict(args + (nargs << 3), kwnames);
    hold(kwargs);
  }
  const result = callSlot(call, callable, tuple, kwargs);
  release(m);
  return result;
}

/** Runs a tp_call function under the C recursion limit, as " while calling a Python object". */
function callSlot(call: number, callable: Ref, args: Ref, kwargs: Ref): Ref {
  Py_EnterRecursiveCall(' while calling a Python object');
  try {
    return (text[call] as (c: Ref, a: Ref, k: Ref) => Ref)(callable, args, kwargs);
  } finally {
    Py_LeaveRecursiveCall();
  }
}

/** A new dict of the names in `kwnames` and the values at `values` (_PyStack_AsDict). */
export function _PyStack_AsDict(values: number, kwnames: Ref): Ref {
  const dict = PyDict_New();
  const m = hold(dict);
  const n = i32(kwnames + 16);
  for (let i = 0; i < n; i++) PyDict_SetItem(dict, i32(kwnames + 24 + (i << 3)), i32(values + (i << 3)));
  drop(m);
  return dict;
}

/** A new tuple of `n` references copied from the slots at `args` (_PyTuple_FromArray). */
export function tupleFromArray(args: number, n: number): Ref {
  const tuple = PyTuple_New(n);
  for (let i = 0; i < n; i++) setPtr(tuple + 24 + (i << 3), Py_NewRef(i32(args + (i << 3))));
  return tuple;
}

/** callable(*args, **kwargs): `args` a tuple, `kwargs` a dict or 0. */
export function PyObject_Call(callable: Ref, args: Ref, kwargs: Ref): Ref {
  const fn = PyVectorcall_Function(callable);
  if (fn !== 0) return vectorcallWithDict(fn, callable, args + 24, i32(args + 16), kwargs);
  const call = i32(i32(callable + 8) + PyTypeObject.tp_call);
  if (call === 0) raise(PyExc_TypeError, `'${typeNameOf(callable)}' object is not callable`);
  return callSlot(call, callable, args, kwargs);
}

/** tp_call of a type whose instances have a vectorcall (PyVectorcall_Call). */
export function PyVectorcall_Call(callable: Ref, args: Ref, kwargs: Ref): Ref {
  const fn = PyVectorcall_Function(callable);
  if (fn === 0) raise(PyExc_TypeError, `'${typeNameOf(callable)}' object does not support vectorcall`);
  return vectorcallWithDict(fn, callable, args + 24, i32(args + 16), kwargs);
}

/** callable(*args, **kwargs): `nargs` slots at `args`, `kwargs` a dict or 0. */
export function PyObject_VectorcallDict(callable: Ref, args: number, nargs: number, kwargs: Ref): Ref {
  const fn = PyVectorcall_Function(callable);
  if (fn !== 0) return vectorcallWithDict(fn, callable, args, nargs, kwargs);
  const call = i32(i32(callable + 8) + PyTypeObject.tp_call);
  if (call === 0) raise(PyExc_TypeError, `'${typeNameOf(callable)}' object is not callable`);
  const m = hold(tupleFromArray(args, nargs));
  const result = callSlot(call, callable, i32(m), kwargs);
  release(m);
  return result;
}

/** The arguments are `first`, if not 0, and those at `args`. */
function vectorcallWithDict(fn: number, callable: Ref, args: number, nargs: number, kwargs: Ref, first: Ref = 0): Ref {
  const vectorcall = text[fn] as (c: Ref, a: number, n: number, k: Ref) => Ref;
  const before = first === 0 ? 0 : 1;
  const n = nargs + before;
  const nk = kwargs === 0 ? 0 : PyDict_Size(kwargs);
  // The slot before a tuple's items is ob_size, so a copy is made for callees that use args[-1].
  const a = borrowArguments(n + nk);
  if (before !== 0) setPtr(a, first);
  for (let i = before; i < n; i++) setPtr(a + (i << 3), i32(args + ((i - before) << 3)));
  let names = 0;
  let m = 0;
  if (nk > 0) {
    names = PyTuple_New(nk);
    const pos = { i: 0, key: 0, value: 0 };
    for (let k = 0; PyDict_Next(kwargs, pos); k++) {
      if (!isStr(pos.key)) {
        m = hold(names);
        raise(PyExc_TypeError, 'keywords must be strings');
      }
      setPtr(names + 24 + (k << 3), Py_NewRef(pos.key));
      setPtr(a + ((n + k) << 3), pos.value);
      // the values are owned for the call: the dict may change meanwhile
      Py_NewRef(pos.value);
    }
    m = hold(names);
    // with names the positional ones are copied too, and counted (_PyStack_UnpackDict)
    for (let k = 0; k < n; k++) hold(Py_NewRef(i32(a + (k << 3))));
    for (let k = 0; k < nk; k++) hold(i32(a + ((n + k) << 3)));
  }
  const result = vectorcall(callable, a, n, names);
  if (nk > 0) release(m);
  dropArguments(a);
  return result;
}
function isStr(op: Ref): boolean {
  return (i32(i32(op + 8) + PyTypeObject.tp_flags) & (1 << 28)) !== 0;
}

export function PyObject_CallNoArgs(callable: Ref): Ref {
  const a = borrowArguments(0);
  const result = PyObject_Vectorcall(callable, a, 0, 0);
  dropArguments(a);
  return result;
}
export function PyObject_CallOneArg(callable: Ref, x: Ref): Ref {
  const a = borrowArguments(1);
  setPtr(a, x);
  const result = PyObject_Vectorcall(callable, a, 1, 0);
  dropArguments(a);
  return result;
}
/** callable(*args), the arguments borrowed (PyObject_CallFunctionObjArgs). */
export function callFunction(callable: Ref, ...args: Ref[]): Ref {
  const a = borrowArguments(args.length);
  for (let i = 0; i < args.length; i++) setPtr(a + (i << 3), args[i] as Ref);
  const result = PyObject_Vectorcall(callable, a, args.length, 0);
  dropArguments(a);
  return result;
}
/** self.name(*args): `name` a str (PyObject_CallMethodObjArgs; a bound method is made and released). */
export function callMethod(self: Ref, name: Ref, ...args: Ref[]): Ref {
  const m = hold(PyObject_GetAttr(self, name));
  const result = callFunction(i32(m), ...args);
  release(m);
  return result;
}

/** callable(obj, *args, **kwargs) (_PyObject_Call_Prepend). */
export function _PyObject_Call_Prepend(callable: Ref, obj: Ref, args: Ref, kwargs: Ref): Ref {
  const n = i32(args + 16);
  if (kwargs === 0 || PyDict_Size(kwargs) === 0) {
    const a = borrowArguments(n + 1);
    setPtr(a, obj);
    for (let i = 0; i < n; i++) setPtr(a + 8 + (i << 3), i32(args + 24 + (i << 3)));
    const result = PyObject_Vectorcall(callable, a, n + 1, 0);
    dropArguments(a);
    return result;
  }
  const fn = PyVectorcall_Function(callable);
  if (fn !== 0) return vectorcallWithDict(fn, callable, args + 24, n, kwargs, obj);
  const all = PyTuple_New(n + 1);
  setPtr(all + 24, Py_NewRef(obj));
  for (let i = 0; i < n; i++) setPtr(all + 32 + (i << 3), Py_NewRef(i32(args + 24 + (i << 3))));
  const m = hold(all);
  const result = PyObject_Call(callable, all, kwargs);
  release(m);
  return result;
}
