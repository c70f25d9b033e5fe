/** TypeAliasType (`type X = …`) and the base class Generic. Mirrors the second half of Objects/typevarobject.c. */
import {
  METH_CLASS,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_VARARGS,
  Py_ID,
  Py_READONLY,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  PyObject as O,
  typealiasobject as A,
  PyFunctionObject,
  _Py_T_OBJECT,
} from '@moult/abi';
import { PyObject_GC_Del, _PyObject_GC_New } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack, _PyObject_GC_TRACK } from '../gc/track.ts';
import { i32, setPtr } from '../memory/linear.ts';
import { unpackTupleAndDict } from './args.ts';
import { PyObject_Call, PyObject_CallNoArgs } from './call.ts';
import { PyDict_Size } from './dictobject.ts';
import { raise } from './errors.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import {
  hold,
  nativeMark,
  PyTuple_Check,
  PyUnicode_Check,
  Py_CLEAR,
  Py_NewRef,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import { object_new } from './objecttype.ts';
import { PyObject_GenericGetAttr, PyObject_GetAttrString } from './objectattr.ts';
import { EMPTY_TUPLE } from './runtime.ts';
import type { TypeSpec } from './spec.ts';
import { PyExc_TypeError, PyFunction_Type, Py_None, _PyGeneric_Type, _PyTypeAlias_Type } from './static.ts';
import { PyTuple_New, PyTuple_Pack } from './tupleobject.ts';
import { PyType_GenericAlloc } from './typealloc.ts';
import { callerModule, callTyping, unionOr, unpack } from './typevarobject.ts';
import { PyUnicode_InternFromString } from './unicodeobject.ts';
import { PyImport_ImportModule } from './importhelp.ts';

/** TypeVarTuples among the parameters as Unpack[Ts]: a new tuple. */
function unpack_typevartuples(params: Ref): Ref {
  const n = i32(params + 16);
  const out = PyTuple_New(n);
  const m = hold(out);
  for (let i = 0; i < n; i++) {
    const p = i32(params + 24 + (i << 3));
    setPtr(out + 24 + (i << 3), typeNameOf(p) === 'typing.TypeVarTuple' ? unpack(p) : Py_NewRef(p));
  }
  Py_NewRef(out);
  release(m);
  return out;
}

// ---- type aliases -----------------------------------------------------------------------------------------------------------------

const REFERENCES = [A.name, A.type_params, A.compute_value, A.value, A.module] as const;

function alloc(name: Ref, params: Ref, compute: Ref, value: Ref, module: Ref): Ref {
  const op = _PyObject_GC_New(_PyTypeAlias_Type);
  const put = (offset: number, ref: Ref): void => setPtr(op + offset, ref === 0 ? 0 : Py_NewRef(ref));
  put(A.name, name);
  put(A.type_params, params !== 0 && PyTuple_Check(params) && i32(params + 16) > 0 ? params : 0);
  put(A.compute_value, compute);
  put(A.value, value);
  put(A.module, module);
  _PyObject_GC_TRACK(op);
  return op;
}
/** From the intrinsic's tuple (name, type parameters, function that computes the value). */
export function _Py_make_typealias(args: Ref): Ref {
  const params = i32(args + 32);
  return alloc(i32(args + 24), params === Py_None ? 0 : params, i32(args + 40), 0, 0);
}
function typealias_new(_type: Ref, args: Ref, kwds: Ref): Ref {
  const [name, value, params] = unpackTupleAndDict(args, kwds, {
    fname: 'typealias',
    keywords: ['name', 'value', 'type_params'],
    required: 2,
    kwonly: 1,
  }) as [Ref, Ref, Ref];
  if (!PyUnicode_Check(name))
    raise(PyExc_TypeError, `typealias() argument 'name' must be str, not ${typeNameOf(name)}`);
  if (params !== 0 && !PyTuple_Check(params)) raise(PyExc_TypeError, 'type_params must be a tuple');
  const m = hold(callerModule());
  const op = alloc(name, params, 0, value, i32(m) === Py_None ? 0 : i32(m));
  release(m);
  return op;
}
function typealias_value(self: Ref): Ref {
  if (i32(self + A.value) === 0) {
    const value = PyObject_CallNoArgs(i32(self + A.compute_value));
    setPtr(self + A.value, value);
  }
  return Py_NewRef(i32(self + A.value));
}
function typealias_type_params(self: Ref): Ref {
  const params = i32(self + A.type_params);
  return Py_NewRef(params === 0 ? EMPTY_TUPLE : params);
}
function typealias_parameters(self: Ref): Ref {
  const params = i32(self + A.type_params);
  return params === 0 ? Py_NewRef(EMPTY_TUPLE) : unpack_typevartuples(params);
}
function typealias_module(self: Ref): Ref {
  if (i32(self + A.module) !== 0) return Py_NewRef(i32(self + A.module));
  const compute = i32(self + A.compute_value);
  const module =
    compute !== 0 && i32(compute + 8) === PyFunction_Type ? i32(compute + PyFunctionObject.func_module) : 0;
  return module === 0 ? Py_NewRef(Py_None) : Py_NewRef(module);
}
function typealias_subscript(self: Ref, args: Ref): Ref {
  if (i32(self + A.type_params) === 0) raise(PyExc_TypeError, 'Only generic type aliases are subscriptable');
  return Py_GenericAlias(self, args);
}
function typealias_dealloc(self: Ref): void {
  PyObject_GC_UnTrack(self);
  for (const offset of REFERENCES) Py_CLEAR(self + offset);
  PyObject_GC_Del(self);
}
function typealias_traverse(self: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  for (const offset of REFERENCES) if (i32(self + offset) !== 0) visit(i32(self + offset), arg);
}
function typealias_clear(self: Ref): void {
  for (const offset of REFERENCES) if (offset !== A.name) Py_CLEAR(self + offset);
}
export const typeAliasSpec: TypeSpec = {
  address: _PyTypeAlias_Type,
  name: 'typing.TypeAliasType',
  basicsize: A.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  doc: 'Type alias.',
  slots: {
    tp_dealloc: typealias_dealloc,
    tp_repr: (self: Ref): Ref => Py_NewRef(i32(self + A.name)),
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: typealias_traverse,
    tp_clear: typealias_clear,
    tp_alloc: PyType_GenericAlloc,
    tp_new: typealias_new,
    tp_free: PyObject_GC_Del,
    nb_or: unionOr,
    mp_subscript: typealias_subscript,
  },
  methods: [
    {
      name: '__reduce__',
      flags: METH_NOARGS,
      fn: (self: Ref): Ref => Py_NewRef(i32(self + A.name)),
      doc: '__reduce__($self, /)\n--\n\n',
    },
  ],
  members: [{ name: '__name__', type: _Py_T_OBJECT, offset: A.name, flags: Py_READONLY }],
  getset: [
    { name: '__parameters__', get: typealias_parameters },
    { name: '__type_params__', get: typealias_type_params },
    { name: '__value__', get: typealias_value },
    { name: '__module__', get: typealias_module },
  ],
};

