/**
 * Python functions. Mirrors Objects/funcobject.c.
 *
 *   +16 globals +24 builtins +32 name +40 qualname +48 code +56 defaults +64 kwdefaults +72 closure
 *   +80 doc +88 dict +96 weakreflist +104 module +112 annotations +120 typeparams +128 vectorcall +136 version
 */
import {
  PyCodeObject,
  PyFunctionObject as F,
  PyInterpreterState,
  Py_ID,
  Py_READONLY,
  Py_TPFLAGS_HAVE_GC,
  Py_TPFLAGS_HAVE_VECTORCALL,
  Py_TPFLAGS_METHOD_DESCRIPTOR,
  _Py_T_OBJECT,
} from '@moult/abi';
import { PyObject_GC_Del, _PyObject_GC_New } from '../gc/alloc.ts';
import { PyObject_GC_UnTrack, _PyObject_GC_TRACK } from '../gc/track.ts';
import { i32, setI32, setPtr, u32 } from '../memory/linear.ts';
import { fnptr } from '../memory/text.ts';
import { unpackTupleAndDict } from './args.ts';
import { PyVectorcall_Call } from './call.ts';
import { PyMethod_New } from './classobject.ts';
import { PyDict_GetItemWithError, PyDict_New, PyDict_SetItem } from './dictobject.ts';
import { raise } from './errors.ts';
import { PyObject_GenericGetDict, PyObject_GenericSetDict } from './instancedict.ts';
import { PyModule_Check, PyModule_GetDict } from './moduleobject.ts';
import {
  drop,
  hold,
  PyDict_Check,
  PyTuple_Check,
  PyUnicode_Check,
  Py_CLEAR,
  Py_DECREF,
  Py_INCREF,
  Py_NewRef,
  Py_XDECREF,
  type Ref,
  release,
  typeNameOf,
} from './object.ts';
import { PyObject_GenericGetAttr, PyObject_GenericSetAttr } from './objectattr.ts';
import { EMPTY_TUPLE, INTERP } from './runtime.ts';
import type { TypeSpec } from './spec.ts';
import { PyCell_Type, PyCode_Type, PyExc_TypeError, PyExc_ValueError, PyFunction_Type, Py_None } from './static.ts';
import { asText, EMPTY_STRING, PyUnicode_FromString } from './unicodeobject.ts';
import { vm } from './vmlink.ts';
import { PyObject_ClearWeakRefs } from './weakrefobject.ts';

const NEXT_VERSION = INTERP + PyInterpreterState.func_state_next_version;
const CACHE = INTERP + PyInterpreterState.func_state_func_version_cache;
const CACHE_SIZE = PyInterpreterState.func_state_func_version_cache_COUNT;

/** The vectorcall of every Python function. */
export function functionVectorcall(func: Ref, args: number, nargs: number, kwnames: Ref): Ref {
  return vm._PyFunction_Vectorcall(func, args, nargs, kwnames);
}
export function linkFunctions(): void {
  fnptr(functionVectorcall);
}

/** A function of `code` with `globals`; its doc is the code's first constant if that is a str. */
export function PyFunction_New(code: Ref, globals: Ref): Ref {
  return PyFunction_NewWithQualName(code, globals, 0);
}
export function PyFunction_NewWithQualName(code: Ref, globals: Ref, qualname: Ref): Ref {
  const consts = i32(code + PyCodeObject.co_consts);
  let doc = Py_None;
  if (i32(consts + 16) >= 1) {
    const first = i32(consts + 24);
    if (PyUnicode_Check(first)) doc = first;
  }
  const module = PyDict_GetItemWithError(globals, Py_ID.__name__);
  const builtins = builtinsOf(globals);
  const m = hold(builtins);
  const op = _PyObject_GC_New(PyFunction_Type);
  drop(m);
  setPtr(op + F.func_globals, Py_NewRef(globals));
  setPtr(op + F.func_builtins, builtins);
  setPtr(op + F.func_name, Py_NewRef(i32(code + PyCodeObject.co_name)));
  setPtr(op + F.func_qualname, Py_NewRef(qualname !== 0 ? qualname : i32(code + PyCodeObject.co_qualname)));
  setPtr(op + F.func_code, Py_NewRef(code));
  setPtr(op + F.func_defaults, 0);
  setPtr(op + F.func_kwdefaults, 0);
  setPtr(op + F.func_closure, 0);
  setPtr(op + F.func_doc, Py_NewRef(doc));
  setPtr(op + F.func_dict, 0);
  setPtr(op + F.func_weakreflist, 0);
  setPtr(op + F.func_module, module === 0 ? 0 : Py_NewRef(module));
  setPtr(op + F.func_annotations, 0);
  setPtr(op + F.func_typeparams, 0);
  setPtr(op + F.vectorcall, fnptr(functionVectorcall));
  setPtr(op + F.func_version, 0);
  _PyObject_GC_TRACK(op);
  return op;
}
/** The builtins that code with these globals sees: a new reference (_PyEval_BuiltinsFromGlobals). */
function builtinsOf(globals: Ref): Ref {
  const found = PyDict_GetItemWithError(globals, Py_ID.__builtins__);
  if (found === 0) return Py_NewRef(vm.PyEval_GetBuiltins());
  return Py_NewRef(PyModule_Check(found) ? PyModule_GetDict(found) : found);
}

