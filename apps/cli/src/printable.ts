// Text of a program inside text of ours: what would move the cursor, colour, clear, hide or turn around is written out, as
// Python's repr writes it.

/** Control characters, marks that format text (those that turn its direction among them), other line ends, halves of pairs, what is no character. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

export function printable(text: string): string {
  return text.replaceAll(HIDDEN, (c) => {
    const hex = (c.codePointAt(0) as number).toString(16);
    return SHORT[c] ?? (hex.length < 3 ? `\\x${hex.padStart(2, '0')}` : unicodeEscape(hex));
  });
}
function unicodeEscape(hex: string): string {
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** A value as JSON that a terminal can show, too: what JSON may hold as it is, but no terminal should, is escaped. */
export function jsonText(value: unknown): string {
  return `${shownJson(JSON.stringify(value, null, 2))}\n`;
}
/** The same on one line. */
export function jsonLine(value: unknown): string {
  return shownJson(JSON.stringify(value));
}
function shownJson(json: string): string {
  return json.replaceAll(HIDDEN, (c) => {
    if (c === '\n') return c;
    return [...Array(c.length).keys()].map((k) => `\\u${c.charCodeAt(k).toString(16).padStart(4, '0')}`).join('');
  });
}

/** At most `width` characters, the last an ellipsis where something is left out. */
export function fit(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

const LINE_WIDTH = 300;
/** A line of an answer, however long the program's texts are. */
export function shownLine(text: string): string {
  return fit(printable(text), LINE_WIDTH);
}

const NAME_WIDTH = 60;
/** A program's name of something inside a line of ours. */
export function nameInLine(name: string): string {
  return fit(printable(name), NAME_WIDTH);
}
