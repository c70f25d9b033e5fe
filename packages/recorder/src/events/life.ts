// The life of one object: its birth, each change of its count with its cause, its death, and who lay at its address next.
// Nothing of it was stored: the stretches are run again.
import { blockOf, collectorStats, isImmortal, type Reader, refcount, referencesOf } from '@moult/inspect';
import type { Recording } from '../recording.ts';
import type { Telling, Thing, Where } from '../words/telling.ts';
import { difference, type Held, holdersOf, objectIn } from './holders.ts';
import { Naming } from './naming.ts';
import { collectionsOf } from './stretch.ts';

export interface LifeEvent {
  /** Behind the instruction that did it. */
  readonly at: number;
  readonly telling: Telling;
}

export interface LifeOptions {
  /** Called now and then; answering false gives up: the life as far as it was looked at. */
  progress?(moment: number): boolean | undefined;
  /** The text of a source line. */
  statement?(file: string, line: number): string | undefined;
  /** Changes of one line at once (what comes and goes within it is left out), or each instruction's; by line by default. */
  readonly by?: 'line' | 'instruction';
  /** Of changes, at most so many: 10,000 by default. */
  readonly most?: number;
}

export interface Life {
  readonly thing: Thing;
  /** null: it was made by start-up. */
  readonly serial: number | null;
  readonly address: number;
  readonly events: LifeEvent[];
  /** There is more than was asked for. */
  readonly cut: boolean;
}

interface Change {
  readonly at: number;
  readonly before: number;
  readonly after: number;
  readonly died: boolean;
  /** The blocks that stopped being objects in the same instruction, where it died. */
  readonly dead: ReadonlySet<number>;
}

const PROGRESS = 500_000;
/** Between two looks at whether it was found. */
const STRIDE = 20_000;

/** The life of the object at `address` at the present moment. The present moment stays. */
export function lifeOf(recording: Recording, address: number, options: LifeOptions = {}): Life {
  const here = recording.moment;
  const reader = recording.reader();
  const info = reader.typeOf(address);
  const serial = recording.serials.of(reader, address);
  const block = blockOf(reader, address, info);
  const immortal = isImmortal(reader, address);
  const thing = thingOf(recording, reader, address);
  try {
    const born = serial === 0 ? null : birthOf(recording, serial);
    const { changes, cut } = immortal
      ? { changes: [], cut: false }
      : changesOf(recording, { serial, block, address, from: born ?? 0 }, options);
    const teller = new Teller(recording, address, thing, options);
    if (immortal) teller.events.push({ at: born ?? 0, telling: { kind: 'immortal', thing } });
    teller.tell(changes);
    const { events, died } = teller;
    const next = died === null ? null : nextAt(recording, block, changes.at(-1)?.at ?? 0, options);
    if (died !== null && next !== null) {
      recording.seek(next);
      const now = recording.reader();
      const other = objectIn(now, block);
      const former = teller.thing;
      if (other !== 0) {
        events.push({
          at: next,
          telling: { kind: 'again', thing: thingOf(recording, now, other), former, died },
        });
      }
    }
    return { thing: teller.thing, serial: serial === 0 ? null : serial, address, events, cut };
  } finally {
    recording.seek(here);
  }
}

/** The moment behind the instruction that made object `serial`. */
export function birthOf(recording: Recording, serial: number): number {
  const from = recording.momentBeforeBirth(serial);
  recording.walk(from, recording.length, () => recording.serials.made >= serial);
  return recording.moment;
}

function changesOf(
  recording: Recording,
  object: { serial: number; block: number; address: number; from: number },
  options: LifeOptions,
): { changes: Change[]; cut: boolean } {
  const { serials } = recording;
  const changes: Change[] = [];
  const most = options.most ?? 10_000;
  const view = recording.view();
  let cut = false;
  let died = false;
  let dead = new Set<number>();
  let last = object.serial === 0 ? -1 : 0;
  let pause = object.from + PROGRESS;
  const look = (count: number): boolean => {
    const now = died ? 0 : view.getInt32(object.address, true);
    if (last < 0) last = now;
    if (now !== last) {
      changes.push({ at: count, before: last, after: now, died, dead });
      last = now;
    }
    if (dead.size > 0) dead = new Set();
    if (died || changes.length >= most) {
      cut = !died;
      return true;
    }
    if (count >= pause) {
      pause = count + PROGRESS;
      if (options.progress?.(count) === false) {
        cut = true;
        return true;
      }
    }
    return false;
  };
  recording.seek(object.from);
  // at its birth it is there already
  if (object.from === recording.length) return { changes, cut };
  serials.listener = {
    born() {},
    gone(_serial, block) {
      dead.add(block);
      if (block === object.block) died = true;
    },
  };
  try {
    const ended = recording.walk(object.from, recording.length, look);
    if (!ended && !cut) look(recording.length);
  } finally {
    serials.listener = null;
  }
  return { changes, cut };
}

/** Tells of the changes, instruction by instruction or gathered by line. */
class Teller {
  readonly events: LifeEvent[] = [];
  thing: Thing;
  /** Where it died. */
  died: Where | null = null;
  private readonly recording: Recording;
  private readonly address: number;
  private readonly options: LifeOptions;

  constructor(recording: Recording, address: number, thing: Thing, options: LifeOptions) {
    this.recording = recording;
    this.address = address;
    this.thing = thing;
    this.options = options;
  }

