/** int's methods and type. Mirrors the method part of Objects/longobject.c. */
import {
  _Py_TPFLAGS_MATCH_SELF,
  METH_CLASS,
  METH_FASTCALL,
  METH_KEYWORDS,
  METH_NOARGS,
  METH_O,
  Py_TPFLAGS_BASETYPE,
  Py_TPFLAGS_LONG_SUBCLASS,
  PyTypeObject,
} from '@moult/abi';
import { bytes, HASH_HI, i32, setI32, setPtr, words } from '../memory/linear.ts';
import { PyObject_Free } from '../memory/obmalloc.ts';
import { text } from '../memory/text.ts';
import { bitLength } from '../numeric/bigdigits.ts';
import { formatFloat, formatInt } from '../numeric/formatters.ts';
import { hashDigits } from '../numeric/hashnum.ts';
import {
  _PyNumber_Index,
  PyNumber_AsSsize_t,
  PyNumber_Long,
  PyIter_Next,
  PyObject_GetIter,
  PySequence_Check,
} from './abstract.ts';
import { bytesOfBufferObject } from './abstractbuffer.ts';
import { _PyArg_CheckPositional, unpackKeywords, unpackTupleAndDict } from './args.ts';
import { freshBytes } from './bytesobject.ts';
import { PyObject_CallOneArg, _PyObject_MakeTpCall } from './call.ts';
import { raise } from './errors.ts';
import { PyFloat_FromDouble } from './floatobject.ts';
import { withFormatErrors } from './formaterrors.ts';
import {
  long_abs,
  long_add,
  long_and,
  long_bool,
  long_compare,
  long_div,
  long_divmod,
  long_invert,
  long_long,
  long_lshift,
  long_mod,
  long_mul,
  long_neg,
  long_or,
  long_pow,
  long_rshift,
  long_sub,
  long_true_divide,
  long_xor,
} from './longarith.ts';
import {
  _PyLong_IsNegative,
  longAsBigInt,
  ONE,
  PyLong_AsDouble,
  PyLong_FromBigInt,
  PyLong_FromLong,
  smallInt,
} from './longobject.ts';
import { _PyLong_Copy, _PyLong_FromBytes, long_to_decimal_string, PyLong_FromUnicodeObject } from './longtext.ts';
import {
  hold,
  PyBytes_Check,
  PyLong_Check,
  PyObject_TypeCheck,
  PyUnicode_Check,
  type Ref,
  release,
  typeNameOf,
  Py_NewRef,
  Py_DECREF,
} from './object.ts';
import { PyObject_IsTrue } from './objectattr.ts';
import { SMALL_INTS } from './runtime.ts';
import type { TypeSpec } from './spec.ts';
import {
  Py_False,
  Py_None,
  Py_NotImplemented,
  Py_True,
  PyBaseObject_Type,
  PyByteArray_Type,
  PyExc_OverflowError,
  PyExc_TypeError,
  PyExc_ValueError,
  PyLong_Type,
} from './static.ts';
import { PyTuple_Pack, PyTuple_New } from './tupleobject.ts';
import { asText, PyUnicode_FromString } from './unicodeobject.ts';

export function long_dealloc(op: Ref): void {
  if (op >= SMALL_INTS && op < SMALL_INTS + 262 * 32) {
    setI32(op, 1);
    return;
  }
  if (i32(op + 8) === PyLong_Type) PyObject_Free(op);
  else text[i32(i32(op + 8) + PyTypeObject.tp_free)]?.(op);
}
const HASH_OUT = new Int32Array(2);
export function long_hash(op: Ref): number {
  if (i32(op + 16) < 16) {
    let v = (1 - (i32(op + 16) & 3)) * i32(op + 24);
    if (v === -1) v = -2;
    setI32(HASH_HI, v >> 31);
    return v;
  }
  hashDigits(words, (op + 24) >> 2, i32(op + 16) >>> 3, _PyLong_IsNegative(op), HASH_OUT);
  setI32(HASH_HI, HASH_OUT[1] as number);
  return HASH_OUT[0] as number;
}
function long_richcompare(a: Ref, b: Ref, op: number): Ref {
  if (!PyLong_Check(a) || !PyLong_Check(b)) return Py_NewRef(Py_NotImplemented);
  const c = a === b ? 0 : long_compare(a, b);
  let r: boolean;
  switch (op) {
    case 0:
      r = c < 0;
      break;
    case 1:
      r = c <= 0;
      break;
    case 2:
      r = c === 0;
      break;
    case 3:
      r = c !== 0;
      break;
    case 4:
      r = c > 0;
      break;
    default:
      r = c >= 0;
  }
  return Py_NewRef(r ? Py_True : Py_False);
}

