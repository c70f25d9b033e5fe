// Every file of an installed CPython 3.13.0's own library, its tests included, object by object: instructions, arguments,
// constants, names, line and column positions, exception tables, flags. Where 3.13.0 is not installed this is skipped: the
// archive's library (code.test.ts) is compared everywhere.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findPython } from '../../../tests/native.mjs';
import { type CodeData, compile, PySyntaxError } from '../src/index.ts';
import { canonical } from './canonical.ts';

/** Lines of a code object's own text; those of its nested ones follow. */
const OWN_LINES = 10;
type Answer = string | (string | number | null)[];
type Row = [path: string, names: { [name: string]: number }, answers: Answer[]];

function python(): { command: string; library: string } | null {
  const command = findPython('3.13.0');
  if (command === null) return null;
  const ask = 'import sysconfig; print(sysconfig.get_paths()["stdlib"])';
  return { command, library: spawnSync(command, ['-c', ask], { encoding: 'utf8' }).stdout.trim() };
}

function digests(code: CodeData, out: string[] = []): string[] {
  const lines = canonical(code).slice(0, OWN_LINES);
  out.push(createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 12));
  for (const c of code.co_consts) if (c.t === 'code') digests(c.v, out);
  return out;
}

function answers(source: Uint8Array, names: Row[1]): Answer[] {
  const resolveCharName = (name: string): number => names[name.toUpperCase()] ?? -1;
  try {
    return digests(compile(source, { filename: '<file>', mode: 'exec', resolveCharName, onWarning: () => {} }));
  } catch (e) {
    if (!(e instanceof PySyntaxError)) return [[e instanceof Error ? e.constructor.name : 'thrown', String(e)]];
    return [[e.kind, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset]];
  }
}

const installed = python();

test.skipIf(installed === null)(
  'code objects of the whole library of CPython 3.13.0 are its own',
  () => {
    const { command, library } = installed!;
    const script = fileURLToPath(new URL('../../../tools/code-oracle.py', import.meta.url));
    const env = { ...process.env, PYTHONHASHSEED: '0' };
    const { stdout } = spawnSync(command, [script, 'library'], { encoding: 'utf8', maxBuffer: 1 << 28, env });
    let objects = 0;
    let files = 0;
    const different: unknown[] = [];
    for (const line of stdout.trim().split('\n')) {
      const [path, names, want] = JSON.parse(line) as Row;
      files++;
      objects += want.length;
      const got = answers(readFileSync(join(library, path)), names);
      want.forEach((answer, i) => {
        if (JSON.stringify(got[i]) !== JSON.stringify(answer)) different.push([path, i, answer, got[i]]);
      });
      if (got.length !== want.length) different.push([path, want.length, got.length]);
    }
    console.log(`${files} files, ${objects} code objects, ${different.length} different`);
    expect(different).toEqual([]);
    expect(files).toBeGreaterThan(1600);
    expect(objects).toBeGreaterThan(50_000);
  },
  600_000,
);
