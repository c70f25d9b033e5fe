/** Locals, globals and attributes outlined from the loop (cases.ts says how). Mirrors Python/bytecodes.c. */
import { _PyInterpreterFrame, OP } from '@moult/abi';
import { i32, setI32, setPtr, setU16, u16, u8 } from '../memory/linear.ts';
import { Py_DECREF as decref } from '../objects/object.ts';
import { PyObject_SetAttr } from '../objects/objectattr.ts';
import { ofHeapType, setAttrFrame } from '../objects/nativeslots.ts';
import { byFrame, END_DROP } from './nativeloop.ts';
import * as ops from './ops.ts';
import * as names from './names.ts';
import * as spec from './specialize.ts';
import * as fast from './fastops.ts';

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
  const name = i32(i32(i32(fp) + 32) + 24 + (oparg << 3));
  const x = ofHeapType(i32(sp - 8))
    ? byFrame(setAttrFrame(i32(sp - 8), name, i32(sp - 16)), END_DROP, 2 | (10 << 4))
    : 0;
  if (x < 0) return x;
  if (x === 0) PyObject_SetAttr(i32(sp - 8), name, i32(sp - 16));
  else decref(x);
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
