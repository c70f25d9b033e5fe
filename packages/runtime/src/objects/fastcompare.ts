/** Comparison of two items with a short way for ints and strs, as the containers need it. */
import { Py_EQ } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { hold, Py_NewRef, type Ref, release } from './object.ts';
import { PyObject_RichCompareBool } from './objectattr.ts';
import { PyLong_Type, PyUnicode_Type } from './static.ts';
import { unicode_eq } from './unicodeobject.ts';

/** 1 equal, 0 different, -1 not known without running the types' comparison. */
export function quickEqual(a: Ref, b: Ref): number {
  if (a === b) return 1;
  const t = i32(a + 8);
  if (t === i32(b + 8)) {
    if (t === PyLong_Type && i32(a + 16) < 16 && i32(b + 16) < 16) {
      return i32(a + 16) === i32(b + 16) && i32(a + 24) === i32(b + 24) ? 1 : 0;
    }
    if (t === PyUnicode_Type) return unicode_eq(a, b) ? 1 : 0;
  }
  return -1;
}
/** a == b of borrowed items that cannot go away meanwhile; the same object is equal to itself. */
export function itemsEqual(a: Ref, b: Ref): boolean {
  const q = quickEqual(a, b);
  return q >= 0 ? q === 1 : PyObject_RichCompareBool(a, b, Py_EQ);
}
/** a == b where `a` is an item of a container that the comparison might change. */
export function itemEqualHeld(a: Ref, b: Ref): boolean {
  const q = quickEqual(a, b);
  if (q >= 0) return q === 1;
  const m = hold(Py_NewRef(a));
  const r = PyObject_RichCompareBool(a, b, Py_EQ);
  release(m);
  return r;
}
/** Whether sizes v and w stand in relation op. */
export function compareSizes(v: number, w: number, op: number): boolean {
  if (op === 0) return v < w;
  if (op === 1) return v <= w;
  if (op === 2) return v === w;
  if (op === 3) return v !== w;
  if (op === 4) return v > w;
  return v >= w;
}
