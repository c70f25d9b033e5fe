/**
 * Arrows to the next column: right, up or down in the gutter, right. Lanes are chosen so that arrows of one direction do not
 * cross: of those that go down, the lowest turns first; of those that go up, the highest.
 */
export interface Crossing {
  readonly from: number;
  readonly to: number;
}
interface Turn extends Crossing {
  readonly down: boolean;
}

const APART = 10;

/** For each crossing of one gutter the x of its lane, between `left` and `right`. */
export function lanesOf(crossings: readonly Crossing[], left: number, right: number): number[] {
  const order = crossings
    .map((c, k) => ({ ...c, k, down: c.to > c.from }))
    .sort((a, b) => Number(a.down) - Number(b.down) || (a.down ? b.from - a.from : a.from - b.from) || a.k - b.k);
  const lanes: Turn[][] = [];
  const chosen = new Array<number>(crossings.length).fill(0);
  for (const c of order) {
    if (c.from === c.to) continue;
    // right of every lane of its direction that it overlaps: then its last stretch meets none of them
    const mine = (other: Turn): boolean => other.down === c.down && overlap(c, other);
    let lane = 0;
    for (const [k, taken] of lanes.entries()) if (taken.some(mine)) lane = k + 1;
    while (lanes[lane]?.some((other) => overlap(c, other))) lane++;
    while (lanes.length <= lane) lanes.push([]);
    lanes[lane]?.push(c);
    chosen[c.k] = lane;
  }
  const apart = Math.min(APART, (right - left) / Math.max(1, lanes.length));
  return chosen.map((lane) => left + lane * apart);
}

/** Closer than a lane's width counts as overlapping. */
function overlap(a: Crossing, b: Crossing): boolean {
  return Math.min(a.from, a.to) < Math.max(b.from, b.to) + 6 && Math.min(b.from, b.to) < Math.max(a.from, a.to) + 6;
}
