/** Specialising LOAD_GLOBAL, LOAD_ATTR and STORE_ATTR (specialize.ts). Mirrors that part of Python/specialize.c. */
import {
  MANAGED_DICT_OFFSET,
  OP,
  propertyobject,
  Py_ID,
  Py_T_OBJECT_EX,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_INLINE_VALUES,
  Py_TPFLAGS_MANAGED_DICT,
  Py_TPFLAGS_METHOD_DESCRIPTOR,
  PyDictObject,
  PyHeapTypeObject,
  PyInterpreterState,
  PyMemberDef,
  PyMemberDescrObject,
  PyMethodDescrObject,
  PyTypeObject,
} from '@moult/abi';
import { i32, POLICY, setI32, setPtr, setU16, u32, u8 } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { unicodekeys_lookup_unicode } from '../objects/dictkeys.ts';
import { PyObject_TypeCheck, PyType_Check, type Ref } from '../objects/object.ts';
import { PyObject_GenericGetAttr, PyObject_GenericSetAttr } from '../objects/objectattr.ts';
import { INTERP } from '../objects/runtime.ts';
import {
  PyDict_Type,
  PyFunction_Type,
  PyMemberDescr_Type,
  PyModule_Type,
  PyProperty_Type,
  PyType_Type,
} from '../objects/static.ts';
import { _PyType_Lookup } from '../objects/typelookup.ts';
import { codeName } from './names.ts';
import { argcount, failure, flagsOf, functionVersion, isSimple, setU32, success } from './specialize.ts';

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

export function versionOf(type: Ref): number {
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
