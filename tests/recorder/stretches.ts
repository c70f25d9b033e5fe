// The events of a stretch against memory: applied to the counts at its start they give the counts at its end; the holders
// gained and lost are each change; every object's count equals its holders; and each sentence passes the lint.
import { IncrementalAudit, isImmortal, refcount } from '@moult/inspect';
import { eventsOf, type Recording, type StretchEvent, type StretchOptions, Words } from '@moult/recorder';
import { processMemory } from '@moult/runtime';
import { complaintOf } from './lint.ts';

export interface StretchReport {
  readonly stretches: number;
  readonly instructions: number;
  readonly events: number;
  /** Objects whose counts were compared at the ends of stretches. */
  readonly compared: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly wrong: string[];
  /** Sentences that the lint complains of. */
  readonly complaints: string[];
}

const MOST_WRONG = 5;

/** Of `[from, to, by]` each. */
export function checkStretches(
  recording: Recording,
  stretches: readonly (readonly [from: number, to: number, by: 'line' | 'instruction'])[],
  statement?: StretchOptions['statement'],
): StretchReport {
  const bytes = Buffer.from(processMemory().bytes.buffer as ArrayBuffer);
  const sameBytes = (address: number, copy: Uint8Array, at: number, n: number): boolean =>
    bytes.compare(copy, at, at + n, address, address + n) === 0;
  const words = new Words();
  const { staticRanges = [] } = recording.reader().target;
  const isStatic = (address: number): boolean => staticRanges.some(([from, to]) => address >= from && address < to);
  const kinds: Record<string, number> = {};
  const wrong: string[] = [];
  const complaints: string[] = [];
  let [events, compared, instructions] = [0, 0, 0];
  for (const [from, to, by] of stretches) {
    const counts = countsAt(recording, from, wrong);
    const options = { by, sameBytes, ...(statement === undefined ? {} : { statement }) };
    eventsOf(recording, from, to, options, (event) => {
      events++;
      kinds[event.kind] = (kinds[event.kind] ?? 0) + 1;
      const mistake = apply(counts, event, isStatic);
      if (mistake !== null && wrong.length < MOST_WRONG) {
        wrong.push(`${mistake}: ${words.say(event.telling)} ${JSON.stringify(event)}`);
      }
      const complaint = complaintOf(words, event);
      if (complaint !== null && complaints.length < MOST_WRONG) complaints.push(complaint);
      return true;
    });
    const after = countsAt(recording, to, wrong);
    for (const key of new Set([...counts.keys(), ...after.keys()])) {
      compared++;
      if (counts.get(key) === after.get(key) || wrong.length >= MOST_WRONG) continue;
      wrong.push(`${from} to ${to} by ${by}: ${key} is ${after.get(key)}, by its events ${counts.get(key)}`);
    }
    instructions += to - from;
  }
  return { stretches: stretches.length, instructions, events, compared, kinds, wrong, complaints };
}

const keyOf = (serial: number, address: number): string => (serial > 0 ? `#${serial}` : `0x${address.toString(16)}`);

function apply(
  counts: Map<string, number>,
  event: StretchEvent,
  isStatic: (address: number) => boolean,
): string | null {
  const { kind, serial = 0, address = 0, before = 0, after = 0, gained = [], lost = [] } = event;
  const key = keyOf(serial, address);
  if (kind === 'immortal') counts.delete(key);
  if (kind !== 'incref' && kind !== 'decref' && kind !== 'holder') return null;
  // what is static is held by its place, and found only while something else holds it, too
  const least = isStatic(address) ? 1 : 0;
  const was = counts.get(key) ?? least;
  if (after === least) counts.delete(key);
  else counts.set(key, after);
  if (was !== before) return `the count was ${was}`;
  return before + gained.length - lost.length === after ? null : 'its holders are not the change';
}

/** The counts of all mortal objects; each equals its holders. */
function countsAt(recording: Recording, moment: number, wrong: string[]): Map<string, number> {
  recording.seek(moment);
  const reader = recording.reader();
  const audit = new IncrementalAudit(reader.target);
  const { differing } = audit.audit();
  if (differing > 0) wrong.push(`at ${moment} ${differing} counts are not the sum of their holders`);
  const out = new Map<string, number>();
  for (const object of audit.objects()) {
    // a count of 0 waits for its end
    if (isImmortal(reader, object) || refcount(reader, object) === 0) continue;
    out.set(keyOf(recording.serials.of(reader, object), object), refcount(reader, object));
  }
  return out;
}
