/** The types bytes and bytes_iterator: construction, repr, slots. Mirrors Objects/bytesobject.c. */
import {
  _Py_TPFLAGS_MATCH_SELF,
  METH_NOARGS,
  METH_O,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_BYTES_SUBCLASS,
  Py_TPFLAGS_HAVE_GC,
} from '@moult/abi';
import { _PyObject_GC_New } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK } from '../gc/track.ts';
import { bytes, i32, setI32, setPtr } from '../memory/linear.ts';
import { PyObject_Free } from '../memory/obmalloc.ts';
import { _PyIndex_Check, PyNumber_AsSsize_t } from './abstract.ts';
import { PyBuffer_FillInfo } from './abstractbuffer.ts';
import { unpackTupleAndDict } from './args.ts';
import { bytesFormat } from './bytesformat.ts';
import { bytesSearchMethods } from './bytesmethods.ts';
import {
  bytes_concat,
  bytes_contains,
  bytes_hash,
  bytes_item,
  bytes_length,
  bytes_repeat,
  bytes_richcompare,
  bytes_subscript,
  bytesBySpecial,
  newBytes,
  PyBytes_FromObject,
  PyBytes_FromStringAndSize,
} from './bytesobject.ts';
import { bytesSplitMethods } from './bytessplit.ts';
import { PyUnicode_AsEncodedString } from './codecs.ts';
import { catchPending, PyErr_Clear, PyErr_ExceptionMatches, raise } from './errors.ts';
import { smallInt } from './longobject.ts';
import {
  hold,
  nativeMark,
  Py_DECREF,
  Py_NewRef,
  PyBytes_Check,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import { PyObject_GenericGetAttr, PyObject_SelfIter } from './objectattr.ts';
import { EMPTY_BYTES } from './runtime.ts';
import { indexIterDealloc, indexIterLen, indexIterReduce, indexIterSetstate, indexIterTraverse } from './indexiter.ts';
import type { MethodSpec, TypeSpec } from './spec.ts';
import {
  Py_None,
  Py_NotImplemented,
  PyBytes_Type,
  PyBytesIter_Type,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
} from './static.ts';
import { tupleSteal } from './tupleobject.ts';
import { typeAlloc } from './typealloc.ts';
import { copyBytes } from './unicodemake.ts';
import { asText, PyUnicode_New } from './unicodeobject.ts';

const DOC = `bytes(iterable_of_ints) -> bytes
bytes(string, encoding[, errors]) -> bytes
bytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer
bytes(int) -> bytes object of size given by the parameter initialized with null bytes
bytes() -> empty bytes object

Construct an immutable array of bytes from:
  - an iterable yielding integers in range(256)
  - a text string encoded using the specified encoding
  - any object implementing the buffer API.
  - an integer`;

/** The repr of n bytes at p between `prefix` and `suffix`; bytearray escapes ' between double quotes too. */
export function reprOfBytes(p: number, n: number, prefix: string, suffix: string, escapeSingle = false): Ref {
  let single = false;
  let double = false;
  let size = 0;
  for (let i = 0; i < n; i++) {
    const c = bytes[p + i] as number;
    if (c === 39) single = true;
    else if (c === 34) double = true;
    size += c === 92 || c === 9 || c === 10 || c === 13 ? 2 : c < 32 || c >= 127 ? 4 : 1;
  }
  const quote = single && !double ? 34 : 39;
  if (single && (quote === 39 || escapeSingle)) for (let i = 0; i < n; i++) if (bytes[p + i] === 39) size++;
  const r = PyUnicode_New(prefix.length + suffix.length + 2 + size, 127);
  let w = r + 40;
  const text = (s: string): void => {
    for (let i = 0; i < s.length; i++) bytes[w++] = s.charCodeAt(i);
  };
  text(prefix);
  bytes[w++] = quote;
  for (let i = 0; i < n; i++) {
    const c = bytes[p + i] as number;
    if (c === quote || c === 92 || (escapeSingle && c === 39)) {
      bytes[w++] = 92;
      bytes[w++] = c;
    } else if (c === 9) text('\\t');
    else if (c === 10) text('\\n');
    else if (c === 13) text('\\r');
    else if (c < 32 || c >= 127) text(`\\x${c < 16 ? '0' : ''}${c.toString(16)}`);
    else bytes[w++] = c;
  }
  bytes[w++] = quote;
  text(suffix);
  return r;
}
function bytes_repr(op: Ref): Ref {
  return reprOfBytes(op + 32, i32(op + 16), 'b', '');
}
function bytes_subtype_new(type: Ref, op: Ref): Ref {
  const m = hold(op);
  const n = i32(op + 16);
  const r = typeAlloc(type, n);
  copyBytes(r + 32, op + 32, n + 1);
  setI32(r + 24, i32(op + 24));
  setI32(r + 28, i32(op + 28));
  release(m);
  return r;
}
/** Checks a text argument of bytes() or bytearray(); null where absent. */
export function textArgument(fname: string, name: string, op: Ref): string | null {
  if (op === 0) return null;
  if (!PyUnicode_Check(op))
    raise(
      PyExc_TypeError,
      `${fname}() argument '${name}' must be str, not ${op === Py_None ? 'None' : typeNameOf(op)}`,
    );
  return asText(op);
}
/** The count of bytes(n), or -1 where x is something else. */
export function countArgument(x: Ref): number {
  if (!_PyIndex_Check(x)) return -1;
  const m = nativeMark();
  let n: number;
  try {
    n = PyNumber_AsSsize_t(x, PyExc_OverflowError);
  } catch (e) {
    catchPending(e, m);
    if (!PyErr_ExceptionMatches(PyExc_TypeError)) throw e;
    PyErr_Clear();
    return -1;
  }
  if (n < 0) raise(PyExc_ValueError, 'negative count');
  return n;
}
function makeBytes(x: Ref, encoding: string | null, errors: string | null): Ref {
  if (x === 0) {
    if (encoding !== null || errors !== null) {
      raise(
        PyExc_TypeError,
        encoding !== null ? 'encoding without a string argument' : 'errors without a string argument',
      );
    }
    return Py_NewRef(EMPTY_BYTES);
  }
  if (encoding !== null) {
    if (!PyUnicode_Check(x)) raise(PyExc_TypeError, 'encoding without a string argument');
    return PyUnicode_AsEncodedString(x, encoding, errors);
  }
  if (errors !== null)
    raise(
      PyExc_TypeError,
      PyUnicode_Check(x) ? 'string argument without an encoding' : 'errors without a string argument',
    );
  const special = bytesBySpecial(x);
  if (special !== 0) return special;
  if (PyUnicode_Check(x)) raise(PyExc_TypeError, 'string argument without an encoding');
  const n = countArgument(x);
  if (n < 0) return PyBytes_FromObject(x);
  const r = newBytes(n);
  if (n > 0) bytes.fill(0, r + 32, r + 32 + n);
  return r;
}
function bytes_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const [x, e, r] = unpackTupleAndDict(args, kwds, { fname: 'bytes', keywords: ['source', 'encoding', 'errors'] }) as [
    Ref,
    Ref,
    Ref,
  ];
  const op = makeBytes(x, textArgument('bytes', 'encoding', e), textArgument('bytes', 'errors', r));
  return type === PyBytes_Type ? op : bytes_subtype_new(type, op);
}
function bytes_getnewargs(self: Ref): Ref {
  return tupleSteal(PyBytes_FromStringAndSize(self + 32, i32(self + 16)));
}
function bytes___bytes__(self: Ref): Ref {
  return i32(self + 8) === PyBytes_Type ? Py_NewRef(self) : PyBytes_FromStringAndSize(self + 32, i32(self + 16));
}
function bytes_getbuffer(self: Ref, view: number, flags: number): void {
  PyBuffer_FillInfo(view, self, self + 32, i32(self + 16), true, flags);
}
function bytes_mod(v: Ref, w: Ref): Ref {
  return PyBytes_Check(v) ? bytesFormat(v, w) : Py_NewRef(Py_NotImplemented);
}

