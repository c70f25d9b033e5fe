// Loads the bundle, with V8's code cache of an earlier run: compiling 4 MB anew takes longer than starting Python.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { workerData } from 'node:worker_threads';

const { bundle } = workerData;
const cache = `${bundle}.cache`;

if (!bundle.endsWith('.cjs')) await import(pathToFileURL(bundle).href);
else {
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(bundle, 'latin1')}\n})`;
  const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;
  const script = new vm.Script(source, { filename: bundle, cachedData });
  // The build runs a program and keeps what V8 compiled on the way.
  if (process.env.MOULT_WRITE_CACHE === '1') process.on('exit', () => writeFileSync(cache, script.createCachedData()));
  script.runInThisContext()({}, createRequire(bundle), { exports: {} }, bundle, dirname(bundle));
}
