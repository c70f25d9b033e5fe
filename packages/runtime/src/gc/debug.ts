/** gc.set_debug: what a collection writes on stderr, in CPython's words. */
import { _gc_runtime_state as gcs, gc_generation } from '@moult/abi';
import { type Ref, typeNameOf } from '../objects/object.ts';
import { GC_STATE } from '../objects/runtime.ts';
import { writeStderr } from '../objects/stderr.ts';
import { gc_list_size } from './lists.ts';

export const DEBUG_STATS = 1;
export const DEBUG_COLLECTABLE = 2;
export const DEBUG_UNCOLLECTABLE = 4;
export const DEBUG_SAVEALL = 32;

export function debugObject(what: string, op: Ref): void {
  writeStderr(`gc: ${what} <${typeNameOf(op)} 0x${op.toString(16)}>\n`);
}
export function debugStart(generation: number): void {
  const sizes = [0, 1, 2].map((i) => gc_list_size(GC_STATE + gcs.generations + i * gc_generation.SIZE));
  writeStderr(`gc: collecting generation ${generation}...\n`);
  writeStderr(`gc: objects in each generation: ${sizes.join(' ')}\n`);
  writeStderr(`gc: objects in permanent generation: ${gc_list_size(GC_STATE + gcs.permanent_generation)}\n`);
}
/** The elapsed time is 0: the clock is an input, and a collection takes none of the program's time. */
export function debugStop(freed: number, uncollectable: number): void {
  const n = freed + uncollectable;
  writeStderr(`gc: done, ${n} unreachable, ${uncollectable} uncollectable, 0.0000s elapsed\n`);
}
