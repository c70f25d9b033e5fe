// The incremental audit is the full audit: both at each step of several programs, with the same counts, and with mistakes made
// on purpose that both must notice.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../tools/bundle/bundle.mjs';
import { PROGRAMS, ROOT } from './corpus.mjs';
import type { SideBySide } from './inspect/sideBySide.ts';

let dir = '';
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'moult-incremental-'));
  const input = join(ROOT, 'tests/inspect/incrementalDriver.ts');
  await bundle({ input, file: join(dir, 'driver.mjs'), trace: true });
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function sideBySide(program: string, python: string, first: number, each: number): SideBySide {
  const args = ['--stack-size=4000', join(dir, 'driver.mjs'), join(PROGRAMS, `${program}.py`), python];
  const { stdout, stderr, status } = spawnSync(process.execPath, [...args, String(first), String(each)], {
    encoding: 'utf8',
    cwd: dir,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as SideBySide;
}

/** Mistakes that leave the counts as they are, or may. */
const HARMLESS = new Set(['untracked', 'a word emptied']);

describe.each([
  ['generators/memory', '3.13', 250, 97],
  ['gc/finalizers', '3.13', 250, 97],
  ['classes/class_freed', '3.13', 250, 97],
  ['dict/mutation', '3.8', 250, 97],
  ['exceptions/chaining', '3.8', 250, 97],
  ['resurrection/del_basics', '3.13', 250, 97],
] as const)('%s under %s', (program, python, first, each) => {
  it('is audited the same way in full and incrementally', { timeout: 120_000 }, () => {
    const { steps, wrong, mistakes } = sideBySide(program, python, first, each);
    expect(wrong).toEqual([]);
    expect(steps).toBeGreaterThan(100);
    expect(mistakes.filter((m) => m.full !== m.incrementally && m.kind !== 'a word emptied')).toEqual([]);
    expect(mistakes.filter((m) => !m.full && !HARMLESS.has(m.kind))).toEqual([]);
    expect(mistakes.filter((m) => m.full).length).toBeGreaterThan(30);
    expect(new Set(mistakes.map((m) => m.kind)).size).toBeGreaterThanOrEqual(5);
  });
});
