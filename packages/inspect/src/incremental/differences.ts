// What is other than at the last audit, with labels: which references to an object came and went, how its count changed, and
// which of the collector's lists it is in. It is the cause of each change of a count.
import { PyObject } from '@moult/abi';
import type { Reader } from '../reader.ts';
import type { Templates } from './edges.ts';
import { type Entries, Flag, Hold, Tag } from './entries.ts';
import type { Lists } from './lists.ts';

/** A number that tells what lies at an address from what lay there before. */
export type IdentityOf = (reader: Reader, object: number) => number;

/** One reference, by who has it. */
export interface LabelledHolder {
  /** An object, a frame, or 0: a place outside both. */
  readonly holder: number;
  readonly kind: 'object' | 'frame' | 'place';
  /** As visitors are told it (references/visitor.ts). */
  readonly label: string;
  readonly index: number;
}

export interface Change {
  readonly object: number;
  readonly identity: number;
  /** 0: it was not there; it is not there any more. */
  readonly before: number;
  readonly after: number;
  /** It was not there at the last audit. */
  readonly fresh: boolean;
  /** It lives, but its count is not kept from here on. */
  readonly immortal: boolean;
  readonly gained: readonly LabelledHolder[];
  readonly lost: readonly LabelledHolder[];
}

/** Lists are numbered as the collector has them: generations 0 to 2, the permanent one, then a running collection's own. */
export interface Move {
  readonly object: number;
  readonly from: number | null;
  readonly to: number | null;
}

interface Row {
  /** For each reference: the target, the label's template, its index. */
  readonly numbers: number[];
  /** Of a keys table: whose it is. */
  readonly owner: number;
}
interface Known {
  readonly identity: number;
  readonly count: number;
  /** Of its count, what no reference explains: while its finalizer runs. */
  readonly extra: number;
}

/** The label of what a dying object's count is raised by while its finalizer runs. */
const FINALIZER = 'finalizer';

export class Differences {
  changes: Change[] = [];
  moves: Move[] = [];
  private readonly entries: Entries;
  private readonly lists: Lists;
  private readonly templates: Templates;
  private readonly reader: Reader;
  private readonly identityOf: (object: number) => number;
  /** Its place holds it: it neither is made nor dies, and is known only while something else holds it, too. */
  private readonly isStatic: (object: number) => boolean;
  /** What was visited before the last audit and not since, by key; and what was visited for the first time. */
  private readonly rows = new Map<number, Row>();
  private readonly visits = new Set<number>();
  /** Mortal objects, by address. */
  private readonly known = new Map<number, Known>();
  /** The dict that shows a keys table; of those that share one, the last visited. */
  private readonly owners = new Map<number, number>();
  private readonly newOwners = new Map<number, number>();
  private readonly left = new Map<number, number>();
  private readonly joined = new Map<number, number>();
  private whole = false;
  private gained = new Map<number, LabelledHolder[]>();
  private lost = new Map<number, LabelledHolder[]>();

  constructor(
    entries: Entries,
    lists: Lists,
    templates: Templates,
    reader: Reader,
    identityOf: (object: number) => number,
    isStatic: (object: number) => boolean,
  ) {
    this.entries = entries;
    this.lists = lists;
    this.templates = templates;
    this.reader = reader;
    this.identityOf = identityOf;
    this.isStatic = isStatic;
  }

  /** An entry's references are about to be taken back. */
  before(e: number): void {
    const { entries } = this;
    if (entries.tags[e]! > Tag.clearingFrame && entries.tags[e] !== Tag.root) return;
    const key = entries.key(e);
    // what was visited since the last audit for the first time was not there then
    if (this.rows.has(key) || this.visits.has(key)) return;
    this.rows.set(key, { numbers: this.numbers(e), owner: this.owners.get(key) ?? 0 });
  }
  beforeAll(): void {
    this.whole = true;
    for (let e = 0; e < this.entries.size; e++) if ((this.entries.flags[e]! & Flag.visited) !== 0) this.before(e);
  }
  /** An entry's references are known. */
  visited(e: number): void {
    const { entries, lists } = this;
    const tag = entries.tags[e]!;
    if (tag > Tag.clearingFrame && tag !== Tag.root) return;
    this.visits.add(entries.key(e));
    if (tag !== Tag.object) return;
    for (let i = 0, n = entries.edgeCount[e]!; i < n; i++) {
      const target = lists.at(entries.edges[e]!, i) >> 2;
      if (entries.tags[target] === Tag.keys) this.newOwners.set(entries.key(target), entries.key(e));
    }
  }
  /** A list's members are others, but for `head` at its beginning and `tail` at its end. */
  moved(list: number, before: readonly number[], now: readonly number[], head: number, tail: number): void {
    for (let i = head; i < before.length - tail; i++) this.left.set(before[i]!, list);
    for (let i = head; i < now.length - tail; i++) this.joined.set(now[i]!, list);
  }

