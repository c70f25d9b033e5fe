/**
 * Quickening: when an instruction's counter runs out, its opcode in co_code_adaptive becomes the specialised one that fits
 * the operands at hand, as CPython's does, with CPython's counters. Mirrors Python/specialize.c and pycore_backoff.h.
 *
 * A counter has its value in bits 4-15 and its backoff in bits 0-3. Cache words follow the instruction at `ip`.
 */
import {
  ADAPTIVE_COOLDOWN_VALUE,
  CO_OPTIMIZED,
  CO_VARARGS,
  CO_VARKEYWORDS,
  MAX_BACKOFF,
  OP,
  opcodeDeopt,
  Py_ID,
  Py_TPFLAGS_HEAPTYPE,
  PyCodeObject,
  PyFunctionObject,
  PyHeapTypeObject,
  PyInterpreterState,
  PyTypeObject,
} from '@moult/abi';
import { i32, POLICY, setI32, setPtr, setU16, setU8, u16, u32, u8 } from '../memory/linear.ts';
import type { Ref } from '../objects/object.ts';
import { INTERP } from '../objects/runtime.ts';
import {
  Py_False,
  Py_None,
  Py_True,
  PyDict_Type,
  PyFloat_Type,
  PyFrozenSet_Type,
  PyFunction_Type,
  PyGen_Type,
  PyList_Type,
  PyListIter_Type,
  PyLong_Type,
  PyRangeIter_Type,
  PySet_Type,
  PyTuple_Type,
  PyTupleIter_Type,
  PyUnicode_Type,
} from '../objects/static.ts';
import { _PyType_Lookup } from '../objects/typelookup.ts';

export { loadAttr, loadGlobal, storeAttr } from './specializeattr.ts';
export { call } from './specializecall.ts';

export function success(ip: number, opcode: number): void {
  setU8(ip, opcode);
  setU16(ip + 2, ADAPTIVE_COOLDOWN_VALUE << 4);
}

/** Generic again; the counter starts again, longer, and one step is taken for the present execution. */
export function failure(ip: number): void {
  setU8(ip, opcodeDeopt[u8(ip)] as number);
  const backoff = Math.min((u16(ip + 2) & 15) + 1, MAX_BACKOFF);
  setU16(ip + 2, ((((1 << backoff) - 1) << 4) | backoff) - 16);
}

export function setU32(a: number, v: number): void {
  setI32(a, v);
}

/** A non-negative int of at most one digit. */
function isIndex(op: Ref): boolean {
  return i32(op + 8) === PyLong_Type && (i32(op + 16) & -9) <= 1;
}

export function flagsOf(type: Ref): number {
  return i32(type + PyTypeObject.tp_flags);
}

export function binaryOp(fp: number, ip: number, sp: number, oparg: number): void {
  if (i32(POLICY) < 312) {
    failure(ip);
    return;
  }
  const l = i32(sp - 16);
  const type = i32(l + 8);
  if (type === i32(i32(sp - 8) + 8)) {
    if (oparg === 0 || oparg === 13) {
      if (type === PyUnicode_Type) {
        const next = u16(ip + 4);
        const stores = (next & 255) === OP.STORE_FAST && i32(fp + 72 + ((next >>> 8) << 3)) === l;
        success(ip, stores ? OP.BINARY_OP_INPLACE_ADD_UNICODE : OP.BINARY_OP_ADD_UNICODE);
        return;
      }
      if (type === PyLong_Type) {
        success(ip, OP.BINARY_OP_ADD_INT);
        return;
      }
      if (type === PyFloat_Type) {
        success(ip, OP.BINARY_OP_ADD_FLOAT);
        return;
      }
    } else if (oparg === 5 || oparg === 18) {
      if (type === PyLong_Type) {
        success(ip, OP.BINARY_OP_MULTIPLY_INT);
        return;
      }
      if (type === PyFloat_Type) {
        success(ip, OP.BINARY_OP_MULTIPLY_FLOAT);
        return;
      }
    } else if (oparg === 10 || oparg === 23) {
      if (type === PyLong_Type) {
        success(ip, OP.BINARY_OP_SUBTRACT_INT);
        return;
      }
      if (type === PyFloat_Type) {
        success(ip, OP.BINARY_OP_SUBTRACT_FLOAT);
        return;
      }
    }
  }
  failure(ip);
}

