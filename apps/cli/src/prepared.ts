// The prepared images that the build laid beside the bundle, one for each policy.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';

declare const __TRACE__: boolean;

export function imageName(python: string): string {
  return `${__TRACE__ ? 'trace-' : ''}${python}.image`;
}

/** The image's bytes, or undefined where there is none: the process then boots cold. */
export function preparedImage(python: string): Uint8Array | undefined {
  const file = fileURLToPath(new URL(imageName(python), import.meta.url));
  if (process.env.MOULT_COLD === '1' || !existsSync(file)) return undefined;
  return inflateRawSync(readFileSync(file));
}
