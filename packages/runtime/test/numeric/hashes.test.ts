import { expect, test } from 'vitest';
import { digitsOfBigInt } from '../../src/numeric/bigconv.ts';
import {
  frozensetHashBegin,
  frozensetHashEnd,
  frozensetHashItem,
  hashBigInt,
  hashComplexParts,
  hashDigits,
  hashSmallInt,
  tupleHashBegin,
  tupleHashEnd,
  tupleHashItem,
} from '../../src/numeric/hashnum.ts';
import { hashBytes, hashSecretFromSeed, siphash24 } from '../../src/numeric/siphash.ts';
import { Differences, oracle } from './oracle.ts';

const out = new Int32Array(2);
const tmp = new Int32Array(2);
const asText = (): string => String(BigInt.asIntN(64, (BigInt(out[1]!) << 32n) | BigInt(out[0]! >>> 0)));
const lo = (t: string): number => Number(BigInt.asIntN(32, BigInt(t)));
const hi = (t: string): number => Number(BigInt.asIntN(32, BigInt(t) >> 32n));
const zero = hashSecretFromSeed(0);

test('hashes of bytes, ints, complex numbers, tuples and frozensets', () => {
  const d = new Differences();
  for (const row of oracle('hashes')) {
    switch (row[0]) {
      case 'bytes': {
        const data = Buffer.from(`aabb${row[1]}`, 'hex');
        hashBytes(data, 2, data.length - 2, zero, out);
        d.check(row, asText(), row[2]);
        break;
      }
      case 'int': {
        const v = BigInt(row[1]);
        hashBigInt(v, out);
        d.check(row, asText(), row[2]);
        const digits = digitsOfBigInt(v);
        hashDigits(digits, 0, digits.length, v < 0n, out);
        d.check(row, asText(), row[2]);
        if (v > -(2n ** 53n) && v < 2n ** 53n) {
          hashSmallInt(Number(v), out);
          d.check(row, asText(), row[2]);
        }
        break;
      }
      case 'tuple':
        tupleHashBegin(out);
        for (const h of row[1]) tupleHashItem(out, lo(h), hi(h));
        tupleHashEnd(out, row[1].length);
        d.check(row, asText(), row[2]);
        break;
      case 'frozenset':
        frozensetHashBegin(out);
        for (const h of row[1]) frozensetHashItem(out, lo(h), hi(h), tmp);
        frozensetHashEnd(out, row[1].length);
        d.check(row, asText(), row[2]);
        break;
      case 'complex':
        hashComplexParts(lo(row[1]), hi(row[1]), lo(row[2]), hi(row[2]), out);
        d.check(row, asText(), row[3]);
        break;
    }
  }
  expect(d.list).toEqual([]);
  expect(d.checked).toBeGreaterThan(1200);
});

test('a hash seed gives its own key', () => {
  // 'a', 'hello world', 'é' are one byte a character, '😀x' four
  const texts = [
    Uint8Array.of(97),
    new TextEncoder().encode('hello world'),
    Uint8Array.of(0xe9),
    new Uint8Array(Uint32Array.of(0x1f600, 120).buffer),
  ];
  for (const [seed, want] of oracle('seeds')) {
    const secret = hashSecretFromSeed(seed);
    const got = texts.map((t) => {
      hashBytes(t, 0, t.length, secret, out);
      return asText();
    });
    expect(got).toEqual(want);
  }
});

test('siphash-2-4 gives its published test vector', () => {
  // key 00 … 0f, message 00 … 0e (Aumasson and Bernstein, appendix A)
  const key = new DataView(Uint8Array.from({ length: 16 }, (_, i) => i).buffer);
  const message = Uint8Array.from({ length: 15 }, (_, i) => i);
  siphash24(
    message,
    0,
    15,
    key.getInt32(0, true),
    key.getInt32(4, true),
    key.getInt32(8, true),
    key.getInt32(12, true),
    out,
  );
  expect(asText()).toBe(String(BigInt.asIntN(64, 0xa129ca6149be45e5n)));
});
