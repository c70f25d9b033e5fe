/**
 * OSError and its subtypes. Mirrors that part of Objects/exceptions.c: OSError(errno, text[, file[, 0[, file2]]])
 * makes the subtype that the errno names.
 */
import { METH_NOARGS, PyBaseExceptionObject as E, PyOSErrorObject as O, PyTypeObject } from '@moult/abi';
import { i32, setI64, setPtr, ssize } from '../memory/linear.ts';
import { PyNumber_AsSsize_t } from './abstract.ts';
import { _PyArg_NoKeywords } from './args.ts';
import { raise } from './errors.ts';
import { BaseException_init, BaseException_new, BaseException_str, shortName } from './exceptions.ts';
import { fielded } from './excfields.ts';
import { PyLong_FromLong, longAsNumber } from './longobject.ts';
import { drop, hold, Py_NewRef, Py_XSETREF, PyLong_Check, type Ref, release } from './object.ts';
import { PyObject_Repr, PyObject_Str } from './objectattr.ts';
import type { TypeSpec } from './spec.ts';
import * as T from './static.ts';
import { Py_None, PyExc_AttributeError, PyExc_BlockingIOError, PyExc_OSError, PyExc_ValueError } from './static.ts';
import { PyTuple_New, PyTuple_Pack } from './tupleobject.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';
import { fnptr } from '../memory/text.ts';

/** errno of Linux → the subtype. */
function subtypeOf(errno: number): Ref {
  switch (errno) {
    case 11:
    case 114:
    case 115:
      return T.PyExc_BlockingIOError;
    case 32:
    case 108:
      return T.PyExc_BrokenPipeError;
    case 10:
      return T.PyExc_ChildProcessError;
    case 103:
      return T.PyExc_ConnectionAbortedError;
    case 111:
      return T.PyExc_ConnectionRefusedError;
    case 104:
      return T.PyExc_ConnectionResetError;
    case 17:
      return T.PyExc_FileExistsError;
    case 2:
      return T.PyExc_FileNotFoundError;
    case 4:
      return T.PyExc_InterruptedError;
    case 21:
      return T.PyExc_IsADirectoryError;
    case 20:
      return T.PyExc_NotADirectoryError;
    case 1:
    case 13:
      return T.PyExc_PermissionError;
    case 3:
      return T.PyExc_ProcessLookupError;
    case 110:
      return T.PyExc_TimeoutError;
    default:
      return 0;
  }
}
/** True where the subclass overrides __init__ but not __new__: then __init__ does the work. */
function usesInit(type: Ref): boolean {
  return (
    i32(type + PyTypeObject.tp_init) !== fnptr(OSError_init) && i32(type + PyTypeObject.tp_new) === fnptr(OSError_new)
  );
}
interface Parts {
  errno: Ref;
  strerror: Ref;
  filename: Ref;
  filename2: Ref;
}
/** errno, strerror, filename, filename2 of 2 to 5 arguments (borrowed); all 0 otherwise. */
function parse(args: Ref): Parts {
  const n = i32(args + 16);
  const at = (i: number): Ref => (i < n ? i32(args + 24 + (i << 3)) : 0);
  return n >= 2 && n <= 5
    ? { errno: at(0), strerror: at(1), filename: at(2), filename2: at(4) }
    : { errno: 0, strerror: 0, filename: 0, filename2: 0 };
}
function set(self: Ref, field: number, value: Ref): void {
  Py_XSETREF(self + field, value === 0 ? 0 : Py_NewRef(value));
}
function fill(self: Ref, args: Ref, p: Parts): void {
  let kept = args;
  let mark = 0;
  const hasFile = p.filename !== 0 && p.filename !== Py_None;
  if (hasFile) {
    if (i32(self + 8) === PyExc_BlockingIOError && PyLong_Check(p.filename)) {
      const n = PyNumber_AsSsize_t(p.filename, PyExc_ValueError);
      setI64(self + O.written, n | 0, n < 0 ? -1 : 0);
    } else {
      set(self, O.filename, p.filename);
      if (p.filename2 !== 0 && p.filename2 !== Py_None) set(self, O.filename2, p.filename2);
      if (i32(args + 16) >= 2 && i32(args + 16) <= 5) {
        kept = PyTuple_Pack(i32(args + 24), i32(args + 32));
        mark = hold(kept);
      }
    }
  }
  set(self, O.myerrno, p.errno);
  set(self, O.strerror, p.strerror);
  Py_XSETREF(self + E.args, Py_NewRef(kept));
  if (mark !== 0) release(mark);
}
export function OSError_new(typeArg: Ref, args: Ref, kwds: Ref): Ref {
  let type = typeArg;
  let p: Parts | null = null;
  if (!usesInit(type)) {
    _PyArg_NoKeywords(shortName(type), kwds);
    p = parse(args);
    if (p.errno !== 0 && PyLong_Check(p.errno) && type === PyExc_OSError)
      type = subtypeOf(longAsNumber(p.errno)) || type;
  }
  const self = BaseException_new(type, 0, 0);
  setPtr(self + O.myerrno, 0);
  setPtr(self + O.strerror, 0);
  setPtr(self + O.filename, 0);
  setPtr(self + O.filename2, 0);
  setI64(self + O.written, -1, -1);
  if (p !== null) {
    const m = hold(self);
    fill(self, args, p);
    drop(m);
  }
  return self;
}
function OSError_init(self: Ref, args: Ref, kwds: Ref): void {
  if (!usesInit(i32(self + 8))) return;
  _PyArg_NoKeywords(shortName(i32(self + 8)), kwds);
  BaseException_init(self, args, 0);
  fill(self, args, parse(args));
}
function textOf(op: Ref, f: (op: Ref) => Ref): string {
  const m = hold(f(op === 0 ? Py_None : op));
  const s = asText(i32(m));
  release(m);
  return s;
}
function OSError_str(self: Ref): Ref {
  const filename = i32(self + O.filename);
  const filename2 = i32(self + O.filename2);
  const errno = i32(self + O.myerrno);
  const strerror = i32(self + O.strerror);
  if (filename !== 0) {
    const head = `[Errno ${textOf(errno, PyObject_Str)}] ${textOf(strerror, PyObject_Str)}: ${textOf(filename, PyObject_Repr)}`;
    return PyUnicode_FromString(filename2 === 0 ? head : `${head} -> ${textOf(filename2, PyObject_Repr)}`);
  }
  if (errno !== 0 && strerror !== 0)
    return PyUnicode_FromString(`[Errno ${textOf(errno, PyObject_Str)}] ${textOf(strerror, PyObject_Str)}`);
  return BaseException_str(self);
}
function OSError_reduce(self: Ref): Ref {
  let args = i32(self + E.args);
  const dict = i32(self + E.dict);
  const filename = i32(self + O.filename);
  const m = hold(0);
  if (i32(args + 16) === 2 && filename !== 0) {
    const two = i32(self + O.filename2);
    const list = [i32(args + 24), i32(args + 32), filename, ...(two === 0 ? [] : [Py_None, two])];
    args = PyTuple_New(list.length);
    list.forEach((v, i) => {
      setPtr(args + 24 + (i << 3), Py_NewRef(v));
    });
    hold(args);
  }
  const r = dict === 0 ? PyTuple_Pack(i32(self + 8), args) : PyTuple_Pack(i32(self + 8), args, dict);
  release(m);
  return r;
}
function written_get(self: Ref): Ref {
  const n = ssize(self + O.written);
  if (n === -1) raise(PyExc_AttributeError, 'characters_written');
  return PyLong_FromLong(n);
}
function written_set(self: Ref, value: Ref): void {
  if (value === 0) {
    if (ssize(self + O.written) === -1) raise(PyExc_AttributeError, 'characters_written');
    setI64(self + O.written, -1, -1);
    return;
  }
  const n = PyNumber_AsSsize_t(value, PyExc_ValueError);
  setI64(self + O.written, n | 0, n < 0 ? -1 : Math.floor(n / 4294967296));
}

