/**
 * Where a type keeps its dict, bases, mro and subclasses; version tags; the method cache; looking a name up along the
 * mro. Mirrors the first part of Objects/typeobject.c. A static builtin type keeps its dict, subclasses and weakrefs in
 * PyInterpreterState.types.builtins; its tp_subclasses holds index + 1 there.
 */
import {
  managed_static_type_state as state,
  PyASCIIObject,
  PyHeapTypeObject,
  PyInterpreterState,
  PyTypeObject as T,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_IMMUTABLETYPE,
  Py_TPFLAGS_READY,
  _Py_MAX_MANAGED_STATIC_BUILTIN_TYPES,
  _PyRuntimeState,
  _Py_TPFLAGS_STATIC_BUILTIN,
  _Py_TYPE_BASE_VERSION_TAG,
  PY_RUNTIME_ADDRESS,
  PyWeakReference,
} from '@moult/abi';
import { i32, setI32, setPtr, setU16, u16 } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyDict_GetItemWithError, PyDict_New, PyDict_Next, PyDict_SetItem } from './dictobject.ts';
import { PyDict_DelItem } from './dictdelete.ts';
import { catchPending, PyErr_Clear } from './errors.ts';
import { PyLong_FromLong } from './longobject.ts';
import { hold, nativeMark, Py_DECREF, Py_INCREF, Py_NewRef, type Ref, release } from './object.ts';
import { INTERP } from './runtime.ts';
import { PyUnicode_Type, Py_None } from './static.ts';
import { PyWeakref_NewRef, weakrefTarget } from './weakrefobject.ts';

/** What a weak reference refers to, a new reference, or 0. */
function _PyWeakref_GET_REF(ref: Ref): Ref {
  const op = weakrefTarget(ref);
  if (op !== 0) Py_INCREF(op);
  return op;
}

/** The native function of number `n`. */
export function native(n: number): NativeFunction {
  return text[n] as NativeFunction;
}

const BUILTINS = INTERP + PyInterpreterState.types_builtins_initialized;
const BUILTINS_COUNT = INTERP + PyInterpreterState.types_builtins_num_initialized;
const CACHE = INTERP + PyInterpreterState.types_type_cache_hashtable;
const NEXT_VERSION = INTERP + PyInterpreterState.types_next_version_tag;
const NEXT_GLOBAL_VERSION = PY_RUNTIME_ADDRESS + _PyRuntimeState.types_next_version_tag;
const ENTRY = PyInterpreterState.types_type_cache_hashtable_STRIDE;
const CACHE_SIZE = PyInterpreterState.types_type_cache_hashtable_COUNT;
const MAX_VERSIONS_PER_CLASS = 1000;
const _Py_ATTR_CACHE_UNUSED = 30000;

// ---- where things are -------------------------------------------------------------------------------------------

/** managed_static_type_state of a static builtin type that is being made ready or is ready. */
export function _PyStaticType_GetState(type: Ref): number {
  return BUILTINS + (i32(type + T.tp_subclasses) - 1) * state.SIZE;
}
export function isStaticBuiltin(type: Ref): boolean {
  return (i32(type + T.tp_flags) & _Py_TPFLAGS_STATIC_BUILTIN) !== 0;
}
/**
 * Gives a static type its row (managed_static_type_state_init). CPython has 200 rows; static types of ours beyond them
 * lose the flag and keep their dict in the type itself, as a static type of an extension does.
 */
export function initStaticState(type: Ref): void {
  const n = i32(BUILTINS_COUNT);
  if (n >= _Py_MAX_MANAGED_STATIC_BUILTIN_TYPES) {
    setI32(type + T.tp_flags, i32(type + T.tp_flags) & ~_Py_TPFLAGS_STATIC_BUILTIN);
    return;
  }
  setPtr(type + T.tp_subclasses, n + 1);
  const row = BUILTINS + n * state.SIZE;
  setPtr(row + state.type, type);
  setI32(row + state.isbuiltin, 1);
  setI32(row + state.readying, 1);
  setPtr(BUILTINS_COUNT, n + 1);
  const managed = PY_RUNTIME_ADDRESS + _PyRuntimeState.types_managed_static_types + n * 16;
  setPtr(managed, type);
  setPtr(managed + 8, 1);
}
export function lookup_tp_dict(type: Ref): Ref {
  return isStaticBuiltin(type) ? i32(_PyStaticType_GetState(type) + state.tp_dict) : i32(type + T.tp_dict);
}
export function set_tp_dict(type: Ref, dict: Ref): void {
  setPtr(isStaticBuiltin(type) ? _PyStaticType_GetState(type) + state.tp_dict : type + T.tp_dict, dict);
}
/** The type's __dict__ (a new reference). */
export function PyType_GetDict(type: Ref): Ref {
  return Py_NewRef(lookup_tp_dict(type));
}
export function _PyType_GetDict(type: Ref): Ref {
  return lookup_tp_dict(type);
}
export function lookup_tp_bases(type: Ref): Ref {
  return i32(type + T.tp_bases);
}
export function lookup_tp_mro(type: Ref): Ref {
  return i32(type + T.tp_mro);
}
export function subclassesSlot(type: Ref): number {
  return isStaticBuiltin(type) ? _PyStaticType_GetState(type) + state.tp_subclasses : type + T.tp_subclasses;
}
export function lookup_tp_subclasses(type: Ref): Ref {
  return i32(subclassesSlot(type));
}
/** The slot of a type's weakref list. */
export function typeWeakrefsSlot(type: Ref): number {
  return isStaticBuiltin(type) ? _PyStaticType_GetState(type) + state.tp_weaklist : type + T.tp_weaklist;
}

