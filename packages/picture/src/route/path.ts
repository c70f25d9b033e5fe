/** Points of right-angled lines as an SVG path with rounded corners. */
export type Point = readonly [x: number, y: number];

const RADIUS = 8;

/** Points that neither turn nor move are left out. */
export function simplify(points: readonly Point[]): Point[] {
  const out: Point[] = [];
  for (const p of points) {
    const [a, b] = [out.at(-2), out.at(-1)];
    if (b !== undefined && b[0] === p[0] && b[1] === p[1]) continue;
    const straight =
      a !== undefined && b !== undefined && ((a[0] === b[0] && b[0] === p[0]) || (a[1] === b[1] && b[1] === p[1]));
    if (straight) out.pop();
    out.push(p);
  }
  return out;
}

const n = (value: number): string => String(Math.round(value * 10) / 10);
const length = (a: Point, b: Point): number => Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);
/** The point at `distance` from a on the way to b; the way is horizontal or vertical. */
const along = (a: Point, b: Point, distance: number): Point => [
  a[0] + Math.sign(b[0] - a[0]) * distance,
  a[1] + Math.sign(b[1] - a[1]) * distance,
];

export function pathText(points: readonly Point[]): string {
  const corners = simplify(points);
  const first = corners[0] as Point;
  let out = `M${n(first[0])} ${n(first[1])}`;
  for (let k = 1; k < corners.length; k++) {
    const [a, b, c] = [corners[k - 1] as Point, corners[k] as Point, corners[k + 1]];
    if (c === undefined) {
      out += ` L${n(b[0])} ${n(b[1])}`;
      continue;
    }
    const r = Math.min(RADIUS, length(a, b) / 2, length(b, c) / 2);
    const [p, q] = [along(b, a, r), along(b, c, r)];
    out += ` L${n(p[0])} ${n(p[1])} Q${n(b[0])} ${n(b[1])} ${n(q[0])} ${n(q[1])}`;
  }
  return out;
}
