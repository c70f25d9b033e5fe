import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bitwiseDigits } from '../../src/numeric/bigbits.ts';
import {
  bigIntBitLength,
  bigIntToDigits,
  digitsOfBigInt,
  digitsToBigInt,
  digitsToDecimal,
  digitsToText,
  doubleToDigits,
} from '../../src/numeric/bigconv.ts';
import {
  addDigits,
  bitLength,
  compareDigits,
  divRem1,
  divRemDigits,
  mulDigits,
  rem1,
  shlDigits,
  shrDigits,
  subDigits,
} from '../../src/numeric/bigdigits.ts';
import { divide, multiply, power } from '../../src/numeric/bigops.ts';
import {
  comb,
  floorDiv,
  floorMod,
  gcd,
  intFromText,
  invMod,
  isqrt,
  lcm,
  perm,
  powMod,
} from '../../src/numeric/bigmath.ts';

/** Magnitudes whose digits are often all ones or zeros: where carries and quotient estimates go wrong. */
const magnitude = fc
  .array(fc.oneof(fc.constantFrom(0, 1, 0x3fffffff, 0x20000000, 0x3ffffffe), fc.nat(0x3fffffff)), { maxLength: 24 })
  .map((d) => d.reduceRight((v, x) => (v << 30n) | BigInt(x), 0n));
const put = (v: bigint): Uint32Array => digitsOfBigInt(v);
const big = (d: Uint32Array, n: number): bigint => digitsToBigInt(d, 0, n);
const out = new Uint32Array(200);

test('add, subtract, multiply, compare', () => {
  fc.assert(
    fc.property(magnitude, magnitude, (a, b) => {
      const x = put(a);
      const y = put(b);
      expect(big(out, addDigits(x, 0, x.length, y, 0, y.length, out, 0))).toBe(a + b);
      expect(big(out, mulDigits(x, 0, x.length, y, 0, y.length, out, 0))).toBe(a * b);
      expect(Math.sign(compareDigits(x, 0, x.length, y, 0, y.length))).toBe(a < b ? -1 : a > b ? 1 : 0);
      if (a >= b) expect(big(out, subDigits(x, 0, x.length, y, 0, y.length, out, 0))).toBe(a - b);
      expect(bitLength(x, 0, x.length)).toBe(a === 0n ? 0 : a.toString(2).length);
      expect(bigIntBitLength(a)).toBe(a === 0n ? 0 : a.toString(2).length);
    }),
    { numRuns: 4000 },
  );
});

test('division', () => {
  const q = new Uint32Array(100);
  const r = new Uint32Array(100);
  const sizes = new Int32Array(2);
  fc.assert(
    fc.property(magnitude, magnitude, fc.integer({ min: 1, max: 0x3fffffff }), (a, b, one) => {
      const x = put(a);
      expect(BigInt(divRem1(x, 0, x.length, one, q, 0))).toBe(a % BigInt(one));
      expect(big(q, x.length)).toBe(a / BigInt(one));
      expect(BigInt(rem1(x, 0, x.length, one))).toBe(a % BigInt(one));
      const y = put(b);
      if (y.length < 2 || x.length < y.length) return;
      divRemDigits(x, 0, x.length, y, 0, y.length, q, 0, r, 0, sizes);
      expect(big(q, sizes[0]!)).toBe(a / b);
      expect(big(r, sizes[1]!)).toBe(a % b);
    }),
    { numRuns: 8000 },
  );
});

test("shifts and bitwise operations on two's complement", () => {
  fc.assert(
    fc.property(magnitude, magnitude, fc.nat(300), fc.boolean(), fc.boolean(), (a, b, s, an, bn) => {
      const x = put(a);
      const y = put(b);
      const words = Math.floor(s / 30);
      expect(big(out, shlDigits(x, 0, x.length, words, s % 30, out, 0))).toBe(a << BigInt(s));
      const right = big(out, shrDigits(x, 0, x.length, an, words, s % 30, out, 0));
      expect(an ? -right : right).toBe((an ? -a : a) >> BigInt(s));
      const sa = an ? -a : a;
      const sb = bn ? -b : b;
      for (const [op, want] of [
        ['&', sa & sb],
        ['|', sa | sb],
        ['^', sa ^ sb],
      ] as const) {
        const n = bitwiseDigits(op, x, 0, x.length, sa < 0n, y, 0, y.length, sb < 0n, out, 0);
        expect(n < 0 ? -big(out, -n) : big(out, n)).toBe(want);
      }
    }),
    { numRuns: 4000 },
  );
});

