/**
 * Encoding str to bytes and decoding bytes to str. Mirrors the codecs of Objects/unicodeobject.c and the look-up of
 * Python/codecs.c. Native: utf-8, utf-8-sig, utf-16, utf-32 (all byte orders), ascii, latin-1, unicode_escape,
 * raw_unicode_escape; others through the registered search functions.
 */
import { PyInterpreterState } from '@moult/abi';
import { bytes, i32, setPtr } from '../memory/linear.ts';
import { callFunction, PyObject_CallOneArg } from './call.ts';
import { bytesOfBufferObject } from './abstractbuffer.ts';
import { PyBytes_FromStringAndSize } from './bytesobject.ts';
import { handleDecodeError, handleEncodeError, type Input, raiseEncodeError } from './codecerrors.ts';
import { decodeEscapes, decodeRawEscapes, encodeEscapes, encodeRawEscapes } from './codecescape.ts';
import { PyDict_Clear } from './dictdelete.ts';
import { PyDict_GetItemWithError, PyDict_New, PyDict_SetItem } from './dictobject.ts';
import { raise, swallow } from './errors.ts';
import { PyList_Append, PyList_New } from './listobject.ts';
import { PyList_SetSlice } from './listslice.ts';
import {
  drop,
  hold,
  nativeMark,
  Py_INCREF,
  Py_NewRef,
  PyBytes_Check,
  PyTuple_Check,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import { PyCallable_Check } from './objectattr.ts';
import { INTERP } from './runtime.ts';
import { Py_None, PyExc_ImportError, PyExc_LookupError, PyExc_TypeError } from './static.ts';
import { _PyUnicode_FromASCII, fromCodePoints, PyUnicode_FromKindAndData } from './unicodemake.ts';
import {
  EMPTY_STRING,
  PyUnicode_DATA,
  PyUnicode_FromString,
  PyUnicode_InternFromString,
  PyUnicode_IS_ASCII,
  PyUnicode_KIND,
  PyUnicode_READ,
} from './unicodeobject.ts';
import { vm } from './vmlink.ts';

type Codec =
  | 'utf-8'
  | 'utf-8-sig'
  | 'utf-16'
  | 'utf-16-le'
  | 'utf-16-be'
  | 'utf-32'
  | 'utf-32-le'
  | 'utf-32-be'
  | 'ascii'
  | 'latin-1'
  | 'unicode-escape'
  | 'raw-unicode-escape';

/** The native codec of a name, or null (encodings.normalize_encoding and its aliases). */
export function nativeCodec(name: string): Codec | null {
  const n = name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '_')
    .replace(/^_+|_+$/g, '');
  switch (n) {
    case 'utf_8':
    case 'utf8':
    case 'u8':
    case 'utf':
    case 'utf8_ucs2':
    case 'utf8_ucs4':
    case 'cp65001':
      return 'utf-8';
    case 'utf_8_sig':
    case 'utf8_sig':
      return 'utf-8-sig';
    case 'utf_16':
    case 'utf16':
    case 'u16':
      return 'utf-16';
    case 'utf_16_le':
    case 'utf_16le':
    case 'unicodelittleunmarked':
      return 'utf-16-le';
    case 'utf_16_be':
    case 'utf_16be':
    case 'unicodebigunmarked':
      return 'utf-16-be';
    case 'utf_32':
    case 'utf32':
    case 'u32':
      return 'utf-32';
    case 'utf_32_le':
    case 'utf_32le':
      return 'utf-32-le';
    case 'utf_32_be':
    case 'utf_32be':
      return 'utf-32-be';
    case 'ascii':
    case 'us_ascii':
    case '646':
    case 'us':
    case 'cp367':
    case 'ibm367':
    case 'iso646_us':
    case 'ansi_x3.4_1968':
      return 'ascii';
    case 'latin_1':
    case 'latin1':
    case 'iso_8859_1':
    case 'iso8859_1':
    case 'iso8859':
    case '8859':
    case 'l1':
    case 'latin':
    case 'cp819':
    case 'ibm819':
      return 'latin-1';
    case 'unicode_escape':
    case 'unicodeescape':
      return 'unicode-escape';
    case 'raw_unicode_escape':
    case 'rawunicodeescape':
      return 'raw-unicode-escape';
    default:
      return null;
  }
}

// ---- encoding ----

