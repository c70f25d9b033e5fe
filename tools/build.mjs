// Builds what users run: the command line as one file, once at full speed and once with tracing, the prepared images, and
// CPython's own library beside them. All or nothing: a build that fails leaves the last one in place.
//
//   node tools/build.mjs [--lenient]    --lenient: names that do not exist yet become undefined instead of an error
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle/bundle.mjs';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const PYTHONS = ['3.13', '3.8'];
const dist = at('apps/cli/dist');
const folder = join(dist, `.build-${process.pid}`);
const lenient = process.argv.includes('--lenient');

mkdirSync(folder, { recursive: true });
try {
  for (const trace of [false, true]) {
    const file = join(folder, trace ? 'moult-trace.mjs' : 'moult.mjs');
    await bundle({ input: at('apps/cli/src/main.ts'), file, trace, lenient });
    console.log(`${trace ? 'moult-trace' : 'moult'}.mjs: ${Math.round(statSync(file).size / 1024)} KiB`);
    // The bundle makes its images itself: they hold the numbers that it gives to native functions.
    const made = spawnSync(process.execPath, [at('apps/cli/bin/moult.mjs'), 'make-images', ...PYTHONS], {
      stdio: 'inherit',
      env: { ...process.env, MOULT_BUNDLE: file },
    });
    if (made.status !== 0) throw new Error('the images could not be made');
  }
  copyFileSync(fileURLToPath(import.meta.resolve('pyodide/python_stdlib.zip')), join(folder, 'python_stdlib.zip'));
  for (const name of readdirSync(folder)) renameSync(join(folder, name), join(dist, name));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
