// Runs one Python program on Skulpt (npm package `skulpt`).
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const Sk = require('skulpt');
Sk.configure({
  output: (s) => process.stdout.write(s),
  read: (name) => {
    const file = Sk.builtinFiles?.files[name];
    if (file === undefined) throw new Error(`File not found: '${name}'`);
    return file;
  },
  __future__: Sk.python3,
  execLimit: null,
});
try {
  await Sk.misceval.asyncToPromise(() =>
    Sk.importMainWithBody('<bench>', false, readFileSync(process.argv[2], 'utf8'), true),
  );
} catch (e) {
  console.error(e.toString());
  process.exitCode = 1;
}
