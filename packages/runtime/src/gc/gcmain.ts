/**
 * A collection, phase by phase, as CPython 3.13's Python/gc.c names them.
 *
 * deduce.ts says what the GC heads mean while it finds the garbage; afterwards _gc_prev is a pointer again, and COLLECTING stays
 * set in UNREACHABLE until it is known who dies.
 */
import {
  _gc_runtime_state as gcs,
  gc_generation,
  PyTypeObject,
  PyWeakReference,
  Py_TPFLAGS_MANAGED_WEAKREF,
} from '@moult/abi';
import { hooks } from '../hooks.ts';
import { i32, POLICY, setI32, setPtr, setSsize, ssize } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { PyObject_CallOneArg } from '../objects/call.ts';
import { catchPending, PyErr_GetRaisedException, PyErr_Occurred, PyErr_SetRaisedException } from '../objects/errors.ts';
import { clearFreeLists } from '../objects/freelists.ts';
import { hold, nativeMark, Py_DECREF, Py_INCREF, PyType_IsSubtype, release } from '../objects/object.ts';
import { GC_STATE } from '../objects/runtime.ts';
import { PyTuple_Type, _PyWeakref_RefType } from '../objects/static.ts';
import { _PyTuple_MaybeUntrack } from '../objects/tupleobject.ts';
import { PyErr_WriteUnraisable } from '../objects/unraisable.ts';
import { _PyWeakref_ClearRef } from '../objects/weakrefobject.ts';
import {
  DEBUG_COLLECTABLE,
  DEBUG_SAVEALL,
  DEBUG_STATS,
  DEBUG_UNCOLLECTABLE,
  debugObject,
  debugStart,
  debugStop,
} from './debug.ts';
import { appendGarbage, invokeCallbacks } from './callbacks.ts';
import { clearFrameList } from './framecount.ts';
import {
  deduce_unreachable,
  KEEP_TRACKED,
  reachableCount,
  UNTRACK_ALL,
  UNTRACK_TUPLES,
  untrackDicts,
} from './deduce.ts';
import { collectIncrementally } from './incremental.ts';
import {
  FINAL_UNREACHABLE,
  FINALIZERS,
  gc_list_init,
  gc_list_is_empty,
  gc_list_merge,
  gc_list_move,
  gc_list_size,
  PREV_MASK_COLLECTING,
  PREV_MASK_FINALIZED,
  SEEN,
  UNREACHABLE,
  WRCB_TO_CALL,
} from './lists.ts';
import { addStats, addVisited, type Outcome } from './stats.ts';

declare const __TRACE__: boolean;

export const NUM_GENERATIONS = 3;
/** Why a collection runs (_PyGC_Reason). */
export const REASON_HEAP = 0;
export const REASON_SHUTDOWN = 1;
export const REASON_MANUAL = 2;

/** Address of generation i's head; its threshold and count lie behind (struct gc_generation). */
export function GEN_HEAD(i: number): number {
  return GC_STATE + gcs.generations + i * gc_generation.SIZE;
}
export const PERMANENT = GC_STATE + gcs.permanent_generation;

export function untrack_tuples(list: number): void {
  let g = i32(list);
  while (g !== list) {
    const next = i32(g);
    if (i32(g + 24) === PyTuple_Type) _PyTuple_MaybeUntrack(g + 16);
    g = next;
  }
}
const HAS_DEL = 1;
const HAS_FINALIZER = 2;
const HAS_WEAKREFS = 4;

