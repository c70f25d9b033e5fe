/** The module `_functools`: partial, reduce, cmp_to_key; lru_cache is that of Lib/functools.py. Mirrors Modules/_functoolsmodule.c. */
import {
  METH_CLASS,
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_O,
  Py_ID,
  Py_READONLY,
  _Py_T_OBJECT,
  METH_VARARGS,
} from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { unpackKeywords, unpackTupleAndDict } from '../objects/args.ts';
import { callFunction, PyObject_Call } from '../objects/call.ts';
import { PyDict_Copy, PyDict_Update } from '../objects/dictmerge.ts';
import { PyDict_New, PyDict_Next, PyDict_SetItemString, PyDict_Size } from '../objects/dictobject.ts';
import { raise } from '../objects/errors.ts';
import { Py_GenericAlias } from '../objects/genericaliasobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import {
  drop,
  hold,
  PyDict_Check,
  PyObject_TypeCheck,
  PyTuple_Check,
  Py_DECREF,
  Py_NewRef,
  type Ref,
  release,
} from '../objects/object.ts';
import {
  PyCallable_Check,
  PyObject_GenericGetDict,
  PyObject_GenericSetAttr,
  PyObject_GenericSetDict,
  PyObject_GetAttr,
  PyObject_HashNotImplemented,
  PyObject_Repr,
  PyObject_RichCompare,
  PyObject_Str,
} from '../objects/objectattr.ts';
import { Py_ReprEnter, Py_ReprLeave } from '../objects/reprguard.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { PyExc_TypeError, Py_None } from '../objects/static.ts';
import { PyTuple_GetSlice } from '../objects/tuplemethods.ts';
import { PyTuple_New, tupleSteal, buildTuple } from '../objects/tupleobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { asText, PyUnicode_FromString } from '../objects/unicodeobject.ts';
import { none } from './builtinfuncs.ts';
import { functools_reduce } from './functoolsreduce.ts';
import { make } from './itertoolsbasic.ts';
import { record, REF } from './records.ts';
import type { ModuleSpec } from './spec.ts';
import { CmpToKey_Type, Partial_Type } from './types.ts';

const FUNC = REF(0);
const ARGS = REF(1);
const KW = REF(2);

function concat(a: Ref, b: Ref): Ref {
  const n = i32(a + 16);
  const k = i32(b + 16);
  const t = PyTuple_New(n + k);
  for (let i = 0; i < n; i++) setPtr(t + 24 + (i << 3), Py_NewRef(i32(a + 24 + (i << 3))));
  for (let i = 0; i < k; i++) setPtr(t + 24 + ((n + i) << 3), Py_NewRef(i32(b + 24 + (i << 3))));
  return t;
}
function partial_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const n = i32(args + 16);
  if (n < 1) raise(PyExc_TypeError, "type 'partial' takes at least one argument");
  let func = i32(args + 24);
  const m = hold(PyTuple_GetSlice(args, 1, n));
  let kw = 0;
  // a partial of a plain partial becomes one
  if (i32(func + 8) === Partial_Type && type === Partial_Type && plainDict(func)) {
    hold(concat(i32(func + ARGS), i32(m)));
    kw = PyDict_Copy(i32(func + KW));
    hold(kw);
    if (kwds !== 0) PyDict_Update(kw, kwds);
    const all = i32(m + 8);
    func = i32(func + FUNC);
    const op = make(type, Py_NewRef(func), Py_NewRef(all), Py_NewRef(kw));
    release(m);
    return op;
  }
  if (!PyCallable_Check(func)) raise(PyExc_TypeError, 'the first argument must be callable');
  kw = kwds === 0 ? PyDict_New() : PyDict_Copy(kwds);
  drop(m);
  return make(type, Py_NewRef(func), i32(m), kw);
}
const DICT = REF(3);
const plainDict = (p: Ref): boolean => i32(p + DICT) === 0;
function partial_call(self: Ref, args: Ref, kwds: Ref): Ref {
  const m = hold(concat(i32(self + ARGS), args));
  let kw = 0;
  if (PyDict_Size(i32(self + KW)) > 0) {
    kw = PyDict_Copy(i32(self + KW));
    hold(kw);
    if (kwds !== 0) PyDict_Update(kw, kwds);
  } else kw = kwds;
  const func = hold(Py_NewRef(i32(self + FUNC)));
  const res = PyObject_Call(i32(func), i32(m), kw);
  release(m);
  return res;
}
function textOf(op: Ref): string {
  const m = hold(op);
  const s = asText(op);
  release(m);
  return s;
}
function partial_repr(self: Ref): Ref {
  if (Py_ReprEnter(self)) return PyUnicode_FromString('...');
  const parts = [textOf(PyObject_Repr(i32(self + FUNC)))];
  const args = i32(self + ARGS);
  for (let i = 0; i < i32(args + 16); i++) parts.push(textOf(PyObject_Repr(i32(args + 24 + (i << 3)))));
  const pos = { i: 0, key: 0, value: 0 };
  while (PyDict_Next(i32(self + KW), pos))
    parts.push(`${textOf(PyObject_Str(pos.key))}=${textOf(PyObject_Repr(pos.value))}`);
  const type = i32(self + 8);
  const name = `${textOf(PyObject_GetAttr(type, Py_ID.__module__))}.${textOf(PyObject_GetAttr(type, Py_ID.__qualname__))}`;
  Py_ReprLeave(self);
  return PyUnicode_FromString(`${name}(${parts.join(', ')})`);
}
function partial_reduce(self: Ref): Ref {
  const dict = i32(self + DICT);
  return buildTuple(
    () => Py_NewRef(i32(self + 8)),
    () => tupleSteal(Py_NewRef(i32(self + FUNC))),
    () =>
      tupleSteal(
        Py_NewRef(i32(self + FUNC)),
        Py_NewRef(i32(self + ARGS)),
        Py_NewRef(i32(self + KW)),
        dict === 0 ? none() : Py_NewRef(dict),
      ),
  );
}
function partial_setstate(self: Ref, state: Ref): Ref {
  const item = (i: number): Ref => i32(state + 24 + (i << 3));
  if (
    !PyTuple_Check(state) ||
    i32(state + 16) !== 4 ||
    !PyCallable_Check(item(0)) ||
    !PyTuple_Check(item(1)) ||
    (item(2) !== Py_None && !PyDict_Check(item(2)))
  ) {
    raise(PyExc_TypeError, 'invalid partial state');
  }
  const put = (slot: number, value: Ref): void => {
    const old = i32(self + slot);
    setPtr(self + slot, value);
    if (old !== 0) Py_DECREF(old);
  };
  put(FUNC, Py_NewRef(item(0)));
  put(ARGS, Py_NewRef(item(1)));
  put(KW, item(2) === Py_None ? PyDict_New() : Py_NewRef(item(2)));
  put(DICT, item(3) === Py_None ? 0 : Py_NewRef(item(3)));
  return none();
}

