// Writing to file descriptors at once: a worker's own streams would go through the main thread.
import { writeSync } from 'node:fs';

/** Writes all of `data`; waits while a pipe is full. A reader that has gone away ends the program quietly, as SIGPIPE does. */
export function writeAll(fd: number, data: Uint8Array | string): void {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSync(fd, bytes, at, bytes.length - at);
    } catch (e) {
      const code = (e as NodeJS.ErrnoException).code;
      if (code === 'EAGAIN') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
      else if (code === 'EPIPE') process.exit(141);
      else throw e;
    }
  }
}

export function print(text: string): void {
  writeAll(1, `${text}\n`);
}
export function complain(text: string): void {
  writeAll(2, `${text}\n`);
}
