/**
 * Weak references and proxies. Mirrors Objects/weakrefobject.c.
 *
 *   PyWeakReference  +16 wr_object (None when dead) +24 wr_callback +32 hash +40 wr_prev +48 wr_next +56 vectorcall
 *   an object's list: the slot at tp_weaklistoffset (or -32) heads it: the plain ref, the plain proxy, then the others
 */
import {
  METH_CLASS,
  METH_O,
  PyTypeObject,
  PyWeakReference as W,
  Py_ID,
  Py_READONLY,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_HAVE_VECTORCALL,
  _Py_T_OBJECT,
} from '@moult/abi';
import { _PyObject_GC_New, PyObject_GC_Del } from '../gc/alloc.ts';
import { weakrefListSlot } from '../gc/gcmain.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { hooks } from '../hooks.ts';
import { HASH_HI, i32, setI32, setI64, setPtr } from '../memory/linear.ts';
import { fnptr, text } from '../memory/text.ts';
import * as A from './abstract.ts';
import { _PyArg_CheckPositional, _PyArg_NoKeywords } from './args.ts';
import { callFunction, PyObject_Call, PyObject_CallOneArg } from './call.ts';
import { catchPending, PyErr_GetRaisedException, PyErr_SetRaisedException, raise } from './errors.ts';
import { Py_GenericAlias } from './genericaliasobject.ts';
import { hold, Py_CLEAR, Py_DECREF, Py_NewRef, PyType_IsSubtype, type Ref, release, typeNameOf } from './object.ts';
import {
  PyObject_GetAttr,
  PyObject_GetOptionalAttr,
  PyObject_Hash,
  PyObject_IsTrue,
  PyObject_RichCompare,
  PyObject_SetAttr,
  PyObject_Str,
  PyCallable_Check,
} from './objectattr.ts';
import type { TypeSpec } from './spec.ts';
import {
  _PyWeakref_CallableProxyType,
  _PyWeakref_ProxyType,
  _PyWeakref_RefType,
  Py_False,
  Py_None,
  Py_NotImplemented,
  Py_True,
  PyBaseObject_Type,
  PyExc_ReferenceError,
  PyExc_TypeError,
} from './static.ts';
import { PyTuple_New } from './tupleobject.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from './unicodeobject.ts';
import { PyErr_WriteUnraisable } from './unraisable.ts';
import { runFromDealloc } from './trashcan.ts';

declare const __TRACE__: boolean;

export function PyWeakref_CheckRef(op: Ref): boolean {
  return PyType_IsSubtype(i32(op + 8), _PyWeakref_RefType);
}
export function PyWeakref_CheckProxy(op: Ref): boolean {
  return i32(op + 8) === _PyWeakref_ProxyType || i32(op + 8) === _PyWeakref_CallableProxyType;
}
/** The referent, borrowed, or 0 when it is dead (_PyWeakref_GET_REF without the count). */
export function weakrefTarget(wr: Ref): Ref {
  const op = i32(wr + W.wr_object);
  return op === Py_None || i32(op) === 0 ? 0 : op;
}
/** Takes `wr` out of its referent's list; the callback stays (clear_weakref's first part). */
function unlink(wr: Ref): void {
  const op = i32(wr + W.wr_object);
  if (op === Py_None) return;
  // one that dies itself is no news
  if (__TRACE__ && i32(wr) > 0) hooks.weakrefCleared(wr, op);
  const slot = weakrefListSlot(op);
  const prev = i32(wr + W.wr_prev);
  const next = i32(wr + W.wr_next);
  if (i32(slot) === wr) setPtr(slot, next);
  setPtr(wr + W.wr_object, Py_None);
  if (prev !== 0) setPtr(prev + W.wr_next, next);
  if (next !== 0) setPtr(next + W.wr_prev, prev);
  setPtr(wr + W.wr_prev, 0);
  setPtr(wr + W.wr_next, 0);
}
/** Clears the reference but keeps its callback, for the collector. */
export function _PyWeakref_ClearRef(wr: Ref): void {
  unlink(wr);
}
function clear_weakref(wr: Ref): void {
  unlink(wr);
  Py_CLEAR(wr + W.wr_callback);
}
function weakref_dealloc(wr: Ref): void {
  PyObject_GC_UnTrack(wr);
  clear_weakref(wr);
  text[i32(i32(wr + 8) + PyTypeObject.tp_free)]?.(wr);
}
function weakref_traverse(wr: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  const cb = i32(wr + W.wr_callback);
  if (cb !== 0) visit(cb, arg);
}
function weakref_clear(wr: Ref): void {
  clear_weakref(wr);
}

