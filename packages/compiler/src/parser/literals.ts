// Literals: the values of numbers, strings and bytes. Mirrors CPython's Parser/string_parser.c and parsenumber.
// A literal that is wrong throws LiteralError; the error pass gives it its place.
import { type Constant, joined, type StrConstant } from '../constants.ts';
import { escapedByteError } from '../tokenizer/decode.ts';

export class LiteralError extends Error {}

export interface LiteralContext {
  /** Called for an escape that Python does not know. */
  warn(message: string): void;
  resolveCharName: (name: string) => number;
  intMaxStrDigits: number;
  undecoded: boolean;
}

export function numberConstant(literal: string, context: LiteralContext): Constant {
  const text = literal.includes('_') ? literal.replaceAll('_', '') : literal;
  const last = text.charCodeAt(text.length - 1) | 32;
  const second = text.charCodeAt(1) | 32;
  if (text.charCodeAt(0) === 48 && (second === 120 || second === 111 || second === 98)) {
    return { t: 'int', v: BigInt(text.toLowerCase()) };
  }
  if (last === 106) return { t: 'complex', re: 0, im: Number(text.slice(0, -1)) };
  if (/[.eE]/.test(text)) return { t: 'float', v: Number(text) };
  const limit = context.intMaxStrDigits;
  if (limit > 0 && text.length > limit) {
    throw new LiteralError(
      `Exceeds the limit (${limit} digits) for integer string conversion: value has ${text.length} digits; ` +
        'use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals ' +
        'to avoid decimal conversion limits.',
    );
  }
  return { t: 'int', v: BigInt(text) };
}

const hexValue = (c: number): number =>
  c >= 48 && c < 58 ? c - 48 : c >= 97 && c < 103 ? c - 87 : c >= 65 && c < 71 ? c - 55 : -1;

const SIMPLE: Record<string, string> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/**
 * The position that CPython would name: it first writes every non-ASCII character as \UXXXXXXXX (10 bytes), and a
 * backslash in front of one as \u005c.
 */
function escapedPosition(s: string, to: number): number {
  let n = 0;
  for (let i = 0; i < to; i++) {
    const c = s.charCodeAt(i);
    if (c < 128) {
      if (c === 92) {
        if (i + 1 >= s.length || s.charCodeAt(i + 1) >= 128) n += 6;
        else {
          n++;
          if (i + 1 < to) {
            n++;
            i++;
          }
        }
      } else n++;
    } else {
      n += 10;
      if ((c & 0xfc00) === 0xd800 && (s.charCodeAt(i + 1) & 0xfc00) === 0xdc00) i++;
    }
  }
  return n;
}

function unicodeError(s: string, from: number, to: number, why: string): never {
  const a = escapedPosition(s, from);
  const b = a + (to - from) - 1;
  throw new LiteralError(`(unicode error) 'unicodeescape' codec can't decode bytes in position ${a}-${b}: ${why}`);
}

/** The character of `\N{name}` whose N is at `at`, and the index behind it. */
function namedCharacter(s: string, at: number, context: LiteralContext): [number, number] {
  const start = at - 1;
  if (s.charCodeAt(at + 1) !== 123) unicodeError(s, start, at + 1, 'malformed \\N character escape');
  const close = s.indexOf('}', at + 2);
  if (close < 0) unicodeError(s, start, s.length, 'malformed \\N character escape');
  if (close === at + 2) unicodeError(s, start, close, 'malformed \\N character escape');
  const cp = context.resolveCharName(s.slice(at + 2, close));
  if (cp < 0) unicodeError(s, start, close + 1, 'unknown Unicode character name');
  return [cp, close + 1];
}

function checkDecoded(s: string, escapes: boolean): void {
  const error = escapedByteError(s, escapes);
  if (error !== null) throw new LiteralError(error);
}

