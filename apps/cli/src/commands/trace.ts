// `moult trace FILE`: what happens, event by event, as sentences grouped by line or as JSON lines.
import { BadName, type ObjectName, parseObjectName } from '@moult/inspect';
import { EVENT_KINDS, type EventKind, eventsOf, type Recording, type StretchEvent, Words } from '@moult/recorder';
import { sameBytesOf } from '../audit.ts';
import { UsageError } from '../arguments.ts';
import { writeAll } from '../output.ts';
import { jsonLine, printable, shownLine } from '../printable.ts';
import { momentOf } from '../questions/moment.ts';
import { addressesOf } from '../questions/objects.ts';
import { parseQuestion, type Question } from '../questions/options.ts';
import { writeParts } from '../questions/output.ts';
import { Progress } from '../questions/progress.ts';
import { recordProgram } from '../questions/recorded.ts';
import { statementsOf } from '../questions/source.ts';

/** Names for several kinds. */
const GROUPS: Readonly<Record<string, readonly EventKind[]>> = {
  counts: ['incref', 'decref', 'immortal', 'getrefcount'],
  blocks: ['alloc', 'realloc', 'free', 'keep', 'reuse', 'pool', 'arena'],
  collector: ['track', 'untrack', 'generation', 'phase', 'weakref', 'finalizer'],
  places: ['line', 'call', 'return', 'raise', 'print'],
  all: EVENT_KINDS,
};
const USUAL: readonly EventKind[] = [
  ...(GROUPS.counts as EventKind[]),
  ...['raise', 'print', 'phase', 'weakref', 'finalizer', 'arena'].map((kind) => kind as EventKind),
];
/** Of one line, and in all, so many are written as text. */
const MOST_OF_LINE = 30;
const MOST = 2000;
/** What is written at once. */
const PART = 1 << 16;

type Write = (text: string) => void;

export function traceCommand(argv: readonly string[]): number {
  const text = { type: 'string' } as const;
  const question = parseQuestion(argv, 'trace', [], {
    lines: text,
    from: text,
    to: text,
    kinds: text,
    object: text,
    by: text,
    limit: text,
    everywhere: { type: 'boolean' },
  });
  const { more } = question;
  const by = more.by ?? 'line';
  if (by !== 'line' && by !== 'instruction') throw new UsageError(`--by ${by}: give line or instruction`);
  const kinds = kindsOf(more.kinds);
  const most = mostOf(question);
  const lines = linesOf(more.lines, more.everywhere === true);
  const name = typeof more.object === 'string' ? nameOf(more.object) : null;
  const recording = recordProgram(question);
  const [from, to] = stretchOf(recording, more.from, more.to);
  if (name !== null) recording.seek(momentOf(recording, question.at ?? 'end'));
  const [address] = name === null ? [] : addressesOf(recording, name);
  const object = address === undefined ? null : { address, serial: recording.serials.of(recording.reader(), address) };
  const progress = new Progress('tracing');
  const told = (write: Write): void => {
    const header = { schema: 'moult-trace/1', instructions: recording.length, from, to, by };
    const teller = question.json ? new JsonLines(header, write, most) : new Sentences(recording, write, most);
    eventsOf(
      recording,
      from,
      to,
      {
        kinds: question.json ? kinds : [...new Set<EventKind>([...kinds, 'line'])],
        by,
        ...(lines === null ? {} : { lines }),
        ...(object === null ? {} : { object }),
        statement: statementsOf(recording),
        sameBytes: sameBytesOf(recording.view().buffer),
        progress: (moment) => {
          progress.show(`${moment.toLocaleString('en-US')} of ${to.toLocaleString('en-US')} instructions`);
          return true;
        },
      },
      (event) => (kinds.includes(event.kind) || event.kind === 'line' ? teller.tell(event, kinds) : true),
    );
    progress.done();
    teller.end();
  };
  const { output } = question;
  if (output === null || output === '-') inParts((part) => writeAll(1, part), told);
  else writeParts(output, (write) => inParts((part) => write(new TextEncoder().encode(part)), told));
  return 0;
}

function nameOf(text: string): ObjectName {
  try {
    return parseObjectName(text);
  } catch (e) {
    if (e instanceof BadName) throw new UsageError(printable(e.message));
    throw e;
  }
}

/** Gathers what is written into larger parts. */
function inParts(write: Write, produce: (write: Write) => void): void {
  let waiting: string[] = [];
  let size = 0;
  const flush = (): void => {
    if (size > 0) write(waiting.join(''));
    waiting = [];
    size = 0;
  };
  produce((text) => {
    waiting.push(text);
    size += text.length;
    if (size >= PART) flush();
  });
  flush();
}

