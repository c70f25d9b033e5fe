/**
 * complex. Mirrors Objects/complexobject.c; the arithmetic itself is in numeric/complex.ts.
 *
 *   PyComplexObject  +16 real  +24 imag
 */
import { METH_NOARGS, METH_O, Py_ID, Py_READONLY, Py_T_DOUBLE, Py_TPFLAGS_BASETYPE, PyTypeObject } from '@moult/abi';
import { _PyObject_New } from '../gc/alloc.ts';
import { f64, HASH_HI, i32, setF64, setI32 } from '../memory/linear.ts';
import { PyObject_Free } from '../memory/obmalloc.ts';
import { text } from '../memory/text.ts';
import {
  complexAbs,
  complexDiv,
  complexFromText,
  complexMul,
  complexPow,
  complexRepr,
  missingNumbers,
  type Complex,
} from '../numeric/complex.ts';
import { formatComplex } from '../numeric/formatters.ts';
import { hashComplexParts } from '../numeric/hashnum.ts';
import { decimalAndSpaceToAscii } from '../numeric/unicode/decimal.ts';
import { unpackTupleAndDict } from './args.ts';
import { PyObject_CallNoArgs } from './call.ts';
import { raise, raiseAndClear } from './errors.ts';
import { compareDoubleInt, hashOfDouble, PyFloat_AsDouble, PyFloat_Check, PyFloat_FromDouble } from './floatobject.ts';
import { withFormatErrors } from './formaterrors.ts';
import { PyLong_AsDouble } from './longobject.ts';
import {
  hold,
  Py_NewRef,
  PyLong_Check,
  PyObject_TypeCheck,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import { _PyObject_LookupSpecial, PyObject_Str } from './objectattr.ts';
import type { TypeSpec } from './spec.ts';
import {
  Py_False,
  Py_None,
  Py_NotImplemented,
  Py_True,
  PyBaseObject_Type,
  PyComplex_Type,
  PyExc_DeprecationWarning,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyExc_ZeroDivisionError,
} from './static.ts';
import { PyTuple_Pack } from './tupleobject.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';
import { PyErr_WarnText } from './warnings.ts';

export function PyComplex_Check(op: Ref): boolean {
  return PyObject_TypeCheck(op, PyComplex_Type);
}
export function PyComplex_FromDoubles(re: number, im: number): Ref {
  const op = _PyObject_New(PyComplex_Type);
  setF64(op + 16, re);
  setF64(op + 24, im);
  return op;
}
function parts(op: Ref): Complex {
  return [f64(op + 16), f64(op + 24)];
}
function fromParts(c: Complex): Ref {
  return PyComplex_FromDoubles(c[0], c[1]);
}
/** A complex, float or int as a pair; null for other objects. */
function operand(op: Ref): Complex | null {
  if (PyComplex_Check(op)) return parts(op);
  if (PyLong_Check(op)) return [PyLong_AsDouble(op), 0];
  if (PyFloat_Check(op)) return [f64(op + 16), 0];
  return null;
}
function binary(v: Ref, w: Ref, f: (a: Complex, b: Complex) => Complex): Ref {
  const a = operand(v);
  if (a === null) return Py_NewRef(Py_NotImplemented);
  const b = operand(w);
  if (b === null) return Py_NewRef(Py_NotImplemented);
  return fromParts(f(a, b));
}
function complex_add(v: Ref, w: Ref): Ref {
  return binary(v, w, (a, b) => [a[0] + b[0], a[1] + b[1]]);
}
function complex_sub(v: Ref, w: Ref): Ref {
  return binary(v, w, (a, b) => [a[0] - b[0], a[1] - b[1]]);
}
function complex_mul(v: Ref, w: Ref): Ref {
  return binary(v, w, complexMul);
}
function complex_div(v: Ref, w: Ref): Ref {
  return binary(v, w, (a, b) => {
    const r = complexDiv(a, b);
    if (r === 'zero') raise(PyExc_ZeroDivisionError, 'complex division by zero');
    return r as Complex;
  });
}
function power(a: Complex, b: Complex): Ref {
  const r = complexPow(a, b);
  if (r === 'zero') raise(PyExc_ZeroDivisionError, '0.0 to a negative or complex power');
  if (r === 'overflow') raise(PyExc_OverflowError, 'complex exponentiation');
  return fromParts(r as Complex);
}
function complex_pow(v: Ref, w: Ref, z: Ref): Ref {
  const a = operand(v);
  const b = a === null ? null : operand(w);
  if (a === null || b === null) return Py_NewRef(Py_NotImplemented);
  if (z !== Py_None) raise(PyExc_ValueError, 'complex modulo');
  return power(a, b);
}
/** A negative float to a power that is no integer. */
export function complex_pow_of(a: number, b: number): Ref {
  return power([a, 0], [b, 0]);
}
function complex_neg(v: Ref): Ref {
  return PyComplex_FromDoubles(-f64(v + 16), -f64(v + 24));
}
function complex_pos(v: Ref): Ref {
  return i32(v + 8) === PyComplex_Type ? Py_NewRef(v) : fromParts(parts(v));
}
function complex_abs(v: Ref): Ref {
  const r = complexAbs(parts(v));
  if (r === 'overflow') raise(PyExc_OverflowError, 'absolute value too large');
  return PyFloat_FromDouble(r as number);
}
function complex_bool(v: Ref): boolean {
  return f64(v + 16) !== 0 || f64(v + 24) !== 0;
}
function complex_repr(v: Ref): Ref {
  return PyUnicode_FromString(complexRepr(parts(v)));
}
const HASH_OUT = new Int32Array(2);
function complex_hash(v: Ref): number {
  const reLo = hashOfDouble(v, f64(v + 16));
  const reHi = i32(HASH_HI);
  const imLo = hashOfDouble(v, f64(v + 24));
  hashComplexParts(reLo, reHi, imLo, i32(HASH_HI), HASH_OUT);
  setI32(HASH_HI, HASH_OUT[1] as number);
  return HASH_OUT[0] as number;
}
function complex_richcompare(v: Ref, w: Ref, op: number): Ref {
  if (op !== 2 && op !== 3) return Py_NewRef(Py_NotImplemented);
  const a = parts(v);
  let equal: boolean;
  if (PyLong_Check(w)) equal = a[1] === 0 && Number.isFinite(a[0]) && compareDoubleInt(a[0], w) === 0;
  else if (PyFloat_Check(w)) equal = a[1] === 0 && a[0] === f64(w + 16);
  else if (PyComplex_Check(w)) equal = a[0] === f64(w + 16) && a[1] === f64(w + 24);
  else return Py_NewRef(Py_NotImplemented);
  return Py_NewRef(equal === (op === 2) ? Py_True : Py_False);
}
function complex_conjugate(v: Ref): Ref {
  return PyComplex_FromDoubles(f64(v + 16), -f64(v + 24));
}
function complex_getnewargs(v: Ref): Ref {
  const m = hold(PyFloat_FromDouble(f64(v + 16)));
  hold(PyFloat_FromDouble(f64(v + 24)));
  const t = PyTuple_Pack(i32(m), i32(m + 8));
  release(m);
  return t;
}
function complex_complex(v: Ref): Ref {
  return complex_pos(v);
}
function complex_format(op: Ref, spec: Ref): Ref {
  if (!PyUnicode_Check(spec)) raise(PyExc_TypeError, `__format__() argument must be str, not ${typeNameOf(spec)}`);
  if (i32(spec + 16) === 0) return PyObject_Str(op);
  return PyUnicode_FromString(
    withFormatErrors(() => formatComplex(f64(op + 16), f64(op + 24), asText(spec), typeNameOf(op))),
  );
}

/** What op.__complex__() gives, checked; null if there is no such method. */
function special(op: Ref): Complex | null {
  if (i32(op + 8) === PyComplex_Type) return parts(op);
  const f = _PyObject_LookupSpecial(op, Py_ID.__complex__);
  if (f === 0) return null;
  const m = hold(f);
  const r = PyObject_CallNoArgs(f);
  hold(r);
  if (!PyComplex_Check(r)) raise(PyExc_TypeError, `__complex__ returned non-complex (type ${typeNameOf(r)})`);
  if (i32(r + 8) !== PyComplex_Type) {
    PyErr_WarnText(
      PyExc_DeprecationWarning,
      `__complex__ returned non-complex (type ${typeNameOf(r)}).  The ability to return an instance of a strict subclass of complex is deprecated, and may be removed in a future version of Python.`,
      1,
    );
  }
  const c = parts(r);
  release(m);
  return c;
}
/** The value of any number as a complex (PyComplex_AsCComplex). */
export function PyComplex_AsCComplex(op: Ref): Complex {
  if (PyComplex_Check(op)) return parts(op);
  return special(op) ?? [PyFloat_AsDouble(op), 0];
}
function isReal(op: Ref): boolean {
  const nb = i32(i32(op + 8) + PyTypeObject.tp_as_number);
  return nb !== 0 && (i32(nb + 144) !== 0 || i32(nb + 264) !== 0);
}
const newArgs = { fname: 'complex', keywords: ['real', 'imag'], posonly: 0, required: 0, kwonly: 0 } as const;
function complex_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const [r, i] = unpackTupleAndDict(args, kwds, newArgs) as [Ref, Ref];
  if (r !== 0 && i === 0 && i32(r + 8) === PyComplex_Type && type === PyComplex_Type) return Py_NewRef(r);
  if (r !== 0 && PyUnicode_Check(r)) {
    if (i !== 0) raise(PyExc_TypeError, "complex() can't take second arg if first is a string");
    const text = decimalAndSpaceToAscii(asText(r));
    for (let n = missingNumbers(text); n > 0; n--)
      raiseAndClear(PyExc_ValueError, `could not convert string to float: '${text}'`);
    const c = complexFromText(text);
    if (c === null) raise(PyExc_ValueError, 'complex() arg is a malformed string');
    return ofType(type, c as Complex);
  }
  if (i !== 0 && PyUnicode_Check(i)) raise(PyExc_TypeError, "complex() second arg can't be a string");
  let re: Complex = [0, 0];
  let reIsComplex = false;
  if (r !== 0) {
    const c = special(r);
    if (c !== null) {
      re = c;
      reIsComplex = true;
    } else {
      if (!isReal(r))
        raise(PyExc_TypeError, `complex() first argument must be a string or a number, not '${typeNameOf(r)}'`);
      re = [PyFloat_AsDouble(r), 0];
    }
  }
  if (i === 0) return ofType(type, re);
  let im: Complex;
  if (PyComplex_Check(i)) im = parts(i);
  else {
    if (!isReal(i)) raise(PyExc_TypeError, `complex() second argument must be a number, not '${typeNameOf(i)}'`);
    im = [PyFloat_AsDouble(i), 0];
  }
  const imaginary = reIsComplex ? im[0] + re[1] : im[0];
  return ofType(type, [PyComplex_Check(i) ? re[0] - im[1] : re[0], imaginary]);
}
function ofType(type: Ref, c: Complex): Ref {
  if (type === PyComplex_Type) return fromParts(c);
  const op = text[i32(type + PyTypeObject.tp_alloc)]?.(type, 0) as Ref;
  setF64(op + 16, c[0]);
  setF64(op + 24, c[1]);
  return op;
}
function complex_dealloc(op: Ref): void {
  text[i32(i32(op + 8) + PyTypeObject.tp_free)]?.(op);
}

