import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesText, ticksOf, timeChart } from '../src/index.ts';

describe('an axis', () => {
  it('has evenly spaced round steps that reach the most and not far beyond', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 40 }),
        fc.integer({ min: 2, max: 8 }),
        fc.constantFrom('number' as const, 'bytes' as const),
        (most, wanted, unit) => {
          const ticks = ticksOf(most, wanted, unit);
          const step = ticks[1]!;
          expect(ticks[0]).toBe(0);
          for (const [k, t] of ticks.entries()) expect(t).toBeCloseTo(k * step, 5);
          expect(ticks.at(-1)!).toBeGreaterThanOrEqual(most);
          expect(ticks.at(-1)! - most).toBeLessThan(step + 1e-9);
          expect(ticks.length).toBeLessThanOrEqual(wanted + 2);
        },
      ),
    );
  });
  it.each([
    [0, '0'],
    [456, '456 B'],
    [1024, '1 KiB'],
    [1536, '1.5 KiB'],
    [300 * 1024 * 1024, '300 MiB'],
  ])('%i bytes are %s', (bytes, text) => expect(bytesText(bytes)).toBe(text));
});

describe('a chart over time', () => {
  const chart = { title: 'Live bytes', label: 'Live bytes', unit: 'bytes' as const, marks: [], axis: 'Instruction' };
  it('keeps the greatest and the least of many moments in one pixel', () => {
    const moments = Array.from({ length: 100_000 }, (_, k) => k);
    const values = moments.map((k) => (k === 50_000 ? 1000 : k === 50_001 ? 0 : 500));
    const text = timeChart({ ...chart, moments, values, end: 100_000 }, { width: 600 });
    expect(text.length).toBeLessThan(60_000);
    const ys = [...text.matchAll(/ V(-?[\d.]+)/g)].map((m) => Number(m[1]));
    expect(Math.min(...ys)).toBeLessThan(60); // the one value of 1000 stands near the top
    expect(text).not.toContain('NaN');
  });
  it('is drawn for a run in which nothing happens', () => {
    expect(timeChart({ ...chart, moments: [], values: [], end: 0 })).not.toMatch(/NaN|undefined|Infinity/);
  });
});
