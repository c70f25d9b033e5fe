// Runs one program at full speed: node BUNDLE FILE INSTRUCTIONS. Prints {"ms"} of the run alone.
import { dirname } from 'node:path';
import { createProcess } from '@moult/runtime';
import { nodeHost } from '../../apps/cli/src/host.ts';

const [file = '', instructions = '0'] = process.argv.slice(2);
const cwd = dirname(file);
const p = createProcess({
  program: { kind: 'file', path: file },
  args: [instructions],
  cwd,
  env: {},
  host: nodeHost({ cwd, env: {}, write() {}, stdin: new Uint8Array(0) }),
});
const before = process.cpuUsage();
p.run();
const used = process.cpuUsage(before);
process.stdout.write(`${JSON.stringify({ ms: (used.user + used.system) / 1000 })}\n`);
