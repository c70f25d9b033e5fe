// `--stress`: a program under conditions that must change nothing that it can see.
import { type Process, type ProcessOptions, restoreProcess, type Stop } from '@moult/runtime';
import { UsageError } from './arguments.ts';

export type Stress =
  /** gc.set_threshold(1): a collection wherever an object of the collector's is made. */
  | { readonly kind: 'collect' }
  /** Snapshot, restore and go on, each time after a random number of instructions below `span`. */
  | { readonly kind: 'snapshot'; readonly span: number }
  /** The n-th allocation of the program fails. */
  | { readonly kind: 'fail'; readonly n: number };

const SPAN = 20_000;

export function stressOf(text: string): Stress {
  const m = /^(collect|snapshot|fail)(?:=(\d+))?$/.exec(text);
  const n = Number(m?.[2] ?? 0);
  if (m?.[1] === 'collect' && m[2] === undefined) return { kind: 'collect' };
  if (m?.[1] === 'snapshot' && (m[2] === undefined || n > 0)) return { kind: 'snapshot', span: n || SPAN };
  if (m?.[1] === 'fail' && n > 0) return { kind: 'fail', n };
  throw new UsageError(`--stress ${text}: give collect, snapshot, snapshot=SPAN or fail=N`);
}

/** Random, but the same each time. */
export function randomNumbers(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return s / 4294967296;
  };
}

/** Runs to the end; between two random instructions the process is only bytes. */
export function runBySnapshots(
  first: Process,
  options: ProcessOptions,
  span: number,
): { readonly process: Process; readonly stop: Stop; readonly snapshots: number } {
  const random = randomNumbers(1);
  let process = first;
  for (let snapshots = 0; ; snapshots++) {
    const stop = process.run({ instructions: 1 + Math.floor(random() * span) });
    if (stop.reason !== 'budget' || !stop.resumable) return { process, stop, snapshots };
    process = restoreProcess(process.snapshot(), options);
  }
}