/** True if instances of the type can be weakly referenced. */
export function _PyType_SUPPORTS_WEAKREFS(type: Ref): boolean {
  return i32(type + PyTypeObject.tp_weaklistoffset) !== 0 || (i32(type + PyTypeObject.tp_flags) & (1 << 3)) !== 0;
}
function insertHead(wr: Ref, slot: number): void {
  const next = i32(slot);
  setPtr(wr + W.wr_prev, 0);
  setPtr(wr + W.wr_next, next);
  if (next !== 0) setPtr(next + W.wr_prev, wr);
  setPtr(slot, wr);
}
function insertAfter(wr: Ref, prev: Ref): void {
  const next = i32(prev + W.wr_next);
  setPtr(wr + W.wr_prev, prev);
  setPtr(wr + W.wr_next, next);
  if (next !== 0) setPtr(next + W.wr_prev, wr);
  setPtr(prev + W.wr_next, wr);
}
/** The plain ref and plain proxy at the head of a list, or 0 each (get_basic_refs). */
function basicRef(slot: number): Ref {
  const head = i32(slot);
  return head !== 0 && i32(head + W.wr_callback) === 0 && i32(head + 8) === _PyWeakref_RefType ? head : 0;
}
function basicProxy(slot: number): Ref {
  const head = i32(slot);
  const second = basicRef(slot) !== 0 ? i32(head + W.wr_next) : head;
  return second !== 0 && i32(second + W.wr_callback) === 0 && PyWeakref_CheckProxy(second) ? second : 0;
}
/** get_or_create_weakref: the shared one where there is no callback, else a new one. */
function makeWeakref(type: Ref, op: Ref, callbackArg: Ref): Ref {
  if (!_PyType_SUPPORTS_WEAKREFS(i32(op + 8)))
    raise(PyExc_TypeError, `cannot create weak reference to '${typeNameOf(op)}' object`);
  const callback = callbackArg === Py_None ? 0 : callbackArg;
  const slot = weakrefListSlot(op);
  const isProxy = type === _PyWeakref_ProxyType || type === _PyWeakref_CallableProxyType;
  if (callback === 0) {
    const known = type === _PyWeakref_RefType ? basicRef(slot) : isProxy ? basicProxy(slot) : 0;
    if (known !== 0 && i32(known) > 0) return Py_NewRef(known);
  }
  const wr =
    type === _PyWeakref_RefType || isProxy
      ? _PyObject_GC_New(type)
      : (text[i32(type + PyTypeObject.tp_alloc)]?.(type, 0) as Ref);
  setI64(wr + W.hash, -1, -1);
  setPtr(wr + W.wr_object, op);
  setPtr(wr + W.wr_callback, callback === 0 ? 0 : Py_NewRef(callback));
  setPtr(wr + W.vectorcall, fnptr(weakref_vectorcall));
  if (callback === 0 && type === _PyWeakref_RefType) insertHead(wr, slot);
  else if (callback === 0 && isProxy) {
    const ref = basicRef(slot);
    if (ref !== 0) insertAfter(wr, ref);
    else insertHead(wr, slot);
  } else {
    const prev = basicProxy(slot) || basicRef(slot);
    if (prev !== 0) insertAfter(wr, prev);
    else insertHead(wr, slot);
  }
  if (type === _PyWeakref_RefType || isProxy) _PyObject_GC_TRACK(wr);
  return wr;
}
export function PyWeakref_NewRef(op: Ref, callback: Ref): Ref {
  return makeWeakref(_PyWeakref_RefType, op, callback);
}
export function PyWeakref_NewProxy(op: Ref, callback: Ref): Ref {
  return makeWeakref(PyCallable_Check(op) ? _PyWeakref_CallableProxyType : _PyWeakref_ProxyType, op, callback);
}

