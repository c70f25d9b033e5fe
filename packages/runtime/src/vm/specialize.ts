/**
 * Quickening: when an instruction's counter runs out, its opcode in co_code_adaptive becomes the specialised one that fits
 * the operands at hand, as CPython's does, with CPython's counters. Mirrors Python/specialize.c and pycore_backoff.h.
 *
 * A counter has its value in bits 4-15 and its backoff in bits 0-3. Cache words follow the instruction at `ip`.
 */
import {
  ADAPTIVE_COOLDOWN_VALUE,
  CO_OPTIMIZED,
  CO_VARARGS,
  CO_VARKEYWORDS,
  MANAGED_DICT_OFFSET,
  MAX_BACKOFF,
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_METHOD,
  METH_NOARGS,
  METH_O,
  METH_VARARGS,
  OP,
  opcodeDeopt,
  propertyobject,
  PyCFunctionObject,
  PyCodeObject,
  PyDictObject,
  PyFunctionObject,
  PyHeapTypeObject,
  Py_ID,
  PyInterpreterState,
  PyMemberDef,
  PyMemberDescrObject,
  PyMethodDef,
  PyMethodDescrObject,
  PyMethodObject,
  PyTypeObject,
  Py_T_OBJECT_EX,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_IMMUTABLETYPE,
  Py_TPFLAGS_INLINE_VALUES,
  Py_TPFLAGS_MANAGED_DICT,
  Py_TPFLAGS_METHOD_DESCRIPTOR,
} from '@moult/abi';
import { i32, POLICY, setI32, setPtr, setU16, setU8, u16, u32, u8 } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { unicodekeys_lookup_unicode } from '../objects/dictkeys.ts';
import { PyType_Check, PyObject_TypeCheck, type Ref } from '../objects/object.ts';
import { PyObject_GenericGetAttr, PyObject_GenericSetAttr } from '../objects/objectattr.ts';
import { INTERP } from '../objects/runtime.ts';
import {
  PyBaseObject_Type,
  PyCFunction_Type,
  PyDict_Type,
  PyFloat_Type,
  PyFrozenSet_Type,
  PyFunction_Type,
  PyGen_Type,
  PyList_Type,
  PyListIter_Type,
  PyLong_Type,
  PyMemberDescr_Type,
  PyMethod_Type,
  PyMethodDescr_Type,
  PyModule_Type,
  PyProperty_Type,
  PyRangeIter_Type,
  PySet_Type,
  PyTuple_Type,
  PyTupleIter_Type,
  PyType_Type,
  PyUnicode_Type,
  Py_False,
  Py_None,
  Py_True,
} from '../objects/static.ts';
import { _PyType_Lookup } from '../objects/typelookup.ts';
import { codeName } from './names.ts';
import { CACHE_ISINSTANCE, CACHE_LEN, CACHE_LIST_APPEND } from './state.ts';

function success(ip: number, opcode: number): void {
  setU8(ip, opcode);
  setU16(ip + 2, ADAPTIVE_COOLDOWN_VALUE << 4);
}
/** Generic again; the counter starts again, longer, and one step is taken for the present execution. */
function failure(ip: number): void {
  setU8(ip, opcodeDeopt[u8(ip)] as number);
  const backoff = Math.min((u16(ip + 2) & 15) + 1, MAX_BACKOFF);
  setU16(ip + 2, ((((1 << backoff) - 1) << 4) | backoff) - 16);
}
function setU32(a: number, v: number): void {
  setI32(a, v);
}
/** A non-negative int of at most one digit. */
function isIndex(op: Ref): boolean {
  return i32(op + 8) === PyLong_Type && (i32(op + 16) & -9) <= 1;
}
function flagsOf(type: Ref): number {
  return i32(type + PyTypeObject.tp_flags);
}

