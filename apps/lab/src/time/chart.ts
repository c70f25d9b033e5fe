/** The strip's geometry: moments to pixels, and what is drawn of the samples. */
import { bytesText, ticksOf } from '@moult/picture';
import type { StripData } from './strip.ts';

export interface Frame {
  readonly width: number;
  readonly height: number;
}
export interface Scale extends Frame {
  readonly data: StripData | null;
  /** No axis, no words: a narrow page. */
  readonly compact: boolean;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  x(moment: number): number;
  momentAt(x: number): number;
}

/** Where lines are few each has the same room, so that a line of few instructions can be pointed at; else time is even. */
export function scaleOf(data: StripData | null, length: number, frame: Frame, compact: boolean): Scale {
  const left = compact ? 16 : 76;
  const right = frame.width - (compact ? 16 : 28);
  const span = Math.max(1, right - left);
  const points =
    data?.lines == null
      ? null
      : evenly(
          data.lines.map((l) => l.at),
          data.length,
        );
  const x = (moment: number): number => {
    if (points === null) return left + (span * moment) / Math.max(1, length);
    const k = indexOf(points, moment);
    const [from, to] = [points[k] as number, points[k + 1] ?? (points[k] as number)];
    const part = to === from ? 0 : Math.max(0, (moment - from) / (to - from));
    return left + (span * Math.min(points.length - 1, k + part)) / Math.max(1, points.length - 1);
  };
  const momentAt = (at: number): number => {
    const part = Math.max(0, Math.min(1, (at - left) / span));
    if (points === null) return Math.round(part * length);
    // the nearest line's beginning: what lies between is reached by smaller steps
    return points[Math.round(part * (points.length - 1))] ?? 0;
  };
  return {
    ...frame,
    data,
    compact,
    left,
    right,
    top: compact ? 24 : 44,
    bottom: frame.height - (compact ? 10 : 46),
    x,
    momentAt,
  };
}

function evenly(at: readonly number[], length: number): number[] {
  const points = [...at];
  if (points.length === 0) points.push(0);
  if (points.at(-1) !== length) points.push(length);
  return points;
}
function indexOf(points: readonly number[], moment: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle] as number) <= moment) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

interface Dot {
  readonly x: number;
  readonly count: number;
}
export interface Chart {
  readonly ticks: readonly { readonly y: number; readonly text: string }[];
  readonly line: string;
  readonly area: string;
  /** What cannot be reached, as the upper part of what lives. */
  readonly cut: string;
  readonly births: readonly Dot[];
  readonly deaths: readonly Dot[];
  readonly collections: readonly { readonly x: number; readonly text: string; readonly generation: number | null }[];
}

/** So many collections carry their words. */
const WORDED = 2;

export function chartOf(scale: Scale): Chart {
  const { data } = scale;
  if (data === null) return { ticks: [], line: '', area: '', cut: '', births: [], deaths: [], collections: [] };
  const most = data.live.reduce((a, b) => Math.max(a, b), 1);
  const ticks = ticksOf(most, 2, 'bytes');
  const top = ticks.at(-1) ?? 1;
  const y = (value: number): number => Math.round(scale.bottom - ((scale.bottom - scale.top) * value) / top);
  let line = '';
  data.at.forEach((at, k) => {
    const x = Math.round(scale.x(at) * 10) / 10;
    const value = y(data.live[k] ?? 0);
    line += line === '' ? `M${x} ${value}` : `H${x}V${value}`;
  });
  line += `H${scale.right}`;
  const dots = (counts: readonly number[]): Dot[] =>
    counts.flatMap((count, k) => {
      // what happened between two samples stands in the middle of the way
      const x = Math.round((scale.x(data.at[k] ?? 0) + scale.x(data.at[k - 1] ?? 0)) / 2);
      return count === 0 || data.lines === null ? [] : [{ x, count }];
    });
  const worded = data.collections.length <= WORDED;
  return {
    ticks: ticks.map((value) => ({ y: y(value), text: bytesText(value) })),
    line,
    area: `${line}V${scale.bottom}H${scale.left}Z`,
    cut: cutOf(data, scale, y),
    births: dots(data.born),
    deaths: dots(data.died),
    collections: data.collections.map(({ at, generation }) => ({
      x: Math.round(scale.x(at)),
      text: `Collection of generation ${generation}`,
      generation: worded ? generation : null,
    })),
  };
}

function cutOf(data: StripData, scale: Scale, y: (value: number) => number): string {
  return data.at
    .map((at, k) => {
      const cut = data.unreachable[k] ?? 0;
      if (cut === 0) return '';
      const [from, to] = [scale.x(at), k + 1 < data.at.length ? scale.x(data.at[k + 1] as number) : scale.right];
      const live = data.live[k] ?? 0;
      return `M${from.toFixed(1)} ${y(live)}H${to.toFixed(1)}V${y(live - cut)}H${from.toFixed(1)}Z`;
    })
    .join('');
}

/** The sample that holds at a moment: bytes that live, and those of them that cannot be reached; null where that is not known. */
export function sampleAt(data: StripData, moment: number): { readonly live: number; readonly cut: number | null } {
  const k = indexOf(data.at, moment);
  return { live: data.live[k] ?? 0, cut: data.unreachable[k] ?? null };
}

/** Words under the axis: line numbers where lines are few, else instructions. `now`: where the step that ends here began. */
export function axisOf(
  scale: Scale,
  before: number | null,
): { x: number; text: string; now: boolean; label: boolean }[] {
  const { data } = scale;
  if (data === null) return [];
  const label = { x: scale.left - 10, text: data.lines === null ? 'Instr.' : 'Line', now: false, label: true };
  if (data.lines === null) {
    const out = ticksOf(data.length, 8)
      .filter((n) => n <= data.length)
      .map((n) => ({ x: Math.round(scale.x(n)), text: n.toLocaleString('en-US'), now: false, label: false }));
    return [label, ...out];
  }
  const out = [label];
  let last = -Infinity;
  data.lines.forEach(({ at, line }, k) => {
    const next = data.lines?.[k + 1]?.at ?? data.length;
    const x = Math.round((scale.x(at) + scale.x(next)) / 2);
    const text = String(line);
    if (x - last < text.length * 7 + 8 && at !== before) return;
    last = x;
    out.push({ x, text, now: at === before, label: false });
  });
  return out;
}
