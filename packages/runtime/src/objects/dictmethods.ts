/** dict: methods and operators. Mirrors Objects/dictobject.c; the table is in dictobject.ts, views in dictviews.ts. */
import {
  _Py_TPFLAGS_MATCH_SELF,
  METH_CLASS,
  METH_COEXIST,
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_O,
  METH_VARARGS,
  Py_EQ,
  Py_ID,
  Py_NE,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_DICT_SUBCLASS,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_MAPPING,
  PyDictObject,
  PySetObject,
  PyTypeObject,
} from '@moult/abi';
import { newOfStaticType, PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK } from '../gc/track.ts';
import { i32, POLICY, setI32, setPtr, u8 } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyIter_Next, PyObject_GetIter, PyObject_SetItem } from './abstract.ts';
import { _PyArg_CheckPositional } from './args.ts';
import { PyObject_CallNoArgs, PyObject_CallOneArg } from './call.ts';
import { dict_iter, dictiter_new } from './dictiter.ts';
import {
  _Py_dict_lookup,
  _PyDict_KeysSize,
  DICT_KEYS_GENERAL,
  dictkeys_set_index,
  DK_ENTRIES,
  DK_IS_UNICODE,
  DKIX_DUMMY,
  entryKeySlot,
  estimate_log2_keysize,
  lookdict_index,
  Py_EMPTY_KEYS,
} from './dictkeys.ts';
import { dict_update_arg, PyDict_Copy, PyDict_Merge, PyDict_SetDefaultRef } from './dictmerge.ts';
import {
  _PyDict_SetItem_KnownHash,
  dict_dealloc,
  dictresize,
  hashSlot,
  nextVersion,
  PyDict_GetItemWithError,
  PyDict_Next,
  PyDict_SetItem,
  PyDict_Size,
  valueAt,
} from './dictobject.ts';
import { _PyErr_SetKeyError, popKey, PyDict_Clear, PyDict_DelItem } from './dictdelete.ts';
import { _PyDictView_New } from './dictviews.ts';
import { raise } from './errors.ts';
import { itemsEqual } from './fastcompare.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import { shared_keys_usable_size } from './instancedict.ts';
import { PyLong_FromLong } from './longobject.ts';
import { drop, hold, Py_DECREF, Py_NewRef, PyDict_Check, PyUnicode_Check, type Ref, release } from './object.ts';
import {
  _PyObject_LookupSpecial,
  PyObject_GenericGetAttr,
  PyObject_HashNotImplemented,
  PyObject_Repr,
} from './objectattr.ts';
import { Py_ReprEnter, Py_ReprLeave } from './reprguard.ts';
import { PyAnySet_CheckExact, set_next, setEntry } from './setobject.ts';
import type { TypeSpec } from './spec.ts';
import {
  Py_False,
  Py_None,
  Py_NotImplemented,
  Py_True,
  PyDict_Type,
  PyDictItems_Type,
  PyDictKeys_Type,
  PyDictRevIterKey_Type,
  PyDictValues_Type,
  PyExc_KeyError,
  PyExc_TypeError,
} from './static.ts';
import { tupleSteal } from './tupleobject.ts';
import { PyType_GenericAlloc } from './typealloc.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';

type Visit = (x: Ref, arg: number) => void;

// ---- operators ----

