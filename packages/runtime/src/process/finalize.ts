/**
 * The end of the interpreter, in CPython's order: atexit, flushing, the modules in their order, the last collections.
 * Mirrors Py_FinalizeEx of Python/pylifecycle.c and finalize_modules of Python/import.c. What is left then (types,
 * singletons' dicts, caches) is freed by teardown.ts.
 */
import { _gc_runtime_state as gcs, PyInterpreterState, PyThreadState } from '@moult/abi';
import { GARBAGE } from '../gc/callbacks.ts';
import { DEBUG_SAVEALL, DEBUG_UNCOLLECTABLE } from '../gc/debug.ts';
import { gc_collect_main, PyGC_Collect, REASON_SHUTDOWN } from '../gc/gcmain.ts';
import { CURRENT_TSTATE, i32, NATIVE_SP, NATIVE_STACK, setI32, setPtr } from '../memory/linear.ts';
import { flushStdFiles, runAtexit } from '../modules/index.ts';
import {
  PyDict_Copy,
  PyDict_GetItemString,
  PyDict_Next,
  PyDict_SetItem,
  PyDict_SetItemString,
  PyDict_Update,
} from '../objects/dictobject.ts';
import { PyDict_Clear } from '../objects/dictdelete.ts';
import { catchPending, PyErr_Clear } from '../objects/errors.ts';
import { PyList_Append, PyList_New } from '../objects/listobject.ts';
import { _PyModule_Clear, _PyModule_ClearDict, PyModule_Check } from '../objects/moduleobject.ts';
import { hold, nativeMark, Py_CLEAR, Py_NewRef, PyUnicode_Check, type Ref, release } from '../objects/object.ts';
import { GC_STATE, INTERP } from '../objects/runtime.ts';
import { PyObject_Repr } from '../objects/objectattr.ts';
import { PyExc_ResourceWarning, Py_None } from '../objects/static.ts';
import { writeStderr } from '../objects/stderr.ts';
import { asText } from '../objects/unicodeobject.ts';
import { warnExplicit } from '../objects/warnings.ts';
import { tracemallocFini } from '../objects/tracemalloc.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';
import { PyErr_WriteUnraisable } from '../objects/unraisable.ts';
import { PyWeakref_NewRef, weakrefTarget } from '../objects/weakrefobject.ts';
import { clearDataStack } from '../vm/frame.ts';
import { EXIT_CODE, FINALIZED, FINALIZING, PHASE } from './state.ts';
import { freeEverything } from './teardown.ts';

const FLUSH_FAILED = 120;

/** Runs `f`; an exception that it raises is reported as unraisable, as C does at shutdown. */
function quietly(f: () => void): void {
  const mark = nativeMark();
  try {
    f();
  } catch (e) {
    catchPending(e, mark);
    PyErr_WriteUnraisable(0);
    PyErr_Clear();
  }
}

/** _PyGC_CollectNoFail: all generations, even when collection is disabled. */
function collectNoFail(): void {
  gc_collect_main(2, REASON_SHUTDOWN);
}

/**
 * Ends the interpreter: everything that the program made is released. Returns the exit code, 120 if the standard
 * streams could not be flushed. Without `freeAll` it stops where no code of the program can run any more.
 */
export function Py_FinalizeEx(freeAll: boolean): number {
  let status = 0;
  quietly(runAtexit);
  setPtr(FINALIZING, 1);
  setPtr(INTERP + PyInterpreterState._finalizing, i32(CURRENT_TSTATE));
  if (!flushStdFiles()) status = -1;
  if (i32(GC_STATE + gcs.enabled) !== 0) PyGC_Collect(2);
  finalizeModules();
  if (!flushStdFiles()) status = -1;
  tracemallocFini();
  if (freeAll) {
    clearThread();
    freeEverything(collectNoFail);
  }
  setPtr(PHASE, FINALIZED);
  if (status < 0 && i32(EXIT_CODE) === 0) setI32(EXIT_CODE, FLUSH_FAILED);
  return i32(EXIT_CODE);
}

/** What sys and builtins let go of first (finalize_modules_delete_special). */
const SYS_DELETES = [
  'path',
  'argv',
  'ps1',
  'ps2',
  'last_exc',
  'last_type',
  'last_value',
  'last_traceback',
  'path_importer_cache',
  'meta_path',
  'path_hooks',
];
const SYS_FILES = ['stdin', 'stdout', 'stderr'];

