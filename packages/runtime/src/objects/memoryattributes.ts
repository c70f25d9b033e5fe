/** memoryview: what its attributes show of the view. Mirrors Objects/memoryobject.c. */
import { _Py_MEMORYVIEW_C, _Py_MEMORYVIEW_FORTRAN, Py_buffer as B } from '@moult/abi';
import { cstring, i32, setPtr, ssize } from '../memory/linear.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { PyLong_FromLong } from './longobject.ts';
import { shapeOf, stridesOf } from './memoryitems.ts';
import { checkReleased } from './memoryobject.ts';
import { drop, hold, Py_NewRef, type Ref } from './object.ts';
import { EMPTY_TUPLE } from './runtime.ts';
import { Py_None } from './static.ts';
import { PyTuple_New } from './tupleobject.ts';
import { PyUnicode_FromString } from './unicodeobject.ts';
import { V, ndimOf } from './memorymethods.ts';

// ---- attributes ----

function tupleOfNumbers(list: readonly number[]): Ref {
  if (list.length === 0) return Py_NewRef(EMPTY_TUPLE);
  const t = PyTuple_New(list.length);
  const m = hold(t);
  list.forEach((x, i) => {
    setPtr(t + 24 + (i << 3), PyLong_FromLong(x));
  });
  drop(m);
  return t;
}
export const attributes: readonly [string, (mv: Ref) => Ref][] = [
  ['obj', memory_obj_get],
  ['nbytes', memory_nbytes_get],
  ['readonly', memory_readonly_get],
  ['itemsize', memory_itemsize_get],
  ['format', memory_format_get],
  ['ndim', memory_ndim_get],
  ['shape', memory_shape_get],
  ['strides', memory_strides_get],
  ['suboffsets', memory_suboffsets_get],
  ['c_contiguous', memory_c_contiguous],
  ['f_contiguous', memory_f_contiguous],
  ['contiguous', memory_contiguous],
];
function memory_obj_get(mv: Ref): Ref {
  checkReleased(mv);
  const obj = i32(mv + V + B.obj);
  return Py_NewRef(obj === 0 ? Py_None : obj);
}
function memory_nbytes_get(mv: Ref): Ref {
  checkReleased(mv);
  return PyLong_FromLong(i32(mv + V + B.len));
}
function memory_readonly_get(mv: Ref): Ref {
  checkReleased(mv);
  return PyBool_FromLong(i32(mv + V + B.readonly) !== 0);
}
function memory_itemsize_get(mv: Ref): Ref {
  checkReleased(mv);
  return PyLong_FromLong(i32(mv + V + B.itemsize));
}
function memory_format_get(mv: Ref): Ref {
  checkReleased(mv);
  return PyUnicode_FromString(cstring(i32(mv + V + B.format)));
}
function memory_ndim_get(mv: Ref): Ref {
  checkReleased(mv);
  return PyLong_FromLong(ndimOf(mv));
}
function memory_shape_get(mv: Ref): Ref {
  checkReleased(mv);
  return tupleOfNumbers(shapeOf(mv + V));
}
function memory_strides_get(mv: Ref): Ref {
  checkReleased(mv);
  return tupleOfNumbers(stridesOf(mv + V, shapeOf(mv + V)));
}
function memory_suboffsets_get(mv: Ref): Ref {
  checkReleased(mv);
  const sub = i32(mv + V + B.suboffsets);
  return tupleOfNumbers(sub === 0 ? [] : Array.from({ length: ndimOf(mv) }, (_, d) => ssize(sub + (d << 3))));
}
function memory_c_contiguous(mv: Ref): Ref {
  checkReleased(mv);
  return PyBool_FromLong((i32(mv + 40) & _Py_MEMORYVIEW_C) !== 0);
}
function memory_f_contiguous(mv: Ref): Ref {
  checkReleased(mv);
  return PyBool_FromLong((i32(mv + 40) & _Py_MEMORYVIEW_FORTRAN) !== 0);
}
function memory_contiguous(mv: Ref): Ref {
  checkReleased(mv);
  return PyBool_FromLong((i32(mv + 40) & (_Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN)) !== 0);
}
