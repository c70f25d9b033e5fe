// The page's own reckoning, without a page: wishes that are joined, moments and pixels, what a program imports.
import { describe, expect, it } from 'vitest';
import type { Target, ViewOptions } from '../src/protocol.ts';
import { joined, type Wish } from '../src/session/wishes.ts';
import { axisOf, chartOf, sampleAt, scaleOf } from '../src/time/chart.ts';
import type { StripData } from '../src/time/strip.ts';

const options: ViewOptions = { level: 'simple', unit: 'line', selected: null, pinned: [], narrow: false, own: {} };
const wish = (to?: Target): Wish => ({ ...(to === undefined ? {} : { to }), views: ['picture'], options });
const steps = (direction: 1 | -1, count = 1, unit: 'line' | 'call' = 'line'): Target => ({
  kind: 'step',
  unit,
  direction,
  count,
});

describe('wishes that wait', () => {
  it('of steps add up, and cancel', () => {
    expect(joined(wish(steps(1)), wish(steps(1))).to).toEqual(steps(1, 2));
    expect(joined(wish(steps(1, 3)), wish(steps(-1, 1))).to).toEqual(steps(1, 2));
    expect(joined(wish(steps(-1)), wish(steps(1, 3))).to).toEqual(steps(1, 2));
    expect(joined(wish(steps(1)), wish(steps(-1))).to).toBeUndefined();
  });
  it('of another place or unit take the place of what waits', () => {
    const end: Target = { kind: 'moment', at: 9 };
    expect(joined(wish(steps(1)), wish(end)).to).toEqual(end);
    expect(joined(wish(end), wish(steps(1))).to).toEqual(steps(1));
    expect(joined(wish(steps(1)), wish(steps(1, 1, 'call'))).to).toEqual(steps(1, 1, 'call'));
  });
  it('that only change what is shown leave the place', () => {
    const other = { ...wish(), options: { ...options, level: 'true' as const } };
    expect(joined(wish(steps(1)), other)).toEqual({ ...other, to: steps(1) });
    expect(joined(null, other)).toEqual(other);
  });
});

const strip: StripData = {
  length: 100,
  at: [1, 10, 90, 100],
  live: [0, 64, 128, 64],
  made: [0, 1, 2, 2],
  born: [0, 1, 1, 0],
  died: [0, 0, 0, 1],
  unreachable: [0, 0, 64, null],
  collections: [{ at: 95, generation: 2, freed: 1 }],
  lines: [
    { at: 1, line: 3 },
    { at: 10, line: 4 },
    { at: 90, line: 3 },
  ],
  complete: true,
};
const frame = { width: 1000, height: 144 };

describe('the strip', () => {
  it('gives each line the same room, and takes a pixel to the nearest line', () => {
    const scale = scaleOf(strip, 100, frame, false);
    const places = [1, 10, 90, 100].map((at) => scale.x(at));
    expect(places[0]).toBe(scale.left);
    expect(places[3]).toBe(scale.right);
    const gaps = places.slice(1).map((x, k) => Math.round(x - (places[k] as number)));
    expect(new Set(gaps).size).toBe(1);
    for (const at of [1, 10, 90, 100]) expect(scale.momentAt(scale.x(at) + 3)).toBe(at);
    expect([scale.momentAt(-50), scale.momentAt(5000)]).toEqual([1, 100]);
  });
  it('is even in time where lines are many', () => {
    const scale = scaleOf({ ...strip, lines: null }, 100, frame, false);
    expect(scale.momentAt(scale.x(37))).toBe(37);
    expect(scale.x(50)).toBeCloseTo((scale.left + scale.right) / 2);
  });
  it('draws what lives, what cannot be reached, births and deaths', () => {
    const chart = chartOf(scaleOf(strip, 100, frame, false));
    expect(chart.line).toMatch(/^M76 98H/);
    expect(chart.cut.match(/M/g)?.length).toBe(1);
    expect([chart.births.length, chart.deaths.length]).toEqual([2, 1]);
    expect(chart.collections[0]?.text).toBe('Collection of generation 2');
  });
  it('says what holds at a moment; what was not computed is not known', () => {
    expect(sampleAt(strip, 95)).toEqual({ live: 128, cut: 64 });
    expect(sampleAt(strip, 100)).toEqual({ live: 64, cut: null });
  });
  it('names the lines, and marks the one that ran', () => {
    const axis = axisOf(scaleOf(strip, 100, frame, false), 10);
    expect(axis.map(({ text }) => text)).toEqual(['Line', '3', '4', '3']);
    expect(axis.filter(({ now }) => now).map(({ text }) => text)).toEqual(['4']);
  });
});