test('conversions to and from BigInt, text and double', () => {
  fc.assert(
    fc.property(
      magnitude,
      fc.integer({ min: 2, max: 36 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      (a, base, f) => {
        const x = put(a);
        expect(big(x, x.length)).toBe(a);
        expect(bigIntToDigits(a, out, 3)).toBe(x.length);
        expect(digitsToBigInt(out, 3, x.length)).toBe(a);
        expect(digitsToDecimal(x, 0, x.length)).toBe(a.toString());
        const text = digitsToText(x, 0, x.length, base);
        expect(intFromText(text, base)).toBe(a);
        expect(big(out, doubleToDigits(f, out, 0))).toBe(BigInt(Math.trunc(Math.abs(f))));
      },
    ),
    { numRuns: 3000 },
  );
});

test('number theory', () => {
  fc.assert(
    fc.property(magnitude, magnitude, magnitude, (a, b, m) => {
      const r = isqrt(a);
      expect(r * r <= a && (r + 1n) * (r + 1n) > a).toBe(true);
      const g = gcd(a, b);
      if (g !== 0n) {
        expect([a % g, b % g]).toEqual([0n, 0n]);
        expect(gcd(a / g, b / g)).toBe(1n);
        expect(lcm(a, b) * g).toBe(a * b);
      }
      if (m !== 0n) {
        for (const sa of [a, -a]) {
          expect(floorDiv(sa, m) * m + floorMod(sa, m)).toBe(sa);
          expect(floorDiv(sa, -m) * -m + floorMod(sa, -m)).toBe(sa);
        }
        let want = 1n % m;
        const e = Number(b % 40n);
        for (let i = 0; i < e; i++) want = (want * (a % m)) % m;
        expect(powMod(a, BigInt(e), m)).toBe(want);
        const inv = invMod(a, m);
        if (inv === null) expect(gcd(a, m)).not.toBe(1n);
        else expect(floorMod(inv * a, m)).toBe(1n % m);
      }
    }),
    { numRuns: 1500 },
  );
  expect([comb(100n, 50n), comb(5n, 7n), comb(300n, 150n) * perm(150n, 150n), perm(5n, 0n)]).toEqual([
    100891344545564193334812497256n,
    0n,
    perm(300n, 150n),
    1n,
  ]);
});

test('products and quotients on both sides of the cutoffs', () => {
  const long = fc
    .array(fc.nat(0x3fffffff), { minLength: 1, maxLength: 200 })
    .map((d) => d.reduceRight((v, x) => (v << 30n) | BigInt(x), 0n));
  const room = new Uint32Array(500);
  const rem = new Uint32Array(500);
  const sizes = new Int32Array(2);
  fc.assert(
    fc.property(long, long, (a, b) => {
      const x = put(a);
      const y = put(b);
      expect(big(room, multiply(x, 0, x.length, y, 0, y.length, room.subarray(), 0))).toBe(a * b);
      expect(big(room, multiply(x, 0, x.length, x, 0, x.length, room, 0))).toBe(a * a);
      if (b !== 0n) {
        divide(x, 0, x.length, y, 0, y.length, room, 0, rem, 0, sizes);
        expect([big(room, sizes[0]!), big(rem, sizes[1]!)]).toEqual([a / b, a % b]);
        const one = BigInt(y[0]! | 1);
        divide(x, 0, x.length, put(one), 0, 1, room, 0, rem, 0, sizes);
        expect([big(room, sizes[0]!), big(rem, sizes[1]!)]).toEqual([a / one, a % one]);
      }
    }),
    { numRuns: 500 },
  );
  const p = power(put(12345678901234567890n), 0, 3, 77n);
  expect(big(p, p.length)).toBe(12345678901234567890n ** 77n);
});
