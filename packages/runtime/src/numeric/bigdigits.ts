// Arithmetic on magnitudes in 30-bit digits, least significant first, as PyLongObject stores them (ob_digit).
// A magnitude is d[off .. off+n), normalised: the top digit is not 0, and zero has n = 0. Results go to out[o ..] and
// the number of digits is returned. Signs are the caller's (bigint.ts has the signed operations).
// Mirrors x_add, x_sub, x_mul, inplace_divrem1, x_divrem of Objects/longobject.c.

export const SHIFT = 30;
export const BASE = 0x40000000;
export const MASK = 0x3fffffff;

export type Digits = Uint32Array;

function normalize(d: Digits, off: number, n: number): number {
  while (n > 0 && d[off + n - 1] === 0) n--;
  return n;
}

/** Compares two magnitudes: negative, 0 or positive. */
export function compareDigits(a: Digits, ao: number, an: number, b: Digits, bo: number, bn: number): number {
  if (an !== bn) return an - bn;
  for (let i = an - 1; i >= 0; i--) {
    const d = a[ao + i]! - b[bo + i]!;
    if (d !== 0) return d;
  }
  return 0;
}

/** out = a + b; needs max(an, bn) + 1 digits. */
export function addDigits(
  a: Digits,
  ao: number,
  an: number,
  b: Digits,
  bo: number,
  bn: number,
  out: Digits,
  o: number,
): number {
  if (an < bn) return addDigits(b, bo, bn, a, ao, an, out, o);
  let carry = 0;
  let i = 0;
  for (; i < bn; i++) {
    carry += a[ao + i]! + b[bo + i]!;
    out[o + i] = carry & MASK;
    carry >>>= SHIFT;
  }
  for (; i < an; i++) {
    carry += a[ao + i]!;
    out[o + i] = carry & MASK;
    carry >>>= SHIFT;
  }
  if (carry !== 0) {
    out[o + an] = carry;
    return an + 1;
  }
  return an;
}

/** out = a - b for a >= b; needs an digits. */
export function subDigits(
  a: Digits,
  ao: number,
  an: number,
  b: Digits,
  bo: number,
  bn: number,
  out: Digits,
  o: number,
): number {
  let borrow = 0;
  let i = 0;
  for (; i < bn; i++) {
    borrow = a[ao + i]! - b[bo + i]! + borrow;
    out[o + i] = borrow & MASK;
    borrow >>= SHIFT;
  }
  for (; i < an; i++) {
    borrow = a[ao + i]! + borrow;
    out[o + i] = borrow & MASK;
    borrow >>= SHIFT;
  }
  return normalize(out, o, an);
}

/** out = a * b by the school method; needs an + bn digits, out apart from a and b. */
export function mulDigits(
  a: Digits,
  ao: number,
  an: number,
  b: Digits,
  bo: number,
  bn: number,
  out: Digits,
  o: number,
): number {
  if (an === 0 || bn === 0) return 0;
  out.fill(0, o, o + an + bn);
  for (let i = 0; i < an; i++) {
    const f = a[ao + i]!;
    if (f === 0) continue;
    // a product has 60 bits: its low 30 come exactly from imul, its high ones from the rounded double, whose error
    // (below 2**8) is far from half a digit
    let carry = 0;
    let k = o + i;
    for (let j = 0; j < bn; j++, k++) {
      const g = b[bo + j]!;
      const low = Math.imul(f, g) & MASK;
      const t = low + out[k]! + carry; // < 3 * 2**30
      out[k] = t & MASK;
      carry = Math.round((f * g - low) * 9.313225746154785e-10) + (t >>> 30);
    }
    out[k] = carry;
  }
  return normalize(out, o, an + bn);
}

/** out = a / b for one digit b; returns the remainder. out may be a. */
export function divRem1(a: Digits, ao: number, an: number, b: number, out: Digits, o: number): number {
  let rem = 0;
  for (let i = an - 1; i >= 0; i--) {
    const d = a[ao + i]!;
    let q = Math.floor((rem * BASE + d) / b);
    // the double quotient is off by one at most: the remainder modulo 2**32 tells
    let r = ((rem << SHIFT) + d - Math.imul(q, b)) | 0;
    if (r < 0) {
      q--;
      r += b;
    } else if (r >= b) {
      q++;
      r -= b;
    }
    out[o + i] = q;
    rem = r;
  }
  return rem;
}

/** The remainder of a by one digit. */
export function rem1(a: Digits, ao: number, an: number, b: number): number {
  let rem = 0;
  for (let i = an - 1; i >= 0; i--) {
    const d = a[ao + i]!;
    const q = Math.floor((rem * BASE + d) / b);
    let r = ((rem << SHIFT) + d - Math.imul(q, b)) | 0;
    if (r < 0) r += b;
    else if (r >= b) r -= b;
    rem = r;
  }
  return rem;
}

/**
 * Knuth's algorithm D for bn >= 2 and an >= bn: quot gets an - bn + 1 digits, rem bn digits (normalised counts are
 * returned in sizes[0], sizes[1]).
 */
