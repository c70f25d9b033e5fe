// Double-double arithmetic: a value is the unevaluated sum h + l of two doubles, |l| at most half an ulp of h.
// Each function returns the high part and leaves the low one in L[0], to be read before the next call: no allocation.
// Products are Dekker's (JavaScript has no fused multiply-add): operands stay below 2**990.

/** [0] the low part of the last result; [1] a power of two where a function gives one (expCore). */
export const L = new Float64Array(2);

const SPLIT = 134217729; // 2**27 + 1

export function twoSum(a: number, b: number): number {
  const s = a + b;
  const t = s - a;
  L[0] = a - (s - t) + (b - t);
  return s;
}

/** For |a| >= |b| or a = 0. */
export function fastTwoSum(a: number, b: number): number {
  const s = a + b;
  L[0] = b - (s - a);
  return s;
}

export function twoProd(a: number, b: number): number {
  const p = a * b;
  let t = SPLIT * a;
  const ah = t - (t - a);
  const al = a - ah;
  t = SPLIT * b;
  const bh = t - (t - b);
  const bl = b - bh;
  L[0] = ah * bh - p + ah * bl + al * bh + al * bl;
  return p;
}

export function ddAdd(ah: number, al: number, bh: number, bl: number): number {
  let s = ah + bh;
  let t = s - ah;
  let e = ah - (s - t) + (bh - t);
  const u = al + bl;
  t = u - al;
  const f = al - (u - t) + (bl - t);
  e += u;
  t = s + e;
  e = e - (t - s) + f;
  s = t + e;
  L[0] = e - (s - t);
  return s;
}

export function ddAddD(ah: number, al: number, b: number): number {
  const s = ah + b;
  const t = s - ah;
  const e = ah - (s - t) + (b - t) + al;
  const h = s + e;
  L[0] = e - (h - s);
  return h;
}

export function ddMul(ah: number, al: number, bh: number, bl: number): number {
  const p = twoProd(ah, bh);
  const e = L[0]! + (ah * bl + al * bh);
  const h = p + e;
  L[0] = e - (h - p);
  return h;
}

export function ddMulD(ah: number, al: number, b: number): number {
  const p = twoProd(ah, b);
  const e = L[0]! + al * b;
  const h = p + e;
  L[0] = e - (h - p);
  return h;
}

export function ddDiv(ah: number, al: number, bh: number, bl: number): number {
  const q = ah / bh;
  const p = twoProd(q, bh);
  const r = ah - p - L[0]! + al - q * bl;
  const e = r / bh;
  const h = q + e;
  // one more step for a full pair
  const p2 = twoProd(h, bh);
  const pl = L[0]!;
  const r2 = ah - p2 - pl + al - h * bl;
  const e2 = r2 / bh;
  const s = h + e2;
  L[0] = e2 - (s - h);
  return s;
}

export function ddSqrt(ah: number, al: number): number {
  if (ah === 0) {
    L[0] = 0;
    return 0;
  }
  const s = Math.sqrt(ah);
  const p = twoProd(s, s);
  const e = (ah - p - L[0]! + al) / (2 * s);
  const h = s + e;
  L[0] = e - (h - s);
  return h;
}

/**
 * h + l rounded to a double when a relative error of `err` cannot change the result, else NaN: Ziv's test. The result
 * must be a normal number.
 */
export function roundPair(h: number, l: number, err: number): number {
  const e = err * h;
  const a = h + (l + e);
  return a === h + (l - e) ? a : Number.NaN;
}
