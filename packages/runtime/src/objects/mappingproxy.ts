/** mappingproxy, the read-only view of a mapping: `C.__dict__`. Mirrors Objects/descrobject.c. +16 mapping. */
import {
  mappingproxyobject as P,
  METH_CLASS,
  METH_FASTCALL,
  METH_NOARGS,
  METH_O,
  Py_ID,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_MAPPING,
} from '@moult/abi';
import { PyObject_GC_Del, _PyObject_GC_New } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack, _PyObject_GC_TRACK } from '../gc/track.ts';
import { i32, setPtr } from '../memory/linear.ts';
import {
  PyMapping_Check,
  PyNumber_Or,
  PyObject_GetItem,
  PyObject_GetIter,
  PyObject_Size,
  PySequence_Contains,
} from './abstract.ts';
import { unpackTupleAndDict, _PyArg_CheckPositional } from './args.ts';
import { callMethod } from './call.ts';
import { PyDict_Contains } from './dictobject.ts';
import { raise } from './errors.ts';
import { hold, PyList_Check, PyTuple_Check, Py_CLEAR, Py_NewRef, type Ref, release, typeNameOf } from './object.ts';
import {
  PyObject_GenericGetAttr,
  PyObject_Hash,
  PyObject_Repr,
  PyObject_RichCompare,
  PyObject_Str,
} from './objectattr.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import type { TypeSpec } from './spec.ts';
import { PyDictProxy_Type, PyDict_Type, PyExc_TypeError, Py_None } from './static.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';

export function PyDictProxy_New(mapping: Ref): Ref {
  checkMapping(mapping);
  const op = _PyObject_GC_New(PyDictProxy_Type);
  setPtr(op + P.mapping, Py_NewRef(mapping));
  _PyObject_GC_TRACK(op);
  return op;
}
function checkMapping(mapping: Ref): void {
  if (!PyMapping_Check(mapping) || PyList_Check(mapping) || PyTuple_Check(mapping)) {
    raise(PyExc_TypeError, `mappingproxy() argument must be a mapping, not ${typeNameOf(mapping)}`);
  }
}
function of(pp: Ref): Ref {
  return i32(pp + P.mapping);
}
function mappingproxy_new(_type: Ref, args: Ref, kwds: Ref): Ref {
  const [mapping] = unpackTupleAndDict(args, kwds, { fname: 'mappingproxy', keywords: ['mapping'], required: 1 }) as [
    Ref,
  ];
  return PyDictProxy_New(mapping);
}
function unwrap(op: Ref): Ref {
  return i32(op + 8) === PyDictProxy_Type ? of(op) : op;
}
function mappingproxy_or(a: Ref, b: Ref): Ref {
  return PyNumber_Or(unwrap(a), unwrap(b));
}
function mappingproxy_ior(a: Ref): never {
  raise(PyExc_TypeError, `'|=' is not supported by ${typeNameOf(a)}; use '|' instead`);
}
function mappingproxy_contains(pp: Ref, key: Ref): boolean {
  return i32(of(pp) + 8) === PyDict_Type ? PyDict_Contains(of(pp), key) : PySequence_Contains(of(pp), key);
}
function mappingproxy_get(pp: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('get', nargs, 1, 2);
  return callMethod(of(pp), Py_ID.get, i32(args), nargs > 1 ? i32(args + 8) : Py_None);
}
function mappingproxy_repr(pp: Ref): Ref {
  const m = hold(PyObject_Repr(of(pp)));
  const s = `mappingproxy(${asText(i32(m))})`;
  release(m);
  return PyUnicode_FromString(s);
}
function mappingproxy_dealloc(pp: Ref): void {
  PyObject_GC_UnTrack(pp);
  Py_CLEAR(pp + P.mapping);
  PyObject_GC_Del(pp);
}
function mappingproxy_traverse(pp: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  if (of(pp) !== 0) visit(of(pp), arg);
}

export const dictProxySpec: TypeSpec = {
  address: PyDictProxy_Type,
  name: 'mappingproxy',
  basicsize: P.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_MAPPING,
  doc: 'mappingproxy(mapping)\n--\n\nRead-only proxy of a mapping.',
  slots: {
    tp_dealloc: mappingproxy_dealloc,
    tp_repr: mappingproxy_repr,
    tp_str: (pp: Ref): Ref => PyObject_Str(of(pp)),
    tp_hash: (pp: Ref): number => PyObject_Hash(of(pp)),
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: mappingproxy_traverse,
    tp_richcompare: (a: Ref, b: Ref, op: number): Ref => PyObject_RichCompare(of(a), unwrap(b), op),
    tp_iter: (pp: Ref): Ref => PyObject_GetIter(of(pp)),
    tp_new: mappingproxy_new,
    nb_or: mappingproxy_or,
    nb_inplace_or: mappingproxy_ior,
    mp_length: (pp: Ref): number => PyObject_Size(of(pp)),
    mp_subscript: (pp: Ref, key: Ref): Ref => PyObject_GetItem(of(pp), key),
    sq_contains: mappingproxy_contains,
  },
  methods: [
    {
      name: 'get',
      flags: METH_FASTCALL,
      fn: mappingproxy_get,
      doc: 'get($self, key, default=None, /)\n--\n\nReturn the value for key if key is in the mapping, else default.',
    },
    {
      name: 'keys',
      flags: METH_NOARGS,
      fn: (pp: Ref): Ref => callMethod(of(pp), Py_ID.keys),
      doc: "keys($self, /)\n--\n\nD.keys() -> a set-like object providing a view on D's keys",
    },
    {
      name: 'values',
      flags: METH_NOARGS,
      fn: (pp: Ref): Ref => callMethod(of(pp), Py_ID.values),
      doc: "values($self, /)\n--\n\nD.values() -> an object providing a view on D's values",
    },
    {
      name: 'items',
      flags: METH_NOARGS,
      fn: (pp: Ref): Ref => callMethod(of(pp), Py_ID.items),
      doc: "items($self, /)\n--\n\nD.items() -> a set-like object providing a view on D's items",
    },
    {
      name: 'copy',
      flags: METH_NOARGS,
      fn: (pp: Ref): Ref => callMethod(of(pp), Py_ID.copy),
      doc: 'copy($self, /)\n--\n\nD.copy() -> a shallow copy of D',
    },
    {
      name: '__class_getitem__',
      flags: METH_O | METH_CLASS,
      fn: Py_GenericAlias,
      doc: '__class_getitem__($type, object, /)\n--\n\nSee PEP 585',
    },
    {
      name: '__reversed__',
      flags: METH_NOARGS,
      fn: (pp: Ref): Ref => callMethod(of(pp), Py_ID.__reversed__),
      doc: '__reversed__($self, /)\n--\n\nD.__reversed__() -> reverse iterator',
    },
  ],
};
