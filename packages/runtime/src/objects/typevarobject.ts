/**
 * Type parameters: TypeVar, ParamSpec, TypeVarTuple. Mirrors Objects/typevarobject.c; type aliases and Generic are in
 * typealias.ts. In CPython these are heap types; here they are static ones with the same layout and flags.
 */
import {
  METH_NOARGS,
  METH_O,
  METH_FASTCALL,
  paramspecattrobject as PA,
  paramspecobject as P,
  Py_EQ,
  Py_ID,
  Py_NE,
  Py_READONLY,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_MANAGED_DICT,
  Py_TPFLAGS_MANAGED_WEAKREF,
  Py_T_BOOL,
  typevarobject as V,
  typevartupleobject as TT,
  _Py_T_OBJECT,
  PyTypeObject,
} from '@moult/abi';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setPtr, setU8, u8 } from '../memory/linear.ts';
import { PyObject_GetItem, PyObject_GetIter } from './abstract.ts';
import { _PyArg_CheckPositional, unpackArrayAndDict, unpackTupleAndDict } from './args.ts';
import { callFunction, PyObject_CallNoArgs } from './call.ts';
import { PyDict_GetItemWithError, PyDict_SetItem } from './dictobject.ts';
import { raise } from './errors.ts';
import {
  PyObject_ClearManagedDict,
  PyObject_VisitManagedDict,
  _PyObject_MaterializeManagedDict,
} from './instancedict.ts';
import {
  drop,
  hold,
  nativeMark,
  PyUnicode_Check,
  Py_CLEAR,
  Py_NewRef,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import { PyObject_GetAttrString, PyObject_IsTrue, PyObject_Repr } from './objectattr.ts';
import { EMPTY_TUPLE } from './runtime.ts';
import type { MethodSpec, TypeSpec } from './spec.ts';
import {
  PyExc_TypeError,
  PyExc_ValueError,
  Py_False,
  Py_None,
  Py_NotImplemented,
  Py_True,
  _PyNoDefault_Type,
  _PyParamSpecArgs_Type,
  _PyParamSpecKwargs_Type,
  _PyParamSpec_Type,
  _PyTypeVarTuple_Type,
  _PyTypeVar_Type,
  _Py_NoDefaultStruct,
} from './static.ts';
import { PyTuple_Pack } from './tupleobject.ts';
import { PyType_GenericAlloc } from './typealloc.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from './unicodeobject.ts';
import { vm } from './vmlink.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';
import { PyImport_ImportModule } from './importhelp.ts';

type Visit = (op: Ref, arg: number) => void;
const FLAGS = Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_MANAGED_DICT | Py_TPFLAGS_MANAGED_WEAKREF;

/** typing.NAME(…): what is written in Python in typing.py (call_typing_func_object). */
export function callTyping(name: string, ...args: Ref[]): Ref {
  const m = nativeMark();
  hold(PyImport_ImportModule('typing'));
  hold(PyObject_GetAttrString(i32(m), name));
  const res = callFunction(i32(m + 8), ...args);
  release(m);
  return res;
}
/** `bound=`: a type, None, or whatever typing takes for one (type_check). */
function type_check(arg: Ref, message: string): Ref {
  if (arg === Py_None) return Py_NewRef(i32(Py_None + 8));
  const m = hold(PyUnicode_FromString(message));
  const res = callTyping('_type_check', arg, i32(m));
  release(m);
  return res;
}
/** The __name__ of the module whose code is running, or None (new reference). */
export function callerModule(): Ref {
  const globals = vm.PyEval_GetGlobals();
  const name = globals === 0 ? 0 : PyDict_GetItemWithError(globals, Py_ID.__name__);
  return name === 0 ? Py_NewRef(Py_None) : Py_NewRef(name);
}
export function setModule(self: Ref, module: Ref): void {
  const dict = _PyObject_MaterializeManagedDict(self);
  PyDict_SetItem(dict, Py_ID.__module__, module);
}
function setCallerModule(self: Ref): void {
  const m = hold(self);
  hold(callerModule());
  if (i32(m + 8) !== Py_None) setModule(self, i32(m + 8));
  release(m + 8);
  drop(m);
}
/** A lazily evaluated attribute: `slot` the value, `evaluate` the function that gives it. */
function lazy(self: Ref, slot: number, evaluate: number, absent: Ref): Ref {
  if (i32(self + slot) !== 0) return Py_NewRef(i32(self + slot));
  const fn = i32(self + evaluate);
  if (fn === 0) return Py_NewRef(absent);
  const value = PyObject_CallNoArgs(fn);
  setPtr(self + slot, Py_NewRef(value));
  return value;
}
function alloc(type: Ref, name: Ref): Ref {
  const self = PyType_GenericAlloc(type, 0);
  setPtr(self + V.name, Py_NewRef(name));
  return self;
}
function deallocAs(offsets: readonly number[]): (self: Ref) => void {
  return (self) => {
    PyObject_GC_UnTrack(self);
    for (const offset of offsets) Py_CLEAR(self + offset);
    PyObject_ClearManagedDict(self);
    PyObject_ClearWeakRefs(self);
    (text[i32(i32(self + 8) + PyTypeObject.tp_free)] as NativeFunction)(self);
  };
}
function traverseAs(offsets: readonly number[]): (self: Ref, visit: Visit, arg: number) => void {
  return (self, visit, arg) => {
    for (const offset of offsets) if (i32(self + offset) !== 0) visit(i32(self + offset), arg);
    PyObject_VisitManagedDict(self, visit, arg);
  };
}
function clearAs(offsets: readonly number[]): (self: Ref) => void {
  return (self) => {
    for (const offset of offsets) Py_CLEAR(self + offset);
    PyObject_ClearManagedDict(self);
  };
}
function truth(op: Ref): boolean {
  return op !== 0 && PyObject_IsTrue(op);
}
function sign(self: Ref, at: number): string {
  if (u8(self + at + 2) !== 0) return '';
  return u8(self + at) !== 0 ? '+' : u8(self + at + 1) !== 0 ? '-' : '~';
}
function reprWithSign(at: number): (self: Ref) => Ref {
  return (self) => PyUnicode_FromString(sign(self, at) + asText(i32(self + V.name)));
}
/** A | B: typing.Union. */
export function unionOr(a: Ref, b: Ref): Ref {
  return callTyping('_make_union', a, b);
}
function reduceName(self: Ref): Ref {
  return Py_NewRef(i32(self + V.name));
}
function refuseSubclass(kind: string): (self: Ref) => Ref {
  return () => raise(PyExc_TypeError, `Cannot subclass an instance of ${kind}`);
}
function hasDefault(slot: number, evaluate: number): (self: Ref) => Ref {
  return (self) => {
    const given = i32(self + evaluate) !== 0 || (i32(self + slot) !== 0 && i32(self + slot) !== _Py_NoDefaultStruct);
    return Py_NewRef(given ? Py_True : Py_False);
  };
}
function commonMethods(kind: string, slot: number, evaluate: number): MethodSpec[] {
  return [
    { name: '__reduce__', flags: METH_NOARGS, fn: reduceName, doc: '__reduce__($self, /)\n--\n\n' },
    { name: 'has_default', flags: METH_NOARGS, fn: hasDefault(slot, evaluate), doc: 'has_default($self, /)\n--\n\n' },
    { name: '__mro_entries__', flags: METH_O, fn: refuseSubclass(kind) },
  ];
}
function checkNameArg(kind: string, name: Ref): void {
  if (!PyUnicode_Check(name)) raise(PyExc_TypeError, `${kind}() argument 'name' must be str, not ${typeNameOf(name)}`);
}

// ---- TypeVar --------------------------------------------------------------------------------------------------------------------

const V_REFS = [
  V.name,
  V.bound,
  V.evaluate_bound,
  V.constraints,
  V.evaluate_constraints,
  V.default_value,
  V.evaluate_default,
] as const;

const prepareSubst =
  (fn: (self: Ref, alias: Ref, args: Ref) => Ref) =>
  (self: Ref, args: number, nargs: number): Ref => {
    _PyArg_CheckPositional('__typing_prepare_subst__', nargs, 2, 2);
    return fn(self, i32(args), i32(args + 8));
  };
function typevar_new(_type: Ref, args: Ref, kwds: Ref): Ref {
  const n = i32(args + 16);
  const m = nativeMark();
  // what follows the name goes into the tuple of constraints
  const [name, bound, def, cov, contra, infer] = unpackArrayAndDict(args + 24, Math.min(n, 1), kwds, {
    fname: 'typevar',
    keywords: ['name', 'bound', 'default', 'covariant', 'contravariant', 'infer_variance'],
    required: 1,
    kwonly: 5,
  }) as [Ref, Ref, Ref, Ref, Ref, Ref];
  checkNameArg('typevar', name);
  const [covariant, contravariant, inferred] = [truth(cov), truth(contra), truth(infer)];
  if (covariant && contravariant) raise(PyExc_ValueError, 'Bivariant types are not supported.');
  if (inferred && (covariant || contravariant))
    raise(PyExc_ValueError, 'Variance cannot be specified with infer_variance.');
  const checkedBound = bound !== 0 && bound !== Py_None ? type_check(bound, 'Bound must be a type.') : 0;
  hold(checkedBound);
  let constraints = 0;
  if (n === 2) raise(PyExc_TypeError, 'A single constraint is not allowed');
  if (n > 2) {
    if (checkedBound !== 0) raise(PyExc_TypeError, 'Constraints cannot be combined with bound=...');
    const items: Ref[] = [];
    for (let i = 1; i < n; i++) items.push(i32(args + 24 + (i << 3)));
    constraints = PyTuple_Pack(...items);
    hold(constraints);
  }
  const self = alloc(_PyTypeVar_Type, name);
  setPtr(self + V.bound, checkedBound === 0 ? 0 : Py_NewRef(checkedBound));
  setPtr(self + V.constraints, constraints === 0 ? 0 : Py_NewRef(constraints));
  setPtr(self + V.default_value, Py_NewRef(def === 0 ? _Py_NoDefaultStruct : def));
  setU8(self + V.covariant, covariant ? 1 : 0);
  setU8(self + V.contravariant, contravariant ? 1 : 0);
  setU8(self + V.infer_variance, inferred ? 1 : 0);
  release(m);
  setCallerModule(self);
  return self;
}
/** For the intrinsics: a type parameter whose bound or constraints are evaluated when asked for (0: none). */
export function _Py_make_typevar(name: Ref, evaluateBound: Ref, evaluateConstraints: Ref): Ref {
  const self = alloc(_PyTypeVar_Type, name);
  setPtr(self + V.evaluate_bound, evaluateBound === 0 ? 0 : Py_NewRef(evaluateBound));
  setPtr(self + V.evaluate_constraints, evaluateConstraints === 0 ? 0 : Py_NewRef(evaluateConstraints));
  setU8(self + V.infer_variance, 1);
  return self;
}
export const typeVarSpec: TypeSpec = {
  address: _PyTypeVar_Type,
  name: 'typing.TypeVar',
  basicsize: V.SIZE,
  flags: FLAGS,
  doc: 'Type variable.',
  slots: {
    tp_dealloc: deallocAs(V_REFS),
    tp_repr: reprWithSign(V.covariant),
    tp_traverse: traverseAs(V_REFS),
    tp_clear: clearAs(V_REFS),
    tp_new: typevar_new,
    nb_or: unionOr,
  },
  methods: [
    {
      name: '__typing_subst__',
      flags: METH_O,
      fn: (self: Ref, arg: Ref): Ref => callTyping('_typevar_subst', self, arg),
    },
    { name: '__typing_prepare_subst__', flags: METH_FASTCALL, fn: prepareSubst(typevar_prepare_subst) },
    ...commonMethods('TypeVar', V.default_value, V.evaluate_default),
  ],
  members: [
    { name: '__name__', type: _Py_T_OBJECT, offset: V.name, flags: Py_READONLY },
    { name: '__covariant__', type: Py_T_BOOL, offset: V.covariant, flags: Py_READONLY },
    { name: '__contravariant__', type: Py_T_BOOL, offset: V.contravariant, flags: Py_READONLY },
    { name: '__infer_variance__', type: Py_T_BOOL, offset: V.infer_variance, flags: Py_READONLY },
  ],
  getset: [
    { name: '__bound__', get: (self: Ref): Ref => lazy(self, V.bound, V.evaluate_bound, Py_None) },
    {
      name: '__constraints__',
      get: (self: Ref): Ref => lazy(self, V.constraints, V.evaluate_constraints, EMPTY_TUPLE),
    },
    {
      name: '__default__',
      get: (self: Ref): Ref => lazy(self, V.default_value, V.evaluate_default, _Py_NoDefaultStruct),
    },
  ],
};
/** Fills in the default where an argument is missing. */
function typevar_prepare_subst(self: Ref, alias: Ref, given: Ref): Ref {
  const m = hold(PyObject_GetAttrString(alias, '__parameters__'));
  const params = i32(m);
  let index = 0;
  while (index < i32(params + 16) && i32(params + 24 + (index << 3)) !== self) index++;
  const n = i32(given + 16);
  if (index < n) {
    release(m);
    return Py_NewRef(given);
  }
  const def = lazy(self, V.default_value, V.evaluate_default, _Py_NoDefaultStruct);
  hold(def);
  if (index > n || def === _Py_NoDefaultStruct) {
    const s = `Too few arguments for ${reprText(alias)}`;
    if (def === _Py_NoDefaultStruct) {
      release(m);
      return Py_NewRef(given);
    }
    raise(PyExc_TypeError, s);
  }
  const items: Ref[] = [];
  for (let i = 0; i < n; i++) items.push(i32(given + 24 + (i << 3)));
  items.push(def);
  const res = PyTuple_Pack(...items);
  release(m);
  return res;
}
function reprText(op: Ref): string {
  const m = hold(PyObject_Repr(op));
  const s = asText(i32(m));
  release(m);
  return s;
}

// ---- ParamSpec ------------------------------------------------------------------------------------------------------------------

const P_REFS = [P.name, P.bound, P.default_value, P.evaluate_default] as const;

function paramspec_new(_type: Ref, args: Ref, kwds: Ref): Ref {
  const [name, bound, def, cov, contra, infer] = unpackTupleAndDict(args, kwds, {
    fname: 'paramspec',
    keywords: ['name', 'bound', 'default', 'covariant', 'contravariant', 'infer_variance'],
    required: 1,
    kwonly: 5,
  }) as [Ref, Ref, Ref, Ref, Ref, Ref];
  checkNameArg('paramspec', name);
  const [covariant, contravariant, inferred] = [truth(cov), truth(contra), truth(infer)];
  if (covariant && contravariant) raise(PyExc_ValueError, 'Bivariant types are not supported.');
  if (inferred && (covariant || contravariant))
    raise(PyExc_ValueError, 'Variance cannot be specified with infer_variance.');
  const m = hold(bound !== 0 ? type_check(bound, 'Bound must be a type.') : Py_NewRef(Py_None));
  const self = alloc(_PyParamSpec_Type, name);
  setPtr(self + P.bound, Py_NewRef(i32(m)));
  setPtr(self + P.default_value, Py_NewRef(def === 0 ? _Py_NoDefaultStruct : def));
  setU8(self + P.covariant, covariant ? 1 : 0);
  setU8(self + P.contravariant, contravariant ? 1 : 0);
  setU8(self + P.infer_variance, inferred ? 1 : 0);
  release(m);
  setCallerModule(self);
  return self;
}
export function _Py_make_paramspec(name: Ref): Ref {
  const self = alloc(_PyParamSpec_Type, name);
  setU8(self + P.infer_variance, 1);
  return self;
}
function paramspecattr(type: Ref): (self: Ref) => Ref {
  return (self) => {
    const op = PyType_GenericAlloc(type, 0);
    setPtr(op + PA.__origin__, Py_NewRef(self));
    return op;
  };
}
export const paramSpecSpec: TypeSpec = {
  address: _PyParamSpec_Type,
  name: 'typing.ParamSpec',
  basicsize: P.SIZE,
  flags: FLAGS,
  doc: 'Parameter specification variable.',
  slots: {
    tp_dealloc: deallocAs(P_REFS),
    tp_repr: reprWithSign(P.covariant),
    tp_traverse: traverseAs(P_REFS),
    tp_clear: clearAs(P_REFS),
    tp_new: paramspec_new,
    nb_or: unionOr,
  },
  methods: [
    {
      name: '__typing_subst__',
      flags: METH_O,
      fn: (self: Ref, arg: Ref): Ref => callTyping('_paramspec_subst', self, arg),
    },
    {
      name: '__typing_prepare_subst__',
      flags: METH_FASTCALL,
      fn: prepareSubst((self, alias, args) => callTyping('_paramspec_prepare_subst', self, alias, args)),
    },
    ...commonMethods('ParamSpec', P.default_value, P.evaluate_default),
  ],
  members: [
    { name: '__name__', type: _Py_T_OBJECT, offset: P.name, flags: Py_READONLY },
    { name: '__bound__', type: _Py_T_OBJECT, offset: P.bound, flags: Py_READONLY },
    { name: '__covariant__', type: Py_T_BOOL, offset: P.covariant, flags: Py_READONLY },
    { name: '__contravariant__', type: Py_T_BOOL, offset: P.contravariant, flags: Py_READONLY },
    { name: '__infer_variance__', type: Py_T_BOOL, offset: P.infer_variance, flags: Py_READONLY },
  ],
  getset: [
    { name: 'args', get: paramspecattr(_PyParamSpecArgs_Type), doc: 'Represents positional arguments.' },
    { name: 'kwargs', get: paramspecattr(_PyParamSpecKwargs_Type), doc: 'Represents keyword arguments.' },
    {
      name: '__default__',
      get: (self: Ref): Ref => lazy(self, P.default_value, P.evaluate_default, _Py_NoDefaultStruct),
    },
  ],
};
const PA_REFS = [PA.__origin__] as const;
function attrSpec(address: number, name: string, word: string): TypeSpec {
  return {
    address,
    name: `typing.${name}`,
    basicsize: PA.SIZE,
    flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_MANAGED_WEAKREF,
    slots: {
      tp_dealloc: deallocPlain,
      tp_repr: (self: Ref): Ref => {
        const origin = i32(self + PA.__origin__);
        const shown = i32(origin + 8) === _PyParamSpec_Type ? asText(i32(origin + P.name)) : reprText(origin);
        return PyUnicode_FromString(`${shown}.${word}`);
      },
      tp_traverse: traversePlain,
      tp_clear: (self: Ref): void => Py_CLEAR(self + PA.__origin__),
      tp_richcompare: (a: Ref, b: Ref, op: number): Ref => {
        if (i32(a + 8) !== i32(b + 8) || (op !== Py_EQ && op !== Py_NE)) return Py_NewRef(Py_NotImplemented);
        return Py_NewRef((i32(a + PA.__origin__) === i32(b + PA.__origin__)) === (op === Py_EQ) ? Py_True : Py_False);
      },
      tp_new: (type: Ref, args: Ref, kwds: Ref): Ref => {
        const [origin] = unpackTupleAndDict(args, kwds, {
          fname: name.toLowerCase(),
          keywords: ['origin'],
          required: 1,
        }) as [Ref];
        return paramspecattr(type)(origin);
      },
    },
    methods: [{ name: '__mro_entries__', flags: METH_O, fn: refuseSubclass(name) }],
    members: [{ name: '__origin__', type: _Py_T_OBJECT, offset: PA.__origin__, flags: Py_READONLY }],
  };
}
function deallocPlain(self: Ref): void {
  PyObject_GC_UnTrack(self);
  for (const offset of PA_REFS) Py_CLEAR(self + offset);
  PyObject_ClearWeakRefs(self);
  (text[i32(i32(self + 8) + PyTypeObject.tp_free)] as NativeFunction)(self);
}
function traversePlain(self: Ref, visit: Visit, arg: number): void {
  for (const offset of PA_REFS) if (i32(self + offset) !== 0) visit(i32(self + offset), arg);
}
export const paramSpecArgsSpec: TypeSpec = attrSpec(_PyParamSpecArgs_Type, 'ParamSpecArgs', 'args');
export const paramSpecKwargsSpec: TypeSpec = attrSpec(_PyParamSpecKwargs_Type, 'ParamSpecKwargs', 'kwargs');

// ---- TypeVarTuple ---------------------------------------------------------------------------------------------------------------

const TT_REFS = [TT.name, TT.default_value, TT.evaluate_default] as const;

function typevartuple_new(_type: Ref, args: Ref, kwds: Ref): Ref {
  const [name, def] = unpackTupleAndDict(args, kwds, {
    fname: 'typevartuple',
    keywords: ['name', 'default'],
    required: 1,
    kwonly: 1,
  }) as [Ref, Ref];
  checkNameArg('typevartuple', name);
  const self = alloc(_PyTypeVarTuple_Type, name);
  setPtr(self + TT.default_value, Py_NewRef(def === 0 ? _Py_NoDefaultStruct : def));
  setCallerModule(self);
  return self;
}
export function _Py_make_typevartuple(name: Ref): Ref {
  return alloc(_PyTypeVarTuple_Type, name);
}
export const typeVarTupleSpec: TypeSpec = {
  address: _PyTypeVarTuple_Type,
  name: 'typing.TypeVarTuple',
  basicsize: TT.SIZE,
  flags: FLAGS,
  doc: 'Type variable tuple.',
  slots: {
    tp_dealloc: deallocAs(TT_REFS),
    tp_repr: (self: Ref): Ref => Py_NewRef(i32(self + TT.name)),
    tp_traverse: traverseAs(TT_REFS),
    tp_clear: clearAs(TT_REFS),
    tp_iter: typevartuple_iter,
    tp_new: typevartuple_new,
  },
  methods: [
    {
      name: '__typing_subst__',
      flags: METH_O,
      fn: (): Ref => raise(PyExc_TypeError, 'Substitution of bare TypeVarTuple is not supported'),
    },
    {
      name: '__typing_prepare_subst__',
      flags: METH_FASTCALL,
      fn: prepareSubst((self, alias, args) => callTyping('_typevartuple_prepare_subst', self, alias, args)),
    },
    ...commonMethods('TypeVarTuple', TT.default_value, TT.evaluate_default),
  ],
  members: [{ name: '__name__', type: _Py_T_OBJECT, offset: TT.name, flags: Py_READONLY }],
  getset: [
    {
      name: '__default__',
      get: (self: Ref): Ref => lazy(self, TT.default_value, TT.evaluate_default, _Py_NoDefaultStruct),
    },
  ],
};
function typevartuple_iter(self: Ref): Ref {
  const m = hold(unpack(self));
  hold(PyTuple_Pack(i32(m)));
  const it = PyObject_GetIter(i32(m + 8));
  release(m);
  return it;
}
/** typing.Unpack[op]. */
export function unpack(op: Ref): Ref {
  const m = nativeMark();
  hold(PyImport_ImportModule('typing'));
  hold(PyObject_GetAttrString(i32(m), 'Unpack'));
  const res = PyObject_GetItem(i32(m + 8), op);
  release(m);
  return res;
}

/** Sets the function that evaluates a type parameter's default; returns the parameter (new reference). */
export function _Py_set_typeparam_default(param: Ref, evaluate: Ref): Ref {
  const type = i32(param + 8);
  let slot: number;
  if (type === _PyTypeVar_Type) slot = V.evaluate_default;
  else if (type === _PyParamSpec_Type) slot = P.evaluate_default;
  else if (type === _PyTypeVarTuple_Type) slot = TT.evaluate_default;
  else return raise(PyExc_TypeError, `Expected a type param, got ${reprText(param)}`);
  Py_CLEAR(param + slot);
  setPtr(param + slot, Py_NewRef(evaluate));
  return Py_NewRef(param);
}

// ---- NoDefault ------------------------------------------------------------------------------------------------------------------

/** Writes the singleton (cold boot). */
export function initNoDefault(): void {
  setPtr(_Py_NoDefaultStruct, -1);
  setPtr(_Py_NoDefaultStruct + 8, _PyNoDefault_Type);
}
export const noDefaultSpec: TypeSpec = {
  address: _PyNoDefault_Type,
  name: 'NoDefaultType',
  basicsize: 0,
  flags: 0,
  doc: 'NoDefaultType()\n--\n\nThe type of the NoDefault singleton.',
  slots: {
    tp_dealloc: (): void => {},
    tp_repr: (): Ref => PyUnicode_FromString('typing.NoDefault'),
    tp_new: (_type: Ref, args: Ref): Ref => {
      if (i32(args + 16) > 0) raise(PyExc_TypeError, 'NoDefaultType takes no arguments');
      return _Py_NoDefaultStruct;
    },
  },
  methods: [{ name: '__reduce__', flags: METH_NOARGS, fn: (): Ref => PyUnicode_FromString('NoDefault') }],
};
export { _Py_make_typealias, _Py_subscript_generic, genericSpec, typeAliasSpec } from './typealias.ts';
