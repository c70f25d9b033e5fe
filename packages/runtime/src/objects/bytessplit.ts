/** Methods that bytes and bytearray share, part two: splitting, joining, case, predicates, hex, decode. */
import { METH_CLASS, METH_FASTCALL, METH_KEYWORDS, METH_NOARGS, METH_O } from '@moult/abi';
import { bytes, i32 } from '../memory/linear.ts';
import { PyNumber_AsSsize_t, PySequence_Fast, PySequence_Fast_ITEMS } from './abstract.ts';
import { PyObject_CheckBuffer, withBytes } from './abstractbuffer.ts';
import { unpackKeywords } from './args.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { PyByteArray_FromStringAndSize } from './bytearrayobject.ts';
import { bytesData, isSpaceByte, likeSelf, sliceOf } from './bytesmethods.ts';
import { PyBytes_FromStringAndSize } from './bytesobject.ts';
import { PyObject_CallOneArg } from './call.ts';
import { hexDigit } from './codecescape.ts';
import { decodeInput, nativeCodec, PyUnicode_Decode } from './codecs.ts';
import { raise } from './errors.ts';
import { PyList_Reverse } from './listmethods.ts';
import { _PyList_AppendTakeRef, PyList_New } from './listobject.ts';
import { drop, hold, Py_NewRef, PyBytes_Check, PyUnicode_Check, type Ref, release, typeNameOf } from './object.ts';
import { PyObject_IsTrue } from './objectattr.ts';
import type { MethodSpec } from './spec.ts';
import {
  Py_None,
  PyByteArray_Type,
  PyBytes_Type,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
} from './static.ts';
import { tupleSteal } from './tupleobject.ts';
import { copyBytes } from './unicodemake.ts';
import { findIn, intArgument, rfindIn, SSIZE_MAX } from './unicodesearch.ts';
import { newSplitList } from './unicodesplit.ts';
import { codecArguments } from './unicodetranslate.ts';
import {
  PyUnicode_DATA,
  PyUnicode_FromString,
  PyUnicode_IS_ASCII,
  PyUnicode_KIND,
  PyUnicode_READ,
} from './unicodeobject.ts';

// ---- split ----

