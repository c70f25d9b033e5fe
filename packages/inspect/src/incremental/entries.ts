// What the incremental audit keeps a count for: objects, keys tables, and what leads to them. An entry's
// key is its address plus what it is, in the three low bits.
import { AddressTable } from '../addressTable.ts';

export const Tag = {
  object: 0,
  keys: 1,
  frame: 2,
  clearingFrame: 3,
  /** What is known of a type. */
  type: 4,
  /** A part of the roots, by its number. */
  root: 5,
  /** A chain (chains.ts), by its number. */
  chain: 6,
} as const;
export type Tag = (typeof Tag)[keyof typeof Tag];

/** How one entry holds another. */
export const Hold = {
  /** A reference that is counted. */
  counted: 0,
  /** It is there for certain, but nothing counts that: a root says so. */
  exists: 1,
  dying: 2,
  /** It is there as long as whoever needs it is. */
  needed: 3,
} as const;

export const Flag = {
  /** Its references are known and counted. */
  visited: 1,
  /** Listed for the comparison of its count. */
  touched: 2,
  /** It refers to what is no object, or is none. */
  broken: 4,
} as const;

export class Entries {
  table = new AddressTable();
  private capacity = 1 << 14;
  found = new Int32Array(this.capacity);
  existing = new Int32Array(this.capacity);
  needed = new Int32Array(this.capacity);
  dying = new Uint16Array(this.capacity);
  flags = new Uint8Array(this.capacity);
  /** The low bits of its key. */
  tags = new Uint8Array(this.capacity);
  /** Its references, a list of `Lists`. */
  edges = new Int32Array(this.capacity);
  edgeCount = new Int32Array(this.capacity);
  /** Their labels, where they are kept: another list of `Lists`, two numbers for each. */
  labels = new Int32Array(this.capacity);
  /** Its first watch. */
  watch = new Int32Array(this.capacity);

  get size(): number {
    return this.table.size;
  }

  add(key: number): number {
    const before = this.table.size;
    const index = this.table.add(key);
    if (index < before) return index;
    if (index >= this.capacity) this.grow();
    this.tags[index] = key % 8;
    return index;
  }
  find(key: number): number {
    return this.table.indexOf(key);
  }
  key(index: number): number {
    return this.table.at(index);
  }
  isAlive(index: number): boolean {
    return this.existing[index]! > 0 || this.found[index]! > 0 || this.needed[index]! > 0;
  }

  private grow(): void {
    this.capacity *= 2;
    const wider = (a: Int32Array) => {
      const b = new Int32Array(this.capacity);
      b.set(a);
      return b;
    };
    this.found = wider(this.found);
    this.existing = wider(this.existing);
    this.needed = wider(this.needed);
    this.edges = wider(this.edges);
    this.edgeCount = wider(this.edgeCount);
    this.labels = wider(this.labels);
    this.watch = wider(this.watch);
    const dying = new Uint16Array(this.capacity);
    dying.set(this.dying);
    this.dying = dying;
    const flags = new Uint8Array(this.capacity);
    flags.set(this.flags);
    this.flags = flags;
    const tags = new Uint8Array(this.capacity);
    tags.set(this.tags);
    this.tags = tags;
  }

  clear(): void {
    for (const a of [this.found, this.existing, this.needed, this.dying, this.flags]) a.fill(0, 0, this.size);
    this.table = new AddressTable();
  }
}
