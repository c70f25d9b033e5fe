/** Function pointers: calling what the table has, and Python functions through callbacks. Mirrors callproc.c, callbacks.c and CFuncPtr. */
import { PyTypeObject as T } from '@moult/abi';
import { PyObject_GC_UnTrack } from '../gc/track.ts';
import { bytes, i32, mem, setI32, setPtr, setSsize, ssize } from '../memory/linear.ts';
import { segmentationFault } from '../memory/fatal.ts';
import { type NativeFunction, text } from '../memory/text.ts';
import { PySequence_Tuple } from '../objects/abstract.ts';
import { callFunction } from '../objects/call.ts';
import { PyDict_GetItemString } from '../objects/dictobject.ts';
import { catchPending, PyErr_GetRaisedException, raise, raiseObject } from '../objects/errors.ts';
import { longAsBigInt, PyLong_AsInt, PyLong_FromLong } from '../objects/longobject.ts';
import {
  borrowArguments,
  drop,
  dropArguments,
  hold,
  nativeMark,
  PyBytes_Check,
  PyLong_Check,
  PyTuple_Check,
  PyUnicode_Check,
  Py_CLEAR,
  Py_DECREF,
  Py_NewRef,
  type Ref,
  release,
  tpName,
} from '../objects/object.ts';
import { PyCallable_Check, PyObject_GetOptionalAttr, PyObject_Str } from '../objects/objectattr.ts';
import type { TypeSpec } from '../objects/spec.ts';
import {
  PyExc_AttributeError,
  PyExc_NotImplementedError,
  PyExc_OverflowError,
  PyExc_TypeError,
  Py_None,
  PyType_Type,
} from '../objects/static.ts';
import { PyTuple_New } from '../objects/tupleobject.ts';
import { asText, PyUnicode_FromString, PyUnicode_InternFromString } from '../objects/unicodeobject.ts';
import { none } from './builtinfuncs.ts';
import { callThunk, newThunk } from './ctypescallback.ts';
import { functionAt, symbolAddress } from './ctypestable.ts';
import {
  CA,
  CD,
  FP,
  PyCArg_Type,
  PyCFuncPtr_Type,
  PyCFuncPtrType_Type,
  PyCThunk_Type,
  SI,
  TH,
} from './ctypeslayout.ts';
import {
  clearData,
  DATA_FLAGS,
  data_traverse,
  dataSlots,
  dataSpec,
  derivedSimple,
  fromBase,
  hasInfo,
  initInfo,
  isArrayType,
  isData,
  isPointerType,
  isSimpleType,
  keepRef,
  newCString,
  newData,
} from './ctypesdata.ts';
import { asParameter, ctypeMethods, fromParamMethod, metaSpec, pointerOf } from './ctypesmeta.ts';
import { codeOf } from './ctypessimple.ts';
import { wild } from './ctypeswild.ts';
import { wideCopy } from './ctypesvalues.ts';
import { interpreterDict } from './sysstate.ts';

// ---- classes ------------------------------------------------------------------------------------------------------------

/** An attribute, a new reference, or 0. */
function lookUp(op: Ref, name: string): Ref {
  const m = hold(PyUnicode_InternFromString(name));
  const value = PyObject_GetOptionalAttr(op, i32(m));
  const key = i32(m);
  drop(m);
  Py_DECREF(key);
  return value;
}
/** The from_param of each type, as a new tuple. */
function convertersOf(types: Ref): Ref {
  const n = i32(types + 16);
  const tuple = PyTuple_New(n);
  const m = hold(tuple);
  for (let i = 0; i < n; i++) {
    const cnv = lookUp(i32(types + 24 + (i << 3)), 'from_param');
    if (cnv === 0) raise(PyExc_TypeError, `item ${i + 1} in _argtypes_ has no from_param method`);
    setPtr(tuple + 24 + (i << 3), cnv);
  }
  drop(m);
  return tuple;
}
function func_type_init(self: Ref, args: Ref, kwds: Ref): void {
  (text[i32(PyType_Type + T.tp_init)] as NativeFunction)(self, args, kwds);
  initInfo(self);
  setPtr(self + SI.size, 8);
  setPtr(self + SI.align, 8);
  setPtr(self + SI.length, 1);
  setPtr(self + SI.format, newCString('X{}'));
  setI32(self + SI.flags, 0x100);
  const m = nativeMark();
  const flags = lookUp(self, '_flags_');
  hold(flags);
  if (flags === 0 || !PyLong_Check(flags)) raise(PyExc_TypeError, 'class must define _flags_ which must be an integer');
  setI32(self + SI.flags, PyLong_AsInt(flags) | 0x100);
  const types = lookUp(self, '_argtypes_');
  if (types !== 0) {
    hold(types);
    if (!PyTuple_Check(types)) raise(PyExc_TypeError, '_argtypes_ must be a sequence of types');
    setPtr(self + SI.converters, convertersOf(types));
    setPtr(self + SI.argtypes, Py_NewRef(types));
  }
  const restype = lookUp(self, '_restype_');
  if (restype !== 0) {
    hold(restype);
    if (restype !== Py_None && !hasInfo(restype) && !PyCallable_Check(restype)) {
      raise(PyExc_TypeError, '_restype_ must be a type, a callable, or None');
    }
    setPtr(self + SI.restype, Py_NewRef(restype));
    setPtr(self + SI.checker, lookUp(restype, '_check_retval_'));
  }
  release(m);
}

