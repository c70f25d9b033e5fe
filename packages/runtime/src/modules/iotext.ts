/**
 * TextIOWrapper. Mirrors Modules/_io/textio.c in what programs see; inside, what was read ahead stays bytes and is
 * decoded line by line, so that tell() needs no decoder states.
 *
 *   +32 buffer  +40 encoding  +48 errors  +56 pending: 0, a str, bytes or a list of them  +64 their bytes  +68 flags
 *   +72 read-ahead bytes (PyMem)  +80 its size  +84 pos  +88 end  +92 newline mode  +96 kind of encoding  +100 line ends seen
 */
import { METH_FASTCALL, METH_KEYWORDS, METH_NOARGS, METH_O, Py_ID } from '@moult/abi';
import { hooks } from '../hooks.ts';
import { bytes, i32, setI32, setPtr } from '../memory/linear.ts';
import { PyMem_Free } from '../memory/obmalloc.ts';
import { PyNumber_AsSsize_t } from '../objects/abstract.ts';
import { _PyArg_BadArgument, unpackKeywords, unpackTupleAndDict } from '../objects/args.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { callMethod } from '../objects/call.ts';
import { encodeText, nativeCodec } from '../objects/codecs.ts';
import {
  catchPending,
  PyErr_Clear,
  PyErr_GetRaisedException,
  PyErr_SetRaisedException,
  raise,
} from '../objects/errors.ts';
import { PyList_Append, PyList_GET_ITEM, PyList_ITEM, PyList_New } from '../objects/listobject.ts';
import { PyLong_AsInt, PyLong_AsSsize_t, PyLong_FromLong } from '../objects/longobject.ts';
import {
  hold,
  nativeMark,
  drop,
  PyBytes_Check,
  PyUnicode_Check,
  Py_DECREF,
  Py_NewRef,
  type Ref,
  release,
  typeNameOf,
} from '../objects/object.ts';
import { PyObject_GetAttr, PyObject_GetOptionalAttr, PyObject_IsTrue, PyObject_Repr } from '../objects/objectattr.ts';
import type { TypeSpec } from '../objects/spec.ts';
import {
  BufferedRandom_Type,
  BufferedReader_Type,
  BufferedWriter_Type,
  PyExc_LookupError,
  PyExc_OSError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyList_Type,
  Py_None,
  TextIOBase_Type,
  TextIOWrapper_Type,
} from '../objects/static.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';
import { typeAlloc } from '../objects/typealloc.ts';
import {
  asText,
  PyUnicode_DATA,
  PyUnicode_FromString,
  PyUnicode_GET_LENGTH,
  PyUnicode_IS_ASCII,
  PyUnicode_InternFromString,
} from '../objects/unicodeobject.ts';
import { none } from './builtinfuncs.ts';
import { newBytes } from './buffers.ts';
import { bufferedWrite } from './iobuffered.ts';
import {
  callNamed,
  closedError,
  dictGetSet,
  ioSlots,
  IO_FLAGS,
  truthOfAttr,
  truthOfCall,
  unsupported,
} from './iobase.ts';
import { dropAhead, textiowrapper_iternext, textiowrapper_read, textiowrapper_readline } from './iotextread.ts';
import {
  AHEAD,
  ASCII,
  BUFFER,
  CHUNK,
  CR,
  ENCODING,
  END,
  ERRORS,
  FLAGS,
  KIND,
  LATIN1,
  LINE_BUFFERING,
  NEWLINE,
  OK,
  OTHER,
  POS,
  SEEKABLE,
  SEEN,
  TELLING,
  TRANSCODED,
  UNIVERSAL,
  UTF8,
  WAITING,
  WAITING_BYTES,
  WRITE_THROUGH,
  has,
  setFlag,
} from './iotextfields.ts';

