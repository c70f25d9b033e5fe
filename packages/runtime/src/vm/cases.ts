/**
 * Instructions outlined from the loop. Mirrors Python/bytecodes.c.
 *
 * V8 compiles the loop as a whole each time it learns of a path that it had not seen: what lies here keeps that short,
 * and is compiled by itself. Each gets the stack's top and returns the new one, or 0 where the guard failed or the
 * instruction was specialised: it is dispatched again, with nothing changed. Where one throws the loop unwinds from the
 * old top: a slot whose reference was taken is NULL by then.
 */
import { _PyInterpreterFrame, OP, PyCodeObject, PyThreadState } from '@moult/abi';
import { f64, i32, setF64, setI32, setPtr, setU16, setU8, u16, u8 } from '../memory/linear.ts';
import { PyList_New, _PyList_AppendTakeRef, _PyList_FromArraySteal } from '../objects/listobject.ts';
import { PyObject_GetIter, PyObject_GetItem, PyObject_SetItem } from '../objects/abstract.ts';
import { PyObject_IsTrue, PyObject_SetAttr } from '../objects/objectattr.ts';
import { PyFloat_FromDouble } from '../objects/floatobject.ts';
import { _PyLong_Add, _PyLong_Multiply, _PyLong_Subtract, PyLong_FromLong } from '../objects/longobject.ts';
import { _Py_Dealloc, Py_DECREF, Py_DECREF as decref, Py_INCREF, Py_NewRef } from '../objects/object.ts';
import {
  PyDict_Type,
  PyFloat_Type,
  PyFunction_Type,
  PyList_Type,
  PyListIter_Type,
  PyLong_Type,
  PyMethod_Type,
  PyRangeIter_Type,
  PyTuple_Type,
  PyUnicode_Type,
  Py_False,
  Py_None,
  Py_True,
} from '../objects/static.ts';
import { _PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import * as ops from './ops.ts';
import * as names from './names.ts';
import * as spec from './specialize.ts';
import * as fast from './fastops.ts';
import * as calls from './callops.ts';
import { _Py_Instrument } from './instrument.ts';
import { popFrame } from './unwind.ts';
import { handlePending } from './poll.ts';

/** Deallocates those of the two, v first, whose count has fallen to 0. */
export function deallocDead(v: number, w: number): void {
  if (i32(v) === 0) _Py_Dealloc(v);
  if (w !== v && i32(w) === 0) _Py_Dealloc(w);
}

/** BINARY_OP_ADD_INT: the sum; releases both ints. Small ints are immortal here: the instruction is of 3.12 on. */
export function addInts(v: number, w: number): number {
  let x = 0;
  if (i32(v + 16) < 16 && i32(w + 16) < 16) {
    x = Math.imul(1 - (i32(v + 16) & 3), i32(v + 24)) + Math.imul(1 - (i32(w + 16) & 3), i32(w + 24));
    x = x >= -5 && x <= 256 ? 9784704 + ((x + 5) << 5) : PyLong_FromLong(x);
  } else x = _PyLong_Add(v, w);
  Py_DECREF(v);
  Py_DECREF(w);
  return x;
}
/** BINARY_OP_SUBTRACT_INT */
export function subtractInts(v: number, w: number): number {
  let x = 0;
  if (i32(v + 16) < 16 && i32(w + 16) < 16) {
    x = Math.imul(1 - (i32(v + 16) & 3), i32(v + 24)) - Math.imul(1 - (i32(w + 16) & 3), i32(w + 24));
    x = x >= -5 && x <= 256 ? 9784704 + ((x + 5) << 5) : PyLong_FromLong(x);
  } else x = _PyLong_Subtract(v, w);
  Py_DECREF(v);
  Py_DECREF(w);
  return x;
}

/** FOR_ITER_RANGE: the next int, or 0 at the end. */
export function rangeNext(v: number): number {
  if (i32(v + 32) > 0 && i32(v + 36) === 0) {
    // a start that fits 32 bits and a small step: the usual case
    const x = i32(v + 16);
    const y = i32(v + 24);
    if (x >> 31 === i32(v + 20) && y >> 31 === i32(v + 28) && ((x + y) | 0) === x + y) {
      setI32(v + 16, x + y);
      setI32(v + 20, (x + y) >> 31);
      setI32(v + 32, i32(v + 32) - 1);
      return x >= -5 && x <= 256 ? 9784704 + ((x + 5) << 5) : PyLong_FromLong(x);
    }
  }
  return fast.rangeNext(v);
}

/** FOR_ITER_LIST, FOR_ITER_TUPLE, FOR_ITER_RANGE: the iterator on top has no more. */
export function endLoop(fp: number, ip: number, sp: number): number {
  const it = i32(sp - 8);
  if (i32(it + 8) !== PyRangeIter_Type) {
    const seq = i32(it + 24);
    if (seq !== 0) {
      if (i32(it + 8) === PyListIter_Type) {
        setI32(it + 16, -1);
        setI32(it + 20, -1);
      }
      setI32(it + 24, 0);
      setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
      setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
      decref(seq);
    }
  }
  decref(it);
  return sp - 8;
}

/** RESUME: 0 where the code was brought up to the events that are watched now, to be run again. */
export function opResume(tstate: number, fp: number, ip: number, sp: number, oparg: number): number {
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  const code = i32(fp);
  if ((i32(tstate + PyThreadState.eval_breaker) & ~255) !== i32(code + PyCodeObject._co_instrumentation_version)) {
    _Py_Instrument(code);
    return 0;
  }
  if ((oparg & 3) < 2 && u8(tstate + PyThreadState.eval_breaker) !== 0) handlePending(tstate);
  setU8(ip, OP.RESUME_CHECK);
  return sp;
}

/** LOAD_FAST_AND_CLEAR */
export function opLoadFastAndClear(fp: number, stack: number, oparg: number): number {
  let sp = stack;
  const v = fp + _PyInterpreterFrame.localsplus + (oparg << 3);
  setPtr(sp, i32(v));
  setI32(v, 0);
  sp = sp + 8;
  return sp;
}

/** STORE_FAST_STORE_FAST */
export function opStoreFastStoreFast(fp: number, ip: number, stack: number, oparg: number): number {
  let sp = stack;
  let w = 0;
  let v = fp + _PyInterpreterFrame.localsplus + ((oparg >>> 4) << 3);
  w = i32(v);
  sp = sp - 8;
  setPtr(v, i32(sp));
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  if (w !== 0) {
    setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
    decref(w);
  }
  v = fp + _PyInterpreterFrame.localsplus + ((oparg & 15) << 3);
  w = i32(v);
  sp = sp - 8;
  setPtr(v, i32(sp));
  if (w !== 0) {
    setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
    decref(w);
  }
  return sp;
}

/** DELETE_FAST */
export function opDeleteFast(fp: number, ip: number, sp: number, oparg: number): number {
  let w = 0;
  const v = fp + _PyInterpreterFrame.localsplus + (oparg << 3);
  w = i32(v);
  if (w === 0) names.unboundLocal(fp, oparg);
  setI32(v, 0);
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  decref(w);
  return sp;
}

/** END_FOR */
export function opEndFor(stack: number): number {
  let sp = stack;
  sp = sp - 8;
  decref(i32(sp));
  return sp;
}

/** END_SEND */
export function opEndSend(fp: number, ip: number, stack: number): number {
  let sp = stack;
  const v = i32(sp - 16);
  setPtr(sp - 16, i32(sp - 8));
  sp = sp - 8;
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  decref(v);
  return sp;
}

/** TO_BOOL */
export function opToBool(fp: number, ip: number, sp: number): number {
  let w = 0;
  let v = u16(ip + 2);
  if (v < 16) {
    spec.toBool(ip, sp);
    if (u8(ip) !== OP.TO_BOOL) return 0;
  } else setU16(ip + 2, v - 16);
  v = i32(sp - 8);
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  w = Py_NewRef(PyObject_IsTrue(v) ? Py_True : Py_False);
  setPtr(sp - 8, w);
  decref(v);
  return sp;
}

/** IS_OP */
export function opIsOp(fp: number, ip: number, stack: number, oparg: number): number {
  let sp = stack;
  let w = 0;
  let x = 0;
  const v = i32(sp - 16);
  w = i32(sp - 8);
  x = Py_NewRef((v === w) === (oparg === 0) ? Py_True : Py_False);
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  ops.finish2(sp, x);
  sp = sp - 8;
  return sp;
}

/** BINARY_OP */
export function opBinaryOp(fp: number, ip: number, stack: number, oparg: number): number {
  let sp = stack;
  const v = u16(ip + 2);
  if (v < 16) {
    spec.binaryOp(fp, ip, sp, oparg);
    if (u8(ip) !== OP.BINARY_OP) return 0;
  } else setU16(ip + 2, v - 16);
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  ops.finish2(sp, ops.binaryOp(oparg, i32(sp - 16), i32(sp - 8)));
  sp = sp - 8;
  return sp;
}

/** BINARY_OP_MULTIPLY_INT */
export function opBinaryOpMultiplyInt(stack: number): number {
  let sp = stack;
  let w = 0;
  let x = 0;
  const v = i32(sp - 16);
  w = i32(sp - 8);
  if (i32(v + 8) !== PyLong_Type || i32(w + 8) !== PyLong_Type) {
    return 0;
  }
  x = _PyLong_Multiply(v, w);
  setI32(sp - 16, x);
  sp = sp - 8;
  Py_DECREF(v);
  Py_DECREF(w);
  return sp;
}

/** BINARY_OP_ADD_FLOAT, BINARY_OP_SUBTRACT_FLOAT, BINARY_OP_MULTIPLY_FLOAT */
export function opBinaryOpAddFloat(opcode: number, stack: number): number {
  let sp = stack;
  let w = 0;
  let x = 0;
  const v = i32(sp - 16);
  w = i32(sp - 8);
  if (i32(v + 8) !== PyFloat_Type || i32(w + 8) !== PyFloat_Type) {
    return 0;
  }
  // the left operand is reused if this was its last reference, else the right one
  sp = sp - 8;
  if (i32(v) === 1) x = v;
  else if (i32(w) === 1) x = w;
  else x = PyFloat_FromDouble(0);
  if (opcode === OP.BINARY_OP_ADD_FLOAT) setF64(x + 16, f64(v + 16) + f64(w + 16));
  else if (opcode === OP.BINARY_OP_SUBTRACT_FLOAT) setF64(x + 16, f64(v + 16) - f64(w + 16));
  else setF64(x + 16, f64(v + 16) * f64(w + 16));
  setI32(sp - 8, x);
  if (x === v) decref(w);
  else if (x === w) decref(v);
  else {
    decref(v);
    decref(w);
  }
  return sp;
}

/** BINARY_OP_ADD_UNICODE */
export function opBinaryOpAddUnicode(stack: number): number {
  let sp = stack;
  let w = 0;
  const v = i32(sp - 16);
  w = i32(sp - 8);
  if (i32(v + 8) !== PyUnicode_Type || i32(w + 8) !== PyUnicode_Type) {
    return 0;
  }
  ops.finish2(sp, fast.concat(v, w));
  sp = sp - 8;
  return sp;
}

/** BINARY_OP_INPLACE_ADD_UNICODE */
export function opBinaryOpInplaceAddUnicode(fp: number, ip: number, stack: number): number {
  let sp = stack;
  let x = 0;
  const v = i32(sp - 16);
  x = fp + _PyInterpreterFrame.localsplus + ((u16(ip + 4) >>> 8) << 3);
  if (i32(v + 8) !== PyUnicode_Type || i32(i32(sp - 8) + 8) !== PyUnicode_Type || i32(x) !== v) {
    return 0;
  }
  fast.appendInPlace(x, sp);
  sp = sp - 16;
  return sp;
}

/** COMPARE_OP */
export function opCompareOp(fp: number, ip: number, stack: number, oparg: number): number {
  let sp = stack;
  const v = u16(ip + 2);
  if (v < 16) {
    spec.compareOp(ip, sp, oparg);
    if (u8(ip) !== OP.COMPARE_OP) return 0;
  } else setU16(ip + 2, v - 16);
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  ops.finish2(sp, ops.compareOp(oparg, i32(sp - 16), i32(sp - 8)));
  sp = sp - 8;
  return sp;
}

/** COMPARE_OP_FLOAT */
export function opCompareOpFloat(stack: number, oparg: number): number {
  let sp = stack;
  let w = 0;
  let x = 0;
  const v = i32(sp - 16);
  w = i32(sp - 8);
  if (i32(v + 8) !== PyFloat_Type || i32(w + 8) !== PyFloat_Type) {
    return 0;
  }
  x = f64(v + 16) < f64(w + 16) ? 2 : f64(v + 16) > f64(w + 16) ? 4 : f64(v + 16) === f64(w + 16) ? 8 : 1;
  sp = sp - 8;
  setI32(sp - 8, (oparg & x) !== 0 ? Py_True : Py_False);
  decref(v);
  decref(w);
  return sp;
}

/** COMPARE_OP_STR */
export function opCompareOpStr(stack: number, oparg: number): number {
  let sp = stack;
  let w = 0;
  let x = 0;
  const v = i32(sp - 16);
  w = i32(sp - 8);
  if (i32(v + 8) !== PyUnicode_Type || i32(w + 8) !== PyUnicode_Type) {
    return 0;
  }
  x = v === w || fast.unicodeEqual(v, w) ? 8 : 6;
  sp = sp - 8;
  setI32(sp - 8, (oparg & x) !== 0 ? Py_True : Py_False);
  decref(v);
  decref(w);
  return sp;
}

/** CONTAINS_OP_DICT, CONTAINS_OP_SET */
export function opContainsOpDict(fp: number, ip: number, stack: number, oparg: number): number {
  let sp = stack;
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  ops.finish2(sp, ops.containsOp(oparg, i32(sp - 16), i32(sp - 8)));
  sp = sp - 8;
  return sp;
}

/** BINARY_SUBSCR */
export function opBinarySubscr(fp: number, ip: number, stack: number): number {
  let sp = stack;
  const v = u16(ip + 2);
  if (v < 16) {
    spec.binarySubscr(ip, sp);
    if (u8(ip) !== OP.BINARY_SUBSCR) return 0;
  } else setU16(ip + 2, v - 16);
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  ops.finish2(sp, PyObject_GetItem(i32(sp - 16), i32(sp - 8)));
  sp = sp - 8;
  return sp;
}

/** BINARY_SUBSCR_TUPLE_INT */
export function opBinarySubscrTupleInt(fp: number, ip: number, stack: number): number {
  let sp = stack;
  let w = 0;
  let x = 0;
  const v = i32(sp - 16);
  w = i32(sp - 8);
  if (i32(v + 8) !== PyTuple_Type || i32(w + 8) !== PyLong_Type || (i32(w + 16) & -9) > 1) {
    return 0;
  }
  x = i32(w + 24);
  if (x >= i32(v + 16)) {
    return 0;
  }
  x = i32(v + 24 + (x << 3));
  Py_INCREF(x);
  setI32(sp - 16, x);
  sp = sp - 8;
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  Py_DECREF(w);
  Py_DECREF(v);
  return sp;
}

/** BINARY_SUBSCR_STR_INT */
export function opBinarySubscrStrInt(stack: number): number {
  let sp = stack;
  const x = fast.strItem(i32(sp - 16), i32(sp - 8));
  if (x === 0) {
    return 0;
  }
  ops.finish2(sp, x);
  sp = sp - 8;
  return sp;
}

/** BINARY_SUBSCR_DICT; -1: an exception is set. */
export function opBinarySubscrDict(fp: number, ip: number, stack: number): number {
  let sp = stack;
  const v = i32(sp - 16);
  if (i32(v + 8) !== PyDict_Type) {
    return 0;
  }
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  const x = fast.dictSubscript(v, i32(sp - 8));
  if (x === 0) return -1;
  ops.finish2(sp, x);
  sp = sp - 8;
  return sp;
}

/** STORE_SUBSCR */
export function opStoreSubscr(fp: number, ip: number, stack: number): number {
  let sp = stack;
  const v = u16(ip + 2);
  if (v < 16) {
    spec.storeSubscr(ip, sp);
    if (u8(ip) !== OP.STORE_SUBSCR) return 0;
  } else setU16(ip + 2, v - 16);
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  PyObject_SetItem(i32(sp - 16), i32(sp - 8), i32(sp - 24));
  ops.popn(sp, 3);
  sp = sp - 24;
  return sp;
}

/** STORE_SUBSCR_LIST_INT */
export function opStoreSubscrListInt(fp: number, ip: number, stack: number): number {
  let sp = stack;
  let w = 0;
  let x = 0;
  let y = 0;
  const v = i32(sp - 16);
  w = i32(sp - 8);
  if (
    i32(v + 8) !== PyList_Type ||
    i32(w + 8) !== PyLong_Type ||
    (i32(w + 16) & -9) > 1 ||
    i32(w + 24) >= i32(v + 16)
  ) {
    return 0;
  }
  x = i32(v + 24) + (i32(w + 24) << 3);
  y = i32(x);
  setI32(x, i32(sp - 24));
  setI32(sp - 24, y);
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  ops.popn(sp, 3);
  sp = sp - 24;
  return sp;
}

/** STORE_SUBSCR_DICT */
export function opStoreSubscrDict(fp: number, ip: number, stack: number): number {
  let sp = stack;
  const v = i32(sp - 16);
  if (i32(v + 8) !== PyDict_Type) {
    return 0;
  }
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  fast.dictStore(sp);
  sp = sp - 24;
  return sp;
}

/** LOAD_GLOBAL */
export function opLoadGlobal(fp: number, ip: number, stack: number, oparg: number): number {
  let sp = stack;
  const v = u16(ip + 2);
  if (v < 16) {
    spec.loadGlobal(fp, ip, oparg >>> 1);
    if (u8(ip) !== OP.LOAD_GLOBAL) return 0;
  } else setU16(ip + 2, v - 16);
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  setPtr(sp, names.loadGlobal(fp, oparg >>> 1));
  sp = sp + 8;
  if ((oparg & 1) !== 0) {
    setPtr(sp, 0);
    sp = sp + 8;
  }
  return sp;
}

/** LOAD_NAME */
export function opLoadName(fp: number, ip: number, stack: number, oparg: number): number {
  let sp = stack;
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  setPtr(sp, names.loadName(fp, oparg));
  sp = sp + 8;
  return sp;
}

/** STORE_NAME */
export function opStoreName(fp: number, ip: number, stack: number, oparg: number): number {
  let sp = stack;
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  names.storeName(fp, sp, oparg);
  sp = sp - 8;
  return sp;
}

/** STORE_DEREF */
export function opStoreDeref(fp: number, ip: number, stack: number, oparg: number): number {
  let sp = stack;
  let w = 0;
  const x = i32(fp + _PyInterpreterFrame.localsplus + (oparg << 3)) + 16;
  w = i32(x);
  sp = sp - 8;
  setPtr(x, i32(sp));
  if (w !== 0) {
    setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
    setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
    decref(w);
  }
  return sp;
}

/** LOAD_ATTR */
export function opLoadAttr(fp: number, ip: number, stack: number, oparg: number): number {
  let sp = stack;
  const v = u16(ip + 2);
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  if (v < 16) {
    spec.loadAttr(fp, ip, sp, oparg);
    if (u8(ip) !== OP.LOAD_ATTR) return 0;
  } else setU16(ip + 2, v - 16);
  sp = names.loadAttr(fp, sp, oparg);
  return sp;
}

/** LOAD_ATTR_METHOD_LAZY_DICT, LOAD_ATTR_MODULE, LOAD_ATTR_SLOT, LOAD_ATTR_CLASS, LOAD_ATTR_WITH_HINT, LOAD_ATTR_NONDESCRIPTOR_NO_DICT, LOAD_ATTR_NONDESCRIPTOR_WITH_VALUES */
export function opLoadAttrMethodLazyDict(opcode: number, fp: number, ip: number, stack: number, oparg: number): number {
  let sp = stack;
  let v = 0;
  let x = 0;
  // the attribute as a new reference; 0: the guard failed
  v = i32(sp - 8);
  x = fast.loadAttr(opcode, v, ip, fp, oparg);
  if (x === 0) {
    return 0;
  }
  setPtr(sp - 8, x);
  if (opcode === OP.LOAD_ATTR_METHOD_LAZY_DICT) {
    setPtr(sp, v);
    sp = sp + 8;
    return sp;
  }
  if ((oparg & 1) !== 0) {
    setPtr(sp, 0);
    sp = sp + 8;
  }
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  decref(v);
  return sp;
}

/** STORE_ATTR */
export function opStoreAttr(fp: number, ip: number, stack: number, oparg: number): number {
  let sp = stack;
  const v = u16(ip + 2);
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  if (v < 16) {
    spec.storeAttr(fp, ip, sp, oparg);
    if (u8(ip) !== OP.STORE_ATTR) return 0;
  } else setU16(ip + 2, v - 16);
  PyObject_SetAttr(i32(sp - 8), i32(i32(i32(fp) + 32) + 24 + (oparg << 3)), i32(sp - 16));
  ops.popn(sp, 2);
  sp = sp - 16;
  return sp;
}

/** STORE_ATTR_SLOT, STORE_ATTR_WITH_HINT */
export function opStoreAttrSlot(opcode: number, fp: number, ip: number, stack: number, oparg: number): number {
  let sp = stack;
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  if (!fast.storeAttr(opcode, fp, ip, sp, oparg)) {
    return 0;
  }
  sp = sp - 16;
  return sp;
}

/** GET_ITER */
export function opGetIter(fp: number, ip: number, sp: number): number {
  let v = 0;
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  v = i32(sp - 8);
  setPtr(sp - 8, PyObject_GetIter(v));
  decref(v);
  return sp;
}

/** CALL_BUILTIN_O, CALL_BUILTIN_FAST, CALL_BUILTIN_FAST_WITH_KEYWORDS, CALL_METHOD_DESCRIPTOR_O, CALL_METHOD_DESCRIPTOR_NOARGS, CALL_METHOD_DESCRIPTOR_FAST, CALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS, CALL_NON_PY_GENERAL, CALL_BUILTIN_CLASS, CALL_STR_1, CALL_TUPLE_1, CALL_TYPE_1, CALL_LEN, CALL_ISINSTANCE */
export function opCallBuiltinO(
  tstate: number,
  opcode: number,
  fp: number,
  ip: number,
  stack: number,
  oparg: number,
): number {
  let sp = stack;
  let x = 0;
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  x = calls.callNative(opcode, sp, oparg);
  if (x === 0) {
    return 0;
  }
  ops.finishCall(sp, oparg + 2, x);
  sp = sp - ((oparg + 1) << 3);
  if (u8(tstate + PyThreadState.eval_breaker) !== 0) {
    setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
    handlePending(tstate);
  }
  return sp;
}

/** CALL_LIST_APPEND */
export function opCallListAppend(fp: number, ip: number, stack: number, oparg: number): number {
  let sp = stack;
  let x = 0;
  const v = i32(sp - 16);
  if (oparg !== 1 || i32(sp - 24) !== calls.listAppend() || v === 0 || i32(v + 8) !== PyList_Type) {
    return 0;
  }
  sp = sp - 8;
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  x = i32(sp);
  setI32(sp, 0);
  _PyList_AppendTakeRef(v, x);
  sp = sp - 16;
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  Py_DECREF(v);
  decref(i32(sp));
  // the POP_TOP that follows is skipped
  return sp;
}

/** BUILD_TUPLE */
export function opBuildTuple(stack: number, oparg: number): number {
  let sp = stack;
  let x = 0;
  sp = sp - (oparg << 3);
  x = _PyTuple_FromArraySteal(sp, oparg);
  setPtr(sp, x);
  sp = sp + 8;
  return sp;
}

/** BUILD_LIST */
export function opBuildList(stack: number, oparg: number): number {
  let sp = stack;
  let x = 0;
  sp = sp - (oparg << 3);
  x = oparg === 0 ? PyList_New(0) : _PyList_FromArraySteal(sp, oparg);
  setPtr(sp, x);
  sp = sp + 8;
  return sp;
}

/** LIST_APPEND */
export function opListAppend(stack: number, oparg: number): number {
  let sp = stack;
  const x = i32(sp - 8);
  setI32(sp - 8, 0);
  _PyList_AppendTakeRef(i32(sp - ((oparg + 1) << 3)), x);
  sp = sp - 8;
  return sp;
}

/** UNPACK_SEQUENCE, UNPACK_SEQUENCE_LIST, UNPACK_SEQUENCE_TUPLE */
export function opUnpackSequence(opcode: number, fp: number, ip: number, stack: number, oparg: number): number {
  let sp = stack;
  let v = 0;
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  if (opcode === OP.UNPACK_SEQUENCE) {
    v = u16(ip + 2);
    if (v < 16) {
      spec.unpackSequence(ip, sp, oparg);
      if (u8(ip) !== OP.UNPACK_SEQUENCE) return 0;
    } else setU16(ip + 2, v - 16);
  }
  sp = ops.unpackSequence(sp, oparg);
  return sp;
}

/** UNPACK_SEQUENCE_TWO_TUPLE */
export function opUnpackSequenceTwoTuple(stack: number): number {
  let sp = stack;
  let w = 0;
  const v = i32(sp - 8);
  if (i32(v + 8) !== PyTuple_Type || i32(v + 16) !== 2) {
    return 0;
  }
  w = i32(v + 32);
  Py_INCREF(w);
  setI32(sp - 8, w);
  w = i32(v + 24);
  Py_INCREF(w);
  setPtr(sp, w);
  sp = sp + 8;
  Py_DECREF(v);
  return sp;
}

/** TO_BOOL_NONE */
export function opToBoolNone(sp: number): number {
  if (i32(sp - 8) !== Py_None) {
    return 0;
  }
  setI32(sp - 8, Py_False);
  return sp;
}

/** TO_BOOL_INT, TO_BOOL_LIST, TO_BOOL_STR */
export function opToBoolInt(opcode: number, fp: number, ip: number, sp: number): number {
  let w = 0;
  const v = i32(sp - 8);
  w = opcode === OP.TO_BOOL_INT ? PyLong_Type : opcode === OP.TO_BOOL_LIST ? PyList_Type : PyUnicode_Type;
  if (i32(v + 8) !== w) {
    return 0;
  }
  // an int that is 0 has tag 1; a list and a str have their length there
  setI32(sp - 8, i32(v + 16) === (opcode === OP.TO_BOOL_INT ? 1 : 0) ? Py_False : Py_True);
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  Py_DECREF(v);
  return sp;
}

/** TO_BOOL_ALWAYS_TRUE */
export function opToBoolAlwaysTrue(fp: number, ip: number, sp: number): number {
  const v = i32(sp - 8);
  if (i32(i32(v + 8) + 384) !== i32(ip + 4)) {
    return 0;
  }
  setI32(sp - 8, Py_True);
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  decref(v);
  return sp;
}

/** CALL_PY_EXACT_ARGS, CALL_BOUND_METHOD_EXACT_ARGS: the new frame, filled; 0 where the guard failed. */
export function pushExact(tstate: number, opcode: number, fp: number, ip: number, sp: number, oparg: number): number {
  let args = sp - (oparg << 3);
  let func = i32(args - 16);
  if (opcode === OP.CALL_BOUND_METHOD_EXACT_ARGS) {
    if (i32(args - 8) !== 0 || i32(func + 8) !== PyMethod_Type || i32(i32(func + 16) + 136) !== i32(ip + 4)) return 0;
    setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
    calls.unpackMethod(args);
    func = i32(args - 16);
  }
  let n = oparg;
  // the callable's slot is the caller's new top
  const top = args - 16;
  if (i32(args - 8) !== 0) {
    args = args - 8;
    n = n + 1;
  }
  const code = i32(func + 48);
  const x = i32(tstate + 240);
  const end = x + (i32(code + 76) << 3);
  if (
    i32(func + 8) !== PyFunction_Type ||
    i32(func + 136) !== i32(ip + 4) ||
    i32(code + 52) !== n ||
    end >= i32(tstate + 248) ||
    i32(tstate + PyThreadState.py_recursion_remaining) <= 1
  ) {
    return 0;
  }
  setI32(tstate + 240, end);
  setPtr(x, code);
  Py_INCREF(code);
  setPtr(x + 16, func);
  setPtr(x + 24, i32(func + 16));
  setPtr(x + 32, i32(func + 24));
  setPtr(x + 40, 0);
  setPtr(x + 48, 0);
  setPtr(x + _PyInterpreterFrame.instr_ptr, code + 200);
  const locals = i32(code + 72);
  setI32(x + _PyInterpreterFrame.stacktop, locals);
  setI32(x + _PyInterpreterFrame.return_offset, 0);
  let to = x + _PyInterpreterFrame.localsplus;
  const filled = to + (n << 3);
  for (; to < filled; to = to + 8, args = args + 8) setPtr(to, i32(args));
  for (const last = x + _PyInterpreterFrame.localsplus + (locals << 3); to < last; to = to + 8) setPtr(to, 0);
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (top - fp - _PyInterpreterFrame.localsplus) >> 3);
  setU16(fp + _PyInterpreterFrame.return_offset, 4);
  return x;
}

