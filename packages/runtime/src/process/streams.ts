/** Connects the rooms that read and write the outside world to the embedder's host. */
import { hostNotes, linkHostClock, linkHostIo } from '../modules/hostio.ts';
import { linkHostFs } from '../modules/hostfs.ts';
import { streams } from '../objects/stderr.ts';
import { host as vmHost } from '../vm/host.ts';
import { HostLimit } from '../vm/poll.ts';
import type { ProcessHost } from './host.ts';

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
  linkHostIo({
    ...host.io,
    write,
    read(fd, max) {
      const data = host.io.read(fd, max);
      if (data === null) throw new HostLimit('input');
      return data;
    },
  });
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
  linkHostFs(host.fs, { ...host.machine, env: host.machine?.env ?? env });
  vmHost.files = host.files;
  for (const name of Object.keys(vmHost.sources)) delete vmHost.sources[name];
}
