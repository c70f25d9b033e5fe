// repr() of constants, for messages, annotations as strings and the disassembler.
import type { CodeData } from './code.ts';
import type { Constant } from './constants.ts';
import { setOrder } from './set-order.ts';

/** repr(float): the shortest digits that read back, with an exponent below 1e-4 and from 1e16 on. */
function floatRepr(v: number): string {
  if (Number.isNaN(v)) return 'nan';
  if (!Number.isFinite(v)) return v < 0 ? '-inf' : 'inf';
  if (v === 0) return Object.is(v, -0) ? '-0.0' : '0.0';
  const [mantissa, exponent] = Math.abs(v).toExponential().split('e') as [string, string];
  const sign = v < 0 ? '-' : '';
  const digits = mantissa.replace('.', '');
  const exp = Number(exponent);
  if (exp < -4 || exp >= 16) {
    const fraction = digits.length > 1 ? '.' + digits.slice(1) : '';
    return `${sign}${digits[0]}${fraction}e${exp < 0 ? '-' : '+'}${String(Math.abs(exp)).padStart(2, '0')}`;
  }
  if (exp < 0) return `${sign}0.${'0'.repeat(-exp - 1)}${digits}`;
  if (digits.length <= exp + 1) return `${sign}${digits}${'0'.repeat(exp + 1 - digits.length)}.0`;
  return `${sign}${digits.slice(0, exp + 1)}.${digits.slice(exp + 1)}`;
}

/** A part of a complex number: without the `.0`. */
function partRepr(v: number): string {
  return floatRepr(v).replace(/\.0$/, '');
}

function complexRepr(re: number, im: number): string {
  if (re === 0 && !Object.is(re, -0)) return partRepr(im) + 'j';
  const imaginary = partRepr(im);
  return `(${partRepr(re)}${imaginary.startsWith('-') ? '' : '+'}${imaginary}j)`;
}

const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u;

function escapeChar(ch: string): string {
  const code = ch.codePointAt(0)!;
  if (ch === '\n') return '\\n';
  if (ch === '\r') return '\\r';
  if (ch === '\t') return '\\t';
  if (code < 0x100) return '\\x' + code.toString(16).padStart(2, '0');
  if (code < 0x10000) return '\\u' + code.toString(16).padStart(4, '0');
  return '\\U' + code.toString(16).padStart(8, '0');
}

export function quote(s: string, points?: readonly number[]): string {
  const mark = s.includes("'") && !s.includes('"') ? '"' : "'";
  let out = '';
  for (const ch of points === undefined ? s : points.map((point) => String.fromCodePoint(point))) {
    if (ch === mark || ch === '\\') out += '\\' + ch;
    else if (ch !== ' ' && unprintable.test(ch)) out += escapeChar(ch);
    else out += ch;
  }
  return mark + out + mark;
}

function bytesRepr(bytes: Uint8Array): string {
  const mark = bytes.includes(39) && !bytes.includes(34) ? '"' : "'";
  let out = 'b' + mark;
  for (const byte of bytes) {
    const ch = String.fromCharCode(byte);
    if (ch === mark || ch === '\\') out += '\\' + ch;
    else out += byte < 32 || byte >= 127 ? escapeChar(ch) : ch;
  }
  return out + mark;
}

export function constantRepr(c: Constant, codeRepr: (code: CodeData) => string = (code) => code.co_name): string {
  switch (c.t) {
    case 'None':
      return 'None';
    case 'Ellipsis':
      return 'Ellipsis';
    case 'bool':
      return c.v ? 'True' : 'False';
    case 'int':
      return String(c.v);
    case 'float':
      return floatRepr(c.v);
    case 'complex':
      return complexRepr(c.re, c.im);
    case 'str':
      return quote(c.v, c.points);
    case 'bytes':
      return bytesRepr(c.v);
    case 'tuple': {
      const items = c.v.map((item) => constantRepr(item, codeRepr));
      return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`;
    }
    case 'frozenset': {
      const items = setOrder(c.v).map((item) => constantRepr(item, codeRepr));
      return items.length === 0 ? 'frozenset()' : `frozenset({${items.join(', ')}})`;
    }
    case 'code':
      return codeRepr(c.v);
  }
}
