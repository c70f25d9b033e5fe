// Serial numbers: the n-th object that the program made since its first instruction has the number n, whatever its address and
// whoever lay there before. They are kept beside the process's memory, by block, and in the checkpoints with its pages.
import { Py_TPFLAGS_HAVE_GC, PyTypeObject } from '@moult/abi';
import { blockOf, type Reader } from '@moult/inspect';
import type { AllocationListener, ProcessMemory } from '@moult/runtime';
import { PAGE, sideMemory } from './pages/hash.ts';
import type { SideMemory } from './pages/realm.ts';

/** The domain of objects, as the runtime names it: 'o'. */
const OBJECTS = 0x6f;
const GRAIN = 16;
const HEAD = 16;

export interface Births {
  /** Object `serial` begins in the block at `block`; `reused`: a free list had kept it. */
  born(serial: number, block: number, reused: boolean): void;
  /** The block at `block` is no object any more; `given`: it is free, else a free list keeps it. `serial` is 0 for start-up's. */
  gone(serial: number, block: number, given: boolean): void;
  /** Blocks of all domains, as the runtime's hooks tell of them. */
  readonly blocks?: Required<Omit<AllocationListener, 'reused' | 'kept'>>;
}

export class Serials implements SideMemory {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly words: Uint32Array;
  readonly written: Uint8Array;
  /** How many objects were made; -1 before the program's first instruction: start-up's have no number. */
  made = -1;
  /** Told of what happens, while someone looks. */
  listener: Births | null = null;
  private readonly view: DataView;
  private readonly used: () => readonly (readonly [number, number])[];

  constructor(memory: ProcessMemory) {
    this.memory = sideMemory((memory.bytes.length / GRAIN) * 4);
    this.words = new Uint32Array(this.memory.buffer);
    this.written = new Uint8Array(Math.ceil(this.memory.buffer.byteLength / PAGE));
    this.view = new DataView(memory.bytes.buffer);
    this.used = () => memory.usedRanges();
  }

  ranges(used: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
    return used.map(([from, to]) => [Math.floor(from / GRAIN) * 4, Math.ceil(to / GRAIN) * 4]);
  }

  readonly allocations: AllocationListener = {
    allocated: (domain, p, n) => {
      this.listener?.blocks?.allocated(domain, p, n);
      if (domain === OBJECTS && p !== 0) this.begin(p, false);
    },
    freed: (domain, p) => {
      if (domain === OBJECTS) this.end(p, true);
      this.listener?.blocks?.freed(domain, p);
    },
    releasing: (domain, p) => this.listener?.blocks?.releasing(domain, p),
    resized: (domain, p, q, n) => this.listener?.blocks?.resized(domain, p, q, n),
    reused: (object) => this.begin(this.block(object), true),
    kept: (object) => this.end(this.block(object), false),
  };

  private begin(block: number, reused: boolean): void {
    if (this.made < 0) return;
    const serial = ++this.made;
    this.write(block, serial);
    this.listener?.born(serial, block, reused);
  }
  private end(block: number, given: boolean): void {
    const serial = this.words[block >>> 4] as number;
    this.write(block, 0);
    this.listener?.gone(serial, block, given);
  }
  private write(block: number, serial: number): void {
    this.words[block >>> 4] = serial;
    this.written[block >>> 14] = 1;
  }
  /** Of what free lists keep: objects of built-in types, with the collector's head or nothing before them. */
  private block(object: number): number {
    const type = this.view.getInt32(object + 8, true);
    // a float in the free list has the next one where its type was
    if (type < 0x500000 || type >= 0x600000) return object;
    return (this.view.getInt32(type + PyTypeObject.tp_flags, true) & Py_TPFLAGS_HAVE_GC) === 0 ? object : object - HEAD;
  }

  /** The serial number of an object; 0 for one that start-up made. */
  of(reader: Reader, object: number): number {
    const info = reader.typeOrNull(object);
    return info === null ? 0 : (this.words[blockOf(reader, object, info) >>> 4] ?? 0);
  }

  /** Where an object lies, by its serial number; 0: it does not live now. */
  find(reader: Reader, serial: number): number {
    if (serial <= 0) return 0;
    for (const [from, to] of this.ranges(this.used())) {
      const at = this.words.subarray(from / 4, to / 4).indexOf(serial);
      if (at < 0) continue;
      const block = (from / 4 + at) * GRAIN;
      // behind the collector's head of 16, and what lies before that where it has a __dict__ of its own; or without them
      return [block + HEAD, block + 2 * HEAD, block].find((object) => this.of(reader, object) === serial) ?? 0;
    }
    return 0;
  }
}
