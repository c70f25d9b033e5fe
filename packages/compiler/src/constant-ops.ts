// Arithmetic on constants, as CPython's objects do it, for the folding of expressions. null: not folded.
import type { OperatorKind, UnaryOpKind } from './ast.ts';
import { type Constant, joined, pointsOf, type StrConstant } from './constants.ts';

export const NONE: Constant = { t: 'None' };
const TRUE: Constant = { t: 'bool', v: true };
const FALSE: Constant = { t: 'bool', v: false };

export const boolConst = (v: boolean): Constant => (v ? TRUE : FALSE);
export const intConst = (v: number | bigint): Constant => ({ t: 'int', v: BigInt(v) });
export const strConst = (v: string): StrConstant => ({ t: 'str', v });
export const tupleConst = (v: Constant[]): Constant => ({ t: 'tuple', v });
const floatConst = (v: number): Constant => ({ t: 'float', v });

const MAX_INT_SIZE = 128;
const MAX_COLLECTION_SIZE = 256;
const MAX_STR_SIZE = 4096;
const MAX_TOTAL_ITEMS = 1024;

export function isTrue(c: Constant): boolean {
  switch (c.t) {
    case 'None':
      return false;
    case 'bool':
      return c.v;
    case 'int':
      return c.v !== 0n;
    case 'float':
      return c.v !== 0;
    case 'complex':
      return c.re !== 0 || c.im !== 0;
    case 'str':
    case 'bytes':
    case 'tuple':
    case 'frozenset':
      return c.v.length > 0;
    default:
      return true;
  }
}

/** Equal for constants that are equal in Python (1, 1.0 and True are). */
export function equalityKey(c: Constant): string {
  switch (c.t) {
    case 'bool':
      return c.v ? 'n1' : 'n0';
    case 'int':
      return 'n' + c.v;
    case 'float':
      return Number.isInteger(c.v) ? 'n' + BigInt(c.v) : 'f' + c.v;
    case 'complex':
      return c.im === 0 ? equalityKey(floatConst(c.re)) : `c${c.re},${c.im}`;
    case 'str':
      return c.points === undefined ? 's' + c.v : 'p' + c.points.join();
    case 'bytes':
      return 'b' + c.v.join();
    case 'tuple':
    case 'frozenset':
      return c.t + c.v.map((item) => JSON.stringify(equalityKey(item))).join(',');
    default:
      return c.t;
  }
}

export function frozensetConst(items: Constant[]): Constant {
  const byKey = new Map<string, Constant>();
  for (const item of items) {
    const key = equalityKey(item);
    if (!byKey.has(key)) byKey.set(key, item);
  }
  return { t: 'frozenset', v: [...byKey.values()] };
}

function bitLength(v: bigint): number {
  return v === 0n ? 0 : (v < 0n ? -v : v).toString(2).length;
}

/** num / den rounded to the nearest double, ties to even; null where it overflows. */
function ratio(num: bigint, den: bigint): number | null {
  const negative = num < 0n !== den < 0n;
  let n = num < 0n ? -num : num;
  let d = den < 0n ? -den : den;
  if (n === 0n) return negative ? -0 : 0;
  // Scale so that the quotient has 55 to 56 bits (fewer for subnormals), then round by hand.
  let shift = Math.max(bitLength(n) - bitLength(d) - 55, -1076);
  if (shift > 0) d <<= BigInt(shift);
  else n <<= BigInt(-shift);
  let q = n / d;
  const sticky = q * d !== n;
  // A subnormal result may keep fewer than 53 bits: its last bit is 2 ** -1074.
  const extra = Math.max(bitLength(q) - 53, -1074 - shift, 0);
  if (extra > 0) {
    const low = q & ((1n << BigInt(extra)) - 1n);
    const half = 1n << BigInt(extra - 1);
    q >>= BigInt(extra);
    shift += extra;
    if (low > half || (low === half && (sticky || (q & 1n) === 1n))) q += 1n;
  }
  let value = Number(q);
  // Two steps, so that neither factor over- or underflows by itself.
  if (shift < -1000) value = value * 2 ** (shift + 1000) * 2 ** -1000;
  else if (shift > 900) value = value * 2 ** 900 * 2 ** (shift - 900);
  else value *= 2 ** shift;
  if (!Number.isFinite(value)) return null;
  return negative ? -value : value;
}

