/** A type's own attributes: getting and setting them, `__name__`, `__module__`, `__doc__` … Mirrors Objects/typeobject.c. */
import {
  PyHeapTypeObject as H,
  PyTypeObject as T,
  Py_ID,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_IMMUTABLETYPE,
  Py_TPFLAGS_IS_ABSTRACT,
} from '@moult/abi';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { internalDoc, internalSignature, PyDescr_IsData } from './descrobject.ts';
import { PyDict_GetItemWithError, PyDict_New, PyDict_SetItem } from './dictobject.ts';
import { PyDict_DelItem, discardKey } from './dictdelete.ts';
import { raise, raiseObject } from './errors.ts';
import { raiseAttributeError, _PyObject_GenericSetAttrWithDict } from './genericattr.ts';
import { internMortal } from './intern.ts';
import { PyDictProxy_New } from './mappingproxy.ts';
import {
  drop,
  hold,
  PyTuple_Check,
  PyUnicode_Check,
  Py_NewRef,
  Py_DECREF,
  type Ref,
  release,
  tpName,
  typeNameOf,
} from './object.ts';
import { PyObject_IsTrue, PyObject_Repr } from './objectattr.ts';
import { EMPTY_TUPLE } from './runtime.ts';
import { PyExc_AttributeError, PyExc_TypeError, PyExc_ValueError, PyType_Type, Py_None } from './static.ts';
import { lookup_tp_dict, PyType_Modified, _PyType_Lookup } from './typelookup.ts';
import { update_slot } from './typeupdate.ts';
import { asText, PyUnicode_AsUTF8, PyUnicode_FromString, PyUnicode_InternFromString } from './unicodeobject.ts';

