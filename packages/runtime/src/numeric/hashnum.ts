// Hashes of numbers and of containers, as 64-bit values in out[0] = lo, out[1] = hi (int32 both).
// Mirrors Python/pyhash.c (_Py_HashDouble, _Py_HashPointer), Objects/longobject.c (long_hash), tupleobject.c
// (tuplehash), setobject.c (frozenset_hash), complexobject.c (complex_hash).
// Numbers hash modulo P = 2**61 - 1; a residue is kept as H * 2**31 + L with 30 bits in H and 31 in L.

import { highWord, lowWord } from './bits.ts';

const P61 = 0x1fffffffffffffffn;

/** Stores the residue (H, L) with its sign; -1 becomes -2. */
function putResidue(h: number, l: number, negative: boolean, out: Int32Array): void {
  if (h === 0x3fffffff && l === 0x7fffffff) {
    h = 0;
    l = 0;
  }
  let lo = l | (h << 31) | 0;
  let hi = h >>> 1;
  if (negative) {
    lo = -lo | 0;
    hi = (~hi + (lo === 0 ? 1 : 0)) | 0;
    if (lo === -1 && hi === -1) lo = -2;
  }
  out[0] = lo;
  out[1] = hi;
}

/** hash(int) for an integer that a double holds exactly (|v| < 2**53). */
export function hashSmallInt(v: number, out: Int32Array): void {
  if (v === (v | 0)) {
    out[0] = v === -1 ? -2 : v;
    out[1] = v < 0 ? -1 : 0;
    return;
  }
  const a = v < 0 ? -v : v;
  putResidue(Math.floor(a / 0x80000000), a % 0x80000000, v < 0, out);
}

/** hash(int) from its 30-bit digits d[off .. off+n). */
export function hashDigits(d: Uint32Array, off: number, n: number, negative: boolean, out: Int32Array): void {
  let h = 0;
  let l = 0;
  for (let i = off + n - 1; i >= off; i--) {
    // x * 2**30 mod P is a rotation of 61 bits: L moves up, H comes in below
    const low = h + (l & 1) * 0x40000000 + d[i]!;
    h = l >>> 1;
    if (low >= 0x80000000) {
      l = low - 0x80000000;
      h += 1;
      if (h === 0x40000000) {
        h = 0; // 2**61 is 1 modulo P
        l += 1;
      }
    } else l = low;
    if (h === 0x3fffffff && l === 0x7fffffff) {
      h = 0;
      l = 0;
    }
  }
  putResidue(h, l, negative, out);
}

/** hash(int) for a BigInt. */
export function hashBigInt(v: bigint, out: Int32Array): void {
  const negative = v < 0n;
  const r = (negative ? -v : v) % P61;
  putResidue(Number(r >> 31n), Number(r & 0x7fffffffn), negative, out);
}

/** hash(float) of a number that is not NaN (a NaN hashes by its address: hashPointer). */
export function hashDouble(v: number, out: Int32Array): void {
  if (v === (v | 0)) {
    out[0] = v === -1 ? -2 : v | 0;
    out[1] = v < 0 ? -1 : 0;
    return;
  }
  if (v === Infinity || v === -Infinity) {
    out[0] = v > 0 ? 314159 : -314159;
    out[1] = v > 0 ? 0 : -1;
    return;
  }
  const hw = highWord(v);
  const lw = lowWord(v);
  const biased = (hw >>> 20) & 0x7ff;
  let h = ((((hw & 0xfffff) | (biased === 0 ? 0 : 0x100000)) << 1) | (lw >>> 31)) >>> 0;
  let l = lw & 0x7fffffff;
  // v = (H * 2**31 + L) * 2**k; a factor of 2**k is a rotation of 61 bits
  let k = ((biased === 0 ? 1 : biased) - 1075) % 61;
  if (k < 0) k += 61;
  if (k >= 30) {
    const t = h | ((l & 1) << 30);
    h = l >>> 1;
    l = t;
    k -= 30;
  }
  if (k > 0) {
    const t = ((l << k) & 0x7fffffff) | (h >>> (30 - k));
    h = ((h << k) & 0x3fffffff) | (l >>> (31 - k));
    l = t;
  }
  putResidue(h, l, v < 0, out);
}

/** hash(object()): the address turned right by 4 bits. */
export function hashPointer(address: number, out: Int32Array): void {
  out[0] = (address >>> 4) | 0;
  out[1] = (address << 28) | 0;
  if (out[0] === -1 && out[1] === -1) out[0] = -2;
}

