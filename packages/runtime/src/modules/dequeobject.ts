/** collections.deque: its methods, over the chain of blocks of dequeblocks.ts. Mirrors Modules/_collectionsmodule.c. */
import {
  METH_CLASS,
  METH_FASTCALL,
  METH_NOARGS,
  METH_O,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  PyTypeObject,
  Py_ID,
  BLOCK,
  dequeobject as D,
} from '@moult/abi';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setPtr, setSsize } from '../memory/linear.ts';
import { PyMem_Free } from '../memory/obmalloc.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyIter_Next, PyNumber_AsSsize_t, PyObject_GetIter, PySequence_List } from '../objects/abstract.ts';
import { _PyArg_CheckPositional, unpackTupleAndDict } from '../objects/args.ts';
import { callFunction } from '../objects/call.ts';
import { raise } from '../objects/errors.ts';
import { Py_GenericAlias } from '../objects/genericaliasobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import {
  drop,
  hold,
  PyObject_TypeCheck,
  Py_DECREF,
  Py_NewRef,
  type Ref,
  release,
  typeNameOf,
} from '../objects/object.ts';
import {
  PyObject_GenericGetAttr,
  PyObject_HashNotImplemented,
  PyObject_Repr,
  PyObject_RichCompare,
  PyObject_RichCompareBool,
  PyObject_GetOptionalAttr,
} from '../objects/objectattr.ts';
import type { TypeSpec } from '../objects/spec.ts';
import {
  PyExc_IndexError,
  PyExc_MemoryError,
  PyExc_RuntimeError,
  PyExc_TypeError,
  PyExc_ValueError,
  Py_None,
  Py_NotImplemented,
} from '../objects/static.ts';
import { PyTuple_New, tupleSteal, buildTuple } from '../objects/tupleobject.ts';
import { typeAlloc } from '../objects/typealloc.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { PyObject_ClearWeakRefs } from '../objects/weakrefobject.ts';
import { Py_ReprEnter, Py_ReprLeave } from '../objects/reprguard.ts';
import { none } from './builtinfuncs.ts';
import {
  length,
  maxlenOf,
  newblock,
  freeblock,
  setEmpty,
  slotOf,
  itemAt,
  eachSlot,
  pushRight,
  pushLeft,
  takeRight,
  takeLeft,
  clearItems,
  rotate,
  BLOCKLEN,
} from './dequeblocks.ts';
import { deque_iter, deque_reversed, dequeIterSpecs } from './dequeiter.ts';
import { Deque_Type } from './types.ts';

