// The standard library's compiled modules: compiling takes seconds, so they are used again while neither the compiler nor the archive
// has changed.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ARCHIVE = 'pyodide/python_stdlib.zip';
const CODE = 'library.code';
/** Beside it: what it was made of. */
const ORIGIN = 'library.code.origin';

/** Files that say what the compiler makes of the archive. */
const SOURCES = [
  'packages/compiler/src',
  'packages/abi/src',
  'packages/runtime/src/vm/pycompile.ts',
  'packages/runtime/src/process/library.ts',
  'packages/runtime/src/modules/frozenmodules.ts',
];

function* filesOf(path) {
  if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) yield* filesOf(join(path, name));
  else yield path;
}
function origin() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of filesOf(fileURLToPath(new URL(`../../${source}`, import.meta.url))))
      hash.update(readFileSync(file));
  }
  return hash.update(readFileSync(fileURLToPath(import.meta.resolve(ARCHIVE)))).digest('hex');
}

/** Copies the compiled modules of an earlier build; false where there are none, or of another compiler or archive. */
export function reuseLibraryCode(from, to) {
  const kept = join(from, ORIGIN);
  if (!existsSync(kept) || !existsSync(join(from, CODE)) || readFileSync(kept, 'utf8') !== origin()) return false;
  for (const name of [CODE, ORIGIN]) copyFileSync(join(from, name), join(to, name));
  return true;
}
/** Says what the compiled modules in `folder` were made of. */
export function keepLibraryCode(folder) {
  writeFileSync(join(folder, ORIGIN), origin());
}
