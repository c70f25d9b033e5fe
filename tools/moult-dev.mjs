// Bundles the command line from source and runs it: node tools/moult-dev.mjs run FILE. TRACE=1 for the tracing build.
//
//   node tools/moult-dev.mjs --bundle FILE.mjs    only bundles; then MOULT_BUNDLE=FILE.mjs node tests/run-programs.mjs …
import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle/bundle.mjs';
import { ARCHIVE, reuseLibraryCode } from './bundle/library.mjs';

const [first, target] = process.argv.slice(2);
const keep = first === '--bundle';
const file = keep ? resolve(target) : join(tmpdir(), `moult-dev-${process.pid}.mjs`);
const input = fileURLToPath(new URL('../apps/cli/src/main.ts', import.meta.url));
await bundle({ input, file, trace: process.env.TRACE === '1', lenient: true });
const folder = dirname(file);
copyFileSync(fileURLToPath(import.meta.resolve(ARCHIVE)), join(folder, 'python_stdlib.zip'));
// without the last build's compiled modules each start compiles what it imports
reuseLibraryCode(fileURLToPath(new URL('../apps/cli/dist', import.meta.url)), folder);
if (!keep) {
  const bin = fileURLToPath(new URL('../apps/cli/bin/moult.mjs', import.meta.url));
  const { status } = spawnSync(process.execPath, [bin, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, MOULT_BUNDLE: file },
  });
  rmSync(file, { force: true });
  process.exitCode = status ?? 1;
}
