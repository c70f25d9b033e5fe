// What happens in a stretch of the run, made again by running it.
import { opcodeName } from '@moult/abi';
import { collectorStats, describe, isImmortal, type SameBytes, typeName } from '@moult/inspect';
import type { Recording } from '../recording.ts';
import type { BlockPlace, ListName, Telling, Thing, Where } from '../words/telling.ts';
import { Blocks } from './blocks.ts';
import { Calls, type CallUnderWay } from './calls.ts';
import { Collector } from './collector.ts';
import { type CountChange, Counts, type Look } from './counts.ts';
import { EVENT_KINDS, type EventKind, type StretchEvent, type Told } from './event.ts';
import { objectIn } from './holders.ts';

export interface StretchOptions {
  /** All by default. */
  readonly kinds?: readonly EventKind[];
  /** Only what happens at these lines of the program's file; counts with what was changed by what they called. */
  readonly lines?: readonly [from: number, to: number];
  /** Only what happens to this object, by its address at one moment and its serial number. */
  readonly object?: { readonly address: number; readonly serial: number };
  /**
   * Counts of each instruction (the default), or of each line at once: what comes and goes within it is left out. A line
   * that calls is told in parts.
   */
  readonly by?: 'line' | 'instruction';
  /** Tell the lists of the collector with each of its phases. */
  readonly lists?: boolean;
  /** The text of a source line, for the sentences. */
  statement?(file: string, line: number): string | undefined;
  /** Called every 100,000 instructions, where counts are asked for every 1,000; answering false ends it. */
  progress?(moment: number): boolean | undefined;
  /** A faster way to compare bytes of the process with a copy, where the host has one. */
  readonly sameBytes?: SameBytes;
}

type Emit = (event: StretchEvent) => boolean | undefined;
type Place = Pick<StretchEvent, 'file' | 'function' | 'line' | 'opcode'>;
interface Made {
  readonly serial: number;
  readonly block: number;
  readonly size: number;
  readonly place: BlockPlace;
}

interface Gone extends Made {
  readonly thing: Thing | null;
}

const PROGRESS = 100_000;
const PROGRESS_OF_COUNTS = 1_000;
const TEXT = 80;
/** Kinds that need the holders of all objects. */
const OF_COUNTS: readonly EventKind[] = [
  'immortal',
  'incref',
  'decref',
  'holder',
  'track',
  'untrack',
  'generation',
  'temporary',
];
/** Kinds that need to know what objects are made and freed; and those that are of blocks. */
const OF_OBJECTS: readonly EventKind[] = [...OF_COUNTS, 'alloc', 'reuse', 'free', 'keep'];
const OF_BLOCKS: readonly EventKind[] = ['alloc', 'realloc', 'free', 'keep', 'reuse', 'pool', 'arena'];
const OBJECTS = 0x6f;
const PERMANENT = 3;
const NOWHERE: Place = { file: '', function: '', line: null, opcode: '' };

/** Calls `emit` for each event between two moments, in order; where it answers false, that is all. The present moment stays. */
export function eventsOf(recording: Recording, from: number, to: number, options: StretchOptions, emit: Emit): void {
  const here = recording.moment;
  try {
    recording.seek(0);
    const before = collectionsOf(recording);
    new Stretch(recording, options, emit, before).between(Math.max(0, from), Math.min(to, recording.length));
  } finally {
    recording.serials.listener = null;
    recording.recorded.told.listener = null;
    recording.seek(here);
  }
}

/** Collections of all generations up to the present moment, start-up's too. */
export function collectionsOf(recording: Recording): number {
  return collectorStats(recording.reader()).reduce((n, { collections }) => n + collections, 0);
}

class Stretch {
  private readonly recording: Recording;
  private readonly options: StretchOptions;
  private readonly emit: Emit;
  private readonly kinds: ReadonlySet<EventKind>;
  /** Collections before the program's first instruction. */
  private readonly atStart: number;
  private readonly counts: Counts;
  private readonly calls: Calls;
  private readonly countsAreAsked: boolean;
  private collector!: Collector;
  private blocks!: Blocks;
  /** Of the instruction that runs, and of the first one since the last look at counts. */
  private place: Place = NOWHERE;
  private span: Place = NOWHERE;
  private spanFrame = -1;
  /** Whether counts are known as of the last boundary. */
  private known = false;
  /** What the hooks told of the instruction that runs; what of it is told behind the counts. */
  private readonly told: Told[] = [];
  private made: Made[] = [];
  private gone: Gone[] = [];
  /** Since the last look: who was made; who of them is gone again. */
  private readonly born = new Set<number>();
  private temporary: { serial: number; block: number }[] = [];
  private readonly types = new Map<number, string>();
  private call: CallUnderWay | null = null;
  private active = false;
  /** The next of the recording's prints and exceptions. */
  private prints = 0;
  private raises = 0;
  private readonly printed = [0, 0, 0];
  private stopped = false;

