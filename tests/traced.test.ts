// Programs of the corpus under sys.settrace, and with every event of sys.monitoring: as many events, with the same names,
// lines, offsets and destinations, as under native CPython 3.13.0 (tests/traced/record.py).
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Batch } from './batch.mjs';
import { ROOT } from './corpus.mjs';
import recorded from './oracle/traced.json' with { type: 'json' };

it('programs are traced as CPython 3.13.0 traces them', { timeout: 600_000 }, async () => {
  const batch = new Batch({ jobs: 2 });
  const different: string[] = [];
  let events = 0;
  await Promise.all(
    Object.entries(recorded).flatMap(([name, answers]) =>
      Object.entries(answers).map(async ([mode, answer]) => {
        const args = [join(ROOT, 'tests/programs', `${name}.py`), mode];
        const { stdout, stderr } = await batch.run({ file: join(ROOT, 'tests/traced/harness.py'), args }, 120_000);
        events += Number(answer.split(' ')[0]);
        const told = /^traced (.*)$/m.exec(stdout)?.[1];
        if (told !== answer) different.push(`${name} ${mode}: ${answer}, here ${told} ${stderr}`);
      }),
    ),
  );
  batch.close();
  expect(different).toEqual([]);
  expect(events).toBeGreaterThan(20_000);
});
