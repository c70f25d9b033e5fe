// The file system as os sees it, on Node. What changes files does so below the working directory only.
import {
  accessSync,
  chmodSync,
  type Dirent,
  fstatSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  type BigIntStats,
} from 'node:fs';
import { availableParallelism, hostname, machine, release, type, version } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { randomFillSync } from 'node:crypto';
import { isatty, WriteStream } from 'node:tty';
import type { HostEntry, HostFs, HostMachine, HostStat } from '@moult/runtime';
import { errnoOf, guarded } from './hosterrors.ts';

const EACCES = 13;
const ENOENT = 2;
const ENOTDIR = 20;
const ENOTTY = 25;
const S_IFREG = 0o100000;
const S_IFDIR = 0o040000;
const S_IFLNK = 0o120000;
const S_IFIFO = 0o010000;
const S_IFSOCK = 0o140000;

/** Where relative paths start, which a program may change, and the directory that it may write below. */
export interface Place {
  cwd: string;
  readonly root: string;
}
/** A path of the program as one of the host's. */
export function locate(place: Place, path: string): string {
  return resolve(place.cwd, path);
}
/** May the program make, change or remove what is at `path`? Symbolic links lead nowhere else. */
export function mayChange(place: Place, path: string): boolean {
  const full = locate(place, path);
  if (full === '/dev/null') return true;
  try {
    const parent = realpathSync(dirname(full));
    const root = realpathSync(place.root);
    const real = join(parent, basename(full));
    return real.startsWith(root.endsWith('/') ? root : `${root}/`);
  } catch (e) {
    // the operation itself will say what is missing
    return errnoOf(e) === -ENOENT || errnoOf(e) === -ENOTDIR;
  }
}

function hostStat(st: BigIntStats): HostStat {
  return {
    mode: Number(st.mode),
    ino: st.ino,
    dev: st.dev,
    nlink: Number(st.nlink),
    uid: Number(st.uid),
    gid: Number(st.gid),
    size: Number(st.size),
    blksize: Number(st.blksize),
    blocks: Number(st.blocks),
    rdev: st.rdev,
    atime: st.atimeNs,
    mtime: st.mtimeNs,
    ctime: st.ctimeNs,
  };
}
/** A stat of something that is no file of the host's. */
export function plainStat(mode: number, size: number): HostStat {
  const none = { ino: 0n, dev: 0n, rdev: 0n, atime: 0n, mtime: 0n, ctime: 0n };
  return { ...none, mode, size, nlink: 1, uid: 0, gid: 0, blksize: 4096, blocks: Math.ceil(size / 512) };
}
function kindOf(entry: Dirent): number {
  if (entry.isFile()) return S_IFREG;
  if (entry.isDirectory()) return S_IFDIR;
  if (entry.isSymbolicLink()) return S_IFLNK;
  if (entry.isFIFO()) return S_IFIFO;
  return entry.isSocket() ? S_IFSOCK : 0;
}

export function nodeFs(place: Place, pathOf: (fd: number) => string | null): HostFs {
  const at = (path: string): string => locate(place, path);
  /** An operation that changes what is at the paths: 0 or -errno. */
  const change = (paths: readonly string[], f: () => void): number => {
    if (paths.includes('')) return -ENOENT;
    if (!paths.every((path) => mayChange(place, path))) return -EACCES;
    return guarded(() => {
      f();
      return 0;
    });
  };
  return {
    stat(path, follow) {
      if (path === '') return -ENOENT;
      // a trailing slash wants a directory
      const full = path.endsWith('/') ? `${at(path)}/` : at(path);
      return guarded(() => hostStat(follow ? statSync(full, { bigint: true }) : lstatSync(full, { bigint: true })));
    },
    fstat: (fd) => guarded(() => hostStat(fstatSync(fd, { bigint: true }))),
    list(path) {
      if (path === '') return -ENOENT;
      return guarded(() =>
        readdirSync(at(path), { withFileTypes: true }).map((entry): HostEntry => {
          const st = lstatSync(join(at(path), entry.name), { bigint: true, throwIfNoEntry: false });
          return { name: entry.name, kind: kindOf(entry), ino: st?.ino ?? 0n };
        }),
      );
    },
    access(path, mode) {
      if (path === '') return false;
      try {
        accessSync(at(path), mode);
        return (mode & 2) === 0 || mayChange(place, path);
      } catch {
        return false;
      }
    },
    readlink: (path) => (path === '' ? -ENOENT : guarded(() => readlinkSync(at(path)))),
    mkdir: (path, mode) => change([path], () => mkdirSync(at(path), mode)),
    rmdir: (path) => change([path], () => rmdirSync(at(path))),
    unlink: (path) => change([path], () => unlinkSync(at(path))),
    rename: (from, to) => change([from, to], () => renameSync(at(from), at(to))),
    link: (from, to) => change([from, to], () => linkSync(at(from), at(to))),
    symlink(target, path) {
      const leads = isAbsolute(target) ? target : join(dirname(at(path)), target);
      return change([path, leads], () => symlinkSync(target, at(path)));
    },
    chmod: (path, mode) => change([path], () => chmodSync(at(path), mode)),
    utime: (path, atime, mtime) => change([path], () => utimesSync(at(path), seconds(atime), seconds(mtime))),
    truncate: (path, size) => change([path], () => truncateSync(at(path), size)),
    cwd: () => place.cwd,
    chdir(path) {
      if (path === '') return -ENOENT;
      return guarded(() => {
        const full = realpathSync(at(path));
        if (!statSync(full).isDirectory()) return -ENOTDIR;
        place.cwd = full;
        return 0;
      });
    },
    pathOf,
    umask: (mask) => umask(mask),
  };
}
/** A worker cannot set the process's mask: what a program sets is only told back. */
const mask = { value: 0o022 };
function umask(next: number): number {
  const before = mask.value;
  mask.value = next & 0o777;
  return before;
}
/** Node takes seconds as a decimal text too, which keeps every digit that it can. */
function seconds(ns: bigint): number {
  return Number(ns) / 1e9;
}

export function nodeMachine(env: Readonly<Record<string, string>>): HostMachine {
  return {
    env,
    pid: process.pid,
    ppid: process.ppid,
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
    cpus: availableParallelism(),
    uname: [type(), hostname(), release(), version(), machine()],
    random: (n) => randomFillSync(new Uint8Array(n)),
    terminalSize(fd) {
      if (!isatty(fd)) return -ENOTTY;
      return guarded(() => new WriteStream(fd).getWindowSize() as [number, number]);
    },
  };
}
