/** The number slots of classes written in Python (slot_nb_*). Mirrors Objects/typeobject.c. */
import { PyNumberMethods as NB, PyTypeObject as T, Py_ID } from '@moult/abi';
import { i32 } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { raise } from './errors.ts';
import { hold, Py_DECREF, Py_NewRef, PyType_IsSubtype, type Ref, release, typeNameOf } from './object.ts';
import { PyObject_GetOptionalAttr, PyObject_IsTrue, PyObject_RichCompareBool } from './objectattr.ts';
import { PyBool_Type, PyExc_TypeError, Py_None, Py_NotImplemented } from './static.ts';
import { callFound, lookup_maybe_method, vectorcall_maybe, vectorcall_method } from './typeslots.ts';

function named(name: string, fn: NativeFunction): NativeFunction {
  return Object.defineProperty(fn, 'name', { value: name });
}

// ---- numbers ------------------------------------------------------------------------------------------------------

function numberSlot(type: Ref, offset: number): number {
  const nb = i32(type + T.tp_as_number);
  return nb === 0 ? 0 : i32(nb + offset);
}
/** Does the type of `right` define `name` otherwise than the type of `left` does? */
function method_is_overloaded(left: Ref, right: Ref, name: Ref): boolean {
  const a = PyObject_GetOptionalAttr(i32(right + 8), name);
  if (a === 0) return false;
  const m = hold(a);
  const b = PyObject_GetOptionalAttr(i32(left + 8), name);
  if (b === 0) {
    release(m);
    return true;
  }
  hold(b);
  const differ = PyObject_RichCompareBool(a, b, 3);
  release(m);
  return differ;
}
function binary(self: Ref, other: Ref, offset: number, test: NativeFunction, dunder: Ref, rdunder: Ref): Ref {
  const st = i32(self + 8);
  const ot = i32(other + 8);
  let doOther = st !== ot && text[numberSlot(ot, offset)] === test;
  if (text[numberSlot(st, offset)] === test) {
    if (doOther && PyType_IsSubtype(ot, st) && method_is_overloaded(self, other, rdunder)) {
      const r = vectorcall_maybe(rdunder, other, self);
      if (r !== Py_NotImplemented) return r;
      Py_DECREF(r);
      doOther = false;
    }
    const r = vectorcall_maybe(dunder, self, other);
    if (r !== Py_NotImplemented || i32(other + 8) === i32(self + 8)) return r;
    Py_DECREF(r);
  }
  if (doOther) return vectorcall_maybe(rdunder, other, self);
  return Py_NewRef(Py_NotImplemented);
}
function binarySlot(name: string, offset: number, dunder: Ref, rdunder: Ref): NativeFunction {
  const fn = named(name, (self: Ref, other: Ref): Ref => binary(self, other, offset, fn, dunder, rdunder));
  return fn;
}
function inplaceSlot(name: string, dunder: Ref): NativeFunction {
  return named(name, (self: Ref, other: Ref): Ref => vectorcall_method(dunder, self, 1, other));
}
function unarySlot(name: string, dunder: Ref): NativeFunction {
  return named(name, (self: Ref): Ref => vectorcall_method(dunder, self));
}
export function slot_nb_power(self: Ref, other: Ref, modulus: Ref): Ref {
  if (modulus === Py_None) return binary(self, other, NB.nb_power, slot_nb_power, Py_ID.__pow__, Py_ID.__rpow__);
  if (text[numberSlot(i32(self + 8), NB.nb_power)] === slot_nb_power) {
    return vectorcall_method(Py_ID.__pow__, self, 2, other, modulus);
  }
  return Py_NewRef(Py_NotImplemented);
}
export function slot_nb_inplace_power(self: Ref, other: Ref): Ref {
  return vectorcall_method(Py_ID.__ipow__, self, 1, other);
}
export function slot_nb_bool(self: Ref): boolean {
  let usingLen = false;
  let found = lookup_maybe_method(self, Py_ID.__bool__);
  if (found === 0) {
    found = lookup_maybe_method(self, Py_ID.__len__);
    if (found === 0) return true;
    usingLen = true;
  }
  const value = callFound(found, self, 0);
  const m = hold(value);
  if (!usingLen && i32(value + 8) !== PyBool_Type) {
    raise(PyExc_TypeError, `__bool__ should return bool, returned ${typeNameOf(value)}`);
  }
  const result = PyObject_IsTrue(value);
  release(m);
  return result;
}

