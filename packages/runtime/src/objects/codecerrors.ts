/**
 * What encoders and decoders do with what they cannot convert: the named error handlers. Mirrors the handlers of
 * Python/codecs.c and unicode_{en,de}code_call_errorhandler of Objects/unicodeobject.c.
 */
import { PyInterpreterState } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { nameOf } from '../numeric/unicode/names.ts';
import { callFunction, PyObject_CallOneArg } from './call.ts';
import { PyDict_GetItemString, PyDict_New, PyDict_SetItem } from './dictobject.ts';
import { PENDING, PyErr_SetRaisedException, raise } from './errors.ts';
import { PyLong_AsSsize_t, PyLong_FromLong } from './longobject.ts';
import {
  hold,
  Py_NewRef,
  PyBytes_Check,
  PyLong_Check,
  PyTuple_Check,
  PyUnicode_Check,
  type Ref,
  release,
} from './object.ts';
import { PyCallable_Check } from './objectattr.ts';
import { INTERP } from './runtime.ts';
import {
  PyExc_IndexError,
  PyExc_LookupError,
  PyExc_TypeError,
  PyExc_UnicodeDecodeError,
  PyExc_UnicodeEncodeError,
} from './static.ts';
import { codePointsOf, pushText } from './unicodemake.ts';
import {
  PyUnicode_DATA,
  PyUnicode_FromString,
  PyUnicode_InternFromString,
  PyUnicode_KIND,
  PyUnicode_READ,
} from './unicodeobject.ts';

const REGISTRY = INTERP + PyInterpreterState.codecs_error_registry;

/** The dict of registered handlers, made when first needed. */
function registry(): Ref {
  if (i32(REGISTRY) === 0) setPtr(REGISTRY, PyDict_New());
  return i32(REGISTRY);
}
export function PyCodec_RegisterError(name: string, handler: Ref): void {
  if (!PyCallable_Check(handler)) raise(PyExc_TypeError, 'handler must be callable');
  const m = hold(PyUnicode_InternFromString(name));
  PyDict_SetItem(registry(), i32(m), handler);
  release(m);
}
/** A registered handler, borrowed, or 0. */
export function registeredHandler(name: string): Ref {
  return i32(REGISTRY) === 0 ? 0 : PyDict_GetItemString(i32(REGISTRY), name);
}
export function PyCodec_LookupError(name: string): Ref {
  const handler = registeredHandler(name);
  if (handler === 0) raise(PyExc_LookupError, `unknown error handler name '${name}'`);
  return Py_NewRef(handler);
}

/** A Unicode{En,De}codeError, a new reference. */
function makeError(type: Ref, encoding: string, object: Ref, start: number, end: number, reason: string): Ref {
  const m = hold(PyUnicode_FromString(encoding));
  hold(PyLong_FromLong(start));
  hold(PyLong_FromLong(end));
  hold(PyUnicode_FromString(reason));
  const exc = callFunction(type, i32(m), object, i32(m + 8), i32(m + 16), i32(m + 24));
  release(m);
  return exc;
}
function raiseMade(exc: Ref): never {
  PyErr_SetRaisedException(exc);
  throw PENDING;
}
export function raiseEncodeError(encoding: string, op: Ref, start: number, end: number, reason: string): never {
  raiseMade(makeError(PyExc_UnicodeEncodeError, encoding, op, start, end, reason));
}
export function raiseDecodeError(encoding: string, object: Ref, start: number, end: number, reason: string): never {
  raiseMade(makeError(PyExc_UnicodeDecodeError, encoding, object, start, end, reason));
}

export function backslashed(c: number): string {
  const h = c.toString(16);
  return c < 256 ? `\\x${h.padStart(2, '0')}` : c < 65536 ? `\\u${h.padStart(4, '0')}` : `\\U${h.padStart(8, '0')}`;
}

/** What takes the place of characters that cannot be encoded: characters to encode in turn, or bytes to copy. */
export interface Replacement {
  readonly chars: readonly number[] | null;
  readonly bytes: readonly number[] | null;
  /** Where to go on. */
  readonly next: number;
}
const chars = (list: readonly number[], next: number): Replacement => ({ chars: list, bytes: null, next });

