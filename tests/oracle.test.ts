// Where CPython 3.13.0 is installed, it is asked again and must answer what is committed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './corpus.mjs';

const script = join(ROOT, 'tools', 'oracle', 'record.py');
const pyenv = join(process.env.PYENV_ROOT ?? join(process.env.HOME ?? '', '.pyenv'), 'versions', '3.13.0', 'bin');
const candidates = [process.env.PYTHON313 ?? '', join(pyenv, 'python3.13'), 'python3.13'].filter((c) => c !== '');
const python = candidates.find(
  (c) =>
    (!c.includes('/') || existsSync(c)) &&
    spawnSync(c, ['-c', 'import sys; sys.exit(sys.version_info[:3] != (3, 13, 0))']).status === 0,
);

describe('the oracle', () => {
  it.skipIf(python === undefined)('of the programs is what CPython 3.13.0 answers', { timeout: 300_000 }, () => {
    const done = spawnSync(python!, [script, '--check'], { encoding: 'utf8' });
    expect(done.stdout).toMatch(/^\d+ programs compared, 0 differ$/m);
    expect(done.status).toBe(0);
  });

  it.skipIf(python === undefined)('of the talk is what CPython 3.13.0 answers', { timeout: 60_000 }, () => {
    const done = spawnSync(python!, [script, '--check', '--talk'], { encoding: 'utf8' });
    expect(done.stdout).toMatch(/^\d+ programs compared, 0 differ$/m);
    expect(done.status).toBe(0);
  });
});
