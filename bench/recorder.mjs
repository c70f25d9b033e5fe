// What recording costs and how long seeks take, on programs of many instructions. All times are the processor's.
//
//   node bench/recorder.mjs [--instructions N] [--seeks N] [--memory MIB] [small big init body sort generators beyond]
//     default: 100,000,000 instructions, 200 seeks each, 256 MiB
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../tools/bundle/bundle.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const options = { instructions: 100_000_000, seeks: 200, memory: 256 };
const names = [];
const argv = process.argv.slice(2);
for (let i = 0; i < argv.length; i++) {
  if (argv[i].startsWith('--')) options[argv[i].slice(2)] = Number(argv[++i]);
  else names.push(argv[i]);
}
const programs = names.length > 0 ? names : ['small', 'big', 'init', 'body', 'sort', 'generators'];
const dir = mkdtempSync(join(tmpdir(), 'moult-recorder-bench-'));
const CAUSES = {
  share: 'so far apart are checkpoints that keep to their share of the time',
  native: 'a native call waited for Python code, no checkpoint could be taken',
  bound: 'checkpoints were dropped to keep within their memory',
};
const FLAGS = ['--stack-size=4000', '--no-concurrent-recompilation'];

function run(args) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [...FLAGS, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

try {
  const recorder = join(dir, 'recorder.mjs');
  const plain = join(dir, 'plain.mjs');
  await bundle({ input: at('recorder/driver.ts'), file: recorder, trace: true });
  await bundle({ input: at('recorder/plain.ts'), file: plain });
  copyFileSync(createRequire(import.meta.url).resolve('pyodide/python_stdlib.zip'), join(dir, 'python_stdlib.zip'));
  for (const name of programs) {
    const file = at(`recorder/${name}.py`);
    const args = [file, String(options.instructions)];
    const fast = run([plain, ...args]);
    const r = run([recorder, ...args, String(options.seeks), String(options.memory * 2 ** 20)]);
    const { history: h, after, milliseconds: ms, worst } = r;
    const count = (n) => n.toLocaleString('en-US');
    const mib = (n) => (n / 2 ** 20).toFixed(1);
    console.log(
      `${name}: ${count(r.length)} instructions, ${r.changed.toFixed(1)} MiB of pages change in 20,000,000\n` +
        `  plain ${fast.ms.toFixed(0)} ms, recorded ${ms.whole.toFixed(0)} ms (${(ms.whole / fast.ms).toFixed(2)}), ` +
        `for checkpoints ${((ms.checkpoints / fast.ms) * 100).toFixed(1)} % of plain\n` +
        `  ${h.checkpoints} checkpoints, ${mib(h.bytes)} of ${options.memory} MiB, longest stretch ${count(h.longestStretch)}; ` +
        `after the seeks ${after.checkpoints}, ${mib(after.bytes)} MiB, ${after.dropped} dropped\n` +
        `  ${options.seeks} seeks: median ${r.median.toFixed(0)} ms, 99th percentile ${r.p99.toFixed(0)} ms; half of them took ` +
        `${r.estimates.map((n) => n.toFixed(2)).join(' to ')} of the estimate\n` +
        `  worst ${worst.ms.toFixed(0)} ms: ${count(worst.instructions)} instructions, ${worst.estimated?.toFixed(0)} ms estimated, ` +
        `cause: ${CAUSES[worst.cause]}`,
    );
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}