export function compareOp(ip: number, sp: number, oparg: number): void {
  if (i32(POLICY) < 312) {
    failure(ip);
    return;
  }
  const l = i32(sp - 16);
  const r = i32(sp - 8);
  const type = i32(l + 8);
  if (type === i32(r + 8)) {
    if (type === PyFloat_Type) {
      success(ip, OP.COMPARE_OP_FLOAT);
      return;
    }
    if (type === PyLong_Type && i32(l + 16) < 16 && i32(r + 16) < 16) {
      success(ip, OP.COMPARE_OP_INT);
      return;
    }
    const op = oparg >> 5;
    if (type === PyUnicode_Type && (op === 2 || op === 3)) {
      success(ip, OP.COMPARE_OP_STR);
      return;
    }
  }
  failure(ip);
}

export function toBool(ip: number, sp: number): void {
  if (i32(POLICY) < 312) {
    failure(ip);
    return;
  }
  const v = i32(sp - 8);
  const type = i32(v + 8);
  if (v === Py_True || v === Py_False) {
    success(ip, OP.TO_BOOL_BOOL);
    return;
  }
  if (type === PyLong_Type) {
    success(ip, OP.TO_BOOL_INT);
    return;
  }
  if (type === PyList_Type) {
    success(ip, OP.TO_BOOL_LIST);
    return;
  }
  if (v === Py_None) {
    success(ip, OP.TO_BOOL_NONE);
    return;
  }
  if (type === PyUnicode_Type) {
    success(ip, OP.TO_BOOL_STR);
    return;
  }
  if ((flagsOf(type) & Py_TPFLAGS_HEAPTYPE) !== 0) {
    const nb = i32(type + PyTypeObject.tp_as_number);
    const mp = i32(type + PyTypeObject.tp_as_mapping);
    const sq = i32(type + PyTypeObject.tp_as_sequence);
    const lies = (nb === 0 || i32(nb + 72) === 0) && (mp === 0 || i32(mp) === 0) && (sq === 0 || i32(sq) === 0);
    if (lies) {
      _PyType_Lookup(type, Py_ID.__bool__);
      const version = u32(type + PyTypeObject.tp_version_tag);
      if (version !== 0) {
        setU32(ip + 4, version);
        success(ip, OP.TO_BOOL_ALWAYS_TRUE);
        return;
      }
    }
  }
  failure(ip);
}

export function containsOp(ip: number, sp: number): void {
  if (i32(POLICY) < 312) {
    failure(ip);
    return;
  }
  const type = i32(i32(sp - 8) + 8);
  if (type === PyDict_Type) {
    success(ip, OP.CONTAINS_OP_DICT);
    return;
  }
  if (type === PySet_Type || type === PyFrozenSet_Type) {
    success(ip, OP.CONTAINS_OP_SET);
    return;
  }
  failure(ip);
}

/** A function whose call binds positional arguments one to one. */
export function isSimple(func: Ref): boolean {
  const code = i32(func + PyFunctionObject.func_code);
  const flags = i32(code + PyCodeObject.co_flags);
  return (
    (flags & (CO_VARARGS | CO_VARKEYWORDS)) === 0 &&
    i32(code + PyCodeObject.co_kwonlyargcount) === 0 &&
    (flags & CO_OPTIMIZED) !== 0
  );
}

export function argcount(func: Ref): number {
  return i32(i32(func + PyFunctionObject.func_code) + PyCodeObject.co_argcount);
}

