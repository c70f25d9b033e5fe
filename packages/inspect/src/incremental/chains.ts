// The chains that lead to objects: the collector's lists and the threads' frames. When a link changes the chain is walked again
// and compared with what it was: only the part between the common beginning and the common end comes or goes.
import { _PyInterpreterFrame, PyInterpreterState, PyThreadState } from '@moult/abi';
import type { Reader } from '../reader.ts';
import { framesOf } from '../references/frames.ts';
import { threadsOf } from '../target.ts';
import { GC_HEAD_SIZE, generationHeads, trackedObjects } from '../walk/generations.ts';
import { Tag } from './entries.ts';

export interface Chain {
  /** Where the chain begins: the word that leads to its first member. */
  readonly start: number;
  /** What its members are. */
  readonly tag: typeof Tag.object | typeof Tag.frame | typeof Tag.clearingFrame;
  /** From a member to the word that leads to the next one. */
  readonly link: number;
  walk(): number[];
}

function frames(reader: Reader, start: number, tag: typeof Tag.frame | typeof Tag.clearingFrame): Chain {
  return { start, tag, link: _PyInterpreterFrame.previous, walk: () => framesOf(reader, reader.ptr(start)) };
}

/** `reader` notes nothing. */
export function chainsOf(reader: Reader): Chain[] {
  const { target } = reader;
  const heads = [...generationHeads(reader), ...(target.collectorLists ?? [])];
  return [
    ...heads.map(
      (head): Chain => ({
        start: head,
        tag: Tag.object,
        link: -GC_HEAD_SIZE,
        walk: () => trackedObjects(reader, head),
      }),
    ),
    ...threadsOf(target).map((thread) => frames(reader, thread + PyThreadState.current_frame, Tag.frame)),
    ...(target.clearingFrame === undefined ? [] : [frames(reader, target.clearingFrame, Tag.clearingFrame)]),
  ];
}

/** The words that say which threads there are. */
export function threadWords(reader: Reader): number[] {
  const { target } = reader;
  return [target.interp + PyInterpreterState.threads_head, ...threadsOf(target).map((t) => t + PyThreadState.next)];
}

/** How many members two rows have in common, at the beginning and, behind that, at the end. */
export function common(before: readonly number[], now: readonly number[]): { head: number; tail: number } {
  const shorter = Math.min(before.length, now.length);
  let head = 0;
  while (head < shorter && before[head] === now[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  return { head, tail };
}