function toFloat(v: bigint): number | null {
  const value = Number(v);
  return Number.isFinite(value) ? value : null;
}

function floorDiv(a: bigint, b: bigint): bigint {
  const q = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? q - 1n : q;
}

function floorMod(a: bigint, b: bigint): bigint {
  const r = a % b;
  return r !== 0n && r < 0n !== b < 0n ? r + b : r;
}

function floatMod(a: number, b: number): number {
  let mod = a % b;
  if (mod !== 0) {
    if (b < 0 !== mod < 0) mod += b;
  } else {
    mod = b < 0 ? -0 : 0;
  }
  return mod;
}

function floatFloorDiv(a: number, b: number): number {
  const mod = floatMod(a, b);
  const div = (a - mod) / b;
  if (div === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const floor = Math.floor(div);
  return div - floor > 0.5 ? floor + 1 : floor;
}

/** x ** n for a whole n, correctly rounded: by exact integers. */
function exactPower(x: number, n: number): number | null {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  const biased = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4));
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  const exponent = (biased === 0 ? 1 : biased) - 1075;
  const size = Math.abs(n);
  let num = (x < 0 ? -mantissa : mantissa) ** BigInt(size);
  let den = 1n;
  const twos = exponent * size;
  if (twos < 0) den <<= BigInt(-twos);
  else num <<= BigInt(twos);
  return n < 0 ? ratio(den, num) : ratio(num, den);
}

/** x ** y of finite numbers. */
export type Power = (x: number, y: number) => number;
const hostPower: Power = (x, y) => x ** y;

function floatPower(x: number, y: number, power: Power): number | null {
  if (y === 0 || x === 1) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (x === 0 && y < 0) return null;
  if (x < 0 && Number.isFinite(x) && Number.isFinite(y) && !Number.isInteger(y)) return null;
  if (!Number.isFinite(y) && Math.abs(x) === 1) return 1;
  if (y === 0.5) return Math.sqrt(x);
  if (x !== 0 && Number.isFinite(x) && Number.isInteger(y) && Math.abs(y) <= 1200) return exactPower(x, y);
  const value = power(x, y);
  return !Number.isFinite(value) && Number.isFinite(x) && Number.isFinite(y) ? null : value;
}

function intOp(op: OperatorKind, a: bigint, b: bigint, power: Power): Constant | null {
  switch (op) {
    case 'Add':
      return intConst(a + b);
    case 'Sub':
      return intConst(a - b);
    case 'Mult':
      if (a !== 0n && b !== 0n && bitLength(a) + bitLength(b) > MAX_INT_SIZE) return null;
      return intConst(a * b);
    case 'Div': {
      const value = b === 0n ? null : ratio(a, b);
      if (value === null) return null;
      return floatConst(a !== 0n ? value : b < 0n ? -0 : 0);
    }
    case 'FloorDiv':
      return b === 0n ? null : intConst(floorDiv(a, b));
    case 'Mod':
      return b === 0n ? null : intConst(floorMod(a, b));
    case 'Pow': {
      if (b < 0n) {
        const x = toFloat(a);
        const y = toFloat(b);
        const value = x === null || y === null ? null : floatPower(x, y, power);
        return value === null ? null : floatConst(value);
      }
      if (a !== 0n && b > 0n && BigInt(bitLength(a)) > BigInt(MAX_INT_SIZE) / b) return null;
      return intConst(a ** b);
    }
    case 'LShift':
      if (b < 0n) return null;
      if (a !== 0n && b !== 0n && BigInt(bitLength(a)) + b > BigInt(MAX_INT_SIZE)) return null;
      return intConst(a === 0n ? 0n : a << b);
    case 'RShift':
      if (b < 0n) return null;
      return intConst(b > 1_000_000n ? (a < 0n ? -1n : 0n) : a >> b);
    case 'BitOr':
      return intConst(a | b);
    case 'BitXor':
      return intConst(a ^ b);
    case 'BitAnd':
      return intConst(a & b);
    default:
      return null;
  }
}

