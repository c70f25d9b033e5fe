// The standard library's compiled modules, that the build lays beside the bundle: no module is compiled again.
//
//   "MOULTLIB"   u32 length of the index   the index: JSON, key → [offset behind it, packed length]   deflated code, one after the other
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { compileLibrary, type Library } from '@moult/runtime';

const NAME = 'library.code';
const MAGIC = 'MOULTLIB';
const HEADER = 12;

type Index = Record<string, readonly [number, number]>;

const place = (): string => fileURLToPath(new URL(NAME, import.meta.url));

/** Looks compiled code up; null for keys that are not there, as all are where there is no such file. */
export function compiledCode(): (key: string) => Uint8Array | null {
  const path = place();
  if (!existsSync(path)) return () => null;
  const data = readFileSync(path);
  if (data.toString('latin1', 0, 8) !== MAGIC) return () => null;
  const start = HEADER + data.readUInt32LE(8);
  const index = JSON.parse(data.toString('utf8', HEADER, start)) as Index;
  return (key) => {
    const entry = Object.hasOwn(index, key) ? index[key] : undefined;
    return entry === undefined ? null : inflateRawSync(data.subarray(start + entry[0], start + entry[0] + entry[1]));
  };
}

/** Compiles the library and writes the file; what was written, in words. */
export function writeCompiledCode(library: Library): string {
  const index: Record<string, [number, number]> = {};
  const parts: Buffer[] = [];
  let at = 0;
  compileLibrary(library, (key, code) => {
    const packed = deflateRawSync(code);
    index[key] = [at, packed.length];
    parts.push(packed);
    at += packed.length;
  });
  const names = Buffer.from(JSON.stringify(index));
  const header = Buffer.alloc(HEADER);
  header.write(MAGIC, 'latin1');
  header.writeUInt32LE(names.length, 8);
  writeFileSync(place(), Buffer.concat([header, names, ...parts]));
  return `${NAME}: ${parts.length} modules, ${at} bytes packed`;
}
