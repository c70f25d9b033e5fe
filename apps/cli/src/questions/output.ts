// Answers go to standard output or, whole or not at all, to a file.
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { writeAll } from '../output.ts';

/** A file that cannot be written. */
export class NotWritten extends Error {}

const PART = '.moult-part';

/** The file appears when it is complete: it is written beside its place and renamed. */
export function writeOutput(path: string | null, data: string | Uint8Array): void {
  if (path === null || path === '-') {
    writeAll(1, data);
    return;
  }
  writeParts(path, (write) => write(typeof data === 'string' ? new TextEncoder().encode(data) : data));
}

/** As writeOutput, what `produce` writes part by part. */
export function writeParts<T>(path: string, produce: (write: (part: Uint8Array) => void) => T): T {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}${PART}`);
  let fd = -1;
  try {
    removeAbandoned(path);
    fd = openSync(beside, 'w');
    const result = produce((part) => {
      for (let at = 0; at < part.length; ) at += writeSync(fd, part, at);
    });
    fsyncSync(fd);
    closeSync(fd);
    fd = -1;
    renameSync(beside, path);
    return result;
  } catch (e) {
    if (fd >= 0) closeSync(fd);
    rmSync(beside, { force: true });
    if (typeof (e as NodeJS.ErrnoException).code !== 'string') throw e;
    throw new NotWritten(`can't write '${path}': ${(e as Error).message.replace(/^\w+: /, '').replace(/,.*$/, '')}`);
  }
}

/** What a process that was killed amid writing left beside. */
function removeAbandoned(path: string): void {
  const start = `.${basename(path)}.`;
  for (const name of readdirSync(dirname(path))) {
    if (!name.startsWith(start) || !name.endsWith(PART)) continue;
    const pid = Number(name.slice(start.length, -PART.length));
    if (Number.isInteger(pid) && pid > 0 && !lives(pid)) rmSync(join(dirname(path), name), { force: true });
  }
}
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'EPERM';
  }
}
