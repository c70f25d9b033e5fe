// The heap as a graph: of every object in a process, the holders found are as many as its count.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bundle } from '../../tools/bundle/bundle.mjs';
import { listPrograms, ROOT } from '../corpus.mjs';

const FEATURES = ['classes', 'closures', 'dict', 'exceptions', 'functions', 'gc', 'generators', 'weakrefs'];

it('each object’s holders add up to its count', { timeout: 120_000 }, async () => {
  const programs = listPrograms(FEATURES.map((f) => `${f}/`)).filter((p) => p.args.length === 0 && !p.long);
  const some = programs.filter((_, k) => k % 11 === 0).slice(0, 6);
  const dir = mkdtempSync(join(tmpdir(), 'moult-heap-'));
  try {
    const driver = join(dir, 'driver.mjs');
    await bundle({ input: join(ROOT, 'tests/inspect/heapDriver.ts'), file: driver });
    const argv = ['--stack-size=4000', driver, ...some.map((p) => p.path)];
    const { stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8', maxBuffer: 1 << 26 });
    expect(stderr).toBe('');
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.length).toBe(some.length);
    expect(some.length).toBe(6);
    for (const [k, row] of rows.entries()) {
      expect([some[k]?.path, row.wrong]).toEqual([some[k]?.path, []]);
      expect(row.counted).toBeGreaterThan(3000);
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
