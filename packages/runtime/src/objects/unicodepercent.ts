/** `format % args` of str, and the conversion of numbers that bytes share. Mirrors PyUnicode_Format of Objects/unicodeobject.c. */
import { PyMappingMethods, PyTypeObject } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import {
  F_LJUST,
  FROM_ARGUMENT,
  INCOMPLETE,
  parsePercent,
  type PercentPiece,
  putPadded,
  percentFloat,
  percentInt,
  unsupportedCode,
} from '../numeric/percent.ts';
import { PyNumber_Check, PyNumber_Index, PyNumber_Long, PyObject_GetItem } from './abstract.ts';
import { PyErr_ExceptionMatches, catchPending, PyErr_Clear, raise } from './errors.ts';
import { PyFloat_AsDouble } from './floatobject.ts';
import { withFormatErrors } from './formaterrors.ts';
import { longDecimal } from './longtext.ts';
import { digitCount, longAsBigInt, PyLong_AsInt, PyLong_AsSsize_t } from './longobject.ts';
import {
  hold,
  nativeMark,
  Py_NewRef,
  PyBytes_Check,
  PyLong_Check,
  PyObject_TypeCheck,
  PyTuple_Check,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import { PyObject_ASCII, PyObject_Repr, PyObject_Str } from './objectattr.ts';
import {
  Py_NotImplemented,
  PyByteArray_Type,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyLong_Type,
} from './static.ts';
import { codePointsOf, fromCodePoints, pushText } from './unicodemake.ts';
import { PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ, textOf } from './unicodeobject.ts';

/** The arguments of a % operation: a tuple's items, one object, or a mapping by keys. */
export interface PercentArgs {
  args: Ref;
  /** Items of the tuple, or -1: `args` itself is the one argument; -2: it has been used (or a mapping gave it). */
  len: number;
  index: number;
  /** Whether `args` counts as a mapping. */
  readonly mapping: boolean;
}
export function percentArgs(args: Ref, textType: 'str' | 'bytes'): PercentArgs {
  const tuple = PyTuple_Check(args);
  const mp = i32(i32(args + 8) + PyTypeObject.tp_as_mapping);
  const plain =
    textType === 'str'
      ? PyUnicode_Check(args)
      : PyBytes_Check(args) || PyUnicode_Check(args) || PyObject_TypeCheck(args, PyByteArray_Type);
  const mapping = !tuple && !plain && mp !== 0 && i32(mp + PyMappingMethods.mp_subscript) !== 0;
  return { args, len: tuple ? i32(args + 16) : -1, index: tuple ? 0 : -2, mapping };
}
/** The next argument, borrowed. */
export function nextArgument(a: PercentArgs): Ref {
  if (a.index < a.len) {
    a.index++;
    return a.len < 0 ? a.args : i32(a.args + 24 + ((a.index - 1) << 3));
  }
  raise(PyExc_TypeError, 'not enough arguments for format string');
}
/** Fills in `*` widths and precisions. */
export function starArguments(piece: PercentPiece, a: PercentArgs): void {
  if (piece.width === FROM_ARGUMENT) {
    const v = nextArgument(a);
    if (!PyLong_Check(v)) raise(PyExc_TypeError, '* wants int');
    let w = PyLong_AsSsize_t(v);
    if (w < 0) {
      piece.flags |= F_LJUST;
      w = -w;
    }
    piece.width = w;
  }
  if (piece.precision === FROM_ARGUMENT) {
    const v = nextArgument(a);
    if (!PyLong_Check(v)) raise(PyExc_TypeError, '* wants int');
    piece.precision = Math.max(0, PyLong_AsInt(v));
  }
}
/** The text of a number conversion (d i u o x X e E f F g G). */
export function percentNumber(v: Ref, piece: PercentPiece, bytesText = false): string {
  const code = piece.code;
  if ('eEfFgG'.includes(code)) {
    const m = nativeMark();
    let x: number;
    try {
      x = PyFloat_AsDouble(v);
    } catch (e) {
      catchPending(e, m);
      if (bytesText && PyErr_ExceptionMatches(PyExc_TypeError)) {
        PyErr_Clear();
        raise(PyExc_TypeError, `float argument required, not ${typeNameOf(v)}`);
      }
      throw e;
    }
    return withFormatErrors(() => percentFloat(x, code, piece.flags, piece.width, piece.precision));
  }
  const m = nativeMark();
  let n: Ref;
  if (PyLong_Check(v)) n = Py_NewRef(v);
  else {
    const hexadecimal = code === 'x' || code === 'X' || code === 'o';
    const shown = code === 'u' ? 'd' : code;
    const message = hexadecimal
      ? `%${code} format: an integer is required, not ${typeNameOf(v)}`
      : `%${bytesText ? shown : code} format: a real number is required, not ${typeNameOf(v)}`;
    if (!hexadecimal && !PyNumber_Check(v)) raise(PyExc_TypeError, message);
    try {
      n = hexadecimal ? PyNumber_Index(v) : PyNumber_Long(v);
    } catch (e) {
      catchPending(e, m);
      if (!PyErr_ExceptionMatches(PyExc_TypeError)) throw e;
      PyErr_Clear();
      raise(PyExc_TypeError, message);
    }
  }
  const k = hold(n);
  // a decimal text may be too long
  if (code !== 'x' && code !== 'X' && code !== 'o' && digitCount(n) > 70) longDecimal(n);
  const value = longAsBigInt(n);
  release(k);
  return withFormatErrors(() => percentInt(value, code, piece.flags, piece.width, piece.precision));
}

const OVERFLOW_C = '%c arg not in range(0x110000)';
/** The code point of a %c argument. */
function formatchar(v: Ref): number {
  const message = '%c requires int or char';
  if (PyUnicode_Check(v)) {
    if (i32(v + 16) !== 1) raise(PyExc_TypeError, message);
    return PyUnicode_READ(PyUnicode_KIND(v), PyUnicode_DATA(v), 0);
  }
  const m = nativeMark();
  let x: number;
  try {
    const k = hold(PyNumber_Index(v));
    x = longOrOverflow(i32(k));
    release(k);
  } catch (e) {
    catchPending(e, m);
    if (PyErr_ExceptionMatches(PyExc_TypeError)) {
      PyErr_Clear();
      raise(PyExc_TypeError, message);
    }
    throw e;
  }
  if (x < 0 || x > 0x10ffff) raise(PyExc_OverflowError, OVERFLOW_C);
  return x;
}
function longOrOverflow(v: Ref): number {
  const b = longAsBigInt(v);
  return b < 0n || b > 0x10ffffn ? -1 : Number(b);
}

/** Appends `text` (or its first `precision` characters) padded with spaces to the width. */
function putString(out: number[], piece: PercentPiece, v: Ref): void {
  let n = i32(v + 16);
  if (piece.precision >= 0 && piece.precision < n) n = piece.precision;
  if (piece.width - n > 0x7fffff00) raise(PyExc_OverflowError, 'string is too long to generate');
  const kind = PyUnicode_KIND(v);
  const data = PyUnicode_DATA(v);
  putPadded(out, piece, n, (i) => PyUnicode_READ(kind, data, i));
}
function convert(out: number[], piece: PercentPiece, v: Ref, index: number): void {
  switch (piece.code) {
    case 's':
    case 'r':
    case 'a': {
      const text = piece.code === 's' ? PyObject_Str(v) : piece.code === 'r' ? PyObject_Repr(v) : PyObject_ASCII(v);
      const m = hold(text);
      putString(out, piece, text);
      release(m);
      return;
    }
    case 'c': {
      const c = formatchar(v);
      putPadded(out, piece, 1, () => c);
      return;
    }
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      pushText(out, percentNumber(v, piece));
      return;
    default:
      raise(PyExc_ValueError, unsupportedCode(piece.code, index));
  }
}

/** The format's text with every character one code unit: characters above 0xffff stand as U+FFFF (none of them means anything). */
function units(format: Ref): string {
  const kind = PyUnicode_KIND(format);
  const data = PyUnicode_DATA(format);
  const n = i32(format + 16);
  if (kind < 4) return textOf(kind, data, n);
  let s = '';
  for (let i = 0; i < n; i++) s += String.fromCharCode(Math.min(0xffff, PyUnicode_READ(kind, data, i)));
  return s;
}
export function PyUnicode_Format(format: Ref, args: Ref): Ref {
  const text = units(format);
  const n = text.length;
  const a = percentArgs(args, 'str');
  const out: number[] = [];
  const base = nativeMark();
  for (let i = 0; i < n; ) {
    const c = text.charCodeAt(i);
    if (c !== 37) {
      out.push(c < 0xffff ? c : PyUnicode_READ(PyUnicode_KIND(format), PyUnicode_DATA(format), i));
      i++;
      continue;
    }
    const at = i + 1;
    if (text.charCodeAt(at) === 40 && !a.mapping) raise(PyExc_TypeError, 'format requires a mapping');
    const piece = withFormatErrors(() => parsePercent(text, at));
    i = piece.end;
    if (piece.literal) {
      out.push(37);
      continue;
    }
    if (piece.key !== null) {
      const start = at + 1;
      const k = hold(fromCodePoints(codePointsOf(format).slice(start, start + piece.key.length)));
      const v = PyObject_GetItem(a.mapping ? args : a.args, i32(k));
      hold(v);
      // the value is the one argument of this conversion
      a.args = v;
      a.len = -1;
      a.index = -2;
    }
    starArguments(piece, a);
    if (piece.incomplete) raise(PyExc_ValueError, INCOMPLETE);
    const code =
      piece.code === '\uffff'
        ? String.fromCodePoint(PyUnicode_READ(PyUnicode_KIND(format), PyUnicode_DATA(format), piece.end - 1))
        : piece.code;
    const arg = nextArgument(a);
    if (
      code === 's' &&
      i32(arg + 8) !== PyLong_Type &&
      i >= n &&
      out.length === 0 &&
      piece.width < 0 &&
      piece.precision < 0 &&
      piece.key === null &&
      (a.index >= a.len || a.mapping)
    ) {
      return PyObject_Str(arg);
    }
    piece.code = code;
    convert(out, piece, arg, piece.end - 1);
    if (piece.key !== null) release(base);
  }
  if (a.index < a.len && !a.mapping) raise(PyExc_TypeError, 'not all arguments converted during string formatting');
  return fromCodePoints(out);
}
export function unicode_mod(v: Ref, w: Ref): Ref {
  return PyUnicode_Check(v) ? PyUnicode_Format(v, w) : Py_NewRef(Py_NotImplemented);
}
