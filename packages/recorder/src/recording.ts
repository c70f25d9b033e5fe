// A program that has run: every moment of it, forwards and backwards. A moment is a number of executed instructions; the state
// shown is the one between the last of them and the next.
import { Reader, type Target } from '@moult/inspect';
import type { FinalReport, Stop } from '@moult/runtime';
import { type Checkpoint, WrongContent } from './pages/checkpoints.ts';
import type { Output } from './inputs/host.ts';
import { BadRecording } from './file/container.ts';
import { type InputLog, NotRecorded } from './inputs/log.ts';
import { Cursor } from './positions/cursor.ts';
import type { Serials } from './serials.ts';
import type { Exceptions, Print } from './told.ts';
import { type HostState, stateOf } from './assemble.ts';
import { BEFORE, LONGEST, type Recorded } from './record.ts';

/** How many instructions lie between two looks at what wants to know how far a seek is. */
const PROGRESS = 1_000_000;

/** What a seek would take. */
export interface SeekEstimate {
  /** To run again, from the checkpoint before. */
  readonly instructions: number;
  /** From the recording's own speed, and what going to a checkpoint took; null where nothing was measured. */
  readonly milliseconds: number | null;
  /**
   * Why the checkpoint before is not nearer: `share`, they keep to their share of the run's time; `native`, a native call waited for Python
   * code all the time and what it knew was not in the bytes; `bound`, some were dropped to keep within their memory.
   */
  readonly cause: 'share' | 'native' | 'bound';
}

export interface HistoryUse {
  readonly checkpoints: number;
  /** Checkpoints that were dropped to stay within the bound. */
  readonly dropped: number;
  readonly bytes: number;
  readonly bound: number;
  /** The longest stretch between two checkpoints that can be gone on from. */
  readonly longestStretch: number;
  readonly inputBytes: number;
}

/** A page whose bytes were others after running again. */
export interface Divergence {
  readonly from: number;
  readonly at: number;
  readonly pages: number[];
}

/**
 * Looks at instructions as they run: `count` have been executed, the next one is about to be. True ends the run; a number is the
 * count at which it wants to look again, else at the next.
 */
export type Visitor = (count: number) => boolean | number | undefined;

export class Recording {
  /** Instructions of the whole run: its last moment. */
  readonly length: number;
  readonly stop: Stop;
  readonly end: FinalReport;
  /** What the program wrote, in order. */
  readonly outputs: readonly Output[];
  /** What it is made of, for those who write it to a file. */
  readonly recorded: Recorded;
  private now: number;
  /** The process can go on from the bytes as they are. */
  private live = false;
  /** The bytes are those of the process that has not loaded its program yet: Python code may run before it is (warnings). */
  private unbegun = false;
  /** What going to a checkpoint has taken lately. */
  private restoreMilliseconds = 0;
  /** Where the process stands; `read` it after each move. */
  readonly cursor: Cursor;
  /** The program's own file, as its code objects name it. */
  readonly mainFile: string;
  private readonly target: Target;

  constructor(recorded: Recorded) {
    this.recorded = recorded;
    this.length = recorded.length;
    this.stop = recorded.stop;
    this.end = recorded.end;
    this.outputs = recorded.outputs;
    this.now = recorded.length;
    this.target = recorded.target;
    this.cursor = new Cursor(recorded.engine.processMemory(), () => this.reader());
    this.mainFile = recorded.mainFile;
    this.restore(this.last());
  }

  /** The present moment. */
  get moment(): number {
    return this.now;
  }
  /** The program has ended: nothing runs next. */
  get ended(): boolean {
    return this.now === this.length;
  }
  /** Milliseconds of recording, and of it for checkpoints. */
  get milliseconds(): { readonly whole: number; readonly checkpoints: number } {
    return { whole: this.recorded.milliseconds, checkpoints: this.recorded.checkpointMilliseconds };
  }

  /** What the program gave to its text streams, in order. */
  get prints(): readonly Print[] {
    return this.recorded.told.prints;
  }
  /** Who was born when, by serial number. */
  get serials(): Serials {
    return this.recorded.serials;
  }
  get exceptions(): Exceptions {
    return this.recorded.told.exceptions;
  }

  /** While a stretch runs: behind the instruction that is under way. */
  get running(): number {
    return this.recorded.process.instructions;
  }

  /** The last checkpoint's moment at which object `serial` had not been made. */
  momentBeforeBirth(serial: number): number {
    let moment = 0;
    for (const { at, state, whole } of this.recorded.checkpoints.list) {
      if (whole && at >= 0 && state.serials < serial) moment = at;
    }
    return moment;
  }
  /** The bytes themselves, at every moment. */
  view(): DataView {
    return new DataView(this.recorded.realm.words.buffer);
  }

