/** types.SimpleNamespace. Mirrors Objects/namespaceobject.c. +16 ns_dict. */
import {
  METH_KEYWORDS,
  METH_NOARGS,
  METH_VARARGS,
  PyTypeObject as T,
  Py_ID,
  Py_READONLY,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  _PyNamespaceObject as N,
  _Py_T_OBJECT,
} from '@moult/abi';
import { PyObject_GC_Del } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { callFunction } from './call.ts';
import {
  PyDict_Copy,
  PyDict_MergeFromSeq2,
  PyDict_New,
  PyDict_Next,
  PyDict_Size,
  PyDict_Update,
} from './dictobject.ts';
import { raise } from './errors.ts';
import {
  drop,
  hold,
  PyDict_Check,
  PyObject_TypeCheck,
  PyUnicode_Check,
  Py_CLEAR,
  Py_NewRef,
  type Ref,
  release,
  tpName,
} from './object.ts';
import {
  PyObject_GenericGetAttr,
  PyObject_GenericSetAttr,
  PyObject_GetOptionalAttr,
  PyObject_Repr,
  PyObject_RichCompare,
} from './objectattr.ts';
import { Py_ReprEnter, Py_ReprLeave } from './reprguard.ts';
import type { TypeSpec } from './spec.ts';
import { PyExc_TypeError, Py_NotImplemented, _PyNamespace_Type } from './static.ts';
import { PyType_GenericAlloc, typeAlloc } from './typealloc.ts';
import { EMPTY_TUPLE } from './runtime.ts';
import { PyTuple_Pack } from './tupleobject.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';

function dictOf(ns: Ref): Ref {
  return i32(ns + N.ns_dict);
}
function namespace_new(type: Ref): Ref {
  const self = typeAlloc(type, 0);
  const m = hold(self);
  setPtr(self + N.ns_dict, PyDict_New());
  drop(m);
  return self;
}
/** A namespace with the names of `kwds` (a dict or 0). */
export function _PyNamespace_New(kwds: Ref): Ref {
  const ns = namespace_new(_PyNamespace_Type);
  const m = hold(ns);
  if (kwds !== 0) PyDict_Update(dictOf(ns), kwds);
  drop(m);
  return ns;
}
function checkNames(dict: Ref): void {
  const pos = { i: 0, key: 0, value: 0 };
  while (PyDict_Next(dict, pos)) if (!PyUnicode_Check(pos.key)) raise(PyExc_TypeError, 'keywords must be strings');
}
function namespace_init(ns: Ref, args: Ref, kwds: Ref): void {
  const n = i32(args + 16);
  if (n > 1)
    raise(PyExc_TypeError, `${tpName(i32(ns + 8)).replace(/^.*\./, '')} expected at most 1 argument, got ${n}`);
  if (n === 1) {
    const arg = i32(args + 24);
    let dict: Ref;
    if (PyDict_Check(arg)) dict = Py_NewRef(arg);
    else {
      dict = PyDict_New();
      const mk = hold(dict);
      const keys = PyObject_GetOptionalAttr(arg, Py_ID.keys);
      if (keys !== 0) {
        hold(keys);
        PyDict_Update(dict, arg);
        Py_NewRef(dict);
        release(mk);
      } else {
        PyDict_MergeFromSeq2(dict, arg, true);
        drop(mk);
      }
    }
    const m = hold(dict);
    checkNames(dict);
    PyDict_Update(dictOf(ns), dict);
    release(m);
  }
  if (kwds === 0) return;
  checkNames(kwds);
  PyDict_Update(dictOf(ns), kwds);
}
function namespace_dealloc(ns: Ref): void {
  PyObject_GC_UnTrack(ns);
  Py_CLEAR(ns + N.ns_dict);
  (text[i32(i32(ns + 8) + T.tp_free)] as NativeFunction)(ns);
}
function namespace_repr(ns: Ref): Ref {
  const name = i32(ns + 8) === _PyNamespace_Type ? 'namespace' : tpName(i32(ns + 8));
  if (Py_ReprEnter(ns)) return PyUnicode_FromString(`${name}(...)`);
  const parts: string[] = [];
  try {
    const d = hold(Py_NewRef(dictOf(ns)));
    const pos = { i: 0, key: 0, value: 0 };
    while (PyDict_Next(i32(d), pos)) {
      if (!PyUnicode_Check(pos.key) || i32(pos.key + 16) === 0) continue;
      const key = asText(pos.key);
      const m = hold(Py_NewRef(pos.value));
      hold(PyObject_Repr(pos.value));
      parts.push(`${key}=${asText(i32(m + 8))}`);
      release(m);
    }
    release(d);
  } finally {
    Py_ReprLeave(ns);
  }
  return PyUnicode_FromString(`${name}(${parts.join(', ')})`);
}
function namespace_traverse(ns: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  if (dictOf(ns) !== 0) visit(dictOf(ns), arg);
}
function namespace_clear(ns: Ref): void {
  Py_CLEAR(ns + N.ns_dict);
}
function namespace_richcompare(a: Ref, b: Ref, op: number): Ref {
  if (!PyObject_TypeCheck(a, _PyNamespace_Type) || !PyObject_TypeCheck(b, _PyNamespace_Type))
    return Py_NewRef(Py_NotImplemented);
  return PyObject_RichCompare(dictOf(a), dictOf(b), op);
}
function namespace_reduce(ns: Ref): Ref {
  return PyTuple_Pack(i32(ns + 8), EMPTY_TUPLE, dictOf(ns));
}
function namespace_replace(self: Ref, args: Ref, kwargs: Ref): Ref {
  if (i32(args + 16) > 0) raise(PyExc_TypeError, '__replace__() takes no positional arguments');
  const result = callFunction(i32(self + 8));
  const m = hold(result);
  const copy = PyDict_Copy(dictOf(self));
  hold(copy);
  PyDict_Update(dictOf(result), copy);
  if (kwargs !== 0 && PyDict_Size(kwargs) > 0) PyDict_Update(dictOf(result), kwargs);
  Py_NewRef(result);
  release(m);
  return result;
}

export const namespaceSpec: TypeSpec = {
  address: _PyNamespace_Type,
  name: 'types.SimpleNamespace',
  basicsize: N.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  dictoffset: N.ns_dict,
  doc: 'SimpleNamespace(mapping_or_iterable=(), /, **kwargs)\n--\n\nA simple attribute-based namespace.',
  slots: {
    tp_dealloc: namespace_dealloc,
    tp_repr: namespace_repr,
    tp_getattro: PyObject_GenericGetAttr,
    tp_setattro: PyObject_GenericSetAttr,
    tp_traverse: namespace_traverse,
    tp_clear: namespace_clear,
    tp_richcompare: namespace_richcompare,
    tp_init: namespace_init,
    tp_alloc: PyType_GenericAlloc,
    tp_new: namespace_new,
    tp_free: PyObject_GC_Del,
  },
  methods: [
    { name: '__reduce__', flags: METH_NOARGS, fn: namespace_reduce, doc: 'Return state information for pickling' },
    {
      name: '__replace__',
      flags: METH_VARARGS | METH_KEYWORDS,
      fn: namespace_replace,
      doc: 'Return a copy of the namespace object with new values for the specified attributes.',
    },
  ],
  members: [{ name: '__dict__', type: _Py_T_OBJECT, offset: N.ns_dict, flags: Py_READONLY }],
};
