#!/usr/bin/env node
// Starts the bundled command line in a worker: its stack is as large as the deepest Python recursion needs, and the main
// thread stays free to pass Ctrl-C on.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';

/** 10,000 nested native calls, as CPython 3.13 allows, with room to spare. */
const STACK_MB = 200;
/** How long a program that has used moult.unsafe may go on without a poll, and what its end is then: as SIGKILL's. */
const HANG_MS = 10_000;
const EXIT_KILLED = 137;

/** Verbs that take the build at full speed, unless an option says otherwise; all others record. */
const FULL_SPEED = new Set(['run', 'dis', 'lab', 'talk', 'batch', 'make-images', 'help']);

const args = process.argv.slice(2);
const traced = /^--(audit|history|instructions|stress|trace)(=|$)|^-Xdev$/;
const valued = /^--(python|memory|instructions|timeout|audit|threshold|stress)$/;
const program = args.findIndex((a, i) => i > 0 && !a.startsWith('-') && !valued.test(args[i - 1]));
const allocator = process.env.PYTHONMALLOC ?? '';
const needsTrace =
  !(FULL_SPEED.has(args[0] ?? 'help') || args[0].startsWith('-')) ||
  !['', 'default', 'pymalloc'].includes(allocator) ||
  (allocator === '' && !['', '0'].includes(process.env.PYTHONDEVMODE ?? '')) ||
  args.some(
    (a, i) =>
      (traced.test(a) || (a === '-X' && args[i + 1] === 'dev')) &&
      (program < 0 || i <= program + 1 || args[0] === 'batch'),
  );
const name = needsTrace ? 'moult-trace.cjs' : 'moult.cjs';
// MOULT_BUNDLE: another bundle, while developing.
const bundle = process.env.MOULT_BUNDLE ?? fileURLToPath(new URL(`../dist/${name}`, import.meta.url));

if (!existsSync(bundle)) {
  process.stderr.write(`moult is not built yet: run "npm run build" first (${bundle} is missing)\n`);
  process.exit(2);
}

// Waiting for machine code is shorter than interpreting meanwhile, and the loop never runs in code swapped in half-way (docs/speed.md).
setFlagsFromString('--no-concurrent-recompilation');

/** Ctrl-C not taken yet; how often the program asked for it, its sign of life; 1 while it sleeps or waits for input. */
const interrupts = new Int32Array(new SharedArrayBuffer(12));
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
let killer;
worker.on('message', (message) => {
  if (message.tainted) watchForHangs();
  if (message.ran) clearTimeout(killer);
  if (message.killAfter === undefined) return;
  killer = setTimeout(() => {
    const lost = message.history ? ': a native call did not return, and with it the history is lost' : '';
    process.stderr.write(`moult: stopped after ${message.seconds} s, the limit you set${lost}\n`);
    process.exit(124);
  }, message.killAfter);
  killer.unref();
});
/** A program that has written where it pleased may hang in native code for ever, as it would in CPython. */
function watchForHangs() {
  let last = Atomics.load(interrupts, 1);
  setInterval(() => {
    const now = Atomics.load(interrupts, 1);
    if (now === last && Atomics.load(interrupts, 2) === 0) {
      process.stderr.write(`moult: no sign of life for ${HANG_MS / 1000} s after moult.unsafe was used: ended\n`);
      process.exit(EXIT_KILLED);
    }
    last = now;
  }, HANG_MS).unref();
}
process.on('SIGINT', () => {
  if (args[0] === 'lab') process.exit(0);
  if (Atomics.add(interrupts, 0, 1) > 2) process.exit(130);
  Atomics.notify(interrupts, 0);
});
