/** New exception classes of C code. Mirrors PyErr_NewException of Python/errors.c. */
import { Py_ID } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { PyDict_New, PyDict_SetItem } from './dictobject.ts';
import { hold, type Ref, release } from './object.ts';
import { PyType_Type } from './static.ts';
import { PyTuple_Pack } from './tupleobject.ts';
import { type_new } from './typenew.ts';
import { PyUnicode_FromString, PyUnicode_InternFromString } from './unicodeobject.ts';

/** The class `module.name` with these bases (a tuple, borrowed); a new reference. */
export function newException(module: string, name: string, bases: Ref): Ref {
  const dict = PyDict_New();
  const m = hold(dict);
  hold(PyUnicode_InternFromString(module));
  PyDict_SetItem(dict, Py_ID.__module__, i32(m + 8));
  hold(PyUnicode_FromString(name));
  hold(PyTuple_Pack(i32(m + 16), bases, dict));
  const type = type_new(PyType_Type, i32(m + 24), 0);
  release(m);
  return type;
}
