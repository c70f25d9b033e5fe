// The audit again, at the price of what changed since the last one: it remembers what every object refers to and which words it
// read to know that, finds the words that changed, visits only who depends on them, and compares only counts that may differ.
import { PyDictKeysObject, PyObject, UnmappedError } from '@moult/abi';
import { internedKeys } from '../reach.ts';
import { NotAnObject, Reader } from '../reader.ts';
import { visitKeysTable } from '../references/containers.ts';
import { visitReferences } from '../references/visit.ts';
import { visitClearingFrame, visitRunningFrame } from '../roots.ts';
import type { Target } from '../target.ts';
import { type Chain, chainsOf, common, threadWords } from './chains.ts';
import { type Change, Differences, type IdentityOf, type Move } from './differences.ts';
import { Edges, Templates } from './edges.ts';
import { Entries, Flag, Hold, Tag } from './entries.ts';
import { Footprint } from './footprint.ts';
import { Lists } from './lists.ts';
import { type Part, rootParts } from './parts.ts';
import { sameLayout } from './sameLayout.ts';
import { type SameBytes, Shadow } from './shadow.ts';
import { Watches } from './watches.ts';
import { WatchingReader } from './watchingReader.ts';

export interface IncrementalReport {
  /** Objects and keys tables whose count is not what was found. */
  readonly differing: number;
  /** Entries that refer to what is no object, or are none. */
  readonly broken: number;
  /** How many entries were visited. */
  readonly visited: number;
  /** Everything was visited anew. */
  readonly rebuilt: boolean;
}

export interface IncrementalOptions {
  /** Whether n bytes of memory equal n bytes of a copy: a host may have a faster way than a loop over words. */
  readonly sameBytes?: SameBytes;
  /** Tell after each audit whose holders changed, with labels (`changes`). What lies at an address is known by this number. */
  readonly identityOf?: IdentityOf;
}

/** The key of the entry that waits for threads to come or go. */
const THREADS = 7;

export class IncrementalAudit {
  private readonly target: Target;
  private readonly reader: WatchingReader;
  /** Reads counts, which no one watches this way. */
  private readonly plain: Reader;
  private parts: readonly Part[] = [];
  private chains: { readonly chain: Chain; members: number[]; watches: number[]; dirty: boolean; broken: boolean }[] =
    [];
  private readonly entries = new Entries();
  private readonly lists = new Lists();
  private readonly shadow: Shadow;
  private readonly watches: Watches;
  private readonly edges: Edges;
  private readonly typeEdges: Edges;
  private readonly differences: Differences | null;
  private readonly footprint = new Footprint();

  /** What waits for its visit: what is alive for certain; what changed, and is alive if it is held when its turn comes; types. */
  private readonly certain: number[] = [];
  private readonly suspects: number[] = [];
  private readonly types: number[] = [];
  private readonly perhapsDead: number[] = [];
  private readonly touched: number[] = [];
  private readonly wrong = new Set<number>();
  private readonly toVisit: number[] = [];
  private readonly toCheck: number[] = [];
  private interned = 0;
  private broken = 0;
  private visits = 0;
  private built = false;
  private building = false;
  private stale = false;

  constructor(target: Target, options: IncrementalOptions = {}) {
    const { flat } = target.memory;
    if (flat === undefined) throw new TypeError('an incremental audit needs a memory in one piece');
    this.target = target;
    this.plain = new Reader(target);
    this.reader = new WatchingReader(target, (address, footprint) => this.typeResolved(address, footprint));
    this.shadow = new Shadow(flat.buffer, options.sameBytes);
    this.watches = new Watches(flat.byteLength, (page) => this.shadow.copy(page));
    const { identityOf } = options;
    const templates = identityOf === undefined ? null : new Templates();
    this.edges = new Edges(this.entries, this.reader, templates);
    this.typeEdges = new Edges(this.entries, this.reader);
    this.differences =
      identityOf === undefined || templates === null
        ? null
        : new Differences(
            this.entries,
            this.lists,
            templates,
            this.plain,
            (object) => {
              this.reader.watch(this.footprint);
              return identityOf(this.reader, object);
            },
            (object) => this.isStatic(object),
          );
  }

  /** Which objects changed between the last two audits: their counts, holders and lists. */
  get changes(): readonly Change[] {
    return this.differences?.changes ?? [];
  }
  get moves(): readonly Move[] {
    return this.differences?.moves ?? [];
  }

