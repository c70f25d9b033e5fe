// Checkpoints of one run: which pages changed since the one before, thinned where they take more memory than allowed.
import type { RealmPages } from './realm.ts';
import { PageStore } from './store.ts';

export interface Checkpoint<State> {
  /** Instructions executed. */
  readonly at: number;
  /** What stands outside the bytes. */
  readonly state: State;
  /** The pages that changed since the checkpoint before, in ascending order, and what they hold. */
  pages: Int32Array;
  contents: Int32Array;
  /** Can be gone on from; else only looked at. */
  readonly whole: boolean;
  /** Never dropped. */
  readonly fixed: boolean;
  /** Bytes that dropping it frees, as far as known. */
  freed: number;
}

const ENTRY_BYTES = 8;

/** What lies outside the store does not have the hash that it should have. */
export class WrongContent extends Error {
  readonly page: number;
  constructor(page: number) {
    super(`page ${page} holds something else than it should`);
    this.page = page;
  }
}

export class Checkpoints<State> {
  /** In the order of time. */
  readonly list: Checkpoint<State>[] = [];
  /** The bytes that all of it may take. */
  readonly bound: number;
  readonly store: PageStore;
  /** How many were dropped to keep within the bound. */
  dropped = 0;
  private entries = 0;
  private readonly realm: RealmPages;
  /** By page, the number of the walk that has seen it. */
  private readonly seen: Int32Array;
  private walk = 0;
  /** The checkpoint that the realm held at its last look. */
  private looked: Checkpoint<State> | null = null;
  /** Which look that was. */
  private looks = 0;

  constructor(realm: RealmPages, bound: number) {
    this.realm = realm;
    this.bound = bound;
    this.store = new PageStore(realm.hashes.length);
    this.seen = new Int32Array(realm.hashes.length);
  }

  get bytes(): number {
    return this.store.bytes + this.entries * ENTRY_BYTES;
  }