// ---- versions -----------------------------------------------------------------------------------------------------------

function cacheRow(version: number): number {
  return CACHE + (version % CACHE_SIZE) * 16;
}
export function _PyFunction_SetVersion(func: Ref, version: number): void {
  setI32(func + F.func_version, version);
  const row = cacheRow(version);
  setPtr(row, func);
  setPtr(row + 8, i32(func + F.func_code));
}
/** The function's version, given now if it has none and can have one; 0 otherwise. */
export function _PyFunction_GetVersionForCurrentState(func: Ref): number {
  const known = u32(func + F.func_version);
  if (known !== 0) return known;
  if (i32(func + F.vectorcall) !== fnptr(functionVectorcall)) return 0;
  const next = u32(NEXT_VERSION);
  if (next === 0) return 0;
  setI32(NEXT_VERSION, (next + 1) | 0);
  _PyFunction_SetVersion(func, next);
  return next;
}
/** What the function is made of has changed. */
function clearVersion(func: Ref): void {
  const version = u32(func + F.func_version);
  if (version === 0) return;
  const row = cacheRow(version);
  if (i32(row) === func) {
    setPtr(row, 0);
    setPtr(row + 8, 0);
  }
  setI32(func + F.func_version, 0);
}

// ---- attributes -----------------------------------------------------------------------------------------------------------

function field(func: Ref, offset: number): Ref {
  const op = i32(func + offset);
  return op === 0 ? Py_NewRef(Py_None) : Py_NewRef(op);
}
function replace(func: Ref, offset: number, value: Ref): void {
  const old = i32(func + offset);
  setPtr(func + offset, value === 0 ? 0 : Py_NewRef(value));
  Py_XDECREF(old);
}
export function PyFunction_GetCode(func: Ref): Ref {
  return i32(func + F.func_code);
}
export function PyFunction_SetClosure(func: Ref, closure: Ref): void {
  replace(func, F.func_closure, closure === Py_None ? 0 : closure);
}
function func_get_code(func: Ref): Ref {
  return field(func, F.func_code);
}
function func_set_code(func: Ref, value: Ref): void {
  if (value === 0 || i32(value + 8) !== PyCode_Type) raise(PyExc_TypeError, '__code__ must be set to a code object');
  const free = i32(value + PyCodeObject.co_nfreevars);
  const closure = i32(func + F.func_closure);
  const have = closure === 0 ? 0 : i32(closure + 16);
  if (free !== have)
    raise(
      PyExc_ValueError,
      `${asText(i32(func + F.func_name))}() requires a code object with ${have} free vars, not ${free}`,
    );
  clearVersion(func);
  replace(func, F.func_code, value);
}
function func_get_name(func: Ref): Ref {
  return field(func, F.func_name);
}
function func_set_name(func: Ref, value: Ref): void {
  if (value === 0 || !PyUnicode_Check(value)) raise(PyExc_TypeError, '__name__ must be set to a string object');
  replace(func, F.func_name, value);
}
function func_get_qualname(func: Ref): Ref {
  return field(func, F.func_qualname);
}
function func_set_qualname(func: Ref, value: Ref): void {
  if (value === 0 || !PyUnicode_Check(value)) raise(PyExc_TypeError, '__qualname__ must be set to a string object');
  replace(func, F.func_qualname, value);
}
function func_get_defaults(func: Ref): Ref {
  return field(func, F.func_defaults);
}
function func_set_defaults(func: Ref, value: Ref): void {
  if (value === Py_None) value = 0;
  if (value !== 0 && !PyTuple_Check(value)) raise(PyExc_TypeError, '__defaults__ must be set to a tuple object');
  clearVersion(func);
  replace(func, F.func_defaults, value);
}
function func_get_kwdefaults(func: Ref): Ref {
  return field(func, F.func_kwdefaults);
}
function func_set_kwdefaults(func: Ref, value: Ref): void {
  if (value === Py_None) value = 0;
  if (value !== 0 && !PyDict_Check(value)) raise(PyExc_TypeError, '__kwdefaults__ must be set to a dict object');
  clearVersion(func);
  replace(func, F.func_kwdefaults, value);
}
/** The annotations dict: the tuple that the compiler left is unpacked on first use. */
function func_get_annotations(func: Ref): Ref {
  const slot = func + F.func_annotations;
  if (i32(slot) === 0) setPtr(slot, PyDict_New());
  const a = i32(slot);
  if (PyTuple_Check(a)) {
    const dict = PyDict_New();
    const m = hold(dict);
    for (let i = 0; i < i32(a + 16); i += 2) PyDict_SetItem(dict, i32(a + 24 + (i << 3)), i32(a + 32 + (i << 3)));
    setPtr(slot, Py_NewRef(dict));
    release(m);
    Py_DECREF(a);
  }
  return Py_NewRef(i32(slot));
}
function func_set_annotations(func: Ref, value: Ref): void {
  if (value === Py_None) value = 0;
  if (value !== 0 && !PyDict_Check(value)) raise(PyExc_TypeError, '__annotations__ must be set to a dict object');
  clearVersion(func);
  replace(func, F.func_annotations, value);
}
function func_get_type_params(func: Ref): Ref {
  const op = i32(func + F.func_typeparams);
  return Py_NewRef(op === 0 ? EMPTY_TUPLE : op);
}
function func_set_type_params(func: Ref, value: Ref): void {
  if (value === 0 || !PyTuple_Check(value)) raise(PyExc_TypeError, '__type_params__ must be set to a tuple');
  replace(func, F.func_typeparams, value);
}
/** For the intrinsic: gives the function its type parameters and returns it. */
export function _Py_set_function_type_params(func: Ref, params: Ref): Ref {
  replace(func, F.func_typeparams, params);
  Py_INCREF(func);
  return func;
}

