import type { Batch } from '../batch.mjs';
import type { Program } from '../corpus.mjs';

export function modePrograms(mode: 'collect' | 'snapshots', filters?: readonly string[]): Program[];
export function collectEverywhere(batch: Batch, program: Program): Promise<string | string[] | null>;
export function throughSnapshots(
  batches: readonly [Batch, Batch],
  program: Program,
  options?: { stops?: number; seed?: number },
  stats?: { snapshots: number },
): Promise<string | string[] | null>;
