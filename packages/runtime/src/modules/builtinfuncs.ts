/** The functions of `builtins` that work on one object or an iterable. Mirrors Python/bltinmodule.c. */
import { METH_FASTCALL, METH_KEYWORDS, METH_NOARGS, METH_O, METH_VARARGS, PyTypeObject, Py_ID } from '@moult/abi';
import { PyAsyncMethods } from '@moult/abi';
import { HASH_HI, i32, setPtr, u8 } from '../memory/linear.ts';
import { text } from '../memory/text.ts';
import {
  PyNumber_Absolute,
  PyNumber_Divmod,
  PyNumber_Index,
  PyNumber_Power,
  PyNumber_ToBase,
  PyObject_GetAIter,
  PyObject_GetIter,
  PyObject_IsInstance,
  PyObject_IsSubclass,
  PyObject_Size,
} from '../objects/abstract.ts';
import { unpackKeywords, _PyArg_BadArgument, _PyArg_CheckPositional } from '../objects/args.ts';
import { PyBool_FromLong } from '../objects/boolobject.ts';
import { PyObject_CallNoArgs, PyObject_CallOneArg, PyObject_Vectorcall } from '../objects/call.ts';
import { raise } from '../objects/errors.ts';
import { localsSnapshot } from '../objects/frameobject.ts';
import { PyAnextAwaitable_New, PyCallIter_New } from '../objects/iterobject.ts';
import { PyLong_FromBigInt, PyLong_FromLong, longAsNumber } from '../objects/longobject.ts';
import {
  hold,
  PyBytes_Check,
  PyObject_TypeCheck,
  PyUnicode_Check,
  Py_DECREF,
  Py_NewRef,
  type Ref,
  release,
  typeNameOf,
} from '../objects/object.ts';
import {
  _PyObject_LookupSpecial,
  PyCallable_Check,
  PyObject_ASCII,
  PyObject_Dir,
  PyObject_Format,
  PyObject_GetAttr,
  PyObject_GetOptionalAttr,
  PyObject_Hash,
  PyObject_Repr,
  PyObject_SetAttr,
} from '../objects/objectattr.ts';
import { listFrom } from '../objects/nativecollect.ts';
import {
  callFrom,
  dropSlot,
  type MachineSpec,
  pushNative,
  runNested,
  slotOf,
  stateOf,
  takeSlot,
  wordOf,
} from '../objects/nativeframe.ts';
import type { MethodSpec } from '../objects/spec.ts';
import { PyByteArray_Type, PyExc_SystemError, PyExc_TypeError, PyExc_ValueError, Py_None } from '../objects/static.ts';
import { PyUnicode_FromOrdinal, PyUnicode_GET_LENGTH, PyUnicode_READ_CHAR } from '../objects/unicodeobject.ts';
import { vm } from '../objects/vmlink.ts';
import { currentFrame } from '../vm/frame.ts';
import { builtin_sum } from './builtinsum.ts';
import { builtin_all, builtin_any, builtin_next } from './builtiniter.ts';
import { builtin_max, builtin_min } from './builtinminmax.ts';

const FAST = METH_FASTCALL;
const FASTKW = METH_FASTCALL | METH_KEYWORDS;

export function none(): Ref {
  return Py_NewRef(Py_None);
}
export function arg(args: number, i: number): Ref {
  return i32(args + (i << 3));
}

/** locals() of the running Python frame, a new reference. */
export function PyEval_GetFrameLocals(): Ref {
  const fp = currentFrame();
  if (fp === 0) raise(PyExc_SystemError, 'frame does not exist');
  return localsSnapshot(fp);
}

