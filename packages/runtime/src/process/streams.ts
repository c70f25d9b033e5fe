/** Connects the rooms that read and write the outside world to the embedder's host. */
import { streams } from '../objects/stderr.ts';
import { HostLimit } from '../vm/poll.ts';
import type { ProcessHost } from './host.ts';

export interface HostCounts {
  /** Bytes written to stdout and stderr. */
  written: number;
}

export function connectHost(host: ProcessHost, outputLimit: number): HostCounts {
  const counts: HostCounts = { written: 0 };
  const write = (fd: number, data: Uint8Array): void => {
    const room = outputLimit - counts.written;
    counts.written += data.length;
    host.write(fd, data.length > room ? data.subarray(0, Math.max(0, room)) : data);
    if (data.length > room) throw new HostLimit('output');
  };
  streams.write = write;
  return counts;
}
