// The debugger without a terminal: a recorded run, where it stands, and pdb's commands with their reverse.
import { _PyInterpreterFrame } from '@moult/abi';
import {
  BadName,
  blockOf,
  describe,
  dictEntries,
  frameInfo,
  type FrameInfo,
  isImmortal,
  nameText,
  parseObjectName,
  type Reader,
  refcount,
  typeName,
  walkName,
} from '@moult/inspect';
import { BadMoment, NotRecorded, Places, type Recording, step, type StepUnit } from '@moult/recorder';
import { nameInLine, printable, shownLine } from '../printable.ts';
import { evaluatedText } from './evaluated.ts';
import { COMMANDS_HELP } from './help.ts';
import { parseCondition } from './conditions.ts';
import { runTo, type StopPoint } from './stops.ts';
import { serialsOf } from '../questions/objects.ts';
import { whyLines } from '../questions/why.ts';

export interface Variable {
  readonly name: string;
  readonly address: number;
  readonly type: string;
  /** null: immortal. */
  readonly count: number | null;
  readonly text: string;
}

const STEPS: Readonly<Record<string, readonly [StepUnit, 1 | -1]>> = {
  s: ['line', 1],
  step: ['line', 1],
  n: ['over', 1],
  next: ['over', 1],
  r: ['finish', 1],
  return: ['finish', 1],
  si: ['instruction', 1],
  rs: ['line', -1],
  rn: ['over', -1],
  rr: ['out', -1],
  rsi: ['instruction', -1],
};

/** What a command that cannot be carried out says. */
class Refused extends Error {}

export class DebugSession {
  readonly recording: Recording;
  readonly places: Places;
  readonly stops: StopPoint[] = [];
  /** Which frame is looked at, 0 the innermost. */
  selected = 0;
  finished = false;
  readonly #sources: (file: string) => readonly string[] | null;
  #numbers = 0;
  #last = '';

  constructor(recording: Recording, sources: (file: string) => readonly string[] | null) {
    this.recording = recording;
    this.places = new Places(recording);
    this.#sources = sources;
    this.#begin();
  }

  /** Carries a command out; what it says. An empty command is the last one again. */
  execute(text: string): string {
    const line = text.trim() === '' ? this.#last : text.trim();
    this.#last = line;
    const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(line) ?? [];
    const { moment } = this.recording;
    try {
      return this.#do(word, rest);
    } catch (e) {
      if (e instanceof Refused || e instanceof BadMoment || e instanceof BadName) return `*** ${printable(e.message)}`;
      if (!(e instanceof NotRecorded)) throw e;
      this.recording.seek(moment);
      return `*** ${printable(e.message)}`;
    }
  }

  // ---- where it stands ----

