// Operators and delimiters: the longest one that starts at an index.
import * as T from './token.ts';

const ONE = new Uint8Array(128);
for (const [text, type] of T.OPERATORS) if (text.length === 1) ONE[text.charCodeAt(0)] = type;

/** The type of a one-character token; OP for a character that is none. */
export const oneChar = (c: number): number => (c < 128 && ONE[c]! !== 0 ? ONE[c]! : T.OP);

/** The type of the operator of two characters, or 0. */
export function twoChars(c: number, d: number): number {
  if (d === 61 /* = */) {
    switch (c) {
      case 33:
        return T.NOTEQUAL;
      case 37:
        return T.PERCENTEQUAL;
      case 38:
        return T.AMPEREQUAL;
      case 42:
        return T.STAREQUAL;
      case 43:
        return T.PLUSEQUAL;
      case 45:
        return T.MINEQUAL;
      case 47:
        return T.SLASHEQUAL;
      case 58:
        return T.COLONEQUAL;
      case 60:
        return T.LESSEQUAL;
      case 61:
        return T.EQEQUAL;
      case 62:
        return T.GREATEREQUAL;
      case 64:
        return T.ATEQUAL;
      case 94:
        return T.CIRCUMFLEXEQUAL;
      case 124:
        return T.VBAREQUAL;
    }
    return 0;
  }
  if (c === d) {
    switch (c) {
      case 42:
        return T.DOUBLESTAR;
      case 47:
        return T.DOUBLESLASH;
      case 60:
        return T.LEFTSHIFT;
      case 62:
        return T.RIGHTSHIFT;
    }
    return 0;
  }
  if (d === 62 /* > */) {
    if (c === 45) return T.RARROW;
    if (c === 60) return T.NOTEQUAL;
  }
  return 0;
}

/** The type of the operator of three characters that begins with the two-character operator `two`, or 0. */
export function thirdChar(two: number, e: number): number {
  if (e !== 61) return 0;
  switch (two) {
    case T.DOUBLESTAR:
      return T.DOUBLESTAREQUAL;
    case T.DOUBLESLASH:
      return T.DOUBLESLASHEQUAL;
    case T.LEFTSHIFT:
      return T.LEFTSHIFTEQUAL;
    case T.RIGHTSHIFT:
      return T.RIGHTSHIFTEQUAL;
  }
  return 0;
}
