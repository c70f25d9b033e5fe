// The command line of `moult compare`: options may stand before or behind the program's file; its arguments follow `--`.
import { parseArgs } from 'node:util';
import { policies } from '@moult/abi';
import type { CollectorSettings, Limits } from '@moult/runtime';
import { countOf, pythonOf, secondsOf, sizeOf, thresholdOf, UsageError } from './arguments.ts';
import type { Column } from './measure.ts';

export interface CompareArguments {
  readonly file: string;
  readonly args: readonly string[];
  readonly columns: readonly Column[];
  readonly limits: Limits;
  readonly instructions?: number;
  readonly timeout?: number;
  readonly json: boolean;
}

const OPTIONS = {
  python: { type: 'string', multiple: true },
  threshold: { type: 'string', multiple: true },
  'gc-freeze': { type: 'boolean' },
  'gc-disable': { type: 'boolean' },
  memory: { type: 'string' },
  instructions: { type: 'string' },
  timeout: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const MOST_COLUMNS = 8;

export function parseCompareArguments(argv: readonly string[]): CompareArguments {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  const { values, positionals } = parse(own);
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('compare needs a program: moult compare FILE --python 3.8,3.12');
  if (more.length > 0) {
    throw new UsageError(
      `compare takes one program; arguments for it follow --: moult compare ${file} -- ${more.join(' ')}`,
    );
  }
  const { instructions, timeout, memory } = values;
  const limits: Limits = {
    ...(memory === undefined ? {} : { memory: sizeOf(memory) }),
    ...(instructions === undefined ? {} : { instructions: countOf('--instructions', instructions) }),
    ...(timeout === undefined ? {} : { time: secondsOf(timeout) * 1000 }),
  };
  return {
    file,
    args: end < 0 ? [] : argv.slice(end + 1),
    columns: columnsOf(values.python ?? [], values.threshold ?? [], {
      freeze: values['gc-freeze'] ?? false,
      disable: values['gc-disable'] ?? false,
    }),
    limits,
    ...(instructions === undefined ? {} : { instructions: countOf('--instructions', instructions) }),
    ...(timeout === undefined ? {} : { timeout: secondsOf(timeout) }),
    json: values.json ?? false,
  };
}

function parse(own: readonly string[]) {
  try {
    return parseArgs({ args: [...own], options: OPTIONS, strict: true, allowPositionals: true });
  } catch (e) {
    const { message } = e as Error;
    const name = /'(-[^' ]*)/.exec(message)?.[1];
    if (name !== undefined && /argument missing|ambiguous/.test(message)) throw new UsageError(`${name} needs a value`);
    throw new UsageError(`there is no option ${name ?? own.find((a) => a.startsWith('-'))}`);
  }
}

/** One column for each version under each set of thresholds. */
function columnsOf(pythons: string[], thresholds: string[], rest: CollectorSettings): Column[] {
  const names = pythons.flatMap((text) => text.split(',').map((part) => part.trim()));
  const versions = [...new Set(names.length === 0 ? ['3.8', '3.12', '3.13', '3.14.0'] : names.map(pythonOf))];
  const settings: CollectorSettings[] =
    thresholds.length === 0 ? [rest] : thresholds.map((text) => ({ ...rest, threshold: thresholdOf(text) }));
  const columns = versions.flatMap((python) => settings.map((collector) => ({ python, collector })));
  if (columns.length > MOST_COLUMNS) {
    throw new UsageError(`that makes ${columns.length} columns; compare shows at most ${MOST_COLUMNS}`);
  }
  return columns;
}

/** What a column is called: `3.12`, `3.12 threshold 700,10,10`, `3.14.5 (unverified)`. */
export function columnTitle({ python, collector }: Column): string {
  const parts = [python];
  if (collector.threshold !== undefined) parts.push(`at ${collector.threshold.join(',')}`);
  if (policies[python]?.recorded === null) parts.push('(unverified)');
  return parts.join(' ');
}
