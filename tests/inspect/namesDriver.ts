// Runs the program of its first argument and prints, as JSON, where each of the names in the others leads, or why nowhere.
import { readFileSync } from 'node:fs';
import { BadName, describe, parseObjectName, Reader, walkName } from '@moult/inspect';
import { createProcess, processView } from '@moult/runtime';
import { nodeHost } from '../../apps/cli/src/host.ts';
import { targetOf } from '../../apps/cli/src/target.ts';

const [file, ...names] = process.argv.slice(2);
const host = nodeHost({ cwd: '/', stdin: new Uint8Array(0), write: (_fd, data) => process.stderr.write(data) });
const source = readFileSync(file as string, 'utf8');
const stop = createProcess({ program: { kind: 'command', source }, cwd: '/', host }).run();
if (stop.reason !== 'done') throw new Error(`stopped: ${stop.reason}`);
const reader = new Reader(targetOf(processView()));
const answers = names.map((text) => {
  const name = parseObjectName(text);
  if (name.kind !== 'path') return name.kind;
  try {
    return describe(reader, walkName(reader, name));
  } catch (error) {
    if (error instanceof BadName) return error.message;
    throw error;
  }
});
console.log(JSON.stringify(answers));
