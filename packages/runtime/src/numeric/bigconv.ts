// 30-bit digits ↔ BigInt, double and text. BigInt is the host's fast path for large operands: both conversions are
// linear (through hexadecimal text), its multiplication, division and decimal conversion are not quadratic.

import { fromWords, highWord, lowWord } from './bits.ts';
import { BASE, type Digits } from './bigdigits.ts';

const HEX_CHUNK = 4096;

/** Magnitude d[off .. off+n) as a BigInt. */
export function digitsToBigInt(d: Digits, off: number, n: number): bigint {
  if (n <= 1) return n === 0 ? 0n : BigInt(d[off]!);
  if (n <= 10) {
    let i = off + n - 1;
    let v = BigInt(d[i]!);
    for (i--; i >= off; i--) v = (v << 30n) | BigInt(d[i]!);
    return v;
  }
  // two digits are 60 bits, 15 hexadecimal characters
  const pairs = (n + 1) >> 1;
  const chars = new Uint8Array(pairs * 15);
  for (let p = 0; p < pairs; p++) {
    let lo = d[off + 2 * p]!;
    let hi = 2 * p + 1 < n ? d[off + 2 * p + 1]! : 0;
    const end = (pairs - p) * 15 - 1;
    lo += (hi & 3) * BASE; // 32 bits: 8 characters
    hi >>>= 2; // 28 bits: 7 characters
    for (let k = 0; k < 8; k++) {
      const c = lo & 15;
      chars[end - k] = c < 10 ? 48 + c : 87 + c;
      lo >>>= 4;
    }
    for (let k = 8; k < 15; k++) {
      const c = hi & 15;
      chars[end - k] = c < 10 ? 48 + c : 87 + c;
      hi >>>= 4;
    }
  }
  let text = '0x';
  for (let i = 0; i < chars.length; i += HEX_CHUNK) {
    text += String.fromCharCode.apply(null, chars.subarray(i, i + HEX_CHUNK) as unknown as number[]);
  }
  return BigInt(text);
}

/** The number of digits that |v| needs. */
export function bigIntDigitCount(v: bigint): number {
  return Math.ceil(bigIntBitLength(v) / 30);
}

/** int.bit_length() of a BigInt. */
export function bigIntBitLength(v: bigint): number {
  if (v < 0n) v = -v;
  if (v < 0x20000000000000n) {
    const x = Number(v);
    return x === 0 ? 0 : x < 4294967296 ? 32 - Math.clz32(x) : 64 - Math.clz32(Math.floor(x / 4294967296));
  }
  const hex = v.toString(16);
  return hex.length * 4 - (Math.clz32(Number.parseInt(hex[0]!, 16)) - 28);
}

/** Writes |v| to out[o ..] and returns the number of digits. */
export function bigIntToDigits(v: bigint, out: Digits, o: number): number {
  if (v < 0n) v = -v;
  if (v < 0x1000000000000000n) {
    if (v === 0n) return 0;
    const lo = Number(v & 0x3fffffffn);
    const hi = Number(v >> 30n);
    out[o] = lo;
    if (hi === 0) return 1;
    out[o + 1] = hi;
    return 2;
  }
  const hex = v.toString(16);
  let n = 0;
  for (let end = hex.length; end > 0; end -= 15) {
    let lo = 0;
    const mid = Math.max(end - 8, 0);
    for (let i = mid; i < end; i++) {
      const c = hex.charCodeAt(i);
      lo = (lo << 4) | (c < 58 ? c - 48 : c - 87);
    }
    let hi = 0;
    for (let i = Math.max(end - 15, 0); i < mid; i++) {
      const c = hex.charCodeAt(i);
      hi = (hi << 4) | (c < 58 ? c - 48 : c - 87);
    }
    out[o + n] = lo & 0x3fffffff;
    const high = (hi << 2) | (lo >>> 30);
    // not behind the last digit: there may be no room
    if (end > 15 || high !== 0) out[o + n + 1] = high;
    n += end > 15 || high !== 0 ? 2 : 1;
  }
  while (n > 0 && out[o + n - 1] === 0) n--;
  return n;
}

/** A fresh array with the digits of |v|. */
export function digitsOfBigInt(v: bigint): Digits {
  const out = new Uint32Array(bigIntDigitCount(v) + 2);
  const n = bigIntToDigits(v, out, 0);
  return out.subarray(0, n);
}

/** The magnitude as a double, rounded to nearest even; Infinity when it does not fit (OverflowError is the caller's). */
export function digitsToDouble(d: Digits, off: number, n: number): number {
  if (n <= 2) return n === 0 ? 0 : n === 1 ? d[off]! : d[off + 1]! * BASE + d[off]!;
  if (n > 36) return Infinity;
  // three digits hold at least 61 bits; what lies below them only matters as "not zero"
  const top = off + n - 1;
  let v = (BigInt(d[top]!) << 60n) | (BigInt(d[top - 1]!) << 30n) | BigInt(d[top - 2]!);
  for (let i = top - 3; i >= off; i--) {
    if (d[i] !== 0) {
      v = (v << 1n) | 1n;
      return Number(v) * 2 ** ((n - 3) * 30 - 1);
    }
  }
  return Number(v) * 2 ** ((n - 3) * 30);
}

