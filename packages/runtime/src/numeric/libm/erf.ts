// erf and erfc. Below 2 the series erf(x) = 2/sqrt(pi) exp(-x*x) (x + 2x**3/3 + 4x**5/15 + …), all terms positive; above,
// the continued fraction of erfc. Both in double-double.

import * as big from './big.ts';
import { ddAdd, ddAddD, ddDiv, ddMul, ddMulD, L, roundPair, twoProd } from './dd.ts';
import { expPair, scale } from './expcore.ts';
import { SQRT_PI_INV } from './generated/tables.ts';

const ERR = 2 ** -64;

/** erf(x) for 0 < x < 2 as a pair, relative error about 2**-75. */
function seriesPair(x: number): number {
  const zh = twoProd(x, x);
  const zl = L[0]!;
  let th = x;
  let tl = 0;
  let sh = x;
  let sl = 0;
  for (let n = 1; th > sh * 2 ** -80; n++) {
    th = ddMul(th, tl, 2 * zh, 2 * zl);
    th = ddDiv(th, L[0]!, 2 * n + 1, 0);
    tl = L[0]!;
    sh = ddAdd(sh, sl, th, tl);
    sl = L[0]!;
  }
  let h = expPair(-zh, -zl);
  const f = 2 ** L[1]!;
  h = ddMul(sh, sl, h * f, L[0]! * f);
  return ddMul(h, L[0]!, 2 * SQRT_PI_INV[0]!, 2 * SQRT_PI_INV[1]!);
}

/** erfc(x) for 2 <= x < 27.3 as a pair times 2**L[1]. */
function fractionPair(x: number): number {
  let th = x;
  let tl = 0;
  const terms = Math.ceil((52 / (2 * x)) ** 2 / 2) + 6;
  for (let n = terms; n > 0; n--) {
    th = ddDiv(n * 0.5, 0, th, tl);
    th = ddAddD(th, L[0]!, x);
    tl = L[0]!;
  }
  const zh = twoProd(x, x);
  const h = expPair(-zh, -L[0]!);
  const e = L[1]!;
  const q = ddDiv(h, L[0]!, th, tl);
  const r = ddMul(q, L[0]!, SQRT_PI_INV[0]!, SQRT_PI_INV[1]!);
  L[1] = e;
  return r;
}

/** erf(x) at q bits, x > 0. */
function erfFixed(x: number, q: number): bigint {
  const f = big.fixed(x, q);
  const z2 = big.mul(f, f, q) << 1n;
  let term = f;
  let sum = f;
  for (let n = 3n; term !== 0n; n += 2n) {
    term = big.mul(term, z2, q) / n;
    sum += term;
  }
  const e = big.expFixed(-(z2 >> 1n), q);
  const root = big.sqrt(big.pi(q), q);
  return big.div(big.mul(sum, e, q) << 1n, root, q);
}

function erfExact(x: number): number {
  const extra = Math.max(0, -Math.floor(Math.log2(x)));
  return big.ziv((p) => {
    const q = p + 100 + extra;
    return { v: erfFixed(x, q), scale: q };
  });
}

function erfcExact(x: number): number {
  const lost = Math.ceil(1.5 * x * x) + 64;
  if (x < 6) {
    return big.ziv((p) => {
      const q = p + lost + 64;
      const f = erfFixed(Math.abs(x), q);
      const one = 1n << BigInt(q);
      return { v: x < 0 ? one + f : one - f, scale: q };
    });
  }
  return big.ziv((p) => {
    const q = p + 96;
    const f = big.fixed(x, q);
    const terms = Math.ceil(((q * 0.7) / (2 * x)) ** 2 / 2) + 10;
    let t = f;
    for (let n = terms; n > 0; n--) t = f + big.div(BigInt(n) << BigInt(q - 1), t, q);
    const wide = q + 16;
    const g = big.fixed(x, wide);
    const { v, k } = big.exp(-big.mul(g, g, wide), wide);
    const d = big.mul(t, big.sqrt(big.pi(q), q), q);
    return { v: big.div(v >> 16n, d, q), scale: q - k };
  });
}

/** erf(x). */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (Number.isNaN(a) || a === 0) return x;
  if (a > 6) return x < 0 ? -1 : 1;
  let r = Number.NaN;
  if (a < 1e-280) {
    r = tinyErf(a);
  } else if (a < 2) {
    const h = seriesPair(a);
    r = roundPair(h, L[0]!, ERR);
  } else {
    let h = fractionPair(a);
    const f = 2 ** L[1]!;
    h = ddAddD(-h * f, -L[0]! * f, 1);
    r = roundPair(h, L[0]!, ERR);
  }
  if (Number.isNaN(r)) r = erfExact(a);
  return x < 0 ? -r : r;
}

/** 2/sqrt(pi) * x, where the next term is out of sight and the result may be subnormal. */
function tinyErf(a: number): number {
  const h = ddMulD(2 * SQRT_PI_INV[0]!, 2 * SQRT_PI_INV[1]!, a * 2 ** 600);
  const r = roundPair(h, L[0]!, 2 ** -90);
  if (!Number.isNaN(r) && h > 2 ** -420) return r * 2 ** -600;
  return big.ziv((p) => {
    const q = p + 1200;
    return { v: big.div(big.fixed(a, q) << 1n, big.sqrt(big.pi(q), q), q), scale: q };
  });
}

/** erfc(x) = 1 - erf(x). */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 27.3) return 0;
  if (x < -6) return 2;
  const a = Math.abs(x);
  if (a < 2 ** -56) return 1;
  let r = Number.NaN;
  if (x >= 2) {
    const h = fractionPair(x);
    const e = L[1]!;
    if (e > -1000) r = scale(roundPair(h, L[0]!, ERR), e);
  } else if (x > -2) {
    const f = seriesPair(a);
    const h = x < 0 ? ddAddD(f, L[0]!, 1) : ddAddD(-f, -L[0]!, 1);
    r = roundPair(h, L[0]!, ERR);
  } else {
    const h = fractionPair(a);
    const f = 2 ** L[1]!;
    const g = ddAddD(-h * f, -L[0]! * f, 2);
    r = roundPair(g, L[0]!, ERR);
  }
  return !Number.isNaN(r) ? r : erfcExact(x);
}