function deque_new(type: Ref): Ref {
  const d = typeAlloc(type, 0);
  const m = hold(d);
  const b = newblock(d);
  drop(m);
  setEmpty(d, b);
  setSsize(d + D.maxlen, -1);
  return d;
}
function extend(d: Ref, iterable: Ref, push: (d: Ref, op: Ref) => void): void {
  const m = hold(0);
  let source = iterable;
  if (iterable === d) {
    source = PySequence_List(d);
    hold(source);
  }
  const it = PyObject_GetIter(source);
  hold(it);
  if (length(d) === 0 && maxlenOf(d) !== 0) {
    // an empty deque is filled from the end of its block, to need fewer
    setPtr(d + D.leftindex, push === pushRight ? 1 : BLOCKLEN - 1);
    setPtr(d + D.rightindex, push === pushRight ? 0 : BLOCKLEN - 2);
  }
  for (;;) {
    const item = PyIter_Next(it);
    if (item === 0) break;
    push(d, item);
  }
  release(m);
}
function deque_init(d: Ref, args: Ref, kwds: Ref): void {
  const [iterable, maxlen] = unpackTupleAndDict(args, kwds, { fname: 'deque', keywords: ['iterable', 'maxlen'] }) as [
    Ref,
    Ref,
  ];
  let max = -1;
  if (maxlen !== 0 && maxlen !== Py_None) {
    if ((i32(i32(maxlen + 8) + PyTypeObject.tp_flags) & (1 << 24)) === 0)
      raise(PyExc_TypeError, 'an integer is required');
    max = PyNumber_AsSsize_t(maxlen, 0);
    if (max < 0) raise(PyExc_ValueError, 'maxlen must be non-negative');
  }
  setSsize(d + D.maxlen, max);
  clearItems(d);
  if (iterable !== 0) extend(d, iterable, pushRight);
}
function deque_dealloc(d: Ref): void {
  PyObject_GC_UnTrack(d);
  if (i32(d + D.weakreflist) !== 0) PyObject_ClearWeakRefs(d);
  if (i32(d + D.leftblock) !== 0) {
    clearItems(d);
    freeblock(d, i32(d + D.leftblock));
    setPtr(d + D.leftblock, 0);
    setPtr(d + D.rightblock, 0);
  }
  for (let n = i32(d + D.numfreeblocks); n > 0; n--) PyMem_Free(i32(d + D.freeblocks + ((n - 1) << 3)));
  setPtr(d + D.numfreeblocks, 0);
  const type = i32(d + 8);
  (text[i32(type + PyTypeObject.tp_free)] as NativeFunction)(d);
}
function deque_traverse(d: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  if (i32(d + D.leftblock) !== 0) eachSlot(d, (slot) => visit(i32(slot), arg));
}
function deque_append(d: Ref, op: Ref): Ref {
  pushRight(d, Py_NewRef(op));
  return none();
}
function deque_appendleft(d: Ref, op: Ref): Ref {
  pushLeft(d, Py_NewRef(op));
  return none();
}
function deque_pop(d: Ref): Ref {
  if (length(d) === 0) raise(PyExc_IndexError, 'pop from an empty deque');
  return takeRight(d);
}
function deque_popleft(d: Ref): Ref {
  if (length(d) === 0) raise(PyExc_IndexError, 'pop from an empty deque');
  return takeLeft(d);
}
function deque_extend(d: Ref, iterable: Ref): Ref {
  extend(d, iterable, pushRight);
  return none();
}
function deque_extendleft(d: Ref, iterable: Ref): Ref {
  extend(d, iterable, pushLeft);
  return none();
}
function deque_clear(d: Ref): Ref {
  clearItems(d);
  return none();
}
function deque_rotate(d: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('rotate', nargs, 0, 1);
  rotate(d, nargs === 0 ? 1 : PyNumber_AsSsize_t(i32(args), 0));
  return none();
}
function deque_reverse(d: Ref): Ref {
  for (let i = 0, j = length(d) - 1; i < j; i++, j--) {
    const a = itemAt(d, i);
    setPtr(slotOf(d, i), itemAt(d, j));
    setPtr(slotOf(d, j), a);
  }
  return none();
}
/** Calls f for each item until it returns true; -1 if it never does. The deque must not change meanwhile. */
function find(d: Ref, value: Ref, start: number, stop: number, hit: (i: number) => boolean): number {
  const state = i32(d + D.state);
  for (let i = start; i < stop; i++) {
    const m = hold(Py_NewRef(itemAt(d, i)));
    const same = PyObject_RichCompareBool(i32(m), value, Py_EQ);
    release(m);
    if (state !== i32(d + D.state)) raise(PyExc_RuntimeError, 'deque mutated during iteration');
    if (same && hit(i)) return i;
  }
  return -1;
}
function deque_count(d: Ref, value: Ref): Ref {
  let n = 0;
  find(d, value, 0, length(d), () => {
    n++;
    return false;
  });
  return PyLong_FromLong(n);
}
function deque_contains(d: Ref, value: Ref): boolean {
  return find(d, value, 0, length(d), () => true) >= 0;
}
function reprOf(op: Ref): string {
  const m = hold(PyObject_Repr(op));
  const s = asText(i32(m));
  release(m);
  return s;
}
function deque_index(d: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('index', nargs, 1, 3);
  const n = length(d);
  const clip = (v: number): number => Math.min(n, v < 0 ? Math.max(0, v + n) : v);
  const start = nargs > 1 ? clip(PyNumber_AsSsize_t(i32(args + 8), 0)) : 0;
  const stop = nargs > 2 ? clip(PyNumber_AsSsize_t(i32(args + 16), 0)) : n;
  const i = find(d, i32(args), start, stop, () => true);
  if (i < 0) raise(PyExc_ValueError, `${reprOf(i32(args))} is not in deque`);
  return PyLong_FromLong(i);
}
function removeAt(d: Ref, i: number): void {
  rotate(d, -i);
  const op = takeLeft(d);
  rotate(d, i);
  Py_DECREF(op);
}
function deque_remove(d: Ref, value: Ref): Ref {
  const n = length(d);
  const state = i32(d + D.state);
  for (let i = 0; i < n; i++) {
    const m = hold(Py_NewRef(itemAt(d, i)));
    const same = PyObject_RichCompareBool(i32(m), value, Py_EQ);
    release(m);
    if (state !== i32(d + D.state)) raise(PyExc_IndexError, 'deque mutated during remove().');
    if (same) {
      removeAt(d, i);
      return none();
    }
  }
  raise(PyExc_ValueError, `${reprOf(value)} is not in deque`);
}
function deque_insert(d: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('insert', nargs, 2, 2);
  const index = PyNumber_AsSsize_t(i32(args), 0);
  const n = length(d);
  if (n === maxlenOf(d)) raise(PyExc_IndexError, 'deque already at its maximum size');
  const value = i32(args + 8);
  if (index >= n) return deque_append(d, value);
  if (index <= -n || index === 0) return deque_appendleft(d, value);
  rotate(d, -index);
  if (index < 0) pushRight(d, Py_NewRef(value));
  else pushLeft(d, Py_NewRef(value));
  rotate(d, index);
  return none();
}
function deque_copy(d: Ref): Ref {
  const max = maxlenOf(d);
  if (i32(d + 8) === Deque_Type) {
    const copy = deque_new(Deque_Type);
    setSsize(copy + D.maxlen, max);
    const m = hold(copy);
    if (length(d) === 1) pushRight(copy, Py_NewRef(itemAt(d, 0)));
    else extend(copy, d, pushRight);
    drop(m);
    return copy;
  }
  if (max < 0) return callFunction(i32(d + 8), d);
  const m = hold(PyLong_FromLong(max));
  const copy = callFunction(i32(d + 8), d, i32(m));
  release(m);
  return copy;
}
function deque_item(d: Ref, i: number): Ref {
  if (i < 0 || i >= length(d)) raise(PyExc_IndexError, 'deque index out of range');
  return Py_NewRef(itemAt(d, i));
}
function deque_ass_item(d: Ref, i: number, value: Ref): void {
  if (i < 0 || i >= length(d)) raise(PyExc_IndexError, 'deque index out of range');
  if (value === 0) {
    removeAt(d, i);
    return;
  }
  const slot = slotOf(d, i);
  const old = i32(slot);
  setPtr(slot, Py_NewRef(value));
  Py_DECREF(old);
}
function deque_concat(d: Ref, other: Ref): Ref {
  if (!PyObject_TypeCheck(other, Deque_Type))
    raise(PyExc_TypeError, `can only concatenate deque (not "${typeNameOf(other)}") to deque`);
  const m = hold(deque_copy(d));
  extend(i32(m), other, pushRight);
  drop(m);
  return i32(m);
}
function deque_inplace_concat(d: Ref, other: Ref): Ref {
  extend(d, other, pushRight);
  return Py_NewRef(d);
}
function repeatInPlace(d: Ref, times: number): void {
  const n = length(d);
  if (n === 0 || times === 1) return;
  if (times <= 0) {
    clearItems(d);
    return;
  }
  if (n * times > 0x7ffffff) raise(PyExc_MemoryError, '');
  if (n === 1) {
    for (let k = 1; k < times; k++) pushRight(d, Py_NewRef(itemAt(d, 0)));
    return;
  }
  const items = PySequence_List(d);
  const m = hold(items);
  for (let k = 1; k < times; k++) {
    for (let i = 0; i < n; i++) pushRight(d, Py_NewRef(i32(i32(items + 24) + (i << 3))));
  }
  release(m);
}
function deque_repeat(d: Ref, n: number): Ref {
  const m = hold(deque_copy(d));
  repeatInPlace(i32(m), n);
  drop(m);
  return i32(m);
}
function deque_inplace_repeat(d: Ref, n: number): Ref {
  repeatInPlace(d, n);
  return Py_NewRef(d);
}
function deque_repr(d: Ref): Ref {
  if (Py_ReprEnter(d)) return PyUnicode_FromString('[...]');
  const m = hold(PySequence_List(d));
  const s = reprOf(i32(m));
  release(m);
  Py_ReprLeave(d);
  const max = maxlenOf(d);
  const name = typeNameOf(d);
  const short = name.slice(name.lastIndexOf('.') + 1);
  return PyUnicode_FromString(max >= 0 ? `${short}(${s}, maxlen=${max})` : `${short}(${s})`);
}
function deque_richcompare(v: Ref, w: Ref, op: number): Ref {
  if (!PyObject_TypeCheck(v, Deque_Type) || !PyObject_TypeCheck(w, Deque_Type)) return Py_NewRef(Py_NotImplemented);
  if (length(v) !== length(w) && (op === Py_EQ || op === Py_NE)) return PyBool_FromLong(op === Py_NE);
  const m = hold(PySequence_List(v));
  hold(PySequence_List(w));
  const res = PyObject_RichCompare(i32(m), i32(m + 8), op);
  release(m);
  return res;
}
import { PyBool_FromLong } from '../objects/boolobject.ts';
function deque_reduce(d: Ref): Ref {
  const state = PyObject_GetOptionalAttr(d, Py_ID.__dict__);
  const m = hold(state);
  const it = hold(PyObject_GetIter(d));
  const max = maxlenOf(d);
  const args =
    max < 0
      ? PyTuple_New(0)
      : buildTuple(
          () => PyTuple_New(0),
          () => PyLong_FromLong(max),
        );
  const res = tupleSteal(Py_NewRef(i32(d + 8)), args, state === 0 ? none() : Py_NewRef(state), Py_NewRef(i32(it)));
  release(m);
  return res;
}
function deque_sizeof(d: Ref): Ref {
  const blocks = Math.ceil((i32(d + D.leftindex) + length(d)) / BLOCKLEN);
  return PyLong_FromLong(i32(i32(d + 8) + PyTypeObject.tp_basicsize) + BLOCK.SIZE * blocks);
}

