/**
 * Entering and leaving the loop, and finding the handler of an exception. Mirrors the labels `error`,
 * `exception_unwind` and `exit_unwind` of Python/ceval.c and get_exception_handler.
 *
 * The frame that CPython keeps on the C stack for a run of the loop (`entry_frame`) lies on the native stack here,
 * behind a header that says how many slots to skip.
 */
import {
  FRAME_OWNED_BY_CSTACK,
  FRAME_OWNED_BY_THREAD,
  OP,
  opcodeCaches,
  PY_MONITORING_EVENT_PY_UNWIND,
  PY_MONITORING_EVENT_RAISE,
  PY_MONITORING_EVENT_RERAISE,
  PyCodeObject,
  PyThreadState,
} from '@moult/abi';
import { hooks } from '../hooks.ts';
import { bytes, i32, LOOP_DEPTH, NATIVE_SP, NATIVE_STACK_END, POLICY, setI32, setPtr, u8 } from '../memory/linear.ts';
import { _Py_GetBaseOpcode } from '../objects/codemonitoring.ts';
import {
  PENDING,
  PyErr_Clear,
  PyErr_ExceptionMatches,
  PyErr_GetRaisedException,
  PyErr_SetRaisedException,
  PyErr_SetString,
  catchPending,
} from '../objects/errors.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { failNative, isNative, popTo as popNatives } from '../objects/nativeframe.ts';
import { Py_DECREF, release, type Ref, nativeMark } from '../objects/object.ts';
import { Py_None, PyExc_RecursionError, PyExc_StopIteration } from '../objects/static.ts';
import { PyTraceBack_Here } from '../objects/tracebackobject.ts';
import { frameFreed } from '../gc/framecount.ts';
import {
  _PyEval_FrameClearAndPop,
  _PyFrame_ClearLocals,
  _PyFrame_GetFrameObject,
  _PyFrame_IsIncomplete,
  _PyThreadState_PopFrame,
} from './frame.ts';
import { failInto } from './nativeloop.ts';
import { monitorException, monitorHandled, monitorThrow } from './monitor.ts';
import { FAILED_JUMP, PREV_INSTR, TRAMPOLINE } from './state.ts';

declare const __TRACE__: boolean;

const ENTRY_SLOTS = 10;
/** What a run of the loop counts on the C recursion limit. */
export const PY_EVAL_C_STACK_UNITS = 2;

/** Links `fp` under a fresh entry frame; returns the entry frame's address. */
export function enterLoop(tstate: number, fp: number): number {
  const sp = i32(NATIVE_SP);
  if (sp + 1024 >= NATIVE_STACK_END) throw new RangeError('Maximum call stack size exceeded (native stack)');
  setPtr(sp, (ENTRY_SLOTS << 3) | 2);
  const entry = sp + 8;
  setI32(NATIVE_SP, entry + ENTRY_SLOTS * 8);
  setPtr(entry, Py_None);
  setPtr(entry + 8, i32(tstate + PyThreadState.current_frame));
  setPtr(entry + 16, 0);
  setPtr(entry + 24, 0);
  setPtr(entry + 32, 0);
  setPtr(entry + 40, 0);
  setPtr(entry + 48, 0);
  setPtr(entry + 56, TRAMPOLINE + 2);
  setI32(entry + 64, 0);
  setI32(entry + 68, FRAME_OWNED_BY_CSTACK << 16);
  setPtr(entry + 72, 0);
  setPtr(fp + 8, entry);
  setI32(LOOP_DEPTH, i32(LOOP_DEPTH) + 1);
  const remaining = tstate + PyThreadState.c_recursion_remaining;
  setI32(remaining, i32(remaining) - PY_EVAL_C_STACK_UNITS);
  return entry;
}

export function leaveLoop(tstate: number, entry: number, base: number): void {
  setPtr(tstate + PyThreadState.current_frame, i32(entry + 8));
  setI32(NATIVE_SP, base - 8);
  setI32(LOOP_DEPTH, i32(LOOP_DEPTH) - 1);
  const remaining = tstate + PyThreadState.c_recursion_remaining;
  setI32(remaining, i32(remaining) + PY_EVAL_C_STACK_UNITS);
  if (__TRACE__) hooks.left();
}

