// The command line of `moult run`: its own options come before the program, everything behind belongs to the program.
import { parseArgs } from 'node:util';
import { policies } from '@moult/abi';
import type { CollectorSettings } from '@moult/runtime';

/** A mistake in the command line: said in one sentence, exit code 2. */
export class UsageError extends Error {}

/** When to audit; everything is counted anew at each `whole`-th audit and at the end, incrementally at the others. */
export type AuditSchedule = { readonly whole: number } & (
  | { readonly kind: 'exit' }
  /** Every instruction up to `first`, then each `each`-th. */
  | { readonly kind: 'counted'; readonly first: number; readonly each: number }
  /** Ever rarer: a fixed share of the run so far. */
  | { readonly kind: 'sampled' }
  /** Each `each`-th from `from` to `to`. */
  | { readonly kind: 'between'; readonly from: number; readonly to: number; readonly each: number }
);

const WHOLE_EVERY = 500;

export type ProgramArgument =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'command'; readonly source: string }
  | { readonly kind: 'stdin' }
  | { readonly kind: 'module'; readonly name: string };

export interface RunArguments {
  readonly program: ProgramArgument;
  readonly args: readonly string[];
  readonly python: string;
  readonly memory?: number;
  readonly instructions?: number;
  /** Seconds. */
  readonly timeout?: number;
  readonly audit?: AuditSchedule;
  /** What `--stress` says; stress.ts knows it. */
  readonly stress?: string;
  /** Remember when and where each block was given and taken back. */
  readonly history: boolean;
  readonly report: boolean;
  /** sys.gettotalrefcount, as in a debug build. */
  readonly debugBuild: boolean;
  readonly collector: CollectorSettings;
  /** What -X set: a text, or true for an option without one. */
  readonly xoptions: Readonly<Record<string, string | true>>;
}

const OPTIONS = {
  python: { type: 'string' },
  memory: { type: 'string' },
  instructions: { type: 'string' },
  timeout: { type: 'string' },
  audit: { type: 'string' },
  stress: { type: 'string' },
  history: { type: 'boolean' },
  report: { type: 'boolean' },
  'debug-build': { type: 'boolean' },
  threshold: { type: 'string' },
  'gc-freeze': { type: 'boolean' },
  'gc-disable': { type: 'boolean' },
} as const;

/** What a command line says, taken apart. */
export interface CommandLine {
  /** The verb's own options, as parseArgs takes them. */
  readonly own: readonly string[];
  readonly xoptions: Readonly<Record<string, string | true>>;
  /** Words that stand before the program: what the verb asks about. */
  readonly words: readonly string[];
  readonly program: ProgramArgument;
  /** What is the program's: everything behind it. */
  readonly args: readonly string[];
}
type OptionTable = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;

/** Takes `argv` apart up to the program, before which the verb takes `words` words of its own. */
export function takeCommandLine(argv: readonly string[], options: OptionTable, words = 0): CommandLine {
  let at = 0;
  const own: string[] = [];
  const leading: string[] = [];
  const xoptions: Record<string, string | true> = {};
  let program: ProgramArgument | undefined;
  while (at < argv.length && program === undefined) {
    const arg = argv[at] as string;
    if (arg === '-c' || arg === '-m') {
      const value = argv[at + 1];
      if (value === undefined)
        throw new UsageError(`${arg} needs ${arg === '-c' ? 'a program text' : 'the name of a module'}`);
      program = arg === '-c' ? { kind: 'command', source: value } : { kind: 'module', name: value };
      at += 2;
    } else if (arg === '-') {
      program = { kind: 'stdin' };
      at++;
    } else if (arg === '--') {
      at++;
    } else if (arg.startsWith('--')) {
      own.push(arg);
      const name = arg.slice(2).split('=')[0] as string;
      at++;
      if (options[name]?.type === 'string' && !arg.includes('=')) {
        if (argv[at] === undefined) throw new UsageError(`${arg} needs a value`);
        own.push(argv[at++] as string);
      }
    } else if (arg.startsWith('-X')) {
      const text = arg.length > 2 ? arg.slice(2) : argv[++at];
      if (text === undefined) throw new UsageError('-X needs an option');
      const equals = text.indexOf('=');
      xoptions[equals < 0 ? text : text.slice(0, equals)] = equals < 0 ? true : text.slice(equals + 1);
      at++;
    } else if (arg.startsWith('-')) {
      throw new UsageError(`there is no option ${arg}`);
    } else if (leading.length < words) {
      leading.push(arg);
      at++;
    } else {
      program = { kind: 'file', path: arg };
      at++;
    }
  }
  return { own, xoptions, words: leading, program: program ?? { kind: 'stdin' }, args: argv.slice(at) };
}

