// Numeric literals: how far one reaches and what is wrong with it.
import { CLASS, HEX, isDigit } from './chars.ts';
import type { Tokenizer } from './tokenizer.ts';
import { utf8Length } from './utf8.ts';

/** Keywords that may follow a number without a space (with a warning). */
const KEYWORD_AFTER = /(?:and|else|for|or|not)(?![A-Za-z0-9_\u0080-\uffff])|i[fns]/y;

function verifyEndOfNumber(tok: Tokenizer, at: number, kind: string): void {
  const c = at < tok.text.length ? tok.text.charCodeAt(at) : 0;
  if (c >= 128 || CLASS[c]! === 0) return;
  KEYWORD_AFTER.lastIndex = at;
  if (KEYWORD_AFTER.test(tok.text)) tok.warn(`invalid ${kind} literal`);
  else tok.syntaxError(`invalid ${kind} literal`, at);
}

/** The end of digits that may hold single underscores; `at` is behind the first digit. */
function decimalTail(tok: Tokenizer, at: number): number {
  const text = tok.text;
  for (;;) {
    while (isDigit(text.charCodeAt(at))) at++;
    if (text.charCodeAt(at) !== 95) return at;
    at++;
    if (!isDigit(text.charCodeAt(at))) tok.syntaxError('invalid decimal literal', at);
  }
}

function radixLiteral(tok: Tokenizer, at: number, kind: string, digit: (c: number) => boolean): number {
  const text = tok.text;
  do {
    if (text.charCodeAt(at) === 95) at++;
    if (!digit(text.charCodeAt(at))) {
      wrongDigit(tok, at, kind);
      tok.syntaxError(`invalid ${kind} literal`, at);
    }
    do at++;
    while (digit(text.charCodeAt(at)));
  } while (text.charCodeAt(at) === 95);
  wrongDigit(tok, at, kind);
  verifyEndOfNumber(tok, at, kind);
  return at;
}

function wrongDigit(tok: Tokenizer, at: number, kind: string): void {
  if (kind !== 'hexadecimal' && isDigit(tok.text.charCodeAt(at))) {
    tok.syntaxError(`invalid digit '${tok.text[at]}' in ${kind} literal`, at + 1);
  }
}

/** The end of what follows the digits before the point: fraction, exponent, j. `at` is behind those digits. */
function floatTail(tok: Tokenizer, at: number): number {
  const text = tok.text;
  if (text.charCodeAt(at) === 46) {
    at++;
    if (isDigit(text.charCodeAt(at))) at = decimalTail(tok, at);
  }
  let c = text.charCodeAt(at);
  if (c === 101 || c === 69) {
    const e = at++;
    c = text.charCodeAt(at);
    if (c === 43 || c === 45) {
      at++;
      if (!isDigit(text.charCodeAt(at))) tok.syntaxError('invalid decimal literal', at);
    } else if (!isDigit(c)) {
      verifyEndOfNumber(tok, e, 'decimal');
      return e;
    }
    at = decimalTail(tok, at);
    c = text.charCodeAt(at);
  }
  if (c === 106 || c === 74) {
    at++;
    verifyEndOfNumber(tok, at, 'imaginary');
  } else verifyEndOfNumber(tok, at, 'decimal');
  return at;
}

/** Moves tok.pos over the number that starts there. */
export function scanNumber(tok: Tokenizer): void {
  const text = tok.text;
  const start = tok.pos;
  let at = start;
  if (text.charCodeAt(at) !== 48) {
    if (text.charCodeAt(at) !== 46) at = decimalTail(tok, at + 1);
    tok.pos = floatTail(tok, at);
    return;
  }
  at++;
  const c = text.charCodeAt(at);
  if (c === 120 || c === 88) {
    tok.pos = radixLiteral(tok, at + 1, 'hexadecimal', (d) => d < 128 && (CLASS[d]! & HEX) !== 0);
  } else if (c === 111 || c === 79) tok.pos = radixLiteral(tok, at + 1, 'octal', (d) => d >= 48 && d < 56);
  else if (c === 98 || c === 66) tok.pos = radixLiteral(tok, at + 1, 'binary', (d) => d === 48 || d === 49);
  else {
    for (;;) {
      if (text.charCodeAt(at) === 95) {
        at++;
        if (!isDigit(text.charCodeAt(at))) tok.syntaxError('invalid decimal literal', at);
      }
      if (text.charCodeAt(at) !== 48) break;
      at++;
    }
    const zerosEnd = at + 1;
    let nonzero = false;
    if (isDigit(text.charCodeAt(at))) {
      nonzero = true;
      at = decimalTail(tok, at);
    }
    const d = text.charCodeAt(at);
    if (d === 46 || d === 101 || d === 69 || d === 106 || d === 74) tok.pos = floatTail(tok, at);
    else {
      if (nonzero) {
        tok.syntaxErrorRange(
          'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers',
          // Bytes here, though every other place of the tokenizer counts characters.
          utf8Length(text, tok.lineStart, start) + 1,
          utf8Length(text, tok.lineStart, zerosEnd),
        );
      }
      verifyEndOfNumber(tok, at, 'decimal');
      tok.pos = at;
    }
  }
}
