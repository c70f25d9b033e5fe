/** _codecs: charmap (a mapping for each character) and escape (the escapes of bytes literals). */
import { METH_FASTCALL, METH_O } from '@moult/abi';
import { bytes, i32 } from '../memory/linear.ts';
import { PyObject_GetItem } from '../objects/abstract.ts';
import { _PyArg_BadArgument, _PyArg_CheckPositional } from '../objects/args.ts';
import { freshBytes, PyBytes_FromStringAndSize } from '../objects/bytesobject.ts';
import { handleDecodeError, handleEncodeError } from '../objects/codecerrors.ts';
import { hexDigit } from '../objects/codecescape.ts';
import { PyUnicode_AsEncodedString } from '../objects/codecs.ts';
import { PyDict_New, PyDict_SetItem } from '../objects/dictobject.ts';
import { catchPending, PyErr_Clear, PyErr_ExceptionMatches, raise } from '../objects/errors.ts';
import { PyLong_AsLong, PyLong_FromLong } from '../objects/longobject.ts';
import {
  drop,
  hold,
  nativeMark,
  PyBytes_Check,
  PyLong_Check,
  PyUnicode_Check,
  type Ref,
  release,
} from '../objects/object.ts';
import type { MethodSpec } from '../objects/spec.ts';
import {
  Py_None,
  PyExc_DeprecationWarning,
  PyExc_LookupError,
  PyExc_TypeError,
  PyExc_ValueError,
} from '../objects/static.ts';
import { codePointsOf, fromCodePoints, PyUnicode_FromKindAndData } from '../objects/unicodemake.ts';
import { PyUnicode_DATA, PyUnicode_KIND, PyUnicode_READ } from '../objects/unicodeobject.ts';
import { withData } from './codecsdata.ts';
import { PyErr_WarnText } from '../objects/warnings.ts';
import { errorsArg, withLength } from './codecsmodule.ts';

const argAt = (args: number, nargs: number, i: number): Ref => (i < nargs ? i32(args + (i << 3)) : 0);

/** What the mapping has for a number: null where it has nothing, or None. */
function mapped(mapping: Ref, c: number): readonly number[] | number | null {
  const m = hold(PyLong_FromLong(c));
  const mark = nativeMark();
  let x: Ref;
  try {
    x = PyObject_GetItem(mapping, i32(m));
  } catch (e) {
    catchPending(e, mark);
    if (!PyErr_ExceptionMatches(PyExc_LookupError)) throw e;
    PyErr_Clear();
    release(m);
    return null;
  }
  hold(x);
  let result: readonly number[] | number | null = null;
  if (PyLong_Check(x)) result = PyLong_AsLong(x);
  else if (PyBytes_Check(x)) result = [...bytes.subarray(x + 32, x + 32 + i32(x + 16))];
  else if (PyUnicode_Check(x)) result = codePointsOf(x);
  else if (x !== Py_None)
    raise(PyExc_TypeError, 'character mapping must return integer, bytes or None, not other types');
  release(m);
  return result;
}
function charmap_encode(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('charmap_encode', nargs, 1, 3);
  const str = i32(args);
  if (!PyUnicode_Check(str)) _PyArg_BadArgument('charmap_encode', 'argument 1', 'str', str);
  const errors = errorsArg('charmap_encode', 2, argAt(args, nargs, 1));
  const mapping = argAt(args, nargs, 2);
  const n = i32(str + 16);
  if (mapping === 0 || mapping === Py_None) {
    return withLength(() => PyUnicode_AsEncodedString(str, 'latin-1', errors), n);
  }
  const out: number[] = [];
  const put = (c: number): boolean => {
    const v = mapped(mapping, c);
    if (v === null) return false;
    if (typeof v === 'number') {
      if (v < 0 || v > 255) raise(PyExc_TypeError, 'character mapping must be in range(256)');
      out.push(v);
    } else out.push(...v);
    return true;
  };
  const at = (i: number): number => PyUnicode_READ(PyUnicode_KIND(str), PyUnicode_DATA(str), i);
  for (let i = 0; i < n; ) {
    if (put(at(i))) {
      i++;
      continue;
    }
    let end = i + 1;
    while (end < n && mapped(mapping, at(end)) === null) end++;
    const r = handleEncodeError(errors, 'charmap', str, i, end, 'character maps to <undefined>');
    if (r.bytes !== null) out.push(...r.bytes);
    else
      for (const c of r.chars as readonly number[]) {
        if (!put(c)) handleEncodeError(null, 'charmap', str, i, end, 'character maps to <undefined>');
      }
    i = r.next;
  }
  return withLength(() => PyBytes_FromStringAndSize(Uint8Array.from(out)), n);
}
function charmap_decode(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('charmap_decode', nargs, 1, 3);
  const errors = errorsArg('charmap_decode', 2, argAt(args, nargs, 1));
  const mapping = argAt(args, nargs, 2);
  return withData(i32(args), false, (p, n) => {
    if (mapping === 0 || mapping === Py_None) return withLength(() => PyUnicode_FromKindAndData(1, p, n), n);
    const out: number[] = [];
    const table = PyUnicode_Check(mapping) ? codePointsOf(mapping) : null;
    const input = { p, n, object: () => PyBytes_FromStringAndSize(p, n) };
    for (let i = 0; i < n; ) {
      const byte = bytes[p + i] as number;
      const v = table === null ? mapped(mapping, byte) : (table[byte] ?? null);
      if (v === null || v === 0xfffe) {
        i = handleDecodeError(errors, 'charmap', input, i, i + 1, 'character maps to <undefined>', out);
        continue;
      }
      if (typeof v === 'number') {
        if (v < 0 || v > 0x10ffff) raise(PyExc_TypeError, 'character mapping must be in range(0x110000)');
        out.push(v);
      } else out.push(...v);
      i++;
    }
    return withLength(() => fromCodePoints(out), n);
  });
}
/** A dict from characters to their bytes. */
function charmap_build(_m: Ref, map: Ref): Ref {
  if (!PyUnicode_Check(map)) _PyArg_BadArgument('charmap_build', 'argument', 'str', map);
  const dict = PyDict_New();
  const m = hold(dict);
  codePointsOf(map)
    .slice(0, 256)
    .forEach((c, i) => {
      const k = hold(PyLong_FromLong(c));
      hold(PyLong_FromLong(i));
      PyDict_SetItem(dict, i32(k), i32(k + 8));
      release(k);
    });
  drop(m);
  return dict;
}

