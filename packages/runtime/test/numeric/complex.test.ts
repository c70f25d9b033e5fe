import { expect, test } from 'vitest';
import {
  type Complex,
  complexAbs,
  complexDiv,
  complexFromText,
  complexMul,
  complexPow,
  complexRepr,
} from '../../src/numeric/complex.ts';
import { decimalAndSpaceToAscii } from '../../src/numeric/unicode/decimal.ts';
import { Differences, fromHex, normalHex, oracle, toHex } from './oracle.ts';

const shown = (r: Complex | string | null): string =>
  r === null
    ? 'null'
    : typeof r === 'string'
      ? r === 'zero'
        ? 'ZeroDivisionError'
        : 'OverflowError'
      : `${toHex(r[0])} ${toHex(r[1])}`;
const wanted = (w: string | string[] | null): string =>
  w === null ? 'null' : typeof w === 'string' ? w : `${normalHex(w[0]!)} ${normalHex(w[1]!)}`;

test('repr, product, quotient and absolute value', () => {
  const d = new Differences();
  let powers = 0;
  let other = 0;
  for (const [ar, ai, br, bi, repr, product, quotient, power, abs] of oracle('complexes')) {
    const a: Complex = [fromHex(ar), fromHex(ai)];
    const b: Complex = [fromHex(br), fromHex(bi)];
    d.check([repr], complexRepr(a), repr);
    d.check([repr, 'mul', b], shown(complexMul(a, b)), wanted(product));
    d.check([repr, 'div', b], shown(complexDiv(a, b)), wanted(quotient));
    const m = complexAbs(a);
    // C's hypot is not correctly rounded: the last place may differ (docs/math.md)
    if (typeof m === 'string') d.check([repr, 'abs'], 'OverflowError', abs);
    else if (toHex(m) !== normalHex(abs)) {
      other++;
      d.check([repr, 'abs'], Math.abs(m - fromHex(abs)) < m * 2.3e-16, true);
    }
    powers++;
    const p = complexPow(a, b);
    if (shown(p) !== wanted(power)) {
      other++;
      const [wr, wi] = typeof power === 'string' ? [NaN, NaN] : [fromHex(power[0]), fromHex(power[1])];
      const size = Math.max(Math.abs(wr!), Math.abs(wi!));
      const close =
        typeof p !== 'string' && Math.abs(p[0] - wr!) <= size * 1e-13 && Math.abs(p[1] - wi!) <= size * 1e-13;
      d.check([a, b, 'pow', shown(p), wanted(power)], close, true);
    }
  }
  expect(d.list).toEqual([]);
  expect(powers).toBeGreaterThan(300);
  expect(other).toBeLessThan(powers * 0.03);
});

test('complex() of text', () => {
  const d = new Differences();
  for (const [text, want] of oracle('ctexts'))
    d.check(text, shown(complexFromText(decimalAndSpaceToAscii(text))), wanted(want));
  expect(d.list).toEqual([]);
});
