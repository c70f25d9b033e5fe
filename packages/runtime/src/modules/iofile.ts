/**
 * FileIO: unbuffered files over the host's descriptors. Mirrors Modules/_io/fileio.c.
 *
 *   +32 fd (-1 closed)   +36 READ, WRITE, APPEND, CREATED, CLOSEFD, BLOCKING   the name lies in __dict__
 */
import { METH_FASTCALL, METH_NOARGS, METH_O, Py_ID } from '@moult/abi';
import { i32, setI32 } from '../memory/linear.ts';
import { unpackTupleAndDict } from '../objects/args.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { raise } from '../objects/errors.ts';
import { PyLong_AsInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyNumber_AsSsize_t } from '../objects/abstract.ts';
import { hold, PyLong_Check, PyUnicode_Check, type Ref, release, typeNameOf } from '../objects/object.ts';
import {
  PyObject_GetOptionalAttr,
  PyObject_IsTrue,
  PyObject_Repr,
  PyObject_SetAttrString,
} from '../objects/objectattr.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { FileIO_Type, PyExc_TypeError, PyExc_ValueError, Py_None, RawIOBase_Type } from '../objects/static.ts';
import { typeAlloc } from '../objects/typealloc.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { none } from './builtinfuncs.ts';
import { bufferBytes, newBytes } from './buffers.ts';
import { raiseOsError } from './errnos.ts';
import { hostIo } from './hostio.ts';
import { dictGetSet, ioSlots, IO_FLAGS, sizeArgument, unsupported } from './iobase.ts';
import { fsPath } from './paths.ts';

export const FD = 32;
const FLAGS = 36;
const READ = 1;
const WRITE = 2;
const APPEND = 4;
const CREATED = 8;
const CLOSEFD = 16;
const O_RDONLY = 0;
const O_WRONLY = 1;
const O_RDWR = 2;
const O_CREAT = 0o100;
const O_EXCL = 0o200;
const O_TRUNC = 0o1000;
const O_APPEND = 0o2000;
const O_CLOEXEC = 0o2000000;
const S_IFMT = 0o170000;
const S_IFDIR = 0o040000;
const EISDIR = 21;

const has = (self: Ref, flag: number): boolean => (i32(self + FLAGS) & flag) !== 0;

function badMode(): never {
  raise(PyExc_ValueError, 'Must have exactly one of create/read/write/append mode and at most one plus');
}
/** Mode letters → our flags and the O_* flags. */
function parseMode(mode: string): { flags: number; open: number } {
  let flags = 0;
  let open = 0;
  let kinds = 0;
  let plus = false;
  for (const c of mode) {
    if (c === 'x') {
      flags |= CREATED | WRITE;
      open |= O_EXCL | O_CREAT;
      kinds++;
    } else if (c === 'r') {
      flags |= READ;
      kinds++;
    } else if (c === 'w') {
      flags |= WRITE;
      open |= O_CREAT | O_TRUNC;
      kinds++;
    } else if (c === 'a') {
      flags |= WRITE | APPEND;
      open |= O_CREAT | O_APPEND;
      kinds++;
    } else if (c === '+') {
      if (plus) badMode();
      plus = true;
    } else if (c !== 'b') raise(PyExc_ValueError, `invalid mode: ${mode}`);
  }
  if (kinds !== 1) badMode();
  if (plus) flags |= READ | WRITE;
  open |= (flags & (READ | WRITE)) === (READ | WRITE) ? O_RDWR : (flags & READ) !== 0 ? O_RDONLY : O_WRONLY;
  return { flags, open };
}
function fileio_init(self: Ref, args: Ref, kwds: Ref): void {
  const a = unpackTupleAndDict(args, kwds, {
    fname: 'FileIO',
    keywords: ['file', 'mode', 'closefd', 'opener'],
    required: 1,
  });
  const name = a[0] as Ref;
  if (a[1] !== 0 && !PyUnicode_Check(a[1] as Ref))
    raise(PyExc_TypeError, `FileIO() argument 'mode' must be str, not ${typeNameOf(a[1] as Ref)}`);
  const mode = a[1] === 0 ? 'r' : asText(a[1] as Ref);
  const closefd = a[2] === 0 || PyObject_IsTrue(a[2] as Ref);
  fileOpen(self, name, mode, closefd, a[3] === 0 ? Py_None : (a[3] as Ref));
}
function fileOpen(self: Ref, name: Ref, mode: string, closefd: boolean, opener: Ref): void {
  setI32(self + FD, -1);
  let fd = -1;
  if (PyLong_Check(name)) {
    fd = PyLong_AsInt(name);
    if (fd < 0) raise(PyExc_ValueError, 'negative file descriptor');
  }
  const { flags, open } = parseMode(mode);
  setI32(self + FLAGS, flags | (closefd ? CLOSEFD : 0));
  if (fd < 0) {
    if (!closefd) raise(PyExc_ValueError, 'Cannot use closefd=False with file name');
    const m = hold(fsPath(name));
    const path = asText(i32(m));
    if (path.includes('\0')) raise(PyExc_ValueError, 'embedded null byte');
    if (opener === Py_None) {
      fd = hostIo.open(path, open | O_CLOEXEC, 0o666);
      if (fd < 0) raiseOsError(-fd, name);
    } else {
      const flagsObject = hold(PyLong_FromLong(open | O_CLOEXEC));
      const pair = hold(callTwo(opener, name, i32(flagsObject)));
      if (!PyLong_Check(i32(pair))) raise(PyExc_TypeError, 'expected integer from opener');
      fd = PyLong_AsInt(i32(pair));
      if (fd < 0) raise(PyExc_ValueError, `opener returned ${fd}`);
    }
    release(m);
  }
  const stat = hostIo.stat(fd);
  if (typeof stat !== 'number' && (stat.mode & S_IFMT) === S_IFDIR) raiseOsError(EISDIR, name);
  if (typeof stat === 'number' && PyLong_Check(name)) raiseOsError(-stat, name);
  setI32(self + FD, fd);
  PyObject_SetAttrString(self, 'name', name);
  if ((flags & APPEND) !== 0) hostIo.seek(fd, 0, 2);
}
import { callFunction } from '../objects/call.ts';
function callTwo(f: Ref, a: Ref, b: Ref): Ref {
  return callFunction(f, a, b);
}
/** A FileIO over an open descriptor, for the standard streams. */
export function newFileIO(name: Ref, mode: string, closefd: boolean, opener: Ref): Ref {
  const self = typeAlloc(FileIO_Type, 0);
  setI32(self + FD, -1);
  const m = hold(self);
  fileOpen(self, name, mode, closefd, opener);
  drop(m);
  return self;
}
import { drop } from '../objects/object.ts';

