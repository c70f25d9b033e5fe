// Who holds an object: every reference to it, with its place in words. The difference before and after an instruction is the
// cause of a change of its count.
import {
  AddressTable,
  blockOf,
  generationHeads,
  labelText,
  type Place,
  type Reader,
  type RootVisitor,
  trackedObjects,
  visitKeysTable,
  visitReferences,
  visitRoots,
} from '@moult/inspect';
import type { Serials } from '../serials.ts';
import type { Holder } from '../words/telling.ts';
import { Naming } from './naming.ts';

export interface Held {
  /** Where the reference lies, and the object that it lies in (0: none). */
  readonly slot: number;
  readonly owner: number;
  readonly holder: Holder;
}

class Seeker implements RootVisitor {
  readonly found: Held[] = [];
  private readonly reader: Reader;
  private readonly naming: Naming;
  private readonly wanted: number;
  private readonly objects = new AddressTable();
  private readonly keys = new AddressTable(1 << 10);
  private place: Place | null = null;
  private owner = 0;

  constructor(reader: Reader, serials: Serials, wanted: number) {
    this.reader = reader;
    this.naming = new Naming(reader, (address) => serials.of(reader, address) || null);
    this.wanted = wanted;
  }

  search(): void {
    const { reader } = this;
    visitRoots(reader, this);
    // garbage that no collection has found yet holds too
    for (const head of [...generationHeads(reader), ...(reader.target.collectorLists ?? [])]) {
      for (const object of trackedObjects(reader, head)) this.objects.add(object);
    }
    let types = 0;
    let keys = 0;
    for (let i = 0; i < this.objects.size; i++) {
      const object = this.objects.at(i);
      const info = reader.typeOrNull(object);
      while (types < reader.seenTypes.length) this.objects.add(reader.seenTypes[types++] as number);
      if (info === null) continue;
      this.owner = object;
      visitReferences(reader, object, info, this);
      while (keys < this.keys.size) visitKeysTable(reader, this.keys.at(keys++), this);
    }
  }

  enter(place: Place): void {
    this.place = place;
    this.owner = 0;
  }
  exists(object: number): void {
    this.objects.add(object);
  }
  dying(object: number): void {
    this.objects.add(object);
  }
  keysTable(keys: number): void {
    this.keys.add(keys);
  }
  reference(target: number, slot: number, label: string, index: number): void {
    this.objects.add(target);
    if (target !== this.wanted) return;
    const { owner, place } = this;
    const frame = owner === 0 && place?.kind === 'frame' ? place.address : 0;
    const text = labelText(this.reader, label, index);
    this.found.push({ slot, owner, holder: this.naming.holder({ holder: owner, frame, label: text }) });
  }
}

/** All references to an object; their number is its count, unless it is immortal. */
export function holdersOf(reader: Reader, serials: Serials, object: number): Held[] {
  const seeker = new Seeker(reader, serials, object);
  seeker.search();
  return seeker.found;
}

/** What a person thinks of first. */
const ORDER: readonly Holder['kind'][] = [
  'name',
  'local',
  'attribute',
  'value',
  'item',
  'member',
  'key',
  'cell',
  'field',
];
const rank = ({ holder }: Held): number => {
  const at = ORDER.indexOf(holder.kind);
  return at < 0 ? ORDER.length : at;
};

/** What holds now and did not before. A table that moved is the same holder. */
export function difference(before: readonly Held[], after: readonly Held[]): { gained: Held[]; lost: Held[] } {
  const key = ({ owner, holder }: Held): string => `${owner} ${JSON.stringify(holder)}`;
  const only = (these: readonly Held[], those: readonly Held[]): Held[] => {
    const left = new Map<string, number>();
    for (const held of those) left.set(key(held), (left.get(key(held)) ?? 0) + 1);
    const out = these.filter((held) => {
      const n = left.get(key(held)) ?? 0;
      left.set(key(held), n - 1);
      return n <= 0;
    });
    return out.sort((a, b) => rank(a) - rank(b));
  };
  return { gained: only(after, before), lost: only(before, after) };
}

/** The object in a block, behind the collector's head or not; 0 where there is none. */
export function objectIn(reader: Reader, block: number): number {
  for (const head of [16, 32, 0]) {
    const info = reader.typeOrNull(block + head);
    if (info === null || (head > 0 && !info.gc) || blockOf(reader, block + head, info) !== block) continue;
    return block + head;
  }
  return 0;
}
