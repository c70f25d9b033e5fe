/**
 * Importing modules. Mirrors Python/import.c and Lib/importlib/_bootstrap*.py, in native code: built-in modules by a
 * table, finders of sys.meta_path, then source files and packages along sys.path or the package's __path__.
 */
import { PyImportErrorObject, PyInterpreterState, Py_ID } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { callFunction, callMethod, PyObject_Call } from '../objects/call.ts';
import {
  getItemStr,
  PyDict_GetItemRef,
  PyDict_GetItemString,
  PyDict_New,
  PyDict_SetItem,
  PyDict_SetItemString,
} from '../objects/dictobject.ts';
import { PyDict_DelItem } from '../objects/dictdelete.ts';
import {
  catchPending,
  PENDING,
  PyErr_Clear,
  PyErr_ExceptionMatches,
  PyErr_GetRaisedException,
  PyErr_SetObject,
  PyErr_SetRaisedException,
  raise,
} from '../objects/errors.ts';
import { PyModule_NewObject } from '../objects/moduleobject.ts';
import {
  drop,
  hold,
  nativeMark,
  PyList_Check,
  PyUnicode_Check,
  Py_DECREF,
  Py_NewRef,
  Py_SIZE,
  type Ref,
  release,
  PyDict_Check,
} from '../objects/object.ts';
import {
  PyObject_GetAttrString,
  PyObject_GetOptionalAttr,
  PyObject_IsTrue,
  PyObject_SetAttr,
} from '../objects/objectattr.ts';
import { INTERP } from '../objects/runtime.ts';
import {
  PyExc_ImportError,
  PyExc_KeyError,
  PyExc_ModuleNotFoundError,
  PyExc_TypeError,
  Py_False,
  Py_None,
  Py_True,
} from '../objects/static.ts';
import { PyTuple_Pack } from '../objects/tupleobject.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { host } from './host.ts';
import { putLast } from './importorder.ts';
import { describeModule, type Found } from './importspec.ts';
import { PySequence_List } from '../objects/abstract.ts';

/** Built-in modules: name → a function that makes the module (a new reference). The modules room fills it at link time. */
export const builtinModules: Record<string, () => Ref> = {};

/** sys.modules, borrowed. */
export function PyImport_GetModuleDict(): Ref {
  return i32(INTERP + PyInterpreterState.imports_modules);
}
/** sys.modules[name] as a new reference, or 0. */
export function PyImport_GetModule(name: Ref): Ref {
  return PyDict_GetItemRef(PyImport_GetModuleDict(), name);
}
/** The module in sys.modules under `name`, made if it is missing (PyImport_AddModuleRef). */
export function PyImport_AddModuleRef(name: string): Ref {
  const m = hold(PyUnicode_InternFromString(name));
  let module = PyImport_GetModule(i32(m));
  if (module === 0) {
    module = PyModule_NewObject(i32(m));
    hold(module);
    PyDict_SetItem(PyImport_GetModuleDict(), i32(m), module);
    Py_NewRef(module);
  }
  release(m);
  return module;
}
export function setImportError(type: Ref, message: string, name: string, path: string | null, from: Ref): void {
  const m = hold(PyUnicode_FromString(message));
  const kwargs = PyDict_New();
  hold(kwargs);
  const set = (key: string, value: Ref): void => {
    const k = hold(value);
    PyDict_SetItemString(kwargs, key, value);
    release(k);
  };
  set('name', PyUnicode_FromString(name));
  set('path', path === null ? Py_NewRef(Py_None) : PyUnicode_FromString(path));
  set('name_from', Py_NewRef(from === 0 ? Py_None : from));
  hold(PyTuple_Pack(i32(m)));
  const exc = PyObject_Call(type, i32(m + 16), kwargs);
  hold(exc);
  PyErr_SetObject(i32(exc + 8), exc);
  release(m);
}
export function setImportErrorFrom(message: string, module: string, path: string | null, name: Ref): void {
  setImportError(PyExc_ImportError, message, module, path, name);
}
export function notFound(message: string, name: string): never {
  setImportError(PyExc_ModuleNotFoundError, message, name, null, 0);
  throw PENDING;
}

