/**
 * The module `_signal`: the numbers of signals and who handles them. Mirrors that part of Modules/signalmodule.c. A process here
 * gets signals from itself (raise_signal) only; the host's interrupt is KeyboardInterrupt, as by default_int_handler.
 */
import { METH_FASTCALL, METH_NOARGS, METH_O } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { _PyArg_CheckPositional } from '../objects/args.ts';
import { callFunction } from '../objects/call.ts';
import { PyDict_GetItemString, PyDict_GetItemWithError, PyDict_New, PyDict_SetItem } from '../objects/dictobject.ts';
import { raise, raiseNone, raiseObject } from '../objects/errors.ts';
import { PyLong_AsInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { drop, hold, Py_DECREF, Py_NewRef, PyLong_Check, type Ref, release } from '../objects/object.ts';
import { PyCallable_Check } from '../objects/objectattr.ts';
import { PySet_Add, PySet_New } from '../objects/setobject.ts';
import {
  Py_None,
  PyExc_KeyboardInterrupt,
  PyExc_OSError,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../objects/static.ts';
import { buildTuple } from '../objects/tupleobject.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { none } from './builtinfuncs.ts';
import { type ModuleSpec, setStolen } from './spec.ts';
import { interpreterDict } from './sysstate.ts';

/** The signals of Linux in the order of their numbers, from 1 on. */
const NAMES =
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ ' +
  'VTALRM PROF WINCH IO PWR SYS';
const MORE = { SIGCLD: 17, SIGIOT: 6, SIGPOLL: 29, SIGRTMIN: 34, SIGRTMAX: 64, NSIG: 65, SIG_DFL: 0, SIG_IGN: 1 };
const TEXTS: Readonly<Record<number, string>> = {
  ...{ 1: 'Hangup', 2: 'Interrupt', 3: 'Quit', 4: 'Illegal instruction', 5: 'Trace/breakpoint trap', 6: 'Aborted' },
  ...{ 7: 'Bus error', 8: 'Floating point exception', 9: 'Killed', 10: 'User defined signal 1' },
  ...{ 11: 'Segmentation fault', 12: 'User defined signal 2', 13: 'Broken pipe', 14: 'Alarm clock', 15: 'Terminated' },
  ...{ 16: 'Stack fault', 17: 'Child exited', 18: 'Continued', 19: 'Stopped (signal)', 20: 'Stopped' },
  ...{ 21: 'Stopped (tty input)', 22: 'Stopped (tty output)', 23: 'Urgent I/O condition' },
  ...{ 24: 'CPU time limit exceeded', 25: 'File size limit exceeded', 26: 'Virtual timer expired' },
  ...{ 27: 'Profiling timer expired', 28: 'Window changed', 29: 'I/O possible', 30: 'Power failure' },
  ...{ 31: 'Bad system call' },
};
const LAST = 64;
const SIGINT = 2;
const SIG_DFL = 0;
const SIG_IGN = 1;
/** Of the numbers up to the last, those that the C library keeps. */
const isKept = (n: number): boolean => n === 32 || n === 33;

/** signal → handler, for those that are not the default. */
function handlers(): Ref {
  return PyDict_GetItemString(interpreterDict(), '_signal.handlers');
}
function signalArg(op: Ref): number {
  const n = PyLong_AsInt(op);
  if (n < 1 || n > LAST) raise(PyExc_ValueError, 'signal number out of range');
  return n;
}
/** The handler of a signal; a new reference. */
function handlerOf(n: number): Ref {
  const key = hold(PyLong_FromLong(n));
  const known = PyDict_GetItemWithError(handlers(), i32(key));
  release(key);
  return known !== 0 ? Py_NewRef(known) : isKept(n) ? none() : PyLong_FromLong(SIG_DFL);
}
function signal_signal(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('signal', nargs, 2, 2);
  const n = signalArg(i32(args));
  const handler = i32(args + 8);
  if (!PyCallable_Check(handler)) {
    const k = plainHandler(handler);
    if (k !== SIG_DFL && k !== SIG_IGN) {
      raise(PyExc_TypeError, 'signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object');
    }
  }
  if (n === 9 || n === 19 || isKept(n)) {
    const values = hold(
      buildTuple(
        () => PyLong_FromLong(22),
        () => PyUnicode_FromString('Invalid argument'),
      ),
    );
    raiseObject(PyExc_OSError, i32(values));
  }
  const old = handlerOf(n);
  const m = hold(old);
  const key = hold(PyLong_FromLong(n));
  PyDict_SetItem(handlers(), i32(key), handler);
  release(key);
  drop(m);
  return old;
}
/** SIG_DFL or SIG_IGN as a number (an enum's member too); -1 for other objects. */
function plainHandler(op: Ref): number {
  return PyLong_Check(op) ? PyLong_AsInt(op) : -1;
}
function raise_signal(_m: Ref, op: Ref): Ref {
  const n = signalArg(op);
  const handler = hold(handlerOf(n));
  if (PyCallable_Check(i32(handler))) {
    const number = hold(PyLong_FromLong(n));
    Py_DECREF(callFunction(i32(handler), i32(number), Py_None));
  }
  release(handler);
  return none();
}
function default_int_handler(_m: Ref, _args: number, nargs: number): Ref {
  _PyArg_CheckPositional('default_int_handler', nargs, 2, 2);
  return raiseNone(PyExc_KeyboardInterrupt);
}
function valid_signals(): Ref {
  const set = PySet_New(0);
  const m = hold(set);
  for (let n = 1; n <= LAST; n++) {
    if (isKept(n)) continue;
    const k = hold(PyLong_FromLong(n));
    PySet_Add(set, i32(k));
    release(k);
  }
  drop(m);
  return set;
}
function strsignal(_m: Ref, op: Ref): Ref {
  const n = signalArg(op);
  const text = TEXTS[n] ?? (n >= 34 ? `Real-time signal ${n - 34}` : '');
  return text === '' ? none() : PyUnicode_FromString(text);
}
export const signalSpec: ModuleSpec = {
  name: '_signal',
  doc: 'This module provides mechanisms to use signal handlers in Python.',
  methods: [
    {
      name: 'default_int_handler',
      flags: METH_FASTCALL,
      fn: default_int_handler,
      doc: 'default_int_handler($module, signalnum, frame, /)\n--\n\nThe default handler for SIGINT installed by Python.\n\nIt raises KeyboardInterrupt.',
    },
    { name: 'signal', flags: METH_FASTCALL, fn: signal_signal, doc: 'signal($module, signalnum, handler, /)\n--\n\n' },
    {
      name: 'getsignal',
      flags: METH_O,
      fn: (_m: Ref, n: Ref) => handlerOf(signalArg(n)),
      doc: 'getsignal($module, signalnum, /)\n--\n\n',
    },
    { name: 'raise_signal', flags: METH_O, fn: raise_signal, doc: 'raise_signal($module, signalnum, /)\n--\n\n' },
    { name: 'strsignal', flags: METH_O, fn: strsignal, doc: 'strsignal($module, signalnum, /)\n--\n\n' },
    { name: 'valid_signals', flags: METH_NOARGS, fn: valid_signals, doc: 'valid_signals($module, /)\n--\n\n' },
  ],
  exec(module: Ref): void {
    const dict = PyModule_GetDict(module);
    NAMES.split(' ').forEach((name, i) => {
      setStolen(dict, `SIG${name}`, PyLong_FromLong(i + 1));
    });
    for (const [name, value] of Object.entries(MORE)) setStolen(dict, name, PyLong_FromLong(value));
    const own = interpreterDict();
    if (PyDict_GetItemString(own, '_signal.handlers') === 0) setStolen(own, '_signal.handlers', PyDict_New());
    const key = hold(PyLong_FromLong(SIGINT));
    PyDict_SetItem(handlers(), i32(key), PyDict_GetItemString(dict, 'default_int_handler'));
    release(key);
    // ignored from the start
    for (const n of [13, 25]) {
      const k = hold(PyLong_FromLong(n));
      hold(PyLong_FromLong(SIG_IGN));
      PyDict_SetItem(handlers(), i32(k), i32(k + 8));
      release(k);
    }
  },
};
