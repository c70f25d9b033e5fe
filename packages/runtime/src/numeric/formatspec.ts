// The format-specification mini-language: [[fill]align][sign][z][#][0][width][grouping][.precision][type].
// Mirrors parse_internal_render_format_spec of Python/formatter_unicode.c. Text is handled as code points.

import { FormatError, valueError } from './formaterror.ts';
import { decimalValue } from './unicode/properties.ts';

export interface FormatSpec {
  fill: string;
  align: '<' | '>' | '=' | '^';
  sign: '' | '+' | '-' | ' ';
  alternate: boolean;
  noNegZero: boolean;
  /** -1 when absent. */
  width: number;
  grouping: '' | ',' | '_';
  /** Digits in a group: 4 for the power-of-two codes. */
  groupSize: 3 | 4;
  /** -1 when absent. */
  precision: number;
  /** One code point, '' when there is none and the type has no default. */
  type: string;
}

const MAX_SSIZE = 9223372036854775807n;
/** Widths above this cannot be in one address space of this engine. */
const MAX_WIDTH = 0x7fffffff;

function isAlign(c: string | undefined): c is '<' | '>' | '=' | '^' {
  return c === '<' || c === '>' || c === '=' || c === '^';
}

/** A code as messages show it. */
function codeText(c: string): string {
  const p = c.codePointAt(0) ?? 0;
  return p > 32 && p < 128 ? c : `\\x${p.toString(16)}`;
}

export function unknownCode(code: string, typeName: string): never {
  valueError(`Unknown format code '${codeText(code)}' for object of type '${typeName}'`);
}

/** Parses a spec; typeName is the type of the object, for messages. */
export function parseFormatSpec(
  spec: string,
  defaultType: string,
  defaultAlign: '<' | '>',
  typeName: string,
): FormatSpec {
  const s = Array.from(spec);
  const end = s.length;
  let pos = 0;
  const f: FormatSpec = {
    fill: ' ',
    align: defaultAlign,
    sign: '',
    alternate: false,
    noNegZero: false,
    width: -1,
    grouping: '',
    groupSize: 3,
    precision: -1,
    type: defaultType,
  };
  let fillGiven = false;
  let alignGiven = false;
  const second = s[1];
  const first = s[0];
  if (end >= 2 && isAlign(second)) {
    f.fill = first!;
    f.align = second;
    fillGiven = true;
    alignGiven = true;
    pos = 2;
  } else if (isAlign(first)) {
    f.align = first;
    alignGiven = true;
    pos = 1;
  }
  const sign = s[pos];
  if (sign === '+' || sign === '-' || sign === ' ') {
    f.sign = sign;
    pos++;
  }
  if (s[pos] === 'z') {
    f.noNegZero = true;
    pos++;
  }
  if (s[pos] === '#') {
    f.alternate = true;
    pos++;
  }
  if (!fillGiven && s[pos] === '0') {
    f.fill = '0';
    if (!alignGiven && defaultAlign === '>') f.align = '=';
    pos++;
  }
  const number = (): number => {
    let v = -1n;
    for (; pos < end; pos++) {
      const d = decimalValue(s[pos]!.codePointAt(0)!);
      if (d < 0) break;
      v = (v < 0n ? 0n : v) * 10n + BigInt(d);
      if (v > MAX_SSIZE) valueError('Too many decimal digits in format string');
    }
    return Number(v);
  };
  f.width = number();
  if (s[pos] === ',') {
    f.grouping = ',';
    pos++;
  }
  if (s[pos] === '_') {
    if (f.grouping !== '') valueError("Cannot specify both ',' and '_'.");
    f.grouping = '_';
    pos++;
  }
  if (s[pos] === ',' && f.grouping === '_') valueError("Cannot specify both ',' and '_'.");
  if (s[pos] === '.') {
    pos++;
    f.precision = number();
    if (f.precision < 0) valueError('Format specifier missing precision');
  }
  if (end - pos > 1) valueError(`Invalid format specifier '${spec}' for object of type '${typeName}'`);
  if (pos < end) f.type = s[pos]!;
  if (f.grouping !== '') {
    switch (f.type) {
      case '':
      case 'd':
      case 'e':
      case 'f':
      case 'g':
      case 'E':
      case 'G':
      case '%':
      case 'F':
        break;
      case 'b':
      case 'o':
      case 'x':
      case 'X':
        if (f.grouping === ',') valueError(`Cannot specify ',' with '${f.type}'.`);
        f.groupSize = 4;
        break;
      default:
        valueError(`Cannot specify '${f.grouping}' with '${codeText(f.type)}'.`);
    }
  }
  return f;
}

export function checkWidth(width: number): void {
  if (width > MAX_WIDTH) throw new FormatError('MemoryError', '');
}

/** How a text of `length` code points is padded. */
export function padding(length: number, width: number, align: string): { left: number; right: number } {
  const total = Math.max(0, width - length);
  checkWidth(width);
  const left = align === '>' ? total : align === '^' ? Math.floor(total / 2) : 0;
  return { left, right: total - left };
}

/** Length in code points. */
export function codePoints(text: string): number {
  let n = text.length;
  for (let i = 1; i < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xdc00 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800) {
      n--;
      i++;
    }
  }
  return n;
}
