/** What nothing outside leads to: one dashed, hatched region around it, or a hatch behind each card where others lie between. */
import type { Box, Layout } from '../layout.ts';
import { GROUP_MARGIN } from '../measure.ts';
import type { Unreachable } from '../scene.ts';
import { px, textAt } from './markup.ts';

const AROUND = 22;
const TITLE = GROUP_MARGIN - AROUND;

export interface Region {
  readonly members: readonly number[];
  readonly inside: readonly Box[];
  readonly hull: Box;
  /** Nothing else lies inside. */
  readonly whole: boolean;
  readonly title: string;
  readonly note: string;
}

export function regionsOf(layout: Layout, unreachable: readonly Unreachable[]): Region[] {
  const all = [...layout.frames, ...layout.objects, ...layout.ghosts];
  return unreachable.flatMap(({ members, title, note }) => {
    const inside = layout.objects.filter((o) => members.includes(o.card.id));
    if (inside.length === 0) return [];
    const hull = hullOf(inside, title, note);
    const whole = all.every((box) => inside.some((i) => i === box) || !meets(hull, box));
    return [{ members, inside, hull, whole, title, note }];
  });
}

export function regionMarkup({ inside, hull, whole, title, note }: Region, hatch: string): string {
  if (!whole) return `<g>${inside.map((o) => framed(grown(o, 8), hatch, 10)).join('')}</g>`;
  const body: Box = { x: hull.x, y: hull.y + TITLE, width: hull.width, height: hull.height - 2 * TITLE };
  return (
    `<g>${filled(hull, 'var(--cut-soft)', 12)}${filled(body, `url(#${hatch})`, 0)}${outline(hull, 12)}` +
    textAt(hull.x + AROUND, hull.y + 20, title, { size: 13.5, class: 'sans cut', weight: 650 }) +
    `${textAt(hull.x + AROUND, hull.y + hull.height - 10, note, { size: 13, class: 'sans cut' })}</g>`
  );
}
/** A guess at the width of text in a sans face, on the large side. */
const SANS = 0.56;
function hullOf(boxes: readonly Box[], title: string, note: string): Box {
  const x = Math.min(...boxes.map((b) => b.x)) - AROUND;
  const y = Math.min(...boxes.map((b) => b.y)) - AROUND - TITLE;
  const text = Math.max(title.length * 13.5, note.length * 13) * SANS;
  const right = Math.max(x + text + AROUND, ...boxes.map((b) => b.x + b.width)) + AROUND;
  const bottom = Math.max(...boxes.map((b) => b.y + b.height)) + AROUND + TITLE;
  return { x, y, width: right - x, height: bottom - y };
}
const grown = (b: Box, by: number): Box => ({
  x: b.x - by,
  y: b.y - by,
  width: b.width + 2 * by,
  height: b.height + 2 * by,
});
const meets = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const box = (b: Box): string => `x="${px(b.x)}" y="${px(b.y)}" width="${px(b.width)}" height="${px(b.height)}"`;
const filled = (b: Box, fill: string, radius: number): string => `<rect ${box(b)} rx="${radius}" fill="${fill}"/>`;
const outline = (b: Box, radius: number): string =>
  `<rect ${box(b)} rx="${radius}" fill="none" stroke="var(--cut-line)" stroke-width="1.5" stroke-dasharray="6 4"/>`;
const framed = (b: Box, hatch: string, radius: number): string =>
  filled(b, `url(#${hatch})`, radius) + outline(b, radius);
