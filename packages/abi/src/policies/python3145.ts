// CPython 3.14.5 and later, 3.15: three generations again (python/cpython#148726), with 3.14's borrowed loads. No one could run it.
import type { Policy } from './policy.ts';
import { python313 } from './python313.ts';
import { python3140 } from './python3140.ts';

export const python3145: Policy = {
  ...python3140,
  name: '3.14.5',
  version: [3, 14, 5],
  number: 315,
  collector: { ...python3140.collector, kind: 'generational', thresholds: python313.collector.thresholds },
  recorded: null,
  unverified: [
    'everything: no 3.14.5 could be run',
    'thresholds 2000, 10, 10 and which generation a collection takes: as 3.13, after python/cpython#148726',
    'which containers are tracked, and what a load and a call hold: as 3.14.2',
    'arena and pool sizes, messages, names and sizes: as 3.13',
  ],
};
