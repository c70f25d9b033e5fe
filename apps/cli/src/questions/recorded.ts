// The recorded run that a verb asks about: the program is run under record, or a recording's file is opened.
import { existsSync } from 'node:fs';
import { isatty } from 'node:tty';
import { parentPort } from 'node:worker_threads';
import {
  createProcess,
  processMemory,
  processView,
  type ProcessOptions,
  ProgramNotFound,
  STOP_HERE,
  WHEN_WHOLE,
} from '@moult/runtime';
import { type Engine, type OpenOptions, record, type Recording, type RecordSettings } from '@moult/recorder';
import { UsageError } from '../arguments.ts';
import { hashSeedOf, notFound, readAllInput } from '../commands/run.ts';
import { nodeHost } from '../host.ts';
import { complain } from '../output.ts';
import { preparedImage } from '../prepared.ts';
import { shownLine } from '../printable.ts';
import { identity, isRecordingFile, readRecordingFile } from '../recordings.ts';
import { type Question, RUN_OPTIONS } from './options.ts';
import { Progress } from './progress.ts';

const PROGRESS_EVERY = 2_000_000;
/** How long a native call may go on after the time limit before the process, and with it the history, is ended from outside. */
const GRACE_MS = 4000;

/** The file of the program is not there. */
export class NoProgram extends Error {
  readonly path: string;
  constructor(path: string, why = `can't open file '${path}': no such file`) {
    super(why);
    this.path = path;
  }
}

/** The program could not begin: its text is wrong, or the module is not there. */
export class NotBegun extends Error {
  readonly exitCode: number;
  constructor(said: readonly string[], exitCode: number) {
    super(['the program did not begin:', ...said.map(shownLine)].join('\n'));
    this.exitCode = exitCode;
  }
}

export interface RecordOptions {
  /** What the program reads, if not our standard input. */
  readonly input?: Uint8Array;
  /** The program's own output is shown: else the answer is what stands on standard output. */
  readonly shown?: boolean;
}

const engine: Engine = { createProcess, processMemory, processView, STOP_HERE, WHEN_WHOLE };

/** The run that a verb asks about. Where a limit ended it, that is said. */
export function recordProgram(question: Question, input?: Uint8Array): Recording {
  const { program } = question.line;
  if (program.kind === 'file' && !existsSync(program.path)) throw new NoProgram(program.path);
  if (program.kind === 'file' && isRecordingFile(program.path)) return openRecording(question, program.path);
  if (question.more.rerun === true) throw new UsageError('--rerun is for recordings: moult record makes them');
  const recording = recordRun(question, input === undefined ? {} : { input });
  const ended = endedBy(recording);
  if (ended !== null) complain(`moult: ${ended}; the history goes up to there`);
  else sayFailure(recording);
  return recording;
}

/** A program that failed is asked about as any other, but that it did is said. One that never began has no history. */
function sayFailure(recording: Recording): void {
  const errors = recording.outputs.filter(({ fd }) => fd === 2).map(({ data }) => new TextDecoder().decode(data));
  const lines = errors.join('').trimEnd().split('\n');
  if (recording.length === 0 && recording.end.exitCode !== 0) throw new NotBegun(lines, recording.end.exitCode);
  if (recording.exceptions.uncaught !== null)
    complain(`moult: the program ended with ${shownLine(lines.at(-1) ?? '')}`);
}

/** Runs the program under record. */
export function recordRun(question: Question, how: RecordOptions): Recording {
  const { program, args, xoptions } = question.line;
  if (program.kind === 'file' && !existsSync(program.path)) throw new NoProgram(program.path);
  const cwd = process.cwd();
  const env = process.env as Record<string, string>;
  const stdin =
    how.input ?? (how.shown !== true && program.kind !== 'stdin' && isatty(0) ? new Uint8Array(0) : undefined);
  const image = preparedImage(question.python);
  const options: ProcessOptions = {
    program: program.kind === 'stdin' ? { kind: 'stdin', source: readAllInput() } : program,
    args,
    python: question.python,
    env,
    cwd,
    hashSeed: hashSeedOf(process.env),
    collector: question.collector,
    xoptions,
    ...(question.memory === null ? {} : { limits: { memory: question.memory } }),
    host: nodeHost({
      cwd,
      env,
      ...(how.shown === true ? {} : { write: () => {} }),
      ...(stdin === undefined ? {} : { stdin }),
    }),
    ...(image === undefined ? {} : { image }),
  };
  const { instructions, timeout } = question;
  if (timeout !== null)
    parentPort?.postMessage({ killAfter: timeout * 1000 + GRACE_MS, seconds: timeout, history: true });
  try {
    return watched('running the program', settingsOf(question), (all) =>
      record(engine, options, {
        ...all,
        limits: {
          ...(instructions === null ? {} : { instructions }),
          ...(timeout === null ? {} : { milliseconds: timeout * 1000 }),
        },
      }),
    );
  } catch (e) {
    if (e instanceof ProgramNotFound) throw new NoProgram(e.program, notFound(program, e.program));
    throw e;
  } finally {
    if (timeout !== null) parentPort?.postMessage({ ran: true });
  }
}

/** The recording in a file. What changes a run changes nothing of one that is over. */
function openRecording(question: Question, path: string): Recording {
  const { line, more } = question;
  const given = RUN_OPTIONS.find((name) => more[name] !== undefined);
  if (given !== undefined) throw new UsageError(`--${given} is for a run: '${path}' holds one that is over`);
  if (line.args.length > 0 || Object.keys(line.xoptions).length > 0)
    throw new UsageError(`'${path}' holds a run that is over: it takes no arguments`);
  const file = readRecordingFile(path);
  const options: OpenOptions = {
    identity,
    image: preparedImage,
    now: () => performance.now(),
    ...(question.history === null ? {} : { memory: question.history }),
  };
  if (more.rerun !== true) return file.open(engine, options);
  return watched('running the program again', settingsOf(question), (all) => file.rerun(engine, options, all));
}

function settingsOf(question: Question): RecordSettings {
  return {
    ...(question.history === null ? {} : { memory: question.history }),
    now: () => performance.now(),
  };
}
function watched(title: string, settings: RecordSettings, run: (settings: RecordSettings) => Recording): Recording {
  const progress = new Progress(title);
  let next = PROGRESS_EVERY;
  try {
    return run({
      ...settings,
      progress: (instructions) => {
        if (instructions < next) return true;
        next = instructions + PROGRESS_EVERY;
        progress.show(`${instructions.toLocaleString('en-US')} instructions`);
        return true;
      },
    });
  } finally {
    progress.done();
  }
}

/** What cut the run off, in words; null: it ended by itself. */
export function endedBy(recording: Recording): string | null {
  const { stop, length } = recording;
  if (stop.reason === 'fatal')
    return `the process died after ${length.toLocaleString('en-US')} instructions: ${stop.fatal?.message ?? ''}`;
  if (stop.reason !== 'limit') return null;
  const after = `after ${length.toLocaleString('en-US')} instructions`;
  const why = {
    interrupt: 'by Ctrl-C',
    time: 'by the time limit',
    instructions: 'the limit you set',
    output: 'by the output limit',
  };
  return `stopped ${after}, ${why[stop.limit ?? 'time']}`;
}
