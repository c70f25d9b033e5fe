import type { Batch } from './batch.mjs';
import type { Program } from './corpus.mjs';

export interface RecordedNotes {
  readonly start: number;
  readonly lines: string;
  readonly modules: readonly string[];
  readonly notes: string;
  readonly count: number;
  readonly rest: string;
  readonly probed: string;
}
export function recordedNotes(feature: string): Record<string, RecordedNotes>;
export function instrument(source: string, recorded: RecordedNotes): string;
export function steps(notes: readonly string[]): string[];
export function probedNotes(
  batch: Batch,
  program: Program,
  recorded: RecordedNotes | undefined,
  keep?: string,
): Promise<{ notes: string[] | null; error: string }>;
export function compareNotes(recorded: RecordedNotes | undefined, notes: readonly string[], all?: boolean): string[];
export function equalToTheEnd(recorded: RecordedNotes, notes: readonly string[]): boolean;
export function endsUncaught(program: Program): boolean;
export function compareProgram(
  program: Program,
  recorded: RecordedNotes | undefined,
  notes: readonly string[],
  all?: boolean,
): { lines: string[]; printing: boolean };
