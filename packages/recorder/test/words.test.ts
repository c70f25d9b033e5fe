// Every sentence that can be said: it names the thing, the number before and after and the cause, and is short.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { english, type Holder, type Telling, type Thing, Words } from '../src/words/index.ts';

const words = new Words();
const list38: Thing = { type: 'list', serial: 38 };
const dict41: Thing = { type: 'dict', serial: 41 };

describe('a sentence', () => {
  it.each<[Telling, string]>([
    [
      {
        kind: 'born',
        thing: list38,
        where: { line: 3, statement: 'l1 = [1, 2, 3]' },
        after: 1,
        holder: { kind: 'name', name: 'l1' },
      },
      'Line 3, `l1 = [1, 2, 3]`: list #38 was made. Its count went from 0 to 1, held by the name l1.',
    ],
    [
      {
        kind: 'count',
        thing: list38,
        where: { line: 4, statement: 'l2 = l1' },
        before: 1,
        after: 2,
        gained: [{ kind: 'name', name: 'l2' }],
        lost: [],
      },
      'Line 4, `l2 = l1`: list #38 rose from 1 to 2, now held by the name l2.',
    ],
    [
      {
        kind: 'count',
        thing: { type: 'dict', serial: 42 },
        where: { line: 14, statement: 'del Object2' },
        before: 2,
        after: 1,
        gained: [],
        lost: [{ kind: 'name', name: 'Object2' }],
      },
      'Line 14, `del Object2`: dict #42 fell from 2 to 1, let go by the name Object2.',
    ],
    [
      { kind: 'count', thing: list38, where: { line: 9 }, before: 3, after: 3, gained: [], lost: [], native: 'sorted' },
      'Line 9: list #38 stays at 3, held for a moment by sorted.',
    ],
    [
      {
        kind: 'freed',
        thing: { type: 'list', serial: 39 },
        where: { line: 7, statement: 'del l3' },
        before: 1,
        holder: { kind: 'name', name: 'l3' },
      },
      'Line 7, `del l3`: list #39 fell from 1 to 0 and was freed. Its last holder was the name l3.',
    ],
    [
      { kind: 'collected', thing: dict41, before: 1, collection: 3, generation: 2, cycle: 2 },
      'Collection 3 of generation 2 freed dict #41: its count went from 1 to 0 with a cycle of 2 objects.',
    ],
    [
      {
        kind: 'getrefcount',
        thing: list38,
        where: { line: 5 },
        said: 3,
        holders: [
          { kind: 'name', name: 'l1' },
          { kind: 'name', name: 'l2' },
        ],
      },
      "Line 5: getrefcount said 3 of list #38: 2 names and this call's argument.",
    ],
    [
      {
        kind: 'getrefcount',
        thing: list38,
        where: { line: 5 },
        said: 4,
        holders: [
          { kind: 'name', name: 'l1' },
          { kind: 'item', index: 0, owner: dict41 },
          { kind: 'stack', function: 'f' },
        ],
      },
      "Line 5: getrefcount said 4 of list #38: 1 name, 1 item and 1 place on the stack and this call's argument.",
    ],
    [
      { kind: 'getrefcount', thing: list38, where: { line: 5 }, said: 1, holders: [] },
      "Line 5: getrefcount said 1 of list #38: only this call's argument holds it.",
    ],
    [
      { kind: 'tracked', thing: list38, where: { line: 2 }, on: true, generation: 0 },
      'Line 2: list #38 joined generation 0, the collector tracks it from here on.',
    ],
    [
      { kind: 'generation', thing: list38, from: 0, to: 1, collection: 4 },
      'List #38 moved from generation 0 to 1: collection 4 found it alive.',
    ],
    [
      { kind: 'taken', thing: list38, where: { line: 2 }, size: 56, to: 'free list' },
      'Line 2: list #38 went from 0 to 56 bytes, a block that the free list of its type had kept.',
    ],
    [
      { kind: 'finalizer', thing: dict41, where: { line: 2 }, name: '__del__', collection: 3 },
      'Line 2: __del__ of dict #41 ran, collection 3 found it unreachable.',
    ],
    [
      { kind: 'collected', thing: dict41, before: 1, collection: 3, generation: 2, among: 5 },
      'Collection 3 of generation 2 freed dict #41: its count went from 1 to 0, one of 5 unreachable objects.',
    ],
    [
      { kind: 'again', thing: { type: 'list', serial: 44 }, former: { type: 'list', serial: 39 }, died: { line: 7 } },
      'Same address as list #39, freed at line 7. This is a new object, list #44.',
    ],
    [
      { kind: 'immortal', thing: { type: 'int', serial: null, name: '1' } },
      'Int 1 is immortal since Python 3.12: its count is not kept.',
    ],
    [
      { kind: 'phase', phase: 'move_unreachable', collection: 3, generation: 2, before: 812, after: 1 },
      'Collection 3 set apart what nothing outside holds: 1 of 812 objects.',
    ],
  ])('%j', (telling, wanted) => expect(words.say(telling)).toBe(wanted));

  it('of a life, in brief', () => {
    expect(words.brief({ line: 3, statement: 'b = a' }, 2, 3)).toBe('`b = a` at line 3: +1, now 3');
    expect(words.brief({ line: 3 }, 3, 1)).toBe('at line 3: −2, now 1');
    expect(words.brief({ line: null }, 1, 1)).toBe('outside any line: ±0, now 1');
  });
});

