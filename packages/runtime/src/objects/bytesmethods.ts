/**
 * Methods that bytes and bytearray share, part one: searching, replacing, stripping, justifying. Mirrors Objects/bytes_methods.c
 * and stringlib/transmogrify.h. Results have the base type of self: bytes or bytearray.
 */
import { METH_FASTCALL, METH_KEYWORDS, METH_O, Py_TPFLAGS_BYTES_SUBCLASS, PyTypeObject } from '@moult/abi';
import { bytes, i32 } from '../memory/linear.ts';
import { _PyIndex_Check, PyNumber_AsSsize_t } from './abstract.ts';
import { PyObject_CheckBuffer, withBytes } from './abstractbuffer.ts';
import { _PyArg_BadArgument, _PyArg_CheckPositional, unpackKeywords } from './args.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { PyByteArray_FromStringAndSize } from './bytearrayobject.ts';
import { PyBytes_FromStringAndSize } from './bytesobject.ts';
import { raise } from './errors.ts';
import { PyLong_FromLong } from './longobject.ts';
import {
  Py_NewRef,
  PyBytes_Check,
  PyObject_TypeCheck,
  PyTuple_Check,
  type Ref,
  typeNameOf,
  hold,
  release,
} from './object.ts';
import type { MethodSpec } from './spec.ts';
import {
  Py_None,
  PyByteArray_Type,
  PyBytes_Type,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
} from './static.ts';
import { copyBytes } from './unicodemake.ts';
import {
  adjustEnd,
  adjustStart,
  countIn,
  findIn,
  intArgument,
  matchAt,
  rfindIn,
  sliceArgument,
  SSIZE_MAX,
} from './unicodesearch.ts';

function isArray(self: Ref): boolean {
  return (i32(i32(self + 8) + PyTypeObject.tp_flags) & Py_TPFLAGS_BYTES_SUBCLASS) === 0;
}
/** Address of the first byte of a bytes or bytearray. */
export function bytesData(self: Ref): number {
  return isArray(self) ? i32(self + 40) : self + 32;
}
/** A bytes or bytearray, as self is, of n bytes copied from p (0: to be written). */
export function likeSelf(self: Ref, p: number, n: number): Ref {
  return isArray(self) ? PyByteArray_FromStringAndSize(p, n) : PyBytes_FromStringAndSize(p, n);
}
/** What a method returns that changes nothing: an exact bytes itself, otherwise a copy. */
export function unchangedBytes(self: Ref): Ref {
  return i32(self + 8) === PyBytes_Type ? Py_NewRef(self) : likeSelf(self, bytesData(self), i32(self + 16));
}
export function sliceOf(self: Ref, start: number, end: number): Ref {
  if (start === 0 && end === i32(self + 16)) return unchangedBytes(self);
  return likeSelf(self, bytesData(self) + start, Math.max(0, end - start));
}
/** Like self, from a list of bytes. */
export function fromList(self: Ref, list: ArrayLike<number>): Ref {
  const n = list.length;
  const r = likeSelf(self, 0, n);
  const p = bytesData(r);
  if (n > 0) for (let i = 0; i < n; i++) bytes[p + i] = list[i] as number;
  return r;
}

// ---- find and its like ----

