/**
 * The face of the engine for embedding. A realm is a process (design D3): its memory is one module-level block, so a realm
 * runs one program at a time; resetRealm() makes room for the next. Everything of the program is in the bytes, so that
 * restore() in another realm of the same build goes on where snapshot() was taken.
 *
 *   const p = createProcess({ program: { kind: 'command', source: 'print(6 * 7)' }, host });
 *   while (p.run({ milliseconds: 50 }).reason === 'budget') await somethingElse();
 *   const { exitCode, blocksLeft } = p.finalize();
 */
import { type Policy, policies } from '@moult/abi';
import { applySettings, type CollectorSettings } from '../gc/settings.ts';
import { type AllocationListener, hooks, type TellingListener } from '../hooks.ts';
import { resetWork } from '../gc/stats.ts';
import { setMemoryLimit } from '../memory/account.ts';
import { ALLOCATORS } from '../memory/allocators.ts';
import { guardHoles } from '../memory/mapped.ts';
import { i32, POLICY, TAINTED, setI32, setPtr } from '../memory/linear.ts';
import { type FatalError, ProcessExit } from '../memory/fatal.ts';
import { clearMemory } from '../memory/snapshot.ts';
import {
  addDebugFunctions,
  configureProcess,
  flushStdFiles,
  initStreams,
  setDevMode,
  setXOptions,
} from '../modules/index.ts';
import { tracemallocStart } from '../objects/tracemalloc.ts';
import { host as vmHost } from '../vm/host.ts';
import { HostLimit, setInterrupt } from '../vm/poll.ts';
import { type BlockInUse, countBlocks, pymallocBlocks, rawBlocks } from './blocks.ts';
import { asFatal, reportCrash } from './crash.ts';
import { bootProcess, linkRealm } from './startup.ts';
import {
  allocationCount,
  resetAllocationCount,
  startCountingAllocations,
  stopCountingAllocations,
} from './failures.ts';
import { type Evaluated, evaluate } from './evaluate.ts';
import { Py_FinalizeEx } from './finalize.ts';
import type { Library, ProcessHost } from './host.ts';
import { decodeProcess, encodeProcess, imageAllocators } from './image.ts';
import { resumeMain, startMain } from './main.ts';
import { loadProgram, type Program, ProgramNotFound, sysPath0 } from './program.ts';
import { setRecursionLimit } from './recursion.ts';
import {
  BOOTED,
  CONFIGURED,
  EMPTY,
  ENDED,
  EXIT_CODE,
  FINALIZED,
  isWhole,
  KILLED,
  PHASE,
  RUNNING,
  STOPPED,
} from './state.ts';
import { connectHost, libraryAlone } from './streams.ts';
import {
  armWatch,
  type Breakpoint,
  type Budget,
  type LimitName,
  type Limits,
  type Observer,
  pollSoon,
  resetWatch,
  watch,
} from './watch.ts';

export type { AllocationListener, CollectionPart, TellingListener } from '../hooks.ts';
export { type CollectorSettings, type Program, ProgramNotFound };

export interface ProcessOptions {
  readonly program: Program;
  /** sys.argv behind the program's own name. */
  readonly args?: readonly string[];
  /** Whose memory rules, a name of abi's `policies`: `3.13` by default. */
  readonly python?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What PYTHONHASHSEED would be; 0 by default. */
  readonly hashSeed?: number;
  readonly limits?: Limits;
  readonly host: ProcessHost;
  /** A prepared image of the same policy and seed 0, as makeImage() gives it; without one the process boots cold. */
  readonly image?: Uint8Array;
  /** What PYTHONMALLOC would be; by default what `env` says. Other than pymalloc: tracing build only. */
  readonly allocator?: string;
  /** What -X sets: sys._xoptions. */
  readonly xoptions?: Readonly<Record<string, string | true>>;
  /** Frames that tracemalloc keeps from the start on, as -X tracemalloc=N asks. */
  readonly tracemalloc?: number;
  /** What-if: as if gc.set_threshold(), gc.freeze() or gc.disable() stood at the program's top. */
  readonly collector?: CollectorSettings;
  readonly breakpoints?: readonly Breakpoint[];
  /** Tracing build only. */
  readonly observer?: Observer;
  /** The program's allocation of this number, from 1, fails (tracing build). */
  readonly failAllocation?: number;
  /** Is told of every block that is given or taken back (tracing build). */
  readonly allocations?: AllocationListener;
  /** Is told of what is raised, printed, collected and finalized (tracing build). */
  readonly telling?: TellingListener;
}

