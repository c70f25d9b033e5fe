// References of type objects (Objects/typeobject.c). A static builtin type keeps its dict and subclasses in the interpreter's
// state, at the index that stands in tp_subclasses.
import {
  _Py_MAX_MANAGED_STATIC_BUILTIN_TYPES,
  _Py_TPFLAGS_STATIC_BUILTIN,
  managed_static_type_state,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_MANAGED_DICT,
  PyHeapTypeObject,
  PyInterpreterState,
  PyTypeObject,
} from '@moult/abi';
import type { Reader } from '../reader.ts';
import type { ReferenceVisitor } from './visitor.ts';

const STATIC_FIELDS = ['tp_base', 'tp_dict', 'tp_bases', 'tp_mro', 'tp_cache', 'tp_subclasses'] as const;
const HEAP_FIELDS = ['ht_name', 'ht_slots', 'ht_qualname', 'ht_module'] as const;

/** Where a static builtin type's managed_static_type_state lies, 0 where it has none. */
export function staticTypeState(reader: Reader, type: number): number {
  const index = reader.ptr(type + PyTypeObject.tp_subclasses);
  const interp = reader.target.interp;
  if (index >= 1 && index <= _Py_MAX_MANAGED_STATIC_BUILTIN_TYPES) {
    const state =
      interp +
      PyInterpreterState.types_builtins_initialized +
      (index - 1) * PyInterpreterState.types_builtins_initialized_STRIDE;
    if (reader.ptr(state + managed_static_type_state.type) === type) return state;
    const extension =
      interp +
      PyInterpreterState.types_for_extensions_initialized +
      (index - 1) * PyInterpreterState.types_for_extensions_initialized_STRIDE;
    if (index <= 10 && reader.ptr(extension + managed_static_type_state.type) === type) return extension;
  }
  return 0;
}

/** The address of a type's dict. */
export function typeDict(reader: Reader, type: number): number {
  const own = reader.ptr(type + PyTypeObject.tp_dict);
  if (own !== 0) return own;
  const state = isStaticBuiltin(reader, type) ? staticTypeState(reader, type) : 0;
  return state === 0 ? 0 : reader.ptr(state + managed_static_type_state.tp_dict);
}

export function isStaticBuiltin(reader: Reader, type: number): boolean {
  return (reader.u32(type + PyTypeObject.tp_flags) & _Py_TPFLAGS_STATIC_BUILTIN) !== 0;
}

export function visitTypeFields(reader: Reader, type: number, visitor: ReferenceVisitor): void {
  const builtin = isStaticBuiltin(reader, type);
  for (const label of STATIC_FIELDS) {
    if (builtin && label === 'tp_subclasses') continue;
    const target = reader.ptr(type + PyTypeObject[label]);
    if (target !== 0) visitor.reference(target, type + PyTypeObject[label], label, -1);
  }
  const flags = reader.u32(type + PyTypeObject.tp_flags);
  // A static type of the engine's whose instances have managed dicts has its keys where a heap type has them.
  if ((flags & (Py_TPFLAGS_HEAPTYPE | Py_TPFLAGS_MANAGED_DICT)) !== 0) {
    const keys = reader.ptr(type + PyHeapTypeObject.ht_cached_keys);
    if (keys !== 0) visitor.keysTable(keys, type + PyHeapTypeObject.ht_cached_keys);
  }
  if (builtin) {
    const state = staticTypeState(reader, type);
    if (state === 0) return;
    for (const label of ['tp_dict', 'tp_subclasses'] as const) {
      const target = reader.ptr(state + managed_static_type_state[label]);
      if (target !== 0) visitor.reference(target, state + managed_static_type_state[label], label, -1);
    }
    return;
  }
  if ((flags & Py_TPFLAGS_HEAPTYPE) === 0) return;
  for (const label of HEAP_FIELDS) {
    const target = reader.ptr(type + PyHeapTypeObject[label]);
    if (target !== 0) visitor.reference(target, type + PyHeapTypeObject[label], label, -1);
  }
}