/** Ends a frame that has returned. */
export function popFrame(tstate: number, fp: number): void {
  if (u8(fp + 70) !== FRAME_OWNED_BY_THREAD || i32(fp + 48) !== 0) {
    _PyEval_FrameClearAndPop(tstate, fp);
    return;
  }
  _PyFrame_ClearLocals(fp);
  if (i32(POLICY) < 311) frameFreed(i32(fp));
  const func = i32(fp + 16);
  setI32(fp + 16, 0);
  Py_DECREF(func);
  Py_DECREF(i32(fp));
  _PyThreadState_PopFrame(tstate, fp);
}

/** py_recursion_remaining went below 0: raises RecursionError (true), unless one is being raised (_Py_CheckRecursiveCallPy). */
export function recursionOverflow(tstate: number): boolean {
  const headroom = i32(tstate + PyThreadState.recursion_headroom);
  if (headroom !== 0) {
    if (i32(tstate + PyThreadState.py_recursion_remaining) < -50) {
      throw new Error('Fatal Python error: Cannot recover from Python stack overflow.');
    }
    return false;
  }
  setI32(tstate + PyThreadState.recursion_headroom, headroom + 1);
  PyErr_SetString(PyExc_RecursionError, 'maximum recursion depth exceeded');
  setI32(tstate + PyThreadState.recursion_headroom, headroom);
  return true;
}
export function nativeOverflow(tstate: number): boolean {
  const headroom = i32(tstate + PyThreadState.recursion_headroom);
  // CPython looks when the first of the two units is taken
  if (headroom !== 0 || i32(tstate + PyThreadState.c_recursion_remaining) === 0) return false;
  setI32(tstate + PyThreadState.recursion_headroom, headroom + 1);
  PyErr_SetString(PyExc_RecursionError, 'maximum recursion depth exceeded');
  setI32(tstate + PyThreadState.recursion_headroom, headroom);
  return true;
}

/** In the loop's catch: makes a pending exception of what was thrown, and releases what natives held. */
export function recover(tstate: number, fp: number, e: unknown, entry: number): void {
  const base = entry + ENTRY_SLOTS * 8;
  if (e === PENDING) {
    if (i32(NATIVE_SP) !== base) {
      const exc = PyErr_GetRaisedException();
      release(base);
      PyErr_SetRaisedException(exc);
    }
    popNatives(fp);
    return;
  }
  if (!(e instanceof RangeError) || !/call stack|native stack/.test(e.message)) throw e;
  // The host's stack ended first: the frames of the runs that did not unwind end here, innermost first.
  const recursion = tstate + PyThreadState.py_recursion_remaining;
  const native = tstate + PyThreadState.c_recursion_remaining;
  let f = i32(tstate + PyThreadState.current_frame);
  while (f !== fp && f !== 0) {
    const next = i32(f + 8);
    if (isNative(f)) {
      failNative(f);
      f = next;
      continue;
    }
    setPtr(tstate + PyThreadState.current_frame, next);
    if (isNative(next) && u8(f + 70) !== FRAME_OWNED_BY_CSTACK) setI32(native, i32(native) + PY_EVAL_C_STACK_UNITS);
    if (u8(f + 70) === FRAME_OWNED_BY_CSTACK) {
      setI32(LOOP_DEPTH, i32(LOOP_DEPTH) - 1);
      setI32(native, i32(native) + PY_EVAL_C_STACK_UNITS);
    } else {
      setI32(recursion, i32(recursion) + 1);
      _PyEval_FrameClearAndPop(tstate, f);
    }
    f = next;
  }
  setPtr(tstate + PyThreadState.current_frame, fp);
  release(base);
  PyErr_SetString(PyExc_RecursionError, 'maximum recursion depth exceeded');
}

/** The code units where handlers begin, in the order of the exception table. */
export function handlersOf(code: Ref): number[] {
  const table = i32(code + PyCodeObject.co_exceptiontable);
  const end = table + 32 + i32(table + 16);
  const handlers: number[] = [];
  for (let p = table + 32, field = 0; p < end; field = (field + 1) & 3) {
    let b = bytes[p++] as number;
    let v = b & 63;
    while ((b & 64) !== 0) {
      b = bytes[p++] as number;
      v = (v << 6) | (b & 63);
    }
    if (field === 2) handlers.push(v);
  }
  return handlers;
}

