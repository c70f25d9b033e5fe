/** What is being printed now, so that a container inside itself prints as `[...]`. Mirrors Py_ReprEnter of Objects/object.c. */
import { PyThreadState, Py_ID } from '@moult/abi';
import { CURRENT_TSTATE, bytes, i32, setI32, setPtr } from '../memory/linear.ts';
import { getItemStr, PyDict_New, PyDict_SetItem } from './dictobject.ts';
import { PyList_Append, PyList_New } from './listobject.ts';
import { hold, Py_DECREF, type Ref, release } from './object.ts';

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
export function Py_ReprLeave(op: Ref): void {
  const dict = i32(i32(CURRENT_TSTATE) + PyThreadState.dict);
  const list = dict === 0 ? 0 : getItemStr(dict, Py_ID.Py_Repr);
  if (list === 0) return;
  const items = i32(list + 24);
  const n = i32(list + 16);
  for (let i = n - 1; i >= 0; i--) {
    const slot = items + (i << 3);
    if (i32(slot) !== op) continue;
    bytes.copyWithin(slot, slot + 8, items + (n << 3));
    setI32(list + 16, n - 1);
    Py_DECREF(op);
    return;
  }
}
