// Random programs on the engine against native CPython 3.13.0, audited, with nothing left at the end; failures are shrunk.
//
//   node tests/random/run.mjs                     100 programs from seed 0, against the recorded answers where they are
//     --from SEED --count N    --jobs N           which programs, how many at once
//     --audit exit|MODE                           the audit (default exit; MODE as `moult run --audit`)
//     --python PATH                               the native CPython 3.13.0 to ask (default: looked for)
//     --ignore REGEX                                lines of the output that are not compared
//     --no-shrink                                 report the seeds only
//     --record N                                  ask native CPython for the first N and write tests/oracle/…/random.json
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Batch } from '../batch.mjs';
import { runCommand } from '../corpus.mjs';
import { findPython } from '../native.mjs';
import { ANSWERS, answerText, digest, readAnswers } from './answers.mjs';
import { makeTree, sourceOf } from './program.mjs';
import { shrink } from './tree.mjs';

const options = { from: 0, count: 100, jobs: 2, audit: 'exit', python: null, shrink: true, record: 0, ignore: '' };
const argv = process.argv.slice(2);
for (let i = 0; i < argv.length; i++) {
  const name = argv[i].replace(/^--/, '');
  if (name === 'no-shrink') options.shrink = false;
  else if (!(name in options) || argv[i + 1] === undefined) throw new Error(`random: unknown option ${argv[i]}`);
  else options[name] = typeof options[name] === 'number' ? Number(argv[++i]) : argv[++i];
}
const python = options.python ?? findPython('3.13.0');
const recorded = options.record > 0 ? null : readAnswers();
if (python === null && recorded === null) throw new Error('random: no CPython 3.13.0 and no recorded answers');
const folder = mkdtempSync(join(tmpdir(), 'moult-random-'));

const DIGEST = 'sha256:';
const ignored = options.ignore === '' ? null : new RegExp(`^.*(?:${options.ignore}).*$`, 'gm');
const answerOf = (result, path) => {
  const text = answerText(result, path);
  return ignored === null ? text : text.replace(ignored, '');
};

/** A file for a program, in a folder of its own, so that its name is always the same. */
function writeProgram(source) {
  const path = join(mkdtempSync(join(folder, 'p')), 'program.py');
  writeFileSync(path, source);
  return path;
}

/** What native CPython answers: live where it is installed, else what was recorded. */
async function native(path, seed, source) {
  if (python === null) return recorded?.[seed]?.source === digest(source) ? DIGEST + recorded[seed].answer : null;
  const result = await runCommand([python], path, { timeoutMs: 20_000 });
  return result.timedOut ? null : answerOf(result, path);
}

const batch = new Batch({ jobs: options.jobs });

const UNANSWERED = 'no answer to compare with';

/** @returns {Promise<string | null>} what differs, UNANSWERED, or null */
async function difference(tree, seed) {
  const source = sourceOf(tree);
  const path = writeProgram(source);
  const wanted = await native(path, seed, source);
  if (wanted === null) return UNANSWERED;
  const result = await batch.run({ file: path, audit: options.audit }, 120_000);
  const verdict = /(?:^|\n)moult: audit: (\d+) differences?, (\d+) blocks? left\n$/.exec(result.stderr);
  const stderr = verdict === null ? result.stderr : result.stderr.slice(0, verdict.index + (verdict.index > 0 ? 1 : 0));
  const actual = answerOf({ ...result, stderr }, path);
  const byDigest = wanted.startsWith(DIGEST);
  const same = byDigest ? DIGEST + digest(actual) === wanted : actual === wanted;
  rmSync(dirname(path), { recursive: true });
  if (!same) return byDigest ? 'differs from the recorded answer' : firstDifferentLine(wanted, actual);
  if (verdict === null) return `no verdict of the audit: ${stderr.slice(-300)}`;
  if (verdict[1] !== '0') return `audit: ${verdict[1]} differences`;
  if (verdict[2] !== '0') return `${verdict[2]} blocks left`;
  return null;
}

function firstDifferentLine(wanted, actual) {
  const [a, b] = [wanted.split('\n'), actual.split('\n')];
  const at = a.findIndex((text, i) => text !== b[i]);
  const i = at < 0 ? a.length : at;
  return `line ${i}: CPython ${JSON.stringify(a[i] ?? null)}, ours ${JSON.stringify(b[i] ?? null)}`;
}

let done = 0;
let failed = 0;
let skipped = 0;
async function lane(seeds) {
  for (const seed of seeds) {
    const tree = makeTree(seed);
    let said = await difference(tree, seed);
    done++;
    if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${options.count}, ${failed} differ `);
    else if (done % 1000 === 0) console.log(`${done} of ${options.count}: ${failed} differ`);
    if (said === null) continue;
    if (said === UNANSWERED) {
      skipped++;
      continue;
    }
    failed++;
    console.log(`seed ${seed}: ${said}`);
    if (!options.shrink || python === null) continue;
    const small = await shrink(tree, async (candidate) => {
      const now = await difference(candidate, seed);
      if (now === null || now === UNANSWERED) return false;
      said = now;
      return true;
    });
    console.log(`  shrunk: ${said}`);
    console.log(
      sourceOf(small)
        .slice(sourceOf([]).length - 5)
        .replace(/^/gm, '    '),
    );
  }
}

if (options.record > 0) {
  const programs = {};
  for (let seed = 0; seed < options.record; seed++) {
    const source = sourceOf(makeTree(seed));
    const path = writeProgram(source);
    const answer = await native(path, seed, source);
    if (answer === null || digest((await native(path, seed, source)) ?? '') !== digest(answer)) skipped++;
    else programs[seed] = { source: digest(source), answer: digest(answer) };
  }
  const command =
    'node tests/random/run.mjs --record N: PYTHONHASHSEED=0 python3.13 FILE, digests of exit code, stdout, stderr';
  writeFileSync(ANSWERS, `${JSON.stringify({ command, programs }, null, 0)}\n`);
  console.log(`${options.record - skipped} recorded, ${skipped} took too long or were answered in two ways`);
} else {
  const seeds = Array.from({ length: options.count }, (_, i) => options.from + i);
  const lanes = Array.from({ length: options.jobs }, (_, k) => seeds.filter((_, i) => i % options.jobs === k));
  await Promise.all(lanes.map(lane));
  const without = skipped === 0 ? '' : `, ${skipped} without an answer of CPython's to compare with`;
  console.log(`${done - failed - skipped} passed, ${failed} failed${without}`);
  process.exitCode = failed > 0 ? 1 : 0;
}
batch.close();
rmSync(folder, { recursive: true, force: true });
