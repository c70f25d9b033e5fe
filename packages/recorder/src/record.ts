// Running a program once, under record: its inputs are logged, checkpoints are taken as it goes.
import { Reader } from '@moult/inspect';
import type { FinalReport, LimitName, ProcessOptions, Stop } from '@moult/runtime';
import { type Assembly, assemble, stateOf } from './assemble.ts';
import type { Engine } from './engine.ts';
import { Cursor } from './positions/cursor.ts';
import { Recording } from './recording.ts';

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

export interface SliceSettings extends RecordSettings {
  /** Milliseconds, by the clock `now`, after which the program pauses where it is whole, for its host to attend to other things. */
  readonly slice: number;
}

/** What a recording is made of; `Recording` is its face. */
export interface Recorded extends Assembly {
  /** The digest of the process before it began. */
  readonly before: string;
  /** Instructions between checkpoints that seeks may add. */
  readonly interval: number;
  /** A clock that only measures. */
  readonly now?: (() => number) | null;
  /** Its states come from a file. */
  readonly fromFile?: boolean;
  /** Of the first code object that ran. */
  readonly mainFile: string;
  /** Instructions of the whole run. */
  readonly length: number;
  readonly stop: Stop;
  readonly end: FinalReport;
  /** Milliseconds of the whole recording run, and of it for checkpoints; 0 without a clock. */
  readonly milliseconds: number;
  readonly checkpointMilliseconds: number;
}

/** Instructions between checkpoints, at least. */
export const INTERVAL = 2_000_000;
/** … and at most, whatever they cost: a seek begins in the middle of it, on average. */
export const LONGEST = 20_000_000;
/** Of the recording's time, what checkpoints may take; and so many milliseconds, in which a large heap is seen for the first time. */
const SHARE = 0.05;
const FIRST_SIGHT = 200;
/** How often a run in slices looks at the clock, in instructions; and how soon again where it is not whole. */
const LOOK = 50_000;
const LOOK_AGAIN = 1_000;
/** WHEN_WHOLE may wait so long: nearer to the limit it is not asked for. */
const NEAR = 200_000;
/** What a native may take after a limit before its next poll ends the run; where no native waits the observer is sooner. */
const GRACE_MS = 1000;
/** The place in time of the process that has not begun. */
export const BEFORE = -1;

/**
 * Records a program from its start to its end. `engine` is the tracing build's; its realm is the recording's from now on.
 * The process speaks with `options.host` while it runs, and never again.
 */
export function record(engine: Engine, options: ProcessOptions, settings: RecordSettings = {}): Recording {
  const slices = slicesOf(engine, options, settings, Infinity);
  for (;;) {
    const { done, value } = slices.next();
    if (done === true) return value;
  }
}

/**
 * As record, in slices: yields the number of instructions executed so far. Amid native calls that wait for Python code it cannot
 * pause, and goes on to where it can.
 */
export function recordInSlices(
  engine: Engine,
  options: ProcessOptions,
  settings: SliceSettings,
): Generator<number, Recording> {
  return slicesOf(engine, options, settings, settings.slice);
}

function* slicesOf(
  engine: Engine,
  options: ProcessOptions,
  settings: RecordSettings,
  slice: number,
): Generator<number, Recording> {
  const assembly = assemble(engine, options, settings.memory);
  const { process, memory, log, interrupts, serials, checkpoints, target } = assembly;
  const now = settings.now ?? (() => 0);
  const started = now();
  let checkpointMilliseconds = 0;
  /** Of it for the first two, which every run has and which find nothing compiled yet. */
  let first = 0;
  let interval = settings.interval ?? INTERVAL;
  let last = { at: 0, ended: started };
  const take = (at: number, options: { whole: boolean; fixed: boolean }): void => {
    const begun = now();
    checkpoints.take(at, stateOf(assembly), options);
    const ended = now();
    checkpointMilliseconds += ended - begun;
    if (at <= 0) first = checkpointMilliseconds;
    if (settings.interval === undefined && begun > last.ended && at > 0) {
      // when the run is so long that what checkpoints have cost, and one more, are within their share
      const speed = (at - last.at) / (begun - last.ended);
      const wait = (checkpointMilliseconds - first - FIRST_SIGHT + ended - begun) / SHARE - (ended - started);
      interval = Math.max(INTERVAL, Math.min(LONGEST, Math.round(speed * wait)));
    }
    last = { at, ended };
  };

  take(BEFORE, { whole: true, fixed: true });
  const before = assembly.realm.digest();
  const most = settings.limits?.instructions ?? Infinity;
  const longest = started + (settings.limits?.milliseconds ?? Infinity);
  let ended: LimitName | null = null;
  let due = 0;
  let mainFile: string | null = null;
  const sliced = slice !== Infinity;
  let sliceEnd = started + slice;
  let paused = false;
  /** The count at which the observer is called next, at the latest. */
  const look = (count: number, soon: number): number => Math.min(due, most, sliced ? count + soon : Infinity);
  process.observe((count) => {
    if (count === 0) serials.made = 0;
    if (count >= most) ended = 'instructions';
    else if (interrupts.at.length > 1) ended = 'interrupt';
    else if ((longest !== Infinity && now() >= longest) || settings.progress?.(count) === false) ended = 'time';
    if (ended !== null) {
      take(count, { whole: memory.isWhole(), fixed: true });
      return engine.STOP_HERE;
    }
    if (sliced && now() >= sliceEnd) {
      if (!memory.isWhole()) return Math.min(count + LOOK_AGAIN, most);
      paused = true;
      return engine.STOP_HERE;
    }
    if (count < due) return look(count, LOOK);
    if (!memory.isWhole()) {
      if (sliced) return Math.min(count + LOOK_AGAIN, most);
      return most - count > NEAR ? engine.WHEN_WHOLE : most;
    }
    if (mainFile === null) {
      const cursor = new Cursor(memory, () => new Reader(target));
      cursor.read();
      mainFile = cursor.info().file;
    }
    take(count, { whole: true, fixed: count === 0 });
    due = count + interval;
    return look(count, LOOK);
  });
  let interruptedAt = Infinity;
  // the run was ended within an instruction, which cannot be run again to where it was
  let amid = false;
  interrupts.ends = () => {
    // it is asked often, and a clock may be slow
    if (longest === Infinity && interrupts.at.length <= 1) return null;
    if (interrupts.at.length > 1) interruptedAt = Math.min(interruptedAt, now());
    const limit = now() >= longest + GRACE_MS ? 'time' : now() >= interruptedAt + GRACE_MS ? 'interrupt' : null;
    amid ||= limit !== null;
    return limit;
  };
  let run = process.run();
  while (paused) {
    yield process.instructions;
    paused = false;
    sliceEnd = now() + slice;
    run = process.run();
  }
  const stop: Stop = ended === null ? run : { reason: 'limit', limit: ended, resumable: false };
  const length = amid ? Math.max(0, process.instructions - 1) : process.instructions;
  if (ended === null && !amid) take(length, { whole: false, fixed: true });
  process.observe(null);
  delete interrupts.ends;
  const end = process.finalize('visible');
  log.replaying = true;
  const recording = new Recording({
    ...assembly,
    before,
    interval: settings.interval ?? INTERVAL * 1.5,
    now: settings.now ?? null,
    mainFile: mainFile ?? '',
    length,
    stop,
    end,
    milliseconds: now() - started,
    checkpointMilliseconds,
  });
  if (amid) recording.keepEnd();
  return recording;
}
