/** What nothing outside leads to any more, and the collector has not found yet. */
import {
  generationHeads,
  instanceDict,
  reachable,
  type Reader,
  referencesOf,
  trackedObjects,
  visitReferences,
} from '@moult/inspect';
import { kindOf } from '../held.ts';
import type { ObjectCard, Unreachable } from '../scene.ts';

export interface Lost {
  /** The program's own objects, oldest first: those that a picture shows. */
  readonly shown: readonly number[];
  readonly all: number;
}
const NONE: Lost = { shown: [], all: 0 };
/** Objects drawn at most. */
const MOST = 12;

/** `serialOf` tells the program's objects from start-up's, which are left out. */
export function lostObjects(reader: Reader, serialOf: (address: number) => number, simple: boolean): Lost {
  const held = reachable(reader);
  const lost: { address: number; serial: number }[] = [];
  for (const head of generationHeads(reader)) {
    for (const address of trackedObjects(reader, head)) {
      if (held.has(address)) continue;
      const serial = serialOf(address);
      if (serial > 0) lost.push({ address, serial });
    }
  }
  if (lost.length === 0) return NONE;
  lost.sort((a, b) => a.serial - b.serial);
  const parts = simple ? partsOf(reader, lost) : new Set<number>();
  const own = lost.filter(({ address }) => !parts.has(address)).map(({ address }) => address);
  return { shown: own.slice(0, MOST), all: own.length };
}

/** What Simple never draws of itself: what is inside a class, a function or a module, and dicts of attributes. */
function partsOf(reader: Reader, lost: readonly { readonly address: number }[]): Set<number> {
  const parts = new Set<number>();
  for (const { address } of lost) {
    if (['type', 'function', 'module', 'code'].includes(kindOf(reader, address))) {
      const info = reader.typeOf(address);
      visitReferences(reader, address, info, {
        reference: (target) => {
          parts.add(target);
          if (reader.typeOrNull(target)?.layout !== 'dict') return;
          for (const inside of referencesOf(reader, target)) parts.add(inside.target);
        },
        keysTable() {},
      });
      continue;
    }
    if (reader.typeOf(address).heap) parts.add(instanceDict(reader, address));
  }
  // a class is in its own mro
  for (const { address } of lost) if (kindOf(reader, address) === 'type') parts.delete(address);
  return parts;
}

/** Of the cards, those that the lost objects lead to, in groups that hold together; each with its reason. */
export function lostGroups(lost: ReadonlySet<number>, objects: readonly ObjectCard[]): Unreachable[] {
  const cards = new Map(objects.filter((o) => lost.has(o.id)).map((o) => [o.id, o]));
  const group = new Map<number, number>();
  const find = (id: number): number => {
    const up = group.get(id) ?? id;
    return up === id ? id : find(up);
  };
  for (const [id, card] of cards) {
    for (const { target } of card.rows)
      if (target !== undefined && cards.has(target)) group.set(find(target), find(id));
  }
  const groups = new Map<number, number[]>();
  for (const id of cards.keys()) groups.set(find(id), [...(groups.get(find(id)) ?? []), id]);
  return [...groups.values()].map((members) => ({
    members,
    title: 'Unreachable: no name or frame leads in here',
    note: noteOf(members.map((id) => cards.get(id) as ObjectCard)),
  }));
}
function noteOf(cards: readonly ObjectCard[]): string {
  const [only] = cards;
  if (cards.length === 1) {
    return only?.rows.some((r) => r.target === only.id) === true
      ? 'It holds itself. Its count cannot reach 0.'
      : 'What holds it cannot be freed by its count.';
  }
  const once = cards.every((c) => c.count === 1);
  if (cards.length === 2) return `Each is held${once ? ' once,' : ''} by the other. Neither count can reach 0.`;
  return 'They hold each other. No count can reach 0.';
}
