/** Attributes of ordinary objects: data descriptors of the type, the instance, the type. Mirrors Objects/object.c. */
import {
  MANAGED_DICT_OFFSET,
  PyAttributeErrorObject,
  PyTypeObject as T,
  Py_TPFLAGS_INLINE_VALUES,
  Py_TPFLAGS_MANAGED_DICT,
  Py_TPFLAGS_METHOD_DESCRIPTOR,
} from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyDict_GetItemWithError, PyDict_SetItem } from './dictobject.ts';
import { PyDict_DelItem } from './dictdelete.ts';
import { currentException, PENDING, PyErr_ExceptionMatches, PyErr_SetObject, raise, swallow } from './errors.ts';
import {
  hasInlineValues,
  _PyObjectDict_SetItem,
  _PyObject_ComputedDictPointer,
  _PyObject_MaterializeManagedDict,
  _PyObject_StoreInstanceAttribute,
  _PyObject_TryGetInstanceAttribute,
} from './instancedict.ts';
import {
  hold,
  nativeMark,
  PyType_Check,
  PyUnicode_Check,
  Py_INCREF,
  Py_NewRef,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from './object.ts';
import { PyExc_AttributeError, PyExc_KeyError, PyExc_TypeError, PyUnicode_Type } from './static.ts';
import { _PyType_Lookup } from './typelookup.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';
import { PyObject_GetAttr } from './objectattr.ts';

/** Notes object and name in the AttributeError that is pending, unless it has them already. */
export function _PyObject_SetAttributeErrorContext(obj: Ref, name: Ref): void {
  if (!PyErr_ExceptionMatches(PyExc_AttributeError)) return;
  const exc = currentException();
  if (i32(exc + PyAttributeErrorObject.obj) !== 0 || i32(exc + PyAttributeErrorObject.name) !== 0) return;
  setPtr(exc + PyAttributeErrorObject.name, Py_NewRef(name));
  setPtr(exc + PyAttributeErrorObject.obj, Py_NewRef(obj));
}
/** AttributeError with object and name. */
export function raiseAttributeError(obj: Ref, name: Ref, message: string): never {
  const m = hold(PyUnicode_FromString(message));
  PyErr_SetObject(PyExc_AttributeError, i32(m));
  release(m);
  _PyObject_SetAttributeErrorContext(obj, name);
  throw PENDING;
}
/** 'X' object has no attribute 'y'. */
export function noAttribute(obj: Ref, name: Ref): never {
  raiseAttributeError(obj, name, `'${typeNameOf(obj)}' object has no attribute '${asText(name)}'`);
}
export function checkName(name: Ref): void {
  if (!PyUnicode_Check(name)) raise(PyExc_TypeError, `attribute name must be string, not '${typeNameOf(name)}'`);
}

/** Calls a __get__; if `suppress`, an AttributeError gives 0. */
function callGet(get: number, descr: Ref, obj: Ref, type: Ref, suppress: boolean): Ref {
  const m = hold(Py_NewRef(descr));
  const fn = text[get] as NativeFunction;
  let res: Ref;
  if (suppress) {
    const mark = nativeMark();
    try {
      res = fn(descr, obj, type) as Ref;
    } catch (e) {
      swallow(e, PyExc_AttributeError, mark);
      res = 0;
    }
  } else res = fn(descr, obj, type) as Ref;
  release(m);
  return res;
}

/** `dict` 0: the instance's own. With `suppress`, 0 instead of AttributeError. */
export function _PyObject_GenericGetAttrWithDict(obj: Ref, name: Ref, dict: Ref, suppress: boolean): Ref {
  checkName(name);
  const type = i32(obj + 8);
  const descr = _PyType_Lookup(type, name);
  let get = 0;
  if (descr !== 0) {
    const dt = i32(descr + 8);
    get = i32(dt + T.tp_descr_get);
    if (get !== 0 && i32(dt + T.tp_descr_set) !== 0) return callGet(get, descr, obj, type, suppress);
  }
  let res = 0;
  if (dict === 0) {
    const flags = i32(type + T.tp_flags);
    if ((flags & Py_TPFLAGS_INLINE_VALUES) !== 0) {
      if (i32(name + 8) === PyUnicode_Type && hasInlineValues(obj)) {
        res = _PyObject_TryGetInstanceAttribute(obj, name);
        if (res !== 0) return res;
      } else dict = _PyObject_MaterializeManagedDict(obj);
    } else if ((flags & Py_TPFLAGS_MANAGED_DICT) !== 0) dict = i32(obj + MANAGED_DICT_OFFSET);
    else {
      const slot = i32(type + T.tp_dictoffset) === 0 ? 0 : _PyObject_ComputedDictPointer(obj);
      if (slot !== 0) dict = i32(slot);
    }
  }
  if (dict !== 0) {
    res = PyDict_GetItemWithError(dict, name);
    if (res !== 0) {
      Py_INCREF(res);
      return res;
    }
  }
  if (get !== 0) return callGet(get, descr, obj, type, suppress);
  if (descr !== 0) {
    Py_INCREF(descr);
    return descr;
  }
  if (suppress) return 0;
  return noAttribute(obj, name);
}
export function PyObject_GenericGetAttr(obj: Ref, name: Ref): Ref {
  return _PyObject_GenericGetAttrWithDict(obj, name, 0, false);
}

/** `dict` 0: the instance's own; `value` 0 deletes. */
export function _PyObject_GenericSetAttrWithDict(obj: Ref, name: Ref, value: Ref, dict: Ref): void {
  checkName(name);
  const type = i32(obj + 8);
  const m = hold(Py_NewRef(type));
  hold(Py_NewRef(name));
  const descr = _PyType_Lookup(type, name);
  if (descr !== 0) {
    const set = i32(i32(descr + 8) + T.tp_descr_set);
    if (set !== 0) {
      hold(Py_NewRef(descr));
      (text[set] as NativeFunction)(descr, obj, value);
      release(m);
      return;
    }
  }
  const mark = nativeMark();
  try {
    storeInInstance(obj, type, name, value, dict, descr);
  } catch (e) {
    swallow(e, PyExc_KeyError, mark);
    if (PyType_Check(obj)) {
      raiseAttributeError(obj, name, `type object '${tpName(obj)}' has no attribute '${asText(name)}'`);
    }
    noAttribute(obj, name);
  }
  release(m);
}
function storeInInstance(obj: Ref, type: Ref, name: Ref, value: Ref, dict: Ref, descr: Ref): void {
  if (dict !== 0) {
    const m = hold(Py_NewRef(dict));
    if (value === 0) PyDict_DelItem(dict, name);
    else PyDict_SetItem(dict, name, value);
    release(m);
    return;
  }
  const flags = i32(type + T.tp_flags);
  if ((flags & Py_TPFLAGS_INLINE_VALUES) !== 0) {
    _PyObject_StoreInstanceAttribute(obj, name, value);
    return;
  }
  const slot = (flags & Py_TPFLAGS_MANAGED_DICT) !== 0 ? obj + MANAGED_DICT_OFFSET : _PyObject_ComputedDictPointer(obj);
  if (slot !== 0) {
    _PyObjectDict_SetItem(type, slot, name, value);
    return;
  }
  const who = `'${tpName(type)}' object`;
  const what = asText(name);
  if (descr !== 0) raiseAttributeError(obj, name, `${who} attribute '${what}' is read-only`);
  const generic = text[i32(type + T.tp_setattro)] === PyObject_GenericSetAttr;
  const more = generic ? ' and no __dict__ for setting new attributes' : '';
  raiseAttributeError(obj, name, `${who} has no attribute '${what}'${more}`);
}
export function PyObject_GenericSetAttr(obj: Ref, name: Ref, value: Ref): void {
  _PyObject_GenericSetAttrWithDict(obj, name, value, 0);
}

/**
 * For a method call: writes the attribute (a new reference) to `slot`. True if it is an unbound method of the type, to
 * be called with `obj` first; otherwise it is what PyObject_GetAttr gives.
 */
export function _PyObject_GetMethod(obj: Ref, name: Ref, slot: number): boolean {
  const found = getMethod(obj, name);
  setPtr(slot, found & -2);
  return (found & 1) !== 0;
}
/** The same, answering with the attribute and, in bit 0, whether it is unbound. */
export function getMethod(obj: Ref, name: Ref): number {
  const type = i32(obj + 8);
  if (text[i32(type + T.tp_getattro)] !== PyObject_GenericGetAttr || !PyUnicode_Check(name))
    return PyObject_GetAttr(obj, name);
  const descr = _PyType_Lookup(type, name);
  let get = 0;
  let isMethod = false;
  if (descr !== 0) {
    const dt = i32(descr + 8);
    if ((i32(dt + T.tp_flags) & Py_TPFLAGS_METHOD_DESCRIPTOR) !== 0) isMethod = true;
    else {
      get = i32(dt + T.tp_descr_get);
      if (get !== 0 && i32(dt + T.tp_descr_set) !== 0) return callGet(get, descr, obj, type, false);
    }
  }
  const flags = i32(type + T.tp_flags);
  let dict = 0;
  if ((flags & Py_TPFLAGS_INLINE_VALUES) !== 0 && hasInlineValues(obj)) {
    const attr = _PyObject_TryGetInstanceAttribute(obj, name);
    if (attr !== 0) return attr;
  } else if ((flags & Py_TPFLAGS_MANAGED_DICT) !== 0) dict = i32(obj + MANAGED_DICT_OFFSET);
  else {
    const slot = i32(type + T.tp_dictoffset) === 0 ? 0 : _PyObject_ComputedDictPointer(obj);
    if (slot !== 0) dict = i32(slot);
  }
  if (dict !== 0) {
    const item = PyDict_GetItemWithError(dict, name);
    if (item !== 0) return Py_NewRef(item);
  }
  if (isMethod) {
    Py_INCREF(descr);
    return descr | 1;
  }
  if (get !== 0) return callGet(get, descr, obj, type, false);
  if (descr !== 0) return Py_NewRef(descr);
  return noAttribute(obj, name);
}
