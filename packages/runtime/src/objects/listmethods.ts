/** list: extending, methods, operators. Mirrors Objects/listobject.c; slices are in listslice.ts, sorting in listsort.ts. */
import {
  _Py_TPFLAGS_MATCH_SELF,
  METH_CLASS,
  METH_COEXIST,
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_O,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_LIST_SUBCLASS,
  Py_TPFLAGS_SEQUENCE,
  PyDictObject,
  PyListObject,
  PySetObject,
  PyTypeObject,
} from '@moult/abi';
import { newOfStaticType, PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK } from '../gc/track.ts';
import { bytes, i32, setI32, setPtr, u32 } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import {
  PyNumber_Index,
  PyObject_GetIter,
  PyObject_LengthHint,
  PySequence_Fast_GET_SIZE,
  PySequence_Fast_ITEMS,
} from './abstract.ts';
import { _PyArg_CheckPositional, _PyArg_NoKeywords, _PyArg_NoKwnames, unpackKeywords } from './args.ts';
import { PyDict_Next } from './dictobject.ts';
import {
  PyErr_Clear,
  PyErr_ExceptionMatches,
  PyErr_NoMemory,
  raise,
  raiseObject,
  PyErr_Occurred,
  PENDING,
  swallow,
} from './errors.ts';
import { compareSizes, itemEqualHeld, quickEqual } from './fastcompare.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import { list___reversed__, list_iter } from './listiter.ts';
import {
  _PyList_AppendTakeRef,
  list_clear,
  list_dealloc,
  list_preallocate_exact,
  list_resize,
  PyList_Append,
  PyList_Insert,
  PyList_New,
} from './listobject.ts';
import {
  list_ass_item,
  list_ass_slice,
  list_ass_subscript,
  list_item,
  list_slice,
  list_subscript,
} from './listslice.ts';
import { listSort, sortFrame } from './listsort.ts';
import { type MachineSpec, runNested } from './nativeframe.ts';
import { PyLong_AsSsize_t, PyLong_FromLong } from './longobject.ts';
import { drop, hold, Py_DECREF, Py_INCREF, Py_NewRef, PyList_Check, type Ref, release, typeNameOf } from './object.ts';
import {
  PyObject_GenericGetAttr,
  PyObject_HashNotImplemented,
  PyObject_IsTrue,
  PyObject_Repr,
  PyObject_RichCompare,
  PyObject_RichCompareBool,
} from './objectattr.ts';
import { Py_ReprEnter, Py_ReprLeave } from './reprguard.ts';
import { _PyEval_SliceIndexNotNone } from './sliceobject.ts';
import type { TypeSpec } from './spec.ts';
import {
  Py_False,
  Py_None,
  Py_NotImplemented,
  Py_True,
  PyDict_Type,
  PyDictItems_Type,
  PyDictKeys_Type,
  PyDictValues_Type,
  PyExc_IndexError,
  PyExc_StopIteration,
  PyExc_TypeError,
  PyExc_ValueError,
  PyList_Type,
  PySet_Type,
  PyTuple_Type,
  _PySet_Dummy,
} from './static.ts';
import { _PyTuple_FromArray, PyTuple_Pack } from './tupleobject.ts';
import { PyType_GenericAlloc } from './typealloc.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';

type Visit = (x: Ref, arg: number) => void;

// ---- extending ----