const DOCS: readonly (readonly [string, string, string])[] = [
  ['BlockingIOError', 'OSError', 'I/O operation would block.'],
  ['ConnectionError', 'OSError', 'Connection error.'],
  ['ChildProcessError', 'OSError', 'Child process error.'],
  ['FileExistsError', 'OSError', 'File already exists.'],
  ['FileNotFoundError', 'OSError', 'File not found.'],
  ['InterruptedError', 'OSError', 'Interrupted by signal.'],
  ['IsADirectoryError', 'OSError', "Operation doesn't work on directories."],
  ['NotADirectoryError', 'OSError', 'Operation only works on directories.'],
  ['PermissionError', 'OSError', 'Not enough permissions.'],
  ['ProcessLookupError', 'OSError', 'Process not found.'],
  ['TimeoutError', 'OSError', 'Timeout expired.'],
  ['BrokenPipeError', 'ConnectionError', 'Broken pipe.'],
  ['ConnectionAbortedError', 'ConnectionError', 'Connection aborted.'],
  ['ConnectionRefusedError', 'ConnectionError', 'Connection refused.'],
  ['ConnectionResetError', 'ConnectionError', 'Connection reset.'],
];
export function osErrorSpecs(): readonly TypeSpec[] {
  const fields = { myerrno: O.myerrno, strerror: O.strerror, filename: O.filename, filename2: O.filename2 };
  const exc = (name: string): number => (T as unknown as Record<string, number>)[`PyExc_${name}`] as number;
  const make = (name: string, base: number, doc: string, first: boolean): TypeSpec => {
    const spec = fielded({
      name,
      address: exc(name),
      base,
      size: O.SIZE,
      fields,
      attributes: first ? { errno: O.myerrno, strerror: O.strerror, filename: O.filename, filename2: O.filename2 } : {},
      doc,
      init: OSError_init,
      str: OSError_str,
      ...(first ? { methods: [{ name: '__reduce__', flags: METH_NOARGS, fn: OSError_reduce }] } : {}),
    });
    return {
      ...spec,
      slots: { ...spec.slots, tp_new: OSError_new },
      ...(first ? { getset: [{ name: 'characters_written', get: written_get, set: written_set }] } : {}),
    };
  };
  return [
    make('OSError', T.PyExc_Exception, 'Base class for I/O related errors.', true),
    ...DOCS.map(([name, base, doc]) => make(name, exc(base), doc, false)),
  ];
}
