// What a stretch of a run left behind, told: what grows and what keeps it, the cycles that only the collector frees, the rest.
import { _gc_runtime_state, PY_RUNTIME_ADDRESS, _PyRuntimeState, PyASCIIObject, PyInterpreterState } from '@moult/abi';
import { breadthFirst, dominators, HeapGraph, ownerOfNames, UNREACHABLE, UNREACHED } from '@moult/graph';
import { collectorStats, decodeStr, dictGet, hex, mainDict, type Reader } from '@moult/inspect';
import { type Births, type Line, type Recording, Words } from '@moult/recorder';
import { type Cycle, cyclesOf } from '../collections.ts';
import { holderOf, type SerialOf, thingOf } from '../holders.ts';
import { serialsOf } from '../objects.ts';
import { rootsByRank, shortestWays } from '../why.ts';
import { type Cluster, clustersOf } from './clusters.ts';
import { type Group, growthOf, type Kept, keptOf } from './kept.ts';

export interface GroupTold {
  readonly type: string;
  readonly file: string;
  readonly line: number | null;
  readonly function: string;
  /** Of what the library made: the line of the program that it did it for. */
  readonly caller: Line | null;
  readonly kept: number;
  readonly bytes: number;
  /** How often its line ran (and made something), or how many calls there were. */
  readonly periods: number;
  /** How many more the last half of the calls, or runs of the line, left each, on average. */
  readonly each: number;
  /** … and each of them as many. */
  readonly steady: boolean;
  /** The shortest way to the first of them; null: nothing leads to it. */
  readonly way: string | null;
}
export interface GrowingTold {
  /** The object that all ways to them lead through, in words and as a way to it; null: there are several ways. */
  readonly keeper: { readonly object: string; readonly address: string; readonly way: string } | null;
  readonly kept: number;
  readonly bytes: number;
  /** How many of them the keeper holds itself; the others are below those. */
  readonly held: number;
  /** More of them each call; null without calls. */
  readonly eachCall: number | null;
  readonly steady: boolean;
  readonly groups: readonly GroupTold[];
  /** Who holds one of them, and the shortest ways to it. */
  readonly holders: readonly string[];
  readonly ways: readonly string[];
  /** They hold each other: only the collector frees them once the keeper lets go. */
  readonly cyclic: boolean;
}
export interface GarbageTold {
  readonly kept: number;
  readonly bytes: number;
  readonly cycles: readonly Cycle[];
  readonly groups: readonly GroupTold[];
  readonly collector: { readonly enabled: boolean; readonly count: number; readonly threshold: number };
}
export type Purpose = 'loading' | 'definitions' | 'interned' | 'library';
export interface LeakReport {
  readonly from: number;
  readonly to: number;
  readonly function: string | null;
  readonly calls: number | null;
  readonly made: number;
  readonly kept: number;
  readonly bytes: number;
  readonly growing: readonly GrowingTold[];
  readonly garbage: GarbageTold | null;
  readonly still: readonly GroupTold[];
  readonly onPurpose: readonly { readonly purpose: Purpose; readonly kept: number; readonly bytes: number }[];
}

const WAYS_SHOWN = 3;
const HOLDERS_SHOWN = 3;
const DEFINITIONS = new Set(['module', 'type', 'function', 'code']);
const INTERNED_IMMORTAL = 2;
/** Where the engine lays its copy of the standard library. */
export const isLibrary = (file: string): boolean => file.startsWith('/lib/python3') || file.startsWith('<frozen ');
const GC = PY_RUNTIME_ADDRESS + _PyRuntimeState._main_interpreter + PyInterpreterState.gc;

export function leaksAt(recording: Recording, births: Births, name: string | null): LeakReport {
  return new Teller(recording, births).tell(name);
}

class Teller {
  private readonly heap: HeapGraph;
  private readonly reader: Reader;
  private readonly births: Births;
  private readonly serialOf: SerialOf;
  private readonly all: readonly (Kept | undefined)[];
  private readonly above: Uint32Array;
  private readonly roots: readonly number[];
  private readonly main: number;
  private readonly purposes = new Map<number, Purpose | null>();

