/** The module `_collections`: deque and defaultdict; OrderedDict and the rest are those of Lib/collections. Mirrors Modules/_collectionsmodule.c. */
import {
  METH_NOARGS,
  METH_O,
  PyDictObject,
  PyTypeObject,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_DICT_SUBCLASS,
  Py_TPFLAGS_HAVE_GC,
  _Py_T_OBJECT,
} from '@moult/abi';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { callFunction, PyObject_CallNoArgs } from '../objects/call.ts';
import { dict_dealloc, PyDict_SetItem, PyDict_SetItemString } from '../objects/dictobject.ts';
import { _PyErr_SetKeyError } from '../objects/dictdelete.ts';
import { PyDict_Items, PyDict_Update } from '../objects/dictmerge.ts';
import { raise } from '../objects/errors.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { drop, hold, PyDict_Check, Py_CLEAR, Py_DECREF, Py_NewRef, type Ref, release } from '../objects/object.ts';
import { PyCallable_Check, PyObject_Repr } from '../objects/objectattr.ts';
import { Py_ReprEnter, Py_ReprLeave } from '../objects/reprguard.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { PyDict_Type, PyExc_TypeError, Py_None, Py_NotImplemented } from '../objects/static.ts';
import { PyTuple_GetSlice } from '../objects/tuplemethods.ts';
import { PyTuple_New, tupleSteal } from '../objects/tupleobject.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { PyObject_TypeCheck } from '../objects/object.ts';
import { PyObject_GetIter } from '../objects/abstract.ts';
import { none } from './builtinfuncs.ts';
import { dequeSpecs } from './dequeobject.ts';
import type { ModuleSpec } from './spec.ts';
import { DefaultDict_Type, Deque_Type, DequeIter_Type } from './types.ts';

const FACTORY = PyDictObject.SIZE;
const dictSlot = (name: 'tp_init' | 'tp_traverse' | 'tp_clear' | 'tp_repr'): NativeFunction =>
  text[i32(PyDict_Type + PyTypeObject[name])] as NativeFunction;

function defdict_init(self: Ref, args: Ref, kwds: Ref): void {
  const n = i32(args + 16);
  let factory = 0;
  if (n > 0) {
    factory = i32(args + 24);
    if (factory !== Py_None && !PyCallable_Check(factory))
      raise(PyExc_TypeError, 'first argument must be callable or None');
    if (factory === Py_None) factory = 0;
  }
  const old = i32(self + FACTORY);
  setPtr(self + FACTORY, factory === 0 ? 0 : Py_NewRef(factory));
  if (old !== 0) Py_DECREF(old);
  const m = hold(n > 0 ? PyTuple_GetSlice(args, 1, n) : PyTuple_New(0));
  dictSlot('tp_init')(self, i32(m), kwds);
  release(m);
}
function defdict_missing(self: Ref, key: Ref): Ref {
  const factory = i32(self + FACTORY);
  if (factory === 0 || factory === Py_None) _PyErr_SetKeyError(key);
  const m = hold(PyObject_CallNoArgs(factory));
  PyDict_SetItem(self, key, i32(m));
  drop(m);
  return i32(m);
}
function defdict_dealloc(self: Ref): void {
  PyObject_GC_UnTrack(self);
  Py_CLEAR(self + FACTORY);
  dict_dealloc(self);
}
function defdict_traverse(self: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  if (i32(self + FACTORY) !== 0) visit(i32(self + FACTORY), arg);
  dictSlot('tp_traverse')(self, visit, arg);
}
function defdict_clear(self: Ref): void {
  Py_CLEAR(self + FACTORY);
  dictSlot('tp_clear')(self);
}
function textOf(op: Ref): string {
  const m = hold(op);
  const s = asText(op);
  release(m);
  return s;
}
function defdict_repr(self: Ref): Ref {
  const base = textOf(dictSlot('tp_repr')(self) as Ref);
  const factory = i32(self + FACTORY);
  let f = 'None';
  if (factory !== 0) {
    if (Py_ReprEnter(factory)) f = '...';
    else {
      f = textOf(PyObject_Repr(factory));
      Py_ReprLeave(factory);
    }
  }
  const name = textOf(typeNameObject(self));
  return PyUnicode_FromString(`${name}(${f}, ${base})`);
}
import { PyType_GetName } from '../objects/typeobject.ts';
function typeNameObject(self: Ref): Ref {
  return PyType_GetName(i32(self + 8));
}
function newLike(self: Ref, source: Ref): Ref {
  const factory = i32(self + FACTORY) === 0 ? Py_None : i32(self + FACTORY);
  return callFunction(i32(self + 8), factory, source);
}
function defdict_copy(self: Ref): Ref {
  return newLike(self, self);
}
function defdict_or(a: Ref, b: Ref): Ref {
  if (!PyDict_Check(a) || !PyDict_Check(b)) return Py_NewRef(Py_NotImplemented);
  const self = PyObject_TypeCheck(a, DefaultDict_Type) ? a : b;
  const m = hold(newLike(self, a));
  PyDict_Update(i32(m), b);
  drop(m);
  return i32(m);
}
function defdict_reduce(self: Ref): Ref {
  const factory = i32(self + FACTORY);
  const args = factory === 0 || factory === Py_None ? PyTuple_New(0) : tupleSteal(Py_NewRef(factory));
  const m = hold(args);
  const items = hold(PyDict_Items(self));
  const it = PyObject_GetIter(i32(items));
  release(items);
  drop(m);
  return tupleSteal(Py_NewRef(i32(self + 8)), args, none(), none(), it);
}
export function collectionsTypes(): readonly TypeSpec[] {
  return [
    ...dequeSpecs,
    {
      address: DefaultDict_Type,
      name: 'collections.defaultdict',
      basicsize: PyDictObject.SIZE + 8,
      flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_DICT_SUBCLASS,
      base: PyDict_Type,
      doc: 'defaultdict(default_factory=None, /, [...]) --> dict with default factory',
      slots: {
        tp_dealloc: defdict_dealloc,
        tp_traverse: defdict_traverse,
        tp_clear: defdict_clear,
        tp_repr: defdict_repr,
        tp_init: defdict_init,
        nb_or: defdict_or,
      },
      methods: [
        { name: '__missing__', flags: METH_O, fn: defdict_missing },
        { name: 'copy', flags: METH_NOARGS, fn: defdict_copy },
        { name: '__copy__', flags: METH_NOARGS, fn: defdict_copy },
        { name: '__reduce__', flags: METH_NOARGS, fn: defdict_reduce },
      ],
      members: [{ name: 'default_factory', type: _Py_T_OBJECT, offset: FACTORY, flags: 0 }],
    },
  ];
}
export const collectionsSpec: ModuleSpec = {
  name: '_collections',
  doc: 'High performance data structures.\n- deque:        ordered collection accessible from endpoints only\n- defaultdict:  dict subclass with a default value factory\n',
  methods: [],
  exec(module: Ref): void {
    const d = PyModule_GetDict(module);
    PyDict_SetItemString(d, 'deque', Deque_Type);
    PyDict_SetItemString(d, 'defaultdict', DefaultDict_Type);
    PyDict_SetItemString(d, '_deque_iterator', DequeIter_Type);
  },
};
