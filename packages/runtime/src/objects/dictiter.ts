/**
 * The iterators of dict and its views, both ways. Mirrors the iterator part of Objects/dictobject.c.
 *
 *   dictiterobject  +16 di_dict  +24 di_used (-1 after an error)  +32 di_pos  +40 di_result (reused pair)  +48 len
 */
import { dictiterobject, METH_NOARGS, Py_TPFLAGS_HAVE_GC, PyDictObject } from '@moult/abi';
import { _PyObject_GC_New, PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_IS_TRACKED, _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { i32, setI32, setI64, setPtr } from '../memory/linear.ts';
import { PySequence_List } from './abstract.ts';
import { entryKeySlot } from './dictkeys.ts';
import { get_index_from_order, valueAt } from './dictobject.ts';
import { raise } from './errors.ts';
import { PyLong_FromLong } from './longobject.ts';
import { drop, hold, Py_CLEAR, Py_DECREF, Py_INCREF, Py_NewRef, type Ref, release } from './object.ts';
import { PyObject_GenericGetAttr, PyObject_SelfIter } from './objectattr.ts';
import { getBuiltinAttr } from './reducehelp.ts';
import type { TypeSpec } from './spec.ts';
import {
  Py_None,
  PyDictIterItem_Type,
  PyDictIterKey_Type,
  PyDictIterValue_Type,
  PyDictRevIterItem_Type,
  PyDictRevIterKey_Type,
  PyDictRevIterValue_Type,
  PyExc_RuntimeError,
} from './static.ts';
import { PyTuple_Pack, tupleSteal, buildTuple } from './tupleobject.ts';

type Visit = (x: Ref, arg: number) => void;

export function dictiter_new(dict: Ref, type: Ref): Ref {
  const di = _PyObject_GC_New(type);
  setPtr(di + 16, Py_NewRef(dict));
  const used = i32(dict + PyDictObject.ma_used);
  setPtr(di + 24, used);
  setPtr(di + 48, used);
  setPtr(di + 40, 0);
  if (type === PyDictRevIterKey_Type || type === PyDictRevIterItem_Type || type === PyDictRevIterValue_Type) {
    const last = i32(dict + PyDictObject.ma_values) !== 0 ? used - 1 : i32(i32(dict + PyDictObject.ma_keys) + 24) - 1;
    setPosition(di, last);
  } else setPtr(di + 32, 0);
  if (type === PyDictIterItem_Type || type === PyDictRevIterItem_Type) {
    const m = hold(di);
    const pair = PyTuple_Pack(Py_None, Py_None);
    drop(m);
    setPtr(di + 40, pair);
  }
  _PyObject_GC_TRACK(di);
  return di;
}
function setPosition(di: Ref, i: number): void {
  setI64(di + 32, i, i < 0 ? -1 : 0);
}
export function dict_iter(dict: Ref): Ref {
  return dictiter_new(dict, PyDictIterKey_Type);
}
function dictiter_dealloc(di: Ref): void {
  PyObject_GC_UnTrack(di);
  Py_CLEAR(di + 16);
  Py_CLEAR(di + 40);
  PyObject_GC_Del(di);
}
function dictiter_traverse(di: Ref, visit: Visit, arg: number): void {
  if (i32(di + 16) !== 0) visit(i32(di + 16), arg);
  if (i32(di + 40) !== 0) visit(i32(di + 40), arg);
}
function changedSize(di: Ref): never {
  setI64(di + 24, -1, -1);
  raise(PyExc_RuntimeError, 'dictionary changed size during iteration');
}
/** Ends the iteration: the dict is let go. */
function finish(di: Ref, d: Ref): number {
  setPtr(di + 16, 0);
  Py_DECREF(d);
  return -1;
}
/** Steps forward; the entry's index, or -1 at the end. */
function advance(di: Ref, d: Ref): number {
  if (i32(di + 24) !== i32(d + 16)) changedSize(di);
  let i = i32(di + 32);
  let ix: number;
  if (i32(d + PyDictObject.ma_values) !== 0) {
    if (i >= i32(d + 16)) return finish(di, d);
    ix = get_index_from_order(d, i);
  } else {
    const keys = i32(d + PyDictObject.ma_keys);
    const n = i32(keys + 24);
    while (i < n && i32(entryKeySlot(keys, i) + 8) === 0) i++;
    if (i >= n) return finish(di, d);
    ix = i;
  }
  const left = i32(di + 48);
  if (left === 0) {
    finish(di, d);
    raise(PyExc_RuntimeError, 'dictionary keys changed during iteration');
  }
  setI32(di + 32, i + 1);
  setI32(di + 48, left - 1);
  return ix;
}
function retreat(di: Ref, d: Ref): number {
  if (i32(di + 24) !== i32(d + 16)) changedSize(di);
  let i = i32(di + 32);
  if (i < 0) return finish(di, d);
  let ix: number;
  if (i32(d + PyDictObject.ma_values) !== 0) ix = get_index_from_order(d, i);
  else {
    const keys = i32(d + PyDictObject.ma_keys);
    while (i32(entryKeySlot(keys, i) + 8) === 0) if (--i < 0) return finish(di, d);
    ix = i;
  }
  setPosition(di, i - 1);
  setI32(di + 48, i32(di + 48) - 1);
  return ix;
}
function keyAt(d: Ref, ix: number): Ref {
  return i32(entryKeySlot(i32(d + PyDictObject.ma_keys), ix));
}
/** The entry as a pair: the last pair again if nobody else has it. */
function pairOf(di: Ref, key: Ref, value: Ref): Ref {
  const result = i32(di + 40);
  if (i32(result) !== 1) return PyTuple_Pack(key, value);
  const oldKey = i32(result + 24);
  const oldValue = i32(result + 32);
  Py_INCREF(key);
  Py_INCREF(value);
  setI32(result + 24, key);
  setI32(result + 32, value);
  Py_INCREF(result);
  const m = hold(result);
  hold(oldValue);
  Py_DECREF(oldKey);
  release(m + 8);
  drop(m);
  if (!_PyObject_GC_IS_TRACKED(result)) _PyObject_GC_TRACK(result);
  return result;
}
function dictiter_iternextkey(di: Ref): Ref {
  const d = i32(di + 16);
  if (d === 0) return 0;
  const ix = advance(di, d);
  return ix < 0 ? 0 : Py_NewRef(keyAt(d, ix));
}
function dictiter_iternextvalue(di: Ref): Ref {
  const d = i32(di + 16);
  if (d === 0) return 0;
  const ix = advance(di, d);
  return ix < 0 ? 0 : Py_NewRef(valueAt(d, ix));
}
function dictiter_iternextitem(di: Ref): Ref {
  const d = i32(di + 16);
  if (d === 0) return 0;
  const ix = advance(di, d);
  return ix < 0 ? 0 : pairOf(di, keyAt(d, ix), valueAt(d, ix));
}
function dictreviter_key(di: Ref): Ref {
  const d = i32(di + 16);
  if (d === 0) return 0;
  const ix = retreat(di, d);
  return ix < 0 ? 0 : Py_NewRef(keyAt(d, ix));
}
function dictreviter_value(di: Ref): Ref {
  const d = i32(di + 16);
  if (d === 0) return 0;
  const ix = retreat(di, d);
  return ix < 0 ? 0 : Py_NewRef(valueAt(d, ix));
}
function dictreviter_item(di: Ref): Ref {
  const d = i32(di + 16);
  if (d === 0) return 0;
  const ix = retreat(di, d);
  return ix < 0 ? 0 : pairOf(di, keyAt(d, ix), valueAt(d, ix));
}
function dictiter_len(di: Ref): Ref {
  const d = i32(di + 16);
  return PyLong_FromLong(d !== 0 && i32(di + 24) === i32(d + 16) ? i32(di + 48) : 0);
}
/** What is left, as a list: `iter([...])`; this iterator does not move. */
function dictiter_reduce(di: Ref): Ref {
  const type = i32(di + 8);
  const d = i32(di + 16);
  const m = hold(i32(di + 40) === 0 ? 0 : PyTuple_Pack(Py_None, Py_None));
  const copy = _PyObject_GC_New(type);
  for (let at = 16; at <= 48; at += 8) setI64(copy + at, i32(di + at), i32(di + at + 4));
  setPtr(copy + 40, i32(m));
  setPtr(m, copy);
  if (d !== 0) Py_INCREF(d);
  _PyObject_GC_TRACK(copy);
  const list = PySequence_List(copy);
  release(m);
  return buildTuple(
    () => getBuiltinAttr('iter'),
    () => tupleSteal(list),
  );
}

const METHODS = [
  { name: '__length_hint__', flags: METH_NOARGS, fn: dictiter_len },
  { name: '__reduce__', flags: METH_NOARGS, fn: dictiter_reduce },
];
function spec(address: number, name: string, next: (di: Ref) => Ref): TypeSpec {
  return {
    address,
    name,
    basicsize: dictiterobject.SIZE,
    flags: Py_TPFLAGS_HAVE_GC,
    slots: {
      tp_dealloc: dictiter_dealloc,
      tp_getattro: PyObject_GenericGetAttr,
      tp_traverse: dictiter_traverse,
      tp_iter: PyObject_SelfIter,
      tp_iternext: next,
    },
    methods: METHODS,
  };
}
export const dictIterKeySpec = spec(PyDictIterKey_Type, 'dict_keyiterator', dictiter_iternextkey);
export const dictIterValueSpec = spec(PyDictIterValue_Type, 'dict_valueiterator', dictiter_iternextvalue);
export const dictIterItemSpec = spec(PyDictIterItem_Type, 'dict_itemiterator', dictiter_iternextitem);
export const dictRevIterKeySpec = spec(PyDictRevIterKey_Type, 'dict_reversekeyiterator', dictreviter_key);
export const dictRevIterValueSpec = spec(PyDictRevIterValue_Type, 'dict_reversevalueiterator', dictreviter_value);
export const dictRevIterItemSpec = spec(PyDictRevIterItem_Type, 'dict_reverseitemiterator', dictreviter_item);
