// What `--json` writes is what docs/schemas say: each verb on each program of the talk, on a recording of it.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundle } from '../tools/bundle/bundle.mjs';
import { ROOT } from './corpus.mjs';

const MOULT = join(ROOT, 'apps/cli/bin/moult.mjs');
const TALK = join(ROOT, 'examples/talk');
const SCHEMAS = join(ROOT, 'docs/schemas');
/** Before the line that says how a command ended. */
const MARK = '\x1e';
const VERBS = ['why', 'history', 'collections', 'timeline', 'trace', 'draw', 'leaks', 'debug', 'record'];

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
const schemas = new Map(
  readdirSync(SCHEMAS).map((name) => {
    const schema = JSON.parse(readFileSync(join(SCHEMAS, name), 'utf8')) as { $id: string };
    return [schema.$id, ajv.compile(schema)];
  }),
);
const programs = readdirSync(TALK).filter((name) => name.endsWith('.py'));
let dir = '';
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'moult-schemas-'));
  await bundle({ input: join(ROOT, 'tests/recordings/verbs.ts'), file: join(dir, 'verbs.mjs'), trace: true });
  copyFileSync(createRequire(import.meta.url).resolve('pyodide/python_stdlib.zip'), join(dir, 'python_stdlib.zip'));
  // processes begin from images of this bundle: a boot for each would take most of the time
  commands([['make-images', '3.13']]);
}, 120_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** What each of these commands wrote, and how it ended. */
function commands(list: readonly (readonly string[])[]): { stdout: string; ended: string }[] {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(dir, 'verbs.mjs')], {
    encoding: 'utf8',
    cwd: ROOT,
    input: list.map((words) => JSON.stringify(words)).join('\n'),
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  // how a command ended stands behind what it wrote
  const parts = stdout.split(new RegExp(`${MARK}(.*)\n`));
  return list.map((_, i) => ({
    stdout: parts[i * 2] as string,
    ended: JSON.parse(parts[i * 2 + 1] as string) as string,
  }));
}
/** What is wrong with a document; '' for nothing. */
function faults(text: string, verb: string): string {
  const document = JSON.parse(text) as { schema: string };
  if (!document.schema.startsWith(`moult-${verb}/`)) return `${verb}: ${document.schema}`;
  const validate = schemas.get(document.schema);
  if (validate === undefined) return `there is no schema ${document.schema}`;
  return validate(document) ? '' : ajv.errorsText(validate.errors);
}

it('every document of every verb on the programs of the talk has its schema', { timeout: 600_000 }, () => {
  expect(programs.length).toBeGreaterThan(20);
  const recordings = programs.map((program) => join(dir, `${program}.moult`));
  const drawn = commands(
    programs.flatMap((program, i) => [
      ['record', '--json', '-o', recordings[i] as string, join('examples/talk', program)],
      ['draw', '--json', recordings[i] as string],
    ]),
  );
  const asked: string[][] = [];
  recordings.forEach((file, i) => {
    // an object of the program's own: the last that it has a name for
    const { frames } = JSON.parse(drawn[i * 2 + 1]?.stdout ?? '') as {
      frames: { rows: { key: string; target?: number }[] }[];
    };
    const name = frames.flatMap(({ rows }) => rows).findLast(({ target }) => target !== undefined)?.key ?? '@1';
    asked.push(['why', '--json', name, file], ['history', '--json', name, file], ['collections', '--json', file]);
    asked.push(['timeline', '--json', '--samples', '5', file], ['leaks', '--json', file]);
    // other forms, on some
    if (i % 4 === 0) asked.push(['draw', '--json', '--level', 'true', '--at', 'step:5', file]);
    if (i % 4 === 1) asked.push(['why', '--json', 'type:dict', file]);
    if (i % 4 === 2) asked.push(['history', '--json', '--by', 'instruction', '@1', file]);
  });
  const answers = [...drawn, ...commands(asked)];
  const verbs = [...drawn.map((_, i) => (i % 2 === 0 ? 'record' : 'draw')), ...asked.map(([verb]) => verb as string)];
  const wrong: string[] = [];
  let documents = 0;
  answers.forEach(({ stdout, ended }, i) => {
    const verb = verbs[i] as string;
    if (stdout === '') {
      // an object that is not there at the end is said so
      if (!/there is no (?:object|name)/.test(ended)) wrong.push(`${verb}: ${ended}`);
      return;
    }
    documents++;
    const fault = faults(stdout, verb);
    if (fault !== '') wrong.push(`${verb} ${asked[i - drawn.length]?.at(-1)}: ${fault}`);
  });
  expect(wrong).toEqual([]);
  expect(documents).toBeGreaterThan(programs.length * 6);
});

it('so has each line of a trace', { timeout: 120_000 }, () => {
  const some = programs.filter((name) => /^(?:06|17|19)-/.test(name));
  expect(some.length).toBeGreaterThanOrEqual(3);
  const all = ['trace', '--json', '--kinds', 'all'];
  const asked = some.flatMap((name) => [
    [...all, '--by', 'instruction', join('examples/talk', name)],
    [...all, '--everywhere', join('examples/talk', name)],
  ]);
  const validate = schemas.get('moult-trace/1');
  const lines = commands(asked).flatMap(({ stdout }) => stdout.trimEnd().split('\n'));
  expect(lines.length).toBeGreaterThan(3000);
  const wrong = lines.filter((line) => validate?.(JSON.parse(line)) !== true);
  expect(wrong.slice(0, 3)).toEqual([]);
});

it('so has each line of the debugger', { timeout: 120_000 }, () => {
  const { stdout } = spawnSync(process.execPath, [MOULT, 'debug', '--json', join(TALK, '19-gc-collect.py')], {
    encoding: 'utf8',
    input: 'n\ns\nw\np nothing\np 1 + 1\nrn\ng end\nb 3\nrc\nwhy gc\nq\n',
  });
  const lines = stdout.trimEnd().split('\n');
  expect(lines.length).toBe(11);
  expect(lines.flatMap((line) => faults(line, 'debug') || [])).toEqual([]);
});

it('a schema is there for each verb, and refuses what has a name more or less', () => {
  expect([...schemas.keys()].sort()).toEqual(expect.arrayContaining(VERBS.map((verb) => `moult-${verb}/1`).sort()));
  const { stdout } = spawnSync(process.execPath, [MOULT, 'timeline', '--json', '--samples', '2', '-c', 'x = 1'], {
    encoding: 'utf8',
  });
  const document = JSON.parse(stdout) as Record<string, unknown>;
  expect(faults(stdout, 'timeline')).toBe('');
  expect(faults(JSON.stringify({ ...document, more: 1 }), 'timeline')).toMatch('additional properties');
  const { samples: _, ...less } = document;
  expect(faults(JSON.stringify(less), 'timeline')).toMatch("required property 'samples'");
  expect(faults(JSON.stringify({ ...document, schema: 'moult-timeline/9' }), 'timeline')).toMatch('there is no schema');
});
