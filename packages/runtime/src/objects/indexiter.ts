/**
 * What the iterators over tuple, str, bytes and bytearray share: an index and a sequence with its length at +16.
 *
 *   +16 it_index   +24 it_seq (0 when exhausted)
 */
import { PyObject_GC_Del } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setPtr } from '../memory/linear.ts';
import { PyLong_AsSsize_t, PyLong_FromLong } from './longobject.ts';
import { Py_CLEAR, Py_NewRef, type Ref } from './object.ts';
import { getBuiltinAttr } from './reducehelp.ts';
import { EMPTY_TUPLE } from './runtime.ts';
import { Py_None } from './static.ts';
import { buildTuple, tupleSteal } from './tupleobject.ts';

export function indexIterDealloc(it: Ref): void {
  PyObject_GC_UnTrack(it);
  Py_CLEAR(it + 24);
  PyObject_GC_Del(it);
}
export function indexIterTraverse(it: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  if (i32(it + 24) !== 0) visit(i32(it + 24), arg);
}
/** __length_hint__; a bytearray may have become shorter than the index. */
export function indexIterLen(it: Ref): Ref {
  const seq = i32(it + 24);
  return PyLong_FromLong(seq === 0 ? 0 : Math.max(0, i32(seq + 16) - i32(it + 16)));
}
/** __reduce__: (iter, (seq,), index), or (iter, (empty,)) when exhausted. */
export function reduceIndexIter(it: Ref, empty: Ref): Ref {
  const iter = getBuiltinAttr('iter');
  const seq = i32(it + 24);
  if (seq === 0)
    return buildTuple(
      () => iter,
      () => tupleSteal(Py_NewRef(empty)),
    );
  return buildTuple(
    () => iter,
    () => tupleSteal(Py_NewRef(seq)),
    () => PyLong_FromLong(i32(it + 16)),
  );
}
export function indexIterReduce(it: Ref): Ref {
  return reduceIndexIter(it, EMPTY_TUPLE);
}
/** __setstate__: the index, within the sequence. */
export function indexIterSetstate(it: Ref, state: Ref): Ref {
  const index = PyLong_AsSsize_t(state);
  const seq = i32(it + 24);
  if (seq !== 0) setPtr(it + 16, Math.min(Math.max(index, 0), i32(seq + 16)));
  return Py_NewRef(Py_None);
}
