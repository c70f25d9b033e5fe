/** str: join, split, rsplit, splitlines, partition. Mirrors Objects/stringlib/split.h, partition.h and PyUnicode_Join. */
import { METH_FASTCALL, METH_KEYWORDS, METH_O } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { isLinebreak, isSpace } from '../numeric/unicode/properties.ts';
import { PyNumber_AsSsize_t, PySequence_Fast, PySequence_Fast_ITEMS } from './abstract.ts';
import { type ArgSpec, unpackKeywords } from './args.ts';
import { raise } from './errors.ts';
import { PyList_Reverse } from './listmethods.ts';
import { _PyList_AppendTakeRef, PyList_New } from './listobject.ts';
import { drop, hold, Py_NewRef, PyUnicode_Check, type Ref, release, typeNameOf } from './object.ts';
import { PyObject_IsTrue } from './objectattr.ts';
import type { MethodSpec } from './spec.ts';
import { Py_None, PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from './static.ts';
import { tupleSteal } from './tupleobject.ts';
import { _PyUnicode_JoinArray, PyUnicode_Substring, unicode_result_unchanged } from './unicodemake.ts';
import { findIn, rfindIn } from './unicodesearch.ts';
import { EMPTY_STRING, PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ } from './unicodeobject.ts';

/** A list with room for what a split with `max` gives, 12 slots at most, and no items yet. */
export function newSplitList(max: number): Ref {
  const list = PyList_New(max >= 12 ? 12 : max + 1);
  setPtr(list + 16, 0);
  return list;
}

export function PyUnicode_Join(separator: Ref, seq: Ref): Ref {
  const fast = PySequence_Fast(seq, 'can only join an iterable');
  const m = hold(fast);
  const r = _PyUnicode_JoinArray(separator, PySequence_Fast_ITEMS(fast), i32(fast + 16));
  release(m);
  return r;
}

function splitSpaces(self: Ref, max: number): Ref {
  const n = i32(self + 16);
  const kind = PyUnicode_KIND(self);
  const data = PyUnicode_DATA(self);
  const list = newSplitList(max);
  const m = hold(list);
  let i = 0;
  while (max-- > 0) {
    while (i < n && isSpace(PyUnicode_READ(kind, data, i))) i++;
    if (i === n) break;
    const start = i++;
    while (i < n && !isSpace(PyUnicode_READ(kind, data, i))) i++;
    _PyList_AppendTakeRef(list, PyUnicode_Substring(self, start, i));
  }
  if (i < n) {
    while (i < n && isSpace(PyUnicode_READ(kind, data, i))) i++;
    if (i !== n) _PyList_AppendTakeRef(list, PyUnicode_Substring(self, i, n));
  }
  drop(m);
  return list;
}
function rsplitSpaces(self: Ref, max: number): Ref {
  const n = i32(self + 16);
  const kind = PyUnicode_KIND(self);
  const data = PyUnicode_DATA(self);
  const list = newSplitList(max);
  const m = hold(list);
  let i = n - 1;
  while (max-- > 0) {
    while (i >= 0 && isSpace(PyUnicode_READ(kind, data, i))) i--;
    if (i < 0) break;
    const end = i--;
    while (i >= 0 && !isSpace(PyUnicode_READ(kind, data, i))) i--;
    _PyList_AppendTakeRef(list, PyUnicode_Substring(self, i + 1, end + 1));
  }
  if (i >= 0) {
    while (i >= 0 && isSpace(PyUnicode_READ(kind, data, i))) i--;
    if (i >= 0) _PyList_AppendTakeRef(list, PyUnicode_Substring(self, 0, i + 1));
  }
  PyList_Reverse(list);
  drop(m);
  return list;
}
/** Where the separator cannot be in the string, the list has the string itself, even one of a subclass. */
function wholeInList(self: Ref): Ref {
  const list = PyList_New(1);
  setPtr(i32(list + 24), Py_NewRef(self));
  return list;
}
function splitOn(self: Ref, sep: Ref, max: number): Ref {
  const n = i32(self + 16);
  const k = i32(sep + 16);
  const kind = PyUnicode_KIND(self);
  const data = PyUnicode_DATA(self);
  const sk = PyUnicode_KIND(sep);
  const sd = PyUnicode_DATA(sep);
  if (kind < sk || i32(self + 16) < k) return wholeInList(self);
  if (k === 0) raise(PyExc_ValueError, 'empty separator');
  const list = newSplitList(max);
  const m = hold(list);
  let at = 0;
  while (max-- > 0) {
    const i = findIn(kind, data + at * kind, n - at, sk, sd, k);
    if (i < 0) break;
    _PyList_AppendTakeRef(list, PyUnicode_Substring(self, at, at + i));
    at += i + k;
  }
  _PyList_AppendTakeRef(list, PyUnicode_Substring(self, at, n));
  drop(m);
  return list;
}
function rsplitOn(self: Ref, sep: Ref, max: number): Ref {
  const k = i32(sep + 16);
  const kind = PyUnicode_KIND(self);
  const data = PyUnicode_DATA(self);
  const sk = PyUnicode_KIND(sep);
  const sd = PyUnicode_DATA(sep);
  if (kind < sk || i32(self + 16) < k) return wholeInList(self);
  if (k === 0) raise(PyExc_ValueError, 'empty separator');
  const list = newSplitList(max);
  const m = hold(list);
  let end = i32(self + 16);
  while (max-- > 0) {
    const i = rfindIn(kind, data, end, sk, sd, k);
    if (i < 0) break;
    _PyList_AppendTakeRef(list, PyUnicode_Substring(self, i + k, end));
    end = i;
  }
  _PyList_AppendTakeRef(list, PyUnicode_Substring(self, 0, end));
  PyList_Reverse(list);
  drop(m);
  return list;
}
const SPLIT = { fname: 'split', keywords: ['sep', 'maxsplit'] } as const;
const RSPLIT = { fname: 'rsplit', keywords: ['sep', 'maxsplit'] } as const;
function splitWith(spec: ArgSpec, args: number, nargs: number, kwnames: Ref): { sep: Ref; max: number } {
  const [sep, maxsplit] = unpackKeywords(args, nargs, kwnames, spec) as [Ref, Ref];
  const max = maxsplit === 0 ? -1 : PyNumber_AsSsize_t(maxsplit, PyExc_OverflowError);
  if (sep !== 0 && sep !== Py_None && !PyUnicode_Check(sep))
    raise(PyExc_TypeError, `must be str or None, not ${typeNameOf(sep)}`);
  return { sep: sep === Py_None ? 0 : sep, max };
}
/** The most splits there can be, where no maximum is given: the list is preallocated by it. */
function mostSplits(self: Ref, sep: Ref, max: number): number {
  if (max >= 0) return max;
  const n = i32(self + 16);
  if (sep === 0) return Math.trunc((n - 1) / 2) + 1;
  const k = i32(sep + 16);
  return k === 0 ? 0 : Math.floor(n / k) + 1;
}
function unicode_split(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const { sep, max } = splitWith(SPLIT, args, nargs, kwnames);
  return PyUnicode_Split(self, sep, max);
}
export function PyUnicode_Split(self: Ref, sep: Ref, max: number): Ref {
  const most = mostSplits(self, sep, max);
  return sep === 0 ? splitSpaces(self, most) : splitOn(self, sep, most);
}
function unicode_rsplit(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const { sep, max } = splitWith(RSPLIT, args, nargs, kwnames);
  const most = mostSplits(self, sep, max);
  return sep === 0 ? rsplitSpaces(self, most) : rsplitOn(self, sep, most);
}
export function PyUnicode_Splitlines(self: Ref, keepends: boolean): Ref {
  const n = i32(self + 16);
  const kind = PyUnicode_KIND(self);
  const data = PyUnicode_DATA(self);
  const list = PyList_New(0);
  const m = hold(list);
  for (let i = 0, j = 0; i < n; ) {
    while (i < n && !isLinebreak(PyUnicode_READ(kind, data, i))) i++;
    let end = i;
    if (i < n) {
      if (PyUnicode_READ(kind, data, i) === 13 && i + 1 < n && PyUnicode_READ(kind, data, i + 1) === 10) i += 2;
      else i++;
      if (keepends) end = i;
    }
    _PyList_AppendTakeRef(list, PyUnicode_Substring(self, j, end));
    j = i;
  }
  drop(m);
  return list;
}
function unicode_splitlines(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [keep] = unpackKeywords(args, nargs, kwnames, { fname: 'splitlines', keywords: ['keepends'] }) as [Ref];
  return PyUnicode_Splitlines(self, keep !== 0 && PyObject_IsTrue(keep));
}

function partition(self: Ref, sep: Ref, forward: boolean): Ref {
  if (!PyUnicode_Check(sep)) raise(PyExc_TypeError, `must be str, not ${typeNameOf(sep)}`);
  const k = i32(sep + 16);
  if (k === 0) raise(PyExc_ValueError, 'empty separator');
  const n = i32(self + 16);
  const f = forward ? findIn : rfindIn;
  const i = f(PyUnicode_KIND(self), PyUnicode_DATA(self), n, PyUnicode_KIND(sep), PyUnicode_DATA(sep), k);
  if (i < 0) {
    const whole = unicode_result_unchanged(self);
    return forward
      ? tupleSteal(whole, Py_NewRef(EMPTY_STRING), Py_NewRef(EMPTY_STRING))
      : tupleSteal(Py_NewRef(EMPTY_STRING), Py_NewRef(EMPTY_STRING), whole);
  }
  const m = hold(PyUnicode_Substring(self, 0, i));
  hold(unicode_result_unchanged(sep));
  const tail = PyUnicode_Substring(self, i + k, n);
  const head = i32(m);
  const middle = i32(m + 8);
  drop(m);
  return tupleSteal(head, middle, tail);
}
function unicode_partition(self: Ref, sep: Ref): Ref {
  return partition(self, sep, true);
}
function unicode_rpartition(self: Ref, sep: Ref): Ref {
  return partition(self, sep, false);
}

export function splitMethods(): MethodSpec[] {
  const FAST_KW = METH_FASTCALL | METH_KEYWORDS;
  return [
    {
      name: 'split',
      flags: FAST_KW,
      fn: unicode_split,
      doc: 'split($self, /, sep=None, maxsplit=-1)\n--\n\nReturn a list of the substrings in the string, using sep as the separator string.',
    },
    {
      name: 'rsplit',
      flags: FAST_KW,
      fn: unicode_rsplit,
      doc: 'rsplit($self, /, sep=None, maxsplit=-1)\n--\n\nReturn a list of the substrings in the string, using sep as the separator string.',
    },
    {
      name: 'join',
      flags: METH_O,
      fn: PyUnicode_Join,
      doc: 'join($self, iterable, /)\n--\n\nConcatenate any number of strings.',
    },
    {
      name: 'partition',
      flags: METH_O,
      fn: unicode_partition,
      doc: 'partition($self, sep, /)\n--\n\nPartition the string into three parts using the given separator.',
    },
    {
      name: 'rpartition',
      flags: METH_O,
      fn: unicode_rpartition,
      doc: 'rpartition($self, sep, /)\n--\n\nPartition the string into three parts using the given separator.',
    },
    {
      name: 'splitlines',
      flags: FAST_KW,
      fn: unicode_splitlines,
      doc: 'splitlines($self, /, keepends=False)\n--\n\nReturn a list of the lines in the string, breaking at line boundaries.',
    },
  ];
}
