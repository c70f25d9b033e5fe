/** Where each arrow arrives: 10 apart, ordered by where it comes from, from above first. */
import { HEADER } from '../measure.ts';
import type { Arrow } from '../layout.ts';

export interface Port {
  readonly x: number;
  readonly y: number;
  /** At the left edge, going right; or at the lower edge, going up: for references that lead back. */
  readonly edge: 'left' | 'lower';
}

const APART = 10;

export function portsOf(arrows: readonly Arrow[]): Port[] {
  const out = new Array<Port>(arrows.length);
  const arrivals = new Map<string, number[]>();
  arrows.forEach((arrow, k) => {
    const edge = arrow.to.column > arrow.from.column ? 'left' : 'lower';
    const key = `${edge} ${arrow.to.card.id}`;
    const list = arrivals.get(key);
    if (list === undefined) arrivals.set(key, [k]);
    else list.push(k);
  });
  for (const [key, list] of arrivals) {
    list.sort((a, b) => arrows[a]!.from.y - arrows[b]!.from.y || arrows[a]!.from.x - arrows[b]!.from.x || a - b);
    const { to } = arrows[list[0] as number] as Arrow;
    const left = key.startsWith('left');
    const room = left ? HEADER - 10 : to.width - 72;
    const apart = Math.min(APART, room / Math.max(1, list.length - 1));
    const first = to.y + HEADER / 2 - ((list.length - 1) / 2) * apart;
    const top = left
      ? first +
        straightening(
          list.map((k) => arrows[k]!.from.y),
          first,
          apart,
          to.y,
        )
      : 0;
    list.forEach((k, i) => {
      out[k] = left
        ? { edge: 'left', x: to.x, y: top + i * apart }
        : { edge: 'lower', x: to.x + 60 + i * apart, y: to.y + to.height };
    });
  }
  return out;
}

/** By how much all arrivals move so that one of them comes in without a bend, if that is little and they stay in the header. */
function straightening(from: readonly number[], first: number, apart: number, top: number): number {
  for (const [i, y] of from.entries()) {
    const shift = y - (first + i * apart);
    const last = first + shift + (from.length - 1) * apart;
    if (Math.abs(shift) <= 12 && first + shift >= top + 5 && last <= top + HEADER - 5) return shift;
  }
  return 0;
}
