/** float's methods and type. Mirrors the method part of Objects/floatobject.c. */
import {
  METH_CLASS,
  METH_NOARGS,
  METH_O,
  METH_FASTCALL,
  Py_TPFLAGS_BASETYPE,
  _Py_TPFLAGS_MATCH_SELF,
  PyTypeObject,
} from '@moult/abi';
import { f64, i32, setF64, setPtr } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import { asIntegerRatio } from '../numeric/bigconv.ts';
import { roundDouble, roundHalfEven } from '../numeric/dtoa.ts';
import { formatFloat } from '../numeric/formatters.ts';
import { floatFromHex, floatHex } from '../numeric/strtod.ts';
import { PyNumber_AsSsize_t, PyNumber_Float } from './abstract.ts';
import { _PyArg_CheckPositional, _PyArg_NoKeywords } from './args.ts';
import { PyObject_CallOneArg } from './call.ts';
import { raise, raiseObject } from './errors.ts';
import {
  float_abs,
  float_add,
  float_bool,
  float_dealloc,
  float_div,
  float_divmod,
  float_floor_div,
  float_hash,
  float_mul,
  float_neg,
  float_pow,
  float_rem,
  float_repr,
  float_richcompare,
  float_sub,
  PyFloat_FromDouble,
} from './floatobject.ts';
import { withFormatErrors } from './formaterrors.ts';
import { PyLong_FromBigInt, PyLong_FromDouble, PyLong_FromLong } from './longobject.ts';
import { hold, Py_NewRef, PyUnicode_Check, type Ref, release, typeNameOf, drop } from './object.ts';
import { PyObject_Str } from './objectattr.ts';
import type { TypeSpec } from './spec.ts';
import {
  Py_None,
  PyBaseObject_Type,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyFloat_Type,
  Py_False,
  Py_True,
} from './static.ts';
import { PyTuple_New, PyTuple_Pack } from './tupleobject.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';

/** OverflowError(34, 'Numerical result out of range'), as errno ERANGE gives it. */
export function raiseOverflowErrno(): never {
  const m = hold(PyUnicode_FromString('Numerical result out of range'));
  hold(PyLong_FromLong(34));
  hold(PyTuple_Pack(i32(m + 8), i32(m)));
  raiseObject(PyExc_OverflowError, i32(m + 16));
}

