/** Operators, comparisons and truth tests outlined from the loop (cases.ts says how). Mirrors Python/bytecodes.c. */
import { _PyInterpreterFrame, OP } from '@moult/abi';
import { f64, i32, setF64, setI32, setPtr, setU16, u16, u8 } from '../memory/linear.ts';
import { PyFloat_FromDouble } from '../objects/floatobject.ts';
import { _PyLong_Add, _PyLong_Multiply, _PyLong_Subtract, PyLong_FromLong } from '../objects/longobject.ts';
import { Py_DECREF, Py_DECREF as decref, Py_NewRef } from '../objects/object.ts';
import { PyObject_IsTrue } from '../objects/objectattr.ts';
import {
  Py_False,
  Py_None,
  Py_True,
  PyFloat_Type,
  PyList_Type,
  PyLong_Type,
  PyUnicode_Type,
} from '../objects/static.ts';
import { compareFrame, containsFrame, ofHeapType, operatorFrame, truthFrame } from '../objects/nativeslots.ts';
import { byFrame, END_COMPARE, END_REPLACE } from './nativeloop.ts';
import * as ops from './ops.ts';
import * as spec from './specialize.ts';
import * as fast from './fastops.ts';

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
  w = ofHeapType(v) ? byFrame(truthFrame(v), END_REPLACE, 1 | (8 << 4)) : 0;
  if (w < 0) return w;
  if (w === 0) w = Py_NewRef(PyObject_IsTrue(v) ? Py_True : Py_False);
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
  if (ofHeapType(i32(sp - 16)) || ofHeapType(i32(sp - 8))) {
    const x = byFrame(operatorFrame(oparg, i32(sp - 16), i32(sp - 8)), END_REPLACE, 2 | (4 << 4));
    if (x < 0) return x;
    ops.finish2(sp, x !== 0 ? x : ops.binaryOp(oparg, i32(sp - 16), i32(sp - 8)));
    return sp - 8;
  }
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
  if (ofHeapType(i32(sp - 16)) || ofHeapType(i32(sp - 8))) {
    const x = byFrame(compareFrame(i32(sp - 16), i32(sp - 8), oparg >> 5), END_COMPARE, oparg);
    if (x < 0) return x;
    ops.finish2(sp, x !== 0 ? ops.truthOf(oparg, x) : ops.compareOp(oparg, i32(sp - 16), i32(sp - 8)));
    return sp - 8;
  }
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
  if (ofHeapType(i32(sp - 8))) {
    const x = byFrame(containsFrame(i32(sp - 8), i32(sp - 16), oparg !== 0), END_REPLACE, 2 | (4 << 4));
    if (x < 0) return x;
    if (x !== 0) {
      ops.finish2(sp, x);
      return sp - 8;
    }
  }
  ops.finish2(sp, ops.containsOp(oparg, i32(sp - 16), i32(sp - 8)));
  sp = sp - 8;
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
