// SipHash-1-3 and SipHash-2-4 on pairs of int32, and the key that PYTHONHASHSEED gives (Python/pyhash.c,
// Python/bootstrap_hash.c). A 64-bit word is (hi, lo), both int32; results go to out[0] = lo, out[1] = hi.

/** The siphash key and the rest of the hash secret. */
export interface HashSecret {
  readonly k0lo: number;
  readonly k0hi: number;
  readonly k1lo: number;
  readonly k1hi: number;
  /** The 24 bytes of the secret, as they lie in memory. */
  readonly bytes: Uint8Array;
}

const SECRET_SIZE = 24;

/** The secret for PYTHONHASHSEED=seed: all zero for 0, else the bytes of a linear congruential generator. */
export function hashSecretFromSeed(seed: number): HashSecret {
  const bytes = new Uint8Array(SECRET_SIZE);
  if (seed !== 0) {
    let x = seed >>> 0;
    for (let i = 0; i < SECRET_SIZE; i++) {
      x = (Math.imul(x, 214013) + 2531011) >>> 0;
      bytes[i] = (x >>> 16) & 0xff;
    }
  }
  return hashSecretFromBytes(bytes);
}

export function hashSecretFromBytes(bytes: Uint8Array): HashSecret {
  const v = new DataView(bytes.buffer, bytes.byteOffset);
  return {
    k0lo: v.getInt32(0, true),
    k0hi: v.getInt32(4, true),
    k1lo: v.getInt32(8, true),
    k1hi: v.getInt32(12, true),
    bytes,
  };
}

function sip(
  src: Uint8Array,
  off: number,
  len: number,
  k0lo: number,
  k0hi: number,
  k1lo: number,
  k1hi: number,
  compress: number,
  finish: number,
  out: Int32Array,
): void {
  let a0 = k0lo ^ 0x70736575;
  let a1 = k0hi ^ 0x736f6d65;
  let b0 = k1lo ^ 0x6e646f6d;
  let b1 = k1hi ^ 0x646f7261;
  let c0 = k0lo ^ 0x6e657261;
  let c1 = k0hi ^ 0x6c796765;
  let d0 = k1lo ^ 0x79746573;
  let d1 = k1hi ^ 0x74656462;
  const end = off + (len & ~7);
  let p = off;
  let m0 = 0;
  let m1 = 0;
  let stage = 0; // 0 whole words, 1 the last word is in, 2 finishing
  for (;;) {
    let rounds = compress;
    if (stage === 0) {
      if (p < end) {
        m0 = src[p]! | (src[p + 1]! << 8) | (src[p + 2]! << 16) | (src[p + 3]! << 24);
        m1 = src[p + 4]! | (src[p + 5]! << 8) | (src[p + 6]! << 16) | (src[p + 7]! << 24);
        p += 8;
      } else {
        m0 = 0;
        m1 = len << 24;
        const left = len & 7;
        for (let i = 0; i < left && i < 4; i++) m0 |= src[p + i]! << (8 * i);
        for (let i = 4; i < left; i++) m1 |= src[p + i]! << (8 * (i - 4));
        stage = 1;
      }
      d0 ^= m0;
      d1 ^= m1;
    } else {
      c0 ^= 0xff;
      rounds = finish;
      stage = 2;
    }
    for (; rounds > 0; rounds--) {
      let s = (a0 + b0) | 0;
      a1 = (a1 + b1 + (s >>> 0 < b0 >>> 0 ? 1 : 0)) | 0;
      a0 = s;
      s = (c0 + d0) | 0;
      c1 = (c1 + d1 + (s >>> 0 < d0 >>> 0 ? 1 : 0)) | 0;
      c0 = s;
      s = ((b0 << 13) | (b1 >>> 19)) ^ a0;
      b1 = ((b1 << 13) | (b0 >>> 19)) ^ a1;
      b0 = s;
      s = ((d0 << 16) | (d1 >>> 16)) ^ c0;
      d1 = ((d1 << 16) | (d0 >>> 16)) ^ c1;
      d0 = s;
      // a is used rotated by 32 from here on: its halves change places
      s = (c0 + b0) | 0;
      c1 = (c1 + b1 + (s >>> 0 < b0 >>> 0 ? 1 : 0)) | 0;
      c0 = s;
      s = (a1 + d0) | 0;
      const t = (a0 + d1 + (s >>> 0 < d0 >>> 0 ? 1 : 0)) | 0;
      a0 = s;
      a1 = t;
      s = ((b0 << 17) | (b1 >>> 15)) ^ c0;
      b1 = ((b1 << 17) | (b0 >>> 15)) ^ c1;
      b0 = s;
      s = ((d0 << 21) | (d1 >>> 11)) ^ a0;
      d1 = ((d1 << 21) | (d0 >>> 11)) ^ a1;
      d0 = s;
      s = c0;
      c0 = c1;
      c1 = s;
    }
    if (stage === 2) break;
    a0 ^= m0;
    a1 ^= m1;
  }
  out[0] = a0 ^ b0 ^ c0 ^ d0;
  out[1] = a1 ^ b1 ^ c1 ^ d1;
}

/** SipHash-1-3 of src[off .. off+len): CPython's hash since 3.11. */
export function siphash13(
  src: Uint8Array,
  off: number,
  len: number,
  k0lo: number,
  k0hi: number,
  k1lo: number,
  k1hi: number,
  out: Int32Array,
): void {
  sip(src, off, len, k0lo, k0hi, k1lo, k1hi, 1, 3, out);
}

/** SipHash-2-4: CPython's hash from 3.4 to 3.10. */
export function siphash24(
  src: Uint8Array,
  off: number,
  len: number,
  k0lo: number,
  k0hi: number,
  k1lo: number,
  k1hi: number,
  out: Int32Array,
): void {
  sip(src, off, len, k0lo, k0hi, k1lo, k1hi, 2, 4, out);
}

/** The hash of str and bytes data: 0 when empty, -1 becomes -2. `version` 24 is that of CPython before 3.11. */
export function hashBytes(
  src: Uint8Array,
  off: number,
  len: number,
  secret: HashSecret,
  out: Int32Array,
  version: 13 | 24 = 13,
): void {
  if (len === 0) {
    out[0] = 0;
    out[1] = 0;
    return;
  }
  sip(
    src,
    off,
    len,
    secret.k0lo,
    secret.k0hi,
    secret.k1lo,
    secret.k1hi,
    version === 13 ? 1 : 2,
    version === 13 ? 3 : 4,
    out,
  );
  if (out[0] === -1 && out[1] === -1) out[0] = -2;
}
