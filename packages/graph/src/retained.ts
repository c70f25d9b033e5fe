import type { Graph } from './csr.ts';
import { type Dominators, NO_DOMINATOR, UNREACHABLE } from './dominators.ts';
import { breadthFirst } from './search.ts';

/**
 * What would be freed with each node: its own size and that of all that it dominates. The sizes of a node's children in
 * the dominator tree and its own add up to it; those of nodes side by side elsewhere need not. 0 for what nothing reaches.
 */
export function retainedSizes(found: Dominators, sizes: ArrayLike<number>): Float64Array {
  const { of, order } = found;
  const out = new Float64Array(of.length);
  for (let k = 0; k < order.length; k++) out[order[k] as number] = sizes[order[k] as number] as number;
  for (let k = order.length - 1; k >= 0; k--) {
    const v = order[k] as number;
    const above = of[v] as number;
    if (above < UNREACHABLE) out[above] = (out[above] as number) + (out[v] as number);
  }
  return out;
}

/** The nodes that a node dominates, itself first, in depth-first order. */
export function dominatedBy(found: Dominators, node: number): Uint32Array {
  const { of, order } = found;
  const inside = new Uint8Array(of.length);
  inside[node] = 1;
  const out: number[] = [];
  for (let k = 0; k < order.length; k++) {
    const v = order[k] as number;
    const above = of[v] as number;
    if (above < UNREACHABLE && inside[above] === 1) inside[v] = 1;
    if (inside[v] === 1) out.push(v);
  }
  return Uint32Array.from(out);
}

/** Nodes under each node of the dominator tree: a graph whose edges go from a dominator to what it dominates. */
export function dominatorTree(found: Dominators): { tree: Graph; roots: Uint32Array } {
  const { of, order } = found;
  const offsets = new Uint32Array(of.length + 1);
  let roots = 0;
  for (let k = 0; k < order.length; k++) {
    const above = of[order[k] as number] as number;
    if (above === NO_DOMINATOR) roots++;
    else (offsets[above + 1] as number)++;
  }
  for (let v = 0; v < of.length; v++) offsets[v + 1] = (offsets[v] as number) + (offsets[v + 1] as number);
  const next = offsets.slice(0, of.length);
  const targets = new Uint32Array(order.length - roots);
  const top = new Uint32Array(roots);
  let n = 0;
  for (let k = 0; k < order.length; k++) {
    const v = order[k] as number;
    const above = of[v] as number;
    if (above === NO_DOMINATOR) top[n++] = v;
    else {
      const at = next[above] as number;
      targets[at] = v;
      next[above] = at + 1;
    }
  }
  return { tree: { nodes: of.length, offsets, targets }, roots: top };
}

/**
 * What would be freed if all of a set went at once: what the roots reach with the set, less what they reach without it.
 * Never less than the members' own sizes together, as far as they are reached.
 */
export function retainedBySet(
  graph: Graph,
  roots: Iterable<number>,
  set: Iterable<number>,
  sizes: ArrayLike<number>,
): { bytes: number; nodes: number } {
  const start = [...roots];
  const avoid = new Uint8Array(graph.nodes);
  for (const v of set) avoid[v] = 1;
  const all = breadthFirst(graph, start);
  const without = breadthFirst(graph, start, avoid);
  return {
    bytes: sum(all.order, sizes) - sum(without.order, sizes),
    nodes: all.order.length - without.order.length,
  };
}
function sum(nodes: Uint32Array, sizes: ArrayLike<number>): number {
  let total = 0;
  for (let k = 0; k < nodes.length; k++) total += sizes[nodes[k] as number] as number;
  return total;
}
