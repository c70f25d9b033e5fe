// Complex arithmetic, text and repr as Objects/complexobject.c: [real, imaginary] pairs in and out.

import { doubleToString, DTSF_SIGN } from './dtoa.ts';
import { atan2 } from './libm/arctrig.ts';
import { exp } from './libm/expcore.ts';
import { log } from './libm/logcore.ts';
import { pow } from './libm/pow.ts';
import { hypot2 } from './libm/roots.ts';
import { cos, sin } from './libm/trig.ts';
import { parseFloatExact } from './strtod.ts';

export type Complex = readonly [number, number];
/** What the operation refuses: ZeroDivisionError or OverflowError, with the caller's message. */
export type ComplexFailure = 'zero' | 'overflow';

export function complexMul(a: Complex, b: Complex): Complex {
  return [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
}

/** a / b by scaling with the larger part of b (_Py_c_quot). */
export function complexDiv(a: Complex, b: Complex): Complex | 'zero' {
  const re = Math.abs(b[0]);
  const im = Math.abs(b[1]);
  if (re >= im) {
    if (re === 0) return 'zero';
    const ratio = b[1] / b[0];
    const denom = b[0] + b[1] * ratio;
    return [(a[0] + a[1] * ratio) / denom, (a[1] - a[0] * ratio) / denom];
  }
  if (im >= re) {
    const ratio = b[0] / b[1];
    const denom = b[0] * ratio + b[1];
    return [(a[0] * ratio + a[1]) / denom, (a[1] * ratio - a[0]) / denom];
  }
  return [Number.NaN, Number.NaN];
}

/** abs(complex): 'overflow' when finite parts give an infinity. */
export function complexAbs(a: Complex): number | 'overflow' {
  const r = hypot2(a[0], a[1]);
  return r === Infinity && Number.isFinite(a[0]) && Number.isFinite(a[1]) ? 'overflow' : r;
}

function powUnsigned(x: Complex, n: number): Complex {
  let r: Complex = [1, 0];
  let p = x;
  for (let mask = 1; n >= mask; mask *= 2) {
    if (n & mask) r = complexMul(r, p);
    p = complexMul(p, p);
  }
  return r;
}

function powGeneral(a: Complex, b: Complex): Complex | 'zero' {
  if (b[0] === 0 && b[1] === 0) return [1, 0];
  if (a[0] === 0 && a[1] === 0) return b[1] !== 0 || b[0] < 0 ? 'zero' : [0, 0];
  const vabs = hypot2(a[0], a[1]);
  let len = pow(vabs, b[0]);
  const at = atan2(a[1], a[0]);
  let phase = at * b[0];
  if (b[1] !== 0) {
    len /= exp(at * b[1]);
    phase += b[1] * log(vabs);
  }
  // cos and sin of an infinity are domain errors, which CPython reports as a zero to a power
  if (Math.abs(phase) === Infinity) return 'zero';
  return [len * cos(phase), len * sin(phase)];
}

/** a ** b: a small whole exponent by repeated multiplication, else by logarithms. */
export function complexPow(a: Complex, b: Complex): Complex | ComplexFailure {
  let r: Complex | 'zero';
  if (b[1] === 0 && b[0] === Math.floor(b[0]) && Math.abs(b[0]) <= 100) {
    r = b[0] > 0 ? powUnsigned(a, b[0]) : complexDiv([1, 0], powUnsigned(a, -b[0]));
  } else r = powGeneral(a, b);
  if (r === 'zero') return r;
  return Math.abs(r[0]) === Infinity || Math.abs(r[1]) === Infinity ? 'overflow' : r;
}

/** repr(complex). */
export function complexRepr(a: Complex): string {
  if (a[0] === 0 && !Object.is(a[0], -0)) return `${doubleToString(a[1], 'r', 0, 0)}j`;
  return `(${doubleToString(a[0], 'r', 0, 0)}${doubleToString(a[1], 'r', 0, DTSF_SIGN)}j)`;
}

const NUMBER =
  '[+-]?(?:(?:[0-9](?:_?[0-9])*)?\\.?(?:[0-9](?:_?[0-9])*)?(?:e[+-]?[0-9](?:_?[0-9])*)?|inf(?:inity)?|nan)';
const TEXT = new RegExp(`^(${NUMBER})??(?:([+-]?)(${NUMBER})?(j))?$`, 'i');

/** complex(text), for text whose white space and decimal digits are ASCII already; null when it is malformed. */
export function complexFromText(text: string): Complex | null {
  const space = /^[\t-\r ]+|[\t-\r ]+$/g;
  let s = text.replace(space, '');
  if (s[0] === '(') {
    if (s[s.length - 1] !== ')') return null;
    s = s.slice(1, -1).replace(space, '');
  }
  if (s === '') return null;
  const last = s[s.length - 1]!;
  if (last !== 'j' && last !== 'J') {
    const re = parseFloatExact(s);
    return re === null ? null : [re, 0];
  }
  if (!TEXT.test(s)) return null;
  s = s.slice(0, -1);
  // the sign that begins the imaginary part is the last one that is not an exponent's
  let at = s.length - 1;
  while (at > 0 && !((s[at] === '+' || s[at] === '-') && !/[0-9._]e$/i.test(s.slice(0, at)))) at--;
  const reText = s.slice(0, Math.max(at, 0));
  const imText = s.slice(Math.max(at, 0));
  const re = reText === '' ? 0 : parseFloatExact(reText);
  const im = imText === '' || imText === '+' ? 1 : imText === '-' ? -1 : parseFloatExact(imText);
  if (re === null || im === null || (reText !== '' && !/^[+-]/.test(imText))) return null;
  return [re, im];
}
const PREFIX = /^[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|inf(?:inity)?|nan)/i;
/** How often complex(text) looks for a number where there is none: C reports each, and goes on without it. */
export function missingNumbers(text: string): number {
  if (/^_|__|_$|[^0-9]_|_[^0-9]/.test(text)) return 0;
  const s = text
    .replaceAll('_', '')
    .replace(/^[\t-\r ]+/, '')
    .replace(/^\([\t-\r ]*/, '');
  const first = PREFIX.exec(s);
  if (first === null) return 1;
  const rest = s.slice(first[0].length);
  return /^[+-]/.test(rest) && !PREFIX.test(rest) ? 1 : 0;
}
