/**
 * The file system and the machine outside the process, for posix: beside hostio.ts, which has the descriptors. Paths are
 * text, relative ones start at the host's working directory; errors are negative errno values; nothing here throws.
 */
export interface HostStat {
  readonly mode: number;
  readonly ino: bigint;
  readonly dev: bigint;
  readonly nlink: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly blksize: number;
  readonly blocks: number;
  readonly rdev: bigint;
  /** Nanoseconds since 1970. */
  readonly atime: bigint;
  readonly mtime: bigint;
  readonly ctime: bigint;
}
export interface HostEntry {
  readonly name: string;
  /** S_IFMT bits, 0 where the directory does not say. */
  readonly kind: number;
  readonly ino: bigint;
}
export interface HostFs {
  stat(path: string, follow: boolean): HostStat | number;
  fstat(fd: number): HostStat | number;
  /** What a directory holds, in its own order. */
  list(path: string): readonly HostEntry[] | number;
  access(path: string, mode: number): boolean;
  readlink(path: string): string | number;
  mkdir(path: string, mode: number): number;
  rmdir(path: string): number;
  unlink(path: string): number;
  rename(from: string, to: string): number;
  link(from: string, to: string): number;
  symlink(target: string, path: string): number;
  chmod(path: string, mode: number): number;
  utime(path: string, atime: bigint, mtime: bigint): number;
  truncate(path: string, size: number): number;
  cwd(): string;
  chdir(path: string): number;
  /** The path that a directory's descriptor was opened by, for dir_fd; null: there is none. */
  pathOf(fd: number): string | null;
  umask(mask: number): number;
}
export interface HostMachine {
  readonly env: Readonly<Record<string, string>>;
  readonly pid: number;
  readonly ppid: number;
  readonly uid: number;
  readonly gid: number;
  readonly cpus: number;
  /** sysname, nodename, release, version, machine. */
  readonly uname: readonly string[];
  random(n: number): Uint8Array;
  /** Columns and lines of a terminal, or -errno. */
  terminalSize(fd: number): readonly [number, number] | number;
}

const ENOENT = 2;
const EACCES = 13;
const ENOTTY = 25;
const missing = (): number => -ENOENT;
const refused = (): number => -EACCES;

/** An empty file system. */
export const noFs: HostFs = {
  stat: missing,
  fstat: missing,
  list: missing,
  access: () => false,
  readlink: missing,
  mkdir: refused,
  rmdir: missing,
  unlink: missing,
  rename: missing,
  link: missing,
  symlink: refused,
  chmod: missing,
  utime: missing,
  truncate: missing,
  cwd: () => '/',
  chdir: missing,
  pathOf: () => null,
  umask: () => 0o22,
};
/** A machine of which nothing is known: the same everywhere. */
export const plainMachine: HostMachine = {
  env: {},
  pid: 2,
  ppid: 1,
  uid: 1000,
  gid: 1000,
  cpus: 1,
  uname: ['Linux', 'moult', '6.0', '#1', 'x86_64'],
  random(n) {
    // a fixed sequence (xorshift32), where the host has nothing better
    const data = new Uint8Array(n);
    let x = 0x2545f491;
    for (let i = 0; i < n; i++) {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      data[i] = x >>> 24;
    }
    return data;
  },
  terminalSize: () => -ENOTTY,
};
export const hostFs: HostFs = { ...noFs };
export const hostMachine: { -readonly [K in keyof HostMachine]: HostMachine[K] } = { ...plainMachine };

export function linkHostFs(fs: HostFs | undefined, machine: Partial<HostMachine> | undefined): void {
  Object.assign(hostFs, noFs, fs);
  Object.assign(hostMachine, plainMachine, machine);
}
