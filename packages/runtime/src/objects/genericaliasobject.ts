/** types.GenericAlias, what `list[int]` makes. Mirrors Objects/genericaliasobject.c. +16 origin +24 args +32 parameters +40 weakrefs +48 starred. */
import {
  gaiterobject as GI,
  gaobject as G,
  METH_NOARGS,
  METH_O,
  PyTypeObject as T,
  Py_EQ,
  Py_ID,
  Py_NE,
  Py_READONLY,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_HAVE_VECTORCALL,
  Py_T_BOOL,
  _Py_T_OBJECT,
} from '@moult/abi';
import { PyObject_GC_Del, _PyObject_GC_New } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack, _PyObject_GC_TRACK } from '../gc/track.ts';
import { HASH_HI, i32, setI32, setPtr, setU8, u8 } from '../memory/linear.ts';
import { fnptr, type NativeFunction, text } from '../memory/text.ts';
import { PySequence_Contains } from './abstract.ts';
import { _PyArg_CheckPositional, _PyArg_NoKeywords } from './args.ts';
import { PyObject_Vectorcall, PyVectorcall_Call } from './call.ts';
import { catchPending, PyErr_Clear, PyErr_ExceptionMatches, raise } from './errors.ts';
import { makeParameters, subs_parameters } from './genericsubs.ts';
import { PyList_Append, PyList_Sort } from './listobject.ts';
import {
  drop,
  hold,
  nativeMark,
  PyTuple_Check,
  PyType_Check,
  Py_CLEAR,
  Py_DECREF,
  Py_NewRef,
  type Ref,
  release,
} from './object.ts';
import {
  PyObject_Dir,
  PyObject_GenericGetAttr,
  PyObject_GetAttr,
  PyObject_GetOptionalAttr,
  PyObject_Hash,
  PyObject_Repr,
  PyObject_RichCompareBool,
  PyObject_SetAttr,
} from './objectattr.ts';
import { getBuiltinAttr } from './reducehelp.ts';
import { EMPTY_TUPLE } from './runtime.ts';
import type { TypeSpec } from './spec.ts';
import {
  PyExc_AttributeError,
  PyExc_TypeError,
  PyTuple_Type,
  Py_Ellipsis,
  Py_False,
  Py_GenericAliasType,
  Py_None,
  Py_NotImplemented,
  Py_True,
  _Py_GenericAliasIterType,
} from './static.ts';
import { PyTuple_Pack } from './tupleobject.ts';
import { typeAlloc } from './typealloc.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from './unicodeobject.ts';
import { _Py_union_type_or } from './unionobject.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

export { makeParameters, subs_parameters } from './genericsubs.ts';

// ---- making -------------------------------------------------------------------------------------------------------------------

function setup(op: Ref, origin: Ref, args: Ref): void {
  setPtr(op + G.origin, Py_NewRef(origin));
  setPtr(op + G.args, 0);
  setPtr(op + G.parameters, 0);
  setPtr(op + G.weakreflist, 0);
  setU8(op + G.starred, 0);
  setPtr(op + G.vectorcall, fnptr(ga_vectorcall));
  const m = hold(op);
  setPtr(op + G.args, PyTuple_Check(args) ? Py_NewRef(args) : PyTuple_Pack(args));
  drop(m);
}
/** origin[args]; also the `__class_getitem__` of built-in types. */
export function Py_GenericAlias(origin: Ref, args: Ref): Ref {
  const op = typeAlloc(Py_GenericAliasType, 0);
  setup(op, origin, args);
  return op;
}
export function linkGenericAlias(): void {
  fnptr(ga_vectorcall);
}
function ga_new(type: Ref, args: Ref, kwds: Ref): Ref {
  _PyArg_NoKeywords('GenericAlias', kwds);
  _PyArg_CheckPositional('GenericAlias', i32(args + 16), 2, 2);
  const op = typeAlloc(type, 0);
  setup(op, i32(args + 24), i32(args + 32));
  return op;
}
function ga_vectorcall(self: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const obj = PyObject_Vectorcall(i32(self + G.origin), args, nargs, kwnames);
  const m = hold(obj);
  const mark = nativeMark();
  try {
    PyObject_SetAttr(obj, Py_ID.__orig_class__, self);
  } catch (e) {
    catchPending(e, mark);
    if (!PyErr_ExceptionMatches(PyExc_AttributeError) && !PyErr_ExceptionMatches(PyExc_TypeError)) throw e;
    PyErr_Clear();
  }
  drop(m);
  return obj;
}