function kindsOf(asked: string | boolean | undefined): readonly EventKind[] {
  if (typeof asked !== 'string') return USUAL;
  const known: readonly string[] = EVENT_KINDS;
  return asked.split(',').flatMap((kind) => {
    const group = Object.hasOwn(GROUPS, kind) ? (GROUPS[kind] as readonly EventKind[]) : null;
    if (group !== null) return group;
    if (known.includes(kind)) return [kind as EventKind];
    throw new UsageError(
      `--kinds ${printable(kind)}: give some of ${Object.keys(GROUPS).join(', ')}, ${EVENT_KINDS.join(', ')}`,
    );
  });
}
function mostOf({ json, more }: Question): number {
  if (more.limit === undefined) return json ? Infinity : MOST;
  const most = Number(more.limit);
  if (!Number.isInteger(most) || most < 1) throw new UsageError(`--limit ${more.limit}: give a whole number above 0`);
  return most;
}
/** null: all files. */
function linesOf(asked: string | boolean | undefined, everywhere: boolean): readonly [number, number] | null {
  if (typeof asked !== 'string') return everywhere ? null : [1, Infinity];
  if (everywhere) throw new UsageError('give one of --lines and --everywhere');
  const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(asked) ?? [];
  if (first === undefined)
    throw new UsageError(`--lines ${printable(asked)}: give a line, or a first and a last one: 3-7`);
  const [from, to] = [Number(first), Number(last ?? first)];
  if (from > to) throw new UsageError(`--lines ${asked}: the last line is before the first one`);
  return [from, to];
}
function stretchOf(
  recording: Recording,
  from: string | boolean | undefined,
  to: string | boolean | undefined,
): [number, number] {
  const first = typeof from === 'string' ? momentOf(recording, from, '--from') : 0;
  const last = typeof to === 'string' ? momentOf(recording, to, '--to') : recording.length;
  if (first > last)
    throw new UsageError(`--to ${printable(String(to))} comes before --from ${printable(String(from))}`);
  return [first, last];
}

interface Teller {
  /** False: enough. */
  tell(event: StretchEvent, kinds: readonly EventKind[]): boolean;
  end(): void;
}

class JsonLines implements Teller {
  private readonly words = new Words();
  private readonly write: Write;
  private left: number;

  constructor(header: object, write: Write, most: number) {
    this.write = write;
    this.left = most;
    write(`${jsonLine(header)}\n`);
  }
  tell(event: StretchEvent, kinds: readonly EventKind[]): boolean {
    if (!kinds.includes(event.kind)) return true;
    const { telling, ...rest } = event;
    this.write(`${jsonLine({ ...rest, words: this.words.say(telling), telling })}\n`);
    return --this.left > 0;
  }
  end(): void {}
}

/** The events of a line under it. */
class Sentences implements Teller {
  private readonly words = new Words();
  private readonly recording: Recording;
  private readonly write: Write;
  private readonly statement: (file: string, line: number) => string | undefined;
  private left: number;
  private told = 0;
  /** Of the present line: written, and left out. */
  private heading = '';
  private pending = '';
  private ofLine = 0;
  private more = 0;

  constructor(recording: Recording, write: Write, most: number) {
    this.recording = recording;
    this.write = write;
    this.left = most;
    this.statement = statementsOf(recording);
  }

  tell(event: StretchEvent, kinds: readonly EventKind[]): boolean {
    const title = this.titleOf(event);
    if (event.kind === 'line' || title !== this.heading) this.begin(title);
    if (!kinds.includes(event.kind)) return true;
    if (this.ofLine++ >= MOST_OF_LINE) {
      this.more++;
      return true;
    }
    this.write(this.pending);
    this.pending = '';
    this.write(
      `${shownLine(`  ${event.at.toLocaleString('en-US').padStart(7)}  ${this.words.under(event.telling)}`)}\n`,
    );
    this.told++;
    return --this.left > 0;
  }
  end(): void {
    this.begin('');
    if (this.told === 0) this.write('no such events\n');
    if (this.left <= 0) this.write('and more: --limit tells of them\n');
  }

  private begin(title: string): void {
    if (this.more > 0) {
      this.write(`           and ${this.more.toLocaleString('en-US')} more: --json or --by instruction has all\n`);
    }
    this.heading = title;
    this.pending = `${shownLine(title)}\n`;
    this.ofLine = 0;
    this.more = 0;
  }
  private titleOf({ file, line, function: name }: StretchEvent): string {
    const where = line === null ? 'outside any line' : `line ${line}`;
    const other = file === this.recording.mainFile ? '' : `${file}, `;
    const text = line === null ? undefined : this.statement(file, line);
    return `${other}${where} in ${name}${text === undefined || text === '' ? '' : `: ${text}`}`;
  }
}
