// CPython 3.11: frames are no objects any more, a Python-to-Python call moves its arguments, instances keep their attributes
// inline. Small ints and None are still counted.
import type { Policy } from './policy.ts';
import { python310 } from './python310.ts';

export const python311: Policy = {
  ...python310,
  name: '3.11',
  version: [3, 11, 7],
  number: 311,
  collector: { ...python310.collector, countsFrames: false },
  counts: { ...python310.counts, smallIntsStart: 999_999_999, callMovesArguments: true },
  eagerInstanceDicts: false,
  stringHash: 'siphash13',
  recorded: 'CPython 3.11.7',
};
