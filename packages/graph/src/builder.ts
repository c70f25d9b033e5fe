import type { Graph } from './csr.ts';
import { Grow } from './grow.ts';

/** Builds a graph node after node: `node()` begins the next one, `edge(target)` adds to it. Targets may come later. */
export class GraphBuilder {
  readonly #offsets = new Grow();
  readonly #targets = new Grow();

  /** Begins the next node; its number. */
  node(): number {
    this.#offsets.push(this.#targets.length);
    return this.#offsets.length - 1;
  }
  edge(target: number): void {
    this.#targets.push(target);
  }
  /** RangeError if an edge points to a node that never came. */
  done(): Graph {
    const nodes = this.#offsets.length;
    const targets = this.#targets.done();
    for (let e = 0; e < targets.length; e++) {
      if ((targets[e] as number) >= nodes) throw new RangeError(`edge ${e} points to node ${targets[e]} of ${nodes}`);
    }
    this.#offsets.push(targets.length);
    return { nodes, offsets: this.#offsets.done(), targets };
  }
}

/** A graph from rows of targets. */
export function graphOf(rows: readonly (readonly number[])[]): Graph {
  const builder = new GraphBuilder();
  for (const row of rows) {
    builder.node();
    for (const target of row) builder.edge(target);
  }
  return builder.done();
}
