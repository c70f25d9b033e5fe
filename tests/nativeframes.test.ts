// A run can stop amid what a native runs, and go on elsewhere (decision 17): in __init__, in a module's body, in a key function,
// in a class's body, in exec, in what list() and map() take.
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { Batch } from './batch.mjs';
import { expectedAnswer, listPrograms, ROOT } from './corpus.mjs';

vi.setConfig({ testTimeout: 120_000 });
const batches: [Batch, Batch] = [new Batch({ jobs: 1, trace: true }), new Batch({ jobs: 1, trace: true })];
afterAll(() => {
  for (const batch of batches) batch.close();
});

/** What the program prints amid each native: how many different moments there a stop must have shown. */
const AMID: Readonly<Record<string, readonly [RegExp, number][]>> = {
  instance: [[/^inside \d+ \d+$/, 5]],
  keys: [[/^inside \d+ -?\d+$/, 5]],
  bodies: [
    [/^inside module \d+/, 4],
    [/^inside class \d+/, 4],
    [/^inside exec \d+/, 2],
  ],
  operators: [[/^inside (?:add|eq|lt|getitem|contains|bool|setattr|iter)$/, 3]],
  collected: [
    [/^inside \S+$/, 5],
    [/^comparing \w+$/, 1],
  ],
  totals: [
    [/^inside \S+$/, 5],
    [/^adding \d+$/, 1],
  ],
  iteration: [
    [/^inside \d+$/, 6],
    [/^next \d+$/, 2],
  ],
};

describe('a stop amid natives', () => {
  for (const [name, places] of Object.entries(AMID)) {
    it(`in nativeframes/${name}`, async () => {
      const program = listPrograms([`nativeframes/${name}`])[0];
      expect(program).toBeDefined();
      const file = join(ROOT, 'tests/programs/nativeframes', `${name}.py`);
      let restore: string | undefined;
      let stdout = '';
      const seen = new Set<number>();
      for (let turn = 0; ; turn++) {
        // where recursion goes deep nothing is to be seen: the rest in one piece
        const stopAfter = turn < 240 ? { stopAfter: 61 } : {};
        const from = restore === undefined ? {} : { restore };
        const part = await (batches[turn % 2] as Batch).run({ file, ...from, ...stopAfter });
        stdout += part.stdout;
        if (part.snapshot === undefined) break;
        restore = part.snapshot;
        seen.add(stdout.split('\n').length - 1);
      }
      expect(stdout).toBe(expectedAnswer(program as NonNullable<typeof program>).stdout);
      const lines = stdout.split('\n');
      for (const [line, moments] of places) {
        // a stop behind this line of output, and before the next one of its kind
        const amid = lines.filter(
          (text, i) => line.test(text) && (name === 'operators' || line.test(lines[i + 1] ?? '')) && seen.has(i + 1),
        );
        expect([line.source, amid.length >= moments, amid.length]).toEqual([line.source, true, amid.length]);
      }
    });
  }
});
