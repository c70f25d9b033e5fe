// What CPython 3.13.0 says to every snippet that its own tests of rejected programs hand to the compiler, as
// tools/rejected-oracle.py recorded it: type, message and place.
import { expect, test } from 'vitest';
import { compile, PySyntaxError } from '../src/index.ts';
import { resolveCharName } from './archive.ts';
import recorded from './oracle/rejected.json' with { type: 'json' };

type Said = [type: string, msg: string, ...place: (number | null)[]];
type Row = [module: string, source: string, mode: 'exec' | 'eval' | 'single', said: Said];

function answer(source: string, mode: Row[2]): unknown {
  try {
    compile(source, { filename: '<test>', mode, resolveCharName, onWarning: () => {} });
    return 'accepted';
  } catch (e) {
    if (!(e instanceof PySyntaxError)) return String(e);
    return [e.kind, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset];
  }
}

test('rejected snippets of CPython’s tests get its type, message and position', () => {
  const different: unknown[] = [];
  const counts: { [module: string]: [equal: number, all: number] } = {};
  for (const [module, source, mode, said] of recorded as unknown as Row[]) {
    counts[module] ??= [0, 0];
    counts[module][1]++;
    const ours = answer(source, mode);
    if (JSON.stringify(ours) === JSON.stringify(said)) counts[module][0]++;
    else different.push({ module, source: source.slice(0, 300), mode, said, ours });
  }
  console.log(
    Object.entries(counts)
      .map(([module, [equal, all]]) => `${module}: ${equal} of ${all} equal`)
      .join('; '),
  );
  expect(different).toEqual([]);
  expect(counts.test_syntax?.[1]).toBeGreaterThan(500);
  expect(recorded.length).toBeGreaterThan(800);
});
