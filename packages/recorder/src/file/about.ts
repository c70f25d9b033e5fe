// What a recording's file says of itself: how the program was run, how it ended, which engine its bytes are of.
import type { FinalReport, Program, Stop } from '@moult/runtime';
import type { Settings } from '../assemble.ts';
import { Malformed } from './bytes.ts';

/** The inputs that a file may leave out, and those that it keeps: `imports` are the program itself. */
export type InputKind =
  | 'standard input'
  | 'files'
  | 'environment'
  | 'clock'
  | 'randomness'
  | 'terminal'
  | 'imports'
  | 'other';

export interface Identity {
  /** Moult's version, for people. */
  readonly version: string;
  /** Of the engine's sources: two with the same execute the same way. */
  readonly engine: string;
}

export interface About {
  readonly identity: Identity;
  /** The digest of the process before it began, and how many pages a process and its serial numbers have. */
  readonly before: string;
  readonly pages: number;
  readonly settings: Settings;
  /** What the machine is; the environment among it. */
  readonly machine: Readonly<Record<string, unknown>>;
  /** By room of the host, the functions that it had. */
  readonly functions: Readonly<Record<string, readonly string[]>>;
  readonly mainFile: string;
  readonly length: number;
  readonly stop: Stop;
  readonly end: FinalReport;
  readonly interval: number;
  readonly milliseconds: number;
  readonly checkpointMilliseconds: number;
  readonly interrupts: { readonly asked: number; readonly at: readonly number[] };
  /** Inputs that were left out. */
  readonly omitted: readonly InputKind[];
}

const text = (value: unknown): value is string => typeof value === 'string';
const count = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const record = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
const listOf =
  (item: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(item);
const recordOf =
  (item: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    record(value) && Object.values(value).every(item);
const optional =
  (item: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === undefined || item(value);

const PROGRAMS: Readonly<Record<Program['kind'], (p: Record<string, unknown>) => boolean>> = {
  file: (p) => text(p.path),
  command: (p) => text(p.source),
  stdin: (p) => p.source instanceof Uint8Array,
  module: (p) => text(p.name),
};
const isProgram = (value: unknown): boolean =>
  record(value) && Object.hasOwn(PROGRAMS, String(value.kind)) && PROGRAMS[value.kind as Program['kind']](value);

const SETTINGS: Readonly<Record<string, (value: unknown) => boolean>> = {
  program: isProgram,
  args: optional(listOf(text)),
  python: optional(text),
  env: optional(recordOf(text)),
  cwd: optional(text),
  hashSeed: optional(count),
  limits: optional(recordOf(count)),
  allocator: optional(text),
  xoptions: optional(recordOf((v) => text(v) || v === true)),
  tracemalloc: optional(count),
  collector: optional(record),
};
const SHAPE: Readonly<Record<keyof About, (value: unknown) => boolean>> = {
  identity: (v) => record(v) && text(v.version) && text(v.engine),
  before: text,
  pages: count,
  settings: (v) =>
    record(v) && Object.entries(v).every(([name, s]) => SETTINGS[name]?.(s) ?? false) && isProgram(v.program),
  machine: record,
  functions: recordOf(listOf(text)),
  mainFile: text,
  length: count,
  stop: (v) => record(v) && text(v.reason),
  end: (v) => record(v) && count(v.exitCode),
  interval: count,
  milliseconds: (v) => typeof v === 'number',
  checkpointMilliseconds: (v) => typeof v === 'number',
  interrupts: (v) => record(v) && count(v.asked) && listOf(count)(v.at),
  omitted: listOf(text),
};

/** Malformed where a part is not what it should be. */
export function checkAbout(value: unknown): About {
  if (!record(value)) throw new Malformed('it does not say what it is');
  for (const [name, holds] of Object.entries(SHAPE)) {
    if (!holds(value[name])) throw new Malformed(`its ${name} is not what it should be`);
  }
  return value as unknown as About;
}
