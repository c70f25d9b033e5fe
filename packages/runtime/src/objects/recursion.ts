/** The C recursion limit of 3.13 (10,000), counted in the thread state; Include/internal/pycore_ceval.h. */
import { PyThreadState } from '@moult/abi';
import { CURRENT_TSTATE, i32, setI32 } from '../memory/linear.ts';
import { PENDING, PyErr_SetString } from './errors.ts';
import { PyExc_RecursionError } from './static.ts';

export const Py_C_RECURSION_LIMIT = 10000;

/** Counts one level of native recursion; raises RecursionError("maximum recursion depth exceeded" + where) at the end. */
export function Py_EnterRecursiveCall(where: string): void {
  const slot = i32(CURRENT_TSTATE) + PyThreadState.c_recursion_remaining;
  const left = i32(slot);
  setI32(slot, left - 1);
  if (left <= 0) checkRecursiveCall(where);
}
/** _Py_CheckRecursiveCall: raising calls the exception's class, so that needs headroom of its own. */
function checkRecursiveCall(where: string): void {
  const tstate = i32(CURRENT_TSTATE);
  const headroom = tstate + PyThreadState.recursion_headroom;
  if (i32(headroom) !== 0) {
    if (i32(tstate + PyThreadState.c_recursion_remaining) < -50)
      throw new Error('Fatal Python error: Cannot recover from stack overflow.');
    return;
  }
  setI32(headroom, 1);
  PyErr_SetString(PyExc_RecursionError, `maximum recursion depth exceeded${where}`);
  setI32(headroom, 0);
  Py_LeaveRecursiveCall();
  throw PENDING;
}
export function Py_LeaveRecursiveCall(): void {
  const slot = i32(CURRENT_TSTATE) + PyThreadState.c_recursion_remaining;
  setI32(slot, i32(slot) + 1);
}
