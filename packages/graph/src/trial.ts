/**
 * What a collection of a generation would find, on a copy of the counts: each object's count, what the objects that are looked
 * at hold of it themselves (update_refs and subtract_refs), and whether something outside leads to it (move_unreachable).
 */
import {
  AddressTable,
  generationHeads,
  type Reader,
  type ReferenceVisitor,
  refcount,
  trackedObjects,
  visitKeysTable,
  visitReferences,
} from '@moult/inspect';
import { GraphBuilder } from './builder.ts';
import type { Graph } from './csr.ts';

export interface Trial {
  /** The objects that are looked at: their nodes are their indexes here. */
  readonly objects: AddressTable;
  readonly graph: Graph;
  /** By node: the real count, and references from inside. */
  readonly counts: Float64Array;
  readonly inside: Float64Array;
  /** By node: 1 where something outside leads to it. */
  readonly held: Uint8Array;
  readonly references: number;
  readonly unreachable: number;
}

export function trialOf(reader: Reader, generation: number): Trial {
  const objects = new AddressTable();
  for (const head of generationHeads(reader).slice(0, generation + 1)) {
    for (const object of trackedObjects(reader, head)) objects.add(object);
  }
  const counts = Float64Array.from({ length: objects.size }, (_, k) => refcount(reader, objects.at(k)));
  const inside = new Float64Array(objects.size);
  let references = 0;
  const graph = graphInside(reader, objects, (node) => {
    inside[node] = (inside[node] as number) + 1;
    references++;
  });
  const held = new Uint8Array(objects.size);
  const stack: number[] = [];
  for (let node = 0; node < objects.size; node++) {
    if ((counts[node] as number) - (inside[node] as number) <= 0) continue;
    held[node] = 1;
    stack.push(node);
  }
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const end = graph.offsets[node + 1] as number;
    for (let e = graph.offsets[node] as number; e < end; e++) {
      const target = graph.targets[e] as number;
      if (held[target] === 1) continue;
      held[target] = 1;
      stack.push(target);
    }
  }
  let unreachable = 0;
  for (const mark of held) if (mark === 0) unreachable++;
  return { objects, graph, counts, inside, held, references, unreachable };
}

/** The references among the objects of a table. */
function graphInside(reader: Reader, objects: AddressTable, each: (target: number) => void): Graph {
  const builder = new GraphBuilder();
  const visitor: ReferenceVisitor = {
    reference(target: number): void {
      const node = objects.indexOf(target);
      if (node < 0) return;
      builder.edge(node);
      each(node);
    },
    // a table that dicts share holds only their keys, strings, which are not tracked
    keysTable(keys: number): void {
      visitKeysTable(reader, keys, visitor);
    },
  };
  for (let k = 0; k < objects.size; k++) {
    builder.node();
    visitReferences(reader, objects.at(k), reader.typeOf(objects.at(k)), visitor);
  }
  return builder.done();
}
