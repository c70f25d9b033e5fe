// Records programs and goes to random moments of them: the bytes must be those of a run that was only watched. Bundled with
// tracing, one line of JSON for each request:  {file, python?, args?, stdin?, seeks, seed, interval?, memory?}
import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, Worker } from 'node:worker_threads';
import { dictGet, mainDict } from '@moult/inspect';
import {
  type EventKind,
  eventsOf,
  lifeOf,
  Places,
  record,
  type Recording,
  step,
  type StepUnit,
  Words,
} from '@moult/recorder';
import {
  createProcess,
  makeImage,
  type ProcessHost,
  processMemory,
  type ProcessOptions,
  processView,
  STOP_HERE,
  WHEN_WHOLE,
} from '@moult/runtime';
import { nodeHost } from '../../apps/cli/src/host.ts';
import { writeAll } from '../../apps/cli/src/output.ts';
import { checkStretches, type StretchReport } from './stretches.ts';
import { RealmPages } from '../../packages/recorder/src/pages/realm.ts';

export interface SeekRequest {
  readonly file: string;
  readonly python?: string;
  readonly args?: readonly string[];
  readonly stdin?: string;
  readonly seeks: number;
  readonly seed: number;
  /** Instructions between checkpoints: by default the run's length by 7. */
  readonly interval?: number;
  readonly memory?: number;
  readonly verify?: boolean;
  /** Seek to moments that were seen in the recording itself, not in another run, as is done for programs whose runs differ. */
  readonly twice?: boolean;
  /** Moments in words: where they are. */
  readonly ask?: readonly string[];
  /** Steps from the last of these: `over`, `-line`, …: where they lead. */
  readonly steps?: readonly string[];
  /** Lives in words of objects: `NAME @ MOMENT`, a global's name and where it is looked up. */
  readonly lives?: readonly string[];
  /** The events between two moments in words, of these kinds. */
  readonly events?: { readonly from: string; readonly to: string; readonly kinds: readonly EventKind[] };
  /** Stretches at random places, whose events are checked against memory. */
  readonly stretches?: number;
  /** Change one logged request and go past it. */
  readonly forge?: boolean;
}
export interface SeekAnswer {
  readonly length: number;
  readonly recordedLength: number;
  readonly seeks: number;
  /** Moments of one recording were compared with each other. */
  readonly twice: boolean;
  /** Seeks to moments amid native calls. */
  readonly amid: number;
  readonly differences: string[];
  readonly checkpoints: number;
  readonly sameOutput: boolean;
  readonly sameEnd: boolean;
  /** What the program wrote while it was recorded, and how it ended. */
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly bytes: number;
  /** Logged requests, and how often the host was asked after the recording. */
  readonly requests: number;
  readonly outside: number;
  /** What a forged log was refused with. */
  readonly refused: string;
  /** `moment function:line`, `end`, or the error, for each moment that was asked for and each step. */
  readonly places: string[];
  /** By object, each event as a sentence. */
  readonly lives: string[][];
  readonly events: string[];
  /** Objects that are there at the end of the stretch and should not be by its events, or the other way round. */
  readonly miscounted: number;
  readonly checked: StretchReport | null;
}

const engine = { createProcess, processMemory, processView, STOP_HERE, WHEN_WHOLE };

function* randomNumbers(seed: number): Generator<number> {
  let s = seed;
  for (;;) {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    yield s / 4294967296;
  }
}

const images = new Map<string, Uint8Array>();
function imageOf(python: string): Uint8Array {
  const image = images.get(python) ?? makeImage(python, 'default');
  images.set(python, image);
  return image;
}

function options(request: SeekRequest, out: Uint8Array[]): ProcessOptions {
  const cwd = dirname(request.file);
  const stdin = new TextEncoder().encode(request.stdin ?? '');
  return {
    program: { kind: 'file', path: basename(request.file) },
    args: request.args ?? [],
    python: request.python ?? '3.13',
    image: imageOf(request.python ?? '3.13'),
    env: {},
    cwd,
    limits: {},
    host: {
      ...nodeHost({ cwd, env: {}, stdin, write: (fd, data) => out.push(new Uint8Array([fd, ...data])) }),
      tainted() {},
    },
  };
}

/** Runs the program and notes the digest at each of the moments; without any, only counts. */
function straight(request: SeekRequest, moments: readonly number[], out: Uint8Array[]) {
  const process = createProcess(options(request, out));
  const memory = processMemory();
  const realm = new RealmPages(memory);
  const digests: string[] = [];
  let amid = 0;
  if (moments.length > 0) {
    process.observe(() => {
      digests.push(realm.digest());
      if (!memory.isWhole()) amid++;
      return moments[digests.length] ?? Infinity;
    }, moments[0]);
  }
  process.run();
  const length = process.instructions;
  const atEnd = realm.digest();
  const { exitCode } = process.finalize('visible');
  return { length, digests, atEnd, exitCode, amid };
}