function floatOp(op: OperatorKind, a: number, b: number, power: Power): Constant | null {
  switch (op) {
    case 'Add':
      return floatConst(a + b);
    case 'Sub':
      return floatConst(a - b);
    case 'Mult':
      return floatConst(a * b);
    case 'Div':
      return b === 0 ? null : floatConst(a / b);
    case 'FloorDiv':
      return b === 0 ? null : floatConst(floatFloorDiv(a, b));
    case 'Mod':
      return b === 0 ? null : floatConst(floatMod(a, b));
    case 'Pow': {
      const value = floatPower(a, b, power);
      return value === null ? null : floatConst(value);
    }
    default:
      return null;
  }
}

interface Complex {
  re: number;
  im: number;
}

function complexProduct(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}

function complexQuotient(a: Complex, b: Complex): Complex | null {
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    if (b.re === 0) return null;
    const scale = b.im / b.re;
    const denom = b.re + b.im * scale;
    return { re: (a.re + a.im * scale) / denom, im: (a.im - a.re * scale) / denom };
  }
  const scale = b.re / b.im;
  const denom = b.re * scale + b.im;
  return { re: (a.re * scale + a.im) / denom, im: (a.im * scale - a.re) / denom };
}

/** Whole exponents only, by squaring; others are left to run time. */
function complexPower(a: Complex, b: Complex): Complex | null {
  if (b.re === 0 && b.im === 0) return { re: 1, im: 0 };
  if (b.im !== 0 || !Number.isInteger(b.re) || Math.abs(b.re) > 100) return null;
  const n = Math.abs(b.re);
  let result: Complex = { re: 1, im: 0 };
  let power = a;
  for (let mask = 1; mask <= n; mask <<= 1) {
    if (n & mask) result = complexProduct(result, power);
    power = complexProduct(power, power);
  }
  return b.re > 0 ? result : complexQuotient({ re: 1, im: 0 }, result);
}

function complexOp(op: OperatorKind, a: Complex, b: Complex): Constant | null {
  let value: Complex | null;
  switch (op) {
    case 'Add':
      value = { re: a.re + b.re, im: a.im + b.im };
      break;
    case 'Sub':
      value = { re: a.re - b.re, im: a.im - b.im };
      break;
    case 'Mult':
      value = complexProduct(a, b);
      break;
    case 'Div':
      value = complexQuotient(a, b);
      break;
    case 'Pow':
      value = complexPower(a, b);
      break;
    default:
      return null;
  }
  return value === null ? null : { t: 'complex', re: value.re, im: value.im };
}

function asInt(c: Constant): bigint | null {
  if (c.t === 'int') return c.v;
  return c.t === 'bool' ? BigInt(c.v) : null;
}

function asFloat(c: Constant): number | null {
  if (c.t === 'float') return c.v;
  const int = asInt(c);
  return int === null ? null : toFloat(int);
}

function asComplex(c: Constant): Complex | null {
  if (c.t === 'complex') return c;
  const re = asFloat(c);
  return re === null ? null : { re, im: 0 };
}

function checkComplexity(c: Constant, limit: number): number {
  if (c.t !== 'tuple' && c.t !== 'frozenset') return limit;
  let left = limit - c.v.length;
  for (const item of c.v) {
    if (left < 0) break;
    if (c.t === 'tuple') left = checkComplexity(item, left);
  }
  return left;
}

function length(c: Constant): number {
  if (c.t === 'str') return c.points?.length ?? codePointLength(c.v);
  return c.t === 'bytes' || c.t === 'tuple' ? c.v.length : 0;
}

function codePointLength(s: string): number {
  let n = 0;
  for (const _ of s) n++;
  return n;
}

/** safe_multiply: a sequence times an int, where the result is small. */
function repeat(c: Constant & { t: 'str' | 'bytes' | 'tuple' }, times: bigint): Constant | null {
  const size = length(c);
  if (size > 0) {
    const limit = c.t === 'tuple' ? MAX_COLLECTION_SIZE : MAX_STR_SIZE;
    if (times < 0n || times > BigInt(Math.floor(limit / size))) return null;
    if (c.t === 'tuple' && times > 0n && checkComplexity(c, Math.floor(MAX_TOTAL_ITEMS / Number(times))) < 0) {
      return null;
    }
  }
  const n = size === 0 ? 0 : Number(times);
  if (c.t === 'str') {
    const lone = c.points !== undefined || /[\ud800-\udfff]/u.test(c.v);
    return lone && n > 0 ? { ...joined(new Array<StrConstant>(n).fill(c)) } : strConst(c.v.repeat(n));
  }
  if (c.t === 'tuple') return tupleConst(Array.from({ length: n }, () => c.v).flat());
  const bytes = new Uint8Array(c.v.length * n);
  for (let i = 0; i < n; i++) bytes.set(c.v, i * c.v.length);
  return { t: 'bytes', v: bytes };
}