function put(codec: Codec, out: number[], c: number): void {
  switch (codec) {
    case 'utf-8':
      if (c < 0x80) out.push(c);
      else if (c < 0x800) out.push(0xc0 | (c >> 6), 0x80 | (c & 63));
      else if (c < 0x10000) out.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
      else out.push(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
      return;
    case 'utf-16':
    case 'utf-16-le':
    case 'utf-16-be': {
      const unit = (u: number): void => {
        if (codec === 'utf-16-be') out.push(u >> 8, u & 255);
        else out.push(u & 255, u >> 8);
      };
      if (c < 0x10000) unit(c);
      else {
        unit(0xd7c0 + (c >> 10));
        unit(0xdc00 | (c & 0x3ff));
      }
      return;
    }
    case 'utf-32':
    case 'utf-32-le':
      out.push(c & 255, (c >> 8) & 255, c >> 16, 0);
      return;
    case 'utf-32-be':
      out.push(0, c >> 16, (c >> 8) & 255, c & 255);
      return;
    default:
      out.push(c);
  }
}
/** The bytes of op[0:] under one of the codecs with an error handler. */
function encodeWith(op: Ref, codec: Codec, errors: string | null): number[] {
  const out: number[] = [];
  const n = i32(op + 16);
  const kind = PyUnicode_KIND(op);
  const data = PyUnicode_DATA(op);
  const limit = codec === 'ascii' ? 128 : codec === 'latin-1' ? 256 : 0x110000;
  const wide = limit === 0x110000;
  const reason = wide ? 'surrogates not allowed' : `ordinal not in range(${limit})`;
  const bad = (c: number): boolean => (wide ? c >= 0xd800 && c <= 0xdfff : c >= limit);
  if (codec === 'utf-16') out.push(0xff, 0xfe);
  else if (codec === 'utf-32') out.push(0xff, 0xfe, 0, 0);
  const unit = codec.startsWith('utf-16') ? 2 : codec.startsWith('utf-32') ? 4 : 1;
  for (let i = 0; i < n; ) {
    const c = PyUnicode_READ(kind, data, i);
    if (!bad(c)) {
      put(codec, out, c);
      i++;
      continue;
    }
    let end = i + 1;
    if (unit === 1) while (end < n && bad(PyUnicode_READ(kind, data, end))) end++;
    const r = handleEncodeError(errors, codec, op, i, end, reason);
    if (r.bytes !== null) {
      if (r.bytes.length % unit !== 0) raiseEncodeError(codec, op, i, end, reason);
      for (const b of r.bytes) out.push(b);
    } else {
      for (const x of r.chars as readonly number[]) {
        if (bad(x) || (codec === 'utf-8' && x > 127 && errors !== 'replace'))
          raiseEncodeError(codec, op, i, end, reason);
        put(codec, out, x);
      }
    }
    i = r.next;
  }
  return out;
}
function bytesFrom(list: readonly number[]): Ref {
  const n = list.length;
  if (n === 1) return PyBytes_FromStringAndSize(Uint8Array.of(list[0] as number), 1);
  const r = PyBytes_FromStringAndSize(0, n);
  for (let i = 0; i < n; i++) bytes[r + 32 + i] = list[i] as number;
  return r;
}
/** The UTF-8 bytes of a str; lone surrogates raise. */
export function encodeUtf8Strict(op: Ref): Uint8Array {
  return Uint8Array.from(encodeWith(op, 'utf-8', null));
}
/** The bytes of a str, as text of ours would be written: for files and the terminal. */
export function encodeText(op: Ref, encoding: string, errors: string | null): Uint8Array {
  const m = hold(PyUnicode_AsEncodedString(op, encoding, errors));
  const r = i32(m);
  const out = bytes.slice(r + 32, r + 32 + i32(r + 16));
  release(m);
  return out;
}
/** A bytes object of the str. `encoding` null: utf-8. */
export function PyUnicode_AsEncodedString(op: Ref, encoding: string | null, errors: string | null): Ref {
  if (!PyUnicode_Check(op)) raise(PyExc_TypeError, 'bad argument type for built-in operation');
  const codec = encoding === null ? 'utf-8' : nativeCodec(encoding);
  if (codec === null) return encodeByRegistry(op, encoding as string, errors);
  const ascii = PyUnicode_IS_ASCII(op);
  if ((ascii && (codec === 'utf-8' || codec === 'ascii')) || (codec === 'latin-1' && PyUnicode_KIND(op) === 1)) {
    return PyBytes_FromStringAndSize(PyUnicode_DATA(op), i32(op + 16));
  }
  if (codec === 'unicode-escape') return bytesFrom(encodeEscapes(op));
  if (codec === 'raw-unicode-escape') return bytesFrom(encodeRawEscapes(op));
  if (codec === 'utf-8-sig') return bytesFrom([0xef, 0xbb, 0xbf, ...encodeWith(op, 'utf-8', errors)]);
  return bytesFrom(encodeWith(op, codec, errors));
}
export function PyUnicode_AsUTF8String(op: Ref): Ref {
  return PyUnicode_AsEncodedString(op, 'utf-8', null);
}
export function PyUnicode_EncodeFSDefault(op: Ref): Ref {
  return PyUnicode_AsEncodedString(op, 'utf-8', 'surrogateescape');
}

// ---- decoding ----

const cont = (b: number): boolean => (b & 0xc0) === 0x80;
function decodeUtf8(input: Input, errors: string | null, out: number[]): void {
  const { p, n } = input;
  const at = (i: number): number => bytes[p + i] as number;
  for (let i = 0; i < n; ) {
    const c = at(i);
    if (c < 0x80) {
      out.push(c);
      i++;
      continue;
    }
    const left = n - i;
    const size = c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
    // how many bytes are good: size of them decode; fewer is an error behind them
    let good = 1;
    if (size !== 0 && left > 1) {
      const b = at(i + 1);
      const ok =
        cont(b) &&
        !(c === 0xe0 && b < 0xa0) &&
        !(c === 0xed && b >= 0xa0) &&
        !(c === 0xf0 && b < 0x90) &&
        !(c === 0xf4 && b >= 0x90);
      if (ok) for (good = 2; good < size && good < left && cont(at(i + good)); ) good++;
    }
    if (size !== 0 && good === size) {
      if (size === 2) out.push(((c & 31) << 6) | (at(i + 1) & 63));
      else if (size === 3) out.push(((c & 15) << 12) | ((at(i + 1) & 63) << 6) | (at(i + 2) & 63));
      else out.push(((c & 7) << 18) | ((at(i + 1) & 63) << 12) | ((at(i + 2) & 63) << 6) | (at(i + 3) & 63));
      i += size;
      continue;
    }
    const reason =
      size === 0 ? 'invalid start byte' : good === left ? 'unexpected end of data' : 'invalid continuation byte';
    i = handleDecodeError(errors, 'utf-8', input, i, i + good, reason, out);
  }
}
function decodeUtf16(input: Input, errors: string | null, order: number, out: number[]): void {
  const { p, n } = input;
  let i = 0;
  let bo = order;
  if (bo === 0 && n >= 2) {
    const bom = (bytes[p] as number) | ((bytes[p + 1] as number) << 8);
    if (bom === 0xfeff) {
      bo = -1;
      i = 2;
    } else if (bom === 0xfffe) {
      bo = 1;
      i = 2;
    }
  }
  const big = bo > 0;
  const name = big ? 'utf-16-be' : 'utf-16-le';
  const unit = (k: number): number =>
    big
      ? ((bytes[p + k] as number) << 8) | (bytes[p + k + 1] as number)
      : (bytes[p + k] as number) | ((bytes[p + k + 1] as number) << 8);
  while (i < n) {
    if (n - i < 2) {
      i = handleDecodeError(errors, name, input, i, n, 'truncated data', out);
      continue;
    }
    const u = unit(i);
    if (u < 0xd800 || u > 0xdfff) {
      out.push(u);
      i += 2;
    } else if (u > 0xdbff) i = handleDecodeError(errors, name, input, i, i + 2, 'illegal encoding', out);
    else if (n - i < 4) i = handleDecodeError(errors, name, input, i, n, 'unexpected end of data', out);
    else {
      const v = unit(i + 2);
      if (v >= 0xdc00 && v <= 0xdfff) {
        out.push(0x10000 + ((u & 0x3ff) << 10) + (v & 0x3ff));
        i += 4;
      } else i = handleDecodeError(errors, name, input, i, i + 2, 'illegal UTF-16 surrogate', out);
    }
  }
}
function decodeUtf32(input: Input, errors: string | null, order: number, out: number[]): void {
  const { p, n } = input;
  const at = (i: number): number => bytes[p + i] as number;
  let i = 0;
  let big = order > 0;
  if (order === 0 && n >= 4) {
    if (at(0) === 0xff && at(1) === 0xfe && at(2) === 0 && at(3) === 0) i = 4;
    else if (at(0) === 0 && at(1) === 0 && at(2) === 0xfe && at(3) === 0xff) {
      big = true;
      i = 4;
    }
  }
  const shown = big ? 'utf-32-be' : 'utf-32-le';
  while (i < n) {
    if (n - i < 4) {
      i = handleDecodeError(errors, shown, input, i, n, 'truncated data', out);
      continue;
    }
    const c = big
      ? at(i) * 0x1000000 + ((at(i + 1) << 16) | (at(i + 2) << 8) | at(i + 3))
      : at(i + 3) * 0x1000000 + ((at(i + 2) << 16) | (at(i + 1) << 8) | at(i));
    if (c >= 0xd800 && c <= 0xdfff)
      i = handleDecodeError(
        errors,
        shown,
        input,
        i,
        i + 4,
        'code point in surrogate code point range(0xd800, 0xe000)',
        out,
      );
    else if (c > 0x10ffff)
      i = handleDecodeError(errors, shown, input, i, i + 4, 'code point not in range(0x110000)', out);
    else {
      out.push(c);
      i += 4;
    }
  }
}
function isAscii(p: number, n: number): boolean {
  for (let i = 0; i < n; i++) if ((bytes[p + i] as number) > 127) return false;
  return true;
}
/** A str of an input under a native codec. */
export function decodeInput(input: Input, codec: Codec, errors: string | null): Ref {
  const { p, n } = input;
  if (n === 0) return Py_NewRef(EMPTY_STRING);
  if (codec === 'latin-1') return PyUnicode_FromKindAndData(1, p, n);
  if ((codec === 'utf-8' || codec === 'ascii') && isAscii(p, n)) return _PyUnicode_FromASCII(p, n);
  const out: number[] = [];
  switch (codec) {
    case 'utf-8':
      decodeUtf8(input, errors, out);
      break;
    case 'utf-8-sig': {
      const skip = n >= 3 && bytes[p] === 0xef && bytes[p + 1] === 0xbb && bytes[p + 2] === 0xbf ? 3 : 0;
      decodeUtf8(
        { p: p + skip, n: n - skip, object: () => PyBytes_FromStringAndSize(p + skip, n - skip) },
        errors,
        out,
      );
      break;
    }
    case 'ascii':
      for (let i = 0; i < n; ) {
        const c = bytes[p + i] as number;
        if (c < 128) {
          out.push(c);
          i++;
        } else i = handleDecodeError(errors, 'ascii', input, i, i + 1, 'ordinal not in range(128)', out);
      }
      break;
    case 'utf-16':
      decodeUtf16(input, errors, 0, out);
      break;
    case 'utf-16-le':
      decodeUtf16(input, errors, -1, out);
      break;
    case 'utf-16-be':
      decodeUtf16(input, errors, 1, out);
      break;
    case 'utf-32':
      decodeUtf32(input, errors, 0, out);
      break;
    case 'utf-32-le':
      decodeUtf32(input, errors, -1, out);
      break;
    case 'utf-32-be':
      decodeUtf32(input, errors, 1, out);
      break;
    case 'unicode-escape':
      decodeEscapes(input, errors, out);
      break;
    case 'raw-unicode-escape':
      decodeRawEscapes(input, errors, out);
      break;
  }
  return fromCodePoints(out);
}
/** A str of the n bytes at p. */
export function PyUnicode_Decode(p: number, n: number, encoding: string | null, errors: string | null): Ref {
  const codec = encoding === null ? 'utf-8' : nativeCodec(encoding);
  const object = (): Ref => PyBytes_FromStringAndSize(p, n);
  if (n === 0) return Py_NewRef(EMPTY_STRING);
  if (codec !== null) return decodeInput({ p, n, object }, codec, errors);
  const m = hold(object());
  const r = decodeByRegistry(i32(m), encoding as string, errors);
  release(m);
  return r;
}
export function PyUnicode_DecodeUTF8(p: number, n: number, errors: string | null): Ref {
  return PyUnicode_Decode(p, n, null, errors);
}
/** A str of a bytes-like object. */
export function PyUnicode_FromEncodedObject(obj: Ref, encoding: string | null, errors: string | null): Ref {
  if (PyUnicode_Check(obj)) raise(PyExc_TypeError, 'decoding str is not supported');
  const codec = encoding === null ? 'utf-8' : nativeCodec(encoding);
  if (PyBytes_Check(obj)) {
    if (i32(obj + 16) === 0) return Py_NewRef(EMPTY_STRING);
    if (codec === null) return decodeByRegistry(obj, encoding as string, errors);
    return decodeInput({ p: obj + 32, n: i32(obj + 16), object: () => Py_NewRef(obj) }, codec, errors);
  }
  const data = bytesOfBufferObject(obj);
  if (data === null) raise(PyExc_TypeError, `decoding to str: need a bytes-like object, ${typeNameOf(obj)} found`);
  const m = hold(PyBytes_FromStringAndSize(data as Uint8Array, (data as Uint8Array).length));
  const r = PyUnicode_FromEncodedObject(i32(m), encoding, errors);
  release(m);
  return r;
}

// ---- registered codecs ----

const SEARCH_PATH = INTERP + PyInterpreterState.codecs_search_path;
const SEARCH_CACHE = INTERP + PyInterpreterState.codecs_search_cache;

export function PyCodec_Register(search: Ref): void {
  if (!PyCallable_Check(search)) raise(PyExc_TypeError, 'argument must be callable');
  if (i32(SEARCH_PATH) === 0) setPtr(SEARCH_PATH, PyList_New(0));
  PyList_Append(i32(SEARCH_PATH), search);
}
export function PyCodec_Unregister(search: Ref): void {
  const path = i32(SEARCH_PATH);
  const n = path === 0 ? 0 : i32(path + 16);
  for (let i = 0; i < n; i++) {
    if (i32(i32(path + 24) + (i << 3)) !== search) continue;
    if (i32(SEARCH_CACHE) !== 0) PyDict_Clear(i32(SEARCH_CACHE));
    PyList_SetSlice(path, i, i + 1, 0);
    return;
  }
}
/** The package that registers the search function is imported with the first codec that is not ours. */
function importEncodings(): void {
  const m = hold(PyUnicode_InternFromString('encodings'));
  const known = PyDict_GetItemWithError(i32(INTERP + PyInterpreterState.imports_modules), i32(m));
  if (known === 0) {
    const mark = nativeMark();
    try {
      hold(vm.PyImport_ImportModuleLevelObject(i32(m), 0, 0, 0, 0));
    } catch (e) {
      swallow(e, PyExc_ImportError, mark);
    }
  }
  release(m);
}
/** The codec's (encoder, decoder, reader, writer) from the search functions, a new reference. */
export function _PyCodec_Lookup(encoding: string): Ref {
  const m = hold(PyUnicode_FromString(encoding.toLowerCase().replace(/ /g, '_').replace(/-/g, '_')));
  if (i32(SEARCH_CACHE) === 0) setPtr(SEARCH_CACHE, PyDict_New());
  const known = PyDict_GetItemWithError(i32(SEARCH_CACHE), i32(m));
  if (known !== 0) {
    Py_INCREF(known);
    release(m);
    return known;
  }
  importEncodings();
  const path = i32(SEARCH_PATH);
  const n = path === 0 ? 0 : i32(path + 16);
  for (let i = 0; i < n; i++) {
    const r = PyObject_CallOneArg(i32(i32(path + 24) + (i << 3)), i32(m));
    const k = hold(r);
    if (r !== Py_None) {
      if (!PyTuple_Check(r) || i32(r + 16) !== 4) raise(PyExc_TypeError, 'codec search functions must return 4-tuples');
      PyDict_SetItem(i32(SEARCH_CACHE), i32(m), r);
      drop(k);
      release(m);
      return r;
    }
    release(k);
  }
  raise(PyExc_LookupError, `unknown encoding: ${encoding}`);
}
/** What the codec's function `index` makes of `op`. */
function byRegistry(op: Ref, encoding: string, errors: string | null, index: number): Ref {
  const m = hold(_PyCodec_Lookup(encoding));
  hold(PyUnicode_FromString(errors ?? 'strict'));
  const r = callFunction(i32(i32(m) + 24 + (index << 3)), op, i32(m + 8));
  hold(r);
  const what = index === 0 ? 'encoder' : 'decoder';
  if (!PyTuple_Check(r) || i32(r + 16) !== 2) raise(PyExc_TypeError, `${what} must return a tuple (object, integer)`);
  const v = Py_NewRef(i32(r + 24));
  release(m);
  return v;
}
function encodeByRegistry(op: Ref, encoding: string, errors: string | null): Ref {
  const v = byRegistry(op, encoding, errors, 0);
  if (PyBytes_Check(v)) return v;
  hold(v);
  raise(
    PyExc_TypeError,
    `'${encoding}' encoder returned '${typeNameOf(v)}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types`,
  );
}
function decodeByRegistry(op: Ref, encoding: string, errors: string | null): Ref {
  const v = byRegistry(op, encoding, errors, 1);
  if (PyUnicode_Check(v)) return v;
  hold(v);
  raise(
    PyExc_TypeError,
    `'${encoding}' decoder returned '${typeNameOf(v)}' instead of 'str'; use codecs.decode() to decode to arbitrary types`,
  );
}
