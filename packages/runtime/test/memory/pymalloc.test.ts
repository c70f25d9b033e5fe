/** The exact order in which pymalloc gives out blocks, pools and arenas. */
import { beforeEach, describe, expect, it } from 'vitest';
import { i32, ptr, setI32 } from '../../src/memory/linear.ts';
import * as L from '../../src/memory/layout.ts';
import { _PyInterpreterState_GetAllocatedBlocks, memoryUse } from '../../src/memory/account.ts';
import { checkAllocators } from '../../src/memory/check.ts';
import * as M from '../../src/memory/obmalloc.ts';
import { arena_map_get, arena_map_is_used } from '../../src/memory/usage.ts';
import { fresh, sound } from './helpers.ts';

const A0 = 0x10000000;
const POOL = 0x4000;
const perPool = (n: number, pool = POOL): number => Math.floor((pool - 48) / n);
const take = (n: number, count: number): number[] => Array.from({ length: count }, () => M.PyObject_Malloc(n));
const arenaOf = (p: number): number => p - (p % 0x100000);

describe('pymalloc 3.13', () => {
  beforeEach(() => fresh());

  it('carves blocks in address order behind a header of 48 bytes', () => {
    const p = take(32, perPool(32));
    expect(p).toEqual(p.map((_, i) => A0 + 48 + 32 * i));
    expect(perPool(32)).toBe(510);
    sound();
    // The pool is full: the next one is the next pool of the arena.
    expect(M.PyObject_Malloc(32)).toBe(A0 + POOL + 48);
    sound();
  });

  it('hands out freed blocks last in, first out', () => {
    const p = take(64, 5);
    M.PyObject_Free(p[1]!);
    M.PyObject_Free(p[3]!);
    M.PyObject_Free(p[2]!);
    expect(take(64, 4)).toEqual([p[2], p[3], p[1], p[4]! + 64]);
    sound();
  });

  it('rounds to classes of 16 bytes, and gives 0 and more than 512 to the raw allocator', () => {
    const [a, b] = [M.PyObject_Malloc(1), M.PyObject_Malloc(16)];
    expect(b - a).toBe(16);
    const c = M.PyObject_Malloc(17);
    expect(c).toBe(A0 + POOL + 48);
    expect(M.address_in_range(M.PyObject_Malloc(512))).toBe(true);
    expect(M.address_in_range(M.PyObject_Malloc(513))).toBe(false);
    expect(M.address_in_range(M.PyObject_Malloc(0))).toBe(false);
    expect(i32(L.RAW_ALLOCATED_BLOCKS)).toBe(2);
    expect(_PyInterpreterState_GetAllocatedBlocks()).toBe(6);
    sound();
  });

  it('puts a full pool that loses a block at the front of its ring', () => {
    const n = perPool(512);
    const p = take(512, 3 * n);
    // All three pools are full. Free one block in the second, then in the first: the ring is first, second.
    M.PyObject_Free(p[n]!);
    M.PyObject_Free(p[0]!);
    expect(take(512, 2)).toEqual([p[0], p[n]]);
    sound();
  });

  it('keeps an empty pool in its arena and gives it to the next class that needs one', () => {
    const p = take(48, 3);
    const other = M.PyObject_Malloc(16);
    expect(other).toBe(A0 + POOL + 48);
    p.forEach(M.PyObject_Free);
    sound();
    // Same class: its free list is as it was. Another class: carved anew.
    expect(M.PyObject_Malloc(48)).toBe(p[2]);
    M.PyObject_Free(p[2]!);
    expect(M.PyObject_Malloc(80)).toBe(A0 + 48);
    expect(M.PyObject_Malloc(80)).toBe(A0 + 48 + 80);
    sound();
  });

  it('allocates from the fullest arena first and gives an empty one back', () => {
    const n = perPool(512) * 64;
    const p = take(512, 3 * n);
    expect(memoryUse().arenas).toBe(3);
    const bases = [...new Set(p.map(arenaOf))];
    // The tree's nodes were mapped behind the first arena, so the second is aligned behind those.
    expect(bases).toEqual([0x10000000, 0x10200000, 0x10300000]);
    expect(ptr(L.USABLE_ARENAS)).toBe(0);
    // Arena 0 loses 5 pools, arena 1 two: new pools come from arena 1, then from arena 0.
    const per = perPool(512);
    for (let i = 0; i < 5 * per; i++) M.PyObject_Free(p[i]!);
    for (let i = n; i < n + 2 * per; i++) M.PyObject_Free(p[i]!);
    sound();
    const q = take(512, 7 * per);
    expect(q.map(arenaOf)).toEqual([...Array(2 * per).fill(bases[1]), ...Array(5 * per).fill(bases[0])]);
    sound();
    // Arena 1 gets empty, but as the last of usable_arenas it stays.
    for (let i = 2 * n; i < 2 * n + per; i++) M.PyObject_Free(p[i]!);
    for (const x of [...q, ...p.slice(n + 2 * per, 2 * n)]) if (arenaOf(x) === bases[1]) M.PyObject_Free(x);
    expect(memoryUse().arenas).toBe(3);
    sound();
    // Arena 2 gets empty left of it, and is given back; its MiB is no arena any more.
    for (let i = 2 * n + per; i < 3 * n; i++) M.PyObject_Free(p[i]!);
    expect(memoryUse().arenas).toBe(2);
    expect(arena_map_is_used(bases[1]! + 100)).toBe(true);
    expect(arena_map_is_used(bases[2]! + 100)).toBe(false);
    sound();
    // The next arena needed takes the same arena_object and the same place.
    take(512, n);
    expect(arenaOf(M.PyObject_Malloc(512))).toBe(bases[2]);
    expect(memoryUse().arenasEver).toBe(4);
    expect(memoryUse().arenasHighwater).toBe(3);
    sound();
  });

  it('keeps the last arena of usable_arenas, even if it is empty', () => {
    const p = M.PyObject_Malloc(100);
    M.PyObject_Free(p);
    expect(memoryUse().arenas).toBe(1);
    expect(_PyInterpreterState_GetAllocatedBlocks()).toBe(0);
    sound();
  });

  it('grows the arena vector by doubling', () => {
    const n = perPool(512) * 64;
    const p = take(512, 16 * n + 1);
    expect(i32(L.MAXARENAS)).toBe(32);
    expect(memoryUse().arenas).toBe(17);
    sound();
    p.forEach(M.PyObject_Free);
    expect(memoryUse().arenas).toBe(1);
    sound();
  });

  it('reallocates in place down to more than three quarters, and copies otherwise', () => {
    const p = M.PyObject_Malloc(100);
    setI32(p, 12345);
    expect(M.PyObject_Realloc(p, 112)).toBe(p);
    expect(M.PyObject_Realloc(p, 85)).toBe(p);
    const q = M.PyObject_Realloc(p, 84);
    expect(q).not.toBe(p);
    expect(i32(q)).toBe(12345);
    const r = M.PyObject_Realloc(q, 5000);
    expect(M.address_in_range(r)).toBe(false);
    expect(i32(r)).toBe(12345);
    // A raw block stays raw when it shrinks.
    const s = M.PyObject_Realloc(r, 10);
    expect(M.address_in_range(s)).toBe(false);
    expect(i32(s)).toBe(12345);
    expect(_PyInterpreterState_GetAllocatedBlocks()).toBe(1);
    sound();
  });

  it('returns 0 at the limit and goes on afterwards', () => {
    fresh({ ...L.MEMORY_POLICY_3_10, memoryLimit: 4 * 1024 * 1024 });
    const p: number[] = [];
    for (;;) {
      const x = M.PyObject_Malloc(256);
      if (x === 0) break;
      p.push(x);
    }
    expect(p.length).toBeGreaterThan(2 * 4096);
    expect(memoryUse().peakBytes).toBeLessThanOrEqual(memoryUse().limit);
    expect(M.PyObject_Malloc(1 << 20)).toBe(0);
    expect(M.PyObject_Realloc(p[0]!, 3 << 20)).toBe(0);
    sound();
    p.forEach(M.PyObject_Free);
    expect(M.PyObject_Malloc(1 << 20)).not.toBe(0);
    sound();
  });

  it('never gives memory for absurd sizes', () => {
    for (const n of [-1, 2 ** 31, 2 ** 32 + 8, 2 ** 53, Number.POSITIVE_INFINITY, Number.NaN]) {
      expect(M.PyObject_Malloc(n)).toBe(0);
      expect(M.PyMem_RawMalloc(n)).toBe(0);
      expect(M.PyObject_Calloc(n, 2)).toBe(0);
    }
    sound();
  });
});

