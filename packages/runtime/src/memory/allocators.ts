/** Which allocator serves which domain: what PYTHONMALLOC chooses. Other than plain pymalloc needs the tracing build. */
import { i32, setI32 } from './linear.ts';
import { ALLOCATOR_WORD } from './layout.ts';

/** Bits of ALLOCATOR_WORD: small blocks come from malloc, too; debug hooks lie over every domain. */
export const MALLOC_ONLY = 1;
export const DEBUG_HOOKS = 2;

/** The values of PYTHONMALLOC. */
export const ALLOCATORS: Readonly<Record<string, number>> = {
  default: 0,
  pymalloc: 0,
  malloc: MALLOC_ONLY,
  debug: DEBUG_HOOKS,
  pymalloc_debug: DEBUG_HOOKS,
  malloc_debug: MALLOC_ONLY | DEBUG_HOOKS,
};

/** Before the first allocation: blocks of one kind cannot be freed as the other. */
export function setAllocators(bits: number): void {
  setI32(ALLOCATOR_WORD, bits);
}
export function allocators(): number {
  return i32(ALLOCATOR_WORD);
}