/** Calls use(p, n) with the bytes that a search looks for: a byte given as an int, or a bytes-like object. */
function withSub(sub: Ref, use: (p: number, n: number) => number): number {
  if (PyObject_CheckBuffer(sub)) return withBytes(sub, use);
  if (!_PyIndex_Check(sub))
    raise(PyExc_TypeError, `argument should be integer or bytes-like object, not '${typeNameOf(sub)}'`);
  const v = PyNumber_AsSsize_t(sub, 0);
  if (v < 0 || v > 255) raise(PyExc_ValueError, 'byte must be in range(0, 256)');
  const m = hold(PyBytes_FromStringAndSize(Uint8Array.of(v), 1));
  const result = use(i32(m) + 32, 1);
  release(m);
  return result;
}
interface Range {
  start: number;
  end: number;
}
function range(self: Ref, args: number, nargs: number): Range {
  const start = nargs > 1 ? sliceArgument(i32(args + 8), 0) : 0;
  const end = nargs > 2 ? sliceArgument(i32(args + 16), SSIZE_MAX) : SSIZE_MAX;
  const n = i32(self + 16);
  return { start: adjustStart(start, n), end: adjustEnd(end, n) };
}
function search(name: string, self: Ref, args: number, nargs: number, forward: boolean): number {
  _PyArg_CheckPositional(name, nargs, 1, 3);
  const { start, end } = range(self, args, nargs);
  return withSub(i32(args), (p, m) => {
    if (end - start < m) return -1;
    const i = (forward ? findIn : rfindIn)(1, bytesData(self) + start, end - start, 1, p, m);
    return i < 0 ? -1 : i + start;
  });
}
function bytes_find(self: Ref, args: number, nargs: number): Ref {
  return PyLong_FromLong(search('find', self, args, nargs, true));
}
function bytes_rfind(self: Ref, args: number, nargs: number): Ref {
  return PyLong_FromLong(search('rfind', self, args, nargs, false));
}
function found(i: number): Ref {
  if (i < 0) raise(PyExc_ValueError, 'subsection not found');
  return PyLong_FromLong(i);
}
function bytes_index(self: Ref, args: number, nargs: number): Ref {
  return found(search('index', self, args, nargs, true));
}
function bytes_rindex(self: Ref, args: number, nargs: number): Ref {
  return found(search('rindex', self, args, nargs, false));
}
function bytes_count(self: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('count', nargs, 1, 3);
  const { start, end } = range(self, args, nargs);
  return PyLong_FromLong(
    withSub(i32(args), (p, m) =>
      end - start < m ? 0 : countIn(1, bytesData(self) + start, end - start, 1, p, m, SSIZE_MAX),
    ),
  );
}
function tailmatch(self: Ref, sub: Ref, r: Range, atEnd: boolean): boolean {
  return withBytes(sub, (p, m) => {
    const e = r.end - m;
    if (e < r.start) return false;
    return m === 0 || matchAt(1, bytesData(self), atEnd ? e : r.start, 1, p, m);
  });
}
function startsOrEnds(name: string, self: Ref, args: number, nargs: number, atEnd: boolean): Ref {
  _PyArg_CheckPositional(name, nargs, 1, 3);
  const r = range(self, args, nargs);
  const sub = i32(args);
  if (PyTuple_Check(sub)) {
    for (let i = 0; i < i32(sub + 16); i++)
      if (tailmatch(self, i32(sub + 24 + (i << 3)), r, atEnd)) return PyBool_FromLong(true);
    return PyBool_FromLong(false);
  }
  if (!PyObject_CheckBuffer(sub))
    raise(PyExc_TypeError, `${name} first arg must be bytes or a tuple of bytes, not ${typeNameOf(sub)}`);
  return PyBool_FromLong(tailmatch(self, sub, r, atEnd));
}
function bytes_startswith(self: Ref, args: number, nargs: number): Ref {
  return startsOrEnds('startswith', self, args, nargs, false);
}
function bytes_endswith(self: Ref, args: number, nargs: number): Ref {
  return startsOrEnds('endswith', self, args, nargs, true);
}
function bytes_removeprefix(self: Ref, prefix: Ref): Ref {
  return withBytes(prefix, (p, m) => {
    const n = i32(self + 16);
    return m > 0 && n >= m && matchAt(1, bytesData(self), 0, 1, p, m) ? sliceOf(self, m, n) : unchangedBytes(self);
  });
}
function bytes_removesuffix(self: Ref, suffix: Ref): Ref {
  return withBytes(suffix, (p, m) => {
    const n = i32(self + 16);
    return m > 0 && n >= m && matchAt(1, bytesData(self), n - m, 1, p, m)
      ? sliceOf(self, 0, n - m)
      : unchangedBytes(self);
  });
}

