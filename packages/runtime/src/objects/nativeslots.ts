/**
 * Special methods of classes written in Python that an instruction needs, in native frames (decision 17). Each function answers 0 where
 * no such method is asked, or not first: the instruction does as ever then.
 */
import {
  PyMappingMethods as MP,
  PyNumberMethods as NB,
  Py_ID,
  PySequenceMethods as SQ,
  PyTypeObject as T,
} from '@moult/abi';
import { i32, setI32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyIter_Check } from './abstract.ts';
import { binary_op1, operatorAfter, PyNumber_Add } from './abstractnumber.ts';
import { raise } from './errors.ts';
import {
  callFrom,
  dropSlot,
  FRAME_UNITS,
  type MachineSpec,
  orFailed,
  pushNative,
  runFrom,
  slotOf,
  stateOf,
  wordOf,
} from './nativeframe.ts';
import { hold, Py_DECREF, Py_INCREF, Py_NewRef, PyType_IsSubtype, type Ref, release, typeNameOf } from './object.ts';
import { PyObject_IsTrue, PyObject_RichCompare, PyObject_RichCompareAfter } from './objectattr.ts';
import { Py_EnterRecursiveCall } from './recursion.ts';
import { Py_False, Py_None, Py_NotImplemented, Py_True, PyBool_Type, PyExc_TypeError } from './static.ts';
import * as num from './typenumslots.ts';
import {
  lookup_maybe_method,
  lookup_method,
  slot_mp_ass_subscript,
  slot_mp_subscript,
  slot_sq_contains,
  slot_tp_iter,
  slot_tp_richcompare,
  slot_tp_setattro,
  vectorcall_maybe,
} from './typeslots.ts';
import { compareNames } from './typewrap.ts';

const HEAPTYPE = 1 << 9;
/** Is it an instance of a class that Python code may have made? Cheap enough to ask first. */
export function ofHeapType(op: Ref): boolean {
  return (i32(i32(op + 8) + T.tp_flags) & HEAPTYPE) !== 0;
}
function slotIn(op: Ref, table: number, offset: number): NativeFunction | undefined {
  const t = i32(i32(op + 8) + table);
  return t === 0 ? undefined : text[i32(t + offset)];
}

// ---- one call: slot the method; words self, what becomes of its result, how many arguments, the call's

const AS_IS = 0;
const TRUTH = 1;
const FALSITY = 2;
const BOOL = 3;
const ITERATOR = 4;
const ARGS = 4;

/** `found` as lookup_method gives it, which is taken over. */
function specialFrame(found: number, self: Ref, post: number, ...args: Ref[]): number {
  const frame = pushNative(special, 1, ARGS + 4);
  setPtr(slotOf(frame, 0), found & -2);
  setPtr(wordOf(frame, 0), self);
  setPtr(wordOf(frame, 1), post);
  const all = (found & 1) !== 0 ? [self, ...args] : args;
  setPtr(wordOf(frame, 2), all.length);
  all.forEach((v, i) => {
    setPtr(wordOf(frame, ARGS + i), v);
  });
  return frame;
}
export const special: MachineSpec = {
  name: 'special method,method',
  run: (frame, result) => {
    let value = result;
    if (stateOf(frame) === 0) {
      value = callFrom(frame, 1, i32(slotOf(frame, 0)), wordOf(frame, ARGS), i32(wordOf(frame, 2)), 0);
      if (value < 0) return value;
    }
    dropSlot(frame, 0);
    const post = i32(wordOf(frame, 1));
    if (post === AS_IS) return value;
    const m = hold(value);
    if (post === ITERATOR) {
      if (!PyIter_Check(value)) raise(PyExc_TypeError, `iter() returned non-iterator of type '${typeNameOf(value)}'`);
      Py_INCREF(value);
      release(m);
      return value;
    }
    if (post === BOOL && i32(value + 8) !== PyBool_Type) {
      raise(PyExc_TypeError, `__bool__ should return bool, returned ${typeNameOf(value)}`);
    }
    const truth = PyObject_IsTrue(value) !== (post === FALSITY);
    release(m);
    return Py_NewRef(truth ? Py_True : Py_False);
  },
};