  constructor(recording: Recording, births: Births) {
    this.reader = recording.reader();
    this.heap = new HeapGraph(this.reader);
    this.births = births;
    this.serialOf = serialsOf(recording);
    this.all = keptOf(this.heap, births);
    this.roots = withoutStacks(this.heap, rootsByRank(this.heap));
    this.above = dominators(this.heap.graph, this.roots, this.heap.holders).of;
    this.main = mainDict(this.reader);
  }

  tell(name: string | null): LeakReport {
    const { births, heap } = this;
    const kept = this.all.filter((k) => k !== undefined);
    const isLost = ({ node }: Kept): boolean => this.above[node] === UNREACHABLE;
    const own = kept.filter((k) => !k.birth.site.loading);
    const lost = own.filter(isLost);
    // one may grow, where another of the same place, kept elsewhere, does not
    const clusters = clustersOf(
      heap,
      this.above,
      own.filter((k) => k.group.growth.grows && !isLost(k)),
    ).filter(({ objects }) => groupedBy(objects).some(([, members]) => growthOf(members, births.calls).grows));
    const told = new Set([...clusters.flatMap(({ objects }) => objects), ...lost]);
    const rest = kept.filter((k) => !told.has(k));
    const onPurpose = new Map<Purpose, { purpose: Purpose; kept: number; bytes: number }>();
    const still: Kept[] = [];
    for (const k of rest) {
      const purpose = this.purposeOf(k);
      if (purpose === null) {
        still.push(k);
        continue;
      }
      const sum = onPurpose.get(purpose) ?? { purpose, kept: 0, bytes: 0 };
      onPurpose.set(purpose, { purpose, kept: sum.kept + 1, bytes: sum.bytes + k.bytes });
    }
    return {
      from: births.from,
      to: births.to,
      function: name,
      calls: births.calls,
      made: births.made,
      kept: kept.length,
      bytes: bytesOf(kept),
      growing: clusters.map((cluster) => this.growing(cluster)),
      garbage: lost.length === 0 ? null : this.garbage(lost),
      still: this.groupsOf(still),
      onPurpose: [...onPurpose.values()].sort((a, b) => b.kept - a.kept),
    };
  }

  private growing(cluster: Cluster): GrowingTold {
    const { heap, reader, serialOf, births } = this;
    const words = new Words();
    const { keeper } = cluster;
    const [top] = [...cluster.tops].sort((a, b) => a.birth.serial - b.birth.serial) as [Kept];
    const ways = shortestWays(heap, top.node, this.roots, WAYS_SHOWN);
    const named = keeper >= 0 && ownerOfNames(heap, heap.addressOf(keeper))?.kind !== 'module';
    const address = named ? heap.addressOf(keeper) : 0;
    const growths = groupedBy(cluster.objects).map(([, members]) => growthOf(members, births.calls));
    const each = growths.reduce((n, { each }) => n + each, 0);
    return {
      keeper: named
        ? {
            object: words.thing(thingOf(reader, address, serialOf(address))),
            address: hex(address),
            way: shortestWays(heap, keeper, this.roots, 1)[0] ?? '',
          }
        : null,
      kept: cluster.objects.length,
      bytes: cluster.bytes,
      held: cluster.tops.length,
      eachCall: births.calls === null ? null : rounded(each),
      steady: growths.every(({ steady }) => steady),
      groups: this.groupsOf(cluster.objects),
      holders: heap
        .holdersOf(top.address)
        .slice(0, HOLDERS_SHOWN)
        .map((h) => words.holder(holderOf(heap, h, serialOf))),
      ways,
      cyclic: cluster.cyclic,
    };
  }

  private garbage(lost: readonly Kept[]): GarbageTold {
    const { reader } = this;
    const [young] = collectorStats(reader);
    return {
      kept: lost.length,
      bytes: bytesOf(lost),
      cycles: cyclesOf(
        reader,
        lost.map(({ address }) => address),
      ),
      groups: this.groupsOf(lost),
      collector: {
        enabled: reader.i32(GC + _gc_runtime_state.enabled) !== 0,
        count: young?.count ?? 0,
        threshold: young?.threshold ?? 0,
      },
    };
  }

