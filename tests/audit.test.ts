// The proof of counting, sampled: every program of the corpus with audits after each of its first 500 instructions, then each
// 10,007th, the heap checked, nothing left at the end. `npm run audit` does the first 2,000.
import { describe, expect, it } from 'vitest';
import { listPrograms } from './corpus.mjs';
import { runProgram } from './harness.ts';

describe('every count is right', () => {
  const programs = listPrograms();
  it('has programs', () => {
    expect(programs.length).toBeGreaterThanOrEqual(200);
  });
  for (const program of programs) {
    it.concurrent(program.name, { timeout: 240_000 }, async ({ expect }) => {
      const { args, stdin } = program;
      const outcome = await runProgram(program.path, { args, stdin, audit: '500+10007', timeoutMs: 120_000 });
      const said = outcome.stderr.slice(Math.max(0, outcome.stderr.indexOf('moult: ')));
      expect([outcome.auditDifferences, outcome.leakedBlocks], said).toEqual([0, program.leaks]);
    });
  }
  it('also while an allocation of 3.8 collects', { timeout: 240_000 }, async ({ expect }) => {
    const program = listPrograms(['audit/collecting_allocations'])[0]!;
    const outcome = await runProgram(program.path, { python: '3.8', audit: 'every', timeoutMs: 200_000 });
    expect([outcome.auditDifferences, outcome.leakedBlocks], outcome.stderr).toEqual([0, 0]);
  });
});
