/**
 * Freeing what outlives the modules: interpreter fields, static types' objects, the method cache, interned strings, free
 * lists. Mirrors interpreter_clear of Python/pystate.c, finalize_interp_types of Python/pylifecycle.c, fini_static_type of
 * Objects/typeobject.c and _PyUnicode_ClearInterned. Afterwards no block is in use but the allocator's own tables.
 */
import {
  _gc_runtime_state as gcs,
  managed_static_type_state,
  PY_MONITORING_TOOL_IDS,
  PyHeapTypeObject,
  PyInterpreterState,
  PyTypeObject,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_READY,
} from '@moult/abi';
import { GEN_HEAD, NUM_GENERATIONS, PERMANENT } from '../gc/gcmain.ts';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { gc_list_merge, PREV_MASK_FINALIZED } from '../gc/lists.ts';
import { BRK_BASE, i32, setI32, setPtr, setU8, STATIC_DATA, STATIC_TYPES, u8 } from '../memory/linear.ts';
import { clearAst, finiModules } from '../modules/index.ts';
import { dictkeys_decref } from '../objects/dictkeys.ts';
import { PyDict_Next } from '../objects/dictobject.ts';
import { PyDict_Clear } from '../objects/dictdelete.ts';
import { clearFreeLists } from '../objects/freelists.ts';
import { freeMemoryErrors } from '../objects/exceptions.ts';
import { SSTATE_INTERNED_IMMORTAL, SSTATE_INTERNED_MORTAL, takeInternedDict } from '../objects/intern.ts';
import { _Py_IsImmortal, Py_CLEAR, Py_DECREF, type Ref } from '../objects/object.ts';
import { GC_STATE, INTERP } from '../objects/runtime.ts';
import { _PySlice_ClearCache } from '../objects/sliceobject.ts';
import { PyDict_Type } from '../objects/static.ts';
import { _PyStaticType_GetState, _PyType_ClearCache, isStaticBuiltin } from '../objects/typelookup.ts';

/** Static types lie 1 KiB apart (static.ts). */
const TYPE_STRIDE = 0x400;

/** Fields of the interpreter that own a reference, in the order of interpreter_clear; sys and builtins go last. */
const FIELDS = [
  'audit_hooks',
  'codecs_search_path',
  'codecs_search_cache',
  'codecs_error_registry',
  'imports_importlib',
  'imports_import_func',
  'dict',
  'sysdict_copy',
  'builtins_copy',
  'before_forkers',
  'after_forkers_parent',
  'after_forkers_child',
  'warnings_filters',
  'warnings_once_registry',
  'warnings_default_action',
  'exc_state_PyExc_ExceptionGroup',
] as const;
const LATE_FIELDS = [
  'gc_garbage',
  'gc_callbacks',
  'exc_state_errnomap',
  'cached_objects_str_replace_inf',
  'cached_objects_objreduce',
  'cached_objects_type_slots_pname',
  'cached_objects_generic_type',
  'cached_objects_typevar_type',
  'cached_objects_typevartuple_type',
  'cached_objects_paramspec_type',
  'cached_objects_paramspecargs_type',
  'cached_objects_paramspeckwargs_type',
] as const;

export function freeEverything(collectNoFail: () => void): void {
  for (const name of FIELDS) Py_CLEAR(INTERP + PyInterpreterState[name]);
  clearMonitoring();
  collectNoFail();
  for (const name of ['sysdict', 'builtins'] as const) {
    const dict = i32(INTERP + PyInterpreterState[name]);
    if (dict !== 0) PyDict_Clear(dict);
  }
  Py_CLEAR(INTERP + PyInterpreterState.sysdict);
  Py_CLEAR(INTERP + PyInterpreterState.builtins);
  finiModules();
  thaw();
  collectNoFail();
  for (const name of LATE_FIELDS) Py_CLEAR(INTERP + PyInterpreterState[name]);
  clearAst();
  // what gc.garbage and gc.callbacks held; no finalizer runs this late
  setI32(GC_STATE + gcs.debug, 0);
  for (let i = 0; i < NUM_GENERATIONS; i++) markFinalized(GEN_HEAD(i));
  collectNoFail();
  _PyType_ClearCache();
  for (let type = STATIC_DATA - TYPE_STRIDE; type >= STATIC_TYPES; type -= TYPE_STRIDE) {
    if (i32(type + PyTypeObject.tp_name) !== 0) clearStaticType(type);
  }
  clearInterned();
  clearFreeLists(true);
  freeMemoryErrors();
  clearFreeLists(true);
  _PySlice_ClearCache();
}

