// Whatever texts a program has, no verb lets them reach the terminal, a picture, a table or another program as they are.
//
// The verbs are those of the command line's own table, in each of their formats: a new one is tried without being named
// here. MOULT_FUZZ_SEEDS=N tries N programs.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { helpOf } from '../apps/cli/src/help.ts';
import { type Verb, type VerbName, VERBS } from '../apps/cli/src/verbs.ts';
import { ROOT } from './corpus.mjs';
import { formulasIn, longLineIn, rawIn, spoofedIn, wrongMarkupIn } from './escape/checks.mjs';
import { hostileProgram } from './escape/program.mjs';

const MOULT = join(ROOT, 'apps/cli/bin/moult.mjs');
const SEEDS = Number(process.env.MOULT_FUZZ_SEEDS ?? 1);
/** A name that a terminal and a page would both obey. */
const FILE = 'h\x1b[31m\u202e<b>=1.py';
/** The same, ended by an exception: it is said, and its text is one of the hostile ones. */
const RAISES = `raises ${FILE}`;
const OBJECTS = ['target', 'keys', 'evil', 'failure', 'left', 'type:Plain', '@9'];
const MOMENTS = ['call:work@3', 'return:inner', 'exception', 'end'];
const DEBUG =
  'l\nb 30\nc\nw\ns\ns\nn\np target\np keys\nwhy target\nu\nd\nhistory target\nrn\nr\nl\nw\nh\nnonsense\nq\n';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'moult-escape-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function moult(args: readonly string[], input = ''): { stdout: string; stderr: string; status: number | null } {
  return spawnSync(process.execPath, [MOULT, ...args], { cwd: dir, input, encoding: 'utf8', maxBuffer: 1 << 28 });
}

/** Each way to ask a verb about a program, as its help tells of them. */
function ways(verb: VerbName): string[][] {
  const { words, usage }: Verb = VERBS[verb];
  const help = helpOf(verb);
  const options: string[][] = [[]];
  for (const [, name] of help.matchAll(/ (--(?:json|svg|csv|html|dot|report))\b/g)) options.push([name as string]);
  for (const [, name, values] of help.matchAll(/ {2}(--[\w-]+) (\w+(?: \| \w+)+)/g)) {
    for (const value of (values as string).split(' | ')) options.push([name as string, value]);
  }
  if (/--calls\b/.test(help)) options.push(['--calls', 'work'], ['--json', '--calls', 'work']);
  if (help.includes('--at MOMENT')) for (const moment of MOMENTS) options.push(['--at', moment]);
  // what stands before the options is needed
  const needed = /^-o (\S+) /.exec(usage);
  const all = needed === null ? options : options.map((o) => ['-o', needed[1] as string, ...o]);
  const file = (k: number): string => (k % 2 === 0 ? FILE : RAISES);
  if (words === undefined) return all.map((o, k) => [...o, file(k)]);
  return Array.from({ length: Math.max(all.length, OBJECTS.length) }, (_, k) => [
    ...(all[k] ?? []),
    OBJECTS[k % OBJECTS.length] as string,
    file(k),
  ]);
}

/** What is wrong with what a verb said, in the words of a person; null: nothing. */
function wrongIn(verb: VerbName, args: readonly string[], said: ReturnType<typeof moult>): string | null {
  const { stdout, stderr, status } = said;
  // a question about what is not there then is a mistake, and said so
  const shows = verb === 'run' || verb === 'record';
  if (shows && args.includes(RAISES)) return status === 1 ? null : `exit code ${status}`;
  if (status !== 0 && status !== 2) return `exit code ${status}: ${stderr.slice(0, 300)}`;
  if (/internal error/.test(stderr)) return stderr.slice(0, 500);
  const own = shows ? stderr : stdout + stderr;
  const raw = rawIn(own);
  if (raw !== null) return raw;
  const spoofed = spoofedIn(own);
  if (spoofed !== null) return spoofed;
  if (status === 2) return longLineIn(stderr);
  if (args.includes('--json')) {
    // one document, or one a line
    for (const document of stdout.startsWith('{\n') ? [stdout] : stdout.trimEnd().split('\n')) JSON.parse(document);
    return null;
  }
  if (/^\s*<svg/.test(stdout)) {
    return wrongMarkupIn(stdout);
  }
  if (args.includes('--csv')) {
    const formulas = formulasIn(stdout);
    return formulas.length === 0 ? null : `a formula: ${formulas[0]}`;
  }
  // dis shows constants whole, as Python's does
  return verb === 'dis' ? null : longLineIn(own);
}

describe.each(Array.from({ length: SEEDS }, (_, k) => k + 1))('hostile program %i', (seed) => {
  beforeAll(() => {
    writeFileSync(join(dir, FILE), hostileProgram(seed));
    writeFileSync(join(dir, RAISES), hostileProgram(seed, 'raises'));
  });
  // those that are given a program, and say something of it and end
  const verbs = (Object.keys(VERBS) as VerbName[]).filter(
    (name) => VERBS[name].summary !== null && /(?:^|\s)FILE/.test(VERBS[name].usage),
  );
  it.each(verbs)('%s', { timeout: 600_000 }, (verb) => {
    const tried = ways(verb);
    expect(tried.length).toBeGreaterThan(0);
    const wrong: string[] = [];
    let answered = 0;
    for (const args of tried) {
      const said = moult([verb, ...args], DEBUG);
      if (said.status !== 2) answered++;
      let found: string | null;
      try {
        found = wrongIn(verb, args, said);
      } catch (e) {
        found = (e as Error).message;
      }
      if (found !== null) wrong.push(`moult ${verb} ${args.join(' ')}: ${found}`);
    }
    expect(wrong).toEqual([]);
    expect(answered).toBeGreaterThan(tried.length / 2);
  });
});
