/**
 * Arithmetic of int: the number slots. Mirrors the arithmetic part of Objects/longobject.c. Ints of one digit take a
 * short way without digit arrays; larger ones work on their digits in memory, the largest through BigInt.
 */
import { i32, setI32, setPtr, words } from '../memory/linear.ts';
import { bitwiseDigits } from '../numeric/bigbits.ts';
import { trueDivideBigInt } from '../numeric/bigconv.ts';
import {
  addDigits,
  compareDigits,
  divRem1,
  mulDigits,
  rem1,
  shlDigits,
  shrDigits,
  subDigits,
} from '../numeric/bigdigits.ts';
import { pow as libmPow } from '../numeric/libm/index.ts';
import { floorDiv, floorMod, invMod, powMod } from '../numeric/bigmath.ts';
import { PyErr_NoMemory, raise } from './errors.ts';
import { PyFloat_FromDouble } from './floatobject.ts';
import {
  _PyLong_FromMedium,
  _PyLong_IsNegative,
  _PyLong_IsZero,
  _PyLong_New,
  long_normalize,
  longAsBigInt,
  PyLong_AsDouble,
  PyLong_FromBigInt,
  PyLong_FromLong,
  smallInt,
  ZERO,
} from './longobject.ts';
import { _PyLong_Copy } from './longtext.ts';
import { hold, Py_DECREF, Py_NewRef, PyLong_Check, type Ref, release } from './object.ts';
import {
  PyExc_OverflowError,
  PyExc_ValueError,
  PyExc_ZeroDivisionError,
  PyLong_Type,
  Py_None,
  Py_NotImplemented,
} from './static.ts';
import { PyTuple_New } from './tupleobject.ts';

/** Beyond this many digits the host's BigInt is faster than schoolbook arithmetic. */
const BIGINT_DIGITS = 40;