function each(op: Ref, start: number, end: number, text: (c: number) => string): number[] {
  const out: number[] = [];
  const kind = PyUnicode_KIND(op);
  const data = PyUnicode_DATA(op);
  for (let i = start; i < end; i++) pushText(out, text(PyUnicode_READ(kind, data, i)));
  return out;
}
/** Bytes of a surrogate for surrogatepass, in the encoding's form, or null where the encoding has none. */
function surrogateBytes(encoding: string, c: number): number[] | null {
  switch (encoding) {
    case 'utf-8':
      return [0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63)];
    case 'utf-16':
    case 'utf-16-le':
      return [c & 255, c >> 8];
    case 'utf-16-be':
      return [c >> 8, c & 255];
    case 'utf-32':
    case 'utf-32-le':
      return [c & 255, c >> 8, 0, 0];
    case 'utf-32-be':
      return [0, 0, c >> 8, c & 255];
    default:
      return null;
  }
}
/** Applies the handler `errors` to op[start:end]. */
export function handleEncodeError(
  errors: string | null,
  encoding: string,
  op: Ref,
  start: number,
  end: number,
  reason: string,
): Replacement {
  const kind = PyUnicode_KIND(op);
  const data = PyUnicode_DATA(op);
  switch (errors) {
    case null:
    case 'strict':
      raiseEncodeError(encoding, op, start, end, reason);
      break;
    case 'ignore':
      return chars([], end);
    case 'replace':
      return chars(new Array<number>(end - start).fill(63), end);
    case 'backslashreplace':
      return chars(each(op, start, end, backslashed), end);
    case 'xmlcharrefreplace':
      return chars(
        each(op, start, end, (c) => `&#${c};`),
        end,
      );
    case 'namereplace':
      return chars(
        each(op, start, end, (c) => {
          const name = nameOf(c);
          return name === null ? backslashed(c) : `\\N{${name}}`;
        }),
        end,
      );
    case 'surrogateescape': {
      const out: number[] = [];
      let i = start;
      for (; i < end; i++) {
        const c = PyUnicode_READ(kind, data, i);
        if (c < 0xdc80 || c > 0xdcff) break;
        out.push(c - 0xdc00);
      }
      if (i === start || (i < end && encoding !== 'ascii' && encoding !== 'latin-1' && encoding !== 'utf-8'))
        raiseEncodeError(encoding, op, start, end, reason);
      if (i < end) raiseEncodeError(encoding, op, i, end, reason);
      return { chars: null, bytes: out, next: end };
    }
    case 'surrogatepass': {
      const out: number[] = [];
      for (let i = start; i < end; i++) {
        const c = PyUnicode_READ(kind, data, i);
        const b = c < 0xd800 || c > 0xdfff ? null : surrogateBytes(encoding, c);
        if (b === null) raiseEncodeError(encoding, op, start, end, reason);
        for (const x of b as number[]) out.push(x);
      }
      return { chars: null, bytes: out, next: end };
    }
  }
  const m = hold(PyCodec_LookupError(errors as string));
  const exc = makeError(PyExc_UnicodeEncodeError, encoding, op, start, end, reason);
  hold(exc);
  const r = PyObject_CallOneArg(i32(m), exc);
  hold(r);
  const message = 'encoding error handler must return (str/bytes, int) tuple';
  if (!PyTuple_Check(r) || i32(r + 16) !== 2) raise(PyExc_TypeError, message);
  const rep = i32(r + 24);
  if ((!PyUnicode_Check(rep) && !PyBytes_Check(rep)) || !PyLong_Check(i32(r + 32))) raise(PyExc_TypeError, message);
  const next = checkPosition(PyLong_AsSsize_t(i32(r + 32)), i32(op + 16));
  const out: Replacement = PyUnicode_Check(rep)
    ? chars(codePointsOf(rep), next)
    : { chars: null, bytes: Array.from({ length: i32(rep + 16) }, (_, i) => PyUnicode_READ(1, rep + 32, i)), next };
  release(m);
  return out;
}
function checkPosition(pos: number, n: number): number {
  const at = pos < 0 ? pos + n : pos;
  if (at < 0 || at > n) raise(PyExc_IndexError, `position ${at} from error handler out of bounds`);
  return at;
}

