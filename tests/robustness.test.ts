// Whatever a program does, the host lives and says what happened: Python's error, or the limit that ended it.
import { spawn } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { CLI } from './corpus.mjs';

interface Outcome {
  stdout: string;
  stderr: string;
  code: number | null;
}

function run(args: readonly string[], stdin = ''): Promise<Outcome> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [CLI, 'run', ...args], { env: { PATH: process.env.PATH ?? '' } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (part) => (stdout += part));
    child.stderr.on('data', (part) => (stderr += part));
    child.on('close', (code) => done({ stdout, stderr, code }));
    child.stdin.end(stdin);
  });
}
vi.setConfig({ testTimeout: 240_000, maxConcurrency: 2 });
const lastLine = (text: string): string => text.trimEnd().split('\n').pop() ?? '';

describe('a memory bomb ends in MemoryError', () => {
  const bombs: [string, string][] = [
    ['one huge list', 'x = [0] * 10**10'],
    ['a growing list', 'x = []\nwhile True: x.append(object())'],
    ['a growing str', 'x = "x"\nwhile True: x += x'],
    ['a growing dict', 'x = {}\ni = 0\nwhile True:\n    x[i] = i\n    i += 1'],
    ['a growing set', 'x = set()\ni = 0\nwhile True:\n    x.add(i)\n    i += 1'],
    ['a growing bytearray', 'x = bytearray()\nwhile True: x.extend(b"x" * 1000000)'],
    ['a growing int', 'x = 7\nwhile True: x <<= 10000000'],
    ['growing bytes', 'x = b"x"\nwhile True: x += x'],
    ['nested tuples', 'x = ()\nwhile True: x = (x, x)'],
    ['instances', 'class C: pass\nx = None\nwhile True:\n    c = C()\n    c.x = x\n    x = c'],
  ];
  for (const [name, code] of bombs) {
    for (const python of ['3.13', '3.8']) {
      it.concurrent(`${name}, under ${python}`, async ({ expect }) => {
        const { stderr, code: exit } = await run(['--python', python, '--memory', '64M', '-c', code]);
        expect([lastLine(stderr), exit]).toEqual(['MemoryError', 1]);
      });
    }
  }
  it('and a program that catches it goes on', async () => {
    const code =
      'x = []\ntry:\n    while True: x.append([0] * 100)\nexcept MemoryError:\n    del x\n    print(len([0] * 1000))';
    const { stdout, stderr, code: exit } = await run(['--memory', '64M', '-c', code]);
    expect([stdout, stderr, exit]).toEqual(['1000\n', '', 0]);
  });
});

describe('a limit ends the program and is named', () => {
  it.concurrent('of time, in a loop', async ({ expect }) => {
    const { stdout, stderr, code } = await run(['--timeout', '1', '-c', 'print("before")\nwhile True: pass']);
    expect([stdout, stderr, code]).toEqual(['before\n', 'moult: stopped after 1 s, the limit you set\n', 124]);
  });
  it.concurrent('of time, inside one native call', async ({ expect }) => {
    const { stderr, code } = await run(['--timeout', '1', '-c', 'sum(range(10**12))']);
    expect([stderr, code]).toEqual(['moult: stopped after 1 s, the limit you set\n', 124]);
  });
  it.concurrent('of time, though the program catches everything', async ({ expect }) => {
    const code = 'while True:\n    try:\n        while True: pass\n    except BaseException: pass';
    const outcome = await run(['--timeout', '1', '-c', code]);
    expect([outcome.stderr, outcome.code]).toEqual(['moult: stopped after 1 s, the limit you set\n', 124]);
  });
  it.concurrent('of instructions', async ({ expect }) => {
    const { stdout, stderr, code } = await run(['--instructions', '100000', '-c', 'print("before")\nwhile True: pass']);
    expect([stdout, code]).toEqual(['before\n', 124]);
    expect(stderr).toBe('moult: stopped after 100,000 instructions, the limit you set\n');
  });
});

