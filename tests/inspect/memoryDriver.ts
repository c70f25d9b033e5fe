// Runs a program on the engine until it waits for input and writes its memory to a file: a line of JSON (what processView says,
// the numbers of the 4 KiB pages that are not zero), then those pages. Bundled and run by tests/inspect/words.test.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { createProcess, processView } from '@moult/runtime';
import { nodeHost } from '../../apps/cli/src/host.ts';
import type { MemoryFile } from './memoryFile.ts';

const [program = '', file = ''] = process.argv.slice(2);
const node = nodeHost({ cwd: '/', write: () => {} });
const host = { ...node, io: { ...node.io, read: () => null } };
const p = createProcess({ program: { kind: 'command', source: readFileSync(program, 'utf8') }, cwd: '/', host });
const stop = p.run();
if (stop.reason !== 'input') throw new Error(`stopped with ${stop.reason}`);
const { buffer, layouts, ...view } = processView();
const words = new BigUint64Array(buffer);
const pages: number[] = [];
for (let page = 0; page < words.length / 512; page++) {
  const at = page * 512;
  for (let i = 0; i < 512; i++) {
    if (words[at + i] !== 0n) {
      pages.push(page);
      break;
    }
  }
}
const head: MemoryFile = { view: { ...view, layouts: [...layouts] }, pages };
const parts = [Buffer.from(`${JSON.stringify(head)}\n`)];
for (const page of pages) parts.push(Buffer.from(new Uint8Array(buffer, page * 4096, 4096)));
writeFileSync(file, Buffer.concat(parts));
