/**
 * Calling a slot from Python: what `int.__add__(1, 2)` runs. Each takes (self, arguments tuple, number of the slot's
 * function, keywords or 0). Mirrors the wrap_* functions of Objects/typeobject.c.
 */
import { PySequenceMethods as SQ, PyTypeObject as T, Py_ID } from '@moult/abi';
import { HASH_HI, i32 } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyNumber_AsSsize_t } from './abstract.ts';
import { PyBool_FromLong } from './boolobject.ts';
import { raise, raiseNone } from './errors.ts';
import { PyLong_FromBigInt, PyLong_FromLong } from './longobject.ts';
import { Py_NewRef, type Ref, tpName } from './object.ts';
import { PyExc_OverflowError, PyExc_StopIteration, PyExc_TypeError, Py_None } from './static.ts';
import { slot_tp_iternext, slot_tp_setattro, vectorcall_method } from './typeslots.ts';

const COMPARE_NAMES = [Py_ID.__lt__, Py_ID.__le__, Py_ID.__eq__, Py_ID.__ne__, Py_ID.__gt__, Py_ID.__ge__] as const;
/** Py_LT … → the name of the method. */
export function compareNames(op: number): Ref {
  return COMPARE_NAMES[op] as Ref;
}

function fn(n: number): NativeFunction {
  return text[n] as NativeFunction;
}
function arg(args: Ref, i: number): Ref {
  return i32(args + 24 + (i << 3));
}
function check_num_args(args: Ref, n: number): void {
  const size = i32(args + 16);
  if (size !== n) raise(PyExc_TypeError, `expected ${n} argument${n === 1 ? '' : 's'}, got ${size}`);
}
/** PyArg_UnpackTuple with an empty name, whose messages begin with a space. */
function unpackNameless(args: Ref, min: number, max: number): void {
  const size = i32(args + 16);
  if (size >= min && size <= max) return;
  const bound = min === max ? '' : size < min ? 'at least ' : 'at most ';
  const n = size < min ? min : max;
  raise(PyExc_TypeError, ` expected ${bound}${n} argument${n === 1 ? '' : 's'}, got ${size}`);
}
function none(): Ref {
  return Py_NewRef(Py_None);
}

export function wrap_lenfunc(self: Ref, args: Ref, wrapped: number): Ref {
  check_num_args(args, 0);
  return PyLong_FromLong(fn(wrapped)(self) as number);
}
export function wrap_inquirypred(self: Ref, args: Ref, wrapped: number): Ref {
  check_num_args(args, 0);
  return PyBool_FromLong(fn(wrapped)(self) as boolean);
}
export function wrap_binaryfunc(self: Ref, args: Ref, wrapped: number): Ref {
  check_num_args(args, 1);
  return fn(wrapped)(self, arg(args, 0)) as Ref;
}
export function wrap_binaryfunc_l(self: Ref, args: Ref, wrapped: number): Ref {
  check_num_args(args, 1);
  return fn(wrapped)(self, arg(args, 0)) as Ref;
}
export function wrap_binaryfunc_r(self: Ref, args: Ref, wrapped: number): Ref {
  check_num_args(args, 1);
  return fn(wrapped)(arg(args, 0), self) as Ref;
}
export function wrap_ternaryfunc(self: Ref, args: Ref, wrapped: number): Ref {
  unpackNameless(args, 1, 2);
  return fn(wrapped)(self, arg(args, 0), i32(args + 16) > 1 ? arg(args, 1) : Py_None) as Ref;
}
export function wrap_ternaryfunc_r(self: Ref, args: Ref, wrapped: number): Ref {
  unpackNameless(args, 1, 2);
  return fn(wrapped)(arg(args, 0), self, i32(args + 16) > 1 ? arg(args, 1) : Py_None) as Ref;
}
export function wrap_unaryfunc(self: Ref, args: Ref, wrapped: number): Ref {
  check_num_args(args, 0);
  return fn(wrapped)(self) as Ref;
}
export function wrap_indexargfunc(self: Ref, args: Ref, wrapped: number): Ref {
  check_num_args(args, 1);
  return fn(wrapped)(self, PyNumber_AsSsize_t(arg(args, 0), PyExc_OverflowError)) as Ref;
}
function getindex(self: Ref, index: Ref): number {
  let i = PyNumber_AsSsize_t(index, PyExc_OverflowError);
  if (i < 0) {
    const sq = i32(i32(self + 8) + T.tp_as_sequence);
    if (sq !== 0 && i32(sq + SQ.sq_length) !== 0) i += fn(i32(sq + SQ.sq_length))(self) as number;
  }
  return i;
}
export function wrap_sq_item(self: Ref, args: Ref, wrapped: number): Ref {
  check_num_args(args, 1);
  return fn(wrapped)(self, getindex(self, arg(args, 0))) as Ref;
}
export function wrap_sq_setitem(self: Ref, args: Ref, wrapped: number): Ref {
  unpackNameless(args, 2, 2);
  fn(wrapped)(self, getindex(self, arg(args, 0)), arg(args, 1));
  return none();
}
export function wrap_sq_delitem(self: Ref, args: Ref, wrapped: number): Ref {
  check_num_args(args, 1);
  fn(wrapped)(self, getindex(self, arg(args, 0)), 0);
  return none();
}
export function wrap_objobjproc(self: Ref, args: Ref, wrapped: number): Ref {
  check_num_args(args, 1);
  return PyBool_FromLong(fn(wrapped)(self, arg(args, 0)) as boolean);
}
export function wrap_objobjargproc(self: Ref, args: Ref, wrapped: number): Ref {
  unpackNameless(args, 2, 2);
  fn(wrapped)(self, arg(args, 0), arg(args, 1));
  return none();
}
export function wrap_delitem(self: Ref, args: Ref, wrapped: number): Ref {
  check_num_args(args, 1);
  fn(wrapped)(self, arg(args, 0), 0);
  return none();
}

