import { beforeEach, describe, expect, it } from 'vitest';
import { BRK_BASE, BRK_LIMIT, MMAP_BASE, bytes, i32 } from '../../src/memory/linear.ts';
import * as S from '../../../abi/src/generated/structs.ts';
import * as L from '../../src/memory/layout.ts';
import { FatalError } from '../../src/memory/fatal.ts';
import { memoryUse, setMemoryLimit } from '../../src/memory/account.ts';
import { _PyObject_VirtualAlloc, _PyObject_VirtualFree } from '../../src/memory/mmap.ts';
import {
  PyMem_RawCalloc as calloc,
  PyMem_RawFree as free,
  PyMem_RawMalloc as malloc,
  PyMem_RawRealloc as realloc,
  mallocUsableSize,
} from '../../src/memory/raw.ts';
import { fresh, sound } from './helpers.ts';

beforeEach(() => fresh());

describe('the raw heap', () => {
  it('begins at the break, with glibc chunks', () => {
    expect(malloc(0)).toBe(BRK_BASE + 16);
    expect(malloc(24)).toBe(BRK_BASE + 48);
    expect(malloc(25)).toBe(BRK_BASE + 80);
    expect(malloc(1)).toBe(BRK_BASE + 128);
    expect(mallocUsableSize(BRK_BASE + 80)).toBe(40);
    expect(memoryUse().brk - BRK_BASE).toBe(0x21000);
    sound();
  });

  it('joins free neighbours on both sides and reuses the hole', () => {
    const p = Array.from({ length: 5 }, () => malloc(1000));
    free(p[1]!);
    free(p[3]!);
    free(p[2]!);
    sound();
    expect(malloc(3000)).toBe(p[1]);
    sound();
  });

  it('gives everything back into top', () => {
    const p = Array.from({ length: 50 }, (_, i) => malloc(i * 37));
    for (let i = 0; i < 50; i += 2) free(p[i]!);
    for (let i = 1; i < 50; i += 2) free(p[i]!);
    sound();
    expect(i32(L.TOP_WORD)).toBe(BRK_BASE);
    expect(memoryUse().rawBytes).toBe(0);
  });

  it('reallocates in place into top, into a free neighbour, and when shrinking', () => {
    const a = malloc(600);
    expect(realloc(a, 100_000)).toBe(a);
    const b = malloc(600);
    const c = malloc(600);
    malloc(10);
    free(c);
    expect(realloc(b, 1100)).toBe(b);
    sound();
    expect(realloc(a, 700)).toBe(a);
    sound();
    expect(malloc(5000)).toBe(a + 720);
    sound();
  });

  it('reports a block freed twice and a pointer never given', () => {
    const p = malloc(100);
    malloc(10);
    free(p);
    expect(() => free(p)).toThrow(FatalError);
    expect(() => free(p + 8)).toThrow('invalid pointer');
    expect(() => realloc(MMAP_BASE + 0x500010, 5)).toThrow('realloc(): invalid pointer');
  });

  it('goes on in segments when the break has reached its end', () => {
    const p: number[] = [];
    for (let i = 0; i < 3000; i++) p.push(malloc(100_000));
    expect(memoryUse().brk).toBe(BRK_LIMIT);
    expect(p.at(-1)!).toBeGreaterThan(MMAP_BASE);
    sound();
    setMemoryLimit(memoryUse().bytes + 1000);
    expect(malloc(1000)).toBe(0);
    p.forEach(free);
    sound();
    expect(memoryUse().bytes).toBe(0);
  });
});

