/**
 * str: deallocation, repr, comparison, subscripts, searching entry points, UTF-8 cache.
 * Mirrors those parts of Objects/unicodeobject.c.
 */
import { Py_EQ, Py_GE, Py_GT, Py_LE, Py_LT, Py_NE, PyTypeObject } from '@moult/abi';
import { bytes, i32, mem, setPtr, u8 } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import { text } from '../memory/text.ts';
import { isPrintable } from '../numeric/unicode/properties.ts';
import { _PyIndex_Check, PyNumber_AsSsize_t } from './abstract.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { PyErr_NoMemory, raise } from './errors.ts';
import { forgetInterned, SSTATE_INTERNED_MORTAL } from './intern.ts';
import { Py_NewRef, PyUnicode_Check, type Ref, typeNameOf } from './object.ts';
import { PySlice_AdjustIndices, PySlice_Check, PySlice_Unpack } from './sliceobject.ts';
import { PyExc_IndexError, PyExc_TypeError, Py_NotImplemented, PyUnicode_Type } from './static.ts';
import { encodeUtf8Strict } from './codecs.ts';
import { adjustEnd, adjustStart, findChar, findIn } from './unicodesearch.ts';
import {
  copyBytes,
  freshFromCodePoints,
  fromCodePoints,
  pushText,
  PyUnicode_Substring,
  unicode_result_unchanged,
} from './unicodemake.ts';
import {
  EMPTY_STRING,
  PyUnicode_DATA,
  PyUnicode_IS_ASCII,
  PyUnicode_KIND,
  PyUnicode_New,
  PyUnicode_READ,
  unicode_char,
  unicode_eq,
} from './unicodeobject.ts';

/** Whether the str owns memory for its UTF-8 form. */
function hasUtf8Memory(op: Ref): boolean {
  const state = u8(op + 32);
  if ((state & (32 | 64)) === (32 | 64)) return false;
  const utf8 = i32(op + 48);
  return utf8 !== 0 && !((state & 32) === 0 && utf8 === i32(op + 56));
}
/** tp_dealloc. Immortal strings get their count back. */
export function unicode_dealloc(op: Ref): void {
  const state = u8(op + 32);
  if ((state & 128) !== 0 || (state & 3) > SSTATE_INTERNED_MORTAL) {
    setPtr(op, -1);
    return;
  }
  if ((state & 3) === SSTATE_INTERNED_MORTAL) forgetInterned(op);
  if ((state & 64) === 0 || (state & 32) === 0) {
    if (hasUtf8Memory(op)) PyMem_Free(i32(op + 48));
    if ((state & 32) === 0 && i32(op + 56) !== 0) PyMem_Free(i32(op + 56));
  }
  text[i32(i32(op + 8) + PyTypeObject.tp_free)]?.(op);
}
/** str.__sizeof__. */
export function unicode_sizeof(op: Ref): number {
  const state = u8(op + 32);
  const n = i32(op + 16);
  const kind = (state >> 2) & 7;
  let size: number;
  if ((state & 32) !== 0) size = ((state & 64) !== 0 ? 40 : 56) + (n + 1) * kind;
  else size = 64 + (i32(op + 56) !== 0 ? (n + 1) * kind : 0);
  if (hasUtf8Memory(op)) size += i32(op + 40) + 1;
  return size;
}

/** Address of the str's UTF-8 bytes, NUL behind them; kept in the object. Lone surrogates raise UnicodeEncodeError. */
export function PyUnicode_AsUTF8(op: Ref): number {
  if (!PyUnicode_Check(op)) raise(PyExc_TypeError, 'bad argument type for built-in operation');
  if (PyUnicode_IS_ASCII(op)) return PyUnicode_DATA(op);
  if (i32(op + 48) === 0) {
    const data = encodeUtf8Strict(op);
    const p = PyMem_Malloc(data.length + 1);
    if (p === 0) PyErr_NoMemory();
    bytes.set(data, p);
    bytes[p + data.length] = 0;
    setPtr(op + 48, p);
    setPtr(op + 40, data.length);
  }
  return i32(op + 48);
}
/** Length of what PyUnicode_AsUTF8 gives; call that first. */
export function utf8LengthOf(op: Ref): number {
  return PyUnicode_IS_ASCII(op) ? i32(op + 16) : i32(op + 40);
}

// ---- repr ----

const HEX = '0123456789abcdef';
function hex(c: number, digits: number): string {
  let s = '';
  for (let shift = (digits - 1) * 4; shift >= 0; shift -= 4) s += HEX[(c >>> shift) & 15];
  return s;
}
export function unicode_repr(op: Ref): Ref {
  const n = i32(op + 16);
  const kind = PyUnicode_KIND(op);
  const data = PyUnicode_DATA(op);
  let single = 0;
  let double = 0;
  let plain = true;
  for (let i = 0; i < n; i++) {
    const c = PyUnicode_READ(kind, data, i);
    if (c === 39) single++;
    else if (c === 34) double++;
    else if (c === 92 || c < 32 || c >= 127) plain = false;
  }
  const quote = single > 0 && double === 0 ? 34 : 39;
  if (plain && (single === 0 || quote === 34)) {
    const r = PyUnicode_New(n + 2, 127);
    bytes[r + 40] = quote;
    if (kind === 1) copyBytes(r + 41, data, n);
    else for (let i = 0; i < n; i++) bytes[r + 41 + i] = PyUnicode_READ(kind, data, i);
    bytes[r + 41 + n] = quote;
    return r;
  }
  const out: number[] = [quote];
  for (let i = 0; i < n; i++) {
    const c = PyUnicode_READ(kind, data, i);
    if (c === quote || c === 92) out.push(92, c);
    else if (c >= 32 && c < 127) out.push(c);
    else if (c === 10) out.push(92, 110);
    else if (c === 9) out.push(92, 116);
    else if (c === 13) out.push(92, 114);
    else if (c < 127 || !isPrintable(c)) {
      pushText(out, c < 256 ? `\\x${hex(c, 2)}` : c < 65536 ? `\\u${hex(c, 4)}` : `\\U${hex(c, 8)}`);
    } else out.push(c);
  }
  out.push(quote);
  return fromCodePoints(out);
}
export function unicode_str(op: Ref): Ref {
  return unicode_result_unchanged(op);
}

