/** What collections have done: gc.get_stats()'s rows, and how many objects they have looked at, which CPython does not tell. */
import { _gc_runtime_state as gcs, gc_generation_stats } from '@moult/abi';
import { ROOM_STATE, setSsize, ssize } from '../memory/linear.ts';
import { GC_STATE } from '../objects/runtime.ts';

export interface Outcome {
  collected: number;
  uncollectable: number;
  /** Objects whose references were counted, or that were marked. */
  candidates: number;
}

const VISITED = ROOM_STATE + 0x3480;
const LONGEST = VISITED + 24;

function add(address: number, n: number): void {
  setSsize(address, ssize(address) + n);
}
/** One more collection of this generation (add_stats). */
export function addStats(generation: number, out: Outcome): void {
  const row = GC_STATE + gcs.generation_stats + generation * gc_generation_stats.SIZE;
  add(row + gc_generation_stats.collections, 1);
  add(row + gc_generation_stats.collected, out.collected);
  add(row + gc_generation_stats.uncollectable, out.uncollectable);
}
export function addVisited(generation: number, objects: number): void {
  add(VISITED + generation * 8, objects);
  if (objects > ssize(LONGEST)) setSsize(LONGEST, objects);
}

/** The program begins: what start-up has visited is not its work. */
export function resetWork(): void {
  for (let i = 0; i < 4; i++) setSsize(VISITED + i * 8, 0);
}

/** Objects that the program's collections have visited, by generation, and the most of any one collection. */
export interface CollectorWork {
  readonly visited: readonly [number, number, number];
  readonly longest: number;
}
export function collectorWork(): CollectorWork {
  return { visited: [ssize(VISITED), ssize(VISITED + 8), ssize(VISITED + 16)], longest: ssize(LONGEST) };
}
