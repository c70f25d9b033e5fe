// Each algorithm against the plainest way to say what it answers, on random graphs.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  breadthFirst,
  components,
  cycles,
  dominatedBy,
  dominators,
  dominatorTree,
  type Graph,
  graphOf,
  NO_DOMINATOR,
  pathsTo,
  retainedBySet,
  retainedSizes,
  reverse,
  shortestCycle,
  UNREACHABLE,
  UNREACHED,
  waysTo,
} from '../src/index.ts';

const rowsArbitrary = fc
  .integer({ min: 1, max: 14 })
  .chain((n) =>
    fc.array(fc.array(fc.integer({ min: 0, max: n - 1 }), { maxLength: 4 }), { minLength: n, maxLength: n }),
  );
const rooted = rowsArbitrary.chain((rows) =>
  fc.tuple(fc.constant(rows), fc.uniqueArray(fc.integer({ min: 0, max: rows.length - 1 }), { minLength: 1 })),
);

function reachable(rows: readonly (readonly number[])[], from: Iterable<number>, without = -1): Set<number> {
  const seen = new Set<number>();
  const stack = [...from].filter((v) => v !== without);
  for (const v of stack) seen.add(v);
  for (let v = stack.pop(); v !== undefined; v = stack.pop()) {
    for (const t of rows[v] as readonly number[]) {
      if (t === without || seen.has(t)) continue;
      seen.add(t);
      stack.push(t);
    }
  }
  return seen;
}
/** The strict dominators of v: those without which no root reaches it. */
const dominatorsOf = (rows: readonly number[][], roots: readonly number[], v: number): number[] =>
  rows.map((_, u) => u).filter((u) => u !== v && !reachable(rows, roots, u).has(v));

