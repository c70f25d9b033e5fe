// Character classes of the tokenizer.

export const IDENTIFIER_START = 1;
export const DIGIT = 2;
export const HEX = 4;
/** Classes of the ASCII characters; anything above may be part of an identifier and is checked afterwards. */
export const CLASS = new Uint8Array(128);
for (let c = 0; c < 128; c++) {
  const ch = String.fromCharCode(c);
  if (/[A-Za-z_]/.test(ch)) CLASS[c]! |= IDENTIFIER_START;
  if (/[0-9]/.test(ch)) CLASS[c]! |= DIGIT;
  if (/[0-9A-Fa-f]/.test(ch)) CLASS[c]! |= HEX;
}

export const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const XID_START = /^[\p{XIDS}_]/u;
const XID_CONTINUE = /^\p{XIDC}/u;

/** The index of the first character of `word` that may not stand there in an identifier, or -1. */
export function invalidIdentifierAt(word: string): number {
  let first = true;
  for (let i = 0; i < word.length; ) {
    const cp = word.codePointAt(i)!;
    const ch = String.fromCodePoint(cp);
    if (!(first ? XID_START : XID_CONTINUE).test(ch)) return i;
    first = false;
    i += ch.length;
  }
  return -1;
}

/** str.isprintable of one character. */
export function isPrintable(cp: number): boolean {
  if (cp < 127) return cp >= 32;
  return !/[\p{C}\p{Z}]/u.test(String.fromCodePoint(cp));
}