export const slot_nb_add = binarySlot('slot_nb_add', NB.nb_add, Py_ID.__add__, Py_ID.__radd__);
export const slot_nb_subtract = binarySlot('slot_nb_subtract', NB.nb_subtract, Py_ID.__sub__, Py_ID.__rsub__);
export const slot_nb_multiply = binarySlot('slot_nb_multiply', NB.nb_multiply, Py_ID.__mul__, Py_ID.__rmul__);
export const slot_nb_remainder = binarySlot('slot_nb_remainder', NB.nb_remainder, Py_ID.__mod__, Py_ID.__rmod__);
export const slot_nb_divmod = binarySlot('slot_nb_divmod', NB.nb_divmod, Py_ID.__divmod__, Py_ID.__rdivmod__);
export const slot_nb_lshift = binarySlot('slot_nb_lshift', NB.nb_lshift, Py_ID.__lshift__, Py_ID.__rlshift__);
export const slot_nb_rshift = binarySlot('slot_nb_rshift', NB.nb_rshift, Py_ID.__rshift__, Py_ID.__rrshift__);
export const slot_nb_and = binarySlot('slot_nb_and', NB.nb_and, Py_ID.__and__, Py_ID.__rand__);
export const slot_nb_xor = binarySlot('slot_nb_xor', NB.nb_xor, Py_ID.__xor__, Py_ID.__rxor__);
export const slot_nb_or = binarySlot('slot_nb_or', NB.nb_or, Py_ID.__or__, Py_ID.__ror__);
export const slot_nb_floor_divide = binarySlot(
  'slot_nb_floor_divide',
  NB.nb_floor_divide,
  Py_ID.__floordiv__,
  Py_ID.__rfloordiv__,
);
export const slot_nb_true_divide = binarySlot(
  'slot_nb_true_divide',
  NB.nb_true_divide,
  Py_ID.__truediv__,
  Py_ID.__rtruediv__,
);
export const slot_nb_matrix_multiply = binarySlot(
  'slot_nb_matrix_multiply',
  NB.nb_matrix_multiply,
  Py_ID.__matmul__,
  Py_ID.__rmatmul__,
);
export const slot_nb_inplace_add = inplaceSlot('slot_nb_inplace_add', Py_ID.__iadd__);
export const slot_nb_inplace_subtract = inplaceSlot('slot_nb_inplace_subtract', Py_ID.__isub__);
export const slot_nb_inplace_multiply = inplaceSlot('slot_nb_inplace_multiply', Py_ID.__imul__);
export const slot_nb_inplace_remainder = inplaceSlot('slot_nb_inplace_remainder', Py_ID.__imod__);
export const slot_nb_inplace_lshift = inplaceSlot('slot_nb_inplace_lshift', Py_ID.__ilshift__);
export const slot_nb_inplace_rshift = inplaceSlot('slot_nb_inplace_rshift', Py_ID.__irshift__);
export const slot_nb_inplace_and = inplaceSlot('slot_nb_inplace_and', Py_ID.__iand__);
export const slot_nb_inplace_xor = inplaceSlot('slot_nb_inplace_xor', Py_ID.__ixor__);
export const slot_nb_inplace_or = inplaceSlot('slot_nb_inplace_or', Py_ID.__ior__);
export const slot_nb_inplace_floor_divide = inplaceSlot('slot_nb_inplace_floor_divide', Py_ID.__ifloordiv__);
export const slot_nb_inplace_true_divide = inplaceSlot('slot_nb_inplace_true_divide', Py_ID.__itruediv__);
export const slot_nb_inplace_matrix_multiply = inplaceSlot('slot_nb_inplace_matrix_multiply', Py_ID.__imatmul__);
export const slot_nb_negative = unarySlot('slot_nb_negative', Py_ID.__neg__);
export const slot_nb_positive = unarySlot('slot_nb_positive', Py_ID.__pos__);
export const slot_nb_absolute = unarySlot('slot_nb_absolute', Py_ID.__abs__);
export const slot_nb_invert = unarySlot('slot_nb_invert', Py_ID.__invert__);
export const slot_nb_int = unarySlot('slot_nb_int', Py_ID.__int__);
export const slot_nb_float = unarySlot('slot_nb_float', Py_ID.__float__);
export const slot_nb_index = unarySlot('slot_nb_index', Py_ID.__index__);
