// Random programs, against the recorded answers of native CPython 3.13.0: the first of them here, all by tests/random/run.mjs.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runProgram } from './harness.ts';
import { answerText, digest, readAnswers } from './random/answers.mjs';
import { makeProgram } from './random/program.mjs';

const answers = Object.entries(readAnswers() ?? {});
const folder = mkdtempSync(join(tmpdir(), 'moult-random-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('random programs', () => {
  it('have at least 950 recorded answers', () => {
    expect(answers.length).toBeGreaterThanOrEqual(950);
  });
  it('are made the same from the same seed', () => {
    const changed = answers.filter(([seed, { source }]) => digest(makeProgram(Number(seed))) !== source);
    expect(changed.map(([seed]) => seed)).toEqual([]);
  });
  for (const [seed, { answer }] of answers.slice(0, 100)) {
    it.concurrent(`seed ${seed} answers as CPython 3.13`, { timeout: 120_000 }, async ({ expect }) => {
      const path = join(folder, seed, 'program.py');
      mkdirSync(join(folder, seed));
      writeFileSync(path, makeProgram(Number(seed)));
      const outcome = await runProgram(path, { audit: 'exit' });
      expect([digest(answerText(outcome, path)), outcome.auditDifferences, outcome.leakedBlocks]).toEqual([
        answer,
        0,
        0,
      ]);
    });
  }
});