  private groupsOf(objects: readonly Kept[]): GroupTold[] {
    return groupedBy(objects).map(([group, members]) => {
      const { site } = group;
      const growth = members.length === group.objects.length ? group.growth : growthOf(members, this.births.calls);
      const [first] = [...members].sort((a, b) => a.birth.serial - b.birth.serial) as [Kept];
      return {
        type: group.type,
        file: site.file,
        line: site.line,
        function: site.function,
        caller: site.caller,
        kept: members.length,
        bytes: bytesOf(members),
        periods: growth.periods,
        each: rounded(growth.each),
        steady: growth.steady,
        way: this.wayTo(first.node),
      };
    });
  }
  private readonly waysKnown = new Map<number, string | null>();
  private wayTo(node: number): string | null {
    if (this.waysKnown.size >= MOST_WAYS) return null;
    let way = this.waysKnown.get(node);
    if (way === undefined) {
      way = shortestWays(this.heap, node, this.roots, 1)[0] ?? null;
      this.waysKnown.set(node, way);
    }
    return way;
  }

  /** What it is kept for, where that is plain; null: it is the program's own. What keeps it tells. */
  private purposeOf(kept: Kept): Purpose | null {
    if (kept.birth.site.loading) return 'loading';
    const passed: number[] = [];
    let purpose: Purpose | null = null;
    for (let node = kept.node; node < this.above.length; node = this.above[node] as number) {
      const known = this.purposes.get(node) ?? this.ownPurpose(node);
      if (known !== undefined) {
        purpose = known;
        break;
      }
      passed.push(node);
    }
    const top = passed.at(-1);
    // what no object keeps alone
    if (purpose === null && top !== undefined && this.isInterpreters(top)) purpose = 'library';
    for (const node of passed) this.purposes.set(node, purpose);
    return purpose;
  }
  private isInterpreters(node: number): boolean {
    const places = this.heap.placesOf(node);
    return places.length > 0 && places.every(({ place }) => place?.kind === 'interpreter' || place?.kind === 'thread');
  }
  /** undefined: as what is above it. */
  private ownPurpose(node: number): Purpose | null | undefined {
    const { reader, heap } = this;
    const address = heap.addressOf(node);
    const layout = reader.typeOrNull(address)?.layout;
    if (layout === 'dict') {
      const owner = ownerOfNames(heap, address);
      if (owner?.kind === 'module') return this.isOfProgram(address) ? null : 'library';
    }
    if (this.all[node] === undefined) return this.serialOf(address) === null ? 'library' : null;
    if (DEFINITIONS.has(layout ?? '')) return 'definitions';
    const interned = layout === 'str' && reader.u32(address + PyASCIIObject.state) % 4 === INTERNED_IMMORTAL;
    return interned ? 'interned' : undefined;
  }
  /** Are these the names of a module of the program's own? */
  private isOfProgram(dict: number): boolean {
    if (dict === this.main) return true;
    const file = dictGet(this.reader, dict, '__file__');
    return file !== 0 && this.reader.typeOrNull(file)?.layout === 'str' && !isLibrary(decodeStr(this.reader, file));
  }
}
/** Value stacks hold what is on its way somewhere, such as a result: they count where nothing else leads to it. */
function withoutStacks(heap: HeapGraph, roots: readonly number[]): number[] {
  const onStack = (root: number): boolean => heap.placesOf(root).every(({ label }) => label.startsWith('stack['));
  const stacks = roots.filter(onStack);
  const others = roots.filter((root) => !stacks.includes(root));
  const { distance } = breadthFirst(heap.graph, others);
  return [...others, ...stacks.filter((root) => distance[root] === UNREACHED)];
}

/** Ways cost a search each. */
const MOST_WAYS = 40;

const bytesOf = (objects: readonly Kept[]): number => objects.reduce((n, { bytes }) => n + bytes, 0);
const rounded = (n: number): number => Math.round(n * 100) / 100;

/** The most bytes first. */
function groupedBy(objects: readonly Kept[]): [Group, Kept[]][] {
  const by = new Map<Group, Kept[]>();
  for (const kept of objects) {
    const list = by.get(kept.group);
    if (list === undefined) by.set(kept.group, [kept]);
    else list.push(kept);
  }
  return [...by].sort(([, a], [, b]) => bytesOf(b) - bytesOf(a) || b.length - a.length);
}