/** Appends all items of an iterable (list.extend). */
export function list_extend(self: Ref, iterable: Ref): void {
  const t = i32(iterable + 8);
  if (t === PyList_Type || t === PyTuple_Type || self === iterable) extendFast(self, iterable);
  else if (t === PySet_Type) extendSet(self, iterable);
  else if (t === PyDict_Type) extendDict(self, iterable, 0);
  else if (t === PyDictKeys_Type) extendDict(self, i32(iterable + 16), 0);
  else if (t === PyDictValues_Type) extendDict(self, i32(iterable + 16), 1);
  else if (t === PyDictItems_Type) extendDict(self, i32(iterable + 16), 2);
  else extendIter(self, iterable);
}
/** _PyList_Extend: list.extend as a function that returns None. */
export function _PyList_Extend(self: Ref, iterable: Ref): Ref {
  list_extend(self, iterable);
  return Py_NewRef(Py_None);
}
function extendFast(self: Ref, seq: Ref): void {
  const n = PySequence_Fast_GET_SIZE(seq);
  if (n === 0) return;
  const m = i32(self + 16);
  if (i32(self + 24) === 0) {
    list_preallocate_exact(self, n);
    setPtr(self + 16, n);
  } else list_resize(self, m + n);
  let src = PySequence_Fast_ITEMS(seq);
  let dest = i32(self + 24) + (m << 3);
  for (let i = 0; i < n; i++, src += 8, dest += 8) {
    const x = i32(src);
    Py_INCREF(x);
    setPtr(dest, x);
  }
}
function extendSet(self: Ref, set: Ref): void {
  const m = i32(self + 16);
  const n = i32(set + PySetObject.used);
  if (m + n === 0) return;
  list_resize(self, m + n);
  let dest = i32(self + 24) + (m << 3);
  let e = i32(set + PySetObject.table);
  const end = e + ((i32(set + PySetObject.mask) + 1) << 4);
  for (; e < end; e += 16) {
    const key = i32(e);
    if (key === 0 || key === _PySet_Dummy) continue;
    Py_INCREF(key);
    setPtr(dest, key);
    dest += 8;
  }
}
function extendDict(self: Ref, dict: Ref, which: number): void {
  const m = i32(self + 16);
  const n = i32(dict + PyDictObject.ma_used);
  if (m + n === 0) return;
  list_resize(self, m + n);
  setPtr(self + 16, m);
  const pos = { i: 0, key: 0, value: 0 };
  for (let i = m; PyDict_Next(dict, pos); i++) {
    const x = which === 2 ? PyTuple_Pack(pos.key, pos.value) : Py_NewRef(which === 0 ? pos.key : pos.value);
    setPtr(i32(self + 24) + (i << 3), x);
    setPtr(self + 16, i + 1);
  }
}
function extendIter(self: Ref, iterable: Ref): void {
  const it = PyObject_GetIter(iterable);
  const h = hold(it);
  extendBegin(self, iterable);
  const next = text[i32(i32(it + 8) + PyTypeObject.tp_iternext)] as NativeFunction;
  try {
    for (;;) {
      const item = next(it) as Ref;
      if (item === 0) break;
      extendWith(self, item);
    }
    if (PyErr_Occurred()) {
      if (!PyErr_ExceptionMatches(PyExc_StopIteration)) throw PENDING;
      PyErr_Clear();
    }
  } catch (e) {
    swallow(e, PyExc_StopIteration, h + 8);
  }
  extendEnd(self);
  release(h);
}
/** Room for as many items as the iterable says it has. */
export function extendBegin(self: Ref, iterable: Ref): void {
  const n = PyObject_LengthHint(iterable, 8);
  const m = i32(self + 16);
  if (i32(self + 24) === 0) {
    if (n > 0) list_preallocate_exact(self, n);
    return;
  }
  if (m + n > 0x7ffffff) PyErr_NoMemory();
  list_resize(self, m + n);
  setPtr(self + 16, m);
}
export function extendWith(self: Ref, item: Ref): void {
  const len = i32(self + 16);
  if (len < i32(self + 32)) {
    setPtr(i32(self + 24) + (len << 3), item);
    setI32(self + 16, len + 1);
  } else _PyList_AppendTakeRef(self, item);
}
export function extendEnd(self: Ref): void {
  if (i32(self + 16) < i32(self + 32)) list_resize(self, i32(self + 16));
}

// ---- operators ----