/** Looks `offset` (in code units) up in the exception table: target * 65536 + depth * 2 + lasti, or -1 for none. */
export function findHandler(code: Ref, offset: number): number {
  const table = i32(code + PyCodeObject.co_exceptiontable);
  let p = table + 32;
  const end = p + i32(table + 16);
  while (p < end) {
    let b = bytes[p++] as number;
    let start = b & 63;
    while ((b & 64) !== 0) {
      b = bytes[p++] as number;
      start = (start << 6) | (b & 63);
    }
    let size = (b = bytes[p++] as number) & 63;
    while ((b & 64) !== 0) {
      b = bytes[p++] as number;
      size = (size << 6) | (b & 63);
    }
    let target = (b = bytes[p++] as number) & 63;
    while ((b & 64) !== 0) {
      b = bytes[p++] as number;
      target = (target << 6) | (b & 63);
    }
    let dl = (b = bytes[p++] as number) & 63;
    while ((b & 64) !== 0) {
      b = bytes[p++] as number;
      dl = (dl << 6) | (b & 63);
    }
    if (start > offset) return -1;
    if (offset < start + size) return target * 65536 + dl;
  }
  return -1;
}

/** Pops the value stack of `fp` from `sp` down to `to`, the frame's stacktop following. */
function popTo(fp: number, sp: number, to: number): void {
  let p = sp;
  while (p > to) {
    p -= 8;
    const v = i32(p);
    const owned = i32(p + 4) === 0;
    setI32(p + 4, 0);
    setI32(fp + 64, (p - fp - 72) >> 3);
    if (v !== 0 && owned) Py_DECREF(v);
  }
  setI32(fp + 64, (to - fp - 72) >> 3);
}

/**
 * Where to look up the handler of an exception at instruction `at`. What is thrown into a frame that waits in `yield from` or `await` came
 * out of the YIELD_VALUE before the RESUME where the frame stands: only that is covered by the CLEANUP_THROW.
 */
function thrownAt(at: number): number {
  const opcode = u8(at);
  const resume = opcode === OP.RESUME || opcode === OP.RESUME_CHECK || opcode === OP.INSTRUMENTED_RESUME;
  return resume && (u8(at + 1) & 3) >= 2 ? at - 2 : at;
}

/** Where to look up the handler: not at `at` if a callback of a jump in `fp` failed just now; -1: nowhere. */
function lookedUpAt(fp: number, at: number): number {
  if (i32(FAILED_JUMP) !== fp) return thrownAt(at);
  setPtr(FAILED_JUMP, 0);
  return i32(FAILED_JUMP + 8) === 0 ? -1 : i32(FAILED_JUMP + 8);
}
/** The last code unit of the instruction at `at`, an inline cache if it has one. */
function lastUnit(fp: number, at: number): number {
  const code = i32(fp);
  const unit = (at - code - PyCodeObject.co_code_adaptive) >> 1;
  if (unit < 0 || unit >= i32(code + 16)) return at;
  return at + ((opcodeCaches[_Py_GetBaseOpcode(code, unit)] as number) << 1);
}
/** Adds `fp` to the pending exception's traceback; for want of memory, MemoryError goes on instead. */
function traceHere(fp: number): void {
  const m = nativeMark();
  try {
    PyTraceBack_Here(_PyFrame_GetFrameObject(fp));
  } catch (e) {
    catchPending(e, m);
  }
}
/** An int for the handler, or 0: MemoryError is pending. */
function instructionNumber(n: number): Ref {
  const m = nativeMark();
  try {
    return PyLong_FromLong(n);
  } catch (e) {
    catchPending(e, m);
    return 0;
  }
}

function endFor(fp: number, at: number, top: number): void {
  PyErr_Clear();
  const wide = u8(at - 2) === OP.EXTENDED_ARG ? u8(at - 1) << 8 : 0;
  popTo(fp, top, top - 8);
  setI32(PREV_INSTR, at);
  setI32(fp + 56, at + 8 + ((wide | u8(at + 1)) << 1));
}

/**
 * An exception is pending in frame `first` at `ip`. `how`: 1 add a traceback entry, 2 leave the frame at once, 3 no entry
 * (raised again), 4 thrown into a generator, 5 neither entry nor event; 6 to 8 are native frames' (nativeloop.ts): the thread's
 * current frame goes on, or an exception is pending in it, or it is to be left at once.
 * Returns the frame whose handler runs next (its instr_ptr and stacktop set), or 0 when the run of the loop ends.
 */
