// Builds the lab: the engine for its worker, the library by modules, the page.
//
//   node tools/lab/build.mjs FOLDER [--lenient]
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { bundle } from '../bundle/bundle.mjs';
import { writeLibrary } from './library.mjs';

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const KiB = (n) => `${Math.round(n / 1024)} KiB`;

const hash = (file) => createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 10);
function named(folder, name) {
  const [stem, end] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.'))];
  const full = `${stem}-${hash(join(folder, name))}${end}`;
  renameSync(join(folder, name), join(folder, full));
  return full;
}

/** The engine is on its way before the page's script has been read. */
const engineFirst = (path) => ({
  name: 'moult-engine-first',
  transformIndexHtml: () => [
    { tag: 'link', attrs: { rel: 'preload', as: 'fetch', crossorigin: '', href: `./${path}` }, injectTo: 'head' },
  ],
});

export async function buildLab(folder, lenient = false) {
  rmSync(folder, { recursive: true, force: true });
  const engine = join(folder, 'engine');
  mkdirSync(engine, { recursive: true });
  await bundle({
    input: at('apps/lab/src/worker/main.ts'),
    file: join(engine, 'engine.js'),
    trace: true,
    page: true,
    lenient,
  });
  const assets = { engine: `engine/${named(engine, 'engine.js')}` };
  const library = join(folder, 'library');
  const files = await writeLibrary(fileURLToPath(import.meta.resolve('pyodide/python_stdlib.zip')), library);
  await build({
    root: at('apps/lab'),
    configFile: at('apps/lab/vite.config.ts'),
    plugins: [engineFirst(assets.engine)],
    define: { __ASSETS__: JSON.stringify(assets) },
    build: { outDir: folder, emptyOutDir: false },
    logLevel: 'warn',
  });
  const inside = (name) => readdirSync(join(folder, name), { recursive: true, withFileTypes: true });
  const names = (name) =>
    inside(name).flatMap((e) =>
      e.isFile() ? [relative(folder, join(e.parentPath, e.name)).split(sep).join('/')] : [],
    );
  const later = names('library').filter((path) => path !== 'library/index.json');
  writeFileSync(
    join(folder, 'files.json'),
    JSON.stringify({ first: [...names('assets'), ...names('engine'), 'library/index.json'], later }),
  );
  const size = (path) => gzipSync(readFileSync(join(folder, path)), { level: 9 }).length;
  const page = readdirSync(join(folder, 'assets')).map((name) => `assets/${name}`);
  const first = ['index.html', assets.engine, ...page, 'library/index.json'];
  console.log(
    `lab: first load ${KiB(first.reduce((n, path) => n + size(path), 0))} gzip (engine ${KiB(size(assets.engine))}, page and fonts ${KiB(page.reduce((n, path) => n + size(path), 0))}); ` +
      `engine ${KiB(statSync(join(folder, assets.engine)).size)} raw; ${files} modules`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildLab(resolve(process.argv[2]), process.argv.includes('--lenient'));
}
