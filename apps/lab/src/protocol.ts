/**
 * What the page and its worker say to each other: plain data only. The page never reads the process's bytes; the worker never
 * touches the page. Views need three things from here: `Ref`, `ViewOptions` and `Moment`.
 */
import type { StripData } from './time/strip.ts';

/** An object over time: "#42", its serial number; start-up's objects have none and go by their address, "0x9503d0". */
export type Ref = `#${number}` | `0x${string}`;

/** The views of the stage, in the order of their tabs and of the keys 1 to 5. */
export const STAGE_VIEWS = ['picture', 'collector', 'allocator', 'bytecode', 'events'] as const;
export type StageView = (typeof STAGE_VIEWS)[number];
/** Everything that has a model: the stage's views and the inspector at the right. */
export type ViewId = StageView | 'inspector';

/** Simple leaves things out, true draws every object. */
export type Level = 'simple' | 'true';

/** What a step is. `phase` is a phase of a collection. */
export const UNITS = ['instruction', 'line', 'call', 'event', 'phase'] as const;
export type Unit = (typeof UNITS)[number];

/** What the reader has chosen: the same moment and the same options give the same data. */
export interface ViewOptions {
  readonly level: Level;
  readonly unit: Unit;
  readonly selected: Ref | null;
  /** Ghosts that stay. */
  readonly pinned: readonly Ref[];
  /** The stage is narrow (a phone): pictures stand in two columns. */
  readonly narrow: boolean;
  /** What a view keeps of its own (colouring, an open pool, a filter), by the view's name. */
  readonly own: Readonly<Partial<Record<ViewId, unknown>>>;
}

/** A piece of a sentence. */
export type Piece = string | { readonly code: string } | { readonly ref: Ref; readonly text: string };
/** The strip over the stage: what happened, and why it matters. */
export interface Say {
  readonly head: readonly Piece[];
  readonly why: readonly Piece[];
}

/** A value written beside its line in the editor, for the program's own file. */
export interface LineNote {
  readonly line: number;
  readonly text: string;
  /** `changed`: by this step. */
  readonly tone: 'plain' | 'changed';
}
export interface FrameLine {
  readonly function: string;
  readonly file: string;
  readonly line: number | null;
}

export interface Moment {
  /** Instructions executed. */
  readonly at: number;
  /** Where the step that ends here began, in the unit of the options; null at the beginning. Marks compare with it. */
  readonly before: number | null;
  /** "Step 12 of 13", where all steps of the unit are known. */
  readonly step: { readonly index: number; readonly of: number } | null;
  /** Lines of the program's own file: what ran to come here, what runs next. */
  readonly ran: number | null;
  readonly next: number | null;
  /** Innermost first; empty behind the end. */
  readonly frames: readonly FrameLine[];
  readonly notes: readonly LineNote[];
  /** How many of the run's prints lie before this moment. */
  readonly printed: number;
  /** The stage's sentence, said by the stage view's model. */
  readonly say: Say;
  /** The data of each visible view, as its model made it. */
  readonly data: Readonly<Partial<Record<ViewId, unknown>>>;
}

export interface Program {
  /** As a traceback names it: "cycle.py". */
  readonly name: string;
  readonly source: string;
}
export interface RunOptions {
  /** A policy of abi: "3.13". */
  readonly python: string;
  /** Lines that were typed for input() so far. */
  readonly input: string;
  readonly limits: { readonly instructions: number; readonly milliseconds: number; readonly memory: number };
}

export interface Printed {
  readonly at: number;
  /** 1 stdout, 2 stderr. */
  readonly fd: 1 | 2;
  readonly text: string;
  /** The line of the program's own file that printed it. */
  readonly line: number | null;
}
/** What is wrong at a place of the program. */
export interface Problem {
  readonly kind: 'syntax' | 'exception' | 'limit' | 'input' | 'fatal' | 'internal';
  /** For people: what happened, where, what to do. */
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
  /** To jump to. */
  readonly at: number | null;
}

/** A run as a whole. */
export interface Run {
  readonly length: number;
  readonly exitCode: number;
  /** Why it stopped before its end, or what ended it. */
  readonly problem: Problem | null;
  readonly prints: readonly Printed[];
  readonly exceptions: readonly number[];
  readonly milliseconds: number;
}

/** Where to go. */
export type Target =
  | { readonly kind: 'moment'; readonly at: number }
  | { readonly kind: 'step'; readonly unit: Unit; readonly direction: 1 | -1; readonly count: number }
  /** A position of docs/recorder.md: "output:3", "14@2", "call:f", "exception". */
  | { readonly kind: 'place'; readonly text: string }
  /** Towards a line that has a breakpoint. */
  | { readonly kind: 'breakpoint'; readonly direction: 1 | -1; readonly lines: readonly number[] }
  | { readonly kind: 'life'; readonly ref: Ref; readonly of: 'birth' | 'death' };

/** Not a file of the library, but sent as one: the names of Unicode's characters. */
export const UNICODE_NAMES = 'unicode-names.json';

/** A file of the standard library, by its path in the archive. */
export interface LibraryFile {
  readonly name: string;
  readonly data: Uint8Array | null;
}

export type ToWorker =
  | { readonly kind: 'library'; readonly names: readonly string[]; readonly files: readonly LibraryFile[] }
  | { readonly kind: 'run'; readonly id: number; readonly program: Program; readonly options: RunOptions }
  | { readonly kind: 'stop'; readonly id: number }
  | {
      readonly kind: 'show';
      readonly id: number;
      /** Absent: the moment stays, only what is shown of it changes. */
      readonly to?: Target;
      readonly views: readonly ViewId[];
      readonly options: ViewOptions;
    };

export type FromWorker =
  | { readonly kind: 'ready'; readonly memory: number }
  /** The program has come to modules that are not here yet: send them, and it is run again. */
  | { readonly kind: 'wants'; readonly id: number; readonly names: readonly string[] }
  | { readonly kind: 'progress'; readonly id: number; readonly instructions: number; readonly milliseconds: number }
  | { readonly kind: 'printed'; readonly id: number; readonly prints: readonly Printed[] }
  | { readonly kind: 'ran'; readonly id: number; readonly run: Run }
  | { readonly kind: 'strip'; readonly id: number; readonly strip: StripData }
  | { readonly kind: 'moment'; readonly id: number; readonly moment: Moment }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };
