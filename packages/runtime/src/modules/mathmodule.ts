/** The module `math`: real functions over numeric/libm with CPython's domain and range errors. Mirrors Modules/mathmodule.c. */
import { METH_FASTCALL, METH_KEYWORDS, METH_O } from '@moult/abi';
import { i32, setPtr } from '../memory/linear.ts';
import * as libm from '../numeric/libm/index.ts';
import { PyIter_Next, PyNumber_TrueDivide, PyObject_GetIter, PySequence_Tuple } from '../objects/abstract.ts';
import { _PyArg_CheckPositional, unpackKeywords } from '../objects/args.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyObject_CallNoArgs } from '../objects/call.ts';
import { raise } from '../objects/errors.ts';
import { PyFloat_AsDouble, PyFloat_FromDouble, floatValue } from '../objects/floatobject.ts';
import { longAsBigInt, PyLong_FromDouble, PyLong_FromLong } from '../objects/longobject.ts';
import { PyModule_GetDict } from '../objects/moduleobject.ts';
import { hold, Py_NewRef, PyLong_Check, PyTuple_Check, type Ref, release, typeNameOf } from '../objects/object.ts';
import { _PyObject_LookupSpecial } from '../objects/objectattr.ts';
import { Py_ID } from '@moult/abi';
import type { MethodSpec } from '../objects/spec.ts';
import { PyExc_OverflowError, PyExc_TypeError, PyExc_ValueError, PyFloat_Type } from '../objects/static.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';
import { PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { arg } from './builtinfuncs.ts';
import { integerMethods } from './mathints.ts';
import { type ModuleSpec, setStolen } from './spec.ts';

const FAST = METH_FASTCALL;
const FASTKW = METH_FASTCALL | METH_KEYWORDS;

export function domain(): never {
  raise(PyExc_ValueError, 'math domain error');
}
export function range(): never {
  raise(PyExc_OverflowError, 'math range error');
}
const float = PyFloat_FromDouble;
const value = (op: Ref): number => (i32(op + 8) === PyFloat_Type ? floatValue(op) : PyFloat_AsDouble(op));

/** math_1: NaN from a number is a domain error, infinity from a finite one a range error (or a domain error). */
function real(name: string, f: (x: number) => number, canOverflow: boolean): MethodSpec {
  const fn = (_m: Ref, op: Ref): Ref => {
    const x = value(op);
    const r = f(x);
    if (Number.isNaN(r) && !Number.isNaN(x)) domain();
    if (!Number.isFinite(r) && !Number.isNaN(r) && Number.isFinite(x)) {
      if (canOverflow) range();
      domain();
    }
    return float(r);
  };
  return { name, flags: METH_O, fn };
}
/** math_2 of two finite arguments. */
function real2(name: string, f: (x: number, y: number) => number): MethodSpec {
  const fn = (_m: Ref, args: number, nargs: number): Ref => {
    _PyArg_CheckPositional(name, nargs, 2, 2);
    const x = value(arg(args, 0));
    const y = value(arg(args, 1));
    const r = f(x, y);
    if (Number.isNaN(r) && !Number.isNaN(x) && !Number.isNaN(y)) domain();
    if (!Number.isFinite(r) && !Number.isNaN(r) && Number.isFinite(x) && Number.isFinite(y)) range();
    return float(r);
  };
  return { name, flags: FAST, fn };
}
function math_gamma(_m: Ref, op: Ref): Ref {
  const x = value(op);
  if (x === Number.NEGATIVE_INFINITY || (x <= 0 && Number.isInteger(x))) domain();
  const r = libm.gamma(x);
  if (!Number.isFinite(r) && Number.isFinite(x)) range();
  return float(r);
}
function math_lgamma(_m: Ref, op: Ref): Ref {
  const x = value(op);
  if (x <= 0 && Number.isInteger(x)) domain();
  const r = libm.lgamma(x);
  if (!Number.isFinite(r) && Number.isFinite(x)) range();
  return float(r);
}
function loghelper(op: Ref, which: 'log' | 'log2' | 'log10'): number {
  if (PyLong_Check(op)) {
    const v = longAsBigInt(op);
    if (v <= 0n) domain();
    return libm.logOfInt(v, which);
  }
  const x = value(op);
  if (Number.isNaN(x)) return x;
  if (x <= 0) domain();
  if (x === Number.POSITIVE_INFINITY) return x;
  return libm[which](x);
}
function math_log(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('log', nargs, 1, 2);
  const num = loghelper(arg(args, 0), 'log');
  if (nargs === 1) return float(num);
  const m = hold(float(num));
  const den = hold(float(loghelper(arg(args, 1), 'log')));
  const r = PyNumber_TrueDivide(i32(m), i32(den));
  release(m);
  return r;
}
function math_log2(_m: Ref, op: Ref): Ref {
  return float(loghelper(op, 'log2'));
}
function math_log10(_m: Ref, op: Ref): Ref {
  return float(loghelper(op, 'log10'));
}
function math_pow(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('pow', nargs, 2, 2);
  const x = value(arg(args, 0));
  const y = value(arg(args, 1));
  if (!Number.isFinite(x) || !Number.isFinite(y)) return float(powSpecial(x, y));
  const r = libm.pow(x, y);
  if (Number.isNaN(r)) domain();
  if (!Number.isFinite(r)) {
    if (x === 0) domain();
    range();
  }
  return float(r);
}
function powSpecial(x: number, y: number): number {
  if (Number.isNaN(x)) return y === 0 ? 1 : x;
  if (Number.isNaN(y)) return x === 1 ? 1 : y;
  if (!Number.isFinite(x)) {
    const odd = Number.isFinite(y) && Math.abs(y) % 2 === 1;
    if (y > 0) return odd ? x : Math.abs(x);
    if (y === 0) return 1;
    return odd ? libm.copysign(0, x) : 0;
  }
  if (Math.abs(x) === 1) return 1;
  if (y > 0 === Math.abs(x) > 1) return Number.POSITIVE_INFINITY;
  return 0;
}
function math_fmod(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('fmod', nargs, 2, 2);
  const x = value(arg(args, 0));
  const y = value(arg(args, 1));
  if (!Number.isFinite(y) && !Number.isNaN(y) && Number.isFinite(x)) return float(x);
  const r = x % y;
  if (Number.isNaN(r) && !Number.isNaN(x) && !Number.isNaN(y)) domain();
  return float(r);
}
function math_ldexp(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('ldexp', nargs, 2, 2);
  const x = value(arg(args, 0));
  if (!PyLong_Check(arg(args, 1))) raise(PyExc_TypeError, 'Expected an int as second argument to ldexp.');
  const e = longAsBigInt(arg(args, 1));
  if (x === 0 || !Number.isFinite(x)) return float(x);
  if (e > 5000n) range();
  if (e < -5000n) return float(libm.copysign(0, x));
  const r = libm.ldexp(x, Number(e));
  if (!Number.isFinite(r)) range();
  return float(r);
}
function pair(a: Ref, b: Ref): Ref {
  const t = PyTuple_New(2);
  setPtr(t + 24, a);
  setPtr(t + 32, b);
  return t;
}
function math_frexp(_m: Ref, op: Ref): Ref {
  const [m, e] = libm.frexp(value(op));
  return pair(float(m), PyLong_FromLong(e));
}
function math_modf(_m: Ref, op: Ref): Ref {
  const [f, w] = libm.modf(value(op));
  return pair(float(f), float(w));
}
const predicate = (name: string, f: (x: number) => boolean): MethodSpec => ({
  name,
  flags: METH_O,
  fn: (_m: Ref, op: Ref) => PyBool_FromLong(f(value(op))),
});
const plain = (name: string, f: (x: number) => number): MethodSpec => ({
  name,
  flags: METH_O,
  fn: (_m: Ref, op: Ref) => float(f(value(op))),
});

function intOf(v: number): Ref {
  if (Number.isNaN(v)) raise(PyExc_ValueError, 'cannot convert float NaN to integer');
  if (!Number.isFinite(v)) raise(PyExc_OverflowError, 'cannot convert float infinity to integer');
  return PyLong_FromDouble(v);
}
/** floor, ceil: of floats directly, of others by the special method, else as a float. */
function rounding(name: string, special: string, f: (x: number) => number): MethodSpec {
  const fn = (_m: Ref, op: Ref): Ref => {
    if (i32(op + 8) !== PyFloat_Type) {
      const m = hold(PyUnicode_InternFromString(special));
      const method = _PyObject_LookupSpecial(op, i32(m));
      if (method !== 0) {
        hold(method);
        const r = PyObject_CallNoArgs(method);
        release(m);
        return r;
      }
      release(m);
    }
    return intOf(f(value(op)));
  };
  return { name, flags: METH_O, fn };
}
function math_trunc(_m: Ref, op: Ref): Ref {
  if (i32(op + 8) === PyFloat_Type) return intOf(Math.trunc(floatValue(op)));
  const method = _PyObject_LookupSpecial(op, Py_ID.__trunc__);
  if (method === 0) raise(PyExc_TypeError, `type ${typeNameOf(op)} doesn't define __trunc__ method`);
  const m = hold(method);
  const r = PyObject_CallNoArgs(method);
  release(m);
  return r;
}
function math_isclose(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const a = unpackKeywords(args, nargs, kwnames, {
    fname: 'isclose',
    loaded: 'math.isclose',
    keywords: ['a', 'b', 'rel_tol', 'abs_tol'],
    required: 2,
    kwonly: 2,
  }) as [Ref, Ref, Ref, Ref];
  const x = value(a[0]);
  const y = value(a[1]);
  const rel = a[2] === 0 ? 1e-9 : value(a[2]);
  const abs = a[3] === 0 ? 0 : value(a[3]);
  if (rel < 0 || abs < 0) raise(PyExc_ValueError, 'tolerances must be non-negative');
  if (x === y) return PyBool_FromLong(true);
  if (!Number.isFinite(x) && !Number.isNaN(x)) return PyBool_FromLong(false);
  if (!Number.isFinite(y) && !Number.isNaN(y)) return PyBool_FromLong(false);
  const diff = Math.abs(y - x);
  return PyBool_FromLong(diff <= Math.abs(rel * y) || diff <= Math.abs(rel * x) || diff <= abs);
}
function math_nextafter(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const a = unpackKeywords(args, nargs, kwnames, {
    fname: 'nextafter',
    loaded: 'math.nextafter',
    keywords: ['', '', 'steps'],
    required: 2,
    kwonly: 1,
  }) as [Ref, Ref, Ref];
  const x = value(a[0]);
  const y = value(a[1]);
  let steps = 1n;
  if (a[2] !== 0 && i32(a[2] + 8) !== _Py_None_Type) {
    const m = hold(PyNumber_Index(a[2]));
    steps = longAsBigInt(i32(m));
    release(m);
    if (steps < 0n) raise(PyExc_ValueError, 'steps must be a non-negative integer');
  }
  return float(libm.nextafter(x, y, steps));
}
import { _PyNone_Type as _Py_None_Type } from '../objects/static.ts';
import { PyNumber_Index } from '../objects/abstract.ts';
function math_fma(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('fma', nargs, 3, 3);
  const [x, y, z] = [0, 1, 2].map((i) => value(arg(args, i))) as [number, number, number];
  const r = libm.fma(x, y, z);
  if (Number.isFinite(r)) return float(r);
  if (Number.isNaN(r)) {
    if (!Number.isNaN(x) && !Number.isNaN(y) && !Number.isNaN(z)) raise(PyExc_ValueError, 'invalid operation in fma');
  } else if (Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(z))
    raise(PyExc_OverflowError, 'overflow in fma');
  return float(r);
}
/** The items of an iterable as doubles. */
function doubles(iterable: Ref): number[] {
  const out: number[] = [];
  const m = hold(PyObject_GetIter(iterable));
  for (;;) {
    const item = PyIter_Next(i32(m));
    if (item === 0) break;
    const k = hold(item);
    out.push(value(item));
    release(k);
  }
  release(m);
  return out;
}
function math_fsum(_m: Ref, seq: Ref): Ref {
  const r = libm.fsum(doubles(seq));
  if (r === 'overflow') raise(PyExc_OverflowError, 'intermediate overflow in fsum');
  if (r === 'inf') raise(PyExc_ValueError, '-inf + inf in fsum');
  return float(r);
}
function math_hypot(_m: Ref, args: number, nargs: number): Ref {
  return float(libm.vectorNorm(Array.from({ length: nargs }, (_, i) => Math.abs(value(arg(args, i))))));
}
function math_dist(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('dist', nargs, 2, 2);
  const asTuple = (op: Ref): Ref => (PyTuple_Check(op) ? Py_NewRef(op) : PySequence_Tuple(op));
  const m = hold(asTuple(arg(args, 0)));
  hold(asTuple(arg(args, 1)));
  const p = doubles(i32(m));
  const q = doubles(i32(m + 8));
  release(m);
  if (p.length !== q.length) raise(PyExc_ValueError, 'both points must have the same number of dimensions');
  return float(libm.vectorNorm(p.map((x, i) => Math.abs(x - (q[i] as number)))));
}

const DEG = 180 / Math.PI;
const RAD = Math.PI / 180;

export const mathSpec: ModuleSpec = {
  name: 'math',
  doc: 'This module provides access to the mathematical functions\ndefined by the C standard.',
  methods: [
    real('acos', libm.acos, false),
    real('acosh', libm.acosh, false),
    real('asin', libm.asin, false),
    real('asinh', libm.asinh, false),
    real('atan', libm.atan, false),
    real2('atan2', libm.atan2),
    real('atanh', libm.atanh, false),
    real('cbrt', libm.cbrt, false),
    rounding('ceil', '__ceil__', Math.ceil),
    real2('copysign', libm.copysign),
    real('cos', libm.cos, false),
    real('cosh', libm.cosh, true),
    plain('degrees', (x) => x * DEG),
    { name: 'dist', flags: FAST, fn: math_dist },
    real('erf', libm.erf, false),
    real('erfc', libm.erfc, false),
    real('exp', libm.exp, true),
    real('exp2', libm.exp2, true),
    real('expm1', libm.expm1, true),
    real('fabs', Math.abs, false),
    rounding('floor', '__floor__', Math.floor),
    { name: 'fma', flags: FAST, fn: math_fma },
    { name: 'fmod', flags: FAST, fn: math_fmod },
    { name: 'frexp', flags: METH_O, fn: math_frexp },
    { name: 'fsum', flags: METH_O, fn: math_fsum },
    { name: 'gamma', flags: METH_O, fn: math_gamma },
    { name: 'hypot', flags: FAST, fn: math_hypot },
    { name: 'isclose', flags: FASTKW, fn: math_isclose },
    predicate('isfinite', Number.isFinite),
    predicate('isinf', (x) => !Number.isFinite(x) && !Number.isNaN(x)),
    predicate('isnan', Number.isNaN),
    { name: 'ldexp', flags: FAST, fn: math_ldexp },
    { name: 'lgamma', flags: METH_O, fn: math_lgamma },
    { name: 'log', flags: FAST, fn: math_log },
    real('log1p', libm.log1p, false),
    { name: 'log10', flags: METH_O, fn: math_log10 },
    { name: 'log2', flags: METH_O, fn: math_log2 },
    { name: 'modf', flags: METH_O, fn: math_modf },
    { name: 'pow', flags: FAST, fn: math_pow },
    plain('radians', (x) => x * RAD),
    real2('remainder', (x, y) => (Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : libm.remainder(x, y))),
    real('sin', libm.sin, false),
    real('sinh', libm.sinh, true),
    real('sqrt', Math.sqrt, false),
    real('tan', libm.tan, false),
    real('tanh', libm.tanh, false),
    { name: 'trunc', flags: METH_O, fn: math_trunc },
    { name: 'nextafter', flags: FASTKW, fn: math_nextafter },
    plain('ulp', libm.ulp),
    ...integerMethods,
  ],
  exec(module: Ref): void {
    const d = PyModule_GetDict(module);
    const constants = { pi: Math.PI, e: Math.E, tau: 2 * Math.PI, inf: Number.POSITIVE_INFINITY, nan: Number.NaN };
    for (const [name, v] of Object.entries(constants)) setStolen(d, name, float(v));
  },
};
