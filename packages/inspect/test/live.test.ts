// The readers against real CPython 3.13 processes: one makes an object of every kind and its every count must be explained.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AuditReport,
  audit,
  auditText,
  census,
  checkHeap,
  describe as describeObject,
  findingsText,
  generationHeads,
  listItems,
  processTarget,
  Reader,
  referencesOf,
  refcount,
  sizeClasses,
  sizeOf,
  type Target,
  trackedObjects,
} from '../src/index.ts';
import { findPython, type LiveProcess, snapshotOf } from './process.ts';

const python = findPython();

describe.skipIf(!python)('a real CPython 3.13', () => {
  let live: LiveProcess;
  let target: Target;
  let reader: Reader;
  let report: AuditReport;
  let keep: number;

  beforeAll(async () => {
    live = await snapshotOf(python!, readFileSync(join(import.meta.dirname, 'everything.py'), 'utf8'), 3);
    target = processTarget(live.memory, live.runtime);
    reader = new Reader(target);
    keep = Number(live.output.split('\n')[0]);
    report = audit(target, { limit: 1000 });
  });
  afterAll(() => live?.stop());

  it('has no reference that we find and it does not count', () => {
    expect(report.broken).toEqual([]);
    const tooMany = report.differences.filter((d) => d.found > d.stored);
    expect(auditText({ ...report, differences: tooMany, differing: tooMany.length, unknownTypes: [] })).toBe('');
    expect(report.objects).toBeGreaterThan(20_000);
    expect(report.references).toBeGreaterThan(60_000);
  });

  it("has every count of the program's own objects explained", () => {
    // From the list of kept objects three references deep, but not through the interpreter's own modules and types.
    const near = new Set<number>([keep]);
    let edge = [keep];
    for (let depth = 0; depth < 3; depth++) {
      const next: number[] = [];
      for (const object of edge) {
        if (depth > 0 && ['module', 'type', 'frame'].includes(reader.typeOf(object).layout)) continue;
        for (const { target: found } of referencesOf(reader, object)) {
          if (near.has(found) || reader.typeOf(found).layout === 'code') continue;
          near.add(found);
          next.push(found);
        }
      }
      edge = next;
    }
    expect(near.size).toBeGreaterThan(2000);
    const differences = report.differences.filter((d) => near.has(d.address));
    // What C code holds besides: the call that is running, __main__, and the types and caches of modules written in C.
    const own = differences.filter(
      (d) => d.text !== '<built-in function input>' && !['module', 'type', 'function', 'object'].includes(d.type),
    );
    expect(auditText({ ...report, differing: own.length, differences: own, unknownTypes: [] })).toBe('');
  });

  it('has a sound heap', () => {
    expect(findingsText(checkHeap(target))).toBe('');
  });

  it('has pools as sys._debugmallocstats() tables them', () => {
    const said = live.errors
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number))
      .filter((row) => row.length === 5 && row.every((n) => Number.isInteger(n)));
    const ours = sizeClasses(reader).map((c) => [c.sizeClass, c.blockSize, c.pools, c.blocksUsed, c.blocksFree]);
    const different = ours.filter((row, i) => String(row) !== String(said[i]));
    expect(ours.length).toBe(said.length);
    // What the program allocated between the table and the copy.
    expect(different.length).toBeLessThan(8);
    const rows = census(target);
    expect(rows.blocks).toBeGreaterThan(20_000);
    expect(rows.unexplained.length / rows.blocks).toBeLessThan(0.04);
  });

  it('describes the kept objects as Python does', () => {
    const texts = listItems(reader, keep).map((object) => describeObject(reader, object));
    expect(texts.slice(0, 14)).toEqual([
      ...['0', '-1', '1000000', '-1073741824', '1152921504606846977', '10000000000000000000000000000000…(101 digits)'],
      ...['1.5', '-0.0', 'inf', '(3.0+4.0j)', 'True', "'x'", "'ascii text'", "'caf\u00e9'"],
    ]);
    expect(texts).toContain('[[...]]');
    expect(texts).toContain("[1, 'two', [3]]");
    expect(texts).toContain("SubDict({'a': 1})");
    expect(texts.filter((t) => t.includes('no object') || t.includes('broken'))).toEqual([]);
  });

  it('tracks what gc.get_objects() says', () => {
    const counts = generationHeads(reader).map((head) => trackedObjects(reader, head).length);
    const said = JSON.parse(live.output.split('\n')[1]!) as number[];
    expect(counts.slice(1, 3)).toEqual(said.slice(1, 3));
    expect(Math.abs(counts[0]! - said[0]!)).toBeLessThan(20);
  });

  it('gives sys.getsizeof and the count of each kept object', () => {
    const said = JSON.parse(live.output.split('\n')[2]!) as [size: number, count: number][];
    const wrong: string[] = [];
    for (const [i, object] of listItems(reader, keep).entries()) {
      const info = reader.typeOf(object);
      const [size, count] = said[i]!;
      if (sizeOf(reader, object, info) !== size) {
        wrong.push(`${describeObject(reader, object)}: size ${sizeOf(reader, object, info)}, Python says ${size}`);
      }
      const stored = refcount(reader, object);
      if (count !== stored && !(count > 0xfffffff && stored > 0xfffffff))
        wrong.push(`count ${stored}, Python says ${count}`);
    }
    expect(wrong).toEqual([]);
  });
});
