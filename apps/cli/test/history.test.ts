// `moult history`, as a user runs it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const MOULT = fileURLToPath(new URL('../bin/moult.mjs', import.meta.url));
const PROGRAMS = {
  names: 'a = [1]\nb = a\nc = {"k": a}\ndel b\nc.clear()\n',
  reuse: 'x = [1]\ndel x\ny = [2]\n',
  cycle: 'import gc\no1 = {}\no2 = {}\no1["second"] = o2\no2["first"] = o1\ndel o1\ndel o2\ngc.collect()\n',
  small: 'n = 1\n',
} as const;
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'moult-history-'));
  for (const [name, source] of Object.entries(PROGRAMS)) writeFileSync(join(dir, `${name}.py`), source);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function history(...args: string[]): { stdout: string; stderr: string; status: number | null } {
  return spawnSync(process.execPath, [MOULT, 'history', ...args], { encoding: 'utf8', cwd: dir });
}
/** Lines without moments, serial numbers and addresses. */
const life = (...args: string[]): string[] =>
  history(...args)
    .stdout.trim()
    .split('\n')
    .map((line) =>
      line
        .replace(/^ *[\d,]+ {2}/, '')
        .replace(/#\d+/g, '#')
        .replace(/0x\w+/g, '0x'),
    );

it('tells each change of a count with its line and its cause', () => {
  expect(life('a', 'names.py')).toEqual([
    'list # at 0x',
    'Line 1, `a = [1]`: list # was made. Its count went from 0 to 1, held by the name a.',
    '`b = a` at line 2: +1, now 2  (+ the name b)',
    '`c = {"k": a}` at line 3: +1, now 3  (+ the value of \'k\' in dict #)',
    '`del b` at line 4: −1, now 2  (− the name b)',
    "`c.clear()` at line 5: −1, now 1  (− the value of 'k' in dict #)",
  ]);
});

it('tells two objects at one address apart', () => {
  const lines = life('--at', '2', 'x', 'reuse.py');
  expect(lines.slice(1)).toEqual([
    'Line 1, `x = [1]`: list # was made. Its count went from 0 to 1, held by the name x.',
    'Line 2, `del x`: list # fell from 1 to 0 and was freed. Its last holder was the name x.',
    'Same address as list #, freed at line 2, `del x`. This is a new object, list #.',
  ]);
  const [x, y] = [history('--at', '2', 'x', 'reuse.py'), history('y', 'reuse.py')].map(
    (r) => r.stdout.split('\n')[0] ?? '',
  );
  expect(x?.split(' at ')[1]).toBe(y?.split(' at ')[1]);
  expect(x).not.toBe(y);
});

it('tells of a death in a collection', () => {
  const { events } = JSON.parse(history('--json', '--at', '6', 'o1', 'cycle.py').stdout);
  expect(events.map((e: { kind: string }) => e.kind)).toEqual(['born', 'count', 'count', 'collected']);
  expect(events.at(-1)).toMatchObject({ before: 1, generation: 2, cycle: 2 });
  for (const event of events) expect(event.words).toMatch(/\.$/);
});

it('finds an object by its serial number whenever it lived', () => {
  const { serial } = JSON.parse(history('--json', '--at', '2', 'x', 'reuse.py').stdout);
  expect(life(`@${serial}`, 'reuse.py')).toEqual(life('--at', '2', 'x', 'reuse.py'));
});

it('knows immortal objects, and says what is wrong', () => {
  expect(life('n', 'small.py').at(-1)).toBe('Int 1 is immortal since Python 3.12: its count is not kept.');
  expect(history('@99999', 'small.py').stderr).toMatch(/there is no object @99999: the program made \d+/);
  expect(history('--by', 'hour', 'n', 'small.py').stderr).toContain('--by hour: give line or instruction');
  expect(history('gone', 'small.py').stderr).toContain('there is no name gone here');
});
