// `moult collections`, as a user runs it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const MOULT = fileURLToPath(new URL('../bin/moult.mjs', import.meta.url));
/** Each program prints what gc.collect() answered and, at the end, what gc.get_stats() counts. */
const PROGRAMS = {
  cycle: 'import gc\na = {}; b = {}\na["second"] = b; b["first"] = a\ndel a, b\nprint(gc.collect())\n',
  finalizers: `import gc
class Node:
    def __init__(self): self.next = None
    def __del__(self): pass
def pair():
    a, b = Node(), Node()
    a.next = b; b.next = a
for i in range(50): pair()
gc.collect()
`,
  automatic: `class N:
    def __init__(self): self.me = self
for i in range(9000): N()
`,
  resurrected: `import gc
kept = []
class R:
    def __del__(self): kept.append(self)
r = R(); r.me = r
del r
gc.collect()
`,
  none: 'x = [1]\n',
} as const;
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'moult-collections-'));
  for (const [name, source] of Object.entries(PROGRAMS)) writeFileSync(join(dir, `${name}.py`), source);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function moult(...args: string[]): { stdout: string; stderr: string; status: number | null } {
  return spawnSync(process.execPath, [MOULT, 'collections', ...args], { encoding: 'utf8', cwd: dir });
}
const told = (name: keyof typeof PROGRAMS) => JSON.parse(moult('--json', `${name}.py`).stdout).collections;

it('tells the cycle of the talk', () => {
  const { stdout, stderr, status } = moult('cycle.py');
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(stdout).toMatch(
    /^1 {2}generation 2 at line 5 in <module>, after \d+ instructions: gc\.collect\(\) asked for it\n/,
  );
  expect(stdout).toMatch(/\n {3}looked at [\d,]+ objects: [\d,]+ reachable, 2 not; freed 2\n/);
  expect(stdout).toContain("   dict 1['second'] → dict 2['first'] → dict 1  (2 objects)\n");
});

it('counts what has a finalizer before any ran', () => {
  const [collection] = told('finalizers');
  expect(collection).toMatchObject({
    generation: 2,
    unreachable: 100,
    finalizers: 100,
    freed: 100,
    function: '<module>',
  });
  expect(collection.cycles[0]).toEqual({ objects: 2, text: 'Node 1.next → Node 2.next → Node 1', times: 50 });
});

it('finds as unreachable what each automatic collection frees', () => {
  const all = told('automatic');
  expect(all.length).toBeGreaterThan(3);
  for (const c of all) {
    expect(c.trigger).toBe('threshold');
    expect(c.count).toBeGreaterThan(c.threshold);
    expect(c.unreachable).toBe(c.freed);
    expect(c.reachable + c.unreachable).toBe(c.candidates);
  }
});

it('shows what a finalizer resurrects as unreachable and not freed', () => {
  expect(told('resurrected')[0]).toMatchObject({ unreachable: 1, finalizers: 1, freed: 0 });
});

it('says that there was none, and what is wrong', () => {
  expect(moult('none.py').stdout).toBe('no collections\n');
  expect(moult('--limit', '1', 'automatic.py').stdout).toMatch(/\n\d+ more collections: --limit \d+ tells of them\n$/);
  expect(moult('--limit', '0', 'none.py').stderr).toContain('--limit 0: give a whole number above 0');
  expect(moult('--generation', '3', 'none.py').stderr).toContain('--generation 3: give 0, 1 or 2');
});
