/** Instances of classes written in Python: freeing, walking, clearing, `__dict__` and `__weakref__`. Mirrors subtype_* of Objects/typeobject.c. */
import {
  MANAGED_WEAKREF_OFFSET,
  PyMemberDef,
  Py_ID,
  PyTypeObject as T,
  Py_READONLY,
  Py_T_OBJECT_EX,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_INLINE_VALUES,
  Py_TPFLAGS_MANAGED_DICT,
  Py_TPFLAGS_MANAGED_WEAKREF,
} from '@moult/abi';
import { PyObject_GC_UnTrack, _PyObject_GC_TRACK } from '../gc/track.ts';
import { PyObject_CallFinalizerFromDealloc } from './finalize.ts';
import { BRK_BASE, i32, ROOM_STATE, setPtr } from '../memory/linear.ts';
import { fnptr, type NativeFunction, text } from '../memory/text.ts';
import { raise } from './errors.ts';
import {
  PyObject_ClearManagedDict,
  clearManagedDictOrWait,
  PyObject_GenericGetDict,
  PyObject_GenericSetDict,
  PyObject_VisitManagedDict,
  _PyObject_ComputedDictPointer,
  instanceDictSlot,
  _PyObject_SetManagedDict,
} from './instancedict.ts';
import { hold, Py_CLEAR, Py_DECREF, Py_NewRef, type Ref, release, tpName } from './object.ts';
import { writeGetSets, type GetSetSpec } from './spec.ts';
import { PyBaseObject_Type, PyExc_AttributeError, PyExc_TypeError, Py_None } from './static.ts';
import { _PyType_Lookup } from './typelookup.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';
import { clearOrWait, deallocBase } from './trashcan.ts';

/** Where the three getset tables lie. */
const GETSETS = ROOM_STATE + 16;

type Visit = (op: Ref, arg: number) => void;

function baseWithOther(type: Ref, slot: number, fn: NativeFunction): Ref {
  let base = type;
  while (text[i32(base + slot)] === fn) base = i32(base + T.tp_base);
  return base;
}
/** The members of a type that `__slots__` added: PyMemberDef rows behind the heap type. */
function eachSlot(type: Ref, visit: (offset: number) => void): void {
  const n = i32(type + 16);
  let mp = type + i32(i32(type + 8) + T.tp_basicsize);
  for (let i = 0; i < n; i++, mp += PyMemberDef.SIZE) {
    if (i32(mp + PyMemberDef.type) === Py_T_OBJECT_EX && (i32(mp + PyMemberDef.flags) & Py_READONLY) === 0)
      visit(i32(mp + PyMemberDef.offset));
  }
}
function traverse_slots(type: Ref, self: Ref, visit: Visit, arg: number): void {
  eachSlot(type, (offset) => {
    const op = i32(self + offset);
    if (op !== 0) visit(op, arg);
  });
}
/** clear_slots in a deallocation; true: to be called again. */
function clearSlotsOrWait(type: Ref, self: Ref): boolean {
  const n = i32(type + 16);
  let mp = type + i32(i32(type + 8) + T.tp_basicsize);
  for (let i = 0; i < n; i++, mp += PyMemberDef.SIZE) {
    if (i32(mp + PyMemberDef.type) !== Py_T_OBJECT_EX || (i32(mp + PyMemberDef.flags) & Py_READONLY) !== 0) continue;
    if (clearOrWait(self + i32(mp + PyMemberDef.offset))) return true;
  }
  return false;
}
function clear_slots(type: Ref, self: Ref): void {
  eachSlot(type, (offset) => Py_CLEAR(self + offset));
}

