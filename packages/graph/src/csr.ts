/**
 * Directed graphs in compressed sparse rows: the edges of node v are targets[offsets[v]] to targets[offsets[v + 1] - 1].
 *
 *   offsets   0   2   2   5        node 0 → 1, 2; node 1 → nothing; node 2 → 0, 1, 1
 *   targets   1 2 | | 0 1 1
 *
 * Parallel edges are kept: a list that holds an object twice holds it twice. A node is an integer from 0; at most
 * 2^32 - 2 edges.
 */
export interface Graph {
  readonly nodes: number;
  /** nodes + 1 numbers, rising. */
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
}

export interface Reversed extends Graph {
  /** For each edge here the number of the edge that was turned round. */
  readonly edges: Uint32Array;
}

/** The same edges, turned round: from an object to its holders. Linear; holders come in rising order. */
export function reverse(graph: Graph): Reversed {
  const { nodes, offsets, targets } = graph;
  const out = new Uint32Array(nodes + 1);
  for (let e = 0; e < targets.length; e++) (out[(targets[e] as number) + 1] as number)++;
  for (let v = 0; v < nodes; v++) out[v + 1] = (out[v] as number) + (out[v + 1] as number);
  const next = out.slice(0, nodes);
  const holders = new Uint32Array(targets.length);
  const edges = new Uint32Array(targets.length);
  for (let v = 0; v < nodes; v++) {
    const end = offsets[v + 1] as number;
    for (let e = offsets[v] as number; e < end; e++) {
      const t = targets[e] as number;
      const at = next[t] as number;
      holders[at] = v;
      edges[at] = e;
      next[t] = at + 1;
    }
  }
  return { nodes, offsets: out, targets: holders, edges };
}
