/** Imports by natives, through the program's own __import__. Mirrors PyImport_Import of Python/import.c. */
import { Py_ID, PyInterpreterState } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { PyObject_GetItem } from './abstract.ts';
import { callFunction } from './call.ts';
import { PyDict_GetItemRef, PyDict_New, PyDict_SetItem } from './dictobject.ts';
import { raiseObject } from './errors.ts';
import { PyList_New } from './listobject.ts';
import { PyLong_FromLong } from './longobject.ts';
import { hold, Py_NewRef, PyDict_Check, type Ref, release } from './object.ts';
import { PyObject_GetAttr } from './objectattr.ts';
import { INTERP } from './runtime.ts';
import { PyExc_KeyError } from './static.ts';
import { PyUnicode_InternFromString } from './unicodeobject.ts';
import { vm } from './vmlink.ts';

/** The module `name` (a str), a new reference: by the __import__ of the builtins of the frame that runs. */
export function PyImport_Import(name: Ref): Ref {
  const m = hold(PyList_New(0));
  let globals = vm.PyEval_GetGlobals();
  let builtins: Ref;
  if (globals !== 0) {
    hold(Py_NewRef(globals));
    builtins = PyObject_GetItem(globals, Py_ID.__builtins__);
    hold(builtins);
  } else {
    globals = PyDict_New();
    hold(globals);
    builtins = vm.PyEval_GetBuiltins();
    PyDict_SetItem(globals, Py_ID.__builtins__, builtins);
  }
  const importer = PyDict_Check(builtins)
    ? PyObject_GetItem(builtins, Py_ID.__import__)
    : PyObject_GetAttr(builtins, Py_ID.__import__);
  hold(importer);
  const level = hold(PyLong_FromLong(0));
  hold(callFunction(importer, name, globals, globals, i32(m), i32(level)));
  const modules = i32(INTERP + PyInterpreterState.imports_modules);
  const module = PyDict_GetItemRef(modules, name);
  if (module === 0) raiseObject(PyExc_KeyError, name);
  release(m);
  return module;
}
/** PyImport_ImportModule. */
export function PyImport_ImportModule(name: string): Ref {
  const m = hold(PyUnicode_InternFromString(name));
  const module = PyImport_Import(i32(m));
  release(m);
  return module;
}
