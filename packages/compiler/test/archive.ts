// The standard library archive that the npm package pyodide ships, and the names that its sources use in \N{...}.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inflateRawSync } from 'node:zlib';
import names from './oracle/char-names.json' with { type: 'json' };

/** The Python files of a zip archive, by name. */
export function pythonFiles(): Map<string, Buffer> {
  const zip = readFileSync(createRequire(import.meta.url).resolve('pyodide/python_stdlib.zip'));
  const files = new Map<string, Buffer>();
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const method = zip.readUInt16LE(at + 10);
    const size = zip.readUInt32LE(at + 20);
    const nameLength = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(data, data + size);
    if (name.endsWith('.py')) files.set(name, method === 0 ? bytes : inflateRawSync(bytes));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

export const resolveCharName = (name: string): number =>
  (names as { [name: string]: number | undefined })[name.toUpperCase()] ?? -1;