function builtin_abs(_m: Ref, x: Ref): Ref {
  return PyNumber_Absolute(x);
}
function builtin_ascii(_m: Ref, x: Ref): Ref {
  return PyObject_ASCII(x);
}
function builtin_bin(_m: Ref, x: Ref): Ref {
  return PyNumber_ToBase(x, 2);
}
function builtin_oct(_m: Ref, x: Ref): Ref {
  return PyNumber_ToBase(x, 8);
}
function builtin_hex(_m: Ref, x: Ref): Ref {
  return PyNumber_ToBase(x, 16);
}
function builtin_callable(_m: Ref, x: Ref): Ref {
  return PyBool_FromLong(PyCallable_Check(x));
}
function builtin_chr(_m: Ref, x: Ref): Ref {
  const m = hold(PyNumber_Index(x));
  const n = longAsNumber(i32(m));
  release(m);
  if (!(n >= 0 && n <= 0x10ffff)) raise(PyExc_ValueError, 'chr() arg not in range(0x110000)');
  return PyUnicode_FromOrdinal(n);
}
function builtin_ord(_m: Ref, c: Ref): Ref {
  let size: number;
  if (PyBytes_Check(c)) {
    size = i32(c + 16);
    if (size === 1) return PyLong_FromLong(u8(c + 32));
  } else if (PyUnicode_Check(c)) {
    size = PyUnicode_GET_LENGTH(c);
    if (size === 1) return PyLong_FromLong(PyUnicode_READ_CHAR(c, 0));
  } else if (PyObject_TypeCheck(c, PyByteArray_Type)) {
    size = i32(c + 16);
    if (size === 1) return PyLong_FromLong(u8(i32(c + 40)));
  } else raise(PyExc_TypeError, `ord() expected string of length 1, but ${typeNameOf(c)} found`);
  raise(PyExc_TypeError, `ord() expected a character, but string of length ${size} found`);
}
function builtin_delattr(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('delattr', nargs, 2, 2);
  PyObject_SetAttr(arg(args, 0), arg(args, 1), 0);
  return none();
}
function builtin_setattr(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('setattr', nargs, 3, 3);
  PyObject_SetAttr(arg(args, 0), arg(args, 1), arg(args, 2));
  return none();
}
function builtin_getattr(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('getattr', nargs, 2, 3);
  if (nargs === 2) return PyObject_GetAttr(arg(args, 0), arg(args, 1));
  const v = PyObject_GetOptionalAttr(arg(args, 0), arg(args, 1));
  return v !== 0 ? v : Py_NewRef(arg(args, 2));
}
function builtin_hasattr(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('hasattr', nargs, 2, 2);
  const v = PyObject_GetOptionalAttr(arg(args, 0), arg(args, 1));
  if (v === 0) return PyBool_FromLong(false);
  Py_DECREF(v);
  return PyBool_FromLong(true);
}
function builtin_dir(_m: Ref, tuple: Ref): Ref {
  const args = tuple + 24;
  const nargs = i32(tuple + 16);
  _PyArg_CheckPositional('dir', nargs, 0, 1);
  if (nargs === 1) return PyObject_Dir(arg(args, 0));
  const m = hold(PyEval_GetFrameLocals());
  const names = PyObject_Dir(0, i32(m));
  release(m);
  return names;
}
function builtin_vars(_m: Ref, tuple: Ref): Ref {
  const args = tuple + 24;
  const nargs = i32(tuple + 16);
  _PyArg_CheckPositional('vars', nargs, 0, 1);
  if (nargs === 0) return PyEval_GetFrameLocals();
  const d = PyObject_GetOptionalAttr(arg(args, 0), Py_ID.__dict__);
  if (d === 0) raise(PyExc_TypeError, 'vars() argument must have __dict__ attribute');
  return d;
}
function builtin_divmod(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('divmod', nargs, 2, 2);
  return PyNumber_Divmod(arg(args, 0), arg(args, 1));
}
function builtin_format(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('format', nargs, 1, 2);
  if (nargs === 2 && !PyUnicode_Check(arg(args, 1))) _PyArg_BadArgument('format', 'argument 2', 'str', arg(args, 1));
  return PyObject_Format(arg(args, 0), nargs === 2 ? arg(args, 1) : 0);
}
function builtin_globals(): Ref {
  return Py_NewRef(vm.PyEval_GetGlobals());
}
function builtin_locals(): Ref {
  return PyEval_GetFrameLocals();
}
function builtin_hash(_m: Ref, x: Ref): Ref {
  const lo = PyObject_Hash(x);
  return hashToInt(lo);
}
/** The int of a hash whose high word lies at HASH_HI. */
export function hashToInt(lo: number): Ref {
  const hi = i32(HASH_HI);
  if (hi === lo >> 31) return PyLong_FromLong(lo);
  return PyLong_FromBigInt((BigInt(hi) << 32n) | BigInt(lo >>> 0));
}
function builtin_id(_m: Ref, x: Ref): Ref {
  return PyLong_FromLong(x);
}
function builtin_isinstance(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('isinstance', nargs, 2, 2);
  return PyBool_FromLong(PyObject_IsInstance(arg(args, 0), arg(args, 1)));
}
function builtin_issubclass(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('issubclass', nargs, 2, 2);
  return PyBool_FromLong(PyObject_IsSubclass(arg(args, 0), arg(args, 1)));
}
function builtin_iter(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('iter', nargs, 1, 2);
  if (nargs === 1) return PyObject_GetIter(arg(args, 0));
  if (!PyCallable_Check(arg(args, 0))) raise(PyExc_TypeError, 'iter(v, w): v must be callable');
  return PyCallIter_New(arg(args, 0), arg(args, 1));
}
function builtin_aiter(_m: Ref, x: Ref): Ref {
  return PyObject_GetAIter(x);
}
function builtin_len(_m: Ref, x: Ref): Ref {
  return PyLong_FromLong(PyObject_Size(x));
}
function builtin_anext(_m: Ref, args: number, nargs: number): Ref {
  _PyArg_CheckPositional('anext', nargs, 1, 2);
  const aiter = arg(args, 0);
  const as = i32(i32(aiter + 8) + PyTypeObject.tp_as_async);
  const anext = as === 0 ? 0 : i32(as + PyAsyncMethods.am_anext);
  if (anext === 0) raise(PyExc_TypeError, `'${typeNameOf(aiter)}' object is not an async iterator`);
  const awaitable = (text[anext] as (op: Ref) => Ref)(aiter);
  if (nargs === 1) return awaitable;
  const m = hold(awaitable);
  const res = PyAnextAwaitable_New(awaitable, arg(args, 1));
  release(m);
  return res;
}
function builtin_pow(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [base, exp, mod] = unpackKeywords(args, nargs, kwnames, {
    fname: 'pow',
    keywords: ['base', 'exp', 'mod'],
    required: 2,
  }) as [Ref, Ref, Ref];
  return PyNumber_Power(base, exp, mod === 0 ? Py_None : mod);
}
function builtin_repr(_m: Ref, x: Ref): Ref {
  return PyObject_Repr(x);
}
function builtin_round(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const [number, ndigits] = unpackKeywords(args, nargs, kwnames, {
    fname: 'round',
    keywords: ['number', 'ndigits'],
    required: 1,
  }) as [Ref, Ref];
  const round = _PyObject_LookupSpecial(number, Py_ID.__round__);
  if (round === 0) raise(PyExc_TypeError, `type ${typeNameOf(number)} doesn't define __round__ method`);
  const m = hold(round);
  const res = ndigits === 0 || ndigits === Py_None ? PyObject_CallNoArgs(round) : PyObject_CallOneArg(round, ndigits);
  release(m);
  return res;
}
function builtin_sorted(m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  return runNested(() => sortedFrame(m, args, nargs, kwnames));
}
function sortedFrame(_m: Ref, args: number, nargs: number, kwnames: Ref): number {
  _PyArg_CheckPositional('sorted', nargs, 1, 1);
  const frame = pushNative(sorted, 2, 3);
  [args, nargs, kwnames].forEach((v, i) => {
    setPtr(wordOf(frame, i), v);
  });
  return frame;
}
export const sorted: MachineSpec = {
  name: 'sorted,list,list.sort',
  run: (frame, result) => {
    const [args, nargs, kwnames] = [0, 1, 2].map((i) => i32(wordOf(frame, i))) as [number, number, Ref];
    let value = result;
    if (stateOf(frame) === 0) {
      value = listFrom(frame, 1, i32(args));
      if (value < 0) return value;
    }
    if (stateOf(frame) === 1) {
      setPtr(slotOf(frame, 0), value);
      const sort = PyObject_GetAttr(value, Py_ID.sort);
      setPtr(slotOf(frame, 1), sort);
      value = callFrom(frame, 2, sort, args + 8, nargs - 1, kwnames);
      if (value < 0) return value;
    }
    Py_DECREF(value);
    dropSlot(frame, 1);
    return takeSlot(frame, 0);
  },
  starts: [[builtin_sorted, sortedFrame]],
};