  /** `replaced`: addresses where an object died since the last audit; another may lie there by now. */
  audit(replaced: readonly number[] = []): IncrementalReport {
    this.visits = 0;
    this.stale = false;
    const first = !this.built;
    if (first) this.build();
    else this.update();
    const rebuilt = this.stale;
    if (rebuilt) this.build();
    for (let i = 0; i < replaced.length; i++) {
      const e = this.entries.find(replaced[i]! + Tag.object);
      if (e >= 0) this.touch(e);
    }
    this.differences?.settle(this.touched, first);
    this.compare();
    return {
      differing: this.wrong.size,
      broken: this.broken,
      visited: this.visits,
      rebuilt: first || rebuilt,
    };
  }

  /** Makes the next audit visit everything: after memory was replaced by other means than running. */
  forget(): void {
    this.built = false;
  }

  /** How many references were found to what is known to be an object, or -1. */
  countOf(object: number): number {
    return this.foundAt(object + Tag.object);
  }
  countOfKeys(keys: number): number {
    return this.foundAt(keys + Tag.keys);
  }
  private foundAt(key: number): number {
    const e = this.entries.find(key);
    return e >= 0 && this.entries.isAlive(e) ? this.entries.found[e]! : -1;
  }

  /** All objects that are known. */
  *objects(): Generator<number> {
    for (let e = 0; e < this.entries.size; e++) {
      const key = this.entries.key(e);
      if (this.entries.tags[e] === Tag.object && this.entries.isAlive(e)) yield key;
    }
  }

  private build(): void {
    const rows = this.chains.map((row) => row.members);
    if (this.built) this.differences?.beforeAll();
    this.built = true;
    this.building = true;
    this.entries.clear();
    this.lists.clear();
    this.watches.clear();
    this.reader.forgetAll();
    for (const list of [this.certain, this.suspects, this.types, this.perhapsDead, this.touched]) list.length = 0;
    this.wrong.clear();
    this.broken = 0;
    this.interned = internedKeys(this.plain);
    if (this.interned !== 0) this.entries.existing[this.entries.add(this.interned + Tag.keys)]!++;
    this.parts = rootParts(this.reader);
    for (let i = 0; i < this.parts.length; i++) {
      const e = this.entries.add(i * 8 + Tag.root);
      this.entries.existing[e]!++;
      this.certain.push(e);
    }
    this.chains = chainsOf(this.plain).map((chain) => ({
      chain,
      members: [],
      watches: [],
      dirty: true,
      broken: false,
    }));
    for (let i = 0; i < this.chains.length; i++) {
      const e = this.entries.add(i * 8 + Tag.chain);
      this.watches.addWord(e, this.chains[i]!.chain.start);
      this.walkChain(i);
    }
    if (this.differences !== null && rows.length > 0) {
      this.chains.forEach((row, i) => {
        if (row.chain.tag === Tag.object) this.differences?.moved(i, rows[i] ?? [], row.members, 0, 0);
      });
    }
    const threads = this.entries.add(THREADS);
    for (const word of threadWords(this.plain)) this.watches.addWord(threads, word);
    this.settle();
    this.stale = false;
    this.building = false;
    this.watches.sortPages();
  }

  private update(): void {
    const { toVisit, toCheck, watches } = this;
    toVisit.length = 0;
    toCheck.length = 0;
    const { pages } = watches;
    let kept = 0;
    for (let i = 0; i < pages.length; i++) {
      const page = pages[i]!;
      if (!watches.stillWatched(page)) continue;
      pages[kept++] = page;
      this.shadow.compare(page, watches, toVisit, toCheck);
    }
    pages.length = kept;
    for (let i = 0; i < toCheck.length; i++) this.touch(toCheck[i]!);
    for (let i = 0; i < toVisit.length; i++) {
      const e = toVisit[i]!;
      const key = this.entries.key(e);
      if (key === THREADS) this.stale = true;
      else if (this.entries.tags[e] === Tag.chain) this.chains[(key - Tag.chain) / 8]!.dirty = true;
      else this.unvisit(e, true);
    }
    if (this.stale) return;
    for (let i = 0; i < this.chains.length; i++) if (this.chains[i]!.dirty) this.walkChain(i);
    this.updateInterned();
    this.settle();
  }

  private walkChain(index: number): void {
    const { entries, watches } = this;
    const row = this.chains[index]!;
    const { chain, members: before } = row;
    const now = chain.walk();
    const sound = now.findIndex((member) => (member & 7) !== 0 || !this.plain.has(member + chain.link, 16));
    if (sound >= 0) now.length = sound;
    this.broken += Number(sound >= 0) - Number(row.broken);
    row.broken = sound >= 0;
    row.dirty = false;
    row.members = now;
    const { head, tail } = common(before, now);
    if (chain.tag === Tag.object && !this.building) this.differences?.moved(index, before, now, head, tail);
    const e = entries.add(index * 8 + Tag.chain);
    const come: number[] = [];
    for (let i = head; i < now.length - tail; i++) {
      this.hold(entries.add(now[i]! + chain.tag) * 4 + Hold.exists);
      come.push(watches.addWord(e, now[i]! + chain.link));
    }
    for (let i = head; i < before.length - tail; i++) {
      this.release(entries.add(before[i]! + chain.tag) * 4 + Hold.exists);
      watches.remove(row.watches[i]!);
    }
    if (head < before.length - tail || come.length > 0) {
      row.watches = row.watches.slice(0, head).concat(come, row.watches.slice(before.length - tail));
    }
  }

