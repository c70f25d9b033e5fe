// The logarithm of a pair, and log, log2, log10, log1p, asinh, acosh, atanh from it.
// log(m * 2**e) = e * log(2) - log(c) + log1p(m * c - 1) with c near 1/m from a table; about 2**-85 off.

import { fromWords, highWord, lowWord } from '../bits.ts';
import { bigIntBitLength, decompose } from '../bigconv.ts';
import * as big from './big.ts';
import { ddAdd, ddAddD, ddDiv, ddMul, ddMulD, ddSqrt, fastTwoSum, L, roundPair, twoProd, twoSum } from './dd.ts';
import { INV_LN10, INV_LN2, LN2, LOG_TABLE } from './generated/tables.ts';

const ERR = 2 ** -67;
const THIRD = [1 / 3, 1.850371707708594e-17] as const;

/** log(1 + r) for |r| < 2**-6.9 as a pair. */
function log1pSmall(rh: number, rl: number): number {
  // r - r**2/2 + r**3/3 - r**4/4 exactly enough, the rest in plain doubles
  const tail = rh * (1 / 5 - rh * (1 / 6 - rh * (1 / 7 - rh * (1 / 8 - rh * (1 / 9 - rh / 10)))));
  let h = fastTwoSum(-0.25, tail);
  h = ddMul(h, L[0]!, rh, rl);
  h = ddAdd(THIRD[0], THIRD[1], h, L[0]!);
  h = ddMul(h, L[0]!, rh, rl);
  h = ddAddD(h, L[0]!, -0.5);
  h = ddMul(h, L[0]!, rh, rl);
  h = ddMul(h, L[0]!, rh, rl);
  return ddAdd(rh, rl, h, L[0]!);
}

/** log(xh + xl) for xh > 0 as a pair. */
export function logPair(xh: number, xl: number): number {
  const hw = highWord(xh);
  if (hw >= 0x100000) return logWords(hw, lowWord(xh), xl, 0);
  const up = xh * 2 ** 54;
  return logWords(highWord(up), lowWord(up), xl * 2 ** 54, -54);
}

/** The same for the high part given by its words, times 2**e. */
function logWords(hw: number, lw: number, xl: number, e: number): number {
  e += (hw >>> 20) - 1023;
  const i = (hw >>> 13) & 127;
  const up = i >= 53 ? 1 : 0;
  const m = fromWords(((hw & 0xfffff) | (up === 1 ? 0x3fe00000 : 0x3ff00000)) >>> 0, lw);
  e += up;
  const ml = xl === 0 ? 0 : e > 1000 ? xl * 2 ** -1000 * 2 ** (1000 - e) : xl * 2 ** -e;
  const c = LOG_TABLE[3 * i]!;
  const ph = twoProd(m, c);
  const pl = L[0]! + ml * c;
  const rh = fastTwoSum(ph - 1, pl);
  let h = log1pSmall(rh, L[0]!);
  if (c !== 1) h = ddAdd(LOG_TABLE[3 * i + 1]!, LOG_TABLE[3 * i + 2]!, h, L[0]!);
  if (e === 0) return h;
  const l = L[0]!;
  const kh = ddMulD(LN2[0]!, LN2[1]!, e);
  return ddAdd(kh, L[0]!, h, l);
}

/** log(1 + u) for a pair u > -1 as a pair. */
export function log1pPair(uh: number, ul: number): number {
  if (Math.abs(uh) < 0.007) return log1pSmall(uh, ul);
  if (uh > 1e300) return logPair(uh, ul);
  const s = twoSum(1, uh);
  const h = fastTwoSum(s, L[0]! + ul);
  return logPair(h, L[0]!);
}

/** log(x) at p significant bits for the exact path; x not 1. */
function logExact(x: number, p: number): { v: bigint; scale: number } {
  const { m, e } = decompose(x);
  const bits = bigIntBitLength(m);
  // near 1 the logarithm is small: 60 bits more
  const q = p + 64 + bits;
  const k = bits + e;
  const v = big.log(m << BigInt(q - bits), q) + BigInt(k) * big.ln2(q);
  return { v, scale: q };
}

function finish(h: number, err: number, exact: (p: number) => { v: bigint; scale: number }): number {
  const r = roundPair(h, L[0]!, err);
  return !Number.isNaN(r) ? r : big.ziv(exact);
}

/** log(x): NaN below 0, -Infinity at 0 (the caller's ValueErrors). */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity || x === 1) return x === 1 ? 0 : x;
  return finish(logPair(x, 0), ERR, (p) => logExact(x, p));
}