function splitWith(name: string, self: Ref, args: number, nargs: number, kwnames: Ref, forward: boolean): Ref {
  const [sep, maxsplit] = unpackKeywords(args, nargs, kwnames, { fname: name, keywords: ['sep', 'maxsplit'] }) as [
    Ref,
    Ref,
  ];
  let max = maxsplit === 0 ? -1 : PyNumber_AsSsize_t(maxsplit, PyExc_OverflowError);
  if (max < 0) max = SSIZE_MAX;
  if (sep === 0 || sep === Py_None) return forward ? splitSpaces(self, max) : rsplitSpaces(self, max);
  return withBytes(sep, (p, k) => {
    if (k === 0) raise(PyExc_ValueError, 'empty separator');
    return forward ? splitOn(self, p, k, max) : rsplitOn(self, p, k, max);
  });
}
function splitSpaces(self: Ref, max: number): Ref {
  const n = i32(self + 16);
  const p = bytesData(self);
  const list = newSplitList(max);
  const m = hold(list);
  let i = 0;
  const skip = (): void => {
    while (i < n && isSpaceByte(bytes[p + i] as number)) i++;
  };
  while (max-- > 0) {
    skip();
    if (i === n) break;
    const start = i++;
    while (i < n && !isSpaceByte(bytes[p + i] as number)) i++;
    _PyList_AppendTakeRef(list, sliceOf(self, start, i));
  }
  if (i < n) {
    skip();
    if (i !== n) _PyList_AppendTakeRef(list, sliceOf(self, i, n));
  }
  drop(m);
  return list;
}
function rsplitSpaces(self: Ref, max: number): Ref {
  const p = bytesData(self);
  const list = newSplitList(max);
  const m = hold(list);
  let i = i32(self + 16) - 1;
  const skip = (): void => {
    while (i >= 0 && isSpaceByte(bytes[p + i] as number)) i--;
  };
  while (max-- > 0) {
    skip();
    if (i < 0) break;
    const end = i--;
    while (i >= 0 && !isSpaceByte(bytes[p + i] as number)) i--;
    _PyList_AppendTakeRef(list, sliceOf(self, i + 1, end + 1));
  }
  if (i >= 0) {
    skip();
    if (i >= 0) _PyList_AppendTakeRef(list, sliceOf(self, 0, i + 1));
  }
  PyList_Reverse(list);
  drop(m);
  return list;
}
function splitOn(self: Ref, sep: number, k: number, max: number): Ref {
  const n = i32(self + 16);
  const list = newSplitList(max);
  const m = hold(list);
  let at = 0;
  while (max-- > 0) {
    const i = findIn(1, bytesData(self) + at, n - at, 1, sep, k);
    if (i < 0) break;
    _PyList_AppendTakeRef(list, sliceOf(self, at, at + i));
    at += i + k;
  }
  _PyList_AppendTakeRef(list, sliceOf(self, at, n));
  drop(m);
  return list;
}
function rsplitOn(self: Ref, sep: number, k: number, max: number): Ref {
  const list = newSplitList(max);
  const m = hold(list);
  let end = i32(self + 16);
  while (max-- > 0) {
    const i = rfindIn(1, bytesData(self), end, 1, sep, k);
    if (i < 0) break;
    _PyList_AppendTakeRef(list, sliceOf(self, i + k, end));
    end = i;
  }
  _PyList_AppendTakeRef(list, sliceOf(self, 0, end));
  PyList_Reverse(list);
  drop(m);
  return list;
}
function bytes_split(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  return splitWith('split', self, args, nargs, kwnames, true);
}
function bytes_rsplit(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  return splitWith('rsplit', self, args, nargs, kwnames, false);
}
function bytes_splitlines(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [keep] = unpackKeywords(args, nargs, kwnames, { fname: 'splitlines', keywords: ['keepends'] }) as [Ref];
  const keepends = keep !== 0 && PyObject_IsTrue(keep);
  const n = i32(self + 16);
  const p = bytesData(self);
  const list = PyList_New(0);
  const m = hold(list);
  for (let i = 0, j = 0; i < n; ) {
    while (i < n && bytes[p + i] !== 10 && bytes[p + i] !== 13) i++;
    let end = i;
    if (i < n) {
      if (bytes[p + i] === 13 && i + 1 < n && bytes[p + i + 1] === 10) i += 2;
      else i++;
      if (keepends) end = i;
    }
    _PyList_AppendTakeRef(list, sliceOf(self, j, end));
    j = i;
  }
  drop(m);
  return list;
}
function partition(self: Ref, sep: Ref, forward: boolean): Ref {
  return withBytes(sep, (p, k) => {
    if (k === 0) raise(PyExc_ValueError, 'empty separator');
    const n = i32(self + 16);
    const i = (forward ? findIn : rfindIn)(1, bytesData(self), n, 1, p, k);
    const part = (s: number, e: number): number => hold(sliceOf(self, s, e));
    const m = i < 0 ? (forward ? part(0, n) : hold(likeSelf(self, 0, 0))) : part(0, i);
    if (i < 0) hold(likeSelf(self, 0, 0));
    else
      hold(
        PyBytes_Check(self)
          ? i32(sep + 8) === PyBytes_Type
            ? Py_NewRef(sep)
            : likeSelf(self, p, k)
          : likeSelf(self, p, k),
      );
    if (i < 0) forward ? hold(likeSelf(self, 0, 0)) : part(0, n);
    else part(i + k, n);
    const a = i32(m);
    const b = i32(m + 8);
    const c = i32(m + 16);
    drop(m);
    return tupleSteal(a, b, c);
  });
}
function bytes_partition(self: Ref, sep: Ref): Ref {
  return partition(self, sep, true);
}
function bytes_rpartition(self: Ref, sep: Ref): Ref {
  return partition(self, sep, false);
}
export function bytes_join(self: Ref, iterable: Ref): Ref {
  const fast = PySequence_Fast(iterable, 'can only join an iterable');
  const m = hold(fast);
  const n = i32(fast + 16);
  const items = PySequence_Fast_ITEMS(fast);
  if (n === 1 && PyBytes_Check(self) && i32(i32(items) + 8) === PyBytes_Type) {
    const only = Py_NewRef(i32(items));
    release(m);
    return only;
  }
  const parts: Uint8Array[] = [];
  const sep = i32(self + 16);
  let total = n > 0 ? sep * (n - 1) : 0;
  for (let i = 0; i < n; i++) {
    const item = i32(items + (i << 3));
    if (!PyObject_CheckBuffer(item))
      raise(PyExc_TypeError, `sequence item ${i}: expected a bytes-like object, ${typeNameOf(item)} found`);
    const part = withBytes(item, (p, k) => bytes.subarray(p, p + k));
    parts.push(part);
    total += part.length;
  }
  const r = likeSelf(self, 0, total);
  let w = bytesData(r);
  if (total > 0) {
    for (let i = 0; i < n; i++) {
      if (i > 0) {
        copyBytes(w, bytesData(self), sep);
        w += sep;
      }
      const part = parts[i] as Uint8Array;
      bytes.set(part, w);
      w += part.length;
    }
  }
  release(m);
  return r;
}

