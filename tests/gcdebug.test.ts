// gc.set_debug's lines on stderr are CPython 3.13.0's: tests/gcdebug/native.txt is what it wrote for program.py,
//
//   PYTHONHASHSEED=0 python3.13 tests/gcdebug/program.py 2> tests/gcdebug/native.txt
//
// but for addresses, elapsed times and the size of the permanent generation (what start-up leaves).
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CLI, ROOT } from './corpus.mjs';

const plain = (text: string): string[] =>
  text
    .replace(/0x[0-9a-f]+/g, 'ADDRESS')
    .replace(/[\d.]+s elapsed/g, 'TIME')
    .replace(/(permanent generation:) \d+/g, '$1 N')
    .split('\n');

it('says what CPython says about each collection', { timeout: 60_000 }, () => {
  const native = readFileSync(join(ROOT, 'tests', 'gcdebug', 'native.txt'), 'utf8');
  const program = join(ROOT, 'tests', 'gcdebug', 'program.py');
  const { stderr, status } = spawnSync(process.execPath, [CLI, 'run', program], {
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH ?? '',
      ...(process.env.MOULT_BUNDLE === undefined ? {} : { MOULT_BUNDLE: process.env.MOULT_BUNDLE }),
    },
  });
  expect(status).toBe(0);
  expect(native).toContain('gc: collectable <');
  expect(plain(stderr)).toEqual(plain(native));
});