function fileio_new(type: Ref): Ref {
  const self = typeAlloc(type, 0);
  setI32(self + FD, -1);
  return self;
}
/** The descriptor; ValueError when closed. */
function fdOf(self: Ref): number {
  const fd = i32(self + FD);
  if (fd < 0) raise(PyExc_ValueError, 'I/O operation on closed file');
  return fd;
}
export function rawRead(self: Ref, max: number): Uint8Array {
  const fd = fdOf(self);
  if (!has(self, READ)) unsupported('File not open for reading');
  const data = hostIo.read(fd, max);
  if (typeof data === 'number') raiseOsError(-data);
  return data;
}
export function rawWrite(self: Ref, data: Uint8Array): number {
  const fd = fdOf(self);
  if (!has(self, WRITE)) unsupported('File not open for writing');
  const n = hostIo.write(fd, data);
  if (n < 0) raiseOsError(-n);
  return n;
}
export function rawSeek(self: Ref, offset: number, whence: number): number {
  const pos = hostIo.seek(fdOf(self), offset, whence);
  if (pos < 0) raiseOsError(-pos);
  return pos;
}
export function rawReadAll(self: Ref): Uint8Array {
  const parts: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const data = rawRead(self, 65536);
    if (data.length === 0) break;
    parts.push(data);
    total += data.length;
  }
  const out = new Uint8Array(total);
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}
export function fileioSeekable(self: Ref): boolean {
  return hostIo.seek(fdOf(self), 0, 1) >= 0;
}
export function fileioReadable(self: Ref): boolean {
  fdOf(self);
  return has(self, READ);
}
export function fileioWritable(self: Ref): boolean {
  fdOf(self);
  return has(self, WRITE);
}
function fileio_read(self: Ref, args: number, nargs: number): Ref {
  const n = sizeArgument(args, nargs);
  fdOf(self);
  return newBytes(n < 0 ? rawReadAll(self) : rawRead(self, n));
}
function fileio_readall(self: Ref): Ref {
  return newBytes(rawReadAll(self));
}
function fileio_write(self: Ref, op: Ref): Ref {
  const data = bufferBytes(op);
  if (data === null) raise(PyExc_TypeError, `a bytes-like object is required, not '${typeNameOf(op)}'`);
  return PyLong_FromLong(rawWrite(self, data));
}
function fileio_seek(self: Ref, args: number, nargs: number): Ref {
  const offset = PyNumber_AsSsize_t(i32(args), 0);
  return PyLong_FromLong(rawSeek(self, offset, nargs > 1 ? PyLong_AsInt(i32(args + 8)) : 0));
}
function fileio_tell(self: Ref): Ref {
  return PyLong_FromLong(rawSeek(self, 0, 1));
}
function fileio_truncate(self: Ref, args: number, nargs: number): Ref {
  const fd = fdOf(self);
  if (!has(self, WRITE)) unsupported('File not open for writing');
  const size = nargs === 0 || i32(args) === Py_None ? rawSeek(self, 0, 1) : PyNumber_AsSsize_t(i32(args), 0);
  const e = hostIo.truncate(fd, size);
  if (e < 0) raiseOsError(-e);
  return PyLong_FromLong(size);
}
export function rawClose(self: Ref): void {
  const fd = i32(self + FD);
  if (fd < 0) return;
  setI32(self + FD, -1);
  if (!has(self, CLOSEFD)) return;
  const e = hostIo.close(fd);
  if (e < 0) raiseOsError(-e);
}
function fileio_close(self: Ref): Ref {
  rawClose(self);
  return none();
}
function fileio_fileno(self: Ref): Ref {
  return PyLong_FromLong(fdOf(self));
}
function fileio_isatty(self: Ref): Ref {
  return PyBool_FromLong(hostIo.isatty(fdOf(self)));
}
export function fileMode(self: Ref): string {
  const f = i32(self + FLAGS);
  if ((f & CREATED) !== 0) return (f & READ) !== 0 ? 'xb+' : 'xb';
  if ((f & APPEND) !== 0) return (f & READ) !== 0 ? 'ab+' : 'ab';
  if ((f & READ) !== 0) return (f & WRITE) !== 0 ? 'rb+' : 'rb';
  return 'wb';
}
function fileio_repr(self: Ref): Ref {
  const type = typeNameOf(self);
  const fd = i32(self + FD);
  if (fd < 0) return PyUnicode_FromString(`<${type} [closed]>`);
  const closefd = has(self, CLOSEFD) ? 'True' : 'False';
  const name = PyObject_GetOptionalAttr(self, Py_ID.name);
  if (name === 0) return PyUnicode_FromString(`<${type} fd=${fd} mode='${fileMode(self)}' closefd=${closefd}>`);
  const m = hold(name);
  const repr = hold(PyObject_Repr(name));
  const res = PyUnicode_FromString(`<${type} name=${asText(i32(repr))} mode='${fileMode(self)}' closefd=${closefd}>`);
  release(m);
  return res;
}
function fileio_readinto(self: Ref, op: Ref): Ref {
  return readInto(op, (n) => rawRead(self, n));
}
import { readInto } from './iointo.ts';

