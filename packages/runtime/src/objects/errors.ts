/**
 * The error indicator: the thread state's current_exception, in memory. Mirrors Python/errors.c.
 * Every function that fails sets it and throws the constant PENDING (design D5); nothing else of ours is ever thrown
 * across rooms. Iteration ends and look-ups that find nothing return 0 and set nothing.
 */
import { PyThreadState } from '@moult/abi';
import { CURRENT_TSTATE, i32, setPtr } from '../memory/linear.ts';

import { PyObject_CallOneArg, PyObject_CallNoArgs, PyObject_Call } from './call.ts';
import {
  BaseException_SetContext,
  newMemoryError,
  PyException_SetCause,
  PyException_SetContext,
} from './exceptions.ts';
import {
  drop,
  hold,
  nativeMark,
  PyExceptionClass_Check,
  PyExceptionInstance_Check,
  Py_DECREF,
  Py_INCREF,
  Py_NewRef,
  Py_XDECREF,
  PyTuple_Check,
  PyType_IsSubtype,
  release,
  type Ref,
} from './object.ts';
import { PyExc_SystemError, Py_None } from './static.ts';
import { PyUnicode_FromString } from './unicodeobject.ts';

/** What is thrown when the indicator is set. Compared by identity; carries nothing. */
export const PENDING: { readonly pending: 'python exception' } = Object.freeze({ pending: 'python exception' });

/** The exception that is set, borrowed, or 0. (CPython's PyErr_Occurred returns its type.) */
export function currentException(): Ref {
  return i32(i32(CURRENT_TSTATE) + PyThreadState.current_exception);
}
export function PyErr_Occurred(): boolean {
  return currentException() !== 0;
}
/** Takes the indicator: the exception, owned by the caller, or 0. */
export function PyErr_GetRaisedException(): Ref {
  const slot = i32(CURRENT_TSTATE) + PyThreadState.current_exception;
  const exc = i32(slot);
  setPtr(slot, 0);
  return exc;
}
/** Sets the indicator (steals `exc`; 0 clears). Does not throw. */
export function PyErr_SetRaisedException(exc: Ref): void {
  const slot = i32(CURRENT_TSTATE) + PyThreadState.current_exception;
  const old = i32(slot);
  setPtr(slot, exc);
  Py_XDECREF(old);
}
export function PyErr_Clear(): void {
  PyErr_SetRaisedException(0);
}
/** True if the set exception is an instance of `type` (a type, or a tuple of them). */
export function PyErr_ExceptionMatches(type: Ref): boolean {
  const exc = currentException();
  return exc !== 0 && PyErr_GivenExceptionMatches(exc, type);
}
export function PyErr_GivenExceptionMatches(err: Ref, exc: Ref): boolean {
  if (PyTuple_Check(exc)) {
    const n = i32(exc + 16);
    for (let i = 0; i < n; i++) if (PyErr_GivenExceptionMatches(err, i32(exc + 24 + (i << 3)))) return true;
    return false;
  }
  const type = PyExceptionInstance_Check(err) ? i32(err + 8) : err;
  return PyExceptionClass_Check(type) && PyExceptionClass_Check(exc) ? PyType_IsSubtype(type, exc) : type === exc;
}

/**
 * Sets the indicator to an exception of `type` made from `value` (borrowed; 0: no argument; an instance of `type` is
 * taken as it is; a tuple gives the arguments), with the exception being handled as its context. Does not throw.
 */
export function PyErr_SetObject(type: Ref, value: Ref): void {
  setException(type, value, true);
}
/** The same without a context (PyErr_NormalizeException and PyErr_Restore). */
export function setWithoutContext(type: Ref, value: Ref): void {
  setException(type, value, false);
}
function setException(type: Ref, value: Ref, chains: boolean): void {
  let exc: Ref;
  const m = nativeMark();
  try {
    if (value !== 0 && PyExceptionInstance_Check(value) && PyType_IsSubtype(i32(value + 8), type))
      exc = Py_NewRef(value);
    else {
      // what was raised before goes first: no function is called with an exception set
      PyErr_Clear();
      if (value === 0 || value === Py_None) exc = PyObject_CallNoArgs(type);
      else if (PyTuple_Check(value)) exc = PyObject_Call(type, value, 0);
      else exc = PyObject_CallOneArg(type, value);
    }
  } catch (e) {
    catchPending(e, m);
    return;
  }
  if (chains) chainContext(exc);
  PyErr_SetRaisedException(exc);
}

