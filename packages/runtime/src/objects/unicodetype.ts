/** The type str: construction and slots. Mirrors unicode_new and PyUnicode_Type of Objects/unicodeobject.c. */
import { _Py_TPFLAGS_MATCH_SELF, METH_NOARGS, Py_TPFLAGS_BASETYPE, Py_TPFLAGS_UNICODE_SUBCLASS } from '@moult/abi';
import { i32, mem, setPtr, setU8, u8 } from '../memory/linear.ts';
import { PyMem_Malloc, PyObject_Free } from '../memory/obmalloc.ts';
import { _PyArg_CheckPositional, unpackKeywords, unpackTupleAndDict } from './args.ts';
import { PyUnicode_FromEncodedObject } from './codecs.ts';
import { PyErr_NoMemory, raise } from './errors.ts';
import { PyLong_FromLong } from './longobject.ts';
import { hold, Py_DECREF, PyUnicode_Check, type Ref, release, typeNameOf, Py_NewRef } from './object.ts';
import { PyObject_Str } from './objectattr.ts';
import type { MethodSpec, TypeSpec } from './spec.ts';
import { Py_None, PyExc_TypeError, PyUnicode_Type } from './static.ts';
import { tupleSteal } from './tupleobject.ts';
import { typeAlloc } from './typealloc.ts';
import {
  PyUnicode_Contains,
  PyUnicode_RichCompare,
  unicode_dealloc,
  unicode_getitem,
  unicode_length,
  unicode_repr,
  unicode_sizeof,
  unicode_str,
  unicode_subscript,
} from './unicodecore.ts';
import { formatMethods } from './unicodeformat.ts';
import { unicode_iter } from './unicodeiter.ts';
import { _PyUnicode_Copy, copyBytes, PyUnicode_Concat, unicode_repeat } from './unicodemake.ts';
import { caseMethods } from './unicodemethods.ts';
import { unicode_mod } from './unicodepercent.ts';
import { searchMethods } from './unicodesearchmethods.ts';
import { splitMethods } from './unicodesplit.ts';
import { translateMethods } from './unicodetranslate.ts';
import { asText, EMPTY_STRING, PyUnicode_DATA, PyUnicode_KIND, unicode_hash } from './unicodeobject.ts';

const DOC = `str(object='') -> str
str(bytes_or_buffer[, encoding[, errors]]) -> str

Create a new string object from the given object. If encoding or
errors is specified, then the object must expose a data buffer
that will be decoded using the given encoding and error handler.
Otherwise, returns the result of object.__str__() (if defined)
or repr(object).
encoding defaults to 'utf-8'.
errors defaults to 'strict'.`;

