// A copy of the watched pages as they were at the last audit, and where memory differs from it.
import { PAGE_SHIFT, type Watches } from './watches.ts';

const PAGE_WORDS = 1 << (PAGE_SHIFT - 2);
const LINE_WORDS = 16;
/** Pages whose copies lie in one array. */
const CHUNK_PAGES = 16;

export type SameBytes = (address: number, copy: Uint8Array, at: number, n: number) => boolean;

export class Shadow {
  private readonly words: Int32Array;
  private readonly chunks: (Int32Array | undefined)[] = [];
  private readonly bytes: (Uint8Array | undefined)[] = [];
  private readonly sameBytes: SameBytes | undefined;

  constructor(buffer: ArrayBufferLike, sameBytes?: SameBytes) {
    this.sameBytes = sameBytes;
    this.words = new Int32Array(buffer, 0, Math.floor(buffer.byteLength / 4));
  }

  private chunk(page: number): Int32Array {
    const index = Math.floor(page / CHUNK_PAGES);
    const known = this.chunks[index];
    if (known !== undefined) return known;
    const chunk = new Int32Array(PAGE_WORDS * CHUNK_PAGES);
    this.chunks[index] = chunk;
    this.bytes[index] = new Uint8Array(chunk.buffer);
    return chunk;
  }

  /** Takes a page as it is now. */
  copy(page: number): void {
    const from = page * PAGE_WORDS;
    this.chunk(page).set(this.words.subarray(from, from + PAGE_WORDS), (page % CHUNK_PAGES) * PAGE_WORDS);
  }

  /** Reports the changed words of each line of a page to `changed`, and takes them over. */
  compare(page: number, watches: Watches, toVisit: number[], toCheck: number[]): void {
    const now = this.words;
    const then = this.chunk(page);
    const base = page * PAGE_WORDS;
    const offset = (page % CHUNK_PAGES) * PAGE_WORDS;
    const copy = this.bytes[Math.floor(page / CHUNK_PAGES)]!;
    if (this.sameBytes?.(base * 4, copy, offset * 4, PAGE_WORDS * 4)) return;
    for (let at = 0; at < PAGE_WORDS; at += LINE_WORDS) {
      const n = base + at;
      const t = offset + at;
      const difference =
        (now[n]! ^ then[t]!) |
        (now[n + 1]! ^ then[t + 1]!) |
        (now[n + 2]! ^ then[t + 2]!) |
        (now[n + 3]! ^ then[t + 3]!) |
        (now[n + 4]! ^ then[t + 4]!) |
        (now[n + 5]! ^ then[t + 5]!) |
        (now[n + 6]! ^ then[t + 6]!) |
        (now[n + 7]! ^ then[t + 7]!) |
        (now[n + 8]! ^ then[t + 8]!) |
        (now[n + 9]! ^ then[t + 9]!) |
        (now[n + 10]! ^ then[t + 10]!) |
        (now[n + 11]! ^ then[t + 11]!) |
        (now[n + 12]! ^ then[t + 12]!) |
        (now[n + 13]! ^ then[t + 13]!) |
        (now[n + 14]! ^ then[t + 14]!) |
        (now[n + 15]! ^ then[t + 15]!);
      if (difference !== 0) this.lineChanged(n, t, then, watches, toVisit, toCheck);
    }
  }

  private lineChanged(
    n: number,
    t: number,
    then: Int32Array,
    watches: Watches,
    toVisit: number[],
    toCheck: number[],
  ): void {
    const now = this.words;
    let words = 0;
    for (let i = 0; i < LINE_WORDS; i++) {
      if (now[n + i] === then[t + i]) continue;
      then[t + i] = now[n + i]!;
      words |= 1 << (i >> 1);
    }
    watches.collect(n / LINE_WORDS, words, toVisit, toCheck);
  }
}
