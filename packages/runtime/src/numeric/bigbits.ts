// &, | and ^ of signed magnitudes in 30-bit digits with the meaning of infinite two's complement.
// Mirrors long_bitwise of Objects/longobject.c.

import { type Digits, MASK } from './bigdigits.ts';

/**
 * out = ±a op ±b; needs max(an, bn) + 1 digits. Returns the number of digits, negative for a negative result.
 */
export function bitwiseDigits(
  op: '&' | '|' | '^',
  a: Digits,
  ao: number,
  an: number,
  aNeg: boolean,
  b: Digits,
  bo: number,
  bn: number,
  bNeg: boolean,
  out: Digits,
  o: number,
): number {
  const neg = op === '&' ? aNeg && bNeg : op === '|' ? aNeg || bNeg : aNeg !== bNeg;
  const n = Math.max(an, bn) + 1;
  let ca = 1;
  let cb = 1;
  let cr = 1;
  let size = 0;
  for (let i = 0; i < n; i++) {
    let x = i < an ? a[ao + i]! : 0;
    let y = i < bn ? b[bo + i]! : 0;
    if (aNeg) {
      ca += x ^ MASK;
      x = ca & MASK;
      ca >>>= 30;
    }
    if (bNeg) {
      cb += y ^ MASK;
      y = cb & MASK;
      cb >>>= 30;
    }
    let r = op === '&' ? x & y : op === '|' ? x | y : x ^ y;
    if (neg) {
      cr += r ^ MASK;
      r = cr & MASK;
      cr >>>= 30;
    }
    out[o + i] = r;
    if (r !== 0) size = i + 1;
  }
  return neg ? -size : size;
}