/** What becomes of garbage of this type asks for more than tp_clear. */
function typeVerdict(type: number): number {
  let verdict = 0;
  if (i32(type + PyTypeObject.tp_del) !== 0) verdict |= HAS_DEL;
  if (i32(type + PyTypeObject.tp_finalize) !== 0) verdict |= HAS_FINALIZER;
  if (
    (i32(type + PyTypeObject.tp_flags) & Py_TPFLAGS_MANAGED_WEAKREF) !== 0 ||
    i32(type + PyTypeObject.tp_weaklistoffset) > 0 ||
    PyType_IsSubtype(type, _PyWeakref_RefType)
  )
    verdict |= HAS_WEAKREFS;
  return verdict;
}
/** Takes objects with tp_del out of `unreachable` and drops the UNREACHABLE flags; the verdicts on all types in it. */
function move_legacy_finalizers(unreachable: number, finalizers: number): number {
  let g = i32(unreachable);
  let all = 0;
  let known = 0;
  let verdict = 0;
  while (g !== unreachable) {
    const next = i32(g) & -2;
    setI32(g, next);
    const type = i32(g + 24);
    if (type !== known) {
      known = type;
      verdict = typeVerdict(type);
      all |= verdict;
    }
    if ((verdict & HAS_DEL) !== 0) {
      setI32(g + 8, i32(g + 8) & ~PREV_MASK_COLLECTING);
      gc_list_move(g, finalizers);
    }
    g = next;
  }
  return all;
}
function visit_move(op: number, tolist: number): void {
  if ((i32(i32(op + 8) + PyTypeObject.tp_flags) & (1 << 14)) === 0) return;
  const g = op - 16;
  if ((i32(g + 8) & PREV_MASK_COLLECTING) === 0) return;
  gc_list_move(g, tolist);
  setI32(g + 8, i32(g + 8) & ~PREV_MASK_COLLECTING);
}
function move_legacy_finalizer_reachable(finalizers: number): void {
  for (let g = i32(finalizers); g !== finalizers; g = i32(g)) {
    text[i32(i32(g + 24) + PyTypeObject.tp_traverse)]?.(g + 16, visit_move, finalizers);
  }
}
/** Address of the slot that heads the object's weakrefs, or 0 (_PyObject_GET_WEAKREFS_LISTPTR). */
export function weakrefListSlot(op: number): number {
  const type = i32(op + 8);
  if ((i32(type + PyTypeObject.tp_flags) & Py_TPFLAGS_MANAGED_WEAKREF) !== 0) return op - 32;
  const offset = i32(type + PyTypeObject.tp_weaklistoffset);
  return offset > 0 ? op + offset : 0;
}

/** Clears weakrefs to the garbage, then calls the callbacks of those that are not garbage themselves. */
function handle_weakrefs(unreachable: number, old: number): number {
  gc_list_init(WRCB_TO_CALL);
  for (let g = i32(unreachable); g !== unreachable; ) {
    const op = g + 16;
    g = i32(g);
    if (PyType_IsSubtype(i32(op + 8), _PyWeakref_RefType)) _PyWeakref_ClearRef(op);
    const slot = weakrefListSlot(op);
    if (slot === 0) continue;
    for (let wr = i32(slot); wr !== 0; wr = i32(slot)) {
      _PyWeakref_ClearRef(wr);
      if (i32(wr + PyWeakReference.wr_callback) === 0) continue;
      if ((i32(wr - 8) & PREV_MASK_COLLECTING) !== 0) continue;
      Py_INCREF(wr);
      gc_list_move(wr - 16, WRCB_TO_CALL);
    }
  }
  if (__TRACE__) hooks.collecting('weakrefs', -1, unreachable, WRCB_TO_CALL);
  let freed = 0;
  while (!gc_list_is_empty(WRCB_TO_CALL)) {
    const g = i32(WRCB_TO_CALL);
    const op = g + 16;
    const callback = i32(op + PyWeakReference.wr_callback);
    const m = nativeMark();
    try {
      Py_DECREF(PyObject_CallOneArg(callback, op));
    } catch (e) {
      catchPending(e, m);
      PyErr_WriteUnraisable(callback);
    }
    Py_DECREF(op); // the list's own
    if (i32(WRCB_TO_CALL) === g) gc_list_move(g, old);
    else freed++;
  }
  return freed;
}
/** Runs each finalizer that has not run yet. */
function finalize_garbage(collectable: number): void {
  gc_list_init(SEEN);
  while (!gc_list_is_empty(collectable)) {
    const g = i32(collectable);
    const op = g + 16;
    gc_list_move(g, SEEN);
    const finalize = i32(i32(op + 8) + PyTypeObject.tp_finalize);
    if ((i32(g + 8) & PREV_MASK_FINALIZED) === 0 && finalize !== 0) {
      setI32(g + 8, i32(g + 8) | PREV_MASK_FINALIZED);
      Py_INCREF(op);
      const m = hold(op);
      if (__TRACE__) hooks.finalizing(op, true);
      text[finalize]?.(op);
      release(m);
    }
  }
  gc_list_merge(SEEN, collectable);
}
/** What finalizers brought back, and what it reaches, goes to `old`; the rest stays garbage. */
function handle_resurrected_objects(unreachable: number, stillUnreachable: number, old: number): void {
  for (let g = i32(unreachable); g !== unreachable; g = i32(g)) setI32(g + 8, i32(g + 8) & ~PREV_MASK_COLLECTING);
  deduce_unreachable(unreachable, stillUnreachable, KEEP_TRACKED);
  let g = i32(stillUnreachable);
  while (g !== stillUnreachable) {
    const next = i32(g) & -2;
    setI32(g, next);
    g = next;
  }
  gc_list_merge(unreachable, old);
}
/** Breaks the cycles with tp_clear; counts fall to 0 and the objects free themselves. */
function delete_garbage(collectable: number, old: number): void {
  const saveAll = (i32(GC_STATE + gcs.debug) & DEBUG_SAVEALL) !== 0;
  while (!gc_list_is_empty(collectable)) {
    const g = i32(collectable);
    const op = g + 16;
    if (saveAll) appendGarbage(op);
    else {
      const clear = i32(i32(op + 8) + PyTypeObject.tp_clear);
      if (clear !== 0) {
        Py_INCREF(op);
        const m = hold(op);
        try {
          text[clear]?.(op);
        } catch (e) {
          catchPending(e, m + 8);
          PyErr_WriteUnraisable(0);
        }
        release(m);
      }
    }
    if (i32(collectable) === g) {
      setI32(g + 8, i32(g + 8) & ~PREV_MASK_COLLECTING);
      gc_list_move(g, old);
    }
  }
}
/** Uncollectable objects with tp_del (all of them under DEBUG_SAVEALL) go to gc.garbage; their list joins `old`. */
export function handle_legacy_finalizers(finalizers: number, old: number): void {
  const all = (i32(GC_STATE + gcs.debug) & DEBUG_SAVEALL) !== 0;
  for (let g = i32(finalizers); g !== finalizers; g = i32(g)) {
    if (all || i32(i32(g + 24) + PyTypeObject.tp_del) !== 0) appendGarbage(g + 16);
  }
  gc_list_merge(finalizers, old);
}

