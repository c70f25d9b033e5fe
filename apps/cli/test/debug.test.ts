// `moult debug`, by commands from a pipe, and its screen as lines.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MOULT = fileURLToPath(new URL('../bin/moult.mjs', import.meta.url));
const PROGRAM = `items = [1]
other = items
def build(n):
    if n == 0:
        return []
    inner = build(n - 1)
    inner.append(n)
    return inner
built = build(3)
print('done', len(built))
del other
items = None
`;
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'moult-debug-'));
  writeFileSync(join(dir, 'p.py'), PROGRAM);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** What each command says. */
function debug(...commands: string[]): string[] {
  const input = `${commands.join('\n')}\n`;
  const { stdout, stderr, status } = spawnSync(process.execPath, [MOULT, 'debug', 'p.py'], {
    encoding: 'utf8',
    cwd: dir,
    input,
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout
    .split(/^\(moult\) .*\n/m)
    .slice(1)
    .map((said) => said.trimEnd());
}
const line = (said: string | undefined): string => /p\.py:(\d+)/.exec(said ?? '')?.[1] ?? said ?? '';

describe('the debugger', () => {
  it('steps both ways, over, into and out of calls', () => {
    const said = debug('n', 'n', 'n', 's', 's', 's', 'n', 'rn', 'rs', 'rr', 'rn', 'n', 'n', 'rn', 'rsi', 'si');
    expect(said.map(line)).toEqual([
      '2',
      '3',
      '9',
      '4',
      '6',
      '4',
      '6',
      '4',
      '6',
      '9',
      '9',
      '10',
      '11',
      '10',
      '9',
      '10',
    ]);
  });

  it('stops at lines, once, under conditions, and goes back to stops', () => {
    const said = debug('b 7', 'c', 'p n', 'c', 'p n', 'rc', 'p n', 'rc', 'cl', 'tbreak 6 if n == 2', 'c', 'p n', 'c');
    expect(said[0]).toBe('stop 1: line 7');
    expect([said[2], said[4], said[6]].map((s) => s?.split('\n')[0])).toEqual(['1', '2', '1']);
    expect(said[7]).toMatch(/^the beginning\n/);
    expect(said[11]?.split('\n')[0]).toBe('2');
    expect(said[12]).toContain('the program has ended');
  });

  it('stops when a count changes and when it reaches 0', () => {
    const said = debug('n', 'watch items', 'c', 'p items', 'cl', 'g 12', 'death items', 'c');
    expect(said[2]).toContain('the count of items went from 1 to 2');
    expect(said[3]).toMatch(/^\[1\]\nlist at 0x\w+, count 2$/);
    expect(said[7]).toContain('the count of items went from 1 to 0');
  });

  it('goes to moments, shows frames and values in them', () => {
    const said = debug(
      'g call:build@3',
      'w',
      'u',
      'p n',
      'd',
      'g output:1',
      'g end',
      'rs',
      'why items',
      'g 12',
      'why items',
    );
    expect(said[1]?.split('\n').map(line)).toEqual(['9', '6', '6', '3']);
    expect(said[3]).toMatch(/^2\nint at 0x\w+, immortal$/);
    expect(line(said[5])).toBe('10');
    expect(said[6]).toContain('the program has ended');
    expect(line(said[7])).toBe('12');
    expect(said[8]).toContain('1  the name items');
    expect(said[10]).toMatch(/count 1, held by\n {4}1 {2}the name items\n {4}1 {2}adds up/);
  });

  it.each([
    ['nope', '*** there is no command nope; h lists them'],
    ['p gone', "*** NameError: name 'gone' is not defined"],
    ['g 99', '*** 99: '],
    ['g x:y', '*** x:y: a moment is'],
    ['b', 'no stops'],
    ['b zero', '*** zero: write LINE, FILE:LINE, or LINE if NAME == VALUE'],
    ['b 3 if n', '*** n: write NAME == VALUE'],
    ['watch', '*** watch needs a name'],
    ['cl 5', '*** there is no stop 5'],
    ['u', '*** this is the oldest frame'],
    ['n x', '*** x: how many steps?'],
  ])('%s is answered in words', (command, wanted) => {
    expect(debug(command)[0]).toContain(wanted);
  });
});
