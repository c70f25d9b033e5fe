// The prepared images that the build laid beside the bundle, one for each policy.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { warmUp } from '@moult/runtime';

declare const __TRACE__: boolean;

export function imageName(python: string): string {
  return `${__TRACE__ ? 'trace-' : ''}${python}.image`;
}

export const WARM_UP_IMAGE = 'warm-up.image';

/** Shows the JIT what programs do, before the realm's first process (runtime's warmup.ts). MOULT_WARM=0: not. */
export function warmUpRealm(): void {
  const file = fileURLToPath(new URL(WARM_UP_IMAGE, import.meta.url));
  if (__TRACE__ || process.env.MOULT_WARM === '0' || !existsSync(file)) return;
  warmUp(inflateRawSync(readFileSync(file)));
}

/** The image's bytes, or undefined where there is none: the process then boots cold. */
export function preparedImage(python: string): Uint8Array | undefined {
  const file = fileURLToPath(new URL(imageName(python), import.meta.url));
  if (process.env.MOULT_COLD === '1' || !existsSync(file)) return undefined;
  return inflateRawSync(readFileSync(file));
}
