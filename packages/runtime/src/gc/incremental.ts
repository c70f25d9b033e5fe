/**
 * The incremental collector of CPython 3.14.0 to 3.14.4. Mirrors its Python/gc.c.
 *
 * Generation 0 holds the young; 1 and 2 are the two old spaces (old[0], old[1]), of which one is being filled with what this
 * round has visited, the other still to be visited. Each increment first marks what the stacks reach, then takes the
 * young, and old objects with all that they reach, until its budget is used up, and looks for garbage in those alone.
 *
 * Whether an object is visited stands in the high word of _gc_next: 1, or 0. (CPython has it in bit 0 and turns its meaning over
 * with each round; here it is wiped.)
 */
import {
  _Py_MAX_MANAGED_STATIC_BUILTIN_TYPES,
  FRAME_OWNED_BY_CSTACK,
  gc_generation,
  managed_static_type_state,
  PyInterpreterState,
  PyThreadState,
  PyTypeObject,
} from '@moult/abi';
import { CURRENT_TSTATE, i32, ROOM_STATE, setI32, setPtr } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { clearFreeLists } from '../objects/freelists.ts';
import { INTERP } from '../objects/runtime.ts';
import { gc_collect_region, GEN_HEAD, PERMANENT, untrack_tuples } from './gcmain.ts';
import { gc_list_init, gc_list_is_empty, gc_list_merge, gc_list_move, gc_list_size, LISTS } from './lists.ts';
import { addStats, type Outcome } from './stats.ts';
import { _PyObject_GC_IS_TRACKED, _PyObject_IS_GC, HEAP_SIZE } from './track.ts';

const STATE = ROOM_STATE + 0x3440;
/** Which of the two old spaces is the visited one. */
export const VISITED_SPACE = STATE;
const WORK_TO_DO = STATE + 4;
const PHASE = STATE + 8;
const MARK = 0;
const COLLECT = 1;

/** Lists of a running increment. */
const REACHABLE = LISTS + 80;
const INCREMENT = LISTS + 96;
const SURVIVORS = LISTS + 112;

const SCAN_RATE_DIVISOR = 5;

export function visitedHead(): number {
  return GEN_HEAD(1 + i32(VISITED_SPACE));
}
function pendingHead(): number {
  return GEN_HEAD(2 - i32(VISITED_SPACE));
}
function setVisited(list: number, visited: number): void {
  for (let g = i32(list); g !== list; g = i32(g)) setI32(g + 4, visited);
}

/** Moves a tracked object that was not visited yet to `list`, as visited: 1 if it was one (move_to_reachable). */
function moveUnvisited(op: number, list: number): number {
  if (op === 0 || i32(op) < 0 || !_PyObject_IS_GC(op) || !_PyObject_GC_IS_TRACKED(op)) return 0;
  const g = op - 16;
  if (i32(g + 4) !== 0) return 0;
  setI32(g + 4, 1);
  gc_list_move(g, list);
  return 1;
}

/** Moves all of REACHABLE, and what it leads to, to the visited space; how many more were found (mark_all_reachable). */
function markAllReachable(): number {
  const visited = visitedHead();
  let found = 0;
  const visit = (op: number): void => {
    found += moveUnvisited(op, REACHABLE);
  };
  while (!gc_list_is_empty(REACHABLE)) {
    const g = i32(REACHABLE);
    gc_list_move(g, visited);
    text[i32(i32(g + 24) + PyTypeObject.tp_traverse)]?.(g + 16, visit, 0);
  }
  return found;
}

function markGlobalRoots(): number {
  gc_list_init(REACHABLE);
  let n = 0;
  for (const field of ['sysdict', 'builtins', 'dict'] as const)
    n += moveUnvisited(i32(INTERP + PyInterpreterState[field]), REACHABLE);
  for (let i = 0; i < _Py_MAX_MANAGED_STATIC_BUILTIN_TYPES; i++) {
    const row = INTERP + PyInterpreterState.types_builtins_initialized + i * managed_static_type_state.SIZE;
    n += moveUnvisited(i32(row + managed_static_type_state.tp_dict), REACHABLE);
    n += moveUnvisited(i32(row + managed_static_type_state.tp_subclasses), REACHABLE);
  }
  return n + markAllReachable();
}

/** What the frames' stacks, functions and locals lead to (mark_stacks). */
function markStacks(): number {
  gc_list_init(REACHABLE);
  let n = 0;
  for (let fp = i32(i32(CURRENT_TSTATE) + PyThreadState.current_frame); fp !== 0; fp = i32(fp + 8)) {
    if (((i32(fp + 68) >>> 16) & 255) === FRAME_OWNED_BY_CSTACK) continue;
    n += moveUnvisited(i32(fp + 40), REACHABLE);
    n += moveUnvisited(i32(fp + 16), REACHABLE);
    for (let p = fp + 64 + (i32(fp + 64) << 3); p > fp + 64; p -= 8) n += moveUnvisited(i32(p), REACHABLE);
  }
  return n + markAllReachable();
}

