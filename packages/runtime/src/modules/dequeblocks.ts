/** The chain of blocks that a deque is: 64 items each, linked to both sides. Mirrors the first half of its part of Modules/_collectionsmodule.c. */
import { BLOCK, dequeobject as D } from '@moult/abi';
import { bytes, i32, setI32, setPtr, ssize } from '../memory/linear.ts';
import { PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import { PyErr_NoMemory } from '../objects/errors.ts';
import { drop, hold, holdArray, nativeMark, Py_DECREF, type Ref, shrinkArray } from '../objects/object.ts';

export const BLOCKLEN = BLOCK.data_COUNT;
const CENTER = (BLOCKLEN - 1) >> 1;
const MAXFREEBLOCKS = D.freeblocks_COUNT;

export const length = (d: Ref): number => i32(d + D.ob_size);
export const maxlenOf = (d: Ref): number => ssize(d + D.maxlen);
export function changed(d: Ref): void {
  setPtr(d + D.state, (i32(d + D.state) + 1) & 0x7fffffff);
}
/** Slot `index` of a block. */
export const slotIn = (block: number, index: number): number => block + BLOCK.data + (index << 3);

export function newblock(d: Ref): number {
  const n = i32(d + D.numfreeblocks);
  if (n > 0) {
    setPtr(d + D.numfreeblocks, n - 1);
    return i32(d + D.freeblocks + ((n - 1) << 3));
  }
  const b = PyMem_Malloc(BLOCK.SIZE);
  if (b === 0) PyErr_NoMemory();
  return b;
}
export function freeblock(d: Ref, b: number): void {
  const n = i32(d + D.numfreeblocks);
  if (n < MAXFREEBLOCKS) {
    setPtr(d + D.freeblocks + (n << 3), b);
    setPtr(d + D.numfreeblocks, n + 1);
  } else PyMem_Free(b);
}
/** One empty block, filled from its middle on. */
export function setEmpty(d: Ref, b: number): void {
  setPtr(b + BLOCK.leftlink, 0);
  setPtr(b + BLOCK.rightlink, 0);
  setPtr(d + D.ob_size, 0);
  setPtr(d + D.leftblock, b);
  setPtr(d + D.rightblock, b);
  setPtr(d + D.leftindex, CENTER + 1);
  setPtr(d + D.rightindex, CENTER);
}
function linkRight(d: Ref, b: number): void {
  const old = i32(d + D.rightblock);
  setPtr(b + BLOCK.leftlink, old);
  setPtr(b + BLOCK.rightlink, 0);
  setPtr(old + BLOCK.rightlink, b);
  setPtr(d + D.rightblock, b);
}
function linkLeft(d: Ref, b: number): void {
  const old = i32(d + D.leftblock);
  setPtr(b + BLOCK.rightlink, old);
  setPtr(b + BLOCK.leftlink, 0);
  setPtr(old + BLOCK.leftlink, b);
  setPtr(d + D.leftblock, b);
}
/** The slot of item i, reached from the nearer end. */
export function slotOf(d: Ref, i: number): number {
  const n = length(d);
  const at = i + i32(d + D.leftindex);
  let hops = Math.floor(at / BLOCKLEN);
  let b: number;
  if (i < n >> 1) for (b = i32(d + D.leftblock); hops > 0; hops--) b = i32(b + BLOCK.rightlink);
  else {
    hops = Math.floor((i32(d + D.leftindex) + n - 1) / BLOCKLEN) - hops;
    for (b = i32(d + D.rightblock); hops > 0; hops--) b = i32(b + BLOCK.leftlink);
  }
  return slotIn(b, at % BLOCKLEN);
}
export const itemAt = (d: Ref, i: number): Ref => i32(slotOf(d, i));
/** Calls f with the slot of each item in turn. */
export function eachSlot(d: Ref, f: (slot: number) => void): void {
  let b = i32(d + D.leftblock);
  let index = i32(d + D.leftindex);
  for (let n = length(d); n > 0; n--) {
    if (index === BLOCKLEN) {
      b = i32(b + BLOCK.rightlink);
      index = 0;
    }
    f(slotIn(b, index++));
  }
}
/** Appends `op`, whose reference is stolen; drops from the other end beyond maxlen. */
export function pushRight(d: Ref, op: Ref): void {
  let index = i32(d + D.rightindex);
  if (index === BLOCKLEN - 1) {
    const m = hold(op);
    const b = newblock(d);
    drop(m);
    linkRight(d, b);
    index = -1;
  }
  setPtr(d + D.rightindex, index + 1);
  setPtr(d + D.ob_size, length(d) + 1);
  setPtr(slotIn(i32(d + D.rightblock), index + 1), op);
  const max = maxlenOf(d);
  if (max >= 0 && length(d) > max) Py_DECREF(takeLeft(d));
  else changed(d);
}
export function pushLeft(d: Ref, op: Ref): void {
  let index = i32(d + D.leftindex);
  if (index === 0) {
    const m = hold(op);
    const b = newblock(d);
    drop(m);
    linkLeft(d, b);
    index = BLOCKLEN;
  }
  setPtr(d + D.leftindex, index - 1);
  setPtr(d + D.ob_size, length(d) + 1);
  setPtr(slotIn(i32(d + D.leftblock), index - 1), op);
  const max = maxlenOf(d);
  if (max >= 0 && length(d) > max) Py_DECREF(takeRight(d));
  else changed(d);
}
export function takeRight(d: Ref): Ref {
  const b = i32(d + D.rightblock);
  const index = i32(d + D.rightindex);
  const op = i32(slotIn(b, index));
  const n = length(d) - 1;
  setPtr(d + D.ob_size, n);
  changed(d);
  if (index > 0) setPtr(d + D.rightindex, index - 1);
  else if (n === 0) recenter(d);
  else {
    setPtr(d + D.rightblock, i32(b + BLOCK.leftlink));
    setPtr(i32(b + BLOCK.leftlink) + BLOCK.rightlink, 0);
    setPtr(d + D.rightindex, BLOCKLEN - 1);
    freeblock(d, b);
  }
  return op;
}
export function takeLeft(d: Ref): Ref {
  const b = i32(d + D.leftblock);
  const index = i32(d + D.leftindex);
  const op = i32(slotIn(b, index));
  const n = length(d) - 1;
  setPtr(d + D.ob_size, n);
  changed(d);
  if (index < BLOCKLEN - 1) setPtr(d + D.leftindex, index + 1);
  else if (n === 0) recenter(d);
  else {
    setPtr(d + D.leftblock, i32(b + BLOCK.rightlink));
    setPtr(i32(b + BLOCK.rightlink) + BLOCK.leftlink, 0);
    setPtr(d + D.leftindex, 0);
    freeblock(d, b);
  }
  return op;
}
function recenter(d: Ref): void {
  setPtr(d + D.leftindex, CENTER + 1);
  setPtr(d + D.rightindex, CENTER);
}
/** Empty at once; then the items go, first first, which may fill it again. The chain is owned here meanwhile. */
export function clearItems(d: Ref): void {
  const n = length(d);
  if (n === 0) return;
  const parts: { block: number; index: number; count: number }[] = [];
  let block = i32(d + D.leftblock);
  for (let left = n, index = i32(d + D.leftindex); left > 0; index = 0) {
    const count = Math.min(left, BLOCKLEN - index);
    parts.push({ block, index, count });
    left -= count;
    block = i32(block + BLOCK.rightlink);
  }
  setEmpty(d, newblock(d));
  changed(d);
  const mark = nativeMark();
  // last part first, so that the first is on top
  for (let k = parts.length - 1; k >= 0; k--) {
    const { block: b, index, count } = parts[k] as (typeof parts)[number];
    holdArray(slotIn(b, index), count);
  }
  for (const { block: b, index, count } of parts) {
    const m = nativeMark() - 16;
    for (let k = 0; k < count; k++) {
      const op = i32(slotIn(b, index + k));
      setI32(m, slotIn(b, index + k + 1) | 3);
      shrinkArray(m, count - k - 1);
      Py_DECREF(op);
    }
    drop(m);
    freeblock(d, b);
  }
  drop(mark);
}
/** Moves runs of items from one end to the other, as CPython does: which blocks come and go can be seen. */
export function rotate(d: Ref, by: number): void {
  const len = length(d);
  const half = len >> 1;
  if (len <= 1) return;
  let n = by;
  if (n > half || n < -half) {
    n %= len;
    if (n > half) n -= len;
    else if (n < -half) n += len;
  }
  changed(d);
  let spare = 0;
  while (n > 0) {
    if (i32(d + D.leftindex) === 0) {
      linkLeft(d, spare === 0 ? newblock(d) : spare);
      spare = 0;
      setPtr(d + D.leftindex, BLOCKLEN);
    }
    const right = i32(d + D.rightindex);
    const left = i32(d + D.leftindex);
    const m = Math.min(n, right + 1, left);
    const from = slotIn(i32(d + D.rightblock), right + 1 - m);
    bytes.copyWithin(slotIn(i32(d + D.leftblock), left - m), from, from + (m << 3));
    setPtr(d + D.leftindex, left - m);
    setPtr(d + D.rightindex, right - m);
    n -= m;
    if (right - m < 0) {
      spare = i32(d + D.rightblock);
      setPtr(d + D.rightblock, i32(spare + BLOCK.leftlink));
      setPtr(i32(spare + BLOCK.leftlink) + BLOCK.rightlink, 0);
      setPtr(d + D.rightindex, BLOCKLEN - 1);
    }
  }
  while (n < 0) {
    if (i32(d + D.rightindex) === BLOCKLEN - 1) {
      linkRight(d, spare === 0 ? newblock(d) : spare);
      spare = 0;
      setPtr(d + D.rightindex, 0);
      setI32(d + D.rightindex, -1);
    }
    const right = i32(d + D.rightindex);
    const left = i32(d + D.leftindex);
    const m = Math.min(-n, BLOCKLEN - left, BLOCKLEN - 1 - right);
    const from = slotIn(i32(d + D.leftblock), left);
    bytes.copyWithin(slotIn(i32(d + D.rightblock), right + 1), from, from + (m << 3));
    setPtr(d + D.leftindex, left + m);
    setPtr(d + D.rightindex, right + m);
    n += m;
    if (left + m === BLOCKLEN) {
      spare = i32(d + D.leftblock);
      setPtr(d + D.leftblock, i32(spare + BLOCK.rightlink));
      setPtr(i32(spare + BLOCK.rightlink) + BLOCK.leftlink, 0);
      setPtr(d + D.leftindex, 0);
    }
  }
  if (spare !== 0) freeblock(d, spare);
}
