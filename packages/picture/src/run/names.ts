/** The names of each frame over time: in order of first binding, with those that were unbound since. */
import type { FrameCard, Row } from '../scene.ts';

interface NameLife {
  readonly first: number;
  /** When it was found unbound, and the line of its frame that had run; the latest last. */
  readonly gone: { readonly at: number; readonly line: number | null }[];
  bound: boolean;
  lastLine: number | null;
}
interface Activation {
  readonly since: number;
  readonly names: Map<string, NameLife>;
  most: number;
}

/** Rows of names that are gone: at most so many of a frame. */
const MOST_GONE = 6;

export class NameHistory {
  /** By the frame's id, each activation with its beginning, in order. */
  readonly #frames = new Map<string, Activation[]>();

  begin(frame: number, at: number): void {
    const id = `0x${frame.toString(16)}`;
    const known = this.#frames.get(id);
    if (known === undefined) this.#frames.set(id, [{ since: at, names: new Map(), most: 0 }]);
    else known.push({ since: at, names: new Map(), most: 0 });
  }
  see(card: FrameCard, at: number): void {
    let [activation] = this.#frames.get(card.id)?.slice(-1) ?? [];
    if (activation === undefined) {
      activation = { since: -1, names: new Map(), most: 0 };
      this.#frames.set(card.id, [activation]);
    }
    const { names } = activation;
    const bound = new Set<string>();
    for (const { key } of card.rows) {
      if (isSlot(key)) continue;
      bound.add(key);
      const life = names.get(key);
      if (life === undefined) {
        names.set(key, { first: at, gone: [], bound: true, lastLine: card.line ?? null });
      } else {
        life.bound = true;
        life.lastLine = card.line ?? null;
      }
    }
    let gone = 0;
    for (const [name, life] of names) {
      if (bound.has(name)) continue;
      gone++;
      if (life.bound) life.gone.push({ at, line: life.lastLine });
      life.bound = false;
    }
    activation.most = Math.max(activation.most, card.rows.length + Math.min(gone, MOST_GONE));
  }

  /** The card with its names in their order, those that are gone struck through, and room for those that come. */
  apply(card: FrameCard, at: number, lineBefore: number | null, word: (line: number) => string): FrameCard {
    const activation = last(this.#frames.get(card.id) ?? [], (a) => a.since <= at);
    if (activation === undefined) return card;
    const own = new Map(card.rows.filter((r) => !isSlot(r.key)).map((r) => [r.key, r]));
    const rows: Row[] = [];
    const gone: { row: Row; index: number; at: number }[] = [];
    for (const [name, life] of activation.names) {
      if (life.first > at) continue;
      const row = own.get(name);
      if (row !== undefined) {
        rows.push(row);
        own.delete(name);
        continue;
      }
      const when = last(life.gone, (g) => g.at <= at);
      const line = when === undefined ? lineBefore : when.line;
      const text = line === null ? 'gone' : word(line);
      gone.push({ row: { key: name, gone: text }, index: rows.length, at: when?.at ?? at });
      rows.push(gone.at(-1)?.row as Row);
    }
    const old = new Set(
      gone
        .sort((a, b) => b.at - a.at)
        .slice(MOST_GONE)
        .map((g) => g.row),
    );
    rows.push(...own.values(), ...card.rows.filter((r) => isSlot(r.key)));
    return { ...card, rows: rows.filter((r) => !old.has(r)), reserve: activation.most };
  }
}

function last<T>(items: readonly T[], wanted: (item: T) => boolean): T | undefined {
  for (let k = items.length - 1; k >= 0; k--) if (wanted(items[k] as T)) return items[k];
  return undefined;
}
const isSlot = (key: string): boolean => key.startsWith('stack[');
