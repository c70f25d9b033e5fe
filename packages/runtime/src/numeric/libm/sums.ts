// math.fsum (Shewchuk's partials), math.sumprod's float part, and the compensated sum() of 3.12 and later.

import { L, twoProd, twoSum } from './dd.ts';

/** Adds x to the partials: non-overlapping doubles of growing size whose exact sum is the sum so far. Finite x only. */
export function fsumAdd(partials: number[], x: number): void {
  let n = 0;
  for (let i = 0; i < partials.length; i++) {
    let y = partials[i]!;
    if (Math.abs(x) < Math.abs(y)) {
      const t = x;
      x = y;
      y = t;
    }
    const hi = x + y;
    const lo = y - (hi - x);
    if (lo !== 0) partials[n++] = lo;
    x = hi;
  }
  partials.length = n;
  if (x !== 0) partials.push(x);
}

/** The sum of the partials, rounded once. */
export function fsumResult(partials: readonly number[]): number {
  let n = partials.length;
  if (n === 0) return 0;
  let hi = partials[--n]!;
  let lo = 0;
  while (n > 0) {
    const x = hi;
    const y = partials[--n]!;
    hi = x + y;
    lo = y - (hi - x);
    if (lo !== 0) break;
  }
  // half way between two doubles: the next partial tells which
  if (n > 0 && ((lo < 0 && partials[n - 1]! < 0) || (lo > 0 && partials[n - 1]! > 0))) {
    const y = lo * 2;
    const x = hi + y;
    if (y === x - hi) hi = x;
  }
  return hi;
}

/** math.fsum: 'overflow' is OverflowError('intermediate overflow in fsum'), 'inf' ValueError('-inf + inf in fsum'). */
export function fsum(values: Iterable<number>): number | 'overflow' | 'inf' {
  const partials: number[] = [];
  let special = 0;
  let infinite = 0;
  for (const x of values) {
    if (Number.isFinite(x)) {
      fsumAdd(partials, x);
      const top = partials[partials.length - 1];
      if (top !== undefined && !Number.isFinite(top)) return 'overflow';
    } else {
      if (!Number.isNaN(x)) infinite += x;
      special += x;
    }
  }
  if (special !== 0) return Number.isNaN(infinite) ? 'inf' : special;
  return fsumResult(partials);
}

/** The triple-length total of sumprod: [hi, lo, tiny]. */
export function sumprodAdd(total: Float64Array, x: number, y: number): void {
  const p = twoProd(x, y);
  const pl = L[0]!;
  const hi = twoSum(total[0]!, p);
  const sl = L[0]!;
  const r1 = twoSum(total[1]!, pl);
  const r1l = L[0]!;
  const r2 = twoSum(r1, sl);
  total[0] = hi;
  total[1] = r2;
  total[2] = total[2]! + r1l + L[0]!;
}

export function sumprodResult(total: Float64Array): number {
  const last = twoSum(total[1]!, total[2]!);
  const lastLow = L[0]!;
  const hi = twoSum(total[0]!, last);
  return hi + (L[0]! + lastLow);
}

/** sum() of floats since 3.12: state is [sum, compensation]. */
export function compensatedAdd(state: Float64Array, x: number): void {
  const s = state[0]!;
  const t = s + x;
  if (Math.abs(s) >= Math.abs(x)) state[1] = state[1]! + (s - t + x);
  else state[1] = state[1]! + (x - t + s);
  state[0] = t;
}

export function compensatedResult(state: Float64Array): number {
  const c = state[1]!;
  return c !== 0 && Number.isFinite(c) ? state[0]! + c : state[0]!;
}
