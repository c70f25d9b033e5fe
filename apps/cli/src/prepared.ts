// The prepared images that the build laid beside the bundle, one for each policy.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { ALLOCATORS } from '@moult/runtime';
import { BY_IMPORTLIB } from './archive.ts';

declare const __TRACE__: boolean;

/** Under its allocators' bits, as two names of PYTHONMALLOC may mean the same. */
export function imageName(python: string, allocator = 'default'): string {
  const bits = ALLOCATORS[allocator] ?? 0;
  return `${__TRACE__ ? 'trace-' : ''}${BY_IMPORTLIB ? 'importlib-' : ''}${python}${bits === 0 ? '' : `-allocators${bits}`}.image`;
}

/** The image's bytes, or undefined where there is none: the process then boots cold. */
export function preparedImage(python: string, allocator = 'default'): Uint8Array | undefined {
  const file = fileURLToPath(new URL(imageName(python, allocator), import.meta.url));
  if (process.env.MOULT_COLD === '1' || !existsSync(file)) return undefined;
  return inflateRawSync(readFileSync(file));
}
