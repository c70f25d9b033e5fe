// `x = [1]; del x; y = [2]`: the second list lies where the first one lay. Whoever tells of the run tells of two objects.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type VerbName, VERBS } from '../apps/cli/src/verbs.ts';
import { ROOT } from './corpus.mjs';

const MOULT = join(ROOT, 'apps/cli/bin/moult.mjs');
const FILE = join(ROOT, 'examples/reuse.py');
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'moult-reuse-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function moult(args: readonly string[], input = ''): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [MOULT, ...args], {
    cwd: dir,
    input,
    encoding: 'utf8',
  });
  expect({ stderr: args[0] === 'record' ? '' : stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout;
}
const json = (...args: string[]) => JSON.parse(moult([...args.slice(0, 1), '--json', ...args.slice(1)]));
/** The first and the second list, as `#serial address`. */
function expectTwo(first: string | undefined, second: string | undefined): void {
  const [one, two] = [first, second].map((text) => /#(\d+).*?(0x[0-9a-f]+)/s.exec(text ?? '')?.slice(1) ?? []);
  expect(one?.[0]).toBe('1');
  expect(two?.[0]).toBe('2');
  expect(one?.[1]).toMatch(/^0x1/);
  expect(two?.[1]).toBe(one?.[1]);
}

/** What each verb that is given a program shows of it; null: it tells of no object. */
const SHOWS: Readonly<Partial<Record<VerbName, (() => void) | null>>> = {
  why() {
    expectTwo(moult(['why', '--at', '2', 'x', FILE]), moult(['why', 'y', FILE]));
    const [at2] = json('why', '--at', '2', 'x', FILE).answers;
    const [atEnd] = json('why', 'y', FILE).answers;
    expect([at2.object.serial, atEnd.object.serial]).toEqual([1, 2]);
    expect(atEnd.object.address).toBe(at2.object.address);
  },
  history() {
    const first = moult(['history', '--at', '2', 'x', FILE]);
    expectTwo(first, moult(['history', 'y', FILE]));
    expect(first).toMatch(/list #1 fell from 1 to 0 and was freed/);
    expect(first).toMatch(/Same address as list #1, freed at line 2, `del x`\. This is a new object, list #2\.\n$/);
    // a serial number names one of them only
    expect(moult(['history', '@1', FILE])).toBe(first);
    expect(moult(['history', '@2', FILE])).toMatch(/^list #2 at 0x\w+\n.*Line 3.*\n$/);
  },
  leaks() {
    // the first one is not taken for the second, although its birth was noted at the same place
    const { made, kept, still } = json('leaks', FILE);
    expect([made, kept]).toEqual([2, 1]);
    expect(still).toMatchObject([{ type: 'list', line: 3, kept: 1, way: 'y' }]);
  },
  trace() {
    const said = moult(['trace', FILE]);
    expect(said).toMatch(/List #1 was made.*List #1 fell from 1 to 0 and was freed.*List #2 was made/s);
    const lines = moult(['trace', '--json', '--kinds', 'incref', FILE]).trimEnd().split('\n').slice(1);
    const made = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === 'list');
    expect(made.map(({ serial }) => serial)).toEqual([1, 2]);
    expect(made[1].address).toBe(made[0].address);
  },
  collections() {
    expect(json('collections', FILE).collections).toEqual([]);
  },
  timeline() {
    const objects = json('timeline', FILE).samples.map((s: { objects: number }) => s.objects);
    // one, none, one; at the very end the code goes, too
    const steps = objects.filter((n: number, k: number) => n !== objects[k - 1]);
    expect(steps.slice(0, 4).map((n: number) => n - steps[0])).toEqual([0, 1, 0, 1]);
  },
  draw() {
    const card = (at: string): string => {
      const svg = moult(['draw', '--level', 'true', '--at', at, FILE]);
      expect(svg.match(/>list</g)).toHaveLength(1);
      return /#\d+<.*?0x[0-9a-f]+/s.exec(svg.slice(svg.indexOf('>list<')))?.[0] ?? '';
    };
    expectTwo(card('2'), card('end'));
  },
  debug() {
    const said = moult(['debug', FILE], 'n\nwhy x\nn\nn\nwhy y\nrn\nrn\nwhy x\nq\n');
    const [first, second, back] = said.match(/^list #.*$/gm) ?? [];
    expectTwo(first, second);
    // and back to the first one
    expect(back).toBe(first);
  },
  record() {
    moult(['record', '-o', 'run.moult', FILE]);
    expectTwo(moult(['why', '--at', '2', 'x', 'run.moult']), moult(['why', 'y', 'run.moult']));
  },
  run() {
    const program = 'x = [1]; a = id(x); del x; y = [2]; print(a == id(y), y)';
    expect(moult(['run', '-c', program])).toBe('True [2]\n');
  },
  compare() {
    const { columns } = json('compare', FILE);
    for (const { counts } of columns) expect(Object.keys(counts)).toContain('y');
  },
  dis: null,
  // the page: its own tests
  lab: null,
};
const VERBS_OF_PROGRAMS = (Object.keys(VERBS) as VerbName[]).filter((verb) =>
  /(?:^|\s|\[)FILE/.test(VERBS[verb].usage),
);

it.each(VERBS_OF_PROGRAMS.filter((verb) => SHOWS[verb] !== null))('%s', { timeout: 120_000 }, (verb) => {
  expect(SHOWS[verb], `${verb} is new: say what it shows`).toBeTypeOf('function');
  SHOWS[verb]?.();
});
