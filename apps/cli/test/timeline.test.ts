// `moult timeline`, as a user runs it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barChart } from '../src/chart.ts';

const MOULT = fileURLToPath(new URL('../bin/moult.mjs', import.meta.url));
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'moult-timeline-'));
  writeFileSync(
    join(dir, 'p.py'),
    'kept = []\nfor i in range(5000):\n    kept.append([i])\nprint("not shown")\nkept.clear()\n',
  );
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function moult(...args: string[]): { stdout: string; stderr: string; status: number | null } {
  return spawnSync(process.execPath, [MOULT, 'timeline', ...args], { encoding: 'utf8', cwd: dir });
}

it('shows a chart, what was least and most, and the collections', () => {
  const { stdout, stderr, status } = moult('p.py');
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(stdout).toMatch(/^Bytes in use beyond those of start-up over [\d,]+ instructions\n/);
  expect(stdout).toContain('█');
  expect(stdout).toMatch(/\nCollections of generation 0, 1, 2: [1-9]\d*, \d+, \d+\n$/);
  expect(stdout).not.toContain('not shown');
});

it('gives the same numbers as JSON, as CSV and in a picture', () => {
  const { samples, instructions } = JSON.parse(moult('--json', '--samples', '40', 'p.py').stdout);
  expect(samples.length).toBe(40);
  expect(samples[0].at).toBe(0);
  expect(samples.at(-1).at).toBe(instructions);
  const blocks = samples.map((s: { blocks: number }) => s.blocks);
  // 5,000 lists were alive, each with a block of its own and one for its items
  expect(Math.max(...blocks) - blocks[0]).toBeGreaterThan(9000);
  expect(blocks.at(-1) - blocks[0]).toBeLessThan(2000);
  const csv = moult('--csv', '--samples', '40', 'p.py').stdout.trim().split('\n');
  expect(csv.length).toBe(41);
  expect(csv.slice(1).map((row) => Number(row.split(',')[2]))).toEqual(blocks);
  expect(moult('--of', 'objects', '-o', 't.svg', 'p.py').stdout).toBe('');
  expect(readFileSync(join(dir, 't.svg'), 'utf8')).toMatch(/^<svg .*Objects beyond those of start-up.*<\/svg>\n$/s);
});

it.each([
  [['--of', 'x', 'p.py'], '--of x: give objects, blocks, bytes, arenas'],
  [['--samples', '1', 'p.py'], '--samples 1: give a number from 2 to 2000'],
  [['--csv', '--json', 'p.py'], 'give one of --json, --csv and --svg'],
])('%j says what is wrong', (args, message) => {
  const { stderr, status } = moult(...args);
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});

describe('a bar chart', () => {
  it('fills its rows with the greatest value and shows the least that is not 0', () => {
    expect(barChart([0, 1, 8, 16], 2)).toEqual(['   █', ' ▁██']);
    expect(barChart([0, 0], 1)).toEqual(['  ']);
    expect(barChart([1, 100_000], 1)).toEqual(['▁█']);
  });
});
