// CPython 3.14.0 to 3.14.4: the incremental collector (young and old[2], a bit for the visited space, a budget of work to do)
// and borrowed loads.
import type { Policy } from './policy.ts';
import { python313 } from './python313.ts';

export const python3140: Policy = {
  ...python313,
  name: '3.14.0',
  version: [3, 14, 0],
  number: 314,
  collector: { ...python313.collector, kind: 'incremental', thresholds: [2000, 10, 0], untracks: 'tuples' },
  counts: { ...python313.counts, smallIntsStart: 0xc0000000, borrowedLoads: true },
  recorded: 'CPython 3.14.2 (Pyodide 314.0.0, 32-bit)',
  unverified: [
    'arena and pool sizes: the only 3.14 that could be run has no pymalloc',
    'what a program prints: messages, names and sizes stay those of 3.13',
  ],
};
