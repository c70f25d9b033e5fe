// Checkpoints of one run: which pages changed since the one before, thinned where they take more memory than allowed.
import type { RealmPages } from './realm.ts';
import { type Content, freedBy, PageStore } from './store.ts';

export interface Checkpoint<State> {
  /** Instructions executed. */
  readonly at: number;
  /** What stands outside the bytes. */
  readonly state: State;
  /** The pages that changed since the checkpoint before, in ascending order, and what they hold. */
  pages: Int32Array;
  contents: (Content | null)[];
  /** Can be gone on from; else only looked at. */
  readonly whole: boolean;
  /** Never dropped. */
  readonly fixed: boolean;
  /** Bytes that dropping it frees, as far as known. */
  freed: number;
}

const ENTRY_BYTES = 16;

export class Checkpoints<State> {
  /** In the order of time. */
  readonly list: Checkpoint<State>[] = [];
  /** The bytes that all of it may take. */
  readonly bound: number;
  readonly store = new PageStore();
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
    const contents = Array.from(pages, (page) =>
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

  /** The pages whose present content is another than that of checkpoint `index`. */
  private different(index: number): Int32Array {
    const { realm } = this;
    const out: number[] = [];
    const held = this.contentsOf(index, (page, content) => {
      if ((content?.hash ?? 0) !== realm.hashes[page]) out.push(page);
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
    const added = new Map<number, Content | null>([...missing].map((page) => [page, null]));
    this.contentsOf(before, (page, content) => {
      if (!missing.has(page)) return;
      if (content !== null) content.references++;
      added.set(page, content);
    });
    this.replace(next, [...next.contents.map((c, i) => [next.pages[i] as number, c] as const), ...added]);
  }

  private replace(checkpoint: Checkpoint<State>, items: (readonly [number, Content | null])[]): void {
    items.sort((a, b) => a[0] - b[0]);
    this.entries += items.length - checkpoint.pages.length;
    checkpoint.pages = Int32Array.from(items, ([page]) => page);
    checkpoint.contents = items.map(([, content]) => content);
  }

  /** Visits each page with its content at checkpoint `index`; returns the mark that `seen` has for those pages. */
  private contentsOf(index: number, visit: (page: number, content: Content | null) => void): number {
    const mark = ++this.walk;
    const { seen } = this;
    for (let i = index; i >= 0; i--) {
      const { pages, contents } = this.list[i] as Checkpoint<State>;
      for (let k = 0; k < pages.length; k++) {
        const page = pages[k] as number;
        if (seen[page] === mark) continue;
        seen[page] = mark;
        visit(page, contents[k] as Content | null);
      }
    }
    return mark;
  }

  /** Makes the memory what it was at a checkpoint; returns how many pages were written. */
  restore(checkpoint: Checkpoint<State>): number {
    const { realm, store } = this;
    realm.look();
    let written = 0;
    const put = (page: number, content: Content | null): void => {
      const hash = content?.hash ?? 0;
      if (realm.hashes[page] === hash) return;
      store.write(content, realm.wordsOf(page), realm.at(page));
      realm.hashes[page] = hash;
      written++;
    };
    const mark = this.contentsOf(this.list.indexOf(checkpoint), put);
    const gone: number[] = [];
    realm.forEachUsed((page) => {
      if (this.seen[page] !== mark) gone.push(page);
    });
    for (const page of gone) put(page, null);
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
    if (next === undefined) {
      for (const content of checkpoint.contents) this.store.release(content);
    } else {
      const over = new Set(next.pages);
      const moved: [number, Content | null][] = [];
      checkpoint.pages.forEach((page, i) => {
        const content = checkpoint.contents[i] as Content | null;
        if (over.has(page)) this.store.release(content);
        else moved.push([page, content]);
      });
      if (moved.length > 0) {
        this.replace(next, [
          ...moved,
          ...next.contents.map((c, i) => [next.pages[i] as number, c] as [number, Content | null]),
        ]);
      }
    }
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
      if (this.seen[page] === mark) checkpoint.freed += ENTRY_BYTES + freedBy(checkpoint.contents[i] as Content | null);
    });
  }

  /** Drops checkpoints until the bound holds: those that leave the smallest gap for the most memory. */
  private thin(): void {
    if (this.bytes <= this.bound) return;
    const goal = this.bound * 0.9;
    while (this.bytes > goal) {
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
      if (best === null) return;
      this.drop(best);
      this.dropped++;
    }
  }
}
