/**
 * The cold start: from zeroed memory to an interpreter that can run a program. Mirrors Python/pylifecycle.c's order.
 * Everything that the process knows before its first instruction is laid down here.
 */
import {
  _gc_runtime_state as gcs,
  _PyRuntimeState,
  gc_generation,
  policyOfNumber,
  PY_RUNTIME_ADDRESS,
  PyInterpreterState,
  PyThreadState,
} from '@moult/abi';
import { memoryInit } from '../memory/account.ts';
import { DEFAULT_MEMORY_LIMIT } from '../memory/layout.ts';
import * as linear from '../memory/linear.ts';
import { setI32, setPtr } from '../memory/linear.ts';
import { initBytesSingletons } from '../objects/bytesobject.ts';
import { initEmptyKeys } from '../objects/dictkeys.ts';
import { initExceptions } from '../objects/exceptions.ts';
import { initSmallInts } from '../objects/longobject.ts';
import { initBooleans } from '../objects/boolobject.ts';
import { Py_C_RECURSION_LIMIT } from '../objects/recursion.ts';
import { GC_STATE, INTERP, MAIN_TSTATE } from '../objects/runtime.ts';
import { initSingletons } from '../objects/singletons.ts';
import { writeType } from '../objects/spec.ts';
import { initWarnings } from '../objects/warnfilter.ts';
import { tracemallocInit } from '../objects/tracemalloc.ts';
import { allTypeSpecs, linkTypes, readyStaticTypes } from '../objects/types.ts';
import { initEmptyTuple } from '../objects/tupleobject.ts';
import { initStaticStrings } from '../objects/intern.ts';

export interface BootOptions {
  /** A policy's number. */
  readonly policy: number;
}

/** Structs that must hold sane values before the first object is made. */
function initRuntimeState(policy: number): void {
  setPtr(linear.NATIVE_SP, linear.NATIVE_STACK);
  setPtr(linear.TRASH_BASE, linear.NATIVE_STACK);
  setPtr(linear.STATIC_DATA_TOP, linear.STATIC_DATA);
  setPtr(linear.CURRENT_TSTATE, MAIN_TSTATE);
  setPtr(linear.POLICY, policy);
  const ts = MAIN_TSTATE;
  setPtr(PY_RUNTIME_ADDRESS + _PyRuntimeState.interpreters_head, INTERP);
  setPtr(PY_RUNTIME_ADDRESS + _PyRuntimeState.interpreters_main, INTERP);
  setPtr(INTERP + PyInterpreterState.runtime, PY_RUNTIME_ADDRESS);
  setPtr(INTERP + PyInterpreterState.threads_head, ts);
  setPtr(INTERP + PyInterpreterState.threads_main, ts);
  setPtr(INTERP + PyInterpreterState.obmalloc, linear.OBMALLOC_STATE);
  setI32(INTERP + PyInterpreterState.ceval_recursion_limit, 1000);
  setI32(INTERP + PyInterpreterState.long_state_max_str_digits, 4300);
  setPtr(ts + PyThreadState.interp, INTERP);
  setI32(ts + PyThreadState.py_recursion_limit, 1000);
  setI32(ts + PyThreadState.py_recursion_remaining, 1000);
  setI32(ts + PyThreadState.c_recursion_remaining, Py_C_RECURSION_LIMIT);
  setPtr(ts + PyThreadState.exc_info, ts + PyThreadState.exc_state);
  setI32(ts + PyThreadState.what_event, -1);
  setPtr(ts + PyThreadState.id, 1);
  setPtr(ts + PyThreadState.thread_id, ts);
  setI32(INTERP + PyInterpreterState.dict_state_next_keys_version, 2);
  initCollectorState(policy);
}

/** Empty generations with the version's thresholds; enabled (_PyGC_InitState). */
function initCollectorState(policy: number): void {
  const { thresholds } = policyOfNumber(policy).collector;
  for (let i = 0; i < 3; i++) {
    const g = GC_STATE + gcs.generations + i * gc_generation.SIZE;
    setPtr(g, g);
    setPtr(g + 8, g);
    setI32(g + gc_generation.threshold, thresholds[i] as number);
    setI32(g + gc_generation.count, 0);
  }
  const permanent = GC_STATE + gcs.permanent_generation;
  setPtr(permanent, permanent);
  setPtr(permanent + 8, permanent);
  setPtr(GC_STATE + gcs.generation0, GC_STATE + gcs.generations);
  setI32(GC_STATE + gcs.enabled, 1);
}

/** Lays down types and singletons: after this, objects of every core type can be made. */
export function bootCore(options: BootOptions): void {
  const { arenaSize, poolSize, lookup, keepsEmptyArena } = policyOfNumber(options.policy).allocator;
  memoryInit({
    arenaSize,
    poolSize,
    radixTree: lookup === 'radix-tree',
    keepEmptyArena: keepsEmptyArena,
    memoryLimit: DEFAULT_MEMORY_LIMIT,
  });
  initRuntimeState(options.policy);
  tracemallocInit();
  linkTypes();
  for (const spec of allTypeSpecs()) writeType(spec);
  initEmptyKeys();
  initSingletons();
  initBooleans();
  initSmallInts();
  initEmptyTuple();
  initBytesSingletons();
  initStaticStrings();
  readyStaticTypes();
  initExceptions();
  initWarnings();
}
