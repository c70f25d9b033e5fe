// Runs the program that a verb asks about, under record, and says how it ended.
import { existsSync } from 'node:fs';
import { isatty } from 'node:tty';
import { createProcess, processMemory, processView, type ProcessOptions, STOP_HERE, WHEN_WHOLE } from '@moult/runtime';
import { record, type Recording } from '@moult/recorder';
import { nodeHost } from '../host.ts';
import { preparedImage } from '../prepared.ts';
import { hashSeedOf, readAllInput } from '../commands/run.ts';
import type { Question } from './options.ts';
import { Progress } from './progress.ts';

const PROGRESS_EVERY = 2_000_000;

/** The file of the program is not there. */
export class NoProgram extends Error {
  readonly path: string;
  constructor(path: string) {
    super(`can't open file '${path}': no such file`);
    this.path = path;
  }
}

/** The program's own output is not shown: the answer is what stands on standard output. `input`: what it reads, if not ours. */
export function recordProgram(question: Question, input?: Uint8Array): Recording {
  const { program, args, xoptions } = question.line;
  if (program.kind === 'file' && !existsSync(program.path)) throw new NoProgram(program.path);
  const cwd = process.cwd();
  const env = process.env as Record<string, string>;
  const stdin = input ?? (program.kind !== 'stdin' && isatty(0) ? new Uint8Array(0) : undefined);
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
    host: nodeHost({ cwd, env, write: () => {}, ...(stdin === undefined ? {} : { stdin }) }),
    ...(image === undefined ? {} : { image }),
  };
  const progress = new Progress('running the program');
  let next = PROGRESS_EVERY;
  try {
    return record({ createProcess, processMemory, processView, STOP_HERE, WHEN_WHOLE }, options, {
      ...(question.history === null ? {} : { memory: question.history }),
      now: () => performance.now(),
      limits: {
        ...(question.instructions === null ? {} : { instructions: question.instructions }),
        ...(question.timeout === null ? {} : { milliseconds: question.timeout * 1000 }),
      },
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
