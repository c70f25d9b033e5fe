// The sequence of comparisons of list.sort, against that recorded from CPython (tools/sort-oracle.py).
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { memoryInit } from '../../src/memory/account.ts';
import { MERGESTATE_TEMP_SIZE, type MergeState, mergeSort } from '../../src/objects/sortmerge.ts';

type Case = [values: number[], comparisons: number, crc: number, order: number[]];
const cases = JSON.parse(readFileSync(new URL('./oracle/sort.json', import.meta.url), 'utf8')) as Case[];

function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i++) {
    let c = (crc ^ text.charCodeAt(i)) & 0xff;
    for (let k = 0; k < 8; k++) c = (c & 1) !== 0 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    crc = (crc >>> 8) ^ c;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
function start(n: number, lt: (v: number, w: number) => boolean): MergeState {
  const keys = Int32Array.from({ length: n }, (_, i) => i);
  return {
    keys,
    values: null,
    tmpKeys: keys,
    tmpValues: keys,
    lt,
    minGallop: 7,
    temp: 0,
    tempSize: MERGESTATE_TEMP_SIZE,
  };
}

memoryInit();

test('compares the same pairs in the same order as CPython', () => {
  expect(cases.length).toBe(60);
  for (const [values, count, crc, order] of cases) {
    const log: string[] = [];
    const ms = start(values.length, (v, w) => {
      log.push(`${v}<${w}`);
      return (values[v] as number) < (values[w] as number);
    });
    mergeSort(ms);
    expect([...ms.keys]).toEqual(order);
    expect(log.length).toBe(count);
    expect(crc32(log.join(','))).toBe(crc);
  }
});

test('keeps every item when a comparison fails', () => {
  for (const [values, count] of cases) {
    for (const stop of [0, count >> 1, count - 1]) {
      let left = stop;
      const ms = start(values.length, (v, w) => {
        if (left-- === 0) throw new RangeError('stop');
        return (values[v] as number) < (values[w] as number);
      });
      expect(() => mergeSort(ms)).toThrow(RangeError);
      expect([...ms.keys].sort((a, b) => a - b)).toEqual(values.map((_, i) => i));
    }
  }
});
