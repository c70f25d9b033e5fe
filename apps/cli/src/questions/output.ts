// Answers go to standard output or, whole or not at all, to a file.
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeAll } from '../output.ts';

/** A file that cannot be written. */
export class NotWritten extends Error {}

/** The file appears when it is complete: it is written beside its place and renamed. */
export function writeOutput(path: string | null, data: string | Uint8Array): void {
  if (path === null || path === '-') {
    writeAll(1, data);
    return;
  }
  const beside = join(dirname(path), `.${process.pid}.moult-part`);
  try {
    writeFileSync(beside, data);
    renameSync(beside, path);
  } catch (e) {
    rmSync(beside, { force: true });
    throw new NotWritten(`can't write '${path}': ${(e as Error).message.replace(/^\w+: /, '').replace(/,.*$/, '')}`);
  }
}
