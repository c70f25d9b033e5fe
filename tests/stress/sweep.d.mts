import type { Batch } from '../batch.mjs';
import type { Program } from '../corpus.mjs';

export type SweepProgram = Program & { missing?: boolean };
export interface SweepOptions {
  from?: number;
  first?: number;
  random?: number;
  each?: number;
}
export function sweepPrograms(filters?: readonly string[]): SweepProgram[];
export function sweepNumbers(allocations: number, options?: SweepOptions, seed?: number): number[];
export function sweepFault(outcome: { stderr: string; timedOut: boolean }): string | null;
export function request(program: Program, n?: number): { file: string };
export function sweep(
  batch: Batch,
  program: Program,
  options: SweepOptions,
  report: (n: number, fault: string, failedAt: string) => void,
): Promise<{
  allocations: number;
  tried: number;
  faults: number;
  endings: Record<string, number>;
  milliseconds: number;
}>;
