/**
 * What a slot of a class written in Python does: looks the dunder method up in the type and calls it. Mirrors the
 * slot_* functions of Objects/typeobject.c.
 */
import { PyLongObject, PyTypeObject as T, Py_ID, Py_TPFLAGS_METHOD_DESCRIPTOR } from '@moult/abi';
import { HASH_HI, i32, setI32, setPtr } from '../memory/linear.ts';
import { fnptr, type NativeFunction, text } from '../memory/text.ts';
import { PY_ITERSEARCH_CONTAINS, PyNumber_AsSsize_t, PyNumber_Index, _PySequence_IterSearch } from './abstract.ts';
import { PyObject_Call, PyObject_Vectorcall, _PyObject_Call_Prepend } from './call.ts';
import {
  catchPending,
  PyErr_GetRaisedException,
  PyErr_SetRaisedException,
  raise,
  raiseAndClear,
  raiseObject,
  swallow,
} from './errors.ts';
import { PySeqIter_New } from './iterobject.ts';
import { PyLong_AsBigInt, PyLong_FromLong } from './longobject.ts';
import {
  borrowArguments,
  drop,
  dropArguments,
  hold,
  nativeMark,
  PyLong_Check,
  Py_DECREF,
  Py_INCREF,
  Py_NewRef,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import { PyObject_GetAttr, PyObject_HashNotImplemented, PyObject_IsTrue } from './objectattr.ts';
import { PyObject_GenericGetAttr, _PyObject_GenericGetAttrWithDict } from './genericattr.ts';
import {
  PyExc_AttributeError,
  PyExc_OverflowError,
  PyExc_StopIteration,
  PyExc_TypeError,
  PyExc_ValueError,
  PyLong_Type,
  PyWrapperDescr_Type,
  Py_None,
  Py_NotImplemented,
} from './static.ts';
import { _PyType_Lookup } from './typelookup.ts';
import { PyErr_WriteUnraisable } from './unraisable.ts';
import { PyUnicode_FromString } from './unicodeobject.ts';
import { compareNames } from './typewrap.ts';

// ---- finding and calling a special method -------------------------------------------------------------------------

/**
 * The method `name` of the object's type: a new reference, with bit 0 set if it is unbound (self must be passed).
 * 0 if there is none (lookup_maybe_method).
 */
export function lookup_maybe_method(self: Ref, name: Ref): number {
  const res = _PyType_Lookup(i32(self + 8), name);
  if (res === 0) return 0;
  const t = i32(res + 8);
  if ((i32(t + T.tp_flags) & Py_TPFLAGS_METHOD_DESCRIPTOR) !== 0) {
    Py_INCREF(res);
    return res | 1;
  }
  const get = i32(t + T.tp_descr_get);
  if (get === 0) return Py_NewRef(res);
  const m = hold(Py_NewRef(res));
  const bound = (text[get] as NativeFunction)(res, self, i32(self + 8)) as Ref;
  release(m);
  return bound;
}
/** The same; AttributeError(name) if there is none. */
export function lookup_method(self: Ref, name: Ref): number {
  const found = lookup_maybe_method(self, name);
  if (found === 0) raiseObject(PyExc_AttributeError, name);
  return found;
}
/** Calls what lookup_method found with up to three arguments, and releases it. */
export function callFound(found: number, self: Ref, n: number, a: Ref = 0, b: Ref = 0, c: Ref = 0): Ref {
  const m = hold(found & -2);
  const result = callBorrowed(found, self, n, a, b, c);
  release(m);
  return result;
}
/** The same, but does not release it. */
function callBorrowed(found: number, self: Ref, n: number, a: Ref, b: Ref, c: Ref): Ref {
  const unbound = found & 1;
  const func = found - unbound;
  const args = borrowArguments(n + unbound);
  let p = args;
  if (unbound === 1) {
    setPtr(p, self);
    p += 8;
  }
  if (n > 0) setPtr(p, a);
  if (n > 1) setPtr(p + 8, b);
  if (n > 2) setPtr(p + 16, c);
  const result = PyObject_Vectorcall(func, args, n + unbound, 0);
  dropArguments(args);
  return result;
}
/** type(self).name(self, …); AttributeError(name) if there is none (vectorcall_method). */
export function vectorcall_method(name: Ref, self: Ref, n = 0, a: Ref = 0, b: Ref = 0): Ref {
  return callFound(lookup_method(self, name), self, n, a, b);
}
/** The same; NotImplemented if there is none. */
export function vectorcall_maybe(name: Ref, self: Ref, a: Ref): Ref {
  const found = lookup_maybe_method(self, name);
  return found === 0 ? Py_NewRef(Py_NotImplemented) : callFound(found, self, 1, a);
}

export function discard(op: Ref): void {
  Py_DECREF(op);
}

// ---- containers ---------------------------------------------------------------------------------------------------

export function slot_sq_length(self: Ref): number {
  const m = hold(vectorcall_method(Py_ID.__len__, self));
  const n = PyNumber_Index(i32(m));
  hold(n);
  if ((i32(n + PyLongObject.lv_tag) & 3) === 2) raise(PyExc_ValueError, '__len__() should return >= 0');
  const len = PyNumber_AsSsize_t(n, PyExc_OverflowError);
  release(m);
  return len;
}
export function slot_sq_item(self: Ref, i: number): Ref {
  const m = hold(PyLong_FromLong(i));
  const result = vectorcall_method(Py_ID.__getitem__, self, 1, i32(m));
  release(m);
  return result;
}
export function slot_sq_ass_item(self: Ref, i: number, value: Ref): void {
  const m = hold(PyLong_FromLong(i));
  slot_mp_ass_subscript(self, i32(m), value);
  release(m);
}
export function slot_sq_contains(self: Ref, value: Ref): boolean {
  const found = lookup_maybe_method(self, Py_ID.__contains__);
  if (found === Py_None) {
    Py_DECREF(found);
    raise(PyExc_TypeError, `'${typeNameOf(self)}' object is not a container`);
  }
  if (found === 0) return _PySequence_IterSearch(self, value, PY_ITERSEARCH_CONTAINS) > 0;
  const m = hold(callFound(found, self, 1, value));
  const result = PyObject_IsTrue(i32(m));
  release(m);
  return result;
}
export function slot_mp_subscript(self: Ref, key: Ref): Ref {
  return vectorcall_method(Py_ID.__getitem__, self, 1, key);
}
export function slot_mp_ass_subscript(self: Ref, key: Ref, value: Ref): void {
  if (value === 0) discard(vectorcall_method(Py_ID.__delitem__, self, 1, key));
  else discard(vectorcall_method(Py_ID.__setitem__, self, 2, key, value));
}

// ---- the type's own -----------------------------------------------------------------------------------------------

export function slot_tp_repr(self: Ref): Ref {
  const found = lookup_maybe_method(self, Py_ID.__repr__);
  if (found !== 0) return callFound(found, self, 0);
  return PyUnicode_FromString(`<${typeNameOf(self)} object at 0x${self.toString(16)}>`);
}
export function slot_tp_str(self: Ref): Ref {
  return vectorcall_method(Py_ID.__str__, self);
}
export function slot_tp_hash(self: Ref): number {
  const found = lookup_maybe_method(self, Py_ID.__hash__);
  if (found === 0 || found === Py_None) {
    if (found !== 0) Py_DECREF(found);
    return PyObject_HashNotImplemented(self);
  }
  const res = callFound(found, self, 0);
  const m = hold(res);
  if (!PyLong_Check(res)) raise(PyExc_TypeError, '__hash__ method should return an integer');
  const big = PyLong_AsBigInt(res);
  let lo: number;
  let hi: number;
  if (BigInt.asIntN(64, big) === big) {
    lo = Number(BigInt.asIntN(32, big));
    hi = Number(BigInt.asIntN(32, big >> 32n));
  } else {
    // that it is no Py_ssize_t is said by an exception first
    raiseAndClear(PyExc_OverflowError, 'Python int too large to convert to C ssize_t');
    lo = (text[i32(PyLong_Type + T.tp_hash)] as NativeFunction)(res) as number;
    hi = i32(HASH_HI);
  }
  release(m);
  if (lo === -1 && hi === -1) lo = -2;
  setI32(HASH_HI, hi);
  return lo;
}
/** Calls a found method with a tuple and a dict or 0, and releases it. */
function callWithTuple(found: number, self: Ref, args: Ref, kwds: Ref): Ref {
  const func = found & -2;
  const m = hold(func);
  const result = (found & 1) !== 0 ? _PyObject_Call_Prepend(func, self, args, kwds) : PyObject_Call(func, args, kwds);
  release(m);
  return result;
}
export function slot_tp_call(self: Ref, args: Ref, kwds: Ref): Ref {
  return callWithTuple(lookup_method(self, Py_ID.__call__), self, args, kwds);
}
export function slot_tp_init(self: Ref, args: Ref, kwds: Ref): void {
  const res = callWithTuple(lookup_method(self, Py_ID.__init__), self, args, kwds);
  if (res !== Py_None) {
    hold(res);
    raise(PyExc_TypeError, `__init__() should return None, not '${typeNameOf(res)}'`);
  }
  Py_DECREF(res);
}
export function slot_tp_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const m = hold(PyObject_GetAttr(type, Py_ID.__new__));
  const result = _PyObject_Call_Prepend(i32(m), type, args, kwds);
  release(m);
  return result;
}

