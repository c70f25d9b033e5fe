// Records one program and goes to random moments of it. Bundled with tracing and run by bench/recorder.mjs:
//   node BUNDLE FILE INSTRUCTIONS SEEKS [MEMORY]      prints one line of JSON
import { dirname } from 'node:path';
import { record, type SeekEstimate } from '@moult/recorder';
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
const { checkpoints } = recording.recorded;
/** By stretch between two checkpoints: the pages of 4 KiB that changed, as MiB in 20,000,000 instructions. */
const changed = checkpoints.list
  .slice(1)
  .map(({ at, pages }, i) => ({ mib: pages.length / 256, length: at - (checkpoints.list[i]?.at ?? 0) }))
  .filter(({ length }) => length > 0)
  .map(({ mib, length }) => (mib / length) * 20_000_000)
  .sort((a, b) => a - b);
interface Seek extends SeekEstimate {
  readonly estimated: number | null;
  readonly ms: number;
  readonly moment: number;
}
const times: Seek[] = [];
let seed = 12345;
for (let i = 0; i < Number(seeks); i++) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  const moment = Math.floor((seed / 4294967296) * recording.length);
  const estimate = recording.estimate(moment);
  const started = now();
  recording.seek(moment);
  times.push({ ...estimate, estimated: estimate.milliseconds, ms: now() - started, moment });
}
/** What seeks took of what was said before: the middle half of them. */
const ratios = times.map(({ ms, estimated }) => ms / (estimated ?? 1)).sort((a, b) => a - b);
times.sort((a, b) => a.ms - b.ms);
const part = (p: number): number => times[Math.min(times.length - 1, Math.floor(times.length * p))]?.ms ?? 0;
process.stdout.write(
  `${JSON.stringify({
    length: recording.length,
    milliseconds: recording.milliseconds,
    history,
    after: recording.history(),
    changed: changed[Math.floor(changed.length / 2)] ?? 0,
    estimates: [ratios[ratios.length >> 2], ratios[(ratios.length * 3) >> 2]],
    resident: process.memoryUsage.rss(),
    median: part(0.5),
    p99: part(0.99),
    worst: times.at(-1),
  })}\n`,
);
