// Who holds an object: every reference to it, with its place in words. The difference before and after an instruction is the
// cause of a change of its count.
import { PyCodeObject, PyInterpreterState, _PyInterpreterFrame } from '@moult/abi';
import {
  AddressTable,
  blockOf,
  describe,
  generationHeads,
  labelText,
  mainDict,
  nameText,
  ownName,
  type Place,
  placeText,
  type Reader,
  type RootVisitor,
  trackedObjects,
  typeName,
  visitKeysTable,
  visitReferences,
  visitRoots,
} from '@moult/inspect';
import type { Serials } from '../serials.ts';
import type { Holder, Thing } from '../words/telling.ts';

export interface Held {
  /** Where the reference lies, and the object that it lies in (0: none). */
  readonly slot: number;
  readonly owner: number;
  readonly holder: Holder;
}

/** Values that are called by their text. */
const BY_TEXT = ['int', 'str', 'float', 'bool'];

export function thingOf(reader: Reader, serials: Serials, object: number): Thing {
  const info = reader.typeOf(object);
  const serial = serials.of(reader, object);
  const name = BY_TEXT.includes(info.layout) ? describe(reader, object, -1) : ownName(reader, object);
  return { type: typeName(info), serial: serial === 0 ? null : serial, ...(name === null ? {} : { name }) };
}

class Seeker implements RootVisitor {
  readonly found: Held[] = [];
  private readonly reader: Reader;
  private readonly serials: Serials;
  private readonly wanted: number;
  private readonly objects = new AddressTable();
  private readonly keys = new AddressTable(1 << 10);
  private place: Place | null = null;
  private owner = 0;
  private readonly main: number;

  constructor(reader: Reader, serials: Serials, wanted: number) {
    this.reader = reader;
    this.serials = serials;
    this.wanted = wanted;
    this.main = mainDict(reader);
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
    const holder = this.owner === 0 ? this.fromRoot(label, index) : this.fromObject(label, index);
    this.found.push({ slot, owner: this.owner, holder });
  }

  private fromRoot(label: string, index: number): Holder {
    const { reader, place } = this;
    const text = labelText(reader, label, index);
    if (place?.kind === 'native stack') return { kind: 'native', native: 'a native function' };
    if (place?.kind !== 'frame') {
      return { kind: 'interpreter', what: place === null ? text : `${placeText(reader, place)} ${text}` };
    }
    const code = reader.ptr(place.address + _PyInterpreterFrame.f_executable);
    const isCode = reader.typeOrNull(code)?.layout === 'code';
    const name = isCode ? nameText(reader, reader.ptr(code + PyCodeObject.co_qualname)) : 'a native function';
    if (label === 'local @') return { kind: 'local', name: nameText(reader, index), function: name };
    if (label === 'stack[#]') return { kind: 'stack', function: name };
    return { kind: 'interpreter', what: `the frame of ${name} (${text})` };
  }

  private fromObject(label: string, index: number): Holder {
    const { reader, owner } = this;
    const thing = thingOf(reader, this.serials, owner);
    switch (label) {
      case '[#]':
        return { kind: 'item', index, owner: thing };
      case '[@]':
        return owner === this.main
          ? { kind: 'name', name: nameText(reader, index) }
          : { kind: 'value', key: describe(reader, index, -1), owner: thing };
      case 'key @':
      case 'shared key @':
        return { kind: 'key', owner: thing };
      case 'item @':
        return { kind: 'member', owner: thing };
      case '.@':
        return { kind: 'attribute', name: nameText(reader, index), owner: thing };
      default:
        return thing.type === 'cell'
          ? { kind: 'cell', name: null }
          : { kind: 'field', field: labelText(reader, label, index), owner: thing };
    }
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

/** How many collections of each generation there were. */
export function collectionsOf(reader: Reader): number[] {
  const stats = reader.target.interp + PyInterpreterState.gc_generation_stats;
  return [0, 1, 2].map((i) => reader.ssize(stats + i * 24));
}
