// Fails one allocation after the other of one program, in one realm: `moult batch` does it for tests/stress/sweep.mjs.
//
// What comes before the allocation that fails is run once: the process is brought to an instruction shortly before it, kept
// as bytes there, and put back for each number. The audit is incremental, from one end to the next; each `WHOLE`-th is
// counted anew as well. What is found here is only named: the same allocation failed in a process of its own explains it.
import { audit, checkHeap, disagreements, type IncrementalAudit, type Target } from '@moult/inspect';
import {
  createProcess,
  failAllocationFromHere,
  type Process,
  type ProcessOptions,
  processView,
  restoreProcess,
} from '@moult/runtime';
import { frozenBlocks, incrementalOf } from './audit.ts';
import { targetOf } from './target.ts';

/** Instructions between two places where the process is kept. */
const STEP = 400;
/** Each so many ends are counted anew. */
const WHOLE = 20;

export interface SweepAnswer {
  readonly tried: number;
  /** The numbers whose end is not clean, and what is wrong. */
  readonly faults: readonly { readonly n: number; readonly what: string }[];
  /** How often the run ended with this last line on standard error. */
  readonly endings: Readonly<Record<string, number>>;
  readonly milliseconds: number;
}

/** Options of the same program each time, with a host of its own that collects what is written to standard error. */
export type MakeOptions = (err: Uint8Array[], failAllocation?: number) => ProcessOptions;

/** A place in the program's run where all of the process is in its bytes. */
interface Place {
  readonly instructions: number;
  readonly allocations: number;
}

export function sweepAllocations(make: MakeOptions, numbers: readonly number[], replayable: boolean): SweepAnswer {
  const started = process.cpuUsage();
  const faults: { n: number; what: string }[] = [];
  const endings: Record<string, number> = {};
  const places = replayable ? survey(make) : [];
  const ends = new Ends();
  let at = -1;
  let kept: Uint8Array | null = null;
  for (const n of [...numbers].sort((a, b) => a - b)) {
    const next = places.findLastIndex((place) => place.allocations < n);
    if (next > at) {
      kept = advance(make, kept, places[at] ?? null, places[next] as Place);
      at = next;
    }
    const err: Uint8Array[] = [];
    const p = kept === null ? createProcess(make(err, n)) : restoreProcess(kept, make(err));
    if (kept !== null) failAllocationFromHere(n - (places[at] as Place).allocations);
    const what = ends.fault(p);
    if (what !== null) faults.push({ n, what });
    const ending = lastLine(Buffer.concat(err).toString('utf8'));
    endings[ending] = (endings[ending] ?? 0) + 1;
  }
  return { tried: numbers.length, faults, endings, milliseconds: cpuMilliseconds(started) };
}

/** Runs the program without a failure and notes the places. */
function survey(make: MakeOptions): Place[] {
  const places: Place[] = [];
  const p = createProcess(make([]));
  for (let step = 1; ; step = STEP) {
    const stop = p.run({ instructions: step });
    if (stop.reason !== 'budget' || !stop.resumable) return places;
    places.push({ instructions: p.instructions, allocations: p.allocations });
  }
}

/** The process at `to`, from the bytes that it was at `from`. */
function advance(make: MakeOptions, kept: Uint8Array | null, from: Place | null, to: Place): Uint8Array {
  const p = kept === null ? createProcess(make([])) : restoreProcess(kept, make([]));
  const stop = p.run({ instructions: to.instructions - (from?.instructions ?? 0) });
  if (stop.reason !== 'budget') throw new Error(`the run is not the same again: ${stop.reason}`);
  return p.snapshot();
}

/** Looks at how processes end. */
class Ends {
  private target: Target | null = null;
  private incremental: IncrementalAudit | null = null;
  private count = 0;

  /** Runs the process to its end: null where all is clean then. */
  fault(p: Process): string | null {
    try {
      const stop = p.run();
      if (stop.reason !== 'done') return stop.reason === 'limit' ? 'does not end' : stop.reason;
      const what = this.audit();
      const end = p.finalize();
      if (end.fatal !== undefined) return `fatal: ${end.fatal.message}`;
      if (!end.finalized) return 'not finalized';
      if (what !== null || end.blocksLeft === 0) return what;
      const frozen = frozenBlocks();
      const known = end.leftovers.filter((block) => frozen.has(block.address)).length;
      return end.blocksLeft === known ? null : `${end.blocksLeft - known} blocks left`;
    } catch (e) {
      return `internal error: ${(e as Error)?.stack ?? e}`;
    }
  }

  private audit(): string | null {
    if (this.target === null || this.incremental === null) {
      const view = processView();
      this.target = targetOf(view);
      this.incremental = incrementalOf(this.target, view.buffer);
    }
    const { target, incremental } = this;
    const { differing, broken } = incremental.audit();
    if (differing + broken > 0) return `audit: ${differing + broken} differences`;
    const whole = this.count++ % WHOLE === 0;
    const findings = checkHeap(target, { shallow: !whole });
    if (findings.length > 0) return `the heap: ${findings[0]?.what}`;
    if (!whole) return null;
    const report = audit(target);
    const wrong = report.differing + report.broken.length + disagreements(incremental, target).length;
    return wrong > 0 ? `audit: ${wrong} differences, counted anew` : null;
  }
}

/** Of the processor: others may be at work. */
function cpuMilliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

/** Of a traceback: the exception's type. */
function lastLine(text: string): string {
  const line = text.trimEnd().split('\n').at(-1) ?? '';
  return /^[\w.]+/.exec(line)?.[0] ?? '';
}