/** `fatal`: the process ended by its own mistake, as a signal ends it; it has said so on its stderr. */
export type StopReason = 'done' | 'budget' | 'breakpoint' | 'observer' | 'input' | 'sleep' | 'limit' | 'fatal';
export interface Stop {
  readonly reason: StopReason;
  /** Which one, when the reason is `limit`. */
  readonly limit?: LimitName;
  /** What was wrong, when the reason is `fatal`. */
  readonly fatal?: FatalError;
  /** The process can be gone on with. */
  readonly resumable: boolean;
}

export interface FinalReport {
  readonly exitCode: number;
  /** What ended the process amid its finalization. */
  readonly fatal?: FatalError;
  /** False where a limit stopped the program amid native calls: what it held is still there. */
  readonly finalized: boolean;
  /** Blocks in use that should be free: 0. */
  readonly blocksLeft: number;
  /** The first of them. */
  readonly leftovers: readonly BlockInUse[];
}

export interface Process {
  /** Goes on until the program ends, the budget is used up, or something else stops it. */
  run(budget?: Budget): Stop;
  /** One instruction, one line, or one line of this frame (tracing build). What natives call counts as part of the step. */
  step(unit: 'instruction' | 'line' | 'over'): Stop;
  /** KeyboardInterrupt at the next poll. Safe from within the host's functions. */
  interrupt(): void;
  /** The process as bytes; between runs only. */
  snapshot(): Uint8Array;
  /**
   * Runs atexit callbacks, tears the interpreter down and counts what is left. `visible`: only as far as the program can
   * observe; the rest goes with the realm, and nothing is counted.
   */
  finalize(extent?: 'all' | 'visible'): FinalReport;
  readonly exitCode: number;
  /** Instructions executed so far (tracing build, else 0). */
  readonly instructions: number;
  /** Another observer from the next run on (tracing build); first called at the count `from`. */
  observe(observer: Observer | null, from?: number): void;
  /** The bytes have become those of another moment of the same run, after `instructions` (the recorder's restoring). */
  moved(instructions: number): void;
  /** An expression with the names of a frame (0: of __main__), between runs. What it changes is not undone. */
  evaluate(text: string, frame: number): Evaluated;
  /** Allocations since the program began (tracing build, else 0). */
  readonly allocations: number;
  /** The stack of our own functions where `failAllocation` struck; '' before. */
  readonly failedAt: string;
}

declare const __TRACE__: boolean;

const LEFTOVERS = 1_000_000;

function policyOf(name: string): Policy {
  const policy = policies[name];
  if (policy === undefined)
    throw new RangeError(`no policy for Python ${name}; there are ${Object.keys(policies).join(', ')}`);
  return policy;
}

function devMode(options: ProcessOptions): boolean {
  return options.xoptions?.dev !== undefined || !['', '0'].includes(options.env?.PYTHONDEVMODE ?? '');
}

function allocatorsOf(name: string): number {
  const bits = ALLOCATORS[name];
  if (bits === undefined) throw new RangeError(`no allocator ${name}; there are ${Object.keys(ALLOCATORS).join(', ')}`);
  if (bits !== 0 && !__TRACE__) throw new Error('allocators other than pymalloc need the tracing build');
  return bits;
}

/** The memory of a process that has booted and nothing more, for the start of others (hash seed 0). */
export function makeImage(python = '3.13', allocator = 'default', library?: Library): Uint8Array {
  resetRealm();
  linkRealm();
  connectHost(libraryAlone(library), 0);
  bootProcess({ policy: policyOf(python).number, hashSeed: 0, allocators: allocatorsOf(allocator) });
  setPtr(PHASE, BOOTED);
  const image = encodeProcess();
  resetRealm();
  return image;
}

/** Forgets the realm's process, whatever state it is in. */
export function resetRealm(): void {
  const tainted = i32(TAINTED) !== 0;
  if (i32(POLICY) !== 0) clearMemory();
  if (tainted) guardHoles();
  resetWatch();
}

/** A fresh process in this realm. */
export function createProcess(options: ProcessOptions): Process {
  resetRealm();
  linkRealm();
  connect(options);
  const { number } = policyOf(options.python ?? '3.13');
  const seed = options.hashSeed ?? 0;
  const byDefault = devMode(options) ? 'debug' : 'default';
  const allocators = allocatorsOf(options.allocator ?? (options.env?.PYTHONMALLOC || byDefault));
  if (options.image !== undefined && seed === 0 && imageAllocators(options.image) === allocators) {
    decodeProcess(options.image);
    if (i32(POLICY) !== number) throw new RangeError(`the image is of another Python than ${options.python ?? '3.13'}`);
  } else {
    // what boots sees the library and nothing else, as a prepared image does
    connectHost(libraryAlone(options.host.library), 0);
    bootProcess({ policy: number, hashSeed: seed, allocators });
    connect(options);
    setPtr(PHASE, BOOTED);
    watch.executed = 0;
  }
  return new RealmProcess(options);
}