// ---- case and predicates: ASCII only ----

const isLower = (c: number): boolean => c >= 97 && c <= 122;
const isUpper = (c: number): boolean => c >= 65 && c <= 90;
const isAlpha = (c: number): boolean => isLower(c) || isUpper(c);
const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const lower = (c: number): number => (isUpper(c) ? c + 32 : c);
const upper = (c: number): number => (isLower(c) ? c - 32 : c);

function mapBytes(self: Ref, f: (c: number, previous: number, i: number) => number): Ref {
  const n = i32(self + 16);
  const r = likeSelf(self, 0, n);
  const to = bytesData(r);
  const p = bytesData(self);
  for (let i = 0; i < n; i++) bytes[to + i] = f(bytes[p + i] as number, i > 0 ? (bytes[p + i - 1] as number) : 0, i);
  return r;
}
function bytes_lower(self: Ref): Ref {
  return mapBytes(self, lower);
}
function bytes_upper(self: Ref): Ref {
  return mapBytes(self, upper);
}
function bytes_swapcase(self: Ref): Ref {
  return mapBytes(self, (c) => (isLower(c) ? upper(c) : lower(c)));
}
function bytes_capitalize(self: Ref): Ref {
  return mapBytes(self, (c, _previous, i) => (i === 0 ? upper(c) : lower(c)));
}
function bytes_title(self: Ref): Ref {
  return mapBytes(self, (c, previous) => (isAlpha(previous) ? lower(c) : upper(c)));
}
function every(self: Ref, has: (c: number) => boolean, empty = false): Ref {
  const n = i32(self + 16);
  const p = bytesData(self);
  for (let i = 0; i < n; i++) if (!has(bytes[p + i] as number)) return PyBool_FromLong(false);
  return PyBool_FromLong(n > 0 || empty);
}
function bytes_isspace(self: Ref): Ref {
  return every(self, isSpaceByte);
}
function bytes_isalpha(self: Ref): Ref {
  return every(self, isAlpha);
}
function bytes_isalnum(self: Ref): Ref {
  return every(self, (c) => isAlpha(c) || isDigit(c));
}
function bytes_isdigit(self: Ref): Ref {
  return every(self, isDigit);
}
function bytes_isascii(self: Ref): Ref {
  return every(self, (c) => c < 128, true);
}
function cased(self: Ref, good: (c: number) => boolean, bad: (c: number) => boolean): Ref {
  const n = i32(self + 16);
  const p = bytesData(self);
  let any = false;
  for (let i = 0; i < n; i++) {
    const c = bytes[p + i] as number;
    if (bad(c)) return PyBool_FromLong(false);
    any ||= good(c);
  }
  return PyBool_FromLong(any);
}
function bytes_islower(self: Ref): Ref {
  return cased(self, isLower, isUpper);
}
function bytes_isupper(self: Ref): Ref {
  return cased(self, isUpper, isLower);
}
function bytes_istitle(self: Ref): Ref {
  const n = i32(self + 16);
  const p = bytesData(self);
  let any = false;
  for (let i = 0; i < n; i++) {
    const c = bytes[p + i] as number;
    const after = i > 0 && isAlpha(bytes[p + i - 1] as number);
    if (isUpper(c) ? after : isLower(c) && !after) return PyBool_FromLong(false);
    any ||= isAlpha(c);
  }
  return PyBool_FromLong(any);
}

