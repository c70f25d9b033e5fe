/** Callbacks: Python functions as C would call them. Mirrors Modules/_ctypes/callbacks.c. */
import { Py_TPFLAGS_HAVE_GC } from '@moult/abi';
import { _PyObject_GC_New, PyObject_GC_Del } from '../gc/alloc.ts';
import { _PyObject_GC_TRACK, PyObject_GC_UnTrack } from '../gc/track.ts';
import { bytes, i32, setPtr } from '../memory/linear.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PyObject_CallNoArgs, PyObject_Vectorcall } from '../objects/call.ts';
import { catchPending, PyErr_Clear, PENDING } from '../objects/errors.ts';
import {
  borrowArguments,
  dropArguments,
  hold,
  Py_CLEAR,
  Py_DECREF,
  Py_NewRef,
  type Ref,
  release,
} from '../objects/object.ts';
import type { TypeSpec } from '../objects/spec.ts';
import { Py_None } from '../objects/static.ts';
import { PyErr_WriteUnraisable } from '../objects/unraisable.ts';
import { CD, PyCThunk_Type, SI, TH } from './ctypeslayout.ts';
import { derivedSimple, hasInfo } from './ctypesdata.ts';
import { codeOf } from './ctypessimple.ts';

/** What a C function would be given to call: an object whose address is the function's. */
export function newThunk(callable: Ref, argtypes: Ref, restype: Ref): Ref {
  const op = _PyObject_GC_New(PyCThunk_Type);
  setPtr(op + TH.callable, Py_NewRef(callable));
  setPtr(op + TH.converters, Py_NewRef(argtypes));
  setPtr(op + TH.restype, Py_NewRef(restype));
  _PyObject_GC_TRACK(op);
  return op;
}
const THUNK_REFS = [TH.callable, TH.converters, TH.restype];
export const thunkSpec: TypeSpec = {
  address: PyCThunk_Type,
  name: '_ctypes.CThunkObject',
  basicsize: TH.SIZE,
  flags: Py_TPFLAGS_HAVE_GC,
  doc: 'CThunkObject',
  slots: {
    tp_dealloc(self: Ref): void {
      PyObject_GC_UnTrack(self);
      for (const slot of THUNK_REFS) Py_CLEAR(self + slot);
      PyObject_GC_Del(self);
    },
    tp_traverse(self: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
      for (const slot of THUNK_REFS) if (i32(self + slot) !== 0) visit(i32(self + slot), arg);
    },
    tp_clear(self: Ref): void {
      for (const slot of THUNK_REFS) Py_CLEAR(self + slot);
    },
  },
};
/** Calls the Python function with what lies in the slots; its result is written to `result`. */
export function callThunk(thunk: Ref, slots: number, n: number, result: number): void {
  const types = i32(thunk + TH.converters);
  const m = hold(Py_NewRef(thunk));
  try {
    const count = Math.min(n, i32(types + 16));
    const values: Ref[] = [];
    for (let i = 0; i < count; i++) {
      const type = i32(types + 24 + (i << 3));
      const size = i32(type + SI.size);
      let value: Ref;
      if (i32(type + SI.getfunc) !== 0 && !derivedSimple(type)) {
        value = (text[i32(type + SI.getfunc)] as NativeFunction)(slots + (i << 3), size) as Ref;
      } else {
        value = PyObject_CallNoArgs(type);
        bytes.copyWithin(i32(value + CD.b_ptr), slots + (i << 3), slots + (i << 3) + Math.min(8, size));
      }
      hold(value);
      values.push(value);
    }
    const restype = i32(thunk + TH.restype);
    const args = borrowArguments(count);
    values.forEach((value, i) => {
      setPtr(args + (i << 3), value);
    });
    const value = PyObject_Vectorcall(i32(thunk + TH.callable), args, count, 0);
    dropArguments(args);
    hold(value);
    if (restype !== Py_None && hasInfo(restype) && i32(restype + SI.setfunc) !== 0) {
      const keep = (text[i32(restype + SI.setfunc)] as NativeFunction)(result, value, 0) as Ref;
      // of an object the reference goes to the caller; of others nothing must be kept
      if (codeOf(restype) !== 'O') Py_DECREF(keep);
    }
    release(m);
  } catch (e) {
    if (e !== PENDING) throw e;
    catchPending(e, m + 8);
    PyErr_WriteUnraisable(i32(i32(m) + TH.callable));
    PyErr_Clear();
    release(m);
  }
}
