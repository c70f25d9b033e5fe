// The native CPython of a version, where one is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} version as '3.13.0', or '3.13': then the newest of it that is found
 * @returns {string | null} the command
 */
export function findPython(version) {
  const short = version.split('.').slice(0, 2).join('.');
  const versions = join(process.env.PYENV_ROOT ?? join(process.env.HOME ?? '', '.pyenv'), 'versions');
  const exact = version !== short;
  const patch = (name) => Number(name.split('.')[2]);
  const folders = exact ? [version] : existsSync(versions) ? readdirSync(versions) : [];
  const installed = folders
    .filter((name) => exact || (/^\d+\.\d+\.\d+$/.test(name) && name.startsWith(`${short}.`)))
    .sort((a, b) => patch(b) - patch(a))
    .map((name) => join(versions, name, 'bin', `python${short}`));
  const format = exact ? '%d.%d.%d' : '%d.%d';
  const parts = exact ? 3 : 2;
  const wanted = `import sys; sys.exit('${format}' % sys.version_info[:${parts}] != '${version}')`;
  for (const command of [process.env[`PYTHON${short.replace('.', '')}`], ...installed, `python${short}`]) {
    if (!command || (command.includes('/') && !existsSync(command))) continue;
    if (spawnSync(command, ['-c', wanted]).status === 0) return command;
  }
  return null;
}
