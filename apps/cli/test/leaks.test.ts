// `moult leaks`, as a user runs it: the fault is named on the first screen, and not on the mended twin.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const MOULT = fileURLToPath(new URL('../bin/moult.mjs', import.meta.url));
const EXAMPLES = fileURLToPath(new URL('../../../examples/leaks/', import.meta.url));
const SCREEN = 24;
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'moult-leaks-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function leaks(...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [MOULT, 'leaks', ...args], { encoding: 'utf8' });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout;
}
function report(source: string, ...args: string[]) {
  const file = join(dir, 'program.py');
  writeFileSync(file, source);
  return JSON.parse(leaks('--json', ...args, file));
}

/** What names the fault, without and with the calls of a function. */
const FAULTS: readonly [name: string, calls: string, whole: RegExp, byCalls: RegExp][] = [
  [
    'cache',
    'answer',
    /^Growing\n1 {2}answers grew by 360 objects/m,
    /^1 {2}answers grew by 5 objects each call: 300 in 60 calls/m,
  ],
  [
    'closures',
    'edit',
    /^Growing\n1 {2}undo grew by 199 objects/m,
    /50 function made at line 9 in edit, 1 each call\n[\s\S]*held as undo\[0\], and 49 more/,
  ],
  [
    'listeners',
    'show',
    /^Growing\n1 {2}bus\.listeners grew by 200 objects/m,
    /^1 {2}bus\.listeners grew by 4 objects each call: 200 in 50 calls/m,
  ],
  [
    'exceptions',
    'load',
    /IndexError\.__traceback__ → traceback\.tb_frame → frame\.f_locals\['failure'\] → IndexError {2}\(3 objects, 40 such/,
    /40 bytearray made at line 5 in load, 1 each call/,
  ],
];

it.each(FAULTS)('names what %s.py leaves, and nothing in its mended twin', (name, calls, whole, byCalls) => {
  const first = (text: string): string => text.split('\n').slice(0, SCREEN).join('\n');
  expect(first(leaks(join(EXAMPLES, `${name}.py`)))).toMatch(whole);
  expect(first(leaks('--calls', calls, join(EXAMPLES, `${name}.py`)))).toMatch(byCalls);
  for (const args of [[], ['--calls', calls]]) {
    const mended = leaks(...args, join(EXAMPLES, `${name}-mended.py`));
    expect(mended).toMatch(/^(Nothing grows|Nothing was left)/m);
    expect(mended).not.toMatch(/^(Growing|Waiting)/m);
  }
});

it('tells what each call left, exactly', () => {
  const told = report(
    'kept = []\ndef f(n):\n    kept.append([n, n + 500])\n    return [n]\nfor n in range(10): f(n)\n',
    '--calls',
    'f',
  );
  expect(told).toMatchObject({ schema: 'moult-leaks/1', calls: 10, function: 'f', garbage: null });
  expect(told.growing).toHaveLength(1);
  expect(told.growing[0]).toMatchObject({ kept: 20, held: 10, eachCall: 2, steady: true, cyclic: false });
  expect(told.growing[0].keeper.way).toBe('kept');
  const groups = told.growing[0].groups.map((g: { type: string; line: number; each: number; kept: number }) => [
    g.type,
    g.line,
    g.kept,
    g.each,
  ]);
  expect(groups).toEqual([
    ['list', 3, 10, 1],
    ['int', 3, 10, 1],
  ]);
  // the last call's result is in its caller's hands
  expect(told.still.map((g: { type: string; line: number; kept: number }) => [g.type, g.line, g.kept])).toEqual([
    ['list', 4, 1],
  ]);
});

it('counts outermost calls of recursive functions, of generators each, of key functions each', () => {
  const counts = (source: string, name: string): [number, number] => {
    const { calls, made } = report(source, '--calls', name);
    return [calls, made];
  };
  expect(counts('def f(n): return [] if n == 0 else [f(n - 1)]\nf(3)\nf(2)\n', 'f')).toEqual([2, 7]);
  expect(
    counts('def g(n):\n    for i in range(n): yield [i]\na = g(3); b = g(2)\nnext(b); next(a)\nlist(a)\n', 'g')[0],
  ).toBe(2);
  expect(counts('def key(n): return [n]\nsorted([3, 1, 2], key=key)\n', 'key')).toEqual([3, 3]);
  expect(
    counts('def f():\n    raise ValueError\nfor n in range(4):\n    try: f()\n    except ValueError: pass\n', 'f')[0],
  ).toBe(4);
});

it('looks between two moments only', () => {
  const source = 'a = []\nfor n in range(5):\n    a.append([n])\nb = [1]\nc = [2]\nd = [3]\n';
  const told = report(source, '--from', '5', '--to', '6');
  expect(told.still.map((g: { type: string; line: number; way: string }) => [g.type, g.line, g.way])).toEqual([
    ['list', 5, 'c'],
  ]);
  expect(told).toMatchObject({ made: 1, kept: 1, growing: [], garbage: null, calls: null });
});

it('takes a table that is built at the beginning for no leak', () => {
  const told = report('t = {n: [n] for n in range(300)}\ns = 0\nfor n in range(5000):\n    s += n & 1\n');
  expect(told.growing).toEqual([]);
});

it('tells what holds each where there are several ways', () => {
  const [told] = report('a = []\nb = {}\nfor n in range(20):\n    x = [n]\n    a.append(x); b[n] = x\ndel x\n').growing;
  expect(told.keeper).toBe(null);
  expect([...told.ways].sort()).toEqual(['a[0]', 'b[0]']);
});

it('keeps apart what is kept on purpose', () => {
  const told = report('import json\nclass A: pass\ndef f(): pass\nx = json.loads("[1, 2]")\n');
  expect(told.growing).toEqual([]);
  const purposes = told.onPurpose.map((p: { purpose: string }) => p.purpose);
  expect(purposes).toContain('loading');
  expect(purposes).toContain('definitions');
  expect(told.still.map((g: { way: string }) => g.way)).toContain('x');
});

it('says what is wrong with a command line', () => {
  const wrong = (...args: string[]): string => {
    const { stderr, status, stdout } = spawnSync(process.execPath, [MOULT, 'leaks', ...args], { encoding: 'utf8' });
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    return stderr;
  };
  const file = join(EXAMPLES, 'cache.py');
  expect(wrong('--calls', 'nobody', file)).toMatch(/^moult: --calls nobody: it was called at no time \(moult leaks/);
  expect(wrong('--at', '3', file)).toMatch(/^moult: leaks takes --from and --to, not --at/);
  expect(wrong('--from', '8', '--to', '2', file)).toMatch(/^moult: --to 2 is not after --from 8/);
  expect(wrong('--from', '99', file)).toMatch(/^moult: --from 99: the line was reached at no time/);
  expect(wrong()).toMatch(/^moult: leaks needs a program: moult leaks FILE/);
});
