/**
 * The import statement: what Python/import.c does before and behind importlib, in a native frame (decision 22). The search and the
 * loading are importlib's own Python code.
 */
import {
  Py_ID,
  PyCodeObject,
  PyFrameObject,
  PyInterpreterState,
  PyThreadState,
  PyTracebackObject as TB,
} from '@moult/abi';
import { i32, ROOM_STATE, setPtr } from '../memory/linear.ts';
import { PyDict_GetItemRef, PyDict_GetItemString } from '../objects/dictobject.ts';
import {
  PENDING,
  PyErr_GetRaisedException,
  PyErr_GivenExceptionMatches,
  PyErr_SetRaisedException,
  raise,
} from '../objects/errors.ts';
import { exceptionTraceback, PyException_SetTraceback } from '../objects/exceptions.ts';
import { PyLong_AsLong } from '../objects/longobject.ts';
import {
  callFrom,
  dropSlot,
  FAILED,
  type MachineSpec,
  pushNative,
  runFrom,
  runNested,
  setState,
  slotOf,
  stateOf,
  takeSlot,
  wordOf,
} from '../objects/nativeframe.ts';
import { hold, Py_DECREF, Py_NewRef, Py_XSETREF, PyUnicode_Check, type Ref, release } from '../objects/object.ts';
import { PyObject_GetOptionalAttr, PyObject_IsTrue, PyObject_Repr } from '../objects/objectattr.ts';
import { INTERP } from '../objects/runtime.ts';
import { Py_None, PyExc_ImportError, PyExc_KeyError, PyExc_TypeError, PyExc_ValueError } from '../objects/static.ts';
import { PySys_Audit } from '../objects/sysaudit.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { importFrame as nativeImportFrame } from './importmachine.ts';
import { moduleSpecInitializing, PyImport_GetModule, resolveName } from './import.ts';

/** Slots: an importer that is not ours, the absolute name, the module, the function of importlib that runs. */
const IMPORTER = 0;
const NAME = 1;
const MODULE = 2;
const CALLEE = 3;
/** Words: what the statement has, borrowed, and the arguments of a call behind a free word. */
const LEVEL = 4;
const ARGS = 6;

const START = 0;
const LOADED = 1;
const READY = 2;
const NAMED = 3;
const LAST = 4;

/** Whether importlib imports: where there is a library. Else importmachine.ts does. */
export const BY_IMPORTLIB = ROOM_STATE + 0x3800;

const importFunction = (): Ref => i32(INTERP + PyInterpreterState.imports_import_func);

/** `level`: an int's address with an importer, else the number itself. All arguments but the importer stay borrowed. */
function statementFrame(importer: Ref, name: Ref, globals: Ref, locals: Ref, fromlist: Ref, level: number): number {
  const frame = pushNative(importCall, 4, ARGS + 7);
  setPtr(slotOf(frame, IMPORTER), importer);
  [name, globals, locals, fromlist, level].forEach((v, i) => {
    setPtr(wordOf(frame, i), v);
  });
  return frame;
}

/** Calls a function of _frozen_importlib. */
function callImportlib(frame: number, state: number, name: string, ...args: Ref[]): number {
  const importlib = i32(INTERP + PyInterpreterState.imports_importlib);
  const function_ = importlib === 0 ? 0 : PyDict_GetItemString(i32(importlib + 16), name);
  if (function_ === 0) raise(PyExc_ImportError, `importlib._bootstrap has no ${name}`);
  setPtr(slotOf(frame, CALLEE), Py_NewRef(function_));
  args.forEach((v, i) => {
    setPtr(wordOf(frame, ARGS + 1 + i), v);
  });
  return callFrom(frame, state, function_, wordOf(frame, ARGS + 1), args.length, 0);
}

