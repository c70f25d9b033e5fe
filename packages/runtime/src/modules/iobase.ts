/**
 * The abstract classes of `_io`: _IOBase, _RawIOBase, _BufferedIOBase, _TextIOBase. Mirrors Modules/_io/iobase.c.
 *
 *   every file object   +16 __dict__   +24 weak references   +32 what the class adds
 */
import {
  METH_FASTCALL,
  METH_NOARGS,
  METH_O,
  METH_VARARGS,
  Py_ID,
  PyTypeObject,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
} from '@moult/abi';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32 } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyIter_Next, PyNumber_AsSsize_t, PyObject_GetIter } from '../objects/abstract.ts';
import { _PyIndex_Check } from '../objects/abstractnumber.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { callFunction, callMethod } from '../objects/call.ts';
import { PyDict_Contains, PyDict_GetItemString } from '../objects/dictobject.ts';
import {
  catchPending,
  PyErr_Clear,
  PyErr_GetRaisedException,
  PyErr_SetRaisedException,
  raise,
  raiseObject,
} from '../objects/errors.ts';
import { PyObject_CallFinalizerFromDealloc } from '../objects/finalize.ts';
import { PyList_Append, PyList_New } from '../objects/listobject.ts';
import {
  drop,
  hold,
  nativeMark,
  PyBytes_Check,
  PyUnicode_Check,
  Py_CLEAR,
  Py_DECREF,
  Py_NewRef,
  type Ref,
  release,
  typeNameOf,
} from '../objects/object.ts';
import {
  PyObject_GenericGetAttr,
  PyObject_GenericGetDict,
  PyObject_GenericSetAttr,
  PyObject_GenericSetDict,
  PyObject_GetAttrString,
  PyObject_GetOptionalAttr,
  PyObject_IsTrue,
  PyObject_SetAttr,
} from '../objects/objectattr.ts';
import type { GetSetSpec, TypeSpec } from '../objects/spec.ts';
import {
  BufferedIOBase_Type,
  IOBase_Type,
  PyExc_TypeError,
  PyExc_ValueError,
  Py_None,
  Py_True,
  RawIOBase_Type,
  TextIOBase_Type,
} from '../objects/static.ts';
import { PyType_GenericNew } from '../objects/typealloc.ts';
import { PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { PyObject_ClearWeakRefs } from '../objects/weakrefobject.ts';
import { none } from './builtinfuncs.ts';
import { bufferBytes, newBytes } from './buffers.ts';
import { interpreterDict } from './sysstate.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';

export const DICT = 16;
export const WEAK = 24;
export const BODY = 32;
export const IO_FLAGS = Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE;

/** io.UnsupportedOperation, borrowed. */
export function unsupportedType(): Ref {
  return PyDict_GetItemString(interpreterDict(), 'io.UnsupportedOperation');
}
export function unsupported(message: string): never {
  const m = hold(PyUnicode_FromString(message));
  const exc = callFunction(unsupportedType(), i32(m));
  hold(exc);
  raiseObject(i32(exc + 8), exc);
}
export function closedError(): never {
  raise(PyExc_ValueError, 'I/O operation on closed file.');
}
export function callNamed(op: Ref, name: string, ...args: Ref[]): Ref {
  const m = hold(PyUnicode_InternFromString(name));
  const res = callMethod(op, i32(m), ...args);
  release(m);
  return res;
}
export function truthOfAttr(op: Ref, name: string): boolean {
  const m = hold(PyObject_GetAttrString(op, name));
  const t = PyObject_IsTrue(i32(m));
  release(m);
  return t;
}
export function truthOfCall(op: Ref, name: string): boolean {
  const m = hold(callNamed(op, name));
  const t = PyObject_IsTrue(i32(m));
  release(m);
  return t;
}
/** An optional size argument: None and absent are -1. */
export function sizeArgument(args: number, nargs: number): number {
  if (nargs === 0 || i32(args) === Py_None) return -1;
  if (!_PyIndex_Check(i32(args)))
    raise(PyExc_TypeError, `argument should be integer or None, not '${typeNameOf(i32(args))}'`);
  return PyNumber_AsSsize_t(i32(args), 0);
}

// ---- _IOBase ------------------------------------------------------------------------------------------------------------

const unsupportedMethod =
  (name: string): NativeFunction =>
  () =>
    unsupported(name);

function iobase_close(self: Ref): Ref {
  if (iobase_is_closed(self)) return none();
  const m = nativeMark();
  try {
    Py_DECREF(callMethod(self, Py_ID.flush));
  } catch (e) {
    catchPending(e, m);
    markClosed(self);
    throw e;
  }
  markClosed(self);
  return none();
}
function markClosed(self: Ref): void {
  const exc = PyErr_GetRaisedException();
  const m = hold(exc);
  hold(PyUnicode_InternFromString('__IOBase_closed'));
  PyObject_SetAttr(self, i32(m + 8), Py_True);
  release(m + 8);
  drop(m);
  PyErr_SetRaisedException(exc);
}
function iobase_is_closed(self: Ref): boolean {
  const dict = i32(self + DICT);
  if (dict === 0) return false;
  const m = hold(PyUnicode_InternFromString('__IOBase_closed'));
  const closed = PyDict_Contains(dict, i32(m));
  release(m);
  return closed;
}
function iobase_closed_get(self: Ref): Ref {
  return PyBool_FromLong(iobase_is_closed(self));
}
export function checkClosed(self: Ref): void {
  if (truthOfAttr(self, 'closed')) closedError();
}
function iobase_checkClosed(self: Ref): Ref {
  checkClosed(self);
  return none();
}
function iobase_flush(self: Ref): Ref {
  if (iobase_is_closed(self)) closedError();
  return none();
}
function iobase_false(_self: Ref): Ref {
  return PyBool_FromLong(false);
}
function iobase_isatty(self: Ref): Ref {
  checkClosed(self);
  return PyBool_FromLong(false);
}
function iobase_tell(self: Ref): Ref {
  const m = hold(PyLong_FromLong(0));
  const one = hold(PyLong_FromLong(1));
  const res = callNamed(self, 'seek', i32(m), i32(one));
  release(m);
  return res;
}
const checker = (method: string, message: string) =>
  function check(self: Ref): Ref {
    if (!truthOfCall(self, method)) unsupported(message);
    return Py_NewRef(Py_True);
  };
const checkSeekable = checker('seekable', 'File or stream is not seekable.');
const checkReadable = checker('readable', 'File or stream is not readable.');
const checkWritable = checker('writable', 'File or stream is not writable.');
function iobase_enter(self: Ref): Ref {
  checkClosed(self);
  return Py_NewRef(self);
}
function iobase_exit(self: Ref): Ref {
  return callMethod(self, Py_ID.close);
}
function iobase_iter(self: Ref): Ref {
  checkClosed(self);
  return Py_NewRef(self);
}
function iobase_iternext(self: Ref): Ref {
  const line = callMethod(self, Py_ID.readline);
  const n = PyUnicode_Check(line) || PyBytes_Check(line) ? i32(line + 16) : 1;
  if (n !== 0) return line;
  Py_DECREF(line);
  return 0;
}
/** readline by single reads: what a Python subclass with read() gets. */
function iobase_readline(self: Ref, args: number, nargs: number): Ref {
  const limit = sizeArgument(args, nargs);
  const parts: number[] = [];
  const one = hold(PyLong_FromLong(1));
  while (limit < 0 || parts.length < limit) {
    const m = hold(callMethod(self, Py_ID.read, i32(one)));
    const data = bufferBytes(i32(m));
    if (data === null)
      raise(PyExc_TypeError, `read() should have returned a bytes object, not '${typeNameOf(i32(m))}'`);
    release(m);
    if (data.length === 0) break;
    parts.push(...data);
    if (data[data.length - 1] === 10) break;
  }
  release(one);
  return newBytes(Uint8Array.from(parts));
}
export function iobase_readlines(self: Ref, args: number, nargs: number): Ref {
  const hint = sizeArgument(args, nargs);
  const list = PyList_New(0);
  const m = hold(list);
  const it = PyObject_GetIter(self);
  hold(it);
  let total = 0;
  for (;;) {
    const line = PyIter_Next(it);
    if (line === 0) break;
    const k = hold(line);
    PyList_Append(list, line);
    total += i32(line + 16);
    release(k);
    if (hint > 0 && total >= hint) break;
  }
  Py_NewRef(list);
  release(m);
  return list;
}
export function iobase_writelines(self: Ref, lines: Ref): Ref {
  checkClosed(self);
  const m = hold(PyObject_GetIter(lines));
  for (;;) {
    const line = PyIter_Next(i32(m));
    if (line === 0) break;
    const k = hold(line);
    hold(callMethod(self, Py_ID.write, line));
    release(k);
  }
  release(m);
  return none();
}
/** Closes a file object that is about to die, as `__del__` of io.IOBase does. */
export function iobase_finalize(self: Ref): void {
  const exc = PyErr_GetRaisedException();
  const h = hold(exc);
  const mark = nativeMark();
  try {
    const closed = PyObject_GetOptionalAttr(self, closedName());
    if (closed !== 0) {
      const m = hold(closed);
      const t = PyObject_IsTrue(closed);
      release(m);
      if (!t) Py_DECREF(callMethod(self, Py_ID.close));
    }
  } catch (e) {
    catchPending(e, mark);
    PyErr_Clear();
  }
  drop(h);
  if (exc !== 0) PyErr_SetRaisedException(exc);
}
function closedName(): Ref {
  const name = PyUnicode_InternFromString('closed');
  Py_DECREF(name);
  return name;
}
/** tp_dealloc of every class here; `clear` releases what the class holds. */
export function ioDealloc(clear: (self: Ref) => void): NativeFunction {
  return function io_dealloc(self: Ref): void {
    if (PyObject_CallFinalizerFromDealloc(self)) return;
    PyObject_GC_UnTrack(self);
    if (i32(self + WEAK) !== 0) PyObject_ClearWeakRefs(self);
    clear(self);
    Py_CLEAR(self + DICT);
    const type = i32(self + 8);
    (text[i32(type + PyTypeObject.tp_free)] as NativeFunction)(self);
  };
}
type Visit = (op: Ref, arg: number) => void;
export function ioTraverse(slots: readonly number[]): NativeFunction {
  return function io_traverse(self: Ref, visit: Visit, arg: number): void {
    if (i32(self + DICT) !== 0) visit(i32(self + DICT), arg);
    for (const s of slots) if (i32(self + s) !== 0) visit(i32(self + s), arg);
  };
}
export function ioClear(slots: readonly number[]): NativeFunction {
  return function io_clear(self: Ref): void {
    for (const s of slots) Py_CLEAR(self + s);
    Py_CLEAR(self + DICT);
  };
}
/** The slots that every class of files has. */
export function ioSlots(slots: readonly number[], clear: (self: Ref) => void): TypeSpec['slots'] {
  return {
    tp_dealloc: ioDealloc((self) => {
      clear(self);
      for (const s of slots) Py_CLEAR(self + s);
    }),
    tp_traverse: ioTraverse(slots),
    tp_clear: ioClear(slots),
    tp_getattro: PyObject_GenericGetAttr,
    tp_setattro: PyObject_GenericSetAttr,
    tp_finalize: iobase_finalize,
    tp_iter: iobase_iter,
    tp_iternext: iobase_iternext,
    tp_new: PyType_GenericNew,
  };
}
export const dictGetSet: GetSetSpec = { name: '__dict__', get: PyObject_GenericGetDict, set: PyObject_GenericSetDict };

export const ioBaseSpec: TypeSpec = {
  address: IOBase_Type,
  name: '_io._IOBase',
  basicsize: BODY,
  flags: IO_FLAGS,
  dictoffset: DICT,
  weaklistoffset: WEAK,
  doc: 'The abstract base class for all I/O classes.',
  slots: ioSlots([], () => {}),
  methods: [
    { name: 'seek', flags: METH_FASTCALL, fn: unsupportedMethod('seek') },
    { name: 'tell', flags: METH_NOARGS, fn: iobase_tell },
    { name: 'truncate', flags: METH_FASTCALL, fn: unsupportedMethod('truncate') },
    { name: 'flush', flags: METH_NOARGS, fn: iobase_flush },
    { name: 'close', flags: METH_NOARGS, fn: iobase_close },
    { name: 'seekable', flags: METH_NOARGS, fn: iobase_false },
    { name: 'readable', flags: METH_NOARGS, fn: iobase_false },
    { name: 'writable', flags: METH_NOARGS, fn: iobase_false },
    { name: '_checkClosed', flags: METH_NOARGS, fn: iobase_checkClosed },
    { name: '_checkSeekable', flags: METH_NOARGS, fn: checkSeekable },
    { name: '_checkReadable', flags: METH_NOARGS, fn: checkReadable },
    { name: '_checkWritable', flags: METH_NOARGS, fn: checkWritable },
    { name: 'fileno', flags: METH_NOARGS, fn: unsupportedMethod('fileno') },
    { name: 'isatty', flags: METH_NOARGS, fn: iobase_isatty },
    { name: '__enter__', flags: METH_NOARGS, fn: iobase_enter },
    { name: '__exit__', flags: METH_VARARGS, fn: iobase_exit },
    { name: 'readline', flags: METH_FASTCALL, fn: iobase_readline },
    { name: 'readlines', flags: METH_FASTCALL, fn: iobase_readlines },
    { name: 'writelines', flags: METH_O, fn: iobase_writelines },
  ],
  getset: [dictGetSet, { name: 'closed', get: iobase_closed_get }],
};

// ---- _RawIOBase, _BufferedIOBase, _TextIOBase ------------------------------------------------------------------------------

function rawiobase_readall(self: Ref): Ref {
  const chunks: number[] = [];
  const size = hold(PyLong_FromLong(8192));
  for (;;) {
    const m = hold(callMethod(self, Py_ID.read, i32(size)));
    if (i32(m) === Py_None) break;
    const data = bufferBytes(i32(m));
    if (data === null) raise(PyExc_TypeError, 'read() should return bytes');
    release(m);
    if (data.length === 0) break;
    for (const b of data) chunks.push(b);
  }
  release(size);
  return newBytes(Uint8Array.from(chunks));
}
function rawiobase_read(self: Ref, args: number, nargs: number): Ref {
  const n = sizeArgument(args, nargs);
  if (n < 0) return callNamed(self, 'readall');
  const m = hold(callNamed(self, 'readinto'));
  release(m);
  return none();
}
export const rawIoBaseSpec: TypeSpec = {
  address: RawIOBase_Type,
  name: '_io._RawIOBase',
  basicsize: BODY,
  flags: IO_FLAGS,
  base: IOBase_Type,
  doc: 'Base class for raw binary I/O.',
  slots: {},
  methods: [
    { name: 'read', flags: METH_FASTCALL, fn: rawiobase_read },
    { name: 'readall', flags: METH_NOARGS, fn: rawiobase_readall },
  ],
};
export const bufferedIoBaseSpec: TypeSpec = {
  address: BufferedIOBase_Type,
  name: '_io._BufferedIOBase',
  basicsize: BODY,
  flags: IO_FLAGS,
  base: IOBase_Type,
  doc: 'Base class for buffered IO objects.',
  slots: {},
  methods: ['detach', 'read', 'read1', 'readinto', 'readinto1', 'write'].map((name) => ({
    name,
    flags: METH_VARARGS,
    fn: unsupportedMethod(name),
  })),
};
export const textIoBaseSpec: TypeSpec = {
  address: TextIOBase_Type,
  name: '_io._TextIOBase',
  basicsize: BODY,
  flags: IO_FLAGS,
  base: IOBase_Type,
  doc: 'Base class for text I/O.',
  slots: {},
  methods: ['detach', 'read', 'readline', 'write'].map((name) => ({
    name,
    flags: METH_VARARGS,
    fn: unsupportedMethod(name),
  })),
  getset: ['encoding', 'newlines', 'errors'].map((name) => ({ name, get: () => none() })),
};
