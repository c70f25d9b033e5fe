/** Running an object's finalizer before it dies, and noticing that it came back. Mirrors Objects/object.c. */
import { PyTypeObject as T, Py_TPFLAGS_HAVE_GC } from '@moult/abi';
import { _PyGC_FINALIZED, _PyGC_SET_FINALIZED } from '../gc/track.ts';
import { hooks } from '../hooks.ts';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import type { Ref } from './object.ts';
import { runFromDealloc } from './trashcan.ts';

declare const __TRACE__: boolean;

/** tp_finalize, once in the life of a collectable object. */
export function PyObject_CallFinalizer(self: Ref): void {
  const type = i32(self + 8);
  const fn = i32(type + T.tp_finalize);
  if (fn === 0) return;
  const gc = (i32(type + T.tp_flags) & Py_TPFLAGS_HAVE_GC) !== 0;
  if (gc && _PyGC_FINALIZED(self)) return;
  if (__TRACE__) hooks.finalizing(self, false);
  (text[fn] as NativeFunction)(self);
  if (gc) _PyGC_SET_FINALIZED(self);
}
/** In a tp_dealloc (count 0): true if the finalizer has brought the object back. */
export function PyObject_CallFinalizerFromDealloc(self: Ref): boolean {
  setPtr(self, 1);
  runFromDealloc(PyObject_CallFinalizer, self, 0, self);
  const count = i32(self) - 1;
  setI32(self, count);
  return count > 0;
}
