/** Why an object is still here: the shortest ways from the names to it, or the closed loop that holds it. */
import { components, type HeapGraph, type HeapHolder, shortestCycle, waysTo, wayText } from '@moult/graph';
import type { Piece } from '../../protocol.ts';
import type { ModelContext } from '../context.ts';
import { nameOf } from '../refs.ts';

const WAYS = 3;
const NAME = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

export interface Why {
  readonly why: readonly Piece[];
  /** Names that lead straight to it. */
  readonly names: readonly string[];
}

export function whyHere(context: ModelContext, heap: HeapGraph, address: number): Why {
  const node = heap.nodeOf(address);
  if (node < 0) return { why: [], names: [] };
  const ways = waysOf(heap, node);
  if (ways.length > 0) {
    const why = ways.flatMap((way, k): Piece[] => [...(k === 0 ? [] : [' · ']), { code: way }]);
    return { why, names: ways.filter((way) => NAME.test(way)) };
  }
  const { reader } = heap;
  const found = components(heap.graph);
  const cycle = shortestCycle(heap.graph, node, found.of, found.of[node] as number);
  if (cycle.length === 0) return { why: ['Only what is itself unreachable leads to it.'], names: [] };
  // a cycle runs along references: who holds comes the other way round
  const things = [...cycle, cycle[0] as number].reverse().map((n) => nameOf(context, reader, heap.addressOf(n)));
  const why = things.flatMap((thing, k): Piece[] => [...(k === 0 ? [] : [' held by ']), thing]);
  return { why: [...why, ': a closed loop'], names: [] };
}

/** Names come before what the interpreter keeps for itself. */
function waysOf(heap: HeapGraph, node: number): string[] {
  const frame = (h: HeapHolder): number => (h.place?.kind === 'frame' ? 0 : h.label === 'imports_modules' ? 1 : 2);
  const rank = (n: number): number => Math.min(...heap.placesOf(n).map(frame));
  const roots = [...heap.roots].map((n) => ({ n, rank: rank(n) })).sort((a, b) => a.rank - b.rank);
  return waysTo(
    heap.graph,
    heap.holders,
    node,
    roots.map((r) => r.n),
    WAYS,
  ).map((way) => {
    const [place] = heap.placesOf(way[0] as number).sort((a, b) => frame(a) - frame(b));
    return wayText(heap, place as HeapHolder, way);
  });
}
