// White space and decimal digits of any script made ASCII, before int(), float() and complex() read a text
// (_PyUnicode_TransformDecimalAndSpaceToASCII).

import { decimalValue, isSpace } from './properties.ts';

/** Spaces become ' ', decimal digits '0' … '9'; from the first other character outside ASCII on, '?'. */
export function decimalAndSpaceToAscii(text: string): string {
  let i = 0;
  while (i < text.length && text.charCodeAt(i) < 128) i++;
  if (i === text.length) return text;
  let out = '';
  for (const ch of text) {
    const c = ch.codePointAt(0)!;
    if (c < 128) out += ch;
    else if (isSpace(c)) out += ' ';
    else {
      const d = decimalValue(c);
      if (d < 0) return `${out}?`;
      out += String(d);
    }
  }
  return out;
}
