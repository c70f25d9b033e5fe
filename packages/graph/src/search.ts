import type { Graph } from './csr.ts';

/** What `breadthFirst` answers for a node that no root reaches. */
export const UNREACHED = 0xffffffff;

export interface Search {
  /** The reached nodes, nearest first; roots in the order given. */
  readonly order: Uint32Array;
  /** Steps from the nearest root, or UNREACHED. */
  readonly distance: Uint32Array;
  /** The node that led here (the first found of the nearest); a root's is itself; UNREACHED where none did. */
  readonly parent: Uint32Array;
}

/** Breadth first from the roots, never through a node for which `avoid` is 1 (such a root is passed over, too). */
export function breadthFirst(graph: Graph, roots: Iterable<number>, avoid?: Uint8Array): Search {
  const { nodes, offsets, targets } = graph;
  const distance = new Uint32Array(nodes).fill(UNREACHED);
  const parent = new Uint32Array(nodes).fill(UNREACHED);
  const order = new Uint32Array(nodes);
  let end = 0;
  for (const root of roots) {
    if (distance[root] !== UNREACHED || avoid?.[root] === 1) continue;
    distance[root] = 0;
    parent[root] = root;
    order[end++] = root;
  }
  for (let k = 0; k < end; k++) {
    const v = order[k] as number;
    const further = (distance[v] as number) + 1;
    const last = offsets[v + 1] as number;
    for (let e = offsets[v] as number; e < last; e++) {
      const t = targets[e] as number;
      if (distance[t] !== UNREACHED || avoid?.[t] === 1) continue;
      distance[t] = further;
      parent[t] = v;
      order[end++] = t;
    }
  }
  return { order: order.subarray(0, end), distance, parent };
}
