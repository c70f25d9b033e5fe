/** Sizes in pixels, and of text: what the layout needs to know is written in a fixed-width face, so nothing is measured. */
import type { FrameCard, Ghost, ObjectCard, Row } from './scene.ts';

export const HEADER = 36;
export const DETAIL = 20;
export const ROW = 28;
export const CARD_GAP = 32;
export const MARGIN = 20;
/** Where the first cards begin, under the titles of the columns. */
export const TOP = 44;
export const MIN_WIDTH = 160;
export const MAX_WIDTH = 240;
/** Free room between two columns, for arrows. */
export const GUTTER = 80;
const CHARACTER = 0.602;
/** Above and below objects that are cut off together: the region around them, and its text. */
export const GROUP_MARGIN = 48;
/** The most characters of a key or a value. */
export const TEXT_LIMIT = 24;
/** The most characters of a type's name. */
export const TYPE_LIMIT = 18;

/** Characters, not halves of pairs. */
function lengthOf(text: string): number {
  for (let k = 0; k < text.length; k++) if (text.charCodeAt(k) > 0xd7ff) return [...text].length;
  return text.length;
}
export function monoWidth(text: string, size: number): number {
  return lengthOf(text) * CHARACTER * size;
}
/** At most `limit` characters, the last an ellipsis where something is left out. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}

/** A row's key is cut so that its value fits beside it. */
export function rowTexts(row: Row): { key: string; value: string } {
  const value = shorten(row.gone ?? row.value ?? '', TEXT_LIMIT);
  return { key: shorten(row.key, value === '' ? TEXT_LIMIT : Math.max(8, 30 - value.length)), value };
}
function rowWidth(row: Row): number {
  const { key, value } = rowTexts(row);
  const right = row.target !== undefined ? 20 : monoWidth(value, 13.5);
  return 14 + monoWidth(key, 13.5) + (right === 0 ? 0 : 16) + right + 14;
}
const clamp = (width: number): number => Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, Math.ceil(width)));

const detailWidth = (card: { readonly detail?: string }): number => 24 + monoWidth(card.detail ?? '', 12);

export function frameSize(card: FrameCard): { width: number; height: number } {
  const rows = Math.max(card.rows.length, card.reserve ?? 0) + (card.folded === undefined ? 0 : 1);
  const header = 12 + monoWidth(shorten(card.title, TEXT_LIMIT), 14) + 12 + monoWidth(card.note, 11) + 12;
  return {
    width: clamp(Math.max(header, detailWidth(card), ...card.rows.map(rowWidth))),
    height: HEADER + (card.detail === undefined ? 0 : DETAIL) + rows * ROW + (rows === 0 ? 0 : 6),
  };
}
export function objectSize(card: ObjectCard): { width: number; height: number } {
  const pill = card.count === null ? 62 : 40;
  const title = monoWidth(shorten(card.type, TYPE_LIMIT), 14) + 8 + monoWidth(card.label, 13);
  const text = card.text === undefined ? 0 : 24 + monoWidth(shorten(card.text, TEXT_LIMIT + 2), 13.5);
  const lines = card.rows.length + (card.text === undefined ? 0 : 1);
  return {
    width: clamp(
      Math.max(
        12 + title + 12 + pill + (card.scratch === undefined ? 0 : 34),
        text,
        detailWidth(card),
        ...card.rows.map(rowWidth),
      ),
    ),
    height: HEADER + (card.detail === undefined ? 0 : DETAIL) + lines * ROW + (lines === 0 ? 0 : 4),
  };
}
export function ghostSize(card: Ghost): { width: number; height: number } {
  return { width: MIN_WIDTH + 8, height: HEADER + 18 * card.cause.length };
}