/** An instance of a subclass with the characters of `op`, which is released. Its characters lie in a block of their own. */
function unicode_subtype_new(type: Ref, op: Ref): Ref {
  const m = hold(op);
  const self = typeAlloc(type, 0);
  const n = i32(op + 16);
  const kind = PyUnicode_KIND(op);
  const ascii = u8(op + 32) & 64;
  setPtr(self + 16, n);
  mem.setInt32(self + 24, i32(op + 24), true);
  mem.setInt32(self + 28, i32(op + 28), true);
  setU8(self + 32, (kind << 2) | ascii);
  const data = PyMem_Malloc((n + 1) * kind);
  if (data === 0) {
    Py_DECREF(self);
    PyErr_NoMemory();
  }
  setPtr(self + 56, data);
  if (ascii !== 0) {
    setPtr(self + 40, n);
    setPtr(self + 48, data);
  }
  copyBytes(data, PyUnicode_DATA(op), (n + 1) * kind);
  release(m);
  return self;
}
function stringArgument(name: string, value: Ref): void {
  if (value !== 0 && !PyUnicode_Check(value)) {
    raise(
      PyExc_TypeError,
      `str() argument '${name}' must be str, not ${value === Py_None ? 'None' : typeNameOf(value)}`,
    );
  }
}
function makeStr(type: Ref, x: Ref, encoding: Ref, errors: Ref): Ref {
  stringArgument('encoding', encoding);
  stringArgument('errors', errors);
  let r: Ref;
  if (x === 0) r = Py_NewRef(EMPTY_STRING);
  else if (encoding === 0 && errors === 0) r = PyObject_Str(x);
  else
    r = PyUnicode_FromEncodedObject(x, encoding === 0 ? null : asText(encoding), errors === 0 ? null : asText(errors));
  return type === PyUnicode_Type ? r : unicode_subtype_new(type, r);
}
const ARGS = { fname: 'str', keywords: ['object', 'encoding', 'errors'] };
function unicode_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const [x, encoding, errors] = unpackTupleAndDict(args, kwds, ARGS) as [Ref, Ref, Ref];
  return makeStr(type, x, encoding, errors);
}
function unicode_vectorcall(type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  if (kwnames !== 0 && i32(kwnames + 16) !== 0) {
    const [x, encoding, errors] = unpackKeywords(args, nargs, kwnames, ARGS) as [Ref, Ref, Ref];
    return makeStr(type, x, encoding, errors);
  }
  _PyArg_CheckPositional('str', nargs, 0, 3);
  if (nargs === 0) return Py_NewRef(EMPTY_STRING);
  if (nargs === 1) return PyObject_Str(i32(args));
  return makeStr(type, i32(args), i32(args + 8), nargs > 2 ? i32(args + 16) : 0);
}
function unicode_getnewargs(self: Ref): Ref {
  return tupleSteal(_PyUnicode_Copy(self));
}
function sizeofMethod(self: Ref): Ref {
  return PyLong_FromLong(unicode_sizeof(self));
}

const ownMethods: readonly MethodSpec[] = [
  {
    name: '__sizeof__',
    flags: METH_NOARGS,
    fn: sizeofMethod,
    doc: '__sizeof__($self, /)\n--\n\nReturn the size of the string in memory, in bytes.',
  },
  { name: '__getnewargs__', flags: METH_NOARGS, fn: unicode_getnewargs },
];

/** CPython's order, which str.__dict__ shows. */
const ORDER =
  `encode replace split rsplit join capitalize casefold title center count expandtabs find partition index ljust lower
lstrip rfind rindex rjust rstrip rpartition splitlines strip swapcase translate upper startswith endswith removeprefix
removesuffix isascii islower isupper istitle isspace isdecimal isdigit isnumeric isalpha isalnum isidentifier isprintable zfill
format format_map __format__ maketrans __sizeof__ __getnewargs__`.split(/\s+/);
function inOrder(methods: readonly MethodSpec[]): MethodSpec[] {
  return [...methods].sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
}

export const unicodeSpec: TypeSpec = {
  address: PyUnicode_Type,
  name: 'str',
  basicsize: 64,
  flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_UNICODE_SUBCLASS | _Py_TPFLAGS_MATCH_SELF,
  doc: DOC,
  slots: {
    tp_dealloc: unicode_dealloc,
    tp_repr: unicode_repr,
    nb_remainder: unicode_mod,
    sq_length: unicode_length,
    sq_concat: PyUnicode_Concat,
    sq_repeat: unicode_repeat,
    sq_item: unicode_getitem,
    sq_contains: PyUnicode_Contains,
    mp_length: unicode_length,
    mp_subscript: unicode_subscript,
    tp_hash: unicode_hash,
    tp_str: unicode_str,
    tp_richcompare: PyUnicode_RichCompare,
    tp_iter: unicode_iter,
    tp_new: unicode_new,
    tp_free: PyObject_Free,
    tp_vectorcall: unicode_vectorcall,
  },
  methods: inOrder([
    ...translateMethods(),
    ...searchMethods(),
    ...splitMethods(),
    ...caseMethods(),
    ...formatMethods(),
    ...ownMethods,
  ]),
};
