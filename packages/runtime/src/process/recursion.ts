/** Setting the recursion limit from outside, as sys.setrecursionlimit would (Py_SetRecursionLimit). */
import { PyInterpreterState, PyThreadState } from '@moult/abi';
import { CURRENT_TSTATE, i32, setI32 } from '../memory/linear.ts';
import { INTERP } from '../objects/runtime.ts';

export function setRecursionLimit(limit: number): void {
  const tstate = i32(CURRENT_TSTATE);
  const depth = i32(tstate + PyThreadState.py_recursion_limit) - i32(tstate + PyThreadState.py_recursion_remaining);
  setI32(INTERP + PyInterpreterState.ceval_recursion_limit, limit);
  setI32(tstate + PyThreadState.py_recursion_limit, limit);
  setI32(tstate + PyThreadState.py_recursion_remaining, limit - depth);
}
