// Text of a program inside text of ours: what would move the cursor, colour or clear is written out, as Python's repr writes it.

/** C0 and C1 controls, and the marks that turn the direction of writing around. */
const CONTROLS = /[\p{Cc}\p{Bidi_Control}]/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

export function printable(text: string): string {
  return text.replaceAll(CONTROLS, (c) => {
    const code = c.charCodeAt(0);
    return SHORT[c] ?? (code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`);
  });
}

/** At most `width` characters, the last an ellipsis where something is left out. */
export function fit(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}