function text(out: readonly Uint8Array[]): string {
  return out.map((part) => `${part[0]}:${Buffer.from(part.subarray(1)).toString('latin1')}`).join('\n');
}

function streamText(out: readonly Uint8Array[], fd: number): string {
  return Buffer.concat(out.filter((part) => part[0] === fd).map((part) => part.subarray(1))).toString('utf8');
}

/** Counts what is asked of a host. */
function counted(host: ProcessHost, asked: { n: number }): ProcessHost {
  const count = <T extends object>(room: T): T =>
    Object.fromEntries(
      Object.entries(room).map(([name, f]) => [
        name,
        typeof f !== 'function'
          ? f
          : (...args: unknown[]) => {
              asked.n++;
              return f(...args);
            },
      ]),
    ) as T;
  const { io, clock, files, fs, machine, ...rest } = host;
  return {
    ...rest,
    io: count(io),
    clock: count(clock),
    files: count(files),
    ...(fs === undefined ? {} : { fs: count(fs) }),
    ...(machine === undefined ? {} : { machine: count(machine) }),
  };
}

/** Goes to some moments in order, then back and forth: the same bytes each time. */
function seekTwice(recording: Recording): string[] {
  const moments = Array.from({ length: 30 }, (_, i) => Math.floor((recording.length * i) / 30));
  const first = moments.map((moment) => {
    recording.seek(moment);
    return recording.digest();
  });
  const out: string[] = [];
  for (let i = 0; i < 60; i++) {
    const k = (i * 17) % 30;
    recording.seek(moments[k] as number);
    if (recording.digest() !== first[k]) out.push(`moment ${moments[k]}`);
  }
  return out;
}

function refusal(recording: Recording): string {
  const requests = recording.log.requests as { name: string; asked: string; answer: unknown }[];
  const at = requests.findLastIndex(({ name }) => name === 'clock.time');
  requests[at] = { name: 'io.read', asked: '0', answer: 0 };
  try {
    recording.seek(recording.length - 1);
    return '';
  } catch (e) {
    return String(e);
  }
}

function placeText(recording: Recording): string {
  const { cursor } = recording;
  cursor.read();
  if (recording.ended) return `${recording.moment} end`;
  return `${recording.moment} ${cursor.info().qualname}:${cursor.line()}`;
}

function findPlaces(recording: Recording, request: SeekRequest): string[] {
  const out: string[] = [];
  const places = new Places(recording);
  for (const text of request.ask ?? []) {
    try {
      recording.seek(places.resolve(text));
      out.push(placeText(recording));
    } catch (e) {
      out.push(String(e));
    }
  }
  for (const text of request.steps ?? []) {
    const back = text.startsWith('-');
    const moved = step(recording, text.replace('-', '') as StepUnit, back ? -1 : 1);
    out.push(`${moved ? '' : 'none: '}${placeText(recording)}`);
  }
  return out;
}

function tellLives(recording: Recording, request: SeekRequest): string[][] {
  const places = new Places(recording);
  const words = new Words();
  return (request.lives ?? []).map((text) => {
    const [name = '', moment = ''] = text.split(' @ ');
    recording.seek(places.resolve(moment));
    const reader = recording.reader();
    const object = dictGet(reader, mainDict(reader), name);
    const life = lifeOf(recording, object);
    return life.events.map(({ telling }) => {
      // the holders gained and lost are the change of the count
      const { kind } = telling;
      const sum = kind === 'count' ? telling.before + telling.gained.length - telling.lost.length - telling.after : 0;
      return `${words.say(telling)}${sum === 0 ? '' : ` (off by ${sum})`}`;
    });
  });
}

/** The serial numbers of what is there now. */
function alive(recording: Recording): Set<number> {
  const { words } = recording.serials;
  const out = new Set<number>();
  for (const [from, to] of recording.serials.ranges(processMemory().usedRanges())) {
    for (const serial of words.subarray(from / 4, to / 4)) if (serial !== 0) out.add(serial);
  }
  return out;
}

