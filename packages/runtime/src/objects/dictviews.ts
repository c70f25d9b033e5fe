/** dict.keys(), dict.values(), dict.items(). Mirrors the view part of Objects/dictobject.c. */
import {
  _PyDictViewObject,
  METH_NOARGS,
  METH_O,
  Py_EQ,
  Py_GE,
  Py_GT,
  Py_ID,
  Py_LE,
  Py_LT,
  Py_NE,
  Py_TPFLAGS_HAVE_GC,
  PyDictObject,
} from '@moult/abi';
import { _PyObject_GC_New, PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import { PyIter_Next, PyObject_GetIter, PyObject_Size, PySequence_Contains, PySequence_List } from './abstract.ts';
import { callMethod } from './call.ts';
import { PyDictProxy_New } from './mappingproxy.ts';
import { dictiter_new } from './dictiter.ts';
import { PyDict_Copy, PyDict_Items } from './dictmerge.ts';
import { PyDict_GetItemRef, PyDict_GetItemWithError, PyDict_Next } from './dictobject.ts';
import { PyDict_DelItem } from './dictdelete.ts';
import { raise } from './errors.ts';
import {
  drop,
  hold,
  Py_CLEAR,
  Py_DECREF,
  Py_NewRef,
  PyDict_Check,
  PyTuple_Check,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import { PyObject_GenericGetAttr, PyObject_Repr, PyObject_RichCompareBool } from './objectattr.ts';
import { Py_ReprEnter, Py_ReprLeave } from './reprguard.ts';
import { _PySet_Update, PyAnySet_Check, PyAnySet_CheckExact, PySet_Add, PySet_New } from './setobject.ts';
import type { TypeSpec } from './spec.ts';
import {
  Py_False,
  Py_NotImplemented,
  Py_True,
  PyDict_Type,
  PyDictItems_Type,
  PyDictIterItem_Type,
  PyDictIterKey_Type,
  PyDictIterValue_Type,
  PyDictKeys_Type,
  PyDictRevIterItem_Type,
  PyDictRevIterKey_Type,
  PyDictRevIterValue_Type,
  PyDictValues_Type,
  PyExc_TypeError,
} from './static.ts';
import { PyTuple_Pack } from './tupleobject.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';

type Visit = (x: Ref, arg: number) => void;

export function _PyDictView_New(dict: Ref, type: Ref): Ref {
  if (!PyDict_Check(dict))
    raise(PyExc_TypeError, `${typeNameOf(type)}() requires a dict argument, not '${typeNameOf(dict)}'`);
  const dv = _PyObject_GC_New(type);
  setPtr(dv + 16, Py_NewRef(dict));
  _PyObject_GC_TRACK(dv);
  return dv;
}
function dictview_dealloc(dv: Ref): void {
  PyObject_GC_UnTrack(dv);
  Py_CLEAR(dv + 16);
  PyObject_GC_Del(dv);
}
function dictview_traverse(dv: Ref, visit: Visit, arg: number): void {
  if (i32(dv + 16) !== 0) visit(i32(dv + 16), arg);
}
function dictview_len(dv: Ref): number {
  const d = i32(dv + 16);
  return d === 0 ? 0 : i32(d + PyDictObject.ma_used);
}
function dictview_mapping(dv: Ref): Ref {
  return PyDictProxy_New(i32(dv + 16));
}
function dictview_repr(dv: Ref): Ref {
  if (Py_ReprEnter(dv)) return PyUnicode_FromString('...');
  try {
    const m = hold(PySequence_List(dv));
    const s = hold(PyObject_Repr(i32(m)));
    const out = PyUnicode_FromString(`${typeNameOf(dv)}(${asText(i32(s))})`);
    release(m);
    return out;
  } finally {
    Py_ReprLeave(dv);
  }
}
export function PyDictViewSet_Check(op: Ref): boolean {
  return i32(op + 8) === PyDictKeys_Type || i32(op + 8) === PyDictItems_Type;
}
function all_contained_in(self: Ref, other: Ref): boolean {
  const m = hold(PyObject_GetIter(self));
  let ok = true;
  while (ok) {
    const next = PyIter_Next(i32(m));
    if (next === 0) break;
    const k = hold(next);
    ok = PySequence_Contains(other, next);
    release(k);
  }
  release(m);
  return ok;
}
function dictview_richcompare(self: Ref, other: Ref, op: number): Ref {
  if (!PyAnySet_Check(other) && !PyDictViewSet_Check(other)) return Py_NewRef(Py_NotImplemented);
  const n = dictview_len(self);
  const k = PyObject_Size(other);
  let ok = false;
  if (op === Py_EQ || op === Py_NE) {
    ok = n === k && all_contained_in(self, other);
    if (op === Py_NE) ok = !ok;
  } else if (op === Py_LT) ok = n < k && all_contained_in(self, other);
  else if (op === Py_LE) ok = n <= k && all_contained_in(self, other);
  else if (op === Py_GT) ok = n > k && all_contained_in(other, self);
  else if (op === Py_GE) ok = n >= k && all_contained_in(other, self);
  return Py_NewRef(ok ? Py_True : Py_False);
}

function dictkeys_iter(dv: Ref): Ref {
  return dictiter_new(i32(dv + 16), PyDictIterKey_Type);
}
function dictvalues_iter(dv: Ref): Ref {
  return dictiter_new(i32(dv + 16), PyDictIterValue_Type);
}
function dictitems_iter(dv: Ref): Ref {
  return dictiter_new(i32(dv + 16), PyDictIterItem_Type);
}
function dictkeys_reversed(dv: Ref): Ref {
  return dictiter_new(i32(dv + 16), PyDictRevIterKey_Type);
}
function dictvalues_reversed(dv: Ref): Ref {
  return dictiter_new(i32(dv + 16), PyDictRevIterValue_Type);
}
function dictitems_reversed(dv: Ref): Ref {
  return dictiter_new(i32(dv + 16), PyDictRevIterItem_Type);
}
function dictkeys_contains(dv: Ref, key: Ref): boolean {
  return PyDict_GetItemWithError(i32(dv + 16), key) !== 0;
}
function dictitems_contains(dv: Ref, obj: Ref): boolean {
  if (!PyTuple_Check(obj) || i32(obj + 16) !== 2) return false;
  const found = PyDict_GetItemRef(i32(dv + 16), i32(obj + 24));
  if (found === 0) return false;
  const m = hold(found);
  const same = PyObject_RichCompareBool(found, i32(obj + 32), Py_EQ);
  release(m);
  return same;
}

// ---- as sets ----

function dictviews_to_set(self: Ref): Ref {
  if (i32(self + 8) === PyDictKeys_Type && i32(i32(self + 16) + 8) === PyDict_Type) return PySet_New(i32(self + 16));
  return PySet_New(self);
}
function viaMethod(self: Ref, name: Ref, other: Ref): Ref {
  const set = dictviews_to_set(self);
  const m = hold(set);
  Py_DECREF(callMethod(set, name, other));
  drop(m);
  return set;
}
function dictviews_sub(self: Ref, other: Ref): Ref {
  return viaMethod(self, Py_ID.difference_update, other);
}
function dictviews_or(self: Ref, other: Ref): Ref {
  const set = dictviews_to_set(self);
  const m = hold(set);
  _PySet_Update(set, other);
  drop(m);
  return set;
}
function dictviews_xor(self: Ref, other: Ref): Ref {
  if (i32(self + 8) === PyDictItems_Type && i32(other + 8) === PyDictItems_Type) return dictitems_xor(self, other);
  return viaMethod(self, Py_ID.symmetric_difference_update, other);
}
function dictitems_xor(self: Ref, other: Ref): Ref {
  const temp = PyDict_Copy(i32(self + 16));
  const m = hold(temp);
  const set = PySet_New(0);
  hold(set);
  const pos = { i: 0, key: 0, value: 0 };
  while (PyDict_Next(i32(other + 16), pos)) {
    const { key, value } = pos;
    const k = hold(Py_NewRef(key));
    hold(Py_NewRef(value));
    const mine = PyDict_GetItemRef(temp, key);
    let same = false;
    if (mine !== 0) {
      hold(mine);
      same = PyObject_RichCompareBool(mine, value, Py_EQ);
    }
    if (same) PyDict_DelItem(temp, key);
    else {
      const pair = hold(PyTuple_Pack(key, value));
      PySet_Add(set, i32(pair));
    }
    release(k);
  }
  const rest = hold(PyDict_Items(temp));
  _PySet_Update(set, i32(rest));
  release(rest);
  setI32(m, set);
  setI32(m + 8, temp);
  release(m + 8);
  drop(m);
  return set;
}
/** view & other: iterates the smaller one. */
export function _PyDictView_Intersect(a: Ref, b: Ref): Ref {
  let self = a;
  let other = b;
  if (!PyDictViewSet_Check(self)) {
    self = b;
    other = a;
  }
  const n = dictview_len(self);
  if (PyAnySet_CheckExact(other) && n <= PyObject_Size(other)) return callMethod(other, Py_ID.intersection, self);
  if (PyDictViewSet_Check(other) && dictview_len(other) > n) {
    const t = other;
    other = self;
    self = t;
  }
  const set = PySet_New(0);
  const m = hold(set);
  const it = PyObject_GetIter(other);
  const h = hold(it);
  const contains = i32(self + 8) === PyDictKeys_Type ? dictkeys_contains : dictitems_contains;
  for (let key = PyIter_Next(it); key !== 0; key = PyIter_Next(it)) {
    const k = hold(key);
    if (contains(self, key)) PySet_Add(set, key);
    release(k);
  }
  release(h);
  drop(m);
  return set;
}
function dictviews_isdisjoint(a: Ref, b: Ref): Ref {
  let self = a;
  let other = b;
  if (self === other) return Py_NewRef(dictview_len(self) === 0 ? Py_True : Py_False);
  if ((PyAnySet_CheckExact(other) || PyDictViewSet_Check(other)) && PyObject_Size(other) > dictview_len(self)) {
    self = b;
    other = a;
  }
  const it = PyObject_GetIter(other);
  const m = hold(it);
  for (let x = PyIter_Next(it); x !== 0; x = PyIter_Next(it)) {
    const k = hold(x);
    const found = PySequence_Contains(self, x);
    release(k);
    if (found) {
      release(m);
      return Py_NewRef(Py_False);
    }
  }
  release(m);
  return Py_NewRef(Py_True);
}

const MAPPING = [{ name: 'mapping', get: dictview_mapping, doc: 'The dict that this view looks at.' }];
export const dictKeysSpec: TypeSpec = {
  address: PyDictKeys_Type,
  name: 'dict_keys',
  basicsize: _PyDictViewObject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: dictview_dealloc,
    tp_repr: dictview_repr,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: dictview_traverse,
    tp_richcompare: dictview_richcompare,
    tp_iter: dictkeys_iter,
    nb_subtract: dictviews_sub,
    nb_and: _PyDictView_Intersect,
    nb_xor: dictviews_xor,
    nb_or: dictviews_or,
    sq_length: dictview_len,
    sq_contains: dictkeys_contains,
  },
  methods: [
    { name: 'isdisjoint', flags: METH_O, fn: dictviews_isdisjoint },
    { name: '__reversed__', flags: METH_NOARGS, fn: dictkeys_reversed },
  ],
  getset: MAPPING,
};
export const dictItemsSpec: TypeSpec = {
  address: PyDictItems_Type,
  name: 'dict_items',
  basicsize: _PyDictViewObject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: dictview_dealloc,
    tp_repr: dictview_repr,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: dictview_traverse,
    tp_richcompare: dictview_richcompare,
    tp_iter: dictitems_iter,
    nb_subtract: dictviews_sub,
    nb_and: _PyDictView_Intersect,
    nb_xor: dictviews_xor,
    nb_or: dictviews_or,
    sq_length: dictview_len,
    sq_contains: dictitems_contains,
  },
  methods: [
    { name: 'isdisjoint', flags: METH_O, fn: dictviews_isdisjoint },
    { name: '__reversed__', flags: METH_NOARGS, fn: dictitems_reversed },
  ],
  getset: MAPPING,
};
export const dictValuesSpec: TypeSpec = {
  address: PyDictValues_Type,
  name: 'dict_values',
  basicsize: _PyDictViewObject.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  slots: {
    tp_dealloc: dictview_dealloc,
    tp_repr: dictview_repr,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: dictview_traverse,
    tp_iter: dictvalues_iter,
    sq_length: dictview_len,
  },
  methods: [{ name: '__reversed__', flags: METH_NOARGS, fn: dictvalues_reversed }],
  getset: MAPPING,
};
