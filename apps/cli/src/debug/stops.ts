// Where a run stops: breakpoints by line, objects whose count is watched. Looked for forwards and backwards.
import type { Recording } from '@moult/recorder';
import { processMemory } from '@moult/runtime';
import type { Condition } from './conditions.ts';

export interface LineStop {
  readonly kind: 'line';
  readonly number: number;
  /** The end of the file's path; null: the program's own file. */
  readonly file: string | null;
  readonly line: number;
  readonly once: boolean;
  readonly condition: { readonly text: string; readonly holds: Condition } | null;
}
export interface CountStop {
  readonly kind: 'count';
  readonly number: number;
  readonly name: string;
  readonly address: number;
  /** Where its block begins, and its serial number there: another object at the same address is not meant. 0: start-up made it. */
  readonly block: number;
  readonly serial: number;
  /** Only where it dies. */
  readonly death: boolean;
}
export type StopPoint = LineStop | CountStop;

/** A stop that was met; of a count, what it was and became. */
export interface Hit {
  readonly stop: StopPoint;
  readonly before?: number;
  readonly after?: number;
}

/** Serial numbers are kept for each 16 bytes. */
const GRAIN_BITS = 4;
/** Addresses of pools begin here; no count comes near it. */
const ARENAS = 0x10000000;
/** How far back is looked at first, and by how much more each time. */
const WINDOW = 4096;
const WIDER = 8;

/** Goes on to the next stop, or back to the last one; null: there is none, and the run is at its end or beginning. */
export function runTo(recording: Recording, stops: readonly StopPoint[], direction: 1 | -1): Hit | null {
  return direction === 1 ? forward(recording, stops) : backward(recording, stops);
}

function forward(recording: Recording, stops: readonly StopPoint[]): Hit | null {
  const from = recording.moment;
  const look = looking(recording, stops);
  let hit: Hit | null = null;
  recording.walk(from, recording.length, (count) => {
    hit = look(count === from);
    return hit !== null;
  });
  if (hit === null) recording.seek(recording.length);
  return hit;
}

function backward(recording: Recording, stops: readonly StopPoint[]): Hit | null {
  let to = recording.moment;
  for (let size = WINDOW; to > 0; size *= WIDER) {
    const start = Math.max(0, to - size);
    let last: { hit: Hit; at: number } | null = null;
    recording.seek(start);
    const look = looking(recording, stops);
    recording.walk(start, to, (count) => {
      const hit = look(false, count === start);
      if (hit !== null) last = { hit, at: count };
      return false;
    });
    if (last !== null) {
      const { hit, at } = last as { hit: Hit; at: number };
      recording.seek(at);
      return hit;
    }
    to = start;
  }
  recording.seek(0);
  return null;
}

/** Before each instruction: which stop is met. `first`: where the run stands now, which is no stop to go to. */
function looking(recording: Recording, stops: readonly StopPoint[]): (first: boolean, begins?: boolean) => Hit | null {
  const { cursor, mainFile } = recording;
  const view = new DataView(processMemory().bytes.buffer);
  const lines = stops.filter((s) => s.kind === 'line');
  const { words } = recording.serials;
  /** Its count; 0 where it is not there, whatever lies at its address. */
  const countNow = ({ address, block, serial }: CountStop): number => {
    if (words[block >>> GRAIN_BITS] !== serial) return 0;
    const count = view.getInt32(address, true);
    // start-up's have no number: where such a block is free, the next free one's address stands in the count's place
    return serial === 0 && count >= ARENAS ? 0 : count;
  };
  const counts = stops.filter((s) => s.kind === 'count').map((stop) => ({ stop, last: countNow(stop) }));
  return (first, begins = false) => {
    let hit: Hit | null = null;
    for (const watched of counts) {
      const count = countNow(watched.stop);
      if (count === watched.last) continue;
      const changed = !begins && (!watched.stop.death || count === 0);
      if (changed) hit = { stop: watched.stop, before: watched.last, after: count };
      watched.last = count;
    }
    if (first || lines.length === 0) return first ? null : hit;
    cursor.read();
    if (!cursor.isLine()) return hit;
    const line = cursor.line();
    for (const stop of lines) {
      if (stop.line !== line) continue;
      const { file } = cursor.info();
      if (stop.file === null ? file !== mainFile : file !== stop.file && !file.endsWith(`/${stop.file}`)) continue;
      if (stop.condition !== null && !stop.condition.holds(recording.reader(), cursor.frame)) continue;
      return { stop };
    }
    return hit;
  };
}
