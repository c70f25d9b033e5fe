/** The samples of a run for the time strip. */
import { sizeOf } from '@moult/inspect';
import { eventsOf, type Recording } from '@moult/recorder';
import { processMemory } from '@moult/runtime';
import type { StripData } from '../time/strip.ts';
import type { Stops } from './stops.ts';

/** Samples along a run whose lines are too many to draw each. */
const SAMPLES = 160;
/** Lines that are drawn each. */
const LINES = 200;

/** Yields between samples, so that what the reader asks for meanwhile comes first. Leaves the recording where it was last. */
export function* stripOf(recording: Recording, stops: Stops): Generator<void, StripData> {
  const { length } = recording;
  const lines = stops.lines();
  const few = lines !== null && lines.length <= LINES ? lines : null;
  const at =
    few !== null
      ? [...new Set([0, ...few.map((l) => l.at), length])]
      : [...new Set(Array.from({ length: SAMPLES }, (_, k) => Math.round((length * k) / (SAMPLES - 1))))];
  const live: number[] = [];
  const made: number[] = [];
  for (const moment of at) {
    recording.seek(moment);
    live.push(liveBytes(recording));
    made.push(Math.max(0, recording.serials.made));
    yield;
  }
  return {
    length,
    at,
    live,
    made,
    unreachable: at.map(() => null),
    collections: yield* collections(recording),
    lines: few,
    complete: lines !== null,
  };
}

const GRAIN = 16;

/** Bytes of the objects that the program made, as sys.getsizeof gives them. */
function liveBytes(recording: Recording): number {
  const { serials } = recording;
  if (serials.made <= 0) return 0;
  const reader = recording.reader();
  let sum = 0;
  for (const [from, to] of serials.ranges(processMemory().usedRanges())) {
    for (let k = Math.floor(from / 4); k < to / 4; k++) {
      const serial = serials.words[k] as number;
      if (serial === 0) continue;
      const block = k * GRAIN;
      const address = serials.of(reader, block + GRAIN) === serial ? block + GRAIN : block;
      const info = reader.typeOrNull(address);
      if (info !== null) sum += sizeOf(reader, address, info);
    }
  }
  return sum;
}

function* collections(recording: Recording): Generator<void, StripData['collections']> {
  const found: { at: number; generation: number; freed: number }[] = [];
  eventsOf(recording, 0, recording.length, { kinds: ['collection'] }, (event) => {
    found.push({ at: event.at, generation: event.number ?? 0, freed: 0 });
    return found.length < 2000;
  });
  yield;
  return found;
}