function wholeOrRaise(v: number): void {
  if (Number.isNaN(v)) raise(PyExc_ValueError, 'cannot convert float NaN to integer');
  if (!Number.isFinite(v)) raise(PyExc_OverflowError, 'cannot convert float infinity to integer');
}
function float_trunc(op: Ref): Ref {
  const v = f64(op + 16);
  wholeOrRaise(v);
  return PyLong_FromDouble(v);
}
function float_floor(op: Ref): Ref {
  const v = f64(op + 16);
  wholeOrRaise(v);
  return PyLong_FromDouble(Math.floor(v));
}
function float_ceil(op: Ref): Ref {
  const v = f64(op + 16);
  wholeOrRaise(v);
  return PyLong_FromDouble(Math.ceil(v));
}
function float_round(op: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('__round__', nargs, 0, 1);
  const v = f64(op + 16);
  if (nargs === 0 || i32(args) === Py_None) {
    wholeOrRaise(v);
    return PyLong_FromDouble(roundHalfEven(v));
  }
  const n = PyNumber_AsSsize_t(i32(args), 0);
  if (!Number.isFinite(v)) return PyFloat_FromDouble(v);
  const r = roundDouble(v, n);
  if (!Number.isFinite(r)) raise(PyExc_OverflowError, 'rounded value too large to represent');
  return PyFloat_FromDouble(r);
}
function float_float(op: Ref): Ref {
  return i32(op + 8) === PyFloat_Type ? Py_NewRef(op) : PyFloat_FromDouble(f64(op + 16));
}
function float_conjugate(op: Ref): Ref {
  return float_float(op);
}
function float_is_integer(op: Ref): Ref {
  return Py_NewRef(Number.isInteger(f64(op + 16)) ? Py_True : Py_False);
}
function float_as_integer_ratio(op: Ref): Ref {
  const v = f64(op + 16);
  if (Number.isNaN(v)) raise(PyExc_ValueError, 'cannot convert NaN to integer ratio');
  if (!Number.isFinite(v)) raise(PyExc_OverflowError, 'cannot convert Infinity to integer ratio');
  const [n, d] = asIntegerRatio(v);
  const t = PyTuple_New(2);
  const m = hold(t);
  setPtr(t + 24, PyLong_FromBigInt(n));
  setPtr(t + 32, PyLong_FromBigInt(d));
  drop(m);
  return t;
}
function float_hex(op: Ref): Ref {
  return PyUnicode_FromString(floatHex(f64(op + 16)));
}
function float_fromhex(type: Ref, arg: Ref): Ref {
  if (!PyUnicode_Check(arg)) raise(PyExc_TypeError, 'bad argument type for built-in operation');
  const v = floatFromHex(asText(arg));
  if (v === 'invalid') raise(PyExc_ValueError, 'invalid hexadecimal floating-point string');
  if (v === 'overflow') raise(PyExc_OverflowError, 'hexadecimal value too large to represent as a float');
  return ofType(type, v as number);
}
function ofType(type: Ref, v: number): Ref {
  const f = PyFloat_FromDouble(v);
  if (type === PyFloat_Type) return f;
  const m = hold(f);
  const r = PyObject_CallOneArg(type, f);
  release(m);
  return r;
}
function float_getformat(_type: Ref, arg: Ref): Ref {
  if (!PyUnicode_Check(arg)) raise(PyExc_TypeError, `__getformat__() argument must be str, not ${typeNameOf(arg)}`);
  const s = asText(arg);
  if (s !== 'double' && s !== 'float')
    raise(PyExc_ValueError, "__getformat__() argument 1 must be 'double' or 'float'");
  return PyUnicode_FromString('IEEE, little-endian');
}
function float_getnewargs(op: Ref): Ref {
  const m = hold(PyFloat_FromDouble(f64(op + 16)));
  const t = PyTuple_Pack(i32(m));
  release(m);
  return t;
}
function float_format(op: Ref, spec: Ref): Ref {
  if (!PyUnicode_Check(spec)) raise(PyExc_TypeError, `__format__() argument must be str, not ${typeNameOf(spec)}`);
  if (i32(spec + 16) === 0) return PyObject_Str(op);
  return PyUnicode_FromString(withFormatErrors(() => formatFloat(f64(op + 16), asText(spec), typeNameOf(op))));
}
function float_new(type: Ref, args: Ref, kwds: Ref): Ref {
  if (type === PyFloat_Type || i32(type + PyTypeObject.tp_init) === i32(PyFloat_Type + PyTypeObject.tp_init))
    _PyArg_NoKeywords('float', kwds);
  const n = i32(args + 16);
  _PyArg_CheckPositional('float', n, 0, 1);
  const exact = n === 0 ? PyFloat_FromDouble(0) : PyNumber_Float(i32(args + 24));
  if (type === PyFloat_Type) return exact;
  const m = hold(exact);
  const op = text[i32(type + PyTypeObject.tp_alloc)]?.(type, 0) as Ref;
  setF64(op + 16, f64(exact + 16));
  release(m);
  return op;
}
function float_vectorcall(type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  if (kwnames !== 0 && i32(kwnames + 16) > 0) raise(PyExc_TypeError, 'float() takes no keyword arguments');
  _PyArg_CheckPositional('float', nargs, 0, 1);
  if (type !== PyFloat_Type) {
    const m = hold(nargs > 0 ? PyTuple_Pack(i32(args)) : PyTuple_Pack());
    const r = float_new(type, i32(m), 0);
    release(m);
    return r;
  }
  return nargs > 0 ? PyNumber_Float(i32(args)) : PyFloat_FromDouble(0);
}
function float_getreal(op: Ref): Ref {
  return float_float(op);
}
function float_getimag(_op: Ref): Ref {
  return PyFloat_FromDouble(0);
}