/** Gives `exc` the handled exception as __context__, breaking a cycle that would close (_PyErr_SetObject's part). */
export function chainContext(exc: Ref): void {
  const handled = PyErr_GetHandledException();
  if (handled === 0) return;
  if (handled !== exc) BaseException_SetContext(exc, handled);
  else Py_DECREF(handled);
}

/** The exception being handled (the topmost exc_info that is not NULL or None), a new reference, or 0. */
export function PyErr_GetHandledException(): Ref {
  let info = i32(i32(CURRENT_TSTATE) + PyThreadState.exc_info);
  while (info !== 0) {
    const value = i32(info);
    if (value !== 0 && value !== Py_None) return Py_NewRef(value);
    info = i32(info + 8);
  }
  return 0;
}

/** Sets the indicator; does not throw. `message` is text of ours. */
export function PyErr_SetString(type: Ref, message: string): void {
  const m = hold(PyUnicode_FromString(message));
  PyErr_SetObject(type, i32(m));
  release(m);
}
/** Sets `type(message)` and throws: the usual way to fail. */
export function raise(type: Ref, message: string): never {
  PyErr_SetString(type, message);
  throw PENDING;
}
/** An exception that C raises and clears at once: only what it allocates is left of it. */
export function raiseAndClear(type: Ref, message: string): void {
  PyErr_SetString(type, message);
  PyErr_Clear();
}
/** Sets an exception made from `value` (borrowed) and throws. */
export function raiseObject(type: Ref, value: Ref): never {
  PyErr_SetObject(type, value);
  throw PENDING;
}
/** Sets an exception without arguments and throws (PyErr_SetNone). */
export function raiseNone(type: Ref): never {
  PyErr_SetObject(type, 0);
  throw PENDING;
}
/** MemoryError without allocating (PyErr_NoMemory). Throws. */
export function PyErr_NoMemory(): never {
  PyErr_SetRaisedException(newMemoryError());
  throw PENDING;
}
export function PyErr_BadInternalCall(where: string): never {
  raise(PyExc_SystemError, `${where}: bad argument to internal function`);
}

/** In a catch: rethrows what is not PENDING, and releases what the failed calls had on the native stack above `mark`. */
export function catchPending(e: unknown, mark: number): void {
  if (e !== PENDING) throw e;
  if (nativeMark() === mark) return;
  const exc = PyErr_GetRaisedException();
  release(mark);
  PyErr_SetRaisedException(exc);
}
/** In a catch: undoes with `undo`, which may run Python code, what was half done; rethrows. */
export function undoAndRethrow(e: unknown, undo: () => void): never {
  if (e === PENDING) {
    const m = hold(PyErr_GetRaisedException());
    undo();
    const exc = i32(m);
    drop(m);
    PyErr_SetRaisedException(exc);
  }
  throw e;
}
/**
 * In a catch: if the pending exception matches `type`, clears it, unwinds to `mark` and returns; rethrows otherwise.
 *   const m = nativeMark(); try { … } catch (e) { swallow(e, PyExc_AttributeError, m); … }
 */
export function swallow(e: unknown, type: Ref, mark: number): void {
  catchPending(e, mark);
  if (!PyErr_ExceptionMatches(type)) throw e;
  PyErr_Clear();
}

/** Replaces the pending exception by `type(message)` whose cause and context it becomes (_PyErr_FormatFromCause). Does not throw. */
export function chainCause(type: Ref, message: string): void {
  const old = PyErr_GetRaisedException();
  const m = hold(old);
  PyErr_SetString(type, message);
  const exc = PyErr_GetRaisedException();
  drop(m);
  Py_INCREF(old);
  PyException_SetCause(exc, old);
  PyException_SetContext(exc, old);
  PyErr_SetRaisedException(exc);
}
