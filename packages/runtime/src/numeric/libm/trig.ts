// sin, cos, tan: r = x modulo pi/2 as a pair, then sin(t + d) from a table of sin t and cos t and a short series in d.

import { scaleBigInt } from '../bigconv.ts';
import * as big from './big.ts';
import { ddAdd, ddDiv, ddMul, fastTwoSum, L, roundPair, twoProd, twoSum } from './dd.ts';
import { PIO2, SINCOS_TABLE } from './generated/tables.ts';

const ERR = 2 ** -67;
const P1 = PIO2[0]!;
const P2 = PIO2[1]!;
const P3 = PIO2[2]!;
const P4 = PIO2[3]!;

/** A fixed-point number as a pair. */
function pairOf(v: bigint, p: number): number {
  const neg = v < 0n;
  const a = neg ? -v : v;
  const h = scaleBigInt(a, -p);
  const rest = a - big.fixed(h, p);
  const l = rest < 0n ? -scaleBigInt(-rest, -p) : scaleBigInt(rest, -p);
  L[0] = neg ? -l : l;
  return neg ? -h : h;
}

/** x modulo pi/2 as a pair in [-pi/4, pi/4]; L[1] is the quadrant. */
function reduce(x: number): number {
  const a = Math.abs(x);
  if (a <= 0.78539816339744828) {
    L[0] = 0;
    L[1] = 0;
    return x;
  }
  if (a < 1e6) {
    const k = Math.round(x * 0.6366197723675814);
    // each product is exact: k has 20 bits, each piece 32
    const t1 = twoSum(x, -k * P1);
    const e1 = L[0]!;
    const t2 = twoSum(t1, -k * P2);
    const e2 = L[0]!;
    const t3 = twoSum(t2, -k * P3);
    const e3 = L[0]!;
    const h = fastTwoSum(t3, e3 + (e2 + (e1 - k * P4)));
    if (Math.abs(h) > 2 ** -24) {
      L[1] = k & 3;
      return h;
    }
  }
  const { quadrant, r } = big.reducePio2(x, 200);
  const h = pairOf(r, 200);
  L[1] = quadrant;
  return h;
}

const out = new Float64Array(4);

/** Sine and cosine of the pair r, |r| <= pi/4: out = sin, its low part, cos, its low part. */
function sinCosPair(rh: number, rl: number): void {
  const negative = rh < 0;
  if (negative) {
    rh = -rh;
    rl = -rl;
  }
  const j = Math.round(rh * 128);
  const dh = fastTwoSum(rh - j / 128, rl);
  const dl = L[0]!;
  const d2 = dh * dh;
  // sin d = d + s, cos d - 1 = c
  const s = dh * d2 * (-1 / 6 + d2 * (1 / 120 - d2 * (1 / 5040 - d2 / 362880)));
  const sq = twoProd(dh, dh);
  const sql = L[0]! + 2 * dh * dl;
  const c4 = d2 * d2 * (1 / 24 - d2 * (1 / 720 - d2 / 40320));
  const ch = fastTwoSum(-0.5 * sq, c4 - 0.5 * sql);
  const cl = L[0]!;
  const sh = fastTwoSum(dh, dl + s);
  const sl = L[0]!;
  const Sh = SINCOS_TABLE[4 * j]!;
  const Sl = SINCOS_TABLE[4 * j + 1]!;
  const Ch = SINCOS_TABLE[4 * j + 2]!;
  const Cl = SINCOS_TABLE[4 * j + 3]!;
  let h = ddMul(Ch, Cl, sh, sl);
  let l = L[0]!;
  if (j !== 0) {
    const g = ddMul(Sh, Sl, ch, cl);
    h = ddAdd(h, l, g, L[0]!);
    h = ddAdd(Sh, Sl, h, L[0]!);
    l = L[0]!;
  }
  out[0] = negative ? -h : h;
  out[1] = negative ? -l : l;
  h = ddMul(Ch, Cl, ch, cl);
  l = L[0]!;
  if (j !== 0) {
    const g = ddMul(Sh, Sl, -sh, -sl);
    h = ddAdd(h, l, g, L[0]!);
    l = L[0]!;
  }
  h = ddAdd(Ch, Cl, h, l);
  out[2] = h;
  out[3] = L[0]!;
}

/** Sine (which 0), cosine (1) or tangent (2) at high precision. */
function exact(x: number, which: 0 | 1 | 2): number {
  const extra = Math.abs(x) < 1 ? Math.max(0, -Math.floor(Math.log2(Math.abs(x)))) : 64;
  return big.ziv((p) => {
    const q = p + 2 * extra + 64;
    const { quadrant, r } = big.reducePio2(x, q);
    const { sin, cos } = big.sinCos(r, q);
    if (which === 2) {
      return { v: quadrant & 1 ? big.div(-cos, sin, q) : big.div(sin, cos, q), scale: q };
    }
    const k = (quadrant + which) & 3;
    const v = k & 1 ? cos : sin;
    return { v: k & 2 ? -v : v, scale: q };
  });
}

/** sin(x); NaN for an infinity (the caller's ValueError). */
export function sin(x: number): number {
  const a = Math.abs(x);
  if (!(a < Infinity)) return Number.NaN;
  if (a < 2 ** -27) return x;
  const h = reduce(x);
  const q = L[1]!;
  sinCosPair(h, L[0]!);
  const r = q & 1 ? roundPair(out[2]!, out[3]!, ERR) : roundPair(out[0]!, out[1]!, ERR);
  return !Number.isNaN(r) ? (q & 2 ? -r : r) : exact(x, 0);
}

export function cos(x: number): number {
  const a = Math.abs(x);
  if (!(a < Infinity)) return Number.NaN;
  if (a < 2 ** -28) return 1;
  const h = reduce(x);
  const q = (L[1]! + 1) & 3;
  sinCosPair(h, L[0]!);
  const r = q & 1 ? roundPair(out[2]!, out[3]!, ERR) : roundPair(out[0]!, out[1]!, ERR);
  return !Number.isNaN(r) ? (q & 2 ? -r : r) : exact(x, 1);
}

export function tan(x: number): number {
  const a = Math.abs(x);
  if (!(a < Infinity)) return Number.NaN;
  if (a < 2 ** -28) return x;
  const h = reduce(x);
  const q = L[1]!;
  sinCosPair(h, L[0]!);
  const t = q & 1 ? ddDiv(-out[2]!, -out[3]!, out[0]!, out[1]!) : ddDiv(out[0]!, out[1]!, out[2]!, out[3]!);
  const r = roundPair(t, L[0]!, 2 ** -65);
  return !Number.isNaN(r) ? r : exact(x, 2);
}
