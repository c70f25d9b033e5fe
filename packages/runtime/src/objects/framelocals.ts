/** FrameLocalsProxy: a mapping that reads and writes a frame's variables (PEP 667). Mirrors Objects/frameobject.c. */
import { PyTuple_Pack } from './tupleobject.ts';
import {
  CO_FAST_HIDDEN,
  METH_FASTCALL,
  METH_NOARGS,
  METH_O,
  PyCodeObject,
  PyFrameObject,
  Py_EQ,
  Py_NE,
  Py_TPFLAGS_DEFAULT,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_MAPPING,
} from '@moult/abi';
import { _PyObject_GC_New, PyObject_GC_Del } from '../gc/alloc.ts';
import { PyObject_GC_Track, PyObject_GC_UnTrack } from '../gc/track.ts';
import { HASH_HI, i32, setPtr, u8 } from '../memory/linear.ts';
import { PyObject_GetIter, PyObject_GetItem, PyObject_SetItem, PyMapping_Keys } from './abstract.ts';
import { callMethod } from './call.ts';
import {
  type DictPosition,
  PyDict_GetItemRef,
  PyDict_New,
  PyDict_Next,
  PyDict_SetItem,
  PyDict_Size,
} from './dictobject.ts';
import { raise, swallow } from './errors.ts';
import { localValue, setLocalValue } from './frameobject.ts';
import { PyList_Append, PyList_New } from './listobject.ts';
import {
  drop,
  hold,
  nativeMark,
  Py_CLEAR,
  Py_DECREF,
  Py_NewRef,
  Py_SIZE,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import {
  PyObject_GenericGetAttr,
  PyObject_Hash,
  PyObject_Repr,
  PyObject_RichCompare,
  PyObject_RichCompareBool,
} from './objectattr.ts';
import { Py_ReprEnter, Py_ReprLeave } from './reprguard.ts';
import type { TypeSpec } from './spec.ts';
import {
  PyDict_Type,
  PyExc_KeyError,
  PyExc_TypeError,
  PyFrame_Type,
  PyFrameLocalsProxy_Type,
  Py_False,
  Py_None,
  Py_NotImplemented,
  Py_True,
} from './static.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from './unicodeobject.ts';

const fpOf = (p: Ref): number => i32(i32(p + 16) + PyFrameObject.f_frame);
const extraOf = (p: Ref): Ref => i32(i32(p + 16) + PyFrameObject.f_extra_locals);

/** The type is called with a tuple, as everywhere (_PyFrameLocalsProxy_New). */
export function newLocalsProxy(frame: Ref): Ref {
  const args = hold(PyTuple_Pack(frame));
  const p = _PyObject_GC_New(PyFrameLocalsProxy_Type);
  setPtr(p + 16, Py_NewRef(frame));
  PyObject_GC_Track(p);
  release(args);
  return p;
}

/** The index of the local named `key`, which need not be a str; with `read` only a bound one; -1: none. */
function keyIndex(fp: number, key: Ref, read: boolean): number {
  // the key must be hashable, whatever it is
  const hash = PyObject_Hash(key);
  const high = i32(HASH_HI);
  const code = i32(fp);
  const names = i32(code + PyCodeObject.co_localsplusnames);
  const kinds = i32(code + PyCodeObject.co_localspluskinds) + 32;
  const n = Py_SIZE(names);
  const fits = (i: number): boolean => (read ? localValue(fp, i) !== 0 : (u8(kinds + i) & CO_FAST_HIDDEN) === 0);
  let found = false;
  for (let i = 0; i < n; i++) {
    if (i32(names + 24 + (i << 3)) !== key) continue;
    if (fits(i)) return i;
    found = true;
  }
  if (found) return -1;
  for (let i = 0; i < n; i++) {
    const name = i32(names + 24 + (i << 3));
    if (PyObject_Hash(name) !== hash || i32(HASH_HI) !== high) continue;
    if (PyObject_RichCompareBool(name, key, Py_EQ) && fits(i)) return i;
  }
  return -1;
}
/** The value, a new reference, or 0. */
function lookup(p: Ref, key: Ref): Ref {
  const i = keyIndex(fpOf(p), key, true);
  if (i >= 0) return Py_NewRef(localValue(fpOf(p), i));
  const extra = extraOf(p);
  return extra === 0 ? 0 : PyDict_GetItemRef(extra, key);
}
function getitem(p: Ref, key: Ref): Ref {
  const v = lookup(p, key);
  if (v === 0) {
    const m = hold(PyObject_Repr(key));
    raise(PyExc_KeyError, `local variable '${asText(i32(m))}' is not defined`);
  }
  return v;
}
function setitem(p: Ref, key: Ref, value: Ref): void {
  if (value === 0) raise(PyExc_TypeError, 'cannot remove variables from FrameLocalsProxy');
  const fp = fpOf(p);
  const i = keyIndex(fp, key, false);
  if (i >= 0) {
    setLocalValue(fp, i, value);
    return;
  }
  const slot = i32(p + 16) + PyFrameObject.f_extra_locals;
  if (i32(slot) === 0) setPtr(slot, PyDict_New());
  PyDict_SetItem(i32(slot), key, value);
}

/** Calls `f` with name and value (borrowed) of each bound variable, then of the extra ones. */
function eachItem(p: Ref, f: (name: Ref, value: Ref) => void): void {
  const fp = fpOf(p);
  const names = i32(i32(fp) + PyCodeObject.co_localsplusnames);
  for (let i = 0; i < Py_SIZE(names); i++) {
    const value = localValue(fp, i);
    if (value !== 0) f(i32(names + 24 + (i << 3)), value);
  }
  const extra = extraOf(p);
  if (extra === 0) return;
  const pos: DictPosition = { i: 0, key: 0, value: 0 };
  while (PyDict_Next(extra, pos)) f(pos.key, pos.value);
}
function listOf(p: Ref, append: (list: Ref, name: Ref, value: Ref) => void): Ref {
  const list = PyList_New(0);
  const m = hold(list);
  eachItem(p, (name, value) => append(list, name, value));
  drop(m);
  return list;
}
function keys(p: Ref): Ref {
  return listOf(p, (list, name) => PyList_Append(list, name));
}
function values(p: Ref): Ref {
  return listOf(p, (list, _name, value) => PyList_Append(list, value));
}
function items(p: Ref): Ref {
  return listOf(p, (list, name, value) => {
    const m = hold(PyTuple_Pack(name, value));
    PyList_Append(list, i32(m));
    release(m);
  });
}
function size(p: Ref): number {
  let n = 0;
  eachItem(p, () => n++);
  return n;
}
function asDict(p: Ref): Ref {
  const dict = PyDict_New();
  const m = hold(dict);
  const names = hold(keys(p));
  const n = Py_SIZE(i32(names));
  for (let i = 0; i < n; i++) {
    const k = i32(i32(i32(names) + 24) + (i << 3));
    const v = hold(getitem(p, k));
    PyDict_SetItem(dict, k, i32(v));
    release(v);
  }
  release(names);
  drop(m);
  return dict;
}
/** The value, a new reference, or 0: the KeyError of a missing name comes and goes. */
function getOrZero(p: Ref, key: Ref): Ref {
  const m = nativeMark();
  try {
    return getitem(p, key);
  } catch (e) {
    swallow(e, PyExc_KeyError, m);
    return 0;
  }
}
function update(p: Ref, other: Ref): void {
  const m = hold(PyMapping_Keys(other));
  const n = Py_SIZE(i32(m));
  for (let i = 0; i < n; i++) {
    const k = i32(i32(i32(m) + 24) + (i << 3));
    const v = hold(PyObject_GetItem(other, k));
    PyObject_SetItem(p, k, i32(v));
    release(v);
  }
  release(m);
}
function isMapping(op: Ref): boolean {
  return i32(op + 8) === PyDict_Type || i32(op + 8) === PyFrameLocalsProxy_Type;
}
function or(a: Ref, b: Ref): Ref {
  if (!isMapping(a) || !isMapping(b)) return Py_NewRef(Py_NotImplemented);
  const dict = PyDict_New();
  const m = hold(dict);
  update(dict, a);
  update(dict, b);
  drop(m);
  return dict;
}

function proxy_new(_type: Ref, args: Ref, kwargs: Ref): Ref {
  if (Py_SIZE(args) !== 1) raise(PyExc_TypeError, `FrameLocalsProxy expected 1 argument, got ${Py_SIZE(args)}`);
  const frame = i32(args + 24);
  if (i32(frame + 8) !== PyFrame_Type) raise(PyExc_TypeError, `expect frame, not ${typeNameOf(frame)}`);
  if (kwargs !== 0 && PyDict_Size(kwargs) !== 0) {
    raise(PyExc_TypeError, 'FrameLocalsProxy takes no keyword arguments');
  }
  return newLocalsProxy(frame);
}

export const frameLocalsProxySpec: TypeSpec = {
  address: PyFrameLocalsProxy_Type,
  name: 'FrameLocalsProxy',
  basicsize: 24,
  flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_MAPPING,
  slots: {
    tp_dealloc: (p: Ref) => {
      PyObject_GC_UnTrack(p);
      Py_CLEAR(p + 16);
      PyObject_GC_Del(p);
    },
    tp_traverse: (p: Ref, visit: (op: Ref, arg: number) => void, arg: number) => {
      if (i32(p + 16) !== 0) visit(i32(p + 16), arg);
    },
    tp_clear: (p: Ref) => Py_CLEAR(p + 16),
    tp_new: proxy_new,
    tp_getattro: PyObject_GenericGetAttr,
    tp_repr: (p: Ref) => {
      if (Py_ReprEnter(p)) return PyUnicode_FromString('{...}');
      try {
        const m = hold(asDict(p));
        const r = PyObject_Repr(i32(m));
        release(m);
        return r;
      } finally {
        Py_ReprLeave(p);
      }
    },
    tp_iter: (p: Ref) => {
      const m = hold(keys(p));
      const it = PyObject_GetIter(i32(m));
      release(m);
      return it;
    },
    tp_richcompare: (p: Ref, other: Ref, op: number) => {
      if (op !== Py_EQ && op !== Py_NE) return Py_NewRef(Py_NotImplemented);
      if (i32(other + 8) === PyFrameLocalsProxy_Type)
        return Py_NewRef((i32(p + 16) === i32(other + 16)) === (op === Py_EQ) ? Py_True : Py_False);
      if (i32(other + 8) !== PyDict_Type) return Py_NewRef(Py_NotImplemented);
      const m = hold(asDict(p));
      const r = PyObject_RichCompare(i32(m), other, op);
      release(m);
      return r;
    },
    nb_or: or,
    nb_inplace_or: (a: Ref, b: Ref) => {
      if (!isMapping(b)) return Py_NewRef(Py_NotImplemented);
      update(a, b);
      return Py_NewRef(a);
    },
    mp_length: size,
    mp_subscript: getitem,
    mp_ass_subscript: setitem,
    sq_contains: (p: Ref, key: Ref) => {
      const v = lookup(p, key);
      if (v === 0) return false;
      Py_DECREF(v);
      return true;
    },
  },
  methods: [
    { name: 'keys', flags: METH_NOARGS, fn: keys },
    { name: 'values', flags: METH_NOARGS, fn: values },
    { name: 'items', flags: METH_NOARGS, fn: items },
    { name: 'copy', flags: METH_NOARGS, fn: asDict },
    {
      name: 'get',
      flags: METH_FASTCALL,
      fn: (p: Ref, args: number, nargs: number) => {
        if (nargs < 1 || nargs > 2) raise(PyExc_TypeError, 'get expected 1 or 2 arguments');
        const v = getOrZero(p, i32(args));
        return v !== 0 ? v : Py_NewRef(nargs > 1 ? i32(args + 8) : Py_None);
      },
    },
    {
      name: 'setdefault',
      flags: METH_FASTCALL,
      fn: (p: Ref, args: number, nargs: number) => {
        if (nargs < 1 || nargs > 2) raise(PyExc_TypeError, 'setdefault expected 1 or 2 arguments');
        const v = getOrZero(p, i32(args));
        if (v !== 0) return v;
        const d = nargs > 1 ? i32(args + 8) : Py_None;
        setitem(p, i32(args), d);
        return Py_NewRef(d);
      },
    },
    {
      name: 'update',
      flags: METH_O,
      fn: (p: Ref, other: Ref) => {
        if (!isMapping(other)) {
          raise(PyExc_TypeError, 'update() argument must be dict or another FrameLocalsProxy');
        }
        update(p, other);
        return Py_NewRef(Py_None);
      },
    },
    {
      name: '__reversed__',
      flags: METH_NOARGS,
      fn: (p: Ref) => {
        const m = hold(keys(p));
        const n = hold(PyUnicode_InternFromString('reverse'));
        Py_DECREF(callMethod(i32(m), i32(n)));
        release(n);
        const list = i32(m);
        drop(m);
        return list;
      },
    },
  ],
};