function handle_callback(wr: Ref, callback: Ref): void {
  const m = hold(0);
  try {
    Py_DECREF(PyObject_CallOneArg(callback, wr));
  } catch (e) {
    catchPending(e, m);
    PyErr_WriteUnraisable(callback);
  }
  release(m);
}
/** Called when an object with weakrefs dies: clears them all, then calls the callbacks of those that live on. */
export function PyObject_ClearWeakRefs(op: Ref): void {
  const slot = weakrefListSlot(op);
  if (slot === 0 || i32(slot) === 0) return;
  for (let wr = basicRef(slot); wr !== 0; wr = 0) clear_weakref(wr);
  for (let wr = basicProxy(slot); wr !== 0; wr = 0) clear_weakref(wr);
  if (i32(slot) === 0) return;
  const pending = PyErr_GetRaisedException();
  const m = hold(pending);
  // the references and their callbacks wait in a tuple, two items for each
  const tuple = PyTuple_New(_PyWeakref_GetWeakrefCount(op) * 2);
  hold(tuple);
  let end = tuple + 24;
  for (let wr = i32(slot); wr !== 0; wr = i32(slot)) {
    unlink(wr);
    if (i32(wr) > 0) {
      setPtr(end, Py_NewRef(wr));
      setPtr(end + 8, i32(wr + W.wr_callback));
      setPtr(wr + W.wr_callback, 0);
      end += 16;
    } else Py_CLEAR(wr + W.wr_callback);
  }
  for (let p = tuple + 24; p < end; p += 16)
    if (i32(p + 8) !== 0) runFromDealloc(handle_callback, i32(p), i32(p + 8), op);
  release(m + 8);
  setPtr(m, 0);
  release(m);
  if (pending !== 0) PyErr_SetRaisedException(pending);
}
/** Clears all weakrefs of the object without calling back (for objects whose finalizer revived nothing: _PyWeakref_…). */
export function clearWeakrefsSilently(op: Ref): void {
  const slot = weakrefListSlot(op);
  if (slot !== 0) while (i32(slot) !== 0) _PyWeakref_ClearRef(i32(slot));
}
/** How many weak references there are to `op`. */
export function _PyWeakref_GetWeakrefCount(op: Ref): number {
  if (!_PyType_SUPPORTS_WEAKREFS(i32(op + 8))) return 0;
  let n = 0;
  for (let wr = i32(weakrefListSlot(op)); wr !== 0; wr = i32(wr + W.wr_next)) n++;
  return n;
}