function list_length(a: Ref): number {
  return i32(a + 16);
}
function list_repr(v: Ref): Ref {
  if (i32(v + 16) === 0) return PyUnicode_FromString('[]');
  if (Py_ReprEnter(v)) return PyUnicode_FromString('[...]');
  let out = '[';
  try {
    for (let i = 0; i < i32(v + 16); i++) {
      // the item is borrowed, as in 3.13.0: its __repr__ may count
      const s = PyObject_Repr(i32(i32(v + 24) + (i << 3)));
      out += i === 0 ? asText(s) : `, ${asText(s)}`;
      Py_DECREF(s);
    }
  } finally {
    Py_ReprLeave(v);
  }
  return PyUnicode_FromString(`${out}]`);
}
function list_contains(a: Ref, el: Ref): boolean {
  for (let i = 0; i < i32(a + 16); i++) if (itemEqualHeld(i32(i32(a + 24) + (i << 3)), el)) return true;
  return false;
}
function list_concat(a: Ref, b: Ref): Ref {
  if (!PyList_Check(b)) raise(PyExc_TypeError, `can only concatenate list (not "${typeNameOf(b)}") to list`);
  const n = i32(a + 16);
  const k = i32(b + 16);
  const np = PyList_New(n + k);
  const dest = i32(np + 24);
  for (let i = 0; i < n; i++) setPtr(dest + (i << 3), Py_NewRef(i32(i32(a + 24) + (i << 3))));
  for (let i = 0; i < k; i++) setPtr(dest + ((n + i) << 3), Py_NewRef(i32(i32(b + 24) + (i << 3))));
  return np;
}
/** Fills `n` further copies of the first `size` items behind them, counting each item n times more. */
function fillCopies(items: number, size: number, n: number): void {
  for (let i = 0; i < size; i++) {
    const x = i32(items + (i << 3));
    const rc = i32(x);
    if (rc >= 0) setI32(x, rc + n);
  }
  const end = items + ((size * (n + 1)) << 3);
  let done = items + (size << 3);
  while (done < end) {
    const k = Math.min(done - items, end - done);
    bytes.copyWithin(done, items, items + k);
    done += k;
  }
}
function list_repeat(a: Ref, times: number): Ref {
  const size = i32(a + 16);
  if (size === 0 || times <= 0) return PyList_New(0);
  if (times >= 2 ** 63 / size) PyErr_NoMemory();
  if (size * times > 0xfffffff) {
    // the list is there before its items find no room
    hold(PyList_New(0));
    PyErr_NoMemory();
  }
  const np = PyList_New(size * times);
  const items = i32(np + 24);
  for (let i = 0; i < size; i++) setPtr(items + (i << 3), Py_NewRef(i32(i32(a + 24) + (i << 3))));
  fillCopies(items, size, times - 1);
  return np;
}
function list_inplace_repeat(self: Ref, n: number): Ref {
  const size = i32(self + 16);
  if (size !== 0 && n !== 1) {
    if (n < 1) list_clear(self);
    else {
      if (size * n > 0x7ffffff) PyErr_NoMemory();
      list_resize(self, size * n);
      fillCopies(i32(self + 24), size, n - 1);
    }
  }
  return Py_NewRef(self);
}
function list_inplace_concat(self: Ref, other: Ref): Ref {
  list_extend(self, other);
  return Py_NewRef(self);
}
function list_traverse(o: Ref, visit: Visit, arg: number): void {
  for (let i = i32(o + 16) - 1; i >= 0; i--) {
    const x = i32(i32(o + 24) + (i << 3));
    if (x !== 0) visit(x, arg);
  }
}
function list_richcompare(v: Ref, w: Ref, op: number): Ref {
  if (!PyList_Check(v) || !PyList_Check(w)) return Py_NewRef(Py_NotImplemented);
  if ((op === Py_EQ || op === Py_NE) && i32(v + 16) !== i32(w + 16))
    return Py_NewRef(op === Py_EQ ? Py_False : Py_True);
  let i = 0;
  for (; i < i32(v + 16) && i < i32(w + 16); i++) {
    const a = i32(i32(v + 24) + (i << 3));
    const b = i32(i32(w + 24) + (i << 3));
    let equal = quickEqual(a, b);
    if (equal < 0) {
      const m = hold(Py_NewRef(a));
      hold(Py_NewRef(b));
      equal = PyObject_RichCompareBool(a, b, Py_EQ) ? 1 : 0;
      release(m);
    }
    if (equal === 0) break;
  }
  const vs = i32(v + 16);
  const ws = i32(w + 16);
  if (i >= vs || i >= ws) return Py_NewRef(compareSizes(vs, ws, op) ? Py_True : Py_False);
  if (op === Py_EQ) return Py_NewRef(Py_False);
  if (op === Py_NE) return Py_NewRef(Py_True);
  const m = hold(Py_NewRef(i32(i32(v + 24) + (i << 3))));
  hold(Py_NewRef(i32(i32(w + 24) + (i << 3))));
  const res = PyObject_RichCompare(i32(m), i32(m + 8), op);
  release(m);
  return res;
}

// ---- methods ----