// ---- calls --------------------------------------------------------------------------------------------------------------

/** Smaller signed integers are widened as C does it. */
function widen(slot: number, code: string): void {
  const size = code === 'b' ? 1 : code === 'h' ? 2 : code === 'i' ? 4 : 8;
  if (size < 8 && (bytes[slot + size - 1] as number) > 127) bytes.fill(255, slot + size, slot + 8);
}
/** Argument number `i` as C gets it: 8 bytes at `slot`. What must live meanwhile is held. */
function convertArgument(obj: Ref, slot: number, i: number): void {
  const type = i32(obj + 8);
  setPtr(slot, 0);
  if (type === PyCArg_Type) {
    bytes.copyWithin(slot, obj + CA.value, obj + CA.value + 8);
    widen(slot, String.fromCharCode(i32(obj + CA.tag)));
    return;
  }
  if (isData(obj)) {
    const p = i32(obj + CD.b_ptr);
    if (isSimpleType(type)) {
      bytes.copyWithin(slot, p, p + Math.min(8, i32(obj + CD.b_size)));
      widen(slot, codeOf(type));
    } else if (isArrayType(type)) setPtr(slot, p);
    else if (isPointerType(type) || type !== 0) bytes.copyWithin(slot, p, p + 8);
    return;
  }
  if (obj === Py_None) return;
  if (PyLong_Check(obj)) {
    const n = longAsBigInt(obj);
    if (n >= 1n << 64n || n < -(1n << 63n)) raise(PyExc_OverflowError, 'int too long to convert');
    setSsize(slot, Number(BigInt.asIntN(32, n)));
    return;
  }
  if (PyBytes_Check(obj)) {
    setPtr(slot, obj + 32);
    return;
  }
  if (PyUnicode_Check(obj)) {
    const { buffer, keep } = wideCopy(obj);
    hold(keep);
    setPtr(slot, buffer);
    return;
  }
  const other = asParameter(obj);
  if (other === 0) raise(PyExc_TypeError, `Don't know how to convert parameter ${i}`);
  hold(other);
  convertArgument(other, slot, i);
}
/** Runs `f`; an error becomes an ArgumentError that says which argument it was. */
function forArgument(i: number, f: () => void): void {
  const m = nativeMark();
  try {
    f();
  } catch (e) {
    catchPending(e, m);
    const exc = PyErr_GetRaisedException();
    hold(exc);
    hold(PyObject_Str(exc));
    const message = PyUnicode_FromString(`argument ${i}: ${tpName(i32(exc + 8))}: ${asText(i32(m + 8))}`);
    hold(message);
    raiseObject(PyDict_GetItemString(interpreterDict(), '_ctypes.ArgumentError'), message);
  }
}
/** What came back, as the result type has it. */
function resultOf(restype: Ref, slot: number): Ref {
  if (restype === 0) return PyLong_FromLong(i32(slot));
  if (restype === Py_None) return none();
  if (!hasInfo(restype)) {
    const m = hold(PyLong_FromLong(i32(slot)));
    const r = callFunction(restype, i32(m));
    hold(r);
    drop(m + 8);
    release(m);
    return r;
  }
  if (i32(restype + SI.getfunc) !== 0 && !derivedSimple(restype)) {
    const value = (text[i32(restype + SI.getfunc)] as NativeFunction)(slot, i32(restype + SI.size)) as Ref;
    // the function gave its reference away
    if (codeOf(restype) === 'O') Py_DECREF(value);
    return value;
  }
  return fromBase(restype, 0, 0, slot);
}
const own = (self: Ref, at: number, info: number): Ref =>
  i32(self + at) !== 0 ? i32(self + at) : i32(i32(self + 8) + info);

