/**
 * Borrowed references in frames, under the policies of 3.14 (compiler/flowgraph/borrow.ts). A slot of a frame whose high word is
 * 1 holds a reference that it does not own: the local variable that it was loaded from does, in this frame or in a caller's.
 * All other slots have 0 there, as free ones have.
 *
 * The instruction BORROWED stands in front of each that may meet such a slot. Where Python code could see the difference,
 * the instruction is carried out here, as 3.14 carries it out; elsewhere what it takes becomes owned, and the loop goes on with it.
 */
import {
  _PyOpcode_num_popped,
  CO_OPTIMIZED,
  LOAD_SPECIAL,
  MIN_INSTRUMENTED_OPCODE,
  OP,
  opcodeCaches,
  opcodeDeopt,
  PyCodeObject,
  PyFunctionObject,
  PyMethodObject,
  PyThreadState,
  PyTypeObject,
  Py_ID,
  Py_TPFLAGS_HEAPTYPE,
  Py_TPFLAGS_METHOD_DESCRIPTOR,
} from '@moult/abi';
import { i32, setI32, setPtr, setU16, u8 } from '../memory/linear.ts';
import { PyNumber_Invert, PyNumber_Negative, PyObject_DelItem, PyObject_GetIter } from '../objects/abstract.ts';
import { PyObject_GetItem, PyObject_SetItem } from '../objects/abstract.ts';
import { PyObject_Vectorcall } from '../objects/call.ts';
import { raise } from '../objects/errors.ts';
import { isBorrowed, own, ownFrame, releaseSlot, TAG } from '../objects/frameslots.ts';
import {
  drop as dropHeld,
  hold,
  Py_DECREF,
  Py_INCREF,
  Py_NewRef,
  Py_SIZE,
  type Ref,
  typeNameOf,
} from '../objects/object.ts';
import {
  _PyObject_GetMethod,
  _PyObject_LookupSpecial,
  PyObject_GetAttr,
  PyObject_IsTrue,
  PyObject_SetAttr,
} from '../objects/objectattr.ts';
import {
  PyBaseObject_Type as OBJECT_TYPE,
  PyBool_Type,
  PyBytes_Type,
  PyExc_TypeError,
  PyFloat_Type,
  PyFunction_Type,
  PyLong_Type,
  PyMethod_Type,
  PyProperty_Type,
  PyUnicode_Type,
  Py_False,
  Py_True,
} from '../objects/static.ts';
import { _PyType_Lookup } from '../objects/typelookup.ts';
import { _PyEvalFramePushAndInit } from './calls.ts';
import { listExtend } from './mergeops.ts';
import { codeName, unboundLocal } from './names.ts';
import { binaryOp, compareOp, containsOp } from './ops.ts';
import { handlePending } from './poll.ts';

/** The frame goes on at `ip` with its stack up to `sp`. */
function goOn(fp: number, ip: number, sp: number): number {
  setI32(fp + 56, ip);
  setI32(fp + 64, (sp - fp - 72) >> 3);
  return 0;
}
/** `n` operands become `res`. */
function finish(fp: number, ip: number, sp: number, n: number, res: Ref): number {
  const base = sp - (n << 3);
  const first = i32(base);
  const borrowed = isBorrowed(base);
  setPtr(base, res);
  if (first !== 0 && !borrowed) Py_DECREF(first);
  for (let p = base + 8; p < sp; p += 8) releaseSlot(p);
  return goOn(fp, ip, base + 8);
}
function release(fp: number, ip: number, sp: number, n: number): number {
  for (let p = sp - (n << 3); p < sp; p += 8) releaseSlot(p);
  return goOn(fp, ip, sp - (n << 3));
}

/** Values whose operators run no Python code: it makes no difference who owns them meanwhile. */
function isPlain(op: Ref): boolean {
  const type = i32(op + 8);
  return (
    type === PyLong_Type ||
    type === PyFloat_Type ||
    type === PyUnicode_Type ||
    type === PyBool_Type ||
    type === PyBytes_Type
  );
}

