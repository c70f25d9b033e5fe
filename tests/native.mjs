// The native CPython of a version, where one is installed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} version as '3.13.0' @returns {string | null} the command */
export function findPython(version) {
  const short = version.split('.').slice(0, 2).join('.');
  const pyenv = join(process.env.PYENV_ROOT ?? join(process.env.HOME ?? '', '.pyenv'), 'versions', version, 'bin');
  const wanted = `import sys; sys.exit('%d.%d.%d' % sys.version_info[:3] != '${version}')`;
  for (const command of [
    process.env[`PYTHON${short.replace('.', '')}`],
    join(pyenv, `python${short}`),
    `python${short}`,
  ]) {
    if (!command || (command.includes('/') && !existsSync(command))) continue;
    if (spawnSync(command, ['-c', wanted]).status === 0) return command;
  }
  return null;
}
