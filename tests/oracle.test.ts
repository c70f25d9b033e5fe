// Where CPython 3.13.0 is installed, it is asked again and must answer what is committed.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './corpus.mjs';
import { findPython } from './native.mjs';

const script = join(ROOT, 'tools', 'oracle', 'record.py');
const python = findPython('3.13.0');

describe('the oracle', () => {
  it.skipIf(python === null)('of the programs is what CPython 3.13.0 answers', { timeout: 300_000 }, () => {
    const done = spawnSync(python!, [script, '--check'], { encoding: 'utf8' });
    expect(done.stdout).toMatch(/^\d+ programs compared, 0 differ$/m);
    expect(done.status).toBe(0);
  });

  it.skipIf(python === null)('of the talk is what CPython 3.13.0 answers', { timeout: 60_000 }, () => {
    const done = spawnSync(python!, [script, '--check', '--talk'], { encoding: 'utf8' });
    expect(done.stdout).toMatch(/^\d+ programs compared, 0 differ$/m);
    expect(done.status).toBe(0);
  });
});
