/**
 * The collector's two passes over references, specialised by the kind of the object (design D4): lists, tuples and
 * dicts are walked in place, every other type through its tp_traverse.
 */
import { PyDictObject, PyTypeObject, Py_TPFLAGS_HAVE_GC } from '@moult/abi';
import { i32, mem, setI32, u8 } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { PyDict_Type, PyList_Type, PyTuple_Type } from '../objects/static.ts';
import { gc_list_append } from './lists.ts';

/** Takes one reference from the copied count of a candidate (visit_decref). */
export function visit_decref(op: number, _arg: number): void {
  if ((mem.getInt32(mem.getInt32(op + 8, true) + PyTypeObject.tp_flags, true) & Py_TPFLAGS_HAVE_GC) === 0) return;
  const prev = mem.getInt32(op - 8, true);
  if ((prev & 2) !== 0) mem.setInt32(op - 8, prev - 4, true);
}
/** subtract_refs for one object. */
export function subtractObject(op: number): void {
  const type = i32(op + 8);
  if (type === PyList_Type) {
    const items = i32(op + 24);
    const end = items + (i32(op + 16) << 3);
    for (let p = items; p < end; p += 8) {
      const x = i32(p);
      if (x !== 0) visit_decref(x, 0);
    }
  } else if (type === PyTuple_Type) {
    const end = op + 24 + (i32(op + 16) << 3);
    for (let p = op + 24; p < end; p += 8) {
      const x = i32(p);
      if (x !== 0) visit_decref(x, 0);
    }
  } else if (type === PyDict_Type) subtractDict(op);
  else text[i32(type + PyTypeObject.tp_traverse)]?.(op, visit_decref, 0);
}
function subtractDict(op: number): void {
  const keys = i32(op + PyDictObject.ma_keys);
  const n = i32(keys + 24);
  const entries = keys + 32 + (1 << u8(keys + 9));
  const values = i32(op + PyDictObject.ma_values);
  if (values !== 0) {
    // the inline values of an instance are visited by the instance alone
    if (u8(values + 2) !== 0) return;
    for (let i = 0; i < n; i++) {
      const v = i32(values + 8 + (i << 3));
      if (v !== 0) visit_decref(v, 0);
    }
  } else if (u8(keys + 10) !== 0) {
    for (let p = entries + 8, end = p + (n << 4); p < end; p += 16) {
      const v = i32(p);
      if (v !== 0) visit_decref(v, 0);
    }
  } else {
    for (let p = entries + 8, end = p + n * 24; p < end; p += 24) {
      const v = i32(p + 8);
      if (v !== 0) {
        visit_decref(v, 0);
        visit_decref(i32(p), 0);
      }
    }
  }
}

/** A reachable object was found to refer to `op`: keep it, and bring it back if it was set aside (visit_reachable). */
export function visit_reachable(op: number, reachable: number): void {
  if ((mem.getInt32(mem.getInt32(op + 8, true) + PyTypeObject.tp_flags, true) & Py_TPFLAGS_HAVE_GC) === 0) return;
  // most are older or known already
  if ((mem.getInt32(op - 8, true) & 2) !== 0) keep(op - 16, reachable);
}
function keep(g: number, reachable: number): void {
  const gcPrev = mem.getInt32(g + 8, true);
  const next = mem.getInt32(g, true);
  if ((next & 1) !== 0) {
    const prev = gcPrev & -4;
    const n = next & -2;
    setI32(prev, n | 1);
    setI32(n + 8, (i32(n + 8) & 3) | prev);
    setI32(g + 8, gcPrev & 3);
    gc_list_append(g, reachable);
    setI32(g + 8, (i32(g + 8) & 3) | 4);
  } else if (gcPrev >> 2 === 0) mem.setInt32(g + 8, (gcPrev & 3) | 4, true);
}
/** move_unreachable's traversal of one reachable object. */
export function reachObject(op: number, young: number): void {
  const type = i32(op + 8);
  if (type === PyList_Type) {
    // from the end, as list_traverse goes: it decides in which order finalizers run
    const items = i32(op + 24);
    for (let p = items + (i32(op + 16) << 3) - 8; p >= items; p -= 8) {
      const x = i32(p);
      if (x !== 0) visit_reachable(x, young);
    }
  } else if (type === PyTuple_Type) {
    for (let p = op + 16 + (i32(op + 16) << 3); p >= op + 24; p -= 8) {
      const x = i32(p);
      if (x !== 0) visit_reachable(x, young);
    }
  } else if (type === PyDict_Type) reachDict(op, young);
  else text[i32(type + PyTypeObject.tp_traverse)]?.(op, visit_reachable, young);
}
function reachDict(op: number, young: number): void {
  const keys = i32(op + PyDictObject.ma_keys);
  const n = i32(keys + 24);
  const entries = keys + 32 + (1 << u8(keys + 9));
  const values = i32(op + PyDictObject.ma_values);
  if (values !== 0) {
    // the inline values of an instance are visited by the instance alone
    if (u8(values + 2) !== 0) return;
    for (let i = 0; i < n; i++) {
      const v = i32(values + 8 + (i << 3));
      if (v !== 0) visit_reachable(v, young);
    }
  } else if (u8(keys + 10) !== 0) {
    for (let p = entries + 8, end = p + (n << 4); p < end; p += 16) {
      const v = i32(p);
      if (v !== 0) visit_reachable(v, young);
    }
  } else {
    for (let p = entries + 8, end = p + n * 24; p < end; p += 24) {
      const v = i32(p + 8);
      if (v !== 0) {
        visit_reachable(v, young);
        visit_reachable(i32(p), young);
      }
    }
  }
}