// ---- the type -------------------------------------------------------------------------------------------------------------

function func_new(_type: Ref, args: Ref, kwds: Ref): Ref {
  const [code, globals, name, defaults, closure, kwdefaults] = unpackTupleAndDict(args, kwds, {
    fname: 'function',
    keywords: ['code', 'globals', 'name', 'argdefs', 'closure', 'kwdefaults'],
    required: 2,
  }) as [Ref, Ref, Ref, Ref, Ref, Ref];
  const arg = (i: string, what: string, got: Ref): never =>
    raise(PyExc_TypeError, `function() argument '${i}' must be ${what}, not ${typeNameOf(got)}`);
  if (i32(code + 8) !== PyCode_Type) arg('code', 'code', code);
  if (!PyDict_Check(globals)) arg('globals', 'dict', globals);
  if (name !== 0 && name !== Py_None && !PyUnicode_Check(name))
    raise(PyExc_TypeError, 'arg 3 (name) must be None or string');
  if (defaults !== 0 && defaults !== Py_None && !PyTuple_Check(defaults))
    raise(PyExc_TypeError, 'arg 4 (defaults) must be None or tuple');
  const free = i32(code + PyCodeObject.co_nfreevars);
  const cells = closure === 0 || closure === Py_None ? 0 : closure;
  if (cells === 0) {
    if (free !== 0)
      raise(
        PyExc_TypeError,
        closure === Py_None ? 'arg 5 (closure) must be None or tuple' : 'arg 5 (closure) must be tuple',
      );
  } else {
    if (!PyTuple_Check(cells))
      raise(PyExc_TypeError, free !== 0 ? 'arg 5 (closure) must be tuple' : 'arg 5 (closure) must be None or tuple');
    if (i32(cells + 16) !== free)
      raise(
        PyExc_ValueError,
        `${asText(i32(code + PyCodeObject.co_name))} requires closure of length ${free}, not ${i32(cells + 16)}`,
      );
    for (let i = 0; i < free; i++) {
      const cell = i32(cells + 24 + (i << 3));
      if (i32(cell + 8) !== PyCell_Type)
        raise(PyExc_TypeError, `arg 5 (closure) expected cell, found ${typeNameOf(cell)}`);
    }
  }
  if (kwdefaults !== 0 && kwdefaults !== Py_None && !PyDict_Check(kwdefaults))
    raise(PyExc_TypeError, 'arg 6 (kwdefaults) must be None or dict');
  const func = PyFunction_New(code, globals);
  if (name !== 0 && name !== Py_None) replace(func, F.func_name, name);
  if (defaults !== 0 && defaults !== Py_None) replace(func, F.func_defaults, defaults);
  if (cells !== 0) replace(func, F.func_closure, cells);
  if (kwdefaults !== 0 && kwdefaults !== Py_None) replace(func, F.func_kwdefaults, kwdefaults);
  return func;
}
const REFERENCES = [
  F.func_module,
  F.func_defaults,
  F.func_kwdefaults,
  F.func_doc,
  F.func_closure,
  F.func_dict,
  F.func_annotations,
  F.func_typeparams,
] as const;

