// Records one program and goes to random moments of it. Bundled with tracing and run by bench/recorder.mjs:
//   node BUNDLE FILE INSTRUCTIONS SEEKS [MEMORY]      prints one line of JSON
import { dirname } from 'node:path';
import { record } from '@moult/recorder';
import { createProcess, processMemory, processView, STOP_HERE, WHEN_WHOLE } from '@moult/runtime';
import { nodeHost } from '../../apps/cli/src/host.ts';

const [file = '', instructions = '0', seeks = '100', memory = String(256 << 20)] = process.argv.slice(2);
const cwd = dirname(file);
/** Milliseconds of the processor: other work on the machine does not count. */
function now(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
const recording = record(
  { createProcess, processMemory, processView, STOP_HERE, WHEN_WHOLE },
  {
    program: { kind: 'file', path: file },
    args: [instructions],
    cwd,
    env: {},
    host: nodeHost({ cwd, env: {}, write() {}, stdin: new Uint8Array(0) }),
  },
  { now, memory: Number(memory) },
);
const history = recording.history();
const times: { ms: number; moment: number; instructions: number; estimated: number | null }[] = [];
let seed = 12345;
for (let i = 0; i < Number(seeks); i++) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  const moment = Math.floor((seed / 4294967296) * recording.length);
  const estimate = recording.estimate(moment);
  const started = now();
  recording.seek(moment);
  times.push({ ms: now() - started, moment, instructions: estimate.instructions, estimated: estimate.milliseconds });
}
times.sort((a, b) => a.ms - b.ms);
const part = (p: number): number => times[Math.min(times.length - 1, Math.floor(times.length * p))]?.ms ?? 0;
process.stdout.write(
  `${JSON.stringify({
    length: recording.length,
    milliseconds: recording.milliseconds,
    history,
    median: part(0.5),
    p99: part(0.99),
    worst: times.at(-1),
  })}\n`,
);