function generic_dealloc(self: Ref): void {
  PyObject_GC_UnTrack(self);
  PyObject_GC_Del(self);
}

// ---- Generic ------------------------------------------------------------------------------------------------------------------------

function generic_class_getitem(cls: Ref, args: Ref, kwds: Ref): Ref {
  return forward('_generic_class_getitem', cls, args, kwds);
}
function generic_init_subclass(cls: Ref, args: Ref, kwds: Ref): Ref {
  return forward('_generic_init_subclass', cls, args, kwds);
}
/** typing.NAME(cls, *args, **kwds). */
function forward(name: string, cls: Ref, args: Ref, kwds: Ref): Ref {
  const m = nativeMark();
  hold(PyImport_ImportModule('typing'));
  hold(PyObject_GetAttrString(i32(m), name));
  const n = i32(args + 16);
  const all = PyTuple_New(n + 1);
  setPtr(all + 24, Py_NewRef(cls));
  for (let i = 0; i < n; i++) setPtr(all + 32 + (i << 3), Py_NewRef(i32(args + 24 + (i << 3))));
  hold(all);
  const res = PyObject_Call(i32(m + 8), all, kwds !== 0 && PyDict_Size(kwds) > 0 ? kwds : 0);
  release(m);
  return res;
}
/** Generic[params], the base that a class with type parameters gets. */
export function _Py_subscript_generic(params: Ref): Ref {
  const m = hold(unpack_typevartuples(params));
  const res = callTyping('_GenericAlias', _PyGeneric_Type, i32(m));
  release(m);
  return res;
}
export const genericSpec: TypeSpec = {
  address: _PyGeneric_Type,
  name: 'typing.Generic',
  basicsize: O.SIZE,
  flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
  doc:
    'Abstract base class for generic types\n\nOn Python 3.12 and newer, generic classes implicitly inherit from\nGeneric when they declare a parameter list ' +
    "after the class's name::\n\n    class Mapping[KT, VT]:\n        def __getitem__(self, key: KT) -> VT:\n            ...\n            # Etc.\n\n" +
    'On older versions of Python, however, generic classes have to\nexplicitly inherit from Generic.\n\nAfter a class has been declared to be generic, it can then be used as\nfollows::\n\n' +
    '    def lookup_name[KT, VT](mapping: Mapping[KT, VT], key: KT, default: VT) -> VT:\n        try:\n            return mapping[key]\n        except KeyError:\n            return default\n',
  slots: {
    tp_dealloc: generic_dealloc,
    tp_traverse: (): void => {},
    tp_alloc: PyType_GenericAlloc,
    tp_free: PyObject_GC_Del,
    tp_new: object_new,
  },
  methods: [
    {
      name: '__class_getitem__',
      flags: METH_VARARGS | METH_KEYWORDS | METH_CLASS,
      fn: generic_class_getitem,
      doc: 'Parameterizes a generic class.',
    },
    {
      name: '__init_subclass__',
      flags: METH_VARARGS | METH_KEYWORDS | METH_CLASS,
      fn: generic_init_subclass,
      doc: 'Function to initialize subclasses.',
    },
  ],
};
