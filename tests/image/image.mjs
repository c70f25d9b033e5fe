// The images: what programs of tests/image/programs look like while they wait for input, on CPython and on the engine.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '../../tools/bundle/bundle.mjs';
import { ROOT } from '../corpus.mjs';

const PROGRAMS = join(ROOT, 'tests/image/programs');
const ORACLE = join(ROOT, 'tests/oracle/cpython-3.13.0-linux-x64-image');

export function listImages(filters = []) {
  const names = readdirSync(PROGRAMS)
    .filter((file) => file.endsWith('.py'))
    .map((file) => file.slice(0, -3));
  return names.filter((name) => filters.length === 0 || filters.some((f) => name.includes(f))).sort();
}

/** Bundles both drivers into a folder. */
export async function bundleDrivers(dir) {
  for (const name of ['driver', 'nativeDriver']) {
    await bundle({ input: join(ROOT, `tests/image/${name}.ts`), file: join(dir, `${name}.mjs`) });
  }
}

function run(bundled, args) {
  const options = { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 280_000 };
  const done = spawnSync(process.execPath, ['--stack-size=4000', bundled, ...args], options);
  if (done.status !== 0) throw new Error(done.stderr);
  const lines = done.stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line));
}

const path = (name) => join(PROGRAMS, `${name}.py`);

/** `told`: the value stacks that the process to compare with tells. */
export function engineImages(dir, names, told) {
  const args = names.flatMap((name, i) => [path(name), JSON.stringify(told[i] ?? null)]);
  return run(join(dir, 'driver.mjs'), args);
}

export function nativeImages(dir, python, names) {
  return run(join(dir, 'nativeDriver.mjs'), [python, ...names.map(path)]).map(({ summary }) => summary);
}

export function recordedImage(name) {
  const file = join(ORACLE, `${name}.json`);
  if (!existsSync(file)) return null;
  const { source, summary } = JSON.parse(readFileSync(file, 'utf8'));
  return source === sourceOf(name) ? summary : null;
}

export function record(name, summary) {
  mkdirSync(ORACLE, { recursive: true });
  const rows = summary.rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
  const parts = ['roots', 'stacks', 'generations'].map(
    (part) => `  ${JSON.stringify(part)}: ${JSON.stringify(summary[part])}`,
  );
  const source = JSON.stringify(sourceOf(name));
  const text = `{"source": ${source}, "summary": {\n${parts.join(',\n')},\n  "rows": [\n${rows}\n  ]}\n}\n`;
  writeFileSync(join(ORACLE, `${name}.json`), text);
}

/** A checksum of the program, so that a stale answer is noticed. */
function sourceOf(name) {
  let hash = 0x811c9dc5;
  for (const byte of readFileSync(path(name))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16);
}

const shown = (row) => (row === undefined ? 'nothing' : JSON.stringify(row));

/** Whether a str is interned depends on what else the interpreter has interned. */
const text = (row) => row[1].replace(/ interned \d$/, '');

/** Rows equal, or both leaves of which one is shared with the interpreter: then its text must be the same. */
function sameRow(expected, actual) {
  if (expected === undefined || actual === undefined) return false;
  if (expected.length === 2 || actual.length === 2) {
    const leaves = [expected, actual].every((row) => row.length === 2 || row[6] === '');
    return leaves && expected[0] === actual[0] && text(expected) === text(actual);
  }
  return JSON.stringify(expected) === JSON.stringify(actual);
}

/** How the engine's summary differs from CPython's; `own` objects were compared in full, `shared` ones by type and text. */
export function compareImages(expected, actual) {
  if (actual === null) return { own: 0, shared: 0, differences: ['it did not stop'] };
  const differences = [];
  const differ = (what, e, a) => differences.push(`${what}\n      CPython ${shown(e)}\n      engine  ${shown(a)}`);
  if (JSON.stringify(expected.roots) !== JSON.stringify(actual.roots)) differ('roots', expected.roots, actual.roots);
  let own = 0;
  let shared = 0;
  for (let i = 0; i < Math.max(expected.rows.length, actual.rows.length); i++) {
    const [e, a] = [expected.rows[i], actual.rows[i]];
    if (e?.length === 7 && a?.length === 7) own++;
    else shared++;
    if (!sameRow(e, a)) differ(`object ${i}`, e, a);
  }
  for (const [i, list] of expected.generations.entries()) {
    if (JSON.stringify(list) !== JSON.stringify(actual.generations[i])) {
      differ(`generation ${i}`, list, actual.generations[i]);
    }
  }
  return { own, shared, differences };
}
