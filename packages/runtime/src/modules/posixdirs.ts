/** posix: directories, scandir and its entries. Mirrors that part of Modules/posixmodule.c. */
import {
  METH_CLASS,
  METH_NOARGS,
  METH_O,
  METH_VARARGS,
  Py_READONLY,
  Py_TPFLAGS_DISALLOW_INSTANTIATION,
  _Py_T_OBJECT,
} from '@moult/abi';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import { unpackKeywords } from '../objects/args.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { Py_GenericAlias } from '../objects/genericaliasobject.ts';
import { PyList_Append, PyList_New } from '../objects/listobject.ts';
import { PyLong_AsInt, PyLong_FromBigInt } from '../objects/longobject.ts';
import { drop, hold, Py_CLEAR, Py_NewRef, PyUnicode_Check, type Ref, release, typeNameOf } from '../objects/object.ts';
import { PyObject_IsTrue, PyObject_Repr } from '../objects/objectattr.ts';
import type { MethodSpec } from '../objects/spec.ts';
import { typeAlloc } from '../objects/typealloc.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { METH_FASTCALL, METH_KEYWORDS } from '@moult/abi';
import { bufferBytes, newBytes } from './buffers.ts';
import { none } from './builtinfuncs.ts';
import { type HostEntry, hostFs, type HostStat } from './hostfs.ts';
import { statResult } from './posixfiles.ts';
import {
  dirFdArg,
  done,
  fildes,
  hostPath,
  keywordFunction,
  type PathArg,
  pathArg,
  pathObject,
  raisePathError,
} from './posixpaths.ts';
import { REF, record, type RecordSpec } from './records.ts';
import { DirEntry_Type, ScandirIterator_Type } from './types.ts';

const S_IFMT = 0o170000;
const S_IFDIR = 0o040000;
const S_IFREG = 0o100000;
const S_IFLNK = 0o120000;
const ENOENT = 2;

function directoryArg(op: Ref, fname: string): PathArg {
  return pathArg(op, { fname, fd: true, nullable: true });
}
function posix_listdir(a: Ref[]): Ref {
  const path = directoryArg(a[0] as Ref, 'listdir');
  const entries = done(hostFs.list(hostPath(path)), path) as readonly HostEntry[];
  const list = PyList_New(0);
  const m = hold(list);
  for (const entry of entries) {
    const k = hold(pathObject(entry.name, path.bytes));
    PyList_Append(list, i32(k));
    release(k);
  }
  drop(m);
  return list;
}

// ---- DirEntry ---------------------------------------------------------------------------------------------------------

/** References: name, path, its inode as an int, the path as the host is asked for it. Then the kind by S_IFMT. */
const NAME = REF(0);
const PATH = REF(1);
const INODE = REF(2);
const HOST_PATH = REF(3);
const LSTAT = REF(4);
const STAT = REF(5);
const KIND = REF(6);
const ENTRY_REFS = 6;

