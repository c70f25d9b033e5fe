/** What stands outside the process: the embedder's side of every read, write and look at the clock. */
import type { HostFiles } from '../vm/host.ts';

export interface ProcessHost {
  /** Bytes for file descriptor 1 or 2. */
  write(fd: number, data: Uint8Array): void;
  /** Up to `max` bytes of standard input; none at its end; null when there are none yet: the run stops with `input`. */
  read(fd: number, max: number): Uint8Array | null;
  isatty(fd: number): boolean;
  readonly files: HostFiles;
  /** Nanoseconds since 1970. */
  time(): bigint;
  /** Nanoseconds of a clock that never goes back. */
  monotonic(): bigint;
  /** Waits. An embedder that must not block returns false: the run stops with `sleep` and is gone on with later. */
  sleep(nanoseconds: bigint): boolean;
}
