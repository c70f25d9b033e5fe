/**
 * Where each object's card lies: decided once, when it is born, and kept until its ghost is gone.
 *
 * The cast is every object that the picture will show individually, in order of birth, with the time it is there. An
 * object takes the highest free place of its column: free means that none who was there before it, and is there at
 * some moment that it is, lies in the way. So the place depends on the run alone, not on the moment looked at nor the
 * way there.
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
}

export function placesOf(
  cast: readonly Actor[],
  top = TOP,
  gap = CARD_GAP,
): Map<number, { column: number; y: number }> {
  const columns = new Map<number, { actor: Actor; y: number }[]>();
  const places = new Map<number, { column: number; y: number }>();
  for (const actor of cast) {
    const others = columns.get(actor.column) ?? [];
    const inTheWay = others
      .filter(({ actor: other }) => other.from < actor.until && actor.from < other.until)
      .sort((a, b) => a.y - b.y);
    let y = top;
    for (const { actor: other, y: taken } of inTheWay) {
      if (y + actor.height + gap <= taken) break;
      y = Math.max(y, taken + other.height + gap);
    }
    others.push({ actor, y });
    columns.set(actor.column, others);
    places.set(actor.id, { column: actor.column, y });
  }
  return places;
}