// ---- the lint ----

const text = fc.stringMatching(/^[a-z'(=][a-z0-9'()= ]{0,59}$/);
const name = fc.stringMatching(/^[a-z_][a-zA-Z0-9_]{0,12}$/);
const number = fc.integer({ min: 1, max: 100_000 });
const thing: fc.Arbitrary<Thing> = fc.oneof(
  fc.record({ type: name, serial: fc.integer({ min: 1, max: 1e7 }) }),
  fc.record({ type: name, serial: fc.constant(null), name }),
  fc.record({ type: name, serial: fc.constant(null) }),
);
const holder: fc.Arbitrary<Holder> = fc.oneof(
  name.map((n): Holder => ({ kind: 'name', name: n })),
  fc.record({ kind: fc.constant('local' as const), name, function: name }),
  fc.record({ kind: fc.constant('item' as const), index: number, owner: thing }),
  fc.record({ kind: fc.constant('value' as const), key: text, owner: thing }),
  fc.record({ kind: fc.constant('key' as const), owner: thing }),
  fc.record({ kind: fc.constant('member' as const), owner: thing }),
  fc.record({ kind: fc.constant('attribute' as const), name, owner: thing }),
  fc.record({ kind: fc.constant('cell' as const), name: fc.option(name) }),
  fc.record({ kind: fc.constant('field' as const), field: name, owner: thing }),
  fc.record({ kind: fc.constant('stack' as const), function: name }),
  fc.record({ kind: fc.constant('argument' as const), callee: name }),
  fc.record({ kind: fc.constant('native' as const), native: name }),
  fc.record({ kind: fc.constant('interpreter' as const), what: name }),
);
const where = fc.oneof(fc.record({ line: fc.option(number) }), fc.record({ line: fc.option(number), statement: text }));
const counts: fc.Arbitrary<Telling> = fc.oneof(
  fc.record({ kind: fc.constant('born' as const), thing, where, after: number, holder: fc.option(holder) }),
  fc.record({ kind: fc.constant('freed' as const), thing, where, before: number, holder: fc.option(holder) }),
  fc.record({
    kind: fc.constant('collected' as const),
    thing,
    before: number,
    collection: number,
    generation: fc.nat(2),
    cycle: number,
  }),
  fc.record({ kind: fc.constant('ended' as const), thing, before: number }),
  fc
    .record({
      thing,
      where,
      before: number,
      after: number,
      gained: fc.array(holder, { maxLength: 3 }),
      lost: fc.array(holder, { maxLength: 3 }),
    })
    .filter((t) => t.gained.length + t.lost.length > 0)
    .map((t) => ({ kind: 'count' as const, ...t })),
  fc.record({
    kind: fc.constant('count' as const),
    thing,
    where,
    before: number,
    after: number,
    gained: fc.constant([]),
    lost: fc.constant([]),
    native: name,
  }),
);

/** Words, a program's own text in backquotes or quotation marks counted as one. */
const wordCount = (sentence: string): number => sentence.replaceAll(/`[^`]*`|“[^”]*”/g, 'x').split(/\s+/).length;

describe('every sentence', () => {
  it('about a count names the thing, the number before and after, and the cause', () => {
    fc.assert(
      fc.property(counts, (t) => {
        const sentence = words.say(t);
        const it = words.thing((t as { thing: Thing }).thing);
        expect(sentence.toLowerCase()).toContain(it.toLowerCase());
        const before = 'before' in t ? t.before : 0;
        const after = t.kind === 'count' || t.kind === 'born' ? t.after : 0;
        const numbers = [...sentence.matchAll(/(?<!#)\b\d+\b/g)].map((m) => Number(m[0]));
        expect(numbers).toContain(before);
        if (!(t.kind === 'count' && before === after)) expect(numbers).toContain(after);
        if ('where' in t) expect(sentence.toLowerCase()).toContain(words.cause(t.where).toLowerCase());
      }),
      { numRuns: 2000 },
    );
  });
  it('is one or two short sentences with no gap in it', () => {
    fc.assert(
      fc.property(counts, (t) => {
        const sentence = words.say(t);
        for (const part of sentence.split(/\. (?=[A-Z])/)) expect(wordCount(part)).toBeLessThanOrEqual(25);
        expect(sentence).not.toMatch(/\{|\}|undefined|null|\[\w*\||!/);
        expect(sentence).toMatch(/^\S.*[.]$/su);
      }),
      { numRuns: 2000 },
    );
  });
  it('uses no word that is not explained', () => {
    const known = /^[a-z'’.,:;()#-]*$/i;
    for (const [key, template] of Object.entries(english)) {
      const plain = template.replaceAll(/\{\w+\}/g, '').replaceAll(/\[([^|\]]*)\|([^\]]*)\]/g, '$1$2');
      expect(
        plain.split(/\s+/).every((w) => known.test(w) || /^\d/.test(w)),
        `${key}: ${plain}`,
      ).toBe(true);
      expect(plain).not.toMatch(/\b(?:decref|incref|refcnt|deref|dealloc|GC|simply|just)\b/);
      expect(wordCount(template)).toBeLessThanOrEqual(25);
    }
  });
});
