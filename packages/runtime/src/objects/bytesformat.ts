/** `format % args` of bytes and bytearray. Mirrors _PyBytes_FormatEx of Objects/bytesobject.c. */
import { Py_ID } from '@moult/abi';
import { bytes, i32 } from '../memory/linear.ts';
import { INCOMPLETE, parsePercent, type PercentPiece, putPadded, unsupportedCode } from '../numeric/percent.ts';
import { _PyIndex_Check, PyNumber_Index, PyObject_GetItem } from './abstract.ts';
import { PyObject_CheckBuffer, withBytes } from './abstractbuffer.ts';
import { bytesData, fromList } from './bytesmethods.ts';
import { PyBytes_FromStringAndSize } from './bytesobject.ts';
import { PyObject_CallNoArgs } from './call.ts';
import { raise } from './errors.ts';
import { withFormatErrors } from './formaterrors.ts';
import { longAsBigInt } from './longobject.ts';
import { hold, nativeMark, PyBytes_Check, PyObject_TypeCheck, type Ref, release, typeNameOf } from './object.ts';
import { _PyObject_LookupSpecial, PyObject_ASCII } from './objectattr.ts';
import { PyByteArray_Type, PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError } from './static.ts';
import { nextArgument, percentArgs, percentNumber, starArguments } from './unicodepercent.ts';
import { PyUnicode_DATA } from './unicodeobject.ts';

function pushBytes(out: number[], p: number, n: number): void {
  for (let i = 0; i < n; i++) out.push(bytes[p + i] as number);
}
/** n bytes at p, cut to the precision and padded to the width. */
function putCut(out: number[], piece: PercentPiece, p: number, n: number): void {
  const length = piece.precision >= 0 && piece.precision < n ? piece.precision : n;
  putPadded(out, piece, length, (i) => bytes[p + i] as number);
}
/** The byte of %c. */
function byteconverter(v: Ref): number {
  const one = (PyBytes_Check(v) || PyObject_TypeCheck(v, PyByteArray_Type)) && i32(v + 16) === 1;
  if (one) return bytes[bytesData(v)] as number;
  if (!_PyIndex_Check(v)) raise(PyExc_TypeError, '%c requires an integer in range(256) or a single byte');
  const m = hold(PyNumber_Index(v));
  const b = longAsBigInt(i32(m));
  release(m);
  if (b < 0n || b > 255n) raise(PyExc_OverflowError, '%c arg not in range(256)');
  return Number(b);
}
function putBytes(out: number[], piece: PercentPiece, v: Ref): void {
  if (!PyBytes_Check(v) && !PyObject_TypeCheck(v, PyByteArray_Type)) {
    const func = _PyObject_LookupSpecial(v, Py_ID.__bytes__);
    if (func !== 0) {
      const m = hold(func);
      const r = PyObject_CallNoArgs(func);
      hold(r);
      if (!PyBytes_Check(r)) raise(PyExc_TypeError, `__bytes__ returned non-bytes (type ${typeNameOf(r)})`);
      putCut(out, piece, r + 32, i32(r + 16));
      release(m);
      return;
    }
    if (!PyObject_CheckBuffer(v)) {
      raise(
        PyExc_TypeError,
        `%b requires a bytes-like object, or an object that implements __bytes__, not '${typeNameOf(v)}'`,
      );
    }
  }
  withBytes(v, (p, n) => putCut(out, piece, p, n));
}
/** `format` a bytes or bytearray; the result has its type. */
export function bytesFormat(format: Ref, args: Ref): Ref {
  const p = bytesData(format);
  const n = i32(format + 16);
  let text = '';
  for (let i = 0; i < n; i++) text += String.fromCharCode(bytes[p + i] as number);
  const a = percentArgs(args, 'bytes');
  const out: number[] = [];
  const base = nativeMark();
  for (let i = 0; i < n; ) {
    if (text.charCodeAt(i) !== 37) {
      out.push(text.charCodeAt(i++));
      continue;
    }
    const at = i + 1;
    if (text.charCodeAt(at) === 40 && !a.mapping) raise(PyExc_TypeError, 'format requires a mapping');
    const piece = withFormatErrors(() => parsePercent(text, at, 'bytes'));
    i = piece.end;
    if (piece.literal) {
      out.push(37);
      continue;
    }
    if (piece.key !== null) {
      const key = piece.key;
      const k = hold(PyBytes_FromStringAndSize(Uint8Array.from(key, (c) => c.charCodeAt(0))));
      const v = PyObject_GetItem(args, i32(k));
      hold(v);
      a.args = v;
      a.len = -1;
      a.index = -2;
    }
    starArguments(piece, a);
    if (piece.incomplete) raise(PyExc_ValueError, INCOMPLETE);
    if (piece.code === '%') {
      out.push(37);
      continue;
    }
    const v = nextArgument(a);
    switch (piece.code) {
      case 'r':
      case 'a': {
        const m = hold(PyObject_ASCII(v));
        putCut(out, piece, PyUnicode_DATA(i32(m)), i32(i32(m) + 16));
        release(m);
        break;
      }
      case 's':
      case 'b':
        putBytes(out, piece, v);
        break;
      case 'c': {
        const c = byteconverter(v);
        putPadded(out, piece, 1, () => c);
        break;
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
        for (const c of percentNumber(v, piece, true)) out.push(c.charCodeAt(0));
        break;
      default:
        raise(PyExc_ValueError, unsupportedCode(piece.code, piece.end - 1));
    }
    if (piece.key !== null) release(base);
  }
  if (a.index < a.len && !a.mapping) raise(PyExc_TypeError, 'not all arguments converted during bytes formatting');
  const shared = out.length === 1 && PyBytes_Check(format);
  return shared ? PyBytes_FromStringAndSize(Uint8Array.from(out)) : fromList(format, out);
}