/** spec.origin, when the module comes from a file. */
export function originOf(spec: Ref): string | null {
  const m = hold(optionalText(spec, 'has_location'));
  const located = i32(m) !== 0 && PyObject_IsTrue(i32(m));
  const origin = located ? optionalText(spec, 'origin') : 0;
  hold(origin);
  const text = origin !== 0 && PyUnicode_Check(origin) ? asText(origin) : null;
  release(m);
  return text;
}
function optionalText(op: Ref, attr: string): Ref {
  const m = hold(PyUnicode_InternFromString(attr));
  const v = PyObject_GetOptionalAttr(op, i32(m));
  release(m);
  return v;
}
export function moduleSpecInitializing(spec: Ref): boolean {
  const v = PyObject_GetOptionalAttr(spec, Py_ID._initializing);
  if (v === 0) return false;
  const m = hold(v);
  const truth = PyObject_IsTrue(v);
  release(m);
  return truth;
}

// ---- names ----

function globalText(globals: Ref, key: Ref): string | null {
  const v = getItemStr(globals, key);
  if (v === 0 || v === Py_None) return null;
  if (!PyUnicode_Check(v)) raise(PyExc_TypeError, `${asText(key)} must be a string`);
  return asText(v);
}
/** The absolute name for a relative import of `name` (resolve_name). */
export function resolveName(name: string, globals: Ref, level: number): string {
  if (globals === 0) raise(PyExc_KeyError, "'__name__' not in globals");
  if (!PyDict_Check(globals)) raise(PyExc_TypeError, 'globals must be a dict');
  let pkg = globalText(globals, Py_ID.__package__);
  const spec = getItemStr(globals, Py_ID.__spec__);
  if (pkg === null && spec !== 0 && spec !== Py_None) {
    const m = hold(optionalText(spec, 'parent'));
    if (i32(m) !== 0 && PyUnicode_Check(i32(m))) pkg = asText(i32(m));
    release(m);
  }
  if (pkg === null) {
    const own = globalText(globals, Py_ID.__name__);
    if (own === null) raise(PyExc_KeyError, "'__name__' not in globals");
    const isPackage = getItemStr(globals, Py_ID.__path__) !== 0;
    const dot = own.lastIndexOf('.');
    pkg = isPackage ? own : dot < 0 ? '' : own.slice(0, dot);
  }
  if (pkg === '') raise(PyExc_ImportError, 'attempted relative import with no known parent package');
  for (let i = 1; i < level; i++) {
    const dot = pkg.lastIndexOf('.');
    if (dot < 0) raise(PyExc_ImportError, 'attempted relative import beyond top-level package');
    pkg = pkg.slice(0, dot);
  }
  return name === '' ? pkg : `${pkg}.${name}`;
}

/** Is the pending exception that the module `name` itself cannot be found? Not one that it imports, nor a halted import. */
export function isMissing(name: string): boolean {
  if (!PyErr_ExceptionMatches(PyExc_ModuleNotFoundError)) return false;
  const exc = PyErr_GetRaisedException();
  const m = hold(exc);
  const missing = i32(exc + PyImportErrorObject.name);
  let same = missing !== 0 && PyUnicode_Check(missing) && asText(missing) === name;
  if (same) same = PyDict_GetItemString(i32(INTERP + PyInterpreterState.imports_modules), name) !== Py_None;
  drop(m);
  PyErr_SetRaisedException(exc);
  return same;
}

