/** Iterators of str. Mirrors the iterator part of Objects/unicodeobject.c. */
import { METH_NOARGS, METH_O, Py_TPFLAGS_HAVE_GC } from '@moult/abi';
import { _PyObject_GC_New } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK } from '../gc/track.ts';
import { bytes, i32, setPtr } from '../memory/linear.ts';
import { indexIterDealloc, indexIterLen, indexIterSetstate, indexIterTraverse, reduceIndexIter } from './indexiter.ts';
import { Py_DECREF, Py_NewRef, type Ref } from './object.ts';
import { PyObject_SelfIter } from './objectattr.ts';
import type { TypeSpec } from './spec.ts';
import { _PyUnicodeASCIIIter_Type, PyUnicodeIter_Type } from './static.ts';
import {
  EMPTY_STRING,
  get_latin1_char,
  PyUnicode_DATA,
  PyUnicode_IS_ASCII,
  PyUnicode_KIND,
  PyUnicode_READ,
  unicode_char,
} from './unicodeobject.ts';

export function unicode_iter(seq: Ref): Ref {
  const it = _PyObject_GC_New(PyUnicode_IS_ASCII(seq) ? _PyUnicodeASCIIIter_Type : PyUnicodeIter_Type);
  setPtr(it + 16, 0);
  setPtr(it + 24, Py_NewRef(seq));
  _PyObject_GC_TRACK(it);
  return it;
}
function unicodeiter_next(it: Ref): Ref {
  const seq = i32(it + 24);
  if (seq === 0) return 0;
  const i = i32(it + 16);
  if (i < i32(seq + 16)) {
    setPtr(it + 16, i + 1);
    return unicode_char(PyUnicode_READ(PyUnicode_KIND(seq), PyUnicode_DATA(seq), i));
  }
  setPtr(it + 24, 0);
  Py_DECREF(seq);
  return 0;
}
function unicode_ascii_iter_next(it: Ref): Ref {
  const seq = i32(it + 24);
  if (seq === 0) return 0;
  const i = i32(it + 16);
  if (i < i32(seq + 16)) {
    setPtr(it + 16, i + 1);
    return Py_NewRef(get_latin1_char(bytes[PyUnicode_DATA(seq) + i] as number));
  }
  setPtr(it + 24, 0);
  Py_DECREF(seq);
  return 0;
}
function unicodeiter_reduce(it: Ref): Ref {
  return reduceIndexIter(it, EMPTY_STRING);
}

const methods = [
  { name: '__length_hint__', flags: METH_NOARGS, fn: indexIterLen, doc: 'How many characters are left.' },
  { name: '__reduce__', flags: METH_NOARGS, fn: unicodeiter_reduce, doc: 'For pickling.' },
  { name: '__setstate__', flags: METH_O, fn: indexIterSetstate, doc: 'For unpickling.' },
];
function iterSpec(address: number, name: string, next: (it: Ref) => Ref): TypeSpec {
  return {
    address,
    name,
    basicsize: 32,
    flags: Py_TPFLAGS_HAVE_GC,
    slots: {
      tp_dealloc: indexIterDealloc,
      tp_traverse: indexIterTraverse,
      tp_iter: PyObject_SelfIter,
      tp_iternext: next,
    },
    methods,
  };
}
export const unicodeIterSpec: TypeSpec = iterSpec(PyUnicodeIter_Type, 'str_iterator', unicodeiter_next);
export const unicodeASCIIIterSpec: TypeSpec = iterSpec(
  _PyUnicodeASCIIIter_Type,
  'str_ascii_iterator',
  unicode_ascii_iter_next,
);
