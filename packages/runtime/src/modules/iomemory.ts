/**
 * StringIO and BytesIO. Mirrors Modules/_io/stringio.c and bytesio.c in what programs see.
 *
 *   +32 block (PyMem): code points of 4 bytes, or bytes   +40 length   +44 capacity   +48 pos   +52 flags   +56 newline mode
 */
import { METH_FASTCALL, METH_NOARGS, METH_O } from '@moult/abi';
import { bytes, i32, mem, setI32, setPtr } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import { PyNumber_AsSsize_t } from '../objects/abstract.ts';
import { unpackTupleAndDict } from '../objects/args.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyErr_NoMemory, raise } from '../objects/errors.ts';
import { PyLong_AsInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyUnicode_Check, type Ref, typeNameOf } from '../objects/object.ts';
import type { MethodSpec, TypeSpec } from '../objects/spec.ts';
import {
  BufferedIOBase_Type,
  BytesIO_Type,
  PyExc_TypeError,
  PyExc_ValueError,
  Py_None,
  StringIO_Type,
  TextIOBase_Type,
} from '../objects/static.ts';
import { asText, fromCodePoints, PyUnicode_GET_LENGTH } from '../objects/unicodeobject.ts';
import { none } from './builtinfuncs.ts';
import { bufferBytes, newBytes } from './buffers.ts';
import { dictGetSet, ioSlots, IO_FLAGS, sizeArgument } from './iobase.ts';
import { BLOCK, bytesView, checkExports, FLAGS, LENGTH } from './iobytesview.ts';
import { readInto } from './iointo.ts';

const CAPACITY = 44;
const POS = 48;
const NEWLINE = 56;
const OK = 1;
const CLOSED = 2;

const isText = (self: Ref): boolean => i32(self + NEWLINE) >= 0;
function checkOpen(self: Ref): void {
  const f = i32(self + FLAGS);
  if ((f & OK) === 0) raise(PyExc_ValueError, 'I/O operation on uninitialized object');
  if ((f & CLOSED) !== 0)
    raise(PyExc_ValueError, isText(self) ? 'I/O operation on closed file' : 'I/O operation on closed file.');
}
const shift = (self: Ref): number => (isText(self) ? 2 : 0);
function reserve(self: Ref, n: number): void {
  if (n <= i32(self + CAPACITY)) return;
  const size = Math.max(16, n + (n >> 1));
  const block = PyMem_Malloc(size << shift(self));
  if (block === 0) PyErr_NoMemory();
  const old = i32(self + BLOCK);
  if (old !== 0) {
    bytes.copyWithin(block, old, old + (i32(self + LENGTH) << shift(self)));
    PyMem_Free(old);
  }
  setPtr(self + BLOCK, block);
  setI32(self + CAPACITY, size);
}
/** Makes room at the position for n units, filling a gap with zeros. Returns where they go. */
function place(self: Ref, n: number): number {
  const pos = i32(self + POS);
  const end = pos + n;
  reserve(self, Math.max(end, i32(self + LENGTH)));
  const k = shift(self);
  const block = i32(self + BLOCK);
  const length = i32(self + LENGTH);
  if (pos > length) bytes.fill(0, block + (length << k), block + (pos << k));
  if (end > length) setI32(self + LENGTH, end);
  setI32(self + POS, end);
  return block + (pos << k);
}
function writeText(self: Ref, text: string): void {
  const mode = i32(self + NEWLINE);
  let s = text;
  if (mode === 0) s = s.replace(/\r\n?/g, '\n');
  else if (mode === 3) s = s.replaceAll('\n', '\r');
  else if (mode === 4) s = s.replaceAll('\n', '\r\n');
  const codes: number[] = [];
  for (let i = 0; i < s.length; i++) {
    const c = s.codePointAt(i) as number;
    if (c > 0xffff) i++;
    codes.push(c);
  }
  if (codes.length === 0) return;
  const p = place(self, codes.length);
  codes.forEach((c, i) => {
    mem.setInt32(p + (i << 2), c, true);
  });
}
function writeBytes(self: Ref, data: Uint8Array): void {
  if (data.length === 0) return;
  const p = place(self, data.length);
  bytes.set(data, p);
}
function codesAt(self: Ref, from: number, to: number): number[] {
  const p = i32(self + BLOCK);
  const out: number[] = [];
  for (let i = from; i < to; i++) out.push(i32(p + (i << 2)));
  return out;
}
/** Units from..to as a str or bytes object. */
function slice(self: Ref, from: number, to: number): Ref {
  if (isText(self)) return fromCodePoints(codesAt(self, from, to));
  const p = i32(self + BLOCK);
  return newBytes(bytes.slice(p + from, p + to));
}
function take(self: Ref, n: number): Ref {
  const pos = i32(self + POS);
  const left = Math.max(0, i32(self + LENGTH) - pos);
  const count = n < 0 ? left : Math.min(n, left);
  setI32(self + POS, pos + count);
  return slice(self, Math.min(pos, i32(self + LENGTH)), Math.min(pos, i32(self + LENGTH)) + count);
}
function memory_read(self: Ref, args: number, nargs: number): Ref {
  const n = sizeArgument(args, nargs);
  checkOpen(self);
  return take(self, n);
}
const unit = (self: Ref, i: number): number =>
  isText(self) ? i32(i32(self + BLOCK) + (i << 2)) : (bytes[i32(self + BLOCK) + i] as number);
