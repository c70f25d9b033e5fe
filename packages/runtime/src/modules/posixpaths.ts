/** Arguments of posix: paths in all their forms, descriptors, what functions raise. Mirrors path_converter of Modules/posixmodule.c. */
import { METH_FASTCALL, METH_KEYWORDS } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { _PyIndex_Check } from '../objects/abstractnumber.ts';
import { type ArgSpec, unpackKeywords } from '../objects/args.ts';
import { encodeText } from '../objects/codecs.ts';
import { raise } from '../objects/errors.ts';
import { PyLong_AsInt } from '../objects/longobject.ts';
import {
  hold,
  PyBytes_Check,
  PyLong_Check,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
} from '../objects/object.ts';
import { PyObject_GetOptionalAttr } from '../objects/objectattr.ts';
import type { MethodSpec } from '../objects/spec.ts';
import { Py_None, PyExc_TypeError, PyExc_ValueError } from '../objects/static.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { bufferBytes, decodeUtf8, newBytes } from './buffers.ts';
import { hostFs } from './hostfs.ts';
import { callNamed } from './iobase.ts';
import { PyOS_FSPath } from './paths.ts';
import { raiseOsError } from './errnos.ts';
import { _PyType_Lookup } from '../objects/typelookup.ts';

export interface PathArg {
  /** '' where a descriptor was given. */
  readonly text: string;
  /** What OSError.filename says; borrowed from the caller's arguments. */
  readonly object: Ref;
  readonly bytes: boolean;
  /** -1: none. */
  readonly fd: number;
}
export interface PathOptions {
  readonly fname: string;
  /** Default: path. */
  readonly name?: string;
  readonly fd?: boolean;
  readonly nullable?: boolean;
}

function expected({ fd, nullable }: PathOptions): string {
  if (fd) return nullable ? 'string, bytes, os.PathLike, integer or None' : 'string, bytes, os.PathLike or integer';
  return nullable ? 'string, bytes, os.PathLike or None' : 'string, bytes or os.PathLike';
}
function wrongType(op: Ref, options: PathOptions): never {
  const name = options.name ?? 'path';
  raise(PyExc_TypeError, `${options.fname}: ${name} should be ${expected(options)}, not ${typeNameOf(op)}`);
}
function checked(text: string, object: Ref, bytes: boolean, options: PathOptions): PathArg {
  if (text.includes('\0'))
    raise(PyExc_ValueError, `${options.fname}: embedded null character in ${options.name ?? 'path'}`);
  return { text, object, bytes, fd: -1 };
}
/** A path argument; 0 and None are the working directory where `nullable`. */
export function pathArg(op: Ref, options: PathOptions): PathArg {
  if ((op === 0 || op === Py_None) && options.nullable) return { text: '.', object: 0, bytes: false, fd: -1 };
  if (PyUnicode_Check(op)) return checked(asText(op), op, false, options);
  if (PyBytes_Check(op)) return checked(decodeUtf8(bufferBytes(op) as Uint8Array), op, true, options);
  if (options.fd && _PyIndex_Check(op)) return { text: '', object: op, bytes: false, fd: PyLong_AsInt(op) };
  const name = hold(PyUnicode_InternFromString('__fspath__'));
  if (_PyType_Lookup(i32(op + 8), i32(name)) === 0) wrongType(op, options);
  release(name);
  const path = PyOS_FSPath(op);
  const m = hold(path);
  const bytes = PyBytes_Check(path);
  const text = bytes ? decodeUtf8(bufferBytes(path) as Uint8Array) : asText(path);
  const result = checked(text, op, bytes, options);
  release(m);
  return result;
}

/** dir_fd: -1 where it is None or left out. */
export function dirFdArg(op: Ref): number {
  if (op === 0 || op === Py_None) return -1;
  if (!_PyIndex_Check(op)) raise(PyExc_TypeError, `argument should be integer or None, not ${typeNameOf(op)}`);
  return PyLong_AsInt(op);
}
const EBADF = 9;
/** The path as the host is asked for it: below the directory that `dirFd` is open on. */
export function hostPath(path: PathArg, dirFd = -1): string {
  if (path.fd >= 0) {
    const of = hostFs.pathOf(path.fd);
    if (of === null) raisePathError(EBADF, path);
    return of;
  }
  if (dirFd < 0 || path.text.startsWith('/')) return path.text;
  const directory = hostFs.pathOf(dirFd);
  if (directory === null) raisePathError(EBADF, path);
  return path.text === '' ? '' : `${directory}/${path.text}`;
}

function hasAttribute(op: Ref, name: Ref): boolean {
  const value = PyObject_GetOptionalAttr(op, name);
  release(hold(value));
  return value !== 0;
}
/** A descriptor: an int or an object with fileno() (PyObject_AsFileDescriptor). */
export function fildes(op: Ref): number {
  let fd: number;
  if (PyLong_Check(op)) fd = PyLong_AsInt(op);
  else {
    const name = hold(PyUnicode_InternFromString('fileno'));
    if (!hasAttribute(op, i32(name))) raise(PyExc_TypeError, 'argument must be an int, or have a fileno() method.');
    const result = callNamed(op, 'fileno');
    hold(result);
    if (!PyLong_Check(result)) raise(PyExc_TypeError, 'fileno() returned a non-integer');
    fd = PyLong_AsInt(result);
    release(name);
  }
  if (fd < 0) raise(PyExc_ValueError, `file descriptor cannot be a negative integer (${fd})`);
  return fd;
}

/** OSError(code, text[, file[, None, file2]]) of the fitting subclass. */
export function raisePathError(code: number, path: PathArg | null, second: PathArg | null = null): never {
  raiseOsError(code, path?.object, second?.object);
}
/** The result of a host call: an error is raised. */
export function done<T>(result: T | number, path: PathArg | null, second: PathArg | null = null): T {
  if (typeof result === 'number' && result < 0) raisePathError(-result, path, second);
  return result as T;
}
/** A name or path of the host, as bytes if `asBytes`. */
export function pathObject(text: string, asBytes: boolean): Ref {
  const str = PyUnicode_FromString(text);
  if (!asBytes) return str;
  const m = hold(str);
  const encoded = newBytes(encodeText(str, 'utf-8', 'surrogateescape'));
  release(m);
  return encoded;
}

/** A function with keywords: `run` gets its arguments in order, 0 for those left out. */
export function keywordFunction(
  name: string,
  signature: string,
  spec: Omit<ArgSpec, 'fname'>,
  run: (a: Ref[]) => Ref,
): MethodSpec {
  const fn = (_m: Ref, args: number, nargs: number, kwnames: Ref): Ref =>
    run(unpackKeywords(args, nargs, kwnames, { fname: name, ...spec }));
  return { name, flags: METH_FASTCALL | METH_KEYWORDS, fn, doc: `${name}(${signature})\n--\n\n` };
}
