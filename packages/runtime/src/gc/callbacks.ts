/** gc.callbacks and gc.garbage: the lists that a collection talks to. Mirrors invoke_gc_callback of Python/gc.c. */
import { _gc_runtime_state as gcs } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { callFunction } from '../objects/call.ts';
import { PyDict_New, PyDict_SetItemString } from '../objects/dictobject.ts';
import { catchPending } from '../objects/errors.ts';
import { PyList_Append, PyList_GET_ITEM, PyList_New } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { hold, Py_DECREF, Py_NewRef, type Ref, release } from '../objects/object.ts';
import { GC_STATE } from '../objects/runtime.ts';
import { PyErr_WriteUnraisable } from '../objects/unraisable.ts';
import { PyUnicode_FromString } from '../objects/unicodeobject.ts';

export const GARBAGE = GC_STATE + gcs.garbage;
export const CALLBACKS = GC_STATE + gcs.callbacks;

/** Appends to gc.garbage, making the list if there is none. */
export function appendGarbage(op: Ref): void {
  if (i32(GARBAGE) === 0) setPtr(GARBAGE, PyList_New(0));
  PyList_Append(i32(GARBAGE), op);
}
function setNumber(info: Ref, name: string, n: number): void {
  const m = hold(PyLong_FromLong(n));
  PyDict_SetItemString(info, name, i32(m));
  release(m);
}
/** Calls each gc.callbacks entry with the phase and {generation, collected, uncollectable}. */
export function invokeCallbacks(
  phase: 'start' | 'stop',
  generation: number,
  collected: number,
  uncollectable: number,
): void {
  const list = i32(CALLBACKS);
  if (list === 0 || i32(list + 16) === 0) return;
  const info = PyDict_New();
  const m = hold(info);
  setNumber(info, 'generation', generation);
  setNumber(info, 'collected', collected);
  setNumber(info, 'uncollectable', uncollectable);
  hold(PyUnicode_FromString(phase));
  for (let i = 0; i < i32(list + 16); i++) {
    const cb = Py_NewRef(PyList_GET_ITEM(list, i));
    const k = hold(cb);
    try {
      Py_DECREF(callFunction(cb, i32(m + 8), info));
    } catch (e) {
      catchPending(e, k + 8);
      PyErr_WriteUnraisable(cb);
    }
    release(k);
  }
  release(m);
}
