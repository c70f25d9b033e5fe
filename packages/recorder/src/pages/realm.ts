// Which pages of the realm's memory hold what: a hash of each page, and the pages whose content is another than when they were
// last looked at.
import type { ProcessMemory } from '@moult/runtime';
import { PAGE, type PageHash, pageHash } from './hash.ts';
import { WORDS } from './pack.ts';

/** Pages [from, to). */
type Span = readonly [from: number, to: number];

/** Memory beside the process's that belongs to its state: its pages are numbered behind those of the process. */
export interface SideMemory {
  readonly memory: object;
  readonly words: Uint32Array;
  /** By page: 1 where it was written to since the last look, which takes it back. */
  readonly written: Uint8Array;
  /** The bytes of it that may be other than zero when those of the process are. */
  ranges(used: readonly (readonly [number, number])[]): readonly (readonly [number, number])[];
}

export class RealmPages {
  readonly words: Uint32Array;
  /** Of each page, when it was last looked at; 0 is a page of zeros. */
  readonly hashes: Float64Array;
  /** The pages that the last look found changed, in ascending order: the first `changedCount`. */
  changed = new Int32Array(1024);
  changedCount = 0;
  /** How often it was looked. */
  looks = 0;
  private readonly memory: ProcessMemory;
  private readonly side: SideMemory | null;
  /** Pages of the process itself. */
  private readonly own: number;
  private readonly hash: PageHash;
  private readonly sideHash: PageHash;
  private spans: Span[] = [];

  constructor(memory: ProcessMemory, side: SideMemory | null = null) {
    this.memory = memory;
    this.side = side;
    this.words = new Uint32Array(memory.bytes.buffer);
    this.hash = pageHash(memory.memory);
    this.sideHash = side === null ? this.hash : pageHash(side.memory);
    this.own = memory.bytes.length / PAGE;
    this.hashes = new Float64Array(this.own + (side === null ? 0 : side.words.length / WORDS));
  }

  /** Where the words of a page lie, and from which on. */
  wordsOf(page: number): Uint32Array {
    return page < this.own || this.side === null ? this.words : this.side.words;
  }
  at(page: number): number {
    return (page < this.own ? page : page - this.own) * WORDS;
  }

  private spansNow(): Span[] {
    const used = this.memory.usedRanges();
    const spans = pageSpans(used);
    if (this.side === null) return spans;
    const beside = pageSpans(this.side.ranges(used)).map(([from, to]) => [from + this.own, to + this.own] as const);
    return [...spans, ...beside];
  }

  /** Bytes that may be other than zero now. */
  get size(): number {
    return this.spans.reduce((n, [from, to]) => n + (to - from) * PAGE, 0);
  }

  /** The hash of what a page holds now. */
  hashNow(page: number): number {
    return page < this.own ? this.hash(page * PAGE) : this.sideHash((page - this.own) * PAGE);
  }

  /** Looks at every page that is or was in use. */
  look(): void {
    const now = this.spansNow();
    this.changedCount = 0;
    this.looks++;
    const { own, hash, hashes } = this;
    const written = this.side?.written;
    for (const [from, to] of union(this.spans, now)) {
      for (let page = from; page < to; page++) {
        let h: number;
        if (page < own) h = hash(page * PAGE);
        else {
          if (written === undefined || written[page - own] === 0) continue;
          written[page - own] = 0;
          h = this.sideHash((page - own) * PAGE);
        }
        if (h === hashes[page]) continue;
        hashes[page] = h;
        this.note(page);
      }
    }
    this.spans = now;
  }

  private note(page: number): void {
    if (this.changedCount === this.changed.length) {
      const wider = new Int32Array(this.changed.length * 2);
      wider.set(this.changed);
      this.changed = wider;
    }
    this.changed[this.changedCount++] = page;
  }

  /** Calls `visit` for each page that is not all zeros. */
  forEachUsed(visit: (page: number) => void): void {
    for (const [from, to] of this.spans) {
      for (let page = from; page < to; page++) if (this.hashes[page] !== 0) visit(page);
    }
  }

  /** One number for all that the process's memory holds. */
  digest(): string {
    this.look();
    let a = 0x811c9dc5;
    let b = 0x9e3779b9;
    this.forEachUsed((page) => {
      if (page >= this.own) return;
      const h = this.hashes[page] as number;
      const low = (h % 4294967296) | 0;
      a = Math.imul(a ^ page, 0x01000193) ^ low;
      b = (Math.imul(b ^ low, 0x85ebca6b) + Math.floor(h / 4294967296) + page) | 0;
    });
    return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
  }

  /** After pages were put back: what is in use is another now. */
  restored(): void {
    this.spans = union(this.spans, this.spansNow());
  }
}

function pageSpans(ranges: readonly (readonly [number, number])[]): Span[] {
  const spans: [number, number][] = [];
  for (const [start, end] of ranges) {
    const from = Math.floor(start / PAGE);
    const to = Math.ceil(end / PAGE);
    const last = spans[spans.length - 1];
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else spans.push([from, to]);
  }
  return spans;
}

function union(a: readonly Span[], b: readonly Span[]): Span[] {
  const out: [number, number][] = [];
  for (const [from, to] of [...a, ...b].sort((x, y) => x[0] - y[0])) {
    const last = out[out.length - 1];
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}
