/**
 * What the loop does when a bit of the eval breaker is set or the tick countdown ends: a due collection, an interrupt,
 * the host's limits. Mirrors _Py_HandlePending of Python/ceval_gil.c.
 *
 * Row POLL_STATE, set by the process room:
 *   +0  interrupt (1: KeyboardInterrupt is due)   +8  ticks left to the instruction limit (int64 as f64, 0: none)
 *   +16 host hook (1: call hostPoll at each countdown)
 */
import { _PY_ASYNC_EXCEPTION_BIT, _PY_GC_SCHEDULED_BIT, _PY_SIGNALS_PENDING_BIT, PyThreadState } from '@moult/abi';
import { _Py_RunGC } from '../gc/gcmain.ts';
import { i32, LOOP_DEPTH, setI32, setPtr } from '../memory/linear.ts';
import { raiseNone } from '../objects/errors.ts';
import { PyExc_KeyboardInterrupt } from '../objects/static.ts';
import { POLL_STATE, TICK_INTERVAL, TICKS } from './state.ts';

/** Thrown by the host's poll hook; passes through every frame and ends the run. */
export class HostLimit {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** The host's side: called at each end of the countdown. It may throw a HostLimit. Set once, by the process room. */
export interface PollHook {
  poll(): void;
}
export const pollHook: PollHook = {
  poll() {},
};

export function setInterrupt(): void {
  setPtr(POLL_STATE, 1);
  setI32(TICKS, -1);
}

export function handlePending(tstate: number): void {
  const breaker = tstate + PyThreadState.eval_breaker;
  if (i32(TICKS) < 0) {
    setI32(TICKS, TICK_INTERVAL);
    pollHook.poll();
    if (i32(POLL_STATE) !== 0) {
      setPtr(POLL_STATE, 0);
      raiseNone(PyExc_KeyboardInterrupt);
    }
  }
  const bits = i32(breaker);
  if ((bits & _PY_SIGNALS_PENDING_BIT) !== 0) {
    setI32(breaker, i32(breaker) & ~_PY_SIGNALS_PENDING_BIT);
    raiseNone(PyExc_KeyboardInterrupt);
  }
  if ((bits & _PY_GC_SCHEDULED_BIT) !== 0) {
    setI32(breaker, i32(breaker) & ~_PY_GC_SCHEDULED_BIT);
    _Py_RunGC();
  }
  if ((bits & _PY_ASYNC_EXCEPTION_BIT) !== 0) setI32(breaker, i32(breaker) & ~_PY_ASYNC_EXCEPTION_BIT);
}

/**
 * For natives that may take long: looks at the host's limits and at interrupts. A budget does not end here, since the
 * instruction is not over; a limit stops the process for good.
 */
export function pollInNative(): void {
  setI32(LOOP_DEPTH, i32(LOOP_DEPTH) + 1);
  pollHook.poll();
  setI32(LOOP_DEPTH, i32(LOOP_DEPTH) - 1);
  if (i32(POLL_STATE) === 0) return;
  setPtr(POLL_STATE, 0);
  raiseNone(PyExc_KeyboardInterrupt);
}
