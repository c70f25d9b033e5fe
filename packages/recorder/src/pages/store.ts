// Contents of pages, each kept once, packed, and counted by those who refer to it. A content is a number; 0 is a page of zeros.
import { MOST, packPage, unpackPage, WORDS } from './pack.ts';

/** What a content takes besides its packed words: its rows in the tables below. */
const EACH = 32;
/** A difference that is larger than this part of the whole page packed alone is not worth its base. */
const WORTH = 0.6;
/** Packed words lie in blocks of so many; none crosses the end of its block. */
const BLOCK = 1 << 18;
/** More than there are contents. */
const NUMBERS = 2 ** 24;

/** The packed words of a content that lies outside. */
export type Outside = (content: number) => Uint32Array;

export class PageStore {
  outside: Outside | null = null;
  // by content
  private hashes = new Float64Array(1024);
  private places = new Int32Array(1024);
  private sizes = new Uint16Array(1024);
  /** What it is packed against, 0: zeros; never itself packed against another. Of an unused number: the next unused one. */
  private bases = new Int32Array(1024);
  private references = new Int32Array(1024);
  private unused = 0;
  private count = 1;
  private contents = 0;

  /** Contents by hash: open addressing, at most half full. */
  private table = new Int32Array(4096);
  /** By page: the content that its next ones are packed against. */
  private readonly pageBases: Int32Array;
  private readonly blocks: Uint32Array[] = [];
  private end = 0;
  private liveWords = 0;
  private readonly base = new Uint32Array(WORDS);
  private readonly packed = new Uint32Array(MOST);

  constructor(pages: number) {
    this.pageBases = new Int32Array(pages);
  }

  /** What all contents take, in bytes. */
  get live(): number {
    return this.liveWords * 4 + this.contents * EACH;
  }
  /** … and what was released and is not tidied up. */
  get bytes(): number {
    return this.end * 4 + this.contents * EACH;
  }
  hashOf(content: number): number {
    return content === 0 ? 0 : (this.hashes[content] as number);
  }
  baseOf(content: number): number {
    return this.bases[content] as number;
  }
  /** How many packed words it has. */
  sizeOf(content: number): number {
    return this.sizes[content] as number;
  }
  /** Its packed words, good until the store changes. */
  wordsOf(content: number): Uint32Array {
    const at = this.offset(content);
    return this.block(content).subarray(at, at + (this.sizes[content] as number));
  }
  private block(content: number): Uint32Array {
    if (this.isOutside(content)) return (this.outside as Outside)(content);
    return this.blocks[Math.floor((this.places[content] as number) / BLOCK)] as Uint32Array;
  }
  private offset(content: number): number {
    return this.isOutside(content) ? 0 : (this.places[content] as number) & (BLOCK - 1);
  }
  isOutside(content: number): boolean {
    return (this.places[content] as number) < 0;
  }
  has(hash: number): boolean {
    return hash === 0 || this.find(hash) !== 0;
  }
  referencesOf(content: number): number {
    return this.references[content] as number;
  }

  /** The content of `page`, which lies at `words[at]` and hashes to `hash`; a new reference. */
  keep(page: number, hash: number, words: Uint32Array, at: number): number {
    if (hash === 0) return 0;
    const known = this.find(hash);
    if (known !== 0) return this.retain(known);
    const base = this.pageBases[page] as number;
    if (base !== 0) {
      this.base.fill(0);
      unpackPage(this.block(base), this.offset(base), this.base, 0);
      const size = packPage(words, at, this.base, this.packed);
      if (size < (this.sizes[base] as number) * WORTH) return this.add(hash, this.packed.subarray(0, size), base);
    }
    const whole = this.add(hash, this.packed.subarray(0, packPage(words, at, null, this.packed)), 0);
    this.pageBases[page] = this.retain(whole);
    this.release(base);
    return whole;
  }