/** cmp_to_key: A the comparison, B the wrapped object. */
function cmp_to_key(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [cmp] = unpackKeywords(args, nargs, kwnames, { fname: 'cmp_to_key', keywords: ['mycmp'], required: 1 }) as [
    Ref,
  ];
  return make(CmpToKey_Type, Py_NewRef(cmp), 0);
}
function keyobject_call(self: Ref, args: Ref, kwds: Ref): Ref {
  const [obj] = unpackTupleAndDict(args, kwds, { fname: 'K', keywords: ['obj'], required: 1 }) as [Ref];
  return make(CmpToKey_Type, Py_NewRef(i32(self + FUNC)), Py_NewRef(obj));
}
function keyobject_richcompare(a: Ref, b: Ref, op: number): Ref {
  if (!PyObject_TypeCheck(b, CmpToKey_Type)) raise(PyExc_TypeError, 'other argument must be K instance');
  const x = i32(a + ARGS);
  const y = i32(b + ARGS);
  if (x === 0 || y === 0) raise(PyExc_AttributeError, 'object');
  const m = hold(callFunction(i32(a + FUNC), x, y));
  const zero = hold(PyLong_FromLong(0));
  const res = PyObject_RichCompare(i32(m), i32(zero), op);
  release(m);
  return res;
}
import { PyExc_AttributeError } from '../objects/static.ts';
export const functoolsTypes: readonly TypeSpec[] = [
  record({
    address: Partial_Type,
    name: 'functools.partial',
    refs: 3,
    dict: true,
    weak: true,
    doc: 'partial(func, *args, **keywords) - new function with partial application\n    of the given arguments and keywords.\n',
    slots: { tp_new: partial_new, tp_call: partial_call, tp_repr: partial_repr, tp_setattro: PyObject_GenericSetAttr },
    methods: [
      { name: '__reduce__', flags: METH_NOARGS, fn: partial_reduce },
      { name: '__setstate__', flags: METH_O, fn: partial_setstate },
      { name: '__class_getitem__', flags: METH_O | METH_CLASS, fn: Py_GenericAlias },
    ],
    members: [
      { name: 'func', type: _Py_T_OBJECT, offset: FUNC, flags: Py_READONLY },
      { name: 'args', type: _Py_T_OBJECT, offset: ARGS, flags: Py_READONLY },
      { name: 'keywords', type: _Py_T_OBJECT, offset: KW, flags: Py_READONLY },
    ],
    getset: [{ name: '__dict__', get: PyObject_GenericGetDict, set: PyObject_GenericSetDict }],
  }),
  record({
    address: CmpToKey_Type,
    name: 'functools.KeyWrapper',
    refs: 2,
    base: false,
    slots: { tp_call: keyobject_call, tp_richcompare: keyobject_richcompare, tp_hash: PyObject_HashNotImplemented },
    members: [{ name: 'obj', type: _Py_T_OBJECT, offset: ARGS, flags: 0 }],
  }),
];
export const functoolsSpec: ModuleSpec = {
  name: '_functools',
  doc: 'Tools that operate on functions.',
  methods: [
    { name: 'reduce', flags: METH_VARARGS, fn: functools_reduce },
    { name: 'cmp_to_key', flags: METH_FASTCALL | METH_KEYWORDS, fn: cmp_to_key },
  ],
  exec(module: Ref): void {
    PyDict_SetItemString(PyModule_GetDict(module), 'partial', Partial_Type);
  },
};
