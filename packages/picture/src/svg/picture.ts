/** A scene as one SVG. The same text for the page and for a file; only the style differs. */
import { type Arrow, layoutOf, type Layout } from '../layout.ts';
import type { Actor } from '../place/places.ts';
import { pathText, type Point } from '../route/path.ts';
import { routesOf } from '../route/routes.ts';
import type { Scene } from '../scene.ts';
import { frameCard, ghostCard, objectCard } from './cards.ts';
import { escapeText, px, textAt } from './markup.ts';
import { type Region, regionMarkup, regionsOf } from './regions.ts';
import { styleOf, type Theme } from './theme.ts';

export interface PictureOptions {
  /** The colours; null: the page has the rules (styleOf) and the tokens. Default 'auto': what the reader's system prefers. */
  readonly theme?: Theme | null;
  /** The object that is looked at: it and its holders' arrows are marked. */
  readonly chosen?: number;
  /** Who is there over the run, so that nothing moves from moment to moment. */
  readonly cast?: readonly Actor[];
  /** How wide frames get over the run. */
  readonly stack?: number;
  /** Begins the names of what is defined inside, where several pictures stand on one page. */
  readonly prefix?: string;
}

/** Over so many arrows only those of the chosen object are full. */
const MANY_ARROWS = 40;

/** One piece of a picture: whoever shows many moments replaces only pieces whose text is another. */
export interface PicturePart {
  /** The same for one thing at every moment. */
  readonly key: string;
  readonly markup: string;
  /** Of an arrow: the ids of what holds (a frame's, or an object's) and of what is held. */
  readonly from?: number | string;
  readonly to?: number;
}
export interface PictureParts {
  readonly width: number;
  readonly height: number;
  readonly layout: Layout;
  /** In the order in which they are drawn. */
  readonly parts: readonly PicturePart[];
  /** So many arrows that those of no interest are drawn faint. */
  readonly many: boolean;
}

export function pictureParts(scene: Scene, options: PictureOptions = {}): PictureParts {
  const layout = layoutOf(scene, options.cast, options.stack);
  const prefix = options.prefix ?? 'moult';
  const cut = new Set(scene.unreachable.flatMap((u) => u.members));
  const notes = scene.notes.join(' · ');
  const around = regionsOf(layout, scene.unreachable);
  const width = Math.max(layout.width, ...around.map((r) => r.hull.x + r.hull.width + 12));
  const bottom = Math.max(layout.height, ...around.map((r) => r.hull.y + r.hull.height + 20));
  const height = bottom + (notes === '' ? 0 : 20);
  const heaps = [...layout.objects, ...layout.ghosts].map((o) => o.x);
  const title = (x: number, text: string): string =>
    textAt(x, 26, text, { size: 12, class: 'sans ink-3', weight: 600 });
  const parts: PicturePart[] = [
    { key: 'titles', markup: title(20, 'Stack') + (heaps.length === 0 ? '' : title(Math.min(...heaps), 'Heap')) },
    ...around.map((r) => ({ key: `r${r.members[0]}`, markup: regionMarkup(r, `${prefix}-hatch`) })),
    ...layout.ghosts.map((g) => ({ key: `g${g.card.id}`, markup: ghostCard(g) })),
    ...layout.frames.map((f) => ({ key: `f${f.card.id}`, markup: frameCard(f) })),
    ...layout.objects.map((o) => ({
      key: `o${o.card.id}`,
      markup: objectCard(o, cut.has(o.card.id), o.card.id === options.chosen),
    })),
    ...arrows(layout, around, prefix, options.chosen),
  ];
  if (notes !== '') {
    parts.push({ key: 'notes', markup: textAt(20, height - 14, notes, { size: 12, class: 'sans ink-3' }) });
  }
  return { width, height, layout, parts, many: layout.arrows.length > MANY_ARROWS };
}