function dict_length(mp: Ref): number {
  return i32(mp + PyDictObject.ma_used);
}
function dict_repr(mp: Ref): Ref {
  if (Py_ReprEnter(mp)) return PyUnicode_FromString('{...}');
  let out = '{';
  try {
    const pos = { i: 0, key: 0, value: 0 };
    while (PyDict_Next(mp, pos)) {
      const m = hold(Py_NewRef(pos.key));
      hold(Py_NewRef(pos.value));
      const k = PyObject_Repr(i32(m));
      out += out.length === 1 ? `${asText(k)}: ` : `, ${asText(k)}: `;
      Py_DECREF(k);
      const v = PyObject_Repr(i32(m + 8));
      out += asText(v);
      Py_DECREF(v);
      release(m);
    }
  } finally {
    Py_ReprLeave(mp);
  }
  return PyUnicode_FromString(`${out}}`);
}
export function dict_subscript(mp: Ref, key: Ref): Ref {
  const value = PyDict_GetItemWithError(mp, key);
  if (value !== 0) return Py_NewRef(value);
  if (i32(mp + 8) !== PyDict_Type) {
    const missing = _PyObject_LookupSpecial(mp, Py_ID.__missing__);
    if (missing !== 0) {
      const m = hold(missing);
      const res = PyObject_CallOneArg(missing, key);
      release(m);
      return res;
    }
  }
  _PyErr_SetKeyError(key);
}
function dict_ass_sub(mp: Ref, key: Ref, value: Ref): void {
  if (value === 0) PyDict_DelItem(mp, key);
  else PyDict_SetItem(mp, key, value);
}
function dict_contains(mp: Ref, key: Ref): boolean {
  return PyDict_GetItemWithError(mp, key) !== 0;
}
function dict_traverse(mp: Ref, visit: Visit, arg: number): void {
  const keys = i32(mp + PyDictObject.ma_keys);
  const n = i32(keys + 24);
  const values = i32(mp + PyDictObject.ma_values);
  // the inline values of an instance are visited by the instance alone
  if (values !== 0 && u8(values + 2) !== 0) return;
  const general = u8(keys + 10) === DICT_KEYS_GENERAL;
  for (let i = 0; i < n; i++) {
    const slot = values !== 0 ? values + 8 + (i << 3) : entryKeySlot(keys, i) + 8;
    if (i32(slot) === 0) continue;
    visit(i32(slot), arg);
    if (general) visit(i32(slot - 8), arg);
  }
}
function dict_tp_clear(mp: Ref): void {
  PyDict_Clear(mp);
}
function dict_equal(a: Ref, b: Ref): boolean {
  if (i32(a + PyDictObject.ma_used) !== i32(b + PyDictObject.ma_used)) return false;
  const pos = { i: 0, key: 0, value: 0 };
  while (PyDict_Next(a, pos)) {
    const at = hashSlot(a, pos);
    const lo = i32(at);
    const hi = i32(at + 4);
    const m = hold(Py_NewRef(pos.key));
    const value = Py_NewRef(pos.value);
    hold(value);
    const ix = _Py_dict_lookup(b, i32(m), lo, hi);
    const other = ix < 0 ? 0 : valueAt(b, ix);
    let same = false;
    if (other !== 0) {
      hold(Py_NewRef(other));
      same = itemsEqual(other, value);
    }
    release(m);
    if (!same) return false;
  }
  return true;
}
function dict_richcompare(v: Ref, w: Ref, op: number): Ref {
  if (!PyDict_Check(v) || !PyDict_Check(w) || (op !== Py_EQ && op !== Py_NE)) return Py_NewRef(Py_NotImplemented);
  return Py_NewRef(dict_equal(v, w) === (op === Py_EQ) ? Py_True : Py_False);
}
function dict_or(self: Ref, other: Ref): Ref {
  if (!PyDict_Check(self) || !PyDict_Check(other)) return Py_NewRef(Py_NotImplemented);
  const copy = PyDict_Copy(self);
  const m = hold(copy);
  dict_update_arg(copy, other);
  drop(m);
  return copy;
}
function dict_ior(self: Ref, other: Ref): Ref {
  dict_update_arg(self, other);
  return Py_NewRef(self);
}

// ---- making ----

