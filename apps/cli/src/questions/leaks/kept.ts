// The objects that a stretch of the run made and left: grouped by type and place of birth, with how their number grew.
import type { HeapGraph } from '@moult/graph';
import { sizeOf, typeName } from '@moult/inspect';
import { type Birth, type Births, type Site, SPANS } from '@moult/recorder';

export interface Kept {
  readonly node: number;
  readonly address: number;
  readonly birth: Birth;
  readonly bytes: number;
  readonly group: Group;
}

export interface Group {
  readonly type: string;
  readonly layout: string;
  readonly site: Site;
  readonly objects: Kept[];
  bytes: number;
  growth: Growth;
}

export interface Growth {
  /** It goes on: what earlier calls (or runs of the line) left is there, and the last ones left as much. */
  readonly grows: boolean;
  /** Calls, or runs of the line. */
  readonly periods: number;
  /** How many more each of the last half of them left, on average. */
  readonly each: number;
  /** Each of the last half left as many. */
  readonly steady: boolean;
}

const STILL: Growth = { grows: false, periods: 0, each: 0, steady: false };
/** Of the least of four quarters, how many times as much the fullest may have. */
const EVEN = 3;

/** By the heap's nodes: what was made in the stretch, with its group. */
export function keptOf(heap: HeapGraph, births: Births): (Kept | undefined)[] {
  const { reader } = heap;
  const groups = new Map<string, Group>();
  const all: (Kept | undefined)[] = [];
  for (let node = 0; node < heap.graph.nodes; node++) {
    const address = heap.addressOf(node);
    const birth = births.of(reader, address);
    if (birth === null) continue;
    const info = reader.typeOf(address);
    const { site } = birth;
    const type = typeName(info);
    const { caller } = site;
    const key = [type, site.file, site.function, site.line, site.loading, caller?.file, caller?.line].join('\0');
    let group = groups.get(key);
    if (group === undefined) {
      group = { type, layout: info.layout, site, objects: [], bytes: 0, growth: STILL };
      groups.set(key, group);
    }
    const bytes = sizeOf(reader, address, info);
    const kept: Kept = { node, address, birth, bytes, group };
    group.objects.push(kept);
    group.bytes += bytes;
    all[node] = kept;
  }
  for (const group of groups.values()) group.growth = growthOf(group.objects, births.calls);
  return all;
}

export function growthOf(objects: readonly Kept[], calls: number | null): Growth {
  const periods = calls ?? objects.reduce((most, { birth }) => Math.max(most, birth.site.runs), 0);
  if (periods < 2) return { ...STILL, periods };
  const by = new Map<number, number>();
  for (const { birth } of objects) by.set(birth.period, (by.get(birth.period) ?? 0) + 1);
  const half = Math.floor(periods / 2);
  let late = 0;
  let steady = true;
  const last = by.get(periods) ?? 0;
  for (const [period, n] of by) if (period > half) late += n;
  for (let p = half + 1; p <= periods && steady; p++) steady = (by.get(p) ?? 0) === last;
  const grows =
    late > 0 &&
    isEven(objects, periods) &&
    // what was made early and then no more is a table, not a leak
    (calls !== null || objects.some(({ birth }) => birth.span >= SPANS / 2));
  return { grows, periods, each: late / (periods - half), steady };
}

/** As many are left of each quarter of the calls, more or less; of few calls: of each one. */
function isEven(objects: readonly Kept[], periods: number): boolean {
  const parts = Math.min(4, periods);
  const counts = new Array<number>(parts).fill(0);
  for (const { birth } of objects) (counts[Math.floor(((birth.period - 1) * parts) / periods)] as number)++;
  const least = Math.min(...counts);
  return least > 0 && Math.max(...counts) <= EVEN * least + 1;
}