/** Callbacks and names of sys.monitoring's tools, in interpreter_clear. */
function clearMonitoring(): void {
  const callables = INTERP + PyInterpreterState.monitoring_callables;
  const names = INTERP + PyInterpreterState.monitoring_tool_names;
  for (let slot = callables; slot < names; slot += 8) Py_CLEAR(slot);
  for (let tool = 0; tool < PY_MONITORING_TOOL_IDS; tool++) Py_CLEAR(names + tool * 8);
}

/**
 * What gc.freeze() set aside comes back to be freed; its finalizers do not run, as they do not in CPython, which leaves it
 * to the operating system.
 */
function thaw(): void {
  markFinalized(PERMANENT);
  gc_list_merge(PERMANENT, GEN_HEAD(NUM_GENERATIONS - 1));
}

function markFinalized(list: number): void {
  for (let g = i32(list); g !== list; g = i32(g)) setI32(g + 8, i32(g + 8) | PREV_MASK_FINALIZED);
}

/** Releases the dict, bases, mro, cache and subclasses of a static type (fini_static_type). */
function clearStaticType(type: Ref): void {
  if (isStaticBuiltin(type)) {
    const row = _PyStaticType_GetState(type);
    Py_CLEAR(row + managed_static_type_state.tp_dict);
    Py_CLEAR(row + managed_static_type_state.tp_subclasses);
    setPtr(row + managed_static_type_state.tp_weaklist, 0);
  } else Py_CLEAR(type + PyTypeObject.tp_subclasses);
  Py_CLEAR(type + PyTypeObject.tp_cache);
  if ((i32(type + PyTypeObject.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0) {
    PyObject_GC_UnTrack(type);
    Py_CLEAR(type + PyHeapTypeObject.ht_name);
    Py_CLEAR(type + PyHeapTypeObject.ht_qualname);
    Py_CLEAR(type + PyTypeObject.tp_base);
  }
  for (const slot of [PyTypeObject.tp_dict, PyTypeObject.tp_bases, PyTypeObject.tp_mro]) clearImmortal(type + slot);
  const keys = i32(type + PyHeapTypeObject.ht_cached_keys);
  setPtr(type + PyHeapTypeObject.ht_cached_keys, 0);
  if (keys !== 0) dictkeys_decref(keys);
  setI32(type + PyTypeObject.tp_flags, i32(type + PyTypeObject.tp_flags) & ~Py_TPFLAGS_READY);
}

/** The bases and the mro of a static type are immortal tuples; only the type holds them (_Py_ClearImmortal). */
function clearImmortal(slot: number): void {
  const op = i32(slot);
  if (op >= BRK_BASE && _Py_IsImmortal(op)) setPtr(op, 1);
  Py_CLEAR(slot);
}

/** Interned strings get their dict's references back and die with it, immortal ones too (_PyUnicode_ClearInterned). */
function clearInterned(): void {
  const dict = takeInternedDict();
  if (dict === 0) return;
  const pos = { i: 0, key: 0, value: 0 };
  while (PyDict_Next(dict, pos)) {
    const op = pos.key;
    const state = u8(op + 32) & 3;
    if (state === SSTATE_INTERNED_MORTAL) setI32(op, i32(op) + 2);
    else if (state === SSTATE_INTERNED_IMMORTAL) setPtr(op, 2);
    setU8(op + 32, u8(op + 32) & ~3);
  }
  if (i32(dict + 8) === PyDict_Type) Py_DECREF(dict);
}
