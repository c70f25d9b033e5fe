// What recording costs and how long seeks take, on programs of many instructions. All times are the processor's.
//
//   node bench/recorder.mjs [--instructions N] [--seeks N] [--memory MIB] [small big init body sort generators]
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
    const { history: h, milliseconds: ms } = r;
    const share = ((ms.checkpoints / ms.whole) * 100).toFixed(1);
    console.log(
      `${name}: ${r.length.toLocaleString('en-US')} instructions\n` +
        `  plain ${fast.ms.toFixed(0)} ms, recorded ${ms.whole.toFixed(0)} ms (${(ms.whole / fast.ms).toFixed(2)}), of it ${share} % for checkpoints\n` +
        `  ${h.checkpoints} checkpoints, ${h.dropped} dropped, ${(h.bytes / 2 ** 20).toFixed(1)} of ${options.memory} MiB, ` +
        `longest stretch ${h.longestStretch.toLocaleString('en-US')}\n` +
        `  ${options.seeks} seeks: median ${r.median.toFixed(0)} ms, 99th percentile ${r.p99.toFixed(0)} ms, worst ` +
        `${r.worst.ms.toFixed(0)} ms (${r.worst.instructions.toLocaleString('en-US')} instructions, ${r.worst.estimated?.toFixed(0)} ms estimated)`,
    );
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}
