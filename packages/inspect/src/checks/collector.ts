// The collector's lists between collections: closed, linked both ways, disjoint, and of living collectable objects only.
import { _PyGC_PREV_MASK_COLLECTING, PyInterpreterState, PyObject } from '@moult/abi';
import { isCollectable } from '../object.ts';
import type { Reader } from '../reader.ts';
import { describe, hex } from '../values/describe.ts';
import { GC_HEAD_SIZE, generationHeads, nextOf } from '../walk/generations.ts';
import type { Findings } from './findings.ts';

const NAMES = ['generation 0', 'generation 1', 'generation 2', 'the permanent generation'];

export function checkCollector(reader: Reader, found: Findings): void {
  if (reader.i32(reader.target.interp + PyInterpreterState.gc_collecting) !== 0) return;
  const seen = new Set<number>();
  for (const [i, head] of generationHeads(reader).entries()) checkList(reader, head, NAMES[i]!, seen, found);
}

function checkList(reader: Reader, head: number, name: string, seen: Set<number>, found: Findings): void {
  let previous = head;
  let node = nextOf(reader, head);
  while (node !== head) {
    if (node === 0 || node % 8 !== 0 || !reader.has(node, GC_HEAD_SIZE + PyObject.SIZE)) {
      found.add(previous, `${name}: the link after ${hex(previous)} leads to ${hex(node)}`);
      return;
    }
    if (seen.has(node)) {
      found.add(node, `${name}: an object is in two lists, or the list runs in a circle`);
      return;
    }
    seen.add(node);
    const back = reader.ptr(node + 8);
    if (back - (back % 4) !== previous) found.add(node, `${name}: _gc_prev is not the head before it`);
    if (Math.floor((back % 4) / _PyGC_PREV_MASK_COLLECTING) !== 0)
      found.add(node, `${name}: marked as collecting, outside a collection`);
    checkTracked(reader, node + GC_HEAD_SIZE, name, found);
    if (found.full) return;
    previous = node;
    node = nextOf(reader, node);
  }
  const back = reader.ptr(head + 8);
  if (back !== previous) found.add(head, `${name}: the list's end is ${hex(back)}, the last object ${hex(previous)}`);
}

function checkTracked(reader: Reader, object: number, name: string, found: Findings): void {
  const info = reader.typeOrNull(object);
  if (info === null) {
    found.add(object, `${name}: what is tracked is no object`);
    return;
  }
  if (!isCollectable(reader, object, info))
    found.add(object, `${name}: ${describe(reader, object)} has no collector's head`);
  const count = reader.ssize(object + PyObject.ob_refcnt);
  if (count <= 0) found.add(object, `${name}: ${describe(reader, object)} is tracked with a count of ${count}`);
}