/**
 * Refuses object.__setattr__(int, …): the call must not jump over a type's own setattr written in C (hackcheck).
 */
function hackcheck(self: Ref, wrapped: number, what: string): void {
  const type = i32(self + 8);
  const mro = i32(type + T.tp_mro);
  if (mro === 0) return;
  let defining = type;
  for (let i = i32(mro + 16) - 1; i >= 0; i--) {
    const base = arg(mro, i);
    const set = i32(base + T.tp_setattro);
    if (text[set] !== slot_tp_setattro && set === i32(type + T.tp_setattro)) {
      defining = base;
      break;
    }
  }
  for (let base = defining; base !== 0; base = i32(base + T.tp_base)) {
    const set = i32(base + T.tp_setattro);
    if (set === wrapped) return;
    if (text[set] !== slot_tp_setattro) raise(PyExc_TypeError, `can't apply this ${what} to ${tpName(type)} object`);
  }
}
export function wrap_setattr(self: Ref, args: Ref, wrapped: number): Ref {
  unpackNameless(args, 2, 2);
  hackcheck(self, wrapped, '__setattr__');
  fn(wrapped)(self, arg(args, 0), arg(args, 1));
  return none();
}
export function wrap_delattr(self: Ref, args: Ref, wrapped: number): Ref {
  check_num_args(args, 1);
  hackcheck(self, wrapped, '__delattr__');
  fn(wrapped)(self, arg(args, 0), 0);
  return none();
}
export function wrap_hashfunc(self: Ref, args: Ref, wrapped: number): Ref {
  check_num_args(args, 0);
  const lo = fn(wrapped)(self) as number;
  return hashToInt(lo, i32(HASH_HI));
}
/** An int of a 64-bit hash. */
export function hashToInt(lo: number, hi: number): Ref {
  if (hi === lo >> 31) return PyLong_FromLong(lo);
  if (hi >= -0x200000 && hi < 0x200000) return PyLong_FromLong(hi * 4294967296 + (lo >>> 0));
  return PyLong_FromBigInt((BigInt(hi) << 32n) | BigInt(lo >>> 0));
}
export function wrap_call(self: Ref, args: Ref, wrapped: number, kwds: Ref): Ref {
  return fn(wrapped)(self, args, kwds) as Ref;
}
export function wrap_del(self: Ref, args: Ref, wrapped: number): Ref {
  check_num_args(args, 0);
  fn(wrapped)(self);
  return none();
}
function richcmp(self: Ref, args: Ref, wrapped: number, op: number): Ref {
  check_num_args(args, 1);
  return fn(wrapped)(self, arg(args, 0), op) as Ref;
}
export function richcmp_lt(self: Ref, args: Ref, wrapped: number): Ref {
  return richcmp(self, args, wrapped, 0);
}
export function richcmp_le(self: Ref, args: Ref, wrapped: number): Ref {
  return richcmp(self, args, wrapped, 1);
}
export function richcmp_eq(self: Ref, args: Ref, wrapped: number): Ref {
  return richcmp(self, args, wrapped, 2);
}
export function richcmp_ne(self: Ref, args: Ref, wrapped: number): Ref {
  return richcmp(self, args, wrapped, 3);
}
export function richcmp_gt(self: Ref, args: Ref, wrapped: number): Ref {
  return richcmp(self, args, wrapped, 4);
}
export function richcmp_ge(self: Ref, args: Ref, wrapped: number): Ref {
  return richcmp(self, args, wrapped, 5);
}
export function wrap_next(self: Ref, args: Ref, wrapped: number): Ref {
  check_num_args(args, 0);
  const next = fn(wrapped);
  if (next === slot_tp_iternext) return vectorcall_method(Py_ID.__next__, self);
  const res = next(self) as Ref;
  if (res === 0) raiseNone(PyExc_StopIteration);
  return res;
}
export function wrap_descr_get(self: Ref, args: Ref, wrapped: number): Ref {
  unpackNameless(args, 1, 2);
  let obj = arg(args, 0);
  let type = i32(args + 16) > 1 ? arg(args, 1) : 0;
  if (obj === Py_None) obj = 0;
  if (type === Py_None) type = 0;
  if (type === 0 && obj === 0) raise(PyExc_TypeError, '__get__(None, None) is invalid');
  return fn(wrapped)(self, obj, type) as Ref;
}
export function wrap_descr_set(self: Ref, args: Ref, wrapped: number): Ref {
  unpackNameless(args, 2, 2);
  fn(wrapped)(self, arg(args, 0), arg(args, 1));
  return none();
}
export function wrap_descr_delete(self: Ref, args: Ref, wrapped: number): Ref {
  check_num_args(args, 1);
  fn(wrapped)(self, arg(args, 0), 0);
  return none();
}
export function wrap_init(self: Ref, args: Ref, wrapped: number, kwds: Ref): Ref {
  fn(wrapped)(self, args, kwds);
  return none();
}
