// Every collection of a run: between which moments it ran.
import type { Recording } from '../recording.ts';

/** A collection: between these two moments it began and ended. Finalizers and callbacks in Python lie between. */
export interface CollectionMoment {
  /** From 1 at the program's start. */
  readonly number: number;
  readonly at: number;
  readonly until: number;
  readonly generation: number;
}

/** How often progress is told, in instructions. */
const STRIDE = 1_000_000;

/** The present moment stays. */
export function collectionMoments(
  recording: Recording,
  progress: (done: number, of: number) => void = () => {},
): CollectionMoment[] {
  const here = recording.moment;
  const { told } = recording.recorded;
  const out: CollectionMoment[] = [];
  let began = { at: 0, generation: 0 };
  try {
    recording.seek(0);
    told.listener = {
      collecting(part, generation) {
        // the instruction under way is counted already
        if (part === 'begin') began = { at: recording.running - 1, generation };
        else if (part === 'end') out.push({ number: out.length + 1, ...began, until: recording.running });
      },
      weakrefCleared() {},
      finalizing() {},
    };
    recording.walk(0, recording.length, (count) => {
      progress(count, recording.length);
      return count + STRIDE;
    });
  } finally {
    told.listener = null;
    recording.seek(here);
  }
  return out;
}