// ---- text -----------------------------------------------------------------------------------------------------------------------

function attrText(op: Ref, name: Ref): string | null {
  const value = PyObject_GetOptionalAttr(op, name);
  if (value === 0) return null;
  const m = hold(value);
  const s = value === Py_None ? null : asText(value);
  release(m);
  return s;
}
/** A member: types by their qualified name, `...`, anything else by its repr (ga_repr_item). */
export function genericText(op: Ref): string {
  if (op === Py_Ellipsis) return '...';
  const t = i32(op + 8);
  const generic = hasAttr(op, Py_ID.__origin__) && hasAttr(op, Py_ID.__args__);
  if (!generic) {
    const qualname = t === 0 ? null : attrTextIfType(op, Py_ID.__qualname__);
    const module = qualname === null ? null : attrText(op, Py_ID.__module__);
    if (qualname !== null && module !== null) return module === 'builtins' ? qualname : `${module}.${qualname}`;
  }
  const m = hold(PyObject_Repr(op));
  const s = asText(i32(m));
  release(m);
  return s;
}
function hasAttr(op: Ref, name: Ref): boolean {
  const value = PyObject_GetOptionalAttr(op, name);
  if (value === 0) return false;
  Py_DECREF(value);
  return true;
}
function attrTextIfType(op: Ref, name: Ref): string | null {
  const value = PyObject_GetOptionalAttr(op, name);
  if (value === 0) return null;
  const m = hold(value);
  const str = (i32(i32(value + 8) + T.tp_flags) & (1 << 28)) !== 0;
  const s = str ? asText(value) : null;
  release(m);
  return s;
}
function ga_repr(self: Ref): Ref {
  const args = i32(self + G.args);
  const n = i32(args + 16);
  const parts: string[] = [];
  for (let i = 0; i < n; i++) {
    const arg = i32(args + 24 + (i << 3));
    parts.push((i32(i32(arg + 8) + T.tp_flags) & (1 << 25)) !== 0 ? listText(arg) : genericText(arg));
  }
  const star = u8(self + G.starred) !== 0 ? '*' : '';
  return PyUnicode_FromString(`${star}${genericText(i32(self + G.origin))}[${n === 0 ? '()' : parts.join(', ')}]`);
}
function listText(list: Ref): string {
  const parts: string[] = [];
  for (let i = 0; i < i32(list + 16); i++) parts.push(genericText(i32(i32(list + 24) + (i << 3))));
  return `[${parts.join(', ')}]`;
}

// ---- the protocol ---------------------------------------------------------------------------------------------------------------

