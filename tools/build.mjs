// Builds what users run: the command line as one file, once at full speed and once with tracing, the prepared images, CPython's
// own library beside them, and the lab's page. All or nothing: a build that fails leaves the last one in place.
//
//   node tools/build.mjs [--lenient]    --lenient: names that do not exist yet become undefined instead of an error
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle/bundle.mjs';
import { buildLab } from './lab/build.mjs';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const PYTHONS = ['3.13', '3.8'];
const dist = at('apps/cli/dist');
const folder = join(dist, `.build-${process.pid}`);
const lenient = process.argv.includes('--lenient');

/** A program that takes the usual ways, so that V8's cache holds the code for them. */
const SAMPLE = `
import sys, gc
class A:
    def __init__(self, x): self.x = x
    def __repr__(self): return f'A({self.x!r})'
def f(n, *args, key=None): return [A(i) for i in range(n)], {'a': 1, **{'b': 2.5}}, {1, 2}, sorted('cab')
try: {}['x']
except KeyError as e: sys.stdout.write(str(f(3)[0][1:]) + '\\n')
gc.collect()
`;

function moult(file, args, env) {
  const run = spawnSync(process.execPath, [at('apps/cli/bin/moult.mjs'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, MOULT_BUNDLE: file, ...env },
  });
  if (run.status !== 0) throw new Error(`moult ${args[0]} failed: ${run.stderr}`);
  return run.stdout;
}

mkdirSync(folder, { recursive: true });
try {
  for (const trace of [false, true]) {
    const file = join(folder, trace ? 'moult-trace.cjs' : 'moult.cjs');
    await bundle({ input: at('apps/cli/src/main.ts'), file, trace, lenient });
    console.log(`${trace ? 'moult-trace' : 'moult'}.cjs: ${Math.round(statSync(file).size / 1024)} KiB`);
    // The bundle makes its images itself: they hold the numbers that it gives to native functions.
    moult(file, ['make-images', ...PYTHONS, '--others'], {});
    moult(file, ['run', '-c', SAMPLE], { MOULT_WRITE_CACHE: '1', MOULT_WARM: '0' });
  }
  copyFileSync(fileURLToPath(import.meta.resolve('pyodide/python_stdlib.zip')), join(folder, 'python_stdlib.zip'));
  await buildLab(join(folder, 'lab'), lenient);
  rmSync(join(dist, 'lab'), { recursive: true, force: true });
  for (const name of readdirSync(folder)) renameSync(join(folder, name), join(dist, name));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
