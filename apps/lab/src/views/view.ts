/** What a view is: it mounts into its places and takes new data. It keeps no state of the run; what was chosen is in the session. */
import type { Ref, StageView, Target, ViewId } from '../protocol.ts';

export interface Actions {
  select(ref: Ref | null): void;
  /** The same ring in every view at once. */
  hover(ref: Ref | null): void;
  pin(ref: Ref, pinned: boolean): void;
  go(target: Target): void;
  /** Shows another view of the stage. */
  open(view: StageView): void;
  /** Keeps what a view has of its own; its model sees it in `options.own[view]`. */
  keep(view: ViewId, own: unknown): void;
  setLevel(level: 'simple' | 'true'): void;
  /** Writes a call into the program, behind the line that has run; the reader runs it. */
  propose(code: string): void;
  /** Says a change that is not the step's sentence to screen readers. */
  announce(text: string): void;
}

/** Where a view lives. Elements are its own while it is mounted, and empty before. */
export interface Rooms {
  /** Under the sentence: scrolls by itself. For the inspector: the whole pane. */
  readonly stage: HTMLElement;
  /** At the right of the tabs, 28 high: segmented buttons, chips. */
  readonly tools: HTMLElement;
  /** The pane at the right; null for views that leave it to the inspector. */
  readonly aside: HTMLElement | null;
}

export interface Mounted<Data> {
  update(data: Data): void;
  /** The object that is pointed at anywhere; null: none. */
  hover(ref: Ref | null): void;
  destroy(): void;
}

export interface View<Data> {
  readonly id: ViewId;
  /** The tab's word. */
  readonly title: string;
  /** The title of the right pane, where the view fills it; absent: the inspector stays. */
  readonly aside?: string;
  mount(rooms: Rooms, data: Data, actions: Actions): Mounted<Data>;
}