/**
 * BORROWED at `ip`: carries out the instruction behind it, or prepares its operands. A new frame, or 0: the frame's instr_ptr
 * and stacktop say where to go on.
 */
export function borrowed(tstate: number, fp: number, ip: number, sp: number): number {
  if (u8(ip) === LOAD_SPECIAL) return loadSpecial(fp, ip, sp);
  let at = ip + 2;
  let oparg = u8(at + 1);
  for (; u8(at) === OP.EXTENDED_ARG; oparg = (oparg << 8) | u8(at + 1)) at += 2;
  if (u8(at) >= MIN_INSTRUMENTED_OPCODE) {
    // someone watches the instruction: it is the loop's
    ownFrame(fp);
    return goOn(fp, ip + 2, sp);
  }
  const opcode = opcodeDeopt[u8(at)] as number;
  const next = at + 2 + ((opcodeCaches[opcode] as number) << 1);
  const local = fp + 72 + (oparg << 3);
  switch (opcode) {
    case OP.LOAD_FAST:
    case OP.LOAD_FAST_CHECK:
      if (i32(local) === 0) unboundLocal(fp, oparg);
      copySlot(local, sp);
      return goOn(fp, next, sp + 8);
    case OP.LOAD_FAST_AND_CLEAR:
      moveSlot(local, sp);
      return goOn(fp, next, sp + 8);
    case OP.STORE_FAST: {
      const old = i32(local);
      const kept = isBorrowed(local);
      moveSlot(sp - 8, local);
      goOn(fp, next, sp - 8);
      if (old !== 0 && !kept) Py_DECREF(old);
      return 0;
    }
    case OP.COPY:
      copySlot(sp - (oparg << 3), sp);
      return goOn(fp, next, sp + 8);
    case OP.SWAP:
      swapSlots(sp - 8, sp - (oparg << 3));
      return goOn(fp, next, sp);
    case OP.DELETE_FAST:
    case OP.MAKE_CELL:
      own(local);
      return goOn(fp, ip + 2, sp);
    case OP.CALL:
      return call(tstate, fp, at, sp, oparg, 0);
    case OP.CALL_KW:
      return call(tstate, fp, at, sp, oparg, i32(sp - 8));
    case OP.LOAD_ATTR:
      return loadAttr(fp, ip, next, sp, oparg);
    default:
      return operator(fp, ip, next, sp, opcode, oparg);
  }
}
function copySlot(from: number, to: number): void {
  setI32(to, i32(from));
  setI32(to + 4, i32(from + 4));
  if (i32(from + 4) === 0) Py_INCREF(i32(from));
}
function moveSlot(from: number, to: number): void {
  setI32(to, i32(from));
  setI32(to + 4, i32(from + 4));
  setPtr(from, 0);
}
function swapSlots(a: number, b: number): void {
  const v = i32(a);
  const tag = i32(a + 4);
  setI32(a, i32(b));
  setI32(a + 4, i32(b + 4));
  setI32(b, v);
  setI32(b + 4, tag);
}

