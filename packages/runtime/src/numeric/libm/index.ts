// The mathematical functions of the engine: correctly rounded where docs/math.md says so. Domain and range errors are
// the caller's: it sees NaN or an infinity for finite arguments.

export { acos, asin, atan, atan2 } from './arctrig.ts';
export { logOfInt } from './biglog.ts';
export { erf, erfc } from './erf.ts';
export { cosh, exp, exp2, expm1, sinh, tanh } from './expcore.ts';
export { gamma, lgamma } from './gamma.ts';
export { acosh, asinh, atanh, log, log10, log1p, log2 } from './logcore.ts';
export { copysign, fma, frexp, modf, nextafter, remainder, ulp } from './parts.ts';
export { pow } from './pow.ts';
export { cbrt, hypot2, vectorNorm } from './roots.ts';
export {
  compensatedAdd,
  compensatedResult,
  fsum,
  fsumAdd,
  fsumResult,
  sumprodAdd,
  sumprodResult,
} from './sums.ts';
export { cos, sin, tan } from './trig.ts';
export { ldexp } from '../bigconv.ts';
