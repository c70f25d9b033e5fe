/** posix: files by path and by descriptor. Mirrors Modules/posixmodule.c. */
import { METH_NOARGS, METH_O } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { PyObject_GC_Track } from '../gc/track.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { raise } from '../objects/errors.ts';
import { PyFloat_AsDouble, PyFloat_Check, PyFloat_FromDouble } from '../objects/floatobject.ts';
import {
  PyLong_AsInt,
  PyLong_AsSsize_t,
  PyLong_FromBigInt,
  PyLong_FromLong,
  longAsBigInt,
} from '../objects/longobject.ts';
import { hold, PyLong_Check, PyTuple_Check, Py_NewRef, Py_XSETREF, type Ref, release } from '../objects/object.ts';
import { PyObject_IsTrue } from '../objects/objectattr.ts';
import type { MethodSpec } from '../objects/spec.ts';
import { Py_None, PyExc_NotImplementedError, PyExc_TypeError, PyExc_ValueError } from '../objects/static.ts';
import { PyStructSequence_New, structseq_new } from '../objects/structseq.ts';
import { _PyArg_CheckPositional } from '../objects/args.ts';
import { METH_FASTCALL } from '@moult/abi';
import { bufferBytes, newBytes } from './buffers.ts';
import { none } from './builtinfuncs.ts';
import { hostClock, hostIo } from './hostio.ts';
import { hostFs, type HostStat } from './hostfs.ts';
import { dirFdArg, done, fildes, hostPath, keywordFunction, type PathArg, pathArg, pathObject } from './posixpaths.ts';
import type { StructSequenceRow } from './sysmodule.ts';
import { StatResult_Type } from './types.ts';

export const statSequence: StructSequenceRow = {
  address: StatResult_Type,
  name: 'os.stat_result',
  doc: 'The result of stat, fstat and lstat: a tuple of (mode, ino, dev, nlink, uid, gid, size, atime, mtime, ctime).',
  fields: [
    ...['st_mode', 'st_ino', 'st_dev', 'st_nlink', 'st_uid', 'st_gid', 'st_size', null, null, null],
    ...['st_atime', 'st_mtime', 'st_ctime', 'st_atime_ns', 'st_mtime_ns', 'st_ctime_ns'],
    ...['st_blksize', 'st_blocks', 'st_rdev'],
  ],
  n: 10,
  tp_new: statresult_new,
};
/** The float times that are not given are the integer ones. */
function statresult_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const result = structseq_new(type, args, kwds);
  for (let i = 7; i < 10; i++) {
    const time = result + 24 + ((i + 3) << 3);
    if (i32(time) === Py_None) Py_XSETREF(time, Py_NewRef(i32(result + 24 + (i << 3))));
  }
  return result;
}

