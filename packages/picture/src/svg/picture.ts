/** A scene as one SVG. The same text for the page and for a file; only the style differs. */
import { layoutOf, type Layout } from '../layout.ts';
import type { Actor } from '../place/places.ts';
import { pathText } from '../route/path.ts';
import { routesOf } from '../route/routes.ts';
import type { Scene } from '../scene.ts';
import { frameCard, ghostCard, objectCard } from './cards.ts';
import { escapeText, px, textAt } from './markup.ts';
import { regions } from './regions.ts';
import { styleOf, type Theme } from './theme.ts';

export interface PictureOptions {
  /** The colours; null: the page's own tokens hold. Default 'auto': what the reader's system prefers. */
  readonly theme?: Theme | null;
  /** The object that is looked at: it and its holders' arrows are marked. */
  readonly chosen?: number;
  /** Who is there over the run, so that nothing moves from moment to moment. */
  readonly cast?: readonly Actor[];
  /** Begins the names of what is defined inside, where several pictures stand on one page. */
  readonly prefix?: string;
}

/** Over so many arrows only those of the chosen object are full. */
const MANY_ARROWS = 40;

export function picture(scene: Scene, options: PictureOptions = {}): string {
  const layout = layoutOf(scene, options.cast);
  const prefix = options.prefix ?? 'moult';
  const theme = options.theme === undefined ? 'auto' : options.theme;
  const cut = new Set(scene.unreachable.flatMap((u) => u.members));
  const notes = scene.notes.join(' · ');
  const height = layout.height + (notes === '' ? 0 : 20);
  const heap = layout.objects[0] ?? layout.ghosts[0];
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="moult-picture" width="${px(layout.width)}" height="${px(height)}" viewBox="0 0 ${px(layout.width)} ${px(height)}" role="img" aria-label="${escapeText(scene.title)}">`,
    `<style>${styleOf(theme)}</style>`,
    definitions(prefix),
    theme === null ? '' : `<rect width="100%" height="100%" fill="var(--bg)"/>`,
    textAt(20, 26, 'Stack', { size: 12, class: 'sans ink-3', weight: 600 }),
    heap === undefined
      ? ''
      : textAt(Math.min(...layout.objects.concat().map((o) => o.x), heap.x), 26, 'Heap', {
          size: 12,
          class: 'sans ink-3',
          weight: 600,
        }),
    regions(
      layout,
      `${prefix}-hatch`,
      scene.unreachable.map((u) => u.members),
      scene.unreachable,
    ),
    ...layout.ghosts.map(ghostCard),
    ...layout.frames.map(frameCard),
    ...layout.objects.map((o) => objectCard(o, cut.has(o.card.id), o.card.id === options.chosen)),
    arrows(layout, prefix, options.chosen),
    notes === '' ? '' : textAt(20, height - 14, notes, { size: 12, class: 'sans ink-3' }),
    '</svg>',
  ];
  return parts.join('');
}

function definitions(prefix: string): string {
  const head = (name: string, colour: string): string =>
    `<marker id="${prefix}-${name}" viewBox="0 0 8 8" refX="7.4" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 .6 7.6 4 0 7.4z" fill="var(--${colour})"/></marker>`;
  return `<defs>${head('arrow', 'arrow')}${head('chosen', 'sel')}<pattern id="${prefix}-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="8" height="8" fill="var(--cut-soft)"/><rect width="1.6" height="8" fill="var(--cut-hatch)"/></pattern></defs>`;
}

function arrows(layout: Layout, prefix: string, chosen: number | undefined): string {
  const many = layout.arrows.length > MANY_ARROWS;
  return routesOf(layout)
    .map((route, k) => {
      const arrow = layout.arrows[k]!;
      const path = pathText(arrow.removed ? route.slice(0, -1).concat([beforeEnd(route)]) : route);
      const mine = chosen !== undefined && (arrow.to.card.id === chosen || arrow.holder === chosen);
      if (arrow.removed) {
        const [x, y] = beforeEnd(route);
        return `<path class="arrow removed" d="${path}"/><path d="m${px(x - 5)} ${px(y - 5)} 10 10m0-10-10 10" stroke="var(--cut-line)" stroke-width="2.25"/>`;
      }
      const name = mine && arrow.to.card.id === chosen ? ' chosen' : many && !mine ? ' faint' : '';
      return `<path class="arrow${name}" d="${path}" marker-end="url(#${prefix}-${name === ' chosen' ? 'chosen' : 'arrow'})"/>`;
    })
    .join('');
}
/** A removed reference ends before its old target. */
function beforeEnd(route: readonly (readonly [number, number])[]): readonly [number, number] {
  const [a, b] = [route.at(-2)!, route.at(-1)!];
  return [b[0] - Math.sign(b[0] - a[0]) * 12, b[1] - Math.sign(b[1] - a[1]) * 12];
}
