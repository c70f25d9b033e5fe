/**
 * BufferedReader, BufferedWriter, BufferedRandom. Mirrors Modules/_io/bufferedio.c.
 *
 *   +32 raw   +40 buffer (PyMem block)   +48 its size   +52 flags   +56 pos   +60 end
 *   reading: bytes pos..end of the buffer are read ahead; writing (WROTE): bytes 0..end wait to be written
 */
import { METH_FASTCALL, METH_NOARGS, METH_O, Py_ID } from '@moult/abi';
import { bytes, i32, setI32, setPtr } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import { PyNumber_AsSsize_t } from '../objects/abstract.ts';
import { unpackTupleAndDict } from '../objects/args.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { callMethod } from '../objects/call.ts';
import {
  catchPending,
  PyErr_Clear,
  PyErr_GetRaisedException,
  PyErr_NoMemory,
  PyErr_SetRaisedException,
  raise,
} from '../objects/errors.ts';
import { PyLong_AsInt, PyLong_AsSsize_t, PyLong_FromLong } from '../objects/longobject.ts';
import { drop, hold, nativeMark, Py_DECREF, Py_NewRef, type Ref, release, typeNameOf } from '../objects/object.ts';
import { PyObject_GetAttr, PyObject_GetOptionalAttr, PyObject_Repr } from '../objects/objectattr.ts';
import type { MethodSpec, TypeSpec } from '../objects/spec.ts';
import {
  BufferedIOBase_Type,
  BufferedRandom_Type,
  BufferedReader_Type,
  BufferedWriter_Type,
  FileIO_Type,
  PyExc_TypeError,
  PyExc_ValueError,
  Py_None,
} from '../objects/static.ts';
import { typeAlloc } from '../objects/typealloc.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { none } from './builtinfuncs.ts';
import { bufferBytes, newBytes } from './buffers.ts';
import {
  callNamed,
  dictGetSet,
  ioSlots,
  IO_FLAGS,
  sizeArgument,
  truthOfAttr,
  truthOfCall,
  unsupported,
} from './iobase.ts';
import { rawRead, rawReadAll, rawSeek, rawWrite } from './iofile.ts';
import { readInto } from './iointo.ts';

const RAW = 32;
const BUF = 40;
const SIZE = 48;
const FLAGS = 52;
const POS = 56;
const END = 60;
const OK = 1;
const READABLE = 2;
const WRITABLE = 4;
const WROTE = 8;
export const DEFAULT_BUFFER_SIZE = 8192;

function init(self: Ref, raw: Ref, size: number, readable: boolean, writable: boolean): void {
  if (size <= 0) raise(PyExc_ValueError, 'buffer size must be strictly positive');
  const old = i32(self + BUF);
  const block = PyMem_Malloc(size);
  if (block === 0) PyErr_NoMemory();
  if (old !== 0) PyMem_Free(old);
  setPtr(self + BUF, block);
  const previous = i32(self + RAW);
  setPtr(self + RAW, Py_NewRef(raw));
  if (previous !== 0) Py_DECREF(previous);
  setI32(self + SIZE, size);
  setI32(self + POS, 0);
  setI32(self + END, 0);
  setI32(self + FLAGS, OK | (readable ? READABLE : 0) | (writable ? WRITABLE : 0));
}
const initOf = (name: string, readable: boolean, writable: boolean) =>
  function buffered_init(self: Ref, args: Ref, kwds: Ref): void {
    setI32(self + FLAGS, 0);
    const a = unpackTupleAndDict(args, kwds, { fname: name, keywords: ['raw', 'buffer_size'], required: 1 });
    const raw = a[0] as Ref;
    if (readable && writable) Py_DECREF(callNamed(raw, '_checkSeekable'));
    if (readable) Py_DECREF(callNamed(raw, '_checkReadable'));
    if (writable) Py_DECREF(callNamed(raw, '_checkWritable'));
    init(self, raw, a[1] === 0 ? DEFAULT_BUFFER_SIZE : PyLong_AsSsize_t(a[1] as Ref), readable, writable);
  };