  /** The index of the last checkpoint at or before `at` (that can be gone on from), or -1. */
  before(at: number, whole = true): number {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.list[middle] as Checkpoint<State>).at <= at) low = middle + 1;
      else high = middle;
    }
    let i = low - 1;
    while (i >= 0 && whole && !(this.list[i] as Checkpoint<State>).whole) i--;
    return i;
  }

  /**
   * Keeps what the memory holds now, behind all checkpoints or between two. `options.fixed`: it is never dropped.
   */
  take(at: number, state: State, options: { whole: boolean; fixed: boolean }): Checkpoint<State> {
    const { realm, list } = this;
    const index = this.before(at, false) + 1;
    realm.look();
    const straight = index > 0 && this.looked === list[index - 1] && realm.looks === this.looks + 1;
    const pages = straight ? realm.changed.slice(0, realm.changedCount) : this.different(index - 1);
    const contents = pages.map((page) =>
      this.store.keep(page, realm.hashes[page] as number, realm.wordsOf(page), realm.at(page)),
    );
    const next = list[index];
    if (next !== undefined) this.complete(next, index - 1, pages);
    const checkpoint: Checkpoint<State> = { at, state, pages, contents, ...options, freed: 0 };
    list.splice(index, 0, checkpoint);
    this.holds(checkpoint);
    this.entries += pages.length;
    if (index > 0) this.price(index - 1);
    this.price(index);
    this.thin();
    return checkpoint;
  }

  /** Puts a checkpoint of a file behind all others; its contents count it already. */
  append(checkpoint: Checkpoint<State>): void {
    this.list.push(checkpoint);
    this.entries += checkpoint.pages.length;
    if (this.list.length > 1) this.price(this.list.length - 2);
  }
  get pageCount(): number {
    return this.realm.hashes.length;
  }

  /** The pages whose present content is another than that of checkpoint `index`. */
  private different(index: number): Int32Array {
    const { realm } = this;
    const out: number[] = [];
    const held = this.contentsOf(index, (page, content) => {
      if (this.store.hashOf(content) !== realm.hashes[page]) out.push(page);
    });
    realm.forEachUsed((page) => {
      if (this.seen[page] !== held) out.push(page);
    });
    return Int32Array.from(out).sort();
  }

  /** A checkpoint is put between `before` and `next`: pages that it changed and `next` changes back must be in `next`. */
  private complete(next: Checkpoint<State>, before: number, pages: Int32Array): void {
    const has = new Set(next.pages);
    const missing = new Set([...pages].filter((page) => !has.has(page)));
    if (missing.size === 0) return;
    const added = new Map<number, number>([...missing].map((page) => [page, 0]));
    this.contentsOf(before, (page, content) => {
      if (missing.has(page)) added.set(page, this.store.retain(content));
    });
    this.join(next, [...added]);
  }

  /** Puts pages that a checkpoint does not have yet among its own. */
  private join(checkpoint: Checkpoint<State>, added: (readonly [page: number, content: number])[]): void {
    added.sort((a, b) => a[0] - b[0]);
    const { pages, contents } = checkpoint;
    const n = pages.length + added.length;
    const [allPages, allContents] = [new Int32Array(n), new Int32Array(n)];
    for (let i = 0, k = 0, to = 0; to < n; to++) {
      const next = added[k];
      const own = next === undefined || (i < pages.length && (pages[i] as number) < next[0]);
      allPages[to] = own ? (pages[i] as number) : next[0];
      allContents[to] = own ? (contents[i++] as number) : next[1];
      if (!own) k++;
    }
    this.entries += added.length;
    checkpoint.pages = allPages;
    checkpoint.contents = allContents;
  }

  /** Visits each page with its content at checkpoint `index`; returns the mark that `seen` has for those pages. */
  private contentsOf(index: number, visit: (page: number, content: number) => void): number {
    const mark = ++this.walk;
    const { seen } = this;
    for (let i = index; i >= 0; i--) {
      const { pages, contents } = this.list[i] as Checkpoint<State>;
      for (let k = 0; k < pages.length; k++) {
        const page = pages[k] as number;
        if (seen[page] === mark) continue;
        seen[page] = mark;
        visit(page, contents[k] as number);
      }
    }
    return mark;
  }

  /** Makes the memory what it was at a checkpoint; returns how many pages were written. */
  restore(checkpoint: Checkpoint<State>): number {
    const { realm, store } = this;
    realm.look();
    let written = 0;
    const put = (page: number, content: number): void => {
      const hash = store.hashOf(content);
      if (realm.hashes[page] === hash) return;
      store.write(content, realm.wordsOf(page), realm.at(page));
      realm.hashes[page] = hash;
      if (store.isOutside(content) && realm.hashNow(page) !== hash) throw new WrongContent(page);
      written++;
    };
    const mark = this.contentsOf(this.list.indexOf(checkpoint), put);
    const gone: number[] = [];
    realm.forEachUsed((page) => {
      if (this.seen[page] !== mark) gone.push(page);
    });
    for (const page of gone) put(page, 0);
    realm.restored();
    this.holds(checkpoint);
    return written;
  }

  private holds(checkpoint: Checkpoint<State>): void {
    this.looked = checkpoint;
    this.looks = this.realm.looks;
  }

  /** The pages of the memory that hold something else than at the checkpoint. */
  differences(checkpoint: Checkpoint<State>): number[] {
    this.realm.look();
    return [...this.different(this.list.indexOf(checkpoint))];
  }

  drop(checkpoint: Checkpoint<State>): void {
    const index = this.list.indexOf(checkpoint);
    const next = this.list[index + 1];
    const { pages, contents } = checkpoint;
    const mark = ++this.walk;
    if (next === undefined) this.seen.fill(mark);
    else for (const page of next.pages) this.seen[page] = mark;
    const moved: [number, number][] = [];
    // the last first, as the store can take them back
    for (let i = pages.length - 1; i >= 0; i--) {
      const [page, content] = [pages[i] as number, contents[i] as number];
      if (this.seen[page] === mark) this.store.release(content);
      else moved.push([page, content]);
    }
    if (next !== undefined && moved.length > 0) this.join(next, moved);
    this.entries -= checkpoint.pages.length;
    this.list.splice(index, 1);
    if (this.looked === checkpoint) this.looked = null;
    if (index > 0) this.price(index - 1);
    if (index < this.list.length) this.price(index);
  }

  /** What dropping checkpoint `index` would free: what the next one has anew. */
  private price(index: number): void {
    const checkpoint = this.list[index] as Checkpoint<State>;
    const next = this.list[index + 1];
    checkpoint.freed = 0;
    if (next === undefined) return;
    const mark = ++this.walk;
    for (const page of next.pages) this.seen[page] = mark;
    checkpoint.pages.forEach((page, i) => {
      if (this.seen[page] === mark)
        checkpoint.freed += ENTRY_BYTES + this.store.freedBy(checkpoint.contents[i] as number);
    });
  }

  /** Drops checkpoints until the bound holds: those that leave the smallest gap for the most memory. */
  private thin(): void {
    if (this.bytes <= this.bound) return;
    const goal = this.bound * 0.9;
    while (this.store.live + this.entries * ENTRY_BYTES > goal) {
      let best: Checkpoint<State> | null = null;
      let bestCost = Infinity;
      for (let i = 1; i < this.list.length - 1; i++) {
        const checkpoint = this.list[i] as Checkpoint<State>;
        if (checkpoint.fixed || checkpoint.freed === 0) continue;
        const gap = (this.list[i + 1] as Checkpoint<State>).at - (this.list[i - 1] as Checkpoint<State>).at;
        const cost = (gap * gap) / checkpoint.freed;
        if (cost < bestCost) {
          best = checkpoint;
          bestCost = cost;
        }
      }
      if (best === null) break;
      this.drop(best);
      this.dropped++;
    }
    this.store.tidy();
  }
}
