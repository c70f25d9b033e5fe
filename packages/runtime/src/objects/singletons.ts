/** None, NotImplemented, Ellipsis. Mirrors Objects/object.c and the ellipsis of Objects/sliceobject.c. */
import { METH_NOARGS } from '@moult/abi';
import { HASH_HI, i32, POLICY, setI32, setPtr } from '../memory/linear.ts';
import { PyDict_Size } from './dictobject.ts';
import { raise } from './errors.ts';
import { Py_NewRef, type Ref } from './object.ts';
import { PyObject_GenericGetAttr } from './objectattr.ts';
import type { TypeSpec } from './spec.ts';
import {
  _PyInstrumentation_DISABLE,
  _PyInstrumentation_MISSING,
  PyBaseObject_Type,
  PyEllipsis_Type,
  PyExc_DeprecationWarning,
  PyExc_TypeError,
  Py_Ellipsis,
  Py_NotImplemented,
  Py_None,
  _Py_EllipsisObject,
  _Py_NoneStruct,
  _Py_NotImplementedStruct,
  _PyNone_Type,
  _PyNotImplemented_Type,
} from './static.ts';
import { _Py_BaseObject_RichCompare } from './objecttype.ts';
import { initNoDefault } from './typevarobject.ts';
import { PyUnicode_FromString } from './unicodeobject.ts';
import { PyErr_WarnText } from './warnings.ts';

/** Writes the three objects (cold boot). */
export function initSingletons(): void {
  const count = i32(POLICY) >= 312 ? -1 : 1;
  setPtr(_Py_NoneStruct, count);
  setPtr(_Py_NoneStruct + 8, _PyNone_Type);
  setPtr(_Py_NotImplementedStruct, count);
  setPtr(_Py_NotImplementedStruct + 8, _PyNotImplemented_Type);
  setPtr(_Py_EllipsisObject, count);
  setPtr(_Py_EllipsisObject + 8, PyEllipsis_Type);
  // what callbacks of sys.monitoring return and get: plain objects
  for (const op of [_PyInstrumentation_MISSING, _PyInstrumentation_DISABLE]) {
    setPtr(op, -1);
    setPtr(op + 8, PyBaseObject_Type);
  }
  initNoDefault();
}
function only(name: string, value: Ref): (type: Ref, args: Ref, kwds: Ref) => Ref {
  return (_type, args, kwds) => {
    if (i32(args + 16) > 0 || (kwds !== 0 && PyDict_Size(kwds) > 0))
      raise(PyExc_TypeError, `${name} takes no arguments`);
    return Py_NewRef(value);
  };
}
function noDealloc(): void {
  // immortal: a wrong decref must not free it
}
function none_hash(): number {
  setI32(HASH_HI, 0);
  return 0xfca86420 | 0;
}
function NotImplemented_bool(): boolean {
  PyErr_WarnText(PyExc_DeprecationWarning, 'NotImplemented should not be used in a boolean context', 1);
  return true;
}

export const noneSpec: TypeSpec = {
  address: _PyNone_Type,
  name: 'NoneType',
  basicsize: 0,
  flags: 0,
  doc: 'NoneType()\n--\n\nThe type of the None singleton.',
  slots: {
    tp_dealloc: noDealloc,
    tp_repr: (): Ref => PyUnicode_FromString('None'),
    tp_hash: none_hash,
    tp_getattro: PyObject_GenericGetAttr,
    tp_richcompare: (a: Ref, b: Ref, op: number): Ref => _Py_BaseObject_RichCompare(a, b, op),
    tp_new: only('NoneType', Py_None),
    nb_bool: (): boolean => false,
  },
};
export const notImplementedSpec: TypeSpec = {
  address: _PyNotImplemented_Type,
  name: 'NotImplementedType',
  basicsize: 0,
  flags: 0,
  doc: 'NotImplementedType()\n--\n\nThe type of the NotImplemented singleton.',
  slots: {
    tp_dealloc: noDealloc,
    tp_repr: (): Ref => PyUnicode_FromString('NotImplemented'),
    tp_getattro: PyObject_GenericGetAttr,
    tp_new: only('NotImplementedType', Py_NotImplemented),
    nb_bool: NotImplemented_bool,
  },
  methods: [{ name: '__reduce__', flags: METH_NOARGS, fn: (): Ref => PyUnicode_FromString('NotImplemented') }],
};
export const ellipsisSpec: TypeSpec = {
  address: PyEllipsis_Type,
  name: 'ellipsis',
  basicsize: 0,
  flags: 0,
  doc: 'ellipsis()\n--\n\nThe type of the Ellipsis singleton.',
  slots: {
    tp_dealloc: noDealloc,
    tp_repr: (): Ref => PyUnicode_FromString('Ellipsis'),
    tp_getattro: PyObject_GenericGetAttr,
    tp_new: only('EllipsisType', Py_Ellipsis),
  },
  methods: [{ name: '__reduce__', flags: METH_NOARGS, fn: (): Ref => PyUnicode_FromString('Ellipsis') }],
};
