/** Cold boot without a library: makes the classes of the import system, and describes the modules that were there before it. */
import { _gc_runtime_state as gcs, gc_generation, Py_ID, PyInterpreterState } from '@moult/abi';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import { externalSource } from '../modules/importlibexternal.ts';
import { bootstrapSource } from '../modules/importlibsource.ts';
import { PyDict_GetItemString, PyDict_SetItem, PyDict_SetItemString } from '../objects/dictobject.ts';
import { clearFreeLists } from '../objects/freelists.ts';
import { PyModule_NewObject } from '../objects/moduleobject.ts';
import { hold, Py_DECREF, Py_NewRef, type Ref, release } from '../objects/object.ts';
import { GC_STATE, INTERP } from '../objects/runtime.ts';
import { PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { PyEval_EvalCode } from '../vm/calls.ts';
import { builtinModules, setInitializing } from '../vm/import.ts';
import { describeModule } from '../vm/importspec.ts';
import { compileSource } from '../vm/pycompile.ts';
import { watch } from './watch.ts';

function modules(): Ref {
  return i32(INTERP + PyInterpreterState.imports_modules);
}
/** A module of this source in sys.modules; borrowed. */
function runModule(name: string, filename: string, source: string, prepare: (module: Ref) => void): void {
  const m = hold(PyUnicode_InternFromString(name));
  const module = PyModule_NewObject(i32(m));
  hold(module);
  PyDict_SetItem(modules(), i32(m), module);
  const dict = i32(module + 16);
  PyDict_SetItem(dict, Py_ID.__builtins__, i32(INTERP + PyInterpreterState.builtins));
  prepare(module);
  hold(PyUnicode_FromString(filename));
  const code = compileSource(source, i32(m + 16), filename, 'exec');
  hold(code);
  Py_DECREF(PyEval_EvalCode(code, dict, dict));
  release(m);
}

export function bootImportClasses(): void {
  const counts = [0, 1, 2].map((i) => GC_STATE + gcs.generations + i * gc_generation.SIZE + gc_generation.count);
  const before = counts.map((at) => i32(at));
  const executed = watch.executed;
  const imp = hold((builtinModules._imp as () => Ref)());
  PyDict_SetItemString(modules(), '_imp', i32(imp));
  release(imp);
  runModule('_frozen_importlib', '<frozen importlib._bootstrap>', bootstrapSource, (module) => {
    setPtr(INTERP + PyInterpreterState.imports_importlib, Py_NewRef(module));
  });
  const bootstrap = i32(INTERP + PyInterpreterState.imports_importlib);
  runModule('_frozen_importlib_external', '<frozen importlib._bootstrap_external>', externalSource, (module) => {
    PyDict_SetItemString(i32(bootstrap + 16), '_bootstrap_external', module);
  });
  for (const name of ['sys', 'builtins', '_io', '_imp']) {
    const module = PyDict_GetItemString(modules(), name);
    describeModule(module, { name, kind: 'built-in' });
    if (name.startsWith('_')) setInitializing(module, false);
  }
  clearFreeLists(false);
  counts.forEach((at, i) => {
    setI32(at, before[i] as number);
  });
  // the program's instructions are counted, not these
  watch.executed = executed;
}