// ---- comparison ----

/** -1, 0 or 1. */
export function unicode_compare(a: Ref, b: Ref): number {
  const na = i32(a + 16);
  const nb = i32(b + 16);
  const ka = PyUnicode_KIND(a);
  const kb = PyUnicode_KIND(b);
  const p = PyUnicode_DATA(a);
  const q = PyUnicode_DATA(b);
  const n = Math.min(na, nb);
  if (ka === 1 && kb === 1) {
    for (let i = 0; i < n; i++) {
      const d = mem.getUint8(p + i) - mem.getUint8(q + i);
      if (d !== 0) return d < 0 ? -1 : 1;
    }
  } else {
    for (let i = 0; i < n; i++) {
      const d = PyUnicode_READ(ka, p, i) - PyUnicode_READ(kb, q, i);
      if (d !== 0) return d < 0 ? -1 : 1;
    }
  }
  return na === nb ? 0 : na < nb ? -1 : 1;
}
export function PyUnicode_Compare(a: Ref, b: Ref): number {
  if (!PyUnicode_Check(a) || !PyUnicode_Check(b))
    raise(PyExc_TypeError, `Can't compare ${typeNameOf(a)} and ${typeNameOf(b)}`);
  return a === b ? 0 : unicode_compare(a, b);
}
/** Equality of two strs (PyUnicode_Equal). */
export function PyUnicode_Equal(a: Ref, b: Ref): boolean {
  return a === b || unicode_eq(a, b);
}
/** tp_richcompare. */
export function PyUnicode_RichCompare(a: Ref, b: Ref, op: number): Ref {
  if (!PyUnicode_Check(a) || !PyUnicode_Check(b)) return Py_NewRef(Py_NotImplemented);
  let r: boolean;
  if (a === b) r = op === Py_EQ || op === Py_LE || op === Py_GE;
  else if (op === Py_EQ || op === Py_NE) r = unicode_eq(a, b) === (op === Py_EQ);
  else {
    const c = unicode_compare(a, b);
    r = op === Py_LT ? c < 0 : op === Py_LE ? c <= 0 : op === Py_GT ? c > 0 : c >= 0;
  }
  return PyBool_FromLong(r);
}

// ---- items ----

/** op[i] for an index that may be out of range (sq_item). */
export function unicode_getitem(op: Ref, i: number): Ref {
  if (i < 0 || i >= i32(op + 16)) raise(PyExc_IndexError, 'string index out of range');
  return unicode_char(PyUnicode_READ(PyUnicode_KIND(op), PyUnicode_DATA(op), i));
}
export function unicode_length(op: Ref): number {
  return i32(op + 16);
}
export function unicode_subscript(op: Ref, item: Ref): Ref {
  if (_PyIndex_Check(item)) {
    let i = PyNumber_AsSsize_t(item, PyExc_IndexError);
    if (i < 0) i += i32(op + 16);
    return unicode_getitem(op, i);
  }
  if (!PySlice_Check(item)) raise(PyExc_TypeError, `string indices must be integers, not '${typeNameOf(item)}'`);
  const s = PySlice_Unpack(item);
  const n = PySlice_AdjustIndices(i32(op + 16), s);
  if (n <= 0) return Py_NewRef(EMPTY_STRING);
  if (s.step === 1) return PyUnicode_Substring(op, s.start, s.start + n);
  const kind = PyUnicode_KIND(op);
  const data = PyUnicode_DATA(op);
  const out = new Array<number>(n);
  for (let i = 0, at = s.start; i < n; i++, at += s.step) out[i] = PyUnicode_READ(kind, data, at);
  return freshFromCodePoints(out);
}
/** sub in op (sq_contains). */
export function PyUnicode_Contains(op: Ref, sub: Ref): boolean {
  if (!PyUnicode_Check(sub))
    raise(PyExc_TypeError, `'in <string>' requires string as left operand, not ${typeNameOf(sub)}`);
  return (
    findIn(
      PyUnicode_KIND(op),
      PyUnicode_DATA(op),
      i32(op + 16),
      PyUnicode_KIND(sub),
      PyUnicode_DATA(sub),
      i32(sub + 16),
    ) >= 0
  );
}
/** First place of the character in op[start:end], or -1. */
export function PyUnicode_FindChar(op: Ref, c: number, start: number, end: number): number {
  const n = i32(op + 16);
  const e = adjustEnd(end, n);
  const s = adjustStart(start, n);
  if (e <= s) return -1;
  const kind = PyUnicode_KIND(op);
  const i = findChar(kind, PyUnicode_DATA(op) + s * kind, e - s, c);
  return i < 0 ? -1 : s + i;
}
export function PyUnicode_CheckExact(op: Ref): boolean {
  return i32(op + 8) === PyUnicode_Type;
}