  frames(): FrameInfo[] {
    const { cursor } = this.recording;
    cursor.read();
    const reader = this.recording.reader();
    return cursor
      .frames()
      .map((f) => frameInfo(reader, f))
      .filter((f) => f !== null);
  }
  frame(): FrameInfo | null {
    const frames = this.frames();
    this.selected = Math.min(this.selected, Math.max(0, frames.length - 1));
    return frames[this.selected] ?? null;
  }
  source(file: string): readonly string[] | null {
    return this.#sources(file);
  }
  variables(): Variable[] {
    const frame = this.frame();
    if (frame === null) return [];
    const reader = this.recording.reader();
    const names = frame.locals.filter((l) => l.value !== 0).map((l) => [l.name, l.value] as const);
    const own = names.length > 0 || frame.function !== '<module>' ? names : moduleNames(reader, frame.address);
    return own.map(([name, address]) => this.#variable(reader, name, address));
  }
  #variable(reader: Reader, name: string, address: number): Variable {
    const info = reader.typeOrNull(address);
    return {
      name,
      address,
      type: info === null ? '?' : typeName(info),
      count: isImmortal(reader, address) ? null : refcount(reader, address),
      text: describe(reader, address),
    };
  }
  /** "cycle.py:14 in <module>, 40 of 49". */
  where(): string {
    const { moment, length, ended } = this.recording;
    const count = `${moment.toLocaleString('en-US')} of ${length.toLocaleString('en-US')} instructions`;
    const frame = this.frames()[0];
    if (ended || frame === undefined) return `the program has ended, ${count}`;
    return `${placeOf(frame)}, ${count}`;
  }
  /** The line that runs next, with its number. */
  #here(): string {
    const frame = this.frames()[0];
    if (this.recording.ended || frame === undefined) return this.where();
    const text = frame.line === null ? undefined : this.source(frame.file)?.[frame.line - 1];
    return `> ${this.where()}${text === undefined ? '' : `\n-> ${shownLine(text.trim())}`}`;
  }

  // ---- commands ----

  #do(word: string, rest: string): string {
    const steps = STEPS[word];
    if (steps !== undefined) return this.#step(...steps, rest);
    switch (word) {
      case '':
        return '';
      case 'c':
      case 'cont':
      case 'continue':
        return this.#run(1);
      case 'rc':
        return this.#run(-1);
      case 'g':
      case 'goto':
        this.recording.seek(
          this.places.resolve(
            rest === '' ? refuse('goto needs a moment: 14, 14@2, call:f, output:1, step:100, end') : rest,
          ),
        );
        return this.#moved();
      case 'b':
      case 'break':
      case 'tbreak':
        return rest === '' ? this.#listStops() : this.#addLine(rest, word === 'tbreak');
      case 'watch':
      case 'death':
        return this.#addCount(rest, word === 'death');
      case 'cl':
      case 'clear':
        return this.#clear(rest);
      case 'p':
      case 'pp':
        return this.#print(rest);
      case 'why':
        return whyLines(this.recording.reader(), this.#address(rest), serialsOf(this.recording)).join('\n');
      case 'w':
      case 'where':
      case 'bt':
        return this.frames()
          .map((f, k) => `${k === this.selected ? '>' : ' '} ${placeOf(f)}`)
          .reverse()
          .join('\n');
      case 'u':
      case 'up':
      case 'd':
      case 'down':
        return this.#select(word.startsWith('u') ? 1 : -1);
      case 'l':
      case 'list':
        return this.#list(rest);
      case 'h':
      case 'help':
      case '?':
        return COMMANDS_HELP;
      case 'q':
      case 'quit':
      case 'exit':
        this.finished = true;
        return '';
      default:
        return `*** there is no command ${word}; h lists them`;
    }
  }
  #moved(): string {
    this.selected = 0;
    return this.#here();
  }
  #step(unit: StepUnit, direction: 1 | -1, rest: string): string {
    const times = rest === '' ? 1 : Number(rest);
    if (!Number.isInteger(times) || times < 1) refuse(`${rest}: how many steps?`);
    for (let k = 0; k < times; k++) if (!step(this.recording, unit, direction)) break;
    if (direction === -1 && this.recording.moment === 0) return this.#begin();
    return this.#moved();
  }
  /** The program's first line: before it there is nothing to see. */
  #begin(): string {
    this.recording.seek(0);
    step(this.recording, 'line', 1);
    return `the beginning\n${this.#moved()}`;
  }
  #run(direction: 1 | -1): string {
    const hit = runTo(this.recording, this.stops, direction);
    if (hit === null) return direction === 1 ? this.#moved() : this.#begin();
    const { stop } = hit;
    if (stop.kind === 'line' && stop.once) this.stops.splice(this.stops.indexOf(stop), 1);
    const what =
      stop.kind === 'line'
        ? stopText(stop)
        : `stop ${stop.number}: the count of ${stop.name} went from ${hit.before} to ${hit.after}`;
    return `${what}\n${this.#moved()}`;
  }
  #addLine(text: string, once: boolean): string {
    const shape = /^(?:(.+):)?(\d+)(?:\s*(?:,|if)\s*(.+))?$/.exec(text);
    if (shape === null) return refuse(`${text}: write LINE, FILE:LINE, or LINE if NAME == VALUE`);
    const [, file, line, condition] = shape;
    const stop: StopPoint = {
      kind: 'line',
      number: ++this.#numbers,
      file: file ?? null,
      line: Number(line),
      once,
      condition: condition === undefined ? null : { text: condition, holds: parseCondition(condition) },
    };
    this.stops.push(stop);
    return stopText(stop);
  }
  #addCount(name: string, death: boolean): string {
    if (name === '') refuse(`${death ? 'death' : 'watch'} needs a name: watch NAME.path[0]`);
    const address = this.#address(name);
    if (this.recording.reader().typeOrNull(address) === null) refuse(`there is no object at ${name}`);
    if (isImmortal(this.recording.reader(), address)) refuse(`${name} is immortal: its count is not kept`);
    const reader = this.recording.reader();
    const block = blockOf(reader, address, reader.typeOf(address));
    const serial = this.recording.serials.of(reader, address);
    const stop: StopPoint = { kind: 'count', number: ++this.#numbers, name, address, block, serial, death };
    this.stops.push(stop);
    return stopText(stop);
  }
  #clear(rest: string): string {
    if (rest === '') {
      this.stops.length = 0;
      return 'all stops cleared';
    }
    const at = this.stops.findIndex((s) => String(s.number) === rest);
    if (at < 0) refuse(`there is no stop ${rest}`);
    this.stops.splice(at, 1);
    return `stop ${rest} cleared`;
  }
  #listStops(): string {
    return this.stops.length === 0 ? 'no stops' : this.stops.map(stopText).join('\n');
  }
  #address(text: string): number {
    if (text === '') refuse("name an object: NAME.path['key'][0] or 0xADDR");
    const name = parseObjectName(text);
    if (name.kind === 'address') return name.address;
    if (name.kind !== 'path') return refuse(`${text}: name the object by a path or an address`);
    const frame = this.frame();
    return walkName(this.recording.reader(), name, frame === null ? {} : { frame: frame.address });
  }
  /** What is a name is walked to; all else is evaluated, in a copy of the process. */
  #print(text: string): string {
    let found: number;
    try {
      found = this.#address(text);
    } catch (e) {
      if (text === '' || !(e instanceof BadName)) throw e;
      return evaluatedText(this.recording, text, this.recording.ended ? 0 : (this.frame()?.address ?? 0));
    }
    const reader = this.recording.reader();
    const { type, count, text: shown, address } = this.#variable(reader, text, found);
    return `${shownLine(shown)}\n${nameInLine(type)} at 0x${address.toString(16)}, ${count === null ? 'immortal' : `count ${count}`}`;
  }
  #select(by: number): string {
    const frames = this.frames();
    const to = this.selected + by;
    if (frames[to] === undefined) refuse(by > 0 ? 'this is the oldest frame' : 'this is the newest frame');
    this.selected = to;
    const frame = frames[to] as FrameInfo;
    return `> ${placeOf(frame)}`;
  }
  #list(rest: string): string {
    const frame = this.frame();
    const lines = frame === null ? null : this.source(frame.file);
    if (frame === null || lines === null) return refuse('there is no source to show');
    const middle = rest === '' ? (frame.line ?? 1) : Number(rest);
    if (!Number.isInteger(middle)) refuse(`${rest}: which line?`);
    const from = Math.max(1, middle - 5);
    return lines
      .slice(from - 1, from + 10)
      .map((text, k) => {
        const n = from + k;
        const stop = this.stops.some((s) => s.kind === 'line' && s.line === n && s.file === null);
        return `${String(n).padStart(4)}${stop ? 'B' : ' '}${n === frame.line ? '->' : '  '} ${shownLine(text)}`;
      })
      .join('\n');
  }
}