  /** The keys of the interned strings' dict are not counted: another table now? */
  private updateInterned(): void {
    const now = internedKeys(this.plain);
    if (now === this.interned) return;
    const before = this.interned;
    this.interned = now;
    for (const keys of [before, now]) {
      if (keys === 0) continue;
      const e = this.entries.add(keys + Tag.keys);
      if (keys === now) this.entries.existing[e]!++;
      else {
        this.entries.existing[e]!--;
        this.perhapsDead.push(e);
      }
      this.unvisit(e, true);
      this.suspects.push(e);
    }
  }

  /** Takes back what an entry contributed; if it is still alive when its turn comes, it is visited again. */
  private unvisit(e: number, again: boolean): void {
    const { entries } = this;
    if ((entries.flags[e]! & Flag.visited) === 0) return;
    if ((entries.flags[e]! & Flag.broken) !== 0) this.broken--;
    entries.flags[e]! &= ~(Flag.visited | Flag.broken);
    this.differences?.before(e);
    this.watches.remove(entries.watch[e]!);
    const list = entries.edges[e]!;
    const count = entries.edgeCount[e]!;
    for (let i = 0; i < count; i++) this.release(this.lists.at(list, i));
    this.lists.release(list, count);
    if (this.differences !== null) this.lists.release(entries.labels[e]!, count * 2);
    this.touch(e);
    if (!again) return;
    const tag = entries.tags[e];
    if (tag === Tag.type) this.types.push(e);
    else if (tag === Tag.root) this.certain.push(e);
    else this.suspects.push(e);
  }

  private release(edge: number): void {
    const { entries } = this;
    const e = edge >> 2;
    switch (edge & 3) {
      case Hold.counted:
        entries.found[e]!--;
        this.touch(e);
        break;
      case Hold.needed:
        entries.needed[e]!--;
        break;
      case Hold.dying:
        entries.dying[e]!--;
        entries.existing[e]!--;
        this.touch(e);
        break;
      default:
        entries.existing[e]!--;
    }
    if (!entries.isAlive(e)) this.perhapsDead.push(e);
  }

  private hold(edge: number): void {
    const { entries } = this;
    const e = edge >> 2;
    switch (edge & 3) {
      case Hold.counted:
        entries.found[e]!++;
        this.touch(e);
        break;
      case Hold.needed:
        entries.needed[e]!++;
        break;
      case Hold.dying:
        entries.dying[e]!++;
        entries.existing[e]!++;
        this.touch(e);
        break;
      default:
        entries.existing[e]!++;
    }
    if ((entries.flags[e]! & Flag.visited) !== 0) return;
    if (entries.tags[e] === Tag.type) this.types.push(e);
    else this.certain.push(e);
  }

  private touch(e: number): void {
    const { flags, tags } = this.entries;
    if ((flags[e]! & Flag.touched) !== 0 || tags[e]! > Tag.keys) return;
    flags[e]! |= Flag.touched;
    this.touched.push(e);
  }

  /**
   * Visits what waits and drops what nothing holds any more, until nothing is left to do. The memory of what is dead may be
   * another's by now and must not be read; so first those are visited that are certainly alive (roots, what they lead to, what the
   * collector tracks), then the dead are dropped, and only then those that changed and are still held. Types: see visitType.
   */
  private settle(): void {
    const { certain, suspects, perhapsDead, types, entries } = this;
    const waits = (e: number) => (entries.flags[e]! & Flag.visited) === 0;
    let kept = 0;
    for (const e of suspects) {
      if (entries.existing[e]! > 0) certain.push(e);
      else suspects[kept++] = e;
    }
    suspects.length = kept;
    for (;;) {
      if (certain.length > 0) {
        const e = certain.pop()!;
        if (waits(e) && entries.isAlive(e)) this.visit(e);
      } else if (perhapsDead.length > 0) {
        const e = perhapsDead.pop()!;
        if (entries.isAlive(e)) continue;
        this.unvisit(e, false);
        if (entries.tags[e] === Tag.type) this.reader.forgetType(entries.key(e) - Tag.type);
      } else if (suspects.length > 0) {
        const e = suspects.pop()!;
        if (waits(e) && entries.isAlive(e)) this.visit(e);
      } else if (types.length > 0) {
        const e = types.pop()!;
        if (waits(e) && entries.isAlive(e)) this.visitType(e);
      } else return;
    }
  }

