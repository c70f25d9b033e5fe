// Runs programs on the native CPython until they wait for input, copies each process, and tells what it looks like: one line of
// JSON for each. Bundled and run by tests/image/image.mjs: node BUNDLE PYTHON PROGRAM…
import { readFileSync } from 'node:fs';
import { processTarget } from '@moult/inspect';
import { snapshotAtInput } from '../../packages/inspect/test/process.ts';
import { summarize } from './summary.ts';

const [python = '', ...programs] = process.argv.slice(2);
for (const program of programs) {
  const live = await snapshotAtInput(python, readFileSync(program, 'utf8'));
  const summary = summarize(processTarget(live.memory, live.runtime));
  live.stop();
  process.stdout.write(`${JSON.stringify({ summary, audit: '' })}\n`);
}
