// Runs the programs of tests/programs on the engine and compares with the recorded answers of CPython 3.13.0.
//
//   node tests/run-programs.mjs                 all
//   node tests/run-programs.mjs list/sort dict  those whose feature/name contains one of these
//     --jobs N       programs at once (default 2)
//     --list-fail    print only the names of the failing ones
//     --full         print the whole actual output of failing ones
//     --portable     only programs marked portable          --no-long  without those marked long
//     --timeout S    seconds for each (default 60)
//     --apart        a process for each program, as users start it
//     --flags "..."  more flags for `moult run`             --engine "CMD"  run this command instead
import { Batch } from './batch.mjs';
import { CLI, expectedAnswer, firstDifference, listPrograms, relativePath, runCommand } from './corpus.mjs';

const filters = [];
const options = { jobs: 2, timeout: 60, engine: null, flags: [] };
const argv = process.argv.slice(2);
for (let i = 0; i < argv.length; i++) {
  const arg = argv[i];
  if (arg === '--jobs') options.jobs = Number(argv[++i]);
  else if (arg === '--timeout') options.timeout = Number(argv[++i]);
  else if (arg === '--engine') options.engine = argv[++i].split(' ');
  else if (arg === '--flags') options.flags = argv[++i].split(' ');
  else if (arg === '--help' || arg === '-h') {
    console.log('see the head of tests/run-programs.mjs');
    process.exit(0);
  } else if (arg.startsWith('--')) options[arg.slice(2)] = true;
  else filters.push(arg.replace(/^tests\/programs\//, ''));
}

// One Node process runs many programs; another engine, or flags, start a process for each.
const command = options.engine ?? [process.execPath, CLI, 'run', ...options.flags];
const batch =
  options.engine === null && options.flags.length === 0 && !options.apart ? new Batch({ jobs: options.jobs }) : null;
const programs = listPrograms(filters).filter(
  (p) => !(options.portable && !p.portable) && !(options['no-long'] && p.long),
);
let next = 0;
let passed = 0;
const failed = [];

async function work() {
  while (next < programs.length) {
    const program = programs[next++];
    if (program.expected === null) {
      failed.push(program.name);
      report(program, ['no recorded answer: python3.13 tools/oracle/record.py ' + program.feature]);
      continue;
    }
    const { path, args, stdin } = program;
    const timeoutMs = options.timeout * 1000;
    const actual = batch
      ? await batch.run({ file: path, args, stdin, audit: options.audit }, timeoutMs)
      : await runCommand(command, path, { args, stdin, timeoutMs });
    const difference = firstDifference(expectedAnswer(program), actual);
    if (difference === null) {
      passed++;
      if (!options['list-fail']) console.log(`pass  ${program.name}  ${Math.round(actual.ms)} ms`);
    } else {
      failed.push(program.name);
      if (program.stale) difference.push('(the program changed after its answer was recorded)');
      report(program, difference, actual);
    }
  }
}

function report(program, lines, actual) {
  if (options['list-fail']) {
    console.log(program.name);
    return;
  }
  console.log(`FAIL  ${program.name}  (${relativePath(program.path)})`);
  for (const line of lines) console.log('      ' + line);
  if (options.full && actual) {
    console.log(
      '---- stdout\n' + actual.stdout + '---- stderr\n' + actual.stderr + '---- exit code ' + actual.exitCode,
    );
  }
}

await Promise.all(Array.from({ length: options.jobs }, work));
batch?.close();
const summary = `${passed} passed, ${failed.length} failed`;
if (options['list-fail']) console.error(summary);
else console.log(summary);
process.exitCode = failed.length > 0 ? 1 : 0;