  tell(changes: readonly Change[]): void {
    for (let i = 0; i < changes.length; ) {
      const first = changes[i] as Change;
      const end = this.options.by === 'instruction' || first.died ? first.at : this.endOfLine(first.at);
      let last = i;
      while (!(changes[last] as Change).died && (changes[last + 1]?.at ?? Infinity) <= end) last++;
      const { at, died } = changes[last] as Change;
      const isNew = first.before === 0;
      const from = Math.max(0, first.at - 1);
      if (!died) this.change(from, end, isNew);
      else {
        if (last > i) this.change(from, at - 1, isNew);
        this.death(changes[last] as Change);
      }
      i = last + 1;
    }
  }

  /** The first moment from `at` on at which another line is reached, or another frame. */
  private endOfLine(at: number): number {
    const { recording } = this;
    const { cursor } = recording;
    recording.seek(Math.max(0, at - 1));
    cursor.read();
    const { frame } = cursor;
    recording.walk(at, recording.length, () => {
      cursor.read();
      return cursor.frame !== frame || cursor.isLine();
    });
    return recording.moment;
  }

  private change(from: number, to: number, isNew: boolean): void {
    const { recording, address } = this;
    const { serials } = recording;
    recording.seek(from);
    const where = whereNow(recording, this.options);
    const first = recording.reader();
    const before = isNew ? 0 : refcount(first, address);
    const had: Held[] = isNew ? [] : holdersOf(first, serials, address);
    recording.seek(to);
    const second = recording.reader();
    const after = refcount(second, address);
    const { gained, lost } = difference(had, holdersOf(second, serials, address));
    const thing = thingOf(recording, second, address);
    this.thing = thing;
    const holders = (list: readonly Held[]) => list.map(({ holder }) => holder);
    if (isNew) {
      this.events.push({ at: to, telling: { kind: 'born', thing, where, after, holder: gained[0]?.holder ?? null } });
    } else if (before !== after || gained.length > 0) {
      const telling = { kind: 'count', thing, where, before, after } as const;
      this.events.push({ at: to, telling: { ...telling, gained: holders(gained), lost: holders(lost) } });
    }
  }

  private death(change: Change): void {
    const { recording, address, thing } = this;
    recording.seek(0);
    const atStart = collectionsOf(recording);
    recording.seek(change.at);
    const since = collectorStats(recording.reader());
    const collection = collectionsOf(recording) - atStart;
    recording.seek(Math.max(0, change.at - 1));
    const where = whereNow(recording, this.options);
    const reader = recording.reader();
    const before = collectorStats(reader);
    const generation = [2, 1, 0].find((i) => (since[i]?.collections ?? 0) > (before[i]?.collections ?? 0));
    const cycle = generation === undefined ? 0 : cycleOf(reader, address, change.dead);
    this.died = where;
    const holder = holdersOf(reader, recording.serials, address)[0]?.holder ?? null;
    const telling: Telling =
      generation !== undefined && cycle > 0
        ? { kind: 'collected', thing, before: change.before, collection, generation, cycle }
        : { kind: 'freed', thing, where, before: change.before, holder };
    this.events.push({ at: change.at, telling });
  }
}

/** Who lies at the block next, after a death: looked for as far as `progress` lets it. */
function nextAt(recording: Recording, block: number, from: number, options: LifeOptions): number | null {
  const { serials } = recording;
  let found: number | null = null;
  recording.seek(from);
  if (recording.ended) return null;
  serials.listener = {
    born(_serial, at) {
      if (at === block) found ??= recording.running;
    },
    gone() {},
  };
  try {
    recording.walk(from, recording.length, (count) => {
      if (found !== null || options.progress?.(count) === false) return true;
      return count + STRIDE;
    });
  } finally {
    serials.listener = null;
  }
  return found;
}

/** Of the objects that died together, how many hold each other in circles with this one; 0 where it is in none. */
function cycleOf(reader: Reader, address: number, dead: ReadonlySet<number>): number {
  const holders = new Map<number, number[]>([[address, []]]);
  for (const object of holders.keys()) {
    for (const { target } of referencesOf(reader, object)) {
      const info = reader.typeOrNull(target);
      if (info === null || !dead.has(blockOf(reader, target, info))) continue;
      const known = holders.get(target);
      if (known === undefined) holders.set(target, [object]);
      else known.push(object);
    }
  }
  // of all that it leads to, what leads back
  const back = new Set<number>();
  const queue = [address];
  for (let object = queue.pop(); object !== undefined; object = queue.pop()) {
    for (const holder of holders.get(object) ?? []) {
      if (back.has(holder)) continue;
      back.add(holder);
      queue.push(holder);
    }
  }
  return back.size;
}

function whereNow(recording: Recording, options: LifeOptions): Where {
  const { cursor } = recording;
  cursor.read();
  if (cursor.frame === 0) return { line: null };
  const line = cursor.line();
  const { file } = cursor.info();
  const statement = line > 0 ? options.statement?.(file, line) : undefined;
  return { line: line > 0 ? line : null, ...(statement === undefined ? {} : { statement }) };
}

function thingOf(recording: Recording, reader: Reader, address: number): Thing {
  return new Naming(reader, (object) => recording.serials.of(reader, object) || null).thing(address);
}
