import type { Graph } from './csr.ts';
import { breadthFirst, UNREACHED } from './search.ts';

export interface PathOptions {
  /** How many paths at most, each from another root (default 5). */
  readonly limit?: number;
  /** Nodes that no path may pass: 1. The target may be one. */
  readonly avoid?: Uint8Array;
}

/**
 * The shortest paths from roots to a node, nearest root first, each as nodes from the root to the target. One path from
 * each root, along holders: `holders` is the graph turned round, so the work is what lies near the target.
 */
export function pathsTo(
  holders: Graph,
  target: number,
  isRoot: (node: number) => boolean,
  options: PathOptions = {},
): number[][] {
  const limit = options.limit ?? 5;
  const { offsets, targets } = holders;
  const toward = new Uint32Array(holders.nodes).fill(UNREACHED); // the next node on the way to the target
  toward[target] = target;
  const queue = new Uint32Array(holders.nodes);
  queue[0] = target;
  let end = 1;
  const out: number[][] = [];
  for (let k = 0; k < end && out.length < limit; k++) {
    const v = queue[k] as number;
    if (isRoot(v)) out.push(follow(toward, v, target));
    const last = offsets[v + 1] as number;
    for (let e = offsets[v] as number; e < last; e++) {
      const holder = targets[e] as number;
      if (toward[holder] !== UNREACHED || options.avoid?.[holder] === 1) continue;
      toward[holder] = v;
      queue[end++] = holder;
    }
  }
  return out;
}
/**
 * A shortest way from the roots to each holder of a node, and from there to it, nearest first: as many ways as there are
 * holders that live without the node. Roots that come first are taken where two are as near.
 */
export function waysTo(graph: Graph, holders: Graph, target: number, roots: Iterable<number>, limit = 5): number[][] {
  const order = [...roots];
  const avoid = new Uint8Array(graph.nodes);
  avoid[target] = 1;
  const { distance, parent } = breadthFirst(graph, order, avoid);
  const near: number[] = [];
  for (let e = holders.offsets[target] as number; e < (holders.offsets[target + 1] as number); e++) {
    const holder = holders.targets[e] as number;
    if (distance[holder] !== UNREACHED && near.at(-1) !== holder) near.push(holder);
  }
  near.sort((a, b) => (distance[a] as number) - (distance[b] as number));
  const ways: number[][] = order.includes(target) ? [[target]] : [];
  for (const holder of near) {
    if (ways.length >= limit) break;
    const way = [target, holder];
    while (parent[way.at(-1) as number] !== way.at(-1)) way.push(parent[way.at(-1) as number] as number);
    ways.push(way.reverse());
  }
  return ways;
}

function follow(toward: Uint32Array, from: number, target: number): number[] {
  const path = [from];
  for (let v = from; v !== target; ) {
    v = toward[v] as number;
    path.push(v);
  }
  return path;
}

/** A shortest way from a node back to itself, inside its own component: the nodes, the first not repeated; [] if none. */
export function shortestCycle(graph: Graph, node: number, component: Uint32Array, inside: number): number[] {
  const { offsets, targets } = graph;
  const from = new Map<number, number>([[node, node]]);
  const queue = [node];
  for (let k = 0; k < queue.length; k++) {
    const v = queue[k] as number;
    for (let e = offsets[v] as number; e < (offsets[v + 1] as number); e++) {
      const t = targets[e] as number;
      if (t === node) {
        const back = [v];
        while (back.at(-1) !== node) back.push(from.get(back.at(-1) as number) as number);
        return back.reverse();
      }
      if (component[t] !== inside || from.has(t)) continue;
      from.set(t, v);
      queue.push(t);
    }
  }
  return [];
}
