// `moult compare` and the collector's what-ifs, as someone at a terminal meets them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CLI = fileURLToPath(new URL('../bin/moult.mjs', import.meta.url));
const CYCLES = `
import sys
class Node:
    def __init__(self): self.me = self
for i in range(3000): Node()
x = 19
o = object()
print(sys.getrefcount(o), (lambda q: sys.getrefcount(q))(o))
print('\\x1b[31mred\\x07')
`;
let dir = '';

function moult(args: string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { cwd: dir, encoding: 'utf8', input });
  return { status, stdout, stderr };
}
function compareJson(...args: string[]) {
  const { status, stdout } = moult(['compare', 'cycles.py', '--json', ...args]);
  expect(status).toBe(0);
  return JSON.parse(stdout);
}
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'moult-compare-'));
  writeFileSync(join(dir, 'cycles.py'), CYCLES);
  writeFileSync(join(dir, 'echo.py'), 'import sys\nprint(sys.argv[1:], input())\n');
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('moult compare', () => {
  it('shows what differs, and writes control characters out', () => {
    const { status, stdout, stderr } = moult(['compare', 'cycles.py', '--python', '3.8,3.12,3.14.5']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/3\.8 +3\.12 +3\.14\.5 \(unverified\)/);
    expect(stdout).toMatch(/≠ line 1 +2 4 +2 3 +2 2\n/);
    expect(stdout).toMatch(/≠ x \(int\) +\d+ +immortal +immortal\n/);
    expect(stdout).toMatch(/≠ thresholds +700, 10, 10 +700, 10, 10 +2000, 10, 10\n/);
    expect(stdout).toMatch(/Unverified: no one could measure it\n +3\.14\.5: everything/);
    expect(stdout).not.toContain('\u001b');
    expect(moult(['compare', 'echo.py', '--python', '3.8,3.13'], 'a\n').stdout).toContain('the same under all');
  });

  it('gives exact figures as JSON', () => {
    const report = compareJson('--python', '3.12,3.14.0');
    expect(report.schema).toBe('moult-compare/1');
    const [old, incremental] = report.columns;
    expect(old.stdout).toBe('2 3\n\u001b[31mred\u0007\n');
    expect(incremental.stdout).toBe('2 2\n\u001b[31mred\u0007\n');
    const [young] = old.collector.generations;
    // 3,000 instances of one collectable object each: a collection at each 701st birth but for what lived before
    expect(young.collections).toBeGreaterThanOrEqual(4);
    expect(young.freed).toBeGreaterThan(2800 - 701);
    expect(young.visited).toBeGreaterThanOrEqual(young.freed);
    expect(old.collector.longest).toBeLessThanOrEqual(young.visited);
    expect(incremental.collector.generations[0].collections).toBe(0);
    expect(Math.max(...incremental.series.map((s: { garbage: number }) => s.garbage))).toBeGreaterThan(
      Math.max(...old.series.map((s: { garbage: number }) => s.garbage)),
    );
    expect(report.differences.output).toEqual([{ stream: 'stdout', line: 1, texts: ['2 3', '2 2'] }]);
    expect(compareJson('--python', '3.12,3.14.0')).toEqual(report);
  });

  it('asks what if: thresholds, freeze, disable', () => {
    const { columns } = compareJson('--python', '3.13', '--threshold', '100,5,5', '--threshold', '0');
    expect(columns.map((c: { title: string }) => c.title)).toEqual(['3.13 at 100,5,5', '3.13 at 0']);
    expect(columns[0].collector.generations[1].collections).toBeGreaterThan(2);
    expect(columns[1].collector.generations[0].collections).toBe(0);
    const { garbage } = columns[1].series.at(-1);
    // and what start-up leaves
    expect(garbage - columns[1].series[0].garbage).toBe(3000);
    const [off] = compareJson('--python', '3.8', '--gc-disable').columns;
    expect(off.collector.generations[0].collections).toBe(0);
    const frozen = moult([
      'run',
      '--gc-freeze',
      '--threshold',
      '9,8',
      '-c',
      'import gc; print(gc.get_freeze_count() > 1000, gc.get_threshold())',
    ]);
    expect(frozen.stdout).toBe('True (9, 8, 10)\n');
  });

  it('hands arguments and input on to each run', () => {
    const { columns } = JSON.parse(
      moult(['compare', '--json', '--python', '3.8,3.13', 'echo.py', '--', '-v', 'b'], 'hello\n').stdout,
    );
    for (const { stdout } of columns) expect(stdout).toBe("['-v', 'b'] hello\n");
  });

  it('says what is wrong in one sentence', () => {
    const wrong: [string[], RegExp][] = [
      [['compare', 'cycles.py', '--python', '3.7'], /^moult: --python 3\.7: there are 3\.8, 3\.9, .*3\.14\.5 /],
      [['compare', 'cycles.py', '--python', 'toString'], /there are 3\.8/],
      [['compare'], /needs a program/],
      [['compare', 'cycles.py', 'more'], /arguments for it follow --/],
      [['compare', 'cycles.py', '--threshold', 'many'], /give one to three numbers/],
      [['compare', 'cycles.py', '--python'], /--python needs a value|--python/],
      [['compare', 'cycles.py', '--fast'], /there is no option --fast/],
      [['compare', 'nowhere.py'], /can't open file 'nowhere\.py'/],
      [['run', '--threshold', '1,2,3,4', 'cycles.py'], /give one to three numbers/],
    ];
    for (const [args, message] of wrong) {
      const { status, stdout, stderr } = moult(args);
      expect([args, status, stdout]).toEqual([args, 2, '']);
      expect(stderr).toMatch(message);
      expect(stderr.trimEnd()).not.toContain('\n');
    }
    const limited = moult(['compare', 'cycles.py', '--python', '3.13', '--instructions', '5000']);
    expect(limited.status).toBe(124);
    expect(limited.stdout).toContain('stopped: instructions');
  });
});
