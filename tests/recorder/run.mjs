// Goes to random moments of many programs: the bytes must be those of a run that was only watched.
//
//   node tests/recorder/run.mjs [filters…]    the programs of tests/programs, and random ones
//     --seeks N (default 8) a program   --each N only each N-th program   --random N random programs (default 100)   --from SEED
//     --stretches N a program: stretches whose events are checked against memory, and their sentences by the lint
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundle } from '../../tools/bundle/bundle.mjs';
import { listPrograms, ROOT } from '../corpus.mjs';
import { makeProgram } from '../random/program.mjs';

/** Their answers depend on when they are asked: two runs differ by themselves. */
const DIFFERS = /\btime\b|random|getpid/;

const options = { seeks: 8, each: 1, random: 100, from: 0, stretches: 0 };
const filters = [];
const argv = process.argv.slice(2);
for (let i = 0; i < argv.length; i++) {
  if (argv[i].startsWith('--')) options[argv[i].slice(2)] = Number(argv[++i]);
  else filters.push(argv[i]);
}

const dir = mkdtempSync(join(tmpdir(), 'moult-seeks-'));
try {
  const driver = join(dir, 'driver.mjs');
  await bundle({ input: join(ROOT, 'tests/recorder/driver.ts'), file: driver, trace: true });
  copyFileSync(createRequire(import.meta.url).resolve('pyodide/python_stdlib.zip'), join(dir, 'python_stdlib.zip'));
  const requests = listPrograms(filters)
    .filter((p) => !p.long && !DIFFERS.test(p.source))
    .filter((_, i) => i % options.each === 0)
    .map((p) => ({ name: p.name, file: p.path, args: p.args, stdin: p.stdin }));
  for (let seed = options.from; seed < options.from + options.random; seed++) {
    const file = join(dir, `random${seed}.py`);
    writeFileSync(file, makeProgram(seed));
    requests.push({ name: `random ${seed}`, file });
  }
  const child = spawn(process.execPath, [driver], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { seeks, stretches } = options;
  const asked = { seeks, verify: seeks > 0, ...(stretches === 0 ? {} : { stretches }) };
  child.stdin.end(requests.map((r, i) => JSON.stringify({ ...r, ...asked, seed: i })).join('\n'));
  const events = { instructions: 0, events: 0, compared: 0, kinds: {} };
  const total = { programs: 0, seeks: 0, amid: 0, differing: 0 };
  for await (const line of createInterface({ input: child.stdout })) {
    const answer = JSON.parse(line);
    const { name } = requests[total.programs++];
    total.seeks += answer.seeks ?? 0;
    total.amid += answer.amid ?? 0;
    const differences = answer.failed === undefined ? [...answer.differences] : [answer.failed];
    if (answer.failed === undefined && !(answer.sameOutput && answer.sameEnd))
      differences.push('another output or exit code');
    if (answer.length !== answer.recordedLength) differences.push('another number of instructions');
    if (answer.checked !== undefined && answer.checked !== null) {
      const { wrong, complaints, kinds, ...sums } = answer.checked;
      differences.push(...wrong, ...complaints);
      for (const [kind, n] of Object.entries(kinds)) events.kinds[kind] = (events.kinds[kind] ?? 0) + n;
      for (const sum of ['instructions', 'events', 'compared']) events[sum] += sums[sum];
    }
    if (differences.length === 0) continue;
    total.differing++;
    console.log(`${name}: ${differences.slice(0, 5).join('; ')}`);
  }
  console.log(
    `${total.programs} of ${requests.length} programs, ${total.seeks} seeks, ${total.amid} of them amid native calls, ` +
      `${total.differing} programs differing`,
  );
  if (stretches > 0) {
    console.log(
      `${events.events} events of ${events.instructions} instructions, ${events.compared} counts compared: ` +
        Object.entries(events.kinds)
          .map(([kind, n]) => `${kind} ${n}`)
          .join(', '),
    );
  }
  process.exitCode = total.differing === 0 && total.programs === requests.length ? 0 : 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}