  /** A reader of the bytes of the present moment, good until the next move. */
  reader(): Reader {
    return new Reader(this.target);
  }

  /** The logged inputs. */
  get log(): InputLog {
    return this.recorded.log;
  }

  history(): HistoryUse {
    const { checkpoints, log } = this.recorded;
    let longestStretch = 0;
    let from = 0;
    for (const { at, whole } of checkpoints.list) {
      if (at < 0 || (!whole && at !== this.length)) continue;
      longestStretch = Math.max(longestStretch, at - from);
      from = at;
    }
    return {
      checkpoints: checkpoints.list.length,
      dropped: checkpoints.dropped,
      bytes: checkpoints.bytes,
      bound: checkpoints.bound,
      longestStretch,
      inputBytes: log.bytes,
    };
  }

  estimate(moment: number): SeekEstimate {
    const to = this.clamp(moment);
    const { milliseconds, checkpointMilliseconds, length, checkpoints } = this.recorded;
    const start = to === length ? this.last() : this.startOf(to);
    const from = start === this.last() ? length : Math.max(0, start.at);
    const here = this.live && from <= this.now && this.now <= to;
    const instructions = Math.max(0, to - (here ? this.now : from));
    const { list } = checkpoints;
    const next = list.find(({ at, whole }) => at > to && whole)?.at ?? length;
    return {
      instructions,
      milliseconds:
        milliseconds === 0
          ? null
          : (instructions / length) * (milliseconds - checkpointMilliseconds) + (here ? 0 : this.restoreMilliseconds),
      cause: next - from <= LONGEST * 1.5 ? 'share' : checkpoints.dropped > 0 ? 'bound' : 'native',
    };
  }

  /** Goes to a moment: afterwards the bytes are those of it. `progress` is called each 1,000,000 instructions on the way. */
  seek(moment: number, progress?: (at: number, to: number) => void): void {
    const to = this.clamp(moment);
    if (to === this.now) return;
    if (to === this.length) {
      this.restore(this.last());
      return;
    }
    const start = this.startOf(to);
    if (!this.live || this.now > to || this.now < start.at) this.restore(start);
    this.runFar(to, progress);
  }

  /** Takes the last state, where none could be taken: the run was cut off within an instruction, and ends before it. */
  keepEnd(): void {
    const { checkpoints } = this.recorded;
    this.restore(this.startOf(this.length));
    this.runFar(this.length);
    if (this.last().at < this.length) {
      checkpoints.take(this.now, stateOf(this.recorded), { whole: false, fixed: true });
    }
  }

  /**
   * Runs from one moment to another and calls `visit` before each instruction between them; where it answers true the run
   * ends, and that is the present moment. Returns whether it did. What `visit` reads must be the realm's bytes only.
   */
  walk(from: number, to: number, visit: Visitor): boolean {
    this.seek(from);
    if (this.ended) return false;
    if (!this.live) this.restore(this.startOf(from));
    return this.run(from, Math.min(to, this.length), visit);
  }

  /** Runs from each checkpoint to the next one again and compares: the moments after which bytes differ. */
  verify(progress?: (done: number, of: number) => void): Divergence[] {
    const { checkpoints } = this.recorded;
    const out: Divergence[] = [];
    // what a limit cut off amid an instruction cannot be run to
    const cut = this.stop.reason === 'limit';
    const list = checkpoints.list.filter(({ at, whole }) => whole || (at === this.length && !cut));
    for (let i = 0; i + 1 < list.length; i++) {
      const [from, to] = [list[i], list[i + 1]] as [Checkpoint<HostState>, Checkpoint<HostState>];
      this.restore(from);
      if (to.at === this.length && !cut) this.runOut();
      else this.runTo(to.at);
      const pages = checkpoints.differences(to);
      if (pages.length > 0) out.push({ from: from.at, at: to.at, pages });
      progress?.(i + 1, list.length - 1);
    }
    this.live = false;
    this.restore(this.last());
    return out;
  }

  /** What `act` does to the process is undone: afterwards the bytes are those of the present moment again. */
  aside<T>(act: () => T): T {
    const { checkpoints, process } = this.recorded;
    const here = checkpoints.take(this.now, stateOf(this.recorded), { whole: false, fixed: true });
    const { live } = this;
    try {
      return act();
    } finally {
      checkpoints.restore(here);
      checkpoints.drop(here);
      process.moved(this.now);
      this.recorded.serials.made = here.state.serials;
      this.recorded.log.position = here.state.requests;
      this.recorded.interrupts.asked = here.state.interrupts;
      this.cursor.table.forget();
      this.live = live;
    }
  }

  /** One number for all bytes of the present moment: equal states have equal ones. */
  digest(): string {
    return this.recorded.realm.digest();
  }