/** int(x=0) or int(x, base) of the exact type (long_new_impl). */
function makeInt(x: Ref, base: Ref): Ref {
  if (x === 0) {
    if (base !== 0) raise(PyExc_TypeError, 'int() missing string argument');
    return smallInt(0);
  }
  if (base === 0) return PyNumber_Long(x);
  const b = PyNumber_AsSsize_t(base, 0);
  if ((b !== 0 && b < 2) || b > 36) raise(PyExc_ValueError, 'int() base must be >= 2 and <= 36, or 0');
  if (PyUnicode_Check(x)) return PyLong_FromUnicodeObject(x, b);
  if (PyBytes_Check(x)) return _PyLong_FromBytes(x + 32, i32(x + 16), b, x);
  if (PyObject_TypeCheck(x, PyByteArray_Type)) return _PyLong_FromBytes(i32(x + 40), i32(x + 16), b, x);
  raise(PyExc_TypeError, "int() can't convert non-string with explicit base");
}
const intArgs = { fname: 'int', keywords: ['', 'base'], posonly: 1, required: 0, kwonly: 0 } as const;
function long_new(type: Ref, args: Ref, kwds: Ref): Ref {
  const [x, base] = unpackTupleAndDict(args, kwds, intArgs) as [Ref, Ref];
  const exact = makeInt(x, base);
  return type === PyLong_Type ? exact : subtype(type, exact);
}
/** An instance of an int subclass with the value of `exact` (stolen). */
function subtype(type: Ref, exact: Ref): Ref {
  const m = hold(exact);
  const n = Math.max(1, i32(exact + 16) >>> 3);
  const op = text[i32(type + PyTypeObject.tp_alloc)]?.(type, n) as Ref;
  setPtr(op + 16, i32(exact + 16));
  words.copyWithin((op + 24) >> 2, (exact + 24) >> 2, ((exact + 24) >> 2) + n);
  release(m);
  return op;
}
function long_vectorcall(type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  if (kwnames !== 0 && i32(kwnames + 16) > 0) return _PyObject_MakeTpCall(type, args, nargs, kwnames);
  if (nargs > 2) raise(PyExc_TypeError, `int expected at most 2 arguments, got ${nargs}`);
  const exact = makeInt(nargs > 0 ? i32(args) : 0, nargs > 1 ? i32(args + 8) : 0);
  return type === PyLong_Type ? exact : subtype(type, exact);
}
function long_float(op: Ref): Ref {
  return PyFloat_FromDouble(PyLong_AsDouble(op));
}
function bitLengthOf(op: Ref): number {
  const n = i32(op + 16) >>> 3;
  return n === 0 ? 0 : bitLength(words, (op + 24) >> 2, n);
}
function int_bit_length(op: Ref): Ref {
  return PyLong_FromLong(bitLengthOf(op));
}
function int_bit_count(op: Ref): Ref {
  let n = 0;
  for (let i = (i32(op + 16) >>> 3) - 1; i >= 0; i--) {
    for (let d = i32(op + 24 + (i << 2)); d !== 0; d &= d - 1) n++;
  }
  return PyLong_FromLong(n);
}
function int_as_integer_ratio(op: Ref): Ref {
  const m = hold(long_long(op));
  const t = PyTuple_Pack(i32(m), ONE);
  release(m);
  return t;
}
function int_sizeof(op: Ref): Ref {
  return PyLong_FromLong(24 + Math.max(1, i32(op + 16) >>> 3) * 4);
}
function int_getnewargs(op: Ref): Ref {
  const m = hold(_PyLong_Copy(op));
  const t = PyTuple_Pack(i32(m));
  release(m);
  return t;
}
function int_is_integer(_op: Ref): Ref {
  return Py_NewRef(Py_True);
}
/** round(int, n): a multiple of 10**-n, half to even. */
function int_round(op: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('__round__', nargs, 0, 1);
  if (nargs === 0 || i32(args) === Py_None) return long_long(op);
  const m = hold(_PyNumber_Index(i32(args)));
  const n = longAsBigInt(i32(m));
  release(m);
  if (n >= 0n) return long_long(op);
  const v = longAsBigInt(op);
  const a = v < 0n ? -v : v;
  if (-n > BigInt(a.toString().length + 1)) return smallInt(0);
  // quotient and remainder come as a pair
  Py_DECREF(PyTuple_New(2));
  const unit = 10n ** -n;
  let q = a / unit;
  const rest = (a % unit) * 2n;
  if (rest > unit || (rest === unit && q % 2n === 1n)) q += 1n;
  return PyLong_FromBigInt((v < 0n ? -q : q) * unit);
}
function int_format(op: Ref, spec: Ref): Ref {
  if (!PyUnicode_Check(spec)) raise(PyExc_TypeError, `__format__() argument must be str, not ${typeNameOf(spec)}`);
  const s = asText(spec);
  if (s === '')
    return i32(op + 8) === PyLong_Type
      ? long_to_decimal_string(op)
      : text[i32(i32(op + 8) + PyTypeObject.tp_str)]?.(op);
  if (/[eEfFgG%]$/.test(s)) {
    const v = PyLong_AsDouble(op);
    return PyUnicode_FromString(withFormatErrors(() => formatFloat(v, s, typeNameOf(op))));
  }
  return PyUnicode_FromString(withFormatErrors(() => formatInt(longAsBigInt(op), s, typeNameOf(op))));
}

