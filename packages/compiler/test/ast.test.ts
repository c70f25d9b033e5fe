// Every file of the standard library archive parses, to the tree that CPython 3.13 makes of it, positions included.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { parse } from '../src/index.ts';
import { dumpTree } from './dump.ts';
import names from './oracle/char-names.json' with { type: 'json' };
import recorded from './oracle/stdlib-ast.json' with { type: 'json' };

/** The files of a zip archive, by name. */
function unzip(zip: Buffer): Map<string, Buffer> {
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
    files.set(name, method === 0 ? bytes : inflateRawSync(bytes));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

const resolveCharName = (name: string): number => (names as Record<string, number>)[name.toUpperCase()] ?? -1;

test('the whole standard library has the tree of CPython 3.13', () => {
  const archive = createRequire(import.meta.url).resolve('pyodide/python_stdlib.zip');
  const files = unzip(readFileSync(archive));
  const hashes = recorded.hashes as Record<string, string>;
  const wrong: string[] = [];
  let parsed = 0;
  for (const [filename, bytes] of files) {
    if (!filename.endsWith('.py')) continue;
    parsed++;
    try {
      const tree = dumpTree(parse(bytes, { filename, mode: 'exec', resolveCharName }));
      const hash = createHash('sha256').update(tree).digest('hex').slice(0, 16);
      if (hash !== hashes[filename]) wrong.push(`${filename}: another tree`);
    } catch (e) {
      wrong.push(`${filename}: ${e}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(parsed).toBe(Object.keys(hashes).length);
  expect(parsed).toBeGreaterThan(500);
});