export const complexSpec: TypeSpec = {
  address: PyComplex_Type,
  name: 'complex',
  basicsize: 32,
  flags: Py_TPFLAGS_BASETYPE,
  base: PyBaseObject_Type,
  doc: "complex(real=0, imag=0)\n--\n\nCreate a complex number from a string or numbers.\n\nIf a string is given, parse it as a complex number.\nIf a single number is given, convert it to a complex number.\nIf the 'real' or 'imag' arguments are given, create a complex number\nwith the specified real and imaginary components.",
  slots: {
    tp_dealloc: complex_dealloc,
    tp_repr: complex_repr,
    tp_hash: complex_hash,
    tp_richcompare: complex_richcompare,
    tp_new: complex_new,
    tp_free: PyObject_Free,
    nb_add: complex_add,
    nb_subtract: complex_sub,
    nb_multiply: complex_mul,
    nb_power: complex_pow,
    nb_negative: complex_neg,
    nb_positive: complex_pos,
    nb_absolute: complex_abs,
    nb_bool: complex_bool,
    nb_true_divide: complex_div,
  },
  methods: [
    {
      name: 'conjugate',
      flags: METH_NOARGS,
      fn: complex_conjugate,
      doc: 'conjugate($self, /)\n--\n\nReturn the complex conjugate of its argument. (3-4j).conjugate() == 3+4j.',
    },
    {
      name: '__complex__',
      flags: METH_NOARGS,
      fn: complex_complex,
      doc: '__complex__($self, /)\n--\n\nConvert this value to exact type complex.',
    },
    { name: '__getnewargs__', flags: METH_NOARGS, fn: complex_getnewargs, doc: '__getnewargs__($self, /)\n--\n\n' },
    {
      name: '__format__',
      flags: METH_O,
      fn: complex_format,
      doc: '__format__($self, format_spec, /)\n--\n\nConvert to a string according to format_spec.',
    },
  ],
  members: [
    { name: 'real', type: Py_T_DOUBLE, offset: 16, flags: Py_READONLY, doc: 'the real part of a complex number' },
    { name: 'imag', type: Py_T_DOUBLE, offset: 24, flags: Py_READONLY, doc: 'the imaginary part of a complex number' },
  ],
};
