/** The module `marshal`. Mirrors the module of Python/marshal.c. */
import { METH_FASTCALL, METH_KEYWORDS } from '@moult/abi';
import { bytes, i32 } from '../memory/linear.ts';
import { withBytes } from '../objects/abstractbuffer.ts';
import { unpackKeywords } from '../objects/args.ts';
import {
  PyByteArray_AS_STRING,
  PyByteArray_FromStringAndSize,
  PyByteArray_Resize,
} from '../objects/bytearrayobject.ts';
import { callMethod } from '../objects/call.ts';
import { raise } from '../objects/errors.ts';
import { PyLong_AsInt, PyLong_AsSsize_t, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { hold, PyBytes_Check, type Ref, release, typeNameOf } from '../objects/object.ts';
import { PyObject_IsTrue } from '../objects/objectattr.ts';
import { PyExc_EOFError, PyExc_TypeError, PyExc_ValueError } from '../objects/static.ts';
import { PySys_Audit } from '../objects/sysaudit.ts';
import { PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { memorySource, readObject, type Source } from './marshalread.ts';
import { writeObject } from './marshalwrite.ts';
import { type ModuleSpec, setStolen } from './spec.ts';

const VERSION = 4;
const FASTKW = METH_FASTCALL | METH_KEYWORDS;

const allowed = (op: Ref): boolean => op === 0 || PyObject_IsTrue(op);
const versionOf = (op: Ref): number => (op === 0 ? VERSION : PyLong_AsInt(op));

function marshal_dumps(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [value, version, allow] = unpackKeywords(args, nargs, kwnames, {
    fname: 'dumps',
    keywords: ['', '', 'allow_code'],
    required: 1,
    kwonly: 1,
  }) as [Ref, Ref, Ref];
  return writeObject(value, versionOf(version), allowed(allow));
}
function marshal_loads(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [data, allow] = unpackKeywords(args, nargs, kwnames, {
    fname: 'loads',
    keywords: ['', 'allow_code'],
    required: 1,
    kwonly: 1,
  }) as [Ref, Ref];
  return withBytes(data, (p, n) => {
    PySys_Audit('marshal.loads', data);
    return readObject(memorySource(p, n), allowed(allow));
  });
}
function marshal_dump(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [value, file, version, allow] = unpackKeywords(args, nargs, kwnames, {
    fname: 'dump',
    keywords: ['', '', '', 'allow_code'],
    required: 2,
    kwonly: 1,
  }) as [Ref, Ref, Ref, Ref];
  const m = hold(writeObject(value, versionOf(version), allowed(allow)));
  hold(PyUnicode_InternFromString('write'));
  const result = callMethod(file, i32(m + 8), i32(m));
  release(m);
  return result;
}

/** Room for n bytes. */
function reserve(op: Ref, n: number): void {
  if (i32(op + 16) < n) PyByteArray_Resize(op, n);
}
/** The bytes of a file object, by readinto; `buffer` is a bytearray that the caller holds. */
function fileSource(file: Ref, buffer: Ref): Source {
  const fill = (n: number): number => {
    const m = hold(PyUnicode_InternFromString('readinto'));
    const place = hold(PyByteArray_FromStringAndSize(0, n));
    const count = hold(callMethod(file, i32(m), i32(place)));
    const got = PyLong_AsSsize_t(i32(count));
    if (got > n) raise(PyExc_ValueError, `read() returned too much data: ${n} bytes requested, ${got} returned`);
    const from = PyByteArray_AS_STRING(i32(place));
    bytes.copyWithin(PyByteArray_AS_STRING(buffer), from, from + got);
    release(m);
    return got;
  };
  return {
    take(n) {
      reserve(buffer, n);
      if (n > 0 && fill(n) < n) raise(PyExc_EOFError, 'EOF read where not expected');
      return PyByteArray_AS_STRING(buffer);
    },
    byte() {
      reserve(buffer, 1);
      return fill(1) < 1 ? -1 : (bytes[PyByteArray_AS_STRING(buffer)] as number);
    },
  };
}
function marshal_load(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [file, allow] = unpackKeywords(args, nargs, kwnames, {
    fname: 'load',
    keywords: ['', 'allow_code'],
    required: 1,
    kwonly: 1,
  }) as [Ref, Ref];
  const m = hold(PyUnicode_InternFromString('read'));
  hold(PyLong_FromLong(0));
  const nothing = hold(callMethod(file, i32(m), i32(m + 8)));
  if (!PyBytes_Check(i32(nothing)))
    raise(PyExc_TypeError, `file.read() returned not bytes but ${typeNameOf(i32(nothing))}`);
  const buffer = hold(PyByteArray_FromStringAndSize(0, 0));
  const result = readObject(fileSource(file, i32(buffer)), allowed(allow));
  release(m);
  return result;
}

export const marshalSpec: ModuleSpec = {
  name: 'marshal',
  methods: [
    { name: 'dump', flags: FASTKW, fn: marshal_dump },
    { name: 'load', flags: FASTKW, fn: marshal_load },
    { name: 'dumps', flags: FASTKW, fn: marshal_dumps },
    { name: 'loads', flags: FASTKW, fn: marshal_loads },
  ],
  exec(module: Ref): void {
    setStolen(PyModule_GetDict(module), 'version', PyLong_FromLong(VERSION));
  },
};
