// Gathers what an entry refers to while it is visited.
import { PyObject } from '@moult/abi';
import type { Reader } from '../reader.ts';
import type { RootVisitor } from '../roots.ts';
import { type Entries, Hold, Tag } from './entries.ts';

export class Edges implements RootVisitor {
  /** An entry's number times 4, plus how it is held. */
  list = new Int32Array(256);
  count = 0;
  broken = false;
  private readonly entries: Entries;
  private readonly reader: Reader;

  constructor(entries: Entries, reader: Reader) {
    this.entries = entries;
    this.reader = reader;
  }

  start(): void {
    this.count = 0;
    this.broken = false;
  }
  enter(): void {}
  reference(target: number): void {
    if ((target & 7) !== 0 || !this.reader.has(target, PyObject.SIZE)) this.broken = true;
    else this.put(target + Tag.object, Hold.counted);
  }
  keysTable(keys: number): void {
    if ((keys & 7) !== 0 || !this.reader.has(keys, PyObject.SIZE)) this.broken = true;
    else this.put(keys + Tag.keys, Hold.counted);
  }
  exists(object: number): void {
    this.link(object, Tag.object, Hold.exists);
  }
  dying(object: number): void {
    this.link(object, Tag.object, Hold.dying);
  }
  /** A hold that no count shows. */
  link(address: number, tag: Tag, hold: number): void {
    if ((address & 7) !== 0 || !this.reader.has(address, PyObject.SIZE)) this.broken = true;
    else this.put(address + tag, hold);
  }
  private put(key: number, hold: number): void {
    if (this.count === this.list.length) {
      const wider = new Int32Array(this.count * 2);
      wider.set(this.list);
      this.list = wider;
    }
    this.list[this.count++] = this.entries.add(key) * 4 + hold;
  }
}
