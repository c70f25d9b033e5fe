// What is looked at: the bytes of one CPython 3.13 process and where its runtime lies.
import { _PyRuntimeState, type Memory, PY_RUNTIME_ADDRESS, PyInterpreterState } from '@moult/abi';
import type { FieldTable } from './references/fields.ts';

export interface Target {
  readonly memory: Memory;
  /** The address of _PyRuntime. */
  readonly runtime: number;
  /** The interpreter that is looked at. */
  readonly interp: number;
  /**
   * References that native functions own across calls: 8-byte slots from `base` up to the pointer stored at `pointer`, marked by
   * their low three bits (roots.ts). A real process has them on its C stack, where no one can find them.
   */
  readonly nativeStack?: { readonly base: number; readonly pointer: number };
  /** The word that names the innermost frame whose locals are being released; its `previous` is the next outer one. */
  readonly clearingFrame?: number;
  /** Heads of lists that a running collection moves objects to; a head of 0 is an empty list. A real process has them on its C stack. */
  readonly collectorLists?: readonly number[];
  /** Of these, lists that own a reference to each of their objects. */
  readonly owningLists?: readonly number[];
  /** Address ranges of objects that are not allocated: where such an object is counted, its place holds one reference. */
  readonly staticRanges?: readonly (readonly [from: number, to: number])[];
  /** Types that exist though nothing may refer to them: what they own counts once they are ready. */
  readonly staticTypes?: readonly number[];
  /** Where the allocator's struct _obmalloc_state lies, if not where the interpreter's state says. */
  readonly obmalloc?: number;
  /** Of a policy other than 3.13's. */
  readonly poolSize?: number;
  readonly arenaSize?: number;
  /** What is added to a reference that a frame's slot only borrows (policies of 3.14). */
  readonly borrowedMark?: number;
  /** What the incremental collector (3.14.0) adds to _gc_next of objects that it has visited. */
  readonly visitedMark?: number;
  /** Whether arenas are entered in the radix tree (3.10 and later, the default). */
  readonly radixTree?: boolean;
  /** Owned references of types that are not CPython's own, by tp_name. */
  readonly layouts?: ReadonlyMap<string, FieldTable>;
}

/** The engine's own process: `_PyRuntime` at the place that puts the small ints at 9784704. */
export function engineTarget(memory: Memory, options: Omit<Target, 'memory' | 'runtime' | 'interp'> = {}): Target {
  return {
    memory,
    runtime: PY_RUNTIME_ADDRESS,
    interp: PY_RUNTIME_ADDRESS + _PyRuntimeState._main_interpreter,
    ...options,
  };
}

/** A process whose _PyRuntime was found at `runtime`. */
export function processTarget(memory: Memory, runtime: number): Target {
  return { memory, runtime, interp: memory.ptr(runtime + _PyRuntimeState.interpreters_main) };
}

/** The addresses of the interpreter's thread states, newest first. */
export function threadsOf(target: Target): number[] {
  const threads: number[] = [];
  let thread = target.memory.ptr(target.interp + PyInterpreterState.threads_head);
  while (thread !== 0 && threads.length < 10_000 && target.memory.has(thread, 16)) {
    threads.push(thread);
    thread = target.memory.ptr(thread + 8);
  }
  return threads;
}
