/**
 * Deallocation that nests deeply. CPython recurses, and its container types stop 50 levels before the C recursion limit:
 * beyond that an object waits in the thread's delete_later chain (Py_TRASHCAN_BEGIN and _END of Include/cpython/object.h).
 * Up to 3.12 they stopped after 50 levels, and the chain waited for the outermost.
 * The order in which finalizers run follows from both. Here only the first levels recurse on the host's stack; from
 * then on the native stack holds the objects that are being deallocated, three slots each: the object, a header, its state.
 *
 * A tp_dealloc that knows this (`clearOrWait`, `waiting`) returns when the object that it has just released must go
 * first, and is called again later: it must find done what it has done. Any other goes on to its end, and what it has
 * released goes after it.
 */
import { PyBaseExceptionObject, PyGC_Head, PyThreadState, PyTypeObject, Py_TPFLAGS_HAVE_GC } from '@moult/abi';
import {
  CURRENT_TSTATE,
  i32,
  NATIVE_SP,
  POLICY,
  setI32,
  setPtr,
  TRASH_BASE,
  TRASH_CONTEXTS,
  TRASH_NESTING,
  TRASH_POSTPONED,
  TRASH_SUSPENDED,
} from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { dict_dealloc } from './dictobject.ts';
import { BaseException_dealloc } from './exceptions.ts';
import { frame_dealloc } from './frameobject.ts';
import { list_dealloc } from './listobject.ts';
import { meth_dealloc } from './methodobject.ts';
import { wrapper_dealloc } from './methodwrapper.ts';
import { Py_DECREF, type Ref } from './object.ts';
import { set_dealloc } from './setobject.ts';
import { tb_dealloc } from './tracebackobject.ts';
import { tuple_dealloc } from './tupleobject.ts';
import { subtype_dealloc } from './typesubtype.ts';

/** Deallocations that recurse on the host's stack. */
export const HOSTED_LEVELS = 50;
/** Finalizers that may begin to count these levels anew. */
const CONTEXTS = 200;
const Py_TRASHCAN_HEADROOM = 50;

const ENTRY = 24;
/** The header of one slot that is no reference. */
const ONE_RAW_SLOT = (1 << 3) | 2;
/** States of an entry: how many levels of C recursion it has taken, or one of these. */
const NEW = -1;
const CHAIN = -2;

// ---- for a tp_dealloc ---------------------------------------------------------------------------------------------------

/** Has something been released that must be deallocated before this deallocation goes on? Then return: it is called again. */
export function waiting(): boolean {
  if (i32(TRASH_POSTPONED) === 0) return false;
  setI32(TRASH_SUSPENDED, 1);
  return true;
}
/** Py_CLEAR of a slot of an object that is being deallocated. True: return, the deallocation is called again. */
export function clearOrWait(slot: number): boolean {
  const op = i32(slot);
  if (op === 0) return false;
  setI32(slot, 0);
  Py_DECREF(op);
  return i32(TRASH_POSTPONED) !== 0 && waiting();
}
/** Calls the tp_dealloc of the base from the one of a class; true: that returned in the middle. */
export function deallocBase(base: Ref, self: Ref): boolean {
  const dealloc = text[i32(base + PyTypeObject.tp_dealloc)] as NativeFunction;
  if (!isGuarded(base)) {
    dealloc(self);
    return i32(TRASH_SUSPENDED) !== 0;
  }
  const mark = i32(NATIVE_SP);
  setPtr(mark, 5);
  setI32(NATIVE_SP, mark + 8);
  dealloc(self);
  setI32(NATIVE_SP, mark);
  if (i32(TRASH_SUSPENDED) === 0) return false;
  setI32(TRASH_SUSPENDED, 2);
  return true;
}

/** Does the type's tp_dealloc have the guard in CPython? */
function isGuarded(type: Ref): boolean {
  const dealloc = text[i32(type + PyTypeObject.tp_dealloc)];
  switch (dealloc) {
    case list_dealloc:
    case tuple_dealloc:
    case dict_dealloc:
    case set_dealloc:
    case subtype_dealloc:
    case frame_dealloc:
    case tb_dealloc:
    case meth_dealloc:
    case wrapper_dealloc:
      return true;
    // exceptions with fields of their own have another tp_dealloc in C, without the guard
    case BaseException_dealloc:
      return i32(type + PyTypeObject.tp_basicsize) === PyBaseExceptionObject.SIZE;
    default:
      return false;
  }
}

