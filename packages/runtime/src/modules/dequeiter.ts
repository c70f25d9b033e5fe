/** The iterators of deques, both ways. Mirrors their part of Modules/_collectionsmodule.c. */
import {
  BLOCK,
  dequeiterobject as I,
  dequeobject as D,
  METH_NOARGS,
  Py_TPFLAGS_HAVE_GC,
  PyTypeObject,
} from '@moult/abi';
import { _PyObject_GC_New } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { raise } from '../objects/errors.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { Py_CLEAR, Py_NewRef, type Ref } from '../objects/object.ts';
import { PyObject_GenericGetAttr, PyObject_SelfIter } from '../objects/objectattr.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { PyExc_RuntimeError } from '../objects/static.ts';
import { BLOCKLEN, length, slotIn } from './dequeblocks.ts';
import { DequeIter_Type, DequeRevIter_Type } from './types.ts';

function newIter(type: Ref, d: Ref, right: boolean): Ref {
  const it = _PyObject_GC_New(type);
  setPtr(it + I.b, i32(d + (right ? D.rightblock : D.leftblock)));
  setPtr(it + I.index, i32(d + (right ? D.rightindex : D.leftindex)));
  setPtr(it + I.deque, Py_NewRef(d));
  setPtr(it + I.state, i32(d + D.state));
  setPtr(it + I.counter, length(d));
  _PyObject_GC_TRACK(it);
  return it;
}
export function deque_iter(d: Ref): Ref {
  return newIter(DequeIter_Type, d, false);
}
export function deque_reversed(d: Ref): Ref {
  return newIter(DequeRevIter_Type, d, true);
}
/** What comes next, borrowed; 0 at the end. */
function iternext(it: Ref, step: number): Ref {
  if (i32(i32(it + I.deque) + D.state) !== i32(it + I.state)) {
    setPtr(it + I.counter, 0);
    raise(PyExc_RuntimeError, 'deque mutated during iteration');
  }
  const left = i32(it + I.counter);
  if (left === 0) return 0;
  const b = i32(it + I.b);
  const index = i32(it + I.index);
  const op = i32(slotIn(b, index));
  setPtr(it + I.counter, left - 1);
  const next = index + step;
  if ((next === BLOCKLEN || next < 0) && left > 1) {
    setPtr(it + I.b, i32(b + (step > 0 ? BLOCK.rightlink : BLOCK.leftlink)));
    setPtr(it + I.index, step > 0 ? 0 : BLOCKLEN - 1);
  } else setPtr(it + I.index, next & 0x7fffffff);
  return Py_NewRef(op);
}
function dequeiter_next(it: Ref): Ref {
  return iternext(it, 1);
}
function dequereviter_next(it: Ref): Ref {
  return iternext(it, -1);
}
function dequeiter_len(it: Ref): Ref {
  return PyLong_FromLong(i32(it + I.counter));
}
function dequeiter_dealloc(it: Ref): void {
  PyObject_GC_UnTrack(it);
  Py_CLEAR(it + I.deque);
  (text[i32(i32(it + 8) + PyTypeObject.tp_free)] as NativeFunction)(it);
}
function dequeiter_traverse(it: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  if (i32(it + I.deque) !== 0) visit(i32(it + I.deque), arg);
}
const iterSpec = (address: number, name: string, next: (it: Ref) => Ref): TypeSpec => ({
  address,
  name,
  basicsize: I.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: dequeiter_dealloc,
    tp_traverse: dequeiter_traverse,
    tp_getattro: PyObject_GenericGetAttr,
    tp_iter: PyObject_SelfIter,
    tp_iternext: next,
  },
  methods: [{ name: '__length_hint__', flags: METH_NOARGS, fn: dequeiter_len }],
});
export const dequeIterSpecs: readonly TypeSpec[] = [
  iterSpec(DequeIter_Type, 'collections._deque_iterator', dequeiter_next),
  iterSpec(DequeRevIter_Type, 'collections._deque_reverse_iterator', dequereviter_next),
];
