// Bundles the command line from source and runs it: node tools/moult-dev.mjs run FILE. TRACE=1 for the tracing build.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle } from './bundle/bundle.mjs';

const file = join(tmpdir(), `moult-dev-${process.pid}.mjs`);
const input = fileURLToPath(new URL('../apps/cli/src/main.ts', import.meta.url));
await bundle({ input, file, trace: process.env.TRACE === '1', lenient: true });
process.on('exit', () => rmSync(file, { force: true }));
await import(pathToFileURL(file).href);