function builtin_breakpoint(_m: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  const hook = sysObject('breakpointhook');
  if (hook === 0) raise(PyExc_RuntimeError, 'lost sys.breakpointhook');
  const m = hold(Py_NewRef(hook));
  const res = PyObject_Vectorcall(hook, args, nargs, kwnames);
  release(m);
  return res;
}
import { PyExc_RuntimeError } from '../objects/static.ts';
import { sysObject } from './sysstate.ts';

export const plainBuiltins: { readonly [name: string]: MethodSpec } = {
  abs: {
    name: 'abs',
    flags: METH_O,
    fn: builtin_abs,
    doc: 'abs($module, x, /)\n--\n\nReturn the absolute value of the argument.',
  },
  all: {
    name: 'all',
    flags: METH_O,
    fn: builtin_all,
    doc: 'all($module, iterable, /)\n--\n\nReturn True if bool(x) is True for all values x in the iterable.\n\nIf the iterable is empty, return True.',
  },
  any: {
    name: 'any',
    flags: METH_O,
    fn: builtin_any,
    doc: 'any($module, iterable, /)\n--\n\nReturn True if bool(x) is True for any x in the iterable.\n\nIf the iterable is empty, return False.',
  },
  ascii: {
    name: 'ascii',
    flags: METH_O,
    fn: builtin_ascii,
    doc: 'ascii($module, obj, /)\n--\n\nReturn an ASCII-only representation of an object.',
  },
  bin: {
    name: 'bin',
    flags: METH_O,
    fn: builtin_bin,
    doc: "bin($module, number, /)\n--\n\nReturn the binary representation of an integer.\n\n   >>> bin(2796202)\n   '0b1010101010101010101010'",
  },
  breakpoint: {
    name: 'breakpoint',
    flags: FASTKW,
    fn: builtin_breakpoint,
    doc: 'breakpoint($module, /, *args, **kws)\n--\n\nCall sys.breakpointhook(*args, **kws).',
  },
  callable: {
    name: 'callable',
    flags: METH_O,
    fn: builtin_callable,
    doc: 'callable($module, obj, /)\n--\n\nReturn whether the object is callable (i.e., some kind of function).',
  },
  chr: {
    name: 'chr',
    flags: METH_O,
    fn: builtin_chr,
    doc: 'chr($module, i, /)\n--\n\nReturn a Unicode string of one character with ordinal i; 0 <= i <= 0x10ffff.',
  },
  delattr: {
    name: 'delattr',
    flags: FAST,
    fn: builtin_delattr,
    doc: 'delattr($module, obj, name, /)\n--\n\nDeletes the named attribute from the given object.',
  },
  dir: { name: 'dir', flags: METH_VARARGS, fn: builtin_dir, doc: 'dir([object]) -> list of strings' },
  divmod: {
    name: 'divmod',
    flags: FAST,
    fn: builtin_divmod,
    doc: 'divmod($module, x, y, /)\n--\n\nReturn the tuple (x//y, x%y).',
  },
  format: {
    name: 'format',
    flags: FAST,
    fn: builtin_format,
    doc: "format($module, value, format_spec='', /)\n--\n\nReturn type(value).__format__(value, format_spec).",
  },
  getattr: { name: 'getattr', flags: FAST, fn: builtin_getattr, doc: 'getattr(object, name[, default]) -> value' },
  globals: {
    name: 'globals',
    flags: METH_NOARGS,
    fn: builtin_globals,
    doc: "globals($module, /)\n--\n\nReturn the dictionary containing the current scope's global variables.",
  },
  hasattr: {
    name: 'hasattr',
    flags: FAST,
    fn: builtin_hasattr,
    doc: 'hasattr($module, obj, name, /)\n--\n\nReturn whether the object has an attribute with the given name.',
  },
  hash: {
    name: 'hash',
    flags: METH_O,
    fn: builtin_hash,
    doc: 'hash($module, obj, /)\n--\n\nReturn the hash value for the given object.',
  },
  hex: {
    name: 'hex',
    flags: METH_O,
    fn: builtin_hex,
    doc: "hex($module, number, /)\n--\n\nReturn the hexadecimal representation of an integer.\n\n   >>> hex(12648430)\n   '0xc0ffee'",
  },
  id: {
    name: 'id',
    flags: METH_O,
    fn: builtin_id,
    doc: 'id($module, obj, /)\n--\n\nReturn the identity of an object.',
  },
  isinstance: {
    name: 'isinstance',
    flags: FAST,
    fn: builtin_isinstance,
    doc: 'isinstance($module, obj, class_or_tuple, /)\n--\n\nReturn whether an object is an instance of a class or of a subclass thereof.',
  },
  issubclass: {
    name: 'issubclass',
    flags: FAST,
    fn: builtin_issubclass,
    doc: "issubclass($module, cls, class_or_tuple, /)\n--\n\nReturn whether 'cls' is derived from another class or is the same class.",
  },
  iter: {
    name: 'iter',
    flags: FAST,
    fn: builtin_iter,
    doc: 'iter(iterable) -> iterator\niter(callable, sentinel) -> iterator',
  },
  aiter: {
    name: 'aiter',
    flags: METH_O,
    fn: builtin_aiter,
    doc: 'aiter($module, async_iterable, /)\n--\n\nReturn an AsyncIterator for an AsyncIterable object.',
  },
  len: {
    name: 'len',
    flags: METH_O,
    fn: builtin_len,
    doc: 'len($module, obj, /)\n--\n\nReturn the number of items in a container.',
  },
  locals: {
    name: 'locals',
    flags: METH_NOARGS,
    fn: builtin_locals,
    doc: "locals($module, /)\n--\n\nReturn a dictionary containing the current scope's local variables.",
  },
  max: {
    name: 'max',
    flags: FASTKW,
    fn: builtin_max,
    doc: 'max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value',
  },
  min: {
    name: 'min',
    flags: FASTKW,
    fn: builtin_min,
    doc: 'min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value',
  },
  next: { name: 'next', flags: FAST, fn: builtin_next, doc: 'next(iterator[, default])' },
  anext: {
    name: 'anext',
    flags: FAST,
    fn: builtin_anext,
    doc: 'anext($module, aiterator, default=<unrepresentable>, /)\n--\n\nReturn the next item from the async iterator.',
  },
  oct: {
    name: 'oct',
    flags: METH_O,
    fn: builtin_oct,
    doc: "oct($module, number, /)\n--\n\nReturn the octal representation of an integer.\n\n   >>> oct(342391)\n   '0o1234567'",
  },
  ord: {
    name: 'ord',
    flags: METH_O,
    fn: builtin_ord,
    doc: 'ord($module, c, /)\n--\n\nReturn the Unicode code point for a one-character string.',
  },
  pow: {
    name: 'pow',
    flags: FASTKW,
    fn: builtin_pow,
    doc: 'pow($module, /, base, exp, mod=None)\n--\n\nEquivalent to base**exp with 2 arguments or base**exp % mod with 3 arguments.',
  },
  repr: {
    name: 'repr',
    flags: METH_O,
    fn: builtin_repr,
    doc: 'repr($module, obj, /)\n--\n\nReturn the canonical string representation of the object.',
  },
  round: {
    name: 'round',
    flags: FASTKW,
    fn: builtin_round,
    doc: 'round($module, /, number, ndigits=None)\n--\n\nRound a number to a given precision in decimal digits.',
  },
  setattr: {
    name: 'setattr',
    flags: FAST,
    fn: builtin_setattr,
    doc: 'setattr($module, obj, name, value, /)\n--\n\nSets the named attribute on the given object to the specified value.',
  },
  sorted: {
    name: 'sorted',
    flags: FASTKW,
    fn: builtin_sorted,
    doc: 'sorted($module, iterable, /, *, key=None, reverse=False)\n--\n\nReturn a new list containing all items from the iterable in ascending order.',
  },
  sum: {
    name: 'sum',
    flags: FASTKW,
    fn: builtin_sum,
    doc: "sum($module, iterable, /, start=0)\n--\n\nReturn the sum of a 'start' value (default: 0) plus an iterable of numbers",
  },
  vars: { name: 'vars', flags: METH_VARARGS, fn: builtin_vars, doc: 'vars([object]) -> dictionary' },
};
