// `moult run`: one program, with Python's streams and exit code.
import { readSync, statSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { totalReferences } from '@moult/inspect';
import {
  ALLOCATORS,
  createProcess,
  type Limits,
  type Process,
  type ProcessHost,
  type ProcessOptions,
  type Program,
  ProgramNotFound,
  processView,
  type Stop,
} from '@moult/runtime';
import { parseRunArguments, type ProgramArgument, type RunArguments, UsageError } from '../arguments.ts';
import { Auditor, frozenBlocks } from '../audit.ts';
import { BlockHistory } from '../history.ts';
import { nodeHost } from '../host.ts';
import { complain, writeAll } from '../output.ts';
import { explainCrash } from '../postmortem.ts';
import { preparedImage } from '../prepared.ts';
import { printable } from '../printable.ts';
import { reportText } from '../report.ts';
import { runBySnapshots, stressOf } from '../stress.ts';
import { targetOf } from '../target.ts';
import { tracemallocOf } from '../tracemalloc.ts';

/** As timeout(1): a limit ended the program. */
export const EXIT_LIMIT = 124;
export const EXIT_NO_FILE = 2;
const BLOCKS_SHOWN = 50;
/** How long a native call may go on after the time limit before the process is ended from outside. */
export const GRACE_MS = 2000;
/** Audits of one run that looks for the instruction after which the counts are wrong. */
const AUDITS_A_RUN = 500;

export function hashSeedOf(env: NodeJS.ProcessEnv): number {
  const text = env.PYTHONHASHSEED;
  if (text === undefined || text === '') return 0;
  if (text === 'random') return 1 + Math.floor(Math.random() * 4294967294);
  const n = Number(text);
  if (!/^\d+$/.test(text) || n > 4294967295) {
    throw new UsageError('PYTHONHASHSEED must be "random" or an integer in range [0; 4294967295]');
  }
  return n;
}

/** PYTHONMALLOC; null, and said so as CPython says it, where it names no allocator. */
export function allocatorOf(
  env: Readonly<Record<string, string | undefined>>,
  xoptions: Readonly<Record<string, string | true>> = {},
): string | null {
  const dev = xoptions.dev !== undefined || !['', '0'].includes(env.PYTHONDEVMODE ?? '');
  const name = env.PYTHONMALLOC || (dev ? 'debug' : 'default');
  return name in ALLOCATORS ? name : null;
}

/** What CPython says of an allocator it does not know. */
export const UNKNOWN_ALLOCATOR =
  'Fatal Python error: preconfig_init_allocator: PYTHONMALLOC: unknown allocator\n' +
  'Python runtime state: preinitializing\n\n';

export function readAllInput(): Uint8Array {
  const chunks: Uint8Array[] = [];
  for (;;) {
    const chunk = new Uint8Array(65536);
    let n: number;
    try {
      n = readSync(0, chunk, 0, chunk.length, null);
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code === 'EAGAIN') {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
        continue;
      }
      if ((e as NodeJS.ErrnoException).code === 'EOF') break;
      throw e;
    }
    if (n === 0) break;
    chunks.push(chunk.subarray(0, n));
  }
  return Buffer.concat(chunks);
}

/** What is wrong with a program that is not there. */
export function notFound({ kind }: Pick<ProgramArgument, 'kind'>, program: string): string {
  if (kind === 'module') return `there is no module ${program}`;
  const stats = statSync(program, { throwIfNoEntry: false });
  return stats?.isDirectory() === true
    ? `can't find '__main__' module in '${program}'`
    : `can't open file '${program}': no such file`;
}

function programOf(run: RunArguments): Program {
  return run.program.kind === 'stdin' ? { kind: 'stdin', source: readAllInput() } : run.program;
}

/** What a debug build has besides. */
const debugBuild = { totalReferences: () => totalReferences(targetOf(processView())) };