const toBytesArgs = {
  fname: 'to_bytes',
  keywords: ['length', 'byteorder', 'signed'],
  posonly: 0,
  required: 0,
  kwonly: 1,
} as const;
function isLittle(order: Ref): boolean {
  if (order === 0) return false;
  if (!PyUnicode_Check(order))
    raise(PyExc_TypeError, `to_bytes() argument 'byteorder' must be str, not ${typeNameOf(order)}`);
  const s = asText(order);
  if (s !== 'little' && s !== 'big') raise(PyExc_ValueError, "byteorder must be either 'little' or 'big'");
  return s === 'little';
}
function int_to_bytes(op: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [length, order, signed] = unpackKeywords(args, nargs, kwnames, toBytesArgs) as [Ref, Ref, Ref];
  const n = length === 0 ? 1 : PyNumber_AsSsize_t(length, PyExc_OverflowError);
  const little = isLittle(order);
  const isSigned = signed !== 0 && PyObject_IsTrue(signed);
  if (n < 0) raise(PyExc_ValueError, 'length argument must be non-negative');
  let v = longAsBigInt(op);
  if (v < 0n && !isSigned) raise(PyExc_OverflowError, "can't convert negative int to unsigned");
  const bits = BigInt(n) * 8n;
  const fits = isSigned
    ? n === 0
      ? v === 0n || v === -1n
      : v >= -(1n << (bits - 1n)) && v < 1n << (bits - 1n)
    : v < 1n << bits;
  if (!fits) raise(PyExc_OverflowError, 'int too big to convert');
  if (v < 0n) v += 1n << bits;
  const out = new Uint8Array(n);
  const hex = v.toString(16).padStart(n * 2, '0');
  for (let i = 0; i < n; i++) {
    const b = Number.parseInt(hex.substr(hex.length - 2 - 2 * i, 2), 16);
    out[little ? i : n - 1 - i] = b;
  }
  return freshBytes(out);
}
const fromBytesArgs = {
  fname: 'from_bytes',
  keywords: ['bytes', 'byteorder', 'signed'],
  posonly: 0,
  required: 1,
  kwonly: 1,
} as const;
function int_from_bytes(type: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [source, order, signed] = unpackKeywords(args, nargs, kwnames, fromBytesArgs) as [Ref, Ref, Ref];
  const little = isLittle(order);
  const isSigned = signed !== 0 && PyObject_IsTrue(signed);
  const data = bytesOfObject(source);
  let hex = '';
  for (let i = 0; i < data.length; i++)
    hex += (data[little ? data.length - 1 - i : i] as number).toString(16).padStart(2, '0');
  let v = hex === '' ? 0n : BigInt(`0x${hex}`);
  const bits = BigInt(data.length * 8);
  if (isSigned && bits > 0n && v >= 1n << (bits - 1n)) v -= 1n << bits;
  const exact = PyLong_FromBigInt(v);
  if (type === PyLong_Type) return exact;
  const m = hold(exact);
  const r = PyObject_CallOneArg(type, exact);
  release(m);
  return r;
}
/** The bytes of a bytes-like object, or of an iterable of ints. */
function bytesOfObject(source: Ref): Uint8Array {
  if (PyBytes_Check(source)) return bytes.slice(source + 32, source + 32 + i32(source + 16));
  const buffer = bytesOfBufferObject(source);
  if (buffer !== null) return buffer.slice();
  if (PyUnicode_Check(source)) raise(PyExc_TypeError, "cannot convert 'str' object to bytes");
  if (i32(i32(source + 8) + PyTypeObject.tp_iter) === 0 && !PySequence_Check(source)) {
    raise(PyExc_TypeError, `cannot convert '${typeNameOf(source)}' object to bytes`);
  }
  const it = PyObject_GetIter(source);
  const m = hold(it);
  const out: number[] = [];
  for (let x = PyIter_Next(it); x !== 0; x = PyIter_Next(it)) {
    const k = hold(x);
    const n = PyNumber_AsSsize_t(x, 0);
    if (n < 0 || n > 255) raise(PyExc_ValueError, 'bytes must be in range(0, 256)');
    out.push(n);
    release(k);
  }
  release(m);
  return Uint8Array.from(out);
}
function long_numerator(op: Ref): Ref {
  return long_long(op);
}
function long_zero(_op: Ref): Ref {
  return smallInt(0);
}
function long_one(_op: Ref): Ref {
  return smallInt(1);
}

