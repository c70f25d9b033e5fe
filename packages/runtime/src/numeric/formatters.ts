// format(value, spec) for str, int, float and complex. Mirrors format_string_internal, format_long_internal,
// format_float_internal, format_complex_internal of Python/formatter_unicode.c.
// bool and subclasses come here with their own type name; an empty spec is str(value) and is the caller's.

import { digitsOfBase } from './intformat.ts';
import { DTSF_ADD_DOT_0, DTSF_ALT, DTSF_NO_NEG_0, doubleToString } from './dtoa.ts';
import { FormatError, valueError } from './formaterror.ts';
import { checkWidth, codePoints, type FormatSpec, padding, parseFormatSpec, unknownCode } from './formatspec.ts';
import { bigIntBitLength } from './bigconv.ts';

/** What format(str, spec) copies: `take` code points with `left` and `right` fill characters around them. */
export interface StrLayout {
  take: number;
  left: number;
  right: number;
  fill: string;
}

/** format() of a str of `length` code points, without its text. */
export function strLayout(length: number, spec: string, typeName = 'str'): StrLayout {
  const f = parseFormatSpec(spec, 's', '<', typeName);
  if (f.type !== 's') unknownCode(f.type, typeName);
  if (f.sign === ' ') valueError('Space not allowed in string format specifier');
  if (f.sign !== '') valueError('Sign not allowed in string format specifier');
  if (f.noNegZero) valueError('Negative zero coercion (z) not allowed in string format specifier');
  if (f.alternate) valueError('Alternate form (#) not allowed in string format specifier');
  if (f.align === '=') valueError("'=' alignment not allowed in string format specifier");
  const take = f.precision >= 0 && f.precision < length ? f.precision : length;
  return { take, ...padding(take, f.width, f.align), fill: f.fill };
}

export function formatStr(text: string, spec: string, typeName = 'str'): string {
  const n = codePoints(text);
  const p = strLayout(n, spec, typeName);
  if (p.take < n) text = p.take === 0 ? '' : Array.from(text).slice(0, p.take).join('');
  return p.fill.repeat(p.left) + text + p.fill.repeat(p.right);
}

/** Digits in groups from the right, zeros in front until minWidth characters are there. */
function group(digits: string, separator: string, size: number, minWidth: number): string {
  let remaining = digits.length;
  let out = '';
  let first = true;
  for (;;) {
    const len = separator === '' ? Math.max(remaining, minWidth, 1) : Math.min(size, Math.max(remaining, minWidth, 1));
    const zeros = Math.max(0, len - remaining);
    const chars = Math.max(0, Math.min(remaining, len));
    const piece = '0'.repeat(zeros) + digits.slice(remaining - chars, remaining);
    out = first ? piece : piece + separator + out;
    first = false;
    remaining -= chars;
    minWidth -= len;
    if (remaining <= 0 && minWidth <= 0) return out;
    minWidth -= separator.length;
  }
}

/** Puts sign, prefix, digits and the rest together with padding (fill_number). */
function layoutNumber(negative: boolean, prefix: string, digits: string, rest: string, f: FormatSpec): string {
  checkWidth(f.width);
  const sign = negative ? '-' : f.sign === '+' ? '+' : f.sign === ' ' ? ' ' : '';
  let body = digits;
  if (digits !== '') {
    const min = f.fill === '0' && f.align === '=' ? f.width - sign.length - prefix.length - rest.length : 0;
    if (f.grouping !== '' || min > digits.length) body = group(digits, f.grouping, f.groupSize, min);
  }
  const length = sign.length + prefix.length + body.length + codePoints(rest);
  if (f.width <= length) return sign + prefix + body + rest;
  if (f.align === '=') return sign + prefix + f.fill.repeat(f.width - length) + body + rest;
  const p = padding(length, f.width, f.align);
  return f.fill.repeat(p.left) + sign + prefix + body + rest + f.fill.repeat(p.right);
}

export function formatInt(value: bigint, spec: string, typeName = 'int'): string {
  const f = parseFormatSpec(spec, 'd', '>', typeName);
  switch (f.type) {
    case 'b':
    case 'c':
    case 'd':
    case 'o':
    case 'x':
    case 'X':
    case 'n':
      return formatIntSpec(value, f);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case '%': {
      const x = Number(value);
      if (!Number.isFinite(x)) throw new FormatError('OverflowError', 'int too large to convert to float');
      return formatFloatSpec(x, f);
    }
    default:
      return unknownCode(f.type, typeName);
  }
}

