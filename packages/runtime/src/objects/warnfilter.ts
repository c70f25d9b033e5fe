/** Which warnings are shown, and how: filters, registries, the warnings module where it is imported. Mirrors Python/_warnings.c. */
import { PyInterpreterState } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { callFunction, callMethod, PyObject_CallOneArg } from './call.ts';
import {
  PyDict_GetItemWithError,
  PyDict_GetItemString,
  PyDict_New,
  PyDict_SetItem,
  PyDict_SetItemString,
} from './dictobject.ts';
import { PyDict_Clear } from './dictdelete.ts';
import { PyObject_IsSubclass } from './abstract.ts';
import { raise, raiseObject, swallow } from './errors.ts';
import { shortName } from './exceptions.ts';
import { PyImport_ImportModule } from './importhelp.ts';
import { PyList_Append, PyList_New } from './listobject.ts';
import { PyLong_AsInt, PyLong_FromLong } from './longobject.ts';
import {
  drop,
  hold,
  nativeMark,
  Py_NewRef,
  Py_SIZE,
  Py_XNewRef,
  PyDict_Check,
  PyList_Check,
  PyLong_Check,
  PyTuple_Check,
  PyType_IsSubtype,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import { PyObject_GetOptionalAttr, PyObject_IsTrue, PyObject_Repr, PyObject_Str } from './objectattr.ts';
import { INTERP } from './runtime.ts';
import {
  Py_None,
  Py_True,
  PyExc_DeprecationWarning,
  PyExc_ImportError,
  PyExc_ImportWarning,
  PyExc_PendingDeprecationWarning,
  PyExc_ResourceWarning,
  PyExc_RuntimeError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyExc_Warning,
} from './static.ts';
import { writeStderr } from './stderr.ts';
import { PyTuple_Pack } from './tupleobject.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from './unicodeobject.ts';
import { vm } from './vmlink.ts';

const FILTERS = INTERP + PyInterpreterState.warnings_filters;
const ONCE = INTERP + PyInterpreterState.warnings_once_registry;
const DEFAULT_ACTION = INTERP + PyInterpreterState.warnings_default_action;
const VERSION = INTERP + PyInterpreterState.warnings_filters_version;

/** Cold boot: the default filters of 3.13 (_PyWarnings_InitState). */
export function initWarnings(): void {
  const rules: [string, Ref, string | null][] = [
    ['default', PyExc_DeprecationWarning, '__main__'],
    ['ignore', PyExc_DeprecationWarning, null],
    ['ignore', PyExc_PendingDeprecationWarning, null],
    ['ignore', PyExc_ImportWarning, null],
    ['ignore', PyExc_ResourceWarning, null],
  ];
  const list = PyList_New(0);
  const m = hold(list);
  for (const [action, category, module] of rules) {
    const k = hold(PyUnicode_InternFromString(action));
    hold(module === null ? Py_NewRef(Py_None) : PyUnicode_InternFromString(module));
    hold(PyLong_FromLong(0));
    hold(PyTuple_Pack(i32(k), Py_None, category, i32(k + 8), i32(k + 16)));
    PyList_Append(list, i32(k + 24));
    release(k);
  }
  drop(m);
  setPtr(FILTERS, list);
  setPtr(ONCE, PyDict_New());
  setPtr(DEFAULT_ACTION, PyUnicode_InternFromString('default'));
  setPtr(VERSION, 0);
}
export function filtersMutated(): void {
  setPtr(VERSION, i32(VERSION) + 1);
}
/** filters, _onceregistry, _defaultaction; borrowed. */
export function warningsState(): { readonly filters: Ref; readonly once: Ref; readonly action: Ref } {
  return { filters: i32(FILTERS), once: i32(ONCE), action: i32(DEFAULT_ACTION) };
}
/** The warnings module, a new reference, or 0: imported where `tryImport` says so, but not while the interpreter ends. */
function warningsModule(tryImport: boolean): Ref {
  if (!tryImport) {
    const modules = i32(INTERP + PyInterpreterState.imports_modules);
    const module = modules === 0 ? 0 : PyDict_GetItemString(modules, 'warnings');
    return module === Py_None ? 0 : Py_XNewRef(module);
  }
  if (i32(INTERP + PyInterpreterState._finalizing) !== 0) return 0;
  const m = nativeMark();
  try {
    return PyImport_ImportModule('warnings');
  } catch (e) {
    swallow(e, PyExc_ImportError, m);
    return 0;
  }
}
/** An attribute of the warnings module; a new reference, or 0 (get_warnings_attr). */
export function warningsAttribute(name: string, tryImport = false): Ref {
  const module = warningsModule(tryImport);
  if (module === 0) return 0;
  const m = hold(module);
  hold(PyUnicode_InternFromString(name));
  const value = PyObject_GetOptionalAttr(module, i32(m + 8));
  release(m);
  return value;
}
/** globals.setdefault('__warningregistry__', {}), borrowed. */
export function warningRegistry(globals: Ref): Ref {
  const m = hold(PyUnicode_InternFromString('__warningregistry__'));
  let registry = PyDict_GetItemWithError(globals, i32(m));
  if (registry === 0) {
    registry = PyDict_New();
    hold(registry);
    PyDict_SetItem(globals, i32(m), registry);
  }
  release(m);
  return registry;
}

// ---- filters ------------------------------------------------------------------------------------------------------------

/** None matches all, a str what is equal, anything else by its match(). */
function matches(pattern: Ref, arg: Ref): boolean {
  if (pattern === Py_None) return true;
  if (PyUnicode_Check(pattern)) return PyUnicode_Check(arg) && asText(pattern) === asText(arg);
  const m = hold(PyUnicode_InternFromString('match'));
  hold(callMethod(pattern, i32(m), arg));
  const yes = PyObject_IsTrue(i32(m + 8));
  release(m);
  return yes;
}
interface Action {
  /** A new reference. */
  readonly action: Ref;
  /** The filter, for messages; a new reference. */
  readonly item: Ref;
}
function filterAction(category: Ref, text: Ref, line: number, module: Ref): Action {
  let filters = warningsAttribute('filters');
  if (filters === 0) filters = Py_NewRef(i32(FILTERS));
  const m = hold(filters);
  if (!PyList_Check(filters)) raise(PyExc_ValueError, 'warnings.filters must be a list');
  for (let i = 0; i < Py_SIZE(filters); i++) {
    const item = Py_NewRef(i32(i32(filters + 24) + (i << 3)));
    const k = hold(item);
    if (!PyTuple_Check(item) || Py_SIZE(item) !== 5)
      raise(PyExc_ValueError, `warnings.filters item ${i} isn't a 5-tuple`);
    const [action, message, kind, mod, at] = [0, 1, 2, 3, 4].map((n) => i32(item + 24 + (n << 3))) as [
      Ref,
      Ref,
      Ref,
      Ref,
      Ref,
    ];
    if (!PyUnicode_Check(action)) raise(PyExc_TypeError, `action must be a string, not '${typeNameOf(action)}'`);
    const number = PyLong_Check(at) ? PyLong_AsInt(at) : 0;
    if (
      matches(message, text) &&
      PyObject_IsSubclass(category, kind) &&
      matches(mod, module) &&
      (number === 0 || number === line)
    ) {
      drop(k);
      release(m);
      return { action: Py_NewRef(action), item };
    }
    release(k);
  }
  release(m);
  let action = warningsAttribute('defaultaction');
  if (action === 0) action = Py_NewRef(i32(DEFAULT_ACTION));
  if (!PyUnicode_Check(action)) {
    hold(action);
    raise(PyExc_TypeError, `_warnings.defaultaction must be a string, not '${typeNameOf(action)}'`);
  }
  return { action, item: Py_NewRef(Py_None) };
}

// ---- registries -----------------------------------------------------------------------------------------------------------

/** Has this key been warned of since the filters last changed? `set`: from now on it has. */
function already_warned(registry: Ref, key: Ref, set: boolean): boolean {
  const stored = PyDict_GetItemString(registry, 'version');
  if (stored === 0 || !PyLong_Check(stored) || PyLong_AsInt(stored) !== i32(VERSION)) {
    PyDict_Clear(registry);
    const m = hold(PyLong_FromLong(i32(VERSION)));
    PyDict_SetItemString(registry, 'version', i32(m));
    release(m);
  } else {
    const known = PyDict_GetItemWithError(registry, key);
    if (known !== 0 && PyObject_IsTrue(known)) return true;
  }
  if (set) PyDict_SetItem(registry, key, Py_True);
  return false;
}
function update_registry(registry: Ref, text: Ref, category: Ref, line: number | null): boolean {
  const m = hold(0);
  const number = hold(line === null ? 0 : PyLong_FromLong(line));
  const key = line === null ? PyTuple_Pack(text, category) : PyTuple_Pack(text, category, i32(number));
  hold(key);
  const known = already_warned(registry, key, true);
  release(m);
  return known;
}

// ---- one warning ----------------------------------------------------------------------------------------------------------

export interface Warning {
  readonly category: Ref;
  /** A str, or an instance of a Warning. */
  readonly message: Ref;
  readonly filename: Ref;
  readonly line: number;
  /** 0: the file's name without .py. */
  readonly module: Ref;
  /** 0 or None: there is none. */
  readonly registry: Ref;
  /** 0: none. */
  readonly source: Ref;
}
function normalizedModule(filename: Ref): Ref {
  const name = asText(filename);
  return PyUnicode_FromString(name === '' ? '<unknown>' : name.endsWith('.py') ? name.slice(0, -3) : name);
}

export function warn_explicit(w: Warning): void {
  if (w.module === Py_None) return;
  if (w.registry !== 0 && w.registry !== Py_None && !PyDict_Check(w.registry)) {
    raise(PyExc_TypeError, "'registry' must be a dict or None");
  }
  const registry = w.registry === Py_None ? 0 : w.registry;
  const m = hold(w.module === 0 ? normalizedModule(w.filename) : Py_NewRef(w.module));
  const given = PyType_IsSubtype(i32(w.message + 8), PyExc_Warning);
  const text = given ? PyObject_Str(w.message) : Py_NewRef(w.message);
  hold(text);
  const category = given ? i32(w.message + 8) : w.category;
  const message = given ? Py_NewRef(w.message) : PyObject_CallOneArg(category, w.message);
  hold(message);
  const number = hold(PyLong_FromLong(w.line));
  const key = PyTuple_Pack(text, category, i32(number));
  hold(key);
  if (registry !== 0 && already_warned(registry, key, false)) {
    release(m);
    return;
  }
  const { action, item } = filterAction(category, text, w.line, i32(m));
  hold(action);
  hold(item);
  const name = asText(action);
  if (name === 'error') raiseObject(category, message);
  let known = name === 'ignore';
  if (!known && name !== 'always') {
    if (registry !== 0) PyDict_SetItem(registry, key, Py_True);
    if (name === 'once') {
      let once = warningsAttribute('onceregistry');
      if (once === 0) once = Py_NewRef(i32(ONCE));
      hold(once);
      if (!PyDict_Check(once))
        raise(PyExc_TypeError, `_warnings.once_registry must be a dict, not '${typeNameOf(once)}'`);
      known = update_registry(once, text, category, null);
    } else if (name === 'module') {
      if (registry !== 0) known = update_registry(registry, text, category, 0);
    } else if (name !== 'default') {
      hold(PyObject_Repr(action));
      const shown = i32(key) === 0 ? '' : asText(lastHeld());
      hold(PyObject_Repr(item));
      raise(PyExc_RuntimeError, `Unrecognized action (${shown}) in warnings.filters:\n ${asText(lastHeld())}`);
    }
  }
  if (!known) showWarning(w, category, text, message, i32(number));
  release(m);
}
function lastHeld(): Ref {
  return i32(nativeMark() - 8);
}

/** By warnings._showwarnmsg where there is one, else on stderr (call_show_warning). */
function showWarning(w: Warning, category: Ref, text: Ref, message: Ref, number: Ref): void {
  const show = warningsAttribute('_showwarnmsg', true);
  const m = hold(show);
  if (show === 0) {
    const file = asText(w.filename);
    const name = shortName(category);
    const line = vm.sourceLine(w.filename, w.line);
    writeStderr(`${file}:${w.line}: ${name}: ${asText(text)}\n${line === '' ? '' : `  ${line}\n`}`);
    release(m);
    return;
  }
  const cls = warningsAttribute('WarningMessage');
  if (cls === 0) raise(PyExc_RuntimeError, 'unable to get warnings.WarningMessage');
  hold(cls);
  const source = w.source === 0 ? Py_None : w.source;
  hold(callFunction(cls, message, category, w.filename, number, Py_None, Py_None, source));
  hold(callFunction(show, lastHeld()));
  release(m);
}