export function runCommand(argv: readonly string[]): number {
  const run = parseRunArguments(argv);
  const env = process.env as Record<string, string>;
  const limits: Limits = {
    ...(run.memory === undefined ? {} : { memory: run.memory }),
    ...(run.instructions === undefined ? {} : { instructions: run.instructions }),
    ...(run.timeout === undefined ? {} : { time: run.timeout * 1000 }),
  };
  if (run.timeout !== undefined) {
    parentPort?.postMessage({ killAfter: run.timeout * 1000 + GRACE_MS, seconds: run.timeout });
  }
  const auditor = run.audit === undefined ? null : new Auditor(run.audit);
  const allocator = allocatorOf(process.env, run.xoptions);
  if (allocator === null) {
    writeAll(2, UNKNOWN_ALLOCATOR);
    return 1;
  }
  const tracemalloc = tracemallocOf(process.env, run.xoptions);
  if (typeof tracemalloc === 'string') {
    writeAll(2, tracemalloc);
    return 1;
  }
  const image = preparedImage(run.python, allocator);
  const cwd = process.cwd();
  const started = performance.now();
  const stress = run.stress === undefined ? null : stressOf(run.stress);
  const history = run.history || (ALLOCATORS[allocator] ?? 0) > 1 ? new BlockHistory() : null;
  const program = programOf(run);
  const input: Uint8Array[] = [];
  const base: ProcessOptions = {
    program,
    args: run.args,
    python: run.python,
    env,
    cwd,
    hashSeed: hashSeedOf(process.env),
    collector: stress?.kind === 'collect' ? { ...run.collector, threshold: [1] } : run.collector,
    xoptions: run.xoptions,
    tracemalloc,
    limits,
    host: { ...recordingInput(nodeHost({ cwd, env }), input), ...(run.debugBuild ? debugBuild : {}) },
    ...(image === undefined ? {} : { image }),
    ...(stress?.kind === 'fail' ? { failAllocation: stress.n } : {}),
  };
  let p = createProcess({
    ...base,
    ...(history === null ? {} : { allocations: history }),
    ...(auditor?.observer == null ? {} : { observer: auditor.observer }),
  });
  let stop: Stop;
  try {
    if (stress?.kind === 'snapshot') ({ process: p, stop } = runBySnapshots(p, base, stress.span));
    else stop = p.run();
  } catch (e) {
    if (!(e instanceof ProgramNotFound)) throw e;
    complain(`moult: ${printable(notFound(run.program, e.program))}`);
    return EXIT_NO_FILE;
  }
  if (stop.reason === 'limit') complain(`moult: ${limitText(stop, run)}`);
  if (stop.reason !== 'fatal') auditor?.check('at the end', true, p.instructions);
  if (run.report) writeAll(2, reportText((performance.now() - started) / 1000, p.instructions));
  return finish(p, stop, auditor, (text) => writeAll(2, text), {
    history,
    again: (second) => {
      const host = nodeHost({ cwd, env, write: () => {}, stdin: Buffer.concat(input) });
      const observer = second.observer;
      const q = createProcess({ ...base, host, ...(observer === null ? {} : { observer }) });
      if (q.run().reason !== 'fatal') second.check('at the end', true, q.instructions);
    },
  });
}

/** What the program reads from its standard input is kept, for running it again. */
function recordingInput(host: ProcessHost, input: Uint8Array[]): ProcessHost {
  const read = (fd: number, max: number): Uint8Array | number | null => {
    const data = host.io.read(fd, max);
    if (fd === 0 && data instanceof Uint8Array) input.push(data.slice());
    return data;
  };
  return { ...host, io: { ...host.io, read } };
}

export function limitText(stop: Stop, run: Pick<RunArguments, 'instructions' | 'timeout'>): string {
  switch (stop.limit) {
    case 'instructions':
      return `stopped after ${run.instructions?.toLocaleString('en-US')} instructions, the limit you set`;
    case 'time':
      return `stopped after ${run.timeout} s, the limit you set`;
    default:
      return `stopped by the ${stop.limit} limit`;
  }
}

export interface Aftermath {
  readonly history?: BlockHistory | null;
  /** Runs the program once more, silently, under another auditor. */
  again?(auditor: Auditor): void;
}

/** Tears the interpreter down and says what the audit found; returns the exit code. */
export function finish(
  p: Process,
  stop: Stop,
  auditor: Auditor | null,
  err: (text: string) => void,
  aftermath: Aftermath = {},
): number {
  const end = p.finalize(auditor === null ? 'visible' : 'all');
  const fatal = stop.fatal ?? end.fatal;
  if (fatal !== undefined) err(explainCrash(fatal, aftermath.history ?? null));
  if (auditor !== null) {
    const frozen = end.finalized ? frozenBlocks() : new Set<number>();
    const unfrozen = end.leftovers.filter((block) => !frozen.has(block.address));
    const lines: string[] = [];
    for (const block of end.finalized ? unfrozen.slice(0, BLOCKS_SHOWN) : []) {
      lines.push(
        `moult: left: ${block.size} bytes at 0x${block.address.toString(16)}${auditor.nameBlock(block.address)}\n`,
      );
    }
    const closer = auditor.culprit === '' ? narrow(auditor, aftermath.again) : null;
    if (auditor.details !== '') err(`moult: audit ${auditor.details}\n`);
    if (closer !== null) err(`moult: audit ${closer.details}\n`);
    for (const line of lines) err(line);
    const left = end.finalized
      ? `${end.blocksLeft - (end.leftovers.length - unfrozen.length)} blocks left`
      : 'not finalized';
    err(`moult: audit: ${auditor.differences} differences, ${left}\n`);
  }
  return stop.reason === 'limit' ? EXIT_LIMIT : end.exitCode;
}

/** Runs the program again, with ever closer audits, until they name the instruction; null where it shows no difference. */
function narrow(found: Auditor, again: Aftermath['again']): Auditor | null {
  if (again === undefined || found.differences === 0) return null;
  let [from, to] = [found.cleanAt, found.foundAt];
  for (;;) {
    const each = Math.max(1, Math.ceil((to - from) / AUDITS_A_RUN));
    const next = new Auditor({ kind: 'between', from, to, each, whole: Infinity });
    again(next);
    if (next.differences === 0) return null;
    if (next.culprit !== '' || each === 1) return next;
    [from, to] = [next.cleanAt, next.foundAt];
  }
}