function newEntry(of: PathArg, entry: HostEntry): Ref {
  const self = typeAlloc(DirEntry_Type, 0);
  const m = hold(self);
  setPtr(self + NAME, pathObject(entry.name, of.bytes));
  const given = of.object === 0 || of.fd >= 0 ? '' : of.text;
  const joined = given === '' || given.endsWith('/') ? given + entry.name : `${given}/${entry.name}`;
  // without a path argument an entry's path is beside '.'
  const shown = of.fd >= 0 ? entry.name : of.object === 0 ? `./${entry.name}` : joined;
  setPtr(self + PATH, pathObject(shown, of.bytes));
  setPtr(self + INODE, PyLong_FromBigInt(entry.ino));
  const base = hostPath(of);
  setPtr(self + HOST_PATH, PyUnicode_FromString(base.endsWith('/') ? base + entry.name : `${base}/${entry.name}`));
  setI32(self + KIND, entry.kind);
  drop(m);
  return self;
}
function entryPath(self: Ref): PathArg {
  return { text: asText(i32(self + HOST_PATH)), object: i32(self + PATH), bytes: false, fd: -1 };
}
/** stat or lstat of the entry, kept once asked for; a new reference. */
function entryStat(self: Ref, follow: boolean): Ref {
  const slot = self + (follow && kindOf(self) === S_IFLNK ? STAT : LSTAT);
  if (i32(slot) === 0) {
    const path = entryPath(self);
    setPtr(slot, statResult(done(hostFs.stat(path.text, follow), path) as HostStat));
  }
  return Py_NewRef(i32(slot));
}
function kindOf(self: Ref): number {
  const kind = i32(self + KIND);
  if (kind !== 0) return kind;
  const m = hold(entryStatRaw(self));
  const mode = PyLong_AsInt(i32(i32(m) + 24)) & S_IFMT;
  release(m);
  setI32(self + KIND, mode);
  return mode;
}
function entryStatRaw(self: Ref): Ref {
  const path = entryPath(self);
  return statResult(done(hostFs.stat(path.text, false), path) as HostStat);
}
function isKind(self: Ref, follow: boolean, wanted: number): boolean {
  const kind = kindOf(self);
  if (kind !== S_IFLNK || !follow) return kind === wanted;
  const path = entryPath(self);
  const st = hostFs.stat(path.text, true);
  if (typeof st === 'number') {
    if (st === -ENOENT) return false;
    raisePathError(-st, path);
  }
  return (st.mode & S_IFMT) === wanted;
}
function withFollow(name: string, run: (self: Ref, follow: boolean) => Ref): MethodSpec {
  return {
    name,
    flags: METH_FASTCALL | METH_KEYWORDS,
    fn: (self: Ref, args: number, nargs: number, kwnames: Ref) => {
      const [follow] = unpackKeywords(args, nargs, kwnames, { fname: name, keywords: ['follow_symlinks'], kwonly: 1 });
      return run(self, follow === 0 || PyObject_IsTrue(follow as Ref));
    },
    doc: `${name}($self, /, *, follow_symlinks=True)\n--\n\n`,
  };
}
function entry_repr(self: Ref): Ref {
  const m = hold(PyObject_Repr(i32(self + NAME)));
  const text = `<DirEntry ${asText(i32(m))}>`;
  release(m);
  return PyUnicode_FromString(text);
}
export const dirEntrySpec: RecordSpec = entryType();
function entryType(): RecordSpec {
  const spec = record({
    address: DirEntry_Type,
    name: 'posix.DirEntry',
    refs: ENTRY_REFS,
    words: 1,
    base: false,
    slots: { tp_repr: entry_repr },
    methods: [
      withFollow('is_dir', (self, follow) => PyBool_FromLong(isKind(self, follow, S_IFDIR))),
      withFollow('is_file', (self, follow) => PyBool_FromLong(isKind(self, follow, S_IFREG))),
      {
        name: 'is_symlink',
        flags: METH_NOARGS,
        fn: (self: Ref) => PyBool_FromLong(kindOf(self) === S_IFLNK),
        doc: 'is_symlink($self, /)\n--\n\n',
      },
      {
        name: 'is_junction',
        flags: METH_NOARGS,
        fn: () => PyBool_FromLong(false),
        doc: 'is_junction($self, /)\n--\n\n',
      },
      withFollow('stat', entryStat),
      {
        name: 'inode',
        flags: METH_NOARGS,
        fn: (self: Ref) => Py_NewRef(i32(self + INODE)),
        doc: 'inode($self, /)\n--\n\n',
      },
      {
        name: '__fspath__',
        flags: METH_NOARGS,
        fn: (self: Ref) => Py_NewRef(i32(self + PATH)),
        doc: '__fspath__($self, /)\n--\n\n',
      },
      {
        name: '__class_getitem__',
        flags: METH_O | METH_CLASS,
        fn: (type: Ref, item: Ref) => Py_GenericAlias(type, item),
      },
    ],
    members: [
      {
        name: 'name',
        type: _Py_T_OBJECT,
        offset: NAME,
        flags: Py_READONLY,
        doc: 'the entry\'s base filename, relative to scandir() "path" argument',
      },
      {
        name: 'path',
        type: _Py_T_OBJECT,
        offset: PATH,
        flags: Py_READONLY,
        doc: "the entry's full path name; equivalent to os.path.join(scandir_path, entry.name)",
      },
    ],
  });
  return { ...spec, flags: spec.flags | Py_TPFLAGS_DISALLOW_INSTANTIATION };
}

// ---- the iterator -----------------------------------------------------------------------------------------------------

/** Reference: the entries that are left, last first; 0 once closed. */
const LEFT = REF(0);

function posix_scandir(a: Ref[]): Ref {
  const path = directoryArg(a[0] as Ref, 'scandir');
  const entries = done(hostFs.list(hostPath(path)), path) as readonly HostEntry[];
  const list = PyList_New(0);
  const m = hold(list);
  for (const entry of [...entries].reverse()) {
    const k = hold(newEntry(path, entry));
    PyList_Append(list, i32(k));
    release(k);
  }
  const self = typeAlloc(ScandirIterator_Type, 0);
  setPtr(self + LEFT, list);
  drop(m);
  return self;
}
function scandir_next(self: Ref): Ref {
  const list = i32(self + LEFT);
  if (list === 0) return 0;
  const n = i32(list + 16);
  if (n === 0) {
    Py_CLEAR(self + LEFT);
    return 0;
  }
  setPtr(list + 16, n - 1);
  return i32(i32(list + 24) + ((n - 1) << 3));
}
function scandir_close(self: Ref): Ref {
  Py_CLEAR(self + LEFT);
  return none();
}
export const scandirIteratorSpec: RecordSpec = iteratorType();
function iteratorType(): RecordSpec {
  const spec = record({
    address: ScandirIterator_Type,
    name: 'posix.ScandirIterator',
    refs: 1,
    base: false,
    slots: { tp_iternext: scandir_next },
    methods: [
      { name: '__enter__', flags: METH_NOARGS, fn: (self: Ref) => Py_NewRef(self) },
      { name: '__exit__', flags: METH_VARARGS, fn: scandir_close },
      { name: 'close', flags: METH_NOARGS, fn: scandir_close },
    ],
  });
  return { ...spec, flags: spec.flags | Py_TPFLAGS_DISALLOW_INSTANTIATION };
}

