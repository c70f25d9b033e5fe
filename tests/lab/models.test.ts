// What the lab's models say of a run: the same picture by any way to a moment, holders that add up, the allocator's figures,
// collections, instructions; all against the engine's own answers.
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AllocatorData } from '../../apps/lab/src/model/allocator/allocator.ts';
import type { BytecodeData } from '../../apps/lab/src/model/bytecode/bytecode.ts';
import type { CollectorData } from '../../apps/lab/src/model/collector/collector.ts';
import type { EventsData } from '../../apps/lab/src/model/events/events.ts';
import type { InspectorData, Selected } from '../../apps/lab/src/model/inspector/inspector.ts';
import type { PictureData } from '../../apps/lab/src/model/picture/picture.ts';
import { plain } from '../../apps/lab/src/model/refs.ts';
import type { Ref, Say } from '../../apps/lab/src/protocol.ts';
import { bundle } from '../../tools/bundle/bundle.mjs';
import { ROOT } from '../corpus.mjs';
import type { LabRealm } from './realm.ts';

const require = createRequire(import.meta.url);
let dir = '';
let copies = 0;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'moult-lab-'));
  await bundle({ input: join(ROOT, 'tests/lab/realm.ts'), file: join(dir, 'realm.cjs'), trace: true });
  copyFileSync(require.resolve('pyodide/python_stdlib.zip'), join(dir, 'python_stdlib.zip'));
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A realm of its own for a program. */
function run(source: string, python?: string): LabRealm {
  const name = join(dir, `program${copies}.py`);
  writeFileSync(name, source);
  copies++;
  const file = join(dir, 'realm.cjs');
  delete require.cache[file];
  const module = require(file) as { LabRealm: new (path: string, python?: string) => LabRealm };
  return new module.LabRealm(name, python);
}
const said = ({ say }: { readonly say: Say }): string => `${plain(say.head)} | ${plain(say.why)}`;

const CYCLE = `import gc

l1 = [1, 2, 3]
l2 = l1
l3 = l1.copy()
print(l1 is l2, l1 is l3)
del l3

Object1 = {}
Object2 = {}
Object1["second"] = Object2
Object2["first"] = Object1
del Object1
del Object2
print(gc.collect())
`;

const MIXED = `class Account:
    def __init__(self, owner):
        self.owner = owner
        self.log = []
    def deposit(self, amount):
        self.log.append(("deposit", amount))
        return len(self.log)

def make_counter():
    total = [0]
    def add(n):
        total.append(n)
        return sum(total)
    return add

def squares(n):
    for k in range(n):
        yield [k * k]

def rec(n, path):
    here = [n]
    return path if n == 0 else rec(n - 1, path + [n])

acc = Account("Ada")
for k in range(5):
    acc.deposit(k)
counter = make_counter()
counter(3)
kept = [x for x in squares(4)]
acc.extra = {1, 2}
vars(acc)
try:
    [1][5]
except IndexError as e:
    err = e
for k in range(3):
    a = {}
    b = {"a": a}
    a["b"] = b
    del a, b
rec(12, [])
big = list(range(100))
del acc
`;

