// Programs right and wrong, as tools/syntax-error-oracle.py recorded CPython 3.13's answers: the same tree or the same
// error with message, place and text, and the same warnings.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { PyParserMemoryError, PySyntaxError, parse } from '../src/index.ts';
import { dumpTree } from './dump.ts';
import names from './oracle/char-names.json' with { type: 'json' };
import recorded from './oracle/syntax-errors.json' with { type: 'json' };

type Mode = 'exec' | 'eval' | 'single';

const resolveCharName = (name: string): number => (names as Record<string, number>)[name.toUpperCase()] ?? -1;

function answer(source: string, mode: Mode): [unknown, unknown[]] {
  const warnings: unknown[] = [];
  const onWarning = (_: string, message: string, lineno: number): void => void warnings.push([message, lineno]);
  try {
    const tree = dumpTree(parse(source, { filename: '<case>', mode, resolveCharName, onWarning }));
    return [createHash('sha256').update(tree).digest('hex').slice(0, 12), warnings];
  } catch (e) {
    if (e instanceof PyParserMemoryError) return [['MemoryError', e.msg], warnings];
    if (!(e instanceof PySyntaxError)) throw e;
    return [[e.kind, e.msg, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset], warnings];
  }
}

test('errors, warnings and trees are those of CPython 3.13', () => {
  const wrong: unknown[] = [];
  let errors = 0;
  for (const [source, mode, result, warnings = []] of recorded as [string, Mode, unknown, unknown[]?][]) {
    if (typeof result !== 'string') errors++;
    const ours = answer(source, mode);
    if (JSON.stringify(ours) !== JSON.stringify([result, warnings])) wrong.push({ source, mode, result, ours });
  }
  expect(wrong).toEqual([]);
  expect(errors).toBeGreaterThan(8000);
});
