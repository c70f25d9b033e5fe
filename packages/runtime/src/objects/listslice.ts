/** Slices of lists: taking, assigning, deleting. Mirrors those parts of Objects/listobject.c. */
import { Py_STR } from '@moult/abi';
import { bytes, i32, setI32, setPtr } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import {
  _PyIndex_Check,
  PyNumber_AsSsize_t,
  PySequence_Fast,
  PySequence_Fast_GET_SIZE,
  PySequence_Fast_ITEMS,
} from './abstract.ts';
import { PyErr_NoMemory, raise, raiseObject, undoAndRethrow } from './errors.ts';
import { list_clear, list_resize, PyList_New } from './listobject.ts';
import {
  drop,
  hold,
  holdArray,
  Py_DECREF,
  Py_INCREF,
  Py_NewRef,
  type Ref,
  release,
  shrinkArray,
  typeNameOf,
} from './object.ts';
import { PySlice_AdjustIndices, PySlice_Unpack } from './sliceobject.ts';
import { PyExc_IndexError, PyExc_TypeError, PyExc_ValueError, PySlice_Type } from './static.ts';

/** a[low:high] with bounds within the list. */
export function list_slice(a: Ref, low: number, high: number): Ref {
  const n = high - low;
  if (n <= 0) return PyList_New(0);
  const np = PyList_New(n);
  let src = i32(a + 24) + (low << 3);
  let dest = i32(np + 24);
  for (let i = 0; i < n; i++, src += 8, dest += 8) {
    const v = i32(src);
    Py_INCREF(v);
    setPtr(dest, v);
  }
  return np;
}
/** a[low:high], bounds cut to the size. */
export function PyList_GetSlice(a: Ref, low: number, high: number): Ref {
  const n = i32(a + 16);
  const from = low < 0 ? 0 : low > n ? n : low;
  return list_slice(a, from, high < from ? from : high > n ? n : high);
}
export function list_item(a: Ref, i: number): Ref {
  if (i < 0 || i >= i32(a + 16)) raiseObject(PyExc_IndexError, Py_STR.list_err);
  return Py_NewRef(i32(i32(a + 24) + (i << 3)));
}
export function list_subscript(self: Ref, item: Ref): Ref {
  if (_PyIndex_Check(item)) {
    const i = PyNumber_AsSsize_t(item, PyExc_IndexError);
    return list_item(self, i < 0 ? i + i32(self + 16) : i);
  }
  if (i32(item + 8) !== PySlice_Type) {
    raise(PyExc_TypeError, `list indices must be integers or slices, not ${typeNameOf(item)}`);
  }
  const s = PySlice_Unpack(item);
  const n = PySlice_AdjustIndices(i32(self + 16), s);
  if (n <= 0) return PyList_New(0);
  if (s.step === 1) return list_slice(self, s.start, s.stop);
  const result = PyList_New(n);
  const src = i32(self + 24);
  const dest = i32(result + 24);
  for (let i = 0, cur = s.start; i < n; i++, cur += s.step) setPtr(dest + (i << 3), Py_NewRef(i32(src + (cur << 3))));
  return result;
}

/** Releases n references of an array, last first; the array counts as a holder meanwhile. */
function releaseBackwards(items: number, n: number): void {
  const m = holdArray(items, n);
  for (let k = n - 1; k >= 0; k--) {
    const x = i32(items + (k << 3));
    shrinkArray(m, k);
    Py_DECREF(x);
  }
  drop(m);
}
/** Releases n references of an array, first first. */
export function releaseForwards(items: number, n: number): void {
  const m = holdArray(items, n);
  for (let k = 0; k < n; k++) {
    const x = i32(items + (k << 3));
    setI32(m, (items + ((k + 1) << 3)) | 3);
    shrinkArray(m, n - k - 1);
    Py_DECREF(x);
  }
  drop(m);
}