export const dequeSpecs: readonly TypeSpec[] = [
  {
    address: Deque_Type,
    name: 'collections.deque',
    basicsize: D.SIZE,
    flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | (1 << 5),
    weaklistoffset: D.weakreflist,
    doc: 'deque([iterable[, maxlen]]) --> deque object\n\nBuild an ordered collection with optimized access from its endpoints.',
    slots: {
      tp_dealloc: deque_dealloc,
      tp_traverse: deque_traverse,
      tp_clear: clearItems,
      tp_repr: deque_repr,
      tp_hash: PyObject_HashNotImplemented,
      tp_getattro: PyObject_GenericGetAttr,
      tp_richcompare: deque_richcompare,
      tp_iter: deque_iter,
      tp_init: deque_init,
      tp_new: deque_new,
      sq_length: length,
      sq_concat: deque_concat,
      sq_repeat: deque_repeat,
      sq_item: deque_item,
      sq_ass_item: deque_ass_item,
      sq_contains: deque_contains,
      sq_inplace_concat: deque_inplace_concat,
      sq_inplace_repeat: deque_inplace_repeat,
    },
    methods: [
      { name: 'append', flags: METH_O, fn: deque_append },
      { name: 'appendleft', flags: METH_O, fn: deque_appendleft },
      { name: 'clear', flags: METH_NOARGS, fn: deque_clear },
      { name: '__copy__', flags: METH_NOARGS, fn: deque_copy },
      { name: 'copy', flags: METH_NOARGS, fn: deque_copy },
      { name: 'count', flags: METH_O, fn: deque_count },
      { name: 'extend', flags: METH_O, fn: deque_extend },
      { name: 'extendleft', flags: METH_O, fn: deque_extendleft },
      { name: 'index', flags: METH_FASTCALL, fn: deque_index },
      { name: 'insert', flags: METH_FASTCALL, fn: deque_insert },
      { name: 'pop', flags: METH_NOARGS, fn: deque_pop },
      { name: 'popleft', flags: METH_NOARGS, fn: deque_popleft },
      { name: '__reduce__', flags: METH_NOARGS, fn: deque_reduce },
      { name: 'remove', flags: METH_O, fn: deque_remove },
      { name: '__reversed__', flags: METH_NOARGS, fn: deque_reversed },
      { name: 'reverse', flags: METH_NOARGS, fn: deque_reverse },
      { name: 'rotate', flags: METH_FASTCALL, fn: deque_rotate },
      { name: '__sizeof__', flags: METH_NOARGS, fn: deque_sizeof },
      { name: '__class_getitem__', flags: METH_O | METH_CLASS, fn: Py_GenericAlias },
    ],
    getset: [{ name: 'maxlen', get: (d: Ref) => (maxlenOf(d) < 0 ? none() : PyLong_FromLong(maxlenOf(d))) }],
  },
  ...dequeIterSpecs,
];
