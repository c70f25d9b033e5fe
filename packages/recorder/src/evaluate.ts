// An expression evaluated at the present moment of a recording, in a copy: the bytes are kept before and put back after, and the
// run knows nothing of it.
import type { Reader } from '@moult/inspect';
import { stateOf } from './assemble.ts';
import { NotRecorded } from './inputs/log.ts';
import type { Recording } from './recording.ts';

export interface EvaluateOptions {
  /** The frame whose names it sees; 0 or none: the one that runs next. */
  readonly frame?: number;
  /** Instructions that it may take. */
  readonly instructions?: number;
  readonly milliseconds?: number;
  /** Milliseconds of a clock that only measures. */
  readonly now?: () => number;
}

/** What came of it, and what it printed. */
export type Evaluation<T> = { readonly printed: string; readonly cut: boolean } & (
  | {
      readonly kind: 'value';
      readonly object: number;
      readonly repr: string;
      /** The run has this object; else the expression made it. */
      readonly known: boolean;
      /** What was seen of it while it was there. */
      readonly seen: T;
    }
  | { readonly kind: 'raised'; readonly text: string }
  | { readonly kind: 'ended'; readonly why: string }
);

const INSTRUCTIONS = 20_000_000;
const MILLISECONDS = 10_000;
/** Characters that are kept of what it prints. */
const PRINTED = 100_000;

/** Throws nothing for what the expression does; `see` looks at the copy's bytes. */
export function evaluateIn<T>(
  recording: Recording,
  text: string,
  options: EvaluateOptions,
  see: (reader: Reader, object: number) => T,
): Evaluation<T> {
  const { recorded, cursor } = recording;
  const { process, engine, log, interrupts, told, serials } = recorded;
  cursor.read();
  const frame = options.frame || (recording.ended ? 0 : cursor.frame);
  const now = options.now ?? (() => 0);
  const until = now() + (options.milliseconds ?? MILLISECONDS);
  let printed = '';
  let cut = false;
  return recording.aside(() => {
    const last = process.instructions + (options.instructions ?? INSTRUCTIONS);
    const { made } = serials;
    process.observe((count) => (count >= last || now() >= until ? engine.STOP_HERE : Math.min(last, count + 100_000)));
    log.evaluating = true;
    interrupts.ends = () => (now() >= until ? 'time' : null);
    told.evaluated = (part) => {
      const room = PRINTED - printed.length;
      printed += part.slice(0, room);
      cut ||= part.length > room;
    };
    try {
      const result = process.evaluate(text, frame);
      if (result.kind !== 'value') return { ...result, printed, cut };
      const reader = recording.reader();
      const known = serials.of(reader, result.object) <= made;
      return { ...result, known, seen: see(reader, result.object), printed, cut };
    } catch (e) {
      if (e instanceof NotRecorded) return { kind: 'ended', why: e.message, printed, cut };
      throw e;
    } finally {
      process.observe(null);
      log.evaluating = false;
      delete interrupts.ends;
      told.evaluated = null;
    }
  });
}
