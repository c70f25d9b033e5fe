// Text → double as float() reads it (Python/pystrtod.c, Objects/floatobject.c), float.hex and float.fromhex.

import { bigIntBitLength, decompose, scaleBigInt } from './bigconv.ts';
import { signBit } from './bits.ts';

const DECIMAL =
  /^[+-]?(?:[0-9]+(?:_[0-9]+)*(?:\.(?:[0-9]+(?:_[0-9]+)*)?)?|\.[0-9]+(?:_[0-9]+)*)(?:e[+-]?[0-9]+(?:_[0-9]+)*)?$/i;
const SPECIAL = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i;
const SPACE = /^[\t-\r ]+|[\t-\r ]+$/g;

/**
 * float(text), for text whose white space and decimal digits are ASCII already; null when it is no number.
 */
export function floatFromText(text: string): number | null {
  return parseFloatExact(text.replace(SPACE, ''));
}

/** The same without white space around it. */
export function parseFloatExact(s: string): number | null {
  if (DECIMAL.test(s)) return Number(s.includes('_') ? s.replaceAll('_', '') : s);
  const m = SPECIAL.exec(s);
  if (m === null) return null;
  if (m[2] === undefined) return Number.NaN;
  return m[1] === '-' ? -Infinity : Infinity;
}

/** float.hex(). */
export function floatHex(x: number): string {
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf';
  const sign = signBit(x) ? '-' : '';
  if (x === 0) return `${sign}0x0.0p+0`;
  const { m, e } = decompose(Math.abs(x));
  const bits = bigIntBitLength(m);
  let exp = bits - 1 + e;
  let lead = '1';
  let frac: bigint;
  if (exp < -1022) {
    lead = '0';
    frac = m << BigInt(e + 1074);
    exp = -1022;
  } else {
    frac = (m << BigInt(53 - bits)) & 0xfffffffffffffn;
  }
  return `${sign}0x${lead}.${frac.toString(16).padStart(13, '0')}p${exp < 0 ? '-' : '+'}${Math.abs(exp)}`;
}

const HEX = /^([+-]?)(?:0x)?([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?[0-9]+))?$/i;

/** float.fromhex(): a number, 'invalid' (ValueError) or 'overflow' (OverflowError). */
export function floatFromHex(text: string): number | 'invalid' | 'overflow' {
  const s = text.replace(/^[\t-\r ]+|[\t-\r ]+$/g, '');
  const special = SPECIAL.exec(s);
  if (special !== null) {
    if (special[2] === undefined) return Number.NaN;
    return special[1] === '-' ? -Infinity : Infinity;
  }
  const m = HEX.exec(s);
  if (m === null) return 'invalid';
  const whole = m[2]!;
  const frac = m[3] ?? '';
  if (whole.length + frac.length === 0) return 'invalid';
  const v = BigInt(`0x${whole}${frac}`);
  const negative = m[1] === '-';
  if (v === 0n) return negative ? -0 : 0;
  const exp = m[4] === undefined ? 0 : Number(m[4]);
  const k = exp - 4 * frac.length;
  const top = bigIntBitLength(v) + k;
  if (top > 1024) return 'overflow';
  let r = 0;
  if (top > -1080) r = scaleBigInt(v, k);
  if (r === Infinity) return 'overflow';
  return negative ? -r : r;
}
