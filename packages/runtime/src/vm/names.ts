/** Names and attributes: the slow paths and their error messages. Mirrors Python/ceval.c and bytecodes.c. */
import { CO_FAST_FREE, PyCodeObject } from '@moult/abi';
import { bytes, i32, setI32, setPtr } from '../memory/linear.ts';
import { getItemStr, PyDict_GetItemRef, PyDict_SetItem } from '../objects/dictobject.ts';
import { PyDict_DelItem } from '../objects/dictdelete.ts';
import {
  PENDING,
  PyErr_ExceptionMatches,
  PyErr_GetRaisedException,
  PyErr_SetRaisedException,
  raise,
  swallow,
} from '../objects/errors.ts';
import { PyObject_DelItem, PyObject_GetItem, PyObject_SetItem } from '../objects/abstract.ts';
import { nativeMark, Py_DECREF, Py_NewRef, type Ref } from '../objects/object.ts';
import { _PyObject_GetMethod, PyObject_GetAttr, PyObject_SetAttr } from '../objects/objectattr.ts';
import {
  PyDict_Type,
  PyExc_KeyError,
  PyExc_NameError,
  PyExc_SystemError,
  PyExc_UnboundLocalError,
} from '../objects/static.ts';
import { asText } from '../objects/unicodeobject.ts';

export function codeName(fp: number, i: number): Ref {
  return i32(i32(i32(fp) + PyCodeObject.co_names) + 24 + (i << 3));
}
function localName(fp: number, i: number): Ref {
  return i32(i32(i32(fp) + PyCodeObject.co_localsplusnames) + 24 + (i << 3));
}

/** format_exc_check_arg: a NameError carries its name, for suggestions. */
function nameError(type: Ref, message: string, name: Ref): never {
  try {
    raise(type, message);
  } catch (e) {
    if (e === PENDING && type === PyExc_NameError && PyErr_ExceptionMatches(PyExc_NameError)) {
      const exc = PyErr_GetRaisedException();
      if (i32(exc + NAME) === 0) setPtr(exc + NAME, Py_NewRef(name));
      PyErr_SetRaisedException(exc);
    }
    throw e;
  }
}
const NAME = 72;

export function unboundLocal(fp: number, i: number): never {
  const text = asText(localName(fp, i));
  raise(PyExc_UnboundLocalError, `cannot access local variable '${text}' where it is not associated with a value`);
}
export function unboundDeref(fp: number, i: number): never {
  const name = localName(fp, i);
  const text = asText(name);
  const kinds = i32(i32(fp) + PyCodeObject.co_localspluskinds);
  if (((bytes[kinds + 32 + i] as number) & CO_FAST_FREE) === 0) {
    raise(PyExc_UnboundLocalError, `cannot access local variable '${text}' where it is not associated with a value`);
  }
  nameError(
    PyExc_NameError,
    `cannot access free variable '${text}' where it is not associated with a value in enclosing scope`,
    name,
  );
}
function undefinedName(name: Ref): never {
  nameError(PyExc_NameError, `name '${asText(name)}' is not defined`, name);
}

/** m[name] of any mapping as a new reference, or 0. */
export function mappingGet(m: Ref, name: Ref): Ref {
  if (i32(m + 8) === PyDict_Type) return PyDict_GetItemRef(m, name);
  const mark = nativeMark();
  try {
    return PyObject_GetItem(m, name);
  } catch (e) {
    swallow(e, PyExc_KeyError, mark);
    return 0;
  }
}

/** The name in globals or builtins, a new reference. */
export function loadGlobal(fp: number, i: number): Ref {
  return globalOrBuiltin(fp, codeName(fp, i));
}
export function globalOrBuiltin(fp: number, name: Ref): Ref {
  const globals = i32(fp + 24);
  const builtins = i32(fp + 32);
  let v: Ref;
  if (i32(globals + 8) === PyDict_Type) {
    v = getItemStr(globals, name);
    if (v !== 0) return Py_NewRef(v);
  } else {
    v = mappingGet(globals, name);
    if (v !== 0) return v;
  }
  if (i32(builtins + 8) === PyDict_Type) {
    v = getItemStr(builtins, name);
    if (v === 0) undefinedName(name);
    return Py_NewRef(v);
  }
  v = mappingGet(builtins, name);
  if (v === 0) undefinedName(name);
  return v;
}