function count(op: Ref): number {
  return i32(op + 16) >>> 3;
}
/** Index in `words` of the first digit. */
function at(op: Ref): number {
  return (op + 24) >> 2;
}
function compact(op: Ref): number {
  return Math.imul(1 - (i32(op + 16) & 3), i32(op + 24));
}
/** A small result becomes the cached small int (maybe_small_long). */
function maybe_small_long(op: Ref): Ref {
  if (i32(op + 16) < 16) {
    const v = compact(op);
    if (v >= -5 && v <= 256) {
      Py_DECREF(op);
      return smallInt(v);
    }
  }
  return op;
}
/** |a| + |b| with the given sign (x_add). */
function x_add(a: Ref, b: Ref, negative: boolean): Ref {
  const n = Math.max(count(a), count(b));
  const z = _PyLong_New(n + 1);
  const size = addDigits(words, at(a), count(a), words, at(b), count(b), words, at(z));
  long_normalize(z, size, negative);
  return z;
}
/** |a| - |b|, negated if `negative` (x_sub). */
function x_sub(a: Ref, b: Ref, negative: boolean): Ref {
  const c = compareDigits(words, at(a), count(a), words, at(b), count(b));
  if (c === 0) return ZERO_REF();
  const [x, y] = c > 0 ? [a, b] : [b, a];
  const z = _PyLong_New(count(x));
  const size = subDigits(words, at(x), count(x), words, at(y), count(y), words, at(z));
  long_normalize(z, size, c > 0 ? negative : !negative);
  return maybe_small_long(z);
}
function ZERO_REF(): Ref {
  return Py_NewRef(ZERO);
}
/** a + b of exact or derived ints (_PyLong_Add). */
export function _PyLong_Add(a: Ref, b: Ref): Ref {
  if (i32(a + 16) < 16 && i32(b + 16) < 16) {
    const v = compact(a) + compact(b);
    return v > -1073741824 && v < 1073741824 ? _PyLong_FromMedium(v) : PyLong_FromLong(v);
  }
  const an = _PyLong_IsNegative(a);
  const bn = _PyLong_IsNegative(b);
  if (an) return bn ? x_add(a, b, true) : x_sub(b, a, false);
  return bn ? x_sub(a, b, false) : x_add(a, b, false);
}
export function _PyLong_Subtract(a: Ref, b: Ref): Ref {
  if (i32(a + 16) < 16 && i32(b + 16) < 16) {
    const v = compact(a) - compact(b);
    return v > -1073741824 && v < 1073741824 ? _PyLong_FromMedium(v) : PyLong_FromLong(v);
  }
  const an = _PyLong_IsNegative(a);
  const bn = _PyLong_IsNegative(b);
  if (an) return bn ? x_sub(b, a, false) : x_add(a, b, true);
  return bn ? x_add(a, b, false) : x_sub(a, b, false);
}
export function _PyLong_Multiply(a: Ref, b: Ref): Ref {
  if (i32(a + 16) < 16 && i32(b + 16) < 16) {
    const v = compact(a) * compact(b);
    if (v > -9007199254740992 && v < 9007199254740992) return PyLong_FromLong(v === 0 ? 0 : v);
  }
  const an = count(a);
  const bn = count(b);
  if (an === 0 || bn === 0) return ZERO_REF();
  const negative = _PyLong_IsNegative(a) !== _PyLong_IsNegative(b);
  if (an >= BIGINT_DIGITS && bn >= BIGINT_DIGITS) return PyLong_FromBigInt(longAsBigInt(a) * longAsBigInt(b));
  const z = _PyLong_New(an + bn);
  long_normalize(z, mulDigits(words, at(a), an, words, at(b), bn, words, at(z)), negative);
  return z;
}
function divisionByZero(message: string): never {
  raise(PyExc_ZeroDivisionError, message);
}
/** Floor division of values that are not both compact. */
function floorDivide(a: Ref, b: Ref): Ref {
  if (count(b) === 1 && !_PyLong_IsNegative(a) && !_PyLong_IsNegative(b)) {
    const z = _PyLong_New(count(a));
    divRem1(words, at(a), count(a), i32(b + 24), words, at(z));
    long_normalize(z, count(a), false);
    return maybe_small_long(z);
  }
  return PyLong_FromBigInt(floorDiv(longAsBigInt(a), longAsBigInt(b)));
}
function floorRemainder(a: Ref, b: Ref): Ref {
  if (count(b) === 1 && !_PyLong_IsNegative(a) && !_PyLong_IsNegative(b)) {
    return _PyLong_FromMedium(rem1(words, at(a), count(a), i32(b + 24)));
  }
  return PyLong_FromBigInt(floorMod(longAsBigInt(a), longAsBigInt(b)));
}
function bothInts(a: Ref, b: Ref): boolean {
  return PyLong_Check(a) && PyLong_Check(b);
}
function bothCompact(a: Ref, b: Ref): boolean {
  return i32(a + 16) < 16 && i32(b + 16) < 16;
}