/** out = a * b modulo 2**64. */
function mul64(alo: number, ahi: number, blo: number, bhi: number, out: Int32Array): void {
  const a0 = alo & 0xffff;
  const a1 = alo >>> 16;
  const b0 = blo & 0xffff;
  const b1 = blo >>> 16;
  const p00 = a0 * b0;
  const mid = a1 * b0 + (p00 >>> 16); // < 2**32
  const mid2 = a0 * b1 + (mid & 0xffff);
  const high = a1 * b1 + (mid >>> 16) + (mid2 >>> 16);
  out[0] = (mid2 << 16) | (p00 & 0xffff);
  out[1] = (high + Math.imul(alo, bhi) + Math.imul(ahi, blo)) | 0;
}

/** hash(complex) from the hashes of its parts. */
export function hashComplexParts(reLo: number, reHi: number, imLo: number, imHi: number, out: Int32Array): void {
  mul64(imLo, imHi, 1000003, 0, out);
  const lo = (out[0]! + reLo) | 0;
  const hi = (out[1]! + reHi + (lo >>> 0 < reLo >>> 0 ? 1 : 0)) | 0;
  out[0] = lo === -1 && hi === -1 ? -2 : lo;
  out[1] = hi;
}

// The tuple hash is xxHash's lane mixing: primes 1, 2 and 5 of 64 bits.
const P1_HI = 0x9e3779b1 | 0;
const P1_LO = 0x85ebca87 | 0;
const P2_HI = 0xc2b2ae3d | 0;
const P2_LO = 0x27d4eb4f | 0;
const P5_HI = 0x27d4eb2f | 0;
const P5_LO = 0x165667c5 | 0;

/** Begins hash(tuple): acc is the accumulator (lo, hi). */
export function tupleHashBegin(acc: Int32Array): void {
  acc[0] = P5_LO;
  acc[1] = P5_HI;
}

/** Mixes the hash of the next item in. */
export function tupleHashItem(acc: Int32Array, lo: number, hi: number): void {
  let alo = acc[0]!;
  let ahi = acc[1]!;
  mul64(lo, hi, P2_LO, P2_HI, acc);
  lo = acc[0]!;
  alo = (alo + lo) | 0;
  ahi = (ahi + acc[1]! + (alo >>> 0 < lo >>> 0 ? 1 : 0)) | 0;
  mul64((alo << 31) | (ahi >>> 1), (ahi << 31) | (alo >>> 1), P1_LO, P1_HI, acc);
}

/** Ends hash(tuple) of n items. */
export function tupleHashEnd(acc: Int32Array, n: number): void {
  const lo = n ^ P5_LO ^ 3527539;
  const hi = P5_HI;
  const alo = (acc[0]! + lo) | 0;
  const ahi = (acc[1]! + hi + (alo >>> 0 < lo >>> 0 ? 1 : 0)) | 0;
  const bad = alo === -1 && ahi === -1;
  acc[0] = bad ? 1546275796 : alo;
  acc[1] = bad ? 0 : ahi;
}

/** Begins hash(frozenset). */
export function frozensetHashBegin(acc: Int32Array): void {
  acc[0] = 0;
  acc[1] = 0;
}

/** Mixes the hash of one member in; the order does not matter. `tmp` is scratch of two words. */
export function frozensetHashItem(acc: Int32Array, lo: number, hi: number, tmp: Int32Array): void {
  const slo = lo ^ 89869747 ^ (lo << 16);
  const shi = hi ^ ((hi << 16) | (lo >>> 16));
  mul64(slo, shi, 3644798167 | 0, 0, tmp);
  acc[0] = acc[0]! ^ tmp[0]!;
  acc[1] = acc[1]! ^ tmp[1]!;
}

/** Ends hash(frozenset) of n members. */
export function frozensetHashEnd(acc: Int32Array, n: number): void {
  let lo = acc[0]!;
  let hi = acc[1]!;
  mul64((n + 1) | 0, 0, 1927868237, 0, acc);
  lo ^= acc[0]!;
  hi ^= acc[1]!;
  const xlo = lo ^ ((lo >>> 11) | (hi << 21)) ^ ((lo >>> 25) | (hi << 7));
  const xhi = hi ^ (hi >>> 11) ^ (hi >>> 25);
  mul64(xlo, xhi, 69069, 0, acc);
  lo = (acc[0]! + 907133923) | 0;
  hi = (acc[1]! + (lo >>> 0 < 907133923 ? 1 : 0)) | 0;
  const bad = lo === -1 && hi === -1;
  acc[0] = bad ? 590923713 : lo;
  acc[1] = bad ? 0 : hi;
}