// ---- replace, translate ----

function bytes_replace(self: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('replace', nargs, 2, 3);
  const from = i32(args);
  const to = i32(args + 8);
  if (!PyObject_CheckBuffer(from)) raise(PyExc_TypeError, `a bytes-like object is required, not '${typeNameOf(from)}'`);
  if (!PyObject_CheckBuffer(to)) raise(PyExc_TypeError, `a bytes-like object is required, not '${typeNameOf(to)}'`);
  const max = nargs > 2 ? PyNumber_AsSsize_t(i32(args + 16), PyExc_OverflowError) : -1;
  return withBytes(from, (f, m) => withBytes(to, (t, k) => replaceBytes(self, f, m, t, k, max < 0 ? SSIZE_MAX : max)));
}
function replaceBytes(self: Ref, f: number, m: number, t: number, k: number, max: number): Ref {
  const n = i32(self + 16);
  const s = bytesData(self);
  const count = max === 0 || n < m ? 0 : countIn(1, s, n, 1, f, m, max);
  if (count === 0 || (m === 0 && k === 0)) return unchangedBytes(self);
  const total = n + count * (k - m);
  if (total > SSIZE_MAX) raise(PyExc_OverflowError, 'replace bytes is too long');
  const r = likeSelf(self, 0, total);
  if (total === 0) return r;
  const out = bytesData(r);
  const from = bytesData(self);
  let at = 0;
  let w = out;
  for (let i = 0; i < count; i++) {
    const hit = m === 0 ? (i === 0 ? 0 : 1) : findIn(1, from + at, n - at, 1, f, m);
    copyBytes(w, from + at, hit);
    copyBytes(w + hit, t, k);
    w += hit + k;
    at += hit + m;
  }
  copyBytes(w, from + at, n - at);
  return r;
}
function bytes_translate(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [table, remove] = unpackKeywords(args, nargs, kwnames, {
    fname: 'translate',
    keywords: ['', 'delete'],
    required: 1,
  }) as [Ref, Ref];
  const map =
    table === Py_None
      ? null
      : withBytes(table, (p, n) => {
          if (n !== 256) raise(PyExc_ValueError, 'translation table must be 256 characters long');
          return bytes.slice(p, p + 256);
        });
  const gone = new Uint8Array(256);
  if (remove !== 0)
    withBytes(remove, (p, n) => {
      for (let i = 0; i < n; i++) gone[bytes[p + i] as number] = 1;
    });
  const p = bytesData(self);
  const n = i32(self + 16);
  const out: number[] = [];
  let changed = false;
  for (let i = 0; i < n; i++) {
    const c = bytes[p + i] as number;
    if (gone[c] === 1) {
      changed = true;
      continue;
    }
    const to = map === null ? c : (map[c] as number);
    if (to !== c) changed = true;
    out.push(to);
  }
  return changed ? fromList(self, out) : unchangedBytes(self);
}
function bytes_maketrans(_self: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('maketrans', nargs, 2, 2);
  return withBytes(i32(args), (p, n) =>
    withBytes(i32(args + 8), (q, m) => {
      if (n !== m) raise(PyExc_ValueError, 'maketrans arguments must have same length');
      const table = Uint8Array.from({ length: 256 }, (_, i) => i);
      for (let i = 0; i < n; i++) table[bytes[p + i] as number] = bytes[q + i] as number;
      return PyBytes_FromStringAndSize(table, 256);
    }),
  );
}

// ---- strip, justify, tabs ----

