// Running a program once, under record: its inputs are logged, checkpoints are taken as it goes.
import { bufferMemory } from '@moult/abi';
import { engineTarget, Reader, type Target } from '@moult/inspect';
import type { FinalReport, Process, ProcessOptions, Stop } from '@moult/runtime';
import type { Engine } from './engine.ts';
import { type Output, recordedHost } from './inputs/host.ts';
import { InputLog } from './inputs/log.ts';
import { Checkpoints } from './pages/checkpoints.ts';
import { RealmPages } from './pages/realm.ts';
import { Cursor } from './positions/cursor.ts';
import { Recording } from './recording.ts';
import { Serials } from './serials.ts';
import { Told } from './told.ts';

export interface RecordSettings {
  /** Bytes that the checkpoints may take: 256 MiB by default. */
  readonly memory?: number;
  /** Instructions between two checkpoints; by default as many as keep their cost within its share. */
  readonly interval?: number;
  /** Milliseconds of a clock that only measures; without one the interval is fixed. */
  readonly now?: () => number;
  readonly limits?: {
    readonly instructions?: number;
    readonly milliseconds?: number;
  };
  /** Called now and then while the program runs; answering false ends the run there. */
  progress?(instructions: number): boolean | undefined;
}

/** What stands outside the bytes at a checkpoint. */
export interface HostState {
  /** Requests of the log that have been answered. */
  readonly requests: number;
  readonly interrupts: number;
  /** Objects made. */
  readonly serials: number;
}

/** What a recording is made of; `Recording` is its face. */
export interface Recorded {
  readonly engine: Engine;
  readonly process: Process;
  readonly log: InputLog;
  readonly interrupts: { asked: number; readonly at: number[] };
  readonly realm: RealmPages;
  readonly checkpoints: Checkpoints<HostState>;
  readonly outputs: Output[];
  /** Instructions between checkpoints that seeks may add. */
  readonly interval: number;
  readonly told: Told;
  readonly serials: Serials;
  readonly target: Target;
  /** Of the first code object that ran. */
  readonly mainFile: string;
  /** Instructions of the whole run. */
  length: number;
  stop: Stop;
  end: FinalReport;
  /** Milliseconds of the whole recording run, and of it for checkpoints; 0 without a clock. */
  milliseconds: number;
  checkpointMilliseconds: number;
}

const MEMORY = 256 << 20;
/** Instructions between checkpoints, at least. */
export const INTERVAL = 2_000_000;
/** … and at most, whatever they cost: a seek begins in the middle of it, on average. */
const LONGEST = 20_000_000;
/** Of the recording's time, what checkpoints may take. */
const SHARE = 0.05;
/** The place in time of the process that has not begun. */
export const BEFORE = -1;

/**
 * Records a program from its start to its end. `engine` is the tracing build's; its realm is the recording's from now on.
 * The process speaks with `options.host` while it runs, and never again.
 */
export function record(engine: Engine, options: ProcessOptions, settings: RecordSettings = {}): Recording {
  const log = new InputLog();
  const interrupts = { asked: 0, at: [] as number[] };
  const outputs: Output[] = [];
  const host = recordedHost(log, options.host, interrupts, {
    written(fd, data) {
      if (!log.replaying) outputs.push({ at: process.instructions, fd, data: data.slice() });
    },
  });
  const { memory: memoryLimit, recursion } = options.limits ?? {};
  const limits = {
    ...(memoryLimit === undefined ? {} : { memory: memoryLimit }),
    ...(recursion === undefined ? {} : { recursion }),
  };
  const told = new Told(
    () => process.instructions,
    () => reader(),
    () => !log.replaying,
  );
  const memory = engine.processMemory();
  const serials = new Serials(memory);
  const process: Process = engine.createProcess({
    ...options,
    limits,
    host,
    telling: told.telling,
    allocations: serials.allocations,
  });
  const { buffer, ...view } = engine.processView();
  const target = engineTarget(bufferMemory(buffer), view);
  const reader = (): Reader => new Reader(target);
  const realm = new RealmPages(memory, serials);
  const checkpoints = new Checkpoints<HostState>(realm, settings.memory ?? MEMORY);
  const now = settings.now ?? (() => 0);
  const state = (): HostState => ({
    requests: log.position,
    interrupts: interrupts.asked,
    serials: serials.made,
  });
  const started = now();
  let checkpointMilliseconds = 0;
  /** Of it for the first two, which every run has and which find nothing compiled yet. */
  let first = 0;
  let interval = settings.interval ?? INTERVAL;
  let last = { at: 0, ended: started };
  const take = (at: number, options: { whole: boolean; fixed: boolean }): void => {
    const begun = now();
    checkpoints.take(at, state(), options);
    const ended = now();
    checkpointMilliseconds += ended - begun;
    if (at <= 0) first = checkpointMilliseconds;
    if (settings.interval === undefined && begun > last.ended && at > 0) {
      // when the run is so long that what checkpoints have cost, and one more, are within their share
      const speed = (at - last.at) / (begun - last.ended);
      const wait = (checkpointMilliseconds - first + ended - begun) / SHARE - (ended - started);
      interval = Math.max(INTERVAL, Math.min(LONGEST, Math.round(speed * wait)));
    }
    last = { at, ended };
  };

  take(BEFORE, { whole: true, fixed: true });
  const most = settings.limits?.instructions ?? Infinity;
  const longest = started + (settings.limits?.milliseconds ?? Infinity);
  let ended: 'instructions' | 'time' | null = null;
  let due = 0;
  let mainFile: string | null = null;
  process.observe((count) => {
    if (count === 0) serials.made = 0;
    if (count >= most) ended = 'instructions';
    else if (now() >= longest || settings.progress?.(count) === false) ended = 'time';
    if (ended !== null) {
      take(count, { whole: memory.isWhole(), fixed: true });
      return engine.STOP_HERE;
    }
    if (count < due) return Math.min(due, most);
    if (!memory.isWhole()) return engine.WHEN_WHOLE;
    if (mainFile === null) {
      const cursor = new Cursor(memory, reader);
      cursor.read();
      mainFile = cursor.info().file;
    }
    take(count, { whole: true, fixed: count === 0 });
    due = count + interval;
    return Math.min(due, most);
  });
  const run = process.run();
  const stop: Stop = ended === null ? run : { reason: 'limit', limit: ended, resumable: false };
  const length = process.instructions;
  if (ended === null) take(length, { whole: false, fixed: true });
  process.observe(null);
  const end = process.finalize('visible');
  log.replaying = true;
  return new Recording({
    engine,
    process,
    log,
    interrupts,
    realm,
    checkpoints,
    outputs,
    interval: settings.interval ?? INTERVAL * 2,
    told,
    serials,
    target,
    mainFile: mainFile ?? '',
    length,
    stop,
    end,
    milliseconds: now() - started,
    checkpointMilliseconds,
  });
}
