/** The type `object`. Mirrors the object_* functions of Objects/typeobject.c. */
import {
  METH_CLASS,
  METH_NOARGS,
  METH_O,
  PyObject,
  PyTypeObject as T,
  Py_EQ,
  Py_ID,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_IS_ABSTRACT,
} from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { PyObject_Free } from '../memory/obmalloc.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PySequence_GetItem, PySequence_List, PySequence_Size } from './abstract.ts';
import { PyDict_Copy, PyDict_Keys, PyDict_New, PyDict_Size, PyDict_Update } from './dictobject.ts';
import { raise } from './errors.ts';
import { PyList_Sort } from './listobject.ts';
import { PyLong_FromLong } from './longobject.ts';
import {
  hold,
  PyDict_Check,
  PyUnicode_Check,
  Py_DECREF,
  Py_NewRef,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from './object.ts';
import {
  PyObject_GenericGetAttr,
  PyObject_GenericSetAttr,
  PyObject_GetOptionalAttr,
  PyObject_IsTrue,
  PyObject_Str,
  _Py_HashPointer,
} from './objectattr.ts';
import { object_getstate, object_reduce, object_reduce_ex } from './objectreduce.ts';
import type { TypeSpec } from './spec.ts';
import { PyBaseObject_Type, PyExc_TypeError, Py_False, Py_None, Py_NotImplemented, Py_True } from './static.ts';
import { PyType_GenericAlloc } from './typealloc.ts';
import { object_set_class } from './typeassign.ts';
import { moduleText, type_abstractmethods, type_qualname } from './typeattrs.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';

function excess_args(args: Ref, kwds: Ref): boolean {
  return i32(args + 16) > 0 || (kwds !== 0 && PyDict_Size(kwds) > 0);
}
export function object_new(type: Ref, args: Ref, kwds: Ref): Ref {
  if (excess_args(args, kwds)) {
    if (text[i32(type + T.tp_new)] !== object_new)
      raise(PyExc_TypeError, 'object.__new__() takes exactly one argument (the type to instantiate)');
    if (text[i32(type + T.tp_init)] === object_init) raise(PyExc_TypeError, `${tpName(type)}() takes no arguments`);
  }
  if ((i32(type + T.tp_flags) & Py_TPFLAGS_IS_ABSTRACT) !== 0) refuseAbstract(type);
  const alloc = text[i32(type + T.tp_alloc)] as NativeFunction;
  return alloc(type, 0) as Ref;
}
function refuseAbstract(type: Ref): never {
  const m = hold(type_abstractmethods(type));
  const list = PySequence_List(i32(m));
  hold(list);
  PyList_Sort(list);
  const n = i32(list + 16);
  const names: string[] = [];
  for (let i = 0; i < n; i++) {
    const name = i32(i32(list + 24) + (i << 3));
    if (!PyUnicode_Check(name))
      raise(PyExc_TypeError, `sequence item ${i}: expected str instance, ${typeNameOf(name)} found`);
    names.push(asText(name));
  }
  release(m);
  const s = n > 1 ? 's' : '';
  raise(
    PyExc_TypeError,
    `Can't instantiate abstract class ${tpName(type)} without an implementation for abstract method${s} '${names.join("', '")}'`,
  );
}
export function object_init(self: Ref, args: Ref, kwds: Ref): void {
  if (!excess_args(args, kwds)) return;
  const type = i32(self + 8);
  if (text[i32(type + T.tp_init)] !== object_init)
    raise(PyExc_TypeError, 'object.__init__() takes exactly one argument (the instance to initialize)');
  if (text[i32(type + T.tp_new)] === object_new) raise(PyExc_TypeError, `${tpName(type)}() takes no arguments`);
}
function object_dealloc(self: Ref): void {
  (text[i32(i32(self + 8) + T.tp_free)] as NativeFunction)(self);
}
export function object_repr(self: Ref): Ref {
  const type = i32(self + 8);
  const mod = moduleText(type);
  const at = `object at 0x${self.toString(16)}>`;
  if (mod === null || mod === 'builtins') return PyUnicode_FromString(`<${tpName(type)} ${at}`);
  const m = hold(type_qualname(type));
  const name = asText(i32(m));
  release(m);
  return PyUnicode_FromString(`<${mod}.${name} ${at}`);
}
export function object_str(self: Ref): Ref {
  const n = i32(i32(self + 8) + T.tp_repr);
  return n === 0 ? object_repr(self) : ((text[n] as NativeFunction)(self) as Ref);
}
export function object_richcompare(self: Ref, other: Ref, op: number): Ref {
  if (op === Py_EQ) return Py_NewRef(self === other ? Py_True : Py_NotImplemented);
  if (op !== Py_NE) return Py_NewRef(Py_NotImplemented);
  const compare = i32(i32(self + 8) + T.tp_richcompare);
  if (compare === 0) return Py_NewRef(Py_NotImplemented);
  const res = (text[compare] as NativeFunction)(self, other, Py_EQ) as Ref;
  if (res === Py_NotImplemented) return res;
  const m = hold(res);
  const equal = PyObject_IsTrue(res);
  release(m);
  return Py_NewRef(equal ? Py_False : Py_True);
}
export const _Py_BaseObject_RichCompare = object_richcompare;
export function PyObject_GenericHash(self: Ref): number {
  return _Py_HashPointer(self);
}
function object_get_class(self: Ref): Ref {
  return Py_NewRef(i32(self + 8));
}
function object_subclasshook(): Ref {
  return Py_NewRef(Py_NotImplemented);
}
function object_init_subclass(): Ref {
  return Py_NewRef(Py_None);
}
function object_format(self: Ref, spec: Ref): Ref {
  if (!PyUnicode_Check(spec)) raise(PyExc_TypeError, `__format__() argument must be str, not ${typeNameOf(spec)}`);
  if (i32(spec + 16) > 0) raise(PyExc_TypeError, `unsupported format string passed to ${typeNameOf(self)}.__format__`);
  return PyObject_Str(self);
}
function object_sizeof(self: Ref): Ref {
  const type = i32(self + 8);
  const itemsize = i32(type + T.tp_itemsize);
  const items = itemsize > 0 ? Math.abs(i32(self + 16)) * itemsize : 0;
  return PyLong_FromLong(items + i32(type + T.tp_basicsize));
}
/** Adds the names of a class and its bases to a dict (merge_class_dict). */
export function merge_class_dict(dict: Ref, cls: Ref): void {
  const classdict = PyObject_GetOptionalAttr(cls, Py_ID.__dict__);
  if (classdict !== 0) {
    const m = hold(classdict);
    PyDict_Update(dict, classdict);
    release(m);
  }
  const bases = PyObject_GetOptionalAttr(cls, Py_ID.__bases__);
  if (bases === 0) return;
  const m = hold(bases);
  const n = PySequence_Size(bases);
  for (let i = 0; i < n; i++) {
    const base = PySequence_GetItem(bases, i);
    const mb = hold(base);
    merge_class_dict(dict, base);
    release(mb);
  }
  release(m);
}
function object_dir(self: Ref): Ref {
  let dict = PyObject_GetOptionalAttr(self, Py_ID.__dict__);
  if (dict === 0) dict = PyDict_New();
  else if (!PyDict_Check(dict)) {
    Py_DECREF(dict);
    dict = PyDict_New();
  } else {
    const m = hold(dict);
    const copy = PyDict_Copy(dict);
    release(m);
    dict = copy;
  }
  const m = hold(dict);
  const cls = PyObject_GetOptionalAttr(self, Py_ID.__class__);
  if (cls !== 0) {
    hold(cls);
    merge_class_dict(dict, cls);
  }
  const keys = PyDict_Keys(dict);
  release(m);
  return keys;
}

const SUBCLASSHOOK_DOC =
  '__subclasshook__($type, object, /)\n--\n\nAbstract classes can override this to customize issubclass().\n\n' +
  'This is invoked early on by abc.ABCMeta.__subclasscheck__().\nIt should return True, False or NotImplemented.  If it returns\n' +
  'NotImplemented, the normal algorithm is used.  Otherwise, it\noverrides the normal algorithm (and the outcome is cached).\n';
const INIT_SUBCLASS_DOC =
  '__init_subclass__($type, /)\n--\n\nThis method is called when a class is subclassed.\n\n' +
  'The default implementation does nothing. It may be\noverridden to extend subclasses.\n';

export const objectSpec: TypeSpec = {
  address: PyBaseObject_Type,
  name: 'object',
  basicsize: PyObject.SIZE,
  flags: Py_TPFLAGS_BASETYPE,
  doc:
    'object()\n--\n\nThe base class of the class hierarchy.\n\nWhen called, it accepts no arguments and returns a new featureless\n' +
    'instance that has no instance attributes and cannot be given any.\n',
  slots: {
    tp_dealloc: object_dealloc,
    tp_repr: object_repr,
    tp_hash: PyObject_GenericHash,
    tp_str: object_str,
    tp_getattro: PyObject_GenericGetAttr,
    tp_setattro: PyObject_GenericSetAttr,
    tp_richcompare: object_richcompare,
    tp_init: object_init,
    tp_alloc: PyType_GenericAlloc,
    tp_new: object_new,
    tp_free: PyObject_Free,
  },
  methods: [
    {
      name: '__reduce_ex__',
      flags: METH_O,
      fn: object_reduce_ex,
      doc: '__reduce_ex__($self, protocol, /)\n--\n\nHelper for pickle.',
    },
    {
      name: '__reduce__',
      flags: METH_NOARGS,
      fn: object_reduce,
      doc: '__reduce__($self, /)\n--\n\nHelper for pickle.',
    },
    {
      name: '__getstate__',
      flags: METH_NOARGS,
      fn: object_getstate,
      doc: '__getstate__($self, /)\n--\n\nHelper for pickle.',
    },
    { name: '__subclasshook__', flags: METH_CLASS | METH_O, fn: object_subclasshook, doc: SUBCLASSHOOK_DOC },
    { name: '__init_subclass__', flags: METH_CLASS | METH_NOARGS, fn: object_init_subclass, doc: INIT_SUBCLASS_DOC },
    {
      name: '__format__',
      flags: METH_O,
      fn: object_format,
      doc: '__format__($self, format_spec, /)\n--\n\nDefault object formatter.\n\nReturn str(self) if format_spec is empty. Raise TypeError otherwise.',
    },
    {
      name: '__sizeof__',
      flags: METH_NOARGS,
      fn: object_sizeof,
      doc: '__sizeof__($self, /)\n--\n\nSize of object in memory, in bytes.',
    },
    {
      name: '__dir__',
      flags: METH_NOARGS,
      fn: object_dir,
      doc: '__dir__($self, /)\n--\n\nDefault dir() implementation.',
    },
  ],
  getset: [{ name: '__class__', get: object_get_class, set: object_set_class, doc: "the object's class" }],
};
