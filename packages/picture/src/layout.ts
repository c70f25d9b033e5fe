/** Cards with their places, and from where to where each arrow goes. */
import { CARD_GAP, DETAIL, frameSize, ghostSize, GUTTER, HEADER, MARGIN, objectSize, ROW, TOP } from './measure.ts';
import { castOf } from './place/cast.ts';
import { type Actor, placesOf } from './place/places.ts';
import type { FrameCard, Ghost, ObjectCard, Row, Scene } from './scene.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface Placed<T> extends Box {
  readonly card: T;
  /** The column; 0 is the stack. */
  readonly column: number;
}
/** A reference to draw: it leaves a row's dot and arrives at a card. */
export interface Arrow {
  readonly from: { readonly x: number; readonly y: number; readonly box: Box; readonly column: number };
  readonly to: Placed<ObjectCard>;
  readonly removed: boolean;
  /** The id of the object that holds it; 0 for a frame. */
  readonly holder: number;
  /** The id of the frame that holds it; '' for an object. */
  readonly frame: string;
}
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly Placed<FrameCard>[];
  readonly objects: readonly Placed<ObjectCard>[];
  readonly ghosts: readonly Placed<Ghost>[];
  readonly arrows: readonly Arrow[];
}

/** Where a row's middle is, under the top of its card. */
export function rowMiddle(card: { readonly detail?: string; readonly text?: string }, index: number): number {
  return HEADER + (card.detail === undefined ? 0 : DETAIL) + (card.text === undefined ? 0 : ROW) + index * ROW + 15;
}

/** `cast`: who is there over the run, if known; else the picture is of this scene alone. `stack`: how wide frames get. */
export function layoutOf(scene: Scene, cast: readonly Actor[] = castOf(scene), stack = 0): Layout {
  const places = placesOf(cast);
  const frames: Placed<FrameCard>[] = [];
  const stackWidth = Math.max(168, stack, ...scene.frames.map((f) => frameSize(f).width));
  let y = TOP;
  for (const card of scene.frames) {
    const { height } = frameSize(card);
    frames.push({ card, column: 0, x: MARGIN, y, width: stackWidth, height });
    y += height + CARD_GAP / 2;
  }
  const columns = columnsOf(scene, cast, places, stackWidth);
  const place = <T extends { readonly id: number }>(card: T, size: { width: number; height: number }): Placed<T> => {
    const { column, y: top } = places.get(card.id) ?? { column: 1, y: TOP };
    const at = columns.get(column) ?? { x: MARGIN, width: size.width };
    return { card, column, x: at.x, y: top, width: at.width, height: size.height };
  };
  const objects = scene.objects.map((card) => place(card, objectSize(card)));
  const ghosts = scene.ghosts.map((card) => place(card, ghostSize(card)));
  const last = [...columns.values()].at(-1);
  const bottom = Math.max(...[...frames, ...objects, ...ghosts].map((b) => b.y + b.height), TOP);
  return {
    width: (last === undefined ? MARGIN + stackWidth : last.x + last.width) + MARGIN + 24,
    height: bottom + MARGIN + 24,
    frames,
    objects,
    ghosts,
    arrows: arrowsOf(frames, objects),
  };
}

function columnsOf(
  scene: Scene,
  cast: readonly Actor[],
  places: ReadonlyMap<number, { readonly column: number }>,
  stackWidth: number,
): Map<number, { x: number; width: number }> {
  const widths = new Map<number, number>();
  const widen = (id: number, width: number): void => {
    const column = places.get(id)?.column ?? 1;
    widths.set(column, Math.max(widths.get(column) ?? 0, width));
  };
  for (const card of scene.objects) widen(card.id, objectSize(card).width);
  for (const card of scene.ghosts) widen(card.id, ghostSize(card).width);
  for (const actor of cast) {
    if (actor.parts === undefined) widen(actor.id, actor.width ?? 0);
    else for (const part of actor.parts) widen(part.id, part.width);
  }
  const out = new Map<number, { x: number; width: number }>();
  let x = MARGIN + stackWidth + GUTTER;
  const most = Math.max(0, ...widths.keys());
  for (let column = 1; column <= most; column++) {
    const width = widths.get(column) ?? 0;
    out.set(column, { x, width });
    x += width + GUTTER;
  }
  return out;
}

function arrowsOf(frames: readonly Placed<FrameCard>[], objects: readonly Placed<ObjectCard>[]): Arrow[] {
  const byId = new Map(objects.map((o) => [o.card.id, o]));
  const arrows: Arrow[] = [];
  const add = (
    placed: Placed<{ readonly rows: readonly Row[]; readonly detail?: string; readonly text?: string }>,
    holder: number,
    frame = '',
  ): void => {
    placed.card.rows.forEach((row, index) => {
      const from = {
        x: placed.x + placed.width - 14,
        y: placed.y + rowMiddle(placed.card, index),
        box: placed,
        column: placed.column,
      };
      for (const [id, removed] of [
        [row.target, false],
        [row.removedTarget, true],
      ] as const) {
        const to = id === undefined ? undefined : byId.get(id);
        if (to === undefined) continue;
        // what is gone left no dot: its arrow leaves the card's edge
        arrows.push({ from: removed ? { ...from, x: placed.x + placed.width } : from, to, removed, holder, frame });
      }
    });
  };
  for (const frame of frames) add(frame, 0, frame.card.id);
  for (const object of objects) add(object, object.card.id);
  return arrows;
}