// ---- subclasses -------------------------------------------------------------------------------------------------

/** Notes `type` as a subclass of `base`: weakly, under its address (add_subclass). */
export function add_subclass(base: Ref, type: Ref): void {
  const key = PyLong_FromLong(type);
  const m = hold(key);
  hold(PyWeakref_NewRef(type, 0));
  const slot = subclassesSlot(base);
  if (i32(slot) === 0) setPtr(slot, PyDict_New());
  PyDict_SetItem(i32(slot), key, i32(m + 8));
  release(m);
}
export function add_all_subclasses(type: Ref, bases: Ref): void {
  const n = i32(bases + 16);
  for (let i = 0; i < n; i++) add_subclass(i32(bases + 24 + (i << 3)), type);
}
/** The key of `type`, found by its weak reference where there is no memory for an int; 0 if there is none. */
function subclassKey(subclasses: Ref, type: Ref): Ref {
  const m = nativeMark();
  try {
    return PyLong_FromLong(type);
  } catch (e) {
    catchPending(e, m);
    PyErr_Clear();
  }
  const pos = { i: 0, key: 0, value: 0 };
  while (PyDict_Next(subclasses, pos)) {
    if (i32(pos.value + PyWeakReference.wr_object) === type) return Py_NewRef(pos.key);
  }
  return 0;
}
export function remove_subclass(base: Ref, type: Ref): void {
  const slot = subclassesSlot(base);
  const subclasses = i32(slot);
  if (subclasses === 0) return;
  const m = nativeMark();
  try {
    const key = subclassKey(subclasses, type);
    hold(key);
    if (key !== 0) PyDict_DelItem(subclasses, key);
    release(m);
  } catch (e) {
    // it may not have got so far as to be entered
    catchPending(e, m);
    PyErr_Clear();
  }
  if (i32(subclasses + 16) === 0) {
    setPtr(slot, 0);
    Py_DECREF(subclasses);
  }
}
export function remove_all_subclasses(type: Ref, bases: Ref): void {
  const n = i32(bases + 16);
  for (let i = 0; i < n; i++) remove_subclass(i32(bases + 24 + (i << 3)), type);
}
/** The live subclasses, as new references, in order of their making. */
export function liveSubclasses(type: Ref): Ref[] {
  const dict = lookup_tp_subclasses(type);
  const out: Ref[] = [];
  if (dict === 0) return out;
  const pos = { i: 0, key: 0, value: 0 };
  while (PyDict_Next(dict, pos)) {
    const sub = _PyWeakref_GET_REF(pos.value);
    if (sub !== 0) out.push(sub);
  }
  return out;
}

// ---- versions and the method cache --------------------------------------------------------------------------------

/** Empties the cache and starts the version counters (_PyType_InitCache, at boot). */
export function _PyType_InitCache(): void {
  for (let i = 0; i < CACHE_SIZE; i++) setPtr(CACHE + i * ENTRY + 8, Py_NewRef(Py_None));
  setI32(NEXT_VERSION, _Py_TYPE_BASE_VERSION_TAG);
  setI32(NEXT_GLOBAL_VERSION, 1);
}
export function _PyType_ClearCache(): void {
  for (let i = 0; i < CACHE_SIZE; i++) {
    const e = CACHE + i * ENTRY;
    const name = i32(e + 8);
    setI32(e, 0);
    setPtr(e + 8, Py_NewRef(Py_None));
    setPtr(e + 16, 0);
    Py_DECREF(name);
  }
}
export function PyType_ClearCache(): number {
  _PyType_ClearCache();
  return i32(NEXT_VERSION) - 1;
}