export function subtype_traverse(self: Ref, visit: Visit, arg: number): void {
  const type = i32(self + 8);
  let base = type;
  while (text[i32(base + T.tp_traverse)] === subtype_traverse) {
    if (i32(base + 16) !== 0) traverse_slots(base, self, visit, arg);
    base = i32(base + T.tp_base);
  }
  const baseTraverse = i32(base + T.tp_traverse);
  if ((i32(type + T.tp_flags) & Py_TPFLAGS_MANAGED_DICT) !== 0) PyObject_VisitManagedDict(self, visit, arg);
  else if (i32(type + T.tp_dictoffset) !== i32(base + T.tp_dictoffset)) {
    const slot = _PyObject_ComputedDictPointer(self);
    if (slot !== 0 && i32(slot) !== 0) visit(i32(slot), arg);
  }
  if (
    (i32(type + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0 &&
    (baseTraverse === 0 || (i32(base + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) === 0 || base < BRK_BASE)
  ) {
    visit(type, arg);
  }
  if (baseTraverse !== 0) (text[baseTraverse] as NativeFunction)(self, visit, arg);
}
export function subtype_clear(self: Ref): void {
  const type = i32(self + 8);
  let base = type;
  while (text[i32(base + T.tp_clear)] === subtype_clear) {
    if (i32(base + 16) !== 0) clear_slots(base, self);
    base = i32(base + T.tp_base);
  }
  if ((i32(type + T.tp_flags) & Py_TPFLAGS_MANAGED_DICT) !== 0) PyObject_ClearManagedDict(self);
  else if (i32(type + T.tp_dictoffset) !== i32(base + T.tp_dictoffset)) {
    const slot = _PyObject_ComputedDictPointer(self);
    if (slot !== 0) Py_CLEAR(slot);
  }
  const clear = i32(base + T.tp_clear);
  if (clear !== 0) (text[clear] as NativeFunction)(self);
}

export function subtype_dealloc(self: Ref): void {
  const type = i32(self + 8);
  PyObject_GC_UnTrack(self);
  if (
    i32(type + T.tp_base) === PyBaseObject_Type &&
    (i32(type + T.tp_flags) & Py_TPFLAGS_INLINE_VALUES) !== 0 &&
    i32(type + 16) === 0 &&
    i32(type + T.tp_finalize) === 0 &&
    i32(type + T.tp_del) === 0
  ) {
    // the usual class: derived from object alone, no __slots__, no finalizer
    if (i32(type + T.tp_weaklistoffset) !== 0 && i32(self + MANAGED_WEAKREF_OFFSET) !== 0) PyObject_ClearWeakRefs(self);
    if (!clearManagedDictOrWait(self)) return;
    const now = i32(self + 8);
    const heap = (i32(now + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0;
    (text[i32(now + T.tp_free)] as NativeFunction)(self);
    if (heap) Py_DECREF(now);
    return;
  }
  let base = baseWithOther(type, T.tp_dealloc, subtype_dealloc);
  let hasFinalizer = i32(type + T.tp_finalize) !== 0 || i32(type + T.tp_del) !== 0;
  if (i32(type + T.tp_finalize) !== 0) {
    _PyObject_GC_TRACK(self);
    if (PyObject_CallFinalizerFromDealloc(self)) return;
    PyObject_GC_UnTrack(self);
  }
  const weaklist = i32(type + T.tp_weaklistoffset);
  if (weaklist !== 0 && i32(base + T.tp_weaklistoffset) === 0) PyObject_ClearWeakRefs(self);
  hasFinalizer &&= i32(type + T.tp_del) !== 0;
  if (hasFinalizer) (text[i32(type + T.tp_del)] as NativeFunction)(self);
  for (base = type; text[i32(base + T.tp_dealloc)] === subtype_dealloc; base = i32(base + T.tp_base)) {
    if (i32(base + 16) !== 0 && clearSlotsOrWait(base, self)) return;
  }
  const flags = i32(type + T.tp_flags);
  if ((flags & Py_TPFLAGS_MANAGED_DICT) !== 0) {
    if (!clearManagedDictOrWait(self)) return;
  } else if (i32(type + T.tp_dictoffset) !== 0 && i32(base + T.tp_dictoffset) === 0) {
    const slot = _PyObject_ComputedDictPointer(self);
    if (slot !== 0 && clearOrWait(slot)) return;
  }
  // __class__ may have been assigned by the finalizer
  const now = i32(self + 8);
  if ((i32(base + T.tp_flags) & Py_TPFLAGS_HAVE_GC) !== 0) _PyObject_GC_TRACK(self);
  // a base of C code on the heap frees its own instances' type only (types.ts: freeWithType)
  const freesType = (i32(now + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0;
  if (base === PyBaseObject_Type) (text[i32(now + T.tp_free)] as NativeFunction)(self);
  else if (deallocBase(base, self)) return;
  if (freesType) Py_DECREF(now);
}

// ---- __dict__ and __weakref__ -------------------------------------------------------------------------------------------

/** A C-level base that has a `__dict__` of its own. */
function get_builtin_base_with_dict(type: Ref): Ref {
  while (i32(type + T.tp_base) !== 0) {
    if (i32(type + T.tp_dictoffset) !== 0 && (i32(type + T.tp_flags) & Py_TPFLAGS_HEAPTYPE) === 0) return type;
    type = i32(type + T.tp_base);
  }
  return 0;
}
function get_dict_descriptor(type: Ref): Ref {
  const descr = _PyType_Lookup(type, Py_ID.__dict__);
  return descr !== 0 && i32(i32(descr + 8) + T.tp_descr_set) !== 0 ? descr : 0;
}
function noDict(self: Ref): never {
  raise(PyExc_TypeError, `this __dict__ descriptor does not support '${tpName(i32(self + 8))}' objects`);
}
export function subtype_dict(self: Ref): Ref {
  const base = get_builtin_base_with_dict(i32(self + 8));
  if (base === 0) return PyObject_GenericGetDict(self);
  const descr = get_dict_descriptor(base);
  if (descr === 0) noDict(self);
  const m = hold(Py_NewRef(descr));
  const res = (text[i32(i32(descr + 8) + T.tp_descr_get)] as NativeFunction)(descr, self, i32(self + 8)) as Ref;
  release(m);
  return res;
}
export function subtype_setdict(self: Ref, value: Ref): void {
  const base = get_builtin_base_with_dict(i32(self + 8));
  if (base === 0) {
    // unlike the generic setter, this one may delete: an empty dict is made when next asked for
    const slot = instanceDictSlot(self);
    if (slot === 0) noDict(self);
    if (value !== 0) PyObject_GenericSetDict(self, value);
    else if ((i32(i32(self + 8) + T.tp_flags) & Py_TPFLAGS_MANAGED_DICT) !== 0) _PyObject_SetManagedDict(self, 0);
    else Py_CLEAR(slot);
    return;
  }
  const descr = get_dict_descriptor(base);
  if (descr === 0) noDict(self);
  const m = hold(Py_NewRef(descr));
  (text[i32(i32(descr + 8) + T.tp_descr_set)] as NativeFunction)(descr, self, value);
  release(m);
}
function subtype_getweakref(self: Ref): Ref {
  const type = i32(self + 8);
  if (i32(type + T.tp_weaklistoffset) === 0) raise(PyExc_AttributeError, 'This object has no __weakref__');
  const managed = (i32(type + T.tp_flags) & Py_TPFLAGS_MANAGED_WEAKREF) !== 0;
  const list = i32(self + (managed ? MANAGED_WEAKREF_OFFSET : i32(type + T.tp_weaklistoffset)));
  return Py_NewRef(list === 0 ? Py_None : list);
}
function dictSpec(): GetSetSpec {
  return { name: '__dict__', get: subtype_dict, set: subtype_setdict, doc: 'dictionary for instance variables' };
}
function weakSpec(): GetSetSpec {
  return { name: '__weakref__', get: subtype_getweakref, doc: 'list of weak references to the object' };
}
/** The natives of this file, in every realm. */
export function linkSubtypes(): void {
  for (const fn of [
    subtype_dict,
    subtype_setdict,
    subtype_getweakref,
    subtype_dealloc,
    subtype_traverse,
    subtype_clear,
  ])
    fnptr(fn);
}
/** Lays down the three tables (cold boot). */
export function writeSubtypeGetSets(): void {
  setPtr(GETSETS, writeGetSets([dictSpec(), weakSpec()]));
  setPtr(GETSETS + 8, writeGetSets([dictSpec()]));
  setPtr(GETSETS + 16, writeGetSets([weakSpec()]));
}
/** The getset table of a class that adds a dict, a weakref list, both or none (0). */
export function subtypeGetSets(dict: boolean, weak: boolean): number {
  if (dict && weak) return i32(GETSETS);
  return dict ? i32(GETSETS + 8) : weak ? i32(GETSETS + 16) : 0;
}
