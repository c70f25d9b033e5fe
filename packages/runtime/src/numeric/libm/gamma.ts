// gamma and lgamma: CPython's own Lanczos approximation (Modules/mathmodule.c) over our exp, log, pow, sin and cos, so
// that they are as far from the true value as CPython's, and mostly by the same bits.
// Poles and overflow are the caller's errors: NaN or an infinity comes back for a finite argument.

import { exp } from './expcore.ts';
import { log } from './logcore.ts';
import { pow } from './pow.ts';
import { cos, sin } from './trig.ts';

const LANCZOS_G = 6.02468004077673;
const LANCZOS_G_MINUS_HALF = 5.52468004077673;
const LOG_PI = 1.1447298858494002;
const NUM = [
  23531376880.41076, 42919803642.6491, 35711959237.35567, 17921034426.03721, 6039542586.352028, 1439720407.3117216,
  248874557.86205417, 31426415.585400194, 2876370.6289353725, 186056.26539522348, 8071.672002365816, 210.82427775157936,
  2.5066282746310002,
] as const;
const DEN = [
  0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925, 66, 1,
] as const;

function lanczosSum(x: number): number {
  let num = 0;
  let den = 0;
  if (x < 5) {
    for (let i = 12; i >= 0; i--) {
      num = num * x + NUM[i]!;
      den = den * x + DEN[i]!;
    }
  } else {
    for (let i = 0; i <= 12; i++) {
      num = num / x + NUM[i]!;
      den = den / x + DEN[i]!;
    }
  }
  return num / den;
}

/** sin(pi * x). */
function sinPi(x: number): number {
  const y = Math.abs(x) % 2;
  let r: number;
  switch (Math.round(2 * y)) {
    case 0:
      r = sin(Math.PI * y);
      break;
    case 1:
      r = cos(Math.PI * (y - 0.5));
      break;
    case 2:
      r = sin(Math.PI * (1 - y));
      break;
    case 3:
      r = -cos(Math.PI * (y - 1.5));
      break;
    default:
      r = sin(Math.PI * (y - 2));
      break;
  }
  return x < 0 ? -r : r;
}

export function gamma(x: number): number {
  if (Number.isNaN(x) || x === Infinity) return x;
  if (x === -Infinity) return Number.NaN;
  if (x === 0) return 1 / x;
  if (x === Math.floor(x)) {
    if (x < 0) return Number.NaN;
    if (x <= 23) {
      let f = 1;
      for (let i = 2; i < x; i++) f *= i;
      return f;
    }
  }
  const a = Math.abs(x);
  if (a < 1e-20) return 1 / x;
  if (a > 200) return x < 0 ? 0 / sinPi(x) : Infinity;
  const y = a + LANCZOS_G_MINUS_HALF;
  let z: number;
  if (a > LANCZOS_G_MINUS_HALF) {
    const q = y - a;
    z = q - LANCZOS_G_MINUS_HALF;
  } else {
    const q = y - LANCZOS_G_MINUS_HALF;
    z = q - a;
  }
  z = (z * LANCZOS_G) / y;
  let r: number;
  if (x < 0) {
    r = ((-Math.PI / sinPi(a) / a) * exp(y)) / lanczosSum(a);
    r -= z * r;
    if (a < 140) r /= pow(y, a - 0.5);
    else {
      const root = pow(y, a / 2 - 0.25);
      r /= root;
      r /= root;
    }
  } else {
    r = lanczosSum(a) / exp(y);
    r += z * r;
    if (a < 140) r *= pow(y, a - 0.5);
    else {
      const root = pow(y, a / 2 - 0.25);
      r *= root;
      r *= root;
    }
  }
  return r;
}

/** lgamma(x): Infinity at the poles 0, -1, … */
export function lgamma(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x === Infinity || x === -Infinity) return Infinity;
  if (x === Math.floor(x) && x <= 2) return x <= 0 ? Infinity : 0;
  const a = Math.abs(x);
  if (a < 1e-20) return -log(a);
  let r = log(lanczosSum(a)) - LANCZOS_G;
  r += (a - 0.5) * (log(a + LANCZOS_G - 0.5) - 1);
  if (x < 0) r = LOG_PI - log(Math.abs(sinPi(a))) - log(a) - r;
  return r;
}
