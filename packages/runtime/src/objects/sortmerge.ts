/**
 * The adaptive merge sort of lists: natural runs, binary insertion for short ones, powersort's merge order, galloping.
 * Mirrors count_run, binarysort, gallop_left, gallop_right, merge_lo, merge_hi and found_new_run of Objects/listobject.c.
 * Works on arrays of addresses; after an exception the arrays still hold every address once.
 */
import { PyMem_Free, PyMem_Malloc } from '../memory/obmalloc.ts';
import { PyErr_NoMemory } from './errors.ts';

export type LessThan = (v: number, w: number) => boolean;
export interface MergeState {
  readonly keys: Int32Array;
  /** The items that move with the keys; null: the keys are the items. */
  readonly values: Int32Array | null;
  tmpKeys: Int32Array;
  tmpValues: Int32Array;
  readonly lt: LessThan;
  minGallop: number;
  /** What CPython has as temporary memory: beyond 256 slots a block of its own, kept for the account of memory. */
  temp: number;
  tempSize: number;
}
interface Run {
  base: number;
  len: number;
  power: number;
}
export const MERGESTATE_TEMP_SIZE = 256;
const MAX_MINRUN = 64;
const MIN_GALLOP = 7;

export function mergeSort(ms: MergeState): void {
  const n = ms.keys.length;
  const pending: Run[] = [];
  const minrun = merge_compute_minrun(n);
  let lo = 0;
  while (lo < n) {
    let len = count_run(ms, lo, n - lo);
    if (len < minrun) {
      const force = Math.min(minrun, n - lo);
      binarysort(ms, lo, force, len);
      len = force;
    }
    found_new_run(ms, pending, len);
    pending.push({ base: lo, len, power: 0 });
    lo += len;
  }
  while (pending.length > 1) {
    let i = pending.length - 2;
    if (i > 0 && (pending[i - 1] as Run).len < (pending[i + 1] as Run).len) i--;
    merge_at(ms, pending, i);
  }
}
function merge_compute_minrun(size: number): number {
  let n = size;
  let r = 0;
  while (n >= MAX_MINRUN) {
    r |= n & 1;
    n >>= 1;
  }
  return n + r;
}
function reverseSlice(ms: MergeState, from: number, n: number): void {
  ms.keys.subarray(from, from + n).reverse();
  if (ms.values !== null) ms.values.subarray(from, from + n).reverse();
}
/** Length of the run at `lo`, made ascending; equal stretches inside a descending run keep their order. */
function count_run(ms: MergeState, lo: number, remaining: number): number {
  const a = ms.keys;
  const { lt } = ms;
  const at = (i: number): number => a[lo + i] as number;
  let n = 1;
  while (n < remaining && !lt(at(n), at(n - 1))) n++;
  if (n === remaining) return n;
  if (n > 1) {
    if (lt(at(0), at(n - 1))) return n;
    reverseSlice(ms, lo, n);
  }
  n++;
  let equal = 0;
  const reverseEqual = (): void => {
    if (equal > 0) {
      equal++;
      reverseSlice(ms, lo + n - equal, equal);
      equal = 0;
    }
  };
  for (; n < remaining; n++) {
    if (lt(at(n), at(n - 1))) reverseEqual();
    else if (lt(at(n - 1), at(n))) break;
    else equal++;
  }
  reverseEqual();
  reverseSlice(ms, lo, n);
  while (n < remaining && !lt(at(n), at(n - 1))) n++;
  return n;
}
/** Sorts n items from `lo` on, of which the first `sorted` are sorted. */
function binarysort(ms: MergeState, lo: number, n: number, sorted: number): void {
  const a = ms.keys;
  const v = ms.values;
  const { lt } = ms;
  for (let ok = sorted === 0 ? 1 : sorted; ok < n; ok++) {
    let left = 0;
    let right = ok;
    const pivot = a[lo + ok] as number;
    do {
      const mid = (left + right) >> 1;
      if (lt(pivot, a[lo + mid] as number)) right = mid;
      else left = mid + 1;
    } while (left < right);
    a.copyWithin(lo + left + 1, lo + left, lo + ok);
    a[lo + left] = pivot;
    if (v !== null) {
      const pv = v[lo + ok] as number;
      v.copyWithin(lo + left + 1, lo + left, lo + ok);
      v[lo + left] = pv;
    }
  }
}