const BILLION = 1_000_000_000n;
/** Whole seconds and the rest, both as C's timespec has them. */
function secondsOf(ns: bigint): [bigint, bigint] {
  let s = ns / BILLION;
  let rest = ns % BILLION;
  if (rest < 0n) {
    s -= 1n;
    rest += BILLION;
  }
  return [s, rest];
}
export function statResult(st: HostStat): Ref {
  const op = PyStructSequence_New(StatResult_Type);
  const m = hold(op);
  let i = 0;
  const add = (v: Ref): void => {
    setPtr(op + 24 + (i++ << 3), v);
  };
  add(PyLong_FromLong(st.mode));
  add(PyLong_FromBigInt(st.ino));
  add(PyLong_FromBigInt(st.dev));
  for (const v of [st.nlink, st.uid, st.gid, st.size]) add(PyLong_FromLong(v));
  const times = [st.atime, st.mtime, st.ctime];
  for (const t of times) add(PyLong_FromBigInt(secondsOf(t)[0]));
  for (const t of times) {
    const [s, rest] = secondsOf(t);
    add(PyFloat_FromDouble(Number(s) + 1e-9 * Number(rest)));
  }
  for (const t of times) add(PyLong_FromBigInt(t));
  add(PyLong_FromLong(st.blksize));
  add(PyLong_FromLong(st.blocks));
  add(PyLong_FromBigInt(st.rdev));
  PyObject_GC_Track(op);
  Py_NewRef(op);
  release(m);
  return op;
}
function followArg(op: Ref): boolean {
  return op === 0 || PyObject_IsTrue(op);
}
export function statOf(path: PathArg, dirFd: number, follow: boolean): Ref {
  if (path.fd >= 0) return statResult(done(hostFs.fstat(path.fd), path));
  return statResult(done(hostFs.stat(hostPath(path, dirFd), follow), path));
}
function posix_stat(a: Ref[]): Ref {
  const path = pathArg(a[0] as Ref, { fname: 'stat', fd: true });
  const dirFd = dirFdArg(a[1] as Ref);
  const follow = followArg(a[2] as Ref);
  if (path.fd >= 0 && dirFd >= 0) raise(PyExc_ValueError, "stat: can't specify dir_fd without matching path");
  if (path.fd >= 0 && !follow) raise(PyExc_ValueError, 'stat: cannot use fd and follow_symlinks together');
  return statOf(path, dirFd, follow);
}
function posix_lstat(a: Ref[]): Ref {
  return statOf(pathArg(a[0] as Ref, { fname: 'lstat' }), dirFdArg(a[1] as Ref), false);
}
function posix_fstat(a: Ref[]): Ref {
  return statResult(done(hostFs.fstat(PyLong_AsInt(a[0] as Ref)), null));
}
function posix_access(a: Ref[]): Ref {
  const path = pathArg(a[0] as Ref, { fname: 'access' });
  return PyBool_FromLong(hostFs.access(hostPath(path, dirFdArg(a[2] as Ref)), PyLong_AsInt(a[1] as Ref)));
}
function posix_open(a: Ref[]): Ref {
  const path = pathArg(a[0] as Ref, { fname: 'open' });
  const mode = a[2] === 0 ? 0o777 : PyLong_AsInt(a[2] as Ref);
  const O_CLOEXEC = 0o2000000;
  const fd = hostIo.open(hostPath(path, dirFdArg(a[3] as Ref)), PyLong_AsInt(a[1] as Ref) | O_CLOEXEC, mode);
  return PyLong_FromLong(done(fd, path));
}
function posix_close(a: Ref[]): Ref {
  done(hostIo.close(PyLong_AsInt(a[0] as Ref)), null);
  return none();
}
function posix_closerange(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('closerange', nargs, 2, 2);
  for (let fd = PyLong_AsInt(i32(args)); fd < PyLong_AsInt(i32(args + 8)); fd++) hostIo.close(fd);
  return none();
}
function posix_read(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('read', nargs, 2, 2);
  const length = PyLong_AsSsize_t(i32(args + 8));
  const EINVAL = 22;
  if (length < 0) done(-EINVAL, null);
  return newBytes(done(hostIo.read(PyLong_AsInt(i32(args)), length), null) as Uint8Array);
}
function posix_write(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('write', nargs, 2, 2);
  const data = bufferBytes(i32(args + 8));
  if (data === null) notBytesLike(i32(args + 8));
  return PyLong_FromLong(done(hostIo.write(PyLong_AsInt(i32(args)), data), null));
}
function posix_lseek(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('lseek', nargs, 3, 3);
  const [fd, offset, whence] = [PyLong_AsInt(i32(args)), PyLong_AsSsize_t(i32(args + 8)), PyLong_AsInt(i32(args + 16))];
  return PyLong_FromLong(done(hostIo.seek(fd, offset, whence), null));
}
function posix_ftruncate(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('ftruncate', nargs, 2, 2);
  done(hostIo.truncate(PyLong_AsInt(i32(args)), PyLong_AsSsize_t(i32(args + 8))), null);
  return none();
}
function posix_truncate(a: Ref[]): Ref {
  const path = pathArg(a[0] as Ref, { fname: 'truncate', fd: true });
  const size = PyLong_AsSsize_t(a[1] as Ref);
  done(path.fd >= 0 ? hostIo.truncate(path.fd, size) : hostFs.truncate(path.text, size), path);
  return none();
}
function posix_isatty(_m: Ref, op: Ref): Ref {
  return PyBool_FromLong(hostIo.isatty(PyLong_AsInt(op)));
}
function posix_fsync(a: Ref[]): Ref {
  done(hostFs.fstat(fildes(a[0] as Ref)), null);
  return none();
}
function posix_unlink(name: string): (a: Ref[]) => Ref {
  return (a) => {
    const path = pathArg(a[0] as Ref, { fname: name });
    done(hostFs.unlink(hostPath(path, dirFdArg(a[1] as Ref))), path);
    return none();
  };
}
function posix_rename(name: string): (a: Ref[]) => Ref {
  return (a) => {
    const src = pathArg(a[0] as Ref, { fname: name, name: 'src' });
    const dst = pathArg(a[1] as Ref, { fname: name, name: 'dst' });
    done(hostFs.rename(hostPath(src, dirFdArg(a[2] as Ref)), hostPath(dst, dirFdArg(a[3] as Ref))), src, dst);
    return none();
  };
}
function posix_link(a: Ref[]): Ref {
  const src = pathArg(a[0] as Ref, { fname: 'link', name: 'src' });
  const dst = pathArg(a[1] as Ref, { fname: 'link', name: 'dst' });
  done(hostFs.link(hostPath(src, dirFdArg(a[2] as Ref)), hostPath(dst, dirFdArg(a[3] as Ref))), src, dst);
  return none();
}
function posix_symlink(a: Ref[]): Ref {
  const src = pathArg(a[0] as Ref, { fname: 'symlink', name: 'src' });
  const dst = pathArg(a[1] as Ref, { fname: 'symlink', name: 'dst' });
  done(hostFs.symlink(src.text, hostPath(dst, dirFdArg(a[3] as Ref))), src, dst);
  return none();
}
function posix_readlink(a: Ref[]): Ref {
  const path = pathArg(a[0] as Ref, { fname: 'readlink' });
  return pathObject(done(hostFs.readlink(hostPath(path, dirFdArg(a[1] as Ref))), path), path.bytes);
}
function posix_chmod(a: Ref[]): Ref {
  const path = pathArg(a[0] as Ref, { fname: 'chmod', fd: true });
  if (!followArg(a[3] as Ref)) {
    raise(PyExc_NotImplementedError, 'chmod: follow_symlinks unavailable on this platform');
  }
  done(hostFs.chmod(hostPath(path, dirFdArg(a[2] as Ref)), PyLong_AsInt(a[1] as Ref)), path);
  return none();
}
/** Seconds as an int or float → nanoseconds, rounded down (_PyTime_ObjectToTimespec). */
function nanoseconds(op: Ref): bigint {
  if (PyFloat_Check(op)) {
    const v = PyFloat_AsDouble(op);
    if (Number.isNaN(v)) raise(PyExc_ValueError, 'Invalid value NaN (not a number)');
    const whole = Math.floor(v);
    return BigInt(whole) * BILLION + BigInt(Math.floor((v - whole) * 1e9));
  }
  if (!PyLong_Check(op)) raise(PyExc_TypeError, `'${typeNameOf(op)}' object cannot be interpreted as an integer`);
  return longAsBigInt(op) * BILLION;
}
function pairOf(op: Ref, what: string): [Ref, Ref] {
  if (!PyTuple_Check(op) || i32(op + 16) !== 2)
    raise(
      PyExc_TypeError,
      `utime: '${what}' must be ${what === 'ns' ? 'a tuple of two ints' : 'either a tuple of two ints or None'}`,
    );
  return [i32(op + 24), i32(op + 32)];
}
function posix_utime(a: Ref[]): Ref {
  const path = pathArg(a[0] as Ref, { fname: 'utime', fd: true });
  const times = a[1] as Ref;
  const ns = a[2] as Ref;
  if (times !== 0 && times !== Py_None && ns !== 0) {
    raise(PyExc_ValueError, "utime: you may specify either 'times' or 'ns' but not both");
  }
  let both: [bigint, bigint];
  if (times !== 0 && times !== Py_None) {
    const [at, mt] = pairOf(times, 'times');
    both = [nanoseconds(at), nanoseconds(mt)];
  } else if (ns !== 0) {
    const [at, mt] = pairOf(ns, 'ns');
    both = [longAsBigInt(at), longAsBigInt(mt)];
  } else both = [hostClock.time(), hostClock.time()];
  done(hostFs.utime(hostPath(path, dirFdArg(a[3] as Ref)), both[0], both[1]), path);
  return none();
}
function posix_umask(_m: Ref, op: Ref): Ref {
  return PyLong_FromLong(hostFs.umask(PyLong_AsInt(op)));
}

