// The outside world of a process that runs on Node: file descriptors, files, the clock.
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { isatty } from 'node:tty';
import { parentPort, workerData } from 'node:worker_threads';
import type { HostFiles, ProcessHost } from '@moult/runtime';
import { BY_IMPORTLIB, standardLibrary, withLibraryFiles, withStandardLibrary } from './archive.ts';
import { errnoOf, guarded } from './hosterrors.ts';
import { locate, mayChange, nodeFs, nodeMachine, type Place } from './hostfs.ts';
import { writeAll } from './output.ts';

export interface HostOptions {
  readonly cwd: string;
  /** Instead of file descriptors 1 and 2. */
  readonly write?: (fd: number, data: Uint8Array) => void;
  /** What os.environ shows. */
  readonly env?: Readonly<Record<string, string>>;
  /** Instead of file descriptor 0. */
  readonly stdin?: Uint8Array;
}

const interrupts: Int32Array | null = (workerData as { interrupts?: Int32Array } | null)?.interrupts ?? null;
const pause = interrupts ?? new Int32Array(new SharedArrayBuffer(4));

/** True once for each Ctrl-C. */
function takeInterrupt(): boolean {
  // the sign of life that bin/moult.mjs looks for
  if (interrupts !== null) Atomics.add(interrupts, 1, 1);
  return interrupts !== null && Atomics.exchange(interrupts, 0, 0) > 0;
}

/** While it runs, no sign of life is missed. */
function waiting<T>(f: () => T): T {
  if (interrupts !== null) Atomics.store(interrupts, 2, 1);
  try {
    return f();
  } finally {
    if (interrupts !== null) Atomics.store(interrupts, 2, 0);
  }
}

const ENOENT = 2;
const EACCES = 13;
const ESPIPE = 29;
const O_ACCMODE = 3;
const O_CREAT = 0o100;
const O_TRUNC = 0o1000;
const O_APPEND = 0o2000;

/** Node cannot ask for a descriptor's position: regular files that the program opened are read and written at ours. */
interface OpenFile {
  position: number;
  readonly append: boolean;
}

const library = BY_IMPORTLIB ? standardLibrary() : undefined;

