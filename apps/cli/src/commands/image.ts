// `moult make-images`: lays the prepared images beside the bundle. The build runs it; it must be the bundle itself that
// makes them, since an image holds the numbers that this bundle gives its native functions.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { makeImage } from '@moult/runtime';
import { print } from '../output.ts';
import { imageName } from '../prepared.ts';

export function imageCommand(argv: readonly string[]): number {
  const pythons = argv.filter((a) => !a.startsWith('-'));
  for (const python of pythons) {
    const image = makeImage(python);
    const packed = deflateRawSync(image, { level: 9 });
    const file = fileURLToPath(new URL(imageName(python), import.meta.url));
    writeFileSync(file, packed);
    print(`${imageName(python)}: ${image.length} bytes, ${packed.length} packed`);
  }
  return 0;
}
