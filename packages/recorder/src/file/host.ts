// The outside of a process that is opened from a file: it has the functions that the recorded one had, and none of them asks
// anyone. Behind the log they are never called.
import type { ProcessHost } from '@moult/runtime';
import { type InputLog, NotRecorded, OMITTED } from '../inputs/log.ts';
import type { About } from './about.ts';
import { Malformed } from './bytes.ts';

export type FunctionNames = Record<string, string[]>;

const ROOMS = ['io', 'clock', 'files', 'fs', 'machine'] as const;
/** What the engine calls without asking whether it is there. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  io: ['open', 'read', 'write', 'seek', 'truncate', 'close', 'isatty', 'stat'],
  clock: ['time', 'monotonic', 'perfCounter', 'processTime', 'sleep', 'zone'],
  files: ['readFile', 'isFile', 'isDirectory', 'listDirectory'],
};

/** By room, the functions of a host. */
export function functionNames(host: ProcessHost): FunctionNames {
  const names: FunctionNames = {};
  for (const room of ROOMS) {
    const functions = Object.entries(host[room] ?? {}).filter(([, f]) => typeof f === 'function');
    if (host[room] !== undefined) names[room] = functions.map(([name]) => name);
  }
  if (host.totalReferences !== undefined) names.host = ['totalReferences'];
  return names;
}

/** The environment where it was left out: whoever looks is told so. */
function noEnvironment(): Record<string, string> {
  const refuse = (): never => {
    throw new NotRecorded('the environment', 0, OMITTED);
  };
  return new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse });
}

/** A host whose functions answer from `log`, if it is replaying, and never from elsewhere. */
export function hostOf(about: About, log: InputLog): ProcessHost {
  const { functions, omitted, interrupts } = about;
  for (const [room, needed] of Object.entries(NEEDED)) {
    if (!needed.every((name) => functions[room]?.includes(name))) throw new Malformed(`its host has no ${room}`);
  }
  const room = (name: string): Record<string, unknown> =>
    Object.fromEntries(
      (functions[name] ?? []).map((f) => [
        f,
        (...args: unknown[]) =>
          log.answer(`${name}.${f}`, args, () => {
            throw new Error('a recording asks no one');
          }),
      ]),
    );
  const env = omitted.includes('environment') ? { env: noEnvironment() } : {};
  let asked = 0;
  return {
    io: room('io'),
    clock: room('clock'),
    files: room('files'),
    ...(functions.fs === undefined ? {} : { fs: room('fs') }),
    machine: { ...about.machine, ...room('machine'), ...env },
    ...(functions.host === undefined ? {} : room('host')),
    interrupted: () => interrupts.at.includes(asked++),
  } as unknown as ProcessHost;
}
