/** The types bytearray and bytearray_iterator: slots and construction; methods and iteration are in bytearraymethods.ts. Mirrors Objects/bytearrayobject.c. */
import {
  _Py_TPFLAGS_MATCH_SELF,
  METH_FASTCALL,
  METH_NOARGS,
  METH_O,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
} from '@moult/abi';
import { bytes, i32, setPtr } from '../memory/linear.ts';
import { PyObject_Free } from '../memory/obmalloc.ts';
import { _PyIndex_Check, PyIter_Next, PyNumber_AsSsize_t, PyObject_GetIter, PySequence_Check } from './abstract.ts';
import { PyBuffer_FillInfo, PyObject_CheckBuffer, withBytes } from './abstractbuffer.ts';
import { unpackTupleAndDict } from './args.ts';
import { PyBool_FromLong } from './boolobject.ts';
import {
  bytearray_dealloc,
  bytearray_setslice_linear,
  checkResizable,
  PyByteArray_FromStringAndSize,
  PyByteArray_Resize,
} from './bytearrayobject.ts';
import { bytesFormat } from './bytesformat.ts';
import { bytesSearchMethods } from './bytesmethods.ts';
import { bytesContains, compareBytes, orderResult } from './bytesobject.ts';
import { bytesSplitMethods } from './bytessplit.ts';
import { countArgument, reprOfBytes, textArgument } from './bytestype.ts';
import { catchPending, PyErr_Clear, PyErr_ExceptionMatches, PyErr_NoMemory, raise } from './errors.ts';
import { shortName } from './exceptions.ts';
import { indexIterDealloc, indexIterLen, indexIterReduce, indexIterSetstate, indexIterTraverse } from './indexiter.ts';
import { smallInt } from './longobject.ts';
import {
  hold,
  nativeMark,
  Py_DECREF,
  Py_NewRef,
  PyObject_TypeCheck,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import { PyObject_GenericGetAttr, PyObject_SelfIter } from './objectattr.ts';
import { PySlice_AdjustIndices, PySlice_Check, PySlice_Unpack } from './sliceobject.ts';
import type { MethodSpec, TypeSpec } from './spec.ts';
import {
  Py_NotImplemented,
  PyByteArray_Type,
  PyByteArrayIter_Type,
  PyExc_IndexError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyList_Type,
  PyLong_Type,
  PyTuple_Type,
} from './static.ts';
import { typeAlloc } from './typealloc.ts';
import { copyBytes, repeatBytes } from './unicodemake.ts';
import { PyUnicode_AsEncodedString } from './codecs.ts';
import {
  appendByte,
  bytearray_alloc,
  bytearray_append,
  bytearray_clear,
  bytearray_copy,
  bytearray_extend,
  bytearray_insert,
  bytearray_iter,
  bytearray_pop,
  bytearray_reduce,
  bytearray_reduce_ex,
  bytearray_remove,
  bytearray_reverse,
  bytearray_sizeof,
  bytearrayiter_next,
} from './bytearraymethods.ts';

const MAX_SSIZE = 2 ** 63;
const DOC = `bytearray(iterable_of_ints) -> bytearray
bytearray(string, encoding[, errors]) -> bytearray
bytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer
bytearray(int) -> bytes array of size given by the parameter initialized with null bytes
bytearray() -> empty bytes array

Construct a mutable bytearray object from:
  - an iterable yielding integers in range(256)
  - a text string encoded using the specified encoding
  - a bytes or a buffer object
  - any object implementing the buffer API.
  - an integer`;

/** The byte of a value to be stored. */
export function getByteValue(v: Ref): number {
  const n = PyNumber_AsSsize_t(v, 0);
  if (n < 0 || n > 255) raise(PyExc_ValueError, 'byte must be in range(0, 256)');
  return n;
}
function bytearray_length(self: Ref): number {
  return i32(self + 16);
}
function bytearray_getitem(self: Ref, i: number): Ref {
  if (i < 0 || i >= i32(self + 16)) raise(PyExc_IndexError, 'bytearray index out of range');
  return smallInt(bytes[i32(self + 40) + i] as number);
}
function bytearray_subscript(self: Ref, index: Ref): Ref {
  if (_PyIndex_Check(index)) {
    let i = PyNumber_AsSsize_t(index, PyExc_IndexError);
    if (i < 0) i += i32(self + 16);
    return bytearray_getitem(self, i);
  }
  if (!PySlice_Check(index))
    raise(PyExc_TypeError, `bytearray indices must be integers or slices, not ${typeNameOf(index)}`);
  const s = PySlice_Unpack(index);
  const n = PySlice_AdjustIndices(i32(self + 16), s);
  const from = i32(self + 40);
  if (n <= 0) return PyByteArray_FromStringAndSize(0, 0);
  if (s.step === 1) return PyByteArray_FromStringAndSize(from + s.start, n);
  const r = PyByteArray_FromStringAndSize(0, n);
  const to = i32(r + 40);
  for (let i = 0, at = s.start; i < n; i++, at += s.step) bytes[to + i] = bytes[from + at] as number;
  return r;
}
function bytearray_ass_item(self: Ref, index: number, value: Ref): void {
  let i = index;
  if (i < 0) i += i32(self + 16);
  if (i < 0 || i >= i32(self + 16)) raise(PyExc_IndexError, 'bytearray index out of range');
  if (value === 0) {
    bytearray_setslice_linear(self, i, i + 1, 0, 0);
    return;
  }
  const b = getByteValue(value);
  bytes[i32(self + 40) + i] = b;
}
function bytearray_ass_subscript(self: Ref, index: Ref, value: Ref): void {
  let start: number;
  let stop: number;
  let step: number;
  let n: number;
  if (_PyIndex_Check(index)) {
    let i = PyNumber_AsSsize_t(index, PyExc_IndexError);
    let b = 0;
    if (value !== 0) b = getByteValue(value);
    if (i < 0) i += i32(self + 16);
    if (i < 0 || i >= i32(self + 16)) raise(PyExc_IndexError, 'bytearray index out of range');
    if (value !== 0) {
      bytes[i32(self + 40) + i] = b;
      return;
    }
    start = i;
    stop = i + 1;
    step = 1;
    n = 1;
  } else {
    if (!PySlice_Check(index))
      raise(PyExc_TypeError, `bytearray indices must be integers or slices, not ${typeNameOf(index)}`);
    const s = PySlice_Unpack(index);
    n = PySlice_AdjustIndices(i32(self + 16), s);
    ({ start, stop, step } = s);
  }
  if (value === 0 || (PyObject_TypeCheck(value, PyByteArray_Type) && value !== self)) {
    store(self, start, stop, step, n, value === 0 ? 0 : i32(value + 40), value === 0 ? 0 : i32(value + 16));
    return;
  }
  if (value !== self && PyObject_CheckBuffer(value)) {
    withBytes(value, (p, k) => store(self, start, stop, step, n, p, k));
    return;
  }
  if (value !== self && (_PyIndex_Check(value) || PyUnicode_Check(value))) {
    raise(PyExc_TypeError, 'can assign only bytes, buffers, or iterables of ints in range(0, 256)');
  }
  // through a bytearray of its own: the values of any iterable, or of this bytearray itself
  const copy = typeAlloc(PyByteArray_Type, 0);
  const m = hold(copy);
  fill(copy, value, null, null);
  store(self, start, stop, step, n, i32(copy + 40), i32(copy + 16));
  release(m);
}
/** Assigns the `needed` bytes at p to the n places of a slice, or deletes them. */
function store(self: Ref, start: number, stop: number, step: number, n: number, p: number, needed: number): void {
  if ((step < 0 && start < stop) || (step > 0 && start > stop)) stop = start;
  if (step === 1) {
    bytearray_setslice_linear(self, start, stop, p, needed);
    return;
  }
  if (needed === 0) {
    checkResizable(self);
    if (n === 0) return;
    if (step < 0) {
      stop = start + 1;
      start = stop + step * (n - 1) - 1;
      step = -step;
    }
    const buf = i32(self + 40);
    const size = i32(self + 16);
    let cur = start;
    for (let i = 0; i < n; i++, cur += step) {
      const lim = cur + step >= size ? size - cur - 1 : step - 1;
      bytes.copyWithin(buf + cur - i, buf + cur + 1, buf + cur + 1 + lim);
    }
    cur = start + n * step;
    if (cur < size) bytes.copyWithin(buf + cur - n, buf + cur, buf + size);
    PyByteArray_Resize(self, size - n);
    return;
  }
  if (needed !== n) raise(PyExc_ValueError, `attempt to assign bytes of size ${needed} to extended slice of size ${n}`);
  const buf = i32(self + 40);
  const from = bytes.slice(p, p + needed);
  for (let i = 0, cur = start; i < n; i++, cur += step) bytes[buf + cur] = from[i] as number;
}

// ---- construction ----

/** Fills an empty bytearray from what bytearray() got. */
function fill(self: Ref, arg: Ref, encoding: string | null, errors: string | null): void {
  if (i32(self + 16) !== 0) PyByteArray_Resize(self, 0);
  if (arg === 0) {
    if (encoding !== null || errors !== null) {
      raise(
        PyExc_TypeError,
        encoding !== null ? 'encoding without a string argument' : 'errors without a string argument',
      );
    }
    return;
  }
  if (PyUnicode_Check(arg)) {
    if (encoding === null) raise(PyExc_TypeError, 'string argument without an encoding');
    const m = hold(PyUnicode_AsEncodedString(arg, encoding, errors));
    bytearray_iconcat(self, i32(m));
    Py_DECREF(self);
    release(m);
    return;
  }
  if (encoding !== null || errors !== null) {
    raise(
      PyExc_TypeError,
      encoding !== null ? 'encoding without a string argument' : 'errors without a string argument',
    );
  }
  const count = countArgument(arg);
  if (count >= 0) {
    if (count > 0) {
      PyByteArray_Resize(self, count);
      bytes.fill(0, i32(self + 40), i32(self + 40) + count);
    }
    return;
  }
  if (PyObject_CheckBuffer(arg)) {
    withBytes(arg, (p, n) => {
      PyByteArray_Resize(self, n);
      copyBytes(i32(self + 40), p, n);
    });
    return;
  }
  if (!canIterate(arg)) raise(PyExc_TypeError, `cannot convert '${typeNameOf(arg)}' object to bytearray`);
  if (fillFromInts(self, arg)) return;
  const m = hold(PyObject_GetIter(arg));
  for (;;) {
    const item = PyIter_Next(i32(m));
    if (item === 0) break;
    const k = hold(item);
    appendByte(self, getByteValue(item));
    release(k);
  }
  release(m);
}
/** A list or tuple of ints: one buffer of just its size (since 3.13). False if an item is no int: empty again. */
function fillFromInts(self: Ref, arg: Ref): boolean {
  const list = i32(arg + 8) === PyList_Type;
  if (!list && i32(arg + 8) !== PyTuple_Type) return false;
  const n = i32(arg + 16);
  PyByteArray_Resize(self, n);
  const items = list ? i32(arg + 24) : arg + 24;
  for (let i = 0; i < n; i++) {
    const item = i32(items + (i << 3));
    if (i32(item + 8) !== PyLong_Type) {
      PyByteArray_Resize(self, 0);
      return false;
    }
    bytes[i32(self + 40) + i] = getByteValue(item);
  }
  return true;
}
export function canIterate(op: Ref): boolean {
  const m = nativeMark();
  if (PySequence_Check(op)) return true;
  try {
    hold(PyObject_GetIter(op));
    release(m);
    return true;
  } catch (e) {
    catchPending(e, m);
    if (!PyErr_ExceptionMatches(PyExc_TypeError)) throw e;
    PyErr_Clear();
    return false;
  }
}
function bytearray_new(type: Ref): Ref {
  return typeAlloc(type, 0);
}
function bytearray_init(self: Ref, args: Ref, kwds: Ref): void {
  const [x, e, r] = unpackTupleAndDict(args, kwds, {
    fname: 'bytearray',
    keywords: ['source', 'encoding', 'errors'],
  }) as [Ref, Ref, Ref];
  fill(self, x, textArgument('bytearray', 'encoding', e), textArgument('bytearray', 'errors', r));
}
function bytearray_repr(self: Ref): Ref {
  return reprOfBytes(i32(self + 40), i32(self + 16), `${shortName(i32(self + 8))}(b`, ')', true);
}
function bytearray_richcompare(a: Ref, b: Ref, op: number): Ref {
  if (!PyObject_CheckBuffer(a) || !PyObject_CheckBuffer(b)) return Py_NewRef(Py_NotImplemented);
  return withBytes(a, (p, n) =>
    withBytes(b, (q, m) => {
      if (n !== m && (op === Py_EQ || op === Py_NE)) return PyBool_FromLong(op === Py_NE);
      return PyBool_FromLong(orderResult(compareBytes(p, n, q, m), op));
    }),
  );
}
function bytearray_getbuffer(self: Ref, view: number, flags: number): void {
  PyBuffer_FillInfo(view, self, i32(self + 16) > 0 ? i32(self + 40) : self + 16, i32(self + 16), false, flags);
  setPtr(self + 48, i32(self + 48) + 1);
}
function bytearray_releasebuffer(self: Ref, _view: number): void {
  setPtr(self + 48, i32(self + 48) - 1);
}

// ---- operators ----

export function bytearray_concat(a: Ref, b: Ref): Ref {
  if (!PyObject_CheckBuffer(a) || !PyObject_CheckBuffer(b))
    raise(PyExc_TypeError, `can't concat ${typeNameOf(b)} to ${typeNameOf(a)}`);
  return withBytes(a, (p, n) =>
    withBytes(b, (q, m) => {
      const r = PyByteArray_FromStringAndSize(0, n + m);
      copyBytes(i32(r + 40), p, n);
      copyBytes(i32(r + 40) + n, q, m);
      return r;
    }),
  );
}
function bytearray_iconcat(self: Ref, other: Ref): Ref {
  if (!PyObject_CheckBuffer(other)) raise(PyExc_TypeError, `can't concat ${typeNameOf(other)} to ${typeNameOf(self)}`);
  withBytes(other, (p, n) => {
    const size = i32(self + 16);
    PyByteArray_Resize(self, size + n);
    copyBytes(i32(self + 40) + size, p, n);
  });
  return Py_NewRef(self);
}
function bytearray_repeat(self: Ref, n: number): Ref {
  const size = i32(self + 16);
  const count = Math.max(0, n);
  if (size * count >= MAX_SSIZE) PyErr_NoMemory();
  const r = PyByteArray_FromStringAndSize(0, size * count);
  if (size * count > 0) repeatBytes(i32(r + 40), i32(self + 40), size, count);
  return r;
}
function bytearray_irepeat(self: Ref, n: number): Ref {
  const size = i32(self + 16);
  const count = Math.max(0, n);
  if (size * count >= MAX_SSIZE) PyErr_NoMemory();
  PyByteArray_Resize(self, size * count);
  const buf = i32(self + 40);
  for (let k = 1; k < count; k++) bytes.copyWithin(buf + k * size, buf, buf + size);
  return Py_NewRef(self);
}
function bytearray_contains(self: Ref, arg: Ref): boolean {
  return bytesContains(i32(self + 40), i32(self + 16), arg);
}
function bytearray_mod(v: Ref, w: Ref): Ref {
  return PyObject_TypeCheck(v, PyByteArray_Type) ? bytesFormat(v, w) : Py_NewRef(Py_NotImplemented);
}

const ownMethods: readonly MethodSpec[] = [
  {
    name: '__alloc__',
    flags: METH_NOARGS,
    fn: bytearray_alloc,
    doc: 'B.__alloc__() -> int\n\nReturn the number of bytes actually allocated.',
  },
  { name: '__reduce__', flags: METH_NOARGS, fn: bytearray_reduce },
  { name: '__reduce_ex__', flags: METH_FASTCALL, fn: bytearray_reduce_ex },
  { name: '__sizeof__', flags: METH_NOARGS, fn: bytearray_sizeof },
  {
    name: 'append',
    flags: METH_O,
    fn: bytearray_append,
    doc: 'append($self, item, /)\n--\n\nAppend a single item to the end of the bytearray.',
  },
  { name: 'clear', flags: METH_NOARGS, fn: bytearray_clear },
  { name: 'copy', flags: METH_NOARGS, fn: bytearray_copy },
  {
    name: 'extend',
    flags: METH_O,
    fn: bytearray_extend,
    doc: 'extend($self, iterable_of_ints, /)\n--\n\nAppend all the items from the iterator or sequence to the end of the bytearray.',
  },
  {
    name: 'insert',
    flags: METH_FASTCALL,
    fn: bytearray_insert,
    doc: 'insert($self, index, item, /)\n--\n\nInsert a single item into the bytearray before the given index.',
  },
  {
    name: 'pop',
    flags: METH_FASTCALL,
    fn: bytearray_pop,
    doc: 'pop($self, index=-1, /)\n--\n\nRemove and return a single item from B.',
  },
  {
    name: 'remove',
    flags: METH_O,
    fn: bytearray_remove,
    doc: 'remove($self, value, /)\n--\n\nRemove the first occurrence of a value in the bytearray.',
  },
  { name: 'reverse', flags: METH_NOARGS, fn: bytearray_reverse },
];
const ORDER =
  `__alloc__ __reduce__ __reduce_ex__ __sizeof__ append capitalize center clear copy count decode endswith expandtabs extend
find fromhex hex index insert isalnum isalpha isascii isdigit islower isspace istitle isupper join ljust lower lstrip maketrans
partition pop remove replace removeprefix removesuffix reverse rfind rindex rjust rpartition rsplit rstrip split splitlines
startswith strip swapcase title translate upper zfill`.split(/\s+/);

export const byteArraySpec: TypeSpec = {
  address: PyByteArray_Type,
  name: 'bytearray',
  basicsize: 56,
  flags: Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
  doc: DOC,
  slots: {
    tp_dealloc: bytearray_dealloc,
    tp_repr: bytearray_repr,
    tp_getattro: PyObject_GenericGetAttr,
    nb_remainder: bytearray_mod,
    sq_length: bytearray_length,
    sq_concat: bytearray_concat,
    sq_repeat: bytearray_repeat,
    sq_item: bytearray_getitem,
    sq_ass_item: bytearray_ass_item,
    sq_contains: bytearray_contains,
    sq_inplace_concat: bytearray_iconcat,
    sq_inplace_repeat: bytearray_irepeat,
    mp_length: bytearray_length,
    mp_subscript: bytearray_subscript,
    mp_ass_subscript: bytearray_ass_subscript,
    tp_str: bytearray_repr,
    bf_getbuffer: bytearray_getbuffer,
    bf_releasebuffer: bytearray_releasebuffer,
    tp_richcompare: bytearray_richcompare,
    tp_iter: bytearray_iter,
    tp_init: bytearray_init,
    tp_new: bytearray_new,
    tp_free: PyObject_Free,
  },
  methods: [...ownMethods, ...bytesSearchMethods(), ...bytesSplitMethods(true)].sort(
    (a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name),
  ),
};
export const byteArrayIterSpec: TypeSpec = {
  address: PyByteArrayIter_Type,
  name: 'bytearray_iterator',
  basicsize: 32,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: indexIterDealloc,
    tp_traverse: indexIterTraverse,
    tp_iter: PyObject_SelfIter,
    tp_iternext: bytearrayiter_next,
  },
  methods: [
    { name: '__length_hint__', flags: METH_NOARGS, fn: indexIterLen },
    { name: '__reduce__', flags: METH_NOARGS, fn: indexIterReduce },
    { name: '__setstate__', flags: METH_O, fn: indexIterSetstate },
  ],
};