const SIMPLE: Readonly<Record<number, number>> = {
  ...{ 92: 92, 39: 39, 34: 34, 98: 8, 102: 12, 116: 9, 110: 10, 114: 13, 118: 11, 97: 7 },
};
function escape_decode(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('escape_decode', nargs, 1, 2);
  const errors = errorsArg('escape_decode', 2, argAt(args, nargs, 1));
  return withData(i32(args), true, (p, n) => {
    const out: number[] = [];
    let bad = '';
    for (let i = 0; i < n; ) {
      const c = bytes[p + i++] as number;
      if (c !== 92) {
        out.push(c);
        continue;
      }
      if (i >= n) raise(PyExc_ValueError, 'Trailing \\ in string');
      const e = bytes[p + i++] as number;
      const simple = SIMPLE[e];
      if (simple !== undefined) out.push(simple);
      else if (e === 10) continue;
      else if (e >= 48 && e <= 55) {
        let v = e - 48;
        for (let k = 0; k < 2 && i < n && (bytes[p + i] as number) >= 48 && (bytes[p + i] as number) <= 55; k++) {
          v = v * 8 + (bytes[p + i++] as number) - 48;
        }
        if (v > 255 && bad === '') bad = `invalid octal escape sequence '\\${v.toString(8)}'`;
        out.push(v & 255);
      } else if (e === 120) {
        const hi = i < n ? hexDigit(bytes[p + i]) : -1;
        const lo = i + 1 < n ? hexDigit(bytes[p + i + 1]) : -1;
        if (hi >= 0 && lo >= 0) {
          out.push(hi * 16 + lo);
          i += 2;
        } else {
          if (errors === null || errors === 'strict')
            raise(PyExc_ValueError, `invalid \\x escape at position ${i - 2}`);
          if (errors === 'replace') out.push(63);
          else if (errors !== 'ignore')
            raise(PyExc_ValueError, `decoding error; unknown error handling code: ${errors}`);
          if (hi >= 0) i++;
        }
      } else {
        if (bad === '') bad = `invalid escape sequence '\\${String.fromCharCode(e)}'`;
        out.push(92, e);
      }
    }
    if (bad !== '') PyErr_WarnText(PyExc_DeprecationWarning, bad, 1);
    return withLength(() => freshBytes(out), n);
  });
}
function escape_encode(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('escape_encode', nargs, 1, 2);
  const data = i32(args);
  if (!PyBytes_Check(data)) _PyArg_BadArgument('escape_encode', 'argument 1', 'bytes', data);
  const out: number[] = [];
  const text = (s: string): void => {
    for (let i = 0; i < s.length; i++) out.push(s.charCodeAt(i));
  };
  for (const c of bytes.subarray(data + 32, data + 32 + i32(data + 16))) {
    if (c === 39 || c === 92) out.push(92, c);
    else if (c === 9) text('\\t');
    else if (c === 10) text('\\n');
    else if (c === 13) text('\\r');
    else if (c < 32 || c >= 127) text(`\\x${c.toString(16).padStart(2, '0')}`);
    else out.push(c);
  }
  return withLength(() => freshBytes(out), i32(data + 16));
}
function readbuffer_encode(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('readbuffer_encode', nargs, 1, 2);
  return withData(i32(args), true, (p, n) => withLength(() => PyBytes_FromStringAndSize(p, n), n));
}

export function charmapFunctions(): MethodSpec[] {
  return [
    {
      name: 'charmap_encode',
      flags: METH_FASTCALL,
      fn: charmap_encode,
      doc: 'charmap_encode($module, str, errors=None, mapping=None, /)\n--\n\n',
    },
    {
      name: 'charmap_decode',
      flags: METH_FASTCALL,
      fn: charmap_decode,
      doc: 'charmap_decode($module, data, errors=None, mapping=None, /)\n--\n\n',
    },
    { name: 'charmap_build', flags: METH_O, fn: charmap_build, doc: 'charmap_build($module, map, /)\n--\n\n' },
  ];
}
export function escapeFunctions(): MethodSpec[] {
  const doc = (name: string): string => `${name}($module, data, errors=None, /)\n--\n\n`;
  return [
    { name: 'escape_encode', flags: METH_FASTCALL, fn: escape_encode, doc: doc('escape_encode') },
    { name: 'escape_decode', flags: METH_FASTCALL, fn: escape_decode, doc: doc('escape_decode') },
    { name: 'readbuffer_encode', flags: METH_FASTCALL, fn: readbuffer_encode, doc: doc('readbuffer_encode') },
  ];
}
