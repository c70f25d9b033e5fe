/**
 * Cold boot: importlib, the encodings and site, as CPython's start has them. Mirrors init_importlib, init_importlib_external,
 * _PyImportZip_Init and init_import_site of Python/pylifecycle.c and Python/import.c.
 */
import { PyInterpreterState } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { importFrozenModule } from '../modules/impmodule.ts';
import { setBuiltinNames } from '../modules/sysmodule.ts';
import { setText } from '../modules/spec.ts';
import { sysDict, sysObject } from '../modules/sysstate.ts';
import { callMethod } from '../objects/call.ts';
import { PyDict_DelItem } from '../objects/dictdelete.ts';
import { PyGC_Collect } from '../gc/gcmain.ts';
import { PyDict_Contains, PyDict_GetItemString, PyDict_SetItem, PyDict_SetItemString } from '../objects/dictobject.ts';
import { PyList_Append, PyList_Insert, PyList_New } from '../objects/listobject.ts';
import { hold, Py_DECREF, Py_NewRef, type Ref, release } from '../objects/object.ts';
import { INTERP } from '../objects/runtime.ts';
import { PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { _PyCodec_Lookup } from '../objects/codecs.ts';
import { LIBRARY } from '../vm/host.ts';
import { builtinModules } from '../vm/import.ts';
import { BY_IMPORTLIB, PyImport_ImportModuleLevelObject } from '../vm/importcall.ts';
import { bootImportClasses } from './bootclasses.ts';

function modules(): Ref {
  return i32(INTERP + PyInterpreterState.imports_modules);
}
function callImportlib(name: string, ...args: Ref[]): void {
  const m = hold(PyUnicode_InternFromString(name));
  Py_DECREF(callMethod(i32(INTERP + PyInterpreterState.imports_importlib), i32(m), ...args));
  release(m);
}
function importAndForget(name: string): void {
  const m = hold(PyUnicode_InternFromString(name));
  hold(PyImport_ImportModuleLevelObject(i32(m), 0, 0, 0, 0));
  release(m);
}

/** Where modules are looked for until the program's own folder comes before them. */
function setFirstPath(): void {
  const list = PyList_New(0);
  const m = hold(list);
  for (const path of [LIBRARY.replace(/python3\.(\d+)$/, 'python3$1.zip'), LIBRARY, `${LIBRARY}/lib-dynload`]) {
    const k = hold(PyUnicode_FromString(path));
    PyList_Append(list, i32(k));
    release(k);
  }
  PyDict_SetItemString(sysDict(), 'path', list);
  setText(sysDict(), 'executable', '');
  release(m);
}

export function bootImportlib(): void {
  const builtins = i32(INTERP + PyInterpreterState.builtins);
  const importlib = importFrozenModule('_frozen_importlib', builtins);
  if (importlib === 0) {
    bootImportClasses();
    return;
  }
  setPtr(BY_IMPORTLIB, 1);
  // BuiltinImporter makes no other
  setBuiltinNames(sysDict(), Object.keys(builtinModules));
  setPtr(INTERP + PyInterpreterState.imports_importlib, Py_NewRef(importlib));
  forget('_io');
  const imp = hold((builtinModules._imp as () => Ref)());
  PyDict_SetItemString(modules(), '_imp', i32(imp));
  callImportlib('_install', PyDict_GetItemString(modules(), 'sys'), i32(imp));
  release(imp);
  setFirstPath();
  callImportlib('_install_external_importers');
  addZipImporter();
  importAndForget('encodings');
  Py_DECREF(_PyCodec_Lookup('utf-8'));
  importAndForget('_signal');
  importAndForget('io');
  takeOpen(builtins);
  importAndForget('site');
  // that of 3.13.0 needs it not
  forget('errno');
  putInOrder();
  // as CPython's start: what it made is in the second generation when the program begins
  PyGC_Collect(0);
}
/** Out of sys.modules. */
function forget(name: string): void {
  const m = hold(PyUnicode_InternFromString(name));
  if (PyDict_Contains(modules(), i32(m))) PyDict_DelItem(modules(), i32(m));
  release(m);
}
/** The function open is that of io. */
function takeOpen(builtins: Ref): void {
  const io = PyDict_GetItemString(modules(), 'io');
  PyDict_SetItemString(builtins, 'open', PyDict_GetItemString(i32(io + 16), 'open'));
}
/** Archives come before folders: their class is asked first. */
function addZipImporter(): void {
  importAndForget('zipimport');
  const module = PyDict_GetItemString(modules(), 'zipimport');
  PyList_Insert(sysObject('path_hooks'), 0, PyDict_GetItemString(i32(module + 16), 'zipimporter'));
}
/** sys.modules has them in the order in which CPython's start imports them: its end takes them in that order. */
function putInOrder(): void {
  for (const name of [
    '_io',
    'marshal',
    'posix',
    '_frozen_importlib_external',
    'time',
    'zipimport',
    '_codecs',
    'codecs',
  ])
    again(name);
  for (const name of ['encodings.aliases', 'encodings', 'encodings.utf_8', '_signal', '_abc', 'abc', 'io', '__main__'])
    again(name);
  for (const name of [
    '_stat',
    'stat',
    '_collections_abc',
    'genericpath',
    'posixpath',
    'os.path',
    'os',
    '_sitebuiltins',
    'site',
  ])
    again(name);
}
function again(name: string): void {
  const module = PyDict_GetItemString(modules(), name);
  if (module === 0) return;
  const m = hold(Py_NewRef(module));
  hold(PyUnicode_InternFromString(name));
  PyDict_DelItem(modules(), i32(m + 8));
  PyDict_SetItem(modules(), i32(m + 8), module);
  release(m);
}