function listEvents(recording: Recording, request: SeekRequest): { events: string[]; miscounted: number } {
  if (request.events === undefined) return { events: [], miscounted: 0 };
  const places = new Places(recording);
  const [from, to] = [places.resolve(request.events.from), places.resolve(request.events.to)];
  recording.seek(from);
  const there = alive(recording);
  const events: string[] = [];
  eventsOf(recording, from, to, {}, ({ kind, line, function: name, serial = 0, type, text, number }) => {
    if ((kind === 'alloc' || kind === 'reuse') && serial > 0) there.add(serial);
    if (kind === 'free' || kind === 'keep') there.delete(serial);
    // blocks that are no objects
    if ((kind === 'alloc' || kind === 'free') && type === undefined) return true;
    const more = [type, text, number].filter((part) => part !== undefined).join(' ');
    if (request.events?.kinds.includes(kind)) events.push(`${kind} ${name}:${line} ${more}`.trim());
    return true;
  });
  recording.seek(to);
  const now = alive(recording);
  const both = [...there].filter((serial) => now.has(serial)).length;
  return { events, miscounted: there.size + now.size - 2 * both };
}

/** How long a stretch is at most, and each whole one of a program that is shorter. */
const STRETCH = 2000;

function randomStretches(recording: Recording, n: number, next: (n: number) => number): StretchReport {
  const { length } = recording;
  const lines = new Map<string, readonly string[]>();
  const statement = (file: string, line: number): string | undefined => {
    let text = lines.get(file);
    if (text === undefined) {
      try {
        text = readFileSync(file, 'utf8').split('\n');
      } catch {
        text = [];
      }
      lines.set(file, text);
    }
    return text[line - 1]?.trim();
  };
  return checkStretches(
    recording,
    Array.from({ length: n }, (_, i) => {
      const from = length <= STRETCH ? 0 : next(length - STRETCH);
      return [from, Math.min(length, from + STRETCH), i % 2 === 0 ? 'instruction' : 'line'] as const;
    }),
    statement,
  );
}

export function seekRandomly(request: SeekRequest): SeekAnswer {
  const random = randomNumbers(request.seed);
  const next = (n: number): number => Math.floor((random.next().value as number) * n);
  const plain: Uint8Array[] = [];
  const first = straight(request, [], plain);
  const { length } = first;
  const some = length === 0 ? 0 : request.seeks;
  const moments = [...new Set(Array.from({ length: some }, () => next(length)))].sort((a, b) => a - b);
  const watched = straight(request, moments, []);
  // no two runs of it are alike
  const twice = request.twice === true || first.atEnd !== watched.atEnd;
  const expected = new Map(moments.map((moment, i) => [moment, watched.digests[i]]));

  const out: Uint8Array[] = [];
  const asked = { n: 0 };
  const base = options(request, out);
  const recording: Recording = record(
    engine,
    { ...base, host: counted(base.host, asked) },
    {
      interval: request.interval ?? Math.max(50, Math.ceil(length / 7)),
      ...(request.memory === undefined ? {} : { memory: request.memory }),
    },
  );
  asked.n = 0;
  const differences: string[] = [];
  if (twice) differences.push(...seekTwice(recording));
  else if (recording.digest() !== watched.atEnd) differences.push('the end');
  const order = moments.map((moment) => ({ moment, key: next(1 << 30) })).sort((a, b) => a.key - b.key);
  for (const { moment } of twice ? [] : order) {
    recording.seek(moment);
    if (recording.digest() !== expected.get(moment)) differences.push(`moment ${moment} of ${length}`);
  }
  if (request.verify === true) {
    for (const { from, at, pages } of recording.verify())
      differences.push(`${from} to ${at}: pages ${pages.join(' ')}`);
  }
  return {
    length,
    recordedLength: recording.length,
    seeks: twice ? 90 : moments.length,
    twice,
    amid: watched.amid,
    differences,
    checkpoints: recording.history().checkpoints,
    sameOutput: text(out) === text(plain),
    sameEnd: recording.end.exitCode === watched.exitCode,
    stdout: streamText(out, 1),
    stderr: streamText(out, 2),
    exitCode: recording.end.exitCode,
    bytes: recording.history().bytes,
    requests: recording.log.requests.length,
    outside: asked.n,
    places: findPlaces(recording, request),
    lives: tellLives(recording, request),
    ...listEvents(recording, request),
    checked: request.stretches === undefined ? null : randomStretches(recording, request.stretches, next),
    refused: request.forge === true ? refusal(recording) : '',
  };
}

/** As the command line has it: where the host's stack ends before CPython's limits are reached, no two runs are alike. */
const STACK_MB = 200;

function answerAll(): void {
  for (const line of readFileSync(0, 'utf8').split('\n')) {
    if (line === '') continue;
    let answer: unknown;
    try {
      answer = seekRandomly(JSON.parse(line) as SeekRequest);
    } catch (e) {
      answer = { failed: String((e as Error)?.stack ?? e) };
    }
    writeAll(1, `${JSON.stringify(answer)}\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (isMainThread) new Worker(new URL(import.meta.url), { resourceLimits: { stackSizeMb: STACK_MB } });
  else answerAll();
}