function finalizeModules(): void {
  const modules = i32(INTERP + PyInterpreterState.imports_modules);
  if (modules === 0) return;
  const sysdict = i32(INTERP + PyInterpreterState.sysdict);
  const builtins = i32(INTERP + PyInterpreterState.builtins);
  quietly(() => PyDict_SetItemString(builtins, '_', Py_None));
  for (const name of SYS_DELETES) quietly(() => PyDict_SetItemString(sysdict, name, Py_None));
  for (const name of SYS_FILES) {
    const original = PyDict_GetItemString(sysdict, `__${name}__`);
    quietly(() => PyDict_SetItemString(sysdict, name, original === 0 ? Py_None : original));
  }
  const weaklist = PyList_New(0);
  const m = hold(weaklist);
  removeModules(modules, weaklist);
  PyDict_Clear(modules);
  restoreBuiltins(builtins);
  collectNoFail();
  dumpShutdownStats();
  clearWeaklist(weaklist, sysdict, builtins);
  release(m);
  _PyModule_ClearDict(sysdict);
  _PyModule_ClearDict(builtins);
  Py_CLEAR(INTERP + PyInterpreterState.imports_modules_by_index);
  Py_CLEAR(INTERP + PyInterpreterState.imports_modules);
  collectNoFail();
}

/** What is left in gc.garbage: a warning, ignored by default, and a list where DEBUG_UNCOLLECTABLE asks for it (_PyGC_DumpShutdownStats). */
function dumpShutdownStats(): void {
  const debug = i32(GC_STATE + gcs.debug);
  const garbage = i32(GARBAGE);
  const n = garbage === 0 ? 0 : i32(garbage + 16);
  if ((debug & DEBUG_SAVEALL) !== 0 || n === 0) return;
  const listed = (debug & DEBUG_UNCOLLECTABLE) !== 0;
  const hint = listed ? '' : '; use gc.set_debug(gc.DEBUG_UNCOLLECTABLE) to list them';
  quietly(() => {
    warnExplicit(PyExc_ResourceWarning, `gc: ${n} uncollectable objects at shutdown${hint}`, 'gc', 0, 0);
  });
  if (!listed) return;
  quietly(() => {
    const m = hold(PyObject_Repr(garbage));
    writeStderr(`      ${asText(i32(m))}\n`);
    release(m);
  });
}

/** Every module becomes None in sys.modules; (name, weakref) pairs go to `weaklist` (finalize_remove_modules). */
function removeModules(modules: Ref, weaklist: Ref): void {
  const pos = { i: 0, key: 0, value: 0 };
  while (PyDict_Next(modules, pos)) {
    const { key, value } = pos;
    if (!PyModule_Check(value)) continue;
    quietly(() => {
      if (PyUnicode_Check(key)) {
        const m = hold(PyWeakref_NewRef(value, 0));
        const pair = PyTuple_New(2);
        hold(pair);
        setPtr(pair + 24, Py_NewRef(key));
        setPtr(pair + 32, Py_NewRef(i32(m)));
        PyList_Append(weaklist, pair);
        release(m);
      }
      PyDict_SetItem(modules, key, Py_None);
    });
  }
}

/** builtins gets back what it held at the start, so that __del__ methods find it (finalize_restore_builtins). */
function restoreBuiltins(builtins: Ref): void {
  const copy = i32(INTERP + PyInterpreterState.builtins_copy);
  if (copy === 0) return;
  const m = hold(PyDict_Copy(builtins));
  PyDict_Clear(builtins);
  quietly(() => PyDict_Update(builtins, copy));
  release(m);
}

/** Modules that something still holds lose their names, youngest first (finalize_modules_clear_weaklist). */
function clearWeaklist(weaklist: Ref, sysdict: Ref, builtins: Ref): void {
  for (let i = i32(weaklist + 16) - 1; i >= 0; i--) {
    const pair = i32(i32(weaklist + 24) + (i << 3));
    const module = weakrefTarget(i32(pair + 32));
    if (module === 0 || module === Py_None) continue;
    const dict = i32(module + 16);
    if (dict === builtins || dict === sysdict) continue;
    const m = hold(Py_NewRef(module));
    _PyModule_Clear(module);
    release(m);
  }
}

/** PyThreadState_Clear, and the data stack. */
function clearThread(): void {
  const tstate = i32(CURRENT_TSTATE);
  setPtr(tstate + PyThreadState.c_profilefunc, 0);
  setPtr(tstate + PyThreadState.c_tracefunc, 0);
  for (const field of [
    PyThreadState.dict,
    PyThreadState.async_exc,
    PyThreadState.current_exception,
    PyThreadState.exc_state_exc_value,
    PyThreadState.c_profileobj,
    PyThreadState.c_traceobj,
    PyThreadState.async_gen_firstiter,
    PyThreadState.async_gen_finalizer,
    PyThreadState.context,
  ]) {
    Py_CLEAR(tstate + field);
  }
  clearDataStack(tstate);
  if (i32(NATIVE_SP) !== NATIVE_STACK) release(NATIVE_STACK);
}
