// Going to a moment gives the bytes of a straight run, byte for byte, forwards and backwards, and recording changes nothing.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../tools/bundle/bundle.mjs';
import { listPrograms, ROOT } from './corpus.mjs';
import { makeProgram } from './random/program.mjs';
import type { EventKind } from '@moult/recorder';
import { unknownTerms } from './recorder/lint.ts';
import type { StretchReport } from './recorder/stretches.ts';
import type { SeekAnswer, SeekRequest } from './recorder/driver.ts';

let dir = '';
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'moult-recorder-'));
  await bundle({ input: join(ROOT, 'tests/recorder/driver.ts'), file: join(dir, 'driver.mjs'), trace: true });
  copyFileSync(createRequire(import.meta.url).resolve('pyodide/python_stdlib.zip'), join(dir, 'python_stdlib.zip'));
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function seek(requests: readonly SeekRequest[]): SeekAnswer[] {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(dir, 'driver.mjs')], {
    encoding: 'utf8',
    cwd: dir,
    input: requests.map((request) => JSON.stringify(request)).join('\n'),
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  const answers = stdout.trimEnd().split('\n');
  return answers.map((line, i) => {
    const answer = JSON.parse(line) as SeekAnswer & { failed?: string };
    if (answer.failed !== undefined) throw new Error(`${requests[i]?.file}: ${answer.failed}`);
    return answer;
  });
}

function expectEqual(requests: readonly SeekRequest[], answers: readonly SeekAnswer[]): void {
  expect(answers.length).toBe(requests.length);
  const wrong = answers.flatMap((a, i) => {
    const same = a.differences.length === 0 && a.length === a.recordedLength && a.sameOutput && a.sameEnd;
    return same ? [] : [{ file: requests[i]?.file, ...a }];
  });
  expect(wrong).toEqual([]);
}

function program(name: string, source: string): string {
  const file = join(dir, name);
  writeFileSync(file, source);
  return file;
}

describe('a seek', () => {
  it('gives the bytes of a straight run, in programs of all features', { timeout: 300_000 }, () => {
    // answers that depend on when they are asked for differ between the two runs that are compared
    const all = listPrograms([]).filter((p) => !p.long && !/\btime\b|random|urandom|getpid/.test(p.source));
    const requests = all
      .filter((_, i) => i % 7 === 3)
      .map((p) => ({ file: p.path, args: p.args, stdin: p.stdin, seeks: 8, seed: 11, verify: true }));
    expect(requests.length).toBeGreaterThan(45);
    const answers = seek(requests);
    expectEqual(requests, answers);
    expect(answers.reduce((n, a) => n + a.seeks, 0)).toBeGreaterThan(300);
    // moments amid native calls are among them
    expect(answers.reduce((n, a) => n + a.amid, 0)).toBeGreaterThan(10);
  });

  it('does so in random programs', { timeout: 120_000 }, () => {
    const requests = Array.from({ length: 10 }, (_, i) => {
      const file = program(`random${i}.py`, makeProgram(9000 + i));
      return { file, seeks: 10, seed: i, verify: true };
    });
    expectEqual(requests, seek(requests));
  });

  it('does so with few checkpoints, where they are bounded', { timeout: 120_000 }, () => {
    const file = program(
      'churn.py',
      'import sys\nd = {}\nfor i in range(30000):\n    d[i % 3000] = [i, str(i)]\nprint(len(d))\n',
    );
    const requests = [2 << 20, 1 << 30].map((memory) => ({ file, seeks: 25, seed: 5, interval: 2000, memory }));
    const answers = seek(requests);
    expectEqual(requests, answers);
    expect((answers[0] as SeekAnswer).checkpoints).toBeLessThan((answers[1] as SeekAnswer).checkpoints / 2);
    expect((answers[0] as SeekAnswer).bytes).toBeLessThanOrEqual(2 << 20);
  });
});

