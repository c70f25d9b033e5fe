/**
 * The type `type`: calling a class, `mro()`, `__subclasses__()`, traversing and freeing heap types. Mirrors Objects/typeobject.c,
 * whose other parts are in the type*.ts files beside.
 */
import {
  METH_CLASS,
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_O,
  PyHeapTypeObject as H,
  PyMemberDef,
  PyTypeObject as T,
  Py_READONLY,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_HAVE_VECTORCALL,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_ITEMS_AT_END,
  Py_TPFLAGS_TYPE_SUBCLASS,
  Py_T_PYSSIZET,
  Py_T_ULONG,
  _Py_T_OBJECT,
} from '@moult/abi';
import { PyObject_GC_Del } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setPtr } from '../memory/linear.ts';
import { PyMem_Free } from '../memory/obmalloc.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { _PyObject_RealIsInstance, _PyObject_RealIsSubclass } from './abstract.ts';
import { _PyArg_NoKwnames } from './args.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { _PyObject_MakeTpCall } from './call.ts';
import { dictkeys_decref, _PyDict_KeysSize } from './dictkeys.ts';
import { PyDict_Keys, PyDict_New, PyDict_Size } from './dictobject.ts';
import { PyDict_Clear } from './dictdelete.ts';
import { PyErr_GetRaisedException, PyErr_SetRaisedException, raise } from './errors.ts';
import { PyList_Append, PyList_New } from './listobject.ts';
import { PyLong_FromLong } from './longobject.ts';
import { drop, hold, PyObject_TypeCheck, Py_CLEAR, Py_NewRef, type Ref, release, tpName } from './object.ts';
import { merge_class_dict } from './objecttype.ts';
import type { TypeSpec } from './spec.ts';
import { PyExc_TypeError, PyType_Type } from './static.ts';
import {
  type_abstractmethods,
  type_dict,
  type_getattro,
  type_get_annotations,
  type_get_doc,
  type_get_mro,
  type_get_text_signature,
  type_get_type_params,
  type_module,
  type_name,
  type_qualname,
  type_repr,
  type_set_abstractmethods,
  type_set_annotations,
  type_set_doc,
  type_set_module,
  type_set_name,
  type_set_qualname,
  type_set_type_params,
  type_setattro,
} from './typeattrs.ts';
import { type_get_bases, type_set_bases } from './typeassign.ts';
import { type_mro } from './typemro.ts';
import { type_new } from './typenew.ts';
import {
  liveSubclasses,
  lookup_tp_bases,
  lookup_tp_dict,
  PyType_Modified,
  remove_all_subclasses,
} from './typelookup.ts';
import { type_or } from './unionobject.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

// ---- calling a type -----------------------------------------------------------------------------------------------------

export function type_call(type: Ref, args: Ref, kwds: Ref): Ref {
  if (type === PyType_Type) {
    const n = i32(args + 16);
    if (n === 1 && (kwds === 0 || PyDict_Size(kwds) === 0)) return Py_NewRef(i32(i32(args + 24) + 8));
    if (n !== 3) raise(PyExc_TypeError, 'type() takes 1 or 3 arguments');
  }
  const tp_new = i32(type + T.tp_new);
  if (tp_new === 0) raise(PyExc_TypeError, `cannot create '${tpName(type)}' instances`);
  const obj = (text[tp_new] as NativeFunction)(type, args, kwds) as Ref;
  if (!PyObject_TypeCheck(obj, type)) return obj;
  const init = i32(i32(obj + 8) + T.tp_init);
  if (init !== 0) {
    const m = hold(obj);
    (text[init] as NativeFunction)(obj, args, kwds);
    drop(m);
  }
  return obj;
}
function type_vectorcall(metatype: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  if (nargs === 1 && metatype === PyType_Type) {
    _PyArg_NoKwnames('type', kwnames);
    return Py_NewRef(i32(i32(args) + 8));
  }
  return _PyObject_MakeTpCall(metatype, args, nargs, kwnames);
}
function type_init(_cls: Ref, args: Ref, kwds: Ref): void {
  const n = i32(args + 16);
  if (kwds !== 0 && n === 1 && PyDict_Size(kwds) !== 0)
    raise(PyExc_TypeError, 'type.__init__() takes no keyword arguments');
  if (n !== 1 && n !== 3) raise(PyExc_TypeError, 'type.__init__() takes 1 or 3 arguments');
}

