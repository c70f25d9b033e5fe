/** property. Mirrors the propertyobject part of Objects/descrobject.c. +16 get +24 set +32 del +40 doc +48 name +56 getter_doc. */
import {
  METH_FASTCALL,
  METH_O,
  propertyobject as P,
  PyTypeObject as T,
  Py_ID,
  Py_READONLY,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  _Py_T_OBJECT,
  METH_VARARGS,
} from '@moult/abi';
import { PyObject_GC_Del } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { unpackTupleAndDict } from './args.ts';
import { callFunction } from './call.ts';
import { raise, swallow } from './errors.ts';
import {
  hold,
  nativeMark,
  Py_CLEAR,
  Py_DECREF,
  Py_NewRef,
  Py_XDECREF,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import {
  PyObject_GenericGetAttr,
  PyObject_GetOptionalAttr,
  PyObject_IsTrue,
  PyObject_Repr,
  PyObject_SetAttr,
} from './objectattr.ts';
import type { TypeSpec } from './spec.ts';
import { PyExc_AttributeError, PyExc_TypeError, PyProperty_Type, Py_False, Py_None, Py_True } from './static.ts';
import { PyType_GenericAlloc, PyType_GenericNew } from './typealloc.ts';
import { type_qualname } from './typeattrs.ts';
import { asText } from './unicodeobject.ts';

/** The property's name: as __set_name__ gave it, or the getter's; 0 if there is none (new reference). */
function property_name(prop: Ref): Ref {
  const given = i32(prop + P.prop_name);
  if (given !== 0) return Py_NewRef(given);
  const get = i32(prop + P.prop_get);
  return get === 0 ? 0 : PyObject_GetOptionalAttr(get, Py_ID.__name__);
}
function refuse(self: Ref, obj: Ref, what: string): never {
  const m = nativeMark();
  const name = property_name(self);
  hold(name);
  const type = hold(type_qualname(i32(obj + 8)));
  const qual = asText(i32(type));
  if (name !== 0) {
    const r = hold(PyObject_Repr(name));
    const s = asText(i32(r));
    release(m);
    raise(PyExc_AttributeError, `property ${s} of '${qual}' object has no ${what}`);
  }
  release(m);
  raise(PyExc_AttributeError, `property of '${qual}' object has no ${what}`);
}
function property_descr_get(self: Ref, obj: Ref): Ref {
  if (obj === 0 || obj === Py_None) return Py_NewRef(self);
  const get = i32(self + P.prop_get);
  if (get === 0) refuse(self, obj, 'getter');
  return callFunction(get, obj);
}
function property_descr_set(self: Ref, obj: Ref, value: Ref): void {
  const fn = i32(self + (value === 0 ? P.prop_del : P.prop_set));
  if (fn === 0) refuse(self, obj, value === 0 ? 'deleter' : 'setter');
  Py_DECREF(value === 0 ? callFunction(fn, obj) : callFunction(fn, obj, value));
}

// ---- making ---------------------------------------------------------------------------------------------------------------

function set(self: Ref, offset: number, value: Ref): void {
  const old = i32(self + offset);
  setPtr(self + offset, value === 0 ? 0 : Py_NewRef(value));
  Py_XDECREF(old);
}
function property_init(self: Ref, args: Ref, kwds: Ref): void {
  const given = unpackTupleAndDict(args, kwds, { fname: 'property', keywords: ['fget', 'fset', 'fdel', 'doc'] });
  const [get, setter, del, docArg] = given.map((a) => (a === Py_None ? 0 : a)) as [Ref, Ref, Ref, Ref];
  set(self, P.prop_get, get);
  set(self, P.prop_set, setter);
  set(self, P.prop_del, del);
  set(self, P.prop_doc, 0);
  set(self, P.prop_name, 0);
  setI32(self + P.getter_doc, 0);
  const m = nativeMark();
  let doc = docArg === 0 ? 0 : Py_NewRef(docArg);
  if (docArg === 0 && get !== 0) {
    doc = PyObject_GetOptionalAttr(get, Py_ID.__doc__);
    if (doc === Py_None) {
      Py_DECREF(doc);
      doc = 0;
    }
    if (doc !== 0) setI32(self + P.getter_doc, 1);
  }
  hold(doc);
  if (i32(self + 8) === PyProperty_Type) set(self, P.prop_doc, doc);
  else if (doc !== 0 || docArg === 0) {
    // a subclass keeps the doc in its own dict, if it can
    const mark = nativeMark();
    try {
      PyObject_SetAttr(self, Py_ID.__doc__, doc === 0 ? Py_None : doc);
    } catch (e) {
      if (i32(self + P.getter_doc) === 0 && docArg !== 0) throw e;
      swallow(e, PyExc_AttributeError, mark);
    }
  }
  release(m);
}
/** The property with one function replaced. */
function property_copy(old: Ref, get: Ref, setter: Ref, del: Ref): Ref {
  const pick = (fresh: Ref, offset: number): Ref =>
    fresh !== 0 && fresh !== Py_None ? fresh : i32(old + offset) || Py_None;
  const fget = pick(get, P.prop_get);
  const fset = pick(setter, P.prop_set);
  const fdel = pick(del, P.prop_del);
  const doc = i32(old + P.getter_doc) !== 0 && fget !== Py_None ? Py_None : i32(old + P.prop_doc) || Py_None;
  const fresh = callFunction(i32(old + 8), fget, fset, fdel, doc);
  if (i32(fresh + 8) === PyProperty_Type) set(fresh, P.prop_name, i32(old + P.prop_name));
  return fresh;
}
function property_getter(self: Ref, get: Ref): Ref {
  return property_copy(self, get, 0, 0);
}
function property_setter(self: Ref, fn: Ref): Ref {
  return property_copy(self, 0, fn, 0);
}
function property_deleter(self: Ref, fn: Ref): Ref {
  return property_copy(self, 0, 0, fn);
}
function property_set_name(self: Ref, tuple: Ref): Ref {
  const args = tuple + 24;
  const nargs = i32(tuple + 16);
  if (nargs !== 2) raise(PyExc_TypeError, `__set_name__() takes 2 positional arguments but ${nargs} were given`);
  set(self, P.prop_name, i32(args + 8));
  return Py_NewRef(Py_None);
}

// ---- attributes -------------------------------------------------------------------------------------------------------------

function property_get__name__(self: Ref): Ref {
  const name = property_name(self);
  if (name === 0) raise(PyExc_AttributeError, `'${typeNameOf(self)}' object has no attribute '__name__'`);
  return name;
}
function property_set__name__(self: Ref, value: Ref): void {
  set(self, P.prop_name, value);
}
function property_get___isabstractmethod__(self: Ref): Ref {
  for (const offset of [P.prop_get, P.prop_set, P.prop_del]) {
    const fn = i32(self + offset);
    const flag = fn === 0 ? 0 : PyObject_GetOptionalAttr(fn, Py_ID.__isabstractmethod__);
    if (flag === 0) continue;
    const m = hold(flag);
    const truth = PyObject_IsTrue(flag);
    release(m);
    if (truth) return Py_NewRef(Py_True);
  }
  return Py_NewRef(Py_False);
}
const REFERENCES = [P.prop_get, P.prop_set, P.prop_del, P.prop_doc, P.prop_name] as const;
function property_dealloc(self: Ref): void {
  PyObject_GC_UnTrack(self);
  for (const offset of REFERENCES) Py_CLEAR(self + offset);
  (text[i32(i32(self + 8) + T.tp_free)] as NativeFunction)(self);
}
function property_traverse(self: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  for (const offset of REFERENCES) if (i32(self + offset) !== 0) visit(i32(self + offset), arg);
}
function property_clear(self: Ref): void {
  Py_CLEAR(self + P.prop_doc);
}

export const propertySpec: TypeSpec = {
  address: PyProperty_Type,
  name: 'property',
  basicsize: P.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  doc:
    'property(fget=None, fset=None, fdel=None, doc=None)\n--\n\nProperty attribute.\n\n  fget\n    function to be used for getting an attribute value\n' +
    "  fset\n    function to be used for setting an attribute value\n  fdel\n    function to be used for del'ing an attribute\n" +
    '  doc\n    docstring\n\nTypical use is to define a managed attribute x:\n\nclass C(object):\n    def getx(self): return self._x\n' +
    "    def setx(self, value): self._x = value\n    def delx(self): del self._x\n    x = property(getx, setx, delx, \"I'm the 'x' property.\")\n\n" +
    'Decorators make defining new properties or modifying existing ones easy:\n\nclass C(object):\n    @property\n    def x(self):\n' +
    '        "I am the \'x\' property."\n        return self._x\n    @x.setter\n    def x(self, value):\n        self._x = value\n' +
    '    @x.deleter\n    def x(self):\n        del self._x',
  slots: {
    tp_dealloc: property_dealloc,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: property_traverse,
    tp_clear: property_clear,
    tp_descr_get: property_descr_get,
    tp_descr_set: property_descr_set,
    tp_init: property_init,
    tp_alloc: PyType_GenericAlloc,
    tp_new: PyType_GenericNew,
    tp_free: PyObject_GC_Del,
  },
  methods: [
    {
      name: 'getter',
      flags: METH_O,
      fn: property_getter,
      doc: 'getter($self, object, /)\n--\n\nDescriptor to obtain a copy of the property with a different getter.',
    },
    {
      name: 'setter',
      flags: METH_O,
      fn: property_setter,
      doc: 'setter($self, object, /)\n--\n\nDescriptor to obtain a copy of the property with a different setter.',
    },
    {
      name: 'deleter',
      flags: METH_O,
      fn: property_deleter,
      doc: 'deleter($self, object, /)\n--\n\nDescriptor to obtain a copy of the property with a different deleter.',
    },
    {
      name: '__set_name__',
      flags: METH_VARARGS,
      fn: property_set_name,
      doc: '__set_name__($self, owner, name, /)\n--\n\nMethod to set name of a property.',
    },
  ],
  members: [
    { name: 'fget', type: _Py_T_OBJECT, offset: P.prop_get, flags: Py_READONLY },
    { name: 'fset', type: _Py_T_OBJECT, offset: P.prop_set, flags: Py_READONLY },
    { name: 'fdel', type: _Py_T_OBJECT, offset: P.prop_del, flags: Py_READONLY },
    { name: '__doc__', type: _Py_T_OBJECT, offset: P.prop_doc, flags: 0 },
  ],
  getset: [
    { name: '__name__', get: property_get__name__, set: property_set__name__ },
    { name: '__isabstractmethod__', get: property_get___isabstractmethod__ },
  ],
};