export function dict_new(type: Ref, _args: Ref, _kwds: Ref): Ref {
  let self: Ref;
  if (type === PyDict_Type) {
    self = newOfStaticType(PyDict_Type, PyDictObject.SIZE);
    setI32(self + 24, 0);
    if (i32(POLICY) >= 314) _PyObject_GC_TRACK(self);
  } else self = (text[i32(type + PyTypeObject.tp_alloc)] as NativeFunction)(type, 0) as Ref;
  setPtr(self + PyDictObject.ma_used, 0);
  nextVersion(self);
  setPtr(self + PyDictObject.ma_keys, Py_EMPTY_KEYS);
  setPtr(self + PyDictObject.ma_values, 0);
  return self;
}
function dict_update_common(self: Ref, args: Ref, kwds: Ref, name: string): void {
  const n = i32(args + 16);
  _PyArg_CheckPositional(name, n, 0, 1);
  if (n === 1) dict_update_arg(self, i32(args + 24));
  if (kwds === 0) return;
  const pos = { i: 0, key: 0, value: 0 };
  while (PyDict_Next(kwds, pos)) if (!PyUnicode_Check(pos.key)) raise(PyExc_TypeError, 'keywords must be strings');
  PyDict_Merge(self, kwds, 1);
}
function dict_init(self: Ref, args: Ref, kwds: Ref): void {
  dict_update_common(self, args, kwds, 'dict');
}
export function dict_vectorcall(type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  _PyArg_CheckPositional('dict', nargs, 0, 1);
  const self = dict_new(type, 0, 0);
  const m = hold(self);
  if (nargs === 1) dict_update_arg(self, i32(args));
  const n = kwnames === 0 ? 0 : i32(kwnames + 16);
  for (let i = 0; i < n; i++) PyDict_SetItem(self, i32(kwnames + 24 + (i << 3)), i32(args + ((nargs + i) << 3)));
  drop(m);
  return self;
}
/** cls.fromkeys(iterable, value). */
export function _PyDict_FromKeys(cls: Ref, iterable: Ref, value: Ref): Ref {
  const d = PyObject_CallNoArgs(cls);
  const m = hold(d);
  const exact = i32(d + 8) === PyDict_Type;
  if (exact && i32(iterable + 8) === PyDict_Type) {
    dictresize(d, estimate_log2_keysize(PyDict_Size(iterable)), DK_IS_UNICODE(i32(iterable + PyDictObject.ma_keys)));
    const pos = { i: 0, key: 0, value: 0 };
    while (PyDict_Next(iterable, pos)) {
      const at = hashSlot(iterable, pos);
      _PyDict_SetItem_KnownHash(d, pos.key, value, i32(at), i32(at + 4));
    }
  } else if (exact && PyAnySet_CheckExact(iterable)) {
    dictresize(d, estimate_log2_keysize(i32(iterable + PySetObject.used)), false);
    for (let i = set_next(iterable, 0); i >= 0; i = set_next(iterable, i + 1)) {
      const e = setEntry(iterable, i);
      _PyDict_SetItem_KnownHash(d, i32(e), value, i32(e + 8), i32(e + 12));
    }
  } else {
    const it = PyObject_GetIter(iterable);
    const h = hold(it);
    for (let key = PyIter_Next(it); key !== 0; key = PyIter_Next(it)) {
      const k = hold(key);
      if (exact) PyDict_SetItem(d, key, value);
      else PyObject_SetItem(d, key, value);
      release(k);
    }
    release(h);
  }
  drop(m);
  return d;
}

// ---- methods ----

