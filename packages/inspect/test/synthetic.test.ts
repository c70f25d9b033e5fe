// The audit over a heap laid down by hand: exact counts, the native stack, counted static objects, and its speed.
import { PyInterpreterState, PyObject } from '@moult/abi';
import { describe, expect, it } from 'vitest';
import {
  audit,
  checkHeap,
  describe as describeObject,
  findingsText,
  histogram,
  Reader,
  rootsOf,
} from '../src/index.ts';
import { INTERP, SyntheticHeap } from './synthetic.ts';

describe('a heap laid down by hand', () => {
  it('is found right', () => {
    const heap = new SyntheticHeap(16);
    const inner = heap.list([heap.smallInt(7)]);
    const outer = heap.list([inner, heap.smallInt(-5)]);
    heap.put(INTERP + PyInterpreterState.sysdict, outer);
    const report = audit(heap.target);
    expect(report).toMatchObject({ differences: [], differing: 0, broken: [], unknownTypes: [] });
    expect(findingsText(checkHeap(heap.target))).toBe('');
    const reader = new Reader(heap.target);
    expect(describeObject(reader, outer)).toBe('[[7], -5]');
    expect(rootsOf(reader).map((r) => [r.place.kind, r.label, r.target])).toEqual([['interpreter', 'sysdict', outer]]);
    expect(histogram(heap.target).find((row) => row.type === 'list')).toEqual({
      type: 'list',
      objects: 2,
      bytes: 2 * 56 + 24,
    });
  });

  it('counts the native stack and tells what no one holds', () => {
    const heap = new SyntheticHeap(16);
    const held = heap.list([], 2);
    const leaked = heap.list([], 1);
    heap.pushNative(held);
    heap.pushNative(held);
    const { differences } = audit(heap.target);
    expect(differences).toEqual([{ address: leaked, type: 'list', text: '[]', stored: 1, found: 0, holders: [] }]);
    heap.put(held + PyObject.ob_refcnt, 1);
    expect(audit(heap.target).differences[0]).toMatchObject({
      ...{ address: held, stored: 1, found: 2 },
      holders: ['native stack native stack[0]', 'native stack native stack[1]'],
    });
  });

  it('reads the marks of native slots', () => {
    const heap = new SyntheticHeap(16);
    const one = heap.list([]);
    const two = heap.list([]);
    const dying = heap.list([one], 0);
    const array = heap.alloc(16);
    heap.put(array, two);
    heap.put(array + 8, 0xdead0);
    heap.pushNative(dying + 1);
    heap.pushNative((1 << 3) + 2);
    heap.pushNative(0x12345678);
    heap.pushNative(array + 3);
    heap.pushNative(1);
    const report = audit(heap.target);
    expect([report.differences, report.broken]).toEqual([[], []]);
    heap.put(dying, 1);
    expect(audit(heap.target).differing).toBe(0);
    heap.put(dying, 2);
    expect(audit(heap.target).differing).toBe(1);
  });

  it('gives a counted static object one reference for its place', () => {
    const heap = new SyntheticHeap(16);
    heap.int(heap.smallInt(9), 9, 3);
    const list = heap.list([heap.smallInt(9), heap.smallInt(9)]);
    heap.pushNative(list);
    expect(audit(heap.target).differences).toEqual([]);
    heap.int(heap.smallInt(9), 9, 2);
    expect(audit(heap.target).differences).toMatchObject([{ text: '9', stored: 2, found: 3 }]);
  });

  it('audits several hundred thousand objects a second', () => {
    const heap = new SyntheticHeap(256);
    const lists: number[] = [];
    for (let i = 0; i < 200_000; i++)
      lists.push(heap.list([heap.smallInt(i % 250), heap.smallInt(1), lists[i - 1] ?? heap.smallInt(0)]));
    heap.pushNative(lists.at(-1)!);
    audit(heap.target);
    const report = audit(heap.target);
    expect(report.differing).toBe(0);
    expect(report.objects).toBeGreaterThan(200_000);
    console.log(`${report.objects} objects, ${report.references} references in ${report.milliseconds} ms`);
    expect(report.milliseconds).toBeLessThan(2000);
  });
});