export function getItemFrame(op: Ref, key: Ref): number {
  if (slotIn(op, T.tp_as_mapping, MP.mp_subscript) !== slot_mp_subscript) return 0;
  return specialFrame(lookup_method(op, Py_ID.__getitem__), op, AS_IS, key);
}
/** `value` 0: deletes. */
export function setItemFrame(op: Ref, key: Ref, value: Ref): number {
  if (slotIn(op, T.tp_as_mapping, MP.mp_ass_subscript) !== slot_mp_ass_subscript) return 0;
  return value === 0
    ? specialFrame(lookup_method(op, Py_ID.__delitem__), op, AS_IS, key)
    : specialFrame(lookup_method(op, Py_ID.__setitem__), op, AS_IS, key, value);
}
export function containsFrame(op: Ref, value: Ref, inverted: boolean): number {
  if (slotIn(op, T.tp_as_sequence, SQ.sq_contains) !== slot_sq_contains) return 0;
  const found = lookup_maybe_method(op, Py_ID.__contains__);
  if (found === 0 || found === Py_None) {
    if (found !== 0) Py_DECREF(found);
    return 0;
  }
  return specialFrame(found, op, inverted ? FALSITY : TRUTH, value);
}
export function truthFrame(op: Ref): number {
  if (slotIn(op, T.tp_as_number, NB.nb_bool) !== num.slot_nb_bool) return 0;
  const found = lookup_maybe_method(op, Py_ID.__bool__);
  return found === 0 ? 0 : specialFrame(found, op, BOOL);
}
export function iterFrame(op: Ref): number {
  if (text[i32(i32(op + 8) + T.tp_iter)] !== slot_tp_iter) return 0;
  const found = lookup_maybe_method(op, Py_ID.__iter__);
  if (found === 0 || found === Py_None) {
    if (found !== 0) Py_DECREF(found);
    return 0;
  }
  return specialFrame(found, op, ITERATOR);
}
export function setAttrFrame(op: Ref, name: Ref, value: Ref): number {
  if (text[i32(i32(op + 8) + T.tp_setattro)] !== slot_tp_setattro) return 0;
  return specialFrame(lookup_method(op, Py_ID.__setattr__), op, AS_IS, name, value);
}
/** A callable without arguments that the frame owns from now on. */
export function ownedCallFrame(callable: Ref): number {
  return specialFrame(callable, 0, AS_IS);
}

// ---- comparisons: slot the method; words both operands, the operator, which attempt (0: the right one's first), the call's

const SWAPPED = [4, 5, 2, 3, 0, 1] as const;
const WORDS = 5;

/** v op w where the first to be asked is a method in Python. */
export function compareFrame(v: Ref, w: Ref, op: number): number {
  const [tv, tw] = [i32(v + 8), i32(w + 8)];
  const right = tv !== tw && i32(tw + T.tp_richcompare) !== 0 && PyType_IsSubtype(tw, tv);
  if (text[i32((right ? tw : tv) + T.tp_richcompare)] !== slot_tp_richcompare) return 0;
  Py_EnterRecursiveCall(' in comparison');
  const frame = pushNative(compare, 1, WORDS + 3);
  setI32(frame + FRAME_UNITS, 1);
  [v, w, op, right ? 0 : 1].forEach((x, i) => {
    setPtr(wordOf(frame, i), x);
  });
  return frame;
}
/** v op w, as callFrom calls. */
export function compareFrom(frame: number, state: number, v: Ref, w: Ref, op: number): number {
  if (!ofHeapType(v) && !ofHeapType(w)) return orFailed(frame, () => PyObject_RichCompare(v, w, op));
  return runFrom(
    frame,
    state,
    () => compareFrame(v, w, op),
    () => PyObject_RichCompare(v, w, op),
  );
}
export const compare: MachineSpec = {
  name: 'comparison,method',
  run: (frame, result) => {
    const [v, w, op, first] = [0, 1, 2, 3].map((i) => i32(wordOf(frame, i))) as [Ref, Ref, number, number];
    let value = result;
    if (stateOf(frame) === 0) {
      const [self, other, name] = first === 0 ? [w, v, SWAPPED[op] as number] : [v, w, op];
      value = ask(frame, 1, self, other, compareNames(name));
      if (value < 0) return value;
    }
    dropSlot(frame, 0);
    if (value !== Py_NotImplemented) return value;
    Py_DECREF(value);
    return PyObject_RichCompareAfter(v, w, op, first === 0 ? 1 : 2);
  },
};
/** Calls self.name(other), Py_NotImplemented where there is none; the method lies in slot 0. */
function ask(frame: number, state: number, self: Ref, other: Ref, name: Ref): number {
  const found = lookup_maybe_method(self, name);
  if (found === 0) return Py_NewRef(Py_NotImplemented);
  setPtr(slotOf(frame, 0), found & -2);
  const bound = (found & 1) === 0;
  if (!bound) setPtr(wordOf(frame, WORDS), self);
  setPtr(wordOf(frame, bound ? WORDS : WORDS + 1), other);
  return callFrom(frame, state, found & -2, wordOf(frame, WORDS), bound ? 1 : 2, 0);
}