/** The frame `fp` has returned: plain values die here, all else (and all of other policies, 0x400038) in popFrame. */
export function endFrame(tstate: number, fp: number): void {
  if (
    i32(0x400038) === 313 &&
    u8(fp + 70) === 0 &&
    i32(fp + _PyInterpreterFrame.frame_obj) === 0 &&
    i32(fp + _PyInterpreterFrame.f_locals) === 0
  ) {
    let p = fp + _PyInterpreterFrame.localsplus;
    const end = p + (i32(fp + _PyInterpreterFrame.stacktop) << 3);
    for (; p < end; p = p + 8) {
      const v = i32(p);
      if (v === 0) continue;
      const rc = i32(v);
      if (rc === 1 && i32(v + 8) !== PyLong_Type && i32(v + 8) !== PyFloat_Type) break;
      setI32(p, 0);
      if (rc >= 0) {
        setI32(v, rc - 1);
        if (rc === 1) _Py_Dealloc(v);
      }
    }
    const func = i32(fp + _PyInterpreterFrame.f_funcobj);
    if (p === end && i32(func) !== 1 && fp !== i32(tstate + PyThreadState.datastack_chunk) + 24) {
      Py_DECREF(func);
      Py_DECREF(i32(fp));
      setI32(tstate + PyThreadState.datastack_top, fp);
      return;
    }
  }
  popFrame(tstate, fp);
}