export const floatSpec: TypeSpec = {
  address: PyFloat_Type,
  name: 'float',
  basicsize: 24,
  flags: Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
  base: PyBaseObject_Type,
  doc: 'float(x=0, /)\n--\n\nConvert a string or number to a floating-point number, if possible.',
  slots: {
    tp_dealloc: float_dealloc,
    tp_repr: float_repr,
    tp_hash: float_hash,
    tp_richcompare: float_richcompare,
    tp_new: float_new,
    tp_vectorcall: float_vectorcall,
    nb_add: float_add,
    nb_subtract: float_sub,
    nb_multiply: float_mul,
    nb_remainder: float_rem,
    nb_divmod: float_divmod,
    nb_power: float_pow,
    nb_negative: float_neg,
    nb_positive: float_float,
    nb_absolute: float_abs,
    nb_bool: float_bool,
    nb_int: float_trunc,
    nb_float: float_float,
    nb_floor_divide: float_floor_div,
    nb_true_divide: float_div,
  },
  methods: [
    {
      name: 'conjugate',
      flags: METH_NOARGS,
      fn: float_conjugate,
      doc: 'conjugate($self, /)\n--\n\nReturn self, the complex conjugate of any float.',
    },
    {
      name: '__trunc__',
      flags: METH_NOARGS,
      fn: float_trunc,
      doc: '__trunc__($self, /)\n--\n\nReturn the Integral closest to x between 0 and x.',
    },
    {
      name: '__floor__',
      flags: METH_NOARGS,
      fn: float_floor,
      doc: '__floor__($self, /)\n--\n\nReturn the floor as an Integral.',
    },
    {
      name: '__ceil__',
      flags: METH_NOARGS,
      fn: float_ceil,
      doc: '__ceil__($self, /)\n--\n\nReturn the ceiling as an Integral.',
    },
    {
      name: '__round__',
      flags: METH_FASTCALL,
      fn: float_round,
      doc: '__round__($self, ndigits=None, /)\n--\n\nReturn the Integral closest to x, rounding half toward even.',
    },
    {
      name: 'as_integer_ratio',
      flags: METH_NOARGS,
      fn: float_as_integer_ratio,
      doc: 'as_integer_ratio($self, /)\n--\n\nReturn a pair of integers, whose ratio is exactly equal to the original float.',
    },
    {
      name: 'fromhex',
      flags: METH_O | METH_CLASS,
      fn: float_fromhex,
      doc: 'fromhex($type, string, /)\n--\n\nCreate a floating-point number from a hexadecimal string.',
    },
    {
      name: 'hex',
      flags: METH_NOARGS,
      fn: float_hex,
      doc: 'hex($self, /)\n--\n\nReturn a hexadecimal representation of a floating-point number.',
    },
    {
      name: 'is_integer',
      flags: METH_NOARGS,
      fn: float_is_integer,
      doc: 'is_integer($self, /)\n--\n\nReturn True if the float is an integer.',
    },
    { name: '__getnewargs__', flags: METH_NOARGS, fn: float_getnewargs, doc: '__getnewargs__($self, /)\n--\n\n' },
    {
      name: '__getformat__',
      flags: METH_O | METH_CLASS,
      fn: float_getformat,
      doc: "__getformat__($type, typestr, /)\n--\n\nYou probably don't want to use this function.",
    },
    {
      name: '__format__',
      flags: METH_O,
      fn: float_format,
      doc: '__format__($self, format_spec, /)\n--\n\nFormats the float according to format_spec.',
    },
  ],
  getset: [
    { name: 'real', get: float_getreal, doc: 'the real part of a complex number' },
    { name: 'imag', get: float_getimag, doc: 'the imaginary part of a complex number' },
  ],
};
