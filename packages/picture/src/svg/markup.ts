/** Text of a program inside SVG: nothing of it is markup, and nothing turns or hides what stands around it. */
const SPECIAL: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** What XML forbids, control characters, lone halves of pairs, marks that format text or turn its direction, other line ends. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}\p{Noncharacter_Code_Point}]/gu;

export function escapeText(text: string): string {
  return text
    .replace(HIDDEN, (c) => {
      const hex = (c.codePointAt(0) as number).toString(16);
      return hex.length < 3 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`;
    })
    .replace(/[&<>"']/g, (c) => SPECIAL[c] as string);
}

/** A number of pixels, to a tenth. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export interface TextOptions {
  readonly size: number;
  readonly class?: string;
  readonly weight?: number;
  readonly anchor?: 'middle' | 'end';
}
export function textAt(x: number, y: number, text: string, options: TextOptions): string {
  const name = options.class === undefined ? '' : ` class="${options.class}"`;
  const weight = options.weight === undefined ? '' : ` font-weight="${options.weight}"`;
  const anchor = options.anchor === undefined ? '' : ` text-anchor="${options.anchor}"`;
  return `<text x="${px(x)}" y="${px(y)}" font-size="${options.size}"${name}${weight}${anchor}>${escapeText(text)}</text>`;
}