export function newBuffered(type: Ref, raw: Ref, size: number): Ref {
  const self = typeAlloc(type, 0);
  const m = hold(self);
  init(self, raw, size, type !== BufferedWriter_Type, type !== BufferedReader_Type);
  drop(m);
  return self;
}
function rawOf(self: Ref): Ref {
  if ((i32(self + FLAGS) & OK) === 0) {
    raise(
      PyExc_ValueError,
      i32(self + RAW) === 0 && i32(self + BUF) !== 0
        ? 'raw stream has been detached'
        : 'I/O operation on uninitialized object',
    );
  }
  return i32(self + RAW);
}
const exactFile = (raw: Ref): boolean => i32(raw + 8) === FileIO_Type;
function checkOpen(self: Ref, what: string): void {
  const raw = rawOf(self);
  if (exactFile(raw) ? i32(raw + 32) < 0 : truthOfAttr(raw, 'closed'))
    raise(PyExc_ValueError, `${what} of closed file`);
}
function readRaw(self: Ref, n: number): Uint8Array {
  const raw = rawOf(self);
  if (exactFile(raw)) return rawRead(raw, n);
  const m = hold(PyLong_FromLong(n));
  const data = callMethod(raw, Py_ID.read, i32(m));
  hold(data);
  const out = data === Py_None ? new Uint8Array(0) : bufferBytes(data);
  if (out === null) raise(PyExc_TypeError, `read() should return bytes, not '${typeNameOf(data)}'`);
  release(m);
  return out;
}
function seekRaw(self: Ref, offset: number, whence: number): number {
  const raw = rawOf(self);
  if (exactFile(raw)) return rawSeek(raw, offset, whence);
  const m = hold(PyLong_FromLong(offset));
  hold(PyLong_FromLong(whence));
  hold(callNamed(raw, 'seek', i32(m), i32(m + 8)));
  const pos = PyLong_AsSsize_t(i32(m + 16));
  release(m);
  return pos;
}
function writeRaw(self: Ref, data: Uint8Array): void {
  const raw = rawOf(self);
  let at = 0;
  while (at < data.length) {
    const part = at === 0 ? data : data.subarray(at);
    if (exactFile(raw)) at += rawWrite(raw, part);
    else {
      const m = hold(newBytes(part));
      hold(callMethod(raw, Py_ID.write, i32(m)));
      at += PyLong_AsSsize_t(i32(m + 8));
      release(m);
    }
  }
}
/** Writes what waits; afterwards nothing is buffered. */
export function flushWrites(self: Ref): void {
  const n = i32(self + END);
  if ((i32(self + FLAGS) & WROTE) === 0) return;
  const start = i32(self + BUF);
  const data = bytes.slice(start, start + n);
  setI32(self + END, 0);
  setI32(self + POS, 0);
  setI32(self + FLAGS, i32(self + FLAGS) & ~WROTE);
  if (n > 0) writeRaw(self, data);
}
/** Forgets what was read ahead: the raw position becomes the logical one. */
function dropReadAhead(self: Ref): void {
  const ahead = i32(self + END) - i32(self + POS);
  if ((i32(self + FLAGS) & WROTE) !== 0) return;
  setI32(self + POS, 0);
  setI32(self + END, 0);
  if (ahead > 0) seekRaw(self, -ahead, 1);
}
export function bufferedWrite(self: Ref, data: Uint8Array): void {
  if ((i32(self + FLAGS) & WROTE) === 0) {
    if ((i32(self + FLAGS) & READABLE) !== 0) dropReadAhead(self);
    setI32(self + POS, 0);
    setI32(self + END, 0);
    setI32(self + FLAGS, i32(self + FLAGS) | WROTE);
  }
  const size = i32(self + SIZE);
  let end = i32(self + END);
  if (end + data.length > size) {
    // fills the buffer, writes it; what is left is written directly while it exceeds the buffer
    const room = size - end;
    bytes.set(data.subarray(0, room), i32(self + BUF) + end);
    setI32(self + END, size);
    let rest = data.subarray(room);
    flushWrites(self);
    if (rest.length > size) {
      const direct = rest.length - (rest.length % size);
      writeRaw(self, rest.subarray(0, direct));
      rest = rest.subarray(direct);
    }
    setI32(self + FLAGS, i32(self + FLAGS) | WROTE);
    bytes.set(rest, i32(self + BUF));
    setI32(self + END, rest.length);
    return;
  }
  bytes.set(data, i32(self + BUF) + end);
  end += data.length;
  setI32(self + END, end);
}
/** At least one byte into the empty buffer; false at the end of the file. */
function fill(self: Ref): boolean {
  const data = readRaw(self, i32(self + SIZE));
  bytes.set(data, i32(self + BUF));
  setI32(self + POS, 0);
  setI32(self + END, data.length);
  return data.length > 0;
}
function take(self: Ref, n: number): Uint8Array {
  const p = i32(self + BUF) + i32(self + POS);
  setI32(self + POS, i32(self + POS) + n);
  return bytes.slice(p, p + n);
}
function available(self: Ref): number {
  return i32(self + END) - i32(self + POS);
}
function concat(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0] as Uint8Array;
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}
/** Up to n bytes, all with n < 0. */
export function bufferedRead(self: Ref, n: number): Uint8Array {
  flushWrites(self);
  if (n >= 0 && available(self) >= n) return take(self, n);
  const parts = [take(self, available(self))];
  let got = (parts[0] as Uint8Array).length;
  if (n < 0) {
    const raw = rawOf(self);
    if (exactFile(raw)) parts.push(rawReadAll(raw));
    else for (let d = readRaw(self, 65536); d.length > 0; d = readRaw(self, 65536)) parts.push(d);
    return concat(parts);
  }
  while (got < n) {
    if (!fill(self)) break;
    const part = take(self, Math.min(available(self), n - got));
    got += part.length;
    parts.push(part);
  }
  return concat(parts);
}
/** What one raw read gives, at most n bytes (n < 0: a buffer). */
export function bufferedRead1(self: Ref, n: number): Uint8Array {
  flushWrites(self);
  if (available(self) === 0 && !fill(self)) return new Uint8Array(0);
  return take(self, n < 0 ? available(self) : Math.min(n, available(self)));
}
export function bufferedTell(self: Ref): number {
  const pos = seekRaw(self, 0, 1);
  return (i32(self + FLAGS) & WROTE) !== 0 ? pos + i32(self + END) : pos - available(self);
}
function buffered_read(self: Ref, args: number, nargs: number): Ref {
  const n = sizeArgument(args, nargs);
  if (n < -1) raise(PyExc_ValueError, 'read length must be non-negative or -1');
  checkOpen(self, 'read');
  return newBytes(bufferedRead(self, n));
}
function buffered_read1(self: Ref, args: number, nargs: number): Ref {
  const n = sizeArgument(args, nargs);
  checkOpen(self, 'read');
  return newBytes(n === 0 ? new Uint8Array(0) : bufferedRead1(self, n));
}
function buffered_peek(self: Ref): Ref {
  checkOpen(self, 'peek');
  flushWrites(self);
  if (available(self) === 0) fill(self);
  const p = i32(self + BUF) + i32(self + POS);
  return newBytes(bytes.slice(p, p + available(self)));
}
function buffered_readline(self: Ref, args: number, nargs: number): Ref {
  const limit = sizeArgument(args, nargs);
  checkOpen(self, 'readline');
  flushWrites(self);
  const parts: Uint8Array[] = [];
  let left = limit < 0 ? Number.POSITIVE_INFINITY : limit;
  while (left > 0 && (available(self) > 0 || fill(self))) {
    const start = i32(self + BUF) + i32(self + POS);
    const max = Math.min(available(self), left);
    const at = bytes.subarray(start, start + max).indexOf(10);
    const part = take(self, at < 0 ? max : at + 1);
    parts.push(part);
    left -= part.length;
    if (at >= 0) break;
  }
  return newBytes(parts.length === 0 ? new Uint8Array(0) : concat(parts));
}
function buffered_iternext(self: Ref): Ref {
  const line =
    i32(self + 8) === BufferedReader_Type || i32(self + 8) === BufferedRandom_Type
      ? buffered_readline(self, 0, 0)
      : callMethod(self, Py_ID.readline);
  if (i32(line + 16) > 0) return line;
  Py_DECREF(line);
  return 0;
}
function buffered_write(self: Ref, op: Ref): Ref {
  checkOpen(self, 'write');
  const data = bufferBytes(op);
  if (data === null) raise(PyExc_TypeError, `a bytes-like object is required, not '${typeNameOf(op)}'`);
  bufferedWrite(self, data);
  return PyLong_FromLong(data.length);
}
function buffered_flush(self: Ref): Ref {
  checkOpen(self, 'flush');
  flushWrites(self);
  if ((i32(self + FLAGS) & READABLE) !== 0 && available(self) > 0) dropReadAhead(self);
  return none();
}
function reader_flush(self: Ref): Ref {
  return callMethod(rawOf(self), Py_ID.flush);
}
function buffered_seek(self: Ref, args: number, nargs: number): Ref {
  const whence = nargs > 1 ? PyLong_AsInt(i32(args + 8)) : 0;
  if (whence < 0 || whence > 2) raise(PyExc_ValueError, `whence value ${whence} unsupported`);
  checkOpen(self, 'seek');
  if (!truthOfCall(i32(self + RAW), 'seekable')) unsupported('File or stream is not seekable.');
  const target = PyNumber_AsSsize_t(i32(args), 0);
  flushWrites(self);
  const offset = whence === 1 ? target - available(self) : target;
  setI32(self + POS, 0);
  setI32(self + END, 0);
  return PyLong_FromLong(seekRaw(self, offset, whence));
}
function buffered_tell(self: Ref): Ref {
  rawOf(self);
  return PyLong_FromLong(bufferedTell(self));
}
function buffered_truncate(self: Ref, args: number, nargs: number): Ref {
  checkOpen(self, 'truncate');
  if ((i32(self + FLAGS) & WRITABLE) === 0) unsupported('truncate');
  flushWrites(self);
  dropReadAhead(self);
  return nargs === 0 ? callNamed(i32(self + RAW), 'truncate') : callNamed(i32(self + RAW), 'truncate', i32(args));
}
function buffered_close(self: Ref): Ref {
  const raw = rawOf(self);
  if (truthOfAttr(raw, 'closed')) return none();
  const mark = nativeMark();
  try {
    Py_DECREF(callMethod(self, Py_ID.flush));
  } catch (e) {
    catchPending(e, mark);
    const exc = PyErr_GetRaisedException();
    const m = hold(exc);
    try {
      Py_DECREF(callMethod(raw, Py_ID.close));
    } catch (again) {
      catchPending(again, m + 8);
      PyErr_Clear();
    }
    drop(m);
    PyErr_SetRaisedException(exc);
    throw e;
  }
  const res = callMethod(raw, Py_ID.close);
  freeBuffer(self);
  return res;
}
function freeBuffer(self: Ref): void {
  const p = i32(self + BUF);
  if (p === 0) return;
  setPtr(self + BUF, 0);
  setI32(self + POS, 0);
  setI32(self + END, 0);
  PyMem_Free(p);
}
function buffered_detach(self: Ref): Ref {
  rawOf(self);
  Py_DECREF(callMethod(self, Py_ID.flush));
  const raw = i32(self + RAW);
  setPtr(self + RAW, 0);
  setI32(self + FLAGS, i32(self + FLAGS) & ~OK);
  return raw;
}
function buffered_readinto(self: Ref, op: Ref): Ref {
  checkOpen(self, 'readinto');
  return readInto(op, (n) => bufferedRead(self, n));
}
function buffered_repr(self: Ref): Ref {
  const name = PyObject_GetOptionalAttr(self, Py_ID.name);
  if (name === 0) return PyUnicode_FromString(`<${typeNameOf(self)}>`);
  const m = hold(name);
  const repr = hold(PyObject_Repr(name));
  const res = PyUnicode_FromString(`<${typeNameOf(self)} name=${asText(i32(repr))}>`);
  release(m);
  return res;
}
const forward = (name: string) =>
  function buffered_forward(self: Ref): Ref {
    return callNamed(rawOf(self), name);
  };
