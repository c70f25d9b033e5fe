/**
 * TextIOWrapper. Mirrors Modules/_io/textio.c in what programs see; inside, what was read ahead stays bytes and is
 * decoded line by line, so that tell() needs no decoder states.
 *
 *   +32 buffer  +40 encoding  +48 errors  +56 pending: 0, a str, bytes or a list of them  +64 their bytes  +68 flags
 *   +72 read-ahead bytes (PyMem)  +80 its size  +84 pos  +88 end  +92 newline mode  +96 kind of encoding  +100 line ends seen
 */
import { METH_FASTCALL, METH_KEYWORDS, METH_NOARGS, METH_O, Py_ID } from '@moult/abi';
import { bytes, i32, setI32, setPtr } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import { PyNumber_AsSsize_t } from '../objects/abstract.ts';
import { _PyArg_BadArgument, unpackKeywords, unpackTupleAndDict } from '../objects/args.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { callMethod } from '../objects/call.ts';
import { encodeText, nativeCodec, PyUnicode_Decode } from '../objects/codecs.ts';
import {
  catchPending,
  PyErr_Clear,
  PyErr_GetRaisedException,
  PyErr_NoMemory,
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
import { encodeUtf8 } from '../objects/stderr.ts';
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
import { bufferBytes, decodeUtf8, newBytes, sequenceLength } from './buffers.ts';
import { bufferedRead, bufferedRead1, bufferedWrite } from './iobuffered.ts';
import {
  callNamed,
  closedError,
  dictGetSet,
  ioSlots,
  IO_FLAGS,
  sizeArgument,
  truthOfAttr,
  truthOfCall,
  unsupported,
} from './iobase.ts';

const BUFFER = 32;
const ENCODING = 40;
const ERRORS = 48;
const WAITING = 56;
const WAITING_BYTES = 64;
const FLAGS = 68;
const AHEAD = 72;
const AHEAD_SIZE = 80;
const POS = 84;
const END = 88;
const NEWLINE = 92;
const KIND = 96;
const SEEN = 100;
/** Flags. */
const OK = 1;
const LINE_BUFFERING = 2;
const WRITE_THROUGH = 4;
const SEEKABLE = 8;
const TELLING = 16;
const TRANSCODED = 32;
/** Newline modes: universal with translation, '' universal without, then the one end of lines. */
const UNIVERSAL = 0;
const KEEP = 1;
const LF = 2;
const CR = 3;
const CRLF = 4;
/** Kinds of encodings. */
const UTF8 = 0;
const ASCII = 1;
const LATIN1 = 2;
const OTHER = 3;
const CHUNK = 8192;

const has = (self: Ref, flag: number): boolean => (i32(self + FLAGS) & flag) !== 0;
function setFlag(self: Ref, flag: number, on: boolean): void {
  setI32(self + FLAGS, on ? i32(self + FLAGS) | flag : i32(self + FLAGS) & ~flag);
}
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
function checkOpen(self: Ref): void {
  if (isClosed(self)) closedError();
}

// ---- writing ------------------------------------------------------------------------------------------------------------

function writeflush(self: Ref): void {
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

// ---- reading --------------------------------------------------------------------------------------------------------------

function dropAhead(self: Ref): void {
  setI32(self + POS, 0);
  setI32(self + END, 0);
}
function append(self: Ref, data: Uint8Array): void {
  const pos = i32(self + POS);
  const left = i32(self + END) - pos;
  let block = i32(self + AHEAD);
  const need = left + data.length;
  if (need > i32(self + AHEAD_SIZE)) {
    const size = Math.max(CHUNK, need * 2);
    const fresh = PyMem_Malloc(size);
    if (fresh === 0) PyErr_NoMemory();
    bytes.copyWithin(fresh, block + pos, block + pos + left);
    if (block !== 0) PyMem_Free(block);
    setPtr(self + AHEAD, fresh);
    setI32(self + AHEAD_SIZE, size);
    block = fresh;
  } else if (pos > 0) bytes.copyWithin(block, block + pos, block + pos + left);
  bytes.set(data, block + left);
  setI32(self + POS, 0);
  setI32(self + END, need);
}
function readBuffer(self: Ref, n: number, whole: boolean): Uint8Array {
  const buffer = i32(self + BUFFER);
  const type = i32(buffer + 8);
  if (type === BufferedReader_Type || type === BufferedRandom_Type)
    return whole ? bufferedRead(buffer, -1) : bufferedRead1(buffer, n);
  const m = hold(PyLong_FromLong(whole ? -1 : n));
  const read1 = hold(PyUnicode_InternFromString(whole ? 'read' : 'read1'));
  const data = callMethod(buffer, i32(read1), i32(m));
  hold(data);
  const out = bufferBytes(data);
  if (out === null)
    raise(
      PyExc_TypeError,
      `underlying ${whole ? 'read' : 'read1'}() should have returned a bytes-like object, not '${typeNameOf(data)}'`,
    );
  release(m);
  return out;
}
/** Reads a chunk ahead; false at the end of the file. */
function fill(self: Ref): boolean {
  const kind = i32(self + KIND);
  if (kind === OTHER) {
    const data = readBuffer(self, -1, true);
    if (data.length === 0) return false;
    transcode(self, data);
    return true;
  }
  const data = readBuffer(self, CHUNK, false);
  if (data.length === 0) return false;
  append(self, data);
  if (!has(self, TRANSCODED)) validate(self);
  return true;
}
/** Decodes everything by the codec and keeps it as UTF-8 from now on. */
function transcode(self: Ref, data: Uint8Array): void {
  const m = hold(newBytes(data));
  hold(PyUnicode_Decode(i32(m) + 32, data.length, asText(i32(self + ENCODING)), asText(i32(self + ERRORS))));
  const text = asText(i32(m + 8));
  release(m);
  setFlag(self, TRANSCODED, true);
  append(self, encodeUtf8(text));
}
/** Bytes that do not decode: with errors='strict' raises at once, as decoding the chunk does; otherwise transcodes. */
function validate(self: Ref): void {
  const kind = i32(self + KIND);
  if (kind === LATIN1) return;
  const start = i32(self + AHEAD) + i32(self + POS);
  const n = i32(self + END) - i32(self + POS);
  const data = bytes.subarray(start, start + n);
  let i = 0;
  while (i < n) {
    if ((data[i] as number) < 0x80) {
      i++;
      continue;
    }
    const k = kind === ASCII ? 0 : sequenceLength(data, i);
    if (k === 0) break;
    i += k;
  }
  if (i >= n) return;
  // a sequence cut off by the chunk's end is no error yet
  if (kind === UTF8 && n - i < 4 && (data[i] as number) >= 0xc2) {
    const more = readBuffer(self, CHUNK, false);
    if (more.length > 0) {
      append(self, more);
      validate(self);
      return;
    }
  }
  const rest = data.slice();
  if (asText(i32(self + ERRORS)) === 'strict') {
    dropAhead(self);
    const m = hold(newBytes(rest));
    hold(PyUnicode_Decode(i32(m) + 32, n, asText(i32(self + ENCODING)), 'strict'));
    release(m);
    return;
  }
  const tail = readBuffer(self, -1, true);
  const all = new Uint8Array(rest.length + tail.length);
  all.set(rest);
  all.set(tail, rest.length);
  dropAhead(self);
  transcode(self, all);
}
/** The next n read-ahead bytes as a str, line ends translated. */
function takeText(self: Ref, n: number): Ref {
  const pos = i32(self + POS);
  const start = i32(self + AHEAD) + pos;
  setI32(self + POS, pos + n);
  const data = bytes.subarray(start, start + n);
  const universal = i32(self + NEWLINE) <= KEEP;
  if (universal) noteEnds(self, data);
  if (has(self, TRANSCODED) || (i32(self + NEWLINE) === UNIVERSAL && data.includes(13))) {
    let text = has(self, TRANSCODED) || i32(self + KIND) !== LATIN1 ? decodeInternal(data) : latin1(data);
    if (i32(self + NEWLINE) === UNIVERSAL) text = text.replace(/\r\n?/g, '\n');
    return PyUnicode_FromString(text);
  }
  return PyUnicode_Decode(
    start,
    n,
    ['utf-8', 'ascii', 'latin-1'][i32(self + KIND)] as string,
    asText(i32(self + ERRORS)),
  );
}
function latin1(data: Uint8Array): string {
  let s = '';
  for (const b of data) s += String.fromCharCode(b);
  return s;
}
/** UTF-8 of ours: lone surrogates are three bytes. */
function decodeInternal(data: Uint8Array): string {
  let out = '';
  for (let i = 0; i < data.length; ) {
    const c = data[i] as number;
    if ((c & 0xf0) === 0xe0) {
      out += String.fromCharCode(
        ((c & 15) << 12) | (((data[i + 1] as number) & 63) << 6) | ((data[i + 2] as number) & 63),
      );
      i += 3;
    } else {
      const n = sequenceLength(data, i) || 1;
      out += decodeUtf8(data.subarray(i, i + n));
      i += n;
    }
  }
  return out;
}
function noteEnds(self: Ref, data: Uint8Array): void {
  let seen = i32(self + SEEN);
  for (let i = 0; i < data.length; i++) {
    if (data[i] === 10) seen |= 2;
    else if (data[i] === 13) {
      if (data[i + 1] === 10) {
        seen |= 4;
        i++;
      } else seen |= 1;
    }
  }
  setI32(self + SEEN, seen);
}
/** Length of the next line in the read-ahead bytes, -1 if its end is not there yet. */
function lineLength(self: Ref, atEnd: boolean): number {
  const pos = i32(self + POS);
  const start = i32(self + AHEAD) + pos;
  const n = i32(self + END) - pos;
  const data = bytes.subarray(start, start + n);
  const mode = i32(self + NEWLINE);
  if (mode === LF) return data.indexOf(10) + 1 || -1;
  if (mode === CR) return data.indexOf(13) + 1 || -1;
  if (mode === CRLF) {
    for (let i = data.indexOf(13); i >= 0; i = data.indexOf(13, i + 1)) if (data[i + 1] === 10) return i + 2;
    return -1;
  }
  const lf = data.indexOf(10);
  const cr = (lf < 0 ? data : data.subarray(0, lf)).indexOf(13);
  if (cr < 0) return lf < 0 ? -1 : lf + 1;
  if (cr === n - 1 && !atEnd) return -1;
  return data[cr + 1] === 10 ? cr + 2 : cr + 1;
}
function readable(self: Ref): void {
  checkOpen(self);
  writeflush(self);
  const type = i32(i32(self + BUFFER) + 8);
  if (type === BufferedWriter_Type) unsupported('not readable');
}
export function readLine(self: Ref, limit: number): Ref {
  readable(self);
  let n = lineLength(self, false);
  while (n < 0 && fill(self)) n = lineLength(self, false);
  if (n < 0) n = lineLength(self, true);
  if (n < 0) n = i32(self + END) - i32(self + POS);
  if (limit >= 0) n = Math.min(n, charBytes(self, limit));
  return takeText(self, n);
}
/** How many read-ahead bytes make `count` characters. */
function charBytes(self: Ref, count: number): number {
  const start = i32(self + AHEAD);
  let p = i32(self + POS);
  const end = i32(self + END);
  const single = i32(self + KIND) === LATIN1 && !has(self, TRANSCODED);
  const translate = i32(self + NEWLINE) === UNIVERSAL;
  const from = p;
  for (let k = 0; k < count && p < end; k++) {
    const c = bytes[start + p] as number;
    if (translate && c === 13 && bytes[start + p + 1] === 10 && p + 1 < end) p += 2;
    else if (c < 0x80 || single) p++;
    else p += c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
  }
  return Math.min(p, end) - from;
}
function textiowrapper_readline(self: Ref, args: number, nargs: number): Ref {
  return readLine(self, sizeArgument(args, nargs));
}
function textiowrapper_read(self: Ref, args: number, nargs: number): Ref {
  const n = sizeArgument(args, nargs);
  readable(self);
  if (n < 0) {
    const data = readBuffer(self, -1, true);
    if (data.length > 0) {
      if (i32(self + KIND) === OTHER) transcode(self, data);
      else {
        append(self, data);
        if (!has(self, TRANSCODED)) validate(self);
      }
    }
    return takeText(self, i32(self + END) - i32(self + POS));
  }
  while (charCount(self) < n && fill(self));
  return takeText(self, charBytes(self, n));
}
/** Characters read ahead (an upper bound costs nothing: bytes / 4 are surely there). */
function charCount(self: Ref): number {
  const all = i32(self + END) - i32(self + POS);
  let n = 0;
  const start = i32(self + AHEAD) + i32(self + POS);
  const single = i32(self + KIND) === LATIN1 && !has(self, TRANSCODED);
  for (let i = 0; i < all; i++) {
    const c = bytes[start + i] as number;
    if (single || (c & 0xc0) !== 0x80) n++;
    if (c === 10 && i > 0 && bytes[start + i - 1] === 13 && i32(self + NEWLINE) === UNIVERSAL) n--;
  }
  return n;
}
function textiowrapper_iternext(self: Ref): Ref {
  setFlag(self, TELLING, false);
  let line: Ref;
  if (i32(self + 8) === TextIOWrapper_Type) line = readLine(self, -1);
  else line = callMethod(self, Py_ID.readline);
  if (PyUnicode_Check(line) ? PyUnicode_GET_LENGTH(line) > 0 : true) return line;
  Py_DECREF(line);
  setFlag(self, TELLING, has(self, SEEKABLE));
  return 0;
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