const DIR = 'dir_fd=None';
const k = keywordFunction;
export const posixFiles: readonly MethodSpec[] = [
  k(
    'stat',
    `$module, /, path, *, ${DIR}, follow_symlinks=True`,
    { keywords: ['path', 'dir_fd', 'follow_symlinks'], required: 1, kwonly: 2 },
    posix_stat,
  ),
  k(
    'access',
    `$module, /, path, mode, *, ${DIR}, effective_ids=False,\n       follow_symlinks=True`,
    { keywords: ['path', 'mode', 'dir_fd', 'effective_ids', 'follow_symlinks'], required: 2, kwonly: 3 },
    posix_access,
  ),
  k(
    'chmod',
    `$module, /, path, mode, *, ${DIR},\n      follow_symlinks=(os.name != 'nt')`,
    { keywords: ['path', 'mode', 'dir_fd', 'follow_symlinks'], required: 2, kwonly: 2 },
    posix_chmod,
  ),
  k(
    'link',
    `$module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None,\n     follow_symlinks=True`,
    { keywords: ['src', 'dst', 'src_dir_fd', 'dst_dir_fd', 'follow_symlinks'], required: 2, kwonly: 3 },
    posix_link,
  ),
  k(
    'readlink',
    `$module, /, path, *, ${DIR}`,
    { keywords: ['path', 'dir_fd'], required: 1, kwonly: 1 },
    posix_readlink,
  ),
  k(
    'rename',
    '$module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None',
    { keywords: ['src', 'dst', 'src_dir_fd', 'dst_dir_fd'], required: 2, kwonly: 2 },
    posix_rename('rename'),
  ),
  k(
    'replace',
    '$module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None',
    { keywords: ['src', 'dst', 'src_dir_fd', 'dst_dir_fd'], required: 2, kwonly: 2 },
    posix_rename('replace'),
  ),
  k(
    'symlink',
    `$module, /, src, dst, target_is_directory=False, *, ${DIR}`,
    { keywords: ['src', 'dst', 'target_is_directory', 'dir_fd'], required: 2, kwonly: 1 },
    posix_symlink,
  ),
  k(
    'unlink',
    `$module, /, path, *, ${DIR}`,
    { keywords: ['path', 'dir_fd'], required: 1, kwonly: 1 },
    posix_unlink('unlink'),
  ),
  k(
    'remove',
    `$module, /, path, *, ${DIR}`,
    { keywords: ['path', 'dir_fd'], required: 1, kwonly: 1 },
    posix_unlink('remove'),
  ),
  k(
    'utime',
    `$module, /, path, times=None, *, ns=<unrepresentable>,\n      ${DIR}, follow_symlinks=True`,
    { keywords: ['path', 'times', 'ns', 'dir_fd', 'follow_symlinks'], required: 1, kwonly: 3 },
    posix_utime,
  ),
  k('lstat', `$module, /, path, *, ${DIR}`, { keywords: ['path', 'dir_fd'], required: 1, kwonly: 1 }, posix_lstat),
  k('fstat', '$module, /, fd', { keywords: ['fd'], required: 1 }, posix_fstat),
  k(
    'open',
    `$module, /, path, flags, mode=511, *, ${DIR}`,
    { keywords: ['path', 'flags', 'mode', 'dir_fd'], required: 2, kwonly: 1 },
    posix_open,
  ),
  k('close', '$module, /, fd', { keywords: ['fd'], required: 1 }, posix_close),
  k('truncate', '$module, /, path, length', { keywords: ['path', 'length'], required: 2 }, posix_truncate),
  k('fsync', '$module, /, fd', { keywords: ['fd'], required: 1 }, posix_fsync),
  k('fdatasync', '$module, /, fd', { keywords: ['fd'], required: 1 }, posix_fsync),
  { name: 'umask', flags: METH_O, fn: posix_umask, doc: 'umask($module, mask, /)\n--\n\n' },
  {
    name: 'closerange',
    flags: METH_FASTCALL,
    fn: posix_closerange,
    doc: 'closerange($module, fd_low, fd_high, /)\n--\n\n',
  },
  { name: 'lseek', flags: METH_FASTCALL, fn: posix_lseek, doc: 'lseek($module, fd, position, whence, /)\n--\n\n' },
  { name: 'read', flags: METH_FASTCALL, fn: posix_read, doc: 'read($module, fd, length, /)\n--\n\n' },
  { name: 'write', flags: METH_FASTCALL, fn: posix_write, doc: 'write($module, fd, data, /)\n--\n\n' },
  { name: 'isatty', flags: METH_O, fn: posix_isatty, doc: 'isatty($module, fd, /)\n--\n\n' },
  { name: 'ftruncate', flags: METH_FASTCALL, fn: posix_ftruncate, doc: 'ftruncate($module, fd, length, /)\n--\n\n' },
  { name: 'sync', flags: METH_NOARGS, fn: none, doc: 'sync($module, /)\n--\n\n' },
];
import { typeNameOf } from '../objects/object.ts';
function notBytesLike(op: Ref): never {
  raise(PyExc_TypeError, `a bytes-like object is required, not '${typeNameOf(op)}'`);
}