export const importCall: MachineSpec = {
  name: 'importlib,__import__,name,module,function',
  catches: true,
  run: (frame, result) => {
    const [name, globals, locals, fromlist] = [0, 1, 2, 3].map((i) => i32(wordOf(frame, i))) as [Ref, Ref, Ref, Ref];
    const level = i32(wordOf(frame, LEVEL));
    let value = result;
    for (;;) {
      if (value === FAILED) {
        if (i32(slotOf(frame, IMPORTER)) === 0) removeImportlibFrames();
        throw PENDING;
      }
      if (value < FAILED) return value;
      switch (stateOf(frame)) {
        case START: {
          const importer = i32(slotOf(frame, IMPORTER));
          if (importer !== 0) {
            [name, globals, locals, fromlist, level].forEach((v, i) => {
              setPtr(wordOf(frame, ARGS + 1 + i), v);
            });
            value = callFrom(frame, LAST, importer, wordOf(frame, ARGS + 1), 5, 0);
          } else value = begin(frame, name, globals, level);
          break;
        }
        case LOADED:
          dropSlot(frame, CALLEE);
          setPtr(slotOf(frame, MODULE), value);
          setState(frame, NAMED);
          value = 0;
          break;
        case READY:
          dropSlot(frame, CALLEE);
          Py_DECREF(value);
          setState(frame, NAMED);
          value = 0;
          break;
        case NAMED:
          value = bound(frame, name, fromlist, level);
          if (value === 0) return takeSlot(frame, MODULE);
          break;
        default:
          return value;
      }
    }
  },
};

/** Finds the absolute name, and the module in sys.modules or by importlib. */
function begin(frame: number, name: Ref, globals: Ref, level: number): number {
  if (!PyUnicode_Check(name)) raise(PyExc_TypeError, 'module name must be a string');
  if (level < 0) raise(PyExc_ValueError, 'level must be >= 0');
  if (level > 0) setPtr(slotOf(frame, NAME), PyUnicode_FromString(resolveName(asText(name), globals, level)));
  else {
    if (i32(name + 16) === 0) raise(PyExc_ValueError, 'Empty module name');
    setPtr(slotOf(frame, NAME), Py_NewRef(name));
  }
  const absolute = i32(slotOf(frame, NAME));
  const module = PyImport_GetModule(absolute);
  if (module !== 0 && module !== Py_None) {
    setPtr(slotOf(frame, MODULE), module);
    setState(frame, NAMED);
    const spec = PyObject_GetOptionalAttr(module, Py_ID.__spec__);
    if (spec === 0) return 0;
    const m = hold(spec);
    const initializing = moduleSpecInitializing(spec);
    release(m);
    return initializing ? callImportlib(frame, READY, '_lock_unlock_module', absolute) : 0;
  }
  if (module !== 0) Py_DECREF(module);
  auditImport(absolute);
  return callImportlib(frame, LOADED, '_find_and_load', absolute, importFunction());
}
function auditImport(name: Ref): void {
  if (i32(INTERP + PyInterpreterState.audit_hooks) === 0) return;
  const sys = i32(INTERP + PyInterpreterState.sysdict);
  const of = (key: string): Ref => PyDict_GetItemString(sys, key) || Py_None;
  PySys_Audit('import', name, Py_None, of('path'), of('meta_path'), of('path_hooks'));
}

