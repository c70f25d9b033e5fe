/** `raise`, `except`, `except*`: building and matching exceptions. Mirrors do_raise, exception_group_match … of Python/ceval.c. */
import { PyThreadState } from '@moult/abi';
import { CURRENT_TSTATE, i32, setI32, setPtr } from '../memory/linear.ts';
import { PyLong_AsLong } from '../objects/longobject.ts';
import { PyObject_CallNoArgs, callMethod } from '../objects/call.ts';
import {
  PyErr_GetHandledException,
  PyErr_GivenExceptionMatches,
  PyErr_SetObject,
  PyErr_SetRaisedException,
  PyErr_SetString,
  raise,
} from '../objects/errors.ts';
import { PyException_SetCause, newExceptionGroup, _PyExc_PrepReraiseStar } from '../objects/exceptions.ts';
import {
  drop,
  hold,
  PyExceptionClass_Check,
  PyExceptionInstance_Check,
  PyLong_Check,
  PyTuple_Check,
  PyType_IsSubtype,
  Py_DECREF,
  Py_NewRef,
  Py_SIZE,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from '../objects/object.ts';
import { PyTraceBack_Here } from '../objects/tracebackobject.ts';
import { PyTuple_New, PyTuple_Pack } from '../objects/tupleobject.ts';
import { PyObject_Repr } from '../objects/objectattr.ts';
import { asText, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import {
  PyExc_BaseExceptionGroup,
  PyExc_RuntimeError,
  PyExc_SystemError,
  PyExc_TypeError,
  Py_None,
} from '../objects/static.ts';
import { _PyFrame_GetFrameObject } from './frame.ts';

function popSlots(sp: number, n: number): void {
  for (let p = sp - 8; p >= sp - (n << 3); p -= 8) {
    const v = i32(p);
    setI32(p, 0);
    if (v !== 0) Py_DECREF(v);
  }
}

/** RAISE_VARARGS. Sets the pending exception; 1: an ordinary error, 3: the re-raise of the handled one. */
export function raiseVarargs(sp: number, oparg: number): number {
  if (oparg === 0) {
    const exc = PyErr_GetHandledException();
    if (exc === 0) {
      PyErr_SetString(PyExc_RuntimeError, 'No active exception to reraise');
      return 1;
    }
    PyErr_SetRaisedException(exc);
    return 3;
  }
  const exc = i32(sp - (oparg << 3));
  let value: Ref;
  if (PyExceptionClass_Check(exc)) {
    value = PyObject_CallNoArgs(exc);
    if (!PyExceptionInstance_Check(value)) {
      hold(value);
      const type = i32(value + 8);
      raise(
        PyExc_TypeError,
        `calling ${reprOf(exc)} should have returned an instance of BaseException, not ${reprOf(type)}`,
      );
    }
  } else if (PyExceptionInstance_Check(exc)) value = Py_NewRef(exc);
  else raise(PyExc_TypeError, 'exceptions must derive from BaseException');
  const m = hold(value);
  if (oparg === 2) {
    const cause = i32(sp - 8);
    let fixed = 0;
    if (PyExceptionClass_Check(cause)) {
      fixed = PyObject_CallNoArgs(cause);
      if (!PyExceptionInstance_Check(fixed)) {
        hold(fixed);
        raise(
          PyExc_TypeError,
          `calling ${reprOf(cause)} should have returned an instance of BaseException, not ${reprOf(i32(fixed + 8))}`,
        );
      }
    } else if (PyExceptionInstance_Check(cause)) fixed = Py_NewRef(cause);
    else if (cause !== Py_None) raise(PyExc_TypeError, 'exception causes must derive from BaseException');
    PyException_SetCause(value, fixed);
  }
  PyErr_SetObject(i32(value + 8), value);
  release(m);
  popSlots(sp, oparg);
  return 1;
}
function reprOf(op: Ref): string {
  const m = hold(PyObject_Repr(op));
  const text = asText(i32(m));
  release(m);
  return text;
}

/** RERAISE: the exception on top becomes pending; with `oparg` the frame's position becomes the saved one. */
export function reraise(fp: number, sp: number, oparg: number): void {
  const exc = i32(sp - 8);
  if (oparg !== 0) {
    const lasti = i32(sp - 8 - (oparg << 3));
    if (!PyLong_Check(lasti)) raise(PyExc_SystemError, 'lasti is not an int');
    setI32(fp + 56, i32(fp) + 200 + (PyLong_AsLong(lasti) << 1));
  }
  setI32(sp - 8, 0);
  PyErr_SetRaisedException(exc);
}

/** check_except_type_valid. */
export function checkExceptType(right: Ref): void {
  if (PyTuple_Check(right)) {
    const n = Py_SIZE(right);
    for (let i = 0; i < n; i++) {
      if (!PyExceptionClass_Check(i32(right + 24 + (i << 3)))) {
        raise(PyExc_TypeError, 'catching classes that do not inherit from BaseException is not allowed');
      }
    }
  } else if (!PyExceptionClass_Check(right)) {
    raise(PyExc_TypeError, 'catching classes that do not inherit from BaseException is not allowed');
  }
}
function checkExceptStarType(right: Ref): void {
  checkExceptType(right);
  const bad = (t: Ref): boolean => PyType_IsSubtype(t, PyExc_BaseExceptionGroup);
  let wrong = false;
  if (PyTuple_Check(right)) {
    const n = Py_SIZE(right);
    for (let i = 0; i < n; i++) wrong ||= bad(i32(right + 24 + (i << 3)));
  } else wrong = bad(right);
  if (wrong) raise(PyExc_TypeError, 'catching ExceptionGroup with except* is not allowed. Use except instead.');
}

/** CHECK_EG_MATCH: [exc, type] → [rest, match] on the stack. */
export function checkEgMatch(fp: number, sp: number): void {
  const exc = i32(sp - 16);
  const type = i32(sp - 8);
  checkExceptStarType(type);
  let match: Ref = 0;
  let rest: Ref = 0;
  if (exc === Py_None) {
    match = Py_NewRef(Py_None);
    rest = Py_NewRef(Py_None);
  } else if (PyErr_GivenExceptionMatches(exc, type)) {
    if (PyType_IsSubtype(i32(exc + 8), PyExc_BaseExceptionGroup)) match = Py_NewRef(exc);
    else {
      // a naked exception is wrapped in a group
      const list = PyTuple_New(1);
      setPtr(list + 24, Py_NewRef(exc));
      const m = hold(list);
      match = newExceptionGroup('', list);
      release(m);
    }
    rest = Py_NewRef(Py_None);
  } else if (PyType_IsSubtype(i32(exc + 8), PyExc_BaseExceptionGroup)) {
    const m = hold(PyUnicode_InternFromString('split'));
    // as in a subset of a group: the argument comes in a tuple of its own, which is taken apart again
    hold(PyTuple_Pack(type));
    const pair = callMethod(exc, i32(m), type);
    hold(pair);
    if (!PyTuple_Check(pair)) {
      raise(PyExc_TypeError, `${tpName(i32(exc + 8))}.split must return a tuple, not ${typeNameOf(pair)}`);
    }
    if (Py_SIZE(pair) < 2) {
      raise(PyExc_TypeError, `${tpName(i32(exc + 8))}.split must return a 2-tuple, got tuple of size ${Py_SIZE(pair)}`);
    }
    match = Py_NewRef(i32(pair + 24));
    rest = Py_NewRef(i32(pair + 32));
    release(m);
  } else {
    match = Py_NewRef(Py_None);
    rest = Py_NewRef(exc);
  }
  setPtr(sp - 16, rest);
  setPtr(sp - 8, match);
  if (match !== Py_None) PyErr_SetHandledException(match);
  Py_DECREF(exc);
  Py_DECREF(type);
}
/** Replaces the exception being handled (PyErr_SetHandledException). */
function PyErr_SetHandledException(exc: Ref): void {
  const info = i32(i32(CURRENT_TSTATE) + PyThreadState.exc_info);
  const old = i32(info);
  setPtr(info, Py_NewRef(exc));
  if (old !== 0) Py_DECREF(old);
}
/** INTRINSIC_PREP_RERAISE_STAR. */
export function prepReraiseStar(orig: Ref, list: Ref): Ref {
  return _PyExc_PrepReraiseStar(orig, list);
}
