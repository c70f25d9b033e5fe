import type { Graph } from './csr.ts';

export interface Components {
  readonly count: number;
  /** The component of each node. Edges between components go from a higher number to a lower: leaves come first. */
  readonly of: Uint32Array;
  /** Nodes by component: those of component c are members[starts[c]] to members[starts[c + 1] - 1], rising. */
  readonly starts: Uint32Array;
  readonly members: Uint32Array;
}

/** Strongly connected components (Tarjan 1972), without recursion. Linear. */
export function components(graph: Graph): Components {
  const { nodes, offsets, targets } = graph;
  const index = new Uint32Array(nodes); // 0: not seen; then the order of discovery, from 1
  const low = new Uint32Array(nodes);
  const of = new Uint32Array(nodes);
  const cursor = offsets.slice(0, nodes);
  const path = new Uint32Array(nodes); // the nodes that are being visited, outermost first
  const open = new Uint32Array(nodes); // seen, and not yet in a component
  const isOpen = new Uint8Array(nodes);
  let opened = 0;
  let seen = 0;
  let count = 0;
  for (let start = 0; start < nodes; start++) {
    if (index[start] !== 0) continue;
    let depth = 0;
    path[0] = start;
    index[start] = low[start] = ++seen;
    open[opened++] = start;
    isOpen[start] = 1;
    while (depth >= 0) {
      const v = path[depth] as number;
      const e = cursor[v] as number;
      if (e < (offsets[v + 1] as number)) {
        cursor[v] = e + 1;
        const t = targets[e] as number;
        if (index[t] === 0) {
          index[t] = low[t] = ++seen;
          open[opened++] = t;
          isOpen[t] = 1;
          path[++depth] = t;
        } else if (isOpen[t] === 1 && (index[t] as number) < (low[v] as number)) low[v] = index[t] as number;
        continue;
      }
      if (low[v] === index[v]) {
        for (;;) {
          const member = open[--opened] as number;
          isOpen[member] = 0;
          of[member] = count;
          if (member === v) break;
        }
        count++;
      }
      depth--;
      if (depth >= 0) {
        const up = path[depth] as number;
        if ((low[v] as number) < (low[up] as number)) low[up] = low[v] as number;
      }
    }
  }
  return { count, of, ...membersOf(of, count) };
}

function membersOf(of: Uint32Array, count: number): { starts: Uint32Array; members: Uint32Array } {
  const starts = new Uint32Array(count + 1);
  for (let v = 0; v < of.length; v++) (starts[(of[v] as number) + 1] as number)++;
  for (let c = 0; c < count; c++) starts[c + 1] = (starts[c] as number) + (starts[c + 1] as number);
  const next = starts.slice(0, count);
  const members = new Uint32Array(of.length);
  for (let v = 0; v < of.length; v++) {
    const c = of[v] as number;
    const at = next[c] as number;
    members[at] = v;
    next[c] = at + 1;
  }
  return { starts, members };
}

/** The components in which a reference leads back: more than one member, or one that holds itself. Largest first. */
export function cycles(graph: Graph, found: Components = components(graph)): Uint32Array[] {
  const out: Uint32Array[] = [];
  for (let c = 0; c < found.count; c++) {
    const members = found.members.subarray(found.starts[c] as number, found.starts[c + 1] as number);
    if (members.length > 1 || holdsItself(graph, members[0] as number)) out.push(members);
  }
  return out.sort((a, b) => b.length - a.length || (a[0] as number) - (b[0] as number));
}
function holdsItself({ offsets, targets }: Graph, v: number): boolean {
  for (let e = offsets[v] as number; e < (offsets[v + 1] as number); e++) if (targets[e] === v) return true;
  return false;
}