describe('mappings', () => {
  it('hold blocks of 128 KiB and more, on pages of their own', () => {
    const p = malloc(0x20000);
    expect(p).toBe(MMAP_BASE + 16);
    expect(malloc(0x1ffff)).toBe(BRK_BASE + 16);
    expect(mallocUsableSize(p)).toBe(0x21000 - 16);
    free(p);
    expect(memoryUse().mmapTop).toBe(MMAP_BASE);
    sound();
  });

  it('reuse the lowest hole that fits and are zero when fresh', () => {
    const p = [200_000, 300_000, 200_000, 150_000].map(malloc);
    bytes.fill(7, p[1]!, p[1]! + 300_000);
    free(p[1]!);
    sound();
    const q = calloc(140_000, 2);
    expect(q).toBe(p[1]);
    expect(bytes.subarray(q, q + 280_000).every((b) => b === 0)).toBe(true);
    sound();
  });

  it('grow in place into what is free behind them', () => {
    const a = malloc(200_000);
    const b = malloc(200_000);
    const c = malloc(200_000);
    free(b);
    expect(realloc(a, 390_000)).toBe(a);
    expect(realloc(c, 900_000)).toBe(c);
    sound();
    expect(realloc(a, 150_000)).toBe(a);
    expect(realloc(a, 500_000)).not.toBe(a);
    sound();
  });

  it('serve the data stack in pages', () => {
    const a = _PyObject_VirtualAlloc(16384);
    const b = _PyObject_VirtualAlloc(1);
    expect([a, b]).toEqual([MMAP_BASE, MMAP_BASE + 16384]);
    expect(memoryUse().mappedBytes).toBe(16384 + 4096);
    _PyObject_VirtualFree(a, 16384);
    sound();
    expect(_PyObject_VirtualAlloc(16384)).toBe(a);
    _PyObject_VirtualFree(a, 16384);
    _PyObject_VirtualFree(b, 1);
    expect(memoryUse().mmapTop).toBe(MMAP_BASE);
    sound();
  });
});

it('the layout is that of the headers', () => {
  const s = S._obmalloc_state;
  expect([L.ARENAS, L.MAXARENAS, L.UNUSED_ARENA_OBJECTS, L.USABLE_ARENAS].map((a) => a - L.OBMALLOC)).toEqual([
    s.mgmt_arenas,
    s.mgmt_maxarenas,
    s.mgmt_unused_arena_objects,
    s.mgmt_usable_arenas,
  ]);
  expect(L.NFP2LASTA - L.OBMALLOC).toBe(s.mgmt_nfp2lasta);
  expect(L.NARENAS_CURRENTLY_ALLOCATED - L.OBMALLOC).toBe(s.mgmt_narenas_currently_allocated);
  expect(L.NTIMES_ARENA_ALLOCATED - L.OBMALLOC).toBe(s.mgmt_ntimes_arena_allocated);
  expect(L.NARENAS_HIGHWATER - L.OBMALLOC).toBe(s.mgmt_narenas_highwater);
  expect(L.RAW_ALLOCATED_BLOCKS - L.OBMALLOC).toBe(s.mgmt_raw_allocated_blocks);
  expect(L.ARENA_MAP_ROOT - L.OBMALLOC).toBe(s.usage_arena_map_root);
  expect(L.ARENA_MAP_MID_COUNT - L.OBMALLOC).toBe(s.usage_arena_map_mid_count);
  expect(L.ARENA_MAP_BOT_COUNT - L.OBMALLOC).toBe(s.usage_arena_map_bot_count);
  expect(L.OBMALLOC_END - L.OBMALLOC).toBe(s.SIZE);
  const h = S.pool_header;
  expect([h.freeblock, h.nextpool, h.prevpool, h.arenaindex, h.szidx, h.nextoffset, h.maxnextoffset, h.SIZE]).toEqual([
    L.POOL_FREEBLOCK,
    L.POOL_NEXT,
    L.POOL_PREV,
    L.POOL_ARENAINDEX,
    L.POOL_SZIDX,
    L.POOL_NEXTOFFSET,
    L.POOL_MAXNEXTOFFSET,
    L.POOL_OVERHEAD,
  ]);
  const a = S.arena_object;
  expect([
    a.address,
    a.pool_address,
    a.nfreepools,
    a.ntotalpools,
    a.freepools,
    a.nextarena,
    a.prevarena,
    a.SIZE,
  ]).toEqual([
    L.ARENA_ADDRESS,
    L.ARENA_POOL_ADDRESS,
    L.ARENA_NFREEPOOLS,
    L.ARENA_NTOTALPOOLS,
    L.ARENA_FREEPOOLS,
    L.ARENA_NEXT,
    L.ARENA_PREV,
    L.ARENA_OBJECT_SIZE,
  ]);
});
