/**
 * What stands outside the process: files, the terminal, the clock. The process room fills this record when it links the
 * process to its host. Paths are text; errors are negative errno values; nothing here throws.
 */
export interface HostIo {
  /** Opens with Linux O_* flags; a file descriptor or -errno. */
  open(path: string, flags: number, mode: number): number;
  /** Up to `max` bytes from the descriptor's position (empty at the end), or -errno. */
  read(fd: number, max: number): Uint8Array | number;
  /** How many bytes were written, or -errno. */
  write(fd: number, data: Uint8Array): number;
  /** The new position (whence 0 start, 1 current, 2 end), or -errno (-29 ESPIPE for pipes and terminals). */
  seek(fd: number, offset: number, whence: number): number;
  truncate(fd: number, size: number): number;
  close(fd: number): number;
  isatty(fd: number): boolean;
  /** st_mode and st_size, or -errno. */
  stat(fd: number): { mode: number; size: number } | number;
}
/** Nanoseconds. */
export interface HostClock {
  /** Since 1970, UTC. */
  time(): bigint;
  monotonic(): bigint;
  perfCounter(): bigint;
  processTime(): bigint;
  sleep(ns: bigint): void;
  /** Seconds east of UTC at that second since 1970, and whether daylight saving holds. */
  zone(seconds: number): { offset: number; dst: boolean; name: string };
}
const EBADF = 9;
const ENOENT = 2;
/** No files at all. */
export const noIo: HostIo = {
  open: () => -ENOENT,
  read: () => -EBADF,
  write: () => -EBADF,
  seek: () => -EBADF,
  truncate: () => -EBADF,
  close: () => -EBADF,
  isatty: () => false,
  stat: () => -EBADF,
};
export const hostIo: HostIo = { ...noIo };
/** A clock that stands still. */
export const noClock: HostClock = {
  time: () => 0n,
  monotonic: () => 0n,
  perfCounter: () => 0n,
  processTime: () => 0n,
  sleep() {},
  zone: () => ({ offset: 0, dst: false, name: 'UTC' }),
};
export const hostClock: HostClock = { ...noClock };
/** What the host may want to know. */
export interface HostNotes {
  /** The program writes where it pleases: it may hang in native code, where no poll ends it. */
  tainted(): void;
  /** The sum of all counts. */
  totalReferences(): number;
}
export const hostNotes: HostNotes = {
  tainted() {},
  totalReferences: () => 0,
};
export function linkHostIo(io: HostIo): void {
  Object.assign(hostIo, io);
}
export function linkHostClock(clock: HostClock): void {
  Object.assign(hostClock, clock);
}
