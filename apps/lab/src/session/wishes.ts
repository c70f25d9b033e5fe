/** What the page wishes to see, while an earlier wish is under way. */
import type { Target, ViewId, ViewOptions } from '../protocol.ts';

export interface Wish {
  readonly to?: Target;
  readonly views: readonly ViewId[];
  readonly options: ViewOptions;
}
/** Two wishes as one: steps add up, another target takes the place of what waits, no target leaves it. */
export function joined(waiting: Wish | null, wish: Wish): Wish {
  if (waiting?.to === undefined) return wish;
  if (wish.to === undefined) return { ...wish, to: waiting.to };
  const [a, b] = [waiting.to, wish.to];
  if (a.kind !== 'step' || b.kind !== 'step' || a.unit !== b.unit) return wish;
  const count = a.count * a.direction + b.count * b.direction;
  if (count === 0) {
    const { to: _, ...rest } = wish;
    return rest;
  }
  return { ...wish, to: { ...b, direction: count > 0 ? 1 : -1, count: Math.abs(count) } };
}
