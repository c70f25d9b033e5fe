// The program's own objects in the engine's memory are those in CPython's, one by one: graph, types, values, sizes, counts,
// generations, size classes. CPython's answers are recorded; where it is installed its memory is copied and read again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bundleDrivers,
  compareImages,
  type EngineImage,
  engineImages,
  listImages,
  nativeImages,
  recordedImage,
} from './image/image.mjs';
import type { ImageSummary } from './image/summary.ts';
import { findPython } from './native.mjs';

const python = process.platform === 'linux' && process.arch === 'x64' ? findPython('3.13.0') : null;
const names = listImages();
const recorded = names.map(recordedImage);

describe('images', () => {
  let dir = '';
  let engine: readonly EngineImage[] = [];
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'moult-image-'));
    await bundleDrivers(dir);
    engine = engineImages(
      dir,
      names,
      recorded.map((summary) => summary?.stacks ?? []),
    );
  }, 120_000);
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('are recorded for 30 programs and more, none stale', () => {
    expect(names.filter((_, i) => recorded[i] === null)).toEqual([]);
    expect(names.length).toBeGreaterThanOrEqual(30);
  });

  it.each(names.map((name, i) => [name, i] as const))("of %s are CPython's", (_name, i) => {
    const { own, differences } = compareImages(recorded[i] as ImageSummary, engine[i]!.summary);
    expect(differences).toEqual([]);
    expect(own).toBeGreaterThan(20);
    expect(engine[i]!.audit).toBe('');
  });

  it('compare thousands of objects', () => {
    const all = names.map((_, i) => compareImages(recorded[i] as ImageSummary, engine[i]!.summary));
    expect(all.reduce((sum, { own }) => sum + own, 0)).toBeGreaterThan(5000);
  });

  it('notice a single change', () => {
    const at = names.indexOf('bank');
    const expected = recorded[at] as ImageSummary;
    const { summary } = engine[at]!;
    const row = summary!.rows.findIndex((r) => r.length === 7 && r[0] === 'list');
    for (const [field, value] of [
      [0, 'tuple'],
      [2, 57],
      [3, 9],
      [4, 2],
      [5, 1],
      [6, ''],
    ] as const) {
      const rows = summary!.rows.map((r, i) =>
        i === row ? Object.assign([...r], { [field]: value }) : r,
      ) as ImageSummary['rows'];
      expect(compareImages(expected, { ...summary!, rows }).differences.length).toBe(1);
    }
  });

  it.skipIf(python === null)('of CPython are what is recorded', { timeout: 120_000 }, () => {
    expect(nativeImages(dir, python!, names)).toEqual(recorded);
  });
});