function formatIntSpec(value: bigint, f: FormatSpec): string {
  if (f.precision !== -1) valueError('Precision not allowed in integer format specifier');
  if (f.noNegZero) valueError('Negative zero coercion (z) not allowed in integer format specifier');
  if (f.type === 'c') {
    if (f.sign !== '') valueError("Sign not allowed with integer format specifier 'c'");
    if (f.alternate) valueError("Alternate form (#) not allowed with integer format specifier 'c'");
    if (bigIntBitLength(value < 0n ? -value - 1n : value) > 63) {
      throw new FormatError('OverflowError', 'Python int too large to convert to C long');
    }
    if (value < 0n || value > 0x10ffffn) throw new FormatError('OverflowError', '%c arg not in range(0x110000)');
    return layoutNumber(false, '', '', String.fromCodePoint(Number(value)), f);
  }
  const negative = value < 0n;
  let digits = digitsOfBase(negative ? -value : value, f.type);
  let prefix = '';
  if (f.alternate && f.type !== 'd' && f.type !== 'n') prefix = `0${f.type}`;
  if (f.type === 'X') digits = digits.toUpperCase();
  return layoutNumber(negative, prefix, digits, '', f);
}

export function formatFloat(value: number, spec: string, typeName = 'float'): string {
  const f = parseFormatSpec(spec, '', '>', typeName);
  switch (f.type) {
    case '':
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case 'n':
    case '%':
      return formatFloatSpec(value, f);
    default:
      return unknownCode(f.type, typeName);
  }
}

function floatFlags(f: FormatSpec): number {
  return (f.alternate ? DTSF_ALT : 0) | (f.noNegZero ? DTSF_NO_NEG_0 : 0);
}

/** Sign, integer digits and the rest of what doubleToString wrote. */
function splitNumber(text: string): { negative: boolean; digits: string; rest: string } {
  const negative = text[0] === '-';
  const start = negative ? 1 : 0;
  let i = start;
  while (i < text.length && text.charCodeAt(i) >= 48 && text.charCodeAt(i) <= 57) i++;
  return { negative, digits: text.slice(start, i), rest: text.slice(i) };
}

function precisionOf(f: FormatSpec, standard: number): number {
  return f.precision < 0 ? standard : f.precision;
}

function checkPrecision(f: FormatSpec): void {
  if (f.precision > 0x7fffffff) valueError('precision too big');
}

function formatFloatSpec(value: number, f: FormatSpec): string {
  checkPrecision(f);
  let flags = floatFlags(f);
  let code = f.type;
  let precision = 6;
  if (code === '') {
    flags |= DTSF_ADD_DOT_0;
    code = f.precision < 0 ? 'r' : 'g';
    precision = 0;
  } else if (code === 'n') code = 'g';
  const percent = code === '%';
  if (percent) {
    code = 'f';
    value *= 100;
  }
  const { negative, digits, rest } = splitNumber(doubleToString(value, code, precisionOf(f, precision), flags));
  return layoutNumber(negative, '', digits, percent ? `${rest}%` : rest, f);
}

export function formatComplex(re: number, im: number, spec: string, typeName = 'complex'): string {
  const f = parseFormatSpec(spec, '', '>', typeName);
  switch (f.type) {
    case '':
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case 'n':
      break;
    default:
      unknownCode(f.type, typeName);
  }
  checkPrecision(f);
  if (f.fill === '0') valueError('Zero padding is not allowed in complex format specifier');
  if (f.align === '=') valueError("'=' alignment flag is not allowed in complex format specifier");
  let code: string = f.type;
  let precision = 6;
  let skipReal = false;
  let parens = false;
  if (code === '') {
    code = f.precision < 0 ? 'r' : 'g';
    precision = 0;
    skipReal = re === 0 && 1 / re > 0;
    parens = !skipReal;
  } else if (code === 'n') code = 'g';
  const flags = floatFlags(f);
  const part: FormatSpec = { ...f, fill: '\0', align: '<', width: -1 };
  let text = '';
  if (!skipReal) {
    const r = splitNumber(doubleToString(re, code, precisionOf(f, precision), flags));
    text = layoutNumber(r.negative, '', r.digits, r.rest, part);
    part.sign = '+';
  }
  const i = splitNumber(doubleToString(im, code, precisionOf(f, precision), flags));
  text += `${layoutNumber(i.negative, '', i.digits, i.rest, part)}j`;
  if (parens) text = `(${text})`;
  const p = padding(text.length, f.width, f.align);
  return f.fill.repeat(p.left) + text + f.fill.repeat(p.right);
}