  private numbers(e: number): number[] {
    const { entries, lists } = this;
    const out: number[] = [];
    const [edges, labels] = [entries.edges[e]!, entries.labels[e]!];
    for (let i = 0, n = entries.edgeCount[e]!; i < n; i++) {
      const edge = lists.at(edges, i);
      if ((edge & 3) !== Hold.counted || entries.tags[edge >> 2] !== Tag.object) continue;
      out.push(entries.key(edge >> 2), lists.at(labels, i * 2), lists.at(labels, i * 2 + 1));
    }
    return out;
  }

  /** The audit is done: what changed since the last one. `first`: nothing was known. */
  settle(touched: readonly number[], first: boolean): void {
    this.changes = [];
    this.moves = [];
    if (first) {
      this.rows.clear();
      this.known.clear();
      this.owners.clear();
      this.left.clear();
      this.joined.clear();
    }
    for (const [keys, owner] of this.newOwners) if (!first) this.touchOwner(keys, owner);
    if (!first) this.compareHolders();
    for (const [keys, owner] of this.newOwners) this.owners.set(keys, owner);
    this.newOwners.clear();
    this.compareCounts(touched, first);
    this.compareLists();
    this.rows.clear();
    this.visits.clear();
    this.whole = false;
  }
  /** A table whose dict is another now must be told as the new one's, though its bytes are the same. */
  private touchOwner(keys: number, owner: number): void {
    const before = this.owners.get(keys);
    if (before === undefined || before === owner || this.rows.has(keys) || this.visits.has(keys)) return;
    const e = this.entries.find(keys);
    if (e < 0 || (this.entries.flags[e]! & Flag.visited) === 0) return;
    // tables that dicts share stay the first one's while it lives
    const first = this.entries.find(before);
    if (first >= 0 && this.entries.isAlive(first) && !this.isReplaced(before)) this.newOwners.set(keys, before);
    else this.rows.set(keys, { numbers: this.numbers(e), owner: before });
  }

  private compareHolders(): void {
    for (const [key, row] of this.rows) {
      const e = this.entries.find(key);
      const lives = e >= 0 && (this.entries.flags[e]! & Flag.visited) !== 0 && this.entries.isAlive(e);
      this.compareRows(key, row, lives ? this.numbers(e) : []);
      if (!lives && !this.newOwners.has(key)) this.owners.delete(key);
      this.visits.delete(key);
    }
    for (const key of this.visits) {
      const e = this.entries.find(key);
      if (e < 0 || (this.entries.flags[e]! & Flag.visited) === 0 || !this.entries.isAlive(e)) continue;
      this.compareRows(key, null, this.numbers(e));
    }
  }
  private compareRows(key: number, row: Row | null, now: readonly number[]): void {
    const before = row?.numbers ?? [];
    const isKeys = key % 8 === Tag.keys;
    const owner = isKeys ? (this.newOwners.get(key) ?? this.owners.get(key) ?? 0) : key;
    const former = isKeys ? (row?.owner ?? 0) : key;
    const other = former !== owner || (owner % 8 === 0 && this.isReplaced(owner));
    let [head, tail] = [0, 0];
    if (!other) {
      const shorter = Math.min(before.length, now.length);
      const same = (i: number, k: number): boolean =>
        before[i] === now[k] && before[i + 1] === now[k + 1] && before[i + 2] === now[k + 2];
      while (head < shorter && same(head, head)) head += 3;
      while (tail < shorter - head && same(before.length - tail - 3, now.length - tail - 3)) tail += 3;
    }
    for (let i = head; i < before.length - tail; i += 3) this.note(this.lost, former, before, i);
    for (let i = head; i < now.length - tail; i += 3) this.note(this.gained, owner, now, i);
  }
  private note(to: Map<number, LabelledHolder[]>, owner: number, numbers: readonly number[], i: number): void {
    const object = numbers[i]!;
    const holder = labelled(owner, this.templates.texts[numbers[i + 1]!]!, numbers[i + 2]!);
    const list = to.get(object);
    if (list === undefined) to.set(object, [holder]);
    else list.push(holder);
  }

  private isReplaced(object: number): boolean {
    const known = this.known.get(object);
    return known !== undefined && known.identity !== this.identityOf(object);
  }