export function picture(scene: Scene, options: PictureOptions = {}): string {
  const { width, height, parts } = pictureParts(scene, options);
  const theme = options.theme === undefined ? 'auto' : options.theme;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="moult-picture" width="${px(width)}" height="${px(height)}" viewBox="0 0 ${px(width)} ${px(height)}" role="img" aria-label="${escapeText(scene.title)}">`,
    theme === null ? '' : `<style>${styleOf(theme)}</style>`,
    pictureDefinitions(options.prefix ?? 'moult'),
    theme === null ? '' : `<rect width="100%" height="100%" fill="var(--bg)"/>`,
    ...parts.map((p) => p.markup),
    '</svg>',
  ].join('');
}

/** Arrow heads and hatches, which parts refer to. */
export function pictureDefinitions(prefix: string): string {
  const head = (name: string, colour: string): string =>
    `<marker id="${prefix}-${name}" viewBox="0 0 8 8" refX="7.4" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 .6 7.6 4 0 7.4z" fill="var(--${colour})"/></marker>`;
  return `<defs>${head('arrow', 'arrow')}${head('chosen', 'sel')}<pattern id="${prefix}-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8" fill="var(--cut-soft)"/><rect width="1.6" height="8" fill="var(--cut-hatch)"/></pattern></defs>`;
}

function arrows(layout: Layout, around: readonly Region[], prefix: string, chosen: number | undefined): PicturePart[] {
  const many = layout.arrows.length > MANY_ARROWS;
  const times = new Map<string, number>();
  return routesOf(layout).map((found, k) => {
    const arrow = layout.arrows[k]!;
    const from = arrow.holder === 0 ? arrow.frame : arrow.holder;
    const to = arrow.to.card.id;
    const name = `a${from}>${to}${arrow.removed ? '-' : ''}`;
    const time = times.get(name) ?? 0;
    times.set(name, time + 1);
    const part = { key: `${name}.${time}`, from, to };
    if (arrow.removed) {
      const route = toRegion(arrow, found, around);
      const path = pathText(route.slice(0, -1).concat([beforeEnd(route)]));
      const [x, y] = beforeEnd(route);
      const cross = `<path d="m${px(x - 5)} ${px(y - 5)} 10 10m0-10-10 10" stroke="var(--cut-line)" stroke-width="2.25"/>`;
      return { ...part, markup: `<g><path class="arrow removed" d="${path}"/>${cross}</g>` };
    }
    const mine = chosen !== undefined && (to === chosen || from === chosen);
    const look = mine && to === chosen ? ' chosen' : many && !mine ? ' faint' : '';
    const head = `${prefix}-${look === ' chosen' ? 'chosen' : 'arrow'}`;
    return { ...part, markup: `<path class="arrow${look}" d="${pathText(found)}" marker-end="url(#${head})"/>` };
  });
}
/** Into what is cut off nothing leads: a reference that this step removed ends before its region. */
function toRegion(arrow: Arrow, route: readonly Point[], around: readonly Region[]): readonly Point[] {
  const region = around.find(
    (r) => r.whole && r.members.includes(arrow.to.card.id) && !r.members.includes(arrow.holder),
  );
  const [start, first] = route;
  if (region === undefined || start === undefined || first === undefined) return route;
  const { x, y, height } = region.hull;
  const column = arrow.from.box.x + arrow.from.box.width;
  if (column + 24 > x) return route;
  const middle = Math.min(Math.max(start[1], y + 20), y + height - 20);
  const lane = Math.min(column + 28, x - 20);
  return [start, [lane, start[1]], [lane, middle], [x + 8, middle]];
}
/** A removed reference ends before its old target. */
function beforeEnd(route: readonly Point[]): Point {
  const [a, b] = [route.at(-2)!, route.at(-1)!];
  return [b[0] - Math.sign(b[0] - a[0]) * 12, b[1] - Math.sign(b[1] - a[1]) * 12];
}
