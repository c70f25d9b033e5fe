// CPython 3.9: as 3.8, but an arena that gets empty last is kept, and calls of range, tuple, list, dict and set make no tuple.
import type { Policy } from './policy.ts';
import { python38 } from './python38.ts';

export const python39: Policy = {
  ...python38,
  name: '3.9',
  version: [3, 9, 18],
  number: 309,
  allocator: { ...python38.allocator, keepsEmptyArena: true },
  recorded: 'CPython 3.9.18',
};
