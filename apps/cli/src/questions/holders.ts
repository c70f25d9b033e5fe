// Who holds an object, as the words of the recorder have it: with the names of modules and instances that the whole heap knows.
import { isImmortal, type Reader, refcount } from '@moult/inspect';
import { type HeapGraph, type HeapHolder, ownerOfNames } from '@moult/graph';
import { type Holder, Naming, type SerialOf, type Thing } from '@moult/recorder';

export type { SerialOf } from '@moult/recorder';

export function thingOf(reader: Reader, address: number, serial: number | null = null): Thing {
  return new Naming(reader, () => serial).thing(address);
}

/** A reference's holder as a person names it. */
export function holderOf(heap: HeapGraph, { holder, place, label }: HeapHolder, serialOf: SerialOf): Holder {
  const naming = new Naming(heap.reader, serialOf, { scopeOf: (dict) => ownerOfNames(heap, dict) });
  return naming.holder({ holder, frame: place?.kind === 'frame' ? place.address : 0, label });
}

/** null: the count of an immortal object is not kept. */
export function countOf(reader: Reader, address: number): number | null {
  return isImmortal(reader, address) ? null : refcount(reader, address);
}
