// Mistakes with memory, made on purpose by moult.unsafe: under PYTHONMALLOC=debug the engine dies as CPython 3.13.0 does
// (tests/mistakes/native.json, recorded by record.py from the same programs), and the host lives and says why.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { CLI, ROOT } from './corpus.mjs';

interface Answer {
  stdout: string;
  stderr: string;
  exitCode: number;
}
const folder = join(ROOT, 'tests', 'mistakes', 'programs');
const native: Record<string, Answer> = JSON.parse(
  readFileSync(join(ROOT, 'tests', 'mistakes', 'native.json'), 'utf8'),
).programs;
const scratch = mkdtempSync(join(tmpdir(), 'moult-mistakes-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
vi.setConfig({ testTimeout: 60_000, maxConcurrency: 2 });

function moult(args: readonly string[], env: Record<string, string> = {}): Promise<Answer> {
  const bundle = process.env.MOULT_BUNDLE === undefined ? {} : { MOULT_BUNDLE: process.env.MOULT_BUNDLE };
  return new Promise((done) => {
    const child = spawn(process.execPath, [CLI, 'run', ...args], {
      env: { PATH: process.env.PATH ?? '', ...bundle, ...env },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (part) => out.push(part));
    child.stderr.on('data', (part) => err.push(part));
    child.on('close', (code) => {
      const text = (parts: Buffer[]): string => Buffer.concat(parts).toString('latin1');
      done({ stdout: Buffer.concat(out).toString(), stderr: text(err), exitCode: code ?? -1 });
    });
    child.stdin.end();
  });
}
function file(name: string, source: string): string {
  const path = join(scratch, name);
  writeFileSync(path, source);
  return path;
}
/** CPython's part of the report, as record.py keeps it. */
function python(stderr: string): string {
  return stderr
    .replaceAll(/^moult: .*\n/gm, '')
    .replaceAll(`${folder}/`, '')
    .replaceAll(/0x[0-9a-f]{5,16}/g, '0x?');
}
const ours = (stderr: string): string[] => stderr.split('\n').filter((line) => line.startsWith('moult: '));
/** What lies in a freed block's head is the allocator's link: an address. */
const garbage = (text: string): string => text.replaceAll(/\d{12,} bytes originally/g, 'N bytes originally');

describe('under the debug hooks', () => {
  const names = readdirSync(folder).sort();
  it('has the recorded answers of 20 programs or more', () => {
    expect(names.length).toBeGreaterThanOrEqual(20);
    expect(Object.keys(native).sort()).toEqual(names);
  });
  for (const name of names) {
    it.concurrent(`${name} ends as in CPython`, async ({ expect }) => {
      const got = await moult([join(folder, name)], { PYTHONMALLOC: 'debug' });
      const want = native[name] as Answer;
      expect(garbage(python(got.stderr))).toBe(garbage(want.stderr));
      expect([got.stdout, got.exitCode]).toEqual([want.stdout, want.exitCode]);
      expect(got.stderr).not.toMatch(/\.ts:|\.cjs:|\.mjs:|internal error/);
    });
  }
});

it('the report shows the innermost hundred frames, as faulthandler does', async () => {
  const source = `from moult import unsafe
def down(n):
    if n == 0: unsafe.peek(0)
    down(n - 1)
down(150)
`;
  const { stderr } = await moult([file('hundred.py', source)]);
  expect(
    python(stderr)
      .split('\n')
      .filter((line) => line.endsWith('in down')).length,
  ).toBe(100);
  expect(python(stderr).split('\n').length).toBe(104);
});

describe('the engine says what the bytes tell', () => {
  it.concurrent('of an overflow: the block, and who made it', async ({ expect }) => {
    const { stderr } = await moult([join(folder, 'overflow.py')], { PYTHONMALLOC: 'debug' });
    expect(ours(stderr).join('\n')).toMatch(/died at CALL .* line 12 of .*overflow\.py/);
    expect(ours(stderr).join('\n')).toMatch(
      /20 bytes of domain 'o', allocation \d+, made by CALL .* line 9 .*; not freed/,
    );
  });
  it.concurrent('of a double free: who freed it first', async ({ expect }) => {
    const { stderr } = await moult([join(folder, 'double_free.py')], { PYTHONMALLOC: 'debug' });
    expect(ours(stderr).join('\n')).toMatch(/its block is free\n.*made by CALL .* line 3 .*; freed by CALL .* line 6 /);
  });
  it.concurrent('of a dead object: which value it is, and that it is dead', async ({ expect }) => {
    const { stderr } = await moult([join(folder, 'use_after_free.py')], { PYTHONMALLOC: 'debug' });
    expect(ours(stderr).join('\n')).toMatch(/no object: its type is 0xdddddddddddddddd, the fill of freed memory/);
  });
  it.concurrent('of garbage in a tuple: where it is held', async ({ expect }) => {
    const path = file(
      'garbage.py',
      'from moult import unsafe\nx = (1, 2)\nunsafe.poke(id(x) + 24, 0x5555)\nprint(x)\n',
    );
    const { stderr, exitCode } = await moult([path]);
    expect(exitCode).toBe(139);
    expect(stderr).toMatch(
      /^Fatal Python error: Segmentation fault\n\nCurrent thread 0x[0-9a-f]{16} \(most recent call/,
    );
    expect(ours(stderr).join('\n')).toMatch(/holds 0x5555 as \[0\], no object: nothing is mapped there/);
  });
});

describe('a wrong count', () => {
  it.concurrent('below zero is fatal where it happens', async ({ expect }) => {
    const path = file('negative.py', 'from moult import unsafe\nx = []\na = id(x)\ndel x\nunsafe.decref_at(a)\n');
    const { stderr, exitCode } = await moult([path]);
    expect(exitCode).toBe(134);
    expect(stderr).toMatch(/_Py_NegativeRefcount: Assertion failed: object has negative ref count\n/);
    expect(stderr).toMatch(
      /\nobject refcount : 0\nobject type {5}: 0x[0-9a-f]+\nobject type name: list\nobject repr {5}: \[\]\n/,
    );
    expect(stderr).toMatch(/line 5 in <module>\n/);
  });
  const missing = `from moult import unsafe
def keep(items, value):
    items.append(value)
    unsafe.decref(value)
x = object()
items = []
for i in range(2000):
    i * i
keep(items, x)
print('done')
`;
  const leak = `from moult import unsafe
def leak(value):
    unsafe.incref(value)
for i in range(2000):
    i * i
leak([1, 2])
print('done')
`;
  for (const when of ['every', '1000', 'exit']) {
    it.concurrent(`for want of an incref is found with its instruction, auditing ${when}`, async ({ expect }) => {
      const { stdout, stderr, exitCode } = await moult(['--audit', when, file(`missing-${when}.py`, missing)]);
      expect([stdout, exitCode]).toEqual(['done\n', 0]);
      expect(stderr).toMatch(/moult: audit after instruction \d+, CALL at offset \d+ in keep, line 4 of .*missing/);
      expect(stderr).toMatch(
        /\(object at 0x[0-9a-f]+\): stored 2, found 3; held by frame of keep local value; \[<object/,
      );
    });
    it.concurrent(`for want of a decref is found with its instruction, auditing ${when}`, async ({ expect }) => {
      const { stdout, stderr, exitCode } = await moult(['--audit', when, file(`leak-${when}.py`, leak)]);
      expect([stdout, exitCode]).toEqual(['done\n', 0]);
      const blocks = /moult: audit: \d differences, (\d) blocks left/.exec(stderr)?.[1];
      expect(Number(blocks)).toBeGreaterThan(0);
      if (when === 'exit') return; // nothing but the leaked block is wrong then
      expect(stderr).toMatch(/moult: audit after instruction \d+, CALL at offset \d+ in leak, line 3 of .*leak/);
    });
  }
});

describe('whatever is written wherever', () => {
  /** Random, but the same each time. */
  function* randomNumbers(seed: number): Generator<number> {
    let s = seed;
    for (;;) {
      s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
      yield s / 4294967296;
    }
  }
  const program = (pokes: string): string => `from moult import unsafe
class C:
    def __init__(self): self.x = [1, 'two', 3.5, {4: 5}]
things = [C(), {'a': 1, 'b': [2]}, [1, 2, 3], (4, 5), {6, 7}, 'text' * 20, 10**30, print, C]
${pokes}
for t in things:
    repr(t), hash(repr(t))
    if isinstance(t, list): t.append(len(things)); t.sort(); t.clear()
import gc
gc.collect()
`;
  it('the host lives, without a trace of its own stack', async () => {
    const random = randomNumbers(7);
    const next = (n: number): number => Math.floor((random.next().value as number) * n);
    const ends = new Map<number, number>();
    for (let i = 0; i < 25; i++) {
      const pokes = Array.from({ length: 1 + next(3) }, () => {
        const value = ['0', '-1', '0x5555', '0x7fffffffffffffff', 'id(things)', '0x10000008'][next(6)];
        return `unsafe.poke(id(things[${next(9)}]) + ${8 * next(6) - 16}, ${value})`;
      });
      const { stderr, exitCode } = await moult([file('garbage-in.py', program(pokes.join('\n')))]);
      ends.set(exitCode, (ends.get(exitCode) ?? 0) + 1);
      expect([0, 1, 134, 137, 139]).toContain(exitCode);
      expect(stderr, pokes.join('\n')).not.toMatch(/\.ts:|\.cjs:|\.mjs:|internal error/);
    }
    expect(ends.get(139) ?? 0).toBeGreaterThan(5);
  }, 300_000);
});
