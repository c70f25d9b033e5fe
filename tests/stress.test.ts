// The stress modes, sampled; `npm run stress` runs them whole (tests/stress).
import { afterAll, describe, expect, it, vi } from 'vitest';
import { Batch } from './batch.mjs';
import { collectEverywhere, modePrograms, throughSnapshots } from './stress/modes.mjs';
import { request, sweep, sweepFault, sweepNumbers, sweepPrograms } from './stress/sweep.mjs';

vi.setConfig({ testTimeout: 120_000 });
const batches: [Batch, Batch] = [new Batch({ jobs: 1, trace: true }), new Batch({ jobs: 1, trace: true })];
afterAll(() => {
  for (const batch of batches) batch.close();
});
/** About `n` of them, evenly. */
function some<T>(list: readonly T[], n: number): T[] {
  return list.filter((_, i) => i % Math.ceil(list.length / n) === 0);
}

describe('an allocation that fails leaves everything clean', () => {
  const programs = sweepPrograms();
  it('in fifty programs that exist', () => {
    expect(programs.length).toBe(50);
    expect(programs.filter((p) => p.missing)).toEqual([]);
  });
  for (const program of some(programs, 12)) {
    it(`in ${program.name}`, async () => {
      const faults: string[] = [];
      const result = await sweep(batches[0], program, { from: 1, first: 0, random: 15 }, (n, fault) => {
        faults.push(`${n}: ${fault}`);
      });
      expect(faults).toEqual([]);
      expect(result.tried).toBeGreaterThan(10);
    });
  }
  it('and MemoryError is what the program sees', async () => {
    const program = programs.find((p) => p.name === 'dict/basics');
    if (program === undefined) throw new Error('no dict/basics');
    const outcome = await batches[0].run(request(program, 300), 60_000);
    expect([sweepFault(outcome), outcome.exitCode]).toEqual([null, 1]);
    expect(outcome.stderr).toMatch(/^MemoryError$/m);
  });
  it('is one that a sweep would see not to be clean', () => {
    expect(sweepFault({ stderr: 'moult: audit: 0 differences, 1 blocks left\n', timedOut: false })).not.toBeNull();
    expect(sweepFault({ stderr: 'moult: internal error: x\n', timedOut: false })).not.toBeNull();
    expect(sweepNumbers(2500, {}, 1).length).toBe(2500);
    expect(sweepNumbers(9000, {}, 1).length).toBe(2500);
  });
});

describe('a collection at every allocation changes no output', () => {
  for (const program of some(modePrograms('collect'), 10)) {
    it(`of ${program.name}`, async () => {
      expect(await collectEverywhere(batches[0], program)).toBeNull();
    });
  }
});

describe('a process that goes on elsewhere from its bytes', () => {
  const stats = { snapshots: 0 };
  for (const program of some(modePrograms('snapshots'), 8)) {
    it(`ends as ${program.name} does`, async () => {
      expect(await throughSnapshots(batches, program, { stops: 4, seed: 3 }, stats)).toBeNull();
    });
  }
  it('was restored more than once a program', () => {
    expect(stats.snapshots).toBeGreaterThan(8);
  });
});
