/** open(), the standard streams, and the module `_io`. Mirrors Modules/_io/_iomodule.c and create_stdio of Python/pylifecycle.c. */
import { METH_FASTCALL, METH_KEYWORDS, METH_O } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { PyNumber_Check } from '../objects/abstract.ts';
import { _PyArg_BadArgument, unpackKeywords } from '../objects/args.ts';
import { callFunction } from '../objects/call.ts';
import { PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import { raise } from '../objects/errors.ts';
import { PyLong_AsInt, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { drop, hold, PyUnicode_Check, Py_NewRef, type Ref, release } from '../objects/object.ts';
import { PyObject_IsTrue, PyObject_SetAttrString } from '../objects/objectattr.ts';
import {
  BufferedIOBase_Type,
  BufferedRandom_Type,
  BufferedReader_Type,
  BufferedWriter_Type,
  BytesIO_Type,
  FileIO_Type,
  IncrementalNewlineDecoder_Type,
  IOBase_Type,
  PyExc_BlockingIOError,
  PyExc_OSError,
  PyExc_ValueError,
  PyType_Type,
  Py_None,
  RawIOBase_Type,
  StringIO_Type,
  TextIOBase_Type,
  TextIOWrapper_Type,
} from '../objects/static.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { hostIo } from './hostio.ts';
import { DEFAULT_BUFFER_SIZE, newBuffered } from './iobuffered.ts';
import { BufferedRWPair_Type } from './types.ts';
import { newFileIO } from './iofile.ts';
import { encodingOf, newlineOption, newTextWrapper } from './iotext.ts';
import { fsPath } from './paths.ts';
import { type ModuleSpec, setStolen } from './spec.ts';
import { interpreterDict } from './sysstate.ts';
import { PyObject_Repr } from '../objects/objectattr.ts';

function io_open(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const a = unpackKeywords(args, nargs, kwnames, {
    fname: 'open',
    keywords: ['file', 'mode', 'buffering', 'encoding', 'errors', 'newline', 'closefd', 'opener'],
    required: 1,
  });
  const file = a[0] as Ref;
  if (a[1] !== 0 && !PyUnicode_Check(a[1] as Ref)) _PyArg_BadArgument('open', "argument 'mode'", 'str', a[1] as Ref);
  const mode = a[1] === 0 ? 'r' : asText(a[1] as Ref);
  let buffering = a[2] === 0 ? -1 : PyLong_AsInt(a[2] as Ref);
  const given = (i: number): boolean => a[i] !== 0 && a[i] !== Py_None;
  for (const i of [3, 4, 5]) {
    if (given(i) && !PyUnicode_Check(a[i] as Ref)) {
      _PyArg_BadArgument('open', `argument '${['encoding', 'errors', 'newline'][i - 3]}'`, 'str or None', a[i] as Ref);
    }
  }
  const closefd = a[6] === 0 || PyObject_IsTrue(a[6] as Ref);
  const opener = a[7] === 0 ? Py_None : (a[7] as Ref);
  const m = hold(0);
  let path = file;
  if (!PyNumber_Check(file)) {
    path = fsPath(file);
    setPtr(m, path);
  }
  const letters = new Set(mode);
  if (letters.size !== mode.length || /[^xrwabt+]/.test(mode)) raise(PyExc_ValueError, `invalid mode: ${reprOf(mode)}`);
  const text = letters.has('t');
  const binary = letters.has('b');
  const kinds = ['x', 'r', 'w', 'a'].filter((c) => letters.has(c));
  if (text && binary) raise(PyExc_ValueError, "can't have text and binary mode at once");
  if (kinds.length > 1) raise(PyExc_ValueError, 'must have exactly one of create/read/write/append mode');
  if (binary && given(3)) raise(PyExc_ValueError, "binary mode doesn't take an encoding argument");
  if (binary && given(4)) raise(PyExc_ValueError, "binary mode doesn't take an errors argument");
  if (binary && given(5)) raise(PyExc_ValueError, "binary mode doesn't take a newline argument");
  if (kinds.length === 0)
    raise(PyExc_ValueError, 'Must have exactly one of create/read/write/append mode and at most one plus');
  const updating = letters.has('+');
  let result = newFileIO(path, (kinds[0] as string) + (updating ? '+' : ''), closefd, opener);
  hold(result);
  const tty = buffering < 0 && hostIo.isatty(i32(result + 32));
  let lineBuffering = false;
  if (buffering === 1 && !binary) {
    buffering = -1;
    lineBuffering = true;
  } else if (tty) lineBuffering = true;
  if (buffering < 0 || (buffering === 1 && binary)) buffering = DEFAULT_BUFFER_SIZE;
  if (buffering === 0) {
    if (!binary) raise(PyExc_ValueError, "can't have unbuffered text I/O");
  } else {
    const type = updating ? BufferedRandom_Type : kinds[0] === 'r' ? BufferedReader_Type : BufferedWriter_Type;
    result = newBuffered(type, result, buffering);
    hold(result);
    if (!binary) {
      result = newTextWrapper(result, {
        encoding: encodingOf(a[3] as Ref, 'open', 'encoding', 'UTF-8'),
        errors: encodingOf(a[4] as Ref, 'open', 'errors', 'strict'),
        newline: newlineOption(a[5] as Ref),
        lineBuffering,
        writeThrough: false,
      });
      hold(result);
      const name = hold(PyUnicode_FromString(mode));
      PyObject_SetAttrString(result, 'mode', i32(name));
    }
  }
  Py_NewRef(result);
  release(m);
  return result;
}
function reprOf(text: string): string {
  const m = hold(PyUnicode_FromString(text));
  hold(PyObject_Repr(i32(m)));
  const s = asText(i32(m + 8));
  release(m);
  return s;
}
function io_open_code(_m: Ref, path: Ref): Ref {
  const m = hold(PyUnicode_InternFromString('rb'));
  const res = callFunction(i32(hold(openFunction())), path, i32(m));
  release(m);
  return res;
}
function openFunction(): Ref {
  return Py_NewRef(PyDict_GetItemString(i32(INTERP + PyInterpreterState.builtins), 'open'));
}
import { PyDict_GetItemString } from '../objects/dictobject.ts';
import { INTERP } from '../objects/runtime.ts';
import { PyInterpreterState } from '@moult/abi';
function io_text_encoding(_m: Ref, args: number, nargs: number): Ref {
  if (nargs > 0 && i32(args) !== Py_None) return Py_NewRef(i32(args));
  return PyUnicode_InternFromString('locale');
}

/** class UnsupportedOperation(OSError, ValueError), kept for the whole process. */
function makeUnsupportedOperation(): void {
  const bases = PyTuple_New(2);
  const m = hold(bases);
  setPtr(bases + 24, Py_NewRef(PyExc_OSError));
  setPtr(bases + 32, Py_NewRef(PyExc_ValueError));
  const ns = PyDict_New();
  hold(ns);
  setStolen(ns, '__module__', PyUnicode_InternFromString('io'));
  hold(PyUnicode_InternFromString('UnsupportedOperation'));
  const type = callFunction(PyType_Type, i32(m + 16), bases, ns);
  hold(type);
  PyDict_SetItemString(interpreterDict(), 'io.UnsupportedOperation', type);
  release(m);
}

export const ioSpec: ModuleSpec = {
  name: '_io',
  methods: [
    {
      name: 'open',
      flags: METH_FASTCALL | METH_KEYWORDS,
      fn: io_open,
      doc: "open($module, /, file, mode='r', buffering=-1, encoding=None,\n     errors=None, newline=None, closefd=True, opener=None)\n--\n\nOpen file and return a stream.  Raise OSError upon failure.",
    },
    { name: 'text_encoding', flags: METH_FASTCALL, fn: io_text_encoding },
    { name: 'open_code', flags: METH_O, fn: io_open_code },
  ],
  exec(module: Ref): void {
    const d = PyModule_GetDict(module);
    setStolen(d, 'DEFAULT_BUFFER_SIZE', PyLong_FromLong(DEFAULT_BUFFER_SIZE));
    if (PyDict_GetItemString(interpreterDict(), 'io.UnsupportedOperation') === 0) makeUnsupportedOperation();
    PyDict_SetItemString(d, 'UnsupportedOperation', PyDict_GetItemString(interpreterDict(), 'io.UnsupportedOperation'));
    PyDict_SetItemString(d, 'BlockingIOError', PyExc_BlockingIOError);
    const types: [string, Ref][] = [
      ['_IOBase', IOBase_Type],
      ['_RawIOBase', RawIOBase_Type],
      ['_BufferedIOBase', BufferedIOBase_Type],
      ['_TextIOBase', TextIOBase_Type],
      ['FileIO', FileIO_Type],
      ['BytesIO', BytesIO_Type],
      ['StringIO', StringIO_Type],
      ['BufferedReader', BufferedReader_Type],
      ['BufferedWriter', BufferedWriter_Type],
      ['BufferedRandom', BufferedRandom_Type],
      ['TextIOWrapper', TextIOWrapper_Type],
      ['BufferedRWPair', BufferedRWPair_Type],
      ['IncrementalNewlineDecoder', IncrementalNewlineDecoder_Type],
    ];
    for (const [name, type] of types) PyDict_SetItemString(d, name, type);
  },
};

/** A standard stream, a new reference; None when the host has no such descriptor. */
export function createStdio(fd: number, name: string, write: boolean, errors: string, unbuffered: boolean): Ref {
  if (typeof hostIo.stat(fd) === 'number') return Py_NewRef(Py_None);
  const m = hold(PyLong_FromLong(fd));
  const raw = newFileIO(i32(m), write ? 'wb' : 'rb', false, Py_None);
  hold(raw);
  const label = hold(PyUnicode_InternFromString(name));
  PyObject_SetAttrString(raw, 'name', i32(label));
  let buffer = raw;
  if (!(unbuffered && write)) {
    buffer = newBuffered(write ? BufferedWriter_Type : BufferedReader_Type, raw, DEFAULT_BUFFER_SIZE);
    hold(buffer);
  }
  const stream = newTextWrapper(buffer, {
    encoding: 'utf-8',
    errors,
    newline: 2,
    lineBuffering: !(unbuffered && write) && (hostIo.isatty(fd) || fd === 2),
    writeThrough: unbuffered && write,
  });
  const s = hold(stream);
  const mode = hold(PyUnicode_InternFromString(write ? 'w' : 'r'));
  PyObject_SetAttrString(stream, 'mode', i32(mode));
  release(mode);
  drop(s);
  release(m);
  return stream;
}
