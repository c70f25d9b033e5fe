/** The built-in modules of the process: what the process room calls at linking, start and end. */
import { Py_ID, PyInterpreterState, PyTypeObject } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { fnptr } from '../memory/text.ts';
import {
  PyDict_GetItemString,
  PyDict_GetItemWithError,
  PyDict_New,
  PyDict_SetItem,
  PyDict_SetItemString,
} from '../objects/dictobject.ts';
import { PyDict_Copy } from '../objects/dictmerge.ts';
import { catchPending, PyErr_Clear } from '../objects/errors.ts';
import { PyList_Append, PyList_New } from '../objects/listobject.ts';
import { PyList_SetSlice } from '../objects/listslice.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { hold, nativeMark, Py_DECREF, Py_NewRef, type Ref, release } from '../objects/object.ts';
import { INTERP } from '../objects/runtime.ts';
import { linkType } from '../objects/spec.ts';
import { Py_None, Py_True } from '../objects/static.ts';
import { linkStructSequences, PyStructSequence_InitType } from '../objects/structseq.ts';
import { addTypes } from '../objects/types.ts';
import { PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { PyErr_WriteUnraisable } from '../objects/unraisable.ts';
import { host, LIBRARY } from '../vm/host.ts';
import { builtinModules } from '../vm/import.ts';
import { BY_IMPORTLIB } from '../vm/importcall.ts';
import { compileHooks } from '../vm/pycompile.ts';
import { ensureAst } from './astmodule.ts';
import { runAtexitCallbacks } from './atexitmodule.ts';
export { clearAst } from './aststate.ts';
import { callNamed, truthOfAttr } from './iobase.ts';
import { createStdio } from './ioopen.ts';
import { fillEnvironment } from './posixprocess.ts';
import { addSiteBuiltins } from './sitebuiltins.ts';
import { createModule, linkModule, setStolen, setText, writeModule } from './spec.ts';
import { sysDict, sysObject } from './sysstate.ts';
import { addDebugFunctions, setBuiltinNames } from './sysmodule.ts';
import { monitoringSpec } from './monitoringmodule.ts';
import { moduleSequences, moduleSpecs, moduleTypes } from './table.ts';

/** Which field of sys.flags says it. */
const DEV_MODE = 13;

/** Every realm: numbers the natives of all modules and fills the import table. */
export function linkModules(): void {
  compileHooks.beforeCompile = ensureAst;
  linkStructSequences();
  for (const row of moduleSequences()) if (row.tp_new !== undefined) fnptr(row.tp_new);
  for (const spec of moduleTypes()) linkType(spec);
  moduleSpecs().forEach((spec, i) => {
    linkModule(spec);
    // sys.monitoring is an attribute only
    if (spec === monitoringSpec) return;
    builtinModules[spec.name] = (): Ref => {
      const made = spec.name === 'sys' || spec.name === 'builtins' ? coreModule(spec.name) : 0;
      return made !== 0 ? made : createModule(spec, i);
    };
  });
}
/** sys and builtins are made once: importing them again after `del sys.modules[...]` gives a module over the same dict. */
function coreModule(name: 'sys' | 'builtins'): Ref {
  const modules = i32(INTERP + PyInterpreterState.imports_modules);
  const m = modules === 0 ? 0 : PyDict_GetItemString(modules, name);
  return m === 0 ? 0 : Py_NewRef(m);
}

/** Cold boot: types, method tables, then sys, builtins and sys.modules. */
export function initModules(): void {
  for (const row of moduleSequences()) {
    PyStructSequence_InitType(row.address, {
      name: row.name,
      ...(row.doc === undefined ? {} : { doc: row.doc }),
      fields: row.fields,
      n: row.n ?? row.fields.length,
      noInstances: row.noInstances ?? false,
    });
    if (row.tp_new !== undefined) setPtr(row.address + PyTypeObject.tp_new, fnptr(row.tp_new));
  }
  addTypes(moduleTypes());
  const specs = moduleSpecs();
  specs.forEach(writeModule);
  const modules = PyDict_New();
  setPtr(INTERP + PyInterpreterState.imports_modules, modules);
  specs.forEach((spec, i) => {
    if (spec.name !== 'sys' && spec.name !== 'builtins') return;
    setStolen(modules, spec.name, createModule(spec, i));
  });
  PyDict_SetItemString(sysDict(), 'modules', modules);
  setStolen(sysDict(), 'monitoring', createModule(monitoringSpec, specs.indexOf(monitoringSpec)));
  setBuiltinNames(
    sysDict(),
    specs.map((s) => s.name).filter((name) => !name.includes('.') && name !== 'moult'),
  );
  const io = hold((builtinModules._io as () => Ref)());
  PyDict_SetItemString(modules, '_io', i32(io));
  PyDict_SetItemString(
    i32(INTERP + PyInterpreterState.builtins),
    'open',
    PyDict_GetItemString(PyModule_GetDict(i32(io)), 'open'),
  );
  release(io);
  addSiteBuiltins(i32(INTERP + PyInterpreterState.builtins));
  const main = PyUnicode_InternFromString('__main__');
  const m = hold(main);
  const module = hold(newMain(main));
  PyDict_SetItem(modules, main, i32(module));
  release(m);
  setPtr(INTERP + PyInterpreterState.builtins_copy, PyDict_Copy(i32(INTERP + PyInterpreterState.builtins)));
  setPtr(INTERP + PyInterpreterState.sysdict_copy, PyDict_Copy(sysDict()));
  // a started CPython has used a slice, which waits to be used again
  Py_DECREF(PySlice_New(0, 0, 0));
}
import { PyModule_NewObject } from '../objects/moduleobject.ts';
import { PySlice_New } from '../objects/sliceobject.ts';
function newMain(name: Ref): Ref {
  const module = PyModule_NewObject(name);
  const dict = PyModule_GetDict(module);
  const m = hold(module);
  PyDict_SetItemString(dict, '__annotations__', hold2(PyDict_New()));
  const builtins = PyDict_GetItemString(i32(INTERP + PyInterpreterState.imports_modules), 'builtins');
  PyDict_SetItemString(dict, '__builtins__', builtins);
  Py_NewRef(module);
  release(m);
  return module;
}
function hold2(op: Ref): Ref {
  hold(op);
  return op;
}

export interface ProcessConfig {
  readonly argv: readonly string[];
  /** What comes first on sys.path. */
  readonly path: readonly string[];
  readonly executable?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly hashSeed?: number;
  readonly unbuffered?: boolean;
}
/** Where hosts without a library have its files. */
const STDLIB = '/lib/python313.zip';

function listOf(items: readonly string[]): Ref {
  const list = PyList_New(0);
  const m = hold(list);
  for (const s of items) {
    const k = hold(PyUnicode_FromString(s));
    PyList_Append(list, i32(k));
    release(k);
  }
  Py_NewRef(list);
  release(m);
  return list;
}
/** After boot or restore: what the command line and the environment say. */
export function configureProcess(config: ProcessConfig): void {
  const d = sysDict();
  const byImportlib = i32(BY_IMPORTLIB) !== 0;
  if (byImportlib) {
    const m = hold(listOf(config.path));
    PyList_SetSlice(PyDict_GetItemString(d, 'path'), 0, 0, i32(m));
    release(m);
  } else {
    const path = host.files.isDirectory(STDLIB) ? [...config.path, STDLIB] : config.path;
    setStolen(d, 'path', listOf(path));
  }
  setText(d, 'executable', config.executable ?? '');
  setText(d, '_base_executable', config.executable ?? '');
  setText(d, '_stdlib_dir', byImportlib ? LIBRARY : STDLIB);
  const posix = PyDict_GetItemString(i32(INTERP + PyInterpreterState.imports_modules), 'posix');
  if (byImportlib && posix !== 0) fillEnvironment(PyDict_GetItemString(PyModule_GetDict(posix), 'environ'));
  setStolen(d, 'argv', listOf(config.argv));
  setStolen(d, 'orig_argv', listOf(['python3', ...config.argv]));
}
export { addDebugFunctions };
/** -X dev, PYTHONDEVMODE: what a program sees of it. */
export function setDevMode(): void {
  const flags = sysObject('flags');
  const slot = flags + 24 + (DEV_MODE << 3);
  const old = i32(slot);
  setPtr(slot, Py_NewRef(Py_True));
  Py_DECREF(old);
  const m = hold(PyUnicode_InternFromString('default'));
  PyList_Append(sysObject('warnoptions'), i32(m));
  release(m);
}
/** sys._xoptions. */
export function setXOptions(options: Readonly<Record<string, string | true>>): void {
  const dict = PyDict_New();
  const m = hold(dict);
  for (const [name, value] of Object.entries(options)) {
    if (value === true) PyDict_SetItemString(dict, name, Py_True);
    else setText(dict, name, value);
  }
  PyDict_SetItemString(sysDict(), '_xoptions', dict);
  release(m);
}
export function initStreams(unbuffered = false): void {
  const d = sysDict();
  const streams: [string, number, boolean, string][] = [
    ['stdin', 0, false, 'surrogateescape'],
    ['stdout', 1, true, 'surrogateescape'],
    ['stderr', 2, true, 'backslashreplace'],
  ];
  for (const [name, fd, write, errors] of streams) {
    const m = hold(createStdio(fd, `<${name}>`, write, errors, unbuffered));
    PyDict_SetItemString(d, `__${name}__`, i32(m));
    PyDict_SetItemString(d, name, i32(m));
    release(m);
  }
}

/** What does not say whether it is closed is open. */
function isClosed(file: Ref): boolean {
  const mark = nativeMark();
  try {
    return truthOfAttr(file, 'closed');
  } catch (e) {
    catchPending(e, mark);
    PyErr_Clear();
    return false;
  }
}
/** flush_std_files: false if flushing stdout failed. */
export function flushStdFiles(): boolean {
  let ok = true;
  for (const name of ['stdout', 'stderr'] as const) {
    // by static names: there may be no memory left for others
    const dict = sysDict();
    const file = dict === 0 ? 0 : PyDict_GetItemWithError(dict, Py_ID[name]);
    if (file === 0 || file === Py_None) continue;
    const mark = nativeMark();
    try {
      hold(Py_NewRef(file));
      if (!isClosed(file)) Py_DECREF(callNamed(file, 'flush'));
      release(mark);
    } catch (e) {
      catchPending(e, mark);
      if (name === 'stdout') {
        PyErr_WriteUnraisable(file);
        ok = false;
      } else PyErr_Clear();
    }
  }
  return ok;
}
export function runAtexit(): void {
  runAtexitCallbacks();
}
/** The very end: nothing of this room is kept outside objects. */
export function finiModules(): void {}