/** The depth in a balanced merge tree of the border between two neighbouring runs. */
function powerloop(s1: number, n1: number, n2: number, n: number): number {
  let result = 0;
  let a = 2 * s1 + n1;
  let b = a + n1 + n2;
  for (;;) {
    result++;
    if (a >= n) {
      a -= n;
      b -= n;
    } else if (b >= n) return result;
    a *= 2;
    b *= 2;
  }
}
function found_new_run(ms: MergeState, pending: Run[], n2: number): void {
  if (pending.length === 0) return;
  const top = pending[pending.length - 1] as Run;
  const power = powerloop(top.base, top.len, n2, ms.keys.length);
  while (pending.length > 1 && (pending[pending.length - 2] as Run).power > power)
    merge_at(ms, pending, pending.length - 2);
  (pending[pending.length - 1] as Run).power = power;
}
function merge_at(ms: MergeState, pending: Run[], i: number): void {
  const a = pending[i] as Run;
  const b = pending[i + 1] as Run;
  let na = a.len;
  let ssa = a.base;
  const ssb = b.base;
  let nb = b.len;
  a.len = na + nb;
  pending.splice(i + 1, 1);
  const k = gallop_right(ms.lt, ms.keys[ssb] as number, ms.keys, ssa, na, 0);
  ssa += k;
  na -= k;
  if (na === 0) return;
  nb = gallop_left(ms.lt, ms.keys[ssa + na - 1] as number, ms.keys, ssb, nb, nb - 1);
  if (nb <= 0) return;
  if (na <= nb) merge_lo(ms, ssa, na, ssb, nb);
  else merge_hi(ms, ssa, na, ssb, nb);
}

/** Where `key` belongs in a[base..base+n), before equal ones; starts searching at `hint`. */
function gallop_left(lt: LessThan, key: number, a: Int32Array, base: number, n: number, hint: number): number {
  let last = 0;
  let ofs = 1;
  const h = base + hint;
  if (lt(a[h] as number, key)) {
    const max = n - hint;
    while (ofs < max && lt(a[h + ofs] as number, key)) {
      last = ofs;
      ofs = ofs * 2 + 1;
    }
    if (ofs > max) ofs = max;
    last += hint;
    ofs += hint;
  } else {
    const max = hint + 1;
    while (ofs < max && !lt(a[h - ofs] as number, key)) {
      last = ofs;
      ofs = ofs * 2 + 1;
    }
    if (ofs > max) ofs = max;
    const k = last;
    last = hint - ofs;
    ofs = hint - k;
  }
  last++;
  while (last < ofs) {
    const m = last + ((ofs - last) >> 1);
    if (lt(a[base + m] as number, key)) last = m + 1;
    else ofs = m;
  }
  return ofs;
}
/** As gallop_left, but behind equal ones. */
function gallop_right(lt: LessThan, key: number, a: Int32Array, base: number, n: number, hint: number): number {
  let last = 0;
  let ofs = 1;
  const h = base + hint;
  if (lt(key, a[h] as number)) {
    const max = hint + 1;
    while (ofs < max && lt(key, a[h - ofs] as number)) {
      last = ofs;
      ofs = ofs * 2 + 1;
    }
    if (ofs > max) ofs = max;
    const k = last;
    last = hint - ofs;
    ofs = hint - k;
  } else {
    const max = n - hint;
    while (ofs < max && !lt(key, a[h + ofs] as number)) {
      last = ofs;
      ofs = ofs * 2 + 1;
    }
    if (ofs > max) ofs = max;
    last += hint;
    ofs += hint;
  }
  last++;
  while (last < ofs) {
    const m = last + ((ofs - last) >> 1);
    if (lt(key, a[base + m] as number)) ofs = m;
    else last = m + 1;
  }
  return ofs;
}

/** Temporary memory for `need` items: accounted for as CPython does, used as arrays of ours (merge_getmem). */
function merge_getmem(ms: MergeState, need: number): void {
  if (need > ms.tempSize) {
    if (ms.temp !== 0) PyMem_Free(ms.temp);
    ms.temp = 0;
    const p = PyMem_Malloc((need << 3) * (ms.values === null ? 1 : 2));
    if (p === 0) PyErr_NoMemory();
    ms.temp = p;
    ms.tempSize = need;
  }
}
function take(ms: MergeState, from: number, n: number): void {
  merge_getmem(ms, n);
  ms.tmpKeys = ms.keys.slice(from, from + n);
  if (ms.values !== null) ms.tmpValues = ms.values.slice(from, from + n);
}
/** Copies n slots of the temporary arrays into place. */
function putTemp(ms: MergeState, dest: number, from: number, n: number): void {
  if (n <= 0) return;
  ms.keys.set(ms.tmpKeys.subarray(from, from + n), dest);
  if (ms.values !== null) ms.values.set(ms.tmpValues.subarray(from, from + n), dest);
}
function move(ms: MergeState, dest: number, from: number, n: number): void {
  ms.keys.copyWithin(dest, from, from + n);
  if (ms.values !== null) ms.values.copyWithin(dest, from, from + n);
}
function put1(ms: MergeState, dest: number, from: number): void {
  ms.keys[dest] = ms.tmpKeys[from] as number;
  if (ms.values !== null) ms.values[dest] = ms.tmpValues[from] as number;
}
function move1(ms: MergeState, dest: number, from: number): void {
  ms.keys[dest] = ms.keys[from] as number;
  if (ms.values !== null) ms.values[dest] = ms.values[from] as number;
}

