// log, log2 and log10 of ints that no double holds, as Modules/mathmodule.c (loghelper) does it: x = m * 2**e with m a
// double in [0.5, 1), rounded half to even; log(m) + e * log(2).

import { bigIntBitLength, scaleBigInt } from '../bigconv.ts';
import { log, log10, log2 } from './logcore.ts';

/** The logarithm of an int > 0. */
export function logOfInt(v: bigint, which: 'log' | 'log2' | 'log10'): number {
  const f = which === 'log' ? log : which === 'log2' ? log2 : log10;
  const x = Number(v);
  if (x < Infinity) return f(x);
  let e = bigIntBitLength(v);
  let m = scaleBigInt((v >> BigInt(e - 200)) | 1n, -200);
  if (m === 1) {
    m = 0.5;
    e += 1;
  }
  return f(m) + f(2) * e;
}