  constructor(recording: Recording, options: StretchOptions, emit: Emit, atStart: number) {
    this.recording = recording;
    this.options = options;
    this.emit = emit;
    this.kinds = new Set(options.kinds ?? EVENT_KINDS);
    this.atStart = atStart;
    this.counts = new Counts(recording, options.sameBytes);
    this.calls = new Calls(recording);
    this.countsAreAsked = this.areAsked(OF_COUNTS);
  }

  between(from: number, to: number): void {
    const { recording } = this;
    recording.seek(from);
    if (recording.ended) return;
    this.findPlaceInTellings(from);
    this.listen();
    let pause = from;
    const ended = recording.walk(from, to, (count) => {
      if (count > from) this.behind(count);
      else this.begin();
      if (!this.stopped) this.before(count);
      if (count < pause) return this.stopped;
      pause = count + (this.countsAreAsked ? PROGRESS_OF_COUNTS : PROGRESS);
      return this.stopped || this.options.progress?.(count) === false;
    });
    if (ended || to <= from) return;
    this.behind(to);
    this.flush(to);
  }

  private areAsked(kinds: readonly EventKind[]): boolean {
    return kinds.some((kind) => this.kinds.has(kind));
  }

  private findPlaceInTellings(from: number): void {
    const { prints, exceptions } = this.recording;
    const first = (index: number, length: number): number => (index < 0 ? length : index);
    this.prints = first(
      prints.findIndex(({ at }) => at > from),
      prints.length,
    );
    for (const { fd, text } of prints.slice(0, this.prints))
      this.printed[fd] = (this.printed[fd] as number) + text.length;
    this.raises = first(
      exceptions.raised.findIndex((at) => at >= from),
      exceptions.raised.length,
    );
  }

  private listen(): void {
    const { recording, kinds } = this;
    const tell = (told: Told): void => {
      if (this.active && kinds.has(told.kind)) this.told.push(told);
    };
    const where = (): Where => this.where(this.place);
    const objects = this.areAsked(OF_OBJECTS);
    const reader = recording.reader();
    this.blocks = new Blocks(reader, tell, where, (domain, block) => {
      if (this.active && objects && domain === OBJECTS)
        this.counts.leaving(block, recording.serials.words[block >>> 4] as number);
    });
    const ended = collectionsOf(recording) - this.atStart;
    const naming = () => this.counts.naming;
    this.collector = new Collector(reader, naming, tell, where, { ended, lists: this.options.lists === true });
    recording.recorded.told.listener = this.collector;
    if (!objects && !this.areAsked(OF_BLOCKS)) return;
    recording.serials.listener = {
      blocks: this.blocks,
      born: (serial, block, reused) => {
        if (!this.active || !objects) return;
        const known = this.blocks.sizes.get(block);
        const size = reused || known === undefined ? this.blocks.sizeOf(block) : known.size;
        this.made.push({ serial, block, size, place: reused ? 'free list' : (known?.place ?? 'pymalloc') });
        this.born.add(serial);
      },
      gone: (serial, block, given) => {
        if (!this.active || !objects) return;
        if (!given) this.counts.leaving(block, serial);
        const known = this.blocks.sizes.get(block);
        const size = known?.size ?? this.blocks.sizeOf(block);
        const place = given ? (known?.place ?? 'pymalloc') : 'free list';
        this.gone.push({ serial, block, size, place, thing: this.counts.formerAt(block, serial) });
        if (this.born.has(serial)) this.temporary.push({ serial, block });
      },
    };
  }

  /** What ran on the way to the stretch is no part of it. */
  private begin(): void {
    this.active = true;
    this.recording.cursor.read();
    if (this.options.lines === undefined && this.countsAreAsked) this.take();
  }
  private take(): void {
    this.counts.begin();
    this.known = true;
    this.born.clear();
    this.temporary = [];
  }

  private isAsked({ line, file }: Place): boolean {
    const { lines } = this.options;
    if (lines === undefined) return true;
    return line !== null && line >= lines[0] && line <= lines[1] && file === this.recording.mainFile;
  }
  private where({ file, line }: Place): Where {
    const statement = line === null ? undefined : this.options.statement?.(file, line);
    return { line, ...(statement === undefined || statement === '' ? {} : { statement }) };
  }
  private tell(at: number, place: Place, told: Told): void {
    if (this.stopped || !this.kinds.has(told.kind) || !this.isAsked(place)) return;
    const { object } = this.options;
    if (object !== undefined) {
      if (told.serial !== object.serial) return;
      if (object.serial === 0 && told.address !== object.address) return;
    }
    if (this.emit({ at, ...place, ...told }) === false) this.stopped = true;
  }

