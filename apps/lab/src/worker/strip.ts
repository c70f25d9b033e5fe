/** The samples of a run for the time strip. */
import { reachable, type Reader, sizeOf } from '@moult/inspect';
import { eventsOf, type Recording } from '@moult/recorder';
import { processMemory } from '@moult/runtime';
import type { Program } from '../protocol.ts';
import type { StripData } from '../time/strip.ts';
import type { LineStop, Stops } from './stops.ts';

/** Samples along a run whose lines are too many to draw each. */
const SAMPLES = 160;
/** Lines that are drawn each. */
const LINES = 200;
/** Objects of a moment that are told apart from sample to sample. */
const TOLD = 20_000;
const COLLECTIONS = 2000;
/** Instructions that are looked through at once. */
const STRETCH = 300_000;
/** Samples between two tellings of what cannot be reached. */
const TELL = 25;
const GRAIN = 16;

interface Sample {
  readonly at: number;
  readonly made: number;
  /** Objects of the program: serial and bytes. */
  readonly objects: ReadonlyMap<number, number>;
  readonly bytes: number;
}

/**
 * Yields null where something else may come first, and the data, again with more of it, when there is some. Leaves the recording
 * wherever it was last.
 */
export function* stripOf(recording: Recording, stops: Stops, program: Program): Generator<StripData | null, void> {
  const { length } = recording;
  const lines = stops.lines();
  const few = lines !== null && lines.length <= LINES ? lines : null;
  const at = momentsOf(length, few);
  const imports = new Imports(program, few);
  const live: number[] = [];
  const made: number[] = [];
  const born: number[] = [];
  const died: number[] = [];
  let last: Sample | null = null;
  for (const moment of at) {
    recording.seek(moment);
    const sample = sampleOf(recording, imports);
    live.push(sample.bytes);
    made.push(sample.made);
    const [births, deaths] = last === null ? [0, 0] : changes(last, sample);
    born.push(births);
    died.push(deaths);
    last = sample;
    yield null;
  }
  const collections = yield* collectionsOf(recording);
  stops.collections = collections.length < COLLECTIONS ? collections.map((c) => c.at) : null;
  const unreachable: (number | null)[] = at.map(() => null);
  const data = (): StripData => ({
    ...{ length, at, live, made, born, died, unreachable: [...unreachable], collections },
    lines: few,
    complete: lines !== null,
  });
  yield data();
  let told = 0;
  for (const [k, moment] of at.entries()) {
    recording.seek(moment);
    unreachable[k] = unreachableBytes(recording, imports);
    yield k - told === TELL ? data() : null;
    if (k - told === TELL) told = k;
  }
  yield data();
}

function momentsOf(length: number, few: readonly LineStop[] | null): number[] {
  if (few !== null) return [...new Set([...few.map((l) => l.at), length])];
  return [...new Set(Array.from({ length: SAMPLES }, (_, k) => Math.round((length * k) / (SAMPLES - 1))))];
}

/** What importing made is not the program's own: thousands of objects that it never named. */
class Imports {
  private readonly ranges: [from: number, to: number][] = [];
  private readonly starts: ReadonlySet<number>;
  private open: number | null = null;

  constructor(program: Program, lines: readonly LineStop[] | null) {
    const source = program.source.split('\n');
    const importing = (line: number): boolean => /^\s*(?:import|from)\s/.test(source[line - 1] ?? '');
    this.starts = new Set((lines ?? []).filter(({ line }) => importing(line)).map(({ at }) => at));
  }
  /** Moments come in order, each once. */
  pass(at: number, made: number): void {
    if (this.open !== null) this.ranges.push([this.open + 1, made]);
    this.open = this.starts.has(at) ? made : null;
  }
  made(serial: number): boolean {
    return this.ranges.some(([from, to]) => serial >= from && serial <= to);
  }
}

function sampleOf(recording: Recording, imports: Imports): Sample {
  const made = Math.max(0, recording.serials.made);
  imports.pass(recording.moment, made);
  const objects = new Map<number, number>();
  let bytes = 0;
  eachOwn(recording, recording.reader(), imports, (serial, _address, size) => {
    bytes += size;
    if (objects.size < TOLD) objects.set(serial, size);
  });
  return { at: recording.moment, made, objects, bytes };
}

/** Objects that the program made and that live, with their bytes as sys.getsizeof gives them. */
function eachOwn(
  { serials }: Recording,
  reader: Reader,
  imports: Imports,
  visit: (serial: number, address: number, size: number) => void,
): void {
  if (serials.made <= 0) return;
  for (const [from, to] of serials.ranges(processMemory().usedRanges())) {
    for (let k = Math.floor(from / 4); k < to / 4; k++) {
      const serial = serials.words[k] as number;
      if (serial === 0 || imports.made(serial)) continue;
      const block = k * GRAIN;
      const address = serials.of(reader, block + GRAIN) === serial ? block + GRAIN : block;
      const info = reader.typeOrNull(address);
      if (info !== null) visit(serial, address, sizeOf(reader, address, info));
    }
  }
}

/** How many were born between two samples and are there, and how many that were there are gone. */
function changes(before: Sample, after: Sample): [born: number, died: number] {
  let [born, died] = [0, 0];
  for (const serial of after.objects.keys()) if (!before.objects.has(serial) && serial > before.made) born++;
  for (const serial of before.objects.keys()) if (!after.objects.has(serial)) died++;
  return [born, died];
}

function unreachableBytes(recording: Recording, imports: Imports): number {
  const reader = recording.reader();
  const reached = reachable(reader);
  let bytes = 0;
  eachOwn(recording, reader, imports, (_serial, address, size) => {
    if (!reached.has(address)) bytes += size;
  });
  return bytes;
}

/** In stretches, so that what the reader asks for meanwhile comes first. */
function* collectionsOf(recording: Recording): Generator<null, StripData['collections']> {
  const found: { at: number; generation: number; freed: number }[] = [];
  const { length } = recording;
  for (let from = 0; from < length && found.length < COLLECTIONS; from += STRETCH) {
    eventsOf(recording, from, Math.min(length, from + STRETCH), { kinds: ['collection'] }, (event) => {
      found.push({ at: event.at, generation: event.number ?? 0, freed: 0 });
      return found.length < COLLECTIONS;
    });
    yield null;
  }
  return found;
}