/** The value of a str literal's body. */
export function decodeUnicode(s: string, context: LiteralContext): StrConstant {
  if (context.undecoded) checkDecoded(s, true);
  const pieces: StrConstant[] = [];
  let out = '';
  let from = 0;
  let warning = '';
  for (let i = s.indexOf('\\'); i >= 0; i = s.indexOf('\\', from)) {
    out += s.slice(from, i);
    const e = s.charAt(i + 1);
    const c = s.charCodeAt(i + 1);
    const simple = SIMPLE[e];
    if (simple !== undefined) {
      out += simple;
      from = i + 2;
    } else if (c >= 48 && c < 56) {
      let k = i + 1;
      let v = 0;
      for (; k < i + 4 && s.charCodeAt(k) >= 48 && s.charCodeAt(k) < 56; k++) v = v * 8 + s.charCodeAt(k) - 48;
      if (v > 0o377 && warning === '') warning = `invalid octal escape sequence '${s.slice(i, k)}'`;
      out += String.fromCharCode(v);
      from = k;
    } else if (e === 'x' || e === 'u' || e === 'U') {
      const count = e === 'x' ? 2 : e === 'u' ? 4 : 8;
      let v = 0;
      for (let k = i + 2; k < i + 2 + count; k++) {
        const h = k < s.length ? hexValue(s.charCodeAt(k)) : -1;
        if (h < 0) unicodeError(s, i, k, `truncated \\${e}${'X'.repeat(count)} escape`);
        v = v * 16 + h;
      }
      if (v > 0x10ffff) unicodeError(s, i, i + 2 + count, 'illegal Unicode character');
      // a low surrogate begins a piece of its own, not to pair with what stands before it
      if (v >= 0xdc00 && v <= 0xdfff) {
        pieces.push({ t: 'str', v: out });
        out = '';
      }
      out += String.fromCodePoint(v);
      from = i + 2 + count;
    } else if (e === 'N') {
      const [cp, next] = namedCharacter(s, i + 1, context);
      out += String.fromCodePoint(cp);
      from = next;
    } else {
      out += '\\';
      from = i + 1;
      if (e !== '') {
        if (c < 128 && warning === '') warning = `invalid escape sequence '\\${e}'`;
        out += e;
        from = i + 2;
      }
    }
  }
  // Only the first bad escape is warned of, and only in a literal that is right.
  if (warning !== '') context.warn(warning);
  pieces.push({ t: 'str', v: out + s.slice(from) });
  return { ...joined(pieces), room: escapedPosition(s, s.length) };
}

/** The bytes of a bytes literal's body, which is ASCII. */
function decodeBytes(s: string, context: LiteralContext): Uint8Array {
  const out = new Uint8Array(s.length);
  let n = 0;
  let warning = '';
  for (let i = 0; i < s.length; ) {
    const c = s.charCodeAt(i);
    if (c !== 92) {
      out[n++] = c;
      i++;
      continue;
    }
    const e = s.charAt(i + 1);
    const d = s.charCodeAt(i + 1);
    const simple = SIMPLE[e];
    if (simple !== undefined) {
      if (simple !== '') out[n++] = simple.charCodeAt(0);
      i += 2;
    } else if (d >= 48 && d < 56) {
      let k = i + 1;
      let v = 0;
      for (; k < i + 4 && s.charCodeAt(k) >= 48 && s.charCodeAt(k) < 56; k++) v = v * 8 + s.charCodeAt(k) - 48;
      if (v > 0o377 && warning === '') warning = `invalid octal escape sequence '${s.slice(i, k)}'`;
      out[n++] = v & 255;
      i = k;
    } else if (e === 'x') {
      const a = hexValue(s.charCodeAt(i + 2));
      const b = hexValue(s.charCodeAt(i + 3));
      if (!(a >= 0 && b >= 0)) throw new LiteralError(`(value error) invalid \\x escape at position ${i}`);
      out[n++] = a * 16 + b;
      i += 4;
    } else {
      if (warning === '') warning = `invalid escape sequence '\\${e}'`;
      out[n++] = 92;
      i++;
    }
  }
  if (warning !== '') context.warn(warning);
  return out.slice(0, n);
}

/** A warning of an escaped brace, which in an f-string is the tokenizer's to give. */
export const isBraceWarning = (message: string): boolean => /\\[{}]'$/.test(message);

export const BYTES_NOT_ASCII = 'bytes can only contain ASCII literal characters';

/** The value of a STRING token, and whether it has the u prefix. */
export function stringConstant(token: string, context: LiteralContext): { value: Constant; u: boolean } {
  let at = 0;
  let bytes = false;
  let raw = false;
  let u = false;
  for (;;) {
    const c = token.charCodeAt(at) | 32;
    if (c === 98) bytes = true;
    else if (c === 114) raw = true;
    else if (c === 117) u = token.charCodeAt(at) === 117;
    else break;
    at++;
  }
  const quote = token.charCodeAt(at);
  const triple = token.charCodeAt(at + 1) === quote && token.length - at >= 6 && token.charCodeAt(at + 2) === quote;
  const size = triple ? 3 : 1;
  const body = token.slice(at + size, token.length - size);
  const plain = raw || !body.includes('\\');
  if (!bytes && plain && context.undecoded) checkDecoded(body, false);
  if (!bytes) return { value: plain ? { t: 'str', v: body } : decodeUnicode(body, context), u };
  const ascii = new Uint8Array(plain ? body.length : 0);
  for (let i = 0; i < body.length; i++) {
    const c = body.charCodeAt(i);
    if (c >= 128) throw new LiteralError(BYTES_NOT_ASCII);
    if (plain) ascii[i] = c;
  }
  return { value: { t: 'bytes', v: plain ? ascii : decodeBytes(body, context) }, u };
}
