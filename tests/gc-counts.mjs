// Are the collector's counts CPython's, at every statement of every program, and does it run where CPython's does?
//
//   node tests/gc-counts.mjs                  all programs of tests/programs with a recorded answer
//   node tests/gc-counts.mjs list dict/basic  those whose feature/name contains one of these
//     --jobs N   programs at once (default 2)      --list   only the names of the differing ones
//     --equal    the names of the equal ones, too (tests/gc-counts-equal.json lists those that must be)
//     --all      every difference of a program, not the first     --write DIR   leave the programs that are run there
//
// A program that ends by an uncaught exception counts as equal when all its notes up to its last statement are: CPython 3.13 prints the
// exception by running traceback.py, which imports ast, re and more, and so goes on counting; here the printer is native. No statement
// of the program runs any more then (one in an atexit handler, a callback or a __del__ would have left a note), so it cannot see
// the difference. One that names atexit, gc.callbacks or sys.excepthook is not excused: a lambda leaves no note.
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
  let line = null;
  for (let i = 0; i < notes.length; ) {
    if (notes[i] === 'g') {
      out.push(`collection of ${notes[i + 1]} in ${notes[i + 2]}, line ${notes[i + 3]}, instruction ${notes[i + 4]}`);
      i += 5;
      last = null;
    } else if (notes[i] === 'c') {
      out.push(`collected ${notes[i + 1]}, uncollectable ${notes[i + 2]}`);
      i += 3;
    } else if (line === null) {
      // a collection may come between a probe's line and its count
      line = notes[i++];
    } else {
      const count = Number(notes[i++]);
      out.push(`line ${line}: ${last === null ? count : count < last ? count - last : `+${count - last}`}`);
      last = count;
      line = null;
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
/** Whether the program ends with the text of an uncaught exception, and can see nothing of how it is printed. */
export const endsUncaught = ({ expected, source }) =>
  expected !== null &&
  expected.exitCode === 1 &&
  /Traceback \(most recent call last\):|^\w*Error: /m.test(expected.stderr) &&
  !/\batexit\b|\bcallbacks\b|\bexcepthook\b/.test(source);

/** The lines of what differs, and whether only the printing of the uncaught exception, after the program's end, does. */
export function compareProgram(program, recorded, notes, all = false) {
  const lines = compareNotes(recorded, notes, all);
  const printing = lines.length > 0 && endsUncaught(program) && equalToTheEnd(recorded, notes);
  return { lines: printing ? [] : lines, printing };
}

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
      const { lines, printing } =
        notes === null
          ? { lines: [`no answer: ${error}`], printing: false }
          : compareProgram(program, recorded, notes, options.all);
      const row = features.get(program.feature) ?? { equal: 0, printing: 0, total: 0 };
      row.total++;
      if (lines.length === 0) {
        row.equal++;
        if (printing) row.printing++;
        if (options.equal) console.log(`same ${program.name}`);
      } else console.log(options.list ? program.name : [program.name, ...lines.map((l) => `    ${l}`)].join('\n'));
      features.set(program.feature, row);
    }),
  );
  batch.close();
  const sum = { equal: 0, printing: 0, total: 0 };
  for (const [feature, row] of features) {
    if (row.equal < row.total) console.log(`${feature}: ${row.equal} of ${row.total} equal`);
    for (const key in sum) sum[key] += row[key];
  }
  console.log(`${sum.equal} of ${sum.total} programs equal, ${sum.printing} of them up to their end: CPython prints their uncaught exception in Python, after it
${sum.total - sum.equal} different`);
  process.exitCode = sum.equal === sum.total ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