// ---- binary operators: slot the method; words both operands, the operator, what is left to try, the call's

type Operator = readonly [number, NativeFunction, Ref, Ref, number, NativeFunction, Ref];
/** By NB_*, which an in-place one is 13 more: the slot, its function in Python, the methods; the in-place slot, its function, its method. */
function operatorOf(op: number): Operator | null {
  switch (op) {
    case 0:
      return [
        NB.nb_add,
        num.slot_nb_add,
        Py_ID.__add__,
        Py_ID.__radd__,
        NB.nb_inplace_add,
        num.slot_nb_inplace_add,
        Py_ID.__iadd__,
      ];
    case 1:
      return [
        NB.nb_and,
        num.slot_nb_and,
        Py_ID.__and__,
        Py_ID.__rand__,
        NB.nb_inplace_and,
        num.slot_nb_inplace_and,
        Py_ID.__iand__,
      ];
    case 2:
      return [
        NB.nb_floor_divide,
        num.slot_nb_floor_divide,
        Py_ID.__floordiv__,
        Py_ID.__rfloordiv__,
        NB.nb_inplace_floor_divide,
        num.slot_nb_inplace_floor_divide,
        Py_ID.__ifloordiv__,
      ];
    case 3:
      return [
        NB.nb_lshift,
        num.slot_nb_lshift,
        Py_ID.__lshift__,
        Py_ID.__rlshift__,
        NB.nb_inplace_lshift,
        num.slot_nb_inplace_lshift,
        Py_ID.__ilshift__,
      ];
    case 4:
      return [
        NB.nb_matrix_multiply,
        num.slot_nb_matrix_multiply,
        Py_ID.__matmul__,
        Py_ID.__rmatmul__,
        NB.nb_inplace_matrix_multiply,
        num.slot_nb_inplace_matrix_multiply,
        Py_ID.__imatmul__,
      ];
    case 5:
      return [
        NB.nb_multiply,
        num.slot_nb_multiply,
        Py_ID.__mul__,
        Py_ID.__rmul__,
        NB.nb_inplace_multiply,
        num.slot_nb_inplace_multiply,
        Py_ID.__imul__,
      ];
    case 6:
      return [
        NB.nb_remainder,
        num.slot_nb_remainder,
        Py_ID.__mod__,
        Py_ID.__rmod__,
        NB.nb_inplace_remainder,
        num.slot_nb_inplace_remainder,
        Py_ID.__imod__,
      ];
    case 7:
      return [
        NB.nb_or,
        num.slot_nb_or,
        Py_ID.__or__,
        Py_ID.__ror__,
        NB.nb_inplace_or,
        num.slot_nb_inplace_or,
        Py_ID.__ior__,
      ];
    case 9:
      return [
        NB.nb_rshift,
        num.slot_nb_rshift,
        Py_ID.__rshift__,
        Py_ID.__rrshift__,
        NB.nb_inplace_rshift,
        num.slot_nb_inplace_rshift,
        Py_ID.__irshift__,
      ];
    case 10:
      return [
        NB.nb_subtract,
        num.slot_nb_subtract,
        Py_ID.__sub__,
        Py_ID.__rsub__,
        NB.nb_inplace_subtract,
        num.slot_nb_inplace_subtract,
        Py_ID.__isub__,
      ];
    case 11:
      return [
        NB.nb_true_divide,
        num.slot_nb_true_divide,
        Py_ID.__truediv__,
        Py_ID.__rtruediv__,
        NB.nb_inplace_true_divide,
        num.slot_nb_inplace_true_divide,
        Py_ID.__itruediv__,
      ];
    case 12:
      return [
        NB.nb_xor,
        num.slot_nb_xor,
        Py_ID.__xor__,
        Py_ID.__rxor__,
        NB.nb_inplace_xor,
        num.slot_nb_inplace_xor,
        Py_ID.__ixor__,
      ];
    default:
      return null;
  }
}
/** v + w, as callFrom calls. */
export function addFrom(frame: number, state: number, v: Ref, w: Ref): number {
  return runFrom(
    frame,
    state,
    () => operatorFrame(0, v, w),
    () => PyNumber_Add(v, w),
  );
}
const IN_PLACE = 1;
const LEFT = 2;
const RIGHT = 3;