function newlineMode(op: Ref): number {
  if (op === 0 || op === Py_None) return UNIVERSAL;
  if (!PyUnicode_Check(op))
    raise(PyExc_TypeError, `TextIOWrapper() argument 'newline' must be str or None, not ${typeNameOf(op)}`);
  const s = asText(op);
  const mode = ['', '\n', '\r', '\r\n'].indexOf(s);
  if (mode < 0) raise(PyExc_ValueError, `illegal newline value: ${s}`);
  return mode + 1;
}
function kindOf(encoding: string): number {
  const name = encoding.toLowerCase().replace(/[_ ]/g, '-');
  if (name === 'utf-8' || name === 'utf8') return UTF8;
  if (name === 'ascii' || name === 'us-ascii') return ASCII;
  if (name === 'latin-1' || name === 'latin1' || name === 'iso-8859-1' || name === 'iso8859-1') return LATIN1;
  return OTHER;
}
export interface TextOptions {
  readonly encoding: string;
  readonly errors: string;
  readonly newline: number;
  readonly lineBuffering: boolean;
  readonly writeThrough: boolean;
}
function init(self: Ref, buffer: Ref, o: TextOptions): void {
  if (nativeCodec(o.encoding) === null) raise(PyExc_LookupError, `unknown encoding: ${o.encoding}`);
  const set = (slot: number, value: Ref): void => {
    const old = i32(self + slot);
    setPtr(self + slot, value);
    if (old !== 0) Py_DECREF(old);
  };
  set(ENCODING, PyUnicode_InternFromString(o.encoding));
  set(ERRORS, PyUnicode_InternFromString(o.errors));
  set(BUFFER, Py_NewRef(buffer));
  setI32(self + NEWLINE, o.newline);
  setI32(self + KIND, kindOf(o.encoding));
  setI32(self + FLAGS, OK | TELLING | (o.lineBuffering ? LINE_BUFFERING : 0) | (o.writeThrough ? WRITE_THROUGH : 0));
  setFlag(self, SEEKABLE, truthOfCall(buffer, 'seekable'));
}
function textiowrapper_init(self: Ref, args: Ref, kwds: Ref): void {
  setI32(self + FLAGS, 0);
  const a = unpackTupleAndDict(args, kwds, {
    fname: 'TextIOWrapper',
    keywords: ['buffer', 'encoding', 'errors', 'newline', 'line_buffering', 'write_through'],
    required: 1,
  });
  init(self, a[0] as Ref, {
    encoding: encodingOf(a[1] as Ref, 'TextIOWrapper', 'encoding', 'UTF-8'),
    errors: encodingOf(a[2] as Ref, 'TextIOWrapper', 'errors', 'strict'),
    newline: newlineMode(a[3] as Ref),
    lineBuffering: a[4] !== 0 && PyObject_IsTrue(a[4] as Ref),
    writeThrough: a[5] !== 0 && PyObject_IsTrue(a[5] as Ref),
  });
}
export function encodingOf(op: Ref, who: string, what: string, fallback: string): string {
  if (op === 0 || op === Py_None) return fallback;
  if (!PyUnicode_Check(op)) _PyArg_BadArgument(who, `argument '${what}'`, 'str or None', op);
  const s = asText(op);
  if (s === 'locale') return 'UTF-8';
  return s;
}
export function newTextWrapper(buffer: Ref, o: TextOptions): Ref {
  const self = typeAlloc(TextIOWrapper_Type, 0);
  const m = hold(self);
  init(self, buffer, o);
  drop(m);
  return self;
}
export function newlineOption(op: Ref): number {
  return newlineMode(op);
}
function bufferOf(self: Ref): Ref {
  if (!has(self, OK))
    raise(
      PyExc_ValueError,
      i32(self + BUFFER) === 0 && i32(self + ENCODING) !== 0
        ? 'underlying buffer has been detached'
        : 'I/O operation on uninitialized object',
    );
  return i32(self + BUFFER);
}
function isClosed(self: Ref): boolean {
  const buffer = bufferOf(self);
  const type = i32(buffer + 8);
  if (type === BufferedWriter_Type || type === BufferedReader_Type || type === BufferedRandom_Type) {
    const raw = i32(buffer + 32);
    if (raw !== 0 && i32(raw + 8) === FileIO_Type) return i32(raw + 32) < 0;
  }
  return truthOfAttr(buffer, 'closed');
}
import { FileIO_Type } from '../objects/static.ts';

declare const __TRACE__: boolean;
export function checkOpen(self: Ref): void {
  if (isClosed(self)) closedError();
}

// ---- writing ------------------------------------------------------------------------------------------------------------

