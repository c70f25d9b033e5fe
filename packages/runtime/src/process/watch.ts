/**
 * When a run stops: limits, budgets, breakpoints, steps. The fast build looks at each end of the tick countdown (poll),
 * the tracing build before every instruction as well.
 */
import { _PyInterpreterFrame, FRAME_OWNED_BY_CSTACK, PyCodeObject } from '@moult/abi';
import { hooks } from '../hooks.ts';
import { i32, setI32, u8 } from '../memory/linear.ts';
import { asText } from '../objects/unicodeobject.ts';
import { PyUnstable_InterpreterFrame_GetLine } from '../vm/frame.ts';
import { HostLimit, pollHook, setInterrupt } from '../vm/poll.ts';
import { TICKS } from '../vm/state.ts';
import { isWhole } from './state.ts';

/** `interrupt`: Ctrl-C where the host takes it as the end. */
export type LimitName = 'instructions' | 'time' | 'output' | 'interrupt';

export interface Limits {
  /** Bytes of arenas and raw blocks, above which an allocation raises MemoryError. */
  readonly memory?: number;
  /** Instructions (tracing build). */
  readonly instructions?: number;
  /** Milliseconds of running. */
  readonly time?: number;
  /** sys.getrecursionlimit() at the start. */
  readonly recursion?: number;
  /** Bytes written to stdout and stderr. */
  readonly output?: number;
}
export interface Budget {
  /** Instructions (tracing build). */
  readonly instructions?: number;
  readonly milliseconds?: number;
}
export interface Breakpoint {
  readonly filename: string;
  readonly line: number;
}
/**
 * Called in the tracing build when `count` instructions have been executed, before the next one; returns the count at
 * which it wants to be called again, or WHEN_WHOLE or STOP_HERE.
 */
export type Observer = (count: number) => number;
/** An observer's answer: to be called at the first instruction at which the process is whole in its bytes, or PATIENCE later. */
export const WHEN_WHOLE = -1;
/** An observer that waits may have limits to keep: it is called after so many instructions even amid native calls. */
const PATIENCE = 100_000;
/** An observer's answer: the run ends here (`observer`). Amid native calls it cannot be gone on with. */
export const STOP_HERE = -2;

/** Not of the process: the watch of this run. */
export interface Watch {
  now: () => number;
  interrupted: () => boolean | LimitName;
  executed: number;
  instructionLimit: number;
  budgetEnd: number;
  deadline: number;
  budgetDeadline: number;
  observer: Observer | null;
  observeAt: number;
  /** The observer asked for WHEN_WHOLE. */
  observesWhole: boolean;
  /** The count up to which it waits for that. */
  patience: number;
  /** What is asked for waits for the end of the native call that is under way. */
  waits: boolean;
  breakpoints: readonly Breakpoint[];
  step: 'line' | 'over' | null;
  frame: number;
  line: number;
  /** The first count at which something may have to be done. */
  next: number;
}
export const watch: Watch = {
  now: () => 0,
  interrupted: () => false,
  executed: 0,
  instructionLimit: Infinity,
  budgetEnd: Infinity,
  deadline: Infinity,
  budgetDeadline: Infinity,
  observer: null,
  observeAt: Infinity,
  observesWhole: false,
  patience: 0,
  waits: false,
  breakpoints: [],
  step: null,
  frame: 0,
  line: 0,
  next: Infinity,
};

export function resetWatch(): void {
  Object.assign(watch, {
    executed: 0,
    instructionLimit: Infinity,
    budgetEnd: Infinity,
    deadline: Infinity,
    budgetDeadline: Infinity,
    observer: null,
    observeAt: Infinity,
    observesWhole: false,
    patience: 0,
    waits: false,
    breakpoints: [],
    step: null,
    frame: 0,
    line: 0,
    next: Infinity,
  });
}

/** Recomputes when the hook has something to do. */
export function armWatch(): void {
  watch.waits = false;
  const everyInstruction = watch.breakpoints.length > 0 || watch.step !== null;
  watch.next = everyInstruction ? 0 : Math.min(watch.instructionLimit, watch.budgetEnd, watch.observeAt);
}

/** Makes the loop look at the clock soon. */
export function pollSoon(): void {
  if (i32(TICKS) > 0) setI32(TICKS, 0);
}

export function linkWatch(): void {
  pollHook.poll = poll;
  hooks.instruction = (_tstate, frame) => {
    // the instruction that leaves the loop is no one's
    if (u8(frame + _PyInterpreterFrame.owner) === FRAME_OWNED_BY_CSTACK) return;
    if (watch.executed >= watch.next) attend(frame);
    watch.executed++;
  };
  hooks.left = () => {
    if (watch.waits && isWhole()) armWatch();
  };
}

function poll(): void {
  const interrupt = watch.interrupted();
  if (typeof interrupt === 'string') throw new HostLimit(interrupt);
  if (interrupt) setInterrupt();
  if (watch.deadline === Infinity && watch.budgetDeadline === Infinity) return;
  const now = watch.now();
  if (now >= watch.deadline) throw new HostLimit('time');
  if (now >= watch.budgetDeadline && isWhole()) throw new HostLimit('budget');
}

function attend(frame: number): void {
  const count = watch.executed;
  const whole = isWhole();
  const looks = whole || !watch.observesWhole || count >= watch.patience;
  if (count >= watch.observeAt && watch.observer !== null && looks) {
    const next = watch.observer(count);
    if (next === STOP_HERE) throw new HostLimit('observer');
    watch.observesWhole = next === WHEN_WHOLE;
    watch.observeAt = watch.observesWhole ? count + 1 : next;
    watch.patience = count + PATIENCE;
    armWatch();
  }
  if (count >= watch.instructionLimit) throw new HostLimit('instructions');
  if (!whole) {
    // nothing can be done before the native call ends
    if ((watch.observesWhole || watch.observeAt > count) && watch.step === null && watch.breakpoints.length === 0) {
      watch.waits = true;
      watch.next = Math.min(watch.instructionLimit, watch.observesWhole ? watch.patience : watch.observeAt);
    }
    return;
  }
  if (count >= watch.budgetEnd) throw new HostLimit('budget');
  if (watch.step === null && watch.breakpoints.length === 0) return;
  const line = PyUnstable_InterpreterFrame_GetLine(frame);
  if (line <= 0 || (frame === watch.frame && line === watch.line)) return;
  const from = watch.frame;
  watch.frame = frame;
  watch.line = line;
  // the memory of frame and line keeps a run that goes on from stopping where it stopped
  if (watch.step === 'line' || (watch.step === 'over' && (from === 0 || !isBelow(frame, from))))
    throw new HostLimit('budget');
  for (const b of watch.breakpoints) {
    if (b.line === line && b.filename === asText(i32(i32(frame) + PyCodeObject.co_filename)))
      throw new HostLimit('breakpoint');
  }
}
/** Was `frame` called, directly or not, from `from`? */
function isBelow(frame: number, from: number): boolean {
  for (let f = i32(frame + 8); f !== 0; f = i32(f + 8)) if (f === from) return true;
  return false;
}