  /** Before the instruction at `count`: where it stands, and what it is the beginning of. */
  private before(count: number): void {
    const { recording, kinds } = this;
    const { cursor } = recording;
    cursor.read();
    const info = cursor.info();
    const line = cursor.line();
    const opcode = opcodeName(recording.view().getUint8(cursor.next));
    const place = { file: info.file, function: info.qualname, line: line > 0 ? line : null, opcode };
    const isLine = cursor.isLine();
    // where only the program's lines are asked for, what they call is theirs
    const within = this.options.lines !== undefined && info.file !== recording.mainFile && this.span !== NOWHERE;
    // with the last instruction the program's frame goes
    const isLast = count === recording.length - 1;
    const isBoundary = this.options.by !== 'line' || isLine || isLast || cursor.frame !== this.spanFrame;
    if (isBoundary && !within) {
      this.flush(count);
      this.span = isLast && this.options.by === 'line' ? { ...place, line: null } : place;
      this.spanFrame = cursor.frame;
      if (this.countsAreAsked && !this.known && this.isAsked(place)) this.take();
    }
    this.place = place;
    this.tellPlaces(count, place, isLine);
    this.call = kinds.has('getrefcount') && this.isAsked(place) ? this.calls.getrefcount() : null;
  }
  private tellPlaces(count: number, place: Place, isLine: boolean): void {
    const { recording, kinds } = this;
    const { cursor } = recording;
    const told = () => ({ where: this.where(place), function: place.function });
    if (kinds.has('call') && cursor.isCall()) {
      const after = cursor.frames().length;
      this.tell(count, place, { kind: 'call', telling: { kind: 'call', ...told(), before: after - 1, after } });
    }
    if (isLine && kinds.has('line')) this.tell(count, place, { kind: 'line', telling: { kind: 'line', ...told() } });
    if (kinds.has('return') && cursor.isReturn()) {
      const before = cursor.frames().length;
      this.tell(count, place, { kind: 'return', telling: { kind: 'return', ...told(), before, after: before - 1 } });
    }
    const { raised } = recording.exceptions;
    while ((raised[this.raises] ?? Infinity) <= count) {
      this.raises++;
      if (kinds.has('raise')) this.tell(count, place, { kind: 'raise', telling: { kind: 'raise', ...told() } });
    }
  }

  /** Behind the instruction that `place` is of. */
  private behind(count: number): void {
    const { recording, place } = this;
    this.tellMade(count);
    for (const told of this.told) this.tell(count, place, told);
    this.told.length = 0;
    const said = this.call === null ? null : this.calls.answer(this.call);
    if (this.call !== null && said !== null) this.tellGetrefcount(count, this.call, said);
    this.call = null;
    const { prints } = recording;
    for (let print = prints[this.prints]; print !== undefined && print.at <= count; print = prints[++this.prints]) {
      const before = this.printed[print.fd] as number;
      const after = before + print.text.length;
      this.printed[print.fd] = after;
      const telling = { kind: 'print', where: this.where(place), text: print.text, before, after } as const;
      this.tell(count, place, { kind: 'print', text: print.text, number: print.fd, before, after, telling });
    }
    // what is gone is told behind its count where each instruction's are
    if (this.options.by === 'line' || !this.known) this.tellGone(count);
    this.blocks.next();
  }

  private tellGetrefcount(count: number, call: CallUnderWay, said: number): void {
    const { thing, serial, object, holders } = call;
    const telling: Telling = isImmortal(this.recording.reader(), object)
      ? { kind: 'immortal', thing }
      : { kind: 'getrefcount', thing, where: this.where(this.place), said, holders };
    this.tell(count, this.place, {
      kind: 'getrefcount',
      serial,
      address: object,
      type: thing.type,
      number: said,
      telling,
    });
  }

