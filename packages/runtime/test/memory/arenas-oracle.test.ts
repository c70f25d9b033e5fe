/** The same 165,000 allocations as oracle/arenas.py made in CPython, with as many frees between them. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { i32 } from '../../src/memory/linear.ts';
import { MEMORY_POLICY_3_10, MEMORY_POLICY_3_8, MEMORY_POLICY_3_9, POOL_ARENAINDEX } from '../../src/memory/layout.ts';
import { arenaObjects, memoryUse } from '../../src/memory/account.ts';
import * as M from '../../src/memory/obmalloc.ts';
import { fresh, sound } from './helpers.ts';

interface Oracle {
  readonly allocs: number;
  readonly sums: number[];
}

it.each([
  ['3.13.0', MEMORY_POLICY_3_10],
  ['3.9.18', MEMORY_POLICY_3_9],
  ['3.8.18', MEMORY_POLICY_3_8],
])('every block comes from the arena, pool and place where CPython %s takes it', (version, policy) => {
  const file = new URL(`./oracle/arenas-${version}.json`, import.meta.url);
  const oracle = JSON.parse(readFileSync(file, 'utf8')) as Oracle;
  fresh(policy);
  const { poolSize, arenaSize } = policy;
  const perPool = Math.floor((poolSize - 48) / 512);
  let seed = 12345;
  const rnd = (n: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >>> 8) % n;
  };
  const slots = new Array<number>(12000).fill(0);
  const sums: number[] = [];
  let checksum = 0;
  let allocs = 0;
  for (let step = 0; step < 60; step++) {
    const grow = rnd(9000);
    for (let k = 0; k < grow; k++) {
      const s = rnd(slots.length);
      if (slots[s] !== 0) continue;
      const a = M.PyObject_Malloc(512);
      slots[s] = a;
      const index = i32(M.poolOf(a) + POOL_ARENAINDEX);
      const offset = a % arenaSize;
      const n = (index * 64 + Math.floor(offset / poolSize)) * perPool + ((offset % poolSize) - 48) / 512;
      checksum = (Math.imul(checksum, 31) + n) >>> 0;
      if (++allocs % 200 === 0) sums.push(checksum);
    }
    const drop = rnd(13000);
    const start = rnd(slots.length);
    for (let k = 0; k < drop; k++) {
      const s = (start + k) % slots.length;
      if (slots[s] !== 0) M.PyObject_Free(slots[s]!);
      slots[s] = 0;
    }
    sound();
  }
  expect(allocs).toBe(oracle.allocs);
  expect(sums).toEqual(oracle.sums);
  // The run is worth something only if arenas were given back and made anew.
  expect(memoryUse().arenasEver).toBeGreaterThan(memoryUse().arenasHighwater);
  expect(arenaObjects().length).toBe(memoryUse().arenas);
});
