/** A picture's cards for whoever points, listens or walks: where each lies, what it says, where its references lead. */
import { type Layout, type Placed, type Row, rowMiddle } from '@moult/picture';
import type { Ref } from '../../protocol.ts';
import { plural, refOfId } from '../refs.ts';

/** A row that does something: it leads to an object, or it opens what is folded. */
export interface CardRow {
  readonly y: number;
  readonly to: Ref | null;
  readonly fold: boolean;
}
export interface Card {
  /** The picture's part that draws it. */
  readonly key: string;
  readonly kind: 'frame' | 'object' | 'ghost';
  /** null: a frame. */
  readonly ref: Ref | null;
  /** What `open` in the view's own options takes, to show what is folded. */
  readonly open: string | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly label: string;
  readonly rows: readonly CardRow[];
}

export function cardsOf(layout: Layout, cut: ReadonlySet<number>): Card[] {
  const holders = new Map<number, number>();
  for (const arrow of layout.arrows) {
    if (!arrow.removed) holders.set(arrow.to.card.id, (holders.get(arrow.to.card.id) ?? 0) + 1);
  }
  return [
    ...layout.frames.map((f): Card => {
      const { card } = f;
      const rows = rowsOf(f);
      if (card.folded !== undefined) {
        rows.push({ y: rowMiddle(card, Math.max(card.rows.length, card.reserve ?? 0)), to: null, fold: true });
      }
      return {
        ...box(f),
        key: `f${card.id}`,
        kind: 'frame',
        ref: null,
        open: card.folded === undefined ? null : card.id,
        label: `Frame ${card.title}, ${card.note}. ${card.rows.map(rowText).join(', ')}`,
        rows,
      };
    }),
    ...layout.objects.map((o): Card => {
      const { card } = o;
      const count = card.count === null ? 'immortal' : `count ${card.count}`;
      const state = cut.has(card.id) ? ', unreachable' : card.change === 'new' ? ', new' : '';
      const changed = card.countChange === 'changed' ? ', changed by this step' : '';
      const text = card.text === undefined ? '' : ` ${card.text}.`;
      const shown = plural(holders.get(card.id) ?? 0, 'arrow');
      return {
        ...box(o),
        key: `o${card.id}`,
        kind: 'object',
        ref: refOfId(card.id),
        open: card.open === true || card.rows.some((r) => r.fold !== undefined) ? String(card.id) : null,
        label: `${card.type} ${card.label}, ${count}${changed}${state}.${text} ${card.rows.map(rowText).join(', ')}. ${shown} to it.`,
        rows: rowsOf(o),
      };
    }),
    ...layout.ghosts.map(
      (g): Card => ({
        ...box(g),
        key: `g${g.card.id}`,
        kind: 'ghost',
        ref: refOfId(g.card.id),
        open: null,
        label: `${g.card.type} ${g.card.label}, freed. ${g.card.cause.join(' ')}`,
        rows: [],
      }),
    ),
  ];
}

const box = ({ x, y, width, height }: Placed<unknown>) => ({ x, y, width, height });
function rowsOf(
  placed: Placed<{ readonly rows: readonly Row[]; readonly detail?: string; readonly text?: string }>,
): CardRow[] {
  return placed.card.rows.flatMap((row, k) => {
    if (row.target === undefined && row.fold === undefined) return [];
    const to = row.target === undefined ? null : refOfId(row.target);
    return [{ y: rowMiddle(placed.card, k), to, fold: row.fold !== undefined }];
  });
}
function rowText(row: Row): string {
  if (row.fold !== undefined) return row.key;
  const change = row.change === undefined ? '' : row.change === 'new' ? ' (new)' : ' (changed)';
  if (row.gone !== undefined) return `${row.key} gone (${row.gone})${change}`;
  return `${row.key} ${row.target === undefined ? (row.value ?? '') : `leads to ${refOfId(row.target)}`}${change}`;
}
