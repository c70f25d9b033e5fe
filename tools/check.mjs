// `npm run check`: types of every package, lint and format, dead code, import directions. All of them run, then the verdict.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const projects = ['packages', 'apps']
  .flatMap((folder) => readdirSync(`${root}${folder}`).map((name) => `${folder}/${name}`))
  .concat('tests')
  .filter((path) => existsSync(`${root}${path}/tsconfig.json`));

const steps = [
  ...projects.map((path) => [`types of ${path}`, 'tsc', ['-p', path]]),
  ['lint and format', 'biome', ['check', '--diagnostic-level=error', '--max-diagnostics=30']],
  ['dead code', 'knip', []],
  ['import directions', 'vitest', ['run', 'tests/architecture.test.ts']],
];
const failed = [];
for (const [title, command, args] of steps) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(`${root}node_modules/.bin/${command}`, args, {
    cwd: root,
    encoding: 'utf8',
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${title} (${seconds} s)`);
  if (status === 0) continue;
  failed.push(title);
  console.log(`${stdout}${stderr}`.trimEnd().split('\n').slice(0, 80).join('\n'));
}
if (failed.length > 0) {
  console.log(`\n${failed.length} of ${steps.length} checks failed: ${failed.join(', ')}`);
  process.exitCode = 1;
} else console.log(`\nall ${steps.length} checks passed`);
