/** LIST_EXTEND, SET_UPDATE, DICT_UPDATE, DICT_MERGE and the errors of `f(*x, **y)`. Mirrors Python/ceval.c. */
import { Py_ID, PyTypeObject } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { PySequence_Check } from '../objects/abstract.ts';
import { PyDict_Merge, PyDict_Update } from '../objects/dictmerge.ts';
import {
  catchPending,
  PENDING,
  PyErr_Clear,
  PyErr_ExceptionMatches,
  PyErr_GetRaisedException,
  PyErr_SetRaisedException,
  raise,
} from '../objects/errors.ts';
import { _PyList_Extend } from '../objects/listobject.ts';
import {
  hold,
  nativeMark,
  Py_DECREF,
  Py_SIZE,
  PyTuple_Check,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
} from '../objects/object.ts';
import { PyObject_GetOptionalAttr, PyObject_Str } from '../objects/objectattr.ts';
import { _PySet_Update } from '../objects/setobject.ts';
import { PyExc_AttributeError, PyExc_KeyError, PyExc_TypeError, Py_None } from '../objects/static.ts';
import { asText } from '../objects/unicodeobject.ts';

export function listExtend(list: Ref, iterable: Ref): void {
  const mark = nativeMark();
  try {
    const none = _PyList_Extend(list, iterable);
    if (none !== undefined && none !== 0) Py_DECREF(none);
  } catch (e) {
    catchPending(e, mark);
    if (
      PyErr_ExceptionMatches(PyExc_TypeError) &&
      i32(i32(iterable + 8) + PyTypeObject.tp_iter) === 0 &&
      !PySequence_Check(iterable)
    ) {
      PyErr_Clear();
      raise(PyExc_TypeError, `Value after * must be an iterable, not ${typeNameOf(iterable)}`);
    }
    throw e;
  }
}
export function setUpdate(set: Ref, iterable: Ref): void {
  _PySet_Update(set, iterable);
}
export function dictUpdate(dict: Ref, update: Ref): void {
  const mark = nativeMark();
  try {
    PyDict_Update(dict, update);
  } catch (e) {
    catchPending(e, mark);
    if (PyErr_ExceptionMatches(PyExc_AttributeError)) {
      PyErr_Clear();
      raise(PyExc_TypeError, `'${typeNameOf(update)}' object is not a mapping`);
    }
    throw e;
  }
}

/** `module.qualname()` of a callable, for messages. */
export function functionStr(func: Ref): string {
  const qualname = PyObject_GetOptionalAttr(func, Py_ID.__qualname__);
  const m = hold(qualname);
  if (qualname === 0) {
    hold(PyObject_Str(func));
    const text = asText(i32(m + 8));
    release(m);
    return text;
  }
  const module = PyObject_GetOptionalAttr(func, Py_ID.__module__);
  hold(module);
  let text = `${asText(qualname)}()`;
  if (module !== 0 && module !== Py_None && PyUnicode_Check(module) && asText(module) !== 'builtins') {
    text = `${asText(module)}.${text}`;
  }
  release(m);
  return text;
}

/** format_kwargs_error. */
export function formatKwargsError(func: Ref, kwargs: Ref): void {
  if (PyErr_ExceptionMatches(PyExc_AttributeError)) {
    PyErr_Clear();
    raise(PyExc_TypeError, `${functionStr(func)} argument after ** must be a mapping, not ${typeNameOf(kwargs)}`);
  }
  if (!PyErr_ExceptionMatches(PyExc_KeyError)) return;
  const exc = PyErr_GetRaisedException();
  const args = i32(exc + 24);
  if (args !== 0 && PyTuple_Check(args) && Py_SIZE(args) === 1) {
    const m = hold(exc);
    const key = i32(args + 24);
    if (PyUnicode_Check(key)) {
      raise(PyExc_TypeError, `${functionStr(func)} got multiple values for keyword argument '${asText(key)}'`);
    }
    raise(PyExc_TypeError, 'keywords must be strings');
    release(m);
  }
  PyErr_SetRaisedException(exc);
}
export function dictMerge(callable: Ref, dict: Ref, update: Ref): void {
  const mark = nativeMark();
  try {
    PyDict_Merge(dict, update, 2);
  } catch (e) {
    catchPending(e, mark);
    formatKwargsError(callable, update);
    throw PENDING;
  }
}
/** The arguments after * must be iterable. */
export function checkArgsIterable(func: Ref, args: Ref): void {
  if (i32(i32(args + 8) + PyTypeObject.tp_iter) === 0 && !PySequence_Check(args)) {
    raise(PyExc_TypeError, `${functionStr(func)} argument after * must be an iterable, not ${typeNameOf(args)}`);
  }
}