export function long_add(a: Ref, b: Ref): Ref {
  return bothInts(a, b) ? _PyLong_Add(a, b) : Py_NewRef(Py_NotImplemented);
}
export function long_sub(a: Ref, b: Ref): Ref {
  return bothInts(a, b) ? _PyLong_Subtract(a, b) : Py_NewRef(Py_NotImplemented);
}
export function long_mul(a: Ref, b: Ref): Ref {
  return bothInts(a, b) ? _PyLong_Multiply(a, b) : Py_NewRef(Py_NotImplemented);
}
export function long_div(a: Ref, b: Ref): Ref {
  if (!bothInts(a, b)) return Py_NewRef(Py_NotImplemented);
  if (_PyLong_IsZero(b)) divisionByZero('integer division or modulo by zero');
  if (bothCompact(a, b)) return _PyLong_FromMedium(Math.floor(compact(a) / compact(b)));
  return floorDivide(a, b);
}
export function long_mod(a: Ref, b: Ref): Ref {
  if (!bothInts(a, b)) return Py_NewRef(Py_NotImplemented);
  if (_PyLong_IsZero(b)) divisionByZero('integer modulo by zero');
  if (bothCompact(a, b)) {
    const y = compact(b);
    const r = compact(a) % y;
    return _PyLong_FromMedium(r !== 0 && r < 0 !== y < 0 ? r + y : r === 0 ? 0 : r);
  }
  return floorRemainder(a, b);
}
export function long_divmod(a: Ref, b: Ref): Ref {
  if (!bothInts(a, b)) return Py_NewRef(Py_NotImplemented);
  if (_PyLong_IsZero(b)) divisionByZero('integer division or modulo by zero');
  const q = long_div(a, b);
  const m = hold(q);
  const r = long_mod(a, b);
  hold(r);
  const t = PyTuple_New(2);
  setPtr(t + 24, Py_NewRef(q));
  setPtr(t + 32, Py_NewRef(r));
  release(m);
  return t;
}
export function long_true_divide(a: Ref, b: Ref): Ref {
  if (!bothInts(a, b)) return Py_NewRef(Py_NotImplemented);
  if (_PyLong_IsZero(b)) divisionByZero('division by zero');
  if (bothCompact(a, b)) return PyFloat_FromDouble(compact(a) / compact(b));
  const q = trueDivideBigInt(longAsBigInt(a), longAsBigInt(b));
  if (!Number.isFinite(q)) raise(PyExc_OverflowError, 'integer division result too large for a float');
  return PyFloat_FromDouble(q);
}
/** pow(v, w[, x]). */
export function long_pow(v: Ref, w: Ref, x: Ref): Ref {
  if (!bothInts(v, w) || !(x === Py_None || PyLong_Check(x))) return Py_NewRef(Py_NotImplemented);
  if (x === Py_None) {
    if (_PyLong_IsNegative(w)) {
      const base = PyLong_AsDouble(v);
      if (base === 0) raise(PyExc_ZeroDivisionError, '0.0 cannot be raised to a negative power');
      return floatPow(base, PyLong_AsDouble(w));
    }
    if (bothCompact(v, w)) {
      const e = compact(w);
      const p = compact(v) ** e;
      if (Math.abs(p) < 9007199254740992) return PyLong_FromLong(p === 0 ? 0 : p);
    }
    const exponent = longAsBigInt(w);
    const base = longAsBigInt(v);
    if (exponent > 1000000000n && base !== 0n && base !== 1n && base !== -1n) PyErr_NoMemory();
    if (base === 0n || base === 1n) return PyLong_FromBigInt(exponent === 0n ? 1n : base);
    if (base === -1n) return PyLong_FromLong(exponent % 2n === 0n ? 1 : -1);
    return PyLong_FromBigInt(base ** exponent);
  }
  const mod = longAsBigInt(x);
  if (mod === 0n) raise(PyExc_ValueError, 'pow() 3rd argument cannot be 0');
  let base = longAsBigInt(v);
  let exponent = longAsBigInt(w);
  const m = mod < 0n ? -mod : mod;
  if (exponent < 0n) {
    const inverse = invMod(base, m);
    if (inverse === null) raise(PyExc_ValueError, 'base is not invertible for the given modulus');
    base = inverse as bigint;
    exponent = -exponent;
  }
  let r = m === 1n ? 0n : powMod(floorMod(base, m), exponent, m);
  if (mod < 0n && r !== 0n) r += mod;
  return PyLong_FromBigInt(r);
}
function floatPow(base: number, e: number): Ref {
  return PyFloat_FromDouble(libmPow(base, e));
}

export function long_neg(a: Ref): Ref {
  if (i32(a + 16) < 16) return _PyLong_FromMedium(i32(a + 24) === 0 ? 0 : -compact(a));
  const z = _PyLong_Copy(a);
  setI32(z + 16, i32(z + 16) ^ 2);
  return z;
}
export function long_long(a: Ref): Ref {
  return i32(a + 8) === PyLong_Type ? Py_NewRef(a) : _PyLong_Copy(a);
}
export function long_abs(a: Ref): Ref {
  return _PyLong_IsNegative(a) ? long_neg(a) : long_long(a);
}
export function long_invert(a: Ref): Ref {
  if (i32(a + 16) < 16) return PyLong_FromLong(-1 - compact(a));
  return PyLong_FromBigInt(~longAsBigInt(a));
}
export function long_bool(a: Ref): boolean {
  return !_PyLong_IsZero(a);
}

