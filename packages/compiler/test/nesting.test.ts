// Deep nesting stops exactly where tools/nesting-oracle.py saw CPython 3.13 stop, with its error; the host survives.
import { describe, expect, test } from 'vitest';
import { PyParserMemoryError, PySyntaxError, parse } from '../src/index.ts';
import recorded from './oracle/nesting.json' with { type: 'json' };

type Verdict = [string, string] | null;
type Case = [string, string, string, string, string, number, Verdict, Verdict, Verdict];

const HIGH = 8000;

function verdict(source: string): Verdict {
  try {
    parse(source, { filename: '<case>', mode: 'exec' });
    return null;
  } catch (e) {
    if (e instanceof PyParserMemoryError) return ['MemoryError', e.msg];
    if (e instanceof PySyntaxError) return [e.kind, e.msg];
    throw e;
  }
}

describe('nesting', () => {
  for (const [head, left, middle, right, tail, limit, at, beyond, far] of recorded as Case[]) {
    const source = (n: number): string => head + left.repeat(n) + middle + right.repeat(n) + tail;
    test(`${head}${left}…${middle}…${right}${tail}: ${limit}`, () => {
      expect(verdict(source(limit))).toEqual(at);
      expect(verdict(source(limit + 1))).toEqual(beyond);
      expect(verdict(source(HIGH))).toEqual(far);
    });
  }

  test('what does not nest has no limit', () => {
    expect(verdict('x' + '.a'.repeat(50_000))).toBe(null);
    expect(verdict('x' + '+a'.repeat(50_000))).toBe(null);
    expect(verdict('x = '.repeat(50_000) + '1')).toBe(null);
    expect(verdict('f' + '()'.repeat(50_000))).toBe(null);
    expect(verdict('x and '.repeat(50_000) + '1')).toBe(null);
    expect(verdict(`[${'1,'.repeat(100_000)}]`)).toBe(null);
    expect(verdict('"a" '.repeat(50_000))).toBe(null);
  });

  test('a million of anything leaves the host alive', () => {
    for (const piece of [
      '(',
      '[',
      'not ',
      '-',
      'lambda:',
      'x if x else ',
      'lambda x=',
      "f'{",
      'x**',
      ')',
      '{1:',
      'f(',
    ]) {
      expect(verdict(piece.repeat(1_000_000 / piece.length))).not.toBe(null);
    }
  });
});
