// The exponential of a pair, and exp, exp2, expm1, sinh, cosh, tanh from it.
// exp(x) = 2**(k/128) * exp(r), |r| <= log(2)/256: a table and a short series, about 2**-78 off; where that does not
// settle the rounding (once in some thousand times), BigInt does.

import { ldexp } from '../bigconv.ts';
import * as big from './big.ts';
import { ddAdd, ddAddD, ddDiv, ddMul, fastTwoSum, L, roundPair, twoProd, twoSum } from './dd.ts';
import { EXP2_TABLE, LN2, LN2_128 } from './generated/tables.ts';

const ERR = 2 ** -67;
const LN2_1 = LN2_128[0]!;
const LN2_2 = LN2_128[1]!;
const LN2_3 = LN2_128[2]!;
const INV_LN2_128 = 128 / Math.LN2;

/** exp(r) - 1 for |r| <= 0.004 as a pair: r + r*r/2 + r**3/6 + … */
function expm1Small(rh: number, rl: number): number {
  const p = rh * (1 / 6 + rh * (1 / 24 + rh * (1 / 120 + rh * (1 / 720 + rh / 5040))));
  const sq = twoProd(rh, rh);
  const sql = L[0]! + 2 * rh * rl;
  // r*r * (1/2 + p), the half exact
  const c = sq * p + sql * 0.5;
  const h = fastTwoSum(rh, sq * 0.5);
  return fastTwoSum(h, L[0]! + (c + rl));
}

/** exp of (k/128) * log(2) + r: the pair returned times 2**L[1]. */
function expTail(k: number, rh: number, rl: number): number {
  const ph = expm1Small(rh, rl);
  const pl = L[0]!;
  const j = k & 127;
  const th = EXP2_TABLE[2 * j]!;
  const tl = EXP2_TABLE[2 * j + 1]!;
  const qh = ddMul(ph, pl, th, tl);
  const ql = L[0]!;
  const h = ddAdd(th, tl, qh, ql);
  L[1] = (k - j) / 128;
  return h;
}

/** exp(xh + xl), |x| < 800: the pair returned times 2**L[1]. */
export function expPair(xh: number, xl: number): number {
  const k = Math.round(xh * INV_LN2_128);
  if (k === 0) return expTail(0, xh, xl);
  const a = xh - k * LN2_1; // exact: k has 17 bits, the constant 34
  const b = twoSum(a, -k * LN2_2);
  const rh = fastTwoSum(b, L[0]! + (xl - k * LN2_3));
  return expTail(k, rh, L[0]!);
}

/** h * 2**e for a result that was rounded already and is normal (or overflows). */
export function scale(h: number, e: number): number {
  return e > 1000 ? h * 2 ** 1000 * 2 ** (e - 1000) : e < -1000 ? h * 2 ** -1000 * 2 ** (e + 1000) : h * 2 ** e;
}

/** exp(x) at more than p bits below its leading one, for ziv. */
function expExact(x: number, p: number): { v: bigint; scale: number } {
  const { v, k } = big.exp(big.fixed(x, p + 64), p + 64);
  return { v, scale: p + 64 - k };
}

export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.7827128933841) return Infinity;
  if (x < -745.1332191019412) return 0;
  if (Math.abs(x) < 2 ** -54) return 1;
  const h = expPair(x, 0);
  const l = L[0]!;
  const e = L[1]!;
  if (e > -1022) {
    const r = roundPair(h, l, ERR);
    if (!Number.isNaN(r)) return scale(r, e);
  }
  return big.ziv((p) => expExact(x, p));
}

export function exp2(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x >= 1024) return Infinity;
  if (x < -1075) return 0;
  if (x === Math.round(x)) return ldexp(1, x);
  if (Math.abs(x) < 2 ** -54) return 1;
  const k = Math.round(x * 128);
  const r = x - k / 128;
  const rh = twoProd(r, LN2[0]!);
  const rl = L[0]! + r * LN2[1]!;
  const h = expTail(k, rh, rl);
  const l = L[0]!;
  const e = L[1]!;
  if (e > -1022) {
    const v = roundPair(h, l, ERR);
    if (!Number.isNaN(v)) return scale(v, e);
  }
  const n = Math.floor(x);
  return big.ziv((p) => {
    const q = p + 64;
    const { v, k: s } = big.exp(big.mul(big.fixed(x - n, q), big.ln2(q), q), q);
    return { v, scale: q - s - n };
  });
}

