// The standard library for the page: a file for each module, deflated, and an index of what each imports when it is imported.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** The files of a zip archive (PKWARE APPNOTE 4.3). */
function* filesOf(zip) {
  let end = zip.length - 22;
  while (zip.readUInt32LE(end) !== 0x06054b50) end--;
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    if (!name.endsWith('/')) yield { name, data: zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed };
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
}

/** Modules that the text of a module names in imports at its beginning of lines; those in functions come when they are run. */
function importsOf(text, name) {
  const found = [];
  const folder = dirname(name);
  const inside = folder === '.' ? [] : folder.split('/');
  for (const [, from, names, plain] of text.matchAll(
    /^(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+\(?([^#\n)]*)|import[ \t]+([^#\n]+))/gm,
  )) {
    if (plain !== undefined) {
      found.push(...plain.split(',').map((part) => part.trim().split(/\s/)[0].split('.')));
      continue;
    }
    const dots = /^\.*/.exec(from)[0].length;
    const base = dots === 0 ? [] : inside.slice(0, inside.length - dots + 1);
    const path = [...base, ...from.slice(dots).split('.')].filter((part) => part !== '');
    found.push(path, ...names.split(',').map((part) => [...path, part.trim().split(/\s/)[0]]));
  }
  return found;
}

/** The generated texts of the names of Unicode's characters. */
async function unicodeNames() {
  const source = readFileSync(
    new URL('../../packages/runtime/src/numeric/unicode/generated/names.ts', import.meta.url),
  );
  return import(`data:text/javascript;base64,${source.toString('base64')}`);
}

/** Writes the library below `folder`; returns how many files. */
export async function writeLibrary(zipFile, folder) {
  const names = await unicodeNames();
  const files = [...filesOf(readFileSync(zipFile))].filter(({ name }) => name.endsWith('.py'));
  const numbers = new Map(files.map(({ name }, i) => [name, i]));
  const imports = files.map(({ name, data }) => {
    const wanted = new Set();
    for (const path of importsOf(data.toString('utf8'), name)) {
      for (let n = 1; n <= path.length; n++) {
        const stem = path.slice(0, n).join('/');
        const number = numbers.get(`${stem}.py`) ?? numbers.get(`${stem}/__init__.py`);
        if (number !== undefined) wanted.add(number);
      }
    }
    wanted.delete(numbers.get(name));
    return [...wanted];
  });
  for (const { name, data } of files) {
    const file = join(folder, `${name}.z`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, deflateRawSync(data, { level: 9 }));
  }
  const { WORDS, NAMES, POINTS, RANGES, ALIASES } = names;
  const texts = JSON.stringify({ words: WORDS, names: NAMES, points: POINTS, ranges: RANGES, aliases: ALIASES });
  writeFileSync(join(folder, 'unicode-names.json.z'), deflateRawSync(texts, { level: 9 }));
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ names: files.map(({ name }) => name), imports }));
  return files.length;
}