export function binaryOp(fp: number, ip: number, sp: number, oparg: number): void {
  if (i32(POLICY) < 312) {
    failure(ip);
    return;
  }
  const l = i32(sp - 16);
  const type = i32(l + 8);
  if (type === i32(i32(sp - 8) + 8)) {
    if (oparg === 0 || oparg === 13) {
      if (type === PyUnicode_Type) {
        const next = u16(ip + 4);
        const stores = (next & 255) === OP.STORE_FAST && i32(fp + 72 + ((next >>> 8) << 3)) === l;
        success(ip, stores ? OP.BINARY_OP_INPLACE_ADD_UNICODE : OP.BINARY_OP_ADD_UNICODE);
        return;
      }
      if (type === PyLong_Type) {
        success(ip, OP.BINARY_OP_ADD_INT);
        return;
      }
      if (type === PyFloat_Type) {
        success(ip, OP.BINARY_OP_ADD_FLOAT);
        return;
      }
    } else if (oparg === 5 || oparg === 18) {
      if (type === PyLong_Type) {
        success(ip, OP.BINARY_OP_MULTIPLY_INT);
        return;
      }
      if (type === PyFloat_Type) {
        success(ip, OP.BINARY_OP_MULTIPLY_FLOAT);
        return;
      }
    } else if (oparg === 10 || oparg === 23) {
      if (type === PyLong_Type) {
        success(ip, OP.BINARY_OP_SUBTRACT_INT);
        return;
      }
      if (type === PyFloat_Type) {
        success(ip, OP.BINARY_OP_SUBTRACT_FLOAT);
        return;
      }
    }
  }
  failure(ip);
}

export function compareOp(ip: number, sp: number, oparg: number): void {
  if (i32(POLICY) < 312) {
    failure(ip);
    return;
  }
  const l = i32(sp - 16);
  const r = i32(sp - 8);
  const type = i32(l + 8);
  if (type === i32(r + 8)) {
    if (type === PyFloat_Type) {
      success(ip, OP.COMPARE_OP_FLOAT);
      return;
    }
    if (type === PyLong_Type && i32(l + 16) < 16 && i32(r + 16) < 16) {
      success(ip, OP.COMPARE_OP_INT);
      return;
    }
    const op = oparg >> 5;
    if (type === PyUnicode_Type && (op === 2 || op === 3)) {
      success(ip, OP.COMPARE_OP_STR);
      return;
    }
  }
  failure(ip);
}

export function toBool(ip: number, sp: number): void {
  if (i32(POLICY) < 312) {
    failure(ip);
    return;
  }
  const v = i32(sp - 8);
  const type = i32(v + 8);
  if (v === Py_True || v === Py_False) {
    success(ip, OP.TO_BOOL_BOOL);
    return;
  }
  if (type === PyLong_Type) {
    success(ip, OP.TO_BOOL_INT);
    return;
  }
  if (type === PyList_Type) {
    success(ip, OP.TO_BOOL_LIST);
    return;
  }
  if (v === Py_None) {
    success(ip, OP.TO_BOOL_NONE);
    return;
  }
  if (type === PyUnicode_Type) {
    success(ip, OP.TO_BOOL_STR);
    return;
  }
  if ((flagsOf(type) & Py_TPFLAGS_HEAPTYPE) !== 0) {
    const nb = i32(type + PyTypeObject.tp_as_number);
    const mp = i32(type + PyTypeObject.tp_as_mapping);
    const sq = i32(type + PyTypeObject.tp_as_sequence);
    const lies = (nb === 0 || i32(nb + 72) === 0) && (mp === 0 || i32(mp) === 0) && (sq === 0 || i32(sq) === 0);
    if (lies) {
      _PyType_Lookup(type, Py_ID.__bool__);
      const version = u32(type + PyTypeObject.tp_version_tag);
      if (version !== 0) {
        setU32(ip + 4, version);
        success(ip, OP.TO_BOOL_ALWAYS_TRUE);
        return;
      }
    }
  }
  failure(ip);
}

