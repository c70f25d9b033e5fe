// CPython 3.13: the specification.
import type { Policy } from './policy.ts';

export const python313: Policy = {
  name: '3.13',
  version: [3, 13, 0],
  number: 313,
  allocator: { arenaSize: 0x100000, poolSize: 0x4000, lookup: 'radix-tree', keepsEmptyArena: true },
  collector: {
    kind: 'generational',
    thresholds: [2000, 10, 10],
    when: 'eval-breaker',
    untracks: 'tuples and dicts',
    countsFrames: false,
  },
  counts: {
    immortal: true,
    smallIntsStart: 0xffffffff,
    internedImmortal: false,
    borrowedLoads: false,
    callMovesArguments: true,
    starCallMovesArguments: true,
  },
  eagerInstanceDicts: false,
  stringHash: 'siphash13',
  recorded: 'CPython 3.13.0',
  unverified: [],
};