/** Merges a[0..na) and b[0..nb), a first, na <= nb, from the left; run a waits in the temporary arrays. */
function merge_lo(ms: MergeState, startA: number, lenA: number, startB: number, lenB: number): void {
  let na = lenA;
  let nb = lenB;
  take(ms, startA, na);
  const { lt, keys, tmpKeys } = ms;
  let dest = startA;
  let ssa = 0;
  let ssb = startB;
  let copyB = false;
  try {
    move1(ms, dest++, ssb++);
    nb--;
    if (nb === 0) return;
    copyB = na === 1;
    let minGallop = ms.minGallop;
    outer: while (!copyB) {
      let acount = 0;
      let bcount = 0;
      for (;;) {
        if (lt(keys[ssb] as number, tmpKeys[ssa] as number)) {
          move1(ms, dest++, ssb++);
          bcount++;
          acount = 0;
          nb--;
          if (nb === 0) return;
          if (bcount >= minGallop) break;
        } else {
          put1(ms, dest++, ssa++);
          acount++;
          bcount = 0;
          na--;
          if (na === 1) {
            copyB = true;
            break outer;
          }
          if (acount >= minGallop) break;
        }
      }
      minGallop++;
      do {
        if (minGallop > 1) minGallop--;
        ms.minGallop = minGallop;
        acount = gallop_right(lt, keys[ssb] as number, tmpKeys, ssa, na, 0);
        if (acount > 0) {
          putTemp(ms, dest, ssa, acount);
          dest += acount;
          ssa += acount;
          na -= acount;
          if (na === 1) {
            copyB = true;
            break outer;
          }
          if (na === 0) return;
        }
        move1(ms, dest++, ssb++);
        nb--;
        if (nb === 0) return;
        bcount = gallop_left(lt, tmpKeys[ssa] as number, keys, ssb, nb, 0);
        if (bcount > 0) {
          move(ms, dest, ssb, bcount);
          dest += bcount;
          ssb += bcount;
          nb -= bcount;
          if (nb === 0) return;
        }
        put1(ms, dest++, ssa++);
        na--;
        if (na === 1) {
          copyB = true;
          break outer;
        }
      } while (acount >= MIN_GALLOP || bcount >= MIN_GALLOP);
      minGallop++;
      ms.minGallop = minGallop;
    }
    move(ms, dest, ssb, nb);
    dest += nb;
  } finally {
    putTemp(ms, dest, ssa, na);
  }
}

/** As merge_lo, from the right, for na >= nb; run b waits in the temporary arrays. */
function merge_hi(ms: MergeState, startA: number, lenA: number, startB: number, lenB: number): void {
  let na = lenA;
  let nb = lenB;
  take(ms, startB, nb);
  const { lt, keys, tmpKeys } = ms;
  let dest = startB + nb - 1;
  let ssb = nb - 1;
  let ssa = startA + na - 1;
  let copyA = false;
  try {
    move1(ms, dest--, ssa--);
    na--;
    if (na === 0) return;
    copyA = nb === 1;
    let minGallop = ms.minGallop;
    outer: while (!copyA) {
      let acount = 0;
      let bcount = 0;
      for (;;) {
        if (lt(tmpKeys[ssb] as number, keys[ssa] as number)) {
          move1(ms, dest--, ssa--);
          acount++;
          bcount = 0;
          na--;
          if (na === 0) return;
          if (acount >= minGallop) break;
        } else {
          put1(ms, dest--, ssb--);
          bcount++;
          acount = 0;
          nb--;
          if (nb === 1) {
            copyA = true;
            break outer;
          }
          if (bcount >= minGallop) break;
        }
      }
      minGallop++;
      do {
        if (minGallop > 1) minGallop--;
        ms.minGallop = minGallop;
        acount = na - gallop_right(lt, tmpKeys[ssb] as number, keys, startA, na, na - 1);
        if (acount > 0) {
          dest -= acount;
          ssa -= acount;
          move(ms, dest + 1, ssa + 1, acount);
          na -= acount;
          if (na === 0) return;
        }
        put1(ms, dest--, ssb--);
        nb--;
        if (nb === 1) {
          copyA = true;
          break outer;
        }
        bcount = nb - gallop_left(lt, keys[ssa] as number, tmpKeys, 0, nb, nb - 1);
        if (bcount > 0) {
          dest -= bcount;
          ssb -= bcount;
          putTemp(ms, dest + 1, ssb + 1, bcount);
          nb -= bcount;
          if (nb === 1) {
            copyA = true;
            break outer;
          }
          if (nb === 0) return;
        }
        move1(ms, dest--, ssa--);
        na--;
        if (na === 0) return;
      } while (acount >= MIN_GALLOP || bcount >= MIN_GALLOP);
      minGallop++;
      ms.minGallop = minGallop;
    }
    move(ms, dest + 1 - na, ssa + 1 - na, na);
    dest -= na;
  } finally {
    putTemp(ms, dest - nb + 1, 0, nb);
  }
}