/** Instructions of which Python code can be the work; all others own what they take. */
function operator(fp: number, ip: number, next: number, sp: number, opcode: number, oparg: number): number {
  const a = i32(sp - 16);
  const b = i32(sp - 8);
  switch (opcode) {
    case OP.BINARY_OP:
      if (isPlain(a) && isPlain(b)) break;
      return finish(fp, next, sp, 2, binaryOp(oparg, a, b));
    case OP.COMPARE_OP:
      if (isPlain(a) && isPlain(b)) break;
      return finish(fp, next, sp, 2, compareOp(oparg, a, b));
    case OP.CONTAINS_OP:
      if (isPlain(a) && !isHeap(b)) break;
      return finish(fp, next, sp, 2, containsOp(oparg, a, b));
    case OP.BINARY_SUBSCR:
      if (isPlain(b) && !isHeap(a)) break;
      return finish(fp, next, sp, 2, PyObject_GetItem(a, b));
    case OP.STORE_SUBSCR:
      if (isPlain(b) && !isHeap(a)) break;
      PyObject_SetItem(a, b, i32(sp - 24));
      return release(fp, next, sp, 3);
    case OP.DELETE_SUBSCR:
      PyObject_DelItem(a, b);
      return release(fp, next, sp, 2);
    case OP.STORE_ATTR:
      if (usesGenericAttributes(b, codeName(fp, oparg), PyTypeObject.tp_setattro)) break;
      PyObject_SetAttr(b, codeName(fp, oparg), a);
      return release(fp, next, sp, 2);
    case OP.LIST_EXTEND:
      if (!isHeap(b)) break;
      listExtend(i32(sp - ((oparg + 1) << 3)), b);
      return release(fp, next, sp, 1);
    case OP.TO_BOOL:
      if (!isHeap(b)) break;
      return finish(fp, next, sp, 1, Py_NewRef(PyObject_IsTrue(b) ? Py_True : Py_False));
    case OP.GET_ITER:
      if (!isHeap(b)) break;
      return finish(fp, next, sp, 1, PyObject_GetIter(b));
    case OP.UNARY_NEGATIVE:
      return finish(fp, next, sp, 1, PyNumber_Negative(b));
    case OP.UNARY_INVERT:
      return finish(fp, next, sp, 1, PyNumber_Invert(b));
    default:
  }
  for (let p = sp - (_PyOpcode_num_popped(opcode, oparg) << 3); p < sp; p += 8) own(p);
  return goOn(fp, ip + 2, sp);
}
function isHeap(op: Ref): boolean {
  return (i32(i32(op + 8) + PyTypeObject.tp_flags) & Py_TPFLAGS_HEAPTYPE) !== 0;
}
/** The attribute is got or set without running Python code. */
function usesGenericAttributes(owner: Ref, name: Ref, slot: number): boolean {
  const type = i32(owner + 8);
  if (!isHeap(owner)) return true;
  if (slot === PyTypeObject.tp_setattro) {
    const descr = _PyType_Lookup(type, name);
    return descr === 0 && i32(type + slot) === i32(OBJECT_TYPE + slot);
  }
  if (i32(type + slot) !== i32(OBJECT_TYPE + slot)) return false;
  const descr = _PyType_Lookup(type, name);
  return descr === 0 || (i32(descr + 8) !== PyProperty_Type && !isHeap(descr));
}

function loadAttr(fp: number, ip: number, next: number, sp: number, oparg: number): number {
  const name = codeName(fp, oparg >>> 1);
  const owner = i32(sp - 8);
  if ((oparg & 1) === 0) {
    if (usesGenericAttributes(owner, name, PyTypeObject.tp_getattro)) {
      own(sp - 8);
      return goOn(fp, ip + 2, sp);
    }
    return finish(fp, next, sp, 1, PyObject_GetAttr(owner, name));
  }
  // the slot above the top receives the attribute, and is then the stack's
  setPtr(sp, 0);
  const unbound = _PyObject_GetMethod(owner, name, sp);
  const attr = i32(sp);
  const kept = isBorrowed(sp - 8);
  setPtr(sp - 8, attr);
  setPtr(sp, 0);
  if (unbound) {
    setI32(sp, owner);
    setI32(sp + 4, kept ? TAG : 0);
    return goOn(fp, next, sp + 8);
  }
  goOn(fp, next, sp + 8);
  if (!kept) Py_DECREF(owner);
  return 0;
}

/**
 * A method of a manager: the function with the manager behind it, which keeps the reference that it was, or what a descriptor
 * of another kind gives, with NULL behind it. An even number asks for __enter__ or __aenter__, one more for the way out, first.
 */
