// Recordings as files: the same answers as from the run, nothing outside touched, whole or not at all, damage said in words;
// runs that something ended keep their history; expressions are evaluated in a copy.
import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../tools/bundle/bundle.mjs';
import { ROOT } from './corpus.mjs';
import type { FileAnswer, FileRequest } from './recordings/driver.ts';

const MOULT = join(ROOT, 'apps/cli/bin/moult.mjs');
const EXIT_RECORDING = 65;
let dir = '';
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'moult-recordings-'));
  await bundle({ input: join(ROOT, 'tests/recordings/driver.ts'), file: join(dir, 'driver.mjs'), trace: true });
  copyFileSync(createRequire(import.meta.url).resolve('pyodide/python_stdlib.zip'), join(dir, 'python_stdlib.zip'));
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function moult(args: readonly string[], options: { input?: string; cwd?: string; env?: Record<string, string> } = {}) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [MOULT, ...args], {
    encoding: 'utf8',
    cwd: options.cwd ?? dir,
    input: options.input ?? '',
    env: { ...process.env, ...options.env },
  });
  return { stdout, stderr, status };
}
function program(name: string, source: string): string {
  const file = join(dir, name);
  writeFileSync(file, source);
  return file;
}
function inFiles(requests: readonly FileRequest[]): FileAnswer[] {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(dir, 'driver.mjs')], {
    encoding: 'utf8',
    cwd: dir,
    input: requests.map((request) => JSON.stringify(request)).join('\n'),
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const answer = JSON.parse(line) as FileAnswer & { failed?: string };
      if (answer.failed !== undefined) throw new Error(answer.failed);
      return answer;
    });
}

const INPUTS = `import time, os
name = input('name? ')
started = time.time()
noise = os.urandom(8)
x = [name, started]
for i in range(20): x.append((i, time.monotonic_ns()))
home = os.environ.get('HOME')
with open('read.txt') as f: text = f.read()
y = x
print(name, text, home)
`;
const OBJECTS = `class Node:
    def __init__(self, n): self.n = n; self.next = None
    @property
    def loud(self):
        print('looking')
        return self.next
    def __repr__(self): return f'Node({self.n})'
nodes = {}
for i in range(40):
    nodes[i] = Node(i)
    nodes[i].next = nodes.get(i - 1)
def f(key):
    kept = [key]
    return nodes[key]
f(7)
del nodes[3]
`;

