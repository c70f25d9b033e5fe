// Flags of the command line that are about memory: a debug build's total of counts, tracemalloc from the start on.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const CLI = fileURLToPath(new URL('../apps/cli/bin/moult.mjs', import.meta.url));

function answer(flags: readonly string[], program: string): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [CLI, 'run', ...flags, '-c', program], {
    encoding: 'utf8',
  });
  return `${stdout}${stderr}${status}`;
}

describe('--debug-build', () => {
  const program = `
import sys
total = sys.gettotalrefcount
a = total()
x = object()
b = total()
y = [x, x, x]
c = total()
del y
d = total()
n = [None] * 1000
e = total()
print(b - a, c - b, d - c, e - d)
`;
  // each difference has the int of the measurement before
  it('gives sys.gettotalrefcount, the sum of all counts but those of immortal objects', () => {
    expect(answer(['--debug-build'], program)).toBe('2 5 -3 2\n0');
  });
  it('is needed for it', () => {
    expect(answer([], 'import sys; print(hasattr(sys, "gettotalrefcount"))')).toBe('False\n0');
  });
});

describe('-X tracemalloc', () => {
  const program =
    'import _tracemalloc as t, sys; print(t.is_tracing(), t.get_traceback_limit(), sys._xoptions, t.get_traced_memory()[0] > 9999)';
  it('starts before the program does', () => {
    expect(answer(['-X', 'tracemalloc=7'], program)).toBe("True 7 {'tracemalloc': '7'} True\n0");
    expect(answer(['-Xtracemalloc'], program)).toBe("True 1 {'tracemalloc': True} True\n0");
    expect(answer(['-X', 'tracemalloc=0'], program)).toBe("False 1 {'tracemalloc': '0'} False\n0");
  });
  it('refuses what CPython refuses, in its words', () => {
    expect(answer(['-X', 'tracemalloc=x'], program)).toBe(
      'Fatal Python error: config_init_tracemalloc: -X tracemalloc=NFRAME: invalid number of frames\n' +
        'Python runtime state: preinitialized\n\n1',
    );
    expect(answer(['-X', 'tracemalloc=65536'], program)).toContain('must be in range [1; 65535]');
  });
});

describe('sys._debugmallocstats', () => {
  it('names size classes, arenas and free lists from the real state', () => {
    const text = answer([], 'import sys; x = [[] for i in range(500)]; del x; sys._debugmallocstats()');
    expect(text).toMatch(/^Small block threshold = 512, in 32 size classes\.\n\nclass {3}size {3}num pools/);
    for (const [, size, pools, used, free] of text.matchAll(/^ +\d+ +(\d+) +(\d+) +(\d+) +(\d+)$/gm)) {
      expect(Number(used) + Number(free)).toBe(Number(pools) * Math.floor((16384 - 48) / Number(size)));
    }
    const number = (label: string): number =>
      Number(new RegExp(`${label} += +([\\d,]+)`).exec(text)?.[1]?.replaceAll(',', ''));
    expect(number('80 free PyListObjects \\* 40 bytes each')).toBe(3200);
    expect(number('\\d arenas \\* 1048576 bytes/arena')).toBe(number('# arenas allocated current') * 1048576);
  });
});