// ---- the levels beyond the host's stack ---------------------------------------------------------------------------------

function remainingSlot(): number {
  return i32(CURRENT_TSTATE) + PyThreadState.c_recursion_remaining;
}
function levelsOf(op: Ref): number {
  return isGuarded(i32(op + 8)) ? 1 : 0;
}
function isCollectable(op: Ref): boolean {
  return (i32(i32(op + 8) + PyTypeObject.tp_flags) & Py_TPFLAGS_HAVE_GC) !== 0;
}
/** Levels of C recursion that the deallocations on the host's stack have taken in CPython, since the last that were counted. */
function countHosted(): number {
  let n = 0;
  const top = i32(NATIVE_SP);
  for (let slot = i32(TRASH_BASE); slot < top; slot += 8) {
    const word = i32(slot);
    const tag = word & 7;
    if (tag === 1) n += levelsOf(word - 1);
    else if (tag === 5) n++;
    else if (tag === 2) slot += word & -8;
    else if (tag === 3) slot += 8;
  }
  return n;
}
/** Links `op` (count 0) into a chain through _gc_prev of its untracked GC head. */
function link(op: Ref, chain: number): void {
  const g = op - PyGC_Head.SIZE;
  const next = i32(g);
  if (next !== 0) {
    const prev = i32(g + 8) & -4;
    setPtr(prev, next);
    setI32(next + 8, prev | (i32(next + 8) & 3));
    setI32(g, 0);
  }
  setI32(g + 8, (i32(g + 8) & 3) | i32(chain));
  setPtr(chain, g);
}
/** Takes the newest of a chain out. */
function unlink(chain: number): Ref {
  const g = i32(chain);
  setPtr(chain, i32(g + 8) & -4);
  setI32(g + 8, i32(g + 8) & 3);
  return g + PyGC_Head.SIZE;
}
function push(word: number, state: number): void {
  const sp = i32(NATIVE_SP);
  setPtr(sp, word);
  setPtr(sp + 8, ONE_RAW_SLOT);
  setI32(sp + 16, state);
  setI32(sp + 20, 0);
  setI32(NATIVE_SP, sp + ENTRY);
}

