/** memoryview: subscripts, comparison, hash, methods. Mirrors Objects/memoryobject.c. */
import {
  _Py_MEMORYVIEW_C,
  METH_CLASS,
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_NOARGS,
  Py_buffer as B,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_SEQUENCE,
  PyBUF_FULL_RO,
  PyMemoryViewObject,
  METH_VARARGS,
} from '@moult/abi';
import { bytes, HASH_HI, i32, setI32, setPtr, setSsize, ssize } from '../memory/linear.ts';
import { _PyIndex_Check, PyNumber_AsSsize_t } from './abstract.ts';
import { PyObject_CheckBuffer, withView } from './abstractbuffer.ts';
import { unpackKeywords, unpackTupleAndDict } from './args.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { freshBytes, PyBytes_FromBytes } from './bytesobject.ts';
import { hexArguments, hexText } from './bytessplit.ts';
import { raise } from './errors.ts';
import { _PyList_AppendTakeRef, PyList_New } from './listobject.ts';
import { PyLong_AsInt } from './longobject.ts';
import {
  adjust_fmt,
  adjustPointer,
  contiguousBytes,
  formatOf,
  isByteFormat,
  nativeChar,
  pack_single,
  readValue,
  shapeOf,
  stridesOf,
  unpack_single,
  walkItems,
} from './memoryitems.ts';
import {
  _memory_release,
  checkReleased,
  checkRestricted,
  init_flags,
  isReleased,
  mbuf_add_view,
  memory_clear,
  memory_dealloc,
  memory_getbuf,
  memory_releasebuf,
  memory_traverse,
  PyMemoryView_Check,
  PyMemoryView_FromObject,
  PyMemoryView_FromObjectAndFlags,
} from './memoryobject.ts';
import { drop, hold, Py_NewRef, PyTuple_Check, PyUnicode_Check, type Ref, release, typeNameOf } from './object.ts';
import { PyObject_GenericGetAttr, PyObject_Hash, PyObject_SelfIter } from './objectattr.ts';
import { PySlice_AdjustIndices, PySlice_Check, PySlice_Unpack } from './sliceobject.ts';
import type { GetSetSpec, MethodSpec, TypeSpec } from './spec.ts';
import {
  _PyMemoryIter_Type,
  Py_Ellipsis,
  Py_None,
  Py_NotImplemented,
  PyExc_IndexError,
  PyExc_NotImplementedError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyMemoryView_Type,
} from './static.ts';
import { _Py_HashBytes, asText, PyUnicode_FromString } from './unicodeobject.ts';
import { memory_cast } from './memorycast.ts';
import { memory_iter, memoryiter_dealloc, memoryiter_next, memoryiter_traverse } from './memoryiter.ts';
import { attributes } from './memoryattributes.ts';

/** Where the Py_buffer lies in a memoryview. */
export const V = PyMemoryViewObject.view;
export const ndimOf = (mv: Ref): number => i32(mv + V + B.ndim);

// ---- reading and writing items ----