export function loadBuiltin(key: Ref, name: string, path: Ref): boolean {
  // moult's own package has modules without files
  if ((path !== 0 && !name.startsWith('moult.')) || !Object.hasOwn(builtinModules, name)) return false;
  const module = (builtinModules[name] as () => Ref)();
  const m = hold(module);
  describeModule(module, { name, kind: 'built-in' });
  PyDict_SetItem(PyImport_GetModuleDict(), key, module);
  setInitializing(module, false);
  release(m);
  return true;
}
/** A source file, or 0 for none; 1 where a namespace package was made. */
export function findOnPath(key: Ref, name: string, path: Ref): Found | 0 | 1 {
  const tail = name.slice(name.lastIndexOf('.') + 1);
  const portions: string[] = [];
  for (const dir of searchPath(path)) {
    const base = dir === '' ? tail : dir.endsWith('/') ? `${dir}${tail}` : `${dir}/${tail}`;
    if (host.files.isFile(`${base}/__init__.py`)) {
      return { name, kind: 'source', file: `${base}/__init__.py`, locations: [base] };
    }
    if (host.files.isFile(`${base}.py`)) return { name, kind: 'source', file: `${base}.py` };
    if (host.files.isDirectory(base)) portions.push(base);
  }
  if (portions.length === 0) return 0;
  const module = PyModule_NewObject(key);
  const m = hold(module);
  describeModule(module, { name, kind: 'namespace', locations: portions });
  PyDict_SetItem(PyImport_GetModuleDict(), key, module);
  setInitializing(module, false);
  release(m);
  return 1;
}
function searchPath(path: Ref): string[] {
  let list = path;
  if (list === 0) list = PyDict_GetItemString(i32(INTERP + PyInterpreterState.sysdict), 'path');
  const out: string[] = [];
  if (list === 0) return out;
  // a _NamespacePath is iterated
  const m = hold(PyList_Check(list) ? Py_NewRef(list) : PySequence_List(list));
  const items = i32(m);
  for (let i = 0; i < Py_SIZE(items); i++) {
    const item = i32(i32(items + 24) + (i << 3));
    if (PyUnicode_Check(item)) out.push(asText(item));
  }
  release(m);
  return out;
}

/** A finder that the program put on sys.meta_path. */
export function byFinder(finder: Ref, key: Ref, path: Ref): boolean {
  const m = hold(Py_NewRef(finder));
  const find = optionalText(finder, 'find_spec');
  let found = false;
  if (find !== 0) {
    hold(find);
    const spec = callFunction(find, key, path === 0 ? Py_None : path, Py_None);
    hold(spec);
    found = spec !== Py_None;
    if (found) loadBySpec(key, spec);
  }
  release(m);
  return found;
}
function loadBySpec(key: Ref, spec: Ref): void {
  const m = hold(PyObject_GetAttrString(spec, 'loader'));
  const loader = i32(m);
  const create = optionalText(loader, 'create_module');
  let module: Ref = Py_None;
  if (create !== 0) {
    hold(create);
    module = callFunction(create, spec);
    if (module === Py_None) Py_DECREF(module);
  }
  if (module === Py_None) module = PyModule_NewObject(key);
  hold(module);
  PyObject_SetAttr(module, Py_ID.__spec__, spec);
  PyObject_SetAttr(module, Py_ID.__loader__, loader);
  const parent = optionalText(spec, 'parent');
  if (parent !== 0) {
    hold(parent);
    PyObject_SetAttr(module, Py_ID.__package__, parent);
  }
  const locations = optionalText(spec, 'submodule_search_locations');
  if (locations !== 0) {
    hold(locations);
    if (locations !== Py_None) PyObject_SetAttr(module, Py_ID.__path__, locations);
  }
  running(key, module, () => {
    const exec = hold(PyUnicode_InternFromString('exec_module'));
    Py_DECREF(callMethod(loader, i32(exec), module));
    release(exec);
  });
  putLast(key);
  release(m);
}

/** With the module in sys.modules while it runs; taken out again if that fails. */
function running(key: Ref, module: Ref, run: () => void): void {
  PyDict_SetItem(PyImport_GetModuleDict(), key, module);
  const mark = nativeMark();
  try {
    run();
  } catch (e) {
    catchPending(e, mark);
    takeOut(key);
    throw PENDING;
  }
}
/** Out of sys.modules again; the exception is pending before and after. */
export function takeOut(key: Ref): void {
  const exc = PyErr_GetRaisedException();
  const h = hold(exc);
  const inner = nativeMark();
  try {
    PyDict_DelItem(PyImport_GetModuleDict(), key);
  } catch (again) {
    catchPending(again, inner);
    PyErr_Clear();
  }
  Py_NewRef(exc);
  release(h);
  PyErr_SetRaisedException(exc);
}

export function setInitializing(module: Ref, on: boolean): void {
  const spec = getItemStr(i32(module + 16), Py_ID.__spec__);
  if (spec === 0 || spec === Py_None) return;
  const m = hold(Py_NewRef(spec));
  PyObject_SetAttr(spec, Py_ID._initializing, on ? Py_True : Py_False);
  release(m);
}

export function builtinsDict(): Ref {
  return i32(INTERP + PyInterpreterState.builtins);
}