function list_append(self: Ref, x: Ref): Ref {
  PyList_Append(self, x);
  return Py_NewRef(Py_None);
}
function ssizeArg(x: Ref): number {
  const m = hold(PyNumber_Index(x));
  const n = PyLong_AsSsize_t(i32(m));
  release(m);
  return n;
}
function list_insert(self: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('insert', nargs, 2, 2);
  PyList_Insert(self, ssizeArg(i32(args)), i32(args + 8));
  return Py_NewRef(Py_None);
}
function list_py_clear(self: Ref): Ref {
  list_clear(self);
  return Py_NewRef(Py_None);
}
function list_tp_clear(self: Ref): void {
  list_clear(self);
}
function list_copy(self: Ref): Ref {
  return list_slice(self, 0, i32(self + 16));
}
/** list.pop for an index; a new reference. */
export function list_pop_impl(self: Ref, index: number): Ref {
  const size = i32(self + 16);
  if (size === 0) raise(PyExc_IndexError, 'pop from empty list');
  const i = index < 0 ? index + size : index;
  if (i < 0 || i >= size) raise(PyExc_IndexError, 'pop index out of range');
  const items = i32(self + 24);
  const v = i32(items + (i << 3));
  if (size === 1) {
    Py_INCREF(v);
    list_clear(self);
    return v;
  }
  if (size - i > 33) bytes.copyWithin(items + (i << 3), items + ((i + 1) << 3), items + (size << 3));
  else for (let k = i + 1; k < size; k++) setI32(items + (k << 3) - 8, i32(items + (k << 3)));
  list_resize(self, size - 1);
  return v;
}
function list_pop(self: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('pop', nargs, 0, 1);
  return list_pop_impl(self, nargs < 1 ? -1 : ssizeArg(i32(args)));
}
function list_reverse(self: Ref): Ref {
  PyList_Reverse(self);
  return Py_NewRef(Py_None);
}
export function PyList_Reverse(self: Ref): void {
  let lo = i32(self + 24);
  let hi = lo + ((i32(self + 16) - 1) << 3);
  for (; lo < hi; lo += 8, hi -= 8) {
    const x = i32(lo);
    setI32(lo, i32(hi));
    setI32(hi, x);
  }
}
/** tuple(list) (a new reference). */
export function PyList_AsTuple(v: Ref): Ref {
  return _PyTuple_FromArray(i32(v + 24), i32(v + 16));
}
function list_index(self: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('index', nargs, 1, 3);
  const value = i32(args);
  let start = nargs > 1 ? _PyEval_SliceIndexNotNone(i32(args + 8)) : 0;
  let stop = nargs > 2 ? _PyEval_SliceIndexNotNone(i32(args + 16)) : 2 ** 63;
  if (start < 0) start = Math.max(0, start + i32(self + 16));
  if (stop < 0) stop = Math.max(0, stop + i32(self + 16));
  for (let i = start; i < stop && i < i32(self + 16); i++) {
    if (itemEqualHeld(i32(i32(self + 24) + (i << 3)), value)) return PyLong_FromLong(i);
  }
  const m = hold(PyObject_Repr(value));
  const message = hold(PyUnicode_FromString(`${asText(i32(m))} is not in list`));
  raiseObject(PyExc_ValueError, i32(message));
}
function list_count(self: Ref, value: Ref): Ref {
  let count = 0;
  for (let i = 0; i < i32(self + 16); i++) if (itemEqualHeld(i32(i32(self + 24) + (i << 3)), value)) count++;
  return PyLong_FromLong(count);
}
function list_remove(self: Ref, value: Ref): Ref {
  for (let i = 0; i < i32(self + 16); i++) {
    if (itemEqualHeld(i32(i32(self + 24) + (i << 3)), value)) {
      list_ass_slice(self, i, i + 1, 0);
      return Py_NewRef(Py_None);
    }
  }
  raise(PyExc_ValueError, 'list.remove(x): x not in list');
}
const SORT_ARGS = { fname: 'sort', keywords: ['key', 'reverse'], kwonly: 2 } as const;
function list_sort(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  return runNested(() => sortStart(self, args, nargs, kwnames));
}
export const listSortMethod: MachineSpec = { ...listSort, starts: [[list_sort, sortStart]] };
function sortStart(self: Ref, args: number, nargs: number, kwnames: Ref): number {
  const given = unpackKeywords(args, nargs, kwnames, SORT_ARGS);
  const key = given[0] as Ref;
  const reverse = given[1] as Ref;
  return sortFrame(self, key === Py_None ? 0 : key, reverse !== 0 && PyObject_IsTrue(reverse));
}
function list_sizeof(self: Ref): Ref {
  return PyLong_FromLong(u32(i32(self + 8) + PyTypeObject.tp_basicsize) + i32(self + 32) * 8);
}

// ---- making ----

function list_init_impl(self: Ref, iterable: Ref): void {
  if (i32(self + 24) !== 0) list_clear(self);
  if (iterable !== 0) list_extend(self, iterable);
}
function list_init(self: Ref, args: Ref, kwds: Ref): void {
  const t = i32(self + 8);
  if (t === PyList_Type || i32(t + PyTypeObject.tp_new) === i32(PyList_Type + PyTypeObject.tp_new))
    _PyArg_NoKeywords('list', kwds);
  const n = i32(args + 16);
  _PyArg_CheckPositional('list', n, 0, 1);
  list_init_impl(self, n === 0 ? 0 : i32(args + 24));
}
function list_new(type: Ref, _args: Ref, _kwds: Ref): Ref {
  return (text[i32(type + PyTypeObject.tp_alloc)] as NativeFunction)(type, 0) as Ref;
}
/** PyType_GenericAlloc of list itself: it takes none of the free list. */
export function newList(): Ref {
  const op = newOfStaticType(PyList_Type, PyListObject.SIZE);
  setPtr(op + 16, 0);
  setPtr(op + 24, 0);
  setPtr(op + 32, 0);
  _PyObject_GC_TRACK(op);
  return op;
}
export function list_vectorcall(type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  _PyArg_NoKwnames('list', kwnames);
  _PyArg_CheckPositional('list', nargs, 0, 1);
  const list = type === PyList_Type ? newList() : PyType_GenericAlloc(type, 0);
  if (nargs > 0) {
    const m = hold(list);
    list_init_impl(list, i32(args));
    drop(m);
  }
  return list;
}