export function isSpaceByte(c: number): boolean {
  return c === 32 || (c >= 9 && c <= 13);
}
function strip(name: string, self: Ref, args: number, nargs: number, left: boolean, right: boolean): Ref {
  _PyArg_CheckPositional(name, nargs, 0, 1);
  const arg = nargs > 0 ? i32(args) : Py_None;
  let set: Uint8Array | null = null;
  if (arg !== Py_None) {
    const s = new Uint8Array(256);
    withBytes(arg, (p, n) => {
      for (let i = 0; i < n; i++) s[bytes[p + i] as number] = 1;
    });
    set = s;
  }
  const has = (c: number): boolean => (set === null ? isSpaceByte(c) : set[c] === 1);
  const p = bytesData(self);
  let i = 0;
  let j = i32(self + 16);
  if (left) while (i < j && has(bytes[p + i] as number)) i++;
  if (right) while (j > i && has(bytes[p + j - 1] as number)) j--;
  return sliceOf(self, i, j);
}
function bytes_strip(self: Ref, args: number, nargs: number): Ref {
  return strip('strip', self, args, nargs, true, true);
}
function bytes_lstrip(self: Ref, args: number, nargs: number): Ref {
  return strip('lstrip', self, args, nargs, true, false);
}
function bytes_rstrip(self: Ref, args: number, nargs: number): Ref {
  return strip('rstrip', self, args, nargs, false, true);
}
function padBytes(self: Ref, left: number, right: number, fill: number): Ref {
  const n = i32(self + 16);
  const r = likeSelf(self, 0, left + n + right);
  const p = bytesData(r);
  if (left + n + right === 0) return r;
  bytes.fill(fill, p, p + left);
  copyBytes(p + left, bytesData(self), n);
  bytes.fill(fill, p + left + n, p + left + n + right);
  return r;
}
function justify(name: string, self: Ref, args: number, nargs: number, how: number): Ref {
  _PyArg_CheckPositional(name, nargs, 1, 2);
  const width = PyNumber_AsSsize_t(i32(args), PyExc_OverflowError);
  let fill = 32;
  if (nargs > 1) {
    const f = i32(args + 8);
    const ok = PyBytes_Check(f) || PyObject_TypeCheck(f, PyByteArray_Type);
    if (!ok || i32(f + 16) !== 1) _PyArg_BadArgument(name, 'argument 2', 'a byte string of length 1', f);
    fill = bytes[bytesData(f)] as number;
  }
  const missing = width - i32(self + 16);
  if (missing <= 0) return unchangedBytes(self);
  if (how < 0) return padBytes(self, 0, missing, fill);
  if (how > 0) return padBytes(self, missing, 0, fill);
  const left = Math.floor(missing / 2) + (missing % 2 === 1 && width % 2 === 1 ? 1 : 0);
  return padBytes(self, left, missing - left, fill);
}
function bytes_center(self: Ref, args: number, nargs: number): Ref {
  return justify('center', self, args, nargs, 0);
}
function bytes_ljust(self: Ref, args: number, nargs: number): Ref {
  return justify('ljust', self, args, nargs, -1);
}
function bytes_rjust(self: Ref, args: number, nargs: number): Ref {
  return justify('rjust', self, args, nargs, 1);
}
function bytes_zfill(self: Ref, arg: Ref): Ref {
  const width = PyNumber_AsSsize_t(arg, PyExc_OverflowError);
  const n = i32(self + 16);
  if (n >= width) return unchangedBytes(self);
  const r = padBytes(self, width - n, 0, 48);
  const p = bytesData(r);
  const c = n === 0 ? 0 : (bytes[p + width - n] as number);
  if (c === 43 || c === 45) {
    bytes[p] = c;
    bytes[p + width - n] = 48;
  }
  return r;
}
function bytes_expandtabs(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [arg] = unpackKeywords(args, nargs, kwnames, { fname: 'expandtabs', keywords: ['tabsize'] }) as [Ref];
  const tab = arg === 0 ? 8 : intArgument(arg);
  const p = bytesData(self);
  const n = i32(self + 16);
  const out: number[] = [];
  let column = 0;
  for (let i = 0; i < n; i++) {
    const c = bytes[p + i] as number;
    if (c === 9) {
      if (tab > 0) {
        const incr = tab - (column % tab);
        column += incr;
        if (out.length + incr > 0x7ffffff0) raise(PyExc_OverflowError, 'result too long');
        for (let k = 0; k < incr; k++) out.push(32);
      }
    } else {
      column = c === 10 || c === 13 ? 0 : column + 1;
      out.push(c);
    }
  }
  return fromList(self, out);
}

