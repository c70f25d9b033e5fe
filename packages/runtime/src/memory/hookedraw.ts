/**
 * raw.ts as the tracing build sees it: the bundler puts this file in its place there (tools/bundle). The raw domain with
 * its debug hooks, and every allocation reported.
 */
import { hooks } from '../hooks.ts';
import { allocators, DEBUG_HOOKS } from './allocators.ts';
import { DOMAIN_RAW, EXTRA, debugBlock, debugRelease, debugResize } from './debughooks.ts';
import * as raw from './raw.ts';

export * from './raw.ts';

const tooMuch = (n: number): boolean => !(n >= 0 && n < 0x7f000000);

export function PyMem_RawMalloc(n: number): number {
  if (!hooks.allocate(DOMAIN_RAW, n)) return 0;
  let p: number;
  if ((allocators() & DEBUG_HOOKS) === 0) p = raw.PyMem_RawMalloc(n);
  else p = tooMuch(n) ? 0 : debugBlock(raw.PyMem_RawMalloc(n + EXTRA), n, DOMAIN_RAW, false);
  hooks.allocated(DOMAIN_RAW, p, n);
  return p;
}

export function PyMem_RawCalloc(nelem: number, elsize: number): number {
  const n = nelem * elsize;
  if (!hooks.allocate(DOMAIN_RAW, n)) return 0;
  let p: number;
  if ((allocators() & DEBUG_HOOKS) === 0) p = raw.PyMem_RawCalloc(nelem, elsize);
  else p = tooMuch(n) ? 0 : debugBlock(raw.PyMem_RawCalloc(1, n + EXTRA), n, DOMAIN_RAW, true);
  hooks.allocated(DOMAIN_RAW, p, n);
  return p;
}

export function PyMem_RawRealloc(p: number, n: number): number {
  if (!hooks.allocate(DOMAIN_RAW, n)) return 0;
  if (p !== 0) hooks.releasing(DOMAIN_RAW, p);
  let q: number;
  if ((allocators() & DEBUG_HOOKS) === 0) q = raw.PyMem_RawRealloc(p, n);
  else if (tooMuch(n)) q = 0;
  else if (p === 0) q = debugBlock(raw.PyMem_RawMalloc(n + EXTRA), n, DOMAIN_RAW, false);
  else q = debugResize(p, n, DOMAIN_RAW, raw.PyMem_RawRealloc);
  if (q !== 0) {
    if (p !== 0) {
      hooks.resized(DOMAIN_RAW, p, q, n);
      hooks.freed(DOMAIN_RAW, p);
    }
    hooks.allocated(DOMAIN_RAW, q, n);
  }
  return q;
}

export function PyMem_RawFree(p: number): void {
  if (p === 0) return;
  hooks.releasing(DOMAIN_RAW, p);
  const block = (allocators() & DEBUG_HOOKS) === 0 ? p : debugRelease(p, DOMAIN_RAW);
  raw.PyMem_RawFree(block);
  hooks.freed(DOMAIN_RAW, p);
}