describe('a moment in words', () => {
  const source = `def f(n):
    if n == 0:
        return 1
    return n * f(n - 1)
def g():
    for i in range(2):
        yield i
class A:
    def __init__(self):
        self.x = [f(2)]
a = A()
for v in g():
    print('item', v)
try:
    {}['key']
except KeyError:
    print('no key', end='')
print(sorted([3, 1], key=lambda q: f(q)))
1 / 0
`;
  const places = (request: Partial<SeekRequest>): string[] => {
    const file = program('places.py', source);
    const [answer] = seek([{ file, seeks: 5, seed: 1, interval: 60, ...request }]) as [SeekAnswer];
    expect(answer.differences).toEqual([]);
    return answer.places.map((text) => text.replace(/^(none: )?\d+ /, '$1'));
  };

  it('is found by line, call, return, exception and output', { timeout: 60_000 }, () => {
    const ask = {
      'step:0': '<module>:0',
      end: 'end',
      '12': '<module>:12',
      '12@3': '<module>:12',
      '12@4': 'BadMoment: 12@4: the line was reached 3 times',
      'places.py:7@2': 'g:7',
      'other.py:1': 'BadMoment: other.py:1: the line was reached at no time',
      'call:f@3': 'f:1',
      'call:A.__init__': 'A.__init__:9',
      'call:<lambda>@2': '<lambda>:18',
      'return:f@1': 'f:3',
      'return:g': 'g:6',
      'exception@1': '<module>:15',
      exception: '<module>:19',
      'exception@3': 'BadMoment: exception@3: 2 exceptions were raised',
      'output:1': '<module>:13',
      'output:3': '<module>:18',
      'output:4': 'BadMoment: output:4: the program wrote 3 lines',
      'step:999999': expect.stringMatching(/^BadMoment: step:999999: the run has \d+ instructions$/),
      'output:0': 'BadMoment: output:0: what is counted begins with 1',
      nonsense: expect.stringMatching(/^BadMoment: nonsense: a moment is LINE, /),
    };
    expect(places({ ask: Object.keys(ask) })).toEqual(Object.values(ask));
  });

  it('is stepped from, both ways', { timeout: 60_000 }, () => {
    expect(
      places({ ask: ['12'], steps: ['over', 'line', 'line', 'over', '-over', '-line', '-line', '-call', 'out'] }),
    ).toEqual(
      [12, 13, 12, 'g:6', 'g:7', 'g:6', '<module>:12', '<module>:13', 'g:5', '<module>:12'].map((place) =>
        typeof place === 'number' ? `<module>:${place}` : place,
      ),
    );
    const lines = [19, 18, 17, 16, 15, 14, 12, 13, 12, 13, 12, 11, 8, 5, 1];
    const back = places({ ask: ['end'], steps: [...lines.map(() => '-over'), '-over'] });
    expect(back).toEqual(['end', ...lines.map((line) => `<module>:${line}`), 'none: <module>:0']);
  });
});