export function bytesSearchMethods(): MethodSpec[] {
  const FAST = METH_FASTCALL;
  return [
    {
      name: 'center',
      flags: FAST,
      fn: bytes_center,
      doc: "center($self, width, fillchar=b' ', /)\n--\n\nReturn a centered string of length width.",
    },
    { name: 'count', flags: FAST, fn: bytes_count },
    { name: 'endswith', flags: FAST, fn: bytes_endswith },
    {
      name: 'expandtabs',
      flags: FAST | METH_KEYWORDS,
      fn: bytes_expandtabs,
      doc: 'expandtabs($self, /, tabsize=8)\n--\n\nReturn a copy where all tab characters are expanded using spaces.',
    },
    { name: 'find', flags: FAST, fn: bytes_find },
    { name: 'index', flags: FAST, fn: bytes_index },
    {
      name: 'ljust',
      flags: FAST,
      fn: bytes_ljust,
      doc: "ljust($self, width, fillchar=b' ', /)\n--\n\nReturn a left-justified string of length width.",
    },
    {
      name: 'lstrip',
      flags: FAST,
      fn: bytes_lstrip,
      doc: 'lstrip($self, bytes=None, /)\n--\n\nStrip leading bytes contained in the argument.',
    },
    {
      name: 'maketrans',
      flags: FAST | 0x20,
      fn: bytes_maketrans,
      doc: 'maketrans(frm, to, /)\n--\n\nReturn a translation table useable for the bytes or bytearray translate method.',
    },
    {
      name: 'removeprefix',
      flags: METH_O,
      fn: bytes_removeprefix,
      doc: 'removeprefix($self, prefix, /)\n--\n\nReturn a bytes object with the given prefix string removed if present.',
    },
    {
      name: 'removesuffix',
      flags: METH_O,
      fn: bytes_removesuffix,
      doc: 'removesuffix($self, suffix, /)\n--\n\nReturn a bytes object with the given suffix string removed if present.',
    },
    {
      name: 'replace',
      flags: FAST,
      fn: bytes_replace,
      doc: 'replace($self, old, new, count=-1, /)\n--\n\nReturn a copy with all occurrences of substring old replaced by new.',
    },
    { name: 'rfind', flags: FAST, fn: bytes_rfind },
    { name: 'rindex', flags: FAST, fn: bytes_rindex },
    {
      name: 'rjust',
      flags: FAST,
      fn: bytes_rjust,
      doc: "rjust($self, width, fillchar=b' ', /)\n--\n\nReturn a right-justified string of length width.",
    },
    {
      name: 'rstrip',
      flags: FAST,
      fn: bytes_rstrip,
      doc: 'rstrip($self, bytes=None, /)\n--\n\nStrip trailing bytes contained in the argument.',
    },
    { name: 'startswith', flags: FAST, fn: bytes_startswith },
    {
      name: 'strip',
      flags: FAST,
      fn: bytes_strip,
      doc: 'strip($self, bytes=None, /)\n--\n\nStrip leading and trailing bytes contained in the argument.',
    },
    {
      name: 'translate',
      flags: FAST | METH_KEYWORDS,
      fn: bytes_translate,
      doc: "translate($self, table, /, delete=b'')\n--\n\nReturn a copy with each character mapped by the given translation table.",
    },
    {
      name: 'zfill',
      flags: METH_O,
      fn: bytes_zfill,
      doc: 'zfill($self, width, /)\n--\n\nPad a numeric string with zeros on the left, to fill a field of the given width.',
    },
  ];
}