/** exp(x) - 1 as a pair, for |x| <= 709; relative error about 2**-70. */
function expm1Pair(x: number): number {
  if (Math.abs(x) < 0.0027) return expm1Small(x, 0);
  const h = expPair(x, 0);
  const l = L[0]!;
  const e = L[1]!;
  if (e > 1000) return NaN;
  const f = 2 ** e;
  return ddAddD(h * f, l * f, -1);
}

/** Bits lost below the point by a small x. */
function smallness(x: number): number {
  return Math.max(0, -Math.floor(Math.log2(Math.abs(x))));
}

export function expm1(x: number): number {
  if (Number.isNaN(x) || x === 0) return x;
  if (x > 709.7827128933841) return Infinity;
  if (x < -40) return -1;
  if (Math.abs(x) < 2 ** -54) return x;
  const h = expm1Pair(x);
  const l = L[0]!;
  const r = roundPair(h, l, 2 ** -65);
  if (!Number.isNaN(r)) return r;
  if (x > 60)
    return big.ziv((p) => {
      const { v, k } = big.exp(big.fixed(x, p + 64), p + 64);
      return k >= 0 ? { v: (v << BigInt(k)) - (1n << BigInt(p + 64)), scale: p + 64 } : { v, scale: p + 64 - k };
    });
  const extra = smallness(x);
  return big.ziv((p) => {
    const q = p + extra + 96;
    return { v: big.expFixed(big.fixed(x, q), q) - (1n << BigInt(q)), scale: q };
  });
}

/** sinh and cosh of |x| at high precision. */
function hyperbolicExact(x: number, sign: 1n | -1n): number {
  const extra = smallness(x);
  return big.ziv((p) => {
    const q = p + extra * 2 + 96 + Math.ceil(x * 3);
    const e = big.expFixed(big.fixed(x, q), q);
    const inverse = big.div(1n << BigInt(q), e, q);
    return { v: e + sign * inverse, scale: q + 1 };
  });
}

export function sinh(x: number): number {
  const a = Math.abs(x);
  if (!(a < Infinity) || a < 2 ** -28) return x;
  if (a > 710.4758600739439) return x < 0 ? -Infinity : Infinity;
  let r: number;
  if (a > 40) {
    const h = expPair(a, 0);
    r = scale(roundPair(h, L[0]!, ERR), L[1]! - 1);
  } else {
    // (E + E / (E + 1)) / 2 for E = exp(x) - 1 loses nothing for small x
    const h = expm1Pair(a);
    const l = L[0]!;
    const d = ddAddD(h, l, 1);
    const q = ddDiv(h, l, d, L[0]!);
    const s = ddAdd(h, l, q, L[0]!);
    r = roundPair(s, L[0]!, 2 ** -65) * 0.5;
  }
  if (Number.isNaN(r)) r = hyperbolicExact(a, -1n);
  return x < 0 ? -r : r;
}

export function cosh(x: number): number {
  const a = Math.abs(x);
  if (Number.isNaN(a)) return x;
  if (a > 710.4758600739439) return Infinity;
  if (a < 2 ** -28) return 1;
  let r: number;
  const h = expPair(a, 0);
  const l = L[0]!;
  const e = L[1]!;
  if (a > 40) r = scale(roundPair(h, l, ERR), e - 1);
  else {
    const f = 2 ** e;
    const q = ddDiv(1, 0, h * f, l * f);
    const s = ddAdd(h * f, l * f, q, L[0]!);
    r = roundPair(s, L[0]!, ERR) * 0.5;
  }
  return !Number.isNaN(r) ? r : hyperbolicExact(a, 1n);
}

export function tanh(x: number): number {
  const a = Math.abs(x);
  if (Number.isNaN(a) || a < 2 ** -28) return x;
  if (a > 20) return x < 0 ? -1 : 1;
  const h = expm1Pair(2 * a);
  const l = L[0]!;
  const d = ddAddD(h, l, 2);
  const q = ddDiv(h, l, d, L[0]!);
  let r = roundPair(q, L[0]!, 2 ** -64);
  if (Number.isNaN(r)) {
    const extra = smallness(a);
    r = big.ziv((p) => {
      const s = p + extra * 2 + 160;
      const e = big.expFixed(big.fixed(2 * a, s), s);
      const one = 1n << BigInt(s);
      return { v: big.div(e - one, e + one, s), scale: s };
    });
  }
  return x < 0 ? -r : r;
}

/** exp(h + l) for pow: a rounded result, or NaN when undecided; err is that of h + l, absolute. */
export function expOfPair(h: number, l: number, err: number): number {
  const eh = expPair(h, l);
  const el = L[0]!;
  const e = L[1]!;
  if (e <= -1022) return Number.NaN;
  const r = roundPair(eh, el, err + ERR);
  return !Number.isNaN(r) ? scale(r, e) : r;
}
