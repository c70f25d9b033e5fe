/** What stands outside the process: the embedder's side of every read, write and look at the clock. */
import type { HostClock, HostIo } from '../modules/hostio.ts';
import type { HostEntry, HostFs, HostMachine, HostStat } from '../modules/hostfs.ts';
import type { HostFiles } from '../vm/host.ts';
import type { Library } from './library.ts';
import type { LimitName } from './watch.ts';

export interface ProcessHost {
  /** File descriptors, 0 to 2 among them. A read that answers null has no bytes yet: the run stops with `input`. */
  readonly io: Omit<HostIo, 'read'> & { read(fd: number, max: number): Uint8Array | number | null };
  /** A sleep that answers false was not slept: the run stops with `sleep`, and the call is made again when it goes on. */
  readonly clock: Omit<HostClock, 'sleep'> & { sleep(ns: bigint): boolean };
  /** Programs and the modules that they import. */
  readonly files: HostFiles;
  /** The standard library. Without it a program can import built-in modules only. */
  readonly library?: Library;
  /** The program has made its first mistake of `moult.unsafe`. */
  tainted?(): void;
  /** The sum of all counts. Where it is given, sys.gettotalrefcount() is there, as in a debug build. */
  totalReferences?(): number;
  /** The file system for os; without it there are no files but those that `open` finds. */
  readonly fs?: HostFs;
  readonly machine?: Partial<HostMachine>;
  /** Milliseconds, for limits and budgets; by default the monotonic clock's. */
  now?(): number;
  /** True once for each Ctrl-C; asked for now and then. A limit's name ends the run by that limit. */
  interrupted?(): boolean | LimitName;
}
export type { Library, HostClock, HostEntry, HostFiles, HostFs, HostIo, HostMachine, HostStat };
