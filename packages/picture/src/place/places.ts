/**
 * Where each object's card lies: decided once, when it is born, and kept until its ghost is gone.
 *
 * The cast is every object that the picture will show individually, in order of birth, with the time it is there. An
 * object takes the highest free place of its column: free means that none who was there before it, and is there at
 * some moment that it is, lies in the way. So the place depends on the run alone, not on the moment looked at nor the
 * way there. Objects that will be cut off together are one actor: they lie side by side, and nothing comes between them.
 */
import { CARD_GAP, TOP } from '../measure.ts';

export interface Actor {
  readonly id: number;
  /** 1 is the column next to the stack. */
  readonly column: number;
  readonly height: number;
  /** From when and until when it is there; both are moments, `until` may be Infinity. */
  readonly from: number;
  readonly until: number;
  /** Of the card; its column is as wide as the widest. */
  readonly width?: number;
  /** More than one object: where each lies, from the first column and the top. */
  readonly parts?: readonly Part[];
}
export interface Part {
  readonly id: number;
  readonly column: number;
  readonly y: number;
  readonly width: number;
}

export interface Spot {
  readonly column: number;
  readonly y: number;
}

export function placesOf(cast: readonly Actor[], top = TOP, gap = CARD_GAP): Map<number, Spot> {
  const columns = new Map<number, { actor: Actor; y: number }[]>();
  const places = new Map<number, Spot>();
  for (const actor of cast) {
    const span = Math.max(0, ...(actor.parts ?? []).map((p) => p.column)) + 1;
    const mine = Array.from({ length: span }, (_, k) => actor.column + k);
    const inTheWay = mine
      .flatMap((column) => columns.get(column) ?? [])
      .filter(({ actor: other }) => other.from < actor.until && actor.from < other.until)
      .sort((a, b) => a.y - b.y);
    let y = top;
    for (const { actor: other, y: taken } of inTheWay) {
      if (y + actor.height + gap <= taken) break;
      y = Math.max(y, taken + other.height + gap);
    }
    for (const column of mine) {
      const others = columns.get(column);
      if (others === undefined) columns.set(column, [{ actor, y }]);
      else others.push({ actor, y });
    }
    if (actor.parts === undefined) places.set(actor.id, { column: actor.column, y });
    else for (const p of actor.parts) places.set(p.id, { column: actor.column + p.column, y: y + p.y });
  }
  return places;
}