/** What is decoded: n bytes at p, and (for errors) the object that an exception shows, made when it is needed. */
export interface Input {
  readonly p: number;
  readonly n: number;
  /** A bytes object of the input, a new reference. */
  object(): Ref;
}
/** A surrogate that surrogatepass reads at p, and its length, or 0. */
function readSurrogate(encoding: string, byte: (i: number) => number, left: number): { c: number; size: number } {
  let c = 0;
  let size = 0;
  switch (encoding) {
    case 'utf-8':
      size = 3;
      if (left >= 3 && (byte(0) & 0xf0) === 0xe0 && (byte(1) & 0xc0) === 0x80 && (byte(2) & 0xc0) === 0x80) {
        c = ((byte(0) & 15) << 12) | ((byte(1) & 63) << 6) | (byte(2) & 63);
      }
      break;
    case 'utf-16':
    case 'utf-16-le':
      size = 2;
      if (left >= 2) c = byte(0) | (byte(1) << 8);
      break;
    case 'utf-16-be':
      size = 2;
      if (left >= 2) c = byte(1) | (byte(0) << 8);
      break;
    case 'utf-32':
    case 'utf-32-le':
      size = 4;
      if (left >= 4 && byte(2) === 0 && byte(3) === 0) c = byte(0) | (byte(1) << 8);
      break;
    case 'utf-32-be':
      size = 4;
      if (left >= 4 && byte(0) === 0 && byte(1) === 0) c = byte(3) | (byte(2) << 8);
      break;
  }
  return c >= 0xd800 && c <= 0xdfff ? { c, size } : { c: 0, size: 0 };
}
/** Applies the handler to input[start:end]: appends to `out`, returns where to go on. */
export function handleDecodeError(
  errors: string | null,
  encoding: string,
  input: Input,
  start: number,
  end: number,
  reason: string,
  out: number[],
): number {
  const at = (i: number): number => PyUnicode_READ(1, input.p, i);
  const fail = (): never => {
    const m = hold(input.object());
    const exc = makeError(PyExc_UnicodeDecodeError, encoding, i32(m), start, end, reason);
    release(m);
    return raiseMade(exc);
  };
  switch (errors) {
    case null:
    case 'strict':
      return fail();
    case 'ignore':
      return end;
    case 'replace':
      out.push(0xfffd);
      return end;
    case 'backslashreplace':
      for (let i = start; i < end; i++) pushText(out, backslashed(at(i)));
      return end;
    case 'surrogateescape': {
      let i = start;
      for (; i < end && i < start + 4; i++) {
        if (at(i) < 128) break;
        out.push(0xdc00 + at(i));
      }
      return i === start ? fail() : i;
    }
    case 'surrogatepass': {
      const s = readSurrogate(encoding, (i) => at(start + i), input.n - start);
      if (s.size === 0) return fail();
      out.push(s.c);
      return start + s.size;
    }
    case 'xmlcharrefreplace':
    case 'namereplace':
      raise(PyExc_TypeError, "don't know how to handle UnicodeDecodeError in error callback");
  }
  const m = hold(PyCodec_LookupError(errors as string));
  hold(input.object());
  const exc = makeError(PyExc_UnicodeDecodeError, encoding, i32(m + 8), start, end, reason);
  hold(exc);
  const r = PyObject_CallOneArg(i32(m), exc);
  hold(r);
  if (!PyTuple_Check(r) || i32(r + 16) !== 2 || !PyUnicode_Check(i32(r + 24)) || !PyLong_Check(i32(r + 32))) {
    raise(PyExc_TypeError, 'decoding error handler must return (str, int) tuple');
  }
  const next = checkPosition(PyLong_AsSsize_t(i32(r + 32)), input.n);
  for (const c of codePointsOf(i32(r + 24))) out.push(c);
  release(m);
  return next;
}
