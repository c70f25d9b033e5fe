// Double → text, as Python/dtoa.c and Python/pystrtod.c (PyOS_double_to_string) write it.
// Shortest digits are the host's (ECMAScript asks for the same digits); digits to a precision are exact, half to even:
// the host's toFixed and toExponential round ties away from zero, so a possible tie takes the BigInt path.

import { bigIntBitLength, decompose } from './bigconv.ts';

export const DTSF_SIGN = 1;
export const DTSF_ADD_DOT_0 = 2;
export const DTSF_ALT = 4;
export const DTSF_NO_NEG_0 = 8;

/** Decimal digits d1 d2 … dn and the place of the point: the value is 0.d1d2…dn * 10**point. */
export interface DecimalDigits {
  digits: string;
  point: number;
}

/** The shortest digits that read back as |x| (x finite). Zero is '0', point 1. */
export function shortestDigits(x: number): DecimalDigits {
  const s = Math.abs(x).toExponential();
  const e = s.indexOf('e');
  return { digits: e > 1 ? s[0]! + s.slice(2, e) : s[0]!, point: Number(s.slice(e + 1)) + 1 };
}

/** |x| rounded to `count` significant digits (count >= 1), half to even. */
export function significantDigits(x: number, count: number): DecimalDigits {
  const a = Math.abs(x);
  if (a === 0) return { digits: '0'.repeat(count), point: 1 };
  if (count <= 100) {
    const s = a.toExponential(count - 1);
    const longer = a.toExponential(Math.min(count, 100));
    const e = longer.indexOf('e');
    // a tie would show here as a final 5 that is exact
    if (count < 100 && !(longer[e - 1] === '5' && Number(longer) === a)) {
      const k = s.indexOf('e');
      return { digits: count > 1 ? s[0]! + s.slice(2, k) : s[0]!, point: Number(s.slice(k + 1)) + 1 };
    }
  }
  // the exponent of the first digit: the shortest digits have it
  const point = shortestDigits(a).point;
  const text = exactRounded(a, count - point);
  // 9.99 may round up to 10.0: one digit more, the last of them 0
  if (text.length > count) return { digits: text.slice(0, count), point: point + 1 };
  return text.length === count ? { digits: text, point } : significantBelow(a, count, point - 1);
}

/** The exact value can lie just below a power of ten that its shortest digits show. */
function significantBelow(a: number, count: number, point: number): DecimalDigits {
  const text = exactRounded(a, count - point);
  return text.length > count ? { digits: text.slice(0, count), point: point + 1 } : { digits: text, point };
}

/** round(a * 10**places), half to even, as decimal text. */
function exactRounded(a: number, places: number): string {
  const { m, e } = decompose(a);
  let num = m;
  let den = 1n;
  if (e >= 0) num <<= BigInt(e);
  else den <<= BigInt(-e);
  if (places >= 0) num *= 10n ** BigInt(places);
  else den *= 10n ** BigInt(-places);
  let q = num / den;
  const twice = (num - q * den) << 1n;
  if (twice > den || (twice === den && (q & 1n) === 1n)) q += 1n;
  return q.toString();
}

/** |x| with `places` digits after the point (places may be negative), half to even; digits without the point. */
export function fixedDigits(x: number, places: number): DecimalDigits {
  const a = Math.abs(x);
  if (places >= 0 && places <= 99 && a < 1e21) {
    const longer = a.toFixed(places + 1);
    if (!(longer.charCodeAt(longer.length - 1) === 53 && Number(longer) === a)) {
      const s = a.toFixed(places);
      const dot = s.indexOf('.');
      return { digits: dot < 0 ? s : s.slice(0, dot) + s.slice(dot + 1), point: dot < 0 ? s.length : dot };
    }
  }
  let digits: string;
  if (places > 1100) {
    // no double has so many digits after the point: the rest is zeros
    const s = exactRounded(a, 1100).padStart(1101, '0');
    return { digits: s + '0'.repeat(places - 1100), point: s.length - 1100 };
  }
  digits = exactRounded(a, places);
  if (places >= 0) digits = digits.padStart(places + 1, '0');
  return { digits, point: digits.length - places };
}

function isNegative(x: number): boolean {
  return x < 0 || (x === 0 && 1 / x < 0);
}