/** Calls an attribute found in the type with one argument, bound first if it is a descriptor (call_attribute). */
function call_attribute(self: Ref, attr: Ref, name: Ref): Ref {
  const get = i32(i32(attr + 8) + T.tp_descr_get);
  const m = hold(Py_NewRef(attr));
  if ((i32(i32(attr + 8) + T.tp_flags) & Py_TPFLAGS_METHOD_DESCRIPTOR) !== 0) {
    drop(m);
    return callFound(attr | 1, self, 1, name);
  }
  if (get === 0) {
    drop(m);
    return callFound(attr, self, 1, name);
  }
  const bound = (text[get] as NativeFunction)(attr, self, i32(self + 8)) as Ref;
  release(m);
  return callFound(bound, self, 1, name);
}
export function _Py_slot_tp_getattro(self: Ref, name: Ref): Ref {
  return vectorcall_method(Py_ID.__getattribute__, self, 1, name);
}
export function _Py_slot_tp_getattr_hook(self: Ref, name: Ref): Ref {
  const type = i32(self + 8);
  const getattr = _PyType_Lookup(type, Py_ID.__getattr__);
  if (getattr === 0) {
    setPtr(type + T.tp_getattro, fnptr(_Py_slot_tp_getattro));
    return _Py_slot_tp_getattro(self, name);
  }
  const m = hold(Py_NewRef(getattr));
  const getattribute = _PyType_Lookup(type, Py_ID.__getattribute__);
  let res = 0;
  if (getattribute === 0 || isGenericGetAttr(getattribute)) {
    res = _PyObject_GenericGetAttrWithDict(self, name, 0, true);
  } else {
    const mark = nativeMark();
    try {
      res = call_attribute(self, getattribute, name);
    } catch (e) {
      swallow(e, PyExc_AttributeError, mark);
    }
  }
  if (res === 0) res = call_attribute(self, getattr, name);
  release(m);
  return res;
}
/** Is it the slot wrapper of PyObject_GenericGetAttr? */
function isGenericGetAttr(descr: Ref): boolean {
  return i32(descr + 8) === PyWrapperDescr_Type && text[i32(descr + 48)] === PyObject_GenericGetAttr;
}
export function slot_tp_setattro(self: Ref, name: Ref, value: Ref): void {
  if (value === 0) discard(vectorcall_method(Py_ID.__delattr__, self, 1, name));
  else discard(vectorcall_method(Py_ID.__setattr__, self, 2, name, value));
}
export function slot_tp_richcompare(self: Ref, other: Ref, op: number): Ref {
  const found = lookup_maybe_method(self, compareNames(op));
  return found === 0 ? Py_NewRef(Py_NotImplemented) : callFound(found, self, 1, other);
}
export function slot_tp_iter(self: Ref): Ref {
  const found = lookup_maybe_method(self, Py_ID.__iter__);
  if (found === Py_None) {
    Py_DECREF(found);
    raise(PyExc_TypeError, `'${typeNameOf(self)}' object is not iterable`);
  }
  if (found !== 0) return callFound(found, self, 0);
  const getitem = lookup_maybe_method(self, Py_ID.__getitem__);
  if (getitem === 0) raise(PyExc_TypeError, `'${typeNameOf(self)}' object is not iterable`);
  discard(getitem & -2);
  return PySeqIter_New(self);
}
/** 0 at the end: a StopIteration is taken for the end. Who needs the exception itself calls iternextRaising. */
export function slot_tp_iternext(self: Ref): Ref {
  const m = nativeMark();
  try {
    return vectorcall_method(Py_ID.__next__, self);
  } catch (e) {
    swallow(e, PyExc_StopIteration, m);
    return 0;
  }
}
/** tp_iternext, but a StopIteration raised by a __next__ written in Python comes out as it is; 0 at any other end. */
export function iternextRaising(it: Ref): Ref {
  const next = text[i32(i32(it + 8) + T.tp_iternext)] as NativeFunction;
  return next === slot_tp_iternext ? vectorcall_method(Py_ID.__next__, it) : (next(it) as Ref);
}
export function slot_tp_descr_get(self: Ref, obj: Ref, type: Ref): Ref {
  const t = i32(self + 8);
  const get = _PyType_Lookup(t, Py_ID.__get__);
  if (get === 0) {
    if (text[i32(t + T.tp_descr_get)] === slot_tp_descr_get) setPtr(t + T.tp_descr_get, 0);
    return Py_NewRef(self);
  }
  Py_INCREF(get);
  return callFound(get | 1, self, 2, obj === 0 ? Py_None : obj, type === 0 ? Py_None : type);
}
export function slot_tp_descr_set(self: Ref, target: Ref, value: Ref): void {
  if (value === 0) discard(vectorcall_method(Py_ID.__delete__, self, 1, target));
  else discard(vectorcall_method(Py_ID.__set__, self, 2, target, value));
}
/** Runs __del__; what it raises is reported, what was raised before stays. */
export function slot_tp_finalize(self: Ref): void {
  const saved = PyErr_GetRaisedException();
  const m = hold(saved);
  const mark = nativeMark();
  let del = 0;
  try {
    const found = lookup_maybe_method(self, Py_ID.__del__);
    if (found !== 0) {
      del = found & -2;
      hold(del);
      discard(callBorrowed(found, self, 0, 0, 0, 0));
      release(mark);
    }
  } catch (e) {
    // the method is still needed to name it in the report
    if (del !== 0) {
      catchPending(e, mark + 8);
      PyErr_WriteUnraisable(del);
    } else {
      catchPending(e, mark);
      PyErr_WriteUnraisable(self);
    }
    release(mark);
  }
  drop(m);
  PyErr_SetRaisedException(saved);
}

// ---- asynchronous -------------------------------------------------------------------------------------------------

function asyncSlot(self: Ref, name: Ref, text: string): Ref {
  const found = lookup_maybe_method(self, name);
  if (found === 0) raise(PyExc_AttributeError, `object ${typeNameOf(self)} does not have ${text} method`);
  return callFound(found, self, 0);
}
export function slot_am_await(self: Ref): Ref {
  return asyncSlot(self, Py_ID.__await__, '__await__');
}
export function slot_am_aiter(self: Ref): Ref {
  return asyncSlot(self, Py_ID.__aiter__, '__aiter__');
}
export function slot_am_anext(self: Ref): Ref {
  return asyncSlot(self, Py_ID.__anext__, '__anext__');
}
