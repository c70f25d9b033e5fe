// What CPython's compiler makes and frees of collectable objects while it compiles: they count for the collector, and what
// is freed waits in free lists. Ours makes none; it notes theirs, and the runtime makes and frees the like (decision 16).
import type { Constant } from './constants.ts';

/** What is made. One more: it is freed. */
export const DICT = 2;
export const LIST = 4;
/** A set, or a capsule: nothing that waits in a free list. */
export const OTHER = 6;
/** A tuple of n items. */
export const tuple = (n: number): number => 8 + 2 * n;
/** Here a code object makes the next of its own tuples (of names, of constants, of variables), or takes an equal one (0 items). */
export const ownTuple = (n: number): number => -1 - n;

/** The ledger of the compilation that is going on, if one is kept. */
export const noting: { ledger: Ledger | null } = { ledger: null };

export class Ledger {
  /** What was made and freed since the last code object was finished. */
  entries: number[] = [];
  /** The entries of each code object that was finished, in order. */
  readonly codes: number[][] = [];
  /** How many of the objects live, and how many at most did. */
  live = 0;
  peak = 0;
  /** What lives until the compiler is done, in order. */
  private readonly kept: number[] = [];
  /** The keys of const_cache. */
  private readonly keys = new Set<string>();
  /** The tuples among the constants, by key. */
  private readonly firsts = new Map<string, Constant>();
  /** Tuples that the folding of the tree made, or the code's generation, and that no code object has yet. */
  private readonly folded = new Set<Constant>();
  private foldedSets = 0;

  born(kind: number): void {
    this.entries.push(kind);
    if (++this.live > this.peak) this.peak = this.live;
  }
  died(kind: number): void {
    this.entries.push(kind + 1);
    this.live--;
  }
  /** Lives until the end. */
  keep(kind: number): void {
    this.born(kind);
    this.kept.push(kind);
  }
  once(kind: number): void {
    this.born(kind);
    this.died(kind);
  }

  /** An exception that comes and goes. */
  exception(): void {
    this.born(tuple(1));
    this.once(OTHER);
    this.died(tuple(1));
  }
  /** A constant made by folding the tree; the arena holds it. */
  fold(value: Constant): void {
    if (value.t === 'tuple') {
      if (value.v.length === 0) return;
      this.born(tuple(value.v.length));
      this.folded.add(value);
    } else if (value.t === 'frozenset') {
      const n = value.v.length;
      this.born(tuple(n));
      this.born(OTHER);
      this.foldedSets++;
      this.died(tuple(n));
    }
  }

  /** merge_consts_recursive: the constant, and what is in it, by the key of the first equal one. `made`: it was made for this. */
  merge(value: Constant, key: string, keyOf: (c: Constant) => string): void {
    const { t } = value;
    if (t === 'None' || t === 'Ellipsis' || t === 'int' || t === 'str' || t === 'code') return;
    const known = this.keys.has(key);
    if (t === 'tuple' && value.v.length > 0 && !this.folded.has(value)) this.mergeMade(value, key);
    else this.mergeOne(value, key);
    if (known) return;
    if (t === 'tuple') this.firsts.set(key, value);
    if (t === 'tuple' || t === 'frozenset') for (const item of value.v) this.merge(item, keyOf(item), keyOf);
  }
  /** merge_const_one of what was made for it. */
  mergeMade(value: Constant, key: string): void {
    const n = value.t === 'tuple' ? value.v.length : 0;
    if (n > 0) this.born(tuple(n));
    const known = this.mergeOne(value, key);
    if (n === 0) return;
    if (known) this.died(tuple(n));
    else this.folded.add(value);
  }
  /** merge_const_one: the key alone. */
  mergeOne(value: Constant, key: string): boolean {
    const known = this.keys.has(key);
    this.key(value, known);
    if (!known) this.keys.add(key);
    return known;
  }
  /** The objects of a key (_PyCode_ConstantKey), freed at once where there is an equal one. */
  private key(value: Constant, known: boolean): void {
    const start = this.entries.length;
    this.makeKey(value);
    const end = this.entries.length;
    for (let i = start; i < end; i++) {
      const kind = this.entries[i]!;
      // a tuple that only fills a set is gone already
      if ((kind & 1) === 1 || (this.entries[i + 2] === kind + 1 && this.entries[i + 1] === OTHER)) continue;
      if (known) this.died(kind);
      else this.kept.push(kind);
    }
  }
  private makeKey(value: Constant): void {
    switch (value.t) {
      case 'bool':
      case 'bytes':
        this.born(tuple(2));
        break;
      case 'float':
        this.born(tuple(Object.is(value.v, -0) ? 3 : 2));
        break;
      case 'complex':
        this.born(tuple(Object.is(value.re, -0) || Object.is(value.im, -0) ? 3 : 2));
        break;
      case 'tuple':
        if (value.v.length > 0) this.born(tuple(value.v.length));
        for (const item of value.v) this.makeKey(item);
        this.born(tuple(2));
        break;
      case 'frozenset': {
        const n = value.v.length;
        for (const item of value.v) this.makeKey(item);
        if (n > 0) {
          this.born(tuple(n));
          this.born(OTHER);
          this.died(tuple(n));
        } else this.born(OTHER);
        this.born(tuple(2));
        break;
      }
      default:
        break;
    }
  }

  /** One of a code object's own tuples: it is made, or an equal one taken. */
  own(value: Constant & { t: 'tuple' }, key: string): void {
    const n = value.v.length;
    if (this.keys.has(key)) {
      this.mergeMade(value, key);
      const first = this.firsts.get(key);
      if (first !== undefined) this.take(first);
      this.entries.push(ownTuple(0));
      return;
    }
    for (const item of value.v) this.take(item);
    this.entries.push(ownTuple(n));
    this.mergeOne(value, key);
  }
  /** Strings in a set of constants are interned by way of a tuple. */
  interned(value: Constant): void {
    if (value.t === 'tuple') for (const item of value.v) this.interned(item);
    else if (value.t === 'frozenset' && value.v.length > 0) this.once(tuple(value.v.length));
  }
  /** A folded tuple becomes a constant of the code object. */
  private take(value: Constant): void {
    if (value.t !== 'tuple' && value.t !== 'frozenset') return;
    if (this.folded.delete(value)) this.died(tuple(value.v.length));
    for (const item of value.v) this.take(item);
  }

  /** A code object is finished: its number. */
  cut(): number {
    this.codes.push(this.entries);
    this.entries = [];
    return this.codes.length - 1;
  }
  /** The end of the compilation. */
  end(): void {
    for (const kind of this.kept) this.died(kind);
    for (const value of this.folded) if (value.t === 'tuple') this.died(tuple(value.v.length));
    for (; this.foldedSets > 0; this.foldedSets--) this.died(OTHER);
  }
}