export const listSpec: TypeSpec = {
  address: PyList_Type,
  name: 'list',
  basicsize: PyListObject.SIZE,
  flags:
    Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_LIST_SUBCLASS | _Py_TPFLAGS_MATCH_SELF | Py_TPFLAGS_SEQUENCE,
  doc: 'list(iterable=(), /)\n--\n\nA mutable sequence of the items of an iterable.',
  slots: {
    tp_dealloc: list_dealloc,
    tp_repr: list_repr,
    tp_hash: PyObject_HashNotImplemented,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: list_traverse,
    tp_clear: list_tp_clear,
    tp_richcompare: list_richcompare,
    tp_iter: list_iter,
    tp_init: list_init,
    tp_alloc: PyType_GenericAlloc,
    tp_new: list_new,
    tp_free: PyObject_GC_Del,
    tp_vectorcall: list_vectorcall,
    sq_length: list_length,
    sq_concat: list_concat,
    sq_repeat: list_repeat,
    sq_item: list_item,
    sq_ass_item: list_ass_item,
    sq_contains: list_contains,
    sq_inplace_concat: list_inplace_concat,
    sq_inplace_repeat: list_inplace_repeat,
    mp_length: list_length,
    mp_subscript: list_subscript,
    mp_ass_subscript: list_ass_subscript,
  },
  methods: [
    {
      name: '__getitem__',
      flags: METH_O | METH_COEXIST,
      fn: list_subscript,
      doc: '__getitem__($self, index, /)\n--\n\nReturn self[index].',
    },
    {
      name: '__reversed__',
      flags: METH_NOARGS,
      fn: list___reversed__,
      doc: '__reversed__($self, /)\n--\n\nAn iterator from the end.',
    },
    { name: '__sizeof__', flags: METH_NOARGS, fn: list_sizeof, doc: '__sizeof__($self, /)\n--\n\nBytes in memory.' },
    { name: 'clear', flags: METH_NOARGS, fn: list_py_clear, doc: 'clear($self, /)\n--\n\nRemoves all items.' },
    { name: 'copy', flags: METH_NOARGS, fn: list_copy, doc: 'copy($self, /)\n--\n\nA shallow copy.' },
    { name: 'append', flags: METH_O, fn: list_append, doc: 'append($self, object, /)\n--\n\nAdds an item at the end.' },
    {
      name: 'insert',
      flags: METH_FASTCALL,
      fn: list_insert,
      doc: 'insert($self, index, object, /)\n--\n\nInserts before index.',
    },
    {
      name: 'extend',
      flags: METH_O,
      fn: _PyList_Extend,
      doc: 'extend($self, iterable, /)\n--\n\nAppends all items of iterable.',
    },
    {
      name: 'pop',
      flags: METH_FASTCALL,
      fn: list_pop,
      doc: 'pop($self, index=-1, /)\n--\n\nRemoves and returns an item.',
    },
    { name: 'remove', flags: METH_O, fn: list_remove, doc: 'remove($self, value, /)\n--\n\nRemoves the first value.' },
    {
      name: 'index',
      flags: METH_FASTCALL,
      fn: list_index,
      doc: 'index($self, value, start=0, stop=sys.maxsize, /)\n--\n\nThe first index of value.',
    },
    { name: 'count', flags: METH_O, fn: list_count, doc: 'count($self, value, /)\n--\n\nHow often value occurs.' },
    { name: 'reverse', flags: METH_NOARGS, fn: list_reverse, doc: 'reverse($self, /)\n--\n\nReverses in place.' },
    {
      name: 'sort',
      flags: METH_FASTCALL | METH_KEYWORDS,
      fn: list_sort,
      doc: 'sort($self, /, *, key=None, reverse=False)\n--\n\nSorts in place, stably.',
    },
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, fn: Py_GenericAlias, doc: 'See PEP 585' },
  ],
};