/** A process from a snapshot; `options.program` is only used if it had not been started. */
export function restoreProcess(snapshot: Uint8Array, options: ProcessOptions): Process {
  resetRealm();
  linkRealm();
  connect(options);
  decodeProcess(snapshot);
  if (i32(TAINTED) !== 0) guardHoles();
  return new RealmProcess(options);
}

function connect(options: ProcessOptions): void {
  const { host, limits } = options;
  watch.now = () => host.now?.() ?? Number(host.clock.monotonic() / 1_000_000n);
  connectHost(host, limits?.output ?? Infinity, options.env ?? {});
  if (options.program.kind === 'command') vmHost.sources['<string>'] = options.program.source;
  watch.interrupted = () => host.interrupted?.() ?? false;
  watch.breakpoints = options.breakpoints ?? [];
  watch.observer = options.observer ?? null;
  watch.observeAt = options.observer === undefined ? Infinity : 0;
  watch.instructionLimit = limits?.instructions ?? Infinity;
  resetAllocationCount(options.failAllocation ?? 0);
  const listener = options.allocations;
  hooks.allocated = (domain, p, n) => listener?.allocated(domain, p, n);
  hooks.freed = (domain, p) => listener?.freed(domain, p);
  hooks.releasing = (domain, p) => listener?.releasing?.(domain, p);
  hooks.resized = (domain, p, q, n) => listener?.resized?.(domain, p, q, n);
  hooks.reused = (object) => listener?.reused?.(object);
  hooks.kept = (object) => listener?.kept?.(object);
  const telling = options.telling ?? {};
  hooks.raised = (frame, at) => telling.raised?.(frame, at);
  hooks.uncaught = () => telling.uncaught?.();
  hooks.printed = (stream, text) => telling.printed?.(stream, text);
  hooks.collecting = (part, generation, list, other) => telling.collecting?.(part, generation, list, other);
  hooks.weakrefCleared = (reference, object) => telling.weakrefCleared?.(reference, object);
  hooks.finalizing = (object, unreachable) => telling.finalizing?.(object, unreachable);
  const needsTrace =
    limits?.instructions !== undefined || options.observer !== undefined || watch.breakpoints.length > 0;
  if (needsTrace && !__TRACE__) throw new Error('counting instructions needs the tracing build');
}

const OUTCOMES: Readonly<Record<string, StopReason>> = {
  budget: 'budget',
  breakpoint: 'breakpoint',
  observer: 'observer',
  input: 'input',
  sleep: 'sleep',
};

class RealmProcess implements Process {
  private readonly options: ProcessOptions;
  private used = 0;
  /** By os._exit: nothing is to be cleaned up. */
  private exited = false;

  constructor(options: ProcessOptions) {
    this.options = options;
    if (options.limits?.memory !== undefined) setMemoryLimit(options.limits.memory);
  }

  get exitCode(): number {
    return i32(EXIT_CODE);
  }
  get instructions(): number {
    return watch.executed;
  }
  get allocations(): number {
    return allocationCount.made;
  }
  get failedAt(): string {
    return allocationCount.failedAt;
  }

  run(budget: Budget = {}): Stop {
    const phase = i32(PHASE);
    if (phase === ENDED || phase === FINALIZED) return { reason: 'done', resumable: false };
    if (phase === STOPPED) return { reason: 'limit', resumable: false };
    if (phase === KILLED) return { reason: 'fatal', resumable: false };
    if (phase === EMPTY) throw new Error('there is no process in this realm any more');
    if (budget.instructions !== undefined && !__TRACE__)
      throw new Error('counting instructions needs the tracing build');
    const started = watch.now();
    watch.budgetEnd = budget.instructions === undefined ? Infinity : watch.executed + budget.instructions;
    watch.budgetDeadline = budget.milliseconds === undefined ? Infinity : started + budget.milliseconds;
    const time = this.options.limits?.time;
    watch.deadline = time === undefined ? Infinity : started + time - this.used;
    armWatch();
    if (watch.deadline !== Infinity || watch.budgetDeadline !== Infinity) pollSoon();
    try {
      if (phase === BOOTED) this.configure();
      if (__TRACE__ && phase !== RUNNING) startCountingAllocations();
      if (phase === RUNNING) resumeMain();
      else startMain(loadProgram(this.options.program, this.options.cwd));
    } catch (e) {
      if (e instanceof ProcessExit) {
        setI32(EXIT_CODE, e.code & 0xff);
        this.exited = true;
        setPtr(PHASE, KILLED);
        return { reason: 'done', resumable: false };
      }
      if (!(e instanceof HostLimit)) {
        const fatal = asFatal(e);
        reportCrash(fatal);
        return { reason: 'fatal', fatal, resumable: false };
      }
      const reason = OUTCOMES[e.reason];
      if (reason !== undefined) return { reason, resumable: isWhole() };
      const resumable = isWhole();
      if (!resumable) setPtr(PHASE, STOPPED);
      return { reason: 'limit', limit: e.reason as LimitName, resumable };
    } finally {
      this.used += watch.now() - started;
    }
    return { reason: 'done', resumable: false };
  }

