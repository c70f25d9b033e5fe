/**
 * A process's objects as a graph: every object that the roots lead to or the collector tracks is a node, every owned
 * reference an edge with its label. Built in one walk over the bytes, in typed arrays.
 */
import {
  AddressTable,
  generationHeads,
  internedKeys,
  labelText,
  NotAnObject,
  type Place,
  type Reader,
  type RootVisitor,
  trackedObjects,
  visitKeysTable,
  visitReferences,
  visitRoots,
} from '@moult/inspect';
import { type Graph, reverse, type Reversed } from './csr.ts';
import { Grow } from './grow.ts';

/** One reference to an object: from another object, or from a place outside objects (a frame, the interpreter). */
export interface HeapHolder {
  /** The holder's address; 0 for a place. */
  readonly holder: number;
  readonly place: Place | null;
  readonly label: string;
}

export class HeapGraph {
  readonly reader: Reader;
  readonly graph: Graph;
  readonly #addresses: AddressTable;
  readonly #labels: Labels;
  readonly #rootTargets: Uint32Array;
  readonly #rootPlaces: readonly Place[];
  readonly #rootLabels: Labels;
  #reversed: Reversed | null = null;
  #rootsByTarget: Map<number, number[]> | null = null;

  constructor(reader: Reader) {
    const walk = new Walk(reader);
    this.reader = reader;
    this.graph = walk.run();
    this.#addresses = walk.addresses;
    this.#labels = walk.labels;
    this.#rootTargets = walk.rootTargets.done();
    this.#rootPlaces = walk.rootPlaces;
    this.#rootLabels = walk.rootLabels;
  }

  addressOf(node: number): number {
    return this.#addresses.at(node);
  }
  /** -1: no node. */
  nodeOf(address: number): number {
    return this.#addresses.indexOf(address);
  }
  /** From objects to their holders. */
  get holders(): Reversed {
    this.#reversed ??= reverse(this.graph);
    return this.#reversed;
  }
  /** The nodes that places outside objects hold, each once. */
  get roots(): Uint32Array {
    return Uint32Array.from(this.#roots.keys());
  }
  isRoot(node: number): boolean {
    return this.#roots.has(node);
  }
  get #roots(): Map<number, number[]> {
    if (this.#rootsByTarget === null) {
      this.#rootsByTarget = new Map();
      for (let k = 0; k < this.#rootTargets.length; k++) {
        const target = this.#rootTargets[k] as number;
        const list = this.#rootsByTarget.get(target);
        if (list === undefined) this.#rootsByTarget.set(target, [k]);
        else list.push(k);
      }
    }
    return this.#rootsByTarget;
  }

  /** The label of an edge of `graph`, written out. */
  labelOf(edge: number): string {
    return this.#labels.text(this.reader, edge);
  }
  /** The first edge from one node to another; -1: there is none. */
  edgeBetween(from: number, to: number): number {
    const end = this.graph.offsets[from + 1] as number;
    for (let e = this.graph.offsets[from] as number; e < end; e++) if (this.graph.targets[e] === to) return e;
    return -1;
  }
  /** The places that hold a node. */
  placesOf(node: number): HeapHolder[] {
    return (this.#roots.get(node) ?? []).map((k) => ({
      holder: 0,
      place: this.#rootPlaces[k] as Place,
      label: this.#rootLabels.text(this.reader, k),
    }));
  }
  /** Every reference to an object, one entry each: as many as its count says, where all can be seen. */
  holdersOf(address: number): HeapHolder[] {
    const node = this.nodeOf(address);
    if (node < 0) return [];
    const { offsets, targets, edges } = this.holders;
    const out = this.placesOf(node);
    for (let e = offsets[node] as number; e < (offsets[node + 1] as number); e++) {
      out.push({
        holder: this.addressOf(targets[e] as number),
        place: null,
        label: this.labelOf(edges[e] as number),
      });
    }
    return out;
  }
}

/** Labels of references, kept as a template's number and its index until someone reads one. */
class Labels {
  readonly #templates: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #kinds = new Grow();
  /** The index's low and high 32 bits: it may be an address. */
  readonly #low = new Grow();
  readonly #high = new Grow();
  #done: readonly [Uint32Array, Uint32Array, Uint32Array] | null = null;

  push(template: string, index: number): void {
    let number = this.#numbers.get(template);
    if (number === undefined) {
      number = this.#templates.push(template) - 1;
      this.#numbers.set(template, number);
    }
    this.#kinds.push(number);
    this.#low.push(index < 0 ? 0 : index % 4294967296);
    this.#high.push(index < 0 ? 0 : Math.floor(index / 4294967296));
  }
  text(reader: Reader, k: number): string {
    this.#done ??= [this.#kinds.done(), this.#low.done(), this.#high.done()];
    const [kinds, low, high] = this.#done;
    const index = (low[k] as number) + (high[k] as number) * 4294967296;
    return labelText(reader, this.#templates[kinds[k] as number] as string, index);
  }
}

class Walk implements RootVisitor {
  readonly addresses = new AddressTable();
  readonly labels = new Labels();
  readonly rootTargets = new Grow();
  readonly rootPlaces: Place[] = [];
  readonly rootLabels = new Labels();
  readonly #reader: Reader;
  readonly #offsets = new Grow();
  readonly #targets = new Grow();
  readonly #tables = new AddressTable(1 << 10);
  /** The place whose references are being told; null: an object's. */
  #place: Place | null = null;

  constructor(reader: Reader) {
    this.#reader = reader;
  }
  run(): Graph {
    const reader = this.#reader;
    const interned = internedKeys(reader);
    // its references to its strings are not counted
    if (interned !== 0) this.#tables.add(interned);
    visitRoots(reader, this);
    this.#place = null;
    for (const head of generationHeads(reader)) {
      for (const object of trackedObjects(reader, head)) this.addresses.add(object);
    }
    let types = 0;
    for (let node = 0; node < this.addresses.size; node++) {
      this.#offsets.push(this.#targets.length);
      const object = this.addresses.at(node);
      const info = reader.typeOrNull(object);
      while (types < reader.seenTypes.length) this.addresses.add(reader.seenTypes[types++] as number);
      if (info === null) continue;
      try {
        visitReferences(reader, object, info, this);
      } catch (error) {
        // broken bytes: what was read of the object stays
        if (!(error instanceof NotAnObject || error instanceof RangeError)) throw error;
      }
    }
    const nodes = this.addresses.size;
    this.#offsets.push(this.#targets.length);
    return { nodes, offsets: this.#offsets.done(), targets: this.#targets.done() };
  }

  enter(place: Place): void {
    this.#place = place;
  }
  exists(object: number): void {
    this.addresses.add(object);
  }
  dying(object: number): void {
    this.addresses.add(object);
  }
  reference(target: number, _slot: number, label: string, index: number): void {
    const node = this.addresses.add(target);
    if (this.#place === null) {
      this.#targets.push(node);
      this.labels.push(label, index);
    } else {
      this.rootTargets.push(node);
      this.rootPlaces.push(this.#place);
      this.rootLabels.push(label, index);
    }
  }
  /** A table of keys that several dicts share counts for the first of them. */
  keysTable(keys: number): void {
    const before = this.#tables.size;
    if (this.#tables.add(keys) === before) visitKeysTable(this.#reader, keys, this);
  }
}