/** The shift count as words and bits; too large counts give null. */
function shiftCount(b: Ref): { words: number; bits: number } | null {
  if (count(b) > 2) return null;
  const n = count(b) === 2 ? i32(b + 28) * 1073741824 + i32(b + 24) : i32(b + 24);
  return { words: Math.floor(n / 30), bits: n % 30 };
}
export function long_rshift(a: Ref, b: Ref): Ref {
  if (!bothInts(a, b)) return Py_NewRef(Py_NotImplemented);
  if (_PyLong_IsNegative(b)) raise(PyExc_ValueError, 'negative shift count');
  if (_PyLong_IsZero(a)) return ZERO_REF();
  const s = shiftCount(b);
  if (s === null) return PyLong_FromLong(_PyLong_IsNegative(a) ? -1 : 0);
  const negative = _PyLong_IsNegative(a);
  if (i32(a + 16) < 16) {
    const v = compact(a);
    return _PyLong_FromMedium(s.words > 0 || s.bits > 30 ? (negative ? -1 : 0) : v >> s.bits);
  }
  const n = count(a);
  if (s.words >= n) return PyLong_FromLong(negative ? -1 : 0);
  const z = _PyLong_New(n - s.words + (negative ? 1 : 0));
  long_normalize(z, shrDigits(words, at(a), n, negative, s.words, s.bits, words, at(z)), negative);
  return maybe_small_long(z);
}
export function long_lshift(a: Ref, b: Ref): Ref {
  if (!bothInts(a, b)) return Py_NewRef(Py_NotImplemented);
  if (_PyLong_IsNegative(b)) raise(PyExc_ValueError, 'negative shift count');
  if (_PyLong_IsZero(a)) return ZERO_REF();
  const s = shiftCount(b);
  if (s === null) {
    // a shift of 2**66 bits asks for more digits than an int can count, a smaller one for more than there is memory
    if (longAsBigInt(b) / 30n >= 1n << 61n) raise(PyExc_OverflowError, 'too many digits in integer');
    PyErr_NoMemory();
  }
  const { words: w, bits } = s as { words: number; bits: number };
  const n = count(a);
  if (n + w + 1 > 0x1fffff00) PyErr_NoMemory();
  const z = _PyLong_New(n + w + (bits > 0 ? 1 : 0));
  if (bits === 0) {
    words.fill(0, at(z), at(z) + w);
    words.copyWithin(at(z) + w, at(a), at(a) + n);
    long_normalize(z, n + w, _PyLong_IsNegative(a));
  } else long_normalize(z, shlDigits(words, at(a), n, w, bits, words, at(z)), _PyLong_IsNegative(a));
  return maybe_small_long(z);
}
function bitwise(a: Ref, b: Ref, op: '&' | '|' | '^'): Ref {
  if (!bothInts(a, b)) return Py_NewRef(Py_NotImplemented);
  if (bothCompact(a, b)) {
    const x = compact(a);
    const y = compact(b);
    return PyLong_FromLong(op === '&' ? x & y : op === '|' ? x | y : x ^ y);
  }
  const z = _PyLong_New(Math.max(count(a), count(b)) + 1);
  const n = bitwiseDigits(
    op,
    words,
    at(a),
    count(a),
    _PyLong_IsNegative(a),
    words,
    at(b),
    count(b),
    _PyLong_IsNegative(b),
    words,
    at(z),
  );
  long_normalize(z, Math.abs(n), n < 0);
  return maybe_small_long(z);
}
export function long_and(a: Ref, b: Ref): Ref {
  return bitwise(a, b, '&');
}
export function long_or(a: Ref, b: Ref): Ref {
  return bitwise(a, b, '|');
}
export function long_xor(a: Ref, b: Ref): Ref {
  return bitwise(a, b, '^');
}
/** -1, 0 or 1. */
export function long_compare(a: Ref, b: Ref): number {
  if (bothCompact(a, b)) {
    const x = compact(a);
    const y = compact(b);
    return x < y ? -1 : x > y ? 1 : 0;
  }
  const sa = 1 - (i32(a + 16) & 3);
  const sb = 1 - (i32(b + 16) & 3);
  if (sa !== sb) return sa < sb ? -1 : 1;
  const c = compareDigits(words, at(a), count(a), words, at(b), count(b));
  return sa < 0 ? -c : c;
}