/** Finds the garbage of `from`, moves the rest to `to`, and lets the garbage go (gc_collect_region of 3.14). */
export function gc_collect_region(from: number, to: number, out: Outcome): void {
  out.candidates += deduce_unreachable(from, UNREACHABLE, KEEP_TRACKED);
  untrack_tuples(from);
  if (from !== to) gc_list_merge(from, to);
  disposeUnreachable(to, out);
  handle_legacy_finalizers(FINALIZERS, to);
}
/** Weak references, finalizers, resurrection, tp_clear: what becomes of UNREACHABLE; what survives goes to `old`. */
function disposeUnreachable(old: number, out: Outcome): void {
  const debug = i32(GC_STATE + gcs.debug);
  gc_list_init(FINALIZERS);
  const verdicts = move_legacy_finalizers(UNREACHABLE, FINALIZERS);
  move_legacy_finalizer_reachable(FINALIZERS);
  if (__TRACE__) hooks.collecting('legacy', -1, UNREACHABLE, FINALIZERS);
  if ((debug & DEBUG_COLLECTABLE) !== 0) {
    for (let g = i32(UNREACHABLE); g !== UNREACHABLE; g = i32(g)) debugObject('collectable', g + 16);
  }
  if ((verdicts & HAS_WEAKREFS) !== 0) out.collected += handle_weakrefs(UNREACHABLE, old);
  if ((verdicts & HAS_FINALIZER) !== 0) finalize_garbage(UNREACHABLE);
  if (__TRACE__) hooks.collecting('finalize', -1, UNREACHABLE, 0);
  if (verdicts !== 0) handle_resurrected_objects(UNREACHABLE, FINAL_UNREACHABLE, old);
  else {
    // no code has run since: nothing can have come back
    gc_list_init(FINAL_UNREACHABLE);
    gc_list_merge(UNREACHABLE, FINAL_UNREACHABLE);
  }
  if (__TRACE__) hooks.collecting('resurrected', -1, FINAL_UNREACHABLE, 0);
  out.collected += gc_list_size(FINAL_UNREACHABLE);
  delete_garbage(FINAL_UNREACHABLE, old);
  if (__TRACE__) hooks.collecting('clear', -1, old, 0);
  for (let g = i32(FINALIZERS); g !== FINALIZERS; g = i32(g)) {
    out.uncollectable++;
    if ((debug & DEBUG_UNCOLLECTABLE) !== 0) debugObject('uncollectable', g + 16);
  }
}
function collectGenerations(generation: number, out: Outcome): void {
  if (generation + 1 < NUM_GENERATIONS) {
    const c = GEN_HEAD(generation + 1) + gc_generation.count;
    setI32(c, i32(c) + 1);
  }
  for (let i = 0; i <= generation; i++) setI32(GEN_HEAD(i) + gc_generation.count, 0);
  for (let i = 0; i < generation; i++) gc_list_merge(GEN_HEAD(i), GEN_HEAD(generation));

  const young = GEN_HEAD(generation);
  if (__TRACE__) hooks.collecting('merge', generation, young, 0);
  const old = generation < NUM_GENERATIONS - 1 ? GEN_HEAD(generation + 1) : young;
  // dicts stay tracked from 3.14 on
  const untrack = young === old && i32(POLICY) < 314 ? UNTRACK_ALL : UNTRACK_TUPLES;
  out.candidates = deduce_unreachable(young, UNREACHABLE, untrack);
  const pendingSlot = GC_STATE + gcs.long_lived_pending;
  if (young !== old) {
    if (generation === NUM_GENERATIONS - 2) setSsize(pendingSlot, ssize(pendingSlot) + reachableCount());
    gc_list_merge(young, old);
  } else {
    setPtr(pendingSlot, 0);
    setPtr(GC_STATE + gcs.long_lived_total, reachableCount() - untrackDicts());
  }
  disposeUnreachable(old, out);
}