describe('pymalloc 3.8', () => {
  beforeEach(() => fresh(L.MEMORY_POLICY_3_8));

  it('has pools of 4 KiB, arenas of 256 KiB, and finds arenas by the pool header', () => {
    const p = take(32, 127);
    expect(perPool(32, 4096)).toBe(126);
    expect(p[125]).toBe(A0 + 48 + 32 * 125);
    expect(p[126]).toBe(A0 + 4096 + 48);
    const q = take(512, 7 * 64);
    expect(q.at(-1)! >= A0 + 0x40000).toBe(true);
    expect(memoryUse().arenas).toBe(2);
    expect(ptr(L.ARENA_MAP_ROOT)).toBe(0);
    sound();
    for (const x of [...p, ...q]) M.PyObject_Free(x);
    expect(_PyInterpreterState_GetAllocatedBlocks()).toBe(0);
    expect(memoryUse().arenas).toBe(0);
    sound();
  });

  it('does not take a raw block for its own, whatever its bytes say', () => {
    M.PyObject_Malloc(32);
    const p = M.PyMem_RawMalloc(20_000);
    for (let i = 0; i < 20_000; i += 4) setI32(p + i, 0);
    M.PyMem_RawFree(p);
    const q = M.PyObject_Malloc(9000);
    for (let i = 0; i < 9000; i += 4) setI32(q + i, 0);
    expect(M.address_in_range(q)).toBe(false);
    M.PyObject_Free(q);
    sound();
  });
});

