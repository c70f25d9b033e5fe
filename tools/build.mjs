// Builds what users run: the command line as one file, once at full speed and once with tracing, and the prepared images.
//
//   node tools/build.mjs            both bundles and their images
//     --lenient    names that do not exist yet become undefined instead of an error (while something is being built)
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle/bundle.mjs';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const PYTHONS = ['3.13', '3.8'];
const targets = [
  { file: at('apps/cli/dist/moult.mjs'), trace: false },
  { file: at('apps/cli/dist/moult-trace.mjs'), trace: true },
];

const lenient = process.argv.includes('--lenient');
mkdirSync(at('apps/cli/dist'), { recursive: true });
// CPython's own library, from the npm package pyodide.
copyFileSync(fileURLToPath(import.meta.resolve('pyodide/python_stdlib.zip')), at('apps/cli/dist/python_stdlib.zip'));
for (const { file, trace } of targets) {
  await bundle({ input: at('apps/cli/src/main.ts'), file, trace, lenient });
  console.log(`${file.slice(at('').length)}: ${Math.round(statSync(file).size / 1024)} KiB`);
  const made = spawnSync(
    process.execPath,
    [at('apps/cli/bin/moult.mjs'), 'make-images', ...(trace ? ['--trace'] : []), ...PYTHONS],
    {
      stdio: 'inherit',
    },
  );
  if (made.status !== 0) process.exit(made.status ?? 1);
}
