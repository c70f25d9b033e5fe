/** The functions of `math` that work on ints, and prod and sumprod. Mirrors Modules/mathmodule.c. */
import { METH_FASTCALL, METH_KEYWORDS, METH_O } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import { sumprodAdd, sumprodResult } from '../numeric/libm/index.ts';
import { PyIter_Next, PyNumber_Add, PyNumber_Index, PyNumber_Multiply, PyObject_GetIter } from '../objects/abstract.ts';
import { _PyArg_CheckPositional, unpackKeywords } from '../objects/args.ts';
import { raise } from '../objects/errors.ts';
import { floatValue, PyFloat_FromDouble } from '../objects/floatobject.ts';
import { longAsBigInt, longAsNumber, PyLong_FromBigInt, PyLong_FromLong } from '../objects/longobject.ts';
import { hold, Py_DECREF, Py_NewRef, type Ref, release } from '../objects/object.ts';
import type { MethodSpec } from '../objects/spec.ts';
import { PyExc_OverflowError, PyExc_ValueError, PyFloat_Type, PyLong_Type, Py_None } from '../objects/static.ts';
import { arg } from './builtinfuncs.ts';

const MAX = 2n ** 63n - 1n;

function indexOf(op: Ref): bigint {
  const m = hold(PyNumber_Index(op));
  const v = longAsBigInt(i32(m));
  release(m);
  return v;
}
/** lo * (lo+1) * … * (hi-1), by halves. */
function product(lo: bigint, hi: bigint): bigint {
  if (hi - lo <= 8n) {
    let r = 1n;
    for (let i = lo; i < hi; i++) r *= i;
    return r;
  }
  const mid = (lo + hi) >> 1n;
  return product(lo, mid) * product(mid, hi);
}
function math_factorial(_m: Ref, op: Ref): Ref {
  const n = indexOf(op);
  if (n > MAX) raise(PyExc_OverflowError, `factorial() argument should not exceed ${MAX}`);
  if (n < 0n) raise(PyExc_ValueError, 'factorial() not defined for negative values');
  return PyLong_FromBigInt(product(1n, n + 1n));
}
function math_perm(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('perm', nargs, 1, 2);
  if (nargs === 1 || arg(args, 1) === Py_None) return math_factorial(0, arg(args, 0));
  const n = indexOf(arg(args, 0));
  const k = indexOf(arg(args, 1));
  if (n < 0n) raise(PyExc_ValueError, 'n must be a non-negative integer');
  if (k < 0n) raise(PyExc_ValueError, 'k must be a non-negative integer');
  if (n < k) return PyLong_FromLong(0);
  if (k > MAX) raise(PyExc_OverflowError, `k must not exceed ${MAX}`);
  return PyLong_FromBigInt(product(n - k + 1n, n + 1n));
}
function math_comb(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('comb', nargs, 2, 2);
  const n = indexOf(arg(args, 0));
  let k = indexOf(arg(args, 1));
  if (n < 0n) raise(PyExc_ValueError, 'n must be a non-negative integer');
  if (k < 0n) raise(PyExc_ValueError, 'k must be a non-negative integer');
  if (k > n) return PyLong_FromLong(0);
  if (n - k < k) k = n - k;
  if (k > MAX) raise(PyExc_OverflowError, `min(n - k, k) must not exceed ${MAX}`);
  return PyLong_FromBigInt(product(n - k + 1n, n + 1n) / product(1n, k + 1n));
}
function isqrt(n: bigint): bigint {
  if (n < 2n) return n;
  if (n < 2n ** 52n) return BigInt(Math.floor(Math.sqrt(Number(n))));
  let x = 1n << (BigInt(n.toString(16).length * 4) / 2n + 1n);
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}
function math_isqrt(_m: Ref, op: Ref): Ref {
  const n = indexOf(op);
  if (n < 0n) raise(PyExc_ValueError, 'isqrt() argument must be nonnegative');
  return PyLong_FromBigInt(isqrt(n));
}
function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) {
    if (x <= BigInt(Number.MAX_SAFE_INTEGER) && y <= BigInt(Number.MAX_SAFE_INTEGER)) {
      let [p, q] = [Number(x), Number(y)];
      while (q !== 0) [p, q] = [q, p % q];
      return BigInt(p);
    }
    [x, y] = [y, x % y];
  }
  return x;
}
function math_gcd(_m: Ref, args: number, nargs: number): Ref {
  let r = 0n;
  for (let i = 0; i < nargs; i++) r = gcd(r, indexOf(arg(args, i)));
  return PyLong_FromBigInt(r);
}
function math_lcm(_m: Ref, args: number, nargs: number): Ref {
  let r = 1n;
  for (let i = 0; i < nargs; i++) {
    const v = indexOf(arg(args, i));
    if (r === 0n || v === 0n) r = 0n;
    else {
      r = (r / gcd(r, v)) * v;
      if (r < 0n) r = -r;
    }
  }
  return PyLong_FromBigInt(r);
}
function math_prod(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [iterable, start] = unpackKeywords(args, nargs, kwnames, {
    fname: 'prod',
    loaded: 'math.prod',
    keywords: ['', 'start'],
    required: 1,
    kwonly: 1,
  }) as [Ref, Ref];
  const m = hold(PyObject_GetIter(iterable));
  const slot = hold(start === 0 ? PyLong_FromLong(1) : Py_NewRef(start));
  for (;;) {
    const item = PyIter_Next(i32(m));
    if (item === 0) break;
    const k = hold(item);
    const next = multiply(i32(slot), item);
    const old = i32(slot);
    setPtr(slot, next);
    Py_DECREF(old);
    release(k);
  }
  const res = Py_NewRef(i32(slot));
  release(m);
  return res;
}
/** int * int and float * number without a detour. */
function multiply(a: Ref, b: Ref): Ref {
  const ta = i32(a + 8);
  const tb = i32(b + 8);
  if (ta === PyFloat_Type && tb === PyFloat_Type) return PyFloat_FromDouble(floatValue(a) * floatValue(b));
  return PyNumber_Multiply(a, b);
}
function math_sumprod(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('sumprod', nargs, 2, 2);
  const m = hold(PyObject_GetIter(arg(args, 0)));
  hold(PyObject_GetIter(arg(args, 1)));
  const slot = hold(PyLong_FromLong(0));
  const add = (value: Ref): void => {
    const k = hold(value);
    const sum = PyNumber_Add(i32(slot), value);
    const old = i32(slot);
    setPtr(slot, sum);
    Py_DECREF(old);
    release(k);
  };
  let ints = true;
  let intTotal = 0n;
  let intUsed = false;
  let floats = true;
  let floatTotal = new Float64Array(3);
  let floatUsed = false;
  for (;;) {
    const k = hold(PyIter_Next(i32(m)));
    hold(PyIter_Next(i32(m + 8)));
    const p = i32(k);
    const q = i32(k + 8);
    if ((p === 0) !== (q === 0)) raise(PyExc_ValueError, 'Inputs are not the same length');
    const finished = p === 0;
    const tp = finished ? 0 : i32(p + 8);
    const tq = finished ? 0 : i32(q + 8);
    if (ints) {
      if (!finished && tp === PyLong_Type && tq === PyLong_Type) {
        intTotal += longAsBigInt(p) * longAsBigInt(q);
        intUsed = true;
        release(k);
        continue;
      }
      ints = false;
      if (intUsed) add(PyLong_FromBigInt(intTotal));
      intTotal = 0n;
    }
    if (floats) {
      const pf = tp === PyFloat_Type;
      const qf = tq === PyFloat_Type;
      if (!finished && ((pf && qf) || (pf && tq === PyLong_Type) || (qf && tp === PyLong_Type))) {
        const x = pf ? floatValue(p) : longAsNumber(p);
        const y = qf ? floatValue(q) : longAsNumber(q);
        if (Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(x * y)) {
          sumprodAdd(floatTotal, x, y);
          floatUsed = true;
          release(k);
          continue;
        }
      }
      if (floatUsed) {
        add(PyFloat_FromDouble(sumprodResult(floatTotal)));
        floatTotal = new Float64Array(3);
        floatUsed = false;
      }
      if (finished) floats = false;
    }
    if (finished) {
      release(k);
      break;
    }
    add(multiply(p, q));
    release(k);
  }
  const res = Py_NewRef(i32(slot));
  release(m);
  return res;
}

const FASTKW = METH_FASTCALL | METH_KEYWORDS;
export const integerMethods: readonly MethodSpec[] = [
  { name: 'factorial', flags: METH_O, fn: math_factorial },
  { name: 'gcd', flags: METH_FASTCALL, fn: math_gcd },
  { name: 'isqrt', flags: METH_O, fn: math_isqrt },
  { name: 'lcm', flags: METH_FASTCALL, fn: math_lcm },
  { name: 'sumprod', flags: METH_FASTCALL, fn: math_sumprod },
  { name: 'prod', flags: FASTKW, fn: math_prod },
  { name: 'perm', flags: METH_FASTCALL, fn: math_perm },
  { name: 'comb', flags: METH_FASTCALL, fn: math_comb },
];
