// The collector's lists: doubly linked through the two words before each tracked object.
import { gc_generation, PyInterpreterState } from '@moult/abi';
import type { Reader } from '../reader.ts';

export const GC_HEAD_SIZE = 16;

/** The list heads: the three generations, then the permanent one. */
export function generationHeads(reader: Reader): number[] {
  const interp = reader.target.interp;
  const first = interp + PyInterpreterState.gc_generations;
  const heads = [0, 1, 2].map((i) => first + i * gc_generation.SIZE);
  return [...heads, interp + PyInterpreterState.gc_permanent_generation];
}

/**
 * The objects of one list, in its order. Bit 0 of a link is the collector's mark during a collection. A list that runs in a
 * circle without its head is cut (Brent's search for circles: a marker that stays behind for 1, 2, 4 … steps).
 */
export function trackedObjects(reader: Reader, head: number, limit = 1e9): number[] {
  const objects: number[] = [];
  let marker = 0;
  let node = nextOf(reader, head);
  for (let steps = 1, span = 1; node !== head && node !== 0 && objects.length < limit; steps++) {
    if (node === marker) break;
    if (steps === span) {
      marker = node;
      span *= 2;
    }
    objects.push(node + GC_HEAD_SIZE);
    if (!reader.has(node, GC_HEAD_SIZE)) break;
    node = nextOf(reader, node);
  }
  return objects;
}

/** The link in _gc_next, without the collector's marks. */
export function nextOf(reader: Reader, head: number): number {
  const { visitedMark } = reader.target;
  let link = reader.ptr(head);
  if (visitedMark !== undefined && link >= visitedMark) link -= visitedMark;
  return link % 2 === 0 ? link : link - 1;
}

export interface GenerationInfo {
  readonly head: number;
  readonly threshold: number;
  readonly count: number;
}

export function generations(reader: Reader): GenerationInfo[] {
  return generationHeads(reader).map((head) => ({
    head,
    threshold: reader.i32(head + gc_generation.threshold),
    count: reader.i32(head + gc_generation.count),
  }));
}
