#!/usr/bin/env node
// Starts the bundled command line in a worker: its stack is as large as the deepest Python recursion needs, and the main
// thread stays free to pass Ctrl-C on.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';

/** 10,000 nested native calls, as CPython 3.13 allows, with room to spare. */
const STACK_MB = 200;

const args = process.argv.slice(2);
const traced = /^--(audit|instructions|trace)(=|$)/;
const program = args.findIndex((a) => !a.startsWith('-'), 1);
const allocator = process.env.PYTHONMALLOC ?? '';
const needsTrace =
  args[0] === 'compare' ||
  !['', 'default', 'pymalloc'].includes(allocator) ||
  args.some((a, i) => traced.test(a) && (program < 0 || i <= program + 1 || args[0] === 'batch'));
const name = needsTrace ? 'moult-trace.cjs' : 'moult.cjs';
// MOULT_BUNDLE: another bundle, while developing.
const bundle = process.env.MOULT_BUNDLE ?? fileURLToPath(new URL(`../dist/${name}`, import.meta.url));

if (!existsSync(bundle)) {
  process.stderr.write(`moult is not built yet: run "npm run build" first (${bundle} is missing)\n`);
  process.exit(2);
}

// Waiting for machine code is shorter than interpreting meanwhile, and the loop never runs in code swapped in half-way (docs/speed.md).
setFlagsFromString('--no-concurrent-recompilation');

const interrupts = new Int32Array(new SharedArrayBuffer(4));
const worker = new Worker(new URL('worker.mjs', import.meta.url), {
  argv: args,
  workerData: { interrupts, bundle },
  resourceLimits: { stackSizeMb: STACK_MB },
  stdin: false,
});
worker.on('error', (error) => {
  process.stderr.write(`moult: internal error: ${error?.stack ?? error}\n`);
  process.exitCode = 70;
});
worker.on('exit', (code) => {
  process.exitCode ??= code;
});
// The time limit is kept by the program's own polls; a native call that never polls is ended from here.
worker.on('message', (message) => {
  if (message.killAfter === undefined) return;
  setTimeout(() => {
    process.stderr.write(`moult: stopped after ${message.seconds} s, the limit you set\n`);
    process.exit(124);
  }, message.killAfter).unref();
});
process.on('SIGINT', () => {
  if (Atomics.add(interrupts, 0, 1) > 2) process.exit(130);
  Atomics.notify(interrupts, 0);
});
