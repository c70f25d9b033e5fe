// `moult draw`, as a user runs it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const MOULT = fileURLToPath(new URL('../bin/moult.mjs', import.meta.url));
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'moult-draw-'));
  writeFileSync(join(dir, 'p.py'), 'class Node: pass\na = Node()\na.me = a\nb = [a, a, 7]\n');
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function moult(...args: string[]): { stdout: string; stderr: string; status: number | null } {
  return spawnSync(process.execPath, [MOULT, ...args], { encoding: 'utf8', cwd: dir });
}

it('draws the end of a program, the same each time', () => {
  const first = moult('draw', 'p.py');
  expect(first.stderr).toBe('');
  expect(first.status).toBe(0);
  expect(first.stdout).toMatch(/^<svg .*<\/svg>\n$/s);
  for (const text of ['&lt;module&gt;', '>Node<', '>list<', '>me<']) expect(first.stdout).toContain(text);
  // a, b, the class; b holds a twice, a holds itself
  expect(first.stdout.match(/class="arrow"/g)?.length).toBe(6);
  expect(moult('draw', 'p.py').stdout).toBe(first.stdout);
});

it('draws an earlier moment, and every object with its address where it is asked to', () => {
  expect(moult('draw', '--at', 'step:0', 'p.py').stdout).not.toContain('>list<');
  const all = moult('draw', '--level', 'true', 'p.py').stdout;
  expect(all).toContain('>int<');
  expect(all).toMatch(/0x[0-9a-f]+ · \d+ B · tracked/);
});

it('writes a file whole or not at all', () => {
  expect(moult('draw', '-o', 'x.svg', 'p.py').status).toBe(0);
  expect(readFileSync(join(dir, 'x.svg'), 'utf8')).toMatch(/<\/svg>\n$/);
  const failed = moult('draw', '-o', 'none/x.svg', 'p.py');
  expect(failed.stderr).toBe("moult: can't write 'none/x.svg': no such file or directory\n");
  expect(failed.status).toBe(2);
  expect(existsSync(join(dir, 'none'))).toBe(false);
  expect(readdirSync(dir).sort()).toEqual(['p.py', 'x.svg']);
});

it.each([
  [['draw'], 'draw needs a program: moult draw FILE'],
  [['draw', 'gone.py'], "can't open file 'gone.py': no such file"],
  [['draw', '--level', 'x', 'p.py'], '--level x: give simple or true'],
  [['draw', '--at', 'step:1000000', 'p.py'], 'the run has'],
  [['draw', '--nothing', 'p.py'], 'there is no option --nothing'],
])('%j says what is wrong', (args, message) => {
  const { stdout, stderr, status } = moult(...args);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/ at .*\.[mc]?[jt]s/);
  expect(status).toBe(2);
});
