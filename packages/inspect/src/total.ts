// What sys.gettotalrefcount() says in a debug build: the sum of all counts.
import { PyDictKeysObject, PyObject } from '@moult/abi';
import { countAll } from './reach.ts';
import { Reader } from './reader.ts';
import type { Target } from './target.ts';

/** The counts of all objects that are not immortal, and of the tables of dicts' keys. */
export function totalReferences(target: Target): number {
  const reader = new Reader(target);
  const { counter } = countAll(reader);
  let total = 0;
  for (let i = 0; i < counter.objects.size; i++) {
    // the low word of an immortal object's count is negative
    const count = reader.i32(counter.objects.at(i) + PyObject.ob_refcnt);
    if (count > 0) total += count;
  }
  for (let i = 0; i < counter.keys.size; i++) {
    const count = reader.i32(counter.keys.at(i) + PyDictKeysObject.dk_refcnt);
    if (count > 0) total += count;
  }
  return total;
}
