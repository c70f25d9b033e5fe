// Goes to random moments of many programs: the bytes must be those of a run that was only watched. And recording changes nothing:
// output, exit code, number of instructions and all bytes at the end are those of a run without it, and the output is CPython's.
//
//   node tests/recorder/run.mjs [filters…]    the programs of tests/programs, and random ones
//     --seeks N (default 8) a program   --each N only each N-th program   --random N random programs (default 100)   --from SEED
//     --stretches N a program: stretches whose events are checked against memory, and their sentences by the lint
//     --jobs N processes (default 1)    all of it: --seeks 8 --random 1000
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundle } from '../../tools/bundle/bundle.mjs';
import { expectedAnswer, firstDifference, listPrograms, ROOT } from '../corpus.mjs';
import { makeProgram } from '../random/program.mjs';

const options = { seeks: 8, each: 1, random: 100, from: 0, stretches: 0, jobs: 1 };
const filters = [];
const argv = process.argv.slice(2);
for (let i = 0; i < argv.length; i++) {
  if (argv[i].startsWith('--')) options[argv[i].slice(2)] = Number(argv[++i]);
  else filters.push(argv[i]);
}

/** What is wrong with the answer to a request. */
function differencesOf({ program }, answer) {
  if (answer.failed !== undefined) return [answer.failed];
  const out = [...answer.differences, ...(answer.checked?.wrong ?? []), ...(answer.checked?.complaints ?? [])];
  if (program !== undefined) {
    const difference = firstDifference(expectedAnswer(program), answer);
    if (difference !== null) out.push(`not what CPython says: ${difference.join(' ')}`);
  }
  // no two runs of it are alike: moments of one recording were compared
  if (answer.twice) return out;
  if (!(answer.sameOutput && answer.sameEnd)) out.push('another output or exit code');
  if (answer.length !== answer.recordedLength) out.push('another number of instructions');
  return out;
}

const dir = mkdtempSync(join(tmpdir(), 'moult-seeks-'));
try {
  const driver = join(dir, 'driver.mjs');
  await bundle({ input: join(ROOT, 'tests/recorder/driver.ts'), file: driver, trace: true });
  copyFileSync(createRequire(import.meta.url).resolve('pyodide/python_stdlib.zip'), join(dir, 'python_stdlib.zip'));
  const requests = listPrograms(filters)
    .filter((p) => !p.long)
    .filter((_, i) => i % options.each === 0)
    .map((program) => ({
      name: program.name,
      program,
      file: program.path,
      args: program.args,
      stdin: program.stdin,
    }));
  const programs = requests.length;
  for (let seed = options.from; seed < options.from + options.random; seed++) {
    const file = join(dir, `random${seed}.py`);
    writeFileSync(file, makeProgram(seed));
    requests.push({ name: `random ${seed}`, file });
  }
  const total = { done: 0, seeks: 0, amid: 0, twice: 0, differing: 0 };
  const events = { instructions: 0, events: 0, compared: 0, kinds: {} };
  /** Answers each `jobs`-th request from `first` on, in a process of its own. */
  const work = async (first) => {
    const mine = requests.map((request, i) => ({ ...request, seed: i })).filter((_, i) => i % options.jobs === first);
    const child = spawn(process.execPath, ['--no-warnings', driver], { stdio: ['pipe', 'pipe', 'inherit'] });
    const { seeks, stretches } = options;
    const asked = { seeks, verify: seeks > 0, ...(stretches === 0 ? {} : { stretches }) };
    child.stdin.end(mine.map(({ program: _, ...r }) => JSON.stringify({ ...r, ...asked })).join('\n'));
    let n = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      const answer = JSON.parse(line);
      const request = mine[n++];
      total.done++;
      total.seeks += answer.seeks ?? 0;
      total.amid += answer.amid ?? 0;
      if (answer.twice) total.twice++;
      for (const [kind, k] of Object.entries(answer.checked?.kinds ?? {}))
        events.kinds[kind] = (events.kinds[kind] ?? 0) + k;
      for (const sum of ['instructions', 'events', 'compared']) events[sum] += answer.checked?.[sum] ?? 0;
      const differences = differencesOf(request, answer);
      if (differences.length > 0) {
        total.differing++;
        console.log(`${request.name}: ${differences.slice(0, 5).join('; ')}`);
      }
      if (total.done % 100 === 0) console.log(`  ${total.done} of ${requests.length}, ${total.seeks} seeks`);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, (_, i) => work(i)));
  console.log(
    `${total.done} of ${requests.length} programs (${programs} of tests/programs), ${total.seeks} seeks, ${total.amid} of them amid ` +
      `native calls; ${total.twice} programs of which no two runs are alike, compared with themselves; ` +
      `${total.differing} programs differing, in their bytes or by being recorded`,
  );
  if (options.stretches > 0) {
    const kinds = Object.entries(events.kinds).map(([kind, n]) => `${kind} ${n}`);
    console.log(
      `${events.events} events of ${events.instructions} instructions, ${events.compared} counts compared: ${kinds.join(', ')}`,
    );
  }
  process.exitCode = total.differing === 0 && total.done === requests.length ? 0 : 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}
