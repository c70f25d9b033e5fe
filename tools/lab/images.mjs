// Makes the prepared images with the page's own engine, minified as it is: they hold the numbers that it gives to native functions.
//
//   node tools/lab/images.mjs ENGINE.js FOLDER    one VERSION.image each, deflated
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { deflateRawSync } from 'node:zlib';

const [engine, folder] = process.argv.slice(2);
const scope = { WebAssembly, TextDecoder, TextEncoder, performance, MessageChannel, crypto, postMessage() {} };
scope.self = scope;
runInNewContext(readFileSync(engine, 'utf8'), scope, { filename: engine });
scope.makeImages((python, image) => {
  writeFileSync(join(folder, `${python}.image`), deflateRawSync(image, { level: 9 }));
});
process.exit(0);