describe('the picture', () => {
  it('tells the cycle as it is: the sentence, the region, the cause of death', () => {
    const realm = run(CYCLE);
    const cut = realm.show<PictureData>('picture', realm.moment('15'));
    expect(said(cut)).toMatch(
      /^Line 14 deleted the name Object2\. Dict #(\d+) fell from 2 to 1, not to 0\. \| Dict #\d+ still holds it\. No name leads to either now, so only the collector can free them\.$/,
    );
    const region = cut.parts.find((p) => p.markup.includes('Unreachable: no name or frame leads in here'));
    expect(region?.markup).toContain('Each is held once, by the other. Neither count can reach 0.');
    expect(cut.legend).toEqual(['reference', 'removed', 'changed', 'unreachable']);
    const frame = cut.cards.find((c) => c.kind === 'frame');
    expect(frame?.label).toContain('Object2 gone (del, line 14) (changed)');
    const end = realm.show<PictureData>('picture', realm.length);
    expect(plain(end.say.head)).toMatch(
      /^Line 15 ran the collector\. It found dict #\d+ and dict #\d+ unreachable and freed both\.$/,
    );
    expect(end.cards.filter((c) => c.kind === 'ghost').map((c) => c.label)).toEqual([
      expect.stringMatching(/^dict #\d+, freed\. Cleared by the collector, line 15, generation 2$/),
      expect.stringMatching(/^dict #\d+, freed\. Cleared by the collector, line 15, generation 2$/),
    ]);
    const gone = realm.show<PictureData>('picture', realm.moment('9'));
    expect(gone.cards.find((c) => c.kind === 'ghost')?.label).toMatch(
      /^list #\d+, freed\. Freed at line 7: the name l3 let it go$/,
    );
  });

  it('is the same by any way to a moment', { timeout: 120_000 }, () => {
    const [one, two] = [run(MIXED), run(MIXED)];
    const all = one.lines();
    const inner = Array.from({ length: 60 }, (_, k) => Math.floor((one.length * k) / 60));
    const moments = [...new Set([...all, ...inner])].sort((a, b) => a - b);
    expect(moments.length).toBeGreaterThan(120);
    const forwards = moments.map((at) => JSON.stringify([one.places(at), one.parts(at)]));
    const backwards = [...moments]
      .reverse()
      .map((at) => JSON.stringify([two.places(at), two.parts(at)]))
      .reverse();
    expect(backwards).toEqual(forwards);
    // at random, after other views have moved the recording
    for (let k = 0, n = 7; k < 40; k++, n = (n * 31 + 11) % moments.length) {
      const at = moments[n] as number;
      one.show('bytecode', at);
      expect(JSON.stringify([one.places(at), one.parts(at)])).toBe(forwards[n]);
    }
  });

  it('moves nothing between neighbouring steps', { timeout: 120_000 }, () => {
    const realm = run(MIXED);
    const moments = realm.lines();
    let before = realm.places(moments[0] as number);
    let compared = 0;
    for (const at of moments.slice(1)) {
      const now = realm.places(at);
      for (const [key, spot] of Object.entries(now)) {
        // frames stand under each other: a call may move those below
        if (before[key] === undefined || key.startsWith('f')) continue;
        expect(`${key} ${spot}`).toBe(`${key} ${before[key]}`);
        compared++;
      }
      before = now;
    }
    expect(compared).toBeGreaterThan(400);
  });

  it('draws everything at the true level, and folds what is large', () => {
    const realm = run('x = [1, "text", 2.5]\nbig = [[k] for k in range(200)]\nz = 1\n');
    const data = realm.show<PictureData>('picture', realm.length, { level: 'true' });
    const labels = data.cards.map((c) => c.label);
    expect(labels.some((l) => /^int 1, immortal/.test(l))).toBe(true);
    expect(labels.some((l) => /and 193 more/.test(l))).toBe(true);
    const opened = data.cards.find((c) => /and 193 more/.test(c.label))?.open as string;
    const open = realm.show<PictureData>('picture', realm.length, { own: { picture: { open: [opened], limit: 300 } } });
    expect(open.cards.length).toBeGreaterThan(190);
    const few = realm.show<PictureData>('picture', realm.length, { own: { picture: { open: [opened] } } });
    expect(few.notes[0]).toMatch(/^and 1\d\d more objects: 1\d\d list$/);
    const found = realm.show<PictureData>('picture', realm.length, { own: { picture: { find: 'big[3]' } } });
    expect(found.found.map((f) => plain(f.text))).toEqual([expect.stringMatching(/^big\[3\] is list #\d+$/)]);
  });
});

describe('the inspector', () => {
  it('adds up for every object of a program, at moments all over', { timeout: 120_000 }, () => {
    const realm = run(MIXED);
    const lines = realm.lines();
    let objects = 0;
    for (const at of lines.filter((_, k) => k % 17 === 0)) {
      const { cards } = realm.show<PictureData>('picture', at);
      for (const { ref, kind } of cards) {
        if (kind !== 'object' || ref === null || ref.startsWith('0x')) continue;
        const data = realm.show<InspectorData>('inspector', at, { selected: ref, own: { inspector: {} } });
        expect(data.kind).toBe('object');
        const { count, holders, missing } = data as Selected;
        expect([ref, at, missing]).toEqual([ref, at, 0]);
        expect(holders.reduce((n, h) => n + h.times, 0)).toBe(count);
        objects++;
      }
    }
    expect(objects).toBeGreaterThan(35);
  });
  it('tells the life, the reason and the bytes', () => {
    const realm = run(CYCLE);
    const at = realm.moment('15');
    const ref = realm.show<PictureData>('picture', at).cards.find((c) => c.label.includes("'first'"))?.ref as Ref;
    const data = realm.show<Selected>('inspector', at, { selected: ref });
    expect([data.state, data.count]).toEqual(['Unreachable', 1]);
    expect(plain(data.remark)).toBe("sys.getrefcount of it says 2: the call's own argument is one more.");
    expect(data.life?.events.map((e) => [e.line, e.before, e.after])).toEqual([
      [10, 0, 1],
      [11, 1, 2],
      [14, 2, 1],
      [null, 1, 0],
    ]);
    expect(plain(data.why)).toMatch(/^dict (#\d+) held by dict #\d+ held by dict \1: a closed loop$/);
    expect(data.facts[0]).toEqual(['Size', '184 bytes: 64 object, 120 keys']);
    expect(data.fields.map((f) => f.name).slice(0, 4)).toEqual(['_gc_next', '_gc_prev', 'ob_refcnt', 'ob_type']);
    expect(data.holders[0]?.line).toBe(11);
    expect(realm.show<InspectorData>('inspector', realm.length, { selected: ref })).toMatchObject({
      kind: 'absent',
      state: 'Freed',
    });
    const none = realm.show<InspectorData>('inspector', at);
    expect(none.kind === 'overview' && none.rows.length).toBeGreaterThan(10);
  });
});

describe('the collector', () => {
  it('finds what gc.collect() finds, phase by phase', () => {
    const realm = run(CYCLE);
    const before = realm.show<CollectorData>('collector', realm.moment('15'), { own: { collector: { phase: 2 } } });
    expect([before.ran, plain(before.say.head).replace(/[\d,]+ can/, 'N can')]).toEqual([
      false,
      'Nothing outside leads to 2 objects. N can be reached.',
    ]);
    const after = realm.show<CollectorData>('collector', realm.length, { own: { collector: { phase: 6 } } });
    expect(after.ran).toBe(true);
    expect(after.phases.map((p) => p.title)).toEqual([
      'Copy counts',
      'Subtract inside',
      'Find reachable',
      'Weakrefs',
      'Finalizers',
      'Resurrected',
      'Clear',
    ]);
    expect(after.phases.slice(2).map((p) => p.figure)).toEqual(['2 not', '0 cleared', '0 to run', '0 back', '2 freed']);
    expect(after.books.every((b) => b.count - b.inside === b.left)).toBe(true);
    expect(after.lanes.map((l) => l.threshold)).toEqual([2000, 10, 10]);
    expect(after.collections?.map((c) => [c.line, c.generation])).toEqual([[15, 2]]);
    expect(realm.written.join('')).toContain('2\n');
  });
  it('knows what a finalizer brings back', () => {
    const realm = run(
      'import gc\nkept = []\nclass Node:\n    def __del__(self):\n        kept.append(self)\nn = Node()\nn.me = n\ndel n\ngc.collect()\n',
    );
    const { phases, ran } = realm.show<CollectorData>('collector', realm.length);
    expect([ran, ...phases.slice(2).map((p) => p.figure)]).toEqual([
      true,
      '1 not',
      '0 cleared',
      '1 to run',
      '1 back',
      '0 freed',
    ]);
  });
});

describe('the allocator', () => {
  it('has the figures of sys._debugmallocstats(), and a place for each block', () => {
    const realm = run('import sys\nx = [bytes(k) for k in range(400)]\nsys._debugmallocstats()\n');
    const at = realm.moment('3');
    const data = realm.show<AllocatorData>('allocator', at);
    expect(data.ledger.reduce((n, r) => n + r.bytes, 0)).toBe(data.total);
    const text = realm.written.map((w) => w.slice(2)).join('');
    const figure = (label: RegExp): number => Number(label.exec(text)?.[1]?.replaceAll(',', ''));
    const bytes = Object.fromEntries(data.ledger.map((r) => [r.key, r.bytes]));
    // the call itself takes a few blocks before it counts
    expect(Math.abs(figure(/# bytes in allocated blocks\s+=\s+([\d,]+)/) - (bytes.allocated as number))).toBeLessThan(
      1024,
    );
    expect(figure(/# bytes lost to pool headers\s+=\s+([\d,]+)/)).toBe(bytes.headers);
    expect(figure(/# bytes lost to quantization\s+=\s+([\d,]+)/)).toBe(bytes.tails);
    expect(data.classes.reduce((n, c) => n + c.used, 0)).toBe(data.pools.used.reduce((n, u) => n + u, 0));
    for (const colouring of ['type', 'class', 'owner'] as const) {
      const { blocks } = realm.show<AllocatorData>('allocator', at, { own: { allocator: { colouring } } });
      expect(blocks.legend.reduce((n, l) => n + l.blocks, 0)).toBe(blocks.codes.length);
      const free = blocks.codes.reduce((n, c) => n + Number(c === 0), 0);
      expect(free).toBe(data.classes.reduce((n, c) => n + c.free, 0));
    }
  });
  it('leads from an object to its block and back', () => {
    const realm = run('x = ["a", "b"]\ny = 1\n');
    const ref = realm.show<PictureData>('picture', realm.length).cards.find((c) => c.label.startsWith('list'))
      ?.ref as Ref;
    const data = realm.show<AllocatorData>('allocator', realm.length, { selected: ref });
    expect(data.blocks.ids[data.chosen?.block ?? -1]).toBe(Number(ref.slice(1)));
    expect(plain(data.chosen?.names ?? [])).toBe('x');
    expect(said(data)).toMatch(/^List #\d+ sits in block \d+ of a pool for 64-byte blocks\./);
  });
});

describe('bytecode and events', () => {
  it('shows the instruction that runs next with the stack that it takes', () => {
    const realm = run('def f(a, b):\n    return [a, b]\nx = f(1, [2])\n');
    const at = realm.moment('2');
    const steps = [at, at + 1].map((m) => realm.show<BytecodeData>('bytecode', m, { unit: 'instruction' }));
    expect(steps.map((s) => s.rows.find((r) => r.state === 'next')?.name)).toEqual([
      'LOAD_FAST_LOAD_FAST',
      'BUILD_LIST',
    ]);
    expect(steps[1]?.rows.find((r) => r.state === 'previous')?.text).toBe('a, b');
    expect(steps[1]?.stack?.map((s) => [plain(s.text).replace(/#\d+/, '#'), s.taken])).toEqual([
      ['list #', true],
      ['int 1', true],
    ]);
    expect(plain(steps[1]?.say.why ?? [])).toContain('Depth goes from 2 to 1.');
    expect(steps[0]?.frames.map((f) => f.name)).toEqual(['f', '<module>']);
  });
  it('lists what happened, in order, around the moment', () => {
    const realm = run(CYCLE);
    const data = realm.show<EventsData>('events', realm.moment('13'));
    const at = data.rows.map((r) => r.at);
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(data.rows.slice(0, data.now).every((r) => r.at <= realm.moment('13'))).toBe(true);
    expect(data.rows.some((r) => r.kind === 'print' && r.text.includes('True'))).toBe(true);
    const only = realm.show<EventsData>('events', realm.length, { own: { events: { groups: ['output'] } } });
    expect(new Set(only.rows.map((r) => r.kind))).toEqual(new Set(['print']));
  });
});