function isHeap(type: Ref): boolean {
  return (i32(type + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0;
}
/** tp_name behind its last dot (_PyType_Name). */
export function _PyType_Name(type: Ref): string {
  const name = tpName(type);
  return name.slice(name.lastIndexOf('.') + 1);
}
/** The type's __name__ as text. */
export function typeNameText(type: Ref): string {
  return isHeap(type) ? asText(i32(type + H.ht_name)) : _PyType_Name(type);
}

// ---- looking attributes up --------------------------------------------------------------------------------------------

/** type.name; with `suppress`, 0 if there is none. */
export function _Py_type_getattro_impl(type: Ref, name: Ref, suppress: boolean): Ref {
  if (!PyUnicode_Check(name)) raise(PyExc_TypeError, `attribute name must be string, not '${typeNameOf(name)}'`);
  const metatype = i32(type + 8);
  const metaAttribute = _PyType_Lookup(metatype, name);
  let metaGet = 0;
  if (metaAttribute !== 0) {
    metaGet = i32(i32(metaAttribute + 8) + T.tp_descr_get);
    if (metaGet !== 0 && PyDescr_IsData(metaAttribute)) return getHeld(metaGet, metaAttribute, type, metatype);
  }
  const attribute = _PyType_Lookup(type, name);
  if (attribute !== 0) {
    const get = i32(i32(attribute + 8) + T.tp_descr_get);
    return get !== 0 ? getHeld(get, attribute, 0, type) : Py_NewRef(attribute);
  }
  if (metaGet !== 0) return getHeld(metaGet, metaAttribute, type, metatype);
  if (metaAttribute !== 0) return Py_NewRef(metaAttribute);
  if (suppress) return 0;
  return raiseAttributeError(type, name, `type object '${tpName(type)}' has no attribute '${asText(name)}'`);
}
function getHeld(get: number, descr: Ref, obj: Ref, type: Ref): Ref {
  const m = hold(Py_NewRef(descr));
  const res = (text[get] as NativeFunction)(descr, obj, type) as Ref;
  release(m);
  return res;
}
export function type_getattro(type: Ref, name: Ref): Ref {
  return _Py_type_getattro_impl(type, name, false);
}
export function isDunder(name: Ref): boolean {
  const s = asText(name);
  return s.length > 4 && s.startsWith('__') && s.endsWith('__');
}
export function type_setattro(type: Ref, name: Ref, value: Ref): void {
  if ((i32(type + T.tp_flags) & Py_TPFLAGS_IMMUTABLETYPE) !== 0) {
    const m = hold(PyObject_Repr(name));
    const s = asText(i32(m));
    release(m);
    raise(PyExc_TypeError, `cannot set ${s} attribute of immutable type '${tpName(type)}'`);
  }
  if (!PyUnicode_Check(name)) raise(PyExc_TypeError, `attribute name must be string, not '${typeNameOf(name)}'`);
  const m = hold(internMortal(Py_NewRef(name)));
  _PyObject_GenericSetAttrWithDict(type, i32(m), value, 0);
  PyType_Modified(type);
  if (isDunder(name)) update_slot(type, i32(m));
  release(m);
}

// ---- names ------------------------------------------------------------------------------------------------------------

export function type_name(type: Ref): Ref {
  return isHeap(type) ? Py_NewRef(i32(type + H.ht_name)) : PyUnicode_FromString(_PyType_Name(type));
}
export function type_qualname(type: Ref): Ref {
  return isHeap(type) ? Py_NewRef(i32(type + H.ht_qualname)) : PyUnicode_FromString(_PyType_Name(type));
}
export const PyType_GetName = type_name;
export const PyType_GetQualName = type_qualname;

function check_set_special_type_attr(type: Ref, value: Ref, name: string): void {
  if ((i32(type + T.tp_flags) & Py_TPFLAGS_IMMUTABLETYPE) !== 0)
    raise(PyExc_TypeError, `cannot set '${name}' attribute of immutable type '${tpName(type)}'`);
  if (value === 0) raise(PyExc_TypeError, `cannot delete '${name}' attribute of immutable type '${tpName(type)}'`);
}
/** Refuses a NUL inside a name. */
export function checkNoNul(name: Ref): void {
  if (asText(name).includes('\0')) raise(PyExc_ValueError, 'type name must not contain null characters');
}
export function type_set_name(type: Ref, value: Ref): void {
  check_set_special_type_attr(type, value, '__name__');
  if (!PyUnicode_Check(value))
    raise(PyExc_TypeError, `can only assign string to ${tpName(type)}.__name__, not '${typeNameOf(value)}'`);
  checkNoNul(value);
  setPtr(type + T.tp_name, PyUnicode_AsUTF8(value));
  const old = i32(type + H.ht_name);
  setPtr(type + H.ht_name, Py_NewRef(value));
  Py_DECREF(old);
}
export function type_set_qualname(type: Ref, value: Ref): void {
  check_set_special_type_attr(type, value, '__qualname__');
  if (!PyUnicode_Check(value))
    raise(PyExc_TypeError, `can only assign string to ${tpName(type)}.__qualname__, not '${typeNameOf(value)}'`);
  const old = i32(type + H.ht_qualname);
  setPtr(type + H.ht_qualname, Py_NewRef(value));
  Py_DECREF(old);
}
/** The type's __module__, a new reference; AttributeError if a heap type has none. */
export function type_module(type: Ref): Ref {
  if (isHeap(type)) {
    const mod = PyDict_GetItemWithError(lookup_tp_dict(type), Py_ID.__module__);
    if (mod === 0) raise(PyExc_AttributeError, '__module__');
    return Py_NewRef(mod);
  }
  const name = tpName(type);
  const dot = name.lastIndexOf('.');
  return PyUnicode_InternFromString(dot < 0 ? 'builtins' : name.slice(0, dot));
}
export function type_set_module(type: Ref, value: Ref): void {
  check_set_special_type_attr(type, value, '__module__');
  PyType_Modified(type);
  PyDict_SetItem(lookup_tp_dict(type), Py_ID.__module__, value);
  discardKey(lookup_tp_dict(type), Py_ID.__firstlineno__);
}
/** `module.qualname`, without `builtins.` (_PyType_GetFullyQualifiedName with '.'). */
export function PyType_GetFullyQualifiedName(type: Ref): Ref {
  if (!isHeap(type)) return PyUnicode_FromString(tpName(type));
  const m = hold(type_qualname(type));
  hold(type_module(type));
  const mod = i32(m + 8);
  let name = asText(i32(m));
  if (PyUnicode_Check(mod) && asText(mod) !== 'builtins' && asText(mod) !== '__main__') name = `${asText(mod)}.${name}`;
  release(m);
  return PyUnicode_FromString(name);
}
export function type_repr(type: Ref): Ref {
  const m = hold(type_moduleOrNone(type));
  const mod = i32(m);
  let s: string;
  if (mod !== Py_None && PyUnicode_Check(mod) && asText(mod) !== 'builtins') {
    hold(type_qualname(type));
    s = `<class '${asText(mod)}.${asText(i32(m + 8))}'>`;
  } else s = `<class '${tpName(type)}'>`;
  release(m);
  return PyUnicode_FromString(s);
}
/** __module__ as text, or null. */
export function moduleText(type: Ref): string | null {
  const m = hold(type_moduleOrNone(type));
  const mod = i32(m);
  const s = PyUnicode_Check(mod) ? asText(mod) : null;
  release(m);
  return s;
}
export function type_moduleOrNone(type: Ref): Ref {
  if (!isHeap(type)) return type_module(type);
  const mod = PyDict_GetItemWithError(lookup_tp_dict(type), Py_ID.__module__);
  return mod === 0 ? Py_NewRef(Py_None) : Py_NewRef(mod);
}

// ---- the rest -----------------------------------------------------------------------------------------------------------

export function type_abstractmethods(type: Ref): Ref {
  const mod = type === PyType_Type ? 0 : PyDict_GetItemWithError(lookup_tp_dict(type), Py_ID.__abstractmethods__);
  if (mod === 0) raiseObject(PyExc_AttributeError, Py_ID.__abstractmethods__);
  return Py_NewRef(mod);
}
export function type_set_abstractmethods(type: Ref, value: Ref): void {
  const dict = lookup_tp_dict(type);
  let abstract = false;
  if (value !== 0) {
    abstract = PyObject_IsTrue(value);
    PyDict_SetItem(dict, Py_ID.__abstractmethods__, value);
  } else {
    if (PyDict_GetItemWithError(dict, Py_ID.__abstractmethods__) === 0)
      raiseObject(PyExc_AttributeError, Py_ID.__abstractmethods__);
    PyDict_DelItem(dict, Py_ID.__abstractmethods__);
  }
  PyType_Modified(type);
  const flags = i32(type + T.tp_flags);
  setI32(type + T.tp_flags, abstract ? flags | Py_TPFLAGS_IS_ABSTRACT : flags & ~Py_TPFLAGS_IS_ABSTRACT);
}
export function type_get_mro(type: Ref): Ref {
  const mro = i32(type + T.tp_mro);
  return mro === 0 ? Py_NewRef(Py_None) : Py_NewRef(mro);
}
export function type_dict(type: Ref): Ref {
  const dict = lookup_tp_dict(type);
  return dict === 0 ? Py_NewRef(Py_None) : PyDictProxy_New(dict);
}
export function type_get_doc(type: Ref): Ref {
  if (!isHeap(type) && i32(type + T.tp_doc) !== 0) return internalDoc(tpName(type), i32(type + T.tp_doc));
  const doc = PyDict_GetItemWithError(lookup_tp_dict(type), Py_ID.__doc__);
  if (doc === 0) return Py_NewRef(Py_None);
  const get = i32(i32(doc + 8) + T.tp_descr_get);
  return get !== 0 ? getHeld(get, doc, 0, type) : Py_NewRef(doc);
}
export function type_set_doc(type: Ref, value: Ref): void {
  check_set_special_type_attr(type, value, '__doc__');
  PyType_Modified(type);
  PyDict_SetItem(lookup_tp_dict(type), Py_ID.__doc__, value);
}
export function type_get_text_signature(type: Ref): Ref {
  return internalSignature(tpName(type), i32(type + T.tp_doc));
}
function noAnnotations(type: Ref): never {
  raise(PyExc_AttributeError, `type object '${tpName(type)}' has no attribute '__annotations__'`);
}
export function type_get_annotations(type: Ref): Ref {
  if (!isHeap(type)) noAnnotations(type);
  const dict = lookup_tp_dict(type);
  const found = PyDict_GetItemWithError(dict, Py_ID.__annotations__);
  if (found !== 0) {
    const get = i32(i32(found + 8) + T.tp_descr_get);
    return get !== 0 ? getHeld(get, found, 0, type) : Py_NewRef(found);
  }
  const fresh = PyDict_New();
  const m = hold(fresh);
  PyDict_SetItem(dict, Py_ID.__annotations__, fresh);
  drop(m);
  PyType_Modified(type);
  return fresh;
}
export function type_set_annotations(type: Ref, value: Ref): void {
  if ((i32(type + T.tp_flags) & Py_TPFLAGS_IMMUTABLETYPE) !== 0)
    raise(PyExc_TypeError, `cannot set '__annotations__' attribute of immutable type '${tpName(type)}'`);
  const dict = lookup_tp_dict(type);
  if (value !== 0) PyDict_SetItem(dict, Py_ID.__annotations__, value);
  else if (!discardKey(dict, Py_ID.__annotations__)) raiseObject(PyExc_AttributeError, Py_ID.__annotations__);
  PyType_Modified(type);
}
export function type_get_type_params(type: Ref): Ref {
  const params = type === PyType_Type ? 0 : PyDict_GetItemWithError(lookup_tp_dict(type), Py_ID.__type_params__);
  return Py_NewRef(params === 0 ? EMPTY_TUPLE : params);
}
export function type_set_type_params(type: Ref, value: Ref): void {
  check_set_special_type_attr(type, value, '__type_params__');
  if (!PyTuple_Check(value)) raise(PyExc_TypeError, '__type_params__ must be set to a tuple');
  PyDict_SetItem(lookup_tp_dict(type), Py_ID.__type_params__, value);
  PyType_Modified(type);
}