export function containsOp(ip: number, sp: number): void {
  if (i32(POLICY) < 312) {
    failure(ip);
    return;
  }
  const type = i32(i32(sp - 8) + 8);
  if (type === PyDict_Type) {
    success(ip, OP.CONTAINS_OP_DICT);
    return;
  }
  if (type === PySet_Type || type === PyFrozenSet_Type) {
    success(ip, OP.CONTAINS_OP_SET);
    return;
  }
  failure(ip);
}

/** A function whose call binds positional arguments one to one. */
function isSimple(func: Ref): boolean {
  const code = i32(func + PyFunctionObject.func_code);
  const flags = i32(code + PyCodeObject.co_flags);
  return (
    (flags & (CO_VARARGS | CO_VARKEYWORDS)) === 0 &&
    i32(code + PyCodeObject.co_kwonlyargcount) === 0 &&
    (flags & CO_OPTIMIZED) !== 0
  );
}
function argcount(func: Ref): number {
  return i32(i32(func + PyFunctionObject.func_code) + PyCodeObject.co_argcount);
}
/** _PyFunction_GetVersionForCurrentState: 0 when none can be had. */
export function functionVersion(func: Ref): number {
  const version = u32(func + PyFunctionObject.func_version);
  if (version !== 0) return version;
  const next = INTERP + PyInterpreterState.func_state_next_version;
  const v = u32(next);
  if (v === 0) return 0;
  setI32(func + PyFunctionObject.func_version, v);
  setI32(next, v + 1);
  return v;
}

export function binarySubscr(ip: number, sp: number): void {
  const container = i32(sp - 16);
  const sub = i32(sp - 8);
  const type = i32(container + 8);
  if (type === PyList_Type || type === PyTuple_Type || type === PyUnicode_Type) {
    if (!isIndex(sub)) {
      failure(ip);
      return;
    }
    const op =
      type === PyList_Type
        ? OP.BINARY_SUBSCR_LIST_INT
        : type === PyTuple_Type
          ? OP.BINARY_SUBSCR_TUPLE_INT
          : OP.BINARY_SUBSCR_STR_INT;
    success(ip, op);
    return;
  }
  if (type === PyDict_Type) {
    success(ip, OP.BINARY_SUBSCR_DICT);
    return;
  }
  const getitem = _PyType_Lookup(type, Py_ID.__getitem__);
  if (
    i32(POLICY) >= 311 &&
    getitem !== 0 &&
    i32(getitem + 8) === PyFunction_Type &&
    (flagsOf(type) & Py_TPFLAGS_HEAPTYPE) !== 0
  ) {
    if (isSimple(getitem) && argcount(getitem) === 2) {
      const version = functionVersion(getitem);
      if (version !== 0) {
        setPtr(type + PyHeapTypeObject._spec_cache_getitem, getitem);
        setU32(type + PyHeapTypeObject._spec_cache_getitem_version, version);
        success(ip, OP.BINARY_SUBSCR_GETITEM);
        return;
      }
    }
  }
  failure(ip);
}
export function storeSubscr(ip: number, sp: number): void {
  const container = i32(sp - 16);
  const sub = i32(sp - 8);
  const type = i32(container + 8);
  if (type === PyList_Type && isIndex(sub) && i32(sub + 24) < i32(container + 16)) {
    success(ip, OP.STORE_SUBSCR_LIST_INT);
    return;
  }
  if (type === PyDict_Type) {
    success(ip, OP.STORE_SUBSCR_DICT);
    return;
  }
  failure(ip);
}
export function unpackSequence(ip: number, sp: number, oparg: number): void {
  const seq = i32(sp - 8);
  const type = i32(seq + 8);
  if ((type === PyTuple_Type || type === PyList_Type) && i32(seq + 16) === oparg) {
    if (type === PyList_Type) {
      success(ip, OP.UNPACK_SEQUENCE_LIST);
      return;
    }
    success(ip, oparg === 2 ? OP.UNPACK_SEQUENCE_TWO_TUPLE : OP.UNPACK_SEQUENCE_TUPLE);
    return;
  }
  failure(ip);
}
export function forIter(ip: number, sp: number, oparg: number): void {
  const type = i32(i32(sp - 8) + 8);
  if (type === PyListIter_Type) {
    success(ip, OP.FOR_ITER_LIST);
    return;
  }
  if (type === PyTupleIter_Type) {
    success(ip, OP.FOR_ITER_TUPLE);
    return;
  }
  if (type === PyRangeIter_Type && i32(POLICY) >= 312) {
    success(ip, OP.FOR_ITER_RANGE);
    return;
  }
  const end = u8(ip + 4 + (oparg << 1));
  if (type === PyGen_Type && (end === OP.END_FOR || end === OP.INSTRUMENTED_END_FOR)) {
    success(ip, OP.FOR_ITER_GEN);
    return;
  }
  failure(ip);
}

