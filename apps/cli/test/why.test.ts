// `moult why`, as a user runs it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const MOULT = fileURLToPath(new URL('../bin/moult.mjs', import.meta.url));
const PROGRAM = `
l1 = [1, 2, 3]
l2 = l1
cache = {'key': [l1]}
class A:
    shared = l1
a = A(); a.x = l1
def f():
    captured = l1
    def g(): return captured
    return g
g = f()
one = 1
`;
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'moult-why-'));
  writeFileSync(join(dir, 'p.py'), PROGRAM);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function why(...args: string[]): { stdout: string; stderr: string; status: number | null } {
  return spawnSync(process.execPath, [MOULT, 'why', ...args], { encoding: 'utf8', cwd: dir });
}

it('lists the holders, which add up, and the ways to it', () => {
  const { stdout, stderr, status } = why('l1', 'p.py');
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const holders = [...stdout.matchAll(/^ {4}1 {2}(.*)$/gm)].map((m) => m[1]?.replace(/ (?:#|at 0x)\w+/, '')).sort();
  expect(holders).toEqual([
    'a closure cell',
    'item 0 of list',
    'the attribute shared of type A',
    'the attribute x of A',
    'the name l1',
    'the name l2',
  ]);
  expect(stdout).toMatch(/^list #\d+ \[1, 2, 3\] at 0x\w+, at the end\n {2}count 6, held by\n/);
  expect(stdout).toMatch(/\n {4}6 {2}adds up\n/);
  expect(stdout.split('ways to it\n')[1]).toBe(
    "    l1\n    a.x\n    cache['key'][0]\n    A.shared\n    g.__closure__[0].cell_contents\n",
  );
});

it('says it as JSON, with the same sum', () => {
  const { answers } = JSON.parse(why('--json', "cache['key']", 'p.py').stdout);
  expect(answers.length).toBe(1);
  expect(answers[0]).toMatchObject({ count: 1, addsUp: true, ways: ["cache['key']"], loop: [] });
  expect(answers[0].holders[0]).toMatchObject({ label: "['key']" });
});

it('knows immortal objects, objects by type and by address', () => {
  expect(why('one', 'p.py').stdout).toContain('immortal since Python 3.12: its count is not kept');
  const byType = why('type:A', 'p.py').stdout;
  expect(byType).toMatch(/^A #\d+ at 0x\w+/);
  const address = /0x\w+/.exec(byType)?.[0] as string;
  expect(why(address, 'p.py').stdout).toBe(byType);
});

it.each([
  [['l1'], 'why needs a program'],
  [['nowhere', 'p.py'], 'there is no name nowhere here; there are l1, l2, cache'],
  [['l1[5]', 'p.py'], 'l1 has no item 5: its items are 0 to 2'],
  [['l1[', 'p.py'], 'a key is a number'],
  [['type:Gone', 'p.py'], 'there is no object of type Gone'],
  [['0x10', 'p.py'], 'there is no object at 0x10'],
])('%j says what is wrong', (args, message) => {
  const { stdout, stderr, status } = why(...args);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});