function func_call(self: Ref, args: Ref, _kwds: Ref): Ref {
  const n = i32(args + 16);
  const converters = own(self, FP.converters, SI.converters);
  const restype = own(self, FP.restype, SI.restype);
  const proc = i32(i32(self + CD.b_ptr));
  const required = converters === 0 ? 0 : i32(converters + 16);
  if (required > n) {
    raise(
      PyExc_TypeError,
      `this function takes at least ${required} argument${required === 1 ? '' : 's'} (${n} given)`,
    );
  }
  // two slots for the result, then one for each argument
  const slots = borrowArguments(n + 2);
  setPtr(slots, 0);
  setPtr(slots + 8, 0);
  for (let i = 0; i < n; i++) {
    const arg = i32(args + 24 + (i << 3));
    if (i < required) convertBy(i32(converters + 24 + (i << 3)), arg, slots + 16 + (i << 3), i + 1);
    else forArgument(i + 1, () => convertArgument(arg, slots + 16 + (i << 3), i + 1));
  }
  invoke(proc, slots + 16, n, slots);
  const result = resultOf(restype, slots);
  // what conversions held lies above the slots
  release(slots + ((n + 2) << 3));
  dropArguments(slots);
  const errcheck = i32(self + FP.errcheck);
  if (errcheck === 0) return result;
  const r = hold(result);
  const checked = callFunction(errcheck, result, self, args);
  hold(checked);
  drop(r + 8);
  release(r);
  return checked;
}
/** The converter's result stays held until the call is over. */
function convertBy(converter: Ref, arg: Ref, slot: number, i: number): void {
  const at = nativeMark();
  forArgument(i, () => {
    hold(callFunction(converter, arg));
  });
  const value = i32(at);
  forArgument(i, () => convertArgument(value, slot, i));
}
/** Calls the function at `proc`. */
function invoke(proc: number, slots: number, n: number, result: number): void {
  wild();
  const fn = functionAt(proc);
  if (fn !== null) {
    const numbers = Array.from({ length: n }, (_, i) => ssize(slots + (i << 3)));
    setSsize(result, fn(...numbers));
    return;
  }
  if (proc >= 0x400000 && proc + TH.SIZE < mem.byteLength && (proc & 15) === 0 && i32(proc + 8) === PyCThunk_Type) {
    callThunk(proc, slots, n, result);
    return;
  }
  segmentationFault(`a call to 0x${proc.toString(16)}, where no function is`);
}

// ---- instances ----------------------------------------------------------------------------------------------------------