/** Collects generations 0..generation. Returns how many objects were unreachable (freed or uncollectable). */
export function gc_collect_main(generation: number, reason: number): number {
  if (i32(GC_STATE + gcs.collecting) !== 0) return 0;
  setI32(GC_STATE + gcs.collecting, 1);
  if (generation < 0) {
    generation = i32(POLICY) === 314 ? 1 : gc_select_generation();
    if (generation < 0) {
      setI32(GC_STATE + gcs.collecting, 0);
      return 0;
    }
  }
  const pending = PyErr_GetRaisedException();
  const mark = hold(pending);
  if (reason !== REASON_SHUTDOWN) invokeCallbacks('start', generation, 0, 0);
  const debug = (i32(GC_STATE + gcs.debug) & DEBUG_STATS) !== 0;
  if (debug) debugStart(generation);
  const out: Outcome = { collected: 0, uncollectable: 0, candidates: 0 };
  if (__TRACE__) hooks.collecting('begin', generation, 0, reason);
  if (i32(POLICY) === 314) collectIncrementally(generation, out);
  else {
    collectGenerations(generation, out);
    if (debug) debugStop(out.collected, out.uncollectable);
    handle_legacy_finalizers(FINALIZERS, generation < NUM_GENERATIONS - 1 ? GEN_HEAD(generation + 1) : GEN_HEAD(2));
    if (generation === NUM_GENERATIONS - 1) {
      clearFreeLists();
      if (i32(POLICY) < 311) clearFrameList();
    }
    addStats(generation, out);
  }
  if (__TRACE__) hooks.collecting('end', generation, 0, out.uncollectable);
  if (PyErr_Occurred()) PyErr_WriteUnraisable(0);
  addVisited(generation, out.candidates);
  if (reason !== REASON_SHUTDOWN) invokeCallbacks('stop', generation, out.collected, out.uncollectable);
  setI32(GC_STATE + gcs.collecting, 0);
  if (debug && i32(POLICY) === 314) debugStop(out.collected, out.uncollectable);
  setPtr(mark, 0);
  release(mark);
  if (pending !== 0) PyErr_SetRaisedException(pending);
  return out.collected + out.uncollectable;
}

/** The oldest generation whose count exceeds its threshold, or -1; the oldest also needs the quarter rule. */
function gc_select_generation(): number {
  for (let i = NUM_GENERATIONS - 1; i >= 0; i--) {
    const g = GEN_HEAD(i);
    if (i32(g + gc_generation.count) > i32(g + gc_generation.threshold)) {
      const pending = ssize(GC_STATE + gcs.long_lived_pending);
      if (i === NUM_GENERATIONS - 1 && pending < Math.floor(ssize(GC_STATE + gcs.long_lived_total) / 4)) continue;
      return i;
    }
  }
  return -1;
}

/** The eval breaker found a collection due (_Py_RunGC). */
export function _Py_RunGC(): void {
  gc_collect_main(-1, REASON_HEAP);
}
/** Before 3.12 a due collection runs inside the allocation. */
export function collectInAllocation(): void {
  gc_collect_main(-1, REASON_HEAP);
}
/** gc.collect() */
export function PyGC_Collect(generation: number): number {
  return gc_collect_main(generation, REASON_MANUAL);
}
