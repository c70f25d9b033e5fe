// CPython 3.12: PEP 683's immortal objects, interned strings among them; a due collection waits for the eval breaker.
import type { Policy } from './policy.ts';
import { python311 } from './python311.ts';
import { python313 } from './python313.ts';

export const python312: Policy = {
  ...python313,
  name: '3.12',
  version: [3, 12, 1],
  number: 312,
  collector: { ...python313.collector, thresholds: python311.collector.thresholds },
  counts: { ...python313.counts, internedImmortal: true },
  recorded: 'CPython 3.12.1',
};
