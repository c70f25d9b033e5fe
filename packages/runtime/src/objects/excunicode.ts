/** UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError. Mirrors that part of Objects/exceptions.c. */
import { Py_T_PYSSIZET, PyUnicodeErrorObject as U } from '@moult/abi';
import { i32, setPtr, setSsize, ssize, u8 } from '../memory/linear.ts';
import { PyNumber_AsSsize_t } from './abstract.ts';
import { bytesOfBufferObject } from './abstractbuffer.ts';
import { PyBytes_FromBytes } from './bytesobject.ts';
import { raise, PyErr_SetRaisedException, PENDING } from './errors.ts';
import { BaseException_init } from './exceptions.ts';
import { fielded } from './excfields.ts';
import { PyObject_Call } from './call.ts';
import { PyLong_FromLong } from './longobject.ts';
import {
  hold,
  Py_NewRef,
  Py_XSETREF,
  PyBytes_Check,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import { PyObject_Str } from './objectattr.ts';
import type { TypeSpec } from './spec.ts';
import {
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_UnicodeDecodeError,
  PyExc_UnicodeEncodeError,
  PyExc_UnicodeError,
  PyExc_UnicodeTranslateError,
} from './static.ts';
import { PyTuple_New } from './tupleobject.ts';
import { asText, EMPTY_STRING, PyUnicode_FromString, PyUnicode_READ_CHAR } from './unicodeobject.ts';

function set(self: Ref, field: number, value: Ref): void {
  Py_XSETREF(self + field, Py_NewRef(value));
}
/** Argument i of the tuple, which must pass `ok`. */
function argument(args: Ref, i: number, expected: string, ok: (op: Ref) => boolean): Ref {
  const v = i32(args + 24 + (i << 3));
  if (!ok(v)) raise(PyExc_TypeError, `argument ${i + 1} must be ${expected}, not ${typeNameOf(v)}`);
  return v;
}
function init(self: Ref, args: Ref, kwds: Ref, kind: 'encode' | 'decode' | 'translate'): void {
  BaseException_init(self, args, kwds);
  const n = kind === 'translate' ? 4 : 5;
  if (i32(args + 16) !== n) {
    raise(PyExc_TypeError, `function takes exactly ${n} arguments (${i32(args + 16)} given)`);
  }
  let i = 0;
  if (kind !== 'translate') set(self, U.encoding, argument(args, i++, 'str', PyUnicode_Check));
  if (kind === 'decode') {
    const object = i32(args + 24 + (i++ << 3));
    if (PyBytes_Check(object)) set(self, U.object, object);
    else {
      const data = bytesOfBufferObject(object);
      if (data === null) raise(PyExc_TypeError, `a bytes-like object is required, not '${typeNameOf(object)}'`);
      Py_XSETREF(self + U.object, PyBytes_FromBytes((data as Uint8Array).slice()));
    }
  } else set(self, U.object, argument(args, i++, 'str', PyUnicode_Check));
  setSsize(self + U.start, PyNumber_AsSsize_t(i32(args + 24 + (i++ << 3)), PyExc_OverflowError));
  setSsize(self + U.end, PyNumber_AsSsize_t(i32(args + 24 + (i++ << 3)), PyExc_OverflowError));
  set(self, U.reason, argument(args, i, 'str', PyUnicode_Check));
}
function textField(self: Ref, field: number): string {
  const v = i32(self + field);
  if (v === 0) return '';
  const m = hold(PyObject_Str(v));
  const s = asText(i32(m));
  release(m);
  return s;
}
function escapeCharacter(c: number): string {
  if (c <= 0xff) return `\\x${c.toString(16).padStart(2, '0')}`;
  return c <= 0xffff ? `\\u${c.toString(16).padStart(4, '0')}` : `\\U${c.toString(16).padStart(8, '0')}`;
}
function str(self: Ref, kind: 'encode' | 'decode' | 'translate'): Ref {
  const object = i32(self + U.object);
  if (object === 0) return Py_NewRef(EMPTY_STRING);
  const start = ssize(self + U.start);
  const end = ssize(self + U.end);
  const reason = textField(self, U.reason);
  const encoding = kind === 'translate' ? '' : textField(self, U.encoding);
  const one = start >= 0 && start < i32(object + 16) && end === start + 1;
  if (kind === 'decode') {
    return PyUnicode_FromString(
      one
        ? `'${encoding}' codec can't decode byte 0x${u8(object + 32 + start)
            .toString(16)
            .padStart(2, '0')} in position ${start}: ${reason}`
        : `'${encoding}' codec can't decode bytes in position ${start}-${end - 1}: ${reason}`,
    );
  }
  const what = kind === 'encode' ? `'${encoding}' codec can't encode` : "can't translate";
  return PyUnicode_FromString(
    one
      ? `${what} character '${escapeCharacter(PyUnicode_READ_CHAR(object, start))}' in position ${start}: ${reason}`
      : `${what} characters in position ${start}-${end - 1}: ${reason}`,
  );
}

/** A new UnicodeDecodeError (`object` bytes) or UnicodeEncodeError (`object` str); a new reference. */
export function makeUnicodeError(
  type: Ref,
  encoding: string,
  object: Ref,
  start: number,
  end: number,
  reason: string,
): Ref {
  const args = PyTuple_New(5);
  const m = hold(args);
  setPtr(args + 24, PyUnicode_FromString(encoding));
  setPtr(args + 32, Py_NewRef(object));
  setPtr(args + 40, PyLong_FromLong(start));
  setPtr(args + 48, PyLong_FromLong(end));
  setPtr(args + 56, PyUnicode_FromString(reason));
  const exc = PyObject_Call(type, args, 0);
  release(m);
  return exc;
}
export function raiseDecodeError(encoding: string, object: Ref, start: number, end: number, reason: string): never {
  PyErr_SetRaisedException(makeUnicodeError(PyExc_UnicodeDecodeError, encoding, object, start, end, reason));
  throw PENDING;
}
export function raiseEncodeError(encoding: string, object: Ref, start: number, end: number, reason: string): never {
  PyErr_SetRaisedException(makeUnicodeError(PyExc_UnicodeEncodeError, encoding, object, start, end, reason));
  throw PENDING;
}
/** PyUnicodeEncodeError_GetStart and its like: within the object's length, as handlers see them. */
export function unicodeErrorRange(exc: Ref): { object: Ref; start: number; end: number } {
  const object = i32(exc + U.object);
  if (object === 0) raise(PyExc_TypeError, 'object attribute not set');
  const n = i32(object + 16);
  let start = ssize(exc + U.start);
  let end = ssize(exc + U.end);
  if (start < 0) start = 0;
  if (start >= n) start = Math.max(0, n - 1);
  if (end < 1) end = 1;
  if (end > n) end = n;
  return { object, start, end };
}

export function unicodeErrorSpecs(): readonly TypeSpec[] {
  const fields = { encoding: U.encoding, object: U.object, reason: U.reason };
  const numbers = [
    { name: 'start', type: Py_T_PYSSIZET, offset: U.start, flags: 0, doc: 'exception start' },
    { name: 'end', type: Py_T_PYSSIZET, offset: U.end, flags: 0, doc: 'exception end' },
  ];
  const make = (name: string, address: number, kind: 'encode' | 'decode' | 'translate', doc: string): TypeSpec => {
    const spec = fielded({
      name,
      address,
      base: PyExc_UnicodeError,
      size: U.SIZE,
      fields,
      doc,
      init: (self: Ref, args: Ref, kwds: Ref) => init(self, args, kwds, kind),
      str: (self: Ref) => str(self, kind),
    });
    return { ...spec, members: [...(spec.members ?? []), ...numbers] };
  };
  return [
    make('UnicodeEncodeError', PyExc_UnicodeEncodeError, 'encode', 'Unicode encoding error.'),
    make('UnicodeDecodeError', PyExc_UnicodeDecodeError, 'decode', 'Unicode decoding error.'),
    make('UnicodeTranslateError', PyExc_UnicodeTranslateError, 'translate', 'Unicode translation error.'),
  ];
}
