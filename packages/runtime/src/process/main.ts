/**
 * Running the main program: a file, a text, a module; what an uncaught exception becomes. Mirrors Modules/main.c and the
 * file part of Python/pythonrun.c. The run can be suspended at any poll of the outermost loop and gone on with.
 */
import { hooks } from '../hooks.ts';
import { PyList_New } from '../objects/listobject.ts';
import { Py_ID, PyInterpreterState, PyThreadState } from '@moult/abi';
import { CURRENT_TSTATE, i32, LOOP_DEPTH, NATIVE_SP, setI32, setPtr } from '../memory/linear.ts';
import { callFunction, callMethod } from '../objects/call.ts';
import { getItemStr, PyDict_GetItemString, PyDict_SetItem, PyDict_SetItemString } from '../objects/dictobject.ts';
import { discardKey } from '../objects/dictdelete.ts';
import {
  catchPending,
  PENDING,
  PyErr_Clear,
  PyErr_ExceptionMatches,
  PyErr_GetRaisedException,
  PyErr_SetRaisedException,
} from '../objects/errors.ts';
import { exceptionTraceback } from '../objects/exceptions.ts';
import { PyFunction_New } from '../objects/funcobject.ts';
import { PyLong_AsBigInt } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import {
  drop,
  hold,
  nativeMark,
  Py_DECREF,
  Py_NewRef,
  PyExceptionInstance_Check,
  PyLong_Check,
  type Ref,
  release,
} from '../objects/object.ts';
import { PyObject_GetOptionalAttr, PyObject_Str } from '../objects/objectattr.ts';
import { INTERP } from '../objects/runtime.ts';
import { PyExc_KeyboardInterrupt, PyExc_SystemExit, Py_None } from '../objects/static.ts';
import { writeStderr } from '../objects/stderr.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { _PyEvalFramePushAndInit } from '../vm/calls.ts';
import { _PyEval_EvalFrame } from '../vm/ceval.ts';
import { PyImport_AddModuleRef } from '../vm/import.ts';
import { BY_IMPORTLIB } from '../vm/importcall.ts';
import { mainModuleLoader } from '../vm/importspec.ts';
import { compileText, HostLimit, printException } from '../vm/link.ts';
import { ENDED, ENTRY, EXIT_CODE, FILE_NAMES_SET, MAIN_MARK, PHASE, RUNNING, STOPPED } from './state.ts';

declare const __TRACE__: boolean;

export interface MainProgram {
  readonly source: Uint8Array | string;
  /** What tracebacks and co_filename say: a path, `<string>` or `<stdin>`. */
  readonly filename: string;
  /** The program is a file: __main__ gets __file__ and __cached__. */
  readonly isFile: boolean;
  /** With -m: the package the module lies in ('' for none). */
  readonly package?: string;
}

/** KeyboardInterrupt ends the process as the signal would: 128 + SIGINT. */
const EXIT_INTERRUPTED = 130;

function mainDict(): Ref {
  return PyModule_GetDict(i32(i32(MAIN_MARK)));
}
function setName(dict: Ref, name: string, value: Ref): void {
  PyDict_SetItemString(dict, name, value);
}

/**
 * Prepares the program: compiles it and pushes its frame. On the native stack, from MAIN_MARK on: the module __main__, the
 * list of the tree's constants (the arena), the code object, the function. A SyntaxError ends the program here.
 */
export function startMain(program: MainProgram): void {
  const before = nativeMark();
  try {
    setPtr(MAIN_MARK, hold(PyImport_AddModuleRef('__main__')));
  } catch (e) {
    catchPending(e, before);
    finishMain(printUncaught() ?? 1);
    return;
  }
  setPtr(PHASE, RUNNING);
  const mark = nativeMark();
  try {
    const dict = mainDict();
    const loader = hold(mainModuleLoader(program.isFile ? program.filename : null));
    PyDict_SetItem(dict, Py_ID.__loader__, i32(loader));
    release(loader);
    if (program.isFile && PyDict_GetItemString(dict, '__file__') === 0) {
      const m = hold(PyUnicode_FromString(program.filename));
      setName(dict, '__file__', i32(m));
      setName(dict, '__cached__', Py_None);
      release(m);
      setPtr(FILE_NAMES_SET, 1);
    }
    if (program.package !== undefined) {
      const m = hold(PyUnicode_FromString(program.package));
      setName(dict, '__package__', i32(m));
      release(m);
    }
    const arena = PyList_New(0);
    hold(arena);
    const code = compileText(program.source, program.filename, 'exec', { arena, noted: i32(BY_IMPORTLIB) !== 0 });
    hold(code);
    const func = PyFunction_New(code, dict);
    hold(func);
    const tstate = i32(CURRENT_TSTATE);
    const fp = _PyEvalFramePushAndInit(tstate, Py_NewRef(func), Py_NewRef(dict), 0, 0, 0, false);
    setPtr(ENTRY, i32(NATIVE_SP) + 8);
    advance(() => _PyEval_EvalFrame(tstate, fp, false));
  } catch (e) {
    catchPending(e, mark);
    endByException();
  }
}

/** Goes on with a suspended run. */
export function resumeMain(): void {
  const tstate = i32(CURRENT_TSTATE);
  const fp = i32(tstate + PyThreadState.current_frame);
  advance(() => _PyEval_EvalFrame(tstate, fp, false, i32(ENTRY)));
}