/** The address of index i in dimension d. */
export function lookupDimension(view: number, p: number, d: number, index: number): number {
  const n = shapeOf(view)[d] as number;
  const i = index < 0 ? index + n : index;
  if (i < 0 || i >= n) raise(PyExc_IndexError, `index out of bounds on dimension ${d + 1}`);
  return adjustPointer(view, p + (stridesOf(view, shapeOf(view))[d] as number) * i, d);
}
function memory_item(mv: Ref, index: number): Ref {
  checkReleased(mv);
  const view = mv + V;
  const c = adjust_fmt(view);
  if (ndimOf(mv) === 0) raise(PyExc_TypeError, 'invalid indexing of 0-dim memory');
  if (ndimOf(mv) !== 1) raise(PyExc_NotImplementedError, 'multi-dimensional sub-views are not implemented');
  return unpack_single(c, lookupDimension(view, i32(view + B.buf), 0, index));
}
/** The address that a tuple of indices means. */
function ptr_from_tuple(mv: Ref, tuple: Ref): number {
  const view = mv + V;
  const n = i32(tuple + 16);
  const ndim = ndimOf(mv);
  if (n > ndim) raise(PyExc_TypeError, `cannot index ${ndim}-dimension view with ${n}-element tuple`);
  let p = i32(view + B.buf);
  for (let d = 0; d < n; d++)
    p = lookupDimension(view, p, d, PyNumber_AsSsize_t(i32(tuple + 24 + (d << 3)), PyExc_IndexError));
  return p;
}
function memory_item_multi(mv: Ref, tuple: Ref): Ref {
  checkReleased(mv);
  const c = adjust_fmt(mv + V);
  if (i32(tuple + 16) < ndimOf(mv)) raise(PyExc_NotImplementedError, 'sub-views are not implemented');
  return unpack_single(c, ptr_from_tuple(mv, tuple));
}
function tupleOf(op: Ref, check: (item: Ref) => boolean): boolean {
  if (!PyTuple_Check(op)) return false;
  for (let i = 0; i < i32(op + 16); i++) if (!check(i32(op + 24 + (i << 3)))) return false;
  return true;
}
/** Cuts dimension 0 of the Py_buffer at `view` (with arrays of its own) to the slice. */
function init_slice(view: number, key: Ref): void {
  const shape = i32(view + B.shape);
  const strides = i32(view + B.strides);
  const s = PySlice_Unpack(key);
  const n = PySlice_AdjustIndices(i32(shape), s);
  const stride = ssize(strides);
  const sub = i32(view + B.suboffsets);
  if (sub === 0 || ssize(sub) < 0) setPtr(view + B.buf, i32(view + B.buf) + stride * s.start);
  else setSsize(sub, ssize(sub) + stride * s.start);
  setPtr(shape, n);
  setSsize(strides, stride * s.step);
}
function init_len(view: number): void {
  setPtr(view + B.len, shapeOf(view).reduce((a, b) => a * b, 1) * i32(view + B.itemsize));
}
function sliced(mv: Ref, key: Ref): Ref {
  const r = mbuf_add_view(i32(mv + 24), mv + V);
  const m = hold(r);
  init_slice(r + V, key);
  init_len(r + V);
  init_flags(r);
  drop(m);
  return r;
}
function memory_subscript(mv: Ref, key: Ref): Ref {
  checkReleased(mv);
  if (ndimOf(mv) === 0) {
    if (PyTuple_Check(key) && i32(key + 16) === 0) return unpack_single(adjust_fmt(mv + V), i32(mv + V + B.buf));
    if (key === Py_Ellipsis) return Py_NewRef(mv);
    raise(PyExc_TypeError, 'invalid indexing of 0-dim memory');
  }
  if (_PyIndex_Check(key)) return memory_item(mv, PyNumber_AsSsize_t(key, PyExc_IndexError));
  if (PySlice_Check(key)) {
    checkRestricted(mv);
    return sliced(mv, key);
  }
  if (tupleOf(key, _PyIndex_Check)) return memory_item_multi(mv, key);
  if (tupleOf(key, PySlice_Check)) raise(PyExc_NotImplementedError, 'multi-dimensional slicing is not implemented');
  raise(PyExc_TypeError, 'memoryview: invalid slice key');
}
function memory_ass_sub(mv: Ref, key: Ref, value: Ref): void {
  checkReleased(mv);
  const view = mv + V;
  const c = adjust_fmt(view);
  if (i32(view + B.readonly) !== 0) raise(PyExc_TypeError, 'cannot modify read-only memory');
  if (value === 0) raise(PyExc_TypeError, 'cannot delete memory');
  const put = (p: number): void => pack_single(c, p, value, mv);
  if (ndimOf(mv) === 0) {
    if (key === Py_Ellipsis || (PyTuple_Check(key) && i32(key + 16) === 0)) {
      put(i32(view + B.buf));
      return;
    }
    raise(PyExc_TypeError, 'invalid indexing of 0-dim memory');
  }
  if (_PyIndex_Check(key)) {
    if (ndimOf(mv) > 1) raise(PyExc_NotImplementedError, 'sub-views are not implemented');
    put(lookupDimension(view, i32(view + B.buf), 0, PyNumber_AsSsize_t(key, PyExc_IndexError)));
    return;
  }
  if (PySlice_Check(key) && ndimOf(mv) === 1) {
    withView(value, PyBUF_FULL_RO, (src) => {
      const dest = sliced(mv, key);
      const m = hold(dest);
      copy_single(dest + V, src);
      release(m);
    });
    return;
  }
  if (tupleOf(key, _PyIndex_Check)) {
    if (i32(key + 16) < ndimOf(mv)) raise(PyExc_NotImplementedError, 'sub-views are not implemented');
    put(ptr_from_tuple(mv, key));
    return;
  }
  if (PySlice_Check(key) || tupleOf(key, PySlice_Check)) {
    raise(PyExc_NotImplementedError, 'memoryview slice assignments are currently restricted to ndim = 1');
  }
  raise(PyExc_TypeError, 'memoryview: invalid slice key');
}
/** Copies src's items to dest, both of one dimension and equal structure. */
function copy_single(dest: number, src: number): void {
  const bare = (f: string): string => (f.startsWith('@') ? f.slice(1) : f);
  const same = bare(formatOf(dest)) === bare(formatOf(src)) && i32(dest + B.itemsize) === i32(src + B.itemsize);
  const a = shapeOf(dest);
  const b = shapeOf(src);
  if (!same || a.length !== b.length || a[0] !== b[0]) {
    raise(PyExc_ValueError, 'memoryview assignment: lvalue and rvalue have different structures');
  }
  const data = contiguousBytes(src, 'C');
  const size = i32(dest + B.itemsize);
  let at = 0;
  walkItems(dest, (p) => {
    for (let k = 0; k < size; k++) bytes[p + k] = data[at++] as number;
  });
}
function memory_length(mv: Ref): number {
  checkReleased(mv);
  if (ndimOf(mv) === 0) raise(PyExc_TypeError, '0-dim memory has no length');
  return shapeOf(mv + V)[0] as number;
}

