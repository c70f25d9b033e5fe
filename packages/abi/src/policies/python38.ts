// CPython 3.8: the talk's. Small ints and None are counted, a due collection runs inside the allocation, a call's arguments are
// held by the caller's stack and by the callee's locals, and every instance has its dict.
import type { Policy } from './policy.ts';

export const python38: Policy = {
  name: '3.8',
  version: [3, 8, 18],
  number: 308,
  allocator: { arenaSize: 0x40000, poolSize: 0x1000, lookup: 'pool-header', keepsEmptyArena: false },
  collector: {
    kind: 'generational',
    thresholds: [700, 10, 10],
    when: 'allocation',
    untracks: 'tuples and dicts',
    countsFrames: true,
  },
  counts: {
    immortal: false,
    smallIntsStart: 1,
    internedImmortal: false,
    borrowedLoads: false,
    callMovesArguments: false,
    starCallMovesArguments: false,
  },
  eagerInstanceDicts: true,
  stringHash: 'siphash24',
  recorded: 'CPython 3.8.18',
  unverified: [],
};
