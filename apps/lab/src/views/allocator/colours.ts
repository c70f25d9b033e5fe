/** The map's colours, read from the page's tokens: canvas pixels know no style sheet. */
import type { AllocatorData } from '../../model/allocator/allocator.ts';
import type { Grounds } from './map.ts';

/** By colouring, the tokens of the codes from 2 on; the first two are free and kept. */
const TOKENS: Readonly<Record<AllocatorData['colouring'], readonly string[]>> = {
  type: ['--t-str', '--t-tuple', '--t-bytes', '--t-dict', '--t-list', '--t-oth'],
  class: ['--t-list', '--t-str', '--t-dict', '--t-tuple', '--t-oth'],
  owner: ['--live', '--live-2', '--free-2', '--free', '--t-oth'],
};

export interface Colours {
  readonly palette: Uint32Array;
  readonly grounds: Grounds;
  readonly ink: string;
  readonly sel: string;
  readonly freeInk: string;
  readonly sans: string;
}

export function coloursNow(element: Element, colouring: AllocatorData['colouring']): Colours {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const pixel = (name: string): number => packed(token(name));
  const palette = new Uint32Array(16).fill(pixel('--t-oth'));
  palette[0] = pixel('--panel');
  palette[1] = pixel('--ghost-soft');
  for (const [k, name] of TOKENS[colouring].entries()) palette[2 + k] = pixel(name);
  return {
    palette,
    grounds: {
      back: pixel('--bg'),
      unused: pixel('--sunk'),
      gap: pixel('--bg'),
      kept: pixel('--ghost-line'),
    },
    ink: token('--ink'),
    sel: token('--sel'),
    freeInk: token('--free-ink'),
    sans: token('--sans'),
  };
}

/** A colour as a pixel of an ImageData on a little-endian machine. A canvas writes any colour as "#rrggbb". */
function packed(colour: string): number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return 0;
  context.fillStyle = colour;
  const n = Number.parseInt(String(context.fillStyle).slice(1, 7), 16);
  const [r, g, b] = [(n >> 16) & 255, (n >> 8) & 255, n & 255];
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}