  private compareCounts(touched: readonly number[], first: boolean): void {
    const { entries } = this;
    const objects = new Set<number>();
    for (const e of touched) if (entries.tags[e] === Tag.object) objects.add(entries.key(e));
    for (const object of this.gained.keys()) objects.add(object);
    for (const object of this.lost.keys()) objects.add(object);
    if (this.whole) for (const object of this.known.keys()) objects.add(object);
    for (const object of objects) this.compareCount(object, first);
    this.gained.clear();
    this.lost.clear();
  }
  private compareCount(object: number, first: boolean): void {
    const { known, reader } = this;
    const e = this.entries.find(object);
    const fixed = this.isStatic(object);
    let before = known.get(object);
    let now: Known | undefined;
    if ((fixed || (e >= 0 && this.entries.isAlive(e))) && reader.i32(object + PyObject.ob_refcnt) >= 0) {
      const count = reader.i32(object + PyObject.ob_refcnt);
      const extra = !fixed && this.entries.dying[e]! > 0 && count === this.entries.found[e]! + 1 ? 1 : 0;
      now = { count, extra, identity: this.identityOf(object) };
      known.set(object, now);
    } else if (before !== undefined) known.delete(object);
    if (first) return;
    const gained = this.gained.get(object) ?? [];
    const lost = this.lost.get(object) ?? [];
    if (fixed && before === undefined && now !== undefined) {
      before = { ...now, count: now.count - gained.length + lost.length };
    }
    if (before !== undefined && now !== undefined && before.identity !== now.identity) {
      const all = this.holdersOf(object);
      const stayed = without(all, gained);
      this.tell(object, before, undefined, [], [...stayed, ...lost]);
      this.tell(object, undefined, now, all, []);
    } else if (before !== undefined && now === undefined && e >= 0 && this.entries.isAlive(e)) {
      const { identity, count } = before;
      const same = identity === this.identityOf(object);
      if (!same) this.tell(object, before, undefined, [], lost);
      else
        this.changes.push({
          object,
          identity,
          before: count,
          after: 0,
          fresh: false,
          immortal: true,
          gained: [],
          lost: [],
        });
    } else if (before !== undefined || now !== undefined) this.tell(object, before, now, gained, lost);
  }
  private tell(
    object: number,
    before: Known | undefined,
    after: Known | undefined,
    gained: readonly LabelledHolder[],
    lost: readonly LabelledHolder[],
  ): void {
    const extra = (after?.extra ?? 0) - (before?.extra ?? 0);
    const finalizer: LabelledHolder[] = extra === 0 ? [] : [{ holder: 0, kind: 'place', label: FINALIZER, index: -1 }];
    const change = {
      object,
      identity: (after ?? before)!.identity,
      before: before?.count ?? 0,
      after: after?.count ?? 0,
      fresh: before === undefined,
      immortal: false,
      gained: [...without(gained, lost), ...(extra > 0 ? finalizer : [])],
      lost: [...without(lost, gained), ...(extra < 0 ? finalizer : [])],
    };
    if (change.before !== change.after || change.gained.length > 0) this.changes.push(change);
  }

  private compareLists(): void {
    for (const [object, from] of this.left) {
      const to = this.joined.get(object) ?? null;
      if (to !== from) this.moves.push({ object, from, to });
    }
    for (const [object, to] of this.joined) if (!this.left.has(object)) this.moves.push({ object, from: null, to });
    this.left.clear();
    this.joined.clear();
  }

  /** Looks at every reference. */
  holdersOf(object: number): LabelledHolder[] {
    const { entries, lists } = this;
    const target = entries.find(object);
    const out: LabelledHolder[] = [];
    if (target < 0) return out;
    const wanted = target * 4 + Hold.counted;
    for (let e = 0; e < entries.size; e++) {
      if ((entries.flags[e]! & Flag.visited) === 0 || !entries.isAlive(e)) continue;
      if (entries.tags[e]! > Tag.clearingFrame && entries.tags[e] !== Tag.root) continue;
      const edges = entries.edges[e]!;
      for (let i = 0, n = entries.edgeCount[e]!; i < n; i++) {
        if (lists.at(edges, i) !== wanted) continue;
        const key = entries.key(e);
        const owner = entries.tags[e] === Tag.keys ? (this.owners.get(key) ?? 0) : key;
        const labels = entries.labels[e]!;
        out.push(labelled(owner, this.templates.texts[lists.at(labels, i * 2)]!, lists.at(labels, i * 2 + 1)));
      }
    }
    return out;
  }
}

function labelled(key: number, label: string, index: number): LabelledHolder {
  const tag = key % 8;
  if (tag === Tag.object) return { holder: key, kind: key === 0 ? 'place' : 'object', label, index };
  if (tag === Tag.root) return { holder: 0, kind: 'place', label, index };
  return { holder: key - tag, kind: 'frame', label, index };
}

/** Those of `these` that have no like among `those`. */
function without(these: readonly LabelledHolder[], those: readonly LabelledHolder[]): LabelledHolder[] {
  if (those.length === 0 || these.length === 0) return [...these];
  const left = new Map<string, number>();
  for (const h of those) {
    const key = `${h.holder} ${h.label} ${h.index}`;
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  return these.filter((h) => {
    const key = `${h.holder} ${h.label} ${h.index}`;
    const n = left.get(key) ?? 0;
    if (n > 0) left.set(key, n - 1);
    return n === 0;
  });
}