  /** A content that is not there yet, packed against `base`; a new reference, and one of it to its base. */
  add(hash: number, packed: Uint32Array, base: number): number {
    const content = this.number();
    if ((this.end & (BLOCK - 1)) + packed.length > BLOCK) this.end = Math.ceil(this.end / BLOCK) * BLOCK;
    const block = Math.floor(this.end / BLOCK);
    if (block === this.blocks.length) this.blocks.push(new Uint32Array(BLOCK));
    (this.blocks[block] as Uint32Array).set(packed, this.end & (BLOCK - 1));
    this.hashes[content] = hash;
    this.places[content] = this.end;
    this.sizes[content] = packed.length;
    this.bases[content] = this.retain(base);
    this.references[content] = 1;
    this.end += packed.length;
    this.liveWords += packed.length;
    this.enter(content);
    return content;
  }
  /** A content whose `size` packed words lie outside, where `outside` finds them; no reference to it yet, one of it to its base. */
  adopt(hash: number, size: number, base: number): number {
    const content = this.number();
    this.hashes[content] = hash;
    this.places[content] = -1;
    this.sizes[content] = size;
    this.bases[content] = this.retain(base);
    this.references[content] = 0;
    this.enter(content);
    return content;
  }
  retain(content: number): number {
    if (content !== 0) this.references[content] = (this.references[content] as number) + 1;
    return content;
  }
  release(content: number): void {
    if (content === 0) return;
    const left = (this.references[content] as number) - 1;
    this.references[content] = left;
    if (left > 0) return;
    this.leave(content);
    this.contents--;
    if (!this.isOutside(content)) {
      const size = this.sizes[content] as number;
      this.liveWords -= size;
      if ((this.places[content] as number) + size === this.end) this.end -= size;
    }
    const base = this.bases[content] as number;
    this.bases[content] = this.unused;
    this.unused = content;
    this.release(base);
  }
  /** What dropping a reference to a content frees. */
  freedBy(content: number): number {
    if (content === 0 || (this.references[content] as number) > 1) return 0;
    return this.isOutside(content) ? EACH : (this.sizes[content] as number) * 4 + EACH;
  }

  /** Writes the content to its place in a memory. */
  write(content: number, words: Uint32Array, at: number): void {
    words.fill(0, at, at + WORDS);
    if (content === 0) return;
    const base = this.bases[content] as number;
    if (base !== 0) unpackPage(this.block(base), this.offset(base), words, at);
    unpackPage(this.block(content), this.offset(content), words, at);
  }

  /** Moves contents together, over what was released between them, where that is more than a sixteenth. */
  tidy(): void {
    if (this.end - this.liveWords < this.end / 16) return;
    const order = new Float64Array(this.contents);
    let n = 0;
    for (let content = 1; content < this.count; content++) {
      if (this.references[content] !== 0 && !this.isOutside(content))
        order[n++] = (this.places[content] as number) * NUMBERS + content;
    }
    let end = 0;
    for (const entry of order.subarray(0, n).sort()) {
      const content = entry % NUMBERS;
      const size = this.sizes[content] as number;
      if ((end & (BLOCK - 1)) + size > BLOCK) end = Math.ceil(end / BLOCK) * BLOCK;
      const from = this.offset(content);
      const block = this.block(content);
      const to = this.blocks[Math.floor(end / BLOCK)] as Uint32Array;
      if (to === block) to.copyWithin(end & (BLOCK - 1), from, from + size);
      else to.set(block.subarray(from, from + size), end & (BLOCK - 1));
      this.places[content] = end;
      end += size;
    }
    this.end = end;
    this.blocks.length = Math.ceil(end / BLOCK);
  }

  /** An unused number. */
  private number(): number {
    this.contents++;
    const again = this.unused;
    if (again !== 0) {
      this.unused = this.bases[again] as number;
      return again;
    }
    if (this.count === this.hashes.length) this.widen(this.count * 2);
    return this.count++;
  }
  private widen(n: number): void {
    const wider = <A extends Float64Array | Int32Array | Uint16Array>(array: A, next: A): A => {
      next.set(array);
      return next;
    };
    this.hashes = wider(this.hashes, new Float64Array(n));
    this.places = wider(this.places, new Int32Array(n));
    this.sizes = wider(this.sizes, new Uint16Array(n));
    this.bases = wider(this.bases, new Int32Array(n));
    this.references = wider(this.references, new Int32Array(n));
  }

  private find(hash: number): number {
    const { table, hashes } = this;
    const mask = table.length - 1;
    for (let i = hash & mask; ; i = (i + 1) & mask) {
      const content = table[i] as number;
      if (content === 0 || hashes[content] === hash) return content;
    }
  }
  private enter(content: number): void {
    if (this.contents * 2 > this.table.length) {
      const old = this.table;
      this.table = new Int32Array(old.length * 2);
      for (const other of old) if (other !== 0) this.put(other);
    }
    this.put(content);
  }
  private put(content: number): void {
    const mask = this.table.length - 1;
    let i = (this.hashes[content] as number) & mask;
    while (this.table[i] !== 0) i = (i + 1) & mask;
    this.table[i] = content;
  }
  /** Takes a content out of the table: what stands behind it moves up. */
  private leave(content: number): void {
    const { table, hashes } = this;
    const mask = table.length - 1;
    let hole = (hashes[content] as number) & mask;
    while (table[hole] !== content) hole = (hole + 1) & mask;
    for (let i = (hole + 1) & mask; table[i] !== 0; i = (i + 1) & mask) {
      const home = (hashes[table[i] as number] as number) & mask;
      if (((i - home) & mask) < ((i - hole) & mask)) continue;
      table[hole] = table[i] as number;
      hole = i;
    }
    table[hole] = 0;
  }
}
