/** Something over time as a stepped area: live bytes along a run, with marks for collections. */
import { escapeText, px, textAt } from '../svg/markup.ts';
import { styleOf, type Theme } from '../svg/theme.ts';
import { bytesText, ticksOf } from './scale.ts';

export interface Mark {
  readonly at: number;
  readonly text: string;
  readonly kind: 'collection' | 'output' | 'exception';
}
export interface TimeChart {
  readonly title: string;
  /** What the area shows, and the unit of its axis. */
  readonly label: string;
  readonly unit: 'number' | 'bytes';
  /** Moments, rising, and the value from each on. */
  readonly moments: readonly number[];
  readonly values: readonly number[];
  /** The last moment. */
  readonly end: number;
  readonly marks: readonly Mark[];
  /** What moments count: "instruction", "line". */
  readonly axis: string;
}
export interface ChartOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: Theme | null;
}

const LEFT = 96;
const RIGHT = 24;
const ABOVE = 36;
const BELOW = 36;

export function timeChart(chart: TimeChart, options: ChartOptions = {}): string {
  const width = options.width ?? 1096;
  const height = options.height ?? 160;
  const theme = options.theme === undefined ? 'auto' : options.theme;
  const most = chart.values.reduce((a, b) => Math.max(a, b), 1);
  const ticks = ticksOf(most, 3, chart.unit);
  const top = ticks.at(-1) as number;
  const x = (moment: number): number => LEFT + ((width - LEFT - RIGHT) * moment) / Math.max(1, chart.end);
  const y = (value: number): number => height - BELOW - ((height - ABOVE - BELOW) * value) / top;
  const line = steps(chart, x, y);
  const name = (value: number): string => (chart.unit === 'bytes' ? bytesText(value) : value.toLocaleString('en-US'));
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" class="moult-picture" width="${px(width)}" height="${px(height)}" viewBox="0 0 ${px(width)} ${px(height)}" role="img" aria-label="${escapeText(chart.title)}">`,
    `<style>${styleOf(theme)}</style>`,
    theme === null ? '' : '<rect width="100%" height="100%" fill="var(--card)"/>',
    textAt(20, 20, chart.label, { size: 12, class: 'sans ink-2', weight: 600 }),
    ...ticks.map(
      (value) =>
        `<path class="rule" d="M${LEFT} ${px(y(value))}H${px(width - RIGHT)}"/>` +
        textAt(LEFT - 8, y(value) + 4, name(value), { size: 11, class: 'ink-3', anchor: 'end' }),
    ),
    `<path d="${line} V${px(y(0))} H${px(x(0))} Z" fill="var(--live)" opacity=".14"/>`,
    `<path d="${line}" fill="none" stroke="var(--live)" stroke-width="1.75"/>`,
    ...chart.marks.map((mark) => markAt(mark, x(mark.at), height)),
    ...ticksOf(chart.end, 8)
      .filter((value) => value <= chart.end)
      .map((value) =>
        textAt(x(value), height - 14, value.toLocaleString('en-US'), { size: 11, class: 'ink-3', anchor: 'middle' }),
      ),
    textAt(20, height - 14, chart.axis, { size: 11, class: 'sans ink-3' }),
    '</svg>',
  ];
  return parts.join('');
}

/** A stepped line; of many moments in one pixel only the least and the most. */
function steps(chart: TimeChart, x: (moment: number) => number, y: (value: number) => number): string {
  let out = '';
  let column = Number.NaN;
  let [least, most, last] = [0, 0, 0];
  const flush = (): void => {
    if (Number.isNaN(column)) return;
    if (least !== last && least !== most) out += ` V${px(y(least))}`;
    if (most !== last) out += ` V${px(y(most))}`;
    out += ` V${px(y(last))}`;
  };
  chart.moments.forEach((moment, k) => {
    const value = chart.values[k] as number;
    const at = Math.round(x(moment));
    if (at !== column) {
      flush();
      out += out === '' ? `M${at} ${px(y(value))}` : ` H${at}`;
      column = at;
      least = value;
      most = value;
    }
    least = Math.min(least, value);
    most = Math.max(most, value);
    last = value;
  });
  flush();
  return `${out === '' ? `M${px(x(0))} ${px(y(0))}` : out} H${px(x(chart.end))}`;
}
function markAt(mark: Mark, x: number, height: number): string {
  if (mark.kind !== 'collection')
    return `<circle cx="${px(x)}" cy="${px(height - BELOW + 6)}" r="2.5" fill="var(--ink-3)"><title>${escapeText(mark.text)}</title></circle>`;
  return `<path d="M${px(x)} ${ABOVE - 4}V${px(height - BELOW)}" stroke="var(--scr-line)" stroke-dasharray="2 3"/><path d="m${px(x)} ${ABOVE - 12} 5 5-5 5-5-5z" fill="var(--scr)"><title>${escapeText(mark.text)}</title></path>`;
}
