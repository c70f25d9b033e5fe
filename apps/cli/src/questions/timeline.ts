// Samples of a recorded run: what lives, what memory is in use, how the generations are filled, at even distances in time.
import { arenaSizeOf, collectorStats, generationHeads, reachable, type Reader, trackedObjects } from '@moult/inspect';
import type { Recording } from '@moult/recorder';
import { classStats, memoryUse } from '@moult/runtime';

export interface TimeSample {
  /** Instructions executed. */
  readonly at: number;
  /** Objects that can be reached, start-up's included. */
  readonly objects: number;
  /** Blocks in use, of pymalloc and outside it, and their bytes with mappings other than arenas. */
  readonly blocks: number;
  readonly bytes: number;
  readonly arenas: number;
  /** Objects in generations 0 to 2. */
  readonly generations: readonly [number, number, number];
  /** Collections of generations 0 to 2 so far. */
  readonly collections: readonly [number, number, number];
}

export const SERIES = ['objects', 'blocks', 'bytes', 'arenas'] as const;

/** At most `count` samples, the first before the program's first instruction, the last at the moment `until`. */
export function sampleRun(
  recording: Recording,
  until: number,
  count: number,
  progress: (done: number, of: number) => void,
): TimeSample[] {
  const moments = [...new Set(Array.from({ length: count }, (_, k) => Math.round((until * k) / (count - 1))))];
  return moments.map((at, k) => {
    recording.seek(at);
    progress(k, moments.length);
    return sampleAt(recording.reader(), at);
  });
}

function sampleAt(reader: Reader, at: number): TimeSample {
  const classes = classStats();
  const use = memoryUse();
  const [g0, g1, g2] = generationHeads(reader).map((head) => trackedObjects(reader, head).length);
  const [c0, c1, c2] = collectorStats(reader).map((g) => g.collections);
  return {
    at,
    objects: reachable(reader).size,
    blocks: classes.reduce((n, c) => n + c.used, 0) + use.rawBlocks,
    bytes:
      classes.reduce((n, c) => n + c.used * c.size, 0) +
      use.rawBytes +
      (use.mappedBytes - use.arenas * arenaSizeOf(reader)),
    arenas: use.arenas,
    generations: [g0 ?? 0, g1 ?? 0, g2 ?? 0],
    collections: [c0 ?? 0, c1 ?? 0, c2 ?? 0],
  };
}
