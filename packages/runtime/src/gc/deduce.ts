/**
 * What of a list of objects is reachable from outside: three passes over it, as Python/gc.c has them.
 *
 *   update_refs         _gc_prev of each candidate becomes copied count << 2 | COLLECTING | FINALIZED?; lists are singly linked
 *   subtract_refs       copied count = references from outside the candidates
 *   move_unreachable    candidates with 0 go to `unreachable` with bit 0 set in _gc_next; what turns out reachable comes back
 *
 * Each pass is a function of a few hundred objects, called until the list ends: what is called anew is compiled with the
 * buffer's address in it, a loop that never ends is not. What objects refer to lies anywhere: GROUP objects' first
 * references are read before the first is followed, so that the processor fetches many at once.
 */
import { PyDictObject } from '@moult/abi';
import { hooks } from '../hooks.ts';
import { i32, ROOM_STATE, setI32 } from '../memory/linear.ts';
import { _PyDict_MaybeUntrack } from '../objects/dictmerge.ts';
import { PyDict_Type, PyList_Type, PyTuple_Type } from '../objects/static.ts';
import { onlyHoldsUntracked } from '../objects/tupleobject.ts';
import { PERMANENT } from './gcmain.ts';
import { gc_list_init, gc_list_move, PREV_MASK_COLLECTING, PREV_MASK_FINALIZED } from './lists.ts';
import { reachObject, subtractObject } from './visit.ts';

export const KEEP_TRACKED = 0;
export const UNTRACK_TUPLES = 1;
export const UNTRACK_ALL = 2;

declare const __TRACE__: boolean;

const CHUNK = 512;
const GROUP = 32;

/** Words of a running collection. */
const ROW = ROOM_STATE + 0x34c0;
const TOUCHED = ROW;
const CANDIDATES = ROW + 4;
/** How many objects stay in the list that move_unreachable works on. */
const REACHED = ROW + 8;
/** The first and the last dict found reachable; each has the address of the next in the high word of its _gc_prev. */
const DICTS = ROW + 12;
const DICTS_LAST = ROW + 16;

/** Reads a word of what the next objects, from `g` on, refer to first; what it reads is of no use. */
function touch(g: number, list: number): void {
  let seen = 0;
  for (let i = 0; i < GROUP && g !== list; i++) {
    const type = i32(g + 24);
    if (type === PyList_Type) {
      if (i32(g + 32) !== 0) seen |= i32(i32(i32(g + 40)) + 8);
    } else if (type === PyTuple_Type) {
      if (i32(g + 32) !== 0) seen |= i32(i32(g + 40) + 8);
    } else if (type === PyDict_Type) seen |= i32(i32(g + 16 + PyDictObject.ma_keys) + 8);
    g = i32(g);
  }
  setI32(TOUCHED, seen & 1);
}

function updateChunk(g: number, list: number): number {
  let i = 0;
  for (; i < CHUNK && g !== list; i++) {
    const next = i32(g);
    const rc = i32(g + 16);
    if (rc < 0) gc_list_move(g, PERMANENT);
    else setI32(g + 8, (i32(g + 8) & PREV_MASK_FINALIZED) | PREV_MASK_COLLECTING | (rc << 2));
    g = next;
  }
  setI32(CANDIDATES, i32(CANDIDATES) + i);
  return g;
}
function subtractChunk(g: number, list: number): number {
  for (let i = 0; i < CHUNK && g !== list; i += GROUP) {
    touch(g, list);
    for (let k = 0; k < GROUP && g !== list; k++) {
      subtractObject(g + 16);
      g = i32(g);
    }
  }
  return g;
}

/** From the object behind `prev` on; the last one that stays. */
function moveChunk(prev: number, young: number, unreachable: number, untrack: number): number {
  let reached = 0;
  for (let i = 0; i < CHUNK; i += GROUP) {
    let g = i32(prev);
    touch(g, young);
    for (let k = 0; k < GROUP && g !== young; k++) {
      const gcPrev = i32(g + 8);
      if (gcPrev >> 2 !== 0) {
        const op = g + 16;
        reachObject(op, young);
        const type = i32(g + 24);
        if (untrack !== KEEP_TRACKED && type === PyTuple_Type && onlyHoldsUntracked(op)) {
          const next = i32(g);
          setI32(prev, next);
          if (next === young) setI32(young + 8, prev);
          setI32(g, 0);
          setI32(g + 8, gcPrev & PREV_MASK_FINALIZED);
        } else {
          if (untrack === UNTRACK_ALL && type === PyDict_Type) chainDict(g);
          setI32(g + 8, (gcPrev & PREV_MASK_FINALIZED) | prev);
          prev = g;
          reached++;
        }
      } else {
        setI32(prev, i32(g));
        const last = i32(unreachable + 8);
        setI32(last, g | 1);
        setI32(g + 8, (gcPrev & 3) | last);
        setI32(g, unreachable | 1);
        setI32(unreachable + 8, g);
      }
      g = i32(prev);
    }
    if (g === young) break;
  }
  setI32(REACHED, i32(REACHED) + reached);
  return prev;
}
function chainDict(g: number): void {
  const last = i32(DICTS_LAST);
  setI32(last === 0 ? DICTS : last + 12, g);
  setI32(DICTS_LAST, g);
}
/** Untracks the dicts that move_unreachable has found and that need not be tracked; how many they were. */
export function untrackDicts(): number {
  let n = 0;
  for (let g = i32(DICTS); g !== 0; ) {
    const next = i32(g + 12);
    setI32(g + 12, 0);
    _PyDict_MaybeUntrack(g + 16);
    if (i32(g) === 0) n++;
    g = next;
  }
  return n;
}

/**
 * Splits `base`: what is reachable from outside stays, the rest goes to `unreachable` (flags still set). How many it had.
 * `untrack`: what of that which stays is untracked on the way where it need not be tracked: nothing, tuples, or tuples
 * and, by untrackDicts afterwards, dicts. A list is in its last order as move_unreachable goes along it.
 */
export function deduce_unreachable(base: number, unreachable: number, untrack: number): number {
  for (const word of [CANDIDATES, REACHED, DICTS, DICTS_LAST]) setI32(word, 0);
  for (let g = i32(base); g !== base; ) g = updateChunk(g, base);
  if (__TRACE__) hooks.collecting('update_refs', -1, base, 0);
  for (let g = i32(base); g !== base; ) g = subtractChunk(g, base);
  if (__TRACE__) hooks.collecting('subtract_refs', -1, base, 0);
  gc_list_init(unreachable);
  setI32(unreachable, unreachable | 1);
  let prev = base;
  while (i32(prev) !== base) prev = moveChunk(prev, base, unreachable, untrack);
  setI32(base + 8, prev);
  setI32(unreachable, i32(unreachable) & -2);
  if (__TRACE__) hooks.collecting('move_unreachable', -1, unreachable, base);
  return i32(CANDIDATES);
}
/** How many objects deduce_unreachable has left in its list. */
export function reachableCount(): number {
  return i32(REACHED);
}
