// One realm for tests: records a program in the tracing build, and brings the view models with it. Bundled by harness.ts; a second
// program needs a second copy of the module, for a realm is a process.
import { dirname } from 'node:path';
import { record, type Recording } from '@moult/recorder';
import { createProcess, processMemory, processView, STOP_HERE, WHEN_WHOLE } from '@moult/runtime';
import { nodeHost } from '../../cli/src/host.ts';

export * from '../src/model/index.ts';
export { Places, step } from '@moult/recorder';
export { picture } from '@moult/picture';
export * as inspect from '@moult/inspect';

export interface RealmOptions {
  readonly python?: string;
  readonly collector?: { readonly thresholds?: readonly [number, number, number] };
}

export function recordFile(path: string, options: RealmOptions = {}): Recording {
  const cwd = dirname(path);
  const host = nodeHost({ cwd, env: {}, stdin: new Uint8Array(0), write() {} });
  return record(
    { createProcess, processMemory, processView, STOP_HERE, WHEN_WHOLE },
    { program: { kind: 'file', path }, args: [], python: options.python ?? '3.13', env: {}, cwd, limits: {}, host },
    { now: () => performance.now() },
  );
}
