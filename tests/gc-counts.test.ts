// The collector's counts at every statement, and where it runs, are CPython's in these programs: the list only grows.
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Batch } from './batch.mjs';
import { CLI, listPrograms, PROGRAMS } from './corpus.mjs';
import { compareProgram, probedNotes, recordedNotes } from './gc-counts.mjs';
import equal from './gc-counts-equal.json' with { type: 'json' };

describe('counts of the collector', () => {
  const batch = new Batch({ jobs: 2 });
  afterAll(() => batch.close());
  const programs = listPrograms().filter((p) => equal.includes(p.name));
  it('has its programs', () => {
    expect(existsSync(CLI)).toBe(true);
    expect(programs.length).toBeGreaterThanOrEqual(280);
  });
  for (const program of programs) {
    it.concurrent(program.name, { timeout: 600_000 }, async ({ expect }) => {
      const recorded = recordedNotes(program.feature)[relative(join(PROGRAMS, program.feature), program.path)];
      expect(recorded, 'record it: tools/oracle/gc-probes.py').toBeDefined();
      const { notes, error } = await probedNotes(batch, program, recorded);
      expect(notes === null ? [error] : compareProgram(program, recorded, notes).lines).toEqual([]);
    });
  }
});
