// Runs programs on the engine until they wait for input, and tells what they look like then: one line of JSON for each.
// Bundled and run by tests/image.test.ts: node BUNDLE [PROGRAM STACKS]…
import { readFileSync } from 'node:fs';
import { bufferMemory } from '@moult/abi';
import { audit, auditText, engineTarget } from '@moult/inspect';
import { createProcess, makeImage, processView, resetRealm } from '@moult/runtime';
import { nodeHost } from '../../apps/cli/src/host.ts';
import { summarize } from './summary.ts';

const image = makeImage('3.13');
const args = process.argv.slice(2);
for (let i = 0; i + 1 < args.length; i += 2) {
  let errors = '';
  const node = nodeHost({
    cwd: process.cwd(),
    write: (fd, data) => {
      if (fd === 2) errors += Buffer.from(data).toString();
    },
  });
  const host = { ...node, io: { ...node.io, read: () => null } };
  resetRealm();
  const source = readFileSync(args[i]!, 'utf8');
  const p = createProcess({ program: { kind: 'command', source }, cwd: '/', host, image, hashSeed: 0 });
  const stop = p.run();
  if (stop.reason !== 'input') {
    process.stdout.write(`${JSON.stringify({ summary: null, audit: `stopped with ${stop.reason}: ${errors}` })}\n`);
    continue;
  }
  const { buffer, ...rest } = processView();
  const target = engineTarget(bufferMemory(buffer), rest);
  const stacks = JSON.parse(args[i + 1]!) as boolean[] | null;
  const summary = summarize(target, stacks ?? undefined);
  process.stdout.write(`${JSON.stringify({ summary, audit: auditText(audit(target)) })}\n`);
}