// ---- hex, decode ----

/** The hexadecimal text of n bytes at p, with a separator every `group` bytes (from the right; negative: from the left). */
export function hexText(p: number, n: number, sep: string, group: number): string {
  let s = '';
  const g = Math.abs(group);
  for (let i = 0; i < n; i++) {
    if (i > 0 && sep !== '' && g > 0 && (group > 0 ? (n - i) % g === 0 : i % g === 0)) s += sep;
    const c = bytes[p + i] as number;
    s += (c < 16 ? '0' : '') + c.toString(16);
  }
  return s;
}
/** The sep and bytes_per_sep arguments of hex(). */
export function hexArguments(args: number, nargs: number, kwnames: Ref): { sep: string; group: number } {
  const [sep, per] = unpackKeywords(args, nargs, kwnames, { fname: 'hex', keywords: ['sep', 'bytes_per_sep'] }) as [
    Ref,
    Ref,
  ];
  const group = per === 0 ? 1 : intArgument(per);
  if (sep === 0) return { sep: '', group };
  let c: number;
  if (PyUnicode_Check(sep)) {
    if (i32(sep + 16) !== 1) raise(PyExc_ValueError, 'sep must be length 1.');
    if (!PyUnicode_IS_ASCII(sep)) raise(PyExc_ValueError, 'sep must be ASCII.');
    c = PyUnicode_READ(PyUnicode_KIND(sep), PyUnicode_DATA(sep), 0);
  } else if (PyBytes_Check(sep)) {
    if (i32(sep + 16) !== 1) raise(PyExc_ValueError, 'sep must be length 1.');
    c = bytes[sep + 32] as number;
    if (c > 127) raise(PyExc_ValueError, 'sep must be ASCII.');
  } else if (PyObject_CheckBuffer(sep)) raise(PyExc_TypeError, 'sep must be str or bytes.');
  else raise(PyExc_TypeError, `object of type '${typeNameOf(sep)}' has no len()`);
  return { sep: String.fromCharCode(c), group };
}
function bytes_hex(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const { sep, group } = hexArguments(args, nargs, kwnames);
  return PyUnicode_FromString(hexText(bytesData(self), i32(self + 16), sep, group));
}
function parseHex(text: Ref): number[] {
  if (!PyUnicode_Check(text))
    raise(PyExc_TypeError, `fromhex() argument must be str, not ${text === Py_None ? 'None' : typeNameOf(text)}`);
  const n = i32(text + 16);
  const kind = PyUnicode_KIND(text);
  const data = PyUnicode_DATA(text);
  const out: number[] = [];
  const bad = (i: number): never =>
    raise(PyExc_ValueError, `non-hexadecimal number found in fromhex() arg at position ${i}`);
  for (let i = 0; i < n; ) {
    const c = PyUnicode_READ(kind, data, i);
    if (isSpaceByte(c)) {
      i++;
      continue;
    }
    const hi = hexDigit(c);
    if (hi < 0) bad(i);
    const lo = i + 1 < n ? hexDigit(PyUnicode_READ(kind, data, i + 1)) : -1;
    if (lo < 0) bad(i + 1);
    out.push(hi * 16 + lo);
    i += 2;
  }
  return out;
}
function bytes_fromhex(type: Ref, text: Ref): Ref {
  const r = PyBytes_FromStringAndSize(Uint8Array.from(parseHex(text)));
  return type === PyBytes_Type ? r : callWith(type, r);
}
function bytearray_fromhex(type: Ref, text: Ref): Ref {
  const r = PyBytes_FromStringAndSize(Uint8Array.from(parseHex(text)));
  if (type !== PyByteArray_Type) {
    const m = hold(r);
    const array = fromListAsArray(r);
    hold(array);
    const made = PyObject_CallOneArg(type, array);
    release(m);
    return made;
  }
  const m = hold(r);
  const array = fromListAsArray(r);
  release(m);
  return array;
}
function fromListAsArray(op: Ref): Ref {
  return PyByteArray_FromStringAndSize(op + 32, i32(op + 16));
}
function callWith(type: Ref, r: Ref): Ref {
  const m = hold(r);
  const made = PyObject_CallOneArg(type, r);
  release(m);
  return made;
}
function bytes_decode(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const { encoding, errors } = codecArguments('decode', args, nargs, kwnames);
  const codec = encoding === null ? 'utf-8' : nativeCodec(encoding);
  if (codec === null) return PyUnicode_Decode(bytesData(self), i32(self + 16), encoding, errors);
  return decodeInput(
    {
      p: bytesData(self),
      n: i32(self + 16),
      object: () =>
        PyBytes_Check(self) ? Py_NewRef(self) : PyBytes_FromStringAndSize(bytesData(self), i32(self + 16)),
    },
    codec,
    errors,
  );
}

