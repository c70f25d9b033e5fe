// Fixed-point functions on BigInt, as precise as asked: what the fast paths fall back to, and what tests compare them
// with. A fixed-point number v at p bits is v / 2**p; results are right to a few units (2**SLACK units at the outside).

import { bigIntBitLength, decompose, scaleBigInt } from '../bigconv.ts';
import { BITS, LN2_BITS, PI_BITS } from './generated/tables.ts';

export const SLACK = 24;
const GUARD = 32;

/** The most bits that the stored constants allow. */
export const MAX_BITS = BITS;

export function pi(p: number): bigint {
  return PI_BITS >> BigInt(BITS - p);
}

export function ln2(p: number): bigint {
  return LN2_BITS >> BigInt(BITS - p);
}

/** x at p bits; digits below are cut off. */
export function fixed(x: number, p: number): bigint {
  const { m, e } = decompose(x);
  const s = e + p;
  return s >= 0 ? m << BigInt(s) : m >> BigInt(-s);
}

/** v / 2**p as the nearest double. */
export function toDouble(v: bigint, p: number): number {
  return v < 0n ? -scaleBigInt(-v, -p) : scaleBigInt(v, -p);
}

export function mul(a: bigint, b: bigint, p: number): bigint {
  return (a * b) >> BigInt(p);
}

export function div(a: bigint, b: bigint, p: number): bigint {
  return (a << BigInt(p)) / b;
}

export function sqrt(a: bigint, p: number): bigint {
  const n = a << BigInt(p);
  if (n <= 0n) return 0n;
  let x = 1n << BigInt((bigIntBitLength(n) + 1) >> 1);
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}

/** exp(x) = v * 2**k with v at p bits in [0.5, 2). */
export function exp(x: bigint, p: number): { v: bigint; k: number } {
  const q = p + GUARD + 16;
  const l = ln2(q);
  const wide = x << BigInt(q - p);
  const k = Number((wide + (l >> 1n)) / l);
  let r = wide - BigInt(k) * l;
  r >>= 8n;
  const one = 1n << BigInt(q);
  let sum = one;
  let term = one;
  for (let n = 1n; term !== 0n && term !== -1n; n += 1n) {
    term = ((term * r) >> BigInt(q)) / n;
    sum += term;
  }
  for (let i = 0; i < 8; i++) sum = (sum * sum) >> BigInt(q);
  return { v: sum >> BigInt(q - p), k };
}

/** exp(x) at p bits. */
export function expFixed(x: bigint, p: number): bigint {
  const { v, k } = exp(x, p);
  return k >= 0 ? v << BigInt(k) : v >> BigInt(-k);
}

/** log(v / 2**p) for v > 0, at p bits. */
export function log(v: bigint, p: number): bigint {
  const q = p + GUARD;
  const e = bigIntBitLength(v) - p;
  // m in [0.5, 1)
  const s = q - p - e;
  const m = s >= 0 ? v << BigInt(s) : v >> BigInt(-s);
  // an estimate from the host, then the logarithm of what the estimate misses: 2 atanh(t), t tiny
  const y0 = fixed(Math.log(toDouble(m, q)), q);
  const z = mul(m, expFixed(-y0, q), q);
  const one = 1n << BigInt(q);
  const t = div(z - one, z + one, q);
  const t2 = mul(t, t, q);
  let sum = 0n;
  let power = t;
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = mul(power, t2, q);
  }
  return (y0 + 2n * sum + BigInt(e) * ln2(q)) >> BigInt(q - p);
}

/** Sine and cosine of |r| <= 2, at p bits. */
export function sinCos(r: bigint, p: number): { sin: bigint; cos: bigint } {
  const q = p + GUARD;
  const x = r << BigInt(GUARD);
  const one = 1n << BigInt(q);
  let sin = 0n;
  let cos = 0n;
  let term = one;
  for (let n = 0; term !== 0n && term !== -1n; n++) {
    switch (n & 3) {
      case 0:
        cos += term;
        break;
      case 1:
        sin += term;
        break;
      case 2:
        cos -= term;
        break;
      default:
        sin -= term;
        break;
    }
    term = ((term * x) >> BigInt(q)) / BigInt(n + 1);
  }
  return { sin: sin >> BigInt(GUARD), cos: cos >> BigInt(GUARD) };
}

/** The angle of (x, y), x >= 0, y >= 0, both at p bits and not both 0: 0 … pi/2 at p bits. */
export function atan2(y: bigint, x: bigint, p: number): bigint {
  const big = bigIntBitLength(y > x ? y : x);
  // bring the larger to about 1
  const q = p + GUARD;
  const s = q - big;
  const yy = s >= 0 ? y << BigInt(s) : y >> BigInt(-s);
  const xx = s >= 0 ? x << BigInt(s) : x >> BigInt(-s);
  const a0 = fixed(Math.atan2(toDouble(yy, q), toDouble(xx, q)), q);
  const { sin, cos } = sinCos(a0, q);
  const t = div(mul(yy, cos, q) - mul(xx, sin, q), mul(xx, cos, q) + mul(yy, sin, q), q);
  const t2 = mul(t, t, q);
  let sum = 0n;
  let power = t;
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = -mul(power, t2, q);
  }
  return (a0 + sum) >> BigInt(GUARD);
}

/** x modulo pi/2: the quadrant (0 … 3) and r in [-pi/4, pi/4] at p bits, right to a unit. */
export function reducePio2(x: number, p: number): { quadrant: number; r: bigint } {
  const { m, e } = decompose(x);
  const size = Math.max(0, bigIntBitLength(m) + e);
  const q = p + size + 8;
  const half = pi(q) >> 1n;
  const s = e + q;
  const wide = s >= 0 ? m << BigInt(s) : m >> BigInt(-s);
  let n = (wide + (half >> 1n)) / half;
  let r = wide - n * half;
  if (r < -(half >> 1n)) {
    n -= 1n;
    r += half;
  }
  return { quadrant: Number(n & 3n), r: r >> BigInt(q - p) };
}

/**
 * Rounds what f computes at p bits, with more bits until the error (2**SLACK units) cannot change the result.
 * f returns v and scale: the value is v / 2**scale. Exact cases and ties never end here: f's caller sorts them out.
 */
export function ziv(f: (p: number) => { v: bigint; scale: number }, start = 160): number {
  for (let p = start; ; p = Math.ceil(p * 1.7)) {
    const { v, scale } = f(p);
    const err = 1n << BigInt(SLACK);
    const a = toDouble(v - err, scale);
    const b = toDouble(v + err, scale);
    if (a === b || p > 900) return a === b ? a : toDouble(v, scale);
  }
}
