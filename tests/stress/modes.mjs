// Runs programs under conditions that must change nothing that they can see.
//
//   node tests/stress/modes.mjs [collect] [snapshots] [filters…]     both modes, all programs
//     collect     a collection wherever an object of the collector's is made (gc.set_threshold(1)): the recorded output
//     snapshots   at random instructions the process is bytes, and goes on in another Node process that has never seen it:
//                 the recorded output, and at the end the same bytes as without any stop
//     --each N    only each N-th program      --stops N   at most so many snapshots a program (default 6)
import { fileURLToPath } from 'node:url';
import { Batch } from '../batch.mjs';
import { expectedAnswer, firstDifference, listPrograms } from '../corpus.mjs';

/** Programs that ask for what the mode changes: when collections happen, or when what only they free is freed. */
const ASKS_GC =
  /\bgc\b|weakref|getallocatedblocks|__del__|tracemalloc|_debugmallocstats|getrefcount|\bid\(|settrace|setprofile|monitoring/;
/** The host's part of a process is in no snapshot: files, input, the clock; nor is what an earlier stop printed. */
const ASKS_HOST = /\bopen\(|\binput\(|stdin|\btime\b|\bio\b|settrace|setprofile|monitoring|tracemalloc/;

export function modePrograms(mode, filters = []) {
  const asks = mode === 'collect' ? ASKS_GC : ASKS_HOST;
  return listPrograms(filters).filter(
    (p) => !p.long && p.expected !== null && !p.stale && p.args.length === 0 && p.stdin === '' && !asks.test(p.source),
  );
}

/** null, or what is different. */
export async function collectEverywhere(batch, program) {
  const outcome = await batch.run({ file: program.path, audit: 'exit', collect: true, seconds: 60 });
  const verdict = /moult: audit: (.*)\n$/.exec(outcome.stderr)?.[1];
  if (verdict !== '0 differences, 0 blocks left') return `audit: ${verdict ?? outcome.stderr.slice(-300)}`;
  const stderr = outcome.stderr.replace(/(?:^|\n)moult: audit: .*\n$/, (m) => (m[0] === '\n' ? '\n' : ''));
  return firstDifference(expectedAnswer(program), { ...outcome, stderr });
}

function* randomNumbers(seed) {
  let s = seed;
  for (;;) {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    yield s / 4294967296;
  }
}

/** `batches`: two of them, whose processes take turns. Counts the snapshots in `stats`. */
export async function throughSnapshots(batches, program, { stops = 6, seed = 1 } = {}, stats = { snapshots: 0 }) {
  // no time limit: looking at the clock is counted in the bytes
  const base = { file: program.path, digest: true };
  const whole = await batches[0].run(base);
  const random = randomNumbers(seed);
  let restore;
  let stdout = '';
  let stderr = '';
  for (let turn = 0; ; turn++) {
    const stopAfter = turn < stops ? { stopAfter: 1 + Math.floor(random.next().value ** 3 * 5000) } : {};
    const from = restore === undefined ? {} : { restore };
    const part = await batches[(turn + 1) % 2].run({ ...base, ...from, ...stopAfter });
    stdout += part.stdout;
    stderr += part.stderr;
    if (part.snapshot !== undefined) {
      restore = part.snapshot;
      stats.snapshots++;
      continue;
    }
    if (part.digest !== whole.digest) return 'other bytes at the end than without a stop';
    return firstDifference(expectedAnswer(program), { ...part, stdout, stderr });
  }
}

async function main(argv) {
  const options = { each: 1, stops: 6 };
  const modes = [];
  const filters = [];
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '--each' || argv[i] === '--stops') options[argv[i].slice(2)] = Number(argv[++i]);
    else if (argv[i] === 'collect' || argv[i] === 'snapshots') modes.push(argv[i]);
    else filters.push(argv[i]);
  }
  const batches = [new Batch({ jobs: 1, trace: true }), new Batch({ jobs: 1, trace: true })];
  let wrong = 0;
  for (const mode of modes.length === 0 ? ['collect', 'snapshots'] : modes) {
    const programs = modePrograms(mode, filters).filter((_, i) => i % options.each === 0);
    const stats = { snapshots: 0 };
    let differing = 0;
    for (const program of programs) {
      const difference =
        mode === 'collect'
          ? await collectEverywhere(batches[0], program)
          : await throughSnapshots(batches, program, { stops: options.stops }, stats);
      if (difference === null) continue;
      differing++;
      console.log(`${mode}: ${program.name}: ${[difference].flat().join('\n        ')}`);
    }
    const more = mode === 'snapshots' ? `, ${stats.snapshots} snapshots restored` : '';
    console.log(`${mode}: ${programs.length} programs${more}, ${differing} differing`);
    wrong += differing;
  }
  process.exit(wrong === 0 ? 0 : 1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