function func_new(type: Ref, args: Ref, _kwds: Ref): Ref {
  const n = i32(args + 16);
  if (n === 0) return newData(type);
  const first = i32(args + 24);
  if (PyTuple_Check(first)) return fromLibrary(type, first, n);
  if (n === 1 && PyLong_Check(first)) {
    const at = pointerOf(first);
    const self = newData(type);
    setPtr(i32(self + CD.b_ptr), at);
    return self;
  }
  if (!PyCallable_Check(first)) raise(PyExc_TypeError, 'argument must be callable or integer function address');
  if (!hasInfo(type) || i32(type + SI.argtypes) === 0) {
    raise(PyExc_TypeError, 'cannot construct instance of this class: no argtypes');
  }
  const self = newData(type);
  const m = hold(self);
  const restype = i32(type + SI.restype);
  const thunk = newThunk(first, i32(type + SI.argtypes), restype === 0 ? Py_None : restype);
  setPtr(self + FP.callable, Py_NewRef(first));
  setPtr(self + FP.thunk, thunk);
  setPtr(i32(self + CD.b_ptr), thunk);
  keepRef(self, 0, Py_NewRef(thunk));
  drop(m);
  return self;
}
/** (name, library): the function of that name. */
function fromLibrary(type: Ref, pair: Ref, n: number): Ref {
  if (n > 1) raise(PyExc_NotImplementedError, 'parameter flags of foreign functions are not implemented');
  if (i32(pair + 16) !== 2) raise(PyExc_TypeError, 'argument must be a (name, library) pair');
  const name = i32(pair + 24);
  const dll = i32(pair + 32);
  const handle = lookUp(dll, '_handle');
  const m = hold(handle);
  if (handle === 0 || !PyLong_Check(handle)) {
    raise(PyExc_TypeError, 'the _handle attribute of the second argument must be an integer');
  }
  let symbol = '';
  if (PyUnicode_Check(name)) symbol = asText(name);
  else if (PyBytes_Check(name))
    for (let i = 0; i < i32(name + 16); i++) symbol += String.fromCharCode(bytes[name + 32 + i] as number);
  else raise(PyExc_TypeError, 'function name must be string, bytes object or integer');
  const at = symbolAddress(symbol);
  if (at === 0) raise(PyExc_AttributeError, `undefined symbol: ${symbol}`);
  release(m);
  const self = newData(type);
  const k = hold(self);
  setPtr(i32(self + CD.b_ptr), at);
  keepRef(self, 0, Py_NewRef(dll));
  setPtr(self + FP.callable, Py_NewRef(self));
  drop(k);
  return self;
}
const FUNC_REFS = [
  FP.callable,
  FP.restype,
  FP.checker,
  FP.errcheck,
  FP.argtypes,
  FP.converters,
  FP.paramflags,
  FP.thunk,
];
function func_clear(self: Ref): void {
  for (const slot of FUNC_REFS) Py_CLEAR(self + slot);
  clearData(self);
}
function func_dealloc(self: Ref): void {
  PyObject_GC_UnTrack(self);
  func_clear(self);
  (text[i32(i32(self + 8) + T.tp_free)] as NativeFunction)(self);
}
function func_traverse(self: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  for (const slot of FUNC_REFS) if (i32(self + slot) !== 0) visit(i32(self + slot), arg);
  data_traverse(self, visit, arg);
}
function replace(slot: number, value: Ref): void {
  const old = i32(slot);
  setPtr(slot, value);
  if (old !== 0) Py_DECREF(old);
}
function get_restype(self: Ref): Ref {
  const value = own(self, FP.restype, SI.restype);
  return value === 0 ? none() : Py_NewRef(value);
}
function set_restype(self: Ref, value: Ref): void {
  if (value !== 0 && value !== Py_None && !hasInfo(value) && !PyCallable_Check(value)) {
    raise(PyExc_TypeError, 'restype must be a type, a callable, or None');
  }
  replace(self + FP.restype, value === 0 ? 0 : Py_NewRef(value));
}
function get_argtypes(self: Ref): Ref {
  const value = own(self, FP.argtypes, SI.argtypes);
  return value === 0 ? none() : Py_NewRef(value);
}
function set_argtypes(self: Ref, value: Ref): void {
  if (value === 0 || value === Py_None) {
    replace(self + FP.converters, 0);
    replace(self + FP.argtypes, 0);
    return;
  }
  const m = hold(PyTuple_Check(value) ? Py_NewRef(value) : PySequence_Tuple(value));
  const converters = convertersOf(i32(m));
  replace(self + FP.converters, converters);
  replace(self + FP.argtypes, Py_NewRef(value));
  release(m);
}
function get_errcheck(self: Ref): Ref {
  const value = i32(self + FP.errcheck);
  return value === 0 ? none() : Py_NewRef(value);
}
function set_errcheck(self: Ref, value: Ref): void {
  if (value !== 0 && value !== Py_None && !PyCallable_Check(value))
    raise(PyExc_TypeError, 'the errcheck attribute must be callable');
  replace(self + FP.errcheck, value === 0 || value === Py_None ? 0 : Py_NewRef(value));
}
function func_repr(self: Ref): Ref {
  return PyUnicode_FromString(`<${tpName(i32(self + 8))} object at 0x${self.toString(16)}>`);
}

export const funcTypeSpec = metaSpec(PyCFuncPtrType_Type, 'PyCFuncPtrType', { tp_init: func_type_init }, [
  fromParamMethod,
  ...ctypeMethods,
]);
export const funcSpec: TypeSpec = {
  address: PyCFuncPtr_Type,
  name: '_ctypes.CFuncPtr',
  basicsize: FP.SIZE,
  flags: DATA_FLAGS,
  base: dataSpec.address,
  metatype: PyCFuncPtrType_Type,
  doc: 'Function Pointer',
  slots: {
    ...dataSlots,
    tp_dealloc: func_dealloc,
    tp_traverse: func_traverse,
    tp_clear: func_clear,
    tp_new: func_new,
    tp_call: func_call,
    tp_repr: func_repr,
    nb_bool: (self: Ref) => i32(i32(self + CD.b_ptr)) !== 0,
  },
  getset: [
    { name: 'errcheck', get: get_errcheck, set: set_errcheck, doc: 'a function to check for errors' },
    { name: 'restype', get: get_restype, set: set_restype, doc: 'specify the result type' },
    { name: 'argtypes', get: get_argtypes, set: set_argtypes, doc: 'specify the argument types' },
  ],
};
