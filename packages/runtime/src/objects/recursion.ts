/** The C recursion limit of 3.13 (10,000), counted in the thread state; Include/internal/pycore_ceval.h. */
import { PyThreadState } from '@moult/abi';
import { CURRENT_TSTATE, i32, setI32 } from '../memory/linear.ts';
import { raise } from './errors.ts';
import { PyExc_RecursionError } from './static.ts';

export const Py_C_RECURSION_LIMIT = 10000;

/** Counts one level of native recursion; raises RecursionError("maximum recursion depth exceeded" + where) at the end. */
export function Py_EnterRecursiveCall(where: string): void {
  const slot = i32(CURRENT_TSTATE) + PyThreadState.c_recursion_remaining;
  const left = i32(slot) - 1;
  setI32(slot, left);
  if (left <= 0) {
    setI32(slot, left + 1);
    raise(PyExc_RecursionError, `maximum recursion depth exceeded${where}`);
  }
}
export function Py_LeaveRecursiveCall(): void {
  const slot = i32(CURRENT_TSTATE) + PyThreadState.c_recursion_remaining;
  setI32(slot, i32(slot) + 1);
}