export function unwind(tstate: number, first: number, ip: number, sp: number, how: number, entry: number): number {
  let fp = first;
  let at = ip;
  let top = sp;
  let mode = how;
  // where tools are told that the exception is: the code unit before the one that CPython would run next
  let told = ip;
  // the exception comes out of a native, not out of a frame of Python code
  let fromNative = how === 1;
  if (mode >= 6) {
    fp = i32(tstate + PyThreadState.current_frame);
    if (mode === 6) return fp;
    mode = mode === 7 ? 1 : 2;
    fromNative = true;
    at = i32(fp + 56);
    top = fp + 72 + (i32(fp + 64) << 3);
  } else if (isNative(fp)) {
    // the host's stack ended in it
    const next = -failInto(fp, false);
    fp = i32(tstate + PyThreadState.current_frame);
    if (next === 6) return fp;
    mode = next === 7 ? 1 : 2;
    fromNative = true;
    at = i32(fp + 56);
    top = fp + 72 + (i32(fp + 64) << 3);
  }
  if (mode === 1 && u8(at) === OP.FOR_ITER && fp === first && PyErr_ExceptionMatches(PyExc_StopIteration)) {
    // what is iterated over says its end by an exception
    endFor(fp, at, top);
    return fp;
  }
  for (;;) {
    if (mode !== 2) {
      if (mode === 4) {
        monitorThrow(tstate, fp);
        mode = 1;
      }
      if (mode === 1) {
        setI32(fp + 56, at);
        setI32(fp + 64, (top - fp - 72) >> 3);
        if (__TRACE__) hooks.raised(fp, at);
        if (!_PyFrame_IsIncomplete(fp)) traceHere(fp);
        told = fromNative ? lastUnit(fp, at) : at - 2;
        monitorException(tstate, PY_MONITORING_EVENT_RAISE, fp, told);
      } else if (mode === 3) {
        setI32(fp + 64, (top - fp - 72) >> 3);
        told = at;
        monitorException(tstate, PY_MONITORING_EVENT_RERAISE, fp, at);
      }
      const code = i32(fp);
      const stack = fp + 72 + (i32(code + PyCodeObject.co_nlocalsplus) << 3);
      const place = lookedUpAt(fp, at);
      const handler = place < 0 ? -1 : findHandler(code, (place - code - 200) >> 1);
      if (handler >= 0) {
        let p = stack + (((handler & 0xffff) >> 1) << 3);
        popTo(fp, top, p);
        if ((handler & 1) !== 0) {
          const lasti = instructionNumber((i32(fp + 56) - code - 200) >> 1);
          if (lasti === 0) {
            // the new error is looked up at the same instruction
            top = p;
            mode = 5;
            continue;
          }
          setPtr(p, lasti);
          p += 8;
        }
        const exc = PyErr_GetRaisedException();
        setPtr(p, exc);
        p += 8;
        setI32(fp + 64, (p - fp - 72) >> 3);
        const target = code + 200 + ((handler >>> 16) << 1);
        if (monitorHandled(tstate, fp, target, exc)) {
          setI32(PREV_INSTR, i32(fp + 56));
          setI32(fp + 56, target);
          return fp;
        }
        // a callback raised: as if the instruction before the handler had
        at = target - 2;
        told = at;
        top = p;
        mode = 5;
        continue;
      }
      popTo(fp, top, stack);
      monitorException(tstate, PY_MONITORING_EVENT_PY_UNWIND, fp, told);
    }
    mode = 1;
    fromNative = false;
    const recursion = tstate + PyThreadState.py_recursion_remaining;
    setI32(recursion, i32(recursion) + 1);
    const dying = fp;
    fp = i32(dying + 8);
    setPtr(tstate + PyThreadState.current_frame, fp);
    _PyEval_FrameClearAndPop(tstate, dying);
    if (!isNative(fp)) setI32(fp + 68, i32(fp + 68) & 0xff0000);
    if (fp === entry) {
      leaveLoop(tstate, entry, entry);
      return 0;
    }
    if (isNative(fp)) {
      const next = -failInto(fp, true);
      fp = i32(tstate + PyThreadState.current_frame);
      if (next === 6) return fp;
      mode = next === 7 ? 1 : 2;
      fromNative = true;
    }
    at = i32(fp + 56);
    top = fp + 72 + (i32(fp + 64) << 3);
  }
}
