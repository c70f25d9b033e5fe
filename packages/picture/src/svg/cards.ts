/** Cards: one object, one card; one slot, one row; one reference, one dot. */
import { type Placed, rowMiddle } from '../layout.ts';
import { DETAIL, HEADER, monoWidth, ROW, rowTexts, shorten, TEXT_LIMIT, TYPE_LIMIT } from '../measure.ts';
import type { Change, FrameCard, Ghost, ObjectCard, Row } from '../scene.ts';
import { px, textAt } from './markup.ts';

const rect = (x: number, y: number, width: number, height: number, more: string): string =>
  `<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" ${more}/>`;
const rule = (x: number, y: number, width: number): string =>
  `<path class="rule" d="M${px(x + 0.5)} ${px(y)}h${px(width - 1)}"/>`;

function rows(
  placed: Placed<{ readonly rows: readonly Row[]; readonly detail?: string; readonly text?: string }>,
): string {
  return placed.card.rows.map((row, index) => rowAt(placed, row, placed.y + rowMiddle(placed.card, index))).join('');
}
function rowAt(placed: { readonly x: number; readonly width: number }, row: Row, middle: number): string {
  const { key, value } = rowTexts(row);
  const left = placed.x + 14;
  const right = placed.x + placed.width - 12;
  let out = '';
  const tone = row.change !== undefined ? 'chg' : row.gone !== undefined ? 'ghost' : undefined;
  if (row.change !== undefined) {
    out += rect(placed.x + 1, middle - ROW / 2, placed.width - 2, ROW, 'fill="var(--chg-soft)"');
    out += rect(placed.x, middle - ROW / 2 - 1, 3, ROW + 2, 'fill="var(--chg-line)"');
  }
  out += textAt(left, middle + 4.5, key, {
    size: 13.5,
    class: tone ?? (row.fold !== undefined ? 'sans ink-3' : isPlainName(row) ? '' : 'ink-2'),
  });
  if (row.gone !== undefined) {
    const width = monoWidth(key, 13.5);
    out += `<path stroke="var(--${tone ?? 'ghost'})" stroke-width="1.2" d="M${px(left - 1)} ${px(middle)}h${px(width + 2)}"/>`;
    out += textAt(right, middle + 4, value, { size: 12, class: `sans ${tone ?? 'ghost'}`, anchor: 'end' });
  } else if (row.fold !== undefined) {
    out += chevron(placed.x + placed.width - 22, middle, false);
  } else if (row.target !== undefined) {
    out += `<circle class="dot" cx="${px(placed.x + placed.width - 14)}" cy="${px(middle)}" r="3.5"/>`;
  } else if (value !== '') out += textAt(right, middle + 4.5, value, { size: 13.5, weight: 600, anchor: 'end' });
  return out;
}
/** Names of variables are in full ink; indexes and keys are second text. */
function isPlainName(row: Row): boolean {
  return /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(row.key);
}

export function frameCard(placed: Placed<FrameCard>): string {
  const { card, x, y, width, height } = placed;
  let out = rect(x, y, width, height, 'rx="7" class="card"');
  const free = Math.floor((width - 36 - monoWidth(card.note, 11)) / monoWidth('x', 14));
  out += textAt(x + 12, y + 23, shorten(card.title, Math.max(6, Math.min(free, TEXT_LIMIT))), {
    size: 14,
    weight: 650,
  });
  out += textAt(x + width - 12, y + 22, card.note, { size: 12, class: 'sans ink-3', anchor: 'end' });
  if (card.detail !== undefined) out += textAt(x + 12, y + 43, card.detail, { size: 12, class: 'ink-3' });
  const header = HEADER + (card.detail === undefined ? 0 : DETAIL);
  if (card.rows.length > 0 || card.folded !== undefined) out += rule(x, y + header, width);
  out += rows(placed);
  if (card.folded !== undefined) {
    const at = y + rowMiddle(card, Math.max(card.rows.length, card.reserve ?? 0));
    out += rule(x, at - 15, width) + textAt(x + 14, at + 4, card.folded, { size: 12, class: 'sans ink-3' });
    out += chevron(x + width - 22, at, card.open === true);
  }
  return `<g data-frame="${px(x)}">${out}</g>`;
}

function chevron(x: number, y: number, up: boolean): string {
  const [from, to] = up ? [2, -4] : [-2, 4];
  return `<path class="chevron" d="M${px(x)} ${px(y + from)}l4.5 ${to} 4.5 ${-to}"/>`;
}