/** Runs the loop; a HostLimit in the outermost run leaves everything as it is, to be gone on with. */
function advance(run: () => Ref): void {
  const mark = i32(ENTRY) - 8;
  try {
    Py_DECREF(run());
  } catch (e) {
    if (e instanceof HostLimit) {
      if (e.reason === 'observer') throw e;
      if (i32(LOOP_DEPTH) !== 1) setPtr(PHASE, STOPPED);
      // what a native call owned that is to be made again
      else release(i32(ENTRY) + 80);
      throw e;
    }
    setPtr(ENTRY, 0);
    if (__TRACE__) hooks.uncaught();
    catchPending(e, mark);
    flushIo();
    endByException();
    return;
  }
  setPtr(ENTRY, 0);
  flushIo();
  endMain(0);
}

/** Flushes sys.stderr and sys.stdout, keeping the pending exception; failures are ignored (flush_io). */
function flushIo(): void {
  const m = hold(PyErr_GetRaisedException());
  const sysdict = i32(INTERP + PyInterpreterState.sysdict);
  for (const name of [Py_ID.stderr, Py_ID.stdout]) {
    const mark = nativeMark();
    const file = sysdict === 0 ? 0 : getItemStr(sysdict, name);
    if (file === 0) continue;
    try {
      hold(Py_NewRef(file));
      hold(callMethod(file, Py_ID.flush));
      release(mark);
    } catch (e) {
      catchPending(e, mark);
      PyErr_Clear();
    }
  }
  const exc = i32(m);
  drop(m);
  if (exc !== 0) PyErr_SetRaisedException(exc);
}

/** The program is over. */
function endMain(code: number): void {
  const mark = i32(MAIN_MARK);
  release(mark + 8);
  popFileNames();
  release(mark);
  setPtr(MAIN_MARK, 0);
  finishMain(code);
}
function popFileNames(): void {
  if (i32(FILE_NAMES_SET) === 0) return;
  const dict = mainDict();
  for (const name of ['__file__', '__cached__']) {
    const mark = nativeMark();
    try {
      const k = hold(PyUnicode_FromString(name));
      discardKey(dict, i32(k));
      release(k);
    } catch (e) {
      catchPending(e, mark);
      printUncaught();
    }
  }
}
function finishMain(code: number): void {
  setI32(EXIT_CODE, code);
  setPtr(PHASE, ENDED);
}

function endByException(): void {
  release(i32(MAIN_MARK) + 8);
  if (PyErr_ExceptionMatches(PyExc_SystemExit)) {
    release(i32(MAIN_MARK));
    setPtr(MAIN_MARK, 0);
    finishMain(handleSystemExit());
    return;
  }
  const code = PyErr_ExceptionMatches(PyExc_KeyboardInterrupt) ? EXIT_INTERRUPTED : 1;
  endMain(printUncaught() ?? code);
}

/** The exit code that a SystemExit asks for; writes a code that is no int to stderr (handle_system_exit). */
export function handleSystemExit(): number {
  const exc = PyErr_GetRaisedException();
  const m = hold(exc);
  try {
    let value = PyExceptionInstance_Check(exc) ? PyObject_GetOptionalAttr(exc, internedCode()) : Py_NewRef(exc);
    if (value === 0) value = Py_NewRef(Py_None);
    hold(value);
    if (value === Py_None) return 0;
    if (PyLong_Check(value)) {
      const n = PyLong_AsBigInt(value);
      const fits = n >= -(2n ** 63n) && n < 2n ** 63n;
      return fits ? Number(BigInt.asUintN(8, n)) : 255;
    }
    const text = PyObject_Str(value);
    hold(text);
    writeStderr(asText(text));
    writeStderr('\n');
    return 1;
  } catch (e) {
    catchPending(e, m + 8);
    PyErr_Clear();
    return 1;
  } finally {
    release(m);
  }
}
function internedCode(): Ref {
  // immortal by now: sys.exit's attribute is a name of the type
  const name = PyUnicode_InternFromString('code');
  Py_DECREF(name);
  return name;
}

/**
 * Prints the pending exception by sys.excepthook and remembers it in sys.last_exc (PyErr_PrintEx(1)). Returns the exit
 * code when the hook itself raised SystemExit.
 */
export function printUncaught(): number | null {
  let exit: number | null = null;
  const exc = PyErr_GetRaisedException();
  const m = hold(exc);
  const sysdict = i32(INTERP + PyInterpreterState.sysdict);
  const type = i32(exc + 8);
  const tb = exceptionTraceback(exc);
  const traceback = tb === 0 ? Py_None : tb;
  hold(Py_NewRef(traceback));
  const mark = nativeMark();
  const hook = sysdict === 0 ? 0 : getItemStr(sysdict, Py_ID.excepthook);
  try {
    if (sysdict !== 0) {
      PyDict_SetItem(sysdict, Py_ID.last_exc, exc);
      PyDict_SetItem(sysdict, Py_ID.last_type, type);
      PyDict_SetItem(sysdict, Py_ID.last_value, exc);
      PyDict_SetItem(sysdict, Py_ID.last_traceback, traceback);
    }
    if (hook === 0) {
      writeStderr('sys.excepthook is missing\n');
      display(exc);
    } else {
      hold(Py_NewRef(hook));
      Py_DECREF(callFunction(hook, type, exc, traceback));
    }
  } catch (e) {
    if (e !== PENDING) throw e;
    if (PyErr_ExceptionMatches(PyExc_SystemExit)) {
      const second = PyErr_GetRaisedException();
      release(mark);
      PyErr_SetRaisedException(second);
      exit = handleSystemExit();
    } else {
      catchPending(e, mark);
      const second = PyErr_GetRaisedException();
      const s = hold(second);
      writeStderr('Error in sys.excepthook:\n');
      display(second);
      writeStderr('\nOriginal exception was:\n');
      display(exc);
      release(s);
    }
  }
  release(m);
  return exit;
}
function display(exc: Ref): void {
  const text = printException(exc);
  if (typeof text === 'string') writeStderr(text);
}
