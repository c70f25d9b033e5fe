// The proof of counting, in full: every program of tests/programs with an audit after every one of its first 2,000
// instructions and after each 10,007th from then on, the heap checked, and no block left at the end.
//
//   node tests/audit.mjs [feature/name ...]   --python 3.8   --jobs N (default 2)   --schedule A+N
import { Batch } from './batch.mjs';
import { listPrograms } from './corpus.mjs';

const options = { jobs: 2, python: '3.13', schedule: '2000+10007' };
const filters = [];
const argv = process.argv.slice(2);
for (let i = 0; i < argv.length; i++) {
  if (argv[i].startsWith('--')) options[argv[i].slice(2)] = argv[++i];
  else filters.push(argv[i]);
}
const batch = new Batch({ jobs: Number(options.jobs), trace: true });
const programs = listPrograms(filters);
let audits = 0;
let failures = 0;
await Promise.all(
  programs.map(async (program) => {
    const { name, path, args, stdin, leaks } = program;
    const result = await batch.run(
      { file: path, args, stdin, python: options.python, audit: options.schedule },
      1_800_000,
    );
    audits += result.audits;
    const verdict = /moult: audit: (\d+) differences, (\d+) blocks left\n$/.exec(result.stderr);
    const good = verdict !== null && verdict[1] === '0' && Number(verdict[2]) === leaks;
    if (!good) failures++;
    const lines = result.stderr.trimEnd().split('\n');
    const from = lines.findIndex((line) => line.startsWith('moult: '));
    console.log(`${good ? 'sound' : 'WRONG'}  ${name}  ${result.audits} audits, ${Math.round(result.ms)} ms`);
    if (!good) for (const line of lines.slice(Math.max(0, from), from + 25)) console.log(`       ${line}`);
  }),
);
batch.close();
console.log(`${programs.length} programs, ${audits} audits, ${failures} programs with a difference or a block left`);
process.exitCode = failures > 0 ? 1 : 0;