  step(unit: 'instruction' | 'line' | 'over'): Stop {
    if (!__TRACE__) throw new Error('stepping needs the tracing build');
    if (unit === 'instruction') return this.run({ instructions: 1 });
    watch.step = unit;
    try {
      return this.run();
    } finally {
      watch.step = null;
    }
  }

  interrupt(): void {
    setInterrupt();
  }

  observe(observer: Observer | null, from = 0): void {
    watch.observer = observer;
    watch.observeAt = observer === null ? Infinity : from;
    watch.observesWhole = false;
  }

  moved(instructions: number): void {
    Object.assign(watch, { executed: instructions, frame: 0, line: 0 });
    this.exited = false;
  }

  evaluate(text: string, frame: number): Evaluated {
    if (i32(PHASE) === EMPTY || i32(PHASE) === FINALIZED) throw new Error('there is no process in this realm any more');
    armWatch();
    return evaluate(text, frame);
  }

  snapshot(): Uint8Array {
    return encodeProcess();
  }

  finalize(extent: 'all' | 'visible' = 'all'): FinalReport {
    const phase = i32(PHASE);
    if (phase === FINALIZED || phase === EMPTY) throw new Error('the process is finalized already');
    const done = phase === ENDED || phase === BOOTED || phase === CONFIGURED;
    watch.budgetEnd = Infinity;
    watch.budgetDeadline = Infinity;
    watch.deadline = Infinity;
    armWatch();
    stopCountingAllocations();
    let fatal: FatalError | null = null;
    try {
      if (done) Py_FinalizeEx(extent === 'all');
      else if (phase !== KILLED) this.flushStopped();
    } catch (e) {
      fatal = asFatal(e);
      reportCrash(fatal);
    }
    if (fatal !== null || phase === KILLED) {
      const end = { exitCode: i32(EXIT_CODE), finalized: this.exited, blocksLeft: 0, leftovers: [] };
      return fatal === null ? end : { ...end, fatal };
    }
    if (extent === 'visible') return { exitCode: i32(EXIT_CODE), finalized: done, blocksLeft: 0, leftovers: [] };
    const { pymalloc, raw } = countBlocks();
    return {
      exitCode: i32(EXIT_CODE),
      finalized: done,
      blocksLeft: pymalloc + raw,
      leftovers: [...pymallocBlocks(LEFTOVERS), ...rawBlocks(LEFTOVERS)],
    };
  }

  /** What a stopped program has printed is not lost; a stream of its own gets a second for it. */
  private flushStopped(): void {
    watch.instructionLimit = Infinity;
    watch.deadline = watch.now() + 1000;
    armWatch();
    try {
      flushStdFiles();
    } catch (e) {
      if (!(e instanceof HostLimit)) throw e;
    }
    watch.deadline = Infinity;
  }

  /** argv, environment, path and streams enter after the boot or the restore. */
  private configure(): void {
    const { program, args = [], cwd = '/', env = {}, limits } = this.options;
    const name = {
      file: () => (program as { path: string }).path,
      command: () => '-c',
      stdin: () => '-',
      module: () => '-m',
    };
    configureProcess({ argv: [name[program.kind](), ...args], path: [sysPath0(program, cwd)], cwd, env });
    setXOptions(this.options.xoptions ?? {});
    if (devMode(this.options)) setDevMode();
    if (this.options.host.totalReferences !== undefined) addDebugFunctions();
    if (this.options.tracemalloc) tracemallocStart(this.options.tracemalloc);
    initStreams();
    if (limits?.recursion !== undefined) setRecursionLimit(limits.recursion);
    resetWork();
    if (this.options.collector !== undefined) applySettings(this.options.collector);
    setI32(EXIT_CODE, 0);
    setPtr(PHASE, CONFIGURED);
  }
}