export function nodeHost(options: HostOptions): ProcessHost {
  const files = new Map<number, OpenFile>();
  /** Directories that the program has opened. */
  const directories = new Map<number, string>();
  const place: Place = { cwd: options.cwd, root: options.cwd };
  let stdinAt = 0;
  const captured = (fd: number): boolean => (fd === 0 ? options.stdin !== undefined : options.write !== undefined);
  const io: ProcessHost['io'] = {
    open(path, flags, mode) {
      if (path === '') return -ENOENT;
      const changes = (flags & (O_ACCMODE | O_CREAT | O_TRUNC)) !== 0;
      if (changes && !mayChange(place, path)) return -EACCES;
      return guarded(() => {
        const fd = openSync(locate(place, path), flags, mode);
        const st = fstatSync(fd);
        if (st.isDirectory()) directories.set(fd, locate(place, path));
        if (st.isFile()) files.set(fd, { position: 0, append: (flags & O_APPEND) !== 0 });
        return fd;
      });
    },
    read(fd, max) {
      if (fd === 0 && options.stdin !== undefined) {
        const part = options.stdin.subarray(stdinAt, stdinAt + max);
        stdinAt += part.length;
        return part;
      }
      const file = files.get(fd);
      if (file === undefined) return readBlocking(fd, max);
      return guarded(() => {
        const buffer = new Uint8Array(max);
        const n = readSync(fd, buffer, 0, max, file.position);
        file.position += n;
        return buffer.subarray(0, n);
      });
    },
    write(fd, data) {
      const file = files.get(fd);
      if (file === undefined) {
        if (fd <= 2 && options.write !== undefined) options.write(fd, data);
        else if (fd <= 2) writeAll(fd, data);
        else return guarded(() => writeSync(fd, data));
        return data.length;
      }
      return guarded(() => {
        const n = writeSync(fd, data, 0, data.length, file.append ? null : file.position);
        file.position = file.append ? fstatSync(fd).size : file.position + n;
        return n;
      });
    },
    seek(fd, offset, whence) {
      const file = files.get(fd);
      if (file === undefined) return -ESPIPE;
      return guarded(() => {
        const base = whence === 0 ? 0 : whence === 1 ? file.position : fstatSync(fd).size;
        if (base + offset < 0) return -22;
        file.position = base + offset;
        return file.position;
      });
    },
    truncate: (fd, size) =>
      guarded(() => {
        ftruncateSync(fd, size);
        return 0;
      }),
    close: (fd) =>
      guarded(() => {
        files.delete(fd);
        directories.delete(fd);
        if (fd > 2) closeSync(fd);
        return 0;
      }),
    isatty: (fd) => (fd <= 2 && captured(fd) ? false : isatty(fd)),
    stat(fd) {
      if (fd <= 2 && captured(fd)) return { mode: 0o10600, size: 0 };
      return guarded(() => {
        const { mode, size } = fstatSync(fd);
        return { mode, size };
      });
    },
  };
  const fs = nodeFs(place, (fd) => directories.get(fd) ?? null);
  const hostFiles = nodeFiles(place);
  const outside =
    library === undefined
      ? { ...withLibraryFiles(io, fs), files: withStandardLibrary(hostFiles) }
      : { io, fs, files: hostFiles, library };
  return {
    ...outside,
    clock: {
      time: () => BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e6)),
      monotonic: () => process.hrtime.bigint(),
      perfCounter: () => process.hrtime.bigint(),
      processTime() {
        const { user, system } = process.cpuUsage();
        return BigInt(user + system) * 1000n;
      },
      sleep(ns) {
        waiting(() => Atomics.wait(pause, 0, 0, Number(ns) / 1e6));
        return true;
      },
      zone(seconds) {
        const date = new Date(seconds * 1000);
        const winter = new Date(date.getFullYear(), 0, 1).getTimezoneOffset();
        const summer = new Date(date.getFullYear(), 6, 1).getTimezoneOffset();
        const offset = -date.getTimezoneOffset() * 60;
        const name = /\(([^)]*)\)/.exec(date.toString())?.[1] ?? '';
        const short = new Intl.DateTimeFormat('en', { timeZoneName: 'short' }).format(date).split(' ').pop() ?? name;
        return { offset, dst: winter !== summer && date.getTimezoneOffset() === Math.min(winter, summer), name: short };
      },
    },
    machine: nodeMachine(options.env ?? {}),
    interrupted: takeInterrupt,
    tainted: () => parentPort?.postMessage({ tainted: true }),
  };
}

function readBlocking(fd: number, max: number): Uint8Array | number {
  const buffer = new Uint8Array(max);
  for (;;) {
    try {
      return buffer.subarray(
        0,
        waiting(() => readSync(fd, buffer, 0, max, null)),
      );
    } catch (e) {
      const code = (e as NodeJS.ErrnoException).code;
      if (code === 'EOF') return new Uint8Array(0);
      if (code !== 'EAGAIN') return errnoOf(e);
      Atomics.wait(pause, 0, 0, 10);
    }
  }
}

function nodeFiles(place: Place): HostFiles {
  const kind = (path: string): 'file' | 'directory' | null => {
    const stat = statSync(locate(place, path), { throwIfNoEntry: false });
    return stat === undefined ? null : stat.isDirectory() ? 'directory' : 'file';
  };
  return {
    readFile(path) {
      try {
        return readFileSync(locate(place, path));
      } catch {
        return null;
      }
    },
    isFile: (path) => kind(path) === 'file',
    isDirectory: (path) => kind(path) === 'directory',
    listDirectory(path) {
      try {
        return readdirSync(locate(place, path)).sort();
      } catch {
        return [];
      }
    },
  };
}