/** Every realm: numbers the native that every weakref holds. */
export function linkWeakrefs(): void {
  fnptr(weakref_vectorcall);
}
function weakref_vectorcall(wr: Ref, _args: number, nargs: number, kwnames: Ref): Ref {
  if (kwnames !== 0 && i32(kwnames + 16) > 0) raise(PyExc_TypeError, 'weakref() takes no keyword arguments');
  _PyArg_CheckPositional('weakref', nargs, 0, 0);
  const op = weakrefTarget(wr);
  return op === 0 ? Py_NewRef(Py_None) : Py_NewRef(op);
}
function weakref_call(wr: Ref, args: Ref, kwargs: Ref): Ref {
  _PyArg_NoKeywords('weakref', kwargs);
  return weakref_vectorcall(wr, args + 24, i32(args + 16), 0);
}
function weakref_new(type: Ref, args: Ref, kwargs: Ref): Ref {
  if (type === _PyWeakref_RefType) _PyArg_NoKeywords('ref', kwargs);
  const n = i32(args + 16);
  _PyArg_CheckPositional('__new__', n, 1, 2);
  return makeWeakref(type, i32(args + 24), n > 1 ? i32(args + 32) : 0);
}
function weakref_init(_self: Ref, args: Ref, kwargs: Ref): void {
  _PyArg_NoKeywords('ref', kwargs);
  _PyArg_CheckPositional('__init__', i32(args + 16), 1, 2);
}
function weakref_hash(wr: Ref): number {
  const lo = i32(wr + W.hash);
  const hi = i32(wr + W.hash + 4);
  if (lo !== -1 || hi !== -1) {
    setI32(HASH_HI, hi);
    return lo;
  }
  const op = weakrefTarget(wr);
  if (op === 0) raise(PyExc_TypeError, 'weak object has gone away');
  const m = hold(Py_NewRef(op));
  const h = PyObject_Hash(op);
  const high = i32(HASH_HI);
  release(m);
  setI64(wr + W.hash, h, high);
  setI32(HASH_HI, high);
  return h;
}
function hex(op: Ref): string {
  return `0x${op.toString(16)}`;
}
function weakref_repr(wr: Ref): Ref {
  const op = weakrefTarget(wr);
  if (op === 0) return PyUnicode_FromString(`<weakref at ${hex(wr)}; dead>`);
  const m = hold(Py_NewRef(op));
  const name = PyObject_GetOptionalAttr(op, Py_ID.__name__);
  if (name !== 0) hold(name);
  const suffix =
    name !== 0 && (i32(i32(name + 8) + PyTypeObject.tp_flags) & (1 << 28)) !== 0 ? ` (${asText(name)})` : '';
  const r = PyUnicode_FromString(`<weakref at ${hex(wr)}; to '${typeNameOf(op)}' at ${hex(op)}${suffix}>`);
  release(m);
  return r;
}
function weakref_richcompare(a: Ref, b: Ref, op: number): Ref {
  if ((op !== 2 && op !== 3) || !PyWeakref_CheckRef(a) || !PyWeakref_CheckRef(b)) return Py_NewRef(Py_NotImplemented);
  const x = weakrefTarget(a);
  const y = weakrefTarget(b);
  if (x === 0 || y === 0) return Py_NewRef((a === b) === (op === 2) ? Py_True : Py_False);
  const m = hold(Py_NewRef(x));
  hold(Py_NewRef(y));
  const r = PyObject_RichCompare(x, y, op);
  release(m);
  return r;
}

export const weakrefRefSpec: TypeSpec = {
  address: _PyWeakref_RefType,
  name: 'weakref.ReferenceType',
  basicsize: W.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_BASETYPE,
  base: PyBaseObject_Type,
  vectorcallOffset: W.vectorcall,
  slots: {
    tp_dealloc: weakref_dealloc,
    tp_repr: weakref_repr,
    tp_hash: weakref_hash,
    tp_call: weakref_call,
    tp_traverse: weakref_traverse,
    tp_clear: weakref_clear,
    tp_richcompare: weakref_richcompare,
    tp_init: weakref_init,
    tp_new: weakref_new,
    tp_free: PyObject_GC_Del,
  },
  methods: [
    {
      name: '__class_getitem__',
      flags: METH_O | METH_CLASS,
      fn: (type: Ref, item: Ref) => Py_GenericAlias(type, item),
      doc: 'See PEP 585',
    },
  ],
  members: [{ name: '__callback__', type: _Py_T_OBJECT, offset: W.wr_callback, flags: Py_READONLY }],
};

// ---- proxies ----