const attribute = (name: string) =>
  function buffered_attribute(self: Ref): Ref {
    const m = hold(PyUnicode_FromString(name));
    const v = PyObject_GetAttr(rawOf(self), i32(m));
    release(m);
    return v;
  };
const common: readonly MethodSpec[] = [
  { name: 'detach', flags: METH_NOARGS, fn: buffered_detach },
  { name: 'close', flags: METH_NOARGS, fn: buffered_close },
  ...['seekable', 'fileno', 'isatty'].map((name) => ({ name, flags: METH_NOARGS, fn: forward(name) })),
  { name: 'seek', flags: METH_FASTCALL, fn: buffered_seek },
  { name: 'tell', flags: METH_NOARGS, fn: buffered_tell },
  { name: 'truncate', flags: METH_FASTCALL, fn: buffered_truncate },
];
const reading: readonly MethodSpec[] = [
  { name: 'readable', flags: METH_NOARGS, fn: forward('readable') },
  { name: 'read', flags: METH_FASTCALL, fn: buffered_read },
  { name: 'peek', flags: METH_FASTCALL, fn: buffered_peek },
  { name: 'read1', flags: METH_FASTCALL, fn: buffered_read1 },
  { name: 'readinto', flags: METH_O, fn: buffered_readinto },
  { name: 'readinto1', flags: METH_O, fn: buffered_readinto },
  { name: 'readline', flags: METH_FASTCALL, fn: buffered_readline },
];
const writing: readonly MethodSpec[] = [
  { name: 'writable', flags: METH_NOARGS, fn: forward('writable') },
  { name: 'write', flags: METH_O, fn: buffered_write },
  { name: 'flush', flags: METH_NOARGS, fn: buffered_flush },
];
function spec(
  address: number,
  name: string,
  readable: boolean,
  writable: boolean,
  methods: readonly MethodSpec[],
): TypeSpec {
  return {
    address,
    name: `_io.${name}`,
    basicsize: 64,
    flags: IO_FLAGS,
    base: BufferedIOBase_Type,
    dictoffset: 16,
    weaklistoffset: 24,
    slots: {
      ...ioSlots([RAW], freeBuffer),
      tp_init: initOf(name, readable, writable),
      tp_repr: buffered_repr,
      ...(readable ? { tp_iternext: buffered_iternext } : {}),
    },
    methods: [...common, ...methods],
    getset: [
      dictGetSet,
      { name: 'closed', get: attribute('closed') },
      { name: 'name', get: attribute('name') },
      { name: 'mode', get: attribute('mode') },
      { name: 'raw', get: (self: Ref) => (i32(self + RAW) === 0 ? none() : Py_NewRef(i32(self + RAW))) },
    ],
  };
}
export const bufferedSpecs: readonly TypeSpec[] = [
  spec(BufferedReader_Type, 'BufferedReader', true, false, [
    ...reading,
    { name: 'flush', flags: METH_NOARGS, fn: reader_flush },
  ]),
  spec(BufferedWriter_Type, 'BufferedWriter', false, true, writing),
  spec(BufferedRandom_Type, 'BufferedRandom', true, true, [...reading, ...writing]),
];
