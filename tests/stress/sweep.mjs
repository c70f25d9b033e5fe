// Fails the n-th allocation of a program, for many n, and checks that MemoryError leaves everything clean: no crash of
// the engine, every count right, the heap's invariants kept, no block left at the end.
//
//   node tests/stress/sweep.mjs [filters]       the 50 programs of programs.json, or those whose name contains a filter
//     --first N    every n up to N (default 2000)      --random N   then so many at random (default 500)
//     --from N     begin with this n                   --jobs N     processes (default 1)
//     --each N     only each N-th of these numbers
//     --one NAME N what one failing allocation leads to, in full
//
// One process fails many allocations, one after the other (apps/cli/src/sweep.ts); where something is wrong the same allocation
// is failed again in a run of its own, and what that says is reported.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Batch } from '../batch.mjs';
import { listPrograms } from '../corpus.mjs';

const SECONDS = 20;
/** Failures that one request asks for. */
const TOGETHER = 250;

/** The programs of the sweep. */
export function sweepPrograms(filters = []) {
  const names = JSON.parse(readFileSync(fileURLToPath(new URL('programs.json', import.meta.url)), 'utf8'));
  const all = new Map(listPrograms().map((p) => [p.name, p]));
  return names
    .map((name) => all.get(name) ?? { name, missing: true })
    .filter((p) => filters.length === 0 || filters.some((f) => p.name.includes(f)));
}

/** Random but the same each time. */
function* randomNumbers(seed) {
  let s = seed;
  for (;;) {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    yield s / 4294967296;
  }
}

/** Which allocations fail: each from `from` to `first`, then `random` of those behind. */
export function sweepNumbers(allocations, { from = 1, first = 2000, random = 500, each = 1 } = {}, seed = 1) {
  const out = [];
  for (let n = from; n <= Math.min(first, allocations); n++) out.push(n);
  const numbers = randomNumbers(seed);
  const behind = allocations - first;
  const extra = new Set();
  while (extra.size < Math.min(random, behind)) extra.add(first + 1 + Math.floor(numbers.next().value * behind));
  return [...out, ...[...extra].sort((a, b) => a - b)].filter((_, i) => i % each === 0);
}

/** null where all is clean, else what is not. */
export function sweepFault(outcome) {
  if (outcome.timedOut) return 'hangs';
  if (/moult: stopped/.test(outcome.stderr)) return 'does not end';
  const verdict = /moult: audit: (\d+) differences?, (?:(\d+) blocks? left|not finalized)\n$/.exec(outcome.stderr);
  if (verdict === null) return outcome.stderr.slice(-1500);
  if (verdict[1] === '0' && verdict[2] === '0') return null;
  return outcome.stderr.slice(-1500);
}

export function request(program, n = undefined) {
  return {
    file: program.path,
    args: program.args,
    stdin: program.stdin,
    audit: 'exit',
    seconds: SECONDS,
    failAllocation: n,
  };
}

/** Sweeps one program; calls `report(n, fault)` for each fault. */
export async function sweep(batch, program, options, report) {
  const base = await batch.run(request(program, 0), 3000 * SECONDS);
  if (sweepFault(base) !== null) report(0, sweepFault(base));
  const numbers = sweepNumbers(base.allocations, options);
  const endings = {};
  let faults = 0;
  let milliseconds = 0;
  for (let i = 0; i < numbers.length; i += TOGETHER) {
    const asked = numbers.slice(i, i + TOGETHER);
    const answer = await batch.run({ ...request(program), sweep: asked }, 3000 * SECONDS);
    // where it did not come to an answer each is asked for alone
    const suspects = answer.faults ?? asked.map((n) => ({ n, what: null }));
    for (const [text, times] of Object.entries(answer.endings ?? {})) endings[text] = (endings[text] ?? 0) + times;
    milliseconds += answer.milliseconds ?? 0;
    for (const { n, what } of suspects) {
      const outcome = await batch.run(request(program, n), 3000 * SECONDS);
      const fault = sweepFault(outcome) ?? what;
      if (fault === null) continue;
      faults++;
      report(n, fault, outcome.failedAt ?? '');
    }
  }
  return { allocations: base.allocations, tried: numbers.length, faults, endings, milliseconds };
}