describe('on random graphs', () => {
  it('reverse turns every edge round, and twice gives the same edges', () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const edges = (g: Graph): string[] => {
          const out: string[] = [];
          for (let v = 0; v < g.nodes; v++)
            for (let e = g.offsets[v] as number; e < (g.offsets[v + 1] as number); e++)
              out.push(`${v},${g.targets[e]}`);
          return out.sort();
        };
        const graph = graphOf(rows);
        const turned = reverse(graph);
        expect(edges(turned)).toEqual(
          edges(graph)
            .map((s) => s.split(',').reverse().join(','))
            .sort(),
        );
        expect(edges(reverse(turned))).toEqual(edges(graph));
      }),
    );
  });

  it('breadthFirst reaches what can be reached, by a shortest way', () => {
    fc.assert(
      fc.property(rooted, ([rows, roots]) => {
        const found = breadthFirst(graphOf(rows), roots);
        expect(new Set(found.order)).toEqual(reachable(rows, roots));
        for (const v of found.order) {
          const d = found.distance[v] as number;
          if (roots.includes(v)) expect(d).toBe(0);
          else
            expect(
              Math.min(...[...found.order].filter((u) => rows[u]?.includes(v)).map((u) => found.distance[u] as number)),
            ).toBe(d - 1);
        }
      }),
    );
  });

  it('components are those nodes that reach each other, leaves first', () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const found = components(graphOf(rows));
        const reach = rows.map((_, v) => reachable(rows, [v]));
        rows.forEach((row, v) => {
          rows.forEach((_, u) => {
            expect(found.of[u] === found.of[v]).toBe(Boolean(reach[v]?.has(u) && reach[u]?.has(v)));
          });
          for (const t of row) expect(found.of[t] as number).toBeLessThanOrEqual(found.of[v] as number);
        });
        expect([...found.members].sort((a, b) => a - b)).toEqual(rows.map((_, v) => v));
        const inCycle = new Set(cycles(graphOf(rows), found).flatMap((c) => [...c]));
        rows.forEach((row, v) => {
          expect(inCycle.has(v)).toBe(row.some((t) => reach[t]?.has(v)));
        });
      }),
    );
  });

  it('a node’s dominator is the last of those without which no root reaches it', () => {
    fc.assert(
      fc.property(rooted, ([rows, roots]) => {
        const found = dominators(graphOf(rows), roots);
        const reached = reachable(rows, roots);
        const all = rows.map((_, v) => (reached.has(v) ? dominatorsOf(rows, roots, v) : []));
        rows.forEach((_, v) => {
          const d = found.of[v] as number;
          if (!reached.has(v)) expect(d).toBe(UNREACHABLE);
          else if (all[v]?.length === 0) expect(d).toBe(NO_DOMINATOR);
          else {
            expect(all[v]).toContain(d);
            expect(all[v]?.length).toBe((all[d]?.length as number) + 1);
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  it('a retained size is what goes with a node; the tree adds up; a set retains what goes with all of it', () => {
    fc.assert(
      fc.property(rooted, fc.infiniteStream(fc.integer({ min: 1, max: 100 })), ([rows, roots], stream) => {
        const sizes = rows.map(() => stream.next().value as number);
        const total = (nodes: Iterable<number>): number => [...nodes].reduce((n, v) => n + (sizes[v] as number), 0);
        const graph = graphOf(rows);
        const found = dominators(graph, roots);
        const retained = retainedSizes(found, sizes);
        const reached = reachable(rows, roots);
        for (const v of reached) {
          const without = reachable(rows, roots, v);
          const gone = [...reached].filter((u) => !without.has(u));
          expect(retained[v]).toBe(total(gone));
          expect([...dominatedBy(found, v)].sort((a, b) => a - b)).toEqual(gone.sort((a, b) => a - b));
          expect(retainedBySet(graph, roots, [v], sizes)).toEqual({ bytes: total(gone), nodes: gone.length });
        }
        const { tree, roots: top } = dominatorTree(found);
        expect(total(reached)).toBe([...top].reduce((n, v) => n + (retained[v] as number), 0));
        for (const v of reached) {
          const children = [...tree.targets.subarray(tree.offsets[v], tree.offsets[v + 1])];
          expect(children.reduce((n, c) => n + (retained[c] as number), sizes[v] as number)).toBe(retained[v]);
        }
        expect(retainedBySet(graph, roots, reached, sizes).bytes).toBe(total(reached));
      }),
      { numRuns: 200 },
    );
  });

  it('pathsTo gives one shortest path from each of the nearest roots', () => {
    fc.assert(
      fc.property(rooted, fc.nat(), ([rows, roots], pick) => {
        const target = pick % rows.length;
        const graph = graphOf(rows);
        const paths = pathsTo(reverse(graph), target, (v) => roots.includes(v), { limit: 20 });
        const near = roots.filter((r) => reachable(rows, [r]).has(target));
        expect(new Set(paths.map((p) => p[0]))).toEqual(new Set(near));
        for (const path of paths) {
          const first = path[0] as number;
          expect(path.length - 1).toBe(breadthFirst(graph, [first]).distance[target]);
          for (let k = 1; k < path.length; k++) expect(rows[path[k - 1] as number]).toContain(path[k]);
        }
        expect(paths.map((p) => p.length)).toEqual([...paths.map((p) => p.length)].sort((a, b) => a - b));
      }),
    );
  });

  it('waysTo gives one shortest way by each holder that lives without the node', () => {
    fc.assert(
      fc.property(rooted, fc.nat(), ([rows, roots], pick) => {
        const target = pick % rows.length;
        const graph = graphOf(rows);
        const ways = waysTo(graph, reverse(graph), target, roots, 100);
        const alive = reachable(rows, roots, target);
        const holders = [...alive].filter((v) => rows[v]?.includes(target));
        const own = roots.includes(target) ? 1 : 0;
        expect(ways.length).toBe(holders.length + own);
        expect(new Set(ways.slice(own).map((w) => w.at(-2)))).toEqual(new Set(holders));
        const { distance } = breadthFirst(
          graph,
          roots,
          Uint8Array.from(rows, (_, v) => Number(v === target)),
        );
        for (const way of ways.slice(own)) {
          expect(roots).toContain(way[0]);
          expect(way.length - 2).toBe(distance[way.at(-2)!]);
          for (let k = 1; k < way.length; k++) expect(rows[way[k - 1]!]).toContain(way[k]);
        }
      }),
    );
  });

  it('shortestCycle leads back along edges', () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const graph = graphOf(rows);
        const found = components(graph);
        rows.forEach((row, v) => {
          const cycle = shortestCycle(graph, v, found.of, found.of[v] as number);
          const back = Math.min(...row.map((t) => (breadthFirst(graph, [t]).distance[v] as number) + 1), UNREACHED);
          expect(cycle.length).toBe(back >= UNREACHED ? 0 : back);
          cycle.forEach((u, k) => {
            expect(rows[u]).toContain(cycle[(k + 1) % cycle.length]);
          });
        });
      }),
    );
  });
});

describe('on shapes that break other methods', () => {
  const N = 300_000;
  it('a doubly linked list of 300,000, held at one end or at both', () => {
    const rows = Array.from({ length: N }, (_, v) => [v - 1, v + 1].filter((t) => t >= 0 && t < N));
    const graph = graphOf(rows);
    const one = dominators(graph, [0]);
    expect(one.of[N - 1]).toBe(N - 2);
    expect(retainedSizes(one, new Uint32Array(N).fill(1))[0]).toBe(N);
    const both = dominators(graph, [0, N - 1]);
    expect(new Set(both.of)).toEqual(new Set([NO_DOMINATOR]));
    expect(components(graph).count).toBe(1);
  });
  it('a chain of 300,000 and a star with 300,000 rays', () => {
    const chain = dominators(graphOf(Array.from({ length: N }, (_, v) => (v + 1 < N ? [v + 1] : []))), [0]);
    expect(retainedSizes(chain, new Uint32Array(N).fill(1))[0]).toBe(N);
    const star = dominators(
      graphOf([Array.from({ length: N - 1 }, (_, k) => k + 1), ...new Array(N - 1).fill([])]),
      [0],
    );
    expect(star.of.subarray(1).every((d) => d === 0)).toBe(true);
  });
  it('refuses an edge to a node that never came', () => {
    expect(() => graphOf([[1], [2]])).toThrow('edge 1 points to node 2 of 2');
  });
});