  private clamp(moment: number): number {
    if (!Number.isInteger(moment)) throw new RangeError(`a moment is a whole number of instructions, not ${moment}`);
    return Math.max(0, Math.min(moment, this.length));
  }
  private last(): Checkpoint<HostState> {
    return this.recorded.checkpoints.list.at(-1) as Checkpoint<HostState>;
  }
  private startOf(moment: number): Checkpoint<HostState> {
    const { checkpoints } = this.recorded;
    return checkpoints.list[checkpoints.before(moment)] as Checkpoint<HostState>;
  }

  private restore(checkpoint: Checkpoint<HostState>): void {
    const { checkpoints, process, log, interrupts, serials, now } = this.recorded;
    const begun = now?.() ?? 0;
    checkpoints.restore(checkpoint);
    const took = (now?.() ?? 0) - begun;
    this.restoreMilliseconds += (took - this.restoreMilliseconds) / 4;
    this.cursor.table.forget();
    this.now = Math.max(0, checkpoint.at);
    process.moved(this.now);
    log.position = checkpoint.state.requests;
    interrupts.asked = checkpoint.state.interrupts;
    serials.made = checkpoint.state.serials;
    this.live = checkpoint.whole;
    this.unbegun = checkpoint.at === BEFORE;
  }

  private runTo(moment: number, progress?: (at: number, to: number) => void): void {
    const first = progress === undefined ? moment : Math.min(moment, this.now + PROGRESS);
    this.run(first, moment, (count) => {
      progress?.(count, moment);
      return first === moment ? true : count + PROGRESS;
    });
  }

  /** As runTo, from a checkpoint; a long way there is made shorter for the next ones. */
  private runFar(moment: number, progress?: (at: number, to: number) => void): void {
    const { checkpoints, interval } = this.recorded;
    if (checkpoints.bytes < checkpoints.bound * 0.8) {
      while (moment - this.now > interval * 1.5) {
        this.runTo(this.now + interval, progress);
        if (!this.live) break;
        checkpoints.take(this.now, stateOf(this.recorded), { whole: true, fixed: false });
      }
      if (!this.live) this.restore(this.startOf(moment));
    }
    this.runTo(moment, progress);
  }

  /** From the present moment: visits `from` to `to` (not `to` itself, unless it is `from`) and stops where asked, else at `to`. */
  private run(from: number, to: number, visit: Visitor): boolean {
    const { engine, process, checkpoints, serials } = this.recorded;
    const memory = engine.processMemory();
    let found = false;
    let amid: Checkpoint<HostState> | null = null;
    const { unbegun } = this;
    this.unbegun = false;
    process.observe(
      (count) => {
        if (unbegun && count === 0) {
          serials.made = 0;
          if (from > 0) return from;
        }
        if (count < to || from === to) {
          const answer = visit(count);
          if (answer !== true)
            return typeof answer === 'number' ? Math.min(to, Math.max(answer, count + 1)) : count + 1;
          found = true;
        }
        // going on needs whole bytes, and leaving native calls half done may change some
        if (!memory.isWhole()) {
          amid = checkpoints.take(count, stateOf(this.recorded), { whole: false, fixed: true });
        }
        return engine.STOP_HERE;
      },
      unbegun ? 0 : from,
    );
    let stop: Stop;
    try {
      stop = process.run();
    } catch (e) {
      // what the recording cannot answer leaves the process amid an instruction
      process.observe(null);
      this.restore(this.last());
      throw this.failure(e, from);
    }
    process.observe(null);
    this.now = process.instructions;
    this.live = stop.reason === 'observer' && amid === null;
    if (amid !== null) {
      checkpoints.restore(amid);
      checkpoints.drop(amid);
    }
    if (stop.reason !== 'observer') {
      if (this.now !== this.length)
        throw this.failure(new Error(`the run ended at ${this.now}, not at ${this.length}`), from);
    }
    return found;
  }

  /** Of a file, states that fit their checksums and lead elsewhere are no states of this program. */
  private failure(e: unknown, from: number): unknown {
    const known = e instanceof NotRecorded || e instanceof BadRecording || e instanceof WrongContent;
    if (this.recorded.fromFile !== true || known) return e;
    const what = `going on from ${from.toLocaleString('en-US')} instructions fails (${(e as Error).message})`;
    return new BadRecording('damaged', `the recording is damaged: ${what}`);
  }

  /** From the present moment to the end. */
  private runOut(): void {
    const { process, serials } = this.recorded;
    if (this.unbegun) {
      process.observe(() => {
        serials.made = 0;
        return Infinity;
      }, 0);
    }
    this.unbegun = false;
    process.run();
    process.observe(null);
    this.now = this.length;
    this.live = false;
  }
}
