/**
 * The import of a module, from the statement to the module's body, in native frames (decision 17): import.ts has what finds and
 * describes modules. Mirrors PyImport_ImportModuleLevelObject of Python/import.c and _find_and_load of importlib.
 */
import { Py_ID, PyInterpreterState } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { PyDict_GetItemString, PyDict_SetItem } from '../objects/dictobject.ts';
import { catchPending, PENDING, PyErr_Clear, raise, swallow } from '../objects/errors.ts';
import { PyModule_NewObject } from '../objects/moduleobject.ts';
import {
  callFrom,
  dropSlot,
  FAILED,
  type MachineSpec,
  popTo,
  pushNative,
  runCodeFrom,
  runFrom,
  slotOf,
  stateOf,
  takeSlot,
  wordOf,
} from '../objects/nativeframe.ts';
import {
  hold,
  nativeMark,
  Py_DECREF,
  Py_NewRef,
  Py_SIZE,
  PyList_Check,
  PyTuple_Check,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
} from '../objects/object.ts';
import { PyObject_GetOptionalAttr, PyObject_IsTrue, PyObject_SetAttr } from '../objects/objectattr.ts';
import { INTERP } from '../objects/runtime.ts';
import {
  Py_None,
  PyExc_AttributeError,
  PyExc_ImportError,
  PyExc_KeyError,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../objects/static.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { host } from './host.ts';
import {
  builtinsDict,
  byFinder,
  findOnPath,
  isMissing,
  loadBuiltin,
  notFound,
  PyImport_GetModule,
  PyImport_GetModuleDict,
  resolveName,
  setImportError,
  setInitializing,
  takeOut,
} from './import.ts';
import { putLast } from './importorder.ts';
import { describeModule, type Found, importClass } from './importspec.ts';
import { compileHooks, compileSource } from './pycompile.ts';

// ---- the statement: slots importer, module, path; words name, globals, locals, fromlist, level (an int, or raw), call's words

const IMPORTER = 0;
const MODULE = 1;
const PATH = 2;
const LEVEL = 4;
const ARGS = 6;

/** `level`: an int's address with an importer, else the number itself. All arguments stay borrowed. */
function statementFrame(importer: Ref, name: Ref, globals: Ref, locals: Ref, fromlist: Ref, level: number): number {
  const frame = pushNative(importStatement, 3, ARGS + 7);
  setPtr(slotOf(frame, IMPORTER), importer);
  [name, globals, locals, fromlist, level].forEach((v, i) => {
    setPtr(wordOf(frame, i), v);
  });
  return frame;
}
export const importStatement: MachineSpec = {
  name: '__import__,__import__,module,__path__',
  run: (frame, result) => {
    let value = result;
    let state = stateOf(frame);
    const [name, globals, locals, fromlist] = [0, 1, 2, 3].map((i) => i32(wordOf(frame, i))) as [Ref, Ref, Ref, Ref];
    const level = i32(wordOf(frame, LEVEL));
    if (state === 0) {
      const importer = i32(slotOf(frame, IMPORTER));
      if (importer !== 0) {
        // __import__ is another one
        [name, globals, locals, fromlist, level].forEach((v, i) => {
          setPtr(wordOf(frame, ARGS + 1 + i), v);
        });
        return callFrom(frame, 9, importer, wordOf(frame, ARGS + 1), 5, 0);
      }
      if (!PyUnicode_Check(name)) raise(PyExc_TypeError, 'module name must be a string');
      if (level < 0) raise(PyExc_ValueError, 'level must be >= 0');
      const text = asText(name);
      if (level === 0 && text === '') raise(PyExc_ValueError, 'Empty module name');
      const absolute = level > 0 ? resolveName(text, globals, level) : text;
      value = runFrom(frame, 1, () => moduleFrame(absolute));
      if (value < 0) return value;
      state = 1;
    }
    if (state === 1) {
      setPtr(slotOf(frame, MODULE), value);
      const module = value;
      const text = asText(name);
      const absolute = level > 0 ? resolveName(text, globals, level) : text;
      const hasFrom = fromlist !== 0 && fromlist !== Py_None && PyObject_IsTrue(fromlist);
      if (!hasFrom) {
        const dot = text.indexOf('.');
        if (dot < 0) return takeSlot(frame, MODULE);
        // import a.b binds a; a dotted name behind level dots its first component
        const end = level === 0 ? dot : absolute.length - (text.length - dot);
        value = runFrom(frame, 9, () => moduleFrame(absolute.slice(0, end)));
        return value;
      }
      const path = PyObject_GetOptionalAttr(module, Py_ID.__path__);
      if (path === 0) return takeSlot(frame, MODULE);
      setPtr(slotOf(frame, PATH), path);
      value = runFrom(frame, 2, () => fromListFrame(module, fromlist, absolute, 0));
      if (value < 0) return value;
      state = 2;
    }
    if (state !== 2) return value;
    Py_DECREF(value);
    return takeSlot(frame, MODULE);
  },
};

export function importFrame(name: Ref, globals: Ref, locals: Ref, fromlist: Ref, level: number): number {
  return statementFrame(0, name, globals, locals, fromlist, level);
}
// ---- from a import b: slots the name of a, __all__, the name of a.b; words a, the names, how many are done, 1: of __all__

function fromListFrame(module: Ref, names: Ref, name: string, recursive: number): number {
  const m = hold(PyUnicode_FromString(name));
  const frame = pushNative(importFromList, 3, 4);
  setPtr(slotOf(frame, 0), Py_NewRef(i32(m)));
  release(m);
  setPtr(wordOf(frame, 0), module);
  setPtr(wordOf(frame, 1), names);
  setPtr(wordOf(frame, 3), recursive);
  return frame;
}
export const importFromList: MachineSpec = {
  name: 'from-import,package,__all__,submodule',
  catches: true,
  run: (frame, result) => {
    let value = result;
    const module = i32(wordOf(frame, 0));
    const list = i32(wordOf(frame, 1));
    const recursive = i32(wordOf(frame, 3)) !== 0;
    const name = asText(i32(slotOf(frame, 0)));
    for (;;) {
      if (stateOf(frame) === 1) {
        if (value < FAILED) return value;
        if (value !== FAILED) Py_DECREF(value);
        else {
          if (!isMissing(asText(i32(slotOf(frame, 2))))) throw PENDING;
          PyErr_Clear();
        }
        dropSlot(frame, 2);
      } else if (stateOf(frame) === 2) {
        if (value < FAILED) return value;
        if (value === FAILED) throw PENDING;
        Py_DECREF(value);
        dropSlot(frame, 1);
      }
      const n = PyList_Check(list) || PyTuple_Check(list) ? Py_SIZE(list) : 0;
      let i = i32(wordOf(frame, 2));
      let again = false;
      for (; i < n && !again; i++) {
        setPtr(wordOf(frame, 2), i + 1);
        const item = PyList_Check(list) ? i32(i32(list + 24) + (i << 3)) : i32(list + 24 + (i << 3));
        if (!PyUnicode_Check(item)) {
          const where = recursive ? `${name}.__all__` : "``from list''";
          raise(PyExc_TypeError, `Item in ${where} must be str, not ${typeNameOf(item)}`);
        }
        const text = asText(item);
        if (text === '*') {
          if (recursive) continue;
          const all = PyObject_GetOptionalAttr(module, Py_ID.__all__);
          if (all === 0) continue;
          setPtr(slotOf(frame, 1), all);
          value = runFrom(frame, 2, () => fromListFrame(module, all, name, 1));
          again = true;
          continue;
        }
        const have = PyObject_GetOptionalAttr(module, item);
        if (have !== 0) {
          Py_DECREF(have);
          continue;
        }
        const full = `${name}.${text}`;
        setPtr(slotOf(frame, 2), PyUnicode_FromString(full));
        value = runFrom(frame, 1, () => moduleFrame(full));
        again = true;
      }
      if (!again) return Py_NewRef(Py_None);
    }
  },
};

// ---- a module by its absolute name: slots name, parent, its path, the module while it runs, file name, code, function

const NAME = 0;
const PARENT = 1;
const PARENT_PATH = 2;
const RUNNING = 3;
const FILE = 4;
const CODE = 5;
const FUNC = 6;

function moduleFrame(name: string): number {
  const m = hold(PyUnicode_InternFromString(name));
  const frame = pushNative(importModule, 7, 0);
  setPtr(slotOf(frame, NAME), Py_NewRef(i32(m)));
  release(m);
  return frame;
}
export const importModule: MachineSpec = {
  name: 'import,name,parent,path,module,file,code,body',
  catches: true,
  run: (frame, result) => {
    let value = result;
    let state = stateOf(frame);
    const key = i32(slotOf(frame, NAME));
    const name = asText(key);
    if (state === 0) {
      const module = PyImport_GetModule(key);
      if (module === Py_None) {
        Py_DECREF(module);
        notFound(`import of ${name} halted; None in sys.modules`, name);
      }
      if (module !== 0) return module;
      const dot = name.lastIndexOf('.');
      if (dot >= 0) {
        value = runFrom(frame, 1, () => moduleFrame(name.slice(0, dot)));
        if (value < FAILED) return value;
      }
      state = 1;
    }
    if (state === 1) {
      if (value === FAILED) throw PENDING;
      if (value !== 0) {
        setPtr(slotOf(frame, PARENT), value);
        const again = PyImport_GetModule(key);
        if (again !== 0) return again;
        const path = PyObject_GetOptionalAttr(value, Py_ID.__path__);
        const parent = name.slice(0, name.lastIndexOf('.'));
        if (path === 0) notFound(`No module named '${name}'; '${parent}' is not a package`, name);
        setPtr(slotOf(frame, PARENT_PATH), path);
      }
      const found = find(key, name, i32(slotOf(frame, PARENT_PATH)));
      if (found !== null) {
        value = runSource(frame, key, found);
        if (value < FAILED) return value;
        if (value === FAILED) return failed(frame, key);
        return ran(frame, key, name, value);
      }
      return loaded(frame, key, name);
    }
    return value === FAILED ? failed(frame, key) : ran(frame, key, name, value);
  },
};
/** Asks the finders of sys.meta_path in their order; those of importlib are answered natively. A source file to run, or null. */
function find(key: Ref, name: string, path: Ref): Source | null {
  const meta = PyDict_GetItemString(i32(INTERP + PyInterpreterState.sysdict), 'meta_path');
  if (meta === Py_None) {
    setImportError(PyExc_ImportError, 'sys.meta_path is None, Python is likely shutting down', name, null, 0);
    throw PENDING;
  }
  const own = {
    builtin: importClass('BuiltinImporter'),
    frozen: importClass('FrozenImporter'),
    path: importClass('PathFinder', true),
  };
  for (let i = 0; meta !== 0 && PyList_Check(meta) && i < Py_SIZE(meta); i++) {
    const finder = i32(i32(meta + 24) + (i << 3));
    if (finder === own.frozen) continue;
    if (finder === own.builtin) {
      if (loadBuiltin(key, name, path)) return null;
    } else if (finder === own.path) {
      const found = findOnPath(key, name, path);
      if (found === 1) return null;
      const text = found === 0 ? null : host.files.readFile(found.file as string);
      if (found !== 0 && text !== null) return { found, text };
    } else if (byFinder(finder, key, path)) return null;
  }
  notFound(`No module named '${name}'`, name);
}
interface Source {
  readonly found: Found;
  readonly text: Uint8Array;
}
/** Modules of the library are there compiled in CPython: no compiler runs. */
function ofLibrary(file: string): boolean {
  const folder = PyDict_GetItemString(i32(INTERP + PyInterpreterState.sysdict), '_stdlib_dir');
  return folder !== 0 && PyUnicode_Check(folder) && file.startsWith(`${asText(folder)}/`);
}
/** Makes the module and runs its source; what runCodeFrom says. */
function runSource(frame: number, key: Ref, { found, text }: Source): number {
  const file = found.file as string;
  const module = PyModule_NewObject(key);
  setPtr(slotOf(frame, RUNNING), module);
  describeModule(module, found);
  setInitializing(module, true);
  const dict = i32(module + 16);
  PyDict_SetItem(PyImport_GetModuleDict(), key, module);
  const mark = nativeMark();
  try {
    PyDict_SetItem(dict, Py_ID.__builtins__, builtinsDict());
    const filename = PyUnicode_FromString(file);
    setPtr(slotOf(frame, FILE), filename);
    const noted = !ofLibrary(file);
    if (noted) compileHooks.beforeCompile();
    const code = compileSource(text, filename, file, 'exec', { noted });
    setPtr(slotOf(frame, CODE), code);
    return runCodeFrom(frame, 2, code, dict, dict, 0, FUNC);
  } catch (e) {
    catchPending(e, mark);
    popTo(frame);
    return FAILED;
  }
}
/** The body has failed. */
function failed(frame: number, key: Ref): never {
  for (const i of [FUNC, CODE, FILE]) dropSlot(frame, i);
  if (i32(slotOf(frame, RUNNING)) !== 0) takeOut(key);
  throw PENDING;
}
/** The body has run. */
function ran(frame: number, key: Ref, name: string, value: number): Ref {
  dropSlot(frame, FUNC);
  Py_DECREF(value);
  for (const i of [CODE, FILE]) dropSlot(frame, i);
  putLast(key);
  setInitializing(i32(slotOf(frame, RUNNING)), false);
  dropSlot(frame, RUNNING);
  return loaded(frame, key, name);
}
/** The module is in sys.modules: it becomes its parent's attribute. */
function loaded(frame: number, key: Ref, name: string): Ref {
  const module = PyImport_GetModule(key);
  if (module === 0) raise(PyExc_KeyError, name);
  const m = hold(module);
  const parent = i32(slotOf(frame, PARENT));
  if (parent !== 0) {
    const tail = hold(PyUnicode_InternFromString(name.slice(name.lastIndexOf('.') + 1)));
    const mark = nativeMark();
    try {
      PyObject_SetAttr(parent, i32(tail), module);
    } catch (e) {
      swallow(e, PyExc_AttributeError, mark);
    }
  }
  Py_NewRef(module);
  release(m);
  return module;
}