function noArgs(name: string, fn: (self: Ref) => Ref): MethodSpec {
  return { name, flags: METH_NOARGS, fn };
}
/** `array`: for bytearray. */
export function bytesSplitMethods(array: boolean): MethodSpec[] {
  const FAST_KW = METH_FASTCALL | METH_KEYWORDS;
  return [
    noArgs('capitalize', bytes_capitalize),
    noArgs('isalnum', bytes_isalnum),
    noArgs('isalpha', bytes_isalpha),
    noArgs('isascii', bytes_isascii),
    noArgs('isdigit', bytes_isdigit),
    noArgs('islower', bytes_islower),
    noArgs('isspace', bytes_isspace),
    noArgs('istitle', bytes_istitle),
    noArgs('isupper', bytes_isupper),
    noArgs('lower', bytes_lower),
    noArgs('swapcase', bytes_swapcase),
    noArgs('title', bytes_title),
    noArgs('upper', bytes_upper),
    {
      name: 'decode',
      flags: FAST_KW,
      fn: bytes_decode,
      doc: "decode($self, /, encoding='utf-8', errors='strict')\n--\n\nDecode the bytes using the codec registered for encoding.",
    },
    {
      name: 'fromhex',
      flags: METH_O | METH_CLASS,
      fn: array ? bytearray_fromhex : bytes_fromhex,
      doc: 'fromhex($type, string, /)\n--\n\nCreate a bytes object from a string of hexadecimal numbers.',
    },
    { name: 'hex', flags: FAST_KW, fn: bytes_hex },
    {
      name: 'join',
      flags: METH_O,
      fn: bytes_join,
      doc: 'join($self, iterable_of_bytes, /)\n--\n\nConcatenate any number of bytes objects.',
    },
    {
      name: 'partition',
      flags: METH_O,
      fn: bytes_partition,
      doc: 'partition($self, sep, /)\n--\n\nPartition the bytes into three parts using the given separator.',
    },
    {
      name: 'rpartition',
      flags: METH_O,
      fn: bytes_rpartition,
      doc: 'rpartition($self, sep, /)\n--\n\nPartition the bytes into three parts using the given separator.',
    },
    {
      name: 'rsplit',
      flags: FAST_KW,
      fn: bytes_rsplit,
      doc: 'rsplit($self, /, sep=None, maxsplit=-1)\n--\n\nReturn a list of the sections in the bytes, using sep as the delimiter.',
    },
    {
      name: 'split',
      flags: FAST_KW,
      fn: bytes_split,
      doc: 'split($self, /, sep=None, maxsplit=-1)\n--\n\nReturn a list of the sections in the bytes, using sep as the delimiter.',
    },
    {
      name: 'splitlines',
      flags: FAST_KW,
      fn: bytes_splitlines,
      doc: 'splitlines($self, /, keepends=False)\n--\n\nReturn a list of the lines in the bytes, breaking at line boundaries.',
    },
  ];
}
