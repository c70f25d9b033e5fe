/** Subscripts, containers and iteration outlined from the loop (cases.ts says how). Mirrors Python/bytecodes.c. */
import { _PyInterpreterFrame, OP } from '@moult/abi';
import { i32, setI32, setPtr, setU16, u16, u8 } from '../memory/linear.ts';
import { PyObject_GetItem, PyObject_GetIter, PyObject_SetItem } from '../objects/abstract.ts';
import { _PyList_AppendTakeRef, _PyList_FromArraySteal, PyList_New } from '../objects/listobject.ts';
import { PyLong_FromLong } from '../objects/longobject.ts';
import { Py_DECREF, Py_DECREF as decref, Py_INCREF } from '../objects/object.ts';
import {
  PyDict_Type,
  PyList_Type,
  PyListIter_Type,
  PyLong_Type,
  PyRangeIter_Type,
  PyTuple_Type,
} from '../objects/static.ts';
import { _PyTuple_FromArraySteal } from '../objects/tupleobject.ts';
import { getItemFrame, iterFrame, ofHeapType, setItemFrame } from '../objects/nativeslots.ts';
import { byFrame, END_DROP, END_REPLACE } from './nativeloop.ts';
import * as ops from './ops.ts';
import * as spec from './specialize.ts';
import * as fast from './fastops.ts';

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
  let x = ofHeapType(i32(sp - 16)) ? byFrame(getItemFrame(i32(sp - 16), i32(sp - 8)), END_REPLACE, 2 | (4 << 4)) : 0;
  if (x < 0) return x;
  if (x === 0) x = PyObject_GetItem(i32(sp - 16), i32(sp - 8));
  ops.finish2(sp, x);
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
  const x = ofHeapType(i32(sp - 16))
    ? byFrame(setItemFrame(i32(sp - 16), i32(sp - 8), i32(sp - 24)), END_DROP, 3 | (4 << 4))
    : 0;
  if (x < 0) return x;
  if (x === 0) PyObject_SetItem(i32(sp - 16), i32(sp - 8), i32(sp - 24));
  else Py_DECREF(x);
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

/** GET_ITER */
export function opGetIter(fp: number, ip: number, sp: number): number {
  let v = 0;
  setI32(fp + _PyInterpreterFrame.instr_ptr, ip);
  setI32(fp + _PyInterpreterFrame.stacktop, (sp - fp - _PyInterpreterFrame.localsplus) >> 3);
  v = i32(sp - 8);
  const x = ofHeapType(v) ? byFrame(iterFrame(v), END_REPLACE, 1 | (2 << 4)) : 0;
  if (x < 0) return x;
  setPtr(sp - 8, x !== 0 ? x : PyObject_GetIter(v));
  decref(v);
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
