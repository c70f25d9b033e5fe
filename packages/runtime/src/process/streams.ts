/** Connects the rooms that read and write the outside world to the embedder's host. */
import { type HostIo, hostNotes, linkHostClock, linkHostIo, noClock, noIo } from '../modules/hostio.ts';
import { linkHostFs, noFs, plainMachine } from '../modules/hostfs.ts';
import { streams } from '../objects/stderr.ts';
import { host as vmHost } from '../vm/host.ts';
import { HostLimit } from '../vm/poll.ts';
import type { HostFiles, Library, ProcessHost } from './host.ts';
import { libraryFiles, libraryFs, libraryIo, LibraryTree } from './library.ts';

/** From now on the realm's process talks to `host`; it may write `outputLimit` bytes to the standard streams. */
export function connectHost(host: ProcessHost, outputLimit: number, env: Readonly<Record<string, string>> = {}): void {
  let written = 0;
  const write = (fd: number, data: Uint8Array): number => {
    if (fd > 2) return host.io.write(fd, data);
    const room = Math.max(0, outputLimit - written);
    written += data.length;
    if (data.length <= room) return host.io.write(fd, data);
    host.io.write(fd, data.subarray(0, room));
    throw new HostLimit('output');
  };
  const tree = host.library === undefined ? null : new LibraryTree(host.library);
  const io: HostIo = {
    ...host.io,
    write,
    read(fd, max) {
      const data = host.io.read(fd, max);
      if (data === null) throw new HostLimit('input');
      return data;
    },
  };
  linkHostIo(tree === null ? io : libraryIo(tree, io));
  linkHostClock({
    ...host.clock,
    sleep(ns) {
      if (!host.clock.sleep(ns)) throw new HostLimit('sleep');
    },
  });
  hostNotes.tainted = () => host.tainted?.();
  hostNotes.totalReferences = () => host.totalReferences?.() ?? 0;
  streams.write = (fd, data) => {
    write(fd, data);
  };
  linkHostFs(tree === null ? host.fs : libraryFs(tree, { ...noFs, ...host.fs }), {
    ...host.machine,
    env: host.machine?.env ?? env,
  });
  vmHost.files = tree === null ? host.files : libraryFiles(tree, host.files);
  vmHost.frozen = (name) => tree?.frozen(name) ?? null;
  for (const name of Object.keys(vmHost.sources)) delete vmHost.sources[name];
}

/** A host that has nothing but the library. */
export function libraryAlone(library: Library | undefined): ProcessHost {
  const files: HostFiles = {
    readFile: () => null,
    isFile: () => false,
    isDirectory: () => false,
    listDirectory: () => [],
  };
  const clock = { ...noClock, sleep: () => true };
  return { io: noIo, clock, files, machine: plainMachine, ...(library === undefined ? {} : { library }) };
}
