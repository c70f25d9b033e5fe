// One byte of a real heap is changed at a time: each check must notice, and name the invariant.
import {
  _obmalloc_state,
  arena_object,
  pool_header,
  PyDictKeysObject,
  PyDictObject,
  PyInterpreterState,
  PyListObject,
  PyObject,
  PySetObject,
  PyVarObject,
} from '@moult/abi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  arenas,
  audit,
  auditText,
  checkHeap,
  findingsText,
  freeBlocks,
  generationHeads,
  listItems,
  type Pool,
  poolsOf,
  processTarget,
  Reader,
  type Target,
  trackedObjects,
} from '../src/index.ts';
import { findPython, type LiveProcess, snapshotOf } from './process.ts';

const python = findPython();
const PROGRAM = `
class A: pass
a = A(); a.x = [1]; a.y = 'why'
keep = [['inner'], {'one': 1, 'two': [2], 'three': 3}, {1, 'x', (2,)}, a, {1: 'int', 2: 'keys'}, ('t',)]
junk = [object() for _ in range(3000)]
del junk[::2]
print(id(keep), flush=True)
input()`;

describe.skipIf(!python)('a heap with one thing wrong', () => {
  let live: LiveProcess;
  let target: Target;
  let reader: Reader;
  let items: number[];
  let pool: Pool;

  beforeAll(async () => {
    live = await snapshotOf(python!, PROGRAM);
    target = processTarget(live.memory, live.runtime);
    reader = new Reader(target);
    items = listItems(reader, Number(live.output));
    const pools = arenas(reader).flatMap((arena) => poolsOf(reader, arena));
    pool = pools.find((p) => p.state === 'used' && freeBlocks(reader, p).length > 3)!;
    expect(findingsText(checkHeap(target))).toBe('');
  });
  afterAll(() => live?.stop());

  function broken(address: number, value: number, bytes: 1 | 2 | 4 | 8 = 8): string {
    const restore = live.write(address, value, bytes);
    try {
      return findingsText(checkHeap(target));
    } finally {
      restore();
    }
  }
  const state = () => reader.ptr(target.interp + PyInterpreterState.obmalloc);

  it('says which count of a pool', () => {
    const text = broken(pool.address + pool_header.ref, pool.count - 1, 4);
    expect(text).toContain(
      `0x${pool.address.toString(16)}: ${pool.carved} blocks were carved, but ${pool.count - 1} are in use`,
    );
  });
  it('says which free block was written to', () => {
    const block = freeBlocks(reader, pool)[1]!;
    expect(broken(block, 0x41414141)).toContain(`0x${block.toString(16)}: a free block points to 0x41414141`);
  });
  it('sees a free list that ends early or runs in a circle', () => {
    const [first, second] = freeBlocks(reader, pool) as [number, number];
    expect(broken(first, 0)).toContain('are in use and 1 free');
    expect(broken(second, first)).toContain('a free list runs in a circle');
  });
  it('sees a ring of pools that does not close', () => {
    const used = reader.ptr(state() + pool.sizeClass * 16);
    expect(broken(used + pool_header.prevpool, used)).toContain('prevpool is not the pool before it');
  });
  it('sees a wrong nextoffset and arena index', () => {
    expect(broken(pool.address + pool_header.nextoffset, 49, 4)).toContain('nextoffset is 49');
    expect(broken(pool.address + pool_header.arenaindex, 77, 4)).toContain('names arena 77');
  });
  it('sees arenas that are miscounted, misordered or not in the tree', () => {
    const arena = arenas(reader).find((a) => a.freePools > 0) ?? arenas(reader)[0]!;
    expect(broken(arena.object + arena_object.nfreepools, arena.freePools + 1, 4)).toContain('nfreepools is');
    expect(broken(state() + _obmalloc_state.mgmt_nfp2lasta + 8 * 63, 1)).toContain('nfp2lasta[63]');
    expect(broken(state() + _obmalloc_state.mgmt_usable_arenas, 0)).toMatch(/not usable|nfp2lasta/);
    expect(broken(state() + _obmalloc_state.usage_arena_map_root_ptrs, 0)).toContain(
      'the radix tree does not know the arena',
    );
    expect(broken(state() + _obmalloc_state.mgmt_narenas_currently_allocated, 99)).toContain(
      'narenas_currently_allocated is 99',
    );
  });
  it("sees broken links and dead objects in the collector's lists", () => {
    const objects = trackedObjects(reader, generationHeads(reader)[0]!);
    const object = objects[5]!;
    expect(broken(object - 8, object - 16)).toContain('_gc_prev is not the head before it');
    expect(broken(object - 16, object - 16)).toMatch(/in two lists|circle/);
    expect(broken(object + PyObject.ob_refcnt, 0)).toContain('tracked with a count of 0');
    expect(broken(object - 8, reader.ptr(object - 8) + 2)).toContain('marked as collecting');
  });
  it('sees dicts that lie', () => {
    const dict = items[1]!;
    const keys = reader.ptr(dict + PyDictObject.ma_keys);
    expect(broken(dict + PyDictObject.ma_used, 4)).toContain('ma_used is 4, 3 entries are live');
    expect(broken(keys + PyDictKeysObject.dk_usable, 40)).toContain('usable ones in a table of 8 slots');
    expect(broken(keys + PyDictKeysObject.dk_log2_index_bytes, 5, 1)).toContain(
      'an index table of 2**3 slots has 2**5 bytes',
    );
    for (let slot = 0; slot < 8; slot++) {
      const index = reader.i8(keys + PyDictKeysObject.dk_indices + slot);
      const text = broken(keys + PyDictKeysObject.dk_indices + slot, index < 0 ? 1 : 255, 1);
      expect(text).toMatch(index < 0 ? /two index slots name entry 1/ : /no index slot names entry/);
    }
    const entries = keys + PyDictKeysObject.dk_indices + 8;
    const general = reader.ptr(items[4]! + PyDictObject.ma_keys) + PyDictKeysObject.dk_indices + 8;
    expect(broken(entries, Number(live.output))).toContain('of a table of str keys is no str');
    expect(broken(general, 3)).toContain('the search for key 0 ends');
  });
  it('sees sets and lists that lie', () => {
    expect(broken(items[2]! + PySetObject.used, 9)).toContain('used is 9, 3 entries are live');
    expect(broken(items[2]! + PySetObject.fill, 4)).toContain('fill is 4, 3 slots are taken');
    expect(broken(items[2]! + PySetObject.mask, 5)).toContain('a set has a table of 6 slots');
    expect(broken(items[0]! + PyListObject.allocated, 0)).toContain('a list of 1 items has room for 0');
  });
  it('sees values whose order of insertion is wrong', () => {
    const instance = items[3]!;
    const values = instance + reader.typeOf(instance).basicsize;
    expect(broken(values + 1, 1, 1)).toMatch(/missing in the order|counts 1, 2 are set/);
  });

  it('audits one count too many and one too few, and names the holders', () => {
    const before = new Set(audit(target, { limit: 1000 }).differences.map((d) => d.address));
    const list = items[0]!;
    for (const change of [1, -1]) {
      const restore = live.write(list + PyObject.ob_refcnt, 1 + change);
      const report = audit(target, { limit: 1000 });
      restore();
      const found = report.differences.filter((d) => !before.has(d.address));
      expect(found.map((d) => [d.address, d.stored, d.found])).toEqual([[list, 1 + change, 1]]);
      expect(found[0]!.text).toBe("['inner']");
      expect(found[0]!.holders).toEqual([expect.stringMatching(/^\[\[…\], .* \[0\]$/)]);
      expect(auditText(report)).toContain(`stored ${1 + change}, found 1; held by`);
    }
  });
  it('audits the keys tables', () => {
    const keys = reader.ptr(items[1]! + PyDictObject.ma_keys);
    const restore = live.write(keys + PyDictKeysObject.dk_refcnt, 2);
    const report = audit(target, { limit: 1000 });
    restore();
    expect(
      report.differences.filter((d) => d.type === 'keys table').map((d) => [d.address, d.stored, d.found]),
    ).toEqual([[keys, 2, 1]]);
  });
  it('reports a pointer that leads nowhere', () => {
    const restore = live.write(items[5]! + 24, 0x12340);
    const report = audit(target, { limit: 1 });
    restore();
    expect(report.broken.join('\n')).toMatch(/\[0\] \(at 0x[0-9a-f]+\) points to 0x12340, no object/);
    const restoreSize = live.write(items[5]! + PyVarObject.ob_size, 2 ** 40);
    const second = audit(target, { limit: 1 });
    restoreSize();
    expect(second.broken.join('\n')).toContain('its row of items is outside memory');
  });
});
