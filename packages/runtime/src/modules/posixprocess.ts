/** posix: the process, its environment and its machine. Mirrors that part of Modules/posixmodule.c. */
import { METH_FASTCALL, METH_NOARGS, METH_O } from '@moult/abi';
import { PyObject_GC_Track } from '../gc/track.ts';
import { ProcessExit } from '../memory/fatal.ts';
import { i32, setPtr } from '../memory/linear.ts';
import { _PyArg_CheckPositional } from '../objects/args.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyDict_New, PyDict_SetItem } from '../objects/dictobject.ts';
import { PyDict_Clear } from '../objects/dictdelete.ts';
import { raise } from '../objects/errors.ts';
import { PyFloat_FromDouble } from '../objects/floatobject.ts';
import { PyLong_AsInt, PyLong_AsSsize_t, PyLong_FromLong } from '../objects/longobject.ts';
import { drop, hold, PyBytes_Check, PyUnicode_Check, type Ref, release } from '../objects/object.ts';
import type { MethodSpec } from '../objects/spec.ts';
import { PyExc_ValueError } from '../objects/static.ts';
import { PyStructSequence_New } from '../objects/structseq.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { newBytes } from './buffers.ts';
import { none } from './builtinfuncs.ts';
import { strerror } from './errnos.ts';
import { hostClock, hostIo } from './hostio.ts';
import { hostMachine } from './hostfs.ts';
import { fsPath } from './paths.ts';
import { done, keywordFunction, pathObject } from './posixpaths.ts';
import type { StructSequenceRow } from './sysmodule.ts';
import { TerminalSize_Type, TimesResult_Type, UnameResult_Type } from './types.ts';

export const processSequences: readonly StructSequenceRow[] = [
  {
    address: TerminalSize_Type,
    name: 'os.terminal_size',
    doc: 'A tuple of (columns, lines) for holding terminal window size',
    fields: ['columns', 'lines'],
  },
  {
    address: TimesResult_Type,
    name: 'posix.times_result',
    doc: 'The result of times: user, system, children_user, children_system and elapsed, in seconds.',
    fields: ['user', 'system', 'children_user', 'children_system', 'elapsed'],
  },
  {
    address: UnameResult_Type,
    name: 'posix.uname_result',
    doc: 'The result of uname: sysname, nodename, release, version and machine.',
    fields: ['sysname', 'nodename', 'release', 'version', 'machine'],
  },
];
function sequence(type: Ref, values: readonly (() => Ref)[]): Ref {
  const op = PyStructSequence_New(type);
  const m = hold(op);
  values.forEach((make, i) => {
    setPtr(op + 24 + (i << 3), make());
  });
  PyObject_GC_Track(op);
  drop(m);
  return op;
}

const EINVAL = 22;
/** posix.environ: bytes to bytes. */
export function fillEnvironment(dict: Ref): void {
  PyDict_Clear(dict);
  for (const [name, value] of Object.entries(hostMachine.env)) {
    const m = hold(pathObject(name, true));
    hold(pathObject(value, true));
    PyDict_SetItem(dict, i32(m), i32(m + 8));
    release(m);
  }
}
export function newEnvironment(): Ref {
  const dict = PyDict_New();
  const m = hold(dict);
  fillEnvironment(dict);
  drop(m);
  return dict;
}
/** The C library's environment is not looked at by anything else: only the arguments are checked. */
function posix_putenv(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('putenv', nargs, 2, 2);
  const name = textOf(i32(args));
  textOf(i32(args + 8));
  if (name.includes('=')) raise(PyExc_ValueError, 'illegal environment variable name');
  return none();
}
function posix_unsetenv(_m: Ref, op: Ref): Ref {
  const name = textOf(op);
  if (name === '' || name.includes('=')) done(-EINVAL, null);
  return none();
}
function textOf(op: Ref): string {
  const m = hold(fsPath(op));
  const text = asText(i32(m));
  release(m);
  if (text.includes('\0')) raise(PyExc_ValueError, 'embedded null byte');
  return text;
}
function posix_fspath(a: Ref[]): Ref {
  const op = a[0] as Ref;
  if (PyUnicode_Check(op) || PyBytes_Check(op)) {
    return Py_NewRef(op);
  }
  return PyOS_FSPath(op);
}
function posix_strerror(_m: Ref, op: Ref): Ref {
  return PyUnicode_FromString(strerror(PyLong_AsInt(op)));
}
function posix_exit(a: Ref[]): Ref {
  throw new ProcessExit(PyLong_AsInt(a[0] as Ref));
}
function posix_urandom(_m: Ref, op: Ref): Ref {
  const size = PyLong_AsSsize_t(op);
  if (size < 0) raise(PyExc_ValueError, 'negative argument not allowed');
  return newBytes(hostMachine.random(size));
}
function posix_getrandom(a: Ref[]): Ref {
  const size = PyLong_AsSsize_t(a[0] as Ref);
  if (size < 0) done(-EINVAL, null);
  return newBytes(hostMachine.random(size));
}
function posix_get_terminal_size(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('get_terminal_size', nargs, 0, 1);
  const size = done(hostMachine.terminalSize(nargs === 0 ? 1 : PyLong_AsInt(i32(args))), null);
  return sequence(
    TerminalSize_Type,
    (size as readonly [number, number]).map((n) => () => PyLong_FromLong(n)),
  );
}
function posix_times(): Ref {
  const seconds = (ns: bigint) => () => PyFloat_FromDouble(Number(ns / 10_000_000n) / 100);
  const zero = seconds(0n);
  return sequence(TimesResult_Type, [
    seconds(hostClock.processTime()),
    zero,
    zero,
    zero,
    seconds(hostClock.monotonic()),
  ]);
}
function posix_uname(): Ref {
  return sequence(
    UnameResult_Type,
    hostMachine.uname.map((s) => () => PyUnicode_FromString(s)),
  );
}
function posix_device_encoding(a: Ref[]): Ref {
  return hostIo.isatty(PyLong_AsInt(a[0] as Ref)) ? PyUnicode_FromString('utf-8') : none();
}