function parametersOf(self: Ref): Ref {
  if (i32(self + G.parameters) === 0) setPtr(self + G.parameters, makeParameters(i32(self + G.args)));
  return i32(self + G.parameters);
}
function ga_parameters(self: Ref): Ref {
  return Py_NewRef(parametersOf(self));
}
function ga_getitem(self: Ref, key: Ref): Ref {
  const m = hold(subs_parameters(self, i32(self + G.args), parametersOf(self), key));
  const res = Py_GenericAlias(i32(self + G.origin), i32(m));
  setU8(res + G.starred, u8(self + G.starred));
  release(m);
  return res;
}
function ga_hash(self: Ref): number {
  const lo = PyObject_Hash(i32(self + G.origin));
  const hi = i32(HASH_HI);
  const alo = PyObject_Hash(i32(self + G.args));
  setI32(HASH_HI, hi ^ i32(HASH_HI));
  return lo ^ alo;
}
function isAlias(op: Ref): boolean {
  return (
    i32(op + 8) === Py_GenericAliasType || (PyType_Check(i32(op + 8)) && text[i32(i32(op + 8) + T.tp_repr)] === ga_repr)
  );
}
function ga_richcompare(a: Ref, b: Ref, op: number): Ref {
  if (!isAlias(b) || (op !== Py_EQ && op !== Py_NE)) return Py_NewRef(Py_NotImplemented);
  const eq =
    u8(a + G.starred) === u8(b + G.starred) &&
    PyObject_RichCompareBool(i32(a + G.origin), i32(b + G.origin), Py_EQ) &&
    PyObject_RichCompareBool(i32(a + G.args), i32(b + G.args), Py_EQ);
  return Py_NewRef(eq === (op === Py_EQ) ? Py_True : Py_False);
}
function ownAttributes(): readonly string[] {
  return [
    '__class__',
    '__origin__',
    '__args__',
    '__unpacked__',
    '__parameters__',
    '__typing_unpacked_tuple_args__',
    '__mro_entries__',
    '__reduce_ex__',
    '__reduce__',
    '__copy__',
    '__deepcopy__',
  ];
}
function blockedAttributes(): readonly string[] {
  return ['__bases__', '__copy__', '__deepcopy__'];
}
/** Most attributes are the origin's. */
function ga_getattro(self: Ref, name: Ref): Ref {
  if ((i32(i32(name + 8) + T.tp_flags) & (1 << 28)) !== 0) {
    const s = asText(name);
    if (!blockedAttributes().includes(s) && !ownAttributes().includes(s))
      return PyObject_GetAttr(i32(self + G.origin), name);
  }
  return PyObject_GenericGetAttr(self, name);
}
function ga_mro_entries(self: Ref): Ref {
  return PyTuple_Pack(i32(self + G.origin));
}
function ga_instancecheck(): never {
  raise(PyExc_TypeError, 'isinstance() argument 2 cannot be a parameterized generic');
}
function ga_subclasscheck(): never {
  raise(PyExc_TypeError, 'issubclass() argument 2 cannot be a parameterized generic');
}
function ga_reduce(self: Ref): Ref {
  if (u8(self + G.starred) === 0) {
    const m = hold(PyTuple_Pack(i32(self + G.origin), i32(self + G.args)));
    const res = PyTuple_Pack(Py_GenericAliasType, i32(m));
    release(m);
    return res;
  }
  const m = hold(Py_GenericAlias(i32(self + G.origin), i32(self + G.args)));
  hold(ga_iter(i32(m)));
  hold(PyTuple_Pack(i32(m + 8)));
  hold(getBuiltinAttr('next'));
  const res = PyTuple_Pack(i32(m + 24), i32(m + 16));
  release(m);
  return res;
}
function ga_dir(self: Ref): Ref {
  const list = PyObject_Dir(i32(self + G.origin));
  const m = hold(list);
  for (const name of [...ownAttributes(), '__bases__']) {
    const mn = hold(PyUnicode_InternFromString(name));
    if (!PySequence_Contains(list, i32(mn))) PyList_Append(list, i32(mn));
    release(mn);
  }
  PyList_Sort(list);
  drop(m);
  return list;
}
function ga_unpacked_tuple_args(self: Ref): Ref {
  return Py_NewRef(u8(self + G.starred) !== 0 && i32(self + G.origin) === PyTuple_Type ? i32(self + G.args) : Py_None);
}
const REFERENCES = [G.origin, G.args, G.parameters] as const;
function ga_dealloc(self: Ref): void {
  PyObject_GC_UnTrack(self);
  if (i32(self + G.weakreflist) !== 0) PyObject_ClearWeakRefs(self);
  for (const offset of REFERENCES) Py_CLEAR(self + offset);
  (text[i32(i32(self + 8) + T.tp_free)] as NativeFunction)(self);
}
function ga_traverse(self: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  for (const offset of REFERENCES) if (i32(self + offset) !== 0) visit(i32(self + offset), arg);
}

