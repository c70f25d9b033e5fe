// What gc.get_count, gc.get_threshold and gc.get_stats say, from the bytes.
import { _gc_runtime_state, gc_generation, gc_generation_stats, PyInterpreterState } from '@moult/abi';
import type { Reader } from '../reader.ts';

export interface GenerationStats {
  readonly threshold: number;
  readonly count: number;
  readonly collections: number;
  readonly collected: number;
  readonly uncollectable: number;
}

/** Generations 0 to 2. */
export function collectorStats(reader: Reader): GenerationStats[] {
  const gc = reader.target.interp + PyInterpreterState.gc;
  return [0, 1, 2].map((i) => {
    const generation = gc + _gc_runtime_state.generations + i * gc_generation.SIZE;
    const stats = gc + _gc_runtime_state.generation_stats + i * gc_generation_stats.SIZE;
    return {
      threshold: reader.i32(generation + gc_generation.threshold),
      count: reader.i32(generation + gc_generation.count),
      collections: reader.ssize(stats + gc_generation_stats.collections),
      collected: reader.ssize(stats + gc_generation_stats.collected),
      uncollectable: reader.ssize(stats + gc_generation_stats.uncollectable),
    };
  });
}