export const longSpec: TypeSpec = {
  address: PyLong_Type,
  name: 'int',
  basicsize: 24,
  itemsize: 4,
  flags: Py_TPFLAGS_BASETYPE | Py_TPFLAGS_LONG_SUBCLASS | _Py_TPFLAGS_MATCH_SELF,
  base: PyBaseObject_Type,
  doc: "int([x]) -> integer\nint(x, base=10) -> integer\n\nConvert a number or string to an integer, or return 0 if no arguments\nare given.  If x is a number, return x.__int__().  For floating-point\nnumbers, this truncates towards zero.\n\nIf x is not a number or if base is given, then x must be a string,\nbytes, or bytearray instance representing an integer literal in the\ngiven base.  The literal can be preceded by '+' or '-' and be surrounded\nby whitespace.  The base defaults to 10.  Valid bases are 0 and 2-36.\nBase 0 means to interpret the base from the string as an integer literal.\n>>> int('0b100', base=0)\n4",
  slots: {
    tp_dealloc: long_dealloc,
    tp_repr: long_to_decimal_string,
    tp_hash: long_hash,
    tp_richcompare: long_richcompare,
    tp_new: long_new,
    tp_vectorcall: long_vectorcall,
    tp_free: PyObject_Free,
    nb_add: long_add,
    nb_subtract: long_sub,
    nb_multiply: long_mul,
    nb_remainder: long_mod,
    nb_divmod: long_divmod,
    nb_power: long_pow,
    nb_negative: long_neg,
    nb_positive: long_long,
    nb_absolute: long_abs,
    nb_bool: long_bool,
    nb_invert: long_invert,
    nb_lshift: long_lshift,
    nb_rshift: long_rshift,
    nb_and: long_and,
    nb_xor: long_xor,
    nb_or: long_or,
    nb_int: long_long,
    nb_float: long_float,
    nb_floor_divide: long_div,
    nb_true_divide: long_true_divide,
    nb_index: long_long,
  },
  methods: [
    {
      name: 'conjugate',
      flags: METH_NOARGS,
      fn: long_numerator,
      doc: 'conjugate($self, /)\n--\n\nReturns self, the complex conjugate of any int.',
    },
    {
      name: 'bit_length',
      flags: METH_NOARGS,
      fn: int_bit_length,
      doc: "bit_length($self, /)\n--\n\nNumber of bits necessary to represent self in binary.\n\n>>> bin(37)\n'0b100101'\n>>> (37).bit_length()\n6",
    },
    {
      name: 'bit_count',
      flags: METH_NOARGS,
      fn: int_bit_count,
      doc: 'bit_count($self, /)\n--\n\nNumber of ones in the binary representation of the absolute value of self.',
    },
    {
      name: 'to_bytes',
      flags: METH_FASTCALL | METH_KEYWORDS,
      fn: int_to_bytes,
      doc: "to_bytes($self, /, length=1, byteorder='big', *, signed=False)\n--\n\nReturn an array of bytes representing an integer.",
    },
    {
      name: 'from_bytes',
      flags: METH_FASTCALL | METH_KEYWORDS | METH_CLASS,
      fn: int_from_bytes,
      doc: "from_bytes($type, /, bytes, byteorder='big', *, signed=False)\n--\n\nReturn the integer represented by the given array of bytes.",
    },
    {
      name: 'as_integer_ratio',
      flags: METH_NOARGS,
      fn: int_as_integer_ratio,
      doc: 'as_integer_ratio($self, /)\n--\n\nReturn a pair of integers, whose ratio is equal to the original int.',
    },
    { name: '__trunc__', flags: METH_NOARGS, fn: long_long, doc: 'Truncating an Integral returns itself.' },
    { name: '__floor__', flags: METH_NOARGS, fn: long_long, doc: 'Flooring an Integral returns itself.' },
    { name: '__ceil__', flags: METH_NOARGS, fn: long_long, doc: 'Ceiling of an Integral returns itself.' },
    {
      name: '__round__',
      flags: METH_FASTCALL,
      fn: int_round,
      doc: '__round__($self, ndigits=<unrepresentable>, /)\n--\n\nRounding an Integral returns itself.\n\nRounding with an ndigits argument also returns an integer.',
    },
    { name: '__getnewargs__', flags: METH_NOARGS, fn: int_getnewargs, doc: '__getnewargs__($self, /)\n--\n\n' },
    {
      name: '__format__',
      flags: METH_O,
      fn: int_format,
      doc: '__format__($self, format_spec, /)\n--\n\nConvert to a string according to format_spec.',
    },
    {
      name: '__sizeof__',
      flags: METH_NOARGS,
      fn: int_sizeof,
      doc: '__sizeof__($self, /)\n--\n\nReturns size in memory, in bytes.',
    },
    {
      name: 'is_integer',
      flags: METH_NOARGS,
      fn: int_is_integer,
      doc: 'is_integer($self, /)\n--\n\nReturns True. Exists for duck type compatibility with float.is_integer.',
    },
  ],
  getset: [
    { name: 'real', get: long_numerator, doc: 'the real part of a complex number' },
    { name: 'imag', get: long_zero, doc: 'the imaginary part of a complex number' },
    { name: 'numerator', get: long_numerator, doc: 'the numerator of a rational number in lowest terms' },
    { name: 'denominator', get: long_one, doc: 'the denominator of a rational number in lowest terms' },
  ],
};
