/**
 * What a picture shows, as plain data: frames with their names at the left, objects on the heap, references between them.
 * Whoever knows a moment fills it in (fromMemory.ts does, from bytes); nothing here knows where the data came from.
 */

/** A step's mark on a row, a count or a card. */
export type Change = 'new' | 'changed';

/** One line of a card: a name, an index or a key, and at the right what it holds. */
export interface Row {
  readonly key: string;
  /** A small value, written out; without it and without a target the row holds nothing. */
  readonly value?: string;
  /** The id of the object that the row's reference leads to. */
  readonly target?: number;
  /** The id of the object that the row led to until this step. */
  readonly removedTarget?: number;
  /** Unbound now: struck through, with why ("del, line 7"). */
  readonly gone?: string;
  readonly change?: Change;
  /** Slots that are folded away here: the key says how many. */
  readonly fold?: number;
}

export interface FrameCard {
  readonly id: string;
  /** The function, or <module>. */
  readonly title: string;
  /** At the right of the header: "next: 15", "waits at 9". */
  readonly note: string;
  /** In order of first binding. */
  readonly rows: readonly Row[];
  /** What is folded away: "9 dunder names". */
  readonly folded?: string;
  /** What was folded is shown, and can be folded again. */
  readonly open?: boolean;
  /** True level: a line under the header. */
  readonly detail?: string;
  /** The line that runs next, or that waits for a call. */
  readonly line?: number | null;
  /** Rows that the frame will have at most: room that is kept for it. */
  readonly reserve?: number;
}

export interface ObjectCard {
  /** The same for one object at every moment: its serial number, or its address below zero where there is none. */
  readonly id: number;
  readonly type: string;
  /** Behind the type: "#42", "gc #37". */
  readonly label: string;
  /** The reference count; null for immortal objects. */
  readonly count: number | null;
  /** The collector's own note of it, while it runs. */
  readonly scratch?: number;
  readonly countChange?: Change;
  readonly rows: readonly Row[];
  /** True level: a line under the header ("0x00688780 · 184 B"). */
  readonly detail?: string;
  /** A value too small for rows: one line ("'text'", "3.5"). */
  readonly text?: string;
  readonly change?: Change;
  /** All its slots are shown, and could be folded. */
  readonly open?: boolean;
}

/** An object that is no more, shown for a while where it was. */
export interface Ghost {
  readonly id: number;
  readonly type: string;
  readonly label: string;
  /** One to three lines: how it went. */
  readonly cause: readonly string[];
}

/** Objects that nothing outside of them leads to any more. */
export interface Unreachable {
  readonly members: readonly number[];
  readonly title: string;
  readonly note: string;
}

export interface Scene {
  /** Outermost first. */
  readonly frames: readonly FrameCard[];
  /** In order of birth. */
  readonly objects: readonly ObjectCard[];
  readonly ghosts: readonly Ghost[];
  readonly unreachable: readonly Unreachable[];
  /** What does not fit the picture: "37 freed", "and 9,912 more objects". */
  readonly notes: readonly string[];
  /** What a screen reader says instead of the picture. */
  readonly title: string;
}