/** _Py_Dealloc beyond the levels that recurse. */
export function deallocDeep(op: Ref): void {
  if (i32(TRASH_NESTING) >= HOSTED_LEVELS) {
    link(op, i32(POLICY) < 313 && levelsOf(op) > 0 ? laterSlot() : TRASH_POSTPONED);
    return;
  }
  const remaining = remainingSlot();
  const hosted = countHosted();
  const outer = i32(TRASH_BASE);
  setI32(remaining, i32(remaining) - hosted);
  setI32(TRASH_NESTING, HOSTED_LEVELS);
  const base = i32(NATIVE_SP);
  push(op | 1, NEW);
  while (i32(NATIVE_SP) > base) step(remaining);
  setPtr(TRASH_BASE, outer);
  setI32(TRASH_NESTING, HOSTED_LEVELS - 1);
  setI32(remaining, i32(remaining) + hosted);
}
/** One step of the topmost entry. */
function step(remaining: number): void {
  const top = i32(NATIVE_SP) - ENTRY;
  const word = i32(top);
  const state = i32(top + 16);
  if (word !== 0) deallocEntry(top, word - 1, state, remaining);
  else if (state === CHAIN) chainEntry(top, remaining);
  else if (state === 0) setI32(NATIVE_SP, top);
  else {
    // Py_TRASHCAN_END
    setI32(top + 16, state - 1);
    setI32(remaining, i32(remaining) + 1);
    if (i32(laterSlot()) !== 0 && i32(remaining) > 2 * Py_TRASHCAN_HEADROOM && i32(POLICY) >= 313) {
      setI32(remaining, i32(remaining) - 1);
      push(0, CHAIN);
    }
  }
}
function laterSlot(): number {
  return i32(CURRENT_TSTATE) + PyThreadState.delete_later;
}
/** _PyTrash_thread_destroy_chain. */
function chainEntry(top: number, remaining: number): void {
  if (i32(laterSlot()) !== 0) {
    push(unlink(laterSlot()) | 1, NEW);
    return;
  }
  setI32(NATIVE_SP, top);
  setI32(remaining, i32(remaining) + 1);
}
function deallocEntry(top: number, op: Ref, state: number, remaining: number): void {
  const type = i32(op + 8);
  if (state === NEW) {
    const guarded = isGuarded(type);
    if (guarded && i32(remaining) <= Py_TRASHCAN_HEADROOM) {
      setI32(NATIVE_SP, top);
      link(op, laterSlot());
      return;
    }
    if (guarded) setI32(remaining, i32(remaining) - 1);
    state = guarded ? 1 : 0;
    setI32(top + 16, state);
  }
  setPtr(TRASH_BASE, top + ENTRY);
  setI32(TRASH_SUSPENDED, 0);
  (text[i32(type + PyTypeObject.tp_dealloc)] as NativeFunction)(op);
  const suspended = i32(TRASH_SUSPENDED);
  setI32(TRASH_SUSPENDED, 0);
  if (suspended === 0) setPtr(top, 0);
  else if (suspended === 2 && state === 1) {
    setI32(remaining, i32(remaining) - 1);
    setI32(top + 16, 2);
  }
  while (i32(TRASH_POSTPONED) !== 0) push(unlink(TRASH_POSTPONED) | 1, NEW);
}

// ---- Python code that a deallocation runs -------------------------------------------------------------------------------

/**
 * Runs a finalizer or a callback from within a tp_dealloc: it sees the C recursion that CPython has taken by then, and
 * what it deallocates itself is deallocated at once.
 */
export function runFromDealloc(run: (a: Ref, b: Ref) => void, a: Ref, b: Ref, op: Ref): void {
  const nesting = i32(TRASH_NESTING);
  if (nesting === 0) {
    run(a, b);
    return;
  }
  const remaining = remainingSlot();
  const charged = nesting >= HOSTED_LEVELS ? 0 : nesting === 1 && isCollectable(op) ? levelsOf(op) : countHosted();
  const outer = i32(TRASH_BASE);
  const contexts = i32(TRASH_CONTEXTS);
  setI32(remaining, i32(remaining) - charged);
  const mark = i32(NATIVE_SP);
  while (i32(TRASH_POSTPONED) !== 0) {
    setPtr(i32(NATIVE_SP), unlink(TRASH_POSTPONED) | 1);
    setI32(NATIVE_SP, i32(NATIVE_SP) + 8);
  }
  const parked = i32(NATIVE_SP);
  setPtr(TRASH_BASE, parked);
  if (contexts < CONTEXTS) {
    setI32(TRASH_CONTEXTS, contexts + 1);
    setI32(TRASH_NESTING, 0);
  }
  run(a, b);
  for (let slot = parked - 8; slot >= mark; slot -= 8) link(i32(slot) - 1, TRASH_POSTPONED);
  setI32(NATIVE_SP, mark);
  setPtr(TRASH_BASE, outer);
  setI32(TRASH_CONTEXTS, contexts);
  setI32(TRASH_NESTING, nesting);
  setI32(remaining, i32(remaining) + charged);
}
/** delete_later at the end of the outermost deallocation. */
export function destroyChain(): void {
  const remaining = remainingSlot();
  if (i32(remaining) <= 2 * Py_TRASHCAN_HEADROOM) return;
  const later = laterSlot();
  setI32(remaining, i32(remaining) - 1);
  setI32(TRASH_NESTING, 1);
  while (i32(later) !== 0) {
    const op = unlink(later);
    // its count is 0: it goes as if the last reference had just been released
    setI32(op, 1);
    Py_DECREF(op);
  }
  setI32(TRASH_NESTING, 0);
  setI32(remaining, i32(remaining) + 1);
}