// ---- comparison, hash ----

function equalViews(a: number, b: number): boolean {
  const sa = shapeOf(a);
  const sb = shapeOf(b);
  if (sa.length !== sb.length) return false;
  // a dimension of 0 ends the comparison: the rest cannot matter
  for (let d = 0; d < sa.length; d++) {
    if (sa[d] !== sb[d]) return false;
    if (sa[d] === 0) break;
  }
  const ca = nativeChar(formatOf(a));
  const cb = nativeChar(formatOf(b));
  if (ca === '' || cb === '') return false;
  const values: (number | bigint | boolean)[] = [];
  walkItems(a, (p) => values.push(readValue(ca, p)));
  let i = 0;
  let equal = true;
  walkItems(b, (p) => {
    // biome-ignore lint/suspicious/noDoubleEquals: ints, floats and booleans of Python compare by value
    if (values[i++] != readValue(cb, p)) equal = false;
  });
  // the bytes of 'c' equal only bytes
  return equal && ((ca === 'c') === (cb === 'c') || values.length === 0);
}
function memory_richcompare(v: Ref, w: Ref, op: number): Ref {
  if (op !== Py_EQ && op !== Py_NE) return Py_NewRef(Py_NotImplemented);
  let equal: boolean;
  if (!PyMemoryView_Check(v)) return Py_NewRef(Py_NotImplemented);
  if (isReleased(v) || (PyMemoryView_Check(w) && isReleased(w))) equal = v === w;
  else if (PyMemoryView_Check(w)) equal = equalViews(v + V, w + V);
  else if (!PyObject_CheckBuffer(w)) return Py_NewRef(Py_NotImplemented);
  else equal = withView(w, PyBUF_FULL_RO, (view) => equalViews(v + V, view));
  return PyBool_FromLong(equal === (op === Py_EQ));
}
function memory_hash(mv: Ref): number {
  const lo = i32(mv + 32);
  const hi = i32(mv + 36);
  if (lo !== -1 || hi !== -1) {
    setI32(HASH_HI, hi);
    return lo;
  }
  checkReleased(mv);
  const view = mv + V;
  if (i32(view + B.readonly) === 0) raise(PyExc_ValueError, 'cannot hash writable memoryview object');
  if (!isByteFormat(nativeChar(formatOf(view))))
    raise(PyExc_ValueError, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
  if (i32(view + B.obj) !== 0) PyObject_Hash(i32(view + B.obj));
  let hash: number;
  if ((i32(mv + 40) & _Py_MEMORYVIEW_C) !== 0) hash = _Py_HashBytes(i32(view + B.buf), i32(view + B.len));
  else {
    const copy = hold(PyBytes_FromBytes(contiguousBytes(view, 'C')));
    hash = _Py_HashBytes(i32(copy) + 32, i32(i32(copy) + 16));
    const high = i32(HASH_HI);
    release(copy);
    setI32(HASH_HI, high);
  }
  setI32(mv + 32, hash);
  setI32(mv + 36, i32(HASH_HI));
  return hash;
}
function memory_repr(mv: Ref): Ref {
  return PyUnicode_FromString(`<${isReleased(mv) ? 'released ' : ''}memory at 0x${mv.toString(16)}>`);
}

// ---- methods ----

function memory_new(_type: Ref, args: Ref, kwds: Ref): Ref {
  const [obj] = unpackTupleAndDict(args, kwds, { fname: 'memoryview', keywords: ['object'], required: 1 }) as [Ref];
  return PyMemoryView_FromObject(obj);
}
function memoryview_from_flags(_type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [obj, flags] = unpackKeywords(args, nargs, kwnames, {
    fname: '_from_flags',
    keywords: ['object', 'flags'],
    required: 2,
  }) as [Ref, Ref];
  return PyMemoryView_FromObjectAndFlags(obj, PyLong_AsInt(flags));
}
function memory_release(mv: Ref): Ref {
  _memory_release(mv);
  return Py_NewRef(Py_None);
}
function memory_enter(mv: Ref): Ref {
  checkReleased(mv);
  return Py_NewRef(mv);
}
function memory_exit(mv: Ref, _args: number, _nargs: number): Ref {
  return memory_release(mv);
}
function memory_tobytes(mv: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  checkReleased(mv);
  const [order] = unpackKeywords(args, nargs, kwnames, { fname: 'tobytes', keywords: ['order'] }) as [Ref];
  let ord = 'C';
  if (order !== 0 && order !== Py_None) {
    if (!PyUnicode_Check(order))
      raise(PyExc_TypeError, `tobytes() argument 'order' must be str or None, not ${typeNameOf(order)}`);
    ord = asText(order);
    if (ord !== 'C' && ord !== 'F' && ord !== 'A') raise(PyExc_ValueError, "order must be 'C', 'F' or 'A'");
  }
  return freshBytes(contiguousBytes(mv + V, ord));
}
function memory_hex(mv: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  checkReleased(mv);
  const { sep, group } = hexArguments(args, nargs, kwnames);
  const m = hold(PyBytes_FromBytes(contiguousBytes(mv + V, 'C')));
  const r = PyUnicode_FromString(hexText(i32(m) + 32, i32(i32(m) + 16), sep, group));
  release(m);
  return r;
}
function listOf(
  view: number,
  c: string,
  p: number,
  d: number,
  shape: readonly number[],
  strides: readonly number[],
): Ref {
  const list = PyList_New(0);
  const m = hold(list);
  for (let i = 0; i < (shape[d] as number); i++) {
    const q = adjustPointer(view, p + i * (strides[d] as number), d);
    _PyList_AppendTakeRef(
      list,
      d === shape.length - 1 ? unpack_single(c, q) : listOf(view, c, q, d + 1, shape, strides),
    );
  }
  drop(m);
  return list;
}
function memory_tolist(mv: Ref): Ref {
  checkReleased(mv);
  const view = mv + V;
  const c = adjust_fmt(view);
  const shape = shapeOf(view);
  if (shape.length === 0) return unpack_single(c, i32(view + B.buf));
  return listOf(view, c, i32(view + B.buf), 0, shape, stridesOf(view, shape));
}
function memory_toreadonly(mv: Ref): Ref {
  checkReleased(mv);
  checkRestricted(mv);
  const r = mbuf_add_view(i32(mv + 24), mv + V);
  setI32(r + V + B.readonly, 1);
  return r;
}
const FAST_KW = METH_FASTCALL | METH_KEYWORDS;
const methods: readonly MethodSpec[] = [
  {
    name: 'release',
    flags: METH_NOARGS,
    fn: memory_release,
    doc: 'release($self, /)\n--\n\nRelease the underlying buffer exposed by the memoryview object.',
  },
  {
    name: 'tobytes',
    flags: FAST_KW,
    fn: memory_tobytes,
    doc: "tobytes($self, /, order='C')\n--\n\nReturn the data in the buffer as a byte string.",
  },
  { name: 'hex', flags: FAST_KW, fn: memory_hex },
  {
    name: 'tolist',
    flags: METH_NOARGS,
    fn: memory_tolist,
    doc: 'tolist($self, /)\n--\n\nReturn the data in the buffer as a list of elements.',
  },
  { name: 'cast', flags: FAST_KW, fn: memory_cast },
  {
    name: 'toreadonly',
    flags: METH_NOARGS,
    fn: memory_toreadonly,
    doc: 'toreadonly($self, /)\n--\n\nReturn a readonly version of the memoryview.',
  },
  { name: '_from_flags', flags: FAST_KW | METH_CLASS, fn: memoryview_from_flags },
  { name: '__enter__', flags: METH_NOARGS, fn: memory_enter },
  { name: '__exit__', flags: METH_VARARGS, fn: memory_exit },
];
export const memoryViewSpec: TypeSpec = {
  address: PyMemoryView_Type,
  name: 'memoryview',
  basicsize: 144,
  itemsize: 8,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_SEQUENCE,
  doc: 'memoryview(object)\n--\n\nCreate a new memoryview object which references the given object.',
  weaklistoffset: 136,
  slots: {
    tp_dealloc: memory_dealloc,
    tp_repr: memory_repr,
    tp_getattro: PyObject_GenericGetAttr,
    sq_length: memory_length,
    sq_item: memory_item,
    mp_length: memory_length,
    mp_subscript: memory_subscript,
    mp_ass_subscript: memory_ass_sub,
    tp_hash: memory_hash,
    bf_getbuffer: memory_getbuf,
    bf_releasebuffer: memory_releasebuf,
    tp_traverse: memory_traverse,
    tp_clear: memory_clear,
    tp_richcompare: memory_richcompare,
    tp_iter: memory_iter,
    tp_new: memory_new,
  },
  methods,
  getset: attributes.map(([name, get]): GetSetSpec => ({ name, get })),
};
export const memoryIterSpec: TypeSpec = {
  address: _PyMemoryIter_Type,
  name: 'memory_iterator',
  basicsize: 48,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: memoryiter_dealloc,
    tp_traverse: memoryiter_traverse,
    tp_iter: PyObject_SelfIter,
    tp_iternext: memoryiter_next,
  },
};
