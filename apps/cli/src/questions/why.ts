// Why an object is alive: its holders, whether they add up to its count, the shortest ways to it.
import { components, HeapGraph, type HeapHolder, shortestCycle, waysTo, wayText } from '@moult/graph';
import { describe, hex, type Reader, typeName } from '@moult/inspect';
import { Words } from '@moult/recorder';
import { fit, nameInLine, printable, shownLine } from '../printable.ts';
import { countOf, holderOf, type SerialOf, thingOf } from './holders.ts';

export interface Why {
  readonly object: {
    readonly address: string;
    readonly serial: number | null;
    readonly type: string;
    readonly text: string;
  };
  /** null: immortal. */
  readonly count: number | null;
  readonly holders: readonly { readonly holder: string | null; readonly label: string; readonly words: string }[];
  /** Whether the holders are as many as the count says. */
  readonly addsUp: boolean;
  /** The shortest ways from the roots, nearest first. */
  readonly ways: readonly string[];
  /** Where no root leads to it: the objects of a loop that holds it, in words. */
  readonly loop: readonly string[];
}

const HOLDERS_SHOWN = 20;
/** Of the object itself. */
const TEXT_WIDTH = 200;
const WAYS_SHOWN = 5;

export function whyAlive(heap: HeapGraph, address: number, serialOf: SerialOf): Why {
  const { reader } = heap;
  const words = new Words();
  const info = reader.typeOf(address);
  const holders = heap.holdersOf(address);
  const count = countOf(reader, address);
  const node = heap.nodeOf(address);
  const ways = node < 0 ? [] : waysOf(heap, node);
  return {
    object: { address: hex(address), serial: serialOf(address), type: typeName(info), text: describe(reader, address) },
    count,
    holders: holders.map((h) => ({
      holder: h.holder === 0 ? null : hex(h.holder),
      label: h.label,
      words: words.holder(holderOf(heap, h, serialOf)),
    })),
    addsUp: count === null || count === holders.length,
    ways,
    loop: ways.length > 0 || node < 0 ? [] : loopOf(heap, node, serialOf),
  };
}
function waysOf(heap: HeapGraph, node: number): string[] {
  return shortestWays(heap, node, rootsByRank(heap), WAYS_SHOWN);
}
/** Where ways begin: names come before what the interpreter keeps for itself. */
export function rootsByRank(heap: HeapGraph): number[] {
  const rank = (n: number): number =>
    Math.min(
      ...heap
        .placesOf(n)
        .map(({ place, label }) => (place?.kind === 'frame' ? 0 : label === 'imports_modules' ? 1 : 2)),
    );
  const roots = [...heap.roots].map((n) => ({ n, rank: rank(n) }));
  return roots.sort((x, y) => x.rank - y.rank).map((r) => r.n);
}
/** The shortest ways to a node, one by each of its holders, as Python would write them. */
export function shortestWays(heap: HeapGraph, node: number, roots: readonly number[], limit: number): string[] {
  return waysTo(heap.graph, heap.holders, node, roots, limit).map((way) => {
    const [place] = heap
      .placesOf(way[0] as number)
      .sort((x, y) => Number(y.place?.kind === 'frame') - Number(x.place?.kind === 'frame'));
    return wayText(heap, place as HeapHolder, way);
  });
}
function loopOf(heap: HeapGraph, node: number, serialOf: SerialOf): string[] {
  const found = components(heap.graph);
  const cycle = shortestCycle(heap.graph, node, found.of, found.of[node] as number);
  const words = new Words();
  return cycle.map((n) => words.thing(thingOf(heap.reader, heap.addressOf(n), serialOf(heap.addressOf(n)))));
}

export function whyText(why: Why, when: string): string {
  const { object, count, holders } = why;
  const serial = object.serial === null ? '' : ` #${object.serial}`;
  const type = nameInLine(object.type);
  const title = object.text.startsWith('<')
    ? `${type}${serial} at ${object.address}`
    : `${type}${serial} ${fit(printable(object.text), TEXT_WIDTH)} at ${object.address}`;
  const lines = [`${title}, ${when}`];
  if (count === null) lines.push('  immortal since Python 3.12: its count is not kept');
  else lines.push(`  count ${count}, held by`);
  for (const { words } of holders.slice(0, HOLDERS_SHOWN)) lines.push(`    1  ${words}`);
  if (holders.length > HOLDERS_SHOWN) lines.push(`  ${holders.length - HOLDERS_SHOWN}  more`);
  if (count !== null) {
    const verdict = why.addsUp ? 'adds up' : `does not add up: ${count - holders.length} not found`;
    lines.push(`  ${String(holders.length).padStart(3)}  ${verdict}`);
  }
  if (why.ways.length > 0) lines.push('  ways to it', ...why.ways.map((way) => `    ${way}`));
  else if (why.loop.length > 0) {
    lines.push(`  nothing outside leads to it: ${[...why.loop, why.loop[0]].join(' → ')}`);
    lines.push('  only the collector can free it');
  } else lines.push('  nothing that lives leads to it');
  return `${lines.map(shownLine).join('\n')}\n`;
}

/** The same for a moment that is already told. */
export function whyLines(reader: Reader, address: number, serialOf: SerialOf): string[] {
  return whyText(whyAlive(new HeapGraph(reader), address, serialOf), 'now')
    .trimEnd()
    .split('\n');
}
