/** What a step changed: a scene marked with how it differs from the one before. */
import type { Change, FrameCard, ObjectCard, Row, Scene } from './scene.ts';

/** `born`: whether an object is new since the scene before; one may be there for long and be drawn only now. */
export function marked(now: Scene, before: Scene, born: (id: number) => boolean): Scene {
  const frames = new Map(before.frames.map((f) => [f.id, f]));
  const objects = new Map(before.objects.map((o) => [o.id, o]));
  const shown = new Set(now.objects.map((o) => o.id));
  return {
    ...now,
    frames: now.frames.map((card) => frameMarked(card, frames.get(card.id), shown)),
    objects: now.objects.map((card) => objectMarked(card, objects.get(card.id), shown, born)),
  };
}

function frameMarked(card: FrameCard, before: FrameCard | undefined, shown: ReadonlySet<number>): FrameCard {
  if (before === undefined || before.title !== card.title) return card;
  return { ...card, rows: rowsMarked(card.rows, before.rows, shown) };
}
function objectMarked(
  card: ObjectCard,
  before: ObjectCard | undefined,
  shown: ReadonlySet<number>,
  born: (id: number) => boolean,
): ObjectCard {
  if (before === undefined) return born(card.id) ? { ...card, change: 'new', countChange: 'new' } : card;
  const countChange: { countChange?: Change } = card.count === before.count ? {} : { countChange: 'changed' };
  const text: { change?: Change } = card.text === before.text ? {} : { change: 'changed' };
  return { ...card, ...countChange, ...text, rows: rowsMarked(card.rows, before.rows, shown) };
}
function rowsMarked(rows: readonly Row[], before: readonly Row[], shown: ReadonlySet<number>): Row[] {
  const old = new Map(before.map((row) => [row.key, row]));
  return rows.map((row) => {
    const was = old.get(row.key);
    if (row.fold !== undefined) return was === undefined ? { ...row, change: 'changed' } : row;
    if (was === undefined || (was.gone !== undefined && row.gone === undefined)) return { ...row, change: 'new' };
    if (was.target === row.target && was.value === row.value && was.gone === row.gone) return row;
    const left = was.target !== undefined && was.target !== row.target && shown.has(was.target);
    return { ...row, change: 'changed', ...(left ? { removedTarget: was.target as number } : {}) };
  });
}
