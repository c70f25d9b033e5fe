/**
 * obmalloc.ts as the tracing build sees it: the bundler puts this file in its place there (tools/bundle). The mem and
 * object domains, each over the allocator that PYTHONMALLOC chose, with debug hooks where it asks for them, and every
 * allocation reported.
 */
import { hooks } from '../hooks.ts';
import { allocators, DEBUG_HOOKS, MALLOC_ONLY } from './allocators.ts';
import { DOMAIN_MEM, DOMAIN_OBJ, EXTRA, debugBlock, debugRelease, debugResize } from './debughooks.ts';
import { PyMem_RawCalloc, PyMem_RawFree, PyMem_RawMalloc, PyMem_RawRealloc } from './hookedraw.ts';
import {
  SMALL_LIMIT_WORD,
  SMALL_REQUEST_THRESHOLD,
  TRACE_ADD_WORD,
  TRACE_REMOVE_WORD,
  TRACING_WORD,
} from './layout.ts';
import { i32, setI32 } from './linear.ts';
import { type NativeFunction, text } from './text.ts';
import { _PyObject_Calloc, _PyObject_Free, _PyObject_Malloc, _PyObject_Realloc } from './obmalloc.ts';
import * as libc from './raw.ts';

export * from './obmalloc.ts';
export { PyMem_RawCalloc, PyMem_RawFree, PyMem_RawMalloc, PyMem_RawRealloc };

const tooMuch = (n: number): boolean => !(n >= 0 && n < 0x7f000000);

function baseMalloc(n: number): number {
  return (allocators() & MALLOC_ONLY) === 0 ? _PyObject_Malloc(n) : libc.PyMem_RawMalloc(n);
}
function baseRealloc(p: number, n: number): number {
  return (allocators() & MALLOC_ONLY) === 0 ? _PyObject_Realloc(p, n) : libc.PyMem_RawRealloc(p, n);
}

// tracemalloc lies over the debug hooks: it sees what was asked for, and the address that the caller gets
function traceBegins(): boolean {
  if (i32(SMALL_LIMIT_WORD) >= 0) return false;
  setI32(SMALL_LIMIT_WORD, SMALL_REQUEST_THRESHOLD);
  return true;
}
function traceEnds(domain: number, p: number, n: number): number {
  const known = p === 0 || (text[i32(TRACE_ADD_WORD)] as NativeFunction)(p, n);
  if (!known) domainFree(domain, p);
  setI32(SMALL_LIMIT_WORD, -1);
  return known ? p : 0;
}
function traceForgets(p: number): void {
  if (i32(TRACING_WORD) !== 0) (text[i32(TRACE_REMOVE_WORD)] as NativeFunction)(p);
}

function domainMalloc(domain: number, n: number): number {
  if (!hooks.allocate(domain, n)) return 0;
  const traced = traceBegins();
  const p = plainMalloc(domain, n);
  return traced ? traceEnds(domain, p, n) : p;
}
function plainMalloc(domain: number, n: number): number {
  let p: number;
  if ((allocators() & DEBUG_HOOKS) === 0) p = baseMalloc(n);
  else p = tooMuch(n) ? 0 : debugBlock(baseMalloc(n + EXTRA), n, domain, false);
  hooks.allocated(domain, p, n);
  return p;
}

function domainCalloc(domain: number, nelem: number, elsize: number): number {
  const n = nelem * elsize;
  if (!hooks.allocate(domain, n)) return 0;
  const traced = traceBegins();
  const p = plainCalloc(domain, n);
  return traced ? traceEnds(domain, p, n) : p;
}
function plainCalloc(domain: number, n: number): number {
  const debug = (allocators() & DEBUG_HOOKS) !== 0;
  let p = 0;
  if (!debug || !tooMuch(n)) {
    const total = debug ? n + EXTRA : n;
    p = (allocators() & MALLOC_ONLY) === 0 ? _PyObject_Calloc(1, total) : libc.PyMem_RawCalloc(1, total);
    if (debug) p = debugBlock(p, n, domain, true);
  }
  hooks.allocated(domain, p, n);
  return p;
}

function domainRealloc(domain: number, p: number, n: number): number {
  if (!hooks.allocate(domain, n)) return 0;
  const traced = traceBegins();
  const q = plainRealloc(domain, p, n);
  if (!traced) return q;
  if (q !== 0 && p !== 0 && q !== p) traceForgets(p);
  return traceEnds(domain, q, n);
}
function plainRealloc(domain: number, p: number, n: number): number {
  if (p !== 0) hooks.releasing(domain, p);
  let q: number;
  if ((allocators() & DEBUG_HOOKS) === 0) q = baseRealloc(p, n);
  else if (tooMuch(n)) q = 0;
  else if (p === 0) q = debugBlock(baseMalloc(n + EXTRA), n, domain, false);
  else q = debugResize(p, n, domain, baseRealloc);
  if (q !== 0) {
    if (p !== 0) {
      hooks.resized(domain, p, q, n);
      hooks.freed(domain, p);
    }
    hooks.allocated(domain, q, n);
  }
  return q;
}

function domainFree(domain: number, p: number): void {
  if (p === 0) return;
  hooks.releasing(domain, p);
  traceForgets(p);
  const block = (allocators() & DEBUG_HOOKS) === 0 ? p : debugRelease(p, domain);
  if ((allocators() & MALLOC_ONLY) === 0) _PyObject_Free(block);
  else libc.PyMem_RawFree(block);
  hooks.freed(domain, p);
}

export function PyMem_Malloc(n: number): number {
  return domainMalloc(DOMAIN_MEM, n);
}
export function PyMem_Calloc(nelem: number, elsize: number): number {
  return domainCalloc(DOMAIN_MEM, nelem, elsize);
}
export function PyMem_Realloc(p: number, n: number): number {
  return domainRealloc(DOMAIN_MEM, p, n);
}
export function PyMem_Free(p: number): void {
  domainFree(DOMAIN_MEM, p);
}
export function PyObject_Malloc(n: number): number {
  return domainMalloc(DOMAIN_OBJ, n);
}
export function PyObject_Calloc(nelem: number, elsize: number): number {
  return domainCalloc(DOMAIN_OBJ, nelem, elsize);
}
export function PyObject_Realloc(p: number, n: number): number {
  return domainRealloc(DOMAIN_OBJ, p, n);
}
export function PyObject_Free(p: number): void {
  domainFree(DOMAIN_OBJ, p);
}