// ---- the status that wait() gives -----------------------------------------------------------------------------------------

const k = keywordFunction;
function status(name: string, of: (status: number) => number | boolean): MethodSpec {
  return k(name, '$module, /, status', { keywords: ['status'], required: 1 }, (a) => {
    const value = of(PyLong_AsInt(a[0] as Ref));
    return typeof value === 'boolean' ? PyBool_FromLong(value) : PyLong_FromLong(value);
  });
}
const signalOf = (s: number): number => s & 0x7f;
function waitstatus_to_exitcode(a: Ref[]): Ref {
  const s = PyLong_AsInt(a[0] as Ref);
  if (signalOf(s) === 0) return PyLong_FromLong((s >> 8) & 0xff);
  if (signalOf(s) !== 0x7f) return PyLong_FromLong(-signalOf(s));
  raise(PyExc_ValueError, `process stopped by delivery of signal ${(s >> 8) & 0xff}`);
}

function number(name: string, get: () => number): MethodSpec {
  return { name, flags: METH_NOARGS, fn: () => PyLong_FromLong(get()), doc: `${name}($module, /)\n--\n\n` };
}
export const posixProcess: readonly MethodSpec[] = [
  number('getpid', () => hostMachine.pid),
  number('getppid', () => hostMachine.ppid),
  number('getuid', () => hostMachine.uid),
  number('geteuid', () => hostMachine.uid),
  number('getgid', () => hostMachine.gid),
  number('getegid', () => hostMachine.gid),
  number('cpu_count', () => hostMachine.cpus),
  { name: 'putenv', flags: METH_FASTCALL, fn: posix_putenv, doc: 'putenv($module, name, value, /)\n--\n\n' },
  { name: 'unsetenv', flags: METH_O, fn: posix_unsetenv, doc: 'unsetenv($module, name, /)\n--\n\n' },
  { name: 'strerror', flags: METH_O, fn: posix_strerror, doc: 'strerror($module, code, /)\n--\n\n' },
  { name: 'urandom', flags: METH_O, fn: posix_urandom, doc: 'urandom($module, size, /)\n--\n\n' },
  k('getrandom', '$module, /, size, flags=0', { keywords: ['size', 'flags'], required: 1 }, posix_getrandom),
  k('fspath', '$module, /, path', { keywords: ['path'], required: 1 }, posix_fspath),
  k('_exit', '$module, /, status', { keywords: ['status'], required: 1 }, posix_exit),
  k('device_encoding', '$module, /, fd', { keywords: ['fd'], required: 1 }, posix_device_encoding),
  {
    name: 'get_terminal_size',
    flags: METH_FASTCALL,
    fn: posix_get_terminal_size,
    doc: 'get_terminal_size($module, fd=<unrepresentable>, /)\n--\n\n',
  },
  { name: 'times', flags: METH_NOARGS, fn: posix_times, doc: 'times($module, /)\n--\n\n' },
  { name: 'uname', flags: METH_NOARGS, fn: posix_uname, doc: 'uname($module, /)\n--\n\n' },
  status('WIFCONTINUED', (s) => s === 0xffff),
  status('WIFSTOPPED', (s) => (s & 0xff) === 0x7f),
  status('WIFSIGNALED', (s) => signalOf(s) !== 0 && signalOf(s) !== 0x7f),
  status('WIFEXITED', (s) => signalOf(s) === 0),
  status('WEXITSTATUS', (s) => (s >> 8) & 0xff),
  status('WTERMSIG', signalOf),
  status('WSTOPSIG', (s) => (s >> 8) & 0xff),
  k('waitstatus_to_exitcode', '$module, /, status', { keywords: ['status'], required: 1 }, waitstatus_to_exitcode),
];
import { Py_NewRef } from '../objects/object.ts';
import { PyOS_FSPath } from './paths.ts';
