// Bundles an entry of the workspace into one file for Node, as users run it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { engineIdentity } from './engine.mjs';
import { expandPlugin } from './expand.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const memory = join(root, 'packages/runtime/src/memory');

/** In a lenient bundle a file that does not exist yet is an empty module. */
const emptyModules = {
  name: 'moult-empty-modules',
  resolveId(source, importer) {
    if (importer === undefined || !source.startsWith('.')) return null;
    return existsSync(resolve(dirname(importer), source)) ? null : `\0empty:${source}`;
  },
  load(id) {
    return id.startsWith('\0empty:') ? 'export {};' : null;
  },
};

/** In the tracing build every allocation goes through the hooked allocators. */
const hookedAllocators = {
  name: 'moult-hooked-allocators',
  resolveId(source, importer) {
    const name = /(?:^|\/)(obmalloc|raw)\.ts$/.exec(source)?.[1];
    if (name === undefined || importer === undefined) return null;
    const path = resolve(dirname(importer), source);
    const hooked = name === 'raw' ? 'hookedraw.ts' : 'hooked.ts';
    if (dirname(path) !== memory || [join(memory, hooked), join(memory, 'hooked.ts')].includes(importer)) return null;
    return join(memory, hooked);
  },
};

/** A page gets the names of Unicode only when a program asks for them. */
const namesLater = {
  name: 'moult-names-later',
  resolveId(source, importer) {
    return importer !== undefined && source.endsWith('/nametexts.ts')
      ? join(root, 'apps/lab/src/worker/nametexts.ts')
      : null;
  },
};

/**
 * @param {{input: string, file: string, trace?: boolean, lenient?: boolean, page?: boolean}} options `trace`: the tracing
 * build (every instruction reported); `lenient`: names that do not exist become undefined instead of an error; `page`: for a
 * worker of a page, minified, and not for Node.
 */
export async function bundle({ input, file, trace = false, lenient = false, page = false }) {
  const build = await rolldown({
    input,
    cwd: root,
    platform: page ? 'browser' : 'node',
    external: [/^node:/],
    plugins: [
      ...(trace ? [hookedAllocators] : []),
      ...(page ? [namesLater] : []),
      expandPlugin(),
      ...(lenient ? [emptyModules] : []),
    ],
    shimMissingExports: lenient,
    transform: { define: { __TRACE__: String(trace), __ENGINE__: JSON.stringify(engineIdentity(root)) } },
    checks: { circularDependency: false },
    logLevel: lenient ? 'silent' : 'warn',
    optimization: { inlineConst: true },
  });
  await build.write({
    file,
    format: page ? 'iife' : file.endsWith('.cjs') ? 'cjs' : 'esm',
    sourcemap: false,
    minify: page,
    codeSplitting: false,
  });
  await build.close();
  if (file.endsWith('.cjs')) {
    // ASCII only: read as Latin-1 it is a one-byte string, which takes a tenth of the time to read and to scan.
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      text.replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
    );
  }
}