/** The command line of `moult run`. */
export function parseRunArguments(argv: readonly string[]): RunArguments {
  const { own, xoptions, program, args } = takeCommandLine(argv, OPTIONS);
  const values = parseOptions(own, OPTIONS);
  return {
    program,
    args,
    python: pythonOf(values.python),
    ...(values.memory === undefined ? {} : { memory: sizeOf(values.memory) }),
    ...(values.instructions === undefined ? {} : { instructions: countOf('--instructions', values.instructions) }),
    ...(values.timeout === undefined ? {} : { timeout: secondsOf(values.timeout) }),
    ...(values.audit === undefined ? {} : { audit: auditOf(values.audit) }),
    ...(values.stress === undefined ? {} : { stress: values.stress }),
    history: values.history ?? false,
    report: values.report ?? false,
    debugBuild: values['debug-build'] ?? false,
    xoptions,
    collector: {
      ...(values.threshold === undefined ? {} : { threshold: thresholdOf(values.threshold) }),
      freeze: values['gc-freeze'] ?? false,
      disable: values['gc-disable'] ?? false,
    },
  };
}

/** The values of a verb's own options. */
export function parseOptions<T extends OptionTable>(own: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...own], options, strict: true }).values;
  } catch (e) {
    const name = /'(-[^' ]*)/.exec((e as Error).message)?.[1] ?? own[0];
    throw new UsageError(`there is no option ${name}`);
  }
}

export function pythonOf(text: string | undefined): string {
  if (text === undefined) return '3.13';
  if (!Object.hasOwn(policies, text))
    throw new UsageError(`--python ${text}: there are ${Object.keys(policies).join(', ')}`);
  return text;
}

/** `700,10,10`, `700,10`, `0`: as gc.set_threshold() takes them. */
export function thresholdOf(text: string): number[] {
  const values = text.split(',').map((part) => (/^\d{1,10}$/.test(part.trim()) ? Number(part) : Number.NaN));
  if (values.length > 3 || !values.every((n) => n <= 0x7fffffff))
    throw new UsageError(`--threshold ${text}: give one to three numbers, such as 700,10,10`);
  return values;
}

/** `64M`, `1.5G`, `4096`: bytes. */
export function sizeOf(text: string): number {
  const m = /^(\d+(?:\.\d+)?)\s*([kmg])?(?:i?b)?$/i.exec(text);
  const unit = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }[m?.[2]?.toLowerCase() ?? ''] ?? 1;
  const size = m === null ? Number.NaN : Math.floor(Number(m[1]) * unit);
  if (!(size > 0)) throw new UsageError(`--memory ${text}: give a size such as 64M or 1G`);
  if (size > 0x7fff0000) throw new UsageError(`--memory ${text}: at most 2047M`);
  return size;
}

export function countOf(option: string, text: string): number {
  const n = Number(text.replaceAll(/[_,]/g, ''));
  if (!Number.isSafeInteger(n) || n <= 0) throw new UsageError(`${option} ${text}: give a whole number above 0`);
  return n;
}

export function secondsOf(text: string): number {
  const n = Number(text);
  if (!(n > 0)) throw new UsageError(`--timeout ${text}: give a number of seconds above 0`);
  return n;
}

export function auditOf(text: string): AuditSchedule {
  const m = /^(?:(exit|sampled|every)|(?:(\d+)\+)?(\d+))(?:\/(\d+))?$/.exec(text);
  const [, word, first = 0, each = 0, whole = WHOLE_EVERY] = m ?? [];
  if (m === null || (word === undefined && Number(each) === 0) || Number(whole) === 0) {
    throw new UsageError(`--audit ${text}: give every, exit, sampled, a number N (each N-th instruction) or A+N`);
  }
  if (word === 'exit' || word === 'sampled') return { kind: word, whole: Number(whole) };
  if (word === 'every') return { kind: 'counted', first: Infinity, each: 1, whole: Number(whole) };
  return { kind: 'counted', first: Number(first), each: Number(each), whole: Number(whole) };
}
