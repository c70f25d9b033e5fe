// The roots in parts, so that a change in one asks for a visit of that one only.
import type { Reader } from '../reader.ts';
import {
  TYPE_CACHE_SIZE,
  visitInterpreter,
  visitNativeStack,
  visitOwningList,
  visitRuntime,
  visitThread,
  visitTypeCache,
} from '../roots.ts';
import { threadsOf } from '../target.ts';
import type { Edges } from './edges.ts';

export type Part = (edges: Edges) => void;
/** Entries of the type cache in a part. */
const CACHE_PART = 64;

export function rootParts(reader: Reader): Part[] {
  const { target } = reader;
  const parts: Part[] = [
    (edges) => visitInterpreter(reader, edges),
    (edges) => visitRuntime(reader, edges),
    (edges) => visitNativeStack(reader, edges),
  ];
  for (const thread of threadsOf(target)) parts.push((edges) => visitThread(reader, thread, edges));
  for (let from = 0; from < TYPE_CACHE_SIZE; from += CACHE_PART) {
    parts.push((edges) => visitTypeCache(reader, from, Math.min(from + CACHE_PART, TYPE_CACHE_SIZE), edges));
  }
  for (const head of target.owningLists ?? []) parts.push((edges) => visitOwningList(reader, head, edges));
  return parts;
}
