// atan, atan2, asin, acos: the angle of a vector of pairs, from a table of atan(j/128) and a short series.

import { signBit } from '../bits.ts';
import { ldexp } from '../bigconv.ts';
import * as big from './big.ts';
import { ddAdd, ddDiv, ddMul, ddMulD, ddSqrt, fastTwoSum, L, roundPair, twoSum } from './dd.ts';
import { ATAN_TABLE, PI_DD, PIO2_DD } from './generated/tables.ts';

const ERR = 2 ** -65;
const PI_4 = Math.PI / 4;

/** The angle of (x, y) for 0 <= y, 0 <= x, not both 0, of comparable size, as a pair. */
function anglePair(yh: number, yl: number, xh: number, xl: number): number {
  const swap = yh > xh;
  const nh = swap ? xh : yh;
  const nl = swap ? xl : yl;
  const dh = swap ? yh : xh;
  const dl = swap ? yl : xl;
  const j = Math.round((nh / dh) * 128);
  let th: number;
  if (j === 0) th = ddDiv(nh, nl, dh, dl);
  else {
    // (n - c d) / (d + c n)
    const c = j / 128;
    let h = ddMulD(dh, dl, -c);
    const ah = ddAdd(h, L[0]!, nh, nl);
    const al = L[0]!;
    h = ddMulD(nh, nl, c);
    const bh = ddAdd(dh, dl, h, L[0]!);
    th = ddDiv(ah, al, bh, L[0]!);
  }
  const tl = L[0]!;
  const t2 = th * th;
  const s = th * t2 * (-1 / 3 + t2 * (1 / 5 - t2 * (1 / 7 - t2 * (1 / 9 - t2 / 11))));
  let h = fastTwoSum(th, tl + s);
  if (j !== 0) h = ddAdd(ATAN_TABLE[2 * j]!, ATAN_TABLE[2 * j + 1]!, h, L[0]!);
  if (swap) h = ddAdd(PIO2_DD[0]!, PIO2_DD[1]!, -h, -L[0]!);
  return h;
}

function smallness(x: number): number {
  return Math.max(0, -Math.floor(Math.log2(Math.abs(x))));
}

export function atan(x: number): number {
  const a = Math.abs(x);
  if (Number.isNaN(a) || a < 2 ** -28) return x;
  if (a === Infinity || a > 2 ** 60) return x < 0 ? -Math.PI / 2 : Math.PI / 2;
  const h = anglePair(a, 0, 1, 0);
  let r = roundPair(h, L[0]!, ERR);
  if (Number.isNaN(r)) {
    r = big.ziv((p) => {
      const q = p + 96 + 2 * smallness(a);
      return { v: big.atan2(big.fixed(a, q), 1n << BigInt(q), q), scale: q };
    });
  }
  return x < 0 ? -r : r;
}

/** asin(x): NaN outside [-1, 1]. */
export function asin(x: number): number {
  const a = Math.abs(x);
  if (!(a <= 1)) return Number.NaN;
  if (a < 2 ** -28) return x;
  if (a === 1) return x < 0 ? -Math.PI / 2 : Math.PI / 2;
  const u = twoSum(1, -a);
  const ul = L[0]!;
  const v = twoSum(1, a);
  let s = ddMul(u, ul, v, L[0]!);
  s = ddSqrt(s, L[0]!);
  const h = anglePair(a, 0, s, L[0]!);
  let r = roundPair(h, L[0]!, ERR);
  if (Number.isNaN(r)) {
    r = big.ziv((p) => {
      const q = p + 96 + 2 * smallness(a);
      const f = big.fixed(a, q);
      return { v: big.atan2(f, big.sqrt((1n << BigInt(q)) - big.mul(f, f, q), q), q), scale: q };
    });
  }
  return x < 0 ? -r : r;
}

/** acos(x): NaN outside [-1, 1]. */
export function acos(x: number): number {
  const a = Math.abs(x);
  if (!(a <= 1)) return Number.NaN;
  if (x === 1) return 0;
  if (a < 2 ** -60) return Math.PI / 2;
  if (x === -1) return Math.PI;
  const u = twoSum(1, -a);
  const ul = L[0]!;
  const v = twoSum(1, a);
  let s = ddMul(u, ul, v, L[0]!);
  s = ddSqrt(s, L[0]!);
  let h = anglePair(s, L[0]!, a, 0);
  if (x < 0) h = ddAdd(PI_DD[0]!, PI_DD[1]!, -h, -L[0]!);
  const r = roundPair(h, L[0]!, ERR);
  if (!Number.isNaN(r)) return r;
  return big.ziv((p) => {
    const q = p + 160;
    const f = big.fixed(a, q);
    const g = big.atan2(big.sqrt((1n << BigInt(q)) - big.mul(f, f, q), q), f, q);
    return { v: x < 0 ? big.pi(q) - g : g, scale: q };
  });
}

/** atan2(y, x) with C99's special cases. */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const negative = signBit(y);
  const left = signBit(x);
  const ay = Math.abs(y);
  const ax = Math.abs(x);
  const signed = (r: number): number => (negative ? -r : r);
  if (ay === 0) return signed(left ? Math.PI : 0);
  if (ax === 0) return signed(Math.PI / 2);
  if (ay === Infinity) return signed(ax === Infinity ? (left ? 3 * PI_4 : PI_4) : Math.PI / 2);
  if (ax === Infinity) return signed(left ? Math.PI : 0);
  const ey = Math.floor(Math.log2(ay));
  const ex = Math.floor(Math.log2(ax));
  if (ey - ex > 70) return signed(Math.PI / 2);
  if (ex - ey > 70 && left) return signed(Math.PI);
  if (ex - ey > 1080) return signed(0);
  // bring the larger to about 1
  const shift = -Math.max(ex, ey);
  const far = Math.abs(ex - ey) > 400;
  const sy = ldexp(ay, shift);
  const sx = ldexp(ax, shift);
  let r = Number.NaN;
  if (!far) {
    let h = anglePair(sy, 0, sx, 0);
    if (left) h = ddAdd(PI_DD[0]!, PI_DD[1]!, -h, -L[0]!);
    r = roundPair(h, L[0]!, ERR);
  }
  if (Number.isNaN(r)) {
    // a quotient of powers of two far apart may be exact to more bits than any precision settles: it is rounded as such
    const wide = ex - ey;
    if (wide > 60 && !left) return signed(quotientAngle(ay, ax));
    r = big.ziv((p) => {
      const q = p + 96 + 2 * Math.max(0, wide);
      const g = big.atan2(big.fixed(sy, q), big.fixed(sx, q), q);
      return { v: left ? big.pi(q) - g : g, scale: q };
    });
  }
  return signed(r);
}

/** atan(y/x) for y/x < 2**-58: the quotient less a third of its cube, which only tells the side. */
function quotientAngle(y: number, x: number): number {
  const p = 1300;
  const yv = big.fixed(y, 1100);
  const xv = big.fixed(x, 1100);
  const q = (yv << BigInt(p)) / xv;
  // exact quotients lie a hair above the angle
  return big.toDouble((q << 64n) - 1n, p + 64);
}
