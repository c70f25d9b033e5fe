// Who depends on which words: for each line of 64 bytes the entries that read some of it, and for each page how many such lines
// there are, so that only pages that matter are compared.
import type { Footprint } from './footprint.ts';

export const PAGE_SHIFT = 12;
const LINES_A_PAGE = 1 << (PAGE_SHIFT - 6);
const NONE = -1;

export class Watches {
  /** The first watch of a line, plus 1. */
  private readonly first: Int32Array;
  /** Lines of a page that are watched. */
  private readonly pageLines: Uint8Array;
  private readonly listed: Uint8Array;
  /** Pages with a watched line; some may have none any more. */
  readonly pages: number[] = [];
  private readonly newPage: (page: number) => void;

  private capacity = 1 << 16;
  private line = new Int32Array(this.capacity);
  private entry = new Int32Array(this.capacity);
  /** Words whose change asks for a new visit, and words whose change asks for a new comparison only. */
  private visit = new Uint8Array(this.capacity);
  private check = new Uint8Array(this.capacity);
  private next = new Int32Array(this.capacity);
  private previous = new Int32Array(this.capacity);
  /** The next watch of the same entry, or the next free one. */
  private sibling = new Int32Array(this.capacity);
  private free = NONE;
  private used = 0;

  constructor(bytes: number, newPage: (page: number) => void) {
    this.first = new Int32Array(Math.ceil(bytes / 64));
    this.pageLines = new Uint8Array(Math.ceil(bytes / (1 << PAGE_SHIFT)));
    this.listed = new Uint8Array(this.pageLines.length);
    this.newPage = newPage;
  }

  /** Watches a footprint for an entry; `checked` is the address of a word to compare (0 for none). Returns the first watch. */
  add(entry: number, footprint: Footprint, checked: number): number {
    const checkedLine = checked === 0 ? NONE : checked >>> 6;
    const checkedBit = 1 << ((checked >>> 3) & 7);
    let chain = NONE;
    let pending = checkedLine !== NONE;
    for (let i = 0; i < footprint.size; i++) {
      const line = footprint.lines[i]!;
      const here = line === checkedLine;
      if (here) pending = false;
      chain = this.put(entry, line, footprint.words[i]!, here ? checkedBit : 0, chain);
    }
    return pending ? this.put(entry, checkedLine, 0, checkedBit, chain) : chain;
  }

  /** Watches one word. */
  addWord(entry: number, address: number): number {
    return this.put(entry, address >>> 6, 1 << ((address >>> 3) & 7), 0, NONE);
  }

  private put(entry: number, line: number, visit: number, check: number, sibling: number): number {
    const w = this.take();
    const head = this.first[line]! - 1;
    this.line[w] = line;
    this.entry[w] = entry;
    this.visit[w] = visit;
    this.check[w] = check;
    this.sibling[w] = sibling;
    this.previous[w] = NONE;
    this.next[w] = head;
    if (head !== NONE) this.previous[head] = w;
    else this.countLine(line);
    this.first[line] = w + 1;
    return w;
  }

  private countLine(line: number): void {
    const page = Math.floor(line / LINES_A_PAGE);
    this.pageLines[page]!++;
    if (this.listed[page] !== 0) return;
    this.listed[page] = 1;
    this.pages.push(page);
    this.newPage(page);
  }

  private take(): number {
    if (this.free !== NONE) {
      const w = this.free;
      this.free = this.sibling[w]!;
      return w;
    }
    if (this.used === this.capacity) this.grow();
    return this.used++;
  }

  private grow(): void {
    this.capacity *= 2;
    const wider = (a: Int32Array) => {
      const b = new Int32Array(this.capacity);
      b.set(a);
      return b;
    };
    const bytes = (a: Uint8Array) => {
      const b = new Uint8Array(this.capacity);
      b.set(a);
      return b;
    };
    this.line = wider(this.line);
    this.entry = wider(this.entry);
    this.next = wider(this.next);
    this.previous = wider(this.previous);
    this.sibling = wider(this.sibling);
    this.visit = bytes(this.visit);
    this.check = bytes(this.check);
  }

  /** Ends an entry's watches. */
  remove(chain: number): void {
    for (let w = chain; w !== NONE; ) {
      const line = this.line[w]!;
      const before = this.previous[w]!;
      const after = this.next[w]!;
      if (after !== NONE) this.previous[after] = before;
      if (before !== NONE) this.next[before] = after;
      else {
        this.first[line] = after + 1;
        if (after === NONE) this.pageLines[Math.floor(line / LINES_A_PAGE)]!--;
      }
      const sibling = this.sibling[w]!;
      this.sibling[w] = this.free;
      this.free = w;
      w = sibling;
    }
  }

  /** Whether a page on the list still has a watched line; if not, it is no longer listed. */
  stillWatched(page: number): boolean {
    if (this.pageLines[page] !== 0) return true;
    this.listed[page] = 0;
    return false;
  }

  /** Gathers the entries that depend on changed words of a line. */
  collect(line: number, words: number, toVisit: number[], toCheck: number[]): void {
    for (let w = this.first[line]! - 1; w !== NONE; w = this.next[w]!) {
      if ((this.visit[w]! & words) !== 0) toVisit.push(this.entry[w]!);
      else if ((this.check[w]! & words) !== 0) toCheck.push(this.entry[w]!);
    }
  }

  /** In the order of addresses a comparison runs through memory once. */
  sortPages(): void {
    this.pages.sort((a, b) => a - b);
  }

  clear(): void {
    for (let w = 0; w < this.used; w++) this.first[this.line[w]!] = 0;
    for (const page of this.pages) {
      this.pageLines[page] = 0;
      this.listed[page] = 0;
    }
    this.pages.length = 0;
    this.used = 0;
    this.free = NONE;
  }
}
