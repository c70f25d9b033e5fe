/** TextIOWrapper: reading, decoding and the ends of lines. Mirrors Modules/_io/textio.c. */
import { Py_ID } from '@moult/abi';
import { bytes, i32, setI32, setPtr } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import { callMethod } from '../objects/call.ts';
import { PyUnicode_Decode } from '../objects/codecs.ts';
import { PyErr_NoMemory, raise } from '../objects/errors.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { hold, PyUnicode_Check, Py_DECREF, type Ref, release, typeNameOf } from '../objects/object.ts';
import {
  BufferedRandom_Type,
  BufferedReader_Type,
  BufferedWriter_Type,
  PyExc_TypeError,
  TextIOWrapper_Type,
} from '../objects/static.ts';
import { encodeUtf8 } from '../objects/stderr.ts';
import {
  asText,
  PyUnicode_FromString,
  PyUnicode_GET_LENGTH,
  PyUnicode_InternFromString,
} from '../objects/unicodeobject.ts';
import { bufferBytes, decodeUtf8, newBytes, sequenceLength } from './buffers.ts';
import { bufferedRead, bufferedRead1 } from './iobuffered.ts';
import { sizeArgument, unsupported } from './iobase.ts';
import { checkOpen, writeflush } from './iotext.ts';
import {
  AHEAD,
  AHEAD_SIZE,
  ASCII,
  BUFFER,
  CHUNK,
  CR,
  CRLF,
  ENCODING,
  END,
  ERRORS,
  KEEP,
  KIND,
  LATIN1,
  LF,
  NEWLINE,
  OTHER,
  POS,
  SEEKABLE,
  SEEN,
  TELLING,
  TRANSCODED,
  UNIVERSAL,
  UTF8,
  has,
  setFlag,
} from './iotextfields.ts';

// ---- reading --------------------------------------------------------------------------------------------------------------

export function dropAhead(self: Ref): void {
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
export function textiowrapper_readline(self: Ref, args: number, nargs: number): Ref {
  return readLine(self, sizeArgument(args, nargs));
}
export function textiowrapper_read(self: Ref, args: number, nargs: number): Ref {
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
export function textiowrapper_iternext(self: Ref): Ref {
  setFlag(self, TELLING, false);
  let line: Ref;
  if (i32(self + 8) === TextIOWrapper_Type) line = readLine(self, -1);
  else line = callMethod(self, Py_ID.readline);
  if (PyUnicode_Check(line) ? PyUnicode_GET_LENGTH(line) > 0 : true) return line;
  Py_DECREF(line);
  setFlag(self, TELLING, has(self, SEEKABLE));
  return 0;
}
