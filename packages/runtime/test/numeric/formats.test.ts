import { expect, test } from 'vitest';
import { FormatError } from '../../src/numeric/formaterror.ts';
import { formatComplex, formatFloat, formatInt, formatStr } from '../../src/numeric/formatters.ts';
import { codePoints } from '../../src/numeric/formatspec.ts';
import {
  ABSENT,
  INCOMPLETE,
  padPercent,
  parsePercent,
  percentFloat,
  percentInt,
  unsupportedCode,
} from '../../src/numeric/percent.ts';
import { floatRepr } from '../../src/numeric/dtoa.ts';
import { Differences, fromHex, oracle } from './oracle.ts';

function attempt(f: () => string): string {
  try {
    return JSON.stringify([f()]);
  } catch (e) {
    if (e instanceof FormatError) return JSON.stringify([e.kind, e.message]);
    throw e;
  }
}

test('format() of int, float, str and complex gives what CPython gives', () => {
  const d = new Differences();
  for (const row of oracle('formats')) {
    const spec = row[row.length - 2];
    const want = JSON.stringify(row[row.length - 1]);
    let got = '';
    switch (row[0]) {
      case 'int':
        got = attempt(() => formatInt(BigInt(row[1]), spec));
        break;
      case 'float':
        got = attempt(() => formatFloat(fromHex(row[1]), spec));
        break;
      case 'str':
        got = attempt(() => formatStr(row[1], spec));
        break;
      case 'complex':
        got = attempt(() => formatComplex(fromHex(row[1]), fromHex(row[2]), spec));
        break;
    }
    d.check(row, got, want);
  }
  expect(d.list).toEqual([]);
  expect(d.checked).toBeGreaterThan(1200);
});

/** The whole of `format % (value,)` with one conversion, as the str room will do it. */
function percent(format: string, kind: string, value: string): string {
  const at = format.indexOf('%') + 1;
  const p = parsePercent(format, at, kind === 'bparse' ? 'bytes' : 'str');
  if (p.incomplete) throw new FormatError('ValueError', INCOMPLETE);
  if (p.literal) return '%';
  switch (p.code) {
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return percentInt(BigInt(value), p.code, p.flags, p.width, p.precision);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return percentFloat(fromHex(value), p.code, p.flags, p.width, p.precision);
    case 's': {
      const cut = p.precision === ABSENT ? value : Array.from(value).slice(0, p.precision).join('');
      return padPercent(cut, p.flags, p.width + cut.length - codePoints(cut), false, 0);
    }
    default:
      throw new FormatError('ValueError', unsupportedCode(p.code, Array.from(format.slice(0, p.end)).length - 1));
  }
}

test('printf-style conversions give what CPython gives', () => {
  const d = new Differences();
  for (const [kind, format, value, want] of oracle('percents')) {
    if (kind === 'parse' || kind === 'bparse') {
      // only what the parser itself refuses
      const refusal = attempt(() =>
        parsePercent(format, format.indexOf('%') + 1, kind === 'bparse' ? 'bytes' : 'str').incomplete
          ? INCOMPLETE
          : 'parsed',
      );
      const refused = /incomplete|too big/.test(want[1] ?? '');
      d.check(
        [kind, format],
        refusal,
        refused ? (want[1] === INCOMPLETE ? JSON.stringify([INCOMPLETE]) : JSON.stringify(want)) : '["parsed"]',
      );
      continue;
    }
    if (want[0] === 'TypeError') continue; // "not all arguments converted": the caller's
    d.check(
      [kind, format, value],
      attempt(() => percent(format, kind, kind === 'text' ? 'hé😀lo' : value)),
      JSON.stringify(want),
    );
  }
  expect(d.list).toEqual([]);
  expect(d.checked).toBeGreaterThan(1000);
});

test('mapping keys may hold parentheses', () => {
  const p = parsePercent('%(a(b)c)-5.2s!', 1);
  expect(p).toEqual({
    key: 'a(b)c',
    flags: 1,
    width: 5,
    precision: 2,
    code: 's',
    literal: false,
    end: 13,
    incomplete: false,
  });
});

test('repr of floats that are near a change of notation', () => {
  expect([1e16, 1e15, 123456789012345680, 0.0001, 0.00001, -0, 1e22, 5e-324].map(floatRepr)).toEqual([
    '1e+16',
    '1000000000000000.0',
    '1.2345678901234568e+17',
    '0.0001',
    '1e-05',
    '-0.0',
    '1e+22',
    '5e-324',
  ]);
});
