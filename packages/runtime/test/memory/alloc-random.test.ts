import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytes } from '../../src/memory/linear.ts';
import { MEMORY_POLICY_3_10, MEMORY_POLICY_3_8, type MemoryPolicy } from '../../src/memory/layout.ts';
import { _PyInterpreterState_GetAllocatedBlocks, memoryUse } from '../../src/memory/account.ts';
import * as M from '../../src/memory/obmalloc.ts';
import { type MemoryImage, clearMemory, copyIn, copyOut, usedRanges } from '../../src/memory/snapshot.ts';
import { Shadow, fresh, sound } from './helpers.ts';

const domains = [
  { malloc: M.PyObject_Malloc, calloc: M.PyObject_Calloc, realloc: M.PyObject_Realloc, free: M.PyObject_Free },
  { malloc: M.PyMem_RawMalloc, calloc: M.PyMem_RawCalloc, realloc: M.PyMem_RawRealloc, free: M.PyMem_RawFree },
];

const size = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 512 }) },
  { weight: 4, arbitrary: fc.integer({ min: 500, max: 5000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 5000, max: 140_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0x20000 - 40, max: 600_000 }) },
);
const op = fc.record({
  kind: fc.constantFrom('malloc', 'malloc', 'malloc', 'calloc', 'realloc', 'realloc', 'free', 'free'),
  domain: fc.constantFrom(0, 0, 1),
  size,
  repeat: fc.constantFrom(1, 1, 1, 1, 3, 40),
  at: fc.nat(),
});
type Op = typeof op extends fc.Arbitrary<infer T> ? T : never;

function perform(shadow: Shadow, { kind, domain, size: n, repeat, at }: Op): void {
  for (let k = 0; k < (n > 5000 ? 1 : repeat); k++) {
    const slot = shadow.live.length === 0 ? -1 : (at + k * 7) % shadow.live.length;
    if (kind === 'malloc') {
      shadow.add(domains[domain]!.malloc(n), n, domain);
    } else if (kind === 'calloc') {
      const p = domains[domain]!.calloc(n, 1);
      shadow.verify(p, n, 0);
      shadow.add(p, n, domain);
    } else if (slot >= 0) {
      const b = shadow.live[slot]!;
      shadow.live[slot] = shadow.live.at(-1)!;
      shadow.live.pop();
      shadow.verify(b.p, b.n, b.fill);
      if (kind === 'free') {
        domains[b.domain]!.free(b.p);
      } else {
        const q = domains[b.domain]!.realloc(b.p, n);
        shadow.verify(q, Math.min(n, b.n), b.fill);
        shadow.add(q, n, b.domain);
      }
    }
  }
}

function freeAll(shadow: Shadow): void {
  for (const b of shadow.live.splice(0)) {
    shadow.verify(b.p, b.n, b.fill);
    domains[b.domain]!.free(b.p);
  }
}

function same(a: MemoryImage, b: MemoryImage): void {
  expect(a.ranges.map((r) => [r.start, r.bytes.length])).toEqual(b.ranges.map((r) => [r.start, r.bytes.length]));
  for (const [i, r] of a.ranges.entries()) expect(Buffer.compare(r.bytes, b.ranges[i]!.bytes)).toBe(0);
}

function run(policy: MemoryPolicy, ops: Op[]): Shadow {
  fresh(policy);
  const shadow = new Shadow();
  for (const [i, o] of ops.entries()) {
    perform(shadow, o);
    sound();
    if (i % 10 === 9) shadow.verifyAll();
    const counted = shadow.live.filter((b) => b.domain === 0).length;
    expect(_PyInterpreterState_GetAllocatedBlocks()).toBe(counted);
  }
  return shadow;
}

describe.each([
  ['3.13', MEMORY_POLICY_3_10],
  ['3.8', MEMORY_POLICY_3_8],
])('random programs, policy %s', (_name, policy) => {
  it('keep every block whole, every invariant true, and give everything back', () => {
    fc.assert(
      fc.property(fc.array(op, { minLength: 1, maxLength: 80, size: 'max' }), (ops) => {
        const shadow = run(policy, ops);
        freeAll(shadow);
        sound();
        expect(_PyInterpreterState_GetAllocatedBlocks()).toBe(0);
        // What is left is CPython's own: the arena vector, two nodes of the tree, one empty arena.
        const use = memoryUse();
        expect(use.arenas).toBeLessThanOrEqual(1);
        expect(use.rawBlocks).toBe(use.arenasEver === 0 ? 0 : policy.radixTree ? 3 : 1);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('are byte-identical when run again from a snapshot', () => {
    fc.assert(
      fc.property(
        fc.array(op, { maxLength: 40, size: 'max' }),
        fc.array(op, { maxLength: 40, size: 'max' }),
        (a, b) => {
          const shadow = run(policy, a);
          const again = shadow.copy();
          const before = copyOut();
          for (const o of b) perform(shadow, o);
          const after = copyOut();
          copyIn(before);
          sound();
          same(copyOut(), before);
          again.verifyAll();
          for (const o of b) perform(again, o);
          same(copyOut(), after);
          copyIn(before);
          copyIn(after);
          sound();
          same(copyOut(), after);
          shadow.verifyAll();
        },
      ),
      { numRuns: 12, seed: 2 },
    );
  });
});

it('nothing outside usedRanges is ever other than zero', () => {
  const shadow = run(MEMORY_POLICY_3_10, fc.sample(op, { numRuns: 150, seed: 3 }));
  for (let i = 0; i < 4000; i++) shadow.add(M.PyObject_Malloc(512), 512, 0);
  freeAll(shadow);
  const top = memoryUse().mmapHigh + 0x10000;
  const words = new Int32Array(bytes.buffer);
  let at = 0x400000;
  for (const [start, end] of [...usedRanges(), [top, top] as const]) {
    for (let w = at >>> 2; w < start >>> 2; w++)
      if (words[w] !== 0) throw new Error(`0x${(w * 4).toString(16)} is not 0`);
    at = end;
  }
  clearMemory();
  expect(words.subarray(0, top >>> 2).every((w) => w === 0)).toBe(true);
});
