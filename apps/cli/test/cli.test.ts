// `moult` as a user starts it: streams, exit codes, limits, usage errors.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CLI = fileURLToPath(new URL('../bin/moult.mjs', import.meta.url));
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'moult-cli-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function moult(args: readonly string[], options: { input?: string; env?: Record<string, string> } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: 'utf8',
    cwd: dir,
    input: options.input ?? '',
    env: { PATH: process.env.PATH ?? '', ...options.env },
  });
  return { status, stdout, stderr };
}
const code = (source: string, ...options: string[]) => moult(['run', ...options, '-c', source]);

describe('moult run', () => {
  it('runs text, a file, a module and standard input', () => {
    expect(code('print(6 * 7)')).toEqual({ status: 0, stdout: '42\n', stderr: '' });
    writeFileSync(join(dir, 'prog.py'), 'import sys\nprint(__name__, sys.argv, __file__.endswith("/prog.py"))\n');
    expect(moult(['run', 'prog.py', '-x', '--report']).stdout).toBe("__main__ ['prog.py', '-x', '--report'] True\n");
    expect(moult(['run', '-m', 'prog']).stdout).toContain('__main__');
    expect(moult(['run', '-'], { input: 'print("in")' }).stdout).toBe('in\n');
  });
  it('reads standard input', () => {
    expect(moult(['run', '-c', 'print(input() + input())'], { input: 'a\nb\n' }).stdout).toBe('ab\n');
    expect(moult(['run', '-c', 'input()']).stderr).toMatch(/EOFError: EOF when reading a line\n$/);
  });
  it.each([
    ['import sys; sys.exit(3)', 3, ''],
    ['import sys; sys.exit()', 0, ''],
    ['import sys; sys.exit("bye")', 1, 'bye\n'],
    ['raise SystemExit(256 + 7)', 7, ''],
    ['raise SystemExit(-1)', 255, ''],
  ])('%s exits as Python does', (source, status, stderr) => {
    expect(code(source)).toEqual({ status, stdout: '', stderr });
  });
  it('prints an uncaught exception and exits with 1', () => {
    const { status, stderr } = code('def f():\n    return 1 / 0\nf()');
    expect(status).toBe(1);
    expect(stderr).toBe(
      'Traceback (most recent call last):\n  File "<string>", line 3, in <module>\n    f()\n    ~^^\n' +
        '  File "<string>", line 2, in f\n    return 1 / 0\n           ~~^~~\nZeroDivisionError: division by zero\n',
    );
  });
  it('exits with 130 after KeyboardInterrupt', () => {
    expect(code('raise KeyboardInterrupt').status).toBe(130);
  });
  it('says what is wrong with the command line, with exit code 2', () => {
    for (const [args, message] of [
      [['run', '--nope', 'x.py'], 'there is no option --nope'],
      [['run', '--python', '2.7', 'x.py'], '--python 2.7'],
      [['run', '--memory', 'lots', 'x.py'], '--memory lots'],
      [['run', '-c'], '-c needs a program text'],
      [['run', 'absent.py'], "can't open file 'absent.py'"],
      [['dance'], 'there is no command dance'],
      [['prog.py'], 'did you mean: moult run prog.py'],
    ] as const) {
      const { status, stderr } = moult(args);
      expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
    }
  });
});

describe('limits', () => {
  it('stops after a number of instructions', () => {
    expect(code('while True: pass', '--instructions', '50000')).toEqual({
      status: 124,
      stdout: '',
      stderr: 'moult: stopped after 50,000 instructions, the limit you set\n',
    });
  });
  it('stops after a time', () => {
    const { status, stderr } = code('while True: pass', '--timeout', '0.3');
    expect([status, stderr]).toEqual([124, 'moult: stopped after 0.3 s, the limit you set\n']);
  });
  it('raises MemoryError above the memory limit', () => {
    const { status, stderr } = code('x = []\nwhile True: x.append([0] * 1000)', '--memory', '32M');
    expect([status, stderr.trimEnd().split('\n').pop()]).toEqual([1, 'MemoryError']);
  });
  it('survives endless recursion, of Python and of natives', () => {
    expect(code('def f(): f()\nf()').stderr).toMatch(/RecursionError: maximum recursion depth exceeded\n$/);
    const deep =
      'x = []\nfor i in range(100000): x = [x]\ntry: repr(x)\nexcept RecursionError as e: print(e)\ndel x\nprint("freed")';
    expect(code(deep)).toEqual({
      status: 0,
      stdout: 'maximum recursion depth exceeded while getting the repr of an object\nfreed\n',
      stderr: '',
    });
  });
  it('frees a chain of 1,000,000 linked objects', () => {
    const chain =
      'class N:\n    __slots__ = ("next",)\nhead = None\nfor i in range(1000000):\n    n = N(); n.next = head; head = n\ndel n, head\nprint("freed")';
    expect(code(chain)).toEqual({ status: 0, stdout: 'freed\n', stderr: '' });
  });
});

describe('what it tells', () => {
  it('--report counts objects, blocks and collections', () => {
    const { stderr } = code('import gc\nx = [[] for _ in range(1000)]\ngc.collect()', '--report');
    expect(stderr).toMatch(/Live objects at the end\n[\s\S]*\blist\n/);
    expect(stderr).toMatch(/pymalloc blocks in use/);
    expect(stderr).toMatch(/generation 2 was collected once/);
  });
  it('--audit finds no difference and no block left', () => {
    const { status, stderr } = code('x = [1, "a", {}]\nx.append(x)\nprint(len(x))', '--audit', 'every');
    expect([status, stderr]).toEqual([0, 'moult: audit: 0 differences, 0 blocks left\n']);
  });
  it('knows the ids of the slides, and counts small ints under 3.8', () => {
    expect(code('print(id(9), id(19))').stdout).toBe('9785152 9785472\n');
    const count = 'import sys\na = 19\nn = sys.getrefcount(a)\nb = a\nprint(sys.getrefcount(a) - n)';
    expect(code(count, '--python', '3.8').stdout).toBe('1\n');
    expect(code(count).stdout).toBe('0\n');
  });
  it('dis shows instructions', () => {
    writeFileSync(join(dir, 'd.py'), 'x = []\n');
    const { stdout, status } = moult(['dis', 'd.py']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/BUILD_LIST +0\n.*STORE_NAME +0 \(x\)/);
  });
  it('--help and --version', () => {
    expect(moult(['--help']).stdout).toContain('moult run FILE');
    expect(moult(['--version']).stdout).toMatch(/^moult \d+\.\d+\.\d+\n$/);
  });
});
