// The invariants of sets, lists and tuples.
import {
  LINEAR_PROBES,
  PERTURB_SHIFT,
  PyASCIIObject,
  PyListObject,
  PySetObject,
  PyVarObject,
  setentry,
} from '@moult/abi';
import type { Reader } from '../reader.ts';
import type { Findings } from './findings.ts';

export function checkSet(reader: Reader, set: number, found: Findings): void {
  const mask = reader.ssize(set + PySetObject.mask);
  const fill = reader.ssize(set + PySetObject.fill);
  const used = reader.ssize(set + PySetObject.used);
  const table = reader.ptr(set + PySetObject.table);
  const size = mask + 1;
  if (mask < 7 || !Number.isInteger(Math.log2(size)) || !reader.has(table, size * setentry.SIZE)) {
    found.add(set, `a set has a table of ${size} slots`);
    return;
  }
  let live = 0;
  let removed = 0;
  const empty: boolean[] = [];
  for (let i = 0; i < size; i++) {
    const entry = table + i * setentry.SIZE;
    const key = reader.ptr(entry);
    empty.push(key === 0);
    if (key === 0) continue;
    if (reader.ssize(entry + setentry.hash) === -1) removed++;
    else live++;
  }
  if (live !== used) found.add(set, `used is ${used}, ${live} entries are live`);
  if (live + removed !== fill) found.add(set, `fill is ${fill}, ${live + removed} slots are taken`);
  if (live + removed >= size) found.add(set, 'a set has no empty slot: a search would not end');
  for (let i = 0; i < size && !found.full; i++) checkEntry(reader, set, table, i, empty, found);
}

function checkEntry(reader: Reader, set: number, table: number, i: number, empty: boolean[], found: Findings): void {
  const entry = table + i * setentry.SIZE;
  const key = reader.ptr(entry);
  if (key === 0 || reader.ssize(entry + setentry.hash) === -1) return;
  const hash = reader.memory.u64(entry + setentry.hash);
  if (reader.typeOrNull(key)?.name === 'str' && reader.memory.u64(key + PyASCIIObject.hash) !== hash) {
    found.add(set, `the hash beside entry ${i} is not the key's`);
  }
  if (!reaches(empty, hash, i)) found.add(set, `the search for entry ${i} ends before it`);
}

/** Whether a search for a hash comes to a slot before it comes to an empty one. */
function reaches(empty: readonly boolean[], hash: bigint, slot: number): boolean {
  const mask = empty.length - 1;
  let perturb = hash;
  let i = Number(BigInt.asUintN(32, hash)) & mask;
  for (let rounds = 0; rounds < empty.length * 4 + 100; rounds++) {
    const probes = i + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
    for (let j = 0; j <= probes; j++) {
      if (i + j === slot) return true;
      if (empty[i + j]) return false;
    }
    perturb >>= BigInt(PERTURB_SHIFT);
    i = (Math.imul(i, 5) + 1 + Number(BigInt.asUintN(32, perturb))) & mask;
  }
  return false;
}

export function checkList(reader: Reader, list: number, found: Findings): void {
  const size = reader.ssize(list + PyVarObject.ob_size);
  const allocated = reader.ssize(list + PyListObject.allocated);
  const items = reader.ptr(list + PyListObject.ob_item);
  // While list.sort runs, the list is empty and says so by room for -1.
  if (size === 0 && items === 0 && allocated === -1) return;
  if (size < 0 || allocated < size) found.add(list, `a list of ${size} items has room for ${allocated}`);
  else if (items === 0 && allocated !== 0) found.add(list, 'a list with room has no items');
  else if (size > 0 && !reader.has(items, allocated * 8)) found.add(list, 'the items of a list are outside memory');
}