describe('the checker', () => {
  beforeEach(() => fresh());
  const names = (fn: () => void, text: RegExp): void => {
    const p = take(32, 100);
    for (let i = 0; i < 20; i += 2) M.PyObject_Free(p[i]!);
    M.PyMem_RawFree(M.PyMem_RawMalloc(700));
    const raw = [M.PyMem_RawMalloc(1000), M.PyMem_RawMalloc(1000), M.PyMem_RawMalloc(1000)];
    M.PyMem_RawFree(raw[1]!);
    sound();
    fn();
    expect(checkAllocators().join('\n')).toMatch(text);
  };
  it('names a wrong count', () => names(() => setI32(A0, 5), /0x10000000: ref\.count is 5/));
  it('names a wrong nextoffset', () => names(() => setI32(A0 + 40, 50), /nextoffset 50/));
  it('names a broken free list', () => names(() => setI32(A0 + 8, A0 + 49), /free list holds 0x10000031/));
  it('names a broken ring', () => names(() => setI32(A0 + 24, 0), /0x10000000: prevpool is 0x0/));
  it('names a wrong finger', () => names(() => setI32(L.NFP2LASTA + 8 * 63, 0), /nfp2lasta\[63\]/));
  it('names a wrong leaf', () =>
    names(() => setI32(arena_map_get(false) + 256 * 8, 0), /: the leaf of MiB 256 is wrong/));
  it('names an overwritten raw header', () => names(() => setI32(i32(L.TOP_WORD) + 8, 3), /the header of top/));
  it('names a wrong bin bit', () => names(() => setI32(L.BIN_BITS, -1), /the bit of bin 0 is wrong/));
});
