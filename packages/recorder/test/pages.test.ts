// Pages and checkpoints over a small memory: what is put back is what was there, whatever was dropped or added in between.
import { describe, expect, it } from 'vitest';
import { Checkpoints } from '../src/pages/checkpoints.ts';
import { pageHash } from '../src/pages/hash.ts';
import { MOST, packPage, unpackPage, WORDS } from '../src/pages/pack.ts';
import { RealmPages } from '../src/pages/realm.ts';

declare const WebAssembly: {
  Memory: new (descriptor: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
};

function randomNumbers(seed: number): (n: number) => number {
  let s = seed;
  return (n) => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return Math.floor((s / 4294967296) * n);
  };
}

const PAGES = 64;
function newMemory() {
  const memory = new WebAssembly.Memory({ initial: 8, maximum: 8 });
  const bytes = new Uint8Array(memory.buffer);
  // the first page is the process's NULL: never used
  const words = new Uint32Array(memory.buffer);
  // how many pages are in use stands in the memory itself, as a process's allocator has it
  words[WORDS] = PAGES;
  const usedRanges = () => [[4096, (words[WORDS] as number) * 4096] as const];
  const view = { memory, bytes, thread: 0, previous: 0, usedRanges, isWhole: () => true };
  return { memory, words, view };
}

describe('the hash of a page', () => {
  it('sees each bit, sign bits in pairs among them, and is 0 for zeros', () => {
    const { memory, words } = newMemory();
    const hash = pageHash(memory);
    words[WORDS] = 0;
    const random = randomNumbers(1);
    expect(hash(4096)).toBe(0);
    const seen = new Set<number>();
    for (let i = 0; i < 2000; i++) {
      words[WORDS + random(WORDS)] ^= 1 << random(32);
      seen.add(hash(4096));
    }
    expect(seen.size).toBeGreaterThan(1990);
    for (let i = 0; i < 500; i++) {
      const before = hash(4096);
      const [a, b] = [random(512) * 2 + 1, random(512) * 2 + 1];
      if (a === b) continue;
      words[WORDS + a] ^= 0x80000000;
      words[WORDS + b] ^= 0x80000000;
      expect(hash(4096)).not.toBe(before);
    }
    // two words that change places
    const before = hash(4096);
    const [x, y] = [words[WORDS + 3] as number, words[WORDS + 11] as number];
    expect(x).not.toBe(y);
    words[WORDS + 3] = y;
    words[WORDS + 11] = x;
    expect(hash(4096)).not.toBe(before);
  });
});

describe('a packed page', () => {
  it('is unpacked as it was, alone and over a base', () => {
    const random = randomNumbers(2);
    for (let round = 0; round < 200; round++) {
      const base = Uint32Array.from({ length: WORDS }, () => (random(3) === 0 ? random(4294967296) : 0));
      const page = base.slice();
      for (let i = random(WORDS); i > 0; i--) page[random(WORDS)] = random(2) === 0 ? 0 : random(4294967296);
      const alone = new Uint32Array(WORDS);
      const packed = new Uint32Array(7 + MOST);
      expect(packPage(page, 0, null, packed, 7)).toBeLessThanOrEqual(MOST);
      unpackPage(packed, 7, alone, 0);
      expect(alone).toEqual(page);
      const over = base.slice();
      packPage(page, 0, base, packed);
      unpackPage(packed, 0, over, 0);
      expect(over).toEqual(page);
    }
  });
});

describe('checkpoints', () => {
  it.each([
    ['without a bound', 1 << 30],
    ['thinned', 160 << 10],
  ])('give back what was there, %s', (_, bound) => {
    const random = randomNumbers(bound);
    const { words, view } = newMemory();
    const realm = new RealmPages(view);
    const checkpoints = new Checkpoints<number>(realm, bound);
    const copies = new Map<number, Uint32Array>();
    const change = (): void => {
      for (let i = random(20); i > 0; i--) {
        const page = 2 + random((words[WORDS] as number) - 2);
        if (random(6) === 0) words.fill(0, page * WORDS, page * WORDS + WORDS);
        else for (let k = random(300); k > 0; k--) words[page * WORDS + random(WORDS)] = random(4294967296);
      }
      if (random(10) === 0) {
        // memory is given back, zeroed, or taken again
        const old = words[WORDS] as number;
        const next = 16 + random(PAGES - 16);
        if (next < old) words.fill(0, next * WORDS, old * WORDS);
        words[WORDS] = next;
      }
    };
    for (let at = 0; at < 100; at++) {
      change();
      checkpoints.take(at * 10, at, { whole: true, fixed: at === 0 });
      copies.set(at * 10, words.slice());
    }
    const check = (): void => {
      for (let i = 0; i < 40; i++) {
        const checkpoint = checkpoints.list[random(checkpoints.list.length)];
        if (checkpoint === undefined) continue;
        change();
        checkpoints.restore(checkpoint);
        const copy = copies.get(checkpoint.at) as Uint32Array;
        expect(words.findIndex((word, k) => word !== copy[k])).toBe(-1);
        expect(checkpoints.differences(checkpoint)).toEqual([]);
        // going on from there, another is put between two
        if (i % 4 !== 0) continue;
        change();
        const at = checkpoint.at + 1 + random(9);
        if (copies.has(at)) continue;
        copies.set(at, words.slice());
        checkpoints.take(at, at, { whole: true, fixed: false });
      }
    };
    check();
    for (let i = 0; i < 20 && checkpoints.list.length > 4; i++) {
      const checkpoint = checkpoints.list[1 + random(checkpoints.list.length - 2)];
      if (checkpoint !== undefined && !checkpoint.fixed) checkpoints.drop(checkpoint);
    }
    check();
    if (bound < 1 << 20) {
      expect(checkpoints.dropped).toBeGreaterThan(10);
      // the bases of pages and what the first one holds cannot be dropped
      expect(checkpoints.bytes).toBeLessThan(bound * 8);
    } else expect(checkpoints.dropped).toBe(0);
  });
});
