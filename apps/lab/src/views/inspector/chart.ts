/** A count over time as a small step chart: one column for each change, so that lines can be read under it. */
import type { LifeData } from '../../model/inspector/life.ts';
import { svg } from '../dom.ts';

const WIDTH = 304;
const HEIGHT = 96;
const LEFT = 20;
const TOP = 8;
const BOTTOM = 22;
/** Changes drawn: of more, the last. */
const MOST = 12;

export function lifeChart(life: LifeData): SVGElement {
  const events = life.events.slice(-MOST);
  const most = Math.max(1, ...events.map((e) => Math.max(e.before, e.after)));
  const column = (WIDTH - LEFT - 8) / (events.length + 1);
  const x = (k: number): number => LEFT + (k + 0.5) * column;
  const y = (value: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / most);
  const words = events.map((e) => `${e.line === null ? '' : `line ${e.line}: `}${e.before} to ${e.after}`).join('; ');
  const chart = svg('svg', {
    class: 'life',
    width: WIDTH,
    height: HEIGHT,
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: 'img',
    'aria-label': `Count over time: ${words}`,
  });
  for (const tick of [...new Set([0, Math.ceil(most / 2), most])]) {
    chart.append(svg('path', { class: 'grid', d: `M${LEFT} ${y(tick)}H${WIDTH}` }));
    chart.append(text(LEFT - 8, y(tick) + 4, String(tick), 'end'));
  }
  const first = events[0];
  const line = (from: number, to: number): string => {
    let d = '';
    for (let k = from; k <= to; k++) {
      const event = events[k];
      if (event === undefined) continue;
      if (d === '') d = `M${x(k)} ${y(event.before)}`;
      d += `V${y(event.after)}H${k === to && to < events.length - 1 ? x(k + 1) : k === events.length - 1 ? (event.after === 0 ? x(k) : WIDTH - 8) : x(k + 1)}`;
    }
    return d;
  };
  const now = events.filter((e) => e.at <= life.now).length - 1;
  if (first !== undefined) {
    chart.append(svg('path', { class: 'line later', d: line(0, events.length - 1) }));
    if (now >= 0) chart.append(svg('path', { class: 'line', d: line(0, now) }));
  }
  for (const [k, event] of events.entries()) {
    const down = event.after < event.before;
    const state = event.at <= life.now ? '' : ' later';
    chart.append(svg('circle', { class: `${down ? 'down' : 'up'}${state}`, cx: x(k), cy: y(event.after), r: 4 }));
    if (event.line !== null) chart.append(text(x(k), HEIGHT - 4, String(event.line), 'middle', k === now ? 'now' : ''));
  }
  return chart;
}

function text(x: number, y: number, words: string, anchor: string, name = ''): SVGElement {
  const element = svg('text', { x, y, 'text-anchor': anchor, class: name });
  element.textContent = words;
  return element;
}
