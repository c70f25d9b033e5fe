// Gathers what an entry refers to while it is visited.
import { PyObject } from '@moult/abi';
import type { Reader } from '../reader.ts';
import type { RootVisitor } from '../roots.ts';
import { type Entries, Hold, Tag } from './entries.ts';

/** The templates of labels, by number. */
export class Templates {
  readonly texts: string[] = [];
  private readonly numbers = new Map<string, number>();

  number(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}

export class Edges implements RootVisitor {
  /** An entry's number times 4, plus how it is held. */
  list = new Int32Array(256);
  /** Of each, where labels are kept: the number of its label's template, and its index. */
  labels: Int32Array | null;
  count = 0;
  broken = false;
  private readonly entries: Entries;
  private readonly reader: Reader;
  private readonly templates: Templates | null;

  constructor(entries: Entries, reader: Reader, templates: Templates | null = null) {
    this.entries = entries;
    this.reader = reader;
    this.templates = templates;
    this.labels = templates === null ? null : new Int32Array(this.list.length * 2);
  }

  start(): void {
    this.count = 0;
    this.broken = false;
  }
  enter(): void {}
  reference(target: number, _slot: number, label: string, index: number): void {
    if ((target & 7) !== 0 || !this.reader.has(target, PyObject.SIZE)) this.broken = true;
    else {
      this.put(target + Tag.object, Hold.counted);
      if (this.labels === null || this.templates === null) return;
      this.labels[this.count * 2 - 2] = this.templates.number(label);
      this.labels[this.count * 2 - 1] = index;
    }
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
      if (this.labels !== null) {
        const labels = new Int32Array(this.count * 4);
        labels.set(this.labels);
        this.labels = labels;
      }
    }
    this.list[this.count++] = this.entries.add(key) * 4 + hold;
  }
}
