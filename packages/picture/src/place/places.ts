/**
 * Where each object's card lies: decided once, when it is born, and kept until its ghost is gone.
 *
 * The cast is every object that the picture will show individually, in order of birth, with the time it is there. An
 * object takes the highest free place of its column: free means that none who was there before it, and is there at
 * some moment that it is, lies in the way. So the place depends on the run alone, not on the moment looked at nor the
 * way there. Objects that will be cut off together are one actor: they lie side by side, and nothing comes between them.
 */
import { CARD_GAP, TOP } from '../measure.ts';

const GROUP_GAP = 14;

export interface Actor {
  readonly id: number;
  /** 1 is the column next to the stack. */
  readonly column: number;
  readonly height: number;
  /** From when and until when it is there; both are moments, `until` may be Infinity. */
  readonly from: number;
  readonly until: number;
  /** From its death on only its ghost takes room. */
  readonly ghost?: { readonly from: number; readonly height: number };
  /** Of the card; its column is as wide as the widest. */
  readonly width?: number;
  /** More than one object: where each lies, from the first column and the top. */
  readonly parts?: readonly Part[];
}
export interface Part {
  readonly id: number;
  readonly column: number;
  readonly y: number;
  readonly width: number;
}

export interface Spot {
  readonly column: number;
  readonly y: number;
}

interface Placing {
  /** By column, who lies where. */
  readonly columns: Map<number, { readonly actor: Actor; readonly y: number }[]>;
  readonly places: Map<number, Spot>;
}
/** A cast is the same for many moments: its places are found once. */
const found = new WeakMap<readonly Actor[], Placing>();

export function placesOf(cast: readonly Actor[]): ReadonlyMap<number, Spot> {
  return placing(cast).places;
}
/** A cast with later ones behind it. Who was there before them has the places that it had. */
export function withMore(cast: readonly Actor[], more: readonly Actor[]): readonly Actor[] {
  if (more.length === 0) return cast;
  const { columns, places } = placing(cast);
  const all = [...cast, ...more];
  const copy = { columns: new Map([...columns].map(([k, v]) => [k, [...v]])), places: new Map(places) };
  for (const actor of more) place(copy, actor, TOP, CARD_GAP);
  found.set(all, copy);
  return all;
}
function placing(cast: readonly Actor[]): Placing {
  let known = found.get(cast);
  if (known === undefined) {
    known = { columns: new Map(), places: new Map() };
    for (const actor of cast) place(known, actor, TOP, CARD_GAP);
    found.set(cast, known);
  }
  return known;
}

function place({ columns, places }: Placing, actor: Actor, top: number, gap: number): void {
  const span = Math.max(0, ...(actor.parts ?? []).map((p) => p.column)) + 1;
  const mine = Array.from({ length: span }, (_, k) => actor.column + k);
  const inTheWay = mine
    .flatMap((column) => columns.get(column) ?? [])
    .filter(({ actor: other }) => other.from < actor.until && actor.from < other.until)
    .sort((a, b) => a.y - b.y);
  let y = top;
  for (const { actor: other, y: taken } of inTheWay) {
    // a group brings its own room around it
    const apart = actor.parts === undefined && other.parts === undefined ? gap : Math.min(gap, GROUP_GAP);
    if (y + actor.height + apart <= taken) break;
    const dead = other.ghost !== undefined && other.ghost.from <= actor.from;
    y = Math.max(y, taken + (dead ? (other.ghost?.height as number) : other.height) + apart);
  }
  for (const column of mine) {
    const others = columns.get(column);
    if (others === undefined) columns.set(column, [{ actor, y }]);
    else others.push({ actor, y });
  }
  if (actor.parts === undefined) places.set(actor.id, { column: actor.column, y });
  else for (const p of actor.parts) places.set(p.id, { column: actor.column + p.column, y: y + p.y });
}
