/** What nothing outside leads to: one dashed, hatched region around it, or a hatch behind each card where others lie between. */
import type { Box, Layout } from '../layout.ts';
import { px, textAt } from './markup.ts';

const AROUND = 22;
const TITLE = 26;

export function regions(
  layout: Layout,
  hatch: string,
  members: readonly (readonly number[])[],
  texts: readonly { title: string; note: string }[],
): string {
  return members.map((ids, k) => region(layout, hatch, ids, texts[k] as { title: string; note: string })).join('');
}

function region(layout: Layout, hatch: string, ids: readonly number[], text: { title: string; note: string }): string {
  const inside = layout.objects.filter((o) => ids.includes(o.card.id));
  if (inside.length === 0) return '';
  const hull = hullOf(inside);
  const alone = [...layout.frames, ...layout.objects, ...layout.ghosts].every(
    (box) => inside.some((i) => i === box) || !meets(hull, box),
  );
  if (!alone) return inside.map((o) => framed(grown(o, 8), hatch, 10)).join('');
  const body: Box = { x: hull.x, y: hull.y + TITLE, width: hull.width, height: hull.height - 2 * TITLE };
  return (
    filled(hull, 'var(--cut-soft)', 12) +
    filled(body, `url(#${hatch})`, 0) +
    outline(hull, 12) +
    textAt(hull.x + AROUND, hull.y + 20, text.title, { size: 13.5, class: 'sans cut', weight: 650 }) +
    textAt(hull.x + AROUND, hull.y + hull.height - 10, text.note, { size: 13, class: 'sans cut' })
  );
}
function hullOf(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((b) => b.x)) - AROUND;
  const y = Math.min(...boxes.map((b) => b.y)) - AROUND - TITLE;
  const right = Math.max(...boxes.map((b) => b.x + b.width)) + AROUND;
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
