// CPython 3.13: the specification.
import type { Policy } from './policy.ts';

export const python313: Policy = {
  name: '3.13',
  version: [3, 13, 0],
  allocator: { arenaSize: 0x100000, poolSize: 0x4000, lookup: 'radix-tree' },
  collector: { kind: 'generational', thresholds: [2000, 10, 10], when: 'eval-breaker' },
  counts: { immortal: true, smallIntsStart: 0xffffffff, borrowedLoads: false, callMovesArguments: true },
  eagerInstanceDicts: false,
  stringHash: 'siphash13',
  unverified: [],
};
