// The parts of a double and its neighbours: frexp, modf, copysign, nextafter, ulp, remainder, fma.
// C's fmod is JavaScript's %, ldexp is in ../bigconv.ts.

import { bitsOf, fromBits, highWord, signBit } from '../bits.ts';
import { decompose, ldexp, scaleBigInt } from '../bigconv.ts';

/** The exponent of frexp for a finite x not 0: x = m * 2**e with 0.5 <= |m| < 1. */
export function frexpExponent(x: number): number {
  const e = (highWord(x) >>> 20) & 0x7ff;
  if (e !== 0) return e - 1022;
  return ((highWord(x * 2 ** 60) >>> 20) & 0x7ff) - 1082;
}

export function frexp(x: number): [number, number] {
  if (x === 0 || !Number.isFinite(x)) return [x, 0];
  const e = frexpExponent(x);
  return [ldexp(x, -e), e];
}

/** [fractional, integral], both with the sign of x. */
export function modf(x: number): [number, number] {
  if (x === Infinity || x === -Infinity) return [x > 0 ? 0 : -0, x];
  if (Number.isNaN(x)) return [x, x];
  const whole = Math.trunc(x);
  return [copysign(x - whole, x), whole];
}

export function copysign(x: number, y: number): number {
  const a = Math.abs(x);
  return signBit(y) ? -a : a;
}

/** math.nextafter(x, y, steps=n): n >= 0 steps from x towards y. */
export function nextafter(x: number, y: number, steps: bigint = 1n): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) ? x : y;
  if (x === y || steps === 0n) return steps === 0n ? x : y;
  const line = (v: number): bigint => {
    const b = bitsOf(v);
    return b >> 63n ? -(b & 0x7fffffffffffffffn) : b;
  };
  const a = line(x);
  const b = line(y);
  const up = a < b;
  let n = up ? a + steps : a - steps;
  if (up ? n > b : n < b) n = b;
  if (n === b) return y;
  if (n === 0n) return signBit(x) ? -0 : 0;
  return n < 0n ? -fromBits(-n) : fromBits(n);
}

export function ulp(x: number): number {
  const a = Math.abs(x);
  if (!(a < Infinity)) return a;
  const next = fromBits(bitsOf(a) + 1n);
  return next === Infinity ? a - fromBits(bitsOf(a) - 1n) : next - a;
}

/** IEEE remainder; NaN for an infinite x or y = 0 (the caller's ValueErrors). */
export function remainder(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const ax = Math.abs(x);
  if (ax === Infinity || y === 0) return Number.NaN;
  const ay = Math.abs(y);
  if (ay === Infinity) return x;
  const m = ax % ay;
  const c = ay - m;
  const r = m < c ? m : m > c ? -c : m - 2 * ((0.5 * (ax - m)) % ay);
  return signBit(x) ? -r : r;
}

/** x * y + z with one rounding. */
export function fma(x: number, y: number, z: number): number {
  if (!Number.isFinite(x) || !Number.isFinite(y) || !Number.isFinite(z)) {
    return Number.isFinite(x) && Number.isFinite(y) ? z : x * y + z;
  }
  if (x === 0 || y === 0 || z === 0) {
    if (z !== 0) return z;
    if (x === 0 || y === 0) return x * y + z;
  }
  const a = decompose(x);
  const b = decompose(y);
  const c = decompose(z);
  const pe = a.e + b.e;
  const e = z === 0 ? pe : Math.min(pe, c.e);
  const sum = ((a.m * b.m) << BigInt(pe - e)) + (z === 0 ? 0n : c.m << BigInt(c.e - e));
  if (sum === 0n) return 0;
  return sum < 0n ? -scaleBigInt(-sum, e) : scaleBigInt(sum, e);
}
