// What docs/questions.md shows of the command line is what it says (addresses, serial numbers and instruction counts apart).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './corpus.mjs';

it('docs/questions.md shows what the verbs say', { timeout: 180_000 }, () => {
  const argv = [join(ROOT, 'tools/documented.mjs'), '--check', join(ROOT, 'docs/questions.md')];
  const { stdout, status } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  expect(stdout).toBe('all as shown\n');
  expect(status).toBe(0);
});