// ---- names and attributes ----

/** The entry index of `name` in a unicode keys table, or -1. */
function stringIndex(keys: number, name: Ref): number {
  if (u8(keys + 10) === 0) return -3;
  return unicodekeys_lookup_unicode(keys, name, i32(name + 24), i32(name + 28));
}
/** _PyDictKeys_GetVersionForCurrentState. */
function keysVersion(keys: number): number {
  const version = u32(keys + 12);
  if (version !== 0) return version;
  const next = INTERP + PyInterpreterState.dict_state_next_keys_version;
  const v = u32(next);
  if (v === 0) return 0;
  setI32(keys + 12, v);
  setI32(next, v + 1);
  return v;
}
function versionOf(type: Ref): number {
  return u32(type + PyTypeObject.tp_version_tag);
}

export function loadGlobal(fp: number, ip: number, i: number): void {
  const name = codeName(fp, i);
  const globals = i32(fp + 24);
  const builtins = i32(fp + 32);
  if (i32(globals + 8) !== PyDict_Type) {
    failure(ip);
    return;
  }
  const gk = i32(globals + PyDictObject.ma_keys);
  const index = stringIndex(gk, name);
  if (index === -3 || index > 0xffff) {
    failure(ip);
    return;
  }
  if (index >= 0) {
    if (u8(gk + 10) !== 1) {
      failure(ip);
      return;
    }
    const version = keysVersion(gk);
    if (version === 0 || version > 0xffff) {
      failure(ip);
      return;
    }
    setU16(ip + 4, index);
    setU16(ip + 6, version);
    success(ip, OP.LOAD_GLOBAL_MODULE);
    return;
  }
  if (i32(builtins + 8) !== PyDict_Type) {
    failure(ip);
    return;
  }
  const bk = i32(builtins + PyDictObject.ma_keys);
  const bi = stringIndex(bk, name);
  if (bi < 0 || bi > 0xffff || u8(bk + 10) !== 1) {
    failure(ip);
    return;
  }
  const gv = keysVersion(gk);
  const bv = keysVersion(bk);
  if (gv === 0 || gv > 0xffff || bv === 0 || bv > 0xffff) {
    failure(ip);
    return;
  }
  setU16(ip + 4, bi);
  setU16(ip + 6, gv);
  setU16(ip + 8, bv);
  success(ip, OP.LOAD_GLOBAL_BUILTIN);
}

