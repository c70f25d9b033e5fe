/** MATCH_KEYS and MATCH_CLASS. Mirrors match_keys, match_class_attr and match_class of Python/ceval.c. */
import { _Py_TPFLAGS_MATCH_SELF, Py_ID, PyTypeObject } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { PyObject_IsInstance } from '../objects/abstract.ts';
import { callFunction } from '../objects/call.ts';
import { PyErr_ExceptionMatches, PyErr_Clear, PENDING, catchPending, raise } from '../objects/errors.ts';
import { PyList_AsTuple, PyList_New, PyList_Append } from '../objects/listobject.ts';
import {
  hold,
  nativeMark,
  PyType_Check,
  PyTuple_Check,
  PyUnicode_Check,
  Py_NewRef,
  Py_SIZE,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from '../objects/object.ts';
import { PyObject_GetAttr, PyObject_GetOptionalAttr, PyObject_Repr } from '../objects/objectattr.ts';
import {
  PyExc_AttributeError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyBaseObject_Type,
  Py_None,
} from '../objects/static.ts';
import { PySet_Add, PySet_Contains, PySet_New } from '../objects/setobject.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';
import { asText } from '../objects/unicodeobject.ts';
import { _PyObject_New } from '../gc/alloc.ts';

function reprText(op: Ref): string {
  const m = hold(PyObject_Repr(op));
  const text = asText(i32(m));
  release(m);
  return text;
}

/** The values of `keys` in the mapping `map` as a tuple, or None when one is missing. */
export function matchKeys(map: Ref, keys: Ref): Ref {
  const n = Py_SIZE(keys);
  if (n === 0) return PyTuple_New(0);
  const m = hold(PyObject_GetAttr(map, Py_ID.get));
  const get = i32(m);
  const seen = PySet_New(0);
  hold(seen);
  const dummy = _PyObject_New(PyBaseObject_Type);
  hold(dummy);
  const values = PyTuple_New(n);
  hold(values);
  for (let i = 0; i < n; i++) {
    const key = i32(keys + 24 + (i << 3));
    if (PySet_Contains(seen, key)) raise(PyExc_ValueError, `mapping pattern checks duplicate key (${reprText(key)})`);
    PySet_Add(seen, key);
    const value = callFunction(get, key, dummy);
    if (value === dummy) {
      hold(value);
      release(m);
      return Py_NewRef(Py_None);
    }
    setPtr(values + 24 + (i << 3), value);
  }
  const result = Py_NewRef(values);
  release(m);
  return result;
}

/** An attribute for a class pattern, new reference; 0: the subject has none, or (with TypeError) it is matched twice. */
function classAttr(subject: Ref, type: Ref, name: Ref, seen: Ref): Ref {
  if (PySet_Contains(seen, name)) {
    raise(PyExc_TypeError, `${tpName(type)}() got multiple sub-patterns for attribute ${reprText(name)}`);
  }
  PySet_Add(seen, name);
  return PyObject_GetOptionalAttr(subject, name);
}

/** The attributes that a class pattern looks at, as a tuple; None when the subject does not match. */
export function matchClass(subject: Ref, type: Ref, nargs: number, kwargs: Ref): Ref {
  if (!PyType_Check(type)) raise(PyExc_TypeError, 'called match pattern must be a class');
  if (!PyObject_IsInstance(subject, type)) return Py_NewRef(Py_None);
  const seen = PySet_New(0);
  const m = hold(seen);
  const attrs = PyList_New(0);
  hold(attrs);
  const fail = (): Ref => {
    release(m);
    return Py_NewRef(Py_None);
  };
  const add = (attr: Ref): void => {
    const k = hold(attr);
    PyList_Append(attrs, attr);
    release(k);
  };
  if (nargs > 0) {
    let matchSelf = false;
    let matchArgs = 0;
    const mark = nativeMark();
    try {
      matchArgs = PyObject_GetAttr(type, Py_ID.__match_args__);
    } catch (e) {
      catchPending(e, mark);
      if (!PyErr_ExceptionMatches(PyExc_AttributeError)) throw PENDING;
      PyErr_Clear();
      matchArgs = PyTuple_New(0);
      matchSelf = (i32(type + PyTypeObject.tp_flags) & _Py_TPFLAGS_MATCH_SELF) !== 0;
    }
    hold(matchArgs);
    if (!PyTuple_Check(matchArgs)) {
      raise(PyExc_TypeError, `${tpName(type)}.__match_args__ must be a tuple (got ${typeNameOf(matchArgs)})`);
    }
    const allowed = matchSelf ? 1 : Py_SIZE(matchArgs);
    if (allowed < nargs) {
      raise(
        PyExc_TypeError,
        `${tpName(type)}() accepts ${allowed} positional sub-pattern${allowed === 1 ? '' : 's'} (${nargs} given)`,
      );
    }
    if (matchSelf) add(Py_NewRef(subject));
    else {
      for (let i = 0; i < nargs; i++) {
        const name = i32(matchArgs + 24 + (i << 3));
        if (!PyUnicode_Check(name)) {
          raise(PyExc_TypeError, `__match_args__ elements must be strings (got ${typeNameOf(name)})`);
        }
        const attr = classAttr(subject, type, name, seen);
        if (attr === 0) return fail();
        add(attr);
      }
    }
  }
  const nk = Py_SIZE(kwargs);
  for (let i = 0; i < nk; i++) {
    const attr = classAttr(subject, type, i32(kwargs + 24 + (i << 3)), seen);
    if (attr === 0) return fail();
    add(attr);
  }
  const tuple = PyList_AsTuple(attrs);
  hold(tuple);
  const result = Py_NewRef(tuple);
  release(m);
  return result;
}