/** Where the allocation failed, and the first line that says what came of it: for counting alike ones. */
function signature(fault, failedAt) {
  const frames = [...failedAt.matchAll(/ at (?:Object\.)?(\S+) /g)].map((m) => m[1]);
  const where = frames.filter((f) => !/^(hooks\.allocate|domain|Py(Mem|Object)_|objectMalloc|gc_alloc|new )/.test(f));
  return `${where.slice(0, 4).join(' < ')}\n           ${consequence(fault)}`;
}
function consequence(fault) {
  const internal = /internal error: (.*(?:\n +at .*){0,4})/.exec(fault)?.[1];
  if (internal !== undefined) return internal.replaceAll(/\(?file:.*?:(\d+):\d+\)?/g, ':$1').replaceAll(/\n +/g, ' < ');
  const left = /moult: left: .*/.exec(fault)?.[0];
  const wrong = /moult: audit (?:at|after)[\s\S]*?\n(.*)\n/.exec(fault)?.[1];
  return (wrong ?? left ?? fault.slice(-200)).replaceAll(/0x[0-9a-f]+/g, '0x…');
}

/** What the runs ended with, the most frequent first. */
function endingsText(endings) {
  const rows = Object.entries(endings).sort((a, b) => b[1] - a[1]);
  return rows.map(([text, times]) => `${text || 'nothing said'} ${times}`).join(', ');
}

async function main(argv) {
  const options = { first: 2000, random: 500, from: 1, each: 1, jobs: 1 };
  const filters = [];
  let one = null;
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '--one') one = { name: argv[++i], n: Number(argv[++i]) };
    else if (argv[i].startsWith('--')) options[argv[i].slice(2)] = Number(argv[++i]);
    else filters.push(argv[i]);
  }
  if (one !== null) {
    const batch = new Batch({ jobs: 1, trace: true });
    const [program] = listPrograms([one.name]);
    const outcome = await batch.run(request(program, one.n), 60_000);
    console.log(outcome.stdout + outcome.stderr, outcome.exitCode, outcome.allocations, outcome.failedAt);
    process.exit(0);
  }
  const programs = sweepPrograms(filters);
  const totals = { programs: 0, tried: 0, faults: 0, seconds: 0 };
  const endings = {};
  const alike = new Map();
  let next = 0;
  const lane = async () => {
    const batch = new Batch({ jobs: 1, trace: true });
    while (next < programs.length) {
      const program = programs[next++];
      if (program.missing) throw new Error(`programs.json: there is no ${program.name}`);
      const result = await sweep(batch, program, options, (n, fault, failedAt) => {
        const key = signature(fault, failedAt ?? '');
        const entry = alike.get(key) ?? { count: 0, first: `${program.name} ${n}` };
        entry.count++;
        if (entry.count === 1) console.log(`  ${program.name} ${n}: ${key}`);
        alike.set(key, entry);
      });
      totals.programs++;
      totals.tried += result.tried;
      totals.faults += result.faults;
      for (const [text, times] of Object.entries(result.endings)) endings[text] = (endings[text] ?? 0) + times;
      totals.seconds += result.milliseconds / 1000;
      console.log(
        `${program.name}: ${result.allocations} allocations, ${result.tried} failed, ${result.faults} faults (${endingsText(result.endings)})`,
      );
    }
    batch.close();
  };
  await Promise.all(Array.from({ length: options.jobs }, lane));
  for (const [key, { count, first }] of [...alike].sort((a, b) => b[1].count - a[1].count)) {
    console.log(`${String(count).padStart(6)} × ${key}\n           first: ${first}`);
  }
  console.log(`ended by: ${endingsText(endings)}`);
  console.log(
    `${totals.programs} programs, ${totals.tried} failing allocations, ${totals.faults} faults; ${Math.round(totals.seconds)} s of one core`,
  );
  process.exit(totals.faults === 0 ? 0 : 1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