/** The referent of a proxy, or the object itself; ReferenceError when it is dead. New reference. */
function unwrap(op: Ref): Ref {
  if (!PyWeakref_CheckProxy(op)) return Py_NewRef(op);
  const x = weakrefTarget(op);
  if (x === 0) raise(PyExc_ReferenceError, 'weakly-referenced object no longer exists');
  return Py_NewRef(x);
}
function wrap1(f: (a: Ref) => Ref): (a: Ref) => Ref {
  return (a) => {
    const m = hold(unwrap(a));
    const r = f(i32(m));
    release(m);
    return r;
  };
}
function wrap2(f: (a: Ref, b: Ref) => Ref): (a: Ref, b: Ref) => Ref {
  return (a, b) => {
    const m = hold(unwrap(a));
    hold(unwrap(b));
    const r = f(i32(m), i32(m + 8));
    release(m);
    return r;
  };
}
function wrap3(f: (a: Ref, b: Ref, c: Ref) => Ref): (a: Ref, b: Ref, c: Ref) => Ref {
  return (a, b, c) => {
    const m = hold(unwrap(a));
    hold(unwrap(b));
    hold(c === 0 ? 0 : unwrap(c));
    const r = f(i32(m), i32(m + 8), c === 0 ? 0 : i32(m + 16));
    release(m);
    return r;
  };
}
function proxy_setattr(a: Ref, name: Ref, value: Ref): void {
  const m = hold(unwrap(a));
  PyObject_SetAttr(i32(m), name, value);
  release(m);
}
function proxy_richcompare(a: Ref, b: Ref, op: number): Ref {
  const m = hold(unwrap(a));
  hold(unwrap(b));
  const r = PyObject_RichCompare(i32(m), i32(m + 8), op);
  release(m);
  return r;
}
function proxy_repr(a: Ref): Ref {
  const m = hold(unwrap(a));
  const r = PyUnicode_FromString(`<weakproxy at ${hex(a)}; to '${typeNameOf(i32(m))}' at ${hex(i32(m))}>`);
  release(m);
  return r;
}
function proxy_bool(a: Ref): boolean {
  const m = hold(unwrap(a));
  const r = PyObject_IsTrue(i32(m));
  release(m);
  return r;
}
function proxy_length(a: Ref): number {
  const m = hold(unwrap(a));
  const n = A.PyObject_Size(i32(m));
  release(m);
  return n;
}
function proxy_contains(a: Ref, v: Ref): boolean {
  const m = hold(unwrap(a));
  const r = A.PySequence_Contains(i32(m), v);
  release(m);
  return r;
}
function proxy_setitem(a: Ref, key: Ref, value: Ref): void {
  const m = hold(unwrap(a));
  if (value === 0) A.PyObject_DelItem(i32(m), key);
  else A.PyObject_SetItem(i32(m), key, value);
  release(m);
}
function proxy_iternext(a: Ref): Ref {
  const m = hold(unwrap(a));
  if (!A.PyIter_Check(i32(m)))
    raise(PyExc_TypeError, `Weakref proxy referenced a non-iterator '${typeNameOf(i32(m))}' object`);
  const r = A.PyIter_Next(i32(m));
  release(m);
  return r;
}
function proxy_call(a: Ref, args: Ref, kwargs: Ref): Ref {
  const m = hold(unwrap(a));
  const r = PyObject_Call(i32(m), args, kwargs);
  release(m);
  return r;
}
function callNamed(name: string): (a: Ref) => Ref {
  return wrap1((op) => {
    const m = hold(PyUnicode_InternFromString(name));
    hold(PyObject_GetAttr(op, i32(m)));
    const r = callFunction(i32(m + 8));
    release(m);
    return r;
  });
}
/** Slots of proxies: made once, when the specs are. */
function proxySlots(callable: boolean): TypeSpec['slots'] {
  return {
    tp_dealloc: weakref_dealloc,
    tp_repr: proxy_repr,
    tp_str: wrap1(PyObject_Str),
    tp_getattro: wrap2(PyObject_GetAttr),
    tp_setattro: proxy_setattr,
    tp_traverse: weakref_traverse,
    tp_clear: weakref_clear,
    tp_richcompare: proxy_richcompare,
    tp_iter: wrap1(A.PyObject_GetIter),
    tp_iternext: proxy_iternext,
    tp_free: PyObject_GC_Del,
    nb_add: wrap2(A.PyNumber_Add),
    nb_subtract: wrap2(A.PyNumber_Subtract),
    nb_multiply: wrap2(A.PyNumber_Multiply),
    nb_remainder: wrap2(A.PyNumber_Remainder),
    nb_divmod: wrap2(A.PyNumber_Divmod),
    nb_power: wrap3(A.PyNumber_Power),
    nb_negative: wrap1(A.PyNumber_Negative),
    nb_positive: wrap1(A.PyNumber_Positive),
    nb_absolute: wrap1(A.PyNumber_Absolute),
    nb_bool: proxy_bool,
    nb_invert: wrap1(A.PyNumber_Invert),
    nb_lshift: wrap2(A.PyNumber_Lshift),
    nb_rshift: wrap2(A.PyNumber_Rshift),
    nb_and: wrap2(A.PyNumber_And),
    nb_xor: wrap2(A.PyNumber_Xor),
    nb_or: wrap2(A.PyNumber_Or),
    nb_int: wrap1(A.PyNumber_Long),
    nb_float: wrap1(A.PyNumber_Float),
    nb_inplace_add: wrap2(A.PyNumber_InPlaceAdd),
    nb_inplace_subtract: wrap2(A.PyNumber_InPlaceSubtract),
    nb_inplace_multiply: wrap2(A.PyNumber_InPlaceMultiply),
    nb_inplace_remainder: wrap2(A.PyNumber_InPlaceRemainder),
    nb_inplace_power: wrap3(A.PyNumber_InPlacePower),
    nb_inplace_lshift: wrap2(A.PyNumber_InPlaceLshift),
    nb_inplace_rshift: wrap2(A.PyNumber_InPlaceRshift),
    nb_inplace_and: wrap2(A.PyNumber_InPlaceAnd),
    nb_inplace_xor: wrap2(A.PyNumber_InPlaceXor),
    nb_inplace_or: wrap2(A.PyNumber_InPlaceOr),
    nb_floor_divide: wrap2(A.PyNumber_FloorDivide),
    nb_true_divide: wrap2(A.PyNumber_TrueDivide),
    nb_inplace_floor_divide: wrap2(A.PyNumber_InPlaceFloorDivide),
    nb_inplace_true_divide: wrap2(A.PyNumber_InPlaceTrueDivide),
    nb_index: wrap1(A.PyNumber_Index),
    nb_matrix_multiply: wrap2(A.PyNumber_MatrixMultiply),
    nb_inplace_matrix_multiply: wrap2(A.PyNumber_InPlaceMatrixMultiply),
    sq_length: proxy_length,
    sq_contains: proxy_contains,
    mp_length: proxy_length,
    mp_subscript: wrap2(A.PyObject_GetItem),
    mp_ass_subscript: proxy_setitem,
    tp_hash: proxy_hash,
    ...(callable ? { tp_call: proxy_call } : {}),
  };
}
function proxy_hash(a: Ref): never {
  raise(PyExc_TypeError, `unhashable type: '${typeNameOf(a)}'`);
}
const proxyCommon = {
  basicsize: W.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  base: PyBaseObject_Type,
  methods: [
    { name: '__bytes__', flags: 4, fn: callNamed('__bytes__') },
    { name: '__reversed__', flags: 4, fn: callNamed('__reversed__') },
  ],
} as const;
export const weakrefProxySpec: TypeSpec = {
  address: _PyWeakref_ProxyType,
  name: 'weakref.ProxyType',
  ...proxyCommon,
  slots: proxySlots(false),
};
export const weakrefCallableProxySpec: TypeSpec = {
  address: _PyWeakref_CallableProxyType,
  name: 'weakref.CallableProxyType',
  ...proxyCommon,
  slots: proxySlots(true),
};
