// Number theory on BigInt: what int.__pow__, pow(a, b, m), math.isqrt, comb, perm, gcd, lcm and int(text, base) need.

import { bigIntBitLength } from './bigconv.ts';

/** pow(base, exp, mod) for exp >= 0 and mod not 0; the result has the sign of mod, as in Python. */
export function powMod(base: bigint, exp: bigint, mod: bigint): bigint {
  const m = mod < 0n ? -mod : mod;
  if (m === 1n) return 0n;
  let b = base % m;
  if (b < 0n) b += m;
  let r = 1n;
  const bits = exp.toString(2);
  for (let i = 0; i < bits.length; i++) {
    r = (r * r) % m;
    if (bits.charCodeAt(i) === 49) r = (r * b) % m;
  }
  return mod < 0n && r !== 0n ? r - m : r;
}

/** The inverse of a modulo n (n not 0), or null when there is none ("base is not invertible for the given modulus"). */
export function invMod(a: bigint, n: bigint): bigint | null {
  const m = n < 0n ? -n : n;
  let r0 = m;
  let r1 = ((a % m) + m) % m;
  let t0 = 0n;
  let t1 = 1n;
  while (r1 !== 0n) {
    const q = r0 / r1;
    [r0, r1] = [r1, r0 - q * r1];
    [t0, t1] = [t1, t0 - q * t1];
  }
  if (r0 !== 1n) return null;
  return floorMod(t0, n);
}

/** Python's // and %: the remainder has the sign of the divisor. */
export function floorMod(a: bigint, b: bigint): bigint {
  const r = a % b;
  return r !== 0n && r < 0n !== b < 0n ? r + b : r;
}

export function floorDiv(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}

export function gcd(a: bigint, b: bigint): bigint {
  if (a < 0n) a = -a;
  if (b < 0n) b = -b;
  while (b > 0x1fffffffffffffn) [a, b] = [b, a % b];
  if (b === 0n) return a;
  let x = Number(b);
  let y = Number(a % b);
  while (y !== 0) [x, y] = [y, x % y];
  return BigInt(x);
}

export function lcm(a: bigint, b: bigint): bigint {
  if (a === 0n || b === 0n) return 0n;
  const v = (a / gcd(a, b)) * b;
  return v < 0n ? -v : v;
}

/** floor(sqrt(n)) for n >= 0, precision doubling at each step. */
export function isqrt(n: bigint): bigint {
  if (n < 0x10000000000000n) return BigInt(Math.floor(Math.sqrt(Number(n))));
  const c = (bigIntBitLength(n) - 1) >> 1;
  let a = 1n;
  let d = 0;
  for (let s = 31 - Math.clz32(c); s >= 0; s--) {
    const e = d;
    d = c >> s;
    a = (a << BigInt(d - e - 1)) + (n >> BigInt(2 * c - e - d + 1)) / a;
  }
  return a * a > n ? a - 1n : a;
}

/** lo * (lo + 1) * … * hi as a balanced tree. */
function product(lo: bigint, hi: bigint): bigint {
  if (hi < lo) return 1n;
  if (hi - lo < 16n) {
    let r = lo;
    for (let i = lo + 1n; i <= hi; i += 1n) r *= i;
    return r;
  }
  const mid = (lo + hi) >> 1n;
  return product(lo, mid) * product(mid + 1n, hi);
}

export function factorial(n: number): bigint {
  return product(2n, BigInt(n));
}

/** math.perm(n, k) for n, k >= 0. */
export function perm(n: bigint, k: bigint): bigint {
  return k > n ? 0n : product(n - k + 1n, n);
}

/** math.comb(n, k) for n, k >= 0. */
export function comb(n: bigint, k: bigint): bigint {
  if (k > n) return 0n;
  if (n - k < k) k = n - k;
  if (k < 64n) {
    let r = 1n;
    for (let i = 1n; i <= k; i += 1n) r = (r * (n - k + i)) / i;
    return r;
  }
  // C(n, k) = C(n, j) * C(n - j, k - j) / C(k, j) keeps the factors small
  const j = k >> 1n;
  return (comb(n, j) * comb(n - j, k - j)) / comb(k, j);
}

const VALID = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Digits in one base, without sign, prefix or underscores. */
function parseMagnitude(text: string, base: number): bigint {
  if (base === 10) return BigInt(text);
  if (base === 16) return BigInt(`0x${text}`);
  if (base === 8) return BigInt(`0o${text}`);
  if (base === 2) return BigInt(`0b${text}`);
  const chunk = Math.floor(52 / Math.log2(base));
  if (text.length <= chunk) return BigInt(Number.parseInt(text, base));
  const half = text.length >> 1;
  const low = text.length - half;
  return (
    parseMagnitude(text.slice(0, half), base) * BigInt(base) ** BigInt(low) + parseMagnitude(text.slice(half), base)
  );
}

/**
 * int(text, base) for text whose white space and decimal digits are ASCII already (see unicode/decimal.ts); null when
 * it is no such number. base is 0 or 2 … 36.
 */
export function intFromText(text: string, base: number): bigint | null {
  const parts = intTextParts(text, base);
  if (parts === null) return null;
  const v = parseMagnitude(parts.digits, parts.base);
  return parts.negative ? -v : v;
}

/** The pieces of an int literal: for the limit on decimal digits, which counts `digits.length`. */
export function intTextParts(text: string, base: number): { negative: boolean; base: number; digits: string } | null {
  let s = text.replace(/^[\t-\r ]+|[\t-\r ]+$/g, '');
  let negative = false;
  if (s[0] === '+' || s[0] === '-') {
    negative = s[0] === '-';
    s = s.slice(1);
  }
  const prefix = s.length > 1 && s[0] === '0' ? s[1]!.toLowerCase() : '';
  const prefixBase = prefix === 'x' ? 16 : prefix === 'o' ? 8 : prefix === 'b' ? 2 : 0;
  const literal = base === 0;
  if (literal) base = prefixBase === 0 ? 10 : prefixBase;
  if (prefixBase !== 0 && prefixBase === base) {
    s = s.slice(2);
    if (s[0] === '_') s = s.slice(1);
  }
  if (!/^[0-9a-z]+(?:_[0-9a-z]+)*$/i.test(s)) return null;
  s = s.replaceAll('_', '').toLowerCase();
  for (let i = 0; i < s.length; i++) if (VALID.indexOf(s[i]!) >= base) return null;
  if (literal && prefixBase === 0 && s[0] === '0' && /[1-9]/.test(s)) return null;
  return { negative, base, digits: s };
}
