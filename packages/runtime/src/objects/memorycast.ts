/** memoryview.cast(). Mirrors memory_cast of Objects/memoryobject.c. */
import { _Py_MEMORYVIEW_C, Py_buffer as B } from '@moult/abi';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import { PySequence_Fast_GET_ITEM } from './abstract.ts';
import { nativeFormat, PyBuffer_FillContiguousStrides } from './abstractbuffer.ts';
import { unpackKeywords } from './args.ts';
import { raise } from './errors.ts';
import { PyLong_AsSsize_t } from './longobject.ts';
import { formatOf, formatSize, isByteFormat, nativeChar, shapeOf } from './memoryitems.ts';
import { checkReleased, checkRestricted, init_flags, mbuf_add_incomplete_view } from './memoryobject.ts';
import {
  drop,
  hold,
  PyList_Check,
  PyLong_Check,
  PyTuple_Check,
  PyUnicode_Check,
  type Ref,
  typeNameOf,
} from './object.ts';
import { Py_None, PyExc_TypeError, PyExc_ValueError } from './static.ts';
import { asText } from './unicodeobject.ts';
import { V, ndimOf } from './memorymethods.ts';

function cast_to_1D(mv: Ref, format: string): void {
  const view = mv + V;
  const src = nativeChar(formatOf(view));
  if (src === '')
    raise(
      PyExc_ValueError,
      "memoryview: source format must be a native single character format prefixed with an optional '@'",
    );
  const dest = nativeChar(format);
  if (dest === '') {
    raise(
      PyExc_ValueError,
      "memoryview: destination format must be a native single character format prefixed with an optional '@'",
    );
  }
  if (!isByteFormat(src) && !isByteFormat(dest))
    raise(PyExc_TypeError, 'memoryview: cannot cast between two non-byte formats');
  const size = formatSize(dest);
  const len = i32(view + B.len);
  if (len % size !== 0) raise(PyExc_TypeError, 'memoryview: length is not a multiple of itemsize');
  setPtr(view + B.format, nativeFormat(dest, format.startsWith('@')));
  setPtr(view + B.itemsize, size);
  setI32(view + B.ndim, 1);
  setPtr(i32(view + B.shape), len / size);
  setPtr(i32(view + B.strides), size);
  setPtr(view + B.suboffsets, 0);
  init_flags(mv);
}
function cast_to_ND(mv: Ref, shape: readonly number[]): void {
  const view = mv + V;
  const n = shape.length;
  setI32(view + B.ndim, n);
  let len = i32(view + B.itemsize);
  if (n === 0) {
    setPtr(view + B.shape, 0);
    setPtr(view + B.strides, 0);
  } else {
    shape.forEach((x, d) => {
      setPtr(i32(view + B.shape) + 8 * d, x);
      len *= x;
    });
    setPtr(view + B.strides, i32(view + B.shape) + 8 * n);
    PyBuffer_FillContiguousStrides(n, i32(view + B.shape), i32(view + B.strides), i32(view + B.itemsize));
  }
  if (i32(view + B.len) !== len) raise(PyExc_TypeError, 'memoryview: product(shape) * itemsize != buffer size');
  init_flags(mv);
}
export function memory_cast(mv: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [format, shapeArg] = unpackKeywords(args, nargs, kwnames, {
    fname: 'cast',
    keywords: ['format', 'shape'],
    required: 1,
  }) as [Ref, Ref];
  if (!PyUnicode_Check(format))
    raise(
      PyExc_TypeError,
      `cast() argument 'format' must be str, not ${format === Py_None ? 'None' : typeNameOf(format)}`,
    );
  checkReleased(mv);
  checkRestricted(mv);
  const view = mv + V;
  if ((i32(mv + 40) & _Py_MEMORYVIEW_C) === 0)
    raise(PyExc_TypeError, 'memoryview: casts are restricted to C-contiguous views');
  if ((shapeArg !== 0 || ndimOf(mv) !== 1) && shapeOf(view).includes(0)) {
    raise(PyExc_TypeError, 'memoryview: cannot cast view with zeros in shape or strides');
  }
  let shape: number[] | null = null;
  if (shapeArg !== 0) {
    if (!PyList_Check(shapeArg) && !PyTuple_Check(shapeArg)) raise(PyExc_TypeError, 'shape must be a list or a tuple');
    const n = i32(shapeArg + 16);
    if (n > 64) raise(PyExc_ValueError, 'memoryview: number of dimensions must not exceed 64');
    if (ndimOf(mv) !== 1 && n !== 1) raise(PyExc_TypeError, 'memoryview: cast must be 1D -> ND or ND -> 1D');
    shape = [];
    for (let d = 0; d < n; d++) {
      const x = PySequence_Fast_GET_ITEM(shapeArg, d);
      if (!PyLong_Check(x)) raise(PyExc_TypeError, 'memoryview.cast(): elements of shape must be integers');
      const v = PyLong_AsSsize_t(x);
      if (v <= 0) raise(PyExc_ValueError, 'memoryview.cast(): elements of shape must be integers > 0');
      shape.push(v);
    }
  }
  const r = mbuf_add_incomplete_view(i32(mv + 24), view, shape === null || shape.length === 0 ? 1 : shape.length);
  const m = hold(r);
  cast_to_1D(r, asText(format));
  if (shape !== null) cast_to_ND(r, shape);
  drop(m);
  return r;
}