/** v op w where the first to be asked, or the first but a built-in type that knows no answer, is a method in Python. */
export function operatorFrame(op: number, v: Ref, w: Ref): number {
  const row = operatorOf(op >= 13 ? op - 13 : op);
  if (row === null) return 0;
  const [slot, python, , , inSlot, inPython] = row;
  if (op >= 13) {
    const own = slotIn(v, T.tp_as_number, inSlot);
    if (own === inPython) return operandFrame(op, v, w, IN_PLACE);
    if (own !== undefined && own !== text[0]) return 0;
  }
  const [tv, tw] = [i32(v + 8), i32(w + 8)];
  const derived = tv !== tw && PyType_IsSubtype(tw, tv);
  if (slotIn(v, T.tp_as_number, slot) === python) return derived ? 0 : operandFrame(op, v, w, LEFT);
  return slotIn(w, T.tp_as_number, slot) === python && !derived ? operandFrame(op, v, w, RIGHT) : 0;
}
function operandFrame(op: number, v: Ref, w: Ref, how: number): number {
  const frame = pushNative(operator, 1, WORDS + 3);
  [v, w, op, how].forEach((x, i) => {
    setPtr(wordOf(frame, i), x);
  });
  return frame;
}
export const operator: MachineSpec = {
  name: 'operator,method',
  run: (frame, result) => {
    const [v, w, op, how] = [0, 1, 2, 3].map((i) => i32(wordOf(frame, i))) as [Ref, Ref, number, number];
    const [slot, python, left, right, , , inPlace] = operatorOf(op >= 13 ? op - 13 : op) as Operator;
    let value = result;
    if (stateOf(frame) === 0) {
      if (how === IN_PLACE) value = ask(frame, 1, v, w, inPlace);
      else if (how === LEFT) value = ask(frame, 1, v, w, left);
      else {
        const native = slotIn(v, T.tp_as_number, slot);
        value = native === undefined || native === text[0] ? Py_NewRef(Py_NotImplemented) : (native(v, w) as Ref);
        if (value !== Py_NotImplemented) return value;
        Py_DECREF(value);
        value = ask(frame, 1, w, v, right);
      }
      if (value < 0) return value;
    }
    dropSlot(frame, 0);
    if (value !== Py_NotImplemented) return value;
    Py_DECREF(value);
    let tried = 0;
    if (how === IN_PLACE) tried = binary_op1(v, w, slot);
    else if (how === LEFT && i32(v + 8) !== i32(w + 8)) {
      const other = slotIn(w, T.tp_as_number, slot);
      if (other === python) tried = vectorcall_maybe(right, w, v);
      else if (other !== undefined && other !== text[0]) tried = other(v, w) as Ref;
    }
    return operatorAfter(op, v, w, tried === 0 ? Py_NewRef(Py_NotImplemented) : tried);
  },
};
