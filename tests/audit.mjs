// The proof of counting, in full: every program of tests/programs with an audit after every one of its first 2,000
// instructions and after each 10,007th from then on, the heap checked, and no block left at the end.
//
//   node tests/audit.mjs [feature/name ...]   those whose feature/name contains one of these
//     --python 3.13,3.8    one version or several (default 3.13)
//     --jobs N             programs at once (default 2)
//     --schedule A+N/W     audits: each of the first A instructions, then each N-th; everything anew at each W-th audit
//                          (default 2000+10007/500)
//     --resume LOG         leaves out what a log of this command says is sound
import { readFileSync } from 'node:fs';
import { Batch } from './batch.mjs';
import { listPrograms } from './corpus.mjs';

const options = { jobs: 2, python: '3.13', schedule: '2000+10007', resume: '' };
const filters = [];
const argv = process.argv.slice(2);
for (let i = 0; i < argv.length; i++) {
  const name = argv[i].slice(2);
  if (!argv[i].startsWith('--')) filters.push(argv[i].replace(/^tests\/programs\//, ''));
  else if (name in options && argv[i + 1] !== undefined) options[name] = argv[++i];
  else {
    console.error(`${argv[i]}: see the head of tests/audit.mjs`);
    process.exit(2);
  }
}

const sound = new Set();
if (options.resume !== '') {
  for (const line of readFileSync(options.resume, 'utf8').split('\n')) {
    const m = /sound {2}(\S+) +(\S+)/.exec(line);
    if (m) sound.add(`${m[1]} ${m[2]}`);
  }
}
const batch = new Batch({ jobs: Number(options.jobs), trace: true });
const programs = listPrograms(filters);
const runs = options.python
  .split(',')
  .flatMap((python) => programs.map((program) => ({ python, program })))
  .filter(({ python, program }) => !sound.has(`${python} ${program.name}`));
const started = performance.now();
const totals = { done: 0, audits: 0, failures: 0 };

function summary() {
  const seconds = Math.round((performance.now() - started) / 1000);
  const left = runs.length - totals.done;
  console.log(
    `${totals.done} programs, ${totals.audits} audits, ${totals.failures} programs with a difference or a block left` +
      `, ${seconds} s${left > 0 ? `, ${left} programs not run` : ''}`,
  );
  batch.close();
  process.exitCode = totals.failures > 0 || left > 0 ? 1 : 0;
}
process.on('SIGINT', () => {
  summary();
  process.exit();
});

await Promise.all(
  runs.map(async ({ python, program }) => {
    const { name, path, args, stdin, leaks } = program;
    const result = await batch.run({ file: path, args, stdin, python, audit: options.schedule }, 1_800_000);
    totals.done++;
    totals.audits += result.audits;
    const verdict = /moult: audit: (\d+) differences, (\d+) blocks left\n$/.exec(result.stderr);
    const good = verdict !== null && verdict[1] === '0' && Number(verdict[2]) === leaks;
    if (!good) totals.failures++;
    const lines = result.stderr.trimEnd().split('\n');
    const from = lines.findIndex((line) => line.startsWith('moult: '));
    const progress = `${totals.done}/${runs.length}`.padEnd(8);
    const figures = `${result.audits} audits, ${Math.round(result.ms)} ms`;
    console.log(`${progress} ${good ? 'sound' : 'WRONG'}  ${python.padEnd(4)}  ${name}  ${figures}`);
    if (!good) for (const line of lines.slice(Math.max(0, from), from + 25)) console.log(`       ${line}`);
  }),
);
summary();