export function loadAttr(fp: number, ip: number, sp: number, oparg: number): void {
  const owner = i32(sp - 8);
  const name = codeName(fp, oparg >>> 1);
  let ok: boolean;
  if (i32(owner + 8) === PyModule_Type) ok = moduleAttr(owner, ip, name);
  else if (PyType_Check(owner)) ok = classAttr(owner, ip, name);
  else ok = instanceAttr(owner, ip, name, (oparg & 1) !== 0);
  if (!ok) failure(ip);
}
function moduleAttr(owner: Ref, ip: number, name: Ref): boolean {
  const dict = i32(owner + 16);
  if (dict === 0) return false;
  const keys = i32(dict + PyDictObject.ma_keys);
  if (u8(keys + 10) !== 1) return false;
  const index = stringIndex(keys, name);
  if (index < 0 || index > 0xffff) return false;
  const version = keysVersion(keys);
  if (version === 0) return false;
  setU32(ip + 4, version);
  setU16(ip + 8, index);
  success(ip, OP.LOAD_ATTR_MODULE);
  return true;
}
function classAttr(cls: Ref, ip: number, name: Ref): boolean {
  const meta = i32(cls + 8);
  if (meta !== PyType_Type || _PyType_Lookup(meta, name) !== 0) return false;
  const descr = _PyType_Lookup(cls, name);
  if (descr === 0 || versionOf(cls) === 0) return false;
  const type = i32(descr + 8);
  const method = (flagsOf(type) & Py_TPFLAGS_METHOD_DESCRIPTOR) !== 0;
  if (!method && i32(type + PyTypeObject.tp_descr_get) !== 0) return false;
  setU32(ip + 4, versionOf(cls));
  setPtr(ip + 12, descr);
  success(ip, OP.LOAD_ATTR_CLASS);
  return true;
}

function instanceHasKey(owner: Ref, type: Ref, name: Ref): boolean {
  const flags = flagsOf(type);
  if ((flags & Py_TPFLAGS_MANAGED_DICT) === 0) return false;
  if ((flags & Py_TPFLAGS_INLINE_VALUES) !== 0 && u8(owner + i32(type + PyTypeObject.tp_basicsize) + 3) !== 0) {
    const index = stringIndex(i32(type + PyHeapTypeObject.ht_cached_keys), name);
    return index >= 0 && i32(owner + i32(type + PyTypeObject.tp_basicsize) + 8 + (index << 3)) !== 0;
  }
  const dict = i32(owner + MANAGED_DICT_OFFSET);
  return dict !== 0 && stringIndex(i32(dict + PyDictObject.ma_keys), name) !== -1;
}

