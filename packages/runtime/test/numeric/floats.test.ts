import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  asIntegerRatio,
  digitsToDouble,
  digitsOfBigInt,
  ldexp,
  scaleBigInt,
  trueDivideBigInt,
} from '../../src/numeric/bigconv.ts';
import { intFromText } from '../../src/numeric/bigmath.ts';
import { doubleToString, floatRepr, roundDouble, roundHalfEven } from '../../src/numeric/dtoa.ts';
import { hashDouble } from '../../src/numeric/hashnum.ts';
import { floatFromHex, floatFromText, floatHex } from '../../src/numeric/strtod.ts';
import { decimalAndSpaceToAscii } from '../../src/numeric/unicode/decimal.ts';
import { Differences, fromHex, normalHex, oracle, toHex } from './oracle.ts';

const out = new Int32Array(2);
const asText = (): string => String(BigInt.asIntN(64, (BigInt(out[1]!) << 32n) | BigInt(out[0]! >>> 0)));

test('repr, hex, hash, ratio, rounding and digits of floats', () => {
  const d = new Differences();
  for (const [hex, repr, hexText, hash, ratio, n, rounded, whole, p, e, f, g] of oracle('floats')) {
    const x = fromHex(hex);
    d.check([hex, 'repr'], floatRepr(x), repr);
    d.check([hex, 'hex'], floatHex(x), hexText);
    if (hash !== null) {
      hashDouble(x, out);
      d.check([hex, 'hash'], asText(), hash);
    }
    if (ratio !== null) d.check([hex, 'ratio'], asIntegerRatio(x).join(), ratio.join());
    if (rounded !== null) {
      const r = roundDouble(x, n);
      d.check([hex, repr, 'round', n], Number.isFinite(x) && !Number.isFinite(r) ? 'overflow' : toHex(r), rounded);
    }
    if (whole !== null) d.check([hex, 'round'], String(BigInt(roundHalfEven(x))), whole);
    d.check([hex, repr, 'e', p], doubleToString(x, 'e', p, 0), e);
    if (f !== null) d.check([hex, repr, 'f', p], doubleToString(x, 'f', p, 0), f);
    d.check([hex, repr, 'g', p], doubleToString(x, 'g', p, 0), g);
  }
  expect(d.list).toEqual([]);
  expect(d.checked).toBeGreaterThan(3000);
});

test('text to float and int', () => {
  const d = new Differences();
  for (const row of oracle('texts')) {
    if (row[0] === 'float') d.check(row, toHex(floatFromText(decimalAndSpaceToAscii(row[1]))), normalHex(row[2]));
    else if (row[0] === 'hex') {
      const r = floatFromHex(row[1]);
      const want = row[2] === 'ValueError' ? 'invalid' : row[2] === 'OverflowError' ? 'overflow' : normalHex(row[2]);
      d.check(row, typeof r === 'number' ? toHex(r) : r, want);
    } else {
      const r = intFromText(decimalAndSpaceToAscii(row[1]), row[2]);
      d.check(row, r === null ? null : r.toString(), row[3]);
    }
  }
  expect(d.list).toEqual([]);
});

test('round trips', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (x) => {
      expect(floatFromText(floatRepr(x))).toBe(x);
      expect(floatFromHex(floatHex(x))).toBe(x);
      if (Number.isFinite(x)) {
        const [a, b] = asIntegerRatio(x);
        expect(trueDivideBigInt(a, b)).toBe(x === 0 ? 0 : x);
        expect(floatFromText(doubleToString(x, 'e', 16, 0))).toBe(x);
      }
    }),
    { numRuns: 3000 },
  );
});

test('big integers become the nearest double', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 1100n }), fc.nat(1100), (v, s) => {
      v >>= BigInt(s);
      const d = digitsOfBigInt(v);
      expect(digitsToDouble(d, 0, d.length)).toBe(Number(v));
      expect(scaleBigInt(v, 0)).toBe(Number(v));
      // the quotient by a power of two is a scaling with one rounding
      expect(trueDivideBigInt(v, 1n << BigInt(s))).toBe(scaleBigInt(v, -s));
    }),
    { numRuns: 2000 },
  );
});

test('ldexp rounds once', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -2200, max: 2200 }), (x, k) => {
      const [a, b] = asIntegerRatio(Math.abs(x));
      const want = k >= 0 ? trueDivideBigInt(a << BigInt(k), b) : trueDivideBigInt(a, b << BigInt(-k));
      expect(Math.abs(ldexp(x, k))).toBe(want);
    }),
    { numRuns: 3000 },
  );
});