export function objectCard(placed: Placed<ObjectCard>, cut: boolean, chosen: boolean): string {
  const { card, x, y, width, height } = placed;
  const type = shorten(card.type, TYPE_LIMIT);
  let out = '';
  if (chosen)
    out += rect(x - 4, y - 4, width + 8, height + 8, 'rx="10" fill="none" stroke="var(--sel)" stroke-width="2"');
  out += rect(x, y, width, height, `rx="7" class="card${cut ? ' cut' : card.change === 'new' ? ' new' : ''}"`);
  out += textAt(x + 12, y + 23, type, { size: 14, weight: 650 });
  const taken = card.count === null ? 62 : 40;
  const room = Math.floor((width - 26 - taken - monoWidth(type, 14)) / monoWidth('x', 13));
  out += textAt(x + 20 + monoWidth(type, 14), y + 23, shortLabel(card.label, Math.max(3, room)), {
    size: 13,
    class: 'ink-3',
  });
  out +=
    card.count === null
      ? textAt(x + width - 12, y + 22, 'immortal', { size: 12, class: 'sans ink-3', anchor: 'end' })
      : pill(x + width - 8, y + 8, card.count, card.countChange);
  if (card.scratch !== undefined) out += scratch(x + width - 42, y + 8, card.scratch);
  if (card.detail !== undefined) out += textAt(x + 12, y + 43, card.detail, { size: 12, class: 'ink-3' });
  const header = HEADER + (card.detail === undefined ? 0 : DETAIL);
  if (card.text !== undefined || card.rows.length > 0) out += rule(x, y + header + 1, width);
  if (card.text !== undefined) {
    out += textAt(x + 12, y + header + 19.5, shorten(card.text, TEXT_LIMIT + 2), { size: 13.5, weight: 500 });
  }
  out += rows(placed);
  return `<g data-object="${card.id}">${out}</g>`;
}
/** What it is called is cut, its serial number never. */
function shortLabel(label: string, room: number): string {
  const serial = / ?#\d+$/.exec(label)?.[0] ?? '';
  const name = label.slice(0, label.length - serial.length);
  const left = room - serial.length;
  if (name === '' || [...name].length <= left) return label;
  return left < 4 ? serial.trim() : shorten(name, left) + serial;
}
/** The count: round is real. Its right edge stands at `right`. */
function pill(right: number, y: number, count: number, change: Change | undefined): string {
  const text = String(count);
  const width = Math.max(26, monoWidth(text, 13) + 14);
  const colours = change === undefined ? 'fill="var(--ink)"' : 'fill="var(--chg-soft)" stroke="var(--chg-line)"';
  const number = textAt(right - width / 2, y + 14.5, text, {
    size: 13,
    class: change === undefined ? 'on-ink' : 'chg',
    weight: 700,
    anchor: 'middle',
  });
  return rect(right - width, y, width, 20, `rx="10" ${colours}`) + number;
}
/** The collector's note: square is a note. */
function scratch(right: number, y: number, count: number): string {
  const text = String(count);
  const width = Math.max(24, monoWidth(text, 13) + 12);
  return (
    rect(right - width, y, width, 20, 'rx="2" fill="var(--scr-soft)" stroke="var(--scr-line)"') +
    textAt(right - width / 2, y + 14.5, text, { size: 13, class: 'scr', weight: 700, anchor: 'middle' })
  );
}

export function ghostCard(placed: Placed<Ghost>): string {
  const { card, x, y, width, height } = placed;
  let out = rect(x, y, width, height, 'rx="7" class="card ghost"');
  out += textAt(x + 12, y + 23, card.type, { size: 14, class: 'ghost', weight: 650 });
  out += textAt(x + 20 + monoWidth(card.type, 14), y + 23, card.label, { size: 13, class: 'ghost' });
  out += rect(x + width - 34, y + 8, 26, 20, 'rx="10" fill="none" stroke="var(--ghost-line)"');
  out += textAt(x + width - 21, y + 22.5, '0', { size: 13, class: 'ghost', weight: 700, anchor: 'middle' });
  card.cause.forEach((line, k) => {
    out += textAt(x + 12, y + 44 + 16 * k, line, { size: 12, class: 'sans ghost' });
  });
  return `<g data-ghost="${card.id}">${out}</g>`;
}
