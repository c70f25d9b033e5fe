// cbrt, the two-argument hypot of C, and math.hypot / math.dist as CPython's vector_norm computes them.

import { bigIntBitLength, decompose, ldexp, scaleBigInt } from '../bigconv.ts';
import { isqrt } from '../bigmath.ts';
import { ddAdd, ddAddD, ddDiv, ddMul, ddSqrt, fastTwoSum, L, roundPair, twoProd } from './dd.ts';
import { frexpExponent } from './parts.ts';

export function cbrt(x: number): number {
  const a = Math.abs(x);
  if (!(a < Infinity) || a === 0) return x;
  // a = m * 8**k, m in [1, 8)
  const e = Math.floor((frexpExponent(a) - 1) / 3);
  const m = ldexp(a, -3 * e);
  const y = Math.cbrt(m);
  // one Newton step: y + (m - y**3) / (3 y**2)
  const s = twoProd(y, y);
  const sl = L[0]!;
  const c = ddMul(s, sl, y, 0);
  const d = ddAddD(-c, -L[0]!, m);
  const q = ddDiv(d, L[0]!, 3 * s, 0);
  const h = fastTwoSum(y, q);
  let r = roundPair(h, L[0]!, 2 ** -90);
  if (Number.isNaN(r)) r = exactCbrt(m);
  r = ldexp(r, e);
  return x < 0 ? -r : r;
}

function exactCbrt(x: number): number {
  // the integer cube root of x * 2**(3 * 64), with a sticky bit
  const { m, e } = decompose(x);
  const n = m << BigInt(e + 192);
  let r = 1n << BigInt(Math.ceil(bigIntBitLength(n) / 3));
  for (;;) {
    const y = (2n * r + n / (r * r)) / 3n;
    if (y >= r) break;
    r = y;
  }
  return scaleBigInt((r << 1n) | (r * r * r === n ? 0n : 1n), -65);
}

/** C's hypot(x, y), correctly rounded: the absolute value of a complex number. */
export function hypot2(x: number, y: number): number {
  x = Math.abs(x);
  y = Math.abs(y);
  if (x === Infinity || y === Infinity) return Infinity;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (x < y) [x, y] = [y, x];
  if (y === 0) return x;
  const e = frexpExponent(x);
  if (e - frexpExponent(y) > 60) return x + y;
  const sx = ldexp(x, -e);
  const sy = ldexp(y, -e);
  const p = twoProd(sx, sx);
  const pl = L[0]!;
  const q = twoProd(sy, sy);
  const s = ddAdd(p, pl, q, L[0]!);
  const h = ddSqrt(s, L[0]!);
  let r = e > -1015 ? roundPair(h, L[0]!, 2 ** -90) : Number.NaN;
  if (!Number.isNaN(r)) return ldexp(r, e);
  const a = decompose(x);
  const b = decompose(y);
  const low = Math.min(a.e, b.e) - 64;
  const n = (a.m << BigInt(a.e - low)) ** 2n + (b.m << BigInt(b.e - low)) ** 2n;
  const root = isqrt(n);
  r = scaleBigInt((root << 1n) | (root * root === n ? 0n : 1n), low - 1);
  return r;
}

/** math.hypot(*v) and, of differences, math.dist: mirrors vector_norm of Modules/mathmodule.c. */
export function vectorNorm(v: readonly number[]): number {
  let max = 0;
  let nan = false;
  for (const x of v) {
    const a = Math.abs(x);
    if (Number.isNaN(a)) nan = true;
    else if (a > max) max = a;
  }
  if (max === Infinity) return Infinity;
  if (nan) return Number.NaN;
  if (max === 0 || v.length <= 1) return max;
  const e = frexpExponent(max);
  if (e < -1023) {
    const tiny = 2.2250738585072014e-308;
    return tiny * vectorNorm(v.map((x) => x / tiny));
  }
  const scale = ldexp(1, -e);
  let csum = 1;
  let frac1 = 0;
  let frac2 = 0;
  for (const item of v) {
    const x = Math.abs(item) * scale;
    const p = twoProd(x, x);
    const pl = L[0]!;
    csum = fastTwoSum(csum, p);
    frac1 += pl;
    frac2 += L[0]!;
  }
  let h = Math.sqrt(csum - 1 + (frac1 + frac2));
  const p = twoProd(-h, h);
  const pl = L[0]!;
  csum = fastTwoSum(csum, p);
  frac1 += pl;
  frac2 += L[0]!;
  h += (csum - 1 + (frac1 + frac2)) / (2 * h);
  return h / scale;
}
