/** The state of a search: what it is about, and what its groups have matched. Mirrors that part of Modules/_sre/sre.c. */
import { PatternObject as P, Py_buffer, SRE_STATE as S } from '@moult/abi';
import { bytes, i32, setI32, setPtr } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import { PyBuffer_Release, PyObject_GetBuffer } from '../objects/abstractbuffer.ts';
import { PyBytes_CheckExact, PyBytes_FromStringAndSize } from '../objects/bytesobject.ts';
import {
  catchPending,
  PENDING,
  PyErr_Clear,
  PyErr_GetRaisedException,
  PyErr_NoMemory,
  PyErr_SetRaisedException,
  raise,
} from '../objects/errors.ts';
import {
  borrowArguments,
  drop,
  dropArguments,
  hold,
  nativeMark,
  Py_DECREF,
  Py_NewRef,
  PyUnicode_Check,
  type Ref,
  typeNameOf,
} from '../objects/object.ts';
import { PyExc_SystemError, PyExc_TypeError } from '../objects/static.ts';
import { PyUnicode_Substring } from '../objects/unicodemake.ts';
import { PyUnicode_DATA, PyUnicode_KIND } from '../objects/unicodeobject.ts';
import { none } from './builtinfuncs.ts';
import { data_stack_dealloc } from './srestack.ts';

/** Fills the view of a bytes-like object; TypeError for what is neither that nor a str. */
export function stringBuffer(string: Ref, view: number): void {
  const m = nativeMark();
  try {
    PyObject_GetBuffer(string, view, 0);
  } catch (e) {
    catchPending(e, m);
    PyErr_Clear();
    raise(PyExc_TypeError, `expected string or bytes-like object, got '${typeNameOf(string)}'`);
  }
}

/** Fills the zeroed state at `state` for a search of string[start:end]. */
export function state_init(state: number, pattern: Ref, string: Ref, start: number, end: number): void {
  const mark = PyMem_Malloc(i32(pattern + P.groups) << 4);
  if (mark === 0) PyErr_NoMemory();
  const m = nativeMark();
  try {
    setPtr(state + S.mark, mark);
    setI32(state + S.lastmark, -1);
    setI32(state + S.lastindex, -1);
    let p: number;
    let length: number;
    let size = 1;
    if (PyUnicode_Check(string)) {
      if (i32(pattern + P.isbytes) > 0) raise(PyExc_TypeError, 'cannot use a bytes pattern on a string-like object');
      p = PyUnicode_DATA(string);
      length = i32(string + 16);
      size = PyUnicode_KIND(string);
    } else {
      stringBuffer(string, state + S.buffer);
      if (i32(pattern + P.isbytes) === 0) raise(PyExc_TypeError, 'cannot use a string pattern on a bytes-like object');
      p = i32(state + S.buffer);
      length = i32(state + S.buffer + Py_buffer.len);
      setI32(state + S.isbytes, 1);
    }
    start = Math.max(0, Math.min(start, length));
    end = Math.max(0, Math.min(end, length));
    setI32(state + S.charsize, size);
    setPtr(state + S.beginning, p);
    setPtr(state + S.start, p + start * size);
    setPtr(state + S.end, p + end * size);
    setPtr(state + S.string, Py_NewRef(string));
    setPtr(state + S.pos, start);
    setPtr(state + S.endpos, end);
  } catch (e) {
    catchPending(e, m);
    const exc = PyErr_GetRaisedException();
    setPtr(state + S.mark, 0);
    PyMem_Free(mark);
    PyBuffer_Release(state + S.buffer);
    PyErr_SetRaisedException(exc);
    throw PENDING;
  }
}
/** Before each of several searches. */
export function state_reset(state: number): void {
  setI32(state + S.lastmark, -1);
  setI32(state + S.lastindex, -1);
  setPtr(state + S.repeat, 0);
  data_stack_dealloc(state);
  setPtr(state + S.ptr, i32(state + S.start));
}
/** Before the next of several searches: an empty match is not found twice. */
export function state_advance(state: number): void {
  setI32(state + S.must_advance, i32(state + S.ptr) === i32(state + S.start) ? 1 : 0);
  setPtr(state + S.start, i32(state + S.ptr));
}
export function state_fini(state: number): void {
  PyBuffer_Release(state + S.buffer);
  const string = i32(state + S.string);
  setPtr(state + S.string, 0);
  if (string !== 0) Py_DECREF(string);
  data_stack_dealloc(state);
  const mark = i32(state + S.mark);
  setPtr(state + S.mark, 0);
  if (mark !== 0) PyMem_Free(mark);
}

/**
 * Calls use(state, pattern) with the state of a search of string[start:end]. It lies on the native stack; the references that it
 * owns, to the string and its buffer's object, stand in slots behind it too, where whoever walks that stack finds them.
 */
export function withState(
  pattern: Ref,
  string: Ref,
  start: number,
  end: number,
  use: (state: number, pattern: Ref) => Ref,
): Ref {
  const state = borrowArguments(S.SIZE >> 3);
  bytes.fill(0, state, state + S.SIZE);
  state_init(state, pattern, string, start, end);
  const owned = hold(string);
  hold(i32(state + S.buffer + Py_buffer.obj));
  const m = nativeMark();
  let result: Ref;
  try {
    result = use(state, pattern);
  } catch (e) {
    catchPending(e, m);
    drop(owned);
    const exc = PyErr_GetRaisedException();
    state_fini(state);
    PyErr_SetRaisedException(exc);
    throw PENDING;
  }
  drop(owned);
  state_fini(state);
  dropArguments(state);
  return result;
}

/** string[start:end] as a new object; bytes lie at `data`. */
export function getslice(isbytes: boolean, data: number, string: Ref, start: number, end: number): Ref {
  if (!isbytes) return PyUnicode_Substring(string, start, end);
  if (start === 0 && PyBytes_CheckExact(string) && end === i32(string + 16)) return Py_NewRef(string);
  return PyBytes_FromStringAndSize(data + start, end - start);
}
/** A place of the state's string as an index. */
export function offsetOf(state: number, p: number): number {
  return (p - i32(state + S.beginning)) >> (i32(state + S.charsize) >> 1);
}
export function sliceOf(state: number, start: number, end: number): Ref {
  return getslice(i32(state + S.isbytes) !== 0, i32(state + S.beginning), i32(state + S.string), start, end);
}
export function wrongSpan(): never {
  raise(PyExc_SystemError, 'The span of capturing group is wrong, please report a bug for the re module.');
}
/** What group `index` (from 1) has matched; else the empty string or None. */
export function state_getslice(state: number, index: number, empty: boolean): Ref {
  const k = (index - 1) << 1;
  const mark = i32(state + S.mark) + (k << 3);
  if (k >= i32(state + S.lastmark) || i32(mark) === 0 || i32(mark + 8) === 0) {
    return empty ? sliceOf(state, 0, 0) : none();
  }
  const i = offsetOf(state, i32(mark));
  const j = offsetOf(state, i32(mark + 8));
  if (i > j) wrongSpan();
  return sliceOf(state, i, j);
}
