/** The outside world of a program in the page: its own file, what was typed, a clock that does not wait. No network, no storage. */
import type { ProcessHost } from '@moult/runtime';
import type { Program } from '../protocol.ts';
import type { Library } from './library.ts';

/** Where programs lie. */
export const HOME = '/home/lab';
export const pathOf = (program: Program): string => `${HOME}/${program.name}`;

const ENOENT = 2;
const EBADF = 9;
const EACCES = 13;
const EINVAL = 22;
const ESPIPE = 29;
const O_ACCMODE = 3;
const REGULAR = 0o100644;
const PIPE = 0o010600;
const FIRST_FD = 3;

export interface HostWatch {
  /** The program reads, and nothing was typed that it has not read. */
  wantsInput: boolean;
}

export function labHost(program: Program, input: string, library: Library, watch: HostWatch): ProcessHost {
  const encoder = new TextEncoder();
  const source = encoder.encode(program.source);
  const typed = encoder.encode(input);
  const path = pathOf(program);
  let typedAt = 0;
  const open = new Map<number, { readonly data: Uint8Array; at: number }>();
  let nextFd = FIRST_FD;
  const started = BigInt(Date.now()) * 1_000_000n;
  /** What the program slept is added to the clock, not waited for. */
  let slept = 0n;
  const passed = (): bigint => BigInt(Math.round(performance.now() * 1e6)) + slept;
  const files = library.mount({
    readFile: (name) => (name === path || name === program.name ? source : null),
    isFile: (name) => name === path || name === program.name,
    isDirectory: (name) => name === HOME || name === '/' || name === '/home',
    listDirectory: (name) =>
      name === HOME ? [program.name] : name === '/' ? ['home'] : name === '/home' ? ['lab'] : [],
  });
  return {
    io: {
      open(name, flags) {
        if ((flags & O_ACCMODE) !== 0) return -EACCES;
        const data = files.readFile(name);
        if (data === null) return -ENOENT;
        open.set(nextFd, { data, at: 0 });
        return nextFd++;
      },
      read(fd, max) {
        if (fd === 0) {
          const part = typed.subarray(typedAt, typedAt + max);
          typedAt += part.length;
          if (part.length > 0) return part;
          watch.wantsInput = true;
          return null;
        }
        const file = open.get(fd);
        if (file === undefined) return -EBADF;
        const part = file.data.subarray(file.at, file.at + max);
        file.at += part.length;
        return part;
      },
      write: (fd, data) => (fd === 1 || fd === 2 ? data.length : -EBADF),
      seek(fd, offset, whence) {
        const file = open.get(fd);
        if (file === undefined) return -ESPIPE;
        const to = (whence === 0 ? 0 : whence === 1 ? file.at : file.data.length) + offset;
        if (to < 0) return -EINVAL;
        file.at = to;
        return to;
      },
      truncate: () => -EBADF,
      close: (fd) => (open.delete(fd) || fd <= 2 ? 0 : -EBADF),
      isatty: () => false,
      stat(fd) {
        const file = open.get(fd);
        if (file !== undefined) return { mode: REGULAR, size: file.data.length };
        return fd <= 2 ? { mode: PIPE, size: 0 } : -EBADF;
      },
    },
    clock: {
      time: () => started + passed(),
      monotonic: passed,
      perfCounter: passed,
      processTime: passed,
      sleep(ns) {
        slept += ns;
        return true;
      },
      zone: () => ({ offset: 0, dst: false, name: 'UTC' }),
    },
    files,
    machine: { env: {} },
  };
}