export function writeflush(self: Ref): void {
  const pending = i32(self + WAITING);
  if (pending === 0) return;
  const data = new Uint8Array(i32(self + WAITING_BYTES));
  let at = 0;
  const put = (op: Ref): void => {
    const [p, n] = PyBytes_Check(op) ? [op + 32, i32(op + 16)] : [PyUnicode_DATA(op), PyUnicode_GET_LENGTH(op)];
    data.set(bytes.subarray(p, p + n), at);
    at += n;
  };
  if (i32(pending + 8) === PyList_Type) {
    for (let i = 0; i < i32(pending + 16); i++) put(PyList_GET_ITEM(pending, i));
  } else put(pending);
  setI32(self + WAITING_BYTES, 0);
  setPtr(self + WAITING, 0);
  Py_DECREF(pending);
  writeToBuffer(self, data);
}
function writeToBuffer(self: Ref, data: Uint8Array): void {
  const buffer = i32(self + BUFFER);
  const type = i32(buffer + 8);
  if (type === BufferedWriter_Type || type === BufferedRandom_Type) {
    bufferedWrite(buffer, data);
    return;
  }
  const m = hold(newBytes(data));
  hold(callMethod(buffer, Py_ID.write, i32(m)));
  release(m);
}
function textiowrapper_write(self: Ref, op: Ref): Ref {
  if (!PyUnicode_Check(op))
    raise(PyExc_TypeError, `write() argument must be str, not ${op === Py_None ? 'None' : typeNameOf(op)}`);
  checkOpen(self);
  if (__TRACE__) hooks.printed(self, op);
  const n = PyUnicode_GET_LENGTH(op);
  const mode = i32(self + NEWLINE);
  // text of bytes that the encoding leaves as they are waits as it is
  if (PyUnicode_IS_ASCII(op) && i32(self + KIND) !== OTHER && mode < CR) {
    const p = PyUnicode_DATA(op);
    const data = bytes.subarray(p, p + n);
    const flush = endsLine(self, data);
    addPending(self, Py_NewRef(op), n);
    afterWrite(self, flush);
  } else {
    let text = op;
    const m = hold(0);
    if (mode >= CR) {
      const s = asText(op);
      if (s.includes('\n')) {
        text = PyUnicode_FromString(s.replaceAll('\n', mode === CR ? '\r' : '\r\n'));
        hold(text);
      }
    }
    const data = encodeText(text, asText(i32(self + ENCODING)), asText(i32(self + ERRORS)));
    release(m);
    addPending(self, newBytes(data), data.length);
    afterWrite(self, endsLine(self, data));
  }
  return PyLong_FromLong(n);
}
function endsLine(self: Ref, data: Uint8Array): boolean {
  return has(self, LINE_BUFFERING) && (data.includes(10) || data.includes(13));
}
function afterWrite(self: Ref, lineFlush: boolean): void {
  if (lineFlush || has(self, WRITE_THROUGH) || i32(self + WAITING_BYTES) >= CHUNK) writeflush(self);
  if (lineFlush) Py_DECREF(callMethod(i32(self + BUFFER), Py_ID.flush));
  if (i32(self + END) !== 0) dropAhead(self);
}
/** Takes `b`, a str or bytes of n bytes, over. */
function addPending(self: Ref, b: Ref, n: number): void {
  const m = hold(b);
  if (n >= CHUNK) while (i32(self + WAITING) !== 0) writeflush(self);
  const pending = i32(self + WAITING);
  if (pending === 0) {
    setPtr(self + WAITING, b);
    drop(m);
  } else if (i32(pending + 8) === PyList_Type) {
    PyList_Append(pending, b);
    release(m);
  } else {
    const list = PyList_New(2);
    setPtr(PyList_ITEM(list, 0), pending);
    setPtr(PyList_ITEM(list, 1), b);
    setPtr(self + WAITING, list);
    drop(m);
  }
  setI32(self + WAITING_BYTES, i32(self + WAITING_BYTES) + n);
}
function textiowrapper_flush(self: Ref): Ref {
  checkOpen(self);
  setFlag(self, TELLING, true);
  writeflush(self);
  return callMethod(i32(self + BUFFER), Py_ID.flush);
}

// ---- position, closing --------------------------------------------------------------------------------------------------------

