// printf-style formats: `format % args` of str and bytes. Mirrors unicode_format_arg_parse and
// unicode_format_arg_output of Objects/unicodeobject.c and _PyBytes_FormatEx of bytesobject.c.
// One conversion is parsed at a time, because CPython fetches arguments (and may fail) between conversions.

import { DTSF_ALT, doubleToString } from './dtoa.ts';
import { valueError } from './formaterror.ts';
import { digitsOfBase } from './intformat.ts';

export const F_LJUST = 1;
export const F_SIGN = 2;
export const F_BLANK = 4;
export const F_ALT = 8;
export const F_ZERO = 16;

/** Width or precision: absent. */
export const ABSENT = -1;
/** Width or precision: `*`, the next argument gives it. */
export const FROM_ARGUMENT = -2;

export interface PercentPiece {
  /** The mapping key, or null: the caller must have a mapping ("format requires a mapping", before anything else). */
  key: string | null;
  flags: number;
  width: number;
  precision: number;
  /** The conversion, one code point. */
  code: string;
  /** A bare `%%`: one '%', no argument. (With anything between, '%' is an unsupported conversion.) */
  literal: boolean;
  /** Index just behind the conversion. */
  end: number;
  /** Set in place of the code when the text ends too early: raise after the arguments of `*` were fetched. */
  incomplete: boolean;
}

/** Appends n characters, item(0) to item(n - 1), with spaces up to the width: before them, or behind them after '-'. */
export function putPadded(out: number[], piece: PercentPiece, n: number, item: (i: number) => number): void {
  const missing = piece.width - n;
  const left = (piece.flags & F_LJUST) !== 0;
  if (!left) for (let i = 0; i < missing; i++) out.push(32);
  for (let i = 0; i < n; i++) out.push(item(i));
  if (left) for (let i = 0; i < missing; i++) out.push(32);
}

const MAX_SSIZE = 9223372036854775807n;

/**
 * Parses the conversion whose '%' is at text[at - 1]. `text` is the format as code units of one code point each where
 * positions matter (`index` in messages counts them). hasMapping tells whether the argument is a mapping.
 */
export function parsePercent(text: string, at: number, kind: 'str' | 'bytes' = 'str'): PercentPiece {
  const piece: PercentPiece = {
    key: null,
    flags: 0,
    width: ABSENT,
    precision: ABSENT,
    code: '',
    literal: false,
    end: at,
    incomplete: false,
  };
  let p = at;
  const n = text.length;
  if (text[p] === '(') {
    p++;
    const start = p;
    let depth = 1;
    while (depth > 0 && p < n) {
      const c = text[p++];
      if (c === ')') depth--;
      else if (c === '(') depth++;
    }
    if (depth > 0) valueError('incomplete format key');
    piece.key = text.slice(start, p - 1);
  }
  flags: for (; p < n; p++) {
    switch (text[p]) {
      case '-':
        piece.flags |= F_LJUST;
        break;
      case '+':
        piece.flags |= F_SIGN;
        break;
      case ' ':
        piece.flags |= F_BLANK;
        break;
      case '#':
        piece.flags |= F_ALT;
        break;
      case '0':
        piece.flags |= F_ZERO;
        break;
      default:
        break flags;
    }
  }
  const number = (limit: bigint, message: string): number => {
    let v = 0n;
    for (; p < n; p++) {
      const d = text.charCodeAt(p) - 48;
      if (d < 0 || d > 9) break;
      v = v * 10n + BigInt(d);
      if (v > limit) valueError(message);
    }
    return Number(v);
  };
  const isDigit = (c: string | undefined): boolean => c !== undefined && c >= '0' && c <= '9';
  if (text[p] === '*') {
    piece.width = FROM_ARGUMENT;
    p++;
  } else if (isDigit(text[p])) piece.width = number(MAX_SSIZE, 'width too big');
  if (text[p] === '.') {
    p++;
    piece.precision = 0;
    if (text[p] === '*') {
      piece.precision = FROM_ARGUMENT;
      p++;
    } else if (isDigit(text[p]))
      piece.precision = number(0x7fffffffn, kind === 'str' ? 'precision too big' : 'prec too big');
  }
  if (text[p] === 'h' || text[p] === 'l' || text[p] === 'L') p++;
  if (p >= n) {
    piece.incomplete = true;
    piece.end = n;
    return piece;
  }
  piece.code = String.fromCodePoint(text.codePointAt(p)!);
  piece.end = p + piece.code.length;
  piece.literal = p === at && piece.code === '%';
  return piece;
}

/** The message for a piece without conversion. */
export const INCOMPLETE = 'incomplete format';

/** ValueError's message for a conversion that is not known; index is that of its character, in code points. */
export function unsupportedCode(code: string, index: number): string {
  const c = code.codePointAt(0)!;
  const shown = c > 31 && c < 127 ? code : '?';
  return `unsupported format character '${shown}' (0x${c.toString(16)}) at index ${index}`;
}

/** Text with its sign and prefix padded to the width. Numbers take zeros behind sign and prefix. */
export function padPercent(text: string, flags: number, width: number, numeric: boolean, prefixLength: number): string {
  let sign = '';
  if (numeric) {
    if (text[0] === '-' || text[0] === '+') {
      sign = text[0];
      text = text.slice(1);
    } else if (flags & F_SIGN) sign = '+';
    else if (flags & F_BLANK) sign = ' ';
  }
  const missing = width - sign.length - text.length;
  if (missing <= 0) return sign + text;
  if (flags & F_LJUST) return sign + text + ' '.repeat(missing);
  if (numeric && flags & F_ZERO) {
    return sign + text.slice(0, prefixLength) + '0'.repeat(missing) + text.slice(prefixLength);
  }
  return ' '.repeat(missing) + sign + text;
}

/** %d %i %u %o %x %X of an int, padded. */
export function percentInt(value: bigint, code: string, flags: number, width: number, precision: number): string {
  const negative = value < 0n;
  const base = code === 'o' || code === 'x' || code === 'X' ? code : 'd';
  let digits = digitsOfBase(negative ? -value : value, base);
  if (precision > 0x7fffffff - 3) valueError('precision too large');
  if (digits.length < precision) digits = digits.padStart(precision, '0');
  const prefix = flags & F_ALT && base !== 'd' ? `0${base.toLowerCase()}` : '';
  let text = prefix + digits;
  if (code === 'X') text = text.toUpperCase();
  return padPercent(negative ? `-${text}` : text, flags, width, true, prefix.length);
}

/** %e %f %g (both cases) of a float, padded. */
export function percentFloat(value: number, code: string, flags: number, width: number, precision: number): string {
  const text = doubleToString(value, code, precision < 0 ? 6 : precision, flags & F_ALT ? DTSF_ALT : 0);
  return padPercent(text, flags, width, true, 0);
}