const VISITED = [
  F.func_code,
  F.func_globals,
  F.func_builtins,
  F.func_module,
  F.func_defaults,
  F.func_kwdefaults,
  F.func_doc,
  F.func_name,
  F.func_dict,
  F.func_closure,
  F.func_annotations,
  F.func_typeparams,
  F.func_qualname,
] as const;

function func_dealloc(func: Ref): void {
  PyObject_GC_UnTrack(func);
  if (i32(func + F.func_weakreflist) !== 0) PyObject_ClearWeakRefs(func);
  clearVersion(func);
  Py_CLEAR(func + F.func_globals);
  Py_CLEAR(func + F.func_builtins);
  for (const offset of REFERENCES) Py_CLEAR(func + offset);
  Py_CLEAR(func + F.func_code);
  Py_CLEAR(func + F.func_name);
  Py_CLEAR(func + F.func_qualname);
  PyObject_GC_Del(func);
}
function func_traverse(func: Ref, visit: (op: Ref, arg: number) => void, arg: number): void {
  for (const offset of VISITED) {
    const op = i32(func + offset);
    if (op !== 0) visit(op, arg);
  }
}
/** tp_clear: the code stays, so that a half-dead function can still be called. */
function func_clear(func: Ref): void {
  clearVersion(func);
  Py_CLEAR(func + F.func_globals);
  Py_CLEAR(func + F.func_builtins);
  for (const offset of REFERENCES) Py_CLEAR(func + offset);
  replace(func, F.func_name, EMPTY_STRING);
  replace(func, F.func_qualname, EMPTY_STRING);
}
function func_repr(func: Ref): Ref {
  return PyUnicode_FromString(`<function ${asText(i32(func + F.func_qualname))} at 0x${func.toString(16)}>`);
}
function func_descr_get(func: Ref, obj: Ref): Ref {
  return obj === Py_None || obj === 0 ? Py_NewRef(func) : PyMethod_New(func, obj);
}

export const functionSpec: TypeSpec = {
  address: PyFunction_Type,
  name: 'function',
  basicsize: F.SIZE,
  flags: Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_METHOD_DESCRIPTOR,
  vectorcallOffset: F.vectorcall,
  weaklistoffset: F.func_weakreflist,
  dictoffset: F.func_dict,
  doc:
    'function(code, globals, name=None, argdefs=None, closure=None,\n         kwdefaults=None)\n--\n\nCreate a function object.\n\n' +
    '  code\n    a code object\n  globals\n    the globals dictionary\n  name\n    a string that overrides the name from the code object\n' +
    '  argdefs\n    a tuple that specifies the default argument values\n  closure\n    a tuple that supplies the bindings for free variables\n' +
    '  kwdefaults\n    a dictionary that specifies the default keyword argument values',
  slots: {
    tp_dealloc: func_dealloc,
    tp_repr: func_repr,
    tp_call: PyVectorcall_Call,
    tp_getattro: PyObject_GenericGetAttr,
    tp_setattro: PyObject_GenericSetAttr,
    tp_traverse: func_traverse,
    tp_clear: func_clear,
    tp_descr_get: func_descr_get,
    tp_new: func_new,
  },
  members: [
    { name: '__closure__', type: _Py_T_OBJECT, offset: F.func_closure, flags: Py_READONLY },
    { name: '__doc__', type: _Py_T_OBJECT, offset: F.func_doc, flags: 0 },
    { name: '__globals__', type: _Py_T_OBJECT, offset: F.func_globals, flags: Py_READONLY },
    { name: '__module__', type: _Py_T_OBJECT, offset: F.func_module, flags: 0 },
    { name: '__builtins__', type: _Py_T_OBJECT, offset: F.func_builtins, flags: Py_READONLY },
  ],
  getset: [
    { name: '__code__', get: func_get_code, set: func_set_code },
    { name: '__defaults__', get: func_get_defaults, set: func_set_defaults },
    { name: '__kwdefaults__', get: func_get_kwdefaults, set: func_set_kwdefaults },
    { name: '__annotations__', get: func_get_annotations, set: func_set_annotations },
    { name: '__dict__', get: PyObject_GenericGetDict, set: PyObject_GenericSetDict },
    { name: '__name__', get: func_get_name, set: func_set_name },
    { name: '__qualname__', get: func_get_qualname, set: func_set_qualname },
    { name: '__type_params__', get: func_get_type_params, set: func_set_type_params },
  ],
};
export { PyClassMethod_New, PyStaticMethod_New } from './classmethod.ts';
