// Product, quotient, power and their kin on magnitudes in 30-bit digits, choosing between our own loops and the host's
// BigInt. Measured on Node 20: own multiplication wins below some 60 digits, own division below some 70; the host's is
// not quadratic above (CPython turns to Karatsuba at 70 digits; the results are the same).
// The host's BigInt ends at 2**30 bits: a RangeError from here is the caller's MemoryError.

import { bigIntToDigits, digitsOfBigInt, digitsToBigInt } from './bigconv.ts';
import { type Digits, divRem1, divRemDigits, mulDigits } from './bigdigits.ts';

export const MUL_CUTOFF = 60;
export const DIV_CUTOFF = 70;

/** out = a * b; needs an + bn digits, out apart from a and b. */
export function multiply(
  a: Digits,
  ao: number,
  an: number,
  b: Digits,
  bo: number,
  bn: number,
  out: Digits,
  o: number,
): number {
  if (an < MUL_CUTOFF || bn < MUL_CUTOFF) {
    return an <= bn ? mulDigits(a, ao, an, b, bo, bn, out, o) : mulDigits(b, bo, bn, a, ao, an, out, o);
  }
  const x = digitsToBigInt(a, ao, an);
  return bigIntToDigits(x * (a === b && ao === bo && an === bn ? x : digitsToBigInt(b, bo, bn)), out, o);
}

/**
 * quot and rem of a / b truncated, b not 0; quot needs an + 2 digits, rem bn + 2. Sizes come back in sizes[0], sizes[1].
 */
export function divide(
  a: Digits,
  ao: number,
  an: number,
  b: Digits,
  bo: number,
  bn: number,
  quot: Digits,
  qo: number,
  rem: Digits,
  ro: number,
  sizes: Int32Array,
): void {
  if (an < bn) {
    for (let i = 0; i < an; i++) rem[ro + i] = a[ao + i]!;
    sizes[0] = 0;
    sizes[1] = an;
  } else if (bn === 1) {
    const r = divRem1(a, ao, an, b[bo]!, quot, qo);
    rem[ro] = r;
    sizes[0] = an > 0 && quot[qo + an - 1] === 0 ? an - 1 : an;
    sizes[1] = r === 0 ? 0 : 1;
  } else if (bn < DIV_CUTOFF || an - bn < DIV_CUTOFF) {
    divRemDigits(a, ao, an, b, bo, bn, quot, qo, rem, ro, sizes);
  } else {
    const x = digitsToBigInt(a, ao, an);
    const y = digitsToBigInt(b, bo, bn);
    const q = x / y;
    sizes[0] = bigIntToDigits(q, quot, qo);
    sizes[1] = bigIntToDigits(x - q * y, rem, ro);
  }
}

/** The digits of a ** e, e >= 0: a fresh array. */
export function power(a: Digits, ao: number, an: number, e: bigint): Digits {
  return digitsOfBigInt(digitsToBigInt(a, ao, an) ** e);
}
