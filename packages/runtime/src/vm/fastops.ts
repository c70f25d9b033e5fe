/** The guarded bodies of specialised instructions that are too long for the loop. 0 or false: the guard failed. */
import {
  ASCII_ADDRESS,
  ASCII_STRIDE,
  OP,
  PyFunctionObject,
  PyHeapTypeObject,
  PyCodeObject,
  PyDictObject,
  PyThreadState,
  PyTypeObject,
} from '@moult/abi';
import { i32, setI32, setPtr, setSsize, ssize, u16, u32, u8 } from '../memory/linear.ts';
import {
  _PyDictValues_AddToInsertionOrder,
  maintainTracking,
  nextVersion,
  PyDict_GetItemRef,
  PyDict_SetItem,
} from '../objects/dictobject.ts';
import { setKeyError } from '../objects/dictdelete.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { borrowArguments, dropArguments, Py_DECREF, Py_INCREF, Py_NewRef, type Ref } from '../objects/object.ts';
import { PyDict_Type, PyFunction_Type, PyLong_Type, PyModule_Type, PyUnicode_Type } from '../objects/static.ts';
import { PyUnicode_Append, PyUnicode_Concat, PyUnicode_READ_CHAR, unicode_eq } from '../objects/unicodeobject.ts';
import { _PyEvalFramePushAndInit } from './calls.ts';
import { codeName } from './names.ts';
import { popn } from './ops.ts';

export const addToInsertionOrder = _PyDictValues_AddToInsertionOrder;
export const concat = PyUnicode_Concat;
export const unicodeEqual = unicode_eq;

/** `local += right` where the local is the left operand: its only other reference is the stack's. */
export function appendInPlace(localSlot: number, sp: number): void {
  const left = i32(sp - 16);
  setI32(sp - 16, 0);
  Py_DECREF(left);
  PyUnicode_Append(localSlot, i32(sp - 8));
  const right = i32(sp - 8);
  setI32(sp - 8, 0);
  Py_DECREF(right);
}

export function strItem(s: Ref, index: Ref): Ref {
  if (i32(s + 8) !== PyUnicode_Type || i32(index + 8) !== PyLong_Type || (i32(index + 16) & -9) > 1) return 0;
  const i = i32(index + 24);
  if (i >= i32(s + 16)) return 0;
  const c = PyUnicode_READ_CHAR(s, i);
  return c < 128 ? Py_NewRef(ASCII_ADDRESS + c * ASCII_STRIDE) : 0;
}
/** 0 with KeyError set where there is no such key: an exact dict asks no __missing__. */
export function dictSubscript(dict: Ref, key: Ref): Ref {
  const v = PyDict_GetItemRef(dict, key);
  if (v === 0) setKeyError(key);
  return v;
}
export function dictStore(sp: number): void {
  PyDict_SetItem(i32(sp - 16), i32(sp - 8), i32(sp - 24));
  popn(sp, 3);
}
export function rangeNext(it: Ref): Ref {
  const len = ssize(it + 32);
  if (len <= 0) return 0;
  const start = ssize(it + 16);
  setSsize(it + 16, start + ssize(it + 24));
  setSsize(it + 32, len - 1);
  return PyLong_FromLong(start);
}

/** A frame for a Python __getitem__ that the type has cached; its operands move from the stack. */
export function getitemFrame(tstate: number, _fp: number, sp: number): number {
  const container = i32(sp - 16);
  const type = i32(container + 8);
  if ((i32(type + PyTypeObject.tp_flags) & (1 << 9)) === 0) return 0;
  const func = i32(type + PyHeapTypeObject._spec_cache_getitem);
  if (func === 0) return 0;
  if (u32(func + PyFunctionObject.func_version) !== u32(type + PyHeapTypeObject._spec_cache_getitem_version)) return 0;
  const code = i32(func + PyFunctionObject.func_code);
  if (!hasStackSpace(tstate, i32(code + PyCodeObject.co_framesize))) return 0;
  return _PyEvalFramePushAndInit(tstate, Py_NewRef(func), 0, sp - 16, 2, 0, true);
}
function hasStackSpace(tstate: number, words: number): boolean {
  const top = i32(tstate + PyThreadState.datastack_top);
  return top !== 0 && top + (words << 3) < i32(tstate + PyThreadState.datastack_limit);
}