/** The type, or a base of it, has changed: its version tag and those of its subclasses are void. */
export function PyType_Modified(type: Ref): void {
  if (i32(type + T.tp_version_tag) === 0) return;
  const subclasses = lookup_tp_subclasses(type);
  if (subclasses !== 0) {
    const pos = { i: 0, key: 0, value: 0 };
    while (PyDict_Next(subclasses, pos)) {
      const sub = _PyWeakref_GET_REF(pos.value);
      if (sub === 0) continue;
      PyType_Modified(sub);
      Py_DECREF(sub);
    }
  }
  setI32(type + T.tp_version_tag, 0);
  if ((i32(type + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0) setPtr(type + PyHeapTypeObject._spec_cache_getitem, 0);
}
/** The type shall never have a version: its mro is not the ordinary one. */
export function forbidVersions(type: Ref): void {
  setI32(type + T.tp_version_tag, 0);
  setU16(type + T.tp_versions_used, _Py_ATTR_CACHE_UNUSED);
  if ((i32(type + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0) setPtr(type + PyHeapTypeObject._spec_cache_getitem, 0);
}

/** A static builtin type has its version from the start. */
export function assignGlobalVersion(type: Ref): void {
  if (i32(type + T.tp_version_tag) !== 0) return;
  const v = i32(NEXT_GLOBAL_VERSION);
  setI32(type + T.tp_version_tag, v);
  setI32(NEXT_GLOBAL_VERSION, v + 1);
}
export function assign_version_tag(type: Ref): boolean {
  if (i32(type + T.tp_version_tag) !== 0) return true;
  const flags = i32(type + T.tp_flags);
  if ((flags & Py_TPFLAGS_READY) === 0) return false;
  const used = u16(type + T.tp_versions_used);
  if (used >= MAX_VERSIONS_PER_CLASS) return false;
  setU16(type + T.tp_versions_used, used + 1);
  if ((flags & Py_TPFLAGS_IMMUTABLETYPE) !== 0) {
    const v = i32(NEXT_GLOBAL_VERSION);
    if (v > _Py_TYPE_BASE_VERSION_TAG - 1) return false;
    setI32(type + T.tp_version_tag, v);
    setI32(NEXT_GLOBAL_VERSION, v + 1);
  } else {
    const v = i32(NEXT_VERSION);
    if (v === 0) return false;
    setI32(type + T.tp_version_tag, v);
    setI32(NEXT_VERSION, (v + 1) | 0);
  }
  const bases = i32(type + T.tp_bases);
  const n = i32(bases + 16);
  for (let i = 0; i < n; i++) if (!assign_version_tag(i32(bases + 24 + (i << 3)))) return false;
  return true;
}
export function PyUnstable_Type_AssignVersionTag(type: Ref): boolean {
  return assign_version_tag(type);
}

function cacheEntry(version: number, name: Ref): number {
  return CACHE + ((version ^ (name >>> 3)) & (CACHE_SIZE - 1)) * ENTRY;
}

/** The attribute `name` of the type along its mro: borrowed, or 0. Never raises. */
export function _PyType_Lookup(type: Ref, name: Ref): Ref {
  const version = i32(type + T.tp_version_tag);
  const e = cacheEntry(version, name);
  if (i32(e) === version && i32(e + 8) === name) return i32(e + 16);
  return lookupSlow(type, name);
}
export function _PyType_LookupRef(type: Ref, name: Ref): Ref {
  const res = _PyType_Lookup(type, name);
  if (res !== 0) Py_INCREF(res);
  return res;
}

function lookupSlow(type: Ref, name: Ref): Ref {
  let res = 0;
  const m = nativeMark();
  try {
    res = find_name_in_mro(type, name);
  } catch (e) {
    swallowAll(e, m);
    return 0;
  }
  if (i32(name + 8) === PyUnicode_Type && i32(name + PyASCIIObject.length) <= 100 && assign_version_tag(type)) {
    const version = i32(type + T.tp_version_tag);
    const e = cacheEntry(version, name);
    const old = i32(e + 8);
    Py_INCREF(name);
    setI32(e, version);
    setPtr(e + 8, name);
    setPtr(e + 16, res);
    Py_DECREF(old);
  }
  return res;
}
function swallowAll(e: unknown, m: number): void {
  catchPending(e, m);
  PyErr_Clear();
}

/** Looks in the dicts of the mro: borrowed, or 0. */
export function find_name_in_mro(type: Ref, name: Ref): Ref {
  const mro = i32(type + T.tp_mro);
  if (mro === 0) return 0;
  const n = i32(mro + 16);
  const m = hold(Py_NewRef(mro));
  let res = 0;
  for (let i = 0; i < n && res === 0; i++)
    res = PyDict_GetItemWithError(lookup_tp_dict(i32(mro + 24 + (i << 3))), name);
  release(m);
  return res;
}
