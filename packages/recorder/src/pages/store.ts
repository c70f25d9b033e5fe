// Contents of pages, each kept once, packed, and counted by those who refer to it.
import { packPage, unpackPage, WORDS } from './pack.ts';

export interface Content {
  readonly hash: number;
  readonly packed: Uint32Array;
  /** What it was packed against; null: zeros. Never itself packed against another. */
  readonly base: Content | null;
  references: number;
}

/** What a content costs besides its packed words: the objects, the entry in the table. */
const OVERHEAD = 200;
/** A difference that is larger than this part of the whole page packed alone is not worth its base. */
const WORTH = 0.6;

export class PageStore {
  /** What all contents take, in bytes. */
  bytes = 0;
  private readonly contents = new Map<number, Content>();
  /** By page: the content that its next ones are packed against. */
  private readonly bases = new Map<number, Content>();
  private readonly base = new Uint32Array(WORDS);

  /** The content of `page`, which lies at `words[at]` and hashes to `hash`; a new reference. Zeros are null. */
  keep(page: number, hash: number, words: Uint32Array, at: number): Content | null {
    if (hash === 0) return null;
    const known = this.contents.get(hash);
    if (known !== undefined) {
      known.references++;
      return known;
    }
    const base = this.bases.get(page);
    if (base !== undefined) {
      this.base.fill(0);
      unpackPage(base.packed, this.base, 0);
      const packed = packPage(words, at, this.base);
      if (packed.length < base.packed.length * WORTH) {
        base.references++;
        return this.add({ hash, packed, base, references: 1 });
      }
    }
    const whole = this.add({ hash, packed: packPage(words, at, null), base: null, references: 2 });
    this.bases.set(page, whole);
    if (base !== undefined) this.release(base);
    return whole;
  }

  private add(content: Content): Content {
    this.contents.set(content.hash, content);
    this.bytes += content.packed.byteLength + OVERHEAD;
    return content;
  }

  release(content: Content | null): void {
    if (content === null || --content.references > 0) return;
    this.contents.delete(content.hash);
    this.bytes -= content.packed.byteLength + OVERHEAD;
    this.release(content.base);
  }

  /** Writes the content to its place in a memory. */
  write(content: Content | null, words: Uint32Array, at: number): void {
    words.fill(0, at, at + WORDS);
    if (content === null) return;
    if (content.base !== null) unpackPage(content.base.packed, words, at);
    unpackPage(content.packed, words, at);
  }
}

/** What dropping a content frees, if nothing else refers to it. */
export function freedBy(content: Content | null): number {
  return content === null || content.references > 1 ? 0 : content.packed.byteLength + OVERHEAD;
}
