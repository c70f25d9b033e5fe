/** Which function a slot of a class holds, by the special methods its mro gives. Mirrors update_one_slot and friends of Objects/typeobject.c. */
import {
  PyMethodDef,
  PyCFunctionObject,
  PyTypeObject as T,
  PyWrapperDescrObject,
  Py_TPFLAGS_HAVE_VECTORCALL,
  wrapperbase,
} from '@moult/abi';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import { fnptr, text } from '../memory/text.ts';
import { PyDict_Contains } from './dictobject.ts';
import { hold, nativeMark, PyType_IsSubtype, type Ref, release } from './object.ts';
import { PyObject_HashNotImplemented } from './objectattr.ts';
import { PyCFunction_Type, PyWrapperDescr_Type, Py_None } from './static.ts';
import { find_name_in_mro, liveSubclasses, lookup_tp_dict } from './typelookup.ts';
import { tp_new_wrapper } from './typeready.ts';
import { firstSlotdef, slotptr } from './typeslotdefs.ts';
import { slot_tp_call } from './typeslots.ts';

const ROW = wrapperbase.SIZE;
function offsetOf(p: number): number {
  return i32(p + wrapperbase.offset);
}
function nameOf(p: number): Ref {
  return i32(p + wrapperbase.name_strobj);
}

/** The one slot of this type that methods of this name fill, if exactly one is filled; 0 otherwise. */
function resolve_slotdups(type: Ref, name: Ref): number {
  let res = 0;
  for (let p = firstSlotdef(); nameOf(p) !== 0; p += ROW) {
    if (nameOf(p) !== name) continue;
    const slot = slotptr(type, offsetOf(p));
    if (slot === 0 || i32(slot) === 0) continue;
    if (res !== 0) return 0;
    res = slot;
  }
  return res;
}

/** Sets the slot that the rows from `p` on share; returns the first row of the next slot. */
function update_one_slot(type: Ref, p: number): number {
  const offset = offsetOf(p);
  const slot = slotptr(type, offset);
  if (slot === 0) {
    do p += ROW;
    while (nameOf(p) !== 0 && offsetOf(p) === offset);
    return p;
  }
  let generic = 0;
  let specific = 0;
  let useGeneric = false;
  do {
    const descr = find_name_in_mro(type, nameOf(p));
    if (descr !== 0) {
      const fn = i32(p + wrapperbase.function);
      if (i32(descr + 8) === PyWrapperDescr_Type && nameOf(i32(descr + PyWrapperDescrObject.d_base)) === nameOf(p)) {
        const tptr = resolve_slotdups(type, nameOf(p));
        if (tptr === 0 || tptr === slot) generic = fn;
        const wrapped = i32(descr + PyWrapperDescrObject.d_wrapped);
        const base = i32(descr + PyWrapperDescrObject.d_base);
        if (
          (specific === 0 || specific === wrapped) &&
          i32(base + wrapperbase.wrapper) === i32(p + wrapperbase.wrapper) &&
          PyType_IsSubtype(type, i32(descr + PyWrapperDescrObject.d_common_d_type))
        ) {
          specific = wrapped;
        } else useGeneric = true;
      } else if (i32(descr + 8) === PyCFunction_Type && slot === type + T.tp_new && isNewWrapper(descr)) {
        specific = i32(type + T.tp_new);
      } else if (descr === Py_None && slot === type + T.tp_hash) {
        specific = fnptr(PyObject_HashNotImplemented);
      } else {
        useGeneric = true;
        generic = fn;
        if (text[fn] === slot_tp_call) setI32(type + T.tp_flags, i32(type + T.tp_flags) & ~Py_TPFLAGS_HAVE_VECTORCALL);
      }
    }
    p += ROW;
  } while (nameOf(p) !== 0 && offsetOf(p) === offset);
  setPtr(slot, specific !== 0 && !useGeneric ? specific : generic);
  return p;
}
function isNewWrapper(func: Ref): boolean {
  return text[i32(i32(func + PyCFunctionObject.m_ml) + PyMethodDef.ml_meth)] === tp_new_wrapper;
}

/** All slots of a new class. */
export function fixup_slot_dispatchers(type: Ref): void {
  let p = firstSlotdef();
  while (nameOf(p) !== 0) p = update_one_slot(type, p);
}
/** The slots that `name` fills, in the type and in those of its subclasses that do not define it themselves. */
export function update_slot(type: Ref, name: Ref): void {
  const rows: number[] = [];
  const first = firstSlotdef();
  for (let p = first; nameOf(p) !== 0; p += ROW) {
    if (nameOf(p) !== name) continue;
    let start = p;
    while (start > first && offsetOf(start - ROW) === offsetOf(p)) start -= ROW;
    rows.push(start);
  }
  if (rows.length > 0) update_subclasses(type, name, rows);
}
function update_subclasses(type: Ref, name: Ref, rows: number[]): void {
  for (const p of rows) update_one_slot(type, p);
  const subclasses = liveSubclasses(type);
  const m = nativeMark();
  for (const sub of subclasses) hold(sub);
  for (const sub of subclasses) if (!PyDict_Contains(lookup_tp_dict(sub), name)) update_subclasses(sub, name, rows);
  release(m);
}
/** After a change of the bases: every slot of the type and its subclasses. */
export function update_all_slots(type: Ref): void {
  for (let p = firstSlotdef(); nameOf(p) !== 0; p += ROW) update_slot(type, nameOf(p));
}