function textiowrapper_tell(self: Ref): Ref {
  checkOpen(self);
  if (!has(self, SEEKABLE)) unsupported('underlying stream is not seekable');
  if (!has(self, TELLING)) raise(PyExc_OSError, 'telling position disabled by next() call');
  writeflush(self);
  Py_DECREF(callMethod(self, Py_ID.flush));
  const m = hold(callNamed(i32(self + BUFFER), 'tell'));
  const pos = PyLong_AsSsize_t(i32(m));
  release(m);
  const ahead = i32(self + END) - i32(self + POS);
  if (ahead > 0 && has(self, TRANSCODED))
    unsupported(`tell() within text of encoding ${asText(i32(self + ENCODING))} is not implemented`);
  return PyLong_FromLong(pos - ahead);
}
function textiowrapper_seek(self: Ref, args: number, nargs: number): Ref {
  const whence = nargs > 1 ? PyLong_AsInt(i32(args + 8)) : 0;
  checkOpen(self);
  if (!has(self, SEEKABLE)) unsupported('underlying stream is not seekable');
  let target = PyNumber_AsSsize_t(i32(args), 0);
  if (whence === 1) {
    if (target !== 0) unsupported("can't do nonzero cur-relative seeks");
    const m = hold(textiowrapper_tell(self));
    target = PyLong_AsSsize_t(i32(m));
    release(m);
  } else if (whence === 2) {
    if (target !== 0) unsupported("can't do nonzero end-relative seeks");
  } else if (whence !== 0) raise(PyExc_ValueError, `invalid whence (${whence}, should be 0, 1 or 2)`);
  if (target < 0) raise(PyExc_ValueError, `negative seek position ${target}`);
  Py_DECREF(callMethod(self, Py_ID.flush));
  dropAhead(self);
  const m = hold(PyLong_FromLong(target));
  const w = hold(PyLong_FromLong(whence === 2 ? 2 : 0));
  const res = callNamed(i32(self + BUFFER), 'seek', i32(m), i32(w));
  release(m);
  setFlag(self, TELLING, true);
  return res;
}
function textiowrapper_truncate(self: Ref, args: number, nargs: number): Ref {
  Py_DECREF(callMethod(self, Py_ID.flush));
  return nargs === 0 ? callNamed(i32(self + BUFFER), 'truncate') : callNamed(i32(self + BUFFER), 'truncate', i32(args));
}
function textiowrapper_close(self: Ref): Ref {
  const buffer = bufferOf(self);
  if (truthOfAttr(buffer, 'closed')) return none();
  const mark = nativeMark();
  try {
    Py_DECREF(callMethod(self, Py_ID.flush));
  } catch (e) {
    catchPending(e, mark);
    const exc = PyErr_GetRaisedException();
    const m = hold(exc);
    try {
      Py_DECREF(callMethod(buffer, Py_ID.close));
    } catch (again) {
      catchPending(again, m + 8);
      PyErr_Clear();
    }
    drop(m);
    PyErr_SetRaisedException(exc);
    throw e;
  }
  return callMethod(buffer, Py_ID.close);
}
function textiowrapper_detach(self: Ref): Ref {
  const buffer = bufferOf(self);
  Py_DECREF(callMethod(self, Py_ID.flush));
  setPtr(self + BUFFER, 0);
  setFlag(self, OK, false);
  return buffer;
}
function textiowrapper_reconfigure(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const a = unpackKeywords(args, nargs, kwnames, {
    fname: 'reconfigure',
    keywords: ['encoding', 'errors', 'newline', 'line_buffering', 'write_through'],
    kwonly: 5,
  });
  Py_DECREF(callMethod(self, Py_ID.flush));
  const encoding = encodingOf(a[0] as Ref, 'reconfigure', 'encoding', asText(i32(self + ENCODING)));
  const errors = encodingOf(
    a[1] as Ref,
    'reconfigure',
    'errors',
    a[0] === 0 || a[0] === Py_None ? asText(i32(self + ERRORS)) : 'strict',
  );
  init(self, i32(self + BUFFER), {
    encoding,
    errors,
    newline: a[2] === 0 ? i32(self + NEWLINE) : newlineMode(a[2] as Ref),
    lineBuffering: a[3] === 0 || a[3] === Py_None ? has(self, LINE_BUFFERING) : PyObject_IsTrue(a[3] as Ref),
    writeThrough: a[4] === 0 || a[4] === Py_None ? has(self, WRITE_THROUGH) : PyObject_IsTrue(a[4] as Ref),
  });
  return none();
}
function textiowrapper_repr(self: Ref): Ref {
  let s = '<_io.TextIOWrapper';
  const m = hold(0);
  const name = PyObject_GetOptionalAttr(self, Py_ID.name);
  if (name !== 0) {
    hold(name);
    const r = hold(PyObject_Repr(name));
    s += ` name=${asText(i32(r))}`;
  }
  const mode = PyObject_GetOptionalAttr(self, Py_ID.mode);
  if (mode !== 0) {
    hold(mode);
    const r = hold(PyObject_Repr(mode));
    s += ` mode=${asText(i32(r))}`;
  }
  release(m);
  return PyUnicode_FromString(`${s} encoding='${asText(i32(self + ENCODING))}'>`);
}
function newlinesSeen(self: Ref): Ref {
  const seen = i32(self + SEEN);
  const ends = ['\r', '\n', '\r\n'].filter((_, i) => (seen & (1 << i)) !== 0);
  if (ends.length === 0) return none();
  if (ends.length === 1) return PyUnicode_FromString(ends[0] as string);
  const t = PyTuple_New(ends.length);
  const m = hold(t);
  ends.forEach((s, i) => {
    setPtr(t + 24 + (i << 3), PyUnicode_FromString(s));
  });
  drop(m);
  return t;
}
function freeBlocks(self: Ref): void {
  const ahead = i32(self + AHEAD);
  setPtr(self + AHEAD, 0);
  if (ahead !== 0) PyMem_Free(ahead);
  setI32(self + WAITING_BYTES, 0);
  dropAhead(self);
}
const forward = (name: string) =>
  function text_forward(self: Ref): Ref {
    return callNamed(bufferOf(self), name);
  };