/** trunc(v) of a finite double, as digits of the magnitude. */
export function doubleToDigits(v: number, out: Digits, o: number): number {
  v = Math.trunc(Math.abs(v));
  if (v < 2 ** 60) {
    const hi = Math.floor(v / BASE);
    out[o] = v - hi * BASE;
    out[o + 1] = hi;
    return hi !== 0 ? 2 : v !== 0 ? 1 : 0;
  }
  return bigIntToDigits(BigInt(v), out, o);
}

/** The decimal text of a magnitude. */
export function digitsToDecimal(d: Digits, off: number, n: number): string {
  if (n <= 1) return n === 0 ? '0' : String(d[off]!);
  if (n === 2 && d[off + 1]! < 0x800000) return String(d[off + 1]! * BASE + d[off]!);
  return digitsToBigInt(d, off, n).toString();
}

/** The text of a magnitude in base 2 … 36, without prefix. */
export function digitsToText(d: Digits, off: number, n: number, base: number): string {
  return digitsToBigInt(d, off, n).toString(base);
}

/** a / b of two integers (b not 0) as the nearest double, half to even; ±Infinity when it does not fit. */
export function trueDivideBigInt(a: bigint, b: bigint): number {
  const negative = a < 0n !== b < 0n;
  if (a < 0n) a = -a;
  if (b < 0n) b = -b;
  if (a === 0n) return negative ? -0 : 0;
  if (a <= 0x20000000000000n && b <= 0x20000000000000n) {
    const q = Number(a) / Number(b);
    return negative ? -q : q;
  }
  const diff = bigIntBitLength(a) - bigIntBitLength(b);
  if (diff > 1024) return negative ? -Infinity : Infinity;
  // a quotient of at least 55 bits, but no bit below the smallest subnormal, then one sticky bit
  const shift = Math.max(diff, -1021) - 55;
  let q: bigint;
  let r: bigint;
  if (shift >= 0) {
    const div = b << BigInt(shift);
    q = a / div;
    r = a % div;
  } else {
    const num = a << BigInt(-shift);
    q = num / b;
    r = num % b;
  }
  const x = scaleBigInt((q << 1n) | (r === 0n ? 0n : 1n), shift - 1);
  return negative ? -x : x;
}

/** v * 2**k rounded once to the nearest double, half to even; v >= 0 has at most some hundred bits. */
export function scaleBigInt(v: bigint, k: number): number {
  if (v === 0n) return 0;
  const bits = bigIntBitLength(v);
  // the exponent of the last place that a double of this size has
  const lsb = Math.max(bits + k - 53, -1074);
  const drop = lsb - k;
  if (drop > 0) {
    const s = BigInt(drop);
    const half = 1n << (s - 1n);
    const low = v & ((1n << s) - 1n);
    v >>= s;
    if (low > half || (low === half && (v & 1n) === 1n)) v += 1n;
    k = lsb;
  }
  const m = Number(v);
  if (k > 971) return Infinity;
  if (k < -1074) return m * 2 ** -1022 * 2 ** (k + 1022);
  return k < -1022 ? m * 2 ** -537 * 2 ** (k + 537) : m * 2 ** k;
}

/** The integer m and exponent e of a finite double x = m * 2**e, m odd or 0. */
export function decompose(x: number): { m: bigint; e: number } {
  const hw = highWord(x);
  const biased = (hw >>> 20) & 0x7ff;
  let m = (BigInt((hw & 0xfffff) | (biased === 0 ? 0 : 0x100000)) << 32n) | BigInt(lowWord(x));
  let e = (biased === 0 ? 1 : biased) - 1075;
  if (m === 0n) return { m: 0n, e: 0 };
  while ((m & 0xffffn) === 0n) {
    m >>= 16n;
    e += 16;
  }
  while ((m & 1n) === 0n) {
    m >>= 1n;
    e += 1;
  }
  return { m: hw >>> 31 ? -m : m, e };
}

/** float.as_integer_ratio() of a finite number. */
export function asIntegerRatio(x: number): [bigint, bigint] {
  const { m, e } = decompose(x);
  return e >= 0 ? [m << BigInt(e), 1n] : [m, 1n << BigInt(-e)];
}

/** x * 2**k with one rounding (C's ldexp). */
export function ldexp(x: number, k: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  if (k > 2200) k = 2200;
  if (k < -2200) k = -2200;
  if (k >= -1021 && k <= 1023) {
    const y = x * 2 ** k;
    // a normal result was exact; a subnormal one of a single multiplication is rounded once as well
    return y;
  }
  if (k > 0) {
    while (k > 1023) {
      x *= 2 ** 1023;
      k -= 1023;
    }
    return x * 2 ** k;
  }
  // bring x into the normal range far above the subnormals, then round in one step
  const hw = highWord(x);
  if (((hw >>> 20) & 0x7ff) === 0) return x < 0 ? -0 : 0;
  const exp = ((hw >>> 20) & 0x7ff) - 1023;
  const m = fromWords(((hw & 0x800fffff) | 0x3ff00000) >>> 0, lowWord(x));
  const total = exp + k;
  if (total < -1080) return x < 0 ? -0 : 0;
  return total >= -1022 ? m * 2 ** total : m * 2 ** (total + 60) * 2 ** -60;
}