// ---- iterator ----

function bytes_iter(seq: Ref): Ref {
  const it = _PyObject_GC_New(PyBytesIter_Type);
  setPtr(it + 16, 0);
  setPtr(it + 24, Py_NewRef(seq));
  _PyObject_GC_TRACK(it);
  return it;
}
function striter_next(it: Ref): Ref {
  const seq = i32(it + 24);
  if (seq === 0) return 0;
  const i = i32(it + 16);
  if (i < i32(seq + 16)) {
    setPtr(it + 16, i + 1);
    return smallInt(bytes[seq + 32 + i] as number);
  }
  setPtr(it + 24, 0);
  Py_DECREF(seq);
  return 0;
}

const ownMethods: readonly MethodSpec[] = [
  { name: '__getnewargs__', flags: METH_NOARGS, fn: bytes_getnewargs },
  {
    name: '__bytes__',
    flags: METH_NOARGS,
    fn: bytes___bytes__,
    doc: '__bytes__($self, /)\n--\n\nConvert this value to exact type bytes.',
  },
];
const ORDER =
  `__getnewargs__ __bytes__ capitalize center count decode endswith expandtabs find fromhex hex index isalnum isalpha isascii
isdigit islower isspace istitle isupper join ljust lower lstrip maketrans partition replace removeprefix removesuffix rfind rindex
rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill`.split(/\s+/);

export const bytesSpec: TypeSpec = {
  address: PyBytes_Type,
  name: 'bytes',
  basicsize: 33,
  itemsize: 1,
  flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_BYTES_SUBCLASS | _Py_TPFLAGS_MATCH_SELF,
  doc: DOC,
  slots: {
    tp_repr: bytes_repr,
    tp_getattro: PyObject_GenericGetAttr,
    nb_remainder: bytes_mod,
    sq_length: bytes_length,
    sq_concat: bytes_concat,
    sq_repeat: bytes_repeat,
    sq_item: bytes_item,
    sq_contains: bytes_contains,
    mp_length: bytes_length,
    mp_subscript: bytes_subscript,
    tp_hash: bytes_hash,
    tp_str: bytes_repr,
    bf_getbuffer: bytes_getbuffer,
    tp_richcompare: bytes_richcompare,
    tp_iter: bytes_iter,
    tp_new: bytes_new,
    tp_free: PyObject_Free,
  },
  methods: [...ownMethods, ...bytesSearchMethods(), ...bytesSplitMethods(false)].sort(
    (a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name),
  ),
};
export const bytesIterSpec: TypeSpec = {
  address: PyBytesIter_Type,
  name: 'bytes_iterator',
  basicsize: 32,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: indexIterDealloc,
    tp_traverse: indexIterTraverse,
    tp_iter: PyObject_SelfIter,
    tp_iternext: striter_next,
  },
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, fn: indexIterLen },
    { name: '__reduce__', flags: METH_NOARGS, fn: indexIterReduce },
    { name: '__setstate__', flags: METH_O, fn: indexIterSetstate },
  ],
};
