// One run of a program, measured from outside: what it wrote, the counts of its names, memory, the collector's work.
import { policies, PyInterpreterState } from '@moult/abi';
import {
  collectorStats,
  decodeStr,
  dictEntries,
  dictGet,
  generationHeads,
  type GenerationStats,
  instanceDict,
  isImmortal,
  reachable,
  Reader,
  refcount,
  trackedObjects,
  typeName,
} from '@moult/inspect';
import {
  type CollectorSettings,
  collectorWork,
  countBlocks,
  createProcess,
  type Limits,
  memoryUse,
  processView,
  type Program,
} from '@moult/runtime';
import { targetOf } from './target.ts';
import { nodeHost } from './host.ts';
import { preparedImage } from './prepared.ts';

/** Of the series over time: at most this many samples; when it is full every other one goes, and samples get rarer. */
const SAMPLES = 40;
const FIRST_INTERVAL = 512;

export interface Column {
  readonly python: string;
  readonly collector: CollectorSettings;
}
export interface Sample {
  /** Instructions executed so far. */
  readonly at: number;
  /** Objects that the program can still reach. */
  readonly live: number;
  /** Containers that nothing reaches and no collection has freed yet. */
  readonly garbage: number;
  readonly blocks: number;
}
export interface GenerationWork {
  readonly collections: number;
  readonly freed: number;
  readonly uncollectable: number;
  /** Objects that these collections looked at. */
  readonly visited: number;
}
export interface Measured {
  readonly column: Column;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** Which limit stopped it, or null. */
  readonly stopped: string | null;
  readonly instructions: number;
  readonly memory: {
    readonly peakBytes: number;
    /** The most seen at a sample or at the end. */
    readonly peakBlocks: number;
    readonly blocks: number;
    readonly arenas: number;
    readonly arenasAtMost: number;
    readonly arenaSize: number;
    readonly poolSize: number;
  };
  readonly collector: {
    readonly thresholds: readonly number[];
    readonly generations: readonly GenerationWork[];
    /** Objects looked at by the collection that looked at most. */
    readonly longest: number;
  };
  readonly series: readonly Sample[];
  /** Counts of the objects that the program's names refer to at its end; null: immortal. */
  readonly counts: ReadonlyMap<string, { readonly type: string; readonly count: number | null }>;
}

export interface MeasureOptions {
  readonly program: Program;
  readonly args: readonly string[];
  readonly stdin: Uint8Array;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly hashSeed: number;
  readonly limits: Limits;
  /** Now and then, while it runs. */
  progress(instructions: number): void;
}

function sample(at: number): Sample {
  const reader = new Reader(targetOf(processView()));
  const found = reachable(reader);
  let garbage = 0;
  for (const head of generationHeads(reader).slice(0, 3))
    for (const object of trackedObjects(reader, head)) if (!found.has(object)) garbage++;
  return { at, live: found.size, garbage, blocks: countBlocks().pymalloc };
}

/** Runs the program in this realm, from its start to the end of its main module. */
export function measure(column: Column, options: MeasureOptions): Measured {
  const out: Uint8Array[] = [];
  const err: Uint8Array[] = [];
  let series: Sample[] = [];
  let interval = FIRST_INTERVAL;
  const image = preparedImage(column.python);
  const { program, args, env, cwd, hashSeed, limits } = options;
  const p = createProcess({
    program,
    args,
    env,
    cwd,
    hashSeed,
    limits,
    python: column.python,
    collector: column.collector,
    host: nodeHost({ cwd, stdin: options.stdin, write: (fd, data) => (fd === 1 ? out : err).push(data.slice()) }),
    ...(image === undefined ? {} : { image }),
    observer: (count) => {
      if (count === 0) return 1;
      series.push(sample(count));
      if (series.length >= SAMPLES) {
        series = series.filter((_, i) => i % 2 === 0);
        interval *= 2;
      }
      options.progress(count);
      return count + interval;
    },
  });
  const before = collectorStats(new Reader(targetOf(processView())));
  const stop = p.run();
  const instructions = p.instructions;
  series.push(sample(instructions));
  const rest = inspectEnd(series, column.python, before);
  const end = p.finalize('visible');
  return {
    column,
    ...rest,
    stdout: Buffer.concat(out).toString('utf8'),
    stderr: Buffer.concat(err).toString('utf8'),
    exitCode: end.exitCode,
    stopped: stop.reason === 'limit' ? (stop.limit ?? 'unknown') : null,
    instructions,
    series,
  };
}

function inspectEnd(
  series: readonly Sample[],
  python: string,
  before: readonly GenerationStats[],
): Pick<Measured, 'memory' | 'collector' | 'counts'> {
  const reader = new Reader(targetOf(processView()));
  const use = memoryUse();
  const work = collectorWork();
  const after = collectorStats(reader);
  const blocks = countBlocks().pymalloc;
  const { arenaSize, poolSize } = policies[python]!.allocator;
  return {
    memory: {
      peakBytes: use.peakBytes,
      peakBlocks: Math.max(...series.map((s) => s.blocks)),
      blocks,
      arenas: use.arenas,
      arenasAtMost: use.arenasHighwater,
      arenaSize,
      poolSize,
    },
    collector: {
      thresholds: after.map((g) => g.threshold),
      generations: after.map((stats, i) => ({
        collections: stats.collections - (before[i]?.collections ?? 0),
        freed: stats.collected - (before[i]?.collected ?? 0),
        uncollectable: stats.uncollectable - (before[i]?.uncollectable ?? 0),
        visited: work.visited[i] as number,
      })),
      longest: work.longest,
    },
    counts: countsOfNames(reader),
  };
}

/** The names of `__main__`, without those that every module has. */
function countsOfNames(reader: Reader): Map<string, { type: string; count: number | null }> {
  const counts = new Map<string, { type: string; count: number | null }>();
  const modules = reader.ptr(reader.target.interp + PyInterpreterState.imports_modules);
  const main = modules === 0 ? 0 : dictGet(reader, modules, '__main__');
  const dict = main === 0 ? 0 : instanceDict(reader, main);
  if (dict === 0) return counts;
  for (const { key, value } of dictEntries(reader, dict)) {
    const name = reader.typeOf(key).layout === 'str' ? decodeStr(reader, key) : '';
    if (name === '' || /^__\w+__$/.test(name)) continue;
    counts.set(name, {
      type: typeName(reader.typeOf(value)),
      count: isImmortal(reader, value) ? null : refcount(reader, value),
    });
  }
  return counts;
}
