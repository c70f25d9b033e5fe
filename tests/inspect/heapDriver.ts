// Runs each program named and prints, as JSON lines, how many objects its heap has, and of which the holders do not add up.
import { readFileSync } from 'node:fs';
import { HeapGraph } from '@moult/graph';
import { describe, isImmortal, Reader, refcount } from '@moult/inspect';
import { createProcess, processView } from '@moult/runtime';
import { nodeHost } from '../../apps/cli/src/host.ts';
import { targetOf } from '../../apps/cli/src/target.ts';

for (const file of process.argv.slice(2)) {
  const host = nodeHost({ cwd: '/', stdin: new Uint8Array(0), write: () => {} });
  createProcess({ program: { kind: 'command', source: readFileSync(file, 'utf8') }, cwd: '/', host }).run();
  const reader = new Reader(targetOf(processView()));
  const heap = new HeapGraph(reader);
  const wrong: string[] = [];
  let counted = 0;
  for (let node = 0; node < heap.graph.nodes; node++) {
    const object = heap.addressOf(node);
    if (reader.typeOrNull(object) === null || isImmortal(reader, object)) continue;
    counted++;
    // what is not allocated is held by its place
    const fixed = reader.target.staticRanges?.some(([from, to]) => object >= from && object < to) ?? false;
    const found = heap.holdersOf(object).length + Number(fixed);
    if (found !== refcount(reader, object))
      wrong.push(`${describe(reader, object)}: ${found} of ${refcount(reader, object)}`);
  }
  console.log(
    JSON.stringify({ nodes: heap.graph.nodes, edges: heap.graph.targets.length, counted, wrong: wrong.slice(0, 5) }),
  );
}