export function divRemDigits(
  a: Digits,
  ao: number,
  an: number,
  b: Digits,
  bo: number,
  bn: number,
  quot: Digits,
  qo: number,
  rem: Digits,
  ro: number,
  sizes: Int32Array,
): void {
  const shift = Math.clz32(b[bo + bn - 1]!) - 2;
  const w = new Uint32Array(bn);
  const v = new Uint32Array(an + 1);
  shiftLeftInto(b, bo, bn, shift, w);
  v[an] = shiftLeftInto(a, ao, an, shift, v);
  const wTop = w[bn - 1]!;
  const wNext = w[bn - 2]!;
  const qn = an - bn + 1;
  for (let k = qn - 1; k >= 0; k--) {
    const vTop = v[k + bn]!;
    const vNext = v[k + bn - 1]!;
    const vLow = v[k + bn - 2]!;
    let q = Math.floor((vTop * BASE + vNext) / wTop);
    if (q > MASK) q = MASK;
    // r = vTop:vNext - q * wTop fits a double exactly when computed modulo 2**32 and small
    let r = vTop * BASE - highProduct(q, wTop) * BASE + vNext - (Math.imul(q, wTop) & MASK);
    if (r < 0) {
      q--;
      r += wTop;
    } else if (r >= wTop && q < MASK) {
      q++;
      r -= wTop;
    }
    while (r < BASE && greaterProduct(q, wNext, r, vLow)) {
      q--;
      r += wTop;
    }
    let borrow = 0;
    let carry = 0;
    for (let i = 0; i < bn; i++) {
      const g = w[i]!;
      const low = Math.imul(q, g) & MASK;
      const t = low + carry; // < 2**31
      carry = Math.round((q * g - low) * 9.313225746154785e-10) + (t >>> 30);
      borrow = v[k + i]! - (t & MASK) + borrow;
      v[k + i] = borrow & MASK;
      borrow >>= SHIFT;
    }
    borrow = vTop - carry + borrow;
    if (borrow < 0) {
      q--;
      let c = 0;
      for (let i = 0; i < bn; i++) {
        c += v[k + i]! + w[i]!;
        v[k + i] = c & MASK;
        c >>>= SHIFT;
      }
    }
    v[k + bn] = 0;
    quot[qo + k] = q;
  }
  for (let i = 0; i < bn; i++) {
    const above = i + 1 < bn ? v[i + 1]! : 0;
    rem[ro + i] = ((v[i]! >>> shift) | (above << (SHIFT - shift))) & MASK;
  }
  sizes[0] = normalize(quot, qo, qn);
  sizes[1] = normalize(rem, ro, bn);
}

function highProduct(f: number, g: number): number {
  return Math.round((f * g - (Math.imul(f, g) & MASK)) * 9.313225746154785e-10);
}

/** f * g > hi:lo, all 30-bit. */
function greaterProduct(f: number, g: number, hi: number, lo: number): boolean {
  const h = highProduct(f, g);
  return h > hi || (h === hi && (Math.imul(f, g) & MASK) > lo);
}

function shiftLeftInto(a: Digits, ao: number, n: number, bits: number, out: Digits): number {
  let carry = 0;
  for (let i = 0; i < n; i++) {
    const d = a[ao + i]!;
    out[i] = ((d << bits) | carry) & MASK;
    carry = bits === 0 ? 0 : d >>> (SHIFT - bits);
  }
  return carry;
}

/** out = a << (30 * words + bits); needs an + words + 1 digits. */
export function shlDigits(
  a: Digits,
  ao: number,
  an: number,
  words: number,
  bits: number,
  out: Digits,
  o: number,
): number {
  if (an === 0) return 0;
  out.fill(0, o, o + words);
  let carry = 0;
  for (let i = 0; i < an; i++) {
    const d = a[ao + i]!;
    out[o + words + i] = ((d << bits) | carry) & MASK;
    carry = bits === 0 ? 0 : d >>> (SHIFT - bits);
  }
  if (carry !== 0) {
    out[o + words + an] = carry;
    return an + words + 1;
  }
  return an + words;
}

/**
 * out = floor(±a / 2**(30 * words + bits)), as a magnitude; needs max(an - words, 1) digits and, for a negative one, one
 * more.
 */
export function shrDigits(
  a: Digits,
  ao: number,
  an: number,
  negative: boolean,
  words: number,
  bits: number,
  out: Digits,
  o: number,
): number {
  let lost = false;
  if (negative) {
    const w = Math.min(words, an);
    for (let i = 0; i < w && !lost; i++) lost = a[ao + i] !== 0;
    if (!lost && words < an) lost = (a[ao + words]! & ((1 << bits) - 1)) !== 0;
  }
  let n = 0;
  if (words < an) {
    n = an - words;
    for (let i = 0; i < n; i++) {
      const above = i + 1 < n ? a[ao + words + i + 1]! : 0;
      out[o + i] = ((a[ao + words + i]! >>> bits) | (above << (SHIFT - bits))) & MASK;
    }
    n = normalize(out, o, n);
  }
  if (lost) {
    let i = 0;
    for (; i < n; i++) {
      if (out[o + i] !== MASK) {
        out[o + i] = out[o + i]! + 1;
        return n;
      }
      out[o + i] = 0;
    }
    out[o + n] = 1;
    n++;
  }
  return n;
}

/** The number of bits of a magnitude. */
export function bitLength(a: Digits, ao: number, an: number): number {
  return an === 0 ? 0 : (an - 1) * SHIFT + 32 - Math.clz32(a[ao + an - 1]!);
}

/** The digits of a non-negative integer below 2**53. */
export function numberToDigits(v: number, out: Digits, o: number): number {
  if (v < BASE) {
    out[o] = v;
    return v === 0 ? 0 : 1;
  }
  out[o] = v % BASE;
  v = Math.floor(v / BASE);
  out[o + 1] = v;
  return 2;
}
