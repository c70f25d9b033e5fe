// Everything that can be reached: from the roots, from the collector's lists, through every owned reference.
import { PyDictObject, PyInterpreterState, PyObject } from '@moult/abi';
import { AddressTable } from './addressTable.ts';
import { NotAnObject, type Reader } from './reader.ts';
import { visitKeysTable } from './references/containers.ts';
import { Kind } from './references/kinds.ts';
import { labelText } from './references/labels.ts';
import { visitReferences } from './references/visit.ts';
import { type Place, placeText, type RootVisitor, visitRoots } from './roots.ts';
import type { TypeInfo } from './types.ts';
import { describe, hex } from './values/describe.ts';
import { generationHeads, trackedObjects } from './walk/generations.ts';

export class Counter implements RootVisitor {
  readonly reader: Reader;
  readonly objects = new AddressTable();
  readonly keys = new AddressTable(1 << 10);
  readonly dyingObjects = new Set<number>();
  readonly broken: string[] = [];
  references = 0;
  holder = '';
  holderObject = 0;

  constructor(reader: Reader) {
    this.reader = reader;
  }
  enter(place: Place): void {
    this.holder = placeText(this.reader, place);
    this.holderObject = 0;
  }
  exists(object: number): void {
    this.objects.add(object);
  }
  dying(object: number): void {
    this.dyingObjects.add(object);
    this.objects.add(object);
  }
  reference(target: number, slot: number, label: string, index: number): void {
    this.references++;
    const before = this.objects.size;
    const at = this.objects.add(target);
    this.objects.increment(at);
    if (at === before && (target % 8 !== 0 || !this.reader.has(target, PyObject.SIZE))) {
      this.breaks(target, slot, label, index);
    }
  }
  keysTable(keys: number): void {
    this.keys.increment(this.keys.add(keys));
  }
  breaks(target: number, slot: number, label: string, index: number): void {
    if (this.broken.length >= 50) return;
    const from = this.holderObject === 0 ? this.holder : describe(this.reader, this.holderObject);
    this.broken.push(
      `${from} ${labelText(this.reader, label, index)} (at ${hex(slot)}) points to ${hex(target)}, no object`,
    );
  }
}

/** Finds everything that can be reached, and what only the collector's lists know (all of them, or those of `heads`). */
export function countAll(reader: Reader, heads = generationHeads(reader)): { counter: Counter; unknown: Set<string> } {
  const counter = new Counter(reader);
  const unknown = new Set<string>();
  const interned = internedKeys(reader);
  if (interned !== 0) counter.keys.add(interned);
  visitRoots(reader, counter);
  for (const head of [...heads, ...(reader.target.collectorLists ?? [])]) {
    for (const object of trackedObjects(reader, head)) counter.objects.add(object);
  }
  let typesDone = 0;
  let keysDone = interned === 0 ? 0 : 1;
  for (let i = 0; i < counter.objects.size; i++) {
    const object = counter.objects.at(i);
    const info = reader.typeOrNull(object);
    // A static type may be known by its instances only.
    while (typesDone < reader.seenTypes.length) counter.objects.add(reader.seenTypes[typesDone++]!);
    if (info === null) {
      if (counter.broken.length < 50) counter.broken.push(`${hex(object)} is held like an object, but is none`);
      continue;
    }
    if (info.kind === Kind.unknown) unknown.add(info.name);
    counter.holderObject = object;
    visitSafely(reader, object, info, counter);
    while (keysDone < counter.keys.size) visitKeysTable(reader, counter.keys.at(keysDone++), counter);
  }
  return { counter, unknown };
}

/** The objects that the roots lead to. What the collector tracks besides is garbage that it has not found yet. */
export function reachable(reader: Reader): { readonly size: number; has(object: number): boolean } {
  const { objects } = countAll(reader, []).counter;
  return { size: objects.size, has: (object) => objects.indexOf(object) >= 0 };
}

function visitSafely(reader: Reader, object: number, info: TypeInfo, counter: Counter): void {
  try {
    visitReferences(reader, object, info, counter);
  } catch (error) {
    if (!(error instanceof NotAnObject || error instanceof RangeError || isUnmapped(error))) throw error;
    if (counter.broken.length < 50) counter.broken.push(`${describe(reader, object)}: ${(error as Error).message}`);
  }
}

function isUnmapped(error: unknown): boolean {
  return error instanceof Error && error.name === 'UnmappedError';
}

/** The interned strings' dict does not count its two references to each mortal string. */
export function internedKeys(reader: Reader): number {
  const dict = reader.ptr(reader.target.interp + PyInterpreterState.cached_objects_interned_strings);
  return dict === 0 ? 0 : reader.ptr(dict + PyDictObject.ma_keys);
}
