// The logged inputs by kind: what a file lists, and what it may leave out.
import { type InputLog, type LoggedRequest, OMITTED, sizeOf } from '../inputs/log.ts';
import type { InputKind } from './about.ts';

/** Inputs that `--omit-inputs` leaves out: what was read, not what runs. */
export const OMITTABLE: readonly InputKind[] = [
  'standard input',
  'files',
  'environment',
  'clock',
  'randomness',
  'terminal',
];

/** What was only written says nothing of the outside; null. */
function kindOf({ name, asked }: LoggedRequest): InputKind | null {
  const [room, f] = name.split('.') as [string, string];
  if (name === 'io.write') return null;
  if (name === 'io.read' && /^0(?:,|$)/.test(asked)) return 'standard input';
  if (room === 'io' || room === 'fs') return 'files';
  if (room === 'files') return 'imports';
  if (room === 'clock') return 'clock';
  if (room === 'machine') return f === 'random' ? 'randomness' : 'terminal';
  return 'other';
}

export interface InputSummary {
  readonly kind: InputKind;
  /** Requests of this kind; variables of the environment. */
  readonly count: number;
  readonly bytes: number;
  readonly omitted: boolean;
}

/** Each kind that there is, the largest first. */
export function summarize(
  log: InputLog,
  env: Readonly<Record<string, string>>,
  omitted: readonly InputKind[],
): InputSummary[] {
  const kinds = new Map<InputKind, { count: number; bytes: number }>();
  const add = (kind: InputKind, bytes: number): void => {
    const sum = kinds.get(kind) ?? { count: 0, bytes: 0 };
    sum.count++;
    sum.bytes += bytes;
    kinds.set(kind, sum);
  };
  for (const request of log.requests) {
    const kind = kindOf(request);
    if (kind !== null) add(kind, request.answer === OMITTED ? 0 : sizeOf(request.answer));
  }
  for (const [name, value] of Object.entries(env)) add('environment', name.length + value.length + 2);
  return [...kinds]
    .map(([kind, sum]) => ({ kind, ...sum, omitted: omitted.includes(kind) }))
    .sort((a, b) => b.bytes - a.bytes);
}

export function answerToKeep(request: LoggedRequest, omitted: readonly InputKind[]): unknown {
  const kind = kindOf(request);
  return kind !== null && omitted.includes(kind) ? OMITTED : request.answer;
}