describe('the life of an object', () => {
  const lives = (source: string, ...asked: string[]): string[][] => {
    const file = program('life.py', source);
    const [answer] = seek([{ file, seeks: 5, seed: 2, interval: 20, verify: true, lives: asked }]) as [SeekAnswer];
    expect(answer.differences).toEqual([]);
    // numbers of objects depend on what start-up and imports make
    return answer.lives.map((life) => life.map((text) => text.replace(/ #\d+/g, ' #')));
  };

  it('is told with the cause of each change of its count', { timeout: 60_000 }, () => {
    const source = `a = [1]
b = a
c = {'k': a, 'j': [a, a]}
def f(x):
    y = x
    return len(y)
f(a)
c.clear()
del b
a = None
z = [1, 2]
`;
    expect(lives(source, 'a @ 2', 'c @ end')).toEqual([
      [
        'Line 1: list # was made. Its count went from 0 to 1, held by the name a.',
        'Line 2: list # rose from 1 to 2, now held by the name b.',
        "Line 3: list # rose from 2 to 5, now held by the value of 'k' in dict # and 2 more.",
        'Line 7: list # rose from 5 to 6, now held by the local x of f.',
        'Line 5: list # rose from 6 to 7, now held by the local y of f.',
        'Line 6: list # fell from 7 to 5, let go by the local x of f and 1 more.',
        "Line 8: list # fell from 5 to 2, let go by the value of 'k' in dict # and 2 more.",
        'Line 9: list # fell from 2 to 1, let go by the name b.',
        'Line 10: list # fell from 1 to 0 and was freed. Its last holder was the name a.',
        'Same address as list #, freed at line 10. This is a new object, list #.',
      ],
      ['Line 3: dict # was made. Its count went from 0 to 1, held by the name c.'],
    ]);
  });

  it('is among the events of a stretch, whose births and deaths make of one moment the other', {
    timeout: 60_000,
  }, () => {
    const source = `import gc
class Node: pass
def f(n):
    return [n, str(n)]
kept = []
for i in range(300, 303):
    kept.append(f(i))
print('made', len(kept))
kept.pop()
a = Node(); a.me = a; del a
print(gc.collect(0))
try:
    kept[9]
except IndexError: pass
`;
    const file = program('events.py', source);
    const ask = (from: string, to: string, kinds: readonly EventKind[]): SeekAnswer => {
      const [answer] = seek([{ file, seeks: 3, seed: 2, interval: 30, events: { from, to, kinds } }]) as [SeekAnswer];
      expect(answer.differences).toEqual([]);
      expect(answer.miscounted).toBe(0);
      return answer;
    };
    expect(ask('8', 'end', ['print', 'raise', 'collection']).events).toEqual([
      'print <module>:8 made 1',
      'print <module>:8   1',
      'print <module>:8 3 1',
      'print <module>:8 \n 1',
      'collection <module>:11 0',
      'print <module>:11 1 1',
      'print <module>:11 \n 1',
      'raise <module>:13',
    ]);
    expect(ask('7', '6@3', ['line', 'call', 'return', 'alloc']).events).toEqual([
      'line <module>:7',
      'call f:3',
      'line f:4',
      "alloc f:4 str '300'",
      "alloc f:4 list [300, '300']",
      'return f:4',
      'line <module>:6',
      'alloc <module>:6 int 301',
      'line <module>:7',
      'call f:3',
      'line f:4',
      "alloc f:4 str '301'",
      "alloc f:4 list [301, '301']",
      'return f:4',
    ]);
    expect(ask('step:0', 'end', []).events).toEqual([]);
  });

  it('ends in a collection where it is in a cycle', { timeout: 60_000 }, () => {
    const source = `import gc
class Node: pass
x = Node()
y = Node()
x.other = y
y.other = x
del x, y
gc.collect()
k = []
k.append(k)
k = 0
`;
    expect(lives(source, 'x @ 5', 'k @ 10')).toEqual([
      [
        'Line 3: Node # was made. Its count went from 0 to 1, held by the name x.',
        'Line 6: Node # rose from 1 to 2, now held by the attribute other of Node #.',
        'Line 7: Node # fell from 2 to 1, let go by the name x.',
        'Collection 1 of generation 2 freed Node #: its count went from 1 to 0 with a cycle of 2 objects.',
      ],
      [
        'Line 9: list # was made. Its count went from 0 to 1, held by the name k.',
        'Line 10: list # rose from 1 to 2, now held by item 0 of list #.',
        'Line 11: list # fell from 2 to 1, let go by the name k.',
      ],
    ]);
  });
});

describe('the events of a stretch', () => {
  it('make of the counts at its start those at its end, and their sentences are as they should be', {
    timeout: 300_000,
  }, () => {
    const all = listPrograms([]).filter((p) => !p.long && !/\btime\b|random|urandom|getpid/.test(p.source));
    const requests = all
      .filter((_, i) => i % 60 === 11)
      .map((p) => ({ file: p.path, args: p.args, stdin: p.stdin, seeks: 0, seed: 5, stretches: 2 }));
    requests.push(
      ...[0, 1].map((i) => {
        const file = program(`stretch${i}.py`, makeProgram(7000 + i));
        return { file, args: [], stdin: '', seeks: 0, seed: i, stretches: 2 };
      }),
    );
    const checked = seek(requests).map((answer) => answer.checked as StretchReport);
    expect(checked.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(checked.flatMap(({ complaints }) => complaints)).toEqual([]);
    const sum = (of: (report: StretchReport) => number) => checked.reduce((n, report) => n + of(report), 0);
    expect(sum((report) => report.events)).toBeGreaterThan(15_000);
    expect(sum((report) => report.compared)).toBeGreaterThan(50_000);
    const kinds = new Set(checked.flatMap((report) => Object.keys(report.kinds)));
    for (const kind of [
      'incref',
      'decref',
      'holder',
      'temporary',
      'alloc',
      'free',
      'keep',
      'reuse',
      'realloc',
      'pool',
    ]) {
      expect(kinds).toContain(kind);
    }
  });

  it('uses no term that is not explained', () => {
    expect(unknownTerms(new Set(PLAIN.split(/\s+/)))).toEqual([]);
  });
});

/** Words of plain English that sentences use. */
const PLAIN = `a address after again alive among an and any apart argument as at attribute back be became begin borrow by byte
  call came becomes began can character clear copied decide did ended exception fallen fell field for found from given go had held here hold in
  inside interpreter is it item its joined kept key kind last leads left let line local look made member merged moment more
  moved name new no not nothing now object of off old on one only other output outside own permanent place printed program
  python raised ran returns rose run said same set since stays still taken that the there this to took type used was went what
  while with within younger`;

describe('the log', () => {
  it('answers what the clock, randomness, input, files and the environment answered', { timeout: 60_000 }, () => {
    const file = program(
      'inputs.py',
      [
        'import os, sys, time',
        "name = input('name? ')",
        "with open('recorded.txt', 'w') as f: f.write(name * 3)",
        "with open('recorded.txt') as f: text = f.read()",
        'a = [time.time(), time.perf_counter(), os.urandom(8), text, sorted(os.listdir("."))[:1], os.getcwd()]',
        'for i in range(200): a.append((i, time.monotonic_ns()))',
        "os.remove('recorded.txt')",
        'rest = sys.stdin.read()',
        'print(len(a), text, rest, os.environ.get("NOTHING"))',
      ].join('\n'),
    );
    const requests = [{ file, stdin: 'Ada\nmore\n', seeks: 0, seed: 1, interval: 300, verify: true, twice: true }];
    const [answer] = seek(requests) as [SeekAnswer];
    expect(answer.differences).toEqual([]);
    expect(answer.sameOutput).toBe(true);
    expect(answer.requests).toBeGreaterThan(200);
    // nothing outside is asked while going back and forth
    expect(answer.outside).toBe(0);
  });

  it('refuses a request that is not the recorded one, in words', { timeout: 60_000 }, () => {
    const file = program('clock.py', 'import time\nx = [time.time() for _ in range(50)]\nprint(len(x))\n');
    const [answer] = seek([{ file, seeks: 0, seed: 1, interval: 50, forge: true }]) as [SeekAnswer];
    expect(answer.refused).toMatch(
      /^NotRecorded: the recording holds no answer to clock\.time\(\): its answer \d+ is to io\.read\(0\)$/,
    );
  });
});
