/** The module `time`, over the host's clock. Mirrors Modules/timemodule.c. */
import { METH_NOARGS, METH_O, METH_VARARGS } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { _PyArg_BadArgument, _PyArg_CheckPositional, fromTuple, parseTupleCount } from '../objects/args.ts';
import { _PyNamespace_New } from '../objects/namespaceobject.ts';
import { PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import { raise } from '../objects/errors.ts';
import { PyFloat_AsDouble, PyFloat_Check, PyFloat_FromDouble } from '../objects/floatobject.ts';
import {
  longAsBigInt,
  PyLong_AsInt,
  PyLong_AsLong,
  PyLong_FromBigInt,
  PyLong_FromLong,
} from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import {
  hold,
  PyLong_Check,
  PyTuple_Check,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
  drop,
} from '../objects/object.ts';
import { PyNumber_Index } from '../objects/abstract.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError, Py_None, StructTime_Type } from '../objects/static.ts';
import { PyStructSequence_New } from '../objects/structseq.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { none } from './builtinfuncs.ts';
import { hostClock } from './hostio.ts';
import { type ModuleSpec, setStolen, setText } from './spec.ts';
import { plainObject, type StructSequenceRow } from './sysmodule.ts';
import { formatTime, type Moment, parts } from './timeformat.ts';

export const timeSequence: StructSequenceRow = {
  address: StructTime_Type,
  name: 'time.struct_time',
  doc: 'The time value as returned by gmtime(), localtime(), and strptime(), and\n accepted by asctime(), mktime() and strftime().  May be considered as a\n sequence of 9 integers.',
  fields: [
    'tm_year',
    'tm_mon',
    'tm_mday',
    'tm_hour',
    'tm_min',
    'tm_sec',
    'tm_wday',
    'tm_yday',
    'tm_isdst',
    'tm_zone',
    'tm_gmtoff',
  ],
  n: 9,
};

const seconds = (ns: bigint): Ref => PyFloat_FromDouble(Number(ns / 1000000000n) + Number(ns % 1000000000n) / 1e9);
const clockPair = (name: string, read: () => bigint) => [
  { name, flags: METH_NOARGS, fn: () => seconds(read()) },
  { name: `${name}_ns`, flags: METH_NOARGS, fn: () => PyLong_FromBigInt(read()) },
];
function time_sleep(_m: Ref, op: Ref): Ref {
  let ns: bigint;
  if (PyFloat_Check(op)) {
    const v = PyFloat_AsDouble(op);
    if (Number.isNaN(v)) raise(PyExc_ValueError, 'Invalid value NaN (not a number)');
    if (v < 0) raise(PyExc_ValueError, 'sleep length must be non-negative');
    if (v > 9.2e9) raise(PyExc_OverflowError, 'timestamp too large to convert to C PyTime_t');
    ns = BigInt(Math.ceil(v * 1e9));
  } else {
    const m = hold(PyNumber_Index(op));
    ns = longAsBigInt(i32(m)) * 1000000000n;
    release(m);
    if (ns < 0n) raise(PyExc_ValueError, 'sleep length must be non-negative');
    if (ns >= 2n ** 63n) raise(PyExc_OverflowError, 'timestamp too large to convert to C PyTime_t');
  }
  hostClock.sleep(ns);
  return none();
}
/** Seconds since 1970 of an optional argument; now without one. */
function secondsArgument(name: string, args: number, nargs: number): number {
  parseTupleCount(name, nargs, 0, 1);
  if (nargs === 0 || i32(args) === Py_None) return Math.floor(Number(hostClock.time() / 1000000000n));
  const op = i32(args);
  if (PyFloat_Check(op)) {
    const v = PyFloat_AsDouble(op);
    if (Number.isNaN(v)) raise(PyExc_ValueError, 'Invalid value NaN (not a number)');
    return Math.floor(v);
  }
  if (!PyLong_Check(op)) raise(PyExc_TypeError, `'${typeNameOf(op)}' object cannot be interpreted as an integer`);
  return PyLong_AsLong(op);
}
function structTime(p: Moment): Ref {
  const op = PyStructSequence_New(StructTime_Type);
  const m = hold(op);
  [p.year, p.month, p.day, p.hour, p.minute, p.second, p.weekday, p.yearday, p.dst].forEach((v, i) => {
    setPtr(op + 24 + (i << 3), PyLong_FromLong(v));
  });
  setPtr(op + 24 + 72, plainObject(p.zone));
  setPtr(op + 24 + 80, PyLong_FromLong(p.offset));
  drop(m);
  return op;
}
function momentOf(s: number, local: boolean): Moment {
  if (Math.abs(s) > 6.7e16) raise(PyExc_OverflowError, 'timestamp out of range for platform time_t');
  const z = local ? hostClock.zone(s) : { offset: 0, dst: false, name: 'GMT' };
  return parts(s, z.offset, z.dst ? 1 : 0, local ? z.name : 'UTC');
}
function time_gmtime(_m: Ref, args: number, nargs: number): Ref {
  return structTime(momentOf(secondsArgument('gmtime', args, nargs), false));
}
function time_localtime(_m: Ref, args: number, nargs: number): Ref {
  return structTime(momentOf(secondsArgument('localtime', args, nargs), true));
}
/** A struct_time or tuple of nine ints, checked as gettmarg does. */
function momentArgument(op: Ref, where: string): Moment {
  if (!PyTuple_Check(op)) raise(PyExc_TypeError, 'Tuple or struct_time argument required');
  if (i32(op + 16) < 9) raise(PyExc_TypeError, `${where}(): illegal time tuple argument`);
  const v = Array.from({ length: 9 }, (_, i) => PyLong_AsInt(i32(op + 24 + (i << 3)))) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const day = Math.floor(Date.UTC(2000 + (v[0] % 400), v[1] - 1, v[2]) / 86400000);
  return {
    year: v[0],
    month: v[1] === 0 ? 1 : v[1],
    day: v[2] === 0 ? 1 : v[2],
    hour: v[3],
    minute: v[4],
    second: v[5],
    weekday: v[6] < 0 ? ((day % 7) + 10) % 7 : v[6] % 7,
    yearday: v[7] === 0 ? 1 : v[7],
    dst: v[8],
    zone: 'UTC',
    offset: 0,
  };
}
function checked(p: Moment): Moment {
  const fail = (what: string): never => raise(PyExc_ValueError, what);
  if (p.month < 1 || p.month > 12) fail('month out of range');
  if (p.day < 1 || p.day > 31) fail('day of month out of range');
  if (p.hour < 0 || p.hour > 23) fail('hour out of range');
  if (p.minute < 0 || p.minute > 59) fail('minute out of range');
  if (p.second < 0 || p.second > 61) fail('seconds out of range');
  if (p.yearday < 1 || p.yearday > 366) fail('day of year out of range');
  return p;
}
function timeOrNow(name: string, args: number, nargs: number, at: number): Moment {
  return nargs > at
    ? checked(momentArgument(i32(args + (at << 3)), name))
    : momentOf(Number(hostClock.time() / 1000000000n), true);
}
function time_asctime(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('asctime', nargs, 0, 1);
  return PyUnicode_FromString(formatTime('%a %b %e %H:%M:%S %Y', timeOrNow('asctime', args, nargs, 0)));
}
function time_ctime(_m: Ref, args: number, nargs: number): Ref {
  return PyUnicode_FromString(
    formatTime('%a %b %e %H:%M:%S %Y', momentOf(secondsArgument('ctime', args, nargs), true)),
  );
}
function time_strftime(_m: Ref, args: number, nargs: number): Ref {
  parseTupleCount('strftime', nargs, 1, 2);
  const format = i32(args);
  if (!PyUnicode_Check(format)) raise(PyExc_TypeError, `strftime() argument 1 must be str, not ${typeNameOf(format)}`);
  return PyUnicode_FromString(formatTime(asText(format), timeOrNow('strftime', args, nargs, 1)));
}
function time_mktime(_m: Ref, op: Ref): Ref {
  const p = momentArgument(op, 'mktime');
  const utc = Date.UTC(2000, p.month - 1, p.day, p.hour, p.minute, p.second) / 1000 + daysBetween(p.year) * 86400;
  let s = utc - hostClock.zone(utc).offset;
  s = utc - hostClock.zone(s).offset;
  return PyFloat_FromDouble(s);
}
/** Days from 1 January 2000 to the same date of `year`, by Date's own calendar. */
function daysBetween(year: number): number {
  const d = new Date(0);
  d.setUTCFullYear(year, 0, 1);
  return Math.round((d.getTime() - Date.UTC(2000, 0, 1)) / 86400000);
}
function time_get_clock_info(_m: Ref, args: number, nargs: number): Ref {
  parseTupleCount('get_clock_info', nargs, 1, 1);
  const op = i32(args);
  if (!PyUnicode_Check(op)) _PyArg_BadArgument('get_clock_info', 'argument 1', 'str', op);
  const name = asText(op);
  const implementation = {
    time: 'CLOCK_REALTIME',
    monotonic: 'CLOCK_MONOTONIC',
    perf_counter: 'CLOCK_MONOTONIC',
    process_time: 'CLOCK_PROCESS_CPUTIME_ID',
    thread_time: 'CLOCK_THREAD_CPUTIME_ID',
  }[name];
  if (implementation === undefined) raise(PyExc_ValueError, 'unknown clock');
  const d = PyDict_New();
  const m = hold(d);
  setText(d, 'implementation', `clock_gettime(${implementation})`);
  setStolen(d, 'monotonic', plainObject(name !== 'time'));
  setStolen(d, 'adjustable', plainObject(name === 'time'));
  setStolen(d, 'resolution', PyFloat_FromDouble(1e-9));
  const ns = _PyNamespace_New(d);
  release(m);
  return ns;
}

export const timeSpec: ModuleSpec = {
  name: 'time',
  doc: 'This module provides various functions to manipulate time values.',
  methods: [
    ...clockPair('time', () => hostClock.time()),
    { name: 'sleep', flags: METH_O, fn: time_sleep },
    { name: 'gmtime', flags: METH_VARARGS, fn: fromTuple(time_gmtime) },
    { name: 'localtime', flags: METH_VARARGS, fn: fromTuple(time_localtime) },
    { name: 'asctime', flags: METH_VARARGS, fn: fromTuple(time_asctime) },
    { name: 'ctime', flags: METH_VARARGS, fn: fromTuple(time_ctime) },
    { name: 'mktime', flags: METH_O, fn: time_mktime },
    { name: 'strftime', flags: METH_VARARGS, fn: fromTuple(time_strftime) },
    ...clockPair('monotonic', () => hostClock.monotonic()),
    ...clockPair('process_time', () => hostClock.processTime()),
    ...clockPair('thread_time', () => hostClock.processTime()),
    ...clockPair('perf_counter', () => hostClock.perfCounter()),
    { name: 'get_clock_info', flags: METH_VARARGS, fn: fromTuple(time_get_clock_info) },
  ],
  exec(module: Ref): void {
    const d = PyModule_GetDict(module);
    PyDict_SetItemString(d, 'struct_time', StructTime_Type);
    const z = hostClock.zone(0);
    setStolen(d, 'timezone', PyLong_FromLong(-z.offset));
    setStolen(d, 'altzone', PyLong_FromLong(-z.offset));
    setStolen(d, 'daylight', PyLong_FromLong(0));
    const names = PyTuple_New(2);
    const m = hold(names);
    setPtr(names + 24, PyUnicode_FromString(z.name));
    setPtr(names + 32, PyUnicode_FromString(z.name));
    drop(m);
    setStolen(d, 'tzname', names);
    for (const [name, n] of Object.entries({
      CLOCK_REALTIME: 0,
      CLOCK_MONOTONIC: 1,
      CLOCK_PROCESS_CPUTIME_ID: 2,
      CLOCK_THREAD_CPUTIME_ID: 3,
    }))
      setStolen(d, name, PyLong_FromLong(n));
  },
};
import { PyTuple_New } from '../objects/tupleobject.ts';
