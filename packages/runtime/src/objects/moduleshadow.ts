/** Which file a missing module attribute may be due to. Mirrors that part of Objects/moduleobject.c. */
import { Py_ID, PyInterpreterState } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { PySet_Contains } from './setobject.ts';
import { PyDict_GetItemString } from './dictobject.ts';
import { hold, PyList_Check, PyUnicode_Check, type Ref, release } from './object.ts';
import { PyObject_GetOptionalAttr, PyObject_IsTrue } from './objectattr.ts';
import { INTERP } from './runtime.ts';
import { asText, PyUnicode_InternFromString } from './unicodeobject.ts';

/** The file a spec names, '' if it has no location. */
export function originOf(spec: Ref): string {
  const m = hold(PyUnicode_InternFromString('has_location'));
  const located = PyObject_GetOptionalAttr(spec, i32(m));
  if (located === 0) {
    release(m);
    return '';
  }
  hold(located);
  let text = '';
  if (PyObject_IsTrue(located)) {
    const origin = PyObject_GetOptionalAttr(spec, Py_ID.origin);
    if (origin !== 0) {
      hold(origin);
      if (PyUnicode_Check(origin)) text = asText(origin);
    }
  }
  release(m);
  return text;
}
/** True if the file lies in sys.path[0], so that it may hide another module of its name. */
export function isPossiblyShadowing(origin: string): boolean {
  if (origin === '') return false;
  const path = PyDict_GetItemString(i32(INTERP + PyInterpreterState.sysdict), 'path');
  if (path === 0 || !PyList_Check(path) || i32(path + 16) === 0) return false;
  const first = i32(i32(path + 24));
  if (!PyUnicode_Check(first)) return false;
  let root = origin.slice(0, Math.max(0, origin.lastIndexOf('/')));
  if (origin.endsWith('/__init__.py')) root = root.slice(0, Math.max(0, root.lastIndexOf('/')));
  return root === asText(first);
}
/** True if the name is one of sys.stdlib_module_names. */
export function isStandardName(name: Ref): boolean {
  const names = PyDict_GetItemString(i32(INTERP + PyInterpreterState.sysdict), 'stdlib_module_names');
  return names !== 0 && PySet_Contains(names, name);
}