function isSequence(c: Constant): c is Constant & { t: 'str' | 'bytes' | 'tuple' } {
  return c.t === 'str' || c.t === 'bytes' || c.t === 'tuple';
}

export function binaryOp(op: OperatorKind, a: Constant, b: Constant, power: Power = hostPower): Constant | null {
  if (isSequence(a) || isSequence(b)) {
    if (op === 'Mult') {
      const times = asInt(isSequence(a) ? b : a);
      return times === null ? null : repeat((isSequence(a) ? a : b) as Parameters<typeof repeat>[0], times);
    }
    if (op !== 'Add') return null;
    if (a.t === 'str' && b.t === 'str') return joined([a, b]);
    if (a.t === 'tuple' && b.t === 'tuple') return tupleConst([...a.v, ...b.v]);
    if (a.t === 'bytes' && b.t === 'bytes') {
      const bytes = new Uint8Array(a.v.length + b.v.length);
      bytes.set(a.v);
      bytes.set(b.v, a.v.length);
      return { t: 'bytes', v: bytes };
    }
    return null;
  }
  if (a.t === 'bool' && b.t === 'bool') {
    if (op === 'BitAnd') return boolConst(a.v && b.v);
    if (op === 'BitOr') return boolConst(a.v || b.v);
    if (op === 'BitXor') return boolConst(a.v !== b.v);
  }
  const i = asInt(a);
  const j = asInt(b);
  if (i !== null && j !== null) return intOp(op, i, j, power);
  if (a.t !== 'complex' && b.t !== 'complex') {
    const x = asFloat(a);
    const y = asFloat(b);
    return x === null || y === null ? null : floatOp(op, x, y, power);
  }
  const x = asComplex(a);
  const y = asComplex(b);
  return x === null || y === null ? null : complexOp(op, x, y);
}

export function unaryOp(op: UnaryOpKind, a: Constant): Constant | null {
  if (op === 'Not') return boolConst(!isTrue(a));
  const int = asInt(a);
  if (int !== null) return intConst(op === 'USub' ? -int : op === 'Invert' ? ~int : int);
  if (op === 'Invert') return null;
  if (a.t === 'float') return op === 'USub' ? floatConst(-a.v) : a;
  if (a.t === 'complex') return op === 'USub' ? { t: 'complex', re: -a.re, im: -a.im } : a;
  return null;
}

export function subscript(a: Constant, index: Constant): Constant | null {
  const i = asInt(index);
  if (i === null || !isSequence(a)) return null;
  const size = length(a);
  const at = Number(i < 0n ? i + BigInt(size) : i);
  if (at < 0 || at >= size) return null;
  if (a.t === 'str') return strConst(a.v.length === size ? a.v[at]! : String.fromCodePoint(pointsOf(a)[at]!));
  return a.t === 'tuple' ? a.v[at]! : intConst(a.v[at]!);
}

/** The operand that an operation gives back as the same object: `x + ''`, `x * 1`, `+x`, `1000 % 2**30`. */
export function unchangedOperand(
  op: OperatorKind | UnaryOpKind,
  a: Constant,
  b: Constant | null = null,
): Constant | null {
  if (op === 'UAdd') return a.t === 'int' || a.t === 'float' || a.t === 'complex' ? a : null;
  if (b === null) return null;
  if (op === 'Add' && a.t === b.t && isSequence(a) && isSequence(b)) {
    if (a.v.length === 0) return b;
    return b.v.length === 0 ? a : null;
  }
  // where the dividend's leading digit (of 30 bits, by the divisor's size) is smaller, it is the remainder
  if (op === 'Mod' && a.t === 'int' && b.t === 'int' && a.v > 0n && b.v >= 1n << 30n) {
    const shift = BigInt(30 * (Math.ceil(bitLength(b.v) / 30) - 1));
    return a.v >> shift < b.v >> shift ? a : null;
  }
  if (op !== 'Mult') return null;
  if (isSequence(a) && b.t === 'int' && b.v === 1n) return a;
  return isSequence(b) && a.t === 'int' && a.v === 1n ? b : null;
}
