// `moult make-images`: lays the prepared images beside the bundle. The build runs it; it must be the bundle itself that
// makes them, since an image holds the numbers that this bundle gives its native functions.
//
//   moult make-images PYTHON… [--others]    of these under every allocator; of the other policies under the default one
//   moult make-images --library             compiles the standard library instead
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { policies } from '@moult/abi';
import { makeImage } from '@moult/runtime';
import { BY_IMPORTLIB, standardLibrary } from '../archive.ts';
import { writeCompiledCode } from '../librarycode.ts';
import { print } from '../output.ts';
import { imageName } from '../prepared.ts';

declare const __TRACE__: boolean;

export function imageCommand(argv: readonly string[]): number {
  const pythons = argv.filter((a) => !a.startsWith('-'));
  const allocators = __TRACE__ ? ['default', 'malloc', 'debug', 'malloc_debug'] : ['default'];
  const others = argv.includes('--others') ? Object.keys(policies).filter((p) => !pythons.includes(p)) : [];
  const wanted = [
    ...pythons.flatMap((p) => allocators.map((a) => [p, a] as const)),
    ...others.map((p) => [p, 'default'] as const),
  ];
  const library = standardLibrary();
  if (argv.includes('--library')) {
    if (library === undefined) throw new Error('the archive of the standard library is missing beside the bundle');
    print(writeCompiledCode(library));
    return 0;
  }
  for (const [python, allocator] of wanted) {
    const image = makeImage(python, allocator, BY_IMPORTLIB ? library : undefined);
    const packed = deflateRawSync(image, { level: 9 });
    const file = fileURLToPath(new URL(imageName(python, allocator), import.meta.url));
    writeFileSync(file, packed);
    print(`${imageName(python, allocator)}: ${image.length} bytes, ${packed.length} packed`);
  }
  return 0;
}