/** The names of a module or a class body: they are in a dict. Those that every module has are left out. */
function moduleNames(reader: Reader, frame: number): (readonly [string, number])[] {
  const dict = reader.ptr(frame + _PyInterpreterFrame.f_locals);
  if (dict === 0 || reader.typeOrNull(dict)?.layout !== 'dict') return [];
  return dictEntries(reader, dict, 500)
    .map((e) => [nameText(reader, e.key), e.value] as const)
    .filter(([name]) => !/^__\w+__$/.test(name));
}

function refuse(message: string): never {
  throw new Refused(message);
}
function placeOf(frame: FrameInfo): string {
  return `${nameInLine(base(frame.file))}:${frame.line ?? '?'} in ${nameInLine(frame.function)}`;
}
export function base(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
export function stopText(stop: StopPoint): string {
  if (stop.kind === 'count')
    return `stop ${stop.number}: ${stop.death ? `${stop.name} dies` : `the count of ${stop.name} changes`}`;
  const where = `${stop.file === null ? 'line' : `${stop.file}:`}${stop.file === null ? ' ' : ''}${stop.line}`;
  const condition = stop.condition === null ? '' : ` if ${stop.condition.text}`;
  return `stop ${stop.number}: ${where}${condition}${stop.once ? ', once' : ''}`;
}
