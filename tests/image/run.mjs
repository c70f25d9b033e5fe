// Compares what programs look like in memory on the native CPython 3.13.0 and on the engine.
//
//   node tests/image/run.mjs [name…]      those of tests/image/programs whose name contains one of these
//     --record     write CPython's answers to tests/oracle/cpython-3.13.0-linux-x64-image
//     --recorded   compare with what is recorded instead of asking CPython
//     --all        print every difference, not the first five of a program
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPython } from '../native.mjs';
import {
  bundleDrivers,
  compareImages,
  engineImages,
  listImages,
  nativeImages,
  record,
  recordedImage,
} from './image.mjs';

const flags = process.argv.slice(2).filter((arg) => arg.startsWith('--'));
const names = listImages(process.argv.slice(2).filter((arg) => !arg.startsWith('--')));
const python = findPython('3.13.0');
if (python === null && !flags.includes('--recorded')) throw new Error('no native CPython 3.13.0 here: use --recorded');
const dir = mkdtempSync(join(tmpdir(), 'moult-image-'));
try {
  await bundleDrivers(dir);
  const expected = flags.includes('--recorded') ? names.map(recordedImage) : nativeImages(dir, python, names);
  if (flags.includes('--record')) for (const [i, name] of names.entries()) record(name, expected[i]);
  const actual = engineImages(
    dir,
    names,
    expected.map((summary) => summary.stacks),
  );
  let [own, shared, differing] = [0, 0, 0];
  for (const [i, name] of names.entries()) {
    const result = compareImages(expected[i], actual[i].summary);
    own += result.own;
    shared += result.shared;
    differing += result.differences.length;
    const ok = result.differences.length === 0 && actual[i].audit === '';
    console.log(
      `${ok ? 'ok  ' : 'DIFF'} ${name}: ${result.own} own objects, ${result.shared} shared, ${result.differences.length} differences`,
    );
    if (actual[i].audit !== '') console.log(`  audit: ${actual[i].audit}`);
    for (const text of result.differences.slice(0, flags.includes('--all') ? Infinity : 5)) console.log(`    ${text}`);
  }
  console.log(
    `${names.length} programs, ${own} own objects and ${shared} shared ones compared, ${differing} differences`,
  );
  process.exitCode = differing === 0 ? 0 : 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}