function instanceAttr(owner: Ref, ip: number, name: Ref, method: boolean): boolean {
  const type = i32(owner + 8);
  if (text[i32(type + PyTypeObject.tp_getattro)] !== PyObject_GenericGetAttr)
    return !method && getattributeOverridden(type, ip);
  const descr = _PyType_Lookup(type, name);
  const version = versionOf(type);
  if (version === 0) return false;
  if (descr === 0) return dictAccess(owner, ip, type, name, OP.LOAD_ATTR_INSTANCE_VALUE, OP.LOAD_ATTR_WITH_HINT, false);
  const dt = i32(descr + 8);
  if (i32(dt + PyTypeObject.tp_descr_set) !== 0) {
    if (dt === PyMemberDescr_Type) {
      const offset = slotOffset(owner, descr);
      if (offset < 0) return false;
      setU16(ip + 8, offset);
      setU32(ip + 4, version);
      success(ip, OP.LOAD_ATTR_SLOT);
      return true;
    }
    if (dt === PyProperty_Type && !method) {
      if (i32(POLICY) < 311) return false;
      const fget = i32(descr + propertyobject.prop_get);
      if (fget === 0 || i32(fget + 8) !== PyFunction_Type || !isSimple(fget) || argcount(fget) !== 1) return false;
      if (functionVersion(fget) === 0) return false;
      setU32(ip + 4, version);
      setPtr(ip + 12, fget);
      success(ip, OP.LOAD_ATTR_PROPERTY);
      return true;
    }
    return false;
  }
  if (instanceHasKey(owner, type, name)) {
    return dictAccess(owner, ip, type, name, OP.LOAD_ATTR_INSTANCE_VALUE, OP.LOAD_ATTR_WITH_HINT, false);
  }
  const isMethod = (flagsOf(dt) & Py_TPFLAGS_METHOD_DESCRIPTOR) !== 0;
  if (isMethod ? !method : method || i32(dt + PyTypeObject.tp_descr_get) !== 0) return false;
  return typeAttr(owner, ip, type, name, descr, isMethod);
}
/** A __getattribute__ in Python, without a __getattr__ behind it. */
function getattributeOverridden(type: Ref, ip: number): boolean {
  if (i32(POLICY) < 311 || (flagsOf(type) & Py_TPFLAGS_HEAPTYPE) === 0) return false;
  const getattribute = _PyType_Lookup(type, Py_ID.__getattribute__);
  if (getattribute === 0 || i32(getattribute + 8) !== PyFunction_Type) return false;
  if (_PyType_Lookup(type, Py_ID.__getattr__) !== 0) return false;
  if (!isSimple(getattribute) || argcount(getattribute) !== 2 || versionOf(type) === 0) return false;
  const version = functionVersion(getattribute);
  if (version === 0) return false;
  setU32(ip + 4, versionOf(type));
  setU32(ip + 8, version);
  setPtr(ip + 12, getattribute);
  success(ip, OP.LOAD_ATTR_GETATTRIBUTE_OVERRIDDEN);
  return true;
}
/** The offset of a `__slots__` member that may be read without further checks, or -1. */
function slotOffset(owner: Ref, descr: Ref): number {
  const member = i32(descr + PyMemberDescrObject.d_member);
  if (i32(member + PyMemberDef.type) !== Py_T_OBJECT_EX || i32(member + PyMemberDef.flags) !== 0) return -1;
  if (!PyObject_TypeCheck(owner, i32(descr + PyMethodDescrObject.d_common_d_type))) return -1;
  const offset = i32(member + PyMemberDef.offset);
  return offset > 0 && offset <= 0xffff ? offset : -1;
}
/** An attribute of the type that the instance does not hide (specialize_attr_loadclassattr). */
function typeAttr(owner: Ref, ip: number, type: Ref, name: Ref, descr: Ref, method: boolean): boolean {
  const flags = flagsOf(type);
  let op: number;
  if ((flags & Py_TPFLAGS_INLINE_VALUES) !== 0) {
    const keys = i32(type + PyHeapTypeObject.ht_cached_keys);
    if (stringIndex(keys, name) !== -1) return false;
    const version = keysVersion(keys);
    if (version === 0) return false;
    setU32(ip + 8, version);
    op = method ? OP.LOAD_ATTR_METHOD_WITH_VALUES : OP.LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES;
  } else {
    const dictoffset =
      (flags & Py_TPFLAGS_MANAGED_DICT) !== 0 ? MANAGED_DICT_OFFSET : i32(type + PyTypeObject.tp_dictoffset);
    if (dictoffset === 0) op = method ? OP.LOAD_ATTR_METHOD_NO_DICT : OP.LOAD_ATTR_NONDESCRIPTOR_NO_DICT;
    else if (method) {
      if ((dictoffset < 0 && dictoffset !== MANAGED_DICT_OFFSET) || dictoffset > 0x7fff + MANAGED_DICT_OFFSET)
        return false;
      if (i32(owner + dictoffset) !== 0) return false;
      setU16(ip + 8, dictoffset - MANAGED_DICT_OFFSET);
      op = OP.LOAD_ATTR_METHOD_LAZY_DICT;
    } else return false;
  }
  setU32(ip + 4, versionOf(type));
  setPtr(ip + 12, descr);
  success(ip, op);
  return true;
}
/** The instance's own attribute (specialize_dict_access). */
function dictAccess(
  owner: Ref,
  ip: number,
  type: Ref,
  name: Ref,
  valuesOp: number,
  hintOp: number,
  store: boolean,
): boolean {
  const flags = flagsOf(type);
  if ((flags & Py_TPFLAGS_MANAGED_DICT) === 0) return false;
  const dict = i32(owner + MANAGED_DICT_OFFSET);
  if (
    (flags & Py_TPFLAGS_INLINE_VALUES) !== 0 &&
    u8(owner + i32(type + PyTypeObject.tp_basicsize) + 3) !== 0 &&
    !(store && dict !== 0)
  ) {
    const index = stringIndex(i32(type + PyHeapTypeObject.ht_cached_keys), name);
    if (index < 0 || index > 0xffff) return false;
    setU16(ip + 8, index);
    setU32(ip + 4, versionOf(type));
    success(ip, valuesOp);
    return true;
  }
  if (dict === 0 || i32(dict + 8) !== PyDict_Type || i32(dict + PyDictObject.ma_values) !== 0) return false;
  const index = stringIndex(i32(dict + PyDictObject.ma_keys), name);
  if (index < 0 || index > 0xffff) return false;
  setU16(ip + 8, index);
  setU32(ip + 4, versionOf(type));
  success(ip, hintOp);
  return true;
}

