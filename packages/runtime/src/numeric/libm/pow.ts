// pow(x, y), correctly rounded, with C99's special cases. Errors (0 ** negative, overflow) are the caller's: it sees
// Infinity; a negative base with a fraction for exponent gives NaN here and a complex number in Python.

import { bigIntBitLength, decompose, scaleBigInt } from '../bigconv.ts';
import { isqrt } from '../bigmath.ts';
import * as big from './big.ts';
import { ddMulD, L } from './dd.ts';
import { expOfPair } from './expcore.ts';
import { logPair } from './logcore.ts';

/** x ** y when it is a number of at most some hundred bits, else null. x > 0. */
function exactPower(x: number, y: number): number | null {
  let { m, e } = decompose(x);
  const d = decompose(y);
  let n = d.m;
  let k = d.e;
  if (k > 10) return m === 1n ? scaleBigInt(1n, clamp(BigInt(e) * n * (1n << BigInt(Math.min(k, 2000))))) : null;
  for (; k > 0; k--) n *= 2n;
  // y = n / 2**-k: x has to be that many times a square
  for (; k < 0; k++) {
    if (e % 2 !== 0) return null;
    const r = isqrt(m);
    if (r * r !== m) return null;
    m = r;
    e /= 2;
  }
  if (m === 1n) return scaleBigInt(1n, clamp(BigInt(e) * n));
  if (n < 0n || n > 64n || BigInt(bigIntBitLength(m)) * n > 4000n) return null;
  return scaleBigInt(m ** n, Number(BigInt(e) * n));
}

function clamp(v: bigint): number {
  return v > 5000n ? 5000 : v < -5000n ? -5000 : Number(v);
}

function powExact(x: number, y: number): number {
  const exact = exactPower(x, y);
  if (exact !== null) return exact;
  const { m, e } = decompose(x);
  const bits = bigIntBitLength(m);
  return big.ziv((p) => {
    const q = p + 256;
    const l = big.log(m << BigInt(q - bits), q) + BigInt(bits + e) * big.ln2(q);
    const yd = decompose(y);
    const t = yd.e >= 0 ? (l * yd.m) << BigInt(yd.e) : (l * yd.m) >> BigInt(-yd.e);
    const { v, k } = big.exp(t, q);
    return { v: v >> 128n, scale: q - 128 - k };
  });
}

/** 1 odd integer, 2 even integer, 0 no integer. */
function parity(y: number): number {
  if (y !== Math.floor(y)) return 0;
  return y % 2 === 0 ? 2 : 1;
}

export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const ax = Math.abs(x);
  if (y === Infinity || y === -Infinity) {
    if (ax === 1) return 1;
    return ax > 1 === y > 0 ? Infinity : 0;
  }
  const par = parity(y);
  const sign = (x < 0 || (x === 0 && 1 / x < 0)) && par === 1 ? -1 : 1;
  if (ax === 0) return y > 0 ? sign * 0 : sign * Infinity;
  if (ax === Infinity) return y > 0 ? sign * Infinity : sign * 0;
  if (x < 0 && par === 0) return Number.NaN;
  if (ax === 1 || y === 1) return y === 1 ? x : sign;
  if (y === 2) return x * x;
  if (y === 0.5) return Math.sqrt(x);
  if (y === -1) return 1 / x;
  const lh = logPair(ax, 0);
  const ll = L[0]!;
  const estimate = lh * y;
  if (estimate > 709.8) return sign * Infinity;
  if (estimate < -745.2) return sign * 0;
  if (Math.abs(estimate) < 2 ** -55) return sign;
  const ph = ddMulD(lh, ll, y);
  // the logarithm is off by 2**-76 of itself near 1, less elsewhere
  const r = expOfPair(ph, L[0]!, Math.abs(ph) * 2 ** -75);
  return sign * (!Number.isNaN(r) ? r : powExact(ax, y));
}
