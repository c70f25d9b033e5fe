/** types.UnionType, what `int | str` makes. Mirrors Objects/unionobject.c. +16 args +24 parameters. */
import { Py_EQ, Py_NE, Py_READONLY, Py_TPFLAGS_HAVE_GC, unionobject as U, _Py_T_OBJECT } from '@moult/abi';
import { PyObject_GC_Del, _PyObject_GC_New } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack, _PyObject_GC_TRACK } from '../gc/track.ts';
import { i32, setPtr } from '../memory/linear.ts';
import { PyNumber_Or } from './abstract.ts';
import { genericText, makeParameters, subs_parameters } from './genericaliasobject.ts';
import { hold, drop, PyType_Check, Py_CLEAR, Py_NewRef, type Ref, release } from './object.ts';
import { PyObject_GenericGetAttr, PyObject_Hash, PyObject_RichCompareBool } from './objectattr.ts';
import { PyFrozenSet_New } from './setobject.ts';
import type { GetSetSpec, TypeSpec } from './spec.ts';
import {
  Py_False,
  Py_GenericAliasType,
  Py_None,
  Py_NotImplemented,
  Py_True,
  _PyNone_Type,
  _PyTypeAlias_Type,
  _PyUnion_Type,
} from './static.ts';
import { PyTuple_New } from './tupleobject.ts';
import { PyUnicode_FromString } from './unicodeobject.ts';

export function _PyUnion_Check(op: Ref): boolean {
  return i32(op + 8) === _PyUnion_Type;
}
const item = (tuple: Ref, i: number): Ref => i32(tuple + 24 + (i << 3));

function is_unionable(op: Ref): boolean {
  const t = i32(op + 8);
  return (
    op === Py_None || PyType_Check(op) || t === Py_GenericAliasType || t === _PyTypeAlias_Type || t === _PyUnion_Type
  );
}
function same(a: Ref, b: Ref): boolean {
  const aliases = i32(a + 8) === Py_GenericAliasType && i32(b + 8) === Py_GenericAliasType;
  return aliases ? PyObject_RichCompareBool(a, b, Py_EQ) : a === b;
}
/** The members of both sides in order, each once (borrowed). */
function flatten(...sides: Ref[]): Ref[] {
  const out: Ref[] = [];
  const add = (op: Ref): void => {
    const member = op === Py_None ? _PyNone_Type : op;
    if (!out.some((known) => same(known, member))) out.push(member);
  };
  for (const side of sides) {
    if (_PyUnion_Check(side)) {
      const args = i32(side + U.args);
      for (let i = 0; i < i32(args + 16); i++) add(item(args, i));
    } else add(side);
  }
  return out;
}
function make_union(members: Ref[]): Ref {
  if (members.length === 1) return Py_NewRef(members[0] as Ref);
  const args = PyTuple_New(members.length);
  members.forEach((op, i) => {
    setPtr(args + 24 + (i << 3), Py_NewRef(op));
  });
  const m = hold(args);
  const op = _PyObject_GC_New(_PyUnion_Type);
  drop(m);
  setPtr(op + U.args, args);
  setPtr(op + U.parameters, 0);
  _PyObject_GC_TRACK(op);
  return op;
}
/** a | b of types. */
export function _Py_union_type_or(a: Ref, b: Ref): Ref {
  if (!is_unionable(a) || !is_unionable(b)) return Py_NewRef(Py_NotImplemented);
  return make_union(flatten(a, b));
}
export function type_or(a: Ref, b: Ref): Ref {
  return _Py_union_type_or(a, b);
}
/** Union of a tuple of arguments, by | from left to right. */
function unionOfArgs(args: Ref): Ref {
  let res = Py_NewRef(item(args, 0));
  for (let i = 1; i < i32(args + 16); i++) {
    const m = hold(res);
    const next = PyNumber_Or(res, item(args, i));
    release(m);
    res = next;
  }
  return res;
}

/** How a member of a union or generic alias is shown. */
export function typeText(op: Ref): string {
  return op === _PyNone_Type ? 'None' : genericText(op);
}
function union_repr(self: Ref): Ref {
  const args = i32(self + U.args);
  const parts: string[] = [];
  for (let i = 0; i < i32(args + 16); i++) parts.push(typeText(item(args, i)));
  return PyUnicode_FromString(parts.join(' | '));
}
function asSet(self: Ref): Ref {
  return PyFrozenSet_New(i32(self + U.args));
}
function union_hash(self: Ref): number {
  const m = hold(asSet(self));
  const h = PyObject_Hash(i32(m));
  release(m);
  return h;
}
function union_richcompare(a: Ref, b: Ref, op: number): Ref {
  if (!_PyUnion_Check(b) || (op !== Py_EQ && op !== Py_NE)) return Py_NewRef(Py_NotImplemented);
  const m = hold(asSet(a));
  hold(asSet(b));
  const eq = PyObject_RichCompareBool(i32(m), i32(m + 8), Py_EQ);
  release(m);
  return Py_NewRef(eq === (op === Py_EQ) ? Py_True : Py_False);
}
function parametersOf(self: Ref): Ref {
  if (i32(self + U.parameters) === 0) setPtr(self + U.parameters, makeParameters(i32(self + U.args)));
  return i32(self + U.parameters);
}
function union_parameters(self: Ref): Ref {
  return Py_NewRef(parametersOf(self));
}
function union_getitem(self: Ref, key: Ref): Ref {
  const m = hold(subs_parameters(self, i32(self + U.args), parametersOf(self), key));
  const res = unionOfArgs(i32(m));
  release(m);
  return res;
}
function union_dealloc(self: Ref): void {
  PyObject_GC_UnTrack(self);
  Py_CLEAR(self + U.args);
  Py_CLEAR(self + U.parameters);
  PyObject_GC_Del(self);
}
function union_traverse(self: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  if (i32(self + U.args) !== 0) visit(i32(self + U.args), arg);
  if (i32(self + U.parameters) !== 0) visit(i32(self + U.parameters), arg);
}
/** The members, borrowed: for isinstance and issubclass. */
export function _Py_union_args(self: Ref): Ref {
  return i32(self + U.args);
}
const getset: readonly GetSetSpec[] = [
  { name: '__parameters__', get: union_parameters, doc: 'Type variables in the types.UnionType.' },
];

export const unionSpec: TypeSpec = {
  address: _PyUnion_Type,
  name: 'types.UnionType',
  basicsize: U.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  doc: 'Represent a PEP 604 union type\n\nE.g. for int | str',
  slots: {
    tp_dealloc: union_dealloc,
    tp_repr: union_repr,
    tp_hash: union_hash,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: union_traverse,
    tp_richcompare: union_richcompare,
    nb_or: _Py_union_type_or,
    mp_subscript: union_getitem,
  },
  members: [{ name: '__args__', type: _Py_T_OBJECT, offset: U.args, flags: Py_READONLY }],
  getset,
};
