/** bool: the two ints True and False. Mirrors Objects/boolobject.c. */
import { i32, POLICY, setI32, setPtr } from '../memory/linear.ts';
import { _PyArg_CheckPositional, _PyArg_NoKeywords } from './args.ts';
import { raise } from './errors.ts';
import { long_and, long_invert, long_or, long_xor } from './longarith.ts';
import { type Ref, Py_NewRef, PyType_Check, PyType_IsSubtype, tpName } from './object.ts';
import { PyObject_IsTrue } from './objectattr.ts';
import type { TypeSpec } from './spec.ts';
import { PyBool_Type, PyExc_DeprecationWarning, PyExc_TypeError, PyLong_Type, Py_False, Py_True } from './static.ts';
import { PyUnicode_InternFromString } from './unicodeobject.ts';
import { PyErr_WarnText } from './warnings.ts';

/** True and False as static ints; counted before 3.12. */
export function initBooleans(): void {
  const count = i32(POLICY) >= 312 ? -1 : 1;
  for (const [op, value] of [
    [Py_False, 0],
    [Py_True, 1],
  ] as const) {
    setPtr(op, count);
    setPtr(op + 8, PyBool_Type);
    setPtr(op + 16, value === 0 ? 1 : 8);
    setI32(op + 24, value);
  }
}
export function PyBool_Check(op: Ref): boolean {
  return i32(op + 8) === PyBool_Type;
}
export function PyBool_FromLong(v: boolean): Ref {
  return Py_NewRef(v ? Py_True : Py_False);
}
function bool_repr(op: Ref): Ref {
  return PyUnicode_InternFromString(op === Py_True ? 'True' : 'False');
}
function bool_new(type: Ref, args: Ref, kwds: Ref): Ref {
  _PyArg_NoKeywords('bool', kwds);
  _PyArg_CheckPositional('bool', i32(args + 16), 0, 1);
  if (!PyType_Check(type) || !PyType_IsSubtype(type, PyBool_Type))
    raise(PyExc_TypeError, `bool.__new__(X): X is not a type object (${tpName(type)})`);
  return PyBool_FromLong(i32(args + 16) > 0 && PyObject_IsTrue(i32(args + 24)));
}
function bool_vectorcall(_type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  if (kwnames !== 0 && i32(kwnames + 16) > 0) raise(PyExc_TypeError, 'bool() takes no keyword arguments');
  _PyArg_CheckPositional('bool', nargs, 0, 1);
  return PyBool_FromLong(nargs > 0 && PyObject_IsTrue(i32(args)));
}
function bool_invert(op: Ref): Ref {
  PyErr_WarnText(
    PyExc_DeprecationWarning,
    "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise inversion of the underlying int object and is usually not what you expect from the negation of a bool object. Use the 'not' operator for boolean negation or ~int(x) for the bitwise inversion of the underlying int.",
    1,
  );
  return long_invert(op);
}
function bool_and(a: Ref, b: Ref): Ref {
  return PyBool_Check(a) && PyBool_Check(b) ? PyBool_FromLong(a === Py_True && b === Py_True) : long_and(a, b);
}
function bool_or(a: Ref, b: Ref): Ref {
  return PyBool_Check(a) && PyBool_Check(b) ? PyBool_FromLong(a === Py_True || b === Py_True) : long_or(a, b);
}
function bool_xor(a: Ref, b: Ref): Ref {
  return PyBool_Check(a) && PyBool_Check(b) ? PyBool_FromLong(a !== b) : long_xor(a, b);
}
function bool_dealloc(op: Ref): void {
  setI32(op, 1);
}

export const boolSpec: TypeSpec = {
  address: PyBool_Type,
  name: 'bool',
  basicsize: 24,
  flags: 0,
  base: PyLong_Type,
  doc: 'bool(object=False, /)\n--\n\nReturns True when the argument is true, False otherwise.\nThe builtins True and False are the only two instances of the class bool.\nThe class bool is a subclass of the class int, and cannot be subclassed.',
  slots: {
    tp_dealloc: bool_dealloc,
    tp_repr: bool_repr,
    tp_new: bool_new,
    tp_vectorcall: bool_vectorcall,
    nb_invert: bool_invert,
    nb_and: bool_and,
    nb_xor: bool_xor,
    nb_or: bool_or,
  },
};