function lineEnd(self: Ref): number {
  const length = i32(self + LENGTH);
  const mode = isText(self) ? i32(self + NEWLINE) : 2;
  for (let i = i32(self + POS); i < length; i++) {
    const c = unit(self, i);
    if (c === 10 && mode !== 3 && mode !== 4) return i + 1;
    if (c === 13) {
      const crlf = i + 1 < length && unit(self, i + 1) === 10;
      if (mode === 3) return i + 1;
      if (mode === 4 && crlf) return i + 2;
      if (mode === 1) return crlf ? i + 2 : i + 1;
    }
  }
  return length;
}
function readLine(self: Ref, limit: number): Ref {
  const pos = i32(self + POS);
  let n = Math.max(0, lineEnd(self) - pos);
  if (limit >= 0) n = Math.min(n, limit);
  return take(self, n);
}
function memory_readline(self: Ref, args: number, nargs: number): Ref {
  const limit = sizeArgument(args, nargs);
  checkOpen(self);
  return readLine(self, limit);
}
function memory_iternext(self: Ref): Ref {
  checkOpen(self);
  if (i32(self + POS) >= i32(self + LENGTH)) return 0;
  return readLine(self, -1);
}
function stringio_write(self: Ref, op: Ref): Ref {
  if (!PyUnicode_Check(op)) raise(PyExc_TypeError, `string argument expected, got '${typeNameOf(op)}'`);
  checkOpen(self);
  writeText(self, asText(op));
  return PyLong_FromLong(PyUnicode_GET_LENGTH(op));
}
function bytesio_write(self: Ref, op: Ref): Ref {
  checkOpen(self);
  checkExports(self);
  const data = bufferBytes(op);
  if (data === null) raise(PyExc_TypeError, `a bytes-like object is required, not '${typeNameOf(op)}'`);
  writeBytes(self, data);
  return PyLong_FromLong(data.length);
}
function memory_getvalue(self: Ref): Ref {
  checkOpen(self);
  return slice(self, 0, i32(self + LENGTH));
}
function memory_tell(self: Ref): Ref {
  checkOpen(self);
  return PyLong_FromLong(i32(self + POS));
}
function memory_seek(self: Ref, args: number, nargs: number): Ref {
  checkOpen(self);
  const offset = PyNumber_AsSsize_t(i32(args), 0);
  const whence = nargs > 1 ? PyLong_AsInt(i32(args + 8)) : 0;
  if (whence < 0 || whence > 2)
    raise(
      PyExc_ValueError,
      isText(self)
        ? `Invalid whence (${whence}, should be 0, 1 or 2)`
        : `invalid whence (${whence}, should be 0, 1 or 2)`,
    );
  if (offset < 0 && whence === 0)
    raise(PyExc_ValueError, isText(self) ? `Negative seek position ${offset}` : `negative seek value ${offset}`);
  if (isText(self) && whence !== 0 && offset !== 0) raise(unsupportedOrOs(), "Can't do nonzero cur-relative seeks");
  const base = whence === 0 ? 0 : whence === 1 ? i32(self + POS) : i32(self + LENGTH);
  setI32(self + POS, Math.max(0, base + offset));
  return PyLong_FromLong(i32(self + POS));
}
import { PyExc_OSError } from '../objects/static.ts';
const unsupportedOrOs = (): Ref => PyExc_OSError;
function memory_truncate(self: Ref, args: number, nargs: number): Ref {
  checkOpen(self);
  checkExports(self);
  const size = nargs === 0 || i32(args) === Py_None ? i32(self + POS) : PyNumber_AsSsize_t(i32(args), 0);
  if (size < 0) raise(PyExc_ValueError, isText(self) ? `Negative size value ${size}` : `negative size value ${size}`);
  if (size < i32(self + LENGTH)) setI32(self + LENGTH, size);
  return PyLong_FromLong(size);
}
function memory_close(self: Ref): Ref {
  checkExports(self);
  setI32(self + FLAGS, i32(self + FLAGS) | CLOSED);
  freeBlock(self);
  return none();
}
function freeBlock(self: Ref): void {
  const p = i32(self + BLOCK);
  setPtr(self + BLOCK, 0);
  setI32(self + LENGTH, 0);
  setI32(self + CAPACITY, 0);
  if (p !== 0) PyMem_Free(p);
}
function memory_true(self: Ref): Ref {
  checkOpen(self);
  return PyBool_FromLong(true);
}
function memory_false(self: Ref): Ref {
  checkOpen(self);
  return PyBool_FromLong(false);
}
function stringio_init(self: Ref, args: Ref, kwds: Ref): void {
  const a = unpackTupleAndDict(args, kwds, { fname: 'StringIO', keywords: ['initial_value', 'newline'] });
  const value = a[0] as Ref;
  const newline = a[1] as Ref;
  if (newline !== 0 && newline !== Py_None && !PyUnicode_Check(newline))
    raise(PyExc_TypeError, `newline must be str or None, not ${typeNameOf(newline)}`);
  let mode = 2;
  if (newline === Py_None) mode = 0;
  else if (newline !== 0) {
    mode = ['', '\n', '\r', '\r\n'].indexOf(asText(newline)) + 1;
    if (mode === 0) raise(PyExc_ValueError, `illegal newline value: '${asText(newline)}'`);
  }
  if (value !== 0 && value !== Py_None && !PyUnicode_Check(value))
    raise(PyExc_TypeError, `initial_value must be str or None, not ${typeNameOf(value)}`);
  freeBlock(self);
  setI32(self + NEWLINE, mode);
  setI32(self + POS, 0);
  setI32(self + FLAGS, OK);
  if (value !== 0 && value !== Py_None) writeText(self, asText(value));
  setI32(self + POS, 0);
}
function bytesio_init(self: Ref, args: Ref, kwds: Ref): void {
  checkExports(self);
  const a = unpackTupleAndDict(args, kwds, { fname: 'BytesIO', keywords: ['initial_bytes'] });
  const value = a[0] as Ref;
  freeBlock(self);
  setI32(self + NEWLINE, -1);
  setI32(self + POS, 0);
  setI32(self + FLAGS, OK);
  if (value !== 0 && value !== Py_None) {
    const data = bufferBytes(value);
    if (data === null) raise(PyExc_TypeError, `a bytes-like object is required, not '${typeNameOf(value)}'`);
    writeBytes(self, data);
    setI32(self + POS, 0);
  }
}
function bytesio_readinto(self: Ref, op: Ref): Ref {
  checkOpen(self);
  return readInto(op, (n) => {
    const pos = Math.min(i32(self + POS), i32(self + LENGTH));
    const count = Math.min(n, i32(self + LENGTH) - pos);
    const p = i32(self + BLOCK) + pos;
    setI32(self + POS, pos + count);
    return bytes.slice(p, p + count);
  });
}
function bytesio_getbuffer(self: Ref): Ref {
  checkOpen(self);
  reserve(self, 1);
  return bytesView(self);
}
const methods: readonly MethodSpec[] = [
  { name: 'read', flags: METH_FASTCALL, fn: memory_read },
  { name: 'readline', flags: METH_FASTCALL, fn: memory_readline },
  { name: 'getvalue', flags: METH_NOARGS, fn: memory_getvalue },
  { name: 'tell', flags: METH_NOARGS, fn: memory_tell },
  { name: 'seek', flags: METH_FASTCALL, fn: memory_seek },
  { name: 'truncate', flags: METH_FASTCALL, fn: memory_truncate },
  { name: 'close', flags: METH_NOARGS, fn: memory_close },
  { name: 'seekable', flags: METH_NOARGS, fn: memory_true },
  { name: 'readable', flags: METH_NOARGS, fn: memory_true },
  { name: 'writable', flags: METH_NOARGS, fn: memory_true },
  { name: 'isatty', flags: METH_NOARGS, fn: memory_false },
];
const closed = { name: 'closed', get: (self: Ref) => PyBool_FromLong((i32(self + FLAGS) & CLOSED) !== 0) };
export const stringIoSpec: TypeSpec = {
  address: StringIO_Type,
  name: '_io.StringIO',
  basicsize: 64,
  flags: IO_FLAGS,
  base: TextIOBase_Type,
  dictoffset: 16,
  weaklistoffset: 24,
  doc: 'Text I/O implementation using an in-memory buffer.',
  slots: { ...ioSlots([], freeBlock), tp_init: stringio_init, tp_iternext: memory_iternext },
  methods: [...methods, { name: 'write', flags: METH_O, fn: stringio_write }],
  getset: [
    dictGetSet,
    closed,
    { name: 'line_buffering', get: () => PyBool_FromLong(false) },
    { name: 'newlines', get: () => none() },
  ],
};
export const bytesIoSpec: TypeSpec = {
  address: BytesIO_Type,
  name: '_io.BytesIO',
  basicsize: 64,
  flags: IO_FLAGS,
  base: BufferedIOBase_Type,
  dictoffset: 16,
  weaklistoffset: 24,
  doc: 'Buffered I/O implementation using an in-memory bytes buffer.',
  slots: { ...ioSlots([], freeBlock), tp_init: bytesio_init, tp_iternext: memory_iternext },
  methods: [
    ...methods,
    { name: 'write', flags: METH_O, fn: bytesio_write },
    { name: 'read1', flags: METH_FASTCALL, fn: memory_read },
    { name: 'readinto', flags: METH_O, fn: bytesio_readinto },
    { name: 'getbuffer', flags: METH_NOARGS, fn: bytesio_getbuffer },
  ],
  getset: [dictGetSet, closed],
};