function exponentText(e: number, letter: string): string {
  const a = Math.abs(e);
  return letter + (e < 0 ? '-' : '+') + (a < 10 ? `0${a}` : a);
}

/** repr(float). */
export function floatRepr(x: number): string {
  if (Number.isNaN(x)) return 'nan';
  if (x === Infinity) return 'inf';
  if (x === -Infinity) return '-inf';
  const a = Math.abs(x);
  if (a === 0) return isNegative(x) ? '-0.0' : '0.0';
  if (a >= 1e-4 && a < 1e16) {
    const s = String(x);
    return Number.isInteger(x) ? `${s}.0` : s;
  }
  const s = x.toExponential();
  const e = s.indexOf('e');
  return s.slice(0, e) + exponentText(Number(s.slice(e + 1)), 'e');
}

/**
 * PyOS_double_to_string: code is one of e E f F g G r; precision is ignored for r. The result of the caller's
 * `n` is `g` with the locale's separators (in the C locale, none), of `%` `f` of 100 times the value.
 */
export function doubleToString(x: number, code: string, precision: number, flags: number): string {
  const lower = code.toLowerCase();
  const upper = code !== lower;
  const sign = isNegative(x) ? '-' : flags & DTSF_SIGN ? '+' : '';
  if (Number.isNaN(x)) return (flags & DTSF_SIGN ? '+' : '') + (upper ? 'NAN' : 'nan');
  if (!Number.isFinite(x)) return sign + (upper ? 'INF' : 'inf');
  let dd: DecimalDigits;
  let useExp = false;
  let places = 0; // digits wanted after the point
  let strip = false;
  switch (lower) {
    case 'e':
      dd = significantDigits(x, precision + 1);
      useExp = true;
      break;
    case 'f':
      dd = fixedDigits(x, precision);
      places = precision;
      break;
    case 'g': {
      const p = precision === 0 ? 1 : precision;
      dd = significantDigits(x, p);
      useExp = dd.point <= -4 || dd.point > p - (flags & DTSF_ADD_DOT_0 ? 1 : 0);
      strip = (flags & DTSF_ALT) === 0;
      break;
    }
    default:
      dd = shortestDigits(x);
      useExp = dd.point <= -4 || dd.point > 16;
      break;
  }
  let { digits } = dd;
  const { point } = dd;
  if (strip) {
    let n = digits.length;
    while (n > 1 && digits.charCodeAt(n - 1) === 48) n--;
    digits = digits.slice(0, n);
  }
  let text: string;
  if (useExp) {
    text = digits[0]!;
    if (digits.length > 1) text += `.${digits.slice(1)}`;
    else if (flags & DTSF_ALT) text += '.';
    text += exponentText(x === 0 ? 0 : point - 1, upper ? 'E' : 'e');
  } else {
    if (lower === 'f') {
      text = places === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
    } else if (point <= 0) text = `0.${'0'.repeat(-point)}${digits}`;
    else if (point >= digits.length) text = digits + '0'.repeat(point - digits.length);
    else text = `${digits.slice(0, point)}.${digits.slice(point)}`;
    if (!text.includes('.')) {
      if (flags & DTSF_ADD_DOT_0) text += '.0';
      else if (flags & DTSF_ALT) text += '.';
    }
  }
  if (flags & DTSF_NO_NEG_0 && sign === '-' && !/[1-9]/.test(text.split(/e/i)[0]!)) {
    return (flags & DTSF_SIGN ? '+' : '') + text;
  }
  return sign + text;
}

/** float.__round__(x, n): exact decimal rounding, half to even. Infinity from a finite x is the caller's OverflowError. */
export function roundDouble(x: number, n: number): number {
  if (!Number.isFinite(x) || x === 0 || n > 323) return x;
  if (n < -308) return 0 * x;
  const { digits, point } = fixedDigits(x, n);
  const r = Number(`0.${digits}e${point}`);
  return isNegative(x) ? -r : r;
}

/** round(x) of a finite x, half to even, when the result is an integer-valued double. */
export function roundHalfEven(x: number): number {
  const f = Math.floor(x);
  const d = x - f;
  if (d < 0.5) return f;
  if (d > 0.5) return f + 1;
  return f % 2 === 0 ? f : f + 1;
}

/** How many bits |trunc(x)| has: what int(x) needs. */
export function integerBits(x: number): number {
  return bigIntBitLength(BigInt(Math.trunc(x)));
}
