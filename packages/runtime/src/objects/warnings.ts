/**
 * Warnings raised by natives. With the warnings module imported its rules apply; before that the default filters of
 * 3.13 are applied here: DeprecationWarning only in __main__, PendingDeprecationWarning, ImportWarning and
 * ResourceWarning never. Mirrors the C part, Python/_warnings.c.
 */
import { Py_ID, PyInterpreterState } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { callMethod } from './call.ts';
import { getItemStr, PyDict_Contains, PyDict_GetItemString, PyDict_New, PyDict_SetItem } from './dictobject.ts';
import { hold, Py_DECREF, Py_NewRef, PyType_IsSubtype, PyUnicode_Check, type Ref, release } from './object.ts';
import { shortName } from './exceptions.ts';
import { PyLong_FromLong } from './longobject.ts';
import { INTERP } from './runtime.ts';
import {
  Py_True,
  PyExc_DeprecationWarning,
  PyExc_ImportWarning,
  PyExc_PendingDeprecationWarning,
  PyExc_ResourceWarning,
} from './static.ts';
import { writeStderr } from './stderr.ts';
import { PyTuple_Pack } from './tupleobject.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from './unicodeobject.ts';
import { vm } from './vmlink.ts';

/** PyErr_WarnEx: `level` 1 is the running Python frame. May raise the warning as an exception. */
export function PyErr_WarnText(category: Ref, message: string, level: number, hasSource = false): void {
  const modules = i32(INTERP + PyInterpreterState.imports_modules);
  const warnings = modules === 0 ? 0 : PyDict_GetItemString(modules, 'warnings');
  if (warnings !== 0) {
    const m = hold(Py_NewRef(warnings));
    hold(PyUnicode_InternFromString('warn'));
    hold(PyUnicode_FromString(message));
    hold(PyLong_FromLong(level));
    Py_DECREF(callMethod(warnings, i32(m + 8), i32(m + 16), category, i32(m + 24)));
    release(m);
    return;
  }
  const caller = vm.callerLine(level);
  warnExplicit(category, message, caller?.filename ?? '<sys>', caller?.line ?? 1, caller?.globals ?? 0, hasSource);
}
/**
 * PyErr_WarnExplicit of the default filters; `globals` (or 0) holds the __warningregistry__. `hasSource`: an object is to
 * blame, whose allocation tracemalloc could tell.
 */
export function warnExplicit(
  category: Ref,
  message: string,
  filename: string,
  line: number,
  globals: Ref,
  hasSource = false,
): void {
  if (ignored(category, globals)) return;
  if (globals !== 0 && alreadyWarned(globals, message, category, line)) return;
  const source = vm.sourceLine(filename, line).trim();
  const name = shortName(category);
  writeStderr(`${filename}:${line}: ${name}: ${message}\n${source === '' ? '' : `  ${source}\n`}`);
  if (hasSource) writeStderr(`${name}: Enable tracemalloc to get the object allocation traceback\n`);
}
function ignored(category: Ref, globals: Ref): boolean {
  const is = (type: Ref): boolean => PyType_IsSubtype(category, type);
  if (is(PyExc_PendingDeprecationWarning) || is(PyExc_ImportWarning) || is(PyExc_ResourceWarning)) return true;
  if (!is(PyExc_DeprecationWarning)) return false;
  const name = globals === 0 ? 0 : getItemStr(globals, Py_ID.__name__);
  return !(name !== 0 && PyUnicode_Check(name) && asText(name) === '__main__');
}
/** The "default" action: once per text, category and line, kept in __warningregistry__. */
function alreadyWarned(globals: Ref, message: string, category: Ref, line: number): boolean {
  const m = hold(PyUnicode_InternFromString('__warningregistry__'));
  let registry = getItemStr(globals, i32(m));
  if (registry === 0) {
    registry = PyDict_New();
    hold(registry);
    PyDict_SetItem(globals, i32(m), registry);
  }
  hold(PyUnicode_FromString(message));
  const text = i32(m + (i32(m + 8) === registry ? 16 : 8));
  const n = hold(PyLong_FromLong(line));
  const key = PyTuple_Pack(text, category, i32(n));
  hold(key);
  const known = PyDict_Contains(registry, key);
  if (!known) PyDict_SetItem(registry, key, Py_True);
  release(m);
  return known;
}
