// Are the collector's counts CPython's, at every statement of every program, and does it run where CPython's does?
//
//   node tests/gc-counts.mjs                  all programs of tests/programs with a recorded answer
//   node tests/gc-counts.mjs list dict/basic  those whose feature/name contains one of these
//     --jobs N   programs at once (default 2)      --list   only the names of the differing ones
//     --equal    the names of the equal ones, too (tests/gc-counts-equal.json lists those that must be), and of those that
//                differ only after their last statement, in the printing of an uncaught exception: CPython 3.13 runs
//                traceback.py for it, in Python, which imports ast, re and more; here it is native
//     --all      every difference of a program, not the first     --write DIR   leave the programs that are run there
//
// tools/oracle/gc-probes.py records the answers (oracle/cpython-3.13.0-linux-x64-gc) and says what a probe is.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Batch } from './batch.mjs';
import { listPrograms, ORACLE, PROGRAMS } from './corpus.mjs';

const PROLOGUE = readFileSync(new URL('gc-prologue.txt', import.meta.url), 'utf8');
const MARK = '\n@gc ';

/** The recorded notes of the programs: name → {start, lines, modules, notes, count, rest}. */
export function recordedNotes(feature) {
  const file = join(`${ORACLE}-gc`, `${feature}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).programs : {};
}

/** The program with its prologue and probes (as tools/oracle/gc-probes.py makes it). */
export function instrument(source, { start, lines, modules }) {
  const wanted = new Set(lines.split(' ').map(Number));
  const out = [];
  source.split('\n').forEach((text, index) => {
    const number = index + 1;
    if (number === start)
      out.push(
        ...PROLOGUE.replace('# modules', modules.map((m) => `import ${m}`).join('\n'))
          .trimEnd()
          .split('\n'),
      );
    if (wanted.has(number)) out.push(`${/^ */.exec(text)[0]}__a__(${number}); __a__(__c__()[0])`);
    out.push(text);
  });
  return out.join('\n');
}

/** Notes as steps: {at: line, count} or {at: 'collection', ...}; a step's text is what is compared. */
export function steps(notes) {
  const out = [];
  let last = null;
  for (let i = 0; i < notes.length; ) {
    if (notes[i] === 'g') {
      out.push(`collection of ${notes[i + 1]} in ${notes[i + 2]}, line ${notes[i + 3]}, instruction ${notes[i + 4]}`);
      i += 5;
      last = null;
    } else if (notes[i] === 'c') {
      out.push(`collected ${notes[i + 1]}, uncollectable ${notes[i + 2]}`);
      i += 3;
    } else {
      const count = Number(notes[i + 1]);
      out.push(`line ${notes[i]}: ${last === null ? count : count < last ? count - last : `+${count - last}`}`);
      last = count;
      i += 2;
    }
  }
  return out;
}

/** Runs the program with probes; its notes, or null when it came to no end. */
export async function probedNotes(batch, program, recorded, keep) {
  const folder = keep === undefined ? mkdtempSync(join(tmpdir(), 'moult-gc-')) : join(keep, program.name);
  if (keep !== undefined) mkdirSync(folder, { recursive: true });
  const name = basename(program.path);
  if (name === 'main.py') cpSync(dirname(program.path), folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, instrument(program.source, recorded));
  try {
    const { args, stdin } = program;
    const result = await batch.run({ file, args, stdin }, 120_000);
    const at = result.stdout.lastIndexOf(MARK);
    if (at < 0) return { notes: null, error: result.stderr.trimEnd().split('\n').at(-1) ?? '' };
    return {
      notes: result.stdout
        .slice(at + MARK.length)
        .split('\n')[0]
        .split(' '),
      error: '',
    };
  } finally {
    if (keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

const digest = (notes) => createHash('sha256').update(notes.join(' ')).digest('hex').slice(0, 16);

/** Whether the notes are the recorded ones up to the last probe: what differs came when the statements were done. */
export function equalToTheEnd(recorded, notes) {
  let last = 0;
  for (let i = 0; i < notes.length; ) {
    if (notes[i] === 'g') i += 5;
    else if (notes[i] === 'c') i += 3;
    else last = i += 2;
  }
  return digest(notes.slice(0, last)) === recorded.probed;
}
/** Whether the program ends with the text of an uncaught exception: CPython 3.13 runs traceback.py for it, and so counts. */
export const endsUncaught = ({ expected }) =>
  expected !== null &&
  expected.exitCode === 1 &&
  /Traceback \(most recent call last\):|^\w*Error: /m.test(expected.stderr);

/** What differs: none, or lines to print. */
export function compareNotes(recorded, notes, all = false) {
  if (digest(notes) === recorded.rest) return [];
  const want = steps(recorded.notes.split(' '));
  const got = steps(notes);
  const out = [];
  // the last step may be cut off
  const n = recorded.count > recorded.notes.split(' ').length ? want.length - 1 : Math.max(want.length, got.length);
  for (let i = 0; i < n && (all || out.length === 0); i++) {
    if (want[i] === got[i]) continue;
    const before = want[i - 1] === undefined ? '' : ` (after ${want[i - 1]})`;
    out.push(`want ${want[i] ?? '(end)'}, got ${got[i] ?? '(end)'}${before}`);
    if (want[i]?.split(':')[0] !== got[i]?.split(':')[0]) break;
  }
  return out.length > 0 ? out : [`differs after ${n} steps`];
}

async function main(argv) {
  const options = { jobs: '2' };
  const filters = [];
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '--jobs' || argv[i] === '--write') options[argv[i].slice(2)] = argv[++i];
    else if (argv[i].startsWith('--')) options[argv[i].slice(2)] = true;
    else filters.push(argv[i]);
  }
  const batch = new Batch({ jobs: Number(options.jobs) });
  const answers = new Map();
  const features = new Map();
  await Promise.all(
    listPrograms(filters).map(async (program) => {
      if (!answers.has(program.feature)) answers.set(program.feature, recordedNotes(program.feature));
      const file = relative(join(PROGRAMS, program.feature), program.path);
      const recorded = answers.get(program.feature)[file];
      if (recorded === undefined) return;
      const { notes, error } = await probedNotes(batch, program, recorded, options.write);
      const lines = notes === null ? [`no answer: ${error}`] : compareNotes(recorded, notes, options.all);
      const row = features.get(program.feature) ?? { equal: 0, printing: 0, total: 0 };
      row.total++;
      if (lines.length === 0) {
        row.equal++;
        if (options.equal) console.log(`same ${program.name}`);
      } else if (notes !== null && endsUncaught(program) && equalToTheEnd(recorded, notes)) {
        row.printing++;
        if (options.equal) console.log(`printing ${program.name}`);
      } else console.log(options.list ? program.name : [program.name, ...lines.map((l) => `    ${l}`)].join('\n'));
      features.set(program.feature, row);
    }),
  );
  batch.close();
  const sum = { equal: 0, printing: 0, total: 0 };
  for (const [feature, row] of features) {
    const printing = row.printing > 0 ? `, ${row.printing} but for the printing of the uncaught exception` : '';
    if (row.equal < row.total) console.log(`${feature}: ${row.equal} of ${row.total} equal${printing}`);
    for (const key in sum) sum[key] += row[key];
  }
  console.log(`${sum.equal} of ${sum.total} programs equal
${sum.printing} equal up to the end of the program; the printing of the uncaught exception differs
${sum.total - sum.equal - sum.printing} different`);
  process.exitCode = sum.equal + sum.printing === sum.total ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