function loadSpecial(fp: number, ip: number, sp: number): number {
  const which = u8(ip + 1);
  const [enter, exit] = which < 2 ? [Py_ID.__enter__, Py_ID.__exit__] : [Py_ID.__aenter__, Py_ID.__aexit__];
  const name = (which & 1) === 0 ? enter : exit;
  const owner = i32(sp - 8);
  const type = i32(owner + 8);
  if (_PyType_Lookup(type, enter) === 0) noManager(owner, which, '');
  const method = _PyType_Lookup(type, name);
  if (method === 0) noManager(owner, which, ` (missed ${which < 2 ? '__exit__' : '__aexit__'} method)`);
  if ((i32(i32(method + 8) + PyTypeObject.tp_flags) & Py_TPFLAGS_METHOD_DESCRIPTOR) !== 0) {
    moveSlot(sp - 8, sp);
    setPtr(sp - 8, Py_NewRef(method));
    return goOn(fp, ip + 2, sp + 8);
  }
  const bound = _PyObject_LookupSpecial(owner, name);
  const kept = isBorrowed(sp - 8);
  setPtr(sp - 8, bound);
  setPtr(sp, 0);
  goOn(fp, ip + 2, sp + 8);
  if (!kept) Py_DECREF(owner);
  return 0;
}
function noManager(owner: Ref, which: number, missed: string): never {
  const kind = which < 2 ? 'context manager' : 'asynchronous context manager';
  raise(PyExc_TypeError, `'${typeNameOf(owner)}' object does not support the ${kind} protocol${missed}`);
}

function localsOf(func: Ref): Ref {
  const code = i32(func + PyFunctionObject.func_code);
  return (i32(code + PyCodeObject.co_flags) & CO_OPTIMIZED) !== 0
    ? 0
    : Py_NewRef(i32(func + PyFunctionObject.func_globals));
}

/** CALL and CALL_KW at `at`: [callable, self or NULL, arguments…, names?]. */
function call(tstate: number, fp: number, at: number, sp: number, oparg: number, kwnames: Ref): number {
  const end = kwnames !== 0 ? sp - 8 : sp;
  const base = end - ((oparg + 2) << 3);
  const next = at + (kwnames !== 0 ? 2 : 8);
  setI32(fp + 56, at);
  let callable = i32(base);
  if (i32(base + 8) === 0 && i32(callable + 8) === PyMethod_Type) {
    own(base);
    setPtr(base + 8, Py_NewRef(i32(callable + PyMethodObject.im_self)));
    const func = Py_NewRef(i32(callable + PyMethodObject.im_func));
    setPtr(base, func);
    Py_DECREF(callable);
    callable = func;
  }
  const args = i32(base + 8) !== 0 ? base + 8 : base + 16;
  const total = (end - args) >> 3;
  const positional = total - (kwnames === 0 ? 0 : Py_SIZE(kwnames));
  if (i32(callable + 8) !== PyFunction_Type) {
    const res = PyObject_Vectorcall(callable, args, positional, kwnames);
    if (kwnames !== 0) releaseSlot(end);
    finish(fp, next, end, oparg + 2, res);
    if (u8(tstate + PyThreadState.eval_breaker) !== 0) handlePending(tstate);
    setI32(fp + 56, next);
    return 0;
  }
  own(base);
  const lent: Ref[] = [];
  for (let p = args; p < end; p += 8) {
    if (!isBorrowed(p)) continue;
    lent.push(i32(p));
    own(p);
  }
  const locals = localsOf(callable);
  const m = hold(locals);
  const frame = _PyEvalFramePushAndInit(tstate, callable, locals, args, positional, kwnames, true);
  dropHeld(m);
  // the callable's reference and the arguments' are the frame's now
  setPtr(base, 0);
  setPtr(base + 8, 0);
  if (kwnames !== 0) releaseSlot(end);
  for (const value of lent) lend(frame, value);
  setI32(fp + 64, (base - fp - 72) >> 3);
  setU16(fp + 68, (next - at) >> 1);
  return frame;
}
/** A parameter that holds `value` gives its reference back: the caller keeps one for as long. */
function lend(frame: number, value: Ref): void {
  const code = i32(frame);
  const params = i32(code + PyCodeObject.co_argcount) + i32(code + PyCodeObject.co_kwonlyargcount);
  for (let i = 0; i < params; i++) {
    const slot = frame + 72 + (i << 3);
    if (i32(slot) !== value || isBorrowed(slot)) continue;
    setI32(slot + 4, TAG);
    Py_DECREF(value);
    return;
  }
}