function dict_fromkeys(cls: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('fromkeys', nargs, 1, 2);
  return _PyDict_FromKeys(cls, i32(args), nargs === 2 ? i32(args + 8) : Py_None);
}
function dict___contains__(mp: Ref, key: Ref): Ref {
  return Py_NewRef(PyDict_GetItemWithError(mp, key) !== 0 ? Py_True : Py_False);
}
function dict_get(mp: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('get', nargs, 1, 2);
  const v = PyDict_GetItemWithError(mp, i32(args));
  return Py_NewRef(v !== 0 ? v : nargs === 2 ? i32(args + 8) : Py_None);
}
function dict_setdefault(mp: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('setdefault', nargs, 1, 2);
  return PyDict_SetDefaultRef(mp, i32(args), nargs === 2 ? i32(args + 8) : Py_None);
}
function dict_pop(mp: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('pop', nargs, 1, 2);
  return _PyDict_Pop(mp, i32(args), nargs === 2 ? i32(args + 8) : 0);
}
/** d.pop(key, default): a new reference; KeyError if default is 0 and there is no key. */
export function _PyDict_Pop(mp: Ref, key: Ref, otherwise: Ref): Ref {
  const value = i32(mp + PyDictObject.ma_used) === 0 ? 0 : popKey(mp, key);
  if (value !== 0) return value;
  if (otherwise !== 0) return Py_NewRef(otherwise);
  _PyErr_SetKeyError(key);
}
function dict_popitem(mp: Ref): Ref {
  if (i32(mp + PyDictObject.ma_used) === 0) raise(PyExc_KeyError, 'popitem(): dictionary is empty');
  if (i32(mp + PyDictObject.ma_values) !== 0) dictresize(mp, u8(i32(mp + PyDictObject.ma_keys) + 8), true);
  const keys = i32(mp + PyDictObject.ma_keys);
  setI32(keys + 12, 0);
  let i = i32(keys + 24) - 1;
  while (i32(entryKeySlot(keys, i) + 8) === 0) i--;
  const slot = entryKeySlot(keys, i);
  const key = i32(slot);
  const value = i32(slot + 8);
  const hash = u8(keys + 10) === DICT_KEYS_GENERAL ? DK_ENTRIES(keys) + i * 24 : key + 24;
  const res = tupleSteal(key, value);
  dictkeys_set_index(keys, lookdict_index(keys, i32(hash), i32(hash + 4), i), DKIX_DUMMY);
  setPtr(slot, 0);
  setPtr(slot + 8, 0);
  setPtr(keys + 24, i);
  setPtr(mp + PyDictObject.ma_used, i32(mp + PyDictObject.ma_used) - 1);
  nextVersion(mp);
  return res;
}
function dict_update(self: Ref, args: Ref, kwds: Ref): Ref {
  dict_update_common(self, args, kwds, 'update');
  return Py_NewRef(Py_None);
}
function dict_clear(mp: Ref): Ref {
  PyDict_Clear(mp);
  return Py_NewRef(Py_None);
}
function dict_copy(mp: Ref): Ref {
  return PyDict_Copy(mp);
}
function dictkeys_new(mp: Ref): Ref {
  return _PyDictView_New(mp, PyDictKeys_Type);
}
function dictvalues_new(mp: Ref): Ref {
  return _PyDictView_New(mp, PyDictValues_Type);
}
function dictitems_new(mp: Ref): Ref {
  return _PyDictView_New(mp, PyDictItems_Type);
}
function dict_reversed(mp: Ref): Ref {
  return dictiter_new(mp, PyDictRevIterKey_Type);
}
/** Bytes of the dict with its own table and values (_PyDict_SizeOf). */
export function _PyDict_SizeOf(mp: Ref): number {
  let size = i32(i32(mp + 8) + PyTypeObject.tp_basicsize);
  const keys = i32(mp + PyDictObject.ma_keys);
  if (i32(mp + PyDictObject.ma_values) !== 0) size += shared_keys_usable_size(keys) * 8;
  if (i32(keys) === 1) size += _PyDict_KeysSize(keys);
  return size;
}
function dict_sizeof(mp: Ref): Ref {
  return PyLong_FromLong(_PyDict_SizeOf(mp));
}

