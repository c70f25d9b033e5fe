// Which pages of the realm's memory hold what: a hash of each page, and the pages whose content is another than when they were
// last looked at.
import type { ProcessMemory } from '@moult/runtime';
import { PAGE, type PageHash, pageHash } from './hash.ts';

/** Pages [from, to). */
type Span = readonly [from: number, to: number];

export class RealmPages {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  /** Of each page, when it was last looked at; 0 is a page of zeros. */
  readonly hashes: Float64Array;
  /** The pages that the last look found changed, in ascending order: the first `changedCount`. */
  changed = new Int32Array(1024);
  changedCount = 0;
  /** How often it was looked. */
  looks = 0;
  private readonly memory: ProcessMemory;
  private readonly hash: PageHash;
  private spans: Span[] = [];

  constructor(memory: ProcessMemory) {
    this.memory = memory;
    this.bytes = memory.bytes;
    this.words = new Uint32Array(memory.bytes.buffer);
    this.hash = pageHash(memory.memory);
    this.hashes = new Float64Array(memory.bytes.length / PAGE);
  }

  /** Bytes that may be other than zero now. */
  get size(): number {
    return this.spans.reduce((n, [from, to]) => n + (to - from) * PAGE, 0);
  }

  /** Looks at every page that is or was in use. */
  look(): void {
    const now = pageSpans(this.memory.usedRanges());
    this.changedCount = 0;
    this.looks++;
    for (const [from, to] of union(this.spans, now)) {
      for (let page = from; page < to; page++) {
        const h = this.hash(page * PAGE);
        if (h === this.hashes[page]) continue;
        this.hashes[page] = h;
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

  /** One number for all that the memory holds. */
  digest(): string {
    this.look();
    let a = 0x811c9dc5;
    let b = 0x9e3779b9;
    this.forEachUsed((page) => {
      const h = this.hashes[page] as number;
      const low = (h % 4294967296) | 0;
      a = Math.imul(a ^ page, 0x01000193) ^ low;
      b = (Math.imul(b ^ low, 0x85ebca6b) + Math.floor(h / 4294967296) + page) | 0;
    });
    return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
  }

  /** After pages were put back: what is in use is another now. */
  restored(): void {
    this.spans = union(this.spans, pageSpans(this.memory.usedRanges()));
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