/** LOAD_ATTR_*: the attribute as a new reference. */
export function loadAttr(opcode: number, owner: Ref, ip: number, fp: number, oparg: number): Ref {
  const type = i32(owner + 8);
  let v = 0;
  if (opcode === OP.LOAD_ATTR_MODULE) {
    if (type !== PyModule_Type) return 0;
    const keys = i32(i32(owner + 16) + PyDictObject.ma_keys);
    if (u32(keys + 12) !== u32(ip + 4)) return 0;
    v = i32(keys + 40 + (1 << u8(keys + 9)) + (u16(ip + 8) << 4));
    return v === 0 ? 0 : Py_NewRef(v);
  }
  if (opcode === OP.LOAD_ATTR_CLASS) {
    // the owner is itself a type
    if (
      (i32(type + PyTypeObject.tp_flags) & (1 << 31)) === 0 ||
      u32(owner + PyTypeObject.tp_version_tag) !== u32(ip + 4)
    )
      return 0;
    return Py_NewRef(i32(ip + 12));
  }
  if (u32(type + PyTypeObject.tp_version_tag) !== u32(ip + 4)) return 0;
  switch (opcode) {
    case OP.LOAD_ATTR_SLOT:
      v = i32(owner + u16(ip + 8));
      return v === 0 ? 0 : Py_NewRef(v);
    case OP.LOAD_ATTR_WITH_HINT: {
      const dict = i32(owner - 24);
      if (dict === 0) return 0;
      const keys = i32(dict + PyDictObject.ma_keys);
      const hint = u16(ip + 8);
      if (i32(dict + PyDictObject.ma_values) !== 0 || hint >= i32(keys + 24) || u8(keys + 10) !== 1) return 0;
      const entry = keys + 32 + (1 << u8(keys + 9)) + (hint << 4);
      if (i32(entry) !== codeName(fp, oparg >>> 1)) return 0;
      v = i32(entry + 8);
      return v === 0 ? 0 : Py_NewRef(v);
    }
    case OP.LOAD_ATTR_METHOD_LAZY_DICT:
      if (i32(owner - 24 + u16(ip + 8)) !== 0) return 0;
      return Py_NewRef(i32(ip + 12));
    case OP.LOAD_ATTR_NONDESCRIPTOR_NO_DICT:
      return Py_NewRef(i32(ip + 12));
    default:
      // NONDESCRIPTOR_WITH_VALUES
      if (u8(owner + i32(type + PyTypeObject.tp_basicsize) + 3) === 0) return 0;
      if (u32(i32(type + PyHeapTypeObject.ht_cached_keys) + 12) !== u32(ip + 8)) return 0;
      return Py_NewRef(i32(ip + 12));
  }
}
/** LOAD_ATTR_PROPERTY and LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN: a frame for the Python function. */
export function attrFrame(tstate: number, opcode: number, fp: number, ip: number, sp: number, oparg: number): number {
  const owner = i32(sp - 8);
  const type = i32(owner + 8);
  if (u32(type + PyTypeObject.tp_version_tag) !== u32(ip + 4) || (oparg & 1) !== 0) return 0;
  const func = i32(ip + 12);
  if (i32(func + 8) !== PyFunction_Type) return 0;
  const code = i32(func + PyFunctionObject.func_code);
  if (!hasStackSpace(tstate, i32(code + PyCodeObject.co_framesize))) return 0;
  if (opcode === OP.LOAD_ATTR_PROPERTY) {
    return _PyEvalFramePushAndInit(tstate, Py_NewRef(func), 0, sp - 8, 1, 0, true);
  }
  if (u32(func + PyFunctionObject.func_version) !== u32(ip + 8)) return 0;
  const name = codeName(fp, oparg >>> 1);
  Py_INCREF(name);
  // the caller's stack may have no room for the name
  const args = borrowArguments(2);
  setPtr(args, owner);
  setPtr(args + 8, name);
  const frame = _PyEvalFramePushAndInit(tstate, Py_NewRef(func), 0, args, 2, 0, true);
  dropArguments(args);
  return frame;
}

/** STORE_ATTR_SLOT and STORE_ATTR_WITH_HINT; releases the operands when it succeeds. */
export function storeAttr(opcode: number, fp: number, ip: number, sp: number, oparg: number): boolean {
  const owner = i32(sp - 8);
  const type = i32(owner + 8);
  if (u32(type + PyTypeObject.tp_version_tag) !== u32(ip + 4)) return false;
  const value = i32(sp - 16);
  let slot: number;
  if (opcode === OP.STORE_ATTR_SLOT) slot = owner + u16(ip + 8);
  else {
    const dict = i32(owner - 24);
    if (dict === 0 || i32(dict + 8) !== PyDict_Type) return false;
    const keys = i32(dict + PyDictObject.ma_keys);
    const hint = u16(ip + 8);
    if (i32(dict + PyDictObject.ma_values) !== 0 || hint >= i32(keys + 24) || u8(keys + 10) !== 1) return false;
    const entry = keys + 32 + (1 << u8(keys + 9)) + (hint << 4);
    if (i32(entry) !== codeName(fp, oparg) || i32(entry + 8) === 0) return false;
    slot = entry + 8;
    maintainTracking(dict, i32(entry), value);
    nextVersion(dict);
  }
  const old = i32(slot);
  setPtr(slot, value);
  setI32(sp - 16, 0);
  if (old !== 0) Py_DECREF(old);
  setI32(sp - 8, 0);
  Py_DECREF(owner);
  return true;
}
