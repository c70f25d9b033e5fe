// The process from outside: a warm start equals a cold one, a snapshot goes on elsewhere, stops are where they should be.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../tools/bundle/bundle.mjs';
import { ROOT } from './corpus.mjs';

/** A realm is a process: each test script runs in a fresh Node over a tracing bundle of the runtime and the Node host. */
let dir = '';
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'moult-process-'));
  const entry = join(dir, 'entry.ts');
  const from = (path: string) => JSON.stringify(join(ROOT, path));
  writeFileSync(
    entry,
    `export * from ${from('packages/runtime/src/index.ts')};
export { nodeHost } from ${from('apps/cli/src/host.ts')};
export { encodeProcess } from ${from('packages/runtime/src/process/image.ts')};
export { text } from ${from('packages/runtime/src/memory/text.ts')};
`,
  );
  await bundle({ input: entry, file: join(dir, 'runtime.mjs'), trace: true });
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Runs a script that has everything of the runtime in scope, as `r`; its stdout. */
function inFreshRealm(script: string): string {
  const file = join(dir, `script-${Math.random().toString(36).slice(2)}.mjs`);
  const text = `import * as r from ${JSON.stringify(pathToFileURL(join(dir, 'runtime.mjs')).href)};
import { readFileSync, writeFileSync } from 'node:fs';
let out = '';
const host = () => r.nodeHost({ cwd: ${JSON.stringify(dir)}, stdin: new Uint8Array(0), write: (_fd, data) => { out += Buffer.from(data).toString(); } });
const start = (source, more = {}) => r.createProcess({ program: { kind: 'command', source }, cwd: '/x', host: host(), ...more });
${script}`;
  writeFileSync(file, text);
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--stack-size=4000', file], {
    encoding: 'utf8',
    cwd: dir,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

const PROGRAM = `
import gc
class Node:
    def __init__(self, n):
        self.n = n
        self.me = self
def work(k):
    nodes = [Node(i) for i in range(50)]
    return sum(n.n for n in nodes) * k
total = 0
for k in range(40):
    total += work(k)
    text = "".join(chr(97 + i % 26) for i in range(k))
    if k % 10 == 0:
        print(k, total, len(text), gc.collect(), flush=True)
print(total, id(total) == id(total), sorted({str(i): i for i in range(20)}.items(), key=lambda p: -p[1])[:3])
`;

describe('starting', () => {
  it('warm equals cold, byte for byte', () => {
    const script = `
      const image = r.makeImage('3.13');
      const bytes = [];
      for (const options of [{}, { image }]) {
        const p = start(${JSON.stringify(PROGRAM)}, options);
        p.run();
        bytes.push(Buffer.from(r.encodeProcess()));
        out += '|';
      }
      console.log(bytes[0].equals(bytes[1]), bytes[0].length > 100000, new Set(out.split('|').slice(0, 2)).size);`;
    expect(inFreshRealm(script)).toBe('true true 1\n');
  });

  it('boots cold for another hash seed, and gives other bytes', () => {
    const script = `
      const run = (hashSeed) => { const p = start('x = {"a", "b", "c"}', { hashSeed }); p.run(); return Buffer.from(r.encodeProcess()); };
      const [a, b, c] = [run(0), run(1), run(0)];
      console.log(a.equals(b), a.equals(c));`;
    expect(inFreshRealm(script)).toBe('false true\n');
  });

  it('numbers no native after linking, whatever a program does', () => {
    const script = `
      const p = start(${JSON.stringify(PROGRAM)});
      const linked = r.text.length;
      p.run();
      p.finalize();
      console.log(r.text.length - linked);`;
    expect(inFreshRealm(script)).toBe('0\n');
  });

  it('refuses an image of another build', () => {
    const script = `
      const image = r.makeImage('3.13');
      image[16] ^= 1;
      try { start('pass', { image }); } catch (e) { console.log(e.message); }`;
    expect(inFreshRealm(script)).toBe('an image made by another build: its native functions have other numbers\n');
  });
});

describe('stopping and going on', () => {
  it('goes on in a fresh realm from a snapshot: same output, same bytes', () => {
    const whole = inFreshRealm(`
      const p = start(${JSON.stringify(PROGRAM)});
      console.log(p.run().reason);
      writeFileSync('whole.bin', r.encodeProcess());
      writeFileSync('whole.txt', out);`);
    expect(whole).toBe('done\n');
    inFreshRealm(`
      const p = start(${JSON.stringify(PROGRAM)});
      const stop = p.run({ instructions: 30011 });
      if (stop.reason !== 'budget' || !stop.resumable) throw new Error(JSON.stringify(stop));
      writeFileSync('half.bin', p.snapshot());
      writeFileSync('half.txt', out);`);
    inFreshRealm(`
      const p = r.restoreProcess(readFileSync('half.bin'), { program: { kind: 'command', source: ${JSON.stringify(PROGRAM)} }, host: host() });
      const stop = p.run();
      if (stop.reason !== 'done') throw new Error(JSON.stringify(stop));
      writeFileSync('rest.bin', r.encodeProcess());
      writeFileSync('rest.txt', out);`);
    const read = (name: string) => readFileSync(join(dir, name));
    expect(read('half.txt').length).toBeGreaterThan(0);
    expect(read('half.txt').toString() + read('rest.txt').toString()).toBe(read('whole.txt').toString());
    expect(read('rest.bin').equals(read('whole.bin'))).toBe(true);
  });

  it('runs in many small budgets as in one', () => {
    const script = `
      const run = (budget) => {
        out = '';
        const p = start(${JSON.stringify(PROGRAM)});
        let stops = 0;
        while (p.run(budget).reason === 'budget') stops++;
        return [stops, out, Buffer.from(r.encodeProcess())];
      };
      const [none, text, bytes] = run({});
      const [many, again, same] = run({ instructions: 997 });
      console.log(none, many > 30, text === again, bytes.equals(same));`;
    expect(inFreshRealm(script)).toBe('0 true true true\n');
  });

  it('steps by instruction and by line, and stops at breakpoints', () => {
    const script = `
      const p = start('x = 1\\ny = 2\\nfor i in range(3):\\n    z = i\\nw = 4\\n');
      let n = 0;
      while (p.step('line').reason === 'budget') n++;
      console.log(n);
      const q = start('x = 1\\n');
      let steps = 0;
      while (q.step('instruction').reason === 'budget') steps++;
      console.log(steps, q.instructions);
      const b = start('x = 1\\nfor i in range(3):\\n    y = i\\n', { breakpoints: [{ filename: '<string>', line: 3 }] });
      let hits = 0;
      while (b.run().reason === 'breakpoint') hits++;
      console.log(hits);`;
    // RESUME has line 0; lines 1, 2, then 3 and 4 three times, 3 once more, 5
    expect(inFreshRealm(script)).toBe('10\n3 4\n3\n');
  });

  it('stops where input is missing, and takes it up when there is some', () => {
    const script = `
      const lines = [null, Buffer.from('first\\n'), null, Buffer.from('second\\n')];
      const h = host();
      h.io.read = () => lines.shift() ?? null;
      const p = r.createProcess({ program: { kind: 'command', source: 'a = input()\\nb = input()\\nprint(b, a)' }, host: h });
      console.log([p.run(), p.run(), p.run()].map((s) => s.reason).join(' '), JSON.stringify(out));`;
    expect(inFreshRealm(script)).toBe('input input done "second first\\n"\n');
  });

  it('limits instructions, output and time', () => {
    const script = `
      const stop = (source, limits) => { out = ''; const s = start(source, { limits }).run(); return s.reason + ':' + s.limit; };
      console.log(stop('while True: pass', { instructions: 12345 }), stop('while True: pass', { time: 50 }));
      console.log(stop('while True: print("x" * 99)', { output: 1000 }), out.length);`;
    expect(inFreshRealm(script)).toBe('limit:instructions limit:time\nlimit:output 1000\n');
  });

  it('raises KeyboardInterrupt when interrupted', () => {
    const script = `
      const h = host();
      let asked = 0;
      h.interrupted = () => ++asked === 2;
      const p = r.createProcess({ program: { kind: 'command', source: 'try:\\n    while True: pass\\nexcept KeyboardInterrupt: print("caught")' }, host: h });
      p.run();
      console.log(JSON.stringify(out), p.finalize().blocksLeft);`;
    expect(inFreshRealm(script)).toBe('"caught\\n" 0\n');
  });
});
