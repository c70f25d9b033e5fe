// The engine's allocator seen from outside: after any allocations and frees the reader's checks hold and its tables agree.
import { bufferMemory } from '@moult/abi';
import { arenas, checkAllocator, engineTarget, findingsText, poolsOf, Reader, usedBlocks } from '@moult/inspect';
import { describe, expect, it } from 'vitest';
import { memoryInit } from '../../packages/runtime/src/memory/account.ts';
import { MEMORY_POLICY_3_10, MEMORY_POLICY_3_8 } from '../../packages/runtime/src/memory/layout.ts';
import { mem, OBMALLOC_STATE } from '../../packages/runtime/src/memory/linear.ts';
import { PyObject_Free, PyObject_Malloc } from '../../packages/runtime/src/memory/obmalloc.ts';
import { clearMemory } from '../../packages/runtime/src/memory/snapshot.ts';

describe.each([
  ['3.13', MEMORY_POLICY_3_10],
  ['3.8', MEMORY_POLICY_3_8],
])('the allocator of %s', (_name, policy) => {
  it('is sound after random work, and its used blocks are ours', () => {
    clearMemory();
    memoryInit(policy);
    const target = engineTarget(bufferMemory(mem.buffer), {
      obmalloc: OBMALLOC_STATE,
      poolSize: policy.poolSize,
      arenaSize: policy.arenaSize,
      radixTree: policy.radixTree,
    });
    let seed = 12345;
    const random = (n: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      return (seed >>> 8) % n;
    };
    const live: number[] = [];
    for (let step = 0; step < 12; step++) {
      const growing = step % 4 !== 3;
      for (let i = 0; i < 4000; i++) {
        if (random(10) < (growing ? 7 : 2)) live.push(PyObject_Malloc(1 + random(512)));
        else if (live.length > 0) PyObject_Free(live.splice(random(live.length), 1)[0]!);
      }
      expect(findingsText(checkAllocator(target))).toBe('');
      const reader = new Reader(target);
      const used = arenas(reader).flatMap((arena) =>
        poolsOf(reader, arena).flatMap((pool) => usedBlocks(reader, pool)),
      );
      expect(new Set(used)).toEqual(new Set(live));
    }
    for (const block of live) PyObject_Free(block);
    expect(findingsText(checkAllocator(target))).toBe('');
    expect(
      arenas(new Reader(target))
        .flatMap((arena) => poolsOf(new Reader(target), arena))
        .every((p) => p.count === 0),
    ).toBe(true);
  });
});