export function loadName(fp: number, i: number): Ref {
  const name = codeName(fp, i);
  const locals = i32(fp + 40);
  if (locals === 0) raise(PyExc_SystemError, `no locals when loading '${asText(name)}'`);
  const v = mappingGet(locals, name);
  return v !== 0 ? v : globalOrBuiltin(fp, name);
}
export function storeName(fp: number, sp: number, i: number): void {
  const name = codeName(fp, i);
  const ns = i32(fp + 40);
  if (ns === 0) raise(PyExc_SystemError, `no locals found when storing '${asText(name)}'`);
  if (i32(ns + 8) === PyDict_Type) PyDict_SetItem(ns, name, i32(sp - 8));
  else PyObject_SetItem(ns, name, i32(sp - 8));
  setI32(fp + 64, (sp - 8 - fp - 72) >> 3);
  Py_DECREF(i32(sp - 8));
}
export function deleteName(fp: number, i: number): void {
  const name = codeName(fp, i);
  const ns = i32(fp + 40);
  if (ns === 0) raise(PyExc_SystemError, `no locals when deleting '${asText(name)}'`);
  const mark = nativeMark();
  try {
    PyObject_DelItem(ns, name);
  } catch (e) {
    swallow(e, PyExc_KeyError, mark);
    undefinedName(name);
  }
}
export function deleteGlobal(fp: number, i: number): void {
  const name = codeName(fp, i);
  const mark = nativeMark();
  try {
    PyDict_DelItem(i32(fp + 24), name);
  } catch (e) {
    swallow(e, PyExc_KeyError, mark);
    undefinedName(name);
  }
}
/** LOAD_FROM_DICT_OR_GLOBALS: the mapping first. */
export function fromDictOrGlobals(fp: number, mapping: Ref, i: number): Ref {
  const name = codeName(fp, i);
  const v = mappingGet(mapping, name);
  return v !== 0 ? v : globalOrBuiltin(fp, name);
}
/** LOAD_FROM_DICT_OR_DEREF: the class's namespace first, then the cell. */
export function fromDictOrDeref(fp: number, mapping: Ref, i: number): Ref {
  const v = mappingGet(mapping, localName(fp, i));
  if (v !== 0) return v;
  const value = i32(i32(fp + 72 + (i << 3)) + 16);
  if (value === 0) unboundDeref(fp, i);
  return Py_NewRef(value);
}

/** LOAD_ATTR in general: with bit 0 of the argument a method and its self, or the attribute and NULL. Returns the new sp. */
export function loadAttr(fp: number, sp: number, oparg: number): number {
  const name = codeName(fp, oparg >>> 1);
  const owner = i32(sp - 8);
  if ((oparg & 1) === 0) {
    setPtr(sp - 8, PyObject_GetAttr(owner, name));
    Py_DECREF(owner);
    return sp;
  }
  // the slot above the top receives the attribute, and is then the stack's
  setPtr(sp, 0);
  const unbound = _PyObject_GetMethod(owner, name, sp);
  const attr = i32(sp);
  setPtr(sp - 8, attr);
  if (unbound) {
    setPtr(sp, owner);
    return sp + 8;
  }
  setPtr(sp, 0);
  setI32(fp + 64, (sp + 8 - fp - 72) >> 3);
  Py_DECREF(owner);
  return sp + 8;
}
export function deleteAttr(fp: number, sp: number, i: number): void {
  PyObject_SetAttr(i32(sp - 8), codeName(fp, i), 0);
}