// ---- making, removing, changing -----------------------------------------------------------------------------------------

function posix_mkdir(a: Ref[]): Ref {
  const path = pathArg(a[0] as Ref, { fname: 'mkdir' });
  const mode = a[1] === 0 ? 0o777 : PyLong_AsInt(a[1] as Ref);
  done(hostFs.mkdir(hostPath(path, dirFdArg(a[2] as Ref)), mode), path);
  return none();
}
function posix_rmdir(a: Ref[]): Ref {
  const path = pathArg(a[0] as Ref, { fname: 'rmdir' });
  done(hostFs.rmdir(hostPath(path, dirFdArg(a[1] as Ref))), path);
  return none();
}
function posix_chdir(a: Ref[]): Ref {
  const path = pathArg(a[0] as Ref, { fname: 'chdir', fd: true });
  done(hostFs.chdir(hostPath(path)), path);
  return none();
}
function posix_fchdir(a: Ref[]): Ref {
  const fd = fildes(a[0] as Ref);
  const path = { text: '', object: 0, bytes: false, fd };
  done(hostFs.chdir(hostPath(path)), path);
  return none();
}

/** Two leading slashes mean something else than one; three or more do not. */
function splitRoot(p: string): [string, string] {
  if (!p.startsWith('/')) return ['', p];
  if (p[1] !== '/' || p[2] === '/') return ['/', p.slice(1)];
  return ['//', p.slice(2)];
}
function normalPath(p: string): string {
  const [root, rest] = splitRoot(p);
  const parts: string[] = [];
  for (const part of rest.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..' || (root === '' && (parts.length === 0 || parts.at(-1) === '..'))) parts.push(part);
    else parts.pop();
  }
  return root + parts.join('/') || '.';
}
/** A path argument whose NUL characters are no error, as text; whether it is bytes. */
function looseText(op: Ref, fname: string): { text: string; bytes: boolean } {
  if (PyUnicode_Check(op)) return { text: asText(op), bytes: false };
  if (bufferBytes(op) !== null && typeNameOf(op) === 'bytes')
    return { text: latin(bufferBytes(op) as Uint8Array), bytes: true };
  const { text, bytes } = pathArg(op, { fname });
  return { text, bytes };
}
function latin(data: Uint8Array): string {
  let s = '';
  for (const b of data) s += String.fromCharCode(b);
  return s;
}
function looseObject(text: string, asBytes: boolean): Ref {
  return asBytes ? newBytes(Uint8Array.from(text, (c) => c.charCodeAt(0))) : PyUnicode_FromString(text);
}
function posix_path_normpath(a: Ref[]): Ref {
  const { text, bytes } = looseText(a[0] as Ref, '_path_normpath');
  return looseObject(normalPath(text), bytes);
}
function posix_path_splitroot_ex(a: Ref[]): Ref {
  const { text, bytes } = looseText(a[0] as Ref, '_path_splitroot_ex');
  const parts = ['', ...splitRoot(text)];
  const t = PyTuple_New(3);
  const m = hold(t);
  parts.forEach((part, i) => {
    setPtr(t + 24 + (i << 3), looseObject(part, bytes));
  });
  drop(m);
  return t;
}
import { PyTuple_New } from '../objects/tupleobject.ts';

const k = keywordFunction;
export const posixDirs: readonly MethodSpec[] = [
  k('listdir', '$module, /, path=None', { keywords: ['path'] }, posix_listdir),
  k('scandir', '$module, /, path=None', { keywords: ['path'] }, posix_scandir),
  k(
    'mkdir',
    '$module, /, path, mode=511, *, dir_fd=None',
    { keywords: ['path', 'mode', 'dir_fd'], required: 1, kwonly: 1 },
    posix_mkdir,
  ),
  k('rmdir', '$module, /, path, *, dir_fd=None', { keywords: ['path', 'dir_fd'], required: 1, kwonly: 1 }, posix_rmdir),
  k('chdir', '$module, /, path', { keywords: ['path'], required: 1 }, posix_chdir),
  k('fchdir', '$module, /, fd', { keywords: ['fd'], required: 1 }, posix_fchdir),
  k('_path_normpath', '$module, /, path', { keywords: ['path'], required: 1 }, posix_path_normpath),
  k('_path_splitroot_ex', '$module, /, path', { keywords: ['path'], required: 1 }, posix_path_splitroot_ex),
  {
    name: 'getcwd',
    flags: METH_NOARGS,
    fn: () => PyUnicode_FromString(hostFs.cwd()),
    doc: 'getcwd($module, /)\n--\n\n',
  },
  { name: 'getcwdb', flags: METH_NOARGS, fn: () => pathObject(hostFs.cwd(), true), doc: 'getcwdb($module, /)\n--\n\n' },
];