/** _PyFunction_GetVersionForCurrentState: 0 when none can be had. */
export function functionVersion(func: Ref): number {
  const version = u32(func + PyFunctionObject.func_version);
  if (version !== 0) return version;
  const next = INTERP + PyInterpreterState.func_state_next_version;
  const v = u32(next);
  if (v === 0) return 0;
  setI32(func + PyFunctionObject.func_version, v);
  setI32(next, v + 1);
  return v;
}

export function binarySubscr(ip: number, sp: number): void {
  const container = i32(sp - 16);
  const sub = i32(sp - 8);
  const type = i32(container + 8);
  if (type === PyList_Type || type === PyTuple_Type || type === PyUnicode_Type) {
    if (!isIndex(sub)) {
      failure(ip);
      return;
    }
    const op =
      type === PyList_Type
        ? OP.BINARY_SUBSCR_LIST_INT
        : type === PyTuple_Type
          ? OP.BINARY_SUBSCR_TUPLE_INT
          : OP.BINARY_SUBSCR_STR_INT;
    success(ip, op);
    return;
  }
  if (type === PyDict_Type) {
    success(ip, OP.BINARY_SUBSCR_DICT);
    return;
  }
  const getitem = _PyType_Lookup(type, Py_ID.__getitem__);
  if (
    i32(POLICY) >= 311 &&
    getitem !== 0 &&
    i32(getitem + 8) === PyFunction_Type &&
    (flagsOf(type) & Py_TPFLAGS_HEAPTYPE) !== 0
  ) {
    if (isSimple(getitem) && argcount(getitem) === 2) {
      const version = functionVersion(getitem);
      if (version !== 0) {
        setPtr(type + PyHeapTypeObject._spec_cache_getitem, getitem);
        setU32(type + PyHeapTypeObject._spec_cache_getitem_version, version);
        success(ip, OP.BINARY_SUBSCR_GETITEM);
        return;
      }
    }
  }
  failure(ip);
}

export function storeSubscr(ip: number, sp: number): void {
  const container = i32(sp - 16);
  const sub = i32(sp - 8);
  const type = i32(container + 8);
  if (type === PyList_Type && isIndex(sub) && i32(sub + 24) < i32(container + 16)) {
    success(ip, OP.STORE_SUBSCR_LIST_INT);
    return;
  }
  if (type === PyDict_Type) {
    success(ip, OP.STORE_SUBSCR_DICT);
    return;
  }
  failure(ip);
}

export function unpackSequence(ip: number, sp: number, oparg: number): void {
  const seq = i32(sp - 8);
  const type = i32(seq + 8);
  if ((type === PyTuple_Type || type === PyList_Type) && i32(seq + 16) === oparg) {
    if (type === PyList_Type) {
      success(ip, OP.UNPACK_SEQUENCE_LIST);
      return;
    }
    success(ip, oparg === 2 ? OP.UNPACK_SEQUENCE_TWO_TUPLE : OP.UNPACK_SEQUENCE_TUPLE);
    return;
  }
  failure(ip);
}

export function forIter(ip: number, sp: number, oparg: number): void {
  const type = i32(i32(sp - 8) + 8);
  if (type === PyListIter_Type) {
    success(ip, OP.FOR_ITER_LIST);
    return;
  }
  if (type === PyTupleIter_Type) {
    success(ip, OP.FOR_ITER_TUPLE);
    return;
  }
  if (type === PyRangeIter_Type && i32(POLICY) >= 312) {
    success(ip, OP.FOR_ITER_RANGE);
    return;
  }
  const end = u8(ip + 4 + (oparg << 1));
  if (type === PyGen_Type && (end === OP.END_FOR || end === OP.INSTRUMENTED_END_FOR)) {
    success(ip, OP.FOR_ITER_GEN);
    return;
  }
  failure(ip);
}

export function done(ip: number, op: number): true {
  success(ip, op);
  return true;
}