// ---- methods --------------------------------------------------------------------------------------------------------------

function type_subclasses(self: Ref): Ref {
  const list = PyList_New(0);
  const m = hold(list);
  const subclasses = liveSubclasses(self);
  for (const sub of subclasses) hold(sub);
  for (const sub of subclasses) PyList_Append(list, sub);
  release(m + 8);
  drop(m);
  return list;
}
function type_prepare(): Ref {
  return PyDict_New();
}
function type_instancecheck(self: Ref, instance: Ref): Ref {
  return PyBool_FromLong(_PyObject_RealIsInstance(instance, self));
}
function type_subclasscheck(self: Ref, sub: Ref): Ref {
  return PyBool_FromLong(_PyObject_RealIsSubclass(sub, self));
}
function type_dir(self: Ref): Ref {
  const m = hold(PyDict_New());
  merge_class_dict(i32(m), self);
  const keys = PyDict_Keys(i32(m));
  release(m);
  return keys;
}
function type_sizeof(self: Ref): Ref {
  if ((i32(self + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) === 0) return PyLong_FromLong(T.SIZE);
  let size: number = H.SIZE;
  const keys = i32(self + H.ht_cached_keys);
  if (keys !== 0) size += _PyDict_KeysSize(keys);
  return PyLong_FromLong(size);
}

// ---- memory -----------------------------------------------------------------------------------------------------------------

function type_dealloc(type: Ref): void {
  if ((i32(type + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) === 0) {
    // counted before 3.12: one reference too few must not free a static type
    setPtr(type, 1);
    return;
  }
  PyObject_GC_UnTrack(type);
  const saved = PyErr_GetRaisedException();
  const m = hold(saved);
  const bases = lookup_tp_bases(type);
  if (bases !== 0) remove_all_subclasses(type, bases);
  drop(m);
  PyErr_SetRaisedException(saved);
  PyObject_ClearWeakRefs(type);
  Py_CLEAR(type + T.tp_base);
  Py_CLEAR(type + T.tp_dict);
  Py_CLEAR(type + T.tp_bases);
  Py_CLEAR(type + T.tp_mro);
  Py_CLEAR(type + T.tp_cache);
  Py_CLEAR(type + T.tp_subclasses);
  const doc = i32(type + T.tp_doc);
  if (doc !== 0) PyMem_Free(doc);
  Py_CLEAR(type + H.ht_name);
  Py_CLEAR(type + H.ht_qualname);
  Py_CLEAR(type + H.ht_slots);
  const keys = i32(type + H.ht_cached_keys);
  if (keys !== 0) dictkeys_decref(keys);
  Py_CLEAR(type + H.ht_module);
  PyMem_Free(i32(type + H._ht_tpname));
  // a heap metatype is released by subtype_dealloc, which has called this
  (text[i32(i32(type + 8) + T.tp_free)] as NativeFunction)(type);
}
function type_traverse(type: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  if ((i32(type + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) === 0) return;
  for (const offset of [T.tp_dict, T.tp_cache, T.tp_mro, T.tp_bases, T.tp_base, H.ht_module]) {
    const op = i32(type + offset);
    if (op !== 0) visit(op, arg);
  }
}
function type_clear(type: Ref): void {
  PyType_Modified(type);
  const dict = lookup_tp_dict(type);
  if (dict !== 0) PyDict_Clear(dict);
  Py_CLEAR(type + H.ht_module);
  Py_CLEAR(type + T.tp_mro);
}
function type_is_gc(type: Ref): boolean {
  return (i32(type + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0;
}

export const typeSpec: TypeSpec = {
  address: PyType_Type,
  name: 'type',
  basicsize: H.SIZE,
  itemsize: PyMemberDef.SIZE,
  flags:
    Py_TPFLAGS_HAVE_GC |
    Py_TPFLAGS_BASETYPE |
    Py_TPFLAGS_TYPE_SUBCLASS |
    Py_TPFLAGS_HAVE_VECTORCALL |
    Py_TPFLAGS_ITEMS_AT_END,
  doc: "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
  weaklistoffset: T.tp_weaklist,
  dictoffset: T.tp_dict,
  vectorcallOffset: T.tp_vectorcall,
  slots: {
    tp_dealloc: type_dealloc,
    tp_repr: type_repr,
    tp_call: type_call,
    tp_getattro: type_getattro,
    tp_setattro: type_setattro,
    tp_traverse: type_traverse,
    tp_clear: type_clear,
    tp_init: type_init,
    tp_new: type_new,
    tp_free: PyObject_GC_Del,
    tp_is_gc: type_is_gc,
    tp_vectorcall: type_vectorcall,
    nb_or: type_or,
  },
  methods: [
    {
      name: 'mro',
      flags: METH_NOARGS,
      fn: type_mro,
      doc: "mro($self, /)\n--\n\nReturn a type's method resolution order.",
    },
    {
      name: '__subclasses__',
      flags: METH_NOARGS,
      fn: type_subclasses,
      doc: '__subclasses__($self, /)\n--\n\nReturn a list of immediate subclasses.',
    },
    {
      name: '__prepare__',
      flags: METH_FASTCALL | METH_KEYWORDS | METH_CLASS,
      fn: type_prepare,
      doc: '__prepare__($cls, name, bases, /, **kwds)\n--\n\nCreate the namespace for the class statement',
    },
    {
      name: '__instancecheck__',
      flags: METH_O,
      fn: type_instancecheck,
      doc: '__instancecheck__($self, instance, /)\n--\n\nCheck if an object is an instance.',
    },
    {
      name: '__subclasscheck__',
      flags: METH_O,
      fn: type_subclasscheck,
      doc: '__subclasscheck__($self, subclass, /)\n--\n\nCheck if a class is a subclass.',
    },
    {
      name: '__dir__',
      flags: METH_NOARGS,
      fn: type_dir,
      doc: '__dir__($self, /)\n--\n\nSpecialized __dir__ implementation for types.',
    },
    {
      name: '__sizeof__',
      flags: METH_NOARGS,
      fn: type_sizeof,
      doc: '__sizeof__($self, /)\n--\n\nReturn memory consumption of the type object.',
    },
  ],
  members: [
    { name: '__basicsize__', type: Py_T_PYSSIZET, offset: T.tp_basicsize, flags: Py_READONLY },
    { name: '__itemsize__', type: Py_T_PYSSIZET, offset: T.tp_itemsize, flags: Py_READONLY },
    { name: '__flags__', type: Py_T_ULONG, offset: T.tp_flags, flags: Py_READONLY },
    { name: '__weakrefoffset__', type: Py_T_PYSSIZET, offset: T.tp_weaklistoffset, flags: Py_READONLY },
    { name: '__base__', type: _Py_T_OBJECT, offset: T.tp_base, flags: Py_READONLY },
    { name: '__dictoffset__', type: Py_T_PYSSIZET, offset: T.tp_dictoffset, flags: Py_READONLY },
  ],
  getset: [
    { name: '__name__', get: type_name, set: type_set_name },
    { name: '__qualname__', get: type_qualname, set: type_set_qualname },
    { name: '__bases__', get: type_get_bases, set: type_set_bases },
    { name: '__mro__', get: type_get_mro },
    { name: '__module__', get: type_module, set: type_set_module },
    { name: '__abstractmethods__', get: type_abstractmethods, set: type_set_abstractmethods },
    { name: '__dict__', get: type_dict },
    { name: '__doc__', get: type_get_doc, set: type_set_doc },
    { name: '__text_signature__', get: type_get_text_signature },
    { name: '__annotations__', get: type_get_annotations, set: type_set_annotations },
    { name: '__type_params__', get: type_get_type_params, set: type_set_type_params },
  ],
};

export * from './typealloc.ts';
export * from './typelookup.ts';
export { PyType_Ready } from './typeready.ts';
export {
  type_getattro,
  _Py_type_getattro_impl,
  PyType_GetName,
  PyType_GetQualName,
  PyType_GetFullyQualifiedName,
  _PyType_Name,
} from './typeattrs.ts';
export { _PySuper_Lookup } from './superobject.ts';
export { iternextRaising } from './typeslots.ts';