export function log2(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return x;
  const { m, e } = decompose(x);
  if (m === 1n) return e;
  const h = logPair(x, 0);
  return finish(ddMul(h, L[0]!, INV_LN2[0]!, INV_LN2[1]!), ERR, (p) => {
    const { v, scale } = logExact(x, p);
    return { v: big.div(v, big.ln2(scale), scale), scale };
  });
}

export function log10(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return x;
  if (x >= 1 && x <= 1e22) {
    const k = Math.round(Math.log10(x));
    if (10 ** k === x && Number(`1e${k}`) === x) return k;
  }
  const h = logPair(x, 0);
  return finish(ddMul(h, L[0]!, INV_LN10[0]!, INV_LN10[1]!), ERR, (p) => {
    const { v, scale } = logExact(x, p);
    return { v: big.div(v, big.log(10n << BigInt(scale), scale), scale), scale };
  });
}

/** Bits lost by a small argument. */
function smallness(x: number): number {
  return Math.max(0, -Math.floor(Math.log2(Math.abs(x))));
}

/** log1p(x): NaN below -1, -Infinity at -1. */
export function log1p(x: number): number {
  if (Number.isNaN(x) || x < -1) return Number.NaN;
  if (x === -1) return -Infinity;
  if (x === Infinity || Math.abs(x) < 2 ** -54) return x;
  return finish(log1pPair(x, 0), ERR, (p) => {
    const q = p + 128 + smallness(x);
    const v = big.fixed(x, q) + (1n << BigInt(q));
    return { v: big.log(v, q), scale: q };
  });
}

export function asinh(x: number): number {
  const a = Math.abs(x);
  if (!(a < Infinity) || a < 2 ** -28) return x;
  let h: number;
  if (a > 2 ** 60) {
    h = logPair(a, 0);
    h = ddAdd(h, L[0]!, LN2[0]!, LN2[1]!);
  } else {
    // log1p(x + x*x / (1 + sqrt(1 + x*x)))
    const s = twoProd(a, a);
    const sl = L[0]!;
    let t = ddAddD(s, sl, 1);
    t = ddSqrt(t, L[0]!);
    t = ddAddD(t, L[0]!, 1);
    t = ddDiv(s, sl, t, L[0]!);
    t = ddAddD(t, L[0]!, a);
    h = log1pPair(t, L[0]!);
  }
  const r = finish(h, 2 ** -65, (p) => {
    const q = p + 128 + 2 * smallness(a);
    const v = big.fixed(a, q);
    return { v: big.log(v + big.sqrt(big.mul(v, v, q) + (1n << BigInt(q)), q), q), scale: q };
  });
  return x < 0 ? -r : r;
}

/** acosh(x): NaN below 1. */
export function acosh(x: number): number {
  if (Number.isNaN(x) || x < 1) return Number.NaN;
  if (x === 1) return 0;
  if (x === Infinity) return x;
  let h: number;
  if (x > 2 ** 60) {
    h = logPair(x, 0);
    h = ddAdd(h, L[0]!, LN2[0]!, LN2[1]!);
  } else {
    // log1p(t + sqrt(2t + t*t)), t = x - 1
    const t = twoSum(x, -1);
    const tl = L[0]!;
    let s = ddMul(t, tl, t, tl);
    s = ddAdd(s, L[0]!, 2 * t, 2 * tl);
    s = ddSqrt(s, L[0]!);
    s = ddAdd(s, L[0]!, t, tl);
    h = log1pPair(s, L[0]!);
  }
  return finish(h, 2 ** -65, (p) => {
    const q = 2 * p + 256;
    const v = big.fixed(x, q);
    return { v: big.log(v + big.sqrt(big.mul(v, v, q) - (1n << BigInt(q)), q), q), scale: q };
  });
}

/** atanh(x): ±Infinity at ±1, NaN outside. */
export function atanh(x: number): number {
  const a = Math.abs(x);
  if (Number.isNaN(a) || a > 1) return Number.NaN;
  if (a === 1) return x * Infinity;
  if (a < 2 ** -28) return x;
  const d = twoSum(1, -a);
  const t = ddDiv(2 * a, 0, d, L[0]!);
  const h = log1pPair(t, L[0]!);
  const r =
    finish(h, 2 ** -65, (p) => {
      const q = p + 128 + 2 * smallness(a);
      const v = big.fixed(a, q);
      const one = 1n << BigInt(q);
      return { v: big.log(big.div(one + v, one - v, q), q), scale: q };
    }) * 0.5;
  return x < 0 ? -r : r;
}
