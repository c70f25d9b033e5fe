// The bits of a double. The only scratch memory of the numeric room besides libm/dd.ts: written and read within one
// call, it never holds anything between calls.

const f64 = new Float64Array(1);
const u32 = new Uint32Array(f64.buffer);
const u64 = new BigUint64Array(f64.buffer);

/** The upper 32 bits (sign, exponent, 20 bits), unsigned. */
export function highWord(x: number): number {
  f64[0] = x;
  return u32[1]!;
}

export function lowWord(x: number): number {
  f64[0] = x;
  return u32[0]!;
}

export function fromWords(hi: number, lo: number): number {
  u32[1] = hi;
  u32[0] = lo;
  return f64[0]!;
}

export function bitsOf(x: number): bigint {
  f64[0] = x;
  return u64[0]!;
}

export function fromBits(b: bigint): number {
  u64[0] = b;
  return f64[0]!;
}

/** True when the sign bit is set, for zeros and NaN too. */
export function signBit(x: number): boolean {
  f64[0] = x;
  return u32[1]! >>> 31 === 1;
}
