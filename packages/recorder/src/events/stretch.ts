// What happens in a stretch of the run, made again by running it: objects made and freed, prints, exceptions, collections, and
// the lines, calls and returns on the way.
import { opcodeName } from '@moult/abi';
import { describe, typeName } from '@moult/inspect';
import type { Recording } from '../recording.ts';
import { collectionsOf, objectIn } from './holders.ts';

export type StretchKind = 'line' | 'call' | 'return' | 'alloc' | 'free' | 'keep' | 'print' | 'raise' | 'collection';

/** `at` is the moment behind the instruction that did it; of lines, calls, returns and raises: the one before. */
export interface StretchEvent {
  readonly at: number;
  readonly kind: StretchKind;
  readonly file: string;
  readonly function: string;
  readonly line: number | null;
  readonly opcode: string;
  /** Of alloc, free (the block is free) and keep (a free list has it); 0 for what start-up made. */
  readonly serial?: number;
  readonly address?: number;
  /** Where it is known: of what was made in this stretch. */
  readonly type?: string;
  /** Of alloc: the object as text, if it outlived the instruction. Of print: what was printed. */
  readonly text?: string;
  /** Of print: 1 sys.stdout, 2 sys.stderr, 0 another stream. Of collection: the generation. */
  readonly number?: number;
}

export interface StretchOptions {
  /** All by default. */
  readonly kinds?: readonly StretchKind[];
  /** Only what happens at these lines of the program's file. */
  readonly lines?: readonly [from: number, to: number];
  /** Called every 100,000 instructions; answering false ends it. */
  progress?(moment: number): boolean | undefined;
}

type Where = Pick<StretchEvent, 'file' | 'function' | 'line' | 'opcode'>;
type Emit = (event: StretchEvent) => boolean | undefined;

const ALL: readonly StretchKind[] = ['line', 'call', 'return', 'alloc', 'free', 'keep', 'print', 'raise', 'collection'];
const PROGRESS = 100_000;
const TEXT = 80;

/** Calls `emit` for each event between two moments, in order; where it answers false, that is all. The present moment stays. */
export function eventsOf(recording: Recording, from: number, to: number, options: StretchOptions, emit: Emit): void {
  const here = recording.moment;
  try {
    new Stretch(recording, options, emit).between(Math.max(0, from), Math.min(to, recording.length));
  } finally {
    recording.serials.listener = null;
    recording.seek(here);
  }
}

class Stretch {
  private readonly recording: Recording;
  private readonly options: StretchOptions;
  private readonly emit: Emit;
  private readonly kinds: ReadonlySet<StretchKind>;
  private readonly made: { serial: number; block: number }[] = [];
  private readonly gone: { serial: number; block: number; given: boolean }[] = [];
  private readonly types = new Map<number, string>();
  private where: Where = { file: '', function: '', line: null, opcode: '' };
  /** The next of the recording's prints and exceptions. */
  private prints = 0;
  private raises = 0;
  private collections: number[] = [];
  private stopped = false;

  constructor(recording: Recording, options: StretchOptions, emit: Emit) {
    this.recording = recording;
    this.options = options;
    this.emit = emit;
    this.kinds = new Set(options.kinds ?? ALL);
  }

  between(from: number, to: number): void {
    const { recording, made, gone } = this;
    recording.seek(from);
    if (recording.ended) return;
    const first = (index: number, length: number): number => (index < 0 ? length : index);
    const { raised } = recording.exceptions;
    this.prints = first(
      recording.prints.findIndex(({ at }) => at > from),
      recording.prints.length,
    );
    this.raises = first(
      raised.findIndex((at) => at >= from),
      raised.length,
    );
    this.collections = collectionsOf(recording.reader());
    recording.serials.listener = {
      born: (serial, block) => made.push({ serial, block }),
      gone: (serial, block, given) => gone.push({ serial, block, given }),
    };
    let pause = from + PROGRESS;
    const ended = recording.walk(from, to, (count) => {
      if (count > from) this.behind(count);
      else {
        // what ran on the way to the stretch is no part of it
        made.length = 0;
        gone.length = 0;
      }
      if (!this.stopped) this.before(count);
      if (count < pause) return this.stopped;
      pause = count + PROGRESS;
      return this.stopped || this.options.progress?.(count) === false;
    });
    if (!ended && to > from) this.behind(to);
  }

  private tell(at: number, kind: StretchKind, more: Partial<StretchEvent> = {}): void {
    if (this.stopped || !this.kinds.has(kind)) return;
    const { lines } = this.options;
    const { line, file } = this.where;
    if (lines !== undefined) {
      if (line === null || line < lines[0] || line > lines[1] || file !== this.recording.mainFile) return;
    }
    if (this.emit({ at, kind, ...this.where, ...more }) === false) this.stopped = true;
  }

  /** Before the instruction at `count`: where it stands, and what it is the beginning of. */
  private before(count: number): void {
    const { recording } = this;
    const { cursor } = recording;
    cursor.read();
    const info = cursor.info();
    const line = cursor.line();
    const opcode = opcodeName(recording.view().getUint8(cursor.next));
    this.where = { file: info.file, function: info.qualname, line: line > 0 ? line : null, opcode };
    if (cursor.isCall()) this.tell(count, 'call');
    if (cursor.isLine()) this.tell(count, 'line');
    if (cursor.isReturn()) this.tell(count, 'return');
    const { raised } = recording.exceptions;
    while ((raised[this.raises] ?? Infinity) <= count) {
      this.raises++;
      this.tell(count, 'raise');
    }
  }

  /** Behind the instruction that `where` is of. */
  private behind(count: number): void {
    const { recording, made, gone } = this;
    if (made.length > 0 || gone.length > 0) this.blocks(count);
    const { prints } = recording;
    for (let print = prints[this.prints]; print !== undefined && print.at <= count; print = prints[++this.prints]) {
      this.tell(count, 'print', { text: print.text, number: print.fd });
    }
    if (!this.kinds.has('collection')) return;
    const now = collectionsOf(recording.reader());
    now.forEach((n, generation) => {
      for (let k = this.collections[generation] ?? 0; k < n; k++)
        this.tell(count, 'collection', { number: generation });
    });
    this.collections = now;
  }

  private blocks(count: number): void {
    const { recording, made, gone, types } = this;
    const dead = new Set(gone.map(({ serial }) => serial));
    const reader = recording.reader();
    for (const { serial, block } of made) {
      const object = dead.has(serial) ? 0 : objectIn(reader, block);
      if (object === 0) {
        this.tell(count, 'alloc', { serial, address: block });
        continue;
      }
      const type = typeName(reader.typeOf(object));
      types.set(serial, type);
      this.tell(count, 'alloc', { serial, address: object, type, text: describe(reader, object, 0).slice(0, TEXT) });
    }
    for (const { serial, block, given } of gone) {
      const type = types.get(serial);
      const known = type === undefined ? {} : { type };
      this.tell(count, given ? 'free' : 'keep', { serial, address: block, ...known });
      types.delete(serial);
    }
    made.length = 0;
    gone.length = 0;
  }
}