  private visit(e: number): void {
    const { edges, footprint, reader, entries } = this;
    this.visits++;
    footprint.clear();
    edges.start();
    reader.watch(footprint);
    const key = entries.key(e);
    const tag = entries.tags[e]!;
    const address = key - tag;
    let checked = 0;
    try {
      switch (tag) {
        case Tag.object: {
          checked = address + PyObject.ob_refcnt;
          const info = reader.typeOrNull(address);
          if (info === null) edges.broken = true;
          else visitReferences(reader, address, info, edges);
          break;
        }
        case Tag.keys:
          checked = address + PyDictKeysObject.dk_refcnt;
          if (address !== this.interned) visitKeysTable(reader, address, edges);
          break;
        case Tag.frame:
          visitRunningFrame(reader, address, edges);
          break;
        case Tag.clearingFrame:
          visitClearingFrame(reader, address, edges);
          break;
        default:
          this.parts[address / 8]!(edges);
      }
    } catch (error) {
      if (!isBroken(error)) throw error;
      edges.broken = true;
    }
    this.keep(e, edges, footprint, checked);
  }

  /** Stores what a visit found: the entry now holds what it refers to and waits for changes of what was read. */
  private keep(e: number, edges: Edges, footprint: Footprint, checked: number): void {
    const { entries } = this;
    for (const type of footprint.types) edges.link(type, Tag.type, Hold.needed);
    entries.flags[e]! |= Flag.visited;
    if (edges.broken) {
      entries.flags[e]! |= Flag.broken;
      this.broken++;
    }
    entries.edges[e] = this.lists.store(edges.list, edges.count);
    entries.edgeCount[e] = edges.count;
    if (this.differences !== null) {
      entries.labels[e] =
        edges.labels === null ? this.lists.blank(edges.count * 2) : this.lists.store(edges.labels, edges.count * 2);
      this.differences.visited(e);
    }
    for (let i = 0; i < edges.count; i++) this.hold(edges.list[i]!);
    entries.watch[e] = this.watches.add(e, footprint, checked);
    this.touch(e);
  }

  /** A type was read for whoever asked: who asks holds it, it holds the type object. */
  private typeResolved(address: number, footprint: Footprint): void {
    const e = this.entries.add(address + Tag.type);
    this.unvisit(e, false);
    const edges = this.typeEdges;
    edges.start();
    edges.link(address, Tag.object, Hold.needed);
    this.keep(e, edges, footprint, 0);
    this.perhapsDead.push(e);
  }

  /**
   * A type's bytes changed, or its reading failed before. If what is known of it is no longer right, all its instances must be
   * visited again. This comes last, since the type's memory may be another's by now: then no instance is left to hold it.
   */
  private visitType(e: number): void {
    const address = this.entries.key(e) - Tag.type;
    const before = this.reader.knownType(address);
    this.visits++;
    try {
      const now = this.reader.resolve(address);
      if (before === undefined || !sameLayout(before, now)) this.stale = true;
    } catch (error) {
      if (!isBroken(error)) throw error;
      this.stale = true;
    }
  }

  private compare(): void {
    const { touched, entries, wrong } = this;
    for (let i = 0; i < touched.length; i++) {
      const e = touched[i]!;
      entries.flags[e]! &= ~Flag.touched;
      if (this.isWrong(e)) wrong.add(e);
      else if (wrong.size > 0) wrong.delete(e);
    }
    touched.length = 0;
  }

  private isWrong(e: number): boolean {
    const { entries, plain } = this;
    if (!entries.isAlive(e)) return false;
    const key = entries.key(e);
    const tag = entries.tags[e]!;
    if (tag === Tag.object) {
      if (plain.i32(key + PyObject.ob_refcnt) < 0) return false;
      const stored = plain.ssize(key + PyObject.ob_refcnt);
      const found = entries.found[e]! + (this.isStatic(key) ? 1 : 0);
      // While __del__ runs, a dying object's count is raised for the call.
      return stored !== found && !(stored === found + 1 && entries.dying[e]! > 0);
    }
    if (tag !== Tag.keys) return false;
    const stored = plain.ssize(key - tag + PyDictKeysObject.dk_refcnt);
    return stored >= 0 && stored < 0xffffffff && stored !== entries.found[e]!;
  }

  private isStatic(object: number): boolean {
    const ranges = this.target.staticRanges ?? [];
    for (let i = 0; i < ranges.length; i++) if (object >= ranges[i]![0] && object < ranges[i]![1]) return true;
    return false;
  }
}

function isBroken(error: unknown): boolean {
  return error instanceof NotAnObject || error instanceof RangeError || error instanceof UnmappedError;
}