export function storeAttr(fp: number, ip: number, sp: number, oparg: number): void {
  if (!storeAttrOk(i32(sp - 8), ip, codeName(fp, oparg))) failure(ip);
}
function storeAttrOk(owner: Ref, ip: number, name: Ref): boolean {
  const type = i32(owner + 8);
  if (text[i32(type + PyTypeObject.tp_setattro)] !== PyObject_GenericSetAttr || type === PyModule_Type) return false;
  const descr = _PyType_Lookup(type, name);
  if (versionOf(type) === 0) return false;
  if (descr !== 0) {
    const dt = i32(descr + 8);
    if (dt === PyMemberDescr_Type) {
      const offset = slotOffset(owner, descr);
      if (offset < 0) return false;
      setU16(ip + 8, offset);
      setU32(ip + 4, versionOf(type));
      success(ip, OP.STORE_ATTR_SLOT);
      return true;
    }
    return false;
  }
  return dictAccess(owner, ip, type, name, OP.STORE_ATTR_INSTANCE_VALUE, OP.STORE_ATTR_WITH_HINT, true);
}

// ---- calls ----

export function call(_fp: number, ip: number, sp: number, oparg: number): void {
  const args = sp - (oparg << 3);
  const callable = i32(args - 16);
  const nargs = oparg + (i32(args - 8) !== 0 ? 1 : 0);
  const type = i32(callable + 8);
  let ok: boolean;
  if (type === PyCFunction_Type) ok = nativeCall(callable, ip, nargs);
  else if (type === PyFunction_Type) ok = functionCall(callable, ip, nargs, false);
  else if (PyType_Check(callable)) ok = classCall(callable, ip, nargs, oparg);
  else if (type === PyMethodDescr_Type) ok = methodCall(callable, ip, nargs, oparg);
  else if (type === PyMethod_Type) {
    const func = i32(callable + PyMethodObject.im_func);
    ok = i32(func + 8) === PyFunction_Type && functionCall(func, ip, nargs, true);
  } else ok = done(ip, OP.CALL_NON_PY_GENERAL);
  if (!ok) failure(ip);
}
function done(ip: number, op: number): true {
  success(ip, op);
  return true;
}
function functionCall(func: Ref, ip: number, nargs: number, bound: boolean): boolean {
  const flags = i32(i32(func + PyFunctionObject.func_code) + PyCodeObject.co_flags);
  if ((flags & CO_OPTIMIZED) === 0) return false;
  const version = functionVersion(func);
  if (version === 0) return false;
  setU32(ip + 4, version);
  const exact = isSimple(func) && argcount(func) === nargs + (bound ? 1 : 0);
  if (exact) return done(ip, bound ? OP.CALL_BOUND_METHOD_EXACT_ARGS : OP.CALL_PY_EXACT_ARGS);
  return done(ip, bound ? OP.CALL_BOUND_METHOD_GENERAL : OP.CALL_PY_GENERAL);
}
const METH_KINDS = METH_VARARGS | METH_FASTCALL | METH_NOARGS | METH_O | METH_KEYWORDS | METH_METHOD;
function nativeCall(callable: Ref, ip: number, nargs: number): boolean {
  const flags = i32(i32(callable + PyCFunctionObject.m_ml) + PyMethodDef.ml_flags) & METH_KINDS;
  if (flags === METH_O) {
    if (nargs !== 1) return false;
    return done(ip, callable === i32(CACHE_LEN) ? OP.CALL_LEN : OP.CALL_BUILTIN_O);
  }
  if (flags === METH_FASTCALL) {
    return done(ip, nargs === 2 && callable === i32(CACHE_ISINSTANCE) ? OP.CALL_ISINSTANCE : OP.CALL_BUILTIN_FAST);
  }
  if (flags === (METH_FASTCALL | METH_KEYWORDS)) return done(ip, OP.CALL_BUILTIN_FAST_WITH_KEYWORDS);
  return done(ip, OP.CALL_NON_PY_GENERAL);
}
function methodCall(descr: Ref, ip: number, nargs: number, oparg: number): boolean {
  const flags = i32(i32(descr + PyMethodDescrObject.d_method) + PyMethodDef.ml_flags) & METH_KINDS;
  if (flags === METH_NOARGS) return nargs === 1 && done(ip, OP.CALL_METHOD_DESCRIPTOR_NOARGS);
  if (flags === METH_O) {
    if (nargs !== 2) return false;
    const pops = u8(ip + 8) === OP.POP_TOP;
    return done(
      ip,
      descr === i32(CACHE_LIST_APPEND) && oparg === 1 && pops ? OP.CALL_LIST_APPEND : OP.CALL_METHOD_DESCRIPTOR_O,
    );
  }
  if (flags === METH_FASTCALL) return done(ip, OP.CALL_METHOD_DESCRIPTOR_FAST);
  if (flags === (METH_FASTCALL | METH_KEYWORDS)) return done(ip, OP.CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS);
  return done(ip, OP.CALL_NON_PY_GENERAL);
}
function classCall(type: Ref, ip: number, nargs: number, oparg: number): boolean {
  if ((flagsOf(type) & Py_TPFLAGS_IMMUTABLETYPE) !== 0) {
    if (nargs === 1 && oparg === 1) {
      if (type === PyUnicode_Type) return done(ip, OP.CALL_STR_1);
      if (type === PyType_Type) return done(ip, OP.CALL_TYPE_1);
      if (type === PyTuple_Type) return done(ip, OP.CALL_TUPLE_1);
    }
    return i32(type + PyTypeObject.tp_vectorcall) !== 0 && done(ip, OP.CALL_BUILTIN_CLASS);
  }
  if (
    i32(type + 8) === PyType_Type &&
    i32(type + PyTypeObject.tp_new) === i32(PyBaseObject_Type + PyTypeObject.tp_new)
  ) {
    const flags = flagsOf(type);
    const init = _PyType_Lookup(type, Py_ID.__init__);
    if (versionOf(type) === 0) return false;
    if (
      (flags & Py_TPFLAGS_INLINE_VALUES) !== 0 &&
      (flags & Py_TPFLAGS_HEAPTYPE) !== 0 &&
      init !== 0 &&
      i32(init + 8) === PyFunction_Type &&
      isSimple(init)
    ) {
      if (argcount(init) !== nargs + 1) return false;
      setPtr(type + PyHeapTypeObject._spec_cache_init, init);
      setU32(ip + 4, versionOf(type));
      return done(ip, OP.CALL_ALLOC_AND_ENTER_INIT);
    }
  }
  return done(ip, OP.CALL_NON_PY_GENERAL);
}