export const fileIoSpec: TypeSpec = {
  address: FileIO_Type,
  name: '_io.FileIO',
  basicsize: 40,
  flags: IO_FLAGS,
  base: RawIOBase_Type,
  dictoffset: 16,
  weaklistoffset: 24,
  doc: 'Open a file.',
  slots: { ...ioSlots([], rawCloseQuietly), tp_new: fileio_new, tp_init: fileio_init, tp_repr: fileio_repr },
  methods: [
    { name: 'read', flags: METH_FASTCALL, fn: fileio_read },
    { name: 'readall', flags: METH_NOARGS, fn: fileio_readall },
    { name: 'readinto', flags: METH_O, fn: fileio_readinto },
    { name: 'write', flags: METH_O, fn: fileio_write },
    { name: 'seek', flags: METH_FASTCALL, fn: fileio_seek },
    { name: 'tell', flags: METH_NOARGS, fn: fileio_tell },
    { name: 'truncate', flags: METH_FASTCALL, fn: fileio_truncate },
    { name: 'close', flags: METH_NOARGS, fn: fileio_close },
    { name: 'seekable', flags: METH_NOARGS, fn: (self: Ref) => PyBool_FromLong(fileioSeekable(self)) },
    { name: 'readable', flags: METH_NOARGS, fn: (self: Ref) => PyBool_FromLong(fileioReadable(self)) },
    { name: 'writable', flags: METH_NOARGS, fn: (self: Ref) => PyBool_FromLong(fileioWritable(self)) },
    { name: 'fileno', flags: METH_NOARGS, fn: fileio_fileno },
    { name: 'isatty', flags: METH_NOARGS, fn: fileio_isatty },
  ],
  getset: [
    dictGetSet,
    { name: 'closed', get: (self: Ref) => PyBool_FromLong(i32(self + FD) < 0) },
    { name: 'closefd', get: (self: Ref) => PyBool_FromLong(has(self, CLOSEFD)) },
    { name: 'mode', get: (self: Ref) => PyUnicode_FromString(fileMode(self)) },
  ],
};
function rawCloseQuietly(self: Ref): void {
  const fd = i32(self + FD);
  if (fd >= 0 && has(self, CLOSEFD)) hostIo.close(fd);
}