const attribute = (name: string) =>
  function text_attribute(self: Ref): Ref {
    const m = hold(PyUnicode_InternFromString(name));
    const v = PyObject_GetAttr(bufferOf(self), i32(m));
    release(m);
    return v;
  };
const ref = (slot: number) =>
  function text_ref(self: Ref): Ref {
    return i32(self + slot) === 0 ? none() : Py_NewRef(i32(self + slot));
  };

export const textWrapperSpec: TypeSpec = {
  address: TextIOWrapper_Type,
  name: '_io.TextIOWrapper',
  basicsize: 104,
  flags: IO_FLAGS,
  base: TextIOBase_Type,
  dictoffset: 16,
  weaklistoffset: 24,
  doc: 'Character and line based layer over a BufferedIOBase object, buffer.',
  slots: {
    ...ioSlots([BUFFER, ENCODING, ERRORS, WAITING], freeBlocks),
    tp_init: textiowrapper_init,
    tp_repr: textiowrapper_repr,
    tp_iternext: textiowrapper_iternext,
  },
  methods: [
    { name: 'detach', flags: METH_NOARGS, fn: textiowrapper_detach },
    { name: 'reconfigure', flags: METH_FASTCALL | METH_KEYWORDS, fn: textiowrapper_reconfigure },
    { name: 'write', flags: METH_O, fn: textiowrapper_write },
    { name: 'read', flags: METH_FASTCALL, fn: textiowrapper_read },
    { name: 'readline', flags: METH_FASTCALL, fn: textiowrapper_readline },
    { name: 'flush', flags: METH_NOARGS, fn: textiowrapper_flush },
    { name: 'close', flags: METH_NOARGS, fn: textiowrapper_close },
    ...['fileno', 'seekable', 'readable', 'writable', 'isatty'].map((name) => ({
      name,
      flags: METH_NOARGS,
      fn: forward(name),
    })),
    { name: 'seek', flags: METH_FASTCALL, fn: textiowrapper_seek },
    { name: 'tell', flags: METH_NOARGS, fn: textiowrapper_tell },
    { name: 'truncate', flags: METH_FASTCALL, fn: textiowrapper_truncate },
  ],
  getset: [
    dictGetSet,
    { name: 'name', get: attribute('name') },
    { name: 'closed', get: attribute('closed') },
    { name: 'buffer', get: ref(BUFFER) },
    { name: 'encoding', get: ref(ENCODING) },
    { name: 'errors', get: ref(ERRORS) },
    { name: 'newlines', get: newlinesSeen },
    { name: 'line_buffering', get: (self: Ref) => PyBool_FromLong(has(self, LINE_BUFFERING)) },
    { name: 'write_through', get: (self: Ref) => PyBool_FromLong(has(self, WRITE_THROUGH)) },
    { name: '_CHUNK_SIZE', get: () => PyLong_FromLong(CHUNK) },
  ],
};
