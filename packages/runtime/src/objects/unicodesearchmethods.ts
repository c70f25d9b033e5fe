/** str: find, index, count, startswith, replace, strip, justify and their like. Mirrors Objects/unicodeobject.c. */
import { METH_FASTCALL, METH_KEYWORDS, METH_O } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { isSpace } from '../numeric/unicode/properties.ts';
import { PyNumber_AsSsize_t } from './abstract.ts';
import { _PyArg_BadArgument, _PyArg_CheckPositional, unpackKeywords } from './args.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { raise } from './errors.ts';
import { PyLong_FromLong } from './longobject.ts';
import { Py_DECREF, PyTuple_Check, PyUnicode_Check, type Ref, typeNameOf, Py_NewRef } from './object.ts';
import type { MethodSpec } from './spec.ts';
import { Py_None, PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from './static.ts';
import {
  copyCharacters,
  fillCharacters,
  findMaxChar,
  fromCodePoints,
  PyUnicode_Substring,
  unicode_result_unchanged,
} from './unicodemake.ts';
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
import {
  EMPTY_STRING,
  PyUnicode_DATA,
  PyUnicode_IS_ASCII,
  PyUnicode_KIND,
  PyUnicode_MAX_CHAR_VALUE,
  PyUnicode_New,
  PyUnicode_READ,
  PyUnicode_WRITE,
} from './unicodeobject.ts';

/** Checks argument `index` (from 1; 0: the only one) of method `name` to be a str. */
export function wantStr(name: string, index: number, op: Ref): void {
  if (!PyUnicode_Check(op)) _PyArg_BadArgument(name, index === 0 ? 'argument' : `argument ${index}`, 'str', op);
}

/** The place of sub in self[start:end], or -1, for find (forward) and rfind. */
function search(name: string, self: Ref, args: number, nargs: number, forward: boolean): number {
  _PyArg_CheckPositional(name, nargs, 1, 3);
  const sub = i32(args);
  wantStr(name, 1, sub);
  const n = i32(self + 16);
  const start = adjustStart(nargs > 1 ? sliceArgument(i32(args + 8), 0) : 0, n);
  const end = adjustEnd(nargs > 2 ? sliceArgument(i32(args + 16), SSIZE_MAX) : SSIZE_MAX, n);
  const m = i32(sub + 16);
  if (end - start < m) return -1;
  const kind = PyUnicode_KIND(self);
  const f = forward ? findIn : rfindIn;
  const i = f(kind, PyUnicode_DATA(self) + start * kind, end - start, PyUnicode_KIND(sub), PyUnicode_DATA(sub), m);
  return i < 0 ? -1 : i + start;
}
function unicode_find(self: Ref, args: number, nargs: number): Ref {
  return PyLong_FromLong(search('find', self, args, nargs, true));
}
function unicode_rfind(self: Ref, args: number, nargs: number): Ref {
  return PyLong_FromLong(search('rfind', self, args, nargs, false));
}
function unicode_index(self: Ref, args: number, nargs: number): Ref {
  const i = search('index', self, args, nargs, true);
  if (i < 0) raise(PyExc_ValueError, 'substring not found');
  return PyLong_FromLong(i);
}
function unicode_rindex(self: Ref, args: number, nargs: number): Ref {
  const i = search('rindex', self, args, nargs, false);
  if (i < 0) raise(PyExc_ValueError, 'substring not found');
  return PyLong_FromLong(i);
}
function unicode_count(self: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('count', nargs, 1, 3);
  const sub = i32(args);
  wantStr('count', 1, sub);
  const n = i32(self + 16);
  const start = adjustStart(nargs > 1 ? sliceArgument(i32(args + 8), 0) : 0, n);
  const end = adjustEnd(nargs > 2 ? sliceArgument(i32(args + 16), SSIZE_MAX) : SSIZE_MAX, n);
  const m = i32(sub + 16);
  if (end - start < m) return PyLong_FromLong(0);
  const kind = PyUnicode_KIND(self);
  return PyLong_FromLong(
    countIn(
      kind,
      PyUnicode_DATA(self) + start * kind,
      end - start,
      PyUnicode_KIND(sub),
      PyUnicode_DATA(sub),
      m,
      SSIZE_MAX,
    ),
  );
}

function tailmatch(self: Ref, sub: Ref, start: number, end: number, atEnd: boolean): boolean {
  const n = i32(self + 16);
  const m = i32(sub + 16);
  const e = adjustEnd(end, n) - m;
  const s = adjustStart(start, n);
  if (e < s) return false;
  if (m === 0) return true;
  return matchAt(
    PyUnicode_KIND(self),
    PyUnicode_DATA(self),
    atEnd ? e : s,
    PyUnicode_KIND(sub),
    PyUnicode_DATA(sub),
    m,
  );
}
function startsOrEnds(name: string, self: Ref, args: number, nargs: number, atEnd: boolean): Ref {
  _PyArg_CheckPositional(name, nargs, 1, 3);
  const sub = i32(args);
  const start = nargs > 1 ? sliceArgument(i32(args + 8), 0) : 0;
  const end = nargs > 2 ? sliceArgument(i32(args + 16), SSIZE_MAX) : SSIZE_MAX;
  if (PyTuple_Check(sub)) {
    const n = i32(sub + 16);
    for (let i = 0; i < n; i++) {
      const s = i32(sub + 24 + (i << 3));
      if (!PyUnicode_Check(s)) raise(PyExc_TypeError, `tuple for ${name} must only contain str, not ${typeNameOf(s)}`);
      if (tailmatch(self, s, start, end, atEnd)) return PyBool_FromLong(true);
    }
    return PyBool_FromLong(false);
  }
  if (!PyUnicode_Check(sub))
    raise(PyExc_TypeError, `${name} first arg must be str or a tuple of str, not ${typeNameOf(sub)}`);
  return PyBool_FromLong(tailmatch(self, sub, start, end, atEnd));
}
function unicode_startswith(self: Ref, args: number, nargs: number): Ref {
  return startsOrEnds('startswith', self, args, nargs, false);
}
function unicode_endswith(self: Ref, args: number, nargs: number): Ref {
  return startsOrEnds('endswith', self, args, nargs, true);
}
function unicode_removeprefix(self: Ref, prefix: Ref): Ref {
  wantStr('removeprefix', 0, prefix);
  if (tailmatch(self, prefix, 0, SSIZE_MAX, false)) return PyUnicode_Substring(self, i32(prefix + 16), i32(self + 16));
  return unicode_result_unchanged(self);
}
function unicode_removesuffix(self: Ref, suffix: Ref): Ref {
  wantStr('removesuffix', 0, suffix);
  if (tailmatch(self, suffix, 0, SSIZE_MAX, true))
    return PyUnicode_Substring(self, 0, i32(self + 16) - i32(suffix + 16));
  return unicode_result_unchanged(self);
}

/** self.replace(old, new, max). */
export function unicodeReplace(self: Ref, from: Ref, to: Ref, max: number): Ref {
  const n = i32(self + 16);
  const m = i32(from + 16);
  if (max === 0 || (m > 0 && n < m) || PyUnicode_MAX_CHAR_VALUE(from) > PyUnicode_MAX_CHAR_VALUE(self))
    return unicode_result_unchanged(self);
  const sk = PyUnicode_KIND(self);
  const fk = PyUnicode_KIND(from);
  const s = PyUnicode_DATA(self);
  const f = PyUnicode_DATA(from);
  const limit = max < 0 ? SSIZE_MAX : max;
  const count = countIn(sk, s, n, fk, f, m, limit);
  if (count === 0) return unicode_result_unchanged(self);
  const k = i32(to + 16);
  const total = n + count * (k - m);
  if (total > SSIZE_MAX) raise(PyExc_OverflowError, 'replace string is too long');
  if (total === 0) return Py_NewRef(EMPTY_STRING);
  const op = PyUnicode_New(total, PyUnicode_MAX_CHAR_VALUE(self) | PyUnicode_MAX_CHAR_VALUE(to));
  const kind = PyUnicode_KIND(op);
  const out = PyUnicode_DATA(op);
  const tk = PyUnicode_KIND(to);
  const t = PyUnicode_DATA(to);
  let at = 0;
  let w = 0;
  for (let i = 0; i < count; i++) {
    const hit = m === 0 ? (i === 0 ? 0 : 1) : findIn(sk, s + at * sk, n - at, fk, f, m);
    copyCharacters(kind, out + w * kind, sk, s + at * sk, hit);
    w += hit;
    copyCharacters(kind, out + w * kind, tk, t, k);
    w += k;
    at += hit + m;
  }
  copyCharacters(kind, out + w * kind, sk, s + at * sk, n - at);
  return PyUnicode_IS_ASCII(op) ? op : narrow(op);
}
/** The same text in its narrowest kind; takes the reference over (unicode_adjust_maxchar). */
export function narrow(op: Ref): Ref {
  const n = i32(op + 16);
  const kind = PyUnicode_KIND(op);
  const data = PyUnicode_DATA(op);
  const max = findMaxChar(kind, data, n);
  if (max === PyUnicode_MAX_CHAR_VALUE(op)) return op;
  const r = PyUnicode_New(n, max);
  copyCharacters(PyUnicode_KIND(r), PyUnicode_DATA(r), kind, data, n);
  Py_DECREF(op);
  return r;
}
const REPLACE = { fname: 'replace', keywords: ['', '', 'count'], required: 2 } as const;
function unicode_replace(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [from, to, count] = unpackKeywords(args, nargs, kwnames, REPLACE) as [Ref, Ref, Ref];
  wantStr('replace', 1, from);
  wantStr('replace', 2, to);
  return unicodeReplace(self, from, to, count === 0 ? -1 : PyNumber_AsSsize_t(count, PyExc_OverflowError));
}

const LEFT = 1;
const RIGHT = 2;
function strip(name: string, self: Ref, args: number, nargs: number, sides: number): Ref {
  _PyArg_CheckPositional(name, nargs, 0, 1);
  const chars = nargs > 0 ? i32(args) : Py_None;
  const kind = PyUnicode_KIND(self);
  const data = PyUnicode_DATA(self);
  let i = 0;
  let j = i32(self + 16);
  if (chars === Py_None) {
    if ((sides & LEFT) !== 0) while (i < j && isSpace(PyUnicode_READ(kind, data, i))) i++;
    if ((sides & RIGHT) !== 0) while (j > i && isSpace(PyUnicode_READ(kind, data, j - 1))) j--;
  } else {
    if (!PyUnicode_Check(chars)) raise(PyExc_TypeError, `${name} arg must be None or str`);
    const ck = PyUnicode_KIND(chars);
    const cd = PyUnicode_DATA(chars);
    const cn = i32(chars + 16);
    const has = (c: number): boolean => {
      for (let k = 0; k < cn; k++) if (PyUnicode_READ(ck, cd, k) === c) return true;
      return false;
    };
    if ((sides & LEFT) !== 0) while (i < j && has(PyUnicode_READ(kind, data, i))) i++;
    if ((sides & RIGHT) !== 0) while (j > i && has(PyUnicode_READ(kind, data, j - 1))) j--;
  }
  return PyUnicode_Substring(self, i, j);
}
function unicode_strip(self: Ref, args: number, nargs: number): Ref {
  return strip('strip', self, args, nargs, LEFT | RIGHT);
}
function unicode_lstrip(self: Ref, args: number, nargs: number): Ref {
  return strip('lstrip', self, args, nargs, LEFT);
}
function unicode_rstrip(self: Ref, args: number, nargs: number): Ref {
  return strip('rstrip', self, args, nargs, RIGHT);
}

/** left and right fill characters around self. */
function pad(self: Ref, left: number, right: number, fill: number): Ref {
  if (left < 0) left = 0;
  if (right < 0) right = 0;
  if (left === 0 && right === 0) return unicode_result_unchanged(self);
  const n = i32(self + 16);
  if (n + left + right >= SSIZE_MAX) raise(PyExc_OverflowError, 'padded string is too long');
  const op = PyUnicode_New(n + left + right, PyUnicode_MAX_CHAR_VALUE(self) | fill);
  const kind = PyUnicode_KIND(op);
  fillCharacters(op, 0, left, fill);
  copyCharacters(kind, PyUnicode_DATA(op) + left * kind, PyUnicode_KIND(self), PyUnicode_DATA(self), n);
  fillCharacters(op, left + n, right, fill);
  return op;
}
function justify(name: string, self: Ref, args: number, nargs: number, how: number): Ref {
  _PyArg_CheckPositional(name, nargs, 1, 2);
  const width = PyNumber_AsSsize_t(i32(args), PyExc_OverflowError);
  let fill = 32;
  if (nargs > 1) {
    const f = i32(args + 8);
    if (!PyUnicode_Check(f))
      raise(PyExc_TypeError, `The fill character must be a unicode character, not ${typeNameOf(f)}`);
    if (i32(f + 16) !== 1) raise(PyExc_TypeError, 'The fill character must be exactly one character long');
    fill = PyUnicode_READ(PyUnicode_KIND(f), PyUnicode_DATA(f), 0);
  }
  const missing = width - i32(self + 16);
  if (missing <= 0) return unicode_result_unchanged(self);
  if (how < 0) return pad(self, 0, missing, fill);
  if (how > 0) return pad(self, missing, 0, fill);
  const left = Math.floor(missing / 2) + (missing % 2 === 1 && width % 2 === 1 ? 1 : 0);
  return pad(self, left, missing - left, fill);
}
function unicode_center(self: Ref, args: number, nargs: number): Ref {
  return justify('center', self, args, nargs, 0);
}
function unicode_ljust(self: Ref, args: number, nargs: number): Ref {
  return justify('ljust', self, args, nargs, -1);
}
function unicode_rjust(self: Ref, args: number, nargs: number): Ref {
  return justify('rjust', self, args, nargs, 1);
}
function unicode_zfill(self: Ref, arg: Ref): Ref {
  const width = PyNumber_AsSsize_t(arg, PyExc_OverflowError);
  const n = i32(self + 16);
  if (n >= width) return unicode_result_unchanged(self);
  const fill = width - n;
  const op = pad(self, fill, 0, 48);
  const kind = PyUnicode_KIND(op);
  const data = PyUnicode_DATA(op);
  const c = n === 0 ? 0 : PyUnicode_READ(kind, data, fill);
  if (c === 43 || c === 45) {
    PyUnicode_WRITE(kind, data, 0, c);
    PyUnicode_WRITE(kind, data, fill, 48);
  }
  return op;
}
function unicode_expandtabs(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [arg] = unpackKeywords(args, nargs, kwnames, { fname: 'expandtabs', keywords: ['tabsize'] }) as [Ref];
  const tab = arg === 0 ? 8 : intArgument(arg);
  const n = i32(self + 16);
  const kind = PyUnicode_KIND(self);
  const data = PyUnicode_DATA(self);
  const out: number[] = [];
  let column = 0;
  let found = false;
  for (let i = 0; i < n; i++) {
    const c = PyUnicode_READ(kind, data, i);
    if (c === 9) {
      found = true;
      if (tab > 0) {
        const incr = tab - (column % tab);
        column += incr;
        if (out.length + incr > 0x7ffffff0) raise(PyExc_OverflowError, 'new string is too long');
        for (let k = 0; k < incr; k++) out.push(32);
      }
    } else {
      column = c === 10 || c === 13 ? 0 : column + 1;
      out.push(c);
    }
  }
  return found ? fromCodePoints(out) : unicode_result_unchanged(self);
}

export function searchMethods(): MethodSpec[] {
  const FAST_KW = METH_FASTCALL | METH_KEYWORDS;
  return [
    {
      name: 'replace',
      flags: FAST_KW,
      fn: unicode_replace,
      doc: 'replace($self, old, new, /, count=-1)\n--\n\nReturn a copy with all occurrences of substring old replaced by new.',
    },
    {
      name: 'center',
      flags: METH_FASTCALL,
      fn: unicode_center,
      doc: "center($self, width, fillchar=' ', /)\n--\n\nReturn a centered string of length width.",
    },
    { name: 'count', flags: METH_FASTCALL, fn: unicode_count },
    {
      name: 'expandtabs',
      flags: FAST_KW,
      fn: unicode_expandtabs,
      doc: 'expandtabs($self, /, tabsize=8)\n--\n\nReturn a copy where all tab characters are expanded using spaces.',
    },
    { name: 'find', flags: METH_FASTCALL, fn: unicode_find },
    { name: 'index', flags: METH_FASTCALL, fn: unicode_index },
    {
      name: 'ljust',
      flags: METH_FASTCALL,
      fn: unicode_ljust,
      doc: "ljust($self, width, fillchar=' ', /)\n--\n\nReturn a left-justified string of length width.",
    },
    {
      name: 'lstrip',
      flags: METH_FASTCALL,
      fn: unicode_lstrip,
      doc: 'lstrip($self, chars=None, /)\n--\n\nReturn a copy of the string with leading whitespace removed.',
    },
    { name: 'rfind', flags: METH_FASTCALL, fn: unicode_rfind },
    { name: 'rindex', flags: METH_FASTCALL, fn: unicode_rindex },
    {
      name: 'rjust',
      flags: METH_FASTCALL,
      fn: unicode_rjust,
      doc: "rjust($self, width, fillchar=' ', /)\n--\n\nReturn a right-justified string of length width.",
    },
    {
      name: 'rstrip',
      flags: METH_FASTCALL,
      fn: unicode_rstrip,
      doc: 'rstrip($self, chars=None, /)\n--\n\nReturn a copy of the string with trailing whitespace removed.',
    },
    {
      name: 'strip',
      flags: METH_FASTCALL,
      fn: unicode_strip,
      doc: 'strip($self, chars=None, /)\n--\n\nReturn a copy of the string with leading and trailing whitespace removed.',
    },
    { name: 'startswith', flags: METH_FASTCALL, fn: unicode_startswith },
    { name: 'endswith', flags: METH_FASTCALL, fn: unicode_endswith },
    {
      name: 'removeprefix',
      flags: METH_O,
      fn: unicode_removeprefix,
      doc: 'removeprefix($self, prefix, /)\n--\n\nReturn a str with the given prefix string removed if present.',
    },
    {
      name: 'removesuffix',
      flags: METH_O,
      fn: unicode_removesuffix,
      doc: 'removesuffix($self, suffix, /)\n--\n\nReturn a str with the given suffix string removed if present.',
    },
    {
      name: 'zfill',
      flags: METH_O,
      fn: unicode_zfill,
      doc: 'zfill($self, width, /)\n--\n\nPad a numeric string with zeros on the left, to fill a field of the given width.',
    },
  ];
}