describe('a file', () => {
  const moments = [0, 0.2, 0.5, 0.8, 0.99, 1];
  it('has the bytes of the run at each moment, and what was told of it', { timeout: 120_000 }, () => {
    program('read.txt', 'ünï');
    const inputs = program('inputs.py', INPUTS);
    const objects = program('objects.py', OBJECTS);
    const answers = inFiles(
      [
        { file: inputs, stdin: 'Ada\n', interval: 1500, moments },
        { file: objects, interval: 200, moments },
        { file: join(ROOT, 'examples/talk/19-gc-collect.py'), moments },
        { file: join(ROOT, 'tests/programs/generators/basics.py'), interval: 500, moments },
      ].filter(({ file }) => existsSync(file)),
    );
    for (const { differences, sameRest } of answers)
      expect({ differences, sameRest }).toEqual({ differences: [], sameRest: true });
  });

  it('that is damaged gives an error in words, never another answer', { timeout: 600_000 }, () => {
    program('read.txt', 'some text');
    const answers = inFiles([
      {
        file: program('inputs.py', INPUTS),
        stdin: 'Ada\n',
        interval: 1500,
        moments: [0, 0.5, 0.99],
        mutations: 120,
        seed: 3,
      },
      { file: program('objects.py', OBJECTS), interval: 200, moments: [0, 0.5, 0.99], mutations: 200, seed: 4 },
    ]);
    for (const { wrong } of answers) expect(wrong).toEqual([]);
    const sum = (pattern: RegExp) =>
      answers.reduce(
        (n, { outcomes }) => n + Object.entries(outcomes).reduce((m, [key, k]) => (pattern.test(key) ? m + k : m), 0),
        0,
      );
    // damage with the right checksums is among them, and some of it is found only in what the file says
    expect(sum(/^(?:damaged|cut|foreign|newer)$/)).toBe(320);
    expect(sum(/^inside (?:damaged|refused|engine)$/)).toBeGreaterThan(160);
  });

  it('that is no recording, is newer, cut or damaged ends a verb with 65', { timeout: 60_000 }, () => {
    const run = join(dir, 'run.moult');
    expect(moult(['record', '-o', run, '-c', 'x = [1]']).status).toBe(0);
    const bytes = readFileSync(run);
    const changed = (name: string, change: (b: Buffer) => Buffer): string => {
      const file = join(dir, name);
      writeFileSync(file, change(Buffer.from(bytes)));
      return file;
    };
    const cases: [string, RegExp][] = [
      [changed('no.moult', () => Buffer.from('x = 1\n')), /no\.moult': it is no recording of Moult/],
      [changed('empty.moult', () => Buffer.alloc(0)), /it is no recording of Moult/],
      [
        changed('newer.moult', (b) => Buffer.concat([b.subarray(0, 8), Buffer.of(9), b.subarray(9)])),
        /has format 9, this Moult reads format 1: a newer Moult made it/,
      ],
      [changed('cut.moult', (b) => b.subarray(0, 900)), /is cut off after 900 bytes/],
      [
        changed('bad.moult', (b) =>
          Buffer.concat([b.subarray(0, 700), Buffer.of((b[700] as number) ^ 4), b.subarray(701)]),
        ),
        /is damaged: the bytes at \d+ do not have their checksum/,
      ],
    ];
    for (const [file, words] of cases) {
      const { stderr, status } = moult(['why', 'x', file]);
      expect({ status, stderr }).toEqual({ status: EXIT_RECORDING, stderr: expect.stringMatching(words) });
    }
    expect(moult(['why', 'x', '--python', '3.8', run]).status).toBe(2);
    expect(moult(['why', '--python', '3.8', 'x', run]).stderr).toMatch('--python is for a run');
    expect(moult(['why', 'x', run, 'argument']).stderr).toMatch('it takes no arguments');
  });

  it('answers as the run did where the program, its files and its input are gone', { timeout: 300_000 }, () => {
    const home = join(dir, 'home');
    mkdirSync(home);
    writeFileSync(join(home, 'read.txt'), 'some text');
    writeFileSync(join(home, 'p.py'), INPUTS);
    const run = join(dir, 'inputs.moult');
    const recorded = moult(['record', '-o', run, 'p.py'], { cwd: home, input: 'Ada\n', env: { HOME: '/home/ada' } });
    expect(recorded.stdout).toBe('name? Ada some text /home/ada\n');
    expect(recorded.stderr).toMatch(/standard input +1 request/);
    expect(recorded.stderr).toMatch(/randomness +1 request/);
    rmSync(home, { recursive: true });
    const asked = { input: 'Eve\n', env: { HOME: '/home/eve', TZ: 'Asia/Tokyo' } };
    const life = moult(['history', 'x', run], asked);
    expect(life.stderr).toBe('');
    expect(life.stdout).toMatch(/`y = x` at line 9: \+1, now 2/);
    expect(moult(['why', '--at', 'output:1', 'name', run], asked).stdout).toMatch('str #');
    // run again on the recorded inputs
    expect(moult(['history', '--rerun', 'x', run], asked).stdout).toBe(life.stdout);
  });

  it('without its inputs says so where they are needed', { timeout: 60_000 }, () => {
    program('read.txt', 'some text');
    const run = join(dir, 'omitted.moult');
    const { stderr } = moult(['record', '--omit-inputs', '-o', run, program('inputs.py', INPUTS)], { input: 'Ada\n' });
    expect(stderr).toMatch(/standard input +1 request +left out/);
    expect(moult(['why', 'x', run]).status).toBe(0);
    const life = moult(['history', 'x', run]);
    expect(life).toEqual({
      stdout: '',
      status: EXIT_RECORDING,
      stderr: expect.stringMatching('it was written without its inputs'),
    });
    expect(moult(['why', '--rerun', 'x', run]).stderr).toMatch('the program cannot be run again');
    // no text of the input lies in it as it was read
    expect(readFileSync(run).includes('some text')).toBe(false);
  });

  it('is there whole or not at all, whenever its writer is killed', { timeout: 480_000 }, async () => {
    const folder = join(dir, 'kills');
    mkdirSync(folder);
    const run = join(folder, 'run.moult');
    expect(moult(['record', '-o', run, '-c', 'x = [1]']).status).toBe(0);
    const before = readFileSync(run);
    const big = program('big.py', 'x = [[i, str(i)] for i in range(60000)]\n');
    let killed = 0;
    for (let k = 0; k < 10; k++) {
      const child = spawn(process.execPath, [MOULT, 'record', '-o', run, big], { stdio: 'ignore' });
      const ended = new Promise((resolve) => child.on('exit', resolve));
      // half of them while the file is being written: when its part is there
      const part = (): boolean => readdirSync(folder).some((name) => name.endsWith('.moult-part'));
      for (let t = 0; t < 400 && child.exitCode === null && !(k % 2 === 0 ? part() : t > k * 20); t++) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      if (k % 4 === 0) await new Promise((resolve) => setTimeout(resolve, k * 5));
      if (child.kill('SIGKILL')) killed++;
      await ended;
      const now = readFileSync(run);
      if (now.equals(before)) continue;
      expect(moult(['why', 'x', run]).status).toBe(0);
      writeFileSync(run, before);
    }
    expect(killed).toBeGreaterThan(5);
    // what the killed ones left beside goes with the next
    expect(moult(['record', '-o', run, '-c', 'x = [2]']).status).toBe(0);
    expect(readdirSync(folder)).toEqual(['run.moult']);
  });
});

describe('the history goes up to what ended the run', () => {
  const LOOP = 'x = []\nn = 0\nwhile True:\n    n += 1\n    if n % 1000 == 0: x.append(n)\n';
  const cases: [name: string, source: string, options: string[], status: number, said: RegExp][] = [
    ['instructions', LOOP, ['--instructions', '50000'], 124, /stopped after 50,000 instructions, the limit you set/],
    ['time', LOOP, ['--timeout', '1'], 124, /stopped after [\d,]+ instructions, by the time limit/],
    [
      'time, amid a native that waits for Python',
      'x = [1]\ndef g():\n    while True: yield 1\nsorted([2, 1], key=lambda v: sum(g()))\n',
      ['--timeout', '1'],
      124,
      /by the time limit/,
    ],
    [
      'time, in a native',
      'x = [1]\nimport re\nre.match(r"(a*)*b", "a" * 40)\n',
      ['--timeout', '1'],
      124,
      /by the time limit/,
    ],
    ['memory', 'x = []\nwhile True: x.append(bytes(100_000))\n', ['--memory', '64M'], 1, /MemoryError/],
    ['an exception', 'x = [1]\n1 / 0\n', [], 1, /ZeroDivisionError/],
    ['a fatal error', 'x = [1]\nimport ctypes\nctypes.string_at(1)\n', [], 139, /died/],
    ['os._exit', 'x = [1]\nimport os\nos._exit(3)\n', [], 3, /run\.moult/],
  ];
  for (const [name, source, options, status, said] of cases) {
    it(name, { timeout: 60_000 }, () => {
      const file = program('ends.py', source);
      const run = join(dir, 'ends-run.moult');
      const recorded = moult(['record', ...options, '-o', run, file]);
      expect({ status: recorded.status, stderr: recorded.stderr }).toEqual({
        status,
        stderr: expect.stringMatching(said),
      });
      const life = moult(['history', '--json', '--limit', '3', '--at', '2', 'x', run]);
      expect(life.stderr).toBe('');
      expect(JSON.parse(life.stdout).events[0].at).toBeGreaterThan(0);
      const { samples, instructions } = JSON.parse(moult(['timeline', '--json', '--samples', '3', run]).stdout);
      expect(samples.at(-1).at).toBe(instructions);
    });
  }

  it('Ctrl-C, once for the program, twice for the run', { timeout: 60_000 }, async () => {
    const stubborn =
      'x = []\nwhile True:\n    try:\n        while True: pass\n    except KeyboardInterrupt: x.append(1)\n';
    for (const [source, times, status, said] of [
      [LOOP, 1, 130, /KeyboardInterrupt/],
      [stubborn, 2, 124, /by Ctrl-C; the history goes up to there/],
    ] as const) {
      const run = join(dir, 'interrupted.moult');
      rmSync(run, { force: true });
      const child = spawn(process.execPath, [MOULT, 'record', '-o', run, '-c', source]);
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
      const ended = new Promise((resolve) => child.on('exit', resolve));
      for (let k = 0; k < times; k++) {
        await new Promise((resolve) => setTimeout(resolve, 3000));
        child.kill('SIGINT');
      }
      expect(await ended).toBe(status);
      expect(stderr).toMatch(said);
      expect(moult(['why', '--at', 'end', 'x', run]).stdout).toMatch(/^list #1/);
    }
  });
});

describe('an expression', () => {
  it('is evaluated in a copy: the run has the same bytes before and after', { timeout: 120_000 }, () => {
    const evaluate = [
      'nodes',
      'nodes.clear()',
      'f(5)',
      '[1, 2]',
      '1/0',
      'nodes[9].loud',
      'exit(3)',
      'open("x", "w")',
      '[n for n in iter(int, 1)]',
      'print("said")',
      '__import__("gc").collect()',
      '(lambda n: n(n))(lambda n: n(n))',
      'nodes[',
    ];
    const [answer] = inFiles([
      { file: program('objects.py', OBJECTS), interval: 100, moments: [0.05, 0.5, 0.9, 1], evaluate },
    ]) as [FileAnswer];
    expect(answer.differences).toEqual([]);
    expect(answer.evaluated.filter((text) => text.includes('CHANGED'))).toEqual([]);
    const last = answer.evaluated.filter((_, i) => i % 4 === 3);
    expect(last.map((text) => text.replace(/ \{.*\}/, ' {…}'))).toEqual([
      'value known {…}',
      'value known None',
      'value known Node(5)',
      'value new [1, 2]',
      'raised',
      'value known Node(8) printed looking',
      'raised',
      'ended',
      'ended',
      'value known None printed said',
      expect.stringMatching(/^value (?:known|new) \d+$/),
      'raised',
      'raised',
    ]);
  });

  it('names an object for a verb, and says why it cannot', { timeout: 60_000 }, () => {
    const file = program('objects.py', OBJECTS);
    const why = moult(['why', '--eval', 'nodes[sum([4, 5])].loud', file]);
    expect(why.stderr).toBe('moult: --eval printed: looking\n');
    expect(why.stdout).toMatch(/^Node #\d+ at 0x[\da-f]+, at the end\n {2}count 2, held by\n/);
    expect(moult(['history', '--at', 'call:f', '--eval', 'nodes[key]', file]).stdout).toMatch(/^Node #\d+ at/);
    expect(moult(['why', '--eval', '[1]', file]).stderr).toMatch(
      'it made a new list, [1], which the run does not have',
    );
    expect(moult(['why', '--eval', '1 / 0', file]).stderr).toMatch('--eval 1 / 0: ZeroDivisionError: division by zero');
    expect(moult(['why', '--eval', 'input()', file]).stderr).toMatch('sees nothing outside');
  });
});

it('the debugger watches the object, not what lies at its address next', { timeout: 60_000 }, () => {
  const file = program('reuse.py', 'x = [1]\ny = x\ndel y\nx = [2]\ny = [3]\nz = y\n');
  const { stdout } = moult(['debug', file], { input: 'g 2\nwatch x\ndeath x\nc\nc\nc\nc\nc\nrc\nq\n' });
  const stops = [...stdout.matchAll(/^stop (\d): the count of x went from (\d) to (\d)$/gm)].map((m) =>
    m.slice(1).join(' '),
  );
  // both stops see the death; behind it another list lies there, and is not meant
  expect(stops).toEqual(['1 1 2', '1 2 1', '2 1 0', '2 1 0'].slice(0, stops.length));
  expect(stops.length).toBeGreaterThan(3);
  expect(stdout).toMatch(/the program has ended/);
});

it('digits mean a process, ./digits a file', { timeout: 30_000 }, () => {
  program('1234', 'x = [1]\n');
  expect(moult(['history', 'x', '1234']).stderr).toMatch('process 1234');
  expect(moult(['history', 'x', './1234']).stdout).toMatch(/^list #1 /);
});