describe('endless recursion', () => {
  const endings: [string, string, string][] = [
    ['a function', 'def f(): f()\nf()', ''],
    ['__repr__', 'class C:\n    def __repr__(self): return repr(self)\nrepr(C())', ''],
    ['__eq__', 'class C:\n    def __eq__(self, o): return self == o\nC() == C()', ''],
    ['a nested list', 'x = []\nfor _ in range(100000): x = [x]\nrepr(x)', ' while getting the repr of an object'],
    ['two nested tuples', 'x = y = ()\nfor _ in range(100000): x, y = (x,), (y,)\nx == y', ' in comparison'],
    ['two nested dicts', 'x = {}\ny = {}\nfor _ in range(100000): x, y = {1: x}, {1: y}\nx == y', ' in comparison'],
  ];
  for (const [name, code, where] of endings) {
    for (const python of ['3.13', '3.8']) {
      it.concurrent(`of ${name} ends in RecursionError, under ${python}`, async ({ expect }) => {
        const outcome = await run(['--python', python, '-c', code]);
        expect([lastLine(outcome.stderr), outcome.code]).toEqual([
          `RecursionError: maximum recursion depth exceeded${where}`,
          1,
        ]);
      });
    }
  }
  it.concurrent('with the limit out of the way ends in RecursionError too', async ({ expect }) => {
    const code =
      'import sys\nsys.setrecursionlimit(10**9)\nclass C:\n    def __repr__(self): return repr(self)\n' +
      'try: repr(C())\nexcept RecursionError as e: print("caught")';
    const outcome = await run(['-c', code]);
    expect([outcome.stdout, outcome.stderr, outcome.code]).toEqual(['caught\n', '', 0]);
  });
  it.concurrent('of data: a chain of a million objects is freed', async ({ expect }) => {
    const code =
      'class N: pass\nx = None\nfor _ in range(10**6):\n    n = N()\n    n.next = x\n    x = n\ndel n, x\nprint("freed")';
    const outcome = await run(['-c', code]);
    expect([outcome.stdout, outcome.stderr, outcome.code]).toEqual(['freed\n', '', 0]);
  });
  it.concurrent('of source: deep nesting is an error of Python', async ({ expect }) => {
    const source = `${'('.repeat(100_000)}1${')'.repeat(100_000)}\n`;
    const outcome = await run(['-'], source);
    expect(outcome.code).toBe(1);
    expect(lastLine(outcome.stderr)).toBe('SyntaxError: too many nested parentheses');
  });
  it.concurrent('of source: a long chain of operators', async ({ expect }) => {
    const outcome = await run(
      ['-'],
      `try:\n    eval('-' * 100000 + '1')\nexcept (MemoryError, RecursionError) as e:\n    print(type(e).__name__)\n`,
    );
    expect([outcome.stderr, outcome.code]).toEqual(['', 0]);
    expect(outcome.stdout).toMatch(/^(MemoryError|RecursionError)\n$/);
  });
});

describe('broken input', () => {
  const inputs: [string, string, RegExp, number][] = [
    ['bytes that are no text', '\u0000\u0001', /source code .*cannot contain null bytes/, 1],
    ['a half statement', 'def f(', /SyntaxError: '\(' was never closed/, 1],
    ['an open string', "x = 'abc", /SyntaxError: unterminated string literal/, 1],
  ];
  for (const [name, source, text, exit] of inputs) {
    it.concurrent(name, async ({ expect }) => {
      const outcome = await run(['-'], source);
      expect(outcome.stderr).toMatch(text);
      expect(outcome.code).toBe(exit);
    });
  }
  it('a file that does not exist', async () => {
    const { stderr, code } = await run(['no-such-program.py']);
    expect([/no such file/.test(stderr), code]).toEqual([true, 2]);
  });
});
