// What a person meets who holds a verb wrong: one sentence, an exit code, never a stack trace of ours.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asksHelp, helpOf, helpText } from '../src/help.ts';
import { type Verb, type VerbName, VERBS } from '../src/verbs.ts';

const MOULT = fileURLToPath(new URL('../bin/moult.mjs', import.meta.url));
const NAMES = (Object.keys(VERBS) as VerbName[]).filter((name) => VERBS[name].summary !== null);
/** Those that ask about the run of a program. */
const ASKING = NAMES.filter((name) => (VERBS[name] as Verb).asks === true);
const words = (name: VerbName): string[] => ((VERBS[name] as Verb).words === undefined ? [] : ['x']);
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'moult-usage-'));
  writeFileSync(join(dir, 'wrong.py'), 'x = (1\n');
  writeFileSync(join(dir, 'fails.py'), 'x = [1]\nx[5]\n');
  writeFileSync(join(dir, 'empty.py'), '');
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function moult(...args: string[]): { out: string; err: string; status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [MOULT, ...args], {
    cwd: dir,
    input: '',
    encoding: 'utf8',
  });
  expect(stderr).not.toMatch(/internal error|^\s+at /m);
  return { out: stdout, err: stderr, status };
}

it('says of each verb what it is for and shows an example, in lines that fit', () => {
  const all = helpText();
  for (const name of NAMES) {
    expect(all).toContain(`moult ${name}`);
    const help = helpOf(name);
    expect(help.startsWith(`moult ${name}`)).toBe(true);
    expect(help).toMatch(/\n {2}(?:\S.* \| )?moult .*\n$/);
    for (const line of help.split('\n')) expect(line.length, line).toBeLessThanOrEqual(120);
  }
  expect(moult('leaks', '--help')).toEqual({ out: helpOf('leaks'), err: '', status: 0 });
  expect(moult('help', 'why')).toEqual({ out: helpOf('why'), err: '', status: 0 });
});

it('knows its own --help from the program’s', () => {
  expect(asksHelp('why', ['--at', '3', '--help'])).toBe(true);
  expect(asksHelp('why', ['x', '-h'])).toBe(true);
  expect(asksHelp('run', ['program.py', '--help'])).toBe(false);
  expect(asksHelp('why', ['x', 'program.py', '--help'])).toBe(false);
  expect(asksHelp('run', ['-c', 'pass', '--help'])).toBe(false);
  expect(moult('run', '-c', 'import sys; print(sys.argv)', '--help').out).toBe("['-c', '--help']\n");
});

it.each(ASKING)('%s: options, files and programs that are wrong', { timeout: 120_000 }, (name) => {
  expect(moult(name, '--bogus', ...words(name), 'fails.py')).toMatchObject({ out: '', status: 2 });
  expect(moult(name, ...words(name), 'nowhere.py')).toEqual({
    out: '',
    err: "moult: can't open file 'nowhere.py': no such file\n",
    status: 2,
  });
  const none = moult(name, ...words(name), '-m', 'no_such_module');
  expect(none).toEqual({ out: '', err: 'moult: there is no module no_such_module\n', status: 2 });
  const wrong = moult(name, ...words(name), 'wrong.py');
  expect(wrong).toMatchObject({ out: '', status: 1 });
  expect(wrong.err).toMatch(/^moult: the program did not begin:\n(?:.*\n)+SyntaxError: '\(' was never closed\n$/);
  const fails = moult(name, ...words(name), 'fails.py');
  expect(fails).toMatchObject({
    err: 'moult: the program ended with IndexError: list index out of range\n',
    status: 0,
  });
  expect(fails.out).not.toBe('');
});

it('says which options stand in the wrong place, and gives them to the program', () => {
  const { out, err, status } = moult('why', 'a', '-c', 'import sys; a = sys.argv[1:]', '-o', 'x', '--json');
  expect(err).toBe('moult: -o stands behind the program, so it is given to the program\n');
  expect(out).toMatch(/^list #\d+ \['-o', 'x', '--json'\]/);
  expect(status).toBe(0);
});

it('says what is not there', () => {
  expect(moult('run', '.').err).toBe("moult: can't find '__main__' module in '.'\n");
  expect(moult('run', '-m', 'no_such_module').err).toBe('moult: there is no module no_such_module\n');
  expect(moult('dis', '.').err).toBe("moult: can't open file '.': it is a directory\n");
  expect(moult('compare', '.').err).toBe("moult: can't find '__main__' module in '.'\n");
  expect(moult('help', 'nothing').err).toMatch(/^moult: there is no command nothing/);
  expect(moult('why', 'x', 'empty.py').err).toMatch(/^moult: there is no name x here/);
});
