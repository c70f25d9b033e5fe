/** What is being printed now, so that a container inside itself prints as `[...]`. Mirrors Py_ReprEnter of Objects/object.c. */
import { PyThreadState, Py_ID } from '@moult/abi';
import { CURRENT_TSTATE, i32, setPtr } from '../memory/linear.ts';
import { getItemStr, PyDict_New, PyDict_SetItem } from './dictobject.ts';
import { PyList_Append, PyList_New } from './listobject.ts';
import { PyList_SetSlice } from './listslice.ts';
import { catchPending, PyErr_Clear, PyErr_GetRaisedException, PyErr_SetRaisedException } from './errors.ts';
import { drop, hold, type Ref, release } from './object.ts';

/** True if `op` is being printed already; otherwise it is from now on, until Py_ReprLeave. */
export function Py_ReprEnter(op: Ref): boolean {
  const slot = i32(CURRENT_TSTATE) + PyThreadState.dict;
  if (i32(slot) === 0) setPtr(slot, PyDict_New());
  const dict = i32(slot);
  let list = getItemStr(dict, Py_ID.Py_Repr);
  if (list === 0) {
    list = PyList_New(0);
    const m = hold(list);
    PyDict_SetItem(dict, Py_ID.Py_Repr, list);
    release(m);
  }
  const items = i32(list + 24);
  for (let i = i32(list + 16) - 1; i >= 0; i--) if (i32(items + (i << 3)) === op) return true;
  PyList_Append(list, op);
  return false;
}
/** As in C it stays where the list cannot shrink, and no one is told. */
function removeAt(list: Ref, i: number): void {
  const m = hold(PyErr_GetRaisedException());
  try {
    PyList_SetSlice(list, i, i + 1, 0);
  } catch (e) {
    catchPending(e, m + 8);
    PyErr_Clear();
  }
  const exc = i32(m);
  drop(m);
  if (exc !== 0) PyErr_SetRaisedException(exc);
}
export function Py_ReprLeave(op: Ref): void {
  const dict = i32(i32(CURRENT_TSTATE) + PyThreadState.dict);
  const list = dict === 0 ? 0 : getItemStr(dict, Py_ID.Py_Repr);
  if (list === 0) return;
  const items = i32(list + 24);
  for (let i = i32(list + 16) - 1; i >= 0; i--) {
    if (i32(items + (i << 3)) !== op) continue;
    removeAt(list, i);
    return;
  }
}
