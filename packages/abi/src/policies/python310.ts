// CPython 3.10: as 3.9, with arenas of 1 MiB and pools of 16 KiB, found through a radix tree.
import type { Policy } from './policy.ts';
import { python39 } from './python39.ts';

export const python310: Policy = {
  ...python39,
  name: '3.10',
  version: [3, 10, 13],
  number: 310,
  allocator: { arenaSize: 0x100000, poolSize: 0x4000, lookup: 'radix-tree', keepsEmptyArena: true },
  recorded: 'CPython 3.10.13',
};