  private tellMade(count: number): void {
    const { recording, made, kinds } = this;
    if (made.length === 0) return;
    this.made = [];
    if (!kinds.has('alloc') && !kinds.has('reuse')) return;
    const dead = new Set(this.gone.map(({ serial }) => serial));
    const reader = recording.reader();
    const { naming } = this.counts;
    for (const { serial, block, size, place } of made) {
      const object = dead.has(serial) ? 0 : objectIn(reader, block);
      const former = dead.has(serial) ? this.counts.former(serial) : null;
      const thing = object === 0 ? (former ?? { type: 'object', serial }) : naming.thing(object, serial);
      const more = object === 0 ? {} : { text: describe(reader, object, 0).slice(0, TEXT) };
      const type = object === 0 ? former?.type : typeName(reader.typeOf(object));
      if (type !== undefined) this.types.set(serial, type);
      this.tell(count, this.place, {
        kind: place === 'free list' ? 'reuse' : 'alloc',
        serial,
        address: object === 0 ? block : object,
        size,
        ...(type === undefined ? {} : { type }),
        ...more,
        telling: { kind: 'taken', thing: { ...thing, serial }, where: this.where(this.place), size, to: place },
      });
    }
  }
  private tellGone(count: number): void {
    const { gone } = this;
    if (gone.length === 0) return;
    this.gone = [];
    for (const { serial, block, size, place, thing: known } of gone) {
      const thing = known ?? { type: this.types.get(serial) ?? 'object', serial: serial || null };
      this.types.delete(serial);
      this.tell(count, this.place, {
        kind: place === 'free list' ? 'keep' : 'free',
        serial,
        address: block,
        size,
        ...(thing.type === 'object' ? {} : { type: thing.type }),
        telling: { kind: 'block', thing, where: this.where(this.place), size, to: place },
      });
    }
  }

  /** At a boundary: what counts are others than at the last one. */
  private flush(count: number): void {
    if (!this.known || this.stopped) return;
    const place = this.span;
    if (this.options.lines !== undefined && !this.isAsked(place)) {
      this.known = false;
      this.tellGone(count);
      return;
    }
    const temporary = this.temporary.map(({ serial, block }) => ({ serial, block, thing: this.counts.former(serial) }));
    const look = this.counts.look();
    // what the program made comes first, and what rose before what fell
    const rank = ({ serial, before, after }: CountChange): number => (serial > 0 ? 0 : 2) + (before < after ? 0 : 1);
    const changes = [...look.changes].sort((a, b) => rank(a) - rank(b));
    for (const change of changes) this.tellChange(count, place, change);
    this.tellMoves(count, place, look);
    const native = this.options.by === 'line' || place.opcode === '' ? {} : { native: place.opcode };
    for (const { serial, block, thing } of temporary) {
      const known = thing === null || thing.serial !== serial ? { type: 'object', serial } : thing;
      const telling = { kind: 'temporary', thing: known, where: this.where(place), ...native } as const;
      this.tell(count, place, { kind: 'temporary', serial, address: block, type: known.type, telling });
    }
    this.tellGone(count);
    this.born.clear();
    this.temporary = [];
  }

  private tellChange(at: number, place: Place, change: CountChange): void {
    const { object, serial, thing, before, after, gained, lost } = change;
    const { type } = thing;
    const about = { serial, address: object, type };
    const where = this.where(place);
    if (change.immortal) {
      this.tell(at, place, { kind: 'immortal', ...about, before, telling: { kind: 'kept', thing, where, before } });
      return;
    }
    const kind = after > before ? 'incref' : after < before ? 'decref' : 'holder';
    const telling = this.tellingOf(change, where);
    this.tell(at, place, { kind, ...about, before, after, gained, lost, telling });
  }
  private tellingOf({ object, thing, before, after, fresh, gained, lost }: CountChange, where: Where): Telling {
    if (fresh) return { kind: 'born', thing, where, after, holder: gained[0] ?? null };
    if (after > 0) {
      const native = gained.length + lost.length === 0 ? { native: 'a native function' } : {};
      return { kind: 'count', thing, where, before, after, gained, lost, ...native };
    }
    const by = this.collector.condemned;
    if (by === null || !by.objects.has(object)) return { kind: 'freed', thing, where, before, holder: lost[0] ?? null };
    const { collection, generation, objects } = by;
    return { kind: 'collected', thing, before, collection, generation, among: objects.size };
  }
  private tellMoves(at: number, place: Place, { moves }: Look): void {
    for (const { object, serial, thing, from, to } of moves) {
      const about = { serial, address: object, type: thing.type };
      const [before, after] = [listName(from), listName(to)];
      if (before !== null && after !== null) {
        if (before === after) continue;
        const telling = {
          kind: 'generation',
          thing,
          from: before,
          to: after,
          collection: this.collector.present,
        } as const;
        this.tell(at, place, {
          kind: 'generation',
          ...about,
          before: listNumber(from),
          after: listNumber(to),
          telling,
        });
        continue;
      }
      const on = after !== null;
      const list = on ? after : before;
      if (typeof list !== 'number') continue;
      const telling = { kind: 'tracked', thing, where: this.where(place), on, generation: list } as const;
      this.tell(at, place, { kind: on ? 'track' : 'untrack', ...about, [on ? 'after' : 'before']: list, telling });
    }
  }
}

/** null: in no list. */
function listName(list: number | null): ListName | null {
  return list === null ? null : list < PERMANENT ? list : list === PERMANENT ? 'permanent' : 'apart';
}
function listNumber(list: number | null): number {
  return Math.min(list ?? 0, PERMANENT + 1);
}