/** `g` is the last of INCREMENT: all that it leads to joins it; how many (expand_region_transitively_reachable). */
function expand(g: number): number {
  let found = 0;
  const visit = (op: number): void => {
    found += moveUnvisited(op, INCREMENT);
  };
  for (let at = g; at !== INCREMENT; ) {
    const next = i32(at + 16) < 0 ? i32(at) : 0;
    if (next !== 0) {
      gc_list_move(at, PERMANENT);
      at = next;
      continue;
    }
    text[i32(i32(at + 24) + PyTypeObject.tp_traverse)]?.(at + 16, visit, 0);
    at = i32(at);
  }
  return found;
}

/** One round is over: the visited space becomes the one to visit. */
function completedScavenge(): void {
  const space = i32(VISITED_SPACE);
  setVisited(visitedHead(), 0);
  if (gc_list_is_empty(PERMANENT)) {
    setI32(VISITED_SPACE, 1 - space);
    setVisited(GEN_HEAD(0), 0);
  } else gc_list_merge(visitedHead(), pendingHead());
  setI32(WORK_TO_DO, 0);
  setI32(PHASE, MARK);
}

function collectYoung(out: Outcome): void {
  const young = GEN_HEAD(0);
  untrack_tuples(young);
  gc_list_init(SURVIVORS);
  setVisited(young, 1);
  gc_collect_region(young, SURVIVORS, out);
  gc_list_merge(SURVIVORS, visitedHead());
  setI32(GEN_HEAD(0) + gc_generation.count, 0);
  const count = visitedHead() + gc_generation.count;
  setI32(count, i32(count) + 1);
  addStats(0, out);
}

/** New objects, and a share of the heap that keeps in step with its growth (assess_work_to_do). */
function assessWork(scale: number): number {
  const fresh = i32(GEN_HEAD(0) + gc_generation.count);
  const share = Math.trunc(Math.trunc(i32(HEAP_SIZE) / SCAN_RATE_DIVISOR) / scale);
  setI32(GEN_HEAD(0) + gc_generation.count, 0);
  return fresh + Math.min(share, fresh * 2);
}

function collectIncrement(out: Outcome): void {
  const scale = Math.max(2, i32(GEN_HEAD(1) + gc_generation.threshold));
  setI32(WORK_TO_DO, i32(WORK_TO_DO) + assessWork(scale));
  if (i32(WORK_TO_DO) < 0) return;
  const young = GEN_HEAD(0);
  untrack_tuples(young);
  if (i32(PHASE) === MARK) {
    const marked = markGlobalRoots() + markStacks();
    setI32(WORK_TO_DO, i32(WORK_TO_DO) - 2 * marked);
    setI32(PHASE, COLLECT);
    out.candidates += marked;
    return;
  }
  const marked = markStacks();
  setI32(WORK_TO_DO, i32(WORK_TO_DO) - marked);
  out.candidates += marked;
  gc_list_init(INCREMENT);
  setVisited(young, 1);
  gc_list_merge(young, INCREMENT);
  let size = gc_list_size(INCREMENT);
  const pending = pendingHead();
  while (size < i32(WORK_TO_DO) && !gc_list_is_empty(pending)) {
    const g = i32(pending);
    gc_list_move(g, INCREMENT);
    setI32(g + 4, 1);
    size += 1 + expand(g);
  }
  gc_list_init(SURVIVORS);
  gc_collect_region(INCREMENT, SURVIVORS, out);
  gc_list_merge(SURVIVORS, visitedHead());
  setI32(WORK_TO_DO, i32(WORK_TO_DO) - size);
  addStats(1, out);
  if (gc_list_is_empty(pending)) completedScavenge();
}

function collectFull(out: Outcome): void {
  const young = GEN_HEAD(0);
  const pending = pendingHead();
  const visited = visitedHead();
  untrack_tuples(young);
  gc_list_merge(young, pending);
  setVisited(pending, 1);
  setI32(GEN_HEAD(0) + gc_generation.count, 0);
  gc_list_merge(pending, visited);
  gc_collect_region(visited, visited, out);
  setI32(GEN_HEAD(0) + gc_generation.count, 0);
  for (let i = 1; i <= 2; i++) setI32(GEN_HEAD(i) + gc_generation.count, 0);
  completedScavenge();
  clearFreeLists();
  addStats(2, out);
}

/** The phases of one collection: 0 the young alone, 1 an increment, 2 everything. */
export function collectIncrementally(generation: number, out: Outcome): void {
  if (generation === 0) collectYoung(out);
  else if (generation === 1) collectIncrement(out);
  else collectFull(out);
}

/** gc.freeze(): members of the permanent generation are marked visited. */
export function freezeIncremental(): void {
  for (let i = 0; i < 3; i++) {
    setVisited(GEN_HEAD(i), 1);
    gc_list_merge(GEN_HEAD(i), PERMANENT);
    setI32(GEN_HEAD(i) + gc_generation.count, 0);
  }
}
export function unfreezeIncremental(): void {
  gc_list_merge(PERMANENT, visitedHead());
}
export function initIncremental(): void {
  for (const word of [VISITED_SPACE, WORK_TO_DO, PHASE]) setI32(word, 0);
  for (const list of [REACHABLE, INCREMENT, SURVIVORS]) setPtr(list, list);
}
