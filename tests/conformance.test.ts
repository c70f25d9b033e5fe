// Every program of tests/programs on the engine, against the recorded answer of native CPython 3.13.0.
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CLI, expectedAnswer, firstDifference, listPrograms } from './corpus.mjs';
import { runProgram } from './harness.ts';
import known from './known-differences.json' with { type: 'json' };

const programs = listPrograms();
/** Programs that do not answer as CPython yet, with the reason: each must still differ, so that the list only shrinks. */
const differences: Record<string, string> = known;

describe('the corpus', () => {
  it('has at least 428 programs, each with a recorded answer that is not stale', () => {
    expect(programs.length).toBeGreaterThanOrEqual(428);
    expect(programs.filter((p) => p.expected === null || p.stale).map((p) => p.name)).toEqual([]);
  });
});

describe('programs answer as CPython 3.13', () => {
  it('has the engine built', () => {
    expect(existsSync(CLI)).toBe(true);
  });
  for (const program of programs) {
    it.concurrent(program.name, { timeout: 120_000 }, async ({ expect }) => {
      const outcome = await runProgram(program.path, { args: program.args, stdin: program.stdin });
      const difference = firstDifference(expectedAnswer(program), outcome)?.join('\n') ?? 'same';
      if (program.name in differences)
        expect(difference, 'answers as CPython now: take it off known-differences.json').not.toBe('same');
      else expect(difference).toBe('same');
    });
  }
});