// ---- unpacking: *list[int] --------------------------------------------------------------------------------------------------------

function ga_iter(self: Ref): Ref {
  const it = _PyObject_GC_New(_Py_GenericAliasIterType);
  setPtr(it + GI.obj, Py_NewRef(self));
  _PyObject_GC_TRACK(it);
  return it;
}
function ga_iternext(it: Ref): Ref {
  const alias = i32(it + GI.obj);
  if (alias === 0) return 0;
  const starred = Py_GenericAlias(i32(alias + G.origin), i32(alias + G.args));
  setU8(starred + G.starred, 1);
  Py_CLEAR(it + GI.obj);
  return starred;
}
function ga_iter_dealloc(it: Ref): void {
  PyObject_GC_UnTrack(it);
  Py_CLEAR(it + GI.obj);
  PyObject_GC_Del(it);
}
function ga_iter_traverse(it: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  if (i32(it + GI.obj) !== 0) visit(i32(it + GI.obj), arg);
}
function ga_iter_clear(it: Ref): void {
  Py_CLEAR(it + GI.obj);
}
function ga_iter_reduce(it: Ref): Ref {
  const m = hold(getBuiltinAttr('iter'));
  const alias = i32(it + GI.obj);
  hold(PyTuple_Pack(alias !== 0 ? alias : EMPTY_TUPLE));
  const res = PyTuple_Pack(i32(m), i32(m + 8));
  release(m);
  return res;
}

export const genericAliasSpec: TypeSpec = {
  address: Py_GenericAliasType,
  name: 'types.GenericAlias',
  basicsize: G.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_VECTORCALL,
  weaklistoffset: G.weakreflist,
  vectorcallOffset: G.vectorcall,
  doc: 'GenericAlias(origin, args, /)\n--\n\nRepresent a PEP 585 generic type\n\nE.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).',
  slots: {
    tp_dealloc: ga_dealloc,
    tp_repr: ga_repr,
    tp_hash: ga_hash,
    tp_call: PyVectorcall_Call,
    tp_getattro: ga_getattro,
    tp_traverse: ga_traverse,
    tp_richcompare: ga_richcompare,
    tp_iter: ga_iter,
    tp_new: ga_new,
    tp_free: PyObject_GC_Del,
    nb_or: _Py_union_type_or,
    mp_subscript: ga_getitem,
  },
  methods: [
    { name: '__mro_entries__', flags: METH_O, fn: ga_mro_entries },
    { name: '__instancecheck__', flags: METH_O, fn: ga_instancecheck },
    { name: '__subclasscheck__', flags: METH_O, fn: ga_subclasscheck },
    { name: '__reduce__', flags: METH_NOARGS, fn: ga_reduce },
    { name: '__dir__', flags: METH_NOARGS, fn: ga_dir },
  ],
  members: [
    { name: '__origin__', type: _Py_T_OBJECT, offset: G.origin, flags: Py_READONLY },
    { name: '__args__', type: _Py_T_OBJECT, offset: G.args, flags: Py_READONLY },
    { name: '__unpacked__', type: Py_T_BOOL, offset: G.starred, flags: Py_READONLY },
  ],
  getset: [
    { name: '__parameters__', get: ga_parameters, doc: 'Type variables in the GenericAlias.' },
    { name: '__typing_unpacked_tuple_args__', get: ga_unpacked_tuple_args },
  ],
};
export const genericAliasIterSpec: TypeSpec = {
  address: _Py_GenericAliasIterType,
  name: 'generic_alias_iterator',
  basicsize: GI.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: ga_iter_dealloc,
    tp_traverse: ga_iter_traverse,
    tp_clear: ga_iter_clear,
    tp_iter: (it: Ref): Ref => Py_NewRef(it),
    tp_iternext: ga_iternext,
  },
  methods: [{ name: '__reduce__', flags: METH_NOARGS, fn: ga_iter_reduce }],
};