/** a[low:high] = v; v 0 deletes. */
export function list_ass_slice(a: Ref, low: number, high: number, v: Ref): void {
  let seq = 0;
  let n = 0;
  const m = hold(0);
  if (v !== 0) {
    seq = a === v ? list_slice(v, 0, i32(v + 16)) : PySequence_Fast(v, 'can only assign an iterable');
    setI32(m, seq);
    n = PySequence_Fast_GET_SIZE(seq);
  }
  const size = i32(a + 16);
  const from = low < 0 ? 0 : low > size ? size : low;
  const to = high < from ? from : high > size ? size : high;
  const norig = to - from;
  const d = n - norig;
  if (size + d === 0) {
    list_clear(a);
    release(m);
    return;
  }
  let items = i32(a + 24);
  let recycled = 0;
  const mark = m + 8;
  if (norig > 8) {
    recycled = PyMem_Malloc(norig << 3);
    if (recycled === 0) PyErr_NoMemory();
    bytes.copyWithin(recycled, items + (from << 3), items + (to << 3));
  } else for (let i = from; i < to; i++) hold(i32(items + (i << 3)));
  if (d < 0) {
    bytes.copyWithin(items + ((to + d) << 3), items + (to << 3), items + (size << 3));
    try {
      list_resize(a, size + d);
    } catch (e) {
      // all is as it was
      bytes.copyWithin(items + (to << 3), items + ((to + d) << 3), items + ((size + d) << 3));
      const taken = recycled === 0 ? mark : recycled;
      bytes.copyWithin(items + (from << 3), taken, taken + (norig << 3));
      drop(mark);
      if (recycled !== 0) PyMem_Free(recycled);
      throw e;
    }
    items = i32(a + 24);
  } else if (d > 0) {
    drop(mark);
    try {
      list_resize(a, size + d);
    } catch (e) {
      if (recycled !== 0) PyMem_Free(recycled);
      throw e;
    }
    for (let i = from; recycled === 0 && i < to; i++) hold(i32(i32(a + 24) + (i << 3)));
    items = i32(a + 24);
    bytes.copyWithin(items + ((to + d) << 3), items + (to << 3), items + (size << 3));
  }
  const vitem = seq === 0 ? 0 : PySequence_Fast_ITEMS(seq);
  for (let k = 0; k < n; k++) setPtr(items + ((from + k) << 3), Py_NewRef(i32(vitem + (k << 3))));
  if (recycled !== 0) {
    releaseBackwards(recycled, norig);
    PyMem_Free(recycled);
  } else release(mark);
  release(m);
}
export function PyList_SetSlice(a: Ref, low: number, high: number, v: Ref): void {
  list_ass_slice(a, low, high, v);
}
export function list_ass_item(a: Ref, i: number, v: Ref): void {
  if (i < 0 || i >= i32(a + 16)) raise(PyExc_IndexError, 'list assignment index out of range');
  const slot = i32(a + 24) + (i << 3);
  const old = i32(slot);
  if (v === 0) {
    // since 3.13 the items move down and the array keeps its size
    const size = i32(a + 16);
    bytes.copyWithin(slot, slot + 8, i32(a + 24) + (size << 3));
    setPtr(a + 16, size - 1);
    Py_DECREF(old);
    return;
  }
  Py_INCREF(v);
  setPtr(slot, v);
  Py_DECREF(old);
}
export function list_ass_subscript(self: Ref, item: Ref, value: Ref): void {
  if (_PyIndex_Check(item)) {
    const i = PyNumber_AsSsize_t(item, PyExc_IndexError);
    list_ass_item(self, i < 0 ? i + i32(self + 16) : i, value);
    return;
  }
  if (i32(item + 8) !== PySlice_Type) {
    raise(PyExc_TypeError, `list indices must be integers or slices, not ${typeNameOf(item)}`);
  }
  const s = PySlice_Unpack(item);
  if (value === 0) {
    const n = PySlice_AdjustIndices(i32(self + 16), s);
    if (s.step === 1) list_ass_slice(self, s.start, s.stop, 0);
    else deleteExtended(self, s.start, s.step, n);
    return;
  }
  // taking the items may change this list, so that the bounds are fitted afterwards
  const seq =
    self === value
      ? list_slice(value, 0, i32(value + 16))
      : PySequence_Fast(value, 'must assign iterable to extended slice');
  const m = hold(seq);
  const n = PySlice_AdjustIndices(i32(self + 16), s);
  if (s.step === 1) list_ass_slice(self, s.start, s.stop, seq);
  else assignExtended(self, s.start, s.step, n, seq);
  release(m);
}
function deleteExtended(self: Ref, first: number, stride: number, n: number): void {
  if (n <= 0) return;
  let start = first;
  let step = stride;
  if (step < 0) {
    start += step * (n - 1);
    step = -step;
  }
  const garbage = PyMem_Malloc(n << 3);
  if (garbage === 0) PyErr_NoMemory();
  const items = i32(self + 24);
  const size = i32(self + 16);
  for (let i = 0, cur = start; i < n; i++, cur += step) {
    setPtr(garbage + (i << 3), i32(items + (cur << 3)));
    const end = i === n - 1 ? size : cur + step;
    bytes.copyWithin(items + ((cur - i) << 3), items + ((cur + 1) << 3), items + (end << 3));
  }
  setPtr(self + 16, size - n);
  try {
    list_resize(self, size - n);
  } catch (e) {
    undoAndRethrow(e, () => {
      releaseForwards(garbage, n);
      PyMem_Free(garbage);
    });
  }
  releaseForwards(garbage, n);
  PyMem_Free(garbage);
}
function assignExtended(self: Ref, start: number, step: number, n: number, seq: Ref): void {
  const given = PySequence_Fast_GET_SIZE(seq);
  if (given !== n)
    raise(PyExc_ValueError, `attempt to assign sequence of size ${given} to extended slice of size ${n}`);
  if (n === 0) return;
  const garbage = PyMem_Malloc(n << 3);
  if (garbage === 0) PyErr_NoMemory();
  const items = i32(self + 24);
  const from = PySequence_Fast_ITEMS(seq);
  for (let i = 0, cur = start; i < n; i++, cur += step) {
    const slot = items + (cur << 3);
    setPtr(garbage + (i << 3), i32(slot));
    setPtr(slot, Py_NewRef(i32(from + (i << 3))));
  }
  releaseForwards(garbage, n);
  PyMem_Free(garbage);
}
