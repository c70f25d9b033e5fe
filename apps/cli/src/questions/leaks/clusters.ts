// What grows, gathered by what keeps it: all ways to a cluster's objects lead through its keeper.
import { components, cycles, type Graph, GraphBuilder, type HeapGraph, ownerOfNames } from '@moult/graph';
import type { Group, Kept } from './kept.ts';

export interface Cluster {
  /** The node that keeps them; -1: several ways lead to each. */
  readonly keeper: number;
  /** What the keeper holds itself; all other objects of the cluster are below them. */
  readonly tops: Kept[];
  readonly objects: Kept[];
  bytes: number;
  /** Some hold each other: where the keeper lets go, only the collector frees them. */
  cyclic: boolean;
}

/** `above`: each node's dominator, or a number that is no node. */
export function clustersOf(heap: HeapGraph, above: Uint32Array, grown: readonly Kept[]): Cluster[] {
  const grows = new Map(grown.map((kept) => [kept.node, kept]));
  const tops = new Map<number, Kept>();
  const topOf = (node: number): Kept => {
    const passed: number[] = [];
    let at = node;
    for (;;) {
      const known = tops.get(at);
      if (known !== undefined) {
        for (const p of passed) tops.set(p, known);
        return known;
      }
      passed.push(at);
      const up = above[at] as number;
      if (up >= above.length || !grows.has(up)) {
        const top = grows.get(at) as Kept;
        for (const p of passed) tops.set(p, top);
        return top;
      }
      at = up;
    }
  };
  const numbers = new Map<Group, number>();
  const numberOf = (group: Group): number => {
    if (!numbers.has(group)) numbers.set(group, numbers.size);
    return numbers.get(group) as number;
  };
  const modules = new Map<number, boolean>();
  const isModule = (node: number): boolean => {
    let is = modules.get(node);
    if (is === undefined) {
      is = ownerOfNames(heap, heap.addressOf(node))?.kind === 'module';
      modules.set(node, is);
    }
    return is;
  };
  const found = new Map<string, Cluster>();
  for (const kept of grown) {
    const top = topOf(kept.node);
    const up = above[top.node] as number;
    const keeper = up < above.length ? up : -1;
    // a module keeps all that its names lead to: each kind for itself
    const key = keeper < 0 || isModule(keeper) ? `${keeper} ${numberOf(top.group)}` : String(keeper);
    let cluster = found.get(key);
    if (cluster === undefined) {
      cluster = { keeper, tops: [], objects: [], bytes: 0, cyclic: false };
      found.set(key, cluster);
    }
    if (top === kept) cluster.tops.push(kept);
    cluster.objects.push(kept);
    cluster.bytes += kept.bytes;
  }
  const out = [...found.values()].sort((a, b) => b.bytes - a.bytes || b.objects.length - a.objects.length);
  for (const cluster of out) cluster.cyclic = hasCycle(heap, cluster.objects);
  return out;
}

function hasCycle(heap: HeapGraph, objects: readonly Kept[]): boolean {
  const graph = inside(
    heap,
    objects.map(({ node }) => node),
  );
  return cycles(graph, components(graph)).length > 0;
}

/** The references among some nodes. */
function inside(heap: HeapGraph, nodes: readonly number[]): Graph {
  const { offsets, targets } = heap.graph;
  const numbers = new Map(nodes.map((node, k) => [node, k]));
  const builder = new GraphBuilder();
  for (const node of nodes) {
    builder.node();
    for (let e = offsets[node] as number; e < (offsets[node + 1] as number); e++) {
      const target = numbers.get(targets[e] as number);
      if (target !== undefined) builder.edge(target);
    }
  }
  return builder.done();
}
