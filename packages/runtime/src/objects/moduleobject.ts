/** Modules. Mirrors Objects/moduleobject.c. +16 dict +24 def +32 state +40 weaklist +48 name. */
import {
  METH_NOARGS,
  PyMethodDef,
  PyModuleDef,
  PyModuleObject as M,
  PyTypeObject as T,
  Py_ID,
  Py_READONLY,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_HAVE_GC,
  _Py_T_OBJECT,
} from '@moult/abi';
import { PyObject_GC_Del } from '../gc/alloc.ts';
import { PyObject_GC_Track, PyObject_GC_UnTrack } from '../gc/track.ts';
import { cstring, i32, setPtr } from '../memory/linear.ts';
import { PyMem_Free } from '../memory/obmalloc.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PySequence_Contains } from './abstract.ts';
import { unpackTupleAndDict } from './args.ts';
import { callFunction, PyObject_CallNoArgs } from './call.ts';
import {
  PyDict_GetItemString,
  PyDict_GetItemWithError,
  PyDict_Keys,
  PyDict_New,
  PyDict_Next,
  PyDict_SetItem,
} from './dictobject.ts';
import { PyDict_DelItem } from './dictdelete.ts';
import { PyErr_Clear, catchPending, raise, raiseObject, swallow } from './errors.ts';
import { raiseAttributeError, _PyObject_GenericGetAttrWithDict } from './genericattr.ts';
import { PyCFunction_NewEx } from './methodobject.ts';
import { isPossiblyShadowing, isStandardName, originOf } from './moduleshadow.ts';
import {
  drop,
  hold,
  nativeMark,
  PyDict_Check,
  PyObject_TypeCheck,
  PyUnicode_Check,
  Py_CLEAR,
  Py_NewRef,
  Py_XDECREF,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import { PyObject_GenericSetAttr, PyObject_GetOptionalAttr, PyObject_IsTrue, PyObject_Repr } from './objectattr.ts';
import type { TypeSpec } from './spec.ts';
import {
  PyExc_AttributeError,
  PyExc_SystemError,
  PyExc_TypeError,
  PyModuleDef_Type,
  PyModule_Type,
  PyUnicode_Type,
  Py_None,
} from './static.ts';
import { _PyType_AllocNoTrack } from './typealloc.ts';
import { PySequence_List } from './abstract.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from './unicodeobject.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

export function PyModule_Check(op: Ref): boolean {
  return PyObject_TypeCheck(op, PyModule_Type);
}
function new_module_notrack(type: Ref): Ref {
  const m = _PyType_AllocNoTrack(type, 0);
  const mark = hold(m);
  setPtr(m + M.md_dict, PyDict_New());
  drop(mark);
  return m;
}
function module_init_dict(mod: Ref, dict: Ref, name: Ref, doc: Ref): void {
  PyDict_SetItem(dict, Py_ID.__name__, name);
  PyDict_SetItem(dict, Py_ID.__doc__, doc === 0 ? Py_None : doc);
  PyDict_SetItem(dict, Py_ID.__package__, Py_None);
  PyDict_SetItem(dict, Py_ID.__loader__, Py_None);
  PyDict_SetItem(dict, Py_ID.__spec__, Py_None);
  if (i32(name + 8) === PyUnicode_Type) {
    const old = i32(mod + M.md_name);
    setPtr(mod + M.md_name, Py_NewRef(name));
    Py_XDECREF(old);
  }
}
/** A new module with the five attributes every module has. */
export function PyModule_NewObject(name: Ref): Ref {
  const m = new_module_notrack(PyModule_Type);
  const mark = hold(m);
  module_init_dict(m, i32(m + M.md_dict), name, 0);
  PyObject_GC_Track(m);
  drop(mark);
  return m;
}
export function PyModule_New(name: string): Ref {
  const mark = hold(PyUnicode_FromString(name));
  const m = PyModule_NewObject(i32(mark));
  release(mark);
  return m;
}
/** The module's dict, borrowed. */
export function PyModule_GetDict(m: Ref): Ref {
  return i32(m + M.md_dict);
}
/** The module's __name__, a new reference. */
export function PyModule_GetNameObject(m: Ref): Ref {
  const dict = i32(m + M.md_dict);
  const name = dict === 0 ? 0 : PyDict_GetItemWithError(dict, Py_ID.__name__);
  if (name === 0 || !PyUnicode_Check(name)) raise(PyExc_SystemError, 'nameless module');
  return Py_NewRef(name);
}
export function PyModule_SetDocString(m: Ref, doc: string): void {
  const mark = hold(PyUnicode_FromString(doc));
  PyDict_SetItem(i32(m + M.md_dict), Py_ID.__doc__, i32(mark));
  release(mark);
}
/** m.name = value (borrowed). */
export function PyModule_AddObjectRef(m: Ref, name: string, value: Ref): void {
  const mark = hold(PyUnicode_InternFromString(name));
  PyDict_SetItem(i32(m + M.md_dict), i32(mark), value);
  release(mark);
}
/** m.name = value, whose reference is taken over. */
export function PyModule_Add(m: Ref, name: string, value: Ref): void {
  const mark = hold(value);
  PyModule_AddObjectRef(m, name, value);
  release(mark);
}
/** Adds built-in functions: `table` a PyMethodDef[] (spec.ts: writeMethods). */
export function PyModule_AddFunctions(m: Ref, table: number): void {
  const mark = hold(PyModule_GetNameObject(m));
  for (let ml = table; i32(ml + PyMethodDef.ml_name) !== 0; ml += PyMethodDef.SIZE) {
    const func = PyCFunction_NewEx(ml, m, i32(mark));
    PyModule_Add(m, cstring(i32(ml + PyMethodDef.ml_name)), func);
  }
  release(mark);
}

// ---- attributes -------------------------------------------------------------------------------------------------------------

function isTrueAttr(spec: Ref, name: string): boolean {
  const mark = hold(PyUnicode_InternFromString(name));
  const value = PyObject_GetOptionalAttr(spec, i32(mark));
  hold(value);
  const truth = value !== 0 && PyObject_IsTrue(value);
  release(mark);
  return truth;
}
function isUninitializedSubmodule(spec: Ref, name: Ref): boolean {
  const list = PyObject_GetOptionalAttr(spec, Py_ID._uninitialized_submodules);
  if (list === 0) return false;
  const mark = hold(list);
  const found = PySequence_Contains(list, name);
  release(mark);
  return found;
}
/** module.name, with the module's own __getattr__; with `suppress`, 0 if there is none. */
export function _Py_module_getattro_impl(m: Ref, name: Ref, suppress: boolean): Ref {
  let attr = _PyObject_GenericGetAttrWithDict(m, name, 0, true);
  if (attr !== 0) return attr;
  const dict = i32(m + M.md_dict);
  const getattr = dict === 0 ? 0 : PyDict_GetItemWithError(dict, Py_ID.__getattr__);
  if (getattr !== 0) {
    const mark = hold(Py_NewRef(getattr));
    if (!suppress) attr = callFunction(getattr, name);
    else {
      const inner = nativeMark();
      try {
        attr = callFunction(getattr, name);
      } catch (e) {
        swallow(e, PyExc_AttributeError, inner);
      }
    }
    release(mark);
    return attr;
  }
  if (suppress) return 0;
  const what = asText(name);
  const modName = dict === 0 ? 0 : PyDict_GetItemWithError(dict, Py_ID.__name__);
  if (modName === 0 || !PyUnicode_Check(modName)) raiseAttributeError(m, name, `module has no attribute '${what}'`);
  const who = asText(modName);
  const spec = PyDict_GetItemWithError(dict, Py_ID.__spec__);
  if (spec !== 0 && spec !== Py_None) {
    const mark = hold(Py_NewRef(spec));
    const origin = originOf(spec);
    const shadowing = isPossiblyShadowing(origin);
    const lacks = `has no attribute '${what}'`;
    if (shadowing && isStandardName(modName)) {
      raiseAttributeError(
        m,
        name,
        `module '${who}' ${lacks} (consider renaming '${origin}' since it has the same name as the standard library module named '${who}' and the import system gives it precedence)`,
      );
    }
    if (isTrueAttr(spec, '_initializing')) {
      let message = `partially initialized module '${who}' ${lacks} (most likely due to a circular import)`;
      if (shadowing) {
        message = `module '${who}' ${lacks} (consider renaming '${origin}' if it has the same name as a third-party module you intended to import)`;
      } else if (origin !== '') {
        message = `partially initialized module '${who}' from '${origin}' ${lacks} (most likely due to a circular import)`;
      }
      raiseAttributeError(m, name, message);
    }
    if (isUninitializedSubmodule(spec, name)) {
      raiseAttributeError(
        m,
        name,
        `cannot access submodule '${what}' of module '${who}' (most likely due to a circular import)`,
      );
    }
    release(mark);
  }
  return raiseAttributeError(m, name, `module '${who}' has no attribute '${what}'`);
}
export function module_getattro(m: Ref, name: Ref): Ref {
  return _Py_module_getattro_impl(m, name, false);
}
function module_init(self: Ref, args: Ref, kwds: Ref): void {
  const [name, doc] = unpackTupleAndDict(args, kwds, { fname: 'module', keywords: ['name', 'doc'], required: 1 }) as [
    Ref,
    Ref,
  ];
  if (!PyUnicode_Check(name)) raise(PyExc_TypeError, `module() argument 'name' must be str, not ${typeNameOf(name)}`);
  if (i32(self + M.md_dict) === 0) setPtr(self + M.md_dict, PyDict_New());
  module_init_dict(self, i32(self + M.md_dict), name, doc);
}
function module_new(type: Ref): Ref {
  const m = new_module_notrack(type);
  PyObject_GC_Track(m);
  return m;
}
function module_dealloc(m: Ref): void {
  PyObject_GC_UnTrack(m);
  if (i32(m + M.md_weaklist) !== 0) PyObject_ClearWeakRefs(m);
  const def = i32(m + M.md_def);
  if (def !== 0) {
    const free = i32(def + PyModuleDef.m_free);
    if (free !== 0) (text[free] as NativeFunction)(m);
  }
  Py_CLEAR(m + M.md_dict);
  Py_CLEAR(m + M.md_name);
  const state = i32(m + M.md_state);
  if (state !== 0) PyMem_Free(state);
  (text[i32(i32(m + 8) + T.tp_free)] as NativeFunction)(m);
}
function module_traverse(m: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  if (i32(m + M.md_dict) !== 0) visit(i32(m + M.md_dict), arg);
}
function module_clear(m: Ref): void {
  Py_CLEAR(m + M.md_dict);
}
/** As importlib's _module_repr. */
function module_repr(m: Ref): Ref {
  const dict = i32(m + M.md_dict);
  const get = (name: string): Ref => (dict === 0 ? 0 : PyDict_GetItemString(dict, name));
  const mark = nativeMark();
  const repr = (op: Ref): string => {
    const h = hold(PyObject_Repr(op));
    return asText(i32(h));
  };
  const attr = (op: Ref, name: string): Ref => {
    const h = hold(PyUnicode_InternFromString(name));
    const value = PyObject_GetOptionalAttr(op, i32(h));
    hold(value);
    return value === Py_None ? 0 : value;
  };
  const spec = get('__spec__');
  let s: string;
  if (spec !== 0 && spec !== Py_None) {
    const name = attr(spec, 'name');
    const shown = name === 0 ? "'?'" : repr(name);
    const origin = attr(spec, 'origin');
    if (origin === 0) {
      const loader = attr(spec, 'loader');
      const portions = loader !== 0 && typeNameOf(loader) === 'NamespaceLoader' ? attr(loader, '_path') : 0;
      if (portions !== 0) hold(PySequence_List(portions));
      if (portions !== 0) s = `<module ${shown} (namespace) from ${repr(i32(nativeMark() - 8))}>`;
      else s = loader === 0 ? `<module ${shown}>` : `<module ${shown} (${repr(loader)})>`;
    } else if (isTrueAttr(spec, 'has_location')) s = `<module ${shown} from ${repr(origin)}>`;
    else s = `<module ${shown} (${asText(origin)})>`;
  } else {
    const name = get('__name__');
    const shown = name === 0 ? "'?'" : repr(name);
    const file = get('__file__');
    const loader = get('__loader__');
    if (file !== 0) s = `<module ${shown} from ${repr(file)}>`;
    else if (loader === 0 || loader === Py_None) s = `<module ${shown}>`;
    else s = `<module ${shown} (${repr(loader)})>`;
  }
  release(mark);
  return PyUnicode_FromString(s);
}
function module_dir(m: Ref): Ref {
  const mark = nativeMark();
  const dict = PyObject_GetOptionalAttr(m, Py_ID.__dict__);
  hold(dict);
  if (dict === 0 || !PyDict_Check(dict)) raise(PyExc_TypeError, '<module>.__dict__ is not a dictionary');
  const func = PyDict_GetItemWithError(dict, Py_ID.__dir__);
  const res = func !== 0 ? PyObject_CallNoArgs(func) : PyDict_Keys(dict);
  release(mark);
  return res;
}
function module_get_annotations(m: Ref): Ref {
  const dict = i32(m + M.md_dict);
  const known = PyDict_GetItemWithError(dict, Py_ID.__annotations__);
  if (known !== 0) return Py_NewRef(known);
  const fresh = PyDict_New();
  const mark = hold(fresh);
  PyDict_SetItem(dict, Py_ID.__annotations__, fresh);
  drop(mark);
  return fresh;
}
function module_set_annotations(m: Ref, value: Ref): void {
  const dict = i32(m + M.md_dict);
  if (value !== 0) PyDict_SetItem(dict, Py_ID.__annotations__, value);
  else if (PyDict_GetItemWithError(dict, Py_ID.__annotations__) === 0)
    raiseObject(PyExc_AttributeError, Py_ID.__annotations__);
  else PyDict_DelItem(dict, Py_ID.__annotations__);
}

// ---- the end ------------------------------------------------------------------------------------------------------------------

/** Sets every name to None: first those with one underscore, then all but __builtins__. */
export function _PyModule_ClearDict(dict: Ref): void {
  for (const pass of [1, 2]) {
    const pos = { i: 0, key: 0, value: 0 };
    while (PyDict_Next(dict, pos)) {
      const { key, value } = pos;
      if (value === Py_None || !PyUnicode_Check(key)) continue;
      const name = asText(key);
      const single = name.startsWith('_') && name[1] !== '_';
      if (pass === 1 ? !single : name.startsWith('_') && name === '__builtins__') continue;
      const mark = nativeMark();
      try {
        PyDict_SetItem(dict, key, Py_None);
      } catch (e) {
        catchPending(e, mark);
        PyErr_Clear();
      }
    }
  }
}
export function _PyModule_Clear(m: Ref): void {
  const dict = i32(m + M.md_dict);
  if (dict !== 0) _PyModule_ClearDict(dict);
}

export const moduleSpec: TypeSpec = {
  address: PyModule_Type,
  name: 'module',
  basicsize: M.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
  dictoffset: M.md_dict,
  weaklistoffset: M.md_weaklist,
  doc: 'module(name, doc=None)\n--\n\nCreate a module object.\n\nThe name must be a string; the optional doc argument can have any type.',
  slots: {
    tp_dealloc: module_dealloc,
    tp_repr: module_repr,
    tp_getattro: module_getattro,
    tp_setattro: PyObject_GenericSetAttr,
    tp_traverse: module_traverse,
    tp_clear: module_clear,
    tp_init: module_init,
    tp_new: module_new,
    tp_free: PyObject_GC_Del,
  },
  methods: [
    {
      name: '__dir__',
      flags: METH_NOARGS,
      fn: module_dir,
      doc: '__dir__($self, /)\n--\n\n__dir__() -> list\nspecialized dir() implementation',
    },
  ],
  members: [{ name: '__dict__', type: _Py_T_OBJECT, offset: M.md_dict, flags: Py_READONLY }],
  getset: [{ name: '__annotations__', get: module_get_annotations, set: module_set_annotations }],
};
export const moduleDefSpec: TypeSpec = {
  address: PyModuleDef_Type,
  name: 'moduledef',
  basicsize: PyModuleDef.SIZE,
  flags: 0,
  slots: {},
};