export const dictSpec: TypeSpec = {
  address: PyDict_Type,
  name: 'dict',
  basicsize: PyDictObject.SIZE,
  flags:
    Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_DICT_SUBCLASS | _Py_TPFLAGS_MATCH_SELF | Py_TPFLAGS_MAPPING,
  doc: 'dict() -> new empty dictionary\ndict(mapping) -> from the pairs of a mapping\ndict(iterable) -> from an iterable of pairs\ndict(**kwargs) -> from names and values',
  slots: {
    tp_dealloc: dict_dealloc,
    tp_repr: dict_repr,
    tp_hash: PyObject_HashNotImplemented,
    tp_getattro: PyObject_GenericGetAttr,
    tp_traverse: dict_traverse,
    tp_clear: dict_tp_clear,
    tp_richcompare: dict_richcompare,
    tp_iter: dict_iter,
    tp_init: dict_init,
    tp_alloc: PyType_GenericAlloc,
    tp_new: dict_new,
    tp_free: PyObject_GC_Del,
    tp_vectorcall: dict_vectorcall,
    nb_or: dict_or,
    nb_inplace_or: dict_ior,
    sq_contains: dict_contains,
    mp_length: dict_length,
    mp_subscript: dict_subscript,
    mp_ass_subscript: dict_ass_sub,
  },
  methods: [
    {
      name: '__contains__',
      flags: METH_O | METH_COEXIST,
      fn: dict___contains__,
      doc: '__contains__($self, key, /)\n--\n\nWhether key is there.',
    },
    {
      name: '__getitem__',
      flags: METH_O | METH_COEXIST,
      fn: dict_subscript,
      doc: '__getitem__($self, key, /)\n--\n\nReturn self[key].',
    },
    { name: '__sizeof__', flags: METH_NOARGS, fn: dict_sizeof, doc: '__sizeof__($self, /)\n--\n\nBytes in memory.' },
    {
      name: 'get',
      flags: METH_FASTCALL,
      fn: dict_get,
      doc: 'get($self, key, default=None, /)\n--\n\nThe value of key, or default.',
    },
    {
      name: 'setdefault',
      flags: METH_FASTCALL,
      fn: dict_setdefault,
      doc: 'setdefault($self, key, default=None, /)\n--\n\nThe value of key, set to default if missing.',
    },
    {
      name: 'pop',
      flags: METH_FASTCALL,
      fn: dict_pop,
      doc: 'D.pop(k[,d]) -> v, removes the key and returns its value.',
    },
    {
      name: 'popitem',
      flags: METH_NOARGS,
      fn: dict_popitem,
      doc: 'popitem($self, /)\n--\n\nRemoves and returns the last pair.',
    },
    { name: 'keys', flags: METH_NOARGS, fn: dictkeys_new, doc: 'D.keys() -> a view of the keys' },
    { name: 'items', flags: METH_NOARGS, fn: dictitems_new, doc: 'D.items() -> a view of the pairs' },
    { name: 'values', flags: METH_NOARGS, fn: dictvalues_new, doc: 'D.values() -> a view of the values' },
    {
      name: 'update',
      flags: METH_VARARGS | METH_KEYWORDS,
      fn: dict_update,
      doc: 'D.update([E, ]**F) -> None. Adds the pairs of E and F.',
    },
    {
      name: 'fromkeys',
      flags: METH_FASTCALL | METH_CLASS,
      fn: dict_fromkeys,
      doc: 'fromkeys($type, iterable, value=None, /)\n--\n\nA dict with keys from iterable.',
    },
    { name: 'clear', flags: METH_NOARGS, fn: dict_clear, doc: 'D.clear() -> None. Removes everything.' },
    { name: 'copy', flags: METH_NOARGS, fn: dict_copy, doc: 'D.copy() -> a shallow copy' },
    {
      name: '__reversed__',
      flags: METH_NOARGS,
      fn: dict_reversed,
      doc: '__reversed__($self, /)\n--\n\nAn iterator over the keys from the last.',
    },
    { name: '__class_getitem__', flags: METH_O | METH_CLASS, fn: Py_GenericAlias, doc: 'See PEP 585' },
  ],
};
