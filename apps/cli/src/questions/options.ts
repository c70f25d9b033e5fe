// What the verbs that ask about a program's run have in common on the command line.
import {
  type CommandLine,
  countOf,
  parseOptions,
  pythonOf,
  secondsOf,
  sizeOf,
  takeCommandLine,
  thresholdOf,
  UsageError,
} from '../arguments.ts';
import { complain } from '../output.ts';
import { printable } from '../printable.ts';

export const QUESTION_OPTIONS = {
  at: { type: 'string' },
  python: { type: 'string' },
  memory: { type: 'string' },
  instructions: { type: 'string' },
  timeout: { type: 'string' },
  history: { type: 'string' },
  threshold: { type: 'string' },
  'gc-freeze': { type: 'boolean' },
  'gc-disable': { type: 'boolean' },
  json: { type: 'boolean' },
  output: { type: 'string' },
  rerun: { type: 'boolean' },
} as const;

/** An expression in the place of an object's name. */
const EVAL = { eval: { type: 'string' } } as const;

/** Those that say how the program runs: for one that has run they are too late. */
export const RUN_OPTIONS = ['python', 'memory', 'instructions', 'timeout', 'threshold', 'gc-freeze', 'gc-disable'];

/** Verbs that ask about a running process, too; and what they do not take then: it runs already, and has one moment. */
const OF_PROCESSES = new Set(['why']);
const NOT_OF_PROCESSES = ['at', 'history', 'rerun', 'eval', ...RUN_OPTIONS];

export interface Question {
  readonly line: CommandLine;
  /** The process that is asked about in a program's place; null: a program. */
  readonly process: number | null;
  /** The moment that is asked about, as it was written; null: the verb's own default. */
  readonly at: string | null;
  readonly python: string;
  readonly memory: number | null;
  readonly instructions: number | null;
  /** Seconds. */
  readonly timeout: number | null;
  /** Bytes that the run's history may take. */
  readonly history: number | null;
  readonly collector: { readonly threshold?: number[]; readonly freeze: boolean; readonly disable: boolean };
  readonly json: boolean;
  /** The file to write; null: standard output. */
  readonly output: string | null;
  /** The verb's further options. */
  readonly more: Readonly<Record<string, string | boolean | undefined>>;
}

/** Takes a verb's command line apart: `words` words of its own stand before the program. `-o` is short for `--output`. */
export function parseQuestion(
  argv: readonly string[],
  verb: string,
  words: readonly string[] = [],
  more: Readonly<Record<string, { readonly type: 'string' | 'boolean' }>> = {},
): Question {
  const options = { ...QUESTION_OPTIONS, ...more, ...(words.includes('OBJECT') ? EVAL : {}) };
  const all = argv.map((arg) => (arg === '-o' ? '--output' : arg));
  let line = takeCommandLine(all, options, words.length);
  const evaluates = line.own.some((arg) => /^--eval(=|$)/.test(arg)) && words.includes('OBJECT');
  // the expression stands in the object's place
  if (evaluates) line = takeCommandLine(all, options, words.length - 1);
  else if (line.words.length < words.length) {
    throw new UsageError(
      `${verb} needs ${words.slice(line.words.length).join(' and ')}: moult ${verb} ${words.join(' ')} FILE`,
    );
  }
  // -o behind the program is the program's
  line = { ...line, args: argv.slice(argv.length - line.args.length) };
  const behind = line.args.find((arg) => arg === '-o' || Object.hasOwn(options, /^--([\w-]+)/.exec(arg)?.[1] ?? ''));
  if (behind !== undefined) {
    complain(`moult: ${printable(behind)} stands behind the program, so it is given to the program`);
  }
  const id = line.program.kind === 'file' && /^\d+$/.test(line.program.path) ? line.program.path : null;
  if (id !== null && !OF_PROCESSES.has(verb)) {
    throw new UsageError(
      `${id} means the process ${id}, and ${verb} of a live process is not built yet; a file is ./${id}`,
    );
  }
  if (line.program.kind === 'stdin' && !argv.includes('-')) {
    throw new UsageError(`${verb} needs a program: moult ${[verb, ...words].join(' ')} FILE`);
  }
  const values = parseOptions(line.own, options) as Readonly<Record<string, string | boolean | undefined>>;
  const late = id === null ? undefined : NOT_OF_PROCESSES.find((name) => values[name] !== undefined);
  if (late !== undefined) {
    throw new UsageError(`--${late} is for programs: process ${id} runs already, and is read as it is now`);
  }
  const text = (name: string): string | null => (typeof values[name] === 'string' ? (values[name] as string) : null);
  const [memory, instructions, timeout, history, threshold] = [
    'memory',
    'instructions',
    'timeout',
    'history',
    'threshold',
  ].map(text);
  return {
    line,
    process: id === null ? null : Number(id),
    at: text('at'),
    python: pythonOf(text('python') ?? undefined),
    memory: memory == null ? null : sizeOf(memory),
    instructions: instructions == null ? null : countOf('--instructions', instructions),
    timeout: timeout == null ? null : secondsOf(timeout),
    history: history == null ? null : sizeOf(history),
    collector: {
      ...(threshold == null ? {} : { threshold: thresholdOf(threshold) }),
      freeze: values['gc-freeze'] === true,
      disable: values['gc-disable'] === true,
    },
    json: values.json === true,
    output: text('output'),
    more: values,
  };
}