/** What the statement binds, from the module: what a call gives, or 0 for the module itself. */
function bound(frame: number, name: Ref, fromlist: Ref, level: number): number {
  const module = i32(slotOf(frame, MODULE));
  if (fromlist !== 0 && fromlist !== Py_None && PyObject_IsTrue(fromlist)) {
    const path = PyObject_GetOptionalAttr(module, Py_ID.__path__);
    if (path === 0) return 0;
    Py_DECREF(path);
    return callImportlib(frame, LAST, '_handle_fromlist', module, fromlist, importFunction());
  }
  const text = asText(name);
  if (level > 0 && text === '') return 0;
  const dot = text.indexOf('.');
  if (dot < 0) return 0;
  if (level === 0) {
    // import a.b binds a
    setPtr(slotOf(frame, CALLEE), PyUnicode_FromString(text.slice(0, dot)));
    return runFrom(frame, LAST, () => statementFrame(0, i32(slotOf(frame, CALLEE)), 0, 0, 0, 0));
  }
  // a dotted name behind dots binds its first component
  const absolute = asText(i32(slotOf(frame, NAME)));
  const m = hold(PyUnicode_FromString(absolute.slice(0, absolute.length - (text.length - dot))));
  const front = PyImport_GetModule(i32(m));
  if (front === 0) {
    hold(PyObject_Repr(i32(m)));
    raise(PyExc_KeyError, `${asText(i32(m + 8))} not in sys.modules as expected`);
  }
  release(m);
  setPtr(slotOf(frame, CALLEE), i32(slotOf(frame, MODULE)));
  setPtr(slotOf(frame, MODULE), front);
  return 0;
}

/**
 * Takes the frames of importlib out of the pending exception's traceback: all of an ImportError, else those chunks that end where
 * importlib runs a module's code (remove_importlib_frames).
 */
function removeImportlibFrames(): void {
  const exc = PyErr_GetRaisedException();
  const m = hold(exc);
  const always = PyErr_GivenExceptionMatches(exc, PyExc_ImportError);
  const base = hold(exceptionTraceback(exc));
  if (i32(base) !== 0) Py_NewRef(i32(base));
  let previous = base;
  let outer = base;
  let inside = false;
  for (let tb = i32(base); tb !== 0; ) {
    const next = i32(tb + TB.tb_next);
    const code = codeOf(i32(tb + TB.tb_frame));
    const filename = asText(i32(code + PyCodeObject.co_filename));
    const now = filename === '<frozen importlib._bootstrap>' || filename === '<frozen importlib._bootstrap_external>';
    if (now && !inside) outer = previous;
    inside = now;
    if (inside && (always || asText(i32(code + PyCodeObject.co_name)) === '_call_with_frames_removed')) {
      Py_XSETREF(outer, next === 0 ? 0 : Py_NewRef(next));
      previous = outer;
    } else previous = tb + TB.tb_next;
    tb = next;
  }
  PyException_SetTraceback(exc, i32(base) === 0 ? Py_None : i32(base));
  Py_NewRef(exc);
  release(m);
  PyErr_SetRaisedException(exc);
}
function codeOf(frame: Ref): Ref {
  return i32(i32(frame + PyFrameObject.f_frame));
}

/** IMPORT_NAME: the frame that makes the value. */
export function importNameFrame(tstate: number, fp: number, name: Ref, fromlist: Ref, level: Ref): number {
  const importFunc = PyDict_GetItemRef(i32(fp + 32), Py_ID.__import__);
  if (importFunc === 0) raise(PyExc_ImportError, '__import__ not found');
  const m = hold(importFunc);
  const locals = i32(fp + 40) === 0 ? Py_None : i32(fp + 40);
  const own = i32(i32(tstate + PyThreadState.interp) + PyInterpreterState.imports_import_func);
  let frame: number;
  if (importFunc === own) frame = importFrame(name, i32(fp + 24), locals, fromlist, PyLong_AsLong(level));
  else frame = statementFrame(Py_NewRef(importFunc), name, i32(fp + 24), locals, fromlist, level);
  release(m);
  return frame;
}
export function importFrame(name: Ref, globals: Ref, locals: Ref, fromlist: Ref, level: number): number {
  return i32(BY_IMPORTLIB) !== 0
    ? statementFrame(0, name, globals, locals, fromlist, level)
    : nativeImportFrame(name, globals, locals, fromlist, level);
}
/** __import__: returns the module that the statement binds, a new reference. */
export function PyImport_ImportModuleLevelObject(
  name: Ref,
  globals: Ref,
  locals: Ref,
  fromlist: Ref,
  level: number,
): Ref {
  return runNested(() => importFrame(name, globals, locals, fromlist, level));
}
