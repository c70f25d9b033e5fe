// checkHeap(): every structural invariant of the heap, each finding with the address and the invariant's name.
import { PyDictValues, PyHeapTypeObject } from '@moult/abi';
import { checkCollector } from './checks/collector.ts';
import { checkList, checkSet } from './checks/containers.ts';
import { checkDict, checkValues } from './checks/dict.ts';
import { type Finding, Findings } from './checks/findings.ts';
import { checkObmalloc } from './checks/obmalloc.ts';
import { countAll } from './reach.ts';
import { Reader } from './reader.ts';
import type { Target } from './target.ts';
import type { TypeInfo } from './types.ts';
import { hex } from './values/describe.ts';

export type { Finding };

export interface CheckOptions {
  /** Leave the objects out: allocator and collector lists only. */
  readonly shallow?: boolean;
}

export function checkHeap(target: Target, options: CheckOptions = {}): Finding[] {
  const reader = new Reader(target);
  const found = new Findings();
  guarded(found, () => checkObmalloc(reader, found));
  guarded(found, () => checkCollector(reader, found));
  if (options.shallow) return found.list;
  const { counter } = countAll(reader);
  const keysSeen = new Set<number>();
  for (let i = 0; i < counter.objects.size && !found.full; i++) {
    const object = counter.objects.at(i);
    if (counter.dyingObjects.has(object)) continue; // half taken apart
    const info = reader.typeOrNull(object);
    if (info === null) found.add(object, 'what is held like an object is none');
    else guarded(found, () => checkObject(reader, object, info, keysSeen, found));
  }
  return found.list;
}

/** The allocator's invariants alone: good before there is any object. */
export function checkAllocator(target: Target): Finding[] {
  const reader = new Reader(target);
  const found = new Findings();
  guarded(found, () => checkObmalloc(reader, found));
  return found.list;
}

function checkObject(reader: Reader, object: number, info: TypeInfo, keysSeen: Set<number>, found: Findings): void {
  switch (info.layout) {
    case 'dict':
    case 'collections.OrderedDict':
    case 'collections.defaultdict':
      checkDict(reader, object, keysSeen, found);
      break;
    case 'set':
    case 'frozenset':
      checkSet(reader, object, found);
      break;
    case 'list':
      checkList(reader, object, found);
      break;
  }
  if (info.inlineValues && reader.u8(object + info.basicsize + PyDictValues.valid) !== 0) {
    const keys = reader.ptr(info.address + PyHeapTypeObject.ht_cached_keys);
    if (keys !== 0) checkValues(reader, object, keys, object + info.basicsize, found);
  }
}

/** A check that runs into unreadable memory is a finding itself. */
function guarded(found: Findings, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof TypeError) throw error;
    found.add(0, error.message);
  }
}

export function findingsText(findings: readonly Finding[]): string {
  return findings.map((f) => `${hex(f.address)}: ${f.what}`).join('\n');
}
